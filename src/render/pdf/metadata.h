/* What a file says of itself: document information, XMP, language, the attached source, its ID. */
#ifndef PM_PDF_METADATA_H
#define PM_PDF_METADATA_H

#include "base/time.h"
#include "render/pdf/object.h"

struct pm_metadata {
    struct pm_str title, author, subject, keywords, lang;
    pm_instant instant;            /* creation and modification */
    struct pm_str source;          /* attached; absent: nothing is */
    const char *source_name;
    unsigned long long digest;     /* of all streams */
    size_t front_pages;            /* numbered i, ii, … before page 1 */
    HPDF_Dict structure;           /* StructTreeRoot */
};

/* Fills the catalog, the information dictionary and the trailer. PM_NOMEM or PM_OK. */
enum pm_status pm_metadata_write(struct pm_file *file, const struct pm_metadata *m);

#endif
