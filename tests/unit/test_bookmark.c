#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "render/docx/bookmark.h"

static const char *name_of(const char *path, size_t document, size_t place)
{
    static char names[4][PM_BOOKMARK_SIZE];
    static size_t next;
    char *name = names[next++ % 4];
    pm_docx_bookmark(pm_str(path), document, place, name);
    return name;
}

static const char *tag_of(const char *path, size_t document)
{
    static char tag[PM_TAG_SIZE];
    pm_docx_tag(pm_str(path), document, tag);
    return tag;
}

/* Part of the format: readers of documents look for these. */
static void test_names_stay(void **state)
{
    (void)state;
    assert_string_equal(name_of("summary", 1, 1), "pm_summary");
    assert_string_equal(name_of("started_at", 1, 1), "pm_started_at");
    assert_string_equal(name_of("action_items/AI-3/due", 1, 1), "pm_action_items_AI_3_due__ce7023588e");
    assert_string_equal(name_of("#timeline", 1, 1), "pm_timeline__ad881ffef9");
    assert_string_equal(name_of("summary", 2, 1), "pm_summary__a3503b864b");
    assert_string_equal(name_of("summary", 1, 2), "pm_summary__b55fe2307f");
    assert_string_equal(name_of("#", 1, 1), "pm___4c86018332");
}

/* A letter first, letters, digits and '_', at most 40 characters. */
static void assert_valid(const char *name)
{
    assert_true(strlen(name) <= 40);
    assert_memory_equal(name, "pm_", 3);
    assert_int_equal(strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"), strlen(name));
}

static void test_any_path_has_a_name(void **state)
{
    static const char *const paths[] = {"", "#", "/", "_", "__", "a__b", "a_", "timeline/T1/event", "x-labels/\346\235\261\344\272\254",
                                        "abcdefghijklmnopqrstuvwxyzabcdefghijk", "abcdefghijklmnopqrstuvwxyzabcdefghijkl",
                                        "a very long path with spaces/and/more/of/it/and/still/more/of/it/until/it/is/too/long"};
    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        for (size_t document = 1; document <= 2; document++)
            for (size_t place = 1; place <= 2; place++)
                assert_valid(name_of(paths[i], document, place));
    assert_string_equal(name_of(paths[9], 1, 1), "pm_abcdefghijklmnopqrstuvwxyzabcdefghijk");
    assert_int_equal(strlen(name_of(paths[10], 1, 1)), 3 + 25 + 2 + 10);
}

static void test_names_differ(void **state)
{
    (void)state;
    assert_string_not_equal(name_of("a/b", 1, 1), name_of("a_b", 1, 1));
    assert_string_not_equal(name_of("a/b", 1, 1), name_of("a-b", 1, 1));
    assert_string_not_equal(name_of("list/ai-1", 1, 1), name_of("list/AI-1", 1, 1));
    assert_string_not_equal(name_of("a/b", 1, 1), name_of("a/b", 2, 1));
    assert_string_not_equal(name_of("a/b", 1, 1), name_of("a/b", 1, 2));
    assert_string_not_equal(name_of("a/b", 2, 2), name_of("a/b", 2, 3));
    /* A path that looks like the name of another. */
    assert_string_not_equal(name_of(name_of("a/b", 1, 1) + 3, 1, 1), name_of("a/b", 1, 1));
}

static void test_no_two_of_many_names_are_the_same(void **state)
{
    enum { COUNT = 3000 };
    static char names[COUNT][PM_BOOKMARK_SIZE];
    char path[64];
    (void)state;
    for (size_t i = 0; i < COUNT; i++) {
        snprintf(path, sizeof path, "timeline/a-long-id-of-an-event-%zu/event", i);
        pm_docx_bookmark(pm_str(path), 1, 1, names[i]);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(names[k], names[i]);
    }
}

static void test_tags(void **state)
{
    char longest[61], longer[62];
    (void)state;
    assert_string_equal(tag_of("action_items/AI-3/status", 1), "pm:/action_items/AI-3/status");
    assert_string_equal(tag_of("action_items/AI-3/status", 12), "pm:12/action_items/AI-3/status");
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    assert_int_equal(strlen(tag_of(longest, 1)), 64);
    assert_true(tag_of(longest, 1)[4] == 'x');
    assert_int_equal(strlen(tag_of(longer, 1)), 4 + 1 + 16);
    assert_memory_equal(tag_of(longer, 1), "pm:/#", 5);
    assert_memory_equal(tag_of("x-\303\251", 1), "pm:/#", 5);
    assert_string_equal(tag_of("", 1), "pm:/");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_stay), cmocka_unit_test(test_any_path_has_a_name), cmocka_unit_test(test_names_differ),
        cmocka_unit_test(test_no_two_of_many_names_are_the_same), cmocka_unit_test(test_tags),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
