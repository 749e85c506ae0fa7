/* Texts as words, and what has changed from one to another. Private to merge*.c. */
#ifndef PM_MERGE_WORDS_H
#define PM_MERGE_WORDS_H

#include "base/arena.h"

#include <stdint.h>

/* A word: a run of letters and digits, or one other character; with the white space before it. */
struct pm_token { struct pm_str text, gap, plain; };   /* plain: as compared */

struct pm_tokens { struct pm_token *token; size_t count; };

void pm_tokens_split(struct pm_str text, struct pm_arena *arena, struct pm_tokens *out);

/* For each token of `a` the one of `b` that it became, or PM_NO_TOKEN; in rising order. NULL when memory ran out. Texts that have too
 * little in common are taken as changed from the first difference to the last. */
#define PM_NO_TOKEN UINT32_MAX
uint32_t *pm_tokens_align(const struct pm_tokens *a, const struct pm_tokens *b, struct pm_arena *arena);

struct pm_text_merge {
    struct pm_str base;       /* the source's text */
    struct pm_str ours;       /* as shown, unedited */
    struct pm_str theirs;     /* as shown, edited */
    bool escape;              /* base is Markdown and theirs is plain: what is put in is escaped */
    bool one_line;            /* white space is a single blank */
};

/* `base` with what leads from ours to theirs, words that did not change as they are in base, with their white space and markup. */
struct pm_str pm_merge_words(const struct pm_text_merge *m, struct pm_arena *arena);

#endif
