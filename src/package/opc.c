#include "package/opc.h"

#include "package/opc_internal.h"
#include "package/zip.h"

#include <string.h>

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

/* ---- the parts ---- */

struct pm_opc *pm_opc_new(struct pm_arena *arena)
{
    struct pm_opc *opc = pm_arena_alloc(arena, sizeof *opc);
    if (opc)
        opc->arena = arena;
    return opc;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

int pm_opc_name_cmp(struct pm_str a, struct pm_str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    for (size_t i = 0; i < n; i++) {
        unsigned char x = (unsigned char)lower(a.p[i]), y = (unsigned char)lower(b.p[i]);
        if (x != y)
            return x < y ? -1 : 1;
    }
    return a.n < b.n ? -1 : a.n > b.n;
}

/* The slot of a part by that name, or the empty one where it would go. Parts that were removed keep theirs. */
static struct pm_part **slot_of(const struct pm_opc *opc, struct pm_str name)
{
    unsigned long long hash = 14695981039346656037ULL;   /* FNV-1a */
    for (size_t i = 0; i < name.n; i++)
        hash = (hash ^ (unsigned char)lower(name.p[i])) * 1099511628211ULL;
    size_t at = (size_t)hash & (opc->slot_count - 1);
    while (opc->slots[at] && (opc->slots[at]->removed || pm_opc_name_cmp(opc->slots[at]->name, name) != 0))
        at = (at + 1) & (opc->slot_count - 1);
    return &opc->slots[at];
}

static bool make_room(struct pm_opc *opc)
{
    if (opc->used * 2 < opc->slot_count)
        return true;
    size_t count = opc->slot_count ? opc->slot_count * 2 : 32;
    struct pm_part **slots = pm_arena_array(opc->arena, count, sizeof *slots);
    if (!slots)
        return false;
    opc->slots = slots;
    opc->slot_count = count;
    opc->used = 0;
    for (struct pm_part *p = opc->first; p; p = p->next) {
        *slot_of(opc, p->name) = p;
        opc->used++;
    }
    return true;
}

struct pm_part *pm_opc_add(struct pm_opc *opc, struct pm_str name, struct pm_str content_type, struct pm_str bytes)
{
    struct pm_part *part = opc && make_room(opc) ? pm_arena_alloc(opc->arena, sizeof *part) : NULL;
    if (!part)
        return NULL;
    *part = (struct pm_part){.name = name, .content_type = content_type, .bytes = bytes};
    struct pm_part **slot = slot_of(opc, name);
    if (!*slot)
        *slot = part;
    opc->used++;
    *(opc->last ? &opc->last->next : &opc->first) = part;
    opc->last = part;
    return part;
}

void pm_opc_remove(struct pm_opc *opc, struct pm_part *part)
{
    struct pm_part *before = NULL;
    if (part->removed)
        return;
    for (struct pm_part *p = opc->first; p != part; p = p->next)
        before = p;
    *(before ? &before->next : &opc->first) = part->next;
    opc->last = opc->last == part ? before : opc->last;
    part->removed = true;
}

struct pm_part *pm_opc_find(const struct pm_opc *opc, struct pm_str name)
{
    return opc->slot_count ? *slot_of(opc, name) : NULL;
}

/* ---- relations ---- */

void pm_opc_relate_as(struct pm_opc *opc, struct pm_part *source, struct pm_str id, struct pm_str type, struct pm_str target, bool external)
{
    struct pm_relationship *relation = opc && source ? pm_arena_alloc(opc->arena, sizeof *relation) : NULL;
    if (!relation)
        return;
    *relation = (struct pm_relationship){.id = id, .type = type, .target = target, .external = external};
    *(source->last_relation ? &source->last_relation->next : &source->relations) = relation;
    source->last_relation = relation;
    source->relation_count++;
}

static bool is_taken(const struct pm_part *source, struct pm_str id)
{
    const struct pm_relationship *r = source->relations;
    while (r && !pm_str_eq(r->id, id))
        r = r->next;
    return r != NULL;
}

struct pm_str pm_opc_relate(struct pm_opc *opc, struct pm_part *source, struct pm_str type, struct pm_str target, bool external)
{
    struct pm_str id = {NULL, 0};
    if (!opc || !source)
        return id;
    size_t number = source->relation_count;
    do
        id = pm_arena_format(opc->arena, "rId%zu", ++number);
    while (id.p && is_taken(source, id));
    pm_opc_relate_as(opc, source, id, type, target, external);
    return id;
}

bool pm_opc_is_type(const struct pm_relationship *relation, const char *type_ending)
{
    struct pm_str type = relation->type;
    size_t n = strlen(type_ending);
    return type.n >= n && memcmp(type.p + type.n - n, type_ending, n) == 0;
}

const struct pm_relationship *pm_opc_relation(const struct pm_part *part, const char *type_ending)
{
    const struct pm_relationship *r = part ? part->relations : NULL;
    while (r && !pm_opc_is_type(r, type_ending))
        r = r->next;
    return r;
}

/* The length of the folder of a part's name, with its slash. */
static size_t folder_length(struct pm_str name)
{
    size_t n = name.n;
    while (n > 0 && name.p[n - 1] != '/')
        n--;
    return n;
}

/* "/word/" and "../media/a.png" to "/media/a.png", into `out`, which has room for both and a slash. */
static struct pm_str resolve(struct pm_str folder, struct pm_str target, char *out)
{
    size_t n = 0;
    out[n++] = '/';
    for (int half = 0; half < 2; half++) {
        struct pm_str s = half ? target : folder;
        for (size_t at = 0, end; at < s.n; at = end + 1) {
            for (end = at; end < s.n && s.p[end] != '/'; end++)
                ;
            struct pm_str step = {s.p + at, end - at};
            if (pm_str_is(step, ".."))
                for (n -= n > 1; n > 1 && out[n - 1] != '/'; n--)
                    ;
            else if (step.n && !pm_str_is(step, ".")) {
                memcpy(out + n, step.p, step.n);
                n += step.n;
                out[n++] = '/';
            }
        }
    }
    return (struct pm_str){out, n > 1 ? n - 1 : n};
}

struct pm_part *pm_opc_target(const struct pm_opc *opc, const struct pm_part *source, const struct pm_relationship *relation)
{
    if (!relation || relation->external || !relation->target.n)
        return NULL;
    bool absolute = relation->target.p[0] == '/';
    struct pm_str folder = {source->name.p, absolute ? 0 : folder_length(source->name)};
    char *room = pm_arena_alloc(opc->arena, folder.n + relation->target.n + 3);
    return room ? pm_opc_find(opc, resolve(folder, relation->target, room)) : NULL;
}

/* ---- the two lists ---- */

static void put_attribute(struct pm_buf *out, const char *name, struct pm_str value)
{
    pm_buf_putc(out, ' ');
    pm_buf_puts(out, name);
    pm_buf_puts(out, "=\"");
    pm_buf_xml(out, value);
    pm_buf_putc(out, '"');
}

static const struct { const char *extension, *type; } usual[] = {
    {"rels", "application/vnd.openxmlformats-package.relationships+xml"}, {"xml", "application/xml"}, {"png", "image/png"},
    {"jpg", "image/jpeg"}, {"jpeg", "image/jpeg"}, {"gif", "image/gif"}, {"svg", "image/svg+xml"}, {"emf", "image/x-emf"},
    {"wmf", "image/x-wmf"}};
enum { USUAL = sizeof usual / sizeof *usual };

/* Which of the usual types the part has by its extension, or USUAL. */
static int usual_type(const struct pm_part *part)
{
    struct pm_str e = part->name;
    while (e.n && memchr(e.p, '.', e.n)) {
        size_t skip = (size_t)((const char *)memchr(e.p, '.', e.n) - e.p) + 1;
        e = (struct pm_str){e.p + skip, e.n - skip};
    }
    int i = 0;
    while (i < USUAL && !(pm_opc_name_cmp(e, pm_str(usual[i].extension)) == 0 && pm_str_is(part->content_type, usual[i].type)))
        i++;
    return i;
}

static void put_types(struct pm_buf *out, const struct pm_opc *opc)
{
    bool used[USUAL + 1] = {true, true};
    for (const struct pm_part *p = opc->first; p; p = p->next)
        used[usual_type(p)] = true;
    pm_buf_puts(out, HEAD "<Types xmlns=\"" PM_OPC_TYPES_URI "\">");
    for (int i = 0; i < USUAL; i++) {
        if (used[i])
            pm_buf_printf(out, "<Default Extension=\"%s\" ContentType=\"%s\"/>", usual[i].extension, usual[i].type);
    }
    for (const struct pm_part *p = opc->first; p; p = p->next) {
        if (usual_type(p) != USUAL)
            continue;
        pm_buf_puts(out, "<Override");
        put_attribute(out, "PartName", p->name);
        put_attribute(out, "ContentType", p->content_type);
        pm_buf_puts(out, "/>");
    }
    pm_buf_puts(out, "</Types>");
}

static void put_relations(struct pm_buf *out, const struct pm_part *part)
{
    pm_buf_puts(out, HEAD "<Relationships xmlns=\"" PM_OPC_RELATIONS_URI "\">");
    for (const struct pm_relationship *r = part->relations; r; r = r->next) {
        pm_buf_puts(out, "<Relationship");
        put_attribute(out, "Id", r->id);
        put_attribute(out, "Type", r->type);
        put_attribute(out, "Target", r->target);
        if (r->external)
            put_attribute(out, "TargetMode", PM_LIT("External"));
        pm_buf_puts(out, "/>");
    }
    pm_buf_puts(out, "</Relationships>");
}

/* ---- packing ---- */

/* "/word/document.xml" has its relations in "word/_rels/document.xml.rels". */
static struct pm_str relations_name(const struct pm_opc *opc, const struct pm_part *part)
{
    if (!part->name.n)
        return PM_LIT("_rels/.rels");
    size_t folder = folder_length(part->name);
    return pm_arena_format(opc->arena, "%.*s_rels/%.*s.rels", (int)folder - 1, part->name.p + 1, (int)(part->name.n - folder),
                           part->name.p + folder);
}

static void pack_relations(struct pm_zip *zip, const struct pm_opc *opc, const struct pm_part *part, struct pm_buf *list)
{
    if (!part->relations)
        return;
    pm_buf_clear(list);
    put_relations(list, part);
    pm_zip_add(zip, relations_name(opc, part), pm_buf_slice(list));
}

enum pm_status pm_opc_write(const struct pm_opc *opc, struct pm_buf *out)
{
    const size_t before = out->len;
    struct pm_zip zip;
    struct pm_buf list;           /* of types, then of relations */
    pm_buf_init(&list, PM_OPC_MAX_BYTES);
    pm_zip_begin(&zip, out);
    put_types(&list, opc);
    pm_zip_add(&zip, PM_LIT(PM_OPC_TYPES_NAME), pm_buf_slice(&list));
    enum pm_status listed = list.status;
    pack_relations(&zip, opc, &opc->root, &list);
    for (const struct pm_part *part = opc->first; part && listed == PM_OK; part = part->next) {
        pack_relations(&zip, opc, part, &list);
        listed = list.status;
        pm_zip_add(&zip, (struct pm_str){part->name.p + 1, part->name.n - 1}, part->bytes);
    }
    enum pm_status status = pm_zip_end(&zip);
    pm_buf_free(&list);
    if (status == PM_OK)
        status = pm_arena_failed(opc->arena) ? PM_NOMEM : listed;
    if (status != PM_OK)
        out->len = before;
    return status;
}
