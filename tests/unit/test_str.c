#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void absent_and_empty_differ(void **state)
{
    (void)state;
    assert_null(pm_str(NULL).p);
    assert_int_equal(pm_str(NULL).n, 0);
    assert_non_null(pm_str("").p);
    assert_true(pm_str_eq(pm_str(NULL), pm_str("")));
}

static void equality_is_by_bytes(void **state)
{
    (void)state;
    assert_true(pm_str_is(PM_LIT("due"), "due"));
    assert_false(pm_str_is(PM_LIT("due"), "du"));
    assert_false(pm_str_eq(PM_LIT("a\0b"), PM_LIT("a\0c")));
    assert_true(pm_str_eq(PM_LIT("a\0b"), PM_LIT("a\0b")));
    assert_true(pm_str_starts(PM_LIT("x-team"), "x-"));
    assert_false(pm_str_starts(PM_LIT("x"), "x-"));
    assert_true(pm_str_starts(pm_str(NULL), ""));
}

static void words_ignore_case_and_separators(void **state)
{
    (void)state;
    assert_true(pm_str_same_word(PM_LIT("In Review"), "in_review"));
    assert_true(pm_str_same_word(PM_LIT("in-review"), "in_review"));
    assert_false(pm_str_same_word(PM_LIT("in_revie"), "in_review"));
    assert_false(pm_str_same_word(PM_LIT("in_reviews"), "in_review"));
    assert_false(pm_str_same_word(PM_LIT("in\0review"), "in"));
    assert_true(pm_str_same_word(PM_LIT(""), ""));
}

static void order_is_by_bytes_then_length(void **state)
{
    (void)state;
    assert_true(pm_str_cmp(PM_LIT("a"), PM_LIT("b")) < 0);
    assert_true(pm_str_cmp(PM_LIT("ab"), PM_LIT("a")) > 0);
    assert_true(pm_str_cmp(PM_LIT("z"), PM_LIT("\xC3\xA9")) < 0);
    assert_int_equal(pm_str_cmp(pm_str(NULL), PM_LIT("")), 0);
}

static void trim_takes_white_space_only(void **state)
{
    (void)state;
    assert_true(pm_str_is(pm_str_trim(PM_LIT(" \t\r\n a b \v\f")), "a b"));
    assert_int_equal(pm_str_trim(PM_LIT("   ")).n, 0);
    assert_true(pm_str_is(pm_str_trim(PM_LIT("\xC2\xA0x")), "\xC2\xA0x"));
}

static void distance_counts_edits(void **state)
{
    (void)state;
    assert_int_equal(pm_str_distance(PM_LIT("severity"), PM_LIT("severity"), 2), 0);
    assert_int_equal(pm_str_distance(PM_LIT("sevreity"), PM_LIT("severity"), 2), 1);
    assert_int_equal(pm_str_distance(PM_LIT("due_date"), PM_LIT("due"), 2), 3);
    assert_int_equal(pm_str_distance(PM_LIT("kitten"), PM_LIT("sitting"), 9), 3);
    assert_int_equal(pm_str_distance(PM_LIT(""), PM_LIT("abc"), 5), 3);
    assert_int_equal(pm_str_distance(PM_LIT("abcdef"), PM_LIT("uvwxyz"), 2), 3);
}

static void distance_refuses_long_words(void **state)
{
    (void)state;
    char word[65];
    memset(word, 'a', sizeof word);
    struct pm_str longest = {word, 64}, longer = {word, 65};
    assert_int_equal(pm_str_distance(longest, longest, 2), 0);
    assert_int_equal(pm_str_distance(longer, longer, 2), 3);
}

static void hash_is_fnv_1a(void **state)
{
    (void)state;
    assert_true(pm_str_hash(PM_LIT("")) == 0xcbf29ce484222325ULL);
    assert_true(pm_str_hash(PM_LIT("a")) == 0xaf63dc4c8601ec8cULL);
    assert_true(pm_str_hash(PM_LIT("foobar")) == 0x85944171f73967e8ULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(absent_and_empty_differ), cmocka_unit_test(equality_is_by_bytes),
        cmocka_unit_test(words_ignore_case_and_separators), cmocka_unit_test(order_is_by_bytes_then_length),
        cmocka_unit_test(trim_takes_white_space_only), cmocka_unit_test(distance_counts_edits),
        cmocka_unit_test(distance_refuses_long_words), cmocka_unit_test(hash_is_fnv_1a),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
