/* The figures of a post-mortem as scenes. */
#ifndef PM_FIGURE_H
#define PM_FIGURE_H

#include "document/scene.h"
#include "document/show.h"
#include "incident/incident.h"

/* Harm and the phases to detect, identify, mitigate and resolve on a time axis, with key events. NULL when fewer than two
 * different instants are known. *alt gets the same in words. The scene lives in show->arena. */
struct pm_scene *pm_figure_timeline(const struct pm_incident *incident, double width, const struct pm_show *show, struct pm_str *alt);

/* Action items by state as one bar with a legend. NULL when there are none, or when all are in one state and none is overdue.
 * `as_of` in days. */
struct pm_scene *pm_figure_actions(const struct pm_incident *incident, int64_t as_of, double width, const struct pm_show *show,
                                   struct pm_str *alt);

#endif
