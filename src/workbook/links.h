/* The hyperlinks of one sheet (ISO/IEC 29500-1, 18.3.1.47) and the relations that the outer ones need. */
#ifndef PM_LINKS_H
#define PM_LINKS_H

#include "workbook/spool.h"

/* Excel takes 65,530 links a sheet. Addresses have 2,079 characters at most. What is beyond stays text. */
enum { PM_LINKS_MOST = 65530, PM_LINK_LONGEST = 2079 };

struct pm_links {
    struct pm_spool links, relations;
    uint32_t inner, outer;
    uint32_t over;                /* those that stay text since there are too many */
};

void pm_links_init(struct pm_links *l, int level);
void pm_links_free(struct pm_links *l);

/* From the cell to row `to_row` of the sheet (quoted as in formulas); false: there are too many. */
bool pm_link_inside(struct pm_links *l, int column, uint32_t row, struct pm_str sheet, uint32_t to_row);
/* To an address; false: too many, too long, or neither http, https nor mailto. */
bool pm_link_outside(struct pm_links *l, int column, uint32_t row, struct pm_str url);

#endif
