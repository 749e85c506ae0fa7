#include "recover/edited.h"

#include "document/compose.h"
#include "document/words.h"
#include "package/zip.h"
#include "recover/dates.h"
#include "recover/docx_page.h"
#include "recover/spreadsheet.h"
#include "recover/storage_page.h"
#include "recover/text_page.h"
#include "render/docx/docx.h"

#include <stdlib.h>
#include <string.h>

#define BODY "word/document.xml"

enum { MOST_DAYS = 4 };           /* that are tried */

struct work {
    const struct pm_sources *sources;
    const struct pm_edited_options *options;
    struct pm_arena *arena;
    struct pm_diags *diags;
    struct pm_edited *edited;
    struct pm_recovery recovery;       /* of the artefact, for the reading of packages */
    struct pm_str theirs;              /* what is compared: the XML of a body or a page, or a page that is text */
    bool is_text;                      /* it is no body of a Word document */
    enum pm_text_page form;
    bool has_as_of;                    /* the day that is tried */
    int64_t as_of;
};

/* What the sources show by one template. */
struct rendering {
    struct pm_template template;
    struct pm_document **documents;
    struct pm_str body;                /* of a Word document */
    struct pm_str page;                /* where theirs is one */
    bool strange;                      /* the artefact lacks most of it: another template made that */
};

static bool is_body(void *context, struct pm_str name)
{
    (void)context;
    return pm_str_same_word(name, BODY);
}

static bool is_about(void *context, struct pm_str name)
{
    (void)context;
    return pm_str_same_word(name, "docProps/app.xml");
}

/* The text of the body; absent: there is none, or a failure that is reported. */
static struct pm_str body_of(struct work *w)
{
    struct pm_zip_choice choice = {is_body, NULL};
    struct pm_zip_entry *entries;
    size_t count;
    bool read = pm_package_entries(&w->recovery, &choice, &entries, &count);
    return read && count ? entries[0].bytes : (struct pm_str){NULL, 0};
}

static enum pm_status read_sources(struct work *w)
{
    size_t i = 0;
    struct pm_read_options lenient = {.lenient = true};
    w->edited = pm_arena_array(w->arena, w->sources->count + 1, sizeof *w->edited);
    for (const struct pm_source *s = w->sources->first; s && w->edited; s = s->next, i++) {
        struct pm_diags ignored;
        pm_diags_init(&ignored, w->diags->file);
        enum pm_status status = pm_incident_read(s->bytes, 1, &lenient, w->arena, &ignored, &w->edited[i].incident);
        pm_diags_free(&ignored);
        if (status != PM_OK || !w->edited[i].incident)
            return status == PM_NOMEM ? status : PM_INVALID;
    }
    return w->edited ? PM_OK : PM_NOMEM;
}

/* ---- ours ---- */

static enum pm_status render(struct work *w, struct rendering *r)
{
    struct pm_compose_options options = {.template = &r->template, .theme = w->options->theme, .has_as_of = w->has_as_of,
                                         .as_of = w->as_of};
    struct pm_docx *docx = NULL;
    struct pm_buf file;
    struct pm_diags ignored;
    pm_buf_init(&file, (size_t)1 << 30);
    pm_diags_init(&ignored, w->diags->file);
    r->documents = pm_arena_array(w->arena, w->sources->count + 1, sizeof *r->documents);
    enum pm_status status = r->documents ? pm_docx_new(w->options->theme, &docx) : PM_NOMEM;
    for (size_t i = 0; i < w->sources->count && status == PM_OK; i++) {
        struct pm_document *doc = pm_compose(w->edited[i].incident, &options, w->arena, &ignored);
        status = doc ? pm_docx_add(docx, doc, &ignored) : PM_NOMEM;
        r->documents[i] = doc;
    }
    if (status == PM_OK)
        status = pm_docx_write_body(docx, &file);
    if (status == PM_OK)
        r->body = pm_arena_str(w->arena, pm_buf_slice(&file));
    pm_docx_free(docx);
    pm_diags_free(&ignored);
    pm_buf_free(&file);
    return pm_arena_failed(w->arena) ? PM_NOMEM : status;
}

/* The hashes of pieces of text, sorted. */
struct hashes { unsigned long long *all; size_t count; };

static int by_hash(const void *a, const void *b)
{
    const unsigned long long *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static struct hashes texts_of(struct pm_str body, struct pm_arena *arena)
{
    struct hashes h = {NULL, 0};
    size_t cap = 0;
    for (size_t at = pm_text_find(body, ">", 0); at < body.n; at = pm_text_find(body, ">", at + 1)) {
        size_t to = pm_text_find(body, "<", at);
        struct pm_str text = pm_str_trim((struct pm_str){body.p + at + 1, to > at + 1 ? to - at - 1 : 0});
        if (!text.n)
            continue;
        if (h.count == cap) {
            unsigned long long *grown = pm_arena_grow(arena, h.all, cap, cap ? cap * 2 : 256, sizeof *grown);
            if (!grown)
                return (struct hashes){NULL, 0};
            h.all = grown;
            cap = cap ? cap * 2 : 256;
        }
        h.all[h.count++] = pm_str_hash(text);
    }
    if (h.count)
        qsort(h.all, h.count, sizeof *h.all, by_hash);
    return h;
}

/* How many texts of the rendering stand in the artefact, less those that do not: of a report by another template many do not. */
static long fit(const struct work *w, struct pm_str body, bool *strange)
{
    struct hashes ours = texts_of(body, w->arena), theirs = texts_of(w->theirs, w->arena);
    long both = 0;
    for (size_t i = 0; i < ours.count; i++)
        both += theirs.count && bsearch(&ours.all[i], theirs.all, theirs.count, sizeof *theirs.all, by_hash) ? 1 : -1;
    *strange = both < (long)(ours.count / 5);      /* three in five are there */
    return both;
}

/* What is shown by a template on the day that is tried. *fits: how well; *same: it is exactly what the artefact has. */
static enum pm_status try(struct work *w, struct rendering *r, long *fits, bool *same)
{
    enum pm_status status = render(w, r);
    if (status == PM_OK && w->is_text)
        status = pm_text_page(w->form, r->documents, w->sources->count, w->options->theme, w->arena, &r->page);
    struct pm_str shown = w->is_text ? r->page : r->body;
    *same = status == PM_OK && pm_str_eq(shown, w->theirs);
    *fits = status == PM_OK && !*same ? fit(w, shown, &r->strange) : 0;
    return status;
}

static enum pm_status choose_template(struct work *w, struct rendering *best, long *best_fit, bool *same)
{
    static const char *const names[] = {"full", "executive"};
    enum pm_status status = PM_OK;
    for (size_t i = 0; i < sizeof names / sizeof *names && status == PM_OK && !*same && !(i > 0 && w->options->template); i++) {
        struct rendering r = {.documents = NULL};
        long fits = 0;
        if (w->options->template)
            r.template = *w->options->template;
        else
            status = pm_template_unpack(pm_builtin_template(pm_str(names[i])), w->arena, &r.template);
        if (status == PM_OK)
            status = try(w, &r, &fits, same);
        if (i == 0 || fits > *best_fit || *same) {
            *best = r;
            *best_fit = fits;
        }
    }
    return status;
}

/* The day that decides what is overdue is among the dates that the artefact shows and ours does not: the one that fits best. */
static enum pm_status choose_day(struct work *w, struct rendering *best, long best_fit, bool *same)
{
    struct pm_dates theirs = {.count = 0}, ours = {.count = 0};
    struct pm_language language;
    enum pm_status status = PM_OK;
    pm_language_init(&language, best->template.words);
    pm_dates_in(w->theirs, &language, &theirs);
    pm_dates_in(w->is_text ? best->page : best->body, &language, &ours);
    for (size_t i = theirs.count, tried = 0; i > 0 && tried < MOST_DAYS && status == PM_OK && !*same; i--) {
        struct rendering r = {.template = best->template};
        long fits = 0;
        if (pm_dates_have(&ours, theirs.days[i - 1]))
            continue;
        tried++;
        w->has_as_of = true;
        w->as_of = theirs.days[i - 1];
        status = try(w, &r, &fits, same);
        if (status == PM_OK && (fits > best_fit || *same)) {
            *best = r;
            best_fit = fits;
        }
    }
    return status;
}

/* *same: a template that is compiled in makes exactly this. */
static enum pm_status choose(struct work *w, struct rendering *best, bool *same)
{
    long best_fit = 0;
    *same = false;
    w->has_as_of = w->options->has_as_of;
    w->as_of = w->options->as_of;
    enum pm_status status = choose_template(w, best, &best_fit, same);
    return status == PM_OK && !*same ? choose_day(w, best, best_fit, same) : status;
}

/* ---- the merge ---- */

static enum pm_status merge_one(struct work *w, const struct rendering *r, const struct pm_xml_node *ours, const struct pm_xml_node *theirs,
                                size_t number)
{
    struct pm_mark_names names = {NULL, 0, 0};
    struct pm_page our_page = {.arena = w->arena}, their_page = {.arena = w->arena};
    struct pm_shown shown_ours, shown_theirs;
    struct pm_edited *edited = &w->edited[number - 1];
    struct pm_language language;
    struct pm_merge_options options = {.language = &language, .deletions = w->options->deletions};
    pm_language_init(&language, r->template.words);
    pm_mark_names_add(&names, w->arena, r->documents[number - 1], number);
    enum pm_status status = pm_docx_page(ours, &names, number, &our_page);
    if (status == PM_OK)
        status = pm_docx_page(theirs, &names, number, &their_page);
    if (status == PM_OK)
        status = pm_page_pair(&our_page, &their_page, &shown_ours, &shown_theirs);
    return status == PM_OK ? pm_merge(edited->incident, &shown_ours, &shown_theirs, &options, w->arena, &edited->merge) : status;
}

static enum pm_status merge_all(struct work *w, const struct rendering *r)
{
    struct pm_xml_node *ours, *theirs;
    enum pm_status status = pm_xml_tree_read(r->body, w->arena, &ours, NULL);
    if (status == PM_OK) {
        theirs = pm_package_tree(&w->recovery, w->theirs, PM_MANY_TAGS);
        status = theirs ? PM_OK : w->recovery.status;
        if (!theirs && status == PM_OK) {
            pm_recovery_fail(&w->recovery, PM_INVALID, "is damaged: its text is no XML");
            status = PM_INVALID;
        }
    }
    for (size_t i = 1; i <= w->sources->count && status == PM_OK; i++)
        status = merge_one(w, r, ours, theirs, i);
    return status;
}

/* ---- formats without marks: the body of a document tells which of their texts is which value ---- */

/* Ours is marked by the document's body: where the texts are the same, they are the same values. */
static enum pm_status mark_page(struct work *w, const struct rendering *r, struct pm_page *ours)
{
    struct pm_mark_names names = {NULL, 0, 0};
    struct pm_page marked = {.arena = w->arena};
    struct pm_shown unused[2];
    struct pm_xml_node *body;
    enum pm_status status = pm_xml_tree_read(r->body, w->arena, &body, NULL);
    pm_mark_names_add(&names, w->arena, r->documents[0], 1);
    if (status == PM_OK)
        status = pm_docx_page(body, &names, 1, &marked);
    return status == PM_OK ? pm_page_pair(&marked, ours, &unused[0], &unused[1]) : status;
}

static enum pm_status merge_page(struct work *w, const struct rendering *r)
{
    struct pm_page our_page = {.arena = w->arena}, their_page = {.arena = w->arena};
    struct pm_shown shown_ours, shown_theirs;
    struct pm_language language;
    struct pm_merge_options options = {.language = &language, .deletions = w->options->deletions};
    pm_language_init(&language, r->template.words);
    enum pm_status status = pm_storage_page(&w->recovery, r->page, &our_page);
    if (status == PM_OK)
        status = pm_storage_page(&w->recovery, w->theirs, &their_page);
    if (status == PM_OK)
        status = mark_page(w, r, &our_page);
    if (status == PM_OK)
        status = pm_page_pair(&our_page, &their_page, &shown_ours, &shown_theirs);
    return status == PM_OK ? pm_merge(w->edited[0].incident, &shown_ours, &shown_theirs, &options, w->arena, &w->edited[0].merge) : status;
}

/* What another template shows would all look like edits. */
static bool is_strange(struct work *w, const struct rendering *r, bool *same)
{
    if (r->strange)
        pm_report(w->diags, PM_D_OTHER_TEMPLATE, (struct pm_mark){0, 0, 0}, w->sources->found);
    *same = r->strange;
    return r->strange;
}

static enum pm_status read_page(struct work *w, bool *same)
{
    struct rendering rendering = {.documents = NULL};
    w->theirs = w->sources->page;
    w->is_text = true;
    enum pm_status status = choose(w, &rendering, same);
    if (status != PM_OK || *same || is_strange(w, &rendering, same))
        return status;
    return merge_page(w, &rendering);
}

static enum pm_status read_document(struct work *w, bool *same)
{
    struct rendering rendering = {.documents = NULL};
    w->theirs = body_of(w);
    *same = !w->theirs.p;
    if (!w->theirs.p)
        return w->recovery.status;
    enum pm_status status = choose(w, &rendering, same);
    if (status != PM_OK || *same || is_strange(w, &rendering, same))
        return status;
    return merge_all(w, &rendering);
}

/* ---- formats whose edits are not read: whether there are any ---- */

static void report_unread(struct work *w)
{
    pm_report(w->diags, PM_D_UNREAD, (struct pm_mark){0, 0, 0}, w->sources->found);
}

/* Line ends are what Windows changes by itself; what is made here has no others than line feeds. */
static struct pm_str without_returns(struct pm_str s, struct pm_arena *arena)
{
    char *copy = memchr(s.p, '\r', s.n) ? pm_arena_alloc(arena, s.n + 1) : NULL;
    size_t n = 0;
    for (size_t i = 0; copy && i < s.n; i++) {
        if (s.p[i] != '\r' || i + 1 == s.n || s.p[i + 1] != '\n')
            copy[n++] = s.p[i];
    }
    return copy ? (struct pm_str){copy, n} : s;
}

static enum pm_status compare_text(struct work *w, enum pm_text_page form, struct pm_str theirs)
{
    struct rendering rendering = {.documents = NULL};
    bool same;
    w->theirs = without_returns(theirs, w->arena);
    w->is_text = true;
    w->form = form;
    enum pm_status status = choose(w, &rendering, &same);
    if (status == PM_OK && !same)
        report_unread(w);
    return status;
}

/* What a program that saves a workbook changes: the date of its parts, and the version of the format that it claims. */
static enum pm_status compare_workbook(struct work *w)
{
    static const char date[] = {0, 0, 0x21, 0};   /* 1980-01-01 00:00, as MS-DOS has it (APPNOTE 4.4.6) */
    enum { DATE_AT = 10 };
    struct pm_zip_choice choice = {is_about, NULL};
    struct pm_zip_entry *entries;
    size_t count;
    if (!pm_package_entries(&w->recovery, &choice, &entries, &count))
        return w->recovery.status;
    bool dated = w->recovery.bytes.n < DATE_AT + sizeof date || memcmp(w->recovery.bytes.p + DATE_AT, date, sizeof date) != 0;
    if (dated || count == 0 || pm_text_find(entries[0].bytes, "<AppVersion>12.0000<", 0) == entries[0].bytes.n)
        report_unread(w);
    return PM_OK;
}

/* Those of one page of Confluence and of Word documents are read; of these, what the artefact has of them is in *same. */
static enum pm_status compare(struct work *w, bool *same)
{
    const struct pm_sources *sources = w->sources;
    if (sources->page.p && sources->count == 1)
        return read_page(w, same);
    if (sources->page.p)
        return compare_text(w, PM_TEXT_CONFLUENCE, sources->page);
    if (sources->kind == PM_ARTEFACT_MARKUP)
        return compare_text(w, PM_TEXT_HTML, w->recovery.bytes);
    if (sources->kind == PM_ARTEFACT_MARKDOWN)
        return compare_text(w, PM_TEXT_MARKDOWN, w->recovery.bytes);
    if (sources->kind != PM_ARTEFACT_PACKAGE)
        return PM_OK;
    enum pm_status status = read_document(w, same);
    return status == PM_OK && !w->theirs.p ? compare_workbook(w) : status;
}

enum pm_status pm_edited_read(struct pm_str bytes, const struct pm_sources *sources, const struct pm_edited_options *options,
                              struct pm_arena *arena, struct pm_diags *diags, struct pm_edited **out, bool *compared)
{
    struct pm_sources copy = *sources;
    struct work w = {.sources = sources, .options = options, .arena = arena, .diags = diags,
                     .recovery = {.bytes = bytes, .arena = arena, .diags = diags, .sources = &copy}};
    bool same = true;
    *out = NULL;
    *compared = false;
    if (sources->kind == PM_ARTEFACT_PDF)
        return PM_OK;
    enum pm_status status = read_sources(&w);
    if (status != PM_OK)
        return status == PM_NOMEM ? status : PM_OK;     /* whoever reads the source next says why */
    status = compare(&w, &same);
    *out = w.edited;
    *compared = status == PM_OK && !same;
    return status;
}
