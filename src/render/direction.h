/* Which way text runs: a small part of the bidirectional algorithm (UAX 9), enough to say it to a program that has all of it. */
#ifndef PM_DIRECTION_H
#define PM_DIRECTION_H

#include "base/str.h"

enum pm_direction { PM_DIRECTION_NONE, PM_DIRECTION_LTR, PM_DIRECTION_RTL };

/* Of the first character that has one (rule P2); NONE: there is none. */
enum pm_direction pm_direction_of(struct pm_str text);

/* Of a language, by its tag: "ar", "he-IL". */
enum pm_direction pm_direction_of_language(struct pm_str lang);

/* The end of the run that begins at `at`, all of one direction, which is put into *direction. What has none joins a run whose direction it
 * stands inside of, else it goes with the paragraph's. */
size_t pm_direction_run(struct pm_str text, size_t at, enum pm_direction paragraph, enum pm_direction *direction);

#endif
