/* The artefacts that are text, made again from their documents: what one is compared with. */
#ifndef PM_TEXT_PAGE_H
#define PM_TEXT_PAGE_H

#include "document/node.h"
#include "document/theme.h"

enum pm_text_page { PM_TEXT_CONFLUENCE, PM_TEXT_HTML, PM_TEXT_MARKDOWN };

/* The page of all the documents, in the arena. PM_NOMEM, PM_LIMIT. */
enum pm_status pm_text_page(enum pm_text_page form, struct pm_document *const *documents, size_t count, const struct pm_theme *theme,
                            struct pm_arena *arena, struct pm_str *out);

#endif
