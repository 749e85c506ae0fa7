/* What the tests of reading share: one incident and what was said of it. */
#ifndef READING_H
#define READING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "incident/incident.h"

struct reading {
    struct pm_arena arena;
    struct pm_diags diags;
    struct pm_incident *in;
    enum pm_status status;
};

static inline struct reading *read_with(const char *text, bool lenient)
{
    struct reading *r = test_malloc(sizeof *r);
    const struct pm_read_options options = {.lenient = lenient};
    pm_arena_init(&r->arena);
    pm_diags_init(&r->diags, "test");
    r->status = pm_incident_read(pm_str(text), 1, &options, &r->arena, &r->diags, &r->in);
    return r;
}

static inline struct reading *read_good(const char *text)
{
    struct reading *r = read_with(text, false);
    if (r->status != PM_OK)
        fail_msg("%s", r->diags.first ? r->diags.first->text : "no message");
    assert_non_null(r->in);
    return r;
}

static inline void end(struct reading *r)
{
    pm_arena_free(&r->arena);
    pm_diags_free(&r->diags);
    test_free(r);
}

#endif
