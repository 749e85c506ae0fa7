/* Tables: page properties, pairs of names and values, rows to do as tasks, and tables as such. */
#include "render/confluence_internal.h"

#include <string.h>

enum {
    PAGE_WIDTH = 760,        /* pixels: of a table on a page of Cloud; Data Center gets shares of it */
    LEAST_WIDTH = 64,
    MOST_FIXED = 220,
    LETTER_WIDTH = 8,
    CELL_PADDING = 24,
    MEASURED_ROWS = 200,
    ENOUGH_TEXT = 400        /* letters of a cell beyond which more make no column wider */
};

static const struct pm_str en_dash = {"\342\200\223", 3};

/* ---- names and values ---- */

static void open_pair(struct pm_confluence *c, struct pm_str name)
{
    pm_buf_puts(c->out, "<tr><th scope=\"row\"><p>");
    pm_xml_text(c->out, name);
    pm_buf_puts(c->out, "</p></th><td><p>");
}

static void close_pair(struct pm_confluence *c)
{
    pm_buf_puts(c->out, "</p></td></tr>\n");
}

/* Badges that have no name of their own share a row. */
static void put_badges(struct pm_confluence *c, const struct pm_node *badges)
{
    const struct pm_node *unnamed = NULL;
    for (const struct pm_node *status = badges->first; status; status = status->next) {
        if (!status->as.tone.name.n) {
            unnamed = unnamed ? unnamed : status;
            continue;
        }
        open_pair(c, status->as.tone.name);
        pm_confluence_enter_inline(c, status);
        close_pair(c);
    }
    if (!unnamed)
        return;
    open_pair(c, PM_LIT("Status"));
    for (const struct pm_node *status = unnamed; status; status = status->next) {
        if (status->as.tone.name.n)
            continue;
        if (status != unnamed)
            pm_buf_putc(c->out, ' ');
        pm_confluence_enter_inline(c, status);
    }
    close_pair(c);
}

static void put_metric(struct pm_confluence *c, const struct pm_node *metric)
{
    struct pm_str value = metric->as.metric.value, note = metric->as.metric.note;
    open_pair(c, metric->text);
    if (note.n && pm_str_eq(value, en_dash)) {
        pm_xml_text(c->out, note);   /* "unknown" says it all */
    } else {
        pm_xml_text(c->out, value);
        pm_buf_puts(c->out, note.n ? " (" : "");
        pm_xml_text(c->out, note);
        pm_buf_puts(c->out, note.n ? ")" : "");
    }
    close_pair(c);
}

static void put_pairs(struct pm_confluence *c, const struct pm_node *node)
{
    if (node->kind == PM_BADGES) {
        put_badges(c, node);
        return;
    }
    for (const struct pm_node *child = node->first; child; child = child->next) {
        if (child->kind == PM_METRIC) {
            put_metric(c, child);
            continue;
        }
        open_pair(c, child->text);
        pm_confluence_inlines(c, child);
        close_pair(c);
    }
}

static void open_pairs(struct pm_confluence *c)
{
    pm_buf_puts(c->out, c->flavour == PM_CONFLUENCE_CLOUD ? "<table data-layout=\"default\">\n<tbody>\n" : "<table>\n<tbody>\n");
}

void pm_confluence_pairs(struct pm_confluence *c, const struct pm_node *node)
{
    if (!node->first)
        return;
    open_pairs(c);
    put_pairs(c, node);
    pm_confluence_close_table(c);
}

static bool is_paired(const struct pm_node *node)
{
    return node->kind == PM_BADGES || node->kind == PM_FACTS || node->kind == PM_METRICS;
}

/* A report of incidents without their ids would be of little use: it stands first where the cover has no fact of it. */
static bool names_id(const struct pm_confluence *c, const struct pm_node *cover)
{
    for (const struct pm_node *node = cover->first; node; node = node->next) {
        for (const struct pm_node *fact = node->kind == PM_FACTS ? node->first : NULL; fact; fact = fact->next) {
            if (fact->first && !fact->first->next && pm_str_eq(fact->first->text, c->doc->id))
                return true;
        }
    }
    return !c->doc->id.n;
}

void pm_confluence_details(struct pm_confluence *c, const struct pm_node *cover)
{
    bool named = names_id(c, cover), empty = named;
    for (const struct pm_node *node = cover->first; node; node = node->next)
        empty = empty && !(is_paired(node) && node->first);
    if (empty)
        return;
    pm_confluence_open(c, PM_CONFLUENCE_DETAILS);
    pm_confluence_parameter(c, "id", PM_LIT("incident"));
    pm_confluence_body(c);
    open_pairs(c);
    if (!named) {
        open_pair(c, c->doc->words.document.n ? c->doc->words.document : PM_LIT("Incident"));
        pm_xml_text(c->out, c->doc->id);
        close_pair(c);
    }
    for (const struct pm_node *node = cover->first; node; node = node->next) {
        if (is_paired(node))
            put_pairs(c, node);
    }
    pm_confluence_close_table(c);
    pm_confluence_close(c);
}

/* ---- rows to do ---- */

static const struct pm_node *find_status(const struct pm_node *row)
{
    for (const struct pm_node *cell = row->first; cell; cell = cell->next) {
        for (const struct pm_node *node = cell->first; cell->as.cell.kind == PM_CELL_STATUS && node; node = node->next) {
            if (node->kind == PM_STATUS)
                return node;
        }
    }
    return NULL;
}

/* The node whose inlines say what is to be done: of a cell with blocks, its first paragraph. */
static const struct pm_node *what_of(const struct pm_todo *todo)
{
    const struct pm_node *what = todo->what;
    return what && what->kind == PM_CELL && what->as.cell.blocks ? what->first : what;
}

/* "AI-3 · What is to be done · @Somebody 1 Dec 2026". What was given up is ticked too, or people would be reminded of it for ever: its
 * state tells. */
static void put_task(struct pm_confluence *c, const struct pm_node *row)
{
    static const char separator[] = " \302\267 ";
    const struct pm_todo *todo = row->as.row.todo;
    const struct pm_node *what = what_of(todo), *status = todo->closed && !todo->done ? find_status(row) : NULL;
    pm_confluence_open_task(c, todo->path.n ? todo->path : todo->id, todo->done || todo->closed);
    pm_buf_puts(c->out, "<span>");
    pm_xml_text(c->out, todo->id);
    pm_buf_puts(c->out, todo->id.n && what ? separator : "");
    if (what)
        pm_confluence_inlines(c, what);
    if (todo->assignee.name.n) {
        pm_buf_puts(c->out, separator);
        pm_confluence_person(c, &todo->assignee);
    }
    if (todo->has_due) {
        pm_buf_puts(c->out, todo->assignee.name.n ? " " : separator);
        pm_confluence_date(c, todo->due);
    }
    if (status) {
        pm_buf_putc(c->out, ' ');
        pm_confluence_enter_inline(c, status);
    }
    pm_buf_puts(c->out, "</span>");
    pm_confluence_close_task(c);
}

static bool holds(const struct pm_node *node, const struct pm_node *below)
{
    for (; below && below != node; below = below->parent) {}
    return below;
}

/* Whether a cell has nothing that the row's task does not say. */
static bool is_covered(const struct pm_node *cell, const struct pm_todo *todo)
{
    const struct pm_node *only = cell->first;
    if (!only)
        return true;
    if (holds(cell, todo->what))
        return !cell->as.cell.blocks || !only->next;
    if (only->next)
        return false;
    switch (cell->as.cell.kind) {
    case PM_CELL_ID: case PM_CELL_DATE: return only->kind != PM_LINK;
    case PM_CELL_STATUS: return todo->closed;
    default: return todo->assignee.name.n && pm_str_eq(only->text, todo->assignee.name);
    }
}

static bool says_more(const struct pm_node *row)
{
    const struct pm_todo *todo = row->as.row.todo;
    if (!todo)
        return !row->as.row.header;
    for (const struct pm_node *cell = row->first; cell; cell = cell->next) {
        if (!is_covered(cell, todo))
            return true;
    }
    return false;
}

bool pm_confluence_tasks(struct pm_confluence *c, const struct pm_node *table)
{
    bool any = false, more = false;
    for (const struct pm_node *row = table->first; row; row = row->next) {
        more = more || says_more(row);
        if (!row->as.row.todo)
            continue;
        if (!any)
            pm_buf_puts(c->out, "<ac:task-list>\n");
        any = true;
        put_task(c, row);
    }
    if (any)
        pm_buf_puts(c->out, "</ac:task-list>\n");
    return more || !any;
}

/* ---- widths ---- */

/* The sum and the most of its cells, in letters; then its width in pixels. */
struct width { size_t most, sum, cells, pixels; };

/* In letters; those of three bytes and more in UTF-8 are wide ones for the most part. */
static size_t letters(struct pm_str text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.n && n < ENOUGH_TEXT; i++) {
        unsigned char byte = (unsigned char)text.p[i];
        n += byte >= 0xE0 ? 2 : byte < 0x80 || byte >= 0xC0;
    }
    return n;
}

static size_t text_length(const struct pm_node *cell)
{
    struct pm_iterator it;
    size_t n = 0;
    pm_iterator_init(&it, cell);
    for (enum pm_event_type event; n < ENOUGH_TEXT && (event = pm_iterator_next(&it)) != PM_DONE;) {
        if (event == PM_ENTER && it.node->kind != PM_LINK)
            n += letters(it.node->text) + (it.node->kind == PM_STATUS ? 4 : 0);
        else if (event == PM_ENTER)
            n += it.node->as.link.key.n;
    }
    return n < ENOUGH_TEXT ? n : ENOUGH_TEXT;
}

static void measure(const struct pm_node *table, struct width *widths)
{
    size_t rows = 0;
    for (const struct pm_node *row = table->first; row && rows < MEASURED_ROWS; row = row->next) {
        size_t i = 0;
        if (row->as.row.group)
            continue;
        rows++;
        for (const struct pm_node *cell = row->first; cell && i < table->as.table.count; cell = cell->next) {
            size_t n = text_length(cell);
            struct width *w = &widths[i++];
            w->most = n > w->most ? n : w->most;
            w->sum += n;
            w->cells++;
        }
    }
}

static bool is_narrow(const struct pm_column *column, const struct width *w)
{
    size_t most = w->most * LETTER_WIDTH;
    return most <= MOST_FIXED / 2 || (most <= MOST_FIXED && (column->nowrap || column->kind != PM_CELL_TEXT));
}

/* Columns of short values get what they need; the others share the rest by how much they say. */
static void share_widths(const struct pm_node *table, struct width *widths)
{
    size_t count = table->as.table.count, fixed = 0, wanted = 0;
    for (size_t i = 0; i < count; i++) {
        struct width *w = &widths[i];
        size_t average = w->cells ? w->sum / w->cells : 0;
        if (is_narrow(&table->as.table.columns[i], w)) {
            w->pixels = w->most * LETTER_WIDTH + CELL_PADDING;
            w->pixels = w->pixels < LEAST_WIDTH ? LEAST_WIDTH : w->pixels;
            fixed += w->pixels;
        } else {
            w->sum = 30 + (average < 150 ? average : 150);
            wanted += w->sum;
        }
    }
    size_t rest = fixed < PAGE_WIDTH ? PAGE_WIDTH - fixed : 0;
    for (size_t i = 0; i < count; i++) {
        if (!widths[i].pixels)
            widths[i].pixels = rest * widths[i].sum / wanted;
        if (widths[i].pixels < LEAST_WIDTH)
            widths[i].pixels = LEAST_WIDTH;
    }
}

/* The widths of a table's columns, that its head cells have: <colgroup> is what Confluence itself writes, but it is no part of the format
 * as published. In a narrow place there are none: the table is as wide as that is. */
static void find_widths(struct pm_confluence *c, const struct pm_node *table)
{
    size_t count = table->as.table.count, total = 0;
    c->widths = NULL;
    if (c->columns)
        return;
    struct width *widths = pm_arena_array(c->doc->arena, count, sizeof *widths);
    c->widths = pm_arena_array(c->doc->arena, count, sizeof *c->widths);
    if (!widths || !c->widths) {
        c->status = PM_NOMEM;
        return;
    }
    measure(table, widths);
    share_widths(table, widths);
    for (size_t i = 0; i < count; i++)
        total += widths[i].pixels;
    for (size_t i = 0; i < count; i++)
        c->widths[i] = (double)widths[i].pixels / (double)total;
}

static void put_width(struct pm_confluence *c)
{
    bool cloud = c->flavour == PM_CONFLUENCE_CLOUD;
    double share = c->widths[c->column];
    pm_buf_puts(c->out, cloud ? " data-colwidth=\"" : " style=\"width: ");
    pm_buf_number(c->out, cloud ? share * PAGE_WIDTH : share * 100, cloud ? 0 : 1);
    pm_buf_puts(c->out, cloud ? "\"" : "%;\"");
}

/* ---- tables as such ---- */

void pm_confluence_open_table(struct pm_confluence *c, const struct pm_node *table)
{
    bool wide = c->flavour == PM_CONFLUENCE_CLOUD && !c->columns;
    find_widths(c, table);
    pm_buf_puts(c->out, wide ? "<table data-layout=\"default\" data-table-width=\"760\">\n<tbody>\n" : "<table>\n<tbody>\n");
}

void pm_confluence_close_table(struct pm_confluence *c)
{
    pm_buf_puts(c->out, "</tbody></table>\n");
}

void pm_confluence_open_row(struct pm_confluence *c)
{
    c->column = 0;
    pm_buf_puts(c->out, "<tr>");
}

/* A row with fewer cells than the table has columns would make the grid uneven. */
void pm_confluence_close_row(struct pm_confluence *c, const struct pm_node *row)
{
    size_t cells = c->column, count = row->parent->as.table.count;
    if (row->as.row.group && cells)
        cells = count;
    for (; cells < count; cells++)
        pm_buf_puts(c->out, row->as.row.header ? "<th><p></p></th>" : "<td><p></p></td>");
    pm_buf_puts(c->out, "</tr>\n");
}

static bool is_head(const struct pm_node *row)
{
    return row->as.row.header || row->as.row.group;
}

/* Text that stands at the end of its line, as numbers do. */
static void open_p(struct pm_confluence *c, const struct pm_node *cell)
{
    enum pm_align align = PM_ALIGN_START;
    if (cell->kind == PM_CELL && !cell->parent->as.row.group && c->column < cell->parent->parent->as.table.count)
        align = cell->parent->parent->as.table.columns[c->column].align;
    if (align == PM_ALIGN_START)
        pm_buf_puts(c->out, "<p>");
    else
        pm_buf_puts(c->out, align == PM_ALIGN_END ? "<p style=\"text-align: right;\">" : "<p style=\"text-align: center;\">");
}

static bool is_strong(const struct pm_node *cell)
{
    return cell->kind == PM_CELL && cell->parent->as.row.strong && cell->first;
}

void pm_confluence_open_cell(struct pm_confluence *c, const struct pm_node *cell)
{
    const struct pm_node *row = cell->parent;
    if (row->as.row.group) {
        pm_buf_puts(c->out, "<th scope=\"rowgroup\" colspan=\"");
        pm_buf_number(c->out, (double)row->parent->as.table.count, 0);
        pm_buf_puts(c->out, "\">");
    } else {
        pm_buf_puts(c->out, row->as.row.header ? "<th scope=\"col\"" : "<td");
        if (row->as.row.header && c->widths && c->column < row->parent->as.table.count)
            put_width(c);
        pm_buf_putc(c->out, '>');
    }
    if (cell->as.cell.blocks)
        return;
    open_p(c, cell);
    pm_buf_puts(c->out, is_strong(cell) ? "<strong>" : "");
}

void pm_confluence_close_cell(struct pm_confluence *c, const struct pm_node *cell)
{
    if (!cell->as.cell.blocks) {
        pm_buf_puts(c->out, is_strong(cell) ? "</strong>" : "");
        pm_buf_puts(c->out, "</p>");
    }
    pm_buf_puts(c->out, is_head(cell->parent) ? "</th>" : "</td>");
    c->column++;
}

/* ---- paragraphs ---- */

/* Cloud's editor has no small type; grey is what stands back there (4.6:1 on white). */
void pm_confluence_open_paragraph(struct pm_confluence *c, const struct pm_node *paragraph)
{
    open_p(c, paragraph->parent);
    if (paragraph->as.paragraph.minor)
        pm_buf_puts(c->out, c->flavour == PM_CONFLUENCE_CLOUD ? "<span style=\"color: rgb(107,119,140);\">" : "<small>");
    else if (is_strong(paragraph->parent))
        pm_buf_puts(c->out, "<strong>");
}

void pm_confluence_close_paragraph(struct pm_confluence *c, const struct pm_node *paragraph)
{
    if (paragraph->as.paragraph.minor)
        pm_buf_puts(c->out, c->flavour == PM_CONFLUENCE_CLOUD ? "</span>" : "</small>");
    else if (is_strong(paragraph->parent))
        pm_buf_puts(c->out, "</strong>");
    pm_buf_puts(c->out, paragraph->parent->kind == PM_CELL ? "</p>" : "</p>\n");
}
