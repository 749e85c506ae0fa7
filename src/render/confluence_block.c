/* Blocks: lists, tables, panels, figures and the parts of a cover. */
#include "render/confluence_internal.h"

#include "base/limits.h"
#include "document/scene.h"

enum { LONG_TABLE = 100 };   /* rows beyond which a table is shown on demand */

/* ---- lists ---- */

static const char *list_tag(const struct pm_node *item)
{
    return item->kind == PM_TASK ? "ac:task-list" : item->parent->as.list.ordered ? "ol" : "ul";
}

static void open_list(struct pm_confluence *c, const struct pm_node *item)
{
    const struct pm_node *list = item->parent;
    pm_buf_putc(c->out, '<');
    pm_buf_puts(c->out, list_tag(item));
    if (item->kind == PM_ITEM && list->as.list.ordered && list->as.list.start != 1) {
        pm_buf_puts(c->out, " start=\"");
        pm_buf_number(c->out, (double)list->as.list.start, 0);
        pm_buf_putc(c->out, '"');
    }
    pm_buf_puts(c->out, ">\n");
}

/* A list of items and tasks becomes lists of one kind each. */
static void enter_item(struct pm_confluence *c, const struct pm_node *item)
{
    const struct pm_str by_place = {NULL, 0};
    if (!item->prev || item->prev->kind != item->kind)
        open_list(c, item);
    if (item->kind == PM_TASK)
        pm_confluence_open_task(c, by_place, item->as.task.done);
    else
        pm_buf_puts(c->out, "<li>");
}

static void leave_item(struct pm_confluence *c, const struct pm_node *item)
{
    if (item->kind == PM_TASK)
        pm_confluence_close_task(c);
    else
        pm_buf_puts(c->out, "</li>\n");
    if (item->next && item->next->kind == item->kind)
        return;
    pm_buf_puts(c->out, "</");
    pm_buf_puts(c->out, list_tag(item));
    pm_buf_puts(c->out, ">\n");
}

/* The paragraph that says what a task is. */
static bool is_task_line(const struct pm_node *paragraph)
{
    return paragraph->parent->kind == PM_TASK && !paragraph->prev;
}

static void enter_paragraph(struct pm_confluence *c, const struct pm_node *paragraph)
{
    if (is_task_line(paragraph))
        pm_buf_puts(c->out, "<span>");
    else
        pm_confluence_open_paragraph(c, paragraph);
}

static void leave_paragraph(struct pm_confluence *c, const struct pm_node *paragraph)
{
    const struct pm_node *task = paragraph->parent;
    if (!is_task_line(paragraph)) {
        pm_confluence_close_paragraph(c, paragraph);
        return;
    }
    if (task->as.task.assignee.n) {
        pm_buf_puts(c->out, " \302\267 ");
        pm_xml_text(c->out, task->as.task.assignee);
    }
    if (task->as.task.has_due) {
        pm_buf_putc(c->out, ' ');
        pm_confluence_date(c, task->as.task.due);
    }
    pm_buf_puts(c->out, "</span>");
}

/* ---- tables ---- */

/* Of those in lists and quotes none: an expand macro has no place there. */
static bool is_long(const struct pm_node *table)
{
    size_t rows = 0;
    if (table->parent->kind != PM_SECTION && table->parent->kind != PM_DOCUMENT)
        return false;
    for (const struct pm_node *row = table->first; row && rows <= LONG_TABLE; row = row->next)
        rows++;
    return rows > LONG_TABLE;
}

/* True when nothing is left to show. */
static bool enter_table(struct pm_confluence *c, const struct pm_node *table)
{
    if (!table->first || table->as.table.count == 0 || !pm_confluence_tasks(c, table))
        return true;
    c->table = table;
    if (is_long(table))
        pm_confluence_begin_fold(c, table);
    pm_confluence_open_table(c, table);
    return false;
}

static void leave_table(struct pm_confluence *c, const struct pm_node *table)
{
    if (c->table != table)
        return;
    c->table = NULL;
    pm_confluence_close_table(c);
    pm_confluence_end_fold(c, table);
}

/* ---- panels, figures, the rest ---- */

static enum pm_confluence_macro panel_macro(enum pm_tone tone)
{
    switch (tone) {
    case PM_TONE_INFO: return PM_CONFLUENCE_INFO;
    case PM_TONE_SUCCESS: return PM_CONFLUENCE_TIP;
    case PM_TONE_WARNING: case PM_TONE_DANGER: return PM_CONFLUENCE_WARNING;
    case PM_TONE_NOTE: return PM_CONFLUENCE_NOTE;
    default: return PM_CONFLUENCE_PANEL;
    }
}

/* Cloud's panels have no title: it is their first line. */
static void enter_panel(struct pm_confluence *c, const struct pm_node *panel)
{
    bool cloud = c->flavour == PM_CONFLUENCE_CLOUD;
    pm_confluence_open(c, panel_macro(panel->as.tone.tone));
    if (panel->text.n && !cloud)
        pm_confluence_parameter(c, "title", panel->text);
    pm_confluence_body(c);
    if (panel->text.n && cloud) {
        pm_buf_puts(c->out, "<p><strong>");
        pm_xml_text(c->out, panel->text);
        pm_buf_puts(c->out, "</strong></p>\n");
    }
}

/* Letters, digits and "._-" are fit for a file's name everywhere. */
static struct pm_str picture_name(struct pm_confluence *c)
{
    struct pm_buf b;
    pm_buf_init(&b, PM_MAX_SCALAR);
    pm_buf_puts(&b, c->prefix);
    for (size_t i = 0; i < c->doc->id.n; i++) {
        char d = c->doc->id.p[i];
        bool fit = (d >= 'a' && d <= 'z') || (d >= 'A' && d <= 'Z') || (d >= '0' && d <= '9') || d == '.' || d == '_';
        pm_buf_putc(&b, fit ? d : '-');
    }
    pm_buf_puts(&b, "-figure-");
    pm_buf_number(&b, (double)++c->figures, 0);
    pm_buf_puts(&b, ".svg");
    struct pm_str name = b.status ? (struct pm_str){NULL, 0} : pm_arena_str(c->doc->arena, pm_buf_slice(&b));
    if (!name.p)
        c->status = PM_NOMEM;
    pm_buf_free(&b);
    return name;
}

/* Without a caption of its own a picture has its alternative text below: a page whose pictures are not attached says what they show. */
static void put_caption(struct pm_confluence *c, const struct pm_node *figure)
{
    if (figure->first)
        pm_confluence_inlines(c, figure);
    else
        pm_xml_text(c->out, figure->text);
}

static void put_picture(struct pm_confluence *c, const struct pm_node *figure, struct pm_str name)
{
    bool cloud = c->flavour == PM_CONFLUENCE_CLOUD;
    pm_buf_puts(c->out, cloud ? "<ac:image ac:align=\"center\" ac:layout=\"center\" ac:custom-width=\"true\" ac:width=\""
                              : "<p><ac:image ac:width=\"");
    pm_buf_number(c->out, figure->as.figure.scene->width * 96 / 72, 0);   /* points to pixels */
    pm_buf_puts(c->out, "\" ac:alt=\"");
    pm_xml_attribute(c->out, figure->text);
    pm_buf_puts(c->out, "\"><ri:attachment ri:filename=\"");
    pm_xml_attribute(c->out, name);
    pm_buf_puts(c->out, cloud ? "\" /><ac:caption><p>" : "\" /></ac:image></p>\n<p><small>");
    put_caption(c, figure);
    pm_buf_puts(c->out, cloud ? "</p></ac:caption></ac:image>\n" : "</small></p>\n");
}

static void put_figure(struct pm_confluence *c, const struct pm_node *figure)
{
    const struct pm_scene *scene = figure->as.figure.scene;
    if (!scene || scene->count == 0) {
        pm_buf_puts(c->out, "<p>");
        put_caption(c, figure);
        pm_buf_puts(c->out, "</p>\n");
        return;
    }
    struct pm_str name = picture_name(c);
    put_picture(c, figure, name);
    if (c->attach && name.p && c->status == PM_OK)
        c->status = c->attach(c->context, figure, name);
}

/* One table of contents shows the headings of the whole page. */
static void put_contents(struct pm_confluence *c)
{
    if (c->level_at)
        return;
    pm_confluence_open(c, PM_CONFLUENCE_TOC);
    pm_buf_puts(c->out, "<ac:parameter ac:name=\"minLevel\">");
    c->level_at = c->out->len;
    pm_buf_puts(c->out, "2</ac:parameter>");
    pm_confluence_parameter(c, "maxLevel", PM_LIT("3"));
    pm_buf_puts(c->out, "</ac:structured-macro>\n");
}

static void put_badges(struct pm_confluence *c, const struct pm_node *badges)
{
    pm_buf_puts(c->out, "<p>");
    for (const struct pm_node *status = badges->first; status; status = status->next) {
        if (status->prev)
            pm_buf_putc(c->out, ' ');
        pm_confluence_enter_inline(c, status);
    }
    pm_buf_puts(c->out, "</p>\n");
}

/* Of a cover the properties are written at once. */
static bool enter_cover_part(struct pm_confluence *c, const struct pm_node *node)
{
    if (node->parent->kind == PM_COVER || node->kind == PM_TITLE)
        return true;
    if (node->kind == PM_BADGES)
        put_badges(c, node);
    else
        pm_confluence_pairs(c, node);
    return true;
}

/* ---- any block ---- */

bool pm_confluence_enter(struct pm_confluence *c, const struct pm_node *node)
{
    if (!pm_node_is_inline(node->kind))
        pm_confluence_watch_lead(c, node);
    switch (node->kind) {
    case PM_COVER: pm_confluence_details(c, node); break;
    case PM_TITLE: case PM_BADGES: case PM_FACTS: case PM_METRICS: return enter_cover_part(c, node);
    case PM_TOC: put_contents(c); break;
    case PM_SECTION: pm_confluence_enter_section(c, node); break;
    case PM_HEADING: pm_confluence_enter_heading(c, node); return true;
    case PM_PARAGRAPH: enter_paragraph(c, node); break;
    case PM_ITEM: case PM_TASK: enter_item(c, node); break;
    case PM_TABLE: return enter_table(c, node);
    case PM_ROW: pm_confluence_open_row(c); break;
    case PM_CELL: pm_confluence_open_cell(c, node); break;
    case PM_PANEL: enter_panel(c, node); break;
    case PM_QUOTE: pm_buf_puts(c->out, "<blockquote>\n"); break;
    case PM_CODE_BLOCK: pm_confluence_code(c, node->as.code.lang, node->text); break;
    case PM_RULE: pm_buf_puts(c->out, "<hr />\n"); break;
    case PM_FIGURE: put_figure(c, node); return true;
    default: return pm_confluence_enter_inline(c, node);
    }
    return false;
}

void pm_confluence_leave(struct pm_confluence *c, const struct pm_node *node)
{
    switch (node->kind) {
    case PM_SECTION: pm_confluence_leave_section(c, node); break;
    case PM_PARAGRAPH: leave_paragraph(c, node); break;
    case PM_ITEM: case PM_TASK: leave_item(c, node); break;
    case PM_TABLE: leave_table(c, node); break;
    case PM_ROW: pm_confluence_close_row(c, node); break;
    case PM_CELL: pm_confluence_close_cell(c, node); break;
    case PM_PANEL: pm_confluence_close(c); break;
    case PM_QUOTE: pm_buf_puts(c->out, "</blockquote>\n"); break;
    default: pm_confluence_leave_inline(c, node); break;
    }
}
