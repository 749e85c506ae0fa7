/* Tables, rows and cells as elements of HTML, and what they share with lists and figures. Private to html*.c. */
#ifndef PM_HTML_TABLE_H
#define PM_HTML_TABLE_H

#include "render/html_body.h"

void pm_html_open_table(struct pm_html_body *body, const struct pm_node *node);
void pm_html_close_table(struct pm_html_body *body);
void pm_html_open_row(struct pm_html_body *body, const struct pm_node *node);
void pm_html_close_row(struct pm_html_body *body, const struct pm_node *node);
void pm_html_open_cell(struct pm_html_body *body, const struct pm_node *node);
void pm_html_close_cell(struct pm_html_body *body, const struct pm_node *node);

/* The heading of the section around, else the document's title, without elements: the name of a table. */
void pm_html_section_name(struct pm_html_body *body, const struct pm_node *node);

/* The start of a <div> that scrolls sideways, can be focused and has that name. */
void pm_html_open_scroll(struct pm_html_body *body, const struct pm_node *node);

/* The box of something to do: empty, ticked, or with a dash for what was given up. */
void pm_html_box(struct pm_html_body *body, bool done, bool closed);

#endif
