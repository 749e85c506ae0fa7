/* Entries of lists by their ids. Private to patch*.c and merge*.c. */
#ifndef PM_IDS_H
#define PM_IDS_H

#include "incident/schema.h"

/* Indices of the lists that were asked for, each sorted once, so that a long list stays n log n. */
struct pm_ids {
    struct pm_arena *arena;
    struct pm_id_index *first;
};

/* The id of the n-th object of a list from 1, written or by position; NULL where entries have none. */
const struct pm_field *pm_ids_at(const struct pm_list *list, const struct pm_field_def *def, size_t number);

/* The number, from 1, of the entry with this id or this number; 0 when the list has none. `def` is the list's. */
size_t pm_ids_find(struct pm_ids *ids, const struct pm_list *list, const struct pm_field_def *def, struct pm_str name);

/* Digits as a number; 0 for anything else. */
size_t pm_ids_number(struct pm_str s);

#endif
