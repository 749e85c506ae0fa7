/* The bytes of a file as text that the format can hold. */
#include "import/import_internal.h"

#include "base/utf8.h"

#include <string.h>

/* Windows-1252, 0x80 to 0x9F; 0: nothing. The rest is as in Latin-1. */
static const uint16_t windows[32] = {
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178};

static void put(struct pm_buf *b, uint32_t cp)
{
    char bytes[4];
    bool forbidden = (cp < 0x20 && cp != '\t' && cp != '\n') || (cp >= 0x7F && cp < 0xA0) || cp == 0xFEFF || cp == 0xFFFE || cp == 0xFFFF;
    if (cp == 0x2010 || cp == 0x2011)   /* hyphens that text processors put into dates and ids */
        pm_buf_putc(b, '-');
    else if (forbidden || !pm_utf8_xml_legal(cp))
        pm_buf_putc(b, ' ');
    else
        pm_buf_add(b, bytes, pm_utf8_put(bytes, cp));
}

static void put_byte(struct pm_buf *b, unsigned char byte)
{
    put(b, byte >= 0x80 && byte < 0xA0 ? (windows[byte - 0x80] ? windows[byte - 0x80] : 0xFFFD) : byte);
}

static void clean_utf8(struct pm_str s, struct pm_buf *b)
{
    for (size_t at = 0; at < s.n;) {
        size_t plain = pm_utf8_plain(s, at), start = plain;
        pm_buf_add(b, s.p + at, plain - at);
        if (plain >= s.n)
            return;
        at = plain;
        uint32_t cp = pm_utf8_next(s, &at);
        if (cp == '\r' && at < s.n && s.p[at] == '\n')
            continue;
        if (cp == PM_UTF8_BAD)
            put_byte(b, (unsigned char)s.p[start]);
        else
            put(b, cp == '\r' || cp == 0x2028 || cp == 0x2029 || cp == 0x85 ? '\n' : cp);
    }
}

/* Two bytes a character, as some editors save. */
static void clean_utf16(struct pm_str s, bool big, struct pm_buf *b)
{
    const unsigned char *p = (const unsigned char *)s.p;
    for (size_t i = 2; i + 1 < s.n; i += 2) {
        uint32_t unit = big ? (uint32_t)p[i] << 8 | p[i + 1] : (uint32_t)p[i + 1] << 8 | p[i];
        if (unit >= 0xD800 && unit < 0xDC00 && i + 3 < s.n) {
            uint32_t low = big ? (uint32_t)p[i + 2] << 8 | p[i + 3] : (uint32_t)p[i + 3] << 8 | p[i + 2];
            i += 2;
            put(b, low >= 0xDC00 && low < 0xE000 ? 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00) : 0xFFFD);
        } else if (unit != '\r') {
            put(b, unit >= 0xD800 && unit < 0xE000 ? 0xFFFD : unit);
        }
    }
}

struct pm_str pm_md_clean(struct pm_str source, struct pm_arena *arena, struct pm_diags *diags)
{
    struct pm_buf b;
    pm_buf_init(&b, SIZE_MAX / 2);
    bool big = pm_str_starts(source, "\xFE\xFF");
    if (big || pm_str_starts(source, "\xFF\xFE")) {
        clean_utf16(source, big, &b);
    } else {
        if (pm_str_starts(source, "\xEF\xBB\xBF"))
            source = pm_md_from(source, 3);
        size_t bad = pm_utf8_check(source);
        uint32_t line = 1;
        for (size_t i = 0; i < bad && bad < source.n; i++)
            line += source.p[i] == '\n';
        if (bad < source.n)
            pm_report(diags, PM_D_IMPORTED, (struct pm_mark){line, 1, 0}, "bytes that are not UTF-8 are read as Windows-1252");
        clean_utf8(source, &b);
    }
    struct pm_str out = pm_arena_str(arena, pm_buf_slice(&b));
    if (b.status != PM_OK)
        arena->failed = true;
    pm_buf_free(&b);
    return out.p ? out : PM_LIT("");
}
