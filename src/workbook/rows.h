/* The rows of one sheet as SpreadsheetML (ISO/IEC 29500-1, 18.3), deflated while they come; or as CSV, as they are.
 *
 * A row is begun, its cells are added from left to right, and it is ended. An empty text is an empty cell that has a style. Where a value
 * depends on the day of the workbook and the day is not known yet, the rows are kept, deflated, with a hole in its place, up to `held`
 * bytes of them; beyond, they are written with the formula alone. The first failure sticks in spool.status. */
#ifndef PM_ROWS_H
#define PM_ROWS_H

#include "base/diag.h"
#include "base/time.h"
#include "base/csv.h"
#include "workbook/spool.h"

enum {
    PM_ROWS_COLUMNS = 40,
    PM_SHEET_ROWS = 1048576,      /* of Excel 2007 and later */
    PM_CELL_UNITS = 32767,        /* UTF-16 units of a cell's text */
    PM_WIDEST = 80                /* from here on the width of a text is of no interest */
};
#define PM_ROWS_HELD ((size_t)16 << 20)   /* unless somebody sets another limit */

/* The day that a workbook is made for, and what is due when. */
struct pm_day {
    bool known;
    int64_t day;                  /* since 1970-01-01 */
    struct pm_buf due;            /* int64_t each: the days on which open action items are due, of one incident after the other */
};

struct pm_rows {
    struct pm_spool spool;
    const struct pm_day *day;
    struct pm_buf holes;          /* struct hole of rows.c; none when the day is known */
    struct pm_deflater *shelf;    /* rows with holes but for the last, which are in the spool's text; may be NULL */
    size_t shelved;               /* plain bytes in it */
    size_t held;                  /* plain bytes of rows with holes that are kept */
    bool left_out;                /* values were left out */
    bool is_csv;
    struct pm_csv csv;            /* of the present row */
    int next_column;              /* of it */
    uint32_t row;                 /* the present one, from 1; 0: none so far */
    size_t digit_count;           /* of its number */
    char digits[8];
    unsigned widths[PM_ROWS_COLUMNS];   /* the longest line in each column, in characters; wide ones are two */
    struct pm_diags *diags;       /* where changes of text are reported; NULL: nowhere */
};

/* What a formula gives, or a cell without formula. */
enum pm_value_kind {
    PM_VALUE_EMPTY,               /* the empty text */
    PM_VALUE_NUMBER,              /* a */
    PM_VALUE_DAYS_UNTIL,          /* from the workbook's day to the day a */
    PM_VALUE_DAYS_SINCE,          /* from the day a to the workbook's */
    PM_VALUE_OVERDUE              /* how many of due[a] to due[b - 1] are before the workbook's day */
};
struct pm_value { enum pm_value_kind kind; int64_t a, b; };

#define PM_ROW_NUMBER '\1'        /* in a formula: the number of the present row */

/* `first`: the row that the first one is to be, from 1. */
void pm_rows_init(struct pm_rows *r, uint32_t first, int level, const struct pm_day *day);
/* Records of CSV: styles, links and formulas are left out, dates and times are those of ISO 8601, and all is held until the day is
 * known. */
void pm_rows_init_csv(struct pm_rows *r, const struct pm_day *day);
void pm_rows_free(struct pm_rows *r);

void pm_row_begin(struct pm_rows *r);
/* With room for as many lines, since LibreOffice does not make it by itself; at most 27. The height is not fixed: Excel fits the row
 * anew when its text is changed. */
void pm_row_begin_lines(struct pm_rows *r, unsigned lines);
/* The lines that a text takes in a column of so many characters, some more than fewer. A column has room for a tenth more of them than its
 * width says, which is in digits. */
unsigned pm_lines_of(struct pm_str text, unsigned width);
void pm_row_end(struct pm_rows *r);

/* Without white space around it. `mark`: of the field, for messages. */
void pm_cell_text(struct pm_rows *r, int column, int style, struct pm_str text, struct pm_mark mark);
void pm_cell_integer(struct pm_rows *r, int column, int style, int64_t n);
void pm_cell_number(struct pm_rows *r, int column, int style, double n);
/* A day as a date: from 1900-03-01 on; before, as text (there Excel's calendar is wrong). */
void pm_cell_date(struct pm_rows *r, int column, int style, int64_t days);
/* The time that a clock shows so many seconds after 1970-01-01T00:00:00. Text before 1900-03-01. */
void pm_cell_instant(struct pm_rows *r, int column, int style, int64_t seconds);
void pm_cell_duration(struct pm_rows *r, int column, int style, int64_t seconds);   /* not negative; in days */
/* The formula is escaped for XML; an empty one gives the value alone. */
void pm_cell_formula(struct pm_rows *r, int column, int style, struct pm_str formula, struct pm_value value);

/* All rows are there and the day is known: fills the holes. */
void pm_rows_settle(struct pm_rows *r);

/* Text as it stands in an element of SpreadsheetML: ST_Xstring, see workbook.h. Cut at PM_CELL_UNITS. */
void pm_cell_escape(struct pm_buf *out, struct pm_str text, struct pm_mark mark, struct pm_diags *diags);

/* Whether it begins with what readers take for an escape: "_x0041_". */
bool pm_looks_escaped(struct pm_str s);

/* "AB" for 27. Returns how many letters. */
size_t pm_column_letters(char out[4], int column);

/* Text of an attribute or a formula: & < > " escaped, nothing else. */
void pm_attribute(struct pm_buf *out, struct pm_str text);

#endif
