#include "render/pdf/text.h"

#include "base/utf8.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct pm_str fallback[4];
static struct pm_theme theme = {.fallback = fallback};

struct bench {
    struct pm_diags diags;
    struct pm_fonts *fonts;
    struct pm_arena arena;
    struct pm_style style;
};

static int setup(void **state)
{
    struct bench *b = calloc(1, sizeof *b);
    if (!b)
        return -1;
    pm_diags_init(&b->diags, "i.yaml");
    pm_arena_init(&b->arena);
    b->style = (struct pm_style){.face = PM_FACE_REGULAR, .size = 10, .mark = {3, 5, 20}};
    *state = b;
    static const char *const files[] = {"NotoSansHebrew-Regular.ttf", "NotoSansArabic-Regular.ttf", "NotoSansDevanagari-Regular.ttf",
                                        "NotoSansCJK-Regular.ttc#0"};
    for (theme.fallback_count = 0; theme.fallback_count < 4; theme.fallback_count++)
        fallback[theme.fallback_count] = pm_str(files[theme.fallback_count]);
    return pm_fonts_new(&theme, &b->diags, &b->fonts) == PM_OK ? 0 : -1;
}

static int teardown(void **state)
{
    struct bench *b = *state;
    pm_fonts_free(b->fonts);
    pm_arena_free(&b->arena);
    pm_diags_free(&b->diags);
    free(b);
    return 0;
}

static struct pm_paragraph *paragraph(struct bench *b, const char *text)
{
    struct pm_paragraph *p = pm_paragraph_new(b->fonts, &b->arena, &b->diags);
    pm_paragraph_add(p, pm_str(text), &b->style);
    return p;
}

static size_t lines_of(struct bench *b, const char *text, double width, struct pm_line **lines)
{
    return pm_paragraph_lines(paragraph(b, text), width, lines);
}

static double width_of(struct bench *b, const char *text)
{
    double least, most;
    pm_paragraph_widths(paragraph(b, text), 1e9, &least, &most);
    return most;
}

static bool has_font(struct bench *b, uint32_t cp)
{
    return pm_font_for(b->fonts, PM_FACE_REGULAR, cp) != NULL;
}

/* ---- reading lines back ---- */

static int by_text(const void *a, const void *b)
{
    const struct pm_glyph *x = a, *y = b;
    if (x->text != y->text)
        return x->text < y->text ? -1 : 1;
    return (x->length > y->length) - (x->length < y->length);
}

/* The text of a line from left to right as its glyphs stand, or in logical order. In a static buffer. */
static const char *shown(const struct pm_line *line, bool logical)
{
    static char text[1 << 16];
    static struct pm_glyph glyphs[1 << 14];
    size_t n = 0, count = 0;
    for (size_t i = 0; i < line->count; i++)
        for (size_t j = 0; j < line->fragments[i].count && count < sizeof glyphs / sizeof *glyphs; j++)
            glyphs[count++] = line->fragments[i].glyphs[j];
    if (logical)
        qsort(glyphs, count, sizeof *glyphs, by_text);
    for (size_t i = 0; i < count && n + glyphs[i].length < sizeof text; i++) {
        assert_int_not_equal(glyphs[i].gid, 0);
        memcpy(text + n, glyphs[i].text, glyphs[i].length);
        n += glyphs[i].length;
    }
    text[n] = '\0';
    return text;
}

/* Fragments stand one behind the other and end where the line does; glyphs are as wide as they say. */
static void check_geometry(const struct pm_line *line)
{
    double x = 0;
    for (size_t i = 0; i < line->count; i++) {
        const struct pm_fragment *f = &line->fragments[i];
        assert_true(fabs(f->x - x) < 0.01);
        x += f->width;
        assert_true(line->ascent >= f->font->ascent * f->style->size - 0.01);
        double glyphs = 0, last = 0;
        for (size_t j = 0; j < f->count; j++) {
            last = f->glyphs[j].advance * f->style->size / f->font->upem;
            glyphs += last;
        }
        bool hangs = i + 1 == line->count && f->count && f->glyphs[f->count - 1].length == 1 && f->glyphs[f->count - 1].text[0] == ' ';
        double tolerance = 0.01 * (1 + (double)f->count);
        if (f->style->box == PM_BOX_NONE)
            assert_true(fabs(glyphs - f->width) < tolerance || (hangs && fabs(glyphs - last - f->width) < tolerance));
    }
    assert_true(fabs(line->width - x) < 0.01);
}

static size_t clusters_with_width(const struct pm_line *line)
{
    size_t n = 0;
    for (size_t i = 0; i < line->count; i++)
        for (size_t j = 0; j < line->fragments[i].count; j++)
            n += line->fragments[i].glyphs[j].advance > 0 && line->fragments[i].glyphs[j].length > 0;
    return n;
}

static bool is_line_break(struct pm_str s, size_t at)
{
    return s.p[at] == '\n' || (s.n - at >= 2 && memcmp(s.p + at, "\xC2\x85", 2) == 0)
        || (s.n - at >= 3 && (memcmp(s.p + at, "\xE2\x80\xA8", 3) == 0 || memcmp(s.p + at, "\xE2\x80\xA9", 3) == 0));
}

/* The lines have all of the text but line breaks and spaces at their ends, and none is too wide that could be broken. */
static void check_lines(struct pm_str text, const struct pm_line *lines, size_t count, double width)
{
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        check_geometry(&lines[i]);
        assert_true(lines[i].width <= width + 0.02 || clusters_with_width(&lines[i]) <= 8);
        struct pm_str line = pm_str(shown(&lines[i], true));
        for (size_t k = 0; k < line.n;) {
            size_t start = at, kept = k;
            assert_true(at < text.n);
            if (pm_utf8_next(text, &at) == pm_utf8_next(line, &k))
                continue;
            k = kept;
            assert_true(text.p[start] == ' ' || is_line_break(text, start));
        }
    }
    while (at < text.n) {
        assert_true(text.p[at] == ' ' || is_line_break(text, at));
        pm_utf8_next(text, &at);
    }
}

/* ---- shaping ---- */

static void pairs_are_kerned(void **state)
{
    struct bench *b = *state;
    assert_true(width_of(b, "AV") < width_of(b, "A") + width_of(b, "V") - 0.1);
}

static void a_ligature_stands_for_its_letters(void **state)
{
    struct bench *b = *state;
    struct pm_line *lines;
    assert_int_equal(lines_of(b, "of\xEF\xAC\x81" "cffice", 200, &lines), 1);
    assert_string_equal(shown(lines, false), "of\xEF\xAC\x81" "cffice");
    assert_int_equal(lines_of(b, "a\xCC\x81\xCC\xA3.", 200, &lines), 1);
    const struct pm_fragment *f = lines[0].fragments;
    size_t bytes = 0;
    for (size_t i = 0; i < f->count; i++)
        bytes += f->glyphs[i].length;
    assert_int_equal(bytes, 6);
    assert_string_equal(shown(lines, false), "a\xCC\x81\xCC\xA3.");
}

static void a_devanagari_cluster_keeps_its_characters(void **state)
{
    struct bench *b = *state;
    if (!has_font(b, 0x915))
        return;
    struct pm_line *lines;
    /* kṣi ni: the vowel sign stands first */
    const char *text = "\xE0\xA4\x95\xE0\xA5\x8D\xE0\xA4\xB7\xE0\xA4\xBF \xE0\xA4\xA8\xE0\xA4\xBF";
    assert_int_equal(lines_of(b, text, 200, &lines), 1);
    assert_string_equal(shown(lines, true), text);
}

static void tabular_figures_are_of_one_width(void **state)
{
    struct bench *b = *state;
    b->style.tabular = true;
    double zero = width_of(b, "0");
    char digit[2] = "0";
    for (; digit[0] <= '9'; digit[0]++)
        assert_true(fabs(width_of(b, digit) - zero) < 0.001);
    assert_true(fabs(width_of(b, "1117") - 4 * zero) < 0.01);
}

static void words_are_shaped_alike_at_first_and_later(void **state)
{
    struct bench *b = *state;
    struct pm_line *first, *later;
    assert_int_equal(lines_of(b, "Tomato WAVE Tomato", 300, &first), 1);
    assert_int_equal(lines_of(b, "Tomato WAVE Tomato", 300, &later), 1);
    assert_int_equal(first->fragments->count, later->fragments->count);
    for (size_t i = 0; i < first->fragments->count; i++) {
        assert_int_equal(first->fragments->glyphs[i].gid, later->fragments->glyphs[i].gid);
        assert_int_equal(first->fragments->glyphs[i].advance, later->fragments->glyphs[i].advance);
    }
    assert_int_equal(first->count, 1);
}

static void faces_have_glyphs_of_their_own(void **state)
{
    struct bench *b = *state;
    double regular = width_of(b, "million"), mono = 0;
    b->style.face = PM_FACE_BOLD;
    assert_true(width_of(b, "million") > regular);
    b->style.face = PM_FACE_MONO;
    mono = width_of(b, "i");
    assert_true(fabs(width_of(b, "ffi->") - 5 * mono) < 0.01);
}

static void more_words_than_are_kept(void **state)
{
    struct bench *b = *state;
    char word[32];
    double first = width_of(b, "word0");
    for (int i = 0; i < 30000; i++) {
        snprintf(word, sizeof word, "word%d", i);
        struct pm_line *lines;
        assert_int_equal(lines_of(b, word, 300, &lines), 1);
        if (i % 1000 == 0)
            assert_string_equal(shown(lines, false), word);
    }
    assert_true(fabs(width_of(b, "word0") - first) < 0.001);
}

/* ---- what no font has ---- */

static void a_missing_glyph_is_told_of_once_for_each_place(void **state)
{
    struct bench *b = *state;
    struct pm_line *lines;
    const char *text = "x \xF4\x8F\xBF\xBD\xEF\xB8\x8F y \xF4\x8F\xBF\xBD";
    assert_int_equal(lines_of(b, text, 200, &lines), 1);
    assert_string_equal(shown(lines, false), text);
    assert_int_equal(lines_of(b, text, 300, &lines), 1);
    assert_int_equal(b->diags.count[PM_WARNING], 1);
    assert_string_equal(b->diags.first->text, "no font has U+10FFFD (\xF4\x8F\xBF\xBD); a box stands in its place");
    assert_int_equal(b->diags.first->mark.line, 3);
    b->style.mark.line = 4;
    lines_of(b, text, 200, &lines);
    assert_int_equal(b->diags.count[PM_WARNING], 2);
    lines_of(b, "\xF4\x8F\xBF\xBC", 200, &lines);
    assert_int_equal(b->diags.count[PM_WARNING], 3);
}

static void invisible_characters_are_not_missed(void **state)
{
    struct bench *b = *state;
    struct pm_line *lines;
    const char *text = "a\xE2\x80\x8B" "b\xE2\x80\x8D" "c\xEF\xB8\x8F\xE2\x81\xA0" "d\xC2\xAD" "e\xE2\x80\x8E";
    assert_int_equal(lines_of(b, text, 200, &lines), 1);
    assert_string_equal(shown(lines, true), text);
    assert_int_equal(b->diags.count[PM_WARNING], 0);
    assert_true(fabs(lines->width - width_of(b, "abcde")) < 0.3);
}

static void shared_signs_come_from_the_font_beside_them(void **state)
{
    struct bench *b = *state;
    if (!has_font(b, 0x4E8B))
        return;
    struct pm_line *lines;
    assert_int_equal(lines_of(b, "\xE3\x80\x8C\xE4\xBA\x8B\xE6\x95\x85\xE3\x80\x8D \xE4\xBA\x8B\xE3\x80\x82", 200, &lines), 1);
    assert_int_equal(lines->count, 1);
    assert_ptr_equal(lines->fragments->font, pm_font_for(b->fonts, PM_FACE_REGULAR, 0x4E8B));
}

/* ---- direction ---- */

static void hebrew_among_latin_is_ordered(void **state)
{
    struct bench *b = *state;
    if (!has_font(b, 0x5D0))
        return;
    struct pm_line *lines;
    assert_int_equal(lines_of(b, "one \xD7\x90\xD7\x91 12 \xD7\x92 two", 300, &lines), 1);
    assert_false(lines->rtl);
    assert_string_equal(shown(lines, false), "one \xD7\x92 12 \xD7\x91\xD7\x90 two");
    assert_int_equal(lines_of(b, "\xD7\x90\xD7\x91 one 12, \xD7\x92 (x)", 300, &lines), 1);
    assert_true(lines->rtl);
    assert_string_equal(shown(lines, false), ")x( \xD7\x92 ,one 12 \xD7\x91\xD7\x90");   /* mirrored when drawn */
    assert_string_equal(shown(lines, true), "\xD7\x90\xD7\x91 one 12, \xD7\x92 (x)");
    assert_true(lines->fragments[lines->count - 1].glyphs[0].rtl);
}

static void arabic_is_joined_and_ordered(void **state)
{
    struct bench *b = *state;
    if (!has_font(b, 0x628))
        return;
    double apart = 3 * width_of(b, "\xD8\xA8"), joined = width_of(b, "\xD8\xA8\xD8\xA8\xD8\xA8");
    assert_true(joined < apart - 0.5);
    struct pm_line *lines;
    const char *text = "\xD8\xAA\xD9\x82\xD8\xB1\xD9\x8A\xD8\xB1 2019 \xD8\xA7\xD9\x84\xD8\xAD\xD8\xA7\xD8\xAF\xD8\xAB";
    size_t n = lines_of(b, text, 30, &lines);
    assert_true(n >= 2);
    check_lines(pm_str(text), lines, n, 30);
    assert_true(lines[0].rtl);
}

/* ---- lines ---- */

static void an_empty_paragraph_has_no_lines(void **state)
{
    struct bench *b = *state;
    struct pm_line *lines;
    assert_int_equal(lines_of(b, "", 100, &lines), 0);
    assert_int_equal(pm_paragraph_lines(NULL, 100, &lines), 0);
}

static void line_breaks_of_the_author_are_kept(void **state)
{
    struct bench *b = *state;
    struct pm_line *lines;
    assert_int_equal(lines_of(b, "one\n\ntwo\n", 100, &lines), 3);
    assert_string_equal(shown(&lines[0], false), "one");
    assert_int_equal(lines[1].count, 0);
    assert_true(fabs(lines[1].ascent - lines[0].ascent) < 0.001);
    assert_string_equal(shown(&lines[2], false), "two");
}

static void spaces_at_the_end_hang(void **state)
{
    struct bench *b = *state;
    struct pm_line *lines;
    double width = width_of(b, "four");
    assert_int_equal(lines_of(b, "four   five", width, &lines), 2);
    assert_true(fabs(lines[0].width - width) < 0.01);
    assert_string_equal(shown(&lines[0], false), "four ");
    assert_string_equal(shown(&lines[1], false), "five");
}

static void ideographs_break_and_punctuation_does_not_begin_a_line(void **state)
{
    struct bench *b = *state;
    if (!has_font(b, 0x4E8B))
        return;
    struct pm_line *lines;
    const char *text = "\xE4\xBA\x8B\xE6\x95\x85\xE5\xA0\xB1\xE5\x91\x8A\xE3\x80\x82";   /* four ideographs and a full stop, 10 pt each */
    size_t n = lines_of(b, text, 40.5, &lines);
    assert_int_equal(n, 2);
    assert_string_equal(shown(&lines[0], false), "\xE4\xBA\x8B\xE6\x95\x85\xE5\xA0\xB1");
    assert_false(lines[0].forced);
    check_lines(pm_str(text), lines, n, 40.5);
}

static void an_address_breaks_only_where_it_must(void **state)
{
    struct bench *b = *state;
    struct pm_line *lines;
    size_t n = lines_of(b, "at https://example.org/a/path now", width_of(b, "https://example.org/a/path") + 1, &lines);
    assert_int_equal(n, 3);
    assert_string_equal(shown(&lines[1], false), "https://example.org/a/path ");
    n = lines_of(b, "https://example.org/incidents/2019/postmortem", width_of(b, "https://example.org/incidents/20"), &lines);
    assert_int_equal(n, 2);
    assert_string_equal(shown(&lines[0], false), "https://example.org/incidents/");
    assert_true(lines[0].forced);
    assert_false(lines[1].forced);
}

static void hyphens_break_words_but_not_names(void **state)
{
    struct bench *b = *state;
    struct pm_line *lines;
    assert_int_equal(lines_of(b, "post-mortem", width_of(b, "post-morte"), &lines), 2);
    assert_string_equal(shown(&lines[0], false), "post-");
    assert_int_equal(lines_of(b, "x us-east-1", width_of(b, "us-east-1"), &lines), 2);
    assert_string_equal(shown(&lines[1], false), "us-east-1");
    assert_int_equal(lines_of(b, "use --help", width_of(b, "use --hel"), &lines), 2);
    assert_string_equal(shown(&lines[1], false), "--help");
    assert_int_equal(lines_of(b, "in 5\xC2\xA0km", width_of(b, "5\xC2\xA0km") + 1, &lines), 2);
    assert_string_equal(shown(&lines[1], false), "5\xC2\xA0km");
}

static void a_long_word_is_broken_somewhere(void **state)
{
    struct bench *b = *state;
    struct pm_line *lines;
    const char *text = "abcdefghijklmnopqrstuvwxyz";
    size_t n = lines_of(b, text, 40, &lines);
    assert_true(n >= 3);
    assert_true(lines[0].forced);
    check_lines(pm_str(text), lines, n, 40);
    n = lines_of(b, text, 0.5, &lines);
    assert_int_equal(n, 26);
}

static void code_keeps_every_space(void **state)
{
    struct bench *b = *state;
    b->style.face = PM_FACE_MONO;
    double cell = width_of(b, "x");
    struct pm_paragraph *p = paragraph(b, "  if (a)\n\tb();   \n");
    pm_paragraph_preserve(p);
    struct pm_line *lines;
    assert_int_equal(pm_paragraph_lines(p, 200, &lines), 2);
    assert_string_equal(shown(&lines[0], false), "  if (a)");
    assert_string_equal(shown(&lines[1], false), " b();   ");
    p = paragraph(b, "  alpha beta");
    pm_paragraph_preserve(p);
    assert_int_equal(pm_paragraph_lines(p, 8 * cell, &lines), 2);
    assert_string_equal(shown(&lines[0], false), "  alpha ");
    assert_string_equal(shown(&lines[1], false), "beta");
}

static void nowrap_breaks_only_when_it_must(void **state)
{
    struct bench *b = *state;
    struct pm_line *lines;
    struct pm_paragraph *p = paragraph(b, "at ");
    b->style.nowrap = true;
    pm_paragraph_add(p, PM_LIT("10 to 12"), &b->style);
    double all = width_of(b, "10 to 12");
    assert_int_equal(pm_paragraph_lines(p, all + 1, &lines), 2);
    assert_string_equal(shown(&lines[1], false), "10 to 12");
    assert_int_equal(pm_paragraph_lines(p, all - 1, &lines), 2);
    assert_string_equal(shown(&lines[0], false), "at 10 ");
}

static void a_lozenge_is_padded_and_whole(void **state)
{
    struct bench *b = *state;
    struct pm_line *lines;
    double text = width_of(b, "In progress");
    struct pm_paragraph *p = paragraph(b, "state ");
    b->style.box = PM_BOX_LOZENGE;
    pm_paragraph_add(p, PM_LIT("In progress"), &b->style);
    pm_paragraph_add(p, PM_LIT("Done"), &b->style);
    assert_int_equal(pm_paragraph_lines(p, 300, &lines), 1);
    assert_int_equal(lines->count, 3);
    assert_true(fabs(lines->fragments[1].pad - 4.5) < 0.01);
    assert_true(fabs(lines->fragments[1].width - text - 9) < 0.05);
    assert_true(fabs(lines->fragments[2].pad - 4.5) < 0.01);
    check_geometry(lines);
    assert_int_equal(pm_paragraph_lines(p, text + 10, &lines), 3);
    assert_string_equal(shown(&lines[1], false), "In progress");
}

static void code_spans_break_over_lines(void **state)
{
    struct bench *b = *state;
    struct pm_line *lines;
    struct pm_paragraph *p = paragraph(b, "run ");
    b->style.box = PM_BOX_CODE;
    pm_paragraph_add(p, PM_LIT("make all install"), &b->style);
    size_t n = pm_paragraph_lines(p, 50, &lines);
    assert_true(n >= 2);
    for (size_t i = 0; i < n; i++) {
        check_geometry(&lines[i]);
        assert_true(lines[i].width <= 50.02);
        assert_true(lines[i].fragments[lines[i].count - 1].pad > 1);
    }
}

static void one_look_is_one_fragment(void **state)
{
    struct bench *b = *state;
    struct pm_line *lines;
    struct pm_paragraph *p = paragraph(b, "one ");
    pm_paragraph_add(p, PM_LIT("two "), &b->style);
    b->style.face = PM_FACE_BOLD;
    pm_paragraph_add(p, PM_LIT("three"), &b->style);
    assert_int_equal(pm_paragraph_lines(p, 300, &lines), 1);
    assert_int_equal(lines->count, 2);
    assert_string_equal(shown(lines, false), "one two three");
}

static void widths_and_lines_agree(void **state)
{
    struct bench *b = *state;
    static const char *const texts[] = {"a few words of text", "one\nlonger line\ntwo", "https://example.org/very/long/path/indeed",
                                        "x  y ", "AV To WAVE."};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct pm_paragraph *p = paragraph(b, texts[i]);
        double least, most;
        struct pm_line *lines;
        pm_paragraph_widths(p, 1e9, &least, &most);
        assert_true(least <= most);
        size_t n = pm_paragraph_lines(p, most, &lines);
        assert_int_equal(n, i == 1 ? 3 : 1);
        double widest = 0;
        for (size_t k = 0; k < n; k++)
            widest = fmax(widest, lines[k].width);
        assert_true(fabs(widest - most) < 0.02);
        n = pm_paragraph_lines(p, least, &lines);
        for (size_t k = 0; k < n; k++) {
            assert_true(lines[k].width <= least + 0.02);
            assert_false(lines[k].forced);
        }
        pm_paragraph_widths(p, 20, &least, &most);
        assert_true(least <= 20);
    }
}

static void labels_are_one_line(void **state)
{
    struct bench *b = *state;
    struct pm_line *line = pm_text_line(b->fonts, &b->arena, &b->diags, PM_LIT("two\nlines"), &b->style, 0);
    assert_string_equal(shown(line, false), "two lines");
    line = pm_text_line(b->fonts, &b->arena, &b->diags, PM_LIT("a rather long label"), &b->style, 50);
    assert_true(line->width <= 50.2);
    assert_string_equal(shown(line, false), "a rather\xE2\x80\xA6");
    line = pm_text_line(b->fonts, &b->arena, &b->diags, PM_LIT("fits"), &b->style, 50);
    assert_string_equal(shown(line, false), "fits");
    line = pm_text_line(b->fonts, &b->arena, &b->diags, PM_LIT(""), &b->style, 50);
    assert_int_equal(line->count, 0);
    assert_true(line->ascent > 9);
}

/* ---- any text ---- */

static uint32_t random_state;

static uint32_t any(uint32_t below)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % below;
}

static uint32_t any_character(void)
{
    static const struct { uint32_t first, count; } blocks[] = {
        {'a', 26}, {'a', 26}, {' ', 1}, {' ', 1}, {'!', 94}, {0xA0, 0x160}, {0x300, 0x70}, {0x370, 0x190}, {0x5D0, 27}, {0x600, 0x100},
        {0x900, 0x80},
        {0xE00, 0x5C}, {0x1100, 0x100}, {0x2000, 0x70}, {0x2190, 0x70}, {0x3040, 0xC0}, {0x4E00, 0x5000}, {0xAC00, 0x2BA4}, {0xFE00, 0x10},
        {0x1F1E6, 26}, {0x1F300, 0x300}, {0x1F3FB, 5}, {0x200B, 5}, {0x202A, 5}, {'\n', 1}, {0xE0100, 16}, {0x10FFFD, 1},
    };
    uint32_t i = any(sizeof blocks / sizeof *blocks);
    return blocks[i].first + any(blocks[i].count);
}

static void any_text_comes_back(void **state)
{
    struct bench *b = *state;
    for (uint32_t seed = 0; seed < 1500; seed++) {
        random_state = seed;
        char text[400];
        size_t n = 0;
        struct pm_arena arena;
        pm_arena_init(&arena);
        struct pm_paragraph *p = pm_paragraph_new(b->fonts, &arena, &b->diags);
        for (uint32_t spans = 1 + any(4); spans > 0; spans--) {
            size_t from = n;
            for (uint32_t i = any(20); i > 0; i--)
                n += pm_utf8_put(text + n, any_character());
            b->style.face = (enum pm_face)any(PM_FACE_COUNT);
            b->style.tabular = any(2);
            b->style.nowrap = any(4) == 0;
            b->style.box = any(4) == 0 ? PM_BOX_CODE : PM_BOX_NONE;
            pm_paragraph_add(p, (struct pm_str){text + from, n - from}, &b->style);
        }
        if (any(3) == 0)
            pm_paragraph_preserve(p);
        double width = 5 + any(200);
        for (int round = 0; round < 2; round++, width *= 2) {
            struct pm_line *lines;
            size_t count = pm_paragraph_lines(p, width, &lines);
            check_lines((struct pm_str){text, n}, lines, count, width);
        }
        pm_arena_free(&arena);
    }
}

/* ---- hostile text ---- */

static void much_of_anything_is_shown(void **state)
{
    struct bench *b = *state;
    static const char *const units[] = {"a", "\xCC\x81", " ", "a ", "\n", "/", "(", "\xD7\x90(", "\xE2\x80\x8D", "\xE2\x80\xAB",
                                        "\xF4\x8F\xBF\xBD"};
    enum { SIZE = 100000 };
    char *text = malloc(SIZE);
    assert_non_null(text);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t n = 0, unit = strlen(units[i]);
        for (; n + unit <= SIZE; n += unit)
            memcpy(text + n, units[i], unit);
        struct pm_arena arena;
        pm_arena_init(&arena);
        struct pm_paragraph *p = pm_paragraph_new(b->fonts, &arena, &b->diags);
        pm_paragraph_add(p, (struct pm_str){text, n}, &b->style);
        struct pm_line *lines;
        assert_true(pm_paragraph_lines(p, 300, &lines) > 0);
        assert_false(pm_arena_failed(&arena));
        pm_arena_free(&arena);
    }
    free(text);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(pairs_are_kerned), TEST(a_ligature_stands_for_its_letters), TEST(a_devanagari_cluster_keeps_its_characters),
        TEST(tabular_figures_are_of_one_width), TEST(words_are_shaped_alike_at_first_and_later), TEST(faces_have_glyphs_of_their_own),
        TEST(more_words_than_are_kept), TEST(a_missing_glyph_is_told_of_once_for_each_place), TEST(invisible_characters_are_not_missed),
        TEST(shared_signs_come_from_the_font_beside_them),
        TEST(hebrew_among_latin_is_ordered), TEST(arabic_is_joined_and_ordered), TEST(an_empty_paragraph_has_no_lines),
        TEST(line_breaks_of_the_author_are_kept), TEST(spaces_at_the_end_hang),
        TEST(ideographs_break_and_punctuation_does_not_begin_a_line),
        TEST(an_address_breaks_only_where_it_must), TEST(hyphens_break_words_but_not_names), TEST(a_long_word_is_broken_somewhere),
        TEST(code_keeps_every_space), TEST(nowrap_breaks_only_when_it_must), TEST(a_lozenge_is_padded_and_whole),
        TEST(code_spans_break_over_lines),
        TEST(one_look_is_one_fragment), TEST(widths_and_lines_agree), TEST(labels_are_one_line), TEST(any_text_comes_back),
        TEST(much_of_anything_is_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
