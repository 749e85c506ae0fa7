/* A theme's logo: its bytes and size, before libharu sees it. */
#ifndef PM_PDF_IMAGE_H
#define PM_PDF_IMAGE_H

#include "base/buf.h"

enum pm_image_kind { PM_IMAGE_NONE, PM_IMAGE_PNG, PM_IMAGE_JPEG };

struct pm_image {
    enum pm_image_kind kind;
    struct pm_buf bytes;
    unsigned width, height;   /* pixels */
    unsigned depth;           /* of a PNG: bits a channel */
    bool interlaced;          /* a PNG; libharu reads neither those nor 16 bits a channel */
};

/* Reads a PNG or JPEG file. Returns NULL, or what is wrong with it in words. */
const char *pm_image_read(const char *path, struct pm_image *out);

/* Whether a PNG can be decoded from its first byte to its last, and so given to libharu; a JPEG, which is not decoded, always. */
bool pm_image_is_whole(const struct pm_image *image);

#endif
