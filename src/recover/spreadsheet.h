/* The sheet _pm of a workbook, and what its reader takes from that of packages. */
#ifndef PM_SPREADSHEET_H
#define PM_SPREADSHEET_H

#include "package/zip.h"
#include "recover/recover_internal.h"

#define PM_XLSX_WORKBOOK "xl/workbook.xml"
#define PM_XLSX_RELATIONS "xl/_rels/workbook.xml.rels"

/* Finds the sheet by what the workbook's part and its relations say, which are among the entries. Its rows with a hash are sources
 * (workbook/workbook.h), in cells of strings of any kind, since programs that save a workbook share them. */
void pm_recover_workbook(struct pm_recovery *r, const struct pm_zip_entry *entries, size_t count);

/* The chosen entries. False: reported. */
bool pm_package_entries(struct pm_recovery *r, const struct pm_zip_choice *choice, struct pm_zip_entry **entries, size_t *count);

/* NULL: it is no XML, which is not reported, or a failure, which is. It may have `most_tags` tags and attributes, and another for every
 * four bytes of the file. */
enum { PM_FEW_TAGS = 10000, PM_MANY_TAGS = 900000 };
struct pm_xml_node *pm_package_tree(struct pm_recovery *r, struct pm_str xml, size_t most_tags);

#endif
