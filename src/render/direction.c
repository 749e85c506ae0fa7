#include "render/direction.h"

#include "base/utf8.h"

/* Letters of scripts from right to left by their blocks, without the digits and marks between them. */
static bool is_rtl(uint32_t cp)
{
    if (cp < 0x590 || (cp > 0x8FF && cp < 0xFB1D))
        return cp == 0x200F;
    if (cp <= 0x8FF) {
        bool mark = cp <= 0x5BD || (cp >= 0x600 && cp <= 0x607) || (cp >= 0x610 && cp <= 0x61A) || (cp >= 0x64B && cp <= 0x65F) ||
                    (cp >= 0x6D6 && cp <= 0x6DC) || (cp >= 0x8D3);
        bool digit = (cp >= 0x660 && cp <= 0x66C) || (cp >= 0x6F0 && cp <= 0x6F9) || cp == 0x60C || cp == 0x66A;
        return !mark && !digit;
    }
    return (cp <= 0xFDFF && cp != 0xFD3E && cp != 0xFD3F) || (cp >= 0xFE70 && cp <= 0xFEFE) || (cp >= 0x10800 && cp <= 0x10FFF) ||
           (cp >= 0x1E800 && cp <= 0x1EFFF);
}

/* Punctuation, spaces, marks and symbols, by their blocks; digits are among them, since they are weak. */
static bool is_neutral(uint32_t cp)
{
    if (cp < 0x80)
        return !((cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z'));
    return cp == PM_UTF8_BAD || (cp <= 0xBF && cp != 0xAA && cp != 0xB5 && cp != 0xBA) || cp == 0xD7 || cp == 0xF7 ||
           (cp >= 0x300 && cp <= 0x36F) || (cp >= 0x590 && cp <= 0x8FF) || (cp >= 0x2000 && cp <= 0x2BFF && cp != 0x200E) ||
           (cp >= 0x3000 && cp <= 0x3004) || (cp >= 0x3008 && cp <= 0x3020) || (cp >= 0xFD3E && cp <= 0xFD3F) ||
           (cp >= 0xFE00 && cp <= 0xFE6F) || cp == 0xFEFF || (cp >= 0xFF00 && cp <= 0xFF0F) || (cp >= 0x1F000 && cp <= 0x1FAFF) ||
           cp >= 0xE0000;
}

static enum pm_direction direction_at(struct pm_str text, size_t *at)
{
    uint32_t cp = pm_utf8_next(text, at);
    if (is_rtl(cp))
        return PM_DIRECTION_RTL;
    return is_neutral(cp) ? PM_DIRECTION_NONE : PM_DIRECTION_LTR;
}

enum pm_direction pm_direction_of(struct pm_str text)
{
    for (size_t at = 0; at < text.n;) {
        enum pm_direction d = direction_at(text, &at);
        if (d != PM_DIRECTION_NONE)
            return d;
    }
    return PM_DIRECTION_NONE;
}

enum pm_direction pm_direction_of_language(struct pm_str lang)
{
    static const char *const rtl[] = {"ar", "he", "fa", "ur", "yi", "ps", "sd", "ug", "dv", "ckb", "syr"};
    struct pm_str base = lang;
    for (base.n = 0; base.n < lang.n && lang.p[base.n] != '-' && lang.p[base.n] != '_';)
        base.n++;
    for (size_t i = 0; i < sizeof rtl / sizeof *rtl; i++)
        if (pm_str_is(base, rtl[i]))
            return PM_DIRECTION_RTL;
    return PM_DIRECTION_LTR;
}

size_t pm_direction_run(struct pm_str text, size_t at, enum pm_direction paragraph, enum pm_direction *direction)
{
    enum pm_direction run = PM_DIRECTION_NONE;
    size_t end = at, next = at;   /* end: behind the last character that belongs to the run for certain */
    while (next < text.n) {
        enum pm_direction d = direction_at(text, &next);
        if (run == PM_DIRECTION_NONE)
            run = d;
        if (d != PM_DIRECTION_NONE && d != run)
            break;
        if (d != PM_DIRECTION_NONE || run == paragraph || run == PM_DIRECTION_NONE)
            end = next;
        if (run == PM_DIRECTION_NONE)
            run = paragraph;
    }
    *direction = run == PM_DIRECTION_NONE ? paragraph : run;
    return end > at ? end : text.n;
}
