/* Facts: labels and values, in one column or, on the cover, in two. */
#include "render/pdf/galley.h"

#include <math.h>

#define COLUMN_GAP 18.0
#define LABEL_GAP 8.0
#define ONE_PAGE_LINES 2          /* of a value, in one-page mode */
#define TWO_COLUMNS_FROM 340.0
#define PAIR_LINES 1.7            /* a value of more lines than this has a row of its own */
#define WHOLE 0.4
#define FEW 6                     /* facts no more than these stay on one page */
#define LABEL_SHARE 0.4           /* of a column, that labels take at most */

struct fact {
    const struct pm_node *node;
    struct pm_setting label, value;
    struct pm_paragraph *label_text, *value_text;
    double label_most, most;      /* widths of label and value on one line */
    bool paired;                  /* stands on the left of a pair */
};

struct facts {
    struct pm_flow *flow;
    struct fact *facts;
    size_t count;
    double label_width[2];        /* of the columns */
    struct pm_tag *body;
};

static void shape(struct facts *f, struct fact *fact, const struct pm_node *node)
{
    struct pm_env *env = f->flow->env;
    const struct pm_theme *theme = env->theme;
    fact->node = node;
    fact->label = pm_env_setting(env, pm_env_size(env, theme->size_small), NULL);
    fact->label.colour = pm_env_colour(env, PM_COLOUR_MUTED);
    fact->value = pm_env_setting(env, pm_env_size(env, theme->size_table), NULL);
    fact->label.mark = fact->value.mark = node->mark;
    fact->value.leading = fact->label.leading = fact->value.size * fmin(theme->leading, 1.35);
}

/* Elements are made in reading order, when the row is. */
static void tag_fact(struct facts *f, struct fact *fact, struct pm_tag *row, unsigned char span)
{
    struct pm_env *env = f->flow->env;
    fact->label.tag = pm_env_tag(env, row, PM_TAG_TH);
    fact->value.tag = pm_env_tag(env, row, PM_TAG_TD);
    if (fact->label.tag)
        fact->label.tag->row_header = true;
    if (fact->value.tag)
        fact->value.tag->colspan = span;
}

static double text_width(struct pm_paragraph *p)
{
    double least = 0, most = 0;
    if (p)
        pm_paragraph_widths(p, 200, &least, &most);
    return most;
}

static void limit_lines(struct pm_flow *inner, struct pm_env *env)
{
    if (!env->one_page)
        return;
    struct pm_box *box = inner->galley->first;
    for (int i = 1; box && i < ONE_PAGE_LINES; i++)
        box = box->next;
    if (!box || !box->next)
        return;
    box->next = NULL;
    inner->galley->last = box;
    pm_env_cut(env);
}

static struct pm_galley text_galley(struct facts *f, struct pm_paragraph *p, const struct pm_setting *s, double x, double width)
{
    struct pm_galley galley = {NULL, NULL};
    struct pm_place place = {.kind = PM_FACT, .x = x, .width = fmax(width, 10), .size = s->size, .tag = s->tag, .first = true};
    struct pm_flow inner = {.env = f->flow->env, .galley = &galley, .place = &place, .in_cell = true};
    if (p)
        pm_flow_paragraph(&inner, p, s, 0, false);
    limit_lines(&inner, f->flow->env);
    return galley;
}

static struct pm_box *put_row(struct facts *f, struct fact *facts, size_t count, double width, double gap, unsigned char span)
{
    struct pm_env *env = f->flow->env;
    struct pm_galley cells[4];
    double pad = pm_env_space(env, 1.5);
    struct pm_row row = {.cells = cells, .count = 2 * count, .x = f->flow->place->x, .w = f->flow->place->width, .pad_top = pad,
                         .pad_bottom = pad, .gap = gap, .whole = WHOLE * env->height};
    struct pm_tag *tag = pm_env_tag(env, f->body, PM_TAG_TR);
    double x = row.x;
    for (size_t i = 0; i < count; i++) {
        struct fact *fact = &facts[i];
        tag_fact(f, fact, tag, span);
        fact->label_text = pm_text_paragraph(env, fact->node->text, &fact->label);
        fact->value_text = pm_inlines(env, fact->node, &fact->value, (struct pm_str){NULL, 0});
        cells[2 * i] = text_galley(f, fact->label_text, &fact->label, x, f->label_width[i]);
        double indent = f->label_width[i] + LABEL_GAP;
        cells[2 * i + 1] = text_galley(f, fact->value_text, &fact->value, x + indent, width - indent);
        x += width + COLUMN_GAP;
    }
    struct pm_box *last = NULL;
    pm_flow_row(f->flow, &row, &last);
    return last;
}

/* Widths by the text alone; the final paragraphs are shaped with their elements. */
static double measure(struct facts *f, double column)
{
    struct pm_env *env = f->flow->env;
    struct pm_diags *diags = env->diags;
    double widest = 0;
    env->diags = NULL;
    for (size_t i = 0; i < f->count; i++) {
        struct fact *fact = &f->facts[i];
        fact->label_most = text_width(pm_text_paragraph(env, fact->node->text, &fact->label)) + 0.5;
        fact->most = text_width(pm_inlines(env, fact->node, &fact->value, (struct pm_str){NULL, 0}));
        widest = fmax(widest, fact->label_most);
    }
    env->diags = diags;
    return fmin(widest, LABEL_SHARE * column);
}

static bool goes_in_pair(const struct facts *f, size_t i, double room)
{
    return i < f->count && f->facts[i].most <= PAIR_LINES * room;
}

/* Which facts stand side by side, and how wide the labels of each column are. */
static void arrange(struct facts *f, bool pairs, double column)
{
    double room = column - measure(f, column) - LABEL_GAP;
    for (size_t i = 0; i < f->count; i++) {
        struct fact *fact = &f->facts[i];
        fact->paired = pairs && goes_in_pair(f, i, room) && goes_in_pair(f, i + 1, room);
        f->label_width[0] = fmax(f->label_width[0], fmin(fact->label_most, LABEL_SHARE * column));
        if (fact->paired)
            f->label_width[1] = fmax(f->label_width[1], fmin(f->facts[++i].label_most, LABEL_SHARE * column));
    }
}

static void put_all(struct facts *f, bool pairs, double column)
{
    double full = f->flow->place->width, gap = fmax(pm_place_gap(f->flow->place), pm_env_space(f->flow->env, 8));
    for (size_t i = 0; i < f->count; gap = 0) {
        size_t taken = f->facts[i].paired ? 2 : 1;
        bool stays = f->count <= FEW || i == 0 || i + taken + 1 >= f->count;
        struct pm_box *box = put_row(f, &f->facts[i], taken, taken == 2 ? column : full, gap, pairs && taken == 1 ? 3 : 0);
        i += taken;
        if (box && stays && i < f->count)
            box->keep = true;
    }
}

void pm_flow_facts(struct pm_flow *flow, const struct pm_node *node, bool pairs)
{
    struct pm_env *env = flow->env;
    struct facts f = {.flow = flow};
    for (const struct pm_node *fact = node->first; fact; fact = fact->next)
        f.count += fact->kind == PM_FACT;
    f.facts = f.count ? pm_arena_array(env->arena, f.count, sizeof *f.facts) : NULL;
    if (!f.facts)
        return;
    size_t i = 0;
    for (const struct pm_node *fact = node->first; fact; fact = fact->next)
        if (fact->kind == PM_FACT)
            shape(&f, &f.facts[i++], fact);
    pairs = pairs && flow->place->width >= TWO_COLUMNS_FROM && f.count > 1;
    double column = pairs ? (flow->place->width - COLUMN_GAP) / 2 : flow->place->width;
    arrange(&f, pairs, column);
    f.body = pm_env_tag(env, pm_env_tag(env, flow->place->tag, PM_TAG_TABLE), PM_TAG_TBODY);
    put_all(&f, pairs, column);
}
