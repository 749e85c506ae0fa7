#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "document/entity.h"

static void assert_decoded(const char *entity, const char *want)
{
    struct pm_buf b;
    pm_buf_init(&b, 100);
    pm_entity_decode(&b, pm_str(entity));
    assert_string_equal(b.data, want);
    pm_buf_free(&b);
}

/* From all over the table, so that a row out of order is found. */
static void names_are_found(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"&AElig;", "\xC3\x86"},
        {"&Uuml;", "\xC3\x9C"},
        {"&amp;", "&"},
        {"&apos;", "'"},
        {"&auml;", "\xC3\xA4"},
        {"&bull;", "\xE2\x80\xA2"},
        {"&copy;", "\xC2\xA9"},
        {"&deg;", "\xC2\xB0"},
        {"&divide;", "\xC3\xB7"},
        {"&eacute;", "\xC3\xA9"},
        {"&egrave;", "\xC3\xA8"},
        {"&euro;", "\xE2\x82\xAC"},
        {"&gt;", ">"},
        {"&hellip;", "\xE2\x80\xA6"},
        {"&laquo;", "\xC2\xAB"},
        {"&larr;", "\xE2\x86\x90"},
        {"&ldquo;", "\xE2\x80\x9C"},
        {"&lt;", "<"},
        {"&mdash;", "\xE2\x80\x94"},
        {"&middot;", "\xC2\xB7"},
        {"&nbsp;", "\xC2\xA0"},
        {"&para;", "\xC2\xB6"},
        {"&plusmn;", "\xC2\xB1"},
        {"&pound;", "\xC2\xA3"},
        {"&quot;", "\""},
        {"&raquo;", "\xC2\xBB"},
        {"&rarr;", "\xE2\x86\x92"},
        {"&reg;", "\xC2\xAE"},
        {"&sect;", "\xC2\xA7"},
        {"&szlig;", "\xC3\x9F"},
        {"&times;", "\xC3\x97"},
        {"&trade;", "\xE2\x84\xA2"},
        {"&uarr;", "\xE2\x86\x91"},
        {"&yen;", "\xC2\xA5"},
        {"&zwnj;", "\xE2\x80\x8C"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_decoded(cases[i][0], cases[i][1]);
}

static void numbers_are_characters(void **state)
{
    (void)state;
    assert_decoded("&#65;", "A");
    assert_decoded("&#x1F525;", "\xF0\x9F\x94\xA5");
    assert_decoded("&#Xe9;", "\xC3\xA9");
    assert_decoded("&#0;", "\xEF\xBF\xBD");
    assert_decoded("&#xDFFF;", "\xEF\xBF\xBD");
    assert_decoded("&#x110000;", "\xEF\xBF\xBD");
    assert_decoded("&#99999999999999999999;", "\xEF\xBF\xBD");
}

static void the_rest_stays_as_written(void **state)
{
    (void)state;
    assert_decoded("&bogus;", "&bogus;");
    assert_decoded("&AMP;", "&AMP;");
    assert_decoded("&;", "&;");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_found),
        cmocka_unit_test(numbers_are_characters),
        cmocka_unit_test(the_rest_stays_as_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
