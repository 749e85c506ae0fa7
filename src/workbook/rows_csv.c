#include "workbook/rows_csv.h"

void pm_row_begin_csv(struct pm_rows *r)
{
    pm_csv_init(&r->csv, &r->spool.text);
    r->next_column = 0;
}

static void pass_over(struct pm_rows *r, int column)
{
    for (; r->next_column < column; r->next_column++)
        pm_csv_empty(&r->csv);
    r->next_column++;
}

void pm_csv_cell(struct pm_rows *r, int column, struct pm_str text)
{
    pass_over(r, column);
    pm_csv_text(&r->csv, text);
}

void pm_csv_cell_number(struct pm_rows *r, int column, struct pm_str digits)
{
    pass_over(r, column);
    pm_csv_empty(&r->csv);
    pm_buf_str(&r->spool.text, digits);
}
