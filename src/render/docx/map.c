#include "render/docx/docx_internal.h"

enum { FIRST_SLOTS = 64 };

struct pm_map_slot { unsigned long long key; size_t number; bool used; };

static struct pm_map_slot *slot_of(const struct pm_map *map, unsigned long long key)
{
    size_t i = (size_t)(key ^ (key >> 32)) & (map->cap - 1);
    while (map->slots[i].used && map->slots[i].key != key)
        i = (i + 1) & (map->cap - 1);
    return &map->slots[i];
}

static bool double_slots(struct pm_arena *arena, struct pm_map *map)
{
    struct pm_map larger = {.count = map->count, .cap = map->cap ? map->cap * 2 : FIRST_SLOTS};
    larger.slots = pm_arena_array(arena, larger.cap, sizeof *larger.slots);
    if (!larger.slots)
        return false;
    for (size_t i = 0; i < map->cap; i++)
        if (map->slots[i].used)
            *slot_of(&larger, map->slots[i].key) = map->slots[i];
    *map = larger;
    return true;
}

size_t *pm_map_at(struct pm_arena *arena, struct pm_map *map, unsigned long long key)
{
    if (map->count * 2 >= map->cap && !double_slots(arena, map))
        return NULL;
    struct pm_map_slot *slot = slot_of(map, key);
    if (!slot->used) {
        *slot = (struct pm_map_slot){.key = key, .used = true};
        map->count++;
    }
    return &slot->number;
}
