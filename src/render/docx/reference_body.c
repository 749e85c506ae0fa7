#include "render/docx/reference_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- the spot ---- */

static bool is_w(const struct pm_xml_node *node, const char *name)
{
    return pm_xml_is(node, PM_W, name);
}

/* Whether the text of a paragraph, which may be cut into any number of runs, is "{{body}}"; white space does not count. */
static bool says_body(const struct pm_xml_node *paragraph)
{
    static const char wanted[] = "{{body}}";
    size_t n = 0;
    for (const struct pm_xml_node *at = paragraph, *next; at; at = next) {
        next = is_w(at, "txbxContent") ? pm_xml_walk_past(at, paragraph) : pm_xml_walk(at, paragraph);
        if (at->name.n || !is_w(at->parent, "t"))
            continue;
        for (size_t i = 0; i < at->text.n; i++) {
            char c = at->text.p[i];
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
                continue;
            if (n + 1 >= sizeof wanted || c != wanted[n++])
                return false;
        }
    }
    return n + 1 == sizeof wanted;
}

static bool holds_blocks(const struct pm_xml_node *node)
{
    return is_w(node, "body") || is_w(node, "sdtContent") || is_w(node, "tc") || is_w(node, "customXml");
}

/* The paragraph that the report replaces, outside of text boxes, which cannot hold one. */
static struct pm_xml_node *find_paragraph(struct pm_xml_node *body)
{
    for (struct pm_xml_node *at = body; at;) {
        bool box = is_w(at, "txbxContent");
        if (is_w(at, "p") && holds_blocks(at->parent) && says_body(at))
            return at;
        at = box ? pm_xml_walk_past(at, body) : pm_xml_walk(at, body);
    }
    return NULL;
}

static bool is_only_element(const struct pm_xml_node *node)
{
    const struct pm_xml_node *n = node->parent->first;
    while (n && (n == node || !n->name.n))
        n = n->next;
    return n == NULL;
}

/* A control around the paragraph alone goes with it: it may be one for plain text, or show something else by a data binding. */
static struct pm_xml_node *whole_control(struct pm_xml_node *node)
{
    while (is_w(node->parent, "sdtContent") && is_w(node->parent->parent, "sdt") && node->parent->parent->parent && is_only_element(node))
        node = node->parent->parent;
    return node;
}

/* What the paragraph holds for others: the ends of bookmarks, and the end of a section. */
static void save_marks(struct pm_xml_node *paragraph, struct pm_xml_node *before)
{
    struct pm_xml_node *next;
    for (struct pm_xml_node *n = paragraph->first; n; n = next) {
        next = n->next;
        if (!is_w(n, "bookmarkStart") && !is_w(n, "bookmarkEnd") && !is_w(n, "permStart") && !is_w(n, "permEnd"))
            continue;
        pm_xml_unlink(n);
        pm_xml_insert(before->parent, n, before);
    }
}

static void replace(struct pm_reference *r, struct pm_xml_node *paragraph)
{
    struct pm_xml_node *properties = pm_xml_child(paragraph, PM_W, "pPr"), *next;
    struct pm_xml_node *place = whole_control(paragraph);
    save_marks(paragraph, place);
    pm_xml_insert(place->parent, r->document.spot, place);
    if (!pm_xml_child(properties, PM_W, "sectPr")) {
        pm_xml_unlink(place);
        return;
    }
    for (struct pm_xml_node *n = paragraph->first; n; n = next) {
        next = n->next;
        if (n != properties)
            pm_xml_unlink(n);
    }
}

static bool is_empty_paragraph(const struct pm_xml_node *node)
{
    const struct pm_xml_node *n = node ? node->first : NULL;
    if (!is_w(node, "p") || pm_xml_child(pm_xml_child(node, PM_W, "pPr"), PM_W, "sectPr"))
        return false;
    while (n && (!n->name.n || is_w(n, "pPr") || is_w(n, "proofErr")))
        n = n->next;
    return n == NULL;
}

/* Behind what is there, before the properties of the last section. A blank paragraph at the end was only what a new document has. */
static void append(struct pm_reference *r, struct pm_xml_node *body)
{
    struct pm_xml_node *end = NULL, *last;
    for (struct pm_xml_node *s = pm_xml_child(body, PM_W, "sectPr"); s; s = pm_xml_sibling(s, PM_W, "sectPr"))
        end = s;
    last = end ? end->prev : body->last;
    while (last && !last->name.n)
        last = last->prev;
    if (is_empty_paragraph(last))
        pm_xml_unlink(last);
    pm_xml_insert(body, r->document.spot, end);
}

static bool is_last_element(const struct pm_xml_node *node)
{
    const struct pm_xml_node *n = node->next;
    while (n && !n->name.n)
        n = n->next;
    return n == NULL;
}

void pm_reference_find_spot(struct pm_reference *r)
{
    struct pm_xml_node *body = pm_xml_child(r->document.root, PM_W, "body");
    struct pm_xml_node *paragraph = find_paragraph(body), *spot = pm_xml_raw(&r->arena, PM_LIT(""));
    r->document.spot = spot;
    if (!spot)
        return;
    if (paragraph)
        replace(r, paragraph);
    else
        append(r, body);
    r->in_cell = is_w(spot->parent, "tc") && is_last_element(spot);
}

/* A reference that was a report once has bookmarks by the names that ours have. */
static void free_bookmark_name(struct pm_reference *r, struct pm_xml_node *bookmark)
{
    struct pm_str name = pm_xml_get(bookmark, PM_W, "name");
    if (pm_str_starts(name, "pm_") || pm_str_starts(name, "_Toc9000"))
        pm_xml_set(&r->arena, bookmark, PM_W, "name", pm_arena_format(&r->arena, "_old_%llx", pm_str_hash(name)));
}

void pm_reference_find_ids(struct pm_reference *r)
{
    for (struct pm_xml_node *n = r->document.root; n; n = pm_xml_walk(n, r->document.root)) {
        long id = 0;
        if (is_w(n, "bookmarkStart")) {
            id = pm_reference_number(pm_xml_get(n, PM_W, "id"));
            free_bookmark_name(r, n);
        } else if (pm_xml_is(n, PM_WP, "docPr")) {
            id = pm_reference_number(pm_xml_get(n, "", "id"));
        }
        r->last_id = id > r->last_id ? id : r->last_id;
    }
    for (const struct pm_relationship *n = r->document.part->relations; n; n = n->next) {
        long number = pm_relation_number(n->id);
        r->last_relation = number > r->last_relation ? number : r->last_relation;
    }
}

long pm_relation_number(struct pm_str id)
{
    const size_t prefix = 4;
    return pm_str_starts(id, "pmId") ? pm_reference_number((struct pm_str){id.p + prefix, id.n - prefix}) : 0;
}

long pm_reference_number(struct pm_str value)
{
    long number = value.n ? strtol(value.p, NULL, 10) : 0;   /* values end with NUL */
    return number > 0 && number < 1000000000 ? number : 0;
}

/* ---- the page ---- */

/* The properties of the section in which the spot is: the next ones after it, be they of a paragraph or of the body. */
static const struct pm_xml_node *section_of(const struct pm_reference *r)
{
    const struct pm_xml_node *at = r->document.spot;
    while (at && !(is_w(at, "sectPr") && (is_w(at->parent, "pPr") || is_w(at->parent, "body"))))
        at = pm_xml_walk(at, r->document.root);
    return at;
}

/* A measure in points: twentieths of one, or a number with its unit (ISO/IEC 29500-1, 22.9.2.14). */
static double points_of(const struct pm_xml_node *node, const char *name)
{
    static const struct { const char *unit; double points; } units[] = {{"mm", 72 / 25.4}, {"cm", 72 / 2.54}, {"in", 72},
                                                                       {"pt", 1}, {"pc", 12}, {"pi", 12}};
    struct pm_str value = pm_xml_get(node, PM_W, name);
    char *unit = NULL;
    double number = value.n ? strtod(value.p, &unit) : 0;
    if (!isfinite(number) || fabs(number) > 1e6)
        return 0;
    for (size_t i = 0; unit && i < sizeof units / sizeof *units; i++) {
        if (strcmp(unit, units[i].unit) == 0)
            return number * units[i].points;
    }
    return number / 20;
}

/* What is wider than the column, or the cell, that the report stands in: a margin of its own. */
static double column_margin(const struct pm_reference *r, const struct pm_xml_node *section, double width)
{
    const struct pm_xml_node *cols = pm_xml_child(section, PM_W, "cols"), *cell = r->document.spot->parent;
    const double space = points_of(cols, "space") > 0 ? points_of(cols, "space") : 36;
    const long count = pm_reference_number(pm_xml_get(cols, PM_W, "num"));
    while (cell && !is_w(cell, "tc"))
        cell = cell->parent;
    const double at_sides = 10.8, inner = points_of(pm_xml_child(pm_xml_child(cell, PM_W, "tcPr"), PM_W, "tcW"), "w") - at_sides;
    const double column = count > 1 && count < 46 ? (width - space * (double)(count - 1)) / (double)count : width;
    const double room = inner > 0 && inner < column ? inner : column;
    return room > 72 && room < width ? width - room : 0;
}

void pm_reference_find_page(struct pm_reference *r)
{
    const struct pm_xml_node *section = section_of(r);
    const struct pm_xml_node *size = pm_xml_child(section, PM_W, "pgSz"), *margins = pm_xml_child(section, PM_W, "pgMar");
    const double width = points_of(size, "w"), height = points_of(size, "h");
    if (!(width >= 144 && height >= 144) || !margins)
        return;
    const double left = points_of(margins, "left") + points_of(margins, "gutter"), right = points_of(margins, "right");
    if (!(left >= 0 && right >= 0 && width - left - right >= 72))
        return;
    r->paper_width = width;
    r->paper_height = height;
    r->margin_top = fabs(points_of(margins, "top"));       /* negative: kept even where the header is higher */
    r->margin_bottom = fabs(points_of(margins, "bottom"));
    r->margin_left = left;
    r->margin_right = right + column_margin(r, section, width - left - right);
}

/* ---- prefixes ---- */

static struct pm_xml_node *declarations(struct pm_arena *arena)
{
    struct pm_xml_node *root = NULL;
    pm_xml_tree_read(PM_LIT("<a" PM_DOCX_NAMESPACES PM_DOCX_IGNORABLE "/>"), arena, &root, NULL);
    return root;
}

static const struct pm_xml_binding *binding_of(const struct pm_xml_binding *list, struct pm_str prefix)
{
    while (list && !pm_str_eq(list->prefix, prefix))
        list = list->next;
    return list;
}

/* The next name of a list such as "w14 w15"; empty at the end. */
static struct pm_str next_name(struct pm_str list, size_t *at)
{
    while (*at < list.n && list.p[*at] == ' ')
        ++*at;
    size_t from = *at;
    while (*at < list.n && list.p[*at] != ' ')
        ++*at;
    return (struct pm_str){list.p + from, *at - from};
}

static bool has_name(struct pm_str list, struct pm_str wanted)
{
    struct pm_str name;
    for (size_t at = 0; (name = next_name(list, &at)).n > 0;) {
        if (pm_str_eq(name, wanted))
            return true;
    }
    return false;
}

/* The list with another name for one of it. */
static struct pm_str with_name(struct pm_arena *arena, struct pm_str list, struct pm_str from, struct pm_str to)
{
    size_t at = 0, n = 0, room = list.n + 1;
    struct pm_str name;
    while ((name = next_name(list, &at)).n > 0)
        room += pm_str_eq(name, from) ? to.n + 1 : 1;
    char *out = pm_arena_alloc(arena, room);
    for (at = 0; out && (name = next_name(list, &at)).n > 0;) {
        struct pm_str chosen = pm_str_eq(name, from) ? to : name;
        if (n)
            out[n++] = ' ';
        memcpy(out + n, chosen.p, chosen.n);
        n += chosen.n;
    }
    return (struct pm_str){out, n};
}

/* Below `top`, where it is declared, a prefix gets another name; so it does where attributes name prefixes (ISO/IEC 29500-3, 7). */
static void rename_prefix(struct pm_arena *arena, struct pm_xml_node *top, struct pm_xml_binding *binding, struct pm_str to)
{
    struct pm_str from = binding->prefix;
    binding->prefix = to;
    for (struct pm_xml_node *n = top; n; n = pm_xml_walk(n, top)) {
        if (pm_str_eq(n->prefix, from) && pm_str_eq(n->uri, binding->uri))
            n->prefix = to;
        for (struct pm_xml_attr *a = n->attrs; a; a = a->next) {
            if (pm_str_eq(a->prefix, from) && pm_str_eq(a->uri, binding->uri))
                a->prefix = to;
            if (pm_str_is(a->uri, PM_MC) || (pm_str_is(a->name, "Requires") && !a->uri.n))
                a->value = with_name(arena, a->value, from, to);
        }
    }
}

static void rename_conflicts(struct pm_arena *arena, struct pm_xml_node *root, const struct pm_xml_binding *ours)
{
    unsigned number = 0;
    for (struct pm_xml_node *n = root; n; n = pm_xml_walk(n, root)) {
        for (struct pm_xml_binding *b = n->bindings; b; b = b->next) {
            const struct pm_xml_binding *same = binding_of(ours, b->prefix);
            if (same && !pm_str_eq(same->uri, b->uri))
                rename_prefix(arena, n, b, pm_arena_format(arena, "theirs%u", ++number));
        }
    }
}

void pm_reference_declare(struct pm_arena *arena, struct pm_xml_node *root)
{
    const struct pm_xml_node *ours = declarations(arena);
    if (!ours || !root)
        return;
    rename_conflicts(arena, root, ours->bindings);
    for (const struct pm_xml_binding *b = ours->bindings; b; b = b->next) {
        struct pm_xml_binding *copy = binding_of(root->bindings, b->prefix) ? NULL : pm_arena_alloc(arena, sizeof *copy);
        if (!copy)
            continue;
        *copy = *b;
        copy->next = root->bindings;
        root->bindings = copy;
    }
}

void pm_reference_ignore(struct pm_arena *arena, struct pm_xml_node *root)
{
    const struct pm_xml_node *ours = declarations(arena);
    struct pm_xml_attr *theirs = root->attrs;
    while (theirs && !(pm_str_is(theirs->uri, PM_MC) && pm_str_is(theirs->name, "Ignorable")))
        theirs = theirs->next;
    if (!ours || pm_arena_failed(arena))
        return;
    if (!theirs) {
        ours->attrs->next = root->attrs;
        root->attrs = ours->attrs;
        return;
    }
    struct pm_str name, wanted = ours->attrs->value;
    for (size_t at = 0; (name = next_name(wanted, &at)).n > 0;) {
        if (!has_name(theirs->value, name))
            theirs->value = pm_arena_format(arena, "%.*s %.*s", (int)theirs->value.n, theirs->value.p, (int)name.n, name.p);
    }
}
