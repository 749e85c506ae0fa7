#include "package/xml_tree.h"

#include <stdint.h>
#include <string.h>

/* ---- looking ---- */

static bool is(struct pm_str s, const char *z)
{
    return z[0] ? pm_str_is(s, z) : s.n == 0;
}

bool pm_xml_is(const struct pm_xml_node *node, const char *uri, const char *name)
{
    return node && node->name.n && is(node->name, name) && is(node->uri, uri);
}

struct pm_xml_node *pm_xml_child(const struct pm_xml_node *node, const char *uri, const char *name)
{
    struct pm_xml_node *child = node ? node->first : NULL;
    while (child && !pm_xml_is(child, uri, name))
        child = child->next;
    return child;
}

struct pm_xml_node *pm_xml_sibling(const struct pm_xml_node *node, const char *uri, const char *name)
{
    struct pm_xml_node *next = node->next;
    while (next && !pm_xml_is(next, uri, name))
        next = next->next;
    return next;
}

struct pm_xml_node *pm_xml_walk_past(const struct pm_xml_node *node, const struct pm_xml_node *top)
{
    while (node && node != top && !node->next)
        node = node->parent;
    return node && node != top ? node->next : NULL;
}

struct pm_xml_node *pm_xml_walk(const struct pm_xml_node *node, const struct pm_xml_node *top)
{
    return node->first ? node->first : pm_xml_walk_past(node, top);
}

static struct pm_xml_attr *find_attr(const struct pm_xml_node *node, const char *uri, const char *name)
{
    struct pm_xml_attr *attr = node ? node->attrs : NULL;
    while (attr && !(is(attr->name, name) && is(attr->uri, uri)))
        attr = attr->next;
    return attr;
}

struct pm_str pm_xml_get(const struct pm_xml_node *node, const char *uri, const char *name)
{
    const struct pm_xml_attr *attr = find_attr(node, uri, name);
    return attr ? attr->value : (struct pm_str){NULL, 0};
}

/* ---- changing ---- */

void pm_xml_set(struct pm_arena *arena, struct pm_xml_node *node, const char *uri, const char *name, struct pm_str value)
{
    struct pm_xml_attr *attr = find_attr(node, uri, name);
    if (attr)
        attr->value = pm_arena_str(arena, value);
}

void pm_xml_unlink(struct pm_xml_node *node)
{
    struct pm_xml_node *parent = node->parent;
    if (!parent)
        return;
    *(node->prev ? &node->prev->next : &parent->first) = node->next;
    *(node->next ? &node->next->prev : &parent->last) = node->prev;
    node->parent = node->prev = node->next = NULL;
}

void pm_xml_insert(struct pm_xml_node *parent, struct pm_xml_node *node, struct pm_xml_node *before)
{
    if (!node || !parent)
        return;
    node->parent = parent;
    node->next = before;
    node->prev = before ? before->prev : parent->last;
    *(node->prev ? &node->prev->next : &parent->first) = node;
    *(before ? &before->prev : &parent->last) = node;
}

struct pm_xml_node *pm_xml_raw(struct pm_arena *arena, struct pm_str text)
{
    struct pm_xml_node *node = pm_arena_alloc(arena, sizeof *node);
    if (node) {
        node->text = text;
        node->raw = true;
    }
    return node;
}

/* ---- writing ---- */

/* Line ends and tabs as numbers, where a reader would make spaces of them; a carriage return everywhere. */
static void put_text(struct pm_buf *out, struct pm_str s, bool attribute)
{
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        const char *as = c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '\r' ? "&#13;"
                         : !attribute ? NULL : c == '"' ? "&quot;" : c == '\n' ? "&#10;" : c == '\t' ? "&#9;" : NULL;
        if (!as)
            continue;
        pm_buf_add(out, s.p + from, i - from);
        pm_buf_puts(out, as);
        from = i + 1;
    }
    if (from < s.n)
        pm_buf_add(out, s.p + from, s.n - from);
}

static void put_name(struct pm_buf *out, struct pm_str prefix, struct pm_str name)
{
    if (prefix.n) {
        pm_buf_str(out, prefix);
        pm_buf_putc(out, ':');
    }
    pm_buf_str(out, name);
}

static void put_value(struct pm_buf *out, struct pm_str value)
{
    pm_buf_puts(out, "=\"");
    put_text(out, value, true);
    pm_buf_putc(out, '"');
}

static void open_element(struct pm_buf *out, const struct pm_xml_node *node)
{
    pm_buf_putc(out, '<');
    put_name(out, node->prefix, node->name);
    for (const struct pm_xml_binding *b = node->bindings; b; b = b->next) {
        pm_buf_puts(out, b->prefix.n ? " xmlns:" : " xmlns");
        pm_buf_str(out, b->prefix);
        put_value(out, b->uri);
    }
    for (const struct pm_xml_attr *a = node->attrs; a; a = a->next) {
        pm_buf_putc(out, ' ');
        put_name(out, a->prefix, a->name);
        put_value(out, a->value);
    }
    pm_buf_puts(out, node->first ? ">" : "/>");
}

static void close_element(struct pm_buf *out, const struct pm_xml_node *node)
{
    pm_buf_puts(out, "</");
    put_name(out, node->prefix, node->name);
    pm_buf_putc(out, '>');
}

/* Down and up again without recursion. */
void pm_xml_node_write(const struct pm_xml_node *node, struct pm_buf *out)
{
    for (const struct pm_xml_node *at = node; at;) {
        if (at->name.n)
            open_element(out, at);
        else if (at->raw)
            pm_buf_str(out, at->text);
        else
            put_text(out, at->text, false);
        if (at->first) {
            at = at->first;
            continue;
        }
        while (at != node && !at->next) {
            at = at->parent;
            close_element(out, at);
        }
        at = at == node ? NULL : at->next;
    }
}

void pm_xml_tree_write(const struct pm_xml_node *root, struct pm_buf *out)
{
    pm_buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    if (root)
        pm_xml_node_write(root, out);
}
