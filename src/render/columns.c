#include "render/columns.h"

#include "base/utf8.h"

#include <string.h>
#include <uniwidth.h>

static size_t width_of(struct pm_str text)
{
    int width = u8_width((const uint8_t *)text.p, text.n, "UTF-8");
    return width > 0 ? (size_t)width : 0;
}

/* White space as single blanks: no-break spaces of shown values too, which would not be found by a search. */
static struct pm_str on_one_line(struct pm_arena *arena, struct pm_str text)
{
    char *out = pm_arena_alloc(arena, text.n);
    size_t n = 0;
    for (size_t at = 0; out && at < text.n;) {
        size_t from = at;
        uint32_t cp = pm_utf8_next(text, &at);
        if (cp == ' ' || cp == '\t' || cp == '\n' || cp == '\r' || cp == 0xA0) {
            if (n && out[n - 1] != ' ')
                out[n++] = ' ';
        } else {
            memcpy(out + n, text.p + from, at - from);
            n += at - from;
        }
    }
    while (n && out[n - 1] == ' ')
        n--;
    return (struct pm_str){out, out ? n : 0};
}

struct pm_str pm_columns_cut(struct pm_arena *arena, struct pm_str text, size_t columns)
{
    struct pm_str line = on_one_line(arena, text);
    size_t at = 0, kept = 0, width = 0;
    if (width_of(line) <= columns)
        return line;
    while (at < line.n) {
        size_t from = at;
        pm_utf8_next(line, &at);
        width += width_of((struct pm_str){line.p + from, at - from});
        if (width + 1 > columns)
            break;
        kept = at;
    }
    line.n = kept;
    return pm_arena_format(arena, "%.*s\342\200\246", (int)pm_str_trim(line).n, line.p);
}

void pm_columns_init(struct pm_columns *c, struct pm_arena *arena, const char *alignment)
{
    *c = (struct pm_columns){.arena = arena, .alignment = alignment, .width = strlen(alignment)};
}

void pm_columns_cell(struct pm_columns *c, struct pm_str text)
{
    if (c->count == c->room) {
        size_t room = c->room ? c->room * 2 : 16 * c->width;
        struct pm_str *cells = pm_arena_grow(c->arena, c->cells, c->room, room, sizeof *cells);
        if (!cells)
            return;
        c->cells = cells;
        c->room = room;
    }
    c->cells[c->count++] = on_one_line(c->arena, text);
}

static size_t widest(const struct pm_columns *c, size_t column)
{
    size_t most = 0;
    for (size_t i = column; i < c->count; i += c->width) {
        size_t width = width_of(c->cells[i]);
        most = width > most ? width : most;
    }
    return most;
}

static void fill(struct pm_buf *out, char with, size_t n)
{
    char *at = pm_buf_reserve(out, n);
    if (!at)
        return;
    memset(at, with, n);
    out->len += n;
    out->data[out->len] = '\0';
}

/* Blanks are owed until something stands behind them. */
static void write_row(const struct pm_columns *c, size_t first, const size_t *widths, struct pm_buf *out)
{
    size_t owed = 0;
    for (size_t k = 0; k < c->width && first + k < c->count; k++) {
        struct pm_str cell = c->cells[first + k];
        size_t rest = widths[k] - width_of(cell), before = c->alignment[k] == 'r' ? rest : 0;
        if (cell.n) {
            fill(out, ' ', owed + before);
            pm_buf_str(out, cell);
            owed = rest - before + 2;
        } else {
            owed += widths[k] + 2;
        }
    }
    pm_buf_putc(out, '\n');
}

static void write_line(const struct pm_columns *c, const size_t *widths, struct pm_buf *out)
{
    for (size_t k = 0; k < c->width; k++) {
        if (k)
            pm_buf_puts(out, "  ");
        fill(out, '-', widths[k]);
    }
    pm_buf_putc(out, '\n');
}

void pm_columns_write(const struct pm_columns *c, struct pm_buf *out)
{
    size_t *widths = pm_arena_array(c->arena, c->width, sizeof *widths);
    if (!widths)
        return;
    for (size_t k = 0; k < c->width; k++)
        widths[k] = widest(c, k);
    for (size_t i = 0; i < c->count; i += c->width) {
        write_row(c, i, widths, out);
        if (i == 0)
            write_line(c, widths, out);
    }
}
