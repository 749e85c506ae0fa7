/* The totals for programs: JSON, seconds as whole numbers, null where there is nothing to compute. pmmetrics(1) has the names. */
#include "pmmetrics.h"

#include <inttypes.h>

static void put_text(struct pm_buf *out, struct pm_str text)
{
    if (!text.p) {
        pm_buf_puts(out, "null");
        return;
    }
    pm_buf_putc(out, '"');
    pm_buf_json(out, text);
    pm_buf_putc(out, '"');
}

static void put_date(struct pm_buf *out, int64_t days)
{
    pm_buf_putc(out, '"');
    pm_date_iso(out, days);
    pm_buf_putc(out, '"');
}

/* ", "NAME": SECONDS" or null */
static void put_seconds(struct pm_buf *out, const char *name, bool known, double seconds)
{
    pm_buf_printf(out, ", \"%s\": ", name);
    if (known)
        pm_buf_printf(out, "%" PRId64, pm_whole(seconds));
    else
        pm_buf_puts(out, "null");
}

static void put_fraction(struct pm_buf *out, const char *name, size_t part, size_t all)
{
    pm_buf_printf(out, ", \"%s\": ", name);
    if (all)
        pm_buf_number(out, (double)part / (double)all, 4);
    else
        pm_buf_puts(out, "null");
}

static void put_duration(struct pm_buf *out, const char *key, const struct pm_duration_total *d)
{
    size_t n = d->count[PM_METRIC_KNOWN];
    pm_buf_printf(out, "\"%s\": {\"n\": %zu, \"missing\": %zu, \"out_of_order\": %zu, \"open\": %zu", key, n, d->count[PM_METRIC_MISSING],
                  d->count[PM_METRIC_REVERSED], d->count[PM_METRIC_OPEN]);
    put_seconds(out, "median", n > 0, d->median);
    put_seconds(out, "mean", n > 0, d->mean);
    put_seconds(out, "p90", n > 0, d->p90);
    put_seconds(out, "max", n > 0, (double)d->max);
    pm_buf_putc(out, '}');
}

static void put_actions(struct pm_buf *out, const struct pm_action_total *a)
{
    pm_buf_printf(out, "{\"count\": %zu, \"by_status\": {", a->count);
    for (int status = PM_AI_PROPOSED; status <= PM_AI_WONT_DO; status++)
        pm_buf_printf(out, "%s\"%s\": %zu", status > PM_AI_PROPOSED ? ", " : "", pm_status_word((enum pm_action_status)status),
                      a->status[status]);
    pm_buf_printf(out, "}, \"open\": %zu, \"overdue\": %zu, \"due_soon\": %zu, \"no_due\": %zu, \"closed\": %zu", a->open, a->overdue,
                  a->due_soon, a->no_due, a->closed);
    put_fraction(out, "closure_rate", a->closed, a->count);
    put_fraction(out, "on_time_rate", a->on_time, a->timed);
    pm_buf_puts(out, ", \"age\": {\"median\": ");
    if (a->aged)
        pm_buf_number(out, a->median_age, 1);
    else
        pm_buf_puts(out, "null");
    for (int i = 0; i < PM_AGE_CLASSES - 1; i++)
        pm_buf_printf(out, ", \"to_%d\": %zu", pm_age_limits[i], a->age[i]);
    pm_buf_printf(out, ", \"more\": %zu, \"unknown\": %zu}}", a->age[PM_AGE_CLASSES - 1], a->open - a->aged);
}

static void put_group(const struct pm_metrics_report *r, struct pm_buf *out, const struct pm_group *g)
{
    pm_buf_printf(out, "\"incidents\": %zu", g->incidents);
    put_seconds(out, "between_starts", g->gaps > 0, g->between_starts);
    pm_buf_puts(out, ",\n     \"durations\": {");
    for (int m = 0; m < PM_METRIC_COUNT; m++) {
        pm_buf_puts(out, m ? ",\n       " : "\n       ");
        put_duration(out, r->names[m].key, &g->durations[m]);
    }
    pm_buf_puts(out, "},\n     \"actions\": ");
    put_actions(out, &g->actions);
    pm_buf_putc(out, '}');
}

static void put_action_groups(struct pm_buf *out, const char *name, const struct pm_groups *groups)
{
    pm_buf_printf(out, ",\n  \"actions_by_%s\": [", name);
    for (size_t i = 0; i < groups->count; i++) {
        pm_buf_printf(out, "%s{\"%s\": ", i ? ",\n    " : "\n    ", name);
        put_text(out, groups->groups[i].name);
        pm_buf_puts(out, ", \"actions\": ");
        put_actions(out, &groups->groups[i].actions);
        pm_buf_putc(out, '}');
    }
    pm_buf_puts(out, groups->count ? "\n  ]" : "]");
}

static void put_item(struct pm_buf *out, const struct pm_open_item *item)
{
    pm_buf_puts(out, "{\"incident\": ");
    put_text(out, item->incident);
    pm_buf_puts(out, ", \"id\": ");
    put_text(out, item->id);
    pm_buf_puts(out, ", \"item\": ");
    put_text(out, item->item);
    pm_buf_puts(out, ", \"owner\": ");
    put_text(out, item->owner);
    pm_buf_puts(out, ", \"team\": ");
    put_text(out, item->team);
    pm_buf_printf(out, ", \"status\": \"%s\", \"due\": ", pm_status_word(item->status));
    if (item->has_due)
        put_date(out, item->due);
    else
        pm_buf_puts(out, "null");
    pm_buf_printf(out, ", \"days_overdue\": %" PRId64 "}", item->late);
}

static void put_items(const struct pm_metrics_report *r, struct pm_buf *out)
{
    if (!r->lists_items)
        return;
    pm_buf_puts(out, ",\n  \"items\": [");
    for (size_t i = 0; i < r->item_count; i++) {
        pm_buf_puts(out, i ? ",\n    " : "\n    ");
        put_item(out, &r->items[i]);
    }
    pm_buf_puts(out, r->item_count ? "\n  ]" : "]");
}

void pm_metrics_json(const struct pm_metrics_report *r, struct pm_buf *out)
{
    pm_buf_puts(out, "{\n  \"as_of\": ");
    put_date(out, r->as_of);
    pm_buf_printf(out, ",\n  \"ttr_from\": \"%s\",\n  \"total\": {", r->from_detection ? "detected" : "started");
    put_group(r, out, r->all);
    pm_buf_printf(out, ",\n  \"by\": \"%s\",\n  \"groups\": [", r->by_name);
    for (size_t i = 0; i < r->groups.count; i++) {
        pm_buf_printf(out, "%s{\"%s\": ", i ? ",\n    " : "\n    ", r->by_name);
        put_text(out, r->groups.groups[i].name);
        pm_buf_puts(out, ", ");
        put_group(r, out, &r->groups.groups[i]);
    }
    pm_buf_puts(out, r->groups.count ? "\n  ]" : "]");
    put_action_groups(out, "type", &r->types);
    put_action_groups(out, "priority", &r->priorities);
    put_items(r, out);
    pm_buf_puts(out, "\n}\n");
}
