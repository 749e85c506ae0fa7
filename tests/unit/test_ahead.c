#include "ahead.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/time.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- threads that cannot be had (the linker's --wrap) ---- */

static int threads_left, threads_made;

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *context);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *context);

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *context)
{
    if (threads_left-- <= 0)
        return EAGAIN;
    threads_made++;
    return __real_pthread_create(thread, attributes, run, context);
}

/* ---- a stream of numbered documents ---- */

/* More than are kept. */
static const char *const zones[] = {"Europe/Berlin", "America/New_York", "Asia/Tokyo", "Asia/Kolkata", "Australia/Sydney",
                                    "America/Sao_Paulo", "Etc/UTC"};

enum { ZONES = sizeof zones / sizeof *zones };

static bool is_blank(size_t i) { return i % 10 == 3; }
static bool is_broken(size_t i) { return i % 10 == 5; }
static bool is_too_large(size_t i) { return i == 77; }
static bool is_large(size_t i) { return i % 100 == 50; }

/* What a document that is good begins at: 12:00 in its zone. */
static pm_instant noon(size_t i)
{
    struct pm_civil civil = {.year = 2024, .month = 1 + (int)(i % 12), .day = 1, .hour = 12};
    pm_instant t;
    assert_int_equal(pm_instant_in_zone(&civil, pm_str(zones[i % ZONES]), &t), PM_LOCAL_OK);
    return t;
}

static void write_document(size_t i, struct pm_buf *out)
{
    pm_buf_clear(out);
    pm_buf_printf(out, "---\n# %zu\n", i);
    if (is_blank(i))
        return;
    pm_buf_printf(out, "id: I-%zu\ntitle: T\nseverity: sev2\nsummary: S\n", i);
    pm_buf_printf(out, "tz: %s\nstarted_at: 2024-%02zu-01 12:00\n", zones[i % ZONES], 1 + i % 12);
    if (is_broken(i))
        pm_buf_puts(out, "odd: 1\n");
    pm_buf_puts(out, "background: |\n");
    for (size_t n = is_large(i) ? 8000 : i % 40; n > 0; n--)
        pm_buf_puts(out, "  A line of text, and some more of it, to fill up.\n");
}

/* ---- the one that takes ---- */

struct taker {
    size_t next, stop_at;      /* the number of the next document; of the last that is wanted */
};

static bool take(void *context, struct pm_parsed *d)
{
    struct taker *t = context;
    size_t i = t->next++;
    char id[32];
    snprintf(id, sizeof id, "I-%zu", i);
    assert_int_equal(d->line, i + 1);
    assert_string_equal(d->diags.file, "file");
    assert_int_equal(d->status, is_too_large(i) ? PM_LIMIT : is_broken(i) && !is_blank(i) ? PM_INVALID : PM_OK);
    assert_int_equal(d->diags.count[PM_ERROR], d->status == PM_INVALID);
    if (is_blank(i) || is_too_large(i)) {
        assert_null(d->incident);
    } else {
        assert_string_equal(d->incident->id.text.p, id);
        assert_int_equal(d->incident->first_line, i + 1);
        assert_true(d->incident->source.p == d->bytes.p);
        assert_true(d->incident->started_at.as.instant == noon(i));
    }
    if (i % 3 == 0)   /* as those who say the messages */
        pm_diags_free(&d->diags);
    return i != t->stop_at;
}

enum { COUNT = 400 };

static void put_all(struct pm_ahead *a)
{
    struct pm_buf document;
    pm_buf_init(&document, PM_MAX_DOCUMENT);
    pm_ahead_begin(a, "file");
    for (size_t i = 0; i < COUNT; i++) {
        write_document(i, &document);
        pm_ahead_add(a, pm_buf_slice(&document), (uint32_t)i + 1, is_too_large(i) ? PM_LIMIT : PM_OK);
    }
    pm_ahead_finish(a);
    pm_buf_free(&document);
}

static void run_with(const char *wanted, int available, int made, size_t stop_at)
{
    struct taker t = {.stop_at = stop_at};
    struct pm_ahead a;
    threads_left = available;
    threads_made = 0;
    setenv("PM_THREADS", wanted, 1);
    pm_ahead_init(&a, false, take, &t);
    put_all(&a);
    assert_int_equal(t.next, stop_at < COUNT ? stop_at + 1 : COUNT);
    if (stop_at >= COUNT) {   /* the threads go on to the next stream */
        t.next = 0;
        put_all(&a);
        assert_int_equal(t.next, COUNT);
    }
    assert_int_equal(threads_made, made);
    pm_ahead_free(&a);
}

static void documents_come_back_in_order(void **state)
{
    (void)state;
    run_with("0", 9, 0, COUNT);
    run_with("1", 9, 1, COUNT);
    run_with("3", 9, 3, COUNT);
    run_with("99", 9, 3, COUNT);
    run_with("-1", 9, 0, COUNT);
}

static void threads_may_be_refused(void **state)
{
    (void)state;
    run_with("3", 0, 0, COUNT);
    run_with("3", 1, 1, COUNT);
}

static void whoever_takes_may_stop(void **state)
{
    (void)state;
    run_with("3", 9, 0, 0);
    for (size_t i = 120; i < 160; i++)
        run_with("3", 9, 3, i);
    run_with("0", 9, 0, 200);
    run_with("3", 9, 3, COUNT - 1);
}

static void short_streams_have_no_threads(void **state)
{
    (void)state;
    struct taker t = {.stop_at = COUNT};
    struct pm_ahead a;
    struct pm_buf document;
    threads_left = 9;
    threads_made = 0;
    setenv("PM_THREADS", "3", 1);
    pm_buf_init(&document, PM_MAX_DOCUMENT);
    pm_ahead_init(&a, false, take, &t);
    pm_ahead_begin(&a, "file");
    for (size_t i = 0; i < 30; i++) {
        write_document(i, &document);
        pm_ahead_add(&a, pm_buf_slice(&document), (uint32_t)i + 1, PM_OK);
        assert_true(i > 0 || (t.next == 1 && !a.crew));
    }
    pm_ahead_finish(&a);
    assert_int_equal(t.next, 30);
    assert_int_equal(threads_made, 0);
    pm_ahead_free(&a);
    pm_buf_free(&document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_come_back_in_order),
        cmocka_unit_test(threads_may_be_refused),
        cmocka_unit_test(whoever_takes_may_stop),
        cmocka_unit_test(short_streams_have_no_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
