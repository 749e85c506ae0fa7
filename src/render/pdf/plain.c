#include "render/pdf/plain.h"

#include "base/utf8.h"
#include "render/pdf/shape.h"

#include <string.h>

enum { MAX_WORD = 256 };       /* units; longer ones are data, not words */

/* A word in units. */
struct word {
    const struct pm_plain *table;
    size_t count;
    uint8_t units[MAX_WORD];
    uint8_t lengths[MAX_WORD]; /* bytes of text */
};

static unsigned unit_of(uint32_t cp)
{
    static const uint16_t marks[PM_PLAIN_MARKS] = PM_PLAIN_MARK_LIST;
    if (cp < 0x80)
        return cp >= 0x20 && cp < 0x7F ? cp - 0x20 : PM_PLAIN_NONE;
    if (cp >= 0xC0 && cp <= 0xFF)
        return PM_PLAIN_ASCII + cp - 0xC0;
    for (unsigned i = 0; i < PM_PLAIN_MARKS; i++)
        if (marks[i] == cp)
            return PM_PLAIN_ASCII + PM_PLAIN_LATIN1 + i;
    return PM_PLAIN_NONE;
}

/* The ligature that the text begins with, or PM_PLAIN_NONE. */
static unsigned ligature_at(const struct pm_plain *table, struct pm_str text, size_t *length)
{
    static const char *const ligatures[PM_PLAIN_LIGATURES] = PM_PLAIN_LIGATURE_LIST;
    for (unsigned i = 0; i < PM_PLAIN_LIGATURES; i++) {
        unsigned unit = PM_PLAIN_FIRST_LIGATURE + i;
        if (table->units[unit].gid && pm_str_starts(text, ligatures[i])) {
            *length = strlen(ligatures[i]);
            return unit;
        }
    }
    return PM_PLAIN_NONE;
}

/* The unit that the text begins with, or PM_PLAIN_NONE. */
static unsigned unit_at(const struct pm_plain *table, struct pm_str text, size_t *length)
{
    unsigned unit = text.p[0] == 'f' ? ligature_at(table, text, length) : PM_PLAIN_NONE;
    if (unit != PM_PLAIN_NONE)
        return unit;
    if ((unsigned char)text.p[0] < 0x80) {
        *length = 1;
        return unit_of((unsigned char)text.p[0]);
    }
    *length = 0;
    return unit_of(pm_utf8_next(text, length));
}

/* Divides text into units; false when some of it, or some pair, is not in the table. */
static bool divide(struct word *w, struct pm_str text)
{
    for (size_t at = 0, length; at < text.n; at += length) {
        unsigned unit = unit_at(w->table, (struct pm_str){text.p + at, text.n - at}, &length);
        if (unit == PM_PLAIN_NONE || w->table->units[unit].gid == 0 || w->count == MAX_WORD)
            return false;
        if (w->count && (*w->table->pairs)[w->units[w->count - 1]][unit] == PM_NOT_PLAIN)
            return false;
        w->lengths[w->count] = (uint8_t)length;
        w->units[w->count++] = (uint8_t)unit;
    }
    return true;
}

bool pm_paragraph_plain(struct pm_paragraph *p, size_t from, size_t to)
{
    uint32_t index = (uint32_t)p->run_count - 1;
    const struct pm_run *run = &p->runs[index];
    struct word w;             /* not zeroed: it is large, and most words are short */
    w.table = run->font->plain;
    w.count = 0;
    if (to - from > UINT16_MAX || !divide(&w, (struct pm_str){p->text + from, to - from})
        || w.count > p->glyph_cap - p->glyph_count || w.count > p->cluster_cap - p->cluster_count)
        return false;
    double scale = p->spans[run->span].style->size / run->font->upem;
    for (size_t i = 0; i < w.count; i++) {
        const struct pm_plain_unit *u = &w.table->units[w.units[i]];
        int32_t advance = u->advance + (i + 1 < w.count ? (*w.table->pairs)[w.units[i]][w.units[i + 1]] : 0);
        p->clusters[p->cluster_count++] = (struct pm_cluster){.glyph = (uint32_t)p->glyph_count, .count = 1, .run = index,
                                                             .width = (float)(advance * scale), .space = w.units[i] == 0};
        p->glyphs[p->glyph_count++] = (struct pm_glyph){.gid = u->gid, .advance = advance, .text = p->text + from, .length = w.lengths[i]};
        from += w.lengths[i];
    }
    return true;
}
