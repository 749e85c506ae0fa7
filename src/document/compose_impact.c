/* Impact in numbers: facts, components, service level objectives, measures. */
#include "document/compose_internal.h"

static struct pm_str number_of(struct pm_composer *c, const struct pm_field *f)
{
    return pm_show_integer(&c->show, f->as.integer);
}

/* A count and its share: "3,120 of 22,300 (14%)", "3,120 (14%)", "14%". */
static void add_count_fact(struct pm_composer *c, struct pm_node *facts, const char *name, const struct pm_field *count,
                           const struct pm_field *total, const char *percent_name, const struct pm_field *percent)
{
    bool known = pm_has(count) && count->valid, share = pm_has(percent) && percent->valid;
    struct pm_mark mark = known ? count->mark : percent->mark;
    struct pm_str pattern = PM_LIT("{part}");
    if (!known && !share)
        return;
    struct pm_str label = pm_language_field(&c->language, pm_arena_format(c->arena, "impact.%s", name), pm_def_at("impact", name));
    struct pm_node *fact = pm_add_fact(c, facts, label, mark);
    c->entry = PM_LIT("impact");
    if (known && total && total->valid && pm_has(total))
        pattern = PM_FILL(c->arena, pm_word_of(c, PM_W_OF_ALL), {"all", number_of(c, total)});
    if (known)
        pm_add_phrase(c, fact, pattern, "{part}", number_of(c, count), mark, pm_path(c, name));
    if (share)
        pm_add_phrase(c, fact, known ? PM_LIT(" ({share})") : PM_LIT("{share}"), "{share}", pm_show_percent(&c->show, percent->text), mark,
                      pm_path(c, percent_name));
    pm_lift_path(fact);
}

static void add_period_fact(struct pm_composer *c, struct pm_node *facts)
{
    const struct pm_incident *in = c->incident;
    const struct pm_field *from = pm_has(&in->impact.started_at) ? &in->impact.started_at : &in->started_at;
    if (!from->valid || !pm_metric_known(c, PM_HARM))
        return;
    pm_instant start = from->as.instant, end = start + c->metrics[PM_HARM].seconds;
    struct pm_str period = pm_show_period(&c->show, start, end), length = pm_metric_text(c, PM_HARM);
    struct pm_node *fact = pm_add_fact(c, facts, pm_word_of(c, PM_W_HARM_PERIOD), from->mark);
    pm_add_text(c->doc, fact, pm_arena_format(c->arena, "%.*s (%.*s)", (int)period.n, period.p, (int)length.n, length.p), from->mark);
}

static void add_revenue_fact(struct pm_composer *c, struct pm_node *facts)
{
    const struct pm_revenue *r = &c->incident->impact.revenue;
    if (!pm_has(&r->amount))
        return;
    struct pm_str pattern = PM_LIT("{amount}");
    if (pm_has(&r->currency))
        pattern = PM_FILL(c->arena, pm_word_of(c, PM_W_MONEY), {"currency", r->currency.text});
    struct pm_node *fact = pm_add_fact(c, facts, pm_word_of(c, PM_W_REVENUE), r->amount.mark);
    c->entry = PM_LIT("impact/revenue");
    pm_add_phrase(c, fact, pattern, "{amount}", pm_show_number(&c->show, r->amount.text), r->amount.mark, pm_path(c, "amount"));
    if (pm_has(&r->note))
        pm_add_phrase(c, fact, PM_LIT(" ({note})"), "{note}", r->note.text, r->note.mark, pm_path(c, "note"));
    pm_lift_path(fact);
}

static void add_names_fact(struct pm_composer *c, struct pm_node *facts, const char *name, const struct pm_list *list)
{
    struct pm_variable v;
    struct pm_str path = pm_arena_format(c->arena, "impact.%s", name);
    if (list->count && path.p && pm_variable_find(c->incident, path, &v))
        pm_add_variable(c, pm_add_fact(c, facts, pm_variable_label(c, &v), list->mark), &v);
}

static void add_impact_fact(struct pm_composer *c, struct pm_node *facts, struct pm_str name)
{
    const struct pm_impact *in = &c->incident->impact;
    const struct { const char *name; const struct pm_field *field; } fields[] = {
        {"support_tickets", &in->support_tickets}, {"data_loss", &in->data_loss}, {"data_exposed", &in->data_exposed},
        {"sla_breached", &in->sla_breached}};
    if (pm_str_is(name, "customers_affected"))
        add_count_fact(c, facts, "customers_affected", &in->customers_affected, &in->customers_total,
                       "customers_affected_pct", &in->customers_affected_pct);
    else if (pm_str_is(name, "requests_failed"))
        add_count_fact(c, facts, "requests_failed", &in->requests_failed, NULL, "requests_failed_pct",
                       &in->requests_failed_pct);
    else if (pm_str_is(name, "period"))
        add_period_fact(c, facts);
    else if (pm_str_is(name, "revenue"))
        add_revenue_fact(c, facts);
    else if (pm_str_is(name, "regions"))
        add_names_fact(c, facts, "regions", &in->regions);
    else if (pm_str_is(name, "environments"))
        add_names_fact(c, facts, "environments", &in->environments);
    for (size_t i = 0; i < PM_COUNT(fields); i++) {
        if (pm_str_is(name, fields[i].name))
            pm_add_field_fact(c, facts, "impact", fields[i].name, fields[i].field);
    }
}

const char *const pm_impact_facts[] = {"customers_affected", "requests_failed", "period", "support_tickets", "revenue",
                                       "data_loss", "data_exposed", "sla_breached", "regions", "environments", NULL};

void pm_compose_impact(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *block, const struct pm_yaml *argument)
{
    const struct pm_yaml *chosen = argument->kind == PM_YAML_MAPPING ? pm_yaml_get(argument, "facts") : NULL;
    struct pm_node *facts = pm_node_add(c->doc, parent, PM_FACTS, c->incident->impact.head.mark);
    (void)block;
    for (const struct pm_yaml *y = chosen ? chosen->first : NULL; y; y = y->next)
        add_impact_fact(c, facts, y->text);
    for (const char *const *name = pm_impact_facts; !chosen && *name; name++)
        add_impact_fact(c, facts, pm_str(*name));
    if (facts && !facts->first)
        pm_node_unlink(facts);
}

/* Cells of one field each. */

static void add_field(struct pm_composer *c, struct pm_node *cell, const char *list, const char *name, const struct pm_field *field)
{
    const struct pm_object_def *impact = pm_object_at("impact");
    const struct pm_field_def *of_list = impact ? pm_field_find(impact, pm_str(list)) : NULL;
    const struct pm_field_def *def = of_list && of_list->object ? pm_field_find(of_list->object, pm_str(name)) : NULL;
    if (def)
        pm_add_value(c, cell, def, field, pm_path(c, name));
}

static void set_number(struct pm_node *cell, const struct pm_field *field)
{
    if (!pm_has(field) || !field->valid)
        return;
    cell->as.cell.has_value = true;
    cell->as.cell.number = field->as.number;
}

static void set_instant(struct pm_node *cell, const struct pm_field *field)
{
    if (!pm_has(field) || !field->valid)
        return;
    cell->as.cell.has_value = true;
    cell->as.cell.value = field->as.instant;
}

/* Components. */

static bool component_has_from(const void *item) { return pm_has(&((const struct pm_component *)item)->from); }
static bool component_has_to(const void *item) { return pm_has(&((const struct pm_component *)item)->to); }

static void fill_component_name(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_component *p = item;
    pm_add_member(c, cell, "name", &p->name);
}

static enum pm_tone component_tone(const struct pm_field *status)
{
    static const enum pm_tone tones[] = {PM_TONE_NEUTRAL, PM_TONE_SUCCESS, PM_TONE_WARNING, PM_TONE_WARNING, PM_TONE_DANGER, PM_TONE_INFO};
    return status->valid && status->as.choice >= 1 && status->as.choice <= 5 ? tones[status->as.choice] : PM_TONE_NEUTRAL;
}

static void fill_component_status(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_component *p = item;
    const struct pm_object_def *impact = pm_object_at("impact");
    const struct pm_field_def *list = impact ? pm_field_find(impact, PM_LIT("components")) : NULL;
    const struct pm_field_def *def = list && list->object ? pm_field_find(list->object, PM_LIT("status")) : NULL;
    if (def && pm_has(&p->status))
        pm_set_path(pm_add_status(c->doc, cell, pm_show_field(&c->show, def, &p->status), component_tone(&p->status), p->status.mark),
                    pm_path(c, "status"));
}

static void fill_component_from(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_component *p = item;
    set_instant(cell, &p->from);
    add_field(c, cell, "components", "from", &p->from);
}

static void fill_component_to(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_component *p = item;
    set_instant(cell, &p->to);
    add_field(c, cell, "components", "to", &p->to);
}

void pm_compose_components(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *block, const struct pm_yaml *argument)
{
    static const struct pm_table_column columns[] = {
        {"name", PM_W_COMPONENT, {PM_CELL_TEXT, PM_ALIGN_START, false}, NULL, fill_component_name},
        {"status", PM_W_STATUS, {PM_CELL_STATUS, PM_ALIGN_START, true}, NULL, fill_component_status},
        {"from", PM_W_FROM, {PM_CELL_INSTANT, PM_ALIGN_START, false}, component_has_from, fill_component_from},
        {"to", PM_W_TO, {PM_CELL_INSTANT, PM_ALIGN_START, false}, component_has_to, fill_component_to},
    };
    (void)block, (void)argument;
    const struct pm_entries components = {"impact/components", &c->incident->impact.components, sizeof(struct pm_component), NULL};
    pm_table_of(c, parent, columns, PM_COUNT(columns), &components);
}

/* Service level objectives. */

static void fill_slo_name(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_slo *s = item;
    pm_add_member(c, cell, "name", &s->name);
}

static void fill_slo_target(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_slo *s = item;
    set_number(cell, &s->target_pct);
    add_field(c, cell, "slo", "target_pct", &s->target_pct);
}

static void fill_slo_window(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_slo *s = item;
    if (s->window.valid) {
        cell->as.cell.has_value = true;
        cell->as.cell.value = s->window.as.seconds;
    }
    add_field(c, cell, "slo", "window", &s->window);
}

static void fill_slo_budget(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_slo *s = item;
    set_number(cell, &s->budget_spent_pct);
    if (pm_has(&s->budget_spent_pct))
        pm_set_path(pm_add_text(c->doc, cell, pm_show_percent(&c->show, s->budget_spent_pct.text), s->budget_spent_pct.mark),
                    pm_path(c, "budget_spent_pct"));
}

static bool slo_has_target(const void *item) { return pm_has(&((const struct pm_slo *)item)->target_pct); }
static bool slo_has_window(const void *item) { return pm_has(&((const struct pm_slo *)item)->window); }
static bool slo_has_budget(const void *item) { return pm_has(&((const struct pm_slo *)item)->budget_spent_pct); }

void pm_compose_slo(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *block, const struct pm_yaml *argument)
{
    static const struct pm_table_column columns[] = {
        {"name", PM_W_OBJECTIVE, {PM_CELL_TEXT, PM_ALIGN_START, false}, NULL, fill_slo_name},
        {"target", PM_W_TARGET, {PM_CELL_NUMBER, PM_ALIGN_END, true}, slo_has_target, fill_slo_target},
        {"window", PM_W_WINDOW, {PM_CELL_DURATION, PM_ALIGN_END, true}, slo_has_window, fill_slo_window},
        {"budget", PM_W_BUDGET_SPENT, {PM_CELL_NUMBER, PM_ALIGN_END, true}, slo_has_budget, fill_slo_budget},
    };
    (void)block, (void)argument;
    const struct pm_entries objectives = {"impact/slo", &c->incident->impact.slo, sizeof(struct pm_slo), NULL};
    pm_table_of(c, parent, columns, PM_COUNT(columns), &objectives);
}

/* Measures: numbers with the unit beside them. */

static void fill_measure_name(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_measure *m = item;
    pm_add_member(c, cell, "name", &m->name);
}

static void add_amount(struct pm_composer *c, struct pm_node *cell, const char *name, const struct pm_field *value,
                       const struct pm_field *unit)
{
    if (!pm_has(value))
        return;
    if (pm_has(unit) && pm_str_is(unit->text, "%")) {
        pm_set_path(pm_add_text(c->doc, cell, pm_show_percent(&c->show, value->text), value->mark), pm_path(c, name));
        return;
    }
    pm_set_path(pm_add_text(c->doc, cell, pm_show_number(&c->show, value->text), value->mark), pm_path(c, name));
    if (pm_has(unit))
        pm_add_text(c->doc, cell, pm_arena_format(c->arena, "\302\240%.*s", (int)unit->text.n, unit->text.p), value->mark);
}

static void fill_measure_value(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_measure *m = item;
    add_amount(c, cell, "value", &m->value, &m->unit);
}

static void fill_measure_baseline(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_measure *m = item;
    add_amount(c, cell, "baseline", &m->baseline, &m->unit);
}

static void fill_measure_source(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_measure *m = item;
    struct pm_list one = {.mark = m->source.mark, .items = (void *)&m->source, .count = 1};   /* often the id of an evidence */
    if (pm_has(&m->source))
        pm_add_evidence(c, cell, &one, pm_path(c, "source"));
}

static bool measure_has_baseline(const void *item) { return pm_has(&((const struct pm_measure *)item)->baseline); }
static bool measure_has_source(const void *item) { return pm_has(&((const struct pm_measure *)item)->source); }

void pm_compose_measures(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *block, const struct pm_yaml *argument)
{
    static const struct pm_table_column columns[] = {
        {"name", PM_W_MEASURE, {PM_CELL_TEXT, PM_ALIGN_START, false}, NULL, fill_measure_name},
        {"value", PM_W_VALUE, {PM_CELL_TEXT, PM_ALIGN_END, false}, NULL, fill_measure_value},
        {"baseline", PM_W_BASELINE, {PM_CELL_TEXT, PM_ALIGN_END, false}, measure_has_baseline, fill_measure_baseline},
        {"source", PM_W_SOURCE, {PM_CELL_TEXT, PM_ALIGN_START, false}, measure_has_source, fill_measure_source},
    };
    (void)block, (void)argument;
    const struct pm_entries measures = {"impact/measures", &c->incident->impact.measures, sizeof(struct pm_measure), NULL};
    pm_table_of(c, parent, columns, PM_COUNT(columns), &measures);
}
