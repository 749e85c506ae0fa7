/* What is computed from an incident and never stored: durations with named bases, and the state of action items. */
#ifndef PM_METRICS_H
#define PM_METRICS_H

#include "incident/incident.h"

enum pm_metric_id {
    PM_TIME_TO_DETECT,        /* detected - started */
    PM_TIME_TO_ACKNOWLEDGE,   /* acknowledged - detected */
    PM_TIME_TO_IDENTIFY,      /* identified - detected */
    PM_TIME_TO_MITIGATE,      /* mitigated - started */
    PM_TIME_TO_RESOLVE,       /* resolved - started */
    PM_HARM,                  /* impact.ended (else mitigated, else resolved) - impact.started (else started) */
    PM_TIME_TO_NOTICE,        /* first public update - detected */
    PM_TIME_TO_CLOSE,         /* closed - resolved */
    PM_METRIC_COUNT
};

/* Whether a duration is known, and why not. */
enum pm_metric_state {
    PM_METRIC_KNOWN,          /* both instants are there, in order */
    PM_METRIC_MISSING,        /* one of them is not there */
    PM_METRIC_REVERSED,       /* the end is before the beginning */
    PM_METRIC_OPEN,           /* the end is not there, and the incident is not resolved yet */
    PM_METRIC_STATES
};

struct pm_metric {
    const char *key;          /* "ttd" */
    const char *name;         /* "Time to detect" */
    const char *base;         /* "from start" */
    bool known;               /* state is PM_METRIC_KNOWN */
    enum pm_metric_state state;
    int64_t seconds;          /* 0 where it is not known */
};

/* Fills all; instants out of order are unknown and, with diags, warned of at their place. */
void pm_metrics(const struct pm_incident *incident, struct pm_diags *diags, struct pm_metric out[PM_METRIC_COUNT]);

/* The time to resolve from detection, as other tools have it; its place in pm_metrics() is from start. */
struct pm_metric pm_time_to_resolve_from_detection(const struct pm_incident *incident);

/* The incident's last instant of any kind (timeline, updates, review included); started_at at least. What "as of" is by default. */
pm_instant pm_incident_last_instant(const struct pm_incident *incident);

enum pm_due { PM_DUE_NONE, PM_DUE_LATER, PM_DUE_SOON, PM_DUE_OVERDUE, PM_DUE_CLOSED };   /* soon: within 14 days */

/* `as_of` in days since 1970-01-01. */
enum pm_due pm_action_due(const struct pm_action *action, int64_t as_of);

/* Done or given up. */
bool pm_action_closed(const struct pm_action *action);

/* The team of an action item: its own, else that of its owner in `people`; absent where neither is there. */
struct pm_str pm_action_team(const struct pm_incident *incident, const struct pm_action *action);

#endif
