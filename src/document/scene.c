#include "document/scene.h"

#include "base/utf8.h"

struct pm_scene *pm_scene_new(struct pm_arena *arena, double width, double height)
{
    struct pm_scene *scene = pm_arena_alloc(arena, sizeof *scene);
    if (!scene)
        return NULL;
    scene->arena = arena;
    scene->width = width;
    scene->height = height;
    return scene;
}

struct pm_shape *pm_scene_add(struct pm_scene *scene, enum pm_shape_kind kind, double x, double y, double w, double h)
{
    if (!scene)
        return NULL;
    if (scene->count == scene->cap) {
        size_t cap = scene->cap ? scene->cap * 2 : 32;
        struct pm_shape *shapes = pm_arena_grow(scene->arena, scene->shapes, scene->count, cap, sizeof *shapes);
        if (!shapes)
            return NULL;
        scene->shapes = shapes;
        scene->cap = cap;
    }
    struct pm_shape *shape = &scene->shapes[scene->count++];
    *shape = (struct pm_shape){.kind = kind, .x = x, .y = y, .w = w, .h = h};
    return shape;
}

struct range {
    uint32_t first, last;
};

static bool in_ranges(uint32_t cp, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (cp >= ranges[i].first && cp <= ranges[i].last)
            return true;
    return false;
}

/* Marks that stand on the character before them, and characters that show nothing. */
static bool is_zero_width(uint32_t cp)
{
    static const struct range ranges[] = {
        {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x0610, 0x061A}, {0x064B, 0x065F}, {0x0E31, 0x0E31}, {0x0E34, 0x0E3A},
        {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x206F}, {0x20D0, 0x20FF},
        {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0xE0000, 0xE01EF},
    };
    return cp >= 0x300 && in_ranges(cp, ranges, sizeof ranges / sizeof *ranges);
}

/* East Asian characters and pictographs: an em wide. */
static bool is_wide(uint32_t cp)
{
    static const struct range ranges[] = {
        {0x1100, 0x115F}, {0x231A, 0x231B}, {0x23E9, 0x23F3}, {0x2600, 0x27BF}, {0x2B05, 0x2B55}, {0x2E80, 0xA4CF}, {0xAC00, 0xD7A3},
        {0xF900, 0xFAFF}, {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F000, 0x1FAFF}, {0x20000, 0x3FFFD},
    };
    return cp >= 0x1100 && in_ranges(cp, ranges, sizeof ranges / sizeof *ranges);
}

/* Advances of a humanist sans face in thousandths of an em, from the space to '~'. */
static const short advances[] = {
    260, 269, 408, 646, 572, 831, 730, 225, 300, 300, 551, 572, 268, 322, 268, 372,   /* space to / */
    572, 572, 572, 572, 572, 572, 572, 572, 572, 572, 268, 268, 572, 572, 572, 434,   /* 0 to ? */
    899, 639, 650, 632, 730, 556, 519, 728, 741, 339, 273, 619, 524, 907, 760, 781,   /* @ to O */
    605, 781, 622, 549, 556, 731, 600, 930, 586, 566, 572, 329, 372, 329, 572, 444,   /* P to _ */
    281, 561, 615, 480, 615, 564, 344, 615, 618, 258, 258, 534, 258, 935, 618, 605,   /* ` to o */
    615, 615, 413, 479, 361, 618, 508, 786, 529, 510, 470, 381, 551, 381, 572,        /* p to ~ */
};

static double advance(uint32_t cp)
{
    if (cp >= ' ' && cp <= '~')
        return advances[cp - ' '];
    if (cp < ' ' || is_zero_width(cp))
        return 0;
    return is_wide(cp) ? 1000 : 620;
}

double pm_label_width(struct pm_str text, double size, bool bold)
{
    double sum = 0;
    for (size_t at = 0; at < text.n;)
        sum += advance(pm_utf8_next(text, &at));
    return sum / 1000 * size * (bold ? 1.06 : 1.0) * 1.04;
}
