#include "base/base64.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void assert_coded(struct pm_str bytes, size_t line, const char *wanted)
{
    struct pm_buf b;
    pm_buf_init(&b, 1 << 20);
    pm_base64(&b, bytes, line);
    assert_int_equal(b.status, PM_OK);
    assert_int_equal(b.len, strlen(wanted));
    assert_string_equal(b.data, wanted);
    pm_buf_free(&b);
}

/* RFC 4648, section 10. */
static void as_in_the_standard(void **state)
{
    (void)state;
    const char *const plain[] = {"", "f", "fo", "foo", "foob", "fooba", "foobar"};
    const char *const coded[] = {"", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        assert_coded(pm_str(plain[i]), 0, coded[i]);
    assert_coded(PM_LIT("\xFF\xFE\xFD"), 0, "//79");
    assert_coded((struct pm_str){NULL, 0}, 0, "");
}

static void a_line_feed_follows_each_full_line(void **state)
{
    (void)state;
    assert_coded(PM_LIT("foobar"), 8, "Zm9vYmFy\n");
    assert_coded(PM_LIT("foobarf"), 8, "Zm9vYmFy\nZg==");
    assert_coded(PM_LIT("fooba"), 8, "Zm9vYmE=");
    assert_coded(PM_LIT("foobar"), 4, "Zm9v\nYmFy\n");
}

/* More than is coded in one step. */
static void long_texts_are_one_line(void **state)
{
    (void)state;
    static char zeros[29999], digits[40001];
    memset(digits, 'A', 40000);
    digits[39999] = '=';
    assert_coded((struct pm_str){zeros, sizeof zeros}, 0, digits);
}

static void a_full_buffer_is_said(void **state)
{
    (void)state;
    struct pm_buf b;
    pm_buf_init(&b, 7);
    pm_base64(&b, PM_LIT("foobar"), 0);
    assert_int_equal(b.status, PM_LIMIT);
    pm_buf_free(&b);
}

static void digits_are_decoded(void **state)
{
    (void)state;
    static const struct { const char *digits, *bytes; } cases[] = {
        {"", ""}, {"Zg==", "f"}, {"Zm8=", "fo"}, {"Zm9vYmFy", "foobar"}, {" Zm9v\r\nYm Fy\t", "foobar"}};
    static const char *const wrong[] = {"Z", "Zg=", "Zg===", "Zm9v!", "Zm9vY", "=Zg=", "Zh==", "Zm\x80v"};
    struct pm_buf b;
    pm_buf_init(&b, 64);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pm_buf_clear(&b);
        assert_true(pm_base64_decode(&b, pm_str(cases[i].digits)));
        assert_string_equal(b.data, cases[i].bytes);
        assert_int_equal(b.len, strlen(cases[i].bytes));
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        pm_buf_clear(&b);
        assert_false(pm_base64_decode(&b, pm_str(wrong[i])));
        assert_int_equal(b.len, 0);
    }
    pm_buf_free(&b);
    pm_buf_init(&b, 2);
    assert_false(pm_base64_decode(&b, PM_LIT("Zm9vYmFy")));
    assert_int_equal(b.status, PM_LIMIT);
    pm_buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_are_decoded),
        cmocka_unit_test(as_in_the_standard),
        cmocka_unit_test(a_line_feed_follows_each_full_line),
        cmocka_unit_test(long_texts_are_one_line),
        cmocka_unit_test(a_full_buffer_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
