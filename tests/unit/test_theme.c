#include "fixture.h"

#include "document/theme.h"

#include <math.h>

static struct pm_theme theme;

static enum pm_status read_theme(const char *yaml)
{
    return pm_theme_read(pm_str(yaml), PM_LIT("themes"), &arena, &diags, &theme);
}

static bool near_to(double a, double b)
{
    return a - b < 0.01 && b - a < 0.01;
}

static void assert_rgb(struct pm_rgb c, unsigned want)
{
    assert_int_equal((unsigned)c.r << 16 | (unsigned)c.g << 8 | c.b, want);
}

static void without_a_file_the_default_holds(void **state)
{
    (void)state;
    assert_int_equal(pm_theme_read((struct pm_str){NULL, 0}, (struct pm_str){NULL, 0}, &arena, &diags, &theme), PM_OK);
    assert_true(pm_str_is(theme.name, "default"));
    assert_true(near_to(theme.paper_width, 595.28) && near_to(theme.paper_height, 841.89));
    assert_true(near_to(theme.margin_left, 62.36) && near_to(theme.margin_right, 62.36));
    assert_true(near_to(theme.margin_top, 56.69) && near_to(theme.margin_bottom, 62.36));
    assert_true(near_to(theme.size_body, 10) && near_to(theme.size_small, 8.5) && near_to(theme.size_table,
                                                                                          9) && near_to(theme.size_code, 8.6));
    assert_true(near_to(theme.size_title, 24) && near_to(theme.size_h1, 15) && near_to(theme.size_h2, 12) && near_to(theme.size_h3, 10.5));
    assert_true(near_to(theme.size_metric, 19) && near_to(theme.leading, 1.42) && near_to(theme.logo_height, 34.02));
    assert_rgb(theme.colours[PM_COLOUR_TEXT], 0x1F2933);
    assert_rgb(theme.colours[PM_COLOUR_ACCENT], 0x1D4E89);
    assert_rgb(theme.tones[PM_TONE_NOTE].fill, 0xECE9F8);
    assert_null(theme.logo.p);
    assert_null(theme.faces[PM_FACE_MONO].p);
    assert_true(pm_str_is(theme.header, "{{id}}  \xC2\xB7  {{title}}"));
    assert_true(pm_str_is(theme.footer, "{{visibility}}"));
    assert_true(theme.fallback_count > 20);
    assert_true(pm_str_is(theme.fallback[0], "NotoSansHebrew-Regular.ttf"));
    assert_int_equal(diags.kept, 0);
}

/* Every member but logo, faces and folder must come from the file. */
static void the_default_file_sets_everything(void **state)
{
    (void)state;
    assert_int_equal(read_theme(""), PM_OK);
    for (size_t c = PM_COLOUR_TEXT; c < PM_COLOUR_COUNT; c++)
        for (size_t d = c + 1; d < PM_COLOUR_COUNT; d++)
            assert_memory_not_equal(&theme.colours[c], &theme.colours[d], sizeof theme.colours[c]);
    static const struct pm_tone_colours unset;
    for (size_t t = 0; t <= PM_TONE_NOTE; t++)
        assert_memory_not_equal(&theme.tones[t], &unset, sizeof unset);
}

static void assert_same_text(struct pm_str *a, struct pm_str *b)
{
    assert_true(pm_str_eq(*a, *b) && !a->p == !b->p);
    *a = *b = (struct pm_str){NULL, 0};
}

/* Texts by what they say, all else by its bytes, so that no member is forgotten where themes are compiled in. */
static void assert_same_theme(const struct pm_theme *one, const struct pm_theme *other)
{
    struct pm_theme a, b;
    memcpy(&a, one, sizeof a);
    memcpy(&b, other, sizeof b);
    assert_int_equal(a.fallback_count, b.fallback_count);
    for (size_t i = 0; i < a.fallback_count; i++)
        assert_true(pm_str_eq(a.fallback[i], b.fallback[i]));
    a.fallback = b.fallback = NULL;
    for (size_t i = 0; i < PM_FACE_COUNT; i++)
        assert_same_text(&a.faces[i], &b.faces[i]);
    assert_same_text(&a.name, &b.name);
    assert_same_text(&a.logo, &b.logo);
    assert_same_text(&a.logo_alt, &b.logo_alt);
    assert_same_text(&a.header, &b.header);
    assert_same_text(&a.footer, &b.footer);
    assert_same_text(&a.folder, &b.folder);
    assert_memory_equal(&a, &b, sizeof a);
}

static void the_built_in_themes_are_their_files(void **state)
{
    (void)state;
    memset(&theme, 0, sizeof theme);
    theme.folder = PM_LIT(".");
    assert_int_equal(pm_theme_read_over(read_shipped("themes/default.yaml"), &arena, &diags, &theme), PM_OK);
    assert_same_theme(pm_builtin_theme(PM_LIT("default")), &theme);
    assert_int_equal(pm_theme_read_over(read_shipped("themes/letter.yaml"), &arena, &diags, &theme), PM_OK);
    assert_same_theme(pm_builtin_theme(PM_LIT("letter")), &theme);
}

static void the_letter_theme_changes_the_paper_alone(void **state)
{
    (void)state;
    const struct pm_theme *letter = pm_builtin_theme(PM_LIT("letter"));
    assert_true(pm_str_is(letter->name, "letter"));
    assert_true(near_to(letter->paper_width, 612) && near_to(letter->paper_height, 792));
    assert_true(near_to(letter->size_body, 10));
}

static void builtin_names_are_checked(void **state)
{
    (void)state;
    assert_non_null(pm_builtin_theme(PM_LIT("default")));
    assert_null(pm_builtin_theme(PM_LIT("none")));
    assert_null(pm_builtin_theme(PM_LIT("")));
    assert_null(pm_builtin_theme((struct pm_str){NULL, 0}));
}

static void given_keys_replace_the_defaults(void **state)
{
    (void)state;
    assert_int_equal(read_theme("name: ours\n"
                                "paper: {width: 8.5in, height: 33cm}\n"
                                "margins: {left: 20mm, top: 50, right: .5in, bottom: 40 pt}\n"
                                "sizes: {body: 11pt, h1: 16}\n"
                                "leading: 1.5\n"
                                "colours: {accent: '#aB00ff'}\n"
                                "tones: {danger: {fill: '#010203'}}\n"
                                "fonts: {regular: Our-Regular.ttf, fallback: [one.ttf, 'two.ttc#3']}\n"
                                "logo: {file: logo.png, height: 1in, alt: Our company}\n"
                                "header: ''\n"
                                "footer:\n"
                                "x-note: anything\n"), PM_OK);
    assert_true(near_to(theme.paper_width, 612) && near_to(theme.paper_height, 935.43));
    assert_true(near_to(theme.margin_left, 56.69) && near_to(theme.margin_top, 50) && near_to(theme.margin_right,
                                                                                              36) && near_to(theme.margin_bottom, 40));
    assert_true(near_to(theme.size_body, 11) && near_to(theme.size_h1, 16) && near_to(theme.size_h2, 12) && near_to(theme.leading, 1.5));
    assert_rgb(theme.colours[PM_COLOUR_ACCENT], 0xAB00FF);
    assert_rgb(theme.tones[PM_TONE_DANGER].fill, 0x010203);
    assert_rgb(theme.tones[PM_TONE_DANGER].text, 0x8F1D1D);
    assert_true(pm_str_is(theme.faces[PM_FACE_REGULAR], "Our-Regular.ttf"));
    assert_null(theme.faces[PM_FACE_BOLD].p);
    assert_int_equal(theme.fallback_count, 2);
    assert_true(pm_str_is(theme.fallback[1], "two.ttc#3"));
    assert_true(pm_str_is(theme.logo, "logo.png") && pm_str_is(theme.logo_alt, "Our company") && near_to(theme.logo_height, 72));
    assert_true(theme.header.p && theme.header.n == 0);
    assert_null(theme.footer.p);
    assert_true(pm_str_is(theme.folder, "themes"));
}

static void paper_by_name(void **state)
{
    (void)state;
    assert_int_equal(read_theme("paper: Letter"), PM_OK);
    assert_true(near_to(theme.paper_width, 612));
    assert_int_equal(read_theme("paper: A4"), PM_OK);
    assert_true(near_to(theme.paper_width, 595.28));
}

static void assert_message(const char *yaml, enum pm_diag_code code, const char *text)
{
    pm_diags_free(&diags);
    assert_int_equal(read_theme(yaml), PM_INVALID);
    assert_int_equal(diags.kept, 1);
    assert_int_equal(diags.first->code, code);
    assert_string_equal(diags.first->text, text);
    assert_int_not_equal(diags.first->mark.line, 0);
}

static void what_is_wrong_is_said(void **state)
{
    (void)state;
    assert_message("colors: {}", PM_D_UNKNOWN_KEY, "unknown key colors (did you mean \"colours\"?)");
    assert_message("sizes: {bdy: 9}", PM_D_UNKNOWN_KEY, "unknown key sizes.bdy (did you mean \"body\"?)");
    assert_message("tones: {info: {filling: '#000000'}}", PM_D_UNKNOWN_KEY, "unknown key tones.info.filling");
    assert_message("sizes: {body: 7.9}", PM_D_RANGE, "sizes.body: 7.9 is out of range; want 8 to 72 pt");
    assert_message("sizes: {body: big}", PM_D_VALUE, "sizes.body: \"big\" is not a length such as 20mm, 2cm, 0.8in or 56pt");
    assert_message("margins: {top: 2em}", PM_D_VALUE, "margins.top: \"2em\" is not a length such as 20mm, 2cm, 0.8in or 56pt");
    assert_message("margins: {top: -1}", PM_D_VALUE, "margins.top: \"-1\" is not a length such as 20mm, 2cm, 0.8in or 56pt");
    assert_message("leading: 14pt", PM_D_VALUE, "leading: \"14pt\" is not a number");
    assert_message("leading: 0.5", PM_D_RANGE, "leading: 0.5 is out of range; want 1 to 3");
    assert_message("colours: {text: blue}", PM_D_VALUE, "colours.text: \"blue\" is not a colour; want \"#RRGGBB\" in quotes");
    assert_message("colours: {text: '#12345g'}", PM_D_VALUE, "colours.text: \"#12345g\" is not a colour; want \"#RRGGBB\" in quotes");
    assert_message("paper: a5", PM_D_CHOICE, "paper: \"a5\" is none of a4, letter, or {width: ..., height: ...}");
    assert_message("paper: [1]", PM_D_TYPE, "paper is a list; want a4, letter or a mapping");
    assert_message("sizes: 9", PM_D_TYPE, "sizes is text; want a mapping");
    assert_message("leading: {}", PM_D_TYPE, "leading is a mapping; want one value");
    assert_message("fonts: {fallback: a.ttf}", PM_D_TYPE, "fonts.fallback is text; want a list");
    assert_message("fonts: {fallback: [[a]]}", PM_D_TYPE, "fonts.fallback is a list; want the names of font files");
    assert_message("[]", PM_D_TYPE, "the theme is a list; want a mapping");
    assert_message("margins: {left: 4in, right: 4in}", PM_D_RANGE, "margins: a text width of 19 pt is out of range; want 200 pt or more");
}

static void every_fault_is_reported_and_the_defaults_stay(void **state)
{
    (void)state;
    assert_int_equal(read_theme("leading: x\nsizes:\n  body: 100\n  h9: 1\ncolours: {text: 1}\n"), PM_INVALID);
    assert_int_equal(diags.kept, 4);
    assert_true(near_to(theme.leading, 1.42) && near_to(theme.size_body, 10));
    pm_diags_sort(&diags);
    assert_int_equal(diags.last->mark.line, 5);
}

static void text_that_is_no_yaml(void **state)
{
    (void)state;
    assert_int_equal(read_theme("{"), PM_INVALID);
    assert_true(diags.kept > 0);
}

static void memory_running_out(void **state)
{
    (void)state;
    assert_null(pm_arena_array(&arena, SIZE_MAX, 2));
    assert_int_equal(read_theme("leading: 1.5"), PM_NOMEM);
}

/* WCAG 2.1, relative luminance. */
static double linear(unsigned char level)
{
    double c = level / 255.0;
    return c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(struct pm_rgb c)
{
    return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

static double contrast(struct pm_rgb a, struct pm_rgb b)
{
    double x = luminance(a) + 0.05, y = luminance(b) + 0.05;
    return x > y ? x / y : y / x;
}

static void text_can_be_read(void **state)
{
    (void)state;
    assert_int_equal(read_theme(""), PM_OK);
    assert_true(contrast(theme.colours[PM_COLOUR_PAPER], (struct pm_rgb){0, 0, 0}) > 20.99);
    static const enum pm_colour inks[] = {PM_COLOUR_TEXT, PM_COLOUR_MUTED, PM_COLOUR_ACCENT};
    for (size_t i = 0; i < 3; i++) {
        assert_true(contrast(theme.colours[inks[i]], theme.colours[PM_COLOUR_PAPER]) >= 4.5);
        assert_true(contrast(theme.colours[inks[i]], theme.colours[PM_COLOUR_SURFACE]) >= 4.5);
    }
    for (size_t t = 0; t <= PM_TONE_NOTE; t++) {
        assert_true(contrast(theme.tones[t].text, theme.tones[t].fill) >= 4.5);
        assert_true(contrast(theme.colours[PM_COLOUR_TEXT], theme.tones[t].fill) >= 4.5);
    }
}

static void figures_can_be_read(void **state)
{
    (void)state;
    assert_int_equal(read_theme(""), PM_OK);
    static const enum pm_colour dark[] = {PM_COLOUR_HARM, PM_COLOUR_DETECT, PM_COLOUR_MITIGATE, PM_COLOUR_DONE, PM_COLOUR_IN_PROGRESS,
        PM_COLOUR_DROPPED};
    static const enum pm_colour light[] = {PM_COLOUR_IDENTIFY, PM_COLOUR_RESOLVE, PM_COLOUR_OPEN, PM_COLOUR_BLOCKED};
    for (size_t i = 0; i < sizeof dark / sizeof *dark; i++)
        assert_true(contrast(theme.colours[dark[i]], theme.colours[PM_COLOUR_PAPER]) >= 4.5);
    for (size_t i = 0; i < sizeof light / sizeof *light; i++)
        assert_true(contrast(theme.colours[light[i]], theme.colours[PM_COLOUR_TEXT]) >= 4.5);
    for (int c = PM_COLOUR_DETECT; c < PM_COLOUR_DROPPED; c++)
        if (c != PM_COLOUR_RESOLVE)
            assert_true(contrast(theme.colours[c], theme.colours[c + 1]) >= 1.9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(without_a_file_the_default_holds), TEST(the_default_file_sets_everything), TEST(the_built_in_themes_are_their_files),
        TEST(the_letter_theme_changes_the_paper_alone),
        TEST(builtin_names_are_checked), TEST(given_keys_replace_the_defaults), TEST(paper_by_name), TEST(what_is_wrong_is_said),
        TEST(every_fault_is_reported_and_the_defaults_stay), TEST(text_that_is_no_yaml), TEST(memory_running_out), TEST(text_can_be_read),
        TEST(figures_can_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
