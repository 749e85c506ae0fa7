/* What a report shows of each value reads back as that value: examples, composed by the built-in templates, are merged with themselves
 * while ours is said to have shown something else. */
#include "fixture.h"

#include "document/compose.h"
#include "document/iterator.h"
#include "recover/merge_internal.h"

static const char *const examples[] = {"aws-2020-kinesis", "cloudflare-2019-waf-rule", "epic-2021-certificate", "facebook-2021-backbone",
                                       "gitlab-2017-database", "template"};

static struct pm_incident *read_example(const char *name)
{
    struct pm_incident *incident;
    struct pm_str text = source_file(pm_arena_format(&arena, "examples/%s.yaml", name).p);
    assert_int_equal(pm_incident_read(text, 1, NULL, &arena, &diags, &incident), PM_OK);
    return incident;
}

struct values { struct pm_shown_value *list; size_t count, cap; };

/* Without the label of a fact. */
static struct pm_str text_of(const struct pm_node *node)
{
    struct pm_str all = PM_LIT("");
    if (node->kind != PM_FACT)
        return pm_node_plain(doc, node);
    for (const struct pm_node *child = node->first; child; child = child->next) {
        struct pm_str part = pm_node_plain(doc, child);
        all = pm_arena_format(&arena, "%.*s%.*s", (int)all.n, all.p, (int)part.n, part.p ? part.p : "");
    }
    return all;
}

/* Siblings in a row with one path are one value: blocks apart by an empty line, inlines side by side. */
static void add_value(struct values *v, const struct pm_node *node)
{
    struct pm_str text = text_of(node);
    struct pm_shown_value *last = v->count ? &v->list[v->count - 1] : NULL;
    if (last && node->prev && node->prev->path.p && pm_str_eq(node->prev->path, node->path)) {
        const char *between = pm_node_is_inline(node->kind) ? "" : "\n\n";
        last->text = pm_arena_format(&arena, "%.*s%s%.*s", (int)last->text.n, last->text.p, between, (int)text.n, text.p ? text.p : "");
        return;
    }
    if (v->count == v->cap) {
        v->cap = v->cap ? v->cap * 2 : 64;
        v->list = pm_arena_grow(&arena, v->list, v->count, v->cap, sizeof *v->list);
        assert_non_null(v->list);
    }
    v->list[v->count++] = (struct pm_shown_value){.path = node->path, .text = text.p ? text : PM_LIT(""), .place = PM_LIT("tree")};
}

static struct values shown_by(const struct pm_document *document)
{
    struct values v = {0};
    struct pm_iterator it;
    pm_iterator_init(&it, document->root);
    for (enum pm_event_type event; (event = pm_iterator_next(&it)) != PM_DONE;) {
        if (event != PM_ENTER || !it.node->path.n)
            continue;
        if (it.node->kind == PM_METRIC)   /* shown as a figure of its own */
            continue;
        add_value(&v, it.node);
        pm_iterator_skip(&it);
    }
    return v;
}

static struct values compose(const struct pm_incident *incident, const char *template)
{
    struct pm_template full;
    assert_int_equal(pm_template_unpack(pm_builtin_template(pm_str(template)), &arena, &full), PM_OK);
    const struct pm_compose_options options = {.template = &full};
    struct pm_document *document = pm_compose(incident, &options, &arena, &diags);
    assert_non_null(document);
    return shown_by(document);
}

static void merge_with(const struct pm_incident *incident, const struct values *ours, const struct values *theirs, struct pm_merge *merge)
{
    const struct pm_shown a = {ours->list, ours->count}, b = {theirs->list, theirs->count};
    const struct pm_merge_options options = {.language = NULL};
    assert_int_equal(pm_merge(incident, &a, &b, &options, &arena, merge), PM_OK);
}

static bool is_prose(const struct pm_incident *incident, struct pm_str path)
{
    struct pm_finder find;
    struct pm_value value;
    pm_finder_init(&find, incident, &arena);
    return pm_value_find(&find, path, &arena, &value) && value.type == PM_T_MD;
}

static void check(const struct pm_incident *incident, const char *template)
{
    struct values theirs = compose(incident, template), ours = theirs;
    struct pm_merge merge;
    assert_true(theirs.count > 10);
    merge_with(incident, &theirs, &theirs, &merge);
    assert_int_equal(merge.change_count, 0);
    ours.list = pm_arena_array(&arena, theirs.count, sizeof *ours.list);
    for (size_t i = 0; i < theirs.count; i++) {
        ours.list[i] = theirs.list[i];
        if (!is_prose(incident, theirs.list[i].path))
            ours.list[i].text = PM_LIT("something else");
    }
    merge_with(incident, &ours, &theirs, &merge);
    for (size_t i = 0; i < merge.change_count; i++) {
        const struct pm_change *c = &merge.changes[i];
        if (c->kind != PM_CHANGE_SET || !pm_str_eq(pm_shown_normalise(c->before, &arena), pm_shown_normalise(c->after, &arena)))
            fail_msg("%.*s: \"%.*s\" is read as \"%.*s\" (%s)", (int)c->where.n, c->where.p, (int)c->before.n,
                c->before.p ? c->before.p : "", (int)c->after.n, c->after.p ? c->after.p : "",
                     c->reason ? c->reason : "");
    }
}

static void shown_values_read_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        struct pm_incident *incident = read_example(examples[i]);
        check(incident, "full");
        check(incident, "executive");
    }
}

/* A word of each prose changes where it is shown; it changes in the source, and its markup stays. */
static void words_of_prose_come_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        struct pm_incident *incident = read_example(examples[i]), *now;
        struct values ours = compose(incident, "full");
        for (size_t k = 0; k < ours.count; k++) {
            struct pm_shown_value edited = ours.list[k];
            const char *word = edited.text.n ? strstr(edited.text.p, " the ") : NULL;
            struct pm_merge merge;
            struct pm_buf out;
            if (!word || !is_prose(incident, edited.path))
                continue;
            size_t before = (size_t)(word - edited.text.p);
            struct pm_str changed = pm_arena_format(&arena, "%.*s that (new) %s", (int)before, edited.text.p, word + 5);
            struct pm_shown_value *list = pm_arena_array(&arena, ours.count, sizeof *list);
            memcpy(list, ours.list, ours.count * sizeof *list);
            list[k].text = changed;
            struct values theirs = {list, ours.count, 0};
            merge_with(incident, &ours, &theirs, &merge);
            assert_int_equal(merge.change_count, 1);
            pm_buf_init(&out, 1 << 20);
            if (pm_merge_apply(&merge, incident, &out) != PM_OK)
                fail_msg("%s", edited.path.p);
            assert_int_equal(pm_incident_read(pm_buf_slice(&out), 1, NULL, &arena, &diags, &now), PM_OK);
            struct values after = compose(now, "full");
            assert_int_equal(after.count, ours.count);
            if (!pm_str_eq(pm_shown_normalise(after.list[k].text, &arena), pm_shown_normalise(changed, &arena)))
                fail_msg("%s:\n%s\n%s", edited.path.p, after.list[k].text.p, changed.p);
            size_t added = out.len - incident->source.n;   /* " the " became " that (new) " */
            if (added != 7)
                fail_msg("%s: %zu bytes more", edited.path.p, added);
            pm_buf_free(&out);
        }
    }
}

static void edit(struct values *v, const char *path, const char *from, const char *to)
{
    size_t edited = 0;
    for (size_t i = 0; i < v->count; i++) {
        struct pm_str text = v->list[i].text;
        const char *at = pm_str_is(v->list[i].path, path) && text.n ? strstr(text.p, from) : NULL;
        if (!at)
            continue;
        v->list[i].text = pm_arena_format(&arena, "%.*s%s%s", (int)(at - text.p), text.p, to, at + strlen(from));
        edited++;
    }
    if (!edited)
        fail_msg("%s does not show \"%s\"", path, from);
}

/* Lines of `text` that `other` does not have. */
static const char *own_lines(struct pm_str text, struct pm_str other)
{
    struct pm_str all = PM_LIT("");
    const char *copy = pm_arena_format(&arena, "\n%.*s", (int)other.n, other.p).p;
    while (text.n) {
        const char *end = memchr(text.p, '\n', text.n);
        size_t n = end ? (size_t)(end - text.p) + 1 : text.n;
        struct pm_str line = {text.p, n};
        if (!strstr(copy, pm_arena_format(&arena, "\n%.*s", (int)n, line.p).p))
            all = pm_arena_format(&arena, "%.*s%.*s", (int)all.n, all.p, (int)n, line.p);
        text = (struct pm_str){text.p + n, text.n - n};
    }
    return all.p;
}

/* A session with a report: a status, a date, an owner, words of the summary, a new row, rows that change places. */
static void a_session_touches_its_lines_alone(void **state)
{
    (void)state;
    struct pm_incident *incident = read_example("gitlab-2017-database");
    struct values ours = compose(incident, "full"), theirs = ours;
    const struct pm_shown_value row[] = {{.path = PM_LIT("action_items/+1/item"), .text = PM_LIT("Write it *down*")},
                                         {.path = PM_LIT("action_items/+1/owner"), .text = PM_LIT("Ana Lind")},
                                         {.path = PM_LIT("action_items/+1/due"), .text = PM_LIT("1 March 2017")}};
    struct pm_merge merge;
    struct pm_buf out;
    theirs.list = pm_arena_array(&arena, ours.count + 3, sizeof *theirs.list);
    for (size_t i = 0; i < ours.count; i++)   /* from the end: rows in another order */
        theirs.list[i] = ours.list[ours.count - 1 - i];
    memcpy(theirs.list + ours.count, row, sizeof row);
    theirs.count += 3;
    edit(&theirs, "action_items/AI-2/status", "In progress", "Done");
    edit(&theirs, "action_items/AI-2/due", "24", "28");
    edit(&theirs, "action_items/AI-2/owner", "Monitoring team", "Ben Ortiz");
    edit(&theirs, "summary", "database", "data base");
    merge_with(incident, &ours, &theirs, &merge);
    pm_buf_init(&out, 1 << 20);
    assert_int_equal(pm_merge_apply(&merge, incident, &out), PM_OK);
    assert_int_equal(merge.change_count, 5);
    const char *fresh = own_lines(pm_buf_slice(&out), incident->source);
    assert_non_null(strstr(fresh, "    owner: Ben Ortiz\n    due: 2017-02-28\n"));
    assert_non_null(strstr(fresh, "    item: Write it \\*down\\*\n    owner: Ana Lind\n    due: 2017-03-01\n"));
    assert_non_null(strstr(fresh, "data base"));
    size_t lines = 0;
    for (const char *p = fresh; *p; p++)
        lines += *p == '\n';
    assert_int_equal(lines, 7);   /* one of the summary, two of AI-2, whose status has a line like another's, four of the new entry */
    pm_buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(shown_values_read_back),
        TEST(words_of_prose_come_back),
        TEST(a_session_touches_its_lines_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
