#include "document/markdown_table.h"

#include "base/buf.h"

#include <stdint.h>
#include <string.h>

static struct pm_str next_line(struct pm_str *rest)
{
    const char *end = memchr(rest->p, '\n', rest->n);
    struct pm_str line = {rest->p, end ? (size_t)(end - rest->p) + 1 : rest->n};
    rest->p += line.n;
    rest->n -= line.n;
    return line;
}

static bool is_delimiter_row(struct pm_str line)
{
    bool pipe = false, dash = false;
    line = pm_str_trim(line);
    for (size_t i = 0; i < line.n; i++) {
        if (!strchr("|:- \t", line.p[i]) || line.p[i] == '\0')
            return false;
        pipe |= line.p[i] == '|';
        dash |= line.p[i] == '-';
    }
    return pipe && dash;
}

/* A fence of code: three or more of '`' or '~'. Returns which, or 0. */
static char fence_of(struct pm_str line)
{
    line = pm_str_trim(line);
    bool fence = line.n >= 3 && (line.p[0] == '`' || line.p[0] == '~') && line.p[1] == line.p[0] && line.p[2] == line.p[0];
    return fence ? line.p[0] : '\0';
}

static void add_widened(struct pm_buf *b, struct pm_str line)
{
    for (size_t i = 0; i < line.n;) {
        size_t run = i;
        while (run < line.n && line.p[run] == '-')
            run++;
        if (run == i) {
            pm_buf_putc(b, line.p[i++]);
            continue;
        }
        pm_buf_add(b, line.p + i, run - i);
        pm_buf_add(b, "--", run - i < 3 ? 3 - (run - i) : 0);
        i = run;
    }
}

struct pm_str pm_markdown_widen_tables(struct pm_arena *arena, struct pm_str text)
{
    struct pm_buf b;
    char fence = '\0';
    bool after_row = false, changed = false;
    pm_buf_init(&b, SIZE_MAX / 2);
    if (!memchr(text.p, '|', text.n))
        return text;
    for (struct pm_str rest = text; rest.n;) {
        struct pm_str line = next_line(&rest);
        char mark = fence_of(line);
        if (mark && (!fence || fence == mark))
            fence = fence ? '\0' : mark;
        size_t before = b.len;
        if (!fence && after_row && is_delimiter_row(line))
            add_widened(&b, line);
        else
            pm_buf_str(&b, line);
        changed |= b.len - before != line.n;
        after_row = memchr(line.p, '|', line.n) != NULL;
    }
    if (b.status)
        arena->failed = true;
    else if (changed)
        text = pm_arena_str(arena, pm_buf_slice(&b));
    pm_buf_free(&b);
    return text;
}
