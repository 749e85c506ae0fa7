/* The structure tree of a tagged PDF (ISO 32000-1, 14.7 and 14.8; ISO 14289-1), in memory.
 *
 * The layout makes elements in reading order; the painter adds each run of marked content to its element. Elements live in an arena that
 * outlives the layout, since the tree is written last. */
#ifndef PM_PDF_TAG_H
#define PM_PDF_TAG_H

#include "base/arena.h"

enum pm_tag_kind {
    PM_TAG_DOCUMENT, PM_TAG_SECT, PM_TAG_DIV, PM_TAG_H1, PM_TAG_H2, PM_TAG_H3, PM_TAG_H4, PM_TAG_H5, PM_TAG_H6, PM_TAG_P,
    PM_TAG_L, PM_TAG_LI, PM_TAG_LBL, PM_TAG_LBODY, PM_TAG_TABLE, PM_TAG_THEAD, PM_TAG_TBODY, PM_TAG_TR, PM_TAG_TH, PM_TAG_TD,
    PM_TAG_FIGURE, PM_TAG_CAPTION, PM_TAG_LINK, PM_TAG_BLOCKQUOTE, PM_TAG_CODE, PM_TAG_SPAN, PM_TAG_TOC, PM_TAG_TOCI, PM_TAG_REFERENCE,
    PM_TAG_KINDS
};

/* Marked content of an element: sequence `mcid` on page `page` (in the file, from 0); or, with mcid < 0, annotation `object` on it. */
struct pm_content {
    size_t page;
    int mcid;
    void *object;
    const struct pm_tag *after;   /* the child that it follows; NULL: before all */
    struct pm_content *next;
};

struct pm_tag {
    enum pm_tag_kind kind;
    unsigned char colspan;        /* of TH and TD; 0 or 1: one */
    bool row_header;              /* TH with Scope Row instead of Column */
    bool ordered;                 /* L with numbers instead of bullets */
    struct pm_tag *parent, *first, *last, *next;
    struct pm_str alt;            /* of a FIGURE: required; copied */
    struct pm_str lang;           /* where it differs from the document's */
    double box[4];                /* of a FIGURE: left, bottom, right, top in page space; set by the painter */
    struct pm_content *content, *content_last;
    const struct pm_tag *painted; /* the last child that has content */
    void *object;                 /* of the file writer */
};

/* A new last child of `parent` (NULL: a root). NULL-tolerant for failed arenas. */
struct pm_tag *pm_tag_new(struct pm_arena *arena, struct pm_tag *parent, enum pm_tag_kind kind);

/* Makes `tag`, which has no parent yet, the child of `parent` behind its child `after` (NULL: the first). */
void pm_tag_insert(struct pm_tag *tag, struct pm_tag *parent, struct pm_tag *after);

/* Adds content behind what is there. */
void pm_tag_content(struct pm_arena *arena, struct pm_tag *tag, size_t page, int mcid, void *object);

const char *pm_tag_name(enum pm_tag_kind kind);   /* "TBody" */

#endif
