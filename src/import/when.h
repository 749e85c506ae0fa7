/* Dates and times of day as people write them: 2024-03-05, 5 March 2024, March 5th, 05.03.2024, 03/25/2024 (only where it can be read in
 * one way), 14:02, 2:02 pm, 14:02:10 UTC, ~14:02 (PDT), 14:02-14:10, 2024-03-05T14:02Z. */
#ifndef PM_WHEN_H
#define PM_WHEN_H

#include "base/str.h"

#include <stdint.h>

struct pm_when_zone {
    struct pm_str name;     /* of the tz database; empty: by offset */
    int offset;             /* seconds east of UTC */
    bool given;
};

struct pm_when {
    bool has_date, has_year, has_time, has_until, has_until_date;
    bool approximate;       /* "~", "about" */
    bool ambiguous;         /* 03/05/2024: neither has_date nor anything else of it */
    int year, month, day, hour, minute, second;
    int until_year, until_month, until_day, until_hour, until_minute, until_second;
    struct pm_when_zone zone;
};

/* Reads what begins the text; how many bytes that is, 0: no date or time stands there. Marks of emphasis and brackets before it are taken
 * too, and a zone behind it. */
size_t pm_when_read(struct pm_str s, struct pm_when *out);

/* The first date or time that begins a word within the first `most` bytes; *at and *end are its bounds. */
bool pm_when_find(struct pm_str s, size_t most, struct pm_when *out, size_t *at, size_t *end);

/* A zone that begins the text ("UTC", "PDT", "UTC+2", "Europe/Berlin"); how many bytes it has, 0: none. */
size_t pm_when_read_zone(struct pm_str s, struct pm_when_zone *out);

/* The first zone in brackets, or behind "times are in" and the like. */
bool pm_when_find_zone(struct pm_str s, struct pm_when_zone *out);

#endif
