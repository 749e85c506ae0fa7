#include "render/pdf/harfbuzz.h"

#include <stddef.h>

#ifdef PM_HARFBUZZ_LIBRARY

#include "base/library.h"

#include <string.h>

struct pm_harfbuzz pm_harfbuzz;

static char failure[256];      /* empty: none */

/* In the order of the members of struct pm_harfbuzz, which has nothing else. */
static const char *const names[] = {
#define NAME(name) #name,
    PM_HARFBUZZ_FUNCTIONS(NAME)
#undef NAME
};
enum { COUNT = sizeof names / sizeof *names };

_Static_assert(sizeof(struct pm_harfbuzz) == COUNT * sizeof(void *), "a pointer to a function is as large as one to an object (POSIX)");

static bool load(void)
{
    void *found[COUNT];
    bool loaded = pm_library_load(PM_HARFBUZZ_LIBRARY, names, COUNT, found, failure, sizeof failure);
    if (loaded)
        memcpy(&pm_harfbuzz, found, sizeof found);
    return loaded;
}

bool pm_harfbuzz_load(void)
{
    static bool tried, loaded;
    if (!tried)
        loaded = load();
    tried = true;
    return loaded;
}

const char *pm_harfbuzz_error(void)
{
    return failure[0] ? failure : NULL;
}

#else

bool pm_harfbuzz_load(void)
{
    return true;
}

const char *pm_harfbuzz_error(void)
{
    return NULL;
}

#endif
