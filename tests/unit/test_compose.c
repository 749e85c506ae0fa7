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
    has(text, "Friday, 20\302\240Nov\302\2402026 (CET)");
    has(text, "Saturday, 21\302\240Nov\302\2402026 (CET)");
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
        cmocka_unit_test_setup_teardown(long_timelines_are_linear, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
