#include "render/html_table.h"

#include "render/html_text.h"

enum { LONGEST_LABEL = 60 };   /* characters */

/* A header row at the top; others are rows of the body. */
static bool is_head(const struct pm_node *row)
{
    while (row && row->as.row.header)
        row = row->prev;
    return !row;
}

static bool in_head(const struct pm_node *row)
{
    return row->as.row.header && is_head(row);
}

static const struct pm_node *first_body_row(const struct pm_node *table)
{
    const struct pm_node *row = table->first;
    while (row && row->as.row.header)
        row = row->next;
    return row;
}

static bool is_todo_table(const struct pm_node *table)
{
    const struct pm_node *row = first_body_row(table);
    return row && row->as.row.todo;
}

void pm_html_open_table(struct pm_html_body *body, const struct pm_node *node)
{
    struct pm_buf *b = body->out;
    body->tables++;
    pm_html_open_scroll(body, node);
    if (node->as.table.timeline) {
        pm_buf_puts(b, "<table class=\"timeline\" data-filter=\"");
        pm_html_text(b, body->doc->words.filter);
        pm_buf_puts(b, "\" data-found=\"");
        pm_html_text(b, body->doc->words.found);
        pm_buf_puts(b, "\">\n");
    } else {
        pm_buf_puts(b, is_todo_table(node) ? "<table class=\"todo\">\n" : "<table>\n");
    }
    pm_buf_puts(b, "<caption>");
    pm_html_section_name(body, node);
    pm_buf_puts(b, "</caption>\n");
}

void pm_html_close_table(struct pm_html_body *body)
{
    body->tables--;
    pm_buf_puts(body->out, "</table>\n</div>\n");
}

static size_t *next_column(struct pm_html_body *body)
{
    int depth = body->tables < 1 ? 0 : body->tables > PM_HTML_TABLES ? PM_HTML_TABLES - 1 : body->tables - 1;
    return &body->column[depth];
}

/* A row that groups those behind it begins a body of its own, which it is the head of. */
static void open_body(struct pm_buf *b, const struct pm_node *row)
{
    if (in_head(row))
        pm_buf_puts(b, row->prev ? "" : "<thead>\n");
    else if (!row->prev || in_head(row->prev))
        pm_buf_puts(b, "<tbody>\n");
    else if (row->as.row.group)
        pm_buf_puts(b, "</tbody>\n<tbody>\n");
}

void pm_html_open_row(struct pm_html_body *body, const struct pm_node *node)
{
    struct pm_buf *b = body->out;
    const struct pm_todo *todo = node->as.row.todo;
    *next_column(body) = 0;
    open_body(b, node);
    if (todo && todo->closed)
        pm_buf_puts(b, "<tr class=\"closed\">\n");
    else if (node->as.row.strong)
        pm_buf_puts(b, "<tr class=\"strong\">\n");
    else
        pm_buf_puts(b, "<tr>\n");
}

void pm_html_close_row(struct pm_html_body *body, const struct pm_node *node)
{
    bool last = !node->next;
    pm_buf_puts(body->out, "</tr>\n");
    if (in_head(node) && (last || !node->next->as.row.header))
        pm_buf_puts(body->out, "</thead>\n");
    else if (last)
        pm_buf_puts(body->out, "</tbody>\n");
}

static const struct pm_node *table_of(const struct pm_node *cell)
{
    const struct pm_node *row = cell->parent;
    return row && row->parent && row->parent->kind == PM_TABLE ? row->parent : NULL;
}

/* Where it would not stand by itself; classes are named by what they do. */
static void put_classes(struct pm_buf *b, const struct pm_node *table, size_t index)
{
    const struct pm_column *column = table && index < table->as.table.count ? &table->as.table.columns[index] : NULL;
    if (!column || (column->align == PM_ALIGN_START && !column->nowrap))
        return;
    pm_buf_puts(b, " class=\"");
    pm_buf_puts(b, column->align == PM_ALIGN_START ? "" : column->align == PM_ALIGN_END ? "end" : "center");
    if (column->nowrap)
        pm_buf_puts(b, column->align == PM_ALIGN_START ? "nowrap" : " nowrap");
    pm_buf_putc(b, '"');
}

static bool is_within(const struct pm_node *node, const struct pm_node *cell)
{
    while (node && node != cell)
        node = node->parent;
    return node;
}

/* On narrow screens a row of things to do is a card: its cells have their column's name in front, but for the first and the one that says
 * what is to be done. */
static void put_label(struct pm_buf *b, const struct pm_node *table, size_t index)
{
    const struct pm_node *head = table && table->first->as.row.header ? table->first->first : NULL;
    for (; head && index > 0; index--)
        head = head->next;
    if (!head || !head->first)
        return;
    pm_buf_puts(b, " data-label=\"");
    pm_html_plain(b, head, LONGEST_LABEL);
    pm_buf_putc(b, '"');
}

static bool is_header_cell(const struct pm_node *cell)
{
    return cell->first && cell->parent && (cell->parent->as.row.header || cell->parent->as.row.group);
}

void pm_html_open_cell(struct pm_html_body *body, const struct pm_node *node)
{
    struct pm_buf *b = body->out;
    const struct pm_node *row = node->parent, *table = table_of(node);
    size_t index = (*next_column(body))++;
    if (is_header_cell(node) && row->as.row.group) {
        pm_buf_puts(b, "<th scope=\"rowgroup\"");
        if (table && table->as.table.count > 1)
            pm_buf_printf(b, " colspan=\"%zu\"", table->as.table.count);
        pm_buf_putc(b, '>');
        return;
    }
    pm_buf_puts(b, is_header_cell(node) ? "<th scope=\"col\"" : "<td");
    put_classes(b, table, index);
    if (row && row->as.row.todo && node->first && index > 0 && !is_within(row->as.row.todo->what, node))
        put_label(b, table, index);
    pm_buf_putc(b, '>');
    if (row && row->as.row.todo && index == 0)
        pm_html_box(body, row->as.row.todo->done, row->as.row.todo->closed);
}

void pm_html_close_cell(struct pm_html_body *body, const struct pm_node *node)
{
    pm_buf_puts(body->out, is_header_cell(node) ? "</th>\n" : "</td>\n");
}
