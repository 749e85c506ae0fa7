/* Entries of lists that came or went. */
#include "recover/merge_internal.h"

#include <stdlib.h>
#include <string.h>

/* --- groups by entry --- */

/* Groups whose paths go through one entry. */
struct entry {
    struct pm_entry_path path;
    struct pm_shown_group **groups;
    size_t count, order;
};

static int compare_paths(const void *a, const void *b)
{
    const struct pm_shown_group *const *x = a, *const *y = b;
    return pm_str_cmp((*x)->path, (*y)->path);
}

static int compare_orders(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    return x->order < y->order ? -1 : x->order > y->order;
}

static int compare_group_orders(const void *a, const void *b)
{
    const struct pm_shown_group *const *x = a, *const *y = b;
    return (*x)->order < (*y)->order ? -1 : (*x)->order > (*y)->order;
}

static bool same_entry(const struct pm_entry_path *a, const struct pm_entry_path *b)
{
    return pm_str_eq(a->list_path, b->list_path) && pm_str_eq(a->name, b->name);
}

/* All entries that a path goes through, in the order of theirs; *count of them. */
static struct entry *find_entries(struct pm_merger *m, size_t *count)
{
    struct pm_shown_group **groups = pm_arena_array(m->arena, m->group_count + 1, sizeof *groups);
    struct entry *entries = pm_arena_array(m->arena, m->group_count + 1, sizeof *entries);
    size_t n = 0;
    *count = 0;
    if (!groups || !entries)
        return NULL;
    for (size_t i = 0; i < m->group_count; i++)
        groups[n++] = &m->groups[i];
    if (n)
        qsort(groups, n, sizeof *groups, compare_paths);
    for (size_t i = 0; i < n; i++) {
        struct pm_entry_path path;
        struct entry *last = *count ? &entries[*count - 1] : NULL;
        if (!pm_entry_split(groups[i]->path, &path))
            continue;
        if (!last || !same_entry(&last->path, &path)) {
            last = &entries[(*count)++];
            *last = (struct entry){path, &groups[i], 0, SIZE_MAX};
        }
        last->count++;
        if (groups[i]->their_count && groups[i]->order < last->order)
            last->order = groups[i]->order;
    }
    if (*count)
        qsort(entries, *count, sizeof *entries, compare_orders);
    return entries;
}

static bool is_shown_by_ours(const struct entry *e)
{
    for (size_t i = 0; i < e->count; i++) {
        if (e->groups[i]->our_count)
            return true;
    }
    return false;
}

static struct pm_str dotted(struct pm_merger *m, struct pm_str path)
{
    struct pm_str copy = pm_arena_str(m->arena, path);
    char *p = (char *)copy.p;   /* the arena's own bytes, written once */
    for (size_t i = 0; i < copy.n; i++)
        p[i] = p[i] == '/' ? '.' : p[i];
    return copy;
}

/* --- new entries --- */

struct fresh {
    struct pm_merger *m;
    const struct entry *entry;
    struct pm_member *members;
    size_t count, cap;
    struct pm_str prose, place;    /* what it says, where that stands */
};

static void add_member(struct fresh *f, struct pm_str name, struct pm_str text)
{
    if (f->count == f->cap) {
        size_t cap = f->cap ? f->cap * 2 : 8;
        struct pm_member *grown = pm_arena_grow(f->m->arena, f->members, f->count, cap, sizeof *grown);
        if (!grown)
            return;
        f->members = grown;
        f->cap = cap;
    }
    f->members[f->count++] = (struct pm_member){name, text};
}

/* "13:52–14:10" in one cell: the time and its end. */
static bool add_span(struct fresh *f, const struct pm_value *value, struct pm_str text)
{
    struct pm_str plain = pm_shown_normalise(text, f->m->arena), name = f->entry->path.rest;
    const char *dash = plain.n ? memchr(plain.p, '-', plain.n) : NULL;
    if (value->type != PM_T_EVENT_INSTANT || !dash || !pm_str_is(name, "at"))
        return false;
    const struct pm_shown_value from = {.text = {plain.p, (size_t)(dash - plain.p)}};
    const struct pm_shown_value to = {.text = {dash + 1, (size_t)(plain.p + plain.n - dash - 1)}};
    struct pm_read_value first, last;
    if (pm_read_shown(f->m, value, NULL, &from, &first) != PM_READ_VALUE || pm_read_shown(f->m, value, NULL, &to, &last) != PM_READ_VALUE)
        return false;
    add_member(f, PM_LIT("at"), first.text);
    add_member(f, PM_LIT("until"), last.text);
    return true;
}

static bool is_prose(const struct pm_value *value)
{
    return value->type == PM_T_MD || value->type == PM_T_TEXT;
}

static bool is_known_id(struct fresh *f, struct pm_str id)
{
    struct pm_entry_path path = f->entry->path;
    path.name = id;
    return pm_entry_number(&f->m->find, &path) > 0;
}

static void take_member(struct fresh *f, const struct pm_shown_group *g, struct pm_str name)
{
    const struct pm_shown_value *theirs = g->theirs[0];
    struct pm_read_value read;
    struct pm_value value;
    (void)pm_value_find(&f->m->find, g->path, f->m->arena, &value);   /* false: the entry is not there */
    if (!value.def) {
        pm_merge_unplaced(f->m->out, value.where, theirs->text, theirs->place, "there is no such field");
        return;
    }
    enum pm_reading reading = pm_read_shown(f->m, &value, NULL, theirs, &read);
    if (reading == PM_READ_FAILED && !add_span(f, &value, theirs->text))
        pm_merge_unplaced(f->m->out, dotted(f->m, f->entry->path.list_path), theirs->text, theirs->place, read.failure);
    if (reading != PM_READ_VALUE || (value.type == PM_T_ID && pm_str_is(name, "id") && is_known_id(f, read.text)))
        return;
    if (!read.member_count)
        add_member(f, name, read.text);
    for (size_t i = 0; i < read.member_count; i++)
        add_member(f, name, read.members[i].text);
    if (!f->prose.n || (is_prose(&value) && (value.def->flags & PM_F_REQUIRED))) {
        f->prose = read.member_count ? PM_LIT("") : read.text;
        f->place = theirs->place;
    }
}

/* A name that is neither made up nor a number is an id that somebody wrote. */
static bool is_id(struct pm_str s)
{
    return s.n && s.n <= 32 && ((s.p[0] >= 'A' && s.p[0] <= 'Z') || (s.p[0] >= 'a' && s.p[0] <= 'z'));
}

static bool has_id(const struct fresh *f)
{
    for (size_t i = 0; i < f->count; i++) {
        if (pm_str_is(f->members[i].name, "id"))
            return true;
    }
    return false;
}

static void take_members(struct fresh *f)
{
    const struct pm_field_def *id = f->entry->path.list->object ? pm_field_find(f->entry->path.list->object, PM_LIT("id")) : NULL;
    qsort(f->entry->groups, f->entry->count, sizeof *f->entry->groups, compare_group_orders);
    for (size_t i = 0; i < f->entry->count; i++) {
        struct pm_entry_path path;
        f->entry->groups[i]->done = true;
        if (!f->entry->groups[i]->their_count || !pm_entry_split(f->entry->groups[i]->path, &path))
            continue;
        take_member(f, f->entry->groups[i], path.rest);
    }
    if (f->count && id && (id->flags & PM_F_UNIQUE_ID) && is_id(f->entry->path.name) && !has_id(f))
        add_member(f, PM_LIT("id"), f->entry->path.name);
}

/* --- where new entries go --- */

/* What is known of a list while theirs is gone through. */
struct list_state { struct pm_str path, last; size_t last_order; bool any; };

struct lists { struct list_state *state; size_t count; };

static struct list_state *state_of(struct lists *l, struct pm_str path)
{
    for (size_t i = 0; i < l->count; i++) {
        if (pm_str_eq(l->state[i].path, path))
            return &l->state[i];
    }
    l->state[l->count] = (struct list_state){.path = path};
    return &l->state[l->count++];
}

/* Positions are the ids of entries that have none in writing: what people know by such an id is not moved for a new one. Nobody knows
 * those of the timeline. */
static bool may_move(struct pm_merger *m, const struct pm_entry_path *path, size_t from)
{
    const struct pm_field_def *def;
    const struct pm_list *list = pm_entry_list(m->base, path->list_path, &def);
    if (pm_str_is(path->list_path, "timeline") || !list)
        return true;
    for (size_t i = from + 1; i <= list->count; i++) {
        const struct pm_field *id = pm_ids_at(list, def, i);
        if (id && id->derived)
            return false;
    }
    return true;
}

static void place_entry(struct pm_merger *m, struct pm_edit *e, const struct entry *entry, const struct list_state *s)
{
    struct pm_entry_path before = entry->path;
    before.name = s->last;
    bool at_end = !s->any || s->last_order < entry->order;
    if (at_end || !may_move(m, &entry->path, s->last.n ? pm_entry_number(&m->find, &before) : 0))
        return;
    e->placed = true;
    e->after = s->last;
}

static void add_entry(struct pm_merger *m, const struct entry *entry, const struct list_state *state)
{
    struct fresh f = {.m = m, .entry = entry};
    struct pm_str path = entry->path.list->type == PM_T_CHAINS ? pm_str(entry->path.list->name) : entry->path.list_path;
    take_members(&f);
    if (!f.count)
        return;
    struct pm_change *c = pm_merge_add_change(m->out, PM_CHANGE_ADDED, dotted(m, path), f.place);
    if (!c)
        return;
    c->after = f.prose;
    c->edit = m->out->edit_count;
    struct pm_edit *e = pm_merge_add_edit(m->out, PM_EDIT_ADD, path);
    if (!e)
        return;
    e->text = f.members[0].text;
    e->members = entry->path.scalars ? NULL : f.members;
    e->member_count = entry->path.scalars ? 0 : f.count;
    place_entry(m, e, entry, state);
}

void pm_merge_new_entries(struct pm_merger *m)
{
    size_t count;
    struct entry *entries = find_entries(m, &count);
    struct lists lists = {entries ? pm_arena_array(m->arena, count + 1, sizeof *lists.state) : NULL, 0};
    if (!lists.state)
        return;
    for (size_t i = 0; i < count; i++) {
        if (entries[i].order == SIZE_MAX || !pm_entry_number(&m->find, &entries[i].path))
            continue;
        struct list_state *s = state_of(&lists, entries[i].path.list_path);
        s->any = true;
        s->last_order = entries[i].order;
    }
    for (size_t i = 0; i < count && entries[i].order != SIZE_MAX; i++) {
        struct list_state *s = state_of(&lists, entries[i].path.list_path);
        if (pm_entry_number(&m->find, &entries[i].path))
            s->last = entries[i].path.name;
        else if (!is_shown_by_ours(&entries[i]))
            add_entry(m, &entries[i], s);
    }
}

/* --- what is gone --- */

static void remove_entry(struct pm_merger *m, const struct entry *e, size_t number)
{
    const struct pm_field_def *def;
    const struct pm_list *list = pm_entry_list(m->base, e->path.list_path, &def);
    struct pm_str path = dotted(m, e->path.list_path), name = e->path.name;
    struct pm_str where = pm_arena_format(m->arena, "%.*s[%.*s]", (int)path.n, path.p, (int)name.n, name.p);
    bool removes = m->options->deletions;
    struct pm_change *c = pm_merge_add_change(m->out, removes ? PM_CHANGE_REMOVED : PM_CHANGE_MISSING, where, (struct pm_str){NULL, 0});
    if (!c)
        return;
    c->before = pm_entry_text(list, def, number);
    if (!removes)
        return;
    c->edit = m->out->edit_count;
    struct pm_str whole = {e->path.list_path.p, e->path.list_path.n + 1 + name.n};
    (void)pm_merge_add_edit(m->out, PM_EDIT_REMOVE, whole);
}

/* False when theirs shows anything of it. */
static bool is_gone(const struct entry *e)
{
    for (size_t i = 0; i < e->count; i++) {
        if (e->groups[i]->their_count)
            return false;
    }
    return true;
}

static void remove_value(struct pm_merger *m, const struct pm_shown_group *g)
{
    struct pm_value value;
    if (!pm_value_find(&m->find, g->path, m->arena, &value) || (!value.field && !value.list))
        return;
    bool removes = m->options->deletions;
    struct pm_change *c = pm_merge_add_change(m->out, removes ? PM_CHANGE_REMOVED : PM_CHANGE_MISSING, value.where, (struct pm_str){NULL,
        0});
    if (!c)
        return;
    c->mark = value.mark;
    c->before = pm_value_text(&value, m->arena);
    if (!removes)
        return;
    c->edit = m->out->edit_count;
    (void)pm_merge_add_edit(m->out, PM_EDIT_CLEAR, g->path);
}

/* Entries behind one that goes, without an id in writing, would get the ids of those before them. */
static void keep_id(struct pm_merger *m, struct pm_str list_path, const struct pm_field *id)
{
    struct pm_str path = pm_arena_format(m->arena, "%.*s/%.*s/id", (int)list_path.n, list_path.p, (int)id->text.n, id->text.p);
    struct pm_value value;
    if (!path.p || !pm_value_find(&m->find, path, m->arena, &value))
        return;
    struct pm_change *c = pm_merge_add_change(m->out, PM_CHANGE_SET, value.where, (struct pm_str){NULL, 0});
    if (!c)
        return;
    c->after = id->text;
    c->reason = "its position gave it this id before";
    c->edit = m->out->edit_count;
    struct pm_edit *e = pm_merge_add_edit(m->out, PM_EDIT_SET, path);
    if (e)
        e->text = id->text;
}

static void keep_ids(struct pm_merger *m, const char *name, const bool *gone, const struct pm_list *list)
{
    const struct pm_field_def *def = pm_field_find(&pm_incident_def, pm_str(name));
    bool moved = false;
    for (size_t i = 1; i <= list->count; i++) {
        const struct pm_field *id = pm_ids_at(list, def, i);
        moved |= gone[i];
        if (moved && !gone[i] && id && id->derived)
            keep_id(m, pm_str(name), id);
    }
}

/* Which entries of a list of the top level are removed. */
static bool *removed_entries(struct pm_merger *m, const char *name, const struct pm_list *list)
{
    bool *gone = pm_arena_array(m->arena, list->count + 1, sizeof *gone);
    for (size_t i = 0; gone && i < m->out->edit_count; i++) {
        struct pm_entry_path path;
        const struct pm_edit *e = &m->out->edits[i];
        if (e->kind == PM_EDIT_REMOVE && pm_entry_split(e->path, &path) && pm_str_is(path.list_path, name))
            gone[pm_entry_number(&m->find, &path)] = true;
    }
    return gone;
}

void pm_merge_missing(struct pm_merger *m)
{
    size_t count;
    struct entry *entries = find_entries(m, &count);
    for (size_t i = 0; entries && i < count; i++) {
        size_t number = pm_entry_number(&m->find, &entries[i].path);
        if (!number || !is_gone(&entries[i]))
            continue;
        remove_entry(m, &entries[i], number);
        for (size_t k = 0; k < entries[i].count; k++)
            entries[i].groups[k]->done = true;
    }
    for (size_t i = 0; i < m->group_count; i++) {
        if (!m->groups[i].done && !m->groups[i].their_count)
            remove_value(m, &m->groups[i]);
    }
    bool *causes = removed_entries(m, "causes", &m->base->causes), *actions = removed_entries(m, "action_items", &m->base->action_items);
    if (!causes || !actions)
        return;
    keep_ids(m, "causes", causes, &m->base->causes);
    keep_ids(m, "action_items", actions, &m->base->action_items);
}
