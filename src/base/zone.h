/* Time zones read from the system's tz database (TZif, RFC 8536). Private to time.c and zone.c. */
#ifndef PM_ZONE_H
#define PM_ZONE_H

#include "base/time.h"

struct pm_zone;

struct pm_zone_offset {
    int seconds;          /* east of UTC */
    const char *name;     /* "CET" */
};

/* NULL when there is no such zone. Valid until a few other zones have been asked for. */
const struct pm_zone *pm_zone_find(struct pm_str name);

/* What holds at `t`; UTC for NULL. */
struct pm_zone_offset pm_zone_offset_at(const struct pm_zone *zone, pm_instant t);

#endif
