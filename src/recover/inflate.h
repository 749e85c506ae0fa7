/* Deflated bytes of which nobody knows what they become. */
#ifndef PM_INFLATE_H
#define PM_INFLATE_H

#include "base/buf.h"

/* Appends what the zlib stream (RFC 1950) holds. PM_LIMIT: at some place, beyond 4 MiB, that is more than a hundred times of what was read
 * so far, or more than `out` can hold. PM_INVALID: it is damaged. PM_NOMEM. */
enum pm_status pm_inflate(struct pm_str packed, struct pm_buf *out);

#endif
