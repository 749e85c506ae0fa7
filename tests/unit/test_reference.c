#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "package/xml_tree.h"
#include "render/docx/reference.h"

#define W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define TYPES "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/relationships/metadata/"
#define PAGE "<w:sectPr><w:pgSz w:w=\"12240\" w:h=\"15840\"/><w:pgMar w:top=\"-1440\" w:right=\"720\" w:bottom=\"1440\" w:left=\"1080\" " \
    "w:header=\"1\" w:footer=\"1\" w:gutter=\"360\"/></w:sectPr>"
#define DOCUMENT(body) "<w:document " W "><w:body>" body PAGE "</w:body></w:document>"
#define P(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define OURS \
    "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"9001\"/></w:numPr></w:pPr>" \
    "<w:bookmarkStart w:id=\"9001\" w:name=\"pm_a\"/><w:hyperlink r:id=\"pmId1\"><w:r><w:t>Report " \
    "r:id=\"pmId1\"</w:t></w:r></w:hyperlink>" \
    "<w:bookmarkEnd w:id=\"9001\"/></w:p>"

static struct pm_arena arena;
static struct pm_diags diags;
static struct pm_buf out;
static struct pm_reference *reference;

static int set_up(void **state)
{
    (void)state;
    pm_arena_init(&arena);
    pm_diags_init(&diags, "brand.docx");
    pm_buf_init(&out, 64 << 20);
    reference = NULL;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    pm_reference_free(reference);
    pm_buf_free(&out);
    pm_diags_free(&diags);
    pm_arena_free(&arena);
    return 0;
}

/* ---- packages ---- */

static struct pm_part *add(struct pm_opc *opc, struct pm_part *source, const char *name, const char *type, const char *relation,
                           const char *bytes)
{
    struct pm_part *part = pm_opc_add(opc, pm_str(name), pm_str(type), pm_str(bytes));
    pm_opc_relate(opc, source, pm_str(relation), pm_str(name), false);
    return part;
}

static struct pm_opc *package(const char *document, const char *styles, const char *numbering)
{
    struct pm_opc *opc = pm_opc_new(&arena);
    struct pm_part *part = add(opc, &opc->root, "/word/document.xml", TYPES "document.main+xml", RELATIONS "officeDocument", document);
    if (styles)
        add(opc, part, "/word/styles.xml", TYPES "styles+xml", RELATIONS "styles", styles);
    if (numbering)
        add(opc, part, "/word/numbering.xml", TYPES "numbering+xml", RELATIONS "numbering", numbering);
    return opc;
}

static enum pm_status try_package(const struct pm_opc *opc)
{
    pm_buf_clear(&out);
    assert_int_equal(pm_opc_write(opc, &out), PM_OK);
    enum pm_status status = pm_reference_read(pm_buf_slice(&out), &diags, &reference);
    pm_buf_clear(&out);
    return status;
}

static void read_package(const struct pm_opc *opc)
{
    assert_int_equal(try_package(opc), PM_OK);
    assert_int_equal(diags.count[PM_ERROR], 0);
}

static struct pm_docx_parts ours(void)
{
    static const char styles[] =
        "<w:styles " W "><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>"
        "<w:style w:type=\"paragraph\" w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"Normal\"/></w:style>"
        "<w:style w:type=\"paragraph\" w:styleId=\"PmCode\"><w:name w:val=\"pm code\"/><w:basedOn w:val=\"Normal\"/>"
        "<w:link w:val=\"Heading1\"/></w:style></w:styles>";
    static const char numbering[] =
        "<w:numbering " W "><w:abstractNum w:abstractNumId=\"9001\"/><w:num w:numId=\"9001\"><w:abstractNumId w:val=\"9001\"/></w:num>"
        "</w:numbering>";
    static const char properties[] = "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" "
                                     "xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\"><property "
                                     "fmtid=\"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}\" pid=\"2\" name=\"pm.id\"><vt:lpwstr>INC-1 &amp; "
                                     "more</vt:lpwstr></property></Properties>";
    struct pm_opc *opc = package("<unused/>", styles, numbering);
    struct pm_docx_parts parts = {.opc = opc, .document = opc->first, .body = PM_LIT(OURS)};
    add(opc, &opc->root, "/docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        RELATIONS "custom-properties", properties);
    add(opc, &opc->root, "/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml", PACKAGE "core-properties",
        "<core/>");
    struct pm_part *item = pm_opc_add(opc, PM_LIT("/customXml/item1.xml"), PM_LIT("application/xml"), PM_LIT("<source/>"));
    add(opc, item, "/customXml/itemProps1.xml", "application/props+xml", RELATIONS "customXmlProps", "<props/>");
    pm_opc_relate_as(opc, parts.document, PM_LIT("pmId1"), PM_LIT(RELATIONS "hyperlink"), PM_LIT("https://example.org/"), true);
    pm_opc_relate_as(opc, parts.document, PM_LIT("pmId2"), PM_LIT(RELATIONS "customXml"), PM_LIT("../customXml/item1.xml"), false);
    return parts;
}

static struct pm_opc *merged(void)
{
    struct pm_docx_parts parts = ours();
    struct pm_opc *opc;
    pm_buf_clear(&out);
    assert_int_equal(pm_reference_merge(reference, &parts, &out), PM_OK);
    assert_int_equal(pm_opc_read(pm_buf_slice(&out), &arena, &opc, NULL), PM_OK);
    return opc;
}

static const char *text_of(const struct pm_opc *opc, const char *name)
{
    const struct pm_part *part = pm_opc_find(opc, pm_str(name));
    assert_non_null(part);
    struct pm_xml_node *root;
    assert_int_equal(pm_xml_tree_read(part->bytes, &arena, &root, NULL), PM_OK);
    return part->bytes.p;   /* of the arena, so it ends with NUL */
}

static void assert_has(const char *text, const char *wanted)
{
    if (!strstr(text, wanted))
        fail_msg("%s\nis not in\n%s", wanted, text);
}

static void assert_has_not(const char *text, const char *unwanted)
{
    if (strstr(text, unwanted))
        fail_msg("%s\nis in\n%s", unwanted, text);
}

static const char *document_with(const char *document)
{
    pm_reference_free(reference);
    reference = NULL;
    read_package(package(document, NULL, NULL));
    return text_of(merged(), "/word/document.xml");
}

/* ---- where the report stands ---- */

static void the_report_stands_in_place_of_the_paragraph(void **state)
{
    (void)state;
    const char *text = document_with(DOCUMENT(P("Cover") P("{{body}}") P("Disclaimer")));
    assert_has(text, P("Cover") OURS P("Disclaimer") "<w:sectPr>");
    assert_has_not(text, "{{body}}");
}

static void runs_may_be_cut(void **state)
{
    (void)state;
    const char *text = document_with(DOCUMENT("<w:p><w:pPr/><w:r><w:t xml:space=\"preserve\"> {{</w:t></w:r><w:proofErr "
                                              "w:type=\"spellStart\"/><w:ins w:id=\"1\"><w:r><w:t>bo</w:t></w:r></w:ins>"
                                              "<w:r><w:t>dy</w:t><w:t>}}</w:t></w:r></w:p>" P("End")));
    assert_has(text, "<w:body>" OURS P("End"));
}

static void other_text_is_no_place(void **state)
{
    (void)state;
    static const char *const documents[] = {
        DOCUMENT(P("Here: {{body}}")), DOCUMENT(P("{{body}")), DOCUMENT(P("{{body}}}")), DOCUMENT(P("{{body}}{{body}}")),
        DOCUMENT("<w:p><w:del><w:r><w:delText>{{body}}</w:delText></w:r></w:del><w:r><w:t>kept</w:t></w:r></w:p>"),
        DOCUMENT("<w:p><w:r><w:pict><w:txbxContent>" P("{{body}}") "</w:txbxContent></w:pict></w:r></w:p>")};
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        const char *text = document_with(documents[i]);
        assert_has(text, "</w:p>" OURS "<w:sectPr>");
        assert_true(strstr(text, "{{body}") || strstr(text, "kept"));
    }
}

static void without_a_place_the_report_comes_last(void **state)
{
    (void)state;
    assert_has(document_with(DOCUMENT(P("Cover"))), "<w:body>" P("Cover") OURS "<w:sectPr>");
    assert_has(document_with(DOCUMENT(P("Cover") "<w:p><w:pPr/></w:p>")), P("Cover") OURS "<w:sectPr>");
    assert_has(document_with(DOCUMENT("")), "<w:body>" OURS "<w:sectPr>");
    assert_has(document_with("<w:document " W "><w:body/></w:document>"), "<w:body>" OURS "</w:body>");
}

static void a_section_that_ends_there_still_ends(void **state)
{
    (void)state;
    const char *text =
        document_with(DOCUMENT("<w:p><w:pPr><w:sectPr><w:pgSz w:w=\"8391\" w:h=\"11906\"/></w:sectPr></w:pPr><w:r><w:t>{{body}}</w:t>"
                               "</w:r></w:p>" P("Back")));
    assert_has(text, OURS "<w:p><w:pPr><w:sectPr><w:pgSz w:w=\"8391\" w:h=\"11906\"/></w:sectPr></w:pPr></w:p>" P("Back"));
}

static void a_control_around_it_goes_with_it(void **state)
{
    (void)state;
    const char *control = DOCUMENT("<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>" P("{{body}}") "</w:sdtContent></w:sdt>");
    assert_has(document_with(control), "<w:body>" OURS "<w:sectPr>");
    const char *several = DOCUMENT("<w:sdt><w:sdtContent>" P("Intro") P("{{body}}") "</w:sdtContent></w:sdt>");
    assert_has(document_with(several), "<w:sdtContent>" P("Intro") OURS "</w:sdtContent>");
}

static void a_cell_ends_with_a_paragraph(void **state)
{
    (void)state;
    const char *text = document_with(DOCUMENT("<w:tbl><w:tr><w:tc><w:tcPr><w:tcW w:w=\"4000\" w:type=\"dxa\"/></w:tcPr>" P("{{body}}")
                                              "</w:tc></w:tr></w:tbl>" P("")));
    assert_has(text, OURS "</w:tc>");
    struct pm_docx_parts parts = ours();
    parts.body = PM_LIT("<w:tbl/>");
    pm_buf_clear(&out);
    struct pm_opc *opc;
    assert_int_equal(pm_reference_merge(reference, &parts, &out), PM_OK);
    assert_int_equal(pm_opc_read(pm_buf_slice(&out), &arena, &opc, NULL), PM_OK);
    assert_has(text_of(opc, "/word/document.xml"), "<w:tbl/><w:p/></w:tc>");
}

static void bookmarks_of_the_place_stay(void **state)
{
    (void)state;
    const char *text = document_with(DOCUMENT("<w:p><w:bookmarkStart w:id=\"3\" w:name=\"a\"/><w:r><w:t>{{body}}</w:t></w:r></w:p>"
                                              "<w:p><w:bookmarkEnd w:id=\"3\"/></w:p>"));
    assert_has(text, "<w:body><w:bookmarkStart w:id=\"3\" w:name=\"a\"/>" OURS);
}

/* ---- prefixes ---- */

static void prefixes_are_declared(void **state)
{
    (void)state;
    const char *text = document_with(DOCUMENT(P("{{body}}")));
    assert_has(text, "xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\"");
    assert_has(text, "mc:Ignorable=\"w14 w15\"");
}

static void a_prefix_of_another_meaning_is_renamed(void **state)
{
    (void)state;
    const char *text = document_with(
        "<x:document xmlns:x=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:w=\"urn:other\" "
        "xmlns:m=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:w14=\"urn:older\" m:Ignorable=\"w w14\"><x:body>"
        "<x:p w:a=\"1\"><x:r><x:t>kept</x:t></x:r></x:p><x:p><x:r><x:t>{{body}}</x:t></x:r></x:p></x:body></x:document>");
    assert_has(text, "<x:p theirs1:a=\"1\">");
    assert_has(text, "xmlns:theirs1=\"urn:other\"");
    assert_has(text, "m:Ignorable=\"theirs1 theirs2 w14 w15\"");
    assert_has(text, OURS "</x:body>");
}

/* ---- styles and numbering ---- */

#define STYLE(type, id, name) "<w:style w:type=\"" type "\" w:styleId=\"" id "\"><w:name w:val=\"" name "\"/></w:style>"

static struct pm_opc *merged_with(const char *styles, const char *numbering)
{
    pm_reference_free(reference);
    reference = NULL;
    read_package(package(DOCUMENT(P("{{body}}")), styles, numbering));
    return merged();
}

static void their_styles_win(void **state)
{
    (void)state;
    struct pm_opc *opc = merged_with(
        "<w:styles " W ">" STYLE("paragraph", "Standard", "Normal") STYLE("paragraph", "berschrift1", "Heading 1") "</w:styles>", NULL);
    const char *styles = text_of(opc, "/word/styles.xml"), *document = text_of(opc, "/word/document.xml");
    assert_has(styles, STYLE("paragraph", "berschrift1", "Heading 1") "<w:style w:type=\"paragraph\" w:styleId=\"PmCode\">");
    assert_has(styles, "<w:basedOn w:val=\"Standard\"/></w:style></w:styles>");   /* and no link to a style that is theirs */
    assert_has(document, "<w:pStyle w:val=\"berschrift1\"/>");
}

static void a_style_of_the_same_id_is_the_same(void **state)
{
    (void)state;
    struct pm_opc *opc = merged_with("<w:styles " W ">" STYLE("paragraph", "Heading1", "Titre 1") "</w:styles>", NULL);
    assert_has(text_of(opc, "/word/document.xml"), "<w:pStyle w:val=\"Heading1\"/>");
    assert_has_not(text_of(opc, "/word/styles.xml"), "heading 1");
}

static void a_style_of_another_type_is_another(void **state)
{
    (void)state;
    struct pm_opc *opc = merged_with("<w:styles " W ">" STYLE("character", "Heading1", "heading 1") "</w:styles>", NULL);
    assert_has(text_of(opc, "/word/document.xml"), "<w:pStyle w:val=\"Heading12\"/>");
    assert_has(text_of(opc, "/word/styles.xml"), "w:styleId=\"Heading12\"><w:name w:val=\"heading 1 2\"/>");
}

static void our_default_is_their_default(void **state)
{
    (void)state;
    struct pm_opc *opc =
        merged_with("<w:styles " W "><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Text\"><w:name w:val=\"Text\"/></w:style>"
                    "</w:styles>",
                    NULL);
    assert_has(text_of(opc, "/word/styles.xml"), "<w:name w:val=\"heading 1\"/><w:basedOn w:val=\"Text\"/>");
}

static void numbering_keeps_its_order(void **state)
{
    (void)state;
    const char *text = text_of(merged_with(NULL, "<w:numbering " W "><w:abstractNum w:abstractNumId=\"1\"/><w:num w:numId=\"2\"/>"
                                           "<w:numIdMacAtCleanup w:val=\"1\"/></w:numbering>"), "/word/numbering.xml");
    assert_has(
        text,
        "<w:abstractNum w:abstractNumId=\"1\"/><w:abstractNum w:abstractNumId=\"9001\"/><w:num w:numId=\"2\"/><w:num w:numId=\"9001\">"
        "<w:abstractNumId w:val=\"9001\"/></w:num><w:numIdMacAtCleanup w:val=\"1\"/>");
}

static void numbers_in_use_are_not_used_again(void **state)
{
    (void)state;
    struct pm_opc *opc =
        merged_with(NULL, "<w:numbering " W "><w:abstractNum w:abstractNumId=\"9001\"/><w:num w:numId=\"9003\"/></w:numbering>");
    assert_has(text_of(opc, "/word/numbering.xml"), "<w:num w:numId=\"9003\"/><w:num w:numId=\"9004\"><w:abstractNumId w:val=\"9004\"/>");
    assert_has(text_of(opc, "/word/document.xml"), "<w:numId w:val=\"9004\"/>");
}

static void what_they_lack_is_ours(void **state)
{
    (void)state;
    struct pm_opc *opc = merged_with(NULL, NULL);
    assert_has(text_of(opc, "/word/styles.xml"), "PmCode");
    assert_has(text_of(opc, "/word/numbering.xml"), "9001");
    const struct pm_part *document = pm_opc_find(opc, PM_LIT("/word/document.xml"));
    assert_non_null(pm_opc_target(opc, document, pm_opc_relation(document, "/styles")));
    assert_non_null(pm_opc_target(opc, document, pm_opc_relation(document, "/numbering")));
}

/* ---- parts ---- */

static void our_parts_are_carried(void **state)
{
    (void)state;
    struct pm_opc *brand = package(DOCUMENT(P("{{body}}")), NULL, NULL);
    struct pm_part *item = add(brand, brand->first, "/customXml/item1.xml", "application/xml", RELATIONS "customXml", "<theirs/>");
    add(brand, item, "/customXml/itemProps1.xml", "application/props+xml", RELATIONS "customXmlProps", "<p/>");
    read_package(brand);
    struct pm_opc *opc = merged();
    const struct pm_part *document = pm_opc_find(opc, PM_LIT("/word/document.xml"));
    assert_has(text_of(opc, "/customXml/item1.xml"), "<theirs/>");
    const struct pm_part *source = pm_opc_find(opc, PM_LIT("/customXml/item2.xml"));
    assert_non_null(source);
    assert_string_equal(source->bytes.p, "<source/>");
    assert_string_equal(source->relations->target.p, "itemProps2.xml");
    const struct pm_relationship *first = pm_opc_relation(document, "/customXml");
    const struct pm_relationship second = {.target = PM_LIT("../customXml/item2.xml")};
    assert_string_equal(pm_opc_target(opc, document, first)->name.p, "/customXml/item1.xml");
    assert_ptr_equal(pm_opc_target(opc, document, &second), source);
    assert_has(text_of(opc, "/docProps/custom.xml"), "INC-1 &amp; more");
    assert_has(text_of(opc, "/docProps/core.xml"), "<core/>");
}

static void a_report_can_be_a_reference(void **state)
{
    (void)state;
    struct pm_opc *brand =
        package(DOCUMENT("<w:p><w:bookmarkStart w:id=\"9007\" w:name=\"pm_a\"/><w:bookmarkEnd w:id=\"9007\"/></w:p>"), NULL, NULL);
    add(brand, &brand->root, "/docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        RELATIONS "custom-properties", "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\">"
        "<property pid=\"2\" name=\"pm.id\"/><property pid=\"7\" name=\"theirs\"/></Properties>");
    pm_opc_relate_as(brand, brand->first, PM_LIT("pmId1"), PM_LIT(RELATIONS "hyperlink"), PM_LIT("https://example.net/"), true);
    add(brand, brand->first, "/customXml/item7.xml", "application/xml", RELATIONS "customXml", "<pm:incident xmlns:pm=\"urn:pm:1\"/>");
    read_package(brand);
    struct pm_opc *opc = merged();
    assert_null(pm_opc_find(opc, PM_LIT("/customXml/item7.xml")));
    const char *document = text_of(opc, "/word/document.xml"), *properties = text_of(opc, "/docProps/custom.xml");
    assert_has(document, "<w:bookmarkStart w:id=\"9008\" w:name=\"pm_a\"/><w:hyperlink r:id=\"pmId2\">");
    assert_has(document, "<w:bookmarkStart w:id=\"9007\" w:name=\"_old_");
    assert_has(document, "Report r:id=\"pmId1\"");
    assert_has(properties, "name=\"theirs\"/><property");
    assert_has(properties, "pid=\"8\" name=\"pm.id\"");
    assert_has_not(properties, "pid=\"2\"");
}

static void macros_are_left_out(void **state)
{
    (void)state;
    struct pm_opc *brand = package(DOCUMENT(P("{{body}}")), NULL, NULL);
    brand->first->content_type = PM_LIT("application/vnd.ms-word.template.macroEnabledTemplate.main+xml");
    struct pm_part *macros = add(brand, brand->first, "/word/vbaProject.bin", "application/vnd.ms-office.vbaProject",
                                 "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "x");
    add(brand, macros, "/word/vbaData.xml", "application/vnd.ms-word.vbaData+xml",
        "http://schemas.microsoft.com/office/2006/relationships/wordVbaData", "<v/>");
    read_package(brand);
    assert_int_equal(diags.count[PM_WARNING], 1);
    struct pm_opc *opc = merged();
    assert_null(pm_opc_find(opc, PM_LIT("/word/vbaProject.bin")));
    assert_null(pm_opc_find(opc, PM_LIT("/word/vbaData.xml")));
    assert_string_equal(pm_opc_find(opc, PM_LIT("/word/document.xml"))->content_type.p, TYPES "document.main+xml");
}

static void merging_again_gives_the_same_bytes(void **state)
{
    (void)state;
    read_package(package(DOCUMENT(P("{{body}}")), "<w:styles " W "/>", "<w:numbering " W "/>"));
    struct pm_docx_parts parts = ours();
    struct pm_buf first;
    pm_buf_init(&first, 1 << 20);
    assert_int_equal(pm_reference_merge(reference, &parts, &first), PM_OK);
    assert_int_equal(pm_reference_merge(reference, &parts, &out), PM_OK);
    assert_true(pm_str_eq(pm_buf_slice(&first), pm_buf_slice(&out)));
    pm_buf_free(&first);
}

/* ---- the page ---- */

static struct pm_theme page_of(const char *document)
{
    struct pm_theme theme = {.paper_width = 1, .margin_left = 2};
    pm_reference_free(reference);
    reference = NULL;
    read_package(package(document, NULL, NULL));
    pm_reference_page(reference, &theme);
    return theme;
}

static void the_page_is_that_of_the_section(void **state)
{
    (void)state;
    struct pm_theme theme = page_of(DOCUMENT(P("{{body}}")));
    assert_float_equal((float)theme.paper_width, 612, 0.01);
    assert_float_equal((float)theme.paper_height, 792, 0.01);
    assert_float_equal((float)theme.margin_left, 54 + 18, 0.01);
    assert_float_equal((float)theme.margin_right, 36, 0.01);
    assert_float_equal((float)theme.margin_top, 72, 0.01);
    theme = page_of(
        DOCUMENT(P("{{body}}") "<w:p><w:pPr><w:sectPr><w:pgSz w:w=\"148mm\" w:h=\"21cm\"/><w:pgMar w:left=\"1in\" w:right=\"36pt\"/>"
                               "</w:sectPr></w:pPr></w:p>"));
    assert_float_equal((float)theme.paper_width, 419.53, 0.01);
    assert_float_equal((float)theme.paper_height, 595.28, 0.01);
    assert_float_equal((float)theme.margin_left, 72, 0.01);
    assert_float_equal((float)theme.margin_right, 36, 0.01);
}

static float text_width(const struct pm_theme *theme)
{
    return (float)(theme->paper_width - theme->margin_left - theme->margin_right);
}

static void columns_and_cells_are_narrower(void **state)
{
    (void)state;
    struct pm_theme theme =
        page_of(DOCUMENT(P("{{body}}") "<w:p><w:pPr><w:sectPr><w:pgSz w:w=\"12240\" w:h=\"15840\"/><w:pgMar w:left=\"720\" "
                                       "w:right=\"720\"/><w:cols w:num=\"2\" w:space=\"400\"/></w:sectPr></w:pPr></w:p>"));
    assert_float_equal(text_width(&theme), 260, 0.01);
    theme = page_of(DOCUMENT("<w:tbl><w:tr><w:tc><w:tcPr><w:tcW w:w=\"4000\"/></w:tcPr>" P("{{body}}") "</w:tc></w:tr></w:tbl>"));
    assert_float_equal(text_width(&theme), 189.2, 0.01);
}

static void a_page_that_cannot_be_is_left_alone(void **state)
{
    (void)state;
    static const char *const sizes[] = {"w:w=\"0\" w:h=\"0\"", "w:w=\"x\" w:h=\"100\"", "w:w=\"1e999\" w:h=\"5000\"",
                                        "w:w=\"2800\" w:h=\"5000\""};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct pm_str document =
            pm_arena_format(&arena,
                            "<w:document " W "><w:body><w:sectPr><w:pgSz %s/><w:pgMar w:left=\"1500\" w:right=\"1500\"/>"
                            "</w:sectPr></w:body></w:document>",
                            sizes[i]);
        struct pm_theme theme = page_of(document.p);
        assert_float_equal((float)theme.paper_width, 1, 0);
        assert_float_equal((float)theme.margin_left, 2, 0);
    }
}

/* ---- files that are none ---- */

static void assert_message(const char *wanted)
{
    assert_null(reference);
    assert_int_equal(diags.count[PM_ERROR], 1);
    assert_has(diags.first->text, wanted);
    pm_diags_free(&diags);
    pm_diags_init(&diags, "brand.docx");
}

static void what_cannot_be_used_is_named(void **state)
{
    (void)state;
    assert_int_equal(pm_reference_read(PM_LIT("text"), &diags, &reference), PM_INVALID);
    assert_message("it is no ZIP file, or cut off");
    assert_int_equal(pm_reference_read(PM_LIT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), &diags, &reference), PM_INVALID);
    assert_message("Word 97-2003");
    struct pm_opc *sheet = package("<x/>", NULL, NULL);
    sheet->first->content_type = PM_LIT("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml");
    assert_int_equal(try_package(sheet), PM_INVALID);
    assert_message("it is not a Word document (.docx or .dotx)");
    assert_int_equal(try_package(package("<w:document " W "><w:body></w:document>", NULL, NULL)), PM_INVALID);
    assert_message("its part /word/document.xml is damaged");
    assert_int_equal(try_package(package("<!DOCTYPE x SYSTEM \"file:///etc/passwd\">" DOCUMENT(""), NULL, NULL)), PM_INVALID);
    assert_message("has a DTD");
    assert_int_equal(try_package(package("<w:document xmlns:w=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"/>", NULL, NULL)),
                     PM_INVALID);
    assert_message("Strict Open XML");
    assert_int_equal(try_package(package("<w:document " W "/>", NULL, NULL)), PM_INVALID);
    assert_message("is not the text of a Word document");
    assert_int_equal(try_package(package(DOCUMENT(""), "<w:numbering " W "/>", NULL)), PM_INVALID);
    assert_message("its part /word/styles.xml is not what it should be");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_report_stands_in_place_of_the_paragraph, set_up, tear_down),
        cmocka_unit_test_setup_teardown(runs_may_be_cut, set_up, tear_down),
        cmocka_unit_test_setup_teardown(other_text_is_no_place, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_a_place_the_report_comes_last, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_section_that_ends_there_still_ends, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_control_around_it_goes_with_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_cell_ends_with_a_paragraph, set_up, tear_down),
        cmocka_unit_test_setup_teardown(bookmarks_of_the_place_stay, set_up, tear_down),
        cmocka_unit_test_setup_teardown(prefixes_are_declared, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_prefix_of_another_meaning_is_renamed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(their_styles_win, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_style_of_the_same_id_is_the_same, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_style_of_another_type_is_another, set_up, tear_down),
        cmocka_unit_test_setup_teardown(our_default_is_their_default, set_up, tear_down),
        cmocka_unit_test_setup_teardown(numbering_keeps_its_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(numbers_in_use_are_not_used_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_they_lack_is_ours, set_up, tear_down),
        cmocka_unit_test_setup_teardown(our_parts_are_carried, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_report_can_be_a_reference, set_up, tear_down),
        cmocka_unit_test_setup_teardown(macros_are_left_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(merging_again_gives_the_same_bytes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_page_is_that_of_the_section, set_up, tear_down),
        cmocka_unit_test_setup_teardown(columns_and_cells_are_narrower, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_page_that_cannot_be_is_left_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_used_is_named, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
