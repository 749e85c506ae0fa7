#include "base/buf.h"

#include "base/utf8.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAP = 256 };

/* What data points to before the first append; never written. */
static char nothing[1];

void pm_buf_init(struct pm_buf *b, size_t max)
{
    *b = (struct pm_buf){.data = nothing, .max = max};
}

void pm_buf_free(struct pm_buf *b)
{
    if (b->cap)
        free(b->data);
    pm_buf_init(b, b->max);
}

void pm_buf_clear(struct pm_buf *b)
{
    b->len = 0;
    b->status = PM_OK;
    if (b->cap)
        b->data[0] = '\0';
}

static void grow(struct pm_buf *b, size_t need)
{
    size_t cap = b->cap ? b->cap : FIRST_CAP;
    while (cap < need)
        cap = cap > SIZE_MAX / 2 ? need : cap * 2;
    if (cap - 1 > b->max)
        cap = b->max + 1;   /* enough: nobody asks for more than max */
    char *data = realloc(b->cap ? b->data : NULL, cap);
    if (!data) {
        b->status = PM_NOMEM;
        return;
    }
    b->data = data;
    b->cap = cap;
    data[b->len] = '\0';
}

static bool make_room_slowly(struct pm_buf *b, size_t n)
{
    if (b->status)
        return false;
    if (n > b->max - b->len || n >= SIZE_MAX - b->len) {
        b->status = PM_LIMIT;
        return false;
    }
    if (b->len + n + 1 > b->cap)
        grow(b, b->len + n + 1);
    return b->status == PM_OK;
}

/* Makes room for n bytes and the NUL behind them. Inlined for what is nearly always so: every byte of every output comes here. */
static inline bool make_room(struct pm_buf *b, size_t n)
{
    return (!b->status && n < b->cap - b->len) || make_room_slowly(b, n);
}

char *pm_buf_reserve(struct pm_buf *b, size_t n)
{
    if (!make_room(b, n))
        return NULL;
    b->data[b->len + n] = '\0';
    return b->data + b->len;
}

void pm_buf_add(struct pm_buf *b, const void *bytes, size_t n)
{
    if (n == 0 || !make_room(b, n))
        return;
    memcpy(b->data + b->len, bytes, n);
    b->len += n;
    b->data[b->len] = '\0';
}

void pm_buf_putc(struct pm_buf *b, char c)
{
    if (!make_room(b, 1))
        return;
    b->data[b->len++] = c;
    b->data[b->len] = '\0';
}

void pm_buf_vprintf(struct pm_buf *b, const char *fmt, va_list ap)
{
    if (b->status)
        return;
    va_list again;
    va_copy(again, ap);
    size_t room = b->cap ? b->cap - b->len : 0;
    int n = vsnprintf(room ? b->data + b->len : NULL, room, fmt, ap);
    if (n < 0)
        b->status = PM_NOMEM;
    else if (make_room(b, (size_t)n)) {
        if ((size_t)n >= room)
            vsnprintf(b->data + b->len, (size_t)n + 1, fmt, again);
        b->len += (size_t)n;
    }
    if (b->cap)
        b->data[b->len] = '\0';
    va_end(again);
}

void pm_buf_printf(struct pm_buf *b, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    pm_buf_vprintf(b, fmt, ap);
    va_end(ap);
}

static char *digits_of(char *end, uint64_t n)
{
    do
        *--end = (char)('0' + n % 10);
    while (n /= 10);
    return end;
}

/* What the product of f and a whole number of at most 20 bits lost to rounding, exactly: halves of f of 26 bits give products without loss
 * (Veltkamp, Dekker). fma() does the same, but by the library of mathematics, which a program would have to load for it. */
static double lost_by(double f, double scale, double product)
{
    double shifted = f * 134217729.0, high = shifted - (shifted - f), low = f - high;
    return (high * scale - product) + low * scale;
}

/* f * scale to the nearest integer, halves away from zero. What the product lost decides near a half. */
static uint64_t scaled(double f, double scale)
{
    double product = f * scale, lost = lost_by(f, scale, product);
    uint64_t whole = (uint64_t)product;
    double rest = product - (double)whole;
    return whole + (rest > 0.5 || (rest == 0.5 && lost >= 0.0));
}

/* Not by %f, whose decimal point is the locale's. */
void pm_buf_number(struct pm_buf *b, double value, int digits)
{
    static const uint32_t powers[] = {1, 10, 100, 1000, 10000, 100000, 1000000};
    double size = fabs(value);
    digits = digits < 0 ? 0 : digits > 6 ? 6 : digits;
    if (!isfinite(value)) {
        pm_buf_putc(b, '0');
        return;
    }
    if (size >= 9007199254740992.0) {   /* 2^53: a whole number, and %.0f prints no point */
        pm_buf_printf(b, "%.0f", value);
        return;
    }
    uint64_t whole = (uint64_t)size, fraction = scaled(size - (double)whole, powers[digits]);
    if (fraction == powers[digits]) {
        whole++;
        fraction = 0;
    }
    for (; digits > 0 && fraction % 10 == 0; digits--)
        fraction /= 10;
    char text[32], *end = text + sizeof text, *p = end;
    if (fraction) {
        p = digits_of(end, fraction);
        while (end - p < digits)
            *--p = '0';
        *--p = '.';
    }
    p = digits_of(p, whole);
    if (value < 0 && (whole || fraction))
        *--p = '-';
    pm_buf_add(b, p, (size_t)(end - p));
}

static const char *xml_escape(uint32_t cp)
{
    switch (cp) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    case '\r': return "&#13;";   /* a plain one would be read as a line feed */
    default: return pm_utf8_xml_legal(cp) ? NULL : "\xEF\xBF\xBD";
    }
}

static const char *json_escape(uint32_t cp, char room[8])
{
    switch (cp) {
    case '"': return "\\\"";
    case '\\': return "\\\\";
    case '\b': return "\\b";
    case '\f': return "\\f";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    case PM_UTF8_BAD: return "\xEF\xBF\xBD";
    default: break;
    }
    if (cp >= 0x20)
        return NULL;
    snprintf(room, 8, "\\u%04x", (unsigned)cp);
    return room;
}

/* Passes runs of harmless characters through at once; the common ones are told by one look. */
static void escape(struct pm_buf *b, struct pm_str s, bool json)
{
    size_t run = 0;
    for (size_t at = 0; at < s.n;) {
        unsigned char c = (unsigned char)s.p[at];
        if (c == ' ' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '*' && c <= ';')) {
            at++;
            continue;
        }
        size_t start = at;
        char room[8];
        uint32_t cp = pm_utf8_next(s, &at);
        const char *as = json ? json_escape(cp, room) : xml_escape(cp);
        if (!as)
            continue;
        pm_buf_add(b, s.p + run, start - run);
        pm_buf_puts(b, as);
        run = at;
    }
    if (run < s.n)
        pm_buf_add(b, s.p + run, s.n - run);
}

void pm_buf_xml(struct pm_buf *b, struct pm_str s)
{
    escape(b, s, false);
}

void pm_buf_json(struct pm_buf *b, struct pm_str s)
{
    escape(b, s, true);
}

struct pm_str pm_buf_slice(const struct pm_buf *b)
{
    return (struct pm_str){b->data, b->len};
}
