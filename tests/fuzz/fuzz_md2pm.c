/* Markdown to an incident: it must be one in canonical form, whatever the bytes are. */
#include "import/import.h"
#include "incident/incident.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* What comes out is read and written once more: it stays as it is. */
static void check_canonical(struct pm_str yaml)
{
    const struct pm_read_options options = {.lenient = false};
    struct pm_arena arena;
    struct pm_diags diags;
    struct pm_incident *incident;
    struct pm_buf again;
    pm_arena_init(&arena);
    pm_diags_init(&diags, "fuzz");
    pm_buf_init(&again, 4 * yaml.n + 16);
    if (pm_incident_read(yaml, 1, &options, &arena, &diags, &incident) != PM_OK || !incident)
        abort();
    pm_incident_write(incident, &again);
    if (again.status != PM_OK || !pm_str_eq(pm_buf_slice(&again), yaml))
        abort();
    pm_buf_free(&again);
    pm_diags_free(&diags);
    pm_arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const struct pm_import_options options = {.name = size % 2 ? PM_LIT("2024-03-05-name.md") : (struct pm_str){NULL, 0}, .wants_notes = true};
    struct pm_arena arena;
    struct pm_diags diags;
    struct pm_import import;
    pm_arena_chunk_size = 0;
    pm_arena_init(&arena);
    pm_diags_init(&diags, "fuzz");
    enum pm_status status = pm_import_markdown((struct pm_str){(const char *)bytes, size}, &options, &arena, &diags, &import);
    if (status == PM_OK)
        check_canonical(import.yaml);
    else if (status != PM_INVALID || diags.count[PM_ERROR] == 0)
        abort();
    pm_diags_free(&diags);
    pm_arena_free(&arena);
    return 0;
}
