/* A template: which blocks come in which order under which headings, in which language. pm-template(5) is the format. */
#ifndef PM_TEMPLATE_H
#define PM_TEMPLATE_H

#include "base/diag.h"
#include "base/yaml.h"

struct pm_named_template;

/* A new member goes into src/embed.c too, which writes the built-in templates. */
struct pm_template {
    struct pm_str name, lang;
    const struct pm_yaml *blocks;   /* checked: block kinds, keys and variables are known */
    const struct pm_yaml *words;    /* checked too; NULL: the English ones */
    int max_pages;                  /* 1, or 0: as many as it takes */
};

/* Reads and checks a template. Everything wrong is reported, each unknown variable with its place. Lives in the arena. */
enum pm_status pm_template_read(struct pm_str source, struct pm_arena *arena, struct pm_diags *diags, struct pm_template *out);

/* A built-in template by name ("full", "executive"): templates/NAME.yaml as the build read and checked it. NULL when there is none. */
const struct pm_named_template *pm_builtin_template(struct pm_str name);

/* The same as reading its file, without places. PM_NOMEM is all that can fail. Lives in the arena. */
enum pm_status pm_template_unpack(const struct pm_named_template *packed, struct pm_arena *arena, struct pm_template *out);

#endif
