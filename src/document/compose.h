/* From incidents to a document. */
#ifndef PM_COMPOSE_H
#define PM_COMPOSE_H

#include "base/diag.h"
#include "document/node.h"
#include "document/template.h"
#include "document/theme.h"
#include "incident/incident.h"

struct pm_compose_options {
    const struct pm_template *template;
    const struct pm_theme *theme;   /* for header and footer; figures are drawn for its text width */
    bool has_as_of;
    int64_t as_of;                  /* days; else the day of the incident's last instant */
};

/* One incident, one document, in the incident's arena or another. NULL when memory ran out (the arena says so). */
struct pm_document *pm_compose(const struct pm_incident *incident, const struct pm_compose_options *options,
                               struct pm_arena *arena, struct pm_diags *diags);

#endif
