/* Fonts in one file: which glyphs are shown, under which codes, and the subset that is embedded.
 *
 * Every font is a Type0 font with Identity-H (ISO 32000-1, 9.7). TrueType: a code (CID) stands for a glyph together
 * with the text that it stands for, in order of first use, so that ToUnicode is exact for ligatures and shared glyphs;
 * CIDToGIDMap leads to the subset's glyph. CFF keyed by CID: the code is the glyph of the full font, which is its CID.
 * CFF keyed by name: the code is the glyph, the subset keeps the numbers. */
#ifndef PM_PDF_EMBED_H
#define PM_PDF_EMBED_H

#include "render/pdf/object.h"
#include "render/pdf/text.h"

struct pm_code {
    uint32_t gid;
    struct pm_str text;      /* UTF-8 */
    int width;               /* thousandths of an em, rounded */
};

/* One font's use in one file. */
struct pm_font_use {
    const struct pm_font *font;
    size_t number;           /* in the order of first use, from 1: "/F1" */
    HPDF_Dict object;        /* the Type0 font */
    struct pm_code *codes;   /* TrueType: by CID, [0] is .notdef; CFF: in order of first use, the CID being the gid */
    size_t count, cap;
    uint32_t *slots;         /* hash of codes: index + 1 */
    size_t slot_count;
    uint32_t *by_gid;        /* when all codes are taken: one of each glyph's; 0: none */
    uint32_t ascii[128];     /* TrueType: the code last found for a character, of its glyph most often; 0: none */
};

struct pm_embedding {
    struct pm_file *file;
    HPDF_Dict resources;     /* the Font dictionary that all pages share */
    struct pm_font_use *uses;   /* by font->index */
    size_t count;
    size_t used;             /* fonts */
};

void pm_embedding_init(struct pm_embedding *e, struct pm_file *file);

/* The use of `font`, made when new; NULL when memory ran out. */
struct pm_font_use *pm_embedding_use(struct pm_embedding *e, const struct pm_font *font);

/* The code that shows `glyph`, and its rounded width. 0 when there is no room for more codes. *exact is false when the
 * code's text in ToUnicode is another than the glyph's (CFF; TrueType when all codes are taken). */
unsigned pm_font_use_code(struct pm_embedding *e, struct pm_font_use *use, const struct pm_glyph *glyph, int *width, bool *exact);

/* Subsets and writes all fonts used. PM_UNSUPPORTED when a font cannot be subset. */
enum pm_status pm_embedding_finish(struct pm_embedding *e);

#endif
