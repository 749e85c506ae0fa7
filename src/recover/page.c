#include "recover/page.h"

#include <string.h>

struct pm_block *pm_page_block(struct pm_page *page, enum pm_block_kind kind)
{
    if (page->count == page->cap) {
        size_t cap = page->cap ? page->cap * 2 : 64;
        struct pm_block *blocks = pm_arena_grow(page->arena, page->blocks, page->cap, cap, sizeof *blocks);
        if (!blocks)
            return NULL;
        page->blocks = blocks;
        page->cap = cap;
    }
    page->sections += kind == PM_BLOCK_HEADING;
    struct pm_block *block = &page->blocks[page->count++];
    *block = (struct pm_block){.kind = kind, .section = page->sections};
    return block;
}

static struct pm_piece *add_piece(struct pm_page *page, struct pm_block *block, struct pm_str path)
{
    if (block->count == block->cap) {
        size_t cap = block->cap ? block->cap * 2 : 4;
        struct pm_piece *pieces = pm_arena_grow(page->arena, block->pieces, block->cap, cap, sizeof *pieces);
        if (!pieces)
            return NULL;
        block->pieces = pieces;
        block->cap = cap;
    }
    block->pieces[block->count] = (struct pm_piece){.path = path, .text = PM_LIT("")};
    return &block->pieces[block->count++];
}

void pm_page_put(struct pm_page *page, struct pm_block *block, struct pm_str path, struct pm_str text, bool gap)
{
    struct pm_piece *piece = block && block->count ? &block->pieces[block->count - 1] : NULL;
    if (!block)
        return;
    if (!piece || !pm_str_eq(piece->path, path))
        piece = add_piece(page, block, path);
    if (piece)
        piece->text = piece->text.n || gap ? pm_arena_join(page->arena, piece->text, gap ? "\n\n" : "", text) : text;
}
