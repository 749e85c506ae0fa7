/* libharu ends the program when libpng finds a picture damaged, so each is decoded here first. */
#include "render/pdf/image.h"

#include <png.h>
#include <setjmp.h>
#include <string.h>

struct trial {
    png_structp png;
    png_infop info;
    struct pm_str left;        /* of the file */
    struct pm_buf row;
};

static void give_up(png_structp png, png_const_charp message)
{
    (void)message;
    png_longjmp(png, 1);
}

/* A pixel stream that is not ended right is only a warning to libpng, but libharu then frees an object twice. */
static void take_warning(png_structp png, png_const_charp message)
{
    if (strncmp(message, "IDAT", 4) == 0)
        png_longjmp(png, 1);
}

static void read_bytes(png_structp png, png_bytep out, size_t n)
{
    struct trial *t = png_get_io_ptr(png);
    if (n > t->left.n)
        png_error(png, "cut off");
    memcpy(out, t->left.p, n);
    t->left.p += n;
    t->left.n -= n;
}

static bool decode(struct trial *t)
{
    if (setjmp(png_jmpbuf(t->png)))
        return false;
    png_set_read_fn(t->png, t, read_bytes);
    png_read_info(t->png, t->info);
    png_bytep row = (png_bytep)pm_buf_reserve(&t->row, png_get_rowbytes(t->png, t->info));
    if (!row)
        return false;
    for (png_uint_32 i = 0; i < png_get_image_height(t->png, t->info); i++)
        png_read_row(t->png, row, NULL);
    png_read_end(t->png, NULL);
    return true;
}

bool pm_image_is_whole(const struct pm_image *image)
{
    if (image->kind != PM_IMAGE_PNG)
        return true;
    struct trial t = {.left = pm_buf_slice(&image->bytes)};
    pm_buf_init(&t.row, (size_t)1 << 20);
    t.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, give_up, take_warning);
    t.info = t.png ? png_create_info_struct(t.png) : NULL;
    bool whole = t.info && decode(&t);
    png_destroy_read_struct(&t.png, &t.info, NULL);
    pm_buf_free(&t.row);
    return whole;
}
