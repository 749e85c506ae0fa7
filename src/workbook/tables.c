/* The formulas of the tables' calculated columns, so that a row that somebody adds gets them (ISO/IEC 29500-1, 18.5.1.1). They are those of
 * the cells with structured references: a cell's address would have to be right for each row. */
#include "workbook/workbook_internal.h"

#include <stdio.h>
#include <string.h>

/* Headings in brackets have an apostrophe before what means something there. */
static void put_reference(struct pm_workbook *w, struct pm_buf *b, enum pm_sheet sheet, int column)
{
    struct pm_str heading = w->headings[sheet][column];
    pm_buf_puts(b, pm_table_name(sheet));
    pm_buf_puts(b, "[[#This Row],[");
    for (size_t i = 0; i < heading.n; i++) {
        if (strchr("[]#'@", heading.p[i]))
            pm_buf_putc(b, '\'');
        pm_attribute(b, (struct pm_str){heading.p + i, 1});
    }
    pm_buf_puts(b, "]]");
}

/* A formula of a cell, in which a column's letter stands before the number of its row. */
static void put_formula(struct pm_workbook *w, struct pm_buf *b, enum pm_sheet sheet, struct pm_str formula)
{
    for (size_t i = 0; i < formula.n; i++) {
        if (i + 1 < formula.n && formula.p[i + 1] == PM_ROW_NUMBER) {
            put_reference(w, b, sheet, formula.p[i] - 'A');
            i++;
        } else
            pm_buf_putc(b, formula.p[i]);
    }
}

static struct pm_str formula_of(const struct pm_workbook *w, enum pm_sheet sheet, int column)
{
    int count = column - PM_COL_INCIDENT_ITEMS;
    if (sheet == PM_SHEET_ACTIONS && column == PM_COL_ACTION_DAYS_LEFT)
        return w->days_left;
    if (sheet == PM_SHEET_ACTIONS && column == PM_COL_ACTION_AGE)
        return w->age;
    if (sheet == PM_SHEET_INCIDENTS && count >= 0 && count < 3 && w->incidents <= PM_SOURCE_INCIDENTS)
        return w->incident_counts[count];
    return (struct pm_str){NULL, 0};
}

bool pm_has_calculated_columns(const struct pm_workbook *w, enum pm_sheet sheet)
{
    return pm_has_sheet(w, sheet) && (formula_of(w, sheet, PM_COL_ACTION_DAYS_LEFT).n || formula_of(w, sheet, PM_COL_INCIDENT_ITEMS).n);
}

bool pm_put_calculated_columns(struct pm_workbook *w, enum pm_sheet sheet, struct pm_str table, struct pm_buf *out)
{
    size_t from = 0;
    for (int column = 0; column < PM_SHEET_MOST_COLUMNS; column++) {
        struct pm_str formula = formula_of(w, sheet, column);
        char start[40];
        if (!formula.n)
            continue;
        snprintf(start, sizeof start, "<tableColumn id=\"%d\"", column + 1);
        size_t at = pm_find_text(table, from, start), end = pm_find_text(table, at, "/>");
        if (end >= table.n)
            return false;
        pm_buf_add(out, table.p + from, end - from);
        pm_buf_puts(out, "><calculatedColumnFormula>");
        put_formula(w, out, sheet, formula);
        pm_buf_puts(out, "</calculatedColumnFormula></tableColumn>");
        from = end + 2;
    }
    pm_buf_add(out, table.p + from, table.n - from);
    return true;
}
