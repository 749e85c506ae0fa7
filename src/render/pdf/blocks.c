/* The flow of blocks: paragraphs, headings, lists, panels, quotes and rules. */
#include "render/pdf/galley.h"

#include "base/buf.h"
#include "document/iterator.h"

#include <math.h>

#define INDENT 14.0               /* of a list, points */
#define LEAST_WIDTH 120.0         /* nesting stops indenting here */
#define TASK_BOX 8.0
#define CELL_LEADING 1.35
#define MINOR_SIZE 0.93           /* of the text around it */
#define MINOR_GAP 1.0

/* ---- boxes in a flow ---- */

static double task_size(const struct pm_place *place)
{
    return fmin(TASK_BOX, place->size * 0.85);
}

static void put_task_box(struct pm_flow *flow, struct pm_box *box, const struct pm_label *label, double x, double baseline)
{
    struct pm_env *env = flow->env;
    double size = task_size(flow->place);
    double top = baseline - (env->cap_height * flow->place->size + size) / 2;
    struct pm_item *frame = pm_box_item(env, box, PM_ITEM_RECT, label->tag, x, top, size, size);
    if (frame) {
        frame->radius = 1.5;
        frame->has_stroke = true;
        frame->stroke = pm_env_colour(env, label->done ? PM_COLOUR_DONE : PM_COLOUR_MUTED);
        frame->stroke_width = 0.8;
    }
    struct pm_item *check = label->done ? pm_box_item(env, box, PM_ITEM_CHECK, label->tag, x, top, size, size) : NULL;
    if (check) {
        check->has_stroke = true;
        check->stroke = pm_env_colour(env, PM_COLOUR_DONE);
        check->stroke_width = 1.2;
    }
}

/* From right to left a list is its own mirror image. */
static double mirrored(const struct pm_flow *flow, const struct pm_place *place, double x, double width)
{
    return flow->rtl ? place->list_x + (place->x + place->width) - x - width : x;
}

/* Labels of all items that begin at this box, outermost first. */
static void put_labels(struct pm_flow *flow, struct pm_place *place, struct pm_box *box, double baseline)
{
    if (!place || !place->first)
        return;
    put_labels(flow, place->outer, box, baseline);
    place->first = false;
    struct pm_label *label = &place->label;
    if (!label->pending)
        return;
    label->pending = false;
    double width = label->line ? label->line->width : task_size(place);
    double x = mirrored(flow, place, label->line ? label->x - width : label->x, width);
    if (label->line)
        pm_box_text(flow->env, box, label->line, x, baseline, width, PM_ALIGN_START);
    else
        put_task_box(flow, box, label, x, baseline);
}

struct pm_box *pm_flow_box(struct pm_flow *flow, double height, double gap, double baseline)
{
    struct pm_env *env = flow->env;
    struct pm_box *box = pm_box_new(env, height, gap);
    if (!box)
        return NULL;
    box->frame = flow->place->frame;
    box->baseline = baseline;
    if (!flow->in_cell) {
        box->part = env->last_part;
        env->built += height + gap;
        env->part_built += height + gap;
    }
    double size = flow->place->size;
    put_labels(flow, flow->place, box, baseline > 0 ? baseline : pm_baseline(env, size * env->theme->leading, size));
    pm_galley_add(flow->galley, box);
    return box;
}

static bool is_item(const struct pm_place *place)
{
    return place->kind == PM_ITEM || place->kind == PM_TASK;
}

/* No single line of a paragraph stands alone at the foot or the head of a page. */
bool pm_stays_with_next(size_t i, size_t count)
{
    return i + 1 < count && (i == 0 || i + 2 == count);
}

struct pm_box *pm_flow_paragraph(struct pm_flow *flow, struct pm_paragraph *p, const struct pm_setting *s, double gap, bool keep)
{
    struct pm_env *env = flow->env;
    struct pm_line *lines = NULL;
    size_t count = p ? pm_paragraph_lines(p, flow->place->width, &lines) : 0;
    double leading = pm_setting_leading(env, s);
    struct pm_box *first = NULL;
    flow->rtl = count > 0 && lines[0].rtl && is_item(flow->place);
    double x = mirrored(flow, flow->place, flow->place->x, flow->place->width);
    for (size_t i = 0; i < count; i++) {
        double above, below;
        pm_line_excess(env, &lines[i], s->size, &above, &below);
        double baseline = above + pm_baseline(env, leading, s->size);
        struct pm_box *box = pm_flow_box(flow, leading + above + below, i == 0 ? gap : 0, baseline);
        if (!box)
            break;
        box->keep = pm_stays_with_next(i, count) || keep;
        pm_box_text(env, box, &lines[i], x, baseline, flow->place->width, s->align);
        first = first ? first : box;
    }
    flow->rtl = false;
    return first;
}

double pm_place_gap(const struct pm_place *place)
{
    return place->first ? place->lead : place->gap;
}

static struct pm_setting setting_here(struct pm_flow *flow, enum pm_tag_kind kind, struct pm_mark mark)
{
    struct pm_setting s = pm_env_setting(flow->env, flow->place->size, pm_env_tag(flow->env, flow->place->tag, kind));
    s.colour = flow->place->colour;
    s.mark = mark;
    if (flow->in_cell)
        s.leading = s.size * fmin(flow->env->theme->leading, CELL_LEADING);
    return s;
}

/* Details stand back: smaller and muted. */
static struct pm_setting minor_setting(struct pm_flow *flow, struct pm_mark mark)
{
    struct pm_env *env = flow->env;
    struct pm_setting s = setting_here(flow, PM_TAG_P, mark);
    s.size = fmax(fmin(s.size * MINOR_SIZE, pm_env_size(env, env->theme->size_small)), fmin(s.size, 8));
    s.leading = s.size * fmin(env->theme->leading, CELL_LEADING);
    s.colour = pm_env_colour(env, PM_COLOUR_MUTED);
    return s;
}

static bool is_minor(const struct pm_node *node)
{
    return node && node->kind == PM_PARAGRAPH && node->as.paragraph.minor;
}

/* A paragraph that is strong throughout, ends in a colon, or is a remark above a table, belongs to what follows. */
static bool is_lead_in(const struct pm_node *node)
{
    if (!node->next || !node->last)
        return false;
    if (is_minor(node) && node->next->kind == PM_TABLE)
        return true;
    if (node->first->kind == PM_STRONG && node->first == node->last)
        return true;
    const struct pm_node *last = node->last;
    while (last->last)
        last = last->last;
    return last->text.n > 0 && last->text.p[last->text.n - 1] == ':';
}

static void paragraph(struct pm_flow *flow, const struct pm_node *node)
{
    struct pm_env *env = flow->env;
    bool minor = is_minor(node), leads_item = flow->place->label.pending && node->next && node->next->kind == PM_PARAGRAPH;
    struct pm_setting s = minor ? minor_setting(flow, node->mark) : setting_here(flow, PM_TAG_P, node->mark);
    double gap = pm_place_gap(flow->place);
    if (minor && node->prev && node->prev->kind == PM_PARAGRAPH)
        gap = fmin(gap, pm_env_space(env, MINOR_GAP));
    pm_flow_paragraph(flow, pm_inlines(env, node, &s, (struct pm_str){NULL, 0}), &s, gap, false);
    if ((leads_item || is_lead_in(node) || is_minor(node->next)) && flow->galley->last)
        flow->galley->last->keep = true;
}

/* ---- headings ---- */

struct heading_look { double size, before, after; enum pm_colour colour; bool rule; };

static struct heading_look look_of(const struct pm_env *env, int level)
{
    const struct pm_theme *theme = env->theme;
    const struct heading_look looks[] = {
        {theme->size_h1, 22, 5, PM_COLOUR_ACCENT, true},
        {theme->size_h2, 15, 0.5, PM_COLOUR_TEXT, false},
        {theme->size_h3, 11, 0, PM_COLOUR_TEXT, false},
        {theme->size_body, 11, 0, PM_COLOUR_MUTED, false},
    };
    struct heading_look look = looks[level < 1 ? 0 : level > 4 ? 3 : level - 1];
    look.size = pm_env_size(env, look.size);
    look.before = pm_env_space(env, look.before);
    look.after = pm_env_space(env, look.after);
    return look;
}

/* Levels never skip: at most one deeper than the heading before. */
enum pm_tag_kind pm_env_heading(struct pm_env *env, int level)
{
    int most = env->heading + 1;
    level += env->options->heading_base - (env->has_title ? 0 : 1);
    level = level > most ? most : level;
    env->heading = level > 6 ? 6 : level < 1 ? 1 : level;
    return (enum pm_tag_kind)(PM_TAG_H1 + env->heading - 1);
}

void pm_env_anchor(struct pm_env *env, struct pm_str id, struct pm_str title, int level, struct pm_tag *tag, struct pm_box *box)
{
    struct pm_mark_box *mark = pm_arena_alloc(env->arena, sizeof *mark);
    if (!mark)
        return;
    mark->anchor = (struct pm_anchor){.id = id, .title = title, .level = level, .tag = tag};
    mark->box = box;
    if (env->last_anchor)
        env->last_anchor->next = mark;
    else
        env->anchors = mark;
    env->last_anchor = mark;
    env->anchor_count++;
}

/* "2.1" and a space, when the section is numbered. */
static struct pm_str section_number(struct pm_env *env, const struct pm_node *section)
{
    int level = section ? section->as.section.level : 0;
    if (level < 1 || level > 5 || !section->as.section.numbered)
        return (struct pm_str){NULL, 0};
    env->numbers[level]++;
    for (int deeper = level + 1; deeper <= 5; deeper++)
        env->numbers[deeper] = 0;
    struct pm_str s = {"", 0};
    for (int l = 1; l <= level; l++)
        if (env->numbers[l] || l == level)
            s = pm_arena_format(env->arena, "%.*s%s%u", (int)s.n, s.p, s.n ? "." : "", env->numbers[l]);
    return pm_arena_format(env->arena, "%.*s\342\200\202", (int)s.n, s.p);
}

static void heading(struct pm_flow *flow, const struct pm_node *node)
{
    struct pm_env *env = flow->env;
    const struct pm_node *section = node->parent && node->parent->kind == PM_SECTION ? node->parent : NULL;
    int level = section ? section->as.section.level : 1;
    struct heading_look look = look_of(env, level);
    struct pm_setting s = pm_env_setting(env, look.size, pm_env_tag(env, flow->place->tag, pm_env_heading(env, level)));
    s.face = PM_FACE_BOLD;
    s.colour = pm_env_colour(env, look.colour);
    s.leading = look.size * fmin(env->theme->leading, 1.25);
    s.mark = node->mark;
    struct pm_box *box = pm_flow_paragraph(flow, pm_inlines(env, node, &s, section_number(env, section)), &s, look.before, true);
    if (!box)
        return;
    for (struct pm_box *b = box; b; b = b->next)
        b->heading = true;
    if (look.rule) {
        double y = flow->galley->last->height + pm_env_space(env, 2.5);
        pm_box_line(env, flow->galley->last, flow->place->x, y, flow->place->width, 0, pm_env_colour(env, PM_COLOUR_LINE), 0.6);
    }
    flow->galley->last->height += look.after;
    if (section && !flow->in_cell)
        pm_env_anchor(env, section->as.section.id, pm_node_plain((struct pm_document *)env->doc, node), level, s.tag, box);
}

/* ---- containers ---- */

struct pm_place *pm_place_open(struct pm_flow *flow, const struct pm_node *node)
{
    struct pm_place *place = pm_arena_alloc(flow->env->arena, sizeof *place);
    if (!place)
        return NULL;
    *place = *flow->place;
    place->outer = flow->place;
    place->node = node;
    place->kind = node->kind;
    place->lead = place->gap;
    place->label = (struct pm_label){0};
    place->first = true;
    flow->place = place;
    return place;
}

/* Moves the left edge by `by`, as far as enough width remains. */
double pm_place_indent(struct pm_place *place, double by)
{
    by = fmax(0, fmin(by, place->width - LEAST_WIDTH));
    place->x += by;
    place->width -= by;
    return by;
}

static double figures_width(const struct pm_node *list, double size)
{
    long last = list->as.list.start;
    for (const struct pm_node *item = list->first; item; item = item->next)
        last++;
    int digits = 1;
    for (; last >= 10; last /= 10)
        digits++;
    return (digits + 0.5) * 0.58 * size;
}

static void open_list(struct pm_flow *flow, const struct pm_node *node)
{
    struct pm_place *place = pm_place_open(flow, node);
    if (!place)
        return;
    place->tag = pm_env_tag(flow->env, place->tag, PM_TAG_L);
    if (place->tag)
        place->tag->ordered = node->as.list.ordered;
    place->ordered = node->as.list.ordered;
    place->tight = node->as.list.tight;
    place->number = node->as.list.start;
    if (place->depth++ == 0 || !is_item(place->outer))
        place->list_x = place->x;
    place->label_room = fmax(INDENT, place->ordered ? figures_width(node, place->size) + 6 : 0);
    place->label_room = pm_place_indent(place, place->label_room);
}

static struct pm_line *list_label(struct pm_flow *flow, struct pm_place *list, struct pm_tag *tag)
{
    static const char *const bullets[] = {"\342\200\242", "\342\200\223", "\302\267"};
    struct pm_env *env = flow->env;
    struct pm_style style = {.face = PM_FACE_REGULAR, .size = list->size, .tabular = true, .tag = tag};
    style.colour = pm_env_colour(env, list->ordered ? PM_COLOUR_TEXT : PM_COLOUR_MUTED);
    int level = list->depth < 3 ? list->depth : 3;
    struct pm_str text = list->ordered ? pm_arena_format(env->arena, "%ld.", list->number) : pm_str(bullets[level > 0 ? level - 1 : 0]);
    return pm_text_line(env->fonts, env->arena, env->diags, text, &style, 0);
}

static void open_item(struct pm_flow *flow, const struct pm_node *node)
{
    struct pm_place *list = flow->place;
    struct pm_place *place = pm_place_open(flow, node);
    if (!place)
        return;
    struct pm_env *env = flow->env;
    struct pm_tag *item = pm_env_tag(env, list->tag, PM_TAG_LI);
    place->label.tag = pm_env_tag(env, item, PM_TAG_LBL);
    place->tag = pm_env_tag(env, item, PM_TAG_LBODY);
    place->label.pending = true;
    if (node->kind == PM_TASK) {
        place->label.done = node->as.task.done;
        place->label.tag = pm_env_tag(env, place->label.tag, PM_TAG_FIGURE);
        if (place->label.tag)
            place->label.tag->alt = pm_arena_str(env->options->tag_arena, node->as.task.done ? env->doc->words.done : env->doc->words.open);
        place->label.x = place->x - list->label_room + 0.5;
    } else {
        place->label.line = list_label(flow, list, place->label.tag);
        place->label.pending = place->label.line != NULL;
        place->label.x = place->x - fmin(5, list->label_room / 2);
    }
    list->number++;
    double between = pm_env_space(env, list->tight ? 2 : 7);
    place->lead = node->prev || (list->depth > 1 && list->tight) ? between : list->gap;
    place->gap = pm_env_space(env, list->tight ? 2 : 3);
}

/* A panel without a heading says in a word what others see by its colour. */
static struct pm_str panel_title(const struct pm_env *env, const struct pm_node *panel)
{
    const struct pm_words *words = &env->doc->words;
    if (panel->text.n)
        return panel->text;
    switch (panel->as.tone.tone) {
    case PM_TONE_INFO: return words->info;
    case PM_TONE_SUCCESS: return words->success;
    case PM_TONE_WARNING:
    case PM_TONE_DANGER: return words->warning;
    case PM_TONE_NOTE: return words->note;
    default: return (struct pm_str){NULL, 0};
    }
}

static void open_panel(struct pm_flow *flow, const struct pm_node *node)
{
    struct pm_place *place = pm_place_open(flow, node);
    if (!place)
        return;
    struct pm_env *env = flow->env;
    const struct pm_tone_colours *colours = &env->theme->tones[node->as.tone.tone];
    place->frame = pm_frame_new(env, place->frame, place->x, place->width, pm_env_space(env, 8), pm_env_space(env, 10));
    if (!place->frame)
        return;
    place->frame->has_fill = true;
    place->frame->fill = colours->fill;
    place->frame->line = colours->line;
    place->frame->radius = 3;
    place->frame->bar = 3;
    place->tag = pm_env_tag(env, place->tag, PM_TAG_DIV);
    pm_place_indent(place, 13);
    place->width = fmax(place->width - 10, 20);
    struct pm_str title = panel_title(env, node);
    if (title.n == 0)
        return;
    struct pm_setting s = setting_here(flow, PM_TAG_P, node->mark);
    s.face = PM_FACE_BOLD;
    s.colour = colours->text;
    pm_flow_paragraph(flow, pm_text_paragraph(env, title, &s), &s, 0, true);
    place->gap = pm_env_space(env, 4);
}

static void open_quote(struct pm_flow *flow, const struct pm_node *node)
{
    struct pm_place *place = pm_place_open(flow, node);
    if (!place)
        return;
    struct pm_env *env = flow->env;
    struct pm_frame *frame = pm_frame_new(env, place->frame, place->x, place->width, pm_env_space(env, 1), pm_env_space(env, 8));
    if (!frame)
        return;
    frame->bar = 2;
    frame->line = pm_env_colour(env, PM_COLOUR_LINE);
    place->frame = frame;
    place->tag = pm_env_tag(env, place->tag, PM_TAG_BLOCKQUOTE);
    place->colour = pm_env_colour(env, PM_COLOUR_MUTED);
    pm_place_indent(place, 12);
}

/* Whose task it is and when it is due, as a line of details. */
static void add_task_details(struct pm_flow *flow, const struct pm_node *task)
{
    struct pm_env *env = flow->env;
    struct pm_str text = task->as.task.assignee;
    if (task->as.task.has_due) {
        struct pm_buf date;
        pm_buf_init(&date, 64);
        pm_date_iso(&date, task->as.task.due);
        if (date.status == PM_NOMEM)
            env->arena->failed = true;
        text = pm_arena_format(env->arena, "%.*s%s%s", (int)text.n, text.n ? text.p : "", text.n ? " \302\267 " : "", date.data);
        pm_buf_free(&date);
    }
    if (text.n == 0)
        return;
    struct pm_setting s = minor_setting(flow, task->mark);
    pm_flow_paragraph(flow, pm_text_paragraph(env, text, &s), &s, pm_env_space(env, MINOR_GAP), false);
}

/* An item without any text still has its label; a place that nothing was added to leaves no trace. */
static void close_place(struct pm_flow *flow)
{
    struct pm_place *place = flow->place;
    if (place->kind == PM_TASK)
        add_task_details(flow, place->node);
    if (is_item(place) && place->label.pending) {
        double leading = place->size * flow->env->theme->leading;
        pm_flow_box(flow, leading, place->lead, pm_baseline(flow->env, leading, place->size));
    }
    flow->place = place->outer;
}

/* ---- the walk ---- */

static void rule(struct pm_flow *flow)
{
    double height = pm_env_space(flow->env, 8);
    struct pm_box *box = pm_flow_box(flow, height, pm_env_space(flow->env, 6), 0);
    pm_box_line(flow->env, box, flow->place->x, height / 2, flow->place->width, 0, pm_env_colour(flow->env, PM_COLOUR_LINE), 0.6);
}

static void begin_part(struct pm_env *env, const struct pm_node *section)
{
    struct pm_part *part = pm_arena_alloc(env->arena, sizeof *part);
    if (!part)
        return;
    if (section) {
        part->mark = section->mark;
        if (section->first && section->first->kind == PM_HEADING)
            part->title = pm_node_plain((struct pm_document *)env->doc, section->first);
    }
    if (env->last_part)
        env->last_part->next = part;
    else
        env->parts = part;
    env->last_part = part;
    env->part_built = 0;
}

/* One-page mode shows nothing of what comes after several pages; it need not be built. */
static bool is_beyond(struct pm_flow *flow)
{
    struct pm_env *env = flow->env;
    if (!env->one_page || flow->in_cell || (env->part_built < 1.5 * env->height && env->built < 12 * env->height))
        return false;
    pm_env_cut(env);
    return true;
}

static void note_toc(struct pm_flow *flow)
{
    struct pm_env *env = flow->env;
    env->has_toc = !flow->in_cell && !env->one_page;
    env->toc_behind = flow->galley->last;
    env->toc_mark = env->last_anchor;
    env->toc_parent = flow->place->tag;
    env->toc_after = flow->place->tag ? flow->place->tag->last : NULL;
}

/* Blocks that are shown whole; the rest are containers. */
static bool leaf(struct pm_flow *flow, const struct pm_node *node, bool *page_break)
{
    switch (node->kind) {
    case PM_TITLE: pm_flow_title(flow, node); return true;
    case PM_BADGES: pm_flow_badges(flow, node); return true;
    case PM_METRICS: pm_flow_metrics(flow, node); return true;
    case PM_FACTS: pm_flow_facts(flow, node, flow->place->kind == PM_COVER); return true;
    case PM_TOC: note_toc(flow); return true;
    case PM_HEADING: heading(flow, node); return true;
    case PM_PARAGRAPH: paragraph(flow, node); return true;
    case PM_TABLE: pm_flow_table(flow, node); return true;
    case PM_CODE_BLOCK: pm_flow_code(flow, node); return true;
    case PM_RULE: rule(flow); return true;
    case PM_FIGURE: pm_flow_figure(flow, node); return true;
    case PM_PAGE_BREAK: *page_break = !flow->env->one_page; return true;
    default: return false;
    }
}

static void enter(struct pm_flow *flow, const struct pm_node *node)
{
    switch (node->kind) {
    case PM_LIST:
        open_list(flow, node);
        break;
    case PM_ITEM:
    case PM_TASK:
        open_item(flow, node);
        break;
    case PM_PANEL:
        open_panel(flow, node);
        break;
    case PM_QUOTE:
        open_quote(flow, node);
        break;
    default:
        if (node->kind == PM_SECTION && node->as.section.level <= 1 && !flow->in_cell)
            begin_part(flow->env, node);
        pm_place_open(flow, node);
    }
}

/* Inlines where blocks should be, such as text straight in an item, make a paragraph. */
static void stray_inlines(struct pm_flow *flow, const struct pm_node *node)
{
    struct pm_setting s = setting_here(flow, PM_TAG_P, node->mark);
    pm_flow_paragraph(flow, pm_inlines(flow->env, node, &s, (struct pm_str){NULL, 0}), &s, pm_place_gap(flow->place), false);
}

static void visit(struct pm_flow *flow, struct pm_iterator *it, bool *page_break)
{
    const struct pm_node *node = it->node;
    struct pm_box *last = flow->galley->last;
    bool begin_page = *page_break;
    if (leaf(flow, node, page_break)) {
        pm_iterator_skip(it);
    } else {
        enter(flow, node);
        if (pm_has_inlines(node))
            stray_inlines(flow, node);
    }
    struct pm_box *added = last ? last->next : flow->galley->first;
    if (begin_page && added) {
        added->break_before = true;
        *page_break = false;
    }
}

void pm_flow_blocks(struct pm_flow *flow, const struct pm_node *root)
{
    struct pm_place *base = flow->place;
    struct pm_iterator it;
    bool page_break = false;
    pm_iterator_init(&it, root);
    if (!flow->in_cell && !flow->env->last_part)
        begin_part(flow->env, NULL);
    for (enum pm_event_type event; (event = pm_iterator_next(&it)) != PM_DONE;) {
        if (pm_arena_failed(flow->env->arena))
            return;
        if (it.node == root)
            continue;
        if (event == PM_EXIT) {
            if (flow->place != base && flow->place->node == it.node)
                close_place(flow);
        } else if (pm_node_is_inline(it.node->kind) || (is_beyond(flow) && it.node->kind != PM_SECTION)) {
            pm_iterator_skip(&it);
        } else {
            visit(flow, &it, &page_break);
        }
    }
}
