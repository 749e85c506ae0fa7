/* What the readers of this folder share. */
#ifndef PM_RECOVER_INTERNAL_H
#define PM_RECOVER_INTERNAL_H

#include "package/xml_tree.h"
#include "recover/recover.h"

/* An artefact that is being read. */
struct pm_recovery {
    struct pm_str bytes;
    struct pm_arena *arena;
    struct pm_diags *diags;
    struct pm_sources *sources;
    enum pm_status status;         /* the first failure */
};

enum pm_source_form { PM_SOURCE_PLAIN, PM_SOURCE_BASE64 };

/* A source as it was found; pm_source_add() decodes it and compares the hash. */
struct pm_found {
    struct pm_str text;            /* in its form; must live as long as the arena */
    enum pm_source_form form;
    struct pm_str id, sha256, place;
    size_t size;                   /* of the source; 0: the artefact does not say */
};

/* Editors change line ends and drop line feeds at the end: what the hash proves to be the source is taken. */
void pm_source_add(struct pm_recovery *r, const struct pm_found *found);

/* Reports and keeps the status. `what` is a sentence about the artefact without its subject: "is damaged". */
void pm_recovery_fail(struct pm_recovery *r, enum pm_status status, const char *what);

/* The readers. None reports that there is no source; pm_recover() does. */
void pm_recover_pdf(struct pm_recovery *r);
void pm_recover_package(struct pm_recovery *r);
void pm_recover_html(struct pm_recovery *r);
void pm_recover_markdown(struct pm_recovery *r);
void pm_recover_storage(struct pm_recovery *r, struct pm_str fragment, struct pm_str page);   /* page: its title, or absent */
void pm_recover_rest(struct pm_recovery *r);

/* A fragment of storage format below a root; NULL: reported. */
struct pm_xml_node *pm_storage_tree(struct pm_recovery *r, struct pm_str fragment);

/* Where `needle`, which is not empty, first stands in `s` at or behind `from`; s.n: nowhere. */
size_t pm_text_find(struct pm_str s, const char *needle, size_t from);

/* How many bytes the character reference at the start of `s` has, "&NAME;" or "&#NUMBER;"; 0: it is none. */
size_t pm_entity_length(struct pm_str s);

/* All text within an element, joined, in the arena. */
struct pm_str pm_xml_inner_text(const struct pm_xml_node *node, struct pm_arena *arena);

#endif
