/* A progress bar on standard error, when that is a terminal and the work takes long. */
#ifndef PM_PROGRESS_H
#define PM_PROGRESS_H

#include <stddef.h>

/* total: bytes to read, 0 when not known (a pipe). */
void pm_progress_start(const char *name, size_t total);

/* `done` bytes and `incidents` so far; draws at most ten times a second, from half a second on. */
void pm_progress_step(size_t done, size_t incidents);

/* Wipes the bar, before a message or at the end. */
void pm_progress_wipe(void);

#endif
