#include "incident/emit.h"

#include "base/utf8.h"

#include <string.h>

enum { LONGEST_SIMPLE_KEY = 1000 };   /* readers give up at 1024 characters */

void pm_emit_init(struct pm_emitter *e, struct pm_buf *out)
{
    *e = (struct pm_emitter){.out = out};
    pm_buf_init(&e->scratch, out->max);
}

void pm_emit_free(struct pm_emitter *e)
{
    if (e->out->status == PM_OK)
        e->out->status = e->scratch.status;
    pm_buf_free(&e->scratch);
}

/* The scratch buffer, empty; an earlier failure of it is not forgotten. */
static struct pm_buf *fresh_scratch(struct pm_emitter *e)
{
    if (e->scratch.status == PM_OK)
        pm_buf_clear(&e->scratch);
    return &e->scratch;
}

/* --- comments --- */

static void put_spaces(struct pm_buf *b, int n)
{
    pm_buf_printf(b, "%*s", n, "");
}

static void put_comment_lines(struct pm_buf *b, struct pm_str lines, int indent)
{
    while (lines.n) {
        const char *end = memchr(lines.p, '\n', lines.n);
        size_t n = end ? (size_t)(end - lines.p) : lines.n;
        put_spaces(b, indent);
        pm_buf_add(b, lines.p, n);
        pm_buf_putc(b, '\n');
        n += end != NULL;
        lines.p += n;
        lines.n -= n;
    }
}

/* Behind a dash there is no room for a line: the comment goes above the line that the dashes have begun. */
void pm_emit_comment(struct pm_emitter *e, struct pm_str lines)
{
    if (!e->after_dash) {
        put_comment_lines(e->out, lines, e->indent);
        return;
    }
    if (!lines.n || e->out->status != PM_OK)
        return;
    struct pm_buf *dashes = fresh_scratch(e);
    pm_buf_add(dashes, e->out->data + e->line, e->out->len - e->line);
    e->out->len = e->line;
    put_comment_lines(e->out, lines, e->line_indent);
    e->line = e->out->len;
    pm_buf_str(e->out, pm_buf_slice(dashes));
}

void pm_emit_comment_of(struct pm_emitter *e, const struct pm_yaml *y)
{
    if (y && y != e->skip)
        pm_emit_comment(e, y->comment);
}

static void put_trailing(struct pm_emitter *e, const struct pm_yaml *y)
{
    if (!y || !y->trailing.n)
        return;
    pm_buf_putc(e->out, ' ');
    pm_buf_str(e->out, y->trailing);
}

/* --- keys and dashes --- */

static void begin_line(struct pm_emitter *e)
{
    if (e->after_dash) {
        pm_buf_putc(e->out, ' ');
    } else {
        e->line = e->out->len;
        e->line_indent = e->indent;
        put_spaces(e->out, e->indent);
    }
}

void pm_emit_key(struct pm_emitter *e, struct pm_str key)
{
    begin_line(e);
    e->after_dash = false;
    struct pm_buf *text = fresh_scratch(e);
    pm_yaml_write_scalar(text, key, 0, true);
    bool is_long = text->len > LONGEST_SIMPLE_KEY;
    if (is_long)
        pm_buf_puts(e->out, "? ");
    pm_buf_str(e->out, pm_buf_slice(text));
    if (is_long) {
        pm_buf_putc(e->out, '\n');
        put_spaces(e->out, e->indent);
    }
    pm_buf_putc(e->out, ':');
}

void pm_emit_dash(struct pm_emitter *e)
{
    begin_line(e);
    pm_buf_putc(e->out, '-');
    e->after_dash = true;
}

int pm_emit_begin(struct pm_emitter *e, const struct pm_yaml *y)
{
    int before = e->indent;
    if (e->after_dash) {
        if (y)
            pm_emit_comment(e, y->trailing);
    } else {
        put_trailing(e, y);
        pm_buf_putc(e->out, '\n');
    }
    e->indent += 2;
    return before;
}

void pm_emit_end(struct pm_emitter *e, int before)
{
    e->indent = before;
}

/* --- scalars --- */

static size_t skip_digits(struct pm_str s, size_t i)
{
    while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
        i++;
    return i;
}

/* Numbers of YAML's core schema. */
static bool is_number(struct pm_str s)
{
    size_t i = s.n && (s.p[0] == '-' || s.p[0] == '+'), start = i;
    if (s.n > 2 && s.p[0] == '0' && (s.p[1] == 'x' || s.p[1] == 'o'))
        return true;
    i = skip_digits(s, i);
    size_t digits = i - start;
    if (i < s.n && s.p[i] == '.') {
        size_t fraction = skip_digits(s, i + 1);
        digits += fraction - i - 1;
        i = fraction;
    }
    if (digits && i + 1 < s.n && (s.p[i] == 'e' || s.p[i] == 'E')) {
        i += s.p[i + 1] == '-' || s.p[i + 1] == '+' ? 2 : 1;
        i = skip_digits(s, i);
    }
    return digits && i == s.n;
}

static bool is_special_word(struct pm_str s)
{
    static const char *const words[] = {"true", "false", "yes", "no", "on", "off", "y", "n", ".inf", "-.inf", "+.inf", ".nan"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const char *word = words[i];
        size_t n = 0;
        while (n < s.n && word[n] && (s.p[n] == word[n] || (word[n] >= 'a' && s.p[n] == word[n] - 'a' + 'A')))
            n++;
        if (n == s.n && !word[n])
            return true;
    }
    return false;
}

static bool consists_of(struct pm_str s, size_t from, const char *characters)
{
    for (size_t i = from; i < s.n; i++) {
        if (!s.p[i] || !strchr(characters, s.p[i]))
            return false;
    }
    return true;
}

/* What YAML 1.1 has beside: dates, times, and numbers such as 1_000 and 13:52. */
static bool is_old_number(struct pm_str s)
{
    size_t sign = s.n && (s.p[0] == '-' || s.p[0] == '+'), digits = skip_digits(s, sign);
    if (digits == sign || digits == s.n)
        return false;
    if (digits == 4 && s.p[4] == '-')
        return consists_of(s, 5, "0123456789-:.TtZz+ ");
    return (memchr(s.p, ':', s.n) || memchr(s.p, '_', s.n)) && consists_of(s, digits, "0123456789:_.");
}

/* To some reader of YAML, new or old: quotes make it text to all. */
static bool is_other_than_string(struct pm_str s)
{
    return is_special_word(s) || is_number(s) || is_old_number(s);
}

void pm_emit_text(struct pm_buf *b, struct pm_str text, bool is_string, int indent, bool flow)
{
    if (is_string && is_other_than_string(text)) {
        pm_buf_putc(b, '"');
        pm_buf_str(b, text);
        pm_buf_putc(b, '"');
    } else {
        pm_yaml_write_scalar(b, text, indent, flow);
    }
}

/* A comment behind a literal block stands behind its header. */
void pm_emit_scalar(struct pm_emitter *e, struct pm_str text, bool is_string, const struct pm_yaml *y)
{
    pm_emit_text(fresh_scratch(e), text, is_string, e->indent + 2, false);
    struct pm_str s = pm_buf_slice(&e->scratch);
    const char *end = memchr(s.p, '\n', s.n);
    size_t first = end ? (size_t)(end - s.p) : s.n;
    pm_emit_raw(e, (struct pm_str){s.p, first}, y);
    if (end) {
        pm_buf_add(e->out, end + 1, s.n - first - 1);
        pm_buf_putc(e->out, '\n');
    }
}

void pm_emit_raw(struct pm_emitter *e, struct pm_str text, const struct pm_yaml *y)
{
    if (text.n) {
        pm_buf_putc(e->out, ' ');
        pm_buf_str(e->out, text);
    }
    put_trailing(e, y);
    pm_buf_putc(e->out, '\n');
    e->after_dash = false;
}

bool pm_emit_flow(struct pm_buf *b, struct pm_str text, bool is_string)
{
    pm_buf_puts(b, b->len ? ", " : "[");
    pm_emit_text(b, text, is_string, 0, true);
    return !memchr(text.p ? text.p : "", '\n', text.n);
}

static bool has_room(const struct pm_emitter *e, struct pm_str value)
{
    size_t start = e->out->len;
    while (start > 0 && e->out->data[start - 1] != '\n')
        start--;
    struct pm_str line = {e->out->data + start, e->out->len - start};
    return pm_utf8_length(line) + 1 + pm_utf8_length(value) <= PM_EMIT_COLUMNS;
}

bool pm_emit_flow_end(struct pm_emitter *e, struct pm_buf *b, bool fits, const struct pm_yaml *y)
{
    pm_buf_puts(b, b->len ? "]" : "[]");
    fits = fits && has_room(e, pm_buf_slice(b));
    if (fits)
        pm_emit_raw(e, pm_buf_slice(b), y);
    if (b->status != PM_OK)
        e->scratch.status = b->status;
    pm_buf_free(b);
    return fits;
}

/* --- trees --- */

static void emit_tree(struct pm_emitter *e, const struct pm_yaml *y);

static void emit_plain(struct pm_emitter *e, const struct pm_yaml *y)
{
    bool is_bare = y->style == PM_YAML_PLAIN && (pm_yaml_is_null(y) || is_other_than_string(y->text));
    if (is_bare)
        pm_emit_raw(e, y->text, y);
    else
        pm_emit_scalar(e, y->text, true, y);
}

static bool emit_short_sequence(struct pm_emitter *e, const struct pm_yaml *y)
{
    struct pm_buf flow;
    pm_buf_init(&flow, e->out->max);
    bool fits = true;
    for (const struct pm_yaml *child = y->first; child && fits; child = child->next) {
        bool is_bare = child->style == PM_YAML_PLAIN && is_other_than_string(child->text);
        fits = child->kind == PM_YAML_SCALAR && !pm_yaml_is_null(child) && !child->comment.n && !child->trailing.n &&
               pm_emit_flow(&flow, child->text, !is_bare) && flow.len <= 4 * PM_EMIT_COLUMNS;
    }
    return pm_emit_flow_end(e, &flow, fits, y);
}

void pm_emit_entry(struct pm_emitter *e, const struct pm_yaml *y)
{
    pm_emit_comment_of(e, y);
    pm_emit_key(e, y->key);
    emit_tree(e, y);
}

/* Recursion goes as deep as the tree, whose depth pm_yaml_read() limits. */
static void emit_tree(struct pm_emitter *e, const struct pm_yaml *y)
{
    if (y->kind == PM_YAML_SCALAR) {
        emit_plain(e, y);
    } else if (!y->first) {
        pm_emit_raw(e, y->kind == PM_YAML_MAPPING ? PM_LIT("{}") : PM_LIT("[]"), y);
    } else if (y->kind == PM_YAML_MAPPING) {
        int before = pm_emit_begin(e, y);
        for (const struct pm_yaml *child = y->first; child; child = child->next)
            pm_emit_entry(e, child);
        pm_emit_end(e, before);
    } else if (!emit_short_sequence(e, y)) {
        int before = pm_emit_begin(e, y);
        for (const struct pm_yaml *child = y->first; child; child = child->next) {
            pm_emit_comment_of(e, child);
            pm_emit_dash(e);
            emit_tree(e, child);
        }
        pm_emit_end(e, before);
    }
}
