#include "render/svg.h"

#include "render/html_text.h"
#include "render/xml.h"

/* Around the picture in a file: labels may reach its edge. */
static const double MARGIN = 8;

struct painter {
    const struct pm_theme *theme;
    struct pm_buf *out;
};

const char *pm_svg_colour_name(enum pm_colour colour)
{
    static const char *const names[PM_COLOUR_COUNT] = {
        "none", "text", "muted", "line", "surface", "paper", "accent", "harm", "detect", "identify", "mitigate", "resolve",
        "done", "open", "in-progress", "blocked", "dropped",
    };
    return names[colour];
}

/* An attribute; `begin` is all of it up to its value. */
static void put_number(struct pm_buf *b, const char *begin, double value)
{
    pm_buf_puts(b, begin);
    pm_buf_number(b, value, 2);
    pm_buf_putc(b, '"');
}

void pm_svg_rgb(struct pm_buf *b, struct pm_rgb rgb)
{
    static const char digits[] = "0123456789abcdef";
    const unsigned char parts[] = {rgb.r, rgb.g, rgb.b};
    char text[] = "#000000", *p = text + 1;
    for (int i = 0; i < 3; i++) {
        *p++ = digits[parts[i] >> 4];
        *p++ = digits[parts[i] & 15];
    }
    pm_buf_add(b, text, sizeof text - 1);
}

static void put_colour(const struct painter *p, const char *begin, enum pm_colour colour)
{
    struct pm_buf *b = p->out;
    pm_buf_puts(b, begin);
    if (colour == PM_COLOUR_NONE) {
        pm_buf_puts(b, "none");
    } else if (p->theme) {
        pm_svg_rgb(b, p->theme->colours[colour]);
    } else {
        pm_buf_puts(b, "var(--");
        pm_buf_puts(b, pm_svg_colour_name(colour));
        pm_buf_putc(b, ')');
    }
    pm_buf_putc(b, '"');
}

static void put_stroke(const struct painter *p, const struct pm_shape *shape)
{
    if (shape->stroke == PM_COLOUR_NONE)
        return;
    put_colour(p, " stroke=\"", shape->stroke);
    put_number(p->out, " stroke-width=\"", shape->stroke_width);
    if (shape->dashed)
        pm_buf_puts(p->out, " stroke-dasharray=\"3 2\"");
}

/* Closes the element of a shape other than a label. */
static void end_shape(const struct painter *p, const struct pm_shape *shape)
{
    if (shape->kind != PM_LINE)
        put_colour(p, " fill=\"", shape->fill);
    put_stroke(p, shape);
    pm_buf_puts(p->out, "/>\n");
}

static void put_rect(const struct painter *p, const struct pm_shape *shape)
{
    struct pm_buf *b = p->out;
    pm_buf_puts(b, "<rect");
    put_number(b, " x=\"", shape->x);
    put_number(b, " y=\"", shape->y);
    put_number(b, " width=\"", shape->w);
    put_number(b, " height=\"", shape->h);
    if (shape->radius > 0)
        put_number(b, " rx=\"", shape->radius);
    end_shape(p, shape);
}

static void put_line(const struct painter *p, const struct pm_shape *shape)
{
    struct pm_buf *b = p->out;
    pm_buf_puts(b, "<line");
    put_number(b, " x1=\"", shape->x);
    put_number(b, " y1=\"", shape->y);
    put_number(b, " x2=\"", shape->x + shape->w);
    put_number(b, " y2=\"", shape->y + shape->h);
    end_shape(p, shape);
}

static void put_circle(const struct painter *p, const struct pm_shape *shape)
{
    struct pm_buf *b = p->out;
    pm_buf_puts(b, "<circle");
    put_number(b, " cx=\"", shape->x);
    put_number(b, " cy=\"", shape->y);
    put_number(b, " r=\"", shape->w);
    end_shape(p, shape);
}

static void put_point(struct pm_buf *b, char command, double x, double y)
{
    pm_buf_putc(b, command);
    pm_buf_number(b, x, 2);
    pm_buf_putc(b, ' ');
    pm_buf_number(b, y, 2);
}

static void put_diamond(const struct painter *p, const struct pm_shape *shape)
{
    struct pm_buf *b = p->out;
    pm_buf_puts(b, "<path d=\"");
    put_point(b, 'M', shape->x, shape->y - shape->w);
    put_point(b, 'L', shape->x + shape->w, shape->y);
    put_point(b, 'L', shape->x, shape->y + shape->w);
    put_point(b, 'L', shape->x - shape->w, shape->y);
    pm_buf_puts(b, "Z\"");
    end_shape(p, shape);
}

static void put_label(const struct painter *p, const struct pm_shape *shape)
{
    struct pm_buf *b = p->out;
    pm_buf_puts(b, "<text");
    put_number(b, " x=\"", shape->x);
    put_number(b, " y=\"", shape->y);
    put_number(b, " font-size=\"", shape->size);
    if (shape->bold)
        pm_buf_puts(b, " font-weight=\"bold\"");
    if (shape->align != PM_ALIGN_START)
        pm_buf_puts(b, shape->align == PM_ALIGN_CENTER ? " text-anchor=\"middle\"" : " text-anchor=\"end\"");
    put_colour(p, " fill=\"", shape->fill);
    pm_buf_putc(b, '>');
    if (p->theme)
        pm_xml_text(b, shape->text);
    else
        pm_html_text(b, shape->text);
    pm_buf_puts(b, "</text>\n");
}

static void put_shape(const struct painter *p, const struct pm_shape *shape)
{
    switch (shape->kind) {
    case PM_RECT: put_rect(p, shape); break;
    case PM_LINE: put_line(p, shape); break;
    case PM_CIRCLE: put_circle(p, shape); break;
    case PM_DIAMOND: put_diamond(p, shape); break;
    case PM_LABEL: put_label(p, shape); break;
    }
}

static void put_box(struct pm_buf *b, double x, double y, double w, double h)
{
    pm_buf_puts(b, " viewBox=\"");
    pm_buf_number(b, x, 2);
    put_point(b, ' ', y, w);
    pm_buf_putc(b, ' ');
    pm_buf_number(b, h, 2);
    pm_buf_putc(b, '"');
}

/* The direction is said, since a page from right to left would turn the anchors of the labels around. */
static void open_in_page(const struct pm_scene *scene, struct pm_str alt, struct pm_buf *b)
{
    pm_buf_puts(b, "<svg");
    put_box(b, 0, 0, scene->width, scene->height);
    put_number(b, " width=\"", scene->width);
    put_number(b, " height=\"", scene->height);
    pm_buf_puts(b, " direction=\"ltr\" role=\"img\" aria-label=\"");
    pm_html_text(b, alt);
    pm_buf_puts(b, "\">\n");
}

static void open_file(const struct pm_scene *scene, struct pm_str alt, const struct painter *p)
{
    struct pm_buf *b = p->out;
    double w = scene->width + 2 * MARGIN, h = scene->height + 2 * MARGIN;
    pm_buf_puts(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"");
    pm_buf_number(b, w, 2);
    pm_buf_puts(b, "pt\" height=\"");
    pm_buf_number(b, h, 2);
    pm_buf_puts(b, "pt\"");
    put_box(b, -MARGIN, -MARGIN, w, h);
    pm_buf_puts(b, " direction=\"ltr\" role=\"img\" font-family=\"'Noto Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif\">\n");
    pm_buf_puts(b, "<title>");
    pm_xml_text(b, alt);
    pm_buf_puts(b, "</title>\n");
    put_rect(p, &(struct pm_shape){.kind = PM_RECT, .x = -MARGIN, .y = -MARGIN, .w = w, .h = h, .fill = PM_COLOUR_PAPER});
}

void pm_svg(const struct pm_scene *scene, struct pm_str alt, const struct pm_svg_options *options, struct pm_buf *out)
{
    struct painter p = {.theme = options ? options->theme : NULL, .out = out};
    if (!scene || scene->count == 0 || !(scene->width > 0) || !(scene->height > 0))
        return;
    if (p.theme)
        open_file(scene, alt, &p);
    else
        open_in_page(scene, alt, out);
    for (size_t i = 0; i < scene->count; i++)
        put_shape(&p, &scene->shapes[i]);
    pm_buf_puts(out, "</svg>\n");
}
