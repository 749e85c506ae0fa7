/* Faces: the compiled-in ones, those of a theme, and the fallback list for what they lack.
 *
 * A struct pm_fonts lives across many files, so that a batch loads each face once. Fonts are opened when first needed:
 * a report in Latin opens no file. What is asked of a compiled-in face here is answered from tables that were made with it; HarfBuzz is
 * loaded for fonts from files, and to shape what is not plain (harfbuzz.h, plain.h). */
#ifndef PM_PDF_FONT_H
#define PM_PDF_FONT_H

#include "base/diag.h"
#include "document/theme.h"
#include "render/pdf/truetype.h"

/* How a face's glyphs are stored, which decides how it is embedded (embed.h). */
enum pm_font_kind { PM_FONT_TRUETYPE, PM_FONT_CFF_CID, PM_FONT_CFF_NAMED };

struct pm_font {
    size_t index;              /* in struct pm_fonts */
    enum pm_font_kind kind;
    char postscript[64];       /* letters, digits and '-' */
    const struct pm_builtin_font *builtin;   /* NULL: from a file */
    struct pm_truetype truetype;   /* of a compiled-in face */
    struct hb_font_t *hb;      /* HarfBuzz's, scaled to upem; NULL: a compiled-in face that it was not needed for so far */
    unsigned upem;
    double ascent, descent;    /* of a line, per em, both positive */
    double cap_height, x_height;   /* per em */
    int box[4];                /* that all glyphs lie in, font units: left, bottom, right, top */
    bool bold, italic, mono;
    const struct pm_plain *plain;   /* of a compiled-in face (plain.h), else NULL */
    bool alone;                /* a compiled-in face of symbols, each of which is set as if it were alone */
};

struct pm_fonts;

/* Fonts by a theme, which must outlive them. Its face files that cannot be used are warned of (PM_D_FONT_FILE) and the
 * compiled-in face stands in. */
enum pm_status pm_fonts_new(const struct pm_theme *theme, struct pm_diags *diags, struct pm_fonts **out);
void pm_fonts_free(struct pm_fonts *fonts);

size_t pm_fonts_count(const struct pm_fonts *fonts);            /* those opened so far */
struct pm_font *pm_fonts_at(struct pm_fonts *fonts, size_t index);

/* The font for a face of the theme. Never NULL: where it could not be opened, regular. */
struct pm_font *pm_font_face(struct pm_fonts *fonts, enum pm_face face);

/* The first font that has `cp`: the face itself, regular, the compiled-in symbols, mono, then the fallback list in order (opened when first
 * asked; for bold text the bold sister of a font that has it). NULL: none has it. Results are cached. */
struct pm_font *pm_font_for(struct pm_fonts *fonts, enum pm_face face, uint32_t cp);

/* The glyph of a character by itself; 0: the font has none. */
uint32_t pm_font_glyph(const struct pm_font *font, uint32_t cp);

/* The advance of a glyph, in font units. */
int32_t pm_font_advance(const struct pm_font *font, uint32_t gid);

#endif
