/* Comma-separated values as RFC 4180 has them: records end in CR LF, and a cell with a comma, a quote or a line break stands in quotes,
 * which are doubled within. UTF-8 without a mark at the front.
 *
 * A spreadsheet program takes a text that begins with = + - @, a tab or a carriage return for a formula, or may after trimming it
 * (OWASP, "CSV Injection"). Such a text gets an apostrophe in front, which those programs show or hide but never calculate; readers that
 * are no spreadsheet programs take the one apostrophe off. Numbers are written as they are. */
#ifndef PM_CSV_H
#define PM_CSV_H

#include "base/buf.h"

#include <stdint.h>

struct pm_csv {
    struct pm_buf *out;
    bool begun;             /* the record has a cell */
};

void pm_csv_init(struct pm_csv *csv, struct pm_buf *out);

/* Cells of a record, in their order. An absent text is an empty cell. */
void pm_csv_text(struct pm_csv *csv, struct pm_str text);
void pm_csv_integer(struct pm_csv *csv, int64_t n);
void pm_csv_number(struct pm_csv *csv, double value, int digits);   /* as pm_buf_number() has it */
void pm_csv_empty(struct pm_csv *csv);

/* Ends the record. */
void pm_csv_end(struct pm_csv *csv);

#endif
