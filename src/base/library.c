#include "base/library.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

static bool fail(const char *file, char *failure, size_t room)
{
    const char *why = dlerror();
    snprintf(failure, room, "%s", why ? why : file);
    return false;
}

bool pm_library_load(const char *file, const char *const *names, size_t count, void **functions, char *failure, size_t room)
{
    void *library = dlopen(file, RTLD_LAZY | RTLD_LOCAL);
    if (!library)
        return fail(file, failure, room);
    for (size_t i = 0; i < count; i++) {
        functions[i] = dlsym(library, names[i]);
        if (functions[i])
            continue;
        fail(file, failure, room);
        memset(functions, 0, count * sizeof *functions);
        dlclose(library);
        return false;
    }
    return true;
}
