#include "base/yaml_comments.h"

#include <string.h>

static bool is_break(char c)
{
    return c == '\n' || c == '\r';
}

static void wait_for_next(struct pm_yaml_comments *c, struct pm_str line)
{
    if (c->count == c->cap) {
        size_t cap = c->cap ? c->cap * 2 : 16;
        struct pm_str *lines = pm_arena_grow(c->scratch, c->lines, c->count, cap, sizeof *lines);
        if (!lines)
            return;
        c->lines = lines;
        c->cap = cap;
    }
    c->lines[c->count++] = line;
}

static size_t line_end(const struct pm_yaml_comments *c, size_t at)
{
    while (at < c->source.n && !is_break(c->source.p[at]))
        at++;
    return at;
}

/* The comment from its '#' to the end of the line, without white space behind it. */
static struct pm_str comment_at(const struct pm_yaml_comments *c, size_t at)
{
    return pm_str_trim((struct pm_str){c->source.p + at, line_end(c, at) - at});
}

/* What stands before a comment decides whose it is. */
enum place { WHOLE_LINE, BEHIND_VALUE, BEHIND_INDICATOR, ELSEWHERE };

static enum place place_of(const struct pm_yaml_comments *c, size_t at)
{
    bool indicator = false, closing = false;
    size_t i = at;
    for (; i > 0 && i > c->at && !is_break(c->source.p[i - 1]); i--) {
        char before = c->source.p[i - 1];
        indicator |= before == ':' || before == '-' || before == '?';
        closing |= before != ' ' && before != '\t';
    }
    if (i == c->at)   /* the rest of the line is another token's, unless that ended with a line feed */
        for (; i > 0 && (c->source.p[i - 1] == ' ' || c->source.p[i - 1] == '\t'); i--)
            ;
    bool from_start = i == 0 || is_break(c->source.p[i - 1]);
    if ((from_start && !closing) || !c->begun)
        return WHOLE_LINE;
    if (indicator)
        return BEHIND_INDICATOR;
    return i <= c->at && c->last ? BEHIND_VALUE : ELSEWHERE;
}

static void collect(struct pm_yaml_comments *c, size_t at)
{
    struct pm_str comment = comment_at(c, at);
    enum place place = place_of(c, at);
    if (place == BEHIND_VALUE && !c->last->trailing.p)
        c->last->trailing = pm_arena_str(c->arena, comment);
    else if (place == BEHIND_INDICATOR && !c->trailing.p)
        c->trailing = comment;
    else
        wait_for_next(c, comment);
}

void pm_yaml_comments_gap(struct pm_yaml_comments *c, size_t offset)
{
    while (c->at < offset) {
        const char *hash = memchr(c->source.p + c->at, '#', offset - c->at);
        if (!hash)
            break;
        size_t at = (size_t)(hash - c->source.p);
        collect(c, at);
        c->at = line_end(c, at);
        c->last = NULL;
    }
    if (c->at < offset)
        c->at = offset;
}

void pm_yaml_comments_header(struct pm_yaml_comments *c, size_t offset)
{
    size_t end = line_end(c, offset);
    const char *hash = memchr(c->source.p + offset, '#', end - offset);
    if (!hash)
        return;
    struct pm_str comment = comment_at(c, (size_t)(hash - c->source.p));
    if (c->trailing.p)
        wait_for_next(c, comment);
    else
        c->trailing = comment;
}

struct pm_str pm_yaml_comments_take(struct pm_yaml_comments *c, struct pm_str before)
{
    if (c->count == 0)
        return before;
    size_t n = before.n;
    for (size_t i = 0; i < c->count; i++)
        n += c->lines[i].n + 1;
    char *text = pm_arena_alloc(c->arena, n + 1), *out = text;
    if (!text)
        return before;
    if (before.n)
        memcpy(out, before.p, before.n);
    out += before.n;
    for (size_t i = 0; i < c->count; i++) {
        if (out > text)
            *out++ = '\n';
        memcpy(out, c->lines[i].p, c->lines[i].n);
        out += c->lines[i].n;
    }
    c->count = 0;
    return (struct pm_str){text, (size_t)(out - text)};
}

struct pm_str pm_yaml_comments_take_trailing(struct pm_yaml_comments *c)
{
    struct pm_str comment = pm_arena_str(c->arena, c->trailing);
    c->trailing = (struct pm_str){NULL, 0};
    return comment;
}
