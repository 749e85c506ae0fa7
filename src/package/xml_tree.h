/* The XML of a part as a tree in the arena: elements and text. CDATA is text; comments and processing instructions are left out.
 *
 * Reading is by libxml2: XML's own five entities and no document with a DTD, so that nothing outside of the bytes is ever looked for; UTF-8
 * whatever the declaration says, as the programs write that make packages. */
#ifndef PM_XML_TREE_H
#define PM_XML_TREE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/status.h"
#include "base/str.h"

#include <stdbool.h>

struct pm_xml_binding {            /* a declaration of a namespace: xmlns:prefix="uri"; prefix empty: the default */
    struct pm_str prefix, uri;
    struct pm_xml_binding *next;
};

struct pm_xml_attr {
    struct pm_str uri, prefix, name, value;   /* uri empty: none */
    struct pm_xml_attr *next;
};

struct pm_xml_node {
    struct pm_str uri, prefix, name;          /* of an element; name empty: text */
    struct pm_str text;
    bool raw;                                 /* text that is XML already, written as it is */
    struct pm_xml_binding *bindings;
    struct pm_xml_attr *attrs;
    struct pm_xml_node *parent, *first, *last, *prev, *next;
};

/* Nodes: attributes and declarations too; attributes: of one element, with its declarations. */
enum { PM_XML_MAX_DEPTH = 200, PM_XML_MAX_NODES = 1000000, PM_XML_MAX_ATTRIBUTES = 1000 };

/* The root element. All strings are copies that end with NUL. PM_INVALID, with *line (may be NULL): not well-formed, not in UTF-8, or with
 * a DTD; PM_LIMIT: deeper or of more nodes or attributes than above; PM_UNSUPPORTED: libxml2 is not there; PM_NOMEM. */
enum pm_status pm_xml_tree_read(struct pm_str bytes, struct pm_arena *arena, struct pm_xml_node **root, int *line);

/* Loads libxml2, so that reading opens no file. False: it is not there. */
bool pm_xml_tree_load(void);

/* A whole document: the declaration, then the tree. */
void pm_xml_tree_write(const struct pm_xml_node *root, struct pm_buf *out);
/* One element with its content, without declarations of the namespaces that it has from above. */
void pm_xml_node_write(const struct pm_xml_node *node, struct pm_buf *out);

/* ---- looking ---- */

bool pm_xml_is(const struct pm_xml_node *node, const char *uri, const char *name);       /* false for NULL and for text */
struct pm_xml_node *pm_xml_child(const struct pm_xml_node *node, const char *uri, const char *name);     /* the first; NULL: none */
struct pm_xml_node *pm_xml_sibling(const struct pm_xml_node *node, const char *uri, const char *name);   /* the next after node */
/* The node after `node` in the order of the document, within `top`; NULL at the end. */
struct pm_xml_node *pm_xml_walk(const struct pm_xml_node *node, const struct pm_xml_node *top);
struct pm_xml_node *pm_xml_walk_past(const struct pm_xml_node *node, const struct pm_xml_node *top);   /* the same, without its content */
/* The value of an attribute, absent when it is not there; uri "" is none. */
struct pm_str pm_xml_get(const struct pm_xml_node *node, const char *uri, const char *name);

/* ---- changing ---- */

/* Of an attribute that is there. */
void pm_xml_set(struct pm_arena *arena, struct pm_xml_node *node, const char *uri, const char *name, struct pm_str value);
void pm_xml_unlink(struct pm_xml_node *node);
void pm_xml_insert(struct pm_xml_node *parent, struct pm_xml_node *node, struct pm_xml_node *before);   /* before NULL: at the end */
struct pm_xml_node *pm_xml_raw(struct pm_arena *arena, struct pm_str text);   /* to be inserted; NULL after a failure, which insert takes */

#endif
