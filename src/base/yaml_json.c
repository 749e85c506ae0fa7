#include "base/yaml_json.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { PAIR = 12 };   /* bytes of "\ud83d\ude00" */

static int digit_of(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The number of an escape "\uXXXX", or 0. */
static uint32_t unit_at(const char *p)
{
    uint32_t unit = 0;
    if (p[0] != '\\' || p[1] != 'u')
        return 0;
    for (int i = 2; i < 6; i++) {
        int digit = digit_of(p[i]);
        if (digit < 0)
            return 0;
        unit = unit << 4 | (uint32_t)digit;
    }
    return unit;
}

static bool is_json(struct pm_str s)
{
    s = pm_str_trim(pm_str_starts(s, "\xEF\xBB\xBF") ? (struct pm_str){s.p + 3, s.n - 3} : s);
    if (!pm_str_starts(s, "{"))
        return false;
    s = pm_str_trim((struct pm_str){s.p + 1, s.n - 1});
    return pm_str_starts(s, "\"");
}

/* An escaped line feed, which stands for nothing, makes up the length. */
static void rewrite(char *p, uint32_t high, uint32_t low)
{
    char text[PAIR + 1];
    snprintf(text, sizeof text, "\\\n\\U%08lX", (unsigned long)(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)));
    memcpy(p, text, PAIR);
}

struct pm_str pm_yaml_from_json(struct pm_str source, struct pm_arena *arena)
{
    if (!is_json(source) || !memchr(source.p, '\\', source.n))
        return source;
    struct pm_str copy = pm_arena_str(arena, source);
    if (!copy.p)
        return copy;
    char *text = (char *)(uintptr_t)copy.p;   /* the copy is ours */
    bool quoted = false;
    for (size_t i = 0; i < copy.n; i++) {
        if (text[i] == '"') {
            quoted = !quoted;
        } else if (text[i] == '\\' && quoted) {
            uint32_t high = copy.n - i >= PAIR ? unit_at(text + i) : 0, low = high ? unit_at(text + i + 6) : 0;
            bool is_pair = high >= 0xD800 && high < 0xDC00 && low >= 0xDC00 && low < 0xE000;
            if (is_pair)
                rewrite(text + i, high, low);
            i += is_pair ? PAIR - 1 : 1;
        }
    }
    return copy;
}
