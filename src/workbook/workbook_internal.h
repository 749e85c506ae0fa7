/* What the files of this folder share. */
#ifndef PM_WORKBOOK_INTERNAL_H
#define PM_WORKBOOK_INTERNAL_H

#include "document/words.h"
#include "incident/metrics.h"
#include "workbook/links.h"
#include "workbook/rows.h"
#include "workbook/workbook.h"

#include <xlsxwriter.h>

/* ---- columns, from 0 ---- */

enum pm_action_column {
    PM_COL_ACTION_INCIDENT, PM_COL_ACTION_ID, PM_COL_ACTION_ITEM, PM_COL_ACTION_TYPE, PM_COL_ACTION_OWNER, PM_COL_ACTION_TEAM,
    PM_COL_ACTION_PRIORITY, PM_COL_ACTION_STATUS, PM_COL_ACTION_CREATED, PM_COL_ACTION_DUE,
    PM_COL_ACTION_DAYS_LEFT,      /* due - as_of; "" when closed or without due. A formula */
    PM_COL_ACTION_COMPLETED,
    PM_COL_ACTION_AGE,            /* days from created to completed, else to as_of; "" without created. A formula */
    PM_COL_ACTION_CAUSES, PM_COL_ACTION_TICKET, PM_COL_ACTION_DONE_WHEN,
    PM_COL_ACTION_COUNT
};

enum pm_event_column {
    PM_COL_EVENT_INCIDENT, PM_COL_EVENT_UTC, PM_COL_EVENT_LOCAL, PM_COL_EVENT_ZONE,
    PM_COL_EVENT_MINUTES,         /* since started_at; negative before it */
    PM_COL_EVENT_TEAM, PM_COL_EVENT_BY, PM_COL_EVENT_KIND, PM_COL_EVENT_TEXT,
    PM_COL_EVENT_KEY,             /* the word for yes, or nothing */
    PM_COL_EVENT_COUNT
};

enum pm_incident_column {
    PM_COL_INCIDENT_ID, PM_COL_INCIDENT_TITLE,
    PM_COL_INCIDENT_SEVERITY,     /* "sev1" to "sev5" */
    PM_COL_INCIDENT_KIND,
    PM_COL_INCIDENT_STATUS,       /* of the document */
    PM_COL_INCIDENT_STATE,        /* of the incident */
    PM_COL_INCIDENT_STARTED, PM_COL_INCIDENT_DETECTED, PM_COL_INCIDENT_ACKNOWLEDGED, PM_COL_INCIDENT_IDENTIFIED,
    PM_COL_INCIDENT_MITIGATED, PM_COL_INCIDENT_RESOLVED, PM_COL_INCIDENT_CLOSED,   /* UTC */
    PM_COL_INCIDENT_METRICS,      /* and PM_METRIC_COUNT in all, in the order of enum pm_metric_id: days as numbers ([h]:mm), or, where it
                                     is not known, pm_metric_word() of its state; the sheet Metrics counts these words */
    PM_COL_INCIDENT_MONTH = PM_COL_INCIDENT_METRICS + PM_METRIC_COUNT,   /* of started_at in UTC, text: "2026-01"; nothing without it */
    PM_COL_INCIDENT_CUSTOMERS, PM_COL_INCIDENT_SERVICES, PM_COL_INCIDENT_OWNER,
    PM_COL_INCIDENT_ITEMS, PM_COL_INCIDENT_OPEN, PM_COL_INCIDENT_OVERDUE,   /* formulas up to PM_SOURCE_INCIDENTS incidents, else values */
    PM_COL_INCIDENT_COUNT
};

#define PM_SHEET_MOST_COLUMNS PM_COL_INCIDENT_COUNT
#define PM_NAME_AS_OF "as_of"     /* the defined name of the cell with the day, on the Metrics sheet, else on _pm */

/* ---- styles: those of rows, whose numbers in the file these are, then those of libxlsxwriter's own cells ---- */

enum pm_style {
    PM_STYLE_TEXT = 1,        /* wrapped, at the top */
    PM_STYLE_STRONG,          /* the same, bold */
    PM_STYLE_LINK,
    PM_STYLE_DATE,            /* yyyy-mm-dd */
    PM_STYLE_INSTANT,         /* yyyy-mm-dd hh:mm */
    PM_STYLE_SECONDS,         /* yyyy-mm-dd hh:mm:ss */
    PM_STYLE_DURATION,        /* [h]:mm; text in it is at the right and grey */
    PM_STYLE_INTEGER,         /* #,##0 */
    PM_STYLE_DECIMAL,         /* #,##0.0 */
    PM_STYLE_DAYS_LEFT,       /* 3 d; overdue by 3 d; today */
    PM_STYLE_LABEL,           /* of a fact */
    PM_STYLE_TITLE,           /* of the sheet of facts */
    PM_STYLE_PROSE,           /* of a fact */
    PM_STYLE_FACT_INSTANT, PM_STYLE_FACT_DURATION, PM_STYLE_FACT_INTEGER, PM_STYLE_FACT_LINK,   /* at the left */
    PM_STYLE_ROWS,            /* the first that is no row's */
    PM_STYLE_HEADING = PM_STYLE_ROWS,   /* of a column: white on dark, wrapped */
    PM_STYLE_CHAPTER,         /* a heading within a sheet: 14 points, dark blue */
    PM_STYLE_NOTE,            /* a remark: grey, wrapped */
    PM_STYLE_AS_OF,           /* a date that may be changed: yellow ground, a frame */
    PM_STYLE_PERCENT,         /* 0% */
    PM_STYLE_COUNT
};

/* ---- the workbook in the making ---- */

struct pm_statistics;

enum { PM_MAX_CHOICES = 16 };

/* The words of an enumeration in the language. */
struct pm_labels { struct pm_str label[PM_MAX_CHOICES]; int count; };   /* by choice - 1 */

struct pm_workbook {
    struct pm_workbook_options options;
    struct pm_arena arena;                    /* of names, headings, words */
    struct pm_language language;
    struct pm_str names[PM_SHEET_COUNT];      /* of the sheets, fit for a workbook and unlike each other */
    struct pm_labels action_types, priorities, action_statuses, event_kinds, switches, doc_statuses, incident_states, incident_kinds;
    struct pm_str headings[PM_SHEET_COUNT][PM_SHEET_MOST_COLUMNS];
    struct pm_day day;                        /* known at once by an option, else when the shell is made */
    int64_t as_of;                            /* the same in days; once it is known */
    pm_instant last;                          /* of all incidents */
    size_t incidents, items, events;          /* so far */
    struct pm_rows rows[PM_SHEET_COUNT];      /* none of Metrics and Charts */
    struct pm_rows lean_incidents, lean_source;   /* for more than PM_SOURCE_INCIDENTS: without formulas, without source */
    struct pm_links links[PM_SHEET_COUNT];
    struct pm_str incidents_quoted;           /* the name of the sheet Incidents in formulas */
    struct pm_str days_left, age, incident_counts[3];   /* formulas, for XML; the last are items, open, overdue */
    struct pm_statistics *statistics;         /* NULL unless there is a Metrics sheet */
    struct pm_str title;                      /* of the first incident */
    struct pm_buf scratch, shell_text;        /* of whoever needs it for a moment; of pm_shell_text() */
};

/* Whether the sheet is wanted and there: facts only for one incident. */
bool pm_has_sheet(const struct pm_workbook *w, enum pm_sheet sheet);

/* "'Incidents'!$C$2:$C$13": the cells of a column below its heading; one row at least. In the workbook's arena. */
struct pm_str pm_sheet_range(struct pm_workbook *w, enum pm_sheet sheet, int column);
/* "Incidents" or "'Action items'": the name as formulas write it. */
struct pm_str pm_sheet_quoted(struct pm_workbook *w, enum pm_sheet sheet);

/* The heading of a column: the names of the table's columns too. In the workbook's arena. */
struct pm_str pm_action_heading(struct pm_workbook *w, int column);
struct pm_str pm_event_heading(struct pm_workbook *w, int column);
struct pm_str pm_incident_heading(struct pm_workbook *w, int column);
/* "Time to resolve (from start)". */
struct pm_str pm_metric_heading(struct pm_workbook *w, enum pm_metric_id metric);

/* Why a duration is not known: missing, out of order, or not yet (struct pm_metric's state). */
struct pm_str pm_metric_word(const struct pm_workbook *w, enum pm_metric_state state);

/* Lists of words in the first row of _pm, for validations. */
enum pm_choice_list { PM_LIST_STATUS, PM_LIST_TYPE, PM_LIST_PRIORITY, PM_LIST_COUNT };

/* The formulas of the sheets, once the words are known. */
void pm_action_formulas(struct pm_workbook *w);
void pm_incident_formulas(struct pm_workbook *w);
/* A formula with its strings: "" in them, and escaped for XML. '#' is the row. In the workbook's arena. */
struct pm_str pm_formula(struct pm_workbook *w, const char *pattern, const struct pm_str *values, size_t count);

/* ---- the rows of one incident ---- */

/* One line of Markdown, or a whole text, as plain text, in the incident's arena. */
struct pm_str pm_plain_line(const struct pm_incident *incident, const struct pm_field *field);
struct pm_str pm_plain_text(const struct pm_incident *incident, const struct pm_field *field);
/* The label of an enumeration's value; what is no value as it is written. */
struct pm_str pm_label_of(const struct pm_labels *labels, const struct pm_field *field);
/* "a, b, c" in the incident's arena. */
struct pm_str pm_joined(const struct pm_incident *incident, const struct pm_list *fields, bool people);

void pm_cell_metric(struct pm_workbook *w, struct pm_rows *r, int column, const struct pm_metric *m);

void pm_add_actions(struct pm_workbook *w, const struct pm_incident *incident);
void pm_add_events(struct pm_workbook *w, const struct pm_incident *incident);
void pm_add_incident(struct pm_workbook *w, const struct pm_incident *incident, struct pm_diags *diags);
void pm_add_source(struct pm_workbook *w, const struct pm_incident *incident);
void pm_add_facts(struct pm_workbook *w, const struct pm_incident *incident);

/* ---- the shell: what libxlsxwriter makes ---- */

/* Where the Metrics sheet has what charts show: rows and columns from 0; a count of 0: it is not there. */
struct pm_metrics_places {
    uint32_t durations;                       /* first row of durations over all */
    uint32_t months, month_count;
    uint32_t owners, owner_count;             /* those with names */
    int month_name, month_severity;           /* columns: the name; sev1, which the others follow */
    int owner_name, owner_status;             /* the name; the first status, which the others follow */
};

struct pm_shell {
    struct pm_workbook *w;
    lxw_workbook *book;
    lxw_worksheet *sheets[PM_SHEET_COUNT];    /* NULL: not there */
    lxw_format *formats[PM_STYLE_COUNT];      /* [0] NULL: the default */
    struct pm_metrics_places places;          /* filled by pm_metrics_sheet(), for pm_charts(), which comes after it */
};

/* PM_UNSUPPORTED: the styles of rows did not get their numbers. */
enum pm_status pm_make_styles(struct pm_shell *shell);
/* The sheets of rows but for their rows. */
void pm_dress_actions(struct pm_shell *shell);
void pm_dress_events(struct pm_shell *shell);
void pm_dress_incidents(struct pm_shell *shell);
void pm_dress_facts(struct pm_shell *shell);
void pm_dress_source(struct pm_shell *shell);
/* Table, widths, print set-up. most: of each column in characters. */
void pm_dress_table(struct pm_shell *shell, enum pm_sheet sheet, int columns, const unsigned *most, double height);
void pm_print_setup(struct pm_shell *shell, lxw_worksheet *sheet);
void pm_validate_list(struct pm_shell *shell, lxw_worksheet *sheet, int column, uint32_t last_row, enum pm_choice_list list);
/* Writes a workbook without rows to a file in memory and appends it to `out`. */
enum pm_status pm_make_shell(struct pm_workbook *w, struct pm_buf *out);
/* The name of the table on the sheet, "" without one: the same in every language. */
const char *pm_table_name(enum pm_sheet sheet);
/* Whether the table has columns with a formula; appends the table's part with them. False: it is not as libxlsxwriter makes it. */
bool pm_has_calculated_columns(const struct pm_workbook *w, enum pm_sheet sheet);
bool pm_put_calculated_columns(struct pm_workbook *w, enum pm_sheet sheet, struct pm_str table, struct pm_buf *out);
/* Where `what` begins in s, from `from`; s.n: nowhere. */
size_t pm_find_text(struct pm_str s, size_t from, const char *what);
/* Puts the rows into it. */
enum pm_status pm_splice(struct pm_workbook *w, struct pm_str shell, struct pm_buf *out);

/* Fills the sheet Metrics and defines PM_NAME_AS_OF (as "='Metrics'!$B$2"); fills the sheet Charts. Only called when they are there. What
 * they hand to libxlsxwriter is text of the language and of the program alone, or made fit by pm_shell_text(): it prints what it refuses.
 * PM_NOMEM. */
enum pm_status pm_metrics_sheet(struct pm_shell *shell);
enum pm_status pm_charts(struct pm_shell *shell);

/* The text as libxlsxwriter can take it: UTF-8, no U+FFFE and U+FFFF, escapes escaped, at most 32,767 units; NUL-terminated, in the
 * workbook's arena. "" when memory ran out. */
char *pm_shell_text(struct pm_workbook *w, struct pm_str text);

#endif
