#include "render/pdf/galley.h"

#include "base/utf8.h"

#include <math.h>

#define SMALLEST_TYPE 8.0         /* points, in one-page mode */
#define ONE_PAGE_TEXT 6000        /* bytes of one block, more than a page can show */

double pm_env_size(const struct pm_env *env, double size)
{
    return fmax(size * env->type, fmin(size, SMALLEST_TYPE));
}

double pm_env_space(const struct pm_env *env, double space)
{
    return space * env->space;
}

struct pm_rgb pm_env_colour(const struct pm_env *env, enum pm_colour colour)
{
    return env->theme->colours[colour];
}

struct pm_tag *pm_env_tag(const struct pm_env *env, struct pm_tag *parent, enum pm_tag_kind kind)
{
    return pm_tag_new(env->options->tag_arena, parent, kind);
}

struct pm_setting pm_env_setting(const struct pm_env *env, double size, struct pm_tag *tag)
{
    return (struct pm_setting){.face = PM_FACE_REGULAR, .size = size, .colour = pm_env_colour(env, PM_COLOUR_TEXT), .tag = tag};
}

struct pm_style pm_setting_style(const struct pm_setting *s)
{
    return (struct pm_style){.face = s->face, .size = s->size, .colour = s->colour, .tabular = s->tabular, .nowrap = s->nowrap,
                             .tag = s->tag, .mark = s->mark};
}

double pm_setting_leading(const struct pm_env *env, const struct pm_setting *s)
{
    return s->leading > 0 ? s->leading : s->size * env->theme->leading;
}

struct pm_str pm_env_cap(struct pm_env *env, struct pm_str text)
{
    if (!env->one_page || text.n <= ONE_PAGE_TEXT)
        return text;
    size_t n = ONE_PAGE_TEXT;
    while (n > 0 && ((unsigned char)text.p[n] & 0xC0) == 0x80)
        n--;
    pm_env_cut(env);
    return (struct pm_str){text.p, n};
}

void pm_env_cut(struct pm_env *env)
{
    if (env->last_part)
        env->last_part->cut = true;
}

/* ---- boxes ---- */

struct pm_box *pm_box_new(struct pm_env *env, double height, double gap)
{
    struct pm_box *box = env->spare;
    if (box)
        env->spare = box->next;
    else
        box = pm_arena_alloc(env->arena, sizeof *box);
    if (box)
        *box = (struct pm_box){.height = height, .gap = gap, .page = PM_NO_PAGE};
    return box;
}

void pm_galley_add(struct pm_galley *galley, struct pm_box *box)
{
    if (!box)
        return;
    if (galley->last)
        galley->last->next = box;
    else
        galley->first = box;
    galley->last = box;
}

void pm_box_append(struct pm_box *box, struct pm_item *item)
{
    if (!box || !item)
        return;
    if (box->last)
        box->last->next = item;
    else
        box->first = item;
    box->last = item;
}

void pm_box_prepend(struct pm_box *box, struct pm_item *item)
{
    if (!box || !item)
        return;
    item->next = box->first;
    box->first = item;
    if (!box->last)
        box->last = item;
}

static struct pm_item *new_item(const struct pm_env *env, enum pm_item_kind kind, double x, double y, double w, double h)
{
    struct pm_item *item = pm_arena_alloc(env->arena, sizeof *item);
    if (!item)
        return NULL;
    item->kind = kind;
    item->x = x;
    item->y = y;
    item->w = w;
    item->h = h;
    return item;
}

struct pm_item *pm_box_item(const struct pm_env *env, struct pm_box *box, enum pm_item_kind kind, struct pm_tag *tag, double x, double y,
                            double w, double h)
{
    struct pm_item *item = box ? new_item(env, kind, x, y, w, h) : NULL;
    if (item)
        item->tag = tag;
    pm_box_append(box, item);
    return item;
}

struct pm_item *pm_box_rect(const struct pm_env *env, struct pm_box *box, double x, double y, double w, double h, struct pm_rgb fill)
{
    struct pm_item *item = pm_box_item(env, box, PM_ITEM_RECT, NULL, x, y, w, h);
    if (item) {
        item->has_fill = true;
        item->fill = fill;
    }
    return item;
}

struct pm_item *pm_box_line(const struct pm_env *env, struct pm_box *box, double x, double y, double w, double h, struct pm_rgb stroke,
                            double stroke_width)
{
    struct pm_item *item = pm_box_item(env, box, PM_ITEM_LINE, NULL, x, y, w, h);
    if (item) {
        item->has_stroke = true;
        item->stroke = stroke;
        item->stroke_width = stroke_width;
    }
    return item;
}

/* ---- lines of text ---- */

double pm_baseline(const struct pm_env *env, double height, double size)
{
    return (height + env->cap_height * size) / 2;
}

void pm_line_excess(const struct pm_env *env, const struct pm_line *line, double size, double *above, double *below)
{
    *above = fmax(0, line->ascent - fmax(env->ascent, 1.1) * size);
    *below = fmax(0, line->descent - fmax(env->descent, 0.3) * size);
}

/* The end of the run of fragments from `i` on that share a style. */
static size_t same_style(const struct pm_line *line, size_t i)
{
    size_t end = i + 1;
    while (end < line->count && line->fragments[end].style == line->fragments[i].style)
        end++;
    return end;
}

static double run_end(const struct pm_line *line, size_t end)
{
    return line->fragments[end - 1].x + line->fragments[end - 1].width;
}

static void text_behind(const struct pm_env *env, struct pm_box *box, const struct pm_line *line, double x, double y)
{
    for (size_t i = 0, end; i < line->count; i = end) {
        const struct pm_style *style = line->fragments[i].style;
        end = same_style(line, i);
        double left = x + line->fragments[i].x, width = x + run_end(line, end) - left;
        if (style->box == PM_BOX_CODE) {
            struct pm_item *item = pm_box_rect(env, box, left - 1, y - 0.86 * style->size, width + 2, 1.14 * style->size, style->fill);
            if (item)
                item->radius = 1.5;
        } else if (style->box == PM_BOX_LOZENGE) {
            double height = 1.5 * style->size;
            double top = y - (height + env->cap_height * style->size) / 2;
            struct pm_item *item = pm_box_rect(env, box, left, top, width, height, style->fill);
            if (item) {
                item->radius = 2.5;
                item->has_stroke = true;
                item->stroke = style->line;
                item->stroke_width = 0.4;
            }
        }
    }
}

static void text_strokes(const struct pm_env *env, struct pm_box *box, const struct pm_line *line, double x, double y)
{
    for (size_t i = 0, end; i < line->count; i = end) {
        const struct pm_style *style = line->fragments[i].style;
        end = same_style(line, i);
        double left = x + line->fragments[i].x, width = x + run_end(line, end) - left;
        if (style->underline)
            pm_box_line(env, box, left, y + 0.13 * style->size, width, 0, style->colour, 0.4);
        if (style->strike)
            pm_box_line(env, box, left, y - 0.27 * style->size, width, 0, style->colour, 0.5);
    }
}

/* One rectangle for the neighbouring fragments of a link, whatever their styles. */
static void text_links(const struct pm_env *env, struct pm_box *box, const struct pm_line *line, double x, double y)
{
    for (size_t i = 0, end; i < line->count; i = end) {
        const struct pm_style *style = line->fragments[i].style;
        end = i + 1;
        if (style->url.n == 0)
            continue;
        while (end < line->count && line->fragments[end].style->tag == style->tag)
            end++;
        double left = x + line->fragments[i].x;
        struct pm_item *item = pm_box_item(env, box, PM_ITEM_LINK, style->tag, left, y - 0.95 * style->size,
                                           x + run_end(line, end) - left, 1.2 * style->size);
        if (item)
            item->url = style->url;
    }
}

static double aligned_x(const struct pm_line *line, double x, double room, enum pm_align align)
{
    if (align == PM_ALIGN_CENTER)
        return x + fmax(0, (room - line->width) / 2);
    if ((align == PM_ALIGN_END) != line->rtl)
        return x + fmax(0, room - line->width);
    return x;
}

void pm_box_text(const struct pm_env *env, struct pm_box *box, const struct pm_line *line, double x, double y, double room,
                 enum pm_align align)
{
    if (!box || !line || line->count == 0)
        return;
    x = aligned_x(line, x, room, align);
    text_behind(env, box, line, x, y);
    for (size_t i = 0; i < line->count; i++) {
        const struct pm_fragment *fragment = &line->fragments[i];
        struct pm_item *item = pm_box_item(env, box, PM_ITEM_TEXT, fragment->style->tag, x + fragment->x, y, 0, 0);
        if (item)
            item->fragment = fragment;
    }
    text_links(env, box, line, x, y);
    text_strokes(env, box, line, x, y);
}

/* ---- frames ---- */

struct pm_frame *pm_frame_new(const struct pm_env *env, struct pm_frame *parent, double x, double w, double pad, double gap)
{
    struct pm_frame *frame = pm_arena_alloc(env->arena, sizeof *frame);
    if (!frame)
        return NULL;
    frame->parent = parent;
    frame->depth = parent ? parent->depth + 1 : 1;
    frame->x = x;
    frame->w = w;
    frame->pad_top = frame->pad_bottom = pad;
    frame->gap = gap;
    frame->sum_top = pad + (parent ? parent->sum_top : 0);
    frame->sum_bottom = pad + (parent ? parent->sum_bottom : 0);
    return frame;
}

const struct pm_frame *pm_frame_shared(const struct pm_frame *a, const struct pm_frame *b)
{
    while (a != b) {
        if (!b || (a && a->depth >= b->depth))
            a = a->parent;
        else
            b = b->parent;
    }
    return a;
}

/* The gap of the outermost frame between `frame` and `outer`, or `own` when they are the same. */
static double gap_up_to(const struct pm_frame *frame, const struct pm_frame *outer, double own)
{
    for (; frame != outer; frame = frame->parent)
        own = frame->gap;
    return own;
}

static double sum_of(double a, const struct pm_frame *outer, bool top)
{
    return a - (outer ? top ? outer->sum_top : outer->sum_bottom : 0);
}

void pm_galley_settle(struct pm_galley *galley)
{
    const struct pm_box *before = NULL;
    for (struct pm_box *box = galley->first; box; before = box, box = box->next) {
        const struct pm_frame *from = before ? before->frame : NULL;
        const struct pm_frame *shared = pm_frame_shared(from, box->frame);
        double gap = gap_up_to(box->frame, shared, box->gap);
        box->closing = from ? sum_of(from->sum_bottom, shared, false) : 0;
        box->opening = box->frame ? sum_of(box->frame->sum_top, shared, true) : 0;
        box->space = before ? fmax(gap, gap_up_to(from, shared, 0)) : 0;
    }
}

double pm_galley_height(const struct pm_galley *galley)
{
    double height = 0;
    for (const struct pm_box *box = galley->first; box; box = box->next)
        height += box->closing + box->space + box->opening + box->height;
    return height + (galley->last && galley->last->frame ? galley->last->frame->sum_bottom : 0);
}

/* In cells a frame is a strip behind each of its boxes. */
static void add_strips(const struct pm_env *env, const struct pm_frame *frame, struct pm_box *into, double top, double bottom)
{
    for (; frame; frame = frame->parent) {
        if (frame->has_fill)
            pm_box_rect(env, into, frame->x, top, frame->w, bottom - top, frame->fill);
        if (frame->bar > 0)
            pm_box_rect(env, into, frame->x, top, frame->bar, bottom - top, frame->line);
    }
}

static void move_items(struct pm_box *from, struct pm_box *into, double y)
{
    for (struct pm_item *item = from->first, *after; item; item = after) {
        after = item->next;
        item->next = NULL;
        item->y += y;
        pm_box_append(into, item);
    }
}

double pm_galley_flatten(struct pm_env *env, struct pm_galley *galley, struct pm_box *into, double y)
{
    for (struct pm_box *box = galley->first, *next; box; box = next) {
        next = box->next;
        double top = y + box->closing + box->space;
        double inner = top + box->opening;
        double below = next ? next->closing : box->frame ? box->frame->sum_bottom : 0;
        bool goes_on = next && next->frame == box->frame;
        add_strips(env, box->frame, into, top, inner + box->height + (goes_on ? next->space : below));
        move_items(box, into, inner);
        y = inner + box->height + (next ? 0 : below);
        box->next = env->spare;
        env->spare = box;
    }
    *galley = (struct pm_galley){NULL, NULL};
    return y;
}
