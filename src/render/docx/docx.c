#include "render/docx/docx.h"

#include "base/limits.h"
#include "render/docx/docx_internal.h"
#include "render/docx/reference.h"

#define RELATIONSHIPS "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define WORD_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml."

/* It lives in its own arena. */
enum pm_status pm_docx_new(const struct pm_theme *theme, struct pm_docx **out)
{
    struct pm_arena arena;
    pm_arena_init(&arena);
    struct pm_docx *docx = pm_arena_alloc(&arena, sizeof *docx);
    *out = docx;
    if (!docx) {
        pm_arena_free(&arena);
        return PM_NOMEM;
    }
    docx->theme = theme;
    docx->arena = arena;
    pm_buf_init(&docx->body, PM_MAX_OUTPUT);
    pm_buf_init(&docx->numberings, PM_MAX_OUTPUT);
    return PM_OK;
}

void pm_docx_free(struct pm_docx *docx)
{
    if (!docx)
        return;
    struct pm_arena arena = docx->arena;
    pm_buf_free(&docx->body);
    pm_buf_free(&docx->numberings);
    pm_arena_free(&arena);
}

/* ---- documents ---- */

static struct pm_docx_document *remember(struct pm_docx *docx, const struct pm_document *doc)
{
    struct pm_arena *arena = &docx->arena;
    struct pm_docx_document *d = pm_arena_alloc(arena, sizeof *d);
    if (!d)
        return NULL;
    *d = (struct pm_docx_document){.id = pm_arena_str(arena, doc->id),
                                   .title = pm_arena_str(arena, doc->title),
                                   .lang = pm_arena_str(arena, doc->lang),
                                   .author = pm_arena_str(arena, doc->author),
                                   .subject = pm_arena_str(arena, doc->subject),
                                   .keywords = pm_arena_str(arena, doc->keywords),
                                   .header = pm_arena_str(arena, doc->header),
                                   .footer = pm_arena_str(arena, doc->footer),
                                   .page_of = pm_arena_str(arena, doc->words.page_of),
                                   .source = pm_arena_str(arena, doc->source),
                                   .sha256 = pm_arena_str(arena, pm_str(doc->sha256)),
                                   .instant = doc->instant};
    *(docx->last ? &docx->last->next : &docx->first) = d;
    docx->last = d;
    if (docx->count == 1) {
        docx->compact = doc->max_pages == 1;
        docx->words.contents = pm_arena_str(arena, doc->words.contents);
        docx->words.document = pm_arena_str(arena, doc->words.document);
    }
    return d;
}

/* Writes the document's blocks. `number`: from 1, or 0 for the list in front. */
static enum pm_status write_document(struct pm_docx *docx, const struct pm_document *doc, size_t number, struct pm_buf *out)
{
    struct pm_arena scratch;
    pm_arena_init(&scratch);
    struct pm_docx_writer w = {.docx = docx, .doc = doc, .theme = docx->theme, .out = out, .scratch = &scratch, .document = number};
    w.direction = pm_direction_of_language(doc->lang);
    w.width = pm_docx_page_width(docx->theme);
    if (docx->first && !pm_str_eq(doc->lang, docx->first->lang))
        w.lang = doc->lang;
    if (pm_docx_sections(&w))
        pm_docx_body(&w);
    bool failed = pm_arena_failed(&scratch) || pm_arena_failed(&docx->arena);
    pm_arena_free(&scratch);
    return failed ? PM_NOMEM : out->status;
}

enum pm_status pm_docx_add(struct pm_docx *docx, const struct pm_document *doc, struct pm_diags *diags)
{
    docx->count++;
    struct pm_docx_document *d = remember(docx, doc);
    if (!d)
        return PM_NOMEM;
    if (docx->count == 1)
        pm_logo_read(docx->theme, &docx->arena, diags, &docx->logo);
    pm_xml_check(doc, diags);
    enum pm_status status = write_document(docx, doc, docx->count, &docx->body);
    d->end = docx->body.len;
    return status;
}

/* ---- several documents: a list in front ---- */

static void add_entry(struct pm_document *front, struct pm_node *table, const struct pm_docx_document *d, size_t number)
{
    static const struct pm_mark nowhere;
    struct pm_node *row = pm_add_row(front, table, false, nowhere);
    pm_add_cell(front, row, PM_CELL_ID, d->id, nowhere);
    struct pm_node *cell = pm_add_cell(front, row, PM_CELL_TEXT, (struct pm_str){NULL, 0}, nowhere);
    struct pm_node *link = pm_node_add(front, cell, PM_LINK, nowhere);
    if (link)
        link->as.link.url = pm_arena_format(front->arena, "#%zu", number);
    pm_add_text(front, link, d->title, nowhere);
}

static enum pm_status write_front(struct pm_docx *docx, struct pm_buf *out)
{
    static const struct pm_column columns[] = {{.kind = PM_CELL_ID, .nowrap = true}, {.kind = PM_CELL_TEXT}};
    static const struct pm_mark nowhere;
    struct pm_arena arena;
    size_t number = 0;
    pm_arena_init(&arena);
    struct pm_document *front = pm_document_new(&arena);
    if (front) {
        front->lang = docx->first->lang;
        front->title = docx->words.contents;
        struct pm_node *title = pm_node_add(front, pm_node_add(front, front->root, PM_COVER, nowhere), PM_TITLE, nowhere);
        pm_add_text(front, title, docx->words.contents, nowhere);
        struct pm_node *table = pm_add_table(front, front->root, columns, 2, nowhere), *head = pm_add_row(front, table, true, nowhere);
        pm_add_cell(front, head, PM_CELL_ID, docx->words.document, nowhere);
        pm_add_cell(front, head, PM_CELL_TEXT, (struct pm_str){NULL, 0}, nowhere);
        for (const struct pm_docx_document *d = docx->first; d; d = d->next)
            add_entry(front, table, d, ++number);
    }
    enum pm_status status = pm_arena_failed(&arena) ? PM_NOMEM : write_document(docx, front, 0, out);
    pm_arena_free(&arena);
    return status;
}

/* ---- the file ---- */

enum running { FIRST_HEADER, HEADER, FIRST_FOOTER, FOOTER };

struct parts {
    struct pm_docx *docx;
    struct pm_arena arena;
    struct pm_opc *opc;
    struct pm_part *document;
    struct pm_str logo;                   /* its part as headers see it, or absent */
    struct pm_str running[4];             /* relations of headers and footers of the document at hand, by enum running */
    enum pm_status status;
    bool alone;                        /* the body alone is wanted, without a package */
};

/* The buffer's bytes into the arena; the buffer is freed. */
static struct pm_str take(struct parts *p, struct pm_buf *b)
{
    struct pm_str bytes = pm_arena_str(&p->arena, pm_buf_slice(b));
    if (b->status != PM_OK && p->status == PM_OK)
        p->status = b->status;
    pm_buf_free(b);
    return bytes;
}

static struct pm_part *add_part(struct parts *p, struct pm_str name, const char *type, struct pm_buf *bytes)
{
    return pm_opc_add(p->opc, name, pm_str(type), take(p, bytes));
}

static void add_of_document(struct parts *p, const char *name, const char *type, const char *relation, struct pm_buf *bytes)
{
    add_part(p, pm_arena_format(&p->arena, "/word/%s", name), type, bytes);
    pm_opc_relate(p->opc, p->document, pm_str(relation), pm_str(name), false);
}

static void add_styles(struct parts *p)
{
    struct pm_buf b;
    pm_buf_init(&b, PM_MAX_OUTPUT);
    pm_docx_styles(p->docx->theme, p->docx->first ? p->docx->first->lang : PM_LIT("en"), p->docx->compact, &b);
    add_of_document(p, "styles.xml", WORD_TYPE "styles+xml", RELATIONSHIPS "styles", &b);
    pm_buf_init(&b, PM_MAX_OUTPUT);
    pm_docx_numbering(p->docx, &b);
    add_of_document(p, "numbering.xml", WORD_TYPE "numbering+xml", RELATIONSHIPS "numbering", &b);
    pm_buf_init(&b, PM_MAX_OUTPUT);
    pm_docx_settings(&b);
    add_of_document(p, "settings.xml", WORD_TYPE "settings+xml", RELATIONSHIPS "settings", &b);
    pm_buf_init(&b, PM_MAX_OUTPUT);
    pm_docx_fonts(&b);
    add_of_document(p, "fontTable.xml", WORD_TYPE "fontTable+xml", RELATIONSHIPS "fontTable", &b);
    pm_buf_init(&b, PM_MAX_OUTPUT);
    pm_docx_theme(p->docx->theme, &b);
    add_of_document(p, "theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml", RELATIONSHIPS "theme", &b);
}

static void add_properties(struct parts *p)
{
    struct pm_buf b;
    pm_buf_init(&b, PM_MAX_OUTPUT);
    pm_docx_core(p->docx, &b);
    add_part(p, PM_LIT("/docProps/core.xml"), "application/vnd.openxmlformats-package.core-properties+xml", &b);
    pm_opc_relate(p->opc, &p->opc->root, pm_str(PACKAGE "relationships/metadata/core-properties"), PM_LIT("docProps/core.xml"), false);
    pm_buf_init(&b, PM_MAX_OUTPUT);
    pm_docx_app(&b);
    add_part(p, PM_LIT("/docProps/app.xml"), "application/vnd.openxmlformats-officedocument.extended-properties+xml", &b);
    pm_opc_relate(p->opc, &p->opc->root, pm_str(RELATIONSHIPS "extended-properties"), PM_LIT("docProps/app.xml"), false);
    pm_buf_init(&b, PM_MAX_OUTPUT);
    pm_docx_custom(p->docx, &b);
    add_part(p, PM_LIT("/docProps/custom.xml"), "application/vnd.openxmlformats-officedocument.custom-properties+xml", &b);
    pm_opc_relate(p->opc, &p->opc->root, pm_str(RELATIONSHIPS "custom-properties"), PM_LIT("docProps/custom.xml"), false);
}

static void add_source(struct parts *p, const struct pm_docx_document *d, size_t number)
{
    struct pm_buf b;
    pm_buf_init(&b, PM_MAX_OUTPUT);
    pm_docx_item_xml(d, &b);
    struct pm_part *item = add_part(p, pm_arena_format(&p->arena, "/customXml/item%zu.xml", number), "application/xml", &b);
    pm_opc_relate_as(p->opc, p->document, pm_arena_format(&p->arena, "pmIdItem%zu", number), pm_str(RELATIONSHIPS "customXml"),
                     pm_arena_format(&p->arena, "../customXml/item%zu.xml", number), false);
    pm_buf_init(&b, PM_MAX_OUTPUT);
    pm_docx_item_properties(d, number, &b);
    struct pm_str name = pm_arena_format(&p->arena, "/customXml/itemProps%zu.xml", number);
    add_part(p, name, "application/vnd.openxmlformats-officedocument.customXmlProperties+xml", &b);
    pm_opc_relate(p->opc, item, pm_str(RELATIONSHIPS "customXmlProps"), pm_arena_format(&p->arena, "itemProps%zu.xml", number), false);
}

/* ---- sections: the page, and what runs at its head and foot ---- */

static void add_running(struct parts *p, const struct pm_docx_document *d, size_t number, enum running kind)
{
    static const char *const names[] = {"headerFirst", "header", "footerFirst", "footer"};
    struct pm_buf b;
    const bool header = kind == FIRST_HEADER || kind == HEADER, logo = header && p->logo.n;
    pm_buf_init(&b, PM_MAX_OUTPUT);
    if (header)
        (kind == HEADER ? pm_docx_header : pm_docx_first_header)(p->docx, d, logo ? "rId1" : NULL, &b);
    else
        pm_docx_footer(d, &b);
    struct pm_str target = pm_arena_format(&p->arena, "%s%zu.xml", names[kind], number);
    struct pm_part *part = add_part(p, pm_arena_format(&p->arena, "/word/%s", target.p ? target.p : ""),
                                    header ? WORD_TYPE "header+xml" : WORD_TYPE "footer+xml", &b);
    if (logo)
        pm_opc_relate_as(p->opc, part, PM_LIT("rId1"), pm_str(RELATIONSHIPS "image"), p->logo, false);
    p->running[kind] = pm_opc_relate(p->opc, p->document, pm_str(header ? RELATIONSHIPS "header" : RELATIONSHIPS "footer"), target, false);
}

static void add_logo(struct parts *p)
{
    const struct pm_logo *logo = &p->docx->logo;
    if (!logo->bytes.n)
        return;
    p->logo = pm_arena_format(&p->arena, "media/logo.%s", logo->type);
    pm_opc_add(p->opc, pm_arena_format(&p->arena, "/word/media/logo.%s", logo->type), pm_arena_format(&p->arena, "image/%s", logo->type),
               logo->bytes);
}

/* What runs is that of the document before where it says the same. */
static void set_running(struct parts *p, const struct pm_docx_document *d, const struct pm_docx_document *before, size_t number)
{
    if (!before || !pm_str_eq(d->lang, before->lang))
        add_running(p, d, number, FIRST_HEADER);
    if (!before || !pm_str_eq(d->header, before->header)) {
        p->running[HEADER] = (struct pm_str){NULL, 0};
        if (d->header.n || p->logo.n)
            add_running(p, d, number, HEADER);
    }
    if (!before || !pm_str_eq(d->footer, before->footer) || !pm_str_eq(d->page_of, before->page_of) || !pm_str_eq(d->lang, before->lang)) {
        add_running(p, d, number, FIRST_FOOTER);
        add_running(p, d, number, FOOTER);
    }
}

static void put_length(struct pm_buf *out, const char *before, double points)
{
    pm_buf_puts(out, before);
    pm_docx_int(out, pm_docx_twips(points));
}

static void put_section(const struct parts *p, struct pm_buf *out)
{
    const struct pm_theme *t = p->docx->theme;
    static const char *const references[] = {"headerReference w:type=\"first", "headerReference w:type=\"default",
                                             "footerReference w:type=\"first", "footerReference w:type=\"default"};
    pm_buf_puts(out, "<w:sectPr>");
    for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
        if (p->running[i].n)
            pm_buf_printf(out, "<w:%s\" r:id=\"%.*s\"/>", references[i], (int)p->running[i].n, p->running[i].p);
    }
    put_length(out, "<w:type w:val=\"nextPage\"/><w:pgSz w:w=\"", t->paper_width);
    put_length(out, "\" w:h=\"", t->paper_height);
    pm_buf_puts(out, t->paper_width > t->paper_height ? "\" w:orient=\"landscape" : "");
    put_length(out, "\"/><w:pgMar w:top=\"", t->margin_top);
    put_length(out, "\" w:right=\"", t->margin_right);
    put_length(out, "\" w:bottom=\"", t->margin_bottom);
    put_length(out, "\" w:left=\"", t->margin_left);
    put_length(out, "\" w:header=\"", t->margin_top / 2);
    put_length(out, "\" w:footer=\"", t->margin_bottom / 2);
    pm_buf_puts(out, "\" w:gutter=\"0\"/><w:titlePg/></w:sectPr>");
}

/* Between two documents: the end of a section, or of a page where the sections are those of a reference. */
static void put_end(const struct parts *p, bool referenced, struct pm_buf *out)
{
    pm_buf_puts(out, "<w:p><w:pPr><w:pStyle w:val=\"PmSpacer\"/>");
    if (!referenced)
        put_section(p, out);
    pm_buf_puts(out, referenced ? "</w:pPr><w:r><w:br w:type=\"page\"/></w:r></w:p>" : "</w:pPr></w:p>");
}

/* The list has no header, since it belongs to none of the documents. */
static enum pm_status put_front(struct parts *p, bool referenced, struct pm_buf *out)
{
    struct pm_str header = p->running[HEADER];
    enum pm_status status = write_front(p->docx, out);
    p->running[HEADER] = (struct pm_str){NULL, 0};
    put_end(p, referenced, out);
    p->running[HEADER] = header;
    return status;
}

static void put_documents(struct parts *p, bool referenced, struct pm_buf *out)
{
    size_t number = 0, from = 0;
    const struct pm_docx_document *before = NULL;
    enum pm_status status = PM_OK;
    for (const struct pm_docx_document *d = p->docx->first; d; before = d, d = d->next) {
        if (before)
            put_end(p, referenced, out);
        if (!referenced)
            set_running(p, d, before, ++number);
        if (!before && d->next)
            status = put_front(p, referenced, out);
        pm_buf_add(out, p->docx->body.data + from, d->end - from);
        from = d->end;
    }
    if (status != PM_OK && p->status == PM_OK)
        p->status = status;
}

static void add_body_relations(struct parts *p)
{
    size_t number = 0;
    for (const struct pm_docx_relation *r = p->docx->relations; r; r = r->next)
        pm_opc_relate_as(p->opc, p->document, pm_arena_format(&p->arena, "pmId%zu", ++number), pm_str(RELATIONSHIPS "hyperlink"), r->target,
                         true);
}

static void add_all(struct parts *p)
{
    size_t number = 0;
    p->opc = pm_opc_new(&p->arena);
    p->document = pm_opc_add(p->opc, PM_LIT("/word/document.xml"), pm_str(WORD_TYPE "document.main+xml"), (struct pm_str){NULL, 0});
    if (!p->document)
        return;
    pm_opc_relate(p->opc, &p->opc->root, pm_str(RELATIONSHIPS "officeDocument"), PM_LIT("word/document.xml"), false);
    add_styles(p);
    add_properties(p);
    add_body_relations(p);
    for (const struct pm_docx_document *d = p->docx->first; d; d = d->next)
        add_source(p, d, ++number);
}

static void put_package(struct parts *p, const struct pm_reference *reference, struct pm_buf *out)
{
    static const char start[] = PM_XML_DECLARATION "<w:document" PM_DOCX_NAMESPACES PM_DOCX_IGNORABLE "><w:body>";
    struct pm_buf body;
    pm_buf_init(&body, PM_MAX_OUTPUT);
    pm_buf_puts(&body, start);
    if (!reference)
        add_logo(p);
    put_documents(p, reference != NULL, &body);
    const size_t from = sizeof start - 1;
    struct pm_docx_parts parts = {p->opc, p->document, {body.data + from, body.len > from ? body.len - from : 0}};
    if (!reference) {
        put_section(p, &body);
        pm_buf_puts(&body, "</w:body></w:document>");
    }
    p->document->bytes = pm_buf_slice(&body);
    if (p->status == PM_OK)
        p->status = body.status;
    if (pm_arena_failed(&p->arena))
        p->status = PM_NOMEM;
    if (p->status == PM_OK && p->alone) {
        pm_buf_str(out, pm_buf_slice(&body));
        p->status = out->status;
    } else if (p->status == PM_OK) {
        p->status = reference ? pm_reference_merge(reference, &parts, out) : pm_opc_write(p->opc, out);
    }
    pm_buf_free(&body);
}

static enum pm_status write(struct pm_docx *docx, const struct pm_reference *reference, bool alone, struct pm_buf *out)
{
    struct parts p = {.docx = docx, .alone = alone, .status = docx->body.status};
    if (p.status == PM_OK)
        p.status = docx->numberings.status;
    pm_arena_init(&p.arena);
    add_all(&p);
    if (p.document)
        put_package(&p, reference, out);
    else
        p.status = PM_NOMEM;
    pm_arena_free(&p.arena);
    return p.status;
}

enum pm_status pm_docx_write(struct pm_docx *docx, const struct pm_reference *reference, struct pm_buf *out)
{
    return write(docx, reference, false, out);
}

enum pm_status pm_docx_write_body(struct pm_docx *docx, struct pm_buf *out)
{
    return write(docx, NULL, true, out);
}
