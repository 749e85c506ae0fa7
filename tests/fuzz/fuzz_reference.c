/* libFuzzer: bytes as a reference document, into which a small fixed report is merged. Input that begins with '<' is the text of a document
 * in a package that is sound, so that more than the reading of packages is reached. */
#include "render/docx/reference.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#define W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define TYPES "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define STYLES "<w:styles " W "><w:style w:type=\"paragraph\" w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/></w:style>" \
    "<w:style w:type=\"paragraph\" w:styleId=\"PmCode\"><w:name w:val=\"pm code\"/><w:link w:val=\"Heading1\"/></w:style></w:styles>"
#define NUMBERING \
    "<w:numbering " W "><w:abstractNum w:abstractNumId=\"9001\"/><w:num w:numId=\"9001\"><w:abstractNumId w:val=\"9001\"/></w:num>" \
    "</w:numbering>"
#define BODY \
    "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr><w:hyperlink r:id=\"pmId1\"><w:r><w:t>Report</w:t></w:r></w:hyperlink></w:p>"

static void require(bool holds)
{
    if (!holds)
        abort();
}

static struct pm_opc *package(struct pm_arena *arena, struct pm_str document)
{
    struct pm_opc *opc = pm_opc_new(arena);
    struct pm_part *part = pm_opc_add(opc, PM_LIT("/word/document.xml"), PM_LIT(TYPES "document.main+xml"), document);
    pm_opc_add(opc, PM_LIT("/word/styles.xml"), PM_LIT(TYPES "styles+xml"), PM_LIT(STYLES));
    pm_opc_add(opc, PM_LIT("/word/numbering.xml"), PM_LIT(TYPES "numbering+xml"), PM_LIT(NUMBERING));
    pm_opc_relate(opc, &opc->root, PM_LIT(RELATIONS "officeDocument"), PM_LIT("word/document.xml"), false);
    pm_opc_relate(opc, part, PM_LIT(RELATIONS "styles"), PM_LIT("styles.xml"), false);
    pm_opc_relate(opc, part, PM_LIT(RELATIONS "numbering"), PM_LIT("numbering.xml"), false);
    pm_opc_relate_as(opc, part, PM_LIT("pmId1"), PM_LIT(RELATIONS "hyperlink"), PM_LIT("https://example.org/"), true);
    return opc;
}

/* What comes out is a package, and a reference document again. */
static void merge(struct pm_arena *arena, const struct pm_reference *reference, struct pm_diags *diags)
{
    struct pm_docx_parts parts = {.opc = package(arena, PM_LIT("<unused/>")), .body = PM_LIT(BODY)};
    struct pm_reference *again = NULL;
    struct pm_buf out;
    pm_buf_init(&out, (size_t)1 << 30);
    parts.document = parts.opc->first;
    require(pm_reference_merge(reference, &parts, &out) == PM_OK);
    enum pm_status status = pm_reference_read(pm_buf_slice(&out), diags, &again);
    require(status == PM_OK || status == PM_LIMIT);
    pm_reference_free(again);
    pm_buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct pm_str input = {(const char *)bytes, size};
    struct pm_reference *reference;
    struct pm_theme theme = {.paper_width = 595, .paper_height = 842};
    struct pm_arena arena;
    struct pm_diags diags;
    struct pm_buf wrapped;
    pm_arena_init(&arena);
    pm_diags_init(&diags, "fuzz");
    pm_buf_init(&wrapped, (size_t)1 << 30);
    if (size > 0 && bytes[0] == '<') {
        require(pm_opc_write(package(&arena, input), &wrapped) == PM_OK);
        input = pm_buf_slice(&wrapped);
    }
    enum pm_status status = pm_reference_read(input, &diags, &reference);
    require((status == PM_OK) == (reference != NULL));
    require(status == PM_OK || diags.count[PM_ERROR] > 0);
    if (reference) {
        pm_reference_page(reference, &theme);
        require(theme.paper_width - theme.margin_left - theme.margin_right >= 72);
        merge(&arena, reference, &diags);
    }
    pm_reference_free(reference);
    pm_buf_free(&wrapped);
    pm_diags_free(&diags);
    pm_arena_free(&arena);
    return 0;
}
