/* A report's parts into a reference's package. */
#include "base/limits.h"
#include "render/docx/reference_internal.h"

#include <string.h>

#define DOCUMENT_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
#define CUSTOM_PROPERTIES "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"

enum { BODY, STYLES, ABSTRACTS, NUMBERINGS, PROPERTIES, ADDED };     /* what is added, and where */
enum { DOCUMENT_PART, STYLES_PART, NUMBERING_PART, CUSTOM_PART, MERGED };

struct merging {
    const struct pm_reference *r;
    const struct pm_docx_parts *ours;
    struct pm_arena arena;
    struct pm_opc *opc;                 /* the reference's, of which relations of the package and of the document are copies */
    struct pm_part *document;
    struct pm_renamings renamings;
    struct pm_renaming *carried;        /* names of our parts that are in it */
    struct pm_buf added[ADDED], merged[MERGED];
    enum pm_status status;
};

static void take(struct merging *m, enum pm_status status)
{
    if (m->status == PM_OK)
        m->status = status;
}

/* ---- the reference's package ---- */

static void copy_relations(struct merging *m, const struct pm_part *from, struct pm_part *to)
{
    to->relations = to->last_relation = NULL;
    to->relation_count = 0;
    for (const struct pm_relationship *n = from->relations; n; n = n->next) {
        struct pm_relationship *copy = pm_arena_alloc(&m->arena, sizeof *copy);
        if (!copy)
            return;
        *copy = *n;
        copy->next = NULL;
        *(to->last_relation ? &to->last_relation->next : &to->relations) = copy;
        to->last_relation = copy;
        to->relation_count++;
    }
}

static void copy_package(struct merging *m)
{
    m->opc = pm_opc_new(&m->arena);
    for (const struct pm_part *p = m->r->opc->first; p; p = p->next) {
        struct pm_part *copy = pm_opc_add(m->opc, p->name, p->content_type, p->bytes);
        if (!copy)
            return;
        *copy = (struct pm_part){.name = p->name, .content_type = p->content_type, .bytes = p->bytes, .relations = p->relations,
                                 .last_relation = p->last_relation, .relation_count = p->relation_count};
        if (p != m->r->document.part)
            continue;
        m->document = copy;
        copy->content_type = PM_LIT(DOCUMENT_TYPE);
        copy_relations(m, p, copy);
    }
    copy_relations(m, &m->r->opc->root, &m->opc->root);
}

/* ---- our parts in it ---- */

/* As a relation of `source` names a part: relative to the folder of the source. */
static struct pm_str target_name(struct merging *m, const struct pm_part *source, struct pm_str name)
{
    size_t folder = 1, ups = 0;
    for (size_t i = 1; i < source->name.n; i++) {
        if (source->name.p[i] == '/') {
            folder = i + 1;
            ups++;
        }
    }
    if (source->name.n && name.n > folder && memcmp(source->name.p, name.p, folder) == 0)
        return (struct pm_str){name.p + folder, name.n - folder};
    struct pm_buf out;
    pm_buf_init(&out, PM_MAX_SCALAR);
    for (size_t i = 0; i < ups; i++)
        pm_buf_puts(&out, "../");
    pm_buf_add(&out, name.p + 1, name.n - 1);
    struct pm_str target = pm_arena_str(&m->arena, pm_buf_slice(&out));
    take(m, out.status);
    pm_buf_free(&out);
    return target;
}

/* "/customXml/item1.xml", or with the next number that is free. */
static struct pm_str free_name(struct merging *m, struct pm_str name)
{
    size_t dot = name.n, base;
    while (dot > 0 && name.p[dot - 1] != '.')
        dot--;
    for (base = dot ? dot - 1 : name.n; base > 0 && name.p[base - 1] >= '0' && name.p[base - 1] <= '9'; base--)
        ;
    struct pm_str result = name;
    for (int n = 1; result.p && pm_opc_find(m->opc, result); n++)
        result = pm_arena_format(&m->arena, "%.*s%d.%.*s", (int)base, name.p, n, (int)(name.n - dot), name.p + dot);
    return result;
}

static void carry_relation(struct merging *m, const struct pm_part *source, const struct pm_relationship *relation, struct pm_part *to,
                           struct pm_str id, int depth);

/* Puts one of our parts, with those that it leads to, into the package. Returns its name there. */
static struct pm_str carry(struct merging *m, const struct pm_part *part, int depth)
{
    enum { MOST_DEPTH = 4 };
    for (const struct pm_renaming *c = m->carried; c; c = c->next) {
        if (pm_str_eq(c->from, part->name))
            return c->to;
    }
    struct pm_str name = free_name(m, part->name);
    struct pm_part *copy = pm_opc_add(m->opc, name, part->content_type, part->bytes);
    struct pm_renaming *memo = pm_arena_alloc(&m->arena, sizeof *memo);
    if (!copy || !memo || !name.p)
        return (struct pm_str){NULL, 0};
    *memo = (struct pm_renaming){.from = part->name, .to = name, .next = m->carried};
    m->carried = memo;
    for (const struct pm_relationship *n = part->relations; n && depth < MOST_DEPTH; n = n->next)
        carry_relation(m, part, n, copy, n->id, depth + 1);
    return name;
}

static void carry_relation(struct merging *m, const struct pm_part *source, const struct pm_relationship *relation, struct pm_part *to,
                           struct pm_str id, int depth)
{
    const struct pm_part *part = pm_opc_target(m->ours->opc, source, relation);
    struct pm_str target = relation->target;
    if (part && !relation->external) {
        struct pm_str name = carry(m, part, depth);
        target = name.p ? target_name(m, to, name) : name;
    }
    if (target.p && id.p)
        pm_opc_relate_as(m->opc, to, id, relation->type, target, relation->external);
    else if (target.p)
        pm_opc_relate(m->opc, to, relation->type, target, relation->external);
}

/* The relations of the body. Those with numbers, which it names, get numbers that are free: the reference may have been a report once. */
static void carry_body_relations(struct merging *m)
{
    const struct pm_part *document = m->ours->document;
    m->renamings.relations = m->r->last_relation;
    for (const struct pm_relationship *n = document->relations; n; n = n->next) {
        struct pm_str id = {NULL, 0};
        long number = pm_relation_number(n->id);
        if (number)
            id = pm_arena_format(&m->arena, "pmId%ld", number + m->renamings.relations);
        if (pm_str_starts(n->id, "pmId"))
            carry_relation(m, document, n, m->document, id, 0);
    }
}

/* What the reference does not have at all is ours. */
static void carry_missing(struct merging *m, const struct pm_part *source, const char *type_ending, struct pm_part *to)
{
    const struct pm_relationship *relation = pm_opc_relation(source, type_ending);
    if (relation && !pm_opc_target(m->opc, to, pm_opc_relation(to, type_ending)))
        carry_relation(m, source, relation, to, (struct pm_str){NULL, 0}, 0);
}

/* What is said of the file as a whole is said of the report. */
static void replace_or_carry(struct merging *m, const char *type_ending)
{
    const struct pm_part *package = &m->ours->opc->root;
    const struct pm_part *part = pm_opc_target(m->ours->opc, package, pm_opc_relation(package, type_ending));
    struct pm_part *theirs = pm_opc_target(m->opc, &m->opc->root, pm_opc_relation(&m->opc->root, type_ending));
    if (part && theirs && theirs != m->document) {
        theirs->bytes = part->bytes;
        theirs->content_type = part->content_type;
    } else {
        carry_missing(m, package, type_ending, &m->opc->root);
    }
}

/* ---- what goes into their parts ---- */

static struct pm_xml_node *our_tree(struct merging *m, const struct pm_part *source, const char *type_ending)
{
    struct pm_xml_node *root = NULL;
    const struct pm_part *part = pm_opc_target(m->ours->opc, source, pm_opc_relation(source, type_ending));
    if (part)
        take(m, pm_xml_tree_read(part->bytes, &m->arena, &root, NULL));
    return root;
}

static void add_styles_and_numbering(struct merging *m)
{
    const struct pm_reference *r = m->r;
    struct pm_xml_node *styles = r->styles.root ? our_tree(m, m->ours->document, "/styles") : NULL;
    struct pm_xml_node *numbering = r->numbering.root ? our_tree(m, m->ours->document, "/numbering") : NULL;
    if (styles)
        pm_reference_match_styles(r, &m->arena, styles, &m->renamings.styles);
    m->renamings.numbering = r->last_numbering >= PM_DOCX_FIRST_ID ? r->last_numbering + 1 - PM_DOCX_FIRST_ID : 0;
    m->renamings.ids = r->last_id >= PM_DOCX_FIRST_ID ? r->last_id + 1 - PM_DOCX_FIRST_ID : 0;
    pm_reference_put_children(styles, "style", &m->renamings, &m->added[STYLES]);
    pm_reference_put_children(numbering, "abstractNum", &m->renamings, &m->added[ABSTRACTS]);
    pm_reference_put_children(numbering, "num", &m->renamings, &m->added[NUMBERINGS]);
}

/* One of our properties with a number that is free (ISO/IEC 29500-1, 22.3.2.2). */
static void put_property(struct merging *m, const struct pm_xml_node *property, long number)
{
    struct pm_buf *out = &m->added[PROPERTIES];
    const struct pm_xml_node *value = property->first;
    pm_buf_puts(out, "<property xmlns=\"" CUSTOM_PROPERTIES "\" fmtid=\"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}\"");
    pm_buf_printf(out, " pid=\"%ld\" name=\"", number);
    pm_buf_xml(out, pm_xml_get(property, "", "name"));
    pm_buf_puts(out, "\"><vt:lpwstr xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">");
    for (const struct pm_xml_node *n = value ? value->first : NULL; n; n = n->next)
        pm_buf_xml(out, n->text);
    pm_buf_puts(out, "</vt:lpwstr></property>");
}

static void add_properties(struct merging *m)
{
    const struct pm_xml_node *ours = m->r->custom.root ? our_tree(m, &m->ours->opc->root, "/custom-properties") : NULL, *p;
    long number = 1;
    for (p = pm_xml_child(m->r->custom.root, CUSTOM_PROPERTIES, "property"); p; p = pm_xml_sibling(p, CUSTOM_PROPERTIES, "property")) {
        long theirs = pm_reference_number(pm_xml_get(p, "", "pid"));
        number = theirs > number ? theirs : number;
    }
    for (p = pm_xml_child(ours, CUSTOM_PROPERTIES, "property"); p; p = pm_xml_sibling(p, CUSTOM_PROPERTIES, "property"))
        put_property(m, p, ++number);
}

static void add_body(struct merging *m)
{
    static const char last[] = "</w:p>";
    const size_t n = sizeof last - 1;
    const struct pm_str body = m->ours->body;
    pm_reference_remap(body, &m->renamings, &m->added[BODY]);
    if (m->r->in_cell && (body.n < n || memcmp(body.p + body.n - n, last, n) != 0))
        pm_buf_puts(&m->added[BODY], "<w:p/>");   /* a cell ends with a paragraph */
}

static void merge_part(struct merging *m, const struct pm_merged_part *theirs, int which)
{
    struct pm_part *part = theirs->root ? pm_opc_find(m->opc, theirs->part->name) : NULL;
    if (!part)
        return;
    pm_xml_tree_write(theirs->root, &m->merged[which]);
    part->bytes = pm_buf_slice(&m->merged[which]);
}

/* Fills the waiting nodes, or empties them. */
static void fill(struct merging *m, bool full)
{
    const struct pm_reference *r = m->r;
    struct pm_xml_node *const spots[ADDED] = {r->document.spot, r->styles.spot, r->abstract_spot, r->numbering.spot, r->custom.spot};
    for (int i = 0; i < ADDED; i++)
        spots[i]->text = full ? pm_buf_slice(&m->added[i]) : PM_LIT("");
}

/* ---- the whole ---- */

static void merge(struct merging *m)
{
    const struct pm_part *document = m->ours->document;
    copy_package(m);
    if (pm_arena_failed(&m->arena))
        return;
    carry_body_relations(m);
    carry_missing(m, document, "/styles", m->document);
    carry_missing(m, document, "/numbering", m->document);
    carry_missing(m, document, "/settings", m->document);
    carry_missing(m, &m->ours->opc->root, "/custom-properties", &m->opc->root);
    replace_or_carry(m, "/core-properties");
    replace_or_carry(m, "/extended-properties");
    add_styles_and_numbering(m);
    add_properties(m);
    add_body(m);
    if (pm_arena_failed(&m->arena))
        return;
    fill(m, true);
    merge_part(m, &m->r->document, DOCUMENT_PART);
    merge_part(m, &m->r->styles, STYLES_PART);
    merge_part(m, &m->r->numbering, NUMBERING_PART);
    merge_part(m, &m->r->custom, CUSTOM_PART);
    fill(m, false);
}

enum pm_status pm_reference_merge(const struct pm_reference *reference, const struct pm_docx_parts *parts, struct pm_buf *out)
{
    struct merging m = {.r = reference, .ours = parts};
    pm_arena_init(&m.arena);
    for (int i = 0; i < ADDED; i++)
        pm_buf_init(&m.added[i], PM_MAX_OUTPUT);
    for (int i = 0; i < MERGED; i++)
        pm_buf_init(&m.merged[i], PM_MAX_OUTPUT);
    merge(&m);
    take(&m, pm_arena_failed(&m.arena) || pm_arena_failed(parts->opc->arena) ? PM_NOMEM : PM_OK);
    for (int i = 0; i < ADDED; i++)
        take(&m, m.added[i].status);
    for (int i = 0; i < MERGED; i++)
        take(&m, m.merged[i].status);
    if (m.status == PM_OK)
        take(&m, pm_opc_write(m.opc, out));
    for (int i = 0; i < ADDED; i++)
        pm_buf_free(&m.added[i]);
    for (int i = 0; i < MERGED; i++)
        pm_buf_free(&m.merged[i]);
    pm_arena_free(&m.arena);
    return m.status;
}
