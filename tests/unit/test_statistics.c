#include "statistics/statistics.h"

#include "fixture.h"

#include <stdio.h>

static struct pm_statistics *statistics;

static int set_up_statistics(void **state)
{
    const struct pm_statistics_options options = {.keep_items = true};
    statistics = pm_statistics_new(&options);
    return set_up(state) || !statistics;
}

static int tear_down_statistics(void **state)
{
    pm_statistics_free(statistics);
    return tear_down(state);
}

#define STATISTICS(f) cmocka_unit_test_setup_teardown(f, set_up_statistics, tear_down_statistics)

/* An incident of these lines behind the required ones. */
static void add(const char *id, const char *lines)
{
    struct pm_arena own;
    struct pm_incident *incident;
    pm_arena_init(&own);
    struct pm_str text = pm_arena_format(&own, "pm: 1\nid: %s\ntitle: t\nsummary: s\n%s", id, lines);
    const struct pm_read_options options = {.lenient = false};
    assert_int_equal(pm_incident_read(text, 1, &options, &own, &diags, &incident), PM_OK);
    assert_int_equal(pm_statistics_add(statistics, incident), PM_OK);
    pm_arena_free(&own);
}

/* One that starts at 2026-01-01 and was resolved so many minutes later. */
static void add_minutes(int minutes)
{
    char lines[160];
    snprintf(lines, sizeof lines, "severity: sev2\nstarted_at: 2026-01-01T00:00:00Z\nresolved_at: 2026-01-01T%02d:%02d:00Z\n", minutes / 60,
             minutes % 60);
    add("M", lines);
}

static struct pm_groups total(enum pm_by by, const char *day)
{
    struct pm_groups groups;
    int64_t as_of;
    assert_true(pm_date_read(pm_str(day), &as_of));
    assert_int_equal(pm_statistics_total(statistics, by, as_of, &arena, &groups), PM_OK);
    return groups;
}

static void assert_name(const struct pm_group *g, const char *name)
{
    if (name)
        assert_true(pm_str_equals(g->name, name));
    else
        assert_null(g->name.p);
}

static void percentiles_are_those_of_spreadsheets(void **state)
{
    (void)state;
    static const int minutes[] = {40, 10, 30, 20};
    for (int i = 0; i < 4; i++)
        add_minutes(minutes[i]);
    const struct pm_duration_total *d = &total(PM_BY_NOTHING, "2026-01-01").groups[0].durations[PM_TIME_TO_RESOLVE];
    assert_int_equal(d->count[PM_METRIC_KNOWN], 4);
    assert_true(d->median == 25 * 60 && d->mean == 25 * 60);
    assert_true(d->p90 == 37 * 60);               /* PERCENTILE.INC({10;20;30;40}; 0.9) = 37 */
    assert_int_equal(d->max, 40 * 60);
    add_minutes(600);
    d = &total(PM_BY_NOTHING, "2026-01-01").groups[0].durations[PM_TIME_TO_RESOLVE];
    assert_true(d->median == 30 * 60 && d->mean == 140 * 60 && d->p90 == 376 * 60);
}

static void one_is_its_own_median_and_none_is_nothing(void **state)
{
    (void)state;
    struct pm_group *all = total(PM_BY_NOTHING, "2026-01-01").groups;
    assert_int_equal(all->incidents, 0);
    assert_true(all->durations[PM_TIME_TO_RESOLVE].median == 0);
    assert_int_equal(pm_statistics_last_day(statistics), 0);
    add_minutes(7);
    all = total(PM_BY_NOTHING, "2026-01-01").groups;
    assert_true(all->durations[PM_TIME_TO_RESOLVE].median == 420 && all->durations[PM_TIME_TO_RESOLVE].p90 == 420);
    assert_int_equal(all->gaps, 0);
    assert_int_equal(pm_statistics_last_day(statistics), 20454);
}

static void what_is_left_out_is_counted_by_its_reason(void **state)
{
    (void)state;
    add("A", "severity: sev1\nstarted_at: 2026-01-01T10:00:00Z\ndetected_at: 2026-01-01T09:00:00Z\nresolved_at: 2026-01-01T12:00:00Z\n");
    add("B", "severity: sev1\nstarted_at: 2026-01-02T10:00:00Z\n");
    add("C", "severity: sev1\nstarted_at: 2026-01-04T10:00:00Z\nincident_status: resolved\n");
    const struct pm_group *all = total(PM_BY_NOTHING, "2026-02-01").groups;
    const size_t *detect = all->durations[PM_TIME_TO_DETECT].count, *resolve = all->durations[PM_TIME_TO_RESOLVE].count;
    assert_true(detect[PM_METRIC_KNOWN] == 0 && detect[PM_METRIC_REVERSED] == 1 && detect[PM_METRIC_OPEN] == 1 && detect[PM_METRIC_MISSING] == 1);
    assert_true(resolve[PM_METRIC_KNOWN] == 1 && resolve[PM_METRIC_REVERSED] == 0 && resolve[PM_METRIC_OPEN] == 1);
    assert_int_equal(all->gaps, 2);
    assert_true(all->between_starts == 1.5 * 86400);
}

static void groups_are_in_their_order(void **state)
{
    (void)state;
    add("A", "severity: sev3\nowner: bo\nservices: [web, db, web]\nstarted_at: 2026-01-31T23:30:00-01:00\n"
             "people: {bo: {name: Bo Ek, team: Core}}\n"
             "timeline: [{at: 2026-02-01T01:00:00Z, event: e, team: Edge}]\n"
             "action_items: [{item: a, owner: bo}, {item: b, owner: Cy, team: Core, status: done}]\n");
    add("B", "severity: sev1\nservices: [db]\nstarted_at: 2025-12-31T23:59:59Z\n");
    struct pm_groups g = total(PM_BY_SEVERITY, "2026-02-01");
    assert_int_equal(g.count, 2);
    assert_name(&g.groups[0], "sev1");
    assert_int_equal(g.groups[1].actions.count, 2);
    g = total(PM_BY_MONTH, "2026-02-01");
    assert_int_equal(g.count, 2);
    assert_name(&g.groups[0], "2025-12");
    assert_name(&g.groups[1], "2026-02");
    assert_int_equal(g.groups[1].number, 2026 * 12 + 1);
    g = total(PM_BY_SERVICE, "2026-02-01");
    assert_int_equal(g.count, 2);
    assert_name(&g.groups[0], "db");
    assert_int_equal(g.groups[0].incidents, 2);
    assert_int_equal(g.groups[1].incidents, 1);      /* web is named twice and counts once */
    g = total(PM_BY_TEAM, "2026-02-01");
    assert_int_equal(g.count, 3);
    assert_name(&g.groups[0], "Core");
    assert_true(g.groups[0].actions.count == 2 && g.groups[0].actions.open == 1 && g.groups[0].incidents == 1);
    assert_name(&g.groups[1], "Edge");
    assert_name(&g.groups[2], NULL);
    g = total(PM_BY_OWNER, "2026-02-01");
    assert_int_equal(g.count, 3);
    assert_name(&g.groups[0], "Bo Ek");
    assert_name(&g.groups[1], "Cy");
    assert_name(&g.groups[2], NULL);
}

static void items_are_counted_as_of_a_day(void **state)
{
    (void)state;
    add("A", "severity: sev1\nstarted_at: 2026-01-01T10:00:00Z\naction_items:\n"
             "  - {item: a, type: prevent, priority: p2, due: 2026-02-01, created: 2026-01-25}\n"
             "  - {item: b, status: blocked, due: 2026-01-30, created: 2026-01-01}\n"
             "  - {item: c, status: done, due: 2026-01-30, completed: 2026-01-30}\n"
             "  - {item: d, status: done, due: 2026-01-30, completed: 2026-01-31}\n"
             "  - {item: e, status: done}\n"
             "  - {item: f, status: wont_do, due: 2026-01-01}\n"
             "  - {item: g, status: proposed}\n");
    const struct pm_action_total *a = &total(PM_BY_NOTHING, "2026-02-01").groups[0].actions;
    assert_true(a->count == 7 && a->open == 3 && a->closed == 4 && a->status[PM_AI_DONE] == 3 && a->status[PM_AI_OPEN] == 1);
    assert_true(a->overdue == 1 && a->due_soon == 1 && a->no_due == 1);
    assert_true(a->timed == 2 && a->on_time == 1);
    assert_true(a->aged == 2 && a->age[0] == 1 && a->age[1] == 0 && a->age[2] == 1 && a->median_age == 19);
    a = &total(PM_BY_NOTHING, "2026-02-02").groups[0].actions;
    assert_true(a->overdue == 2 && a->due_soon == 0 && a->age[1] == 1);
    struct pm_groups g = total(PM_BY_TYPE, "2026-02-01");
    assert_int_equal(g.count, 2);
    assert_name(&g.groups[0], "prevent");
    assert_name(&g.groups[1], NULL);
    g = total(PM_BY_PRIORITY, "2026-02-01");
    assert_name(&g.groups[0], "p2");
    assert_int_equal(g.groups[1].actions.count, 6);
}

static void items_to_tell_of_are_the_most_overdue_first(void **state)
{
    (void)state;
    struct pm_open_item *items;
    size_t count;
    add("A", "severity: sev1\nstarted_at: 2026-01-01T10:00:00Z\naction_items:\n"
             "  - {item: a, due: 2026-02-01}\n  - {item: b, status: blocked}\n  - {item: c, due: 2026-01-01, owner: Bo}\n"
             "  - {item: d, status: done, due: 2026-01-01}\n");
    assert_int_equal(pm_statistics_items(statistics, PM_ITEMS_OVERDUE, 20489, &arena, &items, &count), PM_OK);   /* 2026-02-05 */
    assert_int_equal(count, 2);
    assert_true(pm_str_equals(items[0].item, "c") && items[0].late == 35 && pm_str_equals(items[0].owner, "Bo"));
    assert_true(pm_str_equals(items[1].id, "AI-1") && items[1].late == 4 && pm_str_equals(items[1].incident, "A"));
    assert_int_equal(pm_statistics_items(statistics, PM_ITEMS_OVERDUE | PM_ITEMS_BLOCKED, 20489, &arena, &items, &count), PM_OK);
    assert_int_equal(count, 3);
    assert_false(items[2].has_due);
    assert_int_equal(pm_statistics_items(statistics, PM_ITEMS_OVERDUE, 0, &arena, &items, &count), PM_OK);
    assert_int_equal(count, 0);
}

static void many_names_are_each_kept_once(void **state)
{
    (void)state;
    for (int i = 0; i < 1500; i++) {
        char lines[200];
        snprintf(lines, sizeof lines, "severity: sev1\nstarted_at: 2026-01-01T10:00:00Z\nowner: P%d\nservices: [s%d]\n", i % 700, i);
        add("A", lines);
    }
    assert_int_equal(total(PM_BY_OWNER, "2026-01-01").count, 700);
    struct pm_groups g = total(PM_BY_SERVICE, "2026-01-01");
    assert_int_equal(g.count, 1500);
    assert_name(&g.groups[0], "s0");
    assert_name(&g.groups[2], "s10");
    assert_int_equal(pm_statistics_incidents(statistics), 1500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STATISTICS(percentiles_are_those_of_spreadsheets), STATISTICS(one_is_its_own_median_and_none_is_nothing),
        STATISTICS(what_is_left_out_is_counted_by_its_reason), STATISTICS(groups_are_in_their_order),
        STATISTICS(items_are_counted_as_of_a_day), STATISTICS(items_to_tell_of_are_the_most_overdue_first),
        STATISTICS(many_names_are_each_kept_once)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
