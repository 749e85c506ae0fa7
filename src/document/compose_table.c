#include "document/compose_internal.h"

const void **pm_pointers(struct pm_composer *c, const struct pm_list *list, size_t size)
{
    const void **out = pm_arena_array(c->arena, list->count ? list->count : 1, sizeof *out);
    for (size_t i = 0; out && i < list->count; i++)
        out[i] = (const char *)list->items + i * size;
    return out;
}

static bool is_shown(const struct pm_table_column *column, const void **items, size_t count)
{
    if (!column->has)
        return true;
    for (size_t i = 0; i < count; i++) {
        if (column->has(items[i]))
            return true;
    }
    return false;
}

static const struct pm_table_column *find_column(const struct pm_table_column *columns, size_t count, struct pm_str key)
{
    for (size_t i = 0; i < count; i++) {
        if (pm_str_is(key, columns[i].key))
            return &columns[i];
    }
    return NULL;
}

static void choose(struct pm_table *t, const struct pm_table_column *column, const void **items, size_t count)
{
    if (column && t->count < PM_MAX_COLUMNS && is_shown(column, items, count))
        t->columns[t->count++] = column;
}

void pm_table_begin(struct pm_composer *c, struct pm_node *parent, const struct pm_table_column *columns, size_t column_count,
                    const struct pm_yaml *chosen, const void **items, size_t item_count, struct pm_mark mark, struct pm_table *out)
{
    struct pm_column kinds[PM_MAX_COLUMNS];
    *out = (struct pm_table){0};
    if (!items)
        return;
    if (chosen) {
        for (const struct pm_yaml *y = chosen->first; y; y = y->next)
            choose(out, find_column(columns, column_count, y->text), items, item_count);
    } else {
        for (size_t i = 0; i < column_count; i++)
            choose(out, &columns[i], items, item_count);
    }
    for (size_t i = 0; i < out->count; i++)
        kinds[i] = out->columns[i]->column;
    out->node = pm_add_table(c->doc, parent, kinds, out->count, mark);
    struct pm_node *row = pm_add_row(c->doc, out->node, true, mark);
    for (size_t i = 0; i < out->count; i++)
        pm_add_cell(c->doc, row, PM_CELL_TEXT, pm_word_of(c, out->columns[i]->heading), mark);
}

struct pm_node *pm_table_row(struct pm_composer *c, const struct pm_table *table, const void *item, struct pm_mark mark)
{
    struct pm_node *row = pm_add_row(c->doc, table->node, false, mark);
    for (size_t i = 0; i < table->count; i++) {
        struct pm_node *cell = pm_add_cell(c->doc, row, table->columns[i]->column.kind, (struct pm_str){NULL, 0}, mark);
        if (cell)
            table->columns[i]->fill(c, cell, item);
        pm_lift_path(cell);
    }
    return row;
}

void pm_table_of(struct pm_composer *c, struct pm_node *parent, const struct pm_table_column *columns, size_t column_count,
                 const struct pm_entries *entries)
{
    const struct pm_list *list = entries->list;
    struct pm_table table;
    if (list->count == 0)
        return;
    const void **items = pm_pointers(c, list, entries->size);
    pm_table_begin(c, parent, columns, column_count, NULL, items, list->count, list->mark, &table);
    for (size_t i = 0; items && i < list->count; i++) {
        const struct pm_object *head = items[i];
        pm_enter_entry(c, entries->path, entries->id ? entries->id(items[i]) : (struct pm_str){NULL, 0}, i + 1);
        pm_table_row(c, &table, items[i], head->mark);
    }
}
