/* SHA-256 (FIPS 180-4). */
#ifndef PM_SHA256_H
#define PM_SHA256_H

#include "base/str.h"

/* The hash of some bytes as 64 hexadecimal digits and a NUL. */
void pm_sha256(struct pm_str bytes, char out[65]);

#endif
