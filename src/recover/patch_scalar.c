/* Scalars in the style that the old ones had. */
#include "recover/patch_internal.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "incident/emit.h"

#include <string.h>

enum { FOLD_COLUMNS = 80 };

static bool is_break(char c) { return c == '\n' || c == '\r'; }

/* What stands in any style as it is. */
static bool is_printable(struct pm_str s, bool lines)
{
    for (size_t at = 0; at < s.n;) {
        uint32_t cp = pm_utf8_next(s, &at);
        bool control = cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || cp == 0x2028 || cp == 0x2029 || cp == 0xFEFF || cp == 0xFFFE ||
            cp == 0xFFFF;
        if (cp == PM_UTF8_BAD || (control && !(lines && (cp == '\n' || cp == '\t'))))
            return false;
    }
    return true;
}

/* --- quotes --- */

static void put_single(struct pm_buf *b, struct pm_str s)
{
    pm_buf_putc(b, '\'');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\'')
            pm_buf_putc(b, '\'');
        pm_buf_putc(b, s.p[i]);
    }
    pm_buf_putc(b, '\'');
}

/* The escapes of JSON, which YAML has too. */
static void put_double(struct pm_buf *b, struct pm_str s)
{
    pm_buf_putc(b, '"');
    for (size_t at = 0; at < s.n;) {
        size_t start = at;
        uint32_t cp = pm_utf8_next(s, &at);
        struct pm_str c = {s.p + start, at - start};
        if (cp == PM_UTF8_BAD)
            pm_buf_puts(b, "\xEF\xBF\xBD");
        else if (cp == '"' || cp == '\\')
            pm_buf_printf(b, "\\%c", (int)cp);
        else if (cp == '\n' || cp == '\t')
            pm_buf_puts(b, cp == '\n' ? "\\n" : "\\t");
        else if (!is_printable(c, false))
            pm_buf_printf(b, "\\u%04X", (unsigned)cp);
        else
            pm_buf_str(b, c);
    }
    pm_buf_putc(b, '"');
}

static bool is_string(enum pm_type type)
{
    switch (type) {
    case PM_T_INTEGER:
    case PM_T_NUMBER:
    case PM_T_PERCENT:
    case PM_T_INSTANT:
    case PM_T_EVENT_INSTANT:
    case PM_T_DATE:
    case PM_T_DURATION:
    case PM_T_ENUM:
    case PM_T_SEVERITY:
    case PM_T_VERSION:
    case PM_T_SCALAR: return false;
    default: return true;
    }
}

/* Numbers alone go without quotes in JSON. */
static bool is_json_number(enum pm_type type, struct pm_str s)
{
    bool number = type == PM_T_INTEGER || type == PM_T_NUMBER || type == PM_T_PERCENT;
    return number && s.n && s.p[0] != '+' && (s.p[0] != '0' || s.n == 1 || s.p[1] == '.');
}

static bool wants_quotes(const struct pm_patch *p, const struct pm_twig *t)
{
    bool forced = t->edit >= 0 && p->quoted[t->edit];
    return forced || (p->json && !is_json_number(t->type, t->text));
}

void pm_patch_scalar(struct pm_patch *p, struct pm_buf *b, const struct pm_twig *t, struct pm_spot spot)
{
    bool tabs = !spot.flow && memchr(t->text.p ? t->text.p : "", '\t', t->text.n) != NULL;
    if (wants_quotes(p, t))
        put_double(b, t->text);
    else
        pm_emit_text(b, t->text, is_string(t->type), spot.indent + 2, spot.flow || (tabs && !memchr(t->text.p, '\n', t->text.n)));
}

/* --- lines of a block --- */

struct lines { struct pm_str *line; size_t count, cap; };

static void add_line(struct pm_patch *p, struct lines *l, struct pm_str line)
{
    if (l->count == l->cap) {
        size_t cap = l->cap ? l->cap * 2 : 16;
        struct pm_str *grown = pm_arena_grow(&p->work, l->line, l->count, cap, sizeof *grown);
        if (!grown)
            return;
        l->line = grown;
        l->cap = cap;
    }
    l->line[l->count++] = line;
}

/* Parts between line feeds; the last feed ends its line. */
static void split_text(struct pm_patch *p, struct pm_str s, struct lines *out)
{
    while (s.n) {
        const char *end = memchr(s.p, '\n', s.n);
        size_t n = end ? (size_t)(end - s.p) : s.n;
        add_line(p, out, (struct pm_str){s.p, n});
        n += end != NULL;
        s.p += n;
        s.n -= n;
    }
}

/* A block scalar of the source: '|' or '>', and its lines without their ends. */
struct block {
    size_t content;         /* where the lines begin */
    size_t end;             /* behind the last one that says something, before its end */
    int indent;             /* of its lines; 0: it has none */
    bool folded, explicit;  /* explicit: the header gives the indentation */
    struct lines lines;     /* with their indentation */
};

static struct pm_str line_at(struct pm_str s, size_t at)
{
    size_t end = at;
    while (end < s.n && !is_break(s.p[end]))
        end++;
    return (struct pm_str){s.p + at, end - at};
}

static int columns_before(struct pm_str line)
{
    int n = 0;
    while ((size_t)n < line.n && line.p[n] == ' ')
        n++;
    return n;
}

static bool is_blank(struct pm_str line)
{
    return (size_t)columns_before(line) == line.n;
}

/* Lines belong to the block as long as they are within its bytes; libyaml counts blank lines behind it too. */
static void find_block(struct pm_patch *p, const struct pm_yaml *y, struct block *out)
{
    struct pm_str s = p->source, header = line_at(s, y->mark.offset);
    *out = (struct block){.folded = s.p[y->mark.offset] == '>'};
    for (size_t i = 1; i < header.n && header.p[i] != ' '; i++)
        out->explicit |= header.p[i] >= '1' && header.p[i] <= '9';
    size_t at = pm_line_next(s, y->mark.offset), kept = 0;
    out->content = at;
    out->end = y->mark.offset + header.n;
    while (at < s.n && at < y->end) {
        struct pm_str line = line_at(s, at);
        add_line(p, &out->lines, line);
        if (!is_blank(line)) {
            if (!out->indent)
                out->indent = columns_before(line);
            kept = out->lines.count;
            out->end = at + line.n;
        }
        at = pm_line_next(s, at);
    }
    out->lines.count = kept;
}

size_t pm_patch_block_end(const struct pm_patch *p, const struct pm_yaml *y)
{
    struct pm_str s = p->source;
    size_t end = y->mark.offset + line_at(s, y->mark.offset).n;
    for (size_t at = pm_line_next(s, y->mark.offset); at < s.n && at < y->end; at = pm_line_next(s, at)) {
        struct pm_str line = line_at(s, at);
        if (!is_blank(line))
            end = at + line.n;
    }
    return end;
}

/* --- folded text --- */

/* Words of a paragraph, apart by single blanks. */
static void split_words(struct pm_patch *p, struct pm_str s, struct lines *out)
{
    size_t start = 0;
    for (size_t i = 1; i + 1 < s.n; i++) {
        if (s.p[i] != ' ' || s.p[i - 1] == ' ' || s.p[i + 1] == ' ')
            continue;
        add_line(p, out, (struct pm_str){s.p + start, i - start});
        start = i + 1;
    }
    if (s.n > start)
        add_line(p, out, (struct pm_str){s.p + start, s.n - start});
}

/* The words of old lines; breaks[i]: word i begins a line. */
static bool *old_words(struct pm_patch *p, const struct lines *old, int indent, struct lines *words)
{
    size_t bytes = 0;
    for (size_t i = 0; i < old->count; i++)
        bytes += old->line[i].n;
    bool *breaks = pm_arena_array(&p->work, bytes + 1, sizeof *breaks);
    for (size_t i = 0; breaks && i < old->count; i++) {
        struct pm_str line = old->line[i];
        size_t skip = (size_t)indent < line.n ? (size_t)indent : line.n;
        breaks[words->count] = true;
        split_words(p, pm_str_trim((struct pm_str){line.p + skip, line.n - skip}), words);
    }
    return breaks;
}

static size_t widest(const struct lines *old)
{
    size_t most = FOLD_COLUMNS;
    for (size_t i = 0; i < old->count; i++) {
        size_t n = pm_utf8_length(old->line[i]);
        most = n > most ? n : most;
    }
    return most;
}

struct fold {
    struct lines words, old;
    size_t front, back;     /* words that are the same at both ends */
    size_t most;            /* columns of a line */
};

static void compare_words(struct fold *f)
{
    size_t least = f->words.count < f->old.count ? f->words.count : f->old.count;
    while (f->front < least && pm_str_eq(f->words.line[f->front], f->old.line[f->front]))
        f->front++;
    while (f->back < least - f->front &&
           pm_str_eq(f->words.line[f->words.count - 1 - f->back], f->old.line[f->old.count - 1 - f->back]))
        f->back++;
}

/* Whether the word begins a line as its counterpart did: of words that are new, the first has one, and all have where they are as many. */
static bool breaks_before(const struct fold *f, const bool *breaks, size_t i)
{
    size_t new_end = f->words.count - f->back, old_end = f->old.count - f->back;
    if (i < f->front || (i < new_end && i < old_end && (i == f->front || new_end == old_end)))
        return breaks[i];
    return i >= new_end && breaks[f->old.count - (f->words.count - i)];
}

/* One paragraph as lines: breaks stay where the words around them do; what is new is broken where the line is full. */
static void fold_paragraph(struct pm_patch *p, struct pm_str text, const struct lines *old, int indent, struct lines *out)
{
    struct fold f = {.most = widest(old)};
    struct pm_buf line;
    bool *breaks = old_words(p, old, indent, &f.old);
    split_words(p, text, &f.words);
    compare_words(&f);
    pm_buf_init(&line, PM_MAX_SCALAR * 2);
    for (size_t i = 0; breaks && i < f.words.count; i++) {
        bool full = line.len && (size_t)indent + line.len + 1 + f.words.line[i].n > f.most && i >= f.front && i < f.words.count - f.back;
        if (line.len && (full || breaks_before(&f, breaks, i))) {
            add_line(p, out, pm_arena_format(&p->work, "%*s%s", indent, "", line.data));
            pm_buf_clear(&line);
        }
        if (line.len)
            pm_buf_putc(&line, ' ');
        pm_buf_str(&line, f.words.line[i]);
    }
    if (line.len)
        add_line(p, out, pm_arena_format(&p->work, "%*s%s", indent, "", line.data));
    p->work.failed |= line.status == PM_NOMEM;
    pm_buf_free(&line);
}

/* The next run of lines that are not blank, from *at on. */
static struct lines paragraph(const struct lines *all, size_t *at)
{
    while (*at < all->count && is_blank(all->line[*at]))
        ++*at;
    size_t start = *at;
    while (*at < all->count && !is_blank(all->line[*at]))
        ++*at;
    return (struct lines){all->line + start, *at - start, 0};
}

static bool begins_with_blank(const struct lines *l, size_t from, bool *any)
{
    for (size_t i = 0; i < l->count; i++) {
        if (l->line[i].n > from && (l->line[i].p[from] == ' ' || l->line[i].p[from] == '\t'))
            *any = true;
    }
    return *any;
}

/* False where a line begins with a blank or an empty paragraph comes in between: such text keeps its line ends only as a literal block. */
static bool can_fold(const struct block *old, const struct lines *text)
{
    bool odd = text->count == 0;
    for (size_t i = 0; i < text->count; i++)
        odd |= text->line[i].n == 0 || text->line[i].p[text->line[i].n - 1] == ' ';
    return !begins_with_blank(text, 0, &odd) && !begins_with_blank(&old->lines, (size_t)old->indent, &odd);
}

static void fold_lines(struct pm_patch *p, const struct block *old, const struct lines *text, struct lines *out)
{
    for (size_t i = 0, at = 0; i < text->count; i++) {
        struct lines was = paragraph(&old->lines, &at);
        if (i)
            add_line(p, out, PM_LIT(""));
        fold_paragraph(p, text->line[i], &was, old->indent, out);
    }
}

/* --- blocks --- */

static void literal_lines(struct pm_patch *p, const struct block *old, const struct lines *text, struct lines *out)
{
    for (size_t i = 0; i < text->count; i++) {
        struct pm_str line = text->line[i];
        add_line(p, out, line.n ? pm_arena_format(&p->work, "%*s%.*s", old->indent, "", (int)line.n, line.p) : line);
    }
}

/* Blank lines of the source may hold blanks. */
static bool same_line(struct pm_str a, struct pm_str b)
{
    return pm_str_eq(a, b) || (is_blank(a) && is_blank(b));
}

/* Replaces the lines that differ. */
static void splice_lines(struct pm_patch *p, const struct block *old, const struct lines *now, int edit)
{
    const struct lines *was = &old->lines;
    size_t front = 0, back = 0, least = was->count < now->count ? was->count : now->count;
    while (front < least && same_line(was->line[front], now->line[front]))
        front++;
    while (back < least - front && same_line(was->line[was->count - 1 - back], now->line[now->count - 1 - back]))
        back++;
    struct pm_buf b;
    pm_buf_init(&b, PM_MAX_SCALAR * 4);
    size_t first = front, last = now->count - back;
    bool ends = back > 0;   /* lines follow: each of ours has its end */
    for (size_t i = first; i < last; i++) {
        if (i > first || (!ends && front == was->count))
            pm_buf_putc(&b, '\n');
        pm_buf_str(&b, now->line[i]);
    }
    if (ends && last > first)
        pm_buf_putc(&b, '\n');
    const char *base = p->source.p;
    size_t from = front < was->count ? (size_t)(was->line[front].p - base) : old->end;
    size_t to = ends ? (size_t)(was->line[was->count - back].p - base) : old->end;
    if (!ends && last == first && front && from > 0)   /* the line before is now the last */
        from = (size_t)(was->line[front - 1].p - base) + was->line[front - 1].n;
    pm_patch_splice(p, from, to, pm_patch_take(p, &b), edit);
}

static void replace_block(struct pm_patch *p, const struct pm_twig *t, const struct block *old, struct pm_spot spot)
{
    struct pm_buf b;
    pm_buf_init(&b, PM_MAX_SCALAR * 4);
    pm_patch_scalar(p, &b, t, spot);
    pm_patch_splice(p, t->old->mark.offset, old->end, pm_patch_take(p, &b), t->edit);
}

/* Line feeds at the end of both texts are alike (patch_edit.c), so that the header's chomping holds. */
static void rewrite_block(struct pm_patch *p, struct pm_twig *t, struct pm_spot spot)
{
    struct block old;
    struct lines text = {NULL, 0, 0}, now = {NULL, 0, 0};
    struct pm_str s = t->text;
    find_block(p, t->old, &old);
    while (s.n && s.p[s.n - 1] == '\n')
        s.n--;
    split_text(p, s, &text);
    bool odd = !old.lines.count || !text.count || !is_printable(s, true) || is_blank(text.line[text.count - 1]);
    bool starts_blank = text.count && text.line[0].n && (text.line[0].p[0] == ' ' || text.line[0].p[0] == '\t');
    if (odd || text.line[0].n == 0 || (starts_blank && !old.explicit) || wants_quotes(p, t)) {
        replace_block(p, t, &old, spot);
        return;
    }
    if (!old.folded) {
        literal_lines(p, &old, &text, &now);
    } else if (can_fold(&old, &text)) {
        fold_lines(p, &old, &text, &now);
    } else {
        pm_patch_splice(p, t->old->mark.offset, t->old->mark.offset + 1, PM_LIT("|"), t->edit);
        literal_lines(p, &old, &text, &now);
    }
    splice_lines(p, &old, &now, t->edit);
}

/* --- plain and quoted scalars --- */

static bool has_break(struct pm_str s)
{
    return memchr(s.p, '\n', s.n) || memchr(s.p, '\r', s.n);
}

/* Words over several lines: those of the source, without quotes. False when the new text needs another style. */
static bool refold(struct pm_patch *p, const struct pm_twig *t, struct pm_str was, struct pm_buf *b)
{
    struct lines old = {NULL, 0, 0}, now = {NULL, 0, 0};
    struct pm_str text = t->text;
    bool odd = !text.n || memchr(text.p, '\n', text.n) || text.p[0] == ' ' || text.p[text.n - 1] == ' ' || !is_printable(text, false);
    for (size_t at = 0; at < was.n; at = pm_line_next(was, at)) {
        struct pm_str line = line_at(was, at);
        odd |= is_blank(line);
        add_line(p, &old, line);
    }
    if (odd || old.count < 2)
        return false;
    int indent = columns_before(old.line[1]);
    old.line[0] = pm_str_trim(old.line[0]);
    fold_paragraph(p, text, &old, 0, &now);
    for (size_t i = 0; i < now.count; i++) {
        if (i)
            pm_buf_printf(b, "\n%*s", indent, "");
        pm_buf_str(b, now.line[i]);
    }
    return now.count > 0;
}

static bool needs_no_escape(struct pm_str s)
{
    return !(s.n && (memchr(s.p, '"', s.n) || memchr(s.p, '\\', s.n) || memchr(s.p, '\'', s.n)));
}

static void put_like(struct pm_patch *p, const struct pm_twig *t, struct pm_str was, struct pm_spot spot, struct pm_buf *b)
{
    char quote = t->old->style == PM_YAML_QUOTED ? was.p[0] : '\0';
    struct pm_str inner = quote && was.n >= 2 ? (struct pm_str){was.p + 1, was.n - 2} : was;
    bool lines = memchr(t->text.p ? t->text.p : "", '\n', t->text.n) != NULL;
    struct pm_buf folded, plain;
    pm_buf_init(&folded, PM_MAX_SCALAR * 4);
    pm_buf_init(&plain, PM_MAX_SCALAR * 4);
    pm_patch_scalar(p, &plain, t, spot);
    bool is_plain = pm_str_eq(pm_buf_slice(&plain), t->text);   /* needs no quotes */
    bool fits = quote ? needs_no_escape(t->text) : is_plain;
    if (fits && !wants_quotes(p, t) && has_break(was) && refold(p, t, inner, &folded)) {
        pm_buf_add(b, &quote, quote != '\0');
        pm_buf_str(b, pm_buf_slice(&folded));
        pm_buf_add(b, &quote, quote != '\0');
    } else if (quote == '\'' && is_printable(t->text, false) && !wants_quotes(p, t)) {
        put_single(b, t->text);
    } else if (quote && (spot.flow || !lines)) {
        put_double(b, t->text);
    } else {
        pm_buf_str(b, pm_buf_slice(&plain));
    }
    p->work.failed |= folded.status != PM_OK || plain.status != PM_OK;
    pm_buf_free(&folded);
    pm_buf_free(&plain);
}

/* A comment behind a value that becomes a block goes behind its header. */
static void splice_value(struct pm_patch *p, const struct pm_twig *t, size_t end, struct pm_str text)
{
    const char *feed = text.n ? memchr(text.p, '\n', text.n) : NULL;
    bool block = feed && (text.p[0] == '|' || text.p[0] == '>');
    size_t rest = end + line_at(p->source, end).n;
    if (!block || rest == end) {
        pm_patch_splice(p, t->old->mark.offset, end, text, t->edit);
        return;
    }
    size_t first = (size_t)(feed - text.p);
    pm_patch_splice(p, t->old->mark.offset, end, (struct pm_str){text.p, first}, t->edit);
    pm_patch_splice(p, rest, rest, (struct pm_str){feed, text.n - first}, t->edit);
}

void pm_patch_rewrite(struct pm_patch *p, struct pm_twig *t, struct pm_spot spot)
{
    const struct pm_yaml *y = t->old;
    size_t at = y->mark.offset;
    struct pm_buf b;
    if (y->style == PM_YAML_BLOCK) {
        rewrite_block(p, t, spot);
        return;
    }
    pm_buf_init(&b, PM_MAX_SCALAR * 4);
    if (y->end == at) {
        bool glued = at > 0 && p->source.p[at - 1] != ' ' && p->source.p[at - 1] != '\n';
        if (glued)
            pm_buf_putc(&b, ' ');
        pm_patch_scalar(p, &b, t, spot);
    } else {
        put_like(p, t, (struct pm_str){p->source.p + at, y->end - at}, spot, &b);
    }
    splice_value(p, t, y->end, pm_patch_take(p, &b));
}
