#include "recover/dates.h"

#include "base/time.h"
#include "recover/recover_internal.h"

#include <string.h>

bool pm_dates_have(const struct pm_dates *dates, int64_t days)
{
    for (size_t i = 0; i < dates->count; i++)
        if (dates->days[i] == days)
            return true;
    return false;
}

static void add(struct pm_dates *dates, int64_t days)
{
    size_t at = dates->count;
    if (at == PM_MOST_DATES || pm_dates_have(dates, days))
        return;
    for (; at > 0 && dates->days[at - 1] > days; at--)
        dates->days[at] = dates->days[at - 1];
    dates->days[at] = days;
    dates->count++;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* What stands between the parts of a date, a no-break space byte by byte. */
static bool is_between(char c)
{
    return c == ' ' || c == '.' || c == ',' || c == '\xC2' || c == '\xA0';
}

/* The number at *at, behind what stands between, of at most `most` digits; -1: there is none. */
static int number_behind(struct pm_str s, size_t *at, size_t most)
{
    int value = -1;
    size_t i = *at, digits = 0;
    while (i < s.n && is_between(s.p[i]))
        i++;
    for (; i < s.n && is_digit(s.p[i]) && digits < most; i++, digits++)
        value = (value < 0 ? 0 : value) * 10 + (s.p[i] - '0');
    *at = i;
    return value;
}

static int day_before(struct pm_str s, size_t at)
{
    while (at > 0 && is_between(s.p[at - 1]))
        at--;
    size_t from = at;
    while (from > 0 && at - from < 2 && is_digit(s.p[from - 1]))
        from--;
    return from < at ? number_behind(s, &from, 2) : -1;
}

static void add_around(struct pm_str s, size_t at, size_t end, int month, struct pm_dates *dates)
{
    int day = day_before(s, at);
    if (day < 0)
        day = number_behind(s, &end, 2);
    int year = number_behind(s, &end, 4);
    if (day >= 1 && day <= 31 && year >= 1970)
        add(dates, pm_days_from_civil(year, month, day));
}

void pm_dates_in(struct pm_str text, const struct pm_language *language, struct pm_dates *dates)
{
    for (int month = 0; month < 12; month++) {
        struct pm_str name = language->month[month];
        char word[64];
        if (!name.n || name.n >= sizeof word)
            continue;
        memcpy(word, name.p, name.n);
        word[name.n] = '\0';
        for (size_t at = pm_text_find(text, word, 0); at < text.n; at = pm_text_find(text, word, at + 1))
            add_around(text, at, at + name.n, month + 1, dates);
    }
}
