/* The flags of the timeline figure: names of events above the axis. Private to figure_*.c and compose_timeline.c. */
#ifndef PM_FIGURE_INTERNAL_H
#define PM_FIGURE_INTERNAL_H

#include "document/scene.h"
#include "incident/incident.h"

enum { PM_MAX_EVENT_FLAGS = 4, PM_MAX_FLAGS = 6 + PM_MAX_EVENT_FLAGS, PM_MAX_LANES = 4 };
enum { PM_FLAG_EVENT, PM_FLAG_LESS, PM_FLAG_KEEP };
#define PM_FLAG_SIZE 8.0
#define PM_FLAG_PAD 2.5
#define PM_LANE_HEIGHT 11.5

struct pm_flag {
    pm_instant t;
    struct pm_str text;
    bool key;             /* a key instant, which stands out */
    int weight;           /* where there is no room, flags of little weight go first; those of PM_FLAG_KEEP stay */
    double x, x0, x1;     /* its mark; the ends of its label */
    bool left;            /* to the left of its pole */
    int lane;             /* 0 next to the axis */
};

bool pm_event_is_important(const struct pm_event *e);

/* An important event that no key instant stands for. */
bool pm_event_is_shown(const struct pm_event *e);

/* Sorts the flags and gives each a lane and a side, so that no two labels overlap and none leaves 0 to `width`. Flags are
 * dropped by their weight where there is no room. Returns the number of lanes. */
int pm_place_flags(struct pm_flag *flags, size_t *count, double width);

#endif
