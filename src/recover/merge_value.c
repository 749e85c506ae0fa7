/* What is shown, as a value of its type in canonical spelling. */
#include "recover/merge_internal.h"


#include <stdlib.h>
#include <string.h>

static struct pm_str plain(struct pm_merger *m, struct pm_str text)
{
    return pm_shown_normalise(text, m->arena);
}

/* --- nothing --- */

/* Empty, or what a report puts where nothing is. */
static bool is_nothing(struct pm_merger *m, struct pm_str text)
{
    static const enum pm_word words[] = {PM_W_UNKNOWN, PM_W_NOT_RECORDED, PM_W_NO_OWNER, PM_W_NO_DATE};
    struct pm_str s = plain(m, text);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (pm_str_same_letters(s, plain(m, m->language->word[words[i]])) || pm_str_same_letters(s, plain(m, m->english.word[words[i]])))
            return true;
    }
    return s.n == 0 || pm_str_is(s, "-");
}

/* --- enumerations --- */

static int choice_of(struct pm_merger *m, const struct pm_field_def *def, struct pm_str text)
{
    static const char *const truths[] = {"false", "true"};
    struct pm_str s = plain(m, text);
    for (int i = 0; def->words[i]; i++) {
        if (pm_str_same_letters(s, plain(m, pm_language_value(m->language, def, i + 1, m->arena))))
            return i + 1;
    }
    for (int i = 0; def->words[i]; i++) {
        if (pm_str_same_word(s, def->words[i]) || pm_str_same_letters(s, plain(m, pm_enum_label(def, i + 1, m->arena))))
            return i + 1;
    }
    for (int i = 0; i < 2 && pm_str_is(pm_str(def->words[0]), "no"); i++) {
        if (pm_str_same_word(s, truths[i]))
            return i + 1;
    }
    return 0;
}

/* "Severity 2" beside "2"; other labels are values themselves, and the reader knows them. */
static struct pm_str severity_of(struct pm_merger *m, struct pm_str text)
{
    struct pm_str s = plain(m, text);
    for (char digit = '1'; digit <= '5'; digit++) {
        struct pm_str n = {pm_arena_format(m->arena, "%c", digit).p, 1};
        struct pm_str label = PM_FILL(m->arena, m->language->word[PM_W_SEVERITY_NUMBER], {"n", n});
        if (n.p && pm_str_same_letters(s, plain(m, label)))
            return n;
    }
    return s;
}

/* --- numbers --- */

static bool skips(struct pm_str *s, struct pm_str mark)
{
    if (!mark.n || s->n < mark.n || memcmp(s->p, mark.p, mark.n) != 0)
        return false;
    s->p += mark.n;
    s->n -= mark.n;
    return true;
}

/* Digits with marks between groups of three; *out gets the digits alone. */
static bool take_digits(struct pm_str *s, struct pm_str group, struct pm_buf *out)
{
    size_t run = 0, groups = 0, all = 0;
    while (s->n) {
        if (s->p[0] >= '0' && s->p[0] <= '9') {
            pm_buf_putc(out, s->p[0]);
            s->p++;
            s->n--;
            run++;
            all++;
            continue;
        }
        struct pm_str before = *s;
        bool mark = run > 0 && (skips(s, group) || skips(s, PM_LIT(" ")) || skips(s, PM_LIT("'")));
        bool more = mark && s->n && s->p[0] >= '0' && s->p[0] <= '9';
        if (!more || run > 3 || (groups && run != 3)) {
            *s = before;
            break;
        }
        groups++;
        run = 0;
    }
    return all > 0 && all <= 18 && (!groups || run == 3);
}

/* "3,120", "3.120,5" by the marks of the language, with a sign. False when it is no such number. */
static bool number_of(struct pm_merger *m, struct pm_str text, bool fraction, struct pm_str *out)
{
    struct pm_str s = plain(m, text), group = plain(m, m->language->word[PM_W_GROUP]), decimal = plain(m, m->language->word[PM_W_DECIMAL]);
    struct pm_buf b;
    pm_buf_init(&b, 64);
    if (skips(&s, PM_LIT("-")))
        pm_buf_putc(&b, '-');
    bool good = take_digits(&s, group, &b);
    if (good && s.n && fraction && (skips(&s, decimal) || skips(&s, PM_LIT(".")))) {
        pm_buf_putc(&b, '.');
        good = take_digits(&s, (struct pm_str){NULL, 0}, &b);
    }
    good = good && s.n == 0;
    *out = pm_merge_take(&b, m->arena);
    return good;
}

static bool percent_of(struct pm_merger *m, struct pm_str text, struct pm_str *out)
{
    struct pm_str s = plain(m, text);
    if (s.n && s.p[s.n - 1] == '%')
        s = pm_str_trim((struct pm_str){s.p, s.n - 1});
    else if (s.n && s.p[0] == '%')
        s = pm_str_trim((struct pm_str){s.p + 1, s.n - 1});
    return number_of(m, s, true, out);
}

/* Of a value that is a number in the source; any other is text. */
static bool scalar_of(struct pm_merger *m, const struct pm_value *value, struct pm_str text, struct pm_str *out)
{
    struct pm_str old;
    bool was_number = !value->field || number_of(m, value->field->text, true, &old);
    if (!was_number || !percent_of(m, text, out))
        *out = plain(m, text);
    return true;
}

/* --- times --- */

static bool date_of(struct pm_merger *m, struct pm_str text, struct pm_str *out)
{
    int64_t days;
    if (!pm_shown_date(m->language, text, m->arena, &days))
        return false;
    struct pm_buf b;
    pm_buf_init(&b, 64);
    pm_date_iso(&b, days);
    *out = pm_merge_take(&b, m->arena);
    return true;
}

static bool instant_of(struct pm_merger *m, const struct pm_value *value, struct pm_str text, struct pm_str *out)
{
    struct pm_shown_instant in = {.zone = m->base->tz.text, .arena = m->arena};
    if (value->field && value->field->valid) {
        struct pm_civil c = pm_civil_at(value->field->as.instant, in.zone);
        in.has_day = true;
        in.day = pm_days_from_civil(c.year, c.month, c.day);
    }
    bool good = pm_shown_instant(m->language, text, &in, out);
    return good && (!in.bare || value->type == PM_T_EVENT_INSTANT);
}

/* "1h36m", or PT1H36M where the source had such. */
static bool duration_of(struct pm_merger *m, const struct pm_value *value, struct pm_str text, struct pm_str *out)
{
    static const struct { int64_t seconds; char unit; } units[] = {{86400, 'd'}, {3600, 'h'}, {60, 'm'}, {1, 's'}};
    int64_t seconds;
    struct pm_buf b;
    if (!pm_shown_duration(m->language, text, m->arena, &seconds))
        return false;
    pm_buf_init(&b, 64);
    if (value->field && value->field->text.n && value->field->text.p[0] == 'P')
        pm_duration_iso(&b, seconds);
    for (size_t i = 0; !(value->field && value->field->text.p[0] == 'P') && i < sizeof units / sizeof *units; i++) {
        if (seconds / units[i].seconds)
            pm_buf_printf(&b, "%lld%c", (long long)(seconds / units[i].seconds), units[i].unit);
        seconds %= units[i].seconds;
    }
    if (b.len == 0)
        pm_buf_puts(&b, "0s");
    *out = pm_merge_take(&b, m->arena);
    return true;
}

/* --- people and lists --- */

struct pm_named { struct pm_str name; const struct pm_person *person; };

static int compare_names(const void *a, const void *b)
{
    return pm_str_cmp(((const struct pm_named *)a)->name, ((const struct pm_named *)b)->name);
}

static const struct pm_named *names_of(struct pm_merger *m)
{
    const struct pm_person *people = m->base->people.items;
    if (m->names || !m->base->people.count)
        return m->names;
    m->names = pm_arena_array(m->arena, m->base->people.count, sizeof *m->names);
    for (size_t i = 0; m->names && i < m->base->people.count; i++)
        m->names[i] = (struct pm_named){plain(m, people[i].name.text), &people[i]};
    if (m->names)
        qsort(m->names, m->base->people.count, sizeof *m->names, compare_names);
    return m->names;
}

/* The one person of that name; NULL when there is none, or more. */
static const struct pm_person *person_named(struct pm_merger *m, struct pm_str name)
{
    const struct pm_named *names = names_of(m), wanted = {name, NULL};
    size_t count = m->base->people.count;
    const struct pm_named *found = names && name.n ? bsearch(&wanted, names, count, sizeof *names, compare_names) : NULL;
    bool before = found && found > names && pm_str_eq(found[-1].name, name);
    bool behind = found && found + 1 < names + count && pm_str_eq(found[1].name, name);
    return found && !before && !behind ? found->person : NULL;
}

/* The key of `people` whose name is shown, where the source goes by keys; else the name. */
static struct pm_str person_of(struct pm_merger *m, const struct pm_field *was, struct pm_str text)
{
    struct pm_str name = plain(m, text);
    if (name.n > 1 && name.p[0] == '@')
        name = (struct pm_str){name.p + 1, name.n - 1};
    bool by_name = was && !pm_person_find(m->base, was);
    const struct pm_person *found = by_name ? NULL : person_named(m, name);
    return found ? found->key : name;
}

static struct pm_str shown_item(struct pm_merger *m, enum pm_type item, const struct pm_field *field)
{
    return plain(m, item == PM_T_PERSON ? pm_person_name(m->base, field) : field->text);
}

/* Longer lists are not compared name by name. */
enum { MOST_NAMES = 200 };

/* The next name of "A, B, C": one of the source's if it stands there, which may hold commas; else up to the next comma. `known`: the texts
 * of those of the source. */
static struct pm_str take_item(const struct pm_value *value, const struct pm_str *known, size_t count, struct pm_str *rest,
                               const struct pm_field **was)
{
    const struct pm_field *fields = value->list ? value->list->items : NULL;
    struct pm_str best = {rest->p, 0};
    *was = NULL;
    for (size_t i = 0; i < count; i++) {
        struct pm_str name = known[i];
        bool here = name.n > best.n && name.n <= rest->n && memcmp(rest->p, name.p, name.n) == 0;
        if (!here || (name.n < rest->n && rest->p[name.n] != ','))
            continue;
        best.n = name.n;
        *was = &fields[i];
    }
    if (!*was) {
        const char *comma = memchr(rest->p, ',', rest->n);
        best.n = comma ? (size_t)(comma - rest->p) : rest->n;
    }
    size_t skip = best.n + (best.n < rest->n);
    *rest = pm_str_trim((struct pm_str){rest->p + skip, rest->n - skip});
    return pm_str_trim(best);
}

static size_t known_items(struct pm_merger *m, const struct pm_value *value, struct pm_str *out)
{
    const struct pm_field *fields = value->list ? value->list->items : NULL;
    size_t count = value->list && value->list->count < MOST_NAMES ? value->list->count : 0;
    for (size_t i = 0; i < count; i++)
        out[i] = shown_item(m, value->item, &fields[i]);
    return count;
}

/* How the list names people: by keys, where it has one of those. */
static const struct pm_field *person_model(struct pm_merger *m, const struct pm_value *value)
{
    const struct pm_field *fields = value->list && value->item == PM_T_PERSON ? value->list->items : NULL;
    for (size_t i = 0; fields && i < value->list->count; i++) {
        if (pm_person_find(m->base, &fields[i]))
            return &fields[i];
    }
    return fields;
}

static enum pm_reading list_of(struct pm_merger *m, const struct pm_value *value, struct pm_str text, struct pm_read_value *out)
{
    struct pm_str rest = plain(m, text);
    const struct pm_field *model = person_model(m, value);
    struct pm_str known[MOST_NAMES];
    size_t known_count = known_items(m, value, known);
    size_t cap = 1;
    for (size_t i = 0; i < rest.n; i++)
        cap += rest.p[i] == ',';
    struct pm_member *members = pm_arena_array(m->arena, cap, sizeof *members);
    while (members && rest.n && out->member_count < cap) {
        const struct pm_field *was;
        struct pm_str item = take_item(value, known, known_count, &rest, &was);
        if (!item.n)
            continue;
        if (was)
            item = was->text;
        else if (value->item == PM_T_PERSON)
            item = person_of(m, model, item);
        members[out->member_count++].text = item;
    }
    out->members = members;
    return out->member_count ? PM_READ_VALUE : PM_READ_NOTHING;
}

/* --- all --- */

static enum pm_reading read_text(struct pm_merger *m, const struct pm_value *value, const struct pm_shown_value *ours,
                                 const struct pm_shown_value *theirs, struct pm_read_value *out)
{
    struct pm_str base = value->field ? value->field->text : PM_LIT("");
    const struct pm_shown_value nothing = {.text = PM_LIT(""), .markdown = theirs->markdown};
    if (plain(m, theirs->text).n == 0)
        return PM_READ_NOTHING;
    if (value->type != PM_T_MD && value->type != PM_T_TEXT)
        out->text = plain(m, theirs->text);
    else
        out->text = pm_merge_prose(base, ours ? ours : &nothing, theirs, value->type, m->arena);
    return PM_READ_VALUE;
}

static bool read_typed(struct pm_merger *m, const struct pm_value *value, struct pm_str text, struct pm_read_value *out)
{
    int choice;
    switch (value->type) {
    case PM_T_ENUM:
        choice = choice_of(m, value->def, text);
        out->text = choice ? pm_str(value->def->words[choice - 1]) : text;
        return choice != 0;
    case PM_T_SEVERITY: out->text = severity_of(m, text); return out->text.n > 0;
    case PM_T_INTEGER: return number_of(m, text, false, &out->text);
    case PM_T_NUMBER:   /* some of which are shown in per cent */
    case PM_T_PERCENT: return percent_of(m, text, &out->text);
    case PM_T_SCALAR: return scalar_of(m, value, text, &out->text);
    case PM_T_DATE: return date_of(m, text, &out->text);
    case PM_T_INSTANT:
    case PM_T_EVENT_INSTANT: return instant_of(m, value, text, &out->text);
    case PM_T_DURATION: return duration_of(m, value, text, &out->text);
    case PM_T_PERSON: out->text = person_of(m, value->field, text); return out->text.n > 0;
    default: return false;
    }
}

static const char *want_of(enum pm_type type)
{
    static const char *const wants[] = {
        [PM_T_INTEGER] = "it is no whole number", [PM_T_NUMBER] = "it is no number", [PM_T_PERCENT] = "it is no percentage",
        [PM_T_INSTANT] = "it is no time that is understood", [PM_T_EVENT_INSTANT] = "it is no time that is understood",
        [PM_T_DATE] = "it is no date that is understood", [PM_T_DURATION] = "it is no duration that is understood",
        [PM_T_ENUM] = "it is none of the words for this field", [PM_T_SEVERITY] = "it is no severity",
    };
    return type < sizeof wants / sizeof *wants && wants[type] ? wants[type] : "it cannot be read";
}

/* The value is what it was, whatever its spelling. */
static bool is_same_value(const struct pm_value *value, struct pm_str text)
{
    const struct pm_field *was = value->implied;
    struct pm_civil civil;
    int64_t seconds;
    if (!was)
        return false;
    if (was->valid && (value->type == PM_T_INSTANT || value->type == PM_T_EVENT_INSTANT))
        return pm_time_read(text, &civil) == PM_TIME_ZONED && pm_instant_of(&civil) == was->as.instant;
    if (was->valid && value->type == PM_T_DURATION)
        return pm_duration_read(text, &seconds) && seconds == was->as.seconds;
    if (was->valid && value->type == PM_T_ENUM)
        return was->as.choice >= 1 && pm_str_is(text, value->def->words[was->as.choice - 1]);
    return pm_str_eq(was->text, text);
}

enum pm_reading pm_read_shown(struct pm_merger *m, const struct pm_value *value, const struct pm_shown_value *ours,
                              const struct pm_shown_value *theirs, struct pm_read_value *out)
{
    *out = (struct pm_read_value){0};
    if (value->type == PM_T_LIST)
        return is_nothing(m, theirs->text) ? PM_READ_NOTHING : list_of(m, value, theirs->text, out);
    if (theirs->canonical && value->type != PM_T_MD && pm_str_trim(theirs->text).n) {
        out->text = pm_str_trim(theirs->text);
        return is_same_value(value, out->text) ? PM_READ_SAME : PM_READ_VALUE;
    }
    bool is_text = value->type == PM_T_TEXT || value->type == PM_T_MD || value->type == PM_T_URL || value->type == PM_T_ID ||
                   value->type == PM_T_LANG || value->type == PM_T_ZONE || value->type == PM_T_CURRENCY;
    if (is_text)
        return read_text(m, value, ours, theirs, out) == PM_READ_NOTHING ? PM_READ_NOTHING
               : is_same_value(value, out->text)                         ? PM_READ_SAME
                                                                         : PM_READ_VALUE;
    if (value->type == PM_T_VERSION) {
        out->failure = "it is not to be changed";
        return PM_READ_FAILED;
    }
    bool person = value->type == PM_T_PERSON && is_nothing(m, theirs->text);
    if (!person && plain(m, theirs->text).n && read_typed(m, value, theirs->text, out))
        return is_same_value(value, out->text) ? PM_READ_SAME : PM_READ_VALUE;
    if (is_nothing(m, theirs->text))
        return PM_READ_NOTHING;
    out->failure = want_of(value->type);
    return PM_READ_FAILED;
}
