/* Dates in a text, as reports show them: "24 Nov 2026", "Nov 24, 2026", "24. November 2026". */
#ifndef PM_DATES_H
#define PM_DATES_H

#include "document/words.h"

#include <stdint.h>

enum { PM_MOST_DATES = 256 };

struct pm_dates { int64_t days[PM_MOST_DATES]; size_t count; };   /* sorted, each once */

/* Adds those of the text with the months of the language; of more than there is room for, the first. */
void pm_dates_in(struct pm_str text, const struct pm_language *language, struct pm_dates *dates);
bool pm_dates_have(const struct pm_dates *dates, int64_t days);

#endif
