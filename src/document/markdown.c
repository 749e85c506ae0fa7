#include "document/markdown.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "document/entity.h"
#include "document/markdown_plain.h"
#include "document/markdown_table.h"

#include <limits.h>
#include <md4c.h>
#include <stdint.h>
#include <string.h>

enum { MAX_LEVEL = 5 };

/* One open block or span of the source: where building goes on behind its end. */
struct frame {
    struct pm_node *back;
    struct pm_str url;       /* of a link without a node, to be shown behind its label; of one with a node: the node's */
    size_t start;            /* in the text collected, where such a label begins */
    bool link;               /* this span made a LINK */
    bool span;
    MD_SPANTYPE type;        /* of a span */
};

/* A section that a heading opened, with the heading's depth in the source. */
struct open_section {
    unsigned depth;
    struct pm_node *node;
};

/* Where links that md4c finds in bare text overlap with other spans, it can end spans that it did not start, start some
 * that it does not end, and give text of negative length. The text is then read again without such links. */
static const char misnested[] = "Markdown whose spans overlap";

struct reader {
    struct pm_document *doc;
    struct pm_str written, source; /* as given; as md4c gets it */
    struct pm_diags *diags;
    struct pm_mark mark;
    int level;                     /* headings become sections below this one; 0: strong paragraphs */
    bool one_line;                 /* paragraphs alone, straight into the base */
    struct pm_node *base, *node;   /* the caller's node; the one that is being built */
    struct frame frames[PM_MAX_MARKDOWN_DEPTH];
    size_t depth;
    struct open_section sections[6];
    size_t section_count;
    struct pm_buf text;            /* collected, not yet a node */
    struct pm_buf scratch;         /* for URLs and the like */
    uint32_t last;                 /* the last character of text, 0 at the start of a block */
    bool soft;                     /* a space for a soft break was added last: at the end of `text`, or of soft_node */
    struct pm_node *soft_node;
    bool implicit;                 /* node is a paragraph of a tight list's item, which the source does not announce */
    bool in_link;
    size_t column;                 /* of the table's header row */
    const char *stopped;           /* why reading was given up; md4c does not tell when that happens in a table */
};

/* Copies a buffer's text into the document and empties it. */
static struct pm_str take(struct reader *r, struct pm_buf *b)
{
    struct pm_str s = {NULL, 0};
    if (b->status)
        r->doc->arena->failed = true;
    else
        s = pm_arena_str(r->doc->arena, pm_buf_slice(b));
    pm_buf_clear(b);
    return s;
}

/* What is collected becomes a TEXT of the current node. */
static void flush(struct reader *r)
{
    if (r->text.len == 0 && r->text.status == PM_OK)
        return;
    r->soft_node = pm_add_text(r->doc, r->node, take(r, &r->text), r->mark);
}

static bool ends_with_space(const struct pm_buf *b)
{
    return b->len && b->data[b->len - 1] == ' ';
}

/* White space is one space in prose and counts in code; control characters have no place in a node. */
static void add_character(struct reader *r, struct pm_str s, size_t from, size_t to, uint32_t cp, bool code)
{
    if ((cp == '\t' || cp == '\n') && r->node && r->node->kind == PM_CODE_BLOCK) {
        pm_buf_putc(&r->text, (char)cp);
    } else if (cp == ' ' || cp == '\t' || cp == '\n' || cp == '\r') {
        if (code || !ends_with_space(&r->text))
            pm_buf_putc(&r->text, ' ');
    } else if (cp == PM_UTF8_BAD || !pm_utf8_xml_legal(cp) || (cp >= 0x7F && cp <= 0x9F)) {
        pm_buf_puts(&r->text, "\xEF\xBF\xBD");
    } else {
        pm_buf_add(&r->text, s.p + from, to - from);
    }
}

/* Behind the printable ASCII at `at`: words with a space between them. */
static size_t word_end(struct pm_str s, size_t at)
{
    char before = ' ';
    for (; at < s.n && s.p[at] >= ' ' && s.p[at] < 0x7F && (s.p[at] != ' ' || before != ' '); at++)
        before = s.p[at];
    return at;
}

static void add_characters(struct reader *r, struct pm_str s, bool code)
{
    for (size_t at = 0; at < s.n;) {
        size_t start = at;
        at = word_end(s, at);
        if (at > start) {
            pm_buf_add(&r->text, s.p + start, at - start);
            r->last = (unsigned char)s.p[at - 1];
            continue;
        }
        uint32_t cp = pm_utf8_next(s, &at);
        add_character(r, s, start, at, cp, code);
        r->last = cp;
    }
}

static void soft_break(struct reader *r)
{
    if (ends_with_space(&r->text))
        return;
    pm_buf_putc(&r->text, ' ');
    r->soft = true;
    r->soft_node = NULL;
}

static void drop_last(struct pm_buf *b, char c)
{
    if (b->len && b->data[b->len - 1] == c)
        b->data[--b->len] = '\0';
}

/* Takes the space of a soft break back when it turns out to stand between two characters of a script without spaces. */
static void settle_soft_break(struct reader *r, struct pm_str next)
{
    size_t at = 0;
    if (pm_utf8_is_unspaced(r->last) && next.n && pm_utf8_is_unspaced(pm_utf8_next(next, &at))) {
        if (!r->soft_node)
            drop_last(&r->text, ' ');
        else if (--r->soft_node->text.n == 0)
            pm_node_unlink(r->soft_node);
    }
    r->soft = false;
}

static struct pm_str decode(struct reader *r, const MD_ATTRIBUTE *a)
{
    pm_buf_clear(&r->scratch);
    for (size_t i = 0; a->size && a->substr_offsets[i] < a->size; i++) {
        struct pm_str part = {a->text + a->substr_offsets[i], a->substr_offsets[i + 1] - a->substr_offsets[i]};
        if (a->substr_types[i] == MD_TEXT_ENTITY)
            pm_entity_decode(&r->scratch, part);
        else if (a->substr_types[i] == MD_TEXT_NULLCHAR)
            pm_buf_puts(&r->scratch, "\xEF\xBF\xBD");
        else
            pm_buf_str(&r->scratch, part);
    }
    return take(r, &r->scratch);
}

static bool goes_on_from(struct pm_str url, const char *prefix)
{
    return pm_str_starts_word(url, prefix) && url.n > strlen(prefix);
}

bool pm_link_is_safe(struct pm_str url)
{
    for (size_t at = 0; at < url.n;) {
        uint32_t cp = pm_utf8_next(url, &at);
        if (cp <= ' ' || (cp >= 0x7F && cp <= 0x9F) || cp == PM_UTF8_BAD || !pm_utf8_xml_legal(cp))
            return false;
    }
    return goes_on_from(url, "http://") || goes_on_from(url, "https://") || goes_on_from(url, "mailto:");
}

/* A URL as it may stand in a file: characters that RFC 3986 does not have are percent-encoded. Control characters stay, so
 * that it is refused. */
static struct pm_str clean_url(struct reader *r, struct pm_str url)
{
    url = pm_str_trim(url);
    pm_buf_clear(&r->scratch);
    for (size_t i = 0; i < url.n; i++) {
        if (memchr(" \"<>\\^`{|}", url.p[i], 10))
            pm_buf_printf(&r->scratch, "%%%02X", (unsigned)url.p[i]);
        else
            pm_buf_putc(&r->scratch, url.p[i]);
    }
    return take(r, &r->scratch);
}

static int stop(struct reader *r, const char *why)
{
    if (!r->stopped)
        r->stopped = why;
    return 1;
}

/* Opens a frame; NULL when nested too deep. */
static struct frame *push(struct reader *r)
{
    if (r->depth == PM_MAX_MARKDOWN_DEPTH) {
        stop(r, "Markdown nested too deep");
        return NULL;
    }
    struct frame *f = &r->frames[r->depth++];
    *f = (struct frame){.back = r->node, .start = r->text.len};
    return f;
}

static struct pm_node *open_node(struct reader *r, enum pm_node_kind kind)
{
    flush(r);
    return r->node = pm_node_add(r->doc, r->node, kind, r->mark);
}

/* A link that shows nothing shows its address; so does one that is no link, behind its label where the two differ. */
static void close_link(struct reader *r, const struct frame *f)
{
    if (f->link) {
        flush(r);
        if (r->node && !r->node->first)
            add_characters(r, f->url, false);
        flush(r);
        r->in_link = false;
        return;
    }
    struct pm_str label = {r->text.data + f->start, r->text.len >= f->start ? r->text.len - f->start : 0};
    if (f->url.n == 0 || pm_str_eq(label, f->url))
        return;
    add_characters(r, PM_LIT(" ("), false);
    add_characters(r, f->url, false);
    add_characters(r, PM_LIT(")"), false);
}

/* Ends the innermost span. */
static void close_span(struct reader *r)
{
    const struct frame *f = &r->frames[--r->depth];
    if (f->type == MD_SPAN_CODE) {
        struct pm_str code = take(r, &r->text);
        if (r->node)
            r->node->text = code;
    } else if (f->type == MD_SPAN_A || f->type == MD_SPAN_IMG) {
        close_link(r, f);
    }
    if (r->node != f->back)
        flush(r);
    r->node = f->back;
}

/* Before a block starts or ends. */
static void close_implicit(struct reader *r)
{
    flush(r);
    if (r->implicit && r->node)
        r->node = r->node->parent;
    r->implicit = false;
}

/* Inlines straight in an item (a tight list's) get a paragraph. */
static void need_inline_parent(struct reader *r)
{
    if (r->node && (r->node->kind == PM_ITEM || r->node->kind == PM_TASK) && !r->one_line) {
        open_node(r, PM_PARAGRAPH);
        r->implicit = true;
    }
}

static struct pm_node *open_list(struct reader *r, bool ordered, long start, bool tight)
{
    struct pm_node *list = open_node(r, PM_LIST);
    if (list) {
        list->as.list.ordered = ordered;
        list->as.list.start = start;
        list->as.list.tight = tight;
    }
    return list;
}

static void open_item(struct reader *r, const MD_BLOCK_LI_DETAIL *detail)
{
    struct pm_node *item = open_node(r, detail->is_task ? PM_TASK : PM_ITEM);
    if (item && detail->is_task)
        item->as.task.done = detail->task_mark != ' ';
}

/* Where blocks go that are in no other block: the section of the last heading. */
static struct pm_node *innermost(const struct reader *r)
{
    return r->section_count ? r->sections[r->section_count - 1].node : r->base;
}

/* A heading closes the sections of its depth and below. Depths that the author skipped are not kept: levels never skip. */
static void open_heading(struct reader *r, unsigned depth)
{
    bool top = r->depth == 1;   /* not in a quote or an item */
    while (top && r->section_count && r->sections[r->section_count - 1].depth >= depth)
        r->section_count--;
    int level = r->level + (int)r->section_count + 1;
    if (r->level == 0 || !top || level > MAX_LEVEL) {
        open_node(r, PM_PARAGRAPH);
        open_node(r, PM_STRONG);
        return;
    }
    r->node = innermost(r);
    struct pm_node *section = open_node(r, PM_SECTION);
    if (section)
        section->as.section.level = level;
    r->sections[r->section_count++] = (struct open_section){depth, section};
    open_node(r, PM_HEADING);
}

/* Gives the section its id; one without any words goes. */
static void close_heading(struct reader *r)
{
    struct pm_node *heading = r->node;
    if (!heading)
        return;
    if (!heading->first) {
        r->section_count -= heading->kind == PM_HEADING;
        pm_node_unlink(heading->parent);
    } else if (heading->kind == PM_HEADING) {
        pm_section_set_id(r->doc, heading->parent, (struct pm_str){NULL, 0}, pm_node_plain(r->doc, heading));
    }
}

static int open_table(struct reader *r, const MD_BLOCK_TABLE_DETAIL *detail)
{
    size_t rows = (size_t)detail->head_row_count + detail->body_row_count;
    if (detail->col_count && rows > PM_MAX_TABLE_CELLS / detail->col_count)
        return stop(r, "a Markdown table with too many cells");
    struct pm_node *table = open_node(r, PM_TABLE);
    if (table) {
        table->as.table.columns = pm_arena_array(r->doc->arena, detail->col_count, sizeof *table->as.table.columns);
        table->as.table.count = table->as.table.columns ? detail->col_count : 0;
    }
    return 0;
}

static void open_cell(struct reader *r, bool header, MD_ALIGN align)
{
    static const enum pm_align aligns[] = {PM_ALIGN_START, PM_ALIGN_START, PM_ALIGN_CENTER, PM_ALIGN_END};
    struct pm_node *table = r->node ? r->node->parent : NULL;
    if (r->node && header)
        r->node->as.row.header = true;
    if (table && r->column < table->as.table.count)
        table->as.table.columns[r->column++].align = aligns[align];
    open_node(r, PM_CELL);
}

/* A language is a word that outputs may use as a name. */
static bool is_lang(struct pm_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || memchr("+-_.#/", c, 6)))
            return false;
    }
    return s.n > 0;
}

static void open_code(struct reader *r, const MD_BLOCK_CODE_DETAIL *detail)
{
    struct pm_str lang = decode(r, &detail->lang);
    struct pm_node *code = open_node(r, PM_CODE_BLOCK);
    if (code && is_lang(lang))
        code->as.code.lang = lang;
}

static int open_block(struct reader *r, MD_BLOCKTYPE type, void *detail)
{
    switch (type) {
    case MD_BLOCK_DOC: case MD_BLOCK_THEAD: case MD_BLOCK_TBODY: case MD_BLOCK_HTML: break;
    case MD_BLOCK_QUOTE: open_node(r, PM_QUOTE); break;
    case MD_BLOCK_UL: open_list(r, false, 0, ((MD_BLOCK_UL_DETAIL *)detail)->is_tight); break;
    case MD_BLOCK_OL: open_list(r, true, (long)((MD_BLOCK_OL_DETAIL *)detail)->start, ((MD_BLOCK_OL_DETAIL *)detail)->is_tight); break;
    case MD_BLOCK_LI: open_item(r, detail); break;
    case MD_BLOCK_HR: open_node(r, PM_RULE); break;
    case MD_BLOCK_H: open_heading(r, ((MD_BLOCK_H_DETAIL *)detail)->level); break;
    case MD_BLOCK_CODE: open_code(r, detail); break;
    case MD_BLOCK_P: open_node(r, PM_PARAGRAPH); break;
    case MD_BLOCK_TABLE: return open_table(r, detail);
    case MD_BLOCK_TR: open_node(r, PM_ROW); r->column = 0; break;
    case MD_BLOCK_TH: open_cell(r, true, ((MD_BLOCK_TD_DETAIL *)detail)->align); break;
    case MD_BLOCK_TD: open_cell(r, false, ((MD_BLOCK_TD_DETAIL *)detail)->align); break;
    }
    return 0;
}

/* One-line fields: paragraphs lie in a row, with a line break between them; any other block ends the attempt. */
static int open_line(struct reader *r, MD_BLOCKTYPE type)
{
    if (type != MD_BLOCK_DOC && type != MD_BLOCK_P)
        return stop(r, "");
    if (type == MD_BLOCK_P && r->last)
        pm_node_add(r->doc, r->node, PM_BREAK, r->mark);
    return 0;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *data)
{
    struct reader *r = data;
    if (r->stopped)
        return 1;
    close_implicit(r);
    if (type == MD_BLOCK_DOC)
        return 0;
    bool top = r->depth == 0;
    if (!push(r))
        return 1;
    r->soft = false;
    if (r->one_line)
        return open_line(r, type);
    r->last = 0;
    if (top)
        r->node = innermost(r);
    return open_block(r, type, detail);
}

static void close_code(struct reader *r)
{
    drop_last(&r->text, '\n');
    struct pm_str code = take(r, &r->text);
    if (r->node)
        r->node->text = code;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *data)
{
    struct reader *r = data;
    (void)detail;
    if (r->stopped)
        return 1;
    if (type == MD_BLOCK_CODE)
        close_code(r);
    close_implicit(r);
    if (type == MD_BLOCK_DOC)
        return 0;
    if (r->depth == 0 || r->frames[r->depth - 1].span)
        return stop(r, misnested);
    if (type == MD_BLOCK_H)
        close_heading(r);
    r->node = r->frames[--r->depth].back;
    r->soft = false;
    return 0;
}

/* Links within links do not exist in any output: the inner one is its label. */
static void open_link(struct reader *r, struct frame *f, const MD_ATTRIBUTE *address)
{
    if (r->in_link)
        return;
    struct pm_str written = decode(r, address), url = clean_url(r, written);
    if (pm_link_is_safe(url)) {
        struct pm_node *link = open_node(r, PM_LINK);
        if (link)
            link->as.link.url = url;
        f->link = r->in_link = true;
    } else if (written.n && r->diags) {
        pm_report(r->diags, PM_D_LINK_SCHEME, r->mark, written.p);
    }
    f->url = f->link ? url : written;
}

static int enter_span(MD_SPANTYPE type, void *detail, void *data)
{
    struct reader *r = data;
    if (r->stopped)
        return 1;
    need_inline_parent(r);
    struct frame *f = push(r);
    if (!f)
        return 1;
    f->span = true;
    f->type = type;
    switch (type) {
    case MD_SPAN_EM: open_node(r, PM_EMPH); break;
    case MD_SPAN_STRONG: open_node(r, PM_STRONG); break;
    case MD_SPAN_DEL: open_node(r, PM_STRIKE); break;
    case MD_SPAN_CODE: open_node(r, PM_CODE); break;
    case MD_SPAN_A: open_link(r, f, &((MD_SPAN_A_DETAIL *)detail)->href); break;
    case MD_SPAN_IMG: open_link(r, f, &((MD_SPAN_IMG_DETAIL *)detail)->src); break;
    default: break;
    }
    return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *data)
{
    struct reader *r = data;
    (void)detail;
    if (r->stopped)
        return 1;
    if (r->depth == 0 || !r->frames[r->depth - 1].span || r->frames[r->depth - 1].type != type)
        return stop(r, misnested);
    close_span(r);
    return 0;
}

/* Text is a piece of the source; only line breaks and the indentation of code come from elsewhere. */
static bool is_in_source(const struct reader *r, MD_TEXTTYPE type, struct pm_str s)
{
    uintptr_t from = (uintptr_t)s.p, source = (uintptr_t)r->source.p;
    if (from >= source && from - source <= r->source.n)
        return s.n <= r->source.n - (from - source);
    return type != MD_TEXT_NORMAL && type != MD_TEXT_ENTITY && s.n <= 16;
}

static int add_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *data)
{
    struct reader *r = data;
    struct pm_str s = {text, size};
    if (r->stopped)
        return 1;
    if (!is_in_source(r, type, s))
        return stop(r, misnested);
    need_inline_parent(r);
    if (r->soft && type != MD_TEXT_SOFTBR)
        settle_soft_break(r, s);
    switch (type) {
    case MD_TEXT_NULLCHAR:
        add_characters(r, PM_LIT("\xEF\xBF\xBD"), true);
        break;
    case MD_TEXT_BR:
        flush(r);
        pm_node_add(r->doc, r->node, PM_BREAK, r->mark);
        break;
    case MD_TEXT_SOFTBR:
        soft_break(r);
        break;
    case MD_TEXT_ENTITY:
        pm_buf_clear(&r->scratch);
        pm_entity_decode(&r->scratch, s);
        add_characters(r, pm_buf_slice(&r->scratch), false);
        break;
    default:
        add_characters(r, s, type == MD_TEXT_CODE);
    }
    return 0;
}

/* The text of lines as they are, line breaks between them. Blank lines part paragraphs, or with one_line only break. */
static void add_as_written(struct reader *r)
{
    struct pm_str text = r->written;
    struct pm_node *paragraph = r->one_line ? r->base : NULL;
    bool first = true;
    while (text.n) {
        const char *end = memchr(text.p, '\n', text.n);
        struct pm_str line = {text.p, end ? (size_t)(end - text.p) : text.n};
        text.p += line.n + (end != NULL);
        text.n -= line.n + (end != NULL);
        line = pm_str_trim(line);
        if (line.n == 0) {
            paragraph = r->one_line ? paragraph : NULL;
            continue;
        }
        if (!paragraph)
            paragraph = pm_node_add(r->doc, r->base, PM_PARAGRAPH, r->mark);
        else if (!first)
            pm_node_add(r->doc, paragraph, PM_BREAK, r->mark);
        first = false;
        r->node = paragraph;
        add_characters(r, line, false);
        flush(r);
    }
}

/* Runs md4c over the source. On return nothing is pending. */
static void parse(struct reader *r, unsigned flags)
{
    const MD_PARSER parser = {
        .flags = flags,
        .enter_block = enter_block, .leave_block = leave_block,
        .enter_span = enter_span, .leave_span = leave_span,
        .text = add_text,
    };
    r->node = r->base;
    if (r->source.n > UINT_MAX / 2)
        stop(r, "Markdown too long");
    else if (md_parse(r->source.p, (MD_SIZE)r->source.n, &parser, r) != 0 && !r->stopped)
        r->doc->arena->failed = true;   /* the only other failure */
    if (!r->stopped)
        flush(r);
    pm_buf_clear(&r->text);
}

/* md4c finds bare links in time that grows with the square of their number: beyond what a page can show, they stay text. */
static unsigned flags_for(struct pm_str text)
{
    enum { MANY = 2000 };
    size_t links = 0;
    for (size_t i = 0; i + 3 < text.n && links <= MANY; i++)
        links += (text.p[i] == ':' && text.p[i + 1] == '/') || (text.p[i + 3] == '.' && (text.p[i] == 'w' || text.p[i] == 'W'));
    unsigned flags = MD_DIALECT_GITHUB | MD_FLAG_NOHTML;
    return links > MANY ? flags & ~(unsigned)(MD_FLAG_PERMISSIVEURLAUTOLINKS | MD_FLAG_PERMISSIVEWWWAUTOLINKS) : flags;
}

/* Plain text, told to the callbacks as md4c tells it. */
static void parse_plain(struct reader *r)
{
    struct pm_str left = r->source;
    const char *end;
    r->node = r->base;
    enter_block(MD_BLOCK_DOC, NULL, r);
    enter_block(MD_BLOCK_P, NULL, r);
    while ((end = memchr(left.p, '\n', left.n)) != NULL) {
        size_t n = (size_t)(end - left.p);
        add_text(MD_TEXT_NORMAL, left.p, (MD_SIZE)n, r);
        add_text(MD_TEXT_SOFTBR, end, 1, r);
        left = (struct pm_str){end + 1, left.n - n - 1};
    }
    add_text(MD_TEXT_NORMAL, left.p, (MD_SIZE)left.n, r);
    leave_block(MD_BLOCK_P, NULL, r);
    leave_block(MD_BLOCK_DOC, NULL, r);
}

static void undo(struct reader *r, struct pm_node *last_before)
{
    while (r->base->last != last_before)
        pm_node_unlink(r->base->last);
}

static void read_source(struct reader *r)
{
    unsigned flags = flags_for(r->source);
    const struct reader fresh = *r;
    struct pm_node *last_before = r->base->last;
    parse(r, flags);
    if (r->stopped == misnested) {
        undo(r, last_before);
        pm_buf_free(&r->text);
        pm_buf_free(&r->scratch);
        *r = fresh;
        parse(r, flags & ~(unsigned)MD_FLAG_PERMISSIVEAUTOLINKS);
    }
    if (r->stopped && r->stopped[0] && r->diags)
        pm_report(r->diags, PM_D_MARKDOWN_LIMIT, r->mark, r->stopped);
    if (r->stopped || (r->one_line && r->base->last == last_before)) {
        undo(r, last_before);
        add_as_written(r);
    }
}

/* md4c looks a little past the end of its input ("[]("), where there must be nothing that goes on. */
static struct pm_str pad(struct pm_arena *arena, struct pm_str s)
{
    enum { ZEROS = 16 };
    char *copy = s.p && s.n < SIZE_MAX - ZEROS ? pm_arena_alloc(arena, s.n + ZEROS) : NULL;
    if (!copy)
        return (struct pm_str){NULL, 0};
    memcpy(copy, s.p, s.n);
    return (struct pm_str){copy, s.n};
}

static void read_text(struct reader *r)
{
    struct pm_str text = r->written;
    if (!r->doc || !r->base || text.n == 0)
        return;
    text.n -= text.p[text.n - 1] == '\n';
    bool plain = pm_markdown_is_plain(text);
    r->source = plain ? text : pad(r->doc->arena, pm_markdown_widen_tables(r->doc->arena, r->written));
    if (!r->source.p)
        return;
    pm_buf_init(&r->text, SIZE_MAX / 2);
    pm_buf_init(&r->scratch, SIZE_MAX / 2);
    if (plain)
        parse_plain(r);
    else
        read_source(r);
    pm_buf_free(&r->text);
    pm_buf_free(&r->scratch);
}

void pm_markdown(struct pm_document *doc, struct pm_node *parent, struct pm_str text, struct pm_mark mark, int level,
                 struct pm_diags *diags)
{
    struct reader r = {.doc = doc, .written = text, .base = parent, .mark = mark, .level = level, .diags = diags};
    read_text(&r);
}

void pm_markdown_inline(struct pm_document *doc, struct pm_node *parent, struct pm_str text, struct pm_mark mark, struct pm_diags *diags)
{
    struct reader r = {.doc = doc, .written = pm_str_trim(text), .base = parent, .mark = mark, .one_line = true, .diags = diags};
    read_text(&r);
}
