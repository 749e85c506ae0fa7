/* UTF-8, strict: no surrogates, no overlong forms, nothing above U+10FFFF. */
#ifndef PM_UTF8_H
#define PM_UTF8_H

#include "base/str.h"

#include <stdint.h>

#define PM_UTF8_BAD 0xFFFFFFFFu

/* The code point at *at, which moves behind it; at a malformed byte PM_UTF8_BAD, and *at moves by one.
 * *at < s.n is required. */
uint32_t pm_utf8_next(struct pm_str s, size_t *at);

/* Writes the 1 to 4 bytes of `cp` and returns how many. */
size_t pm_utf8_put(char out[4], uint32_t cp);

/* Where from `at` on the first byte stands that is neither printable ASCII nor a line feed, or s.n: checks of characters may pass over
 * what is before it, and most texts have nothing else. */
size_t pm_utf8_plain(struct pm_str s, size_t at);

/* Offset of the first malformed byte, or s.n. */
size_t pm_utf8_check(struct pm_str s);

/* Code points in s, malformed bytes counted one each. */
size_t pm_utf8_length(struct pm_str s);

/* The longest prefix of at most `n` code points. */
struct pm_str pm_utf8_prefix(struct pm_str s, size_t n);

/* A character that XML 1.0 (section 2.2) allows. */
bool pm_utf8_xml_legal(uint32_t cp);

/* Of a script that is written without spaces between words, such as Chinese; Korean has them. */
bool pm_utf8_is_unspaced(uint32_t cp);

/* UTF-16BE without mark into out (room for 2 * s.n bytes); returns bytes written. */
size_t pm_utf8_to_utf16be(struct pm_str s, unsigned char *out);

#endif
