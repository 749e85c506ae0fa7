/* Objects of a PDF file whose text is ours.
 *
 * libharu keeps each dictionary entry in some 150 bytes of memory and checks names that we know to be right; a tagged report has thousands of small dictionaries. Such an
 * object is an empty libharu dictionary whose body is written by us when the file is. libharu still numbers, places and frees it. */
#ifndef PM_PDF_OBJECT_H
#define PM_PDF_OBJECT_H

#include "base/arena.h"
#include "base/buf.h"

#include <hpdf.h>
#include <hpdf_utils.h>
#include <stdint.h>

/* A new indirect object with an empty body; NULL when memory ran out. */
HPDF_Dict pm_object_new(HPDF_Doc doc);

/* Its body, what stands between << and >>; must live as long as the file. */
void pm_object_body(HPDF_Dict object, struct pm_arena *arena, struct pm_str body);

/* The same for a dictionary of libharu's own (catalog, information, outline item): `body` follows its entries. */
void pm_object_extend(HPDF_Dict object, struct pm_arena *arena, struct pm_str body);

/* A new indirect stream with `bytes`, deflated or not, and `body` as further entries (may be absent; must live as long as the file). */
HPDF_Dict pm_object_stream(HPDF_Doc doc, struct pm_arena *arena, const void *bytes, size_t n, bool deflate, struct pm_str body);

/* "12 0 R" */
void pm_put_ref(struct pm_buf *b, const void *object);

/* A text string: (…) for printable ASCII, else UTF-16BE in hexadecimal (ISO 32000-1, 7.9.2.2). */
void pm_put_text(struct pm_buf *b, struct pm_str utf8);

/* A date string from an instant, in UTC: (D:20261120125200Z). */
void pm_put_date(struct pm_buf *b, int64_t instant);

/* A number with at most two digits after the point and a space behind it. */
void pm_put_number(struct pm_buf *b, double v);

#endif
