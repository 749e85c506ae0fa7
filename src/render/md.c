#include "render/md.h"

#include "base/base64.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "base/utf8.h"
#include "document/iterator.h"
#include "render/html_text.h"
#include "render/md_internal.h"
#include "render/md_text.h"

#include <string.h>

struct piece { size_t from, to; };   /* of the text that is ready */

/* A document of the page, as pieces. facts: lines of the front matter; slug: how GitHub names the heading "ID: TITLE", empty when that is
 * not certain. */
struct pm_md_part { struct piece facts, id, title, slug, badges, body, source; };

void pm_md_init(struct pm_md *md)
{
    *md = (struct pm_md){.count = 0};
    pm_buf_init(&md->text, PM_MAX_OUTPUT);
    pm_arena_init(&md->arena);
}

void pm_md_free(struct pm_md *md)
{
    pm_buf_free(&md->text);
    pm_arena_free(&md->arena);
}

void pm_md_clear(struct pm_md *md)
{
    md->parts = NULL;
    md->count = md->cap = 0;
    md->tabs = md->numbered_on = false;
    pm_arena_free(&md->arena);
    pm_buf_clear(&md->text);
}

static struct pm_md_part *new_part(struct pm_md *md)
{
    if (md->count == md->cap) {
        size_t cap = md->cap ? md->cap * 2 : 4;
        struct pm_md_part *parts = pm_arena_grow(&md->arena, md->parts, md->count, cap, sizeof *parts);
        if (!parts) {
            md->text.status = PM_NOMEM;
            return NULL;
        }
        md->parts = parts;
        md->cap = cap;
    }
    return &md->parts[md->count++];
}

static struct piece since(const struct pm_md *md, size_t from)
{
    return (struct piece){from, md->text.len};
}

/* ---- front matter ---- */

/* Words that YAML readers of some version take for something else than text. */
static bool is_yaml_word(struct pm_str s)
{
    static const char *const words[] = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (pm_str_same_word(s, words[i]))
            return true;
    }
    return false;
}

static bool is_plain_yaml(struct pm_str s)
{
    bool plain = s.n > 0 && ((s.p[0] >= 'a' && s.p[0] <= 'z') || (s.p[0] >= 'A' && s.p[0] <= 'Z')) && !is_yaml_word(s);
    for (size_t i = 0; i < s.n && plain; i++)
        plain = strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-", s.p[i]) && s.p[i];
    return plain;
}

/* A double-quoted scalar has the escapes of JSON (YAML 1.2, 7.3.1); what YAML cannot print is U+FFFD. */
static void put_scalar(struct pm_buf *b, struct pm_str s)
{
    struct pm_buf clean;
    if (is_plain_yaml(s)) {
        pm_buf_str(b, s);
        return;
    }
    pm_buf_init(&clean, PM_MAX_OUTPUT);
    for (size_t at = 0; at < s.n;) {
        size_t from = at;
        uint32_t cp = pm_utf8_next(s, &at);
        if (cp == '\n' || cp == '\r' || cp == '\t')
            pm_buf_putc(&clean, ' ');
        else
            pm_md_verbatim(&clean, (struct pm_str){s.p + from, at - from});
    }
    pm_buf_putc(b, '"');
    pm_buf_json(b, pm_buf_slice(&clean));
    pm_buf_putc(b, '"');
    if (clean.status)
        b->status = clean.status;
    pm_buf_free(&clean);
}

static void put_pair(struct pm_buf *b, const char *key, struct pm_str value)
{
    if (!value.n)
        return;
    pm_buf_puts(b, key);
    pm_buf_puts(b, ": ");
    put_scalar(b, value);
    pm_buf_putc(b, '\n');
}

/* The last part of a path, where it is fit for a key and not one that stands there already. */
static struct pm_str key_of(struct pm_str path)
{
    size_t at = path.n;
    if (at == 0)
        return path;
    while (at > 0 && path.p[at - 1] != '/')
        at--;
    struct pm_str key = {path.p + at, path.n - at};
    bool taken = pm_str_is(key, "id") || pm_str_is(key, "title") || pm_str_is(key, "lang") || pm_str_is(key, "date");
    return !taken && is_plain_yaml(key) ? key : (struct pm_str){NULL, 0};
}

static void put_key(struct pm_buf *b, struct pm_str key)
{
    pm_buf_str(b, key);
    pm_buf_puts(b, ": ");
}

static void put_value(struct pm_buf *b, const struct pm_node *node)
{
    struct pm_buf text;
    struct pm_iterator it;
    pm_buf_init(&text, PM_MAX_OUTPUT);
    for (const struct pm_node *child = node->first; child; child = child->next) {
        pm_iterator_init(&it, child);
        for (enum pm_event_type event; (event = pm_iterator_next(&it)) != PM_DONE;) {
            if (event == PM_ENTER)
                pm_buf_str(&text, it.node->text);
        }
    }
    put_scalar(b, pm_buf_slice(&text));
    if (text.status)
        b->status = text.status;
    pm_buf_free(&text);
}

/* Whether one of the lines from `from` on has the key. */
static bool has_key(const struct pm_buf *b, size_t from, struct pm_str key)
{
    struct pm_str rest = {b->data + from, b->len - from};
    while (rest.n) {
        if (rest.n > key.n && memcmp(rest.p, key.p, key.n) == 0 && rest.p[key.n] == ':')
            return true;
        const char *end = memchr(rest.p, '\n', rest.n);
        size_t line = end ? (size_t)(end - rest.p) + 1 : rest.n;
        rest = (struct pm_str){rest.p + line, rest.n - line};
    }
    return false;
}

/* Badges say what the source says, facts what the page says. Paths may end alike: the first one has the key. */
static void put_facts(struct pm_buf *b, size_t from, const struct pm_node *block)
{
    for (const struct pm_node *node = block->first; node; node = node->next) {
        struct pm_str key = key_of(node->path);
        bool badge = node->kind == PM_STATUS;
        if (!key.n || (!badge && !node->first) || has_key(b, from, key))
            continue;
        put_key(b, key);
        if (badge)
            put_scalar(b, node->control && node->control->value.n ? node->control->value : node->text);
        else
            put_value(b, node);
        pm_buf_putc(b, '\n');
    }
}

static struct piece add_facts(struct pm_md *md, const struct pm_document *doc, const struct pm_node *cover)
{
    struct pm_buf *b = &md->text;
    size_t from = b->len;
    put_pair(b, "id", doc->id);
    put_pair(b, "'title'", doc->title);   /* quoted, since linters count a title here and a heading as two titles */
    for (const struct pm_node *block = cover ? cover->first : NULL; block; block = block->next) {
        if (block->kind == PM_BADGES || block->kind == PM_FACTS)
            put_facts(b, from, block);
    }
    pm_buf_puts(b, "date: ");
    pm_instant_rfc3339(b, doc->instant, PM_LIT("UTC"));
    pm_buf_putc(b, '\n');
    put_pair(b, "lang", doc->lang);
    return since(md, from);
}

/* ---- a document as pieces ---- */

static struct piece add_text(struct pm_md *md, struct pm_str text)
{
    size_t from = md->text.len;
    pm_md_text(&md->text, text, PM_MD_HEADING);
    return since(md, from);
}

/* GitHub makes lower case, drops what is neither letter, digit, '_', '-' nor a blank, and writes '-' for blanks. */
static void put_slug(struct pm_buf *b, struct pm_str text)
{
    for (size_t i = 0; i < text.n; i++) {
        char ch = text.p[i];
        if (ch >= 'A' && ch <= 'Z')
            pm_buf_putc(b, (char)(ch + 'a' - 'A'));
        else if (ch == ' ' || ch == '\t' || ch == '\n')
            pm_buf_putc(b, '-');
        else if ((ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9') || ch == '_' || ch == '-')
            pm_buf_putc(b, ch);
    }
}

static bool is_ascii(struct pm_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < ' ' || s.p[i] > '~')
            return false;
    }
    return true;
}

/* Which is a link of its own, and a link holds no other. */
static bool has_address(struct pm_str s)
{
    for (size_t i = 0; i + 2 < s.n; i++) {
        if (memcmp(s.p + i, "://", 3) == 0)
            return true;
    }
    return false;
}

static struct piece add_slug(struct pm_md *md, const struct pm_document *doc)
{
    size_t from = md->text.len;
    if (!is_ascii(doc->id) || !is_ascii(doc->title) || doc->title.n == 0 || has_address(doc->title))
        return since(md, from);
    put_slug(&md->text, doc->id);
    pm_buf_putc(&md->text, '-');
    put_slug(&md->text, doc->title);
    return since(md, from);
}

static const struct pm_node *child_of(const struct pm_node *node, enum pm_node_kind kind)
{
    node = node ? node->first : NULL;
    while (node && node->kind != kind)
        node = node->next;
    return node;
}

static struct piece add_badges(struct pm_md *md, const struct pm_document *doc, const struct pm_node *cover)
{
    size_t from = md->text.len;
    struct pm_md_body body = {.out = &md->text, .doc = doc, .start = from};
    const struct pm_node *badges = child_of(cover, PM_BADGES);
    if (badges)
        pm_md_node(&body, badges);
    return since(md, from);
}

static struct piece add_body(struct pm_md *md, const struct pm_document *doc)
{
    size_t from = md->text.len;
    struct pm_md_body body = {.out = &md->text, .doc = doc, .start = from};
    pm_md_node(&body, doc->root);
    md->tabs = md->tabs || body.tabs;
    md->numbered_on = md->numbered_on || body.numbered_on;
    return since(md, from);
}

/* What would end a comment in some parser: "-->" and "--!>". */
static bool ends_comment(struct pm_str s)
{
    for (size_t i = 0; i + 2 < s.n; i++) {
        if (s.p[i] == '-' && s.p[i + 1] == '-' && (s.p[i + 2] == '>' || s.p[i + 2] == '!'))
            return true;
    }
    return false;
}

static struct piece add_source(struct pm_md *md, const struct pm_document *doc)
{
    struct pm_buf *b = &md->text;
    size_t from = b->len;
    char hash[65];
    if (!doc->source.p)
        return since(md, from);
    bool plain = pm_html_keeps(doc->source) && !ends_comment(doc->source);
    if (!doc->sha256[0])
        pm_sha256(doc->source, hash);
    pm_buf_puts(b, "<!-- pmkit-source id=\"");
    pm_html_text(b, doc->id);
    pm_buf_puts(b, "\" sha256=\"");
    pm_buf_puts(b, doc->sha256[0] ? doc->sha256 : hash);
    pm_buf_puts(b, plain ? "\" encoding=\"plain\"\n" : "\" encoding=\"base64\"\n");
    if (plain)
        pm_buf_str(b, doc->source);
    else
        pm_base64(b, doc->source, 0);
    pm_buf_puts(b, "\n-->\n");
    return since(md, from);
}

enum pm_status pm_md_add(struct pm_md *md, const struct pm_document *doc)
{
    struct pm_md_part *part = md->text.status ? NULL : new_part(md);
    if (!part)
        return md->text.status;
    const struct pm_node *cover = child_of(doc->root, PM_COVER);
    part->facts = add_facts(md, doc, cover);
    part->id = add_text(md, doc->id);
    part->title = add_text(md, doc->title);
    part->slug = add_slug(md, doc);
    part->badges = add_badges(md, doc, cover);
    part->body = add_body(md, doc);
    part->source = add_source(md, doc);
    return md->text.status;
}

/* ---- the page ---- */

struct page { const struct pm_md *md; struct pm_buf *out; };

static void put(const struct page *page, struct piece piece)
{
    pm_buf_add(page->out, page->md->text.data + piece.from, piece.to - piece.from);
}

/* With or without the '#' that each heading may have more. */
static void put_body(const struct page *page, struct piece piece, bool deeper)
{
    const char *p = page->md->text.data + piece.from, *end = page->md->text.data + piece.to;
    for (const char *mark; (mark = memchr(p, PM_MD_DEEPER, (size_t)(end - p))); p = mark + 1) {
        pm_buf_add(page->out, p, (size_t)(mark - p));
        pm_buf_puts(page->out, deeper ? "#" : "");
    }
    pm_buf_add(page->out, p, (size_t)(end - p));
    while (page->out->len > 0 && page->out->data[page->out->len - 1] == ' ')
        page->out->data[--page->out->len] = '\0';
    pm_buf_putc(page->out, '\n');
}

static void put_one(const struct page *page, const struct pm_md_part *part)
{
    struct pm_buf *b = page->out;
    pm_buf_puts(b, "---\n");
    put(page, part->facts);
    pm_buf_puts(b, "---\n\n# ");
    put(page, part->title);
    pm_md_end_heading(b);
    pm_buf_puts(b, "\n\n");
    put_body(page, part->body, false);
}

/* "GL-2017-01-31: Title". */
static void put_name(const struct page *page, const struct pm_md_part *part)
{
    put(page, part->id);
    pm_buf_puts(page->out, ": ");
    put(page, part->title);
}

static void put_index(const struct page *page)
{
    struct pm_buf *b = page->out;
    const struct pm_md *md = page->md;
    pm_buf_puts(b, "# ");
    put(page, md->parts[0].id);
    pm_buf_puts(b, " \xE2\x80\x93 ");
    put(page, md->parts[md->count - 1].id);
    pm_buf_puts(b, "\n\n");
    for (size_t i = 0; i < md->count; i++) {
        const struct pm_md_part *part = &md->parts[i];
        bool link = part->slug.from < part->slug.to;
        pm_buf_puts(b, link ? "- [" : "- ");
        put_name(page, part);
        pm_buf_puts(b, link ? "](#" : "");
        put(page, part->slug);
        pm_buf_puts(b, link ? ")" : "");
        pm_buf_puts(b, part->badges.from < part->badges.to ? " " : "");
        put(page, part->badges);
        pm_buf_putc(b, '\n');
    }
}

static void put_several(const struct page *page)
{
    struct pm_buf *b = page->out;
    put_index(page);
    for (size_t i = 0; i < page->md->count; i++) {
        pm_buf_puts(b, "\n## ");
        put_name(page, &page->md->parts[i]);
        pm_md_end_heading(b);
        pm_buf_puts(b, "\n\n");
        put_body(page, page->md->parts[i].body, true);
    }
}

/* Linters object to some of what authors may well mean. */
static void put_exceptions(const struct page *page)
{
    const struct pm_md *md = page->md;
    if (!md->tabs && !md->numbered_on)
        return;
    pm_buf_puts(page->out, "\n<!-- markdownlint-disable-file");
    pm_buf_puts(page->out, md->tabs ? " MD010" : "");
    pm_buf_puts(page->out, md->numbered_on ? " MD029" : "");
    pm_buf_puts(page->out, " -->\n");
}

enum pm_status pm_md_write(const struct pm_md *md, struct pm_buf *out)
{
    struct page page = {md, out};
    if (md->text.status || md->count == 0)
        return md->text.status;
    if (md->count > 1)
        put_several(&page);
    else
        put_one(&page, &md->parts[0]);
    put_exceptions(&page);
    for (size_t i = 0; i < md->count; i++) {
        if (md->parts[i].source.from < md->parts[i].source.to)
            pm_buf_putc(out, '\n');
        put(&page, md->parts[i].source);
    }
    return out->status;
}
