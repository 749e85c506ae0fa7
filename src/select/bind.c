/* Which entry of a list a condition is about.
 *
 * A condition with a list of objects holds when there is an entry for which it holds. Where several parts of an and-group name the same
 * list, and one of them outside of any "not", there must be one entry for which all of them hold: "action_items.status = open and not
 * action_items.owner = ana" asks for an open item that is not Ana's, while "not action_items.owner = ana" alone says that none is.
 * Parts of the group that have nothing to do with that list stay outside, so that no more is searched than must be. */
#include "select/select_internal.h"

static struct pm_node *bind(struct pm_compiler *c, struct pm_node *node, uint32_t bound, int tied);

static struct pm_node *some(struct pm_compiler *c, int list, struct pm_node *child, int tied)
{
    struct pm_node *node = pm_arena_alloc(c->arena, sizeof *node);
    if (tied > PM_SELECT_TIED) {
        pm_complain(c, (struct pm_mark){1, 1, 0}, "the expression asks for entries of more than two lists at once", "");
        c->given_up = true;
    }
    if (node)
        *node = (struct pm_node){.kind = PM_SOME, .list = list, .first = child};
    return node;
}

static int lowest(uint32_t set)
{
    int i = 0;
    while (!(set >> i & 1))
        i++;
    return i;
}

/* Lists that parts of the row share. */
static uint32_t shared(const struct pm_node *row, uint32_t bound)
{
    uint32_t once = 0, twice = 0;
    for (const struct pm_node *child = row->first; child; child = child->next) {
        twice |= once & child->named;
        once |= child->named;
    }
    return twice & row->positive & ~bound;
}

/* The list, and those that parts which name it share with other parts. */
static uint32_t tied_to(const struct pm_node *row, uint32_t list, uint32_t candidates)
{
    uint32_t group = list, before;
    do {
        before = group;
        for (const struct pm_node *child = row->first; child; child = child->next) {
            if (child->named & group)
                group |= child->named & candidates;
        }
    } while (group != before);
    return group;
}

static void add(struct pm_node *row, struct pm_node ***end, struct pm_node *child)
{
    **end = child;
    *end = &child->next;
    child->next = NULL;
    row->named |= child->named;
    row->positive |= child->positive;
}

static void bind_children(struct pm_compiler *c, struct pm_node *row, uint32_t bound, int tied)
{
    for (struct pm_node **at = &row->first; *at; at = &(*at)->next) {
        struct pm_node *next = (*at)->next, *node = bind(c, *at, bound, tied);
        if (!node)
            return;
        node->next = next;
        *at = node;
    }
}

/* Parts without the list first: they cost less. */
static void bind_row(struct pm_compiler *c, struct pm_node *row, uint32_t bound, int tied)
{
    uint32_t candidates = shared(row, bound);
    struct pm_node *inner = candidates ? pm_arena_alloc(c->arena, sizeof *inner) : NULL;
    if (!inner || c->given_up) {
        bind_children(c, row, bound, tied);
        return;
    }
    int list = lowest(candidates);
    uint32_t group = tied_to(row, (uint32_t)1 << list, candidates);
    struct pm_node outer = {.kind = PM_AND}, **outer_end = &outer.first, **inner_end = &inner->first;
    inner->kind = PM_AND;
    for (struct pm_node *child = row->first, *next; child; child = next) {
        next = child->next;
        bool inside = child->named & group;
        add(inside ? inner : &outer, inside ? &inner_end : &outer_end, child);
    }
    bind_row(c, &outer, bound, tied);
    bind_row(c, inner, bound | (uint32_t)1 << list, tied + 1);
    struct pm_node *node = some(c, list, inner, tied + 1);
    for (outer_end = &outer.first; *outer_end; outer_end = &(*outer_end)->next)
        ;
    *outer_end = node;
    row->first = outer.first;
}

static struct pm_node *bind(struct pm_compiler *c, struct pm_node *node, uint32_t bound, int tied)
{
    uint32_t free = node->named & ~bound;
    switch (node->kind) {
    case PM_AND: bind_row(c, node, bound, tied); return node;
    case PM_OR:
    case PM_NOT: bind_children(c, node, bound, tied); return node;
    default: return free ? some(c, lowest(free), node, tied + 1) : node;
    }
}

struct pm_node *pm_bind(struct pm_compiler *c, struct pm_node *node, uint32_t bound)
{
    return node ? bind(c, node, bound, 0) : NULL;
}
