/* styles.xml: the usual styles by their usual ids, so that programs and a brand know them, and a few of our own that begin with "Pm". */
#include "render/docx/docx_internal.h"

#include <string.h>

enum size { NO_SIZE, SMALL, TABLE, CODE, TITLE, H1, H2, H3, METRIC, BODY };
enum flag { BOLD = 1, ITALIC = 2, MONO = 4, KEEP = 8, COMMON = 16 };   /* KEEP: with the next; COMMON: shown first in lists of styles */
enum decoration { PLAIN, RULE_BELOW, BAR, BOX, TAB_END, ENTRY, BAND, END };

#define NO_COLOUR PM_COLOUR_NONE

enum { BAND_WIDTH = 880 };               /* twips, less than any page has */

struct paragraph_style {
    const char *id, *name, *based, *next;
    int before, after, left;             /* twips; -1: inherited */
    enum size size;
    enum pm_colour colour;
    enum decoration decoration;
    int outline;                         /* level, -1: none */
    unsigned flags;
};

static const struct paragraph_style paragraphs[] = {
    {"Title", "Title", "Normal", "Normal", 0, 160, -1, TITLE, PM_COLOUR_TEXT, PLAIN, -1, BOLD | KEEP | COMMON},
    {"Subtitle", "Subtitle", "Normal", "Normal", 0, 160, -1, H2, PM_COLOUR_MUTED, PLAIN, -1, KEEP | COMMON},
    {"Heading1", "heading 1", "Normal", "Normal", 400, 140, -1, H1, PM_COLOUR_ACCENT, RULE_BELOW, 0, BOLD | KEEP | COMMON},
    {"Heading2", "heading 2", "Normal", "Normal", 280, 80, -1, H2, PM_COLOUR_TEXT, PLAIN, 1, BOLD | KEEP | COMMON},
    {"Heading3", "heading 3", "Normal", "Normal", 220, 60, -1, H3, PM_COLOUR_TEXT, PLAIN, 2, BOLD | KEEP | COMMON},
    {"Heading4", "heading 4", "Normal", "Normal", 180, 40, -1, BODY, PM_COLOUR_TEXT, PLAIN, 3, BOLD | KEEP | COMMON},
    {"Heading5", "heading 5", "Normal", "Normal", 160, 40, -1, BODY, PM_COLOUR_MUTED, PLAIN, 4, BOLD | ITALIC | KEEP | COMMON},
    {"ListParagraph", "List Paragraph", "Normal", NULL, -1, 60, 360, NO_SIZE, NO_COLOUR, PLAIN, -1, COMMON},
    {"ListBullet", "List Bullet", "ListParagraph", NULL, -1, -1, -1, NO_SIZE, NO_COLOUR, PLAIN, -1, COMMON},
    {"ListBullet2", "List Bullet 2", "ListParagraph", NULL, -1, -1, -1, NO_SIZE, NO_COLOUR, PLAIN, -1, 0},
    {"ListBullet3", "List Bullet 3", "ListParagraph", NULL, -1, -1, -1, NO_SIZE, NO_COLOUR, PLAIN, -1, 0},
    {"ListBullet4", "List Bullet 4", "ListParagraph", NULL, -1, -1, -1, NO_SIZE, NO_COLOUR, PLAIN, -1, 0},
    {"ListBullet5", "List Bullet 5", "ListParagraph", NULL, -1, -1, -1, NO_SIZE, NO_COLOUR, PLAIN, -1, 0},
    {"ListNumber", "List Number", "ListParagraph", NULL, -1, -1, -1, NO_SIZE, NO_COLOUR, PLAIN, -1, COMMON},
    {"ListNumber2", "List Number 2", "ListParagraph", NULL, -1, -1, -1, NO_SIZE, NO_COLOUR, PLAIN, -1, 0},
    {"ListNumber3", "List Number 3", "ListParagraph", NULL, -1, -1, -1, NO_SIZE, NO_COLOUR, PLAIN, -1, 0},
    {"ListNumber4", "List Number 4", "ListParagraph", NULL, -1, -1, -1, NO_SIZE, NO_COLOUR, PLAIN, -1, 0},
    {"ListNumber5", "List Number 5", "ListParagraph", NULL, -1, -1, -1, NO_SIZE, NO_COLOUR, PLAIN, -1, 0},
    {"Quote", "Quote", "Normal", "Normal", -1, -1, 280, NO_SIZE, PM_COLOUR_MUTED, BAR, -1, COMMON},
    {"Caption", "caption", "Normal", "Normal", 40, 160, -1, SMALL, PM_COLOUR_MUTED, PLAIN, -1, COMMON},
    {"Header", "header", "Normal", NULL, 0, 120, -1, SMALL, PM_COLOUR_MUTED, RULE_BELOW, -1, 0},
    {"Footer", "footer", "Normal", NULL, 0, 0, -1, SMALL, PM_COLOUR_MUTED, TAB_END, -1, 0},
    {"TOCHeading", "TOC Heading", "Normal", "Normal", 320, 80, -1, H2, PM_COLOUR_TEXT, PLAIN, -1, BOLD | KEEP | COMMON},
    {"TOC1", "toc 1", "Normal", "Normal", 0, 30, -1, NO_SIZE, NO_COLOUR, ENTRY, -1, 0},
    {"TOC2", "toc 2", "Normal", "Normal", 0, 20, 280, SMALL, PM_COLOUR_MUTED, ENTRY, -1, 0},
    {"TOC3", "toc 3", "Normal", "Normal", 0, 20, 560, SMALL, PM_COLOUR_MUTED, ENTRY, -1, 0},
    {"PmMinor", "PM Minor", "Normal", NULL, -1, 80, -1, SMALL, PM_COLOUR_MUTED, PLAIN, -1, 0},
    {"PmTableText", "PM Table Text", "Normal", NULL, 0, 20, -1, TABLE, NO_COLOUR, PLAIN, -1, 0},
    {"PmTableHead", "PM Table Head", "PmTableText", NULL, -1, -1, -1, NO_SIZE, PM_COLOUR_MUTED, PLAIN, -1, BOLD | KEEP},
    {"PmTableMinor", "PM Table Minor", "PmTableText", NULL, -1, -1, -1, SMALL, PM_COLOUR_MUTED, PLAIN, -1, 0},
    {"PmFactLabel", "PM Fact Label", "PmTableText", NULL, -1, -1, -1, NO_SIZE, PM_COLOUR_MUTED, PLAIN, -1, 0},
    {"PmMetricValue", "PM Metric Value", "Normal", NULL, 0, 0, -1, METRIC, PM_COLOUR_TEXT, PLAIN, -1, BOLD | KEEP},
    {"PmMetricLabel", "PM Metric Label", "PmTableText", NULL, -1, 0, -1, SMALL, PM_COLOUR_TEXT, PLAIN, -1, 0},
    {"PmMetricNote", "PM Metric Note", "PmTableText", NULL, -1, 0, -1, SMALL, PM_COLOUR_MUTED, PLAIN, -1, 0},
    {"PmBadges", "PM Badges", "Normal", NULL, 0, 200, -1, TABLE, NO_COLOUR, PLAIN, -1, 0},
    {"PmPanelText", "PM Panel Text", "Normal", NULL, -1, 60, -1, NO_SIZE, NO_COLOUR, PLAIN, -1, 0},
    {"PmPanelTitle", "PM Panel Title", "PmPanelText", "PmPanelText", -1, -1, -1, NO_SIZE, NO_COLOUR, PLAIN, -1, BOLD | KEEP},
    {"PmCode", "Code", "Normal", NULL, 60, 160, -1, CODE, NO_COLOUR, BOX, -1, MONO | COMMON},
    {"PmFigure", "PM Figure", "Normal", NULL, 100, 60, -1, NO_SIZE, NO_COLOUR, PLAIN, -1, 0},
    {"PmLogo", "PM Logo", "Normal", NULL, 0, 0, -1, NO_SIZE, NO_COLOUR, END, -1, 0},
    {"PmBand", "PM Band", "Normal", NULL, 0, 0, -1, NO_SIZE, NO_COLOUR, BAND, -1, 0},
    {"PmRule", "PM Rule", "Normal", NULL, 0, 160, -1, SMALL, NO_COLOUR, RULE_BELOW, -1, 0},
};

struct writer { const struct pm_theme *theme; struct pm_buf *out; bool compact; };

static void put(const struct writer *w, const char *text)
{
    pm_buf_puts(w->out, text);
}

static void put_int(const struct writer *w, const char *before, long value, const char *after)
{
    put(w, before);
    pm_docx_int(w->out, value);
    put(w, after);
}

static void put_rgb(const struct writer *w, const char *before, struct pm_rgb rgb, const char *after)
{
    put(w, before);
    pm_docx_colour(w->out, rgb);
    put(w, after);
}

static void put_name(const struct writer *w, const char *before, const char *name, const char *after)
{
    put(w, before);
    put(w, name);
    put(w, after);
}

static double points_of(const struct writer *w, enum size size)
{
    const struct pm_theme *t = w->theme;
    const double sizes[] = {0,          t->size_small, t->size_table, t->size_code,   t->size_title,
                            t->size_h1, t->size_h2,    t->size_h3,    t->size_metric, t->size_body};
    return w->compact && size == TITLE ? sizes[size] * 0.85 : sizes[size];
}

static int half_points(const struct writer *w, double points)
{
    return w->compact ? (int)(2 * points) : pm_docx_half_points(points);
}

/* ---- paragraphs ---- */

static void put_decoration(const struct writer *w, enum decoration decoration)
{
    struct pm_rgb line = w->theme->colours[PM_COLOUR_LINE], surface = w->theme->colours[PM_COLOUR_SURFACE];
    static const char *const sides[] = {"top", "left", "bottom", "right"};
    switch (decoration) {
    case RULE_BELOW: put_rgb(w, "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"3\" w:color=\"", line, "\"/></w:pBdr>"); break;
    case BAR: put_rgb(w, "<w:pBdr><w:left w:val=\"single\" w:sz=\"18\" w:space=\"8\" w:color=\"", line, "\"/></w:pBdr>"); break;
    case BOX:
        put(w, "<w:pBdr>");
        for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
            put_name(w, "<w:", sides[i], " w:val=\"single\" w:sz=\"4\" w:space=\"5\" w:color=\"");
            put_rgb(w, "", surface, "\"/>");
        }
        put_rgb(w, "</w:pBdr><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"", surface, "\"/>");
        break;
    case TAB_END: put_int(w, "<w:tabs><w:tab w:val=\"right\" w:pos=\"", pm_docx_page_width(w->theme), "\"/></w:tabs>"); break;
    case ENTRY:     /* for the numbers of pages that an update brings */
        put_int(w, "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"", pm_docx_page_width(w->theme), "\"/></w:tabs>");
        break;
    case BAND:
        put_rgb(w, "<w:pBdr><w:top w:val=\"single\" w:sz=\"32\" w:space=\"0\" w:color=\"", w->theme->colours[PM_COLOUR_ACCENT],
                "\"/></w:pBdr>");
        break;
    default: break;
    }
}

static void put_spacing(const struct writer *w, const struct paragraph_style *s)
{
    if (s->before < 0 && s->after < 0 && s->size < TITLE && s->size != CODE)
        return;
    put(w, "<w:spacing");
    if (s->before >= 0)
        put_int(w, " w:before=\"", w->compact ? s->before / 2 : s->before, "\"");
    if (s->after >= 0)
        put_int(w, " w:after=\"", w->compact ? s->after / 2 : s->after, "\"");
    if (s->size == TITLE || s->size == METRIC || s->size == CODE || s->size == TABLE)   /* large and small type stand closer */
        put(w, " w:line=\"240\" w:lineRule=\"auto\"");
    put(w, "/>");
}

/* Who applies "List Bullet 2" by hand gets its bullet; the indents are those of the numbering. */
static void put_numbering(const struct writer *w, const char *id)
{
    bool ordered = strncmp(id, "ListNumber", 10) == 0;
    if (!ordered && strncmp(id, "ListBullet", 10) != 0)
        return;
    put_int(w, "<w:numPr><w:ilvl w:val=\"", id[10] ? id[10] - '1' : 0, "\"/>");
    put_int(w, "<w:numId w:val=\"", ordered ? PM_DOCX_NUMBERS : PM_DOCX_BULLETS, "\"/></w:numPr>");
}

static void put_paragraph_properties(const struct writer *w, const struct paragraph_style *s)
{
    put(w, "<w:pPr>");
    if (s->flags & KEEP)
        put(w, "<w:keepNext/>");
    if (s->flags & (KEEP | MONO))
        put(w, "<w:keepLines/>");
    put_numbering(w, s->id);
    put_decoration(w, s->decoration);
    put_spacing(w, s);
    if (s->decoration == BOX)
        put(w, "<w:ind w:left=\"110\" w:right=\"110\"/>");
    else if (s->decoration == BAND)
        put_int(w, "<w:ind w:right=\"", pm_docx_page_width(w->theme) - BAND_WIDTH, "\"/>");
    else if (s->left >= 0)
        put_int(w, "<w:ind w:left=\"", s->left, "\"/>");
    if (s->decoration == END)
        put(w, "<w:jc w:val=\"right\"/>");
    if (s->outline >= 0)
        put_int(w, "<w:outlineLvl w:val=\"", s->outline, "\"/>");
    put(w, "</w:pPr>");
}

static void put_mono(const struct writer *w)
{
    put(w, "<w:rFonts w:ascii=\"" PM_DOCX_MONO "\" w:hAnsi=\"" PM_DOCX_MONO "\" w:cs=\"" PM_DOCX_MONO "\"/>");
}

static void put_run_properties(const struct writer *w, const struct paragraph_style *s)
{
    put(w, "<w:rPr>");
    if (s->flags & MONO)
        put_mono(w);
    put(w, s->flags & BOLD ? "<w:b/><w:bCs/>" : "");
    put(w, s->flags & ITALIC ? "<w:i/><w:iCs/>" : "");
    put(w, s->flags & MONO ? "<w:noProof/>" : "");
    if (s->colour == PM_COLOUR_ACCENT)
        put_rgb(w, "<w:color w:val=\"", w->theme->colours[s->colour], "\" w:themeColor=\"accent1\"/>");
    else if (s->colour != NO_COLOUR)
        put_rgb(w, "<w:color w:val=\"", w->theme->colours[s->colour], "\"/>");
    if (s->size != NO_SIZE) {
        double points = points_of(w, s->size);
        int size = s->flags & MONO ? (int)(2 * points) : half_points(w, points);
        put_int(w, "<w:sz w:val=\"", size, "\"/>");
        put_int(w, "<w:szCs w:val=\"", size, "\"/>");
    }
    put(w, "</w:rPr>");
}

static void put_paragraph_style(const struct writer *w, const struct paragraph_style *s)
{
    bool own = s->id[0] == 'P' && s->id[1] == 'm';
    put_name(w, own ? "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"" : "<w:style w:type=\"paragraph\" w:styleId=\"",
             s->id, "\">");
    put_name(w, "<w:name w:val=\"", s->name, "\"/>");
    put_name(w, "<w:basedOn w:val=\"", s->based, "\"/>");
    if (s->next)
        put_name(w, "<w:next w:val=\"", s->next, "\"/>");
    put(w, s->flags & COMMON ? "<w:uiPriority w:val=\"9\"/><w:qFormat/>" : "<w:uiPriority w:val=\"39\"/>");
    put_paragraph_properties(w, s);
    put_run_properties(w, s);
    put(w, "</w:style>");
}

/* ---- characters ---- */

static void begin_character_style(const struct writer *w, const char *id, const char *name)
{
    bool own = id[0] == 'P' && id[1] == 'm';
    put_name(w, own ? "<w:style w:type=\"character\" w:customStyle=\"1\" w:styleId=\"" : "<w:style w:type=\"character\" w:styleId=\"", id,
             "\">");
    put_name(w, "<w:name w:val=\"", name, "\"/><w:basedOn w:val=\"DefaultParagraphFont\"/><w:uiPriority w:val=\"99\"/><w:rPr>");
}

/* Lozenges and headings of panels, a style a tone. */
static void put_tones(const struct writer *w)
{
    static const char *const names[] = {"Neutral", "Info", "Success", "Warning", "Danger", "Note"};
    char id[24] = "PmTone", name[24] = "PM Tone ", ink[24] = "PmInk", ink_name[24] = "PM Ink ";
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct pm_tone_colours *tone = &w->theme->tones[i];
        size_t n = strlen(names[i]) + 1;
        memcpy(id + 6, names[i], n);
        memcpy(name + 8, names[i], n);
        memcpy(ink + 5, names[i], n);
        memcpy(ink_name + 7, names[i], n);
        begin_character_style(w, id, name);
        put_rgb(w, "<w:b/><w:bCs/><w:color w:val=\"", tone->text, "\"/>");
        int size = half_points(w, w->theme->size_small);
        put_int(w, "<w:sz w:val=\"", size, "\"/>");
        put_int(w, "<w:szCs w:val=\"", size, "\"/>");
        put_rgb(w, "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"", tone->fill, "\"/></w:rPr></w:style>");
        begin_character_style(w, ink, ink_name);
        put_rgb(w, "<w:color w:val=\"", tone->text, "\"/></w:rPr></w:style>");
    }
}

static void put_characters(const struct writer *w)
{
    put(w, "<w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\"><w:name w:val=\"Default Paragraph Font\"/>"
           "<w:uiPriority w:val=\"1\"/><w:semiHidden/><w:unhideWhenUsed/></w:style>");
    begin_character_style(w, "Hyperlink", "Hyperlink");
    put_rgb(w, "<w:color w:val=\"", w->theme->colours[PM_COLOUR_ACCENT],
            "\" w:themeColor=\"hyperlink\"/><w:u w:val=\"single\"/></w:rPr></w:style>");
    begin_character_style(w, "PlaceholderText", "Placeholder Text");
    put_rgb(w, "<w:color w:val=\"", w->theme->colours[PM_COLOUR_MUTED], "\"/></w:rPr></w:style>");
    begin_character_style(w, "PmCodeChar", "PM Code Char");
    put_mono(w);
    put_rgb(w, "<w:noProof/><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"", w->theme->colours[PM_COLOUR_SURFACE],
            "\"/></w:rPr></w:style>");
    put_tones(w);
}

/* ---- tables ---- */

static void put_margins(const struct writer *w, int top, int start, int end)
{
    put_int(w, "<w:tblCellMar><w:top w:w=\"", top, "\" w:type=\"dxa\"/>");
    put_int(w, "<w:left w:w=\"", start, "\" w:type=\"dxa\"/>");
    put_int(w, "<w:bottom w:w=\"", top, "\" w:type=\"dxa\"/>");
    put_int(w, "<w:right w:w=\"", end, "\" w:type=\"dxa\"/></w:tblCellMar>");
}

static void begin_table_style(const struct writer *w, const char *id, const char *name)
{
    put_name(w, "<w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"", id, "\">");
    put_name(w, "<w:name w:val=\"", name, "\"/><w:basedOn w:val=\"TableNormal\"/><w:uiPriority w:val=\"59\"/><w:tblPr>");
}

static void put_border(const struct writer *w, const char *side, int size, struct pm_rgb rgb)
{
    put_name(w, "<w:", side, " w:val=\"single\" w:sz=\"");
    put_int(w, "", size, "\" w:space=\"0\" w:color=\"");
    put_rgb(w, "", rgb, "\"/>");
}

/* The head is bold by its style of paragraphs alone: bold of a table's and of a paragraph's style cancel each other (ISO/IEC
 * 29500-1, 17.7.3). */
static void put_grid(const struct writer *w, const char *id, const char *name)
{
    const struct pm_rgb *colours = w->theme->colours;
    begin_table_style(w, id, name);
    put(w, "<w:tblStyleRowBandSize w:val=\"1\"/><w:tblBorders>");
    put_border(w, "top", 4, colours[PM_COLOUR_LINE]);
    put_border(w, "bottom", 4, colours[PM_COLOUR_LINE]);
    put_border(w, "insideH", 4, colours[PM_COLOUR_LINE]);
    put(w, "</w:tblBorders>");
    put_margins(w, w->compact ? 30 : 45, 100, 100);
    put_rgb(w, "</w:tblPr><w:tblStylePr w:type=\"firstRow\"><w:tblPr/><w:tcPr><w:tcBorders><w:bottom w:val=\"single\" "
               "w:sz=\"8\" w:space=\"0\" w:color=\"", colours[PM_COLOUR_MUTED], "\"/></w:tcBorders>");
    put_rgb(w, "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"", colours[PM_COLOUR_SURFACE],
            "\"/><w:vAlign w:val=\"bottom\"/></w:tcPr></w:tblStylePr>");
    put(w, "</w:style>");
}

static void put_tables(const struct writer *w)
{
    const struct pm_rgb *colours = w->theme->colours;
    put(w,
        "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:uiPriority w:val=\"99\"/>"
        "<w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/>");
    put_margins(w, 0, 108, 108);
    put(w, "</w:tblPr></w:style>");
    put_grid(w, "PmTable", "PM Table");
    begin_table_style(w, "PmFacts", "PM Facts");
    put_margins(w, 15, 0, 160);   /* without lines the text is the edge */
    put(w, "</w:tblPr></w:style>");
    begin_table_style(w, "PmMetrics", "PM Metrics");
    put(w, "<w:tblBorders>");
    put_border(w, "insideH", 48, colours[PM_COLOUR_PAPER]);
    put_border(w, "insideV", 48, colours[PM_COLOUR_PAPER]);
    put(w, "</w:tblBorders>");
    put_margins(w, 100, 120, 120);
    put_rgb(w, "</w:tblPr><w:tcPr><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"", colours[PM_COLOUR_SURFACE],
            "\"/></w:tcPr></w:style>");
    begin_table_style(w, "PmPanel", "PM Panel");
    put_margins(w, 100, 160, 160);
    put(w, "</w:tblPr></w:style>");
}

/* ---- the part ---- */

static void put_defaults(const struct writer *w, struct pm_str lang)
{
    bool rtl = pm_direction_of_language(lang) == PM_DIRECTION_RTL;
    bool east = pm_str_starts(lang, "zh") || pm_str_starts(lang, "ja") || pm_str_starts(lang, "ko");
    int size = half_points(w, w->theme->size_body);
    put(w, "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"" PM_DOCX_FONT "\" w:hAnsi=\"" PM_DOCX_FONT
           "\" w:eastAsia=\"Microsoft YaHei\" "
           "w:cs=\"Arial\"/>");
    put_int(w, "<w:sz w:val=\"", size, "\"/>");
    put_int(w, "<w:szCs w:val=\"", size, "\"/><w:lang w:val=\"");
    pm_docx_lang_tag(w->out, lang);
    put(w, "\" w:eastAsia=\"");
    pm_docx_lang_tag(w->out, east ? lang : PM_LIT("zh-CN"));
    put(w, "\" w:bidi=\"");
    pm_docx_lang_tag(w->out, rtl ? lang : PM_LIT("ar-SA"));
    double line = w->compact ? 240 : w->theme->leading / 1.3 * 240;
    put(w, "\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>");
    put_int(w, w->compact ? "<w:spacing w:after=\"80\" w:line=\"" : "<w:spacing w:after=\"120\" w:line=\"", (long)(line < 240 ? 240 : line),
            "\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>");
}

void pm_docx_styles(const struct pm_theme *theme, struct pm_str lang, bool compact, struct pm_buf *out)
{
    const struct writer w = {theme, out, compact};
    put(&w, PM_XML_DECLARATION "<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">");
    put_defaults(&w, lang);
    put(&w, "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/><w:rPr>");
    put_rgb(&w, "<w:color w:val=\"", theme->colours[PM_COLOUR_TEXT], "\"/></w:rPr></w:style>");
    put_characters(&w);
    put_tables(&w);
    put(&w, "<w:style w:type=\"numbering\" w:default=\"1\" w:styleId=\"NoList\"><w:name w:val=\"No List\"/><w:uiPriority w:val=\"99\"/>"
            "<w:semiHidden/><w:unhideWhenUsed/></w:style>");
    for (size_t i = 0; i < sizeof paragraphs / sizeof *paragraphs; i++)
        put_paragraph_style(&w, &paragraphs[i]);
    put(&w, "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"PmSpacer\"><w:name w:val=\"PM Spacer\"/><w:basedOn "
            "w:val=\"Normal\"/>"
            "<w:uiPriority w:val=\"99\"/><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"160\" w:lineRule=\"exact\"/></w:pPr>"
            "<w:rPr><w:sz w:val=\"12\"/><w:szCs w:val=\"12\"/></w:rPr></w:style></w:styles>");
}
