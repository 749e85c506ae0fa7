#include "render/md_internal.h"
#include "render/md_text.h"

/* Between pipes: cells of a row are on one line, their blocks with <br> between them. */

static void put_rule(struct pm_md_body *body, const struct pm_node *table)
{
    static const char *const rules[] = {
        [PM_ALIGN_START] = " --- |", [PM_ALIGN_CENTER] = " :---: |", [PM_ALIGN_END] = " ---: |"};
    pm_md_new_line(body, table);
    pm_buf_putc(body->out, '|');
    for (size_t i = 0; i < table->as.table.count; i++)
        pm_buf_puts(body->out, rules[table->as.table.columns[i].align]);
}

/* A table without a header row gets an empty one, which the syntax asks for. */
void pm_md_open_table(struct pm_md_body *body, const struct pm_node *node)
{
    if (body->cells)
        return;
    pm_md_begin_block(body, node);
    if (!node->first || node->first->as.row.header)
        return;
    pm_buf_putc(body->out, '|');
    for (size_t i = 0; i < node->as.table.count; i++)
        pm_buf_puts(body->out, " |");
    put_rule(body, node);
}

/* In a cell, a row of another table is a line of words. */
void pm_md_open_row(struct pm_md_body *body, const struct pm_node *node)
{
    if (body->cells) {
        pm_md_begin_block(body, node);
        return;
    }
    if (node->prev || !node->as.row.header)
        pm_md_new_line(body, node->parent);
    pm_buf_putc(body->out, '|');
}

static bool heads_group(const struct pm_node *cell)
{
    return cell->parent->as.row.group && !cell->prev && cell->parent->parent->as.table.count > 1;
}

static size_t count_cells(const struct pm_node *row)
{
    size_t n = row->first && heads_group(row->first);
    for (const struct pm_node *cell = row->first; cell; cell = cell->next)
        n++;
    return n;
}

void pm_md_close_row(struct pm_md_body *body, const struct pm_node *node)
{
    if (body->cells)
        return;
    for (size_t i = count_cells(node); i < node->parent->as.table.count; i++)
        pm_buf_puts(body->out, " |");
    if (!node->prev && node->as.row.header)
        put_rule(body, node->parent);
}

/* The head of a group, and the time of an event that stands out, as far as stars can be put around it. */
static bool is_strong(const struct pm_node *cell)
{
    const struct pm_node *row = cell->parent;
    if (cell->prev || !cell->first || (!row->as.row.group && !row->as.row.strong))
        return false;
    for (const struct pm_node *child = cell->first; child; child = child->next) {
        if (child->kind != PM_TEXT && child->kind != PM_TIME)
            return false;
    }
    return true;
}

static void put_box(struct pm_md_body *body, const struct pm_todo *todo)
{
    pm_md_put_text(body, pm_str(todo->done ? "\xE2\x98\x91" : todo->closed ? "\xE2\x98\x92" : "\xE2\x98\x90"));
    pm_buf_putc(body->out, ' ');
}

void pm_md_open_cell(struct pm_md_body *body, const struct pm_node *node)
{
    if (body->cells++ > 0) {
        pm_buf_puts(body->out, node->prev ? ", " : "");
        return;
    }
    /* The head of a group would make the first column, which is of times or ids, as wide as a sentence. */
    pm_buf_puts(body->out, heads_group(node) ? " | " : " ");
    body->cell_start = body->out->len;
    if (node->parent->as.row.todo && !node->prev)
        put_box(body, node->parent->as.row.todo);
    pm_buf_puts(body->out, is_strong(node) ? "**" : "");
    body->at_marker = true;
}

void pm_md_close_cell(struct pm_md_body *body, const struct pm_node *node)
{
    body->at_marker = false;
    if (--body->cells > 0)
        return;
    if (is_strong(node))
        pm_buf_puts(body->out, "**");
    pm_buf_puts(body->out, body->out->len > body->cell_start ? " |" : "|");
}

/* Figures as a table of one row, their names above them. */
void pm_md_metrics(struct pm_md_body *body, const struct pm_node *node)
{
    struct pm_buf *b = body->out;
    pm_md_begin_block(body, node);
    body->cells++;
    pm_buf_putc(b, '|');
    for (const struct pm_node *metric = node->first; metric; metric = metric->next) {
        pm_buf_putc(b, ' ');
        pm_md_text(b, metric->text, PM_MD_CELL);
        pm_buf_puts(b, " |");
    }
    pm_md_new_line(body, node);
    for (const struct pm_node *metric = node->first; metric; metric = metric->next)
        pm_buf_puts(b, metric->prev ? " --- |" : "| --- |");
    pm_md_new_line(body, node);
    pm_buf_putc(b, '|');
    for (const struct pm_node *metric = node->first; metric; metric = metric->next) {
        pm_buf_puts(b, " **");
        pm_md_text(b, metric->as.metric.value, PM_MD_CELL);
        pm_buf_puts(b, metric->as.metric.note.n ? "** (" : "**");
        pm_md_text(b, metric->as.metric.note, PM_MD_CELL);
        pm_buf_puts(b, metric->as.metric.note.n ? ") |" : " |");
    }
    body->cells--;
}
