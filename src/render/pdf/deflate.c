#include "render/pdf/deflate.h"

#include <stdint.h>
#include <stdlib.h>
#include <zlib.h>

/* Of zlib's nine: the last before matches are searched lazily, at half the time of the default for a tenth more bytes. */
#define LEVEL 3

struct pm_deflater {
    z_stream z;
};

struct pm_deflater *pm_deflater_new(void)
{
    struct pm_deflater *d = calloc(1, sizeof *d);
    if (d && deflateInit(&d->z, LEVEL) != Z_OK) {
        free(d);
        return NULL;
    }
    return d;
}

void pm_deflater_free(struct pm_deflater *d)
{
    if (!d)
        return;
    deflateEnd(&d->z);
    free(d);
}

enum pm_status pm_deflate(struct pm_deflater *d, struct pm_str bytes, struct pm_buf *out)
{
    z_stream *z = &d->z;
    if (bytes.n > (uInt)-1 || deflateReset(z) != Z_OK)
        return PM_LIMIT;
    size_t bound = deflateBound(z, bytes.n);
    char *room = pm_buf_reserve(out, bound);
    if (!room)
        return out->status;
    z->next_in = (Bytef *)(uintptr_t)bytes.p;
    z->avail_in = (uInt)bytes.n;
    z->next_out = (Bytef *)room;
    z->avail_out = (uInt)bound;
    if (deflate(z, Z_FINISH) != Z_STREAM_END)
        return PM_NOMEM;
    out->len += bound - z->avail_out;
    out->data[out->len] = '\0';
    return PM_OK;
}
