/* The inside of a paragraph: its runs, glyphs and clusters. Shared by text.c, shape.c, bidi.c and lines.c. */
#ifndef PM_PDF_SHAPE_H
#define PM_PDF_SHAPE_H

#include "render/pdf/harfbuzz.h"
#include "render/pdf/text.h"

/* Text that was added at once. */
struct pm_span {
    size_t from, to;           /* bytes of the paragraph's text */
    struct pm_style *style;    /* fragments point to it */
};

/* Text of one span, font, script and direction, without line breaks. */
struct pm_run {
    size_t from, to;
    uint32_t span;
    const struct pm_font *font;
    hb_script_t script;
    unsigned char level;       /* UAX 9: odd is from right to left */
    bool stand_in;             /* no font has its one character */
};

/* Where a line may be broken before a cluster. */
enum pm_break { PM_BREAK_NONE, PM_BREAK_ANYWHERE, PM_BREAK_SANE, PM_BREAK_NOWRAP, PM_BREAK_NATURAL };

/* What cannot be taken apart, in logical order. */
struct pm_cluster {
    uint32_t glyph, count;     /* its glyphs, neighbours in visual order */
    uint32_t run;
    float width;               /* points, with the padding of a box at its first and last cluster */
    unsigned char rank;        /* enum pm_break */
    bool space;
};

/* Clusters with no natural break between them. */
struct pm_piece {
    uint32_t first, end;
    double width, full;        /* without and with the spaces at its end */
    bool hard;                 /* the author breaks the line here */
    const struct pm_style *style;   /* of a line that has nothing else */
};

/* A line break of the author's, before `cluster`. */
struct pm_hard_break {
    uint32_t cluster, span;
};

struct pm_paragraph {
    struct pm_fonts *fonts;
    struct pm_arena *arena;
    struct pm_diags *diags;
    char *text;
    size_t length, room;
    struct pm_span *spans;
    size_t span_count, span_cap;
    bool preserve, shaped;
    /* from here on made by shaping */
    bool rtl;
    unsigned char *levels;     /* by byte; NULL: all from left to right */
    struct pm_run *runs;
    size_t run_count, run_cap;
    struct pm_glyph *glyphs;
    size_t glyph_count, glyph_cap;
    struct pm_cluster *clusters;
    size_t cluster_count, cluster_cap;
    struct pm_hard_break *hard;
    size_t hard_count, hard_cap;
    struct pm_piece *pieces;
    size_t piece_count, piece_cap;
};

/* What shapes by HarfBuzz, of fonts that must outlive it. NULL: memory ran out, or HarfBuzz cannot be loaded. */
struct pm_shaper *pm_shaper_new(struct pm_fonts *fonts);
void pm_shaper_free(struct pm_shaper *shaper);

/* Finds the levels of a paragraph that has text from right to left. */
void pm_paragraph_bidi(struct pm_paragraph *p);

/* The script of the characters that a report in Latin has, letters and the signs that all scripts share (HB_SCRIPT_COMMON), for which
 * HarfBuzz need not be loaded. None of them is a mark. False: it is another. */
bool pm_usual_script(uint32_t cp, hb_script_t *script);

/* Fills runs, glyphs, clusters and hard breaks. `breaks` is what libunistring says of each byte. */
void pm_paragraph_shape(struct pm_paragraph *p, const char *breaks);

/* Adds the glyphs and clusters of a word [from, to) of the last run, which is Latin, where its font's table has them all (plain.h). False:
 * nothing was added, HarfBuzz is to be asked. */
bool pm_paragraph_plain(struct pm_paragraph *p, size_t from, size_t to);

/* The same for a word in a font of symbols that are set alone. */
bool pm_paragraph_symbols(struct pm_paragraph *p, size_t from, size_t to);

/* Ranks the places between clusters and cuts the pieces. */
void pm_paragraph_cut(struct pm_paragraph *p, const char *breaks);

/* All of it, once; false when memory ran out. */
bool pm_paragraph_ready(struct pm_paragraph *p);

/* Padding at each side of a box. */
double pm_style_pad(const struct pm_style *style);

/* Room for one more element of an array in the arena; false when memory ran out. */
bool pm_room_for(struct pm_arena *arena, void *array, size_t count, size_t *cap, size_t size);

/* Byte of the paragraph's text at which a cluster begins. */
size_t pm_cluster_at(const struct pm_paragraph *p, size_t cluster);

#endif
