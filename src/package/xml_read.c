/* Trees by libxml2, which is asked for nothing but the bytes at hand: no network, no DTD, no entities but XML's own. */
#include "package/xml_tree.h"

#include "package/libxml.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* ---- before libxml2 ---- */

/* Where what begins with `start` and ends with `end` ends, on its last byte; NULL: it does not begin at `at`, or has no end. */
static const char *last_of(struct pm_str at, const char *start, const char *end)
{
    size_t n = strlen(end);
    if (!pm_str_starts(at, start))
        return NULL;
    for (size_t i = strlen(start); i + n <= at.n; i++) {
        if (memcmp(at.p + i, end, n) == 0)
            return at.p + i + n - 1;
    }
    return NULL;
}

/* The last byte of a comment, a CDATA section or a processing instruction at '<'; NULL: it is none. */
static const char *last_of_other(struct pm_str at)
{
    const char *last = last_of(at, "<!--", "-->");
    last = last ? last : last_of(at, "<![CDATA[", "]]>");
    return last ? last : last_of(at, "<?", "?>");
}

/* Tags and values up to some place. */
struct tally { size_t all, of_element; char quote; bool in_tag; };

static void look_at(struct tally *t, char c)
{
    if (t->quote) {
        t->quote = c == t->quote ? '\0' : t->quote;
    } else if (t->in_tag && (c == '"' || c == '\'')) {
        t->quote = c;
        t->all++;
        t->of_element++;
    } else {
        t->in_tag = t->in_tag && c != '>';
    }
}

/* A start tag and an end tag a node at most. */
static bool is_too_much(const struct tally *t)
{
    return t->of_element > PM_XML_MAX_ATTRIBUTES || t->all > 2 * (size_t)PM_XML_MAX_NODES;
}

static enum pm_status refuse_at(struct pm_str bytes, const char *place, int *line)
{
    if (!line)
        return PM_INVALID;
    *line = 1;
    for (const char *p = bytes.p; p < place; p++)
        *line += *p == '\n';
    return PM_INVALID;
}

/* libxml2 compares each attribute with all others of its element, does what a DTD says and makes the whole tree before anybody can look at
 * it: so tags and values are counted first. In what is no XML this may go astray, but libxml2 reads nothing behind a fault. */
static enum pm_status check(struct pm_str bytes, int *line)
{
    const char *end = bytes.p + bytes.n;
    struct tally t = {.all = 0};
    for (const char *p = bytes.p; p < end && !is_too_much(&t); p++) {
        struct pm_str rest = {p, (size_t)(end - p)};
        const char *last = t.quote || *p != '<' ? NULL : last_of_other(rest);
        if (last) {
            p = last;
        } else if (t.quote || *p != '<') {
            look_at(&t, *p);
        } else if (pm_str_starts(rest, "<!") || pm_str_starts(rest, "<?")) {
            return refuse_at(bytes, p, line);   /* a DTD, or without its end */
        } else {
            t = (struct tally){.all = t.all + 1, .in_tag = true};
        }
    }
    return is_too_much(&t) ? PM_LIMIT : PM_OK;
}

/* ---- the tree ---- */

struct reader {
    struct pm_arena *arena;
    size_t nodes, depth;
    enum pm_status status;
};

static void *make(struct reader *r, size_t size)
{
    void *made = r->nodes++ < PM_XML_MAX_NODES ? pm_arena_alloc(r->arena, size) : NULL;
    if (!made && r->status == PM_OK)
        r->status = r->nodes <= PM_XML_MAX_NODES ? PM_NOMEM : PM_LIMIT;
    return made;
}

/* A copy of libxml2's string; absent for NULL. */
static struct pm_str copy(struct reader *r, const xmlChar *s)
{
    return s ? pm_arena_str(r->arena, pm_str((const char *)s)) : (struct pm_str){NULL, 0};
}

static void add_bindings(struct reader *r, struct pm_xml_node *node, const xmlNode *from)
{
    struct pm_xml_binding **end = &node->bindings;
    for (const xmlNs *ns = from->nsDef; ns; ns = ns->next) {
        struct pm_xml_binding *b = make(r, sizeof *b);
        if (!b)
            return;
        *b = (struct pm_xml_binding){.prefix = copy(r, ns->prefix), .uri = copy(r, ns->href)};
        *end = b;
        end = &b->next;
    }
}

static void add_attrs(struct reader *r, struct pm_xml_node *node, const xmlNode *from)
{
    struct pm_xml_attr **end = &node->attrs;
    for (const xmlAttr *a = from->properties; a; a = a->next) {
        struct pm_xml_attr *attr = make(r, sizeof *attr);
        xmlChar *value = attr ? xmlNodeListGetString(from->doc, a->children, 1) : NULL;
        if (!attr)
            return;
        if (a->children && !value)
            r->status = PM_NOMEM;
        *attr = (struct pm_xml_attr){.name = copy(r, a->name), .value = value ? copy(r, value) : PM_LIT("")};
        if (a->ns) {
            attr->prefix = copy(r, a->ns->prefix);
            attr->uri = copy(r, a->ns->href);
        }
        free(value);   /* as xmlFree() does, which is a variable */
        *end = attr;
        end = &attr->next;
    }
}

/* An element, or text. NULL: neither, or a failure. */
static struct pm_xml_node *convert(struct reader *r, const xmlNode *from)
{
    bool element = from->type == XML_ELEMENT_NODE;
    if (!element && from->type != XML_TEXT_NODE && from->type != XML_CDATA_SECTION_NODE)
        return NULL;
    struct pm_xml_node *node = make(r, sizeof *node);
    if (!node)
        return NULL;
    *node = (struct pm_xml_node){.text = element ? (struct pm_str){NULL, 0} : copy(r, from->content)};
    if (!element)
        return node;
    node->name = copy(r, from->name);
    if (from->ns) {
        node->prefix = copy(r, from->ns->prefix);
        node->uri = copy(r, from->ns->href);
    }
    add_bindings(r, node, from);
    add_attrs(r, node, from);
    return node;
}

/* The tree below the root, without recursion: `at` and `parent` go down and up together. */
static struct pm_xml_node *convert_all(struct reader *r, const xmlNode *top)
{
    struct pm_xml_node *root = convert(r, top), *parent = root;
    const xmlNode *at = top->children, *within = top;
    while (root && r->status == PM_OK) {
        if (!at) {
            if (within == top)
                break;
            at = within->next;
            within = within->parent;
            parent = parent->parent;
            r->depth--;
            continue;
        }
        struct pm_xml_node *node = convert(r, at);
        pm_xml_insert(parent, node, NULL);
        if (node && at->type == XML_ELEMENT_NODE) {
            if (++r->depth >= PM_XML_MAX_DEPTH)
                r->status = PM_LIMIT;
            parent = node;
            within = at;
            at = at->children;
        } else {
            at = at->next;
        }
    }
    return root;
}

static void ignore(void *context, const char *format, ...)
{
    (void)context, (void)format;
}

static enum pm_status status_of(xmlParserCtxtPtr context, xmlDocPtr doc, int *line)
{
    const xmlError *error = xmlCtxtGetLastError(context), *any = xmlGetLastError();
    if (line && error)
        *line = error->line;
    if ((error && error->code == XML_ERR_NO_MEMORY) || (any && any->code == XML_ERR_NO_MEMORY))
        return PM_NOMEM;       /* the tree's own functions tell the second alone */
    return doc && context->wellFormed && context->nsWellFormed && !doc->intSubset ? PM_OK : PM_INVALID;
}

bool pm_xml_tree_load(void)
{
    return pm_libxml_load();
}

enum pm_status pm_xml_tree_read(struct pm_str bytes, struct pm_arena *arena, struct pm_xml_node **root, int *line)
{
    struct reader r = {.arena = arena};
    *root = NULL;
    if (bytes.n > INT_MAX)
        return PM_LIMIT;
    r.status = check(bytes, line);
    if (r.status != PM_OK)
        return r.status;
    if (!pm_libxml_load())
        return PM_UNSUPPORTED;
    xmlSetGenericErrorFunc(NULL, ignore);   /* what it cannot attribute to a document it would print */
    xmlResetLastError();
    xmlParserCtxtPtr context = xmlNewParserCtxt();
    if (!context)
        return PM_NOMEM;
    const int options = XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    xmlDocPtr doc = xmlCtxtReadMemory(context, bytes.p ? bytes.p : "", (int)bytes.n, NULL, "UTF-8", options);
    r.status = status_of(context, doc, line);
    if (r.status == PM_OK)
        *root = convert_all(&r, xmlDocGetRootElement(doc));
    if (r.status == PM_OK && (!*root || pm_arena_failed(arena)))
        r.status = PM_NOMEM;
    if (r.status != PM_OK)
        *root = NULL;
    xmlFreeDoc(doc);
    xmlFreeParserCtxt(context);
    return r.status;
}
