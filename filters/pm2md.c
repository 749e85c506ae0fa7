/* pm2md: incidents to Markdown. */
#include "filter.h"

#include "render/md.h"

#include <stdlib.h>

static enum pm_status start(struct pm_session *s, struct pm_diags *diags)
{
    (void)diags;
    s->state = calloc(1, sizeof(struct pm_md));
    if (!s->state)
        return PM_NOMEM;
    pm_md_init(s->state);
    return PM_OK;
}

static enum pm_status begin(struct pm_session *s)
{
    pm_md_clear(s->state);
    return PM_OK;
}

static enum pm_status incident(struct pm_session *s, const struct pm_incident *incident, struct pm_diags *diags)
{
    struct pm_document *doc;
    enum pm_status status = pm_session_compose(s, incident, diags, &doc);
    if (doc)
        status = pm_md_add(s->state, doc);
    if (status == PM_LIMIT)
        pm_report(diags, PM_D_OUTPUT, incident->id.mark, "the page is larger than 2 GiB");
    return status;
}

static enum pm_status end(struct pm_session *s)
{
    return s->tree ? PM_OK : pm_md_write(s->state, &s->out);
}

static void stop(struct pm_session *s)
{
    if (!s->state)
        return;
    pm_md_free(s->state);
    free(s->state);
}

int main(int argc, char **argv)
{
    static const struct pm_filter filter = {
        .name = "pm2md",
        .synopsis = "[-o FILE] [--template NAME] [--theme NAME] [--as-of DATE] [--strict] [--lenient] [FILE ...]",
        .summary = "Makes GitHub Flavored Markdown of the incidents in the named files, or on standard input.",
        .renders = true, .start = start, .begin = begin, .incident = incident, .end = end, .stop = stop};
    return pm_filter_main(&filter, argc, argv);
}
