#include "recover/recover_internal.h"

#include "base/base64.h"
#include "base/io.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "recover/qpdf.h"

#include <string.h>

/* ---- looking ---- */

size_t pm_text_find(struct pm_str s, const char *needle, size_t from)
{
    while (from < s.n) {
        const char *at = memchr(s.p + from, needle[0], s.n - from);
        if (!at)
            return s.n;
        from = (size_t)(at - s.p);
        if (pm_str_starts((struct pm_str){at, s.n - from}, needle))
            return from;
        from++;
    }
    return s.n;
}

size_t pm_entity_length(struct pm_str s)
{
    const size_t most = 34;       /* the longest name of HTML has 31 letters */
    size_t n = 1;
    while (n < s.n && n < most && ((s.p[n] >= '0' && s.p[n] <= '9') || ((s.p[n] | 0x20) >= 'a' && (s.p[n] | 0x20) <= 'z') || s.p[n] == '#'))
        n++;
    return n > 1 && n < s.n && s.p[0] == '&' && s.p[n] == ';' ? n + 1 : 0;
}

struct pm_str pm_xml_inner_text(const struct pm_xml_node *node, struct pm_arena *arena)
{
    size_t n = 0;
    for (const struct pm_xml_node *at = node; at; at = pm_xml_walk(at, node))
        n += at->name.n ? 0 : at->text.n;
    char *joined = pm_arena_alloc(arena, n + 1);
    struct pm_str text = {joined, 0};
    for (const struct pm_xml_node *at = node; joined && at; at = pm_xml_walk(at, node)) {
        if (at->name.n || !at->text.n)
            continue;
        memcpy(joined + text.n, at->text.p, at->text.n);
        text.n += at->text.n;
    }
    return text;
}

/* ---- sources ---- */

void pm_recovery_fail(struct pm_recovery *r, enum pm_status status, const char *what)
{
    if (r->status != PM_OK)
        return;
    r->status = pm_arena_failed(r->arena) ? PM_NOMEM : status;
    if (r->status == PM_INVALID || r->status == PM_LIMIT)
        pm_report(r->diags, PM_D_ARTEFACT, (struct pm_mark){0, 0, 0}, r->sources->found, what);
}

static bool has_hash(struct pm_str bytes, struct pm_str sha256)
{
    char hash[65];
    pm_sha256(bytes, hash);
    return pm_str_same_word(sha256, hash);
}

/* CR LF and CR as LF. */
static struct pm_str with_line_feeds(struct pm_str s, struct pm_arena *arena, size_t spare)
{
    char *to = pm_arena_alloc(arena, s.n + spare + 1);
    struct pm_str out = {to, 0};
    for (size_t i = 0; to && i < s.n; i++) {
        if (s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n')
            continue;
        to[out.n++] = s.p[i] == '\r' ? '\n' : s.p[i];
    }
    return out;
}

/* Line feeds that an editor may have added or dropped at the end. */
enum { MOST_FEEDS = 16 };

/* The text that has the hash: with other line ends, and other line feeds at its end. */
static bool settle(struct pm_recovery *r, struct pm_source *source)
{
    struct pm_str text = with_line_feeds(source->bytes, r->arena, MOST_FEEDS);
    if (!text.p)
        return false;
    while (text.n && text.p[text.n - 1] == '\n')
        text.n--;
    for (size_t feeds = 0; feeds <= MOST_FEEDS; feeds++) {
        if (has_hash(text, source->sha256)) {
            source->bytes = text;
            return true;
        }
        ((char *)text.p)[text.n++] = '\n';
    }
    return false;
}

static struct pm_str decode(struct pm_recovery *r, struct pm_str digits)
{
    struct pm_buf b;
    pm_buf_init(&b, PM_MAX_INPUT);
    struct pm_str bytes = {NULL, 0};
    if (pm_base64_decode(&b, digits))
        bytes = pm_arena_str(r->arena, pm_buf_slice(&b));
    else if (b.status == PM_NOMEM)
        r->status = PM_NOMEM;
    pm_buf_free(&b);
    return bytes;
}

/* Line feeds that the artefact says were there. */
static struct pm_str lengthened(struct pm_recovery *r, struct pm_str text, size_t size)
{
    const size_t most = 1 << 20;
    if (size <= text.n || size - text.n > most)
        return text;
    char *longer = pm_arena_alloc(r->arena, size + 1);
    if (!longer)
        return text;
    memcpy(longer, text.p, text.n);
    memset(longer + text.n, '\n', size - text.n);
    return (struct pm_str){longer, size};
}

void pm_source_add(struct pm_recovery *r, const struct pm_found *found)
{
    struct pm_source *source = pm_arena_alloc(r->arena, sizeof *source);
    if (!source || r->status != PM_OK)
        return;
    *source = (struct pm_source){.id = found->id, .sha256 = found->sha256, .place = found->place};
    source->bytes = found->form == PM_SOURCE_BASE64 ? decode(r, found->text) : lengthened(r, found->text, found->size);
    source->intact = source->sha256.n && source->bytes.p && has_hash(source->bytes, source->sha256);
    if (!source->intact && source->sha256.n && found->form == PM_SOURCE_PLAIN)
        source->intact = settle(r, source);
    if (r->sources->last)
        r->sources->last->next = source;
    else
        r->sources->first = source;
    r->sources->last = source;
    r->sources->count++;
}

/* ---- the whole ---- */

static const char comment[] = "<!-- pmkit-source ";

enum pm_artefact pm_recover_kind(struct pm_str bytes)
{
    enum pm_artefact kind = pm_sniff_artefact(bytes);
    if (kind != PM_ARTEFACT_NONE || pm_sniff(bytes))
        return kind;
    size_t at = pm_text_find(bytes, comment, 0);
    while (at < bytes.n && at > 0 && bytes.p[at - 1] != '\n')
        at = pm_text_find(bytes, comment, at + 1);
    if (at < bytes.n)
        return PM_ARTEFACT_MARKDOWN;
    return pm_text_find(bytes, "<ac:structured-macro", 0) < bytes.n ? PM_ARTEFACT_MARKUP : PM_ARTEFACT_NONE;
}

/* Storage format has macros wherever it has our source; XHTML and HTML have none. */
static bool is_storage(struct pm_str bytes)
{
    return pm_text_find(bytes, "<ac:", 0) < bytes.n;
}

static void read_markup(struct pm_recovery *r)
{
    const char *name = pm_sniff(r->bytes);
    if ((name && strcmp(name, "HTML") == 0) || !is_storage(r->bytes)) {
        pm_recover_html(r);
        return;
    }
    r->sources->found = "the page of Confluence";
    pm_recover_storage(r, r->bytes, (struct pm_str){NULL, 0});
}

bool pm_recover_load(enum pm_artefact kind)
{
    switch (kind) {
    case PM_ARTEFACT_PDF:
        return pm_qpdf_load();
    case PM_ARTEFACT_PACKAGE:
    case PM_ARTEFACT_MARKUP:
    case PM_ARTEFACT_REST:
        return pm_xml_tree_load();
    default:
        return true;
    }
}

static const struct { const char *found; void (*read)(struct pm_recovery *r); } readers[] = {
    [PM_ARTEFACT_PDF] = {"the PDF file", pm_recover_pdf},
    [PM_ARTEFACT_PACKAGE] = {"the ZIP archive", pm_recover_package},
    [PM_ARTEFACT_MARKUP] = {"the HTML page", read_markup},
    [PM_ARTEFACT_REST] = {"the answer of Confluence", pm_recover_rest},
    [PM_ARTEFACT_MARKDOWN] = {"the Markdown page", pm_recover_markdown},
};

enum pm_status pm_recover(enum pm_artefact kind, struct pm_str bytes, struct pm_arena *arena, struct pm_diags *diags,
                          struct pm_sources *out)
{
    struct pm_recovery r = {.bytes = bytes, .arena = arena, .diags = diags, .sources = out};
    *out = (struct pm_sources){.kind = kind};
    if (kind == PM_ARTEFACT_NONE) {
        const char *name = pm_sniff(bytes);
        pm_report(diags, PM_D_NO_SOURCE, (struct pm_mark){0, 0, 0}, name ? name : "the input");
        return PM_INVALID;
    }
    out->found = readers[kind].found;
    readers[kind].read(&r);
    if (pm_arena_failed(arena))
        return PM_NOMEM;
    if (r.status == PM_OK && out->count == 0) {
        pm_report(diags, PM_D_NO_SOURCE, (struct pm_mark){0, 0, 0}, out->found);
        r.status = PM_INVALID;
    }
    return r.status;
}

static const char byte_order_mark[] = "\xEF\xBB\xBF";

void pm_sources_write(const struct pm_sources *sources, struct pm_buf *out)
{
    for (const struct pm_source *source = sources->first; source; source = source->next) {
        struct pm_str bytes = source->bytes;
        if (out->len > 0 && out->data[out->len - 1] != '\n')
            pm_buf_putc(out, '\n');
        if (out->len > 0 && pm_str_starts(bytes, byte_order_mark))
            bytes = (struct pm_str){bytes.p + 3, bytes.n - 3};
        if (out->len > 0 && !pm_has_marker(bytes))
            pm_buf_puts(out, "---\n");
        pm_buf_str(out, bytes);
    }
}
