#include "import/import_internal.h"

#include <string.h>

/* ---- numbers and words ---- */

struct cursor { struct pm_str s; size_t at; };

static char peek(const struct cursor *c, size_t ahead) { return c->at + ahead < c->s.n ? c->s.p[c->at + ahead] : '\0'; }
static struct pm_str rest(const struct cursor *c) { return pm_md_from(c->s, c->at); }

static size_t digits_at(const struct cursor *c)
{
    size_t n = 0;
    while (pm_md_is_digit(peek(c, n)))
        n++;
    return n;
}

/* Reads exactly `least` to `most` digits. */
static bool number(struct cursor *c, size_t least, size_t most, int *out)
{
    size_t n = digits_at(c);
    if (n < least || n > most)
        return false;
    *out = 0;
    for (size_t i = 0; i < n; i++)
        *out = *out * 10 + (c->s.p[c->at + i] - '0');
    c->at += n;
    return true;
}

static bool take(struct cursor *c, const char *text)
{
    if (!pm_str_starts(rest(c), text))
        return false;
    c->at += strlen(text);
    return true;
}

static bool take_word(struct cursor *c, const char *word)
{
    size_t n = strlen(word);
    if (!pm_str_starts_word(rest(c), word) || (pm_md_is_letter(word[n - 1]) && pm_md_is_letter(peek(c, n))))
        return false;
    c->at += n;
    return true;
}

static void skip(struct cursor *c, const char *characters)
{
    while (peek(c, 0) && (strchr(characters, peek(c, 0)) || pm_str_starts(rest(c), "\xC2\xA0") || pm_str_starts(rest(c), "\xE2\x80\xAF")))
        c->at += strchr(characters, peek(c, 0)) ? 1 : peek(c, 0) == '\xC2' ? 2 : 3;
}

static const char *const months[][6] = {
    {"january", "jan", "januar", NULL}, {"february", "feb", "februar", NULL}, {"march", "mar", "m\xC3\xA4rz", "maerz", NULL},
    {"april", "apr", NULL}, {"may", "mai", NULL}, {"june", "jun", "juni", NULL}, {"july", "jul", "juli", NULL}, {"august", "aug", NULL},
    {"september", "sept", "sep", NULL}, {"october", "oct", "oktober", "okt", NULL}, {"november", "nov", NULL},
    {"december", "dec", "dezember", "dez", NULL}};

static bool month_name(struct cursor *c, int *out)
{
    for (int m = 0; m < 12; m++) {
        for (size_t i = 0; months[m][i]; i++) {
            if (take_word(c, months[m][i])) {
                (void)take(c, ".");
                *out = m + 1;
                return true;
            }
        }
    }
    return false;
}

static void weekday(struct cursor *c)
{
    static const char *const days[] = {
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tues", "tue", "weds", "wed", "thurs",
        "thur", "thu", "fri", "sat", "sun", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"};
    struct cursor start = *c;
    for (size_t i = 0; i < PM_ITEMS(days); i++) {
        if (!take_word(c, days[i]))
            continue;
        skip(c, "., ");
        if (take_word(c, "the"))
            skip(c, " ");
        if (pm_md_is_letter(peek(c, 0)) || pm_md_is_digit(peek(c, 0)))
            return;
        *c = start;
        return;
    }
}

/* ---- dates ---- */

static bool is_day(int year, int month, int day)
{
    static const int lengths[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12 || day < 1 || day > lengths[month - 1] || year < 1970 || year > 2999)
        return false;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month != 2 || day < 29 || leap;
}

static bool set_date(struct pm_when *w, bool has_year, int year, int month, int day)
{
    if (!is_day(has_year ? year : 2000, month, day))
        return false;
    w->has_date = true;
    w->has_year = has_year;
    w->year = has_year ? year : 0;
    w->month = month;
    w->day = day;
    return true;
}

/* 2024-03-05, 2024/3/5, 2024.03.05, and with the signs of Chinese and Japanese. */
static bool date_year_first(struct cursor *c, struct pm_when *w)
{
    struct cursor start = *c;
    int year, month, day;
    if (number(c, 4, 4, &year)) {
        char mark[2] = {peek(c, 0), '\0'};
        if (mark[0] && strchr("-/.", mark[0]) && take(c, mark) && number(c, 1, 2, &month) && take(c, mark) && number(c, 1, 2, &day) &&
            set_date(w, true, year, month, day))
            return true;
        if (take(c, "\xE5\xB9\xB4") && number(c, 1, 2, &month) && take(c, "\xE6\x9C\x88") && number(c, 1, 2, &day) &&
            take(c, "\xE6\x97\xA5") &&
            set_date(w, true, year, month, day))
            return true;
    }
    *c = start;
    return false;
}

static void ordinal(struct cursor *c)
{
    static const char *const endings[] = {"st", "nd", "rd", "th", "."};
    for (size_t i = 0; i < PM_ITEMS(endings); i++) {
        if (take_word(c, endings[i]))
            return;
    }
}

/* The year behind a day and a month; a number that a colon follows is an hour. */
static bool year_behind(struct cursor *c, int *year)
{
    struct cursor start = *c;
    skip(c, ", -'");
    if (take_word(c, "of"))
        skip(c, " ");
    if (number(c, 4, 4, year) && *year >= 1970 && *year < 3000)
        return true;
    *c = start;
    return false;
}

/* "may" and "mar" are words as well: without a year, names of months want a capital. */
static bool is_capital(const struct cursor *c) { return peek(c, 0) >= 'A' && peek(c, 0) <= 'Z'; }

/* 5 March 2024, 5th of March, 05-Mar-2024, 5. Maerz 2024 */
static bool date_day_first(struct cursor *c, struct pm_when *w)
{
    struct cursor start = *c;
    int year = 0, month, day;
    if (number(c, 1, 2, &day)) {
        ordinal(c);
        skip(c, " -/");
        if (take_word(c, "of"))
            skip(c, " ");
        bool capital = is_capital(c);
        if (month_name(c, &month)) {
            bool has_year = year_behind(c, &year);
            if ((has_year || capital) && set_date(w, has_year, year, month, day))
                return true;
        }
    }
    *c = start;
    return false;
}

/* March 5, 2024; Mar 5th */
static bool date_month_first(struct cursor *c, struct pm_when *w)
{
    struct cursor start = *c;
    int year = 0, month, day;
    bool capital = is_capital(c);
    if (month_name(c, &month)) {
        skip(c, " -");
        if (number(c, 1, 2, &day) && peek(c, 0) != ':') {
            ordinal(c);
            bool has_year = year_behind(c, &year);
            if ((has_year || capital) && set_date(w, has_year, year, month, day))
                return true;
        }
    }
    *c = start;
    return false;
}

/* 05.03.2024 is day first; with slashes or hyphens either order is in use, so that one number has to be above 12. */
static bool date_numbers(struct cursor *c, struct pm_when *w)
{
    struct cursor start = *c;
    int a, b, year;
    char mark[2] = {'\0', '\0'};
    bool all = number(c, 1, 2, &a) && (mark[0] = peek(c, 0), mark[0] && strchr("./-", mark[0])) && take(c, mark) && number(c, 1, 2, &b) &&
               take(c, mark) && number(c, 4, 4, &year) && peek(c, 0) != '.';
    if (all && mark[0] == '.' && set_date(w, true, year, b, a))
        return true;
    if (all && mark[0] != '.') {
        if (a > 12 || a == b ? set_date(w, true, year, b, a) : b > 12 && set_date(w, true, year, a, b))
            return true;
        w->ambiguous = a <= 12 && b <= 12;
    }
    *c = start;
    return false;
}

static bool date(struct cursor *c, struct pm_when *w)
{
    struct cursor start = *c;
    if (pm_md_is_letter(peek(c, 0)))
        weekday(c);
    if (date_year_first(c, w) || date_day_first(c, w) || date_month_first(c, w) || date_numbers(c, w)) {
        if (!pm_md_is_digit(peek(c, 0)))
            return true;
        w->has_date = false;
    }
    *c = start;
    return false;
}

/* ---- times of day ---- */

/* am and pm, with points or without; false: the hour is not one of twelve. */
static bool half_of_day(struct cursor *c, int *hour, bool *given)
{
    struct cursor start = *c;
    skip(c, " ");
    char half = pm_ascii_lower(peek(c, 0));
    bool dots = peek(c, 1) == '.';
    size_t m = dots ? 2 : 1;
    *given = (half == 'a' || half == 'p') && pm_ascii_lower(peek(c, m)) == 'm' && !pm_md_is_word(peek(c, m + 1));
    if (!*given) {
        *c = start;
        return true;
    }
    c->at += m + 1 + (dots && peek(c, m + 1) == '.');
    if (*hour < 1 || *hour > 12)
        return *hour < 24;
    *hour = *hour % 12 + (half == 'p' ? 12 : 0);
    return true;
}

static void fraction(struct cursor *c)
{
    if ((peek(c, 0) == '.' || peek(c, 0) == ',') && pm_md_is_digit(peek(c, 1))) {
        c->at++;
        c->at += digits_at(c);
    }
}

/* HH:MM[:SS[.fff]], also with h and a full-width colon. */
static bool time_colon(struct cursor *c, int *h, int *m, int *s)
{
    bool half;
    *s = 0;
    if (!number(c, 1, 2, h) || !(take(c, ":") || take(c, "\xEF\xBC\x9A") || (peek(c, 0) == 'h' && pm_md_is_digit(peek(c, 1)) &&
                                                                             take(c, "h"))) ||
        !number(c, 2, 2, m))
        return false;
    if (peek(c, 0) == ':' && pm_md_is_digit(peek(c, 1)) && pm_md_is_digit(peek(c, 2))) {
        c->at++;
        if (!number(c, 2, 2, s))
            return false;
        fraction(c);
    }
    return half_of_day(c, h, &half);
}

/* 2 pm, and 1402 before a zone or "h". */
static bool time_short(struct cursor *c, int *h, int *m, int *s)
{
    struct cursor start = *c;
    struct pm_when_zone zone;
    bool half = false;
    *m = *s = 0;
    if (number(c, 1, 2, h) && half_of_day(c, h, &half) && half)
        return true;
    *c = start;
    int all;
    if (!number(c, 4, 4, &all))
        return false;
    *h = all / 100;
    *m = all % 100;
    struct cursor behind = *c;
    skip(&behind, " ");
    return take_word(c, "hrs") || take_word(c, "h") || take_word(&behind, "hrs") || pm_when_read_zone(rest(&behind), &zone) > 0;
}

static bool time_of_day(struct cursor *c, int *h, int *m, int *s)
{
    struct cursor start = *c;
    bool found = time_colon(c, h, m, s);
    if (!found) {
        *c = start;
        found = time_short(c, h, m, s);
    }
    if (found && *h <= 23 && *m <= 59 && *s <= 59 && !pm_md_is_digit(peek(c, 0)) && !(peek(c, 0) == ':' && pm_md_is_digit(peek(c, 1)))) {
        if (take_word(c, " uhr"))
            return true;
        return peek(c, 0) == 'Z' || peek(c, 0) == 'h' || !pm_md_is_letter(peek(c, 0)) ? true : (*c = start, false);
    }
    *c = start;
    return false;
}

/* Behind a time "-02:40" is an offset where the date is joined to it by a T, else the end of a period. */
static bool is_joined(const struct cursor *c)
{
    size_t from = c->at > 16 ? c->at - 16 : 0;
    for (size_t i = from; i < c->at; i++) {
        if (c->s.p[i] == 'T' && i && pm_md_is_digit(c->s.p[i - 1]))
            return true;
    }
    return false;
}

static void zone_behind(struct cursor *c, struct pm_when *w)
{
    struct cursor start = *c;
    bool signs = is_joined(c);
    struct pm_when_zone zone = {0};
    skip(c, " ");
    bool bracket = take(c, "(") || take(c, "[");
    size_t n = peek(c, 0) == '-' && !signs ? 0 : pm_when_read_zone(rest(c), &zone);
    c->at += n;
    if (!n || (bracket && !take(c, ")") && !take(c, "]"))) {
        *c = start;
        return;
    }
    (void)(take_word(c, " time") || take_word(c, " timezone"));
    if (!w->zone.given)
        w->zone = zone;
}

static bool full_time(struct cursor *c, struct pm_when *w)
{
    if (!time_of_day(c, &w->hour, &w->minute, &w->second))
        return false;
    w->has_time = true;
    zone_behind(c, w);
    return true;
}

/* ---- together ---- */

static bool approximation(struct cursor *c)
{
    static const char *const words[] = {
        "~", "\xE2\x89\x88", "\xE2\x88\xBC", "approximately", "approx.", "approx", "around", "about", "circa", "ca.", "c."};
    for (size_t i = 0; i < PM_ITEMS(words); i++) {
        if (take_word(c, words[i])) {
            skip(c, " ");
            return true;
        }
    }
    return false;
}

/* What may stand between a date and a time. */
static void between(struct cursor *c)
{
    struct cursor start = *c;
    if (take(c, "T") && pm_md_is_digit(peek(c, 0)))
        return;
    *c = start;
    skip(c, " ,*_`@|");
    if (take_word(c, "at") || take_word(c, "um") || take(c, "- ") || take(c, "\xE2\x80\x93 ") || take(c, "/ ") || take(c, "("))
        skip(c, " ");
    if (take_word(c, "from"))
        skip(c, " ");
}

static bool until_mark(struct cursor *c)
{
    static const char *const marks[] = {"-", "\xE2\x80\x93", "\xE2\x80\x94", "to", "until", "till", "bis", "\xE2\x86\x92", "->", "~"};
    skip(c, " ");
    for (size_t i = 0; i < PM_ITEMS(marks); i++) {
        if (take_word(c, marks[i])) {
            skip(c, " >");
            (void)approximation(c);
            return true;
        }
    }
    return false;
}

static void read_until(struct cursor *c, struct pm_when *w)
{
    struct cursor start = *c;
    struct pm_when end = {0};
    if (!until_mark(c)) {
        *c = start;
        return;
    }
    if (date(c, &end))
        between(c);
    if (!time_of_day(c, &end.hour, &end.minute, &end.second)) {
        *c = start;
        return;
    }
    zone_behind(c, w);
    w->has_until = true;
    w->has_until_date = end.has_date && end.has_year;
    w->until_year = end.year;
    w->until_month = end.month;
    w->until_day = end.day;
    w->until_hour = end.hour;
    w->until_minute = end.minute;
    w->until_second = end.second;
}

/* A date behind the time: "14:02 UTC on March 5, 2024". */
static void date_behind(struct cursor *c, struct pm_when *w)
{
    struct cursor start = *c;
    skip(c, " ,(");
    if (take_word(c, "on"))
        skip(c, " ");
    if (!date(c, w) || !w->has_year) {
        w->has_date = false;
        *c = start;
        return;
    }
    (void)take(c, ")");
    if (!w->zone.given)
        zone_behind(c, w);
}

size_t pm_when_read(struct pm_str s, struct pm_when *out)
{
    struct cursor c = {s, 0};
    *out = (struct pm_when){0};
    skip(&c, " *_`[(\"<");
    bool about = approximation(&c), dated = date(&c, out);
    struct cursor behind = c;
    if (dated) {
        between(&behind);
        about |= approximation(&behind);
    }
    if (full_time(&behind, out)) {
        c = behind;
        read_until(&c, out);
        if (!dated)
            date_behind(&c, out);
    } else if (!dated) {
        return 0;
    }
    out->approximate = about;
    return c.at;
}

bool pm_when_find(struct pm_str s, size_t most, struct pm_when *out, size_t *at, size_t *end)
{
    for (size_t i = 0; i < s.n && i <= most; i++) {
        bool begins = i == 0 || !(pm_md_is_word(s.p[i - 1]) || (strchr(".:/-#$", s.p[i - 1]) && i > 1 && pm_md_is_word(s.p[i - 2])));
        if (!begins || !(pm_md_is_digit(s.p[i]) || pm_md_is_letter(s.p[i]) || s.p[i] == '~'))
            continue;
        size_t n = pm_when_read(pm_md_from(s, i), out);
        if (n) {
            *at = i;
            *end = i + n;
            return true;
        }
    }
    *out = (struct pm_when){0};
    return false;
}
