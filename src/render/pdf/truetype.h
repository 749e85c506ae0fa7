/* TrueType fonts whose bytes are known to be sound, which the compiled-in ones are: advances, and subsets to embed (OpenType 1.9, chapters
 * "glyf", "loca", "hmtx"). hb-subset does as much for any font and takes ten times as long. */
#ifndef PM_PDF_TRUETYPE_H
#define PM_PDF_TRUETYPE_H

#include "base/arena.h"
#include "base/buf.h"

#include <stdint.h>

struct pm_truetype {
    const unsigned char *head, *hhea, *hmtx, *maxp, *loca, *glyf;   /* tables */
    unsigned glyph_count;
    unsigned advance_count;    /* glyphs behind these have the advance of the last */
    bool long_offsets;         /* in loca */
};

/* Takes the bytes of a file, which must stay. */
void pm_truetype_open(struct pm_truetype *font, const unsigned char *file);

/* In font units. 0 for a glyph that the font does not have. */
unsigned pm_truetype_advance(const struct pm_truetype *font, uint32_t gid);

/* Writes a font file with .notdef, the glyphs that `map` marks with anything but 0, and those that they are composed of, in their order,
 * with the tables that a PDF needs (ISO 32000-1, 9.9). `map` has an entry a glyph and gets their numbers in that file. A failure is left
 * in `out`. */
void pm_truetype_subset(const struct pm_truetype *font, uint16_t *map, struct pm_arena *arena, struct pm_buf *out);

#endif
