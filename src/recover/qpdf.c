#include "recover/qpdf.h"

#ifdef PM_QPDF_LIBRARY

#include "base/library.h"

#include <string.h>

struct pm_qpdf pm_qpdf;

/* In the order of the members of struct pm_qpdf, which has nothing else. */
static const char *const names[] = {
#define NAME(name) #name,
    PM_QPDF_FUNCTIONS(NAME)
#undef NAME
};
enum { COUNT = sizeof names / sizeof *names };

_Static_assert(sizeof(struct pm_qpdf) == COUNT * sizeof(void *), "a pointer to a function is as large as one to an object (POSIX)");

bool pm_qpdf_load(void)
{
    static bool loaded;
    char failure[256];
    void *found[COUNT];
    if (!loaded) {
        loaded = pm_library_load(PM_QPDF_LIBRARY, names, COUNT, found, failure, sizeof failure);
        if (loaded)
            memcpy(&pm_qpdf, found, sizeof found);
    }
    return loaded;
}

#else

bool pm_qpdf_load(void)
{
    return true;
}

#endif
