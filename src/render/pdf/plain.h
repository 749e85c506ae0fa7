/* Shaping of the commonest text, worked out when the compiled-in faces are made.
 *
 * A unit is a character, or a few that a face has a ligature for. For text of these units in Latin script HarfBuzz does nothing but put
 * glyphs side by side and kern pairs, so a table of pairs gives what it would; where a pair gives anything else, the table says so. Shaping
 * reports by HarfBuzz alone took a quarter of their time, and half of that was reading the faces' rules anew in each run. */
#ifndef PM_PDF_PLAIN_H
#define PM_PDF_PLAIN_H

#include <stdint.h>

enum {
    PM_PLAIN_ASCII = 0x7F - 0x20,
    PM_PLAIN_LATIN1 = 0x100 - 0xC0,
    PM_PLAIN_MARKS = 18,
    PM_PLAIN_LIGATURES = 5,
    PM_PLAIN_FIRST_LIGATURE = PM_PLAIN_ASCII + PM_PLAIN_LATIN1 + PM_PLAIN_MARKS,
    PM_PLAIN_UNITS = PM_PLAIN_FIRST_LIGATURE + PM_PLAIN_LIGATURES,
    PM_PLAIN_NONE = 0xFF,      /* no unit */
    PM_NOT_PLAIN = INT16_MIN   /* a pair that HarfBuzz must look at */
};

/* What text is set with beside letters: spaces, dots, dashes, quotation marks, ellipsis and the like. */
#define PM_PLAIN_MARK_LIST \
    {0xA0, 0xA7, 0xAB, 0xB0, 0xB5, 0xB7, 0xBB, 0x2007, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026, 0x202F, 0x20AC}

/* Longer ones first. */
#define PM_PLAIN_LIGATURE_LIST {"ffi", "ffl", "ff", "fi", "fl"}

struct pm_plain_unit {
    uint16_t gid;              /* 0: the face has no such unit */
    uint16_t advance;          /* font units */
};

/* Kerning of a pair, in font units: of its first unit's advance. */
typedef int16_t pm_plain_pairs[PM_PLAIN_UNITS][PM_PLAIN_UNITS];

struct pm_plain {
    const struct pm_plain_unit *units;
    const pm_plain_pairs *pairs;
};

#endif
