#include "render/nfc.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <uninorm.h>

/* Of DerivedNormalizationProps.txt and UnicodeData.txt the wide runs of characters with NFC_Quick_Check=Yes and without combining class. */
static const struct { uint32_t from, to; } settled[] = {
    {0, 0x2FF},           /* Latin */
    {0x388, 0x482},       /* Greek, Cyrillic */
    {0x48A, 0x590},       /* Cyrillic, Armenian */
    {0x1E00, 0x1F70},     /* Latin with marks, Greek */
    {0x2002, 0x20CF},     /* punctuation, signs of currencies */
    {0x212C, 0x2328},     /* arrows, mathematics */
    {0x232B, 0x2ADB},     /* lines, dingbats */
    {0x2E00, 0x3029},     /* radicals, CJK punctuation */
    {0x3030, 0x3098},     /* hiragana */
    {0x309B, 0xA66E},     /* katakana, Han */
    {0xAC00, 0xD7A3},     /* syllables of Hangul */
    {0xFE30, 0xFFFD},     /* wide and narrow forms */
    {0x1F000, 0x1FAFF},   /* pictures */
    {0x20000, 0x2F7FF},   /* Han */
};

bool pm_nfc_is_settled(uint32_t cp)
{
    for (size_t i = 0; i < sizeof settled / sizeof *settled; i++) {
        if (cp <= settled[i].to)
            return cp >= settled[i].from;
    }
    return false;
}

void pm_nfc(struct pm_buf *room, struct pm_str text)
{
    size_t n = 0;
    uint8_t *normal = u8_normalize(UNINORM_NFC, (const uint8_t *)text.p, text.n, NULL, &n);
    if (normal)
        pm_buf_add(room, normal, n);
    else
        room->status = PM_NOMEM;   /* all that can go wrong */
    free(normal);
}

static bool all_settled(struct pm_str text)
{
    for (size_t at = pm_utf8_plain(text, 0); at < text.n; at = pm_utf8_plain(text, at)) {
        if (!pm_nfc_is_settled(pm_utf8_next(text, &at)))
            return false;
    }
    return true;
}

bool pm_nfc_is(struct pm_str text, enum pm_status *status)
{
    struct pm_buf room;
    if (all_settled(text))
        return true;
    pm_buf_init(&room, 2 * text.n + 64);
    pm_nfc(&room, text);
    bool same = !room.status && pm_str_eq(pm_buf_slice(&room), text);
    if (room.status)
        *status = room.status;
    pm_buf_free(&room);
    return same;
}
