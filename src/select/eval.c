#include "select/select_internal.h"

/* --- places --- */

static const struct pm_list *list_at(const struct pm_list_place *place, const struct pm_incident *in)
{
    return (const void *)((const char *)in + place->offset);
}

const void *pm_entry_at(const struct pm_list_place *place, const struct pm_incident *in, size_t index)
{
    const struct pm_list *list = list_at(place, in);
    const struct pm_chain *chains = list->items;
    if (place->def->type == PM_T_CHAINS) {
        for (size_t i = 0; i < list->count; index -= chains[i++].whys.count) {
            if (index < chains[i].whys.count)
                return (const struct pm_why *)chains[i].whys.items + index;
        }
        return NULL;
    }
    return index < list->count ? (const char *)list->items + index * place->def->object->size : NULL;
}

static bool each_of(const struct pm_list *list, size_t size, pm_take_entry *take, void *context)
{
    for (size_t i = 0; i < list->count; i++) {
        if (take(context, (const char *)list->items + i * size))
            return true;
    }
    return false;
}

bool pm_each_entry(const struct pm_list_place *place, const struct pm_incident *in, pm_take_entry *take, void *context)
{
    const struct pm_list *list = list_at(place, in);
    const struct pm_chain *chains = list->items;
    size_t size = place->def->object->size;
    if (place->def->type != PM_T_CHAINS)
        return each_of(list, size, take, context);
    for (size_t i = 0; i < list->count; i++) {
        if (each_of(&chains[i].whys, size, take, context))
            return true;
    }
    return false;
}

static const char *base_of(const struct pm_select *select, const struct pm_operand *o, const struct pm_subject *s)
{
    if (o->list < 0)
        return (const char *)s->incident;
    return o->entry ? pm_entry_at(&select->lists[o->list], s->incident, o->entry - 1) : s->entries[o->list];
}

/* --- values --- */

static bool each_field(const struct pm_list *list, size_t element, pm_take_value *take, void *context)
{
    const struct pm_field *fields = list->items;
    if (element)
        return element <= list->count && take(context, &fields[element - 1]);
    for (size_t i = 0; i < list->count; i++) {
        if (take(context, &fields[i]))
            return true;
    }
    return false;
}

static bool is_key(struct pm_str wanted, struct pm_str key) { return !wanted.p || pm_str_eq(wanted, key); }

static bool each_role(const struct pm_list *list, struct pm_str key, pm_take_value *take, void *context)
{
    const struct pm_role *roles = list->items;
    for (size_t i = 0; i < list->count; i++) {
        if (is_key(key, roles[i].key) && each_field(&roles[i].people, 0, take, context))
            return true;
    }
    return false;
}

static bool each_term(const struct pm_list *list, struct pm_str key, pm_take_value *take, void *context)
{
    const struct pm_pair *pairs = list->items;
    for (size_t i = 0; i < list->count; i++) {
        if (is_key(key, pairs[i].key) && take(context, &pairs[i].value))
            return true;
    }
    return false;
}

static const struct pm_yaml *find_extra(const struct pm_object *head, struct pm_str key)
{
    const struct pm_extra *x = head->extras;
    while (x && !pm_str_eq(x->key, key))
        x = x->next;
    return x ? x->value : NULL;
}

static bool take_yaml(const struct pm_yaml *y, pm_take_value *take, void *context)
{
    const struct pm_field f = {.mark = y->mark, .text = y->text, .valid = true};
    return y->kind == PM_YAML_SCALAR && !pm_yaml_is_null(y) && take(context, &f);
}

/* An x-* key: its text, or those of its list. */
static bool each_extra(const struct pm_object *head, struct pm_str key, pm_take_value *take, void *context)
{
    const struct pm_yaml *y = find_extra(head, key);
    if (!y)
        return false;
    for (const struct pm_yaml *child = y->kind == PM_YAML_SEQUENCE ? y->first : NULL; child; child = child->next) {
        if (take_yaml(child, take, context))
            return true;
    }
    return take_yaml(y, take, context);
}

bool pm_each_value(const struct pm_select *select, const struct pm_operand *o, struct pm_subject *s, pm_take_value *take, void *context)
{
    const char *base = base_of(select, o, s), *at = base ? base + o->offset : NULL;
    if (!base)
        return false;
    if (o->computed) {
        struct pm_field f = pm_computed_value(o, s, (const void *)base);
        return f.valid && take(context, &f);
    }
    if (o->is_extra)
        return each_extra((const void *)at, o->key, take, context);
    switch (o->def->type) {
    case PM_T_LIST: return o->type < PM_T_OBJECT && each_field((const void *)at, o->element, take, context);
    case PM_T_ROLES: return each_role((const void *)at, o->key, take, context);
    case PM_T_GLOSSARY: return each_term((const void *)at, o->key, take, context);
    case PM_T_OBJECT:
    case PM_T_CHAINS:
    case PM_T_PEOPLE: return false;
    default: return take(context, (const void *)at);
    }
}

/* --- tests --- */

struct comparison { const struct pm_node *node; const struct pm_subject *subject; };

/* With NE the value differs from all that are named. */
static bool takes(void *context, const struct pm_field *f)
{
    const struct comparison *cmp = context;
    const struct pm_node *node = cmp->node;
    bool other = node->op == PM_OP_NE;
    for (size_t i = 0; i < node->count; i++) {
        if (pm_value_holds(&node->operand, node->op, &node->values[i], f, cmp->subject) != other)
            return !other;
    }
    return other;
}

static bool is_there(void *context, const struct pm_field *f)
{
    (void)context;
    return f->valid && pm_has(f);
}

static bool has(const struct pm_select *select, const struct pm_operand *o, struct pm_subject *s)
{
    const char *base = base_of(select, o, s);
    if (base && o->is_extra)
        return find_extra((const void *)(base + o->offset), o->key) != NULL;
    if (base && !o->computed && o->type == PM_T_LIST)
        return ((const struct pm_list *)(const void *)(base + o->offset))->count > 0;
    if (base && !o->computed && o->type == PM_T_OBJECT)
        return o->def->type != PM_T_OBJECT || ((const struct pm_object *)(const void *)(base + o->offset))->mark.line != 0;
    return pm_each_value(select, o, s, is_there, NULL);
}

/* --- nodes --- */

static bool holds(const struct pm_select *select, const struct pm_node *node, struct pm_subject *s);

struct search { const struct pm_select *select; const struct pm_node *node; struct pm_subject *subject; };

static bool entry_holds(void *context, const void *entry)
{
    const struct search *search = context;
    search->subject->entries[search->node->list] = entry;
    return holds(search->select, search->node->first, search->subject);
}

static bool some_entry(const struct pm_select *select, const struct pm_node *node, struct pm_subject *s)
{
    struct search search = {select, node, s};
    return pm_each_entry(&select->lists[node->list], s->incident, entry_holds, &search);
}

static bool row_holds(const struct pm_select *select, const struct pm_node *row, struct pm_subject *s, bool until)
{
    for (const struct pm_node *child = row->first; child; child = child->next) {
        if (holds(select, child, s) == until)
            return until;
    }
    return !until;
}

static bool holds(const struct pm_select *select, const struct pm_node *node, struct pm_subject *s)
{
    struct comparison comparison = {node, s};
    switch (node->kind) {
    case PM_AND: return row_holds(select, node, s, false);
    case PM_OR: return row_holds(select, node, s, true);
    case PM_NOT: return !holds(select, node->first, s);
    case PM_SOME: return some_entry(select, node, s);
    case PM_HAS:
    case PM_TRUE: return has(select, &node->operand, s);
    case PM_LACKS: return !has(select, &node->operand, s);
    case PM_COMPARE: return pm_each_value(select, &node->operand, s, takes, &comparison);
    }
    return false;
}

bool pm_select_incident(const struct pm_select *select, struct pm_subject *s)
{
    return holds(select, select->root, s);
}

bool pm_select_item(const struct pm_select *select, struct pm_subject *s, size_t index)
{
    s->entries[0] = pm_entry_at(&select->lists[0], s->incident, index);
    return s->entries[0] && holds(select, select->root, s);
}
