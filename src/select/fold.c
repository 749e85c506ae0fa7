#include "select/fold.h"

#include "base/utf8.h"

/* Ranges of capital letters: a distance to the small ones, or 1 where they take turns, the capital being even or odd. */
static const struct range {
    uint32_t first, last, distance;
} ranges[] = {
    {'A', 'Z', 32}, {0xC0, 0xD6, 32}, {0xD8, 0xDE, 32}, {0x100, 0x12F, 1}, {0x132, 0x137, 1}, {0x139, 0x148, 1}, {0x14A, 0x177, 1},
    {0x179, 0x17E, 1}, {0x386, 0x386, 38}, {0x388, 0x38A, 37}, {0x38C, 0x38C, 64}, {0x38E, 0x38F, 63}, {0x391, 0x3A1, 32},
    {0x3A3, 0x3AB, 32}, {0x400, 0x40F, 80}, {0x410, 0x42F, 32}, {0x460, 0x481, 1}, {0x48A, 0x4BF, 1}, {0x4C1, 0x4CE, 1},
    {0x4D0, 0x52F, 1}, {0x1E00, 0x1E95, 1}, {0x1EA0, 0x1EFF, 1},
};

uint32_t pm_fold(uint32_t cp)
{
    if (cp < 0x80)
        return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
    for (size_t i = 1; i < sizeof ranges / sizeof *ranges && ranges[i].first <= cp; i++) {
        if (cp > ranges[i].last)
            continue;
        if (ranges[i].distance != 1)
            return cp + ranges[i].distance;
        return (cp - ranges[i].first) % 2 ? cp : cp + 1;
    }
    return cp == 0x178 ? 0xFF : cp == 0x3C2 ? 0x3C3 : cp;   /* capital Y with diaeresis, final sigma */
}

void pm_pattern_make(struct pm_pattern *p, struct pm_str text, struct pm_arena *arena)
{
    uint32_t *cp = pm_arena_array(arena, text.n + 1, sizeof *cp), *back = pm_arena_array(arena, text.n + 1, sizeof *back);
    *p = (struct pm_pattern){cp, back, 0};
    if (!cp || !back)
        return;
    for (size_t at = 0; at < text.n;)
        cp[p->n++] = pm_fold(pm_utf8_next(text, &at));
    uint32_t k = 0;
    for (size_t i = 1; i < p->n; i++) {
        while (k && cp[i] != cp[k])
            k = back[k];
        k += cp[i] == cp[k];
        back[i + 1] = k;
    }
}

bool pm_pattern_in(const struct pm_pattern *p, struct pm_str text)
{
    size_t k = 0;
    for (size_t at = 0; at < text.n && k < p->n;) {
        uint32_t cp = pm_fold(pm_utf8_next(text, &at));
        while (k && cp != p->cp[k])
            k = p->back[k];
        k += cp == p->cp[k];
    }
    return k == p->n;
}

bool pm_pattern_is(const struct pm_pattern *p, struct pm_str text)
{
    size_t k = 0, at = 0;
    while (at < text.n && k < p->n && pm_fold(pm_utf8_next(text, &at)) == p->cp[k])
        k++;
    return k == p->n && at == text.n;
}

int pm_fold_compare(struct pm_str a, struct pm_str b)
{
    size_t i = 0, k = 0;
    while (i < a.n && k < b.n) {
        uint32_t x = pm_fold(pm_utf8_next(a, &i)), y = pm_fold(pm_utf8_next(b, &k));
        if (x != y)
            return x < y ? -1 : 1;
    }
    return (i < a.n) - (k < b.n);
}
