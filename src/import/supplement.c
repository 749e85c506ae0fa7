/* Impact, roles, glossary, evidence, questions. */
#include "import/import_internal.h"

#include <string.h>

/* ---- impact ---- */

static void impact_label(struct pm_draft *d, struct pm_str label, struct pm_str value, uint32_t line)
{
    enum pm_target target = pm_name_of_label(pm_md_normal(label, d->arena));
    bool number = target == PM_TO_CUSTOMERS || target == PM_TO_TICKETS || target == PM_TO_REQUESTS;
    if (number && value.n && pm_md_is_digit(value.p[0]) && !pm_draft_has(d, target))
        (void)pm_import_value(d, target, label, value, line);
}

static void impact_table(struct pm_draft *d, struct pm_md_range block)
{
    struct pm_md_table t;
    if (!pm_md_read_table(d->md, block, d->arena, &t) || t.columns != 2)
        return;
    for (size_t r = 0; r < t.rows; r++) {
        struct pm_str label = pm_md_plain(pm_md_cell(&t, r, 0), d->arena), value = pm_md_cell(&t, r, 1);
        enum pm_target target = pm_name_of_label(pm_md_normal(label, d->arena));
        bool header = r == 0 && t.has_header && !pm_md_is_digit(value.n ? value.p[0] : 'x');
        if (!label.n || header)
            continue;
        if (target == PM_TO_CUSTOMERS || target == PM_TO_TICKETS || target == PM_TO_REQUESTS) {
            (void)pm_import_value(d, target, label, value, t.numbers[r]);
            continue;
        }
        struct pm_draft_entry *e = pm_draft_entry(d, PM_LIST_MEASURES, t.numbers[r]);
        pm_draft_pair(d, e, "name", label);
        pm_draft_pair(d, e, "value", pm_md_plain(value, d->arena));
    }
    for (size_t i = block.first; i < block.end; i++)
        d->md->lines[i].kind = PM_MD_BLANK;
}

static bool is_two_columns(struct pm_draft *d, struct pm_md_range block)
{
    struct pm_md_table t;
    return pm_md_read_table(d->md, block, d->arena, &t) && t.columns == 2;
}

void pm_import_impact(struct pm_draft *d, struct pm_md_range range, struct pm_str title, bool first)
{
    struct pm_md_range block;
    struct pm_str label, value;
    for (size_t i = range.first; i < range.end; i++) {
        const struct pm_md_line *l = &d->md->lines[i];
        if ((l->kind == PM_MD_ITEM || l->kind == PM_MD_TEXT) && pm_label_split(l->content, d->arena, &label, &value))
            impact_label(d, label, value, l->number);
    }
    for (size_t at = range.first; pm_md_block(d->md, range, &at, &block);) {
        if (d->md->lines[block.first].kind == PM_MD_ROW && is_two_columns(d, block))
            impact_table(d, block);
    }
    struct pm_str text = pm_md_prose(d->md, range, false, d->arena);
    if (text.n && !first)
        text = pm_arena_format(d->arena, "**%.*s**\n\n%s", (int)title.n, title.p, text.p);
    pm_draft_put(d, PM_TO_IMPACT, text.p ? text : PM_LIT(""));
}

/* ---- roles ---- */

/* "Incident Commander" is incident_commander; a role without letters of ASCII goes with the responders. */
static struct pm_str role_key(struct pm_draft *d, struct pm_str role)
{
    static const struct { const char *word, *key; } usual[] = {
        {"ic", "incident_commander"}, {"commander", "incident_commander"}, {"incident lead", "incident_commander"},
        {"incident manager", "incident_commander"}, {"incident mgmt lead", "incident_commander"}, {"comms lead", "communications_lead"},
        {"communications manager", "communications_lead"}, {"ops lead", "operations_lead"}, {"responder", "responders"},
        {"on call engineer", "on_call"}, {"oncall", "on_call"}};
    enum { MOST = 40 };
    char key[MOST];
    size_t n = 0;
    struct pm_str name = pm_md_normal(role, d->arena);
    for (size_t i = 0; i < PM_ITEMS(usual); i++) {
        if (pm_str_is(name, usual[i].word))
            return pm_str(usual[i].key);
    }
    for (size_t i = 0; i < name.n && n < MOST; i++) {
        char c = pm_ascii_lower(name.p[i]);
        if ((c >= 'a' && c <= 'z') || (n && pm_md_is_digit(c)))
            key[n++] = c;
        else if (n && key[n - 1] != '_' && (unsigned char)c < 0x80)
            key[n++] = '_';
    }
    while (n && key[n - 1] == '_')
        n--;
    return n ? pm_arena_str(d->arena, (struct pm_str){key, n}) : PM_LIT("responders");
}

void pm_import_role(struct pm_draft *d, struct pm_str role, struct pm_str people)
{
    pm_import_people(d, PM_TO_ROLES, role_key(d, role), people);
}

static void roles_of_table(struct pm_draft *d, struct pm_md_range block)
{
    struct pm_md_table t;
    size_t name = 0, role = 1;
    if (!pm_md_read_table(d->md, block, d->arena, &t))
        return;
    for (size_t c = 0; c < t.columns; c++) {
        struct pm_str head = pm_md_normal(pm_md_cell(&t, 0, c), d->arena);
        if (pm_str_is(head, "role")) {
            role = c;
            name = c == 0 ? 1 : 0;
        }
    }
    for (size_t r = t.has_header; r < t.rows && t.columns > 1; r++) {
        struct pm_str who = pm_md_cell(&t, r, name), what = pm_md_cell(&t, r, role);
        pm_import_role(d, what.n ? what : PM_LIT("responders"), who);
    }
}

/* "Role: names", "Name (role)", "Name - role", "name". */
static void role_line(struct pm_draft *d, struct pm_str s)
{
    enum { LONGEST_NAME = 60 };
    struct pm_str label, value, plain = pm_md_plain(s, d->arena);
    if (pm_label_split(s, d->arena, &label, &value)) {
        pm_import_role(d, label, value);
        return;
    }
    const char *open = plain.n ? memchr(plain.p, '(', plain.n) : NULL;
    if (open && plain.p[plain.n - 1] == ')') {
        size_t n = (size_t)(open - plain.p);
        pm_import_role(d, pm_md_upto(pm_md_from(plain, n + 1), plain.n - n - 2), pm_md_upto(plain, n));
    } else if (plain.n < LONGEST_NAME || memchr(plain.p, ',', plain.n)) {
        pm_import_role(d, PM_LIT("responders"), s);
    }
}

static bool is_prose(const struct pm_md_line *l)
{
    return l->kind == PM_MD_TEXT && l->content.n > 100 && !memchr(l->content.p, ':', l->content.n);
}

void pm_import_roles(struct pm_draft *d, struct pm_md_range range, struct pm_str title)
{
    struct pm_md_range block;
    enum { MOST = 200 };
    size_t lines = 0;
    for (size_t i = range.first; i < range.end; i++)
        lines += is_prose(&d->md->lines[i]) ? MOST : 1;
    if (lines > MOST) {
        pm_draft_section(d, pm_md_title(title, d->arena), pm_md_prose(d->md, range, false, d->arena), 0);
        return;
    }
    for (size_t at = range.first; pm_md_block(d->md, range, &at, &block);) {
        if (d->md->lines[block.first].kind == PM_MD_ROW) {
            roles_of_table(d, block);
            continue;
        }
        for (size_t i = block.first; i < block.end; i++)
            role_line(d, d->md->lines[i].content);
    }
}

/* ---- glossary ---- */

static bool has_term(const struct pm_draft *d, struct pm_str term)
{
    for (const struct pm_draft_text *t = d->fields[PM_TO_GLOSSARY].first; t; t = t->next) {
        if (pm_str_eq(t->key, term))
            return true;
    }
    return false;
}

static bool add_term(struct pm_draft *d, struct pm_str term, struct pm_str meaning)
{
    term = pm_md_plain(term, d->arena);
    meaning = pm_md_plain(meaning, d->arena);
    if (!term.n || !meaning.n || has_term(d, term))
        return false;
    pm_draft_put_key(d, &d->fields[PM_TO_GLOSSARY], term, meaning);
    return true;
}

static bool term_line(struct pm_draft *d, struct pm_str s)
{
    static const char *const dividers[] = {" - ", " \xE2\x80\x93 ", " \xE2\x80\x94 "};
    struct pm_str label, value;
    if (pm_label_split(s, d->arena, &label, &value))
        return add_term(d, label, value);
    for (size_t i = 0; i < s.n; i++) {
        for (size_t k = 0; k < PM_ITEMS(dividers); k++) {
            if (pm_str_starts(pm_md_from(s, i), dividers[k]))
                return add_term(d, pm_md_upto(s, i), pm_md_from(s, i + strlen(dividers[k])));
        }
    }
    return false;
}

void pm_import_glossary(struct pm_draft *d, struct pm_md_range range, struct pm_str title)
{
    enum { MOST = 500 };
    struct pm_md_range block;
    size_t terms = 0;
    struct pm_draft_entry left = {0};
    for (size_t at = range.first; pm_md_block(d->md, range, &at, &block);) {
        struct pm_md_table t;
        const struct pm_md_line *l = &d->md->lines[block.first];
        if (l->kind == PM_MD_ROW && terms < MOST && pm_md_read_table(d->md, block, d->arena, &t) && t.columns == 2) {
            for (size_t r = t.has_header; r < t.rows && terms++ < MOST; r++)
                (void)add_term(d, pm_md_cell(&t, r, 0), pm_md_cell(&t, r, 1));
        } else if (terms++ >= MOST || !term_line(d, pm_md_prose(d->md, block, l->kind == PM_MD_ITEM, d->arena))) {
            pm_draft_extend(d, &left, "body", "\n\n", pm_md_prose(d->md, block, false, d->arena));
        }
    }
    if (left.first)
        pm_draft_section(d, pm_md_title(title, d->arena), pm_draft_value(&left, "body"), 0);
}

/* ---- evidence ---- */

static bool is_good_url(struct pm_str url)
{
    for (size_t i = 0; i < url.n; i++) {
        if ((unsigned char)url.p[i] <= ' ' || url.p[i] == 0x7F)
            return false;
    }
    return (pm_str_starts_word(url, "https://") && url.n > 8) || (pm_str_starts_word(url, "http://") && url.n > 7);
}

/* A block that is a link and little else. */
static bool link_of(struct pm_draft *d, struct pm_str text, struct pm_md_link *link)
{
    struct pm_md_link second;
    if (memchr(text.p, '\n', text.n) || !pm_md_find_link(text, 0, link) || pm_md_find_link(text, link->end, &second))
        return false;
    size_t around = pm_md_plain(pm_md_upto(text, link->at), d->arena).n + pm_md_plain(pm_md_from(text, link->end), d->arena).n;
    return around < 80 && (is_good_url(link->url) || (link->url.n && !memchr(link->url.p, ' ', link->url.n) && link->url.p[0] != '#'));
}

static void add_evidence(struct pm_draft *d, struct pm_str text, const struct pm_md_link *link, uint32_t line)
{
    struct pm_draft_entry *e = pm_draft_entry(d, PM_LIST_EVIDENCE, line);
    struct pm_str before = pm_md_upto(text, link->at), after = pm_md_from(text, link->end);
    struct pm_str words = pm_str_eq(link->text, link->url) ? PM_LIT("") : link->text;
    struct pm_str title = pm_md_plain(pm_arena_join(d->arena, before, "", pm_arena_join(d->arena, words, "", after)), d->arena);
    while (title.n && strchr(" :-,", title.p[title.n - 1]))
        title.n--;
    pm_draft_pair(d, e, "title", title.n ? title : link->url);
    pm_draft_pair(d, e, is_good_url(link->url) ? "url" : "file", link->url);
    if (link->image)
        pm_draft_pair(d, e, "alt", title.n ? title : link->url);
}

void pm_import_evidence(struct pm_draft *d, struct pm_md_range range, struct pm_str title)
{
    struct pm_md_range block;
    struct pm_md_link link;
    for (size_t at = range.first; pm_md_block(d->md, range, &at, &block);) {
        const struct pm_md_line *l = &d->md->lines[block.first];
        struct pm_str text = pm_md_prose(d->md, block, l->kind == PM_MD_ITEM, d->arena);
        if ((l->kind != PM_MD_ITEM && l->kind != PM_MD_TEXT) || !link_of(d, text, &link))
            continue;
        add_evidence(d, text, &link, l->number);
        for (size_t i = block.first; i < block.end; i++)
            d->md->lines[i].kind = PM_MD_BLANK;
    }
    struct pm_str left = pm_md_prose(d->md, range, false, d->arena);
    if (left.n)
        pm_draft_section(d, pm_md_title(title, d->arena), left, 0);
}

/* ---- questions ---- */

static void questions_of_table(struct pm_draft *d, struct pm_md_range block)
{
    struct pm_md_table t;
    if (!pm_md_read_table(d->md, block, d->arena, &t))
        return;
    for (size_t r = t.has_header; r < t.rows; r++) {
        struct pm_str who = t.columns > 1 ? pm_md_plain(pm_md_cell(&t, r, 0), d->arena) : PM_LIT(""), text = PM_LIT("");
        for (size_t c = t.columns > 1; c < t.columns; c++) {
            struct pm_str cell = pm_md_cell(&t, r, c);
            text = text.n && cell.n ? pm_arena_join(d->arena, text, "\n\n", cell) : text.n ? text : cell;
        }
        if (!text.n)
            continue;
        struct pm_draft_entry *e = pm_draft_entry(d, PM_LIST_QUESTIONS, t.numbers[r]);
        pm_draft_pair(d, e, "question", text);
        pm_draft_pair(d, e, "asked_by", who);
    }
}

void pm_import_questions(struct pm_draft *d, struct pm_md_range range)
{
    struct pm_md_range block;
    for (size_t at = range.first; pm_md_block(d->md, range, &at, &block);) {
        const struct pm_md_line *l = &d->md->lines[block.first];
        if (l->kind == PM_MD_ROW) {
            questions_of_table(d, block);
            continue;
        }
        struct pm_str text = pm_md_prose(d->md, block, l->kind == PM_MD_ITEM || l->kind == PM_MD_HEADING, d->arena);
        struct pm_draft_entry *e = text.n ? pm_draft_entry(d, PM_LIST_QUESTIONS, l->number) : NULL;
        pm_draft_pair(d, e, "question", text);
    }
}
