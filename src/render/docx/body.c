/* The walk over a document, and the blocks that are a paragraph each. */
#include "render/docx/docx_internal.h"
#include "render/docx/drawing.h"

/* A paragraph stays with a list or a table behind it, with its details, and a question of a list with its answer. */
static bool introduces(const struct pm_node *node)
{
    const struct pm_node *next = node->next;
    bool begins_item = !node->prev && node->parent && node->parent->kind == PM_ITEM;
    if (!next)
        return false;
    return next->kind == PM_LIST || next->kind == PM_TABLE || (next->kind == PM_PARAGRAPH && (next->as.paragraph.minor || begins_item));
}

static void put_paragraph(struct pm_docx_writer *w, const struct pm_node *node, bool enter)
{
    if (!enter) {
        pm_docx_close(w);
        return;
    }
    if (w->after_table && pm_docx_begins_value(node))   /* LibreOffice loses a bookmark that begins right behind a table */
        pm_docx_spacer(w, false);
    struct pm_docx_look look = pm_docx_look_here(w, node->as.paragraph.minor);
    look.keep_next = !w->cells && introduces(node);
    pm_docx_open(w, &look, node);
    w->item_begins = false;
}

static void put_title(struct pm_docx_writer *w, const struct pm_node *node, bool enter)
{
    static const struct pm_docx_look look = {.style = "Title", .before = -1};
    if (enter)
        pm_docx_open(w, &look, node);
    else
        pm_docx_close(w);
}

static void put_badges(struct pm_docx_writer *w, const struct pm_node *node, bool enter)
{
    static const struct pm_docx_look look = {.style = "PmBadges", .before = -1};
    if (enter)
        pm_docx_open(w, &look, node);
    else
        pm_docx_close(w);
}

static void put_quote(struct pm_docx_writer *w, bool enter)
{
    w->quotes += enter ? 1 : -1;
    w->indent += enter ? 280 : -280;
}

static void put_rule(struct pm_docx_writer *w)
{
    static const struct pm_docx_look look = {.style = "PmRule", .before = -1};
    pm_docx_open(w, &look, NULL);
    pm_docx_close(w);
}

/* In place of what is no text and yet runs from left to right: code, and shapes, which LibreOffice would mirror. */
static const struct pm_node latin = {.kind = PM_TEXT, .text = {"a", 1}};

static void put_figure(struct pm_docx_writer *w, const struct pm_node *node, bool enter)
{
    static const struct pm_docx_look caption = {.style = "Caption", .before = -1};
    bool explained = node->first || (node->next && node->next->kind == PM_PARAGRAPH);   /* it stays with what it shows in words */
    struct pm_docx_look look = {.style = "PmFigure", .before = -1, .keep_next = explained};
    if (!enter) {
        pm_docx_close(w);
        return;
    }
    if (node->as.figure.scene && node->as.figure.scene->count) {
        unsigned id = PM_DOCX_FIRST_ID + w->docx->drawings++;
        pm_docx_open(w, &look, &latin);
        pm_buf_puts(w->out, "<w:r>");
        pm_docx_drawing(node->as.figure.scene, node->text, pm_arena_format(w->scratch, "Figure %u", w->docx->drawings), id, w->theme,
                        w->out);
        pm_buf_puts(w->out, "</w:r>");
        pm_docx_close(w);
    }
    if (node->first)
        pm_docx_open(w, &caption, node);
}

/* ---- code ---- */

/* Longer ones may run over pages. */
enum { MOST_LINES_TOGETHER = 30 };

static size_t count_lines(struct pm_str text)
{
    size_t lines = 1;
    for (size_t i = 0; i < text.n; i++)
        lines += text.p[i] == '\n';
    return lines;
}

static void put_code(struct pm_docx_writer *w, const struct pm_node *node)
{
    struct pm_str text = node->text;
    while (text.n && (text.p[text.n - 1] == '\n' || text.p[text.n - 1] == '\r'))
        text.n--;
    struct pm_docx_look look = pm_docx_look_here(w, false);
    look.style = "PmCode";
    look.keep_lines = count_lines(text) <= MOST_LINES_TOGETHER;
    pm_docx_open(w, &look, &latin);
    w->item_begins = false;
    for (size_t at = 0; at <= text.n;) {
        size_t end = at;
        while (end < text.n && text.p[end] != '\n')
            end++;
        pm_docx_run(w, (struct pm_str){text.p + at, end - at}, NULL);
        if (end < text.n)
            pm_buf_puts(w->out, "<w:r><w:br/></w:r>");
        at = end + 1;
    }
    pm_docx_close(w);
}

/* ---- the walk ---- */

static void put_block(struct pm_docx_writer *w, const struct pm_node *node, bool enter)
{
    switch (node->kind) {
    case PM_TITLE: put_title(w, node, enter); break;
    case PM_BADGES: put_badges(w, node, enter); break;
    case PM_TOC: if (enter) pm_docx_contents(w); break;
    case PM_HEADING: pm_docx_heading(w, node, enter); break;
    case PM_PARAGRAPH: put_paragraph(w, node, enter); break;
    case PM_LIST: pm_docx_list(w, node, enter); break;
    case PM_ITEM:
    case PM_TASK: pm_docx_item(w, node, enter); break;
    case PM_TABLE: pm_docx_table(w, node, enter); break;
    case PM_ROW: pm_docx_row(w, node, enter); break;
    case PM_CELL: pm_docx_cell(w, node, enter); break;
    case PM_FACTS: pm_docx_facts(w, node, enter); break;
    case PM_FACT: pm_docx_fact(w, node, enter); break;
    case PM_METRICS: if (enter) pm_docx_metrics(w, node); break;
    case PM_PANEL: pm_docx_panel(w, node, enter); break;
    case PM_QUOTE: put_quote(w, enter); break;
    case PM_CODE_BLOCK: if (enter) put_code(w, node); break;
    case PM_RULE: if (enter) put_rule(w); break;
    case PM_FIGURE: put_figure(w, node, enter); break;
    case PM_PAGE_BREAK: if (enter) w->page_break = w->cells == 0; break;
    default: break;
    }
}

/* Of these the bookmark is around: inlines, tables, and blocks that are whole when they are entered. Of others it is inside. */
static bool is_marked_outside(enum pm_node_kind kind)
{
    switch (kind) {
    case PM_TABLE:
    case PM_FACTS:
    case PM_METRICS:
    case PM_PANEL:
    case PM_CODE_BLOCK:
    case PM_RULE:
    case PM_FIGURE:
    case PM_TOC: return true;
    default: return pm_node_is_inline(kind);
    }
}

static void put_node(struct pm_docx_writer *w, const struct pm_node *node, bool enter)
{
    if (pm_node_is_inline(node->kind))
        pm_docx_inline(w, node, enter);
    else
        put_block(w, node, enter);
}

static void enter_node(struct pm_docx_writer *w, const struct pm_node *node)
{
    bool outside = is_marked_outside(node->kind);
    if (!outside)
        put_node(w, node, true);
    pm_docx_mark_begin(w, node);
    pm_docx_control_begin(w, node);
    if (outside)
        put_node(w, node, true);
}

static void exit_node(struct pm_docx_writer *w, const struct pm_node *node)
{
    bool outside = is_marked_outside(node->kind);
    if (outside)
        put_node(w, node, false);
    pm_docx_control_end(w, node);
    pm_docx_mark_end(w, node);
    if (!outside)
        put_node(w, node, false);
}

/* Two lozenges do not touch. */
static void part_badges(struct pm_docx_writer *w, const struct pm_node *node)
{
    if (node->parent && node->parent->kind == PM_BADGES && node->next)
        pm_docx_run(w, PM_LIT("  "), NULL);
}

void pm_docx_body(struct pm_docx_writer *w)
{
    struct pm_iterator it;
    pm_iterator_init(&it, w->doc->root);
    for (enum pm_event_type event; (event = pm_iterator_next(&it)) != PM_DONE;) {
        if (event == PM_ENTER) {
            enter_node(w, it.node);
            if (it.node->kind == PM_METRICS)
                pm_iterator_skip(&it);
        } else {
            exit_node(w, it.node);
            part_badges(w, it.node);
        }
    }
    if (w->after_table)
        pm_docx_spacer(w, false);
    pm_docx_flush(w);
}
