#include "layout_fixture.h"

static struct pm_node *add_list(struct fixture *f, struct pm_node *parent, bool ordered, size_t items)
{
    struct pm_node *list = pm_node_add(f->doc, parent, PM_LIST, here);
    list->as.list.ordered = ordered;
    list->as.list.start = 1;
    list->as.list.tight = true;
    for (size_t i = 0; i < items; i++)
        add_paragraph(f, pm_node_add(f->doc, list, PM_ITEM, here), pm_arena_format(&f->arena, "item%zu", i));
    return list;
}

/* A document with one of everything. */
static void fill(struct fixture *f, size_t sections)
{
    struct pm_node *cover = add_cover(f, "Checkout was down for an hour and a half on a Friday because of a certificate that nobody owned");
    struct pm_node *badges = pm_node_add(f->doc, cover, PM_BADGES, here);
    for (int i = 0; i < 9; i++)
        pm_add_status(f->doc, badges, PM_LIT("badge with words"), PM_TONE_WARNING, here);
    struct pm_node *facts = pm_node_add(f->doc, cover, PM_FACTS, here);
    for (size_t i = 0; i < 7; i++) {
        struct pm_node *fact = pm_node_add(f->doc, facts, PM_FACT, here);
        fact->text = pm_arena_format(&f->arena, "Label %zu", i);
        pm_add_text(f->doc, fact, words(f, "value", i == 3 ? 60 : 2), here);
    }
    struct pm_node *metrics = pm_node_add(f->doc, cover, PM_METRICS, here);
    for (size_t i = 0; i < 7; i++) {
        struct pm_node *metric = pm_node_add(f->doc, metrics, PM_METRIC, here);
        metric->text = PM_LIT("Time to detect");
        metric->as.metric.value = PM_LIT("1 h 36 min");
        metric->as.metric.note = i % 2 ? PM_LIT("from start") : (struct pm_str){NULL, 0};
    }
    pm_node_add(f->doc, f->doc->root, PM_TOC, here);
    for (size_t i = 0; i < sections; i++) {
        struct pm_node *s = pm_add_section(f->doc, f->doc->root, pm_arena_format(&f->arena, "Section %zu", i), PM_LIT("s"), here);
        add_paragraph(f, s, words(f, "word", 40 + 37 * i % 300));
        struct pm_node *sub = pm_add_section(f->doc, s, PM_LIT("Below"), PM_LIT("b"), here);
        add_list(f, sub, true, 12);
        struct pm_node *panel = pm_node_add(f->doc, sub, PM_PANEL, here);
        panel->text = PM_LIT("Panel");
        add_paragraph(f, panel, words(f, "panel", 120));
        add_table(f, sub, 4, 9, 6);
        struct pm_node *code = pm_node_add(f->doc, sub, PM_CODE_BLOCK, here);
        code->text = PM_LIT("if (a)\n\treturn aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa;\n");
        struct pm_node *quote = pm_node_add(f->doc, sub, PM_QUOTE, here);
        add_paragraph(f, quote, words(f, "quote", 30));
        pm_node_add(f->doc, sub, PM_RULE, here);
    }
}

static void test_everything_is_in_its_place(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    fill(&f, 8);
    fixture_layout(&f);
    assert_true(f.layout.page_count > 3);
    assert_sound(&f);
    size_t columns = 0;
    assert_regular_tables(f.root, &columns);
    assert_int_equal(count_tags(f.root, PM_TAG_H1), 1);
    assert_int_equal(count_tags(f.root, PM_TAG_H2), 9);   /* with that of the contents */
    assert_int_equal(count_tags(f.root, PM_TAG_TOCI), 8);
    fixture_end(&f);
}

static void test_all_text_is_there_in_order(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    add_paragraph(&f, f.doc->root, words(&f, "alpha", 3000));
    struct pm_node *quote = pm_node_add(f.doc, f.doc->root, PM_QUOTE, here);
    add_paragraph(&f, quote, words(&f, "beta", 3000));
    fixture_layout(&f);
    assert_sound(&f);
    struct pm_buf b;
    pm_buf_init(&b, (size_t)1 << 26);
    for (size_t i = 0; i < f.layout.page_count; i++)
        page_text(&f.layout.pages[i], false, &b);
    const char *at = b.data;
    for (size_t i = 0; i < 6000; i++) {
        char word[32];
        snprintf(word, sizeof word, "%s%zu", i < 3000 ? "alpha" : "beta", i % 3000);
        at = strstr(at, word);
        assert_non_null(at);
        at += strlen(word);
    }
    pm_buf_free(&b);
    fixture_end(&f);
}

static void test_empty_documents_have_a_page(void **state)
{
    (void)state;
    for (int max_pages = 0; max_pages <= 1; max_pages++) {
        struct fixture f;
        fixture_begin(&f);
        f.doc->max_pages = max_pages;
        pm_node_add(f.doc, f.doc->root, PM_PARAGRAPH, here);
        pm_node_add(f.doc, f.doc->root, PM_LIST, here);
        pm_node_add(f.doc, f.doc->root, PM_TABLE, here);
        pm_node_add(f.doc, f.doc->root, PM_PAGE_BREAK, here);
        fixture_layout(&f);
        assert_int_equal(f.layout.page_count, 1);
        assert_int_equal(f.layout.anchor_count, 1);
        fixture_end(&f);
    }
}

static void test_levels_of_headings_never_skip(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    for (int i = 0; i < 2; i++) {
        struct pm_node *s = pm_node_add(f.doc, f.doc->root, PM_SECTION, here);
        s->as.section.level = i ? 1 : 4;
        pm_add_text(f.doc, pm_node_add(f.doc, s, PM_HEADING, here), PM_LIT("Deep"), here);
    }
    fixture_layout(&f);
    assert_int_equal(count_tags(f.root, PM_TAG_H1), 2);
    assert_int_equal(count_tags(f.root, PM_TAG_H5), 0);
    fixture_end(&f);
}

static void test_deep_nesting(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    struct pm_node *at = f.doc->root;
    for (int i = 0; i < 32; i++) {
        if (i % 2)
            at = pm_node_add(f.doc, pm_node_add(f.doc, at, PM_LIST, here), PM_ITEM, here);
        else
            at = pm_node_add(f.doc, at, PM_QUOTE, here);
        add_paragraph(&f, at, words(&f, "deep", 25));
    }
    add_table(&f, at, 3, 3, 2);
    fixture_layout(&f);
    assert_sound(&f);
    assert_int_equal(count_tags(f.root, PM_TAG_LBL), 16);
    fixture_end(&f);
}

static void test_a_table_of_64_columns(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    add_table(&f, f.doc->root, 64, 5, 3);
    add_table(&f, f.doc->root, 18, 5, 3);
    fixture_layout(&f);
    assert_sound(&f);
    assert_true(page_has(&f.layout.pages[1], "Head63: cell0", false));
    fixture_end(&f);
}

static void test_tables_with_irregular_rows(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    struct pm_column columns[3] = {{PM_CELL_INSTANT, PM_ALIGN_START, true}, {0}, {PM_CELL_NUMBER, PM_ALIGN_START, false}};
    struct pm_node *table = pm_add_table(f.doc, f.doc->root, columns, 3, here);
    struct pm_node *head = pm_add_row(f.doc, table, true, here);
    pm_add_cell(f.doc, head, PM_CELL_TEXT, PM_LIT("When"), here);
    struct pm_node *group = pm_add_row(f.doc, table, false, here);
    group->as.row.group = true;
    pm_add_cell(f.doc, group, PM_CELL_TEXT, PM_LIT("Friday"), here);
    struct pm_node *row = pm_add_row(f.doc, table, false, here);
    row->as.row.strong = true;
    for (int i = 0; i < 4; i++)
        pm_add_cell(f.doc, row, PM_CELL_TEXT, PM_LIT("x"), here);
    struct pm_node *blocks = pm_add_cell(f.doc, pm_add_row(f.doc, table, false, here), PM_CELL_TEXT, (struct pm_str){NULL, 0}, here);
    blocks->as.cell.blocks = true;
    add_list(&f, blocks, false, 3);
    fixture_layout(&f);
    assert_sound(&f);
    size_t count = 0;
    assert_regular_tables(f.root, &count);
    const struct pm_tag *body = find_tag(f.root, PM_TAG_TBODY);
    assert_int_equal(body->first->first->kind, PM_TAG_TH);
    assert_int_equal(body->first->first->colspan, 4);
    assert_true(body->first->first->row_header);
    fixture_end(&f);
}

static void test_links_have_elements_and_places(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    struct pm_node *p = add_paragraph(&f, f.doc->root, PM_LIT("See "));
    struct pm_node *link = pm_node_add(f.doc, p, PM_LINK, here);
    link->as.link.url = PM_LIT("https://example.org/");
    pm_add_text(f.doc, link, words(&f, "link", 30), here);
    fixture_layout(&f);
    const struct pm_tag *tag = find_tag(f.root, PM_TAG_LINK);
    assert_non_null(tag);
    assert_int_equal(tag->parent->kind, PM_TAG_P);
    size_t links = 0;
    for (const struct pm_item *item = f.layout.pages[0].first; item; item = item->next)
        if (item->kind == PM_ITEM_LINK) {
            assert_ptr_equal(item->tag, tag);
            assert_true(item->w > 1 && item->h > 1);
            links++;
        }
    assert_true(links >= 2);
    fixture_end(&f);
}

static void test_tasks_say_their_state(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    struct pm_node *list = pm_node_add(f.doc, f.doc->root, PM_LIST, here);
    struct pm_node *task = pm_node_add(f.doc, list, PM_TASK, here);
    task->as.task.done = true;
    add_paragraph(&f, task, PM_LIT("renew"));
    pm_node_add(f.doc, list, PM_TASK, here);
    fixture_layout(&f);
    const struct pm_tag *box = find_tag(f.root, PM_TAG_FIGURE);
    assert_int_equal(box->parent->kind, PM_TAG_LBL);
    assert_true(pm_str_is(box->alt, "Done"));
    size_t checks = 0;
    for (const struct pm_item *item = f.layout.pages[0].first; item; item = item->next)
        checks += item->kind == PM_ITEM_CHECK;
    assert_int_equal(checks, 1);
    assert_int_equal(count_tags(f.root, PM_TAG_FIGURE), 2);
    fixture_end(&f);
}

static void test_tasks_say_whose_they_are(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    struct pm_node *task = pm_node_add(f.doc, pm_node_add(f.doc, f.doc->root, PM_LIST, here), PM_TASK, here);
    task->as.task.assignee = PM_LIT("Ana");
    task->as.task.has_due = true;
    task->as.task.due = 20454;
    add_paragraph(&f, task, PM_LIT("renew"));
    fixture_layout(&f);
    assert_sound(&f);
    assert_true(page_has(&f.layout.pages[0], "renew Ana \302\267 2026-01-01", false));
    fixture_end(&f);
}

static const struct pm_style *style_of(const struct pm_page *page, const char *text)
{
    for (const struct pm_item *item = page->first; item; item = item->next) {
        struct pm_buf b;
        pm_buf_init(&b, 65536);
        if (item->kind == PM_ITEM_TEXT)
            fragment_text(item->fragment, &b);
        bool found = strstr(b.data, text) != NULL;
        pm_buf_free(&b);
        if (found)
            return item->fragment->style;
    }
    return NULL;
}

static void test_details_stand_back(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    struct pm_node *row = pm_add_row(f.doc, add_table(&f, f.doc->root, 1, 1, 1), false, here);
    struct pm_node *cell = pm_add_cell(f.doc, row, PM_CELL_TEXT, (struct pm_str){NULL, 0}, here);
    cell->as.cell.blocks = true;
    add_paragraph(&f, cell, PM_LIT("matter"));
    add_paragraph(&f, cell, PM_LIT("detail"))->as.paragraph.minor = true;
    fixture_layout(&f);
    const struct pm_style *matter = style_of(&f.layout.pages[0], "matter"), *detail = style_of(&f.layout.pages[0], "detail");
    assert_non_null(matter);
    assert_non_null(detail);
    assert_true(detail->size < matter->size && detail->size >= 8);
    assert_memory_equal(&detail->colour, &f.theme.colours[PM_COLOUR_MUTED], sizeof detail->colour);
    fixture_end(&f);
}

static void test_panels_say_their_tone(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    struct pm_node *panel = pm_node_add(f.doc, f.doc->root, PM_PANEL, here);
    panel->as.tone.tone = PM_TONE_WARNING;
    add_paragraph(&f, panel, PM_LIT("beware"));
    fixture_layout(&f);
    assert_true(page_has(&f.layout.pages[0], "Warning beware", false));
    fixture_end(&f);
}

/* A title, `before` paragraphs, the contents, and sections that begin a page each. */
static void lay_out_with_contents(struct fixture *f, size_t before, const char *title)
{
    fixture_begin(f);
    add_cover(f, "Report");
    for (size_t i = 0; i < before; i++)
        add_paragraph(f, f->doc->root, PM_LIT("text"));
    pm_node_add(f->doc, f->doc->root, PM_TOC, here);
    for (int i = 0; i < 12; i++) {
        pm_node_add(f->doc, f->doc->root, PM_PAGE_BREAK, here);
        add_paragraph(f, pm_add_section(f->doc, f->doc->root, pm_str(title), (struct pm_str){NULL, 0}, here), PM_LIT("body"));
    }
    fixture_layout(f);
    assert_sound(f);
    assert_int_equal(count_tags(f->root, PM_TAG_TOCI), 12);
}

static size_t count_links(const struct pm_page *page)
{
    size_t links = 0;
    for (const struct pm_item *item = page->first; item; item = item->next)
        links += item->kind == PM_ITEM_LINK;
    return links;
}

static void test_contents_share_a_page(void **state)
{
    (void)state;
    struct fixture f;
    for (size_t before = 0; before < 40; before++) {
        lay_out_with_contents(&f, before, "Section");
        size_t links = count_links(&f.layout.pages[0]);
        assert_true(links == 12 || before > 20);
        fixture_end(&f);
    }
    lay_out_with_contents(&f, 24, "A title that is much too long to stand beside another one in a column of half the width");
    assert_true(count_links(&f.layout.pages[0]) < 12);
    fixture_end(&f);
}

static void test_figures_are_never_enlarged_and_fit(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    for (int i = 0; i < 2; i++) {
        struct pm_node *figure = pm_node_add(f.doc, f.doc->root, PM_FIGURE, here);
        figure->text = PM_LIT("alternative");
        struct pm_scene *scene = pm_scene_new(&f.arena, i ? 100 : 3000, i ? 80 : 5000);
        struct pm_shape *shape = pm_scene_add(scene, PM_RECT, 0, 0, scene->width, scene->height);
        shape->fill = PM_COLOUR_ACCENT;
        figure->as.figure.scene = scene;
    }
    fixture_layout(&f);
    assert_sound(&f);
    assert_int_equal(f.layout.page_count, 2);
    assert_true(f.layout.pages[1].first->w == 100);
    assert_true(pm_str_is(f.layout.pages[1].first->tag->alt, "alternative"));
    fixture_end(&f);
}

static size_t longest_page(const struct fixture *f)
{
    return f->layout.page_count ? f->layout.pages[0].count : 0;
}

static void test_one_page_is_one_page(void **state)
{
    (void)state;
    for (size_t sections = 0; sections < 60; sections = sections * 3 + 1) {
        struct fixture f;
        fixture_begin(&f);
        f.doc->max_pages = 1;
        fill(&f, sections);
        fixture_layout(&f);
        assert_int_equal(f.layout.page_count, 1);
        assert_sound(&f);
        assert_true(longest_page(&f) > 0);
        if (sections > 4) {
            assert_true(f.diags.count[PM_WARNING] > 0);
            assert_true(page_has(&f.layout.pages[0], "Shortened here", false));
        }
        for (const struct pm_item *item = f.layout.pages[0].first; item; item = item->next)
            assert_true(item->kind != PM_ITEM_TEXT || item->fragment->style->size >= 7.99);
        fixture_end(&f);
    }
}

static void test_one_page_of_monsters(void **state)
{
    (void)state;
    for (int kind = 0; kind < 5; kind++) {
        struct fixture f;
        fixture_begin(&f);
        f.doc->max_pages = 1;
        char *word = malloc((size_t)1 << 20);
        memset(word, 'w', (size_t)1 << 20);
        struct pm_str monster = {word, (size_t)1 << 20};
        if (kind == 0)
            add_paragraph(&f, f.doc->root, monster);
        for (int i = 0; kind == 1 && i < 10000; i++)
            add_paragraph(&f, f.doc->root, PM_LIT("one of many paragraphs"));
        if (kind == 2)
            pm_node_add(f.doc, f.doc->root, PM_CODE_BLOCK, here)->text = monster;
        for (int i = 0; kind == 3 && i < 3000; i++)
            pm_add_section(f.doc, f.doc->root, PM_LIT("A heading"), PM_LIT("h"), here);
        if (kind == 4)
            add_table(&f, f.doc->root, 5, 5000, 4);
        fixture_layout(&f);
        assert_int_equal(f.layout.page_count, 1);
        assert_sound(&f);
        assert_true(f.diags.count[PM_WARNING] > 0);
        fixture_end(&f);
        free(word);
    }
}

static void test_narrow_pages(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    f.theme.paper_width = 190;
    f.theme.paper_height = 260;
    fill(&f, 2);
    fixture_layout(&f);
    assert_true(f.layout.page_count > 3);
    fixture_end(&f);
}

static void test_running_heads(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    fixture_layout(&f);
    struct pm_page page;
    pm_layout_running(f.doc, &f.options, 1, 12, &f.arena, &page);
    assert_false(page_has(&page, "A header", true));
    assert_true(page_has(&page, "Page 1 of 12", true));
    f.doc->words.page_of = PM_LIT("%d %s%% %s %s");
    pm_layout_running(f.doc, &f.options, 2, 12, &f.arena, &page);
    assert_true(page_has(&page, "A header", true));
    assert_true(page_has(&page, "%d 2%% 12 %s", true));
    for (const struct pm_item *item = page.first; item; item = item->next)
        assert_null(item->tag);
    fixture_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_everything_is_in_its_place),
        cmocka_unit_test(test_all_text_is_there_in_order),
        cmocka_unit_test(test_empty_documents_have_a_page),
        cmocka_unit_test(test_levels_of_headings_never_skip),
        cmocka_unit_test(test_deep_nesting),
        cmocka_unit_test(test_a_table_of_64_columns),
        cmocka_unit_test(test_tables_with_irregular_rows),
        cmocka_unit_test(test_links_have_elements_and_places),
        cmocka_unit_test(test_tasks_say_their_state),
        cmocka_unit_test(test_tasks_say_whose_they_are),
        cmocka_unit_test(test_details_stand_back),
        cmocka_unit_test(test_panels_say_their_tone),
        cmocka_unit_test(test_contents_share_a_page),
        cmocka_unit_test(test_figures_are_never_enlarged_and_fit),
        cmocka_unit_test(test_one_page_is_one_page),
        cmocka_unit_test(test_one_page_of_monsters),
        cmocka_unit_test(test_narrow_pages),
        cmocka_unit_test(test_running_heads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
