/* Nodes as Markdown. Private to md*.c. */
#ifndef PM_MD_INTERNAL_H
#define PM_MD_INTERNAL_H

#include "base/buf.h"
#include "document/node.h"
#include "render/section_number.h"

enum { PM_MD_DEPTH = 64 };   /* of spans, and of quotes and lists; deeper ones show as their text */

struct pm_md_span { const struct pm_node *node; bool tags; };   /* tags: as HTML, where stars could not be told apart */

struct pm_md_body {
    struct pm_buf *out;
    const struct pm_document *doc;
    size_t start;                          /* of the document in `out` */
    struct pm_section_numbers numbers;
    int lists;                             /* around */
    long item[PM_MD_DEPTH];                /* of each: the number of its item */
    int cells;                             /* cells around: all is on one line */
    size_t cell_start;                     /* in `out`, of the content of the outermost one */
    bool at_marker;                        /* behind the marker of an item or a panel: the next block begins here */
    bool at_line;                          /* marks of lists and quotes alone are on the line */
    bool heading;
    int links;                             /* around */
    bool tabs, numbered_on;                /* there was code with tabs, a list that does not begin at 1 */
    struct pm_md_span open[PM_MD_DEPTH];   /* the last `waiting` are not written yet: their text has not begun */
    int spans, waiting;
};

/* A node with all below it. Titles of documents and tables of contents are left out. */
void pm_md_node(struct pm_md_body *body, const struct pm_node *node);

/* Goes to where the block begins: a new line behind a blank one, with the marks of the quotes and items around; in a cell, a <br>. */
void pm_md_begin_block(struct pm_md_body *body, const struct pm_node *node);

/* A new line with the marks of what is around `node`, without a blank one before. */
void pm_md_new_line(struct pm_md_body *body, const struct pm_node *node);

/* Behind the text of a heading: a mark at its end that linters take for an oversight is written as an entity. */
void pm_md_end_heading(struct pm_buf *out);

/* Text of a node or of the renderer, in spans that wait for it. */
void pm_md_put_text(struct pm_md_body *body, struct pm_str text);

/* md_inline.c: true when it was a kind for it. */
bool pm_md_enter_inline(struct pm_md_body *body, const struct pm_node *node);
void pm_md_exit_inline(struct pm_md_body *body, const struct pm_node *node);

/* md_table.c. */
void pm_md_open_table(struct pm_md_body *body, const struct pm_node *node);
void pm_md_open_row(struct pm_md_body *body, const struct pm_node *node);
void pm_md_close_row(struct pm_md_body *body, const struct pm_node *node);
void pm_md_open_cell(struct pm_md_body *body, const struct pm_node *node);
void pm_md_close_cell(struct pm_md_body *body, const struct pm_node *node);
void pm_md_metrics(struct pm_md_body *body, const struct pm_node *node);

#endif
