/* embed.c: codes for glyphs. What is embedded is left to tests/conformance. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "render/pdf/embed.h"

struct fixture {
    struct pm_arena arena;
    struct pm_diags diags;
    struct pm_theme theme;
    struct pm_fonts *fonts;
    struct pm_file file;
    struct pm_embedding embedding;
    struct pm_font_use *use;
};

static struct fixture f;

static int set_up(void **state)
{
    (void)state;
    f = (struct fixture){.theme = {.fallback_count = 0}};
    pm_arena_init(&f.arena);
    pm_diags_init(&f.diags, "test");
    if (pm_fonts_new(&f.theme, &f.diags, &f.fonts) != PM_OK)
        return -1;
    f.file = (struct pm_file){.doc = HPDF_New(NULL, NULL), .arena = &f.arena, .deflater = pm_pdf_deflater_new()};
    pm_embedding_init(&f.embedding, &f.file);
    f.use = pm_embedding_use(&f.embedding, pm_font_face(f.fonts, PM_FACE_REGULAR));
    return f.use ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    HPDF_Free(f.file.doc);
    pm_pdf_deflater_free(f.file.deflater);
    pm_fonts_free(f.fonts);
    pm_diags_free(&f.diags);
    pm_arena_free(&f.arena);
    return 0;
}

/* The code of `gid` where it stands for `cp`. */
static unsigned code_for(uint32_t gid, uint32_t cp, bool *exact)
{
    char text[4];
    int width = -1;
    struct pm_glyph glyph = {.gid = gid, .text = text, .length = (uint16_t)pm_utf8_put(text, cp)};
    unsigned code = pm_font_use_code(&f.embedding, f.use, &glyph, &width, exact);
    assert_true(width >= 0);
    return code;
}

static void test_code_stands_for_glyph_and_text(void **state)
{
    (void)state;
    bool exact = false;
    unsigned first = code_for(5, 'a', &exact), second = code_for(5, 'b', &exact);
    assert_int_equal(first, 1);
    assert_int_equal(second, 2);
    assert_int_equal(code_for(5, 'a', &exact), first);
    assert_int_equal(code_for(6, 'a', &exact), 3);
    assert_true(exact);
}

/* Boxes stand for any number of characters; none of them may be lost. */
static void test_more_texts_than_codes(void **state)
{
    (void)state;
    bool exact = false;
    for (uint32_t i = 1; i <= 0xFFFF; i++)
        assert_int_equal(code_for(5, 0x10000 + i, &exact), i);
    assert_true(exact);
    assert_int_equal(code_for(5, 'x', &exact), 1);
    assert_false(exact);
    assert_int_equal(code_for(5, 0x10007, &exact), 7);
    assert_true(exact);
    assert_int_equal(code_for(6, 'x', &exact), 0);   /* nothing is left for a new glyph */
    assert_int_equal(pm_embedding_finish(&f.embedding), PM_OK);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_code_stands_for_glyph_and_text), TEST(test_more_texts_than_codes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
