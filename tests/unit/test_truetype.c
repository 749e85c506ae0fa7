/* truetype.c on the compiled-in faces, with HarfBuzz to say what their glyphs look like. */
#include "render/pdf/truetype.h"

#include "render/pdf/builtin_fonts.h"
#include "render/pdf/harfbuzz.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
    const struct pm_builtin_font *face;
    struct pm_truetype font, small;   /* small: of `out` */
    struct pm_arena arena;
    struct pm_buf out;
    uint16_t *map;
    hb_font_t *whole, *part;
};

static hb_font_t *open_font(const void *data, size_t size)
{
    hb_blob_t *blob = hb_blob_create(data, (unsigned)size, HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *face = hb_face_create(blob, 0);
    hb_font_t *font = hb_font_create(face);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
    return font;
}

static void open_face(struct fixture *f, size_t index)
{
    *f = (struct fixture){.face = &pm_builtin_fonts[index]};
    assert_true(pm_harfbuzz_load());
    pm_arena_init(&f->arena);
    pm_buf_init(&f->out, (size_t)16 << 20);
    pm_truetype_open(&f->font, f->face->data);
    f->map = pm_arena_array(&f->arena, f->font.glyph_count, sizeof *f->map);
    assert_non_null(f->map);
    f->whole = open_font(f->face->data, f->face->size);
}

static void subset(struct fixture *f)
{
    pm_truetype_subset(&f->font, f->map, &f->arena, &f->out);
    assert_int_equal(f->out.status, PM_OK);
    pm_truetype_open(&f->small, (const unsigned char *)f->out.data);
    f->part = open_font(f->out.data, f->out.len);
}

static void close_face(struct fixture *f)
{
    hb_font_destroy(f->whole);
    if (f->part)
        hb_font_destroy(f->part);
    pm_buf_free(&f->out);
    pm_arena_free(&f->arena);
}

static uint32_t glyph(const struct fixture *f, uint32_t cp)
{
    hb_codepoint_t gid = 0;
    assert_true(hb_font_get_nominal_glyph(f->whole, cp, &gid));
    return gid;
}

/* A glyph of the face is what its number in the subset says. */
static void assert_same_glyph(const struct fixture *f, uint32_t gid)
{
    hb_glyph_extents_t a = {0}, b = {0};
    hb_font_get_glyph_extents(f->whole, gid, &a);
    hb_font_get_glyph_extents(f->part, f->map[gid], &b);
    assert_memory_equal(&a, &b, sizeof a);
    assert_int_equal(hb_font_get_glyph_h_advance(f->part, f->map[gid]), pm_truetype_advance(&f->font, gid));
    assert_int_equal(pm_truetype_advance(&f->small, f->map[gid]), pm_truetype_advance(&f->font, gid));
}

static uint32_t word_at(const struct pm_buf *b, size_t at)
{
    uint32_t word = 0;
    for (size_t i = 0; i < 4; i++)
        word = word << 8 | (at + i < b->len ? (unsigned char)b->data[at + i] : 0u);
    return word;
}

/* The sum of a sound file is known (OpenType 1.9, "head", checksumAdjustment). */
static void assert_sound(const struct fixture *f)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < f->out.len; i += 4)
        sum += word_at(&f->out, i);
    assert_true(sum == 0xB1B0AFBA);
    for (size_t i = 0; i < 6; i++)
        assert_true(i == 0 || word_at(&f->out, 12 + 16 * i) > word_at(&f->out, 12 + 16 * (i - 1)));
}

static void advances_are_those_of_harfbuzz(void **state)
{
    (void)state;
    for (size_t i = 0; i < pm_builtin_font_count; i++) {
        struct fixture f;
        open_face(&f, i);
        for (uint32_t gid = 0; gid < f.font.glyph_count; gid++)
            assert_int_equal(pm_truetype_advance(&f.font, gid), hb_font_get_glyph_h_advance(f.whole, gid));
        assert_int_equal(pm_truetype_advance(&f.font, f.font.glyph_count), 0);
        close_face(&f);
    }
}

static void a_subset_has_the_glyphs_in_order(void **state)
{
    (void)state;
    static const char text[] = "Incident 42: ready.";
    for (size_t i = 0; i < 5; i++) {
        struct fixture f;
        open_face(&f, i);
        for (size_t c = 0; text[c]; c++)
            f.map[glyph(&f, (unsigned char)text[c])] = 1;
        subset(&f);
        assert_int_equal(f.small.glyph_count, 16);   /* fifteen and .notdef */
        for (size_t c = 0; text[c]; c++)
            assert_same_glyph(&f, glyph(&f, (unsigned char)text[c]));
        assert_same_glyph(&f, 0);
        assert_true(f.map[glyph(&f, '2')] < f.map[glyph(&f, 'I')] && f.map[glyph(&f, 'I')] < f.map[glyph(&f, 'a')]);
        assert_sound(&f);
        close_face(&f);
    }
}

/* Letters with marks are put together from others, some of them from such again. */
static void parts_come_with_what_they_make(void **state)
{
    (void)state;
    static const uint32_t letters[] = {0xE9, 0x1ED9, 0x1F82, 0x3AC};
    for (size_t i = 0; i < 4; i++) {
        struct fixture f;
        open_face(&f, i);
        for (size_t c = 0; c < 4; c++)
            f.map[glyph(&f, letters[c])] = 1;
        subset(&f);
        assert_true(f.small.glyph_count > 5);
        for (size_t c = 0; c < 4; c++)
            assert_same_glyph(&f, glyph(&f, letters[c]));
        assert_sound(&f);
        close_face(&f);
    }
}

static void all_glyphs_and_none(void **state)
{
    (void)state;
    struct fixture f;
    open_face(&f, 0);
    for (uint32_t gid = 0; gid < f.font.glyph_count; gid++)
        f.map[gid] = 1;
    subset(&f);
    assert_int_equal(f.small.glyph_count, f.font.glyph_count);
    for (uint32_t gid = 0; gid < f.font.glyph_count; gid++) {
        assert_int_equal(f.map[gid], gid);
        assert_same_glyph(&f, gid);
    }
    assert_sound(&f);
    close_face(&f);
    open_face(&f, 4);
    subset(&f);
    assert_int_equal(f.small.glyph_count, 1);
    assert_false(f.small.long_offsets);
    assert_same_glyph(&f, 0);
    close_face(&f);
}

/* More outlines than short offsets reach: each glyph looks as '@' does. */
static void more_outlines_than_short_offsets_reach(void **state)
{
    (void)state;
    struct fixture f;
    open_face(&f, 0);
    uint32_t count = f.font.glyph_count, sign = glyph(&f, '@');
    const unsigned char *entry = f.font.loca + 2 * sign;
    uint32_t offset = 2 * ((uint32_t)entry[0] << 8 | entry[1]), size = 2 * ((uint32_t)entry[2] << 8 | entry[3]) - offset;
    unsigned char *glyf = pm_arena_array(&f.arena, count, size), *loca = pm_arena_array(&f.arena, count + 1, 4);
    assert_true(glyf && loca && count * size > 0x20000);
    for (uint32_t i = 0; i <= count; i++) {
        for (uint32_t j = 0; j < 4; j++)
            loca[4 * i + j] = (unsigned char)(i * size >> (24 - 8 * j));
        if (i < count) {
            memcpy(glyf + i * size, f.font.glyf + offset, size);
            f.map[i] = 1;
        }
    }
    f.font.glyf = glyf;
    f.font.loca = loca;
    f.font.long_offsets = true;
    subset(&f);
    assert_true(f.small.long_offsets);
    assert_sound(&f);
    hb_glyph_extents_t wanted = {0}, got;
    hb_font_get_glyph_extents(f.whole, sign, &wanted);
    wanted.x_bearing = 0;      /* it is the left side bearing of each glyph */
    for (uint32_t i = 0; i < count; i++) {
        hb_font_get_glyph_extents(f.part, i, &got);
        got.x_bearing = 0;
        assert_memory_equal(&got, &wanted, sizeof got);
    }
    close_face(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(advances_are_those_of_harfbuzz),
        cmocka_unit_test(a_subset_has_the_glyphs_in_order),
        cmocka_unit_test(parts_come_with_what_they_make),
        cmocka_unit_test(all_glyphs_and_none),
        cmocka_unit_test(more_outlines_than_short_offsets_reach),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
