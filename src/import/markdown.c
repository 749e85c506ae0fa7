#include "import/import_internal.h"

#include "base/limits.h"
#include "incident/incident.h"

#include <string.h>

/* The draft in canonical form; false when it is no incident, for which its structure is too large. */
static bool to_canonical(struct pm_str draft, struct pm_arena *arena, struct pm_import *out, enum pm_status *status)
{
    static const struct pm_read_options options = {.lenient = false};
    struct pm_diags diags;
    struct pm_incident *incident;
    struct pm_buf b;
    pm_diags_init(&diags, "draft");
    *status = pm_incident_read(draft, 1, &options, arena, &diags, &incident);
    bool good = *status == PM_OK && incident;
    if (good) {
        pm_buf_init(&b, PM_MAX_DOCUMENT);
        pm_incident_write(incident, &b);
        good = b.status == PM_OK;
        *status = b.status;
        out->yaml = pm_arena_str(arena, pm_buf_slice(&b));
        pm_buf_free(&b);
    }
    pm_diags_free(&diags);
    return good;
}

static enum pm_status write_draft(struct pm_draft *d, struct pm_str source, struct pm_import *out, bool *good)
{
    struct pm_buf yaml;
    enum pm_status status;
    pm_buf_init(&yaml, PM_MAX_DOCUMENT);
    pm_draft_write(d, source, &yaml);
    status = yaml.status;
    *good = status == PM_OK && to_canonical(pm_buf_slice(&yaml), d->arena, out, &status);
    pm_buf_free(&yaml);
    return status;
}

/* All of the text in sections, cut where a scalar would become too long. */
static void keep_text(struct pm_draft *d, struct pm_str text)
{
    enum { MOST = 768 << 10 };
    while (text.n) {
        size_t n = text.n < MOST ? text.n : MOST;
        while (n < text.n && n > MOST / 2 && text.p[n - 1] != '\n')
            n--;
        while (n && n < text.n && ((unsigned char)text.p[n] & 0xC0) == 0x80)
            n--;
        pm_draft_section(d, PM_LIT("Text"), pm_md_upto(text, n), 1);
        text = pm_md_from(text, n);
    }
}

/* What cannot be taken apart is kept whole. */
static enum pm_status keep_whole(struct pm_draft *d, struct pm_str text, struct pm_import *out, bool *good)
{
    static const struct pm_md nothing;
    struct pm_md md = nothing;
    struct pm_draft whole = {.arena = d->arena, .diags = d->diags, .import = out, .options = d->options, .md = &md};
    pm_report(d->diags, PM_D_IMPORTED, (struct pm_mark){1, 1, 0},
              "the text has more structure than an incident can hold; it is kept as sections");
    keep_text(&whole, text);
    pm_derive_after(&whole);
    return write_draft(&whole, PM_LIT(""), out, good);
}

enum pm_status pm_import_markdown(struct pm_str source, const struct pm_import_options *options, struct pm_arena *arena,
                                  struct pm_diags *diags, struct pm_import *out)
{
    struct pm_md md;
    bool good = false;
    *out = (struct pm_import){0};
    if (source.n > PM_MAX_DOCUMENT) {
        pm_report(diags, PM_D_DOCUMENT_SIZE, (struct pm_mark){1, 1, 0}, "16 MiB");
        return PM_INVALID;
    }
    struct pm_str text = pm_md_clean(source, arena, diags);
    if (!pm_str_trim(text).n && !pm_arena_failed(arena)) {
        pm_report(diags, PM_D_NO_DOCUMENT, (struct pm_mark){0, 0, 0}, "the input");
        return PM_INVALID;
    }
    struct pm_draft draft = {.arena = arena, .diags = diags, .import = out, .options = options, .md = &md};
    enum pm_status status = PM_OK;
    if (pm_md_split(text, arena, &md)) {
        pm_import_front_matter(&draft);
        pm_import_sections(&draft);
        pm_derive_after(&draft);
        status = write_draft(&draft, text, out, &good);
    }
    if (!good && status != PM_NOMEM && !pm_arena_failed(arena))
        status = keep_whole(&draft, text, out, &good);
    if (pm_arena_failed(arena) || pm_arena_failed(&diags->arena) || status == PM_NOMEM)
        return PM_NOMEM;
    if (!good)
        pm_report(diags, PM_D_DOCUMENT_SIZE, (struct pm_mark){1, 1, 0}, "16 MiB");
    return good ? PM_OK : PM_INVALID;
}
