/* Time zones read from the system's tz database (TZif, RFC 8536). Private to time.c and zone.c, but for who begins a thread. */
#ifndef PM_ZONE_H
#define PM_ZONE_H

#include "base/arena.h"
#include "base/time.h"

struct pm_zone;

struct pm_zone_offset {
    int seconds;          /* east of UTC */
    const char *name;     /* "CET" */
};

/* NULL when there is no such zone. Valid until this thread has asked for a few other zones. */
const struct pm_zone *pm_zone_find(struct pm_str name);

/* Each thread keeps the zones that it asked for. One that is not the program's first calls this before it reads or writes any time;
 * they are in `arena`, which stays until the thread ends. False: out of memory. */
bool pm_zone_begin_thread(struct pm_arena *arena);

/* What holds at `t`; UTC for NULL. */
struct pm_zone_offset pm_zone_offset_at(const struct pm_zone *zone, pm_instant t);

#endif
