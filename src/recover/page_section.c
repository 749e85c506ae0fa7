/* Values that have lost their marks, outside of tables of entries: by their text, by the label in the cell before them, and by
 * their place below a heading. */
#include "recover/merge_internal.h"
#include "recover/page_internal.h"

#include <stdlib.h>

/* ---- labels ---- */

static const struct pm_block *cell_before(const struct pm_page *page, size_t block)
{
    const struct pm_block *cell = &page->blocks[block];
    bool there = block > 0 && cell->kind == PM_BLOCK_CELL && cell->column > 1 && cell[-1].table == cell->table && cell[-1].row == cell->row;
    return there ? cell - 1 : NULL;
}

/* A cell of theirs without a value, behind one with this label. */
static struct pm_block *cell_behind(struct pm_pairing *p, struct pm_str label)
{
    for (size_t i = 1; i < p->theirs->count; i++) {
        const struct pm_block *before = cell_before(p->theirs, i);
        if (before && !pm_block_has_path(&p->theirs->blocks[i]) && !pm_block_has_path(before) &&
            pm_str_eq(pm_block_plain(before, p->arena), label))
            return &p->theirs->blocks[i];
    }
    return NULL;
}

static bool find_by_label(struct pm_pairing *p, const struct pm_place *place)
{
    const struct pm_block *label = cell_before(p->ours, place->block);
    struct pm_str text = label && !pm_block_has_path(label) ? pm_block_plain(label, p->arena) : (struct pm_str){NULL, 0};
    struct pm_block *cell = text.n ? cell_behind(p, text) : NULL;
    if (cell)
        pm_block_set(p->theirs, cell, place->path, pm_block_text(cell, p->arena));
    return cell != NULL;
}

/* ---- headings ---- */

/* The texts of the headings that sections begin with; that of section 0, which has none, is absent. NULL: no memory. */
static struct pm_str *headings_of(const struct pm_page *page, struct pm_arena *arena)
{
    struct pm_str *headings = pm_arena_array(arena, page->sections + 1, sizeof *headings);
    for (size_t i = 0; headings && i < page->count; i++)
        if (page->blocks[i].kind == PM_BLOCK_HEADING)
            headings[page->blocks[i].section] = pm_block_plain(&page->blocks[i], arena);
    return headings;
}

/* Text outside of tables that belongs to no value and that ours does not show. */
static bool is_news(struct pm_pairing *p, const struct pm_block *block)
{
    struct pm_str text = block->kind == PM_BLOCK_TEXT && !pm_block_has_path(block) ? pm_block_text(block, p->arena) : PM_LIT("");
    return text.n > 0 && !pm_is_loose(p, text);
}

static struct pm_block *next_news(struct pm_pairing *p, size_t section, size_t *from)
{
    for (; *from < p->theirs->count; ++*from)
        if (p->theirs->blocks[*from].section == section && is_news(p, &p->theirs->blocks[*from]))
            return &p->theirs->blocks[(*from)++];
    return NULL;
}

/* ---- what is lost ---- */

/* A block of ours that shows a single value whose mark theirs has lost; `partly`: which still marks another of its blocks. */
struct lost { struct pm_str text, path; size_t block; bool partly, found; };
struct all_lost { struct lost *all; size_t count; };

static int by_lost_text(const void *a, const void *b)
{
    const struct lost *x = a, *y = b;
    int order = pm_str_cmp(x->text, y->text);
    return order ? order : (x->block > y->block) - (x->block < y->block);
}

static struct pm_str first_path(const struct pm_block *block)
{
    for (size_t i = 0; i < block->count; i++)
        if (block->pieces[i].path.n)
            return block->pieces[i].path;
    return (struct pm_str){NULL, 0};
}

/* Whether the value of the block is also that of its neighbour. */
static bool is_one_of_several(const struct pm_page *page, size_t i)
{
    struct pm_str path = first_path(&page->blocks[i]);
    const struct pm_block *before = i > 0 ? &page->blocks[i - 1] : NULL, *after = i + 1 < page->count ? &page->blocks[i + 1] : NULL;
    return (before && before->count && pm_str_eq(before->pieces[0].path, path)) ||
           (after && after->count && pm_str_eq(after->pieces[0].path, path));
}

static struct all_lost list_lost(struct pm_pairing *p)
{
    struct pm_places in_theirs = pm_places_of(p->theirs, p->arena);
    struct all_lost lost = {pm_arena_array(p->arena, p->ours->count + 1, sizeof *lost.all), 0};
    for (size_t i = 0; lost.all && i < p->ours->count; i++) {
        const struct pm_block *block = &p->ours->blocks[i];
        struct pm_str path = first_path(block);
        bool partly = path.n && pm_place_find(&in_theirs, path);
        if (path.n && !block->pieces[0].canonical && (!partly || is_one_of_several(p->ours, i)))
            lost.all[lost.count++] = (struct lost){.text = pm_block_plain(block, p->arena), .path = path, .block = i, .partly = partly};
    }
    if (lost.count)
        qsort(lost.all, lost.count, sizeof *lost.all, by_lost_text);
    return lost;
}

/* The first of this text that has not been found; NULL: none. */
static struct lost *lost_text(const struct all_lost *lost, struct pm_str text)
{
    size_t low = 0, high = lost->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (pm_str_cmp(lost->all[middle].text, text) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    while (low < lost->count && lost->all[low].found && pm_str_eq(lost->all[low].text, text))
        low++;
    return low < lost->count && pm_str_eq(lost->all[low].text, text) ? &lost->all[low] : NULL;
}

/* Where the text has not changed, it is the value. */
static void find_by_text(struct pm_pairing *p, const struct all_lost *lost)
{
    for (size_t i = 0; i < p->theirs->count && lost->count > 0; i++) {
        struct pm_block *block = &p->theirs->blocks[i];
        struct pm_str text = pm_block_has_path(block) ? (struct pm_str){NULL, 0} : pm_block_plain(block, p->arena);
        struct lost *found = text.n ? lost_text(lost, text) : NULL;
        if (!found)
            continue;
        found->found = true;
        block->count = 0;
        const struct pm_block *ours = &p->ours->blocks[found->block];
        for (size_t j = 0; j < ours->count; j++)
            pm_page_put(p->theirs, block, ours->pieces[j].path, ours->pieces[j].text, false);
    }
}

static int by_block(const void *a, const void *b)
{
    const struct lost *x = a, *y = b;
    return (x->block > y->block) - (x->block < y->block);
}

/* A paragraph of this section of ours, with one value and nothing else, that was not found. */
static bool is_wanted(const struct pm_pairing *p, const struct lost *lost, size_t section)
{
    const struct pm_block *block = &p->ours->blocks[lost->block];
    return !lost->found && !lost->partly && block->section == section && block->kind == PM_BLOCK_TEXT && block->count == 1;
}

/* The paragraphs of the section that are new, in order, for those that are lost; the last one gets all that are left. */
static void find_by_heading(struct pm_pairing *p, const struct all_lost *lost, size_t ours, size_t theirs)
{
    size_t from = 0, left = 0;
    for (size_t i = 0; i < lost->count; i++)
        left += is_wanted(p, &lost->all[i], ours);
    for (size_t i = 0; i < lost->count && left > 0; i++) {
        if (!is_wanted(p, &lost->all[i], ours))
            continue;
        left--;
        for (struct pm_block *block; (block = next_news(p, theirs, &from));) {
            pm_block_set(p->theirs, block, lost->all[i].path, pm_block_text(block, p->arena));
            if (left > 0)
                break;
        }
    }
}

/* The list of texts that the section of ours shows; absent: none. */
static struct pm_str list_in(const struct pm_page *page, size_t section)
{
    struct pm_entry_path entry;
    for (size_t i = 0; i < page->count; i++)
        if (page->blocks[i].section == section && page->blocks[i].kind == PM_BLOCK_TEXT && page->blocks[i].count &&
            page->blocks[i].pieces[0].path.n && pm_entry_split(page->blocks[i].pieces[0].path, &entry) && entry.scalars)
            return entry.list_path;
    return (struct pm_str){NULL, 0};
}

static void find_bullets(struct pm_pairing *p, size_t ours, size_t theirs)
{
    struct pm_str list = list_in(p->ours, ours);
    size_t from = 0;
    for (struct pm_block *block; list.n && (block = next_news(p, theirs, &from));)
        pm_block_set(p->theirs, block, pm_arena_join(p->arena, list, "/", pm_new_entry(p)), pm_block_text(block, p->arena));
}

/* The first section of theirs below a heading of this text; one more than there are: none. */
static size_t section_below(const struct pm_page *page, const struct pm_str *headings, struct pm_str heading)
{
    size_t section = 0;
    while (section <= page->sections && !pm_str_eq(headings[section], heading))
        section++;
    return section;
}

/* Most pages have nothing that is new. */
static bool has_news(struct pm_pairing *p)
{
    for (size_t i = 0; i < p->theirs->count; i++)
        if (is_news(p, &p->theirs->blocks[i]))
            return true;
    return false;
}

void pm_pair_sections(struct pm_pairing *p)
{
    struct all_lost lost = list_lost(p);
    find_by_text(p, &lost);
    for (size_t i = 0; i < lost.count; i++)
        if (!lost.all[i].found && !lost.all[i].partly && p->ours->blocks[lost.all[i].block].count == 1)
            lost.all[i].found = find_by_label(p, &(struct pm_place){lost.all[i].path, lost.all[i].block});
    if (!has_news(p))
        return;
    if (lost.count)
        qsort(lost.all, lost.count, sizeof *lost.all, by_block);
    struct pm_str *ours = headings_of(p->ours, p->arena), *theirs = headings_of(p->theirs, p->arena);
    for (size_t section = 0; ours && theirs && section <= p->ours->sections; section++) {
        size_t below = section_below(p->theirs, theirs, ours[section]);
        if (below > p->theirs->sections)
            continue;
        find_by_heading(p, &lost, section, below);
        find_bullets(p, section, below);
    }
}
