/* What an artefact shows, whatever its format: blocks of text, of which pieces belong to values of the source.
 *
 * A reader of a format makes a page of the artefact at hand, and of the one that is rendered from the source in the same way. Pairing them
 * finds the values of pieces that have lost their mark, by the id in their row, the heading of their column, the label beside them or the
 * heading above them, and gives the two lists that a merge takes (merge.h). */
#ifndef PM_PAGE_H
#define PM_PAGE_H

#include "recover/merge.h"

/* path absent: loose, it belongs to no value that is known. canonical: as in merge.h. */
struct pm_piece {
    struct pm_str path, text;
    bool canonical;
};

enum pm_block_kind { PM_BLOCK_TEXT, PM_BLOCK_HEADING, PM_BLOCK_CELL };

struct pm_block {
    enum pm_block_kind kind;
    size_t table, row, column;     /* of a cell, from 1; row 1 has the headings where a table has some */
    size_t section;                /* headings before it, itself included */
    struct pm_piece *pieces;
    size_t count, cap;
    bool known;                    /* what is loose in it is no news: the id of a row */
    struct pm_piece box;           /* what its box says, if it has one: a value in canonical spelling */
};

struct pm_page {
    struct pm_arena *arena;
    struct pm_block *blocks;
    size_t count, cap;
    size_t tables, sections;       /* so far */
};

/* The new block, or NULL when memory ran out; valid until the next one. */
struct pm_block *pm_page_block(struct pm_page *page, enum pm_block_kind kind);
/* Adds text to a block: to its last piece if that has this path, else as a new one. gap: an empty line goes before it. */
void pm_page_put(struct pm_page *page, struct pm_block *block, struct pm_str path, struct pm_str text, bool gap);

/* The lists; strings live in the arena of theirs. Both pages are changed. PM_NOMEM. */
enum pm_status pm_page_pair(struct pm_page *ours, struct pm_page *theirs, struct pm_shown *shown_ours, struct pm_shown *shown_theirs);

#endif
