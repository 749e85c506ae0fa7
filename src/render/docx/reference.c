#include "render/docx/reference.h"

#include "render/docx/reference_internal.h"

#include <string.h>

#define TYPES "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define STRICT "http://purl.oclc.org/ooxml/"
#define CUSTOM_PROPERTIES "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"

static const struct pm_mark nowhere = {0, 0, 0};

static enum pm_status refuse(const struct pm_reference *r, struct pm_diags *diags, enum pm_status status, const char *format,
                             struct pm_str what)
{
    if (status == PM_NOMEM || pm_arena_failed(&r->arena))
        return PM_NOMEM;
    struct pm_str text = pm_arena_format(&diags->arena, format, (int)what.n, what.p ? what.p : "");
    pm_report(diags, PM_D_TEMPLATE, nowhere, text.p ? text.p : "it cannot be used as a reference document");
    return status;
}

/* ---- what is left out ---- */

/* Takes a part, and those that it alone is known to lead to, out of the package. */
static void drop_part(struct pm_reference *r, struct pm_part *part)
{
    if (!part || part == r->document.part)
        return;
    pm_opc_remove(r->opc, part);
    for (const struct pm_relationship *n = part->relations; n; n = n->next)
        drop_part(r, pm_opc_target(r->opc, part, n));
}

/* Whether a part of custom XML is the source of a report, from which the reference was made. */
static bool is_source(const struct pm_part *part)
{
    static const char mark[] = "\"urn:pm:";
    const size_t n = sizeof mark - 1, most = 512;
    for (size_t i = 0; part && i + n <= part->bytes.n && i < most; i++) {
        if (memcmp(part->bytes.p + i, mark, n) == 0)
            return true;
    }
    return false;
}

/* Takes the relations out whose type ends so, with the parts that they lead to; type_ending NULL: those to sources. One pass, since a
 * list may be made to be long. True when there was one. */
static bool drop(struct pm_reference *r, struct pm_part *source, const char *type_ending)
{
    struct pm_relationship **link = &source->relations;
    bool found = false;
    source->last_relation = NULL;
    while (*link) {
        struct pm_relationship *n = *link;
        struct pm_part *part = pm_opc_target(r->opc, source, n);
        if (type_ending ? pm_opc_is_type(n, type_ending) : is_source(part) && part != r->document.part) {
            *link = n->next;
            source->relation_count--;
            drop_part(r, part);
            found = true;
        } else {
            source->last_relation = n;
            link = &n->next;
        }
    }
    return found;
}

/* Macros do not belong in a report, a signature holds no longer, and the picture of the page is of another page. */
static void leave_out(struct pm_reference *r, struct pm_part *document, struct pm_diags *diags)
{
    bool macros = drop(r, document, "/vbaProject");
    macros = drop(r, document, "/keyMapCustomizations") || macros;
    macros = drop(r, document, "/attachedToolbars") || macros;
    if (macros)
        pm_report(diags, PM_D_REFERENCE, nowhere, "its macros are left out");
    if (drop(r, &r->opc->root, "/digital-signature/origin"))
        pm_report(diags, PM_D_REFERENCE, nowhere, "its signature is left out, since it does not hold for a report");
    drop(r, &r->opc->root, "/thumbnail");
    drop(r, document, NULL);
}

/* ---- reading ---- */

static bool is_document_type(struct pm_str type)
{
    static const char *const types[] = {TYPES "document.main+xml", TYPES "template.main+xml",
                                        "application/vnd.ms-word.document.macroEnabled.main+xml",
                                        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (pm_str_is(type, types[i]))
            return true;
    }
    return false;
}

static enum pm_status read_tree(struct pm_reference *r, struct pm_merged_part *merged, const struct pm_part *part, struct pm_diags *diags)
{
    int line;
    enum pm_status status = part ? pm_xml_tree_read(part->bytes, &r->arena, &merged->root, &line) : PM_OK;
    merged->part = part;
    if (status == PM_OK)
        return PM_OK;
    const char *format = status == PM_LIMIT ? "its part %.*s is too large" : "its part %.*s is damaged, or has a DTD";
    return refuse(r, diags, status, format, part->name);
}

static enum pm_status read_document(struct pm_reference *r, struct pm_diags *diags)
{
    struct pm_part *document = pm_opc_target(r->opc, &r->opc->root, pm_opc_relation(&r->opc->root, "/officeDocument"));
    if (!document || !is_document_type(document->content_type))
        return refuse(r, diags, PM_INVALID, "it is not a Word document (.docx or .dotx)%.*s", PM_LIT(""));
    enum pm_status status = read_tree(r, &r->document, document, diags);
    if (status != PM_OK)
        return status;
    if (pm_str_starts(r->document.root->uri, STRICT))
        return refuse(r, diags, PM_INVALID, "it is a Strict Open XML document; save it as an ordinary Word document%.*s", PM_LIT(""));
    if (!pm_xml_is(r->document.root, PM_W, "document") || !pm_xml_child(r->document.root, PM_W, "body"))
        return refuse(r, diags, PM_INVALID, "its part %.*s is not the text of a Word document", document->name);
    leave_out(r, document, diags);
    return PM_OK;
}

/* A part that the document, or the package, has at most one of; its root must be of the expected kind. */
static enum pm_status read_other(struct pm_reference *r, struct pm_merged_part *merged, const struct pm_part *source,
                                 const char *type_ending, const char *uri, const char *name, struct pm_diags *diags)
{
    const struct pm_part *part = pm_opc_target(r->opc, source, pm_opc_relation(source, type_ending));
    enum pm_status status = read_tree(r, merged, part, diags);
    if (status == PM_OK && part && !pm_xml_is(merged->root, uri, name))
        status = refuse(r, diags, PM_INVALID, "its part %.*s is not what it should be", part->name);
    return status;
}

/* Properties of an earlier report, from which the reference was made. */
static void drop_own_properties(struct pm_reference *r)
{
    struct pm_xml_node *next;
    for (struct pm_xml_node *p = pm_xml_child(r->custom.root, CUSTOM_PROPERTIES, "property"); p; p = next) {
        next = pm_xml_sibling(p, CUSTOM_PROPERTIES, "property");
        if (pm_str_starts(pm_xml_get(p, "", "name"), "pm."))
            pm_xml_unlink(p);
    }
}

static void prepare(struct pm_reference *r)
{
    pm_reference_find_spot(r);
    if (pm_arena_failed(&r->arena))
        return;
    pm_reference_find_page(r);
    pm_reference_find_ids(r);
    pm_reference_list_styles(r);
    pm_reference_find_numbering(r);
    drop_own_properties(r);
    r->styles.spot = pm_xml_raw(&r->arena, PM_LIT(""));
    r->custom.spot = pm_xml_raw(&r->arena, PM_LIT(""));
    pm_xml_insert(r->styles.root, r->styles.spot, NULL);
    pm_xml_insert(r->custom.root, r->custom.spot, NULL);
    pm_reference_declare(&r->arena, r->document.root);
    pm_reference_ignore(&r->arena, r->document.root);
    pm_reference_declare(&r->arena, r->styles.root);
    pm_reference_declare(&r->arena, r->numbering.root);
}

static enum pm_status read_parts(struct pm_reference *r, struct pm_diags *diags)
{
    enum pm_status status = read_document(r, diags);
    const struct pm_part *document = r->document.part, *package = &r->opc->root;
    if (status == PM_OK)
        status = read_other(r, &r->styles, document, "/styles", PM_W, "styles", diags);
    if (status == PM_OK)
        status = read_other(r, &r->numbering, document, "/numbering", PM_W, "numbering", diags);
    if (status == PM_OK)
        status = read_other(r, &r->custom, package, "/custom-properties", CUSTOM_PROPERTIES, "Properties", diags);
    if (status == PM_OK)
        prepare(r);
    return status == PM_OK && pm_arena_failed(&r->arena) ? PM_NOMEM : status;
}

enum pm_status pm_reference_read(struct pm_str bytes, struct pm_diags *diags, struct pm_reference **out)
{
    static const char old_format[] = "\xD0\xCF\x11\xE0";
    struct pm_arena arena;
    const char *why;
    pm_arena_init(&arena);
    struct pm_reference *r = pm_arena_alloc(&arena, sizeof *r);
    enum pm_status status = PM_NOMEM;
    *out = NULL;
    if (r) {
        r->arena = arena;   /* which is not used any more */
        status = pm_opc_read(bytes, &r->arena, &r->opc, &why);
        if (status == PM_OK)
            status = read_parts(r, diags);
        else if (bytes.n >= 4 && memcmp(bytes.p, old_format, 4) == 0)
            refuse(r, diags, status, "it is encrypted, or a document of Word 97-2003; save it as .docx%.*s", PM_LIT(""));
        else
            refuse(r, diags, status, "it cannot be used as a reference document: %.*s", pm_str(why));
    }
    if (status == PM_OK)
        *out = r;
    else if (r)
        pm_reference_free(r);
    else
        pm_arena_free(&arena);
    return status;
}

void pm_reference_free(struct pm_reference *reference)
{
    if (!reference)
        return;
    struct pm_arena arena = reference->arena;
    pm_arena_free(&arena);
}

void pm_reference_page(const struct pm_reference *reference, struct pm_theme *theme)
{
    if (!(reference->paper_width > 0))
        return;
    theme->paper_width = reference->paper_width;
    theme->paper_height = reference->paper_height;
    theme->margin_top = reference->margin_top;
    theme->margin_right = reference->margin_right;
    theme->margin_bottom = reference->margin_bottom;
    theme->margin_left = reference->margin_left;
}
