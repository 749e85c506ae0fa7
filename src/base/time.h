/* Civil time: instants, dates and durations, with the zones of the system's tz database.
 *
 * An instant is a number of seconds since 1970-01-01T00:00:00Z, leap seconds ignored. Years 1 to 9999. */
#ifndef PM_TIME_H
#define PM_TIME_H

#include "base/buf.h"
#include "base/str.h"

#include <stdint.h>

typedef int64_t pm_instant;

struct pm_civil {
    int year, month, day;       /* 1 to 9999, 1 to 12, 1 to 31 */
    int hour, minute, second;   /* 0 to 23, 0 to 59, 0 to 59 */
    int offset;                 /* seconds east of UTC */
    int weekday;                /* 0 Sunday */
    char zone[12];              /* "CET", "UTC", "+03" */
};

/* Days since 1970-01-01 in the Gregorian calendar, and back. */
int64_t pm_days_from_civil(int year, int month, int day);
void pm_civil_from_days(int64_t days, struct pm_civil *out);

/* The day of an instant in UTC, as days since 1970-01-01. */
int64_t pm_day_of(pm_instant t);

/* True for names of the tz database that this system has; "UTC" and "Etc/UTC" always. Never leaves its folder. */
bool pm_zone_exists(struct pm_str name);

/* The instant as clocks in `zone` show it. An unknown zone counts as UTC. */
struct pm_civil pm_civil_at(pm_instant t, struct pm_str zone);

enum pm_local { PM_LOCAL_OK, PM_LOCAL_GAP, PM_LOCAL_TWICE };

/* The instant at which clocks in `zone` show the civil time (offset ignored). In a gap: what it would be by the offset before;
 * where it occurs twice: the first. */
enum pm_local pm_instant_in_zone(const struct pm_civil *civil, struct pm_str zone, pm_instant *out);

/* Readers of whole slices; false when the text is not exactly that. */
enum pm_time_form { PM_TIME_NONE, PM_TIME_ZONED, PM_TIME_LOCAL, PM_TIME_BARE };

/* RFC 3339 with zone (section 5.6; a space for the T allowed, fractions of a second dropped), YYYY-MM-DD[ T]HH:MM[:SS], or
 * HH:MM[:SS]. A zoned one has its offset in out; a bare one has year 0. */
enum pm_time_form pm_time_read(struct pm_str s, struct pm_civil *out);
pm_instant pm_instant_of(const struct pm_civil *civil);      /* by its own offset */
bool pm_date_read(struct pm_str s, int64_t *days);           /* YYYY-MM-DD */
bool pm_duration_read(struct pm_str s, int64_t *seconds);    /* PT1H36M, P2D, 96m, 1h36m, 90s, 2d */

/* Writers. */
void pm_instant_rfc3339(struct pm_buf *b, pm_instant t, struct pm_str zone);   /* 2026-11-20T13:52:00+01:00, Z for UTC */
void pm_date_iso(struct pm_buf *b, int64_t days);
void pm_duration_iso(struct pm_buf *b, int64_t seconds);                       /* PT1H36M */

#endif
