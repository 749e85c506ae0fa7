/* Running heads and feet. */
#include "render/pdf/galley.h"

#include "base/utf8.h"

#define MOST_TEXT 400             /* characters: more than a line can show */

static void place_in(const struct pm_box *box, struct pm_page *out)
{
    for (struct pm_item *item = box->first, *next; item; item = next) {
        next = item->next;
        item->next = NULL;
        if (out->last)
            out->last->next = item;
        else
            out->first = item;
        out->last = item;
        out->count++;
    }
}

/* `pattern` with its two %s replaced in turn. It comes from a template, so it is no format for printf. */
static struct pm_str page_of(struct pm_arena *arena, struct pm_str pattern, size_t number, size_t total)
{
    size_t values[2] = {number, total}, used = 0;
    struct pm_buf b;
    pm_buf_init(&b, 4096);
    for (size_t i = 0; i < pattern.n; i++) {
        if (used < 2 && pattern.p[i] == '%' && i + 1 < pattern.n && pattern.p[i + 1] == 's') {
            pm_buf_printf(&b, "%zu", values[used++]);
            i++;
        } else {
            pm_buf_putc(&b, pattern.p[i]);
        }
    }
    if (b.status == PM_NOMEM)
        arena->failed = true;
    struct pm_str text = pm_arena_str(arena, pm_buf_slice(&b));
    pm_buf_free(&b);
    return text;
}

void pm_layout_running(const struct pm_document *doc, const struct pm_layout_options *options, size_t number, size_t total,
                       struct pm_arena *arena, struct pm_page *out)
{
    const struct pm_theme *theme = options->theme;
    struct pm_layout_options own = *options;
    own.arena = arena;
    struct pm_env env;
    pm_env_init(&env, doc, &own);
    struct pm_box box = {0};
    struct pm_style style = {.face = PM_FACE_REGULAR, .size = theme->size_small, .tabular = true};
    style.colour = pm_env_colour(&env, PM_COLOUR_MUTED);
    double left = theme->margin_left, foot = theme->paper_height - theme->margin_bottom * 0.5;
    if (number > options->first_page + 1 && doc->header.n) {
        double head = theme->margin_top * 0.55;
        struct pm_line *line = pm_text_line(env.fonts, arena, env.diags, pm_utf8_prefix(doc->header, MOST_TEXT), &style, env.width);
        pm_box_text(&env, &box, line, left, head, env.width, PM_ALIGN_START);
        pm_box_line(&env, &box, left, head + 5, env.width, 0, pm_env_colour(&env, PM_COLOUR_LINE), 0.5);
    }
    struct pm_str numbers = page_of(arena, doc->words.page_of, number, total);
    struct pm_line *count = pm_text_line(env.fonts, arena, env.diags, numbers, &style, env.width / 2);
    double room = env.width - (count ? count->width : 0) - 14;
    if (doc->footer.n && room > 20) {
        struct pm_line *line = pm_text_line(env.fonts, arena, env.diags, pm_utf8_prefix(doc->footer, MOST_TEXT), &style, room);
        pm_box_text(&env, &box, line, left, foot, room, PM_ALIGN_START);
    }
    if (count)
        pm_box_text(&env, &box, count, left + env.width - count->width, foot, count->width, PM_ALIGN_START);
    *out = (struct pm_page){0};
    place_in(&box, out);
}
