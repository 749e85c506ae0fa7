#include "base/utf8.h"
#include "render/md_internal.h"
#include "render/md_text.h"

static bool is_span(enum pm_node_kind kind)
{
    return kind == PM_STRONG || kind == PM_EMPH || kind == PM_STRIKE || kind == PM_LINK;
}

/* ---- what is beside a span ---- */

static uint32_t first_of(struct pm_str s)
{
    size_t at = 0;
    return s.n ? pm_utf8_next(s, &at) : 0;
}

static uint32_t last_of(struct pm_str s)
{
    size_t at = s.n;
    while (at > 0 && ((unsigned char)s.p[at - 1] & 0xC0) == 0x80)
        at--;
    at -= at > 0;
    return s.n ? pm_utf8_next(s, &at) : 0;
}

/* The first or last character that an inline node writes; a space when it writes none. */
static uint32_t edge_of(const struct pm_node *node, bool last)
{
    for (; node; node = last ? node->last : node->first) {
        if (node->kind == PM_CODE)
            return '`';
        if (node->kind == PM_LINK)
            return last ? ')' : '[';
        if (node->kind == PM_STATUS)
            return last ? last_of(node->text) : 0x1F534;
        if (!is_span(node->kind))
            return !node->text.n ? ' ' : last ? last_of(node->text) : first_of(node->text);
    }
    return ' ';
}

/* What is written behind a span. */
static uint32_t next_to(const struct pm_node *node)
{
    while (!node->next && node->parent && is_span(node->parent->kind) && node->parent->kind != PM_LINK)
        node = node->parent;
    if (node->parent && node->parent->kind == PM_LINK && !node->next)
        return ']';
    return node->next ? is_span(node->next->kind) && node->next->kind != PM_LINK ? '*' : edge_of(node->next, false) : '\n';
}

/* The rules of CommonMark 6.2 for runs of delimiters, with doubt counted against them. `first`: what the span begins with. */
static bool stars_work(const struct pm_md_body *body, const struct pm_node *node, uint32_t first)
{
    struct pm_str written = pm_buf_slice(body->out);
    uint32_t before = written.n ? last_of(written) : '\n', last = edge_of(node, true), behind = next_to(node);
    bool opens = !pm_md_may_be_punctuation(first) || pm_md_is_boundary(before);
    bool closes = !pm_md_may_be_punctuation(last) || pm_md_is_boundary(behind);
    bool nested = node->parent && is_span(node->parent->kind) && !node->prev;
    return opens && closes && (nested || (before != '*' && before != '~'));
}

/* ---- spans ---- */

static const char *mark_of(enum pm_node_kind kind)
{
    return kind == PM_STRONG ? "**" : kind == PM_EMPH ? "*" : "~~";
}

static const char *tag_of(enum pm_node_kind kind)
{
    return kind == PM_STRONG ? "strong>" : kind == PM_EMPH ? "em>" : "del>";
}

static void open_span(struct pm_md_body *body, struct pm_md_span *span, uint32_t first)
{
    struct pm_buf *b = body->out;
    if (span->node->kind == PM_LINK) {
        pm_buf_putc(b, '[');
        return;
    }
    span->tags = !stars_work(body, span->node, first);
    pm_buf_puts(b, span->tags ? "<" : mark_of(span->node->kind));
    if (span->tags)
        pm_buf_puts(b, tag_of(span->node->kind));
}

/* Opens what waits for text that begins with `first`. */
static void open_waiting(struct pm_md_body *body, uint32_t first)
{
    while (body->waiting > 0) {
        open_span(body, &body->open[body->spans - body->waiting], first);
        body->waiting--;
    }
}

/* Links within the page are left as text: their targets have other names here. */
static void enter_span(struct pm_md_body *body, const struct pm_node *node)
{
    if (node->kind == PM_LINK && (body->links++ > 0 || node->as.link.url.n == 0 || node->as.link.url.p[0] == '#'))
        return;
    if (body->spans == PM_MD_DEPTH)
        return;
    body->open[body->spans++] = (struct pm_md_span){node, false};
    body->waiting++;
}

/* Blanks at the end of a span go behind its mark. */
static size_t take_blanks(struct pm_buf *b)
{
    size_t n = 0;
    while (b->len > 0 && b->data[b->len - 1] == ' ') {
        b->data[--b->len] = '\0';
        n++;
    }
    return n;
}

static void close_link(struct pm_md_body *body, const struct pm_node *node)
{
    pm_buf_puts(body->out, "](");
    pm_md_url(body->out, node->as.link.url);
    pm_buf_putc(body->out, ')');
}

static void exit_span(struct pm_md_body *body, const struct pm_node *node)
{
    struct pm_buf *b = body->out;
    body->links -= node->kind == PM_LINK;
    if (body->spans == 0 || body->open[body->spans - 1].node != node)
        return;
    struct pm_md_span span = body->open[--body->spans];
    if (body->waiting > 0) {   /* there was no text */
        body->waiting--;
        return;
    }
    size_t blanks = take_blanks(b);
    if (node->kind == PM_LINK) {
        close_link(body, node);
    } else if (span.tags) {
        pm_buf_puts(b, "</");
        pm_buf_puts(b, tag_of(node->kind));
    } else {
        pm_buf_puts(b, mark_of(node->kind));
    }
    while (blanks-- > 0)
        pm_buf_putc(b, ' ');
}

/* ---- leaves ---- */

static unsigned where(const struct pm_md_body *body)
{
    const struct pm_buf *b = body->out;
    bool line = b->len == 0 || b->data[b->len - 1] == '\n' || body->at_line;
    return (line ? PM_MD_LINE : 0u) | (body->cells ? PM_MD_CELL : 0u) | (body->heading ? PM_MD_HEADING : 0u) |
           (body->links ? PM_MD_LINK : 0u);
}

void pm_md_put_text(struct pm_md_body *body, struct pm_str text)
{
    if (text.n == 0)
        return;
    unsigned place = where(body);
    if (body->waiting > 0) {
        size_t blanks = 0;
        while (blanks < text.n && text.p[blanks] == ' ')
            blanks++;
        if (blanks && !(place & PM_MD_LINE))
            pm_buf_putc(body->out, ' ');
        text = (struct pm_str){text.p + blanks, text.n - blanks};
        if (text.n == 0)
            return;
        open_waiting(body, first_of(text));
        place &= ~(unsigned)PM_MD_LINE;
    }
    size_t from = body->out->len;
    pm_md_text(body->out, text, place);
    body->at_line = body->at_line && body->out->len == from;
}

static void put_code(struct pm_md_body *body, const struct pm_node *node)
{
    if (node->text.n == 0)
        return;
    open_waiting(body, '`');
    pm_md_code(body->out, node->text, where(body));
    body->at_line = false;
}

/* The tone as a dot, since a word alone is hard to find in a table. */
static void put_status(struct pm_md_body *body, const struct pm_node *node)
{
    static const char *const dots[] = {
        [PM_TONE_NEUTRAL] = "\xE2\x9A\xAA", [PM_TONE_INFO] = "\xF0\x9F\x94\xB5", [PM_TONE_SUCCESS] = "\xF0\x9F\x9F\xA2",
        [PM_TONE_WARNING] = "\xF0\x9F\x9F\xA0", [PM_TONE_DANGER] = "\xF0\x9F\x94\xB4", [PM_TONE_NOTE] = "\xF0\x9F\x9F\xA3"};
    if (node->parent && node->parent->kind == PM_BADGES && node->prev)
        pm_buf_puts(body->out, " \xC2\xB7 ");
    pm_md_put_text(body, pm_str(dots[node->as.tone.tone]));
    pm_buf_putc(body->out, ' ');
    pm_md_put_text(body, node->text);
}

static void put_break(struct pm_md_body *body, const struct pm_node *node)
{
    const struct pm_node *block = node;
    if (body->cells || body->heading) {
        pm_buf_puts(body->out, body->cells ? "<br>" : " ");
        return;
    }
    while (block->parent && pm_node_is_inline(block->kind))
        block = block->parent;
    take_blanks(body->out);
    pm_buf_puts(body->out, "  ");
    pm_md_new_line(body, block);
}

bool pm_md_enter_inline(struct pm_md_body *body, const struct pm_node *node)
{
    switch (node->kind) {
    case PM_TEXT: case PM_TIME: case PM_PERSON: pm_md_put_text(body, node->text); return true;
    case PM_STRONG: case PM_EMPH: case PM_STRIKE: enter_span(body, node); return true;
    case PM_LINK:
        enter_span(body, node);
        if (!node->first)
            pm_md_put_text(body, node->as.link.key.n ? node->as.link.key : node->as.link.url);
        return true;
    case PM_CODE: put_code(body, node); return true;
    case PM_STATUS: put_status(body, node); return true;
    case PM_BREAK: put_break(body, node); return true;
    default: return false;
    }
}

void pm_md_exit_inline(struct pm_md_body *body, const struct pm_node *node)
{
    if (is_span(node->kind))
        exit_span(body, node);
}
