/* Values that no field has: durations of metrics.h, numbers of action items, ages. */
#include "select/select_internal.h"

enum { DAY_SECONDS = 86400 };

static const struct pm_field_def duration = {.name = "", .type = PM_T_DURATION};

/* Those of the incident, then those of an action item. */
static const struct pm_field_def names[] = {
    {.name = "open_items", .type = PM_T_INTEGER}, {.name = "overdue_items", .type = PM_T_INTEGER}, {.name = "age", .type = PM_T_DURATION},
    {.name = "overdue", .type = PM_T_ENUM}, {.name = "age", .type = PM_T_DURATION},
};
enum { OF_INCIDENT = 3, OF_ITEM = 2 };

static const struct pm_object_def of_incident = {.name = "computed", .fields = names, .count = OF_INCIDENT};
static const struct pm_object_def of_item = {.name = "computed", .fields = names + OF_INCIDENT, .count = OF_ITEM};

/* The keys of pm_metrics(); the duration of harm has that of a field, and a name of its own here. */
static bool find_metric(struct pm_str name, struct pm_operand *out)
{
    static const struct pm_incident none;
    struct pm_metric metrics[PM_METRIC_COUNT];
    int i = 0;
    pm_metrics(&none, NULL, metrics);
    metrics[PM_HARM].key = "harm";
    while (i < PM_METRIC_COUNT && !pm_str_is(name, metrics[i].key))
        i++;
    if (i == PM_METRIC_COUNT)
        return false;
    *out = (struct pm_operand){.def = &duration, .type = PM_T_DURATION, .list = -1, .computed = PM_COMPUTED_METRIC, .metric = i};
    return true;
}

bool pm_computed_find(struct pm_str name, bool item, struct pm_operand *out)
{
    static const enum pm_computed kinds[] = {PM_COMPUTED_OPEN_ITEMS, PM_COMPUTED_OVERDUE_ITEMS, PM_COMPUTED_AGE, PM_COMPUTED_OVERDUE,
                                             PM_COMPUTED_ITEM_AGE};
    const struct pm_field_def *def = pm_field_find(item ? &of_item : &of_incident, name);
    if (!def)
        return !item && find_metric(name, out);
    *out = (struct pm_operand){.def = def, .type = def->type, .list = -1, .computed = kinds[def - names]};
    return true;
}

const char *pm_computed_hint(struct pm_str name, bool item, struct pm_arena *arena)
{
    const char *hint = pm_field_hint(&of_incident, name, arena);
    return *hint || !item ? hint : pm_field_hint(&of_item, name, arena);
}

/* Open: neither done nor given up. Once an incident, since each of its items may be asked. */
static int64_t count_items(struct pm_subject *s, bool overdue)
{
    const struct pm_action *items = s->incident->action_items.items;
    for (size_t i = 0; i < s->incident->action_items.count && !s->counted; i++) {
        enum pm_due due = pm_action_due(&items[i], s->as_of);
        s->open_items += due != PM_DUE_CLOSED;
        s->overdue_items += due == PM_DUE_OVERDUE;
    }
    s->counted = true;
    return overdue ? s->overdue_items : s->open_items;
}

static const struct pm_metric *metric(struct pm_subject *s, int i)
{
    if (!s->measured)
        pm_metrics(s->incident, NULL, s->metrics);
    s->measured = true;
    return &s->metrics[i];
}

static struct pm_field of_seconds(bool known, int64_t seconds)
{
    return (struct pm_field){.derived = known, .valid = known, .as.seconds = seconds};
}

/* From the day of the incident's start, in its zone, to the as-of day. */
static struct pm_field incident_age(const struct pm_subject *s)
{
    const struct pm_field *from = &s->incident->started_at;
    struct pm_civil c = pm_civil_at(from->valid ? from->as.instant : 0, s->incident->tz.text);
    int64_t days = s->as_of - pm_days_from_civil(c.year, c.month, c.day);
    return of_seconds(from->valid && days >= 0, days * DAY_SECONDS);
}

/* From the day on which it was agreed to the day on which it was done, else to the as-of day. */
static struct pm_field item_age(const struct pm_subject *s, const struct pm_action *item)
{
    int64_t until = item->completed.valid ? item->completed.as.days : s->as_of, days = until - item->created.as.days;
    return of_seconds(item->created.valid && days >= 0, days * DAY_SECONDS);
}

struct pm_field pm_computed_value(const struct pm_operand *operand, struct pm_subject *s, const struct pm_action *item)
{
    struct pm_field f = {.derived = true, .valid = true};
    switch (operand->computed) {
    case PM_COMPUTED_METRIC: return of_seconds(metric(s, operand->metric)->known, metric(s, operand->metric)->seconds);
    case PM_COMPUTED_OPEN_ITEMS: f.as.integer = count_items(s, false); break;
    case PM_COMPUTED_OVERDUE_ITEMS: f.as.integer = count_items(s, true); break;
    case PM_COMPUTED_AGE: return incident_age(s);
    case PM_COMPUTED_ITEM_AGE: return item_age(s, item);
    case PM_COMPUTED_OVERDUE: f.valid = f.derived = pm_action_due(item, s->as_of) == PM_DUE_OVERDUE; break;
    case PM_COMPUTED_NO: break;
    }
    return f;
}

void pm_subject_init(struct pm_subject *s, const struct pm_incident *incident, const int64_t *as_of)
{
    *s = (struct pm_subject){.incident = incident, .as_of = as_of ? *as_of : 0};
    if (as_of)
        return;
    struct pm_civil c = pm_civil_at(pm_incident_last_instant(incident), incident->tz.text);
    s->as_of = pm_days_from_civil(c.year, c.month, c.day);
}
