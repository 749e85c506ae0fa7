/* Storage format (see storage.c). Macros are their bodies; a status is its title, a time its date, a task a box and its text. */
#include "recover/storage_page.h"

#define AC "http://atlassian.com/content"

struct reader {
    struct pm_page *page;
    size_t block;                  /* index + 1 of the one that takes text; 0: none */
    bool gap;                      /* a paragraph ended in it */
    struct pm_arena *arena;
};

static bool is(const struct pm_xml_node *node, const char *name)
{
    return pm_str_is(node->name, name);
}

static void put(struct reader *r, struct pm_str text)
{
    if (!text.n)
        return;
    if (!r->block) {
        if (!pm_str_trim(text).n || !pm_page_block(r->page, PM_BLOCK_TEXT))
            return;
        r->block = r->page->count;
    }
    pm_page_put(r->page, &r->page->blocks[r->block - 1], (struct pm_str){NULL, 0}, text, r->gap);
    r->gap = false;
}

static void read_nodes(struct reader *r, const struct pm_xml_node *parent);

/* A block of its own, or, within one, a paragraph of it. */
static void read_block(struct reader *r, const struct pm_xml_node *node, enum pm_block_kind kind, bool always)
{
    size_t around = r->block;
    if (always || !around) {
        r->block = pm_page_block(r->page, kind) ? r->page->count : 0;
        r->gap = false;
    } else {
        r->gap = r->page->blocks[around - 1].count > 0;
    }
    read_nodes(r, node);
    r->gap = around > 0;
    r->block = around;
}

static void read_rows(struct reader *r, const struct pm_xml_node *table)
{
    size_t number = ++r->page->tables, row = 0, column = 0, around = r->block;
    for (const struct pm_xml_node *at = pm_xml_walk(table, table); at;) {
        bool cell = is(at, "td") || is(at, "th");
        row += is(at, "tr");
        column = is(at, "tr") ? 0 : column + cell;
        struct pm_block *block = cell ? pm_page_block(r->page, PM_BLOCK_CELL) : NULL;
        if (block) {
            block->table = number;
            block->row = row;
            block->column = column;
            r->block = r->page->count;
            r->gap = false;
            read_nodes(r, at);
        }
        at = cell ? pm_xml_walk_past(at, table) : pm_xml_walk(at, table);
    }
    r->block = around;
}

static struct pm_str parameter(struct reader *r, const struct pm_xml_node *macro, const char *name)
{
    for (struct pm_xml_node *p = pm_xml_child(macro, AC, "parameter"); p; p = pm_xml_sibling(p, AC, "parameter"))
        if (pm_str_is(pm_xml_get(p, AC, "name"), name))
            return pm_str_trim(pm_xml_inner_text(p, r->arena));
    return (struct pm_str){NULL, 0};
}

static void read_macro(struct reader *r, const struct pm_xml_node *node)
{
    struct pm_str name = pm_xml_get(node, AC, "name");
    if (pm_str_is(name, "status"))
        put(r, parameter(r, node, "title"));
    else if (!pm_str_is(name, "toc") && !pm_str_is(parameter(r, node, "id"), "incident-source"))
        read_nodes(r, node);
}

static void read_task(struct reader *r, const struct pm_xml_node *node)
{
    const struct pm_xml_node *status = pm_xml_child(node, AC, "task-status"), *body = pm_xml_child(node, AC, "task-body");
    size_t around = r->block;
    bool done = status && pm_str_is(pm_str_trim(pm_xml_inner_text(status, r->arena)), "complete");
    if (!around && pm_page_block(r->page, PM_BLOCK_TEXT))
        r->block = r->page->count;
    put(r, done ? PM_LIT("\xE2\x98\x91 ") : PM_LIT("\xE2\x98\x90 "));
    if (body)
        read_nodes(r, body);
    r->gap = around > 0;
    r->block = around;
}

static bool is_heading(struct pm_str name)
{
    return name.n == 2 && name.p[0] == 'h' && name.p[1] >= '1' && name.p[1] <= '6';
}

static bool is_macro_element(const struct pm_xml_node *node)
{
    return pm_xml_is(node, AC, "structured-macro") || pm_xml_is(node, AC, "macro");
}

static void read_element(struct reader *r, const struct pm_xml_node *node)
{
    if (is_macro_element(node))
        read_macro(r, node);
    else if (is(node, "task"))
        read_task(r, node);
    else if (is(node, "table"))
        read_rows(r, node);
    else if (is_heading(node->name))
        read_block(r, node, PM_BLOCK_HEADING, true);
    else if (is(node, "li"))
        read_block(r, node, PM_BLOCK_TEXT, r->block == 0 || r->page->blocks[r->block - 1].kind != PM_BLOCK_CELL);
    else if (is(node, "p") || is(node, "pre") || is(node, "plain-text-body"))
        read_block(r, node, PM_BLOCK_TEXT, false);
    else if (is(node, "br"))
        put(r, PM_LIT("\n"));
    else if (is(node, "time"))
        put(r, pm_xml_get(node, "", "datetime"));
    else if (!is(node, "parameter") && !is(node, "image") && !is(node, "placeholder"))
        read_nodes(r, node);
}

static void read_nodes(struct reader *r, const struct pm_xml_node *parent)
{
    for (const struct pm_xml_node *node = parent->first; node; node = node->next) {
        if (node->name.n)
            read_element(r, node);
        else
            put(r, node->text);
    }
}

enum pm_status pm_storage_page(struct pm_recovery *r, struct pm_str fragment, struct pm_page *page)
{
    struct reader reader = {.page = page, .arena = r->arena};
    const struct pm_xml_node *root = pm_storage_tree(r, fragment);
    if (root)
        read_nodes(&reader, root);
    return r->status != PM_OK ? r->status : pm_arena_failed(r->arena) ? PM_NOMEM : PM_OK;
}
