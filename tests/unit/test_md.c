#include "fixture.h"

#include "document/markdown.h"
#include "render/md.h"
#include "render/md_text.h"

static const struct pm_mark nowhere;
static struct pm_buf out;
static struct pm_md page;

static int start(void **state)
{
    pm_buf_init(&out, 64 << 20);
    pm_md_init(&page);
    return set_up(state);
}

static int stop(void **state)
{
    pm_md_free(&page);
    pm_buf_free(&out);
    return tear_down(state);
}

#define PAGE_TEST(f) cmocka_unit_test_setup_teardown(f, start, stop)

static const char *write_page(void)
{
    pm_buf_clear(&out);
    assert_int_equal(pm_md_write(&page, &out), PM_OK);
    assert_null(strchr(out.data, PM_MD_DEEPER));
    return out.data;
}

static const char *one_page(void)
{
    pm_md_clear(&page);
    assert_int_equal(pm_md_add(&page, doc), PM_OK);
    return write_page();
}

static void assert_has(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("no %s in\n%s", part, text);
}

static struct pm_node *add(struct pm_node *parent, enum pm_node_kind kind)
{
    struct pm_node *node = pm_node_add(doc, parent, kind, nowhere);
    assert_non_null(node);
    return node;
}

static struct pm_node *add_words(struct pm_node *parent, enum pm_node_kind kind, const char *text)
{
    struct pm_node *node = add(parent, kind);
    pm_add_text(doc, node, pm_str(text), nowhere);
    return node;
}

/* What the document's Markdown is, behind front matter and title. */
static const char *body(void)
{
    doc->title = PM_LIT("T");
    const char *text = strstr(one_page(), "\n# T\n\n");
    assert_non_null(text);
    return text + 6;
}

/* ---- text ---- */

static const char *escaped(const char *text, unsigned where)
{
    pm_buf_clear(&out);
    pm_md_text(&out, pm_str(text), where);
    return out.data;
}

static void text_is_escaped_where_it_would_mean_something(void **state)
{
    (void)state;
    static const struct { const char *text, *wanted; unsigned where; } cases[] = {
        {"*a* `b` [c] ~d~", "\\*a\\* \\`b\\` \\[c\\] \\~d\\~", 0},
        {"max_wal_senders _x_", "max_wal_senders \\_x\\_", 0},
        {"C:\\path \\* \\", "C:\\path \\\\\\* \\\\", 0},
        {"a < b <c </d <!-- >", "a < b \\<c \\</d \\<!-- >", 0},
        {"a & b &amp; &#1;", "a & b \\&amp; \\&#1;", 0},
        {"# a", "\\# a", PM_MD_LINE},
        {"a # b", "a # b", PM_MD_LINE},
        {"a #", "a \\#", PM_MD_HEADING},
        {"- a", "\\- a", PM_MD_LINE},
        {"+ a", "\\+ a", PM_MD_LINE},
        {"> a", "\\> a", PM_MD_LINE},
        {"=== a", "\\=== a", PM_MD_LINE},
        {"2017. a", "2017\\. a", PM_MD_LINE},
        {"1) a", "1\\) a", PM_MD_LINE},
        {"4.5 GB", "4\\.5 GB", PM_MD_LINE},
        {"    a", "a", PM_MD_LINE},
        {"a | b", "a | b", 0},
        {"a | b", "a \\| b", PM_MD_CELL},
        {"| a |", "\\| a |", PM_MD_LINE},
        {":-- | --", "\\:-- | --", PM_MD_LINE},
        {": a", ": a", PM_MD_LINE},
        {"a\nb\tc\rd", "a b cd", 0},
        {"@user #12 a@b.org", "@user #12 a\\@b.org", 0},
        {"see https://e.org/a_b, or", "see <https://e.org/a_b>, or", 0},
        {"https://e.org", "https\\://e.org", PM_MD_LINK},
        {"www.e.org", "www\\.e.org", 0},
        {"$5", "$5", 0},
        {"$x$", "\\$x\\$", 0},
        {"\x01\x7F\xC2\x85\xFF", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", 0},
        {"", "", PM_MD_LINE}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(escaped(cases[i].text, cases[i].where), cases[i].wanted);
}

/* Blanks in a row as one, none at the ends. */
static struct pm_str squeezed(struct pm_str s)
{
    char *copy = pm_arena_alloc(&arena, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != ' ' || (n > 0 && copy[n - 1] != ' '))
            copy[n++] = s.p[i];
    }
    n -= n > 0 && copy[n - 1] == ' ';
    return (struct pm_str){copy, n};
}

static void assert_shows_as(struct pm_str text)
{
    pm_buf_clear(&out);
    pm_md_text(&out, text, PM_MD_LINE);
    doc = pm_document_new(&arena);
    pm_markdown(doc, doc->root, pm_arena_str(&arena, pm_buf_slice(&out)), nowhere, 0, &diags);
    struct pm_str shown = squeezed(pm_node_plain(doc, doc->root)), wanted = squeezed(text);
    const struct pm_node *only = doc->root->first;
    bool paragraph = wanted.n == 0 || (only && !only->next && only->kind == PM_PARAGRAPH);
    if (!pm_str_eq(shown, wanted) || !paragraph)
        fail_msg("\"%.*s\" is written as \"%s\" and shows as \"%.*s\"", (int)text.n, text.p, out.data, (int)shown.n, shown.p);
}

/* A Markdown parser gives back what was written, for texts of what means something to it. */
static void any_text_shows_as_it_is(void **state)
{
    (void)state;
    static const char *const parts[] = {
        "*", "_", "`", "[", "]", "(", ")", "<", ">", "#", "+", "-", "=", "~", "|", "&", "\\", "!", ":", ".", "1", "a", " ", " ", "b c", "&amp;",
        "**", "~~", "```", "---", "<b>", "http://e.org", "x@y.org", "www.e.org", "\xC3\xA9", "1.", "^",
        "$", "\"", "'", "/", "{", "}", "%", ";", "- ", "# "};
    unsigned seed = 1;
    for (int i = 0; i < 4000; i++) {
        struct pm_buf text;
        pm_buf_init(&text, 4096);
        for (int n = i % 12; n >= 0; n--) {
            seed = seed * 1103515245u + 12345u;
            pm_buf_puts(&text, parts[(seed >> 16) % (sizeof parts / sizeof *parts)]);
        }
        assert_shows_as(pm_buf_slice(&text));
        pm_buf_free(&text);
    }
}

static void code_has_as_many_backquotes_as_it_takes(void **state)
{
    (void)state;
    static const struct { const char *text, *wanted; unsigned where; } cases[] = {
        {"a", "`a`", 0}, {"a`b", "``a`b``", 0}, {"`a", "`` `a ``", 0}, {" a ", "`  a  `", 0}, {" ", "` `", 0}, {"", "", 0},
        {"a|b", "`a\\|b`", PM_MD_CELL}, {"a|b", "`a|b`", 0}, {"a\nb", "`a b`", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pm_buf_clear(&out);
        pm_md_code(&out, pm_str(cases[i].text), cases[i].where);
        assert_string_equal(out.data, cases[i].wanted);
    }
}

/* ---- spans ---- */

static void assert_paragraph(const char *wanted)
{
    assert_string_equal(body(), wanted);
    doc = pm_document_new(&arena);
}

static void spans_are_marked_so_that_they_are_spans(void **state)
{
    (void)state;
    struct pm_node *p = add(doc->root, PM_PARAGRAPH);
    pm_add_text(doc, p, PM_LIT("a "), nowhere);
    add_words(p, PM_STRONG, " b ");   /* blanks go outside */
    add_words(p, PM_EMPH, "c");
    pm_add_text(doc, p, PM_LIT("d"), nowhere);
    assert_paragraph("a  **b** *c*d\n");
    p = add(doc->root, PM_PARAGRAPH);
    add_words(p, PM_STRONG, "(a)");   /* a star between a bracket and a letter would not close */
    pm_add_text(doc, p, PM_LIT("b"), nowhere);
    assert_paragraph("<strong>(a)</strong>b\n");
    p = add(doc->root, PM_PARAGRAPH);
    add_words(p, PM_STRONG, "a");
    add_words(p, PM_EMPH, "b");       /* four stars in a row would be another thing */
    assert_paragraph("**a**<em>b</em>\n");
    p = add(doc->root, PM_PARAGRAPH);
    add(p, PM_STRONG);                /* nothing in it: nothing */
    add_words(add(p, PM_STRONG), PM_STRIKE, "x");
    assert_paragraph("**~~x~~**\n");
}

static void links(void **state)
{
    (void)state;
    struct pm_node *p = add(doc->root, PM_PARAGRAPH), *link = add(p, PM_LINK);
    link->as.link.url = PM_LIT("https://e.org/a b(c)|d");
    add_words(link, PM_STRONG, "x]");
    pm_add_text(doc, p, PM_LIT(" "), nowhere);
    add_words(p, PM_LINK, "within")->as.link.url = PM_LIT("#summary");
    pm_add_text(doc, p, PM_LIT(" "), nowhere);
    link = add(p, PM_LINK);           /* a ticket without an address */
    link->as.link.service = PM_LIT("jira");
    link->as.link.key = PM_LIT("OPS-17");
    assert_paragraph("[**x\\]**](https://e.org/a%20b%28c%29%7Cd) within OPS-17\n");
}

/* ---- blocks ---- */

static void lists_and_what_is_in_them(void **state)
{
    (void)state;
    struct pm_node *list = add(doc->root, PM_LIST);
    list->as.list.ordered = true;
    list->as.list.start = 9;
    struct pm_node *item = add(list, PM_ITEM);
    add_words(item, PM_PARAGRAPH, "nine");
    item = add(list, PM_ITEM);
    add_words(item, PM_PARAGRAPH, "ten");
    add(item, PM_CODE_BLOCK)->text = PM_LIT("a\n\n```\tb\n");
    struct pm_node *inner = add(item, PM_LIST);
    inner->as.list.tight = true;
    add_words(add(inner, PM_ITEM), PM_PARAGRAPH, "# x");
    add_words(add(inner, PM_ITEM), PM_PARAGRAPH, "y");
    assert_paragraph("9. nine\n\n10. ten\n\n    ````text\n    a\n\n    ```\tb\n    ````\n\n    - \\# x\n    - y\n\n"
                     "<!-- markdownlint-disable-file MD010 MD029 -->\n");
}

static void tasks_have_boxes(void **state)
{
    (void)state;
    struct pm_node *list = add(doc->root, PM_LIST);
    list->as.list.tight = true;
    struct pm_node *task = add(list, PM_TASK);
    add_words(task, PM_PARAGRAPH, "do");
    task->as.task.assignee = PM_LIT("Ana");
    task->as.task.has_due = true;
    task->as.task.due = 20585;
    task = add(list, PM_TASK);
    task->as.task.done = true;
    add_words(task, PM_PARAGRAPH, "did");
    assert_paragraph("- [ ] do (Ana, 2026-05-12)\n- [x] did\n");
}

static void quotes_and_panels(void **state)
{
    (void)state;
    struct pm_node *panel = add(doc->root, PM_PANEL);
    panel->as.tone.tone = PM_TONE_WARNING;
    panel->text = PM_LIT("Watch *out*");
    add_words(panel, PM_PARAGRAPH, "one");
    struct pm_node *list = add(panel, PM_LIST);
    list->as.list.tight = true;
    add_words(add(list, PM_ITEM), PM_PARAGRAPH, "two");
    struct pm_node *quote = add(doc->root, PM_QUOTE);   /* would be one with the panel */
    add_words(quote, PM_PARAGRAPH, "three");
    add_words(quote, PM_PARAGRAPH, "four");
    assert_paragraph("> [!WARNING]\n> **Watch \\*out\\***\n>\n> one\n>\n> - two\n\n<!-- -->\n\n> three\n>\n> four\n");
}

static void add_row(struct pm_node *table, bool header, const char *a, const char *b)
{
    struct pm_node *row = pm_add_row(doc, table, header, nowhere);
    pm_add_cell(doc, row, PM_CELL_TEXT, pm_str(a), nowhere);
    if (b)
        pm_add_cell(doc, row, PM_CELL_TEXT, pm_str(b), nowhere);
}

static void tables_are_one_line_a_row(void **state)
{
    (void)state;
    static const struct pm_column columns[2] = {{.align = PM_ALIGN_END}, {.align = PM_ALIGN_CENTER}};
    static const struct pm_todo done = {.done = true, .closed = true};
    struct pm_node *table = pm_add_table(doc, doc->root, columns, 2, nowhere);
    add_row(table, true, "A", "B");
    add_row(table, false, "Monday", NULL);
    table->last->as.row.group = true;
    add_row(table, false, "x|y", "");
    table->last->as.row.todo = &done;
    struct pm_node *cell = table->last->last;
    cell->as.cell.blocks = true;
    add_words(cell, PM_PARAGRAPH, "one\ntwo");
    struct pm_node *list = add(cell, PM_LIST);
    add_words(add(list, PM_ITEM), PM_PARAGRAPH, "three");
    add(cell, PM_CODE_BLOCK)->text = PM_LIT("a | b\nc");
    assert_paragraph("| A | B |\n| ---: | :---: |\n| | **Monday** |\n"
                     "| \xE2\x98\x91 x\\|y | one two<br>\xE2\x80\xA2 three<br>`a \\| b`<br>`c` |\n");
}

static void a_table_without_a_head_gets_one(void **state)
{
    (void)state;
    static const struct pm_column columns[2] = {{.align = PM_ALIGN_START}, {.align = PM_ALIGN_START}};
    add_row(pm_add_table(doc, doc->root, columns, 2, nowhere), false, "a", NULL);
    assert_paragraph("| | |\n| --- | --- |\n| a | |\n");
}

static void the_cover(void **state)
{
    (void)state;
    static const struct pm_control status = {.kind = PM_CONTROL_CHOICE, .value = {"in_review", 9}};
    struct pm_node *cover = add(doc->root, PM_COVER), *badges = add(cover, PM_BADGES);
    pm_add_status(doc, badges, PM_LIT("SEV1"), PM_TONE_DANGER, nowhere)->path = PM_LIT("severity");
    struct pm_node *badge = pm_add_status(doc, badges, PM_LIT("In review"), PM_TONE_INFO, nowhere);
    badge->path = PM_LIT("status");
    badge->control = &status;
    struct pm_node *fact = add_words(add(cover, PM_FACTS), PM_FACT, "no");
    fact->text = PM_LIT("Owner");
    fact->path = PM_LIT("roles/owner");
    struct pm_node *metric = add(add(cover, PM_METRICS), PM_METRIC);
    metric->text = PM_LIT("Time | harm");
    metric->as.metric.value = PM_LIT("5 min");
    metric->as.metric.note = PM_LIT("from start");
    doc->id = PM_LIT("A-1");
    doc->title = PM_LIT("It \"broke\"!");
    assert_string_equal(one_page(),
                        "---\nid: A-1\n'title': \"It \\\"broke\\\"!\"\nseverity: SEV1\nstatus: in_review\nowner: \"no\"\n"
                        "date: 1970-01-01T00:00:00Z\nlang: en\n---\n\n# It \"broke\"&#33;\n\n"
                        "\xF0\x9F\x94\xB4 SEV1 \xC2\xB7 \xF0\x9F\x94\xB5 In review\n\n- **Owner:** no\n\n"
                        "| Time \\| harm |\n| --- |\n| **5 min** (from start) |\n");
}

static void headings_go_a_level_deeper_among_several(void **state)
{
    (void)state;
    doc->id = PM_LIT("A.1-x");
    doc->title = PM_LIT("A \"title\"");
    pm_add_section(doc, doc->root, PM_LIT("Summary"), (struct pm_str){NULL, 0}, nowhere)->as.section.level = 1;
    doc->source = PM_LIT("abc");
    assert_has(one_page(), "\n\n## Summary\n");
    assert_int_equal(pm_md_add(&page, doc), PM_OK);
    const char *text = write_page();
    assert_true(pm_str_starts(pm_str(text), "# A.1-x \xE2\x80\x93 A.1-x\n\n- [A.1-x: A \"title\"](#a1-x-a-title)\n"));
    assert_has(text, "\n\n## A.1-x: A \"title\"\n\n### Summary\n");
    assert_null(strstr(text, "\n## Summary"));
}

/* ---- sources ---- */

static void assert_source(struct pm_str source, bool coded)
{
    doc->source = source;
    const char *text = one_page(), *first = strstr(text, "<!-- pmkit-source "), *bytes = strchr(first, '\n') + 1;
    size_t n = out.len - (size_t)(bytes - text) - strlen("\n-->\n");
    assert_string_equal(bytes + n, "\n-->\n");
    assert_int_equal(strstr(first, "encoding=\"base64\"") != NULL, coded);
    if (coded)
        return;
    assert_int_equal(n, source.n);
    assert_memory_equal(bytes, source.p, n);
}

static void sources_come_back_byte_for_byte(void **state)
{
    (void)state;
    assert_source(PM_LIT("id: A\ntitle: -- > - -> <!-- & ]]>\n"), false);
    assert_source(PM_LIT("no line feed at the end \xF0\x9F\x94\xA5"), false);
    assert_source(PM_LIT("\n\nid: A\n---\n"), false);
    assert_source(PM_LIT(""), false);
    assert_source(PM_LIT("title: --> <b>\n"), true);
    assert_source(PM_LIT("title: --!> <b>\n"), true);
    assert_source(PM_LIT("a: b\r\n"), true);
    assert_source((struct pm_str){"\0", 1}, true);
    doc->id = PM_LIT("A-1");
    doc->source = PM_LIT("-->");
    assert_has(one_page(), "<!-- pmkit-source id=\"A-1\" "
                           "sha256=\"5d5b9de6d9b95f3e0c950afe742a5bb39cb25f6e6e886c10603310b7bf3cba35\" encoding=\"base64\"\n"
                           "LS0+\n-->\n");
}

static void add_badge(struct pm_node *badges, const char *path, const char *text)
{
    struct pm_node *status = add(badges, PM_STATUS);
    status->text = pm_str(text);
    status->path = pm_str(path);
}

static void keys_of_the_front_matter_are_given_once(void **state)
{
    (void)state;
    struct pm_node *badges = add(add(doc->root, PM_COVER), PM_BADGES);
    add_badge(badges, "status", "Open");
    add_badge(badges, "impact/status", "Other");
    add_badge(badges, "stat", "Short");
    const char *text = one_page();
    assert_has(text, "\nstatus: Open\nstat: Short\n");
    assert_null(strstr(text, "status: Other"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PAGE_TEST(text_is_escaped_where_it_would_mean_something),
        PAGE_TEST(any_text_shows_as_it_is),
        PAGE_TEST(code_has_as_many_backquotes_as_it_takes),
        PAGE_TEST(spans_are_marked_so_that_they_are_spans),
        PAGE_TEST(links),
        PAGE_TEST(lists_and_what_is_in_them),
        PAGE_TEST(tasks_have_boxes),
        PAGE_TEST(quotes_and_panels),
        PAGE_TEST(tables_are_one_line_a_row),
        PAGE_TEST(a_table_without_a_head_gets_one),
        PAGE_TEST(the_cover),
        PAGE_TEST(headings_go_a_level_deeper_among_several),
        PAGE_TEST(keys_of_the_front_matter_are_given_once),
        PAGE_TEST(sources_come_back_byte_for_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
