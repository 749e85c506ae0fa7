/* Paragraphs: their properties in the order of the schema (ISO/IEC 29500-1, 17.3.1.26), and when they end. */
#include "render/docx/bookmark.h"
#include "render/docx/docx_internal.h"

enum { LIST_STEP = 360, CELL_LIST_STEP = 220, QUOTE_STEP = 280 };

static void put_flag(struct pm_buf *out, bool set, const char *element)
{
    if (set)
        pm_buf_puts(out, element);
}

static void put_number(const struct pm_docx_look *look, struct pm_buf *out)
{
    if (!look->number)
        return;
    pm_buf_puts(out, "<w:numPr><w:ilvl w:val=\"");
    pm_docx_int(out, look->level);
    pm_buf_puts(out, "\"/><w:numId w:val=\"");
    pm_docx_int(out, look->number);
    pm_buf_puts(out, "\"/></w:numPr>");
}

static void put_space(const struct pm_docx_look *look, struct pm_buf *out)
{
    if (look->before >= 0) {
        pm_buf_puts(out, "<w:spacing w:before=\"");
        pm_docx_int(out, look->before);
        pm_buf_puts(out, "\"/>");
    }
    if (!look->has_indent)
        return;
    pm_buf_puts(out, "<w:ind w:left=\"");
    pm_docx_int(out, look->left);
    pm_buf_puts(out, look->hanging ? "\" w:hanging=\"" : "\" w:firstLine=\"");
    pm_docx_int(out, look->hanging);
    pm_buf_puts(out, "\"/>");
}

static bool has_properties(const struct pm_docx_writer *w, const struct pm_docx_look *look)
{
    return look->style || look->keep_next || look->keep_lines || w->page_break || look->number || look->before >= 0 ||
           look->has_indent || look->align != PM_ALIGN_START || w->paragraph_direction == PM_DIRECTION_RTL;
}

static void put_properties(struct pm_docx_writer *w, const struct pm_docx_look *look)
{
    struct pm_buf *out = w->out;
    if (!has_properties(w, look))
        return;
    pm_buf_puts(out, "<w:pPr>");
    if (look->style) {
        pm_buf_puts(out, "<w:pStyle w:val=\"");
        pm_buf_puts(out, look->style);
        pm_buf_puts(out, "\"/>");
    }
    put_flag(out, look->keep_next, "<w:keepNext/>");
    put_flag(out, look->keep_lines, "<w:keepLines/>");
    put_flag(out, w->page_break, "<w:pageBreakBefore/>");
    put_number(look, out);
    put_flag(out, w->paragraph_direction == PM_DIRECTION_RTL, "<w:bidi/>");
    put_space(look, out);
    put_flag(out, look->align == PM_ALIGN_END, "<w:jc w:val=\"right\"/>");
    put_flag(out, look->align == PM_ALIGN_CENTER, "<w:jc w:val=\"center\"/>");
    pm_buf_puts(out, "</w:pPr>");
}

/* The box of what is to be done stands before the first words. */
static void put_box(struct pm_docx_writer *w)
{
    const struct pm_todo *todo = w->row ? w->row->as.row.todo : NULL;
    if (w->todo_box && todo) {
        w->todo_box = false;
        pm_docx_checkbox(w, todo->path, todo->id, todo->done);
        pm_docx_run(w, PM_LIT("\302\240"), NULL);
    }
    if (w->task) {
        bool done = w->task->as.task.done;
        w->task = NULL;
        pm_docx_checkbox(w, (struct pm_str){NULL, 0}, done ? w->doc->words.done : w->doc->words.open, done);
        pm_buf_puts(w->out, "<w:r><w:tab/></w:r>");
    }
}

/* Where the document begins. */
static void put_document_mark(struct pm_docx_writer *w)
{
    char name[PM_BOOKMARK_SIZE];
    if (w->marked || w->document == 0)
        return;
    w->marked = true;
    pm_docx_bookmark(PM_LIT("#"), w->document, 1, name);
    pm_docx_mark_close(w, pm_docx_mark_open(w, name));
}

void pm_docx_open(struct pm_docx_writer *w, const struct pm_docx_look *look, const struct pm_node *content)
{
    pm_docx_flush(w);
    w->paragraph_direction = content ? pm_docx_direction(w, content) : w->direction;
    pm_buf_puts(w->out, "<w:p>");
    put_properties(w, look);
    w->page_break = w->after_table = w->cell_empty = false;
    w->paragraph_open = w->content_open = true;
    put_document_mark(w);
    pm_docx_mark_flush(w);
    put_box(w);
}

void pm_docx_close(struct pm_docx_writer *w)
{
    w->content_open = false;
}

void pm_docx_flush(struct pm_docx_writer *w)
{
    if (w->paragraph_open)
        pm_buf_puts(w->out, "</w:p>");
    w->paragraph_open = w->content_open = false;
}

void pm_docx_spacer(struct pm_docx_writer *w, bool keep_next)
{
    const struct pm_docx_look look = {.style = "PmSpacer", .before = -1, .keep_next = keep_next};
    pm_docx_open(w, &look, NULL);
    pm_docx_close(w);
}

void pm_docx_text_paragraph(struct pm_docx_writer *w, const struct pm_docx_look *look, struct pm_str text)
{
    struct pm_node node = {.kind = PM_TEXT, .text = text};
    pm_docx_open(w, look, &node);
    pm_docx_run(w, text, NULL);
    pm_docx_close(w);
}

/* ---- where the writer is ---- */

static const char *list_style(bool ordered, size_t level)
{
    static const char *const styles[2][5] = {{"ListBullet", "ListBullet2", "ListBullet3", "ListBullet4", "ListBullet5"},
                                             {"ListNumber", "ListNumber2", "ListNumber3", "ListNumber4", "ListNumber5"}};
    return styles[ordered][level < 5 ? level : 4];
}

static void look_of_list(const struct pm_docx_writer *w, struct pm_docx_look *look)
{
    size_t depth = w->list_depth - w->lists_outside, last = w->list_depth < PM_MOST_LIST_LEVELS ? w->list_depth : PM_MOST_LIST_LEVELS;
    const struct pm_docx_list *list = &w->lists[last - 1];
    int step = w->cells ? CELL_LIST_STEP : LIST_STEP;
    look->has_indent = true;
    look->left = w->indent + step * (int)(depth < 16 ? depth : 16);
    if (w->item_begins) {
        look->hanging = step;
        look->level = (int)last - 1;
        look->number = w->task ? 0 : list->number;
        look->style = w->cells ? look->style : w->task ? "ListParagraph" : list_style(list->ordered, last - 1);
    } else if (!w->cells && look->style == NULL) {
        look->style = "ListParagraph";
    }
}

struct pm_docx_look pm_docx_look_here(const struct pm_docx_writer *w, bool minor)
{
    struct pm_docx_look look = {.before = -1};
    if (w->table)
        look.style = w->table->in_head ? "PmTableHead" : minor ? "PmTableMinor" : "PmTableText";
    else if (w->panels)
        look.style = minor ? "PmTableMinor" : "PmPanelText";
    else if (w->cells)
        look.style = minor ? "PmTableMinor" : "PmTableText";
    else if (w->quotes)
        look.style = "Quote";
    else
        look.style = minor ? "PmMinor" : NULL;
    if (w->quotes > 0) {
        look.has_indent = true;
        look.left = w->indent;
    }
    if (w->list_depth > w->lists_outside)
        look_of_list(w, &look);
    if (w->after_table && !w->cells)
        look.before = 120;
    return look;
}
