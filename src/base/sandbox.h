/* What a process may still do before it parses bytes that nobody vouches for: nothing but work in memory and write to what is open. */
#ifndef PM_SANDBOX_H
#define PM_SANDBOX_H

#include <stddef.h>

struct pm_sandbox {
    const char *output;       /* a file that may still be made or written, in its folder; NULL: none is opened any more */
    const char *reading;      /* a folder whose files may still be read; NULL: none */
    size_t memory;            /* bytes of heap and maps, what is taken already included */
    unsigned seconds;         /* of processor time, what has passed already included */
};

/* For the rest of the process, as far as the kernel has it: no file is opened, made or removed, no address connected to or bound
 * (Landlock, from Linux 5.13 on; addresses from 6.7), no privilege gained by running a program; limits of memory, time and open files
 * (setrlimit()). What the kernel lacks is left out. Libraries must be loaded before. In a program built with a sanitizer nothing is done,
 * since it looks at files when the program ends. */
void pm_sandbox_enter(const struct pm_sandbox *sandbox);

#endif
