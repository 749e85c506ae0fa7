/* Text: from styled UTF-8 to lines of positioned glyphs.
 *
 * A paragraph is filled with pieces of text and their styles, shaped once (FriBidi for direction, HarfBuzz for glyphs),
 * and then asked for its widths and broken into lines, as often as a layout likes (UAX 14 by libunistring, tailored).
 * Everything lives in the arena given. */
#ifndef PM_PDF_TEXT_H
#define PM_PDF_TEXT_H

#include "base/arena.h"
#include "base/diag.h"
#include "render/pdf/font.h"

struct pm_tag;

/* What is drawn behind a piece of text. */
enum pm_text_box { PM_BOX_NONE, PM_BOX_CODE, PM_BOX_LOZENGE };

struct pm_style {
    enum pm_face face;
    double size;               /* points */
    struct pm_rgb colour;
    bool tabular;              /* figures of one width (tnum) */
    bool underline, strike;
    enum pm_text_box box;      /* LOZENGE: kept on one line, with padding before and behind */
    struct pm_rgb fill, line;  /* of the box */
    struct pm_str url;         /* of a link, or absent */
    struct pm_tag *tag;        /* the structure element that the text belongs to */
    struct pm_mark mark;       /* for messages about missing glyphs */
    bool nowrap;               /* break only where there is no other way */
};

struct pm_glyph {
    uint32_t gid;
    int32_t advance, dx, dy;   /* font units */
    const char *text;          /* what this glyph stands for, in logical order over the glyphs of its cluster */
    uint16_t length;           /* bytes of text; 0: nothing of its own (a further glyph of a cluster with fewer characters than glyphs) */
    bool rtl;
};

/* Glyphs of one font and one style, in visual order, at `x` from the line's left edge. */
struct pm_fragment {
    const struct pm_font *font;
    const struct pm_style *style;
    const struct pm_glyph *glyphs;
    size_t count;
    double x, width;           /* points; width with the padding of a lozenge */
    double pad;                /* points before the first glyph */
};

struct pm_line {
    struct pm_fragment *fragments;   /* in visual order from the left; paint in this order */
    size_t count;
    double width;              /* without trailing white space */
    double ascent, descent;    /* points, the largest of its fragments' fonts at their sizes */
    bool rtl;                  /* the paragraph's direction: such a line starts at the right */
    bool forced;               /* broken inside a word, for want of any other place: code shows a mark there */
};

struct pm_paragraph;

/* Warnings about missing glyphs go to diags, one for each character and place. */
struct pm_paragraph *pm_paragraph_new(struct pm_fonts *fonts, struct pm_arena *arena, struct pm_diags *diags);

/* Adds text. White space is collapsed by the caller; '\n' is a line break; in code (preserve) '\t' must be spaces
 * already. The style is copied. */
void pm_paragraph_add(struct pm_paragraph *p, struct pm_str text, const struct pm_style *style);

/* Every space and line of code counts, and lines may break anywhere that they must. */
void pm_paragraph_preserve(struct pm_paragraph *p);

/* The least width (longest piece without a break; a long word or URL counts with at most `word_cap` points) and the
 * width without any break but the author's. */
void pm_paragraph_widths(struct pm_paragraph *p, double word_cap, double *least, double *most);

/* Breaks into lines at most `width` wide. Greedy; a word longer than a line is broken at sane places ('/', '-', '.',
 * '_', camelCase, else anywhere between clusters). An empty paragraph has no lines. The lines live in the arena. */
size_t pm_paragraph_lines(struct pm_paragraph *p, double width, struct pm_line **lines);

/* One line of text in one style, for labels. Wider than `width` (when > 0): shortened with an ellipsis. */
struct pm_line *pm_text_line(struct pm_fonts *fonts, struct pm_arena *arena, struct pm_diags *diags, struct pm_str text,
                             const struct pm_style *style, double width);

#endif
