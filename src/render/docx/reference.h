/* A reference document: a DOCX (or DOTX) file that a report takes its look from. Its styles, theme, fonts, headers, footers and page are
 * kept, and so is what else stands in it; the report stands in place of the paragraph whose whole text is "{{body}}", or at the end. */
#ifndef PM_REFERENCE_H
#define PM_REFERENCE_H

#include "base/diag.h"
#include "document/theme.h"
#include "render/docx/docx.h"

/* Reads the file's bytes, which are not needed afterwards. What is wrong with it is an error (PM_D_TEMPLATE); what of it is left out, such
 * as macros, a warning (PM_D_REFERENCE). PM_INVALID, PM_LIMIT (reported too), PM_NOMEM. */
enum pm_status pm_reference_read(struct pm_str bytes, struct pm_diags *diags, struct pm_reference **out);
void pm_reference_free(struct pm_reference *reference);

/* Puts the paper and margins of the section in which the report will stand into the theme; what the file does not say stays. */
void pm_reference_page(const struct pm_reference *reference, struct pm_theme *theme);

/* The file: the reference with the parts merged in. One reference serves many files, one after the other. PM_NOMEM, PM_LIMIT. */
enum pm_status pm_reference_merge(const struct pm_reference *reference, const struct pm_docx_parts *parts, struct pm_buf *out);

#endif
