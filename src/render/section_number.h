/* Numbers of sections that have one: "2.1". */
#ifndef PM_SECTION_NUMBER_H
#define PM_SECTION_NUMBER_H

#include "base/buf.h"
#include "document/node.h"

struct pm_section_numbers { unsigned level[6]; };   /* so far; start with zeros */

/* Counts a section and appends its number and a space; nothing when it is not numbered. Once a section, in their order. */
void pm_section_number(struct pm_section_numbers *numbers, const struct pm_node *section, struct pm_buf *out);

#endif
