/* The incidents of streams, read by threads ahead of the one that works on them.
 *
 * Documents are put in, and come back in the same order and in the thread that put them in, by a function that it names. A short stream
 * is read as it is taken: threads begin when there is enough for them. What is under way is bounded: it takes some MiB of memory where
 * incidents are of usual size. */
#ifndef PM_AHEAD_H
#define PM_AHEAD_H

#include "base/diag.h"
#include "incident/incident.h"

#include <stdbool.h>
#include <stdint.h>

/* A document, and what reading it gave. */
struct pm_parsed {
    struct pm_str bytes;
    uint32_t line;                 /* of its first byte */
    enum pm_status status;         /* as of pm_incident_read(); PM_LIMIT: not read, since it is too large */
    struct pm_incident *incident;  /* may be NULL whatever the status */
    struct pm_diags diags;         /* the one who takes it may add and empty */
};

/* Works on a document, which is gone when it returns. False: no other is wanted. */
typedef bool pm_take_parsed(void *context, struct pm_parsed *document);

struct pm_ahead {
    struct pm_read_options options;
    pm_take_parsed *take;
    void *context;
    const char *file;              /* of the stream, for messages */
    bool any;                      /* document of the stream */
    bool over;                     /* take() wants no other */
    struct pm_crew *crew;          /* NULL until it is needed */
};

/* Nothing to fail. `take` is called by pm_ahead_add() and pm_ahead_finish(). */
void pm_ahead_init(struct pm_ahead *a, bool lenient, pm_take_parsed *take, void *context);
void pm_ahead_free(struct pm_ahead *a);

/* A new stream; the one before is finished. `file` is not owned. */
void pm_ahead_begin(struct pm_ahead *a, const char *file);

/* A document as pm_stream_next() gave it, with its status: PM_OK or PM_LIMIT. Its bytes are copied. */
void pm_ahead_add(struct pm_ahead *a, struct pm_str bytes, uint32_t line, enum pm_status found);

/* All documents that were put in have been taken when it returns, but where take() wanted no other. */
void pm_ahead_finish(struct pm_ahead *a);

#endif
