#include "base/time.h"

#include "base/zone.h"

#include <string.h>

enum { DAY = 86400, EPOCH = 719162 };   /* days from 0001-01-01 to 1970-01-01 */

static const int64_t first_day = -EPOCH, last_day = 2932896;   /* of the years 1 and 9999 */

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

static int64_t days_before_year(int64_t year)
{
    int64_t past = year - 1;
    return past * 365 + past / 4 - past / 100 + past / 400 - EPOCH;
}

int64_t pm_days_from_civil(int year, int month, int day)
{
    int64_t days = days_before_year(year) + day - 1;
    for (int m = 1; m < month; m++)
        days += days_in_month(year, m);
    return days;
}

void pm_civil_from_days(int64_t days, struct pm_civil *out)
{
    days = days < first_day ? first_day : days > last_day ? last_day : days;
    int64_t year = (days + EPOCH) * 400 / 146097 + 1;   /* off by one at most: 146097 days are 400 years */
    while (days_before_year(year) > days)
        year--;
    while (days_before_year(year + 1) <= days)
        year++;
    int rest = (int)(days - days_before_year(year)), month = 1;
    while (rest >= days_in_month((int)year, month))
        rest -= days_in_month((int)year, month++);
    *out = (struct pm_civil){.year = (int)year, .month = month, .day = rest + 1, .zone = "UTC"};
    out->weekday = (int)((days - first_day + 1) % 7);   /* 0001-01-01 was a Monday */
}

static int64_t floor_days(int64_t seconds)
{
    return seconds / DAY - (seconds % DAY < 0);
}

int64_t pm_day_of(pm_instant t)
{
    return floor_days(t);
}

static struct pm_civil civil_by_offset(pm_instant t, int offset)
{
    struct pm_civil civil;
    t = t < first_day * DAY ? first_day * DAY : t > last_day * DAY + DAY - 1 ? last_day * DAY + DAY - 1 : t;
    int64_t local = t + offset, days = floor_days(local);
    int rest = (int)(local - days * DAY);
    pm_civil_from_days(days, &civil);
    civil.hour = rest / 3600;
    civil.minute = rest / 60 % 60;
    civil.second = rest % 60;
    civil.offset = offset;
    return civil;
}

struct pm_civil pm_civil_at(pm_instant t, struct pm_str zone)
{
    struct pm_zone_offset offset = pm_zone_offset_at(pm_zone_find(zone), t);
    struct pm_civil civil = civil_by_offset(t, offset.seconds);
    size_t n = strlen(offset.name);
    memcpy(civil.zone, offset.name, n + 1);   /* as long as period.name at most */
    return civil;
}

static int64_t local_seconds(const struct pm_civil *c)
{
    return pm_days_from_civil(c->year, c->month, c->day) * DAY + c->hour * 3600 + c->minute * 60 + c->second;
}

pm_instant pm_instant_of(const struct pm_civil *civil)
{
    return local_seconds(civil) - civil->offset;
}

/* The offsets a day before and a day after bracket every change that can concern a local time. */
enum pm_local pm_instant_in_zone(const struct pm_civil *civil, struct pm_str zone, pm_instant *out)
{
    const struct pm_zone *z = pm_zone_find(zone);
    int64_t local = local_seconds(civil);
    int before = pm_zone_offset_at(z, local - DAY).seconds, after = pm_zone_offset_at(z, local + DAY).seconds;
    pm_instant early = local - before, late = local - after;
    bool is_early = pm_zone_offset_at(z, early).seconds == before, is_late = pm_zone_offset_at(z, late).seconds == after;
    *out = is_early || !is_late ? early : late;
    if (!is_early && !is_late)
        return PM_LOCAL_GAP;
    if (!is_early || !is_late || early == late)
        return PM_LOCAL_OK;
    *out = early < late ? early : late;
    return PM_LOCAL_TWICE;
}

/* --- readers --- */

struct text {
    const char *p, *end;
};

static bool take(struct text *t, char c)
{
    if (t->p == t->end || *t->p != c)
        return false;
    t->p++;
    return true;
}

/* Exactly `digits` digits between low and high. */
static bool take_number(struct text *t, int digits, int low, int high, int *out)
{
    int n = 0;
    for (int i = 0; i < digits; i++, t->p++) {
        if (t->p == t->end || *t->p < '0' || *t->p > '9')
            return false;
        n = n * 10 + (*t->p - '0');
    }
    *out = n;
    return n >= low && n <= high;
}

static bool take_date(struct text *t, struct pm_civil *c)
{
    return take_number(t, 4, 1, 9999, &c->year) && take(t, '-') && take_number(t, 2, 1, 12, &c->month) && take(t, '-') &&
           take_number(t, 2, 1, days_in_month(c->year, c->month), &c->day);
}

/* HH:MM[:SS[.fraction]]; the leap second of RFC 3339 becomes the second before. */
static bool take_clock(struct text *t, struct pm_civil *c)
{
    int ignored;
    if (!take_number(t, 2, 0, 23, &c->hour) || !take(t, ':') || !take_number(t, 2, 0, 59, &c->minute))
        return false;
    if (!take(t, ':'))
        return true;
    if (!take_number(t, 2, 0, 60, &c->second))
        return false;
    if (c->second == 60)
        c->second = 59;
    if (!take(t, '.'))
        return true;
    if (!take_number(t, 1, 0, 9, &ignored))
        return false;
    while (t->p < t->end && *t->p >= '0' && *t->p <= '9')
        t->p++;
    return true;
}

static bool take_offset(struct text *t, struct pm_civil *c)
{
    int hours = 0, minutes = 0, sign;
    const char *start = t->p;
    if (take(t, 'Z') || take(t, 'z'))
        return true;
    sign = take(t, '-') ? -1 : 1;
    if (sign > 0 && !take(t, '+'))
        return false;
    if (!take_number(t, 2, 0, 23, &hours) || !take(t, ':') || !take_number(t, 2, 0, 59, &minutes))
        return false;
    c->offset = sign * (hours * 3600 + minutes * 60);
    memcpy(c->zone, start, 6);
    c->zone[6] = '\0';
    return true;
}

enum pm_time_form pm_time_read(struct pm_str s, struct pm_civil *out)
{
    struct text t = {s.p, s.p + s.n};
    *out = (struct pm_civil){0};
    if (s.n >= 3 && s.p[2] == ':')
        return take_clock(&t, out) && t.p == t.end ? PM_TIME_BARE : PM_TIME_NONE;
    if (s.n == 0 || !take_date(&t, out) || !(take(&t, 'T') || take(&t, 't') || take(&t, ' ')) || !take_clock(&t, out))
        return PM_TIME_NONE;
    struct pm_civil date;
    pm_civil_from_days(pm_days_from_civil(out->year, out->month, out->day), &date);
    out->weekday = date.weekday;
    if (t.p == t.end)
        return PM_TIME_LOCAL;
    memcpy(out->zone, "UTC", 4);
    return take_offset(&t, out) && t.p == t.end ? PM_TIME_ZONED : PM_TIME_NONE;
}

bool pm_date_read(struct pm_str s, int64_t *days)
{
    struct text t = {s.p, s.p + s.n};
    struct pm_civil c = {0};
    if (s.n != 10 || !take_date(&t, &c))
        return false;
    *days = pm_days_from_civil(c.year, c.month, c.day);
    return true;
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* A number of up to nine digits and its unit. */
static bool take_part(struct text *t, int64_t *number, char *unit)
{
    int digits = 0;
    *number = 0;
    for (; t->p < t->end && *t->p >= '0' && *t->p <= '9' && digits < 10; t->p++, digits++)
        *number = *number * 10 + (*t->p - '0');
    if (digits == 0 || digits > 9 || t->p == t->end)
        return false;
    *unit = upper(*t->p++);
    return true;
}

/* Each unit once, the larger first; in the ISO form those of the clock behind a T. */
bool pm_duration_read(struct pm_str s, int64_t *seconds)
{
    static const char units[] = "WDHMS";
    static const int64_t sizes[] = {7 * DAY, DAY, 3600, 60, 1};
    struct text t = {s.p, s.p + s.n};
    bool iso = take(&t, 'P') || take(&t, 'p'), clock = false;
    size_t next = 0;
    int64_t total = 0;
    if (t.p == t.end)
        return false;
    while (t.p < t.end) {
        int64_t number;
        char unit;
        if (iso && !clock)
            clock = take(&t, 'T') || take(&t, 't');
        if (!take_part(&t, &number, &unit))
            return false;
        const char *found = unit ? strchr(units + next, unit) : NULL;
        if (!found || (iso && clock != (found - units >= 2)))
            return false;
        next = (size_t)(found - units) + 1;
        total += number * sizes[next - 1];
    }
    *seconds = total;
    return true;
}

/* --- writers --- */

/* Numbers by hand: printf takes ten times as long, and there is a time in each row of a report. */
static void put_two(char *at, int n)
{
    at[0] = (char)('0' + n / 10);
    at[1] = (char)('0' + n % 10);
}

static void put_date(struct pm_buf *b, const struct pm_civil *c)
{
    char text[] = "0000-00-00";
    put_two(text, c->year / 100);
    put_two(text + 2, c->year % 100);
    put_two(text + 5, c->month);
    put_two(text + 8, c->day);
    pm_buf_add(b, text, sizeof text - 1);
}

/* Before it comes the mark of what it is: the 'T' of a clock, the sign of an offset. */
static void put_clock(struct pm_buf *b, char mark, int hour, int minute)
{
    char text[] = " 00:00";
    text[0] = mark;
    put_two(text + 1, hour);
    put_two(text + 4, minute);
    pm_buf_add(b, text, sizeof text - 1);
}

static void put_second(struct pm_buf *b, int second)
{
    char text[] = ":00";
    put_two(text + 1, second);
    pm_buf_add(b, text, sizeof text - 1);
}

void pm_instant_rfc3339(struct pm_buf *b, pm_instant t, struct pm_str zone)
{
    struct pm_civil c = pm_civil_at(t, zone);
    bool utc = strcmp(c.zone, "UTC") == 0;
    if (c.offset % 60)   /* local mean time; RFC 3339 has whole minutes */
        c = civil_by_offset(t, c.offset - c.offset % 60);
    put_date(b, &c);
    put_clock(b, 'T', c.hour, c.minute);
    put_second(b, c.second);
    int size = c.offset < 0 ? -c.offset : c.offset;
    if (utc)
        pm_buf_putc(b, 'Z');
    else
        put_clock(b, c.offset < 0 ? '-' : '+', size / 3600, size / 60 % 60);
}

void pm_date_iso(struct pm_buf *b, int64_t days)
{
    struct pm_civil c;
    pm_civil_from_days(days, &c);
    put_date(b, &c);
}

void pm_duration_iso(struct pm_buf *b, int64_t seconds)
{
    uint64_t rest = seconds < 0 ? 0 - (uint64_t)seconds : (uint64_t)seconds, day = DAY;
    static const struct { uint64_t size; char unit; } parts[] = {{3600, 'H'}, {60, 'M'}, {1, 'S'}};
    pm_buf_puts(b, seconds < 0 ? "-P" : "P");
    if (rest >= day)
        pm_buf_printf(b, "%lluD", (unsigned long long)(rest / day));
    if (rest % day == 0 && rest)
        return;
    rest %= day;
    pm_buf_putc(b, 'T');
    if (rest == 0)
        pm_buf_puts(b, "0S");
    for (size_t i = 0; i < 3; rest %= parts[i++].size)
        if (rest >= parts[i].size)
            pm_buf_printf(b, "%llu%c", (unsigned long long)(rest / parts[i].size), parts[i].unit);
}
