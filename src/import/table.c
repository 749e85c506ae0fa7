/* Tables of bars. */
#include "import/import_internal.h"

#include <string.h>

enum { MAX_COLUMNS = 40 };

/* The cell that begins at *at, which moves behind the bar that ends it. Bars behind a backslash or in code are text. */
static struct pm_str next_cell(struct pm_str row, size_t *at)
{
    size_t start = *at, i = start;
    bool code = false;
    for (; i < row.n && (row.p[i] != '|' || code); i++) {
        if (row.p[i] == '`')
            code = !code && memchr(row.p + i + 1, '`', row.n - i - 1);
        i += row.p[i] == '\\' && i + 1 < row.n;
    }
    if (i > row.n)
        i = row.n;
    *at = i + 1;
    return pm_str_trim(pm_md_upto(pm_md_from(row, start), i - start));
}

static struct pm_str inner_row(struct pm_str s)
{
    s = pm_str_trim(s);
    if (s.n && s.p[0] == '|')
        s = pm_md_from(s, 1);
    if (s.n && s.p[s.n - 1] == '|' && !(s.n > 1 && s.p[s.n - 2] == '\\'))
        s.n--;
    return s;
}

static size_t count_cells(struct pm_str row)
{
    size_t n = 0;
    for (size_t at = 0; at <= row.n && n < MAX_COLUMNS; n++)
        (void)next_cell(row, &at);
    return n;
}

static bool is_delimiter_row(struct pm_str row)
{
    bool dash = false;
    for (size_t i = 0; i < row.n; i++) {
        dash |= row.p[i] == '-';
        if (!row.p[i] || !strchr("|-: \t", row.p[i]))
            return false;
    }
    return dash;
}

/* What stands behind the last column that is counted belongs to it. */
static void fill_row(struct pm_md_table *t, struct pm_str row, struct pm_arena *arena)
{
    struct pm_str *cells = t->cells + t->rows * t->columns;
    for (size_t at = 0, c = 0; c < t->columns; c++) {
        struct pm_str cell = at > row.n ? PM_LIT("") : next_cell(row, &at);
        if (c + 1 == t->columns && at <= row.n)
            cell = pm_arena_join(arena, cell, " | ", pm_md_from(row, at));
        cells[c] = pm_md_tidy(cell, arena);
    }
}

bool pm_md_read_table(const struct pm_md *md, struct pm_md_range block, struct pm_arena *arena, struct pm_md_table *out)
{
    *out = (struct pm_md_table){0};
    for (size_t i = block.first; i < block.end; i++) {
        size_t cells = count_cells(inner_row(md->lines[i].text));
        out->columns = cells > out->columns ? cells : out->columns;
    }
    out->cells = pm_arena_array(arena, (block.end - block.first) * out->columns, sizeof *out->cells);
    out->numbers = pm_arena_array(arena, block.end - block.first, sizeof *out->numbers);
    for (size_t i = block.first; i < block.end && out->cells && out->numbers; i++) {
        struct pm_str row = inner_row(md->lines[i].text);
        if (is_delimiter_row(row)) {
            out->has_header |= i == block.first + 1;
            continue;
        }
        fill_row(out, row, arena);
        out->numbers[out->rows++] = md->lines[i].number;
    }
    return out->rows > 0;
}
