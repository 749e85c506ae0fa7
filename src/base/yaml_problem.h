/* What libyaml says about text that is no YAML, in words for people who write incidents. Private to yaml.c. */
#ifndef PM_YAML_PROBLEM_H
#define PM_YAML_PROBLEM_H

#include "base/arena.h"
#include "base/mark.h"

struct pm_yaml_problem {
    const char *problem, *context;      /* libyaml's words; context may be NULL */
    struct pm_str source;
    struct pm_mark at, context_at;      /* of the problem; of the beginning of what the context names */
};

/* The message; *at_context tells that its place is where the context begins. NULL when memory ran out. */
const char *pm_yaml_problem_text(const struct pm_yaml_problem *p, struct pm_arena *arena, bool *at_context);

#endif
