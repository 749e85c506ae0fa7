/* What the files of the patch engine share. Private to patch*.c.
 *
 * The tree of the source is copied into twigs; edits change, add and remove twigs (patch_tree.c, patch_edit.c, patch_time.c); then the tree
 * is walked and each change becomes a splice of the source's bytes (patch_write.c, patch_scalar.c); then the result is read again and
 * compared with the tree (patch.c). */
#ifndef PM_PATCH_INTERNAL_H
#define PM_PATCH_INTERNAL_H

#include "incident/schema.h"
#include "recover/ids.h"
#include "recover/patch.h"

enum { PM_NOT_EDITED = -1 };

struct pm_twig {
    const struct pm_yaml *old;            /* NULL: new */
    struct pm_twig *parent, *first, *last, *next;
    struct pm_str key, text;              /* text: of a scalar, as the reader is to see it */
    enum pm_yaml_kind kind;
    enum pm_type type;                    /* of a scalar that is new or changed */
    const struct pm_object_def *object;   /* of a mapping that edits went through: the order of its keys; else NULL */
    bool flow;                            /* of a new collection: in brackets */
    bool changed, removed;                /* changed: a scalar has another text, or nothing became a collection */
    int edit;                             /* index of the edit that did it, or PM_NOT_EDITED */
    struct pm_twig **entries;             /* of a list: its children that the source has; NULL until they are asked for */
    size_t entry_count;
    struct pm_new_ids *ids;               /* of a list that got entries: private to patch_edit.c */
};

/* A stretch of the source that is replaced. */
struct pm_splice {
    size_t from, to;
    struct pm_str text;
    int edit;
    size_t out;                           /* where the text stands in the result */
};

struct pm_patch {
    const struct pm_incident *incident;
    struct pm_str source;
    struct pm_edit *edits;
    size_t count;
    bool *quoted;                         /* per edit: its scalars are written in double quotes, whatever they had */
    struct pm_arena *arena;               /* of what the caller gets */
    struct pm_ids ids;
    struct pm_arena work;                 /* of one attempt */
    struct pm_twig *root;
    struct pm_splice *splices;
    size_t splice_count, splice_cap;
    bool crlf, json;                      /* line ends of the source; keys and texts in quotes */
    int dash;                             /* columns from a key to the dashes of its list */
    bool times;                           /* instants of the timeline must stay */
    int blocked;                          /* an edit for which there is no splice, or PM_NOT_EDITED */
};

/* patch_tree.c */

struct pm_twig *pm_twig_copy(struct pm_patch *p, const struct pm_yaml *y);
/* A new child of `parent`: behind `before`, or first. */
struct pm_twig *pm_twig_add(struct pm_patch *p, struct pm_twig *parent, struct pm_twig *before, enum pm_yaml_kind kind);
/* A new member, in the canonical order of parent->object. */
struct pm_twig *pm_twig_member(struct pm_patch *p, struct pm_twig *parent, struct pm_str key, enum pm_yaml_kind kind);
/* The member that is not removed; NULL. */
struct pm_twig *pm_twig_get(const struct pm_twig *map, struct pm_str key);
bool pm_twig_is_null(const struct pm_twig *t);
bool pm_twig_is_empty(const struct pm_twig *t);   /* without a child that is not removed */

/* What a path names. */
struct pm_target {
    struct pm_twig *parent, *node;        /* node NULL: absent */
    struct pm_str key;                    /* of an absent member */
    const struct pm_field_def *def;       /* of the field; of its list for an element; NULL for free keys */
    enum pm_type type;                    /* PM_T_OBJECT for an entry */
    bool element;                         /* of a list */
    const struct pm_list *list;           /* of a list of objects, as read; NULL when new */
};

/* Looks a path up. With `make`, mappings and lists on the way that are absent are made, marked with `edit`. NULL, or why it names
 * nothing. */
const char *pm_patch_find(struct pm_patch *p, struct pm_str path, bool make, int edit, struct pm_target *out);
/* The entry of a list by number or id; NULL. */
struct pm_twig *pm_patch_entry(struct pm_patch *p, const struct pm_target *list, struct pm_twig *node, struct pm_str name);
/* The same path within a mapping that is new. */
const char *pm_patch_member(struct pm_patch *p, struct pm_twig *map, struct pm_str path, int edit, struct pm_target *out);

/* patch_edit.c: makes the edit in the tree; NULL, or why not. */
const char *pm_patch_edit(struct pm_patch *p, int edit);

/* patch_time.c */

/* `text`, an instant, in the form of `model` (absent: that of the incident). */
struct pm_str pm_patch_instant(struct pm_patch *p, struct pm_str text, struct pm_str model);
/* Chooses forms for the times of the timeline, so that each says what it is to say. */
void pm_patch_timeline(struct pm_patch *p);

/* patch_scalar.c */

/* Where a value stands. */
struct pm_spot {
    int indent;                           /* columns of the parent's keys or dashes */
    bool flow;
};

void pm_patch_scalar(struct pm_patch *p, struct pm_buf *b, const struct pm_twig *t, struct pm_spot spot);
/* The same for one that stands in the source: the splices that make it say t->text. */
void pm_patch_rewrite(struct pm_patch *p, struct pm_twig *t, struct pm_spot spot);
/* The end of a block scalar's last line that is not empty, before the line feed. */
size_t pm_patch_block_end(const struct pm_patch *p, const struct pm_yaml *y);

/* patch_write.c */

void pm_patch_splice(struct pm_patch *p, size_t from, size_t to, struct pm_str text, int edit);
void pm_patch_write(struct pm_patch *p, struct pm_buf *out);

/* Lines of the source: the offset behind the end of the line at `at`; the start of the line. */
size_t pm_line_next(struct pm_str s, size_t at);
size_t pm_line_start(struct pm_str s, size_t at);

/* The bytes of a buffer in the arena of the attempt; frees the buffer. */
struct pm_str pm_patch_take(struct pm_patch *p, struct pm_buf *b);

#endif
