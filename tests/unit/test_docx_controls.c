#include "docx_fixture.h"

/* ---- bookmarks and controls ---- */

static void test_siblings_with_one_path_share_a_bookmark(void **state)
{
    (void)state;
    add_with_path(add_paragraph(doc->root, "one"), "summary");
    add_with_path(add_paragraph(doc->root, "two"), "summary");
    add_paragraph(doc->root, "other");
    const char *xml = body();
    assert_int_equal(count(xml, "w:name=\"pm_summary\""), 1);
    assert_has(xml, "w:name=\"pm_summary\"/>" RUN("one") "</w:p><w:p>" RUN("two") "<w:bookmarkEnd w:id=\"9002\"/></w:p>");
}

static void test_a_value_shown_twice_has_two_names(void **state)
{
    (void)state;
    add_with_path(add_paragraph(doc->root, "one"), "summary");
    add_paragraph(doc->root, "between");
    struct pm_node *p = add_paragraph(doc->root, "see "), *strong = add(p, PM_STRONG);
    add_with_path(strong, "summary");
    add_with_path(pm_add_text(doc, strong, PM_LIT("inner"), nowhere), "summary");   /* one around it has the path */
    const char *xml = body();
    assert_int_equal(count(xml, "w:name=\"pm_summary\""), 1);
    assert_int_equal(count(xml, "w:name=\"pm_summary__"), 1);
    assert_int_equal(count(xml, "<w:bookmarkStart"), count(xml, "<w:bookmarkEnd"));
}

/* Bookmarks of tables and lists begin and end in paragraphs too. */
static void test_bookmarks_of_other_blocks(void **state)
{
    (void)state;
    struct pm_node *list = add_with_path(add_list(doc->root, false, 0), "lessons/learned"), *table = small_table();
    add_paragraph(add(list, PM_ITEM), "a");
    add_paragraph(add(list, PM_ITEM), "b");
    add_with_path(table, "timeline");
    add_with_path(add(doc->root, PM_RULE), "none");
    const char *xml = body();
    assert_has(xml, "/>" RUN("a") "</w:p>");
    assert_has(xml, RUN("b") "<w:bookmarkEnd w:id=\"9002\"/></w:p>");
    assert_has(xml, "w:name=\"pm_timeline\"/></w:p><w:tbl>");
    assert_has(xml, "</w:tbl><w:p><w:pPr><w:pStyle w:val=\"PmSpacer\"/></w:pPr><w:bookmarkEnd w:id=\"9003\"/></w:p>");
    assert_int_equal(count(xml, "<w:bookmarkStart"), 4);
    assert_int_equal(count(xml, "<w:bookmarkEnd"), 4);
}

static void test_a_value_behind_a_table_is_apart(void **state)
{
    (void)state;
    small_table();
    add_with_path(add_paragraph(doc->root, "text"), "summary");
    assert_has(body(), "</w:tbl><w:p><w:pPr><w:pStyle w:val=\"PmSpacer\"/></w:pPr></w:p>"
                       "<w:p><w:bookmarkStart w:id=\"9002\" w:name=\"pm_summary\"/>");
}

static const struct pm_choice choices[] = {{{"open", 4}, {"Open", 4}}, {{"done", 4}, {"Done", 4}}};
static const struct pm_control choice = {PM_CONTROL_CHOICE, {"open", 4}, choices, 2}, date = {PM_CONTROL_DATE, {"2026-12-01", 10}, NULL, 0},
                               no_date = {PM_CONTROL_DATE, {NULL, 0}, NULL, 0};

static void test_controls_of_what_is_to_be_done(void **state)
{
    (void)state;
    const struct pm_todo todo = {.id = PM_LIT("AI-3"), .path = PM_LIT("action_items/AI-3/status"), .done = true};
    struct pm_node *table = small_table(), *row = pm_add_row(doc, table, false, nowhere), *first, *second;
    row->as.row.todo = &todo;
    first = add_with_path(add_cell(row, "AI-3"), "action_items/AI-3/id");
    second = add_with_path(add_cell(row, "1 Dec"), "action_items/AI-3/due");
    second->control = &date;
    (void)first;
    const char *xml = body();
    assert_has(xml, "<w:tag w:val=\"pm:/action_items/AI-3/status\"/>");
    assert_has(xml, "<w14:checked w14:val=\"1\"/>");
    assert_has(xml, "<w:alias w:val=\"ID AI-3\"/><w:tag w:val=\"pm:/action_items/AI-3/id\"/>");
    assert_has(xml, "<w:alias w:val=\"Due AI-3\"/><w:tag w:val=\"pm:/action_items/AI-3/due\"/>");
    assert_has(xml, "<w:date w:fullDate=\"2026-12-01T00:00:00Z\"><w:dateFormat w:val=\"d MMM yyyy\"/>");
    assert_has(xml, "<w:sdtContent>" RUN("1 Dec") "</w:sdtContent></w:sdt><w:bookmarkEnd");
}

static void test_choices(void **state)
{
    (void)state;
    struct pm_node *p = add(doc->root, PM_PARAGRAPH);
    struct pm_node *status = add_with_path(pm_add_status(doc, p, PM_LIT("Open"), PM_TONE_INFO, nowhere), "status");
    status->control = &choice;
    status->as.tone.name = PM_LIT("Status");
    const char *xml = body();
    assert_has(xml, "<w:alias w:val=\"Status\"/><w:tag w:val=\"pm:/status\"/>");
    assert_has(xml, "<w:dropDownList w:lastValue=\"open\"><w:listItem w:displayText=\"Open\" w:value=\"open\"/>"
                    "<w:listItem w:displayText=\"Done\" w:value=\"done\"/></w:dropDownList></w:sdtPr><w:sdtContent><w:r><w:rPr>"
                    "<w:rStyle w:val=\"PmToneInfo\"/></w:rPr><w:t xml:space=\"preserve\">Open</w:t></w:r></w:sdtContent></w:sdt>");
}

static void test_a_date_that_is_not_set_is_a_placeholder(void **state)
{
    (void)state;
    struct pm_node *row = pm_add_row(doc, small_table(), false, nowhere);
    add_with_path(add_cell(row, ""), "due")->control = &no_date;
    const char *xml = body();
    assert_has(xml, "<w:showingPlcHdr/><w:date><w:dateFormat");
    assert_has(xml, "<w:rStyle w:val=\"PlaceholderText\"/>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_siblings_with_one_path_share_a_bookmark),
        TEST(test_a_value_shown_twice_has_two_names),
        TEST(test_bookmarks_of_other_blocks),
        TEST(test_a_value_behind_a_table_is_apart),
        TEST(test_controls_of_what_is_to_be_done),
        TEST(test_choices),
        TEST(test_a_date_that_is_not_set_is_a_placeholder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
