#define _DEFAULT_SOURCE   /* madvise() and sbrk() */
#include "memory.h"

#include <stdint.h>
#include <stdlib.h>
#ifdef __linux__
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>
#endif

enum { MIB = 1 << 20 };

void pm_keep_memory(void)
{
#ifdef __GLIBC__
    mallopt(M_TRIM_THRESHOLD, 64 * MIB);
#endif
}

/* Memory comes page by page, which costs more than what is done in it: of one report a sixth of the time, of a batch a
 * seventh, since what one incident gave back the next one asks for. So glibc keeps what it has, and the heap begins where
 * its first megabytes, which one report needs, can come as one huge page where the system has those: behind a page for
 * what malloc writes before the system is told. */
void pm_prepare_memory(void)
{
#if defined __GLIBC__ && defined MADV_HUGEPAGE
    enum { HUGE_PAGE = 2 * MIB, PAGE = 4096 };
    pm_keep_memory();
    mallopt(M_MMAP_THRESHOLD, 1 * MIB);
    mallopt(M_TOP_PAD, 2 * HUGE_PAGE);
    size_t past = ((uintptr_t)sbrk(0) + PAGE) % HUGE_PAGE;
    if (past > 0)
        sbrk((intptr_t)(HUGE_PAGE - past));
    char *start = sbrk(0);
    void *volatile first = malloc(1);   /* the heap grows now; volatile, or the compiler sees that nobody wants it */
    char *end = sbrk(0);
    free(first);
    mallopt(M_TOP_PAD, MIB / 8);
    if (end > start + PAGE)
        madvise(start + PAGE, (size_t)(end - start) - PAGE, MADV_HUGEPAGE);   /* refused is as well */
#endif
}

void pm_release_memory(void)
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}
