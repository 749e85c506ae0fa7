#include "base/str.h"

#include <string.h>

enum { DISTANCE_MAX = 64 };

struct pm_str pm_str(const char *z)
{
    return (struct pm_str){z, z ? strlen(z) : 0};
}

bool pm_str_eq(struct pm_str a, struct pm_str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool pm_str_equals(struct pm_str a, const char *z)
{
    return pm_str_eq(a, pm_str(z));
}

bool pm_str_starts(struct pm_str s, const char *prefix)
{
    size_t n = strlen(prefix);
    return s.n >= n && (n == 0 || memcmp(s.p, prefix, n) == 0);
}

bool pm_str_starts_word(struct pm_str s, const char *prefix)
{
    size_t n = 0;
    while (prefix[n] && n < s.n && pm_ascii_lower(s.p[n]) == prefix[n])
        n++;
    return prefix[n] == '\0';
}

bool pm_str_same_letters(struct pm_str a, struct pm_str b)
{
    size_t i = 0;
    while (i < a.n && i < b.n && pm_ascii_lower(a.p[i]) == pm_ascii_lower(b.p[i]))
        i++;
    return i == a.n && i == b.n;
}

bool pm_str_same_word(struct pm_str a, const char *word)
{
    for (size_t i = 0; i < a.n; i++) {
        char c = a.p[i] == '-' || a.p[i] == ' ' ? '_' : pm_ascii_lower(a.p[i]);
        if (word[i] == '\0' || c != pm_ascii_lower(word[i]))
            return false;
    }
    return word[a.n] == '\0';
}

int pm_str_cmp(struct pm_str a, struct pm_str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.p, b.p, n) : 0;
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct pm_str pm_str_trim(struct pm_str s)
{
    while (s.n && is_space(s.p[0])) {
        s.p++;
        s.n--;
    }
    while (s.n && is_space(s.p[s.n - 1]))
        s.n--;
    return s;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment: three rows suffice, the oldest for the swap of neighbours. */
size_t pm_str_distance(struct pm_str a, struct pm_str b, size_t most)
{
    size_t rows[3][DISTANCE_MAX + 1];
    size_t longer = a.n > b.n ? a.n : b.n;
    if (longer > DISTANCE_MAX || longer - least(a.n, b.n) > most)
        return most + 1;
    for (size_t j = 0; j <= b.n; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        size_t *row = rows[i % 3], *before = rows[(i + 2) % 3], *oldest = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b.n; j++) {
            size_t cost = a.p[i - 1] != b.p[j - 1];
            row[j] = least(before[j - 1] + cost, least(before[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1])
                row[j] = least(row[j], oldest[j - 2] + 1);
        }
    }
    return least(rows[a.n % 3][b.n], most + 1);
}

unsigned long long pm_str_hash(struct pm_str s)
{
    unsigned long long hash = 14695981039346656037ULL;
    for (size_t i = 0; i < s.n; i++)
        hash = (hash ^ (unsigned char)s.p[i]) * 1099511628211ULL;
    return hash;
}
