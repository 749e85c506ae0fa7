/* The command line of a program. */
#ifndef PM_OPTIONS_H
#define PM_OPTIONS_H

#include "filter.h"

/* Fills the session's options; *first is the index of the first input in argv. Returns false when the program is to end now, with *code. */
bool pm_options_read(struct pm_session *session, int argc, char **argv, int *first, int *code);

#endif
