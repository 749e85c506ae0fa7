/* What the files that make the sheets Metrics and Charts share. */
#ifndef PM_METRICS_INTERNAL_H
#define PM_METRICS_INTERNAL_H

#include "statistics/statistics.h"
#include "workbook/workbook_internal.h"

enum {
    PM_METRICS_NAMES = 50,      /* owners, teams, services that have a row; the others have one together */
    PM_METRICS_MONTHS = 36,     /* the last ones; those before have one row together */
    PM_METRICS_BARS = 10,       /* owners in the chart */
    SERIAL_1970 = 25569         /* 1970-01-01 as a day of the 1900 system */
};

/* The sheet in the making. */
struct pm_metrics_writer {
    struct pm_shell *shell;
    struct pm_workbook *w;
    lxw_worksheet *ws;
    uint32_t row;
    bool incidents, actions;              /* those sheets are there, and formulas can look at them */
    bool failed;
    const char *severity, *month, *started;                                    /* ranges of Incidents */
    const char *duration[PM_METRIC_COUNT];
    const char *owner, *team, *status, *due, *completed, *age;                  /* ranges of Action items */
    const char *done, *dropped;           /* labels as formulas quote them: "\"Done\"" */
    lxw_format *alarm;                    /* more than none is overdue */
    lxw_format *number_heading;           /* PM_STYLE_HEADING, at the right */
    struct pm_metrics_places places;
    struct pm_groups totals[PM_BY_PRIORITY + 1];   /* those made so far */
};

/* A word of the language, and other text, fit for libxlsxwriter. */
const char *pm_metrics_word(struct pm_metrics_writer *m, enum pm_word word);

/* Text as formulas quote it: quotes doubled, in quotes. */
const char *pm_formula_text(struct pm_workbook *w, struct pm_str text);

/* Cells of the present row. The formula may be NULL; without the sheet that it looks at (`live`), the value stands alone. */
void pm_metrics_text_cell(struct pm_metrics_writer *m, int column, enum pm_style style, const char *text);
void pm_metrics_value(struct pm_metrics_writer *m, int column, enum pm_style style, bool live, const char *formula, double value);
void pm_metrics_array(struct pm_metrics_writer *m, int column, enum pm_style style, bool live, const char *formula, double value);
void pm_metrics_heading(struct pm_metrics_writer *m, int column, const char *text, bool over_numbers);
void pm_metrics_chapter(struct pm_metrics_writer *m, enum pm_word word);
void pm_metrics_note(struct pm_metrics_writer *m, enum pm_word word);

const char *pm_metrics_format(struct pm_metrics_writer *m, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Formats that these sheets have besides; to be called first. */
void pm_metrics_formats(struct pm_metrics_writer *m);

/* Sections of the sheet. */
void pm_metrics_durations(struct pm_metrics_writer *m);
void pm_metrics_months(struct pm_metrics_writer *m);
void pm_metrics_actions(struct pm_metrics_writer *m);

/* The totals, or all but the values of durations, in the workbook's arena; the failure sticks. */
struct pm_groups pm_metrics_total(struct pm_metrics_writer *m, enum pm_by by);
struct pm_groups pm_metrics_count(struct pm_metrics_writer *m, enum pm_by by);

/* The cell in A1 notation: row and column from 0. */
const char *pm_metrics_cell_name(struct pm_metrics_writer *m, uint32_t row, int column);

#endif
