#include "render/html_source.h"

#include "base/base64.h"
#include "render/html_text.h"
#include "render/nfc.h"

#include <string.h>

/* What would take the parser out of the text of a script (HTML, 13.2.5.15 and those behind it). */
static bool has_markup(struct pm_str text)
{
    const char *end = text.p + text.n;
    for (const char *p = text.p; p < end && (p = memchr(p, '<', (size_t)(end - p))); p++) {
        struct pm_str rest = {p + 1, (size_t)(end - p - 1)};
        if (pm_str_starts(rest, "!--"))
            return true;
        if (pm_str_starts(rest, "/"))
            rest = (struct pm_str){rest.p + 1, rest.n - 1};
        if (rest.n >= 6 && pm_str_same_word((struct pm_str){rest.p, 6}, "script"))
            return true;
    }
    return false;
}

void pm_html_source(struct pm_buf *out, const struct pm_document *doc, const char *sha256, unsigned number)
{
    if (!doc->source.p)
        return;
    bool verbatim = pm_html_keeps(doc->source) && !has_markup(doc->source) && pm_nfc_is(doc->source, &out->status);
    pm_buf_printf(out, " type=\"application/yaml\" id=\"source.%u\" data-id=\"", number);
    pm_html_text(out, doc->id);
    pm_buf_puts(out, "\" data-sha256=\"");
    pm_buf_puts(out, sha256);
    pm_buf_puts(out, verbatim ? "\">" : "\" data-encoding=\"base64\">");
    if (verbatim)
        pm_buf_str(out, doc->source);
    else
        pm_base64(out, doc->source, 0);
    pm_buf_puts(out, "</script>\n");
}
