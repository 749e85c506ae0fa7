#include "render/pdf/shape.h"

#include "base/utf8.h"

#include <math.h>
#include <string.h>
#include <unilbrk.h>

/* Points by which a line may be too wide: what adding up costs. */
#define TOLERANCE 0.01

size_t pm_cluster_at(const struct pm_paragraph *p, size_t cluster)
{
    const struct pm_cluster *c = &p->clusters[cluster];
    bool rtl = p->runs[c->run].level & 1;
    return (size_t)(p->glyphs[rtl ? c->glyph + c->count - 1 : c->glyph].text - p->text);
}

/* ---- where lines may be broken ---- */

/* The word around a place in the text, a word being what stands between spaces. */
struct word {
    size_t from, to;
    bool is_code;              /* an address, a path, an identifier: its hyphens are its own */
};

static struct word word_at(const struct pm_paragraph *p, size_t at)
{
    struct word w = {at, at, false};
    for (; w.to < p->length && p->text[w.to] != ' ' && p->text[w.to] != '\n'; w.to++)
        if ((p->text[w.to] >= '0' && p->text[w.to] <= '9') || memchr("/_=@:\\", p->text[w.to], 6))
            w.is_code = true;
    return w;
}

static bool is_lower(unsigned char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_upper(unsigned char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_alnum(unsigned char c)
{
    return is_lower(c) || is_upper(c) || (c >= '0' && c <= '9') || c >= 0x80;
}

/* Places in a word of ASCII that a reader takes for joints. */
static bool is_joint(const char *text, const struct word *w, size_t at)
{
    unsigned char before = (unsigned char)text[at - 1], after = (unsigned char)text[at];
    if (before == '/')
        return after != '/' && !(at - w->from >= 3 && text[at - 2] == '/' && text[at - 3] == ':');
    if (strchr(",;:|)]}=&", before) && before != '\0')
        return is_alnum(after) && !(before == ':' && after == '/');
    if (strchr(".-_?&=#", after) && after != '\0')
        return is_alnum(before);
    return is_lower(before) && is_upper(after);
}

/* Whether a break that UAX 14 allows is one that a reader would not stumble over. Inside of words of ASCII, which are addresses, paths and
 * names, few are. */
static bool is_natural(const char *text, const struct word *w, size_t at)
{
    unsigned char before = (unsigned char)text[at - 1], after = (unsigned char)text[at];
    if (before == ' ')
        return true;
    if (before == 0xAD && at >= 2 && (unsigned char)text[at - 2] == 0xC2)
        return false;   /* a soft hyphen, which would have to be shown */
    if (after >= 0xE2 || (before >= 0x80 && before != 0xAD))
        return true;
    if (before == '-' && !w->is_code)
        return at - w->from >= 2 && is_alnum((unsigned char)text[at - 2]) && is_alnum(after);
    return before >= 0x80 || after >= 0x80 ? !strchr("./,:;", before) : false;
}

static enum pm_break rank(const struct pm_paragraph *p, const char *breaks, size_t cluster, struct word *w)
{
    size_t at = pm_cluster_at(p, cluster);
    const struct pm_cluster *c = &p->clusters[cluster], *before = c - 1;
    if (is_lower((unsigned char)p->text[at - 1]) && is_lower((unsigned char)p->text[at]) && c->run == before->run)
        return PM_BREAK_ANYWHERE;   /* what all below comes to for most of a text */
    if (p->text[at - 1] == ' ' || at >= w->to)
        *w = word_at(p, at);
    enum pm_break r = PM_BREAK_ANYWHERE;
    if (c->space && !p->preserve)
        r = PM_BREAK_NONE;
    else if (p->preserve && before->space)
        r = PM_BREAK_NATURAL;
    else if (breaks[at] == UC_BREAK_POSSIBLE && is_natural(p->text, w, at))
        r = PM_BREAK_NATURAL;
    else if (is_joint(p->text, w, at))
        r = PM_BREAK_SANE;
    uint32_t span = p->runs[c->run].span, span_before = p->runs[before->run].span;
    const struct pm_style *style = p->spans[span].style;
    if (span != span_before)
        return style->box == PM_BOX_LOZENGE && p->spans[span_before].style->box == PM_BOX_LOZENGE ? PM_BREAK_NATURAL : r;
    return r == PM_BREAK_NATURAL && (style->nowrap || style->box == PM_BOX_LOZENGE) ? PM_BREAK_NOWRAP : r;
}

/* The padding that a break before `cluster` adds at the end of one line and the start of the next. */
static double edge(const struct pm_paragraph *p, size_t cluster)
{
    if (cluster == 0 || cluster >= p->cluster_count)
        return 0;
    uint32_t a = p->runs[p->clusters[cluster - 1].run].span, b = p->runs[p->clusters[cluster].run].span;
    return a == b ? pm_style_pad(p->spans[a].style) : 0;
}

static void add_piece(struct pm_paragraph *p, size_t first, size_t end, const struct pm_hard_break *hard)
{
    if (!pm_room_for(p->arena, &p->pieces, p->piece_count, &p->piece_cap, sizeof *p->pieces))
        return;
    struct pm_piece piece = {.first = (uint32_t)first, .end = (uint32_t)end, .hard = hard != NULL};
    if (hard)
        piece.style = p->spans[hard->span].style;
    double trailing = 0;
    size_t spaces = 0;
    for (size_t i = first; i < end; i++) {
        double width = (double)p->clusters[i].width;
        piece.full += width;
        bool hangs = p->clusters[i].space;
        trailing = hangs ? (p->preserve ? width : trailing + width) : 0;
        spaces = hangs ? spaces + 1 : 0;
    }
    piece.width = piece.full - trailing;
    p->pieces[p->piece_count++] = piece;
}

/* The clusters [first, end) between two hard breaks. Spaces at the start go with what follows, so that no line is empty for them. */
static void cut_segment(struct pm_paragraph *p, const char *breaks, size_t first, size_t end, const struct pm_hard_break *hard)
{
    struct word w = first < end ? word_at(p, pm_cluster_at(p, first)) : (struct word){0, 0, false};
    bool blank = true;
    size_t from = first;
    for (size_t i = first; i < end; i++) {
        if (i > first)
            p->clusters[i].rank = (unsigned char)rank(p, breaks, i, &w);
        if (p->clusters[i].rank == PM_BREAK_NATURAL && blank)
            p->clusters[i].rank = PM_BREAK_ANYWHERE;
        if (p->clusters[i].rank == PM_BREAK_NATURAL) {
            add_piece(p, from, i, NULL);
            from = i;
        }
        blank = blank && p->clusters[i].space;
    }
    if (end > from || hard)
        add_piece(p, from, end, hard);
}

void pm_paragraph_cut(struct pm_paragraph *p, const char *breaks)
{
    size_t from = 0;
    for (size_t i = 0; i < p->hard_count; i++) {
        cut_segment(p, breaks, from, p->hard[i].cluster, &p->hard[i]);
        from = p->hard[i].cluster;
    }
    cut_segment(p, breaks, from, p->cluster_count, NULL);
}

/* ---- one line ---- */

/* Clusters of one run on a line. */
struct slice {
    uint32_t run, first, end;
};

struct breaker {
    struct pm_paragraph *p;
    double width;              /* of a line */
    uint32_t start, end;       /* clusters placed on the line so far */
    double full;               /* their width with the spaces at the end */
    struct pm_line *lines;
    size_t count, cap;
    struct slice *slices;      /* of the line being made */
    size_t slice_count, slice_cap;
};

/* Rule L2 of UAX 9: from the highest level down to the lowest odd one, turn what is at that level or above. */
static void reorder(const struct breaker *b)
{
    unsigned highest = 0;
    for (size_t i = 0; i < b->slice_count; i++)
        if (b->p->runs[b->slices[i].run].level > highest)
            highest = b->p->runs[b->slices[i].run].level;
    for (unsigned level = highest; level > 0; level--) {
        for (size_t from = 0, to; from < b->slice_count; from = to + 1) {
            for (to = from; to < b->slice_count && b->p->runs[b->slices[to].run].level >= level; to++)
                ;
            for (size_t i = from, j = to; i + 1 < j; i++) {
                struct slice kept = b->slices[i];
                b->slices[i] = b->slices[--j];
                b->slices[j] = kept;
            }
        }
    }
}

static bool collect(struct breaker *b, uint32_t first, uint32_t end)
{
    b->slice_count = 0;
    for (uint32_t i = first, to; i < end; i = to) {
        for (to = i; to < end && b->p->clusters[to].run == b->p->clusters[i].run; to++)
            ;
        if (!pm_room_for(b->p->arena, &b->slices, b->slice_count, &b->slice_cap, sizeof *b->slices))
            return false;
        b->slices[b->slice_count++] = (struct slice){b->p->clusters[i].run, i, to};
    }
    if (b->p->levels)
        reorder(b);
    return true;
}

static uint32_t slice_span(const struct breaker *b, size_t i)
{
    return b->p->runs[b->slices[i].run].span;
}

/* The glyphs of a slice as a fragment without place. */
static struct pm_fragment fragment_of(const struct breaker *b, const struct slice *s)
{
    const struct pm_paragraph *p = b->p;
    const struct pm_run *run = &p->runs[s->run];
    const struct pm_cluster *first = &p->clusters[s->first], *last = &p->clusters[s->end - 1];
    if (run->level & 1) {
        const struct pm_cluster *kept = first;
        first = last;
        last = kept;
    }
    struct pm_fragment f = {.font = run->font, .style = p->spans[run->span].style, .glyphs = p->glyphs + first->glyph,
                            .count = last->glyph + last->count - first->glyph};
    for (uint32_t i = s->first; i < s->end; i++)
        f.width += (double)p->clusters[i].width;
    return f;
}

/* The fragments of the slices, from the left. Neighbours of one look, whose glyphs follow each other, become one. */
static void place(const struct breaker *b, struct pm_line *line, double hanging)
{
    double x = 0;
    for (size_t i = 0; i < b->slice_count; i++) {
        const struct slice *s = &b->slices[i];
        struct pm_fragment f = fragment_of(b, s), *last = line->count ? &line->fragments[line->count - 1] : NULL;
        double pad = pm_style_pad(f.style);
        if (pad > 0) {
            f.width += s->first == b->start ? edge(b->p, s->first) : 0;
            f.width += s->end == b->end ? edge(b->p, s->end) : 0;
            f.pad = i == 0 || slice_span(b, i - 1) != slice_span(b, i) ? pad : 0;
        }
        if (i + 1 == b->slice_count)
            f.width -= hanging;
        f.x = x;
        x += f.width;
        if (last && last->font == f.font && last->style == f.style && last->glyphs + last->count == f.glyphs) {
            last->count += f.count;
            last->width += f.width;
        } else {
            line->fragments[line->count++] = f;
        }
        line->ascent = fmax(line->ascent, f.font->ascent * f.style->size);
        line->descent = fmax(line->descent, f.font->descent * f.style->size);
    }
    line->width = x;
}

/* How many of the spaces at the end are kept as glyphs: one where a line is broken, so that words stay apart in what a reader copies. In
 * code all are. Where directions mix, none is: it would stand at the wrong end. */
static uint32_t spaces_kept(const struct breaker *b, uint32_t spaces, bool hard)
{
    if (b->p->levels || spaces == 0)
        return 0;
    return b->p->preserve ? spaces : hard ? 0 : 1;
}

/* Ends the line that the clusters [start, end) are on. */
static bool emit(struct breaker *b, bool hard, bool forced)
{
    struct pm_paragraph *p = b->p;
    uint32_t spaces = 0;
    while (b->end - spaces > b->start && p->clusters[b->end - spaces - 1].space)
        spaces++;
    uint32_t kept = spaces_kept(b, spaces, hard), shown = b->end - spaces + kept;
    double hanging = kept ? (double)p->clusters[shown - 1].width : 0;
    if (!pm_room_for(p->arena, &b->lines, b->count, &b->cap, sizeof *b->lines) || !collect(b, b->start, shown))
        return false;
    struct pm_line line = {.rtl = p->rtl, .forced = forced};
    line.fragments = pm_arena_array(p->arena, b->slice_count, sizeof *line.fragments);
    if (!line.fragments)
        return false;
    place(b, &line, hanging);
    b->lines[b->count++] = line;
    b->start = b->end;
    b->full = edge(p, b->start);
    return true;
}

/* ---- breaking ---- */

static bool is_open(const struct breaker *b)
{
    return b->end > b->start;
}

static bool fits(const struct breaker *b, double width, uint32_t end)
{
    return b->full + width + edge(b->p, end) <= b->width + TOLERANCE;
}

/* The best place for a break in [from, end) when the clusters from `from` on go where b->full is reached: 0 when all fit. On an empty line
 * some place is always found, else `from` means that nothing should go on this line. */
static uint32_t best_break(const struct breaker *b, uint32_t from, uint32_t end, bool empty)
{
    const struct pm_paragraph *p = b->p;
    uint32_t best[PM_BREAK_NATURAL] = {0}, i = from;
    double x = 0, sane = 0;
    for (; i < end; i++) {
        const struct pm_cluster *c = &p->clusters[i];
        if (i > from && c->rank != PM_BREAK_NONE && fits(b, x, i)) {
            best[c->rank] = i;
            sane = c->rank == PM_BREAK_SANE ? x : sane;
        }
        x += (double)c->width;
        bool hangs = c->space && !p->preserve;
        if (!hangs && b->full + x > b->width + TOLERANCE)
            break;
    }
    if (i == end && fits(b, x, end))
        return 0;
    if (best[PM_BREAK_NOWRAP])
        return best[PM_BREAK_NOWRAP];
    if (best[PM_BREAK_SANE] && (!empty || sane > b->width / 3))
        return best[PM_BREAK_SANE];
    if (!empty)
        return from;
    return best[PM_BREAK_ANYWHERE] ? best[PM_BREAK_ANYWHERE] : from + 1;
}

/* A piece that is wider than a line: broken where it hurts least, from the room that is left on this line on. */
static bool break_piece(struct breaker *b, const struct pm_piece *piece)
{
    for (uint32_t from = piece->first;;) {
        bool empty = !is_open(b);
        uint32_t at = best_break(b, from, piece->end, empty);
        b->end = at ? at : piece->end;
        if (at == 0 || at >= piece->end) {
            for (uint32_t i = from; i < piece->end; i++)
                b->full += (double)b->p->clusters[i].width;
            b->end = piece->end;
            return true;
        }
        if (!emit(b, false, at > from && b->p->clusters[at].rank < PM_BREAK_NOWRAP))
            return false;
        from = at;
    }
}

static bool add_to_line(struct breaker *b, const struct pm_piece *piece)
{
    if (fits(b, piece->width, piece->end)) {
        b->end = piece->end;
        b->full += piece->full;
        return true;
    }
    double alone = edge(b->p, piece->first) + piece->width + edge(b->p, piece->end);
    if (alone > b->width + TOLERANCE)
        return break_piece(b, piece);
    if (is_open(b) && !emit(b, false, false))
        return false;
    b->end = piece->end;
    b->full += piece->full;
    return true;
}

/* A line that has nothing on it is as tall as the text around it. */
static void raise_empty(const struct breaker *b, const struct pm_piece *piece)
{
    struct pm_line *line = &b->lines[b->count - 1];
    if (line->count)
        return;
    const struct pm_font *font = pm_font_face(b->p->fonts, piece->style->face);
    line->ascent = font->ascent * piece->style->size;
    line->descent = font->descent * piece->style->size;
}

size_t pm_paragraph_lines(struct pm_paragraph *p, double width, struct pm_line **lines)
{
    *lines = NULL;
    if (!pm_paragraph_ready(p))
        return 0;
    struct breaker b = {.p = p, .width = width};
    for (size_t i = 0; i < p->piece_count; i++) {
        const struct pm_piece *piece = &p->pieces[i];
        if (!add_to_line(&b, piece))
            return 0;
        if (!piece->hard)
            continue;
        if (!emit(&b, true, false))
            return 0;
        raise_empty(&b, piece);
    }
    if (is_open(&b) && !emit(&b, true, false))
        return 0;
    *lines = b.lines;
    return pm_arena_failed(p->arena) ? 0 : b.count;
}
