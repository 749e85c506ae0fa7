/* Documents as one HTML page that needs nothing but itself: style sheet, script, pictures and sources are in it, nothing is loaded, and a
 * Content-Security-Policy says so. It can be read without the script, which adds a filter to timelines. */
#ifndef PM_HTML_H
#define PM_HTML_H

#include "base/buf.h"
#include "base/diag.h"
#include "document/node.h"
#include "document/theme.h"

struct pm_html_piece { size_t from, to; };   /* of the text that is ready */

struct pm_html {
    /* private */
    const struct pm_theme *theme;
    struct pm_buf style, logo;       /* what all pages have: the theme's colours as a style sheet, and the logo as an element */
    struct pm_buf text;              /* of all documents, as pieces */
    struct pm_buf hashes;            /* of all sources */
    struct pm_arena arena;           /* of the parts */
    struct pm_html_part *parts;      /* one a document */
    size_t count, cap;
    struct pm_html_piece contents, skip;   /* the words, in the language of the first document */
};

/* For pages that look as `theme` says, which must live as long; its logo is read here, and reported when it cannot be. To be freed
 * whatever it returns. */
enum pm_status pm_html_init(struct pm_html *html, const struct pm_theme *theme, struct pm_diags *diags);
void pm_html_free(struct pm_html *html);

/* A document for the page in the making; nothing of it is kept. The first failure sticks until pm_html_clear(). */
enum pm_status pm_html_add(struct pm_html *html, const struct pm_document *doc);

/* The page of the documents so far; of several, with a list of them at the top. */
enum pm_status pm_html_write(const struct pm_html *html, struct pm_buf *out);

/* Begins a new page. */
void pm_html_clear(struct pm_html *html);

#endif
