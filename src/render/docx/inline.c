/* Runs of text and what stands among them. */
#include "base/utf8.h"
#include "render/docx/bookmark.h"
#include "render/docx/docx_internal.h"

/* ---- text ---- */

void pm_docx_plain(const struct pm_node *node, size_t most, struct pm_buf *out)
{
    struct pm_iterator it;
    pm_iterator_init(&it, node);
    for (enum pm_event_type event; (event = pm_iterator_next(&it)) != PM_DONE && out->len < most;) {
        if (event != PM_ENTER)
            continue;
        if (it.node->kind == PM_BREAK)
            pm_buf_putc(out, ' ');
        else if (pm_node_is_inline(it.node->kind))
            pm_buf_str(out, pm_utf8_prefix(it.node->text, most - out->len));
    }
}

enum pm_direction pm_docx_direction(const struct pm_docx_writer *w, const struct pm_node *content)
{
    struct pm_iterator it;
    pm_iterator_init(&it, content);
    for (enum pm_event_type event; (event = pm_iterator_next(&it)) != PM_DONE;) {
        if (event != PM_ENTER || !it.node->text.n || !pm_node_is_inline(it.node->kind))
            continue;
        enum pm_direction d = pm_direction_of(it.node->text);
        if (d != PM_DIRECTION_NONE)
            return d;
    }
    return w->direction;
}

/* ---- runs ---- */

/* In the order of the schema (ISO/IEC 29500-1, 17.3.2.28). */
static void put_properties(struct pm_docx_writer *w, const char *style, bool rtl)
{
    struct pm_buf *out = w->out;
    const char *look = style ? style : w->link ? "Hyperlink" : NULL;
    if (!look && !w->strong && !w->emph && !w->strike && !rtl && !w->size && !w->lang.n)
        return;
    pm_buf_puts(out, "<w:rPr>");
    if (look) {
        pm_buf_puts(out, "<w:rStyle w:val=\"");
        pm_buf_puts(out, look);
        pm_buf_puts(out, "\"/>");
    }
    if (w->strong)
        pm_buf_puts(out, "<w:b/><w:bCs/>");
    if (w->emph)
        pm_buf_puts(out, "<w:i/><w:iCs/>");
    if (w->strike)
        pm_buf_puts(out, "<w:strike/>");
    if (w->size) {
        pm_buf_puts(out, "<w:sz w:val=\"");
        pm_docx_int(out, w->size);
        pm_buf_puts(out, "\"/><w:szCs w:val=\"");
        pm_docx_int(out, w->size);
        pm_buf_puts(out, "\"/>");
    }
    if (rtl)
        pm_buf_puts(out, "<w:rtl/>");
    if (w->lang.n) {
        pm_buf_puts(out, "<w:lang w:val=\"");
        pm_docx_lang_tag(out, w->lang);
        pm_buf_puts(out, "\"/>");
    }
    pm_buf_puts(out, "</w:rPr>");
}

static void put_text(struct pm_buf *out, struct pm_str text)
{
    if (text.n == 0)
        return;
    pm_buf_puts(out, "<w:t xml:space=\"preserve\">");
    pm_xml_text(out, text);
    pm_buf_puts(out, "</w:t>");
}

/* Tabs are elements; of line ends, which the author made for no reader, a space remains. */
static void put_pieces(struct pm_buf *out, struct pm_str text)
{
    size_t from = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c != '\t' && c != '\n' && c != '\r')
            continue;
        put_text(out, (struct pm_str){text.p + from, i - from});
        if (c == '\t')
            pm_buf_puts(out, "<w:tab/>");
        else if (c == '\n')
            put_text(out, PM_LIT(" "));
        from = i + 1;
    }
    put_text(out, (struct pm_str){text.p + from, text.n - from});
}

static void put_run(struct pm_docx_writer *w, struct pm_str text, const char *style, bool rtl)
{
    pm_buf_puts(w->out, "<w:r>");
    put_properties(w, style, rtl);
    put_pieces(w->out, text);
    pm_buf_puts(w->out, "</w:r>");
}

/* No byte of a character that runs from right to left: the usual case. */
static bool is_surely_ltr(struct pm_str text)
{
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)text.p[i] >= 0xD6)
            return false;
    return true;
}

void pm_docx_run(struct pm_docx_writer *w, struct pm_str text, const char *style)
{
    if (w->paragraph_direction != PM_DIRECTION_RTL && is_surely_ltr(text)) {
        if (text.n)
            put_run(w, text, style, false);
        return;
    }
    for (size_t at = 0; at < text.n;) {
        enum pm_direction direction;
        size_t end = pm_direction_run(text, at, w->paragraph_direction, &direction);
        put_run(w, (struct pm_str){text.p + at, end - at}, style, direction == PM_DIRECTION_RTL);
        at = end;
    }
}

/* ---- links ---- */

/* The list in front links to whole documents: "#2". */
static void name_of_document(struct pm_str url, char name[PM_BOOKMARK_SIZE])
{
    size_t number = 0;
    for (size_t i = 1; i < url.n && url.p[i] >= '0' && url.p[i] <= '9'; i++)
        number = number * 10 + (size_t)(url.p[i] - '0');
    pm_docx_bookmark(PM_LIT("#"), number, 1, name);
}

/* A section's bookmark; false when there is no such section. */
static bool name_of_section(struct pm_docx_writer *w, struct pm_str url, char name[PM_BOOKMARK_SIZE])
{
    struct pm_str id = {url.p + 1, url.n - 1};
    const size_t *place = w->section_ids.count ? pm_map_at(w->scratch, &w->section_ids, pm_str_hash(id)) : NULL;
    pm_docx_bookmark(url, w->document, 1, name);
    return place && *place;
}

static bool begin_internal_link(struct pm_docx_writer *w, struct pm_str url)
{
    char name[PM_BOOKMARK_SIZE];
    if (w->document == 0)
        name_of_document(url, name);
    else if (!name_of_section(w, url, name))
        return false;
    pm_buf_puts(w->out, "<w:hyperlink w:anchor=\"");
    pm_buf_puts(w->out, name);
    pm_buf_puts(w->out, "\" w:history=\"1\">");
    return true;
}

static bool begin_external_link(struct pm_docx_writer *w, struct pm_str url)
{
    struct pm_str id = pm_docx_relation(w->docx, url);
    if (id.n == 0)
        return false;
    pm_buf_puts(w->out, "<w:hyperlink r:id=\"");
    pm_buf_str(w->out, id);
    pm_buf_puts(w->out, "\" w:history=\"1\">");
    return true;
}

/* A link without an address that programs can read, or inside another, is text. */
static void put_link(struct pm_docx_writer *w, const struct pm_node *node, bool enter)
{
    struct pm_str url = node->as.link.url;
    if (!enter && w->link == node) {
        pm_buf_puts(w->out, "</w:hyperlink>");
        w->link = NULL;
    } else if (enter && !w->link && url.n && (url.p[0] == '#' ? begin_internal_link(w, url) : begin_external_link(w, url))) {
        w->link = node;
    }
}

/* ---- kinds ---- */

const char *pm_docx_tone_style(enum pm_tone tone)
{
    static const char *const styles[] = {"PmToneNeutral", "PmToneInfo", "PmToneSuccess", "PmToneWarning", "PmToneDanger", "PmToneNote"};
    return styles[tone];
}

#define NO_BREAK "\302\240"
enum { MOST_UNBROKEN = 24 };

/* A short lozenge behind text stays on one line; one by itself may have a narrow cell. Spaces at its ends are part of it, and no part of
 * what it says where that can be chosen. */
static void put_status(struct pm_docx_writer *w, const struct pm_node *node)
{
    const char *style = pm_docx_tone_style(node->as.tone.tone);
    if (w->control) {
        pm_docx_run(w, node->text, style);
        return;
    }
    bool joined = node->prev && node->text.n <= MOST_UNBROKEN;
    struct pm_buf text;
    pm_buf_init(&text, 2 * node->text.n + 8);
    pm_buf_puts(&text, NO_BREAK);
    for (size_t i = 0; i < node->text.n; i++) {
        if (node->text.p[i] == ' ' && joined)
            pm_buf_puts(&text, NO_BREAK);
        else
            pm_buf_putc(&text, node->text.p[i]);
    }
    pm_buf_puts(&text, NO_BREAK);
    pm_docx_run(w, pm_buf_slice(&text), style);
    if (text.status == PM_NOMEM)
        w->scratch->failed = true;
    pm_buf_free(&text);
}

void pm_docx_inline(struct pm_docx_writer *w, const struct pm_node *node, bool enter)
{
    int step = enter ? 1 : -1;
    switch (node->kind) {
    case PM_STRONG: w->strong += step; return;
    case PM_EMPH: w->emph += step; return;
    case PM_STRIKE: w->strike += step; return;
    case PM_LINK: put_link(w, node, enter); return;
    default: break;
    }
    if (!enter)
        return;
    switch (node->kind) {
    case PM_TEXT:
    case PM_TIME:
    case PM_PERSON: pm_docx_run(w, node->text, NULL); break;
    case PM_CODE: pm_docx_run(w, node->text, "PmCodeChar"); break;
    case PM_STATUS: put_status(w, node); break;
    case PM_BREAK: pm_buf_puts(w->out, "<w:r><w:br/></w:r>"); break;
    default: break;
    }
}
