/* pmread: artefacts to the incidents that they were made from. */
#include "filter.h"

#include "base/limits.h"
#include "base/sandbox.h"
#include "options.h"
#include "recover/recover.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { FORCE };               /* of the options below */

struct input {
    const char *path, *name;
    struct pm_buf bytes;
    enum pm_artefact kind;
};

/* ---- inputs ---- */

static bool read_input(struct pm_session *s, struct input *in)
{
    in->name = strcmp(in->path, "-") ? in->path : "<stdin>";
    pm_buf_init(&in->bytes, PM_MAX_INPUT);
    switch (pm_read_file(in->path, &in->bytes)) {
    case PM_OK:
        in->kind = pm_recover_kind(pm_buf_slice(&in->bytes));
        break;
    case PM_LIMIT:
        pm_session_fail(s, in->name, "larger than 1 GiB");
        return false;
    case PM_NOMEM:
        pm_session_fail(s, in->name, "out of memory");
        return false;
    default:
        pm_session_fail(s, in->name, strerror(errno));
        return false;
    }
    if (!pm_recover_load(in->kind)) {
        pm_session_fail(s, in->name, "cannot load the library that reads it");
        return false;
    }
    return true;
}

static bool read_inputs(struct pm_session *s, struct input *inputs, char **paths, size_t count)
{
    bool good = true;
    for (size_t i = 0; i < count; i++) {
        inputs[i].path = paths[i];
        good = read_input(s, &inputs[i]) && good;
    }
    return good;
}

/* libqpdf has no bound of its own for what it unpacks; the others need memory by what they read, many times its size. */
static void enter_sandbox(const struct pm_session *s, const struct input *inputs, size_t count)
{
    const size_t mib = (size_t)1 << 20;
    struct pm_sandbox sandbox = {.output = s->output, .memory = 28 * mib, .seconds = 20};
    for (size_t i = 0; i < count; i++) {
        bool pdf = inputs[i].kind == PM_ARTEFACT_PDF;
        sandbox.memory += inputs[i].bytes.cap + (pdf ? 0 : 64 * mib) + inputs[i].bytes.len * (pdf ? 16 : 256);
        sandbox.seconds += (unsigned)(inputs[i].bytes.len / mib);
    }
    pm_sandbox_enter(&sandbox);
}

/* ---- sources ---- */

/* Reports a source that has changed, or of which that cannot be told. */
static void check(struct pm_session *s, const struct pm_sources *sources, struct pm_diags *diags)
{
    for (const struct pm_source *source = sources->first; source; source = source->next) {
        struct pm_str place = source->place.n ? source->place : PM_LIT("the source");
        char hash[256];
        snprintf(hash, sizeof hash, "%.*s", (int)(place.n < 200 ? place.n : 200), place.p);
        if (!source->intact && !source->sha256.n)
            pm_report(diags, PM_D_SOURCE_UNSURE, (struct pm_mark){0, 0, 0}, hash);
        else if (!source->intact)
            pm_report(diags, s->own[FORCE] ? PM_D_SOURCE_FORCED : PM_D_SOURCE_CHANGED, (struct pm_mark){0, 0, 0}, hash);
    }
}

static void recover(struct pm_session *s, const struct input *in)
{
    struct pm_diags diags;
    struct pm_sources sources = {.count = 0};
    struct pm_str bytes = pm_buf_slice(&in->bytes);
    struct pm_source whole = {.bytes = bytes, .intact = true};
    enum pm_status status = PM_OK;
    pm_diags_init(&diags, in->name);
    if (in->kind == PM_ARTEFACT_NONE && !pm_sniff(bytes))
        sources = (struct pm_sources){.first = &whole, .last = &whole, .count = 1};   /* YAML */
    else
        status = pm_recover(in->kind, bytes, &s->arena, &diags, &sources);
    check(s, &sources, &diags);
    if (status == PM_OK)
        pm_sources_write(&sources, &s->out);
    if (status == PM_NOMEM || status == PM_UNSUPPORTED)
        pm_session_fail(s, in->name, status == PM_NOMEM ? "out of memory" : "a library lacks what is needed");
    pm_session_say(s, &diags);
    pm_diags_free(&diags);
}

/* ---- the program ---- */

static void deliver(struct pm_session *s)
{
    if (s->out.status != PM_OK)
        pm_session_fail(s, "cannot go on", s->out.status == PM_LIMIT ? "the output is larger than 2 GiB" : "out of memory");
    else if (s->output && pm_write_file(s->output, s->out.data, s->out.len) != PM_OK)
        pm_session_fail(s, s->output, strerror(errno));
    else if (!s->output && pm_write_stdout(s->out.data, s->out.len) != PM_OK)
        pm_session_fail(s, "standard output", strerror(errno));
}

static int run(struct pm_session *s, char **paths, size_t count)
{
    static char *standard_input[] = {"-"};
    if (count == 0) {
        paths = standard_input;
        count = 1;
    }
    struct input *inputs = calloc(count, sizeof *inputs);
    pm_arena_init(&s->arena);
    pm_buf_init(&s->out, PM_MAX_OUTPUT);
    if (!inputs) {
        pm_session_fail(s, "cannot go on", "out of memory");
    } else if (read_inputs(s, inputs, paths, count)) {
        enter_sandbox(s, inputs, count);
        for (size_t i = 0; i < count; i++)
            recover(s, &inputs[i]);
        if (s->worst == PM_EXIT_OK)
            deliver(s);
    }
    for (size_t i = 0; inputs && i < count; i++)
        pm_buf_free(&inputs[i].bytes);
    free(inputs);
    pm_buf_free(&s->out);
    pm_arena_free(&s->arena);
    return (int)s->worst;
}

int main(int argc, char **argv)
{
    static const struct pm_option options[] = {
        [FORCE] = {.name = "force", .help = "take a source whose hash does not match"},
        {.name = NULL}};
    static const struct pm_filter filter = {
        .name = "pmread",
        .synopsis = "[-o FILE] [--force] [--strict] [FILE ...]",
        .summary = "Writes the incidents that the named files, or standard input, were made from: PDF, DOCX, XLSX,\n"
                   "Confluence, HTML, Markdown.",
        .recovers = true, .options = options};
    struct pm_session s = {.filter = &filter};
    int first = 0, code = PM_EXIT_OK;
    if (!pm_options_read(&s, argc, argv, &first, &code))
        return code;
    return run(&s, argv + first, (size_t)(argc - first));
}
