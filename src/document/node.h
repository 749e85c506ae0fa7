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
    PM_PERSON,        /* text: the name; as.person: accounts by which services know them, at least one; other names are TEXT */
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

/* How a value may be edited where a format has controls for it. */
enum pm_control_kind { PM_CONTROL_CHOICE, PM_CONTROL_DATE };

struct pm_choice { struct pm_str value, label; };   /* as in the source; as shown */

struct pm_control {
    enum pm_control_kind kind;
    struct pm_str value;                            /* as in the source: "in_progress", "2026-12-01"; empty when it is absent */
    const struct pm_choice *choices;                /* CHOICE */
    size_t count;
};

struct pm_account { struct pm_str service, id; };   /* "atlassian" */

struct pm_person_ref { struct pm_str name; const struct pm_account *accounts; size_t count; };

/* What a row says that is to be done, apart from how its cells show it. */
struct pm_todo {
    struct pm_str id, path;                         /* path: of its state, "action_items/AI-3/status" */
    bool done, closed;                              /* closed: done, or given up */
    struct pm_person_ref assignee;                  /* name empty: none */
    bool has_due;
    int64_t due;                                    /* days */
    const struct pm_node *what;                     /* the node whose inlines say it */
};

struct pm_node {
    enum pm_node_kind kind;
    struct pm_mark mark;
    /* Where the value shown stands in the source: "summary", "timeline/T3/event", "action_items/AI-3/due". Absent for what is derived. The
     * blocks of one Markdown value are siblings and each has its path, as have inlines beside others: siblings in a row with one path are
     * one value. A list on one line is one value: "authors". */
    struct pm_str path;
    const struct pm_control *control;   /* CELL, STATUS, TIME, TEXT with a path; NULL: text */
    struct pm_node *parent, *first, *last, *next, *prev;
    struct pm_str text;
    union {
        /* level 1 to 5; id unique in the document, fit for a fragment. lead: what stands for the whole, shown in lists of documents;
         * fold: details that may be shown on demand; columns: its subsections are alike and may stand side by side */
        struct { int level; struct pm_str id; bool numbered, lead, fold, columns; } section;
        struct { bool minor; } paragraph;      /* details that stand back behind what they belong to */
        struct { bool ordered; long start; bool tight; } list;
        struct { bool done; struct pm_str assignee; bool has_due; int64_t due; } task;
        struct { struct pm_column *columns; size_t count; bool timeline; } table;
        struct {
            bool header;
            bool group;
            bool strong;
            const struct pm_todo *todo;   /* the row is something to do; else NULL */
        } row; /* group: one cell over all columns, such as a new day; strong: stands out */
        struct {
            enum pm_cell_kind kind;
            bool blocks;
            bool has_value;
            double number;
            int64_t value;
        } cell;                                                            /* value: instant, days, seconds */
        /* STATUS, PANEL; name: of what a badge tells, "Severity", where nothing beside it says so; else absent */
        struct { enum pm_tone tone; struct pm_str name; } tone;
        struct { struct pm_str value, note; enum pm_tone tone; } metric;   /* value: an en dash when it is unknown */
        struct { struct pm_str lang; } code;
        /* url: http, https, mailto, or "#section-id"; empty only with a service. service, key: a ticket: "jira", "OPS-17"; else empty */
        struct { struct pm_str url, service, key; } link;
        struct pm_person_ref person;
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
    struct pm_str details;         /* "Details": of what is shown on demand */
    struct pm_str filter;          /* "Filter": of a table's rows */
    struct pm_str found;           /* "{part} of {all} found": what a filter left; whoever counts puts in the numbers */
    struct pm_str skip;            /* "Skip to content": a link over what every page begins with */
    struct pm_str to_do;           /* "To do": heading of a list of what is to be done */
};

struct pm_document {
    struct pm_arena *arena;
    struct pm_node *root;          /* PM_DOCUMENT */
    struct pm_str id, title, lang, author, subject, keywords;
    struct pm_str header, footer;  /* of the page, already with values */
    struct pm_str source;          /* the bytes it was made from, which artefacts carry */
    char sha256[65];               /* of the source, in hexadecimal */
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
