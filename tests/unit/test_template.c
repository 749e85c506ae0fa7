#include "fixture.h"

#include "document/builtin.h"

static struct pm_template template;

/* Reads a template that has one thing wrong: in this place, and the message has these words. */
static void wrong(const char *source, uint32_t line, uint32_t col, enum pm_diag_code code, const char *words)
{
    tear_down(NULL);
    set_up(NULL);
    assert_int_equal(pm_template_read(pm_str(source), &arena, &diags, &template), PM_INVALID);
    assert_non_null(diags.first);
    assert_int_equal(diags.first->code, code);
    if (!strstr(diags.first->text, words))
        fail_msg("\"%s\" lacks \"%s\"", diags.first->text, words);
    assert_int_equal(diags.first->mark.line, line);
    assert_int_equal(diags.first->mark.col, col);
    assert_int_equal(diags.count[PM_ERROR], 1);
}

/* But for places and comments. */
static void assert_same_tree(const struct pm_yaml *a, const struct pm_yaml *b)
{
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->style, b->style);
    assert_int_equal(a->count, b->count);
    assert_true(pm_str_eq(a->key, b->key) && pm_str_eq(a->text, b->text));
    assert_true(!a->key.p == !b->key.p && !a->text.p == !b->text.p);
    const struct pm_yaml *x = a->first, *y = b->first;
    for (; x && y; x = x->next, y = y->next) {
        assert_same_tree(x, y);
        assert_int_equal(x == a->last, y == b->last);
    }
    assert_true(!x && !y);
}

static void assert_unpacks(const struct pm_named_template *packed, const struct pm_template *want)
{
    struct pm_template got;
    assert_int_equal(pm_template_unpack(packed, &arena, &got), PM_OK);
    assert_true(pm_str_eq(got.name, want->name) && pm_str_eq(got.lang, want->lang));
    assert_int_equal(got.max_pages, want->max_pages);
    assert_same_tree(got.blocks, want->blocks);
    assert_int_equal(!got.words, !want->words);
    if (want->words)
        assert_same_tree(got.words, want->words);
}

static void built_in_templates_are_their_files(void **state)
{
    static const char *const names[] = {"full", "executive"};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct pm_str source = read_shipped(pm_arena_format(&arena, "%s.yaml", names[i]).p);
        assert_int_equal(pm_template_read(source, &arena, &diags, &template), PM_OK);
        assert_true(pm_str_is(template.name, names[i]));
        assert_int_equal(template.max_pages, (int)i);
        assert_unpacks(pm_builtin_template(pm_str(names[i])), &template);
    }
}

static void words_are_packed_too(void **state)
{
    static const struct pm_packed_node nodes[] = {{1, 0, 0, PM_YAML_SEQUENCE, 0}, {8, 0, 2, PM_YAML_MAPPING, 0},
        {14, 19, 0, PM_YAML_SCALAR, PM_YAML_PLAIN}, {23, 28, 0, PM_YAML_SCALAR, PM_YAML_QUOTED}};
    static const char texts[] = "\0blocks\0words\0done\0oui\0open\0";
    static const struct pm_named_template packed = {.name = "x", .template = {.name = {"x", 1}, .lang = {"fr", 2}}, .nodes = nodes,
        .texts = texts, .count = 4, .words_at = 1};
    (void)state;
    struct pm_str source = PM_LIT("{template: x, lang: fr, blocks: [], words: {done: oui, open: ''}}");
    assert_int_equal(pm_template_read(source, &arena, &diags, &template), PM_OK);
    assert_unpacks(&packed, &template);
}

static void memory_runs_out(void **state)
{
    (void)state;
    assert_null(pm_arena_array(&arena, SIZE_MAX, 2));
    assert_int_equal(pm_template_unpack(pm_builtin_template(PM_LIT("full")), &arena, &template), PM_NOMEM);
}

static void names_lead_nowhere_else(void **state)
{
    (void)state;
    assert_null(pm_builtin_template(PM_LIT("none")));
    assert_null(pm_builtin_template(PM_LIT("default")));
    assert_null(pm_builtin_template(PM_LIT("full.yaml")));
    assert_null(pm_builtin_template(PM_LIT("")));
    assert_null(pm_builtin_template((struct pm_str){NULL, 0}));
}

static void shapes_are_checked(void **state)
{
    (void)state;
    wrong("- cover: {}\n", 1, 1, PM_D_TEMPLATE, "mapping");
    wrong("", 1, 1, PM_D_TEMPLATE, "mapping");
    wrong("template: x\n", 1, 1, PM_D_TEMPLATE, "needs blocks");
    wrong("blocks: 5\n", 1, 9, PM_D_TEMPLATE, "must be a list");
    wrong("blocks: [toc]\n", 1, 10, PM_D_TEMPLATE, "must be a mapping");
    wrong("colour: red\nblocks: []\n", 1, 1, PM_D_TEMPLATE, "has no colour");
    wrong("pages: many\nblocks: []\n", 1, 8, PM_D_TEMPLATE, "only be 1");
    wrong("pages: 3\nblocks: []\n", 1, 8, PM_D_TEMPLATE, "only be 1");
    wrong("blocks:\n  - toc: {depth: 3}\n", 2, 10, PM_D_TEMPLATE, "no options");
    wrong("blocks:\n  - toc: {}\n    id: x\n", 3, 5, PM_D_TEMPLATE, "no id");
    wrong("blocks:\n  - section: A\n    id: Größe\n", 3, 9, PM_D_TEMPLATE, "id of a section");
}

static void blocks_are_known(void **state)
{
    (void)state;
    wrong("blocks:\n  - toc: {}\n  - timelin: {}\n", 3, 5, PM_D_TEMPLATE, "did you mean \"timeline\"?");
    wrong("blocks:\n  - section: A\n    blocks:\n      - tabel: {}\n", 4, 9, PM_D_TEMPLATE, "unknown block \"tabel\"");
    wrong("blocks:\n  - timeline: {rows: 5}\n", 2, 16, PM_D_TEMPLATE, "unknown option rows");
    wrong("blocks:\n  - timeline: {columns: [time, when]}\n", 2, 32, PM_D_TEMPLATE, "one of time, event");
    wrong("blocks:\n  - action_items: {most: 0}\n", 2, 26, PM_D_TEMPLATE, "number from 1");
    wrong("blocks:\n  - figure: pie\n", 2, 13, PM_D_TEMPLATE, "timeline, actions");
    wrong("blocks:\n  - panel: {tone: loud, blocks: []}\n", 2, 19, PM_D_TEMPLATE, "neutral, info");
    wrong("blocks:\n  - causes: {or: title}\n", 2, 18, PM_D_TEMPLATE, "holds no Markdown");
}

static void variables_are_known(void **state)
{
    (void)state;
    wrong("blocks:\n  - text: Of {{impact.customers_afected}} customers\n", 2, 11, PM_D_VARIABLE, "customers_affected");
    wrong("blocks:\n  - section: \"{{titel}}\"\n", 2, 14, PM_D_VARIABLE, "did you mean \"title\"?");
    wrong("blocks:\n  - markdown: sumary\n", 2, 15, PM_D_VARIABLE, "summary");
    wrong("blocks:\n  - facts: [id, metrics.tdd]\n", 2, 17, PM_D_VARIABLE, "metrics.ttd");
    wrong("blocks:\n  - metrics: [{ttd: Detection}]\n", 2, 16, PM_D_VARIABLE, "metrics.ttd");
    wrong("blocks:\n  - text: x\n    when: impact\n", 3, 11, PM_D_VARIABLE, "impact");
}

static void every_fault_is_told(void **state)
{
    (void)state;
    tear_down(NULL);
    set_up(NULL);
    static const char source[] = "blocks:\n  - markdown: nope\n  - what: {}\n  - text: '{{a}} {{b}} {{title}}'\n";
    assert_int_equal(pm_template_read(PM_LIT(source), &arena, &diags, &template), PM_INVALID);
    assert_int_equal(diags.count[PM_ERROR], 4);
}

static void known_variables_pass(void **state)
{
    static const char source[] =
        "blocks:\n  - text: '{{ id }} {{as_of}} {{duration}} {{metrics.ttm}} {{action_items.overdue}} {{timeline.count}} {{roles.scribe}} "
        "{{impact.revenue.amount}} {{timeline[2].event}} {{services}} {not one} {{'\n";
    (void)state;
    assert_int_equal(pm_template_read(PM_LIT(source), &arena, &diags, &template), PM_OK);
}

static void words_are_checked(void **state)
{
    (void)state;
    wrong("words: {unknwon: x}\nblocks: []\n", 1, 9, PM_D_TEMPLATE, "words has no unknwon");
    wrong("words: {months: [a, b]}\nblocks: []\n", 1, 17, PM_D_TEMPLATE, "twelve");
    wrong("words: {page_of: Page %d}\nblocks: []\n", 1, 18, PM_D_TEMPLATE, "two %s");
    wrong("words: {fields: [a]}\nblocks: []\n", 1, 17, PM_D_TEMPLATE, "map names");
    wrong("words: 5\nblocks: []\n", 1, 8, PM_D_TEMPLATE, "mapping");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(built_in_templates_are_their_files), TEST(words_are_packed_too), TEST(memory_runs_out), TEST(names_lead_nowhere_else),
        TEST(shapes_are_checked), TEST(blocks_are_known), TEST(variables_are_known), TEST(every_fault_is_told), TEST(known_variables_pass),
        TEST(words_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
