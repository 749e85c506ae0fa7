/* The edits in an artefact: what it shows is compared with what its sources show when they are rendered in the same format, and the
 * differences are merged into the sources. */
#ifndef PM_EDITED_H
#define PM_EDITED_H

#include "document/template.h"
#include "document/theme.h"
#include "recover/merge.h"
#include "recover/recover.h"

struct pm_edited_options {
    const struct pm_template *template;   /* by which it was made; NULL: that of those compiled in which fits best */
    const struct pm_theme *theme;
    bool has_as_of;
    int64_t as_of;                        /* days; of the artefact, see pm_compose() */
    bool deletions;                       /* see merge.h */
};

/* Compares each source of `sources`, which pm_recover() found in `bytes`; (*out)[i] is of the i-th: the incident as it was read, and the
 * merge. *compared is false, and there are no merges, for formats whose edits are not read, artefacts that show exactly what they were made
 * to show, sources that cannot be read, and what another template made. Of the last, and of formats whose edits are not read where the
 * artefact is not as it was made, there is a warning. PM_INVALID, PM_LIMIT: the artefact cannot be read, reported. PM_NOMEM. */
struct pm_edited { struct pm_incident *incident; struct pm_merge merge; };
enum pm_status pm_edited_read(struct pm_str bytes, const struct pm_sources *sources, const struct pm_edited_options *options,
                              struct pm_arena *arena, struct pm_diags *diags, struct pm_edited **out, bool *compared);

#endif
