/* WordprocessingML (ISO/IEC 29500-1, 17) as other programs save it too: elements are known by their own names, so that both forms of the
 * standard are read. */
#include "recover/docx_page.h"

#include "document/iterator.h"
#include "render/docx/bookmark.h"

#include <stdlib.h>
#include <string.h>

/* ---- names ---- */

static void add_name(struct pm_mark_names *names, struct pm_arena *arena, const char *name, struct pm_str path)
{
    if (names->count == names->cap) {
        size_t cap = names->cap ? names->cap * 2 : 256;
        struct pm_mark_name *grown = pm_arena_grow(arena, names->names, names->cap, cap, sizeof *grown);
        if (!grown)
            return;
        names->names = grown;
        names->cap = cap;
    }
    names->names[names->count++] = (struct pm_mark_name){pm_str_hash(pm_str(name)), path};
}

static int by_hash(const void *a, const void *b)
{
    const struct pm_mark_name *x = a, *y = b;
    return (x->hash > y->hash) - (x->hash < y->hash);
}

static struct pm_str path_of(const struct pm_mark_names *names, struct pm_str name)
{
    struct pm_mark_name key = {.hash = pm_str_hash(name)};
    const struct pm_mark_name *found = names->count ? bsearch(&key, names->names, names->count, sizeof key, by_hash) : NULL;
    return found ? found->path : (struct pm_str){NULL, 0};
}

static int by_path(const void *a, const void *b)
{
    return pm_str_cmp(*(const struct pm_str *)a, *(const struct pm_str *)b);
}

/* The paths of a document, one for each place that shows it. */
static struct pm_str *list_paths(struct pm_arena *arena, const struct pm_document *doc, size_t *count)
{
    size_t cap = 256;
    struct pm_str *paths = pm_arena_array(arena, cap, sizeof *paths);
    struct pm_iterator it;
    *count = 0;
    pm_iterator_init(&it, doc->root);
    for (enum pm_event_type event; paths && (event = pm_iterator_next(&it)) != PM_DONE;) {
        if (event != PM_ENTER || !it.node->path.n)
            continue;
        if (*count == cap) {
            paths = pm_arena_grow(arena, paths, cap, cap * 2, sizeof *paths);
            cap *= 2;
        }
        if (paths)
            paths[(*count)++] = it.node->path;
    }
    if (!paths)
        *count = 0;
    return paths;
}

void pm_mark_names_add(struct pm_mark_names *names, struct pm_arena *arena, const struct pm_document *doc, size_t number)
{
    char name[PM_BOOKMARK_SIZE], tag[PM_TAG_SIZE];
    size_t count, place = 0;
    struct pm_str *paths = list_paths(arena, doc, &count);
    if (count)
        qsort(paths, count, sizeof *paths, by_path);
    for (size_t i = 0; i < count; i++) {
        place = i > 0 && pm_str_eq(paths[i], paths[i - 1]) ? place + 1 : 1;
        pm_docx_bookmark(paths[i], number, place, name);
        add_name(names, arena, name, paths[i]);
        pm_docx_tag(paths[i], number, tag);
        if (place == 1)
            add_name(names, arena, tag, paths[i]);
    }
    if (names->count)
        qsort(names->names, names->count, sizeof *names->names, by_hash);
}

/* ---- the body ---- */

enum { MOST_MARKS = 64 };

struct reader {
    struct pm_page *page;
    const struct pm_mark_names *names;
    const struct pm_str *ends;     /* ids of bookmarks that end, sorted */
    size_t end_count;
    char own[PM_BOOKMARK_SIZE], next[PM_BOOKMARK_SIZE];   /* the bookmarks that begin the document and the one behind it */
    bool within;                   /* of this document */
    struct { struct pm_str id, path; } marks[MOST_MARKS];   /* bookmarks that are open */
    size_t mark_count;
    struct pm_str control;         /* the path of the control around */
    size_t block;                  /* index + 1 of the one that takes text; 0: none */
    bool gap;                      /* a paragraph ended in it */
};

static bool is(const struct pm_xml_node *node, const char *name)
{
    return pm_str_is(node->name, name);
}

static struct pm_str get(const struct pm_xml_node *node, const char *name)
{
    for (const struct pm_xml_attr *a = node->attrs; a; a = a->next)
        if (pm_str_is(a->name, name))
            return a->value;
    return (struct pm_str){NULL, 0};
}

static const struct pm_xml_node *child(const struct pm_xml_node *node, const char *name)
{
    const struct pm_xml_node *at = node ? node->first : NULL;
    while (at && !is(at, name))
        at = at->next;
    return at;
}

static void put(struct reader *r, struct pm_str text)
{
    struct pm_str path = r->mark_count ? r->marks[r->mark_count - 1].path : r->control;
    if (!r->within || !r->block || !text.n)
        return;
    pm_page_put(r->page, &r->page->blocks[r->block - 1], path, text, r->gap);
    r->gap = false;
}

static void begin_mark(struct reader *r, const struct pm_xml_node *node)
{
    struct pm_str name = get(node, "name"), path = path_of(r->names, name);
    if (pm_str_is(name, r->own))
        r->within = true;
    else if (pm_str_is(name, r->next))
        r->within = false;
    struct pm_str id = get(node, "id");
    bool ends = path.n && r->end_count && bsearch(&id, r->ends, r->end_count, sizeof id, by_path);
    if (ends && r->mark_count < MOST_MARKS) {
        r->marks[r->mark_count].id = id;
        r->marks[r->mark_count++].path = path;
    }
}

static void end_mark(struct reader *r, struct pm_str id)
{
    for (size_t i = r->mark_count; i > 0; i--) {
        if (!pm_str_eq(r->marks[i - 1].id, id))
            continue;
        memmove(&r->marks[i - 1], &r->marks[i], (r->mark_count - i) * sizeof *r->marks);
        r->mark_count--;
        return;
    }
}

static void read_nodes(struct reader *r, const struct pm_xml_node *parent);

/* Whether the document begins in the paragraph. */
static bool begins_here(const struct reader *r, const struct pm_xml_node *paragraph)
{
    for (const struct pm_xml_node *node = paragraph->first; node; node = node->next)
        if (is(node, "bookmarkStart") && pm_str_is(get(node, "name"), r->own))
            return true;
    return false;
}

static void read_paragraph(struct reader *r, const struct pm_xml_node *node)
{
    const struct pm_xml_node *style = child(child(node, "pPr"), "pStyle");
    size_t around = r->block;
    if (style && pm_str_starts(get(style, "val"), "TOC"))    /* the table of contents, where a program has no control around it */
        return;
    if (!around) {
        bool heading = style && pm_str_starts(get(style, "val"), "Heading");
        if ((r->within || begins_here(r, node)) && pm_page_block(r->page, heading ? PM_BLOCK_HEADING : PM_BLOCK_TEXT))
            r->block = r->page->count;
        r->gap = false;
    }
    read_nodes(r, node);
    r->gap = around > 0;
    r->block = around;
}

static void read_cell(struct reader *r, const struct pm_xml_node *node, size_t table, size_t row, size_t column)
{
    size_t around = r->block;
    struct pm_block *block = r->within ? pm_page_block(r->page, PM_BLOCK_CELL) : NULL;
    if (!block)
        return;
    block->table = table;
    block->row = row;
    block->column = column;
    r->block = r->page->count;
    r->gap = false;
    read_nodes(r, node);
    r->block = around;
}

/* Rows and cells may stand in controls. */
static void read_rows(struct reader *r, const struct pm_xml_node *table)
{
    size_t number = ++r->page->tables, row = 0, column = 0;
    for (const struct pm_xml_node *at = pm_xml_walk(table, table); at;) {
        bool inner = is(at, "tc");
        row += is(at, "tr");
        column = is(at, "tr") ? 0 : column + inner;
        if (inner)
            read_cell(r, at, number, row, column);
        at = inner ? pm_xml_walk_past(at, table) : pm_xml_walk(at, table);
    }
}

static void read_control(struct reader *r, const struct pm_xml_node *node)
{
    const struct pm_xml_node *properties = child(node, "sdtPr"), *tag = child(properties, "tag"), *content = child(node, "sdtContent");
    struct pm_str around = r->control, path = tag ? path_of(r->names, get(tag, "val")) : (struct pm_str){NULL, 0};
    if (!content || child(properties, "docPartObj"))
        return;
    if (path.n && !child(properties, "checkbox"))
        r->control = path;
    read_nodes(r, content);
    r->control = around;
}

/* What has text of its own, or none that counts. */
static bool is_passed_over(const struct pm_xml_node *node)
{
    static const char *const names[] = {"del", "moveFrom", "AlternateContent", "drawing", "pict", "object", "instrText", "delText",
                                        "pPr", "rPr", "sectPr", "sdtPr", "tblPr", "tcPr", "trPr"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (is(node, names[i]))
            return true;
    return false;
}

static void read_node(struct reader *r, const struct pm_xml_node *node)
{
    static const struct { const char *name, *text; } marks[] = {
        {"tab", "\t"}, {"br", "\n"}, {"cr", "\n"}, {"noBreakHyphen", "-"}, {"ptab", "\t"}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (is(node, marks[i].name))
            put(r, pm_str(marks[i].text));
    if (is(node, "t"))
        put(r, node->first ? node->first->text : (struct pm_str){NULL, 0});
    else if (is(node, "bookmarkStart"))
        begin_mark(r, node);
    else if (is(node, "bookmarkEnd"))
        end_mark(r, get(node, "id"));
    else if (is(node, "p"))
        read_paragraph(r, node);
    else if (is(node, "tbl"))
        read_rows(r, node);
    else if (is(node, "sdt"))
        read_control(r, node);
    else if (!is_passed_over(node))
        read_nodes(r, node);
}

static void read_nodes(struct reader *r, const struct pm_xml_node *parent)
{
    for (const struct pm_xml_node *node = parent->first; node; node = node->next)
        if (node->name.n)
            read_node(r, node);
}

/* LibreOffice writes some bookmarks around tables without their ends. */
static void list_ends(struct reader *r, const struct pm_xml_node *document)
{
    size_t count = 0;
    for (const struct pm_xml_node *node = document; node; node = pm_xml_walk(node, document))
        count += is(node, "bookmarkEnd");
    struct pm_str *ends = pm_arena_array(r->page->arena, count + 1, sizeof *ends);
    for (const struct pm_xml_node *node = document; node && ends; node = pm_xml_walk(node, document))
        if (is(node, "bookmarkEnd"))
            ends[r->end_count++] = get(node, "id");
    if (r->end_count)
        qsort(ends, r->end_count, sizeof *ends, by_path);
    r->ends = ends;
}

static bool has_mark(const struct pm_xml_node *document, const char *name)
{
    for (const struct pm_xml_node *node = document; node; node = pm_xml_walk(node, document))
        if (is(node, "bookmarkStart") && pm_str_is(get(node, "name"), name))
            return true;
    return false;
}

enum pm_status pm_docx_page(const struct pm_xml_node *document, const struct pm_mark_names *names, size_t number, struct pm_page *page)
{
    struct reader r = {.page = page, .names = names};
    pm_docx_bookmark(PM_LIT("#"), number, 1, r.own);
    pm_docx_bookmark(PM_LIT("#"), number + 1, 1, r.next);
    r.within = number == 1 || !has_mark(document, r.own);
    list_ends(&r, document);
    const struct pm_xml_node *body = child(document, "body");
    if (body)
        read_nodes(&r, body);
    return pm_arena_failed(page->arena) ? PM_NOMEM : PM_OK;
}
