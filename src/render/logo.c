#include "render/logo.h"

#include "base/io.h"

#include <errno.h>
#include <string.h>

#define MAX_LOGO ((size_t)1 << 20)
enum { MAX_PATH = 65536 };

static unsigned long number_at(struct pm_str s, size_t at, size_t bytes)
{
    unsigned long n = 0;
    for (size_t i = 0; i < bytes; i++)
        n = n << 8 | (unsigned char)s.p[at + i];
    return n;
}

/* The first chunk is IHDR (PNG specification, 11.2.2). */
static bool measure_png(struct pm_str s, struct pm_logo *out)
{
    if (s.n < 33 || memcmp(s.p, "\x89PNG\r\n\x1A\n", 8) != 0 || memcmp(s.p + 12, "IHDR", 4) != 0)
        return false;
    *out = (struct pm_logo){s, "png", number_at(s, 16, 4), number_at(s, 20, 4)};
    return true;
}

/* Segments up to a start of frame, SOF0 to SOF15 without DHT, JPG and DAC (ITU-T T.81, B.1.1.3 and B.2.2). */
static bool measure_jpeg(struct pm_str s, struct pm_logo *out)
{
    if (s.n < 4 || memcmp(s.p, "\xFF\xD8\xFF", 3) != 0)
        return false;
    for (size_t at = 2; at + 9 < s.n && (unsigned char)s.p[at] == 0xFF;) {
        unsigned kind = (unsigned char)s.p[at + 1];
        if (kind >= 0xC0 && kind <= 0xCF && kind != 0xC4 && kind != 0xC8 && kind != 0xCC) {
            *out = (struct pm_logo){s, "jpeg", number_at(s, at + 7, 2), number_at(s, at + 5, 2)};
            return true;
        }
        at += kind == 0xFF ? 1 : 2 + number_at(s, at + 2, 2);
    }
    return false;
}

bool pm_logo_measure(struct pm_str bytes, struct pm_logo *out)
{
    return (measure_png(bytes, out) || measure_jpeg(bytes, out)) && out->width > 0 && out->height > 0;
}

void pm_logo_path(const struct pm_theme *theme, struct pm_buf *out)
{
    if (theme->logo.p[0] != '/' && theme->folder.n > 0) {
        pm_buf_str(out, theme->folder);
        pm_buf_putc(out, '/');
    }
    pm_buf_str(out, theme->logo);
}

void pm_logo_read(const struct pm_theme *theme, struct pm_arena *arena, struct pm_diags *diags, struct pm_logo *out)
{
    struct pm_buf path, bytes;
    *out = (struct pm_logo){.bytes = {NULL, 0}};
    if (theme->logo.n == 0)
        return;
    pm_buf_init(&path, MAX_PATH);
    pm_buf_init(&bytes, MAX_LOGO);
    pm_logo_path(theme, &path);
    enum pm_status status = path.status == PM_OK ? pm_read_file(path.data, &bytes) : path.status;
    struct pm_logo logo;
    if (status == PM_OK && pm_logo_measure(pm_arena_str(arena, pm_buf_slice(&bytes)), &logo))
        *out = logo;
    else if (status == PM_NOMEM)
        arena->failed = true;
    else if (!pm_arena_failed(arena))
        pm_report(diags, PM_D_IMAGE, (struct pm_mark){0, 0, 0}, path.data,
                  status == PM_IO ? strerror(errno) : status == PM_LIMIT ? "it is larger than 1 MiB" : "it is neither PNG nor JPEG");
    pm_buf_free(&path);
    pm_buf_free(&bytes);
}
