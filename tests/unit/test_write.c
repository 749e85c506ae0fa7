#include "incident/schema.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define DOCUMENT(more) "id: INC-1\ntitle: T\nseverity: sev2\nstarted_at: 2026-11-20 13:52\nsummary: S.\n" more
#define FIRST "id: INC-1\ntitle: T\nseverity: sev2\n"
#define STARTED "started_at: 2026-11-20 13:52\n"

struct reading {
    struct pm_arena arena;
    struct pm_diags diags;
    struct pm_incident *in;
    struct pm_buf out;
};

/* Reads and writes. */
static struct reading *format(struct pm_str text)
{
    struct reading *r = test_malloc(sizeof *r);
    pm_arena_init(&r->arena);
    pm_diags_init(&r->diags, "test");
    pm_buf_init(&r->out, 1 << 20);
    if (pm_incident_read(text, 1, NULL, &r->arena, &r->diags, &r->in) != PM_OK)
        fail_msg("%.*s\n%s", (int)text.n, text.p, r->diags.first ? r->diags.first->text : "");
    pm_incident_write(r->in, &r->out);
    assert_int_equal(r->out.status, PM_OK);
    return r;
}

static void end(struct reading *r)
{
    pm_buf_free(&r->out);
    pm_arena_free(&r->arena);
    pm_diags_free(&r->diags);
    test_free(r);
}

static void assert_canonical(const char *text, const char *want)
{
    struct reading *r = format(pm_str(text)), *again = format(pm_buf_slice(&r->out));
    assert_string_equal(r->out.data, want);
    assert_string_equal(again->out.data, want);
    end(r);
    end(again);
}

static void fields_come_in_order(void **state)
{
    (void)state;
    assert_canonical("summary: S.\nx-b: 1\nstarted_at: 2026-11-20 13:52\nowner: 'Ana Lind'\nx-a: 2\nseverity: sev2\ntitle: \"T\"\n"
                     "id: INC-1\n",
                     FIRST "owner: Ana Lind\n" STARTED "summary: S.\nx-b: 1\nx-a: 2\n");
}

static void blocks_stand_between_empty_lines(void **state)
{
    (void)state;
    assert_canonical(DOCUMENT("timeline: [{event: Deploy, at: 13:52, evidence: [E1]}, {at: 14:00, event: Alert}]\nroot_cause: R\n"
                              "lessons: {lucky: []}\n"
                              "background: \"a\\nb\\n\"\nimpact: {}\nrelated: [{}]\n"),
                     FIRST STARTED "summary: S.\n\nbackground: |\n  a\n  b\n\nimpact: {}\n\ntimeline:\n  - at: 13:52\n    event: Deploy\n"
                     "    evidence: [E1]\n  - at: 14:00\n    event: Alert\n\nroot_cause: R\n\nlessons:\n  lucky: []\n\nrelated:\n"
                     "  - {}\n");
}

static void words_are_spelled_canonically(void **state)
{
    (void)state;
    assert_canonical("id: I\ntitle: T\nseverity: SEV-2\nstatus: In-Review\nkind: Near Miss\nstarted_at: 2026-11-20 13:52\nsummary: S.\n"
                     "impact: {data_loss: TRUE}\n",
                     "id: I\ntitle: T\nstatus: in_review\nseverity: SEV-2\nkind: near_miss\n" STARTED "summary: S.\n\nimpact:\n"
                     "  data_loss: yes\n");
}

static void text_stays_text(void **state)
{
    (void)state;
    assert_canonical("id: 'true'\ntitle: '2026'\nseverity: '2'\nstarted_at: '2026-11-20 13:52'\nsummary: 'null'\n"
                     "labels: ['1.5', 0x1F, a, 'b, c', .inf, 1_0]\n"
                     "impact: {measures: [{value: '5', baseline: 5, unit: 7}]}\n",
                     "id: \"true\"\ntitle: \"2026\"\nseverity: 2\nlabels: [\"1.5\", \"0x1F\", a, \"b, c\", \".inf\", \"1_0\"]\n" STARTED
                     "summary: \"null\"\n\nimpact:\n  measures:\n    - value: \"5\"\n      unit: \"7\"\n      baseline: 5\n");
}

static void long_sequences_are_blocks(void **state)
{
    (void)state;
    assert_canonical(DOCUMENT("labels: [aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, ccc]\n"),
                     FIRST "labels: [aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, ccc]\n"
                     STARTED "summary: S.\n");
    assert_canonical(DOCUMENT("labels: [aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, cccc]\n"),
                     FIRST "\nlabels:\n  - aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
                         "  - bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\n  - cccc\n\n"
                     STARTED "summary: S.\n");
}

static void comments_stay_with_what_they_are_about(void **state)
{
    (void)state;
    assert_canonical("# head\n# of file\ntitle: T # t\n# above id\nid: INC-1\nseverity: sev2\nstarted_at: 2026-11-20 13:52\n"
                     "summary: | # s\n  S\n"
                     "owner: # nobody yet\ntimeline: # tl\n  # first\n  - # dash\n    event: a\n    # above at\n    at: 13:52 # at\n"
                     "  - {at: 14:00, event: b} # flow\n"
                     "labels: [a, # one\n  b]\n# tail\n",
                     "# head\n# of file\n# above id\nid: INC-1\ntitle: T # t\nseverity: sev2\nowner: # nobody yet\n\nlabels:\n"
                     "  - a # one\n  - b\n\n" STARTED
                     "\nsummary: | # s\n  S\n\ntimeline: # tl\n  # first\n  # dash\n  # above at\n  - at: 13:52 # at\n    event: a\n"
                     "  # flow\n  - at: 14:00\n"
                     "    event: b\n# tail\n");
}

static void free_values_keep_their_types(void **state)
{
    (void)state;
    assert_canonical(DOCUMENT("x-a: {n: 1, s: '1', t: true, u: 'true', z: ~, e: , l: [1, '2', a], m: [{a: b}, [c, [d]]], o: {}, "
                              "p: []}\n"),
                     DOCUMENT("\nx-a:\n  n: 1\n  s: \"1\"\n  t: true\n  u: \"true\"\n  z: ~\n  e:\n  l: [1, \"2\", a]\n  m:\n"
                         "    - a: b\n    - - c\n      - [d]\n"
                         "  o: {}\n  p: []\n"));
}

static void maps_are_blocks(void **state)
{
    (void)state;
    assert_canonical(DOCUMENT("glossary: {'a: b': c, x-ray: d}\nroles: {scribe: [A, B], deputy: C, x-any: [1], reporter: }\n"
                              "people: {ana: {email: a@example.com, name: Ana}}\nfive_whys: [[{answer: a, question: q}], []]\n"),
                     DOCUMENT("\nfive_whys:\n  - - question: q\n      answer: a\n  - []\n\nroles:\n  scribe: [A, B]\n  deputy: C\n"
                         "  x-any: [1]\n  reporter:\n\n"
                         "people:\n  ana:\n    name: Ana\n    email: a@example.com\n\nglossary:\n  \"a: b\": c\n  x-ray: d\n"));
}

static void empty_lines_do_not_lengthen_texts(void **state)
{
    (void)state;
    assert_canonical("id: INC-1\ntitle: T\nseverity: sev2\nstarted_at: 2026-11-20 13:52\nsummary: \"S\\n\\n\\n\"\nbackground: \"a\\n"
                     "b\"\ntrigger: t\n",
                     FIRST STARTED "\nsummary: |+\n  S\n\n\nbackground: |-\n  a\n  b\n\ntrigger: t\n");
}

/* --- any document --- */

static uint32_t seed;

static unsigned pick(unsigned n)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % n;
}

static void put_value(struct pm_buf *b, const struct pm_field_def *f, enum pm_type type, int depth);

static void put_any_text(struct pm_buf *b, unsigned most)
{
    static const char *const parts[] = {"a", "word", " ", ": ", " #", "'", "\\\"", "\\\\", "\\n", "-", "1", ".", "é", "🔥", ",", "[",
                                        "}", "|", "\\t", "%", "~", "x-", "\\u2028", "&", "*", "?", "!"};
    pm_buf_puts(b, "\"w");
    for (unsigned n = pick(most); n; n--)
        pm_buf_puts(b, parts[pick(sizeof parts / sizeof *parts)]);
    pm_buf_puts(b, "\"");
}

static void put_object(struct pm_buf *b, const struct pm_object_def *object, int depth)
{
    bool required = false;
    pm_buf_puts(b, "{");
    for (size_t i = 0; i < object->count; i++) {
        const struct pm_field_def *f = &object->fields[object->count - 1 - i];
        required = (f->flags & PM_F_REQUIRED) != 0;
        if ((!required && pick(3)) || (f->flags & PM_F_UNIQUE_ID && depth))
            continue;
        pm_buf_printf(b, "%s%s: ", pick(20) ? "\n" : "\n# comment\n", f->name);
        if (required || pick(12))
            put_value(b, f, f->type, depth);
        pm_buf_puts(b, pick(9) ? " ,\n" : " , # behind\n");
    }
    pm_buf_printf(b, "%s}", pick(9) ? "" : "x-f: {a: [1, ~, '1'], b: },");
}

static void put_list(struct pm_buf *b, const struct pm_field_def *f, enum pm_type item, int depth)
{
    pm_buf_puts(b, "[");
    for (unsigned n = pick(4); n; n--) {
        put_value(b, f, item, depth);
        pm_buf_puts(b, pick(9) ? ", " : ", # entry\n");
    }
    pm_buf_puts(b, "]");
}

static void put_chains(struct pm_buf *b, const struct pm_field_def *f, int depth)
{
    if (pick(2)) {
        put_list(b, f, PM_T_OBJECT, depth);
        return;
    }
    pm_buf_puts(b, "[");
    for (unsigned n = pick(3); n; n--) {
        put_list(b, f, PM_T_OBJECT, depth);
        pm_buf_puts(b, ", ");
    }
    pm_buf_puts(b, "]");
}

static void put_map(struct pm_buf *b, const struct pm_field_def *f, int depth)
{
    static const char *const keys[] = {"scribe", "x-ray", "deputy"};
    pm_buf_puts(b, "{");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        pm_buf_printf(b, "%s%s: ", pick(5) ? "" : "\n# key\n", keys[i]);
        if (f->type == PM_T_PEOPLE && i != 1)
            put_object(b, f->object, depth);
        else if (pick(6))
            put_any_text(b, 5);
        pm_buf_puts(b, " , ");
    }
    pm_buf_puts(b, "}");
}

static void put_word(struct pm_buf *b, const char *const *words)
{
    size_t n = 0;
    while (words[n])
        n++;
    pm_buf_puts(b, words[pick((unsigned)n)]);
}

static void put_value(struct pm_buf *b, const struct pm_field_def *f, enum pm_type type, int depth)
{
    switch (type) {
    case PM_T_ID: pm_buf_printf(b, "I%u", pick(100)); break;
    case PM_T_LANG: pm_buf_puts(b, "pt-BR"); break;
    case PM_T_ZONE: pm_buf_puts(b, pick(2) ? "Europe/Berlin" : "UTC"); break;
    case PM_T_URL: pm_buf_puts(b, "\"https://example.com/?a=1#b\""); break;
    case PM_T_INTEGER: pm_buf_printf(b, "%u", pick(1000)); break;
    case PM_T_NUMBER:
    case PM_T_PERCENT: pm_buf_printf(b, "%u.%u", pick(99), pick(99)); break;
    case PM_T_INSTANT: pm_buf_printf(b, "2026-11-%02u 1%u:00", pick(30) + 1, pick(10)); break;
    case PM_T_EVENT_INSTANT: pm_buf_printf(b, pick(2) ? "0%u:15" : "2026-12-01T0%u:00Z", pick(10)); break;
    case PM_T_DATE: pm_buf_puts(b, "2026-12-04"); break;
    case PM_T_DURATION: pm_buf_puts(b, "1h36m"); break;
    case PM_T_ENUM: put_word(b, f->words); break;
    case PM_T_SEVERITY: pm_buf_puts(b, pick(2) ? "SEV-2" : "2"); break;
    case PM_T_CURRENCY: pm_buf_puts(b, "EUR"); break;
    case PM_T_VERSION: pm_buf_puts(b, "1"); break;
    case PM_T_OBJECT: put_object(b, f->object, depth + 1); break;
    case PM_T_LIST: put_list(b, f, f->item, depth + 1); break;
    case PM_T_CHAINS: put_chains(b, f, depth + 1); break;
    case PM_T_ROLES:
    case PM_T_PEOPLE:
    case PM_T_GLOSSARY: put_map(b, f, depth + 1); break;
    default: put_any_text(b, 12);
    }
}

static void assert_same_object(const struct pm_object_def *object, const void *a, const void *b);

static void assert_same_field(const struct pm_field_def *f, enum pm_type type, const struct pm_field *a, const struct pm_field *b)
{
    assert_int_equal(pm_has(a), pm_has(b));
    assert_int_equal(a->derived, b->derived);
    assert_int_equal(a->valid, b->valid);
    assert_int_equal(a->as.integer, b->as.integer);
    if (type != PM_T_ENUM && !pm_str_eq(a->text, b->text))
        fail_msg("%s: \"%.*s\" became \"%.*s\"", f->name, (int)a->text.n, a->text.p, (int)b->text.n, b->text.p);
}

static void assert_same_list(const struct pm_field_def *f, const struct pm_list *a, const struct pm_list *b)
{
    assert_int_equal(a->count, b->count);
    size_t size = f->item == PM_T_OBJECT ? f->object->size : sizeof(struct pm_field);
    for (size_t i = 0; i < a->count; i++) {
        const void *x = (const char *)a->items + i * size, *y = (const char *)b->items + i * size;
        if (f->item == PM_T_OBJECT)
            assert_same_object(f->object, x, y);
        else
            assert_same_field(f, f->item, x, y);
    }
}

static void assert_same_object(const struct pm_object_def *object, const void *a, const void *b)
{
    for (size_t i = 0; i < object->count; i++) {
        const struct pm_field_def *f = &object->fields[i];
        const void *x = (const char *)a + f->offset, *y = (const char *)b + f->offset;
        if (f->type == PM_T_OBJECT)
            assert_same_object(f->object, x, y);
        else if (f->type == PM_T_LIST)
            assert_same_list(f, x, y);
        else if (f->type < PM_T_OBJECT)
            assert_same_field(f, f->type, x, y);
        else
            assert_int_equal(((const struct pm_list *)x)->count, ((const struct pm_list *)y)->count);
    }
}

static void any_document_survives(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 2000; i++) {
        struct pm_buf text;
        pm_buf_init(&text, 1 << 20);
        seed = i;
        put_object(&text, &pm_incident_def, 0);
        struct reading *r = format(pm_buf_slice(&text)), *again = format(pm_buf_slice(&r->out));
        assert_same_object(&pm_incident_def, r->in, again->in);
        if (strcmp(r->out.data, again->out.data) != 0)
            fail_msg("seed %u:\n%s\nbecame\n%s", i, r->out.data, again->out.data);
        end(r);
        end(again);
        pm_buf_free(&text);
    }
}

static void a_failure_sticks(void **state)
{
    (void)state;
    struct reading *r = format(pm_str(DOCUMENT("timeline: [{event: a, at: 13:52}] # c\nlabels: [a]\n")));
    for (size_t max = 0; max < r->out.len; max++) {
        struct pm_buf small;
        pm_buf_init(&small, max);
        pm_incident_write(r->in, &small);
        assert_int_equal(small.status, PM_LIMIT);
        pm_buf_free(&small);
    }
    end(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_come_in_order), cmocka_unit_test(blocks_stand_between_empty_lines),
        cmocka_unit_test(words_are_spelled_canonically), cmocka_unit_test(text_stays_text), cmocka_unit_test(long_sequences_are_blocks),
        cmocka_unit_test(comments_stay_with_what_they_are_about), cmocka_unit_test(free_values_keep_their_types),
        cmocka_unit_test(maps_are_blocks), cmocka_unit_test(empty_lines_do_not_lengthen_texts), cmocka_unit_test(any_document_survives),
        cmocka_unit_test(a_failure_sticks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
