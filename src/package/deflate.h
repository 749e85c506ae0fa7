/* Deflated bytes in the making and back again, and pieces of them that make up one entry of a ZIP file.
 *
 * A raw stream of deflate (RFC 1951) that is flushed and not finished ends on a byte's boundary, and another may follow it: so what is
 * deflated at different times, by different streams, is joined without being inflated. The last piece of an entry is finished. By zlib,
 * since libdeflate wants all bytes at once. */
#ifndef PM_DEFLATE_H
#define PM_DEFLATE_H

#include "base/status.h"
#include "base/str.h"

#include <stdint.h>

struct pm_deflate_chunk {
    struct pm_deflate_chunk *next;
    size_t room, n;
    unsigned char bytes[];
};

void pm_deflate_chunk_free(struct pm_deflate_chunk *chunk);

/* All zero: no bytes, neither packed nor plain. */
struct pm_deflated {
    struct pm_deflate_chunk *chunks;   /* owned */
    size_t packed, plain;              /* bytes */
    uint32_t crc;                      /* CRC-32 of the plain bytes */
};

struct pm_deflater;

/* A new stream; level 1 to 9. NULL when memory ran out: the others then do nothing. */
struct pm_deflater *pm_deflater_new(int level);
void pm_deflater_add(struct pm_deflater *d, struct pm_str bytes);
/* Gives the stream back, and its bytes in *out. last: nothing follows in the entry. PM_NOMEM. */
enum pm_status pm_deflater_end(struct pm_deflater *d, bool last, struct pm_deflated *out);
void pm_deflater_free(struct pm_deflater *d);

/* All at once. */
enum pm_status pm_deflate(struct pm_str bytes, int level, bool last, struct pm_deflated *out);

/* Inflates pieces of one stream whose end was its last, block by block, for `take`; nothing is left of them. PM_NOMEM. */
typedef void pm_take_bytes(void *context, struct pm_str bytes);
enum pm_status pm_deflated_read(struct pm_deflated *pieces, pm_take_bytes *take, void *context);

void pm_deflated_free(struct pm_deflated *d);

/* The CRC-32 of two runs of bytes, one behind the other. */
uint32_t pm_crc_join(const struct pm_deflated *a, const struct pm_deflated *b);

#endif
