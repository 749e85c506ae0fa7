/* A flag hangs on a pole that stands on its mark, to the right of it or to the left. Where a pole would run through another flag,
 * its own flag goes below that one; so flags form stairs. From some mark on flags turn left, before it right: each such turning
 * point is tried, and the one with the fewest poles behind flags and the fewest lanes is taken. */
#include "document/figure_internal.h"

#include <stdlib.h>

static const double GAP = 4;

bool pm_event_is_important(const struct pm_event *e)
{
    return pm_str_same_word(e->important.text, "true") || pm_str_same_word(e->important.text, "yes");
}

bool pm_event_is_shown(const struct pm_event *e)
{
    if (!pm_event_is_important(e))
        return false;
    switch (e->kind.valid ? e->kind.as.choice : 0) {
    case PM_EV_IMPACT_START:
    case PM_EV_IMPACT_END:
    case PM_EV_DETECTED:
    case PM_EV_ACKNOWLEDGED:
    case PM_EV_IDENTIFIED:
    case PM_EV_MITIGATED:
    case PM_EV_RESOLVED:
        return false;
    default:
        return true;
    }
}

static int compare_flags(const void *a, const void *b)
{
    const struct pm_flag *x = a, *y = b;
    if (x->t != y->t)
        return x->t < y->t ? -1 : 1;
    return y->key - x->key;
}

static void turn(struct pm_flag *f, bool right, double width)
{
    double w = pm_label_width(f->text, PM_FLAG_SIZE, f->key) + 2 * PM_FLAG_PAD;
    bool fits_right = f->x + w <= width, fits_left = f->x >= w;
    f->left = fits_right && fits_left ? !right : !fits_right;
    f->x0 = f->left ? f->x - w : f->x;
    if (f->x0 + w > width)
        f->x0 = width - w;
    if (f->x0 < 0)
        f->x0 = 0;
    f->x1 = f->x0 + w;
}

static bool overlap(const struct pm_flag *a, const struct pm_flag *b)
{
    return a->x0 < b->x1 + GAP && b->x0 < a->x1 + GAP;
}

/* The pole of `b` runs through the width of `a`. */
static bool pole_in(const struct pm_flag *a, const struct pm_flag *b)
{
    return b->x > a->x0 - 1 && b->x < a->x1 + 1;
}

/* The lowest lane for flag `i` that is above all placed flags whose poles it spans, and free. */
static int lane_for(const struct pm_flag *flags, size_t count, const bool *placed, size_t i)
{
    int lane = 0;
    for (size_t j = 0; j < count; j++) {
        if (placed[j] && pole_in(&flags[i], &flags[j]) && flags[j].lane >= lane)
            lane = flags[j].lane + 1;
    }
    for (bool free = false; !free;) {
        free = true;
        for (size_t j = 0; j < count && free; j++)
            free = !(placed[j] && flags[j].lane == lane && overlap(&flags[i], &flags[j]));
        lane += !free;
    }
    return lane;
}

/* Flags before `split` to the right, the others to the left; returns the cost. */
static int try_split(struct pm_flag *flags, size_t count, size_t split, double width)
{
    bool placed[PM_MAX_FLAGS] = {false};
    int lanes = 0, crossings = 0;
    for (size_t i = 0; i < count; i++)
        turn(&flags[i], i < split, width);
    for (size_t n = 0; n < count; n++) {
        size_t i = n < split ? split - 1 - n : n;   /* from the turning point outwards */
        flags[i].lane = lane_for(flags, count, placed, i);
        placed[i] = true;
        if (flags[i].lane >= lanes)
            lanes = flags[i].lane + 1;
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < count; j++)
            crossings += i != j && flags[j].lane > flags[i].lane && pole_in(&flags[i], &flags[j]);
    }
    return crossings * 4 + lanes * 2 + (split < count);
}

static int count_lanes(const struct pm_flag *flags, size_t count)
{
    int lanes = 0;
    for (size_t i = 0; i < count; i++)
        lanes = flags[i].lane >= lanes ? flags[i].lane + 1 : lanes;
    return lanes;
}

static int place(struct pm_flag *flags, size_t count, double width, int *cost)
{
    size_t best = count;
    *cost = try_split(flags, count, count, width);
    for (size_t split = count; split-- > 0;) {
        int c = try_split(flags, count, split, width);
        if (c < *cost) {
            *cost = c;
            best = split;
        }
    }
    try_split(flags, count, best, width);
    return count_lanes(flags, count);
}

/* Takes out the last flag of the least weight; false when all are to stay. */
static bool drop_one(struct pm_flag *flags, size_t *count)
{
    size_t least = 0;
    for (size_t i = 0; i < *count; i++)
        least = flags[i].weight <= flags[least].weight ? i : least;
    if (*count == 0 || flags[least].weight >= PM_FLAG_KEEP)
        return false;
    for (size_t j = least; j + 1 < *count; j++)
        flags[j] = flags[j + 1];
    --*count;
    return true;
}

int pm_place_flags(struct pm_flag *flags, size_t *count, double width)
{
    int cost, lanes;
    qsort(flags, *count, sizeof *flags, compare_flags);
    do
        lanes = place(flags, *count, width, &cost);
    while ((lanes > PM_MAX_LANES || cost > PM_MAX_LANES * 2 + 1) && drop_one(flags, count));
    return lanes;
}
