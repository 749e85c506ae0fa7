/* Layout: from a document to pages of positioned items. Knows fonts, not PDF: it is tested without a file.
 *
 * Points throughout; the origin is the top left corner of the page, y grows downwards. */
#ifndef PM_PDF_LAYOUT_H
#define PM_PDF_LAYOUT_H

#include "document/node.h"
#include "document/theme.h"
#include "render/pdf/tag.h"
#include "render/pdf/text.h"

enum pm_item_kind { PM_ITEM_TEXT, PM_ITEM_RECT, PM_ITEM_LINE, PM_ITEM_CIRCLE, PM_ITEM_DIAMOND, PM_ITEM_CHECK, PM_ITEM_IMAGE, PM_ITEM_LINK };

/* Something on a page. Items are in painting order, which is reading order for what is tagged. */
struct pm_item {
    enum pm_item_kind kind;
    struct pm_tag *tag;           /* NULL: an artifact (decoration, running heads, repeated header rows) */
    double x, y, w, h;            /* TEXT: left end of the base line; LINE: x,y to x+w,y+h; CIRCLE, DIAMOND: centre, w radius;
                                     CHECK: the corner and size of a tick; others: corner and size */
    const struct pm_fragment *fragment;   /* TEXT; its own x is not added: items carry the final place of the fragment's left edge */
    struct pm_rgb fill, stroke;
    bool has_fill, has_stroke, dashed;
    double stroke_width, radius;
    struct pm_str url;            /* LINK: a URL, or "#id" of an anchor; in the document's arena */
    struct pm_item *next;
};

struct pm_page {
    struct pm_item *first, *last;
    size_t count;
};

/* A place that outlines, contents and internal links lead to. */
struct pm_anchor {
    struct pm_str id, title;
    int level;                    /* 0: the document's title; 1 to 5: sections */
    size_t page;                  /* of this layout, from 0 */
    double y;
    struct pm_tag *tag;           /* the heading */
};

struct pm_layout {
    struct pm_page *pages;
    size_t page_count;
    struct pm_anchor *anchors;    /* in reading order; the first is the title */
    size_t anchor_count;
};

struct pm_layout_options {
    const struct pm_theme *theme;
    struct pm_fonts *fonts;
    struct pm_arena *arena;       /* for everything but tags */
    struct pm_arena *tag_arena;
    struct pm_tag *tag;           /* the element that gets the document's elements: Document, or a Sect of it */
    int heading_base;             /* 1: the title is H1; 2 in a file of many incidents would skip, so 1 there too */
    size_t first_page;            /* pages before this document in the file, for the numbers of its contents */
    struct pm_str logo_alt;       /* of the theme's logo; absent: decoration */
    double logo_width;            /* 0: none */
    struct pm_diags *diags;
};

/* Lays the document out. With doc->max_pages 1 the result has one page: type shrinks to 8 pt at the least, then the
 * longest sections are cut, each with a line that says so, and PM_D_CUT is reported. PM_NOMEM when an arena failed. */
enum pm_status pm_layout(const struct pm_document *doc, const struct pm_layout_options *options, struct pm_layout *out);

/* Running head and foot of page `number` of `total` as artifacts, in `arena`. */
void pm_layout_running(const struct pm_document *doc, const struct pm_layout_options *options, size_t number, size_t total,
                       struct pm_arena *arena, struct pm_page *out);

#endif
