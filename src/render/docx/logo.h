/* The theme's logo, at the end of each header. */
#ifndef PM_LOGO_H
#define PM_LOGO_H

#include "base/diag.h"
#include "document/theme.h"

struct pm_logo {
    struct pm_str bytes;           /* absent: none */
    const char *type;              /* "png", "jpeg" */
    unsigned long width, height;   /* pixels */
};

/* Width and height of a PNG or JPEG picture by its head; false when it is neither. */
bool pm_logo_measure(struct pm_str bytes, struct pm_logo *out);

/* Reads the theme's file into the arena; what is wrong with it is a warning (PM_D_IMAGE), and then there is none. */
void pm_logo_read(const struct pm_theme *theme, struct pm_arena *arena, struct pm_diags *diags, struct pm_logo *out);

/* The w:r with the picture, whose relation is `id`. */
void pm_logo_put(const struct pm_logo *logo, const struct pm_theme *theme, const char *id, struct pm_buf *out);

#endif
