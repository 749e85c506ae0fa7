#include "fixture.h"

#include "recover/page.h"

static struct pm_page ours, theirs;
static struct pm_shown shown_ours, shown_theirs;

static int begin(void **state)
{
    int failed = set_up(state);
    ours = theirs = (struct pm_page){.arena = &arena};
    return failed;
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, begin, tear_down)

static void text(struct pm_page *page, enum pm_block_kind kind, const char *path, const char *words)
{
    pm_page_put(page, pm_page_block(page, kind), pm_str(path), pm_str(words), false);
}

static struct pm_block *cell(struct pm_page *page, size_t row, size_t column, const char *path, const char *words)
{
    struct pm_block *block = pm_page_block(page, PM_BLOCK_CELL);
    block->table = page->tables;
    block->row = row;
    block->column = column;
    if (words)
        pm_page_put(page, block, pm_str(path), pm_str(words), false);
    return block;
}

static void row(struct pm_page *page, size_t number, const char *const paths[3], const char *const words[3])
{
    for (size_t i = 0; i < 3; i++)
        cell(page, number, i + 1, paths ? paths[i] : NULL, words[i]);
}

#define WORDS(...) ((const char *const[3]){__VA_ARGS__})

/* Ours: ID, item and owner of two action items. */
static void our_table(void)
{
    ours.tables++;
    row(&ours, 1, NULL, WORDS("ID", "Action item", "Owner"));
    row(&ours, 2, WORDS(NULL, "action_items/AI-1/item", "action_items/AI-1/owner"), WORDS("\xE2\x98\x90 AI-1", "One", "Ana"));
    row(&ours, 3, WORDS(NULL, "action_items/AI-2/item", "action_items/AI-2/owner"), WORDS("\xE2\x98\x91 AI-2", "Two", "Ben"));
}

static void pair(void)
{
    assert_int_equal(pm_page_pair(&ours, &theirs, &shown_ours, &shown_theirs), PM_OK);
}

/* The n-th text of this path; NULL: none. */
static const char *shown(const struct pm_shown *list, const char *path, size_t n)
{
    for (size_t i = 0; i < list->count; i++)
        if (pm_str_is(list->values[i].path, path) && n-- == 0)
            return pm_arena_str(&arena, list->values[i].text).p;
    return NULL;
}

static void rows_are_found_by_their_ids(void **state)
{
    (void)state;
    our_table();
    theirs.tables++;
    row(&theirs, 1, NULL, WORDS("ID", "Owner", "Action item"));
    row(&theirs, 2, NULL, WORDS("\xE2\x98\x91 AI-2", "Cem", "Two"));
    row(&theirs, 3, NULL, WORDS("\xE2\x98\x91 AI\xE2\x80\x91" "1", "Ana", "One and more"));
    pair();
    assert_string_equal(shown(&shown_theirs, "action_items/AI-2/owner", 0), "Cem");
    assert_string_equal(shown(&shown_theirs, "action_items/AI-1/item", 0), "One and more");
    assert_string_equal(shown(&shown_theirs, "action_items/AI-1/status", 0), "done");
    assert_string_equal(shown(&shown_ours, "action_items/AI-1/status", 0), "open");
    assert_string_equal(shown(&shown_ours, "action_items/AI-2/status", 0), "done");
    assert_null(shown(&shown_theirs, "", 0) && strstr(shown(&shown_theirs, "", 0), "AI") ? "an id is loose" : NULL);
}

static void new_rows_are_new_entries(void **state)
{
    (void)state;
    our_table();
    theirs.tables++;
    row(&theirs, 1, NULL, WORDS("ID", "Action item", "Owner"));
    row(&theirs, 2, WORDS(NULL, "action_items/AI-1/item", "action_items/AI-1/owner"), WORDS("\xE2\x98\x90 AI-1", "One", "Ana"));
    row(&theirs, 3, WORDS(NULL, "action_items/AI-1/item", "action_items/AI-1/owner"), WORDS("", "A copy", "Ana"));
    row(&theirs, 4, NULL, WORDS("AI-9", "With an id", ""));
    row(&theirs, 5, NULL, WORDS("", "", ""));
    pair();
    assert_string_equal(shown(&shown_theirs, "action_items/+1/item", 0), "A copy");
    assert_string_equal(shown(&shown_theirs, "action_items/+1/owner", 0), "Ana");
    assert_string_equal(shown(&shown_theirs, "action_items/AI-9/item", 0), "With an id");
    assert_null(shown(&shown_theirs, "action_items/AI-9/owner", 0));
    assert_null(shown(&shown_theirs, "action_items/+2/item", 0));
    assert_null(shown(&shown_theirs, "action_items/AI-2/item", 0));
}

static void what_is_typed_beside_a_mark_belongs_to_it(void **state)
{
    (void)state;
    text(&ours, PM_BLOCK_TEXT, "owner", "Ana");
    text(&theirs, PM_BLOCK_TEXT, "owner", "Ana");
    pm_page_put(&theirs, &theirs.blocks[0], (struct pm_str){NULL, 0}, PM_LIT(" Lind"), false);
    text(&ours, PM_BLOCK_TEXT, NULL, "Team: ");
    pm_page_put(&ours, &ours.blocks[1], PM_LIT("team"), PM_LIT("SRE"), false);
    text(&theirs, PM_BLOCK_TEXT, NULL, "Team: ");
    pm_page_put(&theirs, &theirs.blocks[1], PM_LIT("team"), PM_LIT("DBA"), false);
    pair();
    assert_string_equal(shown(&shown_theirs, "owner", 0), "Ana Lind");
    assert_string_equal(shown(&shown_theirs, "team", 0), "DBA");
}

static void lost_values_are_found_below_their_heading(void **state)
{
    (void)state;
    text(&ours, PM_BLOCK_HEADING, NULL, "Summary");
    text(&ours, PM_BLOCK_TEXT, "summary", "Words of it.");
    text(&ours, PM_BLOCK_HEADING, NULL, "Luck");
    text(&ours, PM_BLOCK_TEXT, "lessons/lucky/1", "First");
    text(&theirs, PM_BLOCK_TEXT, NULL, "By somebody");
    text(&theirs, PM_BLOCK_HEADING, NULL, "Summary");
    text(&theirs, PM_BLOCK_TEXT, NULL, "Other words.");
    text(&theirs, PM_BLOCK_TEXT, NULL, "And more.");
    text(&theirs, PM_BLOCK_HEADING, NULL, "Luck");
    text(&theirs, PM_BLOCK_TEXT, NULL, "First");
    text(&theirs, PM_BLOCK_TEXT, NULL, "Second");
    pair();
    assert_string_equal(shown(&shown_theirs, "summary", 0), "Other words.\n\nAnd more.");
    assert_string_equal(shown(&shown_theirs, "lessons/lucky/1", 0), "First");
    assert_string_equal(shown(&shown_theirs, "lessons/lucky/+1", 0), "Second");
    assert_string_equal(shown(&shown_theirs, "", 0), "By somebody");
}

static void lost_values_are_found_beside_their_label(void **state)
{
    (void)state;
    ours.tables = theirs.tables = 1;
    cell(&ours, 1, 1, NULL, "Owner");
    cell(&ours, 1, 2, "owner", "Ana");
    cell(&theirs, 1, 1, NULL, "Owner");
    cell(&theirs, 1, 2, NULL, "Ben");
    pair();
    assert_string_equal(shown(&shown_theirs, "owner", 0), "Ben");
}

static void a_value_goes_over_blocks(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct pm_page *page = i ? &theirs : &ours;
        text(page, PM_BLOCK_TEXT, "summary", "One.");
        text(page, PM_BLOCK_TEXT, i ? NULL : "summary", "Two.");     /* one has lost half of its mark */
        text(page, PM_BLOCK_TEXT, "summary", "Three.");
    }
    pair();
    assert_string_equal(shown(&shown_ours, "summary", 0), "One.\n\nTwo.\n\nThree.");
    assert_string_equal(shown(&shown_theirs, "summary", 0), "One.\n\nTwo.\n\nThree.");
    assert_int_equal(shown_theirs.count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {CASE(rows_are_found_by_their_ids), CASE(new_rows_are_new_entries),
                                       CASE(what_is_typed_beside_a_mark_belongs_to_it), CASE(lost_values_are_found_below_their_heading),
                                       CASE(lost_values_are_found_beside_their_label), CASE(a_value_goes_over_blocks)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
