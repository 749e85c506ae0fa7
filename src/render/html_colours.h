/* The colours of a page as custom properties of CSS. */
#ifndef PM_HTML_COLOURS_H
#define PM_HTML_COLOURS_H

#include "base/buf.h"
#include "document/theme.h"

/* Rules that set "--accent", "--danger-text", "--danger-fill", "--danger-line" and so on: the theme's own colours, and for a screen that
 * asks for a dark scheme colours made of them. There what stands on the page keeps its hue and gets lighter, and what carries the text's
 * colour gets darker, until the contrast is at least 4.5:1 (WCAG 2.2, success criterion 1.4.3). A theme whose paper is dark is dark in
 * both schemes. */
void pm_html_colours(const struct pm_theme *theme, struct pm_buf *out);

/* The contrast of two colours by WCAG 2.2, 1 to 21; good to a hundredth part. */
double pm_html_contrast(struct pm_rgb a, struct pm_rgb b);

#endif
