#include "document/theme.h"

#include "base/yaml.h"
#include "document/builtin.h"

#include <stddef.h>
#include <string.h>

enum value_type { T_TEXT, T_FILE, T_FILES, T_LENGTH, T_SIZE, T_FACTOR, T_COLOUR, T_PAPER };

/* Keys by their whole path. Lengths and sizes are kept in points. */
struct key {
    const char *path;
    enum value_type type;
    size_t offset;             /* in struct pm_theme */
    double least, most;
    const char *want;
};

#define AT(member) offsetof(struct pm_theme, member)
#define COLOUR(name, role) {"colours." name, T_COLOUR, AT(colours[role]), 0, 0, NULL}
#define TONE_PART(name, tone, part) \
    {"tones." name "." #part, T_COLOUR, AT(tones[tone].part), 0, 0, NULL}
#define TONE(name, tone) TONE_PART(name, tone, text), TONE_PART(name, tone, fill), TONE_PART(name, tone, line)
#define MARGIN(name) {"margins." #name, T_LENGTH, AT(margin_##name), 0, 300, "0 to 300 pt"}
#define SIZE(name, least) {"sizes." #name, T_SIZE, AT(size_##name), least, 72, #least " to 72 pt"}
#define FACE(name, face) {"fonts." name, T_FILE, AT(faces[face]), 0, 0, NULL}

static const struct key keys[] = {
    {"name", T_TEXT, AT(name), 0, 0, NULL},
    {"paper", T_PAPER, 0, 0, 0, NULL},
    {"paper.width", T_LENGTH, AT(paper_width), 280, 2400, "280 to 2400 pt"},
    {"paper.height", T_LENGTH, AT(paper_height), 280, 2400, "280 to 2400 pt"},
    MARGIN(top), MARGIN(right), MARGIN(bottom), MARGIN(left),
    SIZE(body, 8), SIZE(small, 6), SIZE(code, 6), SIZE(table, 6), SIZE(title, 8), SIZE(h1, 8), SIZE(h2, 8), SIZE(h3, 8), SIZE(metric, 8),
    {"leading", T_FACTOR, AT(leading), 1, 3, "1 to 3"},
    COLOUR("text", PM_COLOUR_TEXT), COLOUR("muted", PM_COLOUR_MUTED), COLOUR("line", PM_COLOUR_LINE),
    COLOUR("surface", PM_COLOUR_SURFACE), COLOUR("paper", PM_COLOUR_PAPER), COLOUR("accent", PM_COLOUR_ACCENT),
    COLOUR("harm", PM_COLOUR_HARM), COLOUR("detect", PM_COLOUR_DETECT), COLOUR("identify", PM_COLOUR_IDENTIFY),
    COLOUR("mitigate", PM_COLOUR_MITIGATE), COLOUR("resolve", PM_COLOUR_RESOLVE), COLOUR("done", PM_COLOUR_DONE),
    COLOUR("open", PM_COLOUR_OPEN), COLOUR("in_progress", PM_COLOUR_IN_PROGRESS), COLOUR("blocked", PM_COLOUR_BLOCKED),
    COLOUR("dropped", PM_COLOUR_DROPPED),
    TONE("neutral", PM_TONE_NEUTRAL), TONE("info", PM_TONE_INFO), TONE("success", PM_TONE_SUCCESS),
    TONE("warning", PM_TONE_WARNING), TONE("danger", PM_TONE_DANGER), TONE("note", PM_TONE_NOTE),
    FACE("regular", PM_FACE_REGULAR), FACE("bold", PM_FACE_BOLD), FACE("italic", PM_FACE_ITALIC),
    FACE("bold_italic", PM_FACE_BOLD_ITALIC), FACE("mono", PM_FACE_MONO),
    {"fonts.fallback", T_FILES, 0, 0, 0, NULL},
    {"logo.file", T_FILE, AT(logo), 0, 0, NULL},
    {"logo.height", T_LENGTH, AT(logo_height), 6, 200, "6 to 200 pt"},
    {"logo.alt", T_TEXT, AT(logo_alt), 0, 0, NULL},
    {"header", T_TEXT, AT(header), 0, 0, NULL},
    {"footer", T_TEXT, AT(footer), 0, 0, NULL},
};

enum { KEY_COUNT = sizeof keys / sizeof *keys };

struct reader {
    struct pm_theme *theme;
    struct pm_arena *arena;
    struct pm_diags *diags;
};

/* The part of `path` below the mapping `prefix` (absent: the top), up to the next '.'; absent when it is not below it. */
static struct pm_str child_of(const char *path, struct pm_str prefix)
{
    struct pm_str rest = pm_str(path);
    if (prefix.n) {
        if (rest.n <= prefix.n || rest.p[prefix.n] != '.' || !pm_str_eq((struct pm_str){rest.p, prefix.n}, prefix))
            return (struct pm_str){NULL, 0};
        rest.p += prefix.n + 1;
        rest.n -= prefix.n + 1;
    }
    for (size_t i = 0; i < rest.n; i++)
        if (rest.p[i] == '.')
            rest.n = i;
    return rest;
}

static bool is_group(struct pm_str path)
{
    for (size_t i = 0; i < KEY_COUNT; i++)
        if (path.n && strncmp(keys[i].path, path.p, path.n) == 0 && keys[i].path[path.n] == '.')
            return true;
    return false;
}

static const struct key *find_key(struct pm_str path)
{
    for (size_t i = 0; i < KEY_COUNT; i++)
        if (path.n && strncmp(keys[i].path, path.p, path.n) == 0 && keys[i].path[path.n] == '\0')
            return &keys[i];
    return NULL;
}

static void report_unknown(const struct reader *r, const struct pm_yaml *y, struct pm_str prefix, struct pm_str path)
{
    struct pm_str nearest = {NULL, 0};
    size_t best = 3;
    for (size_t i = 0; i < KEY_COUNT; i++) {
        struct pm_str name = child_of(keys[i].path, prefix);
        size_t distance = name.p ? pm_str_distance(y->key, name, 2) : best;
        if (distance < best) {
            best = distance;
            nearest = name;
        }
    }
    const char *hint = nearest.p ? pm_arena_format(r->arena, " (did you mean \"%.*s\"?)", (int)nearest.n, nearest.p).p : "";
    pm_report(r->diags, PM_D_UNKNOWN_KEY, y->key_mark, path.p, hint);
}

/* "56.5", ".5": digits with at most one point; *at moves behind them. False when there are none. Reads the same in every locale. */
static bool read_decimal(struct pm_str s, size_t *at, double *value)
{
    double scale = 0;
    size_t digits = 0;
    *value = 0;
    for (; *at < s.n && digits < 15; ++*at) {
        char c = s.p[*at];
        if (c == '.' && scale <= 0) {
            scale = 1;
        } else if (c >= '0' && c <= '9') {
            *value = *value * 10 + (c - '0');
            scale *= 10;
            digits++;
        } else {
            break;
        }
    }
    if (scale > 0)
        *value /= scale;
    return digits > 0;
}

static bool read_length(struct pm_str s, double *points)
{
    static const struct {
        const char *name;
        double points;
    } units[] = {{"", 1}, {"pt", 1}, {"mm", 72 / 25.4}, {"cm", 720 / 25.4}, {"in", 72}};
    size_t at = 0;
    if (!read_decimal(s, &at, points))
        return false;
    struct pm_str unit = pm_str_trim((struct pm_str){s.p + at, s.n - at});
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (pm_str_is(unit, units[i].name)) {
            *points *= units[i].points;
            return true;
        }
    }
    return false;
}

static bool read_factor(struct pm_str s, double *value)
{
    size_t at = 0;
    return read_decimal(s, &at, value) && at == s.n;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    char lower = (char)(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

static bool read_colour(struct pm_str s, struct pm_rgb *out)
{
    unsigned char *parts[] = {&out->r, &out->g, &out->b};
    if (s.n != 7 || s.p[0] != '#')
        return false;
    for (size_t i = 0; i < 3; i++) {
        int high = hex_digit(s.p[1 + 2 * i]), low = hex_digit(s.p[2 + 2 * i]);
        if (high < 0 || low < 0)
            return false;
        *parts[i] = (unsigned char)(high * 16 + low);
    }
    return true;
}

static void read_paper(const struct reader *r, const struct pm_yaml *y)
{
    if (pm_str_same_word(y->text, "a4")) {
        r->theme->paper_width = 210 * 72 / 25.4;
        r->theme->paper_height = 297 * 72 / 25.4;
    } else if (pm_str_same_word(y->text, "letter")) {
        r->theme->paper_width = 612;
        r->theme->paper_height = 792;
    } else {
        pm_report(r->diags, PM_D_CHOICE, y->mark, "paper", y->text.p, "a4, letter, or {width: ..., height: ...}", "");
    }
}

static void read_number(const struct reader *r, const struct pm_yaml *y, const struct key *key)
{
    double value;
    bool factor = key->type == T_FACTOR;
    if (!(factor ? read_factor(y->text, &value) : read_length(y->text, &value)))
        pm_report(r->diags, PM_D_VALUE, y->mark, key->path, y->text.p, factor ? "a number" : "a length such as 20mm, 2cm, 0.8in or 56pt");
    else if (value < key->least || value > key->most)
        pm_report(r->diags, PM_D_RANGE, y->mark, key->path, y->text.p, key->want);
    else
        *(double *)((char *)r->theme + key->offset) = value;
}

/* Nothing written means nothing shown: "logo: {file: }" is without a logo. */
static void read_text(const struct reader *r, const struct pm_yaml *y, const struct key *key)
{
    struct pm_str text = pm_yaml_is_null(y) ? (struct pm_str){NULL, 0} : pm_arena_str(r->arena, y->text);
    if (key->type == T_FILE && text.n == 0)
        text.p = NULL;
    *(struct pm_str *)((char *)r->theme + key->offset) = text;
}

static void read_scalar(const struct reader *r, const struct pm_yaml *y, const struct key *key)
{
    struct pm_rgb colour;
    switch (key->type) {
    case T_TEXT: case T_FILE: read_text(r, y, key); break;
    case T_LENGTH: case T_SIZE: case T_FACTOR: read_number(r, y, key); break;
    case T_PAPER: read_paper(r, y); break;
    case T_COLOUR:
        if (read_colour(y->text, &colour))
            *(struct pm_rgb *)((char *)r->theme + key->offset) = colour;
        else
            pm_report(r->diags, PM_D_VALUE, y->mark, key->path, y->text.p, "a colour; want \"#RRGGBB\" in quotes");
        break;
    case T_FILES: break;
    }
}

static void report_type(const struct reader *r, const struct pm_yaml *y, const char *path, const char *want)
{
    pm_report(r->diags, PM_D_TYPE, y->mark, path, pm_yaml_kind_name(y), want);
}

static void read_files(const struct reader *r, const struct pm_yaml *y, const struct key *key)
{
    struct pm_str *files = pm_arena_array(r->arena, y->count, sizeof *files);
    size_t count = 0;
    for (const struct pm_yaml *child = y->first; files && child; child = child->next) {
        if (child->kind == PM_YAML_SCALAR && child->text.n)
            files[count++] = pm_arena_str(r->arena, child->text);
        else
            report_type(r, child, key->path, "the names of font files");
    }
    r->theme->fallback = files;
    r->theme->fallback_count = count;
}

static bool is_free(struct pm_str key)
{
    return key.n > 2 && key.p[0] == 'x' && key.p[1] == '-';
}

/* Keys are at most three deep ("tones.info.text"), which bounds the recursion. */
static void read_mapping(const struct reader *r, const struct pm_yaml *map, struct pm_str prefix)
{
    for (const struct pm_yaml *y = map->first; y; y = y->next) {
        struct pm_str path = prefix.n ? pm_arena_format(r->arena, "%s.%s", prefix.p, y->key.p) : y->key;
        if (!path.p || is_free(y->key))
            continue;
        const struct key *key = find_key(path);
        bool group = is_group(path);
        if (group && y->kind == PM_YAML_MAPPING)
            read_mapping(r, y, path);
        else if (key && key->type == T_FILES && y->kind == PM_YAML_SEQUENCE)
            read_files(r, y, key);
        else if (key && key->type != T_FILES && y->kind == PM_YAML_SCALAR)
            read_scalar(r, y, key);
        else if (key)
            report_type(r, y, path.p, key->type == T_FILES ? "a list" : key->type == T_PAPER ? "a4, letter or a mapping" : "one value");
        else if (group)
            report_type(r, y, path.p, "a mapping");
        else
            report_unknown(r, y, prefix, path);
    }
}

/* Whatever the keys say one by one: the page must have room for text. */
static void check_room(const struct reader *r, const struct pm_yaml *root)
{
    const struct pm_theme *t = r->theme;
    const struct pm_yaml *place = pm_yaml_get(root, "margins");
    if (!place)
        place = pm_yaml_get(root, "paper");
    struct pm_mark mark = place ? place->mark : root->mark;
    double width = t->paper_width - t->margin_left - t->margin_right, height = t->paper_height - t->margin_top - t->margin_bottom;
    if (width < 200)
        pm_report(r->diags, PM_D_RANGE, mark, "margins", pm_arena_format(r->arena, "a text width of %.0f pt", width).p, "200 pt or more");
    if (height < 200)
        pm_report(r->diags, PM_D_RANGE, mark, "margins", pm_arena_format(r->arena, "a text height of %.0f pt", height).p, "200 pt or more");
}

enum pm_status pm_theme_read_over(struct pm_str source, struct pm_arena *arena, struct pm_diags *diags, struct pm_theme *theme)
{
    const struct reader r = {theme, arena, diags};
    struct pm_yaml *root = NULL;
    enum pm_status status = pm_yaml_read(source, 1, arena, diags, &root, NULL);
    if (root && root->kind != PM_YAML_MAPPING) {
        report_type(&r, root, "the theme", "a mapping");
    } else if (root) {
        read_mapping(&r, root, (struct pm_str){NULL, 0});
        check_room(&r, root);
    }
    if (pm_arena_failed(arena))
        return PM_NOMEM;
    return status ? status : pm_diags_status(diags);
}

/* templates/themes/default.yaml is the one place of every default. */
enum pm_status pm_theme_read(struct pm_str source, struct pm_str folder, struct pm_arena *arena, struct pm_diags *diags,
                             struct pm_theme *out)
{
    *out = pm_builtin_themes[0].theme;
    out->folder = folder;
    return source.n == 0 ? PM_OK : pm_theme_read_over(source, arena, diags, out);
}

const struct pm_theme *pm_builtin_theme(struct pm_str name)
{
    for (const struct pm_named_theme *named = pm_builtin_themes; named->name; named++) {
        if (pm_str_is(name, named->name))
            return &named->theme;
    }
    return NULL;
}
