#include "filter.h"
#include "ahead.h"
#include "artefact.h"

#include "base/limits.h"
#include "base/sniff.h"
#include "options.h"
#include "progress.h"
#include "render/tree.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void worsen(struct pm_session *s, enum pm_exit code)
{
    if (code > s->worst)
        s->worst = code;
}

/* A failure that is not the input's fault. */
static void system_error(struct pm_session *s, const char *what, const char *why)
{
    pm_progress_wipe();
    fprintf(stderr, "%s: %s: %s\n", s->filter->name, what, why);
    worsen(s, PM_EXIT_SYSTEM);
}

static void take_status(struct pm_session *s, enum pm_status status)
{
    s->broken |= status == PM_NOMEM || status == PM_UNSUPPORTED;
    if (status == PM_NOMEM)
        system_error(s, "cannot go on", "out of memory");
    else if (status == PM_UNSUPPORTED)
        system_error(s, "cannot go on", "a library lacks what is needed");
    else if (status != PM_OK)
        worsen(s, PM_EXIT_INPUT);
}

/* For all incidents of an output; those of one document have a place and are reported there. */
static void take_total(struct pm_session *s, enum pm_status status, const char *too_large)
{
    if (status == PM_LIMIT) {
        pm_progress_wipe();
        fprintf(stderr, "%s: %s\n", s->filter->name, too_large);
    }
    take_status(s, status);
}

bool pm_session_say(struct pm_session *s, struct pm_diags *diags)
{
    struct pm_buf text;
    pm_buf_init(&text, (size_t)16 << 20);
    pm_diags_sort(diags);
    pm_diags_format(diags, s->colour, &text);
    if (text.len > 0) {
        pm_progress_wipe();
        fwrite(text.data, 1, text.len, stderr);
    }
    pm_buf_free(&text);
    bool bad = diags->count[PM_ERROR] > 0 || (s->strict && diags->count[PM_WARNING] > 0);
    const char *file = diags->file;
    pm_diags_free(diags);
    pm_diags_init(diags, file);
    if (bad)
        worsen(s, PM_EXIT_INPUT);
    return bad;
}

/* ---- documents ---- */

enum pm_status pm_session_compose(struct pm_session *s, const struct pm_incident *incident, struct pm_diags *diags, struct pm_document **out)
{
    struct pm_compose_options options = {.template = &s->template, .theme = &s->theme, .has_as_of = s->has_as_of, .as_of = s->as_of};
    struct pm_document *doc = pm_compose(incident, &options, incident->arena, diags);
    *out = NULL;
    if (!doc || pm_arena_failed(incident->arena))
        return PM_NOMEM;
    if (s->tree)
        pm_render_tree(doc, &s->out);
    else
        *out = doc;
    return s->out.status;
}

/* ---- template and theme ---- */

/* The text of a file into the session's arena. `absent`: what to say when there is none. */
static bool load_text(struct pm_session *s, const char *name, const char *absent, struct pm_str *out)
{
    struct pm_buf b;
    pm_buf_init(&b, PM_MAX_SCALAR);
    enum pm_status status = pm_read_file(name, &b);
    if (status == PM_OK)
        *out = pm_arena_str(&s->arena, pm_buf_slice(&b));
    else if (status == PM_IO)
        system_error(s, name, errno == ENOENT ? absent : strerror(errno));
    else
        system_error(s, name, status == PM_LIMIT ? "larger than 1 MiB" : "out of memory");
    pm_buf_free(&b);
    return status == PM_OK;
}

static struct pm_str folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return !slash ? PM_LIT(".") : slash == path ? PM_LIT("/") : (struct pm_str){path, (size_t)(slash - path)};
}

bool pm_session_look(struct pm_session *s)
{
    const char *template_name = s->template_name ? s->template_name : "full";
    const char *theme_name = s->theme_name ? s->theme_name : "default";
    const struct pm_named_template *template = pm_builtin_template(pm_str(template_name));
    const struct pm_theme *theme = pm_builtin_theme(pm_str(theme_name));
    struct pm_str template_text = {NULL, 0}, theme_text = {NULL, 0};
    if ((!template && !load_text(s, template_name, "no such template; want full, executive or a file", &template_text)) ||
        (!theme && !load_text(s, theme_name, "no such theme; want default, letter or a file", &theme_text)))
        return false;
    struct pm_diags diags;
    pm_diags_init(&diags, template_name);
    enum pm_status status = template ? pm_template_unpack(template, &s->arena, &s->template)
                                     : pm_template_read(template_text, &s->arena, &diags, &s->template);
    bool bad = pm_session_say(s, &diags) || status != PM_OK;
    take_status(s, status);
    diags.file = theme_name;
    if (theme)
        s->theme = *theme;
    status = theme ? PM_OK : pm_theme_read(theme_text, folder_of(theme_name), &s->arena, &diags, &s->theme);
    bad = pm_session_say(s, &diags) || status != PM_OK || bad;
    take_status(s, status);
    pm_diags_free(&diags);
    return !bad;
}

/* ---- outputs ---- */

/* Ids given out so far, for "{id}". */
struct seen {
    char **ids;
    size_t count, cap;
};

static void seen_free(struct seen *seen)
{
    for (size_t i = 0; i < seen->cap; i++)
        free(seen->ids[i]);
    free(seen->ids);
}

static char **seen_slot(const struct seen *seen, const char *id)
{
    size_t at = (size_t)pm_str_hash(pm_str(id)) & (seen->cap - 1);
    while (seen->ids[at] && strcmp(seen->ids[at], id) != 0)
        at = (at + 1) & (seen->cap - 1);
    return &seen->ids[at];
}

static bool seen_grow(struct seen *seen)
{
    struct seen grown = {.cap = seen->cap ? seen->cap * 2 : 64, .count = seen->count};
    grown.ids = calloc(grown.cap, sizeof *grown.ids);
    if (!grown.ids)
        return false;
    for (size_t i = 0; i < seen->cap; i++)
        if (seen->ids[i])
            *seen_slot(&grown, seen->ids[i]) = seen->ids[i];
    free(seen->ids);
    *seen = grown;
    return true;
}

/* PM_OK for a new id, PM_INVALID for one that was there, PM_NOMEM. */
static enum pm_status seen_add(struct seen *seen, const char *id)
{
    if (seen->count * 2 >= seen->cap && !seen_grow(seen))
        return PM_NOMEM;
    char **slot = seen_slot(seen, id);
    if (*slot)
        return PM_INVALID;
    *slot = strdup(id);
    seen->count++;
    return *slot ? PM_OK : PM_NOMEM;
}

static void expand_path(const char *pattern, struct pm_str id, struct pm_buf *path)
{
    for (const char *p = pattern; *p;) {
        if (strncmp(p, "{id}", 4) == 0) {
            pm_buf_str(path, id);
            p += 4;
        } else {
            pm_buf_putc(path, *p++);
        }
    }
}

static void output_error(struct pm_session *s, const char *what)
{
    system_error(s, what, strerror(errno));
    s->broken = true;
}

enum pm_status pm_session_fail(struct pm_session *s, const char *what, const char *why)
{
    system_error(s, what, why);
    s->broken = true;
    return PM_IO;
}

void pm_session_deliver(struct pm_session *s, struct pm_str id)
{
    take_total(s, s->out.status, "the output is larger than 2 GiB");
    if (s->out.status != PM_OK)
        return;
    if (!s->output) {
        if (pm_write_stdout(s->out.data, s->out.len) != PM_OK)
            output_error(s, "standard output");
        return;
    }
    struct pm_buf path;
    pm_buf_init(&path, 65536);
    if (id.p)
        expand_path(s->output, id, &path);
    else
        pm_buf_puts(&path, s->output);
    if (path.status != PM_OK)
        take_status(s, path.status);
    else if (pm_write_file(path.data, s->out.data, s->out.len) != PM_OK)
        output_error(s, path.data);
    pm_buf_free(&path);
}

static enum pm_status begin_output(struct pm_session *s)
{
    pm_buf_clear(&s->out);
    s->incidents = 0;
    return s->filter->begin ? s->filter->begin(s) : PM_OK;
}

static void abandon_output(struct pm_session *s)
{
    if (s->filter->abandon)
        s->filter->abandon(s);
}

static void end_output(struct pm_session *s, struct pm_str source, struct pm_str id)
{
    s->source = source;
    enum pm_status status = s->filter->end ? s->filter->end(s) : PM_OK;
    if (status == PM_OK)
        status = s->out.status;
    if (status != PM_OK)
        take_total(s, status, "the output is larger than 2 GiB");
    else if (!s->check)
        pm_session_deliver(s, id);
}

/* ---- inputs ---- */

/* Work on all inputs. */
struct work {
    struct pm_session *session;
    struct pm_ahead ahead;
    struct seen seen;
    struct pm_buf source;      /* all documents, when they share an output that wants them */
    size_t bytes, incidents;   /* so far */
    bool good;                 /* the stream in hand, so far */
    bool bad;                  /* the shared output is lost */
};

static void report_limit(struct pm_diags *diags, uint32_t line)
{
    pm_report(diags, PM_D_DOCUMENT_SIZE, (struct pm_mark){line, 1, 0}, "16 MiB");
}

/* An incident with an output of its own. */
static bool take_alone(struct work *w, const struct pm_incident *incident, struct pm_diags *diags)
{
    struct pm_session *s = w->session;
    enum pm_status status = seen_add(&w->seen, incident->id.text.p);
    s->left_out = false;
    if (status == PM_INVALID)
        pm_report(diags, PM_D_OUTPUT, incident->id.mark, "another incident has this id, and its output would be overwritten");
    if (status == PM_OK)
        status = begin_output(s);
    if (status == PM_OK)
        status = s->filter->incident(s, incident, diags);
    bool bad = pm_session_say(s, diags) || status != PM_OK;
    take_status(s, status);
    if (bad || s->left_out)
        abandon_output(s);
    else
        end_output(s, incident->source, incident->id.text);
    return !bad;
}

static bool take_incident(struct work *w, const struct pm_incident *incident, struct pm_diags *diags)
{
    struct pm_session *s = w->session;
    w->incidents++;
    if (s->per_incident)
        return take_alone(w, incident, diags);
    enum pm_status status = PM_OK;
    if (!w->bad || s->check) {
        s->incidents++;
        status = s->filter->incident(s, incident, diags);
    }
    take_status(s, status);
    return !pm_session_say(s, diags) && status == PM_OK;
}

static bool take_blank(struct work *w, struct pm_str document, uint32_t line, struct pm_diags *diags)
{
    struct pm_session *s = w->session;
    if (!s->filter->blank || s->per_incident)
        return true;
    enum pm_status status = s->filter->blank(s, document, line, diags);
    take_status(s, status);
    return !pm_session_say(s, diags) && status == PM_OK;
}

static bool work_on(struct work *w, struct pm_parsed *d)
{
    struct pm_session *s = w->session;
    if (d->status == PM_LIMIT)
        report_limit(&d->diags, d->line);
    if (d->status == PM_OK && !d->incident)
        return take_blank(w, d->bytes, d->line, &d->diags);
    if (d->status == PM_OK && !(s->strict && d->diags.count[PM_WARNING] > 0))
        return take_incident(w, d->incident, &d->diags);
    pm_session_say(s, &d->diags);
    take_status(s, d->status);
    return false;
}

/* Documents of several inputs make one stream. */
static void keep_source(struct pm_buf *all, struct pm_str document)
{
    if (all->len > 0 && all->data[all->len - 1] != '\n')
        pm_buf_putc(all, '\n');
    if (all->len > 0 && !pm_has_marker(document))
        pm_buf_puts(all, "---\n");
    pm_buf_str(all, document);
}

static bool take_document(void *context, struct pm_parsed *d)
{
    struct work *w = context;
    struct pm_session *s = w->session;
    w->good = work_on(w, d) && w->good;
    w->bytes += d->bytes.n;
    if (s->filter->keeps_source && !s->per_incident && w->good)
        keep_source(&w->source, d->bytes);
    pm_progress_step(w->bytes, w->incidents);
    return !s->broken && !s->enough;
}

static bool is_over(const struct work *w)
{
    return w->session->broken || w->session->enough;
}

/* What stopped the stream, with errno, after all that came before it. */
static enum pm_status read_documents(struct work *w, struct pm_stream *stream)
{
    struct pm_str document;
    enum pm_status status = PM_OK;
    uint32_t line;
    while (!is_over(w) && ((status = pm_stream_next(stream, &document, &line)) == PM_OK || status == PM_LIMIT) && document.p)
        pm_ahead_add(&w->ahead, document, line, status);
    int why = errno;
    pm_ahead_finish(&w->ahead);
    errno = why;
    return is_over(w) ? PM_OK : status;
}

/* What is no YAML goes through pmread, which has said what there is to say when it fails. */
static enum pm_status read_artefact(struct work *w, FILE *file, const char *path, struct pm_str start)
{
    struct pm_artefact_reader reader;
    struct pm_stream stream;
    if (!pm_artefact_begin(&reader, w->session, path, file, start)) {
        system_error(w->session, "cannot run pmread", strerror(errno));
        return PM_INVALID;
    }
    pm_stream_init(&stream, reader.yaml);
    enum pm_status status = read_documents(w, &stream);
    int code = pm_artefact_end(&reader);
    pm_stream_free(&stream);
    if (code == 0 || is_over(w))
        return status;
    if (code < 0)
        system_error(w->session, "pmread", "ended by a signal");
    worsen(w->session, code == PM_EXIT_INPUT ? PM_EXIT_INPUT : PM_EXIT_SYSTEM);
    return PM_INVALID;
}

static enum pm_status read_file(struct work *w, FILE *file, const char *path)
{
    struct pm_stream stream;
    struct pm_str start;
    pm_stream_init(&stream, file);
    enum pm_status status = pm_stream_peek(&stream, &start);
    if (status == PM_OK && pm_sniff_artefact(start) != PM_ARTEFACT_NONE)
        status = read_artefact(w, file, path, start);
    else if (status == PM_OK)
        status = read_documents(w, &stream);
    int why = errno;
    pm_stream_free(&stream);
    errno = why;
    return status;
}

static void read_stream(struct work *w, FILE *file, const char *path, const char *name)
{
    size_t before = w->incidents;
    w->good = true;
    pm_ahead_begin(&w->ahead, name);
    enum pm_status status = read_file(w, file, path);
    if (status == PM_IO) {
        system_error(w->session, name, strerror(errno));
    } else if (status != PM_OK) {
        take_status(w->session, status);
    } else if (w->good && w->incidents == before && !w->session->filter->may_be_empty) {
        struct pm_diags diags;
        pm_diags_init(&diags, name);
        pm_report(&diags, PM_D_NO_DOCUMENT, (struct pm_mark){0, 0, 0}, "the input");
        w->good = !pm_session_say(w->session, &diags);
        pm_diags_free(&diags);
    }
    w->bad = w->bad || !w->good || status != PM_OK;
}

static void read_input(struct work *w, const char *path)
{
    if (strcmp(path, "-") == 0) {
        read_stream(w, stdin, path, "<stdin>");
        return;
    }
    FILE *file = fopen(path, "rb");
    if (!file) {
        system_error(w->session, path, strerror(errno));
        w->bad = true;
        return;
    }
    read_stream(w, file, path, path);
    fclose(file);
}

static size_t total_size(char **paths, int count)
{
    size_t total = 0;
    for (int i = 0; i < count; i++) {
        struct stat st;
        if (stat(paths[i], &st) != 0 || !S_ISREG(st.st_mode))
            return 0;
        total += (size_t)st.st_size;
    }
    return total;
}

static void run(struct pm_session *s, char **paths, int count)
{
    static char *standard_input[] = {"-"};
    if (count == 0) {
        paths = standard_input;
        count = 1;
    }
    struct work w = {.session = s};
    pm_ahead_init(&w.ahead, s->lenient, take_document, &w);
    pm_buf_init(&w.source, PM_MAX_INPUT);
    pm_progress_start(s->filter->name, total_size(paths, count));
    enum pm_status status = s->per_incident ? PM_OK : begin_output(s);
    take_status(s, status);
    w.bad = status != PM_OK;
    for (int i = 0; i < count && !is_over(&w); i++)
        read_input(&w, paths[i]);
    pm_ahead_free(&w.ahead);
    pm_progress_wipe();
    if (w.source.status != PM_OK) {
        take_total(s, w.source.status, "the inputs together are larger than 1 GiB");
        w.bad = true;
    }
    if (!s->per_incident) {
        if (w.bad || s->worst != PM_EXIT_OK)
            abandon_output(s);
        else
            end_output(s, pm_buf_slice(&w.source), (struct pm_str){NULL, 0});
    }
    pm_buf_free(&w.source);
    seen_free(&w.seen);
}

static bool write_schema(struct pm_session *s)
{
    if (!s->schema)
        return false;
    end_output(s, (struct pm_str){NULL, 0}, (struct pm_str){NULL, 0});
    return true;
}

int pm_filter_main(const struct pm_filter *filter, int argc, char **argv)
{
    struct pm_session s = {.filter = filter};
    int first = 0, code = PM_EXIT_OK;
    if (!pm_options_read(&s, argc, argv, &first, &code))
        return code;
    pm_arena_init(&s.arena);
    pm_buf_init(&s.out, PM_MAX_OUTPUT);
    struct pm_diags diags;
    pm_diags_init(&diags, filter->name);
    if (!write_schema(&s) && (!filter->renders || pm_session_look(&s))) {
        enum pm_status status = filter->start ? filter->start(&s, &diags) : PM_OK;
        take_status(&s, status);
        if (!pm_session_say(&s, &diags) && status == PM_OK)
            run(&s, argv + first, argc - first);
    }
    if (filter->stop)
        filter->stop(&s);
    pm_diags_free(&diags);
    pm_buf_free(&s.out);
    pm_arena_free(&s.arena);
    return (int)s.worst;
}
