/* What tests of the document's parts share: an arena, messages and an empty document, new for each test. */
#ifndef FIXTURE_H
#define FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/diag.h"
#include "base/io.h"
#include "document/node.h"

static struct pm_arena arena;
static struct pm_diags diags;
static struct pm_document *doc;

static inline int set_up(void **state)
{
    (void)state;
    pm_arena_init(&arena);
    pm_diags_init(&diags, "test");
    doc = pm_document_new(&arena);
    return doc ? 0 : -1;
}

static inline int tear_down(void **state)
{
    (void)state;
    pm_diags_free(&diags);
    pm_arena_free(&arena);
    return 0;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

/* The bytes of a file of the source tree, by its path there. */
static inline struct pm_str source_file(const char *name)
{
    const char *folder = getenv("srcdir");
    struct pm_str path = pm_arena_format(&arena, "%s/%s", folder ? folder : ".", name);
    struct pm_buf b;
    pm_buf_init(&b, 1 << 20);
    assert_int_equal(pm_read_file(path.p, &b), PM_OK);
    struct pm_str text = pm_arena_str(&arena, pm_buf_slice(&b));
    pm_buf_free(&b);
    return text;
}

/* The bytes of templates/NAME. */
static inline struct pm_str read_shipped(const char *name)
{
    return source_file(pm_arena_format(&arena, "templates/%s", name).p);
}

#endif
