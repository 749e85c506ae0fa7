#include "recover/page_internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- places ---- */

static int by_path(const void *a, const void *b)
{
    const struct pm_place *x = a, *y = b;
    int order = pm_str_cmp(x->path, y->path);
    return order ? order : (x->block > y->block) - (x->block < y->block);
}

struct pm_places pm_places_of(const struct pm_page *page, struct pm_arena *arena)
{
    struct pm_places places = {NULL, 0};
    size_t count = 0, kept = 0;
    for (size_t i = 0; i < page->count; i++)
        count += page->blocks[i].count;
    places.all = pm_arena_array(arena, count + 1, sizeof *places.all);
    for (size_t i = 0; places.all && i < page->count; i++)
        for (size_t j = 0; j < page->blocks[i].count; j++)
            if (page->blocks[i].pieces[j].path.n)
                places.all[places.count++] = (struct pm_place){page->blocks[i].pieces[j].path, i};
    if (places.count)
        qsort(places.all, places.count, sizeof *places.all, by_path);
    for (size_t i = 0; i < places.count; i++)
        if (i == 0 || !pm_str_eq(places.all[i].path, places.all[kept - 1].path))
            places.all[kept++] = places.all[i];
    places.count = kept;
    return places;
}

const struct pm_place *pm_place_find(const struct pm_places *places, struct pm_str path)
{
    size_t low = 0, high = places->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = pm_str_cmp(path, places->all[middle].path);
        if (order == 0)
            return &places->all[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* ---- blocks ---- */

struct pm_str pm_block_text(const struct pm_block *block, struct pm_arena *arena)
{
    struct pm_str text = block->count ? block->pieces[0].text : PM_LIT("");
    for (size_t i = 1; i < block->count; i++)
        text = pm_arena_join(arena, text, "", block->pieces[i].text);
    return pm_str_trim(text);
}

struct pm_str pm_block_plain(const struct pm_block *block, struct pm_arena *arena)
{
    return pm_shown_normalise(pm_block_text(block, arena), arena);
}

bool pm_block_has_path(const struct pm_block *block)
{
    for (size_t i = 0; i < block->count; i++)
        if (block->pieces[i].path.n)
            return true;
    return false;
}

void pm_block_set(struct pm_page *page, struct pm_block *block, struct pm_str path, struct pm_str text)
{
    block->count = 0;
    pm_page_put(page, block, path, text, false);
}

struct pm_str pm_new_entry(struct pm_pairing *p)
{
    return pm_arena_format(p->arena, "+%zu", ++p->made_up);
}

/* ---- text beside a value ---- */

static bool is_blank(struct pm_str text, struct pm_arena *arena)
{
    return pm_shown_normalise(text, arena).n == 0;
}

static bool has_loose(const struct pm_block *block, struct pm_arena *arena)
{
    for (size_t i = 0; i < block->count; i++)
        if (!block->pieces[i].path.n && !is_blank(block->pieces[i].text, arena))
            return true;
    return false;
}

/* Loose pieces go to the value before them, those in front to the first. */
static void join_strays(struct pm_pairing *p, struct pm_block *block)
{
    size_t kept = 0;
    struct pm_str lead = {NULL, 0};
    for (size_t i = 0; i < block->count; i++) {
        struct pm_piece piece = block->pieces[i];
        bool stray = !piece.path.n && !is_blank(piece.text, p->arena);
        if (stray && kept > 0)
            block->pieces[kept - 1].text = pm_arena_join(p->arena, block->pieces[kept - 1].text, "", piece.text);
        else if (stray)
            lead = pm_arena_join(p->arena, lead, "", piece.text);
        else if (piece.path.n) {
            if (lead.n)
                piece.text = pm_arena_join(p->arena, lead, "", piece.text);
            lead.n = 0;
            block->pieces[kept++] = piece;
        }
    }
    block->count = kept;
}

/* What was typed at the ends of a bookmark stands outside of it. Where ours shows nothing beside the value, it belongs to it. */
static void attach_strays(struct pm_pairing *p)
{
    for (size_t i = 0; i < p->theirs->count; i++) {
        struct pm_block *block = &p->theirs->blocks[i];
        const struct pm_place *place = NULL;
        for (size_t j = 0; j < block->count && !place; j++)
            place = block->pieces[j].path.n ? pm_place_find(&p->in_ours, block->pieces[j].path) : NULL;
        if (place && has_loose(block, p->arena) && !has_loose(&p->ours->blocks[place->block], p->arena))
            join_strays(p, block);
    }
}

/* ---- lists ---- */

static struct pm_str place_of(const struct pm_block *block, size_t paragraph, struct pm_arena *arena)
{
    if (block->kind == PM_BLOCK_CELL)
        return pm_arena_format(arena, "table %zu, row %zu", block->table, block->row);
    return pm_arena_format(arena, "paragraph %zu", paragraph);
}

/* A value may go over several blocks, between which there is nothing else. */
static bool goes_on(const struct pm_shown_value *last, const struct pm_piece *piece)
{
    return last && piece->path.n && !last->canonical && !piece->canonical && pm_str_eq(last->path, piece->path);
}

static void list_values(const struct pm_page *page, struct pm_arena *arena, struct pm_shown *out)
{
    size_t most = 0, count = 0, paragraph = 0;
    for (size_t i = 0; i < page->count; i++)
        most += page->blocks[i].count + 1;
    struct pm_shown_value *values = pm_arena_array(arena, most + 1, sizeof *values);
    for (size_t i = 0; values && i < page->count; i++) {
        const struct pm_block *block = &page->blocks[i];
        paragraph += block->kind != PM_BLOCK_CELL;
        if (block->box.path.n)
            values[count++] = (struct pm_shown_value){.path = block->box.path, .text = block->box.text, .canonical = true,
                                                      .place = place_of(block, paragraph, arena)};
        for (size_t j = 0; j < block->count && !block->known; j++) {
            const struct pm_piece *piece = &block->pieces[j];
            struct pm_shown_value *last = count ? &values[count - 1] : NULL;
            struct pm_str text = pm_str_trim(piece->text);
            if (j == 0 && goes_on(last, piece))
                last->text = pm_arena_join(arena, last->text, "\n\n", text);
            else if (piece->path.n || text.n)
                values[count++] = (struct pm_shown_value){.path = piece->path, .text = text, .canonical = piece->canonical,
                                                          .place = place_of(block, paragraph, arena)};
        }
    }
    *out = (struct pm_shown){values, count};
}

static int by_text(const void *a, const void *b)
{
    return pm_str_cmp(*(const struct pm_str *)a, *(const struct pm_str *)b);
}

/* By piece and by block: what is a block of its own in one program is a piece in another. */
static void list_loose(struct pm_pairing *p)
{
    size_t most = 0;
    for (size_t i = 0; i < p->ours->count; i++)
        most += p->ours->blocks[i].count + 1;
    p->loose = pm_arena_array(p->arena, most + 1, sizeof *p->loose);
    for (size_t i = 0; p->loose && i < p->ours->count; i++) {
        const struct pm_block *block = &p->ours->blocks[i];
        for (size_t j = 0; j < block->count; j++)
            if (!block->pieces[j].path.n)
                p->loose[p->loose_count++] = pm_shown_normalise(block->pieces[j].text, p->arena);
        if (!pm_block_has_path(block) || block->count > 1)
            p->loose[p->loose_count++] = pm_block_plain(block, p->arena);
    }
    if (p->loose_count)
        qsort(p->loose, p->loose_count, sizeof *p->loose, by_text);
}

bool pm_is_loose(const struct pm_pairing *p, struct pm_str text)
{
    text = pm_shown_normalise(text, p->arena);
    return p->loose_count && bsearch(&text, p->loose, p->loose_count, sizeof *p->loose, by_text);
}

enum pm_status pm_page_pair(struct pm_page *ours, struct pm_page *theirs, struct pm_shown *shown_ours, struct pm_shown *shown_theirs)
{
    struct pm_pairing p = {.ours = ours, .theirs = theirs, .arena = theirs->arena};
    p.in_ours = pm_places_of(ours, p.arena);
    list_loose(&p);
    attach_strays(&p);
    pm_pair_tables(&p);
    pm_pair_sections(&p);
    list_values(ours, p.arena, shown_ours);
    list_values(theirs, p.arena, shown_theirs);
    return pm_arena_failed(p.arena) ? PM_NOMEM : PM_OK;
}
