/* Expressions over a handful of incidents, and the order of those. */
#include "reading.h"

#include "select/fold.h"
#include "select/select.h"

#include <stdlib.h>

static const char *const texts[] = {
    "id: A\ntitle: The pool limit, Überlast und \xCE\xA3\nseverity: SEV-2\nowner: ana\ntz: Europe/Berlin\n"
    "started_at: 2026-11-20 23:30\nresolved_at: 2026-11-21 01:06\nsummary: s\nlabels: [db]\nservices: [payments, web]\n"
    "detection: {method: alert}\nimpact: {customers_affected: 3120, customers_affected_pct: 14, data_loss: no,\n"
    "  measures: [{name: p99, value: 250}, {name: note, value: high}], regions: [eu-1], slo: [{name: up, window: 30d}]}\n"
    "timeline:\n  - {at: 23:30, event: Limit, team: Platform, kind: change}\n  - {at: 23:40, event: Alert, team: SRE, kind: detected}\n"
    "five_whys: [{question: Why?, answer: The limit}]\n"
    "action_items:\n"
    "  - {item: One, owner: Ben, due: 2026-12-04, status: open, priority: p1, tracker: {key: OPS-1}, x-note: later}\n"
    "  - {item: Two, owner: ana, due: 2026-11-22, status: done, completed: 2026-11-22, created: 2026-11-21}\n"
    "  - {item: Three, due: 2026-11-23, status: in-progress, causes: [C1]}\n"
    "causes: [{text: One thing, rank: primary}]\n"
    "roles: {incident_commander: ana, scribe: [Cy, Dee]}\npeople: {ana: {name: Ana Lind, email: a@example.org}}\n"
    "glossary: {WAF: firewall}\nx-team: [red, blue]\nx-cost: '12'\nx-deep: {a: b}\n",
    "id: B\ntitle: Other\nseverity: 1\nstarted_at: 2025-03-01T00:00:00Z\nsummary: s\n",
    "id: C\ntitle: Third\nseverity: minor\nstatus: final\nowner: Cy\nstarted_at: 2026-01-05T00:00:00Z\nresolved_at: 2026-01-05T09:00:00Z\n"
    "summary: s\nkind: near-miss\nservices: [web]\nfive_whys: [[{question: q}], [{question: r, answer: second}]]\n"
    "action_items:\n  - {item: Zzz, owner: Cy, due: 2026-02-01, status: blocked}\n  - {item: Yyy, owner: Ben, due: 2027-01-01}\n",
};
enum { INCIDENTS = sizeof texts / sizeof *texts };

static struct reading *incidents[INCIDENTS];

static int read_all(void **state)
{
    (void)state;
    for (size_t i = 0; i < INCIDENTS; i++)
        incidents[i] = read_good(texts[i]);
    return 0;
}

static int end_all(void **state)
{
    (void)state;
    for (size_t i = 0; i < INCIDENTS; i++)
        end(incidents[i]);
    return 0;
}

/* "AC": which incidents it chooses; else the first message. */
static void choose(const char *text, char *out, size_t size)
{
    struct pm_arena arena;
    struct pm_diags diags;
    struct pm_select *select;
    const int64_t as_of = pm_days_from_civil(2026, 11, 24);
    size_t n = 0;
    pm_arena_init(&arena);
    pm_diags_init(&diags, "test");
    if (pm_select_parse(pm_str(text), PM_SELECT_INCIDENTS, &arena, &diags, &select) != PM_OK) {
        snprintf(out, size, "%lu: %s", (unsigned long)diags.first->mark.col, diags.first->text);
    } else {
        for (size_t i = 0; i < INCIDENTS; i++) {
            struct pm_subject subject;
            pm_subject_init(&subject, incidents[i]->in, &as_of);
            if (pm_select_incident(select, &subject))
                out[n++] = (char)('A' + i);
        }
        out[n] = '\0';
    }
    pm_diags_free(&diags);
    pm_arena_free(&arena);
}

struct choice { const char *expression, *chosen; };

static void check_choices(const struct choice *table, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char chosen[512];
        choose(table[i].expression, chosen, sizeof chosen);
        if (strcmp(chosen, table[i].chosen) != 0)
            fail_msg("%s: \"%s\", want \"%s\"", table[i].expression, chosen, table[i].chosen);
    }
}

static void expressions_choose_by_words_and_numbers(void **state)
{
    (void)state;
    static const struct choice table[] = {
        {"severity <= sev2", "AB"}, {"severity < SEV-2", "B"}, {"severity>major", "C"}, {"severity = P1 or severity = 3", "BC"},
        {"severity in (1, critical, S3)", "BC"}, {"severity not in (1, S3)", "A"}, {"severity != 2", "BC"},
        {"severity <= sev2 and started_at >= 2026-01-01", "A"}, {"NOT severity = 2 AND NOT severity = 1", "C"},
        {"not (severity = 1 or severity = 2)", "C"}, {"severity = 1 or severity = 2 and no owner", "B"},
        {"(severity = 1 or severity = 2) and has owner", "A"}, {"not not severity = 1", "B"},
        /* text */
        {"title ~ \"POOL limit\"", "A"}, {"title ~ 'überlast'", "A"}, {"title ~ ÜBER", "A"}, {"title ~ '\xCF\x82'", "A"},
        {"title = other", "B"},
        {"title != other", "AC"}, {"title ~ oooo", ""}, {"id in (a, c)", "AC"}, {"tz = europe/berlin", "A"}, {"tz = etc/utc", "BC"},
        /* words */
        {"kind = near_miss", "C"}, {"kind = 'Near Miss'", "C"}, {"kind != outage", "C"}, {"status = draft", "AB"},
        {"incident_status = resolved", "AC"}, {"impact.data_loss = no", "A"}, {"impact.data_loss = false", "A"}, {"method = alert", "A"},
        /* numbers */
        {"impact.customers_affected > 3000", "A"}, {"customers_affected = 3120", "A"}, {"customers_affected < 3120", ""},
        {"customers_affected_pct >= 14 %", "A"}, {"customers_affected_pct>13.5%", "A"}, {"impact.measures.value > 99.5", "A"},
        {"impact.measures.value = high", "A"}, {"impact.measures.value < 250", ""}, {"pm = 1", ""},
    };
    check_choices(table, sizeof table / sizeof *table);
}

static void expressions_choose_by_times_and_people(void **state)
{
    (void)state;
    static const struct choice table[] = {
        /* times: A began at 22:30 UTC */
        {"started_at = 2026-11-20", "A"}, {"started_at < 2026-11-20", "BC"}, {"started_at <= 2026-11-20", "ABC"},
        {"started_at > 2026-11-20", ""},
        {"started_at = 2026-11", "A"}, {"started_at = 2026", "AC"}, {"started_at < 2026", "B"}, {"started_at != 2026", "B"},
        {"started_at = 2026-11-20 23:30", "A"}, {"started_at = '2026-11-20 23:30'", "A"}, {"started_at = 2026-11-20T22:30:00Z", "A"},
        {"started_at = 2026-11-20 22:30Z", "A"}, {"started_at >= 2026-11-20 23:31", ""}, {"started_at > today-30d", "A"},
        {"due < today", "AC"}, {"due <= today+10d", "AC"}, {"due = today+10d", "A"}, {"detected_at = 2026-11-20 23:40", "A"},
        {"timeline.at > 2026-11-20 23:35", "A"},
        /* durations and what is computed */
        {"ttr > 4h", "C"}, {"ttr = 96m", "A"}, {"ttr <= PT1H36M", "A"}, {"ttd = 10m", "A"}, {"harm >= 9h", "C"}, {"has(ttr)", "AC"},
        {"no ttr", "B"},
        {"impact.slo.window = 30d", "A"}, {"open_items = 2", "AC"}, {"open_items = 0", "B"}, {"overdue_items >= 1", "AC"},
        {"overdue", "AC"},
        {"not overdue", "B"}, {"age > 30d", "BC"}, {"action_items.age = 1d", "A"},
        /* people */
        {"owner = ANA", "A"}, {"owner = \"ana lind\"", "A"}, {"owner ~ lind", "A"}, {"owner = cy or owner = ana", "AC"},
        {"roles.scribe = dee", "A"},
        {"roles = cy", "A"}, {"roles.scribe = ana", ""}, {"roles.incident_commander = \"Ana Lind\"", "A"}, {"people.email ~ example", "A"},
    };
    check_choices(table, sizeof table / sizeof *table);
}

static void expressions_choose_by_absence(void **state)
{
    (void)state;
    static const struct choice table[] = {
        /* what is there */
        {"has(resolved_at)", "AC"}, {"no resolved_at", "B"}, {"no(owner)", "B"}, {"not has owner", "B"}, {"has impact", "A"},
        {"no impact", "BC"},
        {"has action_items", "AC"}, {"no labels", "BC"}, {"has(glossary.WAF)", "A"}, {"has(action_items[3])", "A"},
        {"has roles.deputy", ""},
        {"owner != ana", "C"}, {"not owner = ana", "BC"}, {"has five_whys", "AC"}, {"five_whys.answer = second", "C"},
        {"five_whys[2].question = r", "C"},
        {"five_whys.question = q and .answer = second", ""}, {"five_whys.answer ~ limit", "A"},
        {"glossary.WAF = firewall", "A"},
        {"x-team = blue", "A"}, {"x-team = b", ""}, {"x-cost = 12", "A"}, {"has x-deep", "A"}, {"no x-none", "ABC"}, {"x-deep = b", ""},
        {"action_items.x-note = later", "A"},
    };
    check_choices(table, sizeof table / sizeof *table);
}

static void expressions_choose_by_lists(void **state)
{
    (void)state;
    static const struct choice table[] = {
        /* lists */
        {"service = payments", "A"}, {"services = web", "AC"}, {"service = payments and service = web", "A"}, {"service != web", "A"},
        {"not service = payments", "BC"}, {"label = db", "A"}, {"services[2] = web", "A"}, {"region = eu-1", "A"},
        {"impact.regions = eu-1", "A"},
        {"action_items.status = open", "AC"}, {"action_items.status = open and due < 2026-12-01", ""},
        {"action_items.status = open and due < 2026-12-31", "A"},
        {"due < 2026-12-01 and action_items.status = open", ""}, {"action_items.owner = ana and action_items.status = open", ""},
        {"action_items.owner = ben and .status = open", "AC"}, {"action_items.status = open and .owner = cy", ""},
        {"not action_items.status = done", "BC"}, {"action_items.status = open and not action_items.owner = ben", ""},
        {"action_items.status != open", "AC"}, {"no action_items.owner", "A"}, {"not has action_items.owner", "B"},
        {"action_items.status = in_progress and no .owner", "A"}, {"action_items.status = open and no .owner", ""},
        {"(action_items.owner = ben or action_items.owner = cy) and .status = blocked", "C"},
        {"action_items.owner = cy and (action_items.status = open or .status = blocked)", "C"}, {"action_items[2].status = done", "A"},
        {"action_items[1].status = open and action_items[2].status = done", "A"}, {"action_items[9].status = open", ""},
        {"priority = p1", "A"}, {"priority <= p2", "A"}, {"action_items.tracker.key = ops-1", "A"}, {"action_items.causes = C1", "A"},
        {"action_items.item = two and incident.status = draft", "A"}, {"team = sre", ""}, {"timeline.kind = detected and team = sre", "A"},
        {"timeline.kind = change and team = sre", ""}, {"timeline.kind = change and action_items.status = open and team = platform", ""},
        {"timeline.kind = change and timeline.team = platform and action_items.status = open and .owner = ben", "A"},
        {"(timeline.team = sre or action_items.owner = zed) and timeline.kind = detected and action_items.status = done", "A"},
        {"(timeline.team = sre or action_items.owner = zed) and timeline.kind = change and action_items.status = done", ""},
        {"rank = primary", "A"}, {"category = code", ""},
    };
    check_choices(table, sizeof table / sizeof *table);
}

static void mistakes_have_places(void **state)
{
    (void)state;
    static const struct { const char *expression, *message; } table[] = {
        {"", "1: there is no condition; want one such as severity <= sev2"},
        {"severty = 1", "1: unknown field severty (did you mean \"severity\"?)"},
        {"severity = 1 and\n ownr = x", "2: unknown field ownr (did you mean \"owner\"?)"},
        {"impact.custmers_total = 1", "1: unknown field impact.custmers_total (did you mean \"customers_total\"?)"},
        {"open_item = 1", "1: unknown field open_item (did you mean \"open_items\"?)"},
        {"severity = sev9", "12: severity: \"sev9\" is not a severity: sev1 to sev5, or a spelling such as SEV-2, P2, 2 or major"},
        {"started_at > 2026-02-30", "14: started_at: \"2026-02-30\" is not a date, or an instant such as \"2026-11-20 13:52\" or "
                                    "2026-11-20T13:52+01:00"},
        {"due = 2026-12-01 10:00", "7: due: \"2026-12-01 10:00\" is not a date such as 2026-12-01, 2026-12, 2026 or today+14d"},
        {"due < today+5h", "7: due: \"today+5h\" is not a date such as 2026-12-01, 2026-12, 2026 or today+14d"},
        {"ttr > 4", "7: ttr: \"4\" is not a duration such as 96m, 1h36m, 30d or PT1H36M"},
        {"title < x", "7: title: it is text, which takes =, != and ~, not <"},
        {"kind > outage", "6: kind: it is one of several words, which take = and !=, not >"},
        {"severity ~ 1", "10: severity: it is in order, and takes =, !=, <, <=, > and >=, not ~"},
        {"impact = x", "8: impact: it has parts and no value of its own; name one of them, or ask has(...)"},
        {"overdue = yes", "9: overdue: it is a condition by itself, without a comparison"},
        {"owner", "1: owner is no condition; want owner = ..., or has(owner)"},
        {"owner = Ana Lind", "13: \"Lind\" is unexpected; want and, or or the end; several words of one value go into quotes"},
        {"owner == ana", "7: \"==\" is no operator; want ="},
        {"owner = ", "9: the end is unexpected; want a value"},
        {"owner = \"ana", "9: the quote that begins here does not end"},
        {"owner = \"\"", "9: nothing stands between the quotes; ask has(...) or no ... for what is absent"},
        {"(owner = ana", "1: the parenthesis that begins here does not end"},
        {"owner = ana)", "12: this parenthesis ends nothing"},
        {"owner in ana", "10: \"ana\" is unexpected; want the values in parentheses, with commas between"},
        {"owner in (ana,)", "15: \")\" is unexpected; want a value"},
        {"owner = ana and", "16: the end is unexpected; want a condition such as severity <= sev2"},
        {"owner.name = ana", "1: owner.name: it has no parts that could be named"},
        {"owner[1] = ana", "1: owner[1]: only lists have an index"},
        {"services[0] = ana", "1: services[0]: want an index from 1 in brackets, such as [2]"},
        {".owner = ana", "1: no list is named before this, whose entry could be meant"},
        {"at > 2026", "1: at stands in several places; want timeline.at or updates.at"},
        {"impact.customers_affected > -1", "29: impact.customers_affected: -1 is out of range; want 0 or more"},
        {"customers_affected_pct > 101", "26: customers_affected_pct: 101 is out of range; want 0 to 100"},
        {"impact.measures.value > x", "25: impact.measures.value: \"x\" is not a number"},
        {"\xC3\xBC = 1", "1: unknown field \xC3\xBC"},
        {"owner = \xFF", "1: the text is not UTF-8"},
        {"action_items.x-a.b = 1", "1: action_items.x-a.b: it has no parts that could be named"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char said[512];
        choose(table[i].expression, said, sizeof said);
        assert_string_equal(said, table[i].message);
    }
}

static void count_messages(const char *text, enum pm_status wanted, size_t count)
{
    struct pm_arena arena;
    struct pm_diags diags;
    struct pm_select *select;
    pm_arena_init(&arena);
    pm_diags_init(&diags, "test");
    assert_int_equal(pm_select_parse(pm_str(text), PM_SELECT_INCIDENTS, &arena, &diags, &select), wanted);
    assert_int_equal(diags.count[PM_ERROR], count);
    pm_diags_free(&diags);
    pm_arena_free(&arena);
}

static void every_mistake_is_reported_at_once(void **state)
{
    (void)state;
    count_messages("ownr = a and severity = 9 or (due < x and ttr > 4) and title < b", PM_INVALID, 5);
    count_messages("a = ) and b = ) and severity in (8, 9)", PM_INVALID, 6);
}

/* "unit" `n` times between two texts. */
static char *repeat(const char *before, const char *unit, size_t n, const char *after)
{
    size_t size = strlen(unit), at = strlen(before);
    char *text = test_malloc(at + size * n + strlen(after) + 1);
    memcpy(text, before, at);
    for (size_t i = 0; i < n; i++, at += size)
        memcpy(text + at, unit, size);
    memcpy(text + at, after, strlen(after) + 1);
    return text;
}

static void limits_have_their_messages(void **state)
{
    (void)state;
    static const struct { const char *before, *unit; size_t n; const char *after, *message; } table[] = {
        {"", "(", 10000, "", "101: nested deeper than 100 levels"},
        {"", "not ", 10000, "overdue", "401: nested deeper than 100 levels"},
        {"title = \"", "x", 1 << 20, "\"", "1: the text is longer than 128 KiB"},
        {"overdue", " and overdue", 10000, "", "AC"},
        {"overdue", " or overdue", 10000, "", "AC"},
        {"id in (A", ", B", 40000, ")", "AB"},
        {"title ~ \"", "a", 100000, "\"", ""},
        {"", "(", 90, "overdue", "90: the parenthesis that begins here does not end"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char said[512], *text = repeat(table[i].before, table[i].unit, table[i].n, table[i].after);
        choose(text, said, sizeof said);
        assert_string_equal(said, table[i].message);
        test_free(text);
    }
    count_messages("(timeline.team = a or action_items.team = b or causes.kind = root) and timeline.team = c and action_items.team = d and "
                   "causes.kind = latent", PM_INVALID, 1);
}

static void items_are_judged_one_by_one(void **state)
{
    (void)state;
    static const struct { const char *expression, *chosen; } table[] = {
        {"status = open", "1"}, {"overdue", "3"}, {"no owner", "3"}, {"owner = ana", "2"}, {"due < 2026-12-01 and not status = done", "3"},
        {"action_items.owner = ben", "1"}, {"incident.owner = ana", "123"}, {"severity = 2 and status = done", "2"},
        {"service = web", "123"},
        {"age = 1d", "2"}, {"incident.age = 4d", "123"}, {"action_items[1].owner = ben", "123"},
        {"timeline.team = sre and status = open", "1"},
        {"x-team = red and has(tracker)", "1"}, {"id = ai-3", "3"}, {"open_items = 2", "123"},
    };
    const int64_t as_of = pm_days_from_civil(2026, 11, 24);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct pm_arena arena;
        struct pm_diags diags;
        struct pm_select *select;
        struct pm_subject subject;
        char chosen[8] = "";
        pm_arena_init(&arena);
        pm_diags_init(&diags, "test");
        if (pm_select_parse(pm_str(table[i].expression), PM_SELECT_ITEMS, &arena, &diags, &select) != PM_OK)
            fail_msg("%s: %s", table[i].expression, diags.first->text);
        pm_subject_init(&subject, incidents[0]->in, &as_of);
        for (size_t k = 0, n = 0; k < 3; k++) {
            if (pm_select_item(select, &subject, k))
                chosen[n++] = (char)('1' + k);
        }
        assert_false(pm_select_item(select, &subject, 3));
        if (strcmp(chosen, table[i].chosen) != 0)
            fail_msg("%s: \"%s\", want \"%s\"", table[i].expression, chosen, table[i].chosen);
        pm_diags_free(&diags);
        pm_arena_free(&arena);
    }
}

static const struct pm_order *sorted_by;
static const struct pm_order_key *keys[INCIDENTS];

static int by_keys(const void *a, const void *b)
{
    return pm_order_compare(sorted_by, keys[*(const char *)a - 'A'], keys[*(const char *)b - 'A']);
}

static void orders_put_what_is_absent_last(void **state)
{
    (void)state;
    static const struct { const char *order, *want; } table[] = {
        {"severity", "BAC"}, {"-severity", "CAB"}, {"severity desc", "CAB"}, {"started_at asc", "BCA"}, {"owner", "ACB"}, {"-owner", "CAB"},
        {"due", "CAB"}, {"-due", "CAB"}, {"title", "BAC"}, {"ttr,id", "ACB"}, {"-ttr", "CAB"}, {"kind, -severity", "CAB"},
        {"open_items, severity", "BAC"}, {"customers_affected, -id", "ACB"}, {"customers_affected_pct, -id", "ACB"},
        {"services, -id", "ACB"},
        {"action_items[1].due desc, id", "ACB"},
    };
    const int64_t as_of = pm_days_from_civil(2026, 11, 24);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct pm_arena arena;
        struct pm_diags diags;
        struct pm_order *order;
        char letters[] = "ABC";
        pm_arena_init(&arena);
        pm_diags_init(&diags, "test");
        if (pm_order_parse(pm_str(table[i].order), &arena, &diags, &order) != PM_OK)
            fail_msg("%s: %s", table[i].order, diags.first->text);
        for (size_t k = 0; k < INCIDENTS; k++) {
            struct pm_subject subject;
            pm_subject_init(&subject, incidents[k]->in, &as_of);
            keys[k] = pm_order_keys(order, &subject, &arena);
            assert_non_null(keys[k]);
        }
        sorted_by = order;
        qsort(letters, 3, 1, by_keys);
        if (strcmp(letters, table[i].want) != 0)
            fail_msg("%s: %s, want %s", table[i].order, letters, table[i].want);
        pm_diags_free(&diags);
        pm_arena_free(&arena);
    }
}

static void mistakes_in_orders(void **state)
{
    (void)state;
    static const struct { const char *order, *message; size_t count; } table[] = {
        {"", "want the name of a field", 1}, {"severity,", "want the name of a field", 1},
        {"severity down, foo", "\"down\" is unexpected; want asc, desc, a comma or the end", 2},
        {"-ownr", "unknown field ownr (did you mean \"owner\"?)", 1}, {"impact", "impact has no value to go by", 1},
        {"timeline, , x-a", "timeline has no value to go by", 2},
        {"overdue", "overdue has no value to go by", 1},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct pm_arena arena;
        struct pm_diags diags;
        struct pm_order *order;
        pm_arena_init(&arena);
        pm_diags_init(&diags, "test");
        assert_int_equal(pm_order_parse(pm_str(table[i].order), &arena, &diags, &order), PM_INVALID);
        assert_string_equal(diags.first->text, table[i].message);
        assert_int_equal(diags.count[PM_ERROR], table[i].count);
        pm_diags_free(&diags);
        pm_arena_free(&arena);
    }
}

static void letters_fold(void **state)
{
    (void)state;
    static const uint32_t pairs[][2] = {
        {'A', 'a'}, {'z', 'z'}, {'[', '['}, {0xC4, 0xE4}, {0xD7, 0xD7}, {0xDF, 0xDF}, {0x100, 0x101}, {0x101, 0x101}, {0x130, 0x130},
        {0x139, 0x13A},
        {0x178, 0xFF}, {0x386, 0x3AC}, {0x391, 0x3B1}, {0x3A3, 0x3C3}, {0x3C2, 0x3C3}, {0x410, 0x430}, {0x401, 0x451}, {0x4E00, 0x4E00},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_int_equal(pm_fold(pairs[i][0]), pairs[i][1]);
    assert_true(pm_fold_compare(PM_LIT("abc"), PM_LIT("ABD")) < 0);
    assert_true(pm_fold_compare(PM_LIT("abc"), PM_LIT("AB")) > 0);
    assert_int_equal(pm_fold_compare(PM_LIT("aBc"), PM_LIT("AbC")), 0);
}

static void patterns_are_found_where_naive_ones_are(void **state)
{
    (void)state;
    struct pm_arena arena;
    unsigned seed = 7;
    pm_arena_init(&arena);
    for (int round = 0; round < 20000; round++) {
        char text[17] = "", part[5] = "";
        for (int i = 0; i < 16; i++)
            text[i] = (char)('a' + ((seed = seed * 1103515245u + 12345u) >> 16) % 2);
        for (unsigned i = 0; i < 1 + (seed >> 20) % 4; i++)
            part[i] = text[(seed >> (16 + i)) % 13];
        struct pm_pattern pattern;
        pm_pattern_make(&pattern, pm_str(part), &arena);
        assert_int_equal(pm_pattern_in(&pattern, pm_str(text)), strstr(text, part) != NULL);
        assert_true(pm_pattern_is(&pattern, pm_str(part)));
        assert_false(pm_pattern_is(&pattern, pm_str(text)));
    }
    pm_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expressions_choose_by_words_and_numbers),
        cmocka_unit_test(expressions_choose_by_times_and_people),
        cmocka_unit_test(expressions_choose_by_absence),
        cmocka_unit_test(expressions_choose_by_lists),
        cmocka_unit_test(mistakes_have_places), cmocka_unit_test(every_mistake_is_reported_at_once),
        cmocka_unit_test(limits_have_their_messages), cmocka_unit_test(items_are_judged_one_by_one),
        cmocka_unit_test(orders_put_what_is_absent_last), cmocka_unit_test(mistakes_in_orders), cmocka_unit_test(letters_fold),
        cmocka_unit_test(patterns_are_found_where_naive_ones_are),
    };
    return cmocka_run_group_tests(tests, read_all, end_all);
}
