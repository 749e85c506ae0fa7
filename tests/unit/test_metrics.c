#include "incident/metrics.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct pm_field instant(int64_t minutes, unsigned line)
{
    return (struct pm_field){.mark = {line, 1, line}, .valid = true, .as.instant = minutes * 60};
}

static void assert_metric(const struct pm_metric *m, const char *key, int64_t minutes)
{
    assert_string_equal(m->key, key);
    assert_true(strlen(m->name) > 0 && strlen(m->base) > 0);
    assert_int_equal(m->known, minutes >= 0);
    assert_int_equal(m->seconds, minutes < 0 ? 0 : minutes * 60);
}

static void durations_have_their_bases(void **state)
{
    (void)state;
    struct pm_update updates[] = {
        {.at = instant(25, 9), .visibility = {.valid = true, .text = PM_LIT("internal")}},
        {.at = instant(70, 10)},
        {.at = instant(60, 11), .visibility = {.valid = true, .text = PM_LIT("Public")}},
    };
    struct pm_incident in = {
        .started_at = instant(0, 1), .detected_at = instant(10, 2), .acknowledged_at = instant(13, 3), .identified_at = instant(30, 4),
        .mitigated_at = instant(40, 5), .resolved_at = instant(96, 6), .closed_at = instant(1096, 7), .updates = {{8, 1, 0}, updates, 3}};
    struct pm_metric m[PM_METRIC_COUNT];
    pm_metrics(&in, NULL, m);
    assert_metric(&m[PM_TIME_TO_DETECT], "ttd", 10);
    assert_metric(&m[PM_TIME_TO_ACKNOWLEDGE], "tta", 3);
    assert_metric(&m[PM_TIME_TO_IDENTIFY], "tti", 20);
    assert_metric(&m[PM_TIME_TO_MITIGATE], "ttm", 40);
    assert_metric(&m[PM_TIME_TO_RESOLVE], "ttr", 96);
    assert_metric(&m[PM_HARM], "impact", 40);
    assert_metric(&m[PM_TIME_TO_NOTICE], "ttp", 50);
    assert_metric(&m[PM_TIME_TO_CLOSE], "ttc", 1000);
}

static void harm_has_its_own_ends(void **state)
{
    (void)state;
    struct pm_incident in = {.started_at = instant(0, 1), .resolved_at = instant(96, 2)};
    struct pm_metric m[PM_METRIC_COUNT];
    pm_metrics(&in, NULL, m);
    assert_metric(&m[PM_HARM], "impact", 96);
    in.impact.started_at = instant(5, 3);
    pm_metrics(&in, NULL, m);
    assert_metric(&m[PM_HARM], "impact", 91);
    in.impact.ended_at = instant(50, 4);
    pm_metrics(&in, NULL, m);
    assert_metric(&m[PM_HARM], "impact", 45);
}

static void missing_is_unknown_and_equal_is_zero(void **state)
{
    (void)state;
    struct pm_incident in = {.started_at = instant(7, 1), .detected_at = instant(7, 2)};
    struct pm_metric m[PM_METRIC_COUNT];
    struct pm_diags diags;
    pm_diags_init(&diags, "test");
    pm_metrics(&in, &diags, m);
    assert_metric(&m[PM_TIME_TO_DETECT], "ttd", 0);
    assert_metric(&m[PM_TIME_TO_RESOLVE], "ttr", -1);
    assert_metric(&m[PM_TIME_TO_NOTICE], "ttp", -1);
    assert_null(diags.first);
    pm_diags_free(&diags);
}

static void what_is_unknown_says_why(void **state)
{
    (void)state;
    struct pm_incident in = {.started_at = instant(7, 1), .detected_at = instant(6, 2), .identified_at = instant(9, 3)};
    struct pm_metric m[PM_METRIC_COUNT];
    pm_metrics(&in, NULL, m);
    assert_int_equal(m[PM_TIME_TO_DETECT].state, PM_METRIC_REVERSED);
    assert_int_equal(m[PM_TIME_TO_IDENTIFY].state, PM_METRIC_KNOWN);
    assert_int_equal(m[PM_TIME_TO_RESOLVE].state, PM_METRIC_OPEN);
    assert_int_equal(m[PM_TIME_TO_CLOSE].state, PM_METRIC_OPEN);
    in.incident_status = (struct pm_field){.valid = true, .as.choice = PM_RESOLVED};
    pm_metrics(&in, NULL, m);
    assert_int_equal(m[PM_TIME_TO_RESOLVE].state, PM_METRIC_MISSING);
    in.detected_at.valid = false;
    in.incident_status.as.choice = PM_MONITORING;
    pm_metrics(&in, NULL, m);
    assert_int_equal(m[PM_TIME_TO_IDENTIFY].state, PM_METRIC_MISSING);
}

static void time_to_resolve_has_another_base(void **state)
{
    (void)state;
    struct pm_incident in = {.started_at = instant(0, 1), .detected_at = instant(10, 2), .resolved_at = instant(96, 3)};
    struct pm_metric m = pm_time_to_resolve_from_detection(&in);
    assert_metric(&m, "ttr", 86);
    assert_string_equal(m.base, "from detection");
    in.detected_at.valid = false;
    m = pm_time_to_resolve_from_detection(&in);
    assert_metric(&m, "ttr", -1);
}

static void each_pair_out_of_order_is_warned_of_once(void **state)
{
    (void)state;
    struct pm_incident in = {.started_at = instant(50, 1), .mitigated_at = instant(40, 2), .resolved_at = instant(60, 3)};
    struct pm_metric m[PM_METRIC_COUNT];
    struct pm_diags diags;
    pm_diags_init(&diags, "test");
    pm_metrics(&in, &diags, m);   /* mitigated before started: time to mitigate, and the duration of harm */
    assert_metric(&m[PM_TIME_TO_MITIGATE], "ttm", -1);
    assert_metric(&m[PM_HARM], "impact", -1);
    assert_metric(&m[PM_TIME_TO_RESOLVE], "ttr", 10);
    assert_int_equal(diags.count[PM_WARNING], 1);
    assert_int_equal(diags.first->mark.line, 2);
    assert_string_equal(diags.first->text, "mitigated_at is before started_at; the duration is unknown");
    pm_diags_free(&diags);
}

static void the_last_instant_is_of_any_kind(void **state)
{
    (void)state;
    struct pm_event events[] = {{.at = instant(20, 2), .until = instant(90, 2)}, {.at = instant(30, 3)}};
    struct pm_incident in = {.started_at = instant(10, 1)};
    assert_int_equal(pm_incident_last_instant(&in), 600);
    in.timeline = (struct pm_list){{2, 1, 0}, events, 2};
    assert_int_equal(pm_incident_last_instant(&in), 5400);
    in.review.approved_at = instant(100, 4);
    assert_int_equal(pm_incident_last_instant(&in), 6000);
    in.started_at = instant(-5, 1);
    in.timeline.count = 0;
    in.review.approved_at.valid = false;
    assert_int_equal(pm_incident_last_instant(&in), -300);
}

static enum pm_due due(int64_t days, int status)
{
    struct pm_action a = {.status = {.valid = true, .as.choice = status}, .due = {.valid = days >= 0, .as.days = days}};
    return pm_action_due(&a, 100);
}

static void action_items_fall_due(void **state)
{
    (void)state;
    assert_int_equal(due(99, PM_AI_OPEN), PM_DUE_OVERDUE);
    assert_int_equal(due(100, PM_AI_OPEN), PM_DUE_SOON);
    assert_int_equal(due(114, PM_AI_BLOCKED), PM_DUE_SOON);
    assert_int_equal(due(115, PM_AI_PROPOSED), PM_DUE_LATER);
    assert_int_equal(due(-1, PM_AI_OPEN), PM_DUE_NONE);
    assert_int_equal(due(1, PM_AI_DONE), PM_DUE_CLOSED);
    assert_int_equal(due(-1, PM_AI_WONT_DO), PM_DUE_CLOSED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(durations_have_their_bases), cmocka_unit_test(harm_has_its_own_ends),
        cmocka_unit_test(missing_is_unknown_and_equal_is_zero), cmocka_unit_test(what_is_unknown_says_why),
        cmocka_unit_test(time_to_resolve_has_another_base), cmocka_unit_test(each_pair_out_of_order_is_warned_of_once),
        cmocka_unit_test(the_last_instant_is_of_any_kind), cmocka_unit_test(action_items_fall_due),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
