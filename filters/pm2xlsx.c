/* pm2xlsx: incidents to a workbook. */
#include "config.h"

#include "filter.h"
#include "memory.h"

#include "workbook/workbook.h"

#include <stdlib.h>
#include <string.h>

enum { SHEETS, SOURCE, LEVEL, CSV };   /* of the options below */
enum { MANY = 1000 };             /* incidents that take memory worth giving back */

struct state {
    struct pm_workbook_options options;
    struct pm_workbook *workbook;     /* NULL between outputs */
};

static const char *const sources[] = {"always", "never", NULL};
static const char *const records[] = {"action-items", "timeline", "incidents", NULL};
static const char *const levels[] = {"1", "2", "3", "4", "5", "6", "7", "8", "9", NULL};

static unsigned sheet_bit(struct pm_str name)
{
    for (enum pm_sheet i = PM_SHEET_FACTS; i < PM_SHEET_COUNT; i++) {
        const char *option = pm_sheet_option(i);
        if (option && pm_str_is(name, option))
            return 1u << i;
    }
    return 0;
}

/* "action-items,timeline" */
static enum pm_status read_sheets(struct pm_session *s, const char *list, unsigned *sheets)
{
    for (const char *p = list;; p++) {
        size_t n = strcspn(p, ",");
        unsigned bit = sheet_bit((struct pm_str){p, n});
        *sheets |= bit;
        if (!bit) {
            fprintf(stderr, "%s: --sheets: \"%.*s\" is no sheet; want incident, action-items, timeline, incidents, metrics or charts\n",
                    s->filter->name, (int)(n < 60 ? n : 60), p);
            s->worst = PM_EXIT_USAGE;
            return PM_INVALID;
        }
        p += n;
        if (!*p)
            return PM_OK;
    }
}

static enum pm_status start(struct pm_session *s, struct pm_diags *diags)
{
    struct state *state = calloc(1, sizeof *state);
    (void)diags;
    s->state = state;
    if (!state)
        return PM_NOMEM;
    state->options = (struct pm_workbook_options){.template = &s->template, .has_as_of = s->has_as_of, .as_of = s->as_of,
                                                  .version = PACKAGE_VERSION};
    if (s->own[LEVEL])
        state->options.level = s->own[LEVEL][0] - '0';
    if (s->own[SOURCE])
        state->options.source = strcmp(s->own[SOURCE], "always") == 0 ? PM_SOURCE_ALWAYS : PM_SOURCE_NEVER;
    for (enum pm_sheet i = PM_SHEET_ACTIONS; s->own[CSV] && i <= PM_SHEET_INCIDENTS; i++) {
        if (strcmp(s->own[CSV], pm_sheet_option(i)) == 0)
            state->options.csv = i;
    }
    return s->own[SHEETS] ? read_sheets(s, s->own[SHEETS], &state->options.sheets) : PM_OK;
}

static void abandon(struct pm_session *s)
{
    struct state *state = s->state;
    pm_workbook_free(state->workbook);
    state->workbook = NULL;
}

static enum pm_status begin(struct pm_session *s)
{
    struct state *state = s->state;
    return pm_workbook_new(&state->options, &state->workbook);
}

static enum pm_status incident(struct pm_session *s, const struct pm_incident *incident, struct pm_diags *diags)
{
    struct state *state = s->state;
    struct pm_document *doc;
    if (s->tree)
        return pm_session_compose(s, incident, diags, &doc);
    enum pm_status status = pm_workbook_add(state->workbook, incident, diags);
    if (status == PM_LIMIT)
        pm_report(diags, PM_D_OUTPUT, incident->id.mark, "there are more rows than the 1,048,576 that a sheet can have");
    return status;
}

static void say_what_is_not_there(const struct pm_session *s, const struct pm_workbook *w)
{
    size_t links = pm_workbook_unlinked(w);
    if (pm_workbook_left_out(w))
        fprintf(stderr, "%s: days left and age are computed when the workbook is opened; --as-of DATE has them written\n", s->filter->name);
    if (links > 0)
        fprintf(stderr, "%s: %zu links are text, since Excel takes no more on a sheet\n", s->filter->name, links);
}

static enum pm_status end(struct pm_session *s)
{
    struct state *state = s->state;
    if (s->incidents > MANY)
        pm_release_memory();          /* what parsing took; now the whole file comes */
    enum pm_status status = s->tree ? PM_OK : pm_workbook_write(state->workbook, &s->out);
    if (status == PM_IO)
        pm_session_fail(s, "cannot make the workbook", "no room for its parts in /dev/shm or /tmp");
    if (status == PM_OK && !s->tree)
        say_what_is_not_there(s, state->workbook);
    abandon(s);
    return status;
}

static void stop(struct pm_session *s)
{
    if (s->state)
        abandon(s);
    free(s->state);
}

int main(int argc, char **argv)
{
    static const struct pm_option options[] = {
        [SHEETS] = {.name = "sheets", .value = "LIST", .help = "only these: incident, action-items, timeline, incidents,\n"
                                                               "                       metrics, charts, with commas"},
        [SOURCE] = {.name = "source", .value = "WHEN", .help = "always or never, to keep the source on the sheet _pm", .choices = sources},
        [LEVEL] = {.name = "level", .value = "N", .help = "how hard to deflate, 1 to 9", .choices = levels},
        [CSV] = {.name = "csv", .value = "SHEET", .help = "no workbook, but these rows as CSV: action-items, timeline, incidents",
                 .choices = records},
        {.name = NULL}};
    static const struct pm_filter filter = {
        .name = "pm2xlsx",
        .synopsis = "[-o FILE] [--template NAME] [--theme NAME] [--sheets LIST] [--source WHEN] [--level N] [--csv SHEET]\n"
                    "               [--as-of DATE] [--strict] [--lenient] [FILE ...]",
        .summary = "Makes a workbook (XLSX) of the incidents in the named files, or on standard input: action items, timelines, metrics.",
        .renders = true, .options = options, .start = start, .begin = begin, .incident = incident, .end = end, .abandon = abandon,
        .stop = stop};
    pm_prepare_memory();
    setenv("TZ", "UTC0", 1);   /* libxlsxwriter asks for local times and has no use for them; without TZ each looks at /etc/localtime */
    return pm_filter_main(&filter, argc, argv);
}
