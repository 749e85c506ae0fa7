/* Causes, lessons, whys. */
#include "import/import_internal.h"

#include <string.h>

/* ---- causes ---- */

static void add_cause(struct pm_draft *d, struct pm_str text, bool primary, uint32_t line)
{
    struct pm_draft_entry *e = text.n ? pm_draft_entry(d, PM_LIST_CAUSES, line) : NULL;
    pm_draft_pair(d, e, "rank", primary ? PM_LIT("primary") : PM_LIT("secondary"));
    pm_draft_pair(d, e, "text", text);
}

/* Whether all that is there are items. */
static bool is_list(const struct pm_md *md, struct pm_md_range range)
{
    enum { MOST = 12 };
    struct pm_md_range block;
    size_t items = 0;
    for (size_t at = range.first; pm_md_block(md, range, &at, &block); items++) {
        if (md->lines[block.first].kind != PM_MD_ITEM)
            return false;
    }
    return items > 0 && items <= MOST;
}

void pm_import_causes(struct pm_draft *d, struct pm_md_range range, bool primary)
{
    struct pm_md_range block;
    if (primary && !is_list(d->md, range)) {
        pm_draft_put(d, PM_TO_ROOT_CAUSE, pm_md_prose(d->md, range, false, d->arena));
        return;
    }
    for (size_t at = range.first; pm_md_block(d->md, range, &at, &block);) {
        const struct pm_md_line *l = &d->md->lines[block.first];
        add_cause(d, pm_md_prose(d->md, block, l->kind == PM_MD_ITEM || l->kind == PM_MD_HEADING, d->arena), primary, l->number);
    }
}

/* ---- lessons ---- */

static bool is_lead(const struct pm_md_line *l, struct pm_md_range block)
{
    return l->kind == PM_MD_HEADING || (l->kind == PM_MD_TEXT && block.end == block.first + 1 && l->content.n && l->content.n < 80 &&
                                        (strchr(":?", l->content.p[l->content.n - 1]) || (pm_str_starts(l->content, "**") &&
                                                                                          l->content.p[l->content.n - 1] == '*')));
}

/* A heading or a line that leads to what follows stands above the next. */
void pm_import_lessons(struct pm_draft *d, struct pm_md_range range, enum pm_target field)
{
    struct pm_md_range block;
    struct pm_str lead = {NULL, 0};
    for (size_t at = range.first; pm_md_block(d->md, range, &at, &block);) {
        const struct pm_md_line *l = &d->md->lines[block.first];
        if (is_lead(l, block)) {
            struct pm_str name = pm_md_plain(l->content, d->arena);
            if (lead.n)
                pm_draft_put(d, field, lead);
            lead = pm_arena_join(d->arena, PM_LIT("**"), "", pm_arena_join(d->arena, name, "", PM_LIT("**")));
            continue;
        }
        struct pm_str text = pm_md_prose(d->md, block, l->kind == PM_MD_ITEM, d->arena);
        if (text.n && !pm_md_is_placeholder(text))
            pm_draft_put(d, field, lead.n ? pm_arena_join(d->arena, lead, "\n\n", text) : text);
        lead.n = 0;
    }
    if (lead.n)
        pm_draft_put(d, field, lead);
}

/* ---- whys ---- */

static size_t end_of_question(struct pm_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '?' && (i + 1 == s.n || !pm_md_is_word(s.p[i + 1])))
            return i + 1;
        if (pm_str_starts(pm_md_from(s, i), "\xEF\xBC\x9F"))
            return i + 3;
    }
    return 0;
}

static struct pm_str without_label(struct pm_str s)
{
    static const char *const labels[] = {"answer", "because", "a"};
    for (size_t i = 0; i < 3; i += 2) {
        size_t n = strlen(labels[i]);
        if (pm_str_starts_word(s, labels[i]) && n < s.n && s.p[n] == ':')
            return pm_str_trim(pm_md_from(s, n + 1));
    }
    return s;
}

static struct pm_str skip_marks(struct pm_str s)
{
    while (s.n && (strchr("*_-: >", s.p[0]) || pm_str_starts(s, "\xE2\x80\x93") || pm_str_starts(s, "\xE2\x80\x94") || pm_str_starts(s,
            "\xE2\x86\x92")))
        s = pm_md_from(s, strchr("*_-: >", s.p[0]) ? 1 : 3);
    return s;
}

static void add_why(struct pm_draft *d, struct pm_str text, uint32_t line)
{
    struct pm_draft_entry *last = d->lists[PM_LIST_WHYS].last;
    size_t n = end_of_question(text);
    struct pm_str answer = without_label(skip_marks(pm_md_from(text, n)));
    if (!n && last && !pm_draft_value(last, "answer").n) {
        pm_draft_pair(d, last, "answer", pm_md_balance(without_label(text), d->arena));
        return;
    }
    struct pm_draft_entry *e = text.n ? pm_draft_entry(d, PM_LIST_WHYS, line) : NULL;
    if (n)
        pm_draft_pair(d, e, "question", pm_md_balance(pm_md_upto(text, n), d->arena));
    pm_draft_pair(d, e, "answer", n ? pm_md_balance(answer, d->arena) : text);
}

static void whys_of_table(struct pm_draft *d, struct pm_md_range block)
{
    struct pm_md_table t;
    if (!pm_md_read_table(d->md, block, d->arena, &t))
        return;
    for (size_t r = t.has_header; r < t.rows; r++) {
        struct pm_str all = PM_LIT("");
        struct pm_draft_entry *e = pm_draft_entry(d, PM_LIST_WHYS, t.numbers[r]);
        for (size_t c = 1; c < t.columns; c++) {
            struct pm_str cell = pm_md_cell(&t, r, c);
            all = all.n && cell.n ? pm_arena_join(d->arena, all, "\n\n", cell) : all.n ? all : cell;
        }
        pm_draft_pair(d, e, "question", pm_md_cell(&t, r, 0));
        pm_draft_pair(d, e, "answer", all);
    }
}

void pm_import_whys(struct pm_draft *d, struct pm_md_range range)
{
    struct pm_md_range block;
    for (size_t at = range.first; pm_md_block(d->md, range, &at, &block);) {
        const struct pm_md_line *l = &d->md->lines[block.first];
        if (l->kind == PM_MD_ROW) {
            whys_of_table(d, block);
        } else if (l->kind == PM_MD_ITEM) {
            struct pm_md_range below = {block.first + 1, block.end};
            size_t own = below.first;
            while (own < block.end && d->md->lines[own].kind == PM_MD_TEXT)
                own++;
            add_why(d, pm_md_prose(d->md, (struct pm_md_range){block.first, own}, true, d->arena), l->number);
            below.first = own;
            if (own < block.end)
                pm_import_whys(d, below);
        } else {
            add_why(d, pm_md_prose(d->md, block, l->kind == PM_MD_HEADING, d->arena), l->number);
        }
    }
}
