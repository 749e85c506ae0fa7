#include "statistics/statistics.h"

#include "statistics/records.h"

#include <stdlib.h>

struct pm_statistics *pm_statistics_new(const struct pm_statistics_options *options)
{
    struct pm_arena arena;
    pm_arena_init(&arena);
    struct pm_statistics *s = pm_arena_alloc(&arena, sizeof *s);
    if (!s)
        return NULL;
    s->arena = arena;      /* it lives in its own arena */
    s->options = *options;
    s->incidents.size = sizeof(struct pm_incident_record);
    s->items.size = sizeof(struct pm_item_record);
    s->texts.size = sizeof(struct pm_item_text);
    s->last = INT64_MIN;
    pm_names_init(&s->names, &s->arena);
    return s;
}

void pm_statistics_free(struct pm_statistics *s)
{
    if (!s)
        return;
    struct pm_arena arena = s->arena;
    pm_arena_free(&arena);
}

void *pm_blocks_add(struct pm_blocks *b, struct pm_arena *arena)
{
    size_t block = b->count / PM_BLOCK;
    if (block == b->room) {
        void **blocks = pm_arena_grow(arena, b->blocks, b->room, b->room ? b->room * 2 : 16, sizeof *blocks);
        if (!blocks)
            return NULL;
        b->blocks = blocks;
        b->room = b->room ? b->room * 2 : 16;
    }
    if (b->count % PM_BLOCK == 0)
        b->blocks[block] = pm_arena_array(arena, PM_BLOCK, b->size);
    return b->blocks[block] ? pm_blocks_at(b, b->count++) : NULL;
}

/* ---- an incident ---- */

static void measure(const struct pm_statistics *s, const struct pm_incident *in, struct pm_incident_record *r)
{
    struct pm_metric metrics[PM_METRIC_COUNT];
    pm_metrics(in, NULL, metrics);
    if (s->options.resolve_from_detection)
        metrics[PM_TIME_TO_RESOLVE] = pm_time_to_resolve_from_detection(in);
    for (int i = 0; i < PM_METRIC_COUNT; i++) {
        r->seconds[i] = metrics[i].seconds;
        r->state[i] = (uint8_t)metrics[i].state;
    }
}

/* Puts a name into the set, which has room for it. */
static void join(uint32_t *set, uint32_t *count, uint32_t name)
{
    uint32_t i = 0;
    while (i < *count && set[i] != name)
        i++;
    if (name && i == *count)
        set[(*count)++] = name;
}

/* Not more of a kind in one incident: finding out whether one is new takes as long as there are others. */
enum { MOST_MEMBERS = 64 };

static const uint32_t *keep(struct pm_statistics *s, const uint32_t *set, uint32_t count)
{
    uint32_t *kept = pm_arena_array(&s->arena, count, sizeof *kept);
    for (uint32_t i = 0; kept && i < count; i++)
        kept[i] = set[i];
    return kept;
}

static void add_services(struct pm_statistics *s, const struct pm_incident *in, struct pm_incident_record *r)
{
    uint32_t set[MOST_MEMBERS];
    const struct pm_field *services = in->services.items;
    for (size_t i = 0; i < in->services.count && r->service_count < MOST_MEMBERS; i++)
        join(set, &r->service_count, pm_names_add(&s->names, services[i].text));
    r->services = keep(s, set, r->service_count);
}

static void add_teams(struct pm_statistics *s, const struct pm_incident *in, struct pm_incident_record *r)
{
    uint32_t set[MOST_MEMBERS];
    const struct pm_event *events = in->timeline.items;
    const struct pm_person *owner = pm_has(&in->owner) ? pm_person_find(in, &in->owner) : NULL;
    if (owner)
        join(set, &r->team_count, pm_names_add(&s->names, owner->team.text));
    for (size_t i = 0; i < in->timeline.count && r->team_count < MOST_MEMBERS; i++)
        join(set, &r->team_count, pm_names_add(&s->names, events[i].team.text));
    r->teams = keep(s, set, r->team_count);
}

static struct pm_str person(const struct pm_incident *in, const struct pm_field *field)
{
    return pm_has(field) ? pm_person_name(in, field) : (struct pm_str){NULL, 0};
}

/* ---- an action item ---- */

/* Of the last record. */
static void keep_text(struct pm_statistics *s, const struct pm_action *a)
{
    if (!s->options.keep_items || pm_action_closed(a))
        return;
    struct pm_item_text *text = pm_blocks_add(&s->texts, &s->arena);
    if (text)
        *text = (struct pm_item_text){s->items.count - 1, pm_arena_str(&s->arena, a->id.text), pm_arena_str(&s->arena, a->item.text)};
}

static int32_t day(const struct pm_field *field)
{
    return field->valid ? (int32_t)field->as.days : PM_NO_DAY;
}

static uint8_t choice(const struct pm_field *field)
{
    return field->valid ? (uint8_t)field->as.choice : 0;
}

static void add_item(struct pm_statistics *s, const struct pm_incident *in, const struct pm_action *a, size_t incident)
{
    struct pm_item_record *r = pm_blocks_add(&s->items, &s->arena);
    if (!r)
        return;
    *r = (struct pm_item_record){
        .incident = (uint32_t)incident,
        .owner = pm_names_add(&s->names, person(in, &a->owner)),
        .team = pm_names_add(&s->names, pm_action_team(in, a)),
        .due = day(&a->due), .created = day(&a->created), .completed = day(&a->completed),
        .type = choice(&a->type), .priority = choice(&a->priority),
        .status = a->status.valid ? choice(&a->status) : PM_AI_OPEN};
    keep_text(s, a);
}

static void compare_foremost(struct pm_statistics *s, const struct pm_incident *in, const struct pm_incident_record *r)
{
    const struct pm_field *instants[] = {&in->started_at, &in->detected_at, &in->acknowledged_at, &in->identified_at, &in->mitigated_at,
                                         &in->resolved_at};
    struct pm_foremost *f = &s->foremost;
    if (!r->severity || !r->has_start
        || (f->id.p && (r->severity > f->severity || (r->severity == f->severity && r->start < f->at[0]))))
        return;
    *f = (struct pm_foremost){.id = r->id, .severity = r->severity};
    for (int i = 0; i < 6; i++) {
        f->known[i] = instants[i]->valid;
        f->at[i] = instants[i]->valid ? instants[i]->as.instant : 0;
    }
}

const struct pm_foremost *pm_statistics_foremost(const struct pm_statistics *s)
{
    return &s->foremost;
}

enum pm_status pm_statistics_add(struct pm_statistics *s, const struct pm_incident *in)
{
    const struct pm_action *actions = in->action_items.items;
    size_t number = s->incidents.count;
    struct pm_incident_record *r = pm_blocks_add(&s->incidents, &s->arena);
    if (!r)
        return PM_NOMEM;
    r->id = pm_arena_str(&s->arena, in->id.text);
    r->severity = choice(&in->severity);
    r->has_start = in->started_at.valid;
    r->start = r->has_start ? in->started_at.as.instant : 0;
    r->owner = pm_names_add(&s->names, person(in, &in->owner));
    measure(s, in, r);
    add_services(s, in, r);
    add_teams(s, in, r);
    for (size_t i = 0; i < in->action_items.count; i++)
        add_item(s, in, &actions[i], number);
    compare_foremost(s, in, r);
    pm_instant last = pm_incident_last_instant(in);
    s->last = last > s->last ? last : s->last;
    return pm_arena_failed(&s->arena) ? PM_NOMEM : PM_OK;
}

size_t pm_statistics_incidents(const struct pm_statistics *s)
{
    return s->incidents.count;
}

size_t pm_statistics_actions(const struct pm_statistics *s)
{
    return s->items.count;
}

int64_t pm_statistics_last_day(const struct pm_statistics *s)
{
    return s->last == INT64_MIN ? 0 : pm_day_of(s->last);
}

int pm_month_of(pm_instant t)
{
    struct pm_civil c;
    pm_civil_from_days(pm_day_of(t), &c);
    return c.year * 12 + c.month - 1;
}

int pm_compare_seconds(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}
