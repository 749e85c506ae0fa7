/* Any incident, shown twice, the second time with changes drawn from its own bytes: a merge without changes changes nothing, one with
 * changes leaves a document that can be read, and words come out as they were changed. */
#include "base/limits.h"
#include "base/utf8.h"
#include "recover/merge_internal.h"
#include "recover/merge_words.h"

#include "../unit/scalars.h"
#include "dice.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static struct pm_str piece_of(struct dice *d, struct pm_str source)
{
    size_t from = roll(d, source.n + 1), length = roll(d, source.n - from + 1) % 100;
    struct pm_str piece = {source.p + from, length};
    return pm_utf8_check(piece) == piece.n ? piece : PM_LIT("4 Dec 2026");
}

/* A stretch of the text is replaced by a piece of the source. */
static struct pm_str edited(struct dice *d, struct pm_arena *a, struct pm_str text, struct pm_str source)
{
    size_t from = roll(d, text.n + 1), to = from + roll(d, text.n - from + 1);
    while (from < text.n && ((unsigned char)text.p[from] & 0xC0) == 0x80)
        from++;
    while (to < text.n && ((unsigned char)text.p[to] & 0xC0) == 0x80)
        to++;
    struct pm_str piece = piece_of(d, source);
    if (to < from)
        to = from;
    return pm_arena_format(a, "%.*s%.*s%.*s", (int)from, text.p, (int)piece.n, piece.p ? piece.p : "", (int)(text.n - to), text.p + to);
}

static size_t show(struct dice *d, struct pm_arena *a, const struct scalars *all, struct pm_str source, struct pm_shown_value *ours,
                   struct pm_shown_value *theirs, size_t *their_count)
{
    size_t n = 0;
    for (size_t i = 0; i < all->count && i < 200; i++) {
        struct pm_shown_value v = {.path = all->list[i].path, .text = all->list[i].field->text, .markdown = roll(d, 2),
            .place = PM_LIT("here")};
        ours[n++] = v;
        if (roll(d, 8) == 0)
            v.text = edited(d, a, v.text, source);
        if (roll(d, 16) == 0)
            v.path = PM_LIT("action_items/+1/item");
        if (roll(d, 16) == 0)
            v.path = piece_of(d, source);
        if (roll(d, 16))
            theirs[(*their_count)++] = v;
    }
    return n;
}

static void check_words(struct dice *d, struct pm_str source)
{
    struct pm_arena a;
    pm_arena_init(&a);
    struct pm_str base = piece_of(d, source), theirs = edited(d, &a, base, source);
    const struct pm_text_merge m = {.base = base, .ours = base, .theirs = theirs};
    struct pm_str got = pm_merge_words(&m, &a);
    bool controls = false;   /* soft hyphens and their like are no words, and come and go */
    for (size_t i = 0; i < theirs.n; i++)
        controls |= (unsigned char)theirs.p[i] >= 0x80 || theirs.p[i] < ' ' || theirs.p[i] == '-';
    for (size_t i = 0; i < base.n; i++)
        controls |= (unsigned char)base.p[i] >= 0x80 || base.p[i] < ' ';
    need(controls || pm_str_eq(pm_shown_normalise(got, &a), pm_shown_normalise(theirs, &a)));
    pm_arena_free(&a);
}

static void check_readable(struct pm_str text)
{
    const struct pm_read_options options = {.lenient = true};
    struct pm_arena arena;
    struct pm_diags diags;
    struct pm_incident *now;
    pm_arena_init(&arena);
    pm_diags_init(&diags, "fuzz");
    need(pm_incident_read(text, 1, &options, &arena, &diags, &now) == PM_OK && now);
    pm_diags_free(&diags);
    pm_arena_free(&arena);
}

static void check_merge(const struct pm_incident *in, struct dice *d, bool same)
{
    struct pm_arena a;
    struct pm_buf out, report;
    struct pm_merge merge;
    struct pm_shown_value ours[200], theirs[200];
    size_t count = 0;
    pm_arena_init(&a);
    pm_buf_init(&out, 4 * PM_MAX_DOCUMENT);
    pm_buf_init(&report, 4 * PM_MAX_DOCUMENT);
    struct scalars all = {.arena = &a};
    scalars_of(&all, &pm_incident_def, in, (struct pm_str){NULL, 0});
    size_t n = show(d, &a, &all, in->source, ours, theirs, &count);
    const struct pm_shown was = {ours, n}, is = {same ? ours : theirs, same ? n : count};
    const struct pm_merge_options options = {.deletions = roll(d, 2)};
    need(pm_merge(in, &was, &is, &options, &a, &merge) == PM_OK);
    if (roll(d, 4) == 0)
        need(pm_merge_onto(&merge, in, in) == PM_OK);
    enum pm_status status = pm_merge_apply(&merge, in, &out);
    need(status == PM_OK || status == PM_INVALID);
    if (same)
        need(status == PM_OK && merge.change_count == 0 && pm_str_eq(pm_buf_slice(&out), in->source));
    if (!merge.conflicts)
        check_readable(pm_buf_slice(&out));
    pm_merge_text(&merge, "a", "b", &report);
    pm_merge_json(&merge, &report);
    need(report.status == PM_OK && pm_utf8_check(pm_buf_slice(&report)) == report.len);
    pm_buf_free(&report);
    pm_buf_free(&out);
    pm_arena_free(&a);
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
    if (pm_incident_read(source, 1, NULL, &arena, &diags, &incident) == PM_OK && incident) {
        check_merge(incident, &dice, true);
        check_merge(incident, &dice, false);
        check_words(&dice, source);
    }
    pm_diags_free(&diags);
    pm_arena_free(&arena);
    return 0;
}
