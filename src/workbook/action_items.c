#include "workbook/workbook_internal.h"

#include "base/utf8.h"

enum { ITEM_WIDTH = 60, DONE_WIDTH = 50, DIGITS = 6 };

static bool is_closed(const struct pm_action *a)
{
    return a->status.as.choice == PM_AI_DONE || a->status.as.choice == PM_AI_WONT_DO;
}

void pm_action_formulas(struct pm_workbook *w)
{
    const struct pm_str closed[] = {w->action_statuses.label[PM_AI_DONE - 1], w->action_statuses.label[PM_AI_WONT_DO - 1]};
    /* as wide as what the number format makes of it */
    w->rows[PM_SHEET_ACTIONS].widths[PM_COL_ACTION_DAYS_LEFT] = (unsigned)pm_utf8_length(w->language.word[PM_W_OVERDUE_BY]) + DIGITS;
    w->days_left = pm_formula(w, "IF(OR(J#=\"\",H#=\"%\",H#=\"%\"),\"\",J#-as_of)", closed, 2);
    w->age = pm_formula(w, "IF(I#=\"\",\"\",IF(L#=\"\",as_of,L#)-I#)", NULL, 0);
}

static void date(struct pm_rows *r, int column, const struct pm_field *f)
{
    if (f->valid)
        pm_cell_date(r, column, PM_STYLE_DATE, f->as.days);
    else
        pm_cell_text(r, column, PM_STYLE_DATE, f->text, f->mark);
}

static void ticket(struct pm_workbook *w, const struct pm_tracker *t)
{
    struct pm_rows *r = &w->rows[PM_SHEET_ACTIONS];
    const struct pm_field *shown = pm_has(&t->key) ? &t->key : &t->url;
    bool link = pm_has(&t->url) && pm_link_outside(&w->links[PM_SHEET_ACTIONS], PM_COL_ACTION_TICKET, r->row, t->url.text);
    pm_cell_text(r, PM_COL_ACTION_TICKET, link ? PM_STYLE_LINK : PM_STYLE_TEXT, shown->text, shown->mark);
}

static void incident_cell(struct pm_workbook *w, const struct pm_incident *in)
{
    struct pm_rows *r = &w->rows[PM_SHEET_ACTIONS];
    bool link = pm_has_sheet(w, PM_SHEET_INCIDENTS) && pm_link_inside(&w->links[PM_SHEET_ACTIONS], PM_COL_ACTION_INCIDENT, r->row,
                                                                      w->incidents_quoted, (uint32_t)w->incidents + 1);
    pm_cell_text(r, PM_COL_ACTION_INCIDENT, link ? PM_STYLE_LINK : PM_STYLE_TEXT, in->id.text, in->id.mark);
}

static void add_days(struct pm_workbook *w, struct pm_rows *r, const struct pm_action *a)
{
    struct pm_value left = {PM_VALUE_EMPTY, 0, 0}, age = {PM_VALUE_EMPTY, 0, 0};
    if (a->due.valid && !is_closed(a))
        left = (struct pm_value){PM_VALUE_DAYS_UNTIL, a->due.as.days, 0};
    if (a->created.valid && a->completed.valid)
        age = (struct pm_value){PM_VALUE_NUMBER, a->completed.as.days - a->created.as.days, 0};
    else if (a->created.valid)
        age = (struct pm_value){PM_VALUE_DAYS_SINCE, a->created.as.days, 0};
    date(r, PM_COL_ACTION_CREATED, &a->created);
    date(r, PM_COL_ACTION_DUE, &a->due);
    pm_cell_formula(r, PM_COL_ACTION_DAYS_LEFT, PM_STYLE_DAYS_LEFT, w->days_left, left);
    date(r, PM_COL_ACTION_COMPLETED, &a->completed);
    pm_cell_formula(r, PM_COL_ACTION_AGE, PM_STYLE_INTEGER, w->age, age);
}

static void add_action(struct pm_workbook *w, const struct pm_incident *in, const struct pm_action *a)
{
    struct pm_rows *r = &w->rows[PM_SHEET_ACTIONS];
    struct pm_str item = pm_plain_line(in, &a->item), done_when = pm_plain_line(in, &a->done_when);
    unsigned lines = pm_lines_of(item, ITEM_WIDTH * 11 / 10), more = pm_lines_of(done_when, DONE_WIDTH * 11 / 10);
    pm_row_begin_lines(r, lines > more ? lines : more);
    incident_cell(w, in);
    pm_cell_text(r, PM_COL_ACTION_ID, PM_STYLE_TEXT, a->id.text, a->id.mark);
    pm_cell_text(r, PM_COL_ACTION_ITEM, PM_STYLE_TEXT, item, a->item.mark);
    pm_cell_text(r, PM_COL_ACTION_TYPE, PM_STYLE_TEXT, pm_label_of(&w->action_types, &a->type), a->type.mark);
    pm_cell_text(r, PM_COL_ACTION_OWNER, PM_STYLE_TEXT, pm_person_name(in, &a->owner), a->owner.mark);
    pm_cell_text(r, PM_COL_ACTION_TEAM, PM_STYLE_TEXT, pm_action_team(in, a), a->team.mark);
    pm_cell_text(r, PM_COL_ACTION_PRIORITY, PM_STYLE_TEXT, pm_label_of(&w->priorities, &a->priority), a->priority.mark);
    pm_cell_text(r, PM_COL_ACTION_STATUS, PM_STYLE_TEXT, pm_label_of(&w->action_statuses, &a->status), a->status.mark);
    add_days(w, r, a);
    pm_cell_text(r, PM_COL_ACTION_CAUSES, PM_STYLE_TEXT, pm_joined(in, &a->causes, false), a->causes.mark);
    ticket(w, &a->tracker);
    pm_cell_text(r, PM_COL_ACTION_DONE_WHEN, PM_STYLE_TEXT, done_when, a->done_when.mark);
    pm_row_end(r);
}

void pm_add_actions(struct pm_workbook *w, const struct pm_incident *in)
{
    const struct pm_action *actions = in->action_items.items;
    if (!pm_has_sheet(w, PM_SHEET_ACTIONS))
        return;
    for (size_t i = 0; i < in->action_items.count; i++)
        add_action(w, in, &actions[i]);
    w->items += in->action_items.count;
}

/* ---- what is around the rows ---- */

static void colour(struct pm_shell *shell, int from, int to, char *formula, lxw_color_t ground, lxw_color_t text)
{
    lxw_format *format = workbook_add_format(shell->book);
    if (!format)
        return;
    if (ground)
        format_set_bg_color(format, ground);
    format_set_font_color(format, text);
    lxw_conditional_format cf = {.type = LXW_CONDITIONAL_TYPE_FORMULA, .value_string = formula, .format = format};
    lxw_row_t last = shell->w->items ? (lxw_row_t)shell->w->items : 1;
    worksheet_conditional_format_range(shell->sheets[PM_SHEET_ACTIONS], 1, (lxw_col_t)from, last, (lxw_col_t)to, &cf);
}

/* "=$H2=\"Blocked\"": as a formula of libxlsxwriter, which escapes it. */
static char *status_is(struct pm_workbook *w, enum pm_action_status a, enum pm_action_status b)
{
    struct pm_buf *s = &w->scratch;
    pm_buf_clear(s);
    pm_buf_puts(s, "=OR(");
    for (int i = 0; i < 2; i++) {
        struct pm_str text = w->action_statuses.label[(i ? b : a) - 1];
        pm_buf_puts(s, i ? ",$H2=\"" : "$H2=\"");
        for (size_t k = 0; k < text.n; k++) {
            pm_buf_putc(s, text.p[k]);
            if (text.p[k] == '"')
                pm_buf_putc(s, '"');
        }
        pm_buf_putc(s, '"');
    }
    pm_buf_putc(s, ')');
    return pm_shell_text(w, pm_buf_slice(s));
}

void pm_dress_actions(struct pm_shell *shell)
{
    static const unsigned most[PM_COL_ACTION_COUNT] = {20, 12, ITEM_WIDTH, 14, 24, 20, 10, 14, 12, 12, 30, 12, 9, 14, 20, DONE_WIDTH};
    struct pm_workbook *w = shell->w;
    lxw_worksheet *sheet = shell->sheets[PM_SHEET_ACTIONS];
    static char overdue[] = "=AND(ISNUMBER($K2),$K2<0)", soon[] = "=AND(ISNUMBER($K2),$K2<=14)";
    uint32_t last = w->items ? (uint32_t)w->items : 1;
    pm_dress_table(shell, PM_SHEET_ACTIONS, PM_COL_ACTION_COUNT, most, 32);
    pm_validate_list(shell, sheet, PM_COL_ACTION_STATUS, last, PM_LIST_STATUS);
    pm_validate_list(shell, sheet, PM_COL_ACTION_TYPE, last, PM_LIST_TYPE);
    pm_validate_list(shell, sheet, PM_COL_ACTION_PRIORITY, last, PM_LIST_PRIORITY);
    lxw_data_validation date_rule = {
        .validate = LXW_VALIDATION_TYPE_DATE, .criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO,
        .value_datetime = {2000, 1, 1, 0, 0, 0},
        .error_message = pm_shell_text(w, pm_utf8_prefix(w->language.word[PM_W_DATE_WANTED], 255))};
    worksheet_data_validation_range(sheet, 1, PM_COL_ACTION_DUE, last, PM_COL_ACTION_DUE, &date_rule);
    colour(shell, 0, PM_COL_ACTION_COUNT - 1, status_is(w, PM_AI_DONE, PM_AI_WONT_DO), 0, 0x7A828C);
    colour(shell, PM_COL_ACTION_DUE, PM_COL_ACTION_DAYS_LEFT, overdue, 0xF8D7DA, 0x8B1A2B);
    colour(shell, PM_COL_ACTION_DUE, PM_COL_ACTION_DAYS_LEFT, soon, 0xFFF1CC, 0x6B4E00);
    colour(shell, PM_COL_ACTION_STATUS, PM_COL_ACTION_STATUS, status_is(w, PM_AI_BLOCKED, PM_AI_BLOCKED), 0xE6DDF5, 0x4A2C82);
}
