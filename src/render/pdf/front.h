/* The first page of a file of many documents: each with its id, its title and the page where it begins. */
#ifndef PM_PDF_FRONT_H
#define PM_PDF_FRONT_H

#include "document/node.h"

struct pm_front_entry {
    struct pm_str id, title;
    size_t page;              /* as its foot says, from 1 */
    struct pm_str url;        /* "#…" of an anchor */
};

/* A document with a table of the entries, in `arena`, where the entries' strings live too. Words and language are those of `like`. */
struct pm_document *pm_front_document(struct pm_arena *arena, const struct pm_document *like, struct pm_str title,
                                      const struct pm_front_entry *entries, size_t count);

#endif
