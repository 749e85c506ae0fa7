/* The totals, or the list of items, as comma-separated values: one table. */
#include "pmmetrics.h"

#include "base/csv.h"

static void put_title(struct pm_csv *csv, struct pm_arena *arena, const char *prefix, const char *name)
{
    pm_csv_text(csv, pm_arena_format(arena, "%s_%s", prefix, name));
}

static const char *const duration_titles[] = {"n", "missing", "out_of_order", "open", "median", "mean", "p90", "max"};
static const char *const action_titles[] = {"unclosed", "overdue", "due_soon", "no_due", "closed", "closure_rate", "on_time_rate",
                                            "median_age", "age_to_7", "age_to_30", "age_to_90", "age_more", "age_unknown"};

static void put_titles(const struct pm_metrics_report *r, struct pm_csv *csv)
{
    pm_csv_text(csv, pm_str(r->by_name));
    pm_csv_text(csv, PM_LIT("incidents"));
    pm_csv_text(csv, PM_LIT("between_starts"));
    for (int m = 0; m < PM_METRIC_COUNT; m++)
        for (size_t i = 0; i < sizeof duration_titles / sizeof *duration_titles; i++)
            put_title(csv, r->arena, r->names[m].key, duration_titles[i]);
    pm_csv_text(csv, PM_LIT("actions"));
    for (int status = PM_AI_PROPOSED; status <= PM_AI_WONT_DO; status++)
        put_title(csv, r->arena, "actions", pm_status_word((enum pm_action_status)status));
    for (size_t i = 0; i < sizeof action_titles / sizeof *action_titles; i++)
        put_title(csv, r->arena, "actions", action_titles[i]);
    pm_csv_end(csv);
}

static void put_seconds(struct pm_csv *csv, bool known, double seconds)
{
    if (known)
        pm_csv_integer(csv, pm_whole(seconds));
    else
        pm_csv_empty(csv);
}

static void put_number(struct pm_csv *csv, bool known, double value, int digits)
{
    if (known)
        pm_csv_number(csv, value, digits);
    else
        pm_csv_empty(csv);
}

static void put_count(struct pm_csv *csv, size_t n)
{
    pm_csv_integer(csv, (int64_t)n);
}

static void put_duration(struct pm_csv *csv, const struct pm_duration_total *d)
{
    bool known = d->count[PM_METRIC_KNOWN] > 0;
    for (int i = 0; i < PM_METRIC_STATES; i++)
        put_count(csv, d->count[i]);
    put_seconds(csv, known, d->median);
    put_seconds(csv, known, d->mean);
    put_seconds(csv, known, d->p90);
    put_seconds(csv, known, (double)d->max);
}

static double part_of(size_t part, size_t all)
{
    return all ? (double)part / (double)all : 0;
}

static void put_actions(struct pm_csv *csv, const struct pm_action_total *a)
{
    put_count(csv, a->count);
    for (int status = PM_AI_PROPOSED; status <= PM_AI_WONT_DO; status++)
        put_count(csv, a->status[status]);
    put_count(csv, a->open);
    put_count(csv, a->overdue);
    put_count(csv, a->due_soon);
    put_count(csv, a->no_due);
    put_count(csv, a->closed);
    put_number(csv, a->count > 0, part_of(a->closed, a->count), 4);
    put_number(csv, a->timed > 0, part_of(a->on_time, a->timed), 4);
    put_number(csv, a->aged > 0, a->median_age, 1);
    for (int i = 0; i < PM_AGE_CLASSES; i++)
        put_count(csv, a->age[i]);
    put_count(csv, a->open - a->aged);
}

static void put_group(struct pm_csv *csv, struct pm_str name, const struct pm_group *g)
{
    pm_csv_text(csv, name);
    put_count(csv, g->incidents);
    put_seconds(csv, g->gaps > 0, g->between_starts);
    for (int m = 0; m < PM_METRIC_COUNT; m++)
        put_duration(csv, &g->durations[m]);
    put_actions(csv, &g->actions);
    pm_csv_end(csv);
}

static void put_items(const struct pm_metrics_report *r, struct pm_csv *csv)
{
    static const char *const titles[] = {"incident", "id", "item", "owner", "team", "status", "due", "days_overdue"};
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        pm_csv_text(csv, pm_str(titles[i]));
    pm_csv_end(csv);
    for (size_t i = 0; i < r->item_count; i++) {
        const struct pm_open_item *item = &r->items[i];
        pm_csv_text(csv, item->incident);
        pm_csv_text(csv, item->id);
        pm_csv_text(csv, item->item);
        pm_csv_text(csv, item->owner);
        pm_csv_text(csv, item->team);
        pm_csv_text(csv, pm_str(pm_status_word(item->status)));
        pm_csv_empty(csv);
        if (item->has_due)
            pm_date_iso(csv->out, item->due);
        pm_csv_integer(csv, item->late);
        pm_csv_end(csv);
    }
}

void pm_metrics_csv(const struct pm_metrics_report *r, struct pm_buf *out)
{
    struct pm_csv csv;
    pm_csv_init(&csv, out);
    if (r->lists_items) {
        put_items(r, &csv);
        return;
    }
    put_titles(r, &csv);
    put_group(&csv, PM_LIT("all"), r->all);
    for (size_t i = 0; i < r->groups.count; i++)
        put_group(&csv, r->groups.groups[i].name, &r->groups.groups[i]);
}
