/* HTML character references, as Markdown has them. */
#ifndef PM_ENTITY_H
#define PM_ENTITY_H

#include "base/buf.h"

/* Appends what "&amp;", "&#8212;" or "&#x2014;" stands for; a name that is not known stays as written. A number that is no character
 * gives U+FFFD. */
void pm_entity_decode(struct pm_buf *b, struct pm_str entity);

#endif
