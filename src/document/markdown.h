/* CommonMark with GFM tables, task lists, strikethrough and autolinks, into nodes. The only file that knows md4c is
 * markdown.c. Raw HTML is shown as text; links other than http, https and mailto become text with a warning; images
 * become links to them with their alternative text. */
#ifndef PM_MARKDOWN_H
#define PM_MARKDOWN_H

#include "base/diag.h"
#include "document/node.h"

/* Appends the blocks of `text` to `parent`. `mark` is the place of the field; headings become sections below `level`
 * (0: strong paragraphs). When the Markdown is beyond the limits of limits.h, the text is added as it is, with a warning. */
void pm_markdown(struct pm_document *doc, struct pm_node *parent, struct pm_str text, struct pm_mark mark, int level,
                 struct pm_diags *diags);

/* The same for one line: the inlines of the first paragraph's text go straight into `parent`; block syntax is kept as
 * text where it is not a paragraph. */
void pm_markdown_inline(struct pm_document *doc, struct pm_node *parent, struct pm_str text, struct pm_mark mark, struct pm_diags *diags);

/* http, https and mailto, by the text alone. */
bool pm_link_is_safe(struct pm_str url);

#endif
