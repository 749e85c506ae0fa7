#include "incident/resolve.h"

#include <stdlib.h>

enum { SIX_HOURS = 6 * 3600 };

/* --- bare times --- */

static bool is_bare(const struct pm_field *f, struct pm_civil *civil)
{
    return f->mark.line && !f->valid && pm_time_read(f->text, civil) == PM_TIME_BARE;
}

static void set_day(struct pm_civil *civil, int64_t days)
{
    struct pm_civil day;
    pm_civil_from_days(days, &day);
    civil->year = day.year;
    civil->month = day.month;
    civil->day = day.day;
}

/* The time of day on the local day of `before`, or on the next where that goes back by more than six hours. */
static void set_bare(struct pm_reader *r, struct pm_field *f, struct pm_civil *civil, pm_instant before)
{
    struct pm_civil last = pm_civil_at(before, r->zone);
    int64_t days = pm_days_from_civil(last.year, last.month, last.day);
    pm_instant t;
    set_day(civil, days);
    (void)pm_instant_in_zone(civil, r->zone, &t);
    if (before - t > SIX_HOURS)
        set_day(civil, days + 1);
    pm_scalar_set_local(r, f, civil);
}

/* `before` is the instant before it, or NULL. */
static void resolve_time(struct pm_reader *r, struct pm_field *f, const char *name, const struct pm_field *before)
{
    struct pm_civil civil;
    struct pm_place place = {r->place, pm_str(name), 0};
    if (!is_bare(f, &civil))
        return;
    r->place = &place;
    if (before && before->valid)
        set_bare(r, f, &civil, before->as.instant);
    else
        pm_report(r->diags, PM_D_NO_DAY, f->mark, pm_place_text(r), f->text.p);
    r->place = place.up;
}

static void resolve_timeline(struct pm_reader *r, struct pm_incident *in)
{
    struct pm_event *events = in->timeline.items;
    struct pm_place list = {NULL, PM_LIT("timeline"), 0}, entry = {&list, {NULL, 0}, 0};
    const struct pm_field *before = &in->started_at;
    r->place = &entry;
    for (size_t i = 0; i < in->timeline.count; i++) {
        entry.index = i + 1;
        resolve_time(r, &events[i].at, "at", before);
        if (events[i].at.valid)
            before = &events[i].at;
        if (events[i].at.valid || !events[i].at.mark.line)
            resolve_time(r, &events[i].until, "until", &events[i].at);
    }
    r->place = NULL;
}

/* --- instants from the timeline --- */

static void derive_instant(struct pm_field *field, const struct pm_field *from)
{
    if (pm_has(field) || !from)
        return;
    *field = *from;
    field->derived = true;
}

static const struct pm_field *first_of_kind(const struct pm_incident *in, int kind)
{
    const struct pm_event *events = in->timeline.items;
    for (size_t i = 0; i < in->timeline.count; i++) {
        if (events[i].kind.as.choice == kind && events[i].at.valid)
            return &events[i].at;
    }
    return NULL;
}

/* Last in time: harm that ends in several places may be written down in any order. */
static const struct pm_field *last_of_kind(const struct pm_incident *in, int kind)
{
    const struct pm_event *events = in->timeline.items;
    const struct pm_field *last = NULL;
    for (size_t i = 0; i < in->timeline.count; i++) {
        const struct pm_field *at = &events[i].at;
        if (events[i].kind.as.choice == kind && at->valid && (!last || at->as.instant >= last->as.instant))
            last = at;
    }
    return last;
}

static void derive_instants(struct pm_incident *in)
{
    derive_instant(&in->detected_at, first_of_kind(in, PM_EV_DETECTED));
    derive_instant(&in->acknowledged_at, first_of_kind(in, PM_EV_ACKNOWLEDGED));
    derive_instant(&in->identified_at, first_of_kind(in, PM_EV_IDENTIFIED));
    derive_instant(&in->mitigated_at, first_of_kind(in, PM_EV_MITIGATED));
    derive_instant(&in->resolved_at, first_of_kind(in, PM_EV_RESOLVED));
    derive_instant(&in->impact.started_at, first_of_kind(in, PM_EV_IMPACT_START));
    derive_instant(&in->impact.ended_at, last_of_kind(in, PM_EV_IMPACT_END));
}

/* --- defaults --- */

static void set_default(struct pm_field *field, const char *text, int choice, struct pm_mark mark)
{
    if (pm_has(field))
        return;
    *field = (struct pm_field){.mark = mark, .text = pm_str(text), .derived = true, .valid = true, .as.choice = choice};
}

static void derive_state(struct pm_incident *in)
{
    if (in->resolved_at.valid)
        set_default(&in->incident_status, "resolved", PM_RESOLVED, in->resolved_at.mark);
    else if (in->mitigated_at.valid)
        set_default(&in->incident_status, "monitoring", PM_MONITORING, in->mitigated_at.mark);
    else if (in->identified_at.valid)
        set_default(&in->incident_status, "identified", PM_IDENTIFIED, in->identified_at.mark);
    else
        set_default(&in->incident_status, "investigating", PM_INVESTIGATING, (struct pm_mark){0, 0, 0});
}

static void set_defaults(struct pm_incident *in)
{
    static const struct pm_mark none;
    struct pm_action *actions = in->action_items.items;
    set_default(&in->status, "draft", PM_STATUS_DRAFT, none);
    set_default(&in->visibility, "internal", 1, none);
    set_default(&in->lang, "en", 0, none);
    set_default(&in->tz, "Etc/UTC", 0, none);
    for (size_t i = 0; i < in->action_items.count; i++)
        set_default(&actions[i].status, "open", PM_AI_OPEN, none);
}

/* --- ids --- */

/* By text, then by place. */
static int compare_ids(const void *a, const void *b)
{
    const struct pm_field *x = *(struct pm_field *const *)a, *y = *(struct pm_field *const *)b;
    int order = pm_str_cmp(x->text, y->text);
    return order ? order : x->mark.offset < y->mark.offset ? -1 : x->mark.offset > y->mark.offset;
}

static int compare_text(const void *text, const void *id)
{
    return pm_str_cmp(*(const struct pm_str *)text, (*(struct pm_field *const *)id)->text);
}

/* A list of objects with an id each. */
struct id_list {
    const char *name;
    const struct pm_object_def *object;
    struct pm_list *list;
    size_t offset;                  /* of the id in an object */
    struct pm_field **written;      /* sorted */
    size_t count;
};

static struct pm_field *id_at(const struct id_list *ids, size_t index)
{
    return (struct pm_field *)(void *)((char *)ids->list->items + index * ids->object->size + ids->offset);
}

static bool collect_ids(struct pm_reader *r, struct id_list *ids)
{
    ids->written = pm_arena_array(r->scratch, ids->list->count, sizeof(struct pm_field *));
    if (!ids->written)
        return false;
    for (size_t i = 0; i < ids->list->count; i++) {
        if (id_at(ids, i)->mark.line)
            ids->written[ids->count++] = id_at(ids, i);
    }
    qsort(ids->written, ids->count, sizeof(struct pm_field *), compare_ids);
    return true;
}

static void report_duplicates(struct pm_reader *r, const struct id_list *ids)
{
    size_t first = 0;
    for (size_t i = 1; i < ids->count; i++) {
        const struct pm_field *id = ids->written[i];
        if (!pm_str_eq(id->text, ids->written[first]->text)) {
            first = i;
            continue;
        }
        size_t index = (size_t)((const char *)id - (const char *)ids->list->items) / ids->object->size;
        pm_report(r->diags, PM_D_DUPLICATE_ID, id->mark, pm_arena_format(r->scratch, "%s[%zu].id", ids->name, index + 1).p, id->text.p,
                  pm_arena_format(r->scratch, "%lu", (unsigned long)ids->written[first]->mark.line).p);
    }
}

static bool is_written(const struct id_list *ids, struct pm_str text)
{
    return ids->count && bsearch(&text, ids->written, ids->count, sizeof(struct pm_field *), compare_text) != NULL;
}

static void number_entries(struct pm_reader *r, const struct id_list *ids)
{
    for (size_t i = 0; i < ids->list->count; i++) {
        struct pm_field *id = id_at(ids, i);
        if (id->mark.line)
            continue;
        const struct pm_object *head = (const void *)((const char *)ids->list->items + i * ids->object->size);
        struct pm_str text = pm_arena_format(r->arena, "%s%zu", ids->object->id_prefix, i + 1);
        for (char letter = 'a'; text.p && letter <= 'z' && is_written(ids, text); letter++)
            text = pm_arena_format(r->arena, "%s%zu%c", ids->object->id_prefix, i + 1, letter);
        *id = (struct pm_field){.mark = head->mark, .text = text, .derived = true, .valid = true};
    }
}

static void resolve_ids(struct pm_reader *r, struct pm_incident *in)
{
    for (size_t i = 0; i < pm_incident_def.count; i++) {
        const struct pm_field_def *f = &pm_incident_def.fields[i];
        const struct pm_field_def *id = f->type == PM_T_LIST && f->item == PM_T_OBJECT ? pm_field_find(f->object, PM_LIT("id")) : NULL;
        struct id_list ids = {.name = f->name, .object = f->object, .list = (struct pm_list *)(void *)((char *)in + f->offset)};
        if (!id || !(id->flags & PM_F_UNIQUE_ID) || !ids.list->count)
            continue;
        ids.offset = id->offset;
        if (!collect_ids(r, &ids))
            return;
        report_duplicates(r, &ids);
        if (f->object->id_prefix)
            number_entries(r, &ids);
    }
}

/* --- people --- */

static int compare_people(const void *a, const void *b)
{
    return pm_str_cmp((*(const struct pm_person *const *)a)->key, (*(const struct pm_person *const *)b)->key);
}

static int compare_key(const void *key, const void *person)
{
    return pm_str_cmp(*(const struct pm_str *)key, (*(const struct pm_person *const *)person)->key);
}

static void sort_people(struct pm_incident *in)
{
    const struct pm_person *people = in->people.items;
    if (!in->people.count)
        return;
    in->people_by_key = pm_arena_array(in->arena, in->people.count, sizeof *in->people_by_key);
    if (!in->people_by_key)
        return;
    for (size_t i = 0; i < in->people.count; i++)
        in->people_by_key[i] = &people[i];
    qsort(in->people_by_key, in->people.count, sizeof *in->people_by_key, compare_people);
}

const struct pm_person *pm_person_find(const struct pm_incident *incident, const struct pm_field *person)
{
    const struct pm_person *const *found = NULL;
    if (incident->people_by_key && person->text.n)
        found = bsearch(&person->text, incident->people_by_key, incident->people.count, sizeof *found, compare_key);
    return found ? *found : NULL;
}

struct pm_str pm_person_name(const struct pm_incident *incident, const struct pm_field *person)
{
    const struct pm_person *found = pm_person_find(incident, person);
    return found && found->name.text.n ? found->name.text : person->text;
}

void pm_incident_resolve(struct pm_incident *incident, struct pm_reader *r)
{
    resolve_timeline(r, incident);
    derive_instants(incident);
    derive_state(incident);
    set_defaults(incident);
    resolve_ids(r, incident);
    sort_people(incident);
}
