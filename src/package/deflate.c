#define _DEFAULT_SOURCE   /* MAP_ANONYMOUS */
#include "package/deflate.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#define ZLIB_CONST
#include <zlib.h>

/* Long streams get chunks which go back to the system one by one, while the file grows by as much: a heap keeps what was in its midst. */
enum { FIRST_CHUNK = 32768, LARGE_CHUNK = (1 << 20) - sizeof(struct pm_deflate_chunk), MOST_AT_ONCE = 1 << 30, INFLATED = 1 << 14 };

struct pm_deflater {
    z_stream stream;
    struct pm_deflated done;
    struct pm_deflate_chunk *last;   /* what the stream writes to */
    enum pm_status status;
};

struct pm_deflater *pm_deflater_new(int level)
{
    struct pm_deflater *d = calloc(1, sizeof *d);
    if (!d)
        return NULL;
    if (deflateInit2(&d->stream, level, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        free(d);
        return NULL;
    }
    return d;
}

static struct pm_deflate_chunk *new_chunk(size_t room)
{
    size_t size = sizeof(struct pm_deflate_chunk) + room;
    if (room != LARGE_CHUNK)
        return malloc(size);
    void *chunk = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return chunk == MAP_FAILED ? NULL : chunk;
}

void pm_deflate_chunk_free(struct pm_deflate_chunk *chunk)
{
    if (chunk->room == LARGE_CHUNK)
        munmap(chunk, sizeof *chunk + chunk->room);
    else
        free(chunk);
}

static bool add_chunk(struct pm_deflater *d)
{
    size_t room = d->last ? LARGE_CHUNK : FIRST_CHUNK;
    struct pm_deflate_chunk *chunk = new_chunk(room);
    if (!chunk) {
        d->status = PM_NOMEM;
        return false;
    }
    *chunk = (struct pm_deflate_chunk){NULL, room, 0};
    if (d->last)
        d->last->next = chunk;
    else
        d->done.chunks = chunk;
    d->last = chunk;
    d->stream.next_out = chunk->bytes;
    d->stream.avail_out = (uInt)room;
    return true;
}

/* Runs the stream until it has taken all and, for a flush, given all. */
static void run(struct pm_deflater *d, int flush)
{
    do {
        if (d->stream.avail_out == 0 && !add_chunk(d))
            return;
        size_t before = d->stream.avail_out;
        if (deflate(&d->stream, flush) == Z_STREAM_ERROR) {
            d->status = PM_NOMEM;
            return;
        }
        d->last->n += before - d->stream.avail_out;
        d->done.packed += before - d->stream.avail_out;
    } while (d->stream.avail_in > 0 || d->stream.avail_out == 0);
}

void pm_deflater_add(struct pm_deflater *d, struct pm_str bytes)
{
    while (d && d->status == PM_OK && bytes.n > 0) {
        size_t n = bytes.n < MOST_AT_ONCE ? bytes.n : MOST_AT_ONCE;
        d->stream.next_in = (const Bytef *)bytes.p;
        d->stream.avail_in = (uInt)n;
        d->done.crc = (uint32_t)crc32(d->done.crc, (const Bytef *)bytes.p, (uInt)n);
        d->done.plain += n;
        run(d, Z_NO_FLUSH);
        bytes.p += n;
        bytes.n -= n;
    }
}

enum pm_status pm_deflater_end(struct pm_deflater *d, bool last, struct pm_deflated *out)
{
    *out = (struct pm_deflated){0};
    if (!d)
        return PM_NOMEM;
    if (d->status == PM_OK)
        run(d, last ? Z_FINISH : Z_SYNC_FLUSH);
    enum pm_status status = d->status;
    if (status == PM_OK) {
        *out = d->done;
        d->done = (struct pm_deflated){0};
    }
    pm_deflater_free(d);
    return status;
}

void pm_deflater_free(struct pm_deflater *d)
{
    if (!d)
        return;
    deflateEnd(&d->stream);
    pm_deflated_free(&d->done);
    free(d);
}

enum pm_status pm_deflate(struct pm_str bytes, int level, bool last, struct pm_deflated *out)
{
    struct pm_deflater *d = pm_deflater_new(level);
    pm_deflater_add(d, bytes);
    return pm_deflater_end(d, last, out);
}

/* The bytes of one chunk. False: they are no deflated bytes, or memory ran out. */
static bool inflate_chunk(z_stream *stream, const struct pm_deflate_chunk *chunk, pm_take_bytes *take, void *context)
{
    unsigned char block[INFLATED];
    stream->next_in = chunk->bytes;
    stream->avail_in = (uInt)chunk->n;
    do {
        stream->next_out = block;
        stream->avail_out = sizeof block;
        int code = inflate(stream, Z_NO_FLUSH);
        if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
            return false;
        take(context, (struct pm_str){(char *)block, sizeof block - stream->avail_out});
    } while (stream->avail_out == 0);
    return true;
}

enum pm_status pm_deflated_read(struct pm_deflated *pieces, pm_take_bytes *take, void *context)
{
    z_stream stream = {0};
    bool good = inflateInit2(&stream, -MAX_WBITS) == Z_OK;
    for (struct pm_deflate_chunk *chunk; good && (chunk = pieces->chunks) != NULL;) {
        good = inflate_chunk(&stream, chunk, take, context);
        pieces->chunks = chunk->next;
        pm_deflate_chunk_free(chunk);
    }
    inflateEnd(&stream);
    pm_deflated_free(pieces);
    return good ? PM_OK : PM_NOMEM;
}

void pm_deflated_free(struct pm_deflated *d)
{
    for (struct pm_deflate_chunk *next, *chunk = d->chunks; chunk; chunk = next) {
        next = chunk->next;
        pm_deflate_chunk_free(chunk);
    }
    *d = (struct pm_deflated){0};
}

uint32_t pm_crc_join(const struct pm_deflated *a, const struct pm_deflated *b)
{
    return (uint32_t)crc32_combine(a->crc, b->crc, (z_off_t)b->plain);
}
