/* One YAML document as a tree of plain values, each with its place. The only file that knows libyaml is yaml.c.
 *
 * What the format forbids is reported here: text that is no YAML or no UTF-8, control characters, anchors, aliases, tags,
 * duplicate keys, keys that are not scalars, and the limits of limits.h. JSON is read too. */
#ifndef PM_YAML_H
#define PM_YAML_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/mark.h"
#include "base/status.h"

enum pm_yaml_kind { PM_YAML_SCALAR, PM_YAML_SEQUENCE, PM_YAML_MAPPING };
enum pm_yaml_style { PM_YAML_PLAIN, PM_YAML_QUOTED, PM_YAML_BLOCK };   /* of scalars; quoted: single or double */

struct pm_yaml {
    enum pm_yaml_kind kind;
    enum pm_yaml_style style;
    bool flow;                   /* of collections: written in [] or {} */
    struct pm_mark mark;         /* first byte */
    uint32_t end;                /* offset behind the last byte */
    struct pm_str key;           /* in a mapping: this value's key */
    struct pm_mark key_mark;
    struct pm_str text;          /* of a scalar, NUL-terminated, escapes resolved */
    struct pm_str comment;       /* whole-line comments before it, as written, each line from its '#'; absent if none */
    struct pm_str trailing;      /* comment behind it on its own line, from '#' */
    struct pm_yaml *first, *last, *next;
    size_t count;                /* of a collection's children */
};

/* Reads the one document in `source`, whose first byte is in line `first_line`. *root is NULL for a document without content.
 * PM_INVALID when anything was reported; the tree then holds what could be read and is fit for more checks, or is NULL.
 * `tail` (may be NULL) gets the comments after the last value. Nodes and strings live in `arena`. */
enum pm_status pm_yaml_read(struct pm_str source, uint32_t first_line, struct pm_arena *arena, struct pm_diags *diags,
                            struct pm_yaml **root, struct pm_str *tail);

/* The value of `key` in a mapping, or NULL. */
const struct pm_yaml *pm_yaml_get(const struct pm_yaml *map, const char *key);

/* A plain scalar that YAML 1.2's core schema reads as null. */
bool pm_yaml_is_null(const struct pm_yaml *y);

/* "a list", "a mapping", "text", "empty": for messages. */
const char *pm_yaml_kind_name(const struct pm_yaml *y);

/* Writes `text` as a scalar of canonical style: plain where that reads back the same, else double-quoted; several lines as a
 * literal block where that is possible, its lines at `indent`: two more than the column of the parent. `flow` asks for one line
 * that is safe in [] and {}. Ends without a line feed. */
void pm_yaml_write_scalar(struct pm_buf *b, struct pm_str text, int indent, bool flow);

#endif
