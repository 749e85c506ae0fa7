#include "render/columns.h"

#include "fixture.h"

static void columns_align_by_width_on_the_terminal(void **state)
{
    (void)state;
    static const char *const cells[] = {"Name", "n", "Note", "検索", "10", "x", "e\314\201te\314\201", "7", "", "no\302\240break\n here", "", "y"};
    struct pm_columns c;
    struct pm_buf b;
    pm_buf_init(&b, 1000);
    pm_columns_init(&c, &arena, "lrl");
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        pm_columns_cell(&c, pm_str(cells[i]));
    pm_columns_write(&c, &b);
    assert_string_equal(b.data, "Name            n  Note\n"
                                "-------------  --  ----\n"
                                "検索           10  x\n"
                                "e\314\201te\314\201             7\n"
                                "no break here      y\n");
    pm_buf_free(&b);
}

static void cut(const char *text, size_t columns, const char *wanted)
{
    struct pm_str s = pm_columns_cut(&arena, pm_str(text), columns);
    assert_int_equal(s.n, strlen(wanted));
    assert_memory_equal(s.p, wanted, s.n);
}

static void long_text_is_cut_by_width(void **state)
{
    (void)state;
    cut("short", 5, "short");
    cut("longer", 5, "long\342\200\246");
    cut("two words", 5, "two\342\200\246");
    cut("検索チーム", 6, "検索\342\200\246");
    cut("検索チーム", 10, "検索チーム");
    cut(" a\tb ", 5, "a b");
    cut("", 5, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(columns_align_by_width_on_the_terminal), TEST(long_text_is_cut_by_width)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
