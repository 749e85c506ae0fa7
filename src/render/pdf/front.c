#include "render/pdf/front.h"

static const struct pm_mark no_mark;

static const struct pm_column columns[] = {
    {.kind = PM_CELL_ID, .nowrap = true},
    {.kind = PM_CELL_TEXT},
    {.kind = PM_CELL_NUMBER, .align = PM_ALIGN_END, .nowrap = true}};

static void add_head(struct pm_document *doc, struct pm_node *table)
{
    struct pm_node *row = pm_add_row(doc, table, true, no_mark);
    pm_add_cell(doc, row, PM_CELL_ID, doc->words.document, no_mark);
    pm_add_cell(doc, row, PM_CELL_TEXT, (struct pm_str){NULL, 0}, no_mark);
    pm_add_cell(doc, row, PM_CELL_NUMBER, doc->words.page, no_mark);
}

static void add_link_cell(struct pm_document *doc, struct pm_node *row, enum pm_cell_kind kind, struct pm_str text, struct pm_str url)
{
    struct pm_node *cell = pm_add_cell(doc, row, kind, (struct pm_str){NULL, 0}, no_mark);
    struct pm_node *link = pm_node_add(doc, cell, PM_LINK, no_mark);
    if (link)
        link->as.link.url = url;
    pm_add_text(doc, link, text, no_mark);
}

static void add_row(struct pm_document *doc, struct pm_node *table, const struct pm_front_entry *entry)
{
    struct pm_node *row = pm_add_row(doc, table, false, no_mark);
    pm_add_cell(doc, row, PM_CELL_ID, entry->id, no_mark);
    add_link_cell(doc, row, PM_CELL_TEXT, entry->title, entry->url);
    pm_add_cell(doc, row, PM_CELL_NUMBER, pm_arena_format(doc->arena, "%zu", entry->page), no_mark);
}

struct pm_document *pm_front_document(struct pm_arena *arena, const struct pm_document *like, struct pm_str title,
                                      const struct pm_front_entry *entries, size_t count)
{
    struct pm_document *doc = pm_document_new(arena);
    if (!doc)
        return NULL;
    doc->lang = like->lang;
    doc->title = title;
    doc->words = like->words;
    struct pm_node *cover = pm_node_add(doc, doc->root, PM_COVER, no_mark);
    pm_add_text(doc, pm_node_add(doc, cover, PM_TITLE, no_mark), like->words.contents, no_mark);
    struct pm_node *table = pm_add_table(doc, doc->root, columns, 3, no_mark);
    add_head(doc, table);
    for (size_t i = 0; i < count; i++)
        add_row(doc, table, &entries[i]);
    return pm_arena_failed(arena) ? NULL : doc;
}
