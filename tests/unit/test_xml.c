#include "render/xml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef void put_function(struct pm_buf *out, struct pm_str text);

static void assert_put(put_function *put, struct pm_str text, const char *want)
{
    struct pm_buf b;
    pm_buf_init(&b, 10000);
    put(&b, text);
    assert_int_equal(b.status, PM_OK);
    assert_string_equal(b.data, want);
    pm_buf_free(&b);
}

static void text_keeps_quotes_and_lines(void **state)
{
    (void)state;
    assert_put(pm_xml_text, PM_LIT("a & b < c > d \"e\" 'f'\n\tg"), "a &amp; b &lt; c &gt; d \"e\" 'f'\n\tg");
    assert_put(pm_xml_text, PM_LIT("&amp; ]]> &#0;"), "&amp;amp; ]]&gt; &amp;#0;");
    assert_put(pm_xml_text, PM_LIT("\r\n"), "&#13;\n");
    assert_put(pm_xml_text, PM_LIT("caf\xC3\xA9 \xE6\x97\xA5\xE6\x9C\xAC \xF0\x9F\x94\xA5 \x7F"),
               "caf\xC3\xA9 \xE6\x97\xA5\xE6\x9C\xAC \xF0\x9F\x94\xA5 \x7F");
    assert_put(pm_xml_text, (struct pm_str){NULL, 0}, "");
    assert_put(pm_xml_text, PM_LIT(""), "");
}

static void attributes_keep_their_white_space(void **state)
{
    (void)state;
    assert_put(pm_xml_attribute, PM_LIT("a\"b'c\nd\te\rf<&>"), "a&quot;b'c&#10;d&#9;e&#13;f&lt;&amp;&gt;");
    assert_put(pm_xml_attribute, (struct pm_str){NULL, 0}, "");
}

static void forbidden_characters_are_replaced(void **state)
{
    (void)state;
    assert_put(pm_xml_text, (struct pm_str){"a\0b\x01\x1F", 5}, "a\xEF\xBF\xBD" "b\xEF\xBF\xBD\xEF\xBF\xBD");
    assert_put(pm_xml_text, PM_LIT("\xEF\xBF\xBE|\xEF\xBF\xBF|\xEF\xBF\xBD"), "\xEF\xBF\xBD|\xEF\xBF\xBD|\xEF\xBF\xBD");
    assert_put(pm_xml_text, PM_LIT("\xC3"), "\xEF\xBF\xBD");
    assert_put(pm_xml_text, PM_LIT("\xC3<"), "\xEF\xBF\xBD&lt;");
    assert_put(pm_xml_attribute, PM_LIT("\x0B\""), "\xEF\xBF\xBD&quot;");
    assert_put(pm_xml_cdata, PM_LIT("a\x02" "b"), "<![CDATA[a\xEF\xBF\xBD" "b]]>");
}

static void ends_of_sections_are_cut_in_two(void **state)
{
    (void)state;
    assert_put(pm_xml_cdata, PM_LIT("a<b>&amp;"), "<![CDATA[a<b>&amp;]]>");
    assert_put(pm_xml_cdata, PM_LIT("]]>"), "<![CDATA[]]]]><![CDATA[>]]>");
    assert_put(pm_xml_cdata, PM_LIT("]]]>x]]>"), "<![CDATA[]]]]]><![CDATA[>x]]]]><![CDATA[>]]>");
    assert_put(pm_xml_cdata, PM_LIT(">]] >"), "<![CDATA[>]] >]]>");
    assert_put(pm_xml_cdata, (struct pm_str){NULL, 0}, "<![CDATA[]]>");
}

static void what_xml_changes_is_known(void **state)
{
    (void)state;
    const struct pm_str kept[] = {{NULL, 0}, PM_LIT(""), PM_LIT(" a\tb\n<&>]]>\" "), PM_LIT("\xE2\x82\xAC \xF0\x9F\x94\xA5 \x7F")};
    const struct pm_str changed[] = {PM_LIT("a\r\n"), PM_LIT("\r"), PM_LIT("\x01"), PM_LIT("a\0b"), PM_LIT("\xEF\xBF\xBF"), PM_LIT("\xED\xA0\x80"),
                                     PM_LIT("\x80"), PM_LIT("\xE2\x82")};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        assert_true(pm_xml_keeps(kept[i]));
    for (size_t i = 0; i < sizeof changed / sizeof *changed; i++)
        assert_false(pm_xml_keeps(changed[i]));
}

static void one_warning_a_node(void **state)
{
    (void)state;
    struct pm_arena arena;
    struct pm_diags diags;
    pm_arena_init(&arena);
    pm_diags_init(&diags, "x.yaml");
    struct pm_document *doc = pm_document_new(&arena);
    struct pm_node *paragraph = pm_node_add(doc, doc->root, PM_PARAGRAPH, (struct pm_mark){1, 1, 0});
    pm_add_text(doc, paragraph, PM_LIT("fine caf\xC3\xA9\n"), (struct pm_mark){2, 1, 0});
    pm_add_text(doc, paragraph, PM_LIT("a\x01" "b\x02"), (struct pm_mark){3, 5, 0});
    struct pm_node *metric = pm_node_add(doc, doc->root, PM_METRIC, (struct pm_mark){4, 1, 0});
    metric->text = PM_LIT("label");
    metric->as.metric.value = PM_LIT("\xEF\xBF\xBE");
    metric->as.metric.note = PM_LIT("\x03");
    struct pm_node *link = pm_node_add(doc, paragraph, PM_LINK, (struct pm_mark){5, 1, 0});
    link->as.link.url = PM_LIT("https://x/\xFF");
    pm_xml_check(doc, &diags);
    assert_int_equal(diags.count[PM_WARNING], 3);
    assert_int_equal(diags.first->code, PM_D_CHARACTER);
    assert_int_equal(diags.first->mark.line, 3);
    assert_non_null(strstr(diags.first->text, "U+0001"));
    assert_non_null(strstr(diags.last->text, "U+FFFE"));
    assert_non_null(strstr(diags.first->next->text, "malformed"));
    pm_diags_free(&diags);
    pm_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_keeps_quotes_and_lines),
        cmocka_unit_test(attributes_keep_their_white_space),
        cmocka_unit_test(forbidden_characters_are_replaced),
        cmocka_unit_test(ends_of_sections_are_cut_in_two),
        cmocka_unit_test(what_xml_changes_is_known),
        cmocka_unit_test(one_warning_a_node),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
