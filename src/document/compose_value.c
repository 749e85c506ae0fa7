#include "document/compose_internal.h"

#include "document/markdown.h"

#include <stdlib.h>
#include <string.h>

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

void pm_add_references(struct pm_composer *c, struct pm_node *parent, const struct pm_list *ids)
{
    static const char hole[] = "{ids}";
    struct pm_str text = pm_word_of(c, PM_W_SEE);
    size_t at = 0;
    while (at + sizeof hole - 1 < text.n && memcmp(text.p + at, hole, sizeof hole - 1) != 0)
        at++;
    size_t end = at + sizeof hole - 1 <= text.n ? at + sizeof hole - 1 : text.n;
    pm_add_text(c->doc, parent, (struct pm_str){text.p, at}, ids->mark);
    pm_add_evidence(c, parent, ids);
    pm_add_text(c->doc, parent, (struct pm_str){text.p + end, text.n - end}, ids->mark);
}

struct pm_node *pm_add_minor(struct pm_composer *c, struct pm_node *parent, struct pm_mark mark)
{
    struct pm_node *p = pm_node_add(c->doc, parent, PM_PARAGRAPH, mark);
    if (p)
        p->as.paragraph.minor = true;
    return p;
}

void pm_separate(struct pm_composer *c, struct pm_node *paragraph, struct pm_mark mark)
{
    if (paragraph && paragraph->first)
        pm_add_text(c->doc, paragraph, PM_LIT(" \302\267 "), mark);
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

void pm_add_variable(struct pm_composer *c, struct pm_node *parent, const struct pm_variable *v)
{
    if (v->kind == PM_VAR_FIELD && v->def->type != PM_T_LIST && pm_variable_known(c, v))
        pm_add_value(c, parent, v->def, v->value);
    else
        pm_add_text(c->doc, parent, pm_variable_text(c, v), pm_variable_mark(v));
}

void pm_add_labelled(struct pm_composer *c, struct pm_node *parent, const char *path, const struct pm_field_def *def,
                     const struct pm_field *field)
{
    struct pm_str label = pm_language_field(&c->language, pm_str(path), def), value = pm_show_field(&c->show, def, field);
    pm_add_text(c->doc, parent, PM_FILL(c->arena, pm_word_of(c, PM_W_LABELLED), {"label", label}, {"value", value}), field->mark);
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

void pm_add_prose(struct pm_composer *c, struct pm_node *parent, const struct pm_object_def *object, const char *name,
                  const struct pm_field *field)
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
