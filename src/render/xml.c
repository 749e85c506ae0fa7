#include "render/xml.h"

#include "base/utf8.h"
#include "document/iterator.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

static const char replacement[] = "\xEF\xBF\xBD";

/* What the first bytes of characters ask for. */
enum byte_class { PLAIN, ESCAPED, QUOTED, FORBIDDEN, LONG };   /* QUOTED: escaped in attributes alone; LONG: look at the whole character */

/* Of the bytes up to '>', by a table: this is asked for each byte of a page. */
static inline enum byte_class class_of(char c)
{
    static const unsigned char low['>' + 1] = {
        FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, QUOTED, QUOTED, FORBIDDEN,
        FORBIDDEN, ESCAPED, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN,
        FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN,
        ['"'] = QUOTED, ['&'] = ESCAPED, ['<'] = ESCAPED, ['>'] = ESCAPED};
    unsigned char byte = (unsigned char)c;
    return byte <= '>' ? (enum byte_class)low[byte] : byte < 0x80 ? PLAIN : LONG;
}

/* How far the character at `at` goes; *legal is false when XML has no place for it. */
static size_t character_end(struct pm_str text, size_t at, bool *legal)
{
    uint32_t cp = pm_utf8_next(text, &at);
    *legal = cp != PM_UTF8_BAD && pm_utf8_xml_legal(cp);
    return at;
}

static const char *escape_of(char c)
{
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\t': return "&#9;";
    case '\n': return "&#10;";
    default: return "&#13;";   /* a plain one would be read as a line feed */
    }
}

/* Copies runs of what may stand as it is. */
static void put_escaped(struct pm_buf *out, struct pm_str text, bool attribute)
{
    size_t from = 0, at = 0;
    while (at < text.n) {
        enum byte_class class = class_of(text.p[at]);
        bool legal = class != FORBIDDEN;
        size_t next = class == LONG ? character_end(text, at, &legal) : at + 1;
        const char *instead = !legal ? replacement : class == ESCAPED || (class == QUOTED && attribute) ? escape_of(text.p[at]) : NULL;
        if (instead) {
            pm_buf_add(out, text.p + from, at - from);
            pm_buf_puts(out, instead);
            from = next;
        }
        at = next;
    }
    pm_buf_add(out, text.p + from, text.n - from);
}

void pm_xml_text(struct pm_buf *out, struct pm_str text)
{
    if (text.n)
        put_escaped(out, text, false);
}

void pm_xml_attribute(struct pm_buf *out, struct pm_str text)
{
    if (text.n)
        put_escaped(out, text, true);
}

/* Nothing can be escaped in a section: its end is cut in two, each half in a section of its own. */
void pm_xml_cdata(struct pm_buf *out, struct pm_str text)
{
    size_t from = 0, at = 0;
    pm_buf_puts(out, "<![CDATA[");
    while (at < text.n) {
        enum byte_class class = class_of(text.p[at]);
        bool legal = class != FORBIDDEN, end = text.p[at] == '>' && at >= 2 && !memcmp(text.p + at - 2, "]]", 2);
        size_t next = class == LONG ? character_end(text, at, &legal) : at + 1;
        if (end || !legal) {
            pm_buf_add(out, text.p + from, at - from);
            pm_buf_puts(out, end ? "]]><![CDATA[" : replacement);
            from = end ? at : next;
        }
        at = next;
    }
    if (text.n)
        pm_buf_add(out, text.p + from, text.n - from);
    pm_buf_puts(out, "]]>");
}

bool pm_xml_keeps(struct pm_str text)
{
    bool legal = true;
    for (size_t at = pm_utf8_plain(text, 0); at < text.n && legal; at = pm_utf8_plain(text, at)) {
        enum byte_class class = class_of(text.p[at]);
        legal = class != FORBIDDEN && text.p[at] != '\r';
        at = class == LONG ? character_end(text, at, &legal) : at + 1;
    }
    return legal;
}

/* Reports the first character of the text that is forbidden; true when there is one. */
static bool report_forbidden(struct pm_str text, struct pm_mark mark, struct pm_diags *diags)
{
    for (size_t at = pm_utf8_plain(text, 0); at < text.n; at = pm_utf8_plain(text, at)) {
        enum byte_class class = class_of(text.p[at]);
        if (class != LONG && class != FORBIDDEN) {
            at++;
            continue;
        }
        size_t start = at;
        bool legal;
        at = character_end(text, at, &legal);
        if (legal)
            continue;
        uint32_t cp = pm_utf8_next(text, &start);
        char name[24];
        snprintf(name, sizeof name, "U+%04lX", (unsigned long)cp);
        pm_report(diags, PM_D_CHARACTER, mark, cp == PM_UTF8_BAD ? "a malformed character" : name);
        return true;
    }
    return false;
}

void pm_xml_check(const struct pm_document *doc, struct pm_diags *diags)
{
    struct pm_iterator it;
    pm_iterator_init(&it, doc->root);
    for (enum pm_event_type event; (event = pm_iterator_next(&it)) != PM_DONE;) {
        const struct pm_node *node = it.node;
        if (event != PM_ENTER || report_forbidden(node->text, node->mark, diags))
            continue;
        if (node->kind == PM_METRIC && !report_forbidden(node->as.metric.value, node->mark, diags))
            report_forbidden(node->as.metric.note, node->mark, diags);
        else if (node->kind == PM_LINK)
            report_forbidden(node->as.link.url, node->mark, diags);
    }
}
