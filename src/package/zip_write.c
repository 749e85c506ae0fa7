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
    size_t at;                /* read so far of the bytes, or of the first chunk */
    struct pm_deflated pieces;   /* instead of bytes; each chunk is freed when it has been read, which is once */
    char bytes[];
};

static void fail(struct pm_zip *zip, enum pm_status status)
{
    if (zip->status == PM_OK)
        zip->status = status;
}

static zip_int64_t write_some(struct pm_zip *zip, const void *data, zip_uint64_t n)
{
    size_t end = zip->at + (size_t)n, there = zip->out->len - zip->base;
    if (end > there && !pm_buf_reserve(zip->out, end - there))
        return -1;
    memcpy(zip->out->data + zip->base + zip->at, data, (size_t)n);
    zip->at = end;
    if (end > there)
        zip->out->len = zip->base + end;
    return (zip_int64_t)n;
}

static zip_int64_t seek(struct pm_zip *zip, void *data, zip_uint64_t size)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_int64_t to = zip_source_seek_compute_offset(zip->at, zip->out->len - zip->base, data, size, &error);
    zip_error_fini(&error);
    if (to < 0)
        return -1;
    zip->at = (size_t)to;
    return 0;
}

/* The file as a source of libzip's (zip_source_function): a file that is not there yet and is written from `base` on in `out`, so that it
 * need not be copied. */
static zip_int64_t file(void *state, void *data, zip_uint64_t size, zip_source_cmd_t command)
{
    struct pm_zip *zip = state;
    switch (command) {
    case ZIP_SOURCE_BEGIN_WRITE:
        zip->at = 0;
        return 0;
    case ZIP_SOURCE_WRITE:
        return write_some(zip, data, size);
    case ZIP_SOURCE_SEEK_WRITE:
        return seek(zip, data, size);
    case ZIP_SOURCE_TELL_WRITE:
        return (zip_int64_t)zip->at;
    case ZIP_SOURCE_STAT:
        zip_stat_init(data);
        return sizeof(zip_stat_t);
    case ZIP_SOURCE_ERROR:
        memset(data, 0, 2 * sizeof(int));
        return 2 * sizeof(int);
    case ZIP_SOURCE_OPEN:
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_COMMIT_WRITE:
    case ZIP_SOURCE_ROLLBACK_WRITE:
    case ZIP_SOURCE_REMOVE:
    case ZIP_SOURCE_FREE:
        return 0;
    case ZIP_SOURCE_SUPPORTS:
        return ZIP_SOURCE_SUPPORTS_WRITABLE;
    default:
        return -1;
    }
}

void pm_zip_begin(struct pm_zip *zip, struct pm_buf *out)
{
    pm_zip_begin_level(zip, out, LEVEL);
}

void pm_zip_begin_level(struct pm_zip *zip, struct pm_buf *out, int level)
{
    *zip = (struct pm_zip){.out = out, .base = out->len, .deflater = libdeflate_alloc_compressor(level)};
    zip_source_t *source = zip_source_function_create(file, zip, NULL);
    zip->archive = source ? zip_open_from_source(source, ZIP_TRUNCATE, NULL) : NULL;
    if (!zip->archive)
        zip_source_free(source);
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

static zip_int64_t read_pieces(struct packed *p, char *data, zip_uint64_t room)
{
    size_t got = 0;
    for (struct pm_deflate_chunk *chunk; got < room && (chunk = p->pieces.chunks) != NULL;) {
        size_t n = chunk->n - p->at;
        n = n < room - got ? n : (size_t)room - got;
        memcpy(data + got, chunk->bytes + p->at, n);
        got += n;
        p->at += n;
        if (p->at < chunk->n)
            continue;
        p->pieces.chunks = chunk->next;
        p->at = 0;
        pm_deflate_chunk_free(chunk);
    }
    return (zip_int64_t)got;
}

static void free_packed(struct packed *p)
{
    if (p)
        pm_deflated_free(&p->pieces);
    free(p);
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
        return p->pieces.packed ? read_pieces(p, data, room) : read_some(p, data, room);
    case ZIP_SOURCE_CLOSE:
        return 0;
    case ZIP_SOURCE_STAT:
        memcpy(data, &p->stat, sizeof p->stat);
        return sizeof p->stat;
    case ZIP_SOURCE_ERROR:
        memset(data, 0, 2 * sizeof(int));
        return 2 * sizeof(int);
    case ZIP_SOURCE_FREE:
        free_packed(p);
        return 0;
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR,
                                              ZIP_SOURCE_FREE, -1);
    default:
        return -1;
    }
}

static void describe(struct packed *p, size_t plain, size_t size, uint32_t crc)
{
    p->stat.size = plain;
    p->stat.comp_size = size;
    p->stat.comp_method = ZIP_CM_DEFLATE;
    p->stat.crc = crc;
    p->stat.valid = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_CRC;
}

static struct packed *pack(struct pm_zip *zip, struct pm_str bytes)
{
    size_t bound = libdeflate_deflate_compress_bound(zip->deflater, bytes.n);
    struct packed *p = malloc(sizeof *p + bound);
    if (!p)
        return NULL;
    memset(p, 0, sizeof *p);
    size_t size = libdeflate_deflate_compress(zip->deflater, bytes.p, bytes.n, p->bytes, bound);
    describe(p, bytes.n, size, libdeflate_crc32(0, bytes.p, bytes.n));
    return p;
}

static struct packed *keep_packed(const struct pm_zip_entry *entry)
{
    struct packed *p = malloc(sizeof *p + entry->bytes.n);
    if (!p)
        return NULL;
    memset(p, 0, sizeof *p);
    memcpy(p->bytes, entry->bytes.p, entry->bytes.n);
    describe(p, entry->plain, entry->bytes.n, entry->crc);
    return p;
}

/* The pieces as one; they are taken over. */
static struct packed *join(struct pm_deflated *pieces, size_t count)
{
    struct packed *p = calloc(1, sizeof *p);
    struct pm_deflate_chunk **end = p ? &p->pieces.chunks : NULL;
    for (size_t i = 0; i < count; i++) {
        if (!p) {
            pm_deflated_free(&pieces[i]);
            continue;
        }
        p->pieces.crc = pm_crc_join(&p->pieces, &pieces[i]);
        p->pieces.packed += pieces[i].packed;
        p->pieces.plain += pieces[i].plain;
        for (*end = pieces[i].chunks; *end; end = &(*end)->next)
            ;
        pieces[i] = (struct pm_deflated){0};
    }
    if (p)
        describe(p, p->pieces.plain, p->pieces.packed, p->pieces.crc);
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

static void add_packed(struct pm_zip *zip, struct pm_str name, struct packed *packed)
{
    zip_source_t *source = packed ? zip_source_function(zip->archive, serve, packed) : NULL;
    if (!source)
        free_packed(packed);
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

void pm_zip_add(struct pm_zip *zip, struct pm_str name, struct pm_str bytes)
{
    if (zip->status == PM_OK)
        add_packed(zip, name, name.n ? pack(zip, bytes) : NULL);
}

void pm_zip_add_packed(struct pm_zip *zip, const struct pm_zip_entry *entry)
{
    if (zip->status == PM_OK)
        add_packed(zip, entry->name, keep_packed(entry));
}

void pm_zip_add_pieces(struct pm_zip *zip, struct pm_str name, struct pm_deflated *pieces, size_t count)
{
    struct packed *packed = join(pieces, count);
    if (zip->status == PM_OK)
        add_packed(zip, name, packed);
    else
        free_packed(packed);
}

enum pm_status pm_zip_end(struct pm_zip *zip)
{
    if (zip->archive && (zip->status != PM_OK || zip_close(zip->archive) < 0)) {
        zip_discard(zip->archive);
        fail(zip, zip->out->status != PM_OK ? zip->out->status : PM_NOMEM);
    }
    libdeflate_free_compressor(zip->deflater);
    return zip->status;
}
