#include "render/pdf/font_internal.h"

#include "render/pdf/builtin_fonts.h"
#include "render/pdf/shape.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CACHE_SIZE = 4096, MAX_FONTS = 256 };

/* A font that is opened when first needed. */
struct slot {
    struct pm_font *font;
    bool tried;
};

/* Which font has a character for a face; the place of an entry follows from its key. */
struct cached {
    uint32_t key;              /* code point and face, 0: free */
    struct pm_font *font;
};

struct pm_fonts {
    const struct pm_theme *theme;
    struct pm_font *opened[MAX_FONTS];
    size_t count;
    struct pm_font *faces[PM_FACE_COUNT];   /* as the theme has them; NULL: not yet opened */
    struct slot *builtins, *fallbacks, *bolds;   /* bolds: the bold sisters of fallbacks */
    struct pm_font_files files;
    struct failure {
        const char *name, *why;
    } *failures;                            /* of fallback fonts, room for all of them */
    size_t failure_count;
    bool failed;                            /* memory ran out */
    struct pm_shaper *shaper;
    struct cached cache[CACHE_SIZE];
};

/* ---- one font ---- */

unsigned pm_table_size(hb_face_t *face, hb_tag_t tag)
{
    hb_blob_t *blob = hb_face_reference_table(face, tag);
    unsigned n = hb_blob_get_length(blob);
    hb_blob_destroy(blob);
    return n;
}

/* Bytes of the index of a CFF font (Adobe Technical Note 5176, section 5) at `p`, or 0. Its first object lies from *first to *end. */
static size_t cff_index(const unsigned char *p, size_t n, size_t *first, size_t *end)
{
    if (n < 2)
        return 0;
    size_t count = (size_t)p[0] << 8 | p[1];
    if (count == 0)
        return 2;
    if (n < 3 || p[2] < 1 || p[2] > 4 || (n - 3) / p[2] < count + 1)
        return 0;
    size_t width = p[2], data = 3 + (count + 1) * width - 1, offsets[3] = {0};
    const size_t at[3] = {0, 1, count};
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < width; j++)
            offsets[i] = offsets[i] << 8 | p[3 + at[i] * width + j];
    if (offsets[0] != 1 || offsets[1] < 1 || offsets[1] > offsets[2] || offsets[2] > n - data)
        return 0;
    *first = data + 1;
    *end = data + offsets[1];
    return data + offsets[2];
}

/* The bytes of one operand or operator of a DICT (section 4). */
static size_t dict_token(const unsigned char *p, size_t n)
{
    size_t size = 1;
    if (p[0] == 12 || (p[0] >= 247 && p[0] <= 254))
        size = 2;
    else if (p[0] == 28)
        size = 3;
    else if (p[0] == 29)
        size = 5;
    else if (p[0] == 30)
        while (size < n && (p[size] & 0x0F) != 0x0F && p[size] >> 4 != 0x0F)
            size++;
    return p[0] == 30 ? size + 1 : size;
}

/* Whether the first operators of the Top DICT have ROS (12 30), which makes a font keyed by CID. */
static bool is_cid_keyed(hb_face_t *face)
{
    hb_blob_t *blob = hb_face_reference_table(face, HB_TAG('C', 'F', 'F', ' '));
    unsigned n = 0;
    const unsigned char *p = (const unsigned char *)hb_blob_get_data(blob, &n);
    bool found = false;
    size_t at = n > 4 ? p[2] : 0, first = 0, end = 0;
    size_t names = at && at < n ? cff_index(p + at, n - at, &first, &end) : 0;
    if (names && names < n - at && cff_index(p + at + names, n - at - names, &first, &end)) {
        const unsigned char *dict = p + at + names + first;
        size_t left = end > first ? end - first : 0;
        for (size_t i = 0; i < left && !found; i += dict_token(dict + i, left - i))
            found = dict[i] == 12 && i + 1 < left && dict[i + 1] == 30;
    }
    hb_blob_destroy(blob);
    return found;
}

/* NULL when the face can be shown, else why not. */
static const char *find_kind(hb_face_t *face, enum pm_font_kind *kind)
{
    if (hb_face_get_glyph_count(face) < 2 || pm_table_size(face, HB_TAG('c', 'm', 'a', 'p')) == 0)
        return "it is no OpenType font";
    if (pm_table_size(face, HB_TAG('g', 'l', 'y', 'f')))
        *kind = PM_FONT_TRUETYPE;
    else if (pm_table_size(face, HB_TAG('C', 'F', 'F', ' ')))
        *kind = is_cid_keyed(face) ? PM_FONT_CFF_CID : PM_FONT_CFF_NAMED;
    else if (pm_table_size(face, HB_TAG('C', 'F', 'F', '2')))
        return "variable fonts with PostScript outlines are not supported";
    else
        return "it has no outlines";
    return NULL;
}

/* Sets the measures of a font from those in font units, or to the usual ones where they cannot be right. */
static void set_measures(struct pm_font *f, int ascent, int descent, int cap_height, int x_height)
{
    f->ascent = (double)ascent / f->upem;
    f->descent = -(double)descent / f->upem;
    if (!(f->ascent > 0.2 && f->ascent < 4))
        f->ascent = 0.9;
    if (!(f->descent >= 0 && f->descent < 4))
        f->descent = 0.25;
    f->cap_height = cap_height > 0 ? (double)cap_height / f->upem : 0.7;
    f->x_height = x_height > 0 ? (double)x_height / f->upem : 0.5;
}

/* The box of the head table (OpenType 1.9). */
static void set_box(struct pm_font *f, const unsigned char *head)
{
    for (unsigned i = 0; i < 4; i++)
        f->box[i] = (int16_t)(head[36 + 2 * i] << 8 | head[37 + 2 * i]);
}

static void measure(struct pm_font *f, hb_face_t *face)
{
    hb_font_extents_t extents = {0};
    hb_position_t cap_height = 0, x_height = 0;
    hb_font_get_h_extents(f->hb, &extents);
    hb_ot_metrics_get_position(f->hb, HB_OT_METRICS_TAG_CAP_HEIGHT, &cap_height);
    hb_ot_metrics_get_position(f->hb, HB_OT_METRICS_TAG_X_HEIGHT, &x_height);
    set_measures(f, extents.ascender, extents.descender, cap_height, x_height);
    hb_blob_t *head = hb_face_reference_table(face, HB_TAG('h', 'e', 'a', 'd'));
    unsigned n = 0;
    const unsigned char *p = (const unsigned char *)hb_blob_get_data(head, &n);
    if (n >= 44)
        set_box(f, p);
    hb_blob_destroy(head);
}

static void set_name(struct pm_font *f, const char *name)
{
    size_t n = 0;
    for (; *name && n < sizeof f->postscript - 1; name++)
        if ((*name >= '0' && *name <= '9') || (*name >= 'A' && *name <= 'Z') || (*name >= 'a' && *name <= 'z') || *name == '-')
            f->postscript[n++] = *name;
    f->postscript[n] = '\0';
    if (n == 0)
        snprintf(f->postscript, sizeof f->postscript, "Font%zu", f->index);
}

static void read_style(struct pm_font *f)
{
    char name[64] = "";
    unsigned room = sizeof name;
    hb_face_t *face = hb_font_get_face(f->hb);
    hb_ot_name_get_utf8(face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &room, name);
    set_name(f, name);
    f->bold = hb_style_get_value(f->hb, HB_STYLE_TAG_WEIGHT) >= 600;
    f->italic = hb_style_get_value(f->hb, HB_STYLE_TAG_ITALIC) > 0;
    hb_blob_t *post = hb_face_reference_table(face, HB_TAG('p', 'o', 's', 't'));
    unsigned n = 0;
    const char *p = hb_blob_get_data(post, &n);
    f->mono = n >= 16 && (p[12] || p[13] || p[14] || p[15]);   /* isFixedPitch */
    hb_blob_destroy(post);
}

static struct pm_font *add_font(struct pm_fonts *fonts)
{
    struct pm_font *f = fonts->count < MAX_FONTS ? calloc(1, sizeof *f) : NULL;
    if (!f) {
        fonts->failed = fonts->failed || fonts->count < MAX_FONTS;
        return NULL;
    }
    f->index = fonts->count;
    fonts->opened[fonts->count++] = f;
    return f;
}

/* HarfBuzz's font of a blob, which it takes. NULL: memory ran out. */
static hb_font_t *make_hb(hb_blob_t *blob, unsigned index)
{
    hb_face_t *face = hb_face_create(blob, index);
    hb_font_t *font = hb_font_create(face);
    hb_blob_destroy(blob);
    bool made = face != hb_face_get_empty() && font != hb_font_get_empty();
    if (made)
        hb_face_make_immutable(face);
    hb_face_destroy(face);
    if (made)
        return font;
    hb_font_destroy(font);
    return NULL;
}

/* Adds the font of a file's blob, which it takes. NULL: *why says what is wrong. */
static struct pm_font *add_file_font(struct pm_fonts *fonts, hb_blob_t *blob, unsigned index, const char **why)
{
    enum pm_font_kind kind = PM_FONT_TRUETYPE;
    hb_font_t *hb = make_hb(blob, index);
    *why = hb ? find_kind(hb_font_get_face(hb), &kind) : "out of memory";
    fonts->failed = fonts->failed || !hb;
    struct pm_font *f = *why ? NULL : add_font(fonts);
    if (!f) {
        *why = *why ? *why : "out of memory";
        hb_font_destroy(hb);
        return NULL;
    }
    hb_face_t *face = hb_font_get_face(hb);
    f->kind = kind;
    f->hb = hb;
    f->upem = hb_face_get_upem(face);
    measure(f, face);
    read_style(f);
    return f;
}

/* `name` may end in "#index". */
static struct pm_font *open_file(struct pm_fonts *fonts, const char *path, const char *name, const char **why)
{
    const char *hash = strrchr(name, '#');
    unsigned index = hash ? (unsigned)strtoul(hash + 1, NULL, 10) : 0;
    if (!pm_harfbuzz_load()) {
        fonts->failed = true;
        *why = pm_harfbuzz_error();
        return NULL;
    }
    errno = 0;
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(path);
    if (!blob) {
        fonts->failed = fonts->failed || errno == ENOMEM;
        *why = errno ? strerror(errno) : "it cannot be read";
        return NULL;
    }
    if (index && index >= hb_face_count(blob)) {
        hb_blob_destroy(blob);
        *why = "it has fewer faces";
        return NULL;
    }
    return add_file_font(fonts, blob, index, why);
}

static struct pm_font *builtin(struct pm_fonts *fonts, size_t i)
{
    struct slot *slot = &fonts->builtins[i];
    if (slot->tried)
        return slot->font;
    slot->tried = true;
    const struct pm_builtin_font *b = &pm_builtin_fonts[i];
    struct pm_font *f = slot->font = add_font(fonts);
    if (!f)
        return NULL;
    f->kind = PM_FONT_TRUETYPE;
    f->builtin = b;
    f->plain = b->plain;
    f->alone = b->alone;
    f->upem = (unsigned)b->upem;
    pm_truetype_open(&f->truetype, b->data);
    set_name(f, b->postscript);
    set_measures(f, b->ascent, b->descent, b->cap_height, b->x_height);
    set_box(f, f->truetype.head);
    f->bold = i == PM_FACE_BOLD || i == PM_FACE_BOLD_ITALIC;
    f->italic = i == PM_FACE_ITALIC || i == PM_FACE_BOLD_ITALIC;
    f->mono = i == PM_FACE_MONO;
    return f;
}

hb_font_t *pm_font_hb(struct pm_fonts *fonts, const struct pm_font *font)
{
    struct pm_font *own = fonts->opened[font->index];
    const struct pm_builtin_font *b = font->builtin;
    if (!own->hb && pm_harfbuzz_load())
        own->hb = make_hb(hb_blob_create((const char *)b->data, (unsigned)b->size, HB_MEMORY_MODE_READONLY, NULL, NULL), 0);
    return own->hb;
}

/* ---- all fonts ---- */

/* FOLDER/NAME, or a copy of `name` when there is no folder. To be freed. */
static char *make_path(struct pm_fonts *fonts, struct pm_str folder, struct pm_str name)
{
    char *path = malloc(folder.n + name.n + 2);
    fonts->failed = fonts->failed || !path;
    if (path)
        snprintf(path, folder.n + name.n + 2, "%.*s%s%.*s", (int)folder.n, folder.n ? folder.p : "", folder.n ? "/" : "", (int)name.n,
                 name.p);
    return path;
}

/* A theme's file name without "#index". One with a '/' counts from the theme's folder unless it is absolute. To be freed. */
static char *file_of(struct pm_fonts *fonts, struct pm_str name)
{
    for (size_t i = name.n; i > 0; i--)
        if (name.p[i - 1] == '#') {
            name.n = i - 1;
            break;
        }
    bool relative = name.n && name.p[0] != '/' && memchr(name.p, '/', name.n);
    return make_path(fonts, relative ? fonts->theme->folder : PM_LIT(""), name);
}

/* A face of the theme. A bare name is looked for beside the theme, then in the font folders. */
static struct pm_font *open_face(struct pm_fonts *fonts, struct pm_str name, const char **why)
{
    struct pm_font *f = NULL;
    char *file = file_of(fonts, name), *beside = NULL;
    *why = "no font folder has it";
    if (file && !strchr(file, '/') && fonts->theme->folder.n)
        beside = make_path(fonts, fonts->theme->folder, pm_str(file));
    if (beside)
        f = open_file(fonts, beside, name.p, why);
    const char *path = file && !f ? pm_font_files_find(&fonts->files, file) : NULL;
    if (path)
        f = open_file(fonts, path, name.p, why);
    free(beside);
    free(file);
    return f;
}

enum pm_status pm_fonts_new(const struct pm_theme *theme, struct pm_diags *diags, struct pm_fonts **out)
{
    struct pm_fonts *fonts = calloc(1, sizeof *fonts);
    *out = fonts;
    if (!fonts)
        return PM_NOMEM;
    fonts->theme = theme;
    fonts->builtins = calloc(pm_builtin_font_count, sizeof *fonts->builtins);
    fonts->fallbacks = calloc(theme->fallback_count + 1, sizeof *fonts->fallbacks);
    fonts->bolds = calloc(theme->fallback_count + 1, sizeof *fonts->bolds);
    fonts->failures = calloc(theme->fallback_count + 1, sizeof *fonts->failures);
    if (!fonts->builtins || !fonts->fallbacks || !fonts->bolds || !fonts->failures || !builtin(fonts, PM_FACE_REGULAR)) {
        pm_fonts_free(fonts);
        *out = NULL;
        return PM_NOMEM;
    }
    for (size_t i = 0; i < PM_FACE_COUNT; i++) {
        const char *why = NULL;
        if (theme->faces[i].n)
            fonts->faces[i] = open_face(fonts, theme->faces[i], &why);
        if (why && !fonts->faces[i])
            pm_report(diags, PM_D_FONT_FILE, (struct pm_mark){0, 0, 0}, theme->faces[i].p, why);
    }
    if (!pm_fonts_failed(fonts))
        return PM_OK;
    pm_fonts_free(fonts);
    *out = NULL;
    return pm_harfbuzz_error() ? PM_UNSUPPORTED : PM_NOMEM;
}

bool pm_fonts_failed(const struct pm_fonts *fonts)
{
    return fonts->failed || fonts->files.failed;
}

void pm_fonts_free(struct pm_fonts *fonts)
{
    if (!fonts)
        return;
    for (size_t i = 0; i < fonts->count; i++) {
        if (fonts->opened[i]->hb)
            hb_font_destroy(fonts->opened[i]->hb);
        free(fonts->opened[i]);
    }
    pm_shaper_free(fonts->shaper);
    pm_font_files_free(&fonts->files);
    free(fonts->builtins);
    free(fonts->fallbacks);
    free(fonts->bolds);
    free(fonts->failures);
    free(fonts);
}

size_t pm_fonts_count(const struct pm_fonts *fonts)
{
    return fonts->count;
}

struct pm_font *pm_fonts_at(struct pm_fonts *fonts, size_t index)
{
    return fonts->opened[index];
}

struct pm_shaper *pm_fonts_shaper(struct pm_fonts *fonts)
{
    if (!fonts->shaper)
        fonts->shaper = pm_shaper_new(fonts);
    return fonts->shaper;
}

void pm_fonts_report(struct pm_fonts *fonts, struct pm_diags *diags)
{
    for (size_t i = 0; i < fonts->failure_count; i++)
        pm_report(diags, PM_D_FONT_FILE, (struct pm_mark){0, 0, 0}, fonts->failures[i].name, fonts->failures[i].why);
    fonts->failure_count = 0;
}

struct pm_font *pm_font_face(struct pm_fonts *fonts, enum pm_face face)
{
    if (!fonts->faces[face])
        fonts->faces[face] = builtin(fonts, face);
    return fonts->faces[face] ? fonts->faces[face] : builtin(fonts, PM_FACE_REGULAR);
}

/* ---- which font has a character ---- */

static uint32_t builtin_glyph(const struct pm_builtin_font *font, uint32_t cp)
{
    size_t low = 0, high = font->character_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (font->characters[middle].cp < cp)
            low = middle + 1;
        else
            high = middle;
    }
    return low < font->character_count && font->characters[low].cp == cp ? font->characters[low].gid : 0;
}

uint32_t pm_font_glyph(const struct pm_font *font, uint32_t cp)
{
    hb_codepoint_t gid = 0;
    if (font->builtin)
        return builtin_glyph(font->builtin, cp);
    return hb_font_get_nominal_glyph(font->hb, cp, &gid) ? gid : 0;
}

int32_t pm_font_advance(const struct pm_font *font, uint32_t gid)
{
    return font->builtin ? (int32_t)pm_truetype_advance(&font->truetype, gid) : hb_font_get_glyph_h_advance(font->hb, gid);
}

bool pm_font_has(const struct pm_font *font, uint32_t cp)
{
    if (pm_font_glyph(font, cp))
        return true;
    bool space = cp == 0xA0 || (cp >= 0x2000 && cp <= 0x200A) || cp == 0x202F || cp == 0x205F || cp == 0x3000;
    return (space && pm_font_has(font, ' ')) || (cp == 0x2011 && pm_font_has(font, 0x2010));
}

uint32_t pm_font_stand_in(const struct pm_font *font)
{
    static const uint32_t wanted[] = {0x25A1, 0xFFFD, '?', ' '};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        uint32_t gid = pm_font_glyph(font, wanted[i]);
        if (gid)
            return gid;
    }
    return 1;
}

/* A font of the list. What is not installed is absent without a word: the list names more than a machine has. */
static struct pm_font *fallback(struct pm_fonts *fonts, size_t i)
{
    struct slot *slot = &fonts->fallbacks[i];
    if (slot->tried)
        return slot->font;
    slot->tried = true;
    struct pm_str name = fonts->theme->fallback[i];
    char *file = file_of(fonts, name);
    const char *path = file ? pm_font_files_find(&fonts->files, file) : NULL;
    const char *why = NULL;
    if (path)
        slot->font = open_file(fonts, path, name.p, &why);
    if (why && !fonts->failed && fonts->theme->folder.n)
        fonts->failures[fonts->failure_count++] = (struct failure){name.p, why};
    free(file);
    return slot->font;
}

/* The bold sister of a fallback font by the custom of names: X-Bold.ttf for X-Regular.ttf. NULL: there is none. */
static struct pm_font *bold_fallback(struct pm_fonts *fonts, size_t i)
{
    static const char regular[] = "-Regular", bold[] = "-Bold";
    struct slot *slot = &fonts->bolds[i];
    if (slot->tried)
        return slot->font;
    slot->tried = true;
    struct pm_str name = fonts->theme->fallback[i];
    char *file = file_of(fonts, name), *at = file ? strstr(file, regular) : NULL;
    if (at) {
        memmove(at + sizeof bold - 1, at + sizeof regular - 1, strlen(at + sizeof regular - 1) + 1);
        memcpy(at, bold, sizeof bold - 1);
        const char *why, *path = pm_font_files_find(&fonts->files, file);
        if (path)
            slot->font = open_file(fonts, path, name.p, &why);
    }
    free(file);
    return slot->font;
}

static struct pm_font *search(struct pm_fonts *fonts, enum pm_face face, uint32_t cp)
{
    const enum pm_face faces[] = {face, PM_FACE_REGULAR};
    for (size_t i = 0; i < 2; i++) {
        struct pm_font *f = pm_font_face(fonts, faces[i]);
        if (pm_font_has(f, cp))
            return f;
    }
    /* Symbols come before the fixed-pitch face, whose arrows are as narrow as its letters. */
    for (size_t i = PM_FACE_COUNT; i < pm_builtin_font_count; i++) {
        struct pm_font *f = builtin(fonts, i);
        if (f && pm_font_has(f, cp))
            return f;
    }
    struct pm_font *rest[] = {pm_font_face(fonts, PM_FACE_MONO), builtin(fonts, PM_FACE_REGULAR), builtin(fonts, PM_FACE_MONO)};
    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++)
        if (rest[i] && pm_font_has(rest[i], cp))
            return rest[i];
    for (size_t i = 0; i < fonts->theme->fallback_count && !fonts->failed; i++) {
        struct pm_font *f = fallback(fonts, i);
        if (!f || !pm_font_has(f, cp))
            continue;
        bool is_bold = face == PM_FACE_BOLD || face == PM_FACE_BOLD_ITALIC;
        struct pm_font *heavier = is_bold ? bold_fallback(fonts, i) : NULL;
        return heavier && pm_font_has(heavier, cp) ? heavier : f;
    }
    return NULL;
}

struct pm_font *pm_font_for(struct pm_fonts *fonts, enum pm_face face, uint32_t cp)
{
    uint32_t key = cp << 3 | ((uint32_t)face + 1);
    struct cached *entry = &fonts->cache[(cp + 97 * (uint32_t)face) % CACHE_SIZE];   /* a script's characters lie together */
    if (entry->key != key) {
        entry->font = search(fonts, face, cp);
        entry->key = key;
    }
    return entry->font;
}
