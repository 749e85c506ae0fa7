#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "package/xml_tree.h"
#include "render/docx/docx.h"
#include "render/docx/drawing.h"

#define WPS "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
#define WPG "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
#define A "http://schemas.openxmlformats.org/drawingml/2006/main"
#define W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

static struct pm_arena arena;
static struct pm_buf out;
static struct pm_theme theme;
static struct pm_scene *scene;

static int set_up(void **state)
{
    (void)state;
    pm_arena_init(&arena);
    pm_buf_init(&out, 1 << 20);
    theme = (struct pm_theme){.paper_width = 595, .margin_left = 50, .margin_right = 45};
    theme.colours[PM_COLOUR_HARM] = (struct pm_rgb){0x8C, 0x1D, 0x40};
    theme.colours[PM_COLOUR_TEXT] = (struct pm_rgb){0x1F, 0x29, 0x33};
    scene = pm_scene_new(&arena, 400, 100);
    return scene ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    pm_buf_free(&out);
    pm_arena_free(&arena);
    return 0;
}

static void draw(void)
{
    pm_buf_clear(&out);
    pm_docx_drawing(scene, PM_LIT("Harm, \"long\" & <bad>"), PM_LIT("Figure 1"), 9001, &theme, &out);
    assert_int_equal(out.status, PM_OK);
}

/* The drawing read back, below a root with the prefixes of a document. */
static struct pm_xml_node *drawn(void)
{
    struct pm_xml_node *root;
    draw();
    struct pm_str text = pm_arena_format(&arena, "<r%s>%s</r>", PM_DOCX_NAMESPACES PM_DOCX_IGNORABLE, out.data);
    assert_int_equal(pm_xml_tree_read(text, &arena, &root, NULL), PM_OK);
    return root;
}

static struct pm_xml_node *find(struct pm_xml_node *root, const char *uri, const char *name)
{
    struct pm_xml_node *n = root;
    while (n && !pm_xml_is(n, uri, name))
        n = pm_xml_walk(n, root);
    assert_non_null(n);
    return n;
}

/* The n-th shape of the group; 0 is the ground. */
static struct pm_xml_node *shape_at(struct pm_xml_node *root, int n)
{
    struct pm_xml_node *shape = pm_xml_child(find(root, WPG, "wgp"), WPS, "wsp");
    while (n-- > 0)
        shape = pm_xml_sibling(shape, WPS, "wsp");
    assert_non_null(shape);
    return shape;
}

static void assert_has(const char *wanted)
{
    if (!strstr(out.data, wanted))
        fail_msg("%s\nis not in\n%s", wanted, out.data);
}

static void assert_value(const struct pm_xml_node *node, const char *uri, const char *name, const char *wanted)
{
    struct pm_str value = pm_xml_get(node, uri, name);
    assert_non_null(value.p);
    assert_string_equal(value.p, wanted);
}

static void assert_frame(struct pm_xml_node *shape, const char *x, const char *y, const char *cx, const char *cy)
{
    assert_value(find(shape, A, "off"), "", "x", x);
    assert_value(find(shape, A, "off"), "", "y", y);
    assert_value(find(shape, A, "ext"), "", "cx", cx);
    assert_value(find(shape, A, "ext"), "", "cy", cy);
}

static struct pm_shape *add_label(double x, const char *text, enum pm_align align)
{
    struct pm_shape *label = pm_scene_add(scene, PM_LABEL, x, 50, 40, 8);
    label->text = pm_str(text);
    label->size = 8;
    label->fill = PM_COLOUR_TEXT;
    label->align = align;
    return label;
}

static void a_group_has_the_size_of_the_scene(void **state)
{
    (void)state;
    pm_scene_add(scene, PM_RECT, 10, 20, 30, 40)->fill = PM_COLOUR_HARM;
    struct pm_xml_node *root = drawn();
    struct pm_xml_node *extent = find(root, "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing", "extent");
    assert_value(extent, "", "cx", "5080000");
    assert_value(extent, "", "cy", "1270000");
    assert_frame(shape_at(root, 0), "0", "0", "5080000", "1270000");
    assert_frame(shape_at(root, 1), "127000", "254000", "381000", "508000");
    assert_has("<a:srgbClr val=\"8C1D40\"/>");
    assert_has("<a:ln><a:noFill/></a:ln>");
}

static void the_alternative_text_is_told_twice(void **state)
{
    (void)state;
    pm_scene_add(scene, PM_RECT, 0, 0, 1, 1);
    struct pm_xml_node *root = drawn();
    struct pm_xml_node *properties = find(root, "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing", "docPr");
    assert_value(properties, "", "descr", "Harm, \"long\" & <bad>");
    assert_value(properties, "", "name", "Figure 1");
    assert_value(properties, "", "id", "9001");
    assert_has("<mc:Fallback><w:t xml:space=\"preserve\">Harm, ");
}

static void each_kind_has_its_geometry(void **state)
{
    (void)state;
    struct pm_shape *round = pm_scene_add(scene, PM_RECT, 0, 0, 40, 20), *line;
    round->radius = 5;
    pm_scene_add(scene, PM_CIRCLE, 50, 50, 3, 0);
    pm_scene_add(scene, PM_DIAMOND, 60, 50, 4, 0);
    line = pm_scene_add(scene, PM_LINE, 10, 90, 20, -30);
    line->stroke = PM_COLOUR_TEXT;
    line->stroke_width = 0.5;
    line->dashed = true;
    struct pm_xml_node *root = drawn();
    assert_value(find(shape_at(root, 1), A, "prstGeom"), "", "prst", "roundRect");
    assert_value(find(shape_at(root, 1), A, "gd"), "", "fmla", "val 25000");
    assert_value(find(shape_at(root, 2), A, "prstGeom"), "", "prst", "ellipse");
    assert_frame(shape_at(root, 2), "596900", "596900", "76200", "76200");
    assert_value(find(shape_at(root, 3), A, "prstGeom"), "", "prst", "diamond");
    assert_frame(shape_at(root, 4), "127000", "762000", "254000", "381000");
    assert_value(find(shape_at(root, 4), A, "xfrm"), "", "flipV", "1");
    assert_value(find(shape_at(root, 4), A, "ln"), "", "w", "6350");
    assert_value(find(shape_at(root, 4), A, "ds"), "", "d", "600000");
}

static double number_of(struct pm_xml_node *shape, const char *element, const char *name)
{
    struct pm_str value = pm_xml_get(find(shape, A, element), "", name);
    double number = 0;
    for (size_t i = 0; i < value.n; i++)
        number = 10 * number + value.p[i] - '0';
    return number / 12700;
}

/* Wherever it is anchored: on its base line, with room to spare, inside of the scene. */
static void labels_stand_where_they_are_anchored(void **state)
{
    (void)state;
    static const char *const sides[] = {"left", "center", "right"};
    static const double anchors[] = {350, 200, 60};
    for (int i = 0; i < 3; i++)
        add_label(anchors[i], "label", (enum pm_align)i);
    struct pm_xml_node *root = drawn();
    for (int i = 0; i < 3; i++) {
        struct pm_xml_node *shape = shape_at(root, i + 1);
        double x = number_of(shape, "off", "x"), w = number_of(shape, "ext", "cx");
        double anchor = i == 0 ? x : i == 1 ? x + w / 2 : x + w;
        assert_float_equal((float)anchor, (float)anchors[i], 0.01f);
        assert_true(x >= 0 && x + w <= 400.01 && w >= 40);
        assert_value(find(shape, W, "jc"), W, "val", sides[i]);
        assert_float_equal((float)number_of(shape, "off", "y"), 42, 0.01f);
    }
}

static void labels_have_no_space_of_a_style(void **state)
{
    (void)state;
    add_label(10, "a & b", PM_ALIGN_START)->bold = true;
    struct pm_xml_node *root = drawn();
    assert_has("<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"200\" w:lineRule=\"exact\"/>");
    assert_has("<w:b/><w:bCs/>");
    assert_has("<w:sz w:val=\"16\"/>");
    assert_has(">a &amp; b</w:t>");
    struct pm_xml_node *body = find(shape_at(root, 1), WPS, "bodyPr");
    assert_value(body, "", "lIns", "0");
    assert_value(body, "", "tIns", "0");
    assert_non_null(pm_xml_child(body, A, "noAutofit"));
}

static void a_narrow_page_makes_it_smaller(void **state)
{
    (void)state;
    add_label(10, "a", PM_ALIGN_START);
    theme.paper_width = 295;
    struct pm_xml_node *root = drawn();
    struct pm_xml_node *extent = find(root, "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing", "extent");
    assert_value(extent, "", "cx", "2540000");
    assert_value(extent, "", "cy", "635000");
    assert_has("<w:sz w:val=\"8\"/>");
}

static void nothing_makes_nothing(void **state)
{
    (void)state;
    draw();
    assert_int_equal(out.len, 0);
    pm_docx_drawing(NULL, PM_LIT("a"), PM_LIT("b"), 1, &theme, &out);
    pm_scene_add(scene, PM_RECT, 0, 0, 1, 1);
    scene->width = 0;
    draw();
    assert_int_equal(out.len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_group_has_the_size_of_the_scene, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_alternative_text_is_told_twice, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_kind_has_its_geometry, set_up, tear_down),
        cmocka_unit_test_setup_teardown(labels_stand_where_they_are_anchored, set_up, tear_down),
        cmocka_unit_test_setup_teardown(labels_have_no_space_of_a_style, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_narrow_page_makes_it_smaller, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_makes_nothing, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
