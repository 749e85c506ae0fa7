#include "fixture.h"

static const struct pm_mark here = {3, 5, 20};

static void assert_str(struct pm_str s, const char *want)
{
    assert_int_equal(s.n, strlen(want));
    if (s.n)
        assert_memory_equal(s.p, want, s.n);
}

static struct pm_str absent(void)
{
    return (struct pm_str){NULL, 0};
}

static void a_new_document_speaks_english(void **state)
{
    (void)state;
    assert_int_equal(doc->root->kind, PM_DOCUMENT);
    assert_null(doc->root->first);
    assert_str(doc->lang, "en");
    assert_str(doc->words.contents, "Contents");
    assert_str(doc->words.page_of, "Page %s of %s");
    assert_str(doc->words.shortened, "Shortened here; the full report has the rest.");
    assert_str(doc->words.info, "Information");
}

static void children_are_linked_in_order(void **state)
{
    (void)state;
    struct pm_node *a = pm_node_add(doc, doc->root, PM_PARAGRAPH, here), *b = pm_node_add(doc, doc->root, PM_RULE, here);
    assert_ptr_equal(doc->root->first, a);
    assert_ptr_equal(doc->root->last, b);
    assert_ptr_equal(a->next, b);
    assert_ptr_equal(b->prev, a);
    assert_ptr_equal(b->parent, doc->root);
    assert_int_equal(a->mark.line, 3);
}

static void unlinking_works_at_both_ends_and_between(void **state)
{
    (void)state;
    struct pm_node *n[3];
    for (size_t i = 0; i < 3; i++)
        n[i] = pm_node_add(doc, doc->root, PM_RULE, here);
    pm_node_unlink(n[1]);
    assert_ptr_equal(n[0]->next, n[2]);
    assert_ptr_equal(n[2]->prev, n[0]);
    pm_node_unlink(n[0]);
    assert_ptr_equal(doc->root->first, n[2]);
    pm_node_unlink(n[2]);
    assert_null(doc->root->first);
    assert_null(doc->root->last);
    pm_node_unlink(n[2]);
    pm_node_unlink(NULL);
    pm_node_unlink(doc->root);
}

static void builders_accept_null(void **state)
{
    (void)state;
    const struct pm_column column = {PM_CELL_TEXT, PM_ALIGN_START, false};
    assert_null(pm_node_add(NULL, doc->root, PM_RULE, here));
    assert_null(pm_node_add(doc, NULL, PM_RULE, here));
    assert_null(pm_add_text(doc, NULL, PM_LIT("x"), here));
    assert_null(pm_add_section(doc, NULL, PM_LIT("x"), absent(), here));
    assert_null(pm_add_status(doc, NULL, PM_LIT("x"), PM_TONE_INFO, here));
    assert_null(pm_add_table(doc, NULL, &column, 1, here));
    assert_null(pm_add_row(doc, NULL, true, here));
    assert_null(pm_add_cell(doc, NULL, PM_CELL_TEXT, PM_LIT("x"), here));
    pm_section_set_id(NULL, NULL, absent(), absent());
    assert_null(pm_node_plain(doc, NULL).p);
    assert_false(pm_arena_failed(&arena));
}

static void a_failed_arena_gives_no_document(void **state)
{
    (void)state;
    struct pm_arena failed;
    pm_arena_init(&failed);
    assert_null(pm_arena_array(&failed, SIZE_MAX, 2));
    assert_null(pm_document_new(&failed));
    pm_arena_free(&failed);
}

static void builders_stop_when_memory_is_out(void **state)
{
    (void)state;
    assert_null(pm_arena_array(&arena, SIZE_MAX, 2));
    assert_null(pm_add_section(doc, doc->root, PM_LIT("Impact"), absent(), here));
    assert_null(doc->root->first);
}

static void empty_text_makes_no_node(void **state)
{
    (void)state;
    assert_null(pm_add_text(doc, doc->root, PM_LIT(""), here));
    struct pm_node *cell = pm_add_cell(doc, doc->root, PM_CELL_NUMBER, absent(), here);
    assert_int_equal(cell->as.cell.kind, PM_CELL_NUMBER);
    assert_null(cell->first);
}

static void sections_nest_to_five_levels(void **state)
{
    (void)state;
    struct pm_node *at = doc->root;
    static const int levels[] = {1, 2, 3, 4, 5, 5};
    for (size_t i = 0; i < 6; i++) {
        at = pm_add_section(doc, at, PM_LIT("Deep"), absent(), here);
        assert_int_equal(at->as.section.level, levels[i]);
    }
    assert_int_equal(at->first->kind, PM_HEADING);
    assert_str(at->first->first->text, "Deep");
}

static void a_section_in_a_panel_counts_from_the_section_around(void **state)
{
    (void)state;
    struct pm_node *outer = pm_add_section(doc, doc->root, PM_LIT("A"), absent(), here);
    struct pm_node *panel = pm_node_add(doc, outer, PM_PANEL, here);
    assert_int_equal(pm_add_section(doc, panel, PM_LIT("B"), absent(), here)->as.section.level, 2);
}

static const char *id_of(const char *title)
{
    return pm_add_section(doc, doc->root, pm_str(title), absent(), here)->as.section.id.p;
}

static void ids_come_from_titles(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"Root cause", "root-cause"}, {"  What went well? (1)  ", "what-went-well-1"}, {"5 Whys", "5-whys"}, {"\xC3\x9C" "berblick",
            "\xC3\x9C" "berblick"},
        {"A \xE2\x80\x94 B", "a-b"}, {"\xE4\xBA\x8B\xE6\x95\x85 \xE5\xA0\xB1\xE5\x91\x8A",
            "\xE4\xBA\x8B\xE6\x95\x85-\xE5\xA0\xB1\xE5\x91\x8A"},
        {"\xF0\x9F\x94\xA5 Fire", "fire"}, {"!!!", "section"}, {"", "section-2"}, {"bad\xFF" "byte", "bad-byte"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_str((struct pm_str){id_of(cases[i][0]), strlen(cases[i][1])}, cases[i][1]);
}

static void ids_are_unique(void **state)
{
    (void)state;
    struct pm_str id = PM_LIT("impact");
    assert_str(pm_add_section(doc, doc->root, PM_LIT("Impact"), id, here)->as.section.id, "impact");
    assert_str(pm_add_section(doc, doc->root, PM_LIT("Impact"), id, here)->as.section.id, "impact-2");
    assert_str(pm_add_section(doc, doc->root, PM_LIT("Impact"), absent(), here)->as.section.id, "impact-3");
    assert_str(pm_add_section(doc, doc->root, PM_LIT("Impact 4"), absent(), here)->as.section.id, "impact-4");
    assert_str(pm_add_section(doc, doc->root, PM_LIT("Impact"), absent(), here)->as.section.id, "impact-5");
    assert_str(pm_add_section(doc, doc->root, PM_LIT("Impact 2"), absent(), here)->as.section.id, "impact-2-2");
}

static void many_equal_titles_stay_cheap_and_unique(void **state)
{
    (void)state;
    struct pm_node *last = NULL;
    for (int i = 0; i < 20000; i++)
        last = pm_add_section(doc, doc->root, PM_LIT("Again"), absent(), here);
    assert_str(last->as.section.id, "again-20000");
}

static void long_titles_give_short_ids_cut_between_characters(void **state)
{
    (void)state;
    char title[201] = {0};
    for (size_t i = 0; i < 200; i += 2)
        memcpy(title + i, "\xC3\xA9", 2);
    title[0] = 'x';
    title[1] = 'y';
    struct pm_str id = pm_add_section(doc, doc->root, pm_str(title), absent(), here)->as.section.id;
    assert_int_equal(id.n, 80);
    assert_memory_equal(id.p + 78, "\xC3\xA9", 2);
}

static void tables_copy_their_columns(void **state)
{
    (void)state;
    struct pm_column columns[] = {{PM_CELL_INSTANT, PM_ALIGN_START, true}, {PM_CELL_NUMBER, PM_ALIGN_END, false}};
    struct pm_node *table = pm_add_table(doc, doc->root, columns, 2, here);
    columns[0].nowrap = false;
    assert_true(table->as.table.columns[0].nowrap);
    assert_int_equal(table->as.table.count, 2);
    struct pm_node *row = pm_add_row(doc, table, true, here);
    assert_true(row->as.row.header);
    assert_str(pm_add_cell(doc, row, PM_CELL_TEXT, PM_LIT("Time"), here)->first->text, "Time");
}

static void plain_text_joins_inlines_and_parts_blocks(void **state)
{
    (void)state;
    struct pm_node *p = pm_node_add(doc, doc->root, PM_PARAGRAPH, here);
    pm_add_text(doc, p, PM_LIT("half"), here);
    pm_add_text(doc, pm_node_add(doc, p, PM_STRONG, here), PM_LIT("way"), here);
    pm_node_add(doc, p, PM_BREAK, here);
    pm_node_add(doc, p, PM_CODE, here)->text = PM_LIT("ls");
    pm_add_text(doc, pm_node_add(doc, doc->root, PM_PARAGRAPH, here), PM_LIT("next"), here);
    struct pm_node *fact = pm_node_add(doc, doc->root, PM_FACT, here);
    fact->text = PM_LIT("Owner");
    pm_add_text(doc, fact, PM_LIT("Ana"), here);
    struct pm_node *metric = pm_node_add(doc, doc->root, PM_METRIC, here);
    metric->text = PM_LIT("Time to detect");
    metric->as.metric.value = PM_LIT("9 min");
    assert_str(pm_node_plain(doc, doc->root), "halfway ls next Owner Ana Time to detect 9 min");
    assert_str(pm_node_plain(doc, p), "halfway ls");
}

static void every_kind_has_a_name(void **state)
{
    (void)state;
    for (int k = 0; k < PM_NODE_KINDS; k++)
        assert_non_null(pm_node_name((enum pm_node_kind)k));
    assert_string_equal(pm_node_name(PM_PARAGRAPH), "paragraph");
    assert_string_equal(pm_node_name(PM_BREAK), "break");
    assert_string_equal(pm_node_name(PM_TIME), "time");
    assert_string_equal(pm_node_name(PM_PERSON), "person");
    assert_string_equal(pm_node_name(PM_PAGE_BREAK), "page_break");
    assert_string_equal(pm_tone_name(PM_TONE_DANGER), "danger");
    assert_string_equal(pm_tone_name(PM_TONE_NOTE), "note");
    assert_string_equal(pm_cell_kind_name(PM_CELL_ID), "id");
    assert_false(pm_node_is_inline(PM_PAGE_BREAK));
    assert_true(pm_node_is_inline(PM_TEXT));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_new_document_speaks_english), TEST(children_are_linked_in_order), TEST(unlinking_works_at_both_ends_and_between),
        TEST(builders_accept_null), TEST(a_failed_arena_gives_no_document), TEST(builders_stop_when_memory_is_out),
        TEST(empty_text_makes_no_node), TEST(sections_nest_to_five_levels), TEST(a_section_in_a_panel_counts_from_the_section_around),
        TEST(ids_come_from_titles), TEST(ids_are_unique), TEST(many_equal_titles_stay_cheap_and_unique),
        TEST(long_titles_give_short_ids_cut_between_characters), TEST(tables_copy_their_columns),
        TEST(plain_text_joins_inlines_and_parts_blocks), TEST(every_kind_has_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
