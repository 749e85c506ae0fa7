/* libFuzzer: bytes to an incident, to a document, and to every format; what is XML libxml2 must be able to read. A first byte below 8, which
 * no YAML begins with, chooses template and theme; without one the input is a file as the examples are. */
#include "base/limits.h"
#include "document/compose.h"
#include "incident/incident.h"
#include "render/confluence.h"
#include "render/docx/docx.h"
#include "render/html.h"
#include "render/md.h"
#include "render/pdf/pdf.h"

#include <libxml/parser.h>

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

static void require_xml(struct pm_str xml)
{
    xmlDocPtr doc = xmlReadMemory(xml.p, (int)xml.n, NULL, "UTF-8", XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOERROR);
    require(doc != NULL);
    xmlFreeDoc(doc);
}

static void write_confluence(const struct pm_document *doc, enum pm_confluence_flavour flavour)
{
    struct pm_confluence page;
    struct pm_buf b;
    pm_buf_init(&b, PM_MAX_OUTPUT);
    pm_buf_puts(&b, "<page xmlns:ac=\"ac\" xmlns:ri=\"ri\">");
    pm_confluence_begin(&page, flavour, &b);
    require(pm_confluence_add(&page, doc) == PM_OK && pm_confluence_end(&page) == PM_OK);
    pm_confluence_free(&page);
    pm_buf_puts(&b, "</page>");
    require_xml(pm_buf_slice(&b));
    pm_buf_free(&b);
}

static bool is_xml(struct pm_str name)
{
    return name.n > 4 && (memcmp(name.p + name.n - 4, ".xml", 4) == 0 || memcmp(name.p + name.n - 5, ".rels", 5) == 0);
}

static void write_docx(const struct pm_document *doc, const struct pm_theme *theme, struct pm_diags *diags)
{
    struct pm_docx *docx;
    struct pm_buf b;
    struct pm_opc *opc;
    struct pm_arena arena;
    pm_arena_init(&arena);
    pm_buf_init(&b, PM_MAX_OUTPUT);
    require(pm_docx_new(theme, &docx) == PM_OK && pm_docx_add(docx, doc, diags) == PM_OK && pm_docx_write(docx, NULL, &b) == PM_OK);
    pm_docx_free(docx);
    require(pm_opc_read(pm_buf_slice(&b), &arena, &opc, NULL) == PM_OK);
    for (const struct pm_part *part = opc->first; part; part = part->next)
        if (is_xml(part->name))
            require_xml(part->bytes);
    pm_buf_free(&b);
    pm_arena_free(&arena);
}

/* Twice, since of several documents ids and headings are others. */
static void write_html(const struct pm_document *doc, const struct pm_theme *theme, struct pm_diags *diags)
{
    struct pm_html html;
    struct pm_buf b;
    pm_buf_init(&b, PM_MAX_OUTPUT);
    require(pm_html_init(&html, theme, diags) == PM_OK && pm_html_add(&html, doc) == PM_OK && pm_html_add(&html, doc) == PM_OK);
    require(pm_html_write(&html, &b) == PM_OK && b.len > 0);
    pm_html_free(&html);
    pm_buf_free(&b);
}

static void write_md(const struct pm_document *doc)
{
    struct pm_md md;
    struct pm_buf b;
    pm_buf_init(&b, PM_MAX_OUTPUT);
    pm_md_init(&md);
    require(pm_md_add(&md, doc) == PM_OK && pm_md_add(&md, doc) == PM_OK && pm_md_write(&md, &b) == PM_OK && b.len > 0);
    pm_md_free(&md);
    pm_buf_free(&b);
}

static void write_report(const struct setting *s, int template, int theme, const struct pm_incident *incident, struct pm_str source,
                         struct pm_diags *diags, struct pm_buf *out)
{
    const struct pm_compose_options options = {.template = &s->templates[template], .theme = s->themes[theme]};
    struct pm_pdf *pdf = pm_pdf_new(s->kits[theme]);
    struct pm_document *doc = pm_compose(incident, &options, incident->arena, diags);
    require(pdf && doc);
    write_confluence(doc, theme ? PM_CONFLUENCE_DC : PM_CONFLUENCE_CLOUD);
    write_docx(doc, s->themes[theme], diags);
    write_html(doc, s->themes[theme], diags);
    write_md(doc);
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
