/* Reading a package, of which nothing is believed: not its sizes, nor its names, nor that its lists are XML. */
#include "package/opc_internal.h"
#include "package/xml_tree.h"
#include "package/zip.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_LISTS = 4 << 20 };       /* bytes of XML about parts and relations, all together */

struct reading {
    struct pm_opc *opc;
    struct pm_arena *arena;
    size_t lists_left;              /* bytes of lists that may still be read */
    size_t count;
    struct pm_part **sorted;        /* parts and lists of relations by name */
    struct pm_part *types;          /* the list of content types */
    const char *why;
    enum pm_status status;
};

static bool fail(struct reading *r, enum pm_status status, const char *why)
{
    r->status = pm_arena_failed(r->arena) ? PM_NOMEM : status;
    r->why = why;
    return false;
}

/* ---- entries ---- */

static bool add_part(struct reading *r, const struct pm_zip_entry *e)
{
    struct pm_str name = pm_arena_format(r->arena, "%s%.*s", e->name.p[0] == '/' ? "" : "/", (int)e->name.n, e->name.p);
    r->sorted[r->count] = pm_opc_add(r->opc, name, (struct pm_str){NULL, 0}, e->bytes);
    return r->sorted[r->count++] ? true : fail(r, PM_NOMEM, "memory ran out");
}

static int compare(const void *a, const void *b)
{
    const struct pm_part *const *x = a, *const *y = b;
    return pm_opc_name_cmp((*x)->name, (*y)->name);
}

static bool read_entries(struct reading *r, struct pm_str bytes)
{
    struct pm_zip_entry *entries;
    size_t count;
    const char *why;
    enum pm_status status = pm_zip_read(bytes, PM_OPC_MAX_ENTRIES, PM_OPC_MAX_BYTES, r->arena, &entries, &count, &why);
    if (status != PM_OK)
        return fail(r, status, why);
    r->sorted = pm_arena_array(r->arena, count + 1, sizeof *r->sorted);
    if (!r->sorted)
        return fail(r, PM_NOMEM, "memory ran out");
    for (size_t i = 0; i < count; i++) {
        if (!add_part(r, &entries[i]))
            return false;
    }
    qsort(r->sorted, r->count, sizeof *r->sorted, compare);
    for (size_t i = 1; i < r->count; i++) {
        if (compare(&r->sorted[i - 1], &r->sorted[i]) == 0)
            return fail(r, PM_INVALID, "it has two entries of one name");
    }
    return true;
}

static struct pm_part *find_sorted(const struct reading *r, struct pm_str name)
{
    struct pm_part key = {.name = name};
    const struct pm_part *at = &key;
    struct pm_part *const *found = bsearch(&at, r->sorted, r->count, sizeof *r->sorted, compare);
    return found ? *found : NULL;
}

/* ---- content types ---- */

static bool read_list(struct reading *r, struct pm_str bytes, const char *uri, const char *name, const char *why, struct pm_xml_node **root)
{
    if (bytes.n > r->lists_left)
        return fail(r, PM_LIMIT, "its lists of parts and relations are too long");
    r->lists_left -= bytes.n;
    enum pm_status status = pm_xml_tree_read(bytes, r->arena, root, NULL);
    if (status == PM_OK && !pm_xml_is(*root, uri, name))
        status = PM_INVALID;
    return status == PM_OK ? true : fail(r, status, why);
}

static struct pm_str extension_of(struct pm_str name)
{
    size_t n = name.n;
    while (n > 0 && name.p[n - 1] != '.' && name.p[n - 1] != '/')
        n--;
    return n > 0 && name.p[n - 1] == '.' ? (struct pm_str){name.p + n, name.n - n} : PM_LIT("");
}

static struct pm_str default_type(const struct pm_xml_node *types, struct pm_str name)
{
    const size_t most = 1000;   /* more are not looked at: entries times defaults must stay small */
    struct pm_str extension = extension_of(name);
    struct pm_xml_node *d = pm_xml_child(types, PM_OPC_TYPES_URI, "Default");
    for (size_t i = 0; d && i < most; i++, d = pm_xml_sibling(d, PM_OPC_TYPES_URI, "Default")) {
        if (extension.n && pm_opc_name_cmp(pm_xml_get(d, "", "Extension"), extension) == 0)
            return pm_xml_get(d, "", "ContentType");
    }
    return PM_LIT("application/octet-stream");
}

static bool read_types(struct reading *r)
{
    struct pm_xml_node *root;
    r->types = find_sorted(r, PM_LIT("/" PM_OPC_TYPES_NAME));
    if (!r->types)
        return fail(r, PM_INVALID, "it has no [Content_Types].xml, as packages of documents have");
    if (!read_list(r, r->types->bytes, PM_OPC_TYPES_URI, "Types", "its [Content_Types].xml is damaged", &root))
        return false;
    for (struct pm_xml_node *o = pm_xml_child(root, PM_OPC_TYPES_URI, "Override"); o; o = pm_xml_sibling(o, PM_OPC_TYPES_URI, "Override")) {
        struct pm_part *part = find_sorted(r, pm_xml_get(o, "", "PartName"));
        if (part)
            part->content_type = pm_xml_get(o, "", "ContentType");
    }
    for (struct pm_part *p = r->opc->first; p; p = p->next) {
        if (!p->content_type.n)
            p->content_type = default_type(root, p->name);
    }
    return true;
}

/* ---- relations ---- */

/* Whether the part is a list of relations; *source: the name of the part that it belongs to, "/" for the package. */
static bool is_relations(struct reading *r, const struct pm_part *part, struct pm_str *source)
{
    static const char folder[] = "_rels/", ending[] = ".rels";
    const size_t before = sizeof folder - 1, behind = sizeof ending - 1;
    struct pm_str name = part->name;
    size_t base = name.n;
    while (base > 0 && name.p[base - 1] != '/')
        base--;
    if (base < before + 1 || name.n - base < behind || name.p[base - before - 1] != '/' ||
        pm_opc_name_cmp((struct pm_str){name.p + base - before, before}, pm_str(folder)) != 0 ||
        pm_opc_name_cmp((struct pm_str){name.p + name.n - behind, behind}, pm_str(ending)) != 0)
        return false;
    *source = pm_arena_format(r->arena, "%.*s%.*s", (int)(base - before), name.p, (int)(name.n - base - behind), name.p + base);
    return true;
}

static bool read_relations(struct reading *r, struct pm_part *source, struct pm_str bytes)
{
    struct pm_xml_node *root, *n;
    if (!read_list(r, bytes, PM_OPC_RELATIONS_URI, "Relationships", "a list of its relations is damaged", &root))
        return false;
    for (n = pm_xml_child(root, PM_OPC_RELATIONS_URI, "Relationship"); n; n = pm_xml_sibling(n, PM_OPC_RELATIONS_URI, "Relationship"))
        pm_opc_relate_as(r->opc, source, pm_xml_get(n, "", "Id"), pm_xml_get(n, "", "Type"), pm_xml_get(n, "", "Target"),
                             pm_str_is(pm_xml_get(n, "", "TargetMode"), "External"));
    return true;
}

/* Takes the lists out of the parts and gives their content to the parts that they belong to. */
static bool read_all_relations(struct reading *r)
{
    struct pm_part **link = &r->opc->first;
    r->opc->last = NULL;
    while (*link) {
        struct pm_part *part = *link;
        struct pm_str of;
        bool relations = is_relations(r, part, &of);
        if (!relations && part != r->types) {
            r->opc->last = part;
            link = &part->next;
            continue;
        }
        *link = part->next;
        part->removed = true;
        struct pm_part *source = !relations ? NULL : pm_str_is(of, "/") ? &r->opc->root : find_sorted(r, of);
        if (source && !read_relations(r, source, part->bytes))
            return false;
    }
    return true;
}

/* ---- the package ---- */

enum pm_status pm_opc_read(struct pm_str bytes, struct pm_arena *arena, struct pm_opc **out, const char **why)
{
    struct reading r = {.arena = arena, .opc = pm_opc_new(arena), .lists_left = MAX_LISTS};
    if (!r.opc)
        fail(&r, PM_NOMEM, "memory ran out");
    else if (read_entries(&r, bytes) && read_types(&r) && read_all_relations(&r) && pm_arena_failed(arena))
        fail(&r, PM_NOMEM, "memory ran out");
    *out = r.status == PM_OK ? r.opc : NULL;
    if (why)
        *why = r.status == PM_OK ? NULL : r.why;
    return r.status;
}
