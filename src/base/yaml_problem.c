#include "base/yaml_problem.h"

#include <string.h>

#define CLOSING "a text with quotes in it needs the other kind of quotes around it"
#define COLON "a text with \": \" in it needs quotes"
#define TAB "a tab cannot indent; use spaces"

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

static char char_at(const struct pm_yaml_problem *p, size_t at) { return at < p->source.n ? p->source.p[at] : '\0'; }

static size_t line_start(const struct pm_yaml_problem *p)
{
    size_t start = p->at.offset < p->source.n ? p->at.offset : p->source.n;
    while (start > 0 && p->source.p[start - 1] != '\n' && p->source.p[start - 1] != '\r')
        start--;
    return start;
}

/* The last character on the line before the problem that is not blank, or NUL. */
static char char_before(const struct pm_yaml_problem *p)
{
    size_t start = line_start(p), at = p->at.offset < p->source.n ? p->at.offset : p->source.n;
    while (at > start && is_blank(p->source.p[at - 1]))
        at--;
    return at > start ? p->source.p[at - 1] : '\0';
}

/* "key: a text: more", unlike a line that is indented too far. */
static const char *second_colon(const struct pm_yaml_problem *p)
{
    for (size_t i = line_start(p); i + 1 < p->at.offset && i + 1 < p->source.n; i++) {
        if (p->source.p[i] == ':' && is_blank(p->source.p[i + 1]))
            return COLON;
    }
    return "this line is indented more than the key above it, whose value it seems to go on";
}

static const char *no_key(const struct pm_yaml_problem *p)
{
    char before = char_before(p), at = char_at(p, p->at.offset);
    if (before == '"' || before == '\'')
        return CLOSING;
    if (at == ']' || at == '}')
        return "this bracket closes nothing";
    if (before)
        return "want the end of the line here";
    return "want a key here, indented like the others, the first of which is in line %lu";
}

static const char *no_comma(const struct pm_yaml_problem *p)
{
    char at = char_at(p, p->at.offset), before = char_before(p);
    if (at == ':' && p->at.line == p->context_at.line)
        return COLON;
    if ((before == '"' || before == '\'') && at != '"' && at != '\'')
        return CLOSING;
    return strchr(p->problem, ']') ? "want ',' or ']' here; the '[' is in line %lu" : "want ',' or '}' here; the '{' is in line %lu";
}

static const char *no_colon(const struct pm_yaml_problem *p)
{
    for (size_t i = p->context_at.offset; i < p->source.n && p->source.p[i] != '\n' && p->source.p[i] != '\r'; i++) {
        if (p->source.p[i] == ':')
            return i + 1 < p->source.n && is_blank(p->source.p[i + 1]) ? "a key has at most 1000 characters, on one line"
                                                                       : "want a blank behind the colon";
    }
    return "want \"key: value\" here; a text of several lines is indented";
}

static const char *no_token(const struct pm_yaml_problem *p)
{
    static const char *const texts[] = {"text that begins with '%' must be quoted", "text that begins with '@' must be quoted",
                                        "text that begins with '`' must be quoted"};
    char at = char_at(p, p->at.offset);
    const char *found = at ? strchr("%@`", at) : NULL;
    return at == '\t' ? TAB : found ? texts[found - strchr("%@`", '%')] : "this character cannot begin a value; put it in quotes";
}

/* A row holds for the problem, and where `context` is given, for that alone; `text` or what `tell` makes of the place. "%lu" is the
 * line of the context. */
static const struct {
    const char *problem, *context, *text;
    const char *(*tell)(const struct pm_yaml_problem *);
    bool at_context;
} rows[] = {
    {"mapping values are not allowed in this context", NULL, NULL, second_colon, false},
    {"block sequence entries are not allowed in this context", NULL,
     "a list begins on a line of its own; a text that begins with \"- \" needs quotes", NULL, false},
    {"mapping keys are not allowed in this context", NULL, "a text that begins with \"? \" needs quotes", NULL, false},
    {"could not find expected ':'", NULL, NULL, no_colon, true},
    {"found unexpected ':'", NULL, "want a blank behind the colon", NULL, false},
    {"did not find expected key", NULL, NULL, no_key, false},
    {"did not find expected '-' indicator", NULL,
     "want \"- \" here, indented like the other entries of the list, the first of which is in line %lu", NULL, false},
    {"did not find expected ',' or ']'", NULL, NULL, no_comma, false},
    {"did not find expected ',' or '}'", NULL, NULL, no_comma, false},
    {"did not find expected node content", NULL, "want a value here", NULL, false},
    {"did not find expected <document start>", NULL, "want nothing more here; another document begins with a line \"---\"", NULL, false},
    {"found character that cannot start any token", NULL, NULL, no_token, false},
    {"found undefined tag handle", NULL, "text that begins with '!' must be quoted", NULL, false},
    {NULL, "while scanning an alias", "text that begins with '*' must be quoted", NULL, true},
    {NULL, "while scanning an anchor", "text that begins with '&' must be quoted", NULL, true},
    {NULL, "while scanning a tag", "text that begins with '!' must be quoted", NULL, true},
    {NULL, "while parsing a tag", "text that begins with '!' must be quoted", NULL, true},
    {"did not find expected comment or line break", "while scanning a block scalar",
     "want the text behind '|' or '>' on the next line, indented", NULL, false},
    {"found an indentation indicator equal to 0", NULL, "want a digit from 1 behind '|' or '>', or none", NULL, false},
    {"found a tab character where an indentation space is expected", NULL, TAB, NULL, false},
    {"found a tab character that violates indentation", NULL, TAB, NULL, false},
    {"found unexpected end of stream", "while scanning a quoted scalar", "this quote is never closed", NULL, true},
    {"found unexpected document indicator", "while scanning a quoted scalar", "this quote is never closed", NULL, true},
    {"found unknown escape character", NULL,
     "in double quotes a backslash is written \\\\; in single quotes it stands for itself", NULL, false},
    {"did not find expected hexdecimal number", NULL, "want hexadecimal digits here: two behind \\x, four behind \\u, eight behind \\U",
     NULL, false},
    {"found invalid Unicode character escape code", NULL, "this escape names no character", NULL, false},
    {NULL, "while scanning a directive", "text that begins with '%' must be quoted", NULL, true},
    {NULL, "while scanning a %YAML directive", "want %YAML 1.2", NULL, true},
};

static const char *as_said(const struct pm_yaml_problem *p, struct pm_arena *arena)
{
    if (!p->context)
        return p->problem;
    return pm_arena_format(arena, "%s %s that begins in line %lu", p->problem, p->context, (unsigned long)p->context_at.line).p;
}

/* One "%lu" at most; formats are not passed on to printf(), since other rows hold a '%'. */
static const char *with_line(const char *text, unsigned long line, struct pm_arena *arena)
{
    const char *mark = strstr(text, "%lu");
    return mark ? pm_arena_format(arena, "%.*s%lu%s", (int)(mark - text), text, line, mark + 3).p : text;
}

const char *pm_yaml_problem_text(const struct pm_yaml_problem *p, struct pm_arena *arena, bool *at_context)
{
    *at_context = false;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool is_problem = !rows[i].problem || strcmp(p->problem, rows[i].problem) == 0;
        bool is_context = !rows[i].context || (p->context && strcmp(p->context, rows[i].context) == 0);
        if (!is_problem || !is_context)
            continue;
        *at_context = rows[i].at_context && p->context;
        return with_line(rows[i].tell ? rows[i].tell(p) : rows[i].text, p->context_at.line, arena);
    }
    return as_said(p, arena);
}
