/* The one table of fields. */
#ifndef PM_SCHEMA_H
#define PM_SCHEMA_H

#include "incident/incident.h"

enum pm_type {
    PM_T_TEXT,        /* one line of plain text */
    PM_T_MD,          /* Markdown */
    PM_T_ID,
    PM_T_PERSON,      /* a name, or a key of people */
    PM_T_LANG,        /* BCP 47 */
    PM_T_ZONE,        /* IANA */
    PM_T_URL,
    PM_T_INTEGER,     /* not negative */
    PM_T_NUMBER,
    PM_T_PERCENT,     /* 0 to 100 */
    PM_T_INSTANT,
    PM_T_EVENT_INSTANT,   /* an instant that may be bare HH:MM */
    PM_T_DATE,
    PM_T_DURATION,
    PM_T_ENUM,
    PM_T_SEVERITY,
    PM_T_CURRENCY,    /* ISO 4217 */
    PM_T_VERSION,     /* 1 */
    PM_T_SCALAR,      /* text or number, kept as written */
    PM_T_OBJECT,      /* a mapping, in place */
    PM_T_LIST,        /* of `item` */
    PM_T_CHAINS,      /* five_whys: a list, or a list of lists */
    PM_T_ROLES,       /* map of role to person or list */
    PM_T_PEOPLE,      /* map of key to struct pm_person */
    PM_T_GLOSSARY     /* map of term to text */
};

enum pm_field_flags { PM_F_REQUIRED = 1, PM_F_FINAL = 2, PM_F_UNIQUE_ID = 4 };

struct pm_field_def {
    const char *name;
    enum pm_type type;
    enum pm_type item;                /* of a list: the type of its elements */
    size_t offset;                    /* in the struct of the object */
    unsigned flags;
    const char *const *words;         /* of an enumeration, NULL-terminated; value i + 1 */
    const struct pm_object_def *object;   /* of an object, or of a list's elements */
    const char *label;                /* as people read it: "Started", "Customers affected" */
    const char *note;                 /* one sentence for the manual and the JSON Schema */
};

struct pm_object_def {
    const char *name;
    size_t size;                      /* of the struct */
    const struct pm_field_def *fields;
    size_t count;
    const char *id_prefix;            /* of list elements: ids by position, "AI-", or NULL */
};

extern const struct pm_object_def pm_incident_def;

const struct pm_field_def *pm_field_find(const struct pm_object_def *object, struct pm_str name);

/* The field at a dotted path with [n] from 1 ("impact.customers_affected", "timeline[2].event"): its definition and its
 * place in `object`. False when the path names no field; *value is NULL when an index is past the end. */
bool pm_field_at(const struct pm_object_def *def, const void *object, struct pm_str path,
                 const struct pm_field_def **field, const void **value);

/* " (did you mean \"due\"?)" for the nearest name of the object within two letters or of which one begins with the
 * other, or "". Lives in the arena. */
const char *pm_field_hint(const struct pm_object_def *object, struct pm_str name, struct pm_arena *arena);

/* The same for the words of an enumeration. */
const char *pm_enum_hint(const struct pm_field_def *field, struct pm_str text, struct pm_arena *arena);

/* The word of an enumeration's value as people read it: "in_review" gives "In review". Lives in the arena. */
struct pm_str pm_enum_label(const struct pm_field_def *field, int choice, struct pm_arena *arena);

/* The JSON Schema (draft 2020-12) of the format. */
void pm_schema_json(struct pm_buf *out);

/* The manual's field list, mdoc(7). */
void pm_schema_mdoc(struct pm_buf *out);

#endif
