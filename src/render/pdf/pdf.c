#include "render/pdf/pdf.h"

#include "base/limits.h"
#include "render/logo.h"
#include "render/pdf/front.h"
#include "render/pdf/harfbuzz.h"
#include "render/pdf/image.h"
#include "render/pdf/layout.h"
#include "render/pdf/metadata.h"
#include "render/pdf/outline.h"
#include "render/pdf/paint.h"
#include "render/pdf/structure.h"

#include <stdlib.h>
#include <string.h>

#define PAGES_PER_NODE 256   /* an array holds 32,767 items at most */

struct pm_pdf_kit {
    const struct pm_theme *theme;
    struct pm_fonts *fonts;
    struct pm_pdf_deflater *deflater;
    struct pm_image logo;
};

/* A document of the file: what its running heads need when all pages are known. */
struct chapter {
    struct pm_document doc;       /* only strings, in the file's arena */
    size_t first, count;          /* sheets */
    struct pm_anchor title;       /* where it begins; page counts from the file's first sheet */
    struct chapter *next;
};

struct pm_pdf {
    struct pm_pdf_kit *kit;
    struct pm_file file;
    struct pm_arena arena;        /* as long as the file */
    struct pm_embedding fonts;
    struct pm_canvas canvas;
    struct pm_tag *root;
    struct chapter *chapters, *last;
    size_t chapter_count;
    size_t front_pages;           /* sheets of the list of chapters, the last ones made and the first in the file */
};

/* ---- kit ---- */

static void read_logo(struct pm_pdf_kit *kit, struct pm_diags *diags)
{
    const struct pm_theme *theme = kit->theme;
    pm_buf_init(&kit->logo.bytes, 0);
    if (theme->logo.n == 0)
        return;
    struct pm_buf path;
    pm_buf_init(&path, 65536);
    pm_logo_path(theme, &path);
    const char *fault = pm_image_read(path.data, &kit->logo);
    if (!fault && !pm_image_is_whole(&kit->logo)) {
        kit->logo.kind = PM_IMAGE_NONE;
        fault = "it is damaged";
    }
    if (fault)
        pm_report(diags, PM_D_IMAGE, (struct pm_mark){0, 0, 0}, path.data, fault);
    pm_buf_free(&path);
}

enum pm_status pm_pdf_kit_new(const struct pm_theme *theme, struct pm_diags *diags, struct pm_pdf_kit **out)
{
    struct pm_pdf_kit *kit = calloc(1, sizeof *kit);
    *out = kit;
    if (!kit)
        return PM_NOMEM;
    kit->theme = theme;
    read_logo(kit, diags);
    kit->deflater = pm_pdf_deflater_new();
    if (!kit->deflater)
        return PM_NOMEM;
    return pm_fonts_new(theme, diags, &kit->fonts);
}

void pm_pdf_kit_free(struct pm_pdf_kit *kit)
{
    if (!kit)
        return;
    pm_fonts_free(kit->fonts);
    pm_pdf_deflater_free(kit->deflater);
    pm_buf_free(&kit->logo.bytes);
    free(kit);
}

/* ---- the file ---- */

/* Failures are asked for after each step; nothing jumps. */
static void ignore_error(HPDF_STATUS error, HPDF_STATUS detail, void *user)
{
    (void)error;
    (void)detail;
    (void)user;
}

static HPDF_Image load_logo(HPDF_Doc doc, const struct pm_image *logo)
{
    const HPDF_BYTE *bytes = (const HPDF_BYTE *)logo->bytes.data;
    HPDF_UINT n = (HPDF_UINT)logo->bytes.len;
    switch (logo->kind) {
    case PM_IMAGE_PNG:
        return HPDF_LoadPngImageFromMem(doc, bytes, n);
    case PM_IMAGE_JPEG:
        return HPDF_LoadJpegImageFromMem(doc, bytes, n);
    default:
        return NULL;
    }
}

struct pm_pdf *pm_pdf_new(struct pm_pdf_kit *kit)
{
    struct pm_pdf *pdf = calloc(1, sizeof *pdf);
    if (!pdf)
        return NULL;
    pdf->kit = kit;
    pm_arena_init(&pdf->arena);
    pdf->file = (struct pm_file){.doc = HPDF_New(ignore_error, NULL), .arena = &pdf->arena, .deflater = kit->deflater};
    if (!pdf->file.doc || HPDF_SetCompressionMode(pdf->file.doc, HPDF_COMP_ALL) != HPDF_OK) {
        pm_pdf_free(pdf);
        return NULL;
    }
    HPDF_SetPagesConfiguration(pdf->file.doc, PAGES_PER_NODE);
    pdf->file.doc->pdf_version = HPDF_VER_17;
    pm_embedding_init(&pdf->fonts, &pdf->file);
    pdf->root = pm_tag_new(&pdf->arena, NULL, PM_TAG_DOCUMENT);
    pdf->canvas = (struct pm_canvas){.file = &pdf->file, .fonts = &pdf->fonts, .theme = kit->theme,
                                     .logo = load_logo(pdf->file.doc, &kit->logo)};
    pm_buf_init(&pdf->canvas.content, PM_MAX_OUTPUT);
    HPDF_ResetError(pdf->file.doc);
    return pdf;
}

void pm_pdf_free(struct pm_pdf *pdf)
{
    if (!pdf)
        return;
    if (pdf->file.doc)
        HPDF_Free(pdf->file.doc);
    pm_buf_free(&pdf->canvas.content);
    pm_arena_free(&pdf->arena);
    free(pdf);
}

static struct pm_str keep(struct pm_pdf *pdf, struct pm_str s)
{
    return s.p ? pm_arena_str(&pdf->arena, s) : s;
}

static struct chapter *add_chapter(struct pm_pdf *pdf, const struct pm_document *doc)
{
    struct chapter *chapter = pm_arena_alloc(&pdf->arena, sizeof *chapter);
    if (!chapter)
        return NULL;
    struct pm_document *kept = &chapter->doc;
    *kept = (struct pm_document){.arena = &pdf->arena, .instant = doc->instant, .max_pages = doc->max_pages};
    kept->id = keep(pdf, doc->id);
    kept->title = keep(pdf, doc->title);
    kept->lang = keep(pdf, doc->lang);
    kept->author = keep(pdf, doc->author);
    kept->subject = keep(pdf, doc->subject);
    kept->keywords = keep(pdf, doc->keywords);
    kept->header = keep(pdf, doc->header);
    kept->footer = keep(pdf, doc->footer);
    kept->words.page_of = keep(pdf, doc->words.page_of);
    kept->words.contents = keep(pdf, doc->words.contents);
    kept->words.document = keep(pdf, doc->words.document);
    kept->words.page = keep(pdf, doc->words.page);
    chapter->first = pdf->canvas.sheet_count;
    *(pdf->last ? &pdf->last->next : &pdf->chapters) = chapter;
    pdf->last = chapter;
    pdf->chapter_count++;
    return chapter;
}

static struct pm_layout_options layout_options(struct pm_pdf *pdf, const struct chapter *chapter,
                                               struct pm_arena *arena, struct pm_diags *diags)
{
    const struct pm_image *logo = &pdf->kit->logo;
    const struct pm_theme *theme = pdf->kit->theme;
    return (struct pm_layout_options){
        .theme = theme, .fonts = pdf->kit->fonts, .arena = arena, .tag_arena = &pdf->arena, .tag = pdf->root, .heading_base = 1,
        .first_page = chapter->first, .logo_alt = theme->logo_alt, .diags = diags,
        .logo_width = pdf->canvas.logo && logo->height ? theme->logo_height * logo->width / logo->height : 0};
}

/* Layout has one failure for want of memory and for want of a library. */
static enum pm_status layout_failure(enum pm_status status)
{
    return status == PM_NOMEM && pm_harfbuzz_error() ? PM_UNSUPPORTED : status;
}

static enum pm_status failure(const struct pm_pdf *pdf)
{
    if (pdf->canvas.status != PM_OK)
        return pdf->canvas.status;
    if (pm_arena_failed(&pdf->arena) || HPDF_GetError(pdf->file.doc) != HPDF_OK)
        return PM_NOMEM;
    return PM_OK;
}

enum pm_status pm_pdf_add(struct pm_pdf *pdf, const struct pm_document *doc, struct pm_diags *diags)
{
    struct pm_arena scratch;
    pm_arena_init(&scratch);
    struct pm_layout layout = {0};
    enum pm_status status = PM_NOMEM;
    struct chapter *chapter = add_chapter(pdf, doc);
    if (!chapter)
        goto out;
    struct pm_layout_options options = layout_options(pdf, chapter, &scratch, diags);
    options.tag = pm_tag_new(&pdf->arena, pdf->root, PM_TAG_SECT);
    if (options.tag && !pm_str_eq(chapter->doc.lang, pdf->chapters->doc.lang))
        options.tag->lang = chapter->doc.lang;
    status = layout_failure(pm_layout(doc, &options, &layout));
    if (status != PM_OK)
        goto out;
    for (size_t i = 0; i < layout.page_count; i++)
        pm_canvas_add_sheet(&pdf->canvas, NULL);
    chapter->count = layout.page_count;
    for (size_t i = 0; i < layout.page_count; i++)
        pm_canvas_paint(&pdf->canvas, chapter->first + i, &layout.pages[i], &layout, chapter->first);
    if (layout.anchor_count > 0) {
        chapter->title = (struct pm_anchor){.id = pm_arena_format(&pdf->arena, "%zu", pdf->chapter_count), .title = chapter->doc.title,
                                            .page = chapter->first + layout.anchors[0].page, .y = layout.anchors[0].y};
    }
    status = failure(pdf);
    if (status == PM_OK)
        status = pm_outline_add(&pdf->canvas, &layout, chapter->first, pdf->chapter_count > 1);
out:
    pm_arena_free(&scratch);
    return status;
}

/* ---- the list of chapters, in front of them ---- */

static struct pm_str range_title(struct pm_pdf *pdf)
{
    struct pm_str first = pdf->chapters->doc.id, last = pdf->last->doc.id;
    return pm_arena_format(&pdf->arena, "%.*s \xE2\x80\x93 %.*s", (int)first.n, first.n ? first.p : "", (int)last.n, last.n ? last.p : "");
}

static struct pm_document *list_chapters(struct pm_pdf *pdf, struct pm_arena *arena, struct pm_layout *targets)
{
    struct pm_front_entry *entries = pm_arena_array(arena, pdf->chapter_count, sizeof *entries);
    targets->anchors = pm_arena_array(arena, pdf->chapter_count, sizeof *targets->anchors);
    if (!entries || !targets->anchors)
        return NULL;
    for (const struct chapter *c = pdf->chapters; c; c = c->next) {
        struct pm_str url = pm_arena_format(arena, "#%.*s", (int)c->title.id.n, c->title.id.n ? c->title.id.p : "");
        entries[targets->anchor_count] = (struct pm_front_entry){c->doc.id, c->doc.title, c->first + 1, url};
        targets->anchors[targets->anchor_count++] = c->title;
    }
    return pm_front_document(arena, &pdf->chapters->doc, range_title(pdf), entries, pdf->chapter_count);
}

static void paint_front(struct pm_pdf *pdf, const struct pm_layout *layout, const struct pm_layout *targets)
{
    struct pm_canvas *canvas = &pdf->canvas;
    size_t first = canvas->sheet_count;
    HPDF_Page before = canvas->sheets[0].page;
    for (size_t i = 0; i < layout->page_count; i++)
        pm_canvas_add_sheet(canvas, before);
    for (size_t i = 0; i < layout->page_count; i++)
        pm_canvas_paint(canvas, first + i, &layout->pages[i], targets, 0);
    pdf->front_pages = layout->page_count;
}

static enum pm_status add_front(struct pm_pdf *pdf)
{
    struct pm_arena scratch;
    pm_arena_init(&scratch);
    struct pm_layout layout = {0}, targets = {0};
    enum pm_status status = PM_NOMEM;
    struct pm_document *doc = list_chapters(pdf, &scratch, &targets);
    struct pm_tag *tag = pm_tag_new(&pdf->arena, NULL, PM_TAG_SECT);
    if (doc && tag) {
        struct pm_layout_options options = layout_options(pdf, pdf->chapters, &scratch, NULL);
        pm_tag_insert(tag, pdf->root, NULL);
        options.tag = tag;
        status = layout_failure(pm_layout(doc, &options, &layout));
    }
    if (status == PM_OK) {
        paint_front(pdf, &layout, &targets);
        status = failure(pdf);
    }
    pm_arena_free(&scratch);
    return status;
}

/* Heads and feet come last: only now the number of pages is known. */
static void paint_running(struct pm_pdf *pdf)
{
    for (const struct chapter *chapter = pdf->chapters; chapter; chapter = chapter->next) {
        struct pm_arena scratch;
        pm_arena_init(&scratch);
        struct pm_layout_options options = layout_options(pdf, chapter, &scratch, NULL);
        for (size_t i = 0; i < chapter->count; i++) {
            struct pm_page page = {0};
            size_t sheet = chapter->first + i;
            pm_layout_running(&chapter->doc, &options, sheet + 1, pdf->canvas.sheet_count, &scratch, &page);
            pm_canvas_paint_running(&pdf->canvas, sheet, &page);
        }
        if (pm_arena_failed(&scratch))
            pdf->canvas.status = layout_failure(PM_NOMEM);
        pm_arena_free(&scratch);
    }
}

static HPDF_STATUS write_bytes(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT n)
{
    struct pm_buf *out = stream->attr;
    pm_buf_add(out, bytes, n);
    return out->status == PM_OK ? HPDF_OK : HPDF_FILE_IO_ERROR;
}

static enum pm_status write_objects(struct pm_pdf *pdf, struct pm_buf *out)
{
    HPDF_Stream stream = HPDF_CallbackWriter_New(pdf->file.doc->mmgr, (HPDF_Stream_Write_Func)write_bytes, out);
    if (!stream)
        return PM_NOMEM;
    HPDF_STATUS status = HPDF_Stream_WriteStr(stream, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
    if (status == HPDF_OK)
        status = HPDF_Xref_WriteToStream(pdf->file.doc->xref, stream, NULL);
    HPDF_Stream_Free(stream);
    if (out->status != PM_OK)
        return out->status;
    return status == HPDF_OK ? PM_OK : PM_NOMEM;
}

/* A file of one document is about it; one of many takes the language of the first and is named after the first and the last. */
static struct pm_metadata describe(struct pm_pdf *pdf, struct pm_str source, const char *source_name)
{
    const struct pm_document *doc = &pdf->chapters->doc;
    struct pm_metadata m = {.title = doc->title,
                            .author = doc->author,
                            .subject = doc->subject,
                            .keywords = doc->keywords,
                            .lang = doc->lang,
                            .instant = doc->instant,
                            .source = source,
                            .source_name = source_name,
                            .digest = pdf->file.digest};
    if (pdf->chapter_count == 1)
        return m;
    m.title = range_title(pdf);
    m.author = m.subject = m.keywords = (struct pm_str){NULL, 0};
    for (const struct chapter *chapter = pdf->chapters; chapter; chapter = chapter->next)
        if (chapter->doc.instant > m.instant)
            m.instant = chapter->doc.instant;
    return m;
}

enum pm_status pm_pdf_write(struct pm_pdf *pdf, struct pm_str source, const char *source_name, struct pm_buf *out)
{
    if (!pdf->chapters)
        return PM_INVALID;
    paint_running(pdf);
    enum pm_status status = failure(pdf);
    if (status == PM_OK && pdf->chapter_count > 1)
        status = add_front(pdf);
    if (status == PM_OK)
        status = pm_embedding_finish(&pdf->fonts);
    if (status != PM_OK)
        return status;
    struct pm_metadata metadata = describe(pdf, source, source_name);
    metadata.front_pages = pdf->front_pages;
    metadata.structure = pm_structure_write(&pdf->canvas, pdf->root);
    if (!metadata.structure)
        return PM_NOMEM;
    status = pm_metadata_write(&pdf->file, &metadata);
    if (status == PM_OK)
        status = failure(pdf);
    return status == PM_OK ? write_objects(pdf, out) : status;
}
