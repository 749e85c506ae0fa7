/* The page and its documents. */
#include "render/confluence_internal.h"

#include <stdio.h>
#include <string.h>

/* Puts a text in the middle of what is written. */
static void insert(struct pm_confluence *c, size_t at, struct pm_str text)
{
    struct pm_buf *b = c->out;
    if (!pm_buf_reserve(b, text.n))
        return;
    memmove(b->data + at + text.n, b->data + at, b->len - at);
    memcpy(b->data + at, text.p, text.n);
    b->len += text.n;
}

static void walk(struct pm_confluence *c)
{
    struct pm_iterator it;
    pm_iterator_init(&it, c->doc->root);
    for (enum pm_event_type event; (event = pm_iterator_next(&it)) != PM_DONE;) {
        if (event == PM_EXIT)
            pm_confluence_leave(c, it.node);
        else if (pm_confluence_enter(c, it.node))
            pm_iterator_skip(&it);
    }
}

void pm_confluence_begin(struct pm_confluence *c, enum pm_confluence_flavour flavour, struct pm_buf *out)
{
    *c = (struct pm_confluence){.flavour = flavour, .out = out, .start = out->len};
    pm_arena_init(&c->arena);
}

static void put_title(struct pm_buf *out, struct pm_str title)
{
    pm_buf_puts(out, "<h1>");
    pm_xml_text(out, title);
    pm_buf_puts(out, "</h1>\n");
}

/* Each of several documents has its title above it; that of the first is known to be needed only now. */
static void begin_next(struct pm_confluence *c)
{
    struct pm_buf first;
    if (c->documents == 2 && c->title.n && c->out->status == PM_OK) {
        pm_buf_init(&first, c->out->max);
        put_title(&first, c->title);
        if (c->level_at) {
            c->out->data[c->level_at] = '1';
            c->level_at += first.len;
        }
        insert(c, c->start, pm_buf_slice(&first));
        c->status = c->status ? c->status : first.status;
        pm_buf_free(&first);
    }
    pm_buf_puts(c->out, "<hr />\n");
    if (c->doc->title.n)
        put_title(c->out, c->doc->title);
}

/* Forgets the document before. */
static void begin_document(struct pm_confluence *c, const struct pm_document *doc)
{
    c->doc = doc;
    c->level = 0;
    c->figures = 0;
    c->led = false;
    c->lead = c->fold = c->columns = c->table = NULL;
    memset(c->sections, 0, sizeof c->sections);
    c->prefix[0] = '\0';
    if (++c->documents > 1)
        snprintf(c->prefix, sizeof c->prefix, "%zu-", c->documents);
    pm_confluence_find_targets(c);
}

enum pm_status pm_confluence_add(struct pm_confluence *c, const struct pm_document *doc)
{
    begin_document(c, doc);
    if (c->documents > 1)
        begin_next(c);
    else
        c->title = pm_arena_str(&c->arena, doc->title);
    walk(c);
    pm_confluence_source(c);
    if (pm_arena_failed(&c->arena) || pm_arena_failed(doc->arena))
        return PM_NOMEM;
    return c->status ? c->status : c->out->status;
}

enum pm_status pm_confluence_end(struct pm_confluence *c)
{
    if (c->layout) {
        insert(c, c->start, pm_confluence_plain_part(c));
        insert(c, c->start, PM_LIT("<ac:layout>\n"));
        pm_buf_puts(c->out, "</ac:layout-cell></ac:layout-section>\n</ac:layout>\n");
    }
    return c->status ? c->status : c->out->status;
}

void pm_confluence_free(struct pm_confluence *c)
{
    pm_arena_free(&c->arena);
}
