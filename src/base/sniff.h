/* What a file is that is not YAML. */
#ifndef PM_SNIFF_H
#define PM_SNIFF_H

#include "base/str.h"

/* "a PDF file", "HTML", ... by the first bytes; NULL when nothing is recognised. No YAML text in UTF-8 that could be an incident, a
 * template or a theme is recognised. */
const char *pm_sniff(struct pm_str bytes);

#endif
