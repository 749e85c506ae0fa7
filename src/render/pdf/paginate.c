/* From a galley to pages. */
#include "render/pdf/galley.h"

#include <math.h>

#define TOLERANCE 0.01

/* ---- where pages begin ---- */

struct sheet { size_t page; double y, height; bool empty; };

static double head_height(const struct pm_box *box)
{
    return box->head ? box->head->height : 0;
}

static double distance(const struct pm_box *box)
{
    return box->closing + box->space + box->opening;
}

static double top_of_page(const struct pm_box *box)
{
    return (box->frame ? box->frame->sum_top : 0) + head_height(box);
}

static double foot(const struct pm_box *box)
{
    return box->frame ? box->frame->sum_bottom : 0;
}

static void put(struct sheet *s, struct pm_box *box)
{
    box->repeat = s->empty && head_height(box) > 0;
    box->y = s->empty ? top_of_page(box) : s->y + distance(box);
    box->page = s->page;
    s->y = box->y + box->height;
    s->empty = false;
}

static void begin_page(struct sheet *s)
{
    if (s->empty)
        return;
    s->page++;
    s->y = 0;
    s->empty = true;
}

static bool fits(const struct sheet *s, double extent)
{
    return s->y + extent <= s->height + TOLERANCE;
}

/* A group that no page can hold: box by box. */
static struct pm_box *put_singly(struct sheet *s, struct pm_box *box, const struct pm_box *end)
{
    for (;; box = box->next) {
        if (!fits(s, distance(box) + box->height + foot(box)))
            begin_page(s);
        put(s, box);
        if (box == end)
            return box->next;
    }
}

/* Boxes that stay together, from `box` to the one returned. Stops when no page could hold them. */
static struct pm_box *group_end(const struct sheet *s, struct pm_box *box, double *extent, bool *too_tall)
{
    struct pm_box *end = box;
    double inner = box->height;
    while (end->keep && end->next && !end->next->break_before && top_of_page(box) + inner <= s->height) {
        end = end->next;
        inner += distance(end) + end->height;
    }
    *extent = distance(box) + inner + foot(end);
    *too_tall = top_of_page(box) + inner + foot(end) > s->height + TOLERANCE;
    return end;
}

size_t pm_paginate(struct pm_galley *galley, double height)
{
    struct sheet s = {.height = height, .empty = true};
    for (struct pm_box *box = galley->first; box;) {
        double extent;
        bool too_tall;
        struct pm_box *end = group_end(&s, box, &extent, &too_tall);
        if (box->break_before)
            begin_page(&s);
        if (too_tall) {
            box = put_singly(&s, box, end);
            continue;
        }
        if (!s.empty && !fits(&s, extent))
            begin_page(&s);
        for (struct pm_box *after = end->next; box != after; box = box->next)
            put(&s, box);
    }
    return s.page + 1;
}

/* ---- what stands on them ---- */

struct placing {
    struct pm_env *env;
    struct pm_layout *out;
    struct pm_page *page;
    struct pm_frame *frame;       /* the innermost that is open */
    double bottom;                /* of the last box */
    double left, top;             /* of the text area */
};

static void add_item(struct pm_page *page, struct pm_item *item)
{
    if (!item)
        return;
    item->next = NULL;
    if (page->last)
        page->last->next = item;
    else
        page->first = item;
    page->last = item;
    page->count++;
}

static struct pm_item *add_rect(struct placing *p, double x, double y, double w, struct pm_rgb fill, double radius)
{
    struct pm_item *item = pm_arena_alloc(p->env->arena, sizeof *item);
    if (!item)
        return NULL;
    *item = (struct pm_item){.kind = PM_ITEM_RECT, .x = p->left + x, .y = p->top + y, .w = w, .radius = radius};
    item->has_fill = true;
    item->fill = fill;
    add_item(p->page, item);
    return item;
}

/* Opens the frames from the outermost one inside `outer` to `frame`; returns the y inside. */
static double open_frames(struct placing *p, struct pm_frame *frame, const struct pm_frame *outer, double y)
{
    if (frame == outer)
        return y;
    y = open_frames(p, frame->parent, outer, y);
    frame->surface = frame->has_fill ? add_rect(p, frame->x, y, frame->w, frame->fill, frame->radius) : NULL;
    frame->edge = frame->bar > 0 ? add_rect(p, frame->x, y, frame->bar, frame->line, frame->radius > 0 ? frame->bar / 2 : 0) : NULL;
    return y + frame->pad_top;
}

static void close_frames(struct placing *p, const struct pm_frame *outer)
{
    double y = p->bottom + p->top;
    for (struct pm_frame *frame = p->frame; frame != outer; frame = frame->parent) {
        y += frame->pad_bottom;
        if (frame->surface)
            frame->surface->h = y - frame->surface->y;
        if (frame->edge)
            frame->edge->h = y - frame->edge->y;
    }
    p->frame = (struct pm_frame *)outer;
}

/* The head again, as an artifact. */
static void repeat_head(struct placing *p, const struct pm_head *head, double y)
{
    const struct pm_box *box = head->first;
    for (size_t i = 0; i < head->count; i++, box = box->next) {
        for (const struct pm_item *item = box->first; item; item = item == box->last ? NULL : item->next) {
            struct pm_item *copy = item->kind == PM_ITEM_LINK ? NULL : pm_arena_alloc(p->env->arena, sizeof *copy);
            if (!copy)
                continue;
            *copy = *item;
            copy->tag = NULL;
            copy->y += y - box->y;
            add_item(p->page, copy);
        }
        y += box->height;
    }
}

static void place_box(struct placing *p, struct pm_box *box)
{
    struct pm_page *page = &p->out->pages[box->page];
    if (page != p->page) {
        close_frames(p, NULL);
        p->page = page;
    }
    const struct pm_frame *shared = pm_frame_shared(p->frame, box->frame);
    close_frames(p, shared);
    double top = box->y - (box->repeat ? head_height(box) : 0);
    double pads = box->frame ? box->frame->sum_top - (shared ? shared->sum_top : 0) : 0;
    open_frames(p, box->frame, shared, top - pads);
    p->frame = box->frame;
    if (box->repeat)
        repeat_head(p, box->head, top);
    for (struct pm_item *item = box->first, *next; item; item = next) {
        next = item == box->last ? NULL : item->next;
        item->x += p->left;
        item->y += p->top + box->y;
        add_item(page, item);
    }
    p->bottom = box->y + box->height;
}

void pm_place_items(struct pm_env *env, struct pm_galley *galley, struct pm_layout *out)
{
    struct placing p = {.env = env, .out = out, .page = out->pages, .left = env->theme->margin_left, .top = env->theme->margin_top};
    for (struct pm_box *box = galley->first; box; box = box->next)
        place_box(&p, box);
    close_frames(&p, NULL);
}
