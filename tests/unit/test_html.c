#include "fixture.h"

#include "document/theme.h"
#include "render/html.h"
#include "render/html_colours.h"
#include "render/html_text.h"

static const struct pm_mark nowhere;
static struct pm_buf out;
static struct pm_html page;

static int start(void **state)
{
    if (set_up(state) != 0)
        return -1;
    pm_buf_init(&out, 64 << 20);
    return pm_html_init(&page, pm_builtin_theme(PM_LIT("default")), &diags) == PM_OK ? 0 : -1;
}

static int stop(void **state)
{
    pm_html_free(&page);
    pm_buf_free(&out);
    return tear_down(state);
}

#define PAGE_TEST(f) cmocka_unit_test_setup_teardown(f, start, stop)

static const char *write_page(void)
{
    pm_buf_clear(&out);
    assert_int_equal(pm_html_write(&page, &out), PM_OK);
    return out.data;
}

static const char *one_page(void)
{
    pm_html_clear(&page);
    assert_int_equal(pm_html_add(&page, doc), PM_OK);
    return write_page();
}

static void assert_has(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("no %s", part);
}

static size_t count(const char *text, const char *part)
{
    size_t n = 0;
    for (const char *p = text; (p = strstr(p, part)); p++)
        n++;
    return n;
}

static struct pm_node *add(struct pm_node *parent, enum pm_node_kind kind)
{
    struct pm_node *node = pm_node_add(doc, parent, kind, nowhere);
    assert_non_null(node);
    return node;
}

static struct pm_node *add_section(struct pm_node *parent, const char *title, int level)
{
    struct pm_node *section = pm_add_section(doc, parent, pm_str(title), (struct pm_str){NULL, 0}, nowhere);
    assert_non_null(section);
    section->as.section.level = level;
    return section;
}

/* ---- text ---- */

static const char *text_of(void (*put)(struct pm_buf *, struct pm_str), struct pm_str text)
{
    pm_buf_clear(&out);
    put(&out, text);
    return out.data;
}

static void text_is_escaped_and_clean(void **state)
{
    (void)state;
    assert_string_equal(text_of(pm_html_text, PM_LIT("<b> & \"q\" 'a' ]]>")), "&lt;b&gt; &amp; &quot;q&quot; 'a' ]]&gt;");
    assert_string_equal(text_of(pm_html_text, PM_LIT("a\r\nb\rc\td\n")), "a\nb\nc\td\n");
    assert_string_equal(text_of(pm_html_text, PM_LIT("\x01" "a\x7F\xC2\x85\xEF\xBF\xBE\xFFz")),
                        "\xEF\xBF\xBD" "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz");
    assert_string_equal(text_of(pm_html_text, PM_LIT("\xC3\xA9 \xF0\x9F\x94\xA5")), "\xC3\xA9 \xF0\x9F\x94\xA5");
    assert_string_equal(text_of(pm_html_text, PM_LIT("e\xCC\x81 \xFF")), "\xC3\xA9 \xEF\xBF\xBD");
    assert_string_equal(text_of(pm_html_text, PM_LIT("a & e\xCC\x81 <\xCC\xB8")), "a &amp; \xC3\xA9 \xE2\x89\xAE");
}

static void urls_are_percent_encoded_where_they_must_be(void **state)
{
    (void)state;
    assert_string_equal(text_of(pm_html_url, PM_LIT("https://e.org/a?x=<y>&z=\"1 2\"#f")), "https://e.org/a?x=%3Cy%3E&amp;z=%221%202%22#f");
    assert_string_equal(text_of(pm_html_url, PM_LIT("https://[::1]/a[b]%41%zz")), "https://[::1]/a%5Bb%5D%41%25zz");
    assert_string_equal(text_of(pm_html_url, PM_LIT("https://e.org/\xC3\xA9")), "https://e.org/\xC3\xA9");
    assert_string_equal(text_of(pm_html_url, PM_LIT("https://e.org/e\xCC\x81")), "https://e.org/e%CC%81");
}

/* ---- colours ---- */

static struct pm_rgb property(const char *from, const char *name)
{
    unsigned r, g, b;
    char key[64];
    snprintf(key, sizeof key, "--%s:#", name);
    const char *at = strstr(from, key);
    assert_non_null(at);
    assert_int_equal(sscanf(at + strlen(key), "%2x%2x%2x", &r, &g, &b), 3);
    return (struct pm_rgb){(unsigned char)r, (unsigned char)g, (unsigned char)b};
}

static void assert_readable(const char *from, const char *a, const char *b)
{
    double contrast = pm_html_contrast(property(from, a), property(from, b));
    if (contrast < 4.5)
        fail_msg("%s on %s has a contrast of %d.%02d", a, b, (int)contrast, (int)(contrast * 100) % 100);
}

/* Success criterion 1.4.3 of WCAG, in both schemes. */
static void words_can_be_read(void **state)
{
    (void)state;
    static const char *const tones[] = {"neutral", "info", "success", "warning", "danger", "note"};
    pm_html_colours(pm_builtin_theme(PM_LIT("default")), &out);
    const char *dark = strstr(out.data, "@media screen and (prefers-color-scheme:dark)");
    assert_non_null(dark);
    const char *const schemes[] = {out.data, dark};
    for (int i = 0; i < 2; i++) {
        assert_readable(schemes[i], "text", "paper");
        assert_readable(schemes[i], "muted", "surface");
        assert_readable(schemes[i], "accent", "surface");
        assert_readable(schemes[i], "paper", "harm");      /* words on bars */
        assert_readable(schemes[i], "paper", "mitigate");
        assert_readable(schemes[i], "text", "identify");
        assert_readable(schemes[i], "text", "resolve");
        for (size_t t = 0; t < 6; t++) {
            char text[32], fill[32];
            snprintf(text, sizeof text, "%s-text", tones[t]);
            snprintf(fill, sizeof fill, "%s-fill", tones[t]);
            assert_readable(schemes[i], text, fill);
        }
    }
}

static void a_dark_theme_is_dark_in_both_schemes(void **state)
{
    (void)state;
    struct pm_theme theme = *pm_builtin_theme(PM_LIT("default"));
    theme.colours[PM_COLOUR_PAPER] = (struct pm_rgb){0, 0, 0};
    theme.colours[PM_COLOUR_TEXT] = (struct pm_rgb){255, 255, 255};
    pm_html_colours(&theme, &out);
    assert_has(out.data, "color-scheme:dark");
    assert_null(strstr(out.data, "@media"));
    assert_has(out.data, "--paper:#000000;");
}

static void contrast_as_wcag_has_it(void **state)
{
    (void)state;
    assert_int_equal((int)(pm_html_contrast((struct pm_rgb){0, 0, 0}, (struct pm_rgb){255, 255, 255}) + 0.5), 21);
    assert_int_equal((int)(pm_html_contrast((struct pm_rgb){0x76, 0x76, 0x76}, (struct pm_rgb){255, 255, 255}) * 10 + 0.5), 45);
}

/* ---- sources ---- */

static int digit_of(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) : -1;
}

static void decode(struct pm_buf *b)
{
    struct pm_buf bytes;
    pm_buf_init(&bytes, 1 << 20);
    for (size_t i = 0; i + 3 < b->len; i += 4) {
        int d[4];
        for (int k = 0; k < 4; k++)
            d[k] = digit_of(b->data[i + (size_t)k]);
        pm_buf_putc(&bytes, (char)(d[0] << 2 | d[1] >> 4));
        if (d[2] >= 0)
            pm_buf_putc(&bytes, (char)((d[1] & 15) << 4 | d[2] >> 2));
        if (d[3] >= 0)
            pm_buf_putc(&bytes, (char)((d[2] & 3) << 6 | d[3]));
    }
    pm_buf_free(b);
    *b = bytes;
}

/* What pm2html(1) says of reading a source back. */
static void read_source(const char *text, struct pm_buf *found, bool *coded)
{
    const char *block = strstr(text, " type=\"application/yaml\""), *start = strchr(block, '>'), *end = strstr(start, "</script");
    assert_non_null(end);
    pm_buf_clear(found);
    pm_buf_add(found, start + 1, (size_t)(end - start - 1));
    const char *encoding = strstr(block, " data-encoding=\"base64\"");
    *coded = encoding && encoding < start;
    if (*coded)
        decode(found);
}

static void assert_source(struct pm_str source, bool want_coded)
{
    struct pm_buf found;
    bool coded;
    pm_buf_init(&found, 1 << 20);
    doc->source = source;
    read_source(one_page(), &found, &coded);
    assert_int_equal(found.len, source.n);
    assert_memory_equal(found.data, source.p, source.n);
    assert_int_equal(coded, want_coded);
    pm_buf_free(&found);
}

static void sources_come_back_byte_for_byte(void **state)
{
    (void)state;
    assert_source(PM_LIT("id: A\ntitle: b & c < d > \"e\" --> ]]>\n"), false);
    assert_source(PM_LIT("\nno line feed at the end, \xF0\x9F\x94\xA5 \xD8\xB9\xD8\xB7\xD9\x84"), false);
    assert_source(PM_LIT(""), false);
    assert_source(PM_LIT("title: </script><script>alert(1)</script>\n"), true);
    assert_source(PM_LIT("title: </ScRiPt >\n"), true);
    assert_source(PM_LIT("title: <!-- x\n"), true);
    assert_source(PM_LIT("title: <SCRIPT\n"), true);
    assert_source(PM_LIT("a: b\r\nc: d\r\n"), true);
    assert_source(PM_LIT("a: \"\x7F\"\n"), true);
    assert_source(PM_LIT("a: caf\xC3\xA9\n"), false);
    assert_source(PM_LIT("a: cafe\xCC\x81\n"), true);
    assert_source((struct pm_str){"\xFF\xFE\x00i", 4}, true);
    assert_source(PM_LIT("title: <scrip</scrip\n"), false);
}

static void a_source_is_named_and_hashed(void **state)
{
    (void)state;
    doc->id = PM_LIT("A-1");
    doc->source = PM_LIT("abc");
    assert_has(one_page(), " type=\"application/yaml\" id=\"source.1\" data-id=\"A-1\" "
                           "data-sha256=\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\">abc</script>");
}

/* ---- pages ---- */

static void a_page_needs_nothing_else(void **state)
{
    (void)state;
    doc->id = PM_LIT("A-1");
    doc->title = PM_LIT("<Title>");
    doc->source = PM_LIT("abc");
    const char *text = one_page();
    assert_has(text, "<!DOCTYPE html>\n<html lang=\"en\">");
    assert_has(text, "<title>A-1: &lt;Title&gt;</title>");
    assert_has(text, "<h1>&lt;Title&gt;</h1>");
    assert_has(text, "default-src 'none'");
    assert_null(strstr(text, " style=\""));
    assert_int_equal(count(text, "<main"), 1);
    assert_int_equal(count(text, "src="), 0);
    assert_int_equal(count(text, "<script nonce=\""), 2);
    assert_int_equal(count(text, "<style nonce=\""), 1);
}

/* Who writes an incident cannot name the word by which the page trusts a script. */
static void the_nonce_follows_the_source(void **state)
{
    (void)state;
    char first[65];
    doc->source = PM_LIT("abc");
    memcpy(first, strstr(one_page(), "<script nonce=\"") + 15, 64);
    doc->source = PM_LIT("abd");
    assert_memory_not_equal(first, strstr(one_page(), "<script nonce=\"") + 15, 64);
}

static void the_lead_describes_the_page(void **state)
{
    (void)state;
    struct pm_node *section = add_section(doc->root, "Summary", 1);
    section->as.section.lead = true;
    pm_add_text(doc, add(section, PM_PARAGRAPH), PM_LIT("One \"two\"."), nowhere);
    pm_add_text(doc, add(section, PM_PARAGRAPH), PM_LIT("Three."), nowhere);
    assert_has(one_page(), "<meta name=\"description\" content=\"One &quot;two&quot;. Three.\">");
}

static void sections_have_anchors_and_contents(void **state)
{
    (void)state;
    add(doc->root, PM_TOC);
    struct pm_node *outer = add_section(doc->root, "Root <cause>", 1);
    add_section(outer, "Deeper", 2);
    const char *text = one_page();
    assert_has(text, "<section id=\"root-cause\">\n<h2><a class=\"anchor\" href=\"#root-cause\">Root &lt;cause&gt;</a></h2>");
    assert_has(text, "<h3><a class=\"anchor\" href=\"#deeper\">Deeper</a></h3>");
    assert_has(text, "<nav class=\"toc\" aria-label=\"Contents\">");
    assert_has(text, "<li><a href=\"#root-cause\">Root &lt;cause&gt;</a>\n<ol>\n<li><a href=\"#deeper\">Deeper</a></li>");
}

static void folds_and_columns(void **state)
{
    (void)state;
    add_section(doc->root, "Evidence", 1)->as.section.fold = true;
    add_section(doc->root, "Lessons", 1)->as.section.columns = true;
    const char *text = one_page();
    assert_has(text, "<section id=\"evidence\">\n<details>\n<summary><h2>Evidence</h2></summary>\n</details>\n</section>");
    assert_has(text, "<section id=\"lessons\" class=\"columns\">");
}

static void add_group(struct pm_node *table, const char *text)
{
    struct pm_node *row = pm_add_row(doc, table, false, nowhere);
    row->as.row.group = true;
    pm_add_cell(doc, row, PM_CELL_TEXT, pm_str(text), nowhere);
}

static void add_row(struct pm_node *table, bool header, const char *a, const char *b)
{
    struct pm_node *row = pm_add_row(doc, table, header, nowhere);
    pm_add_cell(doc, row, PM_CELL_TEXT, pm_str(a), nowhere);
    pm_add_cell(doc, row, PM_CELL_TEXT, pm_str(b), nowhere);
}

static void tables_have_heads_groups_and_names(void **state)
{
    (void)state;
    static const struct pm_column columns[2] = {{.nowrap = true}, {.align = PM_ALIGN_END}};
    struct pm_node *table = pm_add_table(doc, add_section(doc->root, "Timeline", 1), columns, 2, nowhere);
    table->as.table.timeline = true;
    doc->words.filter = PM_LIT("Filter");
    doc->words.found = PM_LIT("{part} of {all}");
    add_row(table, true, "Time", "");
    add_group(table, "Monday");
    add_row(table, false, "09:00", "x");
    add_group(table, "Tuesday");
    add_row(table, false, "10:00", "");
    assert_has(one_page(),
               "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Timeline\">\n"
               "<table class=\"timeline\" data-filter=\"Filter\" data-found=\"{part} of {all}\">\n<caption>Timeline</caption>\n"
               "<thead>\n<tr>\n<th scope=\"col\" class=\"nowrap\">Time</th>\n<td class=\"end\"></td>\n</tr>\n</thead>\n"
               "<tbody>\n<tr>\n<th scope=\"rowgroup\" colspan=\"2\">Monday</th>\n</tr>\n"
               "<tr>\n<td class=\"nowrap\">09:00</td>\n<td class=\"end\">x</td>\n</tr>\n</tbody>\n"
               "<tbody>\n<tr>\n<th scope=\"rowgroup\" colspan=\"2\">Tuesday</th>\n</tr>\n"
               "<tr>\n<td class=\"nowrap\">10:00</td>\n<td class=\"end\"></td>\n</tr>\n</tbody>\n</table>\n</div>");
}

static void what_is_to_be_done_has_a_box(void **state)
{
    (void)state;
    static const struct pm_column columns[2] = {{.nowrap = true}, {.nowrap = false}};
    static const struct pm_todo open = {.done = false}, done = {.done = true, .closed = true}, dropped = {.closed = true};
    const struct pm_todo *const states[] = {&open, &done, &dropped};
    struct pm_node *table = pm_add_table(doc, doc->root, columns, 2, nowhere);
    add_row(table, true, "ID", "Item");
    for (int i = 0; i < 3; i++) {
        add_row(table, false, "AI", "do");
        table->last->as.row.todo = states[i];
    }
    const char *text = one_page();
    assert_has(text, "<table class=\"todo\">");
    assert_has(text, "<tr>\n<td class=\"nowrap\"><span class=\"box\" role=\"img\" aria-label=\"Open\"></span> AI</td>\n"
                     "<td data-label=\"Item\">do</td>");
    assert_has(text, "<tr class=\"closed\">\n<td class=\"nowrap\">"
                     "<span class=\"box done\" role=\"img\" aria-label=\"Done\">");
    assert_has(text, "<span class=\"box dropped\" aria-hidden=\"true\"></span> AI");
}

static void lists_links_and_inlines(void **state)
{
    (void)state;
    struct pm_node *list = add(doc->root, PM_LIST);
    list->as.list.ordered = list->as.list.tight = true;
    list->as.list.start = 3;
    struct pm_node *paragraph = add(add(list, PM_ITEM), PM_PARAGRAPH);
    struct pm_node *link = add(paragraph, PM_LINK);
    link->as.link.url = PM_LIT("https://e.org/?a=<b>");
    pm_add_text(doc, add(link, PM_STRONG), PM_LIT("x"), nowhere);
    pm_add_status(doc, paragraph, PM_LIT("Late"), PM_TONE_DANGER, nowhere);
    struct pm_node *time = add(paragraph, PM_TIME);
    time->text = PM_LIT("12 May");
    time->as.time.date = true;
    time->as.time.value = 20585;
    assert_has(one_page(), "<ol start=\"3\">\n<li><a href=\"https://e.org/?a=%3Cb%3E\"><strong>x</strong></a>"
                           "<span class=\"badge danger\">Late</span><time datetime=\"2026-05-12\">12 May</time></li>\n</ol>");
}

static void ids_of_later_documents_are_their_own(void **state)
{
    (void)state;
    doc->id = PM_LIT("A-1");
    doc->title = PM_LIT("Title");
    add(doc->root, PM_TOC);
    struct pm_node *section = add_section(doc->root, "Summary", 1);
    struct pm_node *link = add(add(section, PM_PARAGRAPH), PM_LINK);
    link->as.link.url = PM_LIT("#summary");
    pm_add_text(doc, link, PM_LIT("above"), nowhere);
    doc->source = PM_LIT("abc");
    assert_int_equal(pm_html_add(&page, doc), PM_OK);
    assert_int_equal(pm_html_add(&page, doc), PM_OK);
    const char *text = write_page();
    assert_int_equal(count(text, "<h1>"), 1);
    assert_int_equal(count(text, "<h2>Title</h2>"), 2);
    assert_int_equal(count(text, "<h3>"), 2);
    assert_has(text, "<section id=\"summary\">");
    assert_has(text, "<section id=\"d2.summary\">");
    assert_has(text, "<a href=\"#d2.summary\">above</a>");
    assert_has(text, "<a href=\"#page.2\">Title</a>");
    assert_has(text, "id=\"source.2\"");
    assert_int_equal(count(text, "<nav class=\"toc\" aria-label=\"Contents A-1\">"), 2);
}

static void a_page_can_be_begun_again(void **state)
{
    (void)state;
    struct pm_buf before;
    pm_buf_init(&before, 1 << 20);
    add_section(doc->root, "Summary", 1);
    pm_buf_puts(&before, one_page());
    assert_int_equal(pm_html_add(&page, doc), PM_OK);
    assert_string_equal(one_page(), before.data);
    pm_buf_free(&before);
}

static void languages_from_right_to_left(void **state)
{
    (void)state;
    doc->lang = PM_LIT("ar-EG");
    assert_has(one_page(), "<html lang=\"ar-EG\" dir=\"rtl\">");
    doc->lang = PM_LIT("arn");
    assert_has(one_page(), "<html lang=\"arn\">");
}

static void a_logo_that_is_none_is_reported(void **state)
{
    (void)state;
    struct pm_theme theme = *pm_builtin_theme(PM_LIT("default"));
    struct pm_html other;
    theme.logo = PM_LIT("/dev/null");
    assert_int_equal(pm_html_init(&other, &theme, &diags), PM_OK);
    assert_int_equal(diags.count[PM_WARNING], 1);
    pm_html_free(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PAGE_TEST(text_is_escaped_and_clean),
        PAGE_TEST(urls_are_percent_encoded_where_they_must_be),
        PAGE_TEST(words_can_be_read),
        PAGE_TEST(a_dark_theme_is_dark_in_both_schemes),
        PAGE_TEST(contrast_as_wcag_has_it),
        PAGE_TEST(sources_come_back_byte_for_byte),
        PAGE_TEST(a_source_is_named_and_hashed),
        PAGE_TEST(a_page_needs_nothing_else),
        PAGE_TEST(the_nonce_follows_the_source),
        PAGE_TEST(the_lead_describes_the_page),
        PAGE_TEST(sections_have_anchors_and_contents),
        PAGE_TEST(folds_and_columns),
        PAGE_TEST(tables_have_heads_groups_and_names),
        PAGE_TEST(what_is_to_be_done_has_a_box),
        PAGE_TEST(lists_links_and_inlines),
        PAGE_TEST(ids_of_later_documents_are_their_own),
        PAGE_TEST(a_page_can_be_begun_again),
        PAGE_TEST(languages_from_right_to_left),
        PAGE_TEST(a_logo_that_is_none_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
