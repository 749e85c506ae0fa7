/* A scene as SVG 1.1: inside an HTML page, or as a file of its own.
 *
 * In a page colours are custom properties ("var(--harm)"), so that the page's colour schemes decide, type is the page's, and the
 * alternative text is the image's label. A file has the theme's colours, its paper behind the picture, and its alternative text as
 * title. One point of the scene is one user unit. */
#ifndef PM_SVG_H
#define PM_SVG_H

#include "base/buf.h"
#include "document/scene.h"
#include "document/theme.h"

struct pm_svg_options {
    const struct pm_theme *theme;   /* for a file; NULL: for a page */
};

/* Appends the element; of a file, behind an XML declaration. Nothing for a scene without shapes or without a size. */
void pm_svg(const struct pm_scene *scene, struct pm_str alt, const struct pm_svg_options *options, struct pm_buf *out);

/* The name of a colour in style sheets: "in-progress"; its custom property has "--" in front. */
const char *pm_svg_colour_name(enum pm_colour colour);

void pm_svg_rgb(struct pm_buf *out, struct pm_rgb rgb);   /* "#1d4e89" */

#endif
