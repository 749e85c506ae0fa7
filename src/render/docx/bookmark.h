/* Names by which a value of the source is found again in a DOCX file: bookmarks, and tags of content controls.
 *
 * A bookmark's name has letters, digits and '_' only, begins with a letter, has at most 40 characters and is unique without regard to
 * case, so that most paths cannot be names as they are. The rule:
 *
 *   pm_PATH             of the file's first document, a path of small letters, digits and single '_' that has at most 37 characters:
 * "pm_summary" pm_START__HASH      any other: START is the path with every run of other characters as one '_', cut to 25; HASH ten
 * hexadecimal digits of the key's hash (pm_str_hash, 40 bits): "pm_timeline_T3_event__8c0f3a2b91"
 *
 * The key is the path; for the n-th document of a file, n > 1, "n:" in front of it; for a path shown again, "~n" behind it, n the number of
 * that place, from 2. Sections have the path "#ID", the documents themselves "#". */
#ifndef PM_BOOKMARK_H
#define PM_BOOKMARK_H

#include "base/str.h"

enum { PM_BOOKMARK_SIZE = 41, PM_TAG_SIZE = 65 };

/* document and place count from 1. */
void pm_docx_bookmark(struct pm_str path, size_t document, size_t place, char out[PM_BOOKMARK_SIZE]);

/* The tag of a content control: "pm:/PATH", in the n-th document, n > 1, "pm:n/PATH". Where that has more than 64 bytes, or a byte that is
 * not ASCII, "#" and sixteen hexadecimal digits, the hash of the path, stand for it: "pm:/#0123456789abcdef". */
void pm_docx_tag(struct pm_str path, size_t document, char out[PM_TAG_SIZE]);

#endif
