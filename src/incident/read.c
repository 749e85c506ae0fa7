/* From the tree of values to the typed incident, by the table of schema.c. */
#include "incident/resolve.h"
#include "incident/scalar.h"

#include "base/limits.h"

#include <string.h>

static void read_field(struct pm_reader *r, const struct pm_field_def *def, void *at, const struct pm_yaml *y);

static void report_type(struct pm_reader *r, const struct pm_yaml *y, const char *want)
{
    pm_report(r->diags, PM_D_TYPE, y->mark, pm_place_text(r), pm_yaml_kind_name(y), want);
}

static bool is_kind(const struct pm_yaml *y, enum pm_yaml_kind kind)
{
    return y->kind == kind && !pm_yaml_is_null(y);
}

/* The same for the value of a field, with the message. */
static bool check_kind(struct pm_reader *r, const struct pm_yaml *y, enum pm_yaml_kind kind, const struct pm_field_def *def, enum pm_type type)
{
    bool good = is_kind(y, kind);
    if (!good)
        report_type(r, y, pm_type_want(r, def, type));
    return good;
}

static bool is_free_key(struct pm_str key)
{
    return key.n > 2 && key.p[0] == 'x' && key.p[1] == '-';
}

/* --- scalars --- */

static void read_scalar(struct pm_reader *r, const struct pm_field_def *def, enum pm_type type, bool must_say, struct pm_field *field,
                        const struct pm_yaml *y)
{
    if (y->kind != PM_YAML_SCALAR || pm_yaml_is_null(y)) {
        report_type(r, y, pm_type_want(r, def, type));   /* put together for the message alone: this is read for each field */
        return;
    }
    field->mark = y->mark;
    field->text = y->text;
    pm_scalar_read(r, def, type, must_say, field);
}

/* --- mappings with fixed keys --- */

static void keep_extra(struct pm_reader *r, struct pm_object *head, struct pm_extra ***end, const struct pm_yaml *y)
{
    struct pm_extra *extra = pm_arena_alloc(r->arena, sizeof *extra);
    if (!extra)
        return;
    *extra = (struct pm_extra){y->key, y, NULL};
    if (!*end)
        *end = &head->extras;
    **end = extra;
    *end = &extra->next;
}

/* "{event: one, two}" has the key "two" with nothing behind it, not even a colon. */
static bool is_cut_off(struct pm_reader *r, const struct pm_yaml *map, const struct pm_yaml *y)
{
    size_t key = y->key_mark.offset, end = y->mark.offset;
    bool is_nothing = map->flow && y->kind == PM_YAML_SCALAR && y->style == PM_YAML_PLAIN && y->text.n == 0;
    return is_nothing && key < end && end <= r->source.n && !memchr(r->source.p + key, ':', end - key);
}

static void report_unknown(struct pm_reader *r, const struct pm_object_def *def, const struct pm_yaml *map, const struct pm_yaml *y)
{
    enum pm_diag_code code = r->lenient ? PM_D_UNKNOWN_KEY_LENIENT : PM_D_UNKNOWN_KEY;
    const char *hint = "";
    if (is_cut_off(r, map, y))
        hint = " (a value with a comma needs quotes)";
    else if (r->diags->kept < PM_MAX_DIAGS)   /* a hint costs more than the rest of the reading */
        hint = pm_field_hint(def, y->key, r->scratch);
    pm_report(r->diags, code, y->key_mark, pm_place_text(r), hint);
}

/* What was there and could not be read has been reported. */
static void check_required(struct pm_reader *r, const struct pm_object_def *def, const struct pm_object *head)
{
    for (size_t i = 0; i < def->count; i++) {
        const struct pm_field_def *f = &def->fields[i];
        const struct pm_field *field = (const void *)((const char *)head + f->offset);
        if (!(f->flags & PM_F_REQUIRED) || field->mark.line)
            continue;
        const struct pm_yaml *y = pm_yaml_get(head->source, f->name);
        if (y && !pm_yaml_is_null(y))
            continue;
        struct pm_place place = {r->place, pm_str(f->name), 0};
        r->place = &place;
        pm_report(r->diags, PM_D_REQUIRED, y ? y->key_mark : head->mark, pm_place_text(r), pm_type_want(r, f, f->type));
        r->place = place.up;
    }
}

/* Keys mostly come in the table's order: the search goes around from the one behind that found last. */
static const struct pm_field_def *find_from(const struct pm_object_def *def, struct pm_str key, size_t *next)
{
    for (size_t i = *next; i < def->count; i++) {
        if (pm_str_is(key, def->fields[i].name)) {
            *next = i + 1;
            return &def->fields[i];
        }
    }
    const struct pm_field_def *f = pm_field_find(def, key);
    if (f)
        *next = (size_t)(f - def->fields) + 1;
    return f;
}

/* `object` begins with its struct pm_object. */
static void read_members(struct pm_reader *r, const struct pm_object_def *def, void *object, const struct pm_yaml *y)
{
    struct pm_object *head = object;
    struct pm_extra **end = NULL;
    size_t next = 0;
    for (const struct pm_yaml *child = y->first; child; child = child->next) {
        struct pm_place place = {r->place, child->key, 0};
        const struct pm_field_def *f = find_from(def, child->key, &next);
        r->place = &place;
        if (f && !pm_yaml_is_null(child))
            read_field(r, f, (char *)object + f->offset, child);
        else if (!f && !is_free_key(child->key))
            report_unknown(r, def, y, child);
        else if (f && is_cut_off(r, y, child))
            pm_report(r->diags, PM_D_EMPTY, child->key_mark, pm_place_text(r),
                      "a value; or quotes around the value before it, with its comma");
        if (!f && (r->lenient || is_free_key(child->key)))
            keep_extra(r, head, &end, child);
        r->place = place.up;
    }
    check_required(r, def, head);
}

static void read_object(struct pm_reader *r, const struct pm_object_def *def, void *object, const struct pm_yaml *y)
{
    struct pm_object *head = object;
    head->mark = y->mark;
    if (!is_kind(y, PM_YAML_MAPPING)) {
        report_type(r, y, pm_object_want(r, def));
        return;
    }
    head->source = y;
    read_members(r, def, object, y);
}

/* --- sequences --- */

/* Room for the children of `y`; NULL when there are none. */
static void *begin_list(struct pm_reader *r, struct pm_list *list, const struct pm_yaml *y, size_t size)
{
    list->mark = y->mark;
    list->items = y->count ? pm_arena_array(r->arena, y->count, size) : NULL;
    list->count = list->items ? y->count : 0;
    return list->items;
}

static void read_list(struct pm_reader *r, const struct pm_field_def *def, struct pm_list *list, const struct pm_yaml *y)
{
    size_t size = def->item == PM_T_OBJECT ? def->object->size : sizeof(struct pm_field);
    if (!check_kind(r, y, PM_YAML_SEQUENCE, def, PM_T_LIST))
        return;
    char *item = begin_list(r, list, y, size);
    struct pm_place place = {r->place, {NULL, 0}, 0};
    r->place = &place;
    for (const struct pm_yaml *child = y->first; child && item; child = child->next, item += size) {
        place.index++;
        if (def->item == PM_T_OBJECT)
            read_object(r, def->object, item, child);
        else
            read_scalar(r, def, def->item, true, (struct pm_field *)(void *)item, child);
    }
    r->place = place.up;
}

/* A list of objects is one chain; a list of lists is a chain each. */
static void read_chains(struct pm_reader *r, const struct pm_field_def *def, struct pm_list *list, const struct pm_yaml *y)
{
    const struct pm_field_def whys = {.type = PM_T_LIST, .item = PM_T_OBJECT, .object = def->object};
    if (!check_kind(r, y, PM_YAML_SEQUENCE, def, PM_T_CHAINS))
        return;
    bool several = y->first && y->first->kind == PM_YAML_SEQUENCE;
    list->mark = y->mark;
    list->count = several ? y->count : y->count != 0;
    struct pm_chain *chain = list->items = list->count ? pm_arena_array(r->arena, list->count, sizeof *chain) : NULL;
    if (!chain) {
        list->count = 0;
        return;
    }
    if (!several) {
        chain->mark = y->mark;
        read_list(r, &whys, &chain->whys, y);
        return;
    }
    struct pm_place place = {r->place, {NULL, 0}, 0};
    r->place = &place;
    for (const struct pm_yaml *child = y->first; child; child = child->next, chain++) {
        place.index++;
        chain->mark = child->mark;
        read_list(r, &whys, &chain->whys, child);
    }
    r->place = place.up;
}

/* --- mappings with free keys --- */

typedef void read_entry(struct pm_reader *r, const struct pm_field_def *def, void *at, const struct pm_yaml *y);

/* Calls `read` for each entry of the mapping with room for it. Values of x-* keys that are no entry stay in the source alone. */
static void read_map(struct pm_reader *r, const struct pm_field_def *def, struct pm_list *list, const struct pm_yaml *y, size_t size,
                     bool (*is_entry)(const struct pm_yaml *), read_entry *read)
{
    if (!check_kind(r, y, PM_YAML_MAPPING, def, def->type))
        return;
    char *items = begin_list(r, list, y, size);
    list->count = 0;
    for (const struct pm_yaml *child = y->first; child && items; child = child->next) {
        struct pm_place place = {r->place, child->key, 0};
        if (pm_yaml_is_null(child) || (is_free_key(child->key) && !is_entry(child)))
            continue;
        r->place = &place;
        read(r, def, items + list->count++ * size, child);
        r->place = place.up;
    }
}

static bool never(const struct pm_yaml *y) { return !y; }
static bool is_scalar(const struct pm_yaml *y) { return y->kind == PM_YAML_SCALAR; }

static bool is_role(struct pm_str key)
{
    for (size_t i = 0; i < key.n; i++) {
        char c = key.p[i];
        if (!((c >= 'a' && c <= 'z') || (i && ((c >= '0' && c <= '9') || c == '_' || c == '-'))))
            return false;
    }
    return key.n > 0;
}

static void read_role(struct pm_reader *r, const struct pm_field_def *def, void *at, const struct pm_yaml *y)
{
    static const struct pm_field_def persons = {.type = PM_T_LIST, .item = PM_T_PERSON};
    struct pm_role *role = at;
    (void)def;
    role->mark = y->mark;
    role->key = y->key;
    if (!is_role(y->key))
        pm_report(r->diags, PM_D_VALUE, y->key_mark, "roles", y->key.p, "a role; want a word such as incident_commander");
    if (y->kind == PM_YAML_SEQUENCE) {
        read_list(r, &persons, &role->people, y);
        return;
    }
    struct pm_field *person = pm_arena_alloc(r->arena, sizeof *person);
    if (!person)
        return;
    role->single = true;
    role->people = (struct pm_list){y->mark, person, 1};
    if (y->kind == PM_YAML_SCALAR)
        read_scalar(r, &persons, PM_T_PERSON, true, person, y);
    else
        report_type(r, y, "a person or a list of persons");
}

static void read_person(struct pm_reader *r, const struct pm_field_def *def, void *at, const struct pm_yaml *y)
{
    struct pm_person *person = at;
    person->key = y->key;
    read_object(r, def->object, person, y);
}

static void read_term(struct pm_reader *r, const struct pm_field_def *def, void *at, const struct pm_yaml *y)
{
    struct pm_pair *pair = at;
    pair->mark = y->mark;
    pair->key = y->key;
    read_scalar(r, def, PM_T_TEXT, false, &pair->value, y);
}

/* --- all --- */

static void read_field(struct pm_reader *r, const struct pm_field_def *def, void *at, const struct pm_yaml *y)
{
    switch (def->type) {
    case PM_T_OBJECT: read_object(r, def->object, at, y); break;
    case PM_T_LIST: read_list(r, def, at, y); break;
    case PM_T_CHAINS: read_chains(r, def, at, y); break;
    case PM_T_ROLES: read_map(r, def, at, y, sizeof(struct pm_role), never, read_role); break;
    case PM_T_PEOPLE: read_map(r, def, at, y, sizeof(struct pm_person), never, read_person); break;
    case PM_T_GLOSSARY: read_map(r, def, at, y, sizeof(struct pm_pair), is_scalar, read_term); break;
    default: read_scalar(r, def, def->type, (def->flags & PM_F_REQUIRED) != 0, at, y); break;
    }
}

/* Times can stand before the zone. */
static struct pm_str find_zone(const struct pm_yaml *root)
{
    const struct pm_yaml *tz = pm_yaml_get(root, "tz");
    return tz && tz->kind == PM_YAML_SCALAR && pm_zone_exists(tz->text) ? tz->text : PM_LIT("Etc/UTC");
}

static void read_root(struct pm_reader *r, struct pm_incident *incident, const struct pm_yaml *root)
{
    if (root->kind != PM_YAML_MAPPING) {
        pm_report(r->diags, PM_D_TYPE, root->mark, "the document", pm_yaml_kind_name(root),
                  "lines such as \"id: INC-1\" and \"title: ...\"");
        return;
    }
    r->zone = find_zone(root);
    incident->head.source = root;
    read_members(r, &pm_incident_def, incident, root);
    pm_incident_resolve(incident, r);
}

enum pm_status pm_incident_read(struct pm_str source, uint32_t first_line, const struct pm_read_options *options,
                                struct pm_arena *arena, struct pm_diags *diags, struct pm_incident **out)
{
    struct pm_arena scratch;
    struct pm_yaml *root;
    struct pm_str tail;
    *out = NULL;
    enum pm_status status = pm_yaml_read(source, first_line, arena, diags, &root, &tail);
    if (!root || status == PM_NOMEM)
        return status;
    struct pm_incident *incident = pm_arena_alloc(arena, sizeof *incident);
    if (!incident)
        return PM_NOMEM;
    incident->head.mark = (struct pm_mark){first_line, 1, 0};
    incident->arena = arena;
    incident->source = source;
    incident->tail_comment = tail;
    incident->first_line = first_line;
    pm_arena_init(&scratch);
    size_t errors = diags->count[PM_ERROR];
    struct pm_reader r = {.arena = arena, .scratch = &scratch, .diags = diags, .source = source, .lenient = options && options->lenient};
    read_root(&r, incident, root);
    bool nomem = pm_arena_failed(arena) || pm_arena_failed(&scratch) || pm_arena_failed(&diags->arena);
    pm_arena_free(&scratch);
    if (nomem)
        return PM_NOMEM;
    *out = incident;
    return status == PM_OK && diags->count[PM_ERROR] > errors ? PM_INVALID : status;
}
