/* The edits in an artefact: what it shows is compared with what its sources show when they are rendered in the same format, and the
 * differences are merged into the sources. */
#ifndef PM_EDITED_H
#define PM_EDITED_H

#include "document/template.h"
#include "document/theme.h"
#include "recover/merge.h"
#include "recover/recover.h"

struct pm_edited_options {
    const struct pm_template *template;   /* by which the artefact was made; NULL: the one of the templates that are compiled in that fits best */
    const struct pm_theme *theme;
    bool has_as_of;
    int64_t as_of;                        /* days; of the artefact, see pm_compose() */
    bool deletions;                       /* see merge.h */
};

/* Compares each source of `sources`, which pm_recover() found in `bytes`; merges[i] is of the i-th, with incident[i], the source as it was read.
 * *compared is false for formats of which that is not known, and for artefacts that are, byte for byte, as they were made: then there are no
 * merges. A source that is not intact or cannot be read is reported, PM_INVALID. PM_NOMEM. */
struct pm_edited { struct pm_incident *incident; struct pm_merge merge; };
enum pm_status pm_edited_read(struct pm_str bytes, const struct pm_sources *sources, const struct pm_edited_options *options,
                              struct pm_arena *arena, struct pm_diags *diags, struct pm_edited **out, bool *compared);

#endif
