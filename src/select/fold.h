/* Text without regard to case: letters of Latin, Greek and Cyrillic, one to one (the simple case folding of Unicode), in any locale. */
#ifndef PM_FOLD_H
#define PM_FOLD_H

#include "base/arena.h"

#include <stdint.h>

uint32_t pm_fold(uint32_t cp);

/* A text to look for, with the table of Knuth, Morris and Pratt: time grows with the text that is searched, whatever is in it. */
struct pm_pattern {
    const uint32_t *cp;     /* folded */
    const uint32_t *back;   /* where to go on when the code point at an index does not fit */
    size_t n;
};

/* Lives in the arena; empty after a failure. */
void pm_pattern_make(struct pm_pattern *p, struct pm_str text, struct pm_arena *arena);

bool pm_pattern_in(const struct pm_pattern *p, struct pm_str text);
bool pm_pattern_is(const struct pm_pattern *p, struct pm_str text);

/* < 0, 0, > 0 by folded code points. */
int pm_fold_compare(struct pm_str a, struct pm_str b);

#endif
