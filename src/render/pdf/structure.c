#include "render/pdf/structure.h"

#include <string.h>

/* What the body of an element is written from. */
struct element {
    struct pm_canvas *canvas;
    const struct pm_tag *tag;
    HPDF_Dict parent;
};

static const struct pm_tag *next_in_order(const struct pm_tag *tag, const struct pm_tag *root)
{
    if (tag->first)
        return tag->first;
    while (tag != root && !tag->next)
        tag = tag->parent;
    return tag == root ? NULL : tag->next;
}

/* ---- the body of an element ---- */

static void put_content(struct pm_buf *b, const struct element *e, const struct pm_content *content, HPDF_Page home)
{
    HPDF_Page page = e->canvas->sheets[content->page].page;
    if (content->object) {
        pm_buf_puts(b, "<</Type/OBJR/Obj ");
        pm_put_ref(b, content->object);
        pm_buf_puts(b, "/Pg ");
        pm_put_ref(b, page);
        pm_buf_puts(b, ">>");
    } else if (page == home) {
        pm_put_unsigned(b, (size_t)content->mcid);
        pm_buf_putc(b, ' ');
    } else {
        pm_buf_puts(b, "<</Type/MCR/Pg ");
        pm_put_ref(b, page);
        pm_buf_puts(b, "/MCID ");
        pm_put_unsigned(b, (size_t)content->mcid);
        pm_buf_puts(b, ">>");
    }
}

/* Children and content in reading order: content follows the child that was painted before it. */
static void put_kids(struct pm_buf *b, const struct element *e, HPDF_Page home)
{
    const struct pm_content *content = e->tag->content;
    pm_buf_puts(b, "/K[");
    for (; content && !content->after; content = content->next)
        put_content(b, e, content, home);
    for (const struct pm_tag *child = e->tag->first; child; child = child->next) {
        if (child->object) {
            pm_put_ref(b, child->object);
            pm_buf_putc(b, ' ');
        }
        for (; content && content->after == child; content = content->next)
            put_content(b, e, content, home);
    }
    for (; content; content = content->next)
        put_content(b, e, content, home);
    pm_buf_putc(b, ']');
}

static void put_attributes(struct pm_buf *b, const struct pm_tag *tag)
{
    if (tag->kind == PM_TAG_TH || (tag->kind == PM_TAG_TD && tag->colspan > 1)) {
        pm_buf_puts(b, "/A<</O/Table");
        if (tag->kind == PM_TAG_TH)
            pm_buf_puts(b, tag->row_header ? "/Scope/Row" : "/Scope/Column");
        if (tag->colspan > 1)
            pm_buf_printf(b, "/ColSpan %d", tag->colspan);
        pm_buf_puts(b, ">>");
    }
    if (tag->kind == PM_TAG_L)
        pm_buf_puts(b, tag->ordered ? "/A<</O/List/ListNumbering/Decimal>>" : "/A<</O/List/ListNumbering/Disc>>");
    if (tag->kind == PM_TAG_FIGURE) {
        pm_buf_puts(b, "/A<</O/Layout/Placement/Block/BBox[");
        for (int i = 0; i < 4; i++)
            pm_put_number(b, tag->box[i]);
        pm_buf_puts(b, "]>>");
    }
    if (tag->alt.n > 0) {
        pm_buf_puts(b, "/Alt");
        pm_put_text(b, tag->alt);
    }
    if (tag->lang.n > 0) {
        pm_buf_puts(b, "/Lang");
        pm_put_text(b, tag->lang);
    }
}

static HPDF_STATUS write_element(HPDF_Dict object, HPDF_Stream stream)
{
    const struct element *e = object->attr;
    struct pm_buf *b = &e->canvas->content;   /* nothing is painted any more */
    pm_buf_clear(b);
    pm_buf_puts(b, "/S/");
    pm_buf_puts(b, pm_tag_name(e->tag->kind));
    pm_buf_puts(b, "/P ");
    pm_put_ref(b, e->parent);
    HPDF_Page home = NULL;
    for (const struct pm_content *c = e->tag->content; c && !home; c = c->next)
        home = e->canvas->sheets[c->page].page;
    if (home) {
        pm_buf_puts(b, "/Pg ");
        pm_put_ref(b, home);
    }
    put_attributes(b, e->tag);
    put_kids(b, e, home);
    return b->status == PM_OK ? HPDF_Stream_Write(stream, (const HPDF_BYTE *)b->data, (HPDF_UINT)b->len) : HPDF_FAILD_TO_ALLOC_MEM;
}

/* ---- which elements are written ---- */

static bool stands_without_content(const struct pm_tag *tag)
{
    return tag->kind == PM_TAG_TD || tag->kind == PM_TAG_TH;
}

/* Marks those that have content below them by a provisional object: themselves. */
static void mark_used(struct pm_tag *root)
{
    for (const struct pm_tag *tag = root; tag; tag = next_in_order(tag, root)) {
        if (!tag->content && !stands_without_content(tag))
            continue;
        for (struct pm_tag *up = (struct pm_tag *)tag; up && !up->object; up = up->parent)
            up->object = up;
    }
}

static bool make_objects(struct pm_canvas *canvas, struct pm_tag *root, HPDF_Dict tree_root)
{
    for (const struct pm_tag *at = root; at; at = next_in_order(at, root)) {
        struct pm_tag *tag = (struct pm_tag *)at;
        if (!tag->object)
            continue;
        struct element *element = pm_arena_alloc(canvas->file->arena, sizeof *element);
        HPDF_Dict object = element ? pm_object_new(canvas->file) : NULL;
        if (!object)
            return false;
        *element = (struct element){canvas, tag, tag == root ? tree_root : tag->parent->object};
        object->attr = element;
        object->write_fn = write_element;
        tag->object = object;
    }
    return true;
}

/* ---- the parent tree ---- */

#define LEAF_KEYS 64

static void put_parent(struct pm_buf *b, const struct pm_canvas *canvas, size_t key)
{
    const struct pm_parent *parent = &canvas->parents[key];
    pm_put_unsigned(b, key);
    pm_buf_putc(b, ' ');
    if (!parent->is_sheet) {
        pm_put_ref(b, parent->tag->object);
        pm_buf_putc(b, ' ');
        return;
    }
    const struct pm_sheet *sheet = &canvas->sheets[parent->sheet];
    pm_buf_putc(b, '[');
    for (size_t i = 0; i < sheet->marked_count; i++) {
        pm_put_ref(b, sheet->marked[i]->object);
        pm_buf_putc(b, ' ');
    }
    pm_buf_putc(b, ']');
}

static HPDF_Dict write_leaf(struct pm_canvas *canvas, size_t first, size_t last)
{
    struct pm_buf b;
    pm_buf_init(&b, (size_t)64 << 20);
    pm_buf_printf(&b, "/Limits[%zu %zu]/Nums[", first, last);
    for (size_t key = first; key <= last; key++)
        put_parent(&b, canvas, key);
    pm_buf_putc(&b, ']');
    HPDF_Dict leaf = b.status == PM_OK ? pm_object_new(canvas->file) : NULL;
    if (leaf)
        pm_object_body(canvas->file, leaf, pm_buf_slice(&b));
    pm_buf_free(&b);
    return leaf;
}

/* Leaves below one node: a number tree's node may have any number of kids in a body that we write. */
static HPDF_Dict write_parent_tree(struct pm_canvas *canvas)
{
    struct pm_buf b;
    pm_buf_init(&b, (size_t)64 << 20);
    HPDF_Dict tree = pm_object_new(canvas->file);
    pm_buf_puts(&b, "/Kids[");
    for (size_t first = 0; tree && first < canvas->parent_count; first += LEAF_KEYS) {
        size_t last = first + LEAF_KEYS - 1;
        HPDF_Dict leaf = write_leaf(canvas, first, last < canvas->parent_count ? last : canvas->parent_count - 1);
        if (!leaf)
            tree = NULL;
        else
            pm_put_ref(&b, leaf);
        pm_buf_putc(&b, ' ');
    }
    pm_buf_putc(&b, ']');
    if (b.status != PM_OK)
        tree = NULL;
    if (tree)
        pm_object_body(canvas->file, tree, pm_buf_slice(&b));
    pm_buf_free(&b);
    return tree;
}

HPDF_Dict pm_structure_write(struct pm_canvas *canvas, struct pm_tag *root)
{
    HPDF_Dict tree_root = pm_object_new(canvas->file);
    if (!tree_root)
        return NULL;
    mark_used(root);
    if (!make_objects(canvas, root, tree_root))
        return NULL;
    HPDF_Dict parents = write_parent_tree(canvas);
    if (!parents)
        return NULL;
    struct pm_buf b;
    pm_buf_init(&b, 256);
    pm_buf_puts(&b, "/Type/StructTreeRoot/K ");
    pm_put_ref(&b, root->object ? root->object : tree_root);
    pm_buf_puts(&b, "/ParentTree ");
    pm_put_ref(&b, parents);
    pm_buf_printf(&b, "/ParentTreeNextKey %zu", canvas->parent_count);
    pm_object_take(canvas->file, tree_root, &b);
    return pm_arena_failed(canvas->file->arena) ? NULL : tree_root;
}
