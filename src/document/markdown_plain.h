/* Prose that md4c need not get. */
#ifndef PM_MARKDOWN_PLAIN_H
#define PM_MARKDOWN_PLAIN_H

#include "base/str.h"

#include <stdbool.h>

/* Prose as most is: lines that begin with a letter, with one space between words and none at their ends, and no mark that could mean
 * anything to md4c, which takes as long for it as for other text: one paragraph of these lines. */
bool pm_markdown_is_plain(struct pm_str text);

#endif
