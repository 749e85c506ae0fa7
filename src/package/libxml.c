#include "package/libxml.h"

#ifdef PM_LIBXML_LIBRARY

#include "base/library.h"

#include <string.h>

struct pm_libxml pm_libxml;

/* In the order of the members of struct pm_libxml, which has nothing else. */
static const char *const names[] = {
#define NAME(name) #name,
    PM_LIBXML_FUNCTIONS(NAME)
#undef NAME
};
enum { COUNT = sizeof names / sizeof *names };

_Static_assert(sizeof(struct pm_libxml) == COUNT * sizeof(void *), "a pointer to a function is as large as one to an object (POSIX)");

bool pm_libxml_load(void)
{
    static bool loaded;
    char failure[256];
    void *found[COUNT];
    if (!loaded) {
        loaded = pm_library_load(PM_LIBXML_LIBRARY, names, COUNT, found, failure, sizeof failure);
        if (loaded)
            memcpy(&pm_libxml, found, sizeof found);
    }
    return loaded;
}

#else

bool pm_libxml_load(void)
{
    return true;
}

#endif
