/* Cells of CSV, for rows.c. */
#ifndef PM_ROWS_CSV_H
#define PM_ROWS_CSV_H

#include "workbook/rows.h"

void pm_row_begin_csv(struct pm_rows *r);
/* Text, guarded against being taken for a formula; a number, a date or nothing, as it is. Columns that were passed over are empty. */
void pm_csv_cell(struct pm_rows *r, int column, struct pm_str text);
void pm_csv_cell_number(struct pm_rows *r, int column, struct pm_str digits);

#endif
