/* Edits put into the text of an incident: the bytes that stand for the old value are replaced, and everything else, comments, order and
 * quoting, stays as it is, byte for byte.
 *
 * A path names a value as documents do (pm_node.path): "summary", "impact/data_loss", "timeline/T3/event", "lessons/went_well/2",
 * "five_whys/1/2/answer", "roles/incident_commander", "people/ana/name", "glossary/SLO". An entry of a list is named by its id, written or
 * by position, or by its number from 1. A list of scalars is a value too: "authors", "action_items/AI-3/causes".
 *
 * Texts are in canonical spelling: dates YYYY-MM-DD, enumerations by their words, numbers in digits with a point. Instants are RFC 3339,
 * or a local time; they are written in the form that the old value had, or its neighbours: local stays local, and a bare HH:MM stays bare
 * where the day allows. Times of the timeline that hang on an edited one and would move with it get their day written out. */
#ifndef PM_PATCH_H
#define PM_PATCH_H

#include "incident/incident.h"

enum pm_edit_kind {
    PM_EDIT_SET,       /* the value at `path` becomes `text`, a list of scalars the texts of `members`; a key that is absent is made */
    PM_EDIT_CLEAR,     /* the value at `path` goes, with its key and the comments above it */
    PM_EDIT_ADD,       /* the list at `path` gets an entry: of objects with `members`, of scalars `text`; a list that is absent is made */
    PM_EDIT_REMOVE     /* the entry at `path` of a list goes, with its comments; with the last one, the list */
};

/* A value of a new entry: "item", "tracker/key"; in a list of scalars the name is absent. */
struct pm_member { struct pm_str name, text; };

struct pm_edit {
    enum pm_edit_kind kind;
    struct pm_str path;
    struct pm_str text;
    const struct pm_member *members;
    size_t member_count;
    bool placed;             /* ADD: behind the entry `after`, or in front of all when that is empty; else at the end */
    struct pm_str after;     /* id or number */
    /* set by pm_patch() */
    struct pm_str id;        /* ADD of an object: that of the new entry, where its list has ids */
    const char *failure;     /* why the edit was not made; NULL: it was */
};

/* Makes the edits in `incident`, which was read without an error, and appends the new document to `out`. All edits are of the incident as
 * it is: numbers of entries do not change by edits that come before. Two edits of one value: the second fails.
 *
 * The result is read again: it has the intended values, and no other value differs from before. An edit for which that does not hold has
 * `failure` set, as has one whose path names nothing or whose text is not of the type, and is left out; then PM_INVALID is returned, and
 * `out` has the others. With no edit made, `out` has the source's bytes. PM_NOMEM, PM_LIMIT: `out` has nothing.
 * A list under a key of the root that begins with "x-" takes ADD too. Failures and ids live in `arena`. */
enum pm_status pm_patch(const struct pm_incident *incident, struct pm_edit *edits, size_t count, struct pm_arena *arena,
                        struct pm_buf *out);

#endif
