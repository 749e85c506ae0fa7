/* pmmetrics: totals over incidents. */
#include "filter.h"

#include "incident/schema.h"
#include "pmmetrics.h"

#include <string.h>

enum { OPT_FORMAT, OPT_BY, OPT_TTR_FROM, OPT_FAIL_ON };

static const char *const formats[] = {"text", "json", "csv", NULL};
static const char *const bys[] = {"severity", "month", "service", "team", "owner", NULL};   /* from PM_BY_SEVERITY on */
static const char *const bases[] = {"started", "detected", NULL};
static const char *const conditions[] = {"overdue", "blocked", "overdue,blocked", "blocked,overdue", NULL};
static const unsigned wanted_items[] = {PM_ITEMS_OVERDUE, PM_ITEMS_BLOCKED, PM_ITEMS_OVERDUE | PM_ITEMS_BLOCKED,
                                        PM_ITEMS_OVERDUE | PM_ITEMS_BLOCKED};

/* The place of an option's value among its words, which options.c has looked at; `absent` where it is not given. */
static int chosen(const struct pm_session *s, int option, const char *const *words, int absent)
{
    for (int i = 0; s->own[option] && words[i]; i++)
        if (!strcmp(words[i], s->own[option]))
            return i;
    return absent;
}

static enum pm_status begin(struct pm_session *s)
{
    struct pm_statistics_options options = {.resolve_from_detection = chosen(s, OPT_TTR_FROM, bases, 0) == 1,
                                            .keep_items = s->own[OPT_FAIL_ON] != NULL};
    s->state = pm_statistics_new(&options);
    return s->state ? PM_OK : PM_NOMEM;
}

static enum pm_status incident(struct pm_session *s, const struct pm_incident *incident, struct pm_diags *diags)
{
    struct pm_metric metrics[PM_METRIC_COUNT];
    pm_metrics(incident, diags, metrics);      /* for its warnings */
    return pm_statistics_add(s->state, incident);
}

static void abandon(struct pm_session *s)
{
    pm_statistics_free(s->state);
    s->state = NULL;
}

const char *pm_status_word(enum pm_action_status status)
{
    static const struct pm_incident none;
    const struct pm_field_def *field = NULL;
    const void *value = NULL;
    pm_field_at(&pm_incident_def, &none, PM_LIT("action_items[1].status"), &field, &value);
    return field->words[status - 1];
}

static void name_metrics(struct pm_metrics_report *r)
{
    static const struct pm_incident none;
    pm_metrics(&none, NULL, r->names);
    if (r->from_detection)
        r->names[PM_TIME_TO_RESOLVE] = pm_time_to_resolve_from_detection(&none);
}

static enum pm_status evaluate(struct pm_session *s, struct pm_metrics_report *r)
{
    const struct pm_statistics *st = s->state;
    int condition = chosen(s, OPT_FAIL_ON, conditions, -1);
    struct pm_groups all;
    enum pm_status status = pm_statistics_total(st, PM_BY_NOTHING, r->as_of, r->arena, &all);
    if (status == PM_OK)
        status = pm_statistics_total(st, r->by, r->as_of, r->arena, &r->groups);
    if (status == PM_OK)
        status = pm_statistics_total(st, PM_BY_TYPE, r->as_of, r->arena, &r->types);
    if (status == PM_OK)
        status = pm_statistics_total(st, PM_BY_PRIORITY, r->as_of, r->arena, &r->priorities);
    r->all = all.groups;
    r->lists_items = condition >= 0;
    if (status == PM_OK && r->lists_items)
        status = pm_statistics_items(st, wanted_items[condition], r->as_of, r->arena, &r->items, &r->item_count);
    return status;
}

static enum pm_status end(struct pm_session *s)
{
    static void (*const writers[])(const struct pm_metrics_report *, struct pm_buf *) = {pm_metrics_text, pm_metrics_json, pm_metrics_csv};
    int by = chosen(s, OPT_BY, bys, 0);
    struct pm_arena arena;
    pm_arena_init(&arena);
    struct pm_metrics_report r = {.arena = &arena, .by = (enum pm_by)(PM_BY_SEVERITY + by), .by_name = bys[by],
                                  .as_of = s->has_as_of ? s->as_of : pm_statistics_last_day(s->state),
                                  .from_detection = chosen(s, OPT_TTR_FROM, bases, 0) == 1};
    name_metrics(&r);
    enum pm_status status = evaluate(s, &r);
    if (status == PM_OK)
        writers[chosen(s, OPT_FORMAT, formats, PM_FORMAT_TEXT)](&r, &s->out);
    if (status == PM_OK && pm_arena_failed(&arena))
        status = PM_NOMEM;
    if (status == PM_OK && r.item_count > 0)
        s->worst = PM_EXIT_INPUT;      /* and the output is written all the same */
    pm_arena_free(&arena);
    abandon(s);
    return status;
}

int main(int argc, char **argv)
{
    static const struct pm_option options[] = {
        {"format", "FORMAT", "text, json or csv", formats},
        {"by", "GROUP", "severity, month, service, team or owner", bys},
        {"ttr-from", "BASE", "time to resolve: from started or from detected", bases},
        {"fail-on", "STATE", "list these action items, and exit 1 if there are any:\n"
                             "                       overdue, blocked or overdue,blocked", conditions},
        {NULL, NULL, NULL, NULL}};
    static const struct pm_filter filter = {
        .name = "pmmetrics",
        .synopsis = "[-o FILE] [--format FORMAT] [--by GROUP] [--ttr-from BASE] [--fail-on STATE] [--as-of DATE]\n"
                    "                 [--strict] [--lenient] [FILE ...]",
        .summary = "Totals over the incidents in the named files, or on standard input: durations and action items.",
        .dated = true, .options = options, .begin = begin, .incident = incident, .end = end, .abandon = abandon,
        .stop = abandon};
    return pm_filter_main(&filter, argc, argv);
}
