#include "fixture.h"

#include "package/zip.h"

enum { LONG = 3 << 20 };

/* Text that deflates to more than one chunk. */
static struct pm_str noise(void)
{
    char *text = pm_arena_alloc(&arena, LONG + 1);
    uint32_t seed = 1;
    for (size_t i = 0; i < LONG; i++) {
        seed = seed * 1664525u + 1013904223u;
        text[i] = (char)('!' + (seed >> 24) % 90);
    }
    return (struct pm_str){text, LONG};
}

static struct pm_zip_entry read_only_entry(const struct pm_buf *file)
{
    struct pm_zip_entry *entries;
    size_t count;
    const char *why = NULL;
    assert_int_equal(pm_zip_read(pm_buf_slice(file), 10, (size_t)16 << 20, &arena, &entries, &count, &why), PM_OK);
    assert_int_equal(count, 1);
    return entries[0];
}

/* zlib, by way of libzip, inflates what the pieces make up and compares the check sum. */
static void pieces_are_one_entry(void **state)
{
    struct pm_str text = noise();
    struct pm_deflated pieces[3];
    (void)state;
    assert_int_equal(pm_deflate(PM_LIT("<head/>"), 6, false, &pieces[0]), PM_OK);
    struct pm_deflater *d = pm_deflater_new(1);
    for (size_t at = 0; at < text.n; at += 1 << 16)
        pm_deflater_add(d, (struct pm_str){text.p + at, 1 << 16});
    assert_int_equal(pm_deflater_end(d, false, &pieces[1]), PM_OK);
    assert_true(pieces[1].chunks->next != NULL);
    assert_int_equal(pieces[1].plain, LONG);
    assert_int_equal(pm_deflate(PM_LIT("<tail/>"), 9, true, &pieces[2]), PM_OK);
    struct pm_zip zip;
    struct pm_buf out;
    pm_buf_init(&out, (size_t)16 << 20);
    pm_zip_begin(&zip, &out);
    pm_zip_add_pieces(&zip, PM_LIT("x"), pieces, 3);
    assert_int_equal(pm_zip_end(&zip), PM_OK);
    struct pm_zip_entry got = read_only_entry(&out);
    assert_int_equal(got.bytes.n, LONG + 14);
    assert_memory_equal(got.bytes.p, "<head/>", 7);
    assert_memory_equal(got.bytes.p + 7, text.p, LONG);
    assert_memory_equal(got.bytes.p + 7 + LONG, "<tail/>", 7);
    pm_buf_free(&out);
}

static void take(void *context, struct pm_str bytes)
{
    pm_buf_str(context, bytes);
}

static void it_comes_back(void **state)
{
    struct pm_str text = noise();
    struct pm_deflated packed;
    struct pm_buf out;
    (void)state;
    pm_buf_init(&out, LONG);
    assert_int_equal(pm_deflate(text, 1, true, &packed), PM_OK);
    assert_true(packed.chunks->next != NULL);
    assert_int_equal(pm_deflated_read(&packed, take, &out), PM_OK);
    assert_null(packed.chunks);
    assert_int_equal(out.len, LONG);
    assert_memory_equal(out.data, text.p, LONG);
    assert_int_equal(pm_deflate(PM_LIT("no end"), 1, false, &packed), PM_OK);
    packed.chunks->bytes[0] = 7;   /* a kind of block that there is not */
    assert_int_equal(pm_deflated_read(&packed, take, &out), PM_NOMEM);
    pm_buf_free(&out);
}

/* A file begins where the buffer ends. */
static void a_file_is_appended(void **state)
{
    struct pm_deflated empty;
    struct pm_zip zip;
    struct pm_buf out;
    (void)state;
    pm_buf_init(&out, 4096);
    pm_buf_puts(&out, "before");
    assert_int_equal(pm_deflate(PM_LIT(""), 2, true, &empty), PM_OK);
    pm_zip_begin(&zip, &out);
    pm_zip_add_pieces(&zip, PM_LIT("x"), &empty, 1);
    assert_int_equal(pm_zip_end(&zip), PM_OK);
    assert_memory_equal(out.data, "beforePK", 8);
    out.len -= 6;
    memmove(out.data, out.data + 6, out.len);
    assert_int_equal(read_only_entry(&out).bytes.n, 0);
    pm_buf_free(&out);
}

static void too_much_is_a_limit(void **state)
{
    struct pm_zip zip;
    struct pm_buf out;
    (void)state;
    pm_buf_init(&out, 40);
    pm_zip_begin(&zip, &out);
    pm_zip_add(&zip, PM_LIT("x"), PM_LIT("some text"));
    assert_int_equal(pm_zip_end(&zip), PM_LIMIT);
    pm_buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(pieces_are_one_entry), TEST(it_comes_back), TEST(a_file_is_appended), TEST(too_much_is_a_limit)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
