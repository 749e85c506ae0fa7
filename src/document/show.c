#include "document/show.h"

#include <string.h>

static struct pm_str word(const struct pm_show *s, enum pm_word w)
{
    return s->language->word[w];
}

/* By hand, as the clock below: a report shows hundreds, and printf takes ten times as long. */
static struct pm_str digits(const struct pm_show *s, int64_t n)
{
    char text[20], *end = text + sizeof text, *p = end;
    uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    do
        *--p = (char)('0' + left % 10);
    while ((left /= 10) > 0);
    if (n < 0)
        *--p = '-';
    return pm_arena_str(s->arena, (struct pm_str){p, (size_t)(end - p)});
}

static void put_two(char *at, int n)
{
    at[0] = (char)('0' + n / 10);
    at[1] = (char)('0' + n % 10);
}

static struct pm_str clock_of(const struct pm_show *s, const struct pm_civil *c, bool seconds)
{
    char text[] = "00:00:00";
    put_two(text, c->hour);
    put_two(text + 3, c->minute);
    put_two(text + 6, c->second);
    return pm_arena_str(s->arena, (struct pm_str){text, seconds ? 8 : 5});
}

static struct pm_str zone_of(const struct pm_show *s, const struct pm_civil *c)
{
    if (c->zone[0] != '+' && c->zone[0] != '-')
        return pm_arena_str(s->arena, pm_str(c->zone));
    int minutes = (c->offset < 0 ? -c->offset : c->offset) / 60;
    return pm_arena_format(s->arena, "UTC%c%02d:%02d", c->offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

static struct pm_str date_by(const struct pm_show *s, enum pm_word pattern, const struct pm_civil *c)
{
    return PM_FILL(s->arena, word(s, pattern), {"day", digits(s, c->day)}, {"month", s->language->month[c->month - 1]},
                   {"year", digits(s, c->year)});
}

static struct pm_str instant_of(const struct pm_show *s, const struct pm_civil *c)
{
    return PM_FILL(s->arena, word(s, PM_W_INSTANT), {"date", date_by(s, PM_W_DATE, c)}, {"time", clock_of(s, c, c->second != 0)},
                   {"zone", zone_of(s, c)});
}

struct pm_str pm_show_instant(const struct pm_show *s, pm_instant t)
{
    struct pm_civil c = pm_civil_at(t, s->zone);
    return instant_of(s, &c);
}

struct pm_str pm_show_clock(const struct pm_show *s, pm_instant t, bool seconds)
{
    struct pm_civil c = pm_civil_at(t, s->zone);
    return clock_of(s, &c, seconds);
}

struct pm_str pm_show_zone(const struct pm_show *s, pm_instant t)
{
    struct pm_civil c = pm_civil_at(t, s->zone);
    return zone_of(s, &c);
}

struct pm_str pm_show_date(const struct pm_show *s, int64_t days)
{
    struct pm_civil c;
    pm_civil_from_days(days, &c);
    return date_by(s, PM_W_DATE, &c);
}

struct pm_str pm_show_day_month(const struct pm_show *s, int64_t days)
{
    struct pm_civil c;
    pm_civil_from_days(days, &c);
    return date_by(s, PM_W_DAY_MONTH, &c);
}

struct pm_str pm_show_weekday(const struct pm_show *s, pm_instant t)
{
    struct pm_civil c = pm_civil_at(t, s->zone);
    return PM_FILL(s->arena, word(s, PM_W_WEEKDAY_DATE), {"weekday", s->language->weekday[c.weekday]},
                   {"date", date_by(s, PM_W_DATE, &c)}, {"zone", zone_of(s, &c)});
}

int64_t pm_show_day_of(const struct pm_show *s, pm_instant t)
{
    struct pm_civil c = pm_civil_at(t, s->zone);
    return pm_days_from_civil(c.year, c.month, c.day);
}

struct pm_str pm_show_period(const struct pm_show *s, pm_instant from, pm_instant to)
{
    struct pm_civil a = pm_civil_at(from, s->zone), b = pm_civil_at(to, s->zone);
    if (from == to)
        return instant_of(s, &a);
    if (a.year != b.year || a.month != b.month || a.day != b.day || a.offset != b.offset)
        return PM_FILL(s->arena, word(s, PM_W_PERIOD), {"from", instant_of(s, &a)}, {"to", instant_of(s, &b)});
    bool seconds = a.second || b.second;
    struct pm_str first = clock_of(s, &a, seconds), last = clock_of(s, &b, seconds);
    struct pm_str clocks = pm_arena_join(s->arena, first, "\342\200\223", last);
    return PM_FILL(s->arena, word(s, PM_W_INSTANT), {"date", date_by(s, PM_W_DATE, &a)}, {"time", clocks}, {"zone", zone_of(s, &a)});
}

static struct pm_str count_of(const struct pm_show *s, enum pm_word unit, int64_t n)
{
    return PM_FILL(s->arena, word(s, unit), {"n", pm_show_integer(s, n)});
}

/* `large` and `small` units of one duration; the small one only when it is not zero. */
static struct pm_str two_units(const struct pm_show *s, enum pm_word large, int64_t n, enum pm_word small, int64_t rest)
{
    struct pm_str a = count_of(s, large, n);
    if (rest == 0)
        return a;
    struct pm_str b = count_of(s, small, rest);
    return pm_arena_join(s->arena, a, "\302\240", b);
}

struct pm_str pm_show_duration(const struct pm_show *s, int64_t seconds)
{
    if (seconds < 0)
        return word(s, PM_W_UNKNOWN);
    if (seconds == 0)
        return word(s, PM_W_UNDER_A_MINUTE);
    if (seconds < 60)
        return count_of(s, PM_W_SECONDS, seconds);
    if (seconds < 3600)
        return two_units(s, PM_W_MINUTES, seconds / 60, PM_W_SECONDS, seconds % 60);
    int64_t minutes = seconds / 60 + (seconds % 60 >= 30);
    if (minutes < 24 * 60)
        return two_units(s, PM_W_HOURS, minutes / 60, PM_W_MINUTES, minutes % 60);
    int64_t hours = seconds / 3600 + (seconds % 3600 >= 1800);
    return two_units(s, PM_W_DAYS, hours / 24, PM_W_HOURS, hours % 24);
}

/* Digits in groups of three, from `n` digits at `p`. */
static struct pm_str grouped(const struct pm_show *s, struct pm_str sign, const char *p, size_t n, struct pm_str rest)
{
    struct pm_str mark = word(s, PM_W_GROUP);
    size_t room = sign.n + n + (n / 3 + 1) * mark.n + word(s, PM_W_DECIMAL).n + rest.n + 1, at = 0;
    char *out = pm_arena_alloc(s->arena, room);
    if (!out)
        return (struct pm_str){NULL, 0};
    memcpy(out, sign.p, sign.n);
    at = sign.n;
    for (size_t i = 0; i < n; i++) {
        if (i && (n - i) % 3 == 0 && mark.n) {
            memcpy(out + at, mark.p, mark.n);
            at += mark.n;
        }
        out[at++] = p[i];
    }
    if (rest.n) {
        memcpy(out + at, word(s, PM_W_DECIMAL).p, word(s, PM_W_DECIMAL).n);
        at += word(s, PM_W_DECIMAL).n;
        memcpy(out + at, rest.p, rest.n);
        at += rest.n;
    }
    return (struct pm_str){out, at};
}

struct pm_str pm_show_integer(const struct pm_show *s, int64_t n)
{
    struct pm_str text = digits(s, n);
    return pm_show_number(s, text);
}

static size_t count_digits(struct pm_str s, size_t at)
{
    size_t n = 0;
    while (at + n < s.n && s.p[at + n] >= '0' && s.p[at + n] <= '9')
        n++;
    return n;
}

struct pm_str pm_show_number(const struct pm_show *s, struct pm_str written)
{
    struct pm_str t = pm_str_trim(written);
    struct pm_str sign = PM_LIT("");
    size_t at = 0;
    if (t.n && t.p[0] == '-') {
        sign = PM_LIT("\342\210\222");   /* minus */
        at = 1;
    }
    size_t whole = count_digits(t, at), point = at + whole;
    if (whole == 0)
        return written;
    if (point == t.n)
        return grouped(s, sign, t.p + at, whole, PM_LIT(""));
    size_t part = t.p[point] == '.' ? count_digits(t, point + 1) : 0;
    if (part == 0 || point + 1 + part != t.n)
        return written;
    return grouped(s, sign, t.p + at, whole, (struct pm_str){t.p + point + 1, part});
}

struct pm_str pm_show_percent(const struct pm_show *s, struct pm_str written)
{
    struct pm_str t = pm_str_trim(written);
    if (t.n && t.p[t.n - 1] == '%')
        t = pm_str_trim((struct pm_str){t.p, t.n - 1});
    return PM_FILL(s->arena, word(s, PM_W_PERCENT), {"number", pm_show_number(s, t)});
}

struct pm_str pm_show_severity(const struct pm_show *s, const struct pm_field *severity)
{
    if (severity->text.n && count_digits(severity->text, 0) == severity->text.n)
        return PM_FILL(s->arena, word(s, PM_W_SEVERITY_NUMBER), {"n", severity->text});
    return severity->text;
}

struct pm_str pm_show_field(const struct pm_show *s, const struct pm_field_def *def, const struct pm_field *field)
{
    if (!field->valid)
        return field->text;
    switch (def->type) {
    case PM_T_INSTANT:
    case PM_T_EVENT_INSTANT:
        return pm_show_instant(s, field->as.instant);
    case PM_T_DATE:
        return pm_show_date(s, field->as.days);
    case PM_T_DURATION:
        return pm_show_duration(s, field->as.seconds);
    case PM_T_INTEGER:
        return pm_show_integer(s, field->as.integer);
    case PM_T_NUMBER:
        return pm_show_number(s, field->text);
    case PM_T_PERCENT:
        return pm_show_percent(s, field->text);
    case PM_T_ENUM:
        return pm_language_value(s->language, def, field->as.choice, s->arena);
    case PM_T_SEVERITY:
        return pm_show_severity(s, field);
    case PM_T_PERSON:
        return s->incident ? pm_person_name(s->incident, field) : field->text;
    default:
        return field->text;
    }
}
