/* Values of labels: persons, numbers, severities, states, instants. */
#include "import/import_internal.h"

#include <string.h>

/* ---- persons ---- */

/* The end of the name that begins the text: before a comma, "and" and the like. */
static size_t end_of_name(struct pm_str s, size_t *next)
{
    static const char *const marks[] = {",", ";", "\n", " and ", " & ", " und ", "\xE3\x80\x81", "\xEF\xBC\x8C"};
    int depth = 0;
    for (size_t i = 0; i < s.n; i++) {
        depth += s.p[i] == '(' || s.p[i] == '[' ? 1 : s.p[i] == ')' || s.p[i] == ']' ? -1 : 0;
        for (size_t m = 0; m < PM_ITEMS(marks) && depth <= 0; m++) {
            if (pm_str_starts(pm_md_from(s, i), marks[m])) {
                *next = i + strlen(marks[m]);
                return i;
            }
        }
    }
    *next = s.n;
    return s.n;
}

void pm_import_people(struct pm_draft *d, enum pm_target field, struct pm_str key, struct pm_str value)
{
    enum { MOST = 200 };
    size_t next, count = 0;
    for (struct pm_str rest = value; rest.n && count < MOST; rest = pm_md_from(rest, next), count++) {
        size_t n = end_of_name(rest, &next);
        struct pm_str name = pm_md_plain(pm_md_upto(rest, n), d->arena);
        while (name.n && (name.p[0] == '@' || name.p[0] == '-'))
            name = pm_str_trim(pm_md_from(name, 1));
        if (pm_md_is_placeholder(name))
            continue;
        if (key.n)
            pm_draft_put_key(d, &d->fields[field], key, name);
        else
            pm_draft_put(d, field, name);
    }
}

/* ---- ids ---- */

struct pm_str pm_import_id(struct pm_draft *d, struct pm_str text)
{
    enum { MOST = 32 };
    char id[MOST + 5];
    size_t n = 0;
    text = pm_md_plain(text, d->arena);
    if (text.n && pm_md_is_digit(text.p[text.p[0] == '#' && text.n > 1])) {
        memcpy(id, "INC-", 4);
        n = 4;
    }
    for (size_t i = 0; i < text.n && n < MOST; i++) {
        char c = text.p[i];
        bool good = pm_md_is_letter(c) || (n && (pm_md_is_digit(c) || c == '.' || c == '_'));
        if (good)
            id[n++] = c;
        else if (n && id[n - 1] != '-')
            id[n++] = '-';
    }
    while (n && !pm_md_is_letter(id[n - 1]) && !pm_md_is_digit(id[n - 1]))
        n--;
    return pm_arena_str(d->arena, (struct pm_str){id, n});
}

static bool take_id(struct pm_draft *d, struct pm_str value)
{
    enum { LONGEST = 40 };
    struct pm_md_link link;
    if (pm_md_find_link(value, 0, &link) && link.text.n < LONGEST)
        value = link.text;
    struct pm_str plain = pm_md_plain(value, d->arena), id;
    const char *blank = plain.n ? memchr(plain.p, ' ', plain.n) : NULL;
    if (plain.n > LONGEST || (blank && !memchr(plain.p, '#', plain.n) && plain.n > 20))
        return false;
    id = pm_import_id(d, plain);
    pm_draft_put(d, PM_TO_ID, id);
    return id.n > 0;
}

/* ---- severities ---- */

/* "sev 1", "P2" at `at`: how long it is. */
static size_t severity_at(struct pm_str s, size_t at)
{
    static const char *const prefixes[] = {"severity", "priority", "sev", "s", "p"};
    struct pm_str rest = pm_md_from(s, at);
    if (at && pm_md_is_word(s.p[at - 1]))
        return 0;
    for (size_t i = 0; i < PM_ITEMS(prefixes); i++) {
        size_t n = strlen(prefixes[i]);
        if (!pm_str_starts_word(rest, prefixes[i]))
            continue;
        if (n < rest.n && (rest.p[n] == '-' || rest.p[n] == ' ' || rest.p[n] == '_'))
            n++;
        if (n < rest.n && rest.p[n] >= '0' && rest.p[n] <= '5' && (n + 1 == rest.n || !pm_md_is_word(rest.p[n + 1])) &&
            !(n + 2 < rest.n && rest.p[n + 1] == '.' && pm_md_is_digit(rest.p[n + 2])))
            return n + 1;
    }
    return 0;
}

/* In prose "S3" and "P1" are other things as well. */
struct pm_str pm_import_severity(struct pm_draft *d, struct pm_str text, bool whole)
{
    static const char *const words[] = {
        "critical", "major", "high", "minor", "moderate", "medium", "low", "cosmetic", "trivial", "informational"};
    static const struct { const char *word, *severity; } german[] = {
        {"kritisch", "critical"}, {"hoch", "high"}, {"mittel", "medium"}, {"niedrig", "low"}, {"gering", "low"}};
    struct pm_str s = pm_md_plain(text, d->arena);
    for (size_t i = 0; i < s.n; i++) {
        size_t n = severity_at(s, i);
        if (n && (whole || pm_ascii_lower(s.p[i + 1]) == 'e'))
            return pm_md_upto(pm_md_from(s, i), n);
    }
    for (size_t i = 0; i < PM_ITEMS(words) && whole; i++) {
        size_t at = pm_md_find_word(s, words[i]);
        if (at < s.n)
            return pm_md_upto(pm_md_from(s, at), strlen(words[i]));
    }
    for (size_t i = 0; i < PM_ITEMS(german) && whole; i++) {
        if (pm_md_find_word(s, german[i].word) < s.n)
            return pm_str(german[i].severity);
    }
    bool digit = whole && s.n && s.p[0] >= '0' && s.p[0] <= '5' && (s.n == 1 || !(pm_md_is_word(s.p[1]) || s.p[1] == '.'));
    return digit ? pm_md_upto(s, 1) : PM_LIT("");
}

static bool take_severity(struct pm_draft *d, struct pm_str value)
{
    struct pm_str severity = pm_import_severity(d, value, true);
    pm_draft_put(d, PM_TO_SEVERITY, severity);
    return severity.n > 0;
}

/* ---- states ---- */

static bool take_status(struct pm_draft *d, struct pm_str value)
{
    static const struct { const char *word, *status, *state; } words[] = {
        {"complete", "final", NULL}, {"completed", "final", NULL}, {"final", "final", NULL}, {"done", "final", NULL},
        {"published", "final", NULL}, {"approved", "final", NULL}, {"in review", "in_review", NULL}, {"under review", "in_review", NULL},
        {"review", "in_review", NULL}, {"draft", "draft", NULL}, {"wip", "draft", NULL}, {"work in progress", "draft", NULL},
        {"withdrawn", "withdrawn", NULL}, {"resolved", NULL, "resolved"}, {"closed", NULL, "resolved"}, {"fixed", NULL, "resolved"},
        {"monitoring", NULL, "monitoring"}, {"mitigated", NULL, "monitoring"}, {"identified", NULL, "identified"},
        {"investigating", NULL, "investigating"}, {"ongoing", NULL, "investigating"}};
    struct pm_str name = pm_md_normal(value, d->arena);
    for (size_t i = 0; i < PM_ITEMS(words); i++) {
        size_t n = strlen(words[i].word);
        if (!pm_str_starts(name, words[i].word) || (name.n > n && pm_md_is_word(name.p[n])))
            continue;
        if (words[i].status)
            pm_draft_put(d, PM_TO_STATUS, pm_str(words[i].status));
        else
            pm_draft_put_key(d, &d->incident_status, PM_LIT("status"), pm_str(words[i].state));
        return true;
    }
    return false;
}

/* ---- numbers, lists, links ---- */

/* "3,120 users": the only number of the value. Shares, thousands in letters and ranges are none. */
static bool take_count(struct pm_draft *d, enum pm_target target, struct pm_str label, struct pm_str value)
{
    enum { MOST = 15 };
    char digits[MOST + 1];
    size_t n = 0, i = 0;
    struct pm_str s = pm_md_plain(value, d->arena);
    while (i < s.n && n < MOST && (pm_md_is_digit(s.p[i]) || (s.p[i] == ',' && i && i + 3 < s.n && pm_md_is_digit(s.p[i + 1]))))
        n = s.p[i++] == ',' ? n : (digits[n] = s.p[i - 1], n + 1);
    bool good = n && (i == s.n || (s.p[i] == ' ' && i + 1 < s.n && (pm_md_is_letter(s.p[i + 1]) || s.p[i + 1] == '(')));
    for (size_t j = i; j < s.n; j++)
        good = good && !pm_md_is_digit(s.p[j]) && s.p[j] != '%';
    static const char *const multiples[] = {"k", "m", "million", "thousand", "billion", "percent", "of"};
    for (size_t j = 0; j < PM_ITEMS(multiples); j++)
        good = good && !(i < s.n && pm_md_find_word(pm_md_from(s, i), multiples[j]) <= 1);
    if (good && !pm_draft_has(d, target)) {
        pm_draft_put(d, target, pm_arena_str(d->arena, (struct pm_str){digits, n}));
    } else {
        struct pm_draft_entry *e = pm_draft_entry(d, PM_LIST_MEASURES, 0);
        pm_draft_pair(d, e, "name", pm_md_plain(label, d->arena));
        pm_draft_pair(d, e, "value", s);
    }
    return true;
}

static bool take_list(struct pm_draft *d, enum pm_target target, struct pm_str value)
{
    value = pm_str_trim(value);
    if (value.n > 1 && value.p[0] == '[' && value.p[value.n - 1] == ']')
        value = pm_md_upto(pm_md_from(value, 1), value.n - 2);
    pm_import_people(d, target, (struct pm_str){NULL, 0}, value);
    return pm_draft_has(d, target);
}

static bool take_url(struct pm_draft *d, enum pm_target target, struct pm_str value)
{
    struct pm_md_link link;
    if (!pm_md_find_link(value, 0, &link) || !(pm_str_starts_word(link.url, "http://") || pm_str_starts_word(link.url, "https://")) ||
        memchr(link.url.p, ' ', link.url.n) || pm_draft_has(d, target))
        return false;
    pm_draft_put(d, target, link.url);
    return true;
}

/* ---- instants ---- */

static bool take_when(struct pm_draft *d, enum pm_target target, struct pm_str value)
{
    struct pm_when when;
    size_t at, end;
    struct pm_str plain = pm_md_plain(value, d->arena);
    if (!pm_when_find(plain, 40, &when, &at, &end))
        return false;
    if (!d->whens[target].has_date && !d->whens[target].has_time)
        d->whens[target] = when;
    if (when.has_until && !d->whens[PM_TO_RESOLVED].has_time && (target == PM_TO_DATE || target == PM_TO_STARTED)) {
        struct pm_when *until = &d->whens[PM_TO_RESOLVED];
        *until = (struct pm_when){.has_time = true, .hour = when.until_hour, .minute = when.until_minute, .second = when.until_second,
                                  .zone = when.zone, .has_date = when.has_until_date, .has_year = when.has_until_date,
                                  .year = when.until_year, .month = when.until_month, .day = when.until_day};
    }
    if (when.zone.given && !d->zone.given)
        d->zone = when.zone;
    return true;
}

/* "47 minutes (09:17 - 13:59 UTC)" */
static void take_period(struct pm_draft *d, struct pm_str value)
{
    struct pm_when when;
    struct pm_str plain = pm_md_plain(value, d->arena);
    size_t at, end;
    for (size_t from = 0; from < plain.n && pm_when_find(pm_md_from(plain, from), plain.n, &when, &at, &end); from += end) {
        if (when.has_time && when.has_until) {
            (void)take_when(d, PM_TO_STARTED, pm_md_from(plain, from + at));
            return;
        }
    }
}

/* "P1 | P2 | P3", "Draft / Final": what a template offers. */
static bool is_choice(struct pm_draft *d, enum pm_target target, struct pm_str value)
{
    const char *bar = memchr(value.p, '|', value.n), *slash = memchr(value.p, '/', value.n);
    const char *mark = bar ? bar : slash;
    if ((target != PM_TO_SEVERITY && target != PM_TO_STATUS) || !mark)
        return false;
    struct pm_str before = pm_md_upto(value, (size_t)(mark - value.p)), after = pm_md_from(value, before.n + 1);
    bool severities = pm_import_severity(d, before, true).n && pm_import_severity(d, after, true).n;
    return bar || (target == PM_TO_SEVERITY ? severities && slash[-(slash > value.p)] == ' ' : pm_str_starts_word(value, "draft"));
}

static bool take_zone(struct pm_draft *d, struct pm_str value)
{
    struct pm_when_zone zone = {0};
    if (!pm_when_read_zone(pm_md_plain(value, d->arena), &zone))
        return false;
    if (!d->zone.given)
        d->zone = zone;
    return true;
}

bool pm_import_value(struct pm_draft *d, enum pm_target target, struct pm_str label, struct pm_str value, uint32_t line)
{
    struct pm_str plain = pm_md_plain(value, d->arena), none = {NULL, 0};
    if (pm_md_is_placeholder(plain) || is_choice(d, target, plain))
        return true;
    pm_draft_note(d, line, "label \"%.*s\": %s", (int)(label.n < 60 ? label.n : 60), label.p, pm_target_path(target));
    switch (target) {
    case PM_TO_TITLE: pm_draft_put(d, target, plain); return true;
    case PM_TO_OWNER: pm_draft_put(d, target, plain.p[0] == '@' ? pm_md_from(plain, 1) : plain); return true;
    case PM_TO_ID: return take_id(d, value);
    case PM_TO_AUTHORS:
    case PM_TO_REVIEWERS: pm_import_people(d, target, none, value); return true;
    case PM_TO_SERVICES:
    case PM_TO_LABELS: return take_list(d, target, value);
    case PM_TO_STATUS: return take_status(d, value);
    case PM_TO_SEVERITY: return take_severity(d, value);
    case PM_TO_CUSTOMERS:
    case PM_TO_TICKETS:
    case PM_TO_REQUESTS: return take_count(d, target, label, value);
    case PM_TO_ZONE: return take_zone(d, value);
    case PM_TO_URL:
    case PM_TO_RECORDING: return take_url(d, target, value);
    case PM_TO_DURATION: take_period(d, value); return false;
    case PM_TO_ROLE: pm_import_role(d, label, value); return true;
    case PM_TO_ROLES: pm_import_role(d, PM_LIT("responders"), value); return true;
    default: return target >= PM_TO_FIRST_VALUE && take_when(d, target, value);
    }
}
