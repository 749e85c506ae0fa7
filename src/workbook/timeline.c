#include "workbook/workbook_internal.h"

enum { EVENT_WIDTH = 80 };

static void add_times(struct pm_workbook *w, struct pm_rows *r, const struct pm_incident *in, const struct pm_event *e)
{
    struct pm_str zone = in->tz.text.n ? in->tz.text : PM_LIT("UTC");
    (void)w;
    if (!e->at.valid) {
        pm_cell_text(r, PM_COL_EVENT_UTC, PM_STYLE_SECONDS, e->at.text, e->at.mark);
        return;
    }
    pm_instant t = e->at.as.instant;
    struct pm_civil local = pm_civil_at(t, zone);
    int style = t % 60 ? PM_STYLE_SECONDS : PM_STYLE_INSTANT;
    pm_cell_instant(r, PM_COL_EVENT_UTC, style, t);
    pm_cell_instant(r, PM_COL_EVENT_LOCAL, style, t + local.offset);
    pm_cell_text(r, PM_COL_EVENT_ZONE, PM_STYLE_TEXT, pm_str(local.zone), in->tz.mark);
    if (in->started_at.valid)
        pm_cell_number(r, PM_COL_EVENT_MINUTES, PM_STYLE_DECIMAL, (double)((t - in->started_at.as.instant) * 10 / 60) / 10.0);
}

static void add_event(struct pm_workbook *w, const struct pm_incident *in, const struct pm_event *e)
{
    struct pm_rows *r = &w->rows[PM_SHEET_TIMELINE];
    bool key = e->important.valid && e->important.as.choice == 2;
    struct pm_str text = pm_plain_line(in, &e->event);
    pm_row_begin_lines(r, pm_lines_of(text, EVENT_WIDTH * 11 / 10));
    pm_cell_text(r, PM_COL_EVENT_INCIDENT, PM_STYLE_TEXT, in->id.text, in->id.mark);
    add_times(w, r, in, e);
    pm_cell_text(r, PM_COL_EVENT_TEAM, PM_STYLE_TEXT, e->team.text, e->team.mark);
    pm_cell_text(r, PM_COL_EVENT_BY, PM_STYLE_TEXT, pm_person_name(in, &e->by), e->by.mark);
    pm_cell_text(r, PM_COL_EVENT_KIND, PM_STYLE_TEXT, pm_label_of(&w->event_kinds, &e->kind), e->kind.mark);
    pm_cell_text(r, PM_COL_EVENT_TEXT, key ? PM_STYLE_STRONG : PM_STYLE_TEXT, text, e->event.mark);
    pm_cell_text(r, PM_COL_EVENT_KEY, PM_STYLE_TEXT, key ? w->switches.label[1] : (struct pm_str){NULL, 0}, e->important.mark);
    pm_row_end(r);
}

void pm_add_events(struct pm_workbook *w, const struct pm_incident *in)
{
    const struct pm_event *events = in->timeline.items;
    if (!pm_has_sheet(w, PM_SHEET_TIMELINE))
        return;
    for (size_t i = 0; i < in->timeline.count; i++)
        add_event(w, in, &events[i]);
    w->events += in->timeline.count;
}

void pm_dress_events(struct pm_shell *shell)
{
    static const unsigned most[PM_COL_EVENT_COUNT] = {20, 18, 18, 12, 10, 20, 24, 16, EVENT_WIDTH, 8};
    pm_dress_table(shell, PM_SHEET_TIMELINE, PM_COL_EVENT_COUNT, most, 32);
}
