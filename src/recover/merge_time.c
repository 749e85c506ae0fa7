/* Dates, instants and durations as reports show them and as people write them. */
#include "recover/merge_internal.h"

#include <string.h>

/* --- pieces of a text --- */

struct pieces {
    int year, month, day;          /* 0: not found */
    int numbers[3], lengths[3];    /* those that are not placed yet */
    size_t count;
    bool clock, afternoon, morning, offset, utc;
    struct pm_civil at;            /* hour, minute, second, offset */
    struct pm_str zone;            /* "CET" */
};

struct scan { const struct pm_language *language; struct pm_arena *arena; const char *p, *end; };

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static struct pm_str without_dot(struct pm_str s)
{
    return s.n && s.p[s.n - 1] == '.' ? (struct pm_str){s.p, s.n - 1} : s;
}

/* 1 to 12, or 0. English names are known by three letters or more. */
static int month_of(const struct scan *s, struct pm_str word)
{
    static const char *const english[] = {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
                                          "november", "december"};
    for (int i = 0; i < 12; i++) {
        struct pm_str name = without_dot(pm_shown_normalise(s->language->month[i], s->arena));
        if (pm_str_same_letters(word, name))
            return i + 1;
    }
    for (int i = 0; i < 12; i++) {
        if (word.n >= 3 && word.n <= strlen(english[i]) && pm_str_same_letters(word, (struct pm_str){english[i], word.n}))
            return i + 1;
    }
    return pm_str_same_letters(word, PM_LIT("sept")) ? 9 : 0;
}

static bool is_weekday(const struct scan *s, struct pm_str word)
{
    static const char *const english[] = {"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};
    for (int i = 0; i < 7; i++) {
        if (pm_str_same_letters(word, without_dot(pm_shown_normalise(s->language->weekday[i], s->arena))))
            return true;
        if (word.n >= 3 && word.n <= strlen(english[i]) && pm_str_same_letters(word, (struct pm_str){english[i], word.n}))
            return true;
    }
    return false;
}

static bool is_small_word(struct pm_str word)
{
    static const char *const words[] = {"at", "on", "of", "the", "st", "nd", "rd", "th", "t", "um", "uhr", "le"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (pm_str_same_letters(word, pm_str(words[i])))
            return true;
    }
    return false;
}

static int take_number(struct scan *s, int *length)
{
    int n = 0;
    for (*length = 0; s->p < s->end && is_digit(*s->p) && *length < 6; s->p++, ++*length)
        n = n * 10 + (*s->p - '0');
    return n;
}

static bool take_byte(struct scan *s, char c)
{
    if (s->p == s->end || *s->p != c)
        return false;
    s->p++;
    return true;
}

static bool next_is_digit(const struct scan *s) { return s->p < s->end && is_digit(*s->p); }

/* Behind "HH:". */
static bool take_clock(struct scan *s, int hour, struct pieces *out)
{
    int length;
    if (out->clock || hour > 23)
        return false;
    out->clock = true;
    out->at.hour = hour;
    out->at.minute = take_number(s, &length);
    if (length != 2 || out->at.minute > 59)
        return false;
    if (!take_byte(s, ':'))
        return true;
    out->at.second = take_number(s, &length);
    return length == 2 && out->at.second <= 59;
}

/* "+01:00" behind a time or behind "UTC". */
static bool take_offset(struct scan *s, int sign, struct pieces *out)
{
    int length, hours = take_number(s, &length), minutes = 0;
    if (length == 0 || length == 3 || length > 4)
        return false;
    if (length == 4)
        minutes = hours % 100, hours /= 100;
    else if (take_byte(s, ':'))
        minutes = take_number(s, &length);
    out->offset = true;
    out->at.offset = sign * (hours * 3600 + minutes * 60);
    return hours < 24 && minutes < 60;
}

/* "2026-11-20", "20.11.2026", "2026/11/20", "20/11/2026" where that can only be the 20th. */
static bool place_numbers(struct pieces *out, char mark, const int *n, const int *lengths)
{
    bool year_first = lengths[0] == 4, month_first = mark == '/' && !year_first && n[0] <= 12 && n[1] > 12;
    if (out->year || (!year_first && lengths[2] != 4) || (mark == '/' && !year_first && n[0] <= 12 && n[1] <= 12 && n[0] != n[1]))
        return false;
    out->year = year_first ? n[0] : n[2];
    out->month = year_first ? n[1] : month_first ? n[0] : n[1];
    out->day = year_first ? n[2] : month_first ? n[1] : n[0];
    return true;
}

static bool take_numbers(struct scan *s, struct pieces *out)
{
    int n[3], lengths[3];
    n[0] = take_number(s, &lengths[0]);
    if (take_byte(s, ':'))
        return take_clock(s, n[0], out);
    char mark = s->p < s->end ? *s->p : '\0';
    bool joined = (mark == '-' || mark == '.' || mark == '/') && s->p + 1 < s->end && is_digit(s->p[1]);
    if (!joined) {
        if (out->count == 3)
            return false;
        out->numbers[out->count] = n[0];
        out->lengths[out->count++] = lengths[0];
        take_byte(s, '.');
        return true;
    }
    for (int i = 1; i < 3; i++) {
        if (!take_byte(s, mark) || !next_is_digit(s))
            return false;
        n[i] = take_number(s, &lengths[i]);
    }
    return place_numbers(out, mark, n, lengths);
}

static bool take_word(struct scan *s, struct pieces *out)
{
    struct pm_str word = {s->p, 0};
    while (s->p < s->end && is_letter(*s->p))
        s->p++;
    word.n = (size_t)(s->p - word.p);
    int month = month_of(s, word);
    if (month && !out->month) {
        out->month = month;
        take_byte(s, '.');
    } else if (pm_str_same_letters(word, PM_LIT("pm")) || pm_str_same_letters(word, PM_LIT("am"))) {
        out->afternoon = pm_ascii_lower(word.p[0]) == 'p';
        out->morning = !out->afternoon;
    } else if (pm_str_same_letters(word, PM_LIT("z")) || pm_str_same_letters(word, PM_LIT("utc")) ||
               pm_str_same_letters(word, PM_LIT("gmt"))) {
        out->utc = true;
        if (s->p < s->end && (*s->p == '+' || *s->p == '-'))
            return take_offset(s, *s->p++ == '-' ? -1 : 1, out);
    } else if (!is_weekday(s, word) && !is_small_word(word)) {
        if (out->zone.n || !out->clock)
            return false;
        out->zone = word;
    } else {
        take_byte(s, '.');
    }
    return true;
}

/* A day and a year that stand beside the name of a month. */
static bool place_rest(struct pieces *out)
{
    for (size_t i = 0; i < out->count; i++) {
        if (out->lengths[i] == 4 && !out->year)
            out->year = out->numbers[i];
        else if (out->lengths[i] <= 2 && !out->day)
            out->day = out->numbers[i];
        else
            return false;
    }
    return true;
}

static bool settle_hour(struct pieces *out)
{
    if ((out->afternoon || out->morning) && (!out->clock || out->at.hour < 1 || out->at.hour > 12))
        return false;
    if (out->afternoon || out->morning)
        out->at.hour = out->at.hour % 12 + (out->afternoon ? 12 : 0);
    return true;
}

static bool find_pieces(const struct pm_language *language, struct pm_str text, struct pm_arena *arena, struct pieces *out)
{
    struct pm_str plain = pm_shown_normalise(text, arena);
    struct scan s = {language, arena, plain.p, plain.p + plain.n};
    *out = (struct pieces){0};
    if (plain.n == 0 || plain.n > 100)
        return false;
    while (s.p < s.end) {
        bool about = s.end - s.p >= 3 && memcmp(s.p, "\342\211\210", 3) == 0;
        bool good = true;
        if (is_digit(*s.p))
            good = take_numbers(&s, out);
        else if (about)
            s.p += 3;
        else if (is_letter(*s.p))
            good = take_word(&s, out);
        else if ((*s.p == '+' || *s.p == '-') && out->clock && s.p + 1 < s.end && is_digit(s.p[1]) && !out->offset)
            good = take_offset(&s, *s.p++ == '-' ? -1 : 1, out);
        else if (memchr(" ,()~", *s.p, 5))
            s.p++;
        else
            return false;
        if (!good)
            return false;
    }
    return place_rest(out) && settle_hour(out);
}

/* A day of the calendar. */
static bool is_day(const struct pieces *p, int64_t *days)
{
    struct pm_civil again;
    if (p->year < 1 || p->year > 9999 || p->month < 1 || p->month > 12 || p->day < 1 || p->day > 31)
        return false;
    *days = pm_days_from_civil(p->year, p->month, p->day);
    pm_civil_from_days(*days, &again);
    return again.month == p->month;
}

bool pm_shown_date(const struct pm_language *language, struct pm_str text, struct pm_arena *arena, int64_t *days)
{
    struct pieces p;
    return find_pieces(language, text, arena, &p) && !p.clock && is_day(&p, days);
}

/* --- instants --- */

/* By an offset, or by the clocks of the incident's zone, whose abbreviation may be named; of a time that occurs twice it tells which. */
static bool resolve(const struct pieces *p, struct pm_str zone, pm_instant *out)
{
    struct pm_civil c = p->at;
    if (p->offset || p->utc) {
        *out = pm_instant_of(&c);
        return p->zone.n == 0;
    }
    if (pm_instant_in_zone(&c, zone, out) == PM_LOCAL_GAP)
        return false;
    for (pm_instant t = *out; p->zone.n && t <= *out + 7200; t += 1800) {
        struct pm_civil there = pm_civil_at(t, zone);
        bool same_clock = there.hour == c.hour && there.minute == c.minute;
        if (same_clock && pm_str_same_letters(p->zone, pm_str(there.zone))) {
            *out = t;
            return true;
        }
    }
    return p->zone.n == 0;
}

static struct pm_str bare_text(const struct pieces *p, struct pm_arena *arena)
{
    if (p->at.second)
        return pm_arena_format(arena, "%02d:%02d:%02d", p->at.hour, p->at.minute, p->at.second);
    return pm_arena_format(arena, "%02d:%02d", p->at.hour, p->at.minute);
}

bool pm_shown_instant(const struct pm_language *language, struct pm_str text, struct pm_shown_instant *in, struct pm_str *out)
{
    struct pieces p;
    int64_t day = in->day;
    pm_instant t;
    in->bare = false;
    if (!find_pieces(language, text, in->arena, &p) || !p.clock)
        return false;
    bool dated = p.year || p.month || p.day;
    if (dated ? !is_day(&p, &day) : !in->has_day) {
        in->bare = !dated;
        *out = bare_text(&p, in->arena);
        return !dated && !p.offset && !p.utc;
    }
    struct pm_civil c;
    pm_civil_from_days(day, &c);
    p.at.year = c.year;
    p.at.month = c.month;
    p.at.day = c.day;
    if (!resolve(&p, in->zone, &t))
        return false;
    struct pm_buf b;
    pm_buf_init(&b, 64);
    pm_instant_rfc3339(&b, t, in->zone);
    *out = pm_merge_take(&b, in->arena);
    return true;
}

/* --- durations --- */

static bool is_unit(const struct scan *s, struct pm_str word, enum pm_word pattern, const char *const *english)
{
    struct pm_str shown = pm_shown_normalise(PM_FILL(s->arena, s->language->word[pattern], {"n", PM_LIT("")}), s->arena);
    for (; *english; english++) {
        if (pm_str_same_letters(word, pm_str(*english)))
            return true;
    }
    return pm_str_same_letters(word, shown);
}

static int64_t seconds_of(const struct scan *s, struct pm_str word)
{
    static const char *const days[] = {"d", "day", "days", NULL}, *const hours[] = {"h", "hr", "hrs", "hour", "hours", NULL};
    static const char *const minutes[] = {"m", "min", "mins", "minute", "minutes", NULL};
    static const char *const seconds[] = {"s", "sec", "secs", "second", "seconds", NULL};
    const struct { enum pm_word pattern; const char *const *english; int64_t seconds; } units[] = {
        {PM_W_DAYS, days, 86400}, {PM_W_HOURS, hours, 3600}, {PM_W_MINUTES, minutes, 60}, {PM_W_SECONDS, seconds, 1}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (is_unit(s, word, units[i].pattern, units[i].english))
            return units[i].seconds;
    }
    return 0;
}

static bool add_units(struct scan *s, int64_t *seconds)
{
    int parts = 0;
    for (*seconds = 0; s->p < s->end; parts++) {
        int length;
        while (take_byte(s, ' ') || take_byte(s, ','))
            ;
        int64_t n = take_number(s, &length);
        while (take_byte(s, ' '))
            ;
        struct pm_str word = {s->p, 0};
        while (s->p < s->end && is_letter(*s->p))
            s->p++;
        word.n = (size_t)(s->p - word.p);
        int64_t unit = length ? seconds_of(s, word) : 0;
        if (!unit)
            return false;
        *seconds += n * unit;
    }
    return parts > 0;
}

bool pm_shown_duration(const struct pm_language *language, struct pm_str text, struct pm_arena *arena, int64_t *seconds)
{
    struct pm_str plain = pm_shown_normalise(text, arena);
    struct scan s = {language, arena, plain.p, plain.p + plain.n};
    return plain.n && (pm_duration_read(plain, seconds) || add_units(&s, seconds));
}
