/* libFuzzer: bytes as an artefact, read as what they look like. Input that begins with '<' is read as HTML or storage format, as a part of
 * custom XML and a sheet in packages that are sound, and as the edited text of a document and of a page; any input as Markdown too. */
#include "base/sha256.h"
#include "package/zip.h"
#include "document/theme.h"
#include "recover/edited.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#define BOOK "<workbook xmlns:r=\"urn:r\"><sheets><sheet name=\"_pm\" r:id=\"x\"/></sheets></workbook>"
#define RELATIONS "<Relationships><Relationship Id=\"x\" Target=\"sheet.xml\"/></Relationships>"

static void require(bool holds)
{
    if (!holds)
        abort();
}

/* A source that counts has its hash, and lies in memory that can be read. */
static void look_at(const struct pm_sources *sources)
{
    size_t count = 0;
    struct pm_buf out;
    char hash[65];
    pm_buf_init(&out, (size_t)1 << 28);
    for (const struct pm_source *source = sources->first; source; source = source->next, count++) {
        pm_sha256(source->bytes, hash);
        require(!source->intact || pm_str_same_word(source->sha256, hash));
    }
    require(count == sources->count);
    pm_sources_write(sources, &out);
    pm_buf_free(&out);
}

static void read_as(enum pm_artefact kind, struct pm_str bytes)
{
    struct pm_arena arena;
    struct pm_diags diags;
    struct pm_sources sources;
    pm_arena_init(&arena);
    pm_diags_init(&diags, "fuzz");
    enum pm_status status = pm_recover(kind, bytes, &arena, &diags, &sources);
    require(status == PM_OK || diags.count[PM_ERROR] > 0);
    require(status != PM_OK || sources.count > 0);
    look_at(&sources);
    pm_diags_free(&diags);
    pm_arena_free(&arena);
}

static void read_within(const char *name, struct pm_str bytes)
{
    struct pm_buf file;
    struct pm_zip zip;
    pm_buf_init(&file, (size_t)1 << 28);
    pm_zip_begin(&zip, &file);
    pm_zip_add(&zip, PM_LIT("xl/workbook.xml"), PM_LIT(BOOK));
    pm_zip_add(&zip, PM_LIT("xl/_rels/workbook.xml.rels"), PM_LIT(RELATIONS));
    pm_zip_add(&zip, PM_LIT("xl/sharedStrings.xml"), bytes);
    pm_zip_add(&zip, pm_str(name), bytes);
    require(pm_zip_end(&zip) == PM_OK);
    read_as(PM_ARTEFACT_PACKAGE, pm_buf_slice(&file));
    pm_buf_free(&file);
}

/* ---- edits ---- */

#define SOURCE \
    "id: A-1\ntitle: T\nseverity: sev2\nstarted_at: 2026-01-01T00:00:00Z\nsummary: |\n  Words *of* it.\n\n  - one\n  - two\n" \
    "timeline:\n  - {at: '00:10', event: E}\nlessons: {lucky: [a, b]}\naction_items:\n  - {id: AI-1, item: I, owner: O, due: 2026-02-01}\n" \
    "  - {item: J, status: done}\n"

/* Whatever is shown, the edits make an incident. */
static void merge(struct pm_arena *arena, struct pm_diags *diags, struct pm_str artefact, const struct pm_sources *sources)
{
    struct pm_edited_options options = {.theme = pm_builtin_theme(PM_LIT("default")), .deletions = true};
    struct pm_edited *edited;
    struct pm_buf made;
    bool compared;
    pm_buf_init(&made, (size_t)1 << 28);
    enum pm_status status = pm_edited_read(artefact, sources, &options, arena, diags, &edited, &compared);
    require(status != PM_NOMEM);
    if (compared) {
        struct pm_incident *again = NULL;
        require(pm_merge_apply(&edited->merge, edited->incident, &made) == PM_OK);
        require(pm_incident_read(pm_buf_slice(&made), 1, NULL, arena, diags, &again) == PM_OK && again);
    }
    pm_buf_free(&made);
}

static void read_edited(enum pm_artefact kind, struct pm_str artefact, struct pm_str page)
{
    struct pm_arena arena;
    struct pm_diags diags;
    struct pm_source source = {.bytes = PM_LIT(SOURCE), .intact = true};
    struct pm_sources sources = {.kind = kind, .found = "it", .first = &source, .last = &source, .count = 1, .page = page, .pages = 1};
    pm_arena_init(&arena);
    pm_diags_init(&diags, "fuzz");
    merge(&arena, &diags, artefact, &sources);
    pm_diags_free(&diags);
    pm_arena_free(&arena);
}

static void read_as_body(struct pm_str bytes)
{
    struct pm_buf file;
    struct pm_zip zip;
    pm_buf_init(&file, (size_t)1 << 28);
    pm_zip_begin(&zip, &file);
    pm_zip_add(&zip, PM_LIT("word/document.xml"), bytes);
    require(pm_zip_end(&zip) == PM_OK);
    read_edited(PM_ARTEFACT_PACKAGE, pm_buf_slice(&file), (struct pm_str){NULL, 0});
    pm_buf_free(&file);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct pm_str input = {size ? (const char *)bytes : "", size};
    read_as(pm_recover_kind(input), input);
    read_as(PM_ARTEFACT_MARKDOWN, input);
    if (size > 0 && bytes[0] == '<') {
        read_within("customXml/item1.xml", input);
        read_within("xl/sheet.xml", input);
        read_as_body(input);
        read_edited(PM_ARTEFACT_MARKUP, input, input);
    }
    return 0;
}
