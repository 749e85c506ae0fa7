#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "package/zip.h"

enum { LOCAL = 30, CENTRAL = 46, END = 22 };   /* bytes of headers without names */

static struct pm_arena arena;
static struct pm_buf out;
static struct pm_zip_entry *entries;
static size_t count;
static const char *why;

static int set_up(void **state)
{
    (void)state;
    pm_arena_init(&arena);
    pm_buf_init(&out, 1 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    pm_buf_free(&out);
    pm_arena_free(&arena);
    return 0;
}

/* Two entries of one-letter names. */
static void write_two(void)
{
    struct pm_zip zip;
    pm_buf_clear(&out);
    pm_zip_begin(&zip, &out);
    pm_zip_add(&zip, PM_LIT("a"), PM_LIT("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
    pm_zip_add(&zip, PM_LIT("b"), PM_LIT("xyz"));
    assert_int_equal(pm_zip_end(&zip), PM_OK);
}

static enum pm_status read_out(void)
{
    count = 0;
    return pm_zip_read(pm_buf_slice(&out), 100, 1 << 20, &arena, &entries, &count, &why);
}

static void assert_refused(const char *reason)
{
    assert_int_equal(read_out(), PM_INVALID);
    assert_string_equal(why, reason);
}

static char *end_record(void)
{
    return out.data + out.len - END;
}

static char *central(int which)
{
    return end_record() - (2 - which) * (CENTRAL + 1);
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    write_two();
    assert_int_equal(read_out(), PM_OK);
    assert_int_equal(count, 2);
    assert_true(pm_str_is(entries[0].name, "a") && pm_str_is(entries[1].name, "b"));
    assert_int_equal(entries[0].bytes.n, 64);
    assert_string_equal(entries[0].bytes.p, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    assert_true(pm_str_is(entries[1].bytes, "xyz"));
}

static void it_may_stand_behind_other_bytes(void **state)
{
    (void)state;
    struct pm_zip zip;
    pm_buf_puts(&out, "before");
    pm_zip_begin(&zip, &out);
    pm_zip_add(&zip, PM_LIT("\303\244"), PM_LIT(""));
    assert_int_equal(pm_zip_end(&zip), PM_OK);
    struct pm_str file = {out.data + 6, out.len - 6};
    assert_int_equal(pm_zip_read(file, 100, 1 << 20, &arena, &entries, &count, &why), PM_OK);
    assert_true(pm_str_is(entries[0].name, "\303\244"));
    assert_int_equal(file.p[7] & 1 << 3, 1 << 3);   /* the name is UTF-8 */
    assert_int_equal(entries[0].bytes.n, 0);
}

static void headers_must_agree(void **state)
{
    (void)state;
    static const size_t places[] = {0, 8, 26, LOCAL};   /* signature, method, length of the name, name */
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        write_two();
        out.data[places[i]] ^= 1;
        assert_int_equal(read_out(), PM_INVALID);
    }
}

static void other_kinds_are_named(void **state)
{
    (void)state;
    write_two();
    central(0)[8] |= 1;
    assert_refused("it is encrypted");
    write_two();
    central(0)[10] = out.data[8] = 14;
    assert_refused("it is packed in a way that packages of documents are not");
    out.len--;
    assert_refused("it is no ZIP file, or cut off");
}

static void damage_is_noticed(void **state)
{
    (void)state;
    write_two();
    out.data[LOCAL + 1] ^= 0x10;
    assert_refused("its contents are damaged");
    write_two();
    central(0)[24] ^= 1;       /* the size, in both places */
    out.data[22] ^= 1;
    assert_refused("its contents are damaged");
}

static void limits_hold(void **state)
{
    (void)state;
    write_two();
    assert_int_equal(pm_zip_read(pm_buf_slice(&out), 1, 1 << 20, &arena, &entries, &count, &why), PM_LIMIT);
    assert_int_equal(pm_zip_read(pm_buf_slice(&out), 2, 66, &arena, &entries, &count, &why), PM_LIMIT);
    struct pm_buf small;
    struct pm_zip zip;
    pm_buf_init(&small, 40);
    pm_zip_begin(&zip, &small);
    pm_zip_add(&zip, PM_LIT("a"), pm_buf_slice(&out));
    assert_int_equal(pm_zip_end(&zip), PM_LIMIT);
    pm_buf_free(&small);
    arena.failed = true;
    assert_int_equal(read_out(), PM_NOMEM);
}

static bool is_b(void *context, struct pm_str name)
{
    (void)context;
    return pm_str_is(name, "b");
}

/* What is not chosen goes from file to file as it is packed. */
static void packed_entries_pass(void **state)
{
    (void)state;
    const struct pm_zip_choice choice = {is_b, NULL};
    const char *const names[] = {"a", "b", "c"};
    struct pm_buf second;
    struct pm_zip zip;
    pm_buf_init(&second, 1 << 20);
    pm_zip_begin_level(&zip, &out, 1);
    for (int i = 0; i < 3; i++)
        pm_zip_add(&zip, pm_str(names[i]), PM_LIT("abcabcabcabcabcabcabcabc"));
    assert_int_equal(pm_zip_end(&zip), PM_OK);
    assert_int_equal(pm_zip_read_packed(pm_buf_slice(&out), &choice, 3, 1 << 20, &arena, &entries, &count, &why), PM_OK);
    assert_int_equal(count, 3);
    pm_zip_begin(&zip, &second);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(entries[i].packed, i != 1);
        assert_int_equal(entries[i].plain, 24);
        if (entries[i].packed)
            pm_zip_add_packed(&zip, &entries[i]);
        else
            pm_zip_add(&zip, entries[i].name, PM_LIT("new"));
    }
    assert_int_equal(pm_zip_end(&zip), PM_OK);
    assert_int_equal(pm_zip_read(pm_buf_slice(&second), 3, 1 << 20, &arena, &entries, &count, &why), PM_OK);
    assert_true(pm_str_is(entries[0].bytes, "abcabcabcabcabcabcabcabc"));
    assert_true(pm_str_is(entries[1].bytes, "new"));
    assert_true(pm_str_is(entries[2].name, "c"));
    pm_buf_free(&second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_written_is_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_may_stand_behind_other_bytes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(headers_must_agree, set_up, tear_down),
        cmocka_unit_test_setup_teardown(other_kinds_are_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(damage_is_noticed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(limits_hold, set_up, tear_down),
        cmocka_unit_test_setup_teardown(packed_entries_pass, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
