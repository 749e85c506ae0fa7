/* Comments of a YAML source, which libyaml drops: found again between the end of one token and the start of the next, where
 * nothing but white space, indicators and comments can be. Private to yaml.c. */
#ifndef PM_YAML_COMMENTS_H
#define PM_YAML_COMMENTS_H

#include "base/yaml.h"

struct pm_yaml_comments {
    struct pm_str source;
    size_t at;                    /* end of the last token */
    struct pm_yaml *last;         /* the value that ended there, or NULL */
    bool begun;                   /* the root has been met */
    struct pm_arena *arena;       /* for what is handed out */
    struct pm_arena *scratch;     /* for `lines` */
    struct pm_str *lines;         /* whole-line comments that wait for the next value */
    size_t count, cap;
    struct pm_str trailing;       /* comment behind an indicator, waiting likewise */
};

/* Collects the comments up to `offset`, where a token starts. */
void pm_yaml_comments_gap(struct pm_yaml_comments *c, size_t offset);

/* The comment behind the header of the block scalar at `offset`. */
void pm_yaml_comments_header(struct pm_yaml_comments *c, size_t offset);

/* The waiting lines, joined behind `before` (may be absent), absent if there are none. */
struct pm_str pm_yaml_comments_take(struct pm_yaml_comments *c, struct pm_str before);

/* The comment that waits for the next value's own line. */
struct pm_str pm_yaml_comments_take_trailing(struct pm_yaml_comments *c);

#endif
