#include "recover/merge_internal.h"

#include "base/limits.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* The key that keeps texts, and the one for where that holds something else. */
#define PM_UNPLACED "x-unplaced"
#define PM_UNPLACED_TOO "x-unplaced-texts"

/* --- results --- */

struct pm_str pm_merge_take(struct pm_buf *b, struct pm_arena *arena)
{
    struct pm_str out = pm_arena_str(arena, pm_buf_slice(b));
    arena->failed |= b->status != PM_OK;
    pm_buf_free(b);
    return out;
}

struct pm_edit *pm_merge_add_edit(struct pm_merge *merge, enum pm_edit_kind kind, struct pm_str path)
{
    if (merge->edit_count == merge->edit_cap) {
        size_t cap = merge->edit_cap ? merge->edit_cap * 2 : 16;
        struct pm_edit *grown = pm_arena_grow(merge->arena, merge->edits, merge->edit_count, cap, sizeof *grown);
        if (!grown)
            return NULL;
        merge->edits = grown;
        merge->edit_cap = cap;
    }
    struct pm_edit *e = &merge->edits[merge->edit_count++];
    *e = (struct pm_edit){.kind = kind, .path = path};
    return e;
}

struct pm_change *pm_merge_add_change(struct pm_merge *merge, enum pm_change_kind kind, struct pm_str where, struct pm_str place)
{
    if (merge->change_count == merge->change_cap) {
        size_t cap = merge->change_cap ? merge->change_cap * 2 : 16;
        struct pm_change *grown = pm_arena_grow(merge->arena, merge->changes, merge->change_count, cap, sizeof *grown);
        if (!grown)
            return NULL;
        merge->changes = grown;
        merge->change_cap = cap;
    }
    struct pm_change *c = &merge->changes[merge->change_count++];
    *c = (struct pm_change){.kind = kind, .where = where, .place = place, .edit = PM_NO_EDIT};
    return c;
}

/* What YAML may not hold becomes U+FFFD. */
static struct pm_str without_controls(struct pm_str text, struct pm_arena *arena)
{
    struct pm_buf b;
    pm_buf_init(&b, PM_MAX_DOCUMENT);
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        uint32_t cp = pm_utf8_next(text, &at);
        bool control = (cp < 0x20 && cp != '\t' && cp != '\n') || (cp >= 0x7F && cp < 0xA0) || cp == 0xFFFE || cp == 0xFFFF ||
                       cp == PM_UTF8_BAD;
        if (control)
            pm_buf_puts(&b, "\xEF\xBF\xBD");
        else
            pm_buf_add(&b, text.p + start, at - start);
    }
    return pm_merge_take(&b, arena);
}

/* The edit that keeps a text. */
static void keep_text(struct pm_merge *merge, struct pm_str where, struct pm_str text, struct pm_str place)
{
    struct pm_member *members = pm_arena_array(merge->arena, 3, sizeof *members);
    struct pm_edit *e = members ? pm_merge_add_edit(merge, PM_EDIT_ADD, PM_LIT(PM_UNPLACED)) : NULL;
    if (!e)
        return;
    e->members = members;
    if (where.n)
        members[e->member_count++] = (struct pm_member){PM_LIT("path"), without_controls(where, merge->arena)};
    if (place.n)
        members[e->member_count++] = (struct pm_member){PM_LIT("place"), without_controls(place, merge->arena)};
    members[e->member_count++] = (struct pm_member){PM_LIT("text"), text};
}

void pm_merge_unplaced(struct pm_merge *merge, struct pm_str where, struct pm_str text, struct pm_str place, const char *reason)
{
    struct pm_change *c = pm_merge_add_change(merge, PM_CHANGE_UNPLACED, where, place);
    if (!c)
        return;
    text = without_controls(text, merge->arena);
    c->after = text;
    c->reason = reason;
    c->edit = merge->edit_count;
    do {   /* a scalar has its limit */
        struct pm_str part = pm_utf8_prefix(text, PM_MAX_SCALAR / 8);
        keep_text(merge, where, part, place);
        text = (struct pm_str){text.p + part.n, text.n - part.n};
    } while (text.n);
}

struct pm_str pm_members_text(const struct pm_member *members, size_t count, struct pm_arena *arena)
{
    struct pm_buf b;
    pm_buf_init(&b, PM_MAX_DOCUMENT);
    for (size_t i = 0; i < count; i++) {
        pm_buf_puts(&b, i ? ", " : "");
        pm_buf_str(&b, members[i].text);
    }
    return pm_merge_take(&b, arena);
}

struct pm_str pm_value_text(const struct pm_value *value, struct pm_arena *arena)
{
    const struct pm_field *fields = value->list ? value->list->items : NULL;
    if (value->type != PM_T_LIST)
        return value->field ? value->field->text : PM_LIT("");
    struct pm_member *members = value->list ? pm_arena_array(arena, value->list->count + 1, sizeof *members) : NULL;
    for (size_t i = 0; members && i < value->list->count; i++)
        members[i].text = fields[i].text;
    return members ? pm_members_text(members, value->list->count, arena) : PM_LIT("");
}

/* --- groups --- */

struct sorted { const struct pm_shown_value *value; size_t order; bool theirs; };

static int compare_sorted(const void *a, const void *b)
{
    const struct sorted *x = a, *y = b;
    int order = pm_str_cmp(x->value->path, y->value->path);
    if (order == 0)
        order = x->theirs - y->theirs;
    return order ? order : x->order < y->order ? -1 : x->order > y->order;
}

static size_t collect(const struct pm_shown *shown, bool theirs, struct sorted *out)
{
    size_t n = 0;
    for (size_t i = 0; i < shown->count; i++) {
        if (shown->values[i].path.n)
            out[n++] = (struct sorted){&shown->values[i], i, theirs};
    }
    return n;
}

static int compare_groups(const void *a, const void *b)
{
    const struct pm_shown_group *x = a, *y = b;
    bool gone = !x->their_count, other = !y->their_count;
    if (gone != other)
        return gone ? 1 : -1;
    return x->order < y->order ? -1 : x->order > y->order;
}

/* By path, then in the order of the artefact; those that are missing come last. */
static bool make_groups(struct pm_merger *m)
{
    size_t most = m->ours->count + m->theirs->count;
    struct sorted *all = pm_arena_array(m->arena, most + 1, sizeof *all);
    const struct pm_shown_value **values = pm_arena_array(m->arena, most + 1, sizeof *values);
    m->groups = pm_arena_array(m->arena, most + 1, sizeof *m->groups);
    if (!all || !values || !m->groups)
        return false;
    size_t n = collect(m->ours, false, all);
    n += collect(m->theirs, true, all + n);
    qsort(all, n, sizeof *all, compare_sorted);
    for (size_t i = 0; i < n; i++) {
        struct pm_shown_group *g = m->group_count ? &m->groups[m->group_count - 1] : NULL;
        if (!g || !pm_str_eq(g->path, all[i].value->path)) {
            g = &m->groups[m->group_count++];
            g->path = all[i].value->path;
            g->ours = g->theirs = values + i;
            g->order = all[i].order;
        }
        values[i] = all[i].value;
        if (!all[i].theirs) {
            g->our_count++;
            g->theirs = values + i + 1;
        } else if (g->their_count++ == 0) {
            g->order = all[i].order;
        }
    }
    qsort(m->groups, m->group_count, sizeof *m->groups, compare_groups);
    return true;
}

/* --- edits of values --- */

static bool same_text(struct pm_merger *m, const struct pm_shown_value *a, const struct pm_shown_value *b)
{
    return pm_str_eq(a->text, b->text) || pm_str_eq(pm_shown_normalise(a->text, m->arena), pm_shown_normalise(b->text, m->arena));
}

static bool is_shown_before(struct pm_merger *m, const struct pm_shown_group *g, const struct pm_shown_value *theirs)
{
    for (size_t i = 0; i < g->our_count; i++) {
        if (same_text(m, g->ours[i], theirs))
            return true;
    }
    return false;
}

static void set_value(struct pm_merger *m, const struct pm_shown_group *g, const struct pm_value *value,
                      const struct pm_read_value *read, struct pm_str place)
{
    struct pm_change *c = pm_merge_add_change(m->out, PM_CHANGE_SET, value->where, place);
    if (!c)
        return;
    c->mark = value->mark;
    c->before = pm_value_text(value, m->arena);
    c->after = read->member_count ? pm_members_text(read->members, read->member_count, m->arena) : read->text;
    c->edit = m->out->edit_count;
    struct pm_edit *e = pm_merge_add_edit(m->out, PM_EDIT_SET, g->path);
    if (e) {
        e->text = read->text;
        e->members = read->members;
        e->member_count = read->member_count;
    }
}

static void clear_value(struct pm_merger *m, const struct pm_shown_group *g, const struct pm_value *value, struct pm_str place)
{
    if (!value->field && !value->list)
        return;
    struct pm_change *c = pm_merge_add_change(m->out, PM_CHANGE_CLEARED, value->where, place);
    if (!c)
        return;
    c->mark = value->mark;
    c->before = pm_value_text(value, m->arena);
    c->edit = m->out->edit_count;
    (void)pm_merge_add_edit(m->out, PM_EDIT_CLEAR, g->path);
}

/* The value that a changed one stood for: the one in the same place where both have as many. */
static const struct pm_shown_value *counterpart(const struct pm_shown_group *g, size_t i)
{
    if (!g->our_count)
        return NULL;
    return g->ours[i < g->our_count ? i : g->our_count - 1];
}

static void take_edit(struct pm_merger *m, const struct pm_shown_group *g, const struct pm_value *value, size_t i)
{
    const struct pm_shown_value *theirs = g->theirs[i];
    struct pm_read_value read;
    switch (pm_read_shown(m, value, counterpart(g, i), theirs, &read)) {
    case PM_READ_VALUE: set_value(m, g, value, &read, theirs->place); break;
    case PM_READ_NOTHING: clear_value(m, g, value, theirs->place); break;
    case PM_READ_SAME: break;
    case PM_READ_FAILED: pm_merge_unplaced(m->out, value->where, theirs->text, theirs->place, read.failure); break;
    }
}

/* Where a value is shown more than once, an edit of one of them is an edit; of two different ones, the first. */
static void merge_group(struct pm_merger *m, struct pm_shown_group *g)
{
    const struct pm_shown_value *edited = NULL;
    struct pm_value value;
    bool known = false;
    for (size_t i = 0; i < g->their_count; i++) {
        const struct pm_shown_value *theirs = g->theirs[i];
        if (is_shown_before(m, g, theirs) || (edited && same_text(m, edited, theirs)))
            continue;
        if (!edited)
            known = pm_value_find(&m->find, g->path, m->arena, &value);
        if (!known)
            pm_merge_unplaced(m->out, value.where, theirs->text, theirs->place, "the source has no such value");
        else if (edited)
            pm_merge_unplaced(m->out, value.where, theirs->text, theirs->place, "the value was changed to something else in another place");
        else
            take_edit(m, g, &value, i);
        edited = theirs;
    }
}

/* --- text that belongs to no value --- */

static int compare_text(const void *a, const void *b)
{
    return pm_str_cmp(*(const struct pm_str *)a, *(const struct pm_str *)b);
}

/* What ours shows too, wherever, is no news. */
static void keep_loose_text(struct pm_merger *m)
{
    struct pm_str *known = pm_arena_array(m->arena, m->ours->count + 1, sizeof *known);
    size_t count = 0;
    for (size_t i = 0; known && i < m->ours->count; i++)
        known[count++] = pm_shown_normalise(m->ours->values[i].text, m->arena);
    if (count)
        qsort(known, count, sizeof *known, compare_text);
    for (size_t i = 0; known && i < m->theirs->count; i++) {
        const struct pm_shown_value *v = &m->theirs->values[i];
        struct pm_str text = v->path.n ? (struct pm_str){NULL, 0} : pm_shown_normalise(v->text, m->arena);
        if (text.n && (!count || !bsearch(&text, known, count, sizeof *known, compare_text)))
            pm_merge_unplaced(m->out, (struct pm_str){NULL, 0}, v->text, v->place, "it belongs to no value of the source");
    }
}

/* The first `count` changes behind the others: what is new comes after what is different. */
static void put_behind(struct pm_merge *merge, size_t count)
{
    size_t rest = merge->change_count - count;
    struct pm_change *first = pm_arena_array(merge->arena, count + 1, sizeof *first);
    if (!first || !count)
        return;
    memcpy(first, merge->changes, count * sizeof *first);
    memmove(merge->changes, merge->changes + count, rest * sizeof *first);
    memcpy(merge->changes + rest, first, count * sizeof *first);
}

enum pm_status pm_merge(const struct pm_incident *base, const struct pm_shown *ours, const struct pm_shown *theirs,
                        const struct pm_merge_options *options, struct pm_arena *arena, struct pm_merge *out)
{
    struct pm_merger m = {.base = base, .ours = ours, .theirs = theirs, .options = options, .arena = arena, .out = out};
    pm_language_init(&m.english, NULL);
    pm_finder_init(&m.find, base, arena);
    m.language = options->language ? options->language : &m.english;
    *out = (struct pm_merge){.arena = arena};
    if (!make_groups(&m))
        return PM_NOMEM;
    pm_merge_new_entries(&m);   /* their groups are then done */
    size_t new_count = out->change_count;
    for (size_t i = 0; i < m.group_count; i++) {
        if (!m.groups[i].done && m.groups[i].their_count)
            merge_group(&m, &m.groups[i]);
    }
    put_behind(out, new_count);
    keep_loose_text(&m);
    pm_merge_missing(&m);
    return arena->failed ? PM_NOMEM : PM_OK;
}

/* --- applying --- */

/* What stands there now: forms of instants are chosen when they are written. */
static void refresh(struct pm_merge *merge, const struct pm_incident *now)
{
    struct pm_finder find;
    pm_finder_init(&find, now, merge->arena);
    for (size_t i = 0; i < merge->change_count; i++) {
        struct pm_change *c = &merge->changes[i];
        struct pm_value value;
        if (c->kind != PM_CHANGE_SET || c->edit == PM_NO_EDIT || !pm_value_find(&find, merge->edits[c->edit].path, merge->arena, &value))
            continue;
        if (value.field && (value.type == PM_T_INSTANT || value.type == PM_T_EVENT_INSTANT))
            c->after = pm_arena_str(merge->arena, value.field->text);
    }
}

static bool changes_instants(const struct pm_merge *merge, const struct pm_incident *incident)
{
    struct pm_finder find;
    pm_finder_init(&find, incident, merge->arena);
    for (size_t i = 0; i < merge->edit_count; i++) {
        struct pm_value value;
        if (merge->edits[i].kind == PM_EDIT_SET && pm_value_find(&find, merge->edits[i].path, merge->arena, &value) &&
            (value.type == PM_T_INSTANT || value.type == PM_T_EVENT_INSTANT))
            return true;
    }
    return false;
}

static void name_new_entries(struct pm_merge *merge)
{
    for (size_t i = 0; i < merge->change_count; i++) {
        struct pm_change *c = &merge->changes[i];
        const struct pm_edit *e = c->edit != PM_NO_EDIT ? &merge->edits[c->edit] : NULL;
        if (c->kind == PM_CHANGE_ADDED && e && e->id.n)
            c->where = pm_arena_format(merge->arena, "%.*s[%.*s]", (int)c->where.n, c->where.p, (int)e->id.n, e->id.p);
    }
}

static struct pm_str text_of(const struct pm_merge *merge, const struct pm_edit *e)
{
    struct pm_buf b;
    if (!e->member_count)
        return e->text;
    pm_buf_init(&b, PM_MAX_DOCUMENT);
    for (size_t i = 0; i < e->member_count; i++) {
        pm_buf_puts(&b, i ? "\n" : "");
        pm_buf_str(&b, e->members[i].name);
        pm_buf_puts(&b, e->members[i].name.n ? ": " : "");
        pm_buf_str(&b, e->members[i].text);
    }
    return pm_merge_take(&b, merge->arena);
}

/* What an edit that cannot be made says is kept; what it would have removed stays. False when there was none. */
static bool keep_failed(struct pm_merge *merge)
{
    bool any = false;
    for (size_t i = 0, n = merge->change_count; i < n; i++) {
        struct pm_change c = merge->changes[i];
        const struct pm_edit *e = c.edit != PM_NO_EDIT ? &merge->edits[c.edit] : NULL;
        if (!e || !e->failure || c.kind == PM_CHANGE_UNPLACED || c.kind == PM_CHANGE_MISSING)
            continue;
        const char *failure = e->failure;
        struct pm_str text = text_of(merge, e);
        any = true;
        merge->changes[i].edit = PM_NO_EDIT;
        merge->changes[i].reason = failure;
        if (c.kind == PM_CHANGE_CLEARED || c.kind == PM_CHANGE_REMOVED) {
            merge->changes[i].kind = PM_CHANGE_MISSING;
            continue;
        }
        pm_merge_unplaced(merge, c.where, text, c.place, failure);
        if (merge->change_count > n) {   /* in its place */
            merge->changes[i] = merge->changes[merge->change_count - 1];
            merge->change_count--;
        }
    }
    return any;
}

/* Takes out the edits that failed; changes keep theirs. */
static void drop_failed(struct pm_merge *merge)
{
    size_t kept = 0, *places = pm_arena_array(merge->arena, merge->edit_count + 1, sizeof *places);
    for (size_t i = 0; places && i < merge->edit_count; i++) {
        places[i] = merge->edits[i].failure ? PM_NO_EDIT : kept;
        if (!merge->edits[i].failure)
            merge->edits[kept++] = merge->edits[i];
    }
    for (size_t i = 0; places && i < merge->change_count; i++) {
        if (merge->changes[i].edit != PM_NO_EDIT)
            merge->changes[i].edit = places[merge->changes[i].edit];
    }
    if (places)
        merge->edit_count = kept;
}

/* The new text, read again. */
static void refresh_instants(struct pm_merge *merge, struct pm_str text)
{
    const struct pm_read_options options = {.lenient = true};
    struct pm_arena arena;
    struct pm_diags diags;
    struct pm_incident *now;
    pm_arena_init(&arena);
    pm_diags_init(&diags, "");
    enum pm_status status = pm_incident_read(text, 1, &options, &arena, &diags, &now);
    if (status == PM_OK && now)
        refresh(merge, now);
    merge->arena->failed |= status == PM_NOMEM;
    pm_diags_free(&diags);
    pm_arena_free(&arena);
}

/* Somebody may use the key for something else. */
static void choose_key(struct pm_merge *merge, const struct pm_incident *incident)
{
    const struct pm_yaml *there = pm_yaml_get(incident->head.source, PM_UNPLACED);
    bool fits = !there || there->kind == PM_YAML_SEQUENCE || pm_yaml_is_null(there);
    for (size_t i = 0; !fits && i < merge->edit_count; i++) {
        if (pm_str_is(merge->edits[i].path, PM_UNPLACED))
            merge->edits[i].path = PM_LIT(PM_UNPLACED_TOO);
    }
}

enum pm_status pm_merge_apply(struct pm_merge *merge, const struct pm_incident *incident, struct pm_buf *out)
{
    struct pm_buf text;
    if (merge->conflicts)
        return PM_INVALID;
    pm_buf_init(&text, out->max);
    choose_key(merge, incident);
    enum pm_status status = pm_patch(incident, merge->edits, merge->edit_count, merge->arena, &text);
    if (status == PM_INVALID && keep_failed(merge)) {
        drop_failed(merge);
        choose_key(merge, incident);
        pm_buf_clear(&text);
        status = pm_patch(incident, merge->edits, merge->edit_count, merge->arena, &text);
    }
    if (status == PM_OK && changes_instants(merge, incident))
        refresh_instants(merge, pm_buf_slice(&text));
    name_new_entries(merge);
    if (status == PM_OK || status == PM_INVALID)
        pm_buf_str(out, pm_buf_slice(&text));
    pm_buf_free(&text);
    return merge->arena->failed ? PM_NOMEM : out->status != PM_OK ? out->status : status;
}
