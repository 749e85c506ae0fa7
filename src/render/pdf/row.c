/* Rows: galleys side by side as boxes of one flow. */
#include "render/pdf/galley.h"

#include <math.h>

#define HAIRLINE 0.5

static void decorate(const struct pm_env *env, struct pm_box *box, const struct pm_row *row, bool last)
{
    if (row->has_fill)
        pm_box_rect(env, box, row->x, 0, row->w, box->height, row->fill);
    if (row->has_bar)
        pm_box_rect(env, box, row->x, 0, 2, box->height, row->bar);
    if (row->has_rule && last)
        pm_box_line(env, box, row->x, box->height - HAIRLINE / 2, row->w, 0, row->rule, HAIRLINE);
}

static struct pm_box *whole_row(struct pm_flow *flow, struct pm_row *row, double height)
{
    struct pm_box *box = pm_flow_box(flow, row->pad_top + height + row->pad_bottom, row->gap, 0);
    if (!box)
        return NULL;
    box->head = row->head;
    decorate(flow->env, box, row, true);
    for (size_t i = 0; i < row->count; i++)
        pm_galley_flatten(flow->env, &row->cells[i], box, row->pad_top);
    return box;
}

static double box_extent(const struct pm_box *box, bool first)
{
    return (first ? 0 : box->closing + box->space) + box->opening + box->height;
}

/* The boxes of one cell that fit into `height`, taken off its galley. At least one when it is no taller than that. */
static struct pm_galley take_boxes(struct pm_galley *galley, double height)
{
    struct pm_galley taken = {galley->first, NULL};
    double used = 0;
    struct pm_box *box = galley->first;
    while (box && used + box_extent(box, taken.last == NULL) <= height + 0.01) {
        used += box_extent(box, taken.last == NULL);
        taken.last = box;
        box = box->next;
    }
    if (!taken.last)
        return (struct pm_galley){NULL, NULL};
    taken.last->next = NULL;
    galley->first = box;
    if (!box)
        galley->last = NULL;
    return taken;
}

static double tallest_first(const struct pm_row *row)
{
    double height = 0;
    for (size_t i = 0; i < row->count; i++)
        if (row->cells[i].first)
            height = fmax(height, box_extent(row->cells[i].first, true));
    return height;
}

static bool is_done(const struct pm_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (row->cells[i].first)
            return false;
    return true;
}

/* One slice: of each cell what fits into the height of the tallest first box. */
static struct pm_box *slice(struct pm_flow *flow, struct pm_row *row, bool first)
{
    double top = first ? row->pad_top : 0, height = tallest_first(row);
    struct pm_galley taken[64];
    struct pm_galley *cells = row->count <= 64 ? taken : pm_arena_array(flow->env->arena, row->count, sizeof *cells);
    for (size_t i = 0; cells && i < row->count; i++)
        cells[i] = take_boxes(&row->cells[i], height);
    bool last = is_done(row);
    struct pm_box *box = cells ? pm_flow_box(flow, top + height + (last ? row->pad_bottom : 0), first ? row->gap : 0, 0) : NULL;
    if (!box)
        return NULL;
    box->head = row->head;
    decorate(flow->env, box, row, last);
    for (size_t i = 0; i < row->count; i++) {
        if (cells[i].first) {
            cells[i].first->space = cells[i].first->closing = 0;
            pm_galley_flatten(flow->env, &cells[i], box, top);
        }
    }
    return box;
}

/* First two and last two slices stay together. */
static void keep_ends(struct pm_box *first, struct pm_box *last)
{
    struct pm_box *before = NULL;
    for (struct pm_box *box = first; box && box != last; box = box->next)
        before = box;
    first->keep = first != last;
    if (before)
        before->keep = true;
}

struct pm_box *pm_flow_row(struct pm_flow *flow, struct pm_row *row, struct pm_box **last)
{
    double height = 0;
    for (size_t i = 0; i < row->count; i++) {
        pm_galley_settle(&row->cells[i]);
        height = fmax(height, pm_galley_height(&row->cells[i]));
    }
    if (height <= row->whole || flow->in_cell)
        return *last = whole_row(flow, row, height);
    struct pm_box *first = slice(flow, row, true);
    *last = first;
    while (*last && !is_done(row)) {
        struct pm_box *next = slice(flow, row, false);
        if (!next)
            return NULL;
        *last = next;
    }
    if (first)
        keep_ends(first, *last);
    return first;
}
