/* A figure as a scene: shapes in points, origin at the top left, y downwards, painted in order. */
#ifndef PM_SCENE_H
#define PM_SCENE_H

#include "base/arena.h"
#include "base/str.h"
#include "document/node.h"

/* Colours by role, so that a theme decides; each renderer asks the theme for the RGB of a role. */
enum pm_colour {
    PM_COLOUR_NONE, PM_COLOUR_TEXT, PM_COLOUR_MUTED, PM_COLOUR_LINE, PM_COLOUR_SURFACE, PM_COLOUR_PAPER, PM_COLOUR_ACCENT,
    PM_COLOUR_HARM,          /* the bar of harm */
    PM_COLOUR_DETECT, PM_COLOUR_IDENTIFY, PM_COLOUR_MITIGATE, PM_COLOUR_RESOLVE,   /* the phases up to that instant */
    PM_COLOUR_DONE, PM_COLOUR_OPEN, PM_COLOUR_IN_PROGRESS, PM_COLOUR_BLOCKED, PM_COLOUR_DROPPED,   /* states of action items */
    PM_COLOUR_COUNT
};

enum pm_shape_kind { PM_RECT, PM_LINE, PM_CIRCLE, PM_DIAMOND, PM_LABEL };

struct pm_shape {
    enum pm_shape_kind kind;
    double x, y, w, h; /* RECT: corner and size; LINE: x,y to x+w,y+h; CIRCLE, DIAMOND: centre, w radius; LABEL: anchor
                          on the base line, w: room */
    double radius;              /* RECT: of the corners */
    double stroke_width;
    bool dashed;
    enum pm_colour fill, stroke;  /* LABEL: fill is the text's colour */
    struct pm_str text;         /* LABEL */
    double size;                /* LABEL: points */
    bool bold;
    enum pm_align align;        /* LABEL: where the anchor is */
};

struct pm_scene {
    struct pm_arena *arena;
    double width, height;
    struct pm_shape *shapes;
    size_t count, cap;
};

struct pm_scene *pm_scene_new(struct pm_arena *arena, double width, double height);
struct pm_shape *pm_scene_add(struct pm_scene *scene, enum pm_shape_kind kind, double x, double y, double w,
                              double h); /* NULL after a failure */

/* The width of a label in points, from a table of typical advances, generous by a few per cent: scenes are drawn before a font is known. */
double pm_label_width(struct pm_str text, double size, bool bold);

#endif
