/* Blocks of code: every space counts, long lines go on below with a mark. */
#include "render/pdf/galley.h"

#include <math.h>
#include <string.h>

#define TAB_WIDTH 4
#define SHORT_CODE 10             /* lines: no longer code is not split */
#define LEAST_CODE 0.85           /* code whose longest line nearly fits is set this much smaller at most */
#define WRAP_ROOM 11.0            /* for the mark of a wrapped line */

static struct pm_str expand_tabs(struct pm_env *env, struct pm_str s)
{
    while (s.n && (s.p[s.n - 1] == '\n' || s.p[s.n - 1] == '\r'))
        s.n--;
    s = pm_env_cap(env, s);
    if (!s.n || !memchr(s.p, '\t', s.n))
        return s;
    char *out = pm_arena_alloc(env->arena, s.n * TAB_WIDTH + 1);
    size_t n = 0, column = 0;
    for (size_t i = 0; out && i < s.n; i++) {
        if (s.p[i] != '\t') {
            out[n++] = s.p[i];
            column = s.p[i] == '\n' ? 0 : column + (((unsigned char)s.p[i] & 0xC0) != 0x80);
            continue;
        }
        do
            out[n++] = ' ';
        while (++column % TAB_WIDTH);
    }
    return (struct pm_str){out, n};
}

/* A small hook to the left below: the line goes on. Drawn, since few faces have a glyph for it. */
static void put_wrap_mark(const struct pm_env *env, struct pm_box *box, double x, double y, double size)
{
    struct pm_rgb colour = pm_env_colour(env, PM_COLOUR_MUTED);
    double w = size * 0.6, h = size * 0.35, tip = size * 0.18;
    pm_box_line(env, box, x + w, y - h, 0, h, colour, 0.5);
    pm_box_line(env, box, x + w, y, -w, 0, colour, 0.5);
    pm_box_line(env, box, x, y, tip, -tip, colour, 0.5);
    pm_box_line(env, box, x, y, tip, tip, colour, 0.5);
}

/* The line before `next` ends where the page does, not where its author ended it. */
static bool is_continued(const struct pm_line *line, const struct pm_line *next)
{
    const char *start = NULL;
    for (size_t f = 0; next && f < next->count; f++)
        for (size_t g = 0; g < next->fragments[f].count; g++)
            if (!start || next->fragments[f].glyphs[g].text < start)
                start = next->fragments[f].glyphs[g].text;
    return line->forced || (start && line->count > 0 && start[-1] != '\n');
}

static void code_lines(struct pm_flow *flow, struct pm_paragraph *p, const struct pm_setting *s)
{
    struct pm_env *env = flow->env;
    struct pm_place *place = flow->place;
    double leading = pm_setting_leading(env, s);
    struct pm_line *lines = NULL;
    size_t count = pm_paragraph_lines(p, fmax(place->width - WRAP_ROOM, 10), &lines);
    for (size_t i = 0; i < count; i++) {
        double above, below;
        pm_line_excess(env, &lines[i], s->size, &above, &below);
        double baseline = above + pm_baseline(env, leading, s->size);
        struct pm_box *box = pm_flow_box(flow, leading + above + below, 0, baseline);
        if (!box)
            return;
        box->keep = pm_stays_with_next(i, count) || (count <= SHORT_CODE && i + 1 < count);
        pm_box_text(env, box, &lines[i], place->x, baseline, place->width, PM_ALIGN_START);
        if (is_continued(&lines[i], i + 1 < count ? &lines[i + 1] : NULL))
            put_wrap_mark(env, box, place->x + place->width - WRAP_ROOM + 4, baseline, s->size);
    }
}

static struct pm_paragraph *code_paragraph(struct pm_env *env, struct pm_str text, const struct pm_setting *s)
{
    struct pm_style style = pm_setting_style(s);
    struct pm_paragraph *p = pm_paragraph_new(env->fonts, env->arena, env->diags);
    if (p) {
        pm_paragraph_preserve(p);
        pm_paragraph_add(p, text, &style);
    }
    return p;
}

void pm_flow_code(struct pm_flow *flow, const struct pm_node *node)
{
    struct pm_env *env = flow->env;
    struct pm_place *place = pm_place_open(flow, node);
    struct pm_str text = expand_tabs(env, node->text);
    if (!place || text.n == 0) {
        flow->place = place ? place->outer : flow->place;
        return;
    }
    place->frame = pm_frame_new(env, place->frame, place->x, place->width, pm_env_space(env, 6), pm_env_space(env, 8));
    if (place->frame) {
        place->frame->has_fill = true;
        place->frame->fill = pm_env_colour(env, PM_COLOUR_SURFACE);
        place->frame->radius = 3;
    }
    pm_place_indent(place, 8);
    place->width = fmax(place->width - 6, 20);
    struct pm_setting s = pm_env_setting(env, pm_env_size(env, env->theme->size_code), NULL);
    s.tag = pm_env_tag(env, pm_env_tag(env, place->tag, PM_TAG_P), PM_TAG_CODE);
    s.face = PM_FACE_MONO;
    s.mark = node->mark;
    s.leading = s.size * fmin(env->theme->leading, 1.35);
    struct pm_paragraph *p = code_paragraph(env, text, &s);
    double least = 0, most = 0, room = place->width - WRAP_ROOM;
    if (p)
        pm_paragraph_widths(p, room, &least, &most);
    if (!env->one_page && most > room && most * LEAST_CODE <= room) {
        s.size *= room / most * 0.998;
        p = code_paragraph(env, text, &s);
    }
    if (p)
        code_lines(flow, p, &s);
    flow->place = place->outer;
}
