/* How instants, durations and numbers are shown to people: in the incident's zone and the template's language. */
#ifndef PM_SHOW_H
#define PM_SHOW_H

#include "base/time.h"
#include "document/words.h"
#include "incident/incident.h"

struct pm_show {
    struct pm_arena *arena;              /* of the results */
    const struct pm_language *language;
    const struct pm_incident *incident;  /* names of people; may be NULL */
    struct pm_str zone;                  /* IANA name */
};

/* "20 Nov 2026, 13:52 CET"; seconds only where they are not zero. */
struct pm_str pm_show_instant(const struct pm_show *s, pm_instant t);

/* "13:52" or "13:52:07". */
struct pm_str pm_show_clock(const struct pm_show *s, pm_instant t, bool seconds);

/* "CET", or "UTC+03:00" where the zone has no letters for it. */
struct pm_str pm_show_zone(const struct pm_show *s, pm_instant t);

/* "20 Nov 2026", "20 Nov", "Friday, 20 Nov 2026 (CET)". */
struct pm_str pm_show_date(const struct pm_show *s, int64_t days);
struct pm_str pm_show_day_month(const struct pm_show *s, int64_t days);
struct pm_str pm_show_weekday(const struct pm_show *s, pm_instant t);

/* The day on which `t` falls in the zone. */
int64_t pm_show_day_of(const struct pm_show *s, pm_instant t);

/* "20 Nov 2026, 13:52–15:28 CET", or both in full when they are on different days. */
struct pm_str pm_show_period(const struct pm_show *s, pm_instant from, pm_instant to);

/* "1 h 36 min": at most two units, the smaller one rounded. */
struct pm_str pm_show_duration(const struct pm_show *s, int64_t seconds);

/* "3,120". */
struct pm_str pm_show_integer(const struct pm_show *s, int64_t n);

/* A number as its author wrote it, digits before the point in groups; text that is no plain number stays as it is. */
struct pm_str pm_show_number(const struct pm_show *s, struct pm_str written);
struct pm_str pm_show_percent(const struct pm_show *s, struct pm_str written);

/* The label as written; a bare digit as "Severity 2". */
struct pm_str pm_show_severity(const struct pm_show *s, const struct pm_field *severity);

/* Any scalar by its type; what cannot be read is shown as written. */
struct pm_str pm_show_field(const struct pm_show *s, const struct pm_field_def *def, const struct pm_field *field);

#endif
