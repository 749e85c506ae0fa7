/* The outline ("bookmarks") of a file (ISO 32000-1, 12.3.3). */
#ifndef PM_PDF_OUTLINE_H
#define PM_PDF_OUTLINE_H

#include "render/pdf/paint.h"

/* Adds the anchors of a layout whose pages count from sheet `first`: the title, below it sections of two levels. In a
 * file of one incident the sections stand at the top (with_title false). PM_NOMEM or PM_OK. */
enum pm_status pm_outline_add(struct pm_canvas *canvas, const struct pm_layout *layout, size_t first, bool with_title);

#endif
