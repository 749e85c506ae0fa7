#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static bool is_scalar_value(uint32_t cp)
{
    return cp <= 0x10FFFF && (cp < 0xD800 || cp > 0xDFFF);
}

static void every_code_point_comes_back(void **state)
{
    (void)state;
    for (uint32_t cp = 0; cp <= 0x110000; cp++) {
        char bytes[4];
        size_t at = 0, n = pm_utf8_put(bytes, cp);
        uint32_t got = pm_utf8_next((struct pm_str){bytes, n}, &at);
        assert_int_equal(got, is_scalar_value(cp) ? cp : PM_UTF8_BAD);
        assert_int_equal(at, is_scalar_value(cp) ? n : 1);
    }
}

static void malformed_bytes_are_found(void **state)
{
    (void)state;
    const struct { struct pm_str s; size_t at; } cases[] = {
        {PM_LIT("abc"), 3}, {PM_LIT(""), 0}, {PM_LIT("a\x80"), 1}, {PM_LIT("\xC0\x80"), 0}, {PM_LIT("\xC1\xBF"), 0},
        {PM_LIT("\xE0\x9F\xBF"), 0}, {PM_LIT("\xED\xA0\x80"), 0}, {PM_LIT("\xF0\x8F\xBF\xBF"), 0}, {PM_LIT("\xF4\x90\x80\x80"), 0},
        {PM_LIT("\xF5\x80\x80\x80"), 0}, {PM_LIT("ok\xE2\x82"), 2}, {PM_LIT("\xE2\x82\xAC\xFF"), 3}, {PM_LIT("\xF0\x9F\x94\xA5"), 4},
        {PM_LIT("\xE2\x28\xA1"), 0}, {PM_LIT("\xC3"), 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(pm_utf8_check(cases[i].s), cases[i].at);
}

/* Wherever the other byte stands and whatever length there is behind it: blocks are looked at together. */
static void plain_bytes_are_passed_over(void **state)
{
    (void)state;
    static const char others[] = "\t\r\x1F\x7F\x80\xFF";
    char text[100];
    for (size_t n = 0; n <= sizeof text; n++) {
        memset(text, n % 3 ? '~' : n % 2 ? ' ' : '\n', sizeof text);
        for (size_t at = 0; at < n; at++) {
            char kept = text[at];
            text[at] = others[at % (sizeof others)];   /* its NUL too */
            assert_int_equal(pm_utf8_plain((struct pm_str){text, n}, at / 2), at);
            text[at] = kept;
        }
        assert_int_equal(pm_utf8_plain((struct pm_str){text, n}, n / 2), n);
    }
}

static void malformed_bytes_count_one_each(void **state)
{
    (void)state;
    assert_int_equal(pm_utf8_length(PM_LIT("a\xC3\xA9\xE2\x82\xF0\x9F\x94\xA5")), 5);
    struct pm_str s = PM_LIT("\xE2\x82" "a");
    size_t at = 0;
    assert_int_equal(pm_utf8_next(s, &at), PM_UTF8_BAD);
    assert_int_equal(pm_utf8_next(s, &at), PM_UTF8_BAD);
    assert_int_equal(pm_utf8_next(s, &at), 'a');
}

static void prefixes_end_between_characters(void **state)
{
    (void)state;
    struct pm_str s = PM_LIT("a\xC3\xA9\xF0\x9F\x94\xA5z");
    assert_int_equal(pm_utf8_prefix(s, 0).n, 0);
    assert_int_equal(pm_utf8_prefix(s, 2).n, 3);
    assert_int_equal(pm_utf8_prefix(s, 3).n, 7);
    assert_int_equal(pm_utf8_prefix(s, 99).n, 8);
}

static void xml_has_fewer_characters(void **state)
{
    (void)state;
    static const uint32_t legal[] = {9, 10, 13, 32, 0x7F, 0xD7FF, 0xE000, 0xFFFD, 0x10000, 0x10FFFF};
    static const uint32_t illegal[] = {0, 8, 11, 31, 0xD800, 0xDFFF, 0xFFFE, 0xFFFF, 0x110000, PM_UTF8_BAD};
    for (size_t i = 0; i < 10; i++) {
        assert_true(pm_utf8_xml_legal(legal[i]));
        assert_false(pm_utf8_xml_legal(illegal[i]));
    }
}

static void utf16_has_surrogates(void **state)
{
    (void)state;
    unsigned char out[32];
    assert_int_equal(pm_utf8_to_utf16be(PM_LIT("A\xE2\x82\xAC\xF0\x9F\x94\xA5\xFF"), out), 10);
    assert_memory_equal(out, "\0A\x20\xAC\xD8\x3D\xDD\x25\xFF\xFD", 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_comes_back), cmocka_unit_test(malformed_bytes_are_found),
        cmocka_unit_test(plain_bytes_are_passed_over),
        cmocka_unit_test(malformed_bytes_count_one_each), cmocka_unit_test(prefixes_end_between_characters),
        cmocka_unit_test(xml_has_fewer_characters), cmocka_unit_test(utf16_has_surrogates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
