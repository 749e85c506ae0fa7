#include "render/html_text.h"

#include "base/utf8.h"

#include <string.h>

enum byte_class { PLAIN, ENTITY, RETURN, FORBIDDEN, LONG };   /* LONG: look at the whole character */

static enum byte_class class_of(char c)
{
    unsigned char byte = (unsigned char)c;
    if (byte > '>')
        return byte < 0x7F ? PLAIN : byte == 0x7F ? FORBIDDEN : LONG;
    switch (byte) {
    case '&': case '<': case '>': case '"': return ENTITY;
    case '\r': return RETURN;
    case '\t': case '\n': return PLAIN;
    default: return byte < ' ' ? FORBIDDEN : PLAIN;
    }
}

/* Of the characters beyond ASCII: no controls, no noncharacters (U+FDD0 to U+FDEF and the last two of each plane). */
static bool is_character(uint32_t cp)
{
    return cp != PM_UTF8_BAD && cp >= 0xA0 && (cp & 0xFFFE) != 0xFFFE && (cp < 0xFDD0 || cp > 0xFDEF);
}

static const char *instead_of(char c, enum byte_class class)
{
    if (class == RETURN)
        return "\n";
    if (class != ENTITY)
        return "\xEF\xBF\xBD";
    return c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&quot;";
}

/* How far the character at `at` goes; *class becomes PLAIN or FORBIDDEN. */
static size_t long_end(struct pm_str text, size_t at, enum byte_class *class)
{
    *class = is_character(pm_utf8_next(text, &at)) ? PLAIN : FORBIDDEN;
    return at;
}

void pm_html_text(struct pm_buf *out, struct pm_str text)
{
    size_t from = 0;
    for (size_t at = 0; at < text.n;) {
        enum byte_class class = class_of(text.p[at]);
        size_t next = class == LONG ? long_end(text, at, &class) : at + 1;
        if (class != PLAIN) {
            pm_buf_add(out, text.p + from, at - from);
            if (class != RETURN || next == text.n || text.p[next] != '\n')
                pm_buf_puts(out, instead_of(text.p[at], class));
            from = next;
        }
        at = next;
    }
    if (text.n > from)
        pm_buf_add(out, text.p + from, text.n - from);
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* Brackets are for addresses of hosts, which end before `path`. */
static bool fits_url(struct pm_str url, size_t at, size_t path)
{
    char c = url.p[at];
    if (c == '%')
        return url.n - at > 2 && is_hex(url.p[at + 1]) && is_hex(url.p[at + 2]);
    if (c == '[' || c == ']')
        return at < path;
    return (unsigned char)c >= 0x80 || (c > ' ' && c != 0x7F && !strchr("\"<>\\^`{|}", c));
}

static size_t path_of(struct pm_str url)
{
    size_t at = 0;
    for (int slashes = 0; at < url.n && slashes < 3; at++)
        slashes += url.p[at] == '/' || url.p[at] == '?' || url.p[at] == '#';
    return at;
}

void pm_html_url(struct pm_buf *out, struct pm_str url)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t from = 0, path = path_of(url);
    for (size_t at = 0; at < url.n; at++) {
        if (fits_url(url, at, path))
            continue;
        unsigned char byte = (unsigned char)url.p[at];
        pm_html_text(out, (struct pm_str){url.p + from, at - from});
        pm_buf_add(out, (const char[]){'%', digits[byte >> 4], digits[byte & 15]}, 3);
        from = at + 1;
    }
    if (url.n > from)
        pm_html_text(out, (struct pm_str){url.p + from, url.n - from});
}

bool pm_html_keeps(struct pm_str text)
{
    for (size_t at = 0; at < text.n;) {
        enum byte_class class = class_of(text.p[at]);
        at = class == LONG ? long_end(text, at, &class) : at + 1;
        if (class == FORBIDDEN || class == RETURN)
            return false;
    }
    return true;
}

void pm_html_base64(struct pm_buf *out, struct pm_str bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t at = 0; at < bytes.n; at += 3) {
        size_t left = bytes.n - at;
        const unsigned char *p = (const unsigned char *)bytes.p + at;
        unsigned a = p[0], b = left > 1 ? p[1] : 0, c = left > 2 ? p[2] : 0;
        char four[4] = {digits[a >> 2], digits[(a & 3) << 4 | b >> 4], digits[(b & 15) << 2 | c >> 6], digits[c & 63]};
        if (left < 3)
            four[3] = '=';
        if (left < 2)
            four[2] = '=';
        pm_buf_add(out, four, 4);
    }
}
