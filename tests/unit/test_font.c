#include "render/pdf/font_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "render/pdf/builtin_fonts.h"

#include <cmocka.h>

struct fixture {
    struct pm_theme theme;
    struct pm_diags diags;
    struct pm_fonts *fonts;
};

static void open_theme(struct fixture *f)
{
    pm_diags_init(&f->diags, "theme.yaml");
    assert_int_equal(pm_fonts_new(&f->theme, &f->diags, &f->fonts), PM_OK);
}

static void close_theme(struct fixture *f)
{
    pm_fonts_free(f->fonts);
    pm_diags_free(&f->diags);
}

static size_t warnings(const struct fixture *f)
{
    return f->diags.count[PM_WARNING];
}

static void the_builtin_faces_are_there(void **state)
{
    (void)state;
    struct fixture f = {0};
    open_theme(&f);
    static const char *const names[] = {"NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic", "NotoSans-BoldItalic",
                                        "NotoSansMono-Regular"};
    for (int i = 0; i < PM_FACE_COUNT; i++) {
        const struct pm_font *font = pm_font_face(f.fonts, (enum pm_face)i);
        assert_string_equal(font->postscript, names[i]);
        assert_int_equal(font->kind, PM_FONT_TRUETYPE);
        assert_int_equal(font->upem, 1000);
        assert_true(font->ascent > 0.9 && font->ascent < 1.2 && font->descent > 0.2 && font->descent < 0.4);
        assert_true(font->cap_height > 0.6 && font->cap_height < 0.8 && font->x_height > 0.4 && font->x_height < 0.6);
        assert_int_equal(font->bold, i == PM_FACE_BOLD || i == PM_FACE_BOLD_ITALIC);
        assert_int_equal(font->italic, i == PM_FACE_ITALIC || i == PM_FACE_BOLD_ITALIC);
        assert_int_equal(font->mono, i == PM_FACE_MONO);
        assert_ptr_equal(pm_fonts_at(f.fonts, font->index), font);
    }
    assert_int_equal(pm_fonts_count(f.fonts), PM_FACE_COUNT);
    assert_int_equal(warnings(&f), 0);
    close_theme(&f);
}

static void the_builtin_faces_have_european_text(void **state)
{
    (void)state;
    struct fixture f = {0};
    open_theme(&f);
    static const uint32_t wanted[] = {'A',   '~',   0xA0,   0xDF,   0xE9,   0x17F,  0x1EF9, 0x3A9,
                                      0x416, 0x301, 0x2013, 0x2019, 0x2026, 0x20AC, 0x2122, 0xFFFD};
    for (int face = 0; face < PM_FACE_COUNT; face++)
        for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
            assert_ptr_equal(pm_font_for(f.fonts, (enum pm_face)face, wanted[i]), pm_font_face(f.fonts, (enum pm_face)face));
    close_theme(&f);
}

static void assert_near(double a, double b)
{
    assert_true(a - b < 1e-9 && b - a < 1e-9);
}

/* The tables of a compiled-in face against HarfBuzz. */
static void tables_say_what_harfbuzz_says(void **state)
{
    (void)state;
    struct fixture f = {0};
    open_theme(&f);
    for (int face = 0; face < PM_FACE_COUNT; face++)
        pm_font_face(f.fonts, (enum pm_face)face);
    pm_font_for(f.fonts, PM_FACE_REGULAR, 0x10FFFD);   /* looks into all others */
    assert_int_equal(pm_fonts_count(f.fonts), pm_builtin_font_count);
    for (size_t i = 0; i < pm_fonts_count(f.fonts); i++) {
        const struct pm_font *font = pm_fonts_at(f.fonts, i);
        assert_null(font->hb);
        hb_font_t *hb = pm_font_hb(f.fonts, font);
        hb_font_extents_t extents;
        assert_non_null(hb);
        assert_ptr_equal(pm_font_hb(f.fonts, font), hb);
        assert_true(hb_font_get_h_extents(hb, &extents));
        assert_near(font->ascent * font->upem, extents.ascender);
        assert_near(font->descent * font->upem, -extents.descender);
        assert_int_equal(font->upem, hb_face_get_upem(hb_font_get_face(hb)));
        assert_true(font->box[0] < font->box[2] && font->box[1] < font->box[3]);
        for (uint32_t cp = 0; cp < 0x20000; cp++) {
            hb_codepoint_t gid = 0;
            hb_font_get_nominal_glyph(hb, cp, &gid);
            assert_int_equal(pm_font_glyph(font, cp), gid);
            if (gid)
                assert_int_equal(pm_font_advance(font, gid), hb_font_get_glyph_h_advance(hb, gid));
        }
    }
    close_theme(&f);
}

static void symbols_need_no_file(void **state)
{
    (void)state;
    struct fixture f = {0};
    open_theme(&f);
    static const uint32_t wanted[] = {0x2192, 0x2265, 0x2500, 0x2588, 0x25A1, 0x25CF, 0x2713, 0x2717, 0x26A0};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        assert_non_null(pm_font_for(f.fonts, PM_FACE_BOLD, wanted[i]));
    assert_ptr_equal(pm_font_for(f.fonts, PM_FACE_MONO, 0x2500), pm_font_face(f.fonts, PM_FACE_MONO));
    assert_null(pm_font_for(f.fonts, PM_FACE_REGULAR, 0x10FFFD));
    assert_null(pm_font_for(f.fonts, PM_FACE_REGULAR, 0x10FFFD));
    close_theme(&f);
}

static void what_stands_in_is_a_glyph(void **state)
{
    (void)state;
    struct fixture f = {0};
    open_theme(&f);
    for (int face = 0; face < PM_FACE_COUNT; face++)
        assert_int_not_equal(pm_font_stand_in(pm_font_face(f.fonts, (enum pm_face)face)), 0);
    close_theme(&f);
}

/* A file with `n` bytes of `data`; the name is a static buffer. */
static struct pm_str write_file(const void *data, size_t n)
{
    static char path[] = "/tmp/pm-test-font-XXXXXX";
    memcpy(path + strlen(path) - 6, "XXXXXX", 6);
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, data, n), n);
    close(fd);
    return pm_str(path);
}

static void a_face_that_cannot_be_used_is_told_of(void **state)
{
    (void)state;
    struct fixture f = {.theme.faces[PM_FACE_REGULAR] = PM_LIT("/nonexistent/Face.ttf")};
    open_theme(&f);
    assert_int_equal(warnings(&f), 1);
    assert_string_equal(f.diags.first->text, "cannot use the font /nonexistent/Face.ttf: No such file or directory");
    assert_string_equal(pm_font_face(f.fonts, PM_FACE_REGULAR)->postscript, "NotoSans-Regular");
    close_theme(&f);
    struct fixture g = {.theme.faces[PM_FACE_MONO] = write_file("no font at all", 14)};
    open_theme(&g);
    unlink(g.theme.faces[PM_FACE_MONO].p);
    assert_int_equal(warnings(&g), 1);
    assert_string_equal(pm_font_face(g.fonts, PM_FACE_MONO)->postscript, "NotoSansMono-Regular");
    close_theme(&g);
}

static void a_truncated_face_does_no_harm(void **state)
{
    (void)state;
    const struct pm_builtin_font *b = &pm_builtin_fonts[PM_FACE_ITALIC];
    for (size_t n = 0; n <= b->size; n += n < 400 ? 37 : 9973) {
        struct fixture f = {.theme.faces[PM_FACE_REGULAR] = write_file(b->data, n)};
        open_theme(&f);
        assert_non_null(pm_font_face(f.fonts, PM_FACE_REGULAR));
        pm_font_for(f.fonts, PM_FACE_REGULAR, 'A');
        close_theme(&f);
        unlink(f.theme.faces[PM_FACE_REGULAR].p);
    }
}

static void a_face_of_ones_own_is_used(void **state)
{
    (void)state;
    const struct pm_builtin_font *b = &pm_builtin_fonts[PM_FACE_BOLD];
    struct fixture f = {.theme.faces[PM_FACE_REGULAR] = write_file(b->data, b->size)};
    open_theme(&f);
    const struct pm_font *font = pm_font_face(f.fonts, PM_FACE_REGULAR);
    assert_int_equal(warnings(&f), 0);
    assert_true(font->bold);
    assert_memory_equal(font->postscript, "Font", 4);   /* the compiled-in subset has no names */
    unlink(f.theme.faces[PM_FACE_REGULAR].p);
    close_theme(&f);
}

/* The font for bold `cp` when the theme has `name` as its fallback, or NULL when this system has no such file. */
static struct pm_font *bold_fallback_for(struct fixture *f, struct pm_str *name, uint32_t cp)
{
    *f = (struct fixture){.theme = {.fallback = name, .fallback_count = 1}};
    open_theme(f);
    return pm_font_for(f->fonts, PM_FACE_BOLD, cp);
}

static void fallback_fonts_are_found_by_name(void **state)
{
    (void)state;
    struct {
        struct pm_str name;
        uint32_t cp;
        enum pm_font_kind kind;
        const char *family;
    } cases[] = {
        {PM_LIT("NotoSansHebrew-Regular.ttf"), 0x5D0, PM_FONT_TRUETYPE, "NotoSansHebrew"},
        {PM_LIT("NotoSansCJK-Regular.ttc#1"), 0x4E8B, PM_FONT_CFF_CID, "NotoSansCJKkr"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture f;
        const struct pm_font *font = bold_fallback_for(&f, &cases[i].name, cases[i].cp);
        if (font) {
            assert_int_equal(font->kind, cases[i].kind);
            assert_memory_equal(font->postscript, cases[i].family, strlen(cases[i].family));
            const struct pm_font *plain = pm_font_for(f.fonts, PM_FACE_ITALIC, cases[i].cp);
            assert_false(plain->bold);
            assert_true(font == plain || font->bold);
        }
        close_theme(&f);
    }
}

static void names_of_faces_are_looked_for_in_the_system(void **state)
{
    (void)state;
    struct fixture f = {.theme.faces[PM_FACE_REGULAR] = PM_LIT("Inter-Regular.otf")};
    open_theme(&f);
    if (warnings(&f) == 0) {
        const struct pm_font *font = pm_font_face(f.fonts, PM_FACE_REGULAR);
        assert_string_equal(font->postscript, "Inter-Regular");
        assert_int_equal(font->kind, PM_FONT_CFF_NAMED);
        assert_ptr_equal(pm_font_for(f.fonts, PM_FACE_REGULAR, 'A'), font);
    }
    close_theme(&f);
}

static void a_missing_fallback_is_no_fault(void **state)
{
    (void)state;
    struct pm_str name = PM_LIT("no-such-font.ttf");
    struct fixture f;
    assert_null(bold_fallback_for(&f, &name, 0x10FFFD));
    pm_fonts_report(f.fonts, &f.diags);
    assert_int_equal(warnings(&f), 0);
    close_theme(&f);
}

static void a_broken_fallback_of_a_theme_is_told_of_once(void **state)
{
    (void)state;
    struct pm_str name = write_file("nothing", 7);
    struct fixture f = {.theme = {.fallback = &name, .fallback_count = 1, .folder = PM_LIT("/tmp")}};
    open_theme(&f);
    assert_null(pm_font_for(f.fonts, PM_FACE_REGULAR, 0x10FFFD));
    assert_null(pm_font_for(f.fonts, PM_FACE_MONO, 0x10FFFD));
    pm_fonts_report(f.fonts, &f.diags);
    pm_fonts_report(f.fonts, &f.diags);
    assert_int_equal(warnings(&f), 1);
    unlink(name.p);
    close_theme(&f);
}

static void folders_given_come_first(void **state)
{
    (void)state;
    char folder[] = "/tmp/pm-test-fonts-XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/Given.ttf", folder);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fclose(file);
    setenv("PM_FONT_PATH", folder, 1);
    struct pm_font_files files = {0};
    const char *found = pm_font_files_find(&files, "Given.ttf");
    assert_non_null(found);
    assert_string_equal(found, path);
    assert_null(pm_font_files_find(&files, "given.ttf"));
    assert_string_equal(pm_font_files_find(&files, "/a/path.ttf"), "/a/path.ttf");
    pm_font_files_free(&files);
    unsetenv("PM_FONT_PATH");
    unlink(path);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_builtin_faces_are_there),
        cmocka_unit_test(the_builtin_faces_have_european_text),
        cmocka_unit_test(tables_say_what_harfbuzz_says),
        cmocka_unit_test(symbols_need_no_file),
        cmocka_unit_test(what_stands_in_is_a_glyph),
        cmocka_unit_test(a_face_that_cannot_be_used_is_told_of),
        cmocka_unit_test(a_truncated_face_does_no_harm),
        cmocka_unit_test(a_face_of_ones_own_is_used),
        cmocka_unit_test(fallback_fonts_are_found_by_name),
        cmocka_unit_test(names_of_faces_are_looked_for_in_the_system),
        cmocka_unit_test(a_missing_fallback_is_no_fault),
        cmocka_unit_test(a_broken_fallback_of_a_theme_is_told_of_once),
        cmocka_unit_test(folders_given_come_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
