/* Documents as GitHub Flavored Markdown that reads well on GitHub and pasted into Notion or Google Docs: headings, lists, tables, alerts
 * and fenced code, no HTML but <br> in cells of tables. What Markdown cannot show is words: of a figure its alternative text. */
#ifndef PM_MD_H
#define PM_MD_H

#include "base/buf.h"
#include "document/node.h"

/* In front of the '#' of each heading while a page is in the making: one more '#' when it has several documents, else nothing. */
#define PM_MD_DEEPER '\1'

struct pm_md {
    /* private */
    struct pm_buf text;              /* of all documents, as pieces */
    struct pm_arena arena;           /* of the parts */
    struct pm_md_part *parts;        /* one a document */
    size_t count, cap;
    bool tabs, numbered_on;          /* of any document, see md_internal.h */
};

void pm_md_init(struct pm_md *md);
void pm_md_free(struct pm_md *md);

/* A document for the page in the making; nothing of it is kept. The first failure sticks until pm_md_clear(). */
enum pm_status pm_md_add(struct pm_md *md, const struct pm_document *doc);

/* The page of the documents so far: front matter, title and text; of several, a list of them and then each a level deeper. Their sources
 * stand behind all, each in a comment of its own:
 *
 *   <!-- pmkit-source id="..." sha256="..." encoding="..."
 *   bytes
 *   -->
 *
 * With encoding="plain" the bytes between the line feed behind the first line and the line feed before the last line are the source. With
 * encoding="base64" they are that in base64 (RFC 4648, one line): where the source has "--" followed by ">" or "!", carriage returns,
 * controls or characters that HTML has no place for. */
enum pm_status pm_md_write(const struct pm_md *md, struct pm_buf *out);

/* Begins a new page. */
void pm_md_clear(struct pm_md *md);

#endif
