/* The canonical form of an incident, by the table of schema.c. Comments come from the source's tree. */
#include "incident/emit.h"
#include "incident/schema.h"

#include <string.h>

static bool is_string(enum pm_type type)
{
    switch (type) {
    case PM_T_TEXT:
    case PM_T_MD:
    case PM_T_ID:
    case PM_T_PERSON:
    case PM_T_LANG:
    case PM_T_ZONE:
    case PM_T_URL:
    case PM_T_CURRENCY: return true;
    default: return false;
    }
}

static bool is_written(const struct pm_field *f) { return f->mark.line && !f->derived; }

static bool same_place(struct pm_mark a, struct pm_mark b) { return a.line == b.line && a.offset == b.offset; }

/* --- scalars --- */

static void write_scalar(struct pm_emitter *e, const struct pm_field_def *def, enum pm_type type, const struct pm_field *f,
                         const struct pm_yaml *y)
{
    struct pm_str text = f->text;
    if (type == PM_T_ENUM && f->valid && f->as.choice)
        text = pm_str(def->words[f->as.choice - 1]);
    bool quoted = type == PM_T_SCALAR && y && y->style != PM_YAML_PLAIN;
    pm_emit_scalar(e, text, quoted || is_string(type), y);
}

/* --- sequences --- */

/* The node of the sequence or mapping `y` (may be NULL) that stands at `mark`, looked for from *next on. */
static const struct pm_yaml *node_at(const struct pm_yaml **next, struct pm_mark mark)
{
    for (const struct pm_yaml *y = *next; y; y = y->next) {
        if (same_place(y->mark, mark)) {
            *next = y->next;
            return y;
        }
    }
    return NULL;
}

static const struct pm_yaml *first_child(const struct pm_yaml *y) { return y ? y->first : NULL; }

static bool has_inner_comments(const struct pm_yaml *y)
{
    for (const struct pm_yaml *child = first_child(y); child; child = child->next) {
        if (child->comment.n || child->trailing.n)
            return true;
    }
    return false;
}

static bool write_flow(struct pm_emitter *e, enum pm_type type, const struct pm_list *list, const struct pm_yaml *y)
{
    const struct pm_field *fields = list->items;
    struct pm_buf flow;
    bool fits = type != PM_T_MD || !list->count;
    pm_buf_init(&flow, e->out->max);
    for (size_t i = 0; i < list->count && fits; i++)
        fits = pm_emit_flow(&flow, fields[i].text, is_string(type)) && flow.len <= 4 * PM_EMIT_COLUMNS;
    return pm_emit_flow_end(e, &flow, fits && !has_inner_comments(y), y);
}

static void write_scalars(struct pm_emitter *e, const struct pm_field_def *def, const struct pm_list *list, const struct pm_yaml *y)
{
    const struct pm_field *fields = list->items;
    const struct pm_yaml *next = first_child(y);
    if (write_flow(e, def->item, list, y))
        return;
    int before = pm_emit_begin(e, y);
    for (size_t i = 0; i < list->count; i++) {
        const struct pm_yaml *item = node_at(&next, fields[i].mark);
        pm_emit_comment_of(e, item);
        pm_emit_dash(e);
        write_scalar(e, def, def->item, &fields[i], item);
    }
    pm_emit_end(e, before);
}

static void write_object(struct pm_emitter *e, const struct pm_object_def *def, const void *object);

static void write_objects(struct pm_emitter *e, const struct pm_object_def *def, const struct pm_list *list, const struct pm_yaml *y)
{
    if (!list->count) {
        pm_emit_raw(e, PM_LIT("[]"), y);
        return;
    }
    int before = pm_emit_begin(e, y);
    for (size_t i = 0; i < list->count; i++) {
        const void *object = (const char *)list->items + i * def->size;
        pm_emit_comment_of(e, ((const struct pm_object *)object)->source);
        pm_emit_dash(e);
        write_object(e, def, object);
    }
    pm_emit_end(e, before);
}

static void write_chains(struct pm_emitter *e, const struct pm_object_def *def, const struct pm_list *list, const struct pm_yaml *y)
{
    const struct pm_chain *chains = list->items;
    const struct pm_yaml *next = first_child(y);
    if (list->count == 0 || (list->count == 1 && !(next && next->kind == PM_YAML_SEQUENCE))) {
        static const struct pm_list none;
        write_objects(e, def, list->count ? &chains[0].whys : &none, y);
        return;
    }
    int before = pm_emit_begin(e, y);
    for (size_t i = 0; i < list->count; i++) {
        const struct pm_yaml *chain = node_at(&next, chains[i].mark);
        pm_emit_comment_of(e, chain);
        pm_emit_dash(e);
        write_objects(e, def, &chains[i].whys, chain);
    }
    pm_emit_end(e, before);
}

/* --- mappings with free keys --- */

/* An entry of a map: struct pm_role, pm_person or pm_pair, each of which begins with its mark. */
struct map_kind {
    size_t size, key;
    void (*write)(struct pm_emitter *, const struct pm_field_def *, const void *, const struct pm_yaml *);
};

static struct pm_mark mark_of(const struct pm_list *list, size_t size, size_t i)
{
    struct pm_mark mark;
    memcpy(&mark, (const char *)list->items + i * size, sizeof mark);
    return mark;
}

/* Entries that are no values of the format: x-* keys, and keys with nothing behind them. */
static bool is_rest(const struct pm_yaml *y)
{
    return pm_yaml_is_null(y) || (y->key.n > 2 && memcmp(y->key.p, "x-", 2) == 0);
}

static bool write_rest(struct pm_emitter *e, const struct pm_list *list, size_t size, const struct pm_yaml *y, bool dry)
{
    size_t i = 0;
    bool any = false;
    for (const struct pm_yaml *child = first_child(y); child; child = child->next) {
        if (i < list->count && same_place(child->mark, mark_of(list, size, i))) {
            i++;
        } else if (is_rest(child)) {
            any = true;
            if (!dry)
                pm_emit_entry(e, child);
        }
    }
    return any;
}

static void write_map(struct pm_emitter *e, const struct pm_field_def *def, const struct map_kind *kind, const struct pm_list *list,
                      const struct pm_yaml *y)
{
    const struct pm_yaml *next = first_child(y);
    if (!list->count && !write_rest(e, list, kind->size, y, true)) {
        pm_emit_raw(e, PM_LIT("{}"), y);
        return;
    }
    int before = pm_emit_begin(e, y);
    for (size_t i = 0; i < list->count; i++) {
        const char *item = (const char *)list->items + i * kind->size;
        const struct pm_yaml *node = node_at(&next, mark_of(list, kind->size, i));
        struct pm_str key;
        memcpy(&key, item + kind->key, sizeof key);
        pm_emit_comment_of(e, node);
        pm_emit_key(e, key);
        kind->write(e, def, item, node);
    }
    write_rest(e, list, kind->size, y, false);
    pm_emit_end(e, before);
}

static void write_role(struct pm_emitter *e, const struct pm_field_def *def, const void *item, const struct pm_yaml *y)
{
    static const struct pm_field_def persons = {.type = PM_T_LIST, .item = PM_T_PERSON};
    const struct pm_role *role = item;
    (void)def;
    if (role->single && role->people.count == 1)
        write_scalar(e, &persons, PM_T_PERSON, role->people.items, y);
    else
        write_scalars(e, &persons, &role->people, y);
}

static void write_person(struct pm_emitter *e, const struct pm_field_def *def, const void *item, const struct pm_yaml *y)
{
    (void)y;
    write_object(e, def->object, item);
}

static void write_term(struct pm_emitter *e, const struct pm_field_def *def, const void *item, const struct pm_yaml *y)
{
    write_scalar(e, def, PM_T_TEXT, &((const struct pm_pair *)item)->value, y);
}

/* --- mappings with fixed keys --- */

static const struct pm_field *as_field(const void *at) { return at; }
static const struct pm_list *as_list(const void *at) { return at; }

static bool has_value(const struct pm_field_def *def, const void *at)
{
    switch (def->type) {
    case PM_T_OBJECT: return ((const struct pm_object *)at)->mark.line != 0;
    case PM_T_LIST:
    case PM_T_CHAINS:
    case PM_T_ROLES:
    case PM_T_PEOPLE:
    case PM_T_GLOSSARY: return as_list(at)->mark.line != 0;
    default: return is_written(at);
    }
}

static void write_value(struct pm_emitter *e, const struct pm_field_def *def, const void *at, const struct pm_yaml *y)
{
    static const struct map_kind roles = {sizeof(struct pm_role), offsetof(struct pm_role, key), write_role};
    static const struct map_kind people = {sizeof(struct pm_person), offsetof(struct pm_person, key), write_person};
    static const struct map_kind glossary = {sizeof(struct pm_pair), offsetof(struct pm_pair, key), write_term};
    switch (def->type) {
    case PM_T_OBJECT: write_object(e, def->object, at); break;
    case PM_T_LIST:
        if (def->item == PM_T_OBJECT)
            write_objects(e, def->object, at, y);
        else
            write_scalars(e, def, at, y);
        break;
    case PM_T_CHAINS: write_chains(e, def->object, at, y); break;
    case PM_T_ROLES: write_map(e, def, &roles, at, y); break;
    case PM_T_PEOPLE: write_map(e, def, &people, at, y); break;
    case PM_T_GLOSSARY: write_map(e, def, &glossary, at, y); break;
    default: write_scalar(e, def, def->type, as_field(at), y); break;
    }
}

/* True when the key is written. A key with nothing behind it is kept: it is where somebody is to fill in a value. */
static bool write_member(struct pm_emitter *e, const struct pm_field_def *def, const struct pm_object *head)
{
    const void *at = (const char *)head + def->offset;
    const struct pm_yaml *y = pm_yaml_get(head->source, def->name);
    bool there = has_value(def, at);
    if (!there && !(y && pm_yaml_is_null(y)))
        return false;
    pm_emit_comment_of(e, y);
    pm_emit_key(e, pm_str(def->name));
    if (there)
        write_value(e, def, at, y);
    else
        pm_emit_raw(e, PM_LIT(""), y);
    return true;
}

static bool has_members(const struct pm_object_def *def, const struct pm_object *head)
{
    for (size_t i = 0; i < def->count; i++) {
        const struct pm_field_def *f = &def->fields[i];
        if (has_value(f, (const char *)head + f->offset) || pm_yaml_is_null(pm_yaml_get(head->source, f->name)))
            return true;
    }
    return head->extras != NULL;
}

static void write_object(struct pm_emitter *e, const struct pm_object_def *def, const void *object)
{
    const struct pm_object *head = object;
    if (!has_members(def, head)) {
        pm_emit_raw(e, PM_LIT("{}"), head->source);
        return;
    }
    int before = pm_emit_begin(e, head->source);
    for (size_t i = 0; i < def->count; i++)
        write_member(e, &def->fields[i], head);
    for (const struct pm_extra *x = head->extras; x; x = x->next)
        pm_emit_entry(e, x->value);
    pm_emit_end(e, before);
}

/* --- the document --- */

/* Keeps entries of several lines apart from their neighbours by an empty line. */
struct spacing { size_t entry; bool any, tall; };

/* Comments above an entry do not count: the first entry's become the head of the file. */
static bool is_tall(const struct pm_buf *b, size_t from)
{
    const char *p = b->data + from, *end = b->data + b->len;
    for (bool comment = true; comment && p < end; ) {
        comment = *p == '#';
        p = memchr(p, '\n', (size_t)(end - p));
        p = p ? p + 1 : end;
    }
    return p < end;
}

static void space_entry(struct pm_buf *b, struct spacing *s)
{
    bool tall = is_tall(b, s->entry), wants = s->any && (tall || s->tall);
    bool has_empty_line = s->entry >= 2 && b->data[s->entry - 2] == '\n';   /* the end of a text, which another would lengthen */
    if (wants && !has_empty_line) {
        pm_buf_putc(b, '\n');
        if (b->status == PM_OK) {
            memmove(b->data + s->entry + 1, b->data + s->entry, b->len - s->entry - 1);
            b->data[s->entry] = '\n';
        }
    }
    *s = (struct spacing){b->len, true, tall};
}

/* Comments at the head of the file stay there, whatever key comes first in canonical order. */
static void write_head_comment(struct pm_emitter *e, const struct pm_yaml *root)
{
    if (!root)
        return;
    pm_emit_comment(e, root->comment);
    pm_emit_comment(e, root->trailing);
    pm_emit_comment_of(e, root->first);
    e->skip = root->first;
}

void pm_incident_write(const struct pm_incident *incident, struct pm_buf *out)
{
    struct pm_emitter e;
    pm_emit_init(&e, out);
    write_head_comment(&e, incident->head.source);
    struct spacing spacing = {.entry = out->len};
    for (size_t i = 0; i < pm_incident_def.count; i++) {
        if (write_member(&e, &pm_incident_def.fields[i], &incident->head))
            space_entry(out, &spacing);
    }
    for (const struct pm_extra *x = incident->head.extras; x; x = x->next) {
        pm_emit_entry(&e, x->value);
        space_entry(out, &spacing);
    }
    pm_emit_comment(&e, incident->tail_comment);
    pm_emit_free(&e);
}
