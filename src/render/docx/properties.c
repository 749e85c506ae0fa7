/* Properties of the file, and the sources as parts of custom XML. */
#include "base/base64.h"
#include "base/utf8.h"
#include "render/docx/docx_internal.h"

#include <string.h>

enum { MOST_PROPERTY = 255 };      /* characters that Word's dialogue shows */

static void put_element(struct pm_buf *out, const char *name, struct pm_str text)
{
    if (text.n == 0)
        return;
    pm_buf_puts(out, "<");
    pm_buf_puts(out, name);
    pm_buf_puts(out, ">");
    pm_xml_text(out, text);
    pm_buf_puts(out, "</");
    pm_buf_puts(out, name);
    pm_buf_puts(out, ">");
}

static void put_date(struct pm_buf *out, const char *name, pm_instant instant)
{
    pm_buf_puts(out, "<dcterms:");
    pm_buf_puts(out, name);
    pm_buf_puts(out, " xsi:type=\"dcterms:W3CDTF\">");
    pm_instant_rfc3339(out, instant, PM_LIT("UTC"));
    pm_buf_puts(out, "</dcterms:");
    pm_buf_puts(out, name);
    pm_buf_puts(out, ">");
}

/* Of several documents, the first speaks for all. */
void pm_docx_core(const struct pm_docx *docx, struct pm_buf *out)
{
    const struct pm_docx_document *doc = docx->first;
    pm_buf_puts(out, PM_XML_DECLARATION
                "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
                "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" "
                "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">");
    if (doc) {
        put_element(out, "dc:title", doc->title);
        put_element(out, "dc:subject", doc->subject);
        put_element(out, "dc:creator", doc->author);
        put_element(out, "cp:keywords", doc->keywords);
        put_element(out, "dc:language", doc->lang);
        put_date(out, "created", doc->instant);
        put_date(out, "modified", doc->instant);
    }
    pm_buf_puts(out, "</cp:coreProperties>");
}

void pm_docx_app(struct pm_buf *out)
{
    pm_buf_puts(out, PM_XML_DECLARATION "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">"
                     "<Application>pmkit</Application></Properties>");
}

/* ---- docProps/custom.xml: "pm.id", and "pm.id.2" of the second document ---- */

static void put_property(struct pm_buf *out, long *pid, const char *name, size_t number, struct pm_str value)
{
    pm_buf_puts(out, "<property fmtid=\"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}\" pid=\"");
    pm_docx_int(out, ++*pid);
    pm_buf_puts(out, "\" name=\"");
    pm_buf_puts(out, name);
    if (number > 1) {
        pm_buf_putc(out, '.');
        pm_docx_int(out, (long)number);
    }
    pm_buf_puts(out, "\"><vt:lpwstr>");
    pm_xml_text(out, pm_utf8_prefix(value, MOST_PROPERTY));
    pm_buf_puts(out, "</vt:lpwstr></property>");
}

void pm_docx_custom(const struct pm_docx *docx, struct pm_buf *out)
{
    long pid = 1;
    size_t number = 0;
    pm_buf_puts(out, PM_XML_DECLARATION "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" "
                     "xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">");
    for (const struct pm_docx_document *doc = docx->first; doc; doc = doc->next) {
        put_property(out, &pid, "pm.id", ++number, doc->id);
        put_property(out, &pid, "pm.sha256", number, doc->sha256);
        put_property(out, &pid, "pm.schema", number, PM_LIT("1"));
    }
    pm_buf_puts(out, "</Properties>");
}

/* ---- customXml/item1.xml ---- */

void pm_docx_item_xml(const struct pm_docx_document *doc, struct pm_buf *out)
{
    pm_buf_puts(out, PM_XML_DECLARATION "<pm:incident xmlns:pm=\"urn:pm:1\" schema=\"1\" id=\"");
    pm_xml_attribute(out, doc->id);
    pm_buf_puts(out, "\" sha256=\"");
    pm_buf_str(out, doc->sha256);
    if (pm_xml_keeps(doc->source)) {
        pm_buf_puts(out, "\"><pm:yaml>");
        pm_xml_cdata(out, doc->source);
    } else {
        pm_buf_puts(out, "\"><pm:yaml encoding=\"base64\">");
        pm_base64(out, doc->source, 0);
    }
    pm_buf_puts(out, "</pm:yaml></pm:incident>");
}

/* The id of the part, from the document's number and hash in the form of a UUID. */
void pm_docx_item_properties(const struct pm_docx_document *doc, size_t number, struct pm_buf *out)
{
    struct pm_str hash = doc->sha256;
    pm_buf_puts(out, PM_XML_DECLARATION
                "<ds:datastoreItem xmlns:ds=\"http://schemas.openxmlformats.org/officeDocument/2006/customXml\" ds:itemID=\"{");
    pm_buf_printf(out, "%08zX-", number & 0xFFFFFFFF);
    for (size_t i = 0; i < 24; i++) {
        char c = i < hash.n ? hash.p[i] : '0';
        pm_buf_putc(out, c >= 'a' && c <= 'f' ? (char)(c - 'a' + 'A') : c >= '0' && c <= '9' ? c : '0');
        if (i == 3 || i == 7 || i == 11)
            pm_buf_putc(out, '-');
    }
    pm_buf_puts(out, "}\"><ds:schemaRefs><ds:schemaRef ds:uri=\"urn:pm:1\"/></ds:schemaRefs></ds:datastoreItem>");
}
