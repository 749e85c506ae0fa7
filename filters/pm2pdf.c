/* pm2pdf: incidents to PDF reports. */
#define _DEFAULT_SOURCE   /* madvise() and sbrk() */
#include "filter.h"

#include "render/pdf/pdf.h"

#include <stdint.h>
#include <stdlib.h>
#ifdef __linux__
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>
#endif

struct state {
    struct pm_pdf_kit *kit;
    struct pm_pdf *pdf;       /* NULL between outputs */
};

/* Memory comes page by page, which costs more than what is done in it: of one report a sixth of the time, of a batch a
 * seventh, since what one incident gave back the next one asks for. So glibc keeps what it has, and the heap begins where
 * its first megabytes, which one report needs, can come as one huge page where the system has those: behind a page for
 * what malloc writes before the system is told. To be called before anything asks for memory. */
static void prepare_memory(void)
{
#if defined __GLIBC__ && defined MADV_HUGEPAGE
    enum { MIB = 1 << 20, HUGE_PAGE = 2 * MIB, PAGE = 4096 };
    mallopt(M_TRIM_THRESHOLD, 64 * MIB);
    mallopt(M_MMAP_THRESHOLD, 1 * MIB);
    mallopt(M_TOP_PAD, 2 * HUGE_PAGE);
    size_t past = ((uintptr_t)sbrk(0) + PAGE) % HUGE_PAGE;
    if (past > 0)
        sbrk((intptr_t)(HUGE_PAGE - past));
    char *start = sbrk(0);
    void *volatile first = malloc(1);   /* the heap grows now; volatile, or the compiler sees that nobody wants it */
    char *end = sbrk(0);
    free(first);
    mallopt(M_TOP_PAD, MIB / 8);
    if (end > start + PAGE)
        madvise(start + PAGE, (size_t)(end - start) - PAGE, MADV_HUGEPAGE);   /* refused is as well */
#endif
}

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
        .renders = true, .start = start, .begin = begin, .incident = incident, .end = end, .abandon = abandon, .stop = stop};
    prepare_memory();
    return pm_filter_main(&filter, argc, argv);
}
