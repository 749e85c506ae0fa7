/* A figure as shapes of DrawingML (ISO/IEC 29500-1, 20 and 21; [MS-ODRAWXML] 2.1 for groups and shapes in a text), which stay sharp at any
 * size and can be edited. */
#ifndef PM_DRAWING_H
#define PM_DRAWING_H

#include "base/buf.h"
#include "document/scene.h"
#include "document/theme.h"

/* Writes the content of a w:r: the scene in a line of text, made smaller where the theme's page is narrower. alt: its alternative text;
 * name: as lists of objects show it; id: unique in the file among drawings. Readers that know no groups show the alternative text. A scene
 * without shapes writes nothing. */
void pm_docx_drawing(const struct pm_scene *scene, struct pm_str alt, struct pm_str name, unsigned id, const struct pm_theme *theme,
                     struct pm_buf *out);

#endif
