#include "render/html_body.h"

#include "base/utf8.h"
#include "document/iterator.h"
#include "render/html_table.h"
#include "render/html_text.h"
#include "render/svg.h"

#include <stdint.h>

enum { LONGEST_NAME = 200 };   /* characters: names of tables and figures, which repeat what is elsewhere */

/* Kinds whose elements say nothing but the kind. */
static const struct { const char *open, *close; } plain_tags[PM_NODE_KINDS] = {
    [PM_BADGES] = {"<p class=\"badges\">", "</p>\n"},
    [PM_METRICS] = {"<dl class=\"metrics\">\n", "</dl>\n"},
    [PM_FACTS] = {"<dl class=\"facts\">\n", "</dl>\n"},
    [PM_QUOTE] = {"<blockquote>\n", "</blockquote>\n"},
    [PM_RULE] = {"<hr>\n", ""},
    [PM_PAGE_BREAK] = {"<div class=\"page-break\"></div>\n", ""},
    [PM_STRONG] = {"<strong>", "</strong>"},
    [PM_EMPH] = {"<em>", "</em>"},
    [PM_STRIKE] = {"<s>", "</s>"},
    [PM_BREAK] = {"<br>\n", ""},
};

void pm_html_id(const struct pm_html_body *body, struct pm_str id)
{
    if (body->number > 1)
        pm_buf_printf(body->out, "d%u.", body->number);   /* ids of sections have no point: never one of another document */
    pm_html_text(body->out, id);
}

/* What is left of `most`. */
static size_t put_cut(struct pm_buf *out, struct pm_str text, size_t most)
{
    struct pm_str cut = pm_utf8_prefix(text, most);
    pm_html_text(out, cut);
    if (cut.n < text.n)
        pm_buf_puts(out, "\xE2\x80\xA6");
    return cut.n < text.n ? 0 : most - pm_utf8_length(text);
}

void pm_html_plain(struct pm_buf *out, const struct pm_node *node, size_t most)
{
    struct pm_iterator it;
    pm_iterator_init(&it, node);
    for (enum pm_event_type event; most > 0 && (event = pm_iterator_next(&it)) != PM_DONE;) {
        if (event == PM_ENTER)
            most = put_cut(out, it.node->text, most);
        else if (it.node->kind == PM_BREAK)
            pm_buf_putc(out, ' ');
    }
}

/* ---- sections ---- */

static void open_section(struct pm_html_body *body, const struct pm_node *node)
{
    struct pm_buf *b = body->out;
    pm_buf_puts(b, "<section id=\"");
    pm_html_id(body, node->as.section.id);
    pm_buf_puts(b, node->as.section.columns ? "\" class=\"columns\">\n" : "\">\n");
    if (node->as.section.fold)
        pm_buf_puts(b, "<details>\n<summary>");
}

static void close_section(struct pm_html_body *body, const struct pm_node *node)
{
    pm_buf_puts(body->out, node->as.section.fold ? "</details>\n</section>\n" : "</section>\n");
}

static const struct pm_node *section_of(const struct pm_node *node)
{
    while (node && node->kind != PM_SECTION)
        node = node->parent;
    return node;
}

/* h2 for sections of the first level: h1 is the document's title. */
static char heading_digit(const struct pm_node *node)
{
    const struct pm_node *section = section_of(node);
    int level = section ? section->as.section.level + 1 : 2;
    return (char)('0' + (level > 6 ? 6 : level < 2 ? 2 : level));
}

static bool has_link(const struct pm_node *node)
{
    struct pm_iterator it;
    pm_iterator_init(&it, node);
    while (pm_iterator_next(&it) != PM_DONE) {
        if (it.node->kind == PM_LINK)
            return true;
    }
    return false;
}

/* A heading is a link to itself, unless it has links or opens and shuts its section. */
static bool is_anchor(const struct pm_node *heading)
{
    const struct pm_node *section = heading->parent;
    return section && section->kind == PM_SECTION && !section->as.section.fold && !has_link(heading);
}

static void open_heading(struct pm_html_body *body, const struct pm_node *node)
{
    struct pm_buf *b = body->out;
    pm_buf_puts(b, "<h");
    pm_buf_putc(b, heading_digit(node));
    pm_buf_putc(b, '>');
    if (is_anchor(node)) {
        pm_buf_puts(b, "<a class=\"anchor\" href=\"#");
        pm_html_id(body, node->parent->as.section.id);
        pm_buf_puts(b, "\">");
    }
    if (node->parent && node->parent->kind == PM_SECTION)
        pm_section_number(&body->numbers, node->parent, b);
}

static void close_heading(struct pm_html_body *body, const struct pm_node *node)
{
    struct pm_buf *b = body->out;
    pm_buf_puts(b, is_anchor(node) ? "</a></h" : "</h");
    pm_buf_putc(b, heading_digit(node));
    pm_buf_putc(b, '>');
    if (node->parent && node->parent->kind == PM_SECTION && node->parent->as.section.fold)
        pm_buf_puts(b, "</summary>");
    pm_buf_putc(b, '\n');
}

/* The title of the document is its only heading of the first level. */
static void put_title(struct pm_html_body *body, bool enter)
{
    if (enter)
        pm_buf_puts(body->out, body->titled ? "<p class=\"title\">" : "<h1>");
    else
        pm_buf_puts(body->out, body->titled ? "</p>\n" : "</h1>\n");
    body->titled = body->titled || !enter;
}

/* ---- lists ---- */

static bool is_task_list(const struct pm_node *list)
{
    return list->first && list->first->kind == PM_TASK;
}

static void open_list(struct pm_html_body *body, const struct pm_node *node)
{
    struct pm_buf *b = body->out;
    pm_buf_puts(b, node->as.list.ordered ? "<ol" : "<ul");
    if (node->as.list.ordered && node->as.list.start != 1)
        pm_buf_printf(b, " start=\"%ld\"", node->as.list.start);
    pm_buf_puts(b, is_task_list(node) ? " class=\"tasks\">\n" : ">\n");
}

void pm_html_box(struct pm_html_body *body, bool done, bool closed)
{
    struct pm_buf *b = body->out;
    if (closed && !done) {
        pm_buf_puts(b, "<span class=\"box dropped\" aria-hidden=\"true\"></span> ");
        return;
    }
    pm_buf_puts(b, done ? "<span class=\"box done\" role=\"img\" aria-label=\"" : "<span class=\"box\" role=\"img\" aria-label=\"");
    pm_html_text(b, done ? body->doc->words.done : body->doc->words.open);
    pm_buf_puts(b, "\"></span> ");
}

static void open_item(struct pm_html_body *body, const struct pm_node *node)
{
    pm_buf_puts(body->out, "<li>");
    if (node->kind == PM_TASK)
        pm_html_box(body, node->as.task.done, node->as.task.done);
}

static void put_date(struct pm_buf *b, int64_t days)
{
    pm_buf_puts(b, "<time datetime=\"");
    pm_date_iso(b, days);
    pm_buf_puts(b, "\">");
    pm_date_iso(b, days);
    pm_buf_puts(b, "</time>");
}

static void close_item(struct pm_html_body *body, const struct pm_node *node)
{
    struct pm_buf *b = body->out;
    if (node->kind == PM_TASK && (node->as.task.assignee.n || node->as.task.has_due)) {
        pm_buf_puts(b, " <span class=\"minor\">");
        pm_html_text(b, node->as.task.assignee);
        pm_buf_puts(b, node->as.task.assignee.n && node->as.task.has_due ? ", " : "");
        if (node->as.task.has_due)
            put_date(b, node->as.task.due);
        pm_buf_puts(b, "</span>");
    }
    pm_buf_puts(b, "</li>\n");
}

/* The text of an item in a tight list stands by itself. */
static bool is_bare(const struct pm_node *paragraph)
{
    const struct pm_node *item = paragraph->parent;
    return !paragraph->prev && item && (item->kind == PM_ITEM || item->kind == PM_TASK) && item->parent &&
           item->parent->kind == PM_LIST && item->parent->as.list.tight;
}

static void put_paragraph(struct pm_html_body *body, const struct pm_node *node, bool enter)
{
    if (is_bare(node)) {
        if (!enter && node->next)
            pm_buf_putc(body->out, '\n');
        return;
    }
    if (enter)
        pm_buf_puts(body->out, node->as.paragraph.minor ? "<p class=\"minor\">" : "<p>");
    else
        pm_buf_puts(body->out, "</p>\n");
}

/* ---- facts, panels, code, figures ---- */

static void put_fact(struct pm_html_body *body, const struct pm_node *node, bool enter)
{
    struct pm_buf *b = body->out;
    if (!enter) {
        pm_buf_puts(b, "</dd></div>\n");
        return;
    }
    pm_buf_puts(b, "<div><dt>");
    pm_html_text(b, node->text);
    pm_buf_puts(b, "</dt><dd>");
}

static void put_metric(struct pm_html_body *body, const struct pm_node *node)
{
    struct pm_buf *b = body->out;
    pm_buf_puts(b, "<div class=\"");
    pm_buf_puts(b, pm_tone_name(node->as.metric.tone));
    pm_buf_puts(b, "\"><dt>");
    pm_html_text(b, node->text);
    pm_buf_puts(b, "</dt><dd>");
    pm_html_text(b, node->as.metric.value);
    pm_buf_puts(b, "</dd>");
    if (node->as.metric.note.n) {
        pm_buf_puts(b, "<dd class=\"minor\">");
        pm_html_text(b, node->as.metric.note);
        pm_buf_puts(b, "</dd>");
    }
    pm_buf_puts(b, "</div>\n");
}

static struct pm_str word_of_tone(const struct pm_words *words, enum pm_tone tone)
{
    switch (tone) {
    case PM_TONE_NOTE: return words->note;
    case PM_TONE_INFO: return words->info;
    case PM_TONE_SUCCESS: return words->success;
    case PM_TONE_WARNING: case PM_TONE_DANGER: return words->warning;
    default: return (struct pm_str){NULL, 0};
    }
}

static void open_panel(struct pm_html_body *body, const struct pm_node *node)
{
    struct pm_buf *b = body->out;
    struct pm_str title = node->text.n ? node->text : word_of_tone(&body->doc->words, node->as.tone.tone);
    pm_buf_puts(b, "<div class=\"panel ");
    pm_buf_puts(b, pm_tone_name(node->as.tone.tone));
    pm_buf_puts(b, "\" role=\"note\">\n");
    if (!title.n)
        return;
    pm_buf_puts(b, "<p class=\"panel-title\">");
    pm_html_text(b, title);
    pm_buf_puts(b, "</p>\n");
}

static void put_code_block(struct pm_html_body *body, const struct pm_node *node)
{
    struct pm_buf *b = body->out;
    pm_buf_puts(b, "<pre><code");
    if (node->as.code.lang.n) {
        pm_buf_puts(b, " class=\"language-");
        pm_html_text(b, node->as.code.lang);
        pm_buf_putc(b, '"');
    }
    pm_buf_putc(b, '>');
    pm_html_text(b, node->text);
    pm_buf_puts(b, "</code></pre>\n");
}

void pm_html_section_name(struct pm_html_body *body, const struct pm_node *node)
{
    const struct pm_node *section = section_of(node);
    if (section && section->first && section->first->kind == PM_HEADING)
        pm_html_plain(body->out, section->first, LONGEST_NAME);
    else
        put_cut(body->out, body->doc->title, LONGEST_NAME);
}

void pm_html_open_scroll(struct pm_html_body *body, const struct pm_node *node)
{
    pm_buf_puts(body->out, "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"");
    pm_html_section_name(body, node);
    pm_buf_puts(body->out, "\">\n");
}

static void put_figure(struct pm_html_body *body, const struct pm_node *node, bool enter)
{
    struct pm_buf *b = body->out;
    if (!enter) {
        pm_buf_puts(b, node->first ? "</figcaption>\n</figure>\n" : "</figure>\n");
        return;
    }
    pm_buf_puts(b, "<figure>\n");
    pm_html_open_scroll(body, node);
    pm_svg(node->as.figure.scene, node->text, NULL, b);
    pm_buf_puts(b, node->first ? "</div>\n<figcaption>" : "</div>\n");
}

/* ---- inlines ---- */

static void put_status(struct pm_html_body *body, const struct pm_node *node)
{
    struct pm_buf *b = body->out;
    pm_buf_puts(b, "<span class=\"badge ");
    pm_buf_puts(b, pm_tone_name(node->as.tone.tone));
    pm_buf_puts(b, "\">");
    pm_html_text(b, node->text);
    pm_buf_puts(b, node->parent && node->parent->kind == PM_BADGES ? "</span>\n" : "</span>");
}

static void put_time(struct pm_html_body *body, const struct pm_node *node)
{
    struct pm_buf *b = body->out;
    pm_buf_puts(b, "<time datetime=\"");
    if (node->as.time.date)
        pm_date_iso(b, node->as.time.value);
    else
        pm_instant_rfc3339(b, node->as.time.value, PM_LIT("UTC"));
    pm_buf_puts(b, "\">");
    pm_html_text(b, node->text);
    pm_buf_puts(b, "</time>");
}

static void put_code(struct pm_html_body *body, const struct pm_node *node)
{
    pm_buf_puts(body->out, "<code>");
    pm_html_text(body->out, node->text);
    pm_buf_puts(body->out, "</code>");
}

/* A ticket without an address is its text. */
static void put_link(struct pm_html_body *body, const struct pm_node *node, bool enter)
{
    struct pm_buf *b = body->out;
    struct pm_str url = node->as.link.url;
    if (!url.n) {
        if (enter && !node->first)
            pm_html_text(b, node->as.link.key);
        return;
    }
    if (!enter) {
        pm_buf_puts(b, "</a>");
        return;
    }
    pm_buf_puts(b, "<a href=\"");
    if (url.p[0] == '#') {
        pm_buf_putc(b, '#');
        pm_html_id(body, (struct pm_str){url.p + 1, url.n - 1});
    } else {
        pm_html_url(b, url);
    }
    pm_buf_puts(b, "\">");
    if (!node->first)
        pm_html_text(b, node->as.link.key.n ? node->as.link.key : url);
}

/* ---- the walk ---- */

static void enter_node(struct pm_html_body *body, const struct pm_node *node)
{
    switch (node->kind) {
    case PM_TITLE: put_title(body, true); break;
    case PM_METRIC: put_metric(body, node); break;
    case PM_SECTION: open_section(body, node); break;
    case PM_HEADING: open_heading(body, node); break;
    case PM_PARAGRAPH: put_paragraph(body, node, true); break;
    case PM_LIST: open_list(body, node); break;
    case PM_ITEM: case PM_TASK: open_item(body, node); break;
    case PM_TABLE: pm_html_open_table(body, node); break;
    case PM_ROW: pm_html_open_row(body, node); break;
    case PM_CELL: pm_html_open_cell(body, node); break;
    case PM_FACT: put_fact(body, node, true); break;
    case PM_PANEL: open_panel(body, node); break;
    case PM_CODE_BLOCK: put_code_block(body, node); break;
    case PM_FIGURE: put_figure(body, node, true); break;
    case PM_TEXT: case PM_PERSON: pm_html_text(body->out, node->text); break;
    case PM_CODE: put_code(body, node); break;
    case PM_LINK: put_link(body, node, true); break;
    case PM_STATUS: put_status(body, node); break;
    case PM_TIME: put_time(body, node); break;
    default:
        if (plain_tags[node->kind].open)
            pm_buf_puts(body->out, plain_tags[node->kind].open);
    }
}

static void exit_node(struct pm_html_body *body, const struct pm_node *node)
{
    switch (node->kind) {
    case PM_TITLE: put_title(body, false); break;
    case PM_SECTION: close_section(body, node); break;
    case PM_HEADING: close_heading(body, node); break;
    case PM_PARAGRAPH: put_paragraph(body, node, false); break;
    case PM_LIST: pm_buf_puts(body->out, node->as.list.ordered ? "</ol>\n" : "</ul>\n"); break;
    case PM_ITEM: case PM_TASK: close_item(body, node); break;
    case PM_TABLE: pm_html_close_table(body); break;
    case PM_ROW: pm_html_close_row(body, node); break;
    case PM_CELL: pm_html_close_cell(body, node); break;
    case PM_FACT: put_fact(body, node, false); break;
    case PM_PANEL: pm_buf_puts(body->out, "</div>\n"); break;
    case PM_FIGURE: put_figure(body, node, false); break;
    case PM_LINK: put_link(body, node, false); break;
    default:
        if (plain_tags[node->kind].close)
            pm_buf_puts(body->out, plain_tags[node->kind].close);
    }
}

void pm_html_node(struct pm_html_body *body, const struct pm_node *node)
{
    struct pm_iterator it;
    pm_iterator_init(&it, node);
    for (enum pm_event_type event; (event = pm_iterator_next(&it)) != PM_DONE;) {
        if (event == PM_ENTER)
            enter_node(body, it.node);
        else
            exit_node(body, it.node);
    }
}
