/* Names that occur often, kept once and numbered from 1. Private to statistics/. */
#ifndef PM_NAMES_H
#define PM_NAMES_H

#include "base/arena.h"

#include <stdint.h>

struct pm_names {
    struct pm_arena *arena;
    struct pm_str *names;      /* by number; 0 is absent */
    uint32_t *slots;           /* hash table of numbers, 0 free; a power of two, at most half full */
    size_t count, room, slot_count;   /* count: of numbers, 0 included */
};

void pm_names_init(struct pm_names *names, struct pm_arena *arena);

/* The number of `name`; 0 for one that is absent or empty, or when memory is out (the arena remembers). */
uint32_t pm_names_add(struct pm_names *names, struct pm_str name);

#endif
