/* A growing run of bytes.
 *
 * Invariants: data is never NULL and data[len] is NUL (a static empty byte before the first append);
 * len never exceeds max, nor cap max + 1. A failure sticks (PM_NOMEM, or PM_LIMIT when max would be passed): later appends
 * do nothing, and the caller asks for `status` once. */
#ifndef PM_BUF_H
#define PM_BUF_H

#include "base/status.h"
#include "base/str.h"

#include <stdarg.h>
#include <stddef.h>
#include <string.h>

struct pm_buf {
    char *data;
    size_t len, cap, max;
    enum pm_status status;
};

void pm_buf_init(struct pm_buf *b, size_t max);
void pm_buf_free(struct pm_buf *b);

/* Empties it and forgets a failure; keeps the memory. */
void pm_buf_clear(struct pm_buf *b);

void pm_buf_add(struct pm_buf *b, const void *bytes, size_t n);
void pm_buf_putc(struct pm_buf *b, char c);
void pm_buf_printf(struct pm_buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void pm_buf_vprintf(struct pm_buf *b, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));

static inline void pm_buf_str(struct pm_buf *b, struct pm_str s)
{
    pm_buf_add(b, s.p, s.n);
}

/* Inline, so that the length of a literal is counted when the program is built: there are thousands in each page. */
static inline void pm_buf_puts(struct pm_buf *b, const char *z)
{
    pm_buf_add(b, z, strlen(z));
}

/* Room for n more bytes at data + len, to be filled by the caller, who then adds n to len; NULL on failure. */
char *pm_buf_reserve(struct pm_buf *b, size_t n);

/* A decimal number with at most `digits` (0 to 6) after the point, without trailing zeros, in every locale
 * with a point: what PDF, SVG and JSON want. */
void pm_buf_number(struct pm_buf *b, double value, int digits);

/* XML text or attribute value: & < > " ' escaped, characters illegal in XML 1.0 replaced by U+FFFD. */
void pm_buf_xml(struct pm_buf *b, struct pm_str s);

/* The contents of a JSON string, without the quotes. */
void pm_buf_json(struct pm_buf *b, struct pm_str s);

struct pm_str pm_buf_slice(const struct pm_buf *b);

#endif
