#include "fixture.h"

#include "recover/patch.h"

#define FIRST "id: INC-1\ntitle: T\nseverity: sev2\n"
#define STARTED "started_at: 2026-11-20 13:52\nsummary: S.\n"
#define DOCUMENT(more) FIRST "tz: Europe/Berlin\n" STARTED more

#define S(text) {text, sizeof(text) - 1}
#define SET(path_, text_) {.kind = PM_EDIT_SET, .path = S(path_), .text = S(text_)}
#define SET_LIST(path_, members_) {.kind = PM_EDIT_SET, .path = S(path_), .members = members_, \
    .member_count = sizeof members_ / sizeof *members_}
#define CLEAR(path_) {.kind = PM_EDIT_CLEAR, .path = S(path_)}
#define REMOVE(path_) {.kind = PM_EDIT_REMOVE, .path = S(path_)}
#define ADD(path_, members_) {.kind = PM_EDIT_ADD, .path = S(path_), .members = members_, \
    .member_count = sizeof members_ / sizeof *members_}
#define ADD_TEXT(path_, text_) {.kind = PM_EDIT_ADD, .path = S(path_), .text = S(text_)}
#define COUNT(a) (sizeof(a) / sizeof *(a))

static struct pm_incident *read_text(struct pm_str source)
{
    struct pm_incident *in;
    if (pm_incident_read(source, 1, NULL, &arena, &diags, &in) != PM_OK || !in)
        fail_msg("%.*s\n%s", (int)source.n, source.p, diags.first ? diags.first->text : "");
    return in;
}

/* The result, NUL-terminated. */
static const char *patch(const char *source, struct pm_edit *edits, size_t count, enum pm_status want)
{
    struct pm_buf out;
    pm_buf_init(&out, 1 << 24);
    enum pm_status status = pm_patch(read_text(pm_str(source)), edits, count, &arena, &out);
    for (size_t i = 0; i < count && want == PM_OK; i++) {
        if (edits[i].failure)
            fail_msg("%s: %s", edits[i].path.p, edits[i].failure);
    }
    assert_int_equal(status, want);
    const char *text = pm_arena_str(&arena, pm_buf_slice(&out)).p;
    pm_buf_free(&out);
    return text;
}

#define PATCH(source, want, ...) \
    do { \
        struct pm_edit edits[] = {__VA_ARGS__}; \
        assert_string_equal(patch(source, edits, COUNT(edits), PM_OK), want); \
    } while (0)

#define FAILS(source, ...) \
    do { \
        struct pm_edit edits[] = {__VA_ARGS__}; \
        assert_string_equal(patch(source, edits, COUNT(edits), PM_INVALID), source); \
        assert_non_null(edits[0].failure); \
    } while (0)

static void a_scalar_keeps_its_style(void **state)
{
    (void)state;
    PATCH(DOCUMENT("owner: 'Ana Lind' # her\n"), DOCUMENT("owner: 'Ben O''Hara' # her\n"), SET("owner", "Ben O'Hara"));
    PATCH(DOCUMENT("owner: \"Ana Lind\"  # her\n"), DOCUMENT("owner: \"Ben \\\"B\\\" Ortiz\"  # her\n"), SET("owner", "Ben \"B\" Ortiz"));
    PATCH(DOCUMENT("owner:   Ana Lind   # her\nx-a: 1\n"), DOCUMENT("owner:   Ben:O   # her\nx-a: 1\n"), SET("owner", "Ben:O"));
}

static void a_scalar_is_quoted_when_it_must_be(void **state)
{
    (void)state;
    PATCH(DOCUMENT("owner: Ana\n"), DOCUMENT("owner: \"yes\"\n"), SET("owner", "yes"));
    PATCH(DOCUMENT("owner: Ana\n"), DOCUMENT("owner: \"a: b # c\"\n"), SET("owner", "a: b # c"));
    PATCH(DOCUMENT("owner: Ana\n"), DOCUMENT("owner: \"- a\"\n"), SET("owner", "- a"));
    PATCH(DOCUMENT("impact: {data_loss: no, customers_affected: 1}\n"), DOCUMENT("impact: {data_loss: yes, customers_affected: 20}\n"),
          SET("impact/data_loss", "yes"), SET("impact/customers_affected", "20"));
    PATCH(DOCUMENT("authors: [Ana, Ben]\n"), DOCUMENT("authors: [Ana, \"Ben, Jr.\"]\n"), SET("authors/2", "Ben, Jr."));
}

static void entries_are_found_by_id_and_number(void **state)
{
    (void)state;
    static const char source[] = DOCUMENT("action_items:\n  - {id: X-9, item: One, status: open}   # one\n  - item: Two # two\n"
        "    status: open\n");
    PATCH(source, DOCUMENT("action_items:\n  - {id: X-9, item: One, status: done}   # one\n  - item: Two # two\n    status: blocked\n"),
          SET("action_items/X-9/status", "done"), SET("action_items/AI-2/status", "blocked"));
    PATCH(source, DOCUMENT("action_items:\n  - {id: X-9, item: Uno, status: open}   # one\n  - item: Due # two\n    status: open\n"),
          SET("action_items/1/item", "Uno"), SET("action_items/2/item", "Due"));
    FAILS(source, SET("action_items/AI-1/status", "done"));
    FAILS(source, SET("action_items/3/status", "done"));
    FAILS(source, SET("action_items/X-9/colour", "red"));
    FAILS(source, SET("action_items/X-9/status/x", "red"));
    FAILS(source, SET("action_items", "red"));
    FAILS(source, SET("", "red"));
    FAILS(source, SET("action_items/", "red"));
}

static void an_absent_key_comes_in_canonical_order(void **state)
{
    (void)state;
    static const char source[] = DOCUMENT("action_items:\n  - {id: X-9, item: One, status: open}\n  - item: Two # two\n"
        "    # about status\n    status: open\n");
    PATCH(source, DOCUMENT("action_items:\n  - {id: X-9, item: One, owner: Ana, due: 2026-12-04, status: open, visibility: public}\n"
                           "  - item: Two # two\n    owner: Ana\n    due: 2026-12-04\n    # about status\n    status: open\n"
                           "    visibility: public\n"),
          SET("action_items/X-9/due", "2026-12-04"), SET("action_items/X-9/owner", "Ana"), SET("action_items/X-9/visibility", "public"),
          SET("action_items/2/visibility", "public"), SET("action_items/2/due", "2026-12-04"), SET("action_items/2/owner", "Ana"));
    PATCH(source, DOCUMENT("action_items:\n  - {id: X-9, item: One, status: open}\n  - id: AI-2\n    item: Two # two\n"
        "    # about status\n    status: open\n"),
          SET("action_items/AI-2/id", "AI-2"));
    PATCH(DOCUMENT(""), FIRST "owner: Ana\ntz: Europe/Berlin\n" STARTED, SET("owner", "Ana"));
    PATCH(DOCUMENT("impact:\n  # where\n  regions: [a]\n"), DOCUMENT("impact:\n  data_loss: no\n  # where\n  regions: [a]\n"),
        SET("impact/data_loss", "no"));
    PATCH(DOCUMENT("impact:\n  # where\n\n  regions: [a]\n"), DOCUMENT("impact:\n  # where\n\n  data_loss: no\n  regions: [a]\n"),
          SET("impact/data_loss", "no"));
}

static void mappings_on_the_way_are_made(void **state)
{
    (void)state;
    PATCH(DOCUMENT("action_items:\n  - item: A\n  - {item: B}\n"),
          DOCUMENT("impact:\n  revenue:\n    amount: 5\n  data_loss: no\naction_items:\n  - item: A\n    tracker:\n      key: OPS-1\n"
                   "  - {item: B, tracker: {key: OPS-2}}\nroles:\n  scribe: Ana\n"),
          SET("action_items/1/tracker/key", "OPS-1"), SET("action_items/2/tracker/key", "OPS-2"), SET("impact/revenue/amount", "5"),
          SET("impact/data_loss", "no"), SET("roles/scribe", "Ana"));
    PATCH(DOCUMENT("impact: {} # none\n"), DOCUMENT("impact: {data_loss: no} # none\n"), SET("impact/data_loss", "no"));
    PATCH(DOCUMENT("impact: # none\nowner:\n"), DOCUMENT("impact: # none\n  data_loss: no\nowner: Ana\n"), SET("impact/data_loss", "no"),
          SET("owner", "Ana"));
    PATCH(DOCUMENT("owner: ~ # none\n"), DOCUMENT("owner: Ana # none\n"), SET("owner", "Ana"));
}

static void blocks_keep_their_lines(void **state)
{
    (void)state;
    static const char source[] = DOCUMENT("background: |   # c\n    First line\n    second line\n\n    third\n\n\n# tail\nresponse: |-\n"
        "  a\nowner: X\n");
    PATCH(source, DOCUMENT("background: |   # c\n    First line\n    2nd line\n\n    third\n\n\n# tail\nresponse: |-\n  b: c\n\n  d\n"
        "owner: X\n"),
          SET("background", "First line\n2nd line\n\nthird"), SET("response", "b: c\n\nd\n"));
    PATCH(source, DOCUMENT("background: |   # c\n    First line\n\n\n# tail\nresponse: |-\n  a\nowner: X\n"), SET("background",
        "First line"));
    PATCH(source, DOCUMENT("background: |   # c\n    new\n    First line\n    second line\n\n    third\n    more\n\n\n# tail\n"
        "response: |-\n  a\nowner: X\n"),
          SET("background", "new\nFirst line\nsecond line\n\nthird\nmore"));
    PATCH(DOCUMENT("response: |+\n  a\n\nowner: X\n"), DOCUMENT("response: |+\n  b\n\nowner: X\n"), SET("response", "b"));
    PATCH(DOCUMENT("response: |\n  a"), DOCUMENT("response: |\n  a\n  b"), SET("response", "a\nb"));
    PATCH(DOCUMENT("response: |\n  a\nowner: X\n"), DOCUMENT("response: |2\n   b\nowner: X\n"), SET("response", " b"));
}

static void folded_text_is_folded(void **state)
{
    (void)state;
    static const char source[] = DOCUMENT("background: >\n  one two\n  three four\n  five six\n\n  Second paragraph\n  of text.\n"
        "owner: X\n");
    PATCH(source, DOCUMENT("background: >\n  one two\n  three 4\n  five six\n\n  Second paragraph\n  of text.\nowner: X\n"),
          SET("background", "one two three 4 five six\nSecond paragraph of text."));
    PATCH(source, DOCUMENT("background: |\n  one\n   two\nowner: X\n"), SET("background", "one\n two"));
    PATCH(DOCUMENT("background: one two\n  three four\n  five\nowner: X\n"), DOCUMENT("background: one two\n  3 four\n  five\nowner: X\n"),
          SET("background", "one two 3 four five"));
    PATCH(DOCUMENT("background: 'one two\n  three four\n  five'\nowner: X\n"), DOCUMENT("background: 'one two\n  3 four\n  five'\n"
        "owner: X\n"),
          SET("background", "one two 3 four five"));
}

static void one_line_becomes_several(void **state)
{
    (void)state;
    PATCH(DOCUMENT("response: a # c\nowner: X\n"), DOCUMENT("response: | # c\n  a\n\n  b\nowner: X\n"), SET("response", "a\n\nb"));
    PATCH(DOCUMENT("timeline: [{at: 13:52, event: a}]\n"), DOCUMENT("timeline: [{at: 13:52, event: \"a\\n\\nb\"}]\n"),
        SET("timeline/T1/event", "a\n\nb"));
    PATCH(DOCUMENT("response: 'a'\n"), DOCUMENT("response: |\n  a\n  b\n"), SET("response", "a\nb"));
}

static void instants_keep_their_form(void **state)
{
    (void)state;
    PATCH(DOCUMENT("resolved_at: 2026-11-20T16:00:00+01:00\nclosed_at: 2026-11-20T15:00:00Z\ndetected_at: 2026-11-20 14:00:00\n"),
          FIRST "tz: Europe/Berlin\nstarted_at: 2026-11-20 14:52\nsummary: S.\n"
          "resolved_at: 2026-11-20T17:00:00+01:00\nclosed_at: 2026-11-20T16:30:00Z\ndetected_at: 2026-11-20 14:01:00\n",
          SET("started_at", "2026-11-20T14:52:00+01:00"), SET("resolved_at", "2026-11-20T17:00:00+01:00"),
          SET("closed_at", "2026-11-20T17:30:00+01:00"), SET("detected_at", "2026-11-20T13:01:00Z"));
    PATCH(DOCUMENT(""), FIRST "tz: Europe/Berlin\nstarted_at: 2026-11-20 13:52\nresolved_at: 2026-11-20 15:00\nsummary: S.\n",
          SET("resolved_at", "2026-11-20T14:00:00Z"));
}

static void bare_times_stay_bare(void **state)
{
    (void)state;
    static const char source[] = DOCUMENT("timeline:\n  - {at: 13:52, event: a}\n  - {at: 14:02, event: b}\n  - {at: 00:10, event: c}\n"
        "  - {at: 00:20, event: d}\n");
    PATCH(source, DOCUMENT("timeline:\n  - {at: 13:52, event: a}\n  - {at: 14:05, event: b}\n  - {at: 00:10, event: c}\n"
        "  - {at: 00:20, event: d}\n"),
          SET("timeline/T2/at", "2026-11-20T14:05:00+01:00"));
    /* A day that is not the one that a bare time has; and what hangs on it stays where it was. */
    PATCH(source, DOCUMENT("timeline:\n  - {at: 13:52, event: a}\n  - {at: 2026-11-22 14:02, event: b}\n"
        "  - {at: 2026-11-21 00:10, event: c}\n  - {at: 00:20, event: d}\n"),
          SET("timeline/T2/at", "2026-11-22T14:02:00+01:00"));
    PATCH(source, DOCUMENT("timeline:\n  - {at: 13:52, event: a}\n  - {at: 14:02, event: b}\n  - {at: 00:20, event: d}\n"),
        REMOVE("timeline/T3"));
    PATCH(source, FIRST "tz: Europe/Berlin\nstarted_at: 2026-11-19 13:52\nsummary: S.\n"
          "timeline:\n  - {at: 2026-11-20 13:52, event: a}\n  - {at: 14:02, event: b}\n  - {at: 00:10, event: c}\n"
          "  - {at: 00:20, event: d}\n",
          SET("started_at", "2026-11-19 13:52"));
}

static void new_entries_are_like_their_siblings(void **state)
{
    (void)state;
    static const struct pm_member flow[] = {{S("status"), S("open")}, {S("item"), S("Two, or more")}, {S("causes"), S("C1")},
                                            {S("causes"), S("C2")}, {S("tracker/key"), S("OPS-2")}};
    static const struct pm_member event[] = {{S("event"), S("x")}, {S("at"), S("2026-11-20T14:00:00+01:00")}};
    PATCH(DOCUMENT("causes:\n  - text: a\n  - text: b\naction_items:\n  - {id: AI-07, item: One} # 1\n\n# end\n"),
          DOCUMENT("causes:\n  - text: a\n  - text: b\naction_items:\n  - {id: AI-07, item: One} # 1\n"
                   "  - {id: AI-08, item: \"Two, or more\", status: open, causes: [C1, C2], tracker: {key: OPS-2}}\n\n# end\n"),
          ADD("action_items", flow));
    PATCH(DOCUMENT("action_items:\n- item: One\n"), DOCUMENT("action_items:\n- item: One\n- item: Two, or more\n  status: open\n"
        "  causes: [C1, C2]\n  tracker:\n    key: OPS-2\n"),
          ADD("action_items", flow));
    PATCH(DOCUMENT("timeline:\n  - {at: 13:52, event: a}\n  - {at: 14:02, event: b}"),
          DOCUMENT("timeline:\n  - {at: 14:00, event: x}\n  - {at: 13:52, event: a}\n  - {at: 14:00, event: x}\n"
              "  - {at: 14:00, event: x}\n  - {at: 14:02, event: b}\n  - {at: 14:00, event: x}"),
          {.kind = PM_EDIT_ADD, .path = S("timeline"), .members = event, .member_count = 2, .placed = true, .after = S("T1")},
          {.kind = PM_EDIT_ADD, .path = S("timeline"), .members = event, .member_count = 2, .placed = true, .after = S("1")},
          {.kind = PM_EDIT_ADD, .path = S("timeline"), .members = event, .member_count = 2, .placed = true, .after = S("")},
          ADD("timeline", event));
    PATCH(DOCUMENT("action_items: [] # none\nx-a: 1\n"),
          DOCUMENT("action_items: # none\n  - item: Two, or more\n    status: open\n    causes: [C1, C2]\n    tracker:\n"
              "      key: OPS-2\nx-a: 1\n"),
          ADD("action_items", flow));
    PATCH(DOCUMENT("lessons:\n  lucky:\n    - a\n  went_well: [b]\n"),
          DOCUMENT("lessons:\n  lucky:\n    - a\n    - c\n  learned:\n    - e\n  went_well: [b, \"d, e\"]\n"), ADD_TEXT("lessons/lucky",
              "c"),
          ADD_TEXT("lessons/went_well", "d, e"), ADD_TEXT("lessons/learned", "e"));
}

static void ids_of_new_entries_are_told(void **state)
{
    (void)state;
    static const struct pm_member item[] = {{S("item"), S("New")}};
    struct pm_edit edits[] = {ADD("action_items", item), ADD("action_items", item)};
    patch(DOCUMENT("action_items:\n  - {id: OPS.9, item: One}\n"), edits, 2, PM_OK);
    assert_string_equal(edits[0].id.p, "OPS.10");
    assert_string_equal(edits[1].id.p, "OPS.11");
    patch(DOCUMENT("action_items:\n  - item: One\n"), edits, 2, PM_OK);
    assert_string_equal(edits[0].id.p, "AI-2");
    assert_string_equal(edits[1].id.p, "AI-3");
    patch(DOCUMENT(""), edits, 1, PM_OK);
    assert_string_equal(edits[0].id.p, "AI-1");
}

static void entries_go_with_their_comments(void **state)
{
    (void)state;
    static const char source[] = DOCUMENT("# list\naction_items:\n  # one\n  - item: One\n\n  # two\n  # too\n  - item: Two # t\n"
        "    # deep\n    status: open\n\n  - item: Three\nx-a: 1\n");
    PATCH(source, DOCUMENT("# list\naction_items:\n  # one\n  - item: One\n\n  - item: Three\nx-a: 1\n"), REMOVE("action_items/AI-2"));
    PATCH(source, DOCUMENT("# list\naction_items:\n  # two\n  # too\n  - item: Two # t\n    # deep\n    status: open\n\n"
        "  - item: Three\nx-a: 1\n"), REMOVE("action_items/1"));
    PATCH(source, DOCUMENT("x-a: 1\n"), REMOVE("action_items/1"), REMOVE("action_items/2"), REMOVE("action_items/3"));
    PATCH(DOCUMENT("labels: [a, b, c]\nservices: [x, # one\n  y]\n"), DOCUMENT("labels: [b]\nservices: [x, # one\n  ]\n"),
        REMOVE("labels/1"), REMOVE("labels/3"), REMOVE("services/2"));
    PATCH(DOCUMENT("lessons: {lucky: [a]}\nowner: X\n"), DOCUMENT("owner: X\n"), REMOVE("lessons/lucky/1"));
    FAILS(source, REMOVE("action_items/AI-2/item"));
    FAILS(source, REMOVE("summary"));
}

static void values_are_cleared(void **state)
{
    (void)state;
    static const char source[] = DOCUMENT("action_items:\n  - id: X\n    item: A\n    tracker:\n      key: K\n    note: |\n      n\n\n"
        "owner: Ana\n");
    PATCH(source, DOCUMENT("action_items:\n  - item: A\n"), CLEAR("action_items/X/id"), CLEAR("action_items/X/tracker/key"),
          CLEAR("action_items/X/note"), CLEAR("owner"));
    FAILS(source, CLEAR("summary"));
    FAILS(source, CLEAR("url"));
}

static void lists_are_set_by_element(void **state)
{
    (void)state;
    static const struct pm_member names[] = {{.text = S("Ana")}, {.text = S("Cem")}, {.text = S("Dora")}};
    PATCH(DOCUMENT("authors:\n  - Ana # a\n  - Ben # b\n  - Dora # d\n"), DOCUMENT("authors:\n  - Ana # a\n  - Cem # b\n  - Dora # d\n"),
        SET_LIST("authors", names));
    PATCH(DOCUMENT("authors:\n  - Ana # a\n  - Dora # d\n"), DOCUMENT("authors:\n  - Ana # a\n  - Cem\n  - Dora # d\n"),
        SET_LIST("authors", names));
    PATCH(DOCUMENT("authors: [Ana, Bo, Ben, Dora]\n"), DOCUMENT("authors: [Ana, Cem, Dora]\n"), SET_LIST("authors", names));
    PATCH(DOCUMENT(""), FIRST "authors: [Ana, Cem, Dora]\ntz: Europe/Berlin\n" STARTED, SET_LIST("authors", names));
    PATCH(DOCUMENT("roles:\n  scribe: [Ana]\n"), DOCUMENT("roles:\n  scribe: [Ana, Cem, Dora]\n"), SET_LIST("roles/scribe", names));
}

static void one_bad_edit_leaves_the_others(void **state)
{
    (void)state;
    struct pm_edit edits[] = {SET("owner", "Ana"), SET("started_at", "yesterday"), SET("owner", "Ben"), SET("impact/customers_affected",
        "many"),
                              SET("title", "New")};
    assert_string_equal(patch(DOCUMENT("impact: {customers_affected: 3}\n"), edits, COUNT(edits), PM_INVALID),
                        "id: INC-1\ntitle: New\nseverity: sev2\nowner: Ana\n"
                        "tz: Europe/Berlin\n" STARTED "impact: {customers_affected: 3}\n");
    assert_null(edits[0].failure);
    assert_non_null(edits[1].failure);
    assert_non_null(edits[2].failure);
    assert_non_null(edits[3].failure);
    assert_null(edits[4].failure);
}

static void line_ends_and_streams(void **state)
{
    (void)state;
    static const struct pm_member item[] = {{S("item"), S("New")}};
    PATCH("---\r\nid: I # c\r\ntitle: T\r\nseverity: 2\r\nstarted_at: 2026-11-20 13:52\r\nsummary: |\r\n  a\r\n  b\r\n# end\r\n...\r\n",
          "---\r\nid: I # c\r\ntitle: T\r\nseverity: 2\r\nstarted_at: 2026-11-20 13:52\r\nsummary: |\r\n  a\r\n  c\r\n  d\r\n"
          "action_items:\r\n  - item: New\r\n# end\r\n...\r\n", SET("summary", "a\nc\nd"), ADD("action_items", item));
    PATCH("\xEF\xBB\xBFid: I\ntitle: T\nseverity: 2\nstarted_at: 2026-11-20 13:52\nsummary: \xC3\xBC\nowner: \xF0\x9F\x98\x80 # \xC3\xBC\n",
          "\xEF\xBB\xBFid: I\ntitle: T\nseverity: 2\nstarted_at: 2026-11-20 13:52\nsummary: \xC3\xA9\nowner: \xC3\xB6 # \xC3\xBC\n",
          SET("summary", "\xC3\xA9"), SET("owner", "\xC3\xB6"));
}

static void json_stays_json(void **state)
{
    (void)state;
    static const struct pm_member item[] = {{S("item"), S("New")}, {S("due"), S("2026-12-01")}};
    static const char source[] = "{\n  \"id\": \"I\", \"title\": \"T\",\n  \"severity\": \"sev2\",\n"
        "  \"started_at\": \"2026-11-20 13:52\",\n  \"summary\": \"S\",\n"
                                 "  \"impact\": {\"customers_affected\": 3},\n  \"action_items\": [\n    {\"item\": \"One\"}\n  ]\n}\n";
    PATCH(source, "{\n  \"id\": \"I\", \"title\": \"T\",\n  \"severity\": \"sev2\",\n  \"owner\": \"Ana\",\n"
        "  \"started_at\": \"2026-11-20 13:52\",\n  \"summary\": \"a\\nb\",\n"
          "  \"impact\": {\"customers_affected\": 4, \"data_loss\": \"no\"},\n  \"action_items\": [\n    {\"item\": \"One\"},\n"
          "    {\"item\": \"New\", \"due\": \"2026-12-01\"}\n  ]\n}\n",
          SET("owner", "Ana"), SET("summary", "a\nb"), SET("impact/customers_affected", "4"), SET("impact/data_loss", "no"),
              ADD("action_items", item));
}

static void free_lists_at_the_root(void **state)
{
    (void)state;
    static const struct pm_member note[] = {{S("place"), S("page 3")}, {S("text"), S("What is this?")}};
    PATCH(DOCUMENT("x-a: 1\n"), DOCUMENT("x-a: 1\nx-unplaced:\n  - place: page 3\n    text: What is this?\n  - place: page 3\n"
        "    text: What is this?\n"),
          ADD("x-unplaced", note), ADD("x-unplaced", note));
}

static void chains_and_people(void **state)
{
    (void)state;
    PATCH(DOCUMENT("five_whys:\n  - {question: A?, answer: b}\npeople:\n  a/b: {name: Ana}\nglossary:\n  x/y: z\n"),
          DOCUMENT("five_whys:\n  - {question: A?, answer: c}\npeople:\n  a/b: {name: Anna, email: a@b.c}\nglossary:\n  x/y: zz\n"
              "  new: \"1\"\n"),
          SET("five_whys/1/1/answer", "c"), SET("people/a/b/name", "Anna"), SET("people/a/b/email", "a@b.c"), SET("glossary/x/y", "zz"),
              SET("glossary/new", "1"));
    PATCH(DOCUMENT("five_whys:\n  - - {question: A?, answer: b}\n    - question: B?\n  - - question: C?\n"),
          DOCUMENT("five_whys:\n  - - {question: A?, answer: b}\n    - question: D?\n      answer: d\n  - - question: E?\n"),
              SET("five_whys/1/2/question", "D?"),
          SET("five_whys/1/2/answer", "d"), SET("five_whys/2/1/question", "E?"));
    PATCH(DOCUMENT("five_whys:\n  - - question: A?\n    - question: B?\n"), DOCUMENT("five_whys:\n  - - question: B?\n"),
        REMOVE("five_whys/1/1"));
}

static void nothing_is_the_source(void **state)
{
    (void)state;
    struct pm_edit edits[] = {SET("title", "T"), SET("started_at", "2026-11-20T12:52:00Z")};
    assert_string_equal(patch(DOCUMENT("x-a:   1"), edits, COUNT(edits), PM_OK), DOCUMENT("x-a:   1"));
    assert_string_equal(patch(DOCUMENT("x-a:   1"), edits, 0, PM_OK), DOCUMENT("x-a:   1"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_scalar_keeps_its_style),
        TEST(a_scalar_is_quoted_when_it_must_be),
        TEST(entries_are_found_by_id_and_number),
        TEST(an_absent_key_comes_in_canonical_order),
        TEST(mappings_on_the_way_are_made),
        TEST(blocks_keep_their_lines),
        TEST(folded_text_is_folded),
        TEST(one_line_becomes_several),
        TEST(instants_keep_their_form),
        TEST(bare_times_stay_bare),
        TEST(new_entries_are_like_their_siblings),
        TEST(ids_of_new_entries_are_told),
        TEST(entries_go_with_their_comments),
        TEST(values_are_cleared),
        TEST(lists_are_set_by_element),
        TEST(one_bad_edit_leaves_the_others),
        TEST(line_ends_and_streams),
        TEST(json_stays_json),
        TEST(free_lists_at_the_root),
        TEST(chains_and_people),
        TEST(nothing_is_the_source),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
