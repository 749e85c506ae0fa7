/* object.c and deflate.c: how values are written into a PDF. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "render/pdf/object.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

static struct pm_buf out;

static int set_up(void **state)
{
    (void)state;
    pm_buf_init(&out, 1 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    pm_buf_free(&out);
    return 0;
}

static void test_text_is_ascii_or_utf16(void **state)
{
    (void)state;
    pm_put_text(&out, PM_LIT("a (b) \\ c"));
    pm_buf_putc(&out, ' ');
    pm_put_text(&out, PM_LIT(""));
    pm_buf_putc(&out, ' ');
    pm_put_text(&out, PM_LIT("\xC3\xA9\xF0\x9F\x94\xA5"));
    pm_buf_putc(&out, ' ');
    pm_put_text(&out, PM_LIT("a\nb"));
    assert_string_equal(out.data, "(a \\(b\\) \\\\ c) () <FEFF00E9D83DDD25> <FEFF0061000A0062>");
}

static void test_malformed_text_is_replaced(void **state)
{
    (void)state;
    pm_put_text(&out, (struct pm_str){"x\xFF", 2});
    assert_string_equal(out.data, "<FEFF0078FFFD>");
}

static void test_numbers(void **state)
{
    (void)state;
    pm_put_unsigned(&out, 0);
    pm_buf_putc(&out, ' ');
    pm_put_unsigned(&out, 18446744073709551615u);
    pm_buf_putc(&out, ' ');
    pm_put_hex4(&out, 0xBEEF);
    pm_buf_putc(&out, ' ');
    pm_put_number(&out, 12.345);
    pm_put_number(&out, -0.001);
    assert_string_equal(out.data, "0 18446744073709551615 BEEF 12.35 0 ");
}

static void test_date(void **state)
{
    (void)state;
    pm_put_date(&out, 1795614720);
    assert_string_equal(out.data, "(D:20261125135200Z)");
}

static void test_deflate_comes_back(void **state)
{
    (void)state;
    struct pm_pdf_deflater *d = pm_pdf_deflater_new();
    assert_non_null(d);
    char text[5000], back[5000];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)("0123456789"[i * i % 10]);
    for (size_t n = 0; n <= sizeof text; n += 1250) {
        pm_buf_clear(&out);
        assert_int_equal(pm_pdf_deflate(d, (struct pm_str){text, n}, &out), PM_OK);
        struct libdeflate_decompressor *undo = libdeflate_alloc_decompressor();
        size_t got = 0;
        assert_int_equal(libdeflate_zlib_decompress(undo, out.data, out.len, back, sizeof back, &got), LIBDEFLATE_SUCCESS);
        libdeflate_free_decompressor(undo);
        assert_int_equal(got, n);
        assert_memory_equal(back, text, n);
    }
    pm_pdf_deflater_free(d);
}

static void test_deflate_respects_the_maximum(void **state)
{
    (void)state;
    struct pm_pdf_deflater *d = pm_pdf_deflater_new();
    struct pm_buf small;
    pm_buf_init(&small, 8);
    assert_int_equal(pm_pdf_deflate(d, PM_LIT("more than eight bytes, however it is deflated"), &small), PM_LIMIT);
    pm_buf_free(&small);
    pm_pdf_deflater_free(d);
}

/* The buffer's failure must not leave a file with half an object. */
static void test_failed_buffer_fails_the_file(void **state)
{
    (void)state;
    struct pm_arena arena;
    pm_arena_init(&arena);
    struct pm_file file = {.doc = HPDF_New(NULL, NULL), .arena = &arena};
    assert_non_null(file.doc);
    HPDF_Dict object = pm_object_new(&file);
    struct pm_buf body;
    pm_buf_init(&body, 8);
    pm_buf_puts(&body, "/A 1");
    pm_object_take(&file, object, &body);
    assert_false(pm_arena_failed(&arena));
    assert_string_equal(((const struct pm_str *)object->attr)->p, "/A 1");
    pm_buf_init(&body, 8);
    pm_buf_puts(&body, "/A 1");
    pm_buf_puts(&body, "/B 2/C 3");
    pm_object_take(&file, object, &body);
    assert_true(pm_arena_failed(&arena));
    HPDF_Free(file.doc);
    pm_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_text_is_ascii_or_utf16, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_malformed_text_is_replaced, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_numbers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_date, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_deflate_comes_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_deflate_respects_the_maximum, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_failed_buffer_fails_the_file, set_up, tear_down)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
