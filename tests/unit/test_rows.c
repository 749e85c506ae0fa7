#include "fixture.h"

#include "workbook/rows.h"

static const struct pm_mark here = {3, 4, 0};
static struct pm_day day;
static struct pm_rows rows;

static void begin(bool known)
{
    day = (struct pm_day){.known = known, .day = 100};
    pm_buf_init(&day.due, 4096);
    pm_rows_init(&rows, 2, 2, &day);
    rows.diags = &diags;
    pm_row_begin(&rows);
}

/* Ends the row and compares all there is. */
static void expect(const char *xml)
{
    pm_row_end(&rows);
    pm_rows_settle(&rows);
    assert_int_equal(rows.spool.status, PM_OK);
    assert_string_equal(rows.spool.text.data, xml);
    pm_rows_free(&rows);
    pm_buf_free(&day.due);
}

#define CELL(ref, text) "<c r=\"" ref "\" s=\"1\" t=\"inlineStr\"><is><t>" text "</t></is></c>"

static void text_stays_text(void **state)
{
    (void)state;
    begin(true);
    pm_cell_text(&rows, 0, 1, PM_LIT("=1+1 & <b>\"'"), here);
    pm_cell_text(&rows, 1, 1, PM_LIT(" _x0041_ _xZZZZ_ _x00_\n"), here);
    pm_cell_text(&rows, 2, 1, PM_LIT("a\001b\r\nc\rd"), here);
    pm_cell_text(&rows, 27, 1, PM_LIT("\xC3\xA9\xF0\x9F\x94\xA5"), here);
    pm_cell_text(&rows, 28, 1, PM_LIT(" "), here);
    assert_int_equal(diags.count[PM_WARNING], 0);
    expect("<row r=\"2\">" CELL("A2", "=1+1 &amp; &lt;b&gt;\"'") CELL("B2", "_x005F_x0041_ _xZZZZ_ _x00_")
           CELL("C2", "a_x0001_b\nc_x000D_d") CELL("AB2", "\xC3\xA9\xF0\x9F\x94\xA5") "<c r=\"AC2\" s=\"1\"/></row>");
}

static void what_cannot_be_is_replaced(void **state)
{
    (void)state;
    begin(true);
    pm_cell_text(&rows, 0, 1, PM_LIT("a\xEF\xBF\xBF" "b\xFF" "c"), here);
    assert_int_equal(diags.count[PM_WARNING], 1);
    assert_int_equal(diags.first->code, PM_D_CHARACTER);
    assert_int_equal(diags.first->mark.line, 3);
    expect("<row r=\"2\">" CELL("A2", "a\xEF\xBF\xBD" "b\xEF\xBF\xBD" "c") "</row>");
}

/* 32,767 UTF-16 units: characters beyond the BMP are two. */
static void long_text_is_cut(void **state)
{
    struct pm_buf b, out;
    (void)state;
    pm_buf_init(&b, 1 << 20);
    pm_buf_init(&out, 1 << 20);
    for (int i = 0; i < 16384; i++)
        pm_buf_puts(&b, "\xF0\x9F\x94\xA5");
    pm_cell_escape(&out, (struct pm_str){b.data, b.len - 4}, here, &diags);
    assert_int_equal(out.len, 4 * 16383);
    assert_int_equal(diags.count[PM_WARNING], 0);
    pm_buf_clear(&out);
    pm_cell_escape(&out, pm_buf_slice(&b), here, &diags);
    assert_int_equal(out.len, 4 * 16383 + 3);
    assert_string_equal(out.data + out.len - 3, "\xE2\x80\xA6");
    assert_int_equal(diags.first->code, PM_D_CELL);
    pm_buf_free(&b);
    pm_buf_free(&out);
}

static void times_are_numbers(void **state)
{
    (void)state;
    begin(true);
    pm_cell_date(&rows, 0, 4, 20000);
    pm_cell_instant(&rows, 1, 5, 20000 * (int64_t)86400 + 43200);
    pm_cell_instant(&rows, 2, 5, 1);
    pm_cell_duration(&rows, 3, 7, 5400);
    pm_cell_integer(&rows, 4, 8, -12);
    pm_cell_number(&rows, 5, 9, 2.5);
    pm_cell_date(&rows, 6, 1, -25509);
    expect("<row r=\"2\"><c r=\"A2\" s=\"4\"><v>45569</v></c><c r=\"B2\" s=\"5\"><v>45569.5</v></c>"
           "<c r=\"C2\" s=\"5\"><v>25569.0000115741</v></c><c r=\"D2\" s=\"7\"><v>0.0625</v></c><c r=\"E2\" s=\"8\"><v>-12</v></c>"
           "<c r=\"F2\" s=\"9\"><v>2.5</v></c>" CELL("G2", "1900-02-28") "</row>");
}

static void add_formulas(void)
{
    const int64_t due[] = {99, 100, 50};
    pm_buf_add(&day.due, due, sizeof due);
    pm_cell_formula(&rows, 0, 1, PM_LIT("J\1-as_of"), (struct pm_value){PM_VALUE_DAYS_UNTIL, 97, 0});
    pm_cell_formula(&rows, 1, 1, PM_LIT("L\1"), (struct pm_value){PM_VALUE_EMPTY, 0, 0});
    pm_cell_formula(&rows, 2, 1, (struct pm_str){NULL, 0}, (struct pm_value){PM_VALUE_OVERDUE, 0, 3});
}

static const char filled[] = "<row r=\"2\"><c r=\"A2\" s=\"1\"><f>J2-as_of</f><v>-3</v></c>"
                             "<c r=\"B2\" s=\"1\" t=\"str\"><f>L2</f><v></v></c><c r=\"C2\" s=\"1\"><v>2</v></c></row>";

static void values_follow_the_day(void **state)
{
    (void)state;
    begin(true);
    add_formulas();
    expect(filled);
}

/* The same bytes when the day comes last. */
static void holes_are_filled(void **state)
{
    (void)state;
    begin(false);
    add_formulas();
    day.known = true;
    expect(filled);
}

/* More rows with holes than are kept as they are. */
static void the_shelf_gives_them_back(void **state)
{
    enum { ROWS = 3000 };
    struct pm_buf want;
    (void)state;
    pm_buf_init(&want, 1 << 20);
    begin(false);
    rows.spool.level = 0;
    for (int i = 0; i < ROWS; i++) {
        if (i > 0)
            pm_row_begin(&rows);
        pm_cell_formula(&rows, 0, 1, PM_LIT("J\1-as_of"), (struct pm_value){PM_VALUE_DAYS_UNTIL, 100 + i, 0});
        pm_row_end(&rows);
        pm_buf_printf(&want, "<row r=\"%d\"><c r=\"A%d\" s=\"1\"><f>J%d-as_of</f><v>%d</v></c></row>", i + 2, i + 2, i + 2, i);
    }
    assert_non_null(rows.shelf);
    assert_true(rows.spool.text.len < want.len / 2);
    day.known = true;
    pm_rows_settle(&rows);
    assert_int_equal(rows.spool.status, PM_OK);
    assert_string_equal(rows.spool.text.data, want.data);
    pm_rows_free(&rows);
    pm_buf_free(&day.due);
    pm_buf_free(&want);
}

static void too_many_holes_are_left_open(void **state)
{
    (void)state;
    begin(false);
    rows.held = 10;
    add_formulas();
    pm_row_end(&rows);
    assert_true(rows.left_out);
    day.known = true;
    assert_string_equal(rows.spool.text.data, "<row r=\"2\"><c r=\"A2\" s=\"1\"><f>J2-as_of</f></c>"
                                              "<c r=\"B2\" s=\"1\" t=\"str\"><f>L2</f><v></v></c><c r=\"C2\" s=\"1\"></c></row>");
    pm_rows_free(&rows);
    pm_buf_free(&day.due);
}

static void rows_are_limited(void **state)
{
    (void)state;
    begin(true);
    pm_row_end(&rows);
    rows.row = PM_SHEET_ROWS;
    pm_row_begin(&rows);
    assert_int_equal(rows.spool.status, PM_LIMIT);
    pm_rows_free(&rows);
    pm_buf_free(&day.due);
}

static void widths_are_of_lines(void **state)
{
    (void)state;
    begin(true);
    pm_cell_text(&rows, 0, 1, PM_LIT("ab\nabcd\na"), here);
    pm_cell_text(&rows, 1, 1, PM_LIT("\xE6\x9D\xB1\xE4\xBA\xAC"), here);
    assert_int_equal(rows.widths[0], 4);
    assert_int_equal(rows.widths[1], 4);
    pm_rows_free(&rows);
    pm_buf_free(&day.due);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(text_stays_text), TEST(what_cannot_be_is_replaced), TEST(long_text_is_cut), TEST(times_are_numbers),
        TEST(values_follow_the_day), TEST(holes_are_filled), TEST(the_shelf_gives_them_back),
        TEST(too_many_holes_are_left_open), TEST(rows_are_limited),
        TEST(widths_are_of_lines)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
