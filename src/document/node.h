/* The document tree: what a renderer shows, without knowing what an incident is.
 *
 * Nodes and strings live in the document's arena. Builders accept a NULL parent or a failed arena and do nothing, so composing
 * code has no error branches; ask pm_arena_failed() once. Renderers walk with the iterator of iterator.h alone. */
#ifndef PM_NODE_H
#define PM_NODE_H

#include "base/arena.h"
#include "base/mark.h"
#include "base/str.h"
#include "base/time.h"

enum pm_node_kind {
    /* blocks */
    PM_DOCUMENT,      /* root: cover, toc, sections */
    PM_COVER,         /* title block: TITLE, BADGES, FACTS, METRICS, paragraphs */
    PM_TITLE,         /* inlines */
    PM_BADGES,        /* STATUS inlines in a row */
    PM_METRICS,       /* METRIC in a row: large figures */
    PM_METRIC,        /* text: label; as.metric */
    PM_TOC,           /* table of contents of the sections that follow; shown from three pages on */
    PM_SECTION,       /* as.section; first child HEADING, then blocks and sections of level + 1 */
    PM_HEADING,       /* inlines */
    PM_PARAGRAPH,     /* inlines; as.paragraph */
    PM_LIST,          /* as.list; ITEM or TASK */
    PM_ITEM,          /* blocks */
    PM_TASK,          /* blocks; as.task */
    PM_TABLE,         /* as.table; ROW */
    PM_ROW,           /* CELL; as.row */
    PM_CELL,          /* inlines, or blocks when as.cell.blocks; as.cell */
    PM_FACTS,         /* FACT: label and value pairs */
    PM_FACT,          /* text: label; inlines: value */
    PM_PANEL,         /* blocks; as.tone.  text: heading, may be absent */
    PM_QUOTE,         /* blocks */
    PM_CODE_BLOCK,    /* text; as.code */
    PM_RULE,
    PM_FIGURE,        /* as.figure; text: alternative text; inlines: caption, may be none */
    PM_PAGE_BREAK,
    /* inlines */
    PM_TEXT,          /* text */
    PM_STRONG, PM_EMPH, PM_STRIKE,   /* inlines */
    PM_CODE,          /* text */
    PM_LINK,          /* inlines; as.link */
    PM_STATUS,        /* text: label; as.tone: a coloured lozenge */
    PM_TIME,          /* text: as people read it; as.time: an instant or a date that renderers may write in their own way */
    PM_BREAK,         /* a line break that the author made */
    PM_NODE_KINDS
};

enum pm_tone { PM_TONE_NEUTRAL, PM_TONE_INFO, PM_TONE_SUCCESS, PM_TONE_WARNING, PM_TONE_DANGER, PM_TONE_NOTE };

/* What a column or cell holds; decides alignment, figures and, in a workbook, the type. */
enum pm_cell_kind {
    PM_CELL_TEXT,
    PM_CELL_NUMBER,
    PM_CELL_INSTANT,
    PM_CELL_DATE,
    PM_CELL_DURATION,
    PM_CELL_LINK,
    PM_CELL_STATUS,
    PM_CELL_ID
};
enum pm_align { PM_ALIGN_START, PM_ALIGN_CENTER, PM_ALIGN_END };

struct pm_column {
    enum pm_cell_kind kind;
    enum pm_align align;
    bool nowrap;              /* kept on one line where the page allows: times, ids */
};

struct pm_scene;

struct pm_node {
    enum pm_node_kind kind;
    struct pm_mark mark;
    struct pm_node *parent, *first, *last, *next, *prev;
    struct pm_str text;
    union {
        struct { int level; struct pm_str id; bool numbered; } section;    /* level 1 to 5; id unique in the document, fit for a fragment */
        struct { bool minor; } paragraph;      /* details that stand back behind what they belong to */
        struct { bool ordered; long start; bool tight; } list;
        struct { bool done; struct pm_str assignee; bool has_due; int64_t due; } task;
        struct { struct pm_column *columns; size_t count; bool timeline; } table;
        struct {
            bool header;
            bool group;
            bool strong;
        } row; /* group: one cell over all columns, such as a new day; strong: stands out */
        struct {
            enum pm_cell_kind kind;
            bool blocks;
            bool has_value;
            double number;
            int64_t value;
        } cell;                                                            /* value: instant, days, seconds */
        struct { enum pm_tone tone; } tone;                                /* STATUS, PANEL */
        struct { struct pm_str value, note; enum pm_tone tone; } metric;   /* value: an en dash when it is unknown */
        struct { struct pm_str lang; } code;
        struct { struct pm_str url; } link;                                /* http, https, mailto, or "#section-id" */
        struct { struct pm_scene *scene; } figure;
        struct { bool date; int64_t value; } time;                         /* seconds, or days when date */
    } as;
};

/* Words that renderers put around content, in the document's language. */
struct pm_words {
    struct pm_str contents;        /* "Contents" */
    struct pm_str page_of;         /* "Page %s of %s" */
    struct pm_str document, page;  /* "Incident", "Page": heads of a list of documents */
    struct pm_str shortened;       /* "Shortened here; the full report has the rest." */
    struct pm_str done, open;      /* of a task box, for its alternative text */
    struct pm_str note, info, success, warning;   /* panel headings for readers that show no colour */
};

struct pm_document {
    struct pm_arena *arena;
    struct pm_node *root;          /* PM_DOCUMENT */
    struct pm_str id, title, lang, author, subject, keywords;
    struct pm_str header, footer;  /* of the page, already with values */
    pm_instant instant;            /* the time that the artefact carries */
    struct pm_words words;
    int max_pages;                 /* 0: as many as it takes; 1: the executive page */
    struct pm_section_ids *ids;    /* those in use; private to node.c */
};

struct pm_document *pm_document_new(struct pm_arena *arena);

/* Builders: append to `parent` and return the new node, or NULL. Strings are not copied: they live in the arena or longer. */
struct pm_node *pm_node_add(struct pm_document *doc, struct pm_node *parent, enum pm_node_kind kind, struct pm_mark mark);
struct pm_node *pm_add_text(struct pm_document *doc, struct pm_node *parent, struct pm_str text, struct pm_mark mark);
struct pm_node *pm_add_section(struct pm_document *doc, struct pm_node *parent, struct pm_str title, struct pm_str id, struct pm_mark mark);
struct pm_node *pm_add_status(struct pm_document *doc, struct pm_node *parent, struct pm_str label, enum pm_tone tone, struct pm_mark mark);
struct pm_node *pm_add_table(struct pm_document *doc, struct pm_node *parent, const struct pm_column *columns,
                             size_t count, struct pm_mark mark);
struct pm_node *pm_add_row(struct pm_document *doc, struct pm_node *table, bool header, struct pm_mark mark);
struct pm_node *pm_add_cell(struct pm_document *doc, struct pm_node *row, enum pm_cell_kind kind, struct pm_str text, struct pm_mark mark);

/* Gives a section an id that no other section of the document has: `id`, or when absent one made from `title`, with a
 * suffix "-2", "-3" where it is taken. pm_add_section() does it by itself. */
void pm_section_set_id(struct pm_document *doc, struct pm_node *section, struct pm_str id, struct pm_str title);

/* Takes a node with its children out of the tree. */
void pm_node_unlink(struct pm_node *node);

bool pm_node_is_inline(enum pm_node_kind kind);
const char *pm_node_name(enum pm_node_kind kind);   /* "paragraph" */
const char *pm_tone_name(enum pm_tone tone);        /* "danger" */
const char *pm_cell_kind_name(enum pm_cell_kind kind);

/* The text below a node, inlines joined, into the arena. */
struct pm_str pm_node_plain(struct pm_document *doc, const struct pm_node *node);

#endif
