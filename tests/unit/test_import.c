/* The readers of dates, times, labels, names, action items and timelines, and the account of words. */
#include "fixture.h"

#include "import/account.h"
#include "import/import_internal.h"

#include <stdio.h>

/* What pm_when_read() takes of the text, as "YYYY-MM-DD HH:MM:SS ZONE>UNTIL|rest". */
static const char *when_of(const char *text)
{
    static char out[160];
    struct pm_when w;
    size_t n = pm_when_read(pm_str(text), &w);
    int at = 0;
    if (!n)
        return w.ambiguous ? "ambiguous" : "none";
    if (w.has_date)
        at += snprintf(out, sizeof out, "%04d-%02d-%02d ", w.has_year ? w.year : 0, w.month, w.day);
    if (w.has_time)
        at += snprintf(out + at, sizeof out - (size_t)at, "%s%02d:%02d:%02d ", w.approximate ? "~" : "", w.hour, w.minute, w.second);
    if (w.zone.given && w.zone.name.n)
        at += snprintf(out + at, sizeof out - (size_t)at, "%.*s ", (int)w.zone.name.n, w.zone.name.p);
    else if (w.zone.given)
        at += snprintf(out + at, sizeof out - (size_t)at, "%d ", w.zone.offset);
    if (w.has_until)
        at += snprintf(out + at, sizeof out - (size_t)at, "> %02d:%02d:%02d ", w.until_hour, w.until_minute, w.until_second);
    snprintf(out + at, sizeof out - (size_t)at, "|%s", text + n);
    return out;
}

static void dates_are_read(void **state)
{
    (void)state;
    static const char *const dates[][2] = {
        {"2024-03-05", "2024-03-05 |"}, {"2024/3/5", "2024-03-05 |"}, {"5 March 2024", "2024-03-05 |"}, {"5th of March, 2024",
        "2024-03-05 |"},
        {"March 5th, 2024: x", "2024-03-05 |: x"}, {"Mar 5", "0000-03-05 |"}, {"Tuesday, March 5, 2024", "2024-03-05 |"},
            {"05.03.2024", "2024-03-05 |"},
        {"5. M\xC3\xA4rz 2024", "2024-03-05 |"}, {"03/25/2024", "2024-03-25 |"}, {"25/03/2024", "2024-03-25 |"}, {"03/05/2024",
        "ambiguous"},
        {"04/04/2024", "2024-04-04 |"}, {"05-Mar-2024", "2024-03-05 |"}, {"2024\xE5\xB9\xB4" "3\xE6\x9C\x88" "5\xE6\x97\xA5",
        "2024-03-05 |"},
        {"2024-02-30", "none"}, {"3 may be", "none"}, {"version 3", "none"}, {"2024-03-051", "none"}, {"**2024-03-05**", "2024-03-05 |**"}};
    for (size_t i = 0; i < PM_ITEMS(dates); i++)
        assert_string_equal(when_of(dates[i][0]), dates[i][1]);
}

static void times_are_read(void **state)
{
    (void)state;
    static const char *const times[][2] = {
        {"14:02 text", "14:02:00 | text"}, {"14:02:10 - x", "14:02:10 | - x"}, {"2:02 PM x", "14:02:00 | x"}, {"12:40 a.m.", "00:40:00 |"},
        {"2pm", "14:00:00 |"}, {"~14:02", "~14:02:00 |"}, {"14:02 UTC - x", "14:02:00 Etc/UTC | - x"}, {"14:02 (PDT) x",
        "14:02:00 America/Los_Angeles | x"},
        {"14:02-14:10 x", "14:02:00 > 14:10:00 | x"}, {"14:02 \xE2\x80\x93 14:10 UTC", "14:02:00 Etc/UTC > 14:10:00 |"},
            {"2:15 PM-2:40 PM x", "14:15:00 > 14:40:00 | x"},
        {"[14:02] x", "14:02:00 |] x"}, {"2024-03-05T14:02:00Z", "2024-03-05 14:02:00 Etc/UTC |"}, {"2024-03-05T14:02:00-07:00",
        "2024-03-05 14:02:00 -25200 |"},
        {"2024-03-05 14:02+02:00", "2024-03-05 14:02:00 7200 |"}, {"14:02 UTC on 5 March 2024", "2024-03-05 14:02:00 Etc/UTC |"},
            {"1402 UTC", "14:02:00 Etc/UTC |"},
        {"14:02 Uhr: x", "14:02:00 |: x"}, {"March 5, 2024 at 2:02 PM PST", "2024-03-05 14:02:00 America/Los_Angeles |"},
            {"14:02 Europe/Berlin", "14:02:00 Europe/Berlin |"},
        {"24:10", "none"}, {"14:0", "none"}, {"1:2:3", "none"}, {"10 people", "none"}, {"1402 people", "none"}, {"http://x", "none"},
            {"", "none"}};
    for (size_t i = 0; i < PM_ITEMS(times); i++)
        assert_string_equal(when_of(times[i][0]), times[i][1]);
}

static void zones_are_found(void **state)
{
    (void)state;
    struct pm_when_zone zone;
    assert_true(pm_when_find_zone(PM_LIT("Timeline (PST)"), &zone));
    assert_true(pm_str_is(zone.name, "America/Los_Angeles"));
    assert_true(pm_when_find_zone(PM_LIT("*All times are in CET.*"), &zone));
    assert_true(pm_str_is(zone.name, "Europe/Berlin"));
    assert_true(pm_when_find_zone(PM_LIT("Time (UTC+2)"), &zone));
    assert_int_equal(zone.offset, 7200);
    assert_false(pm_when_find_zone(PM_LIT("Timeline of the ET project that was long and had no zone at all in any place"), &zone));
    assert_false(zone.given);
}

static void names_are_normal(void **state)
{
    (void)state;
    static const char *const names[][2] = {
        {"3. **Root Cause(s)** \xF0\x9F\x94\xA5:", "root cause"}, {"What went well?", "what went well"}, {"Follow-ups", "follow ups"},
            {":fire: Impact", "impact"},
        {"Mitigation & Resolution", "mitigation and resolution"}, {"What Didn\xE2\x80\x99t Go (So) Well", "what didn't go well"},
            {"Timeline (UTC)", "timeline"},
        {"[Summary](#summary)", "summary"}, {"5 Whys", "5 whys"}};
    for (size_t i = 0; i < PM_ITEMS(names); i++) {
        struct pm_str name = pm_md_normal(pm_str(names[i][0]), &arena);
        assert_string_equal(name.p ? pm_arena_str(&arena, pm_str_trim(name)).p : "", names[i][1]);
    }
    assert_int_equal(pm_name_of_heading(PM_LIT("root cause")), PM_TO_ROOT_CAUSE);
    assert_int_equal(pm_name_like_heading(PM_LIT("detailed incident timeline")), PM_TO_TIMELINE);
    assert_int_equal(pm_name_like_heading(PM_LIT("impact timeline")), PM_TO_TIMELINE);
    assert_int_equal(pm_name_like_heading(PM_LIT("customer communication")), PM_TO_NONE);
}

static void labels_are_split(void **state)
{
    (void)state;
    static const char *const lines[][3] = {
        {"**Date:** 2024-03-05", "Date", "2024-03-05"}, {"**Date**: x", "Date", "x"}, {"Owner: Ana", "Owner", "Ana"},
            {"__Owner__ - Ana", "Owner", "Ana"},
        {"> **Severity:** P1", "Severity", "P1"}, {"*Status:* done", "Status", "done"}};
    static const char *const others[] = {"14:02: the alert fired", "https://example.com", "no label here", ":smile: x", "[x](y): z"};
    struct pm_str label, value;
    for (size_t i = 0; i < PM_ITEMS(lines); i++) {
        assert_true(pm_label_split(pm_str(lines[i][0]), &arena, &label, &value));
        assert_true(pm_str_is(label, lines[i][1]));
        assert_true(pm_str_is(value, lines[i][2]));
    }
    for (size_t i = 0; i < PM_ITEMS(others); i++)
        assert_false(pm_label_split(pm_str(others[i]), &arena, &label, &value) && pm_name_of_label(pm_md_normal(label,
                &arena)) != PM_TO_NONE);
}

static const char *action_of(const char *text)
{
    static const char *const keys[] = {"item", "owner", "due", "priority", "status", "tracker.key", "tracker.url", "description"};
    static const struct pm_import_options options;
    struct pm_import import = {.notes = NULL};
    struct pm_draft d = {.arena = &arena, .diags = &diags, .import = &import, .options = &options};
    struct pm_draft_entry a = {0};
    struct pm_str out = PM_LIT("");
    d.date = (struct pm_when){.has_date = true, .has_year = true, .year = 2024, .month = 3, .day = 5};
    pm_import_action_text(&d, &a, pm_str(text));
    for (size_t i = 0; i < PM_ITEMS(keys); i++) {
        struct pm_str value = pm_draft_value(&a, keys[i]);
        out = pm_arena_format(&arena, "%s%s%.*s", out.p, i ? "|" : "", (int)value.n, value.p);
    }
    return out.p;
}

static void actions_are_taken_apart(void **state)
{
    (void)state;
    static const char *const lines[][2] = {
        {"Add alerts", "Add alerts|||||||"},
        {"[x] Add alerts (@ana)", "Add alerts|ana|||done|||"},
        {"Add alerts (owner: Ana Lind, due: 2024-04-01)", "Add alerts|Ana Lind|2024-04-01|||||"},
        {"**P1**: Add alerts \xE2\x80\x94 Owner: Sam \xE2\x80\x94 Due: March 20", "Add alerts|Sam|2024-03-20|p1||||"},
        {"[JIRA-12](https://j.example.com/JIRA-12) Add alerts",
        "[JIRA-12](https://j.example.com/JIRA-12) Add alerts|||||JIRA-12|https://j.example.com/JIRA-12|"},
        {"OPS-7: Add alerts [P2]", "Add alerts|||p2||OPS-7||"},
        {"~~Add alerts~~", "Add alerts||||done|||"},
        {"Add alerts, due 1 April 2024", "Add alerts||2024-04-01|||||"},
        {"Talk to @ben (see the wiki)", "Talk to @ben (see the wiki)|ben||||||"},
        {"Check sizes (#42)", "Check sizes|||||#42||"},
        {"Add alerts. Owner: Ana", "Add alerts|Ana||||||"},
        {"TO" "DO: Add alerts (In progress)", "Add alerts||||in_progress|||"}};
    for (size_t i = 0; i < PM_ITEMS(lines); i++)
        assert_string_equal(action_of(lines[i][0]), lines[i][1]);
}

/* The canonical form of a text. */
static struct pm_str imported(const char *text)
{
    static const struct pm_import_options options = {.name = {"x/2024-03-05-db.md", 18}};
    struct pm_import import;
    assert_int_equal(pm_import_markdown(pm_str(text), &options, &arena, &diags, &import), PM_OK);
    return import.yaml;
}

static bool holds(struct pm_str text, const char *part)
{
    return strstr(pm_arena_str(&arena, text).p, part) != NULL;
}

static void days_roll_over(void **state)
{
    (void)state;
    struct pm_str yaml = imported("# T\n\n## Timeline (UTC)\n\n- 23:50 a\n- 00:10 b\n- 00:05 c\n\n2024-03-09\n\n- 01:00 d\n");
    assert_true(holds(yaml, "2024-03-05 23:50"));
    assert_true(holds(yaml, "2024-03-06 00:10"));
    assert_true(holds(yaml, "2024-03-06 00:05"));
    assert_true(holds(yaml, "2024-03-09 01:00"));
    assert_true(holds(yaml, "started_at: 2024-03-05 23:50"));
}

static void made_up_values_are_named(void **state)
{
    (void)state;
    struct pm_str yaml = imported("# T\n\nSomething broke.\n");
    assert_true(holds(yaml, "id: INC-2024-03-05-db"));
    assert_true(holds(yaml, "severity: sev3"));
    assert_true(holds(yaml, "made_up: [severity]"));
    assert_int_equal(diags.count[PM_WARNING], 1);
    assert_int_equal(diags.first->code, PM_D_MADE_UP);
}

static void nothing_is_refused(void **state)
{
    (void)state;
    static const struct pm_import_options options;
    struct pm_import import;
    assert_int_equal(pm_import_markdown(PM_LIT(" \n"), &options, &arena, &diags, &import), PM_INVALID);
    assert_int_equal(diags.first->code, PM_D_NO_DOCUMENT);
}

static void words_are_counted(void **state)
{
    (void)state;
    struct pm_word_account a = {.arena = &arena};
    pm_word_account_add(&a, PM_LIT("one two two"));
    assert_true(pm_str_is(pm_word_account_take(&a, PM_LIT("# One: two")), "One"));
    assert_true(pm_str_is(pm_word_account_take(&a, PM_LIT("one, two, two!")), "two"));
    assert_true(pm_str_is(pm_word_account_take(&a, PM_LIT("(a b) one c.")), "a b) one c"));
    assert_int_equal(pm_word_account_take(&a, PM_LIT("--")).n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(dates_are_read), TEST(times_are_read), TEST(zones_are_found), TEST(names_are_normal), TEST(labels_are_split),
        TEST(actions_are_taken_apart), TEST(days_roll_over), TEST(made_up_values_are_named), TEST(nothing_is_refused),
            TEST(words_are_counted)};
    return cmocka_run_group_tests_name("import", tests, NULL, NULL);
}
