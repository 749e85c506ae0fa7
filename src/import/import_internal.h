/* What the files of this folder share. */
#ifndef PM_IMPORT_INTERNAL_H
#define PM_IMPORT_INTERNAL_H

#include "base/time.h"
#include "import/import.h"
#include "import/when.h"

#define PM_ITEMS(a) (sizeof(a) / sizeof *(a))

/* ---- lines (lines.c) ---- */

enum pm_md_kind { PM_MD_BLANK, PM_MD_HEADING, PM_MD_ITEM, PM_MD_ROW, PM_MD_CODE, PM_MD_RULE, PM_MD_TEXT };

struct pm_md_line {
    struct pm_str text;       /* without its end and without comments */
    struct pm_str content;    /* of a heading its title, of an item what stands behind its mark, else the text without blanks around */
    uint32_t number;          /* from 1 */
    uint16_t indent;          /* columns before the text or the mark */
    uint8_t kind, level;      /* level: of a heading, 1 to 6; 7 for lines that only look like one */
};

struct pm_md {
    struct pm_md_line *lines;
    size_t count;
    size_t body;              /* the first line behind the front matter */
};

struct pm_md_range { size_t first, end; };   /* of lines */

/* UTF-8 without BOM, line feeds, no control characters. Bytes that are not UTF-8 are read as Windows-1252, with a warning. */
struct pm_str pm_md_clean(struct pm_str source, struct pm_arena *arena, struct pm_diags *diags);

/* False when there are too many lines to take apart. */
bool pm_md_split(struct pm_str text, struct pm_arena *arena, struct pm_md *out);

/* The next block of the range from *at on: a heading, an item with what is indented below it, a table, code, a paragraph. False at the
 * end. */
bool pm_md_block(const struct pm_md *md, struct pm_md_range range, size_t *at, struct pm_md_range *block);

/* The lines as Markdown, dedented, without tags that Markdown shows as text. `content`: the first line without its mark. */
struct pm_str pm_md_prose(const struct pm_md *md, struct pm_md_range range, bool content, struct pm_arena *arena);

/* ---- tables (table.c) ---- */

struct pm_md_table {
    struct pm_str *cells;     /* rows * columns; absent ones are empty */
    uint32_t *numbers;        /* a line number a row */
    size_t rows, columns;     /* the first row is the header */
    bool has_header;          /* a delimiter row stands below it */
};

bool pm_md_read_table(const struct pm_md *md, struct pm_md_range block, struct pm_arena *arena, struct pm_md_table *out);
static inline struct pm_str pm_md_cell(const struct pm_md_table *t, size_t row,
                                       size_t column) { return t->cells[row * t->columns + column]; }

/* ---- text (plain.c) ---- */

/* Without marks of emphasis, links (their text stays), tags, code quotes and backslashes: one line. */
struct pm_str pm_md_plain(struct pm_str s, struct pm_arena *arena);

/* `<br>` to a line feed, usual tags away, everything else as it is. */
struct pm_str pm_md_tidy(struct pm_str s, struct pm_arena *arena);

/* A name for comparison: lower case; no marks, emoji, numbering, brackets and end punctuation; "&" is "and", hyphens are blanks. */
struct pm_str pm_md_normal(struct pm_str s, struct pm_arena *arena);

/* Plain, without emoji and numbering. */
struct pm_str pm_md_title(struct pm_str s, struct pm_arena *arena);

/* The first link "[text](url)" or bare URL: its bounds. */
struct pm_md_link { struct pm_str text, url; size_t at, end; bool image; };
bool pm_md_find_link(struct pm_str s, size_t from, struct pm_md_link *out);

/* The text without blanks and emphasis around it; a lone mark of emphasis that is left is closed. */
struct pm_str pm_md_balance(struct pm_str s, struct pm_arena *arena);

bool pm_md_is_placeholder(struct pm_str plain);
bool pm_md_is_letter(char c);
bool pm_md_is_digit(char c);
bool pm_md_is_word(char c);      /* letters, digits and what is not ASCII */

/* Where `word` (lower case) stands in s as a word of its own, else s.n. */
size_t pm_md_find_word(struct pm_str s, const char *word);
struct pm_str pm_md_from(struct pm_str s, size_t at);
struct pm_str pm_md_upto(struct pm_str s, size_t n);

/* ---- names (names.c) ---- */

enum pm_target {
    PM_TO_NONE,
    /* prose */
    PM_TO_SUMMARY, PM_TO_BACKGROUND, PM_TO_NARRATIVE, PM_TO_IMPACT, PM_TO_BUSINESS, PM_TO_INFRASTRUCTURE, PM_TO_PRODUCTIVITY,
    PM_TO_REVENUE, PM_TO_DETECTION, PM_TO_TRIGGER, PM_TO_RESPONSE, PM_TO_RESOLUTION, PM_TO_RECURRENCE, PM_TO_BACKLOG, PM_TO_ADVICE,
    PM_TO_INTERNAL, PM_TO_EXTERNAL, PM_TO_LAST_PROSE = PM_TO_EXTERNAL,
    /* taken apart */
    PM_TO_TIMELINE, PM_TO_ROOT_CAUSE, PM_TO_CONTRIBUTING, PM_TO_WHYS, PM_TO_WENT_WELL, PM_TO_WENT_WRONG, PM_TO_LUCKY, PM_TO_LEARNED,
    PM_TO_ACTIONS, PM_TO_QUESTIONS, PM_TO_EVIDENCE, PM_TO_ROLES, PM_TO_GLOSSARY,
    /* values */
    PM_TO_TITLE, PM_TO_FIRST_VALUE = PM_TO_TITLE, PM_TO_ID, PM_TO_DATE, PM_TO_AUTHORS, PM_TO_REVIEWERS, PM_TO_OWNER, PM_TO_STATUS,
        PM_TO_SEVERITY, PM_TO_STARTED,
    PM_TO_DETECTED, PM_TO_ACKNOWLEDGED, PM_TO_IDENTIFIED, PM_TO_MITIGATED, PM_TO_RESOLVED, PM_TO_CLOSED, PM_TO_SERVICES,
    PM_TO_CUSTOMERS, PM_TO_TICKETS, PM_TO_REQUESTS, PM_TO_ZONE, PM_TO_LABELS, PM_TO_URL, PM_TO_MEETING, PM_TO_RECORDING, PM_TO_ROLE,
        PM_TO_DURATION,
    PM_TO_COUNT
};

/* By the whole name, which is normal. */
enum pm_target pm_name_of_heading(struct pm_str name);
enum pm_target pm_name_of_label(struct pm_str name);

/* By the longest known name that begins or ends it. */
enum pm_target pm_name_like_heading(struct pm_str name);

/* "timeline", "impact.description": for the report. */
const char *pm_target_path(enum pm_target target);

enum pm_md_column {
    PM_COL_NONE, PM_COL_AT, PM_COL_DATE, PM_COL_UNTIL, PM_COL_EVENT, PM_COL_TEAM, PM_COL_EVIDENCE, PM_COL_KIND,
    PM_COL_ID, PM_COL_ITEM, PM_COL_TYPE, PM_COL_OWNER, PM_COL_DUE, PM_COL_PRIORITY, PM_COL_TRACKER, PM_COL_STATUS, PM_COL_NOTE
};
enum pm_md_column pm_name_of_event_column(struct pm_str name);
enum pm_md_column pm_name_of_action_column(struct pm_str name);

/* Words of an enumeration of the format for words that people use; NULL: none. `word` is normal. */
const char *pm_word_of_event_kind(struct pm_str word);
const char *pm_word_of_action_type(struct pm_str word);
const char *pm_word_of_action_status(struct pm_str word);
const char *pm_word_of_priority(struct pm_str word);

/* ---- the incident in the making (draft.c) ---- */

enum pm_draft_list {
    PM_LIST_TIMELINE, PM_LIST_CAUSES, PM_LIST_WHYS, PM_LIST_ACTIONS, PM_LIST_EVIDENCE, PM_LIST_QUESTIONS, PM_LIST_SECTIONS,
        PM_LIST_MEASURES,
    PM_LIST_COUNT
};

struct pm_draft_pair {
    const char *key;          /* "tracker.key" for what is in a mapping of its own; pairs of one such mapping follow each other */
    struct pm_str value;
    char *grown;              /* what value is in when it was extended, and the bytes that this has */
    size_t room;
    struct pm_draft_pair *next;
};

struct pm_draft_entry {
    struct pm_draft_pair *first, *last;
    struct pm_when when;      /* of an event */
    uint32_t line;
    struct pm_draft_entry *next;
};

struct pm_draft_text {        /* a piece of a text, an element of a list, or an entry of a mapping, which has a key */
    struct pm_str key, value;
    struct pm_draft_text *next;
};

struct pm_draft_texts { struct pm_draft_text *first, *last; };
struct pm_draft_entries { struct pm_draft_entry *first, *last; size_t count; };

struct pm_draft {
    struct pm_arena *arena;
    struct pm_diags *diags;
    struct pm_import *import;
    const struct pm_import_options *options;
    struct pm_md *md;         /* lines that were taken become blank */
    struct pm_draft_texts fields[PM_TO_COUNT];   /* by target; roles, glossary: with keys */
    struct pm_draft_entries lists[PM_LIST_COUNT];
    struct pm_draft_texts details;               /* labels that no field has; with keys */
    struct pm_draft_texts incident_status;
    struct pm_when whens[PM_TO_COUNT];           /* of values that are instants */
    struct pm_when front_date;                   /* of the front matter: often that of the text, so that any other comes before it */
    struct pm_when date;                         /* the day of the incident, as far as it is known */
    struct pm_when_zone zone;                    /* of the document's times */
    struct pm_str tz;                            /* its name */
    struct pm_str title_line;                    /* the title's heading as written */
    const char *last_known;                      /* field behind which a section stands */
    struct pm_draft_texts made_up;
    size_t nodes;                                /* of the YAML, about */
};

/* Blank values are not taken. */
void pm_draft_put(struct pm_draft *d, enum pm_target field, struct pm_str value);
void pm_draft_put_key(struct pm_draft *d, struct pm_draft_texts *texts, struct pm_str key, struct pm_str value);
bool pm_draft_has(const struct pm_draft *d, enum pm_target field);
struct pm_draft_entry *pm_draft_entry(struct pm_draft *d, enum pm_draft_list list, uint32_t line);
void pm_draft_pair(struct pm_draft *d, struct pm_draft_entry *e, const char *key, struct pm_str value);
struct pm_str pm_draft_value(const struct pm_draft_entry *e, const char *key);

/* Sets the value, or appends it to the one that is there with `between`. */
void pm_draft_extend(struct pm_draft *d, struct pm_draft_entry *e, const char *key, const char *between, struct pm_str value);
void pm_draft_section(struct pm_draft *d, struct pm_str title, struct pm_str body, uint32_t line);
void pm_draft_note(struct pm_draft *d, uint32_t line, const char *format, ...) __attribute__((format(printf, 3, 4)));
void pm_draft_made_up(struct pm_draft *d, const char *field, const char *value);

/* The day of a time, where it has none itself, from `day`; how it is written in the format. Empty: no date is known. */
struct pm_str pm_draft_instant(struct pm_draft *d, const struct pm_when *when, const struct pm_when *day);
void pm_when_take_day(struct pm_when *to, const struct pm_when *from);

/* YAML of all; not canonical yet. */
void pm_draft_write(struct pm_draft *d, struct pm_str source, struct pm_buf *out);

/* ---- readers of parts; each takes all of its range ---- */

void pm_import_sections(struct pm_draft *d);
void pm_import_front_matter(struct pm_draft *d);
bool pm_import_label(struct pm_draft *d, struct pm_str label, struct pm_str value, uint32_t line);
bool pm_label_split(struct pm_str line, struct pm_arena *arena, struct pm_str *label, struct pm_str *value);

/* Takes the labels out of the range: what is left is text. `greedy`: labels that are not known, too. */
struct pm_str pm_import_labels(struct pm_draft *d, struct pm_md_range range, bool greedy);
bool pm_import_value(struct pm_draft *d, enum pm_target target, struct pm_str label, struct pm_str value, uint32_t line);
void pm_import_people(struct pm_draft *d, enum pm_target field, struct pm_str key, struct pm_str value);
struct pm_str pm_import_id(struct pm_draft *d, struct pm_str text);
struct pm_str pm_import_severity(struct pm_draft *d, struct pm_str text, bool whole);
void pm_import_timeline(struct pm_draft *d, struct pm_md_range range, struct pm_str title);
void pm_import_actions(struct pm_draft *d, struct pm_md_range range, struct pm_str title);
void pm_import_action_text(struct pm_draft *d, struct pm_draft_entry *action, struct pm_str text);
void pm_import_causes(struct pm_draft *d, struct pm_md_range range, bool primary);
void pm_import_whys(struct pm_draft *d, struct pm_md_range range);
void pm_import_lessons(struct pm_draft *d, struct pm_md_range range, enum pm_target field);
void pm_import_roles(struct pm_draft *d, struct pm_md_range range, struct pm_str title);
void pm_import_role(struct pm_draft *d, struct pm_str role, struct pm_str people);
void pm_import_glossary(struct pm_draft *d, struct pm_md_range range, struct pm_str title);
void pm_import_evidence(struct pm_draft *d, struct pm_md_range range, struct pm_str title);
void pm_import_questions(struct pm_draft *d, struct pm_md_range range);
void pm_import_impact(struct pm_draft *d, struct pm_md_range range, struct pm_str title, bool first);

/* Title, id, date, zone: before the sections; started_at and the like: after them. */
void pm_derive_before(struct pm_draft *d);
void pm_derive_after(struct pm_draft *d);
/* "Postmortem", "Incident report": the kind of text rather than a title. */
bool pm_is_genre(struct pm_str s);
void pm_derive_title(struct pm_draft *d, struct pm_str heading, uint32_t line);

#endif
