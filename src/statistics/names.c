#include "statistics/names.h"

void pm_names_init(struct pm_names *names, struct pm_arena *arena)
{
    *names = (struct pm_names){.arena = arena, .count = 1};
}

static uint32_t *find_slot(const struct pm_names *n, struct pm_str name)
{
    size_t mask = n->slot_count - 1, at = (size_t)pm_str_hash(name) & mask;
    while (n->slots[at] && !pm_str_eq(n->names[n->slots[at]], name))
        at = (at + 1) & mask;
    return &n->slots[at];
}

/* Twice as large. What it was stays in the arena, together as much as it is now. */
static bool grow(struct pm_names *n)
{
    size_t slot_count = n->slot_count ? n->slot_count * 2 : 128;
    struct pm_str *names = pm_arena_grow(n->arena, n->names, n->names ? n->count : 0, slot_count / 2, sizeof *names);
    uint32_t *slots = pm_arena_array(n->arena, slot_count, sizeof *slots);
    if (!names || !slots)
        return false;
    n->names = names;
    n->room = slot_count / 2;
    n->slots = slots;
    n->slot_count = slot_count;
    for (uint32_t i = 1; i < n->count; i++)
        *find_slot(n, n->names[i]) = i;
    return true;
}

uint32_t pm_names_add(struct pm_names *n, struct pm_str name)
{
    if (!name.n || (n->count >= n->room && !grow(n)))
        return 0;
    uint32_t *slot = find_slot(n, name);
    if (*slot)
        return *slot;
    struct pm_str copy = pm_arena_str(n->arena, name);
    if (!copy.p)
        return 0;
    n->names[n->count] = copy;
    *slot = (uint32_t)n->count++;
    return *slot;
}
