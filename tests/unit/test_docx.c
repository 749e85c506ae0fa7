#include "docx_fixture.h"

/* ---- paragraphs and inlines ---- */

static void test_a_paragraph(void **state)
{
    (void)state;
    add_paragraph(doc->root, "a < b\tc\nd");
    assert_has(body(), "<w:r><w:t xml:space=\"preserve\">a &lt; b</w:t><w:tab/><w:t xml:space=\"preserve\">c</w:t>"
                       "<w:t xml:space=\"preserve\"> </w:t><w:t xml:space=\"preserve\">d</w:t></w:r></w:p>");
}

static void test_inlines_nest(void **state)
{
    (void)state;
    struct pm_node *p = add(doc->root, PM_PARAGRAPH), *strong = add(p, PM_STRONG), *emph = add(strong, PM_EMPH);
    pm_add_text(doc, strong, PM_LIT("b"), nowhere);
    pm_add_text(doc, add(emph, PM_STRIKE), PM_LIT("all"), nowhere);
    add(p, PM_CODE)->text = PM_LIT("x");
    add(p, PM_BREAK);
    pm_add_status(doc, p, PM_LIT("Open"), PM_TONE_WARNING, nowhere);
    const char *xml = body();
    assert_has(xml, "<w:r><w:rPr><w:b/><w:bCs/><w:i/><w:iCs/><w:strike/></w:rPr><w:t xml:space=\"preserve\">all</w:t></w:r>"
                    "<w:r><w:rPr><w:b/><w:bCs/></w:rPr><w:t xml:space=\"preserve\">b</w:t></w:r>");
    assert_has(xml, "<w:rStyle w:val=\"PmCodeChar\"/></w:rPr><w:t xml:space=\"preserve\">x</w:t></w:r><w:r><w:br/></w:r>");
    assert_has(xml, "<w:rStyle w:val=\"PmToneWarning\"/></w:rPr><w:t xml:space=\"preserve\">\302\240Open\302\240</w:t>");
}

static struct pm_node *add_link(struct pm_node *p, const char *url, const char *text)
{
    struct pm_node *link = add(p, PM_LINK);
    link->as.link.url = pm_str(url);
    pm_add_text(doc, link, pm_str(text), nowhere);
    return link;
}

static void test_links(void **state)
{
    (void)state;
    struct pm_node *p = add(doc->root, PM_PARAGRAPH);
    add_link(p, "https://example.org/a b?q=\"x\"&y=[z]#1#2", "outside");
    add_link(p, "https://example.org/a b?q=\"x\"&y=[z]#1#2", "again");
    add_link(p, "#there", "inside");
    add_link(p, "#nowhere", "nowhere");
    add_link(p, "", "ticket");
    pm_add_section(doc, doc->root, PM_LIT("There"), PM_LIT("there"), nowhere);
    const char *xml = body();
    assert_int_equal(count(xml, "<w:hyperlink r:id=\"pmId1\" w:history=\"1\">"), 2);
    assert_has(xml, "<w:hyperlink w:anchor=\"pm_there__");
    assert_has(xml, "</w:hyperlink>" RUN("nowhere") RUN("ticket"));
    const struct pm_relationship *link = pm_opc_relation(pm_opc_find(opc, PM_LIT("/word/document.xml")), "/hyperlink");
    assert_true(link->external);
    assert_true(pm_str_is(link->target, "https://example.org/a%20b?q=%22x%22&y=%5Bz%5D#1%232"));
}

static void test_hosts_of_other_scripts(void **state)
{
    (void)state;
    add_link(add(doc->root, PM_PARAGRAPH), "https://b\303\274cher.example?q=\303\274&y=[z]", "books");
    body();
    const struct pm_relationship *link = pm_opc_relation(pm_opc_find(opc, PM_LIT("/word/document.xml")), "/hyperlink");
    assert_true(pm_str_is(link->target, "https://b\303\274cher.example?q=%C3%BC&y=%5Bz%5D"));
}

/* One target that is no URI, and programs call the whole file damaged. */
static void test_addresses_that_are_none_are_text(void **state)
{
    static const char *const bad[] = {"https://", "http:///x", "https://[x/", "https://a:99999/", "https://a:b/", "https://u@h/", "mailto:",
                                      "mailto:a:b", "ftp://x/", "javascript:alert(1)", "https://-a/", "https://a b/",
                                      "https://a\302\240b/", "https://a\342\200\256b/"};
    (void)state;
    struct pm_node *p = add(doc->root, PM_PARAGRAPH);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        add_link(p, bad[i], "x");
    add_link(p, "HTTPS://[::1]:8080/100%/%41", "good");
    add_link(p, "mailto:a@example.org", "good");
    const char *xml = body();
    assert_int_equal(count(xml, "<w:hyperlink"), 2);
    const struct pm_relationship *link = pm_opc_relation(pm_opc_find(opc, PM_LIT("/word/document.xml")), "/hyperlink");
    assert_true(pm_str_is(link->target, "HTTPS://[::1]:8080/100%25/%41"));
}

static void test_text_from_right_to_left(void **state)
{
    (void)state;
    add_paragraph(doc->root, "\327\251\327\234\327\225\327\235 DNS!");
    add_paragraph(doc->root, "see \327\251\327\234 \327\225\327\235, ok");
    const char *xml = body();
    assert_has(xml, "<w:p><w:pPr><w:bidi/></w:pPr>");
    assert_has(xml, "<w:rPr><w:rtl/></w:rPr><w:t xml:space=\"preserve\">\327\251\327\234\327\225\327\235 </w:t></w:r>" RUN("DNS")
                    "<w:r><w:rPr><w:rtl/></w:rPr><w:t xml:space=\"preserve\">!</w:t></w:r>");
    assert_has(
        xml,
        "<w:p>" RUN("see ") "<w:r><w:rPr><w:rtl/></w:rPr><w:t xml:space=\"preserve\">\327\251\327\234 \327\225\327\235</w:t></w:r>" RUN(
            ", ok") "</w:p>");
}

static void test_a_language_from_right_to_left(void **state)
{
    (void)state;
    doc->lang = PM_LIT("he");
    add_paragraph(doc->root, "12:30");
    small_table();
    const char *xml = body();
    assert_has(xml, "<w:bidi/>");
    assert_has(xml, "<w:bidiVisual/>");
    assert_has(part("/word/styles.xml"), "<w:lang w:val=\"he-IL\" w:eastAsia=\"zh-CN\" w:bidi=\"he-IL\"/>");
    assert_has(part("/word/footer1.xml"), "<w:bidi/>");
}

static void test_directions(void **state)
{
    (void)state;
    assert_int_equal(pm_direction_of(PM_LIT("12 - \331\241")), PM_DIRECTION_NONE);
    assert_int_equal(pm_direction_of(PM_LIT("1. \330\271x")), PM_DIRECTION_RTL);
    assert_int_equal(pm_direction_of(PM_LIT("\346\235\261\330\271")), PM_DIRECTION_LTR);
    assert_int_equal(pm_direction_of(PM_LIT("")), PM_DIRECTION_NONE);
    assert_int_equal(pm_direction_of_language(PM_LIT("ar-EG")), PM_DIRECTION_RTL);
    assert_int_equal(pm_direction_of_language(PM_LIT("de")), PM_DIRECTION_LTR);
    assert_int_equal(pm_direction_of_language((struct pm_str){NULL, 0}), PM_DIRECTION_LTR);
}

/* ---- lists ---- */

static void test_lists_have_numberings_of_their_own(void **state)
{
    (void)state;
    struct pm_node *first = add_list(doc->root, true, 1), *item = add(first, PM_ITEM);
    add_paragraph(item, "one");
    add_paragraph(item, "more");
    add_paragraph(add(add_list(item, false, 0), PM_ITEM), "inner");
    add_paragraph(add(add_list(doc->root, true, 7), PM_ITEM), "seven");
    const char *xml = body();
    assert_has(xml, "<w:pStyle w:val=\"ListNumber\"/><w:keepNext/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"9003\"/></w:numPr>");
    assert_has(xml, "<w:pStyle w:val=\"ListParagraph\"/><w:keepNext/><w:ind w:left=\"360\" w:firstLine=\"0\"/></w:pPr>" RUN("more"));
    assert_has(xml, "<w:pStyle w:val=\"ListBullet2\"/><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"9001\"/></w:numPr>");
    assert_has(xml, "<w:numId w:val=\"9004\"/></w:numPr><w:ind w:left=\"360\" w:hanging=\"360\"/></w:pPr>" RUN("seven"));
    assert_has(part("/word/numbering.xml"), "<w:num w:numId=\"9004\"><w:abstractNumId w:val=\"9002\"/><w:lvlOverride w:ilvl=\"0\">"
                                            "<w:startOverride w:val=\"7\"/>");
    assert_has(part("/word/numbering.xml"), "<w:num w:numId=\"9002\"><w:abstractNumId w:val=\"9002\"/></w:num>");
    assert_has(part("/word/styles.xml"), "<w:name w:val=\"List Bullet 2\"/><w:basedOn w:val=\"ListParagraph\"/><w:uiPriority w:val=\"39\"/>"
                                         "<w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"9001\"/></w:numPr></w:pPr>");
    assert_has(part("/word/styles.xml"), "<w:numPr><w:ilvl w:val=\"4\"/><w:numId w:val=\"9002\"/></w:numPr></w:pPr>");
}

static void test_lists_deeper_than_word_knows(void **state)
{
    (void)state;
    struct pm_node *parent = doc->root;
    for (int i = 0; i < 40; i++)
        parent = add(add_list(parent, true, 1), PM_ITEM);
    add_paragraph(parent, "deep");
    const char *xml = body();
    assert_has(xml, "<w:ilvl w:val=\"8\"/>");
    assert_lacks(xml, "<w:ilvl w:val=\"9\"/>");
    assert_has(xml, RUN("deep"));
}

static void test_tasks_have_boxes(void **state)
{
    (void)state;
    struct pm_node *task = add(add_list(doc->root, false, 0), PM_TASK);
    task->as.task.done = true;
    task->as.task.assignee = PM_LIT("Ada");
    add_paragraph(task, "it");
    const char *xml = body();
    assert_has(xml, "<w14:checkbox><w14:checked w14:val=\"1\"/>");
    assert_has(xml, "<w:t>\342\230\221</w:t></w:r></w:sdtContent></w:sdt><w:r><w:tab/></w:r>" RUN("it"));
    assert_has(xml, RUN("Ada"));
    assert_lacks(xml, "<w:numPr>");
}

/* ---- tables ---- */

static void test_a_table(void **state)
{
    (void)state;
    struct pm_node *table = small_table(), *group = pm_add_row(doc, table, false, nowhere), *row = pm_add_row(doc, table, false, nowhere);
    group->as.row.group = true;
    add_cell(group, "Monday");
    row->as.row.strong = true;
    add_cell(row, "T1");
    const char *xml = body();
    assert_has(xml, "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    assert_has(xml, "<w:gridSpan w:val=\"2\"/><w:shd ");
    assert_has(xml, "<w:tcBorders><w:left ");
    assert_has(xml, "<w:jc w:val=\"right\"/></w:pPr>" RUN("Due"));
    assert_int_equal(count(xml, "<w:tc>"), 5);          /* the missing one is there */
    assert_int_equal(count(xml, "<w:tblHeader/>"), 1);
    assert_has(xml, "<w:tblCaption w:val=\"A &amp; B\"/><w:tblDescription w:val=\"ID, Due\"/>");
    assert_has(xml, "</w:tbl><w:p>");                   /* a paragraph follows */
}

/* The columns fill the text's width, whatever is in them. */
static void test_columns_fill_the_width(void **state)
{
    (void)state;
    struct pm_node *table = small_table();
    for (int i = 0; i < 3; i++) {
        struct pm_node *row = pm_add_row(doc, table, false, nowhere);
        add_cell(row, i == 1 ? "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW" : "x");
        add_cell(row, i == 2 ? "many words that go on and on and on and on and on and on and on and on and on and on and on and on" : "y");
    }
    const char *grid = strstr(body(), "<w:tblGrid>");
    int a = 0, b = 0;
    assert_int_equal(sscanf(grid, "<w:tblGrid><w:gridCol w:w=\"%d\"/><w:gridCol w:w=\"%d\"/></w:tblGrid>", &a, &b), 2);
    assert_true(a > 500 && b > 500);
    assert_int_equal(a + b, (int)(theme.paper_width * 20 + 0.5) - 2 * (int)(theme.margin_left * 20 + 0.5));
}

/* Word opens 63 columns. */
static void test_more_columns_than_word_has(void **state)
{
    (void)state;
    struct pm_node *table = small_table(), *row = pm_add_row(doc, table, false, nowhere);
    for (int i = 0; i < 65; i++)
        add_cell(row, i < 64 ? "x" : "last");
    const char *xml = body();
    assert_int_equal(count(xml, "<w:gridCol "), 63);
    assert_int_equal(count(xml, "<w:tc>"), 2 * 63);
    assert_has(xml, RUN("last") "</w:p></w:tc></w:tr>");
}

/* What explains a figure, and details, stay with what they belong to; so does a heading with a table. */
static void test_what_stays_together(void **state)
{
    (void)state;
    add_paragraph(doc->root, "text");
    add_paragraph(doc->root, "details")->as.paragraph.minor = true;
    add(doc->root, PM_PAGE_BREAK);
    small_table();
    const char *xml = body();
    assert_has(xml, "<w:p><w:pPr><w:keepNext/></w:pPr><w:bookmarkStart");
    assert_has(xml, "<w:pStyle w:val=\"PmMinor\"/></w:pPr>");
    assert_has(xml, "<w:pStyle w:val=\"PmSpacer\"/><w:keepNext/>");
}

static void test_more_cells_than_columns(void **state)
{
    (void)state;
    struct pm_node *table = small_table(), *row = pm_add_row(doc, table, false, nowhere);
    for (int i = 0; i < 4; i++)
        add_cell(row, "x");
    const char *xml = body();
    assert_int_equal(count(xml, "<w:gridCol "), 4);
    assert_int_equal(count(xml, "<w:tc>"), 8);
}

static void test_blocks_in_cells_end_with_a_paragraph(void **state)
{
    (void)state;
    struct pm_node *table = small_table(), *row = pm_add_row(doc, table, false, nowhere), *cell = add_cell(row, ""),
                   *empty = add_cell(row, "");
    cell->as.cell.blocks = empty->as.cell.blocks = true;
    struct pm_node *inner = pm_add_table(doc, cell, NULL, 0, nowhere);
    add_cell(pm_add_row(doc, inner, false, nowhere), "inner");
    const char *xml = body();
    assert_has(xml, RUN("inner") "</w:p></w:tc></w:tr></w:tbl><w:p>");
    assert_int_equal(count(xml, "</w:p></w:tc>"), count(xml, "</w:tc>"));
}

static void test_two_tables_in_a_row_stay_two(void **state)
{
    (void)state;
    small_table();
    small_table();
    add(pm_add_table(doc, doc->root, NULL, 0, nowhere), PM_ROW);
    pm_add_table(doc, doc->root, NULL, 0, nowhere);      /* without rows: nothing */
    const char *xml = body();
    assert_lacks(xml, "</w:tbl><w:tbl>");
    assert_int_equal(count(xml, "<w:tbl>"), 3);
}

/* ---- other blocks ---- */

static void test_cover(void **state)
{
    (void)state;
    struct pm_node *cover = add(doc->root, PM_COVER), *facts, *metric;
    pm_add_text(doc, add(cover, PM_TITLE), PM_LIT("Title"), nowhere);
    pm_add_status(doc, add(cover, PM_BADGES), PM_LIT("SEV1"), PM_TONE_DANGER, nowhere);
    facts = add(cover, PM_FACTS);
    for (int i = 0; i < 3; i++) {
        struct pm_node *fact = add(facts, PM_FACT);
        fact->text = PM_LIT("Owner");
        pm_add_text(doc, fact,
                    i == 1 ? PM_LIT("a value that is far too long to stand beside another one on the same line of the page")
                           : PM_LIT("Ada"),
                    nowhere);
    }
    metric = add(add(cover, PM_METRICS), PM_METRIC);
    metric->text = PM_LIT("Time to detect");
    metric->as.metric.value = PM_LIT("3 min");
    const char *xml = body();
    assert_has(xml, "<w:pStyle w:val=\"Title\"/></w:pPr><w:bookmarkStart");
    assert_has(xml, "<w:gridSpan w:val=\"3\"/>");
    assert_int_equal(count(xml, "<w:tr>"), 4);
    assert_int_equal(count(xml, "<w:tr>"), count(xml, "</w:tr>"));
    assert_has(xml, "3 min");
    assert_has(xml, RUN("Time to detect"));
}

static void test_panel_quote_and_code(void **state)
{
    (void)state;
    struct pm_node *panel = add(doc->root, PM_PANEL);
    panel->as.tone.tone = PM_TONE_WARNING;
    add_paragraph(panel, "inside");
    add_paragraph(add(doc->root, PM_QUOTE), "said");
    add(doc->root, PM_CODE_BLOCK)->text = PM_LIT("a\tb\n\n  c\n");
    const char *xml = body();
    assert_has(xml, "<w:rStyle w:val=\"PmInkWarning\"/></w:rPr><w:t xml:space=\"preserve\">Warning</w:t>");
    assert_has(xml, "<w:pStyle w:val=\"PmPanelText\"/></w:pPr>" RUN("inside"));
    assert_has(xml, "<w:pStyle w:val=\"Quote\"/>");
    assert_has(
        xml,
        "<w:pStyle w:val=\"PmCode\"/><w:keepLines/></w:pPr><w:r><w:t xml:space=\"preserve\">a</w:t><w:tab/><w:t xml:space=\"preserve\">b"
        "</w:t></w:r><w:r><w:br/></w:r><w:r><w:br/></w:r>" RUN("  c") "</w:p>");
}

static void test_page_breaks_are_properties(void **state)
{
    (void)state;
    add(doc->root, PM_PAGE_BREAK);
    add_paragraph(doc->root, "next");
    add(doc->root, PM_PAGE_BREAK);
    small_table();
    const char *xml = body();
    assert_int_equal(count(xml, "<w:pageBreakBefore/>"), 2);
    assert_has(xml, "<w:pageBreakBefore/></w:pPr></w:p><w:tbl>");
}

static void test_contents(void **state)
{
    (void)state;
    add(doc->root, PM_TOC);
    for (int i = 0; i < 6; i++) {
        struct pm_node *section = pm_add_section(doc, doc->root, PM_LIT("Sec & tion"), (struct pm_str){NULL, 0}, nowhere);
        for (int k = 0; k < 20; k++)
            add_paragraph(section, "text");
    }
    const char *xml = body();
    assert_has(xml, "<w:docPartGallery w:val=\"Table of Contents\"/>");
    assert_has(xml, " TOC \\o \"1-3\" \\h \\z ");
    assert_has(xml, "<w:hyperlink w:anchor=\"_Toc900000006\" w:history=\"1\">" RUN("Sec &amp; tion"));
    assert_has(xml, "w:name=\"_Toc900000006\"/>");
    assert_int_equal(count(xml, "fldCharType"), 3);
    assert_lacks(xml, "w:dirty");
}

static void test_short_documents_have_no_contents(void **state)
{
    (void)state;
    add(doc->root, PM_TOC);
    for (int i = 0; i < 8; i++)
        add_paragraph(pm_add_section(doc, doc->root, PM_LIT("One"), (struct pm_str){NULL, 0}, nowhere), "text");
    assert_lacks(body(), "docPartGallery");
}

/* ---- the logo ---- */

static void test_pictures_are_measured(void **state)
{
    static const char png[] = "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\1\x2C\0\0\0\x64\x08\2\0\0\0....";
    static const char jpeg[] = "\xFF\xD8\xFF\xE0\0\4ab\xFF\xFF\xC4\0\3x\xFF\xC2\0\x11\x08\0\x64\1\x2C....";
    static const struct pm_str bad[] = {{"", 0}, {png, 20}, {jpeg, 9}, {"\xFF\xD8\xFF\xE0\0\0\0\0\0\0\0\0\0\0", 14}, {"GIF89a", 6}};
    struct pm_logo logo;
    (void)state;
    assert_true(pm_logo_measure((struct pm_str){png, sizeof png - 1}, &logo));
    assert_string_equal(logo.type, "png");
    assert_true(logo.width == 300 && logo.height == 100);
    assert_true(pm_logo_measure((struct pm_str){jpeg, sizeof jpeg - 1}, &logo));
    assert_string_equal(logo.type, "jpeg");
    assert_true(logo.width == 300 && logo.height == 100);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(pm_logo_measure(bad[i], &logo));
}

static void test_a_logo_that_cannot_be_read_is_told(void **state)
{
    (void)state;
    theme.logo = PM_LIT("/no/such/logo.png");
    add_paragraph(doc->root, "text");
    body();
    assert_int_equal(diags.count[PM_WARNING], 1);
    assert_null(pm_opc_find(opc, PM_LIT("/word/header1.xml")));
}

/* ---- the file ---- */

static void test_running_heads(void **state)
{
    (void)state;
    doc->header = PM_LIT("INC-1 <x>");
    doc->footer = PM_LIT("Internal");
    doc->words.page_of = PM_LIT("%s of %s pages");
    body();
    assert_has(part("/word/header1.xml"), RUN("INC-1 &lt;x&gt;"));
    const char *footer = part("/word/footer1.xml");
    assert_has(footer, RUN("Internal") "<w:r><w:tab/></w:r>");
    assert_has(footer, "> PAGE <");
    assert_has(footer, "> NUMPAGES <");
    assert_has(footer, RUN(" of ") "<w:r><w:fldChar");
    assert_has(footer, RUN(" pages"));
}

/* The title says what the header would. */
static void test_the_first_page(void **state)
{
    (void)state;
    doc->header = PM_LIT("INC-1");
    doc->footer = PM_LIT("Internal");
    body();
    assert_has(part("/word/document.xml"), "<w:sectPr><w:headerReference w:type=\"first\"");
    assert_has(part("/word/document.xml"), "<w:titlePg/></w:sectPr></w:body>");
    assert_has(part("/word/headerFirst1.xml"), "><w:p><w:pPr><w:pStyle w:val=\"PmBand\"/></w:pPr></w:p></w:hdr>");
    assert_string_equal(part("/word/footerFirst1.xml"), part("/word/footer1.xml"));
}

static void test_properties(void **state)
{
    (void)state;
    doc->author = PM_LIT("Ada");
    doc->lang = PM_LIT("de");
    doc->instant = 0;
    body();
    assert_has(part("/docProps/core.xml"), "<dc:title>A &amp; B</dc:title><dc:creator>Ada</dc:creator><dc:language>de</dc:language>"
                                           "<dcterms:created xsi:type=\"dcterms:W3CDTF\">1970-01-01T00:00:00Z</dcterms:created>");
    assert_has(part("/docProps/custom.xml"), "pid=\"2\" name=\"pm.id\"><vt:lpwstr>INC-1</vt:lpwstr>");
    assert_has(part("/docProps/custom.xml"), "pid=\"4\" name=\"pm.schema\"><vt:lpwstr>1<");
    assert_has(part("/word/styles.xml"), "<w:lang w:val=\"de-DE\"");
    assert_has(part("/customXml/item1.xml"), "sha256=\"aaaa");
    assert_has(part("/customXml/item1.xml"), "<pm:yaml><![CDATA[id: INC-1\n]]></pm:yaml>");
    assert_has(part("/customXml/itemProps1.xml"), "ds:itemID=\"{00000001-AAAA-AAAA-AAAA-AAAAAAAAAAAA}\"");
}

/* What a reader of XML would change is written in base64. */
static void test_sources_that_xml_would_change(void **state)
{
    static const struct { struct pm_str source; const char *wanted; } cases[] = {
        {{"a: 1\r\n", 6}, "YTogMQ0K"}, {{"a\001b", 3}, "YQFi"}, {{"\357\277\277\n", 4}, "77+/Cg=="}, {{"x\r", 2}, "eA0="}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        doc->source = cases[i].source;
        assert_int_equal(pm_docx_add(docx, doc, &diags), PM_OK);
    }
    write_file();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pm_str name = pm_arena_format(&arena, "/customXml/item%zu.xml", i + 1);
        struct pm_str wanted = pm_arena_format(&arena, "<pm:yaml encoding=\"base64\">%s</pm:yaml>", cases[i].wanted);
        assert_has(part(name.p), wanted.p);
    }
}

static void test_several_documents(void **state)
{
    (void)state;
    doc->words.contents = PM_LIT("Contents");
    doc->header = PM_LIT("same");
    add_with_path(add_paragraph(doc->root, "text"), "summary");
    pm_add_section(doc, doc->root, PM_LIT("There"), PM_LIT("there"), nowhere);
    assert_int_equal(pm_docx_add(docx, doc, &diags), PM_OK);
    doc->lang = PM_LIT("fr");
    const char *xml = body();
    assert_int_equal(count(xml, "<w:sectPr>"), 2);       /* of the list in front and of the first; the last is not in it */
    assert_int_equal(count(xml, "<w:hyperlink w:anchor=\"pm___"), 2);
    assert_int_equal(count(xml, "w:name=\"pm_summary\""), 1);
    assert_int_equal(count(xml, "w:name=\"pm_summary__"), 1);
    assert_int_equal(count(xml, "w:name=\"_Toc900000002\""), 1);
    assert_has(xml, "<w:lang w:val=\"fr-FR\"/>");
    assert_null(pm_opc_find(opc, PM_LIT("/word/header2.xml")));
    assert_has(part("/docProps/custom.xml"), "name=\"pm.id.2\"");
    part("/customXml/item2.xml");
}

static void test_what_xml_forbids_is_told(void **state)
{
    (void)state;
    add_paragraph(doc->root, "a\001b");
    assert_has(body(), RUN("a\357\277\275b"));
    assert_int_equal(diags.count[PM_WARNING], 1);
}

static void test_an_empty_document(void **state)
{
    (void)state;
    assert_string_equal(body(), "");
    part("/word/theme/theme1.xml");
    part("/word/settings.xml");
    part("/word/fontTable.xml");
    part("/docProps/app.xml");
}

static void test_the_same_twice(void **state)
{
    struct pm_buf one, two;
    (void)state;
    add_with_path(add_paragraph(doc->root, "text"), "summary");
    assert_int_equal(pm_docx_add(docx, doc, &diags), PM_OK);
    pm_buf_init(&one, PM_MAX_OUTPUT);
    pm_buf_init(&two, PM_MAX_OUTPUT);
    assert_int_equal(pm_docx_write(docx, NULL, &one), PM_OK);
    assert_int_equal(pm_docx_write(docx, NULL, &two), PM_OK);
    assert_int_equal(one.len, two.len);
    assert_memory_equal(one.data, two.data, one.len);
    pm_buf_free(&one);
    pm_buf_free(&two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_paragraph),
        TEST(test_inlines_nest),
        TEST(test_links),
        TEST(test_hosts_of_other_scripts),
        TEST(test_addresses_that_are_none_are_text),
        TEST(test_text_from_right_to_left),
        TEST(test_a_language_from_right_to_left),
        TEST(test_directions),
        TEST(test_lists_have_numberings_of_their_own),
        TEST(test_lists_deeper_than_word_knows),
        TEST(test_tasks_have_boxes),
        TEST(test_a_table),
        TEST(test_columns_fill_the_width),
        TEST(test_more_cells_than_columns),
        TEST(test_more_columns_than_word_has),
        TEST(test_what_stays_together),
        TEST(test_blocks_in_cells_end_with_a_paragraph),
        TEST(test_two_tables_in_a_row_stay_two),
        TEST(test_cover),
        TEST(test_panel_quote_and_code),
        TEST(test_page_breaks_are_properties),
        TEST(test_contents),
        TEST(test_short_documents_have_no_contents),
        TEST(test_pictures_are_measured),
        TEST(test_a_logo_that_cannot_be_read_is_told),
        TEST(test_running_heads),
        TEST(test_the_first_page),
        TEST(test_properties),
        TEST(test_sources_that_xml_would_change),
        TEST(test_several_documents),
        TEST(test_what_xml_forbids_is_told),
        TEST(test_an_empty_document),
        TEST(test_the_same_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
