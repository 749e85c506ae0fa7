/* Bytes to an incident, to its canonical form, and to an incident again: the second canonical form must be the first. */
#include "base/limits.h"
#include "incident/incident.h"
#include "incident/metrics.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

struct reading {
    struct pm_arena arena;
    struct pm_diags diags;
    struct pm_incident *incident;
    enum pm_status status;
};

static void read_bytes(struct reading *r, struct pm_str source, bool lenient)
{
    const struct pm_read_options options = {.lenient = lenient};
    pm_arena_init(&r->arena);
    pm_diags_init(&r->diags, "fuzz");
    r->status = pm_incident_read(source, 1, &options, &r->arena, &r->diags, &r->incident);
}

static void end_reading(struct reading *r)
{
    pm_arena_free(&r->arena);
    pm_diags_free(&r->diags);
}

static void write_twice(const struct pm_incident *incident, bool lenient)
{
    struct pm_buf first, second;
    struct reading again;
    pm_buf_init(&first, 4 * PM_MAX_DOCUMENT);
    pm_buf_init(&second, 4 * PM_MAX_DOCUMENT);
    pm_incident_write(incident, &first);
    read_bytes(&again, pm_buf_slice(&first), lenient);
    if (first.status != PM_OK || again.status != PM_OK || !again.incident)
        abort();
    pm_incident_write(again.incident, &second);
    if (second.status != PM_OK || !pm_str_eq(pm_buf_slice(&first), pm_buf_slice(&second)))
        abort();
    end_reading(&again);
    pm_buf_free(&first);
    pm_buf_free(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct reading r;
    struct pm_metric metrics[PM_METRIC_COUNT];
    bool lenient = size && bytes[size - 1] == '#';
    pm_arena_chunk_size = 0;
    read_bytes(&r, (struct pm_str){(const char *)bytes, size}, lenient);
    if (r.status == PM_OK && r.incident) {
        pm_metrics(r.incident, &r.diags, metrics);
        (void)pm_incident_last_instant(r.incident);
        write_twice(r.incident, lenient);
    }
    end_reading(&r);
    return 0;
}
