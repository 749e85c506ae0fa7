/* Paths of documents in an incident. */
#include "recover/merge_internal.h"

#include <string.h>

static struct pm_str take(struct pm_str *rest)
{
    const char *slash = rest->n ? memchr(rest->p, '/', rest->n) : NULL;
    struct pm_str name = {rest->p, slash ? (size_t)(slash - rest->p) : rest->n};
    size_t skip = name.n + (slash != NULL);
    rest->p += skip;
    rest->n -= skip;
    return name;
}

void pm_finder_init(struct pm_finder *f, const struct pm_incident *in, struct pm_arena *arena)
{
    *f = (struct pm_finder){in, {arena, NULL}};
}

struct walk {
    const struct pm_object_def *object;
    const void *data;                   /* NULL: absent */
    struct pm_str rest;
    struct pm_finder *find;
    struct pm_arena *arena;
    struct pm_value *out;
    bool there;                         /* all entries on the way are there */
};

static void say(struct walk *w, const char *format, struct pm_str name)
{
    struct pm_str where = w->out->where, dot = where.n && format[0] != '[' ? PM_LIT(".") : PM_LIT("");
    struct pm_str part = pm_arena_format(w->arena, format, (int)name.n, name.p);
    w->out->where = pm_arena_format(w->arena, "%.*s%s%.*s", (int)where.n, where.p ? where.p : "", dot.p, (int)part.n, part.p ? part.p : "");
}

static void set_field(struct walk *w, const struct pm_field_def *def, enum pm_type type, const struct pm_field *field)
{
    w->out->def = def;
    w->out->type = type;
    w->out->field = field && field->mark.line && !field->derived ? field : NULL;
    w->out->implied = field && pm_has(field) ? field : NULL;
    if (field)
        w->out->mark = field->mark;
}

static void set_list(struct walk *w, const struct pm_field_def *def, enum pm_type item, const struct pm_list *list)
{
    w->out->def = def;
    w->out->type = PM_T_LIST;
    w->out->item = item;
    w->out->list = list && list->mark.line ? list : NULL;
    if (list)
        w->out->mark = list->mark;
}

static bool walk_list(struct walk *w, const struct pm_field_def *f, const struct pm_list *list)
{
    struct pm_str name = take(&w->rest);
    size_t number = pm_ids_find(&w->find->ids, list, f, name);
    say(w, "[%.*s]", name);
    w->there &= number > 0;
    if (f->item != PM_T_OBJECT) {
        set_field(w, f, f->item, number ? (const struct pm_field *)list->items + number - 1 : NULL);
        return w->rest.n == 0;
    }
    w->object = f->object;
    w->data = number ? (const char *)list->items + (number - 1) * f->object->size : NULL;
    return w->rest.n > 0;
}

static bool walk_chains(struct walk *w, const struct pm_field_def *f, const struct pm_list *chains)
{
    struct pm_str first = take(&w->rest), second = take(&w->rest);
    size_t chain = pm_ids_number(first), number = pm_ids_number(second);
    say(w, "[%.*s]", first);
    say(w, "[%.*s]", second);
    bool there = chains && chain && chain <= chains->count;
    const struct pm_list *whys = there ? &((const struct pm_chain *)chains->items)[chain - 1].whys : NULL;
    w->object = f->object;
    w->data = whys && number && number <= whys->count ? (const struct pm_why *)whys->items + number - 1 : NULL;
    w->there &= w->data != NULL;
    return w->rest.n > 0;
}

static bool walk_people(struct walk *w, const struct pm_field_def *f, const struct pm_list *people)
{
    const struct pm_person *best = NULL, *items = people ? people->items : NULL;
    for (size_t i = 0; people && i < people->count; i++) {
        size_t n = items[i].key.n;
        if (n < w->rest.n && w->rest.p[n] == '/' && memcmp(items[i].key.p, w->rest.p, n) == 0 && (!best || n > best->key.n))
            best = &items[i];
    }
    struct pm_str name = {w->rest.p, best ? best->key.n : 0};
    if (!best)
        name = take(&w->rest);
    else
        w->rest.p += name.n + 1, w->rest.n -= name.n + 1;
    say(w, "%.*s", name);
    w->object = f->object;
    w->data = best;
    w->there &= best != NULL;
    return w->rest.n > 0;
}

static bool walk_role(struct walk *w, const struct pm_field_def *f, const struct pm_list *roles)
{
    const struct pm_role *items = roles ? roles->items : NULL, *found = NULL;
    for (size_t i = 0; roles && i < roles->count; i++) {
        if (pm_str_eq(items[i].key, w->rest))
            found = &items[i];
    }
    say(w, "%.*s", w->rest);
    set_list(w, f, PM_T_PERSON, found ? &found->people : NULL);
    w->rest.n = 0;
    return true;
}

static bool walk_term(struct walk *w, const struct pm_field_def *f, const struct pm_list *terms)
{
    const struct pm_pair *items = terms ? terms->items : NULL, *found = NULL;
    for (size_t i = 0; terms && i < terms->count; i++) {
        if (pm_str_eq(items[i].key, w->rest))
            found = &items[i];
    }
    say(w, "%.*s", w->rest);
    set_field(w, f, PM_T_TEXT, found ? &found->value : NULL);
    w->rest.n = 0;
    return true;
}

static bool walk_step(struct walk *w)
{
    const struct pm_field_def *f = pm_field_find(w->object, take(&w->rest));
    if (!f)
        return false;
    const void *at = w->data ? (const char *)w->data + f->offset : NULL;
    say(w, "%.*s", pm_str(f->name));
    if (w->rest.n == 0) {
        if (f->type < PM_T_OBJECT)
            set_field(w, f, f->type, at);
        else if (f->type == PM_T_LIST && f->item < PM_T_OBJECT)
            set_list(w, f, f->item, at);
        return w->out->def != NULL;
    }
    switch (f->type) {
    case PM_T_OBJECT:
        w->object = f->object;
        w->data = at;
        return true;
    case PM_T_LIST: return walk_list(w, f, at);
    case PM_T_CHAINS: return walk_chains(w, f, at);
    case PM_T_PEOPLE: return walk_people(w, f, at);
    case PM_T_ROLES: return walk_role(w, f, at);
    case PM_T_GLOSSARY: return walk_term(w, f, at);
    default: return false;
    }
}

bool pm_value_find(struct pm_finder *f, struct pm_str path, struct pm_arena *arena, struct pm_value *out)
{
    struct walk w = {.object = &pm_incident_def, .data = f->in, .rest = path, .find = f, .arena = arena, .out = out, .there = true};
    *out = (struct pm_value){.where = PM_LIT("")};
    bool good = path.n > 0;
    while (good && w.rest.n)
        good = walk_step(&w);
    if (!good)
        out->where = path;
    return good && w.there && out->def;
}

bool pm_entry_split(struct pm_str path, struct pm_entry_path *out)
{
    const struct pm_object_def *object = &pm_incident_def;
    struct pm_str rest = path;
    *out = (struct pm_entry_path){0};
    while (object && rest.n) {
        const struct pm_field_def *f = pm_field_find(object, take(&rest));
        if (!f)
            return false;
        if (f->type == PM_T_LIST && rest.n) {
            size_t list = (size_t)(rest.p - path.p) - 1;
            *out = (struct pm_entry_path){.list = f, .list_path = {path.p, list}, .scalars = f->item != PM_T_OBJECT};
            out->name = take(&rest);
            out->rest = rest;
        } else if (f->type == PM_T_CHAINS && rest.n) {
            struct pm_str chain = take(&rest);
            *out = (struct pm_entry_path){.list = f, .list_path = {path.p, (size_t)(chain.p + chain.n - path.p)}};
            out->name = take(&rest);
            out->rest = rest;
        } else if (f->type != PM_T_OBJECT) {
            return out->list != NULL;
        }
        object = f->object;
    }
    return out->list != NULL;
}

const struct pm_list *pm_entry_list(const struct pm_incident *in, struct pm_str list_path, const struct pm_field_def **def)
{
    const struct pm_object_def *object = &pm_incident_def;
    const char *data = (const char *)in;
    *def = NULL;
    while (list_path.n) {
        const struct pm_field_def *f = pm_field_find(object, take(&list_path));
        if (!f)
            return NULL;
        data += f->offset;
        *def = f;
        if (f->type == PM_T_CHAINS) {
            const struct pm_list *chains = (const void *)data;
            size_t chain = pm_ids_number(list_path);
            return chain && chain <= chains->count ? &((const struct pm_chain *)chains->items)[chain - 1].whys : NULL;
        }
        if (f->type != PM_T_OBJECT && list_path.n)
            return NULL;
        object = f->object;
    }
    return *def && (*def)->type == PM_T_LIST ? (const void *)data : NULL;
}

size_t pm_entry_number(struct pm_finder *f, const struct pm_entry_path *entry)
{
    const struct pm_field_def *def;
    const struct pm_list *list = pm_entry_list(f->in, entry->list_path, &def);
    return list ? pm_ids_find(&f->ids, list, def, entry->name) : 0;
}

struct pm_str pm_entry_text(const struct pm_list *list, const struct pm_field_def *def, size_t number)
{
    struct pm_str best = {NULL, 0};
    if (!list || !number || number > list->count)
        return best;
    if (def->item != PM_T_OBJECT && def->type == PM_T_LIST)
        return ((const struct pm_field *)list->items)[number - 1].text;
    const char *item = (const char *)list->items + (number - 1) * def->object->size;
    for (size_t i = 0; i < def->object->count; i++) {
        const struct pm_field_def *f = &def->object->fields[i];
        const struct pm_field *field = (const void *)(item + f->offset);
        bool prose = f->type == PM_T_MD || f->type == PM_T_TEXT;
        if (prose && field->text.n && (!best.n || (f->flags & PM_F_REQUIRED)))
            best = field->text;
        if (prose && (f->flags & PM_F_REQUIRED))
            break;
    }
    return best;
}
