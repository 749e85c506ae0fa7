/* The incident in the making: what was found so far, in the order in which it was found. */
#include "import/import_internal.h"

#include <stdio.h>
#include <string.h>

static void append(struct pm_draft *d, struct pm_draft_texts *texts, struct pm_str key, struct pm_str value)
{
    struct pm_draft_text *t = pm_arena_alloc(d->arena, sizeof *t);
    if (!t)
        return;
    t->key = key;
    t->value = value;
    if (texts->last)
        texts->last->next = t;
    else
        texts->first = t;
    texts->last = t;
}

void pm_draft_put(struct pm_draft *d, enum pm_target field, struct pm_str value)
{
    value = pm_str_trim(value);
    if (value.n)
        append(d, &d->fields[field], (struct pm_str){NULL, 0}, value);
}

void pm_draft_put_key(struct pm_draft *d, struct pm_draft_texts *texts, struct pm_str key, struct pm_str value)
{
    value = pm_str_trim(value);
    if (value.n && key.n)
        append(d, texts, key, value);
}

bool pm_draft_has(const struct pm_draft *d, enum pm_target field) { return d->fields[field].first != NULL; }

struct pm_draft_entry *pm_draft_entry(struct pm_draft *d, enum pm_draft_list list, uint32_t line)
{
    struct pm_draft_entries *entries = &d->lists[list];
    struct pm_draft_entry *e = pm_arena_alloc(d->arena, sizeof *e);
    if (!e)
        return NULL;
    e->line = line;
    if (entries->last)
        entries->last->next = e;
    else
        entries->first = e;
    entries->last = e;
    entries->count++;
    return e;
}

static struct pm_draft_pair *find_pair(const struct pm_draft_entry *e, const char *key)
{
    struct pm_draft_pair *p = e ? e->first : NULL;
    while (p && strcmp(p->key, key) != 0)
        p = p->next;
    return p;
}

/* The first value of a key stays. */
void pm_draft_pair(struct pm_draft *d, struct pm_draft_entry *e, const char *key, struct pm_str value)
{
    value = pm_str_trim(value);
    if (!e || !value.n || find_pair(e, key))
        return;
    struct pm_draft_pair *p = pm_arena_alloc(d->arena, sizeof *p);
    if (!p)
        return;
    *p = (struct pm_draft_pair){.key = key, .value = value};
    if (e->last)
        e->last->next = p;
    else
        e->first = p;
    e->last = p;
}

struct pm_str pm_draft_value(const struct pm_draft_entry *e, const char *key)
{
    const struct pm_draft_pair *p = find_pair(e, key);
    return p ? p->value : (struct pm_str){"", 0};
}

/* Room is doubled, so that what is appended to often is not copied each time. */
static void append_value(struct pm_draft *d, struct pm_draft_pair *p, const char *between, struct pm_str value)
{
    size_t n = strlen(between), all = p->value.n + n + value.n;
    if (all > p->room) {
        char *grown = pm_arena_alloc(d->arena, 2 * all);
        if (!grown)
            return;
        memcpy(grown, p->value.p, p->value.n);
        p->grown = grown;
        p->room = 2 * all;
    }
    memcpy(p->grown + p->value.n, between, n);
    memcpy(p->grown + p->value.n + n, value.p, value.n);
    p->value = (struct pm_str){p->grown, all};
}

void pm_draft_extend(struct pm_draft *d, struct pm_draft_entry *e, const char *key, const char *between, struct pm_str value)
{
    struct pm_draft_pair *p = find_pair(e, key);
    value = pm_str_trim(value);
    if (!p)
        pm_draft_pair(d, e, key, value);
    else if (value.n)
        append_value(d, p, between, value);
}

void pm_draft_section(struct pm_draft *d, struct pm_str title, struct pm_str body, uint32_t line)
{
    struct pm_draft_entry *e = pm_draft_entry(d, PM_LIST_SECTIONS, line);
    pm_draft_pair(d, e, "title", title);
    pm_draft_pair(d, e, "body", body);
    if (d->last_known)
        pm_draft_pair(d, e, "after", pm_str(d->last_known));
}

void pm_draft_note(struct pm_draft *d, uint32_t line, const char *format, ...)
{
    if (!d->options->wants_notes)
        return;
    va_list ap;
    va_start(ap, format);
    struct pm_str text = pm_arena_vformat(d->arena, format, ap);
    va_end(ap);
    struct pm_import_note *n = pm_arena_alloc(d->arena, sizeof *n);
    if (!n || !text.p)
        return;
    *n = (struct pm_import_note){line, text.p, NULL};
    if (d->import->last_note)
        d->import->last_note->next = n;
    else
        d->import->notes = n;
    d->import->last_note = n;
}

void pm_draft_made_up(struct pm_draft *d, const char *field, const char *value)
{
    append(d, &d->made_up, (struct pm_str){NULL, 0}, pm_str(field));
    pm_report(d->diags, PM_D_MADE_UP, (struct pm_mark){1, 1, 0}, field, value);
}

/* ---- instants ---- */

void pm_when_take_day(struct pm_when *to, const struct pm_when *from)
{
    if (to->has_date && !to->has_year && from->has_date && from->has_year) {
        to->has_year = true;
        to->year = from->year + (to->month == 1 && from->month == 12);
    } else if (!to->has_date && from->has_date) {
        to->has_date = true;
        to->has_year = from->has_year;
        to->year = from->year;
        to->month = from->month;
        to->day = from->day;
    }
}

static bool same_zone(const struct pm_when_zone *a, const struct pm_when_zone *b)
{
    return a->offset == b->offset && pm_str_eq(a->name.p ? a->name : PM_LIT(""), b->name.p ? b->name : PM_LIT(""));
}

/* Seconds east of UTC at a local time, and whether clocks do show it. */
static int offset_at(const struct pm_when_zone *zone, const struct pm_civil *civil, bool *exists)
{
    pm_instant t;
    *exists = true;
    if (!zone->name.n)
        return zone->offset;
    *exists = pm_instant_in_zone(civil, zone->name, &t) != PM_LOCAL_GAP;
    return pm_civil_at(t, zone->name).offset;
}

struct pm_str pm_draft_instant(struct pm_draft *d, const struct pm_when *when, const struct pm_when *day)
{
    struct pm_when w = *when;
    bool exists, in_zone;
    pm_when_take_day(&w, day);
    if (!w.has_date || !w.has_year)
        return PM_LIT("");
    struct pm_civil civil = {.year = w.year, .month = w.month, .day = w.day, .hour = w.hour, .minute = w.minute, .second = w.second};
    const struct pm_when_zone document = {.name = d->tz, .given = true};
    const struct pm_when_zone *zone = w.zone.given ? &w.zone : d->zone.given ? &d->zone : &document;
    int offset = offset_at(zone, &civil, &exists), minutes = (offset < 0 ? -offset : offset) / 60;
    in_zone = same_zone(zone, &document) && exists;
    struct pm_str text = pm_arena_format(d->arena, "%04d-%02d-%02d%c%02d:%02d", w.year, w.month, w.day, in_zone ? ' ' : 'T', w.hour,
                                         w.minute);
    if (w.second || !in_zone)
        text = pm_arena_format(d->arena, "%s:%02d", text.p ? text.p : "", w.second);
    if (!in_zone)
        text = pm_arena_format(d->arena, "%s%c%02d:%02d", text.p ? text.p : "", offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
    return text.p ? text : PM_LIT("");
}
