/* Memory that lives as long as one incident and its document, and is freed at once.
 *
 * The first failed allocation sticks: from then on every call returns NULL, and the owner asks
 * pm_arena_failed() once at the end. Builders that take such a NULL do nothing. */
#ifndef PM_ARENA_H
#define PM_ARENA_H

#include "base/str.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct pm_arena {
    struct pm_arena_chunk *chunks;  /* newest first */
    char *next;                     /* the first byte free in the newest chunk */
    size_t left;                    /* bytes free from there */
    size_t total;                   /* bytes taken from the system */
    bool failed;
};

/* Bytes taken from the system at a time. 0 makes every allocation one of its own, so that sanitizers
 * and the torture test see each; set once before the first use. */
extern size_t pm_arena_chunk_size;

void pm_arena_init(struct pm_arena *a);
void pm_arena_free(struct pm_arena *a);
bool pm_arena_failed(const struct pm_arena *a);

/* `size` zeroed bytes, aligned for any type; NULL after a failure. */
void *pm_arena_alloc(struct pm_arena *a, size_t size);

/* count * size zeroed bytes, checked for overflow. */
void *pm_arena_array(struct pm_arena *a, size_t count, size_t size);

/* `old` (count old_count) grown to new_count elements: where it is when it was handed out last, else a copy, and the old one stays. */
void *pm_arena_grow(struct pm_arena *a, const void *old, size_t old_count, size_t new_count, size_t size);

/* NUL-terminated copies; the slice does not count the NUL. */
struct pm_str pm_arena_str(struct pm_arena *a, struct pm_str s);
struct pm_str pm_arena_join(struct pm_arena *a, struct pm_str first, const char *between, struct pm_str second);
struct pm_str pm_arena_format(struct pm_arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
struct pm_str pm_arena_vformat(struct pm_arena *a, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));

#endif
