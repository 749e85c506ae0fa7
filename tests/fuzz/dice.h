/* What fuzz targets that draw edits share: chance that follows from the input, and the end of the program where something does not hold. */
#ifndef DICE_H
#define DICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

static inline void need(bool holds)
{
    if (!holds)
        abort();
}

struct dice { unsigned long long state; };

static inline size_t roll(struct dice *d, size_t sides)
{
    d->state = d->state * 6364136223846793005u + 1442695040888963407u;
    return sides ? (size_t)(d->state >> 33) % sides : 0;
}

#endif
