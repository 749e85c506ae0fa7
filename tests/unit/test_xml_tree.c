#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "package/xml_tree.h"

static struct pm_arena arena;
static struct pm_buf out;

static int set_up(void **state)
{
    (void)state;
    pm_arena_init(&arena);
    pm_buf_init(&out, 64 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    pm_buf_free(&out);
    pm_arena_free(&arena);
    return 0;
}

static struct pm_xml_node *read_good(const char *text)
{
    struct pm_xml_node *root;
    int line;
    enum pm_status status = pm_xml_tree_read(pm_str(text), &arena, &root, &line);
    if (status != PM_OK)
        fail_msg("status %d in line %d of %s", status, line, text);
    return root;
}

static void assert_written(const char *text, const char *wanted)
{
    pm_buf_clear(&out);
    pm_xml_node_write(read_good(text), &out);
    assert_string_equal(out.data, wanted);
}

static void assert_same(const char *text)
{
    assert_written(text, text);
}

static void assert_refused(const char *text)
{
    struct pm_xml_node *root;
    if (pm_xml_tree_read(pm_str(text), &arena, &root, NULL) != PM_INVALID)
        fail_msg("not refused: %s", text);
    assert_null(root);
}

static void what_is_read_is_written(void **state)
{
    (void)state;
    assert_same("<a/>");
    assert_same("<a xmlns=\"u\" xmlns:b=\"v\" b:c=\"1\" d=\"2\">t<b:e>x</b:e> <f/></a>");
    assert_same("<\303\244-1.\302\267>\360\237\224\245</\303\244-1.\302\267>");
    assert_written("\xEF\xBB\xBF<?xml version='1.0' encoding=\"utf-8\" standalone='no' ?>\n<!-- c --><?p q?><a  b = 'c\"' ></a ><!---->\n",
                   "<a b=\"c&quot;\"/>");
    pm_buf_clear(&out);
    pm_xml_tree_write(read_good("<a/>"), &out);
    assert_string_equal(out.data, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<a/>");
}

static void references_are_decoded_and_made_again(void **state)
{
    (void)state;
    assert_written("<a b='&lt;&amp;&quot;&apos;&#65;&#x1F525;'>&lt;&gt;&#13;]]&gt;</a>",
                   "<a b=\"&lt;&amp;&quot;'A\360\237\224\245\">&lt;&gt;&#13;]]&gt;</a>");
    assert_written("<a><![CDATA[<b>&amp;]]]]><![CDATA[>]]></a>", "<a>&lt;b&gt;&amp;amp;]]&gt;</a>");
}

/* XML 1.0, 2.11 and 3.3.3. */
static void line_ends_are_made_alike(void **state)
{
    (void)state;
    assert_written("<a b='1\r\n2\t3\r4'>1\r\n2\r3\t</a>", "<a b=\"1 2 3 4\">1\n2\n3\t</a>");
    assert_written("<a b='1&#10;2&#9;3&#13;4'><![CDATA[1\r\n2\r]]></a>", "<a b=\"1&#10;2&#9;3&#13;4\">1\n2\n</a>");
}

static void names_have_their_namespaces(void **state)
{
    (void)state;
    struct pm_xml_node *root =
        read_good("<a xmlns='u' xmlns:p='v' c='1' p:c='2'><b xmlns='' xmlns:p='w'><p:d xml:lang='en'/></b><p:e/></a>");
    assert_true(pm_xml_is(root, "u", "a"));
    assert_string_equal(pm_xml_get(root, "", "c").p, "1");
    assert_string_equal(pm_xml_get(root, "v", "c").p, "2");
    assert_null(pm_xml_get(root, "u", "c").p);
    struct pm_xml_node *b = pm_xml_child(root, "", "b"), *d = pm_xml_child(b, "w", "d");
    assert_non_null(d);
    assert_string_equal(pm_xml_get(d, "http://www.w3.org/XML/1998/namespace", "lang").p, "en");
    assert_non_null(pm_xml_sibling(b, "v", "e"));
    assert_null(pm_xml_child(root, "u", "e"));
}

static void what_is_not_well_formed_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        " ",
                                        "a",
                                        "<a>",
                                        "<a></b>",
                                        "<a/><b/>",
                                        "<a/>b",
                                        "x<a/>",
                                        "<a",
                                        "<a b>",
                                        "<a b=>",
                                        "<a b=c/>",
                                        "<a b='<'/>",
                                        "<a b='1' b='2'/>",
                                        "<a b='1'c='2'/>",
                                        "< a/>",
                                        "<1a/>",
                                        "<a><b></a></b>",
                                        "<a>&b;</a>",
                                        "<a>&amp</a>",
                                        "<a>&#0;</a>",
                                        "<a>&#xD800;</a>",
                                        "<a>&#x110000;</a>",
                                        "<a>&#99999999999;</a>",
                                        "<a>&#;</a>",
                                        "<a>]]></a>",
                                        "<a><![CDATA[</a>",
                                        "<a><!-- -- --></a>",
                                        "<a><!-- ---></a>",
                                        "<a><?xml ?></a>",
                                        "<a><?b</a>",
                                        "<a>\x01</a>",
                                        "<a>\xFF</a>",
                                        "<a>\xEF\xBF\xBF</a>",
                                        "\xFF\xFE<\0a\0",
                                        " <?xml version='1.0'?><a/>",
                                        "<?xml?><a/>",
                                        "<?xml encoding='utf-8'?><a/>",
                                        "<?xml version='2.0'?><a/>",
                                        "<?xml version='1.0' standalone='yes' encoding='utf-8'?><a/>"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_refused(texts[i]);
}

static void wrong_namespaces_are_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "<p:a/>", "<a p:b='1'/>", "<a xmlns:p=''/>", "<a xmlns:xml='u'/>", "<a xmlns:xmlns='u'/>", "<a xmlns:p='u' xmlns:p='v'/>",
        "<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>", "<a:b:c xmlns:a='u'/>", "<:a/>", "<a:/>", "<a xmlns:p='u'/><p:b/>",
        "<a><b xmlns:p='u'/><p:c/></a>", "<a xmlns='http://www.w3.org/2000/xmlns/'/>"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_refused(texts[i]);
}

static void a_dtd_is_refused(void **state)
{
    (void)state;
    assert_refused("<!DOCTYPE a><a/>");
    assert_refused("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>");
    assert_refused("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>");
    assert_refused("<a><!DOCTYPE a></a>");
}

static void the_line_of_a_fault_is_told(void **state)
{
    (void)state;
    struct pm_xml_node *root;
    int line = 0;
    assert_int_equal(pm_xml_tree_read(PM_LIT("<a>\n\n<b></c></a>"), &arena, &root, &line), PM_INVALID);
    assert_int_equal(line, 3);
}

static void nest(int depth)
{
    pm_buf_clear(&out);
    for (int i = 0; i < depth; i++)
        pm_buf_puts(&out, "<a>");
    for (int i = 0; i < depth; i++)
        pm_buf_puts(&out, "</a>");
}

static void limits_hold(void **state)
{
    (void)state;
    struct pm_xml_node *root;
    nest(PM_XML_MAX_DEPTH);
    assert_int_equal(pm_xml_tree_read(pm_buf_slice(&out), &arena, &root, NULL), PM_OK);
    nest(PM_XML_MAX_DEPTH + 1);
    assert_int_equal(pm_xml_tree_read(pm_buf_slice(&out), &arena, &root, NULL), PM_LIMIT);
    pm_buf_clear(&out);
    pm_buf_puts(&out, "<a>");
    for (int i = 0; i < PM_XML_MAX_NODES; i++)
        pm_buf_puts(&out, "<b/>");
    pm_buf_puts(&out, "</a>");
    assert_int_equal(pm_xml_tree_read(pm_buf_slice(&out), &arena, &root, NULL), PM_LIMIT);
}

static void a_tree_is_walked(void **state)
{
    (void)state;
    struct pm_xml_node *root = read_good("<a><b><c/>t</b><d/></a>"), *b = pm_xml_child(root, "", "b"), *n = root;
    static const char *const names[] = {"a", "b", "c", "", "d"};
    for (size_t i = 0; i < 5; i++, n = pm_xml_walk(n, root))
        assert_true(pm_str_is(n->name, names[i]));
    assert_null(n);
    assert_true(pm_xml_is(pm_xml_walk_past(b, root), "", "d"));
    assert_null(pm_xml_walk_past(b, b));
    assert_null(pm_xml_walk(b->last, b));
}

static void a_tree_is_changed(void **state)
{
    (void)state;
    struct pm_xml_node *root = read_good("<a><b x='1'/><c/><d/></a>");
    pm_xml_set(&arena, pm_xml_child(root, "", "b"), "", "x", PM_LIT("2"));
    pm_xml_set(&arena, pm_xml_child(root, "", "b"), "", "y", PM_LIT("2"));
    pm_xml_insert(root, pm_xml_raw(&arena, PM_LIT("<raw/>")), pm_xml_child(root, "", "c"));
    pm_xml_insert(root, pm_xml_raw(&arena, PM_LIT("<end/>")), NULL);
    pm_xml_unlink(pm_xml_child(root, "", "d"));
    pm_xml_unlink(pm_xml_child(root, "", "c"));
    pm_xml_insert(root, NULL, NULL);
    pm_xml_unlink(root);
    pm_xml_node_write(root, &out);
    assert_string_equal(out.data, "<a><b x=\"2\"/><raw/><end/></a>");
}

static void without_memory_there_is_no_tree(void **state)
{
    (void)state;
    struct pm_xml_node *root;
    arena.failed = true;
    assert_int_equal(pm_xml_tree_read(PM_LIT("<a b='c'>d</a>"), &arena, &root, NULL), PM_NOMEM);
    assert_null(root);
    assert_null(pm_xml_raw(&arena, PM_LIT("a")));
}

/* Attributes, or declarations, of one element; behind what has quotes and tags that are none. */
static enum pm_status read_attributes(int count, const char *name)
{
    struct pm_xml_node *root;
    pm_buf_clear(&out);
    pm_buf_puts(&out, "<?p ' < ?><!-- \" <a --><a>it's<![CDATA[<b \"]]><a");
    for (int i = 0; i < count; i++)
        pm_buf_printf(&out, " %s%d='>\"'", name, i);
    pm_buf_puts(&out, "/><b c=''/></a>");
    return pm_xml_tree_read(pm_buf_slice(&out), &arena, &root, NULL);
}

static void an_element_has_so_many_attributes(void **state)
{
    (void)state;
    assert_int_equal(read_attributes(PM_XML_MAX_ATTRIBUTES, "a"), PM_OK);
    assert_int_equal(read_attributes(PM_XML_MAX_ATTRIBUTES + 1, "a"), PM_LIMIT);
    assert_int_equal(read_attributes(PM_XML_MAX_ATTRIBUTES + 1, "xmlns:a"), PM_LIMIT);
    assert_int_equal(read_attributes(300000, "a"), PM_LIMIT);   /* at once */
}

static void a_dtd_is_refused_by_its_line(void **state)
{
    (void)state;
    struct pm_xml_node *root;
    int line = 0;
    assert_int_equal(pm_xml_tree_read(PM_LIT("<?xml version='1.0'?>\n<!--\n-->\n<!DOCTYPE a><a/>"), &arena, &root, &line), PM_INVALID);
    assert_int_equal(line, 4);
    assert_refused("<a><!-- </a>");
    assert_refused("<a><? </a>");
    assert_refused("<a><![CDATA[ </a>");
    assert_refused("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE4</a>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_read_is_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(references_are_decoded_and_made_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(line_ends_are_made_alike, set_up, tear_down),
        cmocka_unit_test_setup_teardown(names_have_their_namespaces, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_well_formed_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(wrong_namespaces_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_dtd_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_line_of_a_fault_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_element_has_so_many_attributes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_dtd_is_refused_by_its_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(limits_hold, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_tree_is_walked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_tree_is_changed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_memory_there_is_no_tree, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
