/* Documents to PDF 1.7, tagged for PDF/UA-1, with the source attached. */
#ifndef PM_PDF_H
#define PM_PDF_H

#include "base/buf.h"
#include "base/diag.h"
#include "document/node.h"
#include "document/theme.h"

/* Fonts and pictures of a theme, for any number of files. */
struct pm_pdf_kit;
enum pm_status pm_pdf_kit_new(const struct pm_theme *theme, struct pm_diags *diags, struct pm_pdf_kit **out);
void pm_pdf_kit_free(struct pm_pdf_kit *kit);

/* One file in the making: add documents, each a chapter from a new page on, then write. */
struct pm_pdf;
struct pm_pdf *pm_pdf_new(struct pm_pdf_kit *kit);          /* NULL: no memory */
void pm_pdf_free(struct pm_pdf *pdf);

/* Lays out and paints; the document may be freed afterwards. Messages about it go to diags. */
enum pm_status pm_pdf_add(struct pm_pdf *pdf, const struct pm_document *doc, struct pm_diags *diags);

/* Writes the file to `out`. `source` is attached as `source_name`; its description ends with "SHA-256 " and the hash. PM_NOMEM, PM_LIMIT, or
 * PM_INVALID when no document was added. */
enum pm_status pm_pdf_write(struct pm_pdf *pdf, struct pm_str source, const char *source_name, struct pm_buf *out);

#endif
