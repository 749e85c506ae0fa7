/* Artefacts as inputs: what is no YAML is handed to pmread(1), a process of its own that gives up its rights, and its YAML is read. */
#ifndef PM_ARTEFACT_H
#define PM_ARTEFACT_H

#include "base/str.h"
#include "filter.h"

#include <stdio.h>
#include <sys/types.h>

struct pm_artefact_reader {
    FILE *yaml;                /* what it writes */
    pid_t child;
};

/* Starts it on the input at `path` ("-": standard input), of which `file` has given the bytes `start` so far. False: it cannot be run, and errno
 * says why. It is looked for beside the program that runs, then in PATH. */
bool pm_artefact_begin(struct pm_artefact_reader *reader, const struct pm_session *session, const char *path, FILE *file, struct pm_str start);

/* Its exit status, or -1 when a signal ended it. What it has to say it has said. */
int pm_artefact_end(struct pm_artefact_reader *reader);

#endif
