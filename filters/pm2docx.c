/* pm2docx: incidents to Word documents. */
#include "filter.h"
#include "memory.h"

#include "render/docx/docx.h"
#include "render/docx/reference.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { REFERENCE };           /* of the options below */

#define MAX_REFERENCE ((size_t)64 << 20)

struct state {
    struct pm_reference *reference;   /* NULL: none */
    struct pm_docx *docx;             /* NULL between outputs */
};

static enum pm_status cannot_read(struct pm_session *s, const char *path, enum pm_status status)
{
    if (status != PM_NOMEM)
        fprintf(stderr, "%s: %s: %s\n", s->filter->name, path, status == PM_LIMIT ? "larger than 64 MiB" : strerror(errno));
    s->worst = PM_EXIT_SYSTEM;
    return status;
}

static enum pm_status read_reference(struct pm_session *s, const char *path, struct pm_diags *diags)
{
    struct state *state = s->state;
    struct pm_buf bytes;
    pm_buf_init(&bytes, MAX_REFERENCE);
    diags->file = path;
    enum pm_status status = pm_read_file(path, &bytes);
    if (status == PM_OK)
        status = pm_reference_read(pm_buf_slice(&bytes), diags, &state->reference);
    else
        cannot_read(s, path, status);
    pm_buf_free(&bytes);
    if (status == PM_OK)
        pm_reference_page(state->reference, &s->theme);
    return status;
}

static enum pm_status start(struct pm_session *s, struct pm_diags *diags)
{
    s->state = calloc(1, sizeof(struct state));
    if (!s->state)
        return PM_NOMEM;
    return s->own[REFERENCE] ? read_reference(s, s->own[REFERENCE], diags) : PM_OK;
}

static void abandon(struct pm_session *s)
{
    struct state *state = s->state;
    pm_docx_free(state->docx);
    state->docx = NULL;
}

static enum pm_status begin(struct pm_session *s)
{
    struct state *state = s->state;
    return pm_docx_new(&s->theme, &state->docx);
}

static enum pm_status incident(struct pm_session *s, const struct pm_incident *incident, struct pm_diags *diags)
{
    struct state *state = s->state;
    struct pm_document *doc;
    enum pm_status status = pm_session_compose(s, incident, diags, &doc);
    if (doc)
        status = pm_docx_add(state->docx, doc, diags);
    if (status == PM_LIMIT)
        pm_report(diags, PM_D_OUTPUT, incident->id.mark, "the report is larger than a file can hold");
    return status;
}

static enum pm_status end(struct pm_session *s)
{
    struct state *state = s->state;
    enum pm_status status = s->tree ? PM_OK : pm_docx_write(state->docx, state->reference, &s->out);
    abandon(s);
    return status;
}

static void stop(struct pm_session *s)
{
    struct state *state = s->state;
    if (!state)
        return;
    abandon(s);
    pm_reference_free(state->reference);
    free(state);
}

int main(int argc, char **argv)
{
    static const struct pm_option options[] = {
        [REFERENCE] = {.name = "reference-doc", .value = "FILE", .help = "a .docx or .dotx whose styles, header, footer and page are used"},
        {.name = NULL}};
    static const struct pm_filter filter = {
        .name = "pm2docx",
        .synopsis = "[-o FILE] [--template NAME] [--theme NAME] [--reference-doc FILE] [--as-of DATE] [--strict] [--lenient] [FILE ...]",
        .summary = "Makes a Word document (DOCX) of the incidents in the named files, or on standard input.",
        .renders = true, .options = options, .start = start, .begin = begin, .incident = incident, .end = end, .abandon = abandon,
        .stop = stop};
    pm_prepare_memory();
    return pm_filter_main(&filter, argc, argv);
}
