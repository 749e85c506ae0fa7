#include "render/pdf/metadata.h"

#include "base/sha256.h"
#include "base/time.h"

#define MAX_METADATA ((size_t)64 << 20)

static void put_entry(struct pm_buf *b, const char *key, struct pm_str text)
{
    if (text.n == 0)
        return;
    pm_buf_printf(b, "/%s", key);
    pm_put_text(b, text);
}

static void write_information(struct pm_file *file, const struct pm_metadata *m)
{
    struct pm_buf b;
    pm_buf_init(&b, MAX_METADATA);
    put_entry(&b, "Title", m->title);
    put_entry(&b, "Author", m->author);
    put_entry(&b, "Subject", m->subject);
    put_entry(&b, "Keywords", m->keywords);
    put_entry(&b, "Creator", PM_LIT("pmkit"));
    pm_buf_puts(&b, "/CreationDate");
    pm_put_date(&b, m->instant);
    pm_buf_puts(&b, "/ModDate");
    pm_put_date(&b, m->instant);
    pm_object_take(file, file->doc->info, &b);
}

/* ---- XMP (ISO 16684-1), with the mark of PDF/UA-1 (ISO 14289-1, 5) ---- */

static void put_xmp_alt(struct pm_buf *b, const char *name, struct pm_str text)
{
    if (text.n == 0)
        return;
    pm_buf_printf(b, "<%s><rdf:Alt><rdf:li xml:lang=\"x-default\">", name);
    pm_buf_xml(b, text);
    pm_buf_printf(b, "</rdf:li></rdf:Alt></%s>\n", name);
}

static void put_xmp_dates(struct pm_buf *b, pm_instant instant)
{
    pm_buf_puts(b, "<xmp:CreateDate>");
    pm_instant_rfc3339(b, instant, PM_LIT("UTC"));
    pm_buf_puts(b, "</xmp:CreateDate><xmp:ModifyDate>");
    pm_instant_rfc3339(b, instant, PM_LIT("UTC"));
    pm_buf_puts(b, "</xmp:ModifyDate>\n");
}

static void put_xmp(struct pm_buf *b, const struct pm_metadata *m)
{
    pm_buf_puts(
        b, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
           "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
           "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
           "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" "
           "xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n");
    put_xmp_alt(b, "dc:title", m->title);
    put_xmp_alt(b, "dc:description", m->subject);
    if (m->author.n > 0) {
        pm_buf_puts(b, "<dc:creator><rdf:Seq><rdf:li>");
        pm_buf_xml(b, m->author);
        pm_buf_puts(b, "</rdf:li></rdf:Seq></dc:creator>\n");
    }
    if (m->lang.n > 0) {
        pm_buf_puts(b, "<dc:language><rdf:Bag><rdf:li>");
        pm_buf_xml(b, m->lang);
        pm_buf_puts(b, "</rdf:li></rdf:Bag></dc:language>\n");
    }
    if (m->keywords.n > 0) {
        pm_buf_puts(b, "<pdf:Keywords>");
        pm_buf_xml(b, m->keywords);
        pm_buf_puts(b, "</pdf:Keywords>\n");
    }
    pm_buf_puts(b, "<xmp:CreatorTool>pmkit</xmp:CreatorTool>\n");
    put_xmp_dates(b, m->instant);
    pm_buf_puts(b, "<pdfuaid:part>1</pdfuaid:part>\n</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>");
}

static HPDF_Dict write_xmp(struct pm_file *file, const struct pm_metadata *m)
{
    struct pm_buf b;
    pm_buf_init(&b, MAX_METADATA);
    put_xmp(&b, m);
    HPDF_Dict stream = b.status == PM_OK ? pm_object_stream(file, pm_buf_slice(&b), false, PM_LIT("/Type/Metadata/Subtype/XML")) : NULL;
    pm_buf_free(&b);
    return stream;
}

/* ---- the attached source (ISO 32000-1, 7.11.4; AFRelationship: ISO 32000-2, 7.11.3) ---- */

static HPDF_Dict write_attachment(struct pm_file *file, const struct pm_metadata *m)
{
    struct pm_buf b;
    char hash[65];
    pm_buf_init(&b, 65536);
    pm_buf_printf(&b, "/Type/EmbeddedFile/Subtype/application#2Fyaml/Params<</Size %zu/ModDate", m->source.n);
    pm_put_date(&b, m->instant);
    pm_buf_puts(&b, ">>");
    HPDF_Dict content = b.status == PM_OK ? pm_object_stream(file, m->source, true, pm_buf_slice(&b)) : NULL;
    HPDF_Dict spec = content ? pm_object_new(file) : NULL;
    if (spec) {
        struct pm_str name = pm_str(m->source_name);
        pm_buf_clear(&b);
        pm_buf_puts(&b, "/Type/Filespec/AFRelationship/Source/F");
        pm_put_text(&b, name);
        pm_buf_puts(&b, "/UF");
        pm_put_text(&b, name);
        pm_sha256(m->source, hash);
        pm_buf_puts(&b, "/Desc(The incident that this report was made from; SHA-256 ");
        pm_buf_puts(&b, hash);
        pm_buf_puts(&b, ")/EF<</F ");
        pm_put_ref(&b, content);
        pm_buf_puts(&b, "/UF ");
        pm_put_ref(&b, content);
        pm_buf_puts(&b, ">>");
        pm_object_take(file, spec, &b);
    }
    pm_buf_free(&b);
    return spec;
}

/* ---- catalog and trailer ---- */

static void put_catalog(struct pm_buf *b, const struct pm_metadata *m, HPDF_Dict xmp, HPDF_Dict attachment)
{
    pm_buf_puts(b, "/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>/PageLabels<</Nums[");
    if (m->front_pages > 0)
        pm_buf_puts(b, "0<</S/r>>");
    pm_put_unsigned(b, m->front_pages);
    pm_buf_puts(b, "<</S/D>>]>>/Lang");
    pm_put_text(b, m->lang.n ? m->lang : PM_LIT("en"));
    pm_buf_puts(b, "/StructTreeRoot ");
    pm_put_ref(b, m->structure);
    pm_buf_puts(b, "/Metadata ");
    pm_put_ref(b, xmp);
    if (!attachment)
        return;
    pm_buf_puts(b, "/AF[");
    pm_put_ref(b, attachment);
    pm_buf_puts(b, "]/Names<</EmbeddedFiles<</Names[");
    pm_put_text(b, pm_str(m->source_name));
    pm_buf_putc(b, ' ');
    pm_put_ref(b, attachment);
    pm_buf_puts(b, "]>>>>");
}

/* Two equal halves: a file that is never updated (ISO 32000-1, 14.4). */
static HPDF_STATUS add_id(HPDF_Doc doc, const struct pm_metadata *m)
{
    unsigned long long halves[2] = {m->digest, pm_str_hash(m->source) ^ pm_str_hash(m->title)};
    HPDF_BYTE id[16];
    for (int i = 0; i < 16; i++)
        id[i] = (HPDF_BYTE)(halves[i / 8] >> 8 * (i % 8));
    HPDF_Array array = HPDF_Array_New(doc->mmgr);
    if (!array)
        return HPDF_FAILD_TO_ALLOC_MEM;
    HPDF_STATUS status = HPDF_Dict_Add(doc->trailer, "ID", array);
    for (int i = 0; i < 2 && status == HPDF_OK; i++) {
        HPDF_Binary half = HPDF_Binary_New(doc->mmgr, id, sizeof id);
        status = half ? HPDF_Array_Add(array, half) : HPDF_FAILD_TO_ALLOC_MEM;
    }
    return status;
}

enum pm_status pm_metadata_write(struct pm_file *file, const struct pm_metadata *m)
{
    HPDF_Doc doc = file->doc;
    HPDF_Dict xmp = write_xmp(file, m);
    HPDF_Dict attachment = m->source.p ? write_attachment(file, m) : NULL;
    if (!xmp || (m->source.p && !attachment))
        return PM_NOMEM;
    struct pm_buf b;
    pm_buf_init(&b, MAX_METADATA);
    put_catalog(&b, m, xmp, attachment);
    pm_object_take(file, doc->catalog, &b);
    write_information(file, m);
    if (add_id(doc, m) != HPDF_OK || HPDF_Dict_Add(doc->trailer, "Root", doc->catalog) != HPDF_OK ||
        HPDF_Dict_Add(doc->trailer, "Info", doc->info) != HPDF_OK)
        return PM_NOMEM;
    return pm_arena_failed(file->arena) ? PM_NOMEM : PM_OK;
}
