/* What the files of this folder share: tokens, operands, nodes. */
#ifndef PM_SELECT_INTERNAL_H
#define PM_SELECT_INTERNAL_H

#include "incident/schema.h"
#include "select/fold.h"
#include "select/select.h"

/* --- tokens (lex.c) --- */

enum pm_token_kind { PM_TOKEN_END, PM_TOKEN_WORD, PM_TOKEN_STRING, PM_TOKEN_OPERATOR, PM_TOKEN_OPEN, PM_TOKEN_CLOSE, PM_TOKEN_COMMA };
enum pm_operator { PM_OP_NONE, PM_OP_EQ, PM_OP_NE, PM_OP_LT, PM_OP_LE, PM_OP_GT, PM_OP_GE, PM_OP_CONTAINS };

struct pm_token {
    enum pm_token_kind kind;
    enum pm_operator op;
    struct pm_str text;        /* NUL-terminated, in the arena; of a string, without its quotes */
    struct pm_mark mark;
};

/* All that is needed while text becomes an expression. */
struct pm_compiler {
    struct pm_str text;
    struct pm_mark at;                 /* of the next byte */
    struct pm_token token;             /* the present one */
    enum pm_select_of of;
    struct pm_arena *arena;
    struct pm_diags *diags;
    struct pm_select *select;
    int depth, open;                   /* of nesting; parentheses that wait for their end */
    bool given_up;                     /* at a limit: what follows from it is not said */
    const struct pm_list_place *before;   /* the list named last, or NULL */
};

/* Begins with the text at its first token; PM_INVALID when it is too long or no UTF-8, which has been reported. */
enum pm_status pm_lex_begin(struct pm_compiler *c);

/* Moves to the next token; what is none is reported and passed over. */
void pm_lex_next(struct pm_compiler *c);

bool pm_token_is(const struct pm_token *t, const char *word);   /* a bare word, any case */

/* Reports both texts, one behind the other. */
void pm_complain(struct pm_compiler *c, struct pm_mark mark, const char *text, const char *more);

/* The start of a text, for messages. Lives in the arena. */
const char *pm_shown(struct pm_compiler *c, struct pm_str text);

/* --- operands (operand.c, computed.c) --- */

/* A list of objects at a place of the incident. */
struct pm_list_place {
    const struct pm_field_def *def;
    size_t offset;                     /* in struct pm_incident */
    const char *path;                  /* "impact.slo" */
};

enum pm_computed { PM_COMPUTED_NO, PM_COMPUTED_METRIC, PM_COMPUTED_OPEN_ITEMS, PM_COMPUTED_OVERDUE_ITEMS, PM_COMPUTED_AGE,
                   PM_COMPUTED_ITEM_AGE, PM_COMPUTED_OVERDUE };

/* Where values are: a field of the incident, of an entry of a list, or a computed one. */
struct pm_operand {
    struct pm_str path;                /* as written, for messages */
    const struct pm_field_def *def;    /* of the field; of computed ones, their own */
    enum pm_type type;                 /* of the values; of what has none: OBJECT, LIST and so on */
    int list;                          /* index into the expression's lists; -1: none */
    size_t entry;                      /* from 1: of that list, always this one; 0: the one it is about */
    size_t offset;                     /* in the incident or the entry */
    size_t element;                    /* from 1: of a list of scalars; 0: all */
    struct pm_str key;                 /* of roles, glossary, x-*; absent: all */
    bool is_extra;                     /* x-*; def is NULL, offset that of the object */
    enum pm_computed computed;
    int metric;
};

/* Finds what `token` names; false when it names nothing, which has been reported. */
bool pm_operand_find(struct pm_compiler *c, const struct pm_token *token, struct pm_operand *out);

/* Names that follow are those of an action item first; their list is the first of the expression. */
void pm_operand_items(struct pm_compiler *c);

/* A computed value of that name: of the incident, or, `of_item`, of an action item. */
bool pm_computed_find(struct pm_str name, bool of_item, struct pm_operand *out);
struct pm_field pm_computed_value(const struct pm_operand *operand, struct pm_subject *subject, const struct pm_action *item);
const char *pm_computed_hint(struct pm_str name, bool of_item, struct pm_arena *arena);

/* --- values (value.c) --- */

/* What a field is compared with. */
struct pm_value {
    struct pm_mark mark;
    struct pm_field field;             /* by its type; instants and dates: see `form` */
    enum { PM_VALUE_PLAIN, PM_VALUE_DAYS, PM_VALUE_LOCAL } form;
    bool from_today;                   /* days are counted from the as-of day */
    int64_t first, last;               /* of DAYS */
    struct pm_civil civil;             /* of LOCAL: in the incident's zone */
    bool is_number;                    /* of SCALAR: field.as.number is it */
    struct pm_pattern pattern;         /* of text */
};

/* Reads a literal as a value for `operand` under `op`; false when it is none, which has been reported. */
bool pm_value_read(struct pm_compiler *c, const struct pm_operand *operand, enum pm_operator op, const struct pm_token *token,
                   struct pm_value *out);

/* Whether values of the operand can be compared so; reports if not. */
bool pm_value_allows(struct pm_compiler *c, const struct pm_operand *operand, const struct pm_token *op);

bool pm_value_holds(const struct pm_operand *operand, enum pm_operator op, const struct pm_value *value, const struct pm_field *field,
                    const struct pm_subject *subject);

/* --- nodes (parse.c, bind.c, eval.c) --- */

enum pm_node_kind { PM_AND, PM_OR, PM_NOT, PM_SOME, PM_HAS, PM_LACKS, PM_COMPARE, PM_TRUE };

struct pm_node {
    enum pm_node_kind kind;
    struct pm_node *first, *next;      /* children, and the next of the parent */
    int list;                          /* of SOME: there is an entry for which the child holds */
    uint32_t named, positive;          /* sets of lists: named below; named outside of any NOT */
    struct pm_operand operand;         /* of leaves */
    enum pm_operator op;
    const struct pm_value *values;     /* of COMPARE: one of them, or with NE none */
    size_t count;
};

struct pm_select {
    enum pm_select_of of;
    struct pm_node *root;
    struct pm_list_place lists[PM_SELECT_LISTS];   /* with PM_SELECT_ITEMS the first is action_items */
    int list_count;
};

/* Puts SOME where entries are to be looked for; `bound` are lists that need none. Returns what stands in the node's place. */
struct pm_node *pm_bind(struct pm_compiler *c, struct pm_node *node, uint32_t bound);

/* The entries of a list of objects: `index` from 0; NULL past the end. The questions of several chains count as one list. */
const void *pm_entry_at(const struct pm_list_place *place, const struct pm_incident *incident, size_t index);

/* Calls `take` for each until it returns true; returns whether it did. */
typedef bool pm_take_entry(void *context, const void *entry);
bool pm_each_entry(const struct pm_list_place *place, const struct pm_incident *incident, pm_take_entry *take, void *context);

/* Calls `take` for the values of the operand until it returns true; returns whether it did. Of a list of objects it is about the entry
 * in subject->entries. */
typedef bool pm_take_value(void *context, const struct pm_field *value);
bool pm_each_value(const struct pm_select *select, const struct pm_operand *operand, struct pm_subject *subject, pm_take_value *take,
                   void *context);

#endif
