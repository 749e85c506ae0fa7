/* Text for GitHub Flavored Markdown, so that it shows as it is. */
#ifndef PM_MD_TEXT_H
#define PM_MD_TEXT_H

#include "base/buf.h"

#include <stdint.h>

/* Where the text stands. */
enum {
    PM_MD_LINE = 1,      /* at the start of a line: nothing there may be taken for a marker */
    PM_MD_CELL = 2,      /* in a cell of a table */
    PM_MD_HEADING = 4,
    PM_MD_LINK = 8       /* in the text of a link: no link of its own */
};

/* Escaped with backslashes, and only where a character would mean something: snake_case and C:\path stay. A web address becomes <address>,
 * since Markdown would find it anyway; line feeds and tabs become spaces; controls U+FFFD. */
void pm_md_text(struct pm_buf *out, struct pm_str text, unsigned where);

/* A span of code, in as many backquotes as it takes; nothing when it is empty. */
void pm_md_code(struct pm_buf *out, struct pm_str text, unsigned where);

/* As it is, but for controls and malformed bytes, which are U+FFFD. */
void pm_md_verbatim(struct pm_buf *out, struct pm_str text);

/* What stands between the parentheses of a link: blanks, parentheses, pipes and their like percent-encoded. */
void pm_md_url(struct pm_buf *out, struct pm_str url);

/* The longest run of `c` in the text. */
size_t pm_md_longest_run(struct pm_str text, char c);

/* Whether `*` beside this character of a word could be taken for one that opens where it is to close, or the reverse: punctuation and,
 * since versions of Markdown differ about them, symbols. */
bool pm_md_may_be_punctuation(uint32_t cp);

/* White space and punctuation by every version of Markdown. */
bool pm_md_is_boundary(uint32_t cp);

#endif
