/* The executive page: everything on one page, whatever it takes. First type and spaces shrink, then the longest sections are cut. */
#include "render/pdf/galley.h"

#include <math.h>

#define NOTICE_GAP 3.0
#define COVER_SHARE 0.5           /* of the page, that what comes before the first section may take */
#define LEAST_LINES 2             /* of a section, below its heading */
#define TALL 40.0                 /* points: a box that is no line; left out rather than squeezed in */

struct step { double type, space; };
static const struct step steps[] = {{1, 1}, {1, 0.88}, {0.96, 0.84}, {0.92, 0.8}, {0.88, 0.76}, {0.84, 0.72}, {0.8, 0.7}, {0.8, 0.6}};
enum { STEPS = sizeof steps / sizeof *steps };

/* ---- smaller ---- */

static struct pm_tag *build_at(struct pm_env *env, struct pm_galley *galley, struct step step, bool again)
{
    struct pm_env fresh;
    pm_env_init(&fresh, env->doc, env->options);
    fresh.one_page = true;
    fresh.type = step.type;
    fresh.space = step.space;
    if (again)
        fresh.diags = NULL;   /* all has been said */
    *env = fresh;
    *galley = (struct pm_galley){NULL, NULL};
    return pm_build_galley(env, galley);
}

/* The part of the height that is left at `to`: lines get lower and fewer, spaces shrink. Rather too small, so that no step is
 * left out that would do. */
static double shrinking(const struct step *from, const struct step *to)
{
    return 0.6 * pow(to->type / from->type, 2) + 0.4 * to->space / from->space;
}

static size_t next_step(size_t step, double height, double room)
{
    size_t next = step + 1;
    while (next + 1 < STEPS && height * shrinking(&steps[step], &steps[next]) > room)
        next++;
    return next;
}

static bool is_cut_short(const struct pm_env *env)
{
    for (const struct pm_part *part = env->parts; part; part = part->next)
        if (part->cut)
            return true;
    return false;
}

/* ---- shorter ---- */

static double extent(const struct pm_box *box)
{
    return box->closing + box->space + box->opening + box->height;
}

static void measure_parts(struct pm_env *env, const struct pm_galley *galley)
{
    for (struct pm_box *box = galley->first; box; box = box->next) {
        struct pm_part *part = box->part;
        if (!part)
            continue;
        part->first = part->first ? part->first : box;
        part->height += extent(box);
    }
    env->parts->cap = COVER_SHARE * env->height;
}

static struct pm_setting notice_setting(const struct pm_env *env, struct pm_tag *tag)
{
    struct pm_setting s = pm_env_setting(env, pm_env_size(env, env->theme->size_small), tag);
    s.face = PM_FACE_ITALIC;
    s.colour = pm_env_colour(env, PM_COLOUR_MUTED);
    return s;
}

static double notice_height(const struct pm_env *env)
{
    struct pm_setting s = notice_setting(env, NULL);
    return pm_setting_leading(env, &s) + NOTICE_GAP;
}

/* A heading or a table's head that nothing follows says nothing; a line that belongs to the next one is no place to stop. */
static bool says_nothing(const struct pm_box *box)
{
    bool is_text = box->baseline > 0;
    return box->heading || (box->keep && !box->head && box->next && (is_text || box->next->head));
}

/* The last box of the part from `first` on that stays below `cap`: at least its heading and two more. */
static struct pm_box *last_below(struct pm_box *first, double cap)
{
    struct pm_box *last = first, *spoken = NULL;
    double height = 0;
    int body = 0;
    for (struct pm_box *box = first; box && box->part == first->part; box = box->next) {
        height += extent(box);
        if (height > cap && (body >= LEAST_LINES || box->height > TALL))
            break;
        last = box;
        body += !box->heading;
        if (!says_nothing(box))
            spoken = box;
    }
    return spoken ? spoken : last;
}

static bool stays_whole(const struct pm_part *part, double cap)
{
    return !part->cut && part->height <= cap;
}

/* What is left of a part when it may take `cap`, with the notice. */
static double height_below(const struct pm_env *env, const struct pm_part *part, double cap)
{
    if (!part->first || stays_whole(part, cap))
        return part->height;
    double notice = notice_height(env), height = notice;
    const struct pm_box *last = last_below(part->first, cap - notice);
    for (const struct pm_box *box = part->first; box != last->next; box = box->next)
        height += extent(box);
    return height + (last->frame ? last->frame->sum_bottom : 0);
}

/* ---- how much each may take ---- */

static double cap_of(const struct pm_part *part, double cap)
{
    return fmax(part->cap, cap);
}

static double height_of_all(const struct pm_env *env, double cap)
{
    double sum = 0;
    for (const struct pm_part *part = env->parts; part; part = part->next)
        sum += height_below(env, part, cap_of(part, cap));
    return sum;
}

/* As water finds its level: the longest are cut first, all to the same height. What boxes leave over then goes to whoever can use it. */
static void share_page(struct pm_env *env)
{
    double low = 0, high = env->height;
    for (int i = 0; i < 24; i++) {
        double cap = (low + high) / 2;
        if (height_of_all(env, cap) <= env->height)
            low = cap;
        else
            high = cap;
    }
    double left = env->height - height_of_all(env, low);
    for (struct pm_part *part = env->parts; part; part = part->next) {
        part->cap = cap_of(part, low);
        double now = height_below(env, part, part->cap), more = height_below(env, part, now + left);
        if (left <= 0 || more <= now || more > now + left)
            continue;
        part->cap = now + left;
        left -= more - now;
    }
}

/* ---- cutting ---- */

/* The element below the root that holds the last tagged item of `box`. */
static struct pm_tag *top_element(const struct pm_box *box, const struct pm_tag *root)
{
    struct pm_tag *top = NULL;
    for (const struct pm_item *item = box->first; item; item = item->next)
        if (item->tag)
            top = item->tag;
    while (top && top->parent != root)
        top = top->parent;
    return top;
}

static struct pm_box *notice(struct pm_env *env, struct pm_tag *root, struct pm_tag *after)
{
    struct pm_tag *tag = pm_env_tag(env, NULL, PM_TAG_P);
    pm_tag_insert(tag, root, after);
    struct pm_setting s = notice_setting(env, tag);
    struct pm_style style = pm_setting_style(&s);
    double leading = pm_setting_leading(env, &s);
    struct pm_line *line = pm_text_line(env->fonts, env->arena, env->diags, env->doc->words.shortened, &style, env->width);
    struct pm_box *box = pm_box_new(env, leading, NOTICE_GAP);
    pm_box_text(env, box, line, 0, pm_baseline(env, leading, s.size), env->width, PM_ALIGN_START);
    return box;
}

/* Takes the boxes of a part out that it has no room for, and puts the notice there. */
static void cut_part(struct pm_env *env, struct pm_galley *galley, struct pm_part *part, struct pm_tag *root)
{
    struct pm_box *last = last_below(part->first, part->cap - notice_height(env)), *after = last->next;
    while (after && after->part == part)
        after = after->next;
    struct pm_tag *top = NULL;
    for (struct pm_box *box = part->first; box != last->next; box = box->next) {
        struct pm_tag *found = top_element(box, root);
        top = found ? found : top;
    }
    part->cut = true;
    struct pm_box *note = notice(env, root, top ? top : root->last);
    if (!note)
        return;
    note->part = part;
    note->next = after;
    last->next = note;
    last->keep = true;
    if (!after)
        galley->last = note;
}

static void cut_parts(struct pm_env *env, struct pm_galley *galley, struct pm_tag *root)
{
    for (struct pm_part *part = env->parts; part; part = part->next)
        if (part->first && !stays_whole(part, part->cap))
            cut_part(env, galley, part, root);
    pm_galley_settle(galley);
}

/* Whatever still does not fit goes. */
static void drop_rest(struct pm_env *env, struct pm_galley *galley)
{
    if (pm_paginate(galley, env->height) == 1)
        return;
    struct pm_box *last = NULL;
    for (struct pm_box *box = galley->first; box && box->page == 0; box = box->next)
        last = box;
    for (struct pm_box *box = last ? last->next : NULL; box; box = box->next) {
        box->page = PM_NO_PAGE;
        if (box->part)
            box->part->cut = true;
    }
    if (last)
        last->next = NULL;
    galley->last = last;
}

/* ---- elements of what was cut ---- */

static void mark_used(const struct pm_galley *galley, bool used)
{
    for (const struct pm_box *box = galley->first; box; box = box->next)
        for (const struct pm_item *item = box->first; item; item = item->next)
            for (struct pm_tag *tag = item->tag; tag && (tag->object != NULL) != used; tag = tag->parent)
                tag->object = used ? tag : NULL;
}

static struct pm_tag *next_in_order(struct pm_tag *tag, const struct pm_tag *root, bool into)
{
    if (into && tag->first)
        return tag->first;
    while (tag != root && !tag->next)
        tag = tag->parent;
    return tag == root ? NULL : tag->next;
}

static void remove_child(struct pm_tag *child)
{
    struct pm_tag *parent = child->parent, *before = NULL;
    for (struct pm_tag *tag = parent->first; tag != child; tag = tag->next)
        before = tag;
    if (before)
        before->next = child->next;
    else
        parent->first = child->next;
    if (parent->last == child)
        parent->last = before;
}

/* Rows of which nothing is left: their cells would stand empty. */
static void remove_unused_rows(struct pm_tag *root)
{
    for (struct pm_tag *tag = root, *next; tag; tag = next) {
        bool unused = tag->kind == PM_TAG_TR && !tag->object;
        next = next_in_order(tag, root, !unused);
        if (unused)
            remove_child(tag);
    }
}

static void report_cut(const struct pm_env *env, struct pm_mark mark, const char *what)
{
    if (env->options->diags)
        pm_report(env->options->diags, PM_D_CUT, mark, what);
}

static void report_cuts(const struct pm_env *env)
{
    if (env->title_cut)
        report_cut(env, env->parts ? env->parts->mark : (struct pm_mark){0, 0, 0}, "the title");
    for (const struct pm_part *part = env->parts; part; part = part->next) {
        struct pm_str what = PM_LIT("the title block");
        if (part->title.n)
            what = pm_arena_format(env->arena, "the section \"%.*s\"", (int)part->title.n, part->title.p);
        if (part->cut && what.p)
            report_cut(env, part->mark, what.p);
    }
}

static void shorten(struct pm_env *env, struct pm_galley *galley, struct pm_tag *root)
{
    measure_parts(env, galley);
    share_page(env);
    cut_parts(env, galley, root);
    drop_rest(env, galley);
    mark_used(galley, true);
    remove_unused_rows(root);
    mark_used(galley, false);
}

struct pm_tag *pm_one_page(struct pm_env *env, struct pm_galley *galley)
{
    size_t step = 0;
    struct pm_tag *root = build_at(env, galley, steps[0], false);
    double height = pm_galley_height(galley);
    while (root && height > env->height && step + 1 < STEPS) {
        step = next_step(step, height, env->height);
        root = build_at(env, galley, steps[step], true);
        height = pm_galley_height(galley);
    }
    if (root && !pm_arena_failed(env->arena) && (height > env->height || is_cut_short(env)))
        shorten(env, galley, root);
    report_cuts(env);
    return root;
}
