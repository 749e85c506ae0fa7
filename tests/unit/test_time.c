#include "base/time.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <stdlib.h>

static pm_instant utc(const char *text)
{
    struct pm_civil c;
    assert_int_equal(pm_time_read(pm_str(text), &c), PM_TIME_ZONED);
    return pm_instant_of(&c);
}

static void assert_written(const char *instant, const char *zone, const char *want)
{
    struct pm_buf b;
    pm_buf_init(&b, 100);
    pm_instant_rfc3339(&b, utc(instant), pm_str(zone));
    assert_string_equal(b.data, want);
    pm_buf_free(&b);
}

static void assert_local(const char *local, const char *zone, enum pm_local kind, const char *want)
{
    struct pm_civil c;
    pm_instant t = 0;
    assert_int_equal(pm_time_read(pm_str(local), &c), PM_TIME_LOCAL);
    assert_int_equal(pm_instant_in_zone(&c, pm_str(zone), &t), kind);
    assert_int_equal(t, utc(want));
}

static void days_and_dates_agree(void **state)
{
    (void)state;
    int64_t days = pm_days_from_civil(1, 1, 1);
    assert_int_equal(pm_days_from_civil(1970, 1, 1), 0);
    assert_int_equal(pm_days_from_civil(2000, 3, 1), 11017);
    assert_int_equal(days, -719162);
    int weekday = 1;
    for (; days <= pm_days_from_civil(9999, 12, 31); days++, weekday = (weekday + 1) % 7) {
        struct pm_civil c;
        pm_civil_from_days(days, &c);
        if (pm_days_from_civil(c.year, c.month, c.day) != days || c.weekday != weekday)
            fail_msg("%d-%d-%d", c.year, c.month, c.day);
    }
    struct pm_civil c;
    pm_civil_from_days(INT64_MAX, &c);
    assert_int_equal(c.year, 9999);
}

static void zones_are_looked_up_safely(void **state)
{
    (void)state;
    static const char *const there[] = {
        "UTC", "Etc/UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+5",
    };
    static const char *const not_there[] = {
        "", "Europe", "Europe/Atlantis", "/etc/passwd", "../zoneinfo/UTC", "Europe/../UTC", "zone.tab", "localtime",
        "right/UTC", "europe berlin", "Europe/Berlin ",
    };
    for (size_t i = 0; i < sizeof there / sizeof *there; i++)
        assert_true(pm_zone_exists(pm_str(there[i])));
    for (size_t i = 0; i < sizeof not_there / sizeof *not_there; i++)
        assert_false(pm_zone_exists(pm_str(not_there[i])));
    assert_false(pm_zone_exists(PM_LIT("UTC\0x")));
    assert_false(pm_zone_exists(pm_str(NULL)));
}

static void instants_are_shown_by_the_clocks_of_a_zone(void **state)
{
    (void)state;
    assert_written("2026-11-20T12:52:00Z", "Europe/Berlin", "2026-11-20T13:52:00+01:00");
    assert_written("2026-07-20T12:52:00Z", "Europe/Berlin", "2026-07-20T14:52:00+02:00");
    assert_written("2026-03-29T00:59:59Z", "Europe/Berlin", "2026-03-29T01:59:59+01:00");
    assert_written("2026-03-29T01:00:00Z", "Europe/Berlin", "2026-03-29T03:00:00+02:00");
    assert_written("2026-11-20T12:52:00Z", "America/New_York", "2026-11-20T07:52:00-05:00");
    assert_written("2026-11-20T12:52:00Z", "Asia/Kolkata", "2026-11-20T18:22:00+05:30");
    assert_written("2026-01-01T00:00:00Z", "Australia/Lord_Howe", "2026-01-01T11:00:00+11:00");
    assert_written("2026-07-01T00:00:00Z", "Australia/Lord_Howe", "2026-07-01T10:30:00+10:30");
    assert_written("2026-11-20T12:52:00+01:00", "UTC", "2026-11-20T11:52:00Z");
    assert_written("2026-01-20T12:52:00Z", "Europe/London", "2026-01-20T12:52:00+00:00");
    assert_written("2026-01-20T12:52:00Z", "Nowhere/Known", "2026-01-20T12:52:00Z");
}

static void zones_hold_for_all_years(void **state)
{
    (void)state;
    assert_written("1965-06-01T00:00:00Z", "America/New_York", "1965-05-31T20:00:00-04:00");
    assert_written("1945-06-01T00:00:00Z", "Europe/Berlin", "1945-06-01T03:00:00+03:00");
    assert_written("0001-01-02T00:00:00Z", "Europe/Berlin", "0001-01-02T00:53:00+00:53");   /* local mean time */
    assert_written("2500-07-01T00:00:00Z", "Europe/Berlin", "2500-07-01T02:00:00+02:00");
    assert_written("9999-12-31T12:00:00Z", "America/New_York", "9999-12-31T07:00:00-05:00");
    assert_written("9999-12-31T23:59:59Z", "Asia/Kolkata", "9999-12-31T05:29:59+05:30");   /* the last day there is */
    assert_written("2500-01-01T00:00:00Z", "Australia/Sydney", "2500-01-01T11:00:00+11:00");
    assert_written("2500-07-01T00:00:00Z", "Europe/Dublin", "2500-07-01T01:00:00+01:00");
}

static void gaps_and_repeated_times_are_told(void **state)
{
    (void)state;
    assert_local("2026-11-20 13:52", "Europe/Berlin", PM_LOCAL_OK, "2026-11-20T12:52:00Z");
    assert_local("2026-03-29 02:30", "Europe/Berlin", PM_LOCAL_GAP, "2026-03-29T01:30:00Z");
    assert_local("2026-03-29 01:59", "Europe/Berlin", PM_LOCAL_OK, "2026-03-29T00:59:00Z");
    assert_local("2026-03-29 03:00", "Europe/Berlin", PM_LOCAL_OK, "2026-03-29T01:00:00Z");
    assert_local("2026-10-25 02:30", "Europe/Berlin", PM_LOCAL_TWICE, "2026-10-25T00:30:00Z");
    assert_local("2026-10-25 03:00", "Europe/Berlin", PM_LOCAL_OK, "2026-10-25T02:00:00Z");
    assert_local("2026-03-08 02:30", "America/New_York", PM_LOCAL_GAP, "2026-03-08T07:30:00Z");
    assert_local("2026-11-01 01:30", "America/New_York", PM_LOCAL_TWICE, "2026-11-01T05:30:00Z");
    assert_local("2026-10-04 02:15", "Australia/Lord_Howe", PM_LOCAL_GAP, "2026-10-03T15:45:00Z");
    assert_local("2026-04-05 01:45", "Australia/Lord_Howe", PM_LOCAL_TWICE, "2026-04-04T14:45:00Z");
    assert_local("2500-03-28 02:30", "Europe/Berlin", PM_LOCAL_GAP, "2500-03-28T01:30:00Z");
    assert_local("2011-12-30 12:00", "Pacific/Apia", PM_LOCAL_GAP, "2011-12-30T22:00:00Z");   /* a day that was left out */
    assert_local("2026-06-01 00:00", "Asia/Kolkata", PM_LOCAL_OK, "2026-05-31T18:30:00Z");
    assert_local("2026-06-01 00:00", "UTC", PM_LOCAL_OK, "2026-06-01T00:00:00Z");
}

static void names_of_offsets_are_known(void **state)
{
    (void)state;
    assert_string_equal(pm_civil_at(utc("2026-01-01T00:00:00Z"), PM_LIT("Europe/Berlin")).zone, "CET");
    assert_string_equal(pm_civil_at(utc("2026-07-01T00:00:00Z"), PM_LIT("Europe/Berlin")).zone, "CEST");
    assert_string_equal(pm_civil_at(utc("2026-07-01T00:00:00Z"), PM_LIT("America/Sao_Paulo")).zone, "-03");
    struct pm_civil c = pm_civil_at(utc("2026-11-20T23:52:07Z"), PM_LIT("Europe/Berlin"));
    assert_int_equal(c.weekday, 6);
    assert_int_equal(c.day, 21);
    assert_int_equal(c.second, 7);
    assert_int_equal(c.offset, 3600);
}

static void environment_does_not_matter(void **state)
{
    (void)state;
    setenv("TZ", "Asia/Tokyo", 1);
    setenv("LC_ALL", "de_DE.UTF-8", 1);
    assert_written("2026-11-20T12:52:00Z", "Europe/Paris", "2026-11-20T13:52:00+01:00");
    assert_written("2026-11-20T12:52:00Z", "", "2026-11-20T12:52:00Z");
    assert_string_equal(getenv("TZ"), "Asia/Tokyo");
    unsetenv("TZ");
}

static void utc_needs_no_database(void **state)
{
    (void)state;
    setenv("TZDIR", "/nonexistent", 1);
    assert_true(pm_zone_exists(PM_LIT("Etc/UTC")));
    assert_false(pm_zone_exists(PM_LIT("Europe/Vienna")));
    assert_written("2026-11-20T12:52:00Z", "Etc/UTC", "2026-11-20T12:52:00Z");
    unsetenv("TZDIR");
}

static void times_are_read_exactly(void **state)
{
    (void)state;
    static const struct { const char *text; enum pm_time_form form; } cases[] = {
        {"2026-11-20T13:52:00Z", PM_TIME_ZONED}, {"2026-11-20t13:52:00z", PM_TIME_ZONED},
        {"2026-11-20 13:52:00.123+01:00", PM_TIME_ZONED}, {"2026-11-20T13:52-05:30", PM_TIME_ZONED},
        {"2016-12-31T23:59:60Z", PM_TIME_ZONED}, {"2026-11-20 13:52", PM_TIME_LOCAL}, {"2026-11-20T13:52:09", PM_TIME_LOCAL},
        {"13:52", PM_TIME_BARE}, {"13:52:01", PM_TIME_BARE}, {"2024-02-29 00:00", PM_TIME_LOCAL}, {"", PM_TIME_NONE},
        {"2026-02-29 00:00", PM_TIME_NONE}, {"2026-13-01 00:00", PM_TIME_NONE}, {"0000-01-01 00:00", PM_TIME_NONE},
        {"2026-11-20", PM_TIME_NONE}, {"24:00", PM_TIME_NONE}, {"9:05", PM_TIME_NONE}, {"13:5", PM_TIME_NONE},
        {"13:52:", PM_TIME_NONE}, {"2026-11-20  13:52", PM_TIME_NONE}, {"2026-11-20 13:52 ", PM_TIME_NONE},
        {"2026-11-20T13:52:00+1:00", PM_TIME_NONE}, {"2026-11-20T13:52:00.Z", PM_TIME_NONE},
        {"2026-11-20T13:52:00+25:00", PM_TIME_NONE}, {"13:52Z", PM_TIME_NONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pm_civil c;
        if (pm_time_read(pm_str(cases[i].text), &c) != cases[i].form)
            fail_msg("%s", cases[i].text);
    }
    assert_int_equal(utc("2026-11-20T13:52:00+01:00"), 1795179120);
    assert_int_equal(utc("1969-12-31T23:59:59Z"), -1);
}

static void dates_are_read_exactly(void **state)
{
    (void)state;
    int64_t days = 0;
    assert_true(pm_date_read(PM_LIT("2026-12-04"), &days));
    assert_int_equal(days, pm_days_from_civil(2026, 12, 4));
    assert_false(pm_date_read(PM_LIT("2026-12-04 "), &days));
    assert_false(pm_date_read(PM_LIT("2026-12-4"), &days));
    assert_false(pm_date_read(PM_LIT("2026-02-30"), &days));
    assert_false(pm_date_read(pm_str(NULL), &days));
    struct pm_buf b;
    pm_buf_init(&b, 100);
    pm_date_iso(&b, days);
    assert_string_equal(b.data, "2026-12-04");
    pm_buf_free(&b);
}

static void durations_go_in_and_out(void **state)
{
    (void)state;
    static const struct { const char *text; int64_t seconds; const char *iso; } cases[] = {
        {"PT1H36M", 5760, "PT1H36M"}, {"P2D", 172800, "P2D"}, {"96m", 5760, "PT1H36M"}, {"1h36m", 5760, "PT1H36M"},
        {"90s", 90, "PT1M30S"}, {"2d", 172800, "P2D"}, {"P1DT2H", 93600, "P1DT2H"}, {"PT0S", 0, "PT0S"},
        {"P1W", 604800, "P7D"}, {"1d1s", 86401, "P1DT1S"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t seconds = -1;
        struct pm_buf b;
        assert_true(pm_duration_read(pm_str(cases[i].text), &seconds));
        assert_int_equal(seconds, cases[i].seconds);
        pm_buf_init(&b, 100);
        pm_duration_iso(&b, seconds);
        assert_string_equal(b.data, cases[i].iso);
        pm_buf_free(&b);
    }
    static const char *const bad[] = {
        "", "P", "PT", "1h1h", "36m1h", "PT1D", "P1H", "P1M", "1", "h", "1.5h", "-1h", "1h 36m", "P1DT", "12345678901s",
        "PTT1H",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t seconds;
        if (pm_duration_read(pm_str(bad[i]), &seconds))
            fail_msg("%s", bad[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_and_dates_agree), cmocka_unit_test(zones_are_looked_up_safely),
        cmocka_unit_test(instants_are_shown_by_the_clocks_of_a_zone), cmocka_unit_test(zones_hold_for_all_years),
        cmocka_unit_test(gaps_and_repeated_times_are_told), cmocka_unit_test(names_of_offsets_are_known),
        cmocka_unit_test(environment_does_not_matter), cmocka_unit_test(utc_needs_no_database),
        cmocka_unit_test(times_are_read_exactly), cmocka_unit_test(dates_are_read_exactly),
        cmocka_unit_test(durations_go_in_and_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
