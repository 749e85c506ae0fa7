/* What the files of the Confluence renderer share. */
#ifndef PM_CONFLUENCE_INTERNAL_H
#define PM_CONFLUENCE_INTERNAL_H

#include "document/iterator.h"
#include "render/confluence.h"
#include "render/xml.h"

#define PM_UUID_ROOM 37

/* Macros. */

/* The start tag of a macro with an id that is its own on the page. */
void pm_confluence_open(struct pm_confluence *c, enum pm_confluence_macro macro);
void pm_confluence_parameter(struct pm_confluence *c, const char *name, struct pm_str value);
void pm_confluence_body(struct pm_confluence *c);         /* of markup */
void pm_confluence_close(struct pm_confluence *c);        /* behind such a body */

/* A code block; language: a word as in Markdown, absent: none. */
void pm_confluence_code(struct pm_confluence *c, struct pm_str language, struct pm_str text);

/* The start of a task up to its body. `key` makes its ids; absent: the task's place. */
void pm_confluence_open_task(struct pm_confluence *c, struct pm_str key, bool complete);
void pm_confluence_close_task(struct pm_confluence *c);

/* The hidden macro with the source. */
void pm_confluence_source(struct pm_confluence *c);

/* Inlines. */

/* Both for any inline; enter tells whether the children are to be passed over. */
bool pm_confluence_enter_inline(struct pm_confluence *c, const struct pm_node *node);
void pm_confluence_leave_inline(struct pm_confluence *c, const struct pm_node *node);

/* The inlines directly below a node. */
void pm_confluence_inlines(struct pm_confluence *c, const struct pm_node *parent);
void pm_confluence_person(struct pm_confluence *c, const struct pm_person_ref *person);
void pm_confluence_date(struct pm_confluence *c, int64_t days);

/* Blocks. */

/* Both for any node; enter tells whether the children are to be passed over. */
bool pm_confluence_enter(struct pm_confluence *c, const struct pm_node *node);
void pm_confluence_leave(struct pm_confluence *c, const struct pm_node *node);

/* Sections. */

/* The start of a part of a layout that has no columns. */
struct pm_str pm_confluence_plain_part(const struct pm_confluence *c);

/* Notes which sections links lead to. */
void pm_confluence_find_targets(struct pm_confluence *c);

void pm_confluence_enter_section(struct pm_confluence *c, const struct pm_node *section);
void pm_confluence_leave_section(struct pm_confluence *c, const struct pm_node *section);
void pm_confluence_enter_heading(struct pm_confluence *c, const struct pm_node *heading);

/* Opens and closes the excerpt of what leads; called before each block. */
void pm_confluence_watch_lead(struct pm_confluence *c, const struct pm_node *block);

/* An expand macro around a section's or a table's contents, unless one is open. */
void pm_confluence_begin_fold(struct pm_confluence *c, const struct pm_node *node);
void pm_confluence_end_fold(struct pm_confluence *c, const struct pm_node *node);

/* Tables. */

/* The page properties of a cover. */
void pm_confluence_details(struct pm_confluence *c, const struct pm_node *cover);

/* A table of names and values: BADGES, FACTS or METRICS. */
void pm_confluence_pairs(struct pm_confluence *c, const struct pm_node *node);

/* The tasks of a table's rows, where it has any; false when its rows say nothing that the tasks do not. */
bool pm_confluence_tasks(struct pm_confluence *c, const struct pm_node *table);

void pm_confluence_open_table(struct pm_confluence *c, const struct pm_node *table);
void pm_confluence_close_table(struct pm_confluence *c);
void pm_confluence_open_row(struct pm_confluence *c);
void pm_confluence_close_row(struct pm_confluence *c, const struct pm_node *row);
void pm_confluence_open_cell(struct pm_confluence *c, const struct pm_node *cell);
void pm_confluence_close_cell(struct pm_confluence *c, const struct pm_node *cell);

/* Paragraphs, in cells too. */
void pm_confluence_open_paragraph(struct pm_confluence *c, const struct pm_node *paragraph);
void pm_confluence_close_paragraph(struct pm_confluence *c, const struct pm_node *paragraph);

#endif
