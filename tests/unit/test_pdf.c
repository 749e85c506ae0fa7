/* pdf.c and what it ties together: files made of small documents. What is deflated is left to tests/conformance. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/io.h"
#include "render/pdf/pdf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct fixture {
    struct pm_arena arena;
    struct pm_diags diags;
    struct pm_theme theme;
    struct pm_pdf_kit *kit;
    struct pm_buf out;
};

static struct fixture f;
static const struct pm_mark mark = {1, 1, 0};

static int set_up(void **state)
{
    (void)state;
    pm_arena_init(&f.arena);
    pm_diags_init(&f.diags, "test");
    pm_buf_init(&f.out, (size_t)64 << 20);
    if (pm_theme_read((struct pm_str){NULL, 0}, PM_LIT("."), &f.arena, &f.diags, &f.theme) != PM_OK)
        return -1;
    return pm_pdf_kit_new(&f.theme, &f.diags, &f.kit) == PM_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    pm_pdf_kit_free(f.kit);
    pm_buf_free(&f.out);
    pm_diags_free(&f.diags);
    pm_arena_free(&f.arena);
    return 0;
}

static struct pm_document *document(const char *title, const char *text)
{
    struct pm_document *doc = pm_document_new(&f.arena);
    doc->id = PM_LIT("INC-1");
    doc->title = pm_str(title);
    doc->lang = PM_LIT("en-GB");
    doc->instant = 1795614720;
    struct pm_node *cover = pm_node_add(doc, doc->root, PM_COVER, mark);
    pm_add_text(doc, pm_node_add(doc, cover, PM_TITLE, mark), pm_str(title), mark);
    struct pm_node *section = pm_add_section(doc, doc->root, PM_LIT("Summary"), PM_LIT("summary"), mark);
    pm_add_text(doc, pm_node_add(doc, section, PM_PARAGRAPH, mark), pm_str(text), mark);
    return doc;
}

static bool holds(const char *bytes)
{
    size_t n = strlen(bytes);
    for (size_t i = 0; i + n <= f.out.len; i++)
        if (memcmp(f.out.data + i, bytes, n) == 0)
            return true;
    return false;
}

static size_t count(const char *bytes)
{
    size_t n = strlen(bytes), found = 0;
    for (size_t i = 0; i + n <= f.out.len; i++)
        found += memcmp(f.out.data + i, bytes, n) == 0;
    return found;
}

static enum pm_status write_file(const struct pm_document *const *docs, size_t n, struct pm_str source)
{
    struct pm_pdf *pdf = pm_pdf_new(f.kit);
    assert_non_null(pdf);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(pm_pdf_add(pdf, docs[i], &f.diags), PM_OK);
    enum pm_status status = pm_pdf_write(pdf, source, "incident.yaml", &f.out);
    pm_pdf_free(pdf);
    return status;
}

static void test_one_document(void **state)
{
    (void)state;
    const struct pm_document *doc = document("Sign-in failed", "A short summary.");
    assert_int_equal(write_file(&doc, 1, PM_LIT("id: INC-1\n")), PM_OK);
    assert_memory_equal(f.out.data, "%PDF-1.7\n", 9);
    assert_true(holds("/Marked true"));
    assert_true(holds("/DisplayDocTitle true"));
    assert_true(holds("/Lang(en-GB)"));
    assert_true(holds("<pdfuaid:part>1</pdfuaid:part>"));
    assert_true(holds("/AFRelationship/Source"));
    assert_true(holds("/S/H1/P "));
    assert_true(holds("/S/H2/P "));
    assert_true(holds("/Title(Sign-in failed)"));
    assert_true(holds("(D:20261125135200Z)"));
    assert_int_equal(count("/Type /Page\n"), 1);
    assert_true(holds("%%EOF"));
}

static void test_same_bytes_twice(void **state)
{
    (void)state;
    const struct pm_document *doc = document("Twice", "The same \xE2\x9C\x93 \xD8\xB9\xD8\xB7\xD9\x84.");
    assert_int_equal(write_file(&doc, 1, PM_LIT("a: 1\n")), PM_OK);
    struct pm_buf first = f.out;
    pm_buf_init(&f.out, (size_t)64 << 20);
    assert_int_equal(write_file(&doc, 1, PM_LIT("a: 1\n")), PM_OK);
    assert_int_equal(first.len, f.out.len);
    assert_memory_equal(first.data, f.out.data, first.len);
    pm_buf_free(&first);
}

static void test_chapters(void **state)
{
    (void)state;
    const struct pm_document *docs[] = {document("One", "First."), document("Two", "Second."), document("Three", "Third.")};
    assert_int_equal(write_file(docs, 3, (struct pm_str){NULL, 0}), PM_OK);
    assert_int_equal(count("/Type /Page\n"), 4);   /* one lists them */
    assert_int_equal(count("/S/Sect/P "), 4);
    assert_int_equal(count("/Subtype/Link"), 3);
    assert_true(holds("<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">INC-1 \xE2\x80\x93 INC-1</rdf:li>"));
    assert_true(holds("/PageLabels<</Nums[0<</S/r>>1<</S/D>>]>>"));
    assert_false(holds("/EmbeddedFile"));
}

static void test_metacharacters_stay_text(void **state)
{
    (void)state;
    const struct pm_document *doc = document("<a> & (b) \\ ]]> \"c\"", ") Tj ET /Lang (x) >> endobj");
    assert_int_equal(write_file(&doc, 1, PM_LIT("x")), PM_OK);
    assert_true(holds("/Title(<a> & \\(b\\) \\\\ ]]> \"c\")"));
    assert_true(holds("&lt;a&gt; &amp; (b) \\ ]]&gt;"));
}

static void test_links(void **state)
{
    (void)state;
    struct pm_document *doc = document("Links", "See ");
    struct pm_node *paragraph = doc->root->last->last;
    struct pm_node *link = pm_node_add(doc, paragraph, PM_LINK, mark);
    link->as.link.url = PM_LIT("https://example.org/(a)?q=\xC3\xA9");
    pm_add_text(doc, link, PM_LIT("outside"), mark);
    struct pm_node *inside = pm_node_add(doc, paragraph, PM_LINK, mark);
    inside->as.link.url = PM_LIT("#summary");
    pm_add_text(doc, inside, PM_LIT("inside"), mark);
    const struct pm_document *docs[] = {doc};
    assert_int_equal(write_file(docs, 1, PM_LIT("x")), PM_OK);
    assert_true(holds("/URI(https://example.org/\\(a\\)?q=%C3%A9)"));
    assert_int_equal(count("/Subtype/Link"), 2);
    assert_true(holds("/XYZ 0 "));
    assert_int_equal(count("/Type/OBJR"), 2);
}

/* A long address goes over many lines, but stands in the file once. */
static void test_long_address_is_written_once(void **state)
{
    (void)state;
    static char url[20001] = "https://example.org/";
    memset(url + 20, 'a', sizeof url - 21);
    struct pm_document *doc = document("Long", "See ");
    struct pm_node *link = pm_node_add(doc, doc->root->last->last, PM_LINK, mark);
    link->as.link.url = pm_str(url);
    pm_add_text(doc, link, pm_str(url), mark);
    const struct pm_document *docs[] = {doc};
    assert_int_equal(write_file(docs, 1, PM_LIT("x")), PM_OK);
    assert_true(count("/Subtype/Link") > 100);
    assert_int_equal(count("/S/URI/URI(https://example.org/aaa"), 1);
    assert_true(f.out.len < 400000);
}

/* A long heading goes over many lines of the contents, each a link that is described by its start. */
static void test_long_heading_is_not_repeated(void **state)
{
    (void)state;
    static char title[20001];
    for (size_t i = 0; i < sizeof title - 1; i++)
        title[i] = "word "[i % 5];
    struct pm_document *doc = document("Long", "x");
    pm_node_add(doc, doc->root, PM_TOC, mark);
    pm_add_section(doc, doc->root, pm_str(title), (struct pm_str){NULL, 0}, mark);
    const struct pm_document *docs[] = {doc};
    assert_int_equal(write_file(docs, 1, PM_LIT("x")), PM_OK);
    assert_true(count("/Subtype/Link") > 100);
    assert_true(f.out.len < 600000);
}

/* A table of too many columns becomes a list; its headers stand before each value, long ones whole but once. */
static void test_long_header_is_not_repeated(void **state)
{
    (void)state;
    enum { COLUMNS = 40, ROWS = 60 };
    static const struct pm_column columns[COLUMNS];
    static char title[10001];
    for (size_t i = 0; i < sizeof title - 1; i++)
        title[i] = "word "[i % 5];
    struct pm_document *doc = document("Wide", "x");
    struct pm_node *table = pm_add_table(doc, doc->root, columns, COLUMNS, mark);
    for (int r = 0; r <= ROWS; r++) {
        struct pm_node *row = pm_add_row(doc, table, r == 0, mark);
        for (int c = 0; c < COLUMNS; c++)
            pm_add_cell(doc, row, PM_CELL_TEXT, r > 0 ? PM_LIT("c") : c == 0 ? pm_str(title) : (struct pm_str){NULL, 0}, mark);
    }
    const struct pm_document *docs[] = {doc};
    assert_int_equal(write_file(docs, 1, PM_LIT("x")), PM_OK);
    size_t pages = count("/Type /Page\n");
    assert_true(pages > 40 && pages < 80);
}

/* Each link of a file leads to its chapter, also where they do not come in order. */
static void test_links_back_and_forth(void **state)
{
    (void)state;
    struct pm_document *doc = document("Back", "See ");
    pm_add_section(doc, doc->root, PM_LIT("Second"), PM_LIT("second"), mark);
    struct pm_node *section = pm_add_section(doc, doc->root, PM_LIT("Third"), PM_LIT("third"), mark);
    struct pm_node *paragraph = pm_node_add(doc, section, PM_PARAGRAPH, mark);
    static const char *const urls[] = {"#third", "#summary", "#second", "#none"};
    for (size_t i = 0; i < 4; i++) {
        struct pm_node *link = pm_node_add(doc, paragraph, PM_LINK, mark);
        link->as.link.url = pm_str(urls[i]);
        pm_add_text(doc, link, PM_LIT("there "), mark);
    }
    const struct pm_document *docs[] = {doc};
    assert_int_equal(write_file(docs, 1, PM_LIT("x")), PM_OK);
    assert_int_equal(count("null]/Contents(Third)"), 1);
    assert_int_equal(count("null]/Contents(Summary)"), 1);
    assert_int_equal(count("null]/Contents(Second)"), 1);
    assert_int_equal(count("null]/Contents(#none)"), 1);
}

static void test_nothing_to_write(void **state)
{
    (void)state;
    assert_int_equal(write_file(NULL, 0, PM_LIT("x")), PM_INVALID);
    assert_int_equal(f.out.len, 0);
}

static void test_maximum_of_the_output(void **state)
{
    (void)state;
    const struct pm_document *doc = document("Small", "Output.");
    f.out.max = 1000;
    assert_int_equal(write_file(&doc, 1, PM_LIT("x")), PM_LIMIT);
}

static void test_missing_logo_is_a_warning(void **state)
{
    (void)state;
    struct pm_theme theme = f.theme;
    struct pm_pdf_kit *kit = NULL;
    theme.logo = PM_LIT("no-such-logo.png");
    theme.logo_height = 20;
    theme.folder = PM_LIT("/nonexistent");
    assert_int_equal(pm_pdf_kit_new(&theme, &f.diags, &kit), PM_OK);
    assert_int_equal(f.diags.count[PM_WARNING], 1);
    pm_pdf_kit_free(kit);
}

/* libharu would end the program. The picture is one white pixel; every byte of it counts. */
static void test_damaged_logo_is_a_warning(void **state)
{
    (void)state;
    static const unsigned char png[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0, 1, 0, 0, 0, 1,
                                        8, 0, 0, 0, 0, 0x3A, 0x7E, 0x9B, 0x55, 0, 0, 0, 10, 'I', 'D', 'A', 'T', 0x78, 0x9C, 0x63, 0xF8,
                                        0x0F, 0, 1, 1, 1, 0, 0xB1, 0x38, 0xF6, 0x14, 0, 0, 0, 0, 'I', 'E', 'N', 'D', 0xAE, 0x42, 0x60, 0x82};
    char path[] = "/tmp/pm-logo-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    struct pm_theme theme = f.theme;
    theme.logo = pm_str(path);
    theme.logo_height = 20;
    const size_t cuts[] = {sizeof png, 40, 48, sizeof png - 5};
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
        struct pm_pdf_kit *kit = NULL;
        assert_int_equal(pm_write_file(path, png, cuts[i]), PM_OK);
        assert_int_equal(pm_pdf_kit_new(&theme, &f.diags, &kit), PM_OK);
        assert_int_equal(f.diags.count[PM_WARNING], i);
        struct pm_pdf *pdf = pm_pdf_new(kit);
        assert_non_null(pdf);
        pm_pdf_free(pdf);
        pm_pdf_kit_free(kit);
    }
    unlink(path);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_one_document), TEST(test_same_bytes_twice), TEST(test_chapters),
                                       TEST(test_metacharacters_stay_text), TEST(test_links),
                                       TEST(test_long_address_is_written_once), TEST(test_long_heading_is_not_repeated),
                                       TEST(test_long_header_is_not_repeated), TEST(test_links_back_and_forth), TEST(test_nothing_to_write),
                                       TEST(test_maximum_of_the_output), TEST(test_missing_logo_is_a_warning),
                                       TEST(test_damaged_logo_is_a_warning)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
