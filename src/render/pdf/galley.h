/* The galley: what a document shows as one list of boxes from top to bottom, before there are pages. Private to the layout.
 *
 * Text is shaped and broken once, into the galley. Pagination then only decides where pages begin, so that it can be done again cheaply
 * when a table of contents is added. x counts from the left edge of the text area, y from the top of the box. */
#ifndef PM_PDF_GALLEY_H
#define PM_PDF_GALLEY_H

#include "render/pdf/layout.h"

/* A surface around boxes, drawn anew on each page that it covers. */
struct pm_frame {
    struct pm_frame *parent;
    unsigned depth;                /* 1 for the outermost */
    double x, w;
    double pad_top, pad_bottom;
    double gap;                    /* outside, before and after */
    double sum_top, sum_bottom;    /* the paddings of this and all frames around it */
    bool has_fill;
    struct pm_rgb fill, line;
    double radius, bar;            /* bar: width of the line at its left; 0: none */
    struct pm_item *surface, *edge;   /* on the page being filled */
};

/* Header rows of a table, shown again on each page that it goes on to. */
struct pm_head {
    struct pm_box *first;
    size_t count;
    double height;                 /* 0: too tall to be shown again */
};

/* A section of level 1, or what comes before the first: what the one-page mode shortens. */
struct pm_part {
    struct pm_str title;
    struct pm_mark mark;
    double height;
    bool cut;
    struct pm_box *first;          /* in one-page mode */
    double cap;                    /* what it may take of the page */
    struct pm_part *next;
};

/* A box is never broken between pages. */
struct pm_box {
    struct pm_box *next;
    struct pm_item *first, *last;
    double height;
    double gap;                    /* to the box before, when that is in the same frames */
    double baseline;               /* of its first line; 0: none */
    struct pm_frame *frame;        /* the innermost */
    struct pm_head *head;          /* of the table that it is a row of */
    struct pm_part *part;
    bool keep;                     /* no page begins between this and the next */
    bool break_before;             /* begins a page */
    bool heading;
    bool repeat;                   /* begins a page below a repeated head; by pagination */
    /* from the bottom of the box before to its top; by pm_galley_settle */
    double closing, space, opening;
    /* by pagination */
    size_t page;
    double y;
};

struct pm_mark_box {
    struct pm_anchor anchor;
    struct pm_box *box;            /* NULL: the top of the first page */
    struct pm_mark_box *next;
};

struct pm_galley {
    struct pm_box *first, *last;
};

/* An entry of the contents, whose number of a page is known last. */
struct pm_entry {
    struct pm_box *box;            /* its last line */
    const struct pm_mark_box *target;
    struct pm_tag *tag;
    double end, right;             /* of the title's text; of the number */
    struct pm_entry *next;
};

/* What the whole layout shares. */
struct pm_env {
    const struct pm_document *doc;
    const struct pm_layout_options *options;
    const struct pm_theme *theme;
    struct pm_fonts *fonts;
    struct pm_arena *arena;
    struct pm_diags *diags;
    double width, height;          /* of the text area */
    double type, space;            /* scales of type and of spaces, 1 but in one-page mode */
    double cap_height, ascent, descent;   /* of the regular face, per em */
    bool one_page;
    struct pm_mark_box *anchors, *last_anchor;
    size_t anchor_count;
    bool has_title, title_cut;
    int heading;                   /* level of the last heading's element, 0: none yet */
    unsigned numbers[8];           /* of numbered sections, by level */
    /* where the table of contents goes, when there is one */
    bool has_toc;
    struct pm_box *toc_behind;     /* NULL: first */
    struct pm_mark_box *toc_mark;  /* the last section before it; NULL: none */
    struct pm_tag *toc_parent, *toc_after;
    struct pm_entry *entries, *last_entry;
    struct pm_part *parts, *last_part;
    struct pm_box *spare;          /* boxes of cells that are done, for use again */
    double built;                  /* height of the galley so far, roughly: one-page mode builds no more than it can show */
    double part_built;
};

/* How a run of text is set. */
struct pm_setting {
    enum pm_face face;
    double size;
    double leading;                /* points; 0: by the theme */
    struct pm_rgb colour;
    enum pm_align align;
    bool tabular, nowrap;
    struct pm_tag *tag;
    struct pm_mark mark;
};

/* Points of type and of space at the present scale. */
double pm_env_size(const struct pm_env *env, double size);
double pm_env_space(const struct pm_env *env, double space);
struct pm_rgb pm_env_colour(const struct pm_env *env, enum pm_colour colour);
struct pm_tag *pm_env_tag(const struct pm_env *env, struct pm_tag *parent, enum pm_tag_kind kind);
struct pm_setting pm_env_setting(const struct pm_env *env, double size, struct pm_tag *tag);   /* regular text; `size` is final */
struct pm_style pm_setting_style(const struct pm_setting *s);
double pm_setting_leading(const struct pm_env *env, const struct pm_setting *s);

/* Text that one-page mode can show at most of one block. */
struct pm_str pm_env_cap(struct pm_env *env, struct pm_str text);

/* Something of the present part is left out. */
void pm_env_cut(struct pm_env *env);

/* ---- boxes and items ---- */

struct pm_box *pm_box_new(struct pm_env *env, double height, double gap);
void pm_galley_add(struct pm_galley *galley, struct pm_box *box);
struct pm_item *pm_box_item(const struct pm_env *env, struct pm_box *box, enum pm_item_kind kind, struct pm_tag *tag, double x, double y,
                            double w, double h);
struct pm_item *pm_box_rect(const struct pm_env *env, struct pm_box *box, double x, double y, double w, double h, struct pm_rgb fill);
struct pm_item *pm_box_line(const struct pm_env *env, struct pm_box *box, double x, double y, double w, double h, struct pm_rgb stroke,
                            double stroke_width);
void pm_box_append(struct pm_box *box, struct pm_item *item);
void pm_box_prepend(struct pm_box *box, struct pm_item *item);

/* Adds the items of a line whose base line is at y: `room` is the width that it is aligned in, from x on. */
void pm_box_text(const struct pm_env *env, struct pm_box *box, const struct pm_line *line, double x, double y, double room,
                 enum pm_align align);

/* The base line in a line box of text of `size`: capitals stand in its middle. */
double pm_baseline(const struct pm_env *env, double height, double size);

/* The height that a line needs beyond `leading` above and below, for fonts taller than the theme's. */
void pm_line_excess(const struct pm_env *env, const struct pm_line *line, double size, double *above, double *below);

/* A frame inside `parent` (may be NULL). */
struct pm_frame *pm_frame_new(const struct pm_env *env, struct pm_frame *parent, double x, double w, double pad, double gap);

#define PM_NO_PAGE ((size_t)-1)     /* of a box that was taken out */

/* The innermost frame around both, or NULL. */
const struct pm_frame *pm_frame_shared(const struct pm_frame *a, const struct pm_frame *b);

/* Computes the distances between boxes. The gap before the first box counts nothing. */
void pm_galley_settle(struct pm_galley *galley);

/* Moves the items of all boxes of a settled galley, with their frames, into one box; returns the height. The galley is empty
 * afterwards. For cells. */
double pm_galley_flatten(struct pm_env *env, struct pm_galley *galley, struct pm_box *into, double y);

/* ---- inlines.c ---- */

/* A shaped paragraph of the inlines below `node`, with `lead` (may be absent) before them. */
struct pm_paragraph *pm_inlines(struct pm_env *env, const struct pm_node *node, const struct pm_setting *setting, struct pm_str lead);
struct pm_paragraph *pm_text_paragraph(struct pm_env *env, struct pm_str text, const struct pm_setting *setting);
bool pm_has_inlines(const struct pm_node *node);

/* The style of a lozenge among text of `size`. */
struct pm_style pm_lozenge_style(const struct pm_env *env, double size, enum pm_tone tone, struct pm_tag *tag, struct pm_mark mark);

/* ---- blocks.c ---- */

/* A label that waits for the first line of its item. */
struct pm_label {
    struct pm_tag *tag;
    struct pm_line *line;          /* NULL: a task's box */
    double x;                      /* right edge of a line; left edge of a box */
    bool done;
    bool pending;
};

/* Where blocks go: one for each container that is open. */
struct pm_place {
    struct pm_place *outer;
    const struct pm_node *node;
    enum pm_node_kind kind;
    double x, width;
    double size;
    struct pm_rgb colour;
    struct pm_tag *tag;
    struct pm_frame *frame;
    double gap, lead;              /* before a block; before the first one */
    int depth;                     /* of lists */
    bool ordered, tight;
    long number;                   /* of the next item */
    double label_room;
    double list_x;                 /* left edge of the outermost list */
    struct pm_label label;         /* of an item */
    bool first;                    /* nothing has been added to it yet */
};

struct pm_flow {
    struct pm_env *env;
    struct pm_galley *galley;
    struct pm_place *place;
    bool in_cell;
    bool rtl;                      /* the lines being added belong to an item that is read from right to left */
};

/* Adds the blocks below `root` (not itself) at `place`. */
void pm_flow_blocks(struct pm_flow *flow, const struct pm_node *root);

/* A new box in the present place, with pending labels on it. */
struct pm_box *pm_flow_box(struct pm_flow *flow, double height, double gap, double baseline);

double pm_place_gap(const struct pm_place *place);

/* A place inside the present one, with its settings; `flow->place = place->outer` leaves it. */
struct pm_place *pm_place_open(struct pm_flow *flow, const struct pm_node *node);

/* Moves the left edge by `by`, as far as enough width remains; returns how far. */
double pm_place_indent(struct pm_place *place, double by);

/* No single line of a paragraph stands alone at the foot or the head of a page: true where line i must not be parted from the next. */
bool pm_stays_with_next(size_t i, size_t count);

/* The element of a heading of `level` (0: the title). Levels never skip: at most one deeper than the heading before. */
enum pm_tag_kind pm_env_heading(struct pm_env *env, int level);
void pm_env_anchor(struct pm_env *env, struct pm_str id, struct pm_str title, int level, struct pm_tag *tag, struct pm_box *box);

/* Breaks `p` at the place's width, one box a line. Widows and orphans are kept together; `keep` keeps the last with what follows.
 * Returns the first box. */
struct pm_box *pm_flow_paragraph(struct pm_flow *flow, struct pm_paragraph *p, const struct pm_setting *s, double gap, bool keep);

/* ---- the other blocks ---- */

void pm_flow_title(struct pm_flow *flow, const struct pm_node *node);
void pm_flow_badges(struct pm_flow *flow, const struct pm_node *node);
void pm_flow_facts(struct pm_flow *flow, const struct pm_node *node, bool pairs);
void pm_flow_metrics(struct pm_flow *flow, const struct pm_node *node);
void pm_flow_code(struct pm_flow *flow, const struct pm_node *node);
void pm_flow_table(struct pm_flow *flow, const struct pm_node *node);
void pm_flow_figure(struct pm_flow *flow, const struct pm_node *node);

/* Cells side by side, each a galley of its own, as boxes of the flow: one when they fit into `whole` points, else one a line.
 * The boxes get `head`. */
struct pm_row {
    struct pm_galley *cells;
    size_t count;
    double x, w;
    double pad_top, pad_bottom;
    double gap;
    double whole;
    bool has_rule;                 /* a hairline below */
    bool has_fill, has_bar;
    struct pm_rgb fill, rule, bar;
    struct pm_head *head;
};
/* Returns the first box and the last. */
struct pm_box *pm_flow_row(struct pm_flow *flow, struct pm_row *row, struct pm_box **last);

/* ---- widths.c ---- */

/* Widths of columns: `least` and `most` of each, with paddings; `flexible` columns share what is left over. */
struct pm_width { double least, most, width; bool flexible; };
/* Where the columns cannot have their most: `level` is 0 for sharing in proportion, 1 for level sharing, or anything between. */
void pm_share_width(struct pm_width *columns, size_t count, double width, double level);

/* ---- pages ---- */

/* The height of a settled galley without page breaks. */
double pm_galley_height(const struct pm_galley *galley);

/* Decides page and y of every box of a settled galley on pages `height` tall; returns how many pages. */
size_t pm_paginate(struct pm_galley *galley, double height);

/* Moves the items to their pages, to their final places. */
void pm_place_items(struct pm_env *env, struct pm_galley *galley, struct pm_layout *out);

/* Adds the contents after a first pagination into `pages` pages, when there are to be any. True when the galley has changed. */
bool pm_contents_add(struct pm_env *env, struct pm_galley *galley, size_t pages);

/* Fills in the numbers of pages after the last pagination. */
void pm_contents_number(struct pm_env *env);

/* Builds the galley at the scales of `env`, its elements below a new root. */
struct pm_tag *pm_build_galley(struct pm_env *env, struct pm_galley *galley);

/* One page, whatever it takes. */
struct pm_tag *pm_one_page(struct pm_env *env, struct pm_galley *galley);

/* An environment for `doc`, nothing built. */
void pm_env_init(struct pm_env *env, const struct pm_document *doc, const struct pm_layout_options *options);

#endif
