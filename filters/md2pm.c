/* md2pm: post-mortems in Markdown to incidents in canonical form. */
#include "filter.h"

#include "base/limits.h"
#include "import/import.h"
#include "options.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { ZONE, REPORT };        /* of the options below */

/* What was taken for what, to standard error. */
static void say_notes(const char *name, const struct pm_import *import)
{
    for (const struct pm_import_note *n = import->notes; n; n = n->next)
        fprintf(stderr, "%s:%lu: %s\n", name, (unsigned long)n->line, n->text);
}

static enum pm_status read_input(struct pm_session *s, const char *path, const char *name, struct pm_buf *bytes)
{
    enum pm_status status = pm_read_file(path, bytes);
    if (status == PM_LIMIT)
        return PM_OK;   /* the import says how large a text may be */
    if (status == PM_NOMEM)
        return pm_session_fail(s, name, "out of memory");
    return status == PM_OK ? PM_OK : pm_session_fail(s, name, strerror(errno));
}

static void convert(struct pm_session *s, struct pm_str text, const char *name, bool is_file)
{
    struct pm_arena arena;
    struct pm_diags diags;
    struct pm_import import;
    const struct pm_import_options options = {.name = pm_str(is_file ? name : NULL), .zone = pm_str(s->own[ZONE]),
                                              .wants_notes = s->own[REPORT]};
    pm_arena_init(&arena);
    pm_diags_init(&diags, name);
    enum pm_status status = pm_import_markdown(text, &options, &arena, &diags, &import);
    if (status == PM_NOMEM)
        pm_session_fail(s, name, "out of memory");
    say_notes(name, &import);
    if (!pm_session_say(s, &diags) && status == PM_OK) {
        if (s->incidents++)
            pm_buf_puts(&s->out, "---\n");
        pm_buf_str(&s->out, import.yaml);
    }
    pm_diags_free(&diags);
    pm_arena_free(&arena);
}

static void take(struct pm_session *s, const char *path)
{
    bool is_file = strcmp(path, "-") != 0;
    const char *name = is_file ? path : "<stdin>";
    struct pm_buf bytes;
    pm_buf_init(&bytes, PM_MAX_DOCUMENT + 1);
    if (read_input(s, path, name, &bytes) == PM_OK)
        convert(s, pm_buf_slice(&bytes), name, is_file);
    pm_buf_free(&bytes);
}

int main(int argc, char **argv)
{
    static const struct pm_option options[] = {
        [ZONE] = {.name = "tz", .value = "ZONE", .help = "of times without one, such as Europe/Berlin; by default UTC"},
        [REPORT] = {.name = "report", .help = "say what was taken for what, by lines"},
        {.name = NULL}};
    static const struct pm_filter filter = {
        .name = "md2pm",
        .synopsis = "[-o FILE] [--tz ZONE] [--report] [--strict] [FILE ...]",
        .summary = "Writes the post-mortems in the named files, or on standard input, which are Markdown, as\nincidents in canonical form.",
        .recovers = true, .options = options};
    struct pm_session s = {.filter = &filter};
    int first = 0, code = PM_EXIT_OK;
    if (!pm_options_read(&s, argc, argv, &first, &code))
        return code;
    if (s.own[ZONE] && !pm_zone_exists(pm_str(s.own[ZONE]))) {
        fprintf(stderr, "md2pm: --tz wants a zone of the tz database such as Europe/Berlin, not \"%s\"\n", s.own[ZONE]);
        return PM_EXIT_USAGE;
    }
    pm_buf_init(&s.out, PM_MAX_OUTPUT);
    for (int i = first; i < argc && !s.broken; i++)
        take(&s, argv[i]);
    if (first == argc)
        take(&s, "-");
    if (s.worst == PM_EXIT_OK)
        pm_session_deliver(&s, (struct pm_str){NULL, 0});
    pm_buf_free(&s.out);
    return (int)s.worst;
}
