/* Faces: the compiled-in ones, those of a theme, and the fallback list for what they lack.
 *
 * A struct pm_fonts lives across many files, so that a batch loads each face once. Fonts are opened when first needed:
 * a report in Latin opens no file. HarfBuzz is included by this folder alone. */
#ifndef PM_PDF_FONT_H
#define PM_PDF_FONT_H

#include "base/diag.h"
#include "document/theme.h"

#include <hb.h>

/* How a face's glyphs are stored, which decides how it is embedded (embed.h). */
enum pm_font_kind { PM_FONT_TRUETYPE, PM_FONT_CFF_CID, PM_FONT_CFF_NAMED };

struct pm_font {
    size_t index;              /* in struct pm_fonts */
    enum pm_font_kind kind;
    char postscript[64];       /* letters, digits and '-' */
    hb_face_t *face;
    hb_font_t *font;           /* scaled to upem */
    unsigned upem;
    double ascent, descent;    /* of a line, per em, both positive */
    double cap_height, x_height;   /* per em */
    bool bold, italic, mono;
    const struct pm_plain *plain;   /* of a compiled-in face (plain.h), else NULL */
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

#endif
