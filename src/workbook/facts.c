#include "workbook/workbook_internal.h"

enum { VALUE_WIDTH = 90 };

static const struct pm_mark nowhere = {0, 0, 0};

static bool is_wanted(const struct pm_field *f) { return pm_has(f) && f->text.n > 0; }

static void begin(struct pm_rows *r, struct pm_str label)
{
    pm_row_begin(r);
    pm_cell_text(r, 0, PM_STYLE_LABEL, label, nowhere);
}

static void text_fact(struct pm_rows *r, struct pm_str label, struct pm_str text, struct pm_mark mark)
{
    if (text.n == 0)
        return;
    pm_row_begin_lines(r, pm_lines_of(text, VALUE_WIDTH - 2));
    pm_cell_text(r, 0, PM_STYLE_LABEL, label, nowhere);
    pm_cell_text(r, 1, PM_STYLE_PROSE, text, mark);
    pm_row_end(r);
}

static struct pm_str heading(struct pm_workbook *w, int column)
{
    return pm_incident_heading(w, column);
}

static void add_head(struct pm_workbook *w, struct pm_rows *r, const struct pm_incident *in)
{
    pm_row_begin(r);
    pm_cell_text(r, 0, PM_STYLE_TITLE, in->title.text, in->title.mark);
    pm_row_end(r);
    r->widths[0] = 0;           /* the title runs over the next column */
    r->row++;
    text_fact(r, heading(w, PM_COL_INCIDENT_ID), in->id.text, in->id.mark);
    text_fact(r, heading(w, PM_COL_INCIDENT_SEVERITY), in->severity.text, in->severity.mark);
    text_fact(r, heading(w, PM_COL_INCIDENT_KIND), pm_label_of(&w->incident_kinds, &in->kind), in->kind.mark);
    text_fact(r, heading(w, PM_COL_INCIDENT_STATUS), pm_label_of(&w->doc_statuses, &in->status), in->status.mark);
    text_fact(r, heading(w, PM_COL_INCIDENT_STATE), pm_label_of(&w->incident_states, &in->incident_status), in->incident_status.mark);
}

static void add_instants(struct pm_workbook *w, struct pm_rows *r, const struct pm_incident *in)
{
    const struct pm_field *const instants[] = {&in->started_at, &in->detected_at, &in->acknowledged_at, &in->identified_at,
                                               &in->mitigated_at, &in->resolved_at, &in->closed_at};
    for (int i = 0; i < 7; i++) {
        if (!instants[i]->valid)
            continue;
        begin(r, heading(w, PM_COL_INCIDENT_STARTED + i));
        pm_cell_instant(r, 1, PM_STYLE_FACT_INSTANT, instants[i]->as.instant);
        pm_row_end(r);
    }
}

static void add_durations(struct pm_workbook *w, struct pm_rows *r, const struct pm_incident *in)
{
    struct pm_metric metrics[PM_METRIC_COUNT];
    pm_metrics(in, NULL, metrics);
    for (int i = 0; i < PM_METRIC_COUNT; i++) {
        if (!metrics[i].known)
            continue;
        begin(r, heading(w, PM_COL_INCIDENT_METRICS + i));
        pm_cell_duration(r, 1, PM_STYLE_FACT_DURATION, metrics[i].seconds);
        pm_row_end(r);
    }
}

static struct pm_str commander(const struct pm_incident *in)
{
    const struct pm_role *roles = in->roles.items;
    for (size_t i = 0; i < in->roles.count; i++) {
        if (pm_str_is(roles[i].key, "incident_commander"))
            return pm_joined(in, &roles[i].people, true);
    }
    return (struct pm_str){NULL, 0};
}

static void add_rest(struct pm_workbook *w, struct pm_rows *r, const struct pm_incident *in)
{
    const struct pm_field *customers = &in->impact.customers_affected;
    if (customers->valid) {
        begin(r, heading(w, PM_COL_INCIDENT_CUSTOMERS));
        pm_cell_integer(r, 1, PM_STYLE_FACT_INTEGER, customers->as.integer);
        pm_row_end(r);
    }
    text_fact(r, heading(w, PM_COL_INCIDENT_SERVICES), pm_joined(in, &in->services, false), in->services.mark);
    text_fact(r, heading(w, PM_COL_INCIDENT_OWNER), pm_person_name(in, &in->owner), in->owner.mark);
    text_fact(r, pm_language_role(&w->language, PM_LIT("incident_commander"), &w->arena), commander(in), in->roles.mark);
    if (is_wanted(&in->url)) {
        begin(r, pm_language_field(&w->language, PM_LIT("url"), pm_field_find(&pm_incident_def, PM_LIT("url"))));
        bool link = pm_link_outside(&w->links[PM_SHEET_FACTS], 1, r->row, in->url.text);
        pm_cell_text(r, 1, link ? PM_STYLE_FACT_LINK : PM_STYLE_PROSE, in->url.text, in->url.mark);
        pm_row_end(r);
    }
    r->diags = w->rows[PM_SHEET_ACTIONS].diags;   /* what comes now is on no other sheet */
    if (is_wanted(&in->summary))
        text_fact(r, pm_language_field(&w->language, PM_LIT("summary"), pm_field_find(&pm_incident_def, PM_LIT("summary"))),
                  pm_plain_text(in, &in->summary), in->summary.mark);
}

void pm_add_facts(struct pm_workbook *w, const struct pm_incident *in)
{
    struct pm_rows *r = &w->rows[PM_SHEET_FACTS];
    if (!pm_has_sheet(w, PM_SHEET_FACTS))
        return;
    add_head(w, r, in);
    add_instants(w, r, in);
    add_durations(w, r, in);
    add_rest(w, r, in);
}

void pm_dress_facts(struct pm_shell *shell)
{
    lxw_worksheet *sheet = shell->sheets[PM_SHEET_FACTS];
    const unsigned *widths = shell->w->rows[PM_SHEET_FACTS].widths;
    double label = widths[0] < 24 ? 24 : widths[0] > 60 ? 60 : widths[0];
    worksheet_set_column(sheet, 0, 0, label + 2, NULL);
    worksheet_set_column(sheet, 1, 1, VALUE_WIDTH, NULL);
    worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
    pm_print_setup(shell, sheet);
}
