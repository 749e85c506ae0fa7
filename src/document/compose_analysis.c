/* Causes, the five whys, lessons. */
#include "document/compose_internal.h"

#include "document/markdown.h"

static bool is_primary(const struct pm_cause *cause)
{
    return cause->rank.valid && cause->rank.as.choice == PM_PRIMARY;
}

static size_t count_rank(const struct pm_list *list, bool primary)
{
    const struct pm_cause *causes = list->items;
    size_t n = 0;
    for (size_t i = 0; i < list->count; i++)
        n += is_primary(&causes[i]) == primary;
    return n;
}

/* "C1 · Kind: Trigger · Category: Change · see E1, E2"; not the mere id that a cause has by its position. */
static void add_cause_facts(struct pm_composer *c, struct pm_node *parent, const struct pm_cause *cause)
{
    const struct pm_field *fields[] = {&cause->kind, &cause->category};
    static const char *const names[] = {"kind", "category"}, *const paths[] = {"causes.kind", "causes.category"};
    if (cause->id.derived && !pm_has(&cause->kind) && !pm_has(&cause->category) && !cause->evidence.count)
        return;
    struct pm_node *p = pm_add_minor(c, parent, cause->head.mark);
    pm_add_member(c, p, "id", &cause->id);
    for (size_t i = 0; i < PM_COUNT(fields); i++) {
        const struct pm_field_def *def = pm_def_at("causes", names[i]);
        if (!def || !pm_has(fields[i]))
            continue;
        pm_separate(c, p, fields[i]->mark);
        pm_add_labelled(c, p, paths[i], def, fields[i]);
    }
    if (cause->evidence.count) {
        pm_separate(c, p, cause->evidence.mark);
        pm_add_references(c, p, &cause->evidence);
    }
    if (p && !p->first)
        pm_node_unlink(p);
}

static void add_cause(struct pm_composer *c, struct pm_node *parent, const struct pm_cause *cause, bool details)
{
    struct pm_node *p = pm_node_add(c->doc, parent, PM_PARAGRAPH, cause->text.mark);
    pm_enter_entry(c, "causes", cause->id.text, 0);
    pm_add_prose(c, p, pm_object_at("causes"), "text", &cause->text);
    pm_lift_path(p);
    if (details)
        add_cause_facts(c, parent, cause);
}

/* One cause stands for itself, several are a list. */
static void add_causes(struct pm_composer *c, struct pm_node *parent, bool primary, bool details)
{
    const struct pm_list *list = &c->incident->causes;
    const struct pm_cause *causes = list->items;
    struct pm_node *into = parent;
    if (!primary || count_rank(list, primary) > 1) {
        into = pm_node_add(c->doc, parent, PM_LIST, list->mark);
        if (into) {
            into->as.list.ordered = true;
            into->as.list.start = 1;
            into->as.list.tight = !details;
        }
    }
    for (size_t i = 0; into && i < list->count; i++) {
        if (is_primary(&causes[i]) == primary)
            add_cause(c, into == parent ? parent : pm_node_add(c->doc, into, PM_ITEM, causes[i].head.mark), &causes[i], details);
    }
}

static void add_primary_panel(struct pm_composer *c, struct pm_node *parent, bool details)
{
    const struct pm_list *list = &c->incident->causes;
    struct pm_node *panel = pm_node_add(c->doc, parent, PM_PANEL, list->mark);
    if (!panel)
        return;
    panel->as.tone.tone = PM_TONE_NOTE;
    panel->text = pm_word_of(c, count_rank(list, true) > 1 ? PM_W_PRIMARY_CAUSES : PM_W_PRIMARY_CAUSE);
    add_causes(c, panel, true, details);
}

void pm_compose_causes(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *block, const struct pm_yaml *argument)
{
    const struct pm_list *list = &c->incident->causes;
    bool primary = count_rank(list, true) > 0 && !pm_option_is(argument, "rank", "secondary");
    bool secondary = count_rank(list, false) > 0 && !pm_option_is(argument, "rank", "primary");
    bool details = !pm_option_is(argument, "details", "false");
    const struct pm_yaml *instead = argument->kind == PM_YAML_MAPPING ? pm_yaml_get(argument, "or") : NULL;
    if (primary && pm_option_is(argument, "panel", "false"))
        add_causes(c, parent, true, details);
    else if (primary)
        add_primary_panel(c, parent, details);
    if (secondary)
        add_causes(c, parent, false, details);
    if (!primary && !secondary && instead)
        pm_compose_markdown(c, parent, block, instead);
}

/* The five whys. */

static void add_why(struct pm_composer *c, struct pm_node *list, const struct pm_object_def *object, const struct pm_why *why)
{
    struct pm_node *item = pm_node_add(c->doc, list, PM_ITEM, why->head.mark);
    struct pm_node *question = pm_node_add(c->doc, item, PM_PARAGRAPH, why->question.mark);
    struct pm_node *strong = pm_node_add(c->doc, question, PM_STRONG, why->question.mark);
    pm_add_prose(c, strong, object, "question", &why->question);
    pm_lift_path(strong);
    pm_lift_path(question);
    if (!pm_has(&why->answer))
        return;
    struct pm_node *answer = pm_node_add(c->doc, item, PM_PARAGRAPH, why->answer.mark);
    pm_add_prose(c, answer, object, "answer", &why->answer);
    pm_lift_path(answer);
}

void pm_compose_five_whys(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *block, const struct pm_yaml *argument)
{
    const struct pm_chain *chains = c->incident->five_whys.items;
    const struct pm_object_def *object = pm_object_at("five_whys");
    (void)block, (void)argument;
    for (size_t i = 0; i < c->incident->five_whys.count; i++) {
        const struct pm_why *whys = chains[i].whys.items;
        struct pm_node *into = parent;
        if (c->incident->five_whys.count > 1) {
            struct pm_str n = pm_show_integer(&c->show, (int64_t)i + 1);
            struct pm_str title = PM_FILL(c->arena, pm_word_of(c, PM_W_CHAIN), {"n", n});
            into = pm_add_section(c->doc, parent, title, (struct pm_str){NULL, 0}, chains[i].mark);
        }
        struct pm_node *list = pm_node_add(c->doc, into, PM_LIST, chains[i].mark);
        if (list) {
            list->as.list.ordered = true;
            list->as.list.start = 1;
        }
        for (size_t j = 0; j < chains[i].whys.count; j++) {
            c->entry = pm_arena_format(c->arena, "five_whys/%zu/%zu", i + 1, j + 1);
            add_why(c, list, object, &whys[j]);
        }
    }
}

/* Lessons. */

/* False when there are none. */
static bool add_lessons(struct pm_composer *c, struct pm_node *parent, enum pm_word title, const char *name, const struct pm_list *list)
{
    const struct pm_field_def *def = pm_def_at("lessons", name), element = {.type = def ? def->item : PM_T_MD};
    const struct pm_field *lessons = list->items;
    if (list->count == 0)
        return false;
    struct pm_node *section = pm_add_section(c->doc, parent, pm_word_of(c, title), (struct pm_str){NULL, 0}, list->mark);
    struct pm_node *items = pm_node_add(c->doc, section, PM_LIST, list->mark);
    if (items)
        items->as.list.tight = true;
    for (size_t i = 0; i < list->count; i++) {
        struct pm_node *item = pm_node_add(c->doc, items, PM_ITEM, lessons[i].mark);
        struct pm_node *p = pm_node_add(c->doc, item, PM_PARAGRAPH, lessons[i].mark);
        pm_add_value(c, p, &element, &lessons[i], pm_arena_format(c->arena, "lessons/%s/%zu", name, i + 1));
        pm_lift_path(p);
    }
    return true;
}

void pm_compose_lessons(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *block, const struct pm_yaml *argument)
{
    const struct pm_lessons *l = &c->incident->lessons;
    (void)block, (void)argument;
    int sections = add_lessons(c, parent, PM_W_WENT_WELL, "went_well", &l->went_well);
    sections += add_lessons(c, parent, PM_W_WENT_WRONG, "went_wrong", &l->went_wrong);
    sections += add_lessons(c, parent, PM_W_LUCKY, "lucky", &l->lucky);
    sections += add_lessons(c, parent, PM_W_LEARNED, "learned", &l->learned);
    if (sections > 1 && parent && parent->kind == PM_SECTION)
        parent->as.section.columns = true;
}
