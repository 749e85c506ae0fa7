/* ZIP files in memory, by libzip; deflated by libdeflate.
 *
 * What is written depends on nothing but the names and bytes: every entry has the date 1980-01-01, no attributes and no extra fields, and
 * is deflated at level 6, unless another is asked for. What is read is not believed: libzip compares the directory with the entries, which
 * here must be neither encrypted nor packed in another way than by deflate, and inflate to exactly the size that they declare. */
#ifndef PM_ZIP_H
#define PM_ZIP_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/status.h"
#include "base/str.h"
#include "package/deflate.h"

/* ---- writing ---- */

struct zip;
struct zip_source;
struct libdeflate_compressor;

struct pm_zip {
    struct pm_buf *out;       /* what libzip writes to, from `base` on, */
    size_t base, at;          /* now at `at` behind it */
    struct zip *archive;      /* libzip's; NULL after a failure */
    struct libdeflate_compressor *deflater;
    enum pm_status status;
};

struct pm_zip_entry;

/* The struct stays where it is until the end. */
void pm_zip_begin(struct pm_zip *zip, struct pm_buf *out);
void pm_zip_begin_level(struct pm_zip *zip, struct pm_buf *out, int level);   /* of deflate, 1 to 9 */
void pm_zip_add(struct pm_zip *zip, struct pm_str name, struct pm_str bytes);   /* nothing is needed afterwards */
/* An entry that pm_zip_read_packed() gave packed. */
void pm_zip_add_packed(struct pm_zip *zip, const struct pm_zip_entry *entry);
/* An entry of pieces that are deflated already, the last one finished. Takes them over, also when it fails. */
void pm_zip_add_pieces(struct pm_zip *zip, struct pm_str name, struct pm_deflated *pieces, size_t count);
/* Appends the file to `out` and gives everything back. PM_NOMEM; PM_LIMIT: more than `out` can hold. */
enum pm_status pm_zip_end(struct pm_zip *zip);

/* ---- reading ---- */

struct pm_zip_entry {
    struct pm_str name, bytes;    /* the name as it stands there; behind the bytes is a NUL */
    bool packed;                  /* the bytes are deflated, as they stand in the file: */
    size_t plain;                 /* to so many */
    uint32_t crc;                 /* with this CRC-32, both as the file says */
};

/* All entries but folders, inflated, in the order of the directory. PM_INVALID or PM_LIMIT (more than `most` entries or `most_bytes`
 * inflated) with *why for a message; PM_NOMEM. */
enum pm_status pm_zip_read(struct pm_str file, size_t most, size_t most_bytes, struct pm_arena *arena, struct pm_zip_entry **entries,
                           size_t *count, const char **why);

/* Those entries alone that `wanted` chooses by their names; the others are not inflated. A chosen entry that would become more than
 * PM_ZIP_BOMB bytes, and more than a hundred times what it takes in the file, is refused with PM_LIMIT. */
#define PM_ZIP_BOMB ((size_t)4 << 20)
struct pm_zip_choice { bool (*wanted)(void *context, struct pm_str name); void *context; };
enum pm_status pm_zip_read_some(struct pm_str file, const struct pm_zip_choice *choice, size_t most, size_t most_bytes,
                                struct pm_arena *arena, struct pm_zip_entry **entries, size_t *count, const char **why);

/* All entries, of a file that can be believed: those that `wanted` does not choose come as they are packed. */
enum pm_status pm_zip_read_packed(struct pm_str file, const struct pm_zip_choice *choice, size_t most, size_t most_bytes,
                                  struct pm_arena *arena, struct pm_zip_entry **entries, size_t *count, const char **why);

#endif
