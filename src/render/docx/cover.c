/* Tables that are none to the reader: facts, large figures, panels. */
#include "document/scene.h"
#include "render/docx/docx_internal.h"

/* ---- facts: label and value; in the title block two of them a row ---- */

enum { MOST_METRICS = 5, MOST_TOGETHER = 10, FACT_MARGIN = 160 };   /* FACT_MARGIN: twips, that of the style PmFacts */
#define NARROWER 0.87   /* our face, at the size it is given, beside the widths of labels */

static double width_of_text(const struct pm_docx_writer *w, const struct pm_node *node)
{
    struct pm_buf text;
    pm_buf_init(&text, 1 << 20);
    pm_docx_plain(node, 400, &text);
    double width = pm_label_width(pm_buf_slice(&text), w->theme->size_table, false) * NARROWER;
    if (text.status == PM_NOMEM)
        w->scratch->failed = true;
    pm_buf_free(&text);
    return width;
}

/* Labels get what the longest needs, within bounds. */
static int width_of_labels(const struct pm_docx_writer *w, const struct pm_node *facts, int width)
{
    double most = 0;
    for (const struct pm_node *fact = facts->first; fact; fact = fact->next) {
        double label = pm_label_width(fact->text, w->theme->size_table, false) * NARROWER + 14;
        most = label > most ? label : most;
    }
    int twips = pm_docx_twips(most), least = width / 6, cap = width / 2;
    return twips < least ? least : twips > cap ? cap : twips;
}

/* Where most of them leave room for another. */
static bool is_paired(const struct pm_docx_writer *w, const struct pm_node *facts, int half)
{
    size_t all = 0, fitting = 0;
    int room = half - width_of_labels(w, facts, half) - FACT_MARGIN;
    if (!facts->parent || facts->parent->kind != PM_COVER)
        return false;
    for (const struct pm_node *fact = facts->first; fact; fact = fact->next, all++)
        fitting += width_of_text(w, fact) * 20 <= room;
    return all > 1 && fitting * 3 >= all * 2;
}

void pm_docx_facts(struct pm_docx_writer *w, const struct pm_node *node, bool enter)
{
    static const struct pm_docx_table_look look = {"PmFacts", false, true, {NULL, 0}, {NULL, 0}};
    struct pm_docx_table *table = w->table;
    if (!node->first)
        return;
    if (!enter) {
        pm_docx_table_end(w);
        w->table = table ? table->outer : NULL;
        return;
    }
    table = pm_arena_alloc(w->scratch, sizeof *table);
    int *widths = pm_arena_array(w->scratch, 4, sizeof *widths), text = w->width - w->indent;
    if (!table || !widths)
        return;
    bool paired = is_paired(w, node, text / 2);
    int half = paired ? text / 2 : text;
    widths[0] = widths[2] = width_of_labels(w, node, half);
    widths[1] = half - widths[0];
    widths[3] = text - half - widths[2];
    *table = (struct pm_docx_table){.node = node, .widths = widths, .count = paired ? 4 : 2, .outer = w->table};
    pm_docx_table_begin(w, &look, widths, table->count);
    w->table = table;
}

static void put_empty_cells(struct pm_docx_writer *w, int width, int span)
{
    pm_docx_cell_begin(w, width, span, NULL);
    pm_docx_cell_end(w);
}

/* The value's columns: the rest of the row where it would not fit beside another. Begins a row where it needs to. */
static size_t place_fact(struct pm_docx_writer *w, const struct pm_node *node)
{
    struct pm_docx_table *table = w->table;
    const int *widths = table->widths;
    bool wide = table->count == 4 && width_of_text(w, node) * 20 > widths[1] - FACT_MARGIN;
    if (table->column == 2 && wide) {
        put_empty_cells(w, widths[2] + widths[3], 2);
        pm_buf_puts(w->out, "</w:tr>");
        table->column = 0;
    }
    if (table->column == 0)
        pm_buf_puts(w->out, "<w:tr><w:trPr><w:cantSplit/></w:trPr>");
    return wide ? 3 : 1;
}

static void begin_fact(struct pm_docx_writer *w, const struct pm_node *node)
{
    struct pm_docx_table *table = w->table;
    size_t span = place_fact(w, node), children = 0;
    for (const struct pm_node *fact = node->parent->first; fact && children <= MOST_TOGETHER; fact = fact->next)
        children++;
    struct pm_docx_look label = {.style = "PmFactLabel", .before = -1, .keep_next = node->next && children <= MOST_TOGETHER};
    int width = 0;
    pm_docx_cell_begin(w, table->widths[table->column], 1, NULL);
    pm_docx_text_paragraph(w, &label, node->text);
    pm_docx_cell_end(w);
    for (size_t i = 1; i <= span; i++)
        width += table->widths[table->column + i];
    table->column += span + 1;
    pm_docx_cell_begin(w, width, (int)span, NULL);
    struct pm_docx_look look = pm_docx_look_here(w, false);
    pm_docx_open(w, &look, node);
}

void pm_docx_fact(struct pm_docx_writer *w, const struct pm_node *node, bool enter)
{
    struct pm_docx_table *table = w->table;
    if (!table)
        return;
    if (enter) {
        begin_fact(w, node);
        return;
    }
    pm_docx_close(w);
    pm_docx_cell_end(w);
    if (!node->next && table->column < table->count) {
        put_empty_cells(w, table->widths[2] + table->widths[3], 2);
        table->column = table->count;
    }
    if (table->column == table->count) {
        pm_buf_puts(w->out, "</w:tr>");
        table->column = 0;
    }
}

/* ---- large figures: a table of cards ---- */

/* One size for all, at which the longest value stays on a line. Half-points. */
static int size_of_values(const struct pm_docx_writer *w, const struct pm_node *metrics, int width)
{
    double most = 1, size = w->theme->size_metric;
    for (const struct pm_node *metric = metrics->first; metric; metric = metric->next) {
        double value = pm_label_width(metric->as.metric.value, size, true);
        most = value > most ? value : most;
    }
    double room = (width - 280) / 20.0, fit = most > room ? size * room / most : size;
    return pm_docx_half_points(fit > w->theme->size_body ? fit : w->theme->size_body);
}

static void put_value(struct pm_docx_writer *w, struct pm_str text, int size)
{
    static const struct pm_docx_look look = {.style = "PmMetricValue", .keep_next = true, .before = -1};
    struct pm_node node = {.kind = PM_TEXT, .text = text};
    pm_docx_open(w, &look, &node);
    w->size = size;
    pm_docx_run(w, text, NULL);
    w->size = 0;
    pm_docx_close(w);
}

static void put_card(struct pm_docx_writer *w, const struct pm_node *metric, int width, int size)
{
    static const struct pm_docx_look label = {.style = "PmMetricLabel", .before = -1}, note = {.style = "PmMetricNote", .before = -1};
    pm_docx_cell_begin(w, width, 1, NULL);
    pm_docx_mark_begin(w, metric);
    put_value(w, metric->as.metric.value, size);
    pm_docx_mark_end(w, metric);
    pm_docx_text_paragraph(w, &label, metric->text);
    if (metric->as.metric.note.n)
        pm_docx_text_paragraph(w, &note, metric->as.metric.note);
    pm_docx_cell_end(w);
}

static size_t count_children(const struct pm_node *node)
{
    size_t count = 0;
    for (const struct pm_node *child = node->first; child; child = child->next)
        count++;
    return count;
}

void pm_docx_metrics(struct pm_docx_writer *w, const struct pm_node *node)
{
    static const struct pm_docx_table_look look = {"PmMetrics", false, false, {NULL, 0}, {NULL, 0}};
    size_t count = count_children(node), columns = count < MOST_METRICS ? count : MOST_METRICS, column = 0;
    int widths[MOST_METRICS], text = w->width - w->indent;
    if (count == 0)
        return;
    for (size_t i = 0; i < columns; i++)
        widths[i] = text * (int)(i + 1) / (int)columns - text * (int)i / (int)columns;
    int size = size_of_values(w, node, widths[0]);
    pm_docx_table_begin(w, &look, widths, columns);
    for (const struct pm_node *metric = node->first; metric; metric = metric->next, column = (column + 1) % columns) {
        if (column == 0)
            pm_buf_puts(w->out, "<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        put_card(w, metric, widths[column], size);
        for (; !metric->next && column + 1 < columns; column++) {
            pm_docx_cell_begin(w, widths[column + 1], 1, "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"auto\"/>");
            pm_docx_cell_end(w);
        }
        if (column + 1 == columns)
            pm_buf_puts(w->out, "</w:tr>");
    }
    pm_docx_table_end(w);
}

/* ---- panels ---- */

/* A panel without a heading says in a word what others see by its colour. */
static struct pm_str title_of(const struct pm_docx_writer *w, const struct pm_node *panel)
{
    const struct pm_words *words = &w->doc->words;
    if (panel->text.n)
        return panel->text;
    switch (panel->as.tone.tone) {
    case PM_TONE_INFO: return words->info;
    case PM_TONE_SUCCESS: return words->success;
    case PM_TONE_WARNING:
    case PM_TONE_DANGER: return words->warning;
    case PM_TONE_NOTE: return words->note;
    default: return (struct pm_str){NULL, 0};
    }
}

static void put_panel_title(struct pm_docx_writer *w, const struct pm_node *node, struct pm_str title)
{
    static const struct pm_docx_look look = {.style = "PmPanelTitle", .keep_next = true, .before = -1};
    static const char *const colours[] = {"PmInkNeutral", "PmInkInfo", "PmInkSuccess", "PmInkWarning", "PmInkDanger", "PmInkNote"};
    struct pm_node text = {.kind = PM_TEXT, .text = title};
    pm_docx_open(w, &look, &text);
    pm_docx_run(w, title, colours[node->as.tone.tone]);
    pm_docx_close(w);
}

void pm_docx_panel(struct pm_docx_writer *w, const struct pm_node *node, bool enter)
{
    static const struct pm_docx_table_look look = {"PmPanel", false, false, {NULL, 0}, {NULL, 0}};
    if (!enter) {
        pm_docx_cell_end(w);
        pm_buf_puts(w->out, "</w:tr>");
        pm_docx_table_end(w);
        return;
    }
    const struct pm_tone_colours *tone = &w->theme->tones[node->as.tone.tone];
    int width = w->width - w->indent;
    struct pm_str extra =
        pm_arena_format(w->scratch,
                        "<w:tcBorders><w:%s w:val=\"single\" w:sz=\"24\" w:space=\"0\" w:color=\"%02X%02X%02X\"/></w:tcBorders>"
                        "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"%02X%02X%02X\"/>",
                        w->direction == PM_DIRECTION_RTL ? "right" : "left", tone->line.r, tone->line.g, tone->line.b, tone->fill.r,
                        tone->fill.g, tone->fill.b);
    struct pm_str title = title_of(w, node);
    pm_docx_table_begin(w, &look, &width, 1);
    pm_buf_puts(w->out, "<w:tr>");
    pm_docx_cell_begin(w, width, 1, extra.p);
    w->table = NULL;
    w->row = NULL;
    w->panels = 1;
    if (title.n)
        put_panel_title(w, node, title);
}
