#include "recover/inflate.h"

#include <stdint.h>
#include <zlib.h>

enum { STEP = 64 << 10, ALWAYS = 4 << 20, RATIO = 100 };

static enum pm_status inflate_all(z_stream *stream, struct pm_str packed, struct pm_buf *out)
{
    size_t taken = 0, before = out->len;
    for (int result = Z_OK; result != Z_STREAM_END;) {
        if (stream->avail_in == 0 && taken < packed.n) {
            size_t n = packed.n - taken < STEP ? packed.n - taken : STEP;
            stream->next_in = (Bytef *)(uintptr_t)(packed.p + taken);
            stream->avail_in = (uInt)n;
            taken += n;
        }
        char *room = pm_buf_reserve(out, STEP);
        if (!room)
            return out->status;
        stream->next_out = (Bytef *)room;
        stream->avail_out = STEP;
        result = inflate(stream, Z_NO_FLUSH);
        out->len += STEP - stream->avail_out;
        if (result != Z_OK && result != Z_STREAM_END)
            return result == Z_MEM_ERROR ? PM_NOMEM : PM_INVALID;
        size_t read = taken - stream->avail_in, made = out->len - before;
        if (made > ALWAYS && made / RATIO > read)
            return PM_LIMIT;
    }
    out->data[out->len] = '\0';
    return PM_OK;
}

enum pm_status pm_inflate(struct pm_str packed, struct pm_buf *out)
{
    z_stream stream = {.zalloc = Z_NULL};
    if (inflateInit(&stream) != Z_OK)
        return PM_NOMEM;
    enum pm_status status = inflate_all(&stream, packed, out);
    inflateEnd(&stream);
    return status;
}
