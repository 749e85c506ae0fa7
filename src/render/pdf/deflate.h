/* Deflate for streams (ISO 32000-1, 7.4.4), by libdeflate, at a third of zlib's time and with one state for all streams of a run.
 * The only file that knows libdeflate is deflate.c. */
#ifndef PM_PDF_DEFLATE_H
#define PM_PDF_DEFLATE_H

#include "base/buf.h"

struct pm_pdf_deflater;

struct pm_pdf_deflater *pm_pdf_deflater_new(void);   /* NULL: no memory */
void pm_pdf_deflater_free(struct pm_pdf_deflater *d);

/* Appends `bytes`, compressed with zlib's header, to `out`. */
enum pm_status pm_pdf_deflate(struct pm_pdf_deflater *d, struct pm_str bytes, struct pm_buf *out);

#endif
