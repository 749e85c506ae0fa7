#include "base/diag.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"

static void assert_printed(const struct pm_diags *d, bool colour, const char *want)
{
    struct pm_buf b;
    pm_buf_init(&b, 1 << 20);
    pm_diags_format(d, colour, &b);
    assert_string_equal(b.data, want);
    pm_buf_free(&b);
}

static void codes_are_ordered_by_severity_and_complete(void **state)
{
    (void)state;
    for (int code = 0; code < PM_D_COUNT; code++) {
        assert_true(*pm_diag_rule((enum pm_diag_code)code) != '\0');
        assert_true(*pm_diag_meaning((enum pm_diag_code)code) != '\0');
        if (code > 0)
            assert_true(pm_diag_severity((enum pm_diag_code)(code - 1)) <= pm_diag_severity((enum pm_diag_code)code));
    }
}

static void messages_name_place_severity_and_rule(void **state)
{
    (void)state;
    struct pm_diags d;
    pm_diags_init(&d, "i.yaml");
    assert_int_equal(pm_diags_status(&d), PM_OK);
    pm_report(&d, PM_D_CUT, (struct pm_mark){0, 0, 0}, "Impact");
    assert_int_equal(pm_diags_status(&d), PM_OK);
    pm_report(&d, PM_D_TYPE, (struct pm_mark){4, 7, 30}, "title", "a mapping", "text");
    assert_int_equal(pm_diags_status(&d), PM_INVALID);
    assert_printed(&d, false,
                   "i.yaml: warning: Impact does not fit on the page and was shortened [cut]\n"
                   "i.yaml:4:7: error: title is a mapping; want text [type]\n");
    assert_printed(&d, true,
                   "\033[1mi.yaml:\033[0m \033[33mwarning:\033[0m Impact does not fit on the page and was shortened [cut]\n"
                   "\033[1mi.yaml:4:7:\033[0m \033[31merror:\033[0m title is a mapping; want text [type]\n");
    pm_diags_free(&d);
}

static void control_characters_do_not_reach_the_terminal(void **state)
{
    (void)state;
    struct pm_diags d;
    pm_diags_init(&d, "a\033[2J\n.yaml");
    pm_report(&d, PM_D_YAML, (struct pm_mark){1, 1, 0}, "x\x07\x7F\xC2\x9B\xFF\xC3\xA9");
    assert_printed(&d, false, "a\\x1B[2J\\x0A.yaml:1:1: error: x\\x07\\x7F\\xC2\\x9B\\xFF\xC3\xA9 [yaml]\n");
    pm_diags_free(&d);
}

static void long_arguments_are_cut_between_characters(void **state)
{
    (void)state;
    struct pm_diags d;
    char longest[201], longer[300], want[300];
    memset(longest, 'a', 200);
    longest[200] = '\0';
    memset(longer, 'b', 199);
    memcpy(longer + 199, "\xE2\x82\xAC...", 7);
    pm_diags_init(&d, NULL);
    pm_report(&d, PM_D_TEMPLATE, (struct pm_mark){0, 0, 0}, longest);
    assert_string_equal(d.last->text, longest);
    pm_report(&d, PM_D_TEMPLATE, (struct pm_mark){0, 0, 0}, longer);
    memcpy(want, longer, 199);
    memcpy(want + 199, "\xE2\x80\xA6", 4);
    assert_string_equal(d.last->text, want);
    pm_report(&d, PM_D_OUTPUT, (struct pm_mark){0, 0, 0}, (const char *)NULL);
    assert_string_equal(d.last->text, "");
    pm_diags_free(&d);
}

static void sorting_is_by_place_and_stable(void **state)
{
    (void)state;
    struct pm_diags d;
    pm_diags_init(&d, NULL);
    for (unsigned i = 0; i < 500; i++) {
        char name[8] = {(char)('a' + i % 26), (char)('a' + i / 26), '\0'};
        pm_report(&d, PM_D_YAML, (struct pm_mark){1 + i * 7919 % 10, 1 + i * 31 % 3, i}, name);
    }
    pm_diags_sort(&d);
    size_t count = 1;
    for (const struct pm_diag *x = d.first; x->next; x = x->next, count++) {
        const struct pm_mark *a = &x->mark, *b = &x->next->mark;
        assert_true(a->line < b->line || (a->line == b->line && a->col <= b->col));
        if (a->line == b->line && a->col == b->col)
            assert_true(a->offset < b->offset);
        assert_true(x->next != d.last || !d.last->next);
    }
    assert_int_equal(count, 500);
    pm_report(&d, PM_D_YAML, (struct pm_mark){99, 1, 0}, "last");
    assert_string_equal(d.last->text, "last");
    pm_diags_free(&d);
}

static void only_so_many_are_kept(void **state)
{
    (void)state;
    struct pm_diags d;
    struct pm_buf b;
    pm_diags_init(&d, "x");
    pm_diags_sort(&d);
    for (size_t i = 0; i < PM_MAX_DIAGS + 3; i++)
        pm_report(&d, PM_D_YAML, (struct pm_mark){1, 1, 0}, "m");
    assert_int_equal(d.kept, PM_MAX_DIAGS);
    assert_int_equal(d.count[PM_ERROR], PM_MAX_DIAGS + 3);
    pm_buf_init(&b, 1 << 20);
    pm_diags_format(&d, false, &b);
    assert_non_null(strstr(b.data, "\nx: note: 3 more messages are not shown\n"));
    pm_buf_free(&b);
    pm_diags_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_ordered_by_severity_and_complete), cmocka_unit_test(messages_name_place_severity_and_rule),
        cmocka_unit_test(control_characters_do_not_reach_the_terminal), cmocka_unit_test(long_arguments_are_cut_between_characters),
        cmocka_unit_test(sorting_is_by_place_and_stable), cmocka_unit_test(only_so_many_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
