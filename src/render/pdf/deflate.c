#include "render/pdf/deflate.h"

#include <libdeflate.h>
#include <stdlib.h>

/* Of twelve. Most of a file's bytes are objects outside of streams; a higher level saves less than one in a hundred. */
#define LEVEL 1

struct pm_pdf_deflater {
    struct libdeflate_compressor *compressor;
};

struct pm_pdf_deflater *pm_pdf_deflater_new(void)
{
    struct pm_pdf_deflater *d = calloc(1, sizeof *d);
    if (!d)
        return NULL;
    d->compressor = libdeflate_alloc_compressor(LEVEL);
    if (!d->compressor) {
        free(d);
        return NULL;
    }
    return d;
}

void pm_pdf_deflater_free(struct pm_pdf_deflater *d)
{
    if (!d)
        return;
    libdeflate_free_compressor(d->compressor);
    free(d);
}

enum pm_status pm_pdf_deflate(struct pm_pdf_deflater *d, struct pm_str bytes, struct pm_buf *out)
{
    size_t bound = libdeflate_zlib_compress_bound(d->compressor, bytes.n);
    char *room = pm_buf_reserve(out, bound);
    if (!room)
        return out->status;
    size_t n = libdeflate_zlib_compress(d->compressor, bytes.p, bytes.n, room, bound);
    out->len += n;
    out->data[out->len] = '\0';
    return n > 0 ? PM_OK : PM_NOMEM;
}
