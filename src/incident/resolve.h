/* What a document leaves unsaid: defaults, instants from the timeline, times without a day, ids by position. Private to read.c. */
#ifndef PM_RESOLVE_H
#define PM_RESOLVE_H

#include "incident/scalar.h"

/* Fills the fields that are absent, marked as derived, and the bare times of the timeline; reports times that cannot be and ids that
 * are given twice. An entry without an id gets the prefix of its list and its position; where another entry has that id in writing, a
 * letter is put behind it. */
void pm_incident_resolve(struct pm_incident *incident, struct pm_reader *r);

#endif
