/* What a file is that is not YAML. */
#ifndef PM_SNIFF_H
#define PM_SNIFF_H

#include "base/str.h"

/* "a PDF file", "HTML", ... by the first bytes; NULL when nothing is recognised. No YAML text in UTF-8 that could be an incident, a
 * template or a theme is recognised. */
const char *pm_sniff(struct pm_str bytes);

/* What can have an incident inside of it. */
enum pm_artefact {
    PM_ARTEFACT_NONE,         /* YAML, or nothing that is known */
    PM_ARTEFACT_PDF,
    PM_ARTEFACT_PACKAGE,      /* ZIP: DOCX, XLSX */
    PM_ARTEFACT_MARKUP,       /* HTML, or a fragment of XML as Confluence has it */
    PM_ARTEFACT_REST,         /* JSON with pages of Confluence in it */
    PM_ARTEFACT_MARKDOWN      /* front matter and a heading, or the list of incidents that begins a page of several */
};

/* By the bytes at hand, which should be some kilobytes; of an incident in YAML, few of them are looked at. */
enum pm_artefact pm_sniff_artefact(struct pm_str bytes);

#endif
