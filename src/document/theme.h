/* A theme: paper, colours, type, logo, header and footer. pm-template(5) is the format. */
#ifndef PM_THEME_H
#define PM_THEME_H

#include "base/diag.h"
#include "document/node.h"
#include "document/scene.h"

struct pm_rgb { unsigned char r, g, b; };
struct pm_tone_colours { struct pm_rgb text, fill, line; };

#define PM_FACE_COUNT 5
enum pm_face { PM_FACE_REGULAR, PM_FACE_BOLD, PM_FACE_ITALIC, PM_FACE_BOLD_ITALIC, PM_FACE_MONO };

/* A new member goes into src/embed.c too, which writes the built-in themes. */
struct pm_theme {
    struct pm_str name;
    double paper_width, paper_height;                 /* points */
    double margin_top, margin_right, margin_bottom, margin_left;   /* points */
    double size_body, size_small, size_code, size_table, leading;  /* points; leading: times the size */
    double size_title, size_h1, size_h2, size_h3, size_metric;
    struct pm_rgb colours[PM_COLOUR_COUNT];
    struct pm_tone_colours tones[PM_TONE_NOTE + 1];
    struct pm_str faces[PM_FACE_COUNT];               /* font files instead of the compiled-in faces; absent: those */
    const struct pm_str *fallback;                    /* font files, "name.ttf" or "name.ttc#index", looked for in the font folders */
    size_t fallback_count;
    struct pm_str logo;                               /* PNG or JPEG file, absent: none; relative to the theme's file */
    double logo_height;
    struct pm_str logo_alt;
    struct pm_str header, footer;                     /* templates with {{field.path}} */
    struct pm_str folder;                             /* of the theme's file; "." of a built-in one */
};

/* Reads `source` (a theme's YAML) over the built-in theme. Everything wrong is reported to diags. Lives in the arena. */
enum pm_status pm_theme_read(struct pm_str source, struct pm_str folder, struct pm_arena *arena, struct pm_diags *diags,
                             struct pm_theme *out);

/* Reads `source` over what *theme holds; what it does not name stays. */
enum pm_status pm_theme_read_over(struct pm_str source, struct pm_arena *arena, struct pm_diags *diags, struct pm_theme *theme);

/* A built-in theme by name ("default", "letter"), made of templates/themes/NAME.yaml, or NULL. */
const struct pm_theme *pm_builtin_theme(struct pm_str name);

#endif
