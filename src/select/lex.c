#include "select/select_internal.h"

#include "base/utf8.h"

#include <string.h>

enum { MAX_SHOWN = 40 };

void pm_complain(struct pm_compiler *c, struct pm_mark mark, const char *text, const char *more)
{
    if (!c->given_up)
        pm_report(c->diags, PM_D_EXPRESSION, mark, text, more);
}

const char *pm_shown(struct pm_compiler *c, struct pm_str text)
{
    struct pm_str start = pm_utf8_prefix(text, MAX_SHOWN);
    const char *shown = pm_arena_format(c->arena, "%.*s%s", (int)start.n, start.p, start.n < text.n ? "\xE2\x80\xA6" : "").p;
    return shown ? shown : "";
}

bool pm_token_is(const struct pm_token *t, const char *word)
{
    return t->kind == PM_TOKEN_WORD && pm_str_same_word(t->text, word);
}

/* --- characters --- */

static bool at_end(const struct pm_compiler *c) { return c->at.offset >= c->text.n; }
static char peek(const struct pm_compiler *c) { return at_end(c) ? '\0' : c->text.p[c->at.offset]; }

static void step(struct pm_compiler *c)
{
    size_t offset = c->at.offset;
    uint32_t cp = pm_utf8_next(c->text, &offset);
    c->at.offset = (uint32_t)offset;
    c->at.col = cp == '\n' ? 1 : c->at.col + 1;
    c->at.line += cp == '\n';
}

static bool is_blank(char ch) { return ch == ' ' || (ch >= '\t' && ch <= '\r'); }
static bool is_operator(char ch) { return ch != '\0' && strchr("=!<>~", ch) != NULL; }
static bool is_word(char ch) { return !is_blank(ch) && !is_operator(ch) && (ch == '\0' || !strchr("\"'(),", ch)); }

/* --- tokens --- */

static void take_word(struct pm_compiler *c)
{
    size_t start = c->at.offset;
    while (!at_end(c) && is_word(peek(c)))
        step(c);
    c->token.kind = PM_TOKEN_WORD;
    c->token.text = pm_arena_str(c->arena, (struct pm_str){c->text.p + start, c->at.offset - start});
}

/* Where the string that begins at `start` ends: at its other quote, or at the end of the text. */
static size_t string_end(struct pm_str text, size_t start)
{
    size_t i = start + 1;
    for (; i < text.n; i++) {
        if (text.p[i] != text.p[start])
            continue;
        if (i + 1 >= text.n || text.p[i + 1] != text.p[start])
            break;
        i++;
    }
    return i;
}

/* A quote in a string is written twice; there are no other escapes. */
static void take_string(struct pm_compiler *c)
{
    size_t start = c->at.offset, end = string_end(c->text, start), n = 0;
    char *out = pm_arena_alloc(c->arena, end - start);
    for (size_t i = start + 1; out && i < end; i++) {
        out[n++] = c->text.p[i];
        i += c->text.p[i] == c->text.p[start];
    }
    c->token.kind = PM_TOKEN_STRING;
    c->token.text = (struct pm_str){out, n};
    while (c->at.offset < end)
        step(c);
    if (at_end(c))
        pm_complain(c, c->token.mark, "the quote that begins here does not end", "");
    else
        step(c);
}

/* Operators, and what other languages have in their place. */
static void take_operator(struct pm_compiler *c)
{
    static const struct { const char *text; enum pm_operator op; const char *hint; } table[] = {
        {"=", PM_OP_EQ, NULL}, {"!=", PM_OP_NE, NULL}, {"<", PM_OP_LT, NULL}, {"<=", PM_OP_LE, NULL}, {">", PM_OP_GT, NULL},
        {">=", PM_OP_GE, NULL}, {"~", PM_OP_CONTAINS, NULL}, {"==", PM_OP_EQ, "="}, {"<>", PM_OP_NE, "!="}, {"=~", PM_OP_CONTAINS, "~"},
        {"=<", PM_OP_LE, "<="}, {"=>", PM_OP_GE, ">="}, {"!~", PM_OP_CONTAINS, "not ... ~"}, {"!", PM_OP_NE, "not"},
    };
    size_t start = c->at.offset, i = 0;
    while (is_operator(peek(c)))
        step(c);
    c->token.kind = PM_TOKEN_OPERATOR;
    c->token.text = pm_arena_str(c->arena, (struct pm_str){c->text.p + start, c->at.offset - start});
    while (i < sizeof table / sizeof *table && !pm_str_is(c->token.text, table[i].text))
        i++;
    bool known = i < sizeof table / sizeof *table;
    c->token.op = known ? table[i].op : PM_OP_EQ;
    if (known && !table[i].hint)
        return;
    const char *said = pm_arena_format(c->arena, "\"%s\" is no operator; want %s", pm_shown(c, c->token.text),
                                       known ? table[i].hint : "=, !=, <, <=, >, >= or ~").p;
    pm_complain(c, c->token.mark, said ? said : "", "");
}

static void take_mark(struct pm_compiler *c, enum pm_token_kind kind)
{
    c->token.kind = kind;
    c->token.text = pm_arena_str(c->arena, (struct pm_str){c->text.p + c->at.offset, 1});
    step(c);
}

void pm_lex_next(struct pm_compiler *c)
{
    while (!at_end(c) && is_blank(peek(c)))
        step(c);
    c->token = (struct pm_token){.kind = PM_TOKEN_END, .mark = c->at, .text = PM_LIT("")};
    if (at_end(c))
        return;
    switch (peek(c)) {
    case '(': take_mark(c, PM_TOKEN_OPEN); break;
    case ')': take_mark(c, PM_TOKEN_CLOSE); break;
    case ',': take_mark(c, PM_TOKEN_COMMA); break;
    case '"':
    case '\'': take_string(c); break;
    default:
        if (is_operator(peek(c)))
            take_operator(c);
        else
            take_word(c);
    }
}

enum pm_status pm_lex_begin(struct pm_compiler *c)
{
    size_t bad = pm_utf8_check(c->text);
    c->at = (struct pm_mark){1, 1, 0};
    if (c->text.n > PM_SELECT_BYTES) {
        pm_complain(c, c->at, "the text is longer than 128 KiB", "");
        return PM_INVALID;
    }
    if (bad < c->text.n || memchr(c->text.p, '\0', c->text.n)) {
        pm_complain(c, c->at, "the text is not UTF-8", "");
        return PM_INVALID;
    }
    pm_lex_next(c);
    return PM_OK;
}
