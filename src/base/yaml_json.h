/* The one thing of JSON that YAML lacks: characters above U+FFFF as two escapes. Private to yaml.c. */
#ifndef PM_YAML_JSON_H
#define PM_YAML_JSON_H

#include "base/arena.h"

/* A JSON text with such escapes in YAML's form, as long as before and with every other byte in its place; any other source as it is.
 * Absent when memory ran out. `source` is not. */
struct pm_str pm_yaml_from_json(struct pm_str source, struct pm_arena *arena);

#endif
