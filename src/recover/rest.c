/* Pages of Confluence as its REST interface gives them, versions 1 and 2: objects with body.storage.value, alone or in a list. */
#include "recover/recover_internal.h"

#include <jansson.h>

enum { MOST_DEPTH = 16 };         /* of objects and arrays that pages are looked for in */

/* A copy, since the JSON is given back. */
static struct pm_str text_of(struct pm_recovery *r, const json_t *text)
{
    if (!json_is_string(text))
        return (struct pm_str){NULL, 0};
    return pm_arena_str(r->arena, (struct pm_str){json_string_value(text), json_string_length(text)});
}

static void take_pages(struct pm_recovery *r, json_t *json, int depth)
{
    const char *key;
    json_t *value;
    size_t index;
    const json_t *storage = json_object_get(json_object_get(json_object_get(json, "body"), "storage"), "value");
    if (depth > MOST_DEPTH || r->status != PM_OK)
        return;
    if (json_is_string(storage)) {
        struct pm_str fragment = text_of(r, storage), title = text_of(r, json_object_get(json, "title"));
        if (fragment.p)
            pm_recover_storage(r, fragment, title);
        return;
    }
    json_object_foreach(json, key, value) {
        take_pages(r, value, depth + 1);
    }
    json_array_foreach(json, index, value) {
        take_pages(r, value, depth + 1);
    }
}

void pm_recover_rest(struct pm_recovery *r)
{
    json_error_t error;
    json_t *json = json_loadb(r->bytes.p, r->bytes.n, JSON_REJECT_DUPLICATES, &error);
    if (!json && json_error_code(&error) == json_error_out_of_memory)
        pm_recovery_fail(r, PM_NOMEM, "");
    else if (!json)
        pm_recovery_fail(r, PM_INVALID, pm_arena_format(r->arena, "is damaged: it is no JSON in line %d", error.line).p);
    else
        take_pages(r, json, 0);
    json_decref(json);
}
