/* Tables of the tree, and what every table has: a fixed layout, a grid in twips, a title for those who do not see it. */
#include "base/utf8.h"
#include "render/docx/docx_internal.h"

enum { LONGEST_TITLE = 200 };   /* every table of a section repeats its heading */

enum { MOST_TOGETHER = 8 };      /* rows */

static void put_attribute(struct pm_buf *out, const char *start, struct pm_str value)
{
    if (value.n == 0)
        return;
    pm_buf_puts(out, start);
    pm_xml_attribute(out, value);
    pm_buf_puts(out, "\"/>");
}

void pm_docx_table_begin(struct pm_docx_writer *w, const struct pm_docx_table_look *look, const int *widths, size_t count)
{
    struct pm_buf *out = w->out;
    long sum = 0;
    bool waits = w->mark_count && w->marks[w->mark_count - 1].waits;
    if (w->after_table || w->page_break || waits)   /* two tables in a row would become one */
        pm_docx_spacer(w, !w->after_table);
    pm_docx_flush(w);
    for (size_t i = 0; i < count; i++)
        sum += widths[i];
    pm_buf_puts(out, "<w:tbl><w:tblPr><w:tblStyle w:val=\"");
    pm_buf_puts(out, look->style);
    pm_buf_puts(out, w->direction == PM_DIRECTION_RTL ? "\"/><w:bidiVisual/><w:tblW w:w=\"" : "\"/><w:tblW w:w=\"");
    pm_docx_int(out, sum);
    pm_buf_puts(out, "\" w:type=\"dxa\"/><w:tblInd w:w=\"");
    pm_docx_int(out, w->indent);
    pm_buf_puts(out, "\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"");
    pm_buf_puts(out, look->first_row ? "0420" : look->first_column ? "0680" : "0600");
    pm_buf_puts(out, look->first_row ? "\" w:firstRow=\"1\"" : "\" w:firstRow=\"0\"");
    pm_buf_puts(out, look->first_column ? " w:lastRow=\"0\" w:firstColumn=\"1\"" : " w:lastRow=\"0\" w:firstColumn=\"0\"");
    pm_buf_puts(out, look->first_row ? " w:lastColumn=\"0\" w:noHBand=\"0\" w:noVBand=\"1\"/>"
                                     : " w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/>");
    put_attribute(out, "<w:tblCaption w:val=\"", look->title);
    put_attribute(out, "<w:tblDescription w:val=\"", look->description);
    pm_buf_puts(out, "</w:tblPr><w:tblGrid>");
    for (size_t i = 0; i < count; i++) {
        pm_buf_puts(out, "<w:gridCol w:w=\"");
        pm_docx_int(out, widths[i]);
        pm_buf_puts(out, "\"/>");
    }
    pm_buf_puts(out, "</w:tblGrid>");
}

void pm_docx_table_end(struct pm_docx_writer *w)
{
    pm_buf_puts(w->out, "</w:tbl>");
    w->after_table = true;
}

/* ---- cells ---- */

void pm_docx_cell_begin(struct pm_docx_writer *w, int width, int span, const char *extra)
{
    struct pm_docx_place *place = pm_arena_alloc(w->scratch, sizeof *place);
    if (place) {
        *place = (struct pm_docx_place){w->table, w->row, w->width, w->indent, w->panels, w->quotes, w->lists_outside, w->place};
        w->place = place;
    }
    pm_buf_puts(w->out, "<w:tc><w:tcPr><w:tcW w:w=\"");
    pm_docx_int(w->out, width);
    pm_buf_puts(w->out, "\" w:type=\"dxa\"/>");
    if (span > 1) {
        pm_buf_puts(w->out, "<w:gridSpan w:val=\"");
        pm_docx_int(w->out, span);
        pm_buf_puts(w->out, "\"/>");
    }
    pm_buf_puts(w->out, extra ? extra : "");
    pm_buf_puts(w->out, "</w:tcPr>");
    w->width = width > 400 ? width - 200 : width;
    w->indent = w->panels = w->quotes = 0;
    w->lists_outside = w->list_depth;
    w->cells++;
    w->cell_empty = true;
    w->after_table = false;
}

void pm_docx_cell_end(struct pm_docx_writer *w)
{
    const struct pm_docx_look look = {.style = "PmTableText", .before = -1};
    if (w->after_table || w->cell_empty) {
        pm_docx_open(w, &look, NULL);
        pm_docx_close(w);
    }
    pm_docx_flush(w);
    pm_buf_puts(w->out, "</w:tc>");
    w->cells--;
    const struct pm_docx_place *place = w->place;
    if (!place)
        return;
    w->table = place->table;
    w->row = place->row;
    w->width = place->width;
    w->indent = place->indent;
    w->panels = place->panels;
    w->quotes = place->quotes;
    w->lists_outside = place->lists_outside;
    w->place = place->outer;
}

/* ---- tables of the tree ---- */

/* The nearest heading before it says what it holds. */
static struct pm_str title_of(struct pm_docx_writer *w, const struct pm_node *table)
{
    const struct pm_node *section = table->parent;
    while (section && section->kind != PM_SECTION)
        section = section->parent;
    const struct pm_node *heading = section ? section->first : NULL;
    struct pm_buf text;
    pm_buf_init(&text, 1 << 16);
    if (heading && heading->kind == PM_HEADING)
        pm_docx_plain(heading, LONGEST_TITLE, &text);
    struct pm_str title = text.len ? pm_arena_str(w->scratch, pm_buf_slice(&text)) : pm_utf8_prefix(w->doc->title, LONGEST_TITLE);
    if (text.status == PM_NOMEM)
        w->scratch->failed = true;
    pm_buf_free(&text);
    return title;
}

/* What its columns are. */
static struct pm_str description_of(struct pm_docx_writer *w, const struct pm_node *table)
{
    struct pm_buf text;
    pm_buf_init(&text, 1 << 20);
    for (const struct pm_node *cell = table->first->as.row.header ? table->first->first : NULL; cell && text.len < 200; cell = cell->next) {
        size_t before = text.len;
        pm_docx_plain(cell, before + 100, &text);
        if (cell->next && text.len > before)
            pm_buf_puts(&text, ", ");
    }
    struct pm_str description = pm_arena_str(w->scratch, pm_buf_slice(&text));
    if (text.status == PM_NOMEM)
        w->scratch->failed = true;
    pm_buf_free(&text);
    return description;
}

/* A few rows of little text are not torn apart. */
static bool is_small(const struct pm_node *table)
{
    int rows = 0;
    for (const struct pm_node *row = table->first; row; row = row->next) {
        if (++rows > MOST_TOGETHER || row->as.row.todo)
            return false;
        for (const struct pm_node *cell = row->first; cell; cell = cell->next)
            if (cell->as.cell.blocks)
                return false;
    }
    return true;
}

void pm_docx_table(struct pm_docx_writer *w, const struct pm_node *node, bool enter)
{
    if (!node->first)
        return;
    if (!enter) {
        if (w->table)
            pm_docx_table_end(w);
        w->table = w->table ? w->table->outer : NULL;
        return;
    }
    struct pm_docx_table *table = pm_arena_alloc(w->scratch, sizeof *table);
    struct pm_docx_table_look look = {"PmTable", node->first->as.row.header, false, title_of(w, node), description_of(w, node)};
    if (!table)
        return;
    table->node = node;
    table->outer = w->table;
    table->together = is_small(node);
    table->widths = pm_docx_widths(w->theme, node, w->width - w->indent, w->scratch, &table->count);
    if (!table->widths)
        return;
    pm_docx_table_begin(w, &look, table->widths, table->count);
    w->table = table;
}

void pm_docx_row(struct pm_docx_writer *w, const struct pm_node *node, bool enter)
{
    struct pm_docx_table *table = w->table;
    if (!table)
        return;
    if (enter) {
        table->column = 0;
        table->in_head = node->as.row.header;
        w->row = node->as.row.todo ? node : NULL;
        w->todo_box = w->row != NULL;
        pm_buf_puts(w->out,
                    table->in_head ? "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" : "<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        return;
    }
    for (; table->column < table->count; table->column++) {
        pm_docx_cell_begin(w, table->widths[table->column], 1, NULL);
        pm_docx_cell_end(w);
    }
    pm_buf_puts(w->out, "</w:tr>");
    table->in_head = false;
    w->row = NULL;
}

/* A group is shaded; a row that stands out has a bar at its start. */
static struct pm_str properties_of(struct pm_docx_writer *w, const struct pm_node *row, bool first)
{
    struct pm_rgb surface = w->theme->colours[PM_COLOUR_SURFACE], accent = w->theme->colours[PM_COLOUR_ACCENT];
    if (row->as.row.group)
        return pm_arena_format(w->scratch, "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"%02X%02X%02X\"/>", surface.r, surface.g,
                               surface.b);
    if (row->as.row.strong && first)
        return pm_arena_format(w->scratch,
                               "<w:tcBorders><w:%s w:val=\"single\" w:sz=\"18\" w:space=\"0\" w:color=\"%02X%02X%02X\"/></w:tcBorders>",
                               w->direction == PM_DIRECTION_RTL ? "right" : "left", accent.r, accent.g, accent.b);
    return (struct pm_str){NULL, 0};
}

static void begin_cell(struct pm_docx_writer *w, const struct pm_node *row)
{
    struct pm_docx_table *table = w->table;
    size_t span = row->as.row.group ? table->count : 1;
    int width = 0;
    for (size_t i = 0; i < span; i++)
        width += table->widths[table->column + i];
    pm_docx_cell_begin(w, width, (int)span, properties_of(w, row, table->column == 0).p);
    w->strong += row->as.row.group || (row->as.row.strong && table->column == 0);
    table->column += span;
}

static enum pm_align align_of(const struct pm_docx_table *table, size_t column)
{
    return column < table->node->as.table.count ? table->node->as.table.columns[column].align : PM_ALIGN_START;
}

void pm_docx_cell(struct pm_docx_writer *w, const struct pm_node *node, bool enter)
{
    const struct pm_node *row = node->parent;
    struct pm_docx_table *table = w->table;
    if (!table || (row->as.row.group && node->prev))   /* a group has one cell */
        return;
    if (!enter) {
        w->strong -= row->as.row.group || (row->as.row.strong && !node->prev);
        pm_docx_close(w);
        if (!node->next || row->as.row.group || table->column < table->count)
            pm_docx_cell_end(w);
        return;
    }
    size_t column = table->column;
    if (column < table->count)      /* else Word has no more columns, and the last one goes on */
        begin_cell(w, row);
    if (node->as.cell.blocks)
        return;
    struct pm_docx_look look = pm_docx_look_here(w, false);
    look.keep_next = row->as.row.header || row->as.row.group || (table->together && row->next);
    look.align = align_of(table, column);
    pm_docx_open(w, &look, node);
}
