/* The sheet Metrics: durations over all, by severity, and by month. */
#include "workbook/metrics_internal.h"

/* Columns of the tables of durations. */
enum { NAME, GROUP, MEDIAN, MEAN, P90, LONGEST, KNOWN, MISSING, REVERSED, OPEN, FIRST_SEVERITY };

static void headings(struct pm_metrics_writer *m, enum pm_word name, const char *group, bool numbers)
{
    static const enum pm_word words[] = {PM_W_MEDIAN, PM_W_MEAN, PM_W_P90, PM_W_LONGEST, PM_W_KNOWN, PM_W_LEFT_OUT_MISSING,
                                         PM_W_LEFT_OUT_ORDER, PM_W_LEFT_OUT_OPEN};
    pm_metrics_heading(m, NAME, pm_metrics_word(m, name), false);
    pm_metrics_heading(m, GROUP, group, numbers);
    for (int i = 0; i < 8; i++)
        pm_metrics_heading(m, MEDIAN + i, pm_metrics_word(m, words[i]), true);
}

/* How formulas look at the values of a row. */
struct pick {
    const char *array;          /* "Incidents!$N$2:$N$9", or "IF(...)" of it */
    bool is_array;
    const char *state[PM_METRIC_STATES];   /* formulas that count */
};

static void statistic(struct pm_metrics_writer *m, int column, const struct pick *p, const char *function, const char *rest, double seconds)
{
    const char *formula = pm_metrics_format(m, p->is_array ? "{=IF($%c%u=0,\"\",%s(%s%s))}" : "=IF($%c%u=0,\"\",%s(%s%s))", 'A' + KNOWN,
                                            m->row + 1, function, p->array, rest);
    if (p->is_array)
        pm_metrics_array(m, column, PM_STYLE_DURATION, m->incidents, formula, seconds / 86400);
    else
        pm_metrics_value(m, column, PM_STYLE_DURATION, m->incidents, formula, seconds / 86400);
}

static void duration(struct pm_metrics_writer *m, const struct pick *p, const struct pm_duration_total *d)
{
    if (d->count[PM_METRIC_KNOWN]) {
        statistic(m, MEDIAN, p, "MEDIAN", "", d->median);
        statistic(m, MEAN, p, "AVERAGE", "", d->mean);
        statistic(m, P90, p, "PERCENTILE", ",0.9", d->p90);
        statistic(m, LONGEST, p, "MAX", "", (double)d->max);
    } else {
        for (int column = MEDIAN; column <= LONGEST; column++)
            pm_metrics_text_cell(m, column, PM_STYLE_DURATION, "\342\200\223");
    }
    for (int i = 0; i < PM_METRIC_STATES; i++)
        pm_metrics_value(m, KNOWN + i, PM_STYLE_INTEGER, m->incidents, p->state[i], (double)d->count[i]);
}

static const char *quoted_state(struct pm_metrics_writer *m, int state)
{
    return pm_formula_text(m->w, pm_metric_word(m->w, (enum pm_metric_state)state));
}

static void over_all(struct pm_metrics_writer *m, int metric, const struct pm_group *all)
{
    struct pick p = {.array = m->duration[metric]};
    p.state[PM_METRIC_KNOWN] = pm_metrics_format(m, "=COUNT(%s)", p.array);
    for (int i = PM_METRIC_MISSING; i < PM_METRIC_STATES; i++)
        p.state[i] = pm_metrics_format(m, "=COUNTIF(%s,%s)", p.array, quoted_state(m, i));
    pm_metrics_text_cell(m, NAME, PM_STYLE_LABEL, pm_shell_text(m->w, pm_metric_heading(m->w, (enum pm_metric_id)metric)));
    pm_metrics_text_cell(m, GROUP, PM_STYLE_TEXT, pm_metrics_word(m, PM_W_ALL));
    duration(m, &p, &all->durations[metric]);
    m->row++;
}

static void of_severity(struct pm_metrics_writer *m, int metric, const struct pm_group *group, bool first)
{
    const char *range = m->duration[metric], *cell = pm_metrics_format(m, "$%c%u", 'A' + GROUP, m->row + 1);
    struct pick p = {.is_array = true};
    p.array = pm_metrics_format(m, "IF(%s=%s,IF(ISNUMBER(%s),%s))", m->severity, cell, range, range);
    p.state[PM_METRIC_KNOWN] = pm_metrics_format(m, "=COUNTIFS(%s,%s,%s,\">=0\")", m->severity, cell, range);
    for (int i = PM_METRIC_MISSING; i < PM_METRIC_STATES; i++)
        p.state[i] = pm_metrics_format(m, "=COUNTIFS(%s,%s,%s,%s)", m->severity, cell, range, quoted_state(m, i));
    if (first)
        pm_metrics_text_cell(m, NAME, PM_STYLE_LABEL, pm_shell_text(m->w, pm_metric_heading(m->w, (enum pm_metric_id)metric)));
    pm_metrics_text_cell(m, GROUP, PM_STYLE_TEXT, pm_shell_text(m->w, group->name));
    duration(m, &p, &group->durations[metric]);
    m->row++;
}

void pm_metrics_durations(struct pm_metrics_writer *m)
{
    struct pm_groups all = pm_metrics_total(m, PM_BY_NOTHING), severities = pm_metrics_total(m, PM_BY_SEVERITY);
    const char *severity = pm_shell_text(m->w, pm_incident_heading(m->w, PM_COL_INCIDENT_SEVERITY));
    if (m->failed)
        return;
    pm_metrics_chapter(m, PM_W_DURATIONS);
    pm_metrics_note(m, PM_W_LEFT_OUT_NOTE);
    headings(m, PM_W_DURATIONS, severity, false);
    m->row++;
    m->places.durations = m->row;
    for (int metric = 0; metric < PM_METRIC_COUNT; metric++)
        over_all(m, metric, all.groups);
    if (severities.count < 2)
        return;
    pm_metrics_chapter(m, PM_W_DURATIONS_BY_SEVERITY);
    headings(m, PM_W_DURATIONS, severity, false);
    m->row++;
    for (int metric = 0; metric < PM_METRIC_COUNT; metric++)
        for (size_t i = 0; i < severities.count; i++)
            if (severities.groups[i].name.p)
                of_severity(m, metric, &severities.groups[i], i == 0);
}

/* ---- months ---- */

/* All columns of durations of Incidents as one range. */
static const char *all_durations(struct pm_metrics_writer *m)
{
    const char *first = m->duration[0], *last = m->duration[PM_METRIC_COUNT - 1];
    size_t first_n = 0, last_n = 0;
    for (size_t i = 0; first[i]; i++)
        first_n = first[i] == ':' ? i : first_n;
    for (size_t i = 0; last[i]; i++)
        last_n = last[i] == ':' ? i : last_n;
    return pm_metrics_format(m, "%.*s%s", (int)first_n, first, last + last_n);
}

/* The list from which the duration of the months is chosen, and the formula of the chosen column. */
static const char *choose_duration(struct pm_metrics_writer *m)
{
    uint32_t first = m->places.durations;
    const char *list = pm_metrics_format(m, "$A$%u:$A$%u", first + 1, first + PM_METRIC_COUNT);
    const char *cell = pm_metrics_cell_name(m, m->row, GROUP);
    pm_metrics_text_cell(m, NAME, PM_STYLE_LABEL, pm_metrics_word(m, PM_W_DURATION_SHOWN));
    const char *chosen = pm_shell_text(m->w, pm_metric_heading(m->w, PM_TIME_TO_RESOLVE));
    worksheet_merge_range(m->ws, m->row, GROUP, m->row, GROUP + 3, chosen, m->shell->formats[PM_STYLE_AS_OF]);
    char *source = pm_shell_text(m->w, pm_str(pm_metrics_format(m, "=%s", list)));
    worksheet_data_validation_cell(m->ws, m->row, GROUP, &(lxw_data_validation){
        .validate = LXW_VALIDATION_TYPE_LIST_FORMULA, .value_formula = source});
    m->row++;
    return pm_metrics_format(m, "INDEX(%s,0,MATCH(%s,%s,0))", all_durations(m), cell, list);
}

static void month_row(struct pm_metrics_writer *m, const char *name, const struct pm_group *group, const char *chosen)
{
    const char *cell = pm_metrics_format(m, "$A%u", m->row + 1);
    struct pick p = {.is_array = true};
    p.array = pm_metrics_format(m, "IF(%s=%s,IF(ISNUMBER(%s),%s))", m->month, cell, chosen, chosen);
    p.state[PM_METRIC_KNOWN] = pm_metrics_format(m, "=SUMPRODUCT((%s=%s)*ISNUMBER(%s))", m->month, cell, chosen);
    for (int i = PM_METRIC_MISSING; i < PM_METRIC_STATES; i++)
        p.state[i] = pm_metrics_format(m, "=SUMPRODUCT((%s=%s)*(%s=%s))", m->month, cell, chosen, quoted_state(m, i));
    pm_metrics_text_cell(m, NAME, PM_STYLE_LABEL, name);
    pm_metrics_value(m, GROUP, PM_STYLE_INTEGER, m->incidents, pm_metrics_format(m, "=SUMPRODUCT(--(%s=%s))", m->month, cell),
                     (double)group->incidents);
    duration(m, &p, &group->durations[PM_TIME_TO_RESOLVE]);
    for (int i = 1; i <= 5; i++) {
        const char *title = pm_metrics_format(m, "%c$%u", 'A' + FIRST_SEVERITY + i - 1, m->places.months);
        pm_metrics_value(m, FIRST_SEVERITY + i - 1, PM_STYLE_INTEGER, m->incidents,
                         pm_metrics_format(m, "=SUMPRODUCT((%s=%s)*(%s=%s))", m->month, cell, m->severity, title),
                         (double)group->severity[i]);
    }
    m->row++;
}

/* What is before the first month that has a row: values, since it is over. */
static void earlier_row(struct pm_metrics_writer *m, const struct pm_groups *months, int first)
{
    double incidents = 0, severity[6] = {0};
    for (size_t i = 0; i < months->count && months->groups[i].number < first; i++) {
        incidents += (double)months->groups[i].incidents;
        for (int k = 1; k <= 5; k++)
            severity[k] += (double)months->groups[i].severity[k];
    }
    if (incidents == 0)
        return;
    pm_metrics_text_cell(m, NAME, PM_STYLE_LABEL, pm_metrics_word(m, PM_W_EARLIER));
    pm_metrics_value(m, GROUP, PM_STYLE_INTEGER, false, NULL, incidents);
    for (int k = 1; k <= 5; k++)
        pm_metrics_value(m, FIRST_SEVERITY + k - 1, PM_STYLE_INTEGER, false, NULL, severity[k]);
    m->row++;
}

void pm_metrics_months(struct pm_metrics_writer *m)
{
    static const struct pm_group none;
    struct pm_groups months = pm_metrics_total(m, PM_BY_MONTH);
    size_t count = months.count - (months.count && !months.groups[months.count - 1].name.p);
    if (m->failed || !count)
        return;
    pm_metrics_chapter(m, PM_W_BY_MONTH);
    const char *chosen = choose_duration(m);
    headings(m, PM_W_MONTH, pm_metrics_word(m, PM_W_INCIDENTS), true);
    for (int i = 1; i <= 5; i++)
        pm_metrics_heading(m, FIRST_SEVERITY + i - 1, pm_metrics_format(m, "sev%d", i), true);
    m->row++;
    int last = months.groups[count - 1].number, first = months.groups[0].number;
    first = last - first >= PM_METRICS_MONTHS ? last - PM_METRICS_MONTHS + 1 : first;
    m->places.months = m->row;
    m->places.month_name = NAME;
    m->places.month_severity = FIRST_SEVERITY;
    m->places.month_count = (uint32_t)(last - first + 1);
    size_t at = 0;
    for (int month = first; month <= last; month++) {
        while (at < count && months.groups[at].number < month)
            at++;
        bool here = at < count && months.groups[at].number == month;
        month_row(m, pm_metrics_format(m, "%04d-%02d", month / 12, month % 12 + 1), here ? &months.groups[at] : &none, chosen);
    }
    earlier_row(m, &months, first);
}
