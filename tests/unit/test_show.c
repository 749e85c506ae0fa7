#include "document/show.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#define NBSP "\302\240"

struct fixture { struct pm_arena arena; struct pm_language language; struct pm_show show; };

static int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    pm_arena_init(&f->arena);
    pm_language_init(&f->language, NULL);
    f->show = (struct pm_show){&f->arena, &f->language, NULL, PM_LIT("Europe/Berlin")};
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    pm_arena_free(&f->arena);
    free(f);
    return 0;
}

static void same(struct pm_str got, const char *want)
{
    char text[512];
    assert_true(got.n < sizeof text);
    memcpy(text, got.p, got.n);
    text[got.n] = '\0';
    assert_string_equal(text, want);
}

static pm_instant at(int year, int month, int day, int hour, int minute, int second)
{
    return pm_days_from_civil(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
}

static void durations_have_at_most_two_units(void **state)
{
    struct fixture *f = *state;
    static const struct { int64_t seconds; const char *want; } cases[] = {
        {-1, "unknown"}, {0, "<" NBSP "1" NBSP "min"}, {1, "1" NBSP "s"}, {45, "45" NBSP "s"}, {60, "1" NBSP "min"},
        {61, "1" NBSP "min" NBSP "1" NBSP "s"}, {3599, "59" NBSP "min" NBSP "59" NBSP "s"}, {3600, "1" NBSP "h"},
        {5760, "1" NBSP "h" NBSP "36" NBSP "min"}, {3600 * 24 - 1, "1" NBSP "d"}, {187200, "2" NBSP "d" NBSP "4" NBSP "h"},
        {187200 + 1800, "2" NBSP "d" NBSP "5" NBSP "h"}, {2 * 86400 - 1, "2" NBSP "d"}, {86400LL * 1200, "1,200" NBSP "d"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        same(pm_show_duration(&f->show, cases[i].seconds), cases[i].want);
}

static void instants_are_in_the_zone(void **state)
{
    struct fixture *f = *state;
    same(pm_show_instant(&f->show, at(2026, 11, 20, 12, 52, 0)), "20" NBSP "Nov" NBSP "2026, 13:52" NBSP "CET");
    same(pm_show_instant(&f->show, at(2026, 7, 1, 12, 52, 9)), "1" NBSP "Jul" NBSP "2026, 14:52:09" NBSP "CEST");
    same(pm_show_weekday(&f->show, at(2026, 11, 20, 23, 30, 0)), "Saturday, 21" NBSP "Nov" NBSP "2026 (CET)");
    same(pm_show_clock(&f->show, at(2026, 11, 20, 12, 5, 0), false), "13:05");
    f->show.zone = PM_LIT("America/Sao_Paulo");
    same(pm_show_zone(&f->show, at(2026, 11, 20, 12, 5, 0)), "UTC-03:00");
    f->show.zone = PM_LIT("Asia/Kathmandu");
    same(pm_show_zone(&f->show, at(2026, 11, 20, 12, 5, 0)), "UTC+05:45");
    f->show.zone = PM_LIT("Etc/UTC");
    same(pm_show_instant(&f->show, 0), "1" NBSP "Jan" NBSP "1970, 00:00" NBSP "UTC");
}

static void periods_share_a_day(void **state)
{
    struct fixture *f = *state;
    pm_instant from = at(2026, 11, 20, 12, 52, 0);
    same(pm_show_period(&f->show, from, from + 5760), "20" NBSP "Nov" NBSP "2026, 13:52\342\200\22315:28" NBSP "CET");
    same(pm_show_period(&f->show, from, from + 86400),
         "20" NBSP "Nov" NBSP "2026, 13:52" NBSP "CET to 21" NBSP "Nov" NBSP "2026, 13:52" NBSP "CET");
    same(pm_show_period(&f->show, from, from), "20" NBSP "Nov" NBSP "2026, 13:52" NBSP "CET");
}

static void numbers_keep_their_decimals(void **state)
{
    struct fixture *f = *state;
    static const struct { const char *written, *want; } cases[] = {
        {"0", "0"}, {"999", "999"}, {"3120", "3,120"}, {"41000", "41,000"}, {"1234567", "1,234,567"}, {"-1500", "\342\210\2221,500"},
        {"4.50", "4.50"}, {"12345.678", "12,345.678"}, {"1e6", "1e6"}, {"about 5", "about 5"}, {"5.", "5."}, {"", ""}, {"1.2.3", "1.2.3"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        same(pm_show_number(&f->show, pm_str(cases[i].written)), cases[i].want);
    same(pm_show_percent(&f->show, PM_LIT("14")), "14%");
    same(pm_show_percent(&f->show, PM_LIT("99.95 %")), "99.95%");
}

static void words_make_another_language(void **state)
{
    static const char words[] = "group: .\ndecimal: ','\npercent: \"{number}\302\240%\"\ndate: '{day}. {month} {year}'\n"
                                "months: [Jan., Feb., März, April, Mai, Juni, Juli, Aug., Sept., Okt., Nov., Dez.]\nminutes: '{n} Min.'\n";
    struct fixture *f = *state;
    struct pm_diags diags;
    struct pm_yaml *root = NULL;
    pm_diags_init(&diags, "words");
    assert_int_equal(pm_yaml_read(PM_LIT(words), 1, &f->arena, &diags, &root, NULL), PM_OK);
    pm_language_check(root, &f->arena, &diags);
    assert_int_equal(pm_diags_status(&diags), PM_OK);
    pm_language_init(&f->language, root);
    same(pm_show_number(&f->show, PM_LIT("12345.6")), "12.345,6");
    same(pm_show_percent(&f->show, PM_LIT("14.5")), "14,5" NBSP "%");
    same(pm_show_date(&f->show, pm_days_from_civil(2026, 12, 4)), "4. Dez. 2026");
    same(pm_show_duration(&f->show, 120), "2 Min.");
    pm_diags_free(&diags);
}

static void severity_is_shown_as_written(void **state)
{
    struct fixture *f = *state;
    struct pm_field field = {.text = PM_LIT("SEV-2")};
    same(pm_show_severity(&f->show, &field), "SEV-2");
    field.text = PM_LIT("2");
    same(pm_show_severity(&f->show, &field), "Severity" NBSP "2");
}

static void patterns_are_filled(void **state)
{
    struct fixture *f = *state;
    same(PM_FILL(&f->arena, PM_LIT("{a}{b}{c} { {a"), {"a", PM_LIT("1")}, {"b", PM_LIT("{a}")}), "1{a}{c} { {a");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(durations_have_at_most_two_units, setup, teardown),
        cmocka_unit_test_setup_teardown(instants_are_in_the_zone, setup, teardown),
        cmocka_unit_test_setup_teardown(periods_share_a_day, setup, teardown),
        cmocka_unit_test_setup_teardown(numbers_keep_their_decimals, setup, teardown),
        cmocka_unit_test_setup_teardown(words_make_another_language, setup, teardown),
        cmocka_unit_test_setup_teardown(severity_is_shown_as_written, setup, teardown),
        cmocka_unit_test_setup_teardown(patterns_are_filled, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
