#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGN = _Alignof(max_align_t) };

struct pm_arena_chunk {
    struct pm_arena_chunk *next;
    max_align_t data[];
};

size_t pm_arena_chunk_size = (size_t)64 << 10;

void pm_arena_init(struct pm_arena *a)
{
    *a = (struct pm_arena){0};
}

void pm_arena_free(struct pm_arena *a)
{
    for (struct pm_arena_chunk *c = a->chunks; c;) {
        struct pm_arena_chunk *next = c->next;
        free(c);
        c = next;
    }
    pm_arena_init(a);
}

bool pm_arena_failed(const struct pm_arena *a)
{
    return a->failed;
}

/* Not zeroed: that is done as memory is handed out, so that the rest of a chunk costs no page. */
static struct pm_arena_chunk *new_chunk(struct pm_arena *a, size_t size)
{
    struct pm_arena_chunk *c = NULL;
    if (size <= SIZE_MAX - sizeof *c)
        c = malloc(sizeof *c + size);
    if (!c) {
        a->failed = true;
        return NULL;
    }
    c->next = NULL;
    a->total += sizeof *c + size;
    return c;
}

/* A chunk for one allocation goes behind the newest, whose rest stays in use. */
static void *take_alone(struct pm_arena *a, size_t size)
{
    struct pm_arena_chunk *c = new_chunk(a, size);
    if (!c)
        return NULL;
    if (a->chunks) {
        c->next = a->chunks->next;
        a->chunks->next = c;
    } else {
        a->chunks = c;
    }
    return c->data;
}

static void *take_of_new(struct pm_arena *a, size_t size)
{
    if (a->failed)
        return NULL;
    if (size > pm_arena_chunk_size / 4)
        return take_alone(a, size);
    struct pm_arena_chunk *c = new_chunk(a, pm_arena_chunk_size);
    if (!c)
        return NULL;
    c->next = a->chunks;
    a->chunks = c;
    a->next = (char *)c->data + size;
    a->left = pm_arena_chunk_size - size;
    return c->data;
}

/* `size` bytes, at least one, not zeroed; `align` is a power of two. */
static inline void *take(struct pm_arena *a, size_t size, size_t align)
{
    size_t padding = -(uintptr_t)a->next & (align - 1);
    if (a->failed || size > a->left || padding > a->left - size)
        return take_of_new(a, size);
    char *p = a->next + padding;
    a->next = p + size;
    a->left -= padding + size;
    return p;
}

void *pm_arena_alloc(struct pm_arena *a, size_t size)
{
    void *p = take(a, size ? size : 1, ALIGN);
    return p ? memset(p, 0, size ? size : 1) : NULL;
}

void *pm_arena_array(struct pm_arena *a, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size) {
        a->failed = true;
        return NULL;
    }
    return pm_arena_alloc(a, count * size);
}

void *pm_arena_grow(struct pm_arena *a, const void *old, size_t old_count, size_t new_count, size_t size)
{
    /* What was handed out last grows where it is. */
    if (old && size && !a->failed && new_count > old_count && (const char *)old + old_count * size == a->next
        && new_count - old_count <= a->left / size) {
        size_t more = (new_count - old_count) * size;
        char *end = memset(a->next, 0, more);
        a->next += more;
        a->left -= more;
        return end - old_count * size;
    }
    void *grown = pm_arena_array(a, new_count, size);
    size_t kept = old_count < new_count ? old_count : new_count;
    if (grown && old && kept)
        memcpy(grown, old, kept * size);
    return grown;
}

struct pm_str pm_arena_str(struct pm_arena *a, struct pm_str s)
{
    char *copy = s.p && s.n < SIZE_MAX ? take(a, s.n + 1, 1) : NULL;
    if (!copy)
        return (struct pm_str){NULL, 0};
    if (s.n)
        memcpy(copy, s.p, s.n);
    copy[s.n] = '\0';
    return (struct pm_str){copy, s.n};
}

static char *append(char *to, const char *from, size_t n)
{
    if (n)
        memcpy(to, from, n);
    return to + n;
}

struct pm_str pm_arena_join(struct pm_arena *a, struct pm_str first, const char *between, struct pm_str second)
{
    size_t middle = strlen(between), n = first.n + middle + second.n;
    char *text = take(a, n + 1, 1);
    if (!text)
        return (struct pm_str){NULL, 0};
    *append(append(append(text, first.p, first.n), between, middle), second.p, second.n) = '\0';
    return (struct pm_str){text, n};
}

struct pm_str pm_arena_vformat(struct pm_arena *a, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    size_t room = a->failed ? 0 : a->left;   /* it is written where it will be when it fits, as it nearly always does */
    int n = vsnprintf(room ? a->next : NULL, room, fmt, ap);
    char *text = NULL;
    if (n < 0)
        a->failed = true;
    else
        text = take(a, (size_t)n + 1, 1);
    if (text && (size_t)n >= room)
        vsnprintf(text, (size_t)n + 1, fmt, again);
    va_end(again);
    return (struct pm_str){text, text ? (size_t)n : 0};
}

struct pm_str pm_arena_format(struct pm_arena *a, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    struct pm_str s = pm_arena_vformat(a, fmt, ap);
    va_end(ap);
    return s;
}
