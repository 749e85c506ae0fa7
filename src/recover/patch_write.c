/* From changed twigs to splices of the source. */
#include "recover/patch_internal.h"

#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

/* --- lines --- */

static bool is_break(char c) { return c == '\n' || c == '\r'; }

static size_t line_end(struct pm_str s, size_t at)
{
    while (at < s.n && !is_break(s.p[at]))
        at++;
    return at;
}

size_t pm_line_next(struct pm_str s, size_t at)
{
    at = line_end(s, at);
    if (at + 1 < s.n && s.p[at] == '\r' && s.p[at + 1] == '\n')
        at++;
    return at < s.n ? at + 1 : at;
}

size_t pm_line_start(struct pm_str s, size_t at)
{
    while (at > 0 && !is_break(s.p[at - 1]))
        at--;
    return at;
}

/* The start of the line before the one that starts at `at`, which is not the first. */
static size_t line_before(struct pm_str s, size_t at)
{
    at--;
    if (at > 0 && s.p[at] == '\n' && s.p[at - 1] == '\r')
        at--;
    return pm_line_start(s, at);
}

static size_t first_byte(struct pm_str s, size_t line)
{
    while (line < s.n && (s.p[line] == ' ' || s.p[line] == '\t'))
        line++;
    return line;
}

static bool is_blank_line(struct pm_str s, size_t line)
{
    return line < s.n && first_byte(s, line) == line_end(s, line);
}

/* The columns before a line's comment; -1 when it is no comment. */
static int comment_column(struct pm_str s, size_t line)
{
    size_t at = first_byte(s, line);
    return at < s.n && s.p[at] == '#' ? (int)(at - line) : -1;
}

static bool is_first_on_line(struct pm_str s, size_t at)
{
    return first_byte(s, pm_line_start(s, at)) == at;
}

/* --- splices --- */

struct pm_str pm_patch_take(struct pm_patch *p, struct pm_buf *b)
{
    if (b->status != PM_OK)
        p->work.failed = true;
    struct pm_str out = pm_arena_str(&p->work, pm_buf_slice(b));
    pm_buf_free(b);
    return out;
}

static struct pm_str with_crlf(struct pm_patch *p, struct pm_str text)
{
    struct pm_buf b;
    pm_buf_init(&b, PM_MAX_DOCUMENT * 4);
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '\n' && (i == 0 || text.p[i - 1] != '\r'))
            pm_buf_putc(&b, '\r');
        pm_buf_putc(&b, text.p[i]);
    }
    return pm_patch_take(p, &b);
}

void pm_patch_splice(struct pm_patch *p, size_t from, size_t to, struct pm_str text, int edit)
{
    if (p->splice_count == p->splice_cap) {
        size_t cap = p->splice_cap ? p->splice_cap * 2 : 32;
        struct pm_splice *grown = pm_arena_grow(&p->work, p->splices, p->splice_count, cap, sizeof *grown);
        if (!grown)
            return;
        p->splices = grown;
        p->splice_cap = cap;
    }
    if (p->crlf && text.n && memchr(text.p, '\n', text.n))
        text = with_crlf(p, text);
    p->splices[p->splice_count] = (struct pm_splice){from, to, text, edit, p->splice_count};
    p->splice_count++;
}

/* --- places --- */

static size_t value_end(const struct pm_patch *p, const struct pm_yaml *y)
{
    while (y->kind != PM_YAML_SCALAR && !y->flow && y->last)
        y = y->last;
    return y->kind == PM_YAML_SCALAR && y->style == PM_YAML_BLOCK ? pm_patch_block_end(p, y) : y->end;
}

/* The columns of the keys or dashes of a block collection. */
static int indent_of(const struct pm_twig *t)
{
    const struct pm_yaml *y = t->old;
    uint32_t col = y->kind == PM_YAML_MAPPING && y->first ? y->first->key_mark.col : y->mark.col;
    return (int)col - 1;
}

/* The dash of an entry: on the line of its value or above, in the column of the list. */
static size_t dash_of(const struct pm_patch *p, const struct pm_yaml *list, const struct pm_yaml *entry)
{
    struct pm_str s = p->source;
    for (size_t line = pm_line_start(s, entry->mark.offset);; line = line_before(s, line)) {
        size_t at = line + list->mark.col - 1, i = line;
        while (i < at && i < s.n && (s.p[i] == ' ' || s.p[i] == '-'))
            i++;
        if (i == at && at < s.n && s.p[at] == '-')
            return at;
        if (line <= list->mark.offset)
            return list->mark.offset;
    }
}

static size_t start_of(const struct pm_patch *p, const struct pm_twig *t)
{
    const struct pm_twig *up = t->parent;
    if (up->kind == PM_YAML_MAPPING)
        return t->old->key_mark.offset;
    return up->old->flow ? t->old->mark.offset : dash_of(p, up->old, t->old);
}

/* The start of the line on which a member begins, or of the comments right above it. */
static size_t lines_from(const struct pm_patch *p, size_t at)
{
    struct pm_str s = p->source;
    size_t line = pm_line_start(s, at);
    int column = (int)(at - line);
    while (line > 0) {
        size_t above = line_before(s, line);
        if (comment_column(s, above) != column)
            break;
        line = above;
    }
    return line;
}

/* Behind the last line of a member, and of comments below it that stand further in. */
static size_t lines_to(const struct pm_patch *p, const struct pm_twig *t, int indent)
{
    struct pm_str s = p->source;
    size_t at = pm_line_next(s, value_end(p, t->old));
    while (at < s.n && comment_column(s, at) > indent)
        at = pm_line_next(s, at);
    return at;
}

/* --- new text --- */

static void put_spaces(struct pm_buf *b, int n)
{
    pm_buf_printf(b, "%*s", n, "");
}

static void put_key(struct pm_patch *p, struct pm_buf *b, struct pm_str key)
{
    if (p->json) {
        pm_buf_putc(b, '"');
        pm_buf_json(b, key);
        pm_buf_putc(b, '"');
    } else {
        pm_yaml_write_scalar(b, key, 0, true);
    }
    pm_buf_putc(b, ':');
}

static void put_flow(struct pm_patch *p, struct pm_buf *b, const struct pm_twig *t)
{
    bool mapping = t->kind == PM_YAML_MAPPING, any = false;
    if (t->kind == PM_YAML_SCALAR) {
        pm_patch_scalar(p, b, t, (struct pm_spot){0, true});
        return;
    }
    pm_buf_putc(b, mapping ? '{' : '[');
    for (const struct pm_twig *child = t->first; child; child = child->next) {
        if (child->removed)
            continue;
        pm_buf_puts(b, any ? ", " : "");
        if (mapping)
            put_key(p, b, child->key);
        pm_buf_puts(b, mapping ? " " : "");
        put_flow(p, b, child);
        any = true;
    }
    pm_buf_putc(b, mapping ? '}' : ']');
}

static void put_entry(struct pm_patch *p, struct pm_buf *b, const struct pm_twig *t, int indent);

/* Behind a key or a dash, whose columns are `indent`; ends without a line feed. */
static void put_value(struct pm_patch *p, struct pm_buf *b, const struct pm_twig *t, int indent)
{
    if (t->kind == PM_YAML_SCALAR) {
        pm_buf_putc(b, ' ');
        pm_patch_scalar(p, b, t, (struct pm_spot){indent, false});
        return;
    }
    if (t->flow || pm_twig_is_empty(t)) {
        pm_buf_putc(b, ' ');
        put_flow(p, b, t);
        return;
    }
    int inner = indent + (t->kind == PM_YAML_MAPPING ? 2 : p->dash);
    for (const struct pm_twig *child = t->first; child; child = child->next) {
        pm_buf_putc(b, '\n');
        put_spaces(b, inner);
        put_entry(p, b, child, inner);
    }
}

/* A member of a mapping with its key, or an entry of a list with its dash. */
static void put_entry(struct pm_patch *p, struct pm_buf *b, const struct pm_twig *t, int indent)
{
    if (t->parent->kind == PM_YAML_MAPPING) {
        put_key(p, b, t->key);
        put_value(p, b, t, indent);
        return;
    }
    pm_buf_putc(b, '-');
    if (t->kind != PM_YAML_MAPPING || t->flow || pm_twig_is_empty(t)) {
        put_value(p, b, t, indent);
        return;
    }
    for (const struct pm_twig *child = t->first; child; child = child->next) {
        if (child == t->first)
            pm_buf_putc(b, ' ');
        else
            pm_buf_putc(b, '\n'), put_spaces(b, indent + 2);
        put_entry(p, b, child, indent + 2);
    }
}

/* --- additions --- */

/* Keys of the top level that take several lines stand between empty lines, where the source has it so. */
static bool wants_empty_line(const struct pm_patch *p, const struct pm_twig *before, size_t at, struct pm_str text)
{
    struct pm_str s = p->source;
    size_t start = before->parent == p->root ? lines_from(p, before->old->key_mark.offset) : 0;
    bool tall_before = pm_line_next(s, before->old->key_mark.offset) < at, tall = memchr(text.p, '\n', text.n) != NULL;
    bool empty_behind = is_blank_line(s, at), empty_before = start > 0 && is_blank_line(s, line_before(s, start));
    return before->parent == p->root && (tall || tall_before) && (empty_behind || (empty_before && at >= s.n));
}

static void add_behind(struct pm_patch *p, const struct pm_twig *before, const struct pm_twig *t, bool after_new)
{
    struct pm_str s = p->source;
    int indent = indent_of(t->parent);
    size_t at = lines_to(p, before, indent);
    bool no_end = at == s.n && at > 0 && !is_break(s.p[at - 1]);
    struct pm_buf b, whole;
    pm_buf_init(&b, PM_MAX_DOCUMENT);
    pm_buf_init(&whole, PM_MAX_DOCUMENT * 2);
    put_entry(p, &b, t, indent);
    pm_buf_puts(&whole, no_end ? "\n" : "");
    if (b.status == PM_OK && !after_new && wants_empty_line(p, before, at, pm_buf_slice(&b)))
        pm_buf_putc(&whole, '\n');
    put_spaces(&whole, indent);
    pm_buf_str(&whole, pm_buf_slice(&b));
    pm_buf_puts(&whole, no_end ? "" : "\n");
    p->work.failed |= b.status != PM_OK;
    pm_buf_free(&b);
    pm_patch_splice(p, at, at, pm_patch_take(p, &whole), t->edit);
}

/* In front of the first that the source has; behind a dash or a key, on the line of that. */
static void add_in_front(struct pm_patch *p, const struct pm_twig *behind, const struct pm_twig *t)
{
    int indent = indent_of(t->parent);
    size_t at = start_of(p, behind);
    bool own_line = is_first_on_line(p->source, at);
    struct pm_buf b;
    pm_buf_init(&b, PM_MAX_DOCUMENT);
    if (own_line) {
        at = lines_from(p, at);
        put_spaces(&b, indent);
    }
    put_entry(p, &b, t, indent);
    pm_buf_putc(&b, '\n');
    if (!own_line)
        put_spaces(&b, indent);
    pm_patch_splice(p, at, at, pm_patch_take(p, &b), t->edit);
}

/* The blank between members in brackets: a line where each has its own. */
static void put_gap(struct pm_patch *p, struct pm_buf *b, const struct pm_twig *sibling)
{
    size_t at = start_of(p, sibling);
    if (is_first_on_line(p->source, at)) {
        pm_buf_putc(b, '\n');
        pm_buf_add(b, p->source.p + pm_line_start(p->source, at), at - pm_line_start(p->source, at));
    } else {
        pm_buf_putc(b, ' ');
    }
}

static void add_in_brackets(struct pm_patch *p, const struct pm_twig *before, const struct pm_twig *behind, const struct pm_twig *t,
    bool after_new)
{
    size_t at = before ? value_end(p, before->old) : behind ? start_of(p, behind) : t->parent->old->mark.offset + 1;
    struct pm_buf b;
    pm_buf_init(&b, PM_MAX_DOCUMENT);
    if (before || (!behind && after_new)) {
        pm_buf_putc(&b, ',');
        if (before)
            put_gap(p, &b, before);
        else
            pm_buf_putc(&b, ' ');
    }
    if (t->parent->kind == PM_YAML_MAPPING) {
        put_key(p, &b, t->key);
        pm_buf_putc(&b, ' ');
    }
    put_flow(p, &b, t);
    if (!before && behind) {
        pm_buf_putc(&b, ',');
        put_gap(p, &b, behind);
    }
    pm_patch_splice(p, at, at, pm_patch_take(p, &b), t->edit);
}

/* --- removals --- */

static struct pm_twig *next_old(struct pm_twig *t, bool removed)
{
    while (t && !(t->old && t->removed == removed))
        t = t->next;
    return t;
}

static bool runs_into_new(const struct pm_twig *t)
{
    return t->next && !t->next->old;
}

/* Empty lines that would meet others, or stand at the start of a list, go too. `before`: what stays in front, or NULL. */
static void remove_lines(struct pm_patch *p, struct pm_twig *t, const struct pm_twig *before)
{
    struct pm_str s = p->source;
    size_t from = lines_from(p, start_of(p, t)), to = lines_to(p, t, indent_of(t->parent));
    bool empty_before = !before || from == 0 || is_blank_line(s, line_before(s, from));
    while (empty_before && !runs_into_new(t) && is_blank_line(s, to))
        to = pm_line_next(s, to);
    while (to >= s.n && from > 0 && is_blank_line(s, line_before(s, from)))
        from = line_before(s, from);
    pm_patch_splice(p, from, to, PM_LIT(""), t->edit);
}

/* Members from `t` to `last`, next to each other, of which the first shares its line with a dash: the one behind them moves up. */
static void remove_inline(struct pm_patch *p, struct pm_twig *t, struct pm_twig *last)
{
    struct pm_twig *kept = next_old(last->next, false);
    if (kept)
        pm_patch_splice(p, start_of(p, t), start_of(p, kept), PM_LIT(""), t->edit);
    else
        p->blocked = t->edit;
}

static void remove_from_brackets(struct pm_patch *p, struct pm_twig *t, struct pm_twig *last, const struct pm_twig *before)
{
    const struct pm_twig *kept = next_old(last->next, false);
    size_t from = start_of(p, t), to = value_end(p, last->old), comma = before ? value_end(p, before->old) : from;
    if (kept) {
        pm_patch_splice(p, from, start_of(p, kept), PM_LIT(""), t->edit);
    } else if (before && memchr(p->source.p + comma, '#', from - comma)) {
        pm_patch_splice(p, from, to, PM_LIT(""), t->edit);   /* a comma at the end is allowed, and a comment stays */
    } else {
        pm_patch_splice(p, comma, to, PM_LIT(""), t->edit);
    }
}

/* Removes `t` and those right behind it that are removed too; gives the last of them. */
static struct pm_twig *remove_run(struct pm_patch *p, struct pm_twig *t, const struct pm_twig *before)
{
    struct pm_twig *last = t;
    bool flow = t->parent->old->flow, own_line = is_first_on_line(p->source, start_of(p, t));
    if (!flow && own_line) {
        remove_lines(p, t, before);
        return t;
    }
    while (last->next && last->next->old && last->next->removed)
        last = last->next;
    if (flow)
        remove_from_brackets(p, t, last, before);
    else
        remove_inline(p, t, last);
    return last;
}

/* --- the walk --- */

static void write_twig(struct pm_patch *p, struct pm_twig *t, struct pm_spot spot);

static void add_twig(struct pm_patch *p, struct pm_twig *t, struct pm_twig *before, struct pm_twig *kept, bool after_new)
{
    bool flow = t->parent->old->flow;
    if (!flow && before) {
        add_behind(p, before, t, after_new);
        return;
    }
    struct pm_twig *behind = kept ? NULL : next_old(t, false), *removed = behind || flow ? NULL : next_old(t, true);
    if (flow)
        add_in_brackets(p, kept, behind, t, after_new);
    else if (behind || removed)
        add_in_front(p, behind ? behind : removed, t);
    else
        p->blocked = t->edit;
}

static void write_children(struct pm_patch *p, struct pm_twig *t)
{
    const struct pm_spot spot = {t->old->flow ? 0 : indent_of(t), t->old->flow};
    struct pm_twig *before = NULL, *kept = NULL;   /* the last that the source has, and that stays */
    bool after_new = false;
    for (struct pm_twig *child = t->first; child; child = child->next) {
        if (!child->old) {
            add_twig(p, child, before, kept, after_new);
            after_new = true;
            continue;
        }
        after_new = false;
        if (child->removed) {
            child = remove_run(p, child, kept);
        } else {
            write_twig(p, child, spot);
            kept = child;
        }
        before = child;
    }
}

/* What was nothing, or an empty pair of brackets, becomes a collection. */
static void write_filled(struct pm_patch *p, struct pm_twig *t, struct pm_spot spot)
{
    struct pm_str s = p->source;
    size_t from = t->old->mark.offset, to = t->old->end, behind = line_end(s, to);
    struct pm_buf b;
    pm_buf_init(&b, PM_MAX_DOCUMENT);
    if (t->flow || spot.flow) {
        pm_buf_puts(&b, from > 0 && s.p[from - 1] != ' ' ? " " : "");
        put_flow(p, &b, t);
        pm_patch_splice(p, from, to, pm_patch_take(p, &b), t->edit);
        return;
    }
    while (from > 0 && s.p[from - 1] == ' ')
        from--;
    put_value(p, &b, t, spot.indent);
    pm_patch_splice(p, from, to, PM_LIT(""), t->edit);
    pm_patch_splice(p, behind, behind, pm_patch_take(p, &b), t->edit);
}

/* Recursion goes as deep as the tree, whose depth pm_yaml_read() limits. */
static void write_twig(struct pm_patch *p, struct pm_twig *t, struct pm_spot spot)
{
    if (t->changed && t->kind == PM_YAML_SCALAR)
        pm_patch_rewrite(p, t, spot);
    else if (t->changed)
        write_filled(p, t, spot);
    else if (t->kind != PM_YAML_SCALAR)
        write_children(p, t);
}

static int compare_splices(const void *a, const void *b)
{
    const struct pm_splice *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    bool added = x->to == x->from, other = y->to == y->from;
    if (added != other)
        return added ? -1 : 1;
    return x->out < y->out ? -1 : 1;
}

void pm_patch_write(struct pm_patch *p, struct pm_buf *out)
{
    size_t at = 0;
    write_twig(p, p->root, (struct pm_spot){0, false});
    if (p->splice_count)
        qsort(p->splices, p->splice_count, sizeof *p->splices, compare_splices);
    for (size_t i = 0; i < p->splice_count; i++) {
        struct pm_splice *s = &p->splices[i];
        if (s->from < at || s->to < s->from || s->to > p->source.n) {
            p->blocked = s->edit;
            return;
        }
        pm_buf_add(out, p->source.p + at, s->from - at);
        s->out = out->len;
        pm_buf_str(out, s->text);
        at = s->to;
    }
    pm_buf_add(out, p->source.p + at, p->source.n - at);
}
