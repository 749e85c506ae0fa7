#include "fixture.h"

#include "document/scene.h"

static void shapes_stay_in_painting_order(void **state)
{
    (void)state;
    struct pm_scene *scene = pm_scene_new(&arena, 400, 120);
    assert_non_null(scene);
    for (int i = 0; i < 100; i++) {
        struct pm_shape *shape = pm_scene_add(scene, PM_RECT, i, 2, 3, 4);
        assert_non_null(shape);
        shape->fill = PM_COLOUR_HARM;
    }
    assert_int_equal(scene->count, 100);
    for (size_t i = 0; i < 100; i++) {
        assert_int_equal((int)scene->shapes[i].x, i);
        assert_int_equal((int)scene->shapes[i].h, 4);
        assert_int_equal(scene->shapes[i].fill, PM_COLOUR_HARM);
        assert_int_equal(scene->shapes[i].stroke, PM_COLOUR_NONE);
    }
}

static void scenes_accept_null(void **state)
{
    (void)state;
    assert_null(pm_scene_add(NULL, PM_RECT, 0, 0, 1, 1));
    struct pm_scene *scene = pm_scene_new(&arena, 1, 1);
    assert_null(pm_arena_array(&arena, SIZE_MAX, 2));
    assert_null(pm_scene_add(scene, PM_RECT, 0, 0, 1, 1));
    assert_null(pm_scene_new(&arena, 1, 1));
    assert_int_equal(scene->count, 0);
}

static void assert_ems(const char *text, double least, double most)
{
    double width = pm_label_width(pm_str(text), 1, false);
    assert_true(width >= least && width <= most);
}

static void widths_follow_the_characters(void **state)
{
    (void)state;
    assert_ems("", 0, 0);
    assert_ems("0123456789", 5.7, 6.1);
    assert_ems("iiii", 1, 1.2);
    assert_ems("WWWW", 3.6, 4);
    assert_ems("\xC3\xA9\xCE\xBB\xD0\x96", 1.8, 2.1);                      /* e acute, lambda, zhe */
    assert_ems("e\xCC\x81", 0.56, 0.6);                                    /* a combining accent adds nothing */
    assert_ems("\xE4\xBA\x8B\xED\x95\x9C\xF0\x9F\x94\xA5", 3, 3.2);        /* Han, Hangul, an emoji */
    assert_ems("\xFF", 0.6, 0.7);
}

static void widths_grow_with_size_and_weight(void **state)
{
    (void)state;
    struct pm_str text = PM_LIT("Rollback complete");
    double width = pm_label_width(text, 8, false);
    assert_true(pm_label_width(text, 16, false) > width * 1.99);
    assert_true(pm_label_width(text, 8, true) > width * 1.05);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(shapes_stay_in_painting_order), TEST(scenes_accept_null), TEST(widths_follow_the_characters),
        TEST(widths_grow_with_size_and_weight),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
