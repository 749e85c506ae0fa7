#include "workbook/links.h"

#include "document/markdown.h"
#include "workbook/rows.h"

#include <string.h>

void pm_links_init(struct pm_links *l, int level)
{
    *l = (struct pm_links){0};
    pm_spool_init(&l->links, level);
    pm_spool_init(&l->relations, level);
}

void pm_links_free(struct pm_links *l)
{
    pm_spool_free(&l->links);
    pm_spool_free(&l->relations);
}

static void open_link(struct pm_buf *b, int column, uint32_t row)
{
    char letters[4];
    size_t n = pm_column_letters(letters, column);
    pm_buf_add(b, "<hyperlink ref=\"", 16);
    pm_buf_add(b, letters, n);
    pm_buf_number(b, row, 0);
}

bool pm_link_inside(struct pm_links *l, int column, uint32_t row, struct pm_str sheet, uint32_t to_row)
{
    if (l->inner + l->outer >= PM_LINKS_MOST) {
        l->over++;
        return false;
    }
    struct pm_buf *b = &l->links.text;
    l->inner++;
    open_link(b, column, row);
    pm_buf_puts(b, "\" location=\"");
    pm_attribute(b, sheet);
    pm_buf_puts(b, "!A");
    pm_buf_number(b, to_row, 0);
    pm_buf_puts(b, "\"/>");
    pm_spool_pass(&l->links);
    return true;
}

/* An address as a relation can have it: what is not a character of RFC 3986 or an umlaut's byte is written with %. */
static void put_address(struct pm_buf *b, struct pm_str url)
{
    for (size_t i = 0; i < url.n; i++) {
        unsigned char c = (unsigned char)url.p[i];
        if (c == '&')
            pm_buf_puts(b, "&amp;");
        else if (c <= ' ' || c >= 0x7F || strchr("<>\"{}|\\^`", c))
            pm_buf_printf(b, "%%%02X", c);
        else
            pm_buf_putc(b, (char)c);
    }
}

static bool fits(struct pm_str url)
{
    size_t n = 0;
    for (size_t i = 0; i < url.n; i++) {
        unsigned char c = (unsigned char)url.p[i];
        n += c <= ' ' || c >= 0x7F || strchr("<>\"{}|\\^`", c) ? 3 : 1;
    }
    return n <= PM_LINK_LONGEST;
}

bool pm_link_outside(struct pm_links *l, int column, uint32_t row, struct pm_str url)
{
    if (!pm_link_is_safe(url) || !fits(url))
        return false;
    if (l->inner + l->outer >= PM_LINKS_MOST) {
        l->over++;
        return false;
    }
    struct pm_buf *b = &l->links.text, *r = &l->relations.text;
    l->outer++;
    open_link(b, column, row);
    pm_buf_puts(b, "\" r:id=\"rIdPm");
    pm_buf_number(b, l->outer, 0);
    pm_buf_puts(b, "\"/>");
    pm_buf_puts(r, "<Relationship Id=\"rIdPm");
    pm_buf_number(r, l->outer, 0);
    pm_buf_puts(r, "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" Target=\"");
    put_address(r, url);
    pm_buf_puts(r, "\" TargetMode=\"External\"/>");
    pm_spool_pass(&l->links);
    pm_spool_pass(&l->relations);
    return true;
}
