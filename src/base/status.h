/* The outcome of every fallible function of the library. */
#ifndef PM_STATUS_H
#define PM_STATUS_H

enum pm_status {
    PM_OK = 0,
    PM_INVALID,     /* the input is at fault; the diagnostics say where */
    PM_LIMIT,       /* the input is larger than a limit of limits.h */
    PM_NOMEM,       /* memory ran out; nothing was produced */
    PM_IO,          /* reading or writing failed; errno says why */
    PM_UNSUPPORTED  /* a library or the system lacks what is asked for */
};

#endif
