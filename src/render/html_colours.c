#include "render/html_colours.h"

#include "render/svg.h"

/* Contrasts: somewhat above what WCAG asks, since luminance is approximated, and what words of colour have. */
static const double ENOUGH = 4.7, GOOD = 7;
enum { STEPS = 16 };

static const struct pm_rgb white = {255, 255, 255}, black = {0, 0, 0};

/* What every dark page has, whatever the theme. */
static const struct pm_rgb dark_text = {0xE3, 0xE8, 0xED}, dark_muted = {0xA6, 0xB1, 0xBC}, dark_line = {0x3A, 0x44, 0x4E},
                           dark_surface = {0x1D, 0x23, 0x2A}, dark_paper = {0x14, 0x19, 0x1E};

/* A channel of sRGB as light: the usual cubic approximation of its curve, within 0.002. */
static double light(unsigned char channel)
{
    double c = channel / 255.0;
    return c * (c * (c * 0.305306011 + 0.682171111) + 0.012522878);
}

static double luminance(struct pm_rgb c)
{
    return 0.2126 * light(c.r) + 0.7152 * light(c.g) + 0.0722 * light(c.b);
}

double pm_html_contrast(struct pm_rgb a, struct pm_rgb b)
{
    double x = luminance(a), y = luminance(b);
    return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}

static unsigned char mix_channel(unsigned char a, unsigned char b, int step)
{
    return (unsigned char)((a * (STEPS - step) + b * step + STEPS / 2) / STEPS);
}

/* `step` of STEPS parts b, the rest a. */
static struct pm_rgb mix(struct pm_rgb a, struct pm_rgb b, int step)
{
    return (struct pm_rgb){mix_channel(a.r, b.r, step), mix_channel(a.g, b.g, step), mix_channel(a.b, b.b, step)};
}

/* As little of `towards` in it as gives the contrast with `other`. */
static struct pm_rgb until_readable(struct pm_rgb c, struct pm_rgb towards, struct pm_rgb other, double wanted)
{
    struct pm_rgb mixed = c;
    for (int step = 1; step <= STEPS && pm_html_contrast(mixed, other) < wanted; step++)
        mixed = mix(c, towards, step);
    return mixed;
}

static struct pm_rgb dark_colour(const struct pm_theme *theme, enum pm_colour role)
{
    struct pm_rgb c = theme->colours[role];
    switch (role) {
    case PM_COLOUR_TEXT: return dark_text;
    case PM_COLOUR_MUTED: return dark_muted;
    case PM_COLOUR_LINE: return dark_line;
    case PM_COLOUR_SURFACE: return dark_surface;
    case PM_COLOUR_PAPER: return dark_paper;
    default: break;
    }
    /* Bars carry words in the colour of the paper or of the text, whichever can be read; in the dark the two change places. */
    bool under_text = pm_html_contrast(c, theme->colours[PM_COLOUR_TEXT]) > pm_html_contrast(c, theme->colours[PM_COLOUR_PAPER]);
    return under_text ? until_readable(c, black, dark_text, ENOUGH)
                      : until_readable(c, white, dark_surface, role == PM_COLOUR_ACCENT ? GOOD : ENOUGH);
}

static struct pm_tone_colours dark_tone(const struct pm_tone_colours *tone)
{
    struct pm_tone_colours dark = {.fill = mix(dark_paper, tone->line, 3), .line = mix(dark_paper, tone->line, 9)};
    dark.text = until_readable(tone->text, white, dark.fill, GOOD);
    return dark;
}

static void put_property(struct pm_buf *out, const char *name, const char *part, struct pm_rgb colour)
{
    pm_buf_puts(out, "--");
    pm_buf_puts(out, name);
    pm_buf_puts(out, part);
    pm_buf_putc(out, ':');
    pm_svg_rgb(out, colour);
    pm_buf_putc(out, ';');
}

/* `derived`: not the theme's own colours, but those made of them. */
static void put_scheme(const struct pm_theme *theme, bool dark, bool derived, struct pm_buf *out)
{
    pm_buf_puts(out, dark ? ":root{color-scheme:dark;" : ":root{color-scheme:light;");
    for (enum pm_colour role = PM_COLOUR_TEXT; role < PM_COLOUR_COUNT; role++)
        put_property(out, pm_svg_colour_name(role), "", derived ? dark_colour(theme, role) : theme->colours[role]);
    for (enum pm_tone tone = PM_TONE_NEUTRAL; tone <= PM_TONE_NOTE; tone++) {
        struct pm_tone_colours colours = derived ? dark_tone(&theme->tones[tone]) : theme->tones[tone];
        put_property(out, pm_tone_name(tone), "-text", colours.text);
        put_property(out, pm_tone_name(tone), "-fill", colours.fill);
        put_property(out, pm_tone_name(tone), "-line", colours.line);
    }
    pm_buf_puts(out, "}\n");
}

void pm_html_colours(const struct pm_theme *theme, struct pm_buf *out)
{
    bool dark = luminance(theme->colours[PM_COLOUR_PAPER]) < luminance(theme->colours[PM_COLOUR_TEXT]);
    put_scheme(theme, dark, false, out);
    if (dark)
        return;
    pm_buf_puts(out, "@media screen and (prefers-color-scheme:dark){\n");
    put_scheme(theme, true, true, out);
    pm_buf_puts(out, "}\n");
}
