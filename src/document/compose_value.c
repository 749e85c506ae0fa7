#include "document/compose_internal.h"

#include "document/markdown.h"

#include <stdlib.h>

void pm_add_instant(struct pm_composer *c, struct pm_node *parent, struct pm_str text, pm_instant t, struct pm_mark mark)
{
    struct pm_node *node = pm_node_add(c->doc, parent, PM_TIME, mark);
    if (!node)
        return;
    node->text = text;
    node->as.time.value = t;
}

void pm_add_date(struct pm_composer *c, struct pm_node *parent, int64_t days, struct pm_mark mark)
{
    struct pm_node *node = pm_node_add(c->doc, parent, PM_TIME, mark);
    if (!node)
        return;
    node->text = pm_show_date(&c->show, days);
    node->as.time.date = true;
    node->as.time.value = days;
}

void pm_add_link(struct pm_composer *c, struct pm_node *parent, struct pm_str text, struct pm_str url, struct pm_mark mark)
{
    if (!url.n || !pm_link_is_safe(url)) {
        pm_add_text(c->doc, parent, text, mark);
        return;
    }
    struct pm_node *link = pm_node_add(c->doc, parent, PM_LINK, mark);
    if (link)
        link->as.link.url = url;
    pm_add_text(c->doc, link, text, mark);
}

/* Evidence by id: sorted once, so that a long timeline stays linear. */

static int compare_evidence(const void *a, const void *b)
{
    const struct pm_evidence *const *x = a, *const *y = b;
    return pm_str_cmp((*x)->id.text, (*y)->id.text);
}

static const struct pm_evidence *find_evidence(struct pm_composer *c, struct pm_str id)
{
    size_t low = 0, high = c->incident->evidence.count;
    if (!c->evidence) {
        c->evidence = (const struct pm_evidence **)pm_pointers(c, &c->incident->evidence, sizeof(struct pm_evidence));
        if (c->evidence)
            qsort(c->evidence, high, sizeof *c->evidence, compare_evidence);
    }
    while (c->evidence && low < high) {
        size_t middle = low + (high - low) / 2;
        int order = pm_str_cmp(c->evidence[middle]->id.text, id);
        if (order == 0)
            return c->evidence[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

void pm_add_evidence(struct pm_composer *c, struct pm_node *parent, const struct pm_list *ids)
{
    const struct pm_field *fields = ids->items;
    for (size_t i = 0; i < ids->count; i++) {
        const struct pm_evidence *found = find_evidence(c, fields[i].text);
        struct pm_str url = found ? found->url.text : fields[i].text;
        if (i)
            pm_add_text(c->doc, parent, PM_LIT(", "), fields[i].mark);
        pm_add_link(c, parent, fields[i].text, url, fields[i].mark);
    }
}

void pm_add_value(struct pm_composer *c, struct pm_node *parent, const struct pm_field_def *def, const struct pm_field *field)
{
    if (!pm_has(field))
        return;
    if (def->type == PM_T_MD)
        pm_markdown_inline(c->doc, parent, field->text, field->mark, c->diags);
    else if (def->type == PM_T_URL)
        pm_add_link(c, parent, field->text, field->text, field->mark);
    else if (field->valid && def->type == PM_T_DATE)
        pm_add_date(c, parent, field->as.days, field->mark);
    else if (field->valid && (def->type == PM_T_INSTANT || def->type == PM_T_EVENT_INSTANT))
        pm_add_instant(c, parent, pm_show_instant(&c->show, field->as.instant), field->as.instant, field->mark);
    else
        pm_add_text(c->doc, parent, pm_show_field(&c->show, def, field), field->mark);
}

static void add_list(struct pm_composer *c, struct pm_node *parent, const struct pm_list *list, enum pm_type type)
{
    const struct pm_field_def element = {.type = type};
    const struct pm_field *fields = list->items;
    for (size_t i = 0; i < list->count; i++) {
        if (i)
            pm_add_text(c->doc, parent, PM_LIT(", "), fields[i].mark);
        pm_add_value(c, parent, &element, &fields[i]);
    }
}

void pm_add_variable(struct pm_composer *c, struct pm_node *parent, const struct pm_variable *v)
{
    struct pm_mark none = {0, 0, 0};
    if (!pm_variable_known(c, v) || v->kind == PM_VAR_METRIC || v->kind == PM_VAR_COMPUTED)
        pm_add_text(c->doc, parent, pm_variable_text(c, v), none);
    else if (v->kind == PM_VAR_ROLE)
        add_list(c, parent, &((const struct pm_role *)v->value)->people, PM_T_PERSON);
    else if (v->def->type == PM_T_LIST)
        add_list(c, parent, v->value, v->def->item);
    else
        pm_add_value(c, parent, v->def, v->value);
}

const struct pm_object_def *pm_object_at(const char *field)
{
    const struct pm_field_def *def = pm_field_find(&pm_incident_def, pm_str(field));
    return def ? def->object : NULL;
}

const struct pm_field_def *pm_def_at(const char *field, const char *member)
{
    const struct pm_object_def *object = field ? pm_object_at(field) : &pm_incident_def;
    return object ? pm_field_find(object, pm_str(member)) : NULL;
}

void pm_add_prose(struct pm_composer *c, struct pm_node *parent, const struct pm_object_def *object, const char *name, const struct pm_field *field)
{
    const struct pm_field_def *def = object ? pm_field_find(object, pm_str(name)) : NULL;
    enum pm_type type = !def ? PM_T_TEXT : def->type == PM_T_LIST ? def->item : def->type;
    if (!pm_has(field))
        return;
    if (type == PM_T_MD)
        pm_markdown_inline(c->doc, parent, field->text, field->mark, c->diags);
    else
        pm_add_text(c->doc, parent, field->text, field->mark);
}

struct pm_node *pm_add_fact(struct pm_composer *c, struct pm_node *facts, struct pm_str label, struct pm_mark mark)
{
    struct pm_node *fact = pm_node_add(c->doc, facts, PM_FACT, mark);
    if (fact)
        fact->text = label;
    return fact;
}

void pm_add_field_fact(struct pm_composer *c, struct pm_node *facts, const char *object, const char *name, const struct pm_field *field)
{
    const struct pm_field_def *def = pm_def_at(object, name);
    if (!def || !pm_has(field))
        return;
    struct pm_str path = object ? pm_arena_format(c->arena, "%s.%s", object, name) : pm_str(name);
    pm_add_value(c, pm_add_fact(c, facts, pm_language_field(&c->language, path, def), field->mark), def, field);
}
