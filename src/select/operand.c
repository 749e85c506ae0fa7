/* Names of an expression to places of an incident, by the table of schema.c. */
#include "select/select_internal.h"

#include <string.h>

/* --- lists --- */

/* The number of the list among those of the expression; -1 when there are too many. */
static int list_index(struct pm_compiler *c, const struct pm_field_def *def, size_t offset, struct pm_str path)
{
    struct pm_select *s = c->select;
    for (int i = 0; i < s->list_count; i++) {
        if (s->lists[i].def == def && s->lists[i].offset == offset)
            return i;
    }
    if (s->list_count == PM_SELECT_LISTS)
        return -1;
    s->lists[s->list_count] = (struct pm_list_place){def, offset, pm_arena_str(c->arena, path).p};
    return s->list_count++;
}

static const struct pm_field_def *items_def(void)
{
    return pm_field_find(&pm_incident_def, PM_LIT("action_items"));
}

static bool holds_objects(const struct pm_field_def *f)
{
    return (f->type == PM_T_LIST && f->item == PM_T_OBJECT) || f->type == PM_T_CHAINS || f->type == PM_T_PEOPLE;
}

/* --- paths --- */

/* What is left of a path, the object that its next name belongs to, and what has been found. */
struct walk {
    struct pm_compiler *c;
    const struct pm_token *token;
    const char *start, *p, *end;
    const struct pm_object_def *def;
    struct pm_operand *out;
};

static struct pm_str take_name(struct walk *w)
{
    struct pm_str name = {w->p, 0};
    while (w->p < w->end && *w->p != '.' && *w->p != '[')
        w->p++;
    name.n = (size_t)(w->p - name.p);
    return name;
}

/* "[12]", counted from 1; 0 when there is none; false when it is no such number. */
static bool take_index(struct walk *w, size_t *index)
{
    *index = 0;
    if (w->p == w->end || *w->p != '[')
        return true;
    for (w->p++; w->p < w->end && *w->p >= '0' && *w->p <= '9' && *index < 100000000; w->p++)
        *index = *index * 10 + (size_t)(*w->p - '0');
    return *index && w->p < w->end && *w->p++ == ']' && (w->p == w->end || *w->p == '.');
}

static bool fail(struct walk *w, const char *what, const char *more)
{
    const char *text = pm_arena_format(w->c->arena, "%s: %s", pm_shown(w->c, w->token->text), what).p;
    pm_complain(w->c, w->token->mark, text ? text : "", more);
    return false;
}

static bool ends(struct walk *w, enum pm_type type)
{
    w->out->type = type;
    return w->p == w->end || fail(w, "it has no parts that could be named", "");
}

/* Goes from the list `f` to its entries. True when the walk goes on; else *good says how it ended. */
static bool enter_list(struct walk *w, const struct pm_field_def *f, size_t index, bool *good)
{
    struct pm_operand *out = w->out;
    struct pm_str path = {w->start, (size_t)(w->p - w->start)};
    const char *bracket = memchr(path.p, '[', path.n);
    if (bracket)
        path.n = (size_t)(bracket - path.p);
    if (!index && w->p == w->end && out->list < 0) {
        *good = ends(w, PM_T_LIST);
        return false;
    }
    int list = out->list < 0 ? list_index(w->c, f, out->offset, path) : -1;
    if (list < 0) {
        *good = fail(w, out->list < 0 ? "the expression names too many lists" : "entries of entries cannot be named", "");
        return false;
    }
    w->c->before = &w->c->select->lists[list];
    out->list = list;
    out->entry = index;
    out->offset = 0;
    w->def = f->object;
    *good = w->p == w->end && ends(w, PM_T_OBJECT);
    return w->p < w->end;
}

/* A value of a map by its key, which may have dots. */
static bool take_key(struct walk *w, enum pm_type type)
{
    if (w->p < w->end && *w->p == '.') {
        w->out->key = pm_arena_str(w->c->arena, (struct pm_str){w->p + 1, (size_t)(w->end - w->p - 1)});
        w->p = w->end;
    }
    return ends(w, type);
}

static bool take_extra(struct walk *w, struct pm_str name)
{
    w->out->is_extra = true;
    w->out->key = pm_arena_str(w->c->arena, name);
    return ends(w, PM_T_TEXT);
}

static bool unknown(struct walk *w, struct pm_str name)
{
    const char *hint = pm_field_hint(w->def, name, w->c->arena);
    const char *text = pm_arena_format(w->c->arena, "unknown field %s", pm_shown(w->c, w->token->text)).p;
    pm_complain(w->c, w->token->mark, text ? text : "", hint);
    return false;
}

/* The computed values of an action item stand beside its fields. */
static bool take_computed(struct walk *w, struct pm_str name)
{
    struct pm_operand found;
    int list = w->out->list;
    bool of_item = list >= 0 && w->c->select->lists[list].def == items_def();
    if (!of_item || w->p != w->end || !pm_computed_find(name, true, &found))
        return false;
    found.list = list;
    found.entry = w->out->entry;
    found.path = w->out->path;
    *w->out = found;
    return true;
}

/* One name of the path. True when the walk goes on; else *good says how it ended. */
static bool walk_step(struct walk *w, bool *good)
{
    struct pm_str name = take_name(w);
    const struct pm_field_def *f = pm_field_find(w->def, name);
    size_t index;
    *good = false;
    if (!f && pm_str_starts(name, "x-"))
        *good = take_extra(w, name);
    else if (!f)
        *good = take_computed(w, name) || unknown(w, name);
    if (!f)
        return false;
    w->out->def = f;
    w->out->offset += f->offset;
    if (!take_index(w, &index))
        return fail(w, "want an index from 1 in brackets, such as [2]", "");
    if (index && f->type != PM_T_LIST && f->type != PM_T_CHAINS)
        return fail(w, "only lists have an index", "");
    if (holds_objects(f)) {
        if (!enter_list(w, f, index, good))
            return false;
    } else if (f->type == PM_T_OBJECT && w->p < w->end) {
        w->def = f->object;
    } else {
        w->out->element = index;
        *good = f->type == PM_T_ROLES ? take_key(w, PM_T_PERSON) : f->type == PM_T_GLOSSARY ? take_key(w, PM_T_TEXT)
                                                                  : ends(w, f->type == PM_T_LIST ? f->item : f->type);
        return false;
    }
    w->p++;   /* the dot */
    return true;
}

/* The path `text` from the object `def`, where `out` stands. */
static bool walk_path(struct pm_compiler *c, const struct pm_token *token, struct pm_str text, const struct pm_object_def *def,
                      struct pm_operand *out)
{
    struct walk w = {c, token, text.p, text.p, text.p + text.n, def, out};
    bool good;
    while (walk_step(&w, &good))
        ;
    return good;
}

/* --- bare names --- */

static struct pm_str first_name(struct pm_str text)
{
    size_t n = 0;
    while (n < text.n && text.p[n] != '.' && text.p[n] != '[')
        n++;
    return (struct pm_str){text.p, n};
}

/* A field of `def` with that name, or a list of which the name is one ("service"). */
static const struct pm_field_def *find_short(const struct pm_object_def *def, struct pm_str name)
{
    const struct pm_field_def *f = pm_field_find(def, name);
    for (size_t i = 0; i < def->count && !f; i++) {
        const struct pm_field_def *list = &def->fields[i];
        bool plural = name.n && strlen(list->name) == name.n + 1 && list->name[name.n] == 's';
        if (list->type == PM_T_LIST && list->item != PM_T_OBJECT && plural && memcmp(list->name, name.p, name.n) == 0)
            f = list;
    }
    return f;
}

/* Stands `out` at the entries of a list. */
static bool stand_in(struct pm_compiler *c, const struct pm_list_place *place, struct pm_operand *out)
{
    out->list = (int)(place - c->select->lists);
    c->before = place;
    return true;
}

static bool stand_in_items(struct pm_compiler *c, struct pm_operand *out)
{
    out->list = list_index(c, items_def(), items_def()->offset, PM_LIT("action_items"));
    if (out->list >= 0)
        c->before = &c->select->lists[out->list];
    return out->list >= 0;
}

void pm_operand_items(struct pm_compiler *c)
{
    struct pm_operand ignored;
    (void)stand_in_items(c, &ignored);
}

/* The rest of a path behind its first name, which is that of `f`. */
static struct pm_str with_name(struct pm_compiler *c, const struct pm_field_def *f, struct pm_str text)
{
    size_t n = first_name(text).n;
    return pm_arena_format(c->arena, "%s%.*s", f->name, (int)(text.n - n), text.p + n);
}

/* The one field of the incident's objects and lists that has such a name; several are reported. */
static bool find_elsewhere(struct pm_compiler *c, const struct pm_token *token, struct pm_str text, struct pm_operand *out)
{
    const struct pm_object_def *def = &pm_incident_def;
    const struct pm_field_def *found = NULL, *field = NULL;
    for (size_t i = 0; i < def->count; i++) {
        const struct pm_field_def *f = &def->fields[i], *inner = f->object ? find_short(f->object, first_name(text)) : NULL;
        if (!inner)
            continue;
        if (found) {
            const char *said = pm_arena_format(c->arena, "%s stands in several places; want %s.%s or %s.%s", pm_shown(c, text),
                                               found->name, field->name, f->name, inner->name).p;
            pm_complain(c, token->mark, said ? said : "", "");
            return false;
        }
        found = f;
        field = inner;
    }
    if (!found) {
        const char *said = pm_arena_format(c->arena, "unknown field %s", pm_shown(c, token->text)).p;
        const char *hint = pm_field_hint(def, first_name(text), c->arena);
        if (!*hint)
            hint = pm_computed_hint(first_name(text), c->of == PM_SELECT_ITEMS, c->arena);
        if (!*hint)
            hint = pm_field_hint(items_def()->object, first_name(text), c->arena);
        pm_complain(c, token->mark, said ? said : "", hint);
        return false;
    }
    return walk_path(c, token, pm_arena_format(c->arena, "%s.%s", found->name, with_name(c, field, text).p), def, out);
}

/* A path from the entry of a list: by its own fields, and those computed. */
static bool belongs_to(const struct pm_list_place *place, struct pm_str text)
{
    struct pm_operand ignored;
    struct pm_str name = first_name(text);
    return pm_field_find(place->def->object, name) || (place->def == items_def() && pm_computed_find(name, true, &ignored));
}

static bool find_of_incident(struct pm_compiler *c, const struct pm_token *token, struct pm_str text, struct pm_operand *out, bool only)
{
    struct pm_operand computed;
    struct pm_str path = out->path, name = first_name(text);
    bool bare = name.n == text.n;
    if (only || pm_field_find(&pm_incident_def, name) || pm_str_starts(name, "x-")) {
        if (!pm_field_find(&pm_incident_def, name) && bare && pm_computed_find(name, false, &computed)) {
            *out = computed;
            out->path = path;
            return true;
        }
        return walk_path(c, token, text, &pm_incident_def, out);
    }
    if (bare && pm_computed_find(name, false, out)) {
        out->path = path;
        return true;
    }
    if (c->before && belongs_to(c->before, text) && stand_in(c, c->before, out))
        return walk_path(c, token, text, c->before->def->object, out);
    const struct pm_field_def *plural = find_short(&pm_incident_def, name);
    if (plural)
        return walk_path(c, token, with_name(c, plural, text), &pm_incident_def, out);
    const struct pm_list_place items = {.def = items_def()};
    if (belongs_to(&items, text) && stand_in_items(c, out))
        return walk_path(c, token, text, items_def()->object, out);
    return find_elsewhere(c, token, text, out);
}

bool pm_operand_find(struct pm_compiler *c, const struct pm_token *token, struct pm_operand *out)
{
    const struct pm_list_place items = {.def = items_def()};
    struct pm_str text = token->text;
    *out = (struct pm_operand){.path = text, .list = -1};
    if (!text.n)
        return false;
    if (text.p[0] == '.') {
        if (!c->before) {
            pm_complain(c, token->mark, "no list is named before this, whose entry could be meant", "");
            return false;
        }
        stand_in(c, c->before, out);
        return walk_path(c, token, (struct pm_str){text.p + 1, text.n - 1}, c->before->def->object, out);
    }
    if (pm_str_starts(text, "incident."))
        return find_of_incident(c, token, (struct pm_str){text.p + 9, text.n - 9}, out, true);
    if (c->of == PM_SELECT_ITEMS && belongs_to(&items, text) && stand_in_items(c, out))
        return walk_path(c, token, text, items_def()->object, out);
    return find_of_incident(c, token, text, out, false);
}
