#include "layout_fixture.h"

/* Where the words of a paragraph stand: the pages and base lines of its lines. */
struct line_at { size_t page; double y; };

static size_t lines_of(const struct fixture *f, const char *prefix, struct line_at *lines, size_t most)
{
    size_t n = 0;
    for (size_t p = 0; p < f->layout.page_count; p++)
        for (const struct pm_item *item = f->layout.pages[p].first; item; item = item->next) {
            if (item->kind != PM_ITEM_TEXT || !item->tag || item->fragment->count == 0)
                continue;
            const struct pm_glyph *glyph = &item->fragment->glyphs[0];
            if (strncmp(glyph->text, prefix, strlen(prefix)) != 0)
                continue;
            if (n < most && (n == 0 || lines[n - 1].page != p || lines[n - 1].y != item->y))
                lines[n++] = (struct line_at){p, item->y};
        }
    return n;
}

static void test_no_line_of_a_paragraph_stands_alone(void **state)
{
    (void)state;
    for (size_t before = 20; before < 60; before++) {
        struct fixture f;
        fixture_begin(&f);
        for (size_t i = 0; i < before; i++)
            add_paragraph(&f, f.doc->root, PM_LIT("short"));
        for (int i = 0; i < 4; i++) {
            struct pm_str text = words(&f, (const char *const[]){"quid", "qunt", "qust", "quet"}[i], 30 + 25 * (size_t)i);
            add_paragraph(&f, f.doc->root, text);
        }
        fixture_layout(&f);
        for (int i = 0; i < 4; i++) {
            struct line_at lines[64];
            size_t n = lines_of(&f, (const char *const[]){"quid", "qunt", "qust", "quet"}[i], lines, 64);
            assert_true(n >= 2);
            assert_int_equal(lines[0].page, lines[1].page);
            assert_int_equal(lines[n - 1].page, lines[n - 2].page);
            if (n == 3)
                assert_int_equal(lines[0].page, lines[2].page);
        }
        fixture_end(&f);
    }
}

static const struct pm_item *last_text(const struct pm_page *page)
{
    const struct pm_item *last = NULL;
    for (const struct pm_item *item = page->first; item; item = item->next)
        if (item->kind == PM_ITEM_TEXT && item->tag)
            last = item;
    return last;
}

static bool is_heading(const struct pm_tag *tag)
{
    return tag && tag->kind >= PM_TAG_H1 && tag->kind <= PM_TAG_H6;
}

static void test_no_heading_ends_a_page(void **state)
{
    (void)state;
    for (size_t length = 1; length < 40; length += 3) {
        struct fixture f;
        fixture_begin(&f);
        add_cover(&f, "Title");
        for (size_t i = 0; i < 25; i++) {
            struct pm_node *s = pm_add_section(f.doc, f.doc->root, PM_LIT("Section"), PM_LIT("s"), here);
            struct pm_node *sub = pm_add_section(f.doc, s, PM_LIT("Below"), PM_LIT("b"), here);
            if (i % 3 == 1)
                add_table(&f, sub, 3, 5, length);
            else if (i % 3 == 2)
                add_paragraph(&f, pm_node_add(f.doc, sub, PM_PANEL, here), words(&f, "p", length * 3));
            else
                add_paragraph(&f, sub, words(&f, "w", length * 7));
        }
        fixture_layout(&f);
        assert_true(f.layout.page_count > 1);
        for (size_t i = 0; i < f.layout.page_count; i++)
            assert_false(is_heading(last_text(&f.layout.pages[i])->tag));
        assert_sound(&f);
        fixture_end(&f);
    }
}

static void test_heads_of_tables_are_repeated(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    add_table(&f, pm_node_add(f.doc, f.doc->root, PM_PANEL, here), 3, 200, 1);
    fixture_layout(&f);
    assert_true(f.layout.page_count > 3);
    assert_sound(&f);
    for (size_t i = 0; i < f.layout.page_count; i++) {
        assert_true(page_has(&f.layout.pages[i], "Head0", true));
        assert_true(page_has(&f.layout.pages[i], "Head0", false) == (i == 0));
    }
    assert_int_equal(count_tags(f.root, PM_TAG_TH), 3);
    assert_int_equal(count_tags(f.root, PM_TAG_TD), 600);
    fixture_end(&f);
}

/* Neither the first row below the head nor the last one of a table stands alone on its page. */
static void test_no_row_stands_alone(void **state)
{
    (void)state;
    for (size_t before = 10; before < 60; before++) {
        struct fixture f;
        fixture_begin(&f);
        for (size_t i = 0; i < before; i++)
            add_paragraph(&f, f.doc->root, PM_LIT("short"));
        add_table(&f, f.doc->root, 2, 20, 1);
        fixture_layout(&f);
        for (size_t i = 0; i < f.layout.page_count; i++) {
            const struct pm_page *page = &f.layout.pages[i];
            assert_true(page_has(page, "r1c0", false) == page_has(page, "r2c0", false));
            assert_true(page_has(page, "r19c0", false) == page_has(page, "r20c0", false));
        }
        fixture_end(&f);
    }
}

static void test_tall_rows_are_split(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    struct pm_node *table = add_table(&f, f.doc->root, 2, 1, 1);
    struct pm_node *row = pm_add_row(f.doc, table, false, here);
    pm_add_cell(f.doc, row, PM_CELL_TEXT, words(&f, "left", 2500), here);
    struct pm_node *cell = pm_add_cell(f.doc, row, PM_CELL_TEXT, (struct pm_str){NULL, 0}, here);
    cell->as.cell.blocks = true;
    add_paragraph(&f, cell, words(&f, "one", 90));
    pm_node_add(f.doc, cell, PM_CODE_BLOCK, here)->text = PM_LIT("code\ncode\ncode");
    add_paragraph(&f, cell, words(&f, "two", 900));
    add_paragraph(&f, f.doc->root, PM_LIT("after"));
    fixture_layout(&f);
    assert_true(f.layout.page_count > 2);
    assert_sound(&f);
    for (size_t i = 0; i + 1 < f.layout.page_count; i++)
        assert_true(page_has(&f.layout.pages[i], "Head1", true));
    const struct pm_page *last = &f.layout.pages[f.layout.page_count - 1];
    assert_true(page_has(last, "left2499", false) || page_has(last, "two899", false));
    assert_true(page_has(last, "after", false));
    fixture_end(&f);
}

static void test_frames_cover_their_text_on_each_page(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    struct pm_node *panel = pm_node_add(f.doc, f.doc->root, PM_PANEL, here);
    for (int i = 0; i < 30; i++)
        add_paragraph(&f, panel, words(&f, "panel", 60));
    fixture_layout(&f);
    assert_true(f.layout.page_count > 1);
    assert_sound(&f);
    for (size_t i = 0; i < f.layout.page_count; i++) {
        const struct pm_item *surface = f.layout.pages[i].first;
        assert_int_equal(surface->kind, PM_ITEM_RECT);
        assert_null(surface->tag);
        for (const struct pm_item *item = surface; item; item = item->next)
            if (item->kind == PM_ITEM_TEXT)
                assert_true(item->y > surface->y && item->y < surface->y + surface->h);
    }
    fixture_end(&f);
}

static void test_page_breaks(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    pm_node_add(f.doc, f.doc->root, PM_PAGE_BREAK, here);
    add_paragraph(&f, f.doc->root, PM_LIT("one"));
    pm_node_add(f.doc, f.doc->root, PM_PAGE_BREAK, here);
    pm_node_add(f.doc, f.doc->root, PM_PAGE_BREAK, here);
    struct pm_node *s = pm_add_section(f.doc, f.doc->root, PM_LIT("Two"), PM_LIT("two"), here);
    add_paragraph(&f, s, PM_LIT("text"));
    pm_node_add(f.doc, f.doc->root, PM_PAGE_BREAK, here);
    fixture_layout(&f);
    assert_int_equal(f.layout.page_count, 2);
    assert_true(page_has(&f.layout.pages[1], "Two", false));
    fixture_end(&f);
}

/* Contents appear from three pages on, with the pages that headings end up on. */
static void test_contents_have_the_right_pages(void **state)
{
    (void)state;
    for (size_t sections = 1; sections < 40; sections += 6) {
        struct fixture f;
        fixture_begin(&f);
        add_cover(&f, "Title");
        pm_node_add(f.doc, f.doc->root, PM_TOC, here);
        for (size_t i = 0; i < sections; i++) {
            struct pm_node *s = pm_add_section(f.doc, f.doc->root, pm_arena_format(&f.arena, "Part%zux", i), PM_LIT("s"), here);
            add_paragraph(&f, s, words(&f, "w", 230));
        }
        fixture_layout(&f);
        assert_sound(&f);
        if (f.layout.page_count < 3) {
            assert_int_equal(count_tags(f.root, PM_TAG_TOC), 0);
            fixture_end(&f);
            continue;
        }
        assert_int_equal(count_tags(f.root, PM_TAG_TOCI), sections);
        assert_int_equal(f.root->first->next->kind, PM_TAG_H2);
        assert_int_equal(f.root->first->next->next->kind, PM_TAG_TOC);
        for (size_t i = 0; i < sections; i++) {
            char wanted[64];
            size_t page = f.layout.anchors[i + 1].page;
            snprintf(wanted, sizeof wanted, "Part%zux%zu", i, page + 1);
            bool found = false;
            for (size_t p = 0; p < f.layout.page_count; p++)
                found = found || page_has(&f.layout.pages[p], wanted, false);
            assert_true(found);
            snprintf(wanted, sizeof wanted, "Part%zux", i);
            assert_true(page_has(&f.layout.pages[page], wanted, false));
        }
        fixture_end(&f);
    }
}

static void test_groups_taller_than_a_page(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    for (int i = 0; i < 5000; i++)
        pm_add_section(f.doc, f.doc->root, PM_LIT("Nothing but headings"), PM_LIT("h"), here);
    fixture_layout(&f);
    assert_true(f.layout.page_count > 100);
    assert_int_equal(f.layout.anchor_count, 5001);
    assert_sound(&f);
    fixture_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_line_of_a_paragraph_stands_alone),
        cmocka_unit_test(test_no_heading_ends_a_page),
        cmocka_unit_test(test_heads_of_tables_are_repeated),
        cmocka_unit_test(test_no_row_stands_alone),
        cmocka_unit_test(test_tall_rows_are_split),
        cmocka_unit_test(test_frames_cover_their_text_on_each_page),
        cmocka_unit_test(test_page_breaks),
        cmocka_unit_test(test_contents_have_the_right_pages),
        cmocka_unit_test(test_groups_taller_than_a_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
