#include "incident/schema.h"

#include "base/io.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <stdlib.h>

static const struct pm_field_def *at(const char *path, const struct pm_incident *incident, const void **value)
{
    const struct pm_field_def *field = NULL;
    return pm_field_at(&pm_incident_def, incident, pm_str(path), &field, value) ? field : NULL;
}

static void assert_no_field(const char *path)
{
    static const struct pm_incident none;
    const void *value;
    if (at(path, &none, &value))
        fail_msg("%s is a field", path);
}

/* Calls `check` for every row. */
static void each_row(const struct pm_object_def *object, void (*check)(const struct pm_object_def *, const struct pm_field_def *))
{
    for (size_t i = 0; i < object->count; i++) {
        check(object, &object->fields[i]);
        if (object->fields[i].object)
            each_row(object->fields[i].object, check);
    }
}

static void check_row(const struct pm_object_def *object, const struct pm_field_def *f)
{
    assert_true(strlen(f->label) > 0 && !strchr(f->label, '_'));
    size_t n = strlen(f->note);
    assert_true(n > 5 && f->note[n - 1] == '.');
    assert_true(f->offset + sizeof(struct pm_list) <= object->size);
    assert_ptr_equal(pm_field_find(object, pm_str(f->name)), f);   /* no name twice */
    assert_true((f->words != NULL) == (f->type == PM_T_ENUM || f->type == PM_T_SEVERITY));
    bool wants_object = f->type == PM_T_OBJECT || f->type == PM_T_CHAINS || f->type == PM_T_PEOPLE ||
                        (f->type == PM_T_LIST && f->item == PM_T_OBJECT);
    assert_true((f->object != NULL) == wants_object);
    if (f->flags & PM_F_UNIQUE_ID)
        assert_string_equal(f->name, "id");
}

static void rows_are_complete(void **state)
{
    (void)state;
    each_row(&pm_incident_def, check_row);
}

static int count_words(const char *path)
{
    const void *value;
    const struct pm_field_def *f = at(path, NULL, &value);
    int n = 0;
    assert_non_null(f);
    while (f->words[n])
        n++;
    return n;
}

static const char *word(const char *path, int choice)
{
    const void *value;
    return at(path, NULL, &value)->words[choice - 1];
}

static void words_are_those_of_the_enumerations(void **state)
{
    (void)state;
    assert_int_equal(count_words("status"), PM_STATUS_WITHDRAWN);
    assert_int_equal(count_words("incident_status"), PM_RESOLVED);
    assert_int_equal(count_words("timeline[1].kind"), PM_EV_NOTE);
    assert_int_equal(count_words("causes[1].rank"), PM_SECONDARY);
    assert_int_equal(count_words("action_items[1].status"), PM_AI_WONT_DO);
    assert_string_equal(word("status", PM_STATUS_IN_REVIEW), "in_review");
    assert_string_equal(word("timeline[1].kind", PM_EV_MITIGATED), "mitigated");
    assert_string_equal(word("timeline[1].kind", PM_EV_IMPACT_END), "impact_end");
    assert_string_equal(word("action_items[1].status", PM_AI_IN_PROGRESS), "in_progress");
}

static void paths_name_fields(void **state)
{
    (void)state;
    static struct pm_event events[2];
    static struct pm_field labels[1];
    struct pm_incident in = {.timeline = {{1, 1, 0}, events, 2}, .labels = {{1, 1, 0}, labels, 1}};
    const void *value;
    assert_int_equal(at("impact.customers_affected", &in, &value)->type, PM_T_INTEGER);
    assert_ptr_equal(value, &in.impact.customers_affected);
    assert_int_equal(at("timeline[2].event", &in, &value)->type, PM_T_MD);
    assert_ptr_equal(value, &events[1].event);
    assert_string_equal(at("timeline[2].source.url", &in, &value)->name, "url");
    assert_ptr_equal(value, &events[1].source.url);
    assert_non_null(at("timeline[3].event", &in, &value));
    assert_null(value);
    assert_int_equal(at("timeline", &in, &value)->type, PM_T_LIST);
    assert_ptr_equal(value, &in.timeline);
    assert_int_equal(at("labels[1]", &in, &value)->type, PM_T_TEXT);
    assert_ptr_equal(value, labels);
    assert_non_null(at("impact.slo[1].name", NULL, &value));
    assert_null(value);
}

static void other_paths_do_not(void **state)
{
    (void)state;
    static const char *const paths[] = {"", ".", "x", "impact.", ".impact", "impact..data_loss", "impact.x", "title.x", "title[1]",
                                        "timeline[0].event", "timeline[].event", "timeline[1", "timeline[x]", "timeline[1]",
                                        "timeline[1]event", "timeline.event", "timeline[-1].event", "labels[1].x", "roles.x",
                                        "timeline[99999999999999999999].event", "titl", "title "};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        assert_no_field(paths[i]);
}

static void hints_name_the_nearest(void **state)
{
    (void)state;
    struct pm_arena a;
    pm_arena_init(&a);
    assert_string_equal(pm_field_hint(&pm_incident_def, pm_str("titel"), &a), " (did you mean \"title\"?)");
    assert_string_equal(pm_field_hint(&pm_incident_def, pm_str("Started-At"), &a), " (did you mean \"started_at\"?)");
    assert_string_equal(pm_field_hint(&pm_incident_def, pm_str("ActionItems"), &a), " (did you mean \"action_items\"?)");
    assert_string_equal(pm_field_hint(&pm_incident_def, pm_str("actions"), &a), " (did you mean \"action_items\"?)");
    assert_string_equal(pm_field_hint(&pm_incident_def, pm_str("lessons_learned"), &a), " (did you mean \"lessons\"?)");
    assert_string_equal(pm_field_hint(&pm_incident_def, pm_str("incident_commander"), &a), "");
    assert_string_equal(pm_field_hint(&pm_incident_def, pm_str("wholly_other"), &a), "");
    assert_string_equal(pm_field_hint(&pm_incident_def, pm_str("a"), &a), "");
    assert_string_equal(pm_field_hint(&pm_incident_def, pm_str(""), &a), "");
    const struct pm_field_def *kind = pm_field_find(&pm_incident_def, pm_str("kind"));
    assert_string_equal(pm_enum_hint(kind, pm_str("outrage"), &a), " (did you mean \"outage\"?)");
    pm_arena_free(&a);
}

static void assert_label(const char *path, int choice, const char *want)
{
    struct pm_arena a;
    const void *value;
    pm_arena_init(&a);
    struct pm_str label = pm_enum_label(at(path, NULL, &value), choice, &a);
    if (!want)
        assert_null(label.p);
    else
        assert_true(pm_str_is(label, want));
    pm_arena_free(&a);
}

static void labels_are_for_people(void **state)
{
    (void)state;
    assert_label("status", PM_STATUS_IN_REVIEW, "In review");
    assert_label("action_items[1].status", PM_AI_WONT_DO, "Won't do");
    assert_label("action_items[1].priority", 1, "P1");
    assert_label("severity", 2, "SEV-2");
    assert_label("status", 0, NULL);
    assert_label("status", 5, NULL);
    assert_label("title", 1, NULL);
}

static void count_brackets(const char *text, size_t n, int *depth, bool *quoted)
{
    for (size_t i = 0; i < n; i++) {
        if (text[i] == '\\')
            i++;
        else if (text[i] == '"')
            *quoted = !*quoted;
        else if (!*quoted)
            *depth += (text[i] == '{' || text[i] == '[') - (text[i] == '}' || text[i] == ']');
    }
}

static void writers_are_whole(void **state)
{
    (void)state;
    struct pm_buf b;
    int depth = 0;
    bool quoted = false;
    pm_buf_init(&b, 1 << 20);
    pm_schema_json(&b);
    assert_int_equal(b.status, PM_OK);
    count_brackets(b.data, b.len, &depth, &quoted);
    assert_int_equal(depth, 0);
    assert_false(quoted);
    assert_non_null(strstr(b.data, "\"required\": [\"id\", \"title\", \"severity\", \"started_at\", \"summary\"]"));
    assert_non_null(strstr(b.data, "\"enum\": [\"yes\", \"no\", \"unknown\", true, false, null]"));
    pm_buf_clear(&b);
    pm_schema_mdoc(&b);
    assert_int_equal(b.status, PM_OK);
    assert_non_null(strstr(b.data, ".Ss Fields of an entry of action_items\n"));
    assert_non_null(strstr(b.data, ".It Ic due Pq date; wanted before status final\n"));
    pm_buf_free(&b);
}

/* A file of the source tree; false where the test does not run in one. */
static bool read_source(const char *name, struct pm_buf *b)
{
    char path[1024];
    const char *folder = getenv("srcdir");
    pm_buf_init(b, 1 << 20);
    snprintf(path, sizeof path, "%s/%s", folder ? folder : ".", name);
    return pm_read_file(path, b) == PM_OK;
}

static void files_made_from_the_table_are_current(void **state)
{
    (void)state;
    struct pm_buf file, made;
    pm_buf_init(&made, 1 << 20);
    if (!read_source("templates/incident.schema.json", &file))
        skip();
    pm_schema_json(&made);
    assert_string_equal(file.data, made.data);
    pm_buf_free(&file);
    assert_true(read_source("filters/pm-incident.5", &file));
    pm_buf_clear(&made);
    pm_buf_puts(&made, ".\\\" fields: begin\n");
    pm_schema_mdoc(&made);
    pm_buf_puts(&made, ".\\\" fields: end\n");
    if (!strstr(file.data, made.data))
        fail_msg("the field list of pm-incident.5 is not what pm_schema_mdoc() writes");
    pm_buf_free(&file);
    pm_buf_free(&made);
}

static void the_manual_has_every_rule_of_the_reader(void **state)
{
    (void)state;
    struct pm_buf page;
    char item[64];
    if (!read_source("filters/pm-incident.5", &page))
        skip();
    for (int code = PM_D_YAML; code <= PM_D_NODES; code++) {
        snprintf(item, sizeof item, ".It Li %s\n", pm_diag_rule((enum pm_diag_code)code));
        if (!strstr(page.data, item))
            fail_msg("%s", item);
    }
    pm_buf_free(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_complete), cmocka_unit_test(words_are_those_of_the_enumerations),
        cmocka_unit_test(paths_name_fields), cmocka_unit_test(other_paths_do_not), cmocka_unit_test(hints_name_the_nearest),
        cmocka_unit_test(labels_are_for_people), cmocka_unit_test(writers_are_whole),
        cmocka_unit_test(files_made_from_the_table_are_current), cmocka_unit_test(the_manual_has_every_rule_of_the_reader),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
