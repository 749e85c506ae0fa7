/* What the files that pair pages share. */
#ifndef PM_PAGE_INTERNAL_H
#define PM_PAGE_INTERNAL_H

#include "recover/page.h"

/* The paths of a page, sorted, each with the index of the first block that shows it. */
struct pm_place { struct pm_str path; size_t block; };
struct pm_places { struct pm_place *all; size_t count; };

struct pm_pairing {
    struct pm_page *ours, *theirs;     /* ours is changed too: what rows show of their state becomes a piece */
    struct pm_arena *arena;
    struct pm_places in_ours;
    struct pm_str *loose;              /* what is loose in ours, normalised and sorted */
    size_t loose_count;
    size_t made_up;                    /* names of new entries so far */
};

struct pm_places pm_places_of(const struct pm_page *page, struct pm_arena *arena);
const struct pm_place *pm_place_find(const struct pm_places *places, struct pm_str path);   /* NULL: none */

/* All text of a block, trimmed, in the arena; normalised, as texts are compared. */
struct pm_str pm_block_text(const struct pm_block *block, struct pm_arena *arena);
struct pm_str pm_block_plain(const struct pm_block *block, struct pm_arena *arena);
bool pm_block_has_path(const struct pm_block *block);
/* The block becomes one piece. */
void pm_block_set(struct pm_page *page, struct pm_block *block, struct pm_str path, struct pm_str text);
bool pm_is_loose(const struct pm_pairing *p, struct pm_str text);   /* in ours */
/* "+3": a name for a new entry. */
struct pm_str pm_new_entry(struct pm_pairing *p);

/* page_table.c: rows of lists of objects, by the id in the row, and columns by their headings. */
void pm_pair_tables(struct pm_pairing *p);
/* page_section.c: what has lost its mark outside of such tables. */
void pm_pair_sections(struct pm_pairing *p);

#endif
