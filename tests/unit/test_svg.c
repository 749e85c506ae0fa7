#include "fixture.h"

#include "document/theme.h"
#include "render/svg.h"

static struct pm_buf out;

static const char *svg(const struct pm_scene *scene, const char *alt, const struct pm_theme *theme)
{
    const struct pm_svg_options options = {.theme = theme};
    pm_buf_free(&out);
    pm_buf_init(&out, 1 << 20);
    pm_svg(scene, pm_str(alt), &options, &out);
    assert_int_equal(out.status, PM_OK);
    return out.data;
}

static void assert_has(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("no %s in %s", part, text);
}

static void assert_lacks(const char *text, const char *part)
{
    if (strstr(text, part))
        fail_msg("%s in %s", part, text);
}

/* One shape of each kind. */
static struct pm_scene *picture(void)
{
    struct pm_scene *scene = pm_scene_new(&arena, 100, 50.126);
    struct pm_shape *rect = pm_scene_add(scene, PM_RECT, 1.005, 2, 30.3333, 4);
    struct pm_shape *line = pm_scene_add(scene, PM_LINE, 10, 20, 5, -7);
    struct pm_shape *circle = pm_scene_add(scene, PM_CIRCLE, 8, 9, 2.2, 0);
    struct pm_shape *diamond = pm_scene_add(scene, PM_DIAMOND, 50, 20, 3, 0);
    struct pm_shape *label = pm_scene_add(scene, PM_LABEL, 90, 40, 20, 8);
    assert_non_null(label);
    rect->fill = PM_COLOUR_HARM;
    rect->radius = 1.5;
    line->stroke = PM_COLOUR_LINE;
    line->stroke_width = 0.6;
    line->dashed = true;
    circle->fill = PM_COLOUR_IN_PROGRESS;
    diamond->fill = PM_COLOUR_ACCENT;
    label->text = PM_LIT("a < b & \"c\"\x01");
    label->size = 8;
    label->bold = true;
    label->fill = PM_COLOUR_TEXT;
    label->align = PM_ALIGN_END;
    return scene;
}

static void shapes_become_elements(void **state)
{
    (void)state;
    const char *text = svg(picture(), "Two & \"three\"", NULL);
    assert_has(text, "<rect x=\"1\" y=\"2\" width=\"30.33\" height=\"4\" rx=\"1.5\" fill=\"var(--harm)\"/>");
    assert_has(text, "<line x1=\"10\" y1=\"20\" x2=\"15\" y2=\"13\" "
                     "stroke=\"var(--line)\" stroke-width=\"0.6\" stroke-dasharray=\"3 2\"/>");
    assert_has(text, "<circle cx=\"8\" cy=\"9\" r=\"2.2\" fill=\"var(--in-progress)\"/>");
    assert_has(text, "<path d=\"M50 17L53 20L50 23L47 20Z\" fill=\"var(--accent)\"/>");
    assert_has(text, "<text x=\"90\" y=\"40\" font-size=\"8\" font-weight=\"bold\" text-anchor=\"end\" fill=\"var(--text)\">");
    assert_has(text, ">a &lt; b &amp; &quot;c&quot;\xEF\xBF\xBD</text>");
}

static void in_a_page_the_image_is_named_and_has_no_ids(void **state)
{
    (void)state;
    const char *text = svg(picture(), "Two & \"three\"", NULL);
    assert_has(text, "<svg viewBox=\"0 0 100 50.13\" width=\"100\" height=\"50.13\" direction=\"ltr\" role=\"img\" "
                     "aria-label=\"Two &amp; &quot;three&quot;\">");
    assert_lacks(text, "<?xml");
    assert_lacks(text, " id=");
    assert_lacks(text, "style=");   /* a page's policy would not let it count */
}

static void a_file_has_colours_and_paper_of_its_own(void **state)
{
    (void)state;
    struct pm_theme theme = {.colours = {[PM_COLOUR_PAPER] = {255, 254, 0}, [PM_COLOUR_HARM] = {1, 2, 0xAB}}};
    const char *text = svg(picture(), "Two & three", &theme);
    assert_true(pm_str_starts(pm_str(text), "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\""));
    assert_has(text, "viewBox=\"-8 -8 116 66.13\"");
    assert_has(text, "<title>Two &amp; three</title>\n<rect x=\"-8\" y=\"-8\" width=\"116\" height=\"66.13\" fill=\"#fffe00\"/>");
    assert_has(text, "fill=\"#0102ab\"");
    assert_lacks(text, "var(");
}

static void nothing_to_show_is_nothing(void **state)
{
    (void)state;
    assert_string_equal(svg(NULL, "x", NULL), "");
    assert_string_equal(svg(pm_scene_new(&arena, 100, 100), "x", NULL), "");
    struct pm_scene *flat = pm_scene_new(&arena, 100, 0);
    pm_scene_add(flat, PM_RECT, 0, 0, 1, 1);
    assert_string_equal(svg(flat, "x", NULL), "");
}

static void every_colour_has_a_name(void **state)
{
    (void)state;
    for (enum pm_colour colour = PM_COLOUR_NONE; colour < PM_COLOUR_COUNT; colour++)
        assert_non_null(pm_svg_colour_name(colour));
    assert_string_equal(pm_svg_colour_name(PM_COLOUR_DROPPED), "dropped");
}

static int stop(void **state)
{
    (void)state;
    pm_buf_free(&out);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(shapes_become_elements),
        TEST(in_a_page_the_image_is_named_and_has_no_ids),
        TEST(a_file_has_colours_and_paper_of_its_own),
        TEST(nothing_to_show_is_nothing),
        TEST(every_colour_has_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, stop);
}
