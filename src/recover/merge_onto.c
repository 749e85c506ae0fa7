/* Edits of one version of an incident, made in a later one. */
#include "recover/merge_internal.h"

#include <string.h>

static const char gone[] = "the newer file has no such entry";
static const char both[] = "both were changed";

struct move {
    struct pm_merge *merge;
    struct pm_finder base, newer;
    size_t shift;               /* how far behind its place the last entry was found; modulo the range of size_t */
};

static bool same_field(const struct pm_value *a, const struct pm_value *b)
{
    const struct pm_field *x = a->field, *y = b->field;
    if (!x || !y)
        return x == y;
    if (x->valid && y->valid && (a->type == PM_T_INSTANT || a->type == PM_T_EVENT_INSTANT))
        return x->as.instant == y->as.instant;
    if (x->valid && y->valid && (a->type == PM_T_ENUM || a->type == PM_T_SEVERITY))
        return x->as.choice == y->as.choice;
    return pm_str_eq(pm_str_trim(x->text), pm_str_trim(y->text));
}

static bool same_value(const struct pm_value *a, const struct pm_value *b)
{
    size_t n = a->list ? a->list->count : 0;
    if (a->type != PM_T_LIST)
        return same_field(a, b);
    if (n != (b->list ? b->list->count : 0))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!pm_str_eq(((const struct pm_field *)a->list->items)[i].text, ((const struct pm_field *)b->list->items)[i].text))
            return false;
    }
    return true;
}

/* --- entries --- */

/* Whether the newer entry may be the one with this id, where that is not written, and says the same. */
static bool says_same(const struct pm_list *is, const struct pm_field_def *def, size_t number, const struct pm_field *id,
                      struct pm_str text)
{
    const struct pm_field *here = pm_ids_at(is, def, number);
    bool other = here && !here->derived && id && !pm_str_eq(here->text, id->text);
    return number && number <= is->count && !other && pm_str_eq(pm_str_trim(pm_entry_text(is, def, number)), text);
}

/* An id in writing names the entry; else the one with the same text: in the same place, as far from it as the one before, or anywhere. */
static size_t same_entry(struct move *v, const struct pm_entry_path *path)
{
    const struct pm_field_def *def, *other;
    const struct pm_list *was = pm_entry_list(v->base.in, path->list_path, &def);
    const struct pm_list *is = pm_entry_list(v->newer.in, path->list_path, &other);
    size_t number = pm_entry_number(&v->base, path);
    const struct pm_field *id = number && was ? pm_ids_at(was, def, number) : NULL;
    if (!number || !was || !is)
        return 0;
    size_t named = id && !id->derived ? pm_ids_find(&v->newer.ids, is, other, id->text) : 0;
    if (named && !pm_ids_at(is, other, named)->derived)
        return named;
    struct pm_str text = pm_str_trim(pm_entry_text(was, def, number));
    size_t found = 0;
    if (text.n && says_same(is, def, number, id, text))
        found = number;
    else if (text.n && says_same(is, def, number + v->shift, id, text))
        found = number + v->shift;
    for (size_t i = 1; text.n && !found && i <= is->count; i++)
        found = says_same(is, def, i, id, text) ? i : 0;
    v->shift = found ? found - number : v->shift;
    return found ? found : number <= is->count && is->count == was->count ? number : 0;
}

/* The path of the same entry in the newer incident; false when it is gone. */
static bool move_path(struct move *v, struct pm_str *path)
{
    struct pm_entry_path entry;
    if (!pm_entry_split(*path, &entry))
        return true;
    size_t number = same_entry(v, &entry);
    if (!number)
        return false;
    struct pm_str list = entry.list_path, rest = entry.rest;
    *path = pm_arena_format(v->merge->arena, "%.*s/%zu%s%.*s", (int)list.n, list.p, number, rest.n ? "/" : "", (int)rest.n,
                            rest.n ? rest.p : "");
    return path->p != NULL;
}

/* --- each kind of edit --- */

enum fate { KEPT, NEEDLESS, CONFLICT };

static struct pm_str after_text(struct move *v, const struct pm_edit *e)
{
    return e->member_count ? pm_members_text(e->members, e->member_count, v->merge->arena) : e->text;
}

static bool is_already(struct move *v, const struct pm_edit *e, const struct pm_value *now)
{
    struct pm_civil civil;
    if (e->kind == PM_EDIT_CLEAR)
        return !now->field && !now->list;
    bool time = now->type == PM_T_INSTANT || now->type == PM_T_EVENT_INSTANT;
    if (time && now->field && now->field->valid && pm_time_read(e->text, &civil) == PM_TIME_ZONED)
        return pm_instant_of(&civil) == now->field->as.instant;
    return (now->field || now->list) && pm_str_eq(pm_str_trim(pm_value_text(now, v->merge->arena)), pm_str_trim(after_text(v, e)));
}

static enum fate conflict(struct pm_change *c, const struct pm_value *now, struct pm_str newer, const char *reason)
{
    c->kind = PM_CHANGE_CONFLICT;
    c->reason = reason;
    c->newer = newer;
    c->mark = now ? now->mark : (struct pm_mark){0, 0, 0};
    return CONFLICT;
}

static enum fate move_value(struct move *v, struct pm_edit *e, struct pm_change *c)
{
    struct pm_value was, now;
    struct pm_str path = e->path;
    if (!move_path(v, &path))
        return e->kind == PM_EDIT_CLEAR ? NEEDLESS : conflict(c, NULL, (struct pm_str){NULL, 0}, gone);
    bool known = pm_value_find(&v->base, e->path, v->merge->arena, &was), found = pm_value_find(&v->newer, path, v->merge->arena, &now);
    e->path = path;
    if (!found || !known)
        return KEPT;   /* entries of maps that are made */
    c->mark = now.mark;
    if (is_already(v, e, &now))
        return NEEDLESS;
    return same_value(&was, &now) ? KEPT : conflict(c, &now, pm_value_text(&now, v->merge->arena), both);
}

/* An entry is the same when all that its mapping says is. */
static bool same_tree(const struct pm_yaml *a, const struct pm_yaml *b)
{
    if (!a || !b || a->kind != b->kind || a->count != b->count || !pm_str_eq(a->key, b->key))
        return false;
    if (a->kind == PM_YAML_SCALAR && !pm_str_eq(a->text, b->text))
        return false;
    const struct pm_yaml *y = b->first;
    for (const struct pm_yaml *x = a->first; x; x = x->next, y = y->next) {
        if (!same_tree(x, y))
            return false;
    }
    return true;
}

static const struct pm_object *object_at(const struct pm_incident *in, struct pm_str list_path, size_t number)
{
    const struct pm_field_def *def;
    const struct pm_list *list = pm_entry_list(in, list_path, &def);
    if (!list || !number || number > list->count || !def->object)
        return NULL;
    return (const void *)((const char *)list->items + (number - 1) * def->object->size);
}

static enum fate move_removal(struct move *v, struct pm_edit *e, struct pm_change *c)
{
    struct pm_entry_path entry;
    struct pm_str path = e->path;
    if (!move_path(v, &path))
        return NEEDLESS;
    if (!pm_entry_split(e->path, &entry))
        return KEPT;
    size_t before = pm_entry_number(&v->base, &entry), number = same_entry(v, &entry);
    const struct pm_object *was = object_at(v->base.in, entry.list_path, before), *now = object_at(v->newer.in, entry.list_path, number);
    e->path = path;
    if (!was || !now || same_tree(was->source, now->source))
        return KEPT;
    c->mark = now->mark;
    const struct pm_value place = {.mark = now->mark};
    const struct pm_field_def *def;
    const struct pm_list *list = pm_entry_list(v->newer.in, entry.list_path, &def);
    return conflict(c, &place, pm_entry_text(list, def, number), "it is gone from the artefact, and changed in the newer file");
}

static struct pm_str main_text(const struct pm_edit *e, const struct pm_field_def *def)
{
    for (size_t i = 0; i < e->member_count && def->object; i++) {
        const struct pm_field_def *f = pm_field_find(def->object, e->members[i].name);
        if (f && f->type == PM_T_MD && (f->flags & PM_F_REQUIRED))
            return e->members[i].text;
    }
    return e->text;
}

/* One that says the same may have been added already; one that stood behind an entry that is gone comes last. */
static enum fate move_addition(struct move *v, struct pm_edit *e)
{
    const struct pm_field_def *def;
    const struct pm_list *list = pm_entry_list(v->newer.in, e->path, &def);
    struct pm_str text = def ? pm_str_trim(main_text(e, def)) : (struct pm_str){NULL, 0};
    for (size_t i = 1; text.n && list && i <= list->count; i++) {
        if (pm_str_eq(pm_str_trim(pm_entry_text(list, def, i)), text))
            return NEEDLESS;
    }
    if (e->placed && e->after.n) {
        const struct pm_entry_path before = {.list = def, .list_path = e->path, .name = e->after};
        size_t number = same_entry(v, &before);
        e->placed = number > 0;
        e->after = number ? pm_arena_format(v->merge->arena, "%zu", number) : (struct pm_str){NULL, 0};
    }
    return KEPT;
}

static enum fate move_edit(struct move *v, struct pm_edit *e, struct pm_change *c)
{
    switch (e->kind) {
    case PM_EDIT_SET:
    case PM_EDIT_CLEAR: return move_value(v, e, c);
    case PM_EDIT_REMOVE: return move_removal(v, e, c);
    case PM_EDIT_ADD: return move_addition(v, e);
    }
    return KEPT;
}

/* Which edits are the first of a change: a long text takes several. */
static const bool *first_edits(const struct pm_merge *merge)
{
    bool *first = pm_arena_array(merge->arena, merge->edit_count + 1, sizeof *first);
    for (size_t i = 0; first && i < merge->change_count; i++) {
        if (merge->changes[i].edit != PM_NO_EDIT)
            first[merge->changes[i].edit] = true;
    }
    return first;
}

enum pm_status pm_merge_onto(struct pm_merge *merge, const struct pm_incident *base, const struct pm_incident *newer)
{
    struct move v = {.merge = merge};
    pm_finder_init(&v.base, base, merge->arena);
    pm_finder_init(&v.newer, newer, merge->arena);
    struct pm_edit *edits = pm_arena_array(merge->arena, merge->edit_count + 1, sizeof *edits);
    const bool *first = first_edits(merge);
    size_t edit_count = 0, change_count = 0;
    if (!edits || !first)
        return PM_NOMEM;
    for (size_t i = 0; i < merge->change_count; i++) {
        struct pm_change c = merge->changes[i];
        enum fate fate = c.edit == PM_NO_EDIT ? KEPT : move_edit(&v, &merge->edits[c.edit], &c);
        if (fate == NEEDLESS)
            continue;
        merge->conflicts |= fate == CONFLICT;
        if (fate == KEPT && c.edit != PM_NO_EDIT) {
            size_t next = c.edit;
            c.edit = edit_count;
            do
                edits[edit_count++] = merge->edits[next++];
            while (next < merge->edit_count && !first[next]);
        } else {
            c.edit = PM_NO_EDIT;
        }
        merge->changes[change_count++] = c;
    }
    merge->edits = edits;
    merge->edit_count = merge->edit_cap = edit_count;
    merge->change_count = change_count;
    return merge->arena->failed ? PM_NOMEM : PM_OK;
}
