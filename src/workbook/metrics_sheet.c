/* The sheet Metrics: its head, and what its sections share. */
#include "workbook/metrics_internal.h"

#include <string.h>

struct pm_str pm_metric_word(const struct pm_workbook *w, enum pm_metric_state state)
{
    static const enum pm_word words[PM_METRIC_STATES] = {
        [PM_METRIC_KNOWN] = PM_W_KNOWN, [PM_METRIC_MISSING] = PM_W_MISSING, [PM_METRIC_REVERSED] = PM_W_OUT_OF_ORDER,
        [PM_METRIC_OPEN] = PM_W_STILL_OPEN};
    return w->language.word[words[state]];
}

const char *pm_metrics_word(struct pm_metrics_writer *m, enum pm_word word)
{
    return pm_shell_text(m->w, m->w->language.word[word]);
}

const char *pm_metrics_format(struct pm_metrics_writer *m, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    struct pm_str text = pm_arena_vformat(&m->w->arena, format, ap);
    va_end(ap);
    m->failed |= !text.p;
    return text.p ? text.p : "";
}

const char *pm_formula_text(struct pm_workbook *w, struct pm_str text)
{
    char *out = pm_arena_alloc(&w->arena, 2 * text.n + 3);
    size_t n = 0;
    if (!out)
        return "\"\"";
    out[n++] = '"';
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"')
            out[n++] = '"';
        out[n++] = text.p[i];
    }
    out[n] = '"';
    return out;
}

struct pm_groups pm_metrics_total(struct pm_metrics_writer *m, enum pm_by by)
{
    struct pm_groups *groups = &m->totals[by];
    if (!groups->groups)
        m->failed |= pm_statistics_total(m->w->statistics, by, m->w->as_of, &m->w->arena, groups) != PM_OK;
    return *groups;
}

struct pm_groups pm_metrics_count(struct pm_metrics_writer *m, enum pm_by by)
{
    struct pm_groups groups = m->totals[by];
    if (!groups.groups)
        m->failed |= pm_statistics_count(m->w->statistics, by, m->w->as_of, &m->w->arena, &groups) != PM_OK;
    return groups;
}

const char *pm_metrics_cell_name(struct pm_metrics_writer *m, uint32_t row, int column)
{
    return pm_metrics_format(m, "$%c$%u", 'A' + column, row + 1);
}

/* ---- cells ---- */

void pm_metrics_text_cell(struct pm_metrics_writer *m, int column, enum pm_style style, const char *text)
{
    worksheet_write_string(m->ws, m->row, (lxw_col_t)column, text, m->shell->formats[style]);
}

void pm_metrics_value(struct pm_metrics_writer *m, int column, enum pm_style style, bool live, const char *formula, double value)
{
    lxw_format *format = m->shell->formats[style];
    if (live && formula)
        worksheet_write_formula_num(m->ws, m->row, (lxw_col_t)column, formula, format, value);
    else
        worksheet_write_number(m->ws, m->row, (lxw_col_t)column, value, format);
}

void pm_metrics_array(struct pm_metrics_writer *m, int column, enum pm_style style, bool live, const char *formula, double value)
{
    lxw_format *format = m->shell->formats[style];
    lxw_col_t col = (lxw_col_t)column;
    if (live)
        worksheet_write_array_formula_num(m->ws, m->row, col, m->row, col, formula, format, value);
    else
        worksheet_write_number(m->ws, m->row, col, value, format);
}

void pm_metrics_heading(struct pm_metrics_writer *m, int column, const char *text, bool over_numbers)
{
    lxw_format *format = over_numbers ? m->number_heading : m->shell->formats[PM_STYLE_HEADING];
    worksheet_write_string(m->ws, m->row, (lxw_col_t)column, text, format);
    worksheet_set_row(m->ws, m->row, 30, NULL);      /* two lines */
}

void pm_metrics_chapter(struct pm_metrics_writer *m, enum pm_word word)
{
    m->row++;
    worksheet_set_row(m->ws, m->row, 24, NULL);
    pm_metrics_text_cell(m, 0, PM_STYLE_CHAPTER, pm_metrics_word(m, word));
    m->row++;
}

void pm_metrics_note(struct pm_metrics_writer *m, enum pm_word word)
{
    worksheet_merge_range(m->ws, m->row, 0, m->row, 9, pm_metrics_word(m, word), m->shell->formats[PM_STYLE_NOTE]);
    m->row++;
}

/* ---- the head ---- */

static void head(struct pm_metrics_writer *m)
{
    struct pm_workbook *w = m->w;
    pm_metrics_text_cell(m, 0, PM_STYLE_TITLE, pm_metrics_word(m, PM_W_METRICS));
    worksheet_set_row(m->ws, 0, 30, NULL);
    m->row = 1;
    pm_metrics_text_cell(m, 0, PM_STYLE_LABEL, pm_metrics_word(m, PM_W_AS_OF));
    worksheet_write_number(m->ws, 1, 1, (double)(w->as_of + SERIAL_1970), m->shell->formats[PM_STYLE_AS_OF]);
    worksheet_merge_range(m->ws, 1, 2, 1, 9, pm_metrics_word(m, PM_W_AS_OF_NOTE), m->shell->formats[PM_STYLE_NOTE]);
    m->failed |= workbook_define_name(m->shell->book, PM_NAME_AS_OF, pm_metrics_format(m, "=%s!$B$2",
                                      pm_sheet_quoted(w, PM_SHEET_METRICS).p)) != LXW_NO_ERROR;
    m->row = 2;
}

static void fact(struct pm_metrics_writer *m, enum pm_word word, enum pm_style style, bool live, const char *formula, double value)
{
    pm_metrics_text_cell(m, 0, PM_STYLE_LABEL, pm_metrics_word(m, word));
    pm_metrics_value(m, 1, style, live, formula, value);
    m->row++;
}

static double part(size_t n, size_t all)
{
    return all ? (double)n / (double)all : 0;
}

static void overview(struct pm_metrics_writer *m, const struct pm_group *all)
{
    const struct pm_action_total *a = &all->actions;
    m->row++;
    fact(m, PM_W_INCIDENTS, PM_STYLE_INTEGER, m->incidents, pm_metrics_format(m, "=COUNTA(%s)", m->severity), (double)all->incidents);
    if (all->gaps)
        fact(m, PM_W_BETWEEN_STARTS, PM_STYLE_DECIMAL, m->incidents,
             pm_metrics_format(m, "=IF(COUNT(%s)>1,(MAX(%s)-MIN(%s))/(COUNT(%s)-1),\"\")", m->started, m->started, m->started, m->started),
             all->between_starts / 86400);
    if (!a->count)
        return;
    const char *open = pm_metrics_format(m, "%s,\"<>\"&%s,%s,\"<>\"&%s", m->status, m->done, m->status, m->dropped);
    uint32_t first = m->row;
    fact(m, PM_W_ACTION_ITEMS, PM_STYLE_INTEGER, m->actions, pm_metrics_format(m, "=COUNTA(%s)", m->status), (double)a->count);
    fact(m, PM_W_OPEN_ITEMS, PM_STYLE_INTEGER, m->actions, pm_metrics_format(m, "=COUNTIFS(%s)", open), (double)a->open);
    worksheet_conditional_format_cell(m->ws, m->row, 1, &(lxw_conditional_format){
        .type = LXW_CONDITIONAL_TYPE_CELL, .criteria = LXW_CONDITIONAL_CRITERIA_GREATER_THAN, .value = 0, .format = m->alarm});
    fact(m, PM_W_OVERDUE_ITEMS, PM_STYLE_INTEGER, m->actions,
         pm_metrics_format(m, "=COUNTIFS(%s,\"<\"&as_of,%s)", m->due, open), (double)a->overdue);
    fact(m, PM_W_DUE_SOON, PM_STYLE_INTEGER, m->actions,
         pm_metrics_format(m, "=COUNTIFS(%s,\">=\"&as_of,%s,\"<=\"&(as_of+14),%s)", m->due, m->due, open), (double)a->due_soon);
    fact(m, PM_W_CLOSURE_RATE, PM_STYLE_PERCENT, m->actions,
         pm_metrics_format(m, "=IF(B%u=0,\"\",1-B%u/B%u)", first + 1, first + 2, first + 1), part(a->closed, a->count));
    if (a->timed)
        fact(m, PM_W_ON_TIME_RATE, PM_STYLE_PERCENT, m->actions,
             pm_metrics_format(m, "=IFERROR(SUMPRODUCT((%s=%s)*ISNUMBER(%s)*ISNUMBER(%s)*(%s<=%s))/"
                               "SUMPRODUCT((%s=%s)*ISNUMBER(%s)*ISNUMBER(%s)),\"\")", m->status, m->done, m->due, m->completed,
                               m->completed, m->due, m->status, m->done, m->due, m->completed), part(a->on_time, a->timed));
}

/* ---- the sheet ---- */

static const char *range(struct pm_metrics_writer *m, enum pm_sheet sheet, int column)
{
    struct pm_str text = pm_sheet_range(m->w, sheet, column);
    m->failed |= !text.p;
    return text.p ? text.p : "";
}

static void find_ranges(struct pm_metrics_writer *m)
{
    const struct pm_workbook *w = m->w;
    m->incidents = pm_has_sheet(w, PM_SHEET_INCIDENTS) && w->incidents > 0;
    m->actions = pm_has_sheet(w, PM_SHEET_ACTIONS) && w->items > 0;
    m->severity = range(m, PM_SHEET_INCIDENTS, PM_COL_INCIDENT_SEVERITY);
    m->month = range(m, PM_SHEET_INCIDENTS, PM_COL_INCIDENT_MONTH);
    m->started = range(m, PM_SHEET_INCIDENTS, PM_COL_INCIDENT_STARTED);
    for (int i = 0; i < PM_METRIC_COUNT; i++)
        m->duration[i] = range(m, PM_SHEET_INCIDENTS, PM_COL_INCIDENT_METRICS + i);
    m->owner = range(m, PM_SHEET_ACTIONS, PM_COL_ACTION_OWNER);
    m->team = range(m, PM_SHEET_ACTIONS, PM_COL_ACTION_TEAM);
    m->status = range(m, PM_SHEET_ACTIONS, PM_COL_ACTION_STATUS);
    m->due = range(m, PM_SHEET_ACTIONS, PM_COL_ACTION_DUE);
    m->completed = range(m, PM_SHEET_ACTIONS, PM_COL_ACTION_COMPLETED);
    m->age = range(m, PM_SHEET_ACTIONS, PM_COL_ACTION_AGE);
    m->done = pm_formula_text(m->w, w->action_statuses.label[PM_AI_DONE - 1]);
    m->dropped = pm_formula_text(m->w, w->action_statuses.label[PM_AI_WONT_DO - 1]);
}

void pm_metrics_formats(struct pm_metrics_writer *m)
{
    m->alarm = workbook_add_format(m->shell->book);
    m->number_heading = workbook_add_format(m->shell->book);
    if (!m->alarm || !m->number_heading) {
        m->failed = true;
        return;
    }
    format_set_font_color(m->alarm, 0x8F1D1D);
    format_set_bg_color(m->alarm, 0xFBE4E2);
    format_set_bold(m->alarm);
    format_set_font_color(m->number_heading, 0xFFFFFF);
    format_set_bg_color(m->number_heading, 0x1F3A5F);
    format_set_bold(m->number_heading);
    format_set_text_wrap(m->number_heading);
    format_set_align(m->number_heading, LXW_ALIGN_RIGHT);
    format_set_align(m->number_heading, LXW_ALIGN_VERTICAL_CENTER);
}

static void set_up(struct pm_metrics_writer *m)
{
    pm_metrics_formats(m);
    worksheet_set_column(m->ws, 0, 0, 38, NULL);
    worksheet_set_column(m->ws, 1, 14, 12, NULL);
    worksheet_freeze_panes(m->ws, 2, 0);
    pm_print_setup(m->shell, m->ws);
    worksheet_repeat_rows(m->ws, 0, 1);
}

enum pm_status pm_metrics_sheet(struct pm_shell *shell)
{
    struct pm_metrics_writer m = {.shell = shell, .w = shell->w, .ws = shell->sheets[PM_SHEET_METRICS]};
    struct pm_groups all = pm_metrics_total(&m, PM_BY_NOTHING);
    if (m.failed)
        return PM_NOMEM;
    find_ranges(&m);
    set_up(&m);
    head(&m);
    overview(&m, all.groups);
    if (shell->w->incidents > 1) {   /* those of one are among its facts */
        pm_metrics_durations(&m);
        pm_metrics_months(&m);
    }
    pm_metrics_actions(&m);
    shell->places = m.places;
    return m.failed || pm_arena_failed(&shell->w->arena) ? PM_NOMEM : PM_OK;
}
