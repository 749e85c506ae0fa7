#include "render/docx/drawing.h"

#include "render/xml.h"

#include <math.h>

#define GROUP_URI "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"

struct drawing {
    struct pm_buf *out;
    const struct pm_theme *theme;
    const struct pm_scene *scene;
    double scale;
};

struct box { double x, y, w, h; };   /* points of the scene */

/* ---- values ---- */

/* English metric units: 12,700 to the point. */
static long emu(const struct drawing *d, double points)
{
    return lround(points * d->scale * 12700);
}

static void put_fill(const struct drawing *d, enum pm_colour role)
{
    const struct pm_rgb c = d->theme->colours[role];
    if (role == PM_COLOUR_NONE)
        pm_buf_puts(d->out, "<a:noFill/>");
    else
        pm_buf_printf(d->out, "<a:solidFill><a:srgbClr val=\"%02X%02X%02X\"/></a:solidFill>", c.r, c.g, c.b);
}

/* Dashes are in thousandths of a per cent of the line's width: here three points and two of space. */
static void put_line(const struct drawing *d, const struct pm_shape *s)
{
    if (s->stroke == PM_COLOUR_NONE || !(s->stroke_width > 0)) {
        pm_buf_puts(d->out, "<a:ln><a:noFill/></a:ln>");
        return;
    }
    pm_buf_printf(d->out, "<a:ln w=\"%ld\">", emu(d, s->stroke_width));
    put_fill(d, s->stroke);
    if (s->dashed)
        pm_buf_printf(d->out, "<a:custDash><a:ds d=\"%ld\" sp=\"%ld\"/></a:custDash>", lround(300000 / s->stroke_width),
                      lround(200000 / s->stroke_width));
    pm_buf_puts(d->out, "</a:ln>");
}

static void put_frame(const struct drawing *d, struct box b, const char *attributes)
{
    pm_buf_printf(d->out, "<a:xfrm%s><a:off x=\"%ld\" y=\"%ld\"/><a:ext cx=\"%ld\" cy=\"%ld\"/></a:xfrm>", attributes, emu(d, b.x),
                  emu(d, b.y), emu(d, b.w), emu(d, b.h));
}

/* ---- shapes ---- */

static struct box box_of(const struct pm_shape *s)
{
    if (s->kind == PM_CIRCLE || s->kind == PM_DIAMOND)
        return (struct box){s->x - s->w, s->y - s->w, 2 * s->w, 2 * s->w};
    return (struct box){fmin(s->x, s->x + s->w), fmin(s->y, s->y + s->h), fabs(s->w), fabs(s->h)};
}

/* A line goes from corner to corner of its box: upwards where one of its sides is negative. */
static const char *turn_of(const struct pm_shape *s)
{
    return s->kind == PM_LINE && (s->w < 0) != (s->h < 0) ? " flipV=\"1\"" : "";
}

static void put_geometry(const struct drawing *d, const struct pm_shape *s, struct box b)
{
    static const char *const names[] = {[PM_RECT] = "rect", [PM_LINE] = "line", [PM_CIRCLE] = "ellipse", [PM_DIAMOND] = "diamond",
                                        [PM_LABEL] = "rect"};
    const double least = fmin(b.w, b.h);
    if (s->kind == PM_RECT && s->radius > 0 && least > 0)
        pm_buf_printf(d->out, "<a:prstGeom prst=\"roundRect\"><a:avLst><a:gd name=\"adj\" fmla=\"val %ld\"/></a:avLst></a:prstGeom>",
                      lround(fmin(s->radius / least, 0.5) * 100000));
    else
        pm_buf_printf(d->out, "<a:prstGeom prst=\"%s\"><a:avLst/></a:prstGeom>", names[s->kind]);
}

static void put_shape(const struct drawing *d, const struct pm_shape *s)
{
    const struct box b = box_of(s);
    pm_buf_puts(d->out, s->kind == PM_LINE ? "<wps:wsp><wps:cNvCnPr/><wps:spPr>" : "<wps:wsp><wps:cNvSpPr/><wps:spPr>");
    put_frame(d, b, turn_of(s));
    put_geometry(d, s, b);
    if (s->kind != PM_LINE)
        put_fill(d, s->fill);
    put_line(d, s);
    pm_buf_puts(d->out, "</wps:spPr><wps:bodyPr/></wps:wsp>");
}

/* ---- labels ---- */

/* A line of text of exact height has its base line four fifths down, in Word as in LibreOffice. */
#define LINE_HEIGHT 1.25
#define ABOVE_BASE 1.0

/* The room of a label: more than it needs, since the font may be another, yet within the scene, whose outline is that of its shapes. */
static struct box label_box(const struct drawing *d, const struct pm_shape *s)
{
    const double whole = d->scene->width, wanted = 1.25 * fmax(s->w, pm_label_width(s->text, s->size, s->bold)) + s->size;
    struct box b = {.x = s->x, .y = s->y - ABOVE_BASE * s->size, .w = wanted, .h = LINE_HEIGHT * s->size};
    if (s->align == PM_ALIGN_CENTER) {
        b.w = fmin(wanted, 2 * fmax(fmin(s->x, whole - s->x), s->w / 2));
        b.x -= b.w / 2;
    } else if (s->align == PM_ALIGN_END) {
        b.w = fmin(wanted, fmax(s->x, s->w));
        b.x -= b.w;
    } else {
        b.w = fmin(wanted, fmax(whole - s->x, s->w));
    }
    return b;
}

/* Without any of the paragraph's spaces that the styles of a reference document may have. */
static void put_text(const struct drawing *d, const struct pm_shape *s)
{
    static const char *const sides[] = {[PM_ALIGN_START] = "left", [PM_ALIGN_CENTER] = "center", [PM_ALIGN_END] = "right"};
    const struct pm_rgb c = d->theme->colours[s->fill == PM_COLOUR_NONE ? PM_COLOUR_TEXT : s->fill];
    const long halves = lround(2 * s->size * d->scale), twips = lround(20 * LINE_HEIGHT * s->size * d->scale);
    const char *const bold = s->bold ? "<w:b/><w:bCs/>" : "<w:b w:val=\"0\"/><w:bCs w:val=\"0\"/>";
    pm_buf_printf(d->out, "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"%ld\" w:lineRule=\"exact\"/>"
                  "<w:ind w:left=\"0\" w:right=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"%s\"/></w:pPr><w:r><w:rPr>%s<w:noProof/>"
                  "<w:color w:val=\"%02X%02X%02X\"/><w:sz w:val=\"%ld\"/><w:szCs w:val=\"%ld\"/></w:rPr>"
                  "<w:t xml:space=\"preserve\">",
                  twips, sides[s->align], bold, c.r, c.g, c.b, halves, halves);
    pm_xml_text(d->out, s->text);
    pm_buf_puts(d->out, "</w:t></w:r></w:p>");
}

static void put_label(const struct drawing *d, const struct pm_shape *s)
{
    pm_buf_puts(d->out, "<wps:wsp><wps:cNvSpPr txBox=\"1\"/><wps:spPr>");
    put_frame(d, label_box(d, s), "");
    pm_buf_puts(d->out, "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>"
                        "<wps:txbx><w:txbxContent>");
    put_text(d, s);
    pm_buf_puts(d->out, "</w:txbxContent></wps:txbx><wps:bodyPr wrap=\"square\" lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" anchor=\"t\">"
                        "<a:noAutofit/></wps:bodyPr></wps:wsp>");
}

/* ---- the group ---- */

/* An unseen shape first gives the group the size of the scene, for readers that take it from its shapes. */
static void put_group(const struct drawing *d)
{
    const struct pm_scene *scene = d->scene;
    const struct pm_shape ground = {.kind = PM_RECT, .w = scene->width, .h = scene->height};
    const long width = emu(d, scene->width), height = emu(d, scene->height);
    pm_buf_printf(d->out, "<wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"%ld\" cy=\"%ld\"/>"
                  "<a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"%ld\" cy=\"%ld\"/></a:xfrm></wpg:grpSpPr>", width, height, width, height);
    put_shape(d, &ground);
    for (size_t i = 0; i < scene->count; i++) {
        if (scene->shapes[i].kind == PM_LABEL)
            put_label(d, &scene->shapes[i]);
        else
            put_shape(d, &scene->shapes[i]);
    }
    pm_buf_puts(d->out, "</wpg:wgp>");
}

static void put_properties(const struct drawing *d, struct pm_str alt, struct pm_str name, unsigned id)
{
    pm_buf_printf(d->out, "<wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"%ld\" cy=\"%ld\"/>"
                  "<wp:docPr id=\"%u\" name=\"", emu(d, d->scene->width), emu(d, d->scene->height), id);
    pm_xml_attribute(d->out, name);
    pm_buf_puts(d->out, "\" descr=\"");
    pm_xml_attribute(d->out, alt);
    pm_buf_puts(d->out, "\"/><wp:cNvGraphicFramePr/>");
}

static double scale_for(const struct pm_scene *scene, const struct pm_theme *theme)
{
    const double room = theme->paper_width - theme->margin_left - theme->margin_right;
    return room > 0 ? fmin(1, room / scene->width) : 1;
}

void pm_docx_drawing(const struct pm_scene *scene, struct pm_str alt, struct pm_str name, unsigned id, const struct pm_theme *theme,
                     struct pm_buf *out)
{
    if (!scene || scene->count == 0 || !(scene->width > 0) || !(scene->height > 0))
        return;
    const struct drawing d = {.out = out, .theme = theme, .scene = scene, .scale = scale_for(scene, theme)};
    pm_buf_puts(out, "<mc:AlternateContent><mc:Choice Requires=\"wpg\"><w:drawing>");
    put_properties(&d, alt, name, id);
    pm_buf_puts(out, "<a:graphic><a:graphicData uri=\"" GROUP_URI "\">");
    put_group(&d);
    pm_buf_puts(out, "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:t xml:space=\"preserve\">");
    pm_xml_text(out, alt);
    pm_buf_puts(out, "</w:t></mc:Fallback></mc:AlternateContent>");
}
