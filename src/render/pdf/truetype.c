#include "render/pdf/truetype.h"

#include <string.h>

/* Parts of a composite glyph (chapter "glyf"). */
enum {
    HEADER = 10,               /* of any glyph: contours, box */
    WORDS = 0x1,
    SCALE = 0x8,
    MORE = 0x20,
    TWO_SCALES = 0x40,
    MATRIX = 0x80
};

enum { HEAD_SIZE = 54, HHEA_SIZE = 36, MAXP_SIZE = 32, MAX_SHORT_OFFSET = 0x1FFFE };

static unsigned get16(const unsigned char *p)
{
    return (unsigned)p[0] << 8 | p[1];
}

static uint32_t get32(const unsigned char *p)
{
    return (uint32_t)get16(p) << 16 | get16(p + 2);
}

static void put16(unsigned char *p, unsigned v)
{
    p[0] = (unsigned char)(v >> 8);
    p[1] = (unsigned char)v;
}

static void put32(unsigned char *p, uint32_t v)
{
    put16(p, v >> 16);
    put16(p + 2, v & 0xFFFF);
}

void pm_truetype_open(struct pm_truetype *font, const unsigned char *file)
{
    struct { const char *tag; const unsigned char **table; } wanted[] = {
        {"glyf", &font->glyf}, {"head", &font->head}, {"hhea", &font->hhea},
        {"hmtx", &font->hmtx}, {"loca", &font->loca}, {"maxp", &font->maxp}};
    unsigned count = get16(file + 4);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        for (unsigned j = 0; j < count; j++)
            if (memcmp(file + 12 + 16 * j, wanted[i].tag, 4) == 0)
                *wanted[i].table = file + get32(file + 12 + 16 * j + 8);
    font->glyph_count = get16(font->maxp + 4);
    font->advance_count = get16(font->hhea + 34);
    font->long_offsets = get16(font->head + 50) != 0;
}

unsigned pm_truetype_advance(const struct pm_truetype *font, uint32_t gid)
{
    if (gid >= font->glyph_count)
        return 0;
    return get16(font->hmtx + 4 * (gid < font->advance_count ? gid : font->advance_count - 1));
}

static unsigned bearing(const struct pm_truetype *font, unsigned gid)
{
    return get16(font->hmtx + (gid < font->advance_count ? 4 * gid + 2 : 2 * (gid + font->advance_count)));
}

/* The bytes of a glyph; none for a blank one. */
static const unsigned char *outline(const struct pm_truetype *font, unsigned gid, size_t *size)
{
    const unsigned char *p = font->loca;
    size_t from = font->long_offsets ? get32(p + 4 * gid) : 2 * get16(p + 2 * gid);
    size_t to = font->long_offsets ? get32(p + 4 * gid + 4) : 2 * get16(p + 2 * gid + 2);
    *size = to - from;
    return font->glyf + from;
}

static bool is_composite(const unsigned char *glyph, size_t size)
{
    return size > HEADER && glyph[0] & 0x80;   /* a negative count of contours */
}

static size_t component_size(unsigned flags)
{
    return 4u + (flags & WORDS ? 4u : 2u) + (flags & SCALE ? 2u : flags & TWO_SCALES ? 4u : flags & MATRIX ? 8u : 0u);
}

/* ---- which glyphs ---- */

/* A subset in the making. */
struct subset {
    const struct pm_truetype *font;
    uint16_t *map;
    uint16_t *glyphs;          /* those that are kept, in order */
    unsigned count;
    size_t outlines;           /* bytes, each padded to an even number */
};

/* Marks what marked glyphs are composed of. `stack` has room for all glyphs. */
static void close_over(const struct pm_truetype *font, uint16_t *map, uint16_t *stack)
{
    unsigned depth = 0;
    for (unsigned gid = 0; gid < font->glyph_count; gid++)
        if (map[gid])
            stack[depth++] = (uint16_t)gid;
    while (depth > 0) {
        size_t size;
        const unsigned char *glyph = outline(font, stack[--depth], &size);
        unsigned flags = is_composite(glyph, size) ? MORE : 0;
        for (const unsigned char *p = glyph + HEADER; flags & MORE; p += component_size(flags)) {
            flags = get16(p);
            unsigned part = get16(p + 2);
            if (!map[part])
                stack[depth++] = (uint16_t)part;
            map[part] = 1;
        }
    }
}

static void number_glyphs(struct subset *s)
{
    for (unsigned gid = 0; gid < s->font->glyph_count; gid++) {
        if (gid > 0 && !s->map[gid])
            continue;
        size_t size;
        outline(s->font, gid, &size);
        s->outlines += size + (size & 1);
        s->map[gid] = (uint16_t)s->count;
        s->glyphs[s->count++] = (uint16_t)gid;
    }
}

/* ---- the tables ---- */

static void copy_outline(const struct subset *s, unsigned gid, unsigned char *out, size_t *written)
{
    size_t size;
    const unsigned char *glyph = outline(s->font, gid, &size);
    memcpy(out, glyph, size);
    unsigned flags = is_composite(glyph, size) ? MORE : 0;
    for (unsigned char *p = out + HEADER; flags & MORE; p += component_size(flags)) {
        flags = get16(p);
        put16(p + 2, s->map[get16(p + 2)]);
    }
    *written = size + (size & 1);
}

static void put_outlines(const struct subset *s, bool long_offsets, unsigned char *glyf, unsigned char *loca)
{
    size_t at = 0, size;
    for (unsigned i = 0; i <= s->count; i++, at += size) {
        if (long_offsets)
            put32(loca + 4 * i, (uint32_t)at);
        else
            put16(loca + 2 * i, (unsigned)(at / 2));
        size = 0;
        if (i < s->count)
            copy_outline(s, s->glyphs[i], glyf + at, &size);
    }
}

/* How many glyphs need an advance of their own: those at the end that share the last one's do not. */
static unsigned count_advances(const struct subset *s)
{
    unsigned n = s->count;
    unsigned last = pm_truetype_advance(s->font, s->glyphs[n - 1]);
    while (n > 1 && pm_truetype_advance(s->font, s->glyphs[n - 2]) == last)
        n--;
    return n;
}

static void put_metrics(const struct subset *s, unsigned advances, unsigned char *p)
{
    for (unsigned i = 0; i < s->count; i++) {
        if (i < advances) {
            put16(p, pm_truetype_advance(s->font, s->glyphs[i]));
            p += 2;
        }
        put16(p, bearing(s->font, s->glyphs[i]));
        p += 2;
    }
}

/* ---- the file (chapter "OpenType font file") ---- */

enum { GLYF, HEAD, HHEA, HMTX, LOCA, MAXP, TABLES };

struct file {
    unsigned char *bytes;
    size_t offsets[TABLES], sizes[TABLES], size;
};

static size_t padded(size_t n)
{
    return (n + 3) & ~(size_t)3;
}

/* Short tables come first, outlines last: so the file deflates best. */
static void place_tables(struct file *f)
{
    static const unsigned char order[TABLES] = {MAXP, HHEA, HEAD, LOCA, HMTX, GLYF};
    f->size = 12 + 16 * TABLES;
    for (int i = 0; i < TABLES; i++) {
        f->offsets[order[i]] = f->size;
        f->size += padded(f->sizes[order[i]]);
    }
}

static uint32_t checksum(const unsigned char *p, size_t n)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < n; i += 4)
        sum += get32(p + i);
    return sum;
}

static void put_directory(const struct file *f)
{
    static const char tags[] = "glyfheadhheahmtxlocamaxp";
    unsigned char *p = f->bytes;
    put32(p, 0x00010000);
    put16(p + 4, TABLES);
    put16(p + 6, 4 * 16);      /* of the largest power of two: its size, its logarithm, the rest */
    put16(p + 8, 2);
    put16(p + 10, (TABLES - 4) * 16);
    for (int i = 0; i < TABLES; i++) {
        p = f->bytes + 12 + 16 * i;
        memcpy(p, tags + 4 * i, 4);
        put32(p + 4, checksum(f->bytes + f->offsets[i], padded(f->sizes[i])));
        put32(p + 8, (uint32_t)f->offsets[i]);
        put32(p + 12, (uint32_t)f->sizes[i]);
    }
    put32(f->bytes + f->offsets[HEAD] + 8, 0xB1B0AFBA - checksum(f->bytes, f->size));
}

/* The tables that are copied but for a number. */
static void put_headers(const struct subset *s, const struct file *f, bool long_offsets, unsigned advances)
{
    unsigned char *head = f->bytes + f->offsets[HEAD], *hhea = f->bytes + f->offsets[HHEA], *maxp = f->bytes + f->offsets[MAXP];
    memcpy(head, s->font->head, HEAD_SIZE);
    put32(head + 8, 0);        /* the sum of all, which is made with 0 here */
    put16(head + 50, long_offsets);
    memcpy(hhea, s->font->hhea, HHEA_SIZE);
    put16(hhea + 34, advances);
    memcpy(maxp, s->font->maxp, MAXP_SIZE);
    put16(maxp + 4, s->count);
}

void pm_truetype_subset(const struct pm_truetype *font, uint16_t *map, struct pm_arena *arena, struct pm_buf *out)
{
    struct subset s = {.font = font, .map = map, .glyphs = pm_arena_array(arena, font->glyph_count, sizeof *s.glyphs)};
    if (!s.glyphs) {
        out->status = PM_NOMEM;
        return;
    }
    close_over(font, map, s.glyphs);
    number_glyphs(&s);
    bool long_offsets = s.outlines > MAX_SHORT_OFFSET;
    unsigned advances = count_advances(&s);
    struct file f = {.sizes = {s.outlines, HEAD_SIZE, HHEA_SIZE, 2 * (s.count + advances), 0, MAXP_SIZE}};
    f.sizes[LOCA] = (long_offsets ? 4u : 2u) * (s.count + 1);
    place_tables(&f);
    f.bytes = (unsigned char *)pm_buf_reserve(out, f.size);
    if (!f.bytes)
        return;
    memset(f.bytes, 0, f.size);
    put_headers(&s, &f, long_offsets, advances);
    put_metrics(&s, advances, f.bytes + f.offsets[HMTX]);
    put_outlines(&s, long_offsets, f.bytes + f.offsets[GLYF], f.bytes + f.offsets[LOCA]);
    put_directory(&f);
    out->len += f.size;
}
