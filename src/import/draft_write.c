/* The draft as YAML, which the reader and the writer of incidents bring into canonical form. */
#include "import/account.h"
#include "import/import_internal.h"

#include "base/yaml.h"

#include <string.h>

enum { MAX_PIECE = 512 << 10 };   /* bytes of one scalar of what is kept as written */

struct writer {
    struct pm_draft *draft;
    struct pm_buf *out;
    struct pm_word_account account;
};

static void spaces(struct writer *w, int n) { pm_buf_printf(w->out, "%*s", n, ""); }

static void value(struct writer *w, int indent, struct pm_str text)
{
    if (memchr(text.p, '\n', text.n) && text.p[text.n - 1] != '\n')
        text = pm_arena_join(w->draft->arena, text, "\n", PM_LIT(""));
    if (!text.p)
        return;
    pm_word_account_add(&w->account, text);
    pm_buf_putc(w->out, ' ');
    pm_yaml_write_scalar(w->out, text, indent, false);
    pm_buf_putc(w->out, '\n');
}

static void key(struct writer *w, int indent, const char *name)
{
    spaces(w, indent);
    pm_buf_puts(w->out, name);
    pm_buf_putc(w->out, ':');
}

static void pair(struct writer *w, int indent, const char *name, struct pm_str text)
{
    if (!text.n)
        return;
    key(w, indent, name);
    value(w, indent + 2, text);
}

static void free_key(struct writer *w, int indent, struct pm_str name)
{
    spaces(w, indent);
    pm_word_account_add(&w->account, name);
    pm_yaml_write_scalar(w->out, name, 0, true);
    pm_buf_putc(w->out, ':');
}

/* ---- fields ---- */

/* The pieces of a text as one. */
static struct pm_str joined(struct writer *w, const struct pm_draft_texts *texts, const char *between)
{
    struct pm_buf b;
    pm_buf_init(&b, SIZE_MAX / 2);
    for (const struct pm_draft_text *t = texts->first; t; t = t->next) {
        if (t != texts->first)
            pm_buf_puts(&b, between);
        pm_buf_str(&b, t->value);
    }
    struct pm_str out = pm_arena_str(w->draft->arena, pm_buf_slice(&b));
    if (b.status != PM_OK)
        w->draft->arena->failed = true;
    pm_buf_free(&b);
    return out.p ? out : PM_LIT("");
}

static void text_field(struct writer *w, int indent, const char *name, enum pm_target field, const char *between)
{
    pair(w, indent, name, joined(w, &w->draft->fields[field], between));
}

static void first_field(struct writer *w, int indent, const char *name, enum pm_target field)
{
    if (pm_draft_has(w->draft, field))
        pair(w, indent, name, w->draft->fields[field].first->value);
}

static void list_field(struct writer *w, int indent, const char *name, enum pm_target field)
{
    if (!pm_draft_has(w->draft, field))
        return;
    key(w, indent, name);
    pm_buf_putc(w->out, '\n');
    for (const struct pm_draft_text *t = w->draft->fields[field].first; t; t = t->next) {
        spaces(w, indent + 2);
        pm_buf_putc(w->out, '-');
        value(w, indent + 4, t->value);
    }
}

static bool any(const struct pm_draft *d, enum pm_target first, enum pm_target last)
{
    for (int i = (int)first; i <= (int)last; i++) {
        if (pm_draft_has(d, (enum pm_target)i))
            return true;
    }
    return false;
}

static void head(struct writer *w)
{
    static const struct { enum pm_target field; const char *name; } firsts[] = {
        {PM_TO_ID, "id"}, {PM_TO_TITLE, "title"}, {PM_TO_STATUS, "status"}, {PM_TO_SEVERITY, "severity"}, {PM_TO_OWNER, "owner"},
        {PM_TO_URL, "url"}, {PM_TO_STARTED, "started_at"}, {PM_TO_DETECTED, "detected_at"}, {PM_TO_ACKNOWLEDGED, "acknowledged_at"},
        {PM_TO_IDENTIFIED, "identified_at"}, {PM_TO_MITIGATED, "mitigated_at"}, {PM_TO_RESOLVED, "resolved_at"},
        {PM_TO_CLOSED, "closed_at"}};
    static const enum pm_target texts[] = {
        PM_TO_SUMMARY, PM_TO_BACKGROUND, PM_TO_TRIGGER, PM_TO_RESPONSE, PM_TO_RESOLUTION, PM_TO_RECURRENCE, PM_TO_BACKLOG, PM_TO_ADVICE,
        PM_TO_ROOT_CAUSE};
    for (size_t i = 0; i < PM_ITEMS(firsts); i++)
        first_field(w, 0, firsts[i].name, firsts[i].field);
    pair(w, 0, "tz", w->draft->tz);
    if (w->draft->incident_status.first)
        pair(w, 0, "incident_status", w->draft->incident_status.first->value);
    list_field(w, 0, "authors", PM_TO_AUTHORS);
    list_field(w, 0, "reviewers", PM_TO_REVIEWERS);
    list_field(w, 0, "labels", PM_TO_LABELS);
    list_field(w, 0, "services", PM_TO_SERVICES);
    for (size_t i = 0; i < PM_ITEMS(texts); i++)
        text_field(w, 0, pm_target_path(texts[i]), texts[i], "\n\n");
}

/* ---- lists ---- */

static void entry(struct writer *w, int indent, const struct pm_draft_entry *e)
{
    const char *open = "";
    size_t opened = 0;
    spaces(w, indent);
    pm_buf_puts(w->out, "-\n");
    for (const struct pm_draft_pair *p = e->first; p; p = p->next) {
        const char *dot = strchr(p->key, '.');
        size_t n = dot ? (size_t)(dot - p->key) + 1 : 0;
        if (n && !(n == opened && memcmp(open, p->key, n) == 0)) {
            spaces(w, indent + 2);
            pm_buf_add(w->out, p->key, n - 1);
            pm_buf_puts(w->out, ":\n");
        }
        open = p->key;
        opened = n;
        pair(w, indent + (n ? 4 : 2), p->key + n, p->value);
    }
}

static void entries(struct writer *w, int indent, const char *name, enum pm_draft_list list)
{
    const struct pm_draft_entries *all = &w->draft->lists[list];
    bool begun = false;
    for (const struct pm_draft_entry *e = all->first; e; e = e->next) {
        if (!e->first)
            continue;
        if (!begun) {
            key(w, indent, name);
            pm_buf_putc(w->out, '\n');
        }
        begun = true;
        entry(w, indent + 2, e);
    }
}

/* ---- mappings ---- */

static void impact(struct writer *w)
{
    const struct pm_draft *d = w->draft;
    if (!any(d, PM_TO_IMPACT, PM_TO_REVENUE) && !any(d, PM_TO_CUSTOMERS, PM_TO_REQUESTS) && !d->lists[PM_LIST_MEASURES].first)
        return;
    pm_buf_puts(w->out, "impact:\n");
    text_field(w, 2, "description", PM_TO_IMPACT, "\n\n");
    text_field(w, 2, "business", PM_TO_BUSINESS, "\n\n");
    text_field(w, 2, "infrastructure", PM_TO_INFRASTRUCTURE, "\n\n");
    text_field(w, 2, "productivity", PM_TO_PRODUCTIVITY, "\n\n");
    first_field(w, 2, "customers_affected", PM_TO_CUSTOMERS);
    first_field(w, 2, "requests_failed", PM_TO_REQUESTS);
    first_field(w, 2, "support_tickets", PM_TO_TICKETS);
    if (pm_draft_has(d, PM_TO_REVENUE)) {
        pm_buf_puts(w->out, "  revenue:\n");
        text_field(w, 4, "note", PM_TO_REVENUE, "\n\n");
    }
    entries(w, 2, "measures", PM_LIST_MEASURES);
}

static void small_maps(struct writer *w)
{
    const struct pm_draft *d = w->draft;
    if (pm_draft_has(d, PM_TO_DETECTION)) {
        pm_buf_puts(w->out, "detection:\n");
        text_field(w, 2, "description", PM_TO_DETECTION, "\n\n");
    }
    if (any(d, PM_TO_INTERNAL, PM_TO_EXTERNAL)) {
        pm_buf_puts(w->out, "messaging:\n");
        text_field(w, 2, "internal", PM_TO_INTERNAL, "\n\n");
        text_field(w, 2, "external", PM_TO_EXTERNAL, "\n\n");
    }
    if (any(d, PM_TO_MEETING, PM_TO_RECORDING)) {
        pm_buf_puts(w->out, "review:\n");
        first_field(w, 2, "meeting_at", PM_TO_MEETING);
        first_field(w, 2, "recording", PM_TO_RECORDING);
    }
    if (any(d, PM_TO_WENT_WELL, PM_TO_LEARNED)) {
        pm_buf_puts(w->out, "lessons:\n");
        list_field(w, 2, "went_well", PM_TO_WENT_WELL);
        list_field(w, 2, "went_wrong", PM_TO_WENT_WRONG);
        list_field(w, 2, "lucky", PM_TO_LUCKY);
        list_field(w, 2, "learned", PM_TO_LEARNED);
    }
}

static bool came_before(const struct pm_draft_texts *texts, const struct pm_draft_text *t)
{
    for (const struct pm_draft_text *other = texts->first; other != t; other = other->next) {
        if (pm_str_eq(other->key, t->key))
            return true;
    }
    return false;
}

static void roles(struct writer *w)
{
    const struct pm_draft_texts *all = &w->draft->fields[PM_TO_ROLES];
    if (all->first)
        pm_buf_puts(w->out, "roles:\n");
    for (const struct pm_draft_text *t = all->first; t; t = t->next) {
        if (came_before(all, t))
            continue;
        free_key(w, 2, t->key);
        pm_buf_putc(w->out, '\n');
        for (const struct pm_draft_text *other = t; other; other = other->next) {
            if (pm_str_eq(other->key, t->key)) {
                pm_buf_puts(w->out, "    -");
                value(w, 6, other->value);
            }
        }
    }
}

static void glossary(struct writer *w)
{
    const struct pm_draft_texts *all = &w->draft->fields[PM_TO_GLOSSARY];
    if (all->first)
        pm_buf_puts(w->out, "glossary:\n");
    for (const struct pm_draft_text *t = all->first; t; t = t->next) {
        if (came_before(all, t))
            continue;
        free_key(w, 2, t->key);
        value(w, 4, t->value);
    }
}

/* ---- what is left ---- */

static void kept_piece(struct writer *w, struct pm_buf *piece)
{
    pm_buf_puts(w->out, "    -");
    value(w, 6, pm_arena_str(w->draft->arena, pm_buf_slice(piece)));
    pm_buf_clear(piece);
}

/* Appends a line of the input; one that is longer than a scalar may be is cut at a character. */
static void keep_line(struct writer *w, struct pm_buf *piece, struct pm_str line)
{
    while (line.n > MAX_PIECE) {
        size_t n = MAX_PIECE;
        while (n && ((unsigned char)line.p[n] & 0xC0) == 0x80)
            n--;
        keep_line(w, piece, pm_md_upto(line, n));
        line = pm_md_from(line, n);
    }
    if (piece->len && piece->len + line.n > MAX_PIECE)
        kept_piece(w, piece);
    if (piece->len)
        pm_buf_putc(piece, '\n');
    pm_buf_str(piece, line);
}

/* Of each line what lies between words that the output does not have. */
static void keep_lines(struct writer *w, struct pm_str source)
{
    struct pm_buf piece;
    bool begun = false;
    pm_buf_init(&piece, SIZE_MAX / 2);
    for (size_t at = 0; at < source.n;) {
        const char *end = memchr(source.p + at, '\n', source.n - at);
        struct pm_str line = pm_md_upto(pm_md_from(source, at), end ? (size_t)(end - source.p) - at : source.n - at);
        at += line.n + 1;
        struct pm_str left = pm_word_account_take(&w->account, line);
        if (!left.n)
            continue;
        if (!begun)
            pm_buf_puts(w->out, "  as_written:\n");
        begun = true;
        keep_line(w, &piece, left);
    }
    if (piece.len)
        kept_piece(w, &piece);
    if (piece.status != PM_OK)
        w->draft->arena->failed = true;
    pm_buf_free(&piece);
}

static void extras(struct writer *w, struct pm_str source)
{
    pm_buf_puts(w->out, "x-import:\n  from: Markdown\n");
    if (w->draft->made_up.first)
        pm_buf_puts(w->out, "  made_up:\n");
    for (const struct pm_draft_text *t = w->draft->made_up.first; t; t = t->next) {
        pm_buf_puts(w->out, "    - ");
        pm_buf_str(w->out, t->value);
        pm_buf_putc(w->out, '\n');
    }
    keep_lines(w, source);
}

void pm_draft_write(struct pm_draft *d, struct pm_str source, struct pm_buf *out)
{
    struct writer w = {.draft = d, .out = out, .account = {.arena = d->arena}};
    head(&w);
    impact(&w);
    small_maps(&w);
    entries(&w, 0, "timeline", PM_LIST_TIMELINE);
    entries(&w, 0, "causes", PM_LIST_CAUSES);
    entries(&w, 0, "five_whys", PM_LIST_WHYS);
    entries(&w, 0, "action_items", PM_LIST_ACTIONS);
    roles(&w);
    entries(&w, 0, "evidence", PM_LIST_EVIDENCE);
    entries(&w, 0, "questions", PM_LIST_QUESTIONS);
    entries(&w, 0, "sections", PM_LIST_SECTIONS);
    glossary(&w);
    extras(&w, source);
    if (pm_arena_failed(d->arena) && out->status == PM_OK)
        out->status = PM_NOMEM;
}
