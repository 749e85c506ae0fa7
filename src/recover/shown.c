/* Texts as they are compared. */
#include "recover/merge.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "render/nfc.h"

/* A character and what it is taken for; "" for nothing, " " for white space. What word processors put in by themselves. */
static const struct { uint32_t first, last; const char *as; } plain_forms[] = {
    {0x0009, 0x000D, " "}, {0x0020, 0x0020, " "}, {0x0085, 0x0085, " "}, {0x00A0, 0x00A0, " "}, {0x00AD, 0x00AD, ""},
    {0x2000, 0x200A, " "}, {0x200B, 0x200B, ""}, {0x2010, 0x2015, "-"}, {0x2018, 0x201B, "'"}, {0x201C, 0x201F, "\""},
    {0x2026, 0x2026, "..."}, {0x2028, 0x2029, " "}, {0x202F, 0x202F, " "}, {0x2032, 0x2032, "'"}, {0x2033, 0x2033, "\""},
    {0x205F, 0x205F, " "}, {0x2060, 0x2060, ""}, {0x2212, 0x2212, "-"}, {0x3000, 0x3000, " "}, {0xFEFF, 0xFEFF, ""},
};

/* NULL: it stands for itself. */
static const char *plain_form(uint32_t cp)
{
    size_t low = 0, high = sizeof plain_forms / sizeof *plain_forms;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (cp > plain_forms[middle].last)
            low = middle + 1;
        else if (cp < plain_forms[middle].first)
            high = middle;
        else
            return plain_forms[middle].as;
    }
    return NULL;
}

static void put_plain(struct pm_buf *b, struct pm_str text)
{
    bool blank = false;
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        const char *as = plain_form(pm_utf8_next(text, &at));
        if (as && as[0] == ' ') {
            blank = b->len > 0;
            continue;
        }
        if (as && (as[0] == '\0' || (as[0] == '-' && b->len && b->data[b->len - 1] == '-' && !blank)))
            continue;
        bool doubled = !as && text.p[start] == '-' && b->len && b->data[b->len - 1] == '-' && !blank;   /* "--" is a dash to come */
        if (doubled)
            continue;
        if (blank)
            pm_buf_putc(b, ' ');
        blank = false;
        if (as)
            pm_buf_puts(b, as);
        else
            pm_buf_add(b, text.p + start, at - start);
    }
}

static bool is_settled(struct pm_str text)
{
    for (size_t at = 0; at < text.n;) {
        if (!pm_nfc_is_settled(pm_utf8_next(text, &at)))
            return false;
    }
    return true;
}

struct pm_str pm_shown_normalise(struct pm_str text, struct pm_arena *arena)
{
    struct pm_buf composed, b;
    pm_buf_init(&composed, PM_MAX_DOCUMENT * 4);
    pm_buf_init(&b, PM_MAX_DOCUMENT * 4);
    if (text.n && !is_settled(text)) {
        pm_nfc(&composed, text);
        text = pm_buf_slice(&composed);
    }
    put_plain(&b, text);
    struct pm_str out = pm_arena_str(arena, pm_buf_slice(&b));
    arena->failed |= b.status != PM_OK || composed.status != PM_OK;
    pm_buf_free(&composed);
    pm_buf_free(&b);
    return out;
}
