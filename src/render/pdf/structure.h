/* The structure tree and its parent tree, written into a file (ISO 32000-1, 14.7). */
#ifndef PM_PDF_STRUCTURE_H
#define PM_PDF_STRUCTURE_H

#include "render/pdf/paint.h"

/* Makes an object for every element below `root` (a Document) and the trees; returns the StructTreeRoot, NULL when memory ran out.
 * The elements are written when the file is, so `root` and the canvas must live until then. Elements without content below them (an empty
 * table cell apart) are left out. */
HPDF_Dict pm_structure_write(struct pm_canvas *canvas, struct pm_tag *root);

#endif
