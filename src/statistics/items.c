/* The open items that somebody has to be told of. */
#include "statistics/records.h"

#include <stdlib.h>

static bool is_wanted(const struct pm_item_record *r, unsigned wanted, int64_t as_of)
{
    bool overdue = r->due != PM_NO_DAY && r->due < as_of, blocked = r->status == PM_AI_BLOCKED;
    return (wanted & PM_ITEMS_OVERDUE && overdue) || (wanted & PM_ITEMS_BLOCKED && blocked);
}

/* One to be sorted: equal ones stay in order by their numbers. */
struct place { int64_t late; size_t number; };

static int compare_places(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->late != y->late)
        return x->late < y->late ? 1 : -1;
    return (x->number > y->number) - (x->number < y->number);
}

static const struct pm_item_record *record_of(const struct pm_statistics *s, const struct pm_item_text *text)
{
    return pm_blocks_at(&s->items, text->number);
}

static struct pm_open_item fill(const struct pm_statistics *s, const struct pm_item_text *text, int64_t late)
{
    const struct pm_item_record *r = record_of(s, text);
    const struct pm_incident_record *incident = pm_blocks_at(&s->incidents, r->incident);
    return (struct pm_open_item){
        .incident = incident->id, .id = text->id, .item = text->item, .status = (enum pm_action_status)r->status,
        .owner = r->owner ? s->names.names[r->owner] : (struct pm_str){NULL, 0},
        .team = r->team ? s->names.names[r->team] : (struct pm_str){NULL, 0},
        .has_due = r->due != PM_NO_DAY, .due = r->due != PM_NO_DAY ? r->due : 0, .late = late};
}

enum pm_status pm_statistics_items(const struct pm_statistics *s, unsigned wanted, int64_t as_of, struct pm_arena *arena,
                                   struct pm_open_item **items, size_t *count)
{
    size_t n = 0;
    for (size_t i = 0; i < s->texts.count; i++)
        n += is_wanted(record_of(s, pm_blocks_at(&s->texts, i)), wanted, as_of);
    struct place *places = pm_arena_array(arena, n, sizeof *places);
    *items = pm_arena_array(arena, n, sizeof **items);
    *count = 0;
    if (!places || !*items)
        return PM_NOMEM;
    for (size_t i = 0, k = 0; i < s->texts.count; i++) {
        const struct pm_item_record *r = record_of(s, pm_blocks_at(&s->texts, i));
        if (is_wanted(r, wanted, as_of))
            places[k++] = (struct place){r->due != PM_NO_DAY && as_of > r->due ? as_of - r->due : 0, i};
    }
    qsort(places, n, sizeof *places, compare_places);
    for (size_t i = 0; i < n; i++)
        (*items)[i] = fill(s, pm_blocks_at(&s->texts, places[i].number), places[i].late);
    *count = n;
    return PM_OK;
}
