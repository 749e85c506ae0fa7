#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "document/iterator.h"
#include "document/markdown.h"
#include "document/markdown_plain.h"
#include "render/tree.h"

#include "../fuzz/dice.h"

static const struct pm_mark here = {7, 3, 99};
static struct pm_arena arena;
static struct pm_diags diags;
static struct pm_document *doc;
static struct pm_buf tree;

static int set_up(void **state)
{
    (void)state;
    pm_arena_init(&arena);
    pm_diags_init(&diags, "test");
    pm_buf_init(&tree, (size_t)1 << 28);
    doc = pm_document_new(&arena);
    return doc ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    pm_buf_free(&tree);
    pm_diags_free(&diags);
    pm_arena_free(&arena);
    return 0;
}

/* The tree below the root, without the lines of the document itself. */
static const char *dump(void)
{
    pm_buf_clear(&tree);
    pm_render_tree(doc, &tree);
    return strchr(strchr(tree.data, '\n') + 1, '\n') + 1;
}

static void reset(void)
{
    while (doc->root->last)
        pm_node_unlink(doc->root->last);
}

static void assert_blocks(const char *text, int level, const char *want)
{
    reset();
    pm_markdown(doc, doc->root, pm_str(text), here, level, &diags);
    assert_string_equal(dump(), want);
}

static void assert_line(const char *text, const char *want)
{
    reset();
    pm_markdown_inline(doc, doc->root, pm_str(text), here, &diags);
    assert_string_equal(dump(), want);
}

static void assert_one_warning(enum pm_diag_code code)
{
    assert_int_equal(diags.kept, 1);
    assert_int_equal(diags.first->code, code);
    assert_int_equal(diags.first->mark.line, here.line);
}

static void paragraphs_hold_inlines(void **state)
{
    (void)state;
    assert_blocks("plain *em* **strong _both_** ~~gone~~ `a  b` end", 1,
                  "  paragraph\n"
                  "    text \"plain \"\n"
                  "    emph\n"
                  "      text \"em\"\n"
                  "    text \" \"\n"
                  "    strong\n"
                  "      text \"strong \"\n"
                  "      emph\n"
                  "        text \"both\"\n"
                  "    text \" \"\n"
                  "    strike\n"
                  "      text \"gone\"\n"
                  "    text \" \"\n"
                  "    code \"a  b\"\n"
                  "    text \" end\"\n");
    assert_int_equal(doc->root->first->mark.line, here.line);
    assert_int_equal(doc->root->first->first->mark.offset, here.offset);
}

static void nothing_makes_nothing(void **state)
{
    (void)state;
    assert_blocks("", 1, "");
    assert_blocks(" \n\n  ", 1, "");
    pm_markdown(NULL, doc->root, PM_LIT("x"), here, 1, &diags);
    pm_markdown(doc, NULL, PM_LIT("x"), here, 1, &diags);
    pm_markdown_inline(doc, NULL, PM_LIT("x"), here, NULL);
    assert_string_equal(dump(), "");
}

static void text_is_one_node_whatever_it_is_made_of(void **state)
{
    (void)state;
    assert_blocks("a &amp; b\\* &bogus; <b>x</b>  [ ] c\tc", 1, "  paragraph\n    text \"a & b* &bogus; <b>x</b> [ ] c c\"\n");
    assert_blocks("<div>\nraw\n</div>", 1, "  paragraph\n    text \"<div> raw </div>\"\n");
}

static void entities_are_decoded(void **state)
{
    (void)state;
    assert_blocks("&lt;&#60;&#x3c;&nbsp;&mdash;&auml;&Auml;&rarr;&euro;", 1,
                  "  paragraph\n    text \"<<<\xC2\xA0\xE2\x80\x94\xC3\xA4\xC3\x84\xE2\x86\x92\xE2\x82\xAC\"\n");
    assert_blocks("&#0;&#xD800;&#x110000;&#9999999;&#xFFFF;&#7;&#x85;", 1,
                  "  paragraph\n    text \"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"\n");
    assert_blocks("`&amp;`", 1, "  paragraph\n    code \"&amp;\"\n");
}

static void bytes_that_no_page_can_show_are_replaced(void **state)
{
    (void)state;
    reset();
    pm_markdown(doc, doc->root, PM_LIT("a\0b\x01" "c\x7F" "d\xFF" "e"), here, 1, &diags);
    assert_string_equal(dump(), "  paragraph\n    text \"a\xEF\xBF\xBD" "b\xEF\xBF\xBD" "c\xEF\xBF\xBD" "d\xEF\xBF\xBD" "e\"\n");
}

static void line_breaks(void **state)
{
    (void)state;
    assert_blocks("soft\nhard  \nback\\\nend", 1,
                  "  paragraph\n    text \"soft hard\"\n    break\n    text \"back\"\n    break\n    text \"end\"\n");
}

static void soft_breaks_vanish_between_characters_without_spaces(void **state)
{
    (void)state;
    assert_blocks("\xE4\xBA\x8B\xE6\x95\x85\n\xE5\xA0\xB1\xE5\x91\x8A", 1,
                  "  paragraph\n    text \"\xE4\xBA\x8B\xE6\x95\x85\xE5\xA0\xB1\xE5\x91\x8A\"\n");
    assert_blocks("\xE4\xBA\x8B\nabc", 1, "  paragraph\n    text \"\xE4\xBA\x8B abc\"\n");
    assert_blocks("\xED\x95\x9C\n\xED\x95\x9C", 1, "  paragraph\n    text \"\xED\x95\x9C \xED\x95\x9C\"\n");
    assert_blocks("\xE4\xBA\x8B\n**\xE6\x95\x85**", 1, "  paragraph\n    text \"\xE4\xBA\x8B\"\n    strong\n      text \"\xE6\x95\x85\"\n");
    assert_blocks("**\xE4\xBA\x8B**\n\xE6\x95\x85", 1, "  paragraph\n    strong\n      text \"\xE4\xBA\x8B\"\n    text \"\xE6\x95\x85\"\n");
    assert_blocks("**\xE4\xBA\x8B**\n*\xE6\x95\x85*", 1,
                  "  paragraph\n    strong\n      text \"\xE4\xBA\x8B\"\n    emph\n      text \"\xE6\x95\x85\"\n");
}

static void lists_nest(void **state)
{
    (void)state;
    assert_blocks("- a\n- b *c*\n  1. d\n- [x] done\n- [ ] open", 1,
                  "  list tight\n"
                  "    item\n"
                  "      paragraph\n"
                  "        text \"a\"\n"
                  "    item\n"
                  "      paragraph\n"
                  "        text \"b \"\n"
                  "        emph\n"
                  "          text \"c\"\n"
                  "      list ordered start=1 tight\n"
                  "        item\n"
                  "          paragraph\n"
                  "            text \"d\"\n"
                  "    task done\n"
                  "      paragraph\n"
                  "        text \"done\"\n"
                  "    task\n"
                  "      paragraph\n"
                  "        text \"open\"\n");
}

static void loose_lists_and_items_that_start_with_a_span(void **state)
{
    (void)state;
    assert_blocks("3) a\n\n4) b", 1,
                  "  list ordered start=3\n    item\n      paragraph\n        text \"a\"\n    item\n      paragraph\n        text \"b\"\n");
    assert_blocks("- **a**\n  b\n-", 1,
                  "  list tight\n    item\n      paragraph\n        strong\n          text \"a\"\n        text \" b\"\n    item\n");
}

static void tables_have_columns_and_a_header_row(void **state)
{
    (void)state;
    assert_blocks("| a | *b* | c |\n| :-- | --: | :-: |\n| 1 | x \\| y |\n| p | q | r | lost |", 1,
                  "  table columns=text/start,text/end,text/center\n"
                  "    row header\n"
                  "      cell kind=text\n"
                  "        text \"a\"\n"
                  "      cell kind=text\n"
                  "        emph\n"
                  "          text \"b\"\n"
                  "      cell kind=text\n"
                  "        text \"c\"\n"
                  "    row\n"
                  "      cell kind=text\n"
                  "        text \"1\"\n"
                  "      cell kind=text\n"
                  "        text \"x | y\"\n"
                  "      cell kind=text\n"
                  "    row\n"
                  "      cell kind=text\n"
                  "        text \"p\"\n"
                  "      cell kind=text\n"
                  "        text \"q\"\n"
                  "      cell kind=text\n"
                  "        text \"r\"\n");
}

static void short_delimiter_rows_make_tables_too(void **state)
{
    (void)state;
    static const char want[] = "  table columns=text/start,text/end\n"
                               "    row header\n"
                               "      cell kind=text\n"
                               "        text \"a\"\n"
                               "      cell kind=text\n"
                               "        text \"b\"\n"
                               "    row\n"
                               "      cell kind=text\n"
                               "        text \"1\"\n"
                               "      cell kind=text\n"
                               "        text \"2\"\n";
    assert_blocks("|a|b|\n|-|-:|\n|1|2|", 1, want);
    assert_blocks("a | b\n-- | -:\n1 | 2", 1, want);
    assert_blocks("```\n|a|b|\n|-|-|\n```", 1, "  code_block \"|a|b|\\n|-|-|\"\n");
    assert_blocks("a\n- | b", 1, "  paragraph\n    text \"a\"\n  list tight\n    item\n      paragraph\n        text \"| b\"\n");
}

static void spans_that_overlap_are_read_without_bare_links(void **state)
{
    (void)state;
    assert_blocks("http://.m)_c_ and *em*", 1,
        "  paragraph\n    text \"http://.m)\"\n    emph\n      text \"c\"\n    text \" and \"\n    emph\n      text \"em\"\n");
    assert_line("http://.m)_c_", "  text \"http://.m)\"\n  emph\n    text \"c\"\n");
    assert_int_equal(diags.kept, 0);
}

static void code_blocks_keep_their_text(void **state)
{
    (void)state;
    assert_blocks("```sh\nls  -l\n\nx\t< y\n```\n\n    indented\n      more\n", 1,
                  "  code_block lang=\"sh\" \"ls  -l\\n\\nx\\t< y\"\n  code_block \"indented\\n  more\"\n");
    assert_blocks("```\"onload=x\na\n```", 1, "  code_block \"a\"\n");
    assert_blocks("``a\tb``", 1, "  paragraph\n    code \"a b\"\n");
}

static void quotes_and_rules(void **state)
{
    (void)state;
    assert_blocks("> a\n> > b\n\n***", 1,
                  "  quote\n    paragraph\n      text \"a\"\n    quote\n      paragraph\n        text \"b\"\n  rule\n");
}

static void headings_become_sections_without_gaps(void **state)
{
    (void)state;
    assert_blocks("intro\n\n## One\ntext\n\n#### Deep\ndeep\n\n## One\n", 1,
                  "  paragraph\n"
                  "    text \"intro\"\n"
                  "  section level=2 id=\"one\"\n"
                  "    heading\n"
                  "      text \"One\"\n"
                  "    paragraph\n"
                  "      text \"text\"\n"
                  "    section level=3 id=\"deep\"\n"
                  "      heading\n"
                  "        text \"Deep\"\n"
                  "      paragraph\n"
                  "        text \"deep\"\n"
                  "  section level=2 id=\"one-2\"\n"
                  "    heading\n"
                  "      text \"One\"\n");
}

static void headings_where_no_section_fits_are_strong(void **state)
{
    (void)state;
    static const char strong[] = "  paragraph\n    strong\n      text \"H\"\n";
    assert_blocks("# H", 0, strong);
    assert_blocks("# H", 5, strong);
    assert_blocks("> # H", 1, "  quote\n    paragraph\n      strong\n        text \"H\"\n");
    assert_blocks("# A\n## H\ntext", 4,
                  "  section level=5 id=\"a\"\n    heading\n      text \"A\"\n    paragraph\n      strong\n        text \"H\"\n"
                  "    paragraph\n      text \"text\"\n");
}

static void headings_without_words_are_left_out(void **state)
{
    (void)state;
    assert_blocks("# A\n##\ntext", 1, "  section level=2 id=\"a\"\n    heading\n      text \"A\"\n    paragraph\n      text \"text\"\n");
    assert_blocks("#\ntext", 0, "  paragraph\n    text \"text\"\n");
}

static void safe_links_are_links(void **state)
{
    (void)state;
    assert_blocks("[a *b*](HTTPS://example.com/?a=1&amp;b=2 \"t\")", 1,
                  "  paragraph\n    link url=\"HTTPS://example.com/?a=1&b=2\"\n      text \"a \"\n      emph\n        text \"b\"\n");
    assert_blocks("<mailto:a@example.com> www.example.com", 1,
                  "  paragraph\n    link url=\"mailto:a@example.com\"\n      text \"mailto:a@example.com\"\n    text \" \"\n"
                  "    link url=\"http://www.example.com\"\n      text \"www.example.com\"\n");
    assert_blocks("[](https://example.com/a)", 1,
                  "  paragraph\n    link url=\"https://example.com/a\"\n      text \"https://example.com/a\"\n");
    assert_blocks("[x](<https://example.com/a b\\\">)", 1,
                  "  paragraph\n    link url=\"https://example.com/a%20b%22\"\n      text \"x\"\n");
    assert_int_equal(diags.kept, 0);
}

static void other_links_are_text_with_a_warning(void **state)
{
    (void)state;
    static const char *const unsafe[] = {
        "javascript:alert", "JaVaScRiPt:alert", "data:text/html", "vbscript:x", "file:///etc/passwd", "//example.com/x", "/relative",
            "#fragment",
        "ftp://example.com", "http:example.com", "https:\\\\example.com",
    };
    for (size_t i = 0; i < sizeof unsafe / sizeof *unsafe; i++) {
        char text[100], want[100];
        snprintf(text, sizeof text, "see [it](<%s>) now", unsafe[i]);
        reset();
        pm_markdown(doc, doc->root, pm_str(text), here, 1, &diags);
        assert_int_equal(doc->root->first->first->kind, PM_TEXT);
        assert_null(doc->root->first->first->next);
        assert_int_equal(diags.kept, i + 1);
        assert_int_equal(diags.last->code, PM_D_LINK_SCHEME);
        if (!strchr(unsafe[i], '\\')) {
            snprintf(want, sizeof want, "  paragraph\n    text \"see it (%s) now\"\n", unsafe[i]);
            assert_string_equal(dump(), want);
        }
    }
}

static void schemes_cannot_hide(void **state)
{
    (void)state;
    static const char *const hidden[] = {"[x](&#106;avascript:a)", "[x](java&#10;script:a)", "[x](&#1;javascript:a)",
        "[x](<  javascript:a>)",
                                         "[x](https&colon;&#10;//example.com)", "[x](&Tab;java&Tab;script:a)"};
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++) {
        reset();
        pm_markdown(doc, doc->root, pm_str(hidden[i]), here, 1, &diags);
        assert_null(strstr(dump(), "link"));
    }
}

static void an_autolink_that_is_text_stands_once(void **state)
{
    (void)state;
    assert_blocks("<foo:bar>", 1, "  paragraph\n    text \"foo:bar\"\n");
    assert_one_warning(PM_D_LINK_SCHEME);
    assert_blocks("[x]()", 1, "  paragraph\n    text \"x\"\n");
    assert_int_equal(diags.kept, 1);
}

static void images_are_links_to_them(void **state)
{
    (void)state;
    assert_blocks("![alt *x*](https://example.com/i.png)", 1,
                  "  paragraph\n    link url=\"https://example.com/i.png\"\n      text \"alt \"\n      emph\n        text \"x\"\n");
    assert_blocks("![](https://example.com/i.png)", 1,
                  "  paragraph\n    link url=\"https://example.com/i.png\"\n      text \"https://example.com/i.png\"\n");
    assert_blocks("[![alt](https://example.com/i.png)](https://example.com)", 1,
                  "  paragraph\n    link url=\"https://example.com\"\n      text \"alt\"\n");
    assert_int_equal(diags.kept, 0);
    assert_blocks("![alt](i.png)", 1, "  paragraph\n    text \"alt (i.png)\"\n");
    assert_one_warning(PM_D_LINK_SCHEME);
}

static void link_safety_by_the_text_alone(void **state)
{
    (void)state;
    static const char *const good[] = {"http://a", "https://example.com/%20", "HTTP://A", "mailto:a@b", "https://\xC3\xA9.example"};
    static const char *const bad[] = {"", "http://", "https://", "mailto:", "http", "https:/a", " https://a", "https://a b",
        "https://a\n", "javascript:a",
                                      "https://a\x7F", "https://a\xC2\x85", "https://a\xFF", "xhttps://a"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(pm_link_is_safe(pm_str(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(pm_link_is_safe(pm_str(bad[i])));
    assert_false(pm_link_is_safe((struct pm_str){NULL, 0}));
}

static void one_line_goes_straight_into_the_parent(void **state)
{
    (void)state;
    assert_line(" Roll *back* `v2` ", "  text \"Roll \"\n  emph\n    text \"back\"\n  text \" \"\n  code \"v2\"\n");
    assert_line("two\nlines", "  text \"two lines\"\n");
    assert_line("a\n\nb", "  text \"a\"\n  break\n  text \"b\"\n");
    assert_line("<https://example.com> [f](javascript:a)",
                "  link url=\"https://example.com\"\n    text \"https://example.com\"\n  text \" f (javascript:a)\"\n");
    assert_one_warning(PM_D_LINK_SCHEME);
}

static void one_line_keeps_block_syntax_as_text(void **state)
{
    (void)state;
    static const char *const kept[] = {"- [ ] not a task", "1. not a list", "> 5 % of requests", "# not a heading", "---", "+ *x*",
        "[x]: https://example.com"};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        char want[100];
        snprintf(want, sizeof want, "  text \"%s\"\n", kept[i]);
        assert_line(kept[i], want);
    }
    assert_line("a\n- b\n\nc", "  text \"a\"\n  break\n  text \"- b\"\n  break\n  text \"c\"\n");
    assert_int_equal(diags.kept, 0);
}

static void one_line_may_follow_other_nodes(void **state)
{
    (void)state;
    struct pm_node *item = pm_node_add(doc, doc->root, PM_TASK, here);
    pm_add_text(doc, item, PM_LIT("before "), here);
    pm_markdown_inline(doc, item, PM_LIT("- *x*"), here, &diags);
    assert_string_equal(dump(), "  task\n    text \"before \"\n    text \"- *x*\"\n");
    pm_markdown_inline(doc, item, PM_LIT("*x*"), here, &diags);
    assert_string_equal(dump(), "  task\n    text \"before \"\n    text \"- *x*\"\n    emph\n      text \"x\"\n");
}

/* `count` times `piece` between `before` and `after`, read at level 1. */
static void read_many(const char *before, const char *piece, size_t count, const char *after)
{
    struct pm_buf b;
    pm_buf_init(&b, (size_t)1 << 26);
    pm_buf_puts(&b, before);
    for (size_t i = 0; i < count; i++)
        pm_buf_puts(&b, piece);
    pm_buf_puts(&b, after);
    reset();
    pm_markdown(doc, doc->root, pm_buf_slice(&b), here, 1, &diags);
    pm_buf_free(&b);
}

static size_t count_nodes(void)
{
    struct pm_iterator it;
    size_t count = 0;
    pm_iterator_init(&it, doc->root);
    for (enum pm_event_type event; (event = pm_iterator_next(&it)) != PM_DONE;)
        count += event == PM_ENTER;
    return count;
}

static void what_nests_too_deep_is_shown_as_written(void **state)
{
    (void)state;
    read_many("before\n\n", ">", 50000, " a");
    assert_one_warning(PM_D_MARKDOWN_LIMIT);
    assert_int_equal(count_nodes(), 5);   /* two paragraphs with a text each */
    struct pm_str text = doc->root->last->first->text;
    assert_int_equal(text.n, 50002);
    assert_memory_equal(text.p + 49998, ">> a", 4);
}

static void the_limit_of_nesting_is_exact(void **state)
{
    (void)state;
    read_many("", ">", PM_MAX_MARKDOWN_DEPTH - 1, " a");
    assert_int_equal(diags.kept, 0);
    assert_int_equal(count_nodes(), PM_MAX_MARKDOWN_DEPTH + 2);
    read_many("", ">", PM_MAX_MARKDOWN_DEPTH, " a");
    assert_one_warning(PM_D_MARKDOWN_LIMIT);
    assert_int_equal(count_nodes(), 3);
}

static void deep_lists_and_spans_are_shown_as_written(void **state)
{
    (void)state;
    read_many("", "- ", 500, "a");
    assert_int_equal(diags.kept, 1);
    assert_int_equal(count_nodes(), 3);
    read_many("", "*a **b ", 100, "x");
    read_many("", "**a *b ", 200, "x");
    size_t before = diags.kept;
    reset();
    struct pm_buf b;
    pm_buf_init(&b, 10000);
    for (int i = 0; i < 100; i++)
        pm_buf_puts(&b, "**a ");
    for (int i = 0; i < 100; i++)
        pm_buf_puts(&b, "a**");
    pm_markdown(doc, doc->root, pm_buf_slice(&b), here, 1, &diags);
    assert_int_equal(doc->root->first->first->text.n, b.len);
    assert_int_equal(diags.kept, before + 1);
    pm_buf_free(&b);
}

static void what_was_there_before_stays_when_giving_up(void **state)
{
    (void)state;
    pm_add_text(doc, pm_node_add(doc, doc->root, PM_PARAGRAPH, here), PM_LIT("mine"), here);
    struct pm_str text = PM_LIT("# A\n\n- - - - - - - - - - - - - - - - - - - - - x\n  y\n");
    pm_markdown(doc, doc->root, text, here, 1, &diags);
    assert_one_warning(PM_D_MARKDOWN_LIMIT);
    assert_string_equal(dump(), "  paragraph\n    text \"mine\"\n  paragraph\n    text \"# A\"\n  paragraph\n"
                                "    text \"- - - - - - - - - - - - - - - - - - - - - x\"\n    break\n    text \"y\"\n");
}

static void tables_do_not_multiply(void **state)
{
    (void)state;
    struct pm_buf b;
    pm_buf_init(&b, (size_t)1 << 20);
    for (int i = 0; i < 5000; i++)
        pm_buf_puts(&b, "|a");
    pm_buf_puts(&b, "|\n");
    for (int i = 0; i < 5000; i++)
        pm_buf_puts(&b, "|---");
    pm_buf_puts(&b, "|\n");
    for (int i = 0; i < 1000; i++)
        pm_buf_puts(&b, "|b|\n");
    pm_markdown(doc, doc->root, pm_buf_slice(&b), here, 1, &diags);
    assert_one_warning(PM_D_MARKDOWN_LIMIT);
    assert_int_equal(doc->root->first->kind, PM_PARAGRAPH);
    assert_int_equal(count_nodes(), 2 + 1002 + 1001);   /* lines with a break between any two */
    pm_buf_free(&b);
}

static void a_table_at_the_limit_is_a_table(void **state)
{
    (void)state;
    read_many("|a|b|\n|---|---|\n", "|1|2|\n", PM_MAX_TABLE_CELLS / 2 - 1, "");
    assert_int_equal(doc->root->first->kind, PM_TABLE);
    assert_int_equal(diags.kept, 0);
    read_many("|a|b|\n|---|---|\n", "|1|2|\n", PM_MAX_TABLE_CELLS / 2, "");
    assert_int_equal(doc->root->first->kind, PM_PARAGRAPH);
    assert_int_equal(diags.kept, 1);
}

/* Words with what may stand between them, which is mostly harmless. */
static void compose(char *text, struct dice *dice)
{
    static const char *const parts[] = {"a", "Word", "edge-proxy", "www", "w", "http", "2024", "1", " ", " ", " ",
    " ", " ", "\n", "\n", ".", ".", ":",
                                        "/", "//", ",", ";", "(", ")", "'", "\"", "!", "?", "#", "$", "%", "+", "-",
                                        "=", "{", "}", "\xC3\xA9",
                                        "\xE6\xBC\xA2", "\xC2\xA0", "*", "_", "~", "`", "[", "]", "<", ">", "&", "@",
                                        "|", "\\", "\t", "^"};
    text[0] = '\0';
    size_t harmless = roll(dice, 4) ? 37 : 53;
    for (int i = 0; i < 12; i++)
        strcat(text, parts[roll(dice, i % 2 ? harmless : 6)]);
}

/* A line of white space behind it changes nothing, but makes md4c read it. */
static void plain_text_is_what_md4c_makes_of_it(void **state)
{
    (void)state;
    struct dice dice = {7};
    size_t plain = 0;
    for (int i = 0; i < 10000; i++) {
        char text[160], *want;
        compose(text, &dice);
        plain += pm_markdown_is_plain(pm_str(text));
        doc = pm_document_new(&arena);   /* ids of sections are those of the first */
        pm_markdown(doc, doc->root, pm_arena_join(&arena, pm_str(text), "\n\t\n", pm_str("")), here, 1, &diags);
        want = strdup(dump());
        doc = pm_document_new(&arena);
        assert_blocks(text, 1, want);
        free(want);
    }
    assert_true(plain > 500);
}

static void plain_text_has_nothing_that_means_anything(void **state)
{
    (void)state;
    static const char *const plain[] = {"a", "One, two; (three) - 99.9 %!", "At 07:20: two lines\nand {more} = #1",
    "\xC3\xA9t\xC3\xA9."};
    static const char *const others[] = {"", " a", "a ", "a  b", "a \nb", "a\n b", "a\n", "a\n\nb", "1 a", "- a",
    "a\n- b", "a\n===", "a*", "a_b", "`a`",
                                         "[a", "a&b", "a<b", "a@b", "a|b", "a~", "a\\", "a\tb", "a\rb", "www.a",
                                         "http://a", "a: http:/", "a\x7F"};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        assert_true(pm_markdown_is_plain(pm_str(plain[i])));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(pm_markdown_is_plain(pm_str(others[i])));
}

static void hostile_texts_end(void **state)
{
    (void)state;
    read_many("", "![[]()", 20000, "");
    assert_int_equal(doc->root->first->kind, PM_PARAGRAPH);
    assert_blocks("[](", 1, "  paragraph\n    text \"[](\"\n");
    read_many("", "[a](", 20000, "");
    read_many("", "`", 50000, "a");
    read_many("", "<", 50000, "");
    read_many("", "&", 50000, "");
    read_many("", "*a_ ", 20000, "");
    read_many("", "http://a.b ", 90000, "");
    assert_int_equal(doc->root->first->first->text.n, 90000 * 11 - 1);   /* without the last space */
    read_many("", "www.example.com ", 1500, "");
    assert_int_equal(doc->root->first->first->kind, PM_LINK);
    read_many("", "# a\n", 20000, "");
    assert_int_equal(count_nodes(), 1 + 3 * 20000);
    assert_false(pm_arena_failed(&arena));
}

static void memory_running_out_is_told_by_the_arena(void **state)
{
    (void)state;
    struct pm_node *root = doc->root;
    assert_null(pm_arena_array(&arena, SIZE_MAX, 2));
    pm_markdown(doc, root, PM_LIT("# a\n\n- *b* [c](https://d) `e`\n\n|x|\n|---|\n|y|\n\n```z\n1\n```\n\n\xE4\xBA\x8B\n\xE4\xBA\x8B"),
                here, 1, &diags);
    pm_markdown_inline(doc, root, PM_LIT("a *b*"), here, &diags);
    assert_null(root->first);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(paragraphs_hold_inlines), TEST(nothing_makes_nothing), TEST(text_is_one_node_whatever_it_is_made_of),
            TEST(entities_are_decoded),
        TEST(bytes_that_no_page_can_show_are_replaced), TEST(line_breaks), TEST(soft_breaks_vanish_between_characters_without_spaces),
        TEST(lists_nest), TEST(loose_lists_and_items_that_start_with_a_span), TEST(tables_have_columns_and_a_header_row),
        TEST(short_delimiter_rows_make_tables_too), TEST(spans_that_overlap_are_read_without_bare_links),
        TEST(code_blocks_keep_their_text), TEST(quotes_and_rules), TEST(headings_become_sections_without_gaps),
        TEST(headings_where_no_section_fits_are_strong), TEST(headings_without_words_are_left_out), TEST(safe_links_are_links),
        TEST(other_links_are_text_with_a_warning), TEST(schemes_cannot_hide), TEST(an_autolink_that_is_text_stands_once),
        TEST(images_are_links_to_them), TEST(link_safety_by_the_text_alone), TEST(one_line_goes_straight_into_the_parent),
        TEST(one_line_keeps_block_syntax_as_text), TEST(one_line_may_follow_other_nodes), TEST(what_nests_too_deep_is_shown_as_written),
        TEST(the_limit_of_nesting_is_exact), TEST(deep_lists_and_spans_are_shown_as_written),
        TEST(what_was_there_before_stays_when_giving_up), TEST(tables_do_not_multiply),
        TEST(a_table_at_the_limit_is_a_table),
        TEST(plain_text_is_what_md4c_makes_of_it), TEST(plain_text_has_nothing_that_means_anything),
        TEST(hostile_texts_end), TEST(memory_running_out_is_told_by_the_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
