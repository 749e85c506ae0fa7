/* Base64 (RFC 4648, section 4), by nettle. */
#ifndef PM_BASE64_H
#define PM_BASE64_H

#include "base/buf.h"

/* Appends the bytes as digits with padding. line: how many digits a line feed follows, a multiple of 4; 0: none, all on one line. */
void pm_base64(struct pm_buf *out, struct pm_str bytes, size_t line);

/* Appends the bytes that the digits stand for; white space between them is passed over. False: they are no Base64, or `out` failed. */
bool pm_base64_decode(struct pm_buf *out, struct pm_str digits);

#endif
