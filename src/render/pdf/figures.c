/* Figures: the shapes of a scene as items of one box. */
#include "render/pdf/galley.h"

#include <math.h>

#define CAPTION_ROOM 60.0
#define SPACE_BELOW 4.0

struct figure {
    struct pm_env *env;
    struct pm_box *box;
    struct pm_tag *tag;
    double x, scale;
};

static void put_label(const struct figure *f, const struct pm_shape *shape)
{
    struct pm_env *env = f->env;
    struct pm_style style = {.face = shape->bold ? PM_FACE_BOLD : PM_FACE_REGULAR, .size = shape->size * f->scale, .tabular = true,
                             .colour = pm_env_colour(env, shape->fill), .tag = f->tag};
    struct pm_line *line = pm_text_line(env->fonts, env->arena, env->diags, shape->text, &style, shape->w * f->scale);
    if (!line)
        return;
    double x = f->x + shape->x * f->scale;
    x -= shape->align == PM_ALIGN_CENTER ? line->width / 2 : shape->align == PM_ALIGN_END ? line->width : 0;
    pm_box_text(env, f->box, line, x, shape->y * f->scale, line->width, PM_ALIGN_START);
}

static void put_shape(const struct figure *f, const struct pm_shape *shape)
{
    static const enum pm_item_kind kinds[] = {[PM_RECT] = PM_ITEM_RECT, [PM_LINE] = PM_ITEM_LINE, [PM_CIRCLE] = PM_ITEM_CIRCLE,
                                              [PM_DIAMOND] = PM_ITEM_DIAMOND};
    if (shape->kind == PM_LABEL) {
        put_label(f, shape);
        return;
    }
    double k = f->scale;
    double x = f->x + shape->x * k, y = shape->y * k;
    struct pm_item *item = pm_box_item(f->env, f->box, kinds[shape->kind], f->tag, x, y, shape->w * k, shape->h * k);
    if (!item)
        return;
    item->radius = shape->radius * k;
    item->stroke_width = shape->stroke_width * k;
    item->dashed = shape->dashed;
    item->has_fill = shape->fill != PM_COLOUR_NONE;
    item->fill = pm_env_colour(f->env, shape->fill);
    item->has_stroke = shape->stroke != PM_COLOUR_NONE;
    item->stroke = pm_env_colour(f->env, shape->stroke);
}

static void put_caption(struct pm_flow *flow, const struct pm_node *node)
{
    struct pm_env *env = flow->env;
    struct pm_setting s = pm_env_setting(env, pm_env_size(env, env->theme->size_small), pm_env_tag(env, flow->place->tag, PM_TAG_CAPTION));
    s.colour = pm_env_colour(env, PM_COLOUR_MUTED);
    s.mark = node->mark;
    pm_flow_paragraph(flow, pm_inlines(env, node, &s, (struct pm_str){NULL, 0}), &s, pm_env_space(env, 4), false);
}

void pm_flow_figure(struct pm_flow *flow, const struct pm_node *node)
{
    struct pm_env *env = flow->env;
    const struct pm_scene *scene = node->as.figure.scene;
    if (!scene || scene->count == 0 || !(scene->width > 0) || !(scene->height > 0))
        return;
    struct figure f = {.env = env, .x = flow->place->x};
    f.scale = fmin(1, fmin(flow->place->width / scene->width, fmax(env->height - CAPTION_ROOM, 20) / scene->height));
    f.tag = pm_env_tag(env, flow->place->tag, PM_TAG_FIGURE);
    if (f.tag)
        f.tag->alt = pm_arena_str(env->options->tag_arena, node->text.n ? node->text : env->doc->title);
    double gap = fmax(pm_place_gap(flow->place), pm_env_space(env, 10));
    f.box = pm_flow_box(flow, scene->height * f.scale + SPACE_BELOW, gap, 0);
    if (!f.box)
        return;
    for (size_t i = 0; i < scene->count; i++)
        put_shape(&f, &scene->shapes[i]);
    if (!node->first)
        return;
    f.box->keep = true;
    put_caption(flow, node);
}
