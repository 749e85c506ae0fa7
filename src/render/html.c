#include "render/html.h"

#include "base/base64.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "base/utf8.h"
#include "document/iterator.h"
#include "render/direction.h"
#include "render/html_body.h"
#include "render/html_colours.h"
#include "render/html_files.h"
#include "render/html_source.h"
#include "render/html_text.h"
#include "render/logo.h"

#include <string.h>

enum { DESCRIPTION = 300 };   /* characters */

/* A document of the page, as pieces. */
struct pm_html_part { struct pm_html_piece lang, id, title, meta, cover, badges, toc, body, footer, source; bool rtl; };

/* ---- what all pages have ---- */

static void put_logo(struct pm_html *html, const struct pm_logo *logo)
{
    struct pm_buf *b = &html->logo;
    pm_buf_puts(b, "<img class=\"logo\" alt=\"");
    pm_html_text(b, html->theme->logo_alt);
    pm_buf_puts(b, "\" height=\"");
    pm_buf_number(b, html->theme->logo_height * 96 / 72, 0);
    pm_buf_puts(b, "\" src=\"data:image/");
    pm_buf_puts(b, logo->type);
    pm_buf_puts(b, ";base64,");
    pm_base64(b, logo->bytes, 0);
    pm_buf_puts(b, "\">\n");
}

static void read_logo(struct pm_html *html, struct pm_diags *diags)
{
    struct pm_arena arena;
    struct pm_logo logo;
    pm_arena_init(&arena);
    pm_logo_read(html->theme, &arena, diags, &logo);
    if (logo.bytes.n)
        put_logo(html, &logo);
    if (pm_arena_failed(&arena))
        html->logo.status = PM_NOMEM;
    pm_arena_free(&arena);
}

enum pm_status pm_html_init(struct pm_html *html, const struct pm_theme *theme, struct pm_diags *diags)
{
    *html = (struct pm_html){.theme = theme};
    pm_buf_init(&html->style, PM_MAX_OUTPUT);
    pm_buf_init(&html->logo, PM_MAX_OUTPUT);
    pm_buf_init(&html->text, PM_MAX_OUTPUT);
    pm_buf_init(&html->hashes, PM_MAX_OUTPUT);
    pm_arena_init(&html->arena);
    pm_html_colours(theme, &html->style);
    read_logo(html, diags);
    return html->style.status ? html->style.status : html->logo.status;
}

void pm_html_free(struct pm_html *html)
{
    pm_buf_free(&html->style);
    pm_buf_free(&html->logo);
    pm_buf_free(&html->text);
    pm_buf_free(&html->hashes);
    pm_arena_free(&html->arena);
}

void pm_html_clear(struct pm_html *html)
{
    html->parts = NULL;
    html->count = html->cap = 0;
    pm_arena_free(&html->arena);
    pm_buf_clear(&html->text);
    pm_buf_clear(&html->hashes);
}

/* ---- a document as pieces ---- */

static struct pm_html_part *new_part(struct pm_html *html)
{
    if (html->count == html->cap) {
        size_t cap = html->cap ? html->cap * 2 : 4;
        struct pm_html_part *parts = pm_arena_grow(&html->arena, html->parts, html->count, cap, sizeof *parts);
        if (!parts) {
            html->text.status = PM_NOMEM;
            return NULL;
        }
        html->parts = parts;
        html->cap = cap;
    }
    return &html->parts[html->count++];
}

static struct pm_html_piece since(const struct pm_html *html, size_t from)
{
    return (struct pm_html_piece){from, html->text.len};
}

static struct pm_html_piece add_text(struct pm_html *html, struct pm_str text)
{
    size_t from = html->text.len;
    pm_html_text(&html->text, text);
    return since(html, from);
}

/* The section that stands for the whole, or NULL. */
static const struct pm_node *lead_of(const struct pm_document *doc)
{
    const struct pm_node *node = doc->root->first;
    while (node && !(node->kind == PM_SECTION && node->as.section.lead))
        node = node->next;
    return node;
}

/* The text of the paragraphs below `node`, with a space between them, cut between words. */
static void put_summary(struct pm_buf *out, const struct pm_node *node)
{
    struct pm_buf text;
    struct pm_iterator it;
    pm_buf_init(&text, PM_MAX_OUTPUT);
    pm_iterator_init(&it, node);
    while (pm_iterator_next(&it) != PM_DONE && text.len < 4 * DESCRIPTION) {
        bool out_of_place = it.node->kind == PM_HEADING || it.node->kind == PM_FIGURE || it.node->kind == PM_TABLE;
        if (it.event == PM_ENTER && out_of_place)
            pm_iterator_skip(&it);
        else if (it.event == PM_ENTER)
            pm_buf_str(&text, it.node->text);
        else if ((it.node->kind == PM_PARAGRAPH || it.node->kind == PM_BREAK) && text.len)
            pm_buf_putc(&text, ' ');
    }
    struct pm_str all = pm_str_trim(pm_buf_slice(&text)), cut = pm_utf8_prefix(all, DESCRIPTION);
    while (cut.n < all.n && cut.n > 0 && cut.p[cut.n - 1] != ' ')
        cut.n--;
    pm_html_text(out, pm_str_trim(cut.n ? cut : pm_utf8_prefix(all, DESCRIPTION)));
    if (cut.n < all.n)
        pm_buf_puts(out, "\xE2\x80\xA6");
    if (text.status)
        out->status = text.status;
    pm_buf_free(&text);
}

static void put_meta(struct pm_buf *b, const char *name, struct pm_str value)
{
    if (!value.n)
        return;
    pm_buf_puts(b, "<meta name=\"");
    pm_buf_puts(b, name);
    pm_buf_puts(b, "\" content=\"");
    pm_html_text(b, value);
    pm_buf_puts(b, "\">\n");
}

static struct pm_html_piece add_meta(struct pm_html *html, const struct pm_document *doc)
{
    struct pm_buf *b = &html->text;
    size_t from = b->len;
    const struct pm_node *lead = lead_of(doc);
    if (lead) {
        pm_buf_puts(b, "<meta name=\"description\" content=\"");
        put_summary(b, lead);
        pm_buf_puts(b, "\">\n");
    } else {
        put_meta(b, "description", doc->subject);
    }
    put_meta(b, "author", doc->author);
    put_meta(b, "keywords", doc->keywords);
    pm_buf_puts(b, "<meta name=\"dcterms.date\" content=\"");
    pm_instant_rfc3339(b, doc->instant, PM_LIT("UTC"));
    pm_buf_puts(b, "\">\n");
    return since(html, from);
}

static const struct pm_node *child_of(const struct pm_node *node, enum pm_node_kind kind)
{
    node = node ? node->first : NULL;
    while (node && node->kind != kind)
        node = node->next;
    return node;
}

/* An entry and the entries of its subsections, which the style sheet shows for the section that is being read. */
static void put_entry(const struct pm_html_body *body, const struct pm_node *section, bool deeper)
{
    struct pm_buf *b = body->out;
    const struct pm_node *inner = deeper ? child_of(section, PM_SECTION) : NULL;
    pm_buf_puts(b, "<li><a href=\"#");
    pm_html_id(body, section->as.section.id);
    pm_buf_puts(b, "\">");
    pm_html_plain(b, child_of(section, PM_HEADING), SIZE_MAX);
    pm_buf_puts(b, inner ? "</a>\n<ol>\n" : "</a></li>\n");
    for (const struct pm_node *child = inner; child; child = child->next) {
        if (child->kind == PM_SECTION && child_of(child, PM_HEADING))
            put_entry(body, child, false);
    }
    if (inner)
        pm_buf_puts(b, "</ol>\n</li>\n");
}

static struct pm_html_piece add_toc(struct pm_html *html, const struct pm_html_body *body)
{
    const struct pm_document *doc = body->doc;
    struct pm_buf *b = &html->text;
    size_t from = b->len;
    if (!child_of(doc->root, PM_TOC) || !child_of(doc->root, PM_SECTION))
        return since(html, from);
    pm_buf_puts(b, "<p class=\"toc-title\">");
    pm_html_text(b, doc->words.contents);
    pm_buf_puts(b, "</p>\n<ol>\n");
    for (const struct pm_node *node = doc->root->first; node; node = node->next) {
        if (node->kind == PM_SECTION && child_of(node, PM_HEADING))
            put_entry(body, node, true);
    }
    pm_buf_puts(b, "</ol>\n");
    return since(html, from);
}

/* A document without a cover has its title at least. */
static struct pm_html_piece add_cover(struct pm_html *html, struct pm_html_body *body, const struct pm_node *cover)
{
    size_t from = html->text.len;
    if (!child_of(cover, PM_TITLE)) {
        pm_buf_puts(&html->text, "<h1>");
        pm_html_text(&html->text, body->doc->title);
        pm_buf_puts(&html->text, "</h1>\n");
        body->titled = true;
    }
    if (cover)
        pm_html_node(body, cover);
    return since(html, from);
}

static struct pm_html_piece add_badges(struct pm_html *html, struct pm_html_body *body, const struct pm_node *cover)
{
    size_t from = html->text.len;
    const struct pm_node *badges = child_of(cover, PM_BADGES);
    for (const struct pm_node *badge = badges ? badges->first : NULL; badge; badge = badge->next)
        pm_html_node(body, badge);
    return since(html, from);
}

static struct pm_html_piece add_body(struct pm_html *html, struct pm_html_body *body, const struct pm_node *cover)
{
    size_t from = html->text.len;
    for (const struct pm_node *node = body->doc->root->first; node; node = node->next) {
        if (node != cover)
            pm_html_node(body, node);
    }
    return since(html, from);
}

static struct pm_html_piece add_source(struct pm_html *html, const struct pm_document *doc, unsigned number)
{
    size_t from = html->text.len;
    char hash[65] = "";
    if (!doc->sha256[0])
        pm_sha256(doc->source, hash);
    const char *sha256 = doc->sha256[0] ? doc->sha256 : hash;
    pm_buf_puts(&html->hashes, sha256);
    pm_html_source(&html->text, doc, sha256, number);
    if (html->hashes.status)
        html->text.status = html->hashes.status;
    return since(html, from);
}

/* With several documents the page has the heading of the first level: those of the first go one down, as those of later ones do. */
static void lower_headings(struct pm_html *html, size_t index)
{
    if (html->text.status)
        return;
    char *p = html->text.data + html->parts[index].cover.from, *end = html->text.data + html->parts[index].body.to;
    for (; p + 3 < end && (p = memchr(p, '<', (size_t)(end - p - 3))); p++) {
        char *h = p + (p[1] == '/') + 1;   /* text has no '<': what is found is an element */
        if (h[0] == 'h' && h[1] >= '1' && h[1] <= '5')
            h[1]++;
    }
}

enum pm_status pm_html_add(struct pm_html *html, const struct pm_document *doc)
{
    struct pm_html_part *part = html->text.status ? NULL : new_part(html);
    if (!part)
        return html->text.status;
    const struct pm_node *cover = child_of(doc->root, PM_COVER);
    struct pm_html_body body = {.out = &html->text, .doc = doc, .number = (unsigned)html->count};
    part->rtl = pm_direction_of_language(doc->lang) == PM_DIRECTION_RTL;
    part->lang = add_text(html, doc->lang);
    part->id = add_text(html, doc->id);
    part->title = add_text(html, doc->title);
    if (html->count == 1) {
        html->contents = add_text(html, doc->words.contents);
        html->skip = add_text(html, doc->words.skip);
    }
    part->meta = add_meta(html, doc);
    part->cover = add_cover(html, &body, cover);
    part->badges = add_badges(html, &body, cover);
    part->toc = add_toc(html, &body);
    part->body = add_body(html, &body, cover);
    part->footer = add_text(html, doc->footer);
    part->source = add_source(html, doc, body.number);
    if (html->count == 2)
        lower_headings(html, 0);
    if (html->count > 1)
        lower_headings(html, html->count - 1);
    return html->text.status;
}

/* ---- the page ---- */

struct page { const struct pm_html *html; struct pm_buf *out; bool several; char nonce[65]; };

static void put(const struct page *page, struct pm_html_piece piece)
{
    pm_buf_add(page->out, page->html->text.data + piece.from, piece.to - piece.from);
}

static bool is_empty(struct pm_html_piece piece)
{
    return piece.from == piece.to;
}

/* Only the style sheet and the script that were written here count: they carry a word that no author of an incident can know, since it is
 * a hash of the incident (Content Security Policy 3, 2.3.1: a nonce). */
static void put_policy(const struct page *page)
{
    pm_buf_puts(page->out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'nonce-");
    pm_buf_puts(page->out, page->nonce);
    pm_buf_puts(page->out, "'; script-src 'nonce-");
    pm_buf_puts(page->out, page->nonce);
    pm_buf_puts(page->out, "'; base-uri 'none'; form-action 'none'\">\n");
}

static void open_trusted(const struct page *page, const char *name)
{
    pm_buf_putc(page->out, '<');
    pm_buf_puts(page->out, name);
    pm_buf_puts(page->out, " nonce=\"");
    pm_buf_puts(page->out, page->nonce);
    pm_buf_putc(page->out, '"');
}

/* "GL-2017-01-31: Title", or of several "GL-2017-01-31 – GL-2017-02-11". */
static void put_name(const struct page *page)
{
    const struct pm_html_part *parts = page->html->parts;
    put(page, parts[0].id);
    pm_buf_puts(page->out, page->several ? " \xE2\x80\x93 " : is_empty(parts[0].id) ? "" : ": ");
    put(page, page->several ? parts[page->html->count - 1].id : parts[0].title);
}

static void put_head(const struct page *page)
{
    const struct pm_html_part *first = &page->html->parts[0];
    struct pm_buf *b = page->out;
    pm_buf_puts(b, "<!DOCTYPE html>\n<html lang=\"");
    put(page, first->lang);
    pm_buf_puts(b, first->rtl ? "\" dir=\"rtl\">\n" : "\">\n");
    pm_buf_puts(b, "<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    put_policy(page);
    pm_buf_puts(b, "<title>");
    put_name(page);
    pm_buf_puts(b, "</title>\n");
    if (!page->several)
        put(page, first->meta);
    pm_buf_puts(b, "<meta name=\"generator\" content=\"pmkit\">\n");
    open_trusted(page, "style");
    pm_buf_puts(b, ">\n");
    pm_buf_str(b, pm_buf_slice(&page->html->style));
    pm_buf_puts(b, pm_html_css);
    pm_buf_puts(b, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#page.main\">");
    put(page, page->html->skip);
    pm_buf_puts(b, "</a>\n");
}

/* Landmarks of one kind need names of their own. */
static void put_toc(const struct page *page, const struct pm_html_part *part)
{
    if (is_empty(part->toc))
        return;
    pm_buf_puts(page->out, "<nav class=\"toc\" aria-label=\"");
    put(page, page->html->contents);
    if (page->several) {
        pm_buf_putc(page->out, ' ');
        put(page, part->id);
    }
    pm_buf_puts(page->out, "\">\n");
    put(page, part->toc);
    pm_buf_puts(page->out, "</nav>\n");
}

static void put_cover(const struct page *page, const struct pm_html_part *part)
{
    pm_buf_puts(page->out, "<header class=\"cover\">\n<div class=\"inner\">\n");
    if (!page->several)
        pm_buf_str(page->out, pm_buf_slice(&page->html->logo));
    put(page, part->cover);
    pm_buf_puts(page->out, "</div>\n</header>\n");
}

static void put_footer(const struct page *page, const struct pm_html_part *part)
{
    if (is_empty(part->footer))
        return;
    pm_buf_puts(page->out, "<footer>\n<p>");
    put(page, part->footer);
    pm_buf_puts(page->out, "</p>\n</footer>\n");
}

static void put_one(const struct page *page, const struct pm_html_part *part)
{
    struct pm_buf *b = page->out;
    put_cover(page, part);
    pm_buf_puts(b, is_empty(part->toc) ? "<div class=\"page\">\n" : "<div class=\"page with-toc\">\n");
    put_toc(page, part);
    pm_buf_puts(b, "<main id=\"page.main\" tabindex=\"-1\">\n");
    put(page, part->body);
    pm_buf_puts(b, "</main>\n</div>\n");
    put_footer(page, part);
}

static void put_index(const struct page *page)
{
    struct pm_buf *b = page->out;
    pm_buf_puts(b, "<header class=\"cover\">\n<div class=\"inner\">\n");
    pm_buf_str(b, pm_buf_slice(&page->html->logo));
    pm_buf_puts(b, "<h1>");
    put_name(page);
    pm_buf_puts(b, "</h1>\n<nav class=\"index\" aria-label=\"");
    put(page, page->html->contents);
    pm_buf_puts(b, "\">\n<ol>\n");
    for (size_t i = 0; i < page->html->count; i++) {
        const struct pm_html_part *part = &page->html->parts[i];
        pm_buf_puts(b, "<li><span class=\"id\">");
        put(page, part->id);
        pm_buf_printf(b, "</span>\n<a href=\"#page.%zu\">", i + 1);
        put(page, part->title);
        pm_buf_puts(b, "</a>\n<span class=\"badges\">");
        put(page, part->badges);
        pm_buf_puts(b, "</span></li>\n");
    }
    pm_buf_puts(b, "</ol>\n</nav>\n</div>\n</header>\n");
}

static void put_article(const struct page *page, size_t i)
{
    const struct pm_html_part *part = &page->html->parts[i];
    struct pm_buf *b = page->out;
    pm_buf_printf(b, "<article id=\"page.%zu\" lang=\"", i + 1);
    put(page, part->lang);
    pm_buf_puts(b, part->rtl ? "\" dir=\"rtl\">\n" : "\" dir=\"ltr\">\n");
    put_cover(page, part);
    pm_buf_puts(b, is_empty(part->toc) ? "<div class=\"page\">\n" : "<div class=\"page with-toc\">\n");
    put_toc(page, part);
    pm_buf_puts(b, "<div class=\"text\">\n");
    put(page, part->body);
    pm_buf_puts(b, "</div>\n</div>\n");
    put_footer(page, part);
    pm_buf_puts(b, "</article>\n");
}

static void put_several(const struct page *page)
{
    put_index(page);
    pm_buf_puts(page->out, "<main id=\"page.main\" tabindex=\"-1\">\n");
    for (size_t i = 0; i < page->html->count; i++)
        put_article(page, i);
    pm_buf_puts(page->out, "</main>\n");
}

enum pm_status pm_html_write(const struct pm_html *html, struct pm_buf *out)
{
    struct page page = {.html = html, .out = out, .several = html->count > 1};
    if (html->text.status || html->count == 0)
        return html->text.status;
    pm_sha256(pm_buf_slice(&html->hashes), page.nonce);
    put_head(&page);
    if (page.several)
        put_several(&page);
    else
        put_one(&page, &html->parts[0]);
    for (size_t i = 0; i < html->count; i++) {
        if (!is_empty(html->parts[i].source))
            open_trusted(&page, "script");
        put(&page, html->parts[i].source);
    }
    open_trusted(&page, "script");
    pm_buf_putc(out, '>');
    pm_buf_puts(out, pm_html_js);
    pm_buf_puts(out, "</script>\n</body>\n</html>\n");
    return out->status;
}
