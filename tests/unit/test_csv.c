#include "base/csv.h"

#include "fixture.h"

static void cells_are_quoted_where_they_must_be(void **state)
{
    (void)state;
    struct pm_buf b;
    struct pm_csv csv;
    pm_buf_init(&b, 1000);
    pm_csv_init(&csv, &b);
    pm_csv_text(&csv, PM_LIT("plain; text's"));
    pm_csv_text(&csv, PM_LIT("a,b"));
    pm_csv_text(&csv, PM_LIT("\"said\""));
    pm_csv_text(&csv, PM_LIT("two\nlines"));
    pm_csv_text(&csv, (struct pm_str){NULL, 0});
    pm_csv_empty(&csv);
    pm_csv_end(&csv);
    pm_csv_integer(&csv, -5);
    pm_csv_number(&csv, 0.25, 4);
    pm_csv_end(&csv);
    assert_string_equal(b.data, "plain; text's,\"a,b\",\"\"\"said\"\"\",\"two\nlines\",,\r\n-5,0.25\r\n");
    pm_buf_free(&b);
}

static void formulas_are_guarded(void **state)
{
    (void)state;
    static const struct { const char *text, *cell; } cases[] = {
        {"=1+1", "'=1+1\r\n"}, {"+1", "'+1\r\n"}, {"-1", "'-1\r\n"}, {"@SUM(A1)", "'@SUM(A1)\r\n"}, {"\t=1", "'\t=1\r\n"},
        {"\r=1", "\"'\r=1\"\r\n"}, {"=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"\r\n"}, {"a=1", "a=1\r\n"}, {"'", "'\r\n"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pm_buf b;
        struct pm_csv csv;
        pm_buf_init(&b, 1000);
        pm_csv_init(&csv, &b);
        pm_csv_text(&csv, pm_str(cases[i].text));
        pm_csv_end(&csv);
        assert_string_equal(b.data, cases[i].cell);
        pm_buf_free(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(cells_are_quoted_where_they_must_be), cmocka_unit_test(formulas_are_guarded)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
