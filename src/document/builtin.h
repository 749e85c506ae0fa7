/* The templates and themes that are compiled in, read and checked when the programs are built, so that a run has nothing to parse.
 * src/embed.c writes these tables into builtin.c. */
#ifndef PM_BUILTIN_H
#define PM_BUILTIN_H

#include "document/template.h"
#include "document/theme.h"

/* A struct pm_yaml without pointers: the loader would have to adjust each of them in every run, whether it is used or not. */
struct pm_packed_node {
    uint16_t key, text;        /* where they begin in the texts, NUL behind them; 0: absent */
    uint16_t count;            /* of children, which follow, each with what is below it */
    uint8_t kind, style;       /* enum pm_yaml_kind, enum pm_yaml_style */
};

struct pm_named_template {
    const char *name;
    struct pm_template template;            /* without `blocks` and `words`, which are: */
    const struct pm_packed_node *nodes;     /* the tree of blocks, then that of words */
    const char *texts;
    size_t count, words_at;                 /* nodes; index of the words' tree, count when there is none */
};

struct pm_named_theme {
    const char *name;
    struct pm_theme theme;
};

/* Each table ends with a NULL name. */
extern const struct pm_named_template pm_builtin_templates[];
extern const struct pm_named_theme pm_builtin_themes[];   /* the first is the one that themes build upon */

#endif
