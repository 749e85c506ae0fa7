#include "reading.h"

#define HEAD_OF(started) "id: INC-1\ntitle: T\nseverity: sev2\nstarted_at: " started "\nsummary: S.\n"

static void assert_instant(const struct pm_field *f, const char *want)
{
    struct pm_civil c;
    assert_int_equal(pm_time_read(pm_str(want), &c), PM_TIME_ZONED);
    assert_true(f->valid);
    assert_int_equal(f->as.instant, pm_instant_of(&c));
}

static const struct pm_event *event(const struct reading *r, size_t i)
{
    assert_true(i < r->in->timeline.count);
    return (const struct pm_event *)r->in->timeline.items + i;
}

static void local_times_are_in_the_zone(void **state)
{
    (void)state;
    struct reading *r = read_good(HEAD_OF("2026-11-20 13:52") "detected_at: 2026-11-20T13:52:00Z\ntz: Europe/Berlin\n");
    assert_instant(&r->in->started_at, "2026-11-20T13:52:00+01:00");
    assert_instant(&r->in->detected_at, "2026-11-20T13:52:00Z");
    end(r);
}

static void bare_times_follow_the_entry_before(void **state)
{
    (void)state;
    struct reading *r = read_good("timeline:\n  - {at: 23:40, event: a, until: 00:10}\n  - {at: 23:58:30, event: b}\n"
                                  "  - {at: 00:05, event: c}\n"
                                  "  - {at: 2026-11-25 08:00, event: d}\n  - {at: 07:00, event: e}\n  - {at: 01:00, event: f}\n"
                                  "tz: America/New_York\n" HEAD_OF("2026-11-20 23:45"));
    assert_instant(&event(r, 0)->at, "2026-11-20T23:40:00-05:00");
    assert_instant(&event(r, 0)->until, "2026-11-21T00:10:00-05:00");
    assert_instant(&event(r, 1)->at, "2026-11-20T23:58:30-05:00");
    assert_instant(&event(r, 2)->at, "2026-11-21T00:05:00-05:00");
    assert_instant(&event(r, 4)->at, "2026-11-25T07:00:00-05:00");
    assert_instant(&event(r, 5)->at, "2026-11-25T01:00:00-05:00");   /* six hours, not more */
    end(r);
}

static void more_than_six_hours_back_is_the_next_day(void **state)
{
    (void)state;
    struct reading *r = read_good(HEAD_OF("2026-11-20 08:00:01") "timeline: [{at: 02:00:01, event: a}, {at: 08:00:02, event: b}, "
                                          "{at: 02:00:01, event: c}]\n");
    assert_instant(&event(r, 0)->at, "2026-11-20T02:00:01Z");
    assert_instant(&event(r, 2)->at, "2026-11-21T02:00:01Z");
    end(r);
}

static void clocks_put_back_give_the_first(void **state)
{
    (void)state;
    struct reading *r = read_good("tz: Europe/Berlin\n" HEAD_OF("2026-10-25 02:30") "timeline: [{at: 02:40, event: a}, {at: 03:10, "
                                  "event: b}]\n");
    assert_instant(&r->in->started_at, "2026-10-25T02:30:00+02:00");
    assert_instant(&event(r, 0)->at, "2026-10-25T02:40:00+02:00");
    assert_instant(&event(r, 1)->at, "2026-10-25T03:10:00+01:00");
    end(r);
}

static void a_day_is_needed(void **state)
{
    (void)state;
    struct reading *r = read_with(HEAD_OF("soon") "timeline: [{at: 02:00, event: a}, {at: 2026-11-20 03:00, event: b}, {at: 04:00, "
                                          "event: c}]\n", false);
    assert_int_equal(r->diags.count[PM_ERROR], 2);
    assert_int_equal(r->diags.last->code, PM_D_NO_DAY);
    assert_string_equal(r->diags.last->text, "timeline[1].at: \"02:00\" has no day; want YYYY-MM-DD HH:MM, or a readable started_at");
    assert_instant(&event(r, 2)->at, "2026-11-20T04:00:00Z");
    end(r);
}

static void instants_come_from_the_timeline(void **state)
{
    (void)state;
    struct reading *r = read_good(HEAD_OF("2026-11-20 10:00") "identified_at: 2026-11-20 10:09\ntimeline:\n"
                                          "  - {at: 10:05, event: a, kind: detected}\n"
                                          "  - {at: 10:06, event: b, kind: Detected}\n  - {at: 10:08, event: c, kind: identified}\n"
                                          "  - {at: 10:01, event: d, kind: impact-start}\n  - {at: 10:10, event: e, kind: impact_end}\n"
                                          "  - {at: 10:20, event: f, kind: impact_end}\n"
                                          "  - {at: 10:15, event: g, kind: impact_end}\n");
    assert_instant(&r->in->detected_at, "2026-11-20T10:05:00Z");
    assert_true(r->in->detected_at.derived);
    assert_int_equal(r->in->detected_at.mark.line, event(r, 0)->at.mark.line);
    assert_instant(&r->in->identified_at, "2026-11-20T10:09:00Z");
    assert_false(r->in->identified_at.derived);
    assert_false(pm_has(&r->in->mitigated_at));
    assert_instant(&r->in->impact.started_at, "2026-11-20T10:01:00Z");
    assert_instant(&r->in->impact.ended_at, "2026-11-20T10:20:00Z");
    assert_int_equal(r->in->impact.head.mark.line, 0);
    end(r);
}

static void assert_state(const char *more, int want)
{
    char text[300];
    snprintf(text, sizeof text, HEAD_OF("2026-11-20 10:00") "%s", more);
    struct reading *r = read_good(text);
    assert_int_equal(r->in->incident_status.as.choice, want);
    end(r);
}

static void the_state_follows_from_the_instants(void **state)
{
    (void)state;
    assert_state("", PM_INVESTIGATING);
    assert_state("detected_at: 2026-11-20 10:01\n", PM_INVESTIGATING);
    assert_state("identified_at: 2026-11-20 10:01\n", PM_IDENTIFIED);
    assert_state("mitigated_at: 2026-11-20 10:01\n", PM_MONITORING);
    assert_state("resolved_at: 2026-11-20 10:01\n", PM_RESOLVED);
    assert_state("timeline: [{at: 11:00, event: a, kind: resolved}]\n", PM_RESOLVED);
    assert_state("resolved_at: 2026-11-20 10:01\nincident_status: monitoring\n", PM_MONITORING);
}

static void defaults_are_marked_as_derived(void **state)
{
    (void)state;
    struct reading *r = read_good(HEAD_OF("2026-11-20 10:00") "action_items: [{item: a}, {item: b, status: done}]\n");
    const struct pm_action *actions = r->in->action_items.items;
    const struct pm_field *defaults[] = {&r->in->status, &r->in->visibility, &r->in->lang, &r->in->tz, &actions[0].status,
        &actions[0].id};
    static const char *const texts[] = {"draft", "internal", "en", "Etc/UTC", "open", "AI-1"};
    for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++) {
        assert_true(defaults[i]->derived && defaults[i]->valid && pm_has(defaults[i]));
        assert_true(pm_str_is(defaults[i]->text, texts[i]));
    }
    assert_int_equal(actions[0].status.as.choice, PM_AI_OPEN);
    assert_false(actions[1].status.derived);
    end(r);
}

static void entries_are_numbered_around_written_ids(void **state)
{
    (void)state;
    struct reading *r = read_good(HEAD_OF("2026-11-20 10:00") "causes: [{text: a}, {text: b, id: C3}, {text: c}, {text: d, "
                                          "id: C4a}, {text: e}]\n"
                                          "evidence: [{title: x}]\n");
    static const char *const ids[] = {"C1", "C3", "C3a", "C4a", "C5"};
    const struct pm_cause *causes = r->in->causes.items;
    for (size_t i = 0; i < 5; i++)
        assert_true(pm_str_is(causes[i].id.text, ids[i]));
    assert_false(pm_has(&((const struct pm_evidence *)r->in->evidence.items)->id));
    end(r);
}

static void ids_are_unique_in_their_list(void **state)
{
    (void)state;
    struct reading *r = read_with(HEAD_OF("2026-11-20 10:00") "causes: [{text: a, id: X}]\naction_items:\n  - {item: a, id: X}\n"
                                          "  - {item: b, id: Y}\n"
                                          "  - {item: c, id: X}\n", false);
    assert_int_equal(r->diags.kept, 1);
    assert_string_equal(r->diags.first->text, "action_items[3].id: \"X\" is also the id of the entry in line 8");
    assert_int_equal(r->diags.first->mark.line, 10);
    end(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(local_times_are_in_the_zone), cmocka_unit_test(bare_times_follow_the_entry_before),
        cmocka_unit_test(more_than_six_hours_back_is_the_next_day), cmocka_unit_test(clocks_put_back_give_the_first),
        cmocka_unit_test(a_day_is_needed), cmocka_unit_test(instants_come_from_the_timeline),
        cmocka_unit_test(the_state_follows_from_the_instants), cmocka_unit_test(defaults_are_marked_as_derived),
        cmocka_unit_test(entries_are_numbered_around_written_ids), cmocka_unit_test(ids_are_unique_in_their_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
