#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "render/pdf/tag.h"

static void test_children_are_in_order(void **state)
{
    (void)state;
    struct pm_arena arena;
    pm_arena_init(&arena);
    struct pm_tag *root = pm_tag_new(&arena, NULL, PM_TAG_DOCUMENT);
    struct pm_tag *a = pm_tag_new(&arena, root, PM_TAG_P), *c = pm_tag_new(&arena, root, PM_TAG_L);
    struct pm_tag *b = pm_tag_new(&arena, NULL, PM_TAG_TOC), *first = pm_tag_new(&arena, NULL, PM_TAG_H1),
                  *last = pm_tag_new(&arena, NULL, PM_TAG_P);
    pm_tag_insert(b, root, a);
    pm_tag_insert(first, root, NULL);
    pm_tag_insert(last, root, c);
    struct pm_tag *const order[] = {first, a, b, c, last};
    const struct pm_tag *at = root->first;
    for (size_t i = 0; i < 5; i++, at = at->next) {
        assert_ptr_equal(at, order[i]);
        assert_ptr_equal(at->parent, root);
    }
    assert_null(at);
    assert_ptr_equal(root->last, last);
    pm_arena_free(&arena);
}

static void test_insertion_into_an_empty_parent(void **state)
{
    (void)state;
    struct pm_arena arena;
    pm_arena_init(&arena);
    struct pm_tag *root = pm_tag_new(&arena, NULL, PM_TAG_DOCUMENT), *only = pm_tag_new(&arena, NULL, PM_TAG_P);
    pm_tag_insert(only, root, NULL);
    assert_ptr_equal(root->first, only);
    assert_ptr_equal(root->last, only);
    pm_tag_insert(NULL, root, NULL);
    pm_tag_insert(only, NULL, NULL);
    pm_arena_free(&arena);
}

static void test_content_knows_the_child_before_it(void **state)
{
    (void)state;
    struct pm_arena arena;
    pm_arena_init(&arena);
    struct pm_tag *p = pm_tag_new(&arena, NULL, PM_TAG_P), *link = pm_tag_new(&arena, p, PM_TAG_LINK);
    int object = 0;
    pm_tag_content(&arena, p, 0, 0, NULL);
    pm_tag_content(&arena, link, 0, 1, NULL);
    pm_tag_content(&arena, link, 0, -1, &object);
    pm_tag_content(&arena, p, 1, 0, NULL);
    assert_null(p->content->after);
    assert_ptr_equal(p->content->next->after, link);
    assert_int_equal(p->content->next->page, 1);
    assert_ptr_equal(p->content_last, p->content->next);
    assert_ptr_equal(link->content->next->object, &object);
    pm_tag_content(&arena, NULL, 0, 0, NULL);
    pm_arena_free(&arena);
}

static void test_every_kind_has_a_name(void **state)
{
    (void)state;
    for (int kind = 0; kind < PM_TAG_KINDS; kind++)
        assert_non_null(pm_tag_name((enum pm_tag_kind)kind));
    assert_string_equal(pm_tag_name(PM_TAG_TBODY), "TBody");
    assert_string_equal(pm_tag_name(PM_TAG_LBL), "Lbl");
    assert_string_equal(pm_tag_name(PM_TAG_BLOCKQUOTE), "BlockQuote");
}

static void test_a_failed_arena_gives_nothing(void **state)
{
    (void)state;
    struct pm_arena arena;
    pm_arena_init(&arena);
    arena.failed = true;
    assert_null(pm_tag_new(&arena, NULL, PM_TAG_P));
    pm_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_children_are_in_order),
        cmocka_unit_test(test_insertion_into_an_empty_parent),
        cmocka_unit_test(test_content_knows_the_child_before_it),
        cmocka_unit_test(test_every_kind_has_a_name),
        cmocka_unit_test(test_a_failed_arena_gives_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
