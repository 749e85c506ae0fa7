/* The sources of a Markdown page: comments at its end (render/md.h). Where something was written behind them, all that begin a line. */
#include "recover/recover_internal.h"

#include "document/entity.h"

#include <string.h>

static const char start[] = "<!-- pmkit-source ";

/* The value of NAME="..." in the first line; the renderer writes no quotation mark within. */
static struct pm_str value_of(struct pm_str line, const char *name)
{
    size_t at = pm_text_find(line, name, 0);
    if (at == line.n)
        return (struct pm_str){NULL, 0};
    at += strlen(name);
    return (struct pm_str){line.p + at, pm_text_find(line, "\"", at) - at};
}

/* A comment that begins at `at` and whose last line, "-->", begins at `end`. */
static void take_comment(struct pm_recovery *r, size_t at, size_t end)
{
    struct pm_str s = r->bytes, line = {s.p + at, pm_text_find(s, "\n", at) - at};
    size_t from = at + line.n + 1, to = end > from ? end - 1 : from;
    pm_source_add(r, &(struct pm_found){.text = {s.p + from, to - from},
                                        .form = pm_str_is(value_of(line, "encoding=\""), "base64") ? PM_SOURCE_BASE64 : PM_SOURCE_PLAIN,
                                        .id = value_of(line, " id=\""),
                                        .sha256 = value_of(line, "sha256=\""),
                                        .place = pm_arena_format(r->arena, "comment %zu", r->sources->count + 1)});
}

/* The last line before `at` that begins with `with`; s.n: none. */
static size_t last_line(struct pm_str s, size_t at, const char *with)
{
    while (at > 0) {
        at--;
        if ((at == 0 || s.p[at - 1] == '\n') && pm_str_starts((struct pm_str){s.p + at, s.n - at}, with))
            return at;
    }
    return s.n;
}

/* Where the comments at the end of the page begin; s.n: it does not end with one. A source has no line that begins as such a comment does,
 * since content of an incident is indented. */
static size_t tail_of(struct pm_str s)
{
    size_t end = pm_str_trim(s).n + (size_t)(pm_str_trim(s).p - s.p), tail = s.n;
    while (end >= 3 && pm_str_starts((struct pm_str){s.p + end - 3, 3}, "-->")) {
        size_t at = last_line(s, end, "<!--");
        if (at == s.n || pm_text_find(s, "-->", at) != end - 3)
            break;
        tail = at;
        struct pm_str before = pm_str_trim((struct pm_str){s.p, at});
        end = before.n + (size_t)(before.p - s.p);
    }
    return tail;
}

static size_t next_start(struct pm_str s, size_t at)
{
    for (at = pm_text_find(s, start, at); at < s.n; at = pm_text_find(s, start, at + 1))
        if (at == 0 || s.p[at - 1] == '\n')
            return at;
    return s.n;
}

/* Text that shows such a comment, as a block of code may, stands before the real ones, which are the end. */
void pm_recover_markdown(struct pm_recovery *r)
{
    struct pm_str s = r->bytes;
    size_t at = next_start(s, tail_of(s));
    if (at == s.n)
        at = next_start(s, 0);
    while (at < s.n && r->status == PM_OK) {
        size_t end = pm_text_find(s, "\n-->", at) + 1;
        if (end > s.n)
            return;
        take_comment(r, at, end);
        at = next_start(s, end);
    }
}
