/* Many incidents as one workbook (SpreadsheetML, ISO/IEC 29500-1, transitional): action items, timelines, incidents, metrics, charts.
 *
 * libxlsxwriter makes all that has structure: styles, tables, validations, conditional formats, charts, print set-up. The rows, which are
 * long, are written here while the incidents stream by, are deflated as they come and are put into its sheets at the end (splice.h). So
 * memory grows by the deflated rows alone.
 *
 * Text is always text: cells hold inline strings, never formulas of the author's. Escapes are those of ST_Xstring (22.9.2.19): a control
 * character is written _xHHHH_, and what looks like such an escape is written with _x005F_ before it. U+FFFE, U+FFFF and what is no UTF-8
 * become U+FFFD, with a warning; white space around a text is dropped; text of more than 32,767 UTF-16 units ends with an ellipsis, with a
 * warning. CR LF is LF.
 *
 * The sheet _pm, hidden, has in its first row the version of the format and of the program and the day of the workbook; from the third row
 * on, an incident each: id, SHA-256 of the source, how the source is written ("text", "base64", or nothing when it is left out), and the
 * source in as many cells as it takes, at most 32,767 UTF-16 units each, to be joined. In each cell of "text" the piece stands between two
 * vertical bars, since programs drop white space at the ends of a cell. It is Base64 where it holds what some spreadsheet
 * program would change: CR, control characters other than tab and line feed, U+FFFE, U+FFFF, bytes that are no UTF-8, or "_x" with what
 * looks like an escape. */
#ifndef PM_WORKBOOK_H
#define PM_WORKBOOK_H

#include "base/buf.h"
#include "base/diag.h"
#include "document/template.h"
#include "incident/incident.h"

/* In the order of the workbook. */
enum pm_sheet {
    PM_SHEET_FACTS,           /* of a single incident */
    PM_SHEET_ACTIONS,
    PM_SHEET_TIMELINE,
    PM_SHEET_INCIDENTS,
    PM_SHEET_METRICS,
    PM_SHEET_CHARTS,
    PM_SHEET_SOURCE,          /* _pm, hidden; always there */
    PM_SHEET_COUNT
};

/* The name of a sheet for --sheets ("action-items"); NULL for _pm. */
const char *pm_sheet_option(enum pm_sheet sheet);

enum pm_keep_source { PM_SOURCE_AUTO, PM_SOURCE_ALWAYS, PM_SOURCE_NEVER };

enum { PM_SOURCE_INCIDENTS = 1000 };   /* up to so many the source is kept by PM_SOURCE_AUTO */

struct pm_workbook_options {
    const struct pm_template *template;    /* language: names of sheets, headings, words; must outlive the workbook */
    bool has_as_of;
    int64_t as_of;                         /* days; else the day of the last instant of all incidents */
    int level;                             /* of deflate for the rows, 1 to 9; 0: the default */
    enum pm_keep_source source;
    unsigned sheets;                       /* bits 1 << enum pm_sheet; 0: all */
    enum pm_sheet csv;                     /* not a workbook, but the rows of this sheet (actions, timeline or incidents) as CSV; 0: no */
    const char *version;                   /* of the program */
};

struct pm_workbook;

/* PM_NOMEM. */
enum pm_status pm_workbook_new(const struct pm_workbook_options *options, struct pm_workbook **out);

/* Appends an incident; nothing of it is needed afterwards. Warns of text that had to change. PM_NOMEM; PM_LIMIT: more rows than a sheet
 * can have (1,048,576). */
enum pm_status pm_workbook_add(struct pm_workbook *w, const struct pm_incident *incident, struct pm_diags *diags);

/* The file, once: the workbook, or records as base/csv.h has them, headings first. PM_NOMEM, PM_LIMIT, PM_IO (no room for temporary
 * files); PM_UNSUPPORTED: libxlsxwriter made something else than is known. */
enum pm_status pm_workbook_write(struct pm_workbook *w, struct pm_buf *out);

/* Whether values that depend on the day were left out, since the day was not known before there were too many rows to hold back. */
bool pm_workbook_left_out(const struct pm_workbook *w);

/* How many links became text, since a sheet had as many as programs take. */
size_t pm_workbook_unlinked(const struct pm_workbook *w);

void pm_workbook_free(struct pm_workbook *w);

#endif
