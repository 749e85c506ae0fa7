/* Tables whose rows are entries of a list. */
#include "recover/merge_internal.h"
#include "recover/page_internal.h"
#include "recover/recover_internal.h"

#include <string.h>

enum { MOST_COLUMNS = 32 };

/* A row of a page: blocks [first, end). */
struct row { size_t first, end; };

/* A row of ours: its entry, and all that it shows, normalised. */
struct our_row { struct row row; struct pm_str name, text; };

/* What ours tells of one of its tables. */
struct table {
    size_t number;
    struct pm_str list;                                        /* "action_items" */
    struct { struct pm_str heading, rest; } columns[MOST_COLUMNS];   /* normalised; "owner" */
    size_t count;
    size_t id_column;                                          /* from 1; 0: none */
    struct our_row *rows;
    size_t row_count;
};


static struct row row_at(const struct pm_page *page, size_t first)
{
    const struct pm_block *block = &page->blocks[first];
    size_t end = first + 1;
    while (end < page->count && page->blocks[end].kind == PM_BLOCK_CELL && page->blocks[end].table == block->table &&
           page->blocks[end].row == block->row)
        end++;
    return (struct row){first, end};
}

/* The first value in the row of an entry of the list; any list when that is empty. */
static bool entry_of(const struct pm_page *page, struct row row, struct pm_str list, struct pm_entry_path *entry)
{
    for (size_t i = row.first; i < row.end; i++) {
        for (size_t j = 0; j < page->blocks[i].count; j++) {
            struct pm_str path = page->blocks[i].pieces[j].path;
            if (path.n && pm_entry_split(path, entry) && entry->rest.n && (!list.n || pm_str_eq(entry->list_path, list)))
                return true;
        }
    }
    return false;
}

static struct pm_str text_of_row(struct pm_pairing *p, const struct pm_page *page, struct row row)
{
    struct pm_str text = PM_LIT("");
    for (size_t i = row.first; i < row.end; i++)
        text = pm_arena_join(p->arena, text, "\t", pm_block_plain(&page->blocks[i], p->arena));
    return text;
}

/* ---- boxes ---- */

/* U+2610 to U+2612: empty, ticked, crossed, as different programs tick it. */
static bool has_box(struct pm_str text)
{
    return text.n >= 3 && memcmp(text.p, "\xE2\x98", 2) == 0 && (unsigned char)text.p[2] >= 0x90 && (unsigned char)text.p[2] <= 0x92;
}

/* Ids are compared as texts are: a hyphen may be one that does not break. */
static struct pm_str without_box(struct pm_str text)
{
    return has_box(text) ? pm_str_trim((struct pm_str){text.p + 3, text.n - 3}) : text;
}

/* The cell with the id says nothing of the source but whether the box is ticked. */
static void take_box(struct pm_pairing *p, struct pm_block *cell, struct pm_str entry)
{
    struct pm_str text = pm_block_text(cell, p->arena);
    cell->known = true;
    if (has_box(text) && entry.n)
        cell->box = (struct pm_piece){.path = pm_arena_join(p->arena, entry, "/", PM_LIT("status")), .canonical = true,
                                      .text = text.p[2] == '\x90' ? PM_LIT("open") : PM_LIT("done")};
}

/* ---- ours ---- */

static void learn_row(struct pm_pairing *p, struct table *table, struct row row)
{
    struct pm_entry_path entry;
    if (!entry_of(p->ours, row, table->list, &entry))
        return;
    table->list = entry.list_path;
    if (table->rows)
        table->rows[table->row_count++] = (struct our_row){row, entry.name, text_of_row(p, p->ours, row)};
    for (size_t i = row.first; i < row.end; i++) {
        const struct pm_block *cell = &p->ours->blocks[i];
        struct pm_entry_path in_cell;
        if (cell->column > MOST_COLUMNS)
            continue;
        if (entry_of(p->ours, (struct row){i, i + 1}, table->list, &in_cell)) {
            if (pm_str_is(in_cell.rest, "id"))
                table->id_column = cell->column;
            else if (!table->columns[cell->column - 1].rest.n)
                table->columns[cell->column - 1].rest = in_cell.rest;
        } else if (pm_str_eq(without_box(pm_block_plain(cell, p->arena)), entry.name)) {
            table->id_column = cell->column;
        }
    }
}

static bool learn(struct pm_pairing *p, size_t first, struct table *table)
{
    struct row row = row_at(p->ours, first);
    *table = (struct table){.number = p->ours->blocks[first].table};
    for (size_t i = row.first; i < row.end && table->count < MOST_COLUMNS; i++)
        table->columns[table->count++].heading = pm_block_plain(&p->ours->blocks[i], p->arena);
    size_t cells = 0;
    while (first + cells < p->ours->count && p->ours->blocks[first + cells].table == table->number)
        cells++;
    table->rows = pm_arena_array(p->arena, cells + 1, sizeof *table->rows);
    while (row.end < p->ours->count && p->ours->blocks[row.end].kind == PM_BLOCK_CELL && p->ours->blocks[row.end].table == table->number) {
        row = row_at(p->ours, row.end);
        learn_row(p, table, row);
    }
    return table->list.n > 0 && table->count > 1;
}

/* The boxes of ours. */
static void take_boxes(struct pm_pairing *p, const struct table *table)
{
    struct pm_entry_path entry;
    for (size_t i = 0; table->id_column && i < p->ours->count; i++) {
        if (p->ours->blocks[i].table != table->number || p->ours->blocks[i].row == 1 || p->ours->blocks[i].column != 1)
            continue;
        struct row row = row_at(p->ours, i);
        if (row.end - row.first >= table->id_column && entry_of(p->ours, row, table->list, &entry))
            take_box(p, &p->ours->blocks[row.first + table->id_column - 1],
                     pm_arena_join(p->arena, entry.list_path, "/", entry.name));
    }
}

/* ---- theirs ---- */

/* A table of theirs that is one of ours, and which of ours' columns its columns are, from 1. */
struct match { const struct table *table; size_t columns[MOST_COLUMNS], count, found; };

static struct match match_columns(struct pm_pairing *p, const struct table *table, struct row head)
{
    struct match match = {.table = table};
    for (size_t i = head.first; i < head.end && match.count < MOST_COLUMNS; i++) {
        struct pm_str heading = pm_block_plain(&p->theirs->blocks[i], p->arena);
        for (size_t c = 0; c < table->count && heading.n && !match.columns[match.count]; c++)
            if (pm_str_eq(table->columns[c].heading, heading))
                match.columns[match.count] = c + 1;
        match.found += match.columns[match.count++] > 0;
    }
    return match;
}

struct seen { struct pm_str *names; size_t count; };

static bool is_seen(const struct seen *seen, struct pm_str name)
{
    for (size_t i = 0; i < seen->count; i++)
        if (pm_str_eq(seen->names[i], name))
            return true;
    return false;
}

static bool is_id(struct pm_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-')))
            return false;
    }
    return s.n > 0 && s.n <= 32;
}

/* The block of the id's column, or NULL. */
static struct pm_block *id_cell(struct pm_pairing *p, const struct match *match, struct row row)
{
    for (size_t i = row.first; i < row.end && i - row.first < match->count; i++)
        if (match->table->id_column && match->columns[i - row.first] == match->table->id_column)
            return &p->theirs->blocks[i];
    return NULL;
}

static bool has_text(struct pm_pairing *p, const struct match *match, struct row row)
{
    for (size_t i = row.first; i < row.end && i - row.first < match->count; i++) {
        size_t column = match->columns[i - row.first];
        if (column && match->table->columns[column - 1].rest.n && pm_block_plain(&p->theirs->blocks[i], p->arena).n)
            return true;
    }
    return false;
}

/* The row of ours that shows the same and has not been seen; NULL: none. */
static const struct our_row *same_row(const struct table *table, struct pm_str text, const struct seen *seen)
{
    for (size_t i = 0; i < table->row_count; i++)
        if (pm_str_eq(table->rows[i].text, text) && !is_seen(seen, table->rows[i].name))
            return &table->rows[i];
    return NULL;
}

static const struct our_row *named_row(const struct table *table, struct pm_str name)
{
    for (size_t i = 0; i < table->row_count; i++)
        if (pm_str_eq(table->rows[i].name, name))
            return &table->rows[i];
    return NULL;
}

/* The name of the row's entry; empty: it has none. What is written in the row counts before a mark, which a copied row has too. */
static struct pm_str name_row(struct pm_pairing *p, const struct match *match, struct row row, const struct seen *seen)
{
    const struct pm_block *cell = id_cell(p, match, row);
    struct pm_str written = cell ? without_box(pm_block_plain(cell, p->arena)) : (struct pm_str){NULL, 0};
    struct pm_entry_path entry;
    if (written.n && is_id(written) && !is_seen(seen, written))
        return written;
    if (!written.n && entry_of(p->theirs, row, match->table->list, &entry) && !is_seen(seen, entry.name))
        return entry.name;
    const struct our_row *same = written.n ? NULL : same_row(match->table, text_of_row(p, p->theirs, row), seen);
    if (same)
        return same->name;
    return has_text(p, match, row) ? pm_new_entry(p) : (struct pm_str){NULL, 0};
}

static bool ends_with(struct pm_str s, struct pm_str end)
{
    return s.n >= end.n && pm_str_eq((struct pm_str){s.p + s.n - end.n, end.n}, end);
}

/* A cell that has lost its marks, beside that of ours. The same text has the same values. Of several values the first may have changed
 * while what stands behind it is the same, or is gone; other changes cannot be told apart, and true is returned, so that the text stays
 * as it is. */
static bool take_as_before(struct pm_pairing *p, struct pm_block *cell, const struct pm_block *ours)
{
    struct pm_str text = pm_block_plain(cell, p->arena), was = pm_block_plain(ours, p->arena);
    if (pm_str_eq(text, was)) {
        cell->count = 0;
        for (size_t i = 0; i < ours->count; i++)
            pm_page_put(p->theirs, cell, ours->pieces[i].path, ours->pieces[i].text, false);
        return true;
    }
    struct pm_str first = ours->count > 1 ? pm_shown_normalise(ours->pieces[0].text, p->arena) : was;
    if (ours->count < 2 || !ours->pieces[0].path.n || was.n <= first.n)
        return ours->count > 1 && !ours->pieces[0].path.n;
    struct pm_str rest = pm_str_trim((struct pm_str){was.p + first.n, was.n - first.n});
    if (!ends_with(text, rest))
        return pm_text_find(text, "\xC2\xB7", 0) < text.n || pm_text_find(text, ": ", 0) < text.n;
    struct pm_str changed = pm_str_trim((struct pm_str){text.p, text.n - rest.n});
    pm_block_set(p->theirs, cell, ours->pieces[0].path, changed);
    for (size_t i = 1; i < ours->count; i++)
        pm_page_put(p->theirs, cell, ours->pieces[i].path, ours->pieces[i].text, false);
    return true;
}

/* The cell's values as those of the entry. ours: the same cell there, or NULL. */
static void take_cell(struct pm_pairing *p, struct pm_block *cell, const struct pm_block *ours, struct pm_str list, struct pm_str entry,
                      struct pm_str rest)
{
    struct pm_entry_path at;
    for (size_t i = 0; i < cell->count; i++) {
        struct pm_piece *piece = &cell->pieces[i];
        if (piece->path.n && pm_entry_split(piece->path, &at) && pm_str_eq(at.list_path, list) && at.rest.n)
            piece->path = pm_arena_join(p->arena, entry, "/", at.rest);
    }
    if (!pm_block_has_path(cell) && ours && pm_block_has_path(ours) && take_as_before(p, cell, ours))
        return;
    struct pm_str path = pm_arena_join(p->arena, entry, "/", rest), text = pm_block_text(cell, p->arena);
    bool shown = pm_place_find(&p->in_ours, path) != NULL;   /* else ours may say there that there is none */
    if (!pm_block_has_path(cell) && rest.n && (shown || (text.n && !pm_is_loose(p, text))))
        pm_block_set(p->theirs, cell, path, text);
}

static void take_row(struct pm_pairing *p, const struct match *match, struct row row, struct seen *seen)
{
    struct pm_str name = row.end - row.first == match->count ? name_row(p, match, row, seen) : (struct pm_str){NULL, 0};
    if (!name.n)
        return;
    seen->names[seen->count++] = name;
    struct pm_str entry = pm_arena_join(p->arena, match->table->list, "/", name);
    struct pm_block *id = id_cell(p, match, row);
    const struct our_row *was = named_row(match->table, name);
    for (size_t i = row.first; i < row.end; i++) {
        struct pm_block *cell = &p->theirs->blocks[i];
        size_t column = match->columns[i - row.first];
        bool there = was && column && was->row.first + column - 1 < was->row.end;
        if (cell == id)
            take_box(p, cell, entry);
        else if (column)
            take_cell(p, cell, there ? &p->ours->blocks[was->row.first + column - 1] : NULL, match->table->list, entry,
                      match->table->columns[column - 1].rest);
    }
}

static void take_table(struct pm_pairing *p, const struct match *match, size_t first)
{
    const struct pm_page *page = p->theirs;
    size_t number = page->blocks[first].table, cells = 0;
    for (size_t i = first; i < page->count && page->blocks[i].table == number; i++)
        cells++;
    struct seen seen = {pm_arena_array(p->arena, cells + 1, sizeof *seen.names), 0};
    struct row row = row_at(page, first);
    while (seen.names && row.end < page->count && page->blocks[row.end].kind == PM_BLOCK_CELL && page->blocks[row.end].table == number) {
        row = row_at(page, row.end);
        take_row(p, match, row, &seen);
    }
}

/* ---- lists of tasks ---- */

/* The entry of a task, "☐ AI-1 · ...": "action_items/AI-1"; absent: ours shows no such one. */
static struct pm_str task_entry(struct pm_pairing *p, const struct pm_block *block)
{
    if (block->kind != PM_BLOCK_TEXT || !block->count || !has_box(pm_str_trim(block->pieces[0].text)))
        return (struct pm_str){NULL, 0};
    struct pm_str text = pm_block_plain(block, p->arena), id = without_box(text);
    size_t n = 0;
    while (n < id.n && id.p[n] != ' ')
        n++;
    if (!has_box(text) || n == 0)
        return (struct pm_str){NULL, 0};
    struct pm_str entry = pm_arena_join(p->arena, PM_LIT("action_items"), "/", (struct pm_str){id.p, n});
    return pm_place_find(&p->in_ours, pm_arena_join(p->arena, entry, "/", PM_LIT("item"))) ? entry : (struct pm_str){NULL, 0};
}

/* The task of ours that is of this entry; NULL: none. */
static struct pm_block *our_task(struct pm_pairing *p, struct pm_str entry)
{
    for (size_t i = 0; i < p->ours->count; i++)
        if (p->ours->blocks[i].kind == PM_BLOCK_TEXT && pm_str_eq(task_entry(p, &p->ours->blocks[i]), entry))
            return &p->ours->blocks[i];
    return NULL;
}

/* What a task says besides its box stands in the table too; if somebody has edited it here, it stays to be told. */
static void take_task(struct pm_pairing *p, struct pm_block *task)
{
    struct pm_str entry = task_entry(p, task);
    struct pm_block *ours = entry.n ? our_task(p, entry) : NULL;
    if (!ours)
        return;
    struct pm_str was = without_box(pm_block_plain(ours, p->arena)), now = without_box(pm_block_plain(task, p->arena));
    bool same = pm_str_eq(was, now);
    take_box(p, ours, entry);
    take_box(p, task, entry);
    task->known = same;
}

static size_t next_table(const struct pm_page *page, size_t from)
{
    for (; from < page->count; from++)
        if (page->blocks[from].kind == PM_BLOCK_CELL && page->blocks[from].row == 1 && page->blocks[from].column == 1)
            break;
    return from;
}

void pm_pair_tables(struct pm_pairing *p)
{
    struct table *tables = pm_arena_array(p->arena, p->ours->tables + 1, sizeof *tables);
    size_t count = 0;
    for (size_t i = next_table(p->ours, 0); tables && i < p->ours->count; i = next_table(p->ours, i + 1))
        count += count < p->ours->tables && learn(p, i, &tables[count]);
    for (size_t i = next_table(p->theirs, 0); tables && i < p->theirs->count; i = next_table(p->theirs, i + 1)) {
        struct match best = {.found = 1};       /* one heading alone may be anybody's */
        for (size_t t = 0; t < count; t++) {
            struct match match = match_columns(p, &tables[t], row_at(p->theirs, i));
            best = match.found > best.found ? match : best;
        }
        if (best.table)
            take_table(p, &best, i);
    }
    for (size_t t = 0; t < count; t++)
        take_boxes(p, &tables[t]);
    for (size_t i = 0; i < p->theirs->count; i++)
        take_task(p, &p->theirs->blocks[i]);
}
