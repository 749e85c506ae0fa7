/* Build-time tool: subsets font files to the characters of reports and writes them as the C source of builtin_fonts.h.
 * usage: mkfonts REGULAR BOLD ITALIC BOLD-ITALIC MONO [SYMBOLS]... >builtin_fonts.c */
#include "render/pdf/plain.h"

#include <hb-ot.h>
#include <hb-subset.h>
#include <hb.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FACES = 5 };

struct range { hb_codepoint_t first, last; };

/* What text is written with: Latin, Greek and Cyrillic with their marks, punctuation, currency and number forms. */
static const struct range letters[] = {
    {0x0020, 0x007E}, {0x00A0, 0x0259}, {0x0261, 0x0261}, {0x0283, 0x0283}, {0x0292, 0x0294}, {0x02B0, 0x0338}, {0x0370, 0x03FF},
    {0x0400, 0x04FF}, {0x1E00, 0x1FFF}, {0x2000, 0x206F}, {0x2070, 0x20CF}, {0x2100, 0x218F}, {0x25CC, 0x25CC}, {0xFB00, 0xFB06},
    {0xFFFC, 0xFFFD},
};

/* Arrows, mathematics, technical, boxes, shapes, symbols, dingbats. */
static const struct range symbols[] = {
    {0x2190, 0x21FF}, {0x2200, 0x22FF}, {0x2300, 0x2328}, {0x23CE, 0x23CF}, {0x23E9, 0x23FF}, {0x2500, 0x25FF}, {0x2600, 0x26FF},
    {0x2700, 0x27BF}, {0x27F5, 0x27FF}, {0x2B05, 0x2B07}, {0x2B1B, 0x2B1C}, {0x2B50, 0x2B50},
};

static const hb_tag_t features[] = {
    HB_TAG('k', 'e', 'r', 'n'), HB_TAG('l', 'i', 'g', 'a'), HB_TAG('c', 'l', 'i', 'g'), HB_TAG('c', 'a', 'l', 't'),
    HB_TAG('c', 'c', 'm', 'p'), HB_TAG('l', 'o', 'c', 'l'), HB_TAG('m', 'a', 'r', 'k'), HB_TAG('m', 'k', 'm', 'k'),
    HB_TAG('t', 'n', 'u', 'm'), HB_TAG('l', 'n', 'u', 'm'),
};

/* Nothing that is read for shaping, measuring or embedding. */
static const hb_tag_t unused[] = {
    HB_TAG('n', 'a', 'm', 'e'), HB_TAG('D', 'S', 'I', 'G'), HB_TAG('g', 'a', 's', 'p'), HB_TAG('m', 'e', 't', 'a'),
    HB_TAG('S', 'T', 'A', 'T'), HB_TAG('M', 'A', 'T', 'H'), HB_TAG('h', 'd', 'm', 'x'), HB_TAG('V', 'D', 'M', 'X'),
    HB_TAG('L', 'T', 'S', 'H'), HB_TAG('k', 'e', 'r', 'n'), HB_TAG('v', 'h', 'e', 'a'), HB_TAG('v', 'm', 't', 'x'),
    HB_TAG('B', 'A', 'S', 'E'),
};

static const char *const names[FACES] = {"regular", "bold", "italic", "bold_italic", "mono"};

static void fail(const char *path, const char *why)
{
    fprintf(stderr, "mkfonts: %s: %s\n", path, why);
    exit(1);
}

static void add_ranges(hb_set_t *set, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        hb_set_add_range(set, ranges[i].first, ranges[i].last);
}

static void add_tags(hb_set_t *set, const hb_tag_t *tags, size_t count)
{
    for (size_t i = 0; i < count; i++)
        hb_set_add(set, tags[i]);
}

static hb_face_t *subset(hb_face_t *face, const hb_set_t *taken, hb_set_t *unicodes, const char *path)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        fail(path, "out of memory");
    hb_set_t *wanted = hb_subset_input_unicode_set(input);
    hb_set_clear(wanted);
    hb_face_collect_unicodes(face, unicodes);
    hb_set_union(wanted, unicodes);
    hb_set_t *ranges = hb_set_create();
    add_ranges(ranges, letters, taken ? 0 : sizeof letters / sizeof *letters);
    add_ranges(ranges, symbols, sizeof symbols / sizeof *symbols);
    hb_set_intersect(wanted, ranges);
    hb_set_destroy(ranges);
    if (taken) {
        hb_set_subtract(wanted, taken);
        hb_set_add(wanted, 0x20);
    }
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
    hb_set_t *kept = hb_subset_input_set(input, HB_SUBSET_SETS_LAYOUT_FEATURE_TAG);
    hb_set_clear(kept);
    add_tags(kept, features, sizeof features / sizeof *features);
    add_tags(hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG), unused, sizeof unused / sizeof *unused);
    hb_face_t *result = hb_subset_or_fail(face, input);
    hb_subset_input_destroy(input);
    if (!result)
        fail(path, "cannot be subset");
    return result;
}

/* ---- plain text (plain.h) ---- */

struct shaper {
    hb_font_t *font;
    hb_buffer_t *buffer;
    struct pm_plain_unit units[PM_PLAIN_UNITS];
    pm_plain_pairs pairs;
};

static void put_unit(hb_buffer_t *buffer, unsigned unit)
{
    static const hb_codepoint_t marks[PM_PLAIN_MARKS] = PM_PLAIN_MARK_LIST;
    static const char *const ligatures[PM_PLAIN_LIGATURES] = PM_PLAIN_LIGATURE_LIST;
    hb_codepoint_t cp = unit + 0x20;
    if (unit >= PM_PLAIN_FIRST_LIGATURE) {
        hb_buffer_add_utf8(buffer, ligatures[unit - PM_PLAIN_FIRST_LIGATURE], -1, 0, -1);
        return;
    }
    if (unit >= PM_PLAIN_ASCII + PM_PLAIN_LATIN1)
        cp = marks[unit - PM_PLAIN_ASCII - PM_PLAIN_LATIN1];
    else if (unit >= PM_PLAIN_ASCII)
        cp = unit - PM_PLAIN_ASCII + 0xC0;
    hb_buffer_add_utf32(buffer, &cp, 1, 0, 1);
}

/* Shapes units as a report shapes text; returns the count of glyphs. */
static unsigned shape_units(struct shaper *s, const unsigned *units, size_t count, bool tabular)
{
    static const hb_feature_t figures[] = {
        {HB_TAG('t', 'n', 'u', 'm'), 1, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
        {HB_TAG('l', 'n', 'u', 'm'), 1, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
    };
    hb_buffer_clear_contents(s->buffer);
    hb_buffer_set_direction(s->buffer, HB_DIRECTION_LTR);
    hb_buffer_set_script(s->buffer, HB_SCRIPT_LATIN);
    hb_buffer_set_language(s->buffer, hb_language_from_string("en", -1));
    for (size_t i = 0; i < count; i++)
        put_unit(s->buffer, units[i]);
    hb_shape(s->font, s->buffer, figures, tabular ? 2 : 0);
    return hb_buffer_get_length(s->buffer);
}

static bool is_offset(const hb_glyph_position_t *p)
{
    return p->x_offset || p->y_offset || p->y_advance;
}

/* What a unit becomes by itself: one glyph, whatever the figures, or none. */
static struct pm_plain_unit plain_unit(struct shaper *s, unsigned unit)
{
    struct pm_plain_unit found = {0, 0};
    for (int tabular = 0; tabular < 2; tabular++) {
        if (shape_units(s, &unit, 1, tabular) != 1)
            return (struct pm_plain_unit){0, 0};
        const hb_glyph_info_t *g = hb_buffer_get_glyph_infos(s->buffer, NULL);
        const hb_glyph_position_t *p = hb_buffer_get_glyph_positions(s->buffer, NULL);
        bool same = !tabular || (found.gid == g->codepoint && found.advance == p->x_advance);
        if (g->codepoint > UINT16_MAX || p->x_advance < 0 || p->x_advance > UINT16_MAX || is_offset(p) || !same)
            return (struct pm_plain_unit){0, 0};
        found = (struct pm_plain_unit){(uint16_t)g->codepoint, (uint16_t)p->x_advance};
    }
    return found;
}

/* By how much a pair is nearer than its advances say, or PM_NOT_PLAIN. */
static int16_t plain_pair(struct shaper *s, unsigned a, unsigned b)
{
    int kern = PM_NOT_PLAIN;
    const unsigned pair[] = {a, b};
    for (int tabular = 0; tabular < 2; tabular++) {
        if (!s->units[a].gid || !s->units[b].gid || shape_units(s, pair, 2, tabular) != 2)
            return PM_NOT_PLAIN;
        const hb_glyph_info_t *g = hb_buffer_get_glyph_infos(s->buffer, NULL);
        const hb_glyph_position_t *p = hb_buffer_get_glyph_positions(s->buffer, NULL);
        int by = p[0].x_advance - s->units[a].advance;
        if (g[0].codepoint != s->units[a].gid || g[1].codepoint != s->units[b].gid || is_offset(&p[0]) || is_offset(&p[1])
            || p[1].x_advance != s->units[b].advance || by <= PM_NOT_PLAIN || by > INT16_MAX || (tabular && by != kern))
            return PM_NOT_PLAIN;
        kern = by;
    }
    return (int16_t)kern;
}

static void find_plain(struct shaper *s, const char *path)
{
    for (unsigned i = 0; i < PM_PLAIN_UNITS; i++) {
        s->units[i] = plain_unit(s, i);
        if (i < PM_PLAIN_ASCII && s->units[i].gid == 0)
            fail(path, "has not all of ASCII");
    }
    for (unsigned i = 0; i < PM_PLAIN_UNITS; i++)
        for (unsigned j = 0; j < PM_PLAIN_UNITS; j++)
            s->pairs[i][j] = plain_pair(s, i, j);
}

static void write_plain(hb_face_t *face, const char *path, const char *name)
{
    static struct shaper s;
    s = (struct shaper){.font = hb_font_create(face), .buffer = hb_buffer_create()};
    find_plain(&s, path);
    printf("static const struct pm_plain_unit pm_units_%s[PM_PLAIN_UNITS] = {", name);
    for (unsigned i = 0; i < PM_PLAIN_UNITS; i++)
        printf("%s{%u,%u},", i % 12 ? "" : "\n", s.units[i].gid, s.units[i].advance);
    printf("\n};\n\nstatic const pm_plain_pairs pm_pairs_%s = {", name);
    for (unsigned i = 0; i < PM_PLAIN_UNITS; i++) {
        printf("\n{");
        for (unsigned j = 0; j < PM_PLAIN_UNITS; j++)
            printf("%d,", s.pairs[i][j]);
        printf("},");
    }
    printf("\n};\n\nstatic const struct pm_plain pm_plain_%s = {pm_units_%s, &pm_pairs_%s};\n\n", name, name, name);
    hb_buffer_destroy(s.buffer);
    hb_font_destroy(s.font);
}

/* ---- measures and characters ---- */

/* What the programs ask of a face without HarfBuzz. */
struct face {
    char name[64];             /* PostScript */
    unsigned size, characters;
    hb_font_extents_t extents;
    hb_position_t cap_height, x_height;
    unsigned upem;
    bool alone;
};

static void measure(hb_face_t *face, const char *path, struct face *out)
{
    hb_font_t *font = hb_font_create(face);
    if (!hb_font_get_h_extents(font, &out->extents))
        fail(path, "has no measures");
    hb_ot_metrics_get_position(font, HB_OT_METRICS_TAG_CAP_HEIGHT, &out->cap_height);
    hb_ot_metrics_get_position(font, HB_OT_METRICS_TAG_X_HEIGHT, &out->x_height);
    out->upem = hb_face_get_upem(face);
    out->alone = hb_ot_layout_table_get_feature_tags(face, HB_OT_TAG_GSUB, 0, NULL, NULL) == 0
        && hb_ot_layout_table_get_feature_tags(face, HB_OT_TAG_GPOS, 0, NULL, NULL) == 0;
    hb_font_destroy(font);
}

static void write_characters(hb_face_t *face, const char *path, int index, struct face *out)
{
    hb_font_t *font = hb_font_create(face);
    hb_set_t *all = hb_set_create();
    hb_face_collect_unicodes(face, all);
    printf("static const struct pm_builtin_character pm_characters_%d[] = {", index);
    for (hb_codepoint_t cp = HB_SET_VALUE_INVALID, gid; hb_set_next(all, &cp);) {
        if (!hb_font_get_nominal_glyph(font, cp, &gid))
            continue;
        if (cp > UINT16_MAX || gid > UINT16_MAX)
            fail(path, "has characters beyond those of 16 bits");
        printf("%s{%u,%u},", out->characters++ % 12 ? "" : "\n", cp, gid);
    }
    puts("\n};\n");
    hb_set_destroy(all);
    hb_font_destroy(font);
}

/* ---- writing ---- */

static void write_bytes(hb_face_t *face, const char *path, int index, unsigned *size)
{
    hb_blob_t *blob = hb_face_reference_blob(face);
    const unsigned char *data = (const unsigned char *)hb_blob_get_data(blob, size);
    if (*size == 0)
        fail(path, "the subset is empty");
    if (index < FACES)
        printf("static const unsigned char pm_font_%s[] = {", names[index]);
    else
        printf("static const unsigned char pm_font_symbols_%d[] = {", index - FACES + 1);
    for (unsigned i = 0; i < *size; i++)
        printf("%s%u,", i % 24 ? "" : "\n", data[i]);
    puts("\n};\n");
    hb_blob_destroy(blob);
}

/* Writes what belongs to one face and fills `out`. `covered` gets the face's characters. */
static void write_face(const char *path, int index, hb_set_t *covered, struct face *out)
{
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(path);
    if (!blob)
        fail(path, "cannot be read");
    hb_face_t *face = hb_face_create(blob, 0);
    hb_set_t *unicodes = hb_set_create();
    hb_face_t *small = subset(face, index < FACES ? NULL : covered, unicodes, path);
    unsigned room = sizeof out->name;
    if (hb_ot_name_get_utf8(face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &room, out->name) == 0)
        fail(path, "has no PostScript name");
    write_bytes(small, path, index, &out->size);
    measure(small, path, out);
    write_characters(small, path, index, out);
    if (index < FACES)
        write_plain(small, path, names[index]);
    if (index == 0 || index >= FACES)
        hb_set_union(covered, unicodes);
    hb_set_destroy(unicodes);
    hb_face_destroy(small);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
}

static void write_row(const struct face *face, int index)
{
    if (index < FACES)
        printf("    {\"%s\", pm_font_%s, ", face->name, names[index]);
    else
        printf("    {\"%s\", pm_font_symbols_%d, ", face->name, index - FACES + 1);
    printf("%u, %u, %d, %d, %d, %d, pm_characters_%d, %u, ", face->size, face->upem, face->extents.ascender, face->extents.descender,
           face->cap_height, face->x_height, index, face->characters);
    if (index < FACES)
        printf("&pm_plain_%s, false},\n", names[index]);
    else
        printf("NULL, %s},\n", face->alone ? "true" : "false");
}

int main(int argc, char **argv)
{
    enum { MAX = 16 };
    static struct face faces[MAX];
    if (argc < 1 + FACES || argc > MAX) {
        fputs("usage: mkfonts REGULAR BOLD ITALIC BOLD-ITALIC MONO [SYMBOLS]...\n", stderr);
        return 2;
    }
    hb_set_t *covered = hb_set_create();
    puts("/* Generated by mkfonts.c; do not edit. */\n#include \"render/pdf/builtin_fonts.h\"\n");
    for (int i = 0; i < argc - 1; i++)
        write_face(argv[i + 1], i, covered, &faces[i]);
    hb_set_destroy(covered);
    puts("const struct pm_builtin_font pm_builtin_fonts[] = {");
    for (int i = 0; i < argc - 1; i++)
        write_row(&faces[i], i);
    printf("};\n\nconst size_t pm_builtin_font_count = %d;\n", argc - 1);
    if (fflush(stdout) != 0)
        fail("standard output", "cannot be written");
    return 0;
}
