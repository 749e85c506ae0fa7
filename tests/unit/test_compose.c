#include "base/arena.h"
#include "document/compose.h"
#include "document/iterator.h"
#include "render/tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#define HEAD "id: INC-1\ntitle: 'A *bad* <day>'\nseverity: sev2\ntz: Europe/Berlin\nstarted_at: 2026-11-20 13:52\nsummary: Short.\n"

static struct pm_arena arena;
static struct pm_diags diags;
static struct pm_template template;
static struct pm_theme theme;
static struct pm_incident *incident;
static struct pm_document *doc;
static struct pm_buf tree;

static int set_up(void **state)
{
    (void)state;
    pm_arena_init(&arena);
    pm_diags_init(&diags, "test");
    pm_buf_init(&tree, 64 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    pm_buf_free(&tree);
    pm_diags_free(&diags);
    pm_arena_free(&arena);
    return 0;
}

static const char *compose_on(const char *blocks, struct pm_str source, int64_t as_of)
{
    struct pm_compose_options options = {.template = &template, .theme = &theme, .has_as_of = as_of > 0, .as_of = as_of};
    static const struct pm_read_options strict = {false};
    memset(&theme, 0, sizeof theme);
    theme.paper_width = 595;
    theme.margin_left = theme.margin_right = 60;
    theme.header = PM_LIT("{{id}}: {{title}}");
    theme.footer = PM_LIT("Foot");
    pm_buf_clear(&tree);
    assert_int_equal(pm_template_read(pm_str(blocks), &arena, &diags, &template), PM_OK);
    assert_int_equal(pm_incident_read(source, 1, &strict, &arena, &diags, &incident), PM_OK);
    doc = pm_compose(incident, &options, &arena, &diags);
    assert_non_null(doc);
    pm_render_tree(doc, &tree);
    return tree.data;
}

static const char *compose(const char *blocks, const char *source)
{
    return compose_on(blocks, pm_str(source), 0);
}

static void has(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("no \"%s\" in:\n%s", part, text);
}

static void lacks(const char *text, const char *part)
{
    if (strstr(text, part))
        fail_msg("\"%s\" in:\n%s", part, text);
}

static size_t count_kind(enum pm_node_kind kind)
{
    struct pm_iterator it;
    enum pm_event_type event;
    size_t n = 0;
    pm_iterator_init(&it, doc->root);
    while ((event = pm_iterator_next(&it)) != PM_DONE)
        n += event == PM_ENTER && it.node->kind == kind;
    return n;
}

static bool same(struct pm_str s, const char *z)
{
    if (!pm_str_is(s, z))
        fail_msg("\"%.*s\" is not \"%s\"", (int)s.n, s.p, z);
    return true;
}

static void empty_sections_are_left_out(void **state)
{
    (void)state;
    compose("blocks:\n  - section: Lessons\n    blocks: [lessons: {}]\n  - section: Summary\n    blocks: [markdown: summary]\n"
            "  - section: Outer\n    blocks:\n      - section: Inner\n        blocks: [timeline: {}]\n"
            "  - panel: {blocks: [markdown: trigger]}\n", HEAD);
    assert_int_equal(count_kind(PM_SECTION), 1);
    assert_int_equal(count_kind(PM_PANEL), 0);
    has(tree.data, "Summary");
}

static void values_never_become_markup(void **state)
{
    (void)state;
    const char *text = compose("blocks:\n  - text: 'X {{title}} and **{{id}}**.'\n", HEAD);
    has(text, "A *bad* <day>");
    assert_int_equal(count_kind(PM_EMPH), 0);
    assert_int_equal(count_kind(PM_STRONG), 1);
    compose("blocks:\n  - text: '{{title}}'\n", "id: I\nseverity: sev1\nstarted_at: 2026-11-20 13:52\nsummary: s\n"
            "title: '1. # [a](http://x.org) www.x.org http://x.org `c` | > - ~~s~~ a@b.org &amp;'\n");
    assert_int_equal(count_kind(PM_PARAGRAPH), 1);
    assert_int_equal(count_kind(PM_TEXT), 1);
    has(tree.data, "1. # [a](http://x.org) www.x.org http://x.org `c` | > - ~~s~~ a@b.org &amp;");
}

static void missing_values_have_a_word(void **state)
{
    (void)state;
    const char *text = compose("blocks:\n  - text: '{{impact.customers_affected}} / {{metrics.ttd}} / {{owner}} / {{roles.scribe}}'\n",
                               HEAD);
    has(text, "unknown / unknown / not recorded / not recorded");
}

static void conditions_choose(void **state)
{
    (void)state;
    static const char blocks[] = "blocks:\n  - text: has owner\n    when: owner\n  - text: lacks owner\n    unless: owner\n";
    has(compose(blocks, HEAD), "lacks owner");
    lacks(tree.data, "has owner");
    has(compose(blocks, HEAD "owner: Ana\n"), "has owner");
    lacks(tree.data, "lacks owner");
}

static void cover_shows_what_is_unknown(void **state)
{
    (void)state;
    const char *text = compose("blocks:\n  - cover: {}\n",
                               HEAD "resolved_at: 2026-11-20 15:28\nimpact: {customers_affected: 3120, customers_total: 22300}\n");
    has(text, "1\302\240h\302\24036\302\240min");
    has(text, "unknown");
    has(text, "3,120");
    has(text, "of 22,300");
    assert_int_equal(count_kind(PM_METRIC), 5);
    has(text, "20\302\240Nov\302\2402026, 13:52\342\200\22315:28\302\240CET");
}

static void withdrawn_is_said_on_top(void **state)
{
    (void)state;
    has(compose("blocks:\n  - cover: {}\n", HEAD "status: withdrawn\n"), "withdrawn. Do not rely");
    has(compose("blocks:\n  - markdown: summary\n", HEAD "status: withdrawn\n"), "withdrawn. Do not rely");
    assert_int_equal(doc->root->first->kind, PM_PANEL);
}

static void timeline_has_a_row_for_each_day(void **state)
{
    (void)state;
    const char *text = compose("blocks:\n  - timeline: {}\n", HEAD
        "timeline:\n  - {at: '23:50', event: 'Late `one`', team: SRE, kind: detected, important: true}\n"
        "  - {at: '00:10', event: Next day, confidence: approx, until: '00:20', note: A note, by: Ana}\n");
    size_t groups = 0, strong = 0;
    struct pm_iterator it;
    pm_iterator_init(&it, doc->root);
    for (enum pm_event_type event; (event = pm_iterator_next(&it)) != PM_DONE;) {
        groups += event == PM_ENTER && it.node->kind == PM_ROW && it.node->as.row.group;
        strong += event == PM_ENTER && it.node->kind == PM_ROW && it.node->as.row.strong;
    }
    assert_int_equal(groups, 2);
    assert_int_equal(strong, 1);
    has(pm_node_plain(doc, doc->root).p, "Friday, 20\302\240Nov\302\2402026 (CET)");
    has(pm_node_plain(doc, doc->root).p, "Saturday, 21\302\240Nov\302\2402026 (CET)");
    has(text, "\342\211\210\302\24000:10\342\200\22300:20");
    has(text, "All times in Europe/Berlin (CET).");
    has(text, "A note");
}

#define ACTIONS "action_items:\n" \
    "  - {id: A, item: Done one, owner: X, due: 2026-11-01, status: done, priority: p1}\n" \
    "  - {id: B, item: Later one, owner: X, due: 2026-12-24, priority: p2}\n" \
    "  - {id: C, item: Overdue one, due: 2026-11-20, priority: p2}\n" \
    "  - {id: D, item: Urgent one, owner: X, priority: p1, status: in_progress}\n"

static void actions_are_in_order_of_importance(void **state)
{
    (void)state;
    int64_t as_of = pm_days_from_civil(2026, 12, 1);
    const char *text = compose_on("blocks:\n  - action_items: {order: importance, most: 3, summary: true}\n", pm_str(HEAD ACTIONS), as_of);
    const char *d = strstr(text, "Urgent one"), *c = strstr(text, "Overdue one"), *b = strstr(text, "Later one");
    assert_true(d && c && b && d < c && c < b);
    lacks(text, "Done one");
    has(text, "One more action item is in the full report.");
    has(text, "1 of 4 done, 3 open, 1 overdue as of 1\302\240Dec\302\2402026.");
    has(text, "no owner");
    has(text, "no date");
    has(text, "\"Overdue\"");
}

static void free_sections_stand_where_they_say(void **state)
{
    (void)state;
    static const char source[] = HEAD "sections:\n  - {title: Elsewhere, body: e}\n  - {title: Behind, body: b, after: summary}\n"
                                      "  - {title: Lost, body: l, after: nowhere}\n";
    static const char blocks[] = "blocks:\n  - section: Summary\n    id: summary\n    blocks: [markdown: summary]\n"
                                 "  - section: Last\n    blocks: [text: last]\n";
    const char *text = compose("blocks:\n  - section: Summary\n    id: summary\n    blocks: [markdown: summary]\n"
                               "  - section: Last\n    blocks: [text: last]\n  - sections: {}\n", source);
    const char *behind = strstr(text, "Behind"), *last = strstr(text, "Last");
    const char *elsewhere = strstr(text, "Elsewhere"), *lost = strstr(text, "Lost");
    assert_true(behind && last && elsewhere && lost && behind < last && last < elsewhere && elsewhere < lost);
    lacks(compose(blocks, source), "Behind");
}

static void document_says_what_it_is(void **state)
{
    (void)state;
    compose("lang: en\npages: 1\nblocks:\n  - cover: {}\n",
            HEAD "lang: de\nowner: ana\npeople: {ana: {name: Ana Lind}}\nservices: [Pay, Log]\nvisibility: restricted\n");
    assert_true(same(doc->id, "INC-1"));
    assert_true(same(doc->lang, "de"));
    assert_true(same(doc->author, "Ana Lind"));
    assert_true(same(doc->subject, "Post-mortem of incident INC-1"));
    assert_true(same(doc->keywords, "sev2, Pay, Log"));
    assert_true(same(doc->header, "INC-1: A *bad* <day>"));
    assert_true(same(doc->footer, "Foot \302\267 Restricted"));
    assert_int_equal(doc->max_pages, 1);
    assert_int_equal(doc->instant, pm_days_from_civil(2026, 11, 20) * 86400 + 12 * 3600 + 52 * 60);
}

static void other_words_are_used(void **state)
{
    (void)state;
    const char *text = compose("words:\n  unknown: unbekannt\n  values: {status.draft: Entwurf}\n  fields: {owner: Verantwortlich}\n"
                               "  roles: {scribe: Protokoll}\n  bases: {ttr: ab Beginn}\n"
                               "blocks:\n  - cover: {facts: [owner, roles.scribe], metrics: [metrics.ttr, metrics.ttd]}\n",
                               HEAD "owner: Ana\nroles: {scribe: Ben}\nresolved_at: 2026-11-20 15:28\n");
    has(text, "unbekannt");
    has(text, "Entwurf");
    has(text, "Verantwortlich");
    has(text, "Protokoll");
    has(text, "ab Beginn");
    text = compose("words: {labelled: '{value}!', see: 'siehe', completed: '{date} = {date}'}\nblocks: [action_items: {}, causes: {}]\n",
                   HEAD "action_items: [{item: I, type: detect, completed: 2026-12-01}]\ncauses: [{text: C, kind: root, evidence: [E1]}]\n"
                        "evidence: [{id: E1, title: T}]\n");
    has(text, "type\" \"Detect\"\n");
    has(text, "text \"!\"\n");
    lacks(text, "Type");
    has(text, "\"siehe\"\n");
    lacks(text, "E1");
    has(text, "text \" = \"");
}

/* Each value says where it stands in the source; what is derived does not. */

static const struct pm_node *find_path(const char *path)
{
    struct pm_iterator it;
    pm_iterator_init(&it, doc->root);
    for (enum pm_event_type event; (event = pm_iterator_next(&it)) != PM_DONE;) {
        if (event == PM_ENTER && pm_str_is(it.node->path, path))
            return it.node;
    }
    fail_msg("nothing stands at \"%s\" in:\n%s", path, tree.data);
    return NULL;
}

/* The first node at the path is of the kind and shows the text. */
static const struct pm_node *stands(const char *path, enum pm_node_kind kind, const char *text)
{
    const struct pm_node *node = find_path(path);
    if (node->kind != kind)
        fail_msg("%s is at a %s", path, pm_node_name(node->kind));
    assert_true(same(pm_node_plain(doc, node), text));
    return node;
}

#define FULL "blocks:\n  - cover: {facts: [owner, authors, services, 'timeline[2].event', roles.scribe, 'labels[1]'], metrics: " \
    "[impact.support_tickets, duration]}\n  - markdown: summary\n  - impact: {}\n  - components: {}\n  - slo: {}\n  - measures: {}\n" \
    "  - timeline: {columns: [time, event, team, by, kind, phase]}\n  - causes: {}\n  - five_whys: {}\n  - section: L\n    blocks: " \
    "[lessons: {}]\n  - action_items: {columns: [id, item, type, owner, due, priority, status]}\n  - roles: {}\n  - people: {}\n" \
    "  - updates: {}\n  - messaging: {}\n  - evidence: {}\n  - review: {}\n  - questions: {}\n  - related: {}\n  - sections: {}\n" \
    "  - glossary: {}\n"

#define RICH HEAD "owner: ana\nauthors: [ana, Ben]\nservices: [Pay, Log]\nlabels: [one]\n" \
    "impact: {customers_affected: 3120, customers_total: 22300, customers_affected_pct: 14, support_tickets: 7, data_loss: no,\n" \
    "  revenue: {amount: 1200, currency: EUR, note: guess}, components: [{name: Web, status: major_outage}],\n" \
    "  slo: [{name: Fast, target_pct: 99.9, budget_spent_pct: 20}], measures: [{name: Rate, value: 5, unit: s}]}\n" \
    "timeline:\n" \
    "  - {at: 13:52, event: 'Limit *high*', team: Platform, by: Ben, kind: change, phase: Start, note: A note, evidence: [E1]}\n" \
    "  - {id: alarm, at: 14:02, until: 14:05, event: 'An *alarm*', source: {system: Pager, id: P1}}\n" \
    "causes: [{text: 'The *limit*', rank: primary, kind: trigger}, {id: late, text: Night}]\n" \
    "five_whys: [[{question: Why?, answer: So.}], [{question: A?}, {question: 'B *b*?'}]]\n" \
    "lessons: {went_well: [Fast, '*Calm*'], lucky: [Night]}\n" \
    "action_items:\n" \
    "  - {item: 'Alert *early*', owner: ana, team: SRE, due: 2026-10-04, type: detect, status: in progress, done_when: Rings,\n" \
    "     tracker: {system: Jira, key: OPS-17}}\n" \
    "  - {item: Plain, owner: Cy}\n" \
    "  - {id: X, item: Done, status: done, completed: 2026-12-01, tracker: {key: K-1, url: 'https://x.org/1'}}\n" \
    "  - {item: None, status: wont_do, tracker: {key: K-2}}\n" \
    "roles: {scribe: [ana, Cy]}\n" \
    "people: {ana: {name: Ana Lind, team: SRE, email: a@x.org, accounts: {slack: U1, atlassian: '5f1'}}, bob: {team: T}}\n" \
    "updates: [{at: 2026-11-20 14:10, status: identified, body: \"One.\\n\\nTwo.\", components: [Web, API]}]\n" \
    "messaging: {internal: \"One.\\n\\nTwo.\"}\n" \
    "evidence: [{id: E1, title: Graph, alt: Curve}, {file: l.txt}]\n" \
    "review: {attendees: [Ben, ana], approved_by: ana}\n" \
    "questions: [{question: 'Why *so*?', asked_by: Ben}, {id: Q7, question: And?, answer: Yes}]\n" \
    "related: [{id: INC-0, relation: caused_by}]\n" \
    "sections: [{title: More, body: Text}]\n" \
    "glossary: {WAF: firewall}\n"

static void values_of_the_top_say_where_they_stand(void **state)
{
    (void)state;
    compose(FULL, RICH);
    stands("title", PM_TITLE, "A *bad* <day>");
    stands("severity", PM_STATUS, "sev2");
    stands("owner", PM_FACT, "Owner Ana Lind");
    stands("authors", PM_FACT, "Authors Ana Lind, Ben");
    stands("services", PM_FACT, "Services Pay, Log");
    stands("labels/1", PM_FACT, "one");
    stands("roles/scribe", PM_FACT, "Scribe Ana Lind, Cy");
    stands("impact/support_tickets", PM_METRIC, "Support tickets 7");
    stands("summary", PM_PARAGRAPH, "Short.");
    stands("impact/customers_affected", PM_TEXT, "3,120");
    stands("impact/customers_affected_pct", PM_TEXT, "14%");
    stands("impact/data_loss", PM_FACT, "Data lost No");
    stands("impact/revenue/amount", PM_TEXT, "1,200");
    stands("impact/revenue/note", PM_TEXT, "guess");
    stands("review/attendees", PM_FACT, "Attendees Ben, Ana Lind");
    stands("review/approved_by", PM_FACT, "Approved by Ana Lind");
    stands("glossary/WAF", PM_FACT, "WAF firewall");
    lacks(tree.data, "path=\"started_at");
    lacks(tree.data, "path=\"duration");
}

static void entries_say_where_they_stand(void **state)
{
    (void)state;
    compose(FULL, RICH);
    stands("impact/components/1/name", PM_CELL, "Web");
    stands("impact/components/1/status", PM_CELL, "Major outage");
    stands("impact/slo/1/target_pct", PM_CELL, "99.9%");
    stands("impact/slo/1/budget_spent_pct", PM_CELL, "20%");
    stands("impact/measures/1/value", PM_TEXT, "5");
    stands("causes/C1/text", PM_PARAGRAPH, "The limit");
    stands("causes/C1/kind", PM_TEXT, "Trigger");
    stands("causes/late/text", PM_PARAGRAPH, "Night");
    stands("causes/late/id", PM_TEXT, "late");
    stands("five_whys/1/1/answer", PM_PARAGRAPH, "So.");
    stands("five_whys/2/2/question", PM_PARAGRAPH, "B b?");
    stands("lessons/went_well/2", PM_PARAGRAPH, "Calm");
    stands("people/ana/name", PM_CELL, "Ana Lind");
    stands("people/ana/email", PM_CELL, "a@x.org");
    stands("people/bob/team", PM_CELL, "T");
    stands("updates/1/at", PM_CELL, "20\302\240Nov\302\2402026, 14:10\302\240CET");
    stands("updates/1/body", PM_CELL, "One. Two.");
    stands("updates/1/components", PM_CELL, "Web, API");
    assert_true(pm_str_is(stands("messaging/internal", PM_PARAGRAPH, "One.")->next->path, "messaging/internal"));
    stands("evidence/E1/title", PM_TEXT, "Graph");
    stands("evidence/E1/alt", PM_TEXT, "Curve");
    stands("evidence/2/file", PM_CELL, "l.txt");
    stands("questions/1/question", PM_CELL, "Why so?");
    stands("questions/Q7/answer", PM_CELL, "Yes");
    stands("related/1/relation", PM_TEXT, "Caused by");
    stands("sections/1/title", PM_HEADING, "More");
    stands("sections/1/body", PM_PARAGRAPH, "Text");
}

static void events_and_items_say_where_they_stand(void **state)
{
    (void)state;
    compose(FULL, RICH);
    stands("timeline/alarm/event", PM_FACT, "Event An alarm");   /* named by a number, said by its id */
    stands("timeline/T1/at", PM_CELL, "13:52");
    stands("timeline/T1/event", PM_TEXT, "Limit");
    stands("timeline/T1/team", PM_CELL, "Platform");
    stands("timeline/T1/by", PM_TEXT, "Ben");
    stands("timeline/T1/kind", PM_STATUS, "Change");
    stands("timeline/T1/phase", PM_CELL, "Start");
    stands("timeline/T1/note", PM_TEXT, "A note");
    stands("timeline/T1/evidence", PM_TEXT, "E1");
    lacks(tree.data, "timeline/alarm/at");
    stands("action_items/AI-1/item", PM_PARAGRAPH, "Alert early");
    stands("action_items/AI-1/owner", PM_PERSON, "Ana Lind");
    stands("action_items/AI-1/team", PM_TEXT, "SRE");
    stands("action_items/AI-1/due", PM_TIME, "4\302\240Oct\302\2402026");
    stands("action_items/AI-1/done_when", PM_TEXT, "Rings");
    stands("action_items/AI-2/item", PM_CELL, "Plain");
    stands("action_items/AI-2/owner", PM_CELL, "Cy");
    stands("action_items/AI-2/due", PM_CELL, "no date");
    stands("action_items/X/completed", PM_TEXT, "1\302\240Dec\302\2402026");
    lacks(tree.data, "action_items/AI-1/id");
    has(tree.data, "action_items/X/id");
}

static void controls_offer_what_the_schema_knows(void **state)
{
    (void)state;
    compose("words: {values: {in_progress: In Arbeit, status.draft: Entwurf}}\n" FULL, RICH);
    const struct pm_control *status = find_path("action_items/AI-1/status")->control;
    const struct pm_control *second = find_path("action_items/AI-2/status")->control;
    assert_int_equal(status->kind, PM_CONTROL_CHOICE);
    assert_int_equal(status->count, 6);
    assert_true(same(status->value, "in_progress"));
    assert_true(same(status->choices[2].value, "in_progress"));
    assert_true(same(status->choices[2].label, "In Arbeit"));
    assert_true(same(second->value, "open"));
    assert_ptr_equal(status->choices, second->choices);
    assert_true(same(find_path("status")->control->choices[0].label, "Entwurf"));
    assert_true(same(find_path("action_items/AI-2/type")->control->value, ""));
    assert_int_equal(find_path("action_items/AI-1/due")->control->kind, PM_CONTROL_DATE);
    assert_true(same(find_path("action_items/AI-1/due")->control->value, "2026-10-04"));
    assert_true(same(find_path("action_items/AI-2/due")->control->value, ""));
    assert_true(same(find_path("action_items/X/completed")->control->value, "2026-12-01"));
    assert_null(find_path("timeline/T1/team")->control);
}

static void severities_keep_their_notation(void **state)
{
    (void)state;
    static const char *const written[][3] = {
        {"SEV-2", "SEV-1", "SEV-1"}, {"2", "1", "Severity\302\2401"}, {"major", "sev1", "sev1"}, {"P2", "P1", "P1"}};
    for (size_t i = 0; i < 4; i++) {
        struct pm_str source = pm_arena_format(&arena, "id: I\ntitle: T\nseverity: '%s'\nstarted_at: 2026-11-20 13:52\nsummary: s\n",
                                               written[i][0]);
        compose_on("blocks: [cover: {}]\n", source, 0);
        const struct pm_control *control = find_path("severity")->control;
        assert_true(same(control->value, written[i][0]));
        assert_true(same(control->choices[0].value, written[i][1]));
        assert_true(same(control->choices[0].label, written[i][2]));
        assert_true(same(control->choices[1].value, written[i][0]));
    }
}

static const struct pm_todo *todo_at(const char *path)
{
    const struct pm_node *node = find_path(path);
    while (node && node->kind != PM_ROW)
        node = node->parent;
    return node->as.row.todo;
}

static void items_say_what_is_to_be_done(void **state)
{
    (void)state;
    compose(FULL, RICH);
    const struct pm_todo *first = todo_at("action_items/AI-1/item"), *done = todo_at("action_items/X/item");
    assert_true(same(first->id, "AI-1"));
    assert_true(same(first->path, "action_items/AI-1/status"));
    assert_false(first->done || first->closed);
    assert_true(same(first->assignee.name, "Ana Lind"));
    assert_int_equal(first->assignee.count, 2);
    assert_true(same(first->assignee.accounts[0].service, "atlassian"));
    assert_true(same(first->assignee.accounts[1].id, "U1"));
    assert_true(first->has_due);
    assert_int_equal(first->due, pm_days_from_civil(2026, 10, 4));
    assert_true(same(pm_node_plain(doc, first->what), "Alert early"));
    assert_true(done->done && done->closed && !done->has_due && !done->assignee.name.n);
    assert_true(!todo_at("action_items/AI-4/item")->done && todo_at("action_items/AI-4/item")->closed);
    compose("blocks:\n  - action_items: {columns: [owner, status]}\n", RICH);
    assert_true(same(pm_node_plain(doc, todo_at("action_items/AI-1/status")->what), "Alert early"));
}

static void tickets_are_links(void **state)
{
    (void)state;
    compose(FULL, RICH);
    const struct pm_node *known = stands("action_items/AI-1/tracker/key", PM_LINK, "OPS-17");
    const struct pm_node *linked = stands("action_items/X/tracker/key", PM_LINK, "K-1");
    assert_true(same(known->as.link.service, "jira") && same(known->as.link.key, "OPS-17") && known->as.link.url.n == 0);
    assert_true(same(linked->as.link.url, "https://x.org/1") && linked->as.link.service.n == 0);
    stands("action_items/AI-4/tracker/key", PM_TEXT, "K-2");
}

static void sections_say_how_they_may_be_shown(void **state)
{
    (void)state;
    static const char blocks[] = "blocks:\n  - section: S\n    lead: true\n    blocks: [markdown: summary]\n"
                                 "  - section: F\n    fold: true\n    lead: false\n    blocks: [markdown: summary]\n"
                                 "  - section: L\n    blocks: [lessons: {}]\n";
    compose(blocks, RICH);
    const struct pm_node *s = doc->root->first, *f = s->next, *l = f->next;
    assert_true(s->as.section.lead && !s->as.section.fold && !s->as.section.columns);
    assert_true(f->as.section.fold && !f->as.section.lead);
    assert_true(l->as.section.columns && !l->first->next->as.section.columns);
    compose(blocks, HEAD "lessons: {lucky: [Night]}\n");
    assert_false(doc->root->last->as.section.columns);
    assert_int_equal(pm_template_read(PM_LIT("blocks:\n  - section: S\n    fold: often\n    blocks: []\n"), &arena, &diags, &template),
                     PM_INVALID);
    assert_int_equal(pm_template_read(PM_LIT("blocks:\n  - toc: {}\n    lead: true\n"), &arena, &diags, &template), PM_INVALID);
}

static void the_source_goes_along(void **state)
{
    (void)state;
    compose("blocks: [markdown: summary]\n", HEAD);
    assert_true(same(doc->source, HEAD));
    assert_int_equal(strlen(doc->sha256), 64);
    assert_true(same(doc->words.details, "Details") && same(doc->words.filter, "Filter") && same(doc->words.to_do, "To do"));
    assert_true(same(doc->words.found, "{part} of {all} found") && same(doc->words.skip, "Skip to content"));
}

/* A long timeline costs in proportion: rows and memory alike. */
static void long_timelines_are_linear(void **state)
{
    (void)state;
    struct pm_buf b;
    size_t total[2];
    for (int i = 0; i < 2; i++) {
        int rows = i ? 20000 : 5000;
        tear_down(NULL);
        set_up(NULL);
        pm_buf_init(&b, 16 << 20);
        pm_buf_puts(&b, HEAD "evidence: [{id: E1, title: t, url: 'https://x.org'}]\ntimeline:\n");
        for (int n = 0; n < rows; n++)
            pm_buf_printf(&b, "  - {at: '14:%02d', event: Event %d, team: T, evidence: [E1]}\n", n * 60 / rows, n);
        compose_on("blocks:\n  - timeline: {}\n", pm_buf_slice(&b), 0);
        total[i] = arena.total;
        assert_int_equal(count_kind(PM_ROW), (size_t)rows + 2);
        pm_buf_free(&b);
    }
    assert_true(total[1] < total[0] * 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(empty_sections_are_left_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(values_never_become_markup, set_up, tear_down),
        cmocka_unit_test_setup_teardown(missing_values_have_a_word, set_up, tear_down),
        cmocka_unit_test_setup_teardown(conditions_choose, set_up, tear_down),
        cmocka_unit_test_setup_teardown(cover_shows_what_is_unknown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(withdrawn_is_said_on_top, set_up, tear_down),
        cmocka_unit_test_setup_teardown(timeline_has_a_row_for_each_day, set_up, tear_down),
        cmocka_unit_test_setup_teardown(actions_are_in_order_of_importance, set_up, tear_down),
        cmocka_unit_test_setup_teardown(free_sections_stand_where_they_say, set_up, tear_down),
        cmocka_unit_test_setup_teardown(document_says_what_it_is, set_up, tear_down),
        cmocka_unit_test_setup_teardown(other_words_are_used, set_up, tear_down),
        cmocka_unit_test_setup_teardown(values_of_the_top_say_where_they_stand, set_up, tear_down),
        cmocka_unit_test_setup_teardown(entries_say_where_they_stand, set_up, tear_down),
        cmocka_unit_test_setup_teardown(events_and_items_say_where_they_stand, set_up, tear_down),
        cmocka_unit_test_setup_teardown(controls_offer_what_the_schema_knows, set_up, tear_down),
        cmocka_unit_test_setup_teardown(severities_keep_their_notation, set_up, tear_down),
        cmocka_unit_test_setup_teardown(items_say_what_is_to_be_done, set_up, tear_down),
        cmocka_unit_test_setup_teardown(tickets_are_links, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sections_say_how_they_may_be_shown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_source_goes_along, set_up, tear_down),
        cmocka_unit_test_setup_teardown(long_timelines_are_linear, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
