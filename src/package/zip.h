/* ZIP files in memory, by libzip; deflated by libdeflate.
 *
 * What is written depends on nothing but the names and bytes: every entry has the date 1980-01-01, no attributes and no extra fields, and is
 * deflated at level 6. What is read is not believed: libzip compares the directory with the entries, which here must be neither encrypted
 * nor packed in another way than by deflate, and inflate to exactly the size that they declare. */
#ifndef PM_ZIP_H
#define PM_ZIP_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/status.h"
#include "base/str.h"

/* ---- writing ---- */

struct zip;
struct zip_source;
struct libdeflate_compressor;

struct pm_zip {
    struct pm_buf *out;
    struct zip *archive;      /* libzip's; NULL after a failure */
    struct zip_source *memory;
    struct libdeflate_compressor *deflater;
    enum pm_status status;
};

void pm_zip_begin(struct pm_zip *zip, struct pm_buf *out);
void pm_zip_add(struct pm_zip *zip, struct pm_str name, struct pm_str bytes);   /* nothing is needed afterwards */
/* Appends the file to `out` and gives everything back. PM_NOMEM; PM_LIMIT: more than `out` can hold. */
enum pm_status pm_zip_end(struct pm_zip *zip);

/* ---- reading ---- */

struct pm_zip_entry { struct pm_str name, bytes; };   /* the name as it stands there; behind the bytes is a NUL */

/* All entries but folders, inflated, in the order of the directory. PM_INVALID or PM_LIMIT (more than `most` entries or `most_bytes` inflated)
 * with *why for a message; PM_NOMEM. */
enum pm_status pm_zip_read(struct pm_str file, size_t most, size_t most_bytes, struct pm_arena *arena, struct pm_zip_entry **entries,
                           size_t *count, const char **why);

#endif
