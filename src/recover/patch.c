/* Attempts at a patch: make the edits, write, read again, compare; leave out what does not hold, and try again. */
#include "recover/patch_internal.h"

#include "base/limits.h"

#include <string.h>

static const char unsafe[] = "the change cannot be written into this text without changing more";

/* How many readings of a document one patch may take to find out which edit is at fault; fewer of a long one. */
enum { MOST_READINGS = 200, LEAST_READINGS = 8, READ_BYTES = 1 << 18 };

/* --- comparison with what was read again --- */

struct check {
    const struct pm_patch *p;
    const struct pm_yaml *at;     /* where the trees differ: in the new one, or NULL */
    int edit;                     /* whose twig differs, or PM_NOT_EDITED */
};

static bool same(struct check *c, const struct pm_twig *t, const struct pm_yaml *y);

static size_t live_children(const struct pm_twig *t)
{
    size_t n = 0;
    for (const struct pm_twig *child = t->first; child; child = child->next)
        n += !child->removed;
    return n;
}

/* Keys come mostly in the same order. */
static const struct pm_yaml *member(const struct pm_yaml *map, const struct pm_yaml *next, struct pm_str key)
{
    if (next && pm_str_eq(next->key, key))
        return next;
    for (const struct pm_yaml *y = map->first; y; y = y->next) {
        if (pm_str_eq(y->key, key))
            return y;
    }
    return NULL;
}

static bool differ(struct check *c, const struct pm_twig *t, const struct pm_yaml *y)
{
    for (; t && c->edit == PM_NOT_EDITED; t = t->parent)
        c->edit = t->edit;
    c->at = y;
    return false;
}

static bool same_children(struct check *c, const struct pm_twig *t, const struct pm_yaml *y)
{
    const struct pm_yaml *next = y->first;
    for (const struct pm_twig *child = t->first; child; child = child->next) {
        if (child->removed)
            continue;
        if (t->kind == PM_YAML_MAPPING)
            next = member(y, next, child->key);
        if (!next)
            return differ(c, child, y);
        if (!same(c, child, next))
            return false;
        next = next->next;
    }
    return live_children(t) == y->count || differ(c, t, y);
}

/* A value that was not touched is as plain as it was: "no" and no are different things. */
static bool same(struct check *c, const struct pm_twig *t, const struct pm_yaml *y)
{
    if (t->kind != y->kind)
        return differ(c, t, y);
    if (t->kind != PM_YAML_SCALAR)
        return same_children(c, t, y);
    bool touched = t->changed || !t->old;
    if (!pm_str_eq(t->text, y->text) || (!touched && t->old->style != y->style))
        return differ(c, t, y);
    return true;
}

/* Times of entries that were not touched are what they were. */
static bool same_times(const struct pm_patch *p, const struct pm_incident *now, struct check *c)
{
    const struct pm_twig *list = pm_twig_get(p->root, PM_LIT("timeline"));
    const struct pm_event *was = p->incident->timeline.items, *is = now->timeline.items;
    if (!p->times || !list || list->kind != PM_YAML_SEQUENCE)
        return true;
    for (const struct pm_twig *t = list->first; t; t = t->next) {
        const struct pm_event *old = t->old ? was++ : NULL;
        if (t->removed)
            continue;
        const struct pm_twig *at = pm_twig_get(t, PM_LIT("at")), *until = pm_twig_get(t, PM_LIT("until"));
        bool kept = old && at && at->edit == PM_NOT_EDITED, kept_end = old && until && until->edit == PM_NOT_EDITED;
        bool differs = kept && old->at.valid && (!is->at.valid || is->at.as.instant != old->at.as.instant);
        differs |= kept_end && old->until.valid && (!is->until.valid || is->until.as.instant != old->until.as.instant);
        if (differs)
            return differ(c, t, is->head.source);
        is++;
    }
    return true;
}

/* --- one attempt --- */

struct attempt {
    int edit;                /* at fault; PM_NOT_EDITED: none that is known */
    bool typed;              /* the text is not of its type: quoting will not help */
    struct pm_str reason;
    enum pm_status status;   /* PM_OK: the result is what it should be */
};

static void blame(struct attempt *a, int edit, const char *reason, bool typed)
{
    a->status = PM_INVALID;
    a->edit = edit;
    a->typed = typed;
    a->reason = pm_str(reason);
}

/* The edit whose text holds the place of the first message. */
static void blame_message(struct pm_patch *p, struct attempt *a, const struct pm_diags *diags)
{
    const struct pm_diag *d = diags->first;
    while (d && pm_diag_severity(d->code) != PM_ERROR)
        d = d->next;
    if (!d)
        return;
    for (size_t i = 0; i < p->splice_count; i++) {
        const struct pm_splice *s = &p->splices[i];
        if (d->mark.offset >= s->out && d->mark.offset <= s->out + s->text.n && s->text.n)
            a->edit = s->edit;
    }
    a->typed = d->code != PM_D_YAML && d->code != PM_D_UNKNOWN_KEY;
    a->reason = pm_arena_str(p->arena, pm_str(d->text));
}

static void read_again(struct pm_patch *p, struct pm_str text, struct attempt *a)
{
    const struct pm_read_options options = {.lenient = true};   /* the source was read without an error, by whatever options */
    struct pm_arena arena;
    struct pm_diags diags;
    struct pm_incident *now;
    struct check c = {.p = p, .edit = PM_NOT_EDITED};
    pm_arena_init(&arena);
    pm_diags_init(&diags, "");
    a->status = pm_incident_read(text, p->incident->first_line, &options, &arena, &diags, &now);
    if (a->status == PM_INVALID)
        blame_message(p, a, &diags);
    else if (a->status == PM_OK && (!now || !same(&c, p->root, now->head.source) || !same_times(p, now, &c)))
        blame(a, c.edit, unsafe, false);
    pm_diags_free(&diags);
    pm_arena_free(&arena);
}

/* Local times mean something else in another zone. */
static bool keeps_zone(const struct pm_patch *p)
{
    const struct pm_twig *tz = pm_twig_get(p->root, PM_LIT("tz"));
    const struct pm_str was = p->incident->tz.text;
    return tz ? pm_str_eq(tz->text, was) : p->incident->tz.derived;
}

static void begin_attempt(struct pm_patch *p)
{
    pm_arena_free(&p->work);
    pm_arena_init(&p->work);
    p->splices = NULL;
    p->splice_count = p->splice_cap = 0;
    p->blocked = PM_NOT_EDITED;
    p->root = pm_twig_copy(p, p->incident->head.source);
}

/* Makes the edits that have not failed in a new tree; false when one of them fails. */
static bool make_edits(struct pm_patch *p, const bool *chosen)
{
    bool all = true;
    begin_attempt(p);
    for (size_t i = 0; p->root && i < p->count; i++) {
        if (p->edits[i].failure || !chosen[i])
            continue;
        const char *failure = pm_patch_edit(p, (int)i);
        p->edits[i].failure = failure;
        all &= !failure;
    }
    return all;
}

static void try_edits(struct pm_patch *p, const bool *chosen, struct pm_buf *out, struct attempt *a)
{
    *a = (struct attempt){.edit = PM_NOT_EDITED, .status = PM_OK};
    pm_buf_clear(out);
    while (!make_edits(p, chosen) && !p->work.failed)   /* what a failed edit made on its way is not to stay */
        ;
    if (p->root && !p->work.failed) {
        p->times = keeps_zone(p);
        pm_patch_timeline(p);
        pm_patch_write(p, out);
    }
    if (p->work.failed || p->arena->failed || out->status == PM_NOMEM)
        a->status = PM_NOMEM;
    else if (p->blocked != PM_NOT_EDITED)
        blame(a, p->blocked, unsafe, false);
    else if (out->status != PM_OK)
        blame(a, PM_NOT_EDITED, "the document would be too large", true);
    else if (p->splice_count)
        read_again(p, pm_buf_slice(out), a);
}

/* --- the search for what holds --- */

struct search {
    struct pm_patch *p;
    struct pm_buf *out;
    bool *chosen;
    int readings, most;      /* so far; allowed */
    enum pm_status status;
};

/* Quotes first, where it may be a matter of quotes; then the edit is left out. */
static void answer(struct pm_patch *p, const struct attempt *a)
{
    if (!a->typed && !p->quoted[a->edit]) {
        p->quoted[a->edit] = true;
        return;
    }
    p->edits[a->edit].failure = a->reason.p ? a->reason.p : unsafe;
}

static size_t living(const struct search *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->p->count; i++)
        n += s->chosen[i] && !s->p->edits[i].failure;
    return n;
}

/* Tries the chosen edits until the rest of them holds; false when the culprit stays unknown. */
static bool settle(struct search *s)
{
    struct attempt a;
    for (;;) {
        try_edits(s->p, s->chosen, s->out, &a);
        s->status = a.status;
        if (a.status != PM_INVALID || living(s) == 0)
            return true;
        if (a.edit == PM_NOT_EDITED && living(s) > 1)
            return false;
        for (size_t i = 0; a.edit == PM_NOT_EDITED && i < s->p->count; i++) {
            if (s->chosen[i] && !s->p->edits[i].failure)
                a.edit = (int)i;
        }
        if (++s->readings > s->most)
            s->p->quoted[a.edit] = true, a.typed = true;
        answer(s->p, &a);
    }
}

/* Adds edits one by one to those that hold. */
static void settle_each(struct search *s)
{
    struct pm_patch *p = s->p;
    memset(s->chosen, 0, p->count);
    for (size_t i = 0; i < p->count && s->status != PM_NOMEM; i++) {
        if (p->edits[i].failure)
            continue;
        s->chosen[i] = true;
        struct attempt a = {.edit = PM_NOT_EDITED, .status = PM_INVALID};
        if (++s->readings <= s->most)
            try_edits(p, s->chosen, s->out, &a);
        s->status = a.status;
        if (a.status == PM_INVALID) {
            p->edits[i].failure = a.reason.p ? a.reason.p : unsafe;
            s->chosen[i] = false;
        }
    }
    if (s->status != PM_NOMEM)
        (void)settle(s);
}

static int columns_to_dash(const struct pm_yaml *root)
{
    for (const struct pm_yaml *y = root->first; y; y = y->next) {
        if (y->kind == PM_YAML_SEQUENCE && !y->flow && y->first && !root->flow)
            return (int)y->mark.col - (int)y->key_mark.col;
    }
    return 2;
}

static bool has_crlf(struct pm_str s)
{
    const char *feed = memchr(s.p, '\n', s.n);
    return feed && feed > s.p && feed[-1] == '\r';
}

static enum pm_status finish(struct search *s, struct pm_str source, struct pm_buf *out)
{
    size_t failed = 0;
    for (size_t i = 0; i < s->p->count; i++)
        failed += s->p->edits[i].failure != NULL;
    if (s->status == PM_NOMEM || s->status == PM_LIMIT)
        return s->status;
    pm_buf_str(out, living(s) ? pm_buf_slice(s->out) : source);
    return out->status != PM_OK ? out->status : failed ? PM_INVALID : PM_OK;
}

enum pm_status pm_patch(const struct pm_incident *incident, struct pm_edit *edits, size_t count, struct pm_arena *arena,
                        struct pm_buf *out)
{
    const struct pm_yaml *root = incident->head.source;
    struct pm_patch p = {.incident = incident, .source = incident->source, .edits = edits, .count = count, .arena = arena,
                         .ids = {.arena = arena}};
    struct pm_buf attempt;
    p.crlf = has_crlf(p.source);
    p.json = root->flow && root->first && p.source.p[root->first->key_mark.offset] == '"';
    p.dash = columns_to_dash(root);
    struct search s = {.p = &p, .out = &attempt, .chosen = pm_arena_array(arena, count + 1, sizeof *s.chosen)};
    s.most = LEAST_READINGS + MOST_READINGS / (int)(1 + p.source.n / READ_BYTES);
    p.quoted = pm_arena_array(arena, count + 1, sizeof *p.quoted);
    if (!p.quoted || !s.chosen)
        return PM_NOMEM;
    pm_buf_init(&attempt, PM_MAX_DOCUMENT * 2);
    pm_arena_init(&p.work);
    for (size_t i = 0; i < count; i++) {
        edits[i].failure = NULL;
        edits[i].id = (struct pm_str){NULL, 0};
        s.chosen[i] = true;
    }
    if (!settle(&s))
        settle_each(&s);
    enum pm_status status = finish(&s, p.source, out);
    pm_arena_free(&p.work);
    pm_buf_free(&attempt);
    return status;
}
