#include "workbook/workbook_internal.h"

#include <stdio.h>
#include <string.h>

enum { TITLE_WIDTH = 50, SERVICES_WIDTH = 30 };

/* Of a column of Action items: whole, so that rows may come and go. */
static struct pm_str column_of_actions(struct pm_workbook *w, int column)
{
    struct pm_str name = pm_sheet_quoted(w, PM_SHEET_ACTIONS);
    char letters[4];
    int n = (int)pm_column_letters(letters, column);
    return pm_arena_format(&w->arena, "%.*s!$%.*s:$%.*s", (int)name.n, name.p, n, letters, n, letters);
}

void pm_incident_formulas(struct pm_workbook *w)
{
    w->incidents_quoted = pm_sheet_quoted(w, PM_SHEET_INCIDENTS);
    if (!(w->options.sheets >> PM_SHEET_ACTIONS & 1))
        return;
    struct pm_str id = column_of_actions(w, PM_COL_ACTION_INCIDENT), status = column_of_actions(w, PM_COL_ACTION_STATUS);
    struct pm_str left = column_of_actions(w, PM_COL_ACTION_DAYS_LEFT);
    const struct pm_str *l = w->action_statuses.label;
    const struct pm_str open[] = {id, status, l[PM_AI_DONE - 1], status, l[PM_AI_WONT_DO - 1]}, overdue[] = {id, left};
    w->incident_counts[0] = pm_formula(w, "COUNTIFS(%,A#)", &id, 1);
    w->incident_counts[1] = pm_formula(w, "COUNTIFS(%,A#,%,\"<>%\",%,\"<>%\")", open, 5);
    w->incident_counts[2] = pm_formula(w, "COUNTIFS(%,A#,%,\"<0\")", overdue, 2);
}

struct counts { int64_t items, open, first_due, last_due; };

static struct counts count_actions(struct pm_workbook *w, const struct pm_incident *in)
{
    struct counts c = {(int64_t)in->action_items.count, 0, (int64_t)(w->day.due.len / sizeof(int64_t)), 0};
    const struct pm_action *actions = in->action_items.items;
    for (size_t i = 0; i < in->action_items.count; i++) {
        const struct pm_action *a = &actions[i];
        if (a->status.as.choice == PM_AI_DONE || a->status.as.choice == PM_AI_WONT_DO)
            continue;
        c.open++;
        if (a->due.valid)
            pm_buf_add(&w->day.due, &a->due.as.days, sizeof(int64_t));
    }
    c.last_due = (int64_t)(w->day.due.len / sizeof(int64_t));
    return c;
}

static void instant(struct pm_rows *r, int column, const struct pm_field *f)
{
    if (f->valid)
        pm_cell_instant(r, column, PM_STYLE_INSTANT, f->as.instant);
    else
        pm_cell_text(r, column, PM_STYLE_INSTANT, f->text, f->mark);
}

void pm_cell_metric(struct pm_workbook *w, struct pm_rows *r, int column, const struct pm_metric *m)
{
    if (m->known)
        pm_cell_duration(r, column, PM_STYLE_DURATION, m->seconds);
    else
        pm_cell_text(r, column, PM_STYLE_DURATION, pm_metric_word(w, m->state), (struct pm_mark){0, 0, 0});
}

static void month(struct pm_rows *r, const struct pm_field *started)
{
    char text[32] = "";
    if (started->valid) {
        struct pm_civil c = pm_civil_at(started->as.instant, PM_LIT("UTC"));
        snprintf(text, sizeof text, "%04d-%02d", c.year, c.month);
    }
    pm_cell_text(r, PM_COL_INCIDENT_MONTH, PM_STYLE_TEXT, pm_str(text), started->mark);
}

static void add_counts(struct pm_workbook *w, struct pm_rows *r, const struct counts *c, bool formulas)
{
    const struct pm_value values[] = {
        {PM_VALUE_NUMBER, c->items, 0}, {PM_VALUE_NUMBER, c->open, 0}, {PM_VALUE_OVERDUE, c->first_due, c->last_due}};
    for (int i = 0; i < 3; i++) {
        struct pm_str formula = formulas ? w->incident_counts[i] : (struct pm_str){NULL, 0};
        pm_cell_formula(r, PM_COL_INCIDENT_ITEMS + i, PM_STYLE_INTEGER, formula, values[i]);
    }
}

static void add_head(struct pm_workbook *w, struct pm_rows *r, const struct pm_incident *in)
{
    static const char *const severities[] = {"sev1", "sev2", "sev3", "sev4", "sev5"};
    const struct pm_field *s = &in->severity;
    bool known = s->valid && s->as.choice >= 1 && s->as.choice <= 5;
    pm_cell_text(r, PM_COL_INCIDENT_ID, PM_STYLE_TEXT, in->id.text, in->id.mark);
    pm_cell_text(r, PM_COL_INCIDENT_TITLE, PM_STYLE_STRONG, in->title.text, in->title.mark);
    pm_cell_text(r, PM_COL_INCIDENT_SEVERITY, PM_STYLE_TEXT, known ? pm_str(severities[s->as.choice - 1]) : s->text, s->mark);
    pm_cell_text(r, PM_COL_INCIDENT_KIND, PM_STYLE_TEXT, pm_label_of(&w->incident_kinds, &in->kind), in->kind.mark);
    pm_cell_text(r, PM_COL_INCIDENT_STATUS, PM_STYLE_TEXT, pm_label_of(&w->doc_statuses, &in->status), in->status.mark);
    pm_cell_text(r, PM_COL_INCIDENT_STATE, PM_STYLE_TEXT, pm_label_of(&w->incident_states, &in->incident_status), in->incident_status.mark);
}

static void add_row(struct pm_workbook *w, struct pm_rows *r, const struct pm_incident *in, const struct pm_metric *metrics,
                    const struct counts *counts, bool formulas)
{
    const struct pm_field *const instants[] = {&in->started_at, &in->detected_at, &in->acknowledged_at, &in->identified_at,
                                               &in->mitigated_at, &in->resolved_at, &in->closed_at};
    const struct pm_field *customers = &in->impact.customers_affected;
    struct pm_str services = pm_joined(in, &in->services, false);
    unsigned lines = pm_lines_of(in->title.text, TITLE_WIDTH), more = pm_lines_of(services, SERVICES_WIDTH);   /* the title is bold */
    pm_row_begin_lines(r, lines > more ? lines : more);
    add_head(w, r, in);
    for (int i = 0; i < 7; i++)
        instant(r, PM_COL_INCIDENT_STARTED + i, instants[i]);
    for (int i = 0; i < PM_METRIC_COUNT; i++)
        pm_cell_metric(w, r, PM_COL_INCIDENT_METRICS + i, &metrics[i]);
    month(r, &in->started_at);
    if (customers->valid)
        pm_cell_integer(r, PM_COL_INCIDENT_CUSTOMERS, PM_STYLE_INTEGER, customers->as.integer);
    else
        pm_cell_text(r, PM_COL_INCIDENT_CUSTOMERS, PM_STYLE_INTEGER, customers->text, customers->mark);
    pm_cell_text(r, PM_COL_INCIDENT_SERVICES, PM_STYLE_TEXT, services, in->services.mark);
    pm_cell_text(r, PM_COL_INCIDENT_OWNER, PM_STYLE_TEXT, pm_person_name(in, &in->owner), in->owner.mark);
    add_counts(w, r, counts, formulas);
    pm_row_end(r);
}

void pm_add_incident(struct pm_workbook *w, const struct pm_incident *in, struct pm_diags *diags)
{
    struct pm_metric metrics[PM_METRIC_COUNT];
    pm_metrics(in, diags, metrics);
    if (!pm_has_sheet(w, PM_SHEET_INCIDENTS))
        return;
    struct counts counts = count_actions(w, in);
    if (w->incidents <= PM_SOURCE_INCIDENTS)
        add_row(w, &w->rows[PM_SHEET_INCIDENTS], in, metrics, &counts, true);
    else if (w->incidents == PM_SOURCE_INCIDENTS + 1)
        pm_rows_free(&w->rows[PM_SHEET_INCIDENTS]);
    w->lean_incidents.diags = w->incidents > PM_SOURCE_INCIDENTS ? diags : NULL;
    add_row(w, &w->lean_incidents, in, metrics, &counts, false);
}

void pm_dress_incidents(struct pm_shell *shell)
{
    static const unsigned most[PM_COL_INCIDENT_COUNT] = {20, TITLE_WIDTH, 10, 14, 12, 14, 17, 17, 17, 17, 17, 17, 17, 14, 14, 14, 14,
                                                         14, 14, 14, 14, 10, 14, SERVICES_WIDTH, 24, 9, 9, 9};
    pm_dress_table(shell, PM_SHEET_INCIDENTS, PM_COL_INCIDENT_COUNT, most, 62);
}
