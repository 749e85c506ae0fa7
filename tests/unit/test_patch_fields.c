/* Each scalar of each example, one at a time: it gets another value of its type, nothing else does, and no other line is touched. */
#include "fixture.h"

#include "recover/patch.h"
#include "scalars.h"

static const char *const examples[] = {"aws-2020-kinesis", "cloudflare-2019-waf-rule", "epic-2021-certificate", "facebook-2021-backbone",
                                       "gitlab-2017-database", "template"};

static struct pm_incident *read_incident(struct pm_str source, struct pm_arena *in)
{
    struct pm_incident *incident;
    if (pm_incident_read(source, 1, NULL, in, &diags, &incident) != PM_OK || !incident)
        fail_msg("%s\n%.*s", diags.first ? diags.first->text : "", (int)source.n, source.p);
    return incident;
}

/* Written as the patch engine takes them. */
static struct pm_str other_instant(struct pm_arena *a, pm_instant t)
{
    struct pm_buf b;
    pm_buf_init(&b, 100);
    pm_instant_rfc3339(&b, t + 60, PM_LIT("Etc/UTC"));
    struct pm_str text = pm_arena_str(a, pm_buf_slice(&b));
    pm_buf_free(&b);
    return text;
}

static struct pm_str other_value(struct pm_arena *a, const struct scalar *s)
{
    struct pm_buf b;
    struct pm_str text = pm_str_trim(s->field->text);
    int count = 0;
    while (s->type == PM_T_ENUM && s->def->words[count])
        count++;
    switch (s->type) {
    case PM_T_ENUM: return pm_str(s->def->words[s->field->as.choice % count]);
    case PM_T_SEVERITY: return s->field->as.choice == 3 ? PM_LIT("sev4") : PM_LIT("sev3");
    case PM_T_ID: return pm_arena_format(a, "%.*s-x", (int)text.n, text.p);
    case PM_T_LANG: return PM_LIT("pt-BR");
    case PM_T_ZONE: return PM_LIT("Asia/Tokyo");
    case PM_T_URL: return PM_LIT("https://example.org/?a=b#c");
    case PM_T_INTEGER: return pm_arena_format(a, "%lld", (long long)s->field->as.integer + 1);
    case PM_T_NUMBER:
    case PM_T_PERCENT:
    case PM_T_SCALAR: return PM_LIT("12.5");
    case PM_T_INSTANT:
    case PM_T_EVENT_INSTANT: return other_instant(a, s->field->as.instant);
    case PM_T_DURATION: return PM_LIT("77m");
    case PM_T_CURRENCY: return PM_LIT("XAU");
    case PM_T_DATE:
        pm_buf_init(&b, 100);
        pm_date_iso(&b, s->field->as.days + 1);
        text = pm_arena_str(a, pm_buf_slice(&b));
        pm_buf_free(&b);
        return text;
    default: return pm_arena_format(a, "%.*s: \"x\" # y", (int)text.n, text.p);
    }
}

static struct scalars all_scalars(struct pm_arena *a, const struct pm_incident *in)
{
    struct scalars s = {.arena = a};
    scalars_of(&s, &pm_incident_def, in, (struct pm_str){NULL, 0});
    return s;
}

static bool same_value(const struct scalar *a, const struct scalar *b, bool zone)
{
    if (a->field->valid != b->field->valid || !pm_str_eq(a->field->text, b->field->text))
        return false;
    return zone || (a->type != PM_T_INSTANT && a->type != PM_T_EVENT_INSTANT) || a->field->as.instant == b->field->as.instant;
}

static void check_values(const struct scalars *before, const struct scalars *after, size_t changed)
{
    assert_int_equal(before->count, after->count);
    for (size_t i = 0; i < before->count; i++) {
        const struct scalar *a = &before->list[i], *b = &after->list[i];
        bool same = same_value(a, b, before->list[changed].type == PM_T_ZONE);
        if (same == (i == changed))
            fail_msg("%s, by an edit of %s", a->path.p, before->list[changed].path.p);
    }
}

static size_t count_lines(const char *p, const char *end)
{
    size_t n = 0;
    for (; p < end; p++)
        n += *p == '\n';
    return n;
}

/* Lines that are the same at both ends leave those of the value. */
static void check_lines(struct pm_str before, struct pm_str after, const struct scalar *s)
{
    size_t front = 0, back = 0, least = before.n < after.n ? before.n : after.n;
    while (front < least && before.p[front] == after.p[front])
        front++;
    while (back < least - front && before.p[before.n - 1 - back] == after.p[after.n - 1 - back])
        back++;
    size_t first = count_lines(before.p, before.p + front) + 1, last = count_lines(before.p, before.p + before.n - back) + 1;
    size_t end = s->field->mark.line + count_lines(s->field->text.p, s->field->text.p + s->field->text.n) + 12;
    if (first < s->field->mark.line || last > end || last - first > 1)
        fail_msg("%s: lines %zu to %zu, where the value is in line %u", s->path.p, first, last, (unsigned)s->field->mark.line);
}

static void check_edit(const struct pm_incident *in, const struct scalars *all, size_t i)
{
    struct pm_arena work;
    struct pm_buf out;
    pm_arena_init(&work);
    pm_buf_init(&out, 1 << 20);
    struct pm_edit edit = {.kind = PM_EDIT_SET, .path = all->list[i].path, .text = other_value(&work, &all->list[i])};
    if (pm_patch(in, &edit, 1, &work, &out) != PM_OK)
        fail_msg("%s: %s", edit.path.p, edit.failure ? edit.failure : "");
    struct pm_incident *now = read_incident(pm_buf_slice(&out), &work);
    struct scalars after = all_scalars(&work, now);
    check_values(all, &after, i);
    check_lines(in->source, pm_buf_slice(&out), &all->list[i]);
    pm_buf_free(&out);
    pm_arena_free(&work);
}

static void each_scalar_changes_alone(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        struct pm_incident *in = read_incident(source_file(pm_arena_format(&arena, "examples/%s.yaml", examples[i]).p), &arena);
        struct scalars all = all_scalars(&arena, in);
        assert_true(all.count > 20);
        for (size_t k = 0; k < all.count; k++) {
            if (all.list[k].type != PM_T_VERSION)
                check_edit(in, &all, k);
        }
    }
}

/* And all at once. */
static void all_scalars_change_together(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        struct pm_incident *in = read_incident(source_file(pm_arena_format(&arena, "examples/%s.yaml", examples[i]).p), &arena);
        struct scalars all = all_scalars(&arena, in);
        struct pm_edit *edits = pm_arena_array(&arena, all.count, sizeof *edits);
        struct pm_buf out;
        size_t n = 0;
        pm_buf_init(&out, 1 << 20);
        for (size_t k = 0; k < all.count; k++) {
            if (all.list[k].type != PM_T_VERSION && all.list[k].type != PM_T_ZONE)
                edits[n++] = (struct pm_edit){.kind = PM_EDIT_SET, .path = all.list[k].path, .text = other_value(&arena, &all.list[k])};
        }
        assert_int_equal(pm_patch(in, edits, n, &arena, &out), PM_OK);
        struct scalars after = all_scalars(&arena, read_incident(pm_arena_str(&arena, pm_buf_slice(&out)), &arena));
        assert_int_equal(after.count, all.count);
        for (size_t k = 0; k < all.count; k++) {
            bool fixed = all.list[k].type == PM_T_VERSION || all.list[k].type == PM_T_ZONE;
            if (same_value(&all.list[k], &after.list[k], false) != fixed)
                fail_msg("%s", all.list[k].path.p);
        }
        pm_buf_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_scalar_changes_alone),
        TEST(all_scalars_change_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
