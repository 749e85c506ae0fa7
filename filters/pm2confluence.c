/* pm2confluence: incidents to a page in Confluence's storage format. */
#include "filter.h"

#include "base/limits.h"
#include "render/confluence.h"
#include "render/svg.h"
#include "render/xml.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { FLAVOUR, ATTACHMENTS };   /* the program's own options */

struct state {
    struct pm_confluence page;
    struct pm_buf pictures;      /* of the page: for each its length as a size_t, its name with a NUL, its bytes */
};

static enum pm_status start(struct pm_session *s, struct pm_diags *diags)
{
    (void)diags;
    struct state *state = calloc(1, sizeof *state);
    s->state = state;
    if (!state)
        return PM_NOMEM;
    pm_buf_init(&state->pictures, PM_MAX_OUTPUT);
    return PM_OK;
}

static void abandon(struct pm_session *s)
{
    struct state *state = s->state;
    pm_confluence_free(&state->page);
    pm_buf_clear(&state->pictures);
}

/* Keeps a picture until the page is whole. */
static enum pm_status attach(void *context, const struct pm_node *figure, struct pm_str name)
{
    struct pm_session *s = context;
    struct pm_buf *pictures = &((struct state *)s->state)->pictures;
    struct pm_svg_options options = {.theme = &s->theme};
    size_t at = pictures->len, length = 0;
    pm_buf_add(pictures, &length, sizeof length);
    pm_buf_str(pictures, name);
    pm_buf_putc(pictures, '\0');
    size_t start_of_bytes = pictures->len;
    pm_svg(figure->as.figure.scene, figure->text, &options, pictures);
    length = pictures->len - start_of_bytes;
    if (pictures->status == PM_OK)
        memcpy(pictures->data + at, &length, sizeof length);
    return pictures->status;
}

static enum pm_status write_picture(struct pm_session *s, const char *name, const char *bytes, size_t length)
{
    struct pm_buf path;
    pm_buf_init(&path, 65536);
    pm_buf_puts(&path, s->own[ATTACHMENTS]);
    pm_buf_putc(&path, '/');
    pm_buf_puts(&path, name);
    enum pm_status status = path.status ? path.status : pm_write_file(path.data, bytes, length);
    if (status == PM_IO)
        pm_session_fail(s, path.data, strerror(errno));
    pm_buf_free(&path);
    return status;
}

static enum pm_status write_pictures(struct pm_session *s)
{
    const struct pm_buf *pictures = &((struct state *)s->state)->pictures;
    enum pm_status status = PM_OK;
    for (size_t at = 0, length; status == PM_OK && at < pictures->len; at += length) {
        const char *name = pictures->data + at + sizeof length;
        memcpy(&length, pictures->data + at, sizeof length);
        at += sizeof length + strlen(name) + 1;
        status = write_picture(s, name, pictures->data + at, length);
    }
    return status;
}

static enum pm_status begin(struct pm_session *s)
{
    struct state *state = s->state;
    bool dc = s->own[FLAVOUR] && strcmp(s->own[FLAVOUR], "dc") == 0;
    pm_confluence_begin(&state->page, dc ? PM_CONFLUENCE_DC : PM_CONFLUENCE_CLOUD, &s->out);
    state->page.attach = s->own[ATTACHMENTS] ? attach : NULL;
    state->page.context = s;
    return PM_OK;
}

static enum pm_status incident(struct pm_session *s, const struct pm_incident *incident, struct pm_diags *diags)
{
    struct state *state = s->state;
    struct pm_document *doc;
    enum pm_status status = pm_session_compose(s, incident, diags, &doc);
    if (!doc)
        return status;
    pm_xml_check(doc, diags);
    return pm_confluence_add(&state->page, doc);
}

static enum pm_status end(struct pm_session *s)
{
    struct state *state = s->state;
    enum pm_status status = s->tree ? PM_OK : pm_confluence_end(&state->page);
    if (status == PM_OK)
        status = write_pictures(s);
    abandon(s);
    return status;
}

static void stop(struct pm_session *s)
{
    struct state *state = s->state;
    if (!state)
        return;
    abandon(s);
    pm_buf_free(&state->pictures);
    free(state);
}

int main(int argc, char **argv)
{
    static const char *const flavours[] = {"cloud", "dc", NULL};
    static const struct pm_option options[] = {
        [FLAVOUR] = {"flavour", "NAME", "cloud or dc (Data Center)", flavours},
        [ATTACHMENTS] = {"attachments", "DIR", "write the pictures of the page into DIR", NULL},
        {NULL, NULL, NULL, NULL}};
    static const struct pm_filter filter = {
        .name = "pm2confluence",
        .synopsis = "[-o FILE] [--flavour NAME] [--attachments DIR] [--template NAME] [--theme NAME] [--as-of DATE] [--strict]\n"
                    "                     [--lenient] [FILE ...]",
        .summary = "Makes a Confluence page, in storage format, of the incidents in the named files, or on standard input.",
        .renders = true, .options = options,
        .start = start, .begin = begin, .incident = incident, .end = end, .abandon = abandon, .stop = stop};
    return pm_filter_main(&filter, argc, argv);
}
