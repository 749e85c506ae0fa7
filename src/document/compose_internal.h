/* What the files of the composer share. Private to src/document/template.c and compose*.c. */
#ifndef PM_COMPOSE_INTERNAL_H
#define PM_COMPOSE_INTERNAL_H

#include "base/yaml.h"
#include "document/compose.h"
#include "document/show.h"
#include "document/words.h"
#include "incident/metrics.h"
#include "incident/schema.h"

struct pm_composer {
    const struct pm_incident *incident;
    const struct pm_compose_options *options;
    struct pm_document *doc;
    struct pm_arena *arena;
    struct pm_diags *diags;
    struct pm_language language;
    struct pm_show show;
    struct pm_metric metrics[PM_METRIC_COUNT];
    int64_t as_of;                            /* days */
    bool clock_seconds;                       /* exact times of the timeline have seconds: one of them does */
    bool places_sections;                     /* the template has a `sections` block */
    bool *placed;                             /* per free section: already shown behind the section it names */
    const struct pm_evidence **evidence;      /* by id, for look-up */
    struct pm_str entry;                      /* where the values of the present block stand: "timeline/T3"; absent: at the top */
    struct pm_choice_set *choices;            /* those made so far */
};

/* Block kinds of a template: id, key, function. */
#define PM_BLOCK_TABLE(X) \
    X(PM_B_COVER, "cover", pm_compose_cover) \
    X(PM_B_TOC, "toc", pm_compose_toc) \
    X(PM_B_SECTION, "section", pm_compose_section) \
    X(PM_B_MARKDOWN, "markdown", pm_compose_markdown) \
    X(PM_B_TEXT, "text", pm_compose_text) \
    X(PM_B_FACTS, "facts", pm_compose_facts) \
    X(PM_B_METRICS, "metrics", pm_compose_metrics) \
    X(PM_B_FIGURE, "figure", pm_compose_figure) \
    X(PM_B_TIMELINE, "timeline", pm_compose_timeline) \
    X(PM_B_CAUSES, "causes", pm_compose_causes) \
    X(PM_B_FIVE_WHYS, "five_whys", pm_compose_five_whys) \
    X(PM_B_IMPACT, "impact", pm_compose_impact) \
    X(PM_B_COMPONENTS, "components", pm_compose_components) \
    X(PM_B_MEASURES, "measures", pm_compose_measures) \
    X(PM_B_SLO, "slo", pm_compose_slo) \
    X(PM_B_LESSONS, "lessons", pm_compose_lessons) \
    X(PM_B_ACTION_ITEMS, "action_items", pm_compose_actions) \
    X(PM_B_ROLES, "roles", pm_compose_roles) \
    X(PM_B_PEOPLE, "people", pm_compose_people) \
    X(PM_B_UPDATES, "updates", pm_compose_updates) \
    X(PM_B_EVIDENCE, "evidence", pm_compose_evidence) \
    X(PM_B_RELATED, "related", pm_compose_related) \
    X(PM_B_QUESTIONS, "questions", pm_compose_questions) \
    X(PM_B_REVIEW, "review", pm_compose_review) \
    X(PM_B_MESSAGING, "messaging", pm_compose_messaging) \
    X(PM_B_GLOSSARY, "glossary", pm_compose_glossary) \
    X(PM_B_SECTIONS, "sections", pm_compose_free_sections) \
    X(PM_B_PANEL, "panel", pm_compose_panel) \
    X(PM_B_PAGE_BREAK, "page_break", pm_compose_page_break) \
    X(PM_B_RULE, "rule", pm_compose_rule)

/* Each appends to `parent` what the block shows, or nothing. `block` is the block's mapping, `argument` the value of its kind. */
typedef void pm_compose_block(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *block, const struct pm_yaml *argument);

enum pm_block {
#define PM_BLOCK_ENUM(id, key, function) id,
    PM_BLOCK_TABLE(PM_BLOCK_ENUM)
#undef PM_BLOCK_ENUM
    PM_B_COUNT
};

#define PM_BLOCK_DECLARE(id, key, function) pm_compose_block function;
PM_BLOCK_TABLE(PM_BLOCK_DECLARE)
#undef PM_BLOCK_DECLARE

/* template.c: the kind of a block, PM_B_COUNT when it has none; *argument is the value of the kind's key. */
enum pm_block pm_block_kind(const struct pm_yaml *block, const struct pm_yaml **argument);

/* compose.c */
void pm_compose_blocks(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *blocks);
void pm_compose_withdrawn(struct pm_composer *c, struct pm_node *parent);
struct pm_str pm_word_of(const struct pm_composer *c, enum pm_word w);
bool pm_option_is(const struct pm_yaml *argument, const char *option, const char *value);
bool pm_option_true(const struct pm_yaml *argument, const char *option);
size_t pm_option_number(const struct pm_yaml *argument, const char *option, size_t otherwise);

/* compose_variable.c: what {{name}} may name. */
enum pm_variable_kind { PM_VAR_FIELD, PM_VAR_ROLE, PM_VAR_METRIC, PM_VAR_COMPUTED };
enum pm_computed { PM_CV_AS_OF, PM_CV_DURATION, PM_CV_PERIOD, PM_CV_CUSTOMERS, PM_CV_ACTIONS, PM_CV_ACTIONS_OPEN, PM_CV_ACTIONS_DONE,
                   PM_CV_ACTIONS_OVERDUE, PM_CV_TIMELINE };
struct pm_variable {
    enum pm_variable_kind kind;
    struct pm_str path;
    const struct pm_field_def *def;   /* FIELD */
    const void *value;                /* FIELD, ROLE: NULL when absent */
    int index;                        /* METRIC, COMPUTED */
};
/* False when there is no such variable. `incident` may be NULL. */
bool pm_variable_find(const struct pm_incident *incident, struct pm_str name, struct pm_variable *out);
void pm_variable_report(struct pm_str name, struct pm_mark mark, struct pm_arena *arena, struct pm_diags *diags);
/* Reports every unknown variable in a text with {{variables}}; `mark` is the text's place. */
void pm_variables_check(struct pm_str text, struct pm_mark mark, struct pm_arena *arena, struct pm_diags *diags);
bool pm_variable_known(struct pm_composer *c, const struct pm_variable *v);
struct pm_mark pm_variable_mark(const struct pm_variable *v);   /* no place unless it is a field */
struct pm_str pm_variable_label(struct pm_composer *c, const struct pm_variable *v);
struct pm_str pm_variable_text(struct pm_composer *c, const struct pm_variable *v);   /* a word for "unknown" where it is */
/* The text with its variables replaced; with `markdown`, so that nothing in a value becomes markup. */
struct pm_str pm_expand(struct pm_composer *c, struct pm_str text, struct pm_mark mark, bool markdown);

struct pm_action_counts { size_t all, done, dropped, open, overdue; };
struct pm_action_counts pm_count_actions(const struct pm_incident *incident, int64_t as_of);
bool pm_metric_known(const struct pm_composer *c, enum pm_metric_id id);
struct pm_str pm_metric_text(struct pm_composer *c, enum pm_metric_id id);
/* How many customers were hurt, as a number, else a share, else requests: value, label and a note. False when nothing is known. */
bool pm_customers(struct pm_composer *c, struct pm_str *value, struct pm_str *label, struct pm_str *note);

/* compose_value.c: where values stand in the source, and how they may be edited. */

/* From here to the end of the block, values stand in an entry of `list`: by its id or, where that is absent, by its number from 1. */
void pm_enter_entry(struct pm_composer *c, const char *list, struct pm_str id, size_t number);
/* The path of a member of the present entry; at the top, the name alone. */
struct pm_str pm_path(struct pm_composer *c, const char *name);
struct pm_str pm_path_join(struct pm_composer *c, struct pm_str path, struct pm_str name);
/* Of a field or a role: "impact.data_loss" as "impact/data_loss". */
struct pm_str pm_variable_path(struct pm_composer *c, const struct pm_variable *v);
/* Gives the node the path and returns it. Both may be absent. */
struct pm_node *pm_set_path(struct pm_node *node, struct pm_str path);
/* The same for all that came to `parent` behind `last` (NULL: all children). */
void pm_set_paths(struct pm_node *parent, const struct pm_node *last, struct pm_str path);
/* Where all children show one value, the node does: their path becomes its own, and in cells their control. */
void pm_lift_path(struct pm_node *node);
/* Controls; NULL where the value is not one of the choices. The choices of one field are made once. */
const struct pm_control *pm_choice_control(struct pm_composer *c, const struct pm_field_def *def, const struct pm_field *field);
const struct pm_control *pm_date_control(struct pm_composer *c, const struct pm_field *field);

/* compose_value.c: values as inlines. */
struct pm_node *pm_add_instant(struct pm_composer *c, struct pm_node *parent, struct pm_str text, pm_instant t, struct pm_mark mark);
struct pm_node *pm_add_date(struct pm_composer *c, struct pm_node *parent, int64_t days, struct pm_mark mark);
struct pm_node *pm_add_link(struct pm_composer *c, struct pm_node *parent, struct pm_str text, struct pm_str url, struct pm_mark mark);
/* The plain text of a member of the present entry; nothing when it is absent. */
struct pm_node *pm_add_member(struct pm_composer *c, struct pm_node *parent, const char *name, const struct pm_field *field);
/* The name of a person, with the accounts where there are any. */
struct pm_person_ref pm_person_ref(struct pm_composer *c, const struct pm_field *person);
struct pm_node *pm_add_person(struct pm_composer *c, struct pm_node *parent, const struct pm_field *person, struct pm_str path);
/* `pattern` with `value` at its {hole}, as an inline of its own, which is returned; NULL where the pattern leaves it out. */
struct pm_node *pm_add_phrase(struct pm_composer *c, struct pm_node *parent, struct pm_str pattern, const char *hole, struct pm_str value,
                              struct pm_mark mark, struct pm_str path);
/* Ids of evidence, joined by commas, linked where the evidence has an address. */
void pm_add_evidence(struct pm_composer *c, struct pm_node *parent, const struct pm_list *ids, struct pm_str path);
/* The same for the evidence of the present entry, as a phrase: "see E1, E2". */
void pm_add_references(struct pm_composer *c, struct pm_node *parent, const struct pm_list *ids);
/* The blocks of a Markdown field. */
void pm_add_markdown(struct pm_composer *c, struct pm_node *parent, const struct pm_field *field, int level, struct pm_str path);
/* A paragraph of details below what they belong to. */
struct pm_node *pm_add_minor(struct pm_composer *c, struct pm_node *parent, struct pm_mark mark);
/* A dot between two pieces of a line; nothing at its start. */
void pm_separate(struct pm_composer *c, struct pm_node *paragraph, struct pm_mark mark);
/* One field by its type; nothing when it is absent. */
void pm_add_value(struct pm_composer *c, struct pm_node *parent, const struct pm_field_def *def, const struct pm_field *field,
                  struct pm_str path);
/* "Kind: Trigger", of a member of the present entry, whose label is that of `name`: "causes.kind". */
void pm_add_labelled(struct pm_composer *c, struct pm_node *parent, const char *name, const struct pm_field_def *def,
                     const struct pm_field *field);
/* Any value of a variable, lists joined by commas, or a word for what is missing. */
void pm_add_variable(struct pm_composer *c, struct pm_node *parent, const struct pm_variable *v);
/* A member of the present entry that may have inline Markdown: as the schema says of `name` in `object`. */
void pm_add_prose(struct pm_composer *c, struct pm_node *parent, const struct pm_object_def *object, const char *name,
                  const struct pm_field *field);
const struct pm_object_def *pm_object_at(const char *field);     /* the definition of a field's elements or members */
const struct pm_field_def *pm_def_at(const char *field, const char *member);

/* A fact; NULL and nothing when the field is absent. */
struct pm_node *pm_add_fact(struct pm_composer *c, struct pm_node *facts, struct pm_str label, struct pm_mark mark);
void pm_add_field_fact(struct pm_composer *c, struct pm_node *facts, const char *object, const char *name, const struct pm_field *field);

/* compose_impact.c: the facts that an impact block may choose from. Ends with NULL. */
extern const char *const pm_impact_facts[];

/* compose_table.c: tables from lists of structs. */
struct pm_table_column {
    const char *key;
    enum pm_word heading;
    struct pm_column column;
    bool (*has)(const void *item);    /* NULL: always shown; else shown when any item has it */
    void (*fill)(struct pm_composer *c, struct pm_node *cell, const void *item);   /* paths are of the present entry */
};
#define PM_MAX_COLUMNS 12
struct pm_table { struct pm_node *node; const struct pm_table_column *columns[PM_MAX_COLUMNS]; size_t count; };

/* Pointers to the elements of a list, in the arena. */
const void **pm_pointers(struct pm_composer *c, const struct pm_list *list, size_t size);
/* The table with its header row. `chosen` (may be NULL) names the columns and their order. */
void pm_table_begin(struct pm_composer *c, struct pm_node *parent, const struct pm_table_column *columns, size_t column_count,
                    const struct pm_yaml *chosen, const void **items, size_t item_count, struct pm_mark mark, struct pm_table *out);
struct pm_node *pm_table_row(struct pm_composer *c, const struct pm_table *table, const void *item, struct pm_mark mark);
/* A list of structs that begin with a pm_object. */
struct pm_entries {
    const char *path;
    const struct pm_list *list;
    size_t size;
    struct pm_str (*id)(const void *item);   /* NULL: its entries have none */
};
/* All of it for a list, entering each entry. */
void pm_table_of(struct pm_composer *c, struct pm_node *parent, const struct pm_table_column *columns, size_t column_count,
                 const struct pm_entries *entries);

#define PM_COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
