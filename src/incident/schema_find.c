#include "incident/schema.h"

#include <string.h>

const struct pm_field_def *pm_field_find(const struct pm_object_def *object, struct pm_str name)
{
    for (size_t i = 0; i < object->count; i++) {
        const struct pm_field_def *f = &object->fields[i];
        if (name.n && f->name[0] == name.p[0] && pm_str_is(name, f->name))
            return f;
    }
    return NULL;
}

/* Definitions of the elements of lists of scalars, which have no row of their own. */
static const struct pm_field_def *element_def(enum pm_type type)
{
    static const struct pm_field_def elements[PM_T_OBJECT] = {
        [PM_T_TEXT] = {.name = "", .type = PM_T_TEXT, .label = "", .note = ""},
        [PM_T_MD] = {.name = "", .type = PM_T_MD, .label = "", .note = ""},
        [PM_T_ID] = {.name = "", .type = PM_T_ID, .label = "", .note = ""},
        [PM_T_PERSON] = {.name = "", .type = PM_T_PERSON, .label = "", .note = ""},
    };
    return type < PM_T_OBJECT && elements[type].name ? &elements[type] : NULL;
}

static size_t element_size(const struct pm_field_def *list)
{
    return list->item == PM_T_OBJECT ? list->object->size : sizeof(struct pm_field);
}

/* What is left of a path; each function takes a part of it. */
struct rest { const char *p, *end; };

static struct pm_str take_name(struct rest *r)
{
    struct pm_str name = {r->p, 0};
    while (r->p < r->end && *r->p != '.' && *r->p != '[')
        r->p++;
    name.n = (size_t)(r->p - name.p);
    return name;
}

/* "[12]", counted from 1. */
static bool take_index(struct rest *r, size_t *index)
{
    size_t n = 0;
    const char *p = r->p + 1;
    for (; p < r->end && *p >= '0' && *p <= '9' && n < 100000000; p++)
        n = n * 10 + (size_t)(*p - '0');
    if (n == 0 || p >= r->end || *p != ']')
        return false;
    r->p = p + 1;
    *index = n - 1;
    return true;
}

/* Moves from a list to its element. */
static bool enter_element(struct rest *r, const struct pm_field_def **field, const void **value)
{
    size_t index;
    if ((*field)->type != PM_T_LIST || !take_index(r, &index))
        return false;
    const struct pm_list *list = *value;
    if (list)
        *value = index < list->count ? (const char *)list->items + index * element_size(*field) : NULL;
    if ((*field)->item != PM_T_OBJECT)
        return (*field = element_def((*field)->item)) != NULL && r->p == r->end;
    return r->p < r->end;   /* an object is no field */
}

bool pm_field_at(const struct pm_object_def *def, const void *object, struct pm_str path,
                 const struct pm_field_def **field, const void **value)
{
    struct rest r = {path.p, path.p + path.n};
    for (;;) {
        *field = pm_field_find(def, take_name(&r));
        if (!*field)
            return false;
        *value = object ? (const char *)object + (*field)->offset : NULL;
        if (r.p < r.end && *r.p == '[' && !enter_element(&r, field, value))
            return false;
        if (r.p == r.end)
            return true;
        bool enters = (*field)->type == PM_T_OBJECT || (*field)->type == PM_T_LIST;
        if (*r.p++ != '.' || !enters || !(*field)->object || ((*field)->type == PM_T_LIST && r.p[-2] != ']'))
            return false;
        def = (*field)->object;
        object = *value;
    }
}

/* The nearest of the words that were offered. */
struct nearest { const char *word; size_t distance; };

enum { SAME_BEGIN = 5, TOO_FAR = 5 };

/* Two a letter, without regard to case; a word that begins with all of the other is between one letter and two. */
static size_t distance_of(struct pm_str name, struct pm_str known)
{
    char text[64];
    size_t same = 0;
    if (name.n > sizeof text)
        return TOO_FAR;
    for (size_t i = 0; i < name.n; i++)
        text[i] = pm_ascii_lower(name.p[i]);
    while (same < name.n && same < known.n && text[same] == known.p[same])
        same++;
    size_t edits = pm_str_distance((struct pm_str){text, name.n}, known, 2);
    if (edits >= known.n || edits >= name.n)
        return TOO_FAR;
    bool is_begin = same >= SAME_BEGIN && (same == known.n || same + (text[name.n - 1] == 's') >= name.n);
    return edits > 1 && is_begin ? 3 : edits > 2 ? TOO_FAR : edits * 2;
}

static void offer(struct nearest *n, struct pm_str name, const char *word)
{
    size_t distance = pm_str_same_word(name, word) ? 0 : distance_of(name, pm_str(word));
    if (distance < n->distance)
        *n = (struct nearest){word, distance};
}

static const char *hint_of(const struct nearest *n, struct pm_arena *arena)
{
    const char *text = n->word ? pm_arena_format(arena, " (did you mean \"%s\"?)", n->word).p : NULL;
    return text ? text : "";
}

const char *pm_field_hint(const struct pm_object_def *object, struct pm_str name, struct pm_arena *arena)
{
    struct nearest best = {NULL, TOO_FAR};
    for (size_t i = 0; i < object->count; i++)
        offer(&best, name, object->fields[i].name);
    return hint_of(&best, arena);
}

const char *pm_enum_hint(const struct pm_field_def *field, struct pm_str text, struct pm_arena *arena)
{
    struct nearest best = {NULL, TOO_FAR};
    for (const char *const *word = field->words; word && *word; word++)
        offer(&best, text, *word);
    return hint_of(&best, arena);
}

struct pm_str pm_enum_label(const struct pm_field_def *field, int choice, struct pm_arena *arena)
{
    int count = 0;
    while (field->words && field->words[count])
        count++;
    if (choice < 1 || choice > count)
        return (struct pm_str){NULL, 0};
    const char *word = field->words[choice - 1];
    if (field->type == PM_T_SEVERITY)
        return pm_arena_format(arena, "SEV-%d", choice);
    if (strcmp(word, "wont_do") == 0)
        return PM_LIT("Won't do");
    size_t n = strlen(word);
    char *label = pm_arena_alloc(arena, n + 1);
    if (!label)
        return (struct pm_str){NULL, 0};
    for (size_t i = 0; i < n; i++)
        label[i] = word[i] == '_' ? ' ' : word[i];
    if (label[0] >= 'a' && label[0] <= 'z')
        label[0] = (char)(label[0] - 'a' + 'A');
    return (struct pm_str){label, n};
}
