#include "base/yaml.h"

#include "base/limits.h"
#include "base/sniff.h"
#include "base/utf8.h"
#include "base/yaml_comments.h"
#include "base/yaml_json.h"
#include "base/yaml_problem.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/* A place in the source, moved forward with the events: libyaml counts characters, marks count bytes too. */
struct cursor {
    size_t index;             /* characters before it */
    struct pm_mark mark;
};

/* An open collection. */
struct frame {
    struct pm_yaml *node;
    bool has_key;             /* of a mapping: the next value belongs to `key` */
    struct pm_str key;        /* absent when the key is no scalar; the value is then left out */
    struct pm_mark key_mark;
    struct pm_str comment;    /* before the key */
    bool is_key;              /* a collection where a key should be; reported, and left out */
};

struct reader {
    struct pm_str source;
    struct cursor cursor;
    struct pm_mark start;     /* of the first character behind a byte order mark */
    struct pm_arena *arena, scratch;
    struct pm_diags *diags;
    struct frame frames[PM_MAX_DEPTH + 1];
    size_t depth;
    struct pm_yaml *root;
    size_t nodes, documents;
    struct pm_yaml_comments comments;
    struct pm_buf path;       /* of path() */
    struct pm_yaml **keys;    /* children of one mapping, to find duplicates */
    size_t keys_cap;
    bool stopped;             /* the rest of the document cannot be read */
    bool nomem;
};

static void step(struct reader *r)
{
    struct cursor *c = &r->cursor;
    const char *p = r->source.p;
    char byte = p[c->mark.offset++];
    c->index++;
    c->mark.col++;
    if (byte == '\n' || (byte == '\r' && (c->mark.offset == r->source.n || p[c->mark.offset] != '\n'))) {
        c->mark.line++;
        c->mark.col = 1;
    }
    while (c->mark.offset < r->source.n && ((unsigned char)p[c->mark.offset] & 0xC0) == 0x80)
        c->mark.offset++;
}

/* How many of n bytes are, as most, a character each and on the line of the one before. */
static size_t plain_run(const char *p, size_t n)
{
    size_t run = 0;
    while (run < n && p[run] > '\r' && (unsigned char)p[run] < 0x80)
        run++;
    return run;
}

/* Events come in the order of the text, so that going back is rare. */
static struct pm_mark mark_at(struct reader *r, const yaml_mark_t *at)
{
    if (at->index < r->cursor.index)
        r->cursor = (struct cursor){0, r->start};
    struct cursor *c = &r->cursor;
    while (c->index < at->index && c->mark.offset < r->source.n) {
        size_t most = at->index - c->index, left = r->source.n - c->mark.offset;
        size_t plain = plain_run(r->source.p + c->mark.offset, most < left ? most : left);
        c->index += plain;
        c->mark.offset += (uint32_t)plain;
        c->mark.col += (uint32_t)plain;
        if (plain < most && plain < left)
            step(r);
    }
    return c->mark;
}

static struct pm_mark mark_at_offset(struct reader *r, size_t offset)
{
    while (r->cursor.mark.offset < offset)
        step(r);
    return r->cursor.mark;
}

/* "timeline[2].event" for the value that is read next, in the form that pm_field_at() takes. Valid until the next call. */
static const char *path(struct reader *r)
{
    enum { KEY_SHOWN = 40 };
    struct pm_buf *b = &r->path;
    pm_buf_clear(b);
    for (size_t i = 0; i < r->depth; i++) {
        const struct frame *f = &r->frames[i];
        bool innermost = i + 1 == r->depth;
        if (f->node->kind == PM_YAML_SEQUENCE) {
            pm_buf_printf(b, "[%zu]", f->node->count + innermost);
        } else if (f->has_key || !innermost) {
            pm_buf_puts(b, b->len ? "." : "");
            pm_buf_str(b, pm_utf8_prefix(f->key.p ? f->key : PM_LIT("?"), KEY_SHOWN));
        }
    }
    r->nomem |= b->status == PM_NOMEM;
    return b->len ? b->data : "the document";
}

static const char *size_name(struct reader *r, size_t bytes)
{
    return pm_arena_format(&r->scratch, "%zu MiB", bytes >> 20).p;
}

static void stop(struct reader *r)
{
    r->stopped = true;
}

/* --- properties that the format does not have --- */

static void reject_property(struct reader *r, struct pm_mark mark, const char *kind, const yaml_char_t *name)
{
    static const char core[] = "tag:yaml.org,2002:";
    const char *text = (const char *)name;
    if (!text)
        return;
    bool is_core = strncmp(text, core, sizeof core - 1) == 0;
    pm_report(r->diags, PM_D_ANCHOR, mark,
              pm_arena_format(&r->scratch, "%s%s%s", kind, is_core ? "!!" : "", is_core ? text + sizeof core - 1 : text).p);
}

static uint32_t control_in(struct pm_str s, size_t *at)
{
    while ((*at = pm_utf8_plain(s, *at)) < s.n) {
        uint32_t cp = pm_utf8_next(s, at);
        if ((cp < 0x20 && cp != '\t' && cp != '\n') || (cp >= 0x7F && cp <= 0x9F) || cp == 0xFFFE || cp == 0xFFFF)
            return cp;
    }
    return PM_UTF8_BAD;
}

static const char *code_point_name(struct reader *r, uint32_t cp)
{
    return pm_arena_format(&r->scratch, "U+%04lX", (unsigned long)cp).p;
}

static void check_scalar(struct reader *r, const yaml_event_t *event, struct pm_mark mark, const char *what)
{
    struct pm_str text = {(const char *)event->data.scalar.value, event->data.scalar.length};
    reject_property(r, mark, "the anchor &", event->data.scalar.anchor);
    reject_property(r, mark, "the tag ", event->data.scalar.tag);
    if (text.n > PM_MAX_SCALAR)
        pm_report(r->diags, PM_D_SCALAR_SIZE, mark, what ? what : path(r), size_name(r, PM_MAX_SCALAR));
    if (event->data.scalar.style != YAML_DOUBLE_QUOTED_SCALAR_STYLE)
        return;   /* only its escapes can name what the source may not hold */
    size_t at = 0;
    uint32_t cp = control_in(text, &at);
    if (cp != PM_UTF8_BAD)
        pm_report(r->diags, PM_D_CONTROL, mark, what ? what : path(r), code_point_name(r, cp));
}

/* --- the tree --- */

static struct frame *top(struct reader *r)
{
    return r->depth ? &r->frames[r->depth - 1] : NULL;
}

static bool expects_key(struct reader *r)
{
    return r->depth && top(r)->node->kind == PM_YAML_MAPPING && !top(r)->has_key;
}

static void append(struct pm_yaml *parent, struct pm_yaml *child)
{
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
    parent->count++;
}

static struct pm_yaml *new_value(struct reader *r, enum pm_yaml_kind kind, struct pm_mark mark)
{
    struct pm_yaml *y = pm_arena_alloc(r->arena, sizeof *y);
    if (!y)
        return NULL;
    *y = (struct pm_yaml){.kind = kind, .mark = mark, .end = mark.offset};
    if (++r->nodes > PM_MAX_NODES && !r->stopped) {
        pm_report(r->diags, PM_D_NODES, mark, pm_arena_format(&r->scratch, "%zu", PM_MAX_NODES).p);
        stop(r);
    }
    return y;
}

/* A new value in its place; comments before it become its own, unless it is a block of values that follows its key or
 * begins the document: there they belong to its first child. */
static struct pm_yaml *add_value(struct reader *r, enum pm_yaml_kind kind, struct pm_mark mark, bool block)
{
    struct pm_yaml *y = new_value(r, kind, mark);
    struct frame *f = top(r);
    if (!y)
        return NULL;
    bool in_mapping = f && f->node->kind == PM_YAML_MAPPING, in_sequence = f && !in_mapping;
    y->trailing = pm_yaml_comments_take_trailing(&r->comments);
    if (in_mapping)
        y->comment = f->comment;
    if (!block || in_sequence)
        y->comment = pm_yaml_comments_take(&r->comments, y->comment);
    r->comments.begun = true;
    if (in_mapping) {
        f->has_key = false;
        y->key = f->key;
        y->key_mark = f->key_mark;
    }
    if (!f)
        r->root = y;
    else if (in_sequence || y->key.p)
        append(f->node, y);
    return y;
}

static void add_key(struct reader *r, struct pm_str text, struct pm_mark mark)
{
    struct frame *f = top(r);
    f->has_key = true;
    f->key = text;
    f->key_mark = mark;
    f->comment = pm_yaml_comments_take(&r->comments, (struct pm_str){NULL, 0});
}

static enum pm_yaml_style style_of(yaml_scalar_style_t style)
{
    switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: return PM_YAML_QUOTED;
    case YAML_LITERAL_SCALAR_STYLE:
    case YAML_FOLDED_SCALAR_STYLE: return PM_YAML_BLOCK;
    default: return PM_YAML_PLAIN;
    }
}

/* `y` is NULL for a key. */
static void end_scalar(struct reader *r, struct pm_yaml *y, struct pm_str text, enum pm_yaml_style style, const yaml_mark_t *end)
{
    r->comments.at = mark_at(r, end).offset;
    r->comments.last = y;
    if (!y)
        return;
    y->style = style;
    y->text = text;
    y->end = (uint32_t)r->comments.at;
}

static void on_scalar(struct reader *r, const yaml_event_t *event)
{
    struct pm_mark mark = mark_at(r, &event->start_mark);
    struct pm_str text = pm_arena_str(r->arena, (struct pm_str){(const char *)event->data.scalar.value, event->data.scalar.length});
    enum pm_yaml_style style = style_of(event->data.scalar.style);
    if (!r->depth && style == PM_YAML_PLAIN && text.n == 0 && !event->data.scalar.anchor && !event->data.scalar.tag)
        return;   /* how libyaml tells a document without content */
    pm_yaml_comments_gap(&r->comments, mark.offset);
    if (style == PM_YAML_BLOCK)
        pm_yaml_comments_header(&r->comments, mark.offset);
    bool is_key = expects_key(r);
    check_scalar(r, event, mark, is_key ? "a key" : NULL);
    if (is_key)
        add_key(r, text, mark);
    end_scalar(r, is_key ? NULL : add_value(r, PM_YAML_SCALAR, mark, false), text, style, &event->end_mark);
}

/* Stands in the tree as the text "*name", so that what follows keeps its place. */
static void on_alias(struct reader *r, const yaml_event_t *event)
{
    struct pm_mark mark = mark_at(r, &event->start_mark);
    struct pm_str text = pm_arena_format(r->arena, "*%s", (const char *)event->data.alias.anchor);
    pm_yaml_comments_gap(&r->comments, mark.offset);
    reject_property(r, mark, "the alias *", event->data.alias.anchor);
    bool is_key = expects_key(r);
    if (is_key)
        add_key(r, text, mark);
    end_scalar(r, is_key ? NULL : add_value(r, PM_YAML_SCALAR, mark, false), text, PM_YAML_PLAIN, &event->end_mark);
}

static void on_start(struct reader *r, const yaml_event_t *event, enum pm_yaml_kind kind, bool flow)
{
    struct pm_mark mark = mark_at(r, &event->start_mark);
    bool mapping = kind == PM_YAML_MAPPING;
    pm_yaml_comments_gap(&r->comments, mark.offset);
    reject_property(r, mark, "the anchor &", mapping ? event->data.mapping_start.anchor : event->data.sequence_start.anchor);
    reject_property(r, mark, "the tag ", mapping ? event->data.mapping_start.tag : event->data.sequence_start.tag);
    if (r->depth == PM_MAX_DEPTH) {
        pm_report(r->diags, PM_D_DEPTH, mark, pm_arena_format(&r->scratch, "%d", PM_MAX_DEPTH).p);
        stop(r);
        return;
    }
    struct pm_yaml *y;
    bool is_key = expects_key(r);
    if (is_key) {
        pm_report(r->diags, PM_D_TYPE, mark, "a key", mapping ? "a mapping" : "a list", "text");
        y = new_value(r, kind, mark);
    } else {
        y = add_value(r, kind, mark, !flow);
    }
    if (!y)
        return;
    y->flow = flow;
    r->frames[r->depth++] = (struct frame){.node = y, .is_key = is_key};
    r->comments.at = flow ? mark.offset + 1 : mark.offset;
    r->comments.last = NULL;
}

/* By text, then by place. */
static int compare_keys(const void *a, const void *b)
{
    const struct pm_yaml *x = *(struct pm_yaml *const *)a, *y = *(struct pm_yaml *const *)b;
    if (x->key.n != y->key.n)
        return x->key.n < y->key.n ? -1 : 1;
    int order = pm_str_cmp(x->key, y->key);
    return order ? order : x->key_mark.offset < y->key_mark.offset ? -1 : 1;
}

/* Takes the values out whose key was set absent. */
static void drop_keyless(struct pm_yaml *map)
{
    struct pm_yaml *child = map->first;
    map->first = map->last = NULL;
    map->count = 0;
    for (struct pm_yaml *next; child; child = next) {
        next = child->next;
        child->next = NULL;
        if (child->key.p)
            append(map, child);
    }
}

/* Of the innermost mapping. Sorting finds duplicates in n log n steps whatever the keys are; a hash could be made to collide. */
static void check_duplicates(struct reader *r)
{
    struct pm_yaml *map = top(r)->node;
    size_t n = 0, first = 0;
    bool found = false;
    if (map->count > r->keys_cap) {
        r->keys_cap = map->count < 32 ? 32 : map->count;
        r->keys = pm_arena_array(&r->scratch, r->keys_cap, sizeof(struct pm_yaml *));
    }
    if (!r->keys)
        return;
    top(r)->has_key = true;   /* for path() */
    for (struct pm_yaml *y = map->first; y; y = y->next)
        r->keys[n++] = y;
    qsort(r->keys, n, sizeof(struct pm_yaml *), compare_keys);
    for (size_t i = 1; i < n; i++) {
        struct pm_yaml *y = r->keys[i], *before = r->keys[first];
        if (!pm_str_eq(y->key, before->key)) {
            first = i;
            continue;
        }
        r->frames[r->depth - 1].key = y->key;
        pm_report(r->diags, PM_D_DUPLICATE_KEY, y->key_mark, path(r),
                  pm_arena_format(&r->scratch, "%lu", (unsigned long)before->key_mark.line).p);
        y->key.p = NULL;
        y->key.n = 0;
        found = true;
    }
    if (found)
        drop_keyless(map);
}

static void on_end(struct reader *r, const yaml_event_t *event)
{
    struct frame f = *top(r);
    char opening = r->source.p[f.node->mark.offset];
    if (f.node->flow && (opening == '[' || opening == '{')) {   /* "[key: value]" has a mapping without braces */
        pm_yaml_comments_gap(&r->comments, mark_at(r, &event->start_mark).offset);
        r->comments.at = mark_at(r, &event->end_mark).offset;
        r->comments.last = f.node;
    }
    f.node->end = (uint32_t)r->comments.at;
    if (f.node->kind == PM_YAML_MAPPING && f.node->count > 1)
        check_duplicates(r);
    r->depth--;
    if (f.is_key)
        add_key(r, (struct pm_str){NULL, 0}, f.node->mark);
}

/* --- the source as a whole --- */

/* "%TAG" at the start of a line; libyaml's time for many of them is quadratic. */
static bool has_tag_directive(struct reader *r)
{
    const char *p = r->source.p + r->start.offset, *end = r->source.p + r->source.n, *first = p;
    for (; (p = memchr(p, '%', (size_t)(end - p))) != NULL; p++) {
        bool at_start = p == first || p[-1] == '\n' || p[-1] == '\r' || p[-1] == '\xA8' || p[-1] == '\xA9';   /* U+2028, U+2029 */
        if (!at_start || end - p < 4 || memcmp(p, "%TAG", 4) != 0)
            continue;
        pm_report(r->diags, PM_D_ANCHOR, mark_at_offset(r, (size_t)(p - r->source.p)), "the directive %TAG");
        return true;
    }
    return false;
}

static bool report_controls(struct reader *r)
{
    size_t controls = 0, at = r->start.offset;
    for (uint32_t cp; controls < PM_MAX_DIAGS && (cp = control_in(r->source, &at)) != PM_UTF8_BAD;) {
        if (cp == '\r')
            continue;
        char bytes[4];
        struct pm_mark mark = mark_at_offset(r, at - pm_utf8_put(bytes, cp));
        pm_report(r->diags, PM_D_CONTROL, mark, "the text", code_point_name(r, cp));
        controls++;
    }
    return controls > 0;
}

static bool check_source(struct reader *r)
{
    size_t at = pm_utf8_check(r->source);
    const char *other = pm_sniff(r->source);
    if (r->source.n > PM_MAX_DOCUMENT) {
        pm_report(r->diags, PM_D_DOCUMENT_SIZE, r->start, size_name(r, PM_MAX_DOCUMENT));
        return false;
    }
    if (other) {
        pm_report(r->diags, PM_D_YAML, r->start, pm_arena_format(&r->scratch, "this is %s; want YAML in UTF-8", other).p);
        return false;
    }
    if (at < r->source.n) {
        pm_report(r->diags, PM_D_UTF8, mark_at_offset(r, at),
                  pm_arena_format(&r->scratch, "0x%02X", (unsigned)(unsigned char)r->source.p[at]).p);
        return false;
    }
    return !report_controls(r) && !has_tag_directive(r);
}

/* --- libyaml --- */

static void report_problem(struct reader *r, const yaml_parser_t *parser)
{
    stop(r);
    if (parser->error == YAML_MEMORY_ERROR || !parser->problem) {
        r->nomem = true;
        return;
    }
    if (parser->error == YAML_READER_ERROR) {
        r->cursor = (struct cursor){0, r->start};
        pm_report(r->diags, PM_D_YAML, mark_at_offset(r, r->start.offset + parser->problem_offset), parser->problem);
        return;
    }
    struct pm_mark context = parser->context ? mark_at(r, &parser->context_mark) : r->start;
    struct pm_mark mark = mark_at(r, &parser->problem_mark);
    struct pm_yaml_problem problem = {parser->problem, parser->context, r->source, mark, context};
    bool at_context;
    const char *text = pm_yaml_problem_text(&problem, &r->scratch, &at_context);
    pm_report(r->diags, PM_D_YAML, at_context ? context : mark, text);
}

static void on_event(struct reader *r, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (++r->documents == 2)
            pm_report(r->diags, PM_D_YAML, mark_at(r, &event->start_mark), "a second document begins here; want one");
        break;
    case YAML_SCALAR_EVENT:
        on_scalar(r, event);
        break;
    case YAML_ALIAS_EVENT:
        on_alias(r, event);
        break;
    case YAML_SEQUENCE_START_EVENT:
        on_start(r, event, PM_YAML_SEQUENCE, event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE);
        break;
    case YAML_MAPPING_START_EVENT:
        on_start(r, event, PM_YAML_MAPPING, event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        on_end(r, event);
        break;
    default:
        break;
    }
}

static void read_events(struct reader *r)
{
    yaml_parser_t parser;
    bool ended = false;
    struct pm_str text = pm_yaml_from_json(r->source, &r->scratch);
    if (!text.p || !yaml_parser_initialize(&parser)) {
        r->nomem = true;
        return;
    }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text.p + r->start.offset, text.n - r->start.offset);
    while (!ended && !r->stopped && !pm_arena_failed(r->arena)) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            report_problem(r, &parser);
            break;
        }
        on_event(r, &event);
        ended = event.type == YAML_STREAM_END_EVENT || r->documents == 2;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
}

static void read_tail(struct reader *r, struct pm_str *tail)
{
    pm_yaml_comments_gap(&r->comments, r->source.n);
    struct pm_str comments = pm_yaml_comments_take(&r->comments, pm_yaml_comments_take_trailing(&r->comments));
    if (tail)
        *tail = comments;
}

enum pm_status pm_yaml_read(struct pm_str source, uint32_t first_line, struct pm_arena *arena, struct pm_diags *diags,
                            struct pm_yaml **root, struct pm_str *tail)
{
    size_t errors = diags->count[PM_ERROR];
    struct reader r = {.source = source, .start = {first_line, 1, 0}, .arena = arena, .diags = diags};
    *root = NULL;
    if (tail)
        *tail = (struct pm_str){NULL, 0};
    if (pm_str_starts(source, "\xEF\xBB\xBF"))
        r.start.offset = 3;
    r.cursor.mark = r.start;
    r.comments = (struct pm_yaml_comments){.source = source, .at = r.start.offset, .arena = arena, .scratch = &r.scratch};
    pm_arena_init(&r.scratch);
    pm_buf_init(&r.path, PM_MAX_SCALAR);
    if (check_source(&r)) {
        r.cursor = (struct cursor){0, r.start};
        read_events(&r);
        if (!r.stopped) {
            read_tail(&r, tail);
            *root = r.root;
        }
    }
    bool nomem = r.nomem || pm_arena_failed(&r.scratch) || pm_arena_failed(arena) || pm_arena_failed(&diags->arena);
    pm_arena_free(&r.scratch);
    pm_buf_free(&r.path);
    if (nomem)
        *root = NULL;
    return nomem ? PM_NOMEM : diags->count[PM_ERROR] > errors ? PM_INVALID : PM_OK;
}

/* --- asking --- */

const struct pm_yaml *pm_yaml_get(const struct pm_yaml *map, const char *key)
{
    if (!map || map->kind != PM_YAML_MAPPING)
        return NULL;
    for (const struct pm_yaml *y = map->first; y; y = y->next)
        if (pm_str_is(y->key, key))
            return y;
    return NULL;
}

bool pm_yaml_is_null(const struct pm_yaml *y)
{
    static const char *const words[] = {"", "~", "null", "Null", "NULL"};
    if (!y || y->kind != PM_YAML_SCALAR || y->style != PM_YAML_PLAIN)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (pm_str_is(y->text, words[i]))
            return true;
    return false;
}

const char *pm_yaml_kind_name(const struct pm_yaml *y)
{
    if (!y || pm_yaml_is_null(y))
        return "empty";
    switch (y->kind) {
    case PM_YAML_SEQUENCE: return "a list";
    case PM_YAML_MAPPING: return "a mapping";
    default: return "text";
    }
}
