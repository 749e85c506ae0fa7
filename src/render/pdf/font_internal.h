/* What font.c, font_fallback.c, the shaper and the embedding share. */
#ifndef PM_PDF_FONT_INTERNAL_H
#define PM_PDF_FONT_INTERNAL_H

#include "render/pdf/font.h"
#include "render/pdf/harfbuzz.h"

/* Font files of the system by name: those in the folders of PM_FONT_PATH, then the usual ones. Filled when first asked. */
struct pm_font_files {
    struct pm_font_file {
        char *name;                  /* the last part of path */
        char *path;
        size_t order;                /* of its folder */
    } *files;                        /* sorted by name */
    size_t count, cap;
    bool listed;
    bool failed;                     /* memory ran out, so some may be missing */
};

/* The path of a font file: `name` itself when it has a '/', else the first of that name. NULL: there is none. */
const char *pm_font_files_find(struct pm_font_files *files, const char *name);
void pm_font_files_free(struct pm_font_files *files);

/* Bytes of a table; 0: the face has none. */
unsigned pm_table_size(hb_face_t *face, hb_tag_t tag);

/* Whether the font shows `cp`; spaces of other widths count, since HarfBuzz makes them from U+0020. */
bool pm_font_has(const struct pm_font *font, uint32_t cp);

/* What stands where no font has a character: a box or the like. `font` is one of its own, never NULL; the result is a glyph of it. */
uint32_t pm_font_stand_in(const struct pm_font *font);

/* HarfBuzz's font of one of these, made when first asked. NULL: memory ran out, or HarfBuzz cannot be loaded. */
hb_font_t *pm_font_hb(struct pm_fonts *fonts, const struct pm_font *font);

/* The shaper of these fonts, made when first asked. NULL: as pm_font_hb(). */
struct pm_shaper *pm_fonts_shaper(struct pm_fonts *fonts);

/* Whether memory ran out when fonts were looked for or opened, or HarfBuzz could not be loaded: what lacks a font then is not to be
 * trusted. */
bool pm_fonts_failed(const struct pm_fonts *fonts);

/* Reports the fallback fonts that were found and could not be used since the last call. */
void pm_fonts_report(struct pm_fonts *fonts, struct pm_diags *diags);

#endif
