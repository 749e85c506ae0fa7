#include "incident/scalar.h"

#include "base/utf8.h"

#include <string.h>

enum { MAX_LISTED_WORDS = 16, MAX_DIGITS = 18, MAX_SHOWN_KEY = 60 };

static struct pm_str with_key(struct pm_reader *r, struct pm_str key, const char *dot, const char *rest)
{
    struct pm_str shown = pm_utf8_prefix(key, MAX_SHOWN_KEY);
    return pm_arena_format(r->scratch, "%.*s%s%s", (int)shown.n, shown.p, dot, rest);
}

const char *pm_place_text(struct pm_reader *r)
{
    struct pm_str text = {"", 0};
    for (const struct pm_place *p = r->place; p && text.p; p = p->up) {
        const char *dot = text.n && text.p[0] != '[' ? "." : "";
        if (p->index)
            text = pm_arena_format(r->scratch, "[%zu]%s%s", p->index, dot, text.p);
        else
            text = with_key(r, p->key, dot, text.p);
    }
    return text.p ? text.p : "";
}

static const char *join_words(struct pm_reader *r, const char *const *words)
{
    struct pm_str text = {"", 0};
    for (size_t i = 0; words[i] && text.p; i++)
        text = pm_arena_format(r->scratch, "%s%s%s", text.p, i ? ", " : "", words[i]);
    return text.p ? text.p : "";
}

/* The words of an enumeration, or how many there are where they would fill the line. */
static const char *words_of(struct pm_reader *r, const struct pm_field_def *def)
{
    size_t count = 0;
    while (def->words && def->words[count])
        count++;
    if (count && count <= MAX_LISTED_WORDS)
        return join_words(r, def->words);
    return pm_arena_format(r->scratch, "the %zu words of pm-incident(5)", count).p;
}

const char *pm_type_want(struct pm_reader *r, const struct pm_field_def *def, enum pm_type type)
{
    static const char *const wants[] = {
        [PM_T_TEXT] = "text",
        [PM_T_MD] = "text",
        [PM_T_ID] = "an id: a letter, then up to 31 letters, digits, '_', '.' or '-'",
        [PM_T_PERSON] = "a name, or a key of people",
        [PM_T_LANG] = "a language tag such as en or pt-BR",
        [PM_T_ZONE] = "a time zone such as Europe/Berlin",
        [PM_T_URL] = "a link with http, https or mailto, without blanks",
        [PM_T_INTEGER] = "a whole number, in digits only",
        [PM_T_NUMBER] = "a number, in digits with a point",
        [PM_T_PERCENT] = "a number from 0 to 100",
        [PM_T_INSTANT] = "an instant such as 2026-11-20 13:52 or 2026-11-20T13:52:00+01:00",
        [PM_T_EVENT_INSTANT] = "an instant such as 13:52, 2026-11-20 13:52 or 2026-11-20T13:52:00+01:00",
        [PM_T_DATE] = "a date, YYYY-MM-DD",
        [PM_T_DURATION] = "a duration such as 96m, 1h36m, 30d or PT1H36M",
        [PM_T_SEVERITY] = "a severity: sev1 to sev5, or a spelling such as SEV-2, P2, 2 or major",
        [PM_T_CURRENCY] = "a currency code of three capital letters, such as EUR",
        [PM_T_VERSION] = "a version of the format that is known here; want 1",
        [PM_T_SCALAR] = "a number or text",
        [PM_T_OBJECT] = "a mapping",
        [PM_T_LIST] = "a list, each entry behind \"- \"",
        [PM_T_CHAINS] = "a list of questions and answers, or of such lists",
        [PM_T_ROLES] = "a mapping of roles to persons",
        [PM_T_PEOPLE] = "a mapping of keys to persons",
        [PM_T_GLOSSARY] = "a mapping of terms to text",
    };
    if (type == PM_T_ENUM) {
        const char *text = pm_arena_format(r->scratch, "one of %s", words_of(r, def)).p;
        return text ? text : "";
    }
    return type == PM_T_OBJECT && def ? pm_object_want(r, def->object) : wants[type];
}

const char *pm_object_want(struct pm_reader *r, const struct pm_object_def *def)
{
    struct pm_str text = {"", 0};
    for (size_t i = 0; i < def->count && text.p; i++) {
        if (def->fields[i].flags & PM_F_REQUIRED)
            text = pm_arena_format(r->scratch, "%s%s%s: ...", text.p, text.n ? ", " : "", def->fields[i].name);
    }
    if (text.p && !text.n)
        text = pm_arena_format(r->scratch, "%s: ...", def->fields[def->fields[0].type == PM_T_ID && def->count > 1].name);
    text = pm_arena_format(r->scratch, "a mapping such as {%s}", text.p ? text.p : "");
    return text.p ? text.p : "";
}

static void report_value(struct pm_reader *r, const struct pm_field *f, const char *want)
{
    pm_report(r->diags, PM_D_VALUE, f->mark, pm_place_text(r), f->text.p, want);
}

static void report_range(struct pm_reader *r, const struct pm_field *f, const char *want)
{
    pm_report(r->diags, PM_D_RANGE, f->mark, pm_place_text(r), f->text.p, want);
}

/* --- characters --- */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

static size_t count_digits(struct pm_str s, size_t from)
{
    size_t n = from;
    while (n < s.n && is_digit(s.p[n]))
        n++;
    return n - from;
}

/* --- one reader a type; false when the text is not of it --- */

static bool is_id(struct pm_str s)
{
    if (s.n == 0 || s.n > 32 || !is_letter(s.p[0]))
        return false;
    for (size_t i = 1; i < s.n; i++) {
        if (!is_letter(s.p[i]) && !is_digit(s.p[i]) && s.p[i] != '_' && s.p[i] != '.' && s.p[i] != '-')
            return false;
    }
    return true;
}

/* The shape of BCP 47: subtags of up to eight letters and digits, the first of letters. */
static bool is_language(struct pm_str s)
{
    size_t run = 0, first = 0;
    for (; first < s.n && is_letter(s.p[first]); first++)
        ;
    if (first < 2 || first > 8 || s.n > 64 || (first < s.n && s.p[first] != '-'))
        return false;
    for (size_t i = first; i < s.n; i++) {
        bool dash = s.p[i] == '-';
        if ((dash && i > first && run == 0) || (!dash && !is_letter(s.p[i]) && !is_digit(s.p[i])) || (!dash && ++run > 8))
            return false;
        if (dash)
            run = 0;
    }
    return first == s.n || run > 0;
}

static bool is_url(struct pm_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if ((unsigned char)s.p[i] <= ' ' || s.p[i] == 0x7F)
            return false;
    }
    return (pm_str_starts_word(s, "http://") && s.n > 7) || (pm_str_starts_word(s, "https://") && s.n > 8) || (pm_str_starts_word(s, "mailto:") && s.n > 7);
}

static bool is_currency(struct pm_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < 'A' || s.p[i] > 'Z')
            return false;
    }
    return s.n == 3;
}

/* By hand, since strtod() goes by the locale. */
bool pm_number_read(struct pm_str s, double *out)
{
    size_t sign = s.n && (s.p[0] == '-' || s.p[0] == '+'), whole = count_digits(s, sign), i = sign + whole;
    bool point = i < s.n && s.p[i] == '.';
    size_t fraction = point ? count_digits(s, i + 1) : 0;
    if (whole == 0 || (point && fraction == 0) || i + point + fraction != s.n)
        return false;
    double value = 0, scale = 1;
    for (i = sign; i < s.n; i++) {
        if (s.p[i] == '.')
            continue;
        value = value * 10 + (s.p[i] - '0');
        if (i > sign + whole)
            scale *= 10;
    }
    *out = (s.p[0] == '-' ? -value : value) / scale;
    return true;
}

static void read_integer(struct pm_reader *r, enum pm_type type, struct pm_field *f)
{
    struct pm_str s = f->text;
    size_t sign = s.n && s.p[0] == '-', digits = count_digits(s, sign);
    if (digits == 0 || sign + digits != s.n) {
        report_value(r, f, pm_type_want(r, NULL, type));
    } else if (sign || digits > MAX_DIGITS) {
        report_range(r, f, sign ? "0 or more" : "at most 18 digits");
    } else {
        for (size_t i = 0; i < s.n; i++)
            f->as.integer = f->as.integer * 10 + (s.p[i] - '0');
        f->valid = true;
    }
}

static void read_number(struct pm_reader *r, enum pm_type type, struct pm_field *f)
{
    double value;
    if (!pm_number_read(f->text, &value)) {
        report_value(r, f, pm_type_want(r, NULL, type));
    } else if (f->text.n > 2 * MAX_DIGITS) {
        report_range(r, f, "at most 36 characters");
    } else if (type == PM_T_PERCENT && (value < 0 || value > 100)) {
        report_range(r, f, "0 to 100");
    } else {
        f->as.number = value;
        f->valid = true;
    }
}

/* --- enumerations --- */

static int choice_of(const char *const *words, struct pm_str text)
{
    for (int i = 0; words[i]; i++) {
        if (pm_str_same_word(text, words[i]))
            return i + 1;
    }
    return 0;
}

static void read_enum(struct pm_reader *r, const struct pm_field_def *def, struct pm_field *f)
{
    f->as.choice = choice_of(def->words, f->text);
    if (!f->as.choice && pm_str_same_word(f->text, "true"))
        f->as.choice = choice_of(def->words, PM_LIT("yes"));
    else if (!f->as.choice && pm_str_same_word(f->text, "false"))
        f->as.choice = choice_of(def->words, PM_LIT("no"));
    f->valid = f->as.choice != 0;
    if (!f->valid)
        pm_report(r->diags, PM_D_CHOICE, f->mark, pm_place_text(r), f->text.p, words_of(r, def), pm_enum_hint(def, f->text, r->scratch));
}

/* "SEV-2", "Sev2", "S2", "P2", "2": a digit, a prefix before it. */
static int severity_by_number(struct pm_str s)
{
    static const char *const prefixes[] = {"severity", "priority", "sev", "s", "p", ""};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        size_t n = strlen(prefixes[i]);
        if (!pm_str_starts_word(s, prefixes[i]))
            continue;
        if (n && n < s.n && (s.p[n] == '-' || s.p[n] == ' ' || s.p[n] == '_'))
            n++;
        if (n + 1 == s.n && s.p[n] >= '0' && s.p[n] <= '5')
            return s.p[n] == '0' ? 1 : s.p[n] - '0';
    }
    return 0;
}

static int severity_by_word(struct pm_str s)
{
    static const struct { const char *word; int severity; } words[] = {
        {"critical", 1}, {"major", 2}, {"high", 2}, {"minor", 3}, {"moderate", 3}, {"medium", 3}, {"low", 4}, {"cosmetic", 4},
        {"trivial", 5}, {"informational", 5}, {"info", 5},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (pm_str_same_word(s, words[i].word))
            return words[i].severity;
    }
    return 0;
}

static bool is_severity(struct pm_field *f)
{
    struct pm_str s = pm_str_trim(f->text);
    f->as.choice = severity_by_number(s);
    if (!f->as.choice)
        f->as.choice = severity_by_word(s);
    return f->as.choice != 0;
}

/* --- times --- */

void pm_scalar_set_local(struct pm_reader *r, struct pm_field *field, const struct pm_civil *civil)
{
    field->valid = pm_instant_in_zone(civil, r->zone, &field->as.instant) != PM_LOCAL_GAP;
    if (!field->valid) {
        struct pm_str zone = pm_arena_str(r->scratch, r->zone);
        pm_report(r->diags, PM_D_LOCAL_TIME, field->mark, pm_place_text(r), field->text.p, zone.p);
    }
}

static void report_instant(struct pm_reader *r, enum pm_type type, const struct pm_field *f, enum pm_time_form form)
{
    int64_t days;
    if (form == PM_TIME_BARE)
        report_value(r, f, "an instant: its day is missing; want YYYY-MM-DD HH:MM");
    else if (pm_date_read(f->text, &days))
        report_value(r, f, "an instant: its time of day is missing; want YYYY-MM-DD HH:MM");
    else
        report_value(r, f, pm_type_want(r, NULL, type));
}

static void read_instant(struct pm_reader *r, enum pm_type type, struct pm_field *f)
{
    struct pm_civil civil;
    enum pm_time_form form = pm_time_read(f->text, &civil);
    if (form == PM_TIME_ZONED) {
        f->as.instant = pm_instant_of(&civil);
        f->valid = true;
    } else if (form == PM_TIME_LOCAL) {
        pm_scalar_set_local(r, f, &civil);
    } else if (form == PM_TIME_NONE || type != PM_T_EVENT_INSTANT) {
        report_instant(r, type, f, form);
    }
}

/* --- all --- */

static bool is_of_type(enum pm_type type, struct pm_field *f)
{
    switch (type) {
    case PM_T_LANG: return is_language(f->text);
    case PM_T_URL: return is_url(f->text);
    case PM_T_DATE: return pm_date_read(f->text, &f->as.days);
    case PM_T_DURATION: return pm_duration_read(f->text, &f->as.seconds);
    case PM_T_SEVERITY: return is_severity(f);
    case PM_T_CURRENCY: return is_currency(f->text);
    case PM_T_VERSION: f->as.integer = 1; return pm_str_is(f->text, "1");
    default: return true;
    }
}

void pm_scalar_read(struct pm_reader *r, const struct pm_field_def *def, enum pm_type type, bool must_say, struct pm_field *field)
{
    bool is_text = type == PM_T_TEXT || type == PM_T_MD || type == PM_T_SCALAR;
    if ((must_say || !is_text) && pm_str_trim(field->text).n == 0) {
        pm_report(r->diags, PM_D_EMPTY, field->mark, pm_place_text(r), pm_type_want(r, def, type));
        return;
    }
    switch (type) {
    case PM_T_INTEGER: read_integer(r, type, field); return;
    case PM_T_NUMBER:
    case PM_T_PERCENT: read_number(r, type, field); return;
    case PM_T_INSTANT:
    case PM_T_EVENT_INSTANT: read_instant(r, type, field); return;
    case PM_T_ENUM: read_enum(r, def, field); return;
    case PM_T_ID:
        field->valid = is_id(field->text);
        if (!field->valid)
            pm_report(r->diags, PM_D_ID, field->mark, pm_place_text(r), field->text.p);
        return;
    case PM_T_ZONE:
        field->valid = pm_zone_exists(field->text);
        if (!field->valid)
            pm_report(r->diags, PM_D_ZONE, field->mark, pm_place_text(r), field->text.p);
        return;
    default:
        field->valid = is_of_type(type, field);
        if (!field->valid)
            report_value(r, field, pm_type_want(r, def, type));
    }
}
