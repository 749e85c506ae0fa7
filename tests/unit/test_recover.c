#include "fixture.h"

#include "base/base64.h"
#include "base/sha256.h"
#include "package/zip.h"
#include "recover/recover.h"

#define YAML "id: A-1\ntitle: \"<b> & ]]> -- 'q'\"\n"

static struct pm_sources sources;
static struct pm_buf made;
static char hash[65];

static int begin(void **state)
{
    pm_buf_init(&made, 1 << 24);
    pm_sha256(PM_LIT(YAML), hash);
    return set_up(state);
}

static int end(void **state)
{
    pm_buf_free(&made);
    return tear_down(state);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, begin, end)

static enum pm_status recover(struct pm_str bytes)
{
    return pm_recover(pm_recover_kind(bytes), bytes, &arena, &diags, &sources);
}

static struct pm_str text(const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    struct pm_str s = pm_arena_vformat(&arena, format, ap);
    va_end(ap);
    return s;
}

static void assert_same(struct pm_str got, const char *wanted)
{
    assert_int_equal(got.n, strlen(wanted));
    assert_memory_equal(got.p, wanted, got.n);
}

static void assert_source(const struct pm_source *source, const char *id, const char *wanted)
{
    assert_non_null(source);
    assert_same(source->bytes, wanted);
    assert_same(source->id, id);
    assert_true(source->intact);
}

static void assert_lone(struct pm_str artefact)
{
    assert_int_equal(recover(artefact), PM_OK);
    assert_int_equal(sources.count, 1);
    assert_source(sources.first, "A-1", YAML);
    assert_int_equal(diags.count[PM_ERROR], 0);
}

/* The messages so far have this in them. */
static void assert_said(const char *words)
{
    struct pm_buf b;
    pm_buf_init(&b, 1 << 20);
    pm_diags_format(&diags, false, &b);
    if (!strstr(b.data, words))
        print_error("\"%s\" is not in: %s\n", words, b.data);
    assert_non_null(strstr(b.data, words));
    pm_buf_free(&b);
}

static const char *coded(const char *bytes)
{
    struct pm_buf b;
    pm_buf_init(&b, 1 << 20);
    pm_base64(&b, pm_str(bytes), 0);
    struct pm_str s = pm_arena_str(&arena, pm_buf_slice(&b));
    pm_buf_free(&b);
    return s.p;
}

/* ---- HTML ---- */

static void scripts_of_web_pages_are_sources(void **state)
{
    (void)state;
    assert_lone(text("<!DOCTYPE html><html><script nonce=x type=\"application/yaml\" id=\"source.1\" data-id=\"A-1\" "
                     "data-sha256=\"%s\">" YAML "</script></html>", hash));
    assert_same(sources.first->place, "source.1");
    assert_lone(text("<!DOCTYPE html><SCRIPT TYPE='application/yaml' data-ID=A-1 Data-Encoding=base64 data-sha256=%s>%s\n</Script >", hash,
                     coded(YAML)));
}

static void what_only_looks_like_a_script_is_none(void **state)
{
    (void)state;
    const char *script = "<script type='application/yaml' data-id=A-1 data-sha256=0>x</script>";
    assert_lone(text("<!doctype html><title>%s</title><script data-sha256=%s data-id=A-1 type=application/yaml>" YAML "</script>", script, hash));
    assert_int_equal(recover(text("<!doctype html><!-- %s --><title>%s</title><p title=\"%s\"><textarea>%s</textarea>"
                                  "<script>var s = \"<script type='application/yaml' data-sha256=0>\"</script>",
                                  script, script, script, script)), PM_INVALID);
    assert_said("the HTML page holds no incident");
}

static void references_in_ids_are_resolved(void **state)
{
    (void)state;
    assert_int_equal(recover(text("<!doctype html><script type=application/yaml data-id='a&amp;b&bogus;&' data-sha256=%s>" YAML "</script>",
                                  hash)), PM_OK);
    assert_source(sources.first, "a&b&bogus;&", YAML);
}

/* ---- Markdown ---- */

#define COMMENT "<!-- pmkit-source id=\"A-1\" sha256=\"%s\" encoding=\"%s\"\n%s\n-->\n"

static void comments_of_markdown_are_sources(void **state)
{
    (void)state;
    assert_lone(text("# A\n\nText.\n\n" COMMENT, hash, "plain", YAML));
    assert_lone(text("---\nid: A-1\n---\n\n# A\n\n" COMMENT "\n<!-- other -->\n", hash, "base64", coded(YAML)));
    assert_int_equal(recover(text("# A\n\n" COMMENT COMMENT, hash, "plain", YAML, hash, "plain", YAML)), PM_OK);
    assert_int_equal(sources.count, 2);
}

static void code_that_shows_a_comment_is_none(void **state)
{
    (void)state;
    assert_lone(text("# A\n\n```\n" COMMENT "```\n\n```\n<!-- pmkit-source \n```\n\n" COMMENT, "00", "plain", "id: x", hash, "plain", YAML));
    assert_int_equal(recover(text("# A\n\n" COMMENT "Written behind it.\n", hash, "plain", YAML)), PM_OK);
    assert_source(sources.first, "A-1", YAML);
}

/* ---- Confluence ---- */

#define PAGE \
    "<h2>A &ndash; b&nbsp;&bogus; &lt;</h2><ac:structured-macro ac:name=\"details\" ac:macro-id=\"1\"><ac:parameter ac:name=\"id\">" \
    "incident-source</ac:parameter><ac:parameter ac:name=\"hidden\">true</ac:parameter><ac:rich-text-body>\n<p local-id=\"x\">id: A-1</p>" \
    "<p>title: sha256: no</p><p>bytes: %zu</p><p><strong>sha256:</strong> %s</p><p>encoding: %s</p><ac:structured-macro " \
    "ac:name=\"code\"><ac:plain-text-body><![CDATA[%s]]></ac:plain-text-body></ac:structured-macro></ac:rich-text-body>" \
    "</ac:structured-macro>"
#define IN_CDATA "id: A-1\ntitle: \"<b> & ]]]]><![CDATA[> -- 'q'\""   /* an editor has taken the last line feed */

static void page_properties_are_sources(void **state)
{
    (void)state;
    assert_lone(text(PAGE, sizeof YAML - 1, hash, "text", IN_CDATA));
    assert_lone(text("<?xml version=\"1.0\"?>" PAGE, sizeof YAML - 1, hash, "base64", coded(YAML)));
    assert_lone(text("Words first. " PAGE, (size_t)0, hash, "text", IN_CDATA));
}

static void damaged_pages_are_refused(void **state)
{
    (void)state;
    assert_int_equal(recover(PM_LIT("<ac:layout>\n<p></ac:layout>")), PM_INVALID);
    assert_said("the page of Confluence is damaged: it is no XML in line 2");
    assert_int_equal(recover(PM_LIT("<!DOCTYPE p [<!ENTITY a 'b'>]><p><ac:x>&a;</ac:x></p>")), PM_INVALID);
}

static struct pm_str json_of(struct pm_str s)
{
    pm_buf_clear(&made);
    pm_buf_json(&made, s);
    return pm_arena_str(&arena, pm_buf_slice(&made));
}

static void answers_of_rest_are_read(void **state)
{
    (void)state;
    struct pm_str page = json_of(text(PAGE, sizeof YAML - 1, hash, "text", IN_CDATA));
    assert_lone(text("{\"id\": \"1\", \"title\": \"T\", \"body\": {\"storage\": {\"value\": \"%s\", \"representation\": \"storage\"}}}", page.p));
    assert_same(sources.first->place, "T");
    assert_int_equal(recover(text("{\"results\": [{\"body\": {\"storage\" : {\"value\": \"%s\"}}}, {\"body\": {\"storage\": {\"value\": "
                                  "\"%s\"}}}]}", page.p, page.p)), PM_OK);
    assert_int_equal(sources.count, 2);
    assert_int_equal(recover(PM_LIT("{\"body\": {\"storage\": {\"value\": \"<p>x</p>\"}}}")), PM_INVALID);
    assert_said("holds no incident");
    assert_int_equal(recover(PM_LIT("{\"body\": {\"storage\": {\n\"value\": ")), PM_INVALID);
    assert_said("is no JSON in line 2");
}

/* ---- packages ---- */

struct entry { const char *name; struct pm_str bytes; };

static struct pm_str zip(const struct entry *entries, size_t count)
{
    struct pm_zip z;
    pm_buf_clear(&made);
    pm_zip_begin(&z, &made);
    for (size_t i = 0; i < count; i++)
        pm_zip_add(&z, pm_str(entries[i].name), entries[i].bytes);
    assert_int_equal(pm_zip_end(&z), PM_OK);
    return pm_buf_slice(&made);
}

#define ZIP(...) zip((const struct entry[]){__VA_ARGS__}, sizeof((const struct entry[]){__VA_ARGS__}) / sizeof(struct entry))
#define ITEM "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<pm:incident xmlns:pm=\"urn:pm:1\" id=\"A-1\" sha256=\"%s\"><pm:yaml%s>%s</pm:yaml></pm:incident>"

static void parts_of_documents_are_sources(void **state)
{
    (void)state;
    struct pm_str item = text(ITEM, hash, "", "<![CDATA[" "id: A-1\ntitle: \"<b> & ]]]]><![CDATA[> -- 'q'\"\n" "]]>");
    assert_lone(ZIP({"word/document.xml", PM_LIT("<w/>")}, {"customXml/item1.xml", item}, {"customXml/itemProps1.xml", PM_LIT("?")}));
    assert_string_equal(sources.found, "the Word document");
    assert_lone(ZIP({"customXml/item3.xml", PM_LIT("<other/>")}, {"customXml/item12.xml", text(ITEM, hash, " encoding=\"base64\"", coded(YAML))}));
    assert_int_equal(recover(ZIP({"word/document.xml", PM_LIT("<w/>")})), PM_INVALID);
    assert_said("the Word document holds no incident");
}

static void parts_come_in_the_order_of_their_numbers(void **state)
{
    (void)state;
    char other[65];
    pm_sha256(PM_LIT("id: B\n"), other);
    struct pm_str first = text(ITEM, hash, " encoding=\"base64\"", coded(YAML)), second = text(ITEM, other, "", "id: B\n");
    assert_int_equal(recover(ZIP({"customXml/item10.xml", second}, {"customXml/item9.xml", first})), PM_OK);
    assert_int_equal(sources.count, 2);
    assert_source(sources.first, "A-1", YAML);
    assert_same(sources.last->bytes, "id: B\n");
}

static void packages_that_swell_are_refused(void **state)
{
    (void)state;
    struct pm_buf blanks;
    pm_buf_init(&blanks, 1 << 24);
    char *p = pm_buf_reserve(&blanks, 9 << 20);
    assert_non_null(p);
    memset(p, ' ', 9 << 20);
    blanks.len = 9 << 20;
    assert_int_equal(recover(ZIP({"word/document.xml", pm_buf_slice(&blanks)}, {"customXml/item1.xml", PM_LIT("<a/>")})), PM_INVALID);
    assert_said("holds no incident");          /* what is not asked for is not inflated */
    assert_int_equal(recover(ZIP({"customXml/item1.xml", pm_buf_slice(&blanks)})), PM_LIMIT);
    assert_said("a hundred times larger");
    pm_buf_free(&blanks);
}

/* ---- workbooks ---- */

#define BOOK "<workbook xmlns:r=\"urn:r\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"x\"/><sheet name=\"_pm\" r:id=\"y\"/></sheets></workbook>"
#define RELATIONS "<Relationships><Relationship Id=\"y\" Target=\"%s\"/></Relationships>"
#define ROWS "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>pmkit</t></is></c></row>%s</sheetData></worksheet>"
#define INLINE(ref, value) "<c r=\"" ref "\" t=\"inlineStr\"><is><t>" value "</t></is></c>"

static struct pm_str book(const char *target, struct pm_str rows, struct pm_str strings)
{
    return ZIP({"xl/workbook.xml", PM_LIT(BOOK)}, {"xl/_rels/workbook.xml.rels", text(RELATIONS, target)},
               {"xl/worksheets/sheet7.xml", text(ROWS, rows.p)}, {"xl/sharedStrings.xml", strings});
}

static void rows_of_the_hidden_sheet_are_sources(void **state)
{
    (void)state;
    struct pm_str rows = text("<row r=\"3\">" INLINE("A3", "A-1") INLINE("B3", "%s") INLINE("C3", "text") INLINE("D3", "|id: A-1\ntitle: |")
                              INLINE("E3", "|\"&lt;b&gt; &amp; ]]&gt; -- 'q'\"\n|") "</row>", hash);
    assert_lone(book("worksheets/sheet7.xml", rows, PM_LIT("<sst/>")));
    assert_string_equal(sources.found, "the workbook");
    assert_same(sources.first->place, "_pm, row 3");
    rows = text("<row>" "<c t=\"s\"><v>1</v></c><c t=\"s\"><v>0</v></c><c t=\"str\"><v>base64</v></c><c t=\"s\"><v>2</v></c></row>");
    struct pm_str strings = text("<sst><si><t>%s</t></si><si><r><t>A-</t></r><r><rPr/><t>1</t></r><rPh><t>x</t></rPh></si><si><t>%s</t></si></sst>",
                                 hash, coded(YAML));
    assert_lone(book("/xl/worksheets/sheet7.xml", rows, strings));
    assert_int_equal(recover(book("worksheets/sheet8.xml", rows, strings)), PM_INVALID);
}

static void escapes_of_cells_are_resolved(void **state)
{
    (void)state;
    char other[65];
    pm_sha256(PM_LIT("a: _x0041_\n"), other);
    struct pm_str rows = text("<row r=\"3\">" INLINE("B3", "%s") INLINE("D3", "a: _x005F_x0041__x000a_") "</row>", other);
    assert_int_equal(recover(book("worksheets/sheet7.xml", rows, PM_LIT("<sst/>"))), PM_OK);
    assert_same(sources.first->bytes, "a: _x0041_\n");
    assert_true(sources.first->intact);
}

static void strings_that_many_cells_share_are_bounded(void **state)
{
    (void)state;
    struct pm_buf rows;
    pm_buf_init(&rows, 1 << 24);
    pm_buf_printf(&rows, "<row r=\"3\"><c r=\"B3\" t=\"inlineStr\"><is><t>%s</t></is></c>", hash);
    for (int i = 0; i < 1000; i++)
        pm_buf_puts(&rows, "<c r=\"D3\" t=\"s\"><v>0</v></c>");
    pm_buf_puts(&rows, "</row>");
    struct pm_str strings = text("<sst><si><t>%*s</t></si></sst>", 1 << 20, "x");
    assert_int_equal(recover(book("worksheets/sheet7.xml", pm_buf_slice(&rows), strings)), PM_LIMIT);
    assert_said("much larger than the file");
    pm_buf_free(&rows);
}

/* ---- PDF: libqpdf finds objects without a table of them ---- */

#define PDF_HEAD "%%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R%s>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
#define PDF_FILE "3 0 obj\n<</Type/Filespec%s/UF(incident.yaml)/Desc(x; SHA-256 %s)/EF<</F 4 0 R>>>>\nendobj\n"
#define PDF_DATA "4 0 obj\n<</Length %zu%s>>\nstream\n%s\nendstream\nendobj\ntrailer\n<</Root 1 0 R/Size 5>>\nstartxref\n0\n%%%%EOF\n"

static struct pm_str pdf(const char *catalog, const char *file, const char *filter)
{
    return text(PDF_HEAD PDF_FILE PDF_DATA, catalog, file, hash, sizeof YAML - 1, filter, YAML);
}

static void assert_attached(struct pm_str bytes)
{
    assert_int_equal(recover(bytes), PM_OK);
    assert_int_equal(sources.count, 1);
    assert_same(sources.first->bytes, YAML);
    assert_same(sources.first->place, "incident.yaml");
    assert_true(sources.first->intact);
}

static void attached_files_are_sources(void **state)
{
    (void)state;
    const char *names = "/Names<</EmbeddedFiles<</Kids[<</Names[(a) 3 0 R]>>]>>>>";
    assert_attached(pdf("/AF[3 0 R]", "/AFRelationship/Source", ""));
    assert_attached(pdf("/AF 3 0 R", "/AFRelationship/Source", "/Filter[]"));
    assert_attached(pdf(names, "", ""));
    assert_int_equal(recover(pdf("/AF[3 0 R]", "/AFRelationship/Data", "")), PM_INVALID);
    assert_said("the PDF file holds no incident");
    assert_int_equal(recover(pdf("/AF[3 0 R]", "/AFRelationship/Source", "/Filter/LZWDecode")), PM_INVALID);
    assert_said("packed in a way");
    assert_int_equal(recover(pdf("/AF[3 0 R]", "/AFRelationship/Source", "/Filter/FlateDecode")), PM_INVALID);
    assert_said("cannot be inflated");
}

static void trees_of_names_may_go_in_a_circle(void **state)
{
    (void)state;
    assert_int_equal(recover(pdf("/Names<</EmbeddedFiles 5 0 R>>>>\nendobj\n5 0 obj\n<</Kids[5 0 R 5 0 R]", "", "")), PM_INVALID);
}

/* ---- all ---- */

static void changed_sources_are_told(void **state)
{
    (void)state;
    assert_int_equal(recover(text("# A\n\n" COMMENT, hash, "plain", "id: A-2\n")), PM_OK);
    assert_false(sources.first->intact);
    assert_same(sources.first->bytes, "id: A-2\n");
    assert_int_equal(recover(text("# A\n\n" COMMENT, hash, "base64", "!")), PM_OK);
    assert_false(sources.first->intact);
}

static void line_ends_are_put_right(void **state)
{
    (void)state;
    assert_lone(text("# A\r\n\r\n<!-- pmkit-source id=\"A-1\" sha256=\"%s\" encoding=\"plain\"\r\nid: A-1\r\ntitle: \"<b> & ]]> -- 'q'\"\r\n"
                     "\r\n\r\n-->\r\n", hash));
    assert_lone(text("<!doctype html><script data-sha256=%s data-id=A-1 type=application/yaml>" YAML "\n\n</script>", hash));
}

static void what_holds_nothing_is_named(void **state)
{
    (void)state;
    assert_int_equal(recover(PM_LIT("\x89PNG....")), PM_INVALID);
    assert_said("a PNG picture holds no incident");
    assert_int_equal(pm_recover_kind(PM_LIT("id: x\n")), PM_ARTEFACT_NONE);
    assert_int_equal(recover(PM_LIT("PK\3\4....")), PM_INVALID);
    assert_said("the ZIP archive cannot be read: ");
    assert_int_equal(recover(PM_LIT("%PDF-1.7\nno more")), PM_INVALID);
    assert_said("the PDF file is damaged");
}

static void sources_make_a_stream(void **state)
{
    (void)state;
    struct pm_source third = {.bytes = PM_LIT("\xEF\xBB\xBF" "id: c\n")}, second = {.bytes = PM_LIT("# b\n---\nid: b"), .next = &third};
    struct pm_source first = {.bytes = PM_LIT("id: a"), .next = &second};
    struct pm_sources all = {.first = &first, .last = &third, .count = 3};
    pm_sources_write(&all, &made);
    assert_string_equal(made.data, "id: a\n# b\n---\nid: b\n---\nid: c\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(scripts_of_web_pages_are_sources), CASE(what_only_looks_like_a_script_is_none), CASE(references_in_ids_are_resolved),
        CASE(comments_of_markdown_are_sources), CASE(code_that_shows_a_comment_is_none), CASE(page_properties_are_sources),
        CASE(damaged_pages_are_refused), CASE(answers_of_rest_are_read), CASE(parts_of_documents_are_sources),
        CASE(parts_come_in_the_order_of_their_numbers), CASE(packages_that_swell_are_refused), CASE(rows_of_the_hidden_sheet_are_sources),
        CASE(escapes_of_cells_are_resolved), CASE(strings_that_many_cells_share_are_bounded), CASE(attached_files_are_sources),
        CASE(trees_of_names_may_go_in_a_circle), CASE(changed_sources_are_told), CASE(line_ends_are_put_right),
        CASE(what_holds_nothing_is_named), CASE(sources_make_a_stream)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
