/* Edits, made in the tree of twigs. */
#include "recover/patch_internal.h"

#include <string.h>

static const char twice[] = "another edit changes the same value";
static const char no_scalar[] = "the path names no single value";
static const char no_list[] = "the path names no list";
static const char is_absent[] = "there is no such value";

/* The line feeds at the end of a text belong to its style, not to what it says: there are as many as before. */
static struct pm_str settle_text(struct pm_patch *p, const struct pm_twig *t, struct pm_str text, bool flow)
{
    const struct pm_yaml *old = t->old && !pm_yaml_is_null(t->old) ? t->old : NULL;
    size_t feeds = 0;
    while (text.n && text.p[text.n - 1] == '\n')
        text.n--;
    while (old && feeds < old->text.n && old->text.p[old->text.n - 1 - feeds] == '\n')
        feeds++;
    if (!flow && !feeds && (!old || old->style != PM_YAML_BLOCK) && text.n && memchr(text.p, '\n', text.n))
        feeds = 1;
    char *copy = pm_arena_alloc(&p->work, text.n + feeds + 1);
    if (!copy)
        return text;
    if (text.n)
        memcpy(copy, text.p, text.n);
    memset(copy + text.n, '\n', feeds);
    return (struct pm_str){copy, text.n + feeds};
}

static void set_text(struct pm_patch *p, struct pm_twig *t, enum pm_type type, struct pm_str text, int edit)
{
    const struct pm_str none = {NULL, 0};
    if (type == PM_T_INSTANT)
        text = pm_patch_instant(p, text, t->old && !pm_yaml_is_null(t->old) ? t->text : none);
    text = settle_text(p, t, text, t->parent->flow);
    t->type = type;
    if (t->old && !pm_yaml_is_null(t->old) && pm_str_eq(text, t->text))
        return;
    t->kind = PM_YAML_SCALAR;
    t->text = text;
    t->changed = t->old != NULL;
    t->edit = edit;
}

/* --- lists of scalars --- */

static void add_scalar(struct pm_patch *p, struct pm_twig *list, struct pm_twig *before, enum pm_type type, struct pm_str text, int edit)
{
    struct pm_twig *t = pm_twig_add(p, list, before, PM_YAML_SCALAR);
    if (t)
        set_text(p, t, type, text, edit);
}

/* A new list of short texts stands in brackets; prose gets a line each. */
static struct pm_twig *make_list(struct pm_patch *p, const struct pm_target *at, enum pm_type item, int edit)
{
    struct pm_twig *list = at->node;
    bool prose = item == PM_T_MD || item == PM_T_OBJECT, empty = list && list->old && list->flow && !list->first && !at->parent->flow;
    if (list && !pm_twig_is_null(list) && !(empty && prose && list->kind == PM_YAML_SEQUENCE))
        return list->kind == PM_YAML_SEQUENCE ? list : NULL;
    if (!list) {
        list = pm_twig_member(p, at->parent, at->key, PM_YAML_SEQUENCE);
    } else {
        list->kind = PM_YAML_SEQUENCE;
        list->changed = true;
    }
    if (!list)
        return NULL;
    list->flow = at->parent->flow || !prose;
    list->edit = edit;
    return list;
}

/* The texts become those of `members`: what both have at the front and at the back stays, what is between is paired. */
static void set_list(struct pm_patch *p, struct pm_twig *list, enum pm_type type, const struct pm_edit *e, int edit)
{
    struct pm_twig *t = list->first, *before = NULL;
    size_t left = 0, i = 0, back = 0;
    for (const struct pm_twig *child = t; child; child = child->next)
        left++;
    for (; t && i < e->member_count && pm_str_eq(t->text, e->members[i].text); before = t, t = t->next, i++)
        left--;
    while (back < left && back < e->member_count - i) {   /* from the back; lists are short */
        const struct pm_twig *last = t;
        for (size_t k = back + 1; k < left; k++)
            last = last->next;
        if (!pm_str_eq(last->text, e->members[e->member_count - 1 - back].text))
            break;
        back++;
    }
    for (; t && left > back; before = t, t = t->next, left--) {
        if (i < e->member_count - back)
            set_text(p, t, type, e->members[i++].text, edit);
        else
            t->removed = true, t->edit = edit;
    }
    for (; i < e->member_count - back; i++) {
        add_scalar(p, list, before, type, e->members[i].text, edit);
        before = before ? before->next : list->first;
    }
}

static bool all_scalars(const struct pm_twig *list)
{
    for (const struct pm_twig *t = list->first; t; t = t->next) {
        if (t->kind != PM_YAML_SCALAR || t->edit != PM_NOT_EDITED)
            return false;
    }
    return true;
}

static const char *set_whole_list(struct pm_patch *p, const struct pm_target *at, enum pm_type item, const struct pm_edit *e, int edit)
{
    if (!e->member_count)
        return "a list with nothing in it; clear it";
    struct pm_twig *list = make_list(p, at, item, edit);
    if (!list || !all_scalars(list))
        return list ? twice : no_list;
    set_list(p, list, item, e, edit);
    return NULL;
}

/* --- setting --- */

static const char *set_scalar(struct pm_patch *p, const struct pm_target *at, struct pm_str text, int edit)
{
    struct pm_twig *t = at->node;
    if (t && t->edit != PM_NOT_EDITED)
        return twice;
    if (t && t->kind != PM_YAML_SCALAR)
        return no_scalar;
    if (!t && (!at->key.n || at->element))
        return is_absent;
    if (!t)
        t = pm_twig_member(p, at->parent, at->key, PM_YAML_SCALAR);
    if (t)
        set_text(p, t, at->type, text, edit);
    return NULL;
}

static const char *set_value(struct pm_patch *p, int edit)
{
    const struct pm_edit *e = &p->edits[edit];
    struct pm_target at;
    const char *failure = pm_patch_find(p, e->path, true, edit, &at);
    if (failure)
        return failure;
    if (at.type == PM_T_LIST && at.def && at.def->item < PM_T_OBJECT)
        return set_whole_list(p, &at, at.def->item, e, edit);
    if (at.type >= PM_T_OBJECT)
        return no_scalar;
    if (at.def && at.def->type == PM_T_ROLES && (e->member_count > 1 || (at.node && at.node->kind == PM_YAML_SEQUENCE))) {
        const struct pm_member one = {{NULL, 0}, e->text};
        const struct pm_edit whole = {.members = e->member_count ? e->members : &one,
            .member_count = e->member_count ? e->member_count : 1};
        return at.node && at.node->kind == PM_YAML_SCALAR ? no_list : set_whole_list(p, &at, PM_T_PERSON, &whole, edit);
    }
    return set_scalar(p, &at, e->member_count == 1 ? e->members[0].text : e->text, edit);
}

/* --- removing --- */

/* A list that has lost its last entry goes too, and a mapping that is no entry of one. */
static void remove_twig(struct pm_patch *p, struct pm_twig *t, int edit)
{
    for (;;) {
        t->removed = true;
        t->edit = edit;
        struct pm_twig *up = t->parent;
        if (up == p->root || !pm_twig_is_empty(up) || (up->parent && up->parent->kind == PM_YAML_SEQUENCE))
            return;
        t = up;
    }
}

static bool is_edited(const struct pm_twig *t)
{
    if (t->edit != PM_NOT_EDITED)
        return true;
    for (const struct pm_twig *child = t->first; child; child = child->next) {
        if (is_edited(child))
            return true;
    }
    return false;
}

static const char *remove_value(struct pm_patch *p, int edit, bool entry)
{
    struct pm_target at;
    const char *failure = pm_patch_find(p, p->edits[edit].path, false, edit, &at);
    if (failure)
        return failure;
    if (!at.node || (entry && !at.element))
        return is_absent;
    if (is_edited(at.node))
        return twice;
    remove_twig(p, at.node, edit);
    return NULL;
}

/* --- adding --- */

static const struct pm_twig *written_id(const struct pm_twig *entry)
{
    const struct pm_twig *id = pm_twig_get(entry, PM_LIT("id"));
    return id && id->kind == PM_YAML_SCALAR && !pm_twig_is_null(id) ? id : NULL;
}

static size_t digits_at_end(struct pm_str s)
{
    size_t n = 0;
    while (n < s.n && n < 9 && s.p[s.n - 1 - n] >= '0' && s.p[s.n - 1 - n] <= '9')
        n++;
    return n;
}

/* The number at the end of an id that begins with `prefix`; 0 for others. */
static size_t number_behind(struct pm_str id, struct pm_str prefix)
{
    size_t n = digits_at_end(id), number = 0;
    if (id.n - n != prefix.n || (prefix.n && memcmp(id.p, prefix.p, prefix.n) != 0))
        return 0;
    for (size_t i = id.n - n; i < id.n; i++)
        number = number * 10 + (size_t)(id.p[i] - '0');
    return number;
}

/* What new entries of a list go by. */
struct pm_new_ids {
    struct pm_str model;     /* the last id that is written; absent: none is */
    size_t live;             /* entries, the new ones too */
    struct pm_str prefix;    /* of numbered ids, once one was needed */
    size_t highest;          /* number that has been used with it */
};

static struct pm_new_ids *ids_of(struct pm_patch *p, struct pm_twig *list)
{
    if (!list->ids)
        list->ids = pm_arena_alloc(&p->work, sizeof *list->ids);
    else
        return list->ids;
    for (const struct pm_twig *t = list->ids ? list->first : NULL; t; t = t->next) {
        const struct pm_twig *id = t->old && !t->removed ? written_id(t) : NULL;
        list->ids->live += t->old && !t->removed;
        if (id)
            list->ids->model = id->text;
    }
    return list->ids;
}

static void find_highest(struct pm_patch *p, const struct pm_target *list, struct pm_new_ids *ids, struct pm_str prefix)
{
    size_t n;
    ids->prefix = prefix;
    ids->highest = 0;
    for (size_t i = 1; list->list && i <= list->list->count; i++) {
        n = number_behind(pm_ids_at(list->list, list->def, i)->text, prefix);
        ids->highest = n > ids->highest ? n : ids->highest;
    }
    for (size_t i = 0; i < p->count; i++) {   /* ids that other edits bring along */
        for (size_t k = 0; k < p->edits[i].member_count; k++) {
            n = pm_str_is(p->edits[i].members[k].name, "id") ? number_behind(p->edits[i].members[k].text, prefix) : 0;
            ids->highest = n > ids->highest ? n : ids->highest;
        }
    }
}

/* The next number after those that are there, in the manner of the last id: "AI-07" is followed by "AI-08". */
static struct pm_str next_id(struct pm_patch *p, const struct pm_target *list, struct pm_new_ids *ids, struct pm_str model)
{
    size_t width = digits_at_end(model);
    struct pm_str prefix = {model.p, model.n - width};
    if (!ids->prefix.p || !pm_str_eq(ids->prefix, prefix))
        find_highest(p, list, ids, prefix);
    return pm_arena_format(p->arena, "%.*s%0*zu", (int)prefix.n, prefix.p, (int)width, ++ids->highest);
}

/* The place of an entry from 1, and whether entries behind it go by theirs. */
static size_t place_of(const struct pm_twig *list, const struct pm_twig *entry, const struct pm_new_ids *ids, bool *moves)
{
    size_t place = 1;
    *moves = false;
    if (!entry->next)
        return ids->live;
    for (const struct pm_twig *t = list->first; t != entry; t = t->next)
        place += !t->removed;
    for (const struct pm_twig *t = entry->next; t && !*moves; t = t->next)
        *moves = !t->removed && !written_id(t);
    return place;
}

/* The id of a new entry: as given; else where the others have theirs in writing a new one; else what its position will give it. */
static struct pm_str id_for(struct pm_patch *p, const struct pm_target *list, struct pm_twig *node, const struct pm_twig *entry,
    bool *write)
{
    const struct pm_twig *given = written_id(entry);
    struct pm_new_ids *ids = ids_of(p, node);
    bool moves;
    *write = false;
    if (!ids)
        return (struct pm_str){NULL, 0};
    ids->live++;
    if (given)
        return pm_arena_str(p->arena, given->text);
    *write = ids->model.p != NULL;
    if (*write)
        return next_id(p, list, ids, ids->model);
    if (!list->def->object->id_prefix)
        return (struct pm_str){NULL, 0};
    size_t place = place_of(node, entry, ids, &moves);
    struct pm_str id = pm_arena_format(p->arena, "%s%zu", list->def->object->id_prefix, place);
    *write = !moves && pm_ids_find(&p->ids, list->list, list->def, id) > 0;   /* of an entry that is being removed */
    return *write ? next_id(p, list, ids, id) : id;
}

static const char *add_members(struct pm_patch *p, struct pm_twig *entry, const struct pm_edit *e, int edit)
{
    const char *failure = e->member_count ? NULL : "an entry with nothing in it";
    for (size_t i = 0; !failure && i < e->member_count; i++) {
        struct pm_target at;
        failure = pm_patch_member(p, entry, e->members[i].name, edit, &at);
        if (!failure && at.type == PM_T_LIST && at.def->item < PM_T_OBJECT) {
            struct pm_twig *list = make_list(p, &at, at.def->item, edit);
            if (list)
                add_scalar(p, list, list->last, at.def->item, e->members[i].text, edit);
        } else if (!failure) {
            failure = at.type < PM_T_OBJECT ? set_scalar(p, &at, e->members[i].text, edit) : no_scalar;
        }
    }
    return failure;
}

/* New entries are like the last one that the source has. */
static bool has_flow_entries(const struct pm_twig *list)
{
    const struct pm_yaml *last = list->old ? list->old->last : NULL;
    return last && last->kind == PM_YAML_MAPPING && last->flow;
}

static const char *add_object(struct pm_patch *p, const struct pm_target *at, struct pm_twig *list, struct pm_twig *before, int edit)
{
    struct pm_edit *e = &p->edits[edit];
    bool write;
    struct pm_twig *entry = pm_twig_add(p, list, before, PM_YAML_MAPPING);
    if (!entry)
        return NULL;
    entry->flow = list->flow || has_flow_entries(list);
    entry->edit = edit;
    entry->object = at->def ? at->def->object : NULL;
    const char *failure = add_members(p, entry, e, edit);
    const struct pm_field_def *id = entry->object ? pm_field_find(entry->object, PM_LIT("id")) : NULL;
    if (failure || !id || !(id->flags & PM_F_UNIQUE_ID))
        return failure;
    e->id = id_for(p, at, list, entry, &write);
    if (write) {
        struct pm_twig *t = pm_twig_member(p, entry, PM_LIT("id"), PM_YAML_SCALAR);
        if (t)
            set_text(p, t, PM_T_ID, e->id, edit);
    }
    return NULL;
}

/* Behind new entries that were put there already, so that they keep the order of their edits. */
static struct pm_twig *place_in(struct pm_patch *p, const struct pm_target *at, struct pm_twig *list, const struct pm_edit *e)
{
    struct pm_twig *before = e->placed && e->after.n ? pm_patch_entry(p, at, list, e->after) : NULL;
    if (!e->placed || (e->after.n && !before))
        return list->last;
    for (struct pm_twig *next = before ? before->next : list->first; next && !next->old; next = next->next)
        before = next;
    return before;
}

static const char *add_entry(struct pm_patch *p, int edit)
{
    const struct pm_edit *e = &p->edits[edit];
    struct pm_target at;
    const char *failure = pm_patch_find(p, e->path, true, edit, &at);
    if (failure)
        return failure;
    bool is_list = at.type == PM_T_LIST || (at.type == PM_T_CHAINS && (!at.node || !at.node->first ||
        at.node->first->kind != PM_YAML_SEQUENCE));
    enum pm_type item = at.type == PM_T_CHAINS || !at.def ? PM_T_OBJECT : at.def->item;
    struct pm_twig *list = is_list ? make_list(p, &at, item, edit) : NULL;
    if (!list)
        return no_list;
    struct pm_twig *before = place_in(p, &at, list, e);
    if (item == PM_T_OBJECT)
        return add_object(p, &at, list, before, edit);
    add_scalar(p, list, before, item, e->text, edit);
    return NULL;
}

const char *pm_patch_edit(struct pm_patch *p, int edit)
{
    switch (p->edits[edit].kind) {
    case PM_EDIT_SET: return set_value(p, edit);
    case PM_EDIT_CLEAR: return remove_value(p, edit, false);
    case PM_EDIT_REMOVE: return remove_value(p, edit, true);
    case PM_EDIT_ADD: return add_entry(p, edit);
    }
    return NULL;
}
