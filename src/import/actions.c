/* Action items: tables, bullets, check boxes; owner, due date, priority, ticket and state where they stand in the line. */
#include "import/import_internal.h"

#include <string.h>

enum { MAX_SEGMENT = 120 };

/* ---- what a few words say of an action ---- */

static bool put_due(struct pm_draft *d, struct pm_draft_entry *a, struct pm_str s)
{
    struct pm_when when;
    size_t n = pm_when_read(s, &when);
    if (!n || !when.has_date || pm_str_trim(pm_md_from(s, n)).n > 1)
        return false;
    pm_when_take_day(&when, &d->date);
    if (!when.has_year)
        return false;
    pm_draft_pair(d, a, "due", pm_arena_format(d->arena, "%04d-%02d-%02d", when.year, when.month, when.day));
    return true;
}

static bool put_owner(struct pm_draft *d, struct pm_draft_entry *a, struct pm_str s)
{
    s = pm_md_plain(s, d->arena);
    while (s.n && s.p[0] == '@')
        s = pm_md_from(s, 1);
    if (!pm_md_is_placeholder(s))
        pm_draft_pair(d, a, "owner", s);
    return s.n > 0;
}

/* "JIRA-123", "#123" as a whole. */
static bool is_key(struct pm_str s)
{
    size_t n = 0, digits;
    if (s.n > 1 && (s.p[0] == '#' || s.p[0] == '!'))
        n = 1;
    else {
        while (n < s.n && ((s.p[n] >= 'A' && s.p[n] <= 'Z') || (n && (pm_md_is_digit(s.p[n]) || s.p[n] == '_'))))
            n++;
        if (n < 2 || n > 12 || n == s.n || s.p[n] != '-')
            return false;
        n++;
    }
    for (digits = n; digits < s.n && pm_md_is_digit(s.p[digits]); digits++)
        continue;
    return digits == s.n && digits > n;
}

static bool is_web(struct pm_str url)
{
    bool begins = pm_str_starts_word(url, "https://") || pm_str_starts_word(url, "http://");
    for (size_t i = 0; i < url.n; i++)
        begins = begins && (unsigned char)url.p[i] > ' ' && url.p[i] != 0x7F;
    return begins && url.n > 8;
}

static void put_link(struct pm_draft *d, struct pm_draft_entry *a, const struct pm_md_link *link)
{
    struct pm_str text = pm_md_plain(link->text, d->arena);
    if (is_key(text) || (!pm_str_eq(link->text, link->url) && text.n < 40))
        pm_draft_pair(d, a, "tracker.key", text);
    if (is_web(link->url))
        pm_draft_pair(d, a, "tracker.url", link->url);
}

static bool put_ticket(struct pm_draft *d, struct pm_draft_entry *a, struct pm_str s, bool any)
{
    struct pm_md_link link;
    struct pm_str plain = pm_md_plain(s, d->arena);
    if (pm_md_find_link(s, 0, &link) && link.at == 0 && (link.end == s.n || any) && !link.image) {
        put_link(d, a, &link);
        return is_web(link.url) || is_key(plain);
    }
    if (!is_key(plain) && !(any && plain.n && plain.n < 40))
        return false;
    if (!pm_md_is_placeholder(plain))
        pm_draft_pair(d, a, "tracker.key", plain);
    return true;
}

static bool put_word(struct pm_draft *d, struct pm_draft_entry *a, const char *key, const char *word)
{
    if (word)
        pm_draft_pair(d, a, key, pm_str(word));
    return word != NULL;
}

/* "Owner: X", "due 2024-04-01" */
static bool put_labelled(struct pm_draft *d, struct pm_draft_entry *a, struct pm_str s)
{
    enum { OWNER, TEAM, DUE, PRIORITY, TICKET, STATUS, TYPE, PLAIN_DUE };
    static const struct { const char *word; int what; } words[] = {
        {"owner", OWNER}, {"owners", OWNER}, {"owned by", OWNER}, {"assignee", OWNER}, {"assigned to", OWNER}, {"assigned", OWNER},
        {"dri", OWNER}, {"who", OWNER}, {"responsible", OWNER}, {"poc", OWNER}, {"verantwortlich", OWNER}, {"team", TEAM},
        {"due date", DUE}, {"due by", DUE}, {"due on", DUE}, {"due", DUE}, {"deadline", DUE}, {"eta", DUE}, {"target date", DUE},
        {"target", DUE}, {"by", PLAIN_DUE}, {"until", PLAIN_DUE}, {"bis", PLAIN_DUE}, {"priority", PRIORITY}, {"prio", PRIORITY},
        {"ticket", TICKET}, {"tracking bug", TICKET}, {"tracking", TICKET}, {"bug", TICKET}, {"issue", TICKET}, {"jira", TICKET},
        {"tracked in", TICKET}, {"pr", TICKET}, {"see", PLAIN_DUE}, {"status", STATUS}, {"state", STATUS}, {"type", TYPE}};
    struct pm_str v = {NULL, 0};
    int what = -1;
    for (size_t i = 0; i < PM_ITEMS(words) && what < 0; i++) {
        size_t n = strlen(words[i].word);
        if (!pm_str_starts_word(s, words[i].word) || n >= s.n || pm_md_is_word(s.p[n]))
            continue;
        v = pm_str_trim(pm_md_from(s, n));
        bool colon = v.n && v.p[0] == ':';
        while (v.n && strchr(":*_ ", v.p[0]))
            v = pm_md_from(v, 1);
        what = colon || words[i].what == DUE || words[i].what == PLAIN_DUE || (words[i].what == TICKET &&
                                                                               is_key(pm_md_plain(v, d->arena))) ||
               (words[i].what == OWNER && v.n && v.p[0] == '@') ? words[i].what : -1;
    }
    struct pm_str name = pm_md_normal(v, d->arena);
    switch (v.n ? what : -1) {
    case OWNER: return put_owner(d, a, v);
    case TEAM: pm_draft_pair(d, a, "team", pm_md_plain(v, d->arena)); return true;
    case DUE:
    case PLAIN_DUE: return put_due(d, a, pm_md_plain(v, d->arena));
    case PRIORITY: return put_word(d, a, "priority", pm_word_of_priority(name));
    case TICKET: return put_ticket(d, a, v, true);
    case STATUS: return put_word(d, a, "status", pm_word_of_action_status(name));
    case TYPE: return put_word(d, a, "type", pm_word_of_action_type(name));
    default: return false;
    }
}

/* "@ana", "@ana and @ben" */
static bool put_handles(struct pm_draft *d, struct pm_draft_entry *a, struct pm_str s)
{
    for (size_t i = 0, start = 0; i <= s.n; i++) {
        if (i < s.n && s.p[i] != ' ' && s.p[i] != ',')
            continue;
        struct pm_str word = pm_md_upto(pm_md_from(s, start), i - start);
        if (word.n && word.p[0] != '@' && !pm_str_is(word, "and") && !pm_str_is(word, "&"))
            return false;
        start = i + 1;
    }
    return s.n > 1 && s.p[0] == '@' && put_owner(d, a, s);
}

/* Takes what the segment says when it says nothing else. */
static bool put_segment(struct pm_draft *d, struct pm_draft_entry *a, struct pm_str s)
{
    s = pm_str_trim(s);
    if (!s.n || s.n > MAX_SEGMENT)
        return false;
    struct pm_str plain = pm_md_plain(s, d->arena), name = pm_md_normal(s, d->arena);
    struct pm_str open = s.n > 1 && (s.p[0] == '*' || s.p[0] == '_' || s.p[0] == '`') ? plain : s;
    if (put_labelled(d, a, open) || put_handles(d, a, plain) || put_ticket(d, a, s, false))
        return true;
    if (plain.n == 2 && (plain.p[0] == 'P' || plain.p[0] == 'p') && put_word(d, a, "priority", pm_word_of_priority(name)))
        return true;
    bool is_state = name.n > 3 && !pm_str_is(name, "yes") && pm_word_of_action_status(name);
    if (is_state)
        return put_word(d, a, "status", pm_word_of_action_status(name));
    if (pm_str_starts(plain, "\xE2\x9C\x85") || pm_str_starts(plain, "\xE2\x98\x91") || pm_str_starts(plain, "\xE2\x9C\x94"))
        return plain.n < 8 && put_word(d, a, "status", "done");
    return (name.n > 10 && put_word(d, a, "priority", pm_word_of_priority(name))) || put_due(d, a, plain);
}

/* All parts of a group between commas. They are put into a copy first, since one that says nothing keeps all in the text. */
static bool put_group(struct pm_draft *d, struct pm_draft_entry *a, struct pm_str s)
{
    struct pm_draft_entry trial = {0};
    for (size_t start = 0, i = 0; i <= s.n; i++) {
        if (i < s.n && s.p[i] != ',' && s.p[i] != ';' && s.p[i] != '|')
            continue;
        if (!put_segment(d, &trial, pm_md_upto(pm_md_from(s, start), i - start))) {
            if (start == 0 && i < s.n && put_segment(d, a, s))   /* "March 5, 2024" */
                return true;
            return false;
        }
        start = i + 1;
    }
    for (const struct pm_draft_pair *p = trial.first; p; p = p->next)
        pm_draft_pair(d, a, p->key, p->value);
    return true;
}

/* ---- the text of an action ---- */

/* Groups in brackets that say nothing else are taken out of the text. */
static struct pm_str take_groups(struct pm_draft *d, struct pm_draft_entry *a, struct pm_str s)
{
    enum { MOST = 12 };
    size_t i = 0;
    for (int groups = 0; i < s.n && groups < MOST; i++) {
        char close = s.p[i] == '(' ? ')' : s.p[i] == '[' ? ']' : '\0';
        const char *end = close ? memchr(s.p + i + 1, close, s.n - i - 1) : NULL;
        size_t n = end ? (size_t)(end - s.p) - i + 1 : 0;
        bool link = (i && (s.p[i - 1] == ']' || s.p[i - 1] == '!')) || (n && i + n < s.n && close == ']' && s.p[i + n] == '(');
        if (!n || n < 4 || n > MAX_SEGMENT || link)
            continue;
        groups++;
        if (!put_group(d, a, pm_md_upto(pm_md_from(s, i + 1), n - 2)))
            continue;
        struct pm_str before = pm_str_trim(pm_md_upto(s, i)), after = pm_md_from(s, i + n);
        while (!before.n && after.n && strchr(" :-", after.p[0]))
            after = pm_md_from(after, 1);
        s = pm_arena_join(d->arena, before, before.n && after.n && after.p[0] != ' ' ? " " : "", after);
        i = before.n ? before.n - 1 : (size_t)-1;
        if (!s.p)
            return PM_LIT("");
    }
    return s;
}

/* The last is none at the end: a colon there belongs to what is behind it. */
static const char *const dividers[] = {" - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " | ", "; ", ", ", " \xE2\x86\x92 ", " -> ", ". ", ": "};
enum { TAIL_DIVIDERS = 9 };

/* " by 2024-04-01" needs no mark before it. */
static bool is_deadline(struct pm_str s)
{
    return pm_str_starts_word(s, " by ") || pm_str_starts_word(s, " due ") || pm_str_starts_word(s, " eta ");
}

/* Segments at the end, from the last on. */
static struct pm_str take_tail(struct pm_draft *d, struct pm_draft_entry *a, struct pm_str s)
{
    for (size_t i = s.n; i-- > 1 && s.n - i < MAX_SEGMENT;) {
        for (size_t k = 0; k < TAIL_DIVIDERS; k++) {
            size_t n = strlen(dividers[k]);
            bool by = k == 0 && pm_md_is_word(s.p[i - 1]) && is_deadline(pm_md_from(s, i));
            struct pm_str part = pm_md_from(s, by ? i + 1 : i + n);
            if (!by && !pm_str_starts(pm_md_from(s, i), dividers[k]))
                continue;
            struct pm_str bare = part.n && part.p[part.n - 1] == '.' ? pm_md_upto(part, part.n - 1) : part;
            if (put_segment(d, a, bare)) {
                s = pm_str_trim(pm_md_upto(s, i));
                i = s.n;
            }
            break;
        }
    }
    return s;
}

/* "P1: ...", "JIRA-123 - ...", "@ana: ...", "[JIRA-123](url) ..." */
static struct pm_str take_head(struct pm_draft *d, struct pm_draft_entry *a, struct pm_str s)
{
    struct pm_md_link link;
    for (int round = 0; round < 4; round++) {
        size_t i = 0, n = 0;
        while (i < s.n && i < 40 && !n) {
            for (size_t k = 0; k < PM_ITEMS(dividers) && !n; k++)
                n = pm_str_starts(pm_md_from(s, i), dividers[k]) && dividers[k][0] != '.' ? strlen(dividers[k]) : 0;
            i += n == 0;
        }
        if (!n || (pm_md_find_link(s, 0, &link) && link.at < i && link.end > i) || !put_segment(d, a, pm_md_upto(s, i)))
            break;
        s = pm_str_trim(pm_md_from(s, i + n));
    }
    return s;
}

/* What the words inside say, though they stay where they are. */
static void read_inside(struct pm_draft *d, struct pm_draft_entry *a, struct pm_str s)
{
    struct pm_md_link link;
    for (size_t from = 0; pm_md_find_link(s, from, &link) && !pm_draft_value(a, "tracker.url").n; from = link.end) {
        struct pm_str text = pm_md_plain(link.text, d->arena);
        bool ticket = is_key(text) || pm_md_find_word(link.url, "issues") < link.url.n || pm_md_find_word(link.url,
                "browse") < link.url.n ||
                      pm_md_find_word(link.url, "pull") < link.url.n || pm_md_find_word(link.url, "merge_requests") < link.url.n;
        if (ticket && !link.image)
            put_link(d, a, &link);
    }
    for (size_t i = 0; i < s.n; i++) {
        size_t n = 0;
        if (i && (pm_md_is_word(s.p[i - 1]) || strchr("/.-", s.p[i - 1])))
            continue;
        struct pm_str rest = pm_md_from(s, i);
        while (n < rest.n && (pm_md_is_word(rest.p[n]) || strchr("#@-_", rest.p[n])))
            n++;
        struct pm_str word = pm_md_upto(rest, n);
        if (word.n > 2 && word.p[0] == '@')
            (void)put_owner(d, a, word);
        else if (is_key(word) && !pm_draft_value(a, "tracker.url").n && (word.p[0] == '#' || !(pm_str_starts(word, "SEV-") ||
                pm_str_starts(word, "UTF-") || pm_str_starts(word, "SHA-"))))
            pm_draft_pair(d, a, "tracker.key", word);
        i += n;
    }
}

/* "[x] ", "~~text~~", marks of what is done. */
static struct pm_str take_marks(struct pm_draft *d, struct pm_draft_entry *a, struct pm_str s)
{
    static const char *const done[] = {
        "[x]", "[X]", "\xE2\x9C\x85", "\xE2\x98\x91\xEF\xB8\x8F", "\xE2\x98\x91", "\xE2\x9C\x94\xEF\xB8\x8F", "\xE2\x9C\x94",
        ":white_check_mark:", ":heavy_check_mark:", "DONE:", "DONE "};
    static const char *const open[] = {"[ ]", "[]", "\xE2\x98\x90", "\xE2\xAC\x9C", ":white_large_square:", "TO" "DO:", "TO" "DO "};
    for (size_t i = 0; i < PM_ITEMS(done); i++) {
        if (pm_str_starts(s, done[i]) && !(s.n > 3 && s.p[3] == '(')) {
            pm_draft_pair(d, a, "status", PM_LIT("done"));
            return pm_str_trim(pm_md_from(s, strlen(done[i])));
        }
    }
    for (size_t i = 0; i < PM_ITEMS(open); i++) {
        if (pm_str_starts(s, open[i]))
            return pm_str_trim(pm_md_from(s, strlen(open[i])));
    }
    if (s.n > 5 && pm_str_starts(s, "~~") && memcmp(s.p + s.n - 2, "~~", 2) == 0) {
        pm_draft_pair(d, a, "status", PM_LIT("done"));
        return pm_md_upto(pm_md_from(s, 2), s.n - 4);
    }
    return s;
}

static struct pm_str take_end_mark(struct pm_draft *d, struct pm_draft_entry *a, struct pm_str s)
{
    static const char *const done[] = {"\xE2\x9C\x85", "\xE2\x98\x91", "\xE2\x9C\x94", " DONE", " [DONE]", " (DONE)", " (done)"};
    for (size_t i = 0; i < PM_ITEMS(done); i++) {
        size_t n = strlen(done[i]);
        if (s.n > n && memcmp(s.p + s.n - n, done[i], n) == 0) {
            pm_draft_pair(d, a, "status", PM_LIT("done"));
            return pm_str_trim(pm_md_upto(s, s.n - n));
        }
    }
    return s;
}

/* The first line is taken apart, the rest describes it. */
void pm_import_action_text(struct pm_draft *d, struct pm_draft_entry *a, struct pm_str text)
{
    const char *end = text.n ? memchr(text.p, '\n', text.n) : NULL;
    struct pm_str first = end ? pm_md_upto(text, (size_t)(end - text.p)) : text, more = pm_md_from(text, first.n);
    struct pm_str s = take_end_mark(d, a, take_marks(d, a, pm_str_trim(first)));
    s = take_tail(d, a, take_groups(d, a, take_marks(d, a, s)));
    s = take_head(d, a, s);
    s = take_end_mark(d, a, s);
    read_inside(d, a, s);
    s = pm_md_balance(s, d->arena);
    pm_draft_pair(d, a, "item", s.n ? s : pm_str_trim(first));
    pm_draft_extend(d, a, "description", "\n\n", more);
}

/* What the heading above it says. */
static void put_heading(struct pm_draft *d, struct pm_draft_entry *a, struct pm_str group)
{
    struct pm_str name = pm_md_normal(group, d->arena);
    if (!name.n || !a)
        return;
    if (!put_word(d, a, "type", pm_word_of_action_type(name)) && !put_word(d, a, "status", pm_word_of_action_status(name)) &&
        !put_word(d, a, "priority", pm_word_of_priority(name)))
        pm_draft_extend(d, a, "note", "\n\n", pm_md_plain(group, d->arena));
}

/* ---- tables ---- */

/* "Bug 5554823 **WIP**", "n/a DONE": a ticket with its state. */
static bool put_tracker(struct pm_draft *d, struct pm_draft_entry *a, struct pm_str cell)
{
    static const char *const states[] = {"done", "todo", "wip"};
    struct pm_str plain = pm_md_plain(cell, d->arena);
    struct pm_md_link link;
    for (size_t i = 0; i < PM_ITEMS(states); i++) {
        size_t at = pm_md_find_word(plain, states[i]);
        if (at == plain.n || at + strlen(states[i]) != plain.n)
            continue;
        (void)put_word(d, a, "status", pm_word_of_action_status(pm_str(states[i])));
        plain = pm_str_trim(pm_md_upto(plain, at));
        if (!pm_md_find_link(cell, 0, &link))
            cell = plain;
    }
    if (!cell.n || pm_md_is_placeholder(plain))
        return true;
    return put_ticket(d, a, cell, true) && !(pm_md_find_link(cell, 0, &link) && link.end < cell.n);
}

static void put_cell(struct pm_draft *d, struct pm_draft_entry *a, enum pm_md_column column, struct pm_str head, struct pm_str cell)
{
    struct pm_str name = pm_md_normal(cell, d->arena), plain = pm_md_plain(cell, d->arena);
    bool taken = false, mark = plain.n < 12 && plain.n && (unsigned char)plain.p[0] >= 0x80 && !pm_str_starts(plain, "\xE2\x9D\x8C");
    switch (column) {
    case PM_COL_OWNER: taken = put_owner(d, a, cell); break;
    case PM_COL_DUE: taken = put_due(d, a, plain); break;
    case PM_COL_PRIORITY: taken = put_word(d, a, "priority", pm_word_of_priority(name)); break;
    case PM_COL_TYPE: taken = put_word(d, a, "type", pm_word_of_action_type(name)); break;
    case PM_COL_STATUS:
        taken = put_word(d, a, "status", mark && !name.n ? "done" : pm_word_of_action_status(name));
        break;
    case PM_COL_TRACKER:
        taken = put_tracker(d, a, cell);
        break;
    default: break;
    }
    if (!taken && !pm_md_is_placeholder(plain))
        pm_draft_extend(d, a, "note", "\n\n", head.n ? pm_arena_join(d->arena, head, ": ", cell) : cell);
}

static bool is_id_like(struct pm_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (!(pm_md_is_letter(s.p[i]) || (i && (pm_md_is_digit(s.p[i]) || strchr("-_.", s.p[i])))))
            return false;
    }
    return s.n > 1 && s.n <= 32 && pm_md_is_digit(s.p[s.n - 1]);
}

static bool has_id(const struct pm_draft *d, struct pm_str id)
{
    for (const struct pm_draft_entry *e = d->lists[PM_LIST_ACTIONS].first; e; e = e->next) {
        if (pm_str_eq(pm_draft_value(e, "id"), id))
            return true;
    }
    return false;
}

static bool find_item_column(struct pm_draft *d, const struct pm_md_table *t, enum pm_md_column *columns, size_t *item)
{
    size_t longest = 0;
    bool known = false;
    *item = t->columns;
    for (size_t c = 0; c < t->columns; c++) {
        columns[c] = pm_name_of_action_column(pm_md_normal(pm_md_cell(t, 0, c), d->arena));
        known |= columns[c] != PM_COL_NONE && columns[c] != PM_COL_ID;
        if (columns[c] == PM_COL_ITEM && *item == t->columns)
            *item = c;
        else if (columns[c] == PM_COL_ITEM)
            columns[c] = PM_COL_NOTE;
    }
    for (size_t c = 0; c < t->columns && *item == t->columns; c++) {
        size_t n = 0;
        for (size_t r = 0; r < t->rows; r++)
            n += pm_md_cell(t, r, c).n;
        longest = n > longest && (columns[c] == PM_COL_NONE || columns[c] == PM_COL_NOTE) ? n : longest;
        if (n == longest && n)
            *item = t->columns + c;
    }
    *item = *item >= t->columns && longest ? *item - t->columns : *item;
    if (*item < t->columns)
        columns[*item] = PM_COL_ITEM;
    return *item < t->columns && (known || t->has_header);
}

static bool read_table(struct pm_draft *d, struct pm_md_range block, struct pm_str group)
{
    enum { MAX_COLUMNS = 40, MAX_IDS = 2000 };
    enum pm_md_column columns[MAX_COLUMNS];
    struct pm_md_table t;
    size_t item;
    if (!pm_md_read_table(d->md, block, d->arena, &t) || !find_item_column(d, &t, columns, &item))
        return false;
    for (size_t r = 1; r < t.rows; r++) {
        if (!pm_md_cell(&t, r, item).n)
            continue;
        struct pm_draft_entry *a = pm_draft_entry(d, PM_LIST_ACTIONS, t.numbers[r]);
        for (size_t c = 0; a && c < t.columns; c++) {
            struct pm_str cell = pm_md_cell(&t, r, c), id = pm_md_plain(cell, d->arena);
            if (columns[c] == PM_COL_ID && is_id_like(id) && d->lists[PM_LIST_ACTIONS].count < MAX_IDS && !has_id(d, id))
                pm_draft_pair(d, a, "id", id);
            else if (cell.n && columns[c] != PM_COL_ID && c != item)
                put_cell(d, a, columns[c], pm_md_plain(pm_md_cell(&t, 0, c), d->arena), cell);
        }
        if (a)
            pm_import_action_text(d, a, pm_md_cell(&t, r, item));
        put_heading(d, a, group);
    }
    return true;
}

/* ---- items ---- */

/* Lines below an action that say something of it; others describe it. */
static void read_below(struct pm_draft *d, struct pm_draft_entry *a, struct pm_md_range below)
{
    struct pm_md_range block, left = {below.first, below.first};
    for (size_t at = below.first; pm_md_block(d->md, below, &at, &block);) {
        const struct pm_md_line *l = &d->md->lines[block.first];
        bool small = block.end == block.first + 1 && l->kind != PM_MD_CODE && l->kind != PM_MD_ROW;
        if (!small || !put_group(d, a, pm_md_plain(l->content, d->arena)))
            left.end = block.end;
        else
            d->md->lines[block.first].kind = PM_MD_BLANK;
    }
    if (left.end > left.first)
        pm_draft_extend(d, a, "description", "\n\n", pm_md_prose(d->md, left, false, d->arena));
}

static bool has_items(const struct pm_md *md, struct pm_md_range range)
{
    for (size_t i = range.first; i < range.end; i++) {
        if (md->lines[i].kind == PM_MD_ITEM)
            return true;
    }
    return false;
}

static bool is_group(struct pm_draft *d, struct pm_md_range item)
{
    struct pm_str s = pm_md_plain(d->md->lines[item.first].content, d->arena);
    struct pm_draft_entry trial = {0};
    for (size_t i = item.first + 1; i < item.end; i++) {
        const struct pm_md_line *l = &d->md->lines[i];
        if (l->kind == PM_MD_ITEM && put_group(d, &trial, pm_md_plain(l->content, d->arena)))
            return false;
    }
    return s.n && s.p[s.n - 1] == ':' && s.n < 120 && has_items(d->md, (struct pm_md_range){item.first + 1, item.end});
}

static void read_items(struct pm_draft *d, struct pm_md_range range, struct pm_str title, struct pm_str group, int depth);

static void read_item(struct pm_draft *d, struct pm_md_range item, struct pm_str title, struct pm_str group, int depth)
{
    const struct pm_md_line *l = &d->md->lines[item.first];
    if (depth < 3 && is_group(d, item)) {
        struct pm_str name = pm_md_plain(l->content, d->arena);
        read_items(d, (struct pm_md_range){item.first + 1, item.end}, title, pm_md_upto(name, name.n - 1), depth + 1);
        return;
    }
    if (!l->content.n)
        return;
    size_t own = item.first + 1;
    while (own < item.end && d->md->lines[own].kind == PM_MD_TEXT)
        own++;
    struct pm_str more = pm_md_prose(d->md, (struct pm_md_range){item.first + 1, own}, false, d->arena);
    struct pm_str text = pm_md_tidy(l->content, d->arena);
    struct pm_draft_entry *a = pm_draft_entry(d, PM_LIST_ACTIONS, l->number);
    if (!a)
        return;
    if (more.n && !memchr(more.p, '\n', more.n))
        text = pm_arena_join(d->arena, text, " ", more);
    else if (more.n)
        text = pm_arena_join(d->arena, text, "\n", more);
    pm_import_action_text(d, a, text);
    read_below(d, a, (struct pm_md_range){own, item.end});
    put_heading(d, a, group);
}

static void read_items(struct pm_draft *d, struct pm_md_range range, struct pm_str title, struct pm_str group, int depth)
{
    struct pm_md_range block;
    struct pm_draft_entry left = {0};
    for (size_t at = range.first; pm_md_block(d->md, range, &at, &block);) {
        const struct pm_md_line *l = &d->md->lines[block.first];
        struct pm_str plain = pm_md_plain(l->content, d->arena);
        bool leads = l->kind == PM_MD_TEXT && block.end == block.first + 1 && block.end < range.end && plain.n < 60 && plain.n &&
                     (plain.p[plain.n - 1] == ':' || (pm_str_starts(l->content, "**") && l->content.p[l->content.n - 1] == '*'));
        if (l->kind == PM_MD_HEADING || leads) {
            group = leads && plain.p[plain.n - 1] == ':' ? pm_md_upto(plain, plain.n - 1) : leads ? plain : l->content;
        } else if (l->kind == PM_MD_ITEM) {
            read_item(d, block, title, group, depth);
        } else if (l->kind != PM_MD_ROW || !read_table(d, block, group)) {
            pm_draft_extend(d, &left, "body", "\n\n", pm_md_prose(d->md, block, false, d->arena));
        }
    }
    if (left.first)
        pm_draft_section(d, pm_md_title(title, d->arena), pm_draft_value(&left, "body"), 0);
}

void pm_import_actions(struct pm_draft *d, struct pm_md_range range, struct pm_str title)
{
    read_items(d, range, title, (struct pm_str){NULL, 0}, 0);
}
