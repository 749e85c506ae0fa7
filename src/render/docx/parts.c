/* Small parts, and small things that all files here write. */
#include "render/docx/docx_internal.h"

#include <math.h>

#define WORDPROCESSING " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""

void pm_docx_int(struct pm_buf *out, long value)
{
    char digits[24];
    size_t at = sizeof digits;
    unsigned long rest = value < 0 ? 0UL - (unsigned long)value : (unsigned long)value;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (value < 0)
        digits[--at] = '-';
    pm_buf_add(out, digits + at, sizeof digits - at);
}

int pm_docx_half_points(double points)
{
    return (int)lround(points * 2 * 1.06);
}

int pm_docx_twips(double points)
{
    return (int)lround(points * 20);
}

int pm_docx_page_width(const struct pm_theme *theme)
{
    int width = pm_docx_twips(theme->paper_width) - pm_docx_twips(theme->margin_left) - pm_docx_twips(theme->margin_right);
    return width > 1000 ? width : 1000;
}

void pm_docx_colour(struct pm_buf *out, struct pm_rgb rgb)
{
    static const char digits[] = "0123456789ABCDEF";
    const unsigned char bytes[] = {rgb.r, rgb.g, rgb.b};
    for (size_t i = 0; i < sizeof bytes; i++) {
        pm_buf_putc(out, digits[bytes[i] >> 4]);
        pm_buf_putc(out, digits[bytes[i] & 15]);
    }
}

/* Word's dictionaries and calendars are those of regions: a language alone gets one, English that of our dates. */
static const char *region_of(struct pm_str lang)
{
    static const char *const regions[][2] = {
        {"ar", "SA"}, {"cs", "CZ"}, {"da", "DK"}, {"de", "DE"}, {"el", "GR"}, {"en", "GB"}, {"es", "ES"}, {"fa", "IR"}, {"fi", "FI"},
        {"fr", "FR"}, {"he", "IL"}, {"hi", "IN"}, {"hu", "HU"}, {"it", "IT"}, {"ja", "JP"}, {"ko", "KR"}, {"nb", "NO"}, {"nl", "NL"},
        {"pl", "PL"}, {"pt", "PT"}, {"ro", "RO"}, {"ru", "RU"}, {"sv", "SE"}, {"th", "TH"}, {"tr", "TR"}, {"uk", "UA"}, {"vi", "VN"},
        {"zh", "CN"}};
    for (size_t i = 0; i < sizeof regions / sizeof *regions; i++)
        if (pm_str_is(lang, regions[i][0]))
            return regions[i][1];
    return NULL;
}

/* Letters, digits and '-' (BCP 47); English when nothing is left. */
void pm_docx_lang_tag(struct pm_buf *out, struct pm_str lang)
{
    size_t before = out->len;
    const char *region = region_of(lang);
    for (size_t i = 0; i < lang.n && i < 35; i++) {
        char c = lang.p[i] == '_' ? '-' : lang.p[i];
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c == '-' && i > 0))
            pm_buf_putc(out, c);
    }
    if (out->len == before)
        pm_buf_puts(out, "en-GB");
    if (region) {
        pm_buf_putc(out, '-');
        pm_buf_puts(out, region);
    }
}

/* ---- settings.xml ---- */

void pm_docx_settings(struct pm_buf *out)
{
    pm_buf_puts(out, PM_XML_DECLARATION
                "<w:settings" WORDPROCESSING "><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"720\"/>"
                "<w:characterSpacingControl w:val=\"doNotCompress\"/><w:compat>"
                "<w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/>"
                "<w:compatSetting w:name=\"overrideTableStyleFontSizeAndJustification\" w:uri=\"http://schemas.microsoft.com/office/word\" "
                "w:val=\"1\"/>"
                "<w:compatSetting w:name=\"enableOpenTypeFeatures\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"1\"/>"
                "<w:compatSetting w:name=\"doNotFlipMirrorIndents\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"1\"/>"
                "</w:compat><w:decimalSymbol w:val=\".\"/><w:listSeparator w:val=\",\"/></w:settings>");
}

/* ---- fontTable.xml: what may stand for a face that a system lacks ---- */

void pm_docx_fonts(struct pm_buf *out)
{
    pm_buf_puts(out, PM_XML_DECLARATION
                "<w:fonts" WORDPROCESSING ">"
                "<w:font w:name=\"" PM_DOCX_FONT "\"><w:altName w:val=\"Carlito\"/><w:panose1 w:val=\"020F0502020204030204\"/>"
                "<w:charset w:val=\"00\"/><w:family w:val=\"swiss\"/><w:pitch w:val=\"variable\"/></w:font>"
                "<w:font w:name=\"" PM_DOCX_MONO "\"><w:altName w:val=\"DejaVu Sans Mono\"/><w:panose1 w:val=\"020B0609020204030204\"/>"
                "<w:charset w:val=\"00\"/><w:family w:val=\"modern\"/><w:pitch w:val=\"fixed\"/></w:font>"
                "<w:font w:name=\"Segoe UI Symbol\"><w:altName w:val=\"DejaVu Sans\"/><w:charset w:val=\"00\"/><w:family w:val=\"swiss\"/>"
                "<w:pitch w:val=\"variable\"/></w:font></w:fonts>");
}

/* ---- theme1.xml (ISO/IEC 29500-1, 20.1.6.9): programs take colours and faces for new things from it ---- */

static void put_colour(struct pm_buf *out, const char *name, struct pm_rgb rgb)
{
    pm_buf_puts(out, "<a:");
    pm_buf_puts(out, name);
    pm_buf_puts(out, "><a:srgbClr val=\"");
    pm_docx_colour(out, rgb);
    pm_buf_puts(out, "\"/></a:");
    pm_buf_puts(out, name);
    pm_buf_puts(out, ">");
}

static void put_colours(const struct pm_theme *theme, struct pm_buf *out)
{
    static const struct { const char *name; enum pm_colour role;
    } colours[] = {{"dk1", PM_COLOUR_TEXT},        {"lt1", PM_COLOUR_PAPER},        {"dk2", PM_COLOUR_MUTED},
                   {"lt2", PM_COLOUR_SURFACE},     {"accent1", PM_COLOUR_ACCENT},   {"accent2", PM_COLOUR_HARM},
                   {"accent3", PM_COLOUR_DETECT},  {"accent4", PM_COLOUR_IDENTIFY}, {"accent5", PM_COLOUR_MITIGATE},
                   {"accent6", PM_COLOUR_RESOLVE}, {"hlink", PM_COLOUR_ACCENT},     {"folHlink", PM_COLOUR_MUTED}};
    for (size_t i = 0; i < sizeof colours / sizeof *colours; i++)
        put_colour(out, colours[i].name, theme->colours[colours[i].role]);
}

#define FACE "<a:latin typeface=\"" PM_DOCX_FONT "\"/><a:ea typeface=\"\"/><a:cs typeface=\"\"/>"
#define FILL "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>"
#define LINE "<a:ln w=\"6350\">" FILL "</a:ln>"
#define EFFECT "<a:effectStyle><a:effectLst/></a:effectStyle>"

void pm_docx_theme(const struct pm_theme *theme, struct pm_buf *out)
{
    pm_buf_puts(out, PM_XML_DECLARATION "<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"");
    pm_xml_attribute(out, theme->name.n ? theme->name : PM_LIT("default"));
    pm_buf_puts(out, "\"><a:themeElements><a:clrScheme name=\"pmkit\">");
    put_colours(theme, out);
    pm_buf_puts(out, "</a:clrScheme><a:fontScheme name=\"pmkit\"><a:majorFont>" FACE "</a:majorFont><a:minorFont>" FACE "</a:minorFont>"
                     "</a:fontScheme><a:fmtScheme name=\"pmkit\"><a:fillStyleLst>" FILL FILL FILL "</a:fillStyleLst>"
                     "<a:lnStyleLst>" LINE LINE LINE "</a:lnStyleLst><a:effectStyleLst>" EFFECT EFFECT EFFECT "</a:effectStyleLst>"
                     "<a:bgFillStyleLst>" FILL FILL FILL "</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>");
}

/* ---- headers and footers ---- */

static void begin_part(struct pm_buf *out, const char *element)
{
    pm_buf_puts(out, PM_XML_DECLARATION "<w:");
    pm_buf_puts(out, element);
    pm_buf_puts(out, PM_DOCX_NAMESPACES PM_DOCX_IGNORABLE ">");
}

/* tab: where text of the other end ends; 0: as the style says. */
static void begin_paragraph(struct pm_buf *out, const char *style, enum pm_direction direction, int tab)
{
    pm_buf_puts(out, "<w:p><w:pPr><w:pStyle w:val=\"");
    pm_buf_puts(out, style);
    pm_buf_puts(out, "\"/>");
    if (tab) {
        pm_buf_puts(out, "<w:tabs><w:tab w:val=\"right\" w:pos=\"");
        pm_docx_int(out, tab);
        pm_buf_puts(out, "\"/></w:tabs>");
    }
    pm_buf_puts(out, direction == PM_DIRECTION_RTL ? "<w:bidi/></w:pPr>" : "</w:pPr>");
}

static void put_text(struct pm_buf *out, struct pm_str text)
{
    if (text.n == 0)
        return;
    pm_buf_puts(out, "<w:r><w:t xml:space=\"preserve\">");
    pm_xml_text(out, text);
    pm_buf_puts(out, "</w:t></w:r>");
}

static void put_field(struct pm_buf *out, const char *name)
{
    pm_buf_puts(out, "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> ");
    pm_buf_puts(out, name);
    pm_buf_puts(out, " </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r>"
                     "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>");
}

/* "Page %s of %s" with fields for the numbers. */
static void put_page_of(struct pm_buf *out, struct pm_str pattern)
{
    size_t from = 0, fields = 0;
    for (size_t i = 0; i + 1 < pattern.n && fields < 2; i++) {
        if (pattern.p[i] != '%' || pattern.p[i + 1] != 's')
            continue;
        put_text(out, (struct pm_str){pattern.p + from, i - from});
        put_field(out, fields++ == 0 ? "PAGE" : "NUMPAGES");
        from = i + 2;
    }
    put_text(out, (struct pm_str){pattern.p + from, pattern.n - from});
}

void pm_docx_header(const struct pm_docx *docx, const struct pm_docx_document *doc, const char *logo, struct pm_buf *out)
{
    begin_part(out, "hdr");
    begin_paragraph(out, "Header", pm_direction_of(doc->header), logo ? pm_docx_page_width(docx->theme) : 0);
    put_text(out, doc->header);
    if (logo) {
        pm_buf_puts(out, "<w:r><w:tab/></w:r>");
        pm_docx_logo(&docx->logo, docx->theme, logo, out);
    }
    pm_buf_puts(out, "</w:p></w:hdr>");
}

void pm_docx_first_header(const struct pm_docx *docx, const struct pm_docx_document *doc, const char *logo, struct pm_buf *out)
{
    enum pm_direction direction = pm_direction_of_language(doc->lang);
    begin_part(out, "hdr");
    if (logo) {
        begin_paragraph(out, "PmLogo", direction, 0);
        pm_docx_logo(&docx->logo, docx->theme, logo, out);
        pm_buf_puts(out, "</w:p>");
    }
    begin_paragraph(out, "PmBand", direction, 0);
    pm_buf_puts(out, "</w:p></w:hdr>");
}

void pm_docx_footer(const struct pm_docx_document *doc, struct pm_buf *out)
{
    begin_part(out, "ftr");
    begin_paragraph(out, "Footer", pm_direction_of_language(doc->lang), 0);
    put_text(out, doc->footer);
    pm_buf_puts(out, "<w:r><w:tab/></w:r>");
    put_page_of(out, doc->page_of.n ? doc->page_of : PM_LIT("%s / %s"));
    pm_buf_puts(out, "</w:p></w:ftr>");
}
