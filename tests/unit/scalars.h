/* All scalars that an incident has in writing, with the paths by which edits name them. */
#ifndef SCALARS_H
#define SCALARS_H

#include "incident/schema.h"

struct scalar { struct pm_str path; const struct pm_field_def *def; enum pm_type type; const struct pm_field *field; };

struct scalars { struct pm_arena *arena; struct scalar *list; size_t count, cap; };

static inline void scalars_of(struct scalars *s, const struct pm_object_def *def, const void *object, struct pm_str prefix);

static inline struct pm_str scalars_path(struct scalars *s, struct pm_str prefix, struct pm_str name)
{
    if (!prefix.n)
        return pm_arena_str(s->arena, name);
    return pm_arena_format(s->arena, "%.*s/%.*s", (int)prefix.n, prefix.p, (int)name.n, name.p);
}

static inline struct pm_str scalars_numbered(struct scalars *s, struct pm_str prefix, size_t number)
{
    return pm_arena_format(s->arena, "%.*s/%zu", (int)prefix.n, prefix.p, number);
}

static inline void scalars_add(struct scalars *s, struct pm_str path, const struct pm_field_def *def, enum pm_type type,
    const struct pm_field *f)
{
    if (!f->mark.line || f->derived)
        return;
    if (s->count == s->cap) {
        size_t cap = s->cap ? s->cap * 2 : 64;
        struct scalar *grown = pm_arena_grow(s->arena, s->list, s->count, cap, sizeof *grown);
        if (!grown)
            return;
        s->list = grown;
        s->cap = cap;
    }
    s->list[s->count++] = (struct scalar){path, def, type, f};
}

static inline void scalars_list(struct scalars *s, const struct pm_field_def *def, const struct pm_list *list, struct pm_str path)
{
    for (size_t i = 0; i < list->count; i++) {
        struct pm_str entry = scalars_numbered(s, path, i + 1);
        if (def->item == PM_T_OBJECT || def->type == PM_T_CHAINS)
            scalars_of(s, def->object, (const char *)list->items + i * def->object->size, entry);
        else
            scalars_add(s, entry, def, def->item, (const struct pm_field *)list->items + i);
    }
}

static inline void scalars_map(struct scalars *s, const struct pm_field_def *def, const struct pm_list *list, struct pm_str path)
{
    const struct pm_person *people = list->items;
    const struct pm_role *roles = list->items;
    const struct pm_pair *pairs = list->items;
    for (size_t i = 0; i < list->count; i++) {
        if (def->type == PM_T_PEOPLE)
            scalars_of(s, def->object, &people[i], scalars_path(s, path, people[i].key));
        else if (def->type == PM_T_GLOSSARY)
            scalars_add(s, scalars_path(s, path, pairs[i].key), def, PM_T_TEXT, &pairs[i].value);
        else if (roles[i].single && roles[i].people.count)
            scalars_add(s, scalars_path(s, path, roles[i].key), def, PM_T_PERSON, roles[i].people.items);
    }
}

static inline void scalars_of(struct scalars *s, const struct pm_object_def *def, const void *object, struct pm_str prefix)
{
    for (size_t i = 0; i < def->count; i++) {
        const struct pm_field_def *f = &def->fields[i];
        const void *at = (const char *)object + f->offset;
        struct pm_str path = scalars_path(s, prefix, pm_str(f->name));
        if (f->type < PM_T_OBJECT)
            scalars_add(s, path, f, f->type, at);
        else if (f->type == PM_T_OBJECT)
            scalars_of(s, f->object, at, path);
        else if (f->type == PM_T_LIST)
            scalars_list(s, f, at, path);
        else if (f->type != PM_T_CHAINS)
            scalars_map(s, f, at, path);
        else
            for (size_t k = 0; k < ((const struct pm_list *)at)->count; k++)
                scalars_list(s, f, &((const struct pm_chain *)((const struct pm_list *)at)->items)[k].whys, scalars_numbered(s, path,
                    k + 1));
    }
}

#endif
