/* Objects of a PDF file whose text is ours.
 *
 * libharu keeps each dictionary entry in some 150 bytes of memory and checks names that we know to be right; a tagged
 * report has thousands of small dictionaries. Such an object is an empty libharu dictionary whose body is written by us
 * when the file is. libharu still numbers, places and frees it. */
#ifndef PM_PDF_OBJECT_H
#define PM_PDF_OBJECT_H

#include "base/arena.h"
#include "base/buf.h"
#include "render/pdf/deflate.h"

#include <hpdf.h>
#include <hpdf_utils.h>
#include <stdint.h>

/* A file in the making. */
struct pm_file {
    HPDF_Doc doc;
    struct pm_arena *arena;          /* as long as the file */
    struct pm_pdf_deflater *deflater;
    unsigned long long digest;       /* of the streams filled so far, for the file's ID */
};

/* A new indirect object with an empty body; NULL when memory ran out. */
HPDF_Dict pm_object_new(struct pm_file *file);

/* Its body, what stands between << and >>, is copied. NULL-tolerant. */
void pm_object_body(struct pm_file *file, HPDF_Dict object, struct pm_str body);

/* The same for a dictionary of libharu's own (catalog, information, outline item): `body` follows its entries. */
void pm_object_extend(struct pm_file *file, HPDF_Dict object, struct pm_str body);

/* Either, from a buffer, which it frees. That the buffer failed is then the arena's failure. */
void pm_object_take(struct pm_file *file, HPDF_Dict object, struct pm_buf *body);

/* A new indirect stream with `bytes`, deflated where that is worth it or as they are, and `entries` in its dictionary. NULL when memory
 * ran out. */
HPDF_Dict pm_object_stream(struct pm_file *file, struct pm_str bytes, bool deflate, struct pm_str entries);

/* The same for a stream that libharu made. False when memory ran out. */
bool pm_object_fill(struct pm_file *file, HPDF_Dict stream, struct pm_str bytes, bool deflate, struct pm_str entries);

/* "12 0 R" */
void pm_put_ref(struct pm_buf *b, const void *object);

/* A text string: (…) for printable ASCII, else UTF-16BE in hexadecimal (ISO 32000-1, 7.9.2.2). */
void pm_put_text(struct pm_buf *b, struct pm_str utf8);

/* A date string from an instant, in UTC: (D:20261120125200Z). */
void pm_put_date(struct pm_buf *b, int64_t instant);

/* A number with at most two digits after the point and a space behind it. */
void pm_put_number(struct pm_buf *b, double v);

/* Decimal digits; four hexadecimal digits. Without printf, which would take a fifth of a report's time. */
void pm_put_unsigned(struct pm_buf *b, size_t n);
void pm_put_hex4(struct pm_buf *b, unsigned n);

/* UTF-16BE in hexadecimal, without mark. */
void pm_put_utf16_hex(struct pm_buf *b, struct pm_str utf8);

#endif
