#include "render/docx/docx_internal.h"

#include <math.h>

/* ISO/IEC 29500-1, 20.4.2.8; 12,700 units a point. */
void pm_docx_logo(const struct pm_logo *logo, const struct pm_theme *theme, const char *id, struct pm_buf *out)
{
    double height = theme->logo_height, width = height * (double)logo->width / (double)logo->height, most = theme->paper_width / 3;
    if (width > most) {
        height *= most / width;
        width = most;
    }
    long cx = lround(width * 12700), cy = lround(height * 12700);
    pm_buf_printf(out, "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"%ld\" cy=\"%ld\"/>"
                       "<wp:docPr id=\"%d\" name=\"Logo\" descr=\"", cx, cy, PM_DOCX_FIRST_ID);
    pm_xml_attribute(out, theme->logo_alt.n ? theme->logo_alt : PM_LIT("Logo"));
    pm_buf_printf(out, "\"/><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic>"
                       "<pic:nvPicPr><pic:cNvPr id=\"0\" name=\"Logo\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"%s\"/>"
                       "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>"
                       "<a:ext cx=\"%ld\" cy=\"%ld\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>"
                       "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>", id, cx, cy);
}
