/* Text that grows without end and is deflated when it is long: what there is of it is short in memory. */
#ifndef PM_SPOOL_H
#define PM_SPOOL_H

#include "base/buf.h"
#include "package/deflate.h"
#include "package/zip.h"

enum { PM_SPOOL_PLAIN = 1 << 16 };   /* bytes that are not worth a stream of their own */

struct pm_spool {
    struct pm_buf text;               /* not deflated yet; append to it, then pm_spool_pass() */
    struct pm_deflater *deflater;     /* NULL: all is in text */
    int level;                        /* of deflate; 0: never */
    enum pm_status status;
};

void pm_spool_init(struct pm_spool *s, int level);
void pm_spool_free(struct pm_spool *s);
/* Deflates the text when there is enough of it. */
void pm_spool_pass(struct pm_spool *s);

/* A part of an entry: plain text, or, when it is not NULL, all that is in a spool, which is emptied. */
struct pm_spool_part { struct pm_str text; struct pm_spool *spool; };

/* Adds an entry that consists of the parts, at most 8. */
enum pm_status pm_spool_zip(struct pm_zip *zip, struct pm_str name, const struct pm_spool_part *parts, size_t count, int level);

#endif
