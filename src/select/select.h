/* Choosing incidents and action items by an expression, and their order. pmselect(1) is the language:
 *
 *     severity <= sev2 and started_at >= 2026-01-01
 *     action_items.status = open and due < today
 *
 * An expression is compiled once against the table of schema.h and then asked of any number of incidents, without memory of its own.
 * A comparison asks whether there is a value for which it holds: one with an absent value is false, one with a list asks for some entry.
 * In an and-group, comparisons with the same list of objects are about the same entry (bind.c). */
#ifndef PM_SELECT_H
#define PM_SELECT_H

#include "incident/incident.h"
#include "incident/metrics.h"

enum {
    PM_SELECT_BYTES = 128 << 10,   /* of an expression; what Linux takes as one argument */
    PM_SELECT_DEPTH = 100,         /* nesting of parentheses and "not" */
    PM_SELECT_LISTS = 32,          /* different lists that one expression may name */
    PM_SELECT_TIED = 2             /* lists whose entries may have to be searched one within another */
};

struct pm_select;

/* What an expression is about: whether names are those of an incident, or of one of its action items first. */
enum pm_select_of { PM_SELECT_INCIDENTS, PM_SELECT_ITEMS };

/* Compiles `text` into `arena`, which must outlive *out; `text` need not. Reports everything that is wrong, with its place in `text`.
 * PM_OK, PM_INVALID or PM_NOMEM. */
enum pm_status pm_select_parse(struct pm_str text, enum pm_select_of of, struct pm_arena *arena, struct pm_diags *diags,
                               struct pm_select **out);

/* One incident, as several expressions are asked of it. */
struct pm_subject {
    const struct pm_incident *incident;
    int64_t as_of;                              /* days */
    bool measured;                              /* metrics are there */
    struct pm_metric metrics[PM_METRIC_COUNT];
    bool counted;                               /* the next two are there */
    int64_t open_items, overdue_items;
    const void *entries[PM_SELECT_LISTS];       /* of the lists of the expression: those that it is about at the moment */
};

/* `as_of` in days; NULL: the day of the incident's last instant, in its zone. */
void pm_subject_init(struct pm_subject *subject, const struct pm_incident *incident, const int64_t *as_of);

bool pm_select_incident(const struct pm_select *select, struct pm_subject *subject);

/* The same of the action item at `index` from 0; `select` was compiled for PM_SELECT_ITEMS. */
bool pm_select_item(const struct pm_select *select, struct pm_subject *subject, size_t index);

/* An order: "severity, -started_at" or "severity, started_at desc". */
struct pm_order;

enum pm_status pm_order_parse(struct pm_str text, struct pm_arena *arena, struct pm_diags *diags, struct pm_order **out);

/* What an incident is put in order by: a key for each part of the order. Lives in `arena`; NULL when memory ran out. */
struct pm_order_key;
const struct pm_order_key *pm_order_keys(const struct pm_order *order, struct pm_subject *subject, struct pm_arena *arena);

/* < 0, 0, > 0. What is absent comes last, in either direction. */
int pm_order_compare(const struct pm_order *order, const struct pm_order_key *a, const struct pm_order_key *b);

#endif
