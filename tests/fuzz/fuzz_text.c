/* libFuzzer: any bytes as the text of a paragraph in several styles. The first byte chooses how, "\xFF" begins the next style. */
#include "render/pdf/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct pm_str fallback[] = {{"NotoSansHebrew-Regular.ttf", 26}, {"NotoSansArabic-Regular.ttf", 26},
                                   {"NotoSansDevanagari-Regular.ttf", 30}, {"NotoSansThai-Regular.ttf", 24}};
static const struct pm_theme theme = {.fallback = fallback, .fallback_count = 4};

static struct pm_fonts *fonts_of_all_runs(void)
{
    static struct pm_fonts *fonts;
    if (!fonts) {
        struct pm_diags diags;
        pm_diags_init(&diags, NULL);
        if (pm_fonts_new(&theme, &diags, &fonts) != PM_OK)
            abort();
        pm_diags_free(&diags);
    }
    return fonts;
}

static struct pm_style style_of(uint8_t bits)
{
    return (struct pm_style){
        .face = (enum pm_face)(bits % PM_FACE_COUNT),
        .size = 4 + bits % 7,
        .tabular = bits & 8,
        .nowrap = bits & 16,
        .box = bits & 32 ? PM_BOX_CODE : bits & 64 ? PM_BOX_LOZENGE : PM_BOX_NONE,
    };
}

static void add_all(struct pm_paragraph *p, const uint8_t *data, size_t size)
{
    while (size > 0) {
        const uint8_t *end = memchr(data, 0xFF, size);
        size_t n = end ? (size_t)(end - data) : size;
        struct pm_style style = style_of(n > 0 ? data[n - 1] : 0);
        pm_paragraph_add(p, (struct pm_str){(const char *)data, n}, &style);
        data += n;
        size -= n;
        if (size > 0) {
            data++;
            size--;
        }
    }
}

static void check_line(const struct pm_line *line)
{
    double x = 0;
    for (size_t i = 0; i < line->count; i++) {
        const struct pm_fragment *f = &line->fragments[i];
        if (f->count == 0 || fabs(f->x - x) > 0.1)
            abort();
        x += f->width;
        for (size_t j = 0; j < f->count; j++)
            if (f->glyphs[j].gid == 0 || (f->glyphs[j].length && !f->glyphs[j].text))
                abort();
    }
    if (fabs(x - line->width) > 0.1)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    struct pm_diags diags;
    struct pm_arena arena;
    pm_diags_init(&diags, NULL);
    pm_arena_init(&arena);
    struct pm_paragraph *p = pm_paragraph_new(fonts_of_all_runs(), &arena, &diags);
    if (data[0] & 1)
        pm_paragraph_preserve(p);
    add_all(p, data + 1, size - 1);
    double least, most;
    pm_paragraph_widths(p, 100, &least, &most);
    if (!(least <= most + 0.1) || least > 100.01)
        abort();
    const double widths[] = {data[0], most, 1};
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        struct pm_line *lines;
        size_t count = pm_paragraph_lines(p, widths[i], &lines);
        for (size_t k = 0; k < count; k++)
            check_line(&lines[k]);
    }
    struct pm_style style = style_of(data[0]);
    struct pm_line *label = pm_text_line(fonts_of_all_runs(), &arena, &diags, (struct pm_str){(const char *)data, size}, &style, 60);
    if (!label)
        abort();
    check_line(label);
    pm_arena_free(&arena);
    pm_diags_free(&diags);
    return 0;
}
