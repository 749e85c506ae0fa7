#include "document/compose_internal.h"

#include "base/sha256.h"
#include "document/figure.h"
#include "document/markdown.h"

#include <string.h>

static const struct pm_mark nowhere = {0, 0, 0};

/* Options of blocks; the template was checked when it was read. */

struct pm_str pm_word_of(const struct pm_composer *c, enum pm_word w)
{
    return c->language.word[w];
}

static const struct pm_yaml *option(const struct pm_yaml *argument, const char *name)
{
    return argument && argument->kind == PM_YAML_MAPPING ? pm_yaml_get(argument, name) : NULL;
}

bool pm_option_is(const struct pm_yaml *argument, const char *name, const char *value)
{
    const struct pm_yaml *y = option(argument, name);
    return y && pm_str_is(y->text, value);
}

bool pm_option_true(const struct pm_yaml *argument, const char *name)
{
    return pm_option_is(argument, name, "true");
}

size_t pm_option_number(const struct pm_yaml *argument, const char *name, size_t otherwise)
{
    const struct pm_yaml *y = option(argument, name);
    size_t n = 0;
    for (size_t i = 0; y && i < y->text.n; i++)
        n = n * 10 + (size_t)(y->text.p[i] - '0');
    return y ? n : otherwise;
}

/* Blocks. */

static pm_compose_block *const functions[PM_B_COUNT] = {
#define FUNCTION(id, key, function) [id] = function,
    PM_BLOCK_TABLE(FUNCTION)
#undef FUNCTION
};

static bool names_known(struct pm_composer *c, const struct pm_yaml *name)
{
    struct pm_variable v;
    return pm_variable_find(c->incident, name->text, &v) && pm_variable_known(c, &v);
}

static bool is_wanted(struct pm_composer *c, const struct pm_yaml *block)
{
    const struct pm_yaml *when = pm_yaml_get(block, "when"), *unless = pm_yaml_get(block, "unless");
    return (!when || names_known(c, when)) && (!unless || !names_known(c, unless));
}

void pm_compose_blocks(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *blocks)
{
    for (const struct pm_yaml *block = blocks ? blocks->first : NULL; block; block = block->next) {
        const struct pm_yaml *argument;
        enum pm_block kind = pm_block_kind(block, &argument);
        c->entry = (struct pm_str){NULL, 0};
        if (kind != PM_B_COUNT && is_wanted(c, block))
            functions[kind](c, parent, block, argument);
    }
}

void pm_compose_toc(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *block, const struct pm_yaml *argument)
{
    (void)block, (void)argument;
    pm_node_add(c->doc, parent, PM_TOC, nowhere);
}

void pm_compose_page_break(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *block, const struct pm_yaml *argument)
{
    (void)block, (void)argument;
    pm_node_add(c->doc, parent, PM_PAGE_BREAK, nowhere);
}

void pm_compose_rule(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *block, const struct pm_yaml *argument)
{
    (void)block, (void)argument;
    pm_node_add(c->doc, parent, PM_RULE, nowhere);
}

static int level_of(const struct pm_node *parent)
{
    return parent && parent->kind == PM_SECTION ? parent->as.section.level : 0;
}

void pm_compose_markdown(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *block, const struct pm_yaml *argument)
{
    struct pm_variable v;
    (void)block;
    if (!pm_variable_find(c->incident, argument->text, &v) || !pm_variable_known(c, &v))
        return;
    pm_add_markdown(c, parent, v.value, level_of(parent), pm_variable_path(c, &v));
}

void pm_compose_text(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *block, const struct pm_yaml *argument)
{
    (void)block;
    pm_markdown(c->doc, parent, pm_expand(c, argument->text, nowhere, true), nowhere, level_of(parent), c->diags);
}

static enum pm_tone tone_option(const struct pm_yaml *argument)
{
    for (enum pm_tone tone = PM_TONE_NEUTRAL; tone <= PM_TONE_NOTE; tone++) {
        if (pm_option_is(argument, "tone", pm_tone_name(tone)))
            return tone;
    }
    return PM_TONE_INFO;
}

void pm_compose_panel(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *block, const struct pm_yaml *argument)
{
    const struct pm_yaml *title = option(argument, "title");
    struct pm_node *panel = pm_node_add(c->doc, parent, PM_PANEL, nowhere);
    (void)block;
    if (!panel)
        return;
    panel->as.tone.tone = tone_option(argument);
    if (title)
        panel->text = pm_expand(c, title->text, nowhere, false);
    pm_compose_blocks(c, panel, option(argument, "blocks"));
    if (!panel->first)
        pm_node_unlink(panel);
}

void pm_compose_withdrawn(struct pm_composer *c, struct pm_node *parent)
{
    const struct pm_field *status = &c->incident->status;
    if (!status->valid || status->as.choice != PM_STATUS_WITHDRAWN)
        return;
    struct pm_node *panel = pm_node_add(c->doc, parent, PM_PANEL, status->mark);
    if (panel)
        panel->as.tone.tone = PM_TONE_WARNING;
    pm_add_text(c->doc, pm_node_add(c->doc, panel, PM_PARAGRAPH, status->mark), pm_word_of(c, PM_W_WITHDRAWN), status->mark);
}

static void add_figure(struct pm_composer *c, struct pm_node *parent, struct pm_scene *scene, struct pm_str alt, struct pm_mark mark)
{
    if (!scene)
        return;
    struct pm_node *figure = pm_node_add(c->doc, parent, PM_FIGURE, mark);
    if (!figure)
        return;
    figure->text = alt;
    figure->as.figure.scene = scene;
}

void pm_compose_figure(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *block, const struct pm_yaml *argument)
{
    const struct pm_theme *theme = c->options->theme;
    double width = theme ? theme->paper_width - theme->margin_left - theme->margin_right : 481.89;
    struct pm_str alt = {NULL, 0};
    (void)block;
    if (pm_str_is(argument->text, "actions")) {
        struct pm_scene *scene = pm_figure_actions(c->incident, c->as_of, width, &c->show, &alt);
        add_figure(c, parent, scene, alt, c->incident->action_items.mark);
    } else {
        struct pm_scene *scene = pm_figure_timeline(c->incident, width, &c->show, &alt);
        add_figure(c, parent, scene, alt, c->incident->started_at.mark);
    }
}

/* Free sections. */

static void add_free_section(struct pm_composer *c, struct pm_node *parent, size_t index)
{
    const struct pm_free_section *s = (const struct pm_free_section *)c->incident->sections.items + index;
    struct pm_node *section = pm_add_section(c->doc, parent, s->title.text, (struct pm_str){NULL, 0}, s->head.mark);
    pm_enter_entry(c, "sections", (struct pm_str){NULL, 0}, index + 1);
    if (section && pm_has(&s->title))
        pm_set_path(section->first, pm_path(c, "title"));
    if (pm_has(&s->body))
        pm_add_markdown(c, section, &s->body, level_of(section), pm_path(c, "body"));
}

/* Those that name the section by its id or its heading. */
static void place_behind(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *id, struct pm_str heading)
{
    const struct pm_free_section *sections = c->incident->sections.items;
    for (size_t i = 0; c->placed && i < c->incident->sections.count; i++) {
        struct pm_str after = sections[i].after.text;
        if (c->placed[i] || !((id && pm_str_same_word(after, id->text.p)) || (after.n > 0 && pm_str_same_letters(after, heading))))
            continue;
        c->placed[i] = true;
        add_free_section(c, parent, i);
    }
}

void pm_compose_free_sections(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *block, const struct pm_yaml *argument)
{
    (void)block, (void)argument;
    for (size_t i = 0; c->placed && i < c->incident->sections.count; i++) {
        if (!c->placed[i])
            add_free_section(c, parent, i);
        c->placed[i] = true;
    }
}

/* A section whose blocks show nothing is left out; free sections that belong behind it are not. */
void pm_compose_section(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *block, const struct pm_yaml *argument)
{
    const struct pm_yaml *id = pm_yaml_get(block, "id");
    struct pm_str heading = pm_expand(c, argument->text, nowhere, false);
    struct pm_node *section = pm_add_section(c->doc, parent, heading, id ? id->text : (struct pm_str){NULL, 0}, nowhere);
    if (section) {
        section->as.section.lead = pm_option_true(block, "lead");
        section->as.section.fold = pm_option_true(block, "fold");
    }
    pm_compose_blocks(c, section, pm_yaml_get(block, "blocks"));
    if (section && section->first == section->last)
        pm_node_unlink(section);
    if (c->places_sections)
        place_behind(c, parent, id, heading);
}

/* The document. */

static struct pm_str joined(struct pm_composer *c, struct pm_str a, struct pm_str b)
{
    if (!a.n || !b.n)
        return a.n ? a : b;
    return pm_arena_join(c->arena, a, ", ", b);
}

static struct pm_str text_of(struct pm_composer *c, const char *name)
{
    struct pm_variable v;
    if (pm_variable_find(c->incident, pm_str(name), &v) && pm_variable_known(c, &v))
        return pm_variable_text(c, &v);
    return (struct pm_str){NULL, 0};
}

/* The footer says who may read the document, unless the theme does so itself or all may. */
static struct pm_str footer_of(struct pm_composer *c, struct pm_str footer)
{
    struct pm_str text = pm_expand(c, footer, nowhere, false);
    const struct pm_field *visibility = &c->incident->visibility;
    const char *mention = "visibility";
    for (size_t i = 0; i + strlen(mention) <= footer.n; i++) {
        if (memcmp(footer.p + i, mention, strlen(mention)) == 0)
            return text;
    }
    if (!visibility->valid || pm_str_same_word(visibility->text, "public"))
        return text;
    struct pm_str who = text_of(c, "visibility");
    return text.n ? pm_arena_join(c->arena, text, " \302\267 ", who) : who;
}

static void fill_words(struct pm_composer *c)
{
    struct pm_words *w = &c->doc->words;
    w->contents = pm_word_of(c, PM_W_CONTENTS);
    w->page_of = pm_word_of(c, PM_W_PAGE_OF);
    w->document = pm_word_of(c, PM_W_INCIDENT);
    w->page = pm_word_of(c, PM_W_PAGE);
    w->shortened = pm_word_of(c, PM_W_SHORTENED);
    w->done = pm_word_of(c, PM_W_DONE);
    w->open = pm_word_of(c, PM_W_OPEN);
    w->note = pm_word_of(c, PM_W_NOTE);
    w->info = pm_word_of(c, PM_W_INFO);
    w->success = pm_word_of(c, PM_W_SUCCESS);
    w->warning = pm_word_of(c, PM_W_WARNING);
    w->details = pm_word_of(c, PM_W_DETAILS);
    w->filter = pm_word_of(c, PM_W_FILTER);
    w->found = pm_word_of(c, PM_W_FOUND);
    w->skip = pm_word_of(c, PM_W_SKIP);
    w->to_do = pm_word_of(c, PM_W_TO_DO);
}

static void fill_document(struct pm_composer *c)
{
    const struct pm_incident *in = c->incident;
    struct pm_document *doc = c->doc;
    const struct pm_theme *theme = c->options->theme;
    doc->id = in->id.text;
    doc->title = in->title.text;
    doc->lang = pm_has(&in->lang) ? in->lang.text : c->options->template->lang;
    doc->author = text_of(c, "owner");
    if (!doc->author.n)
        doc->author = text_of(c, "authors");
    doc->subject = PM_FILL(c->arena, pm_word_of(c, PM_W_SUBJECT), {"id", in->id.text});
    doc->keywords = joined(c, text_of(c, "severity"), joined(c, text_of(c, "services"), text_of(c, "labels")));
    doc->instant = c->options->has_as_of ? c->options->as_of * 86400 : pm_incident_last_instant(in);
    doc->max_pages = c->options->template->max_pages;
    doc->source = in->source;
    pm_sha256(in->source, doc->sha256);
    fill_words(c);
    if (theme) {
        doc->header = pm_expand(c, theme->header, nowhere, false);
        doc->footer = footer_of(c, theme->footer);
    }
}

static bool has_block(const struct pm_yaml *blocks, enum pm_block kind)
{
    for (const struct pm_yaml *block = blocks ? blocks->first : NULL; block; block = block->next) {
        const struct pm_yaml *argument;
        if (pm_block_kind(block, &argument) == kind || has_block(pm_yaml_get(block, "blocks"), kind) ||
            has_block(option(argument, "blocks"), kind))
            return true;
    }
    return false;
}

struct pm_document *pm_compose(const struct pm_incident *incident, const struct pm_compose_options *options,
                               struct pm_arena *arena, struct pm_diags *diags)
{
    struct pm_composer c = {.incident = incident, .options = options, .arena = arena, .diags = diags};
    const struct pm_template *template = options->template;
    c.doc = pm_document_new(arena);
    if (!c.doc)
        return NULL;
    pm_language_init(&c.language, template->words);
    c.show = (struct pm_show){arena, &c.language, incident, pm_has(&incident->tz) ? incident->tz.text : PM_LIT("Etc/UTC")};
    pm_metrics(incident, diags, c.metrics);
    c.as_of = options->has_as_of ? options->as_of : pm_show_day_of(&c.show, pm_incident_last_instant(incident));
    c.places_sections = has_block(template->blocks, PM_B_SECTIONS);
    c.placed = pm_arena_array(arena, incident->sections.count + 1, sizeof *c.placed);
    fill_document(&c);
    if (!has_block(template->blocks, PM_B_COVER))
        pm_compose_withdrawn(&c, c.doc->root);
    pm_compose_blocks(&c, c.doc->root, template->blocks);
    return pm_arena_failed(arena) ? NULL : c.doc;
}
