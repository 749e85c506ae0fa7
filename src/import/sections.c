/* The document cut at its headings, and each part given to who reads it. */
#include "import/import_internal.h"

#include <string.h>

enum { LOOKALIKE = 7, LONGEST_LOOKALIKE = 60 };

/* A heading with what stands below it. */
struct section {
    enum pm_target target;
    struct pm_str title;        /* as written */
    struct pm_md_range range;   /* without the heading, but where that goes on with what is above it */
    uint32_t line;
    uint8_t level;
    bool preamble, has_children;
};

/* Where the walk is. */
struct walk {
    struct pm_draft *d;
    struct section current;
    enum pm_target of_level[LOOKALIKE + 2];   /* of the last heading of each level */
    bool has_summary, has_timeline;
};

/* ---- lines that look like headings ---- */

static bool is_bold_line(struct pm_str s)
{
    if (s.n && (s.p[s.n - 1] == ':'))
        s.n--;
    if (s.n < 5 || !(pm_str_starts(s, "**") || pm_str_starts(s, "__")) || memcmp(s.p + s.n - 2, s.p, 2) != 0)
        return false;
    for (size_t i = 2; i + 2 < s.n; i++) {
        if (s.p[i] == s.p[0] && s.p[i + 1] == s.p[0])
            return false;
    }
    return true;
}

static bool stands_alone(const struct pm_md *md, size_t at)
{
    return at == md->body || md->lines[at - 1].kind == PM_MD_BLANK || md->lines[at - 1].kind == PM_MD_HEADING ||
           md->lines[at - 1].kind == PM_MD_RULE;
}

/* What a plain line needs to be one: it is known, and a list, a table or nothing follows. */
static bool is_plain_heading(const struct pm_md *md, size_t at)
{
    const struct pm_md_line *l = &md->lines[at];
    bool colon = l->content.p[l->content.n - 1] == ':';
    return colon || at + 1 >= md->count || md->lines[at + 1].kind != PM_MD_TEXT;
}

static size_t count_headings(const struct pm_md *md)
{
    size_t n = 0;
    for (size_t i = md->body; i < md->count; i++)
        n += md->lines[i].kind == PM_MD_HEADING;
    return n;
}

/* "**Next steps**: We will ...": the blank line above becomes the heading, and this one what follows it. Names that are labels as well
 * are left to who reads labels, but where lines such as these are all the headings that there are. */
static bool split_lead(struct pm_draft *d, size_t at, bool among)
{
    struct pm_md_line *l = &d->md->lines[at], *above = at > d->md->body ? l - 1 : NULL;
    struct pm_str label, value;
    if (!above || l->kind != PM_MD_TEXT || above->kind != PM_MD_BLANK || pm_str_trim(above->text).n || !strchr("*_", l->content.p[0]) ||
        !pm_label_split(l->content, d->arena, &label, &value) || !value.n)
        return false;
    struct pm_str name = pm_md_normal(label, d->arena);
    if (pm_name_of_heading(name) == PM_TO_NONE || (!among && pm_name_of_label(name) != PM_TO_NONE))
        return false;
    *above = (struct pm_md_line){.text = label, .content = label, .number = l->number, .kind = PM_MD_HEADING, .level = LOOKALIKE};
    l->text = l->content = value;
    return true;
}

static void find_lookalikes(struct pm_draft *d)
{
    struct pm_md *md = d->md;
    bool none = count_headings(md) <= 1, among = false;
    for (size_t i = md->body; i < md->count; i++) {
        if (split_lead(d, i, among))
            continue;
        struct pm_md_line *l = &md->lines[i];
        bool bold = is_bold_line(l->content), item = l->kind == PM_MD_ITEM;
        struct pm_when when;
        if ((l->kind != PM_MD_TEXT && !(item && bold && none)) || l->content.n > LONGEST_LOOKALIKE || !stands_alone(md, i) || l->indent > 3)
            continue;
        bool known = pm_name_of_heading(pm_md_normal(l->content, d->arena)) != PM_TO_NONE;
        bool unknown = bold && none && !item && !pm_when_read(l->content, &when);
        if (!(known && (bold || is_plain_heading(md, i))) && !unknown)
            continue;
        l->kind = PM_MD_HEADING;
        l->level = LOOKALIKE;
        among = none;
    }
}

/* ---- parts ---- */

/* Whether it goes on with what is above it, its heading being a part of the text. */
static bool goes_on(const struct pm_draft *d, const struct section *s)
{
    return s->range.first < s->range.end && d->md->lines[s->range.first].kind == PM_MD_HEADING;
}

static void put_prose(struct pm_draft *d, const struct section *s, struct pm_str text)
{
    if (text.n && pm_draft_has(d, s->target) && !goes_on(d, s)) {
        struct pm_str title = pm_md_plain(s->title, d->arena);
        text = pm_arena_format(d->arena, "**%.*s**\n\n%s", (int)title.n, title.p, text.p);
    }
    pm_draft_put(d, s->target, text.p ? text : PM_LIT(""));
}

/* A heading that names a value: what stands below is it. */
static void put_value(struct pm_draft *d, const struct section *s)
{
    struct pm_md_range block;
    struct pm_draft_entry value = {0};
    for (size_t at = s->range.first; pm_md_block(d->md, s->range, &at, &block);)
        pm_draft_extend(d, &value, "value", "\n", pm_md_prose(d->md, block, d->md->lines[block.first].kind == PM_MD_ITEM, d->arena));
    struct pm_str all = pm_draft_value(&value, "value");
    if (all.n && !pm_import_value(d, s->target, pm_md_plain(s->title, d->arena), all, s->line))
        pm_draft_section(d, pm_md_title(s->title, d->arena), all, s->line);
}

static void put_unknown(struct walk *w, const struct section *s)
{
    struct pm_draft *d = w->d;
    struct pm_str before = pm_md_prose(d->md, s->range, false, d->arena), text = pm_import_labels(d, s->range, s->preamble);
    bool report = !w->has_summary && pm_is_genre(pm_md_normal(s->title.p ? s->title : PM_LIT(""), d->arena));
    if (s->preamble || (report && text.n)) {
        if (text.n && !w->has_summary)
            pm_draft_put(d, PM_TO_SUMMARY, text);
        else if (text.n)
            pm_draft_section(d, PM_LIT("Introduction"), text, s->line);
    } else if (text.n || (!before.n && !s->has_children)) {
        pm_draft_section(d, pm_md_title(s->title, d->arena), text, s->line);
    }
}

/* Where it is all labels, it is the summary with them. */
static void put_summary(struct pm_draft *d, const struct section *s)
{
    struct pm_str whole = pm_md_prose(d->md, s->range, false, d->arena), text = pm_import_labels(d, s->range, false);
    put_prose(d, s, text.n || pm_draft_has(d, PM_TO_SUMMARY) ? text : whole);
}

static void put_narrative(struct walk *w, const struct section *s)
{
    struct pm_str before = pm_md_prose(w->d->md, s->range, false, w->d->arena), text = pm_import_labels(w->d, s->range, false);
    if (!w->has_summary && text.n) {
        w->has_summary = true;
        pm_draft_put(w->d, PM_TO_SUMMARY, text);
    } else if (text.n || (!before.n && !s->has_children)) {
        pm_draft_section(w->d, pm_md_title(s->title, w->d->arena), text, s->line);
    }
}

/* Where no heading names a timeline, a list of times below another is one. */
static bool is_timeline(const struct walk *w, const struct section *s)
{
    enum { LEAST = 2 };
    size_t times = 0, others = 0;
    struct pm_when when;
    if (w->has_timeline || s->preamble || (s->target != PM_TO_NONE && s->target != PM_TO_RESPONSE && s->target != PM_TO_NARRATIVE))
        return false;
    for (size_t i = s->range.first; i < s->range.end; i++) {
        const struct pm_md_line *l = &w->d->md->lines[i];
        struct pm_str cell = l->kind == PM_MD_ROW && l->content.n ? pm_md_from(l->content, l->content.p[0] == '|') : l->content;
        if (l->kind == PM_MD_BLANK || l->kind == PM_MD_RULE)
            continue;
        bool timed = pm_when_read(cell, &when) && when.has_time;
        times += timed;
        others += !timed && (l->kind != PM_MD_ITEM || l->indent < 2);
    }
    return times >= LEAST && times * 2 >= others;
}

/* "Remediation" is prose about what was done, or a list of what is to be done. */
static bool is_plan(const struct pm_draft *d, const struct section *s)
{
    bool items = s->title.n && pm_str_is(pm_md_normal(s->title, d->arena), "remediation");
    for (size_t i = s->range.first; i < s->range.end && items; i++) {
        const struct pm_md_line *l = &d->md->lines[i];
        items = l->kind == PM_MD_ITEM || l->kind == PM_MD_ROW || l->kind == PM_MD_BLANK || l->indent > 0;
    }
    return items;
}

static void put_section(struct walk *w, struct section *s)
{
    struct pm_draft *d = w->d;
    if (is_timeline(w, s)) {
        pm_draft_note(d, s->line, "a list of times: timeline");
        s->target = PM_TO_TIMELINE;
    }
    if (s->target == PM_TO_RESOLUTION && is_plan(d, s))
        s->target = PM_TO_ACTIONS;
    switch (s->target) {
    case PM_TO_NONE: put_unknown(w, s); return;
    case PM_TO_NARRATIVE: put_narrative(w, s); return;
    case PM_TO_SUMMARY: put_summary(d, s); break;
    case PM_TO_IMPACT:
        pm_import_impact(d, s->range, pm_md_plain(s->title, d->arena), !pm_draft_has(d, PM_TO_IMPACT) || goes_on(d, s));
        break;
    case PM_TO_TIMELINE: pm_import_timeline(d, s->range, s->title); break;
    case PM_TO_ROOT_CAUSE: pm_import_causes(d, s->range, true); break;
    case PM_TO_CONTRIBUTING: pm_import_causes(d, s->range, false); break;
    case PM_TO_WHYS: pm_import_whys(d, s->range); break;
    case PM_TO_WENT_WELL:
    case PM_TO_WENT_WRONG:
    case PM_TO_LUCKY:
    case PM_TO_LEARNED: pm_import_lessons(d, s->range, s->target); break;
    case PM_TO_ACTIONS: pm_import_actions(d, s->range, s->title); break;
    case PM_TO_QUESTIONS: pm_import_questions(d, s->range); break;
    case PM_TO_EVIDENCE: pm_import_evidence(d, s->range, s->title); break;
    case PM_TO_ROLES: pm_import_roles(d, s->range, s->title); break;
    case PM_TO_GLOSSARY: pm_import_glossary(d, s->range, s->title); break;
    default:
        if (s->target <= PM_TO_LAST_PROSE)
            put_prose(d, s, pm_md_prose(d->md, s->range, false, d->arena));
        else
            put_value(d, s);
        break;
    }
    const char *path = pm_target_path(s->target), *dot = strchr(path, '.');
    struct pm_str field = pm_arena_str(d->arena, pm_md_upto(pm_str(path), dot ? (size_t)(dot - path) : strlen(path)));
    if (field.p && s->target < PM_TO_FIRST_VALUE)
        d->last_known = field.p;
}

static void end_section(struct walk *w, size_t at, uint8_t next_level)
{
    struct section *s = &w->current;
    s->range.end = at;
    s->has_children = next_level > s->level;
    put_section(w, s);
}

/* ---- headings ---- */

static bool is_listing(enum pm_target t)
{
    return t == PM_TO_TIMELINE || t == PM_TO_ACTIONS || t == PM_TO_LEARNED || t == PM_TO_WENT_WELL || t == PM_TO_WENT_WRONG ||
           t == PM_TO_LUCKY ||
           t == PM_TO_WHYS;
}

/* Names that are parts of what they stand below, rather than fields. */
static bool is_part(enum pm_target parent, enum pm_target t)
{
    if (t == PM_TO_NONE)
        return true;
    if (t == PM_TO_NARRATIVE || (t == PM_TO_EVIDENCE && parent != PM_TO_NONE) || t >= PM_TO_FIRST_VALUE)
        return parent != PM_TO_NONE;
    if (parent == PM_TO_NONE)
        return false;
    return is_listing(parent) && (t <= PM_TO_LAST_PROSE || t == PM_TO_ROOT_CAUSE) && t != PM_TO_SUMMARY;
}

static enum pm_target parent_of(const struct walk *w, uint8_t level)
{
    for (int l = level - 1; l > 0; l--) {
        if (w->of_level[l] != PM_TO_COUNT)
            return w->of_level[l];
    }
    return PM_TO_COUNT;
}

static bool begins_with_time(const struct walk *w, struct pm_str title)
{
    struct pm_when when;
    return w->current.target == PM_TO_TIMELINE && pm_when_read(title, &when) > 0;
}

static void begin_section(struct walk *w, size_t at, enum pm_target target, bool goes_on)
{
    const struct pm_md_line *l = &w->d->md->lines[at];
    end_section(w, at, l->level);
    w->current = (struct section){.target = target, .title = l->content, .range = {goes_on ? at : at + 1, at}, .line = l->number,
                                  .level = l->level};
    for (int i = l->level; i <= LOOKALIKE; i++)
        w->of_level[i] = PM_TO_COUNT;
    w->of_level[l->level] = target;
    pm_draft_note(w->d, l->number, "heading \"%.*s\": %s", (int)(l->content.n < 80 ? l->content.n : 80), l->content.p,
                  pm_target_path(target));
}

/* "2 timeline" */
static struct pm_str without_digits(struct pm_str name)
{
    size_t n = 0;
    while (n < name.n && pm_md_is_digit(name.p[n]))
        n++;
    return n && n < 3 && n + 1 < name.n && name.p[n] == ' ' ? pm_md_from(name, n + 1) : name;
}

static void take_heading(struct walk *w, size_t at)
{
    const struct pm_md_line *l = &w->d->md->lines[at];
    struct pm_str name = pm_md_normal(l->content, w->d->arena);
    enum pm_target target = pm_name_of_heading(name), parent = parent_of(w, l->level);
    if (target == PM_TO_NONE)
        target = pm_name_of_heading(without_digits(name));
    bool nested = !w->current.preamble && l->level > w->current.level && !(l->level == LOOKALIKE && w->current.target == PM_TO_NONE &&
                                                                           target);
    if (begins_with_time(w, l->content) && target == PM_TO_NONE)
        return;
    if (nested && is_part(w->current.target, target))
        return;
    bool below = parent != PM_TO_COUNT && parent != PM_TO_NONE;
    if (below && is_part(parent, target)) {
        begin_section(w, at, parent, true);
        w->of_level[l->level] = PM_TO_COUNT;
        return;
    }
    if (target == PM_TO_NONE)
        target = pm_name_like_heading(without_digits(name));
    begin_section(w, at, target, false);
}

/* ---- the title ---- */

static bool is_heading_of_level_one(const struct pm_md *md, size_t at) { return md->lines[at].level == 1 ||
                                                                        md->lines[at].level == LOOKALIKE; }

/* The heading that is the title, or md->count. */
static size_t find_title(struct pm_draft *d)
{
    struct pm_md *md = d->md;
    size_t first = md->body;
    while (first < md->count && md->lines[first].kind != PM_MD_HEADING)
        first++;
    if (first == md->count)
        return first;
    bool known = pm_name_of_heading(pm_md_normal(md->lines[first].content, d->arena)) != PM_TO_NONE;
    if (known)
        return md->count;
    if (is_heading_of_level_one(md, first))
        return first;
    for (size_t i = first + 1; i < md->count; i++) {
        if (md->lines[i].kind == PM_MD_HEADING && md->lines[i].level < md->lines[first].level)
            return md->count;
    }
    enum pm_target like = pm_name_like_heading(pm_md_normal(md->lines[first].content, d->arena));
    return like == PM_TO_NONE ? first : md->count;
}

/* A short line at the start of a text without any headings before it. */
static size_t find_title_line(const struct pm_draft *d)
{
    const struct pm_md *md = d->md;
    struct pm_str label, value;
    size_t i = md->body;
    while (i < md->count && md->lines[i].kind == PM_MD_BLANK)
        i++;
    if (i >= md->count || md->lines[i].kind != PM_MD_TEXT || md->lines[i].content.n > 100)
        return md->count;
    if (pm_is_genre(pm_md_normal(md->lines[i].content, d->arena)))
        return i;
    if (i + 1 < md->count && md->lines[i + 1].kind == PM_MD_TEXT)
        return md->count;
    struct pm_str s = md->lines[i].content;
    bool sentence = s.p[s.n - 1] == '.' || s.p[0] == '>' || s.p[0] == '<' || s.p[0] == '!' || s.p[0] == '[';
    return sentence || (pm_label_split(s, d->arena, &label, &value) && pm_name_of_label(pm_md_normal(label, d->arena)) != PM_TO_NONE)
           ? md->count : i;
}

static void take_title(struct pm_draft *d)
{
    struct pm_md *md = d->md;
    size_t at = find_title(d);
    if (at == md->count)
        at = find_title_line(d);
    if (at == md->count)
        return;
    pm_derive_title(d, md->lines[at].content, md->lines[at].number);
    md->lines[at].kind = PM_MD_BLANK;
}

static bool names_timeline(struct pm_draft *d)
{
    for (size_t i = d->md->body; i < d->md->count; i++) {
        const struct pm_md_line *l = &d->md->lines[i];
        if (l->kind == PM_MD_HEADING && pm_name_like_heading(pm_md_normal(l->content, d->arena)) == PM_TO_TIMELINE)
            return true;
    }
    return false;
}

static bool names_summary(struct pm_draft *d)
{
    for (size_t i = d->md->body; i < d->md->count; i++) {
        const struct pm_md_line *l = &d->md->lines[i];
        struct pm_str label, value;
        if (l->kind == PM_MD_HEADING && pm_name_like_heading(pm_md_normal(l->content, d->arena)) == PM_TO_SUMMARY)
            return true;
        if (l->kind == PM_MD_TEXT && pm_label_split(l->content, d->arena, &label, &value) &&
            pm_name_of_label(pm_md_normal(label, d->arena)) == PM_TO_SUMMARY)
            return true;
    }
    return false;
}

void pm_import_sections(struct pm_draft *d)
{
    struct walk w = {.d = d};
    find_lookalikes(d);
    take_title(d);
    pm_derive_before(d);
    for (int i = 0; i <= LOOKALIKE; i++)
        w.of_level[i] = PM_TO_COUNT;
    w.has_summary = names_summary(d);
    w.has_timeline = names_timeline(d);
    w.current = (struct section){.preamble = true, .range = {d->md->body, d->md->body}, .line = 1};
    for (size_t i = d->md->body; i < d->md->count; i++) {
        if (d->md->lines[i].kind == PM_MD_HEADING)
            take_heading(&w, i);
    }
    end_section(&w, d->md->count, 0);
}
