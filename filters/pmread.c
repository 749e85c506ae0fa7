/* pmread: artefacts to the incidents that they were made from. */
#include "filter.h"

#include "base/limits.h"
#include "base/sandbox.h"
#include "options.h"
#include "recover/edited.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { FORCE, DRY_RUN, JSON, DELETIONS, ONTO };   /* of the options below */

/* What a source's edits are made in, and how they are told. */
struct onto {
    const char *path;
    struct pm_buf bytes;
    struct pm_incident *incident;  /* NULL: edits are made in the source */
};

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

/* The newer incident, which is trusted as any input of the other programs. */
static bool read_onto(struct pm_session *s, struct onto *onto)
{
    struct pm_diags diags;
    struct pm_read_options options = {.lenient = s->lenient};
    onto->path = s->own[ONTO];
    pm_buf_init(&onto->bytes, PM_MAX_DOCUMENT);
    if (!onto->path)
        return true;
    if (pm_read_file(onto->path, &onto->bytes) != PM_OK) {
        pm_session_fail(s, onto->path, onto->bytes.status == PM_LIMIT ? "larger than 16 MiB" : strerror(errno));
        return false;
    }
    pm_diags_init(&diags, onto->path);
    enum pm_status status = pm_incident_read(pm_buf_slice(&onto->bytes), 1, &options, &s->arena, &diags, &onto->incident);
    if (status == PM_OK && !onto->incident)
        pm_report(&diags, PM_D_NO_DOCUMENT, (struct pm_mark){0, 0, 0}, "the input");
    if (status == PM_NOMEM)
        pm_session_fail(s, onto->path, "out of memory");
    bool good = !pm_session_say(s, &diags) && status == PM_OK;
    pm_diags_free(&diags);
    return good;
}

/* libqpdf has no bound of its own for what it unpacks; the others need memory by what they read, many times its size. */
static void enter_sandbox(const struct pm_session *s, const struct input *inputs, size_t count)
{
    const size_t mib = (size_t)1 << 20;
    const char *zones = getenv("TZDIR");
    struct pm_sandbox sandbox = {.output = s->own[DRY_RUN] ? NULL : s->output, .memory = 28 * mib, .seconds = 20};
    for (size_t i = 0; i < count; i++) {
        bool pdf = inputs[i].kind == PM_ARTEFACT_PDF;
        sandbox.memory += inputs[i].bytes.cap + (pdf ? 0 : 64 * mib) + inputs[i].bytes.len * (pdf ? 16 : 256);
        sandbox.seconds += (unsigned)(inputs[i].bytes.len / mib);
        /* The incident is rendered again, for which zones are read. */
        if (inputs[i].kind != PM_ARTEFACT_NONE && !pdf)
            sandbox.reading = zones && *zones ? zones : "/usr/share/zoneinfo";
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

/* ---- edits ---- */

static void tell(struct pm_session *s, const struct pm_merge *merge, const char *name, const struct onto *onto)
{
    struct pm_buf text;
    pm_buf_init(&text, PM_MAX_DOCUMENT * 4);
    if (s->own[JSON])
        pm_merge_json(merge, &text);
    else
        pm_merge_text(merge, name, onto->path, &text);
    fwrite(text.data, 1, text.len, s->own[DRY_RUN] && !merge->conflicts ? stdout : stderr);
    pm_buf_free(&text);
}

/* Makes the edits of a source; it then has the bytes of the edited incident. */
static enum pm_status apply(struct pm_session *s, struct pm_edited *edited, struct pm_source *source, const char *name,
                            const struct onto *onto)
{
    struct pm_buf made;
    const struct pm_incident *target = onto->incident ? onto->incident : edited->incident;
    enum pm_status status = onto->incident ? pm_merge_onto(&edited->merge, edited->incident, onto->incident) : PM_OK;
    pm_buf_init(&made, PM_MAX_OUTPUT);
    bool conflicts = edited->merge.conflicts;
    if (status == PM_OK || conflicts)
        status = pm_merge_apply(&edited->merge, target, &made);
    tell(s, &edited->merge, name, onto);
    if (status == PM_OK)
        source->bytes = pm_arena_str(&s->arena, pm_buf_slice(&made));
    pm_buf_free(&made);
    if (conflicts && s->worst < PM_EXIT_INPUT)
        s->worst = PM_EXIT_INPUT;
    return pm_arena_failed(&s->arena) ? PM_NOMEM : conflicts ? PM_OK : status;
}

static enum pm_status take_edits(struct pm_session *s, struct pm_str bytes, struct pm_sources *sources, struct pm_diags *diags,
                                 const struct onto *onto)
{
    struct pm_edited_options options = {.template = s->template_name ? &s->template : NULL, .theme = &s->theme, .has_as_of = s->has_as_of,
                                        .as_of = s->as_of, .deletions = s->own[DELETIONS] != NULL};
    struct pm_edited *edited;
    bool compared;
    if (onto->incident && sources->count != 1) {
        pm_report(diags, PM_D_ARTEFACT, (struct pm_mark){0, 0, 0}, sources->found, "has several incidents; --onto wants one");
        return PM_INVALID;
    }
    enum pm_status status = pm_edited_read(bytes, sources, &options, &s->arena, diags, &edited, &compared);
    struct pm_source *source = sources->first;
    for (size_t i = 0; compared && source && status == PM_OK; i++, source = source->next)
        status = apply(s, &edited[i], source, diags->file, onto);
    if (status == PM_OK && !compared && onto->incident)
        sources->first->bytes = onto->incident->source;      /* nothing was edited */
    return status;
}

static bool are_intact(const struct pm_sources *sources)
{
    for (const struct pm_source *source = sources->first; source; source = source->next)
        if (!source->intact)
            return false;
    return true;
}

static void recover(struct pm_session *s, const struct input *in, const struct onto *onto)
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
    if (status == PM_OK && in->kind != PM_ARTEFACT_NONE && are_intact(&sources))
        status = take_edits(s, bytes, &sources, &diags, onto);
    if (status == PM_OK)
        pm_sources_write(&sources, &s->out);
    if (status == PM_NOMEM || status == PM_UNSUPPORTED)
        pm_session_fail(s, in->name, status == PM_NOMEM ? "out of memory" : "a library lacks what is needed");
    pm_session_say(s, &diags);
    pm_diags_free(&diags);
}

/* ---- the program ---- */

static int run(struct pm_session *s, char **paths, size_t count)
{
    static char *standard_input[] = {"-"};
    if (count == 0) {
        paths = standard_input;
        count = 1;
    }
    struct input *inputs = calloc(count, sizeof *inputs);
    struct onto onto = {.path = NULL};
    pm_arena_init(&s->arena);
    pm_buf_init(&s->out, PM_MAX_OUTPUT);
    if (!inputs) {
        pm_session_fail(s, "cannot go on", "out of memory");
    } else if (pm_session_look(s) && read_onto(s, &onto) && read_inputs(s, inputs, paths, count)) {
        enter_sandbox(s, inputs, count);
        for (size_t i = 0; i < count; i++)
            recover(s, &inputs[i], &onto);
        if (s->worst == PM_EXIT_OK && !s->own[DRY_RUN])
            pm_session_deliver(s, (struct pm_str){NULL, 0});
    }
    pm_buf_free(&onto.bytes);
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
        [DRY_RUN] = {.name = "dry-run", .help = "write the changes that were found, and no incident"},
        [JSON] = {.name = "json", .help = "write the changes as JSON"},
        [DELETIONS] = {.name = "deletions", .help = "remove what is gone from the artefact"},
        [ONTO] = {.name = "onto", .value = "FILE", .help = "make the edits in this newer incident"},
        {.name = NULL}};
    static const struct pm_filter filter = {
        .name = "pmread",
        .synopsis = "[-o FILE] [--onto FILE] [--deletions] [--dry-run] [--json] [--force] [--template NAME] [--theme NAME]\n"
                    "              [--as-of DATE] [--strict] [--lenient] [FILE ...]",
        .summary = "Writes the incidents that the named files, or standard input, were made from: PDF, DOCX, XLSX,\n"
                   "Confluence, HTML, Markdown. Edits in DOCX and Confluence are taken over.",
        .recovers = true, .renders = true, .options = options};
    struct pm_session s = {.filter = &filter};
    int first = 0, code = PM_EXIT_OK;
    if (!pm_options_read(&s, argc, argv, &first, &code))
        return code;
    return run(&s, argv + first, (size_t)(argc - first));
}
