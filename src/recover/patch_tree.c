/* Twigs, and paths to them. */
#include "recover/patch_internal.h"

#include <string.h>

/* Recursion goes as deep as the tree, whose depth pm_yaml_read() limits. */
struct pm_twig *pm_twig_copy(struct pm_patch *p, const struct pm_yaml *y)
{
    struct pm_twig *t = pm_arena_alloc(&p->work, sizeof *t);
    if (!t)
        return NULL;
    *t = (struct pm_twig){.old = y, .key = y->key, .text = y->text, .kind = y->kind, .flow = y->flow, .edit = PM_NOT_EDITED};
    for (const struct pm_yaml *child = y->first; child; child = child->next) {
        struct pm_twig *copy = pm_twig_copy(p, child);
        if (!copy)
            return NULL;
        copy->parent = t;
        if (t->last)
            t->last->next = copy;
        else
            t->first = copy;
        t->last = copy;
    }
    return t;
}

struct pm_twig *pm_twig_add(struct pm_patch *p, struct pm_twig *parent, struct pm_twig *before, enum pm_yaml_kind kind)
{
    struct pm_twig *t = pm_arena_alloc(&p->work, sizeof *t);
    if (!t)
        return NULL;
    *t = (struct pm_twig){.parent = parent, .kind = kind, .flow = parent->flow, .edit = PM_NOT_EDITED};
    t->next = before ? before->next : parent->first;
    *(before ? &before->next : &parent->first) = t;
    if (!t->next)
        parent->last = t;
    return t;
}

/* The number of a key in the canonical order; keys that the schema does not have come last. */
static size_t rank_of(const struct pm_object_def *object, struct pm_str key)
{
    const struct pm_field_def *f = object ? pm_field_find(object, key) : NULL;
    return f ? (size_t)(f - object->fields) : SIZE_MAX;
}

struct pm_twig *pm_twig_member(struct pm_patch *p, struct pm_twig *parent, struct pm_str key, enum pm_yaml_kind kind)
{
    size_t rank = rank_of(parent->object, key), best = 0;
    struct pm_twig *before = rank == SIZE_MAX ? parent->last : NULL;
    for (struct pm_twig *t = parent->first; t && rank != SIZE_MAX; t = t->next) {
        size_t other = rank_of(parent->object, t->key);
        if (other < rank && (!before || other >= best)) {
            before = t;
            best = other;
        }
    }
    struct pm_twig *made = pm_twig_add(p, parent, before, kind);
    if (made)
        made->key = key;
    return made;
}

struct pm_twig *pm_twig_get(const struct pm_twig *map, struct pm_str key)
{
    for (struct pm_twig *t = map ? map->first : NULL; t; t = t->next) {
        if (!t->removed && pm_str_eq(t->key, key))
            return t;
    }
    return NULL;
}

bool pm_twig_is_null(const struct pm_twig *t)
{
    return !t->changed && t->old && pm_yaml_is_null(t->old);
}

bool pm_twig_is_empty(const struct pm_twig *t)
{
    const struct pm_twig *child = t->first;
    while (child && child->removed)
        child = child->next;
    return !child;
}

/* --- paths --- */

struct walk {
    struct pm_patch *p;
    struct pm_str rest;
    bool make;
    int edit;
    struct pm_twig *at;                   /* a mapping */
    const struct pm_object_def *object;   /* its fields */
    const void *data;                     /* its struct; NULL when new */
    struct pm_target *out;
};

static const char no_value[] = "the path names no value of the incident";
static const char is_gone[] = "there is no such entry";

static struct pm_str take(struct pm_str *rest)
{
    const char *slash = rest->n ? memchr(rest->p, '/', rest->n) : NULL;
    struct pm_str name = {rest->p, slash ? (size_t)(slash - rest->p) : rest->n};
    size_t skip = name.n + (slash != NULL);
    rest->p += skip;
    rest->n -= skip;
    return name;
}

/* Of the entries that the source has, by number from 1. */
static struct pm_twig *child_at(struct pm_patch *p, struct pm_twig *list, size_t number)
{
    if (!list->entries) {
        size_t n = 0;
        for (const struct pm_twig *t = list->first; t; t = t->next)
            n += t->old != NULL;
        list->entries = pm_arena_array(&p->work, n + 1, sizeof(struct pm_twig *));
        for (struct pm_twig *t = list->entries ? list->first : NULL; t; t = t->next) {
            if (t->old)
                list->entries[list->entry_count++] = t;
        }
    }
    struct pm_twig *t = number && number <= list->entry_count ? list->entries[number - 1] : NULL;
    return t && !t->removed ? t : NULL;
}

static const char *found(struct walk *w, const struct pm_field_def *def, enum pm_type type, struct pm_twig *parent, struct pm_twig *node)
{
    w->out->parent = parent;
    w->out->node = node;
    w->out->def = def;
    w->out->type = type;
    return NULL;
}

/* The collection under a key, made where it is absent and may be. */
static struct pm_twig *enter(struct walk *w, struct pm_twig *map, struct pm_str key, enum pm_yaml_kind kind)
{
    struct pm_twig *t = pm_twig_get(map, key);
    if (t && !pm_twig_is_null(t))
        return t->kind == kind ? t : NULL;
    if (!w->make)
        return NULL;
    if (!t) {
        t = pm_twig_member(w->p, map, key, kind);
    } else {
        t->kind = kind;
        t->changed = true;
        t->flow = map->flow;
    }
    if (t)
        t->edit = w->edit;
    return t;
}

static void descend(struct walk *w, struct pm_twig *map, const struct pm_object_def *object, const void *data)
{
    map->object = object;
    w->at = map;
    w->object = object;
    w->data = data;
}

struct pm_twig *pm_patch_entry(struct pm_patch *p, const struct pm_target *list, struct pm_twig *node, struct pm_str name)
{
    size_t number = pm_ids_number(name);
    if (!number && list->list && list->def)
        number = pm_ids_find(&p->ids, list->list, list->def, name);
    return number && node ? child_at(p, node, number) : NULL;
}

static const char *walk_list(struct walk *w, const struct pm_field_def *f, const void *at)
{
    struct pm_str entry = take(&w->rest);
    struct pm_target list = {.def = f, .list = f->item == PM_T_OBJECT ? at : NULL};
    struct pm_twig *node = pm_twig_get(w->at, pm_str(f->name)), *t = pm_patch_entry(w->p, &list, node, entry);
    if (!t)
        return is_gone;
    w->out->element = true;
    w->out->list = list.list;
    if (w->rest.n == 0)
        return found(w, f, f->item, node, t);
    if (f->item != PM_T_OBJECT || t->kind != PM_YAML_MAPPING)
        return no_value;
    const struct pm_list *items = at;
    size_t number = items ? pm_ids_find(&w->p->ids, items, f, entry) : 0;
    w->out->element = false;
    descend(w, t, f->object, number ? (const char *)items->items + (number - 1) * f->object->size : NULL);
    return NULL;
}

/* "five_whys/2/1/answer"; one chain is mostly written without a list around it. */
static const char *walk_chains(struct walk *w, const struct pm_field_def *f, const void *at)
{
    size_t chain = pm_ids_number(take(&w->rest)), number = pm_ids_number(take(&w->rest));
    const struct pm_list *chains = at;
    struct pm_twig *list = pm_twig_get(w->at, pm_str(f->name));
    if (list && list->first && list->first->kind == PM_YAML_SEQUENCE)
        list = chain ? child_at(w->p, list, chain) : NULL;
    else if (chain != 1)
        list = NULL;
    struct pm_twig *t = list && number ? child_at(w->p, list, number) : NULL;
    if (!t || t->kind != PM_YAML_MAPPING || !chains || chain > chains->count)
        return is_gone;
    const struct pm_list *whys = &((const struct pm_chain *)chains->items)[chain - 1].whys;
    if (w->rest.n == 0) {
        w->out->element = true;
        return found(w, f, PM_T_OBJECT, list, t);
    }
    descend(w, t, f->object, (const struct pm_why *)whys->items + number - 1);
    return NULL;
}

/* Keys of people may hold a slash: the longest one counts. */
static const char *walk_people(struct walk *w, const struct pm_field_def *f)
{
    const struct pm_list *people = &w->p->incident->people;
    struct pm_twig *map = pm_twig_get(w->at, pm_str(f->name)), *best = NULL;
    for (struct pm_twig *t = map ? map->first : NULL; t; t = t->next) {
        size_t n = t->key.n;
        if (!t->removed && n < w->rest.n && w->rest.p[n] == '/' && memcmp(t->key.p, w->rest.p, n) == 0 && (!best || n > best->key.n))
            best = t;
    }
    if (!best || best->kind != PM_YAML_MAPPING)
        return is_gone;
    w->rest.p += best->key.n + 1;
    w->rest.n -= best->key.n + 1;
    const struct pm_person *data = NULL;
    for (size_t i = 0; i < people->count; i++) {
        if (pm_str_eq(((const struct pm_person *)people->items)[i].key, best->key))
            data = &((const struct pm_person *)people->items)[i];
    }
    descend(w, best, f->object, data);
    return NULL;
}

/* The rest of the path is the key. */
static const char *walk_free(struct walk *w, const struct pm_field_def *f, enum pm_type type)
{
    struct pm_twig *map = enter(w, w->at, pm_str(f->name), PM_YAML_MAPPING);
    if (!map)
        return is_gone;
    w->out->key = w->rest;
    w->rest.n = 0;
    return found(w, f, type, map, pm_twig_get(map, w->out->key));
}

static const char *walk_object(struct walk *w, const struct pm_field_def *f, const void *at)
{
    struct pm_twig *map = enter(w, w->at, pm_str(f->name), PM_YAML_MAPPING);
    if (!map)
        return is_gone;
    descend(w, map, f->object, map->old && at ? at : NULL);
    return NULL;
}

static const char *walk_step(struct walk *w)
{
    struct pm_str name = take(&w->rest);
    const struct pm_field_def *f = pm_field_find(w->object, name);
    if (!f)
        return no_value;
    const void *at = w->data ? (const char *)w->data + f->offset : NULL;
    w->out->key = pm_str(f->name);
    if (w->rest.n == 0) {
        if (f->type == PM_T_LIST)
            w->out->list = f->item == PM_T_OBJECT ? at : NULL;
        return found(w, f, f->type, w->at, pm_twig_get(w->at, name));
    }
    switch (f->type) {
    case PM_T_OBJECT: return walk_object(w, f, at);
    case PM_T_LIST: return walk_list(w, f, at);
    case PM_T_CHAINS: return walk_chains(w, f, at);
    case PM_T_PEOPLE: return walk_people(w, f);
    case PM_T_ROLES: return walk_free(w, f, PM_T_PERSON);
    case PM_T_GLOSSARY: return walk_free(w, f, PM_T_TEXT);
    default: return no_value;
    }
}

static const char *walk(struct walk *w)
{
    const char *failure = w->rest.n ? NULL : no_value;
    while (!failure && w->rest.n)
        failure = walk_step(w);
    if (!failure && !w->out->parent)   /* ends in a slash */
        failure = no_value;
    return failure;
}

const char *pm_patch_find(struct pm_patch *p, struct pm_str path, bool make, int edit, struct pm_target *out)
{
    struct walk w = {.p = p, .rest = path, .make = make, .edit = edit, .out = out};
    *out = (struct pm_target){0};
    descend(&w, p->root, &pm_incident_def, p->incident);
    if (pm_str_starts(path, "x-") && !memchr(path.p, '/', path.n)) {
        out->key = path;
        return found(&w, NULL, PM_T_LIST, p->root, pm_twig_get(p->root, path));
    }
    return walk(&w);
}

const char *pm_patch_member(struct pm_patch *p, struct pm_twig *map, struct pm_str path, int edit, struct pm_target *out)
{
    struct walk w = {.p = p, .rest = path, .make = true, .edit = edit, .out = out};
    *out = (struct pm_target){0};
    if (!map->object) {
        out->key = path;
        return found(&w, NULL, PM_T_TEXT, map, pm_twig_get(map, path));
    }
    descend(&w, map, map->object, NULL);
    return walk(&w);
}
