/* What is embedded of a font: a font program with the glyphs that a file shows. */
#ifndef PM_PDF_SUBSET_H
#define PM_PDF_SUBSET_H

#include "render/pdf/embed.h"

struct pm_subset {
    struct pm_buf program;     /* a TrueType file, or a bare CFF table */
    uint16_t *gids;            /* of each code: its glyph in `program`; in the arena */
};

/* Of the use's codes. PM_UNSUPPORTED when HarfBuzz cannot subset the font, PM_NOMEM. To be freed even then. */
enum pm_status pm_subset_make(struct pm_subset *subset, const struct pm_font_use *use, struct pm_arena *arena);
void pm_subset_free(struct pm_subset *subset);

#endif
