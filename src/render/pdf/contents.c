/* The table of contents. */
#include "render/pdf/galley.h"

#include <math.h>

#define FROM_PAGES 3
#define MOST_ENTRIES 14           /* as deep as stays within these, one level at least: contents are to share a page with others */
#define NUMBER_ROOM 30.0
#define COLUMN_GAP 24.0
#define INDENT 14.0
#define MOST_LEVELS 3

/* Sections in front of the contents are not listed. */
static const struct pm_mark_box *first_mark(const struct pm_env *env)
{
    return env->toc_mark ? env->toc_mark->next : env->anchors;
}

static bool is_listed(const struct pm_mark_box *mark, int levels)
{
    return mark->anchor.level >= 1 && mark->anchor.level <= levels;
}

static size_t count_entries(const struct pm_env *env, int levels)
{
    size_t n = 0;
    for (const struct pm_mark_box *mark = first_mark(env); mark; mark = mark->next)
        n += is_listed(mark, levels);
    return n;
}

static int choose_levels(const struct pm_env *env)
{
    int levels = MOST_LEVELS;
    while (levels > 1 && count_entries(env, levels) > MOST_ENTRIES)
        levels--;
    return levels;
}

static void add_entry(struct pm_env *env, const struct pm_entry *entry)
{
    struct pm_entry *copy = pm_arena_alloc(env->arena, sizeof *copy);
    if (!copy)
        return;
    *copy = *entry;
    if (env->last_entry)
        env->last_entry->next = copy;
    else
        env->entries = copy;
    env->last_entry = copy;
}

static struct pm_setting entry_setting(const struct pm_env *env, bool bold, struct pm_tag *tag)
{
    struct pm_setting s = pm_env_setting(env, pm_env_size(env, env->theme->size_body), tag);
    s.leading = s.size * fmin(env->theme->leading, 1.3);
    if (bold)
        s.face = PM_FACE_BOLD;
    return s;
}

static struct pm_str link_to(struct pm_env *env, const struct pm_anchor *anchor)
{
    return pm_arena_format(env->arena, "#%.*s", (int)anchor->id.n, anchor->id.p ? anchor->id.p : "");
}

static void add_link(struct pm_env *env, struct pm_box *box, double x, double right, struct pm_tag *tag, struct pm_str url)
{
    struct pm_item *item = pm_box_item(env, box, PM_ITEM_LINK, tag, x, 0, right - x, box->height);
    if (item)
        item->url = url;
}

static double last_text_end(const struct pm_box *box)
{
    double end = 0;
    for (const struct pm_item *item = box->first; item; item = item->next)
        if (item->kind == PM_ITEM_TEXT)
            end = fmax(end, item->x + item->fragment->width);
    return end;
}

static struct pm_tag *entry_tag(struct pm_env *env, struct pm_tag *toc)
{
    return pm_env_tag(env, pm_env_tag(env, pm_env_tag(env, toc, PM_TAG_TOCI), PM_TAG_REFERENCE), PM_TAG_LINK);
}

/* flat: there is one level, which then need not stand out. */
static bool stands_out(const struct pm_anchor *anchor, bool flat)
{
    return anchor->level == 1 && !flat;
}

static double gap_before(const struct pm_env *env, bool bold)
{
    return pm_env_space(env, bold ? 4 : 1);
}

static void put_entry(struct pm_flow *flow, const struct pm_mark_box *mark, struct pm_tag *toc, bool flat)
{
    struct pm_env *env = flow->env;
    const struct pm_anchor *anchor = &mark->anchor;
    struct pm_tag *tag = entry_tag(env, toc);
    bool bold = stands_out(anchor, flat);
    struct pm_setting s = entry_setting(env, bold, tag);
    flow->place->x = (anchor->level - 1) * INDENT;
    flow->place->width = env->width - flow->place->x - NUMBER_ROOM;
    struct pm_box *box = pm_flow_paragraph(flow, pm_text_paragraph(env, anchor->title, &s), &s, gap_before(env, bold), false);
    if (!box)
        return;
    for (struct pm_box *line = box; line; line = line->next)
        add_link(env, line, flow->place->x, env->width, tag, link_to(env, anchor));
    struct pm_box *last = flow->galley->last;
    add_entry(env, &(struct pm_entry){.box = last, .target = mark, .tag = tag, .end = last_text_end(last), .right = env->width});
}

/* ---- two columns, where one would go over the foot of the page ---- */

struct listed { const struct pm_mark_box *mark; struct pm_tag *tag; struct pm_line *line; };

static double column_width(const struct pm_env *env)
{
    return (env->width - COLUMN_GAP) / 2;
}

/* The titles as lines with their elements; NULL where one is too long for half the page. */
static struct listed *list_entries(struct pm_env *env, struct pm_tag *toc, int levels, size_t count, bool flat)
{
    struct listed *all = pm_arena_array(env->arena, count, sizeof *all);
    size_t n = 0;
    for (const struct pm_mark_box *mark = first_mark(env); all && mark; mark = mark->next) {
        if (!is_listed(mark, levels))
            continue;
        struct listed *l = &all[n++];
        l->mark = mark;
        l->tag = toc ? entry_tag(env, toc) : NULL;
        struct pm_setting s = entry_setting(env, stands_out(&mark->anchor, flat), l->tag);
        struct pm_style style = pm_setting_style(&s);
        l->line = pm_text_line(env->fonts, env->arena, toc ? env->diags : NULL, mark->anchor.title, &style, 0);
        if (!l->line || (mark->anchor.level - 1) * INDENT + l->line->width + NUMBER_ROOM > column_width(env))
            return NULL;
    }
    return all;
}

static void put_listed(struct pm_env *env, struct pm_box *box, const struct listed *l, double x)
{
    const struct pm_anchor *anchor = &l->mark->anchor;
    double left = x + (anchor->level - 1) * INDENT, right = x + column_width(env);
    pm_box_text(env, box, l->line, left, box->baseline, l->line->width, PM_ALIGN_START);
    add_link(env, box, left, right, l->tag, link_to(env, anchor));
    add_entry(env, &(struct pm_entry){.box = box, .target = l->mark, .tag = l->tag, .end = left + l->line->width, .right = right});
}

static void put_two_columns(struct pm_flow *flow, const struct listed *all, size_t count)
{
    struct pm_env *env = flow->env;
    struct pm_setting s = entry_setting(env, false, NULL);
    size_t rows = (count + 1) / 2;
    for (size_t i = 0; i < rows; i++) {
        struct pm_box *box = pm_flow_box(flow, s.leading, gap_before(env, false), pm_baseline(env, s.leading, s.size));
        if (!box)
            return;
        put_listed(env, box, &all[i], 0);
        if (rows + i < count)
            put_listed(env, box, &all[rows + i], column_width(env) + COLUMN_GAP);
        box->keep = i + 1 < rows;
    }
}

/* One column would go over the foot of the page, two do not. */
static bool wants_two_columns(const struct pm_env *env, size_t count)
{
    const struct pm_box *behind = env->toc_behind;
    struct pm_setting s = entry_setting(env, false, NULL);
    double room = behind && behind->page != PM_NO_PAGE ? env->height - behind->y - behind->height : env->height;
    double title = pm_env_space(env, 25) + 1.3 * pm_env_size(env, env->theme->size_h2), line = s.leading + gap_before(env, false);
    return title + line * (double)count > room && title + line * (double)((count + 1) / 2) <= room;
}

static void put_title(struct pm_flow *flow, struct pm_tag *tag)
{
    struct pm_env *env = flow->env;
    struct pm_setting s = pm_env_setting(env, pm_env_size(env, env->theme->size_h2), tag);
    s.face = PM_FACE_BOLD;
    s.leading = s.size * 1.3;
    pm_flow_paragraph(flow, pm_text_paragraph(env, env->doc->words.contents, &s), &s, pm_env_space(env, 22), true);
    if (flow->galley->last)
        flow->galley->last->height += pm_env_space(env, 3);
}

static bool is_first_of(const struct pm_entry *above, const struct pm_entry *entry)
{
    return entry->target->anchor.level > above->target->anchor.level;
}

/* An entry stays with the first below it; two at least stand on each page. */
static void keep_entries(struct pm_env *env)
{
    for (struct pm_entry *entry = env->entries; entry && entry->next; entry = entry->next)
        entry->box->keep = entry == env->entries || !entry->next->next || is_first_of(entry, entry->next);
}

static void put_entries(struct pm_flow *flow, struct pm_tag *toc, int levels)
{
    struct pm_env *env = flow->env;
    size_t count = count_entries(env, levels);
    bool flat = count_entries(env, 1) == count;
    if (wants_two_columns(env, count) && list_entries(env, NULL, levels, count, flat)) {
        const struct listed *all = list_entries(env, toc, levels, count, flat);
        if (all)
            put_two_columns(flow, all, count);
        return;
    }
    for (const struct pm_mark_box *mark = first_mark(env); mark; mark = mark->next)
        if (is_listed(mark, levels))
            put_entry(flow, mark, toc, flat);
    keep_entries(env);
}

static void splice(struct pm_env *env, struct pm_galley *galley, const struct pm_galley *contents)
{
    if (!contents->first)
        return;
    struct pm_box *behind = env->toc_behind;
    contents->last->next = behind ? behind->next : galley->first;
    if (behind)
        behind->next = contents->first;
    else
        galley->first = contents->first;
    if (galley->last == behind)
        galley->last = contents->last;
    if (contents->last->next && contents->last->next->break_before && behind)
        contents->first->break_before = false;
}

bool pm_contents_add(struct pm_env *env, struct pm_galley *galley, size_t pages)
{
    int levels = choose_levels(env);
    if (!env->has_toc || pages < FROM_PAGES || count_entries(env, levels) == 0)
        return false;
    bool has_title = env->anchors && env->anchors->anchor.level == 0 && env->anchors->anchor.tag;
    struct pm_tag *heading = pm_env_tag(env, NULL, has_title ? PM_TAG_H2 : PM_TAG_H1);
    struct pm_tag *toc = pm_env_tag(env, NULL, PM_TAG_TOC);
    pm_tag_insert(heading, env->toc_parent, env->toc_after);
    pm_tag_insert(toc, env->toc_parent, heading);
    struct pm_galley contents = {NULL, NULL};
    struct pm_place place = {.kind = PM_TOC, .width = env->width, .tag = toc, .first = true};
    place.size = pm_env_size(env, env->theme->size_body);
    struct pm_flow flow = {.env = env, .galley = &contents, .place = &place};
    put_title(&flow, heading);
    put_entries(&flow, toc, levels);
    splice(env, galley, &contents);
    return true;
}

static void number_entry(struct pm_env *env, const struct pm_entry *entry)
{
    size_t page = entry->target->box ? entry->target->box->page : 0;
    struct pm_setting s = entry_setting(env, false, entry->tag);
    struct pm_style style = pm_setting_style(&s);
    style.tabular = true;
    struct pm_str number = pm_arena_format(env->arena, "%zu", env->options->first_page + page + 1);
    const struct pm_line *line = pm_text_line(env->fonts, env->arena, env->diags, number, &style, 0);
    if (!line)
        return;
    double left = entry->right - line->width, start = entry->end + 6;
    pm_box_text(env, entry->box, line, left, entry->box->baseline, line->width, PM_ALIGN_START);
    if (left - 6 <= start)
        return;
    struct pm_rgb colour = pm_env_colour(env, PM_COLOUR_LINE);
    struct pm_item *leader = pm_box_line(env, entry->box, start, entry->box->baseline, left - 6 - start, 0, colour, 0.7);
    if (leader)
        leader->dashed = true;
}

void pm_contents_number(struct pm_env *env)
{
    for (const struct pm_entry *entry = env->entries; entry; entry = entry->next)
        number_entry(env, entry);
}
