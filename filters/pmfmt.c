/* pmfmt: incidents to their canonical form. */
#include "filter.h"

#include "incident/schema.h"

#include <string.h>

/* Documents of a stream are separated by this line, and nothing stands before the first. */
#define SEPARATOR "---\n"

static uint32_t first_difference(struct pm_str a, struct pm_str b, uint32_t line)
{
    for (size_t i = 0; i < a.n && i < b.n && a.p[i] == b.p[i]; i++)
        line += a.p[i] == '\n';
    return line;
}

static enum pm_status check(struct pm_session *s, const struct pm_incident *incident, struct pm_diags *diags)
{
    pm_buf_clear(&s->out);
    if (incident->first_line > 1)
        pm_buf_puts(&s->out, SEPARATOR);
    pm_incident_write(incident, &s->out);
    struct pm_str written = pm_buf_slice(&s->out);
    if (s->out.status == PM_OK && !pm_str_eq(written, incident->source)) {
        uint32_t line = first_difference(written, incident->source, incident->first_line);
        pm_report(diags, PM_D_NOT_CANONICAL, (struct pm_mark){line, 1, 0}, "this line");
    }
    return s->out.status;
}

static enum pm_status incident(struct pm_session *s, const struct pm_incident *incident, struct pm_diags *diags)
{
    if (s->check)
        return check(s, incident, diags);
    if (s->incidents > 1)
        pm_buf_puts(&s->out, SEPARATOR);
    pm_incident_write(incident, &s->out);
    return s->out.status;
}

/* Its comments go behind those of the incident before it. */
static enum pm_status blank(struct pm_session *s, struct pm_str document, uint32_t line, struct pm_diags *diags)
{
    if (s->check)
        pm_report(diags, PM_D_NOT_CANONICAL, (struct pm_mark){line, 1, 0}, "a document with nothing but comments");
    while (document.n && !s->check) {
        const char *end = memchr(document.p, '\n', document.n);
        size_t n = end ? (size_t)(end - document.p) : document.n;
        const char *comment = memchr(document.p, '#', n);
        if (comment) {
            pm_buf_str(&s->out, pm_str_trim((struct pm_str){comment, n - (size_t)(comment - document.p)}));
            pm_buf_putc(&s->out, '\n');
        }
        n += end != NULL;
        document.p += n;
        document.n -= n;
    }
    return s->out.status;
}

static enum pm_status end(struct pm_session *s)
{
    if (s->schema)
        pm_schema_json(&s->out);
    return s->out.status;
}

int main(int argc, char **argv)
{
    static const struct pm_filter filter = {
        .name = "pmfmt",
        .synopsis = "[-o FILE] [--check] [--strict] [--lenient] [FILE ...]",
        .summary = "Writes the incidents in the named files, or on standard input, in canonical form.",
        .formats = true, .incident = incident, .blank = blank, .end = end};
    return pm_filter_main(&filter, argc, argv);
}
