#include "base/utf8.h"

/* Well-formed sequences by their first byte (Unicode, table 3-7): how many bytes follow, and the range of the second. */
struct lead {
    unsigned char more, low, high;
};

static struct lead lead_of(unsigned char c)
{
    if (c >= 0xC2 && c <= 0xDF)
        return (struct lead){1, 0x80, 0xBF};
    if (c >= 0xE0 && c <= 0xEF)
        return (struct lead){2, c == 0xE0 ? 0xA0 : 0x80, c == 0xED ? 0x9F : 0xBF};
    if (c >= 0xF0 && c <= 0xF4)
        return (struct lead){3, c == 0xF0 ? 0x90 : 0x80, c == 0xF4 ? 0x8F : 0xBF};
    return (struct lead){0, 0, 0};
}

uint32_t pm_utf8_next(struct pm_str s, size_t *at)
{
    const unsigned char *p = (const unsigned char *)s.p + *at;
    size_t left = s.n - (*at)++;
    if (p[0] < 0x80)
        return p[0];
    struct lead lead = lead_of(p[0]);
    if (lead.more == 0 || left <= lead.more || p[1] < lead.low || p[1] > lead.high)
        return PM_UTF8_BAD;
    uint32_t cp = p[0] & (0x3Fu >> lead.more);
    for (size_t i = 1; i <= lead.more; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return PM_UTF8_BAD;
        cp = cp << 6 | (p[i] & 0x3Fu);
    }
    *at += lead.more;
    return cp;
}

size_t pm_utf8_put(char out[4], uint32_t cp)
{
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    size_t more = cp < 0x800 ? 1 : cp < 0x10000 ? 2 : 3;
    static const unsigned char first[] = {0, 0xC0, 0xE0, 0xF0};
    for (size_t i = more; i > 0; i--, cp >>= 6)
        out[i] = (char)(0x80 | (cp & 0x3F));
    out[0] = (char)(first[more] | cp);
    return more + 1;
}

static inline bool is_plain(char c)
{
    return ((unsigned char)(c - ' ') <= '~' - ' ') | (c == '\n');
}

enum { BLOCK = 32 };   /* bytes that compilers look at together */

static bool is_plain_block(const char *p)
{
    unsigned char plain = 1;
    for (int i = 0; i < BLOCK; i++)
        plain &= is_plain(p[i]);
    return plain;
}

size_t pm_utf8_plain(struct pm_str s, size_t at)
{
    while (s.n - at >= BLOCK && is_plain_block(s.p + at))
        at += BLOCK;
    while (at < s.n && is_plain(s.p[at]))
        at++;
    return at;
}

size_t pm_utf8_check(struct pm_str s)
{
    for (size_t at = pm_utf8_plain(s, 0); at < s.n; at = pm_utf8_plain(s, at)) {
        size_t start = at;
        if (pm_utf8_next(s, &at) == PM_UTF8_BAD)
            return start;
    }
    return s.n;
}

size_t pm_utf8_length(struct pm_str s)
{
    size_t count = 0;
    for (size_t at = 0; at < s.n; count++)
        pm_utf8_next(s, &at);
    return count;
}

struct pm_str pm_utf8_prefix(struct pm_str s, size_t n)
{
    size_t at = 0;
    while (n-- > 0 && at < s.n)
        pm_utf8_next(s, &at);
    return (struct pm_str){s.p, at};
}

bool pm_utf8_xml_legal(uint32_t cp)
{
    if (cp < 0x20)
        return cp == '\t' || cp == '\n' || cp == '\r';
    return cp <= 0xD7FF || (cp >= 0xE000 && cp <= 0xFFFD) || (cp >= 0x10000 && cp <= 0x10FFFF);
}

bool pm_utf8_is_unspaced(uint32_t cp)
{
    return (cp >= 0x2E80 && cp <= 0x312F) || (cp >= 0x3190 && cp <= 0xA4CF) || (cp >= 0xF900 && cp <= 0xFAFF) ||
           (cp >= 0xFE30 && cp <= 0xFE4F) || (cp >= 0xFF01 && cp <= 0xFF60) || (cp >= 0x20000 && cp <= 0x3FFFD);
}

static size_t put_unit(unsigned char *out, uint32_t unit)
{
    out[0] = (unsigned char)(unit >> 8);
    out[1] = (unsigned char)unit;
    return 2;
}

size_t pm_utf8_to_utf16be(struct pm_str s, unsigned char *out)
{
    size_t n = 0;
    for (size_t at = 0; at < s.n;) {
        uint32_t cp = pm_utf8_next(s, &at);
        if (cp == PM_UTF8_BAD)
            cp = 0xFFFD;
        if (cp >= 0x10000) {
            n += put_unit(out + n, 0xD800 + ((cp - 0x10000) >> 10));
            cp = 0xDC00 + (cp & 0x3FF);
        }
        n += put_unit(out + n, cp);
    }
    return n;
}
