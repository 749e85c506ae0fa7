/* What the files of the reference document share. Reading prepares its trees: where something of a report is to stand, an empty node waits
 * for it, so that merging only fills these nodes and writes. */
#ifndef PM_REFERENCE_INTERNAL_H
#define PM_REFERENCE_INTERNAL_H

#include "package/xml_tree.h"
#include "render/docx/reference.h"

#define PM_W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define PM_MC "http://schemas.openxmlformats.org/markup-compatibility/2006"
#define PM_WP "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"

struct pm_style_entry { struct pm_str id, name, type; bool is_default; };

/* A part of XML that is merged: root is NULL where the reference has none. */
struct pm_merged_part {
    const struct pm_part *part;
    struct pm_xml_node *root, *spot;
};

struct pm_reference {
    struct pm_arena arena;               /* holds the reference itself */
    struct pm_opc *opc;                  /* without what is left out */
    struct pm_merged_part document, styles, numbering, custom;
    struct pm_xml_node *abstract_spot;   /* of numbering, whose own spot is for instances */
    bool in_cell;                        /* the report stands at the end of a table's cell */
    struct pm_style_entry *entries;      /* its styles */
    size_t entry_count;
    /* The highest numbers in use: of numberings, of bookmarks and drawings, of relations of the document that are named as ours are. */
    long last_numbering, last_id, last_relation;
    double paper_width, paper_height;    /* points; 0: not said */
    double margin_top, margin_right, margin_bottom, margin_left;
};

/* What has another name in the reference. A list is searched from its start: it is short. */
struct pm_renaming { struct pm_str from, to; struct pm_renaming *next; };

struct pm_renamings {
    struct pm_renaming *styles;
    long numbering, ids, relations;      /* added to the numbers of numberings; of bookmarks and drawings; of relations */
};

/* The new name, or the old one. */
struct pm_str pm_renamed(const struct pm_renaming *list, struct pm_str name);
void pm_rename(struct pm_arena *arena, struct pm_renaming **list, struct pm_str from, struct pm_str to);   /* the same name: nothing */

/* An id in use, for the search of the highest; 0 for none, and for the large ones that some programs draw by lot: no report comes near. */
long pm_reference_number(struct pm_str value);

/* ---- reference_body.c: where the report stands in the document ---- */

void pm_reference_find_spot(struct pm_reference *r);
void pm_reference_find_page(struct pm_reference *r);
void pm_reference_find_ids(struct pm_reference *r);

/* The number of a relation's id that is named as those of the body are, "pmId1"; else 0. */
long pm_relation_number(struct pm_str id);
/* Declares the prefixes of PM_DOCX_NAMESPACES at the root; those that mean something else there get other names. */
void pm_reference_declare(struct pm_arena *arena, struct pm_xml_node *root);
void pm_reference_ignore(struct pm_arena *arena, struct pm_xml_node *root);   /* and those of PM_DOCX_IGNORABLE may be ignored */

/* ---- reference_styles.c: styles and numbering ---- */

void pm_reference_list_styles(struct pm_reference *r);
void pm_reference_find_numbering(struct pm_reference *r);
/* Which of our styles the reference has, and under what id; those to be added stay in the tree `ours`, the others are taken out. */
void pm_reference_match_styles(const struct pm_reference *r, struct pm_arena *arena, struct pm_xml_node *ours,
                               struct pm_renaming **renamed);
/* Writes the children of `ours` of that name, with names as the reference has them. */
void pm_reference_put_children(const struct pm_xml_node *ours, const char *name, const struct pm_renamings *renamings, struct pm_buf *out);

/* ---- reference_remap.c ---- */

/* The body with other names of styles, relations, numberings, bookmarks and drawings. It is of our making: every '<' begins a tag. */
void pm_reference_remap(struct pm_str body, const struct pm_renamings *renamings, struct pm_buf *out);

#endif
