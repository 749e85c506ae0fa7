#include "render/pdf/embed.h"

#include "base/utf8.h"
#include "render/pdf/subset.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MAX_CODE 0xFFFF

void pm_embedding_init(struct pm_embedding *e, struct pm_file *file)
{
    *e = (struct pm_embedding){.file = file, .resources = pm_object_new(file)};
}

static int glyph_width(const struct pm_font *font, uint32_t gid)
{
    return (int)lround(pm_font_advance(font, gid) * 1000.0 / font->upem);
}

struct pm_font_use *pm_embedding_use(struct pm_embedding *e, const struct pm_font *font)
{
    if (font->index >= e->count) {
        size_t count = font->index + 8;
        struct pm_font_use *uses = pm_arena_grow(e->file->arena, e->uses, e->count, count, sizeof *uses);
        if (!uses)
            return NULL;
        e->uses = uses;
        e->count = count;
    }
    struct pm_font_use *use = &e->uses[font->index];
    if (!use->font) {
        use->object = pm_object_new(e->file);
        if (!use->object)
            return NULL;
        use->font = font;
        use->number = ++e->used;
    }
    return use;
}

static size_t slot_hash(const struct pm_font_use *use, uint32_t gid, struct pm_str text)
{
    unsigned long long h = use->font->kind == PM_FONT_TRUETYPE ? pm_str_hash(text) : 0;
    return (size_t)((h ^ gid) * 0x9E3779B97F4A7C15ull >> 20);
}

/* Twice the room for codes and slots; false when memory ran out. */
static bool grow(struct pm_embedding *e, struct pm_font_use *use)
{
    size_t cap = use->cap ? use->cap * 2 : 128;
    struct pm_code *codes = pm_arena_grow(e->file->arena, use->codes, use->count, cap, sizeof *codes);
    uint32_t *slots = pm_arena_array(e->file->arena, cap * 2, sizeof *slots);
    if (!codes || !slots)
        return false;
    use->codes = codes;
    use->cap = cap;
    use->slots = slots;
    use->slot_count = cap * 2;
    if (use->count == 0)
        use->codes[use->count++] = (struct pm_code){.width = glyph_width(use->font, 0)};
    for (size_t i = 1; i < use->count; i++) {
        size_t at = slot_hash(use, codes[i].gid, codes[i].text) & (use->slot_count - 1);
        while (slots[at])
            at = (at + 1) & (use->slot_count - 1);
        slots[at] = (uint32_t)i + 1;
    }
    return true;
}

static struct pm_str glyph_text(const struct pm_glyph *glyph)
{
    /* A further glyph of a cluster has no character of its own: a zero width space keeps ToUnicode whole. */
    return glyph->length ? (struct pm_str){glyph->text, glyph->length} : PM_LIT("\xE2\x80\x8B");
}

/* A code of the glyph with other text, when all are taken: boxes for more characters than there are codes. 0: none. */
static unsigned code_of_glyph(struct pm_embedding *e, struct pm_font_use *use, uint32_t gid)
{
    if (!use->by_gid) {
        use->by_gid = pm_arena_array(e->file->arena, MAX_CODE + 1, sizeof *use->by_gid);
        for (size_t i = use->count - 1; use->by_gid && i > 0; i--)
            if (use->codes[i].gid <= MAX_CODE)
                use->by_gid[use->codes[i].gid] = (uint32_t)i;
    }
    return use->by_gid && gid <= MAX_CODE ? use->by_gid[gid] : 0;
}

static unsigned find_code(struct pm_embedding *e, struct pm_font_use *use, const struct pm_glyph *glyph, int *width, bool *exact)
{
    if (use->count == use->cap && !grow(e, use))
        return 0;
    bool truetype = use->font->kind == PM_FONT_TRUETYPE;
    struct pm_str text = glyph_text(glyph);
    uint32_t *latest = truetype && text.n == 1 && (unsigned char)text.p[0] < 128 ? &use->ascii[(unsigned char)text.p[0]] : NULL;
    size_t at = slot_hash(use, glyph->gid, text) & (use->slot_count - 1);
    for (; use->slots[at]; at = (at + 1) & (use->slot_count - 1)) {
        const struct pm_code *code = &use->codes[use->slots[at] - 1];
        bool same_text = pm_str_eq(code->text, text);
        if (code->gid != glyph->gid || (truetype && !same_text))
            continue;
        *width = code->width;
        *exact = same_text;
        if (latest)
            *latest = use->slots[at] - 1;
        return truetype ? use->slots[at] - 1 : glyph->gid;
    }
    unsigned cid = truetype ? (unsigned)use->count : glyph->gid;
    if (cid > MAX_CODE) {
        cid = truetype ? code_of_glyph(e, use, glyph->gid) : 0;
        *width = cid ? use->codes[cid].width : 0;
        *exact = false;
        return cid;
    }
    use->slots[at] = (uint32_t)use->count + 1;
    struct pm_code code = {glyph->gid, pm_arena_str(e->file->arena, text), glyph_width(use->font, glyph->gid)};
    use->codes[use->count++] = code;
    *width = code.width;
    *exact = true;
    return cid;
}

unsigned pm_font_use_code(struct pm_embedding *e, struct pm_font_use *use, const struct pm_glyph *glyph, int *width, bool *exact)
{
    bool is_ascii = glyph->length == 1 && (unsigned char)glyph->text[0] < 128;
    uint32_t latest = is_ascii ? use->ascii[(unsigned char)glyph->text[0]] : 0;
    if (!latest || use->codes[latest].gid != glyph->gid)
        return find_code(e, use, glyph, width, exact);
    *width = use->codes[latest].width;
    *exact = true;
    return latest;
}

static unsigned code_cid(const struct pm_font_use *use, size_t i)
{
    return use->font->kind == PM_FONT_TRUETYPE ? (unsigned)i : use->codes[i].gid;
}

/* ---- the subset ---- */

/* The font program as a stream. */
static HPDF_Dict write_program(struct pm_embedding *e, const struct pm_font_use *use, const struct pm_subset *subset)
{
    bool truetype = use->font->kind == PM_FONT_TRUETYPE;
    struct pm_str program = pm_buf_slice(&subset->program);
    struct pm_str body = truetype ? pm_arena_format(e->file->arena, "/Length1 %zu", program.n) : PM_LIT("/Subtype/CIDFontType0C");
    return program.n ? pm_object_stream(e->file, program, true, body) : NULL;
}

static HPDF_Dict write_gid_map(struct pm_embedding *e, const struct pm_font_use *use, const struct pm_subset *subset)
{
    struct pm_buf bytes;
    pm_buf_init(&bytes, 2 * (MAX_CODE + 1));
    for (size_t i = 0; i < use->count; i++) {
        unsigned gid = subset->gids[i];
        pm_buf_putc(&bytes, (char)(gid >> 8 & 0xFF));
        pm_buf_putc(&bytes, (char)(gid & 0xFF));
    }
    HPDF_Dict stream = bytes.status == PM_OK ? pm_object_stream(e->file, pm_buf_slice(&bytes), true, PM_LIT("")) : NULL;
    pm_buf_free(&bytes);
    return stream;
}

/* ---- ToUnicode (ISO 32000-1, 9.10.3; Adobe Technical Note 5411) ---- */

static void put_unicode_code(struct pm_buf *b, unsigned cid, struct pm_str text)
{
    pm_buf_putc(b, '<');
    pm_put_hex4(b, cid);
    pm_buf_puts(b, "><");
    pm_put_utf16_hex(b, text);
    pm_buf_puts(b, ">\n");
}

static HPDF_Dict write_to_unicode(struct pm_embedding *e, const struct pm_font_use *use)
{
    struct pm_buf b;
    pm_buf_init(&b, (size_t)64 << 20);
    pm_buf_puts(&b, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
                    "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                    "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
    for (size_t i = 1; i < use->count;) {
        size_t block = use->count - i < 100 ? use->count - i : 100;
        pm_buf_printf(&b, "%zu beginbfchar\n", block);
        for (; block > 0; block--, i++)
            put_unicode_code(&b, code_cid(use, i), use->codes[i].text);
        pm_buf_puts(&b, "endbfchar\n");
    }
    pm_buf_puts(&b, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    HPDF_Dict stream = b.status == PM_OK ? pm_object_stream(e->file, pm_buf_slice(&b), true, PM_LIT("")) : NULL;
    pm_buf_free(&b);
    return stream;
}

/* ---- the dictionaries ---- */

static int by_gid(const void *a, const void *b)
{
    const struct pm_code *x = a, *y = b;
    return x->gid < y->gid ? -1 : x->gid > y->gid;
}

static void put_widths(struct pm_buf *b, const struct pm_font_use *use)
{
    pm_buf_puts(b, "/W[");
    if (use->font->kind == PM_FONT_TRUETYPE) {
        pm_buf_puts(b, "0[");
        for (size_t i = 0; i < use->count; i++)
            pm_put_number(b, use->codes[i].width);
        pm_buf_putc(b, ']');
    } else {
        for (size_t i = 0; i < use->count; i++)
            pm_buf_printf(b, "%u[%d]", use->codes[i].gid, use->codes[i].width);
    }
    pm_buf_putc(b, ']');
}

/* In thousandths of an em. */
static void put_bounding_box(struct pm_buf *b, const struct pm_font *font)
{
    pm_buf_puts(b, "/FontBBox[");
    for (unsigned i = 0; i < 4; i++)
        pm_buf_printf(b, "%ld ", lround(font->box[i] * 1000.0 / font->upem));
    pm_buf_putc(b, ']');
}

/* Six capitals from the glyphs shown, so that two subsets of a face have different names (ISO 32000-1, 9.6.4). */
static struct pm_str subset_name(struct pm_embedding *e, const struct pm_font_use *use)
{
    unsigned long long h = 14695981039346656037ull;
    for (size_t i = 0; i < use->count; i++)
        h = (h ^ use->codes[i].gid) * 1099511628211ull;
    char tag[7] = "";
    for (int i = 0; i < 6; i++, h /= 26)
        tag[i] = (char)('A' + h % 26);
    return pm_arena_format(e->file->arena, "%s+%s", tag, use->font->postscript);
}

static HPDF_Dict write_descriptor(struct pm_embedding *e, const struct pm_font_use *use, struct pm_str name, HPDF_Dict program)
{
    const struct pm_font *f = use->font;
    struct pm_buf b;
    pm_buf_init(&b, 4096);
    unsigned flags = 4u | (f->mono ? 1u : 0u) | (f->italic ? 64u : 0u);
    pm_buf_printf(
        &b, "/Type/FontDescriptor/FontName/%s/Flags %u/ItalicAngle %d/StemV %d/Ascent %ld/Descent %ld/CapHeight %ld",
        name.p, flags, f->italic ? -12 : 0, f->bold ? 140 : 80, lround(f->ascent * 1000), lround(-f->descent * 1000),
        lround(f->cap_height * 1000));
    put_bounding_box(&b, f);
    pm_buf_puts(&b, f->kind == PM_FONT_TRUETYPE ? "/FontFile2 " : "/FontFile3 ");
    pm_put_ref(&b, program);
    HPDF_Dict object = pm_object_new(e->file);
    pm_object_take(e->file, object, &b);
    return object;
}

static HPDF_Dict write_descendant(struct pm_embedding *e, const struct pm_font_use *use, struct pm_str name,
                                  HPDF_Dict descriptor, HPDF_Dict gid_map)
{
    bool truetype = use->font->kind == PM_FONT_TRUETYPE;
    struct pm_buf b;
    pm_buf_init(&b, (size_t)16 << 20);
    pm_buf_printf(&b, "/Type/Font/Subtype/%s/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor ",
                  truetype ? "CIDFontType2" : "CIDFontType0", name.p);
    pm_put_ref(&b, descriptor);
    put_widths(&b, use);
    if (truetype) {
        pm_buf_puts(&b, "/CIDToGIDMap ");
        pm_put_ref(&b, gid_map);
    }
    HPDF_Dict object = pm_object_new(e->file);
    pm_object_take(e->file, object, &b);
    return object;
}

static enum pm_status finish_font(struct pm_embedding *e, struct pm_font_use *use)
{
    bool truetype = use->font->kind == PM_FONT_TRUETYPE;
    struct pm_subset subset;
    if (!truetype)
        qsort(use->codes, use->count, sizeof *use->codes, by_gid);
    enum pm_status status = pm_subset_make(&subset, use, e->file->arena);
    if (status != PM_OK)
        goto out;
    status = PM_NOMEM;
    struct pm_str name = subset_name(e, use);
    HPDF_Dict program = write_program(e, use, &subset);
    HPDF_Dict gid_map = truetype ? write_gid_map(e, use, &subset) : NULL;
    HPDF_Dict unicode = write_to_unicode(e, use);
    if (!program || !unicode || (truetype && !gid_map))
        goto out;
    HPDF_Dict descriptor = write_descriptor(e, use, name, program);
    HPDF_Dict descendant = descriptor ? write_descendant(e, use, name, descriptor, gid_map) : NULL;
    if (!descendant)
        goto out;
    struct pm_str body = pm_arena_format(
        e->file->arena,
        "/Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%lu 0 R]/ToUnicode %lu 0 R", name.p,
        (unsigned long)(descendant->header.obj_id & 0xFFFFFF), (unsigned long)(unicode->header.obj_id & 0xFFFFFF));
    pm_object_body(e->file, use->object, body);
    status = pm_arena_failed(e->file->arena) ? PM_NOMEM : PM_OK;
out:
    pm_subset_free(&subset);
    return status;
}

/* By number and not by the font's index, which depends on what other files had before. */
static struct pm_font_use *use_of_number(const struct pm_embedding *e, size_t number)
{
    struct pm_font_use *use = e->uses;
    while (!use->font || use->number != number)
        use++;
    return use;
}

enum pm_status pm_embedding_finish(struct pm_embedding *e)
{
    struct pm_buf resources;
    pm_buf_init(&resources, (size_t)1 << 20);
    enum pm_status status = PM_OK;
    for (size_t n = 1; n <= e->used && status == PM_OK; n++) {
        struct pm_font_use *use = use_of_number(e, n);
        if (use->count == 0)
            continue;
        status = finish_font(e, use);
        pm_buf_printf(&resources, "/F%zu ", n);
        pm_put_ref(&resources, use->object);
    }
    if (status == PM_OK)
        status = resources.status;
    pm_object_body(e->file, e->resources, pm_buf_slice(&resources));
    pm_buf_free(&resources);
    return status;
}
