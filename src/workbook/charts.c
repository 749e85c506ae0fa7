/* The sheet Charts: four charts of Excel's own kind, each with a description for those who do not see it.
 *
 * Those of owners and of months look at the sheet Metrics, which notes where its tables are; that of phases at a small table beside it,
 * whose formulas find the chosen incident on the sheet Incidents. The points are values, at the right: a severity's points have to stand
 * together, and a cell with text, as an unknown duration is, would be shown as a point at 0. Of what is not there, there is no chart. */
#include "workbook/metrics_internal.h"

#include "document/show.h"

enum {
    LEFT = 0, RIGHT = 7,                  /* columns of the charts */
    PHASES_ROW = 1, CHART_ROW = 9, SECOND_ROW = 31,
    WIDTH = 640, HEIGHT = 400,            /* pixels; a row has 20, a column 64 */
    DATA = 26,                            /* column of the points */
    MOST_POINTS = 300,                    /* of a severity */
    MANY_POINTS = 100,                    /* of a severity: smaller ones */
    PHASES = 4
};

/* The colours of the default theme (templates/themes/default.yaml): states, severities, phases. */
static const lxw_color_t state_colours[PM_AI_WONT_DO] = {0xCBD2D9, 0x9CC3E6, 0x3576BC, 0xE69F00, 0x0F5C41, 0x66727F};
static const lxw_color_t severity_colours[5] = {0x8C1D40, 0xC2500A, 0xF0C75E, 0x2F6DA8, 0x7CC6A4};
static const lxw_color_t phase_colours[PHASES] = {0xC2500A, 0xF0C75E, 0x2F6DA8, 0x7CC6A4};
static const enum pm_word phase_words[PHASES] = {PM_W_DETECT, PM_W_IDENTIFY, PM_W_MITIGATE, PM_W_RESOLVE};

static const lxw_color_t text_colour = 0x1F2933, muted_colour = 0x52606D, line_colour = 0xCBD2D9;

struct charts {
    struct pm_metrics_writer m;           /* its cells are those of the sheet Charts */
    const char *metrics, *charts;         /* names of sheets as formulas write them */
    struct pm_show show;
};

/* ---- what all charts have ---- */

static void axis(lxw_chart_axis *a, const char *name, bool lines)
{
    lxw_chart_font font = {.size = 9, .color = muted_colour}, title = {.size = 9, .color = muted_colour, .bold = LXW_EXPLICIT_FALSE};
    lxw_chart_line line = {.color = line_colour, .width = 0.75f};
    chart_axis_set_num_font(a, &font);
    if (name) {
        chart_axis_set_name(a, name);
        chart_axis_set_name_font(a, &title);
    }
    chart_axis_set_line(a, &line);
    chart_axis_major_gridlines_set_visible(a, lines);
    if (lines)
        chart_axis_major_gridlines_set_line(a, &line);
}

/* Of a bar chart: the names at the left, the first at the top, and the values below. To libxlsxwriter x is the axis that lies. */
static void bar_axes(lxw_chart *chart, const char *name, const char *format)
{
    axis(chart->y_axis, NULL, false);
    axis(chart->x_axis, name, true);
    chart_axis_set_reverse(chart->y_axis);
    chart_axis_set_num_format(chart->x_axis, format);
    chart_axis_set_label_position(chart->x_axis, LXW_CHART_AXIS_LABEL_POSITION_HIGH);
}

static lxw_chart *new_chart(struct charts *c, uint8_t type, const char *title)
{
    lxw_chart_font font = {.size = 12, .color = text_colour, .bold = LXW_EXPLICIT_FALSE}, small = {.size = 9, .color = muted_colour};
    lxw_chart_line none = {.none = 1};
    lxw_chart *chart = workbook_add_chart(c->m.shell->book, type);
    if (!chart) {
        c->m.failed = true;
        return NULL;
    }
    chart_title_set_name(chart, title);
    chart_title_set_name_font(chart, &font);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    chart_legend_set_font(chart, &small);
    chart_chartarea_set_line(chart, &none);
    return chart;
}

static void insert(struct charts *c, lxw_chart *chart, int row, int column, struct pm_str description)
{
    lxw_chart_options options = {.object_position = LXW_OBJECT_MOVE_DONT_SIZE, .x_scale = WIDTH / 480.0, .y_scale = HEIGHT / 288.0};
    options.description = pm_shell_text(c->m.w, description);
    worksheet_insert_chart_opt(c->m.ws, (lxw_row_t)row, (lxw_col_t)column, chart, &options);
}

/* "=Metrics!$A$3:$A$9", rows and column from 0. */
static const char *range(struct charts *c, const char *sheet, uint32_t first, uint32_t count, int column)
{
    char name[LXW_MAX_COL_NAME_LENGTH];
    lxw_col_to_name(name, (lxw_col_t)column, LXW_TRUE);
    return pm_metrics_format(&c->m, "=%s!%s$%u:%s$%u", sheet, name, first + 1, name, first + count);
}

static lxw_chart_series *bars(lxw_chart *chart, const char *names, const char *values, const char *name, lxw_color_t colour)
{
    lxw_chart_fill fill = {.color = colour};
    lxw_chart_series *series = chart_add_series(chart, names, values);
    if (!series)
        return NULL;
    chart_series_set_name(series, name);
    chart_series_set_fill(series, &fill);
    return series;
}

/* ---- owners ---- */

static void owners(struct charts *c)
{
    const struct pm_metrics_places *p = &c->m.shell->places;
    uint32_t count = p->owner_count < PM_METRICS_BARS ? p->owner_count : PM_METRICS_BARS;
    if (!count)
        return;
    lxw_chart *chart = new_chart(c, LXW_CHART_BAR_STACKED, pm_metrics_word(&c->m, PM_W_CHART_OWNERS));
    if (!chart)
        return;
    for (int i = 0; i < PM_AI_WONT_DO; i++)
        bars(chart, range(c, c->metrics, p->owners, count, p->owner_name), range(c, c->metrics, p->owners, count, p->owner_status + i),
             pm_shell_text(c->m.w, c->m.w->action_statuses.label[i]), state_colours[i]);
    chart_set_series_gap(chart, 40);
    bar_axes(chart, pm_metrics_word(&c->m, PM_W_ACTION_ITEMS), "#,##0");
    struct pm_workbook *w = c->m.w;
    insert(c, chart, CHART_ROW, LEFT, PM_FILL(&w->arena, w->language.word[PM_W_ALT_OWNERS], {"n", pm_arena_format(&w->arena, "%u", count)},
                                              {"sheet", w->names[PM_SHEET_METRICS]}));
}

/* ---- months ---- */

static struct pm_str month_name(struct charts *c, int month)
{
    return pm_arena_format(&c->m.w->arena, "%04d-%02d", month / 12, month % 12 + 1);
}

static void months(struct charts *c)
{
    const struct pm_metrics_places *p = &c->m.shell->places;
    struct pm_groups groups = pm_metrics_count(&c->m, PM_BY_MONTH), all = pm_metrics_total(&c->m, PM_BY_NOTHING);
    if (p->month_count < 2 || c->m.failed)
        return;
    lxw_chart *chart = new_chart(c, LXW_CHART_COLUMN_STACKED, pm_metrics_word(&c->m, PM_W_CHART_MONTHS));
    if (!chart)
        return;
    for (int i = 0; i < 5; i++)
        if (all.groups[0].severity[i + 1])
            bars(chart, range(c, c->metrics, p->months, p->month_count, p->month_name),
                 range(c, c->metrics, p->months, p->month_count, p->month_severity + i), pm_metrics_format(&c->m, "sev%d", i + 1),
                 severity_colours[i]);
    chart_set_series_gap(chart, 40);
    axis(chart->x_axis, pm_metrics_word(&c->m, PM_W_MONTH), false);
    axis(chart->y_axis, pm_metrics_word(&c->m, PM_W_INCIDENTS), true);
    chart_axis_set_num_format(chart->y_axis, "#,##0");
    int last = groups.groups[groups.count - 1].number;
    struct pm_workbook *w = c->m.w;
    insert(c, chart, CHART_ROW, RIGHT,
           PM_FILL(&w->arena, w->language.word[PM_W_ALT_MONTHS], {"from", month_name(c, last - (int)p->month_count + 1)},
                   {"to", month_name(c, last)}, {"sheet", w->names[PM_SHEET_METRICS]}));
}

/* ---- points ---- */

/* Writes the points of a severity and returns how many. */
static size_t write_points(struct charts *c, int severity, uint32_t *row)
{
    struct pm_point *points;
    size_t count;
    enum pm_status status = pm_statistics_points(c->m.w->statistics, PM_TIME_TO_RESOLVE, severity, MOST_POINTS, &c->m.w->arena, &points,
                                                 &count);
    c->m.failed |= status != PM_OK;
    for (size_t i = 0; i < count; i++, (*row)++) {
        worksheet_write_string(c->m.ws, *row, DATA, pm_metrics_format(&c->m, "sev%d", severity), c->m.shell->formats[PM_STYLE_TEXT]);
        worksheet_write_number(c->m.ws, *row, DATA + 1, (double)points[i].start / 86400 + SERIAL_1970,
                               c->m.shell->formats[PM_STYLE_INSTANT]);
        worksheet_write_number(c->m.ws, *row, DATA + 2, (double)points[i].seconds / 3600, c->m.shell->formats[PM_STYLE_DECIMAL]);
    }
    return count;
}

static void add_points(struct charts *c, lxw_chart *chart, int severity, uint32_t first, size_t count)
{
    lxw_chart_line none = {.none = 1};
    lxw_chart_fill fill = {.color = severity_colours[severity - 1], .transparency = 20};
    static const uint8_t shapes[5] = {LXW_CHART_MARKER_DIAMOND, LXW_CHART_MARKER_SQUARE, LXW_CHART_MARKER_CIRCLE, LXW_CHART_MARKER_TRIANGLE,
                                      LXW_CHART_MARKER_CIRCLE};
    lxw_chart_series *series = chart_add_series(chart, range(c, c->charts, first, (uint32_t)count, DATA + 1),
                                                range(c, c->charts, first, (uint32_t)count, DATA + 2));
    if (!series)
        return;
    chart_series_set_name(series, pm_metrics_format(&c->m, "sev%d", severity));
    chart_series_set_line(series, &none);
    chart_series_set_marker_type(series, shapes[severity - 1]);
    chart_series_set_marker_size(series, count > MANY_POINTS ? 4 : 6);
    chart_series_set_marker_fill(series, &fill);
    chart_series_set_marker_line(series, &none);
}

static void head_points(struct charts *c)
{
    c->m.row = PHASES_ROW + 1;
    worksheet_write_string(c->m.ws, PHASES_ROW, DATA, pm_metrics_word(&c->m, PM_W_VALUES_NOTE), c->m.shell->formats[PM_STYLE_LABEL]);
    pm_metrics_heading(&c->m, DATA, pm_shell_text(c->m.w, pm_incident_heading(c->m.w, PM_COL_INCIDENT_SEVERITY)), false);
    pm_metrics_heading(&c->m, DATA + 1, pm_shell_text(c->m.w, pm_incident_heading(c->m.w, PM_COL_INCIDENT_STARTED)), true);
    pm_metrics_heading(&c->m, DATA + 2, pm_metrics_word(&c->m, PM_W_CHART_HOURS), true);
    worksheet_set_column(c->m.ws, DATA, DATA + 2, 17, NULL);
}

static void points(struct charts *c)
{
    struct pm_groups all = pm_metrics_total(&c->m, PM_BY_NOTHING);
    const struct pm_duration_total *d = c->m.failed ? NULL : &all.groups[0].durations[PM_TIME_TO_RESOLVE];
    if (!d || d->count[PM_METRIC_KNOWN] < 2)
        return;
    struct pm_workbook *w = c->m.w;
    struct pm_str title = PM_FILL(&w->arena, w->language.word[PM_W_CHART_POINTS], {"duration", pm_metric_heading(w, PM_TIME_TO_RESOLVE)});
    lxw_chart *chart = new_chart(c, LXW_CHART_SCATTER, pm_shell_text(w, title));
    size_t total = 0;
    if (!chart)
        return;
    head_points(c);
    for (uint32_t row = PHASES_ROW + 2, severity = 1; severity <= 5; severity++) {
        uint32_t first = row;
        size_t count = write_points(c, (int)severity, &row);
        total += count;
        if (count)
            add_points(c, chart, (int)severity, first, count);
    }
    axis(chart->x_axis, pm_shell_text(w, pm_incident_heading(w, PM_COL_INCIDENT_STARTED)), false);
    axis(chart->y_axis, pm_metrics_word(&c->m, PM_W_CHART_HOURS), true);
    chart_axis_set_num_format(chart->x_axis, "yyyy\\-mm");
    chart_axis_set_min(chart->x_axis, (double)(pm_day_of(all.groups[0].first) + SERIAL_1970 - 15));
    chart_axis_set_max(chart->x_axis, (double)(pm_day_of(all.groups[0].last) + SERIAL_1970 + 15));
    chart_axis_set_num_format(chart->y_axis, "#,##0");
    insert(c, chart, SECOND_ROW, RIGHT,
           PM_FILL(&w->arena, w->language.word[PM_W_ALT_POINTS], {"n", pm_show_integer(&c->show, (int64_t)total)},
                   {"duration", pm_show_duration(&c->show, (int64_t)(d->median + 0.5))}));
}

/* ---- the phases of one incident ---- */

/* Columns of the table: phase, hours before it, its hours. */
enum { PHASE, BEFORE, LENGTH };

/* The cells of the chosen incident from `first` to `last` of its instants. */
static const char *instants(struct charts *c, int first, int last)
{
    struct pm_workbook *w = c->m.w;
    const char *from = pm_sheet_range(w, PM_SHEET_INCIDENTS, first).p, *to = pm_sheet_range(w, PM_SHEET_INCIDENTS, last).p;
    const char *ids = pm_sheet_range(w, PM_SHEET_INCIDENTS, PM_COL_INCIDENT_ID).p;
    size_t cut = 0, rest = 0;
    for (size_t i = 0; from && from[i]; i++)
        cut = from[i] == ':' ? i : cut;
    for (size_t i = 0; to && to[i]; i++)
        rest = to[i] == ':' ? i : rest;
    if (!from || !to || !ids)
        return "";
    return pm_metrics_format(&c->m, "INDEX(%.*s%s,MATCH($B$%d,%s,0),0)", (int)cut, from, to + rest, PHASES_ROW + 1, ids);
}

/* A phase begins with the last instant before it that is known, and has no length when its own is not. Hours since the start. */
static void phase_values(const struct pm_foremost *f, int end, double *before, double *length)
{
    pm_instant begin = f->at[0];
    for (int i = 1; i < end; i++)
        begin = f->known[i] && f->at[i] > begin ? f->at[i] : begin;
    *before = (double)(begin - f->at[0]) / 3600;
    *length = f->known[end] && f->at[end] > begin ? (double)(f->at[end] - begin) / 3600 : 0;
}

static void phase_row(struct charts *c, int phase, bool live)
{
    static const int ends[PHASES] = {1, 3, 4, 5};   /* detected, identified, mitigated, resolved */
    double before, length;
    phase_values(pm_statistics_foremost(c->m.w->statistics), ends[phase], &before, &length);
    const char *start = instants(c, PM_COL_INCIDENT_STARTED, PM_COL_INCIDENT_STARTED);
    const char *earlier = instants(c, PM_COL_INCIDENT_STARTED, PM_COL_INCIDENT_STARTED + ends[phase] - 1);
    const char *end = instants(c, PM_COL_INCIDENT_STARTED + ends[phase], PM_COL_INCIDENT_STARTED + ends[phase]);
    pm_metrics_text_cell(&c->m, PHASE, PM_STYLE_LABEL, pm_metrics_word(&c->m, phase_words[phase]));
    pm_metrics_value(&c->m, BEFORE, PM_STYLE_DECIMAL, live, pm_metrics_format(&c->m, "=(MAX(%s)-MAX(%s))*24", earlier, start), before);
    pm_metrics_value(&c->m, LENGTH, PM_STYLE_DECIMAL, live,
                     pm_metrics_format(&c->m, "=IF(COUNT(%s)=0,0,MAX(0,MAX(%s)-MAX(%s))*24)", end, end, earlier), length);
    c->m.row++;
}

static void phases_table(struct charts *c)
{
    struct pm_workbook *w = c->m.w;
    bool live = pm_has_sheet(w, PM_SHEET_INCIDENTS);
    struct pm_str ids = pm_sheet_range(w, PM_SHEET_INCIDENTS, PM_COL_INCIDENT_ID);
    c->m.row = PHASES_ROW;
    pm_metrics_text_cell(&c->m, 0, PM_STYLE_LABEL, pm_metrics_word(&c->m, PM_W_CHART_CHOOSE));
    pm_metrics_text_cell(&c->m, 1, PM_STYLE_AS_OF, pm_shell_text(w, pm_statistics_foremost(w->statistics)->id));
    if (live) {
        char *list = pm_shell_text(w, pm_str(pm_metrics_format(&c->m, "=%s", ids.p ? ids.p : "")));
        worksheet_data_validation_cell(c->m.ws, PHASES_ROW, 1, &(lxw_data_validation){
            .validate = LXW_VALIDATION_TYPE_LIST_FORMULA, .value_formula = list});
    }
    c->m.row++;
    pm_metrics_heading(&c->m, PHASE, pm_metrics_word(&c->m, PM_W_PHASE), false);
    pm_metrics_heading(&c->m, BEFORE, pm_metrics_word(&c->m, PM_W_CHART_PHASE_START), true);
    pm_metrics_heading(&c->m, LENGTH, pm_metrics_word(&c->m, PM_W_CHART_PHASE_LENGTH), true);
    c->m.row++;
    for (int i = 0; i < PHASES; i++)
        phase_row(c, i, live);
}

static void colour_phases(lxw_chart_series *series)
{
    lxw_chart_fill fills[PHASES];
    lxw_chart_point each[PHASES], *list[PHASES + 1] = {NULL};
    for (int i = 0; i < PHASES; i++) {
        fills[i] = (lxw_chart_fill){.color = phase_colours[i]};
        each[i] = (lxw_chart_point){.fill = &fills[i]};
        list[i] = &each[i];
    }
    chart_series_set_points(series, list);
}

static void phases(struct charts *c)
{
    lxw_chart_fill none = {.none = 1};
    if (!pm_statistics_foremost(c->m.w->statistics)->id.p)
        return;
    lxw_chart *chart = new_chart(c, LXW_CHART_BAR_STACKED, pm_metrics_word(&c->m, PM_W_CHART_PHASES));
    if (!chart)
        return;
    phases_table(c);
    const char *names = range(c, c->charts, PHASES_ROW + 2, PHASES, PHASE);
    lxw_chart_series *offset = bars(chart, names, range(c, c->charts, PHASES_ROW + 2, PHASES, BEFORE),
                                    pm_metrics_word(&c->m, PM_W_CHART_PHASE_START), 0xFFFFFF);
    lxw_chart_series *length = bars(chart, names, range(c, c->charts, PHASES_ROW + 2, PHASES, LENGTH),
                                    pm_metrics_word(&c->m, PM_W_CHART_PHASE_LENGTH), phase_colours[0]);
    if (!offset || !length) {
        c->m.failed = true;
        return;
    }
    chart_series_set_fill(offset, &none);
    colour_phases(length);
    chart_series_set_labels(length);
    chart_series_set_labels_num_format(length, "0.0;;");
    chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    chart_set_series_gap(chart, 30);
    bar_axes(chart, pm_metrics_word(&c->m, PM_W_CHART_HOURS_SINCE), "General");
    insert(c, chart, SECOND_ROW, LEFT, c->m.w->language.word[PM_W_ALT_PHASES]);
}

/* ---- the sheet ---- */

enum pm_status pm_charts(struct pm_shell *shell)
{
    struct pm_workbook *w = shell->w;
    struct charts c = {.m = {.shell = shell, .w = w, .ws = shell->sheets[PM_SHEET_CHARTS]},
                       .metrics = pm_sheet_quoted(w, PM_SHEET_METRICS).p, .charts = pm_sheet_quoted(w, PM_SHEET_CHARTS).p,
                       .show = {.arena = &w->arena, .language = &w->language, .zone = PM_LIT("Etc/UTC")}};
    if (!c.metrics || !c.charts)
        return PM_NOMEM;
    worksheet_set_column(c.m.ws, 0, 0, 24, NULL);
    worksheet_set_column(c.m.ws, 1, 2, 16, NULL);
    worksheet_gridlines(c.m.ws, LXW_HIDE_ALL_GRIDLINES);
    pm_print_setup(shell, c.m.ws);
    worksheet_fit_to_pages(c.m.ws, 1, 1);
    worksheet_print_area(c.m.ws, 0, 0, SECOND_ROW + 21, RIGHT + 10);
    pm_metrics_formats(&c.m);
    pm_metrics_text_cell(&c.m, 0, PM_STYLE_TITLE, pm_metrics_word(&c.m, PM_W_CHARTS));
    worksheet_set_row(c.m.ws, 0, 30, NULL);
    phases(&c);
    owners(&c);
    months(&c);
    points(&c);
    return c.m.failed || pm_arena_failed(&w->arena) ? PM_NOMEM : PM_OK;
}
