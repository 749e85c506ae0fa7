/* Tables for terminals and mail: columns two blanks apart, aligned by the width that characters take there (an ideograph takes two columns, a
 * combining mark none; UAX 11). Nothing stands at the ends of lines. */
#ifndef PM_COLUMNS_H
#define PM_COLUMNS_H

#include "base/arena.h"
#include "base/buf.h"

struct pm_columns {
    struct pm_arena *arena;
    const char *alignment;      /* 'l' or 'r' a column */
    size_t width;               /* columns */
    struct pm_str *cells;       /* row by row */
    size_t count, room;
};

/* `alignment` must outlive it. */
void pm_columns_init(struct pm_columns *c, struct pm_arena *arena, const char *alignment);

/* The next cell. White space in it is single blanks, line breaks included. The text must outlive it, or is copied where it changes. */
void pm_columns_cell(struct pm_columns *c, struct pm_str text);

/* Writes the table; the first row is the heading, with a line below. */
void pm_columns_write(const struct pm_columns *c, struct pm_buf *out);

/* The text as above, and at most `columns` wide, with an ellipsis where it was cut. */
struct pm_str pm_columns_cut(struct pm_arena *arena, struct pm_str text, size_t columns);

#endif
