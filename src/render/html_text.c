#include "render/html_text.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "render/nfc.h"

#include <string.h>

enum byte_class { PLAIN, ENTITY, RETURN, FORBIDDEN, LONG };   /* LONG: look at the whole character */

/* Of the bytes up to '>', by a table: this is asked for each byte of a page. */
static inline enum byte_class class_of(char c)
{
    static const unsigned char low['>' + 1] = {
        FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, PLAIN, PLAIN, FORBIDDEN,
        FORBIDDEN, RETURN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN,
        FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN,
        ['"'] = ENTITY, ['&'] = ENTITY, ['<'] = ENTITY, ['>'] = ENTITY};
    unsigned char byte = (unsigned char)c;
    return byte <= '>' ? (enum byte_class)low[byte] : byte < 0x7F ? PLAIN : byte == 0x7F ? FORBIDDEN : LONG;
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

/* The character at *at, which moves behind it; *class becomes PLAIN or FORBIDDEN. */
static uint32_t next_long(struct pm_str text, size_t *at, enum byte_class *class)
{
    uint32_t cp = pm_utf8_next(text, at);
    *class = is_character(cp) ? PLAIN : FORBIDDEN;
    return cp;
}

/* False, and half done, at the first character that asks for a look at the text's form; `normal`: there was one. */
static bool put_text(struct pm_buf *out, struct pm_str text, bool normal)
{
    size_t from = 0;
    for (size_t at = 0; at < text.n;) {
        enum byte_class class = class_of(text.p[at]);
        size_t next = class == LONG ? at : at + 1;
        if (class == LONG && !pm_nfc_is_settled(next_long(text, &next, &class)) && !normal)
            return false;
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
    return true;
}

/* In Form C, before anything is escaped: a mark must not join the '>' or '"' in front of it. */
static void put_normal(struct pm_buf *out, struct pm_str text)
{
    struct pm_buf room;
    pm_buf_init(&room, PM_MAX_OUTPUT);
    pm_nfc(&room, text);
    if (room.status)
        out->status = room.status;
    else
        put_text(out, pm_buf_slice(&room), true);
    pm_buf_free(&room);
}

void pm_html_text(struct pm_buf *out, struct pm_str text)
{
    size_t from = out->len;
    if (put_text(out, text, false))
        return;
    if (out->len > from) {
        out->len = from;
        out->data[from] = '\0';
    }
    put_normal(out, text);
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
    bool normal = pm_nfc_is(url, &out->status);
    for (size_t at = 0; at < url.n; at++) {
        unsigned char byte = (unsigned char)url.p[at];
        if (fits_url(url, at, path) && (byte < 0x80 || normal))
            continue;
        pm_html_text(out, (struct pm_str){url.p + from, at - from});
        pm_buf_add(out, (const char[]){'%', digits[byte >> 4], digits[byte & 15]}, 3);
        from = at + 1;
    }
    if (url.n > from)
        pm_html_text(out, (struct pm_str){url.p + from, url.n - from});
}

bool pm_html_keeps(struct pm_str text)
{
    for (size_t at = pm_utf8_plain(text, 0); at < text.n; at = pm_utf8_plain(text, at)) {
        enum byte_class class = class_of(text.p[at]);
        if (class == LONG)
            next_long(text, &at, &class);
        else
            at++;
        if (class == FORBIDDEN || class == RETURN)
            return false;
    }
    return true;
}
