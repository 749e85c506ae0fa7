/* What the files of pmmetrics share. */
#ifndef PM_PMMETRICS_H
#define PM_PMMETRICS_H

#include "base/buf.h"
#include "statistics/statistics.h"

enum pm_metrics_format { PM_FORMAT_TEXT, PM_FORMAT_JSON, PM_FORMAT_CSV };

/* All that is to be written. */
struct pm_metrics_report {
    struct pm_arena *arena;
    int64_t as_of;
    bool from_detection;
    enum pm_by by;
    const char *by_name;               /* "severity" */
    struct pm_group *all;
    struct pm_groups groups, types, priorities;
    bool lists_items;
    struct pm_open_item *items;
    size_t item_count;
    struct pm_metric names[PM_METRIC_COUNT];   /* keys, names and bases */
};

/* Seconds, days or a quotient as a whole number, halves upwards. */
static inline int64_t pm_whole(double value)
{
    return (int64_t)(value + 0.5);
}

/* The word of an action item's status: "in_progress". */
const char *pm_status_word(enum pm_action_status status);

void pm_metrics_text(const struct pm_metrics_report *r, struct pm_buf *out);
void pm_metrics_json(const struct pm_metrics_report *r, struct pm_buf *out);
void pm_metrics_csv(const struct pm_metrics_report *r, struct pm_buf *out);

#endif
