/* Painting: pages of a layout become content streams, marked content and annotations of a file. */
#ifndef PM_PDF_PAINT_H
#define PM_PDF_PAINT_H

#include "render/pdf/embed.h"
#include "render/pdf/layout.h"

/* One page of the file. */
struct pm_sheet {
    HPDF_Page page;
    HPDF_Array annotations;   /* NULL until the first */
    struct pm_tag **marked;   /* by MCID: the element that owns it */
    size_t marked_count, marked_cap;
    size_t key;               /* StructParents */
};

/* An entry of the parent tree (ISO 32000-1, 14.7.4.4), by key: a page's marked content, or an annotation's element. */
struct pm_parent {
    bool is_sheet;
    size_t sheet;
    struct pm_tag *tag;
};

/* What painting shares over the pages of a file. */
struct pm_canvas {
    struct pm_file *file;
    struct pm_embedding *fonts;
    const struct pm_theme *theme;
    HPDF_Image logo;              /* NULL: none */
    struct pm_sheet *sheets;
    size_t sheet_count, sheet_cap;
    struct pm_parent *parents;
    size_t parent_count, parent_cap;
    struct pm_buf content;        /* of the page being painted */
    size_t last_anchor;           /* of the layout being painted: the one that a link led to last */
    struct pm_str long_url;       /* the last that had an action of its own object, */
    HPDF_Dict long_action;        /* this one */
    enum pm_status status;        /* the first failure */
};

/* Adds an empty page of the theme's paper: the last of the file, or in front of `before`. */
void pm_canvas_add_sheet(struct pm_canvas *canvas, HPDF_Page before);

/* Paints running heads and feet on sheet `index`, behind what is there. */
void pm_canvas_paint_running(struct pm_canvas *canvas, size_t index, const struct pm_page *page);

/* Paints `page` on sheet `index`. Internal links lead to the anchors, whose pages count from sheet `first`. */
void pm_canvas_paint(struct pm_canvas *canvas, size_t index, const struct pm_page *page, const struct pm_layout *layout, size_t first);

#endif
