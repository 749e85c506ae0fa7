/* Widths of columns, from what is in them: each has a least, its longest word, and a most, its longest line. Between them space is shared,
 * three quarters in proportion to what each wants, which is good for prose, and one quarter level, where narrow columns get what they want
 * first. */
#include "document/scene.h"
#include "render/docx/docx_internal.h"

#include <math.h>

struct column { double least, most; bool nowrap, prose; };

/* Points; bytes of a cell, of which more would not make it wider; what Word opens. */
enum { PADDING = 11, MOST_MEASURED = 400, MOST_COLUMNS = 63 };

/* Widths of labels are those of a wide face and generous. Lines of the usual faces are narrower; of words, which are not to be broken, some
 * serif faces of brands have wider ones. */
#define LINE_RATIO 0.9
#define WORD_RATIO 1.08

/* The longest word; the line grows by all of them. What no-break spaces join is of several. */
static double measure_text(struct pm_str text, double size, bool bold, double *line)
{
    size_t from = 0;
    double longest = 0, ratio = WORD_RATIO;
    for (size_t i = 0; text.n && i <= text.n; i++) {
        if (i > 0 && i < text.n && text.p[i] == '\240' && text.p[i - 1] == '\302')
            ratio = LINE_RATIO;
        if (i < text.n && text.p[i] != ' ' && text.p[i] != '\n')
            continue;
        double word = pm_label_width((struct pm_str){text.p + from, i - from}, size, bold);
        longest = fmax(longest, word * ratio);
        *line += word * LINE_RATIO + (i < text.n ? size / 4 : 0);
        from = i + 1;
        ratio = WORD_RATIO;
    }
    return longest;
}

static void measure_cell(const struct pm_node *cell, double size, bool bold, struct column *column)
{
    struct pm_iterator it;
    double line = 0, most = 0;
    size_t bytes = 0;
    pm_iterator_init(&it, cell);
    for (enum pm_event_type event; (event = pm_iterator_next(&it)) != PM_DONE && bytes < MOST_MEASURED;) {
        bool inlines = pm_node_is_inline(it.node->kind);
        if (!inlines || it.node->kind == PM_BREAK) {
            most = fmax(most, line);
            line = 0;
        }
        if (event != PM_ENTER || !inlines)
            continue;
        struct pm_str text = it.node->text;
        text.n = text.n < MOST_MEASURED ? text.n : MOST_MEASURED;
        bool lozenge = it.node->kind == PM_STATUS;     /* small and bold, with a space at its ends */
        double around = lozenge ? size / 2 : 0;
        double word = measure_text(text, lozenge ? size * 0.9 : size, bold || lozenge, &line);
        column->least = fmax(column->least, word + around);
        line += around;
        bytes += text.n;
    }
    column->most = fmax(column->most, fmax(most, line));
}

static void measure(const struct pm_theme *theme, const struct pm_node *table, struct column *columns, size_t count)
{
    double size = pm_docx_half_points(theme->size_table) / 2.0;
    for (const struct pm_node *row = table->first; row; row = row->next) {
        size_t i = 0;
        for (const struct pm_node *cell = row->first; cell && i < count && !row->as.row.group; cell = cell->next, i++) {
            struct column box = {.least = 0};
            measure_cell(cell, size, row->as.row.header || (row->as.row.strong && i == 0), &box);
            double more = i == 0 && row->as.row.todo ? 1.5 * size : 0;
            columns[i].least = fmax(columns[i].least, box.least + more);
            columns[i].most = fmax(columns[i].most, box.most + more);
        }
    }
}

static size_t count_columns(const struct pm_node *table)
{
    size_t count = table->as.table.count ? table->as.table.count : 1;
    for (const struct pm_node *row = table->first; row; row = row->next) {
        size_t cells = 0;
        for (const struct pm_node *cell = row->first; cell; cell = cell->next)
            cells++;
        count = cells > count ? cells : count;
    }
    return count < MOST_COLUMNS ? count : MOST_COLUMNS;
}

static double width_at(const struct column *c, double most)
{
    return fmax(c->least, fmin(c->most, most));
}

/* The width up to which all columns can have what they want. */
static double level_of(const struct column *columns, size_t count, double width)
{
    double low = 0, high = width;
    for (int step = 0; step < 24; step++) {
        double middle = (low + high) / 2, sum = 0;
        for (size_t i = 0; i < count; i++)
            sum += width_at(&columns[i], middle);
        *(sum <= width ? &low : &high) = middle;
    }
    return low;
}

static double share(const struct column *columns, size_t count, size_t i, double width, double least, double most, double level)
{
    const struct column *c = &columns[i];
    if (least >= width)
        return c->least * width / least;
    if (most > width) {
        double even = c->least + (width - least) / (most - least) * (c->most - c->least);
        return (3 * even + width_at(c, level)) / 4;
    }
    double prose = 0;
    for (size_t k = 0; k < count; k++)
        prose += columns[k].prose ? columns[k].most : 0;
    if (prose > 0)
        return c->most + (c->prose ? (width - most) * c->most / prose : 0);
    return c->most * width / most;
}

/* A word much wider than its share of the table may be broken. A column that is not to wrap, or a narrow one of no prose, has its longest
 * line as its least. */
static void settle(struct column *columns, size_t count, double width, double *least, double *most)
{
    *least = *most = 0;
    for (size_t i = 0; i < count; i++) {
        struct column *c = &columns[i];
        bool whole = c->nowrap || (!c->prose && c->most < width / 4);
        double word = fmin(c->least, width * 1.25 / (double)count);
        c->least = (whole ? fmax(word, fmin(c->most, width / 2)) : word) + PADDING;
        c->most = fmax(c->most + PADDING, c->least);
        *least += c->least;
        *most += c->most;
    }
}

static void round_widths(const double *exact, int *widths, size_t count, int width)
{
    double sum = 0;
    int before = 0;
    for (size_t i = 0; i < count; i++) {
        sum += exact[i] * 20;
        int end = i + 1 == count ? width : (int)lround(sum);
        widths[i] = end - before > 1 ? end - before : 1;
        before += widths[i];
    }
}

int *pm_docx_widths(const struct pm_theme *theme, const struct pm_node *table, int width, struct pm_arena *arena, size_t *count)
{
    *count = count_columns(table);
    struct column *columns = pm_arena_array(arena, *count, sizeof *columns);
    double *exact = pm_arena_array(arena, *count, sizeof *exact), least, most;
    int *widths = pm_arena_array(arena, *count, sizeof *widths);
    if (!columns || !exact || !widths)
        return NULL;
    measure(theme, table, columns, *count);
    for (size_t i = 0; i < *count && i < table->as.table.count; i++) {
        columns[i].nowrap = table->as.table.columns[i].nowrap;
        columns[i].prose =
            !columns[i].nowrap && (table->as.table.columns[i].kind == PM_CELL_TEXT || table->as.table.columns[i].kind == PM_CELL_LINK);
    }
    settle(columns, *count, width / 20.0, &least, &most);
    double level = level_of(columns, *count, width / 20.0);
    for (size_t i = 0; i < *count; i++)
        exact[i] = share(columns, *count, i, width / 20.0, least, most, level);
    round_widths(exact, widths, *count, width);
    return widths;
}
