#include "package/zip.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

enum { LEVEL = 6, FIRST_OF_JANUARY_1980 = 1 << 5 | 1 };

/* The bytes of an entry as they go into the file. libzip takes them as they are, since the method is the one that is asked for: libdeflate
 * needs half the time of zlib, and packing is most of the work on a document. */
struct packed {
    zip_stat_t stat;
    size_t at;                /* read so far */
    char bytes[];
};

static void fail(struct pm_zip *zip, enum pm_status status)
{
    if (zip->status == PM_OK)
        zip->status = status;
}

void pm_zip_begin(struct pm_zip *zip, struct pm_buf *out)
{
    *zip = (struct pm_zip){.out = out, .memory = zip_source_buffer_create(NULL, 0, 0, NULL), .deflater = libdeflate_alloc_compressor(LEVEL)};
    if (zip->memory)
        zip->archive = zip_open_from_source(zip->memory, ZIP_TRUNCATE, NULL);
    if (zip->archive)
        zip_source_keep(zip->memory);   /* zip_close() gives back one reference, and the bytes are wanted after it */
    if (!zip->archive || !zip->deflater)
        fail(zip, PM_NOMEM);
}

static zip_int64_t read_some(struct packed *p, void *data, zip_uint64_t room)
{
    size_t n = (size_t)p->stat.comp_size - p->at;
    n = n < room ? n : (size_t)room;
    memcpy(data, p->bytes + p->at, n);
    p->at += n;
    return (zip_int64_t)n;
}

/* A source of libzip's (zip_source_function). */
static zip_int64_t serve(void *state, void *data, zip_uint64_t room, zip_source_cmd_t command)
{
    struct packed *p = state;
    switch (command) {
    case ZIP_SOURCE_OPEN:
        p->at = 0;
        return 0;
    case ZIP_SOURCE_READ:
        return read_some(p, data, room);
    case ZIP_SOURCE_CLOSE:
        return 0;
    case ZIP_SOURCE_STAT:
        memcpy(data, &p->stat, sizeof p->stat);
        return sizeof p->stat;
    case ZIP_SOURCE_ERROR:
        memset(data, 0, 2 * sizeof(int));
        return 2 * sizeof(int);
    case ZIP_SOURCE_FREE:
        free(p);
        return 0;
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR,
                                              ZIP_SOURCE_FREE, -1);
    default:
        return -1;
    }
}

static struct packed *pack(struct pm_zip *zip, struct pm_str bytes)
{
    size_t bound = libdeflate_deflate_compress_bound(zip->deflater, bytes.n);
    struct packed *p = malloc(sizeof *p + bound);
    if (!p)
        return NULL;
    memset(p, 0, sizeof *p);
    p->stat.size = bytes.n;
    p->stat.comp_size = libdeflate_deflate_compress(zip->deflater, bytes.p, bytes.n, p->bytes, bound);
    p->stat.comp_method = ZIP_CM_DEFLATE;
    p->stat.crc = libdeflate_crc32(0, bytes.p, bytes.n);
    p->stat.valid = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_CRC;
    return p;
}

/* libzip wants names to end with NUL. */
static zip_int64_t add(struct pm_zip *zip, struct pm_str name, zip_source_t *source)
{
    struct pm_buf copy;
    pm_buf_init(&copy, name.n + 1);
    pm_buf_str(&copy, name);
    zip_int64_t index = copy.status == PM_OK ? zip_file_add(zip->archive, copy.data, source, ZIP_FL_ENC_UTF_8) : -1;
    pm_buf_free(&copy);
    return index;
}

void pm_zip_add(struct pm_zip *zip, struct pm_str name, struct pm_str bytes)
{
    if (zip->status != PM_OK)
        return;
    struct packed *packed = name.n ? pack(zip, bytes) : NULL;
    zip_source_t *source = packed ? zip_source_function(zip->archive, serve, packed) : NULL;
    if (!source)
        free(packed);
    zip_int64_t added = source ? add(zip, name, source) : -1;
    if (added < 0) {
        zip_source_free(source);
        fail(zip, PM_NOMEM);
        return;
    }
    zip_uint64_t index = (zip_uint64_t)added;
    /* zip_file_set_mtime() would depend on the time zone. */
    if (zip_set_file_compression(zip->archive, index, ZIP_CM_DEFLATE, LEVEL) < 0 ||
        zip_file_set_dostime(zip->archive, index, 0, FIRST_OF_JANUARY_1980, 0) < 0 ||
        zip_file_set_external_attributes(zip->archive, index, 0, ZIP_OPSYS_DOS, 0) < 0)
        fail(zip, PM_NOMEM);
}

static enum pm_status copy_out(zip_source_t *memory, struct pm_buf *out)
{
    zip_stat_t stat;
    if (zip_source_stat(memory, &stat) < 0 || !(stat.valid & ZIP_STAT_SIZE) || zip_source_open(memory) < 0)
        return PM_NOMEM;
    char *room = pm_buf_reserve(out, (size_t)stat.size);
    zip_int64_t n = room ? zip_source_read(memory, room, stat.size) : 0;
    zip_source_close(memory);
    if (!room)
        return out->status;
    out->len += (size_t)stat.size;
    return n == (zip_int64_t)stat.size ? PM_OK : PM_NOMEM;
}

enum pm_status pm_zip_end(struct pm_zip *zip)
{
    if (zip->archive && (zip->status != PM_OK || zip_close(zip->archive) < 0)) {
        zip_discard(zip->archive);
        fail(zip, PM_NOMEM);
    }
    if (zip->status == PM_OK)
        zip->status = copy_out(zip->memory, zip->out);
    zip_source_free(zip->memory);
    libdeflate_free_compressor(zip->deflater);
    return zip->status;
}
