#include "fixture.h"

#include "recover/merge.h"

#define DOCUMENT(more) "id: INC-1\ntitle: T\nseverity: sev2\ntz: Europe/Berlin\nstarted_at: 2026-11-20 13:52\nsummary: S.\n" more
#define COUNT(a) (sizeof(a) / sizeof *(a))

static struct pm_merge merge;
static struct pm_language language;
static bool deletions;

static struct pm_incident *read_text(const char *source)
{
    struct pm_incident *in;
    if (pm_incident_read(pm_str(source), 1, NULL, &arena, &diags, &in) != PM_OK || !in)
        fail_msg("%s\n%s", source, diags.first ? diags.first->text : "");
    return in;
}

struct row { const char *path, *ours, *theirs; bool markdown; };

/* Rows with a text of ours and of theirs; NULL where one has none. */
static void run(const struct pm_incident *base, const struct row *rows, size_t count)
{
    struct pm_shown_value *ours = pm_arena_array(&arena, count, sizeof *ours), *theirs = pm_arena_array(&arena, count, sizeof *theirs);
    size_t n = 0, m = 0;
    for (size_t i = 0; i < count; i++) {
        struct pm_shown_value v = {.path = pm_str(rows[i].path), .markdown = rows[i].markdown, .place = pm_arena_format(&arena,
            "row %zu", i + 1)};
        if (rows[i].ours)
            v.text = pm_str(rows[i].ours), ours[n++] = v;
        if (rows[i].theirs)
            v.text = pm_str(rows[i].theirs), theirs[m++] = v;
    }
    struct pm_merge_options options = {.language = &language, .deletions = deletions};
    const struct pm_shown a = {ours, n}, b = {theirs, m};
    assert_int_equal(pm_merge(base, &a, &b, &options, &arena, &merge), PM_OK);
}

static const char *report(void)
{
    struct pm_buf b;
    pm_buf_init(&b, 1 << 20);
    pm_merge_text(&merge, "a.docx", "new.yaml", &b);
    const char *text = pm_arena_str(&arena, pm_buf_slice(&b)).p;
    pm_buf_free(&b);
    return text;
}

static const char *applied(const struct pm_incident *in)
{
    struct pm_buf b;
    pm_buf_init(&b, 1 << 20);
    assert_int_equal(pm_merge_apply(&merge, in, &b), PM_OK);
    const char *text = pm_arena_str(&arena, pm_buf_slice(&b)).p;
    pm_buf_free(&b);
    return text;
}

#define MERGES(source, want, lines, ...) \
    do { \
        const struct row rows[] = {__VA_ARGS__}; \
        const struct pm_incident *base = read_text(source); \
        run(base, rows, COUNT(rows)); \
        assert_string_equal(applied(base), want); \
        assert_string_equal(report(), lines); \
    } while (0)

static int begin(void **state)
{
    pm_language_init(&language, NULL);
    deletions = false;
    return set_up(state);
}

#undef TEST
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, tear_down)

static void normalised(void **state)
{
    (void)state;
    const struct { const char *text, *want; } cases[] = {
        {"  a\xC2\xA0\n b\t", "a b"}, {"\xE2\x80\x9Cq\xE2\x80\x9D \xE2\x80\x98q\xE2\x80\x99", "\"q\" 'q'"}, {"a\xC2\xAD" "b\xE2\x80\x8B"
        "c", "abc"},
        {"a \xE2\x80\x93 b--c", "a - b-c"}, {"wait\xE2\x80\xA6", "wait..."}, {"e\xCC\x81", "\xC3\xA9"}, {"", ""},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_string_equal(pm_shown_normalise(pm_str(cases[i].text), &arena).p, cases[i].want);
}

static void what_editors_do_is_no_change(void **state)
{
    (void)state;
    static const char source[] = DOCUMENT("owner: Ana 'A' Lind\naction_items:\n  - {item: One, due: 2026-12-04}\n  - {item: Two}\n");
    MERGES(source, source, "",
           {"owner", "Ana 'A' Lind", "Ana \xE2\x80\x98" "A\xE2\x80\x99\xC2\xA0Lind", false},
           {"action_items/AI-1/due", "4\xC2\xA0" "Dec\xC2\xA0" "2026", "4 Dec 2026", false},
           {"action_items/AI-1/item", "One", "One", false},
           {"action_items/AI-2/item", "Two", "Two ", false});
    MERGES(source, source, "", {"action_items/AI-2/item", NULL, "Two", false}, {"action_items/AI-1/item", "One", "One", false},
        {"action_items/AI-2/item", "Two", NULL, false});
}

static void values_come_back_in_their_types(void **state)
{
    (void)state;
    static const char source[] = DOCUMENT("impact: {customers_affected: 3120, customers_affected_pct: 14, data_loss: no, "
                                          "slo: [{name: a, window: 30d}]}\n"
                                          "timeline:\n  - {at: 13:52, event: Deploy, kind: change}\n  - {at: 14:02, event: Alert}\n"
                                          "action_items:\n  - {item: One, due: 2026-12-04, status: open}\n  - {item: Two}\npeople:\n"
                                          "  ana: {name: Ana Lind}\n  ben: {name: Ben Ortiz}\n");
    MERGES(source,
           "id: INC-1\ntitle: T\nstatus: in_review\nseverity: sev1\nowner: ana\nauthors: [ben, Cem Demir]\ntz: Europe/Berlin\n"
           "started_at: 2026-11-20 13:50\nsummary: S.\n"
           "impact: {customers_affected: 3210, customers_affected_pct: 14.5, data_loss: unknown, slo: [{name: a, window: 28d}]}\n"
           "timeline:\n  - {at: 13:52, event: Deploy, kind: alert}\n  - {at: 14:05, event: Alert}\n"
           "action_items:\n  - {item: One, due: 2026-12-11, status: done}\n  - {item: Two, owner: Dora, due: 2026-12-24, priority: p1}\n"
           "people:\n  ana: {name: Ana Lind}\n  ben: {name: Ben Ortiz}\n",
           "a.docx: status: (nothing) \xE2\x86\x92 in_review\na.docx: severity: sev2 \xE2\x86\x92 sev1\n"
           "a.docx: owner: (nothing) \xE2\x86\x92 ana\n"
           "a.docx: authors: (nothing) \xE2\x86\x92 ben, Cem Demir\na.docx: started_at: 2026-11-20 13:52 \xE2\x86\x92 2026-11-20 13:50\n"
           "a.docx: impact.customers_affected: 3120 \xE2\x86\x92 3210\na.docx: impact.customers_affected_pct: 14 \xE2\x86\x92 14.5\n"
           "a.docx: impact.data_loss: no \xE2\x86\x92 unknown\n"
           "a.docx: impact.slo[1].window: 30d \xE2\x86\x92 28d\na.docx: timeline[T1].kind: change \xE2\x86\x92 alert\n"
           "a.docx: timeline[T2].at: 14:02 \xE2\x86\x92 14:05\n"
           "a.docx: action_items[AI-1].due: 2026-12-04 \xE2\x86\x92 2026-12-11\na.docx: action_items[AI-1].status: open \xE2\x86\x92 done\n"
           "a.docx: action_items[AI-2].owner: (nothing) \xE2\x86\x92 Dora\n"
           "a.docx: action_items[AI-2].due: (nothing) \xE2\x86\x92 2026-12-24\n"
           "a.docx: action_items[AI-2].priority: (nothing) \xE2\x86\x92 p1\n",
           {"status", "Draft", "In review", false}, {"severity", "sev2", "sev1", false}, {"owner", NULL, "Ana Lind", false}, {"authors",
           "", "Ben Ortiz, Cem Demir", false},
           {"started_at", "20 Nov 2026, 13:52 CET", "20 Nov 2026, 13:50 CET", false},
           {"impact/customers_affected", "3,120", "3,210", false}, {"impact/customers_affected_pct", "14%", "14.5 %", false},
           {"impact/data_loss", "No", "unknown", false},
           {"impact/slo/1/window", "30 d", "28 d", false}, {"timeline/T1/kind", "Change", "Alert", false}, {"timeline/T2/at", "14:02",
           "14:05", false},
           {"action_items/AI-1/due", "4 Dec 2026", "11 December 2026", false}, {"action_items/AI-1/status", "Open", "Done", false},
           {"action_items/AI-2/owner", "no owner", "@Dora", false}, {"action_items/AI-2/due", "no date", "24.12.2026", false},
           {"action_items/AI-2/priority", "", "P1", false}, {"action_items/AI-2/status", "Open", "open", false});
}

static void words_of_another_language(void **state)
{
    (void)state;
    static const char words[] = "months: [Jan., Feb., M\xC3\xA4rz, Apr., Mai, Juni, Juli, Aug., Sep., Okt., Nov., Dez.]\n"
        "date: \"{day}. {month} {year}\"\ngroup: \".\"\ndecimal: \",\"\n"
                                "values: {done: Erledigt, status.open: Offen}\nno_owner: niemand\n";
    struct pm_yaml *tree;
    assert_int_equal(pm_yaml_read(pm_str(words), 1, &arena, &diags, &tree, NULL), PM_OK);
    pm_language_init(&language, tree);
    MERGES(DOCUMENT("impact: {customers_affected: 3120, customers_affected_pct: 1.5}\naction_items:\n"
        "  - {item: One, owner: Ana, due: 2026-12-04}\n"),
           DOCUMENT("impact: {customers_affected: 3121, customers_affected_pct: 2.5}\naction_items:\n"
               "  - {item: One, due: 2027-03-04, status: done}\n"),
           "a.docx: impact.customers_affected: 3120 \xE2\x86\x92 3121\na.docx: impact.customers_affected_pct: 1.5 \xE2\x86\x92 2.5\n"
           "a.docx: action_items[AI-1].owner: Ana \xE2\x86\x92 (nothing)\n"
           "a.docx: action_items[AI-1].due: 2026-12-04 \xE2\x86\x92 2027-03-04\n"
           "a.docx: action_items[AI-1].status: (nothing) \xE2\x86\x92 done\n",
           {"impact/customers_affected", "3.120", "3.121", false}, {"impact/customers_affected_pct", "1,5%", "2,5%", false},
           {"action_items/AI-1/owner", "Ana", "niemand", false}, {"action_items/AI-1/due", "4. Dez. 2026", "4. M\xC3\xA4rz 2027", false},
           {"action_items/AI-1/status", "Offen", "Erledigt", false});
}

static void prose_keeps_its_source(void **state)
{
    (void)state;
    static const char source[] = DOCUMENT("background: |\n  A small addition pushed **every** server\n"
        "  over the limit, see [the page](https://example.org/a).\n\n  - one `item`\n  - two\n\n  Last *words* here.\n");
#define BEFORE "A small addition pushed every server over the limit, see the page.\n\none item\n\ntwo\n\nLast words here."
    MERGES(source, DOCUMENT("background: |\n  A small addition pushed **each** server\n"
        "  over the limit, see [the page](https://example.org/a).\n\n  - one `item`\n  - two\n\n  Final *words* here now.\n"),
           "a.docx: background: \xE2\x80\xA6" "small addition pushed **every** server over the limit, see [the page](ht\xE2\x80\xA6"
           " \xE2\x86\x92 \xE2\x80\xA6" "small addition pushed **each** server over the limit, see [the page](htt\xE2\x80\xA6\n",
           {"background", BEFORE, "A small addition pushed each server over the limit, see the page.\n\none item\n\ntwo\n\n"
           "Final words here now.", false});
    const struct row rows[] = {{"background", BEFORE, "A small addition of 2*3 pushed every server over the limit, see the new page.\n\n"
        "one item\n\ntwo\n\nLast words here.", false}};
    const struct pm_incident *base = read_text(source);
    run(base, rows, 1);
    assert_string_equal(applied(base), DOCUMENT("background: |\n  A small addition of 2\\*3 pushed **every** server\n"
        "  over the limit, see [the new page](https://example.org/a).\n\n  - one `item`\n  - two\n\n  Last *words* here.\n"));
}

static void markdown_keeps_its_source(void **state)
{
    (void)state;
    static const char source[] = DOCUMENT("background: |\n  It was *very* bad, and\n  it was __slow__.\n\n  * one\n  * two\n");
    const struct row rows[] = {{"background", "It was *very* bad, and it was **slow**.\n\n- one\n- two",
        "It was *very* bad, and it was **really** slow.\n\n- one\n- 2\n- three", true}};
    const struct pm_incident *base = read_text(source);
    run(base, rows, 1);
    const char *got = applied(base);
    assert_non_null(strstr(got, "It was *very* bad, and\n  it was "));
    assert_non_null(strstr(got, "really"));
    assert_non_null(strstr(got, "three"));
    assert_null(strstr(got, "two"));
}

static void new_rows_are_new_entries(void **state)
{
    (void)state;
    static const char source[] = DOCUMENT("timeline:\n  - {at: 13:52, event: Deploy}\n  - {at: 14:30, event: Rollback}\nlessons:\n"
        "  lucky: [Peak was over]\naction_items:\n  - {id: A-1, item: One}\n  - {id: A-2, item: Two}\n");
    MERGES(source,
           DOCUMENT("timeline:\n  - {at: 13:52, event: Deploy}\n  - {at: 14:02, until: 14:10, event: \"Alert, at last\", team: SRE}\n"
               "  - {at: 14:30, event: Rollback}\nlessons:\n  lucky: [Peak was over, Logs were kept]\n"
                    "action_items:\n  - {id: A-1, item: One}\n"
                    "  - {id: A-3, item: Between, owner: Ana, due: 2026-12-04, status: in_progress, causes: [C1, C2]}\n"
                    "  - {id: A-2, item: Two}\n  - {id: B.7, item: Last}\n"),
           "a.docx: timeline[T2]: new: Alert, at last\na.docx: lessons.lucky: new: Logs were kept\n"
           "a.docx: action_items[A-3]: new: Between\na.docx: action_items[B.7]: new: Last\n",
           {"timeline/T1/event", "Deploy", "Deploy", false}, {"timeline/+1/at", NULL, "14:02\xE2\x80\x93" "14:10", false},
           {"timeline/+1/event", NULL, "Alert, at last", false},
           {"timeline/+1/team", NULL, "SRE", false}, {"timeline/T2/event", "Rollback", "Rollback", false},
           {"lessons/lucky/1", "Peak was over", "Peak was over", false}, {"lessons/lucky/+1", NULL, "Logs were kept", false},
           {"action_items/A-1/item", "One", "One", false},
           {"action_items/+9/item", NULL, "Between", false}, {"action_items/+9/owner", NULL, "Ana", false}, {"action_items/+9/due", NULL,
           "4 Dec 2026", false},
           {"action_items/+9/status", NULL, "In progress", false}, {"action_items/+9/causes", NULL, "C1, C2", false},
           {"action_items/+9/priority", NULL, "", false},
           {"action_items/A-2/item", "Two", "Two", false}, {"action_items/B.7/item", NULL, "Last", false}, {"action_items/+10/item",
           NULL, " ", false});
    /* Ids by position are known to people: nothing gets in front of them. */
    MERGES(DOCUMENT("action_items:\n  - item: One\n  - item: Two\n"), DOCUMENT("action_items:\n  - item: One\n  - item: Two\n"
        "  - item: Between\n"), "a.docx: action_items[AI-3]: new: Between\n",
           {"action_items/AI-1/item", "One", "One", false}, {"action_items/+1/item", NULL, "Between", false}, {"action_items/AI-2/item",
           "Two", "Two", false});
}

static void what_is_gone_stays_without_deletions(void **state)
{
    (void)state;
    static const char source[] = DOCUMENT("owner: Ana\naction_items:\n  - {item: One, due: 2026-12-04}\n  - {item: Two}\n"
        "  - {item: Three}\n");
    const struct row rows[] = {{"owner", "Ana", NULL, false}, {"action_items/AI-1/item", "One", "One", false}, {"action_items/AI-1/due",
        "4 Dec 2026", "", false},
                               {"action_items/AI-2/item", "Two", NULL, false}, {"action_items/AI-2/due", "no date", NULL, false},
                               {"action_items/AI-3/item", "Three", "Three", false}};
    const struct pm_incident *base = read_text(source);
    run(base, rows, COUNT(rows));
    assert_string_equal(applied(base), DOCUMENT("owner: Ana\naction_items:\n  - {item: One}\n  - {item: Two}\n  - {item: Three}\n"));
    assert_string_equal(report(), "a.docx: action_items[AI-1].due: 2026-12-04 \xE2\x86\x92 (nothing)\n"
        "a.docx: action_items[AI-2]: is gone, and was kept: Two\na.docx: owner: is gone, and was kept: Ana\n");
    deletions = true;
    run(base, rows, COUNT(rows));
    assert_string_equal(applied(base), DOCUMENT("action_items:\n  - {item: One}\n  - {id: AI-3, item: Three}\n"));
    assert_string_equal(report(), "a.docx: action_items[AI-1].due: 2026-12-04 \xE2\x86\x92 (nothing)\n"
        "a.docx: action_items[AI-2]: removed: Two\na.docx: owner: removed: Ana\n"
                                  "a.docx: action_items[AI-3].id: (nothing) \xE2\x86\x92 AI-3 (its position gave it this id before)\n");
}

static void what_cannot_be_placed_is_kept(void **state)
{
    (void)state;
    static const char source[] = DOCUMENT("action_items:\n  - {item: One, due: 2026-12-04, status: open}\n");
    MERGES(source,
           DOCUMENT("action_items:\n  - {item: One, due: 2026-12-04, status: open}\nx-unplaced:\n  - path: action_items[AI-1].due\n"
               "    place: row 1\n    text: next week\n"
                    "  - path: action_items[AI-1].status\n    place: row 2\n    text: waiting\n  - place: row 5\n"
                    "    text: Who wrote this? - AL\n"),
           "a.docx: action_items[AI-1].due: kept under x-unplaced: next week (row 1: it is no date that is understood)\n"
           "a.docx: action_items[AI-1].status: kept under x-unplaced: waiting (row 2: it is none of the words for this field)\n"
           "a.docx: kept under x-unplaced: Who wrote this? - AL (row 5: it belongs to no value of the source)\n",
           {"action_items/AI-1/due", "4 Dec 2026", "next week", false}, {"action_items/AI-1/status", "Open", "waiting", false},
           {"severity", "sev2", "sev2", false}, {"", "Timeline", "Timeline", false}, {"", NULL, "Who wrote this? - AL", false});
}

static void long_texts_are_kept_in_parts(void **state)
{
    (void)state;
    enum { LONG = 3 << 20 };
    char *text = pm_arena_alloc(&arena, LONG + 1);
    memset(text, 'x', LONG);
    const struct row rows[] = {{"", NULL, text, false}};
    const struct pm_incident *base = read_text(DOCUMENT("x-unplaced: mine\n"));
    struct pm_buf b;
    size_t count = 0;
    run(base, rows, 1);
    assert_int_equal(pm_merge_onto(&merge, base, base), PM_OK);
    pm_buf_init(&b, 1 << 24);
    assert_int_equal(pm_merge_apply(&merge, base, &b), PM_OK);
    assert_memory_equal(b.data, DOCUMENT("x-unplaced: mine\nx-unplaced-texts:\n  - place: row 1\n    text: xxx"),
        sizeof DOCUMENT("x-unplaced: mine\nx-unplaced-texts:\n  - place: row 1\n    text: xxx") - 1);
    for (size_t i = 0; i < b.len; i++)
        count += b.data[i] == 'x';
    assert_true(count >= LONG);
    pm_buf_free(&b);
}

static void bullets_are_like_their_neighbours(void **state)
{
    (void)state;
    const struct row rows[] = {{"background", "- one\n  - deep\n- two", "- one\n  - deep\n  - deeper still\n- two\n- three", true}};
    const struct pm_incident *base = read_text(DOCUMENT("background: |\n  * one\n    * deep\n  * two\n"));
    run(base, rows, 1);
    assert_string_equal(applied(base), DOCUMENT("background: |\n  * one\n    * deep\n    * deeper still\n  * two\n  * three\n"));
}

static void a_value_shown_twice(void **state)
{
    (void)state;
    MERGES(DOCUMENT("owner: Ana\n"), DOCUMENT("owner: Ben\n"), "a.docx: owner: Ana \xE2\x86\x92 Ben\n", {"owner", "Ana", "Ana", false},
        {"owner", "Ana", "Ben", false});
    const struct row rows[] = {{"owner", "Ana", "Cem", false}, {"owner", "Ana", "Ben", false}};
    const struct pm_incident *base = read_text(DOCUMENT("owner: Ana\n"));
    run(base, rows, 2);
    assert_string_equal(applied(base), DOCUMENT("owner: Cem\nx-unplaced:\n  - path: owner\n    place: row 2\n    text: Ben\n"));
}

static void names_with_commas_stay_whole(void **state)
{
    (void)state;
    MERGES(DOCUMENT("authors: [\"Lind, Ana\", ben]\npeople: {ben: {name: Ben Ortiz}, cem: {name: Cem D}}\nroles: {scribe: ben}\n"),
           DOCUMENT("authors: [\"Lind, Ana\", cem]\npeople: {ben: {name: Ben Ortiz}, cem: {name: Cem D}}\n"
               "roles: {scribe: cem, deputy: ben}\n"),
           "a.docx: authors: Lind, Ana, ben \xE2\x86\x92 Lind, Ana, cem\na.docx: roles.scribe: ben \xE2\x86\x92 cem\n"
           "a.docx: roles.deputy: (nothing) \xE2\x86\x92 ben\n",
           {"authors", "Lind, Ana, Ben Ortiz", "Lind, Ana, Cem D", false}, {"roles/scribe", "Ben Ortiz", "Cem D", false},
           {"roles/deputy", NULL, "Ben Ortiz", false});
}

static void edits_move_to_a_newer_file(void **state)
{
    (void)state;
    const struct pm_incident *base = read_text(DOCUMENT("owner: Ana\nbackground: B\naction_items:\n  - {item: One, status: open}\n"
        "  - {item: Two, status: open}\n"));
    const struct row rows[] = {{"owner", "Ana", "Ben", false}, {"background", "B", "B2", false}, {"action_items/AI-1/status", "Open",
        "Done", false}, {"action_items/AI-2/status", "Open", "Done", false},
                               {"action_items/+1/item", NULL, "Three", false}};
    static const char newer[] = DOCUMENT("owner: Ben # now\nbackground: B\nkind: outage\naction_items:\n  # new\n  - {item: Zero}\n"
        "  - {item: One, status: open}\n  - {item: Two, status: done}\n");
    run(base, rows, COUNT(rows));
    const struct pm_incident *next = read_text(newer);
    assert_int_equal(pm_merge_onto(&merge, base, next), PM_OK);
    assert_false(merge.conflicts);
    assert_string_equal(applied(next), DOCUMENT("owner: Ben # now\nbackground: B2\nkind: outage\naction_items:\n  # new\n"
        "  - {item: Zero}\n  - {item: One, status: done}\n  - {item: Two, status: done}\n  - {item: Three}\n"));
    assert_string_equal(report(), "a.docx: background: B \xE2\x86\x92 B2\na.docx: action_items[AI-1].status: open \xE2\x86\x92 done\n"
        "a.docx: action_items[AI-4]: new: Three\n");
}

static void both_changed_is_a_conflict(void **state)
{
    (void)state;
    const struct pm_incident *base = read_text(DOCUMENT("owner: Ana\naction_items:\n  - {id: A, item: One, status: open}\n"));
    const struct row rows[] = {{"owner", "Ana", "Ben", false}, {"action_items/A/status", "Open", "Done", false}};
    const struct pm_incident *next = read_text(DOCUMENT("owner: Cem\naction_items:\n  - {id: A, item: One, status: open}\n"));
    struct pm_buf b;
    run(base, rows, COUNT(rows));
    assert_int_equal(pm_merge_onto(&merge, base, next), PM_OK);
    assert_true(merge.conflicts);
    pm_buf_init(&b, 100);
    assert_int_equal(pm_merge_apply(&merge, next, &b), PM_INVALID);
    assert_int_equal(b.len, 0);
    pm_buf_free(&b);
    assert_string_equal(report(), "new.yaml:7:8: error: owner: both were changed; the newer file has \"Cem\", a.docx (row 1) has \"Ben\", "
                                  "where the source has \"Ana\" [conflict]\n"
                                  "a.docx: action_items[A].status: open \xE2\x86\x92 done\n");
    const struct pm_incident *without = read_text(DOCUMENT("owner: Ana\n"));
    run(base, rows, COUNT(rows));
    assert_int_equal(pm_merge_onto(&merge, base, without), PM_OK);
    assert_true(merge.conflicts);
}

static void changes_are_told_as_json(void **state)
{
    (void)state;
    struct pm_buf b;
    const struct pm_incident *base = read_text(DOCUMENT("owner: Ana\n"));
    const struct row rows[] = {{"owner", "Ana", "Ben \"B\"", false}, {"", NULL, "x", false}};
    pm_buf_init(&b, 10000);
    run(base, rows, 1);
    pm_merge_json(&merge, &b);
    assert_string_equal(b.data, "[\n  {\"kind\": \"set\", \"where\": \"owner\", \"before\": \"Ana\", \"after\": \"Ben \\\"B\\\"\", "
                                "\"place\": \"row 1\", \"line\": 7, \"column\": 8}\n]\n");
    run(base, rows, 0);
    pm_buf_clear(&b);
    pm_merge_json(&merge, &b);
    assert_string_equal(b.data, "[]\n");
    pm_buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(normalised),
        TEST(what_editors_do_is_no_change),
        TEST(values_come_back_in_their_types),
        TEST(words_of_another_language),
        TEST(prose_keeps_its_source),
        TEST(markdown_keeps_its_source),
        TEST(new_rows_are_new_entries),
        TEST(what_is_gone_stays_without_deletions),
        TEST(what_cannot_be_placed_is_kept),
        TEST(long_texts_are_kept_in_parts),
        TEST(bullets_are_like_their_neighbours),
        TEST(a_value_shown_twice),
        TEST(names_with_commas_stay_whole),
        TEST(edits_move_to_a_newer_file),
        TEST(both_changed_is_a_conflict),
        TEST(changes_are_told_as_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
