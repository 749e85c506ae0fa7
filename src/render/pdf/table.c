/* Tables: widths from the contents, rows as boxes, the head again on each page. */
#include "render/pdf/galley.h"

#include "base/utf8.h"
#include "document/iterator.h"

#include <math.h>

#define SAMPLE 2000               /* rows whose contents decide the widths */
#define SAMPLE_ONE_PAGE 60
#define LEAST_COLUMN 28.0
#define STACK_BELOW 20.0          /* narrower columns cannot be read: rows become lists of "header: value" */
#define WORD_CAP 90.0             /* longer words do not widen a column */
#define PAD_X 5.0
#define SPACE_BELOW 5.0
#define PARTS 5                   /* paragraphs of a cell that are measured one by one */
#define SIDE_LINE 0.05            /* of a line of the row: what one line beside the tallest cell costs */
#define FIRST_MOVE 40.0           /* points that are moved from one column to another; then half of them, and so on */
#define LAST_MOVE 5.0
#define NAME_WIDTH 62.0           /* no move makes a column narrower: names would be towers of words */
#define SAMPLE_MOVES 120          /* rows that moves are tried on */
#define MOST_MOVED 8              /* columns */
#define ROUNDS 8
#define MOST_LABEL 200            /* characters of a header that is repeated in a list */
#define ADVANCE 0.47             /* of a letter, per em */
#define FILLED 0.92               /* how much of its width a broken line fills */
#define SMALL 0.14                /* of a page: tables no taller are not split */
#define WHOLE 0.3                 /* of a page: taller rows may be split */
#define SHORT_ROW 0.05            /* of a page: one or two lines */

struct cell {
    const struct pm_node *node;   /* NULL: missing */
    struct pm_tag *tag;
    struct pm_paragraph *text;    /* NULL: blocks, or none */
    struct pm_setting setting;
    size_t column, span;
    double lengths[PARTS];        /* of its paragraphs, each on one line */
    size_t parts;
};

struct line {
    const struct pm_node *node;
    struct cell *cells;
    size_t count;
};

struct table {
    struct pm_flow *flow;
    const struct pm_node *node;
    size_t columns;
    struct pm_width *widths;
    double *at;                   /* left edges */
    double size, pad_x, pad_y;
    struct pm_tag *tag, *head_tag, *body_tag;
    struct pm_head *head;
    const struct pm_node *first_body;
    struct cell *spare;           /* of rows behind the sample, one after the other */
    struct pm_galley *row_cells;
};

static struct pm_column column_of(const struct table *t, size_t i)
{
    return i < t->node->as.table.count ? t->node->as.table.columns[i] : (struct pm_column){PM_CELL_TEXT, PM_ALIGN_START, false};
}

static size_t count_columns(const struct pm_node *node)
{
    size_t most = node->as.table.count ? node->as.table.count : 1;
    for (const struct pm_node *row = node->first; row; row = row->next) {
        size_t n = 0;
        for (const struct pm_node *cell = row->first; cell; cell = cell->next)
            n++;
        most = n > most ? n : most;
    }
    return most;
}

/* ---- cells ---- */

static bool has_tabular_figures(enum pm_cell_kind kind)
{
    return kind == PM_CELL_NUMBER || kind == PM_CELL_INSTANT || kind == PM_CELL_DATE || kind == PM_CELL_DURATION || kind == PM_CELL_ID;
}

static enum pm_align align_of(struct pm_column column)
{
    return column.kind == PM_CELL_NUMBER && column.align == PM_ALIGN_START ? PM_ALIGN_END : column.align;
}

static struct pm_setting cell_setting(const struct table *t, const struct pm_node *row, const struct cell *c)
{
    struct pm_env *env = t->flow->env;
    struct pm_column column = column_of(t, c->column);
    struct pm_setting s = pm_env_setting(env, t->size, c->tag);
    s.leading = t->size * fmin(env->theme->leading, 1.35);
    s.mark = c->node ? c->node->mark : row->mark;
    s.align = row->as.row.group ? PM_ALIGN_START : align_of(column);
    s.tabular = has_tabular_figures(c->node ? c->node->as.cell.kind : column.kind);
    s.nowrap = column.nowrap;
    if (row->as.row.header || row->as.row.group || (row->as.row.strong && c->column == 0))
        s.face = PM_FACE_BOLD;
    if (row->as.row.header)
        s.colour = pm_env_colour(env, PM_COLOUR_MUTED);
    return s;
}

static bool has_blocks(const struct pm_node *cell)
{
    return cell && cell->first && !pm_node_is_inline(cell->first->kind);
}

static struct pm_tag *cell_tag(const struct table *t, const struct pm_node *row, struct pm_tag *row_tag, size_t span)
{
    bool header = row->as.row.header || row->as.row.group;
    struct pm_tag *tag = pm_env_tag(t->flow->env, row_tag, header ? PM_TAG_TH : PM_TAG_TD);
    if (tag) {
        tag->row_header = row->as.row.group;
        tag->colspan = (unsigned char)(span > 1 && span < 256 ? span : 0);
    }
    return tag;
}

static void fill_cell(const struct table *t, const struct pm_node *row, struct pm_tag *row_tag, struct cell *c)
{
    c->tag = cell_tag(t, row, row_tag, c->span);
    c->setting = cell_setting(t, row, c);
    if (c->node && c->node->first && !has_blocks(c->node))
        c->text = pm_inlines(t->flow->env, c->node, &c->setting, (struct pm_str){NULL, 0});
}

static struct pm_tag *row_parent(struct table *t, const struct pm_node *row)
{
    struct pm_env *env = t->flow->env;
    bool in_head = row->as.row.header && t->head_tag && row != t->first_body && !t->body_tag;
    if (in_head)
        return t->head_tag;
    if (!t->body_tag)
        t->body_tag = pm_env_tag(env, t->tag, PM_TAG_TBODY);
    return t->body_tag;
}

/* The cells of a row, as many as there are columns, with their elements and shaped text, in `cells`. */
static struct line shape_row(struct table *t, const struct pm_node *row, struct cell *cells)
{
    struct line line = {.node = row, .cells = cells};
    size_t count = row->as.row.group ? 1 : t->columns;
    if (!cells)
        return line;
    struct pm_tag *row_tag = pm_env_tag(t->flow->env, row_parent(t, row), PM_TAG_TR);
    const struct pm_node *node = row->first;
    for (size_t i = 0; i < count; i++) {
        line.cells[i] = (struct cell){.node = node, .column = i, .span = row->as.row.group ? t->columns : 1};
        fill_cell(t, row, row_tag, &line.cells[i]);
        node = node ? node->next : NULL;
    }
    line.count = count;
    return line;
}

/* ---- widths ---- */

/* Blocks in a cell are not shaped twice: their widths are estimated. */
static void estimate(const struct table *t, struct cell *c, double *least, double *most)
{
    struct pm_iterator it;
    double advance = ADVANCE * t->size;
    *least = *most = 60;
    c->parts = 0;
    pm_iterator_init(&it, c->node);
    for (enum pm_event_type event; (event = pm_iterator_next(&it)) != PM_DONE;) {
        if (event != PM_ENTER)
            continue;
        if (!pm_node_is_inline(it.node->kind) && (c->parts == 0 || c->lengths[c->parts - 1] > 0))
            c->parts += c->parts < PARTS;
        double *length = &c->lengths[c->parts - 1];
        *length += (double)it.node->text.n * advance;
        *most = fmax(*most, *length);
    }
}

static void measure(struct table *t, struct cell *c)
{
    double least = 0, most = 0;
    if (c->text)
        pm_paragraph_widths(c->text, WORD_CAP, &least, &most);
    c->lengths[0] = most;
    c->parts = 1;
    if (has_blocks(c->node))
        estimate(t, c, &least, &most);
    struct pm_width *w = &t->widths[c->column];
    struct pm_column column = column_of(t, c->column);
    if (column.nowrap)
        least = fmax(least, fmin(most, 0.45 * t->flow->place->width));
    w->least = fmax(w->least, least + 2 * t->pad_x + 0.5);
    w->most = fmax(w->most, most + 2 * t->pad_x + 0.5);
}

static double lines_of(const struct table *t, const struct cell *c)
{
    double room = fmax(t->widths[c->column].width - 2 * t->pad_x, 1), lines = 0;
    for (size_t i = 0; i < c->parts; i++)
        lines += c->lengths[i] > room ? ceil(c->lengths[i] / (room * FILLED)) : 1;
    return lines;
}

/* Lines beside a longer cell cost little, but towers of single words are ugly. */
static double side_cost(double lines)
{
    return SIDE_LINE * pow(fmin(lines, 4), 2);
}

/* About how many lines the rows will have. */
static double count_lines(const struct table *t, const struct line *lines, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        double most = 1;
        for (size_t j = 0; j < lines[i].count && !lines[i].node->as.row.group; j++) {
            double cell = lines_of(t, &lines[i].cells[j]);
            sum += side_cost(cell);
            most = fmax(most, cell);
        }
        sum += most;
    }
    return sum;
}

/* The way of sharing that makes the table shortest; names and dates on one line where it is all the same. */
static void share_widths(struct table *t, const struct line *lines, size_t count)
{
    double best = 1, least = HUGE_VAL;
    for (double level = 1; level >= 0; level -= 0.25) {
        pm_share_width(t->widths, t->columns, t->flow->place->width, level);
        double height = count_lines(t, lines, count);
        if (height < least * 0.97) {
            least = height;
            best = level;
        }
    }
    pm_share_width(t->widths, t->columns, t->flow->place->width, best);
}

/* Moves `by` points from one column to another when that saves lines. */
static bool move_width(struct table *t, size_t from, size_t to, double by, const struct line *lines, size_t count, double *height)
{
    struct pm_width *a = &t->widths[from], *b = &t->widths[to];
    double least = fmax(a->least, fmin(a->most, NAME_WIDTH));
    if (from == to || a->width - by < least || b->width >= b->most || column_of(t, from).nowrap || column_of(t, to).nowrap)
        return false;
    a->width -= by;
    b->width += by;
    double now = count_lines(t, lines, count);
    if (now < *height - 0.01) {
        *height = now;
        return true;
    }
    a->width += by;
    b->width -= by;
    return false;
}

/* Sharing treats all columns alike; small moves between two of them do better still. */
static void choose_widths(struct table *t, const struct line *lines, size_t count)
{
    share_widths(t, lines, count);
    count = count < SAMPLE_MOVES ? count : SAMPLE_MOVES;
    double height = count_lines(t, lines, count);
    bool moved = t->columns <= MOST_MOVED;
    for (int round = 0; moved && round < ROUNDS; round++) {
        moved = false;
        for (size_t i = 0; i < t->columns * t->columns; i++)
            for (double by = FIRST_MOVE; by >= LAST_MOVE; by /= 2)
                moved = move_width(t, i / t->columns, i % t->columns, by, lines, count, &height) || moved;
    }
}

static void set_widths(struct table *t, const struct line *lines, size_t count)
{
    for (size_t i = 0; i < t->columns; i++) {
        struct pm_column column = column_of(t, i);
        t->widths[i] = (struct pm_width){.least = LEAST_COLUMN, .most = LEAST_COLUMN};
        t->widths[i].flexible = (column.kind == PM_CELL_TEXT || column.kind == PM_CELL_LINK) && !column.nowrap;
    }
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < lines[i].count && !lines[i].node->as.row.group; j++)
            measure(t, &lines[i].cells[j]);
    /* a column of very long prose must not push the others down to their least */
    for (size_t i = 0; i < t->columns; i++)
        t->widths[i].most = fmax(t->widths[i].least, fmin(t->widths[i].most, 1.5 * t->flow->place->width));
    choose_widths(t, lines, count);
    double x = t->flow->place->x;
    for (size_t i = 0; i < t->columns; i++) {
        t->at[i] = x;
        x += t->widths[i].width;
    }
}

/* ---- rows ---- */

static double span_width(const struct table *t, const struct cell *c)
{
    double width = 0;
    for (size_t i = c->column; i < c->column + c->span && i < t->columns; i++)
        width += t->widths[i].width;
    return fmax(width - 2 * t->pad_x, 2);
}

static struct pm_galley cell_galley(struct table *t, const struct cell *c)
{
    struct pm_env *env = t->flow->env;
    struct pm_galley galley = {NULL, NULL};
    struct pm_place place = {.kind = PM_CELL, .x = t->at[c->column] + t->pad_x, .width = span_width(t, c), .size = t->size,
                             .colour = c->setting.colour, .tag = c->tag, .gap = pm_env_space(env, 3), .first = true};
    struct pm_flow inner = {.env = env, .galley = &galley, .place = &place, .in_cell = true};
    if (c->text)
        pm_flow_paragraph(&inner, c->text, &c->setting, 0, false);
    else if (has_blocks(c->node))
        pm_flow_blocks(&inner, c->node);
    return galley;
}

static struct pm_row row_look(const struct table *t, const struct pm_node *row)
{
    struct pm_env *env = t->flow->env;
    struct pm_row look = {.x = t->flow->place->x, .w = t->flow->place->width, .pad_top = t->pad_y, .pad_bottom = t->pad_y,
                          .whole = WHOLE * env->height, .rule = pm_env_colour(env, PM_COLOUR_LINE)};
    look.has_rule = !row->as.row.header;
    if (row->as.row.header || row->as.row.group) {
        look.has_fill = true;
        look.fill = pm_env_colour(env, PM_COLOUR_SURFACE);
    }
    look.has_bar = row->as.row.strong && !look.has_fill;
    look.bar = pm_env_colour(env, PM_COLOUR_ACCENT);
    return look;
}

static struct pm_box *put_row(struct table *t, const struct line *line, double gap, struct pm_box **last)
{
    struct pm_row row = row_look(t, line->node);
    row.count = line->count;
    row.gap = gap;
    row.head = t->head;
    row.cells = t->row_cells;
    for (size_t i = 0; i < line->count; i++)
        row.cells[i] = cell_galley(t, &line->cells[i]);
    struct pm_box *box = pm_flow_row(t->flow, &row, last);
    if (box && line->node->as.row.group)
        (*last)->keep = true;
    return box;
}

/* Takes the head as what is repeated, and draws the line below it. */
static void close_head(struct table *t, struct pm_box *first, struct pm_box *last)
{
    struct pm_env *env = t->flow->env;
    struct pm_place *place = t->flow->place;
    struct pm_head *head = first && last ? pm_arena_alloc(env->arena, sizeof *head) : NULL;
    if (!head)
        return;
    pm_box_line(env, last, place->x, last->height - 0.35, place->width, 0, pm_env_colour(env, PM_COLOUR_MUTED), 0.7);
    head->first = first;
    for (struct pm_box *box = first; box; box = box->next) {
        box->keep = true;
        head->count++;
        head->height += box->height;
    }
    if (head->height > 0.25 * env->height)
        head->height = 0;
    t->head = head;
}

/* A small table stays on one page. */
static void keep_small(const struct pm_env *env, struct pm_box *first, const struct pm_box *last)
{
    double height = 0;
    for (const struct pm_box *box = first; box && height <= SMALL * env->height; box = box->next)
        height += box->height;
    for (struct pm_box *box = first; box && box != last && height <= SMALL * env->height; box = box->next)
        box->keep = true;
}

/* No short row stands alone at the foot or the head of a page. */
static void keep_ends(const struct pm_env *env, struct pm_box *first, struct pm_box *before_last, const struct pm_box *last)
{
    double most = SHORT_ROW * env->height;
    if (first && first != last && first->height <= most)
        first->keep = true;
    if (before_last && last && before_last->height <= most && last->height <= most)
        before_last->keep = true;
}

/* One-page mode shows no more rows than these. */
static bool is_beyond(struct table *t, size_t rows)
{
    struct pm_env *env = t->flow->env;
    if (!env->one_page || rows < SAMPLE_ONE_PAGE || t->flow->in_cell)
        return false;
    pm_env_cut(env);
    return true;
}

static void put_rows(struct table *t, const struct line *lines, size_t sampled)
{
    struct pm_env *env = t->flow->env;
    struct pm_box *first = NULL, *first_body = NULL, *before_last = NULL, *last = NULL;
    size_t i = 0;
    for (const struct pm_node *row = t->node->first; row && !is_beyond(t, i); row = row->next, i++) {
        if (pm_arena_failed(env->arena))
            return;
        if (row == t->first_body)
            close_head(t, first, last);
        struct line line = i < sampled ? lines[i] : shape_row(t, row, t->spare);
        double gap = row == t->node->first ? pm_place_gap(t->flow->place) + pm_env_space(env, 2) : 0;
        before_last = last;
        struct pm_box *box = put_row(t, &line, gap, &last);
        first = first ? first : box;
        first_body = first_body || row != t->first_body ? first_body : box;
    }
    if (!t->first_body)
        close_head(t, first, last);
    keep_ends(env, first_body, before_last, last);
    if (last)
        last->height += pm_env_space(env, SPACE_BELOW);
    keep_small(env, first, last);
}

/* ---- too many columns ---- */

/* The texts of the head's cells, absent where there is none. */
static struct pm_str *plain_labels(struct pm_env *env, const struct pm_node *head, size_t count)
{
    struct pm_str *labels = pm_arena_array(env->arena, count, sizeof *labels);
    size_t i = 0;
    for (const struct pm_node *cell = head ? head->first : NULL; labels && cell; cell = cell->next)
        labels[i++] = pm_node_plain((struct pm_document *)env->doc, cell);
    return labels;
}

/* A long header stands whole once: else the list would grow with its rows times its head. */
static struct pm_str shortened(struct pm_env *env, struct pm_str label)
{
    struct pm_str start = pm_utf8_prefix(label, MOST_LABEL);
    return start.n < label.n ? pm_arena_format(env->arena, "%.*s\342\200\246", (int)start.n, start.p) : label;
}

static void stacked_cell(struct pm_flow *flow, struct pm_str label, const struct pm_node *cell, struct pm_tag *parent, double gap)
{
    struct pm_env *env = flow->env;
    struct pm_setting s = pm_env_setting(env, pm_env_size(env, env->theme->size_table), pm_env_tag(env, parent, PM_TAG_P));
    s.mark = cell->mark;
    struct pm_str lead = label.n ? pm_arena_format(env->arena, "%.*s: ", (int)label.n, label.p) : label;
    if (!has_blocks(cell)) {
        pm_flow_paragraph(flow, pm_inlines(env, cell, &s, lead), &s, gap, false);
        return;
    }
    if (lead.n)
        pm_flow_paragraph(flow, pm_text_paragraph(env, lead, &s), &s, gap, true);
    struct pm_tag *outer = flow->place->tag;
    flow->place->tag = parent;
    pm_flow_blocks(flow, cell);
    flow->place->tag = outer;
}

static void stack_rows(struct pm_flow *flow, const struct pm_node *node)
{
    struct pm_env *env = flow->env;
    const struct pm_node *head = node->first && node->first->as.row.header ? node->first : NULL;
    const struct pm_node *first = head && head->next ? head->next : node->first;
    struct pm_str *labels = plain_labels(env, first == head ? NULL : head, count_columns(node));
    for (const struct pm_node *row = first; labels && row; row = row->next) {
        struct pm_tag *tag = pm_env_tag(env, flow->place->tag, PM_TAG_DIV);
        double gap = pm_place_gap(flow->place) + pm_env_space(env, 4);
        size_t i = 0;
        for (const struct pm_node *cell = row->first; cell; cell = cell->next, i++) {
            if (!cell->first)
                continue;
            stacked_cell(flow, labels[i], cell, tag, gap);
            labels[i] = shortened(env, labels[i]);
            gap = pm_env_space(env, 1);
        }
        if (pm_arena_failed(env->arena) || (env->one_page && env->part_built > 1.5 * env->height))
            return;
    }
}

/* ---- the table ---- */

static size_t count_rows(const struct pm_node *node, size_t most)
{
    size_t n = 0;
    for (const struct pm_node *row = node->first; row && n < most; row = row->next)
        n++;
    return n;
}

static const struct pm_node *first_body_row(const struct pm_node *node)
{
    const struct pm_node *row = node->first;
    while (row && row->as.row.header)
        row = row->next;
    return row;
}

void pm_flow_table(struct pm_flow *flow, const struct pm_node *node)
{
    struct pm_env *env = flow->env;
    struct table t = {.flow = flow, .node = node, .columns = count_columns(node), .size = pm_env_size(env, env->theme->size_table),
                      .pad_x = PAD_X, .pad_y = pm_env_space(env, 4), .first_body = first_body_row(node)};
    if (!node->first)
        return;
    if (flow->place->width / (double)t.columns < STACK_BELOW) {
        stack_rows(flow, node);
        return;
    }
    t.pad_x = fmin(PAD_X, flow->place->width / (double)t.columns / 8);
    size_t sampled = count_rows(node, env->one_page ? SAMPLE_ONE_PAGE : SAMPLE);
    struct line *lines = pm_arena_array(env->arena, sampled, sizeof *lines);
    t.widths = pm_arena_array(env->arena, t.columns, sizeof *t.widths);
    t.at = pm_arena_array(env->arena, t.columns, sizeof *t.at);
    t.spare = pm_arena_array(env->arena, t.columns, sizeof *t.spare);
    t.row_cells = pm_arena_array(env->arena, t.columns, sizeof *t.row_cells);
    if (!lines || !t.widths || !t.at || !t.spare || !t.row_cells)
        return;
    t.tag = pm_env_tag(env, flow->place->tag, PM_TAG_TABLE);
    if (node->first->as.row.header && t.first_body)
        t.head_tag = pm_env_tag(env, t.tag, PM_TAG_THEAD);
    const struct pm_node *row = node->first;
    for (size_t i = 0; i < sampled; i++, row = row->next)
        lines[i] = shape_row(&t, row, pm_arena_array(env->arena, t.columns, sizeof(struct cell)));
    set_widths(&t, lines, sampled);
    put_rows(&t, lines, sampled);
}
