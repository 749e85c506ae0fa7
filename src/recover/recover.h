/* The sources that an artefact carries: what pmkit wrote gives back, byte for byte, what it was made from.
 *
 * The formats, each as its renderer's header tells it: PDF (an attachment), DOCX (parts of custom XML), XLSX (the sheet _pm), HTML (data
 * blocks), Markdown (comments), Confluence's storage format (hidden page properties), alone or in the JSON of its REST interface, versions
 * 1 and 2. Nothing in the bytes is believed: what is inflated is bounded by what it was packed in, no DTD, no entity and no address is
 * followed, and a source counts only if it has the hash that stands beside it. */
#ifndef PM_RECOVER_H
#define PM_RECOVER_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/sniff.h"
#include "base/status.h"

struct pm_source {
    struct pm_str bytes;
    struct pm_str id;              /* of the incident, as the artefact says; absent: it does not */
    struct pm_str sha256;          /* as the artefact says, 64 digits; absent: it does not */
    struct pm_str place;           /* in the artefact, for people: "customXml/item1.xml", "line 812" */
    bool intact;                   /* the bytes have that hash */
    struct pm_source *next;
};

struct pm_sources {
    enum pm_artefact kind;
    const char *found;             /* "a Word document"; for messages */
    struct pm_source *first, *last;   /* in the order of the artefact */
    size_t count;
    struct pm_str page;            /* of Confluence, in storage format, where there is one */
    size_t pages;
};

/* What the bytes are, PM_ARTEFACT_NONE also for YAML; looks at all of them, unlike pm_sniff_artefact(). */
enum pm_artefact pm_recover_kind(struct pm_str bytes);

/* Loads the library that reads the kind, so that afterwards no file needs to be opened. False: it is not there. */
bool pm_recover_load(enum pm_artefact kind);

/* Finds the sources in `bytes`, which is of the kind and must live as long as they do; strings are in `arena`. PM_INVALID: it is damaged,
 * or holds no source, which is reported; a source that is not intact is no failure. PM_LIMIT: more is packed in it than there may be, reported
 * too. PM_UNSUPPORTED: its library is not there. PM_NOMEM. */
enum pm_status pm_recover(enum pm_artefact kind, struct pm_str bytes, struct pm_arena *arena, struct pm_diags *diags,
                          struct pm_sources *out);

/* The sources as one stream of YAML documents. A lone one as it is; of several, one that does not begin with "---" gets that line. */
void pm_sources_write(const struct pm_sources *sources, struct pm_buf *out);

#endif
