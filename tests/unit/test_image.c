/* image.c: sizes of PNG and JPEG files, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/io.h"
#include "render/pdf/image.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const unsigned char png[33] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0,   13, 'I',
                                      'H',  'D', 'R', 0,   0,    1,    44,   0,    0, 0, 100, 8,  6};
/* SOI, an APP0 segment of 16 bytes, SOF0 with 240 lines of 320 samples */
static const unsigned char jpeg[] = {0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0,
                                     0xFF, 0xC0, 0, 17, 8, 0, 240, 1, 64, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1};

static const char *read_bytes(const void *bytes, size_t n, struct pm_image *out)
{
    char path[] = "/tmp/pm-image-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    assert_int_equal(pm_write_file(path, bytes, n), PM_OK);
    const char *fault = pm_image_read(path, out);
    unlink(path);
    return fault;
}

static void test_png(void **state)
{
    (void)state;
    struct pm_image image;
    assert_null(read_bytes(png, sizeof png, &image));
    assert_int_equal(image.kind, PM_IMAGE_PNG);
    assert_int_equal(image.width, 300);
    assert_int_equal(image.height, 100);
    pm_buf_free(&image.bytes);
}

static void test_jpeg(void **state)
{
    (void)state;
    struct pm_image image;
    assert_null(read_bytes(jpeg, sizeof jpeg, &image));
    assert_int_equal(image.kind, PM_IMAGE_JPEG);
    assert_int_equal(image.width, 320);
    assert_int_equal(image.height, 240);
    pm_buf_free(&image.bytes);
}

/* Every prefix is refused or read, never read past. */
static void test_prefixes(void **state)
{
    (void)state;
    for (size_t n = 0; n < sizeof jpeg; n++) {
        unsigned char *copy = malloc(n + 1);
        memcpy(copy, jpeg, n);
        struct pm_image image;
        const char *fault = read_bytes(copy, n, &image);
        assert_true(fault != NULL || image.width == 320);
        pm_buf_free(&image.bytes);
        free(copy);
    }
}

static void test_refused(void **state)
{
    (void)state;
    struct pm_image image;
    assert_string_equal(read_bytes("GIF89a", 6, &image), "it is neither PNG nor JPEG");
    pm_buf_free(&image.bytes);
    unsigned char huge[33];
    memcpy(huge, png, sizeof huge);
    huge[16] = 0x7F;
    assert_non_null(read_bytes(huge, sizeof huge, &image));
    assert_int_equal(image.kind, PM_IMAGE_NONE);
    pm_buf_free(&image.bytes);
    unsigned char odd[33];
    memcpy(odd, png, sizeof odd);
    odd[24] = 16;
    assert_string_equal(read_bytes(odd, sizeof odd, &image), "it has 16 bits a channel; save it with 8");
    pm_buf_free(&image.bytes);
    odd[28] = 1;
    assert_string_equal(read_bytes(odd, sizeof odd, &image), "it is interlaced; save it without");
    pm_buf_free(&image.bytes);
    assert_non_null(pm_image_read("/nonexistent/logo.png", &image));
    pm_buf_free(&image.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_png), cmocka_unit_test(test_jpeg), cmocka_unit_test(test_prefixes),
                                       cmocka_unit_test(test_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
