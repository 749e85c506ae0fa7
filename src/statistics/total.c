/* Totals by group. Groups are numbered by a key, which is small: a severity, a month counted from the first, a name's number. */
#include "statistics/records.h"

#include "incident/schema.h"

#include <stdlib.h>

const int pm_age_limits[PM_AGE_CLASSES - 1] = {7, 30, 90};

struct totalling {
    const struct pm_statistics *s;
    enum pm_by by;
    int64_t as_of;
    bool counts_only;
    int first_month;
    size_t key_count;
    uint32_t *group_of;         /* by key: number of the group + 1; 0: it does not occur */
    struct pm_group *groups;
    size_t count;
    size_t *starts;             /* by group: where its values begin */
    int64_t *values;
    struct pm_arena scratch;
};

/* ---- keys ---- */

/* The keys of a record: `single`, or a list when there is one. Key 0: none of the kind. */
struct keys { size_t count; const uint32_t *list; uint32_t single; };

static uint32_t key_at(const struct keys *k, size_t i)
{
    return k->list ? k->list[i] : k->single;
}

static struct keys one(uint32_t key)
{
    return (struct keys){1, NULL, key};
}

static struct keys several(const uint32_t *list, uint32_t count)
{
    return count ? (struct keys){count, list, 0} : one(0);
}

static struct keys keys_of_incident(const struct totalling *t, const struct pm_incident_record *r)
{
    switch (t->by) {
    case PM_BY_NOTHING: return one(0);
    case PM_BY_SEVERITY: return one(r->severity);
    case PM_BY_MONTH: return one(r->has_start ? (uint32_t)(pm_month_of(r->start) - t->first_month + 1) : 0);
    case PM_BY_SERVICE: return several(r->services, r->service_count);
    case PM_BY_TEAM: return several(r->teams, r->team_count);
    case PM_BY_OWNER: return one(r->owner);
    default: return (struct keys){0, NULL, 0};
    }
}

static struct keys keys_of_item(const struct totalling *t, const struct pm_item_record *r)
{
    switch (t->by) {
    case PM_BY_TEAM: return one(r->team);
    case PM_BY_OWNER: return one(r->owner);
    case PM_BY_TYPE: return one(r->type);
    case PM_BY_PRIORITY: return one(r->priority);
    default: return keys_of_incident(t, pm_blocks_at(&t->s->incidents, r->incident));
    }
}

/* Finds the first month and returns how many keys there can be. */
static size_t count_months(struct totalling *t)
{
    pm_instant first = INT64_MAX, last = INT64_MIN;
    for (size_t i = 0; i < t->s->incidents.count; i++) {
        const struct pm_incident_record *r = pm_blocks_at(&t->s->incidents, i);
        if (r->has_start && r->start < first)
            first = r->start;
        if (r->has_start && r->start > last)
            last = r->start;
    }
    if (first > last)
        return 1;
    t->first_month = pm_month_of(first);
    return (size_t)(pm_month_of(last) - t->first_month) + 2;
}

static size_t count_keys(struct totalling *t)
{
    static const size_t fixed[] = {[PM_BY_NOTHING] = 1, [PM_BY_SEVERITY] = 6, [PM_BY_TYPE] = 256, [PM_BY_PRIORITY] = 256};
    if (t->by == PM_BY_MONTH)
        return count_months(t);
    return t->by < sizeof fixed / sizeof *fixed && fixed[t->by] ? fixed[t->by] : t->s->names.count;
}

/* ---- groups ---- */

static void mark(struct totalling *t, struct keys keys)
{
    for (size_t i = 0; i < keys.count; i++)
        t->group_of[key_at(&keys, i)] = 1;
}

/* Word `choice` of an enumeration of action items. */
static struct pm_str word_of(const char *name, uint32_t choice)
{
    const struct pm_field_def *f = NULL;
    const void *value = NULL;
    static const struct pm_incident none;
    pm_field_at(&pm_incident_def, &none, pm_str(name), &f, &value);
    return pm_str(f && f->words ? f->words[choice - 1] : NULL);
}

static void name_group(const struct totalling *t, struct pm_group *g, uint32_t key, struct pm_arena *arena)
{
    g->first = INT64_MAX;
    g->last = INT64_MIN;
    if (!key)
        return;
    g->number = (int)key;
    switch (t->by) {
    case PM_BY_SEVERITY:
        g->name = pm_arena_format(arena, "sev%d", g->number);
        break;
    case PM_BY_MONTH:
        g->number = t->first_month + (int)key - 1;
        g->name = pm_arena_format(arena, "%04d-%02d", g->number / 12, g->number % 12 + 1);
        break;
    case PM_BY_TYPE:
        g->name = word_of("action_items[1].type", key);
        break;
    case PM_BY_PRIORITY:
        g->name = word_of("action_items[1].priority", key);
        break;
    default:
        g->number = 0;
        g->name = t->s->names.names[key];
    }
}

/* The groups that occur, by ascending key, that of key 0 last. */
static bool make_groups(struct totalling *t, struct pm_arena *arena)
{
    for (size_t i = 0; i < t->s->incidents.count; i++)
        mark(t, keys_of_incident(t, pm_blocks_at(&t->s->incidents, i)));
    for (size_t i = 0; i < t->s->items.count; i++)
        mark(t, keys_of_item(t, pm_blocks_at(&t->s->items, i)));
    if (t->by == PM_BY_NOTHING)
        t->group_of[0] = 1;
    for (size_t key = 0; key < t->key_count; key++)
        t->count += t->group_of[key];
    t->groups = pm_arena_array(arena, t->count, sizeof *t->groups);
    t->starts = pm_arena_array(&t->scratch, t->count + 1, sizeof *t->starts);
    if (!t->groups || !t->starts)
        return false;
    uint32_t n = 0;
    for (size_t i = 1; i <= t->key_count; i++) {
        size_t key = i % t->key_count;
        if (!t->group_of[key])
            continue;
        name_group(t, &t->groups[n], (uint32_t)key, arena);
        t->group_of[key] = ++n;
    }
    return true;
}

static size_t group_at(const struct totalling *t, const struct keys *keys, size_t i)
{
    return t->group_of[key_at(keys, i)] - 1;
}

/* ---- counting ---- */

static void count_incident(struct pm_group *g, const struct pm_incident_record *r)
{
    g->incidents++;
    g->severity[r->severity < 6 ? r->severity : 0]++;
    for (int m = 0; m < PM_METRIC_COUNT; m++)
        g->durations[m].count[r->state[m]]++;
    if (!r->has_start)
        return;
    g->gaps++;      /* starts, for now */
    g->first = r->start < g->first ? r->start : g->first;
    g->last = r->start > g->last ? r->start : g->last;
}

static void close_gaps(struct pm_group *g)
{
    g->gaps -= g->gaps > 0;
    g->between_starts = g->gaps ? (double)(g->last - g->first) / (double)g->gaps : 0;
}

static void count_open(struct pm_action_total *a, const struct pm_item_record *r, int64_t as_of, int64_t age)
{
    enum { SOON = 14 };
    int class = 0;
    a->open++;
    a->no_due += r->due == PM_NO_DAY;
    a->overdue += r->due != PM_NO_DAY && r->due < as_of;
    a->due_soon += r->due != PM_NO_DAY && r->due >= as_of && r->due - as_of <= SOON;
    if (r->created == PM_NO_DAY)
        return;
    while (class < PM_AGE_CLASSES - 1 && age > pm_age_limits[class])
        class++;
    a->age[class]++;
    a->aged++;
}

static bool is_closed(const struct pm_item_record *r)
{
    return r->status == PM_AI_DONE || r->status == PM_AI_WONT_DO;
}

static int64_t age_of(const struct pm_item_record *r, int64_t as_of)
{
    return as_of - r->created;
}

static void count_item(struct pm_action_total *a, const struct pm_item_record *r, int64_t as_of)
{
    a->count++;
    a->status[r->status]++;
    if (!is_closed(r)) {
        count_open(a, r, as_of, age_of(r, as_of));
        return;
    }
    a->closed++;
    if (r->status == PM_AI_DONE && r->due != PM_NO_DAY && r->completed != PM_NO_DAY) {
        a->timed++;
        a->on_time += r->completed <= r->due;
    }
}

static void count(struct totalling *t)
{
    for (size_t i = 0; i < t->s->incidents.count; i++) {
        const struct pm_incident_record *r = pm_blocks_at(&t->s->incidents, i);
        struct keys keys = keys_of_incident(t, r);
        for (size_t k = 0; k < keys.count; k++)
            count_incident(&t->groups[group_at(t, &keys, k)], r);
    }
    for (size_t i = 0; i < t->s->items.count; i++) {
        const struct pm_item_record *r = pm_blocks_at(&t->s->items, i);
        struct keys keys = keys_of_item(t, r);
        for (size_t k = 0; k < keys.count; k++)
            count_item(&t->groups[group_at(t, &keys, k)].actions, r, t->as_of);
    }
    for (size_t i = 0; i < t->count; i++)
        close_gaps(&t->groups[i]);
}

/* ---- values in their order ---- */

/* Of n values in order, n > 0, the one at the part `tenths` of the way. */
static double at_tenths(const int64_t *values, size_t n, int tenths)
{
    size_t place = (n - 1) * (size_t)tenths, rank = place / 10;
    int64_t rest = (int64_t)(place % 10);
    return rest ? (double)(values[rank] * 10 + (values[rank + 1] - values[rank]) * rest) / 10 : (double)values[rank];
}

static void measure(const int64_t *values, size_t n, struct pm_duration_total *d)
{
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += values[i];
    d->median = at_tenths(values, n, 5);
    d->p90 = at_tenths(values, n, 9);
    d->mean = (double)sum / (double)n;
    d->max = values[n - 1];
}

static size_t room_for_values(const struct totalling *t)
{
    size_t most = 0;
    for (int m = t->counts_only ? PM_METRIC_COUNT : 0; m <= PM_METRIC_COUNT; m++) {
        size_t n = 0;
        for (size_t g = 0; g < t->count; g++)
            n += m < PM_METRIC_COUNT ? t->groups[g].durations[m].count[PM_METRIC_KNOWN] : t->groups[g].actions.aged;
        most = n > most ? n : most;
    }
    return most;
}

static void begin_values(struct totalling *t, int m)
{
    size_t at = 0;
    for (size_t g = 0; g < t->count; g++) {
        t->starts[g] = at;
        at += m < PM_METRIC_COUNT ? t->groups[g].durations[m].count[PM_METRIC_KNOWN] : t->groups[g].actions.aged;
    }
}

static void put_value(struct totalling *t, const struct keys *keys, int64_t value)
{
    for (size_t k = 0; k < keys->count; k++)
        t->values[t->starts[group_at(t, keys, k)]++] = value;
}

static int64_t *sorted(const struct totalling *t, size_t group, size_t n)
{
    int64_t *values = t->values + t->starts[group] - n;
    qsort(values, n, sizeof *values, pm_compare_seconds);
    return values;
}

static void measure_durations(struct totalling *t, int m)
{
    begin_values(t, m);
    for (size_t i = 0; i < t->s->incidents.count; i++) {
        const struct pm_incident_record *r = pm_blocks_at(&t->s->incidents, i);
        struct keys keys = keys_of_incident(t, r);
        if (r->state[m] == PM_METRIC_KNOWN)
            put_value(t, &keys, r->seconds[m]);
    }
    for (size_t g = 0; g < t->count; g++) {
        size_t n = t->groups[g].durations[m].count[PM_METRIC_KNOWN];
        if (n)
            measure(sorted(t, g, n), n, &t->groups[g].durations[m]);
    }
}

static void measure_ages(struct totalling *t)
{
    begin_values(t, PM_METRIC_COUNT);
    for (size_t i = 0; i < t->s->items.count; i++) {
        const struct pm_item_record *r = pm_blocks_at(&t->s->items, i);
        struct keys keys = keys_of_item(t, r);
        if (!is_closed(r) && r->created != PM_NO_DAY)
            put_value(t, &keys, age_of(r, t->as_of));
    }
    for (size_t g = 0; g < t->count; g++) {
        size_t n = t->groups[g].actions.aged;
        if (n)
            t->groups[g].actions.median_age = at_tenths(sorted(t, g, n), n, 5);
    }
}

/* ---- order ---- */

static int compare_sizes(size_t x, size_t y)
{
    return (x < y) - (x > y);
}

static int compare_named(const void *a, const void *b)
{
    const struct pm_group *x = a, *y = b;
    if (!x->name.p != !y->name.p)
        return x->name.p ? -1 : 1;
    int order = compare_sizes(x->actions.open, y->actions.open);
    if (!order)
        order = compare_sizes(x->incidents, y->incidents);
    return order ? order : pm_str_cmp(x->name, y->name);
}

static bool has_names(enum pm_by by)
{
    return by == PM_BY_SERVICE || by == PM_BY_TEAM || by == PM_BY_OWNER;
}

static bool total(struct totalling *t, struct pm_arena *arena)
{
    t->key_count = count_keys(t);
    t->group_of = pm_arena_array(&t->scratch, t->key_count, sizeof *t->group_of);
    if (!t->group_of || !make_groups(t, arena))
        return false;
    count(t);
    t->values = pm_arena_array(&t->scratch, room_for_values(t), sizeof *t->values);
    if (!t->values)
        return false;
    for (int m = 0; m < PM_METRIC_COUNT && !t->counts_only; m++)
        measure_durations(t, m);
    measure_ages(t);
    if (has_names(t->by))
        qsort(t->groups, t->count, sizeof *t->groups, compare_named);
    return !pm_arena_failed(arena);
}

static enum pm_status evaluate(struct totalling *t, struct pm_arena *arena, struct pm_groups *out)
{
    pm_arena_init(&t->scratch);
    bool good = total(t, arena);
    *out = good ? (struct pm_groups){t->count, t->groups} : (struct pm_groups){0, NULL};
    pm_arena_free(&t->scratch);
    return good ? PM_OK : PM_NOMEM;
}

enum pm_status pm_statistics_total(const struct pm_statistics *s, enum pm_by by, int64_t as_of, struct pm_arena *arena,
                                   struct pm_groups *out)
{
    struct totalling t = {.s = s, .by = by, .as_of = as_of};
    return evaluate(&t, arena, out);
}

enum pm_status pm_statistics_count(const struct pm_statistics *s, enum pm_by by, int64_t as_of, struct pm_arena *arena,
                                   struct pm_groups *out)
{
    struct totalling t = {.s = s, .by = by, .as_of = as_of, .counts_only = true};
    return evaluate(&t, arena, out);
}
