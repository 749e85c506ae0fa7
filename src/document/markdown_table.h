/* Delimiter rows of Markdown tables as md4c wants them. Private to markdown.c. */
#ifndef PM_MARKDOWN_TABLE_H
#define PM_MARKDOWN_TABLE_H

#include "base/arena.h"

/* GFM takes "|-|:-|" for a delimiter row; md4c wants three characters a column. The text with such rows made wider, in
 * `arena`, or as it is when there are none. Rows in fenced code, and those that do not follow a line with a '|', stay. */
struct pm_str pm_markdown_widen_tables(struct pm_arena *arena, struct pm_str text);

#endif
