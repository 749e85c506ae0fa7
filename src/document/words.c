#include "document/words.h"

#include <string.h>

static const struct { const char *key, *text; } table[PM_W_COUNT] = {
#define WORD(id, key, text) {key, text},
    PM_WORD_TABLE(WORD)
#undef WORD
};

static const char *const months[12] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
static const char *const weekdays[7] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
static const char *const lists[] = {"months", "weekdays", NULL};
static const char *const maps[] = {"fields", "values", "roles", "bases", NULL};

static bool is_one_of(struct pm_str key, const char *const *names)
{
    for (; *names; names++) {
        if (pm_str_is(key, *names))
            return true;
    }
    return false;
}

static int find_word(struct pm_str key)
{
    for (int i = 0; i < PM_W_COUNT; i++) {
        if (pm_str_is(key, table[i].key))
            return i;
    }
    return -1;
}

static void take_names(const struct pm_yaml *list, struct pm_str *out, size_t count)
{
    size_t i = 0;
    for (const struct pm_yaml *y = list ? list->first : NULL; y && i < count; y = y->next)
        out[i++] = y->text;
}

void pm_language_init(struct pm_language *language, const struct pm_yaml *words)
{
    memset(language, 0, sizeof *language);
    for (int i = 0; i < PM_W_COUNT; i++)
        language->word[i] = pm_str(table[i].text);
    for (int i = 0; i < 12; i++)
        language->month[i] = pm_str(months[i]);
    for (int i = 0; i < 7; i++)
        language->weekday[i] = pm_str(weekdays[i]);
    if (!words)
        return;
    take_names(pm_yaml_get(words, "months"), language->month, 12);
    take_names(pm_yaml_get(words, "weekdays"), language->weekday, 7);
    language->fields = pm_yaml_get(words, "fields");
    language->values = pm_yaml_get(words, "values");
    language->roles = pm_yaml_get(words, "roles");
    language->bases = pm_yaml_get(words, "bases");
    for (const struct pm_yaml *y = words->first; y; y = y->next) {
        int i = find_word(y->key);
        if (i >= 0 && y->kind == PM_YAML_SCALAR)
            language->word[i] = y->text;
    }
}

/* Checks. */

static void complain(struct pm_diags *diags, struct pm_mark mark, struct pm_arena *arena, const char *format, struct pm_str key)
{
    struct pm_str text = pm_arena_format(arena, format, (int)key.n, key.p);
    if (text.p)
        pm_report(diags, PM_D_TEMPLATE, mark, text.p);
}

static bool all_scalars(const struct pm_yaml *y)
{
    for (const struct pm_yaml *child = y->first; child; child = child->next) {
        if (child->kind != PM_YAML_SCALAR)
            return false;
    }
    return true;
}

/* Exactly two "%s" and no other per cent sign. */
static bool is_page_pattern(struct pm_str s)
{
    int holes = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != '%')
            continue;
        if (i + 1 == s.n || s.p[i + 1] != 's')
            return false;
        holes++;
    }
    return holes == 2;
}

static void check_list(const struct pm_yaml *y, struct pm_arena *arena, struct pm_diags *diags)
{
    size_t want = pm_str_is(y->key, "months") ? 12 : 7;
    if (y->kind != PM_YAML_SEQUENCE || y->count != want || !all_scalars(y))
        complain(diags, y->mark, arena,
                 want == 12 ? "%.*s must be a list of twelve names" : "%.*s must be a list of seven names, Sunday first", y->key);
}

static void check_word(const struct pm_yaml *y, struct pm_arena *arena, struct pm_diags *diags)
{
    if (y->kind != PM_YAML_SCALAR)
        complain(diags, y->mark, arena, "the word %.*s must be text", y->key);
    else if (pm_str_is(y->key, "page_of") && !is_page_pattern(y->text))
        complain(diags, y->mark, arena, "%.*s must have two %%s, for the page and the number of pages", y->key);
}

void pm_language_check(const struct pm_yaml *words, struct pm_arena *arena, struct pm_diags *diags)
{
    if (words->kind != PM_YAML_MAPPING) {
        pm_report(diags, PM_D_TEMPLATE, words->mark, "words must be a mapping");
        return;
    }
    for (const struct pm_yaml *y = words->first; y; y = y->next) {
        if (is_one_of(y->key, lists))
            check_list(y, arena, diags);
        else if (is_one_of(y->key, maps)) {
            if (y->kind != PM_YAML_MAPPING || !all_scalars(y))
                complain(diags, y->mark, arena, "%.*s must map names to text", y->key);
        } else if (find_word(y->key) >= 0)
            check_word(y, arena, diags);
        else
            complain(diags, y->key_mark, arena, "words has no %.*s", y->key);
    }
}

/* Labels. */

static struct pm_str look_up(const struct pm_yaml *map, struct pm_str key)
{
    for (const struct pm_yaml *y = map ? map->first : NULL; y; y = y->next) {
        if (pm_str_eq(y->key, key))
            return y->text;
    }
    return (struct pm_str){NULL, 0};
}

static struct pm_str last_name(struct pm_str path)
{
    for (size_t i = path.n; i > 0; i--) {
        if (path.p[i - 1] == '.')
            return (struct pm_str){path.p + i, path.n - i};
    }
    return path;
}

struct pm_str pm_language_field(const struct pm_language *l, struct pm_str path, const struct pm_field_def *field)
{
    struct pm_str found = look_up(l->fields, path);
    if (!found.p)
        found = look_up(l->fields, last_name(path));
    if (found.p)
        return found;
    return field ? pm_str(field->label) : path;
}

struct pm_str pm_language_value(const struct pm_language *l, const struct pm_field_def *field, int choice, struct pm_arena *arena)
{
    if (l->values && field->words && choice > 0) {
        const char *word = field->words[choice - 1];
        struct pm_str found = look_up(l->values, pm_arena_format(arena, "%s.%s", field->name, word));
        if (!found.p)
            found = look_up(l->values, pm_str(word));
        if (found.p)
            return found;
    }
    return pm_enum_label(field, choice, arena);
}

/* "incident_commander" as "Incident commander". */
static struct pm_str key_as_words(struct pm_str key, struct pm_arena *arena)
{
    struct pm_str copy = pm_arena_str(arena, key);
    if (!copy.p)
        return key;
    char *p = (char *)copy.p;   /* the arena's own bytes, written once */
    for (size_t i = 0; i < copy.n; i++) {
        if (p[i] == '_')
            p[i] = ' ';
    }
    if (copy.n && p[0] >= 'a' && p[0] <= 'z')
        p[0] = (char)(p[0] - 'a' + 'A');
    return copy;
}

struct pm_str pm_language_role(const struct pm_language *l, struct pm_str key, struct pm_arena *arena)
{
    struct pm_str found = look_up(l->roles, key);
    return found.p ? found : key_as_words(key, arena);
}

struct pm_str pm_language_base(const struct pm_language *l, const char *metric, const char *english)
{
    struct pm_str found = look_up(l->bases, pm_str(metric));
    return found.p ? found : pm_str(english);
}

/* Patterns. */

static const struct pm_filler *find_filler(const char *name, size_t n, const struct pm_filler *fillers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (pm_str_is((struct pm_str){name, n}, fillers[i].name))
            return &fillers[i];
    }
    return NULL;
}

/* The placeholder that `s` begins with, its length with braces in *length; NULL where there is none. */
static const struct pm_filler *placeholder_at(struct pm_str s, const struct pm_filler *fillers, size_t count, size_t *length)
{
    const char *end = s.p[0] == '{' ? memchr(s.p, '}', s.n) : NULL;
    if (!end)
        return NULL;
    *length = (size_t)(end - s.p) + 1;
    return find_filler(s.p + 1, *length - 2, fillers, count);
}

/* Up to the next brace that opens, but for one at the start. */
static size_t text_length(struct pm_str s)
{
    size_t n = 1;
    while (n < s.n && s.p[n] != '{')
        n++;
    return n;
}

/* Writes to `out` unless it is NULL; returns the length. */
static size_t fill(char *out, struct pm_str pattern, const struct pm_filler *fillers, size_t count)
{
    size_t n = 0;
    for (size_t length = 0; pattern.n; pattern.p += length, pattern.n -= length) {
        const struct pm_filler *f = placeholder_at(pattern, fillers, count, &length);
        if (!f)
            length = text_length(pattern);
        struct pm_str part = f ? f->value : (struct pm_str){pattern.p, length};
        if (out && part.n)
            memcpy(out + n, part.p, part.n);
        n += part.n;
    }
    return n;
}

struct pm_str pm_fill(struct pm_arena *arena, struct pm_str pattern, const struct pm_filler *fillers, size_t count)
{
    size_t n = fill(NULL, pattern, fillers, count);
    char *out = pm_arena_alloc(arena, n + 1);
    if (!out)
        return (struct pm_str){NULL, 0};
    fill(out, pattern, fillers, count);
    return (struct pm_str){out, n};
}
