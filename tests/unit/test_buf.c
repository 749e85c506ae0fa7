#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>

static void is_never_null_and_ends_in_nul(void **state)
{
    (void)state;
    struct pm_buf b;
    pm_buf_init(&b, 1000);
    assert_string_equal(b.data, "");
    pm_buf_clear(&b);
    assert_string_equal(pm_buf_slice(&b).p, "");
    pm_buf_puts(&b, "ab");
    pm_buf_putc(&b, 'c');
    pm_buf_str(&b, PM_LIT("de"));
    pm_buf_str(&b, pm_str(NULL));
    pm_buf_printf(&b, "-%s-%d", "x", 7);
    assert_string_equal(b.data, "abcde-x-7");
    pm_buf_clear(&b);
    assert_string_equal(b.data, "");
    pm_buf_free(&b);
    assert_string_equal(b.data, "");
}

static void maximum_sticks_until_cleared(void **state)
{
    (void)state;
    struct pm_buf b;
    pm_buf_init(&b, 5);
    pm_buf_puts(&b, "12345");
    assert_int_equal(b.status, PM_OK);
    pm_buf_putc(&b, '6');
    assert_int_equal(b.status, PM_LIMIT);
    pm_buf_clear(&b);
    pm_buf_puts(&b, "abc");
    pm_buf_printf(&b, "%s", "defg");
    assert_int_equal(b.status, PM_LIMIT);
    pm_buf_putc(&b, 'd');
    assert_null(pm_buf_reserve(&b, 1));
    assert_string_equal(b.data, "abc");
    pm_buf_free(&b);
}

static void long_formats_grow_it(void **state)
{
    (void)state;
    struct pm_buf b;
    pm_buf_init(&b, 100000);
    for (int i = 0; i < 100; i++)
        pm_buf_printf(&b, "%0300d", i);
    assert_int_equal(b.len, 30000);
    assert_memory_equal(b.data + 29998, "99", 3);
    pm_buf_free(&b);
}

static void reserved_room_is_appended_by_the_caller(void **state)
{
    (void)state;
    struct pm_buf b;
    pm_buf_init(&b, 100);
    memcpy(pm_buf_reserve(&b, 3), "xyz", 3);
    b.len += 3;
    assert_string_equal(b.data, "xyz");
    assert_null(pm_buf_reserve(&b, SIZE_MAX));
    pm_buf_free(&b);
}

static void assert_number(double value, int digits, const char *want)
{
    struct pm_buf b;
    pm_buf_init(&b, 1000);
    pm_buf_number(&b, value, digits);
    assert_string_equal(b.data, want);
    pm_buf_free(&b);
}

static void numbers_are_short_and_right(void **state)
{
    (void)state;
    assert_number(0, 3, "0");
    assert_number(-0.0, 3, "0");
    assert_number(-0.0004, 3, "0");
    assert_number(1.5, 3, "1.5");
    assert_number(-12.25, 1, "-12.3");
    assert_number(0.05, 2, "0.05");
    assert_number(9.9996, 3, "10");
    assert_number(99.5, 0, "100");
    assert_number(1.005, 2, "1");   /* the nearest double is below */
    assert_number(1.115, 2, "1.11");
    assert_number(0.285, 2, "0.28");
    assert_number(0.125, 2, "0.13");
    assert_number(1234567.891, 6, "1234567.891");
    assert_number(595.276, 4, "595.276");
    assert_number(4503599627370495.5, 1, "4503599627370495.5");
    assert_number(1e17, 2, "100000000000000000");
    assert_number(NAN, 2, "0");
    assert_number(INFINITY, 2, "0");
}

/* printf rounds the exact value too; only exact halves differ. */
static void numbers_agree_with_printf(void **state)
{
    (void)state;
    uint64_t seed = 42;
    for (int i = 0; i < 20000; i++) {
        seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
        double value = (double)(seed >> 24) / (double)(1 + (seed & 0xFFFFFF));
        char want[64];
        int n = snprintf(want, sizeof want, "%.4f", value);
        while (want[n - 1] == '0')
            want[--n] = '\0';
        if (want[n - 1] == '.')
            want[n - 1] = '\0';
        assert_number(value, 4, want);
    }
}

static void xml_is_escaped(void **state)
{
    (void)state;
    struct pm_buf b;
    pm_buf_init(&b, 1000);
    pm_buf_xml(&b, PM_LIT("a<b>&\"'\t\n\r\x01\xFF\xEF\xBF\xBF\xF0\x9F\x94\xA5"));
    assert_string_equal(b.data, "a&lt;b&gt;&amp;&quot;&#39;\t\n&#13;\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xF0\x9F\x94\xA5");
    pm_buf_free(&b);
}

static void json_is_escaped(void **state)
{
    (void)state;
    struct pm_buf b;
    pm_buf_init(&b, 1000);
    pm_buf_json(&b, PM_LIT("\"\\/\b\f\n\r\t\x01\0\x1F\x7F\xC3\xA9\xC0"));
    assert_string_equal(b.data, "\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u0000\\u001f\x7F\xC3\xA9\xEF\xBF\xBD");
    pm_buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_never_null_and_ends_in_nul), cmocka_unit_test(maximum_sticks_until_cleared),
        cmocka_unit_test(long_formats_grow_it), cmocka_unit_test(reserved_room_is_appended_by_the_caller),
        cmocka_unit_test(numbers_are_short_and_right), cmocka_unit_test(numbers_agree_with_printf),
        cmocka_unit_test(xml_is_escaped), cmocka_unit_test(json_is_escaped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
