/* The tables of the compiled-in faces against HarfBuzz: the same glyphs, advances, texts and clusters. */
#include "render/pdf/plain.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "render/pdf/shape.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct pm_theme theme;
static struct pm_fonts *fonts;

static int setup(void **state)
{
    (void)state;
    return pm_fonts_new(&theme, NULL, &fonts) == PM_OK ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    pm_fonts_free(fonts);
    return 0;
}

static struct pm_paragraph *shaped(struct pm_arena *arena, struct pm_str text, const struct pm_style *style)
{
    struct pm_paragraph *p = pm_paragraph_new(fonts, arena, NULL);
    pm_paragraph_add(p, text, style);
    assert_true(pm_paragraph_ready(p));
    return p;
}

static void assert_same(const struct pm_paragraph *a, const struct pm_paragraph *b)
{
    assert_int_equal(a->glyph_count, b->glyph_count);
    assert_int_equal(a->cluster_count, b->cluster_count);
    for (size_t i = 0; i < a->glyph_count; i++) {
        const struct pm_glyph *x = &a->glyphs[i], *y = &b->glyphs[i];
        if (x->gid != y->gid || x->advance != y->advance || x->dx != y->dx || x->dy != y->dy || x->length != y->length
            || x->text - a->text != y->text - b->text)
            fail_msg("glyph %zu (byte %td) of \"%.*s\" differs", i, x->text - a->text, (int)a->length, a->text);
    }
    for (size_t i = 0; i < a->cluster_count; i++) {
        const struct pm_cluster *x = &a->clusters[i], *y = &b->clusters[i];
        if (x->glyph != y->glyph || x->count != y->count || x->rank != y->rank || x->space != y->space || x->width < y->width
            || x->width > y->width)
            fail_msg("cluster %zu of \"%.*s\" differs", i, (int)a->length, a->text);
    }
}

/* Lets symbols be set alone, or not. */
static void set_alone(bool alone)
{
    for (size_t i = 0; i < pm_fonts_count(fonts); i++)
        pm_fonts_at(fonts, i)->alone = alone && !pm_fonts_at(fonts, i)->plain;
}

/* Shapes `text` in each compiled-in face with its table and without. */
static void compare(struct pm_str text)
{
    for (int face = 0; face < PM_FACE_COUNT; face++) {
        for (int tabular = 0; tabular < 2; tabular++) {
            struct pm_arena arena;
            pm_arena_init(&arena);
            struct pm_style style = {.face = (enum pm_face)face, .size = 9.5, .tabular = tabular};
            struct pm_font *font = pm_font_face(fonts, style.face);
            const struct pm_plain *table = font->plain;
            assert_non_null(table);
            struct pm_paragraph *with = shaped(&arena, text, &style);
            set_alone(false);
            font->plain = NULL;
            struct pm_paragraph *without = shaped(&arena, text, &style);
            font->plain = table;
            set_alone(true);
            assert_same(with, without);
            pm_arena_free(&arena);
        }
    }
}

static void sentences(void **state)
{
    (void)state;
    compare(PM_LIT("AVATAR: To. P. Ty., \"Wa\" 'quoted' (f) ff fi fl ffi ffl fff ffff offices, traffic; Affligem fjord"));
    compare(PM_LIT("07:20\xE2\x80\x93"
                   "13:33 UTC \xE2\x80\x94 4\xC2\xA0h 14\xC2\xA0min, 37.1 % of all; "
                   "\xE2\x80\x9Cit\xE2\x80\x99s\xE2\x80\x9D \xE2\x80\xA6"));
    compare(PM_LIT("\xC3\x9C"
                   "berma\xC3\x9Fige Caf\xC3\xA9s, fa\xC3\xA7"
                   "ade, \xC3\x98re, cafe\xCC\x81 (marks), \xC5\x81\xC3\xB3"
                   "d\xC5\xBA"));
    compare(PM_LIT("https://status.example.org/api/v2?x=1&y=[a-z]#frag user@example.org /var/log/app.log {{ }} <- -> => != <= >= ~~"));
}

/* Every three of the characters that kern and join, in words of sixteen. */
static void triples(void **state)
{
    (void)state;
    static const char letters[] = "AFLPTVWYafilortvwy.,-1'";
    struct pm_buf b;
    pm_buf_init(&b, (size_t)1 << 20);
    size_t n = sizeof letters - 1;
    for (size_t i = 0; i < n * n * n; i++) {
        const char triple[] = {letters[i / n / n], letters[i / n % n], letters[i % n]};
        pm_buf_add(&b, triple, sizeof triple);
        if (i % 16 == 15)
            pm_buf_putc(&b, ' ');
    }
    assert_int_equal(b.status, PM_OK);
    compare(pm_buf_slice(&b));
    pm_buf_free(&b);
}

/* What has no entry goes to HarfBuzz and comes out whole beside what has. */
static void mixed_with_other_text(void **state)
{
    (void)state;
    compare(PM_LIT("abc \xCE\x91\xCE\xB2\xCE\xB3 def\xCC\x88 \xD0\x94\xD0\xB0 \xE2\x86\x92 ghi"));
    char word[700];
    memset(word, 'x', sizeof word);
    compare((struct pm_str){word, sizeof word});
}

static void symbols(void **state)
{
    (void)state;
    compare(PM_LIT("\xE2\x89\x88 1,200 users \xE2\x86\x92 \xE2\x89\xA5\xE2\x89\xA4 5 \xE2\x88\x92\xE2\x88\x9E; \xE2\x9C\x93\xE2\x9C\x97 "
                   "\xE2\x9A\xA0\xEF\xB8\x8F \xE2\x97\x8F\xE2\x96\xB6 \xE2\x86\x90\xCC\xB8 \xE2\x89\xA0."));
    struct pm_buf b;
    pm_buf_init(&b, (size_t)1 << 20);
    for (uint32_t cp = 0x2190; cp < 0x2800; cp++) {
        char bytes[4];
        hb_script_t script;
        if (!pm_usual_script(cp, &script))
            continue;
        pm_buf_add(&b, bytes, pm_utf8_put(bytes, cp));
        if (cp % 3 == 0)
            pm_buf_putc(&b, ' ');
    }
    assert_int_equal(b.status, PM_OK);
    compare(pm_buf_slice(&b));
    pm_buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences), cmocka_unit_test(triples), cmocka_unit_test(mixed_with_other_text), cmocka_unit_test(symbols),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
