#include "base/zone.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_NAME = 64, MAX_TRANSITIONS = 1024, MAX_TYPES = 64, MAX_FILE = 64 << 10, CACHED = 4 };
enum { DAY = 86400, HEADER = 44 };

struct period {
    int seconds;
    char name[12];
};

/* A day of the year in the way of POSIX TZ, and the seconds from its local midnight. */
struct rule {
    char kind;                    /* 'M': month, week, weekday; 'J': day 1 to 365 without 29 February; '0': day 0 to 365 */
    int month, week, day;
    int time;
};

struct pm_zone {
    char key[MAX_NAME];
    bool found;
    size_t count;                 /* of transitions */
    int64_t at[MAX_TRANSITIONS];
    unsigned char type[MAX_TRANSITIONS];
    struct period types[MAX_TYPES];
    bool has_rule, has_summer;    /* the rule holds from the last transition on */
    struct period standard, summer;
    struct rule begins, ends;     /* of summer */
};

/* The zones asked for last, since reading one costs more than a thousand conversions. */
struct cache {
    struct pm_zone zones[CACHED];
    size_t next;
};

/* Each thread has its own, without a lock. That of the first is there from the start, that of another where it says. */
static struct cache first_cache;
static _Thread_local struct cache *own_cache;

bool pm_zone_begin_thread(struct pm_arena *arena)
{
    own_cache = pm_arena_alloc(arena, sizeof *own_cache);
    return own_cache != NULL;
}

/* --- the rule at the end of a file, such as CET-1CEST,M3.5.0,M10.5.0/3 --- */

static bool read_int(const char **p, int most, int *out)
{
    int n = 0;
    if (**p < '0' || **p > '9')
        return false;
    for (; **p >= '0' && **p <= '9'; ++*p) {
        n = n * 10 + (**p - '0');
        if (n > most)
            return false;
    }
    *out = n;
    return true;
}

/* [+-]hh[:mm[:ss]] */
static bool read_seconds(const char **p, int *out)
{
    int part = 0, sign = **p == '-' ? -1 : 1, total;
    if (**p == '-' || **p == '+')
        ++*p;
    if (!read_int(p, 167, &part))
        return false;
    total = part * 3600;
    for (int unit = 60; unit && **p == ':'; unit /= 60) {
        ++*p;
        if (!read_int(p, 59, &part))
            return false;
        total += part * unit;
    }
    *out = sign * total;
    return true;
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool read_name(const char **p, struct period *out)
{
    bool bracketed = **p == '<';
    const char *start = *p += bracketed;
    while (**p && (bracketed ? **p != '>' : is_letter(**p)))
        ++*p;
    size_t n = (size_t)(*p - start);
    if (n == 0 || n >= sizeof out->name || (bracketed && **p != '>'))
        return false;
    memcpy(out->name, start, n);
    out->name[n] = '\0';
    *p += bracketed;
    return true;
}

static bool read_day(const char **p, struct rule *out)
{
    *out = (struct rule){.kind = **p == 'M' || **p == 'J' ? **p : '0', .time = 2 * 3600};
    if (out->kind != '0')
        ++*p;
    if (out->kind != 'M')
        return read_int(p, 365, &out->day);
    if (!read_int(p, 12, &out->month) || out->month < 1 || *(*p)++ != '.')
        return false;
    return read_int(p, 5, &out->week) && out->week > 0 && *(*p)++ == '.' && read_int(p, 6, &out->day);
}

static bool read_rule(const char **p, struct rule *out)
{
    if (*(*p)++ != ',' || !read_day(p, out))
        return false;
    if (**p != '/')
        return true;
    ++*p;
    return read_seconds(p, &out->time);
}

static bool read_footer(struct pm_zone *z, const char *p)
{
    if (*p == '\0')
        return true;
    if (!read_name(&p, &z->standard) || !read_seconds(&p, &z->standard.seconds))
        return false;
    z->standard.seconds = -z->standard.seconds;   /* POSIX counts west */
    z->has_rule = true;
    if (*p == '\0')
        return true;
    z->has_summer = true;
    z->summer.seconds = z->standard.seconds + 3600;
    if (!read_name(&p, &z->summer))
        return false;
    if (*p != ',') {
        if (!read_seconds(&p, &z->summer.seconds))
            return false;
        z->summer.seconds = -z->summer.seconds;
    }
    return read_rule(&p, &z->begins) && read_rule(&p, &z->ends) && *p == '\0';
}

/* Seconds since the epoch of the rule's day and time in `year`, by a clock that is `offset` ahead of UTC. */
static int64_t rule_instant(const struct rule *r, int year, int offset)
{
    int64_t day = pm_days_from_civil(year, 1, 1);
    if (r->kind == '0') {
        day += r->day;
    } else if (r->kind == 'J') {
        day += r->day - 1;
        if (r->day >= 60)   /* 1 March on; 29 February is not counted */
            day += pm_days_from_civil(year, 3, 1) - pm_days_from_civil(year, 2, 28) - 1;
    } else {
        int64_t first = pm_days_from_civil(year, r->month, 1);
        int64_t next = r->month == 12 ? pm_days_from_civil(year, 12, 31) + 1 : pm_days_from_civil(year, r->month + 1, 1);
        int weekday = (int)(((first + 4) % 7 + 7) % 7);
        day = first + (r->day - weekday + 7) % 7 + (r->week - 1) * 7;
        if (day >= next)
            day -= 7;
    }
    return day * DAY + r->time - offset;
}

static const struct period *period_by_rule(const struct pm_zone *z, pm_instant t)
{
    struct pm_civil civil;
    if (!z->has_summer)
        return &z->standard;
    int64_t local = t + z->standard.seconds;
    pm_civil_from_days(local / DAY - (local % DAY < 0), &civil);
    int64_t begins = rule_instant(&z->begins, civil.year, z->standard.seconds);
    int64_t ends = rule_instant(&z->ends, civil.year, z->summer.seconds);
    bool summer = begins < ends ? t >= begins && t < ends : t >= begins || t < ends;
    return summer ? &z->summer : &z->standard;
}

/* --- the file --- */

static int64_t big_endian(const unsigned char *p, size_t n)
{
    uint64_t value = p[0] & 0x80 ? ~(uint64_t)0 : 0;
    for (size_t i = 0; i < n; i++)
        value = value << 8 | p[i];
    return (int64_t)value;
}

struct block {
    size_t time_size;             /* 4 in the first, 8 in the second */
    size_t utc, standard, leaps, times, types, chars;
    const unsigned char *data, *end;
};

/* The counts of a header, and where its data ends. */
static bool read_block(struct block *b, const unsigned char *p, size_t n, size_t time_size)
{
    if (n < HEADER || memcmp(p, "TZif", 4) != 0)
        return false;
    size_t *counts[] = {&b->utc, &b->standard, &b->leaps, &b->times, &b->types, &b->chars};
    for (size_t i = 0; i < 6; i++) {
        int64_t count = big_endian(p + 20 + i * 4, 4);
        if (count < 0 || count > MAX_FILE)
            return false;
        *counts[i] = (size_t)count;
    }
    size_t size = b->times * (time_size + 1) + b->types * 6 + b->chars + b->leaps * (time_size + 4) + b->standard + b->utc;
    b->time_size = time_size;
    b->data = p + HEADER;
    b->end = b->data + size;
    return size <= n - HEADER;
}

static bool read_types(struct pm_zone *z, const struct block *b)
{
    const unsigned char *types = b->data + b->times * (b->time_size + 1), *names = types + b->types * 6;
    if (b->types == 0 || b->types > MAX_TYPES)
        return false;
    for (size_t i = 0; i < b->types; i++) {
        size_t at = types[i * 6 + 5];
        int64_t seconds = big_endian(types + i * 6, 4);
        const unsigned char *end = at < b->chars ? memchr(names + at, 0, b->chars - at) : NULL;
        if (!end || seconds < -26 * 3600 || seconds > 26 * 3600)
            return false;
        z->types[i].seconds = (int)seconds;
        snprintf(z->types[i].name, sizeof z->types[i].name, "%s", (const char *)names + at);
    }
    return true;
}

static bool read_transitions(struct pm_zone *z, const struct block *b)
{
    const unsigned char *types = b->data + b->times * b->time_size;
    if (b->times > MAX_TRANSITIONS)
        return false;
    for (size_t i = 0; i < b->times; i++) {
        z->at[i] = big_endian(b->data + i * b->time_size, b->time_size);
        z->type[i] = types[i];
        if (types[i] >= b->types)
            return false;
    }
    z->count = b->times;
    return true;
}

static bool read_tzif(struct pm_zone *z, const unsigned char *p, size_t n)
{
    struct block b;
    if (!read_block(&b, p, n, 4))
        return false;
    bool has_second = p[4] >= '2';
    if (has_second && !read_block(&b, b.end, (size_t)(p + n - b.end), 8))
        return false;
    if (!read_types(z, &b) || !read_transitions(z, &b))
        return false;
    if (!has_second)
        return true;
    char footer[128];
    size_t length = (size_t)(p + n - b.end);
    if (length < 2 || length > sizeof footer || b.end[0] != '\n' || b.end[length - 1] != '\n')
        return false;
    memcpy(footer, b.end + 1, length - 2);
    footer[length - 2] = '\0';
    return read_footer(z, footer);
}

/* Without malloc(), so that a lack of memory cannot turn a zone into UTC. */
static bool read_zone(struct pm_zone *z, const char *path)
{
    unsigned char bytes[MAX_FILE];
    struct stat info;
    size_t n = 0;
    ssize_t got = 1;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return false;
    if (fstat(file, &info) == 0 && S_ISREG(info.st_mode))
        for (; got > 0 && n < sizeof bytes; n += got > 0 ? (size_t)got : 0)
            got = read(file, bytes + n, sizeof bytes - n);
    close(file);
    return got == 0 && read_tzif(z, bytes, n);
}

/* --- names --- */

/* No dot is allowed, so that a name cannot leave the folder. "right/" counts leap seconds; the others depend on the machine. */
static bool is_zone_name(struct pm_str s)
{
    if (s.n == 0 || s.n >= MAX_NAME || s.p[0] == '/' || pm_str_is(s, "localtime") || pm_str_is(s, "posixrules"))
        return false;
    if (pm_str_starts(s, "right/"))
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!is_letter(s.p[i]) && (s.p[i] < '0' || s.p[i] > '9') && (s.p[i] == '\0' || !strchr("_+/-", s.p[i])))
            return false;
    return true;
}

static bool is_utc(struct pm_str s)
{
    return pm_str_is(s, "UTC") || pm_str_is(s, "Etc/UTC");
}

const struct pm_zone *pm_zone_find(struct pm_str name)
{
    if (!is_zone_name(name) || is_utc(name))
        return NULL;
    struct cache *cache = own_cache ? own_cache : &first_cache;
    for (size_t i = 0; i < CACHED; i++)
        if (pm_str_is(name, cache->zones[i].key))
            return cache->zones[i].found ? &cache->zones[i] : NULL;
    struct pm_zone *z = &cache->zones[cache->next++ % CACHED];
    char path[1024];
    const char *folder = getenv("TZDIR");
    memset(z, 0, sizeof *z);
    memcpy(z->key, name.p, name.n);
    int n = snprintf(path, sizeof path, "%s/%s", folder && *folder ? folder : "/usr/share/zoneinfo", z->key);
    z->found = n > 0 && (size_t)n < sizeof path && read_zone(z, path);
    return z->found ? z : NULL;
}

bool pm_zone_exists(struct pm_str name)
{
    return is_utc(name) || pm_zone_find(name) != NULL;
}

/* The last transition at or before t; `count` is not 0. */
static size_t transition_before(const struct pm_zone *z, pm_instant t)
{
    size_t low = 0, high = z->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (z->at[middle] <= t)
            low = middle;
        else
            high = middle;
    }
    return low;
}

struct pm_zone_offset pm_zone_offset_at(const struct pm_zone *z, pm_instant t)
{
    const struct period *period;
    if (!z)
        return (struct pm_zone_offset){0, "UTC"};
    if (z->count && t < z->at[0])
        period = &z->types[0];
    else if (z->has_rule && (!z->count || t >= z->at[z->count - 1]))
        period = period_by_rule(z, t);
    else
        period = z->count ? &z->types[z->type[transition_before(z, t)]] : &z->types[0];
    return (struct pm_zone_offset){period->seconds, period->name};
}
