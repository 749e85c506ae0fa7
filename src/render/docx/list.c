/* Lists, and the numbering that they share. */
#include "render/docx/docx_internal.h"

/* Each ordered list is an instance of its own, which begins where the list says. */
static unsigned new_numbering(struct pm_docx_writer *w, size_t level, long start)
{
    struct pm_buf *out = &w->docx->numberings;
    unsigned id = PM_DOCX_NUMBERS + ++w->docx->numbering_count;
    pm_buf_puts(out, "<w:num w:numId=\"");
    pm_docx_int(out, (long)id);
    pm_buf_puts(out, "\"><w:abstractNumId w:val=\"");
    pm_docx_int(out, PM_DOCX_NUMBERS);
    pm_buf_puts(out, "\"/><w:lvlOverride w:ilvl=\"");
    pm_docx_int(out, (long)level);
    pm_buf_puts(out, "\"><w:startOverride w:val=\"");
    pm_docx_int(out, start < 0 ? 0 : start > 32767 ? 32767 : start);
    pm_buf_puts(out, "\"/></w:lvlOverride></w:num>");
    return id;
}

void pm_docx_list(struct pm_docx_writer *w, const struct pm_node *node, bool enter)
{
    if (!enter) {
        w->list_depth--;
        return;
    }
    size_t level = w->list_depth < PM_MOST_LIST_LEVELS ? w->list_depth : PM_MOST_LIST_LEVELS - 1;
    struct pm_docx_list *list = &w->lists[level];
    list->ordered = node->as.list.ordered;
    list->number = list->ordered ? new_numbering(w, level, node->as.list.start) : PM_DOCX_BULLETS;
    w->list_depth++;
}

/* Whose task it is and until when, as a line of details. */
static void put_task_details(struct pm_docx_writer *w, const struct pm_node *task)
{
    struct pm_buf text;
    pm_buf_init(&text, 1 << 20);
    pm_buf_str(&text, task->as.task.assignee);
    if (text.len && task->as.task.has_due)
        pm_buf_puts(&text, " \302\267 ");
    if (task->as.task.has_due)
        pm_date_iso(&text, task->as.task.due);
    if (text.len) {
        struct pm_docx_look look = pm_docx_look_here(w, true);
        pm_docx_text_paragraph(w, &look, pm_buf_slice(&text));
    }
    if (text.status == PM_NOMEM)
        w->scratch->failed = true;
    pm_buf_free(&text);
}

void pm_docx_item(struct pm_docx_writer *w, const struct pm_node *node, bool enter)
{
    if (enter) {
        w->item_begins = true;
        w->task = node->kind == PM_TASK ? node : NULL;
        return;
    }
    if (w->item_begins) {   /* an item without text has its bullet all the same */
        struct pm_docx_look look = pm_docx_look_here(w, false);
        pm_docx_open(w, &look, NULL);
        pm_docx_close(w);
    }
    w->item_begins = false;
    if (node->kind == PM_TASK)
        put_task_details(w, node);
}

/* ---- the part ---- */

static void put_level(struct pm_buf *out, int level, bool ordered)
{
    static const char *const bullets[] = {"\342\200\242", "\342\200\223", "\302\267"};
    pm_buf_puts(out, "<w:lvl w:ilvl=\"");
    pm_docx_int(out, level);
    pm_buf_puts(out, ordered ? "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%"
                             : "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"");
    if (ordered) {
        pm_docx_int(out, level + 1);
        pm_buf_putc(out, '.');
    } else {
        pm_buf_puts(out, bullets[level % 3]);
    }
    pm_buf_puts(out, "\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"");
    pm_docx_int(out, 360 * (level + 1));
    pm_buf_puts(out, "\" w:hanging=\"360\"/></w:pPr></w:lvl>");
}

static void put_abstract(struct pm_buf *out, int id, bool ordered)
{
    pm_buf_puts(out, "<w:abstractNum w:abstractNumId=\"");
    pm_docx_int(out, id);
    pm_buf_puts(out, ordered ? "\"><w:nsid w:val=\"504D0002\"/><w:multiLevelType w:val=\"hybridMultilevel\"/>"
                             : "\"><w:nsid w:val=\"504D0001\"/><w:multiLevelType w:val=\"hybridMultilevel\"/>");
    for (int level = 0; level < PM_MOST_LIST_LEVELS; level++)
        put_level(out, level, ordered);
    pm_buf_puts(out, "</w:abstractNum>");
}

void pm_docx_numbering(const struct pm_docx *docx, struct pm_buf *out)
{
    pm_buf_puts(out, PM_XML_DECLARATION "<w:numbering xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">");
    put_abstract(out, PM_DOCX_BULLETS, false);
    put_abstract(out, PM_DOCX_NUMBERS, true);
    for (int id = PM_DOCX_BULLETS; id <= PM_DOCX_NUMBERS; id++) {
        pm_buf_puts(out, "<w:num w:numId=\"");
        pm_docx_int(out, id);
        pm_buf_puts(out, "\"><w:abstractNumId w:val=\"");
        pm_docx_int(out, id);
        pm_buf_puts(out, "\"/></w:num>");
    }
    pm_buf_str(out, pm_buf_slice(&docx->numberings));
    pm_buf_puts(out, "</w:numbering>");
}
