#include "render/pdf/shape.h"

#include "base/utf8.h"

#include <stdint.h>
#include <string.h>
#include <unilbrk.h>

bool pm_room_for(struct pm_arena *arena, void *array, size_t count, size_t *cap, size_t size)
{
    if (count < *cap)
        return true;
    size_t grown_cap = *cap ? *cap * 2 : 1;   /* most paragraphs have one run, one span, one line */
    void *old, *grown;
    memcpy(&old, array, sizeof old);
    grown = count < UINT32_MAX / 2 ? pm_arena_grow(arena, old, count, grown_cap, size) : NULL;
    if (!grown) {
        arena->failed = true;
        return false;
    }
    memcpy(array, &grown, sizeof grown);
    *cap = grown_cap;
    return true;
}

double pm_style_pad(const struct pm_style *style)
{
    return style->box == PM_BOX_LOZENGE ? 0.45 * style->size : style->box == PM_BOX_CODE ? 0.12 * style->size : 0;
}

struct pm_paragraph *pm_paragraph_new(struct pm_fonts *fonts, struct pm_arena *arena, struct pm_diags *diags)
{
    struct pm_paragraph *p = pm_arena_alloc(arena, sizeof *p);
    if (p)
        *p = (struct pm_paragraph){.fonts = fonts, .arena = arena, .diags = diags};
    return p;
}

void pm_paragraph_preserve(struct pm_paragraph *p)
{
    if (p)
        p->preserve = true;
}

static bool same_rgb(struct pm_rgb a, struct pm_rgb b)
{
    return a.r == b.r && a.g == b.g && a.b == b.b;
}

/* Whether text of one goes on in the other. A box is never continued: two beside each other are two. */
static bool same_style(const struct pm_style *a, const struct pm_style *b)
{
    return a->box == PM_BOX_NONE && b->box == PM_BOX_NONE && a->face == b->face && a->size >= b->size && a->size <= b->size
        && same_rgb(a->colour, b->colour) && a->tabular == b->tabular && a->underline == b->underline && a->strike == b->strike
        && pm_str_eq(a->url, b->url) && a->tag == b->tag && a->nowrap == b->nowrap && a->mark.line == b->mark.line
        && a->mark.col == b->mark.col;
}

/* Copies `text` behind what is there; tabs become spaces. */
static bool add_text(struct pm_paragraph *p, struct pm_str text)
{
    if (text.n > UINT32_MAX / 4 - p->length) {
        p->arena->failed = true;
        return false;
    }
    if (p->length + text.n > p->room) {
        size_t room = p->room ? (p->length + text.n) * 2 : text.n;
        char *grown = pm_arena_grow(p->arena, p->text, p->length, room, 1);
        if (!grown)
            return false;
        p->text = grown;
        p->room = room;
    }
    memcpy(p->text + p->length, text.p, text.n);
    for (char *tab = p->text + p->length; (tab = memchr(tab, '\t', (size_t)(p->text + p->length + text.n - tab))) != NULL;)
        *tab = ' ';
    p->length += text.n;
    return true;
}

void pm_paragraph_add(struct pm_paragraph *p, struct pm_str text, const struct pm_style *style)
{
    if (!p || text.n == 0 || p->shaped)
        return;
    size_t from = p->length;
    if (!add_text(p, text))
        return;
    struct pm_span *last = p->span_count ? &p->spans[p->span_count - 1] : NULL;
    if (last && same_style(last->style, style)) {
        last->to = p->length;
        return;
    }
    struct pm_style *copy = pm_arena_alloc(p->arena, sizeof *copy);
    if (!copy || !pm_room_for(p->arena, &p->spans, p->span_count, &p->span_cap, sizeof *p->spans))
        return;
    *copy = *style;
    p->spans[p->span_count++] = (struct pm_span){from, p->length, copy};
}

bool pm_paragraph_ready(struct pm_paragraph *p)
{
    if (!p || pm_arena_failed(p->arena))
        return false;
    if (p->shaped)
        return true;
    p->shaped = true;
    char *breaks = pm_arena_alloc(p->arena, p->length + 1);
    if (!breaks)
        return false;
    u8_possible_linebreaks((const uint8_t *)p->text, p->length, "UTF-8", breaks);
    pm_paragraph_bidi(p);
    pm_paragraph_shape(p, breaks);
    pm_paragraph_cut(p, breaks);
    return !pm_arena_failed(p->arena);
}

void pm_paragraph_widths(struct pm_paragraph *p, double word_cap, double *least, double *most)
{
    double line = 0;
    *least = *most = 0;
    if (!pm_paragraph_ready(p))
        return;
    for (size_t i = 0; i < p->piece_count; i++) {
        const struct pm_piece *piece = &p->pieces[i];
        double width = word_cap > 0 && piece->width > word_cap ? word_cap : piece->width;
        if (width > *least)
            *least = width;
        if (line + piece->width > *most)
            *most = line + piece->width;
        line = piece->hard ? 0 : line + piece->full;
    }
}

/* ---- labels ---- */

static struct pm_paragraph *label(struct pm_fonts *fonts, struct pm_arena *arena, struct pm_diags *diags, struct pm_str text,
                                  const struct pm_style *style)
{
    struct pm_paragraph *p = pm_paragraph_new(fonts, arena, diags);
    pm_paragraph_add(p, text, style);
    if (!p)
        return NULL;
    for (size_t i = 0; i < p->length; i++)
        if (p->text[i] == '\n')
            p->text[i] = ' ';
    return p;
}

/* The text of the first clusters that fit into `width`, without spaces at its end. */
static struct pm_str fitting(struct pm_paragraph *p, double width)
{
    size_t i = 0;
    for (double x = 0; i < p->cluster_count && (x += (double)p->clusters[i].width) <= width; i++)
        ;
    struct pm_str s = {p->text, i < p->cluster_count ? pm_cluster_at(p, i) : p->length};
    while (s.n && s.p[s.n - 1] == ' ')
        s.n--;
    return s;
}

struct pm_line *pm_text_line(struct pm_fonts *fonts, struct pm_arena *arena, struct pm_diags *diags, struct pm_str text,
                             const struct pm_style *style, double width)
{
    static const char ellipsis[] = "\xE2\x80\xA6";
    struct pm_line *lines = NULL;
    double least = 0, most = 0, dots = 0;
    struct pm_paragraph *p = label(fonts, arena, diags, text, style);
    pm_paragraph_widths(p, 0, &least, &most);
    if (width > 0 && most > width && p) {
        struct pm_paragraph *end = label(fonts, arena, diags, PM_LIT(ellipsis), style);
        pm_paragraph_widths(end, 0, &least, &dots);
        struct pm_str start = fitting(p, width - dots + pm_style_pad(style));
        p = label(fonts, arena, diags, pm_arena_format(arena, "%.*s%s", (int)start.n, start.n ? start.p : "", ellipsis), style);
    }
    if (pm_paragraph_lines(p, 1e9, &lines) == 0 && !pm_arena_failed(arena)) {
        const struct pm_font *font = pm_font_face(fonts, style->face);
        lines = pm_arena_alloc(arena, sizeof *lines);
        if (lines)
            *lines = (struct pm_line){.ascent = font->ascent * style->size, .descent = font->descent * style->size};
    }
    return lines;
}
