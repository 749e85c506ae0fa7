/* From inline nodes to shaped paragraphs. */
#include "render/pdf/galley.h"

#include "document/iterator.h"

#include <math.h>
#include <string.h>

#define CODE_SIZE 0.92            /* of the text around it: the mono face is wide */
#define LOZENGE_SIZE 0.86

/* What the inlines around the present place have switched on. */
struct manner {
    struct pm_env *env;
    struct pm_paragraph *paragraph;
    const struct pm_setting *setting;
    int strong, emph, strike;
    struct pm_tag *link;
    struct pm_str url;
    bool spaced;                  /* white space was the last */
    size_t left;                  /* bytes that are still taken */
};

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static bool is_collapsed(struct pm_str s, bool spaced)
{
    for (size_t i = 0; i < s.n; i++) {
        bool space = is_space(s.p[i]);
        if (space && (spaced || s.p[i] != ' '))
            return false;
        spaced = space;
    }
    return true;
}

/* Runs of white space as one space, none after white space. */
static struct pm_str collapse(struct manner *m, struct pm_str s)
{
    if (!is_collapsed(s, m->spaced)) {
        char *out = pm_arena_alloc(m->env->arena, s.n + 1);
        size_t n = 0;
        for (size_t i = 0; out && i < s.n; i++) {
            bool space = is_space(s.p[i]);
            if (!space || !m->spaced)
                out[n++] = space ? ' ' : s.p[i];
            m->spaced = space;
        }
        return (struct pm_str){out, n};
    }
    if (s.n)
        m->spaced = s.p[s.n - 1] == ' ';
    return s;
}

static enum pm_face face_of(const struct manner *m)
{
    bool bold = m->strong > 0 || m->setting->face == PM_FACE_BOLD || m->setting->face == PM_FACE_BOLD_ITALIC;
    bool italic = m->emph > 0 || m->setting->face == PM_FACE_ITALIC || m->setting->face == PM_FACE_BOLD_ITALIC;
    return bold && italic ? PM_FACE_BOLD_ITALIC : bold ? PM_FACE_BOLD : italic ? PM_FACE_ITALIC : PM_FACE_REGULAR;
}

static struct pm_style style_of(const struct manner *m, struct pm_mark mark)
{
    struct pm_style style = pm_setting_style(m->setting);
    style.face = face_of(m);
    style.strike = m->strike > 0;
    if (mark.line)
        style.mark = mark;
    if (m->link) {
        style.colour = pm_env_colour(m->env, PM_COLOUR_ACCENT);
        style.underline = true;
        style.url = m->url;
        style.tag = m->link;
    }
    return style;
}

static void add(struct manner *m, struct pm_str text, const struct pm_style *style)
{
    text = pm_env_cap(m->env, text);
    if (m->env->one_page) {
        if (m->left < text.n) {
            pm_env_cut(m->env);
            return;
        }
        m->left -= text.n;
    }
    if (text.n)
        pm_paragraph_add(m->paragraph, text, style);
}

static void add_code(struct manner *m, const struct pm_node *node)
{
    struct pm_style style = style_of(m, node->mark);
    style.face = PM_FACE_MONO;
    style.size = fmax(style.size * CODE_SIZE, fmin(style.size, 8));
    style.box = PM_BOX_CODE;
    style.fill = pm_env_colour(m->env, PM_COLOUR_SURFACE);
    m->spaced = false;
    add(m, collapse(m, node->text), &style);
    m->spaced = false;
}

struct pm_style pm_lozenge_style(const struct pm_env *env, double size, enum pm_tone tone, struct pm_tag *tag, struct pm_mark mark)
{
    const struct pm_tone_colours *colours = &env->theme->tones[tone];
    return (struct pm_style){.face = PM_FACE_BOLD, .size = fmax(size * LOZENGE_SIZE, fmin(size, 8)), .colour = colours->text, .tag = tag,
                             .mark = mark, .box = PM_BOX_LOZENGE, .fill = colours->fill, .line = colours->line};
}

static void add_status(struct manner *m, const struct pm_node *node)
{
    struct pm_style style = pm_lozenge_style(m->env, m->setting->size, node->as.tone.tone, m->link ? m->link : m->setting->tag, node->mark);
    style.url = m->url;
    m->spaced = false;
    add(m, collapse(m, node->text), &style);
    m->spaced = false;
}

static void add_text(struct manner *m, const struct pm_node *node)
{
    struct pm_style style = style_of(m, node->mark);
    if (node->kind == PM_TIME)
        style.nowrap = true;
    add(m, collapse(m, node->text), &style);
}

static void add_break(struct manner *m)
{
    struct pm_style style = style_of(m, (struct pm_mark){0, 0, 0});
    add(m, PM_LIT("\n"), &style);
    m->spaced = true;
}

static void toggle(struct manner *m, const struct pm_node *node, int by)
{
    switch (node->kind) {
    case PM_STRONG:
        m->strong += by;
        break;
    case PM_EMPH:
        m->emph += by;
        break;
    case PM_STRIKE:
        m->strike += by;
        break;
    case PM_LINK:
        m->url = by > 0 ? node->as.link.url : (struct pm_str){NULL, 0};
        m->link = by > 0 && m->url.n > 0 && m->setting->tag ? pm_env_tag(m->env, m->setting->tag, PM_TAG_LINK) : NULL;
        break;
    default:
        break;
    }
}

static void enter(struct manner *m, const struct pm_node *node)
{
    switch (node->kind) {
    case PM_TEXT:
    case PM_TIME:
    case PM_PERSON:
        add_text(m, node);
        break;
    case PM_CODE:
        add_code(m, node);
        break;
    case PM_STATUS:
        add_status(m, node);
        break;
    case PM_BREAK:
        add_break(m);
        break;
    default:
        toggle(m, node, 1);
    }
}

struct pm_paragraph *pm_inlines(struct pm_env *env, const struct pm_node *node, const struct pm_setting *setting, struct pm_str lead)
{
    struct manner m = {.env = env, .setting = setting, .spaced = true, .left = 8192};
    m.paragraph = pm_paragraph_new(env->fonts, env->arena, env->diags);
    if (!m.paragraph)
        return NULL;
    if (lead.n) {
        struct pm_style style = pm_setting_style(setting);
        add(&m, lead, &style);
    }
    struct pm_iterator it;
    pm_iterator_init(&it, node);
    for (enum pm_event_type event; (event = pm_iterator_next(&it)) != PM_DONE;) {
        if (it.node == node)
            continue;
        if (!pm_node_is_inline(it.node->kind)) {
            if (event == PM_ENTER)
                pm_iterator_skip(&it);
        } else if (event == PM_ENTER) {
            enter(&m, it.node);
        } else {
            toggle(&m, it.node, -1);
        }
    }
    return m.paragraph;
}

struct pm_paragraph *pm_text_paragraph(struct pm_env *env, struct pm_str text, const struct pm_setting *setting)
{
    struct manner m = {.env = env, .setting = setting, .spaced = true, .left = 8192};
    m.paragraph = pm_paragraph_new(env->fonts, env->arena, env->diags);
    if (!m.paragraph)
        return NULL;
    struct pm_style style = pm_setting_style(setting);
    add(&m, collapse(&m, text), &style);
    return m.paragraph;
}

bool pm_has_inlines(const struct pm_node *node)
{
    return node->first && pm_node_is_inline(node->first->kind);
}
