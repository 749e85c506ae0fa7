/* What a page of Confluence shows. */
#ifndef PM_STORAGE_PAGE_H
#define PM_STORAGE_PAGE_H

#include "recover/page.h"
#include "recover/recover_internal.h"

/* The text of a page in storage format as blocks, none of which is marked; but for the source that it carries. The status of `r` on
 * failure, which is reported. */
enum pm_status pm_storage_page(struct pm_recovery *r, struct pm_str fragment, struct pm_page *page);

#endif
