/* What statistics keep of an incident and of an action item. Private to statistics/. */
#ifndef PM_RECORDS_H
#define PM_RECORDS_H

#include "statistics/names.h"
#include "statistics/statistics.h"

/* Records of one size that grow without being moved: blocks of PM_BLOCK records, reached by number. */
enum { PM_BLOCK = 256 };

struct pm_blocks {
    void **blocks;
    size_t count, room, size;         /* room: of `blocks` */
};

/* A new one, zeroed; NULL when memory is out. */
void *pm_blocks_add(struct pm_blocks *b, struct pm_arena *arena);

static inline void *pm_blocks_at(const struct pm_blocks *b, size_t i)
{
    return (char *)b->blocks[i / PM_BLOCK] + i % PM_BLOCK * b->size;
}

struct pm_incident_record {
    struct pm_str id;
    int64_t seconds[PM_METRIC_COUNT];
    uint8_t state[PM_METRIC_COUNT];   /* enum pm_metric_state */
    bool has_start;
    uint8_t severity;                 /* 0: none */
    pm_instant start;
    uint32_t owner;                   /* names are numbers of pm_names */
    uint32_t service_count, team_count;
    const uint32_t *services, *teams; /* each once */
};

#define PM_NO_DAY INT32_MIN

/* There may be many: 28 bytes. */
struct pm_item_record {
    uint32_t incident, owner, team;   /* incident: number of its record */
    int32_t due, created, completed;  /* days; PM_NO_DAY: not known */
    uint8_t type, priority, status;
};

/* Texts of an open item, where they are kept. */
struct pm_item_text {
    size_t number;                    /* of its record */
    struct pm_str id, item;
};

struct pm_statistics {
    struct pm_arena arena;
    struct pm_statistics_options options;
    struct pm_names names;
    struct pm_blocks incidents, items, texts;
    pm_instant last;                  /* INT64_MIN: none */
    struct pm_foremost foremost;
};

/* Months since the year 0. */
int pm_month_of(pm_instant t);

/* Ascending, for qsort(). */
int pm_compare_seconds(const void *a, const void *b);

#endif
