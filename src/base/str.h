/* String slices: a pointer and a length, not owned, not NUL-terminated unless said.
 * An absent string is {NULL, 0}; an empty one has a non-NULL pointer. */
#ifndef PM_STR_H
#define PM_STR_H

#include <stdbool.h>
#include <stddef.h>

struct pm_str {
    const char *p;
    size_t n;
};

#define PM_LIT(s) ((struct pm_str){(s), sizeof(s) - 1})

/* A slice over a NUL-terminated string; NULL gives the absent string. */
struct pm_str pm_str(const char *z);

bool pm_str_eq(struct pm_str a, struct pm_str b);
bool pm_str_equals(struct pm_str a, const char *z);   /* pm_str_is() without its short cut */

/* Most comparisons of keys fail at the first byte, and there are thousands in each run. */
static inline bool pm_str_is(struct pm_str a, const char *z)
{
    return (a.n == 0 || a.p[0] == z[0]) && pm_str_equals(a, z);
}

bool pm_str_starts(struct pm_str s, const char *prefix);

/* The same without regard to ASCII case; `prefix` is in lower case. */
bool pm_str_starts_word(struct pm_str s, const char *prefix);

static inline char pm_ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Equal without regard to ASCII case. */
bool pm_str_same_letters(struct pm_str a, struct pm_str b);

/* Equal without regard to ASCII case, where '-' and ' ' in `a` count as '_'. The rule for
 * enumerations in pm-incident(5). */
bool pm_str_same_word(struct pm_str a, const char *word);

/* < 0, 0, > 0 by bytes, shorter first when one is a prefix. */
int pm_str_cmp(struct pm_str a, struct pm_str b);

/* The slice without leading and trailing ASCII white space. */
struct pm_str pm_str_trim(struct pm_str s);

/* Number of edits (insert, delete, replace, swap of neighbours) between a and b; gives up above
 * `most` and returns most + 1. Both at most 64 bytes, else most + 1. */
size_t pm_str_distance(struct pm_str a, struct pm_str b, size_t most);

/* 64-bit FNV-1a, for tables and for ids that must be stable. */
unsigned long long pm_str_hash(struct pm_str s);

#endif
