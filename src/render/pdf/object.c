#include "render/pdf/object.h"

#include "base/time.h"
#include "base/utf8.h"

static HPDF_STATUS write_body(HPDF_Dict object, HPDF_Stream stream)
{
    const struct pm_str *body = object->attr;
    if (!body || body->n == 0)
        return HPDF_OK;
    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)body->p, (HPDF_UINT)body->n);
}

HPDF_Dict pm_object_new(HPDF_Doc doc)
{
    HPDF_Dict object = HPDF_Dict_New(doc->mmgr);
    if (!object || HPDF_Xref_Add(doc->xref, object) != HPDF_OK)
        return NULL;
    object->write_fn = write_body;
    return object;
}

void pm_object_body(HPDF_Dict object, struct pm_arena *arena, struct pm_str body)
{
    struct pm_str *kept = pm_arena_alloc(arena, sizeof *kept);
    if (!object || !kept)
        return;
    *kept = body;
    object->attr = kept;
}

void pm_object_extend(HPDF_Dict object, struct pm_arena *arena, struct pm_str body)
{
    if (!object)
        return;
    object->write_fn = write_body;
    pm_object_body(object, arena, body);
}

HPDF_Dict pm_object_stream(HPDF_Doc doc, struct pm_arena *arena, const void *bytes, size_t n, bool deflate, struct pm_str body)
{
    HPDF_Dict object = HPDF_DictStream_New(doc->mmgr, doc->xref);
    if (!object)
        return NULL;
    object->filter = deflate ? HPDF_STREAM_FILTER_FLATE_DECODE : HPDF_STREAM_FILTER_NONE;
    object->write_fn = write_body;
    pm_object_body(object, arena, body);
    if (n > 0)
        HPDF_Stream_Write(object->stream, bytes, (HPDF_UINT)n);
    return object;
}

void pm_put_ref(struct pm_buf *b, const void *object)
{
    const HPDF_Obj_Header *header = object;
    pm_buf_printf(b, "%lu 0 R", (unsigned long)(header->obj_id & 0x00FFFFFF));
}

static bool is_printable_ascii(struct pm_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < 0x20 || s.p[i] > 0x7E)
            return false;
    return true;
}

static void put_utf16_hex(struct pm_buf *b, struct pm_str utf8)
{
    pm_buf_puts(b, "<FEFF");
    for (size_t at = 0; at < utf8.n;) {
        uint32_t cp = pm_utf8_next(utf8, &at);
        if (cp == PM_UTF8_BAD)
            cp = 0xFFFD;
        if (cp > 0xFFFF)
            pm_buf_printf(b, "%04X%04X", 0xD7C0 + (unsigned)(cp >> 10), 0xDC00 + (unsigned)(cp & 0x3FF));
        else
            pm_buf_printf(b, "%04X", (unsigned)cp);
    }
    pm_buf_putc(b, '>');
}

void pm_put_text(struct pm_buf *b, struct pm_str utf8)
{
    if (!is_printable_ascii(utf8)) {
        put_utf16_hex(b, utf8);
        return;
    }
    pm_buf_putc(b, '(');
    for (size_t i = 0; i < utf8.n; i++) {
        if (utf8.p[i] == '(' || utf8.p[i] == ')' || utf8.p[i] == '\\')
            pm_buf_putc(b, '\\');
        pm_buf_putc(b, utf8.p[i]);
    }
    pm_buf_putc(b, ')');
}

void pm_put_date(struct pm_buf *b, int64_t instant)
{
    struct pm_civil c = pm_civil_at(instant, PM_LIT("UTC"));
    pm_buf_printf(b, "(D:%04d%02d%02d%02d%02d%02dZ)", c.year, c.month, c.day, c.hour, c.minute, c.second);
}

void pm_put_number(struct pm_buf *b, double v)
{
    pm_buf_number(b, v, 2);
    pm_buf_putc(b, ' ');
}
