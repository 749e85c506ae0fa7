#include "render/docx/reference_internal.h"

/* ---- styles ---- */

static struct pm_str value_of(const struct pm_xml_node *node, const char *child)
{
    return pm_xml_get(pm_xml_child(node, PM_W, child), PM_W, "val");
}

static bool is_on(struct pm_str value)
{
    return pm_str_is(value, "1") || pm_str_is(value, "true") || pm_str_is(value, "on");
}

static struct pm_style_entry entry_of(const struct pm_xml_node *style)
{
    struct pm_str type = pm_xml_get(style, PM_W, "type");
    return (struct pm_style_entry){.id = pm_xml_get(style, PM_W, "styleId"), .name = value_of(style, "name"),
                                   .type = type.n ? type : PM_LIT("paragraph"), .is_default = is_on(pm_xml_get(style, PM_W, "default"))};
}

void pm_reference_list_styles(struct pm_reference *r)
{
    const struct pm_xml_node *s;
    size_t count = 0;
    for (s = pm_xml_child(r->styles.root, PM_W, "style"); s; s = pm_xml_sibling(s, PM_W, "style"))
        count++;
    r->entries = pm_arena_array(&r->arena, count + 1, sizeof *r->entries);
    for (s = pm_xml_child(r->styles.root, PM_W, "style"); s && r->entries; s = pm_xml_sibling(s, PM_W, "style"))
        r->entries[r->entry_count++] = entry_of(s);
}

/* Names of styles are alike in any case: "Heading 1" of one program is "heading 1" of another. */
static bool same_name(struct pm_str a, struct pm_str b)
{
    return a.n > 0 && pm_str_same_letters(a, b);
}

enum by { BY_NAME, BY_ID, BY_DEFAULT };

/* The reference's style of the same type that is `ours`; else NULL. */
static const struct pm_style_entry *find(const struct pm_reference *r, const struct pm_style_entry *ours, enum by by)
{
    for (size_t i = 0; i < r->entry_count; i++) {
        const struct pm_style_entry *e = &r->entries[i];
        if (pm_str_eq(e->type, ours->type) && (by == BY_NAME ? same_name(e->name, ours->name) : by == BY_ID ? pm_str_eq(e->id, ours->id)
                                               : e->is_default && ours->is_default))
            return e;
    }
    return NULL;
}

static bool is_taken(const struct pm_reference *r, struct pm_str id, struct pm_str name)
{
    for (size_t i = 0; i < r->entry_count; i++) {
        if (pm_str_eq(r->entries[i].id, id) || same_name(r->entries[i].name, name))
            return true;
    }
    return false;
}

/* A style of ours that is to be added, while one of another type has its id or its name. */
static void rename_style(const struct pm_reference *r, struct pm_arena *arena, struct pm_xml_node *style, const struct pm_style_entry *e,
                         struct pm_renaming **renamed)
{
    struct pm_str id = e->id, name = e->name;
    for (int n = 2; is_taken(r, id, name) && !pm_arena_failed(arena); n++) {
        id = pm_arena_format(arena, "%.*s%d", (int)e->id.n, e->id.p, n);
        name = pm_arena_format(arena, "%.*s %d", (int)e->name.n, e->name.p, n);
    }
    pm_rename(arena, renamed, e->id, id);
    pm_xml_set(arena, pm_xml_child(style, PM_W, "name"), PM_W, "val", name);
}

/* Styles that were paired with one that the reference has in its own way are no longer pairs. */
static void unpair(struct pm_xml_node *ours)
{
    for (struct pm_xml_node *s = pm_xml_child(ours, PM_W, "style"); s; s = pm_xml_sibling(s, PM_W, "style")) {
        struct pm_xml_node *link = pm_xml_child(s, PM_W, "link"), *other = pm_xml_child(ours, PM_W, "style");
        while (link && other && !pm_str_eq(pm_xml_get(other, PM_W, "styleId"), pm_xml_get(link, PM_W, "val")))
            other = pm_xml_sibling(other, PM_W, "style");
        if (link && !other)
            pm_xml_unlink(link);
    }
}

void pm_reference_match_styles(const struct pm_reference *r, struct pm_arena *arena, struct pm_xml_node *ours,
                               struct pm_renaming **renamed)
{
    struct pm_xml_node *next;
    for (struct pm_xml_node *style = pm_xml_child(ours, PM_W, "style"); style; style = next) {
        next = pm_xml_sibling(style, PM_W, "style");
        struct pm_style_entry e = entry_of(style);
        const struct pm_style_entry *theirs = find(r, &e, BY_NAME);
        theirs = theirs ? theirs : find(r, &e, BY_ID);
        theirs = theirs ? theirs : find(r, &e, BY_DEFAULT);
        if (theirs) {
            pm_rename(arena, renamed, e.id, theirs->id);
            pm_xml_unlink(style);
        } else {
            rename_style(r, arena, style, &e, renamed);
        }
    }
    unpair(ours);
}

/* ---- numbering ---- */

/* Definitions come before their instances (ISO/IEC 29500-1, 17.9.16). */
void pm_reference_find_numbering(struct pm_reference *r)
{
    struct pm_xml_node *root = r->numbering.root, *first_num = pm_xml_child(root, PM_W, "num");
    struct pm_xml_node *end = pm_xml_child(root, PM_W, "numIdMacAtCleanup");
    for (struct pm_xml_node *n = root ? root->first : NULL; n; n = n->next) {
        long number = pm_reference_number(pm_xml_get(n, PM_W, pm_xml_is(n, PM_W, "num") ? "numId" : "abstractNumId"));
        r->last_numbering = number > r->last_numbering ? number : r->last_numbering;
    }
    r->abstract_spot = pm_xml_raw(&r->arena, PM_LIT(""));
    r->numbering.spot = pm_xml_raw(&r->arena, PM_LIT(""));
    pm_xml_insert(root, r->abstract_spot, first_num ? first_num : end);
    pm_xml_insert(root, r->numbering.spot, end);
}

void pm_reference_put_children(const struct pm_xml_node *ours, const char *name, const struct pm_renamings *renamings, struct pm_buf *out)
{
    struct pm_buf text;
    pm_buf_init(&text, out->max);
    for (const struct pm_xml_node *n = pm_xml_child(ours, PM_W, name); n; n = pm_xml_sibling(n, PM_W, name))
        pm_xml_node_write(n, &text);
    if (text.status == PM_OK)
        pm_reference_remap(pm_buf_slice(&text), renamings, out);
    else
        out->status = text.status;
    pm_buf_free(&text);
}
