/* The three-way merge of an edited artefact: base is the incident it was made from, ours is what an artefact made from that shows, theirs
 * is what the artefact at hand shows. Where ours and theirs differ, somebody has edited: the shown text becomes a value again, of the
 * field's type and spelling, and an edit of the source (patch.h).
 *
 * Whoever reads a format fills two lists of struct pm_shown_value, by one and the same way of reading: first from the artefact that is
 * rendered from the source (or from the document tree), then from the artefact at hand. What both lack is no change. */
#ifndef PM_MERGE_H
#define PM_MERGE_H

#include "document/show.h"
#include "recover/patch.h"

struct pm_shown_value {
    /* As pm_node.path has it. Values of a row or bullet that came new have one made-up entry name, which begins with '+':
     * "action_items/+1/item", "action_items/+1/due", "lessons/lucky/+2". A row in whose id cell somebody wrote an id has that:
     * "action_items/AI-9/item". The cell with the id itself need not be there: names of entries count. Absent: text that belongs to no
     * value of the source; it matters when ours has no such text. */
    struct pm_str path;
    struct pm_str text;       /* as shown; several blocks are apart by an empty line. Empty: shown, and nothing in it */
    bool markdown;            /* text is Markdown, made from the formatting that is found; else plain text */
    bool canonical;           /* text is in the spelling of patch.h, as controls and typed cells have it: "in_progress", "2026-12-01" */
    struct pm_str place;      /* for people: "table 2, row 3", "Action items!F7", "page 4"; may be absent */
};

struct pm_shown { const struct pm_shown_value *values; size_t count; };   /* in the order of the artefact; a path may come again */

struct pm_merge_options {
    const struct pm_language *language;   /* of the template by which ours was made; NULL: English */
    bool deletions;                       /* entries and values that are gone from the artefact are removed; else reported */
};

enum pm_change_kind {
    PM_CHANGE_SET,        /* before -> after */
    PM_CHANGE_CLEARED,    /* before -> nothing: it was shown, and empty */
    PM_CHANGE_ADDED,      /* a new entry; after: what it says */
    PM_CHANGE_REMOVED,    /* an entry or a value is gone and was removed */
    PM_CHANGE_MISSING,    /* an entry or a value is gone and stays, without `deletions` */
    PM_CHANGE_UNPLACED,   /* a text that could not be read or placed, kept under x-unplaced (x-unplaced-texts where that is no list) */
    PM_CHANGE_CONFLICT    /* pm_merge_onto(): the newer incident has another value; newer: that value, mark: its place */
};

struct pm_change {
    enum pm_change_kind kind;
    struct pm_str where;      /* "action_items[AI-3].status"; empty where there is none */
    struct pm_str before, after, newer;   /* in canonical spelling */
    struct pm_str place;      /* in the artefact */
    struct pm_mark mark;      /* in the source, or of a conflict in the newer incident; line 0: none */
    const char *reason;       /* or NULL */
    size_t edit;              /* index of its edit, or PM_NO_EDIT */
};

#define PM_NO_EDIT ((size_t)-1)

struct pm_merge {
    struct pm_edit *edits;
    size_t edit_count;
    struct pm_change *changes;    /* in the order of the artefact: what differs, what is new, what is loose, what is gone */
    size_t change_count;
    bool conflicts;               /* nothing may be written */
    struct pm_arena *arena;
    size_t edit_cap, change_cap;
};

/* Finds the edits. A row that was moved is no change. Texts are equal when they are after normalisation: NFC, runs of white space and
 * no-break spaces as one space, no soft hyphens and zero-width characters; typographic quotes, dashes and ellipses equal their plain forms.
 * PM_OK also where something was left unplaced; PM_NOMEM. Everything lives in `arena`; `base`, `ours` and `theirs` must outlive it. */
enum pm_status pm_merge(const struct pm_incident *base, const struct pm_shown *ours, const struct pm_shown *theirs,
                        const struct pm_merge_options *options, struct pm_arena *arena, struct pm_merge *out);

/* Turns the edits of `merge`, which are of `base`, into edits of `newer`, a later version of the same incident: where the newer value is
 * the old one, the edit stays; where it is already the new one, the edit goes; else it is a conflict. Entries are found by id, those
 * without written ids by their texts. */
enum pm_status pm_merge_onto(struct pm_merge *merge, const struct pm_incident *base, const struct pm_incident *newer);

/* Makes the edits in `incident`: that of pm_merge(), or the newer one after pm_merge_onto(). An edit that cannot be made becomes an entry
 * of x-unplaced. With conflicts nothing is written and PM_INVALID is returned; so it is, with the rest written, where even that could not
 * be kept. */
enum pm_status pm_merge_apply(struct pm_merge *merge, const struct pm_incident *incident, struct pm_buf *out);

/* A line a change: "report.docx: action_items[AI-3].status: open → done\n"; a conflict: "NEWER:12:3: error: ..." with both values and
 * places. `artefact` and `newer` are file names; newer is used for conflicts alone. */
void pm_merge_text(const struct pm_merge *merge, const char *artefact, const char *newer, struct pm_buf *out);

/* An array of objects: kind, where, before, after, newer, place, reason, line, column; absent ones are left out. */
void pm_merge_json(const struct pm_merge *merge, struct pm_buf *out);

/* The text as it is compared, into the arena. */
struct pm_str pm_shown_normalise(struct pm_str text, struct pm_arena *arena);

#endif
