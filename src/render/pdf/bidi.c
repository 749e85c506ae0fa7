#include "render/pdf/shape.h"

#include "base/utf8.h"

#include <fribidi.h>
#include <stdlib.h>
#include <string.h>

static bool is_rtl(uint32_t cp)
{
    return (cp >= 0x590 && cp <= 0x8FF) || cp == 0x200F || cp == 0x202B || cp == 0x202E || cp == 0x2067 || (cp >= 0xFB1D && cp <= 0xFDFF)
        || (cp >= 0xFE70 && cp <= 0xFEFC) || (cp >= 0x10800 && cp <= 0x10FFF) || (cp >= 0x1E800 && cp <= 0x1EFFF);
}

static bool has_rtl(struct pm_str s)
{
    for (size_t at = 0; at < s.n;) {
        if ((unsigned char)s.p[at] < 0xD6)   /* below U+0580 */
            at++;
        else if (is_rtl(pm_utf8_next(s, &at)))
            return true;
    }
    return false;
}

struct bidi {
    FriBidiChar *chars;
    FriBidiCharType *types;
    FriBidiBracketType *brackets;
    FriBidiLevel *levels;
    FriBidiStrIndex n;
};

/* Each line of the author's is a paragraph of its own to UAX 9; the direction is that of the first strong character of all. */
static void find_levels(struct bidi *b, FriBidiParType base)
{
    for (FriBidiStrIndex from = 0, to; from < b->n; from = to) {
        for (to = from; to < b->n && b->types[to] != FRIBIDI_TYPE_BS; to++)
            ;
        FriBidiParType direction = base;
        if (to > from && !fribidi_get_par_embedding_levels_ex(b->types + from, b->brackets + from, to - from, &direction, b->levels + from))
            memset(b->levels + from, FRIBIDI_IS_RTL(base) ? 1 : 0, (size_t)(to - from));
        if (to < b->n)
            b->levels[to++] = FRIBIDI_IS_RTL(base) ? 1 : 0;
    }
}

static void decode(struct bidi *b, struct pm_str s)
{
    for (size_t at = 0; at < s.n; b->n++) {
        uint32_t cp = pm_utf8_next(s, &at);
        b->chars[b->n] = cp == PM_UTF8_BAD ? 0xFFFD : cp;
    }
}

static void spread(const struct bidi *b, struct pm_str s, unsigned char *levels)
{
    size_t at = 0;
    for (FriBidiStrIndex i = 0; i < b->n; i++) {
        size_t start = at;
        pm_utf8_next(s, &at);
        memset(levels + start, b->levels[i] > 0 ? b->levels[i] : 0, at - start);
    }
}

void pm_paragraph_bidi(struct pm_paragraph *p)
{
    struct pm_str s = {p->text, p->length};
    if (!has_rtl(s))
        return;
    size_t n = pm_utf8_length(s);
    struct bidi b = {calloc(n, sizeof *b.chars), calloc(n, sizeof *b.types), calloc(n, sizeof *b.brackets), calloc(n, sizeof *b.levels), 0};
    unsigned char *levels = pm_arena_alloc(p->arena, s.n);
    if (!b.chars || !b.types || !b.brackets || !b.levels)
        p->arena->failed = true;
    else if (levels) {
        decode(&b, s);
        fribidi_get_bidi_types(b.chars, b.n, b.types);
        fribidi_get_bracket_types(b.chars, b.n, b.types, b.brackets);
        FriBidiParType base = fribidi_get_par_direction(b.types, b.n);
        p->rtl = FRIBIDI_IS_RTL(base);
        find_levels(&b, p->rtl ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR);
        spread(&b, s, levels);
        p->levels = levels;
    }
    free(b.chars);
    free(b.types);
    free(b.brackets);
    free(b.levels);
}
