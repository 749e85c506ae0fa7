/* Bookmarks around values and sections. They begin and end inside of paragraphs, both inside of one cell or outside of it, since not every
 * program keeps others. Where a value begins or ends with a table, a low empty paragraph has the mark. */
#include "render/docx/bookmark.h"
#include "render/docx/docx_internal.h"


bool pm_docx_begins_value(const struct pm_node *node)
{
    return node->path.n && !(node->prev && pm_str_eq(node->prev->path, node->path));
}

bool pm_docx_ends_value(const struct pm_node *node)
{
    return node->path.n && !(node->next && pm_str_eq(node->next->path, node->path));
}

static void put_start(struct pm_docx_writer *w, unsigned id, const char *name)
{
    pm_buf_puts(w->out, "<w:bookmarkStart w:id=\"");
    pm_docx_int(w->out, (long)id);
    pm_buf_puts(w->out, "\" w:name=\"");
    pm_buf_puts(w->out, name);
    pm_buf_puts(w->out, "\"/>");
}

unsigned pm_docx_mark_open(struct pm_docx_writer *w, const char *name)
{
    unsigned id = PM_DOCX_FIRST_ID + w->docx->bookmarks++;
    put_start(w, id, name);
    return id;
}

void pm_docx_mark_close(struct pm_docx_writer *w, unsigned id)
{
    pm_buf_puts(w->out, "<w:bookmarkEnd w:id=\"");
    pm_docx_int(w->out, (long)id);
    pm_buf_puts(w->out, "\"/>");
}

/* Names are counted, since a value may be shown in several places. */
static void name_of(struct pm_docx_writer *w, struct pm_str path, char name[PM_BOOKMARK_SIZE])
{
    pm_docx_bookmark(path, w->document, 1, name);
    for (;;) {
        size_t *places = pm_map_at(&w->docx->arena, &w->docx->places, pm_str_hash(pm_str(name)));
        if (!places || ++*places == 1)
            return;
        pm_docx_bookmark(path, w->document, *places, name);
    }
}

void pm_docx_mark_begin(struct pm_docx_writer *w, const struct pm_node *node)
{
    if (!pm_docx_begins_value(node))
        return;
    if (w->mark_count == w->mark_cap) {
        size_t cap = w->mark_cap ? w->mark_cap * 2 : 16;
        struct pm_docx_mark *marks = pm_arena_grow(w->scratch, w->marks, w->mark_cap, cap, sizeof *marks);
        if (!marks)
            return;
        w->marks = marks;
        w->mark_cap = cap;
    }
    bool inside = w->mark_count > 0 && pm_str_eq(w->marks[w->mark_count - 1].path, node->path);
    w->marks[w->mark_count++] = (struct pm_docx_mark){.path = node->path, .waits = !inside, .id = 0};
    if (w->content_open)
        pm_docx_mark_flush(w);
}

void pm_docx_mark_flush(struct pm_docx_writer *w)
{
    char name[PM_BOOKMARK_SIZE];
    size_t first = w->mark_count;
    while (first > 0 && (w->marks[first - 1].waits || w->marks[first - 1].id == 0))
        first--;
    for (; first < w->mark_count; first++) {
        struct pm_docx_mark *mark = &w->marks[first];
        if (!mark->waits)
            continue;
        mark->waits = false;
        name_of(w, mark->path, name);
        mark->id = pm_docx_mark_open(w, name);
    }
}

void pm_docx_mark_end(struct pm_docx_writer *w, const struct pm_node *node)
{
    if (!pm_docx_ends_value(node) || w->mark_count == 0)
        return;
    if (w->after_table && w->marks[w->mark_count - 1].id)
        pm_docx_spacer(w, false);
    if (w->marks[w->mark_count - 1].waits)
        pm_docx_mark_flush(w);
    unsigned id = w->marks[--w->mark_count].id;
    if (id)
        pm_docx_mark_close(w, id);
}
