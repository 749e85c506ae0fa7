/* The theme's logo, as a picture whose bytes go into the output as they are. */
#ifndef PM_LOGO_H
#define PM_LOGO_H

#include "base/buf.h"
#include "base/diag.h"
#include "document/theme.h"

struct pm_logo {
    struct pm_str bytes;           /* absent: none */
    const char *type;              /* "png", "jpeg" */
    unsigned long width, height;   /* pixels */
};

/* Where the file of a theme that has a logo is: a name that does not begin with '/' is in the theme's folder. */
void pm_logo_path(const struct pm_theme *theme, struct pm_buf *out);

/* Width and height of a PNG or JPEG picture by its head; false when it is neither. The bytes are not copied. */
bool pm_logo_measure(struct pm_str bytes, struct pm_logo *out);

/* Reads the theme's file into the arena; what is wrong with it, or that it is larger than 1 MiB, is a warning (PM_D_IMAGE), and then there
 * is none. Without memory the arena has failed. */
void pm_logo_read(const struct pm_theme *theme, struct pm_arena *arena, struct pm_diags *diags, struct pm_logo *out);

#endif
