/* Documents as one page in Confluence's storage format: a fragment of XML without a root, with the prefixes ac: and ri: implied
 * (confluence.atlassian.com/doc/confluence-storage-format-790796544.html).
 *
 * A document becomes, in this order:
 *  - a `details` macro (page properties) with id "incident": a row for each badge, fact and figure of the cover, the key in <th>, so
 *    that one `detailssummary` macro lists the incidents of a space;
 *  - its blocks; sections are headings from <h2> on, since the page's title is the <h1>;
 *  - a hidden `details` macro with id "incident-source": paragraphs "id: ", "title: ", "bytes: ", "sha256: " and "encoding: ", then a code
 *    macro with the source. It is the text itself (encoding "text") where an editor that saves the page loses no more than line feeds at
 *    its end, which a reader adds again up to the number of bytes; else Base64 with line breaks (encoding "base64"). The hash is of the
 *    source's bytes and tells whether all is there.
 *
 * Where a section has columns, the whole page is an ac:layout. Of several documents each begins with its title as <h1>, and from the second
 * on anchors and names of pictures have the document's number in front. Macro ids are made from the document's id, the section's id and
 * the count of such macros in the section: an edit elsewhere leaves them alone. Tasks have ids made from the item's own. */
#ifndef PM_CONFLUENCE_H
#define PM_CONFLUENCE_H

#include "base/buf.h"
#include "document/node.h"

enum pm_confluence_flavour {
    PM_CONFLUENCE_CLOUD,   /* mentions people, by account id of the service "atlassian" */
    PM_CONFLUENCE_DC       /* Data Center */
};

/* Macros that have ids; "task" stands for the tasks of lists. */
#define PM_CONFLUENCE_MACROS(X) \
    X(DETAILS, "details") X(TOC, "toc") X(INFO, "info") X(NOTE, "note") X(TIP, "tip") X(WARNING, "warning") X(PANEL, "panel") \
    X(EXCERPT, "excerpt") X(EXPAND, "expand") X(CODE, "code") X(TASK, "task")

enum pm_confluence_macro {
#define PM_CONFLUENCE_ENUM(id, name) PM_CONFLUENCE_##id,
    PM_CONFLUENCE_MACROS(PM_CONFLUENCE_ENUM)
#undef PM_CONFLUENCE_ENUM
    PM_CONFLUENCE_MACRO_COUNT
};

enum { PM_CONFLUENCE_LEVELS = 8 };   /* sections go five deep */

/* A page in the making. */
struct pm_confluence {
    enum pm_confluence_flavour flavour;
    struct pm_buf *out;

    /* Called for each figure with the name of the attachment that the page shows; NULL: nobody wants them. */
    enum pm_status (*attach)(void *context, const struct pm_node *figure, struct pm_str name);
    void *context;

    /* The rest is private. First what lasts as long as the page: */
    struct pm_arena arena;                 /* as long as the page */
    enum pm_status status;
    size_t documents, start, level_at;     /* places in out: of the page, of the contents' first level; 0: none */
    struct pm_str title;                   /* of the first document */
    uint32_t *tasks;                       /* ids given out: a table with open addressing, 0 free */
    size_t task_count, task_cap;
    bool layout;                           /* the page has columns */

    /* of the document at hand */
    const struct pm_document *doc;
    char prefix[24];                       /* "2-" */
    struct pm_str *targets;                /* ids that links lead to, sorted */
    size_t target_count, figures;
    int level;                             /* of the section at hand; 0: none */
    struct { struct pm_str id; uint32_t count[PM_CONFLUENCE_MACRO_COUNT]; } sections[PM_CONFLUENCE_LEVELS];
    const struct pm_node *fold;            /* the section or table whose expand macro is open */
    const struct pm_node *columns;         /* the section whose subsections stand side by side */
    size_t cells_left;                     /* in the row of columns */
    const struct pm_node *table;           /* that is shown */
    size_t column;                         /* of the cell at hand */
    double *widths;                        /* shares of the table's columns; NULL: as they come */
    const struct pm_node *lead;            /* the section whose excerpt is open */
    bool led;                              /* there was one */
};

/* Begins a page at the end of `out`. `attach` and `context` may be set then. */
void pm_confluence_begin(struct pm_confluence *c, enum pm_confluence_flavour flavour, struct pm_buf *out);

/* Adds a document. The status of `out`, of memory, or what attach() said. */
enum pm_status pm_confluence_add(struct pm_confluence *c, const struct pm_document *doc);

/* Ends the page. */
enum pm_status pm_confluence_end(struct pm_confluence *c);

/* Gives back what a page needs besides `out`; also without pm_confluence_end(). */
void pm_confluence_free(struct pm_confluence *c);

#endif
