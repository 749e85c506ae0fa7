/* Totals over many incidents, which are given one at a time and not kept.
 *
 * Of an incident some 200 bytes stay, of an action item 28; names of owners, teams and services are kept once. The day as of which items
 * are overdue is an argument of the evaluation, since it may be known only when the last incident was read.
 *
 * Formulas. All arithmetic is on whole seconds UTC, leap seconds ignored; days are days of the calendar.
 *   durations      pm_metrics(); those whose ends are not known, or not in order, are left out and counted (enum pm_metric_state).
 *                  A known duration of an incident that is not resolved yet counts.
 *   median         the middle one, or the mean of the two in the middle (MEDIAN of spreadsheets)
 *   p90            linear interpolation between ranks: of n values in order, number 1 + 0.9 (n - 1) (PERCENTILE.INC of spreadsheets; type 7
 *                  of Hyndman and Fan, "Sample Quantiles in Statistical Packages", 1996)
 *   mean           sum / n
 *   between starts mean of the gaps between starts in their order, (last - first) / (n - 1): "mean time between failures"
 *                  (https://www.atlassian.com/incident-management/kpis/common-metrics); from two starts on
 *   month          of started_at in UTC
 *   open items     neither done nor wont_do; closed are those that are
 *   overdue        open, and due before the day; due soon: open, and due on the day or within the 14 days after it (pm_action_due())
 *   closure rate   closed / all
 *   on-time rate   completed by the due day / done with both days
 *   age            of open items: days from `created` to the day as of which it is asked; without `created` it is unknown
 *
 * Groups. An incident counts in the group of its severity, its month, its owner, each of its services, and each team that it names in the
 * timeline or to which its owner belongs. An action item counts in the groups of its incident's severity, month and services, of its own
 * owner, and of its team (pm_action_team()). What has none of a kind is in a group without a name. */
#ifndef PM_STATISTICS_H
#define PM_STATISTICS_H

#include "incident/metrics.h"

struct pm_statistics_options {
    bool resolve_from_detection;   /* PM_TIME_TO_RESOLVE is from detection, not from start */
    bool keep_items;               /* for pm_statistics_items(): texts of open action items */
};

struct pm_statistics;

/* NULL when memory is out. */
struct pm_statistics *pm_statistics_new(const struct pm_statistics_options *options);
void pm_statistics_free(struct pm_statistics *s);   /* NULL is fine */

/* Nothing of the incident is needed afterwards. PM_NOMEM. */
enum pm_status pm_statistics_add(struct pm_statistics *s, const struct pm_incident *incident);

size_t pm_statistics_incidents(const struct pm_statistics *s);
size_t pm_statistics_actions(const struct pm_statistics *s);

/* The day (UTC) of the last instant of all incidents (pm_incident_last_instant()): "as of" where nothing else is said. 0 without any. */
int64_t pm_statistics_last_day(const struct pm_statistics *s);

enum pm_by { PM_BY_NOTHING, PM_BY_SEVERITY, PM_BY_MONTH, PM_BY_SERVICE, PM_BY_TEAM, PM_BY_OWNER, PM_BY_TYPE, PM_BY_PRIORITY };

struct pm_duration_total {
    size_t count[PM_METRIC_STATES];   /* those at PM_METRIC_KNOWN make the numbers; the others were left out */
    double median, mean, p90;         /* seconds; 0 where none is known */
    int64_t max;
};

enum { PM_AGE_CLASSES = 4 };          /* up to 7, 30, 90 days; more */
extern const int pm_age_limits[PM_AGE_CLASSES - 1];

struct pm_action_total {
    size_t count;
    size_t status[PM_AI_WONT_DO + 1]; /* by enum pm_action_status */
    size_t open, overdue, due_soon, no_due;   /* the last three of the open ones */
    size_t closed;
    size_t timed, on_time;            /* done with both days; of them by the due day */
    size_t aged, age[PM_AGE_CLASSES]; /* open ones with `created`, by class */
    double median_age;                /* days; 0 without any */
};

struct pm_group {
    int number;                       /* severity 1 to 5; month: year * 12 + month - 1; type, priority: from 1; 0: none */
    struct pm_str name;               /* service, team, owner; "sev1", "2026-11", "prevent", "p1"; absent: none, or all */
    size_t incidents, severity[6];    /* incidents by severity, 0: none */
    struct pm_duration_total durations[PM_METRIC_COUNT];
    size_t gaps;                      /* between starts */
    double between_starts;            /* seconds; 0 without gaps */
    pm_instant first, last;           /* starts; INT64_MAX and INT64_MIN without any */
    struct pm_action_total actions;
};

struct pm_groups {
    size_t count;
    struct pm_group *groups;
};

/* The totals as of a day (days since 1970). PM_BY_NOTHING has one group always, the others those that occur: severities, months, types and
 * priorities ascending, names with the most open action items first, then with the most incidents, then by bytes; the one without a name is
 * the last. Of types and priorities only `actions` are filled. In the arena. PM_NOMEM. */
enum pm_status pm_statistics_total(const struct pm_statistics *s, enum pm_by by, int64_t as_of, struct pm_arena *arena,
                                   struct pm_groups *out);

/* The same, but of durations only how many are known, and why not: what takes time is to put them in order. */
enum pm_status pm_statistics_count(const struct pm_statistics *s, enum pm_by by, int64_t as_of, struct pm_arena *arena,
                                   struct pm_groups *out);

/* A known duration of an incident. */
struct pm_point { pm_instant start; int64_t seconds; };

/* Those of incidents of one severity (1 to 5), by start; of more than `most` the last ones. In the arena. PM_NOMEM. */
enum pm_status pm_statistics_points(const struct pm_statistics *s, enum pm_metric_id metric, int severity, size_t most,
                                    struct pm_arena *arena, struct pm_point **points, size_t *count);

/* The incident that a reader most likely wants to see: the latest of the most severe ones. */
struct pm_foremost {
    struct pm_str id;                 /* absent: there is none */
    int severity;
    bool known[6];
    pm_instant at[6];                 /* started, detected, acknowledged, identified, mitigated, resolved */
};
const struct pm_foremost *pm_statistics_foremost(const struct pm_statistics *s);

/* An open action item. */
struct pm_open_item {
    struct pm_str incident, id, item, owner, team;   /* the last two may be absent */
    enum pm_action_status status;
    bool has_due;
    int64_t due;                      /* days since 1970 */
    int64_t late;                     /* days that it is overdue; 0 or less: it is not */
};

enum { PM_ITEMS_OVERDUE = 1, PM_ITEMS_BLOCKED = 2 };

/* The items that are overdue, or blocked, or either; the most overdue first, then as they were given. Needs keep_items. PM_NOMEM. */
enum pm_status pm_statistics_items(const struct pm_statistics *s, unsigned wanted, int64_t as_of, struct pm_arena *arena,
                                   struct pm_open_item **items, size_t *count);

#endif
