#include "document/compose_internal.h"

#include "document/markdown.h"

#include <stdlib.h>
#include <string.h>

/* Where values stand. Paths are made once for a value and shared by its nodes. */

struct pm_str pm_path_join(struct pm_composer *c, struct pm_str path, struct pm_str name)
{
    char *joined = path.p && name.p ? pm_arena_alloc(c->arena, path.n + name.n + 2) : NULL;
    if (!joined)
        return (struct pm_str){NULL, 0};
    memcpy(joined, path.p, path.n);
    joined[path.n] = '/';
    memcpy(joined + path.n + 1, name.p, name.n);
    return (struct pm_str){joined, path.n + 1 + name.n};
}

void pm_enter_entry(struct pm_composer *c, const char *list, struct pm_str id, size_t number)
{
    c->entry = id.n ? pm_path_join(c, pm_str(list), id) : pm_arena_format(c->arena, "%s/%zu", list, number);
}

struct pm_str pm_path(struct pm_composer *c, const char *name)
{
    return c->entry.p ? pm_path_join(c, c->entry, pm_str(name)) : pm_str(name);
}

/* The id of the entry that `path` names: "timeline[2]". Absent where entries have none. */
static struct pm_str id_of_entry(struct pm_composer *c, struct pm_str path)
{
    const struct pm_field_def *def;
    const void *value;
    struct pm_str id = pm_arena_format(c->arena, "%.*s.id", (int)path.n, path.p);
    if (!id.p || !pm_field_at(&pm_incident_def, c->incident, id, &def, &value) || !value || !(def->flags & PM_F_UNIQUE_ID))
        return (struct pm_str){NULL, 0};
    return ((const struct pm_field *)value)->text;
}

struct pm_str pm_variable_path(struct pm_composer *c, const struct pm_variable *v)
{
    struct pm_str path = {NULL, 0}, from = v->path;
    for (size_t start = 0, i = 0; from.p && i <= from.n; i++) {
        if (i < from.n && !strchr(".[]", from.p[i]))
            continue;
        struct pm_str part = {from.p + start, i - start}, id = {NULL, 0};
        if (i < from.n && from.p[i] == ']')
            id = id_of_entry(c, (struct pm_str){from.p, i + 1});
        if (part.n)
            path = path.p ? pm_path_join(c, path, id.n ? id : part) : part;
        start = i + 1;
    }
    return path;
}

struct pm_node *pm_set_path(struct pm_node *node, struct pm_str path)
{
    if (node)
        node->path = path;
    return node;
}

void pm_set_paths(struct pm_node *parent, const struct pm_node *last, struct pm_str path)
{
    struct pm_node *node = !parent ? NULL : last ? last->next : parent->first;
    for (; node; node = node->next)
        node->path = path;
}

void pm_lift_path(struct pm_node *node)
{
    const struct pm_node *first = node ? node->first : NULL;
    if (!first || !first->path.p || (first->control && node->kind != PM_CELL))
        return;
    for (const struct pm_node *child = first->next; child; child = child->next) {
        if (child->path.p != first->path.p)
            return;
    }
    node->path = first->path;
    node->control = first->control;
    for (struct pm_node *child = node->first; child; child = child->next) {
        child->path = (struct pm_str){NULL, 0};
        child->control = NULL;
    }
}

/* How values may be edited. */

struct pm_choice_set {
    const struct pm_field_def *def;
    struct pm_choice *choices;
    size_t count;
    struct pm_choice_set *next;
};

/* In the notation of the severity that is written: "SEV-1" beside "SEV-2", else by the words of the schema. */
static struct pm_choice severity_choice(struct pm_composer *c, const struct pm_field_def *def, const struct pm_field *severity, int n)
{
    struct pm_field other = *severity;
    struct pm_str text = pm_str_trim(severity->text);
    bool by_number = text.n && text.p[text.n - 1] >= '1' && text.p[text.n - 1] <= '5';
    if (severity->as.choice == n)
        other.text = severity->text;
    else if (by_number)
        other.text = pm_arena_format(c->arena, "%.*s%d", (int)text.n - 1, text.p, n);
    else
        other.text = pm_str(def->words[n - 1]);
    return (struct pm_choice){other.text, pm_show_severity(&c->show, &other)};
}

static struct pm_choice_set *make_choices(struct pm_composer *c, const struct pm_field_def *def, const struct pm_field *field)
{
    struct pm_choice_set *set = pm_arena_alloc(c->arena, sizeof *set);
    size_t count = 0;
    while (def->words[count])
        count++;
    struct pm_choice *choices = set ? pm_arena_array(c->arena, count, sizeof *choices) : NULL;
    if (!choices)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        if (def->type == PM_T_SEVERITY)
            choices[i] = severity_choice(c, def, field, (int)i + 1);
        else
            choices[i] = (struct pm_choice){pm_str(def->words[i]), pm_language_value(&c->language, def, (int)i + 1, c->arena)};
    }
    *set = (struct pm_choice_set){def, choices, count, c->choices};
    return c->choices = set;
}

const struct pm_control *pm_choice_control(struct pm_composer *c, const struct pm_field_def *def, const struct pm_field *field)
{
    const struct pm_choice_set *set = c->choices;
    bool given = pm_has(field);
    if (!def || !def->words || (given && !field->valid))
        return NULL;
    while (set && set->def != def)
        set = set->next;
    if (!set)
        set = make_choices(c, def, field);
    struct pm_control *control = set ? pm_arena_alloc(c->arena, sizeof *control) : NULL;
    if (!control)
        return NULL;
    *control = (struct pm_control){PM_CONTROL_CHOICE, PM_LIT(""), set->choices, set->count};
    if (given && field->as.choice >= 1 && (size_t)field->as.choice <= set->count)
        control->value = set->choices[field->as.choice - 1].value;
    return control;
}

const struct pm_control *pm_date_control(struct pm_composer *c, const struct pm_field *field)
{
    bool given = pm_has(field);
    struct pm_control *control = given && !field->valid ? NULL : pm_arena_alloc(c->arena, sizeof *control);
    if (control)
        *control = (struct pm_control){.kind = PM_CONTROL_DATE, .value = given ? pm_str_trim(field->text) : PM_LIT("")};
    return control;
}

/* Values as inlines. */

struct pm_node *pm_add_instant(struct pm_composer *c, struct pm_node *parent, struct pm_str text, pm_instant t, struct pm_mark mark)
{
    struct pm_node *node = pm_node_add(c->doc, parent, PM_TIME, mark);
    if (!node)
        return NULL;
    node->text = text;
    node->as.time.value = t;
    return node;
}

struct pm_node *pm_add_date(struct pm_composer *c, struct pm_node *parent, int64_t days, struct pm_mark mark)
{
    struct pm_node *node = pm_node_add(c->doc, parent, PM_TIME, mark);
    if (!node)
        return NULL;
    node->text = pm_show_date(&c->show, days);
    node->as.time.date = true;
    node->as.time.value = days;
    return node;
}

struct pm_node *pm_add_link(struct pm_composer *c, struct pm_node *parent, struct pm_str text, struct pm_str url, struct pm_mark mark)
{
    if (!url.n || !pm_link_is_safe(url))
        return pm_add_text(c->doc, parent, text, mark);
    struct pm_node *link = pm_node_add(c->doc, parent, PM_LINK, mark);
    if (link)
        link->as.link.url = url;
    pm_add_text(c->doc, link, text, mark);
    return link;
}

struct pm_node *pm_add_member(struct pm_composer *c, struct pm_node *parent, const char *name, const struct pm_field *field)
{
    struct pm_node *node = pm_has(field) ? pm_add_text(c->doc, parent, field->text, field->mark) : NULL;
    return node && !field->derived ? pm_set_path(node, pm_path(c, name)) : node;
}

/* People. */

static void collect_accounts(struct pm_composer *c, const struct pm_accounts *from, struct pm_person_ref *out)
{
    const struct pm_field_def *def = pm_def_at("people", "accounts");
    struct pm_account *accounts = def ? pm_arena_array(c->arena, def->object->count, sizeof *accounts) : NULL;
    for (size_t i = 0; accounts && i < def->object->count; i++) {
        const struct pm_field_def *service = &def->object->fields[i];
        const struct pm_field *id = (const void *)((const char *)from + service->offset);
        if (pm_has(id) && id->text.n)
            accounts[out->count++] = (struct pm_account){pm_str(service->name), id->text};
    }
    out->accounts = accounts;
}

struct pm_person_ref pm_person_ref(struct pm_composer *c, const struct pm_field *person)
{
    const struct pm_person *found = pm_person_find(c->incident, person);
    struct pm_person_ref ref = {.name = found && found->name.text.n ? found->name.text : person->text};
    if (found && found->accounts.head.mark.line)
        collect_accounts(c, &found->accounts, &ref);
    return ref;
}

static struct pm_node *add_person_at(struct pm_composer *c, struct pm_node *parent, const struct pm_field *person, struct pm_mark mark)
{
    struct pm_person_ref ref = pm_person_ref(c, person);
    struct pm_node *node = pm_add_text(c->doc, parent, ref.name, mark);
    if (node && ref.count) {
        node->kind = PM_PERSON;
        node->as.person = ref;
    }
    return node;
}

struct pm_node *pm_add_person(struct pm_composer *c, struct pm_node *parent, const struct pm_field *person, struct pm_str path)
{
    return pm_has(person) ? pm_set_path(add_person_at(c, parent, person, person->mark), path) : NULL;
}

static void add_people(struct pm_composer *c, struct pm_node *parent, const struct pm_list *people, struct pm_mark mark)
{
    const struct pm_field *fields = people->items;
    for (size_t i = 0; i < people->count; i++) {
        if (i)
            pm_add_text(c->doc, parent, PM_LIT(", "), mark);
        add_person_at(c, parent, &fields[i], mark);
    }
}

/* Phrases. */

/* Takes from `pattern` what stands before its next hole, and the hole; false where there is none and all was taken. */
static bool next_hole(struct pm_str *pattern, const char *hole, struct pm_str *before)
{
    const size_t n = strlen(hole);
    for (size_t at = 0; at + n <= pattern->n; at++) {
        if (memcmp(pattern->p + at, hole, n) != 0)
            continue;
        *before = (struct pm_str){pattern->p, at};
        *pattern = (struct pm_str){pattern->p + at + n, pattern->n - at - n};
        return true;
    }
    *before = *pattern;
    pattern->n = 0;
    return false;
}

struct pm_node *pm_add_phrase(struct pm_composer *c, struct pm_node *parent, struct pm_str pattern, const char *hole, struct pm_str value,
                              struct pm_mark mark, struct pm_str path)
{
    struct pm_str before;
    struct pm_node *node = NULL;
    while (next_hole(&pattern, hole, &before)) {
        pm_add_text(c->doc, parent, before, mark);
        node = pm_set_path(pm_add_text(c->doc, parent, value, mark), path);
    }
    pm_add_text(c->doc, parent, before, mark);
    return node;
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

void pm_add_evidence(struct pm_composer *c, struct pm_node *parent, const struct pm_list *ids, struct pm_str path)
{
    const struct pm_field *fields = ids->items;
    const struct pm_node *last = parent ? parent->last : NULL;
    for (size_t i = 0; i < ids->count; i++) {
        const struct pm_evidence *found = find_evidence(c, fields[i].text);
        struct pm_str url = found ? found->url.text : fields[i].text;
        if (i)
            pm_add_text(c->doc, parent, PM_LIT(", "), fields[i].mark);
        pm_add_link(c, parent, fields[i].text, url, fields[i].mark);
    }
    pm_set_paths(parent, last, path);
}

void pm_add_references(struct pm_composer *c, struct pm_node *parent, const struct pm_list *ids)
{
    struct pm_str before, pattern = pm_word_of(c, PM_W_SEE);
    while (next_hole(&pattern, "{ids}", &before)) {
        pm_add_text(c->doc, parent, before, ids->mark);
        pm_add_evidence(c, parent, ids, pm_path(c, "evidence"));
    }
    pm_add_text(c->doc, parent, before, ids->mark);
}

/* Fields by their types. */

void pm_add_markdown(struct pm_composer *c, struct pm_node *parent, const struct pm_field *field, int level, struct pm_str path)
{
    const struct pm_node *last = parent ? parent->last : NULL;
    pm_markdown(c->doc, parent, field->text, field->mark, level, c->diags);
    pm_set_paths(parent, last, path);
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

static void add_inlines(struct pm_composer *c, struct pm_node *parent, const struct pm_field_def *def, const struct pm_field *field)
{
    if (def->type == PM_T_MD)
        pm_markdown_inline(c->doc, parent, field->text, field->mark, c->diags);
    else if (def->type == PM_T_URL)
        pm_add_link(c, parent, field->text, field->text, field->mark);
    else if (def->type == PM_T_PERSON)
        add_person_at(c, parent, field, field->mark);
    else if (field->valid && (def->type == PM_T_INSTANT || def->type == PM_T_EVENT_INSTANT))
        pm_add_instant(c, parent, pm_show_instant(&c->show, field->as.instant), field->as.instant, field->mark);
    else
        pm_add_text(c->doc, parent, pm_show_field(&c->show, def, field), field->mark);
}

void pm_add_value(struct pm_composer *c, struct pm_node *parent, const struct pm_field_def *def, const struct pm_field *field,
                  struct pm_str path)
{
    const struct pm_node *last = parent ? parent->last : NULL;
    struct pm_node *date = NULL;
    if (!pm_has(field))
        return;
    if (field->valid && def->type == PM_T_DATE)
        date = pm_add_date(c, parent, field->as.days, field->mark);
    else
        add_inlines(c, parent, def, field);
    if (field->derived)
        return;
    pm_set_paths(parent, last, path);
    if (date)
        date->control = pm_date_control(c, field);
}

static void add_variable(struct pm_composer *c, struct pm_node *parent, const struct pm_variable *v)
{
    struct pm_mark mark = pm_variable_mark(v);
    const struct pm_node *last = parent ? parent->last : NULL;
    if (v->kind == PM_VAR_ROLE)
        add_people(c, parent, &((const struct pm_role *)v->value)->people, mark);
    else if (v->def->type == PM_T_LIST && v->def->item == PM_T_PERSON)
        add_people(c, parent, v->value, mark);
    else if (v->def->type == PM_T_LIST)
        pm_add_text(c->doc, parent, pm_variable_text(c, v), mark);
    else {
        pm_add_value(c, parent, v->def, v->value, pm_variable_path(c, v));
        return;
    }
    pm_set_paths(parent, last, pm_variable_path(c, v));
}

void pm_add_variable(struct pm_composer *c, struct pm_node *parent, const struct pm_variable *v)
{
    if ((v->kind == PM_VAR_FIELD || v->kind == PM_VAR_ROLE) && pm_variable_known(c, v))
        add_variable(c, parent, v);
    else
        pm_add_text(c->doc, parent, pm_variable_text(c, v), pm_variable_mark(v));
    pm_lift_path(parent);
}

void pm_add_labelled(struct pm_composer *c, struct pm_node *parent, const char *name, const struct pm_field_def *def,
                     const struct pm_field *field)
{
    struct pm_str label = pm_language_field(&c->language, pm_str(name), def), value = pm_show_field(&c->show, def, field);
    struct pm_str pattern = PM_FILL(c->arena, pm_word_of(c, PM_W_LABELLED), {"label", label});
    pm_add_phrase(c, parent, pattern, "{value}", value, field->mark, pm_path(c, def->name));
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
    if (def && pm_has(field))
        pm_add_value(c, parent, def, field, pm_path(c, name));
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
    struct pm_variable v = {.kind = PM_VAR_FIELD, .def = def, .value = field};
    v.path = object ? pm_arena_format(c->arena, "%s.%s", object, name) : pm_str(name);
    pm_add_variable(c, pm_add_fact(c, facts, pm_variable_label(c, &v), field->mark), &v);
}
