#include "render/pdf/image.h"

#include "base/io.h"

#include <errno.h>
#include <string.h>

#define MAX_IMAGE ((size_t)16 << 20)
#define MAX_PIXELS 20000u

static unsigned big_endian(const unsigned char *p, int bytes)
{
    unsigned v = 0;
    for (int i = 0; i < bytes; i++)
        v = v << 8 | p[i];
    return v;
}

/* Width and height stand in the IHDR chunk, the first (PNG specification, 11.2.2). */
static bool read_png(const unsigned char *p, size_t n, struct pm_image *out)
{
    if (n < 33 || memcmp(p, "\x89PNG\r\n\x1A\n", 8) != 0 || memcmp(p + 12, "IHDR", 4) != 0)
        return false;
    out->kind = PM_IMAGE_PNG;
    out->width = big_endian(p + 16, 4);
    out->height = big_endian(p + 20, 4);
    out->depth = p[24];
    out->interlaced = p[28] != 0;
    return true;
}

/* Walks the segments to a start of frame, SOF0 to SOF15 without DHT, JPG and DAC (ITU-T T.81, B.2.2). */
static bool read_jpeg(const unsigned char *p, size_t n, struct pm_image *out)
{
    if (n < 4 || p[0] != 0xFF || p[1] != 0xD8)
        return false;
    for (size_t at = 2; at + 9 < n && p[at] == 0xFF;) {
        unsigned char marker = p[at + 1];
        if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
            out->kind = PM_IMAGE_JPEG;
            out->height = big_endian(p + at + 5, 2);
            out->width = big_endian(p + at + 7, 2);
            return true;
        }
        at += 2 + big_endian(p + at + 2, 2);
    }
    return false;
}

const char *pm_image_read(const char *path, struct pm_image *out)
{
    *out = (struct pm_image){.kind = PM_IMAGE_NONE};
    pm_buf_init(&out->bytes, MAX_IMAGE);
    switch (pm_read_file(path, &out->bytes)) {
    case PM_OK:
        break;
    case PM_LIMIT:
        return "it is larger than 16 MiB";
    case PM_IO:
        return strerror(errno);
    default:
        return "memory ran out";
    }
    const unsigned char *p = (const unsigned char *)out->bytes.data;
    if (!read_png(p, out->bytes.len, out) && !read_jpeg(p, out->bytes.len, out))
        return "it is neither PNG nor JPEG";
    if (out->width == 0 || out->height == 0 || out->width > MAX_PIXELS || out->height > MAX_PIXELS) {
        out->kind = PM_IMAGE_NONE;
        return "its size is beyond 20,000 pixels, or nothing";
    }
    if (out->interlaced || out->depth > 8) {
        out->kind = PM_IMAGE_NONE;
        return out->interlaced ? "it is interlaced; save it without" : "it has 16 bits a channel; save it with 8";
    }
    return NULL;
}
