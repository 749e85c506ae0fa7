#include "render/tree.h"

#include "document/iterator.h"
#include "document/scene.h"

static void put_indent(struct pm_buf *b, int depth)
{
    for (int i = 0; i < depth; i++)
        pm_buf_puts(b, "  ");
}

static void put_quoted(struct pm_buf *b, struct pm_str s)
{
    pm_buf_putc(b, '"');
    pm_buf_json(b, s);
    pm_buf_putc(b, '"');
}

/* Absent strings are left out; empty ones are shown. */
static void put_string(struct pm_buf *b, const char *name, struct pm_str s)
{
    if (!s.p)
        return;
    pm_buf_printf(b, " %s=", name);
    put_quoted(b, s);
}

static void put_flag(struct pm_buf *b, const char *name, bool set)
{
    if (set)
        pm_buf_printf(b, " %s", name);
}

static void put_number(struct pm_buf *b, const char *name, double value)
{
    pm_buf_printf(b, " %s=", name);
    pm_buf_number(b, value, 2);
}

static const char *align_name(enum pm_align align)
{
    static const char *const names[] = {"start", "center", "end"};
    return names[align];
}

static const char *colour_name(enum pm_colour colour)
{
    static const char *const names[PM_COLOUR_COUNT] = {
        "none", "text", "muted", "line", "surface", "paper", "accent", "harm", "detect", "identify", "mitigate", "resolve",
        "done", "open", "in_progress", "blocked", "dropped",
    };
    return names[colour];
}

static void put_columns(struct pm_buf *b, const struct pm_node *table)
{
    pm_buf_puts(b, " columns=");
    for (size_t i = 0; i < table->as.table.count; i++) {
        const struct pm_column *column = &table->as.table.columns[i];
        pm_buf_printf(b, "%s%s/%s%s", i ? "," : "", pm_cell_kind_name(column->kind), align_name(column->align),
                      column->nowrap ? "/nowrap" : "");
    }
    put_flag(b, "timeline", table->as.table.timeline);
}

static void put_cell(struct pm_buf *b, const struct pm_node *cell)
{
    enum pm_cell_kind kind = cell->as.cell.kind;
    pm_buf_printf(b, " kind=%s", pm_cell_kind_name(kind));
    put_flag(b, "blocks", cell->as.cell.blocks);
    if (!cell->as.cell.has_value)
        return;
    pm_buf_puts(b, " value=");
    if (kind == PM_CELL_INSTANT)
        pm_instant_rfc3339(b, cell->as.cell.value, PM_LIT("UTC"));
    else if (kind == PM_CELL_DATE)
        pm_date_iso(b, cell->as.cell.value);
    else if (kind == PM_CELL_DURATION)
        pm_duration_iso(b, cell->as.cell.value);
    else
        pm_buf_number(b, cell->as.cell.number, 6);
}

static void put_task(struct pm_buf *b, const struct pm_node *task)
{
    put_flag(b, "done", task->as.task.done);
    put_string(b, "assignee", task->as.task.assignee);
    if (task->as.task.has_due) {
        pm_buf_puts(b, " due=");
        pm_date_iso(b, task->as.task.due);
    }
}

static void put_time(struct pm_buf *b, const struct pm_node *time)
{
    pm_buf_puts(b, time->as.time.date ? " date=" : " instant=");
    if (time->as.time.date)
        pm_date_iso(b, time->as.time.value);
    else
        pm_instant_rfc3339(b, time->as.time.value, PM_LIT("UTC"));
}

static void put_metric(struct pm_buf *b, const struct pm_node *metric)
{
    put_string(b, "value", metric->as.metric.value);
    put_string(b, "note", metric->as.metric.note);
    pm_buf_printf(b, " tone=%s", pm_tone_name(metric->as.metric.tone));
}

static void put_person(struct pm_buf *b, const struct pm_person_ref *person)
{
    for (size_t i = 0; i < person->count; i++) {
        pm_buf_puts(b, i ? "," : " accounts=");
        pm_buf_str(b, person->accounts[i].service);
        pm_buf_putc(b, '/');
        put_quoted(b, person->accounts[i].id);
    }
}

static void put_todo(struct pm_buf *b, const struct pm_todo *todo)
{
    if (!todo)
        return;
    put_string(b, "todo", todo->id);
    put_string(b, "state", todo->path);
    put_flag(b, "done", todo->done);
    put_flag(b, "closed", todo->closed);
    put_string(b, "assignee", todo->assignee.name);
    put_person(b, &todo->assignee);
    if (todo->has_due) {
        pm_buf_puts(b, " due=");
        pm_date_iso(b, todo->due);
    }
    pm_buf_puts(b, " what=");
    pm_buf_puts(b, todo->what ? pm_node_name(todo->what->kind) : "none");
}

/* Of choices the present one with its label and how many there are: each row of a table has the same. */
static void put_control(struct pm_buf *b, const struct pm_control *control)
{
    if (!control)
        return;
    pm_buf_puts(b, control->kind == PM_CONTROL_DATE ? " control=date:" : " control=choice:");
    put_quoted(b, control->value);
    if (control->kind != PM_CONTROL_CHOICE)
        return;
    for (size_t i = 0; i < control->count; i++) {
        if (pm_str_eq(control->choices[i].value, control->value)) {
            pm_buf_putc(b, '/');
            put_quoted(b, control->choices[i].label);
        }
    }
    pm_buf_printf(b, "/%zu", control->count);
}

static void put_attributes(struct pm_buf *b, const struct pm_node *node)
{
    put_string(b, "path", node->path);
    put_control(b, node->control);
    switch (node->kind) {
    case PM_SECTION:
        pm_buf_printf(b, " level=%d", node->as.section.level);
        put_string(b, "id", node->as.section.id);
        put_flag(b, "numbered", node->as.section.numbered);
        put_flag(b, "lead", node->as.section.lead);
        put_flag(b, "fold", node->as.section.fold);
        put_flag(b, "columns", node->as.section.columns);
        break;
    case PM_LIST:
        if (node->as.list.ordered)
            pm_buf_printf(b, " ordered start=%ld", node->as.list.start);
        put_flag(b, "tight", node->as.list.tight);
        break;
    case PM_ROW:
        put_flag(b, "header", node->as.row.header);
        put_flag(b, "group", node->as.row.group);
        put_flag(b, "strong", node->as.row.strong);
        put_todo(b, node->as.row.todo);
        break;
    case PM_PARAGRAPH: put_flag(b, "minor", node->as.paragraph.minor); break;
    case PM_TASK: put_task(b, node); break;
    case PM_TABLE: put_columns(b, node); break;
    case PM_CELL: put_cell(b, node); break;
    case PM_METRIC: put_metric(b, node); break;
    case PM_PANEL: case PM_STATUS:
        pm_buf_printf(b, " tone=%s", pm_tone_name(node->as.tone.tone));
        put_string(b, "name", node->as.tone.name);
        break;
    case PM_CODE_BLOCK: put_string(b, "lang", node->as.code.lang); break;
    case PM_PERSON: put_person(b, &node->as.person); break;
    case PM_LINK:
        put_string(b, "url", node->as.link.url);
        put_string(b, "service", node->as.link.service);
        put_string(b, "key", node->as.link.key);
        break;
    case PM_TIME: put_time(b, node); break;
    default: break;
    }
    if (node->text.p) {
        pm_buf_putc(b, ' ');
        put_quoted(b, node->text);
    }
}

static void put_shape(struct pm_buf *b, const struct pm_shape *shape)
{
    static const char *const names[] = {"rect", "line", "circle", "diamond", "label"};
    pm_buf_puts(b, names[shape->kind]);
    put_number(b, "x", shape->x);
    put_number(b, "y", shape->y);
    put_number(b, "w", shape->w);
    put_number(b, "h", shape->h);
    if (shape->radius > 0)
        put_number(b, "radius", shape->radius);
    if (shape->fill != PM_COLOUR_NONE)
        pm_buf_printf(b, " fill=%s", colour_name(shape->fill));
    if (shape->stroke != PM_COLOUR_NONE) {
        pm_buf_printf(b, " stroke=%s", colour_name(shape->stroke));
        put_number(b, "stroke_width", shape->stroke_width);
    }
    put_flag(b, "dashed", shape->dashed);
    if (shape->kind == PM_LABEL) {
        put_number(b, "size", shape->size);
        put_flag(b, "bold", shape->bold);
        pm_buf_printf(b, " align=%s", align_name(shape->align));
        put_string(b, "text", shape->text);
    }
    pm_buf_putc(b, '\n');
}

static void put_scene(struct pm_buf *b, const struct pm_scene *scene, int depth)
{
    if (!scene)
        return;
    put_indent(b, depth);
    pm_buf_puts(b, "scene");
    put_number(b, "width", scene->width);
    put_number(b, "height", scene->height);
    pm_buf_putc(b, '\n');
    for (size_t i = 0; i < scene->count; i++) {
        put_indent(b, depth + 1);
        put_shape(b, &scene->shapes[i]);
    }
}

static void put_words(struct pm_buf *b, const struct pm_words *words)
{
    pm_buf_puts(b, "  words");
    put_string(b, "contents", words->contents);
    put_string(b, "page_of", words->page_of);
    put_string(b, "shortened", words->shortened);
    put_string(b, "done", words->done);
    put_string(b, "open", words->open);
    put_string(b, "note", words->note);
    put_string(b, "info", words->info);
    put_string(b, "success", words->success);
    put_string(b, "warning", words->warning);
    put_string(b, "details", words->details);
    put_string(b, "filter", words->filter);
    put_string(b, "found", words->found);
    put_string(b, "skip", words->skip);
    put_string(b, "to_do", words->to_do);
    pm_buf_putc(b, '\n');
}

static void put_head(struct pm_buf *b, const struct pm_document *doc)
{
    put_string(b, "id", doc->id);
    put_string(b, "title", doc->title);
    put_string(b, "lang", doc->lang);
    put_string(b, "author", doc->author);
    put_string(b, "subject", doc->subject);
    put_string(b, "keywords", doc->keywords);
    put_string(b, "header", doc->header);
    put_string(b, "footer", doc->footer);
    pm_buf_puts(b, " instant=");
    pm_instant_rfc3339(b, doc->instant, PM_LIT("UTC"));
    if (doc->max_pages)
        pm_buf_printf(b, " max_pages=%d", doc->max_pages);
    pm_buf_putc(b, '\n');
    put_words(b, &doc->words);
}

void pm_render_tree(const struct pm_document *doc, struct pm_buf *out)
{
    struct pm_iterator it;
    int depth = 0;
    pm_iterator_init(&it, doc->root);
    for (enum pm_event_type event; (event = pm_iterator_next(&it)) != PM_DONE;) {
        if (event == PM_EXIT) {
            depth--;
            continue;
        }
        put_indent(out, depth++);
        pm_buf_puts(out, pm_node_name(it.node->kind));
        if (it.node->kind == PM_DOCUMENT) {
            put_head(out, doc);
            continue;
        }
        put_attributes(out, it.node);
        pm_buf_putc(out, '\n');
        if (it.node->kind == PM_FIGURE)
            put_scene(out, it.node->as.figure.scene, depth);
    }
}
