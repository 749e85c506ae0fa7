/* Forms of instants: what is written stays as local, as bare or with its offset as it was. */
#include "recover/patch_internal.h"

#include <string.h>

enum { SIX_HOURS = 6 * 3600 };

static struct pm_str zone_of(const struct pm_patch *p)
{
    return p->incident->tz.text;
}

/* An instant with offset or a local one; false for others. */
static bool read_instant(const struct pm_patch *p, struct pm_str text, pm_instant *out)
{
    struct pm_civil civil;
    enum pm_time_form form = pm_time_read(text, &civil);
    if (form == PM_TIME_ZONED)
        *out = pm_instant_of(&civil);
    return form == PM_TIME_ZONED || (form == PM_TIME_LOCAL && pm_instant_in_zone(&civil, zone_of(p), out) != PM_LOCAL_GAP);
}

static bool has_seconds(struct pm_str text)
{
    const char *colon = text.n ? memchr(text.p, ':', text.n) : NULL;
    size_t rest = colon ? (size_t)(text.p + text.n - colon) : 0;
    return rest > 3 && colon[3] == ':';
}

static struct pm_str clock_text(struct pm_patch *p, const struct pm_civil *c, struct pm_str model)
{
    if (c->second || has_seconds(model))
        return pm_arena_format(&p->work, "%02d:%02d:%02d", c->hour, c->minute, c->second);
    return pm_arena_format(&p->work, "%02d:%02d", c->hour, c->minute);
}

/* Absent where the local time would stand for another instant. */
static struct pm_str local_text(struct pm_patch *p, pm_instant t, struct pm_str model)
{
    struct pm_civil c = pm_civil_at(t, zone_of(p));
    pm_instant again;
    if (pm_instant_in_zone(&c, zone_of(p), &again) == PM_LOCAL_GAP || again != t)
        return (struct pm_str){NULL, 0};
    char between = model.n > 10 && model.p[10] == 'T' ? 'T' : ' ';
    struct pm_str clock = clock_text(p, &c, model);
    return pm_arena_format(&p->work, "%04d-%02d-%02d%c%.*s", c.year, c.month, c.day, between, (int)clock.n, clock.p);
}

/* With the offset of the zone, or with that of the model where it has another than the zone. */
static struct pm_str zoned_text(struct pm_patch *p, pm_instant t, struct pm_str model)
{
    struct pm_civil old, c = pm_civil_at(t, zone_of(p));
    bool zoned = pm_time_read(model, &old) == PM_TIME_ZONED, utc = zoned && (model.p[model.n - 1] | 0x20) == 'z';
    if (zoned && (utc || pm_civil_at(pm_instant_of(&old), zone_of(p)).offset != old.offset)) {
        c = pm_civil_at(t + old.offset, PM_LIT("Etc/UTC"));
        c.offset = old.offset;
    }
    int minutes = (c.offset < 0 ? -c.offset : c.offset) / 60;
    struct pm_str date = pm_arena_format(&p->work, "%04d-%02d-%02dT%02d:%02d:%02d", c.year, c.month, c.day, c.hour, c.minute, c.second);
    if (utc || (!zoned && c.offset == 0))
        return pm_arena_format(&p->work, "%.*sZ", (int)date.n, date.p);
    return pm_arena_format(&p->work, "%.*s%c%02d:%02d", (int)date.n, date.p, c.offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

/* Local unless the model has an offset, or no local time says it. */
static struct pm_str with_day(struct pm_patch *p, pm_instant t, struct pm_str model)
{
    struct pm_civil civil;
    struct pm_str text = {NULL, 0};
    if (pm_time_read(model, &civil) != PM_TIME_ZONED)
        text = local_text(p, t, model);
    return text.p ? text : zoned_text(p, t, model);
}

struct pm_str pm_patch_instant(struct pm_patch *p, struct pm_str text, struct pm_str model)
{
    pm_instant t;
    if (!read_instant(p, text, &t))
        return text;   /* the reader will say what is wrong with it */
    return with_day(p, t, model.n ? model : p->incident->started_at.text);
}

/* --- the timeline --- */

/* What a bare time behind `before` stands for: the rule of resolve.c. False where that does not exist. */
static bool bare_instant(const struct pm_patch *p, struct pm_str text, pm_instant before, pm_instant *out)
{
    struct pm_civil civil, day = pm_civil_at(before, zone_of(p));
    if (pm_time_read(text, &civil) != PM_TIME_BARE)
        return false;
    civil.year = day.year;
    civil.month = day.month;
    civil.day = day.day;
    (void)pm_instant_in_zone(&civil, zone_of(p), out);
    if (before - *out > SIX_HOURS) {
        pm_civil_from_days(pm_days_from_civil(day.year, day.month, day.day) + 1, &day);
        civil.year = day.year;
        civil.month = day.month;
        civil.day = day.day;
    }
    return pm_instant_in_zone(&civil, zone_of(p), out) != PM_LOCAL_GAP;
}

struct walk {
    struct pm_patch *p;
    bool known;             /* `before` holds the instant of the entry before */
    pm_instant before;
    struct pm_str model;    /* how new entries write their times */
};

/* The time of an entry: as wanted, in bare form where its model is bare and the day allows. */
static struct pm_str choose_form(struct walk *w, pm_instant want, struct pm_str model)
{
    struct pm_civil civil;
    pm_instant got;
    enum pm_time_form form = pm_time_read(model, &civil);
    if (form == PM_TIME_BARE && w->known) {
        struct pm_civil c = pm_civil_at(want, zone_of(w->p));
        struct pm_str bare = clock_text(w->p, &c, model);
        if (bare_instant(w->p, bare, w->before, &got) && got == want)
            return bare;
    }
    struct pm_str other = model;
    if (form == PM_TIME_BARE)
        other = w->p->incident->started_at.text;
    return with_day(w->p, want, other);
}

/* `was` is the field that the source has, or NULL. Moves w->before to the entry's instant. */
static void settle_time(struct walk *w, struct pm_twig *t, const struct pm_field *was)
{
    pm_instant want = 0, got = 0;
    bool wanted, fresh = t->edit != PM_NOT_EDITED;
    if (fresh)
        wanted = read_instant(w->p, t->text, &want);
    else
        wanted = was && was->valid, want = wanted ? was->as.instant : 0;
    struct pm_str model = t->old && !pm_yaml_is_null(t->old) ? t->old->text : w->model;
    if (!wanted) {
        wanted = w->known && bare_instant(w->p, t->text, w->before, &want);
    } else if (fresh) {
        t->text = choose_form(w, want, model);
        t->changed = t->old && !(pm_str_eq(t->text, t->old->text) && !pm_yaml_is_null(t->old));
    } else if (w->known && bare_instant(w->p, t->text, w->before, &got) && got != want) {
        t->text = choose_form(w, want, model);
        t->changed = true;
        t->type = PM_T_EVENT_INSTANT;
    }
    if (wanted) {
        w->known = true;
        w->before = want;
    }
}

static struct pm_twig *time_of(const struct pm_twig *entry, const char *name)
{
    struct pm_twig *t = pm_twig_get(entry, pm_str(name));
    return t && t->kind == PM_YAML_SCALAR && !pm_twig_is_null(t) ? t : NULL;
}

/* Bare where any entry's time is; else as the first. */
static struct pm_str usual_form(const struct pm_incident *in)
{
    const struct pm_event *events = in->timeline.items;
    struct pm_str first = {NULL, 0};
    struct pm_civil civil;
    for (size_t i = 0; i < in->timeline.count; i++) {
        if (events[i].at.mark.line && pm_time_read(events[i].at.text, &civil) == PM_TIME_BARE)
            return events[i].at.text;
        if (!first.p && events[i].at.mark.line)
            first = events[i].at.text;
    }
    return first.p ? first : PM_LIT("00:00");
}

void pm_patch_timeline(struct pm_patch *p)
{
    const struct pm_twig *start = pm_twig_get(p->root, PM_LIT("started_at")), *list = pm_twig_get(p->root, PM_LIT("timeline"));
    const struct pm_event *event = p->incident->timeline.items;
    struct walk w = {.p = p, .model = usual_form(p->incident)};
    if (!p->times || !list || list->kind != PM_YAML_SEQUENCE)
        return;
    w.known = start && read_instant(p, start->text, &w.before);
    for (const struct pm_twig *t = list->first; t; t = t->next) {
        const struct pm_event *was = t->old ? event++ : NULL;
        struct pm_twig *at = t->removed ? NULL : time_of(t, "at"), *until = t->removed ? NULL : time_of(t, "until");
        if (at)
            settle_time(&w, at, was ? &was->at : NULL);
        if (until) {
            struct walk here = w;
            settle_time(&here, until, was ? &was->until : NULL);
        }
    }
}
