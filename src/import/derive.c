/* What follows from the whole document: title, id, day, zone, instants; and what has to be made up. */
#include "import/import_internal.h"

#include <string.h>

/* ---- title and id ---- */

static const char *const genres[] = {
    "post-incident review", "post incident review", "post-incident report", "incident post-mortem", "incident postmortem",
    "incident post mortem", "post-mortem report", "postmortem report", "post-mortem analysis", "postmortem analysis", "post-mortem",
    "postmortem", "post mortem", "incident report", "incident review", "incident analysis", "incident summary", "root cause analysis",
    "rca report", "rca", "outage report", "service disruption report", "incident"};

bool pm_is_genre(struct pm_str s)
{
    for (size_t i = 0; i < PM_ITEMS(genres); i++) {
        if (s.n == strlen(genres[i]) && pm_str_starts_word(s, genres[i]))
            return true;
    }
    return false;
}

static bool is_separator(struct pm_str s, size_t *n)
{
    static const char *const separators[] = {
        ":", "-", "|", "\xE2\x80\x93", "\xE2\x80\x94", ",", "/", "\xEF\xBC\x9A", "for ", "of ", "about ", "on the "};
    for (size_t i = 0; i < PM_ITEMS(separators); i++) {
        if (pm_str_starts_word(s, separators[i])) {
            *n = strlen(separators[i]);
            return true;
        }
    }
    return false;
}

static struct pm_str trim_separators(struct pm_str s)
{
    size_t n;
    s = pm_str_trim(s);
    while (s.n && is_separator(s, &n) && !pm_md_is_word(s.p[0]))
        s = pm_str_trim(pm_md_from(s, n));
    while (s.n && strchr(":-|,", s.p[s.n - 1]))
        s = pm_str_trim(pm_md_upto(s, s.n - 1));
    while (s.n > 3 && (memcmp(s.p + s.n - 3, "\xE2\x80\x93", 3) == 0 || memcmp(s.p + s.n - 3, "\xE2\x80\x94", 3) == 0))
        s = pm_str_trim(pm_md_upto(s, s.n - 3));
    return s;
}

/* "Postmortem: ", "Incident report for ..." before the title. */
static struct pm_str without_genre(struct pm_str s)
{
    size_t n, more;
    struct pm_when when;
    for (size_t i = 0; i < PM_ITEMS(genres); i++) {
        n = strlen(genres[i]);
        if (!pm_str_starts_word(s, genres[i]) || (n < s.n && pm_md_is_word(s.p[n])))
            continue;
        struct pm_str rest = pm_str_trim(pm_md_from(s, n));
        bool dated = rest.n && pm_when_read(rest, &when) && when.has_date && when.has_year;
        if (rest.n && !dated && !is_separator(rest, &more) && (pm_str_is(pm_str(genres[i]), "incident") || pm_md_is_letter(rest.p[0])))
            continue;
        return rest.n && is_separator(rest, &more) ? pm_str_trim(pm_md_from(rest, more)) : rest;
    }
    return s;
}

static struct pm_str without_genre_behind(struct pm_str s)
{
    for (size_t i = 0; i + 1 < PM_ITEMS(genres); i++) {
        size_t n = strlen(genres[i]);
        if (s.n > n + 1 && pm_str_starts_word(pm_md_from(s, s.n - n), genres[i]) && !pm_md_is_word(s.p[s.n - n - 1]))
            return trim_separators(pm_md_upto(s, s.n - n));
    }
    return s;
}

/* How long an id such as INC-42 or OPS-2024-17 at `at` is. */
static size_t id_length(struct pm_str s, size_t at)
{
    static const char *const others[] = {"SEV-", "UTF-", "SHA-", "P-", "HTTP-", "COVID-", "CVE-"};
    size_t n = at, digits;
    while (n < s.n && s.p[n] >= 'A' && s.p[n] <= 'Z')
        n++;
    for (size_t i = 0; i < PM_ITEMS(others); i++) {
        if (pm_str_starts(pm_md_from(s, at), others[i]))
            return 0;
    }
    if (n - at < 2 || n - at > 12 || n >= s.n || s.p[n] != '-')
        return 0;
    for (digits = ++n; n < s.n && (pm_md_is_digit(s.p[n]) || (s.p[n] == '-' && n > digits && n + 1 < s.n &&
                                                              pm_md_is_digit(s.p[n + 1]))); n++)
        continue;
    return n > digits && (n == s.n || !pm_md_is_word(s.p[n])) ? n - at : 0;
}

/* "(incident #465)", "Incident 465": the number with what is before it. */
static size_t number_length(struct pm_str s, size_t at, size_t *id)
{
    size_t n = at;
    bool named = pm_str_starts_word(pm_md_from(s, at), "incident ") || pm_str_starts_word(pm_md_from(s, at), "incident#");
    if (named)
        n += s.p[at + 8] == ' ' ? 9 : 8;
    bool hash = n < s.n && s.p[n] == '#';
    *id = n += hash;
    while (n < s.n && pm_md_is_digit(s.p[n]))
        n++;
    return (named || hash) && n > *id && (n == s.n || !(pm_md_is_word(s.p[n]) || s.p[n] == '-')) ? n - at : 0;
}

static struct pm_str cut(struct pm_draft *d, struct pm_str s, size_t at, size_t n)
{
    struct pm_str before = pm_md_upto(s, at), after = pm_md_from(s, at + n);
    bool bracketed = before.n && after.n && ((before.p[before.n - 1] == '(' && after.p[0] == ')') || (before.p[before.n - 1] == '[' &&
            after.p[0] == ']'));
    if (bracketed) {
        before.n--;
        after = pm_md_from(after, 1);
    }
    before = pm_str_trim(before);
    after = before.n ? pm_str_trim(after) : trim_separators(after);
    return trim_separators(pm_arena_join(d->arena, before, before.n && after.n ? " " : "", after));
}

/* Takes the id out of the title; it may be its only word. */
static struct pm_str take_id(struct pm_draft *d, struct pm_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        size_t id = i, n = i && pm_md_is_word(s.p[i - 1]) ? 0 : id_length(s, i);
        if (!n && !(i && pm_md_is_word(s.p[i - 1])))
            n = number_length(s, i, &id);
        if (!n)
            continue;
        if (!pm_draft_has(d, PM_TO_ID))
            pm_draft_put(d, PM_TO_ID, pm_import_id(d, pm_md_upto(pm_md_from(s, id), i + n - id)));
        struct pm_str rest = cut(d, s, i, n);
        return rest.n ? rest : s;
    }
    return s;
}

static struct pm_str take_date(struct pm_draft *d, struct pm_str s)
{
    struct pm_when when;
    size_t at, end;
    if (!pm_when_find(s, s.n, &when, &at, &end) || !when.has_date)
        return s;
    if (!when.has_year) {
        pm_when_take_day(&when, &d->front_date);
        d->date = d->date.has_date || !when.has_year ? d->date : when;
        return s;
    }
    if (!d->date.has_date)
        d->date = when;
    if (at && end < s.n)
        return s;
    struct pm_str rest = at ? trim_separators(pm_md_upto(s, at)) : trim_separators(pm_md_from(s, end));
    while (rest.n && at == 0 && strchr(")]", rest.p[0]))
        rest = trim_separators(pm_md_from(rest, 1));
    while (rest.n && at && strchr("([", rest.p[rest.n - 1]))
        rest = trim_separators(pm_md_upto(rest, rest.n - 1));
    if (rest.n > 3 && (pm_str_starts_word(pm_md_from(rest, rest.n - 3), " on")))
        rest = pm_str_trim(pm_md_upto(rest, rest.n - 3));
    return rest.n > 2 ? rest : s;
}

void pm_derive_title(struct pm_draft *d, struct pm_str heading, uint32_t line)
{
    struct pm_str whole = pm_md_plain(heading, d->arena), s = pm_md_title(heading, d->arena);
    for (int round = 0; round < 2; round++) {
        struct pm_str rest = without_genre(s);
        s = rest.n ? rest : s;
        s = take_id(d, s);
        s = take_date(d, s);
        s = without_genre_behind(trim_separators(s));
    }
    if (pm_str_starts_word(s, "title:"))
        s = pm_str_trim(pm_md_from(s, 6));
    d->title_line = whole;
    if (!pm_is_genre(s) && !pm_md_is_placeholder(s))
        pm_draft_put(d, PM_TO_TITLE, s);
    pm_draft_note(d, line, "title");
}

/* ---- the file's name ---- */

static struct pm_str stem(const struct pm_draft *d)
{
    static const char *const dull[] = {"readme", "index", "postmortem", "post-mortem", "template", "incident", "report", "rca"};
    struct pm_str s = d->options->name.p ? d->options->name : PM_LIT("");
    for (size_t i = s.n; i-- > 0;) {
        if (s.p[i] == '/') {
            s = pm_md_from(s, i + 1);
            break;
        }
    }
    const char *dot = s.n ? memchr(s.p, '.', s.n) : NULL;
    while (dot && dot < s.p + s.n && !pm_str_starts_word((struct pm_str){dot, (size_t)(s.p + s.n - dot)}, ".m"))
        dot++;
    s = dot ? pm_md_upto(s, (size_t)(dot - s.p)) : s;
    for (size_t i = 0; i < PM_ITEMS(dull); i++) {
        if (s.n == strlen(dull[i]) && pm_str_starts_word(s, dull[i]))
            return PM_LIT("");
    }
    return s;
}

/* ---- day and zone ---- */

static void take_first_date(struct pm_draft *d)
{
    struct pm_when when;
    size_t at, end;
    for (size_t i = d->md->body; i < d->md->count; i++) {
        struct pm_str s = d->md->lines[i].content;
        for (size_t from = 0; from < s.n && pm_when_find(pm_md_from(s, from), s.n, &when, &at, &end); from += end) {
            if (when.has_date && when.has_year) {
                d->date = when;
                pm_draft_note(d, d->md->lines[i].number, "date of the incident");
                return;
            }
        }
    }
}

static void find_document_zone(struct pm_draft *d)
{
    struct pm_when_zone zone;
    for (size_t i = d->md->body; i < d->md->count && !d->zone.given; i++) {
        const struct pm_md_line *l = &d->md->lines[i];
        size_t times = pm_md_find_word(l->content, "times");
        if (l->kind != PM_MD_CODE && (times < l->content.n || pm_md_find_word(l->content, "timezone") < l->content.n ||
                                      pm_md_find_word(l->content, "time zone") < l->content.n) &&
            pm_when_find_zone(l->content, &zone))
            d->zone = zone;
    }
}

/* The labels of the document come before its title, that before the file's name, that before any date of the text. */
static void find_day(struct pm_draft *d)
{
    static const enum pm_target sources[] = {PM_TO_DATE, PM_TO_STARTED, PM_TO_DETECTED, PM_TO_RESOLVED};
    struct pm_when when;
    for (size_t i = PM_ITEMS(sources); i-- > 0;) {
        const struct pm_when *w = &d->whens[sources[i]];
        if (w->has_date && w->has_year)
            d->date = *w;
    }
    struct pm_str name = stem(d);
    size_t at, end;
    if (!d->date.has_date && pm_when_find(name, name.n, &when, &at, &end) && when.has_date && when.has_year)
        d->date = when;
    if (!d->date.has_date)
        take_first_date(d);
}

/* Labels that stand before everything are read once more with the sections; what they say of the day is needed by the timeline. */
static void look_ahead(struct pm_draft *d)
{
    static const enum pm_target wanted[] = {PM_TO_DATE, PM_TO_STARTED};
    struct pm_str label, value;
    for (size_t i = d->md->body; i < d->md->count; i++) {
        const struct pm_md_line *l = &d->md->lines[i];
        struct pm_when when;
        size_t at, end;
        if (l->kind == PM_MD_CODE || l->kind == PM_MD_BLANK)
            continue;
        bool found = l->kind == PM_MD_HEADING ? (label = l->content, value = i + 1 < d->md->count ? d->md->lines[i + 1].content
                                                 : PM_LIT(""), true)
                                              : pm_label_split(l->content, d->arena, &label, &value);
        if (l->kind == PM_MD_ROW && l->content.n > 2) {
            const char *bar = memchr(l->content.p + 1, '|', l->content.n - 1);
            found = bar != NULL;
            label = bar ? pm_md_upto(pm_md_from(l->content, 1), (size_t)(bar - l->content.p) - 1) : label;
            value = bar ? pm_md_from(l->content, (size_t)(bar - l->content.p) + 1) : value;
        }
        enum pm_target target = found && label.n < 50 ? pm_name_of_label(pm_md_normal(label, d->arena)) : PM_TO_NONE;
        for (size_t k = 0; k < PM_ITEMS(wanted); k++) {
            if (target == wanted[k] && !d->date.has_date && pm_when_find(pm_md_plain(value, d->arena), 40, &when, &at, &end) &&
                when.has_date &&
                when.has_year)
                d->date = when;
        }
    }
}

static int64_t days_of(const struct pm_when *w) { return pm_days_from_civil(w->year, w->month, w->day); }

/* The day of the text: the incident was on the first day that the text names, where that is shortly before it. */
static void take_front_date(struct pm_draft *d)
{
    enum { MOST = 60 };
    if (!d->front_date.has_date || !d->front_date.has_year)
        return;
    take_first_date(d);
    int64_t since = d->date.has_date ? days_of(&d->front_date) - days_of(&d->date) : -1;
    if (since < 0 || since > MOST)
        d->date = d->front_date;
}

void pm_derive_before(struct pm_draft *d)
{
    struct pm_when title = d->date;
    d->date = (struct pm_when){0};
    find_document_zone(d);
    if (d->whens[PM_TO_DATE].has_date || d->whens[PM_TO_STARTED].has_date)
        find_day(d);
    else
        look_ahead(d);
    if (!d->date.has_date)
        d->date = title;
    if (!d->date.has_date)
        take_front_date(d);
    if (!d->date.has_date || !d->date.has_year)
        find_day(d);
}

/* ---- instants ---- */

static int seconds_of(const struct pm_when *w) { return (w->hour * 60 + w->minute) * 60 + w->second; }

static void next_day(struct pm_when *w)
{
    struct pm_civil civil;
    pm_civil_from_days(pm_days_from_civil(w->year, w->month, w->day) + 1, &civil);
    w->year = civil.year;
    w->month = civil.month;
    w->day = civil.day;
}

static void put_until(struct pm_draft *d, struct pm_draft_entry *e, const struct pm_when *day)
{
    const struct pm_when *w = &e->when;
    struct pm_when until = {.has_time = true, .hour = w->until_hour, .minute = w->until_minute, .second = w->until_second, .zone = w->zone,
                            .has_date = w->has_until_date, .has_year = w->has_until_date, .year = w->until_year, .month = w->until_month,
                            .day = w->until_day};
    struct pm_when from = *day;
    if (!w->has_until)
        return;
    if (!until.has_date && seconds_of(&until) < seconds_of(w))
        next_day(&from);
    pm_draft_pair(d, e, "until", pm_draft_instant(d, &until, &from));
}

/* Bare times are on the day of the entry before them, or on the next where they go back by more than six hours. */
static void put_events(struct pm_draft *d)
{
    enum { SIX_HOURS = 6 * 3600 };
    struct pm_when day = d->date;
    int before = -1;
    for (struct pm_draft_entry *e = d->lists[PM_LIST_TIMELINE].first; e; e = e->next) {
        if (!pm_draft_value(e, "event").n) {
            e->first = e->last = NULL;
            continue;
        }
        bool dated = e->when.has_date;
        if (!dated && before - seconds_of(&e->when) > SIX_HOURS)
            next_day(&day);
        pm_when_take_day(&e->when, &day);
        pm_draft_pair(d, e, "at", pm_draft_instant(d, &e->when, &day));
        day = e->when;
        before = e->when.has_time ? seconds_of(&e->when) : -1;
        put_until(d, e, &day);
    }
}

static void put_instant(struct pm_draft *d, enum pm_target field)
{
    const struct pm_when *w = &d->whens[field];
    struct pm_when day = d->date;
    if (!(w->has_date || w->has_time) || pm_draft_has(d, field))
        return;
    if (w->has_time && !w->has_date && field != PM_TO_STARTED && d->whens[PM_TO_STARTED].has_time &&
        seconds_of(w) < seconds_of(&d->whens[PM_TO_STARTED]) && day.has_date)
        next_day(&day);
    if (w->has_time)
        pm_draft_put(d, field, pm_draft_instant(d, w, &day));
}

static struct pm_str event_instant(const struct pm_draft *d)
{
    const struct pm_draft_entries *t = &d->lists[PM_LIST_TIMELINE];
    const struct pm_draft_entry *first = t->first, *last = NULL;
    while (first && !first->first)
        first = first->next;
    for (const struct pm_draft_entry *e = first; e; e = e->next)
        last = e->first ? e : last;
    struct pm_str a = pm_draft_value(first, "at"), b = pm_draft_value(last, "at");
    return b.n && pm_str_cmp(b, a) < 0 && a.n ? b : a;   /* newest first */
}

static void put_started(struct pm_draft *d)
{
    static const struct pm_when nothing;
    struct pm_when *started = &d->whens[PM_TO_STARTED], *date = &d->whens[PM_TO_DATE];
    if (!started->has_time && date->has_time)
        *started = *date;
    if (started->has_time)
        pm_draft_put(d, PM_TO_STARTED, pm_draft_instant(d, started, &d->date));
    struct pm_str first = event_instant(d);
    if (!pm_draft_has(d, PM_TO_STARTED))
        pm_draft_put(d, PM_TO_STARTED, first);
    if (!pm_draft_has(d, PM_TO_STARTED) && d->date.has_date)
        pm_draft_put(d, PM_TO_STARTED, pm_draft_instant(d, &nothing, started->has_date && started->has_year ? started : &d->date));
}

/* ---- what has to be there ---- */

static void put_id(struct pm_draft *d)
{
    struct pm_str name = stem(d), id;
    if (pm_draft_has(d, PM_TO_ID))
        return;
    for (size_t i = 0; i < name.n && !pm_draft_has(d, PM_TO_ID); i++) {
        size_t n = i && pm_md_is_word(name.p[i - 1]) ? 0 : id_length(name, i);
        if (n)
            pm_draft_put(d, PM_TO_ID, pm_md_upto(pm_md_from(name, i), n < 32 ? n : 32));
    }
    id = pm_import_id(d, name);
    if (!pm_draft_has(d, PM_TO_ID) && id.n > 1)
        pm_draft_put(d, PM_TO_ID, id);
    if (!pm_draft_has(d, PM_TO_ID) && d->date.has_date && d->date.has_year)
        pm_draft_put(d, PM_TO_ID, pm_arena_format(d->arena, "INC-%04d-%02d-%02d", d->date.year, d->date.month, d->date.day));
    if (pm_draft_has(d, PM_TO_ID))
        return;
    pm_draft_put(d, PM_TO_ID, PM_LIT("INC-unknown"));
    pm_draft_made_up(d, "id", "INC-unknown");
}

static struct pm_str first_line(struct pm_draft *d, struct pm_str text)
{
    enum { LONGEST_TITLE = 100 };
    const char *end = text.n ? memchr(text.p, '\n', text.n) : NULL;
    struct pm_str s = pm_md_plain(end ? pm_md_upto(text, (size_t)(end - text.p)) : text, d->arena);
    for (size_t i = 0; i + 1 < s.n && i < LONGEST_TITLE; i++) {
        if (s.p[i] == '.' && s.p[i + 1] == ' ')
            return pm_md_upto(s, i);
    }
    size_t n = s.n;
    if (n > LONGEST_TITLE) {
        n = LONGEST_TITLE;
        while (n && s.p[n] != ' ' && n > LONGEST_TITLE / 2)
            n--;
        while (n && ((unsigned char)s.p[n] & 0xC0) == 0x80)
            n--;
    }
    return pm_md_upto(s, n);
}

static void put_title(struct pm_draft *d)
{
    const struct pm_draft_text *summary = d->fields[PM_TO_SUMMARY].first;
    struct pm_str name = stem(d);
    if (pm_draft_has(d, PM_TO_TITLE))
        return;
    if (d->title_line.n && !pm_md_is_placeholder(d->title_line)) {
        pm_draft_put(d, PM_TO_TITLE, d->title_line);
    } else if (summary) {
        pm_draft_put(d, PM_TO_TITLE, first_line(d, summary->value));
    } else if (name.n) {
        pm_draft_put(d, PM_TO_TITLE, name);
    }
    if (pm_draft_has(d, PM_TO_TITLE))
        return;
    pm_draft_put(d, PM_TO_TITLE, PM_LIT("Untitled incident"));
    pm_draft_made_up(d, "title", "Untitled incident");
}

static void put_severity(struct pm_draft *d)
{
    struct pm_str found = pm_import_severity(d, d->title_line.p ? d->title_line : PM_LIT(""), false);
    const struct pm_draft_text *summary = d->fields[PM_TO_SUMMARY].first;
    if (pm_draft_has(d, PM_TO_SEVERITY))
        return;
    if (!found.n && summary)
        found = pm_import_severity(d, summary->value, false);
    pm_draft_put(d, PM_TO_SEVERITY, found.n ? found : PM_LIT("sev3"));
    if (!found.n)
        pm_draft_made_up(d, "severity", "sev3");
}

/* Without one, what the impact says, or the title, stands in its place. */
static void put_summary(struct pm_draft *d)
{
    if (pm_draft_has(d, PM_TO_SUMMARY))
        return;
    pm_draft_put(d, PM_TO_SUMMARY, d->fields[PM_TO_TITLE].first ? d->fields[PM_TO_TITLE].first->value : PM_LIT("Untitled incident"));
    pm_draft_made_up(d, "summary", "the title");
}

static void put_details(struct pm_draft *d)
{
    struct pm_buf b;
    if (!d->details.first)
        return;
    pm_buf_init(&b, SIZE_MAX / 2);
    for (const struct pm_draft_text *t = d->details.first; t; t = t->next) {
        pm_buf_puts(&b, "- **");
        pm_buf_str(&b, t->key);
        pm_buf_puts(&b, ":** ");
        for (size_t i = 0; i < t->value.n; i++) {
            pm_buf_putc(&b, t->value.p[i]);
            if (t->value.p[i] == '\n')
                pm_buf_puts(&b, "  ");
        }
        pm_buf_putc(&b, '\n');
    }
    if (b.status != PM_OK)
        d->arena->failed = true;
    d->last_known = "summary";
    pm_draft_section(d, PM_LIT("Details"), pm_arena_str(d->arena, pm_buf_slice(&b)), 0);
    pm_buf_free(&b);
}

static void put_zone(struct pm_draft *d)
{
    bool timed = d->lists[PM_LIST_TIMELINE].first != NULL;
    if (d->zone.given && d->zone.name.n)
        d->tz = d->zone.name;
    else
        d->tz = d->options->zone.n ? d->options->zone : PM_LIT("Etc/UTC");
    if (timed && !d->zone.given && !d->options->zone.n)
        pm_draft_made_up(d, "tz", "Etc/UTC");
}

void pm_derive_after(struct pm_draft *d)
{
    put_zone(d);
    if (!d->date.has_date || !d->date.has_year)
        find_day(d);
    bool no_day = !d->date.has_date || !d->date.has_year;
    if (no_day)
        d->date = (struct pm_when){.has_date = true, .has_year = true, .year = 1970, .month = 1, .day = 1};
    put_events(d);
    put_started(d);
    if (no_day)
        pm_draft_made_up(d, "started_at", "1970-01-01");
    for (int f = PM_TO_DETECTED; f <= PM_TO_CLOSED; f++)
        put_instant(d, (enum pm_target)f);
    put_instant(d, PM_TO_MEETING);
    if (no_day)
        d->date.has_date = false;
    put_id(d);
    put_title(d);
    put_severity(d);
    put_summary(d);
    put_details(d);
}
