/* A post-mortem that people wrote in Markdown, as a canonical incident.
 *
 * Headings, labels and columns are recognised by the names that are usual for them (names.c), in any order and at any level; times and
 * dates by the spellings of when.h. What no field takes stays as a section or in x-import: no word of the input is lost, since words that
 * no value has are counted at the end (account.h) and the lines that they stand in are kept as they were written.
 *
 * What the format requires and the document does not have is set from what evidence there is (title, file name, first time), else made
 * up: severity sev3, started_at 1970-01-01 00:00, id INC-unknown. Each of the latter is a warning and is listed in x-import.made_up. */
#ifndef PM_IMPORT_H
#define PM_IMPORT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"

/* What was taken for what: "LINE: what" in the order of the document. */
struct pm_import_note {
    uint32_t line;
    const char *text;
    struct pm_import_note *next;
};

struct pm_import_options {
    struct pm_str name;    /* of the file, for an id, a title and a date; absent: none */
    struct pm_str zone;    /* of times without one; absent: UTC */
    bool wants_notes;
};

struct pm_import {
    struct pm_str yaml;                          /* the canonical form */
    struct pm_import_note *notes, *last_note;    /* when wanted */
};

/* `arena` takes all that it makes, `out` included; diags the warnings. PM_INVALID when the input cannot be an incident at all (diags say
 * why), PM_NOMEM. */
enum pm_status pm_import_markdown(struct pm_str source, const struct pm_import_options *options, struct pm_arena *arena,
                                  struct pm_diags *diags, struct pm_import *out);

#endif
