/* A package of parts, as DOCX and XLSX files are: Open Packaging Conventions (ISO/IEC 29500-2) over ZIP.
 *
 * Parts and their relationships are kept in the arena until pm_opc_write() packs them: "[Content_Types].xml" first, then the relationships
 * of the package, then each part in the order in which it was added with its relationships before it. The same parts give the same bytes:
 * every entry has the date 1980-01-01 and no extra fields, deflated at level 6. */
#ifndef PM_OPC_H
#define PM_OPC_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/status.h"
#include "base/str.h"

struct pm_relationship {
    struct pm_str id;              /* "rId1" */
    struct pm_str type;            /* an address */
    struct pm_str target;          /* as it stands in the file; relative to the folder of its source unless external */
    bool external;
    struct pm_relationship *next;
};

struct pm_part {
    struct pm_str name;            /* "/word/document.xml" */
    struct pm_str content_type;
    struct pm_str bytes;           /* of the caller, until the package is written; or, of a package that was read, in its arena */
    struct pm_relationship *relations, *last_relation;
    size_t relation_count;
    struct pm_part *next;
    bool removed;
};

struct pm_opc {
    struct pm_arena *arena;
    struct pm_part root;           /* its relations are the package's; it has no name and no bytes */
    struct pm_part *first, *last;
    struct pm_part **slots;        /* by name; private to opc.c */
    size_t slot_count, used;
};

struct pm_opc *pm_opc_new(struct pm_arena *arena);

/* Adds a part and returns it, or NULL when memory ran out. Strings are not copied. */
struct pm_part *pm_opc_add(struct pm_opc *opc, struct pm_str name, struct pm_str content_type, struct pm_str bytes);

void pm_opc_remove(struct pm_opc *opc, struct pm_part *part);   /* relations that mean it stay */

/* Adds a relation of `source` and returns its id, "rId" and a number; or an empty slice. A NULL source does nothing. */
struct pm_str pm_opc_relate(struct pm_opc *opc, struct pm_part *source, struct pm_str type, struct pm_str target, bool external);
/* The same with an id of the caller's, which no other relation of the source has. */
void pm_opc_relate_as(struct pm_opc *opc, struct pm_part *source, struct pm_str id, struct pm_str type, struct pm_str target,
                      bool external);

/* NULL: none. ASCII letters are alike in case. */
struct pm_part *pm_opc_find(const struct pm_opc *opc, struct pm_str name);
/* Whether the type of a relation ends so: what is before the ending differs between the two forms of the standard. */
bool pm_opc_is_type(const struct pm_relationship *relation, const char *type_ending);
/* The first relation whose type ends so; NULL: none. */
const struct pm_relationship *pm_opc_relation(const struct pm_part *part, const char *type_ending);
/* The part that a relation of `source` means. NULL: external, or it is not there. */
struct pm_part *pm_opc_target(const struct pm_opc *opc, const struct pm_part *source, const struct pm_relationship *relation);

enum pm_status pm_opc_write(const struct pm_opc *opc, struct pm_buf *out);

/* A package from bytes, all parts inflated into the arena. PM_INVALID: no package; PM_LIMIT: more than 10,000 entries, or 256 MiB inflated.
 * *why (may be NULL) says what is wrong, in words for a message. */
enum pm_status pm_opc_read(struct pm_str bytes, struct pm_arena *arena, struct pm_opc **out, const char **why);

#endif
