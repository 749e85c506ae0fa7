#include "render/pdf/object.h"

#include "base/time.h"
#include "base/utf8.h"

enum { DEFLATED_FROM = 512 };

static HPDF_STATUS write_body(HPDF_Dict object, HPDF_Stream stream)
{
    const struct pm_str *body = object->attr;
    if (!body || body->n == 0)
        return HPDF_OK;
    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)body->p, (HPDF_UINT)body->n);
}

HPDF_Dict pm_object_new(struct pm_file *file)
{
    HPDF_Dict object = HPDF_Dict_New(file->doc->mmgr);
    if (!object || HPDF_Xref_Add(file->doc->xref, object) != HPDF_OK)
        return NULL;
    object->write_fn = write_body;
    return object;
}

void pm_object_body(struct pm_file *file, HPDF_Dict object, struct pm_str body)
{
    struct pm_str *kept = pm_arena_alloc(file->arena, sizeof *kept);
    if (!object || !kept)
        return;
    *kept = pm_arena_str(file->arena, body);
    object->attr = kept;
}

void pm_object_extend(struct pm_file *file, HPDF_Dict object, struct pm_str body)
{
    if (!object)
        return;
    object->write_fn = write_body;
    pm_object_body(file, object, body);
}

void pm_object_take(struct pm_file *file, HPDF_Dict object, struct pm_buf *body)
{
    if (body->status != PM_OK)
        file->arena->failed = true;
    pm_object_extend(file, object, pm_buf_slice(body));
    pm_buf_free(body);
}

static bool write_stream(struct pm_file *file, HPDF_Dict object, struct pm_str bytes)
{
    file->digest = file->digest * 1099511628211ull ^ pm_str_hash(bytes);
    object->filter = HPDF_STREAM_FILTER_NONE;   /* libharu is not to deflate once more */
    return bytes.n == 0 || HPDF_Stream_Write(object->stream, (const HPDF_BYTE *)bytes.p, (HPDF_UINT)bytes.n) == HPDF_OK;
}

/* Deflated where that is worth it: a deflater clears tables of 128 KiB for each stream, and short ones hardly shrink. */
static bool write_deflated(struct pm_file *file, HPDF_Dict stream, struct pm_str bytes)
{
    struct pm_buf deflated;
    pm_buf_init(&deflated, (size_t)1 << 30);
    bool done = pm_pdf_deflate(file->deflater, bytes, &deflated) == PM_OK && write_stream(file, stream, pm_buf_slice(&deflated));
    pm_buf_free(&deflated);
    return done;
}

bool pm_object_fill(struct pm_file *file, HPDF_Dict stream, struct pm_str bytes, bool deflate, struct pm_str entries)
{
    deflate = deflate && bytes.n >= DEFLATED_FROM;
    if (!(deflate ? write_deflated(file, stream, bytes) : write_stream(file, stream, bytes)))
        return false;
    pm_object_extend(file, stream, deflate ? pm_arena_format(file->arena, "%.*s/Filter/FlateDecode", (int)entries.n, entries.p) : entries);
    return !pm_arena_failed(file->arena);
}

HPDF_Dict pm_object_stream(struct pm_file *file, struct pm_str bytes, bool deflate, struct pm_str entries)
{
    HPDF_Dict object = HPDF_DictStream_New(file->doc->mmgr, file->doc->xref);
    return object && pm_object_fill(file, object, bytes, deflate, entries) ? object : NULL;
}

void pm_put_ref(struct pm_buf *b, const void *object)
{
    const HPDF_Obj_Header *header = object;
    pm_put_unsigned(b, header->obj_id & 0x00FFFFFF);
    pm_buf_add(b, " 0 R", 4);
}

static bool is_printable_ascii(struct pm_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < 0x20 || s.p[i] > 0x7E)
            return false;
    return true;
}

void pm_put_unsigned(struct pm_buf *b, size_t n)
{
    char digits[24];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + n % 10);
    while (n /= 10);
    pm_buf_add(b, digits + at, sizeof digits - at);
}

void pm_put_hex4(struct pm_buf *b, unsigned n)
{
    static const char hex[] = "0123456789ABCDEF";
    char digits[4] = {hex[n >> 12 & 15], hex[n >> 8 & 15], hex[n >> 4 & 15], hex[n & 15]};
    pm_buf_add(b, digits, 4);
}

void pm_put_utf16_hex(struct pm_buf *b, struct pm_str utf8)
{
    for (size_t at = 0; at < utf8.n;) {
        uint32_t cp = pm_utf8_next(utf8, &at);
        if (cp == PM_UTF8_BAD)
            cp = 0xFFFD;
        if (cp > 0xFFFF) {
            pm_put_hex4(b, 0xD7C0 + (unsigned)(cp >> 10));
            cp = 0xDC00 + (cp & 0x3FF);
        }
        pm_put_hex4(b, (unsigned)cp);
    }
}

void pm_put_text(struct pm_buf *b, struct pm_str utf8)
{
    if (!is_printable_ascii(utf8)) {
        pm_buf_puts(b, "<FEFF");
        pm_put_utf16_hex(b, utf8);
        pm_buf_putc(b, '>');
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
