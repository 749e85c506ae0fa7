#include "document/compose_internal.h"

#include "document/markdown.h"

#include <limits.h>
#include <stdlib.h>

static bool has_id(const void *item) { return pm_has(&((const struct pm_action *)item)->id); }
static bool has_type(const void *item) { return pm_has(&((const struct pm_action *)item)->type); }
static bool has_priority(const void *item) { return pm_has(&((const struct pm_action *)item)->priority); }

static bool is_closed(const struct pm_action *a)
{
    return a->status.as.choice == PM_AI_DONE || a->status.as.choice == PM_AI_WONT_DO;
}

static struct pm_str shown(struct pm_composer *c, const char *name, const struct pm_field *field)
{
    const struct pm_field_def *def = pm_def_at("action_items", name);
    return def ? pm_show_field(&c->show, def, field) : field->text;
}

/* Cells. */

static void fill_id(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_action *a = item;
    pm_add_text(c->doc, cell, a->id.text, a->id.mark);
}

static void fill_owner(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_action *a = item;
    if (pm_has(&a->owner))
        pm_add_text(c->doc, cell, pm_person_name(c->incident, &a->owner), a->owner.mark);
    if (pm_has(&a->owner) && pm_has(&a->team))
        pm_add_text(c->doc, cell, PM_LIT(", "), a->team.mark);
    if (pm_has(&a->team))
        pm_add_text(c->doc, cell, a->team.text, a->team.mark);
    if (!cell->first)
        pm_add_text(c->doc, cell, pm_word_of(c, PM_W_NO_OWNER), a->head.mark);
}

static void fill_due(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_action *a = item;
    if (!pm_has(&a->due) || !a->due.valid) {
        pm_add_text(c->doc, cell, pm_has(&a->due) ? a->due.text : pm_word_of(c, PM_W_NO_DATE), a->head.mark);
        return;
    }
    cell->as.cell.has_value = true;
    cell->as.cell.value = a->due.as.days;
    pm_add_date(c, cell, a->due.as.days, a->due.mark);
    if (pm_action_due(a, c->as_of) == PM_DUE_OVERDUE) {
        pm_add_text(c->doc, cell, PM_LIT(" "), a->due.mark);
        pm_add_status(c->doc, cell, pm_word_of(c, PM_W_OVERDUE), PM_TONE_DANGER, a->due.mark);
    }
}

static void fill_priority(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_action *a = item;
    if (pm_has(&a->priority))
        pm_add_text(c->doc, cell, shown(c, "priority", &a->priority), a->priority.mark);
}

static void fill_type(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_action *a = item;
    if (pm_has(&a->type))
        pm_add_text(c->doc, cell, shown(c, "type", &a->type), a->type.mark);
}

static enum pm_tone status_tone(const struct pm_action *a)
{
    switch (a->status.as.choice) {
    case PM_AI_DONE: return PM_TONE_SUCCESS;
    case PM_AI_IN_PROGRESS: return PM_TONE_INFO;
    case PM_AI_BLOCKED: return PM_TONE_WARNING;
    default: return PM_TONE_NEUTRAL;
    }
}

static void fill_status(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_action *a = item;
    pm_add_status(c->doc, cell, shown(c, "status", &a->status), status_tone(a), a->status.mark.line ? a->status.mark : a->head.mark);
}

/* Below the item: what exactly, when it counts as done, and where it comes from and is tracked. */

static struct pm_str cause_ids(struct pm_composer *c, const struct pm_list *causes)
{
    struct pm_str all = {NULL, 0};
    const struct pm_field *ids = causes->items;
    for (size_t i = 0; i < causes->count && i < 20; i++) {
        if (i == 0)
            all = ids[i].text;
        else
            all = pm_arena_format(c->arena, "%.*s, %.*s", (int)all.n, all.p, (int)ids[i].text.n, ids[i].text.p);
    }
    return all;
}

static void add_tracker(struct pm_composer *c, struct pm_node *p, const struct pm_tracker *t)
{
    struct pm_str text = pm_has(&t->key) ? t->key.text : t->url.text;
    if (!text.n)
        return;
    pm_separate(c, p, t->head.mark);
    pm_add_link(c, p, text, t->url.text, t->head.mark);
}

static void add_origin(struct pm_composer *c, struct pm_node *cell, const struct pm_action *a)
{
    const struct pm_field_def *type = pm_def_at("action_items", "type");
    struct pm_node *p = pm_add_minor(c, cell, a->head.mark);
    if (type && pm_has(&a->type))
        pm_add_labelled(c, p, "action_items.type", type, &a->type);
    if (a->causes.count) {
        pm_separate(c, p, a->causes.mark);
        pm_add_text(c->doc, p, PM_FILL(c->arena, pm_word_of(c, PM_W_FOR_CAUSE), {"ids", cause_ids(c, &a->causes)}), a->causes.mark);
    }
    if (pm_has(&a->completed) && a->completed.valid) {
        pm_separate(c, p, a->completed.mark);
        struct pm_str text = PM_FILL(c->arena, pm_word_of(c, PM_W_COMPLETED), {"date", shown(c, "completed", &a->completed)});
        pm_add_text(c->doc, p, text, a->completed.mark);
    }
    add_tracker(c, p, &a->tracker);
    if (p && !p->first)
        pm_node_unlink(p);
}

static void add_text_below(struct pm_composer *c, struct pm_node *cell, const char *name, const struct pm_field *field)
{
    if (pm_has(field))
        pm_add_prose(c, pm_add_minor(c, cell, field->mark), pm_object_at("action_items"), name, field);
}

static void add_done_when(struct pm_composer *c, struct pm_node *cell, const struct pm_action *a)
{
    if (!pm_has(&a->done_when))
        return;
    struct pm_node *p = pm_add_minor(c, cell, a->done_when.mark);
    pm_add_text(c->doc, p, pm_word_of(c, PM_W_DONE_WHEN), a->done_when.mark);
    pm_add_prose(c, p, pm_object_at("action_items"), "done_when", &a->done_when);
}

static bool has_details(const struct pm_action *a)
{
    return pm_has(&a->description) || pm_has(&a->done_when) || pm_has(&a->type) || a->causes.count || pm_has(&a->completed) ||
           pm_has(&a->tracker.key) || pm_has(&a->tracker.url) || pm_has(&a->note);
}

static void fill_item_only(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    pm_add_prose(c, cell, pm_object_at("action_items"), "item", &((const struct pm_action *)item)->item);
}

static void fill_item(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_action *a = item;
    if (!has_details(a)) {
        fill_item_only(c, cell, item);
        return;
    }
    cell->as.cell.blocks = true;
    fill_item_only(c, pm_node_add(c->doc, cell, PM_PARAGRAPH, a->item.mark), item);
    add_text_below(c, cell, "description", &a->description);
    add_done_when(c, cell, a);
    add_text_below(c, cell, "note", &a->note);
    add_origin(c, cell, a);
}

#define ITEM_COLUMNS(item_function) \
    {"id", PM_W_ID, {PM_CELL_ID, PM_ALIGN_START, true}, has_id, fill_id}, \
    {"item", PM_W_ACTION_ITEM, {PM_CELL_TEXT, PM_ALIGN_START, false}, NULL, item_function}, \
    {"owner", PM_W_OWNER, {PM_CELL_TEXT, PM_ALIGN_START, false}, NULL, fill_owner}, \
    {"due", PM_W_DUE, {PM_CELL_DATE, PM_ALIGN_START, false}, NULL, fill_due}, \
    {"priority", PM_W_PRIORITY, {PM_CELL_TEXT, PM_ALIGN_START, true}, has_priority, fill_priority}, \
    {"status", PM_W_STATUS, {PM_CELL_STATUS, PM_ALIGN_START, true}, NULL, fill_status}, \
    {"type", PM_W_TYPE, {PM_CELL_TEXT, PM_ALIGN_START, true}, has_type, fill_type}

static const struct pm_table_column columns[] = {ITEM_COLUMNS(fill_item)};
static const struct pm_table_column short_columns[] = {ITEM_COLUMNS(fill_item_only)};
enum { USUAL_COLUMNS = 6 };   /* the first ones, where a template does not choose */

/* Order and choice. */

struct ranked { const struct pm_action *action; bool closed, overdue; int priority; int64_t due; size_t index; };

static int compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* Open before closed, then by priority, overdue first, then by date; the author's order decides the rest. */
static int compare_importance(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    int order = compare(x->closed, y->closed);
    if (order == 0)
        order = compare(x->priority, y->priority);
    if (order == 0)
        order = compare(y->overdue, x->overdue);
    if (order == 0)
        order = compare(x->due, y->due);
    return order ? order : compare((int64_t)x->index, (int64_t)y->index);
}

static void sort_by_importance(struct pm_composer *c, const void **items, size_t count)
{
    struct ranked *ranked = pm_arena_array(c->arena, count, sizeof *ranked);
    for (size_t i = 0; ranked && i < count; i++) {
        const struct pm_action *a = items[i];
        ranked[i] = (struct ranked){.action = a, .closed = is_closed(a), .index = i};
        ranked[i].overdue = pm_action_due(a, c->as_of) == PM_DUE_OVERDUE;
        ranked[i].priority = pm_has(&a->priority) && a->priority.valid ? a->priority.as.choice : INT_MAX;
        ranked[i].due = pm_has(&a->due) && a->due.valid ? a->due.as.days : INT64_MAX;
    }
    if (!ranked)
        return;
    qsort(ranked, count, sizeof *ranked, compare_importance);
    for (size_t i = 0; i < count; i++)
        items[i] = ranked[i].action;
}

static size_t drop_closed(const void **items, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (!is_closed(items[i]))
            items[kept++] = items[i];
    }
    return kept;
}

static void add_summary(struct pm_composer *c, struct pm_node *parent)
{
    struct pm_action_counts n = pm_count_actions(c->incident, c->as_of);
    struct pm_mark mark = c->incident->action_items.mark;
    struct pm_str text = PM_FILL(c->arena, pm_word_of(c, PM_W_ACTION_SUMMARY), {"count", pm_show_integer(&c->show, (int64_t)n.all)},
                                 {"done", pm_show_integer(&c->show, (int64_t)n.done)}, {"open", pm_show_integer(&c->show, (int64_t)n.open)},
                                 {"overdue", pm_show_integer(&c->show, (int64_t)n.overdue)}, {"date", pm_show_date(&c->show, c->as_of)});
    pm_add_text(c->doc, pm_node_add(c->doc, parent, PM_PARAGRAPH, mark), text, mark);
}

static void add_more(struct pm_composer *c, struct pm_node *parent, size_t n)
{
    struct pm_mark mark = c->incident->action_items.mark;
    struct pm_str text = PM_FILL(c->arena, pm_word_of(c, n == 1 ? PM_W_MORE_ACTION : PM_W_MORE_ACTIONS),
                                 {"n", pm_show_integer(&c->show, (int64_t)n)});
    pm_add_text(c->doc, pm_add_minor(c, parent, mark), text, mark);
}

void pm_compose_actions(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *block, const struct pm_yaml *argument)
{
    const struct pm_list *list = &c->incident->action_items;
    const struct pm_yaml *chosen = argument->kind == PM_YAML_MAPPING ? pm_yaml_get(argument, "columns") : NULL;
    const struct pm_table_column *set = pm_option_is(argument, "details", "false") ? short_columns : columns;
    const void **items = pm_pointers(c, list, sizeof(struct pm_action));
    size_t count = list->count;
    struct pm_table table;
    (void)block;
    if (!items || count == 0)
        return;
    if (pm_option_is(argument, "order", "importance"))
        sort_by_importance(c, items, count);
    if (pm_option_true(argument, "open_only"))
        count = drop_closed(items, count);
    if (pm_option_true(argument, "summary"))
        add_summary(c, parent);
    size_t most = pm_option_number(argument, "most", count), shown_count = count < most ? count : most;
    if (shown_count == 0)
        return;
    pm_table_begin(c, parent, set, chosen ? PM_COUNT(columns) : USUAL_COLUMNS, chosen, items, shown_count, list->mark, &table);
    for (size_t i = 0; i < shown_count; i++) {
        const struct pm_action *a = items[i];
        pm_table_row(c, &table, a, a->head.mark);
    }
    if (shown_count < count && !pm_option_is(argument, "rest", "false"))
        add_more(c, parent, count - shown_count);
}
