/* What a Word document shows. */
#ifndef PM_DOCX_PAGE_H
#define PM_DOCX_PAGE_H

#include "document/node.h"
#include "package/xml_tree.h"
#include "recover/page.h"

/* The names by which a document's values are found (render/docx/bookmark.h), sorted. */
struct pm_mark_name { unsigned long long hash; struct pm_str path; };
struct pm_mark_names { struct pm_mark_name *names; size_t count, cap; };

/* Adds those of the number-th document of a file, from 1. */
void pm_mark_names_add(struct pm_mark_names *names, struct pm_arena *arena, const struct pm_document *doc, size_t number);

/* The text of the body as blocks. Insertions that are tracked count, deletions do not; the table of contents, figures, and what a reader
 * without them would see instead are passed over. number: of the document in the file, whose blocks alone are wanted; each begins at its
 * own bookmark, "#". */
enum pm_status pm_docx_page(const struct pm_xml_node *document, const struct pm_mark_names *names, size_t number, struct pm_page *page);

#endif
