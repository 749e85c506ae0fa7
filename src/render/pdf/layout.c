#include "render/pdf/galley.h"

#include <math.h>

#define LEAST_AREA 72.0           /* points: margins that leave less are not honoured */

void pm_env_init(struct pm_env *env, const struct pm_document *doc, const struct pm_layout_options *options)
{
    const struct pm_theme *theme = options->theme;
    const struct pm_font *font = pm_font_face(options->fonts, PM_FACE_REGULAR);
    *env = (struct pm_env){.doc = doc, .options = options, .theme = theme, .fonts = options->fonts, .arena = options->arena, .type = 1};
    env->diags = options->diags;
    env->space = 1;
    env->width = fmax(theme->paper_width - theme->margin_left - theme->margin_right, LEAST_AREA);
    env->height = fmax(theme->paper_height - theme->margin_top - theme->margin_bottom, LEAST_AREA);
    env->cap_height = font && font->cap_height > 0 ? font->cap_height : 0.7;
    env->ascent = font ? font->ascent : 1;
    env->descent = font ? font->descent : 0.3;
}

struct pm_tag *pm_build_galley(struct pm_env *env, struct pm_galley *galley)
{
    struct pm_tag *root = pm_env_tag(env, NULL, PM_TAG_SECT);
    struct pm_place place = {.kind = PM_DOCUMENT, .width = env->width, .size = pm_env_size(env, env->theme->size_body),
                             .colour = pm_env_colour(env, PM_COLOUR_TEXT), .tag = root, .first = true};
    place.gap = place.lead = pm_env_space(env, 6);
    struct pm_flow flow = {.env = env, .galley = galley, .place = &place};
    env->heading = env->options->heading_base - 1;
    if (env->doc->root)
        pm_flow_blocks(&flow, env->doc->root);
    pm_galley_settle(galley);
    return root;
}

static void adopt(struct pm_tag *parent, struct pm_tag *root)
{
    struct pm_tag *child = root ? root->first : NULL;
    for (struct pm_tag *next; child; child = next) {
        next = child->next;
        pm_tag_insert(child, parent, parent ? parent->last : NULL);
    }
}

static void collect_anchors(struct pm_env *env, struct pm_layout *out)
{
    bool titled = env->anchors && env->anchors->anchor.level == 0;
    out->anchors = pm_arena_array(env->arena, env->anchor_count + 1, sizeof *out->anchors);
    if (!out->anchors)
        return;
    if (!titled)
        out->anchors[out->anchor_count++] = (struct pm_anchor){.id = env->doc->id, .title = env->doc->title, .y = env->theme->margin_top};
    for (const struct pm_mark_box *mark = env->anchors; mark; mark = mark->next) {
        if (!mark->box || mark->box->page == PM_NO_PAGE)
            continue;
        struct pm_anchor *anchor = &out->anchors[out->anchor_count++];
        *anchor = mark->anchor;
        anchor->page = mark->box->page;
        anchor->y = env->theme->margin_top + mark->box->y;
    }
}

/* The document's arena takes the plain text of its headings. */
static bool has_failed(const struct pm_env *env)
{
    return pm_arena_failed(env->arena) || pm_arena_failed(env->options->tag_arena) || pm_arena_failed(env->doc->arena);
}

static size_t paginate_with_contents(struct pm_env *env, struct pm_galley *galley)
{
    size_t pages = pm_paginate(galley, env->height);
    if (!pm_contents_add(env, galley, pages))
        return pages;
    pm_galley_settle(galley);
    pages = pm_paginate(galley, env->height);
    pm_contents_number(env);
    return pages;
}

enum pm_status pm_layout(const struct pm_document *doc, const struct pm_layout_options *options, struct pm_layout *out)
{
    *out = (struct pm_layout){0};
    struct pm_env env;
    pm_env_init(&env, doc, options);
    env.one_page = doc->max_pages == 1;
    struct pm_galley galley = {NULL, NULL};
    struct pm_tag *root = env.one_page ? pm_one_page(&env, &galley) : pm_build_galley(&env, &galley);
    if (has_failed(&env))
        return PM_NOMEM;
    out->page_count = paginate_with_contents(&env, &galley);
    out->pages = pm_arena_array(env.arena, out->page_count, sizeof *out->pages);
    if (!out->pages)
        return PM_NOMEM;
    pm_place_items(&env, &galley, out);
    collect_anchors(&env, out);
    adopt(options->tag, root);
    return has_failed(&env) ? PM_NOMEM : PM_OK;
}
