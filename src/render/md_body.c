#include "document/iterator.h"
#include "render/md.h"
#include "render/md_internal.h"
#include "render/md_text.h"

#include <string.h>

/* ---- lines ---- */

static bool is_quote(enum pm_node_kind kind)
{
    return kind == PM_QUOTE || kind == PM_PANEL;
}

static bool is_item(enum pm_node_kind kind)
{
    return kind == PM_ITEM || kind == PM_TASK || kind == PM_FACT;
}

static bool is_ordered(const struct pm_node *item)
{
    return item->parent && item->parent->kind == PM_LIST && item->parent->as.list.ordered;
}

/* The number of the item that is open in the list at this depth. */
static long *number_at(struct pm_md_body *body, int depth)
{
    return &body->item[depth < 0 ? 0 : depth < PM_MD_DEPTH ? depth : PM_MD_DEPTH - 1];
}

/* The blanks that make a line part of the item: as wide as its marker. */
static int indent_of(struct pm_md_body *body, const struct pm_node *item, int depth)
{
    int width = 3;
    if (!is_ordered(item))
        return 2;
    for (long number = *number_at(body, depth); number >= 10; number /= 10)
        width++;
    return width;
}

/* The marks of what is around `node`, outermost first. */
static void put_marks(struct pm_md_body *body, const struct pm_node *node)
{
    int widths[PM_MD_DEPTH], n = 0, depth = body->lists;   /* width 0: a quote */
    for (node = node->parent; node && n < PM_MD_DEPTH; node = node->parent) {
        depth -= node->kind == PM_LIST;
        if (is_quote(node->kind) || is_item(node->kind))
            widths[n++] = is_quote(node->kind) ? 0 : indent_of(body, node, depth - 1);
    }
    while (n-- > 0) {
        pm_buf_puts(body->out, widths[n] ? "" : "> ");
        while (widths[n]-- > 0)
            pm_buf_putc(body->out, ' ');
    }
    body->at_line = true;
}

static void drop_blanks(struct pm_buf *b)
{
    while (b->len > 0 && b->data[b->len - 1] == ' ')
        b->data[--b->len] = '\0';
}

void pm_md_new_line(struct pm_md_body *body, const struct pm_node *node)
{
    pm_buf_putc(body->out, '\n');
    put_marks(body, node);
}

static bool is_apart(const struct pm_node *node)
{
    return node && (node->kind == PM_CODE_BLOCK || node->kind == PM_TABLE);
}

/* In a list without blank lines the blocks of its items, and the items, follow each other, but for code and tables. */
static bool is_close(const struct pm_node *node)
{
    const struct pm_node *item = is_item(node->kind) ? node : node->parent;
    if (item && item->kind == PM_FACT)
        return node->prev != NULL;
    bool in_list = item && is_item(item->kind) && item->parent && item->parent->kind == PM_LIST;
    if (!in_list || !item->parent->as.list.tight || !node->prev)
        return false;
    return !is_apart(node) && !is_apart(item == node ? node->prev->last : node->prev);
}

/* Markdown would make one of the block and the one before it. A list begins with its first item. */
static bool merges(const struct pm_node *b)
{
    b = is_item(b->kind) && !b->prev ? b->parent : b;
    const struct pm_node *a = b ? b->prev : NULL;
    if (!a || is_item(b->kind))
        return false;
    bool lists = a->kind == PM_LIST && b->kind == PM_LIST && a->as.list.ordered == b->as.list.ordered;
    bool bullets = (a->kind == PM_FACTS && b->kind == PM_LIST) || (a->kind == PM_LIST && b->kind == PM_FACTS) ||
                   (a->kind == PM_FACTS && b->kind == PM_FACTS);
    return lists || bullets || (is_quote(a->kind) && is_quote(b->kind));
}

static void blank_line(struct pm_md_body *body, const struct pm_node *node)
{
    pm_md_new_line(body, node);
    drop_blanks(body->out);
    pm_md_new_line(body, node);
}

void pm_md_begin_block(struct pm_md_body *body, const struct pm_node *node)
{
    struct pm_buf *b = body->out;
    bool first = body->at_marker || b->len == body->start;
    body->at_marker = false;
    if (body->cells) {
        if (!first)
            pm_buf_puts(b, "<br>");
        return;
    }
    body->at_line = true;
    if (first)
        return;
    drop_blanks(b);
    if (is_close(node))
        pm_md_new_line(body, node);
    else
        blank_line(body, node);
    if (merges(node)) {
        pm_buf_puts(b, "<!-- -->");
        blank_line(body, node);
    }
}

/* ---- sections ---- */

static int heading_level(const struct pm_node *heading)
{
    const struct pm_node *section = heading->parent && heading->parent->kind == PM_SECTION ? heading->parent : NULL;
    int level = section ? section->as.section.level + 1 : 2;
    return level > 6 ? 6 : level < 2 ? 2 : level;
}

static void open_heading(struct pm_md_body *body, const struct pm_node *node)
{
    struct pm_buf *b = body->out;
    int level = heading_level(node);
    pm_md_begin_block(body, node);
    if (level < 6)
        pm_buf_putc(b, PM_MD_DEEPER);
    while (level-- > 0)
        pm_buf_putc(b, '#');
    pm_buf_putc(b, ' ');
    body->heading = true;
    body->at_line = false;
    if (node->parent && node->parent->kind == PM_SECTION)
        pm_section_number(&body->numbers, node->parent, b);
}

void pm_md_end_heading(struct pm_buf *b)
{
    if (b->len == 0 || !strchr(".,;:!", b->data[b->len - 1]))
        return;
    unsigned char mark = (unsigned char)b->data[--b->len];
    pm_buf_printf(b, "&#%u;", mark);
}

static void close_heading(struct pm_md_body *body)
{
    body->heading = false;
    pm_md_end_heading(body->out);
}

/* ---- lists, facts ---- */

static void open_list(struct pm_md_body *body, const struct pm_node *node)
{
    *number_at(body, body->lists++) = node->as.list.start - 1;
    if (node->as.list.ordered && (node->as.list.start < 0 || node->as.list.start > 1))
        body->numbered_on = true;
}

static void open_item(struct pm_md_body *body, const struct pm_node *node)
{
    struct pm_buf *b = body->out;
    long number = ++*number_at(body, body->lists - 1);
    pm_md_begin_block(body, node);
    if (body->cells)
        pm_buf_puts(b, node->kind != PM_TASK ? "\xE2\x80\xA2 " : node->as.task.done ? "\xE2\x98\x91 " : "\xE2\x98\x90 ");
    else if (is_ordered(node))
        pm_buf_printf(b, "%ld. ", number);
    else
        pm_buf_puts(b, node->kind != PM_TASK ? "- " : node->as.task.done ? "- [x] " : "- [ ] ");
    body->at_marker = true;
}

static void close_item(struct pm_md_body *body, const struct pm_node *node)
{
    struct pm_buf *b = body->out;
    bool is_task = node->kind == PM_TASK;
    body->at_marker = false;
    if (is_task && (node->as.task.assignee.n || node->as.task.has_due)) {
        pm_buf_puts(b, " (");
        pm_md_put_text(body, node->as.task.assignee);
        pm_buf_puts(b, node->as.task.assignee.n && node->as.task.has_due ? ", " : "");
        if (node->as.task.has_due)
            pm_date_iso(b, node->as.task.due);
        pm_buf_putc(b, ')');
    }
}

static void open_fact(struct pm_md_body *body, const struct pm_node *node)
{
    struct pm_buf *b = body->out;
    pm_md_begin_block(body, node);
    pm_buf_puts(b, body->cells ? "**" : "- **");
    body->at_line = false;
    pm_md_put_text(body, node->text);
    pm_buf_puts(b, ":** ");
}

/* ---- panels, code, figures ---- */

static const char *alert_of(enum pm_tone tone)
{
    static const char *const alerts[] = {
        [PM_TONE_NEUTRAL] = NULL, [PM_TONE_INFO] = "NOTE", [PM_TONE_SUCCESS] = "TIP", [PM_TONE_WARNING] = "WARNING",
        [PM_TONE_DANGER] = "CAUTION", [PM_TONE_NOTE] = "IMPORTANT"};
    return alerts[tone];
}

/* An alert of GitHub's, which elsewhere is a quote. */
static void open_panel(struct pm_md_body *body, const struct pm_node *node)
{
    struct pm_buf *b = body->out;
    const char *alert = alert_of(node->as.tone.tone);
    pm_md_begin_block(body, node);
    if (!body->cells) {
        pm_buf_puts(b, "> ");
        if (alert) {
            pm_buf_puts(b, "[!");
            pm_buf_puts(b, alert);
            pm_buf_puts(b, "]");
            pm_md_new_line(body, node);
            pm_buf_puts(b, "> ");
        }
    }
    body->at_line = true;
    body->at_marker = true;
    if (!node->text.n)
        return;
    pm_buf_puts(b, "**");
    body->at_line = false;
    pm_md_put_text(body, node->text);
    pm_buf_puts(b, "**");
    body->at_marker = false;
}

static void open_quote(struct pm_md_body *body, const struct pm_node *node)
{
    pm_md_begin_block(body, node);
    if (!body->cells)
        pm_buf_puts(body->out, "> ");
    body->at_line = true;
    body->at_marker = true;
}

/* The next line of the text, whose end is passed over; false at the end. */
static bool next_line(struct pm_str *text, struct pm_str *line)
{
    const char *end = text->n ? memchr(text->p, '\n', text->n) : NULL;
    *line = (struct pm_str){text->p, end ? (size_t)(end - text->p) : text->n};
    bool any = text->n > 0;
    size_t used = line->n + (end != NULL);
    *text = (struct pm_str){text->p + used, text->n - used};
    if (line->n && line->p[line->n - 1] == '\r')
        line->n--;
    return any;
}

static void code_in_cell(struct pm_md_body *body, struct pm_str text)
{
    struct pm_str line;
    for (bool first = true; next_line(&text, &line); first = false) {
        pm_buf_puts(body->out, first ? "" : "<br>");
        pm_md_code(body->out, line, PM_MD_CELL);
    }
}

static void put_fence(struct pm_buf *b, size_t length)
{
    while (length-- > 0)
        pm_buf_putc(b, '`');
}

static void put_language(struct pm_buf *b, struct pm_str lang)
{
    size_t n = 0;
    while (n < lang.n && lang.p[n] > ' ' && lang.p[n] < 0x7F && lang.p[n] != '`')
        n++;
    if (n)
        pm_buf_add(b, lang.p, n);
    else
        pm_buf_puts(b, "text");
}

static void put_code_block(struct pm_md_body *body, const struct pm_node *node)
{
    struct pm_str text = node->text, line;
    size_t run = pm_md_longest_run(text, '`');
    pm_md_begin_block(body, node);
    if (body->cells) {
        code_in_cell(body, text);
        return;
    }
    body->tabs = body->tabs || memchr(text.n ? text.p : "", '\t', text.n);
    put_fence(body->out, run < 3 ? 3 : run + 1);
    put_language(body->out, node->as.code.lang);
    while (next_line(&text, &line)) {
        pm_md_new_line(body, node);
        if (!line.n)
            drop_blanks(body->out);
        pm_md_verbatim(body->out, line);
    }
    pm_md_new_line(body, node);
    put_fence(body->out, run < 3 ? 3 : run + 1);
}

static void put_figure(struct pm_md_body *body, const struct pm_node *node)
{
    struct pm_buf *b = body->out;
    pm_md_begin_block(body, node);
    pm_buf_putc(b, '*');
    body->at_line = false;
    pm_md_put_text(body, node->text);
    pm_buf_putc(b, '*');
    if (node->first)
        pm_md_begin_block(body, node->first);
}

static void put_rule(struct pm_md_body *body, const struct pm_node *node)
{
    pm_md_begin_block(body, node);
    pm_buf_puts(body->out, body->cells ? "" : "---");
}

/* ---- the walk ---- */

/* True when the children are not to be walked. */
static bool enter_block(struct pm_md_body *body, const struct pm_node *node)
{
    switch (node->kind) {
    case PM_TITLE: return true;
    case PM_METRICS: pm_md_metrics(body, node); return true;
    case PM_BADGES: case PM_PARAGRAPH: pm_md_begin_block(body, node); break;
    case PM_HEADING: open_heading(body, node); break;
    case PM_LIST: open_list(body, node); break;
    case PM_ITEM: case PM_TASK: open_item(body, node); break;
    case PM_FACT: open_fact(body, node); break;
    case PM_TABLE: pm_md_open_table(body, node); break;
    case PM_ROW: pm_md_open_row(body, node); break;
    case PM_CELL: pm_md_open_cell(body, node); break;
    case PM_PANEL: open_panel(body, node); break;
    case PM_QUOTE: open_quote(body, node); break;
    case PM_CODE_BLOCK: put_code_block(body, node); break;
    case PM_FIGURE: put_figure(body, node); break;
    case PM_RULE: put_rule(body, node); break;
    default: break;
    }
    return false;
}

static void exit_block(struct pm_md_body *body, const struct pm_node *node)
{
    switch (node->kind) {
    case PM_HEADING: close_heading(body); break;
    case PM_LIST: body->lists--; break;
    case PM_ITEM: case PM_TASK: close_item(body, node); break;
    case PM_ROW: pm_md_close_row(body, node); break;
    case PM_CELL: pm_md_close_cell(body, node); break;
    case PM_PANEL: case PM_QUOTE: body->at_marker = false; break;
    default: break;
    }
}

void pm_md_node(struct pm_md_body *body, const struct pm_node *node)
{
    struct pm_iterator it;
    pm_iterator_init(&it, node);
    for (enum pm_event_type event; (event = pm_iterator_next(&it)) != PM_DONE;) {
        if (event == PM_EXIT) {
            pm_md_exit_inline(body, it.node);
            exit_block(body, it.node);
        } else if (!pm_md_enter_inline(body, it.node) && enter_block(body, it.node)) {
            pm_iterator_skip(&it);
        }
    }
}
