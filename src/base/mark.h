/* A place in a source file. */
#ifndef PM_MARK_H
#define PM_MARK_H

#include <stdint.h>

struct pm_mark {
    uint32_t line;    /* from 1; 0: no place */
    uint32_t col;     /* from 1, in code points */
    uint32_t offset;  /* bytes from the start of the document's bytes */
};

#endif
