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
    pm_add_member(c, cell, "id", &((const struct pm_action *)item)->id);
}

static void fill_owner(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_action *a = item;
    if (pm_has(&a->owner))
        pm_add_person(c, cell, &a->owner, pm_path(c, "owner"));
    if (pm_has(&a->owner) && pm_has(&a->team))
        pm_add_text(c->doc, cell, PM_LIT(", "), a->team.mark);
    pm_add_member(c, cell, "team", &a->team);
    if (!cell->first)
        pm_add_text(c->doc, cell, pm_word_of(c, PM_W_NO_OWNER), a->head.mark);
}

static void fill_due(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_action *a = item;
    if (!pm_has(&a->due) || !a->due.valid) {
        pm_add_text(c->doc, cell, pm_has(&a->due) ? a->due.text : pm_word_of(c, PM_W_NO_DATE), a->head.mark);
        pm_set_path(cell, pm_path(c, "due"));
        cell->control = pm_date_control(c, &a->due);
        return;
    }
    cell->as.cell.has_value = true;
    cell->as.cell.value = a->due.as.days;
    struct pm_node *date = pm_set_path(pm_add_date(c, cell, a->due.as.days, a->due.mark), pm_path(c, "due"));
    if (date)
        date->control = pm_date_control(c, &a->due);
    if (pm_action_due(a, c->as_of) == PM_DUE_OVERDUE) {
        pm_add_text(c->doc, cell, PM_LIT(" "), a->due.mark);
        pm_add_status(c->doc, cell, pm_word_of(c, PM_W_OVERDUE), PM_TONE_DANGER, a->due.mark);
    }
}

/* The cell shows a choice, also where none was made. */
static void set_choice(struct pm_composer *c, struct pm_node *cell, const char *name, const struct pm_field *field)
{
    pm_set_path(cell, pm_path(c, name));
    cell->control = pm_choice_control(c, pm_def_at("action_items", name), field);
}

static void fill_priority(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_action *a = item;
    if (pm_has(&a->priority))
        pm_add_text(c->doc, cell, shown(c, "priority", &a->priority), a->priority.mark);
    set_choice(c, cell, "priority", &a->priority);
}

static void fill_type(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_action *a = item;
    if (pm_has(&a->type))
        pm_add_text(c->doc, cell, shown(c, "type", &a->type), a->type.mark);
    set_choice(c, cell, "type", &a->type);
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
    set_choice(c, cell, "status", &a->status);
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
            all = pm_arena_join(c->arena, all, ", ", ids[i].text);
    }
    return all;
}

static struct pm_str lower_case(struct pm_composer *c, struct pm_str s)
{
    struct pm_str copy = pm_arena_str(c->arena, pm_str_trim(s));
    char *p = (char *)copy.p;   /* the arena's own bytes, written once */
    for (size_t i = 0; i < copy.n; i++)
        p[i] = p[i] >= 'A' && p[i] <= 'Z' ? (char)(p[i] - 'A' + 'a') : p[i];
    return copy;
}

/* A ticket is a link also without an address: formats that know the system make one. */
static void add_tracker(struct pm_composer *c, struct pm_node *p, const struct pm_tracker *t)
{
    struct pm_str key = t->key.text, text = key.n ? key : t->url.text;
    bool linked = pm_link_is_safe(t->url.text), known = key.n && t->system.text.n;
    if (!text.n)
        return;
    pm_separate(c, p, t->head.mark);
    struct pm_node *inlines = pm_set_path(linked || known ? pm_node_add(c->doc, p, PM_LINK, t->head.mark)
                                                          : pm_add_text(c->doc, p, text, t->head.mark),
                                          pm_path(c, key.n ? "tracker/key" : "tracker/url"));
    if (!inlines || inlines->kind != PM_LINK)
        return;
    inlines->as.link.url = linked ? t->url.text : PM_LIT("");
    inlines->as.link.service = t->system.text.n ? lower_case(c, t->system.text) : t->system.text;
    inlines->as.link.key = key;
    pm_add_text(c->doc, inlines, text, t->head.mark);
}

static void add_completed(struct pm_composer *c, struct pm_node *p, const struct pm_action *a)
{
    if (!pm_has(&a->completed) || !a->completed.valid)
        return;
    pm_separate(c, p, a->completed.mark);
    struct pm_node *date = pm_add_phrase(c, p, pm_word_of(c, PM_W_COMPLETED), "{date}", shown(c, "completed", &a->completed),
                                         a->completed.mark, pm_path(c, "completed"));
    if (date)
        date->control = pm_date_control(c, &a->completed);
}

static void add_origin(struct pm_composer *c, struct pm_node *cell, const struct pm_action *a)
{
    const struct pm_field_def *type = pm_def_at("action_items", "type");
    struct pm_node *p = pm_add_minor(c, cell, a->head.mark);
    if (type && pm_has(&a->type))
        pm_add_labelled(c, p, "action_items.type", type, &a->type);
    if (a->causes.count) {
        pm_separate(c, p, a->causes.mark);
        pm_add_phrase(c, p, pm_word_of(c, PM_W_FOR_CAUSE), "{ids}", cause_ids(c, &a->causes), a->causes.mark, pm_path(c, "causes"));
    }
    add_completed(c, p, a);
    add_tracker(c, p, &a->tracker);
    if (p && !p->first)
        pm_node_unlink(p);
}

static void add_text_below(struct pm_composer *c, struct pm_node *cell, const char *name, const struct pm_field *field)
{
    if (!pm_has(field))
        return;
    struct pm_node *p = pm_add_minor(c, cell, field->mark);
    pm_add_prose(c, p, pm_object_at("action_items"), name, field);
    pm_lift_path(p);
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
    pm_lift_path(cell);
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

/* What is to be done, in the cell that says it, else in a paragraph of its own that is not in the tree. */
static const struct pm_node *find_item(struct pm_composer *c, const struct pm_table *table, const struct pm_node *row,
                                       const struct pm_action *a)
{
    const struct pm_node *cell = row->first;
    for (size_t i = 0; cell && i < table->count; i++, cell = cell->next) {
        if (pm_str_is(PM_LIT("item"), table->columns[i]->key))
            return cell->as.cell.blocks ? cell->first : cell;
    }
    struct pm_node *apart = pm_arena_alloc(c->arena, sizeof *apart);
    if (!apart)
        return NULL;
    apart->kind = PM_PARAGRAPH;
    fill_item_only(c, apart, a);
    return apart;
}

static void add_row(struct pm_composer *c, const struct pm_table *table, const struct pm_action *a)
{
    pm_enter_entry(c, "action_items", a->id.text, 0);
    struct pm_node *row = pm_table_row(c, table, a, a->head.mark);
    struct pm_todo *todo = row ? pm_arena_alloc(c->arena, sizeof *todo) : NULL;
    if (!todo)
        return;
    *todo = (struct pm_todo){.id = a->id.text, .path = pm_path(c, "status"), .done = a->status.as.choice == PM_AI_DONE,
                             .closed = is_closed(a), .what = find_item(c, table, row, a)};
    if (pm_has(&a->owner))
        todo->assignee = pm_person_ref(c, &a->owner);
    todo->has_due = pm_has(&a->due) && a->due.valid;
    if (todo->has_due)
        todo->due = a->due.as.days;
    row->as.row.todo = todo;
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
    for (size_t i = 0; i < shown_count; i++)
        add_row(c, &table, items[i]);
    if (shown_count < count && !pm_option_is(argument, "rest", "false"))
        add_more(c, parent, count - shown_count);
}
