/* "**Label:** value", "Label: value", tables of two columns, front matter. */
#include "import/import_internal.h"

#include <string.h>

enum { LONGEST_LABEL = 48 };

static struct pm_str without_marks(struct pm_str s)
{
    while (s.n && strchr("*_` \t", s.p[0]))
        s = pm_md_from(s, 1);
    while (s.n && strchr("*_` \t", s.p[s.n - 1]))
        s.n--;
    return s;
}

/* Where the label ends: at a colon that is none of a time, a link or a tag; else behind what is bold. */
static size_t end_of_label(struct pm_str s, size_t *value)
{
    int depth = 0;
    for (size_t i = 0; i < s.n && i < LONGEST_LABEL + 8; i++) {
        depth += s.p[i] == '(' ? 1 : s.p[i] == ')' ? -1 : 0;
        bool wide = pm_str_starts(pm_md_from(s, i), "\xEF\xBC\x9A");
        if (strchr("[]<>|\n", s.p[i]))
            return 0;
        if (!wide && s.p[i] != ':')
            continue;
        char after = i + 1 < s.n ? s.p[i + 1] : ' ';
        if (!wide && (after == '/' || (pm_md_is_word(after) && i && pm_md_is_digit(s.p[i - 1])) || i == 0 || depth > 0))
            return 0;
        *value = i + (wide ? 3 : 1);
        return i;
    }
    const char *bold = pm_str_starts(s, "**") || pm_str_starts(s, "__") ? (s.p[0] == '*' ? "**" : "__") : NULL;
    for (size_t i = 2; bold && i + 2 < s.n && i < LONGEST_LABEL + 2; i++) {
        if (memcmp(s.p + i, bold, 2) == 0) {
            *value = i + 2;
            return i;
        }
    }
    return 0;
}

bool pm_label_split(struct pm_str line, struct pm_arena *arena, struct pm_str *label, struct pm_str *value)
{
    struct pm_str s = pm_str_trim(line);
    size_t at = 0;
    while (s.n > 1 && s.p[0] == '>' && s.p[1] == ' ')
        s = pm_str_trim(pm_md_from(s, 1));
    size_t n = end_of_label(s, &at);
    if (!n)
        return false;
    struct pm_str raw = pm_md_upto(s, n), v = pm_str_trim(pm_md_from(s, at));
    if (strchr("*_`", s.p[0]) && v.n && v.p[0] == s.p[0]) {   /* the mark that closes behind the colon */
        while (v.n && v.p[0] == s.p[0])
            v = pm_md_from(v, 1);
    }
    v = pm_str_trim(v);
    while (v.n && (v.p[0] == '-' || v.p[0] == ':') && (v.n == 1 || v.p[1] == ' '))
        v = pm_str_trim(pm_md_from(v, 1));
    *label = without_marks(raw);
    *value = pm_md_balance(v, arena);
    return label->n > 0 && label->n <= LONGEST_LABEL;
}

/* A label whose value is prose. */
static void take_prose(struct pm_draft *d, enum pm_target target, struct pm_str value, uint32_t line)
{
    pm_draft_note(d, line, "label: %s", pm_target_path(target));
    if (target == PM_TO_CONTRIBUTING) {
        struct pm_draft_entry *e = pm_draft_entry(d, PM_LIST_CAUSES, line);
        pm_draft_pair(d, e, "rank", PM_LIT("secondary"));
        pm_draft_pair(d, e, "text", value);
    } else if (target == PM_TO_NARRATIVE) {
        pm_draft_section(d, PM_LIT("What happened"), value, line);
    } else {
        pm_draft_put(d, target, value);
    }
}

static bool is_prose(enum pm_target target)
{
    return (target > PM_TO_NONE && target <= PM_TO_LAST_PROSE) || target == PM_TO_ROOT_CAUSE || target == PM_TO_CONTRIBUTING;
}

bool pm_import_label(struct pm_draft *d, struct pm_str label, struct pm_str value, uint32_t line)
{
    enum pm_target target = pm_name_of_label(pm_md_normal(label, d->arena));
    if (target == PM_TO_NONE)
        return false;
    if (is_prose(target)) {
        if (!pm_md_is_placeholder(pm_md_plain(value, d->arena)))
            take_prose(d, target, value, line);
    } else if (!pm_import_value(d, target, label, value, line)) {
        pm_draft_put_key(d, &d->details, pm_md_plain(label, d->arena), value);
    }
    return true;
}

/* ---- lines ---- */

static bool ends_value(struct pm_draft *d, const struct pm_md_line *l, bool item)
{
    struct pm_str label, value;
    if (l->kind == PM_MD_BLANK || l->kind == PM_MD_HEADING || l->kind == PM_MD_ROW || l->kind == PM_MD_CODE || l->kind == PM_MD_RULE)
        return true;
    if (l->kind == PM_MD_ITEM && item)
        return true;
    return pm_label_split(l->content, d->arena, &label, &value) &&
           (l->content.p[0] == '*' || pm_name_of_label(pm_md_normal(label, d->arena)) != PM_TO_NONE);
}

/* The value with the lines that go on below it. */
static size_t end_of_value(struct pm_draft *d, struct pm_md_range range, size_t at)
{
    const struct pm_md_line *first = &d->md->lines[at];
    size_t end = at + 1;
    while (end < range.end && !ends_value(d, &d->md->lines[end], first->kind == PM_MD_ITEM && d->md->lines[end].indent <= first->indent))
        end++;
    return end;
}

static struct pm_str value_of(struct pm_draft *d, struct pm_str first, size_t at, size_t end)
{
    struct pm_str more = pm_md_prose(d->md, (struct pm_md_range){at + 1, end}, false, d->arena);
    return more.n ? first.n ? pm_arena_join(d->arena, first, "\n", more) : more : first;
}

static void blank_lines(struct pm_draft *d, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        d->md->lines[i].kind = PM_MD_BLANK;
}

/* One line with what goes on below it; where the next begins. */
static size_t take_line(struct pm_draft *d, struct pm_md_range range, size_t at, bool greedy)
{
    const struct pm_md_line *l = &d->md->lines[at];
    struct pm_str label, value;
    if ((l->kind != PM_MD_TEXT && l->kind != PM_MD_ITEM) || !pm_label_split(l->content, d->arena, &label, &value))
        return at + 1;
    enum pm_target target = pm_name_of_label(pm_md_normal(label, d->arena));
    bool bold = l->content.p[0] == '*' || l->content.p[0] == '_';
    if (target == PM_TO_NONE && !(greedy && (bold || l->kind == PM_MD_ITEM) && value.n && !pm_str_starts(value, "//")))
        return at + 1;
    size_t end = target == PM_TO_NONE || is_prose(target) || !value.n ? end_of_value(d, range, at) : at + 1;
    value = value_of(d, value, at, end);
    if (target == PM_TO_NONE)
        pm_draft_put_key(d, &d->details, pm_md_plain(label, d->arena), value);
    else
        (void)pm_import_label(d, label, value, l->number);
    blank_lines(d, at, end);
    return end;
}

/* ---- tables ---- */

static size_t known_in_column(struct pm_draft *d, const struct pm_md_table *t)
{
    size_t known = 0;
    for (size_t r = t->rows > 1 && t->has_header; r < t->rows; r++)
        known += pm_name_of_label(pm_md_normal(pm_md_cell(t, r, 0), d->arena)) != PM_TO_NONE;
    return known;
}

static size_t known_in_header(struct pm_draft *d, const struct pm_md_table *t)
{
    size_t known = 0;
    for (size_t c = 0; c < t->columns; c++)
        known += pm_name_of_label(pm_md_normal(pm_md_cell(t, 0, c), d->arena)) != PM_TO_NONE;
    return known;
}

static void take_cell(struct pm_draft *d, struct pm_str label, struct pm_str value, uint32_t line)
{
    struct pm_str name = pm_md_plain(label, d->arena);
    if (name.n && name.p[name.n - 1] == ':')
        name.n--;
    if (name.n && value.n && !pm_import_label(d, name, value, line))
        pm_draft_put_key(d, &d->details, name, value);
}

/* "Field | Value" above the labels. */
static bool is_head(struct pm_draft *d, const struct pm_md_table *t)
{
    return t->has_header && pm_name_of_label(pm_md_normal(pm_md_cell(t, 0, 0), d->arena)) == PM_TO_NONE;
}

static bool take_table(struct pm_draft *d, struct pm_md_range block)
{
    struct pm_md_table t;
    if (!pm_md_read_table(d->md, block, d->arena, &t))
        return false;
    size_t known = known_in_column(d, &t);
    if (t.columns == 2 && known && known * 3 >= t.rows) {
        for (size_t r = is_head(d, &t); r < t.rows; r++)
            take_cell(d, pm_md_cell(&t, r, 0), pm_md_cell(&t, r, 1), t.numbers[r]);
        return true;
    }
    if (t.rows != 2 || known_in_header(d, &t) * 2 <= t.columns)
        return false;
    for (size_t c = 0; c < t.columns; c++)
        take_cell(d, pm_md_cell(&t, 0, c), pm_md_cell(&t, 1, c), t.numbers[1]);
    return true;
}

struct pm_str pm_import_labels(struct pm_draft *d, struct pm_md_range range, bool greedy)
{
    for (size_t i = range.first; i < range.end;) {
        if (d->md->lines[i].kind != PM_MD_ROW) {
            i = take_line(d, range, i, greedy);
            continue;
        }
        struct pm_md_range block = {i, i};
        while (block.end < range.end && d->md->lines[block.end].kind == PM_MD_ROW)
            block.end++;
        if (take_table(d, block))
            blank_lines(d, block.first, block.end);
        i = block.end;
    }
    return pm_md_prose(d->md, range, false, d->arena);
}

/* ---- front matter ---- */

static struct pm_str unquoted(struct pm_str s)
{
    s = pm_str_trim(s);
    if (s.n > 1 && (s.p[0] == '"' || s.p[0] == '\'') && s.p[s.n - 1] == s.p[0])
        s = pm_md_upto(pm_md_from(s, 1), s.n - 2);
    return s;
}

/* A list below a key, on one line. */
static struct pm_str list_below(struct pm_draft *d, size_t *at, size_t end)
{
    struct pm_str all = PM_LIT("");
    for (; *at < end; ++*at) {
        struct pm_str s = pm_str_trim(d->md->lines[*at].text);
        bool indented = d->md->lines[*at].indent > 0;
        if (!s.n || (s.p[0] != '-' && !indented))
            break;
        s = unquoted(s.p[0] == '-' ? pm_md_from(s, 1) : s);
        all = all.n ? pm_arena_join(d->arena, all, ", ", s) : s;
    }
    return all;
}

void pm_import_front_matter(struct pm_draft *d)
{
    for (size_t i = 1; i + 1 < d->md->body;) {
        const struct pm_md_line *l = &d->md->lines[i++];
        const char *colon = l->indent ? NULL : memchr(l->text.p, ':', l->text.n);
        if (!colon)
            continue;
        struct pm_str key = pm_md_upto(l->text, (size_t)(colon - l->text.p));
        struct pm_str value = unquoted(pm_md_from(l->text, key.n + 1));
        if (pm_str_is(value, "|") || pm_str_is(value, ">") || pm_str_is(value, "|-") || pm_str_is(value, ">-"))
            value.n = 0;
        if (!value.n)
            value = list_below(d, &i, d->md->body - 1);
        if (value.n && value.p[0] == '[' && value.p[value.n - 1] == ']')
            value = pm_md_upto(pm_md_from(value, 1), value.n - 2);
        (void)pm_import_label(d, key, value, l->number);
    }
    if (d->whens[PM_TO_DATE].zone.given)
        d->zone = (struct pm_when_zone){0};
    d->front_date = d->whens[PM_TO_DATE];
    d->front_date.has_time = d->front_date.zone.given = false;
    d->whens[PM_TO_DATE] = (struct pm_when){0};
}
