/* pm2pdf: incidents to PDF reports. */
#include "filter.h"
#include "memory.h"

#include "render/pdf/pdf.h"

#include <stdlib.h>

struct state {
    struct pm_pdf_kit *kit;
    struct pm_pdf *pdf;       /* NULL between outputs */
};

static enum pm_status start(struct pm_session *s, struct pm_diags *diags)
{
    struct state *state = calloc(1, sizeof *state);
    s->state = state;
    return state ? pm_pdf_kit_new(&s->theme, diags, &state->kit) : PM_NOMEM;
}

static void abandon(struct pm_session *s)
{
    struct state *state = s->state;
    pm_pdf_free(state->pdf);
    state->pdf = NULL;
}

static enum pm_status begin(struct pm_session *s)
{
    struct state *state = s->state;
    state->pdf = pm_pdf_new(state->kit);
    return state->pdf ? PM_OK : PM_NOMEM;
}

static enum pm_status incident(struct pm_session *s, const struct pm_incident *incident, struct pm_diags *diags)
{
    struct state *state = s->state;
    struct pm_document *doc;
    enum pm_status status = pm_session_compose(s, incident, diags, &doc);
    if (doc)
        status = pm_pdf_add(state->pdf, doc, diags);
    if (status == PM_LIMIT)
        pm_report(diags, PM_D_OUTPUT, incident->id.mark, "the report is larger than a file can hold");
    return status;
}

static enum pm_status end(struct pm_session *s)
{
    struct state *state = s->state;
    enum pm_status status = s->tree ? PM_OK : pm_pdf_write(state->pdf, s->source, "incident.yaml", &s->out);
    abandon(s);
    return status;
}

static void stop(struct pm_session *s)
{
    struct state *state = s->state;
    if (!state)
        return;
    abandon(s);
    pm_pdf_kit_free(state->kit);
    free(state);
}

int main(int argc, char **argv)
{
    static const struct pm_filter filter = {
        .name = "pm2pdf",
        .synopsis = "[-o FILE] [--template NAME] [--theme NAME] [--as-of DATE] [--strict] [--lenient] [FILE ...]",
        .summary = "Makes a PDF report of the incidents in the named files, or on standard input.",
        .renders = true, .keeps_source = true, .start = start, .begin = begin, .incident = incident, .end = end, .abandon = abandon,
        .stop = stop};
    pm_prepare_memory();
    return pm_filter_main(&filter, argc, argv);
}
