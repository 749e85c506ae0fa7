/* Durations one by one, for a figure. */
#include "statistics/records.h"

#include <stdlib.h>

static int compare_points(const void *a, const void *b)
{
    const struct pm_point *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->seconds > y->seconds) - (x->seconds < y->seconds);
}

enum pm_status pm_statistics_points(const struct pm_statistics *s, enum pm_metric_id metric, int severity, size_t most,
                                    struct pm_arena *arena, struct pm_point **points, size_t *count)
{
    size_t n = 0;
    struct pm_point *all = pm_arena_array(arena, s->incidents.count, sizeof *all);
    *points = NULL;
    *count = 0;
    if (!all)
        return PM_NOMEM;
    for (size_t i = 0; i < s->incidents.count; i++) {
        const struct pm_incident_record *r = pm_blocks_at(&s->incidents, i);
        if (r->severity == severity && r->has_start && r->state[metric] == PM_METRIC_KNOWN)
            all[n++] = (struct pm_point){r->start, r->seconds[metric]};
    }
    qsort(all, n, sizeof *all, compare_points);
    *points = n > most ? all + (n - most) : all;
    *count = n > most ? most : n;
    return PM_OK;
}
