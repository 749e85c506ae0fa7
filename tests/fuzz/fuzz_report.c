/* libFuzzer: bytes to an incident, to a document, to a PDF file. A first byte below 8, which no YAML begins with, chooses template and
 * theme; without one the input is a file as the examples are. */
#include "base/limits.h"
#include "document/compose.h"
#include "incident/incident.h"
#include "render/pdf/pdf.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#define TWICE_EVERY 16

struct setting {
    struct pm_arena arena;
    struct pm_template templates[2];
    const struct pm_theme *themes[2];
    struct pm_pdf_kit *kits[2];   /* by theme */
};

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void make_setting(struct setting *s)
{
    static const char *const templates[] = {"full", "executive"}, *const themes[] = {"default", "letter"};
    struct pm_diags diags;
    pm_diags_init(&diags, "fuzz");
    pm_arena_init(&s->arena);
    for (int i = 0; i < 2; i++) {
        s->themes[i] = pm_builtin_theme(pm_str(themes[i]));
        require(pm_template_unpack(pm_builtin_template(pm_str(templates[i])), &s->arena, &s->templates[i]) == PM_OK);
        require(pm_pdf_kit_new(s->themes[i], &diags, &s->kits[i]) == PM_OK);
    }
    pm_diags_free(&diags);
}

static const struct setting *setting_of_all_runs(void)
{
    static struct setting *setting;
    if (!setting) {
        pm_arena_chunk_size = 0;
        setting = calloc(1, sizeof *setting);
        require(setting != NULL);
        make_setting(setting);
    }
    return setting;
}

static bool is_expected(enum pm_status status)
{
    return status == PM_OK || status == PM_NOMEM || status == PM_LIMIT;
}

static bool is_whole_file(struct pm_str file)
{
    return file.n > 16 && memcmp(file.p, "%PDF-1.7", 8) == 0 && memcmp(file.p + file.n - 6, "%%EOF\n", 6) == 0;
}

static void write_report(const struct setting *s, int template, int theme, const struct pm_incident *incident, struct pm_str source,
                         struct pm_diags *diags, struct pm_buf *out)
{
    const struct pm_compose_options options = {.template = &s->templates[template], .theme = s->themes[theme]};
    struct pm_pdf *pdf = pm_pdf_new(s->kits[theme]);
    struct pm_document *doc = pm_compose(incident, &options, incident->arena, diags);
    require(pdf && doc);
    enum pm_status status = pm_pdf_add(pdf, doc, diags);
    if (status == PM_OK)
        status = pm_pdf_write(pdf, source, "incident.yaml", out);
    require(is_expected(status) && (status != PM_OK || is_whole_file(pm_buf_slice(out))));
    if (status != PM_OK)
        pm_buf_clear(out);
    pm_pdf_free(pdf);
}

/* Whether the bytes are an incident; its report goes to `out`. */
static bool report(struct pm_str source, int choice, struct pm_buf *out)
{
    const struct setting *setting = setting_of_all_runs();
    const struct pm_read_options options = {.lenient = choice & 4};
    struct pm_arena arena;
    struct pm_diags diags;
    struct pm_incident *incident = NULL;
    pm_arena_init(&arena);
    pm_diags_init(&diags, "fuzz");
    bool is_incident = pm_incident_read(source, 1, &options, &arena, &diags, &incident) == PM_OK && incident;
    if (is_incident)
        write_report(setting, choice & 1, choice >> 1 & 1, incident, source, &diags, out);
    pm_arena_free(&arena);
    pm_diags_free(&diags);
    return is_incident;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static unsigned long runs;
    bool chosen = size > 0 && bytes[0] < 8;
    struct pm_str source = {(const char *)bytes + chosen, size - chosen};
    struct pm_buf first, second;
    pm_buf_init(&first, PM_MAX_OUTPUT);
    pm_buf_init(&second, PM_MAX_OUTPUT);
    int choice = chosen ? bytes[0] : 0;
    if (report(source, choice, &first) && runs++ % TWICE_EVERY == 0) {
        report(source, choice, &second);
        require(pm_str_eq(pm_buf_slice(&first), pm_buf_slice(&second)));
    }
    pm_buf_free(&first);
    pm_buf_free(&second);
    return 0;
}
