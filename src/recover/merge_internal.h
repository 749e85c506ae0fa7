/* What the files of the merge share. Private to merge*.c. */
#ifndef PM_MERGE_INTERNAL_H
#define PM_MERGE_INTERNAL_H

#include "incident/schema.h"
#include "recover/ids.h"
#include "recover/merge.h"

/* What a path names in an incident. */
struct pm_value {
    const struct pm_field_def *def;     /* of the field, of its list, or of roles, people, glossary; NULL: the path names nothing */
    enum pm_type type;                  /* PM_T_LIST: of scalars */
    enum pm_type item;                  /* of PM_T_LIST */
    const struct pm_field *field;       /* of a scalar; NULL when absent */
    const struct pm_field *implied;     /* the same, or what stands for it where it is absent: a default; NULL when there is none */
    const struct pm_list *list;         /* of PM_T_LIST; NULL when absent */
    struct pm_mark mark;                /* of what is there */
    struct pm_str where;                /* "action_items[AI-3].status" */
};

/* An entry of a list that a path goes through: its innermost one. */
struct pm_entry_path {
    const struct pm_field_def *list;    /* NULL: none */
    struct pm_str list_path, name, rest;   /* "action_items", "AI-3", "tracker/key"; rest is empty for an entry of scalars */
    bool scalars;
};

/* An incident in which values are looked up. */
struct pm_finder { const struct pm_incident *in; struct pm_ids ids; };

void pm_finder_init(struct pm_finder *f, const struct pm_incident *in, struct pm_arena *arena);

/* merge_find.c. False when there is no such value; then *out still has `where`. */
bool pm_value_find(struct pm_finder *f, struct pm_str path, struct pm_arena *arena, struct pm_value *out);
/* By the schema alone, whether or not there is such an entry. */
bool pm_entry_split(struct pm_str path, struct pm_entry_path *out);
/* The number of an entry from 1, by id or number; 0 when the list has none of that name. */
size_t pm_entry_number(struct pm_finder *f, const struct pm_entry_path *entry);
/* The list that holds the entries, and their size; NULL when it is absent. */
const struct pm_list *pm_entry_list(const struct pm_incident *in, struct pm_str list_path, const struct pm_field_def **def);
/* The text by which people know an entry: its first required prose. */
struct pm_str pm_entry_text(const struct pm_list *list, const struct pm_field_def *def, size_t number);

struct pm_merger {
    const struct pm_incident *base;
    struct pm_finder find;              /* in base */
    struct pm_named *names;             /* of people, sorted; made when they are asked for */
    const struct pm_shown *ours, *theirs;
    const struct pm_merge_options *options;
    struct pm_language english;
    const struct pm_language *language;
    struct pm_arena *arena;
    struct pm_merge *out;
    struct pm_shown_group *groups;      /* by path, sorted */
    size_t group_count;
};

/* What both sides show of one path, in the order of the artefact. */
struct pm_shown_group {
    struct pm_str path;
    const struct pm_shown_value **ours, **theirs;
    size_t our_count, their_count;
    size_t order;                       /* of the first in theirs; of the first in ours where theirs has none */
    bool done;
};

/* merge_value.c: what is shown as a value of its type. */
enum pm_reading { PM_READ_VALUE, PM_READ_NOTHING, PM_READ_SAME, PM_READ_FAILED };
struct pm_read_value {
    struct pm_str text;                 /* canonical */
    const struct pm_member *members;    /* of a list */
    size_t member_count;
    const char *failure;
};
/* `ours` is NULL where nothing was shown before. */
enum pm_reading pm_read_shown(struct pm_merger *m, const struct pm_value *value, const struct pm_shown_value *ours,
                              const struct pm_shown_value *theirs, struct pm_read_value *out);

/* merge_time.c: dates and instants as people write them. */
bool pm_shown_date(const struct pm_language *language, struct pm_str text, struct pm_arena *arena, int64_t *days);
/* `day`: where the text has none, in days; has_day false: then bare is set and *out is the time as HH:MM[:SS]. */
struct pm_shown_instant { bool has_day, bare; int64_t day; struct pm_str zone; struct pm_arena *arena; };
bool pm_shown_instant(const struct pm_language *language, struct pm_str text, struct pm_shown_instant *in, struct pm_str *out);
bool pm_shown_duration(const struct pm_language *language, struct pm_str text, struct pm_arena *arena, int64_t *seconds);

/* merge_prose.c: an edit of what is shown, put into the text of the source. */
struct pm_str pm_merge_prose(struct pm_str base, const struct pm_shown_value *ours, const struct pm_shown_value *theirs, enum pm_type type,
                             struct pm_arena *arena);

/* merge_entries.c */
void pm_merge_new_entries(struct pm_merger *m);
void pm_merge_missing(struct pm_merger *m);

/* merge.c */
struct pm_edit *pm_merge_add_edit(struct pm_merge *merge, enum pm_edit_kind kind, struct pm_str path);
struct pm_change *pm_merge_add_change(struct pm_merge *merge, enum pm_change_kind kind, struct pm_str where, struct pm_str place);
/* An edit and a change for a text that cannot be placed. */
void pm_merge_unplaced(struct pm_merge *merge, struct pm_str where, struct pm_str text, struct pm_str place, const char *reason);
/* The value as people read it in a report of changes: list items joined by commas. */
struct pm_str pm_value_text(const struct pm_value *value, struct pm_arena *arena);
/* The bytes of a buffer in the arena, which fails where the buffer has; frees the buffer. */
struct pm_str pm_merge_take(struct pm_buf *b, struct pm_arena *arena);
struct pm_str pm_members_text(const struct pm_member *members, size_t count, struct pm_arena *arena);

#endif
