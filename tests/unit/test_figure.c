#include "document/figure.h"
#include "document/figure_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

struct fixture {
    struct pm_arena arena;
    struct pm_language language;
    struct pm_show show;
    struct pm_incident incident;
    unsigned long long seed;
};

static int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    pm_arena_init(&f->arena);
    pm_language_init(&f->language, NULL);
    f->show = (struct pm_show){&f->arena, &f->language, NULL, PM_LIT("Europe/Berlin")};
    f->seed = 88172645463325252ULL;
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    pm_arena_free(&f->arena);
    free(f);
    return 0;
}

/* xorshift: the same numbers on every run */
static int64_t below(struct fixture *f, int64_t n)
{
    f->seed ^= f->seed << 13;
    f->seed ^= f->seed >> 7;
    f->seed ^= f->seed << 17;
    return (int64_t)(f->seed % (unsigned long long)n);
}

static struct pm_field instant(pm_instant t)
{
    struct pm_field field = {.mark = {1, 1, 0}, .text = PM_LIT("t"), .valid = true};
    field.as.instant = t;
    return field;
}

static struct pm_field text(const char *z)
{
    return (struct pm_field){.mark = {1, 1, 0}, .text = pm_str(z), .valid = true};
}

static void edges(const struct pm_shape *label, double *left, double *right)
{
    double w = pm_label_width(label->text, label->size, label->bold);
    *left = label->align == PM_ALIGN_END ? label->x - w : label->align == PM_ALIGN_CENTER ? label->x - w / 2 : label->x;
    *right = *left + w;
}

static bool labels_meet(const struct pm_shape *a, const struct pm_shape *b)
{
    double a0, a1, b0, b1;
    edges(a, &a0, &a1);
    edges(b, &b0, &b1);
    return a0 < b1 && b0 < a1 && a->y - a->size * 0.75 < b->y && b->y - b->size * 0.75 < a->y;
}

static void check_scene(const struct pm_scene *scene)
{
    const double slack = 0.01;
    for (size_t i = 0; i < scene->count; i++) {
        const struct pm_shape *s = &scene->shapes[i];
        double left = s->x, right = s->x + s->w;
        if (s->kind == PM_LABEL)
            edges(s, &left, &right);
        if (s->kind == PM_DIAMOND || s->kind == PM_CIRCLE)
            left = s->x - s->w;
        assert_true(left >= -slack && right <= scene->width + slack);
        assert_true(s->y >= 0 && s->y <= scene->height);
        for (size_t j = 0; s->kind == PM_LABEL && j < i; j++)
            assert_false(scene->shapes[j].kind == PM_LABEL && labels_meet(s, &scene->shapes[j]));
    }
}

/* Six key instants in order, any of them missing, over `span` seconds. */
static void random_instants(struct fixture *f, int64_t span)
{
    struct pm_incident *in = &f->incident;
    struct pm_field *fields[] = {&in->detected_at, &in->acknowledged_at, &in->identified_at, &in->mitigated_at, &in->resolved_at};
    pm_instant t = 1795179120 + below(f, 100000);
    memset(in, 0, sizeof *in);
    in->started_at = instant(t);
    for (size_t i = 0; i < 5; i++) {
        if (below(f, 5) == 0)
            continue;
        t += below(f, 3) == 0 ? below(f, 60) : below(f, span);
        *fields[i] = instant(t);
    }
}

static void random_events(struct fixture *f, int64_t span)
{
    static const char *const words[] = {"Short", "Rollback of the new limit started on all hosts of the pool",
                                        "日本語の長い出来事の名前がここに入ります",
                                        "Averyveryveryveryveryveryveryveryveryverylongwordwithoutanyspace",
                                        "`SELECT *` is slow"};
    size_t count = (size_t)below(f, 9);
    struct pm_event *events = pm_arena_array(&f->arena, count + 1, sizeof *events);
    pm_instant t = f->incident.started_at.as.instant - span / 20;
    for (size_t i = 0; i < count; i++) {
        t += below(f, span / 4 + 1);
        events[i].at = instant(t);
        events[i].event = text(words[below(f, 5)]);
        events[i].important = text("true");
    }
    f->incident.timeline.items = events;
    f->incident.timeline.count = count;
}

static void labels_never_meet_and_stay_inside(void **state)
{
    struct fixture *f = *state;
    static const int64_t spans[] = {3, 30, 600, 3600, 20000, 90000, 1000000, 50000000, 2000000000};
    int drawn = 0;
    for (int round = 0; round < 4000; round++) {
        int64_t span = spans[below(f, 9)];
        struct pm_str alt = {NULL, 0};
        random_instants(f, span);
        random_events(f, span);
        struct pm_scene *scene = pm_figure_timeline(&f->incident, 360 + (double)below(f, 200), &f->show, &alt);
        if (!scene)
            continue;
        drawn++;
        check_scene(scene);
        assert_true(scene->height < 200 && scene->height > 20);
        assert_non_null(alt.p);
        pm_arena_free(&f->arena);
        pm_arena_init(&f->arena);
    }
    assert_true(drawn > 3000);
}

static void needs_two_instants(void **state)
{
    struct fixture *f = *state;
    struct pm_str alt;
    f->incident.started_at = instant(1795179120);
    assert_null(pm_figure_timeline(&f->incident, 400, &f->show, &alt));
    f->incident.resolved_at = instant(1795179120);
    assert_null(pm_figure_timeline(&f->incident, 400, &f->show, &alt));
    f->incident.resolved_at = instant(1795179121);
    assert_non_null(pm_figure_timeline(&f->incident, 400, &f->show, &alt));
}

static bool holds(struct pm_str s, const char *part)
{
    size_t n = strlen(part);
    for (size_t i = 0; i + n <= s.n; i++) {
        if (memcmp(s.p + i, part, n) == 0)
            return true;
    }
    return false;
}

static void alternative_text_says_the_same(void **state)
{
    struct fixture *f = *state;
    struct pm_str alt;
    f->incident.started_at = instant(1795179120);
    f->incident.detected_at = instant(1795179120 + 600);
    f->incident.mitigated_at = instant(1795179120 + 4680);
    assert_non_null(pm_figure_timeline(&f->incident, 480, &f->show, &alt));
    assert_true(holds(alt, "Started: 20\302\240Nov\302\2402026, 13:52\302\240CET."));
    assert_true(holds(alt, "Detected: 20\302\240Nov\302\2402026, 14:02\302\240CET, 10\302\240min after the start."));
    assert_true(holds(alt, "Harm lasted 1\302\240h\302\24018\302\240min."));
}

/* The phase of a second in a day is still to be seen, and in its place. */
static void short_phases_keep_a_sliver(void **state)
{
    struct fixture *f = *state;
    struct pm_str alt;
    double end = 0;
    int phases = 0;
    f->incident.started_at = instant(1795179120);
    f->incident.detected_at = instant(1795179120 + 1);
    f->incident.identified_at = instant(1795179120 + 2);
    f->incident.mitigated_at = instant(1795179120 + 86400);
    f->incident.resolved_at = instant(1795179120 + 86401);
    const struct pm_scene *scene = pm_figure_timeline(&f->incident, 480, &f->show, &alt);
    assert_non_null(scene);
    for (size_t i = 0; i < scene->count; i++) {
        const struct pm_shape *s = &scene->shapes[i];
        if (s->kind != PM_RECT || s->fill < PM_COLOUR_DETECT || s->fill > PM_COLOUR_RESOLVE || s->h < 10)
            continue;
        assert_true(s->w >= 1);
        assert_true(s->x >= end - 0.01);
        end = s->x + s->w;
        phases++;
    }
    assert_int_equal(phases, 4);
}

static void actions_are_counted(void **state)
{
    struct fixture *f = *state;
    struct pm_action actions[40];
    struct pm_str alt = {NULL, 0};
    assert_null(pm_figure_actions(&f->incident, 20000, 480, &f->show, &alt));
    memset(actions, 0, sizeof actions);
    for (int i = 0; i < 40; i++) {
        actions[i].status = text("open");
        actions[i].status.as.choice = i == 0 ? PM_AI_DONE : i == 1 ? PM_AI_BLOCKED : PM_AI_OPEN;
        actions[i].due = text("2024-01-01");
        actions[i].due.as.days = i < 5 ? 19000 : 21000;
    }
    f->incident.action_items.items = actions;
    f->incident.action_items.count = 40;
    struct pm_scene *scene = pm_figure_actions(&f->incident, 20000, 480, &f->show, &alt);
    assert_non_null(scene);
    check_scene(scene);
    assert_true(holds(alt, "Done 1"));
    assert_true(holds(alt, "Open 38"));
    assert_true(holds(alt, "Overdue 4"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(labels_never_meet_and_stay_inside, setup, teardown),
        cmocka_unit_test_setup_teardown(needs_two_instants, setup, teardown),
        cmocka_unit_test_setup_teardown(alternative_text_says_the_same, setup, teardown),
        cmocka_unit_test_setup_teardown(short_phases_keep_a_sliver, setup, teardown),
        cmocka_unit_test_setup_teardown(actions_are_counted, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
