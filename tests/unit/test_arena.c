#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int restore_chunk_size(void **state)
{
    (void)state;
    pm_arena_chunk_size = (size_t)64 << 10;
    return 0;
}

static void memory_is_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    struct pm_arena a;
    unsigned char *blocks[200];
    pm_arena_init(&a);
    for (size_t i = 0; i < 200; i++) {
        blocks[i] = pm_arena_alloc(&a, i * 7);
        assert_non_null(blocks[i]);
        assert_int_equal((uintptr_t)blocks[i] % _Alignof(max_align_t), 0);
        for (size_t j = 0; j < i * 7; j++)
            assert_int_equal(blocks[i][j], 0);
        memset(blocks[i], (int)i, i * 7);
    }
    for (size_t i = 0; i < 200; i++)
        for (size_t j = 0; j < i * 7; j++)
            assert_int_equal(blocks[i][j], i);
    assert_false(pm_arena_failed(&a));
    pm_arena_free(&a);
    assert_int_equal(a.total, 0);
}

static void small_ones_share_a_chunk_and_large_ones_do_not_waste_it(void **state)
{
    (void)state;
    struct pm_arena a;
    pm_arena_init(&a);
    pm_arena_alloc(&a, 16);
    size_t one = a.total, left = a.left;
    assert_non_null(pm_arena_alloc(&a, 1 << 20));
    assert_true(a.total >= one + (1 << 20));
    assert_int_equal(a.left, left);
    size_t two = a.total;
    for (int i = 0; i < 1000; i++)
        assert_non_null(pm_arena_alloc(&a, 16));
    assert_int_equal(a.total, two);
    pm_arena_free(&a);
}

static void texts_are_joined(void **state)
{
    (void)state;
    struct pm_arena a;
    pm_arena_init(&a);
    struct pm_str s = pm_arena_join(&a, PM_LIT("one"), ", ", PM_LIT("two"));
    assert_string_equal(s.p, "one, two");
    assert_int_equal(s.n, 8);
    s = pm_arena_join(&a, (struct pm_str){NULL, 0}, "", (struct pm_str){NULL, 0});
    assert_string_equal(s.p, "");
    assert_int_equal(s.n, 0);
    a.failed = true;
    assert_null(pm_arena_join(&a, PM_LIT("one"), ", ", PM_LIT("two")).p);
    pm_arena_free(&a);
}

static void chunk_size_zero_gives_each_its_own(void **state)
{
    (void)state;
    struct pm_arena a;
    pm_arena_chunk_size = 0;
    pm_arena_init(&a);
    for (size_t i = 1; i < 50; i++) {
        size_t before = a.total;
        memset(pm_arena_alloc(&a, i), 1, i);
        assert_true(a.total >= before + i);
        assert_true(pm_str_is(pm_arena_str(&a, PM_LIT("text")), "text"));
    }
    pm_arena_free(&a);
}

static void failure_sticks(void **state)
{
    (void)state;
    struct pm_arena a;
    pm_arena_init(&a);
    assert_null(pm_arena_array(&a, SIZE_MAX / 2, 3));
    assert_true(pm_arena_failed(&a));
    assert_null(pm_arena_alloc(&a, 1));
    assert_null(pm_arena_str(&a, PM_LIT("x")).p);
    assert_null(pm_arena_format(&a, "%d", 1).p);
    assert_null(pm_arena_grow(&a, "abc", 3, 6, 1));
    pm_arena_free(&a);
    assert_false(pm_arena_failed(&a));
    assert_null(pm_arena_alloc(&a, SIZE_MAX));
    assert_true(pm_arena_failed(&a));
    pm_arena_free(&a);
}

static void grown_arrays_keep_their_elements(void **state)
{
    (void)state;
    struct pm_arena a;
    pm_arena_init(&a);
    int *grown = pm_arena_grow(&a, (int[]){1, 2, 3}, 3, 5, sizeof(int));
    assert_memory_equal(grown, ((int[]){1, 2, 3, 0, 0}), 5 * sizeof(int));
    assert_non_null(pm_arena_grow(&a, NULL, 0, 4, sizeof(int)));
    pm_arena_free(&a);
}

static void strings_end_in_nul(void **state)
{
    (void)state;
    struct pm_arena a;
    pm_arena_init(&a);
    struct pm_str s = pm_arena_str(&a, (struct pm_str){"abcdef", 3});
    assert_string_equal(s.p, "abc");
    assert_int_equal(s.n, 3);
    assert_null(pm_arena_str(&a, pm_str(NULL)).p);
    assert_string_equal(pm_arena_str(&a, PM_LIT("")).p, "");
    s = pm_arena_format(&a, "%s[%d]", "timeline", 2);
    assert_string_equal(s.p, "timeline[2]");
    assert_int_equal(s.n, 11);
    assert_false(pm_arena_failed(&a));
    pm_arena_free(&a);
}

/* Memory that was in use before comes zeroed all the same, and strings end. */
static void used_memory_is_zeroed(void **state)
{
    (void)state;
    for (int round = 0; round < 2; round++) {
        struct pm_arena a;
        pm_arena_init(&a);
        unsigned char *bytes = pm_arena_alloc(&a, 100);
        struct pm_str text = pm_arena_str(&a, PM_LIT("text")), number = pm_arena_format(&a, "%d", 12345);
        assert_string_equal(text.p, "text");
        assert_string_equal(number.p, "12345");
        int *grown = pm_arena_grow(&a, pm_arena_array(&a, 3, sizeof *grown), 3, 50, sizeof *grown);
        for (size_t i = 0; i < 100; i++)
            assert_int_equal(bytes[i], 0);
        for (size_t i = 0; i < 50; i++)
            assert_int_equal(grown[i], 0);
        memset(pm_arena_alloc(&a, 8000), 0xFF, 8000);
        memset(bytes, 0xFF, 100);
        memset(grown, 0xFF, 50 * sizeof *grown);
        pm_arena_free(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_aligned_and_apart),
        cmocka_unit_test(small_ones_share_a_chunk_and_large_ones_do_not_waste_it),
        cmocka_unit_test(texts_are_joined),
        cmocka_unit_test_teardown(chunk_size_zero_gives_each_its_own, restore_chunk_size),
        cmocka_unit_test(failure_sticks), cmocka_unit_test(grown_arrays_keep_their_elements),
        cmocka_unit_test(used_memory_is_zeroed),
        cmocka_unit_test(strings_end_in_nul),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
