/* Normalization Form C (Unicode Standard Annex 15): letters and their marks as one character where there is one. What is shown is the
 * same; the Web's documents are in this form (W3C, Character Model for the World Wide Web: String Matching). */
#ifndef PM_NFC_H
#define PM_NFC_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

/* True for most characters: those that text in any form may have anywhere. Text of such alone is in Form C. */
bool pm_nfc_is_settled(uint32_t cp);

/* The text in Form C, appended to `room`; a malformed byte as U+FFFD. */
void pm_nfc(struct pm_buf *room, struct pm_str text);

/* True when the text is in Form C. *status takes on PM_NOMEM; then the answer is false. */
bool pm_nfc_is(struct pm_str text, enum pm_status *status);

#endif
