/* Any incident with edits drawn from its own bytes: what pm_patch() says it did is what can be read afterwards, and what it left alone is
 * as it was. */
#include "base/limits.h"
#include "base/utf8.h"
#include "recover/merge_internal.h"

#include "../unit/scalars.h"
#include "dice.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { MOST_EDITS = 6, ROUNDS = 3 };

/* Texts that some style of YAML cannot hold, and pieces of the input. */
static struct pm_str draw_text(struct dice *d, struct pm_str source)
{
    static const char *const texts[] = {
        "", "done", "p1", "yes", "null", "~", "12", "2026-12-04", "13:52", "2026-11-20T13:52:00Z", "2026-11-20 23:59", "- a", "a: b",
        "a #b", "#", "'", "\"",
        " a", "a ", "a\nb", "a\n\nb\n", "\n", "\n\n a\n", "a\n  b\nc", "a\tb", "\ta", "{a}", "[a, b", "a, b", "*a", "&a", "!a", "|", ">",
        "%a", "@a",
        "\xC3\xA9", "\xF0\x9F\x98\x80", "\xE2\x80\xA8", "\xC2\x85", "\xEF\xBB\xBF", "a\r\nb", "---", "...",
        "one two three four five six seven eight nine ten",
        "\\", "a\\nb", "? a", "x: |\n  y", "0x1F", "1e3", "2", "SEV-1", "https://example.org/", "T1", "A.B-c_9"};
    size_t n = roll(d, sizeof texts / sizeof *texts + 6);
    if (n < sizeof texts / sizeof *texts)
        return pm_str(texts[n]);
    size_t from = roll(d, source.n + 1), length = roll(d, source.n - from + 1) % 200;
    struct pm_str piece = {source.p + from, length};
    return pm_utf8_check(piece) == piece.n ? piece : PM_LIT("piece");
}

static struct pm_str parent_of(struct pm_str path)
{
    while (path.n && path.p[path.n - 1] != '/')
        path.n--;
    path.n -= path.n > 0;
    return path;
}

static struct pm_str draw_path(struct dice *d, struct pm_arena *a, const struct scalars *all)
{
    static const char *const paths[] = {"owner", "impact/data_loss", "impact/revenue/amount", "lessons/lucky/1", "authors",
        "timeline/1/until", "timeline/T2/at",
                                        "action_items/1/due", "action_items/AI-2/tracker/key", "action_items/1", "timeline/2",
                                        "causes/C1", "labels/2", "five_whys/1/1",
                                        "five_whys/2/1/answer", "roles/scribe", "glossary/a/b", "x-a", "people/a/name", "", "/",
                                        "summary/", "impact/slo/1"};
    size_t n = roll(d, 3);
    if (n == 0 || !all->count)
        return pm_str(paths[roll(d, sizeof paths / sizeof *paths)]);
    struct pm_str path = all->list[roll(d, all->count)].path;
    if (n == 1)
        return path;
    return pm_arena_str(a, parent_of(path));
}

static struct pm_edit draw_edit(struct dice *d, struct pm_arena *a, struct pm_str source, const struct scalars *all)
{
    static const char *const lists[] = {"timeline", "action_items", "causes", "lessons/lucky", "labels", "x-unplaced", "five_whys",
        "impact/slo", "updates"};
    static const char *const names[] = {"at", "event", "item", "due", "tracker/key", "causes", "text", "status", "id", "question",
        "name", "note"};
    struct pm_edit e = {.kind = (enum pm_edit_kind)roll(d, 4), .path = draw_path(d, a, all), .text = draw_text(d, source)};
    struct pm_member *members = pm_arena_array(a, 4, sizeof *members);
    bool adds = e.kind == PM_EDIT_ADD;
    if (adds && roll(d, 4))
        e.path = pm_str(lists[roll(d, sizeof lists / sizeof *lists)]);
    e.placed = roll(d, 2);
    e.after = roll(d, 2) ? pm_str("1") : roll(d, 2) ? pm_str("AI-2") : PM_LIT("");
    if (!members || (!adds && roll(d, 3)))
        return e;
    e.members = members;
    e.member_count = roll(d, 4);
    for (size_t i = 0; i < e.member_count; i++)
        members[i] = (struct pm_member){pm_str(names[roll(d, sizeof names / sizeof *names)]), draw_text(d, source)};
    return e;
}

static struct pm_str without_feeds(struct pm_str s)
{
    while (s.n && s.p[s.n - 1] == '\n')
        s.n--;
    return s;
}

/* One value, by its path. */
static void check_value(struct pm_finder *now, const struct pm_edit *e, struct pm_arena *a)
{
    struct pm_value value;
    bool found = pm_value_find(now, e->path, a, &value);
    if (e->kind == PM_EDIT_CLEAR) {
        need(!found || (!value.field && !value.list) || value.type == PM_T_LIST || memchr("0123456789", e->path.p[e->path.n - 1], 10));
        return;
    }
    need(found);
    bool time = value.type == PM_T_INSTANT || value.type == PM_T_EVENT_INSTANT;
    if (value.type != PM_T_LIST && !time && !e->member_count)
        need(value.field && pm_str_eq(without_feeds(value.field->text), without_feeds(e->text)));
}

/* Values that no edit names are what they were, as long as entries keep their numbers. */
static void check_rest(const struct pm_incident *was, const struct pm_incident *now, const struct pm_edit *edits, size_t count,
    struct pm_arena *a)
{
    struct scalars all = {.arena = a};
    struct pm_finder before, after;
    pm_finder_init(&before, was, a);
    pm_finder_init(&after, now, a);
    scalars_of(&all, &pm_incident_def, was, (struct pm_str){NULL, 0});
    for (size_t i = 0; i < all.count; i++) {
        const struct scalar *s = &all.list[i];
        struct pm_value value, named;
        bool touched = false, time = s->type == PM_T_INSTANT || s->type == PM_T_EVENT_INSTANT;
        for (size_t k = 0; k < count && !touched; k++) {
            bool found = !edits[k].failure && pm_value_find(&before, edits[k].path, a, &named);
            touched = found && (named.field == s->field || named.type == PM_T_LIST);
            touched |= !edits[k].failure && pm_str_is(edits[k].path, "tz");
        }
        if (touched || !pm_value_find(&after, s->path, a, &value) || value.type == PM_T_LIST)
            continue;
        need(value.field != NULL);
        need(pm_str_eq(value.field->text, s->field->text) || (s->type == PM_T_EVENT_INSTANT && value.field->valid));
        need(!time || !s->field->valid || value.field->as.instant == s->field->as.instant);
    }
}

static void check_result(const struct pm_incident *was, const struct pm_edit *edits, size_t count, struct pm_str text)
{
    const struct pm_read_options options = {.lenient = true};
    struct pm_arena arena;
    struct pm_diags diags;
    struct pm_incident *now;
    bool moves = false;
    pm_arena_init(&arena);
    pm_diags_init(&diags, "fuzz");
    need(pm_incident_read(text, 1, &options, &arena, &diags, &now) == PM_OK && now);
    for (size_t i = 0; i < count; i++)
        moves |= !edits[i].failure && (edits[i].kind == PM_EDIT_ADD || edits[i].kind == PM_EDIT_REMOVE || edits[i].kind == PM_EDIT_CLEAR);
    struct pm_finder find;
    pm_finder_init(&find, now, &arena);
    for (size_t i = 0; i < count && !moves; i++) {
        if (!edits[i].failure)
            check_value(&find, &edits[i], &arena);
    }
    if (!moves)
        check_rest(was, now, edits, count, &arena);
    pm_diags_free(&diags);
    pm_arena_free(&arena);
}

static void try_round(const struct pm_incident *incident, struct dice *d)
{
    struct pm_arena arena;
    struct pm_buf out;
    struct pm_edit edits[MOST_EDITS];
    pm_arena_init(&arena);
    pm_buf_init(&out, 4 * PM_MAX_DOCUMENT);
    struct scalars all = {.arena = &arena};
    scalars_of(&all, &pm_incident_def, incident, (struct pm_str){NULL, 0});
    size_t count = roll(d, MOST_EDITS) + 1, failed = 0;
    for (size_t i = 0; i < count; i++)
        edits[i] = draw_edit(d, &arena, incident->source, &all);
    enum pm_status status = pm_patch(incident, edits, count, &arena, &out);
    for (size_t i = 0; i < count; i++)
        failed += edits[i].failure != NULL;
    need(status == (failed ? PM_INVALID : PM_OK));
    if (failed == count)
        need(pm_str_eq(pm_buf_slice(&out), incident->source));
    check_result(incident, edits, count, pm_buf_slice(&out));
    pm_buf_free(&out);
    pm_arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const struct pm_str source = {(const char *)bytes, size};
    struct pm_arena arena;
    struct pm_diags diags;
    struct pm_incident *incident;
    struct dice dice = {pm_str_hash(source)};
    pm_arena_chunk_size = 0;
    pm_arena_init(&arena);
    pm_diags_init(&diags, "fuzz");
    bool good = pm_incident_read(source, 1, NULL, &arena, &diags, &incident) == PM_OK && incident;
    for (int i = 0; good && i < ROUNDS; i++)
        try_round(incident, &dice);
    pm_diags_free(&diags);
    pm_arena_free(&arena);
    return 0;
}
