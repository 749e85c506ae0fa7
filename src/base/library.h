/* A shared library that is loaded when it is first needed: some bring so many others with them that loading takes longer than the work of
 * a run that can do without. */
#ifndef PM_LIBRARY_H
#define PM_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

/* Loads the library of this file name, for the rest of the program, and finds `count` functions by their names; functions[] gets their
 * addresses, all or none. False: `failure`, of `room` bytes, says why. */
bool pm_library_load(const char *file, const char *const *names, size_t count, void **functions, char *failure, size_t room);

#endif
