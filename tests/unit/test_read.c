#include "reading.h"

/* A document that is complete, with `more` behind it. */
#define DOCUMENT(more) "id: INC-1\ntitle: T\nseverity: sev2\nstarted_at: 2026-11-20 13:52\nsummary: S.\n" more

/* One message, in its whole. */
static void assert_fault(const char *text, enum pm_diag_code code, unsigned line, unsigned col, const char *message)
{
    struct reading *r = read_with(text, false);
    assert_int_equal(r->status, PM_INVALID);
    assert_int_equal(r->diags.kept, 1);
    assert_int_equal(r->diags.first->code, code);
    assert_int_equal(r->diags.first->mark.line, line);
    assert_int_equal(r->diags.first->mark.col, col);
    assert_string_equal(r->diags.first->text, message);
    end(r);
}

static void scalars_have_values_and_places(void **state)
{
    (void)state;
    struct reading *r = read_good(DOCUMENT("impact:\n  customers_affected: 3120\n  customers_affected_pct: 14.5\n  data_loss: No\n"
                                           "  slo: [{window: 1h36m, budget_spent_pct: 513}]\n"
                                           "  revenue: {amount: -41000.25, currency: EUR}\n"
                                           "action_items:\n  - {item: A, due: 1970-01-02, status: In-Progress}\n"));
    const struct pm_impact *impact = &r->in->impact;
    const struct pm_action *action = r->in->action_items.items;
    const struct pm_slo *slo = impact->slo.items;
    assert_int_equal(impact->customers_affected.as.integer, 3120);
    assert_int_equal(impact->customers_affected.mark.line, 7);
    assert_int_equal(impact->customers_affected.mark.col, 23);
    assert_true(impact->customers_affected_pct.as.number == 14.5);
    assert_int_equal(impact->data_loss.as.choice, 2);
    assert_true(pm_str_is(impact->data_loss.text, "No"));
    assert_int_equal(slo->window.as.seconds, 5760);
    assert_true(slo->budget_spent_pct.as.number == 513);
    assert_true(impact->revenue.amount.as.number == -41000.25);
    assert_int_equal(action->due.as.days, 1);
    assert_int_equal(action->status.as.choice, PM_AI_IN_PROGRESS);
    assert_false(impact->requests_failed.valid);
    end(r);
}

static void severities_have_many_spellings(void **state)
{
    (void)state;
    static const struct { const char *text; int severity; } cases[] = {
        {"sev2", 2}, {"SEV-2", 2}, {"Sev2", 2}, {"sev 2", 2}, {"S2", 2}, {"P2", 2}, {"2", 2}, {"major", 2}, {"Critical", 1}, {"SEV-0", 1},
        {"P0", 1}, {"S0", 1}, {"minor", 3}, {"Severity 4", 4}, {"p5", 5}, {"sev6", 0}, {"s-", 0}, {"sev22", 0}, {"-2", 0}, {"sevv2", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[200];
        snprintf(text, sizeof text, "id: I\ntitle: T\nseverity: %s\nstarted_at: 2026-11-20 13:52\nsummary: S.\n", cases[i].text);
        struct reading *r = read_with(text, false);
        assert_int_equal(r->status, cases[i].severity ? PM_OK : PM_INVALID);
        assert_int_equal(r->in->severity.as.choice, cases[i].severity);
        assert_true(pm_str_is(r->in->severity.text, cases[i].text));
        end(r);
    }
}

static void truth_has_two_spellings(void **state)
{
    (void)state;
    struct reading *r = read_good(DOCUMENT("impact: {data_loss: true, data_exposed: False, sla_breached: unknown}\nquestions:\n"
                                           "  - {open: true}\n  - {open: no}\n"));
    const struct pm_question *q = r->in->questions.items;
    assert_int_equal(r->in->impact.data_loss.as.choice, 1);
    assert_int_equal(r->in->impact.data_exposed.as.choice, 2);
    assert_int_equal(r->in->impact.sla_breached.as.choice, 3);
    assert_int_equal(q[0].open.as.choice, 2);
    assert_int_equal(q[1].open.as.choice, 1);
    end(r);
}

static void maps_keep_their_order(void **state)
{
    (void)state;
    struct reading *r = read_good(DOCUMENT("roles: {scribe: B, incident_commander: [A, C], x-any: {a: b}, deputy: }\n"
                                           "people: {ana: {name: Ana Lind, accounts: {slack: U1}}}\nglossary: {x-ray: a, pool: b}\n"
                                           "owner: ana\n"));
    const struct pm_role *roles = r->in->roles.items;
    const struct pm_person *people = r->in->people.items;
    const struct pm_pair *terms = r->in->glossary.items;
    assert_int_equal(r->in->roles.count, 2);
    assert_true(roles[0].single && pm_str_is(roles[0].key, "scribe"));
    assert_int_equal(roles[1].people.count, 2);
    assert_true(pm_str_is(people[0].key, "ana") && pm_str_is(people[0].accounts.slack.text, "U1"));
    assert_true(pm_str_is(terms[0].key, "x-ray") && pm_str_is(terms[1].value.text, "b"));
    assert_true(pm_str_is(pm_person_name(r->in, &r->in->owner), "Ana Lind"));
    assert_true(pm_str_is(pm_person_name(r->in, roles[0].people.items), "B"));
    end(r);
}

static void whys_are_one_chain_or_several(void **state)
{
    (void)state;
    struct reading *r = read_good(DOCUMENT("five_whys: [{question: a}, {question: b}]\n"));
    const struct pm_chain *chains = r->in->five_whys.items;
    assert_int_equal(r->in->five_whys.count, 1);
    assert_int_equal(chains[0].whys.count, 2);
    end(r);
    r = read_good(DOCUMENT("five_whys: [[{question: a}], [], [{question: b}, {question: c}]]\n"));
    chains = r->in->five_whys.items;
    assert_int_equal(r->in->five_whys.count, 3);
    assert_int_equal(chains[1].whys.count, 0);
    assert_true(pm_str_is(((const struct pm_why *)chains[2].whys.items)[1].question.text, "c"));
    end(r);
}

static void free_keys_are_kept_at_every_level(void **state)
{
    (void)state;
    struct reading *r = read_good(DOCUMENT("x-a: 1\ntimeline: [{at: 14:00, event: e, x-b: [c]}]\nx-d: \n"));
    const struct pm_event *e = r->in->timeline.items;
    assert_true(pm_str_is(r->in->head.extras->key, "x-a"));
    assert_true(pm_str_is(r->in->head.extras->next->key, "x-d"));
    assert_null(r->in->head.extras->next->next);
    assert_int_equal(e->head.extras->value->kind, PM_YAML_SEQUENCE);
    end(r);
}

static void unknown_keys_can_be_allowed(void **state)
{
    (void)state;
    assert_fault(DOCUMENT("impact: {bussiness: x}\n"), PM_D_UNKNOWN_KEY, 6, 10,
        "unknown key impact.bussiness (did you mean \"business\"?)");
    struct reading *r = read_with(DOCUMENT("impact: {bussiness: x}\n"), true);
    assert_int_equal(r->status, PM_OK);
    assert_int_equal(r->diags.count[PM_WARNING], 1);
    assert_true(pm_str_is(r->in->impact.head.extras->key, "bussiness"));
    end(r);
}

static void nothing_is_absent(void **state)
{
    (void)state;
    struct reading *r = read_good(DOCUMENT("owner:\nimpact: ~\ntimeline: null\nbackground: ''\n"));
    assert_false(pm_has(&r->in->owner));
    assert_int_equal(r->in->impact.head.mark.line, 0);
    assert_int_equal(r->in->timeline.mark.line, 0);
    assert_true(pm_has(&r->in->background));
    end(r);
    assert_fault("id: I\ntitle:\nseverity: 2\nstarted_at: 2026-11-20 13:52\nsummary: S.\n", PM_D_REQUIRED, 2, 1,
        "title is missing; want text");
}

static void a_wrong_entry_keeps_its_position(void **state)
{
    (void)state;
    struct reading *r = read_with(DOCUMENT("causes: [a, {text: b}]\n"), false);
    assert_int_equal(r->status, PM_INVALID);
    assert_int_equal(r->in->causes.count, 2);
    assert_true(pm_str_is(((const struct pm_cause *)r->in->causes.items)[1].text.text, "b"));
    end(r);
    assert_fault(DOCUMENT("causes: [{text: a}, {rank: primary}]\n"), PM_D_REQUIRED, 6, 21, "causes[2].text is missing; want text");
}

static void every_fault_is_reported(void **state)
{
    (void)state;
    struct reading *r = read_with("id: 1\ntitle: [a]\nseverity: x\nstarted_at: y\nlabels: a\nkind: b\nurl: c\n", false);
    assert_int_equal(r->diags.count[PM_ERROR], 8);
    end(r);
}

static void commas_without_quotes_are_noticed(void **state)
{
    (void)state;
    assert_fault(DOCUMENT("impact: {description: slow, random delays}\n"), PM_D_UNKNOWN_KEY, 6, 29,
                 "unknown key impact.random delays (a value with a comma needs quotes)");
    assert_fault(DOCUMENT("impact: {description: slow, business}\n"), PM_D_EMPTY, 6, 29,
                 "impact.business is empty; want a value; or quotes around the value before it, with its comma");
    struct reading *r = read_good(DOCUMENT("impact: {description: slow, business: , \"productivity\" : }\nx-set: {a, b}\n"));
    end(r);
}

static void languages_and_links_have_a_shape(void **state)
{
    (void)state;
    static const struct { const char *field, *text; bool good; } cases[] = {
        {"lang", "en", true}, {"lang", "pt-BR", true}, {"lang", "zh-Hant-TW", true}, {"lang", "e", false}, {"lang", "en-", false},
        {"lang", "en--US", false}, {"lang", "en_US", false}, {"lang", "en-abcdefghi", false}, {"lang", "1en", false},
        {"url", "HTTPS://example.com", true}, {"url", "mailto:a@b.example", true}, {"url", "https://", false}, {"url", "ftp://a", false},
        {"tz", "Etc/UTC", true}, {"tz", "Mars/Base", false}, {"tz", "../../etc/passwd", false}, {"pm", "1", true}, {"pm", "1.0", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[300];
        snprintf(text, sizeof text, DOCUMENT("%s: %s\n"), cases[i].field, cases[i].text);
        struct reading *r = read_with(text, false);
        if ((r->status == PM_OK) != cases[i].good)
            fail_msg("%s: %s", cases[i].field, cases[i].text);
        end(r);
    }
}

static void no_content_is_no_incident(void **state)
{
    (void)state;
    struct reading *r = read_with("# nothing\n", false);
    assert_int_equal(r->status, PM_OK);
    assert_null(r->in);
    end(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scalars_have_values_and_places), cmocka_unit_test(severities_have_many_spellings),
        cmocka_unit_test(truth_has_two_spellings), cmocka_unit_test(maps_keep_their_order),
        cmocka_unit_test(whys_are_one_chain_or_several), cmocka_unit_test(free_keys_are_kept_at_every_level),
        cmocka_unit_test(unknown_keys_can_be_allowed), cmocka_unit_test(nothing_is_absent),
        cmocka_unit_test(a_wrong_entry_keeps_its_position), cmocka_unit_test(every_fault_is_reported),
        cmocka_unit_test(languages_and_links_have_a_shape),
        cmocka_unit_test(commas_without_quotes_are_noticed), cmocka_unit_test(no_content_is_no_incident),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
