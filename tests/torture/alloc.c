/* The n-th allocation fails, for every n: that one alone, or it and all that follow. The library must then say PM_NOMEM
 * or make the identical bytes, and give all memory back. Allocations of libyaml, md4c and libzip count as our own do. usage:
 * alloc            (the example is found below $srcdir) */
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/io.h"
#include "base/limits.h"
#include "document/compose.h"
#include "import/import.h"
#include "incident/incident.h"
#include "recover/merge.h"
#include "recover/recover.h"
#include "render/confluence.h"
#include "render/docx/docx.h"
#include "render/tree.h"
#include "render/xml.h"
#include "select/select.h"
#include "workbook/workbook.h"
#include "statistics/statistics.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif

#if defined(SANITIZED) || !defined(__GLIBC__)

int main(void)
{
    puts("SKIPPED: allocation cannot be taken over here");
    return 77;
}

#else

/* ---- the allocator ---- */

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void __libc_free(void *p);

static struct {
    bool armed;
    bool from_then_on;
    size_t count;         /* calls since it was armed */
    size_t failing;       /* the call that fails, 0: none */
    long live;            /* blocks that have not been given back */
} heap;

static bool may_allocate(void)
{
    if (!heap.armed)
        return true;
    heap.count++;
    return !heap.failing || (heap.count != heap.failing && !(heap.from_then_on && heap.count > heap.failing));
}

static void *counted(void *p)
{
    heap.live += p != NULL;
    return p;
}

void *malloc(size_t size)
{
    return may_allocate() ? counted(__libc_malloc(size)) : NULL;
}

void *calloc(size_t count, size_t size)
{
    return may_allocate() ? counted(__libc_calloc(count, size)) : NULL;
}

void *realloc(void *old, size_t size)
{
    if (!old)
        return malloc(size);
    return may_allocate() ? __libc_realloc(old, size) : NULL;
}

void free(void *p)
{
    heap.live -= p != NULL;
    __libc_free(p);
}

/* ---- what is done under its regime ---- */

/* A source in Base64, and one that has changed. */
static const char page_with_sources[] =
    "<!doctype html><script type=application/yaml data-id='a&amp;b' data-encoding=base64 data-sha256=00>aWQ6IGEK</script>\n"
    "<script type=application/yaml data-id=b data-sha256=00>id: b\r\n</script>\n";

/* Most kinds of blocks and fields in little space. */
static const char small[] =
    "# A comment\n"
    "id: T-1\n"
    "title: Checkout \"failed\" — 14 %\n"
    "severity: SEV-2\n"
    "owner: ana\n"
    "tz: Europe/Berlin\n"
    "started_at: 2026-11-20 13:52\n"
    "resolved_at: 2026-11-20 15:28\n"
    "summary: |\n"
    "  Payments **failed** at the *limit*; see [page](https://example.org/a?b=1) and `code`.\n"
    "\n"
    "  - [x] one ~~two~~\n"
    "  - three\n"
    "\n"
    "  > 1. quoted\n"
    "\n"
    "  ```sh\n"
    "  echo &amp;\n"
    "  ```\n"
    "\n"
    "  | a | b |\n"
    "  | --- | ---: |\n"
    "  | 1 | 2 |\n"
    "impact: {customers_affected: 3120, business: Orders, data_loss: no, regions: [eu], measures: [{name: m, value: 2.5}]}\n"
    "timeline:\n"
    "  - {at: 13:52, event: Limit, team: Platform, kind: change}\n"
    "  - {at: 14:02, event: Alert, team: SRE, kind: detected, important: true}\n"
    "  - {at: 15:10, event: Rollback, kind: mitigated, evidence: [E1]}\n"
    "root_cause: Nothing compared the two.\n"
    "causes:\n"
    "  - {rank: primary, text: The limit}\n"
    "five_whys: [{question: Why?, answer: So.}]\n"
    "lessons: {went_well: [Fast], lucky: [Night]}\n"
    "action_items:\n"
    "  - {item: Alert at 80 %, owner: Ben, due: 2026-12-04, causes: [C1]}\n"
    "  - {item: Limit, owner: ana, type: prevent, completed: 2026-12-01, status: done, tracker: {system: Jira, key: OPS-1}}\n"
    "roles: {scribe: [ana, Cy]}\n"
    "people: {ana: {name: Ana Lind, accounts: {slack: U1}}}\n"
    "evidence: [{id: E1, title: Graph, url: \"https://example.org/g\"}]\n"
    "glossary: {WAF: firewall}\n"
    "sections: [{title: More, body: Text}]\n"
    "x-free: {deep: [1, two]}\n";

struct look {
    struct pm_template template;
    struct pm_theme theme;
};

/* What is made of a document. */
typedef enum pm_status render_function(const struct pm_document *doc, const struct look *look, struct pm_diags *diags, struct pm_buf *out);

/* An incident with its look and what is made of it, or what is read for one; without a look, `template` is an expression and `theme` an
 * order, that the incident is asked for, or, where there is none, totals are made. */
struct work {
    struct pm_str yaml;
    const struct look *look;
    render_function *render;
    struct pm_str template, theme;
};

static enum pm_status worse(enum pm_status a, enum pm_status b)
{
    return a != PM_OK ? a : b;
}

/* As a user's own template and theme are read, and the built-in template. */
static enum pm_status read_look(const struct work *w, struct pm_arena *arena, struct pm_diags *diags, struct look *look)
{
    enum pm_status status = pm_template_unpack(pm_builtin_template(PM_LIT("full")), arena, &look->template);
    if (status == PM_OK)
        status = pm_template_read(w->template, arena, diags, &look->template);
    if (status == PM_OK)
        status = pm_theme_read(w->theme, PM_LIT("."), arena, diags, &look->theme);
    return status;
}

static enum pm_status tree(const struct pm_document *doc, const struct look *look, struct pm_diags *diags, struct pm_buf *out)
{
    (void)look, (void)diags;
    pm_render_tree(doc, out);
    return out->status;
}

static enum pm_status confluence(const struct pm_document *doc, const struct look *look, struct pm_diags *diags, struct pm_buf *out)
{
    struct pm_confluence page;
    (void)look;
    pm_xml_check(doc, diags);
    pm_confluence_begin(&page, PM_CONFLUENCE_CLOUD, out);
    enum pm_status status = pm_confluence_add(&page, doc);
    if (status == PM_OK)
        status = pm_confluence_end(&page);
    pm_confluence_free(&page);
    return status;
}

static enum pm_status docx(const struct pm_document *doc, const struct look *look, struct pm_diags *diags, struct pm_buf *out)
{
    struct pm_docx *file;
    enum pm_status status = pm_docx_new(&look->theme, &file);
    if (status == PM_OK)
        status = pm_docx_add(file, doc, diags);
    if (status == PM_OK)
        status = pm_docx_write(file, NULL, out);
    pm_docx_free(file);
    return status;
}

static enum pm_status compose(const struct work *w, struct pm_arena *arena, struct pm_diags *diags, struct pm_buf *out)
{
    static const struct pm_read_options read_options = {.lenient = true};
    struct pm_compose_options options = {.template = &w->look->template, .theme = &w->look->theme};
    struct pm_incident *incident = NULL;
    enum pm_status status = pm_incident_read(w->yaml, 1, &read_options, arena, diags, &incident);
    if (status != PM_OK || !incident)
        return worse(status, PM_INVALID);
    struct pm_document *doc = pm_compose(incident, &options, arena, diags);
    if (!doc || pm_arena_failed(arena))
        return PM_NOMEM;
    status = w->render(doc, w->look, diags, out);
    if (w->render == tree)
        pm_incident_write(incident, out);
    return worse(status, out->status);
}

/* "1", "0" for the incident, and for each of its action items; the order's own result is that it could be read. */
static enum pm_status choose(const struct work *w, struct pm_arena *arena, struct pm_diags *diags, struct pm_buf *out)
{
    struct pm_incident *incident = NULL;
    struct pm_select *select = NULL, *items = NULL;
    struct pm_order *order = NULL;
    struct pm_subject subject;
    enum pm_status status = pm_incident_read(w->yaml, 1, NULL, arena, diags, &incident);
    status = worse(status, pm_select_parse(w->template, PM_SELECT_INCIDENTS, arena, diags, &select));
    status = worse(status, pm_select_parse(w->template, PM_SELECT_ITEMS, arena, diags, &items));
    status = worse(status, pm_order_parse(w->theme, arena, diags, &order));
    if (status != PM_OK)
        return status;
    pm_subject_init(&subject, incident, NULL);
    pm_buf_putc(out, pm_select_incident(select, &subject) ? '1' : '0');
    for (size_t i = 0; i < incident->action_items.count; i++)
        pm_buf_putc(out, pm_select_item(items, &subject, i) ? '1' : '0');
    const struct pm_order_key *keys = pm_order_keys(order, &subject, arena);
    return keys && pm_order_compare(order, keys, keys) == 0 ? out->status : PM_NOMEM;
}

/* Totals over the incident, twice, and who has to be told. */
static enum pm_status count(const struct work *w, struct pm_arena *arena, struct pm_diags *diags, struct pm_buf *out)
{
    const struct pm_statistics_options options = {.keep_items = true};
    struct pm_incident *incident = NULL;
    struct pm_groups groups;
    struct pm_open_item *items;
    struct pm_point *points;
    size_t count = 0;
    enum pm_status status = pm_incident_read(w->yaml, 1, NULL, arena, diags, &incident);
    struct pm_statistics *s = status == PM_OK ? pm_statistics_new(&options) : NULL;
    status = worse(status, s ? PM_OK : PM_NOMEM);
    for (int i = 0; i < 2 && status == PM_OK; i++)
        status = pm_statistics_add(s, incident);
    for (enum pm_by by = PM_BY_NOTHING; by <= PM_BY_PRIORITY && status == PM_OK; by++) {
        status = pm_statistics_total(s, by, 30000, arena, &groups);
        for (size_t i = 0; i < groups.count; i++)
            pm_buf_printf(out, "%.*s %zu %zu\n", (int)groups.groups[i].name.n, groups.groups[i].name.n ? groups.groups[i].name.p : "",
                          groups.groups[i].incidents, groups.groups[i].actions.overdue);
    }
    if (status == PM_OK)
        status = pm_statistics_items(s, PM_ITEMS_OVERDUE, 30000, arena, &items, &count);
    pm_buf_printf(out, "%zu\n", count);
    if (status == PM_OK)
        status = pm_statistics_points(s, PM_TIME_TO_RESOLVE, 2, 1, arena, &points, &count);
    pm_statistics_free(s);
    return worse(status, out->status);
}

/* The rows of a workbook. What libxlsxwriter makes around them is left out: it does not ask whether all of its allocations succeed. */
static enum pm_status fill_workbook(const struct work *w, struct pm_arena *arena, struct pm_diags *diags, struct pm_buf *out)
{
    struct pm_workbook_options options = {.template = &w->look->template, .version = "test"};
    struct pm_incident *incident = NULL;
    struct pm_workbook *workbook = NULL;
    enum pm_status status = pm_incident_read(w->yaml, 1, NULL, arena, diags, &incident);
    if (status != PM_OK || !incident)
        return worse(status, PM_INVALID);
    status = pm_workbook_new(&options, &workbook);
    for (int i = 0; i < 60 && status == PM_OK; i++)   /* so many that a stream of deflate is needed */
        status = pm_workbook_add(workbook, incident, diags);
    pm_workbook_free(workbook);
    pm_buf_puts(out, "done");
    return status != PM_OK ? status : pm_arena_failed(arena) ? PM_NOMEM : out->status;
}

/* Edits of every kind, put into the source. */
/* Without libxml2 and libqpdf, which do not bear it. */
static enum pm_status recover_sources(const struct work *w, struct pm_arena *arena, struct pm_diags *diags, struct pm_buf *out)
{
    struct pm_sources sources;
    enum pm_status status = pm_recover(pm_recover_kind(w->yaml), w->yaml, arena, diags, &sources);
    if (status == PM_OK)
        pm_sources_write(&sources, out);
    return worse(status, out->status);
}

static enum pm_status merge_edits(const struct work *w, struct pm_arena *arena, struct pm_diags *diags, struct pm_buf *out)
{
    static const struct pm_shown_value ours[] = {
        {.path = {"summary", 7}, .text = {"Payments failed at the limit; see page and code.", 48}},
        {.path = {"started_at", 10}, .text = {"20 Nov 2026, 13:52 CET", 22}}, {.path = {"lessons/lucky/1", 15}, .text = {"Night", 5}},
        {.path = {"action_items/AI-1/due", 21}, .text = {"4 Dec 2026", 10}}};
    static const struct pm_shown_value theirs[] = {
        {.path = {"summary", 7}, .text = {"Payments failed at a limit; see page and code.", 46}},
        {.path = {"started_at", 10}, .text = {"20 Nov 2026, 13:50 CET", 22}}, {.path = {"action_items/AI-1/due", 21}, .text = {"11.12.2026", 10}},
        {.path = {"action_items/AI-2/due", 21}, .text = {"soon", 4}}, {.path = {"action_items/+1/item", 20}, .text = {"New", 3}},
        {.path = {"owner", 5}, .text = {"Cy", 2}}, {.text = {"loose", 5}}};
    const struct pm_shown before = {ours, sizeof ours / sizeof *ours}, after = {theirs, sizeof theirs / sizeof *theirs};
    const struct pm_merge_options options = {.deletions = true};
    struct pm_incident *incident = NULL;
    struct pm_merge merge;
    enum pm_status status = pm_incident_read(w->yaml, 1, NULL, arena, diags, &incident);
    if (status == PM_OK)
        status = pm_merge(incident, &before, &after, &options, arena, &merge);
    if (status == PM_OK)
        status = pm_merge_onto(&merge, incident, incident);
    if (status == PM_OK)
        status = pm_merge_apply(&merge, incident, out);
    if (status == PM_OK)
        pm_merge_text(&merge, "a", "b", out);
    return worse(status, out->status);
}

static const char post_mortem[] =
    "# Post-mortem: outage (INC-7)\n\n**Date:** 5 March 2024\n**Severity:** P1\n**Mood:** bad\n\n## Summary\n\nIt <br> failed.\n\n"
    "## Timeline (PST)\n\n- 14:02 - it broke\n  - badly\n- 14:30 **Resolved**\n\n| Time | Event | Who |\n|---|---|---|\n| 15:00 | quiet | Ana |\n\n"
    "## Action Items\n\n- [ ] Repair it (owner: Ana, due: 2024-04-01) [OPS-1](https://example.com/OPS-1)\n\n## Five whys\n\n1. Why? So.\n\n"
    "## Lessons learned\n\n- Test\n\n## Odd\n\nText.\n";

static enum pm_status import_text(const struct work *w, struct pm_arena *arena, struct pm_diags *diags, struct pm_buf *out)
{
    const struct pm_import_options options = {.name = PM_LIT("post-mortem.md"), .wants_notes = true};
    struct pm_import import;
    enum pm_status status = pm_import_markdown(w->yaml, &options, arena, diags, &import);
    if (status == PM_OK)
        pm_buf_str(out, import.yaml);
    return worse(status, out->status);
}

static enum pm_status work_on(const struct work *w, struct pm_arena *arena, struct pm_diags *diags, struct pm_buf *out)
{
    struct look look;
    if (!w->yaml.p)
        return read_look(w, arena, diags, &look);
    if (pm_str_is(w->template, "recover"))
        return recover_sources(w, arena, diags, out);
    if (pm_str_is(w->template, "merge"))
        return merge_edits(w, arena, diags, out);
    if (pm_str_is(w->template, "import"))
        return import_text(w, arena, diags, out);
    if (w->look && !w->render)
        return fill_workbook(w, arena, diags, out);
    if (!w->look && !w->template.p)
        return count(w, arena, diags, out);
    return w->look ? compose(w, arena, diags, out) : choose(w, arena, diags, out);
}

/* The bytes that must be the same every time: tree, canonical form, messages. */
static enum pm_status make(const struct work *w, struct pm_buf *out)
{
    struct pm_arena arena;
    struct pm_diags diags;
    pm_arena_init(&arena);
    pm_diags_init(&diags, "test");
    enum pm_status status = work_on(w, &arena, &diags, out);
    pm_diags_sort(&diags);
    if (status == PM_OK)
        status = pm_diags_status(&diags);
    if (status == PM_OK)
        pm_diags_format(&diags, false, out);
    status = worse(status, out->status);
    pm_diags_free(&diags);
    pm_arena_free(&arena);
    return status;
}

static enum pm_status make_with_failure(const struct work *w, size_t failing, bool from_then_on, struct pm_buf *out)
{
    pm_buf_init(out, (size_t)64 << 20);
    heap.count = 0;
    heap.failing = failing;
    heap.from_then_on = from_then_on;
    heap.armed = true;
    enum pm_status status = make(w, out);
    heap.armed = false;
    return status;
}

/* ---- the test ---- */

static size_t passed, failed;

static void crashed(int signal_number)
{
    char line[] = "FAILED: crash at allocation 0000000\n";
    size_t at = sizeof line - 3;
    for (size_t n = heap.failing; n > 0 && line[at] == '0'; n /= 10)
        line[at--] = (char)('0' + n % 10);
    ssize_t ignored = write(STDOUT_FILENO, line, sizeof line - 1);
    (void)ignored;
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static void judge(const char *name, size_t n, bool from_then_on, enum pm_status status, const struct pm_buf *out,
                  const struct pm_buf *wanted, long leaked)
{
    const char *why = NULL;
    if (leaked != 0)
        why = "memory is not given back";
    else if (status != PM_OK && status != PM_NOMEM)
        why = "the failure is taken for another one";
    else if (status == PM_OK && (out->len != wanted->len || memcmp(out->data, wanted->data, out->len) != 0))
        why = "success with other bytes";
    if (!why) {
        passed++;
        return;
    }
    if (failed++ < 20)
        printf("FAILED %s, allocation %zu%s: %s (status %d, %ld blocks)\n", name, n, from_then_on ? " and later" : "",
               why, (int)status, leaked);
}

static void torture(const char *name, const struct work *w, size_t samples)
{
    struct pm_buf wanted, out;
    size_t before = failed;
    for (int i = 0; i < 2; i++) {   /* the first fills the caches of time zones */
        if (i > 0)
            pm_buf_free(&wanted);
        enum pm_status status = make_with_failure(w, 0, false, &wanted);
        if (status != PM_OK) {
            printf("FAILED %s: status %d without any failure\n%s", name, (int)status, wanted.data);
            failed++;
            pm_buf_free(&wanted);
            return;
        }
    }
    size_t total = heap.count;
    size_t step = samples && total > samples ? total / samples : 1;
    for (int from_then_on = 0; from_then_on < 2; from_then_on++)
        for (size_t n = 1; n <= total; n += step) {
            long live = heap.live;
            enum pm_status status = make_with_failure(w, n, from_then_on, &out);
            long leaked = heap.live - live - (out.cap > 0);   /* the output itself is still there */
            judge(name, n, from_then_on, status, &out, &wanted, leaked);
            pm_buf_free(&out);
        }
    if (failed == before)
        printf("ok %s: %zu allocations, every %zu\n", name, total, step);
    fflush(stdout);
    pm_buf_free(&wanted);
}

/* The bytes of a file below $srcdir, until the end. */
static struct pm_str load(const char *name, struct pm_arena *arena)
{
    const char *folder = getenv("srcdir");
    struct pm_str path = pm_arena_format(arena, "%s/%s", folder ? folder : ".", name), bytes = {NULL, 0};
    struct pm_buf b;
    pm_buf_init(&b, PM_MAX_DOCUMENT);
    if (path.p && pm_read_file(path.p, &b) == PM_OK)
        bytes = pm_arena_str(arena, pm_buf_slice(&b));
    else
        printf("FAILED: %s cannot be read\n", name);
    pm_buf_free(&b);
    return bytes;
}

int main(void)
{
    struct pm_arena arena;
    struct pm_diags diags;
    struct look look;
    pm_arena_chunk_size = 0;
    signal(SIGSEGV, crashed);
    signal(SIGABRT, crashed);
    signal(SIGBUS, crashed);
    setenv("TZ", "UTC0", 1);   /* libzip asks for the local time, and glibc would keep, or lose, what it read of the zone's file */
    puts("Allocations fail, one after another.");
    pm_arena_init(&arena);
    pm_diags_init(&diags, "templates");
    const struct pm_str example = load("examples/gitlab-2017-database.yaml", &arena);
    const struct work reading = {.template = load("templates/full.yaml", &arena), .theme = load("templates/themes/letter.yaml", &arena)};
    if (!example.p || !reading.template.p || !reading.theme.p || read_look(&reading, &arena, &diags, &look) != PM_OK) {
        puts("FAILED: the template and the theme cannot be used");
        return 1;
    }
    torture("template and theme", &reading, 0);
    const struct work choosing = {
        .yaml = PM_LIT(small), .theme = PM_LIT("severity, -due, owner desc"),
        .template = PM_LIT("not (severity > 3 or title ~ \"xyz\") and timeline.kind in (change, alert) and timeline.team = Platform and "
                           "(action_items.owner = 'Ana Lind' or overdue) and action_items.status = done and started_at < today+1d and no x-a")};
    torture("choosing", &choosing, 0);
    torture("edits", &(struct work){.yaml = PM_LIT(small), .template = PM_LIT("merge")}, 0);
    torture("sources", &(struct work){.yaml = PM_LIT(page_with_sources), .template = PM_LIT("recover")}, 0);
    torture("Markdown", &(struct work){.yaml = PM_LIT(post_mortem), .template = PM_LIT("import")}, 0);
    torture("totals", &(struct work){.yaml = PM_LIT(small)}, 0);
    torture("small incident", &(struct work){PM_LIT(small), &look, tree, {NULL, 0}, {NULL, 0}}, 0);
    torture("example, sampled", &(struct work){example, &look, tree, {NULL, 0}, {NULL, 0}}, 150);
    torture("Confluence, small incident", &(struct work){PM_LIT(small), &look, confluence, {NULL, 0}, {NULL, 0}}, 0);
    torture("Confluence, example, sampled", &(struct work){example, &look, confluence, {NULL, 0}, {NULL, 0}}, 150);
    torture("DOCX, small incident", &(struct work){PM_LIT(small), &look, docx, {NULL, 0}, {NULL, 0}}, 0);
    torture("DOCX, example, sampled", &(struct work){example, &look, docx, {NULL, 0}, {NULL, 0}}, 150);
    torture("rows of a workbook", &(struct work){PM_LIT(small), &look, NULL, {NULL, 0}, {NULL, 0}}, 400);
    pm_diags_free(&diags);
    pm_arena_free(&arena);
    printf("%zu passed, %zu failed\n", passed, failed);
    return failed > 0 || passed == 0;
}

#endif
