/* What the files of this folder share. Private to src/render/docx/. */
#ifndef PM_DOCX_INTERNAL_H
#define PM_DOCX_INTERNAL_H

#include "document/iterator.h"
#include "render/direction.h"
#include "render/docx/docx.h"
#include "render/logo.h"
#include "render/section_number.h"
#include "render/xml.h"

/* ---- map.c: numbers by keys; a key is a hash, of which 64 bits are taken for enough ---- */

struct pm_map { struct pm_map_slot *slots; size_t count, cap; };

/* Where the number of a key stands, 0 when it is new. NULL: memory ran out. Valid until the next call. */
size_t *pm_map_at(struct pm_arena *arena, struct pm_map *map, unsigned long long key);

/* ---- the file in the making ---- */

/* What of a document is needed until the file is written. */
struct pm_docx_document {
    struct pm_str id, title, lang, author, subject, keywords, header, footer, page_of, source, sha256;
    pm_instant instant;
    size_t end;                          /* of its part of the body */
    struct pm_docx_document *next;
};

struct pm_docx_relation { struct pm_str target; struct pm_docx_relation *next; };   /* of hyperlinks, "pmId1" the first */

struct pm_docx {
    const struct pm_theme *theme;
    struct pm_arena arena;
    struct pm_logo logo;
    struct pm_buf body;
    struct pm_docx_document *first, *last;
    size_t count;                        /* documents so far, with the one in the making */
    struct pm_docx_relation *relations, *last_relation;
    size_t relation_count;
    struct pm_map targets;               /* relations by target */
    struct pm_map places;                /* how often a path was shown, by document and path */
    struct pm_map controls;              /* ids of content controls in use */
    unsigned bookmarks, drawings, headings;   /* so far */
    struct pm_buf numberings;            /* w:num elements of ordered lists */
    unsigned numbering_count;
    bool compact;                        /* the first document is to fit on one page: less space */
    struct pm_words words;               /* of the first document, copied */
};

/* ---- a document in the making ---- */

struct pm_docx_list { unsigned number; bool ordered; };

/* Ids of abstract numberings and of their instances that styles have; those of ordered lists follow. */
enum { PM_DOCX_BULLETS = PM_DOCX_FIRST_ID, PM_DOCX_NUMBERS };

enum { PM_MOST_LIST_LEVELS = 9 };        /* ISO/IEC 29500-1, 17.9.3: levels 0 to 8 */

struct pm_docx_mark { unsigned id; struct pm_str path; bool waits; };   /* id 0: one around it has the path; waits: for a paragraph */

struct pm_docx_table {
    const struct pm_node *node;          /* PM_TABLE */
    int *widths;                         /* twips */
    size_t count, column;                /* column: of the next cell */
    bool in_head, together;              /* together: on one page */
    struct pm_docx_table *outer;
};

/* What holds outside of the innermost cell. */
struct pm_docx_place {
    struct pm_docx_table *table;
    const struct pm_node *row;
    int width, indent, panels, quotes;
    size_t lists_outside;
    struct pm_docx_place *outer;
};

struct pm_docx_section { const struct pm_node *node; unsigned heading; struct pm_str number; };   /* number: "2.1 " or empty */

struct pm_docx_writer {
    struct pm_docx *docx;
    const struct pm_document *doc;
    const struct pm_theme *theme;
    struct pm_buf *out;
    struct pm_arena *scratch;            /* until the document is added */
    size_t document;                     /* from 1; 0: the list of documents in front */
    enum pm_direction direction;         /* of the language */
    struct pm_str lang;                  /* set where it differs from the file's */
    /* sections, in their order */
    struct pm_docx_section *sections;
    size_t section_count, section;       /* section: the next one */
    struct pm_map section_ids;           /* places in `sections` plus 1, by id */
    /* where we are */
    int width;                           /* twips that the text has here */
    int indent;                          /* twips, of quotes */
    int panels, quotes, cells;           /* nested so deep */
    struct pm_docx_list lists[PM_MOST_LIST_LEVELS];
    size_t list_depth;                   /* all levels, also those that have no room in `lists` */
    size_t lists_outside;                  /* list_depth where the innermost cell began */
    bool item_begins;                    /* the next paragraph has the bullet or number */
    const struct pm_node *task;          /* whose box the next paragraph has; NULL: none */
    struct pm_docx_table *table;         /* whose cell this is; NULL: none, or a cell of something else */
    struct pm_docx_place *place;
    const struct pm_node *row;           /* the innermost with something to do */
    bool todo_box;                       /* the next paragraph has its box */
    /* what stands at the end of out */
    bool paragraph_open;                 /* its end tag is still to be written, so that bookmarks end inside */
    bool content_open;                   /* inlines go into it */
    bool cell_empty;                     /* no paragraph in the innermost cell yet */
    bool after_table;                    /* no paragraph was written since the last table's end */
    bool page_break;                     /* the next paragraph begins a page */
    bool marked;                         /* the document's own bookmark is written */
    /* inlines */
    int strong, emph, strike;
    int size;                            /* half-points; 0: as the style says */
    const struct pm_node *link;          /* the one whose w:hyperlink is open; NULL: none */
    enum pm_direction paragraph_direction;
    const struct pm_node *control;       /* the node whose content control is open; NULL: none */
    struct pm_docx_mark *marks;          /* open bookmarks, the innermost last */
    size_t mark_count, mark_cap;
};

/* ---- paragraph.c ---- */

struct pm_docx_look {
    const char *style;                   /* NULL: Normal */
    bool keep_next, keep_lines;
    unsigned number;                     /* w:numId; 0: none */
    int level;
    int left, hanging;                   /* twips, when has_indent */
    bool has_indent;
    int before;                          /* twips; -1: as the style says */
    enum pm_align align;
};

/* Begins a paragraph: bookmarks that wait begin in it. `content` tells its direction; NULL: that of the document. */
void pm_docx_open(struct pm_docx_writer *w, const struct pm_docx_look *look, const struct pm_node *content);
void pm_docx_close(struct pm_docx_writer *w);      /* the end tag follows before the next block */
void pm_docx_flush(struct pm_docx_writer *w);      /* now: what follows is no paragraph's content */
/* An empty paragraph, low, between tables and at ends. keep_next: a heading in front of it stays with what follows. */
void pm_docx_spacer(struct pm_docx_writer *w, bool keep_next);
void pm_docx_text_paragraph(struct pm_docx_writer *w, const struct pm_docx_look *look, struct pm_str text);
/* The style and indents of a paragraph where the writer is: in a cell, a panel, a quote or a list. */
struct pm_docx_look pm_docx_look_here(const struct pm_docx_writer *w, bool minor);

/* ---- inline.c ---- */

void pm_docx_run(struct pm_docx_writer *w, struct pm_str text, const char *style);     /* style: of characters, may be NULL */
void pm_docx_inline(struct pm_docx_writer *w, const struct pm_node *node, bool enter);
const char *pm_docx_tone_style(enum pm_tone tone);                                     /* "PmToneDanger" */
/* Appends the text below a node until `out` has `most` bytes, or a few more where characters are long. */
void pm_docx_plain(const struct pm_node *node, size_t most, struct pm_buf *out);
enum pm_direction pm_docx_direction(const struct pm_docx_writer *w, const struct pm_node *content);

/* ---- logo.c ---- */

/* The w:r with the picture, whose relation is `id`. */
void pm_docx_logo(const struct pm_logo *logo, const struct pm_theme *theme, const char *id, struct pm_buf *out);

/* ---- links.c ---- */

/* An id of a relation for an external address, or absent when it is none that programs can read. */
struct pm_str pm_docx_relation(struct pm_docx *docx, struct pm_str url);

/* ---- marks.c: bookmarks ---- */

/* Siblings in a row with one path are one value. */
bool pm_docx_begins_value(const struct pm_node *node);
bool pm_docx_ends_value(const struct pm_node *node);
void pm_docx_mark_begin(struct pm_docx_writer *w, const struct pm_node *node);         /* at each node that is entered */
void pm_docx_mark_end(struct pm_docx_writer *w, const struct pm_node *node);
void pm_docx_mark_flush(struct pm_docx_writer *w);                                     /* those that wait begin here */
unsigned pm_docx_mark_open(struct pm_docx_writer *w, const char *name);                /* w:bookmarkStart; returns the id */
void pm_docx_mark_close(struct pm_docx_writer *w, unsigned id);

/* ---- control.c: content controls around inlines ---- */

void pm_docx_control_begin(struct pm_docx_writer *w, const struct pm_node *node);
void pm_docx_control_end(struct pm_docx_writer *w, const struct pm_node *node);
void pm_docx_checkbox(struct pm_docx_writer *w, struct pm_str path, struct pm_str alias, bool checked);
void pm_docx_control_id(struct pm_docx_writer *w, struct pm_str key);                  /* w:id, unique in the file */

/* ---- body.c and its parts: one function a kind; each is called at ENTER and at EXIT ---- */

void pm_docx_body(struct pm_docx_writer *w);
void pm_docx_table(struct pm_docx_writer *w, const struct pm_node *node, bool enter);
void pm_docx_row(struct pm_docx_writer *w, const struct pm_node *node, bool enter);
void pm_docx_cell(struct pm_docx_writer *w, const struct pm_node *node, bool enter);
void pm_docx_facts(struct pm_docx_writer *w, const struct pm_node *node, bool enter);
void pm_docx_fact(struct pm_docx_writer *w, const struct pm_node *node, bool enter);
void pm_docx_metrics(struct pm_docx_writer *w, const struct pm_node *node);
void pm_docx_panel(struct pm_docx_writer *w, const struct pm_node *node, bool enter);
void pm_docx_list(struct pm_docx_writer *w, const struct pm_node *node, bool enter);
void pm_docx_item(struct pm_docx_writer *w, const struct pm_node *node, bool enter);
void pm_docx_contents(struct pm_docx_writer *w);
void pm_docx_heading(struct pm_docx_writer *w, const struct pm_node *node, bool enter);
bool pm_docx_sections(struct pm_docx_writer *w);                                       /* finds them; once, before all else */

/* table.c: begins a table of the given columns; at the end "</w:tbl>" by pm_docx_table_end. */
struct pm_docx_table_look { const char *style; bool first_row, first_column; struct pm_str title, description; };
void pm_docx_table_begin(struct pm_docx_writer *w, const struct pm_docx_table_look *look, const int *widths, size_t count);
void pm_docx_table_end(struct pm_docx_writer *w);
/* "<w:tc>" with its properties; extra: elements behind gridSpan, or NULL. The cell is left by pm_docx_cell_end. */
void pm_docx_cell_begin(struct pm_docx_writer *w, int width, int span, const char *extra);
void pm_docx_cell_end(struct pm_docx_writer *w);

/* widths.c: twips of the columns of a table, which sum to `width`; as many as its longest row has, at least one. NULL: memory ran out. */
int *pm_docx_widths(const struct pm_theme *theme, const struct pm_node *table, int width, struct pm_arena *arena, size_t *count);

/* ---- parts ---- */

void pm_docx_styles(const struct pm_theme *theme, struct pm_str lang, bool compact, struct pm_buf *out);
void pm_docx_numbering(const struct pm_docx *docx, struct pm_buf *out);
void pm_docx_settings(struct pm_buf *out);
void pm_docx_fonts(struct pm_buf *out);
void pm_docx_theme(const struct pm_theme *theme, struct pm_buf *out);
/* logo: the id of its relation, or NULL. */
void pm_docx_header(const struct pm_docx *docx, const struct pm_docx_document *doc, const char *logo, struct pm_buf *out);
/* Of a document's first page, on which the title says what the header would: a short bar of the accent colour, below the logo. */
void pm_docx_first_header(const struct pm_docx *docx, const struct pm_docx_document *doc, const char *logo, struct pm_buf *out);
void pm_docx_footer(const struct pm_docx_document *doc, struct pm_buf *out);
void pm_docx_core(const struct pm_docx *docx, struct pm_buf *out);
void pm_docx_app(struct pm_buf *out);
void pm_docx_custom(const struct pm_docx *docx, struct pm_buf *out);
void pm_docx_item_xml(const struct pm_docx_document *doc, struct pm_buf *out);
void pm_docx_item_properties(const struct pm_docx_document *doc, size_t number, struct pm_buf *out);

/* Sizes of type: those of the theme are for its own wide face; the face of the styles needs more to look as large. Half-points. */
int pm_docx_half_points(double points);
int pm_docx_page_width(const struct pm_theme *theme);      /* of the text, twips */
int pm_docx_twips(double points);
void pm_docx_colour(struct pm_buf *out, struct pm_rgb rgb);   /* RRGGBB */
void pm_docx_lang_tag(struct pm_buf *out, struct pm_str lang);
/* An integer, quicker than printf. */
void pm_docx_int(struct pm_buf *out, long value);

#define PM_DOCX_FONT "Calibri"
#define PM_DOCX_MONO "Consolas"
#define PM_XML_DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

#endif
