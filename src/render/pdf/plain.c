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

/* Adds a glyph that is a cluster; `text` counts from the paragraph's. */
static void put_cluster(struct pm_paragraph *p, uint32_t gid, int32_t advance, double scale, size_t text, size_t length)
{
    p->clusters[p->cluster_count++] = (struct pm_cluster){.glyph = (uint32_t)p->glyph_count, .count = 1, .run = (uint32_t)p->run_count - 1,
                                                         .width = (float)(advance * scale), .space = p->text[text] == ' '};
    p->glyphs[p->glyph_count++] = (struct pm_glyph){.gid = gid, .advance = advance, .text = p->text + text, .length = (uint16_t)length};
}

static double scale_of(const struct pm_paragraph *p, const struct pm_run *run)
{
    return p->spans[run->span].style->size / run->font->upem;
}

static bool has_room(const struct pm_paragraph *p, size_t count)
{
    return count <= p->glyph_cap - p->glyph_count && count <= p->cluster_cap - p->cluster_count;
}

bool pm_paragraph_plain(struct pm_paragraph *p, size_t from, size_t to)
{
    const struct pm_run *run = &p->runs[p->run_count - 1];
    struct word w;             /* not zeroed: it is large, and most words are short */
    w.table = run->font->plain;
    w.count = 0;
    if (to - from > UINT16_MAX || !divide(&w, (struct pm_str){p->text + from, to - from}) || !has_room(p, w.count))
        return false;
    double scale = scale_of(p, run);
    for (size_t i = 0; i < w.count; i++) {
        const struct pm_plain_unit *u = &w.table->units[w.units[i]];
        int32_t kern = i + 1 < w.count ? (*w.table->pairs)[w.units[i]][w.units[i + 1]] : 0;
        put_cluster(p, u->gid, u->advance + kern, scale, from, w.lengths[i]);
        from += w.lengths[i];
    }
    return true;
}

bool pm_paragraph_symbols(struct pm_paragraph *p, size_t from, size_t to)
{
    const struct pm_run *run = &p->runs[p->run_count - 1];
    struct pm_str text = {p->text, to};
    size_t glyphs = p->glyph_count, clusters = p->cluster_count;
    double scale = scale_of(p, run);
    for (size_t at = from, next = from; at < to; at = next) {
        hb_script_t script;
        uint32_t cp = pm_utf8_next(text, &next);
        uint32_t gid = pm_usual_script(cp, &script) ? pm_font_glyph(run->font, cp) : 0;
        if (!gid || !has_room(p, 1)) {
            p->glyph_count = glyphs;
            p->cluster_count = clusters;
            return false;
        }
        put_cluster(p, gid, pm_font_advance(run->font, gid), scale, at, next - at);
    }
    return true;
}
