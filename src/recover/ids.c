#include "recover/ids.h"

#include <stdlib.h>

enum { MOST_NUMBER = 100000000 };

struct entry { struct pm_str id; size_t number; };

struct pm_id_index {
    const struct pm_list *list;
    struct entry *entries;      /* by id */
    struct pm_id_index *next;
};

size_t pm_ids_number(struct pm_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9' || n > MOST_NUMBER)
            return 0;
        n = n * 10 + (size_t)(s.p[i] - '0');
    }
    return n;
}

const struct pm_field *pm_ids_at(const struct pm_list *list, const struct pm_field_def *def, size_t number)
{
    const struct pm_field_def *id = def->object ? pm_field_find(def->object, PM_LIT("id")) : NULL;
    if (!list || !id || !(id->flags & PM_F_UNIQUE_ID) || number == 0 || number > list->count)
        return NULL;
    const char *item = (const char *)list->items + (number - 1) * def->object->size;
    return (const void *)(item + id->offset);
}

/* By id, then by number. */
static int compare_entries(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int order = pm_str_cmp(x->id, y->id);
    return order ? order : x->number < y->number ? -1 : x->number > y->number;
}

static const struct pm_id_index *index_of(struct pm_ids *ids, const struct pm_list *list, const struct pm_field_def *def)
{
    for (const struct pm_id_index *index = ids->first; index; index = index->next) {
        if (index->list == list)
            return index;
    }
    struct pm_id_index *made = pm_arena_alloc(ids->arena, sizeof *made);
    struct entry *entries = made ? pm_arena_array(ids->arena, list->count, sizeof *entries) : NULL;
    if (!entries)
        return NULL;
    for (size_t i = 0; i < list->count; i++)
        entries[i] = (struct entry){pm_ids_at(list, def, i + 1)->text, i + 1};
    qsort(entries, list->count, sizeof *entries, compare_entries);
    *made = (struct pm_id_index){list, entries, ids->first};
    ids->first = made;
    return made;
}

size_t pm_ids_find(struct pm_ids *ids, const struct pm_list *list, const struct pm_field_def *def, struct pm_str name)
{
    size_t number = pm_ids_number(name), low = 0, high = list ? list->count : 0;
    if (number || !name.n || !pm_ids_at(list, def, 1))
        return list && number <= list->count ? number : 0;
    const struct pm_id_index *index = index_of(ids, list, def);
    while (index && low < high) {
        size_t middle = low + (high - low) / 2;
        if (pm_str_cmp(index->entries[middle].id, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = index && low < list->count && pm_str_eq(index->entries[low].id, name);
    return found ? index->entries[low].number : 0;
}
