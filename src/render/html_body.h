/* The nodes of a document as elements of HTML. Private to html*.c. */
#ifndef PM_HTML_BODY_H
#define PM_HTML_BODY_H

#include "base/buf.h"
#include "document/node.h"
#include "render/section_number.h"

enum { PM_HTML_TABLES = 8 };   /* tables in cells of tables */

struct pm_html_body {
    struct pm_buf *out;
    const struct pm_document *doc;
    unsigned number;                      /* of the document in the page, from 1: from the second on ids have it in front */
    bool titled;                          /* the title was written */
    struct pm_section_numbers numbers;
    size_t column[PM_HTML_TABLES];        /* of the cell that comes next, by depth */
    int tables;                           /* that are open */
};

/* A node with all below it. Tables of contents are left out: a page has them beside the text. */
void pm_html_node(struct pm_html_body *body, const struct pm_node *node);

/* An attribute whose value is the id of a section, or with "#" in front a link to it: what stands between the quotation marks. */
void pm_html_id(const struct pm_html_body *body, struct pm_str id);

/* The text below a node, without elements; no more than `most` characters, then an ellipsis. */
void pm_html_plain(struct pm_buf *out, const struct pm_node *node, size_t most);

#endif
