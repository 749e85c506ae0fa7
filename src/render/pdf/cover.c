/* The cover: title, badges and metrics. */
#include "render/pdf/galley.h"

#include <math.h>

#define TITLE_LINES 3             /* in one-page mode */
#define CARD_GAP 6.0
#define CARD_PAD 7.5
#define CARDS_IN_ROW 5
#define LEAST_CARD 84.0
#define TALLEST_CARD 140.0

/* ---- title ---- */

static void put_logo(struct pm_flow *flow, struct pm_box *box)
{
    struct pm_env *env = flow->env;
    const struct pm_layout_options *o = env->options;
    struct pm_tag *tag = NULL;
    if (o->logo_alt.n) {
        tag = pm_env_tag(env, flow->place->tag, PM_TAG_FIGURE);
        if (tag)
            tag->alt = pm_arena_str(o->tag_arena, o->logo_alt);
    }
    double x = flow->place->x + flow->place->width - o->logo_width;
    pm_box_item(env, box, PM_ITEM_IMAGE, tag, x, 0, o->logo_width, env->theme->logo_height);
}

/* A short bar of the accent colour above the title, with the logo at the other end. */
static void put_band(struct pm_flow *flow)
{
    struct pm_env *env = flow->env;
    bool logo = env->options->logo_width > 0 && env->theme->logo_height > 0 && env->options->logo_width < flow->place->width * 0.6;
    double bar = 4, height = logo ? fmax(bar, env->theme->logo_height) : bar;
    struct pm_box *box = pm_flow_box(flow, height + pm_env_space(env, 9), 0, 0);
    if (!box)
        return;
    box->keep = true;
    pm_box_rect(env, box, flow->place->x, 0, 44, bar, pm_env_colour(env, PM_COLOUR_ACCENT));
    if (logo)
        put_logo(flow, box);
}

/* The least width at which `p` has no more lines than at `width`: lines of a title look best when they are about as long. */
static double balanced_width(struct pm_paragraph *p, double width)
{
    struct pm_line *lines = NULL;
    size_t count = p ? pm_paragraph_lines(p, width, &lines) : 0;
    double low = width / 2, high = width;
    if (count < 2 || count > TITLE_LINES)
        return width;
    for (int i = 0; i < 6; i++) {
        double middle = (low + high) / 2;
        if (pm_paragraph_lines(p, middle, &lines) > count)
            low = middle;
        else
            high = middle;
    }
    return high;
}

/* One-page mode: three lines, the third ending in an ellipsis. */
static void shorten_title(struct pm_flow *flow, const struct pm_setting *s, struct pm_str title)
{
    struct pm_env *env = flow->env;
    struct pm_line *lines = NULL;
    struct pm_paragraph *p = pm_text_paragraph(env, title, s);
    size_t count = p ? pm_paragraph_lines(p, balanced_width(p, flow->place->width), &lines) : 0;
    double leading = pm_setting_leading(env, s), baseline = pm_baseline(env, leading, s->size);
    size_t bytes = 0;
    for (size_t i = 0; i < count && i < TITLE_LINES; i++) {
        struct pm_box *box = pm_flow_box(flow, leading, 0, baseline);
        const struct pm_line *line = &lines[i];
        if (i + 1 == TITLE_LINES && count > TITLE_LINES) {
            struct pm_style style = pm_setting_style(s);
            struct pm_str rest = {title.p + bytes, title.n - bytes};
            line = pm_text_line(env->fonts, env->arena, env->diags, rest, &style, flow->place->width);
        }
        for (size_t f = 0; f < lines[i].count; f++)
            for (size_t g = 0; g < lines[i].fragments[f].count; g++)
                bytes += lines[i].fragments[f].glyphs[g].length;
        while (bytes < title.n && title.p[bytes] == ' ')
            bytes++;
        pm_box_text(env, box, line, flow->place->x, baseline, flow->place->width, PM_ALIGN_START);
        if (box)
            box->keep = true;
    }
    env->title_cut = count > TITLE_LINES;   /* the ellipsis says so; no notice is needed */
}

void pm_flow_title(struct pm_flow *flow, const struct pm_node *node)
{
    struct pm_env *env = flow->env;
    if (flow->place->kind == PM_COVER)
        put_band(flow);
    env->has_title = true;
    struct pm_setting s = pm_env_setting(env, pm_env_size(env, env->theme->size_title), NULL);
    s.tag = pm_env_tag(env, flow->place->tag, pm_env_heading(env, 0));
    s.face = PM_FACE_BOLD;
    s.leading = s.size * 1.18;
    s.mark = node->mark;
    struct pm_str title = pm_node_plain((struct pm_document *)env->doc, node);
    struct pm_box *before = flow->galley->last;
    if (env->one_page) {
        shorten_title(flow, &s, pm_env_cap(env, title));
    } else {
        struct pm_paragraph *p = pm_inlines(env, node, &s, (struct pm_str){NULL, 0});
        double full = flow->place->width;
        flow->place->width = balanced_width(p, full);
        pm_flow_paragraph(flow, p, &s, 0, true);
        flow->place->width = full;
    }
    struct pm_box *first = before ? before->next : flow->galley->first;
    if (!first)
        return;
    flow->galley->last->height += pm_env_space(env, 4);
    pm_env_anchor(env, env->doc->id, env->doc->title.n ? env->doc->title : title, 0, s.tag, first);
}

/* ---- badges ---- */

struct badge_row { struct pm_box *box; double x, height; };

static struct pm_line *badge_line(struct pm_flow *flow, const struct pm_node *node, struct pm_tag *tag)
{
    struct pm_env *env = flow->env;
    struct pm_style style = pm_lozenge_style(env, pm_env_size(env, env->theme->size_body), node->as.tone.tone, tag, node->mark);
    return pm_text_line(env->fonts, env->arena, env->diags, pm_env_cap(env, node->text), &style, flow->place->width);
}

void pm_flow_badges(struct pm_flow *flow, const struct pm_node *node)
{
    struct pm_env *env = flow->env;
    struct pm_place *place = flow->place;
    struct pm_tag *tag = pm_env_tag(env, place->tag, PM_TAG_P);
    double size = pm_env_size(env, env->theme->size_body), height = 1.5 * size, baseline = pm_baseline(env, height, size * 0.86), x = 0;
    struct pm_box *box = NULL;
    for (const struct pm_node *badge = node->first; badge; badge = badge->next) {
        struct pm_line *line = badge->kind == PM_STATUS ? badge_line(flow, badge, tag) : NULL;
        if (!line)
            continue;
        if (!box || x + line->width > place->width) {
            box = pm_flow_box(flow, height, box ? pm_env_space(env, 4) : pm_env_space(env, 7), baseline);
            x = 0;
        }
        pm_box_text(env, box, line, place->x + x, baseline, line->width, PM_ALIGN_START);
        x += line->width + 6;
    }
}

/* ---- metrics ---- */

struct card {
    const struct pm_node *node;
    struct pm_setting label, value, note;
    struct pm_line *lines[3];     /* of label, value, note */
    size_t count[3];
};

static void style_card(struct pm_flow *flow, struct card *c, const struct pm_node *node)
{
    struct pm_env *env = flow->env;
    const struct pm_theme *theme = env->theme;
    c->node = node;
    c->label = pm_env_setting(env, pm_env_size(env, theme->size_small), NULL);
    c->label.leading = c->label.size * 1.25;
    c->label.mark = node->mark;
    c->note = c->label;
    c->note.colour = pm_env_colour(env, PM_COLOUR_MUTED);
    c->value = pm_env_setting(env, pm_env_size(env, theme->size_metric), NULL);
    c->value.face = PM_FACE_BOLD;
    c->value.mark = node->mark;
    if (pm_str_is(node->as.metric.value, "\342\200\223"))
        c->value.colour = c->note.colour;
    else if (node->as.metric.tone != PM_TONE_NEUTRAL)
        c->value.colour = theme->tones[node->as.metric.tone].text;
}

static double text_width(struct pm_env *env, struct pm_str text, const struct pm_setting *s)
{
    struct pm_diags *diags = env->diags;
    env->diags = NULL;
    struct pm_paragraph *p = pm_text_paragraph(env, text, s);
    env->diags = diags;
    double least = 0, most = 0;
    if (p)
        pm_paragraph_widths(p, 1000, &least, &most);
    return most;
}

/* The size at which a text as wide as `widest` at `size` stays on one line, within reason. */
static double fit_size(double size, double widest, double width)
{
    return widest > width ? fmax(size * fmax(width / widest - 0.005, 0.6), fmin(size, 8)) : size;
}

/* All cards of a row have values of one size and labels of one size. */
static void fit_cards(struct pm_flow *flow, struct card *cards, size_t count, double width)
{
    double value = 0, label = 0;
    for (size_t i = 0; i < count; i++) {
        value = fmax(value, text_width(flow->env, cards[i].node->as.metric.value, &cards[i].value));
        label = fmax(label, text_width(flow->env, cards[i].node->text, &cards[i].label));
    }
    double value_size = fit_size(cards[0].value.size, value, width), label_size = fit_size(cards[0].label.size, label, width);
    for (size_t i = 0; i < count; i++) {
        cards[i].value.size = value_size;
        cards[i].value.leading = value_size * 1.25;
        cards[i].label.size = cards[i].note.size = label_size;
    }
}

static size_t break_text(struct pm_flow *flow, struct pm_str text, const struct pm_setting *s, double width, struct pm_line **lines)
{
    struct pm_paragraph *p = text.n ? pm_text_paragraph(flow->env, text, s) : NULL;
    return p ? pm_paragraph_lines(p, width, lines) : 0;
}

static void break_card(struct pm_flow *flow, struct card *c, double width)
{
    struct pm_tag *tag = pm_env_tag(flow->env, flow->place->tag, PM_TAG_DIV);
    c->label.tag = pm_env_tag(flow->env, tag, PM_TAG_P);
    c->value.tag = pm_env_tag(flow->env, tag, PM_TAG_P);
    c->note.tag = pm_env_tag(flow->env, tag, PM_TAG_P);
    c->count[0] = break_text(flow, c->node->text, &c->label, width, &c->lines[0]);
    c->count[1] = break_text(flow, c->node->as.metric.value, &c->value, width, &c->lines[1]);
    c->count[2] = break_text(flow, c->node->as.metric.note, &c->note, width, &c->lines[2]);
}

/* What the cards of a row share, so that their lines stand side by side. */
struct card_heights { double value, label, note; };

static struct card_heights card_heights(const struct card *cards, size_t count)
{
    struct card_heights h = {0, 0, 0};
    for (size_t i = 0; i < count; i++) {
        h.label = fmax(h.label, (double)cards[i].count[0] * cards[i].label.leading);
        h.value = fmax(h.value, (double)cards[i].count[1] * cards[i].value.leading);
        h.note = fmax(h.note, (double)cards[i].count[2] * cards[i].note.leading);
    }
    return h;
}

static void put_card_lines(struct pm_flow *flow, struct pm_box *box, const struct pm_line *lines, size_t count,
                             const struct pm_setting *s, double x, double y, double width)
{
    for (size_t i = 0; i < count; i++) {
        pm_box_text(flow->env, box, &lines[i], x, y + pm_baseline(flow->env, s->leading, s->size), width, PM_ALIGN_START);
        y += s->leading;
    }
}

/* The value stands above its label, but is read after it. */
static void put_card(struct pm_flow *flow, struct pm_box *box, const struct card *c, double x, double width, struct card_heights h)
{
    struct pm_item *item = pm_box_rect(flow->env, box, x, 0, width, box->height, pm_env_colour(flow->env, PM_COLOUR_SURFACE));
    if (item)
        item->radius = 3;
    double inner = width - 2 * CARD_PAD, left = x + CARD_PAD, top = CARD_PAD - 2, below = top + h.value + 1;
    put_card_lines(flow, box, c->lines[0], c->count[0], &c->label, left, below, inner);
    put_card_lines(flow, box, c->lines[1], c->count[1], &c->value, left, top, inner);
    put_card_lines(flow, box, c->lines[2], c->count[2], &c->note, left, below + h.label, inner);
}

/* A card that would be a tower of words is shown as lines of text instead. */
static void put_plain_metric(struct pm_flow *flow, const struct card *c, double gap)
{
    struct pm_env *env = flow->env;
    const struct pm_node *node = c->node;
    const struct pm_setting *settings[3] = {&c->label, &c->value, &c->note};
    const struct pm_str texts[3] = {node->text, node->as.metric.value, node->as.metric.note};
    for (int i = 0; i < 3; i++) {
        struct pm_setting s = *settings[i];
        s.size = c->label.size;
        s.leading = c->label.leading;
        if (texts[i].n)
            pm_flow_paragraph(flow, pm_text_paragraph(env, texts[i], &s), &s, i == 0 ? gap : 0, false);
    }
}

static void put_card_row(struct pm_flow *flow, struct card *cards, size_t count, double width, double gap)
{
    fit_cards(flow, cards, count, width - 2 * CARD_PAD);
    for (size_t i = 0; i < count; i++)
        break_card(flow, &cards[i], width - 2 * CARD_PAD);
    struct card_heights h = card_heights(cards, count);
    double height = h.value + h.label + h.note + 2 * CARD_PAD - 2;
    if (height > TALLEST_CARD) {
        for (size_t i = 0; i < count; i++)
            put_plain_metric(flow, &cards[i], gap);
        return;
    }
    struct pm_box *box = pm_flow_box(flow, height, gap, 0);
    for (size_t i = 0; box && i < count; i++)
        put_card(flow, box, &cards[i], flow->place->x + (double)i * (width + CARD_GAP), width, h);
}

/* As few rows as can be, as even as can be. */
static size_t cards_in_row(size_t count, double width)
{
    size_t most = (size_t)fmax(1, floor((width + CARD_GAP) / (LEAST_CARD + CARD_GAP)));
    most = most > CARDS_IN_ROW ? CARDS_IN_ROW : most;
    size_t rows = (count + most - 1) / most;
    return rows ? (count + rows - 1) / rows : 1;
}

void pm_flow_metrics(struct pm_flow *flow, const struct pm_node *node)
{
    size_t count = 0;
    for (const struct pm_node *metric = node->first; metric; metric = metric->next)
        count += metric->kind == PM_METRIC;
    size_t columns = cards_in_row(count, flow->place->width);
    double width = (flow->place->width - CARD_GAP * (double)(columns - 1)) / (double)columns;
    double gap = fmax(pm_place_gap(flow->place), pm_env_space(flow->env, 12));
    struct card cards[CARDS_IN_ROW] = {{0}};
    size_t filled = 0;
    for (const struct pm_node *metric = node->first; metric; metric = metric->next) {
        if (metric->kind == PM_METRIC) {
            cards[filled] = (struct card){0};
            style_card(flow, &cards[filled++], metric);
        }
        if (filled == columns || (!metric->next && filled > 0)) {
            put_card_row(flow, cards, filled, width, gap);
            gap = CARD_GAP;
            filled = 0;
        }
    }
}
