#include "document/compose_internal.h"

#include "document/figure_internal.h"

#include <string.h>

static bool has_team(const void *item) { return pm_has(&((const struct pm_event *)item)->team); }
static bool has_by(const void *item) { return pm_has(&((const struct pm_event *)item)->by); }
static bool has_kind(const void *item) { return pm_has(&((const struct pm_event *)item)->kind); }
static bool has_phase(const void *item) { return pm_has(&((const struct pm_event *)item)->phase); }

static bool is_approximate(const struct pm_event *e)
{
    return pm_has(&e->confidence) && pm_str_same_word(e->confidence.text, "approx");
}

/* Only the moments that a reader looks for are marked; a lozenge in each row would mark none. */
static bool kind_tone(const struct pm_event *e, enum pm_tone *tone)
{
    switch (e->kind.valid ? e->kind.as.choice : 0) {
    case PM_EV_IMPACT_START: *tone = PM_TONE_DANGER; return true;
    case PM_EV_DETECTED:
    case PM_EV_ESCALATED: *tone = PM_TONE_WARNING; return true;
    case PM_EV_CHANGE: *tone = PM_TONE_NEUTRAL; return true;
    case PM_EV_ACKNOWLEDGED:
    case PM_EV_IDENTIFIED: *tone = PM_TONE_INFO; return true;
    case PM_EV_MITIGATED:
    case PM_EV_RESOLVED:
    case PM_EV_IMPACT_END: *tone = PM_TONE_SUCCESS; return true;
    default: return false;
    }
}

static struct pm_str kind_label(struct pm_composer *c, const struct pm_event *e)
{
    const struct pm_field_def *def = pm_def_at("timeline", "kind");
    return def ? pm_show_field(&c->show, def, &e->kind) : e->kind.text;
}

static bool has_seconds(const struct pm_field *f)
{
    return pm_has(f) && f->valid && f->as.instant % 60 != 0;
}

static struct pm_str until_text(struct pm_composer *c, const struct pm_event *e, bool seconds)
{
    struct pm_str end = pm_show_clock(&c->show, e->until.as.instant, seconds);
    int64_t day = pm_show_day_of(&c->show, e->until.as.instant);
    if (day == pm_show_day_of(&c->show, e->at.as.instant))
        return end;
    struct pm_str date = pm_show_day_month(&c->show, day);
    return pm_arena_join(c->arena, date, ",\302\240", end);
}

/* Times of one column have one form. */
static bool any_seconds(const void *const *events, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct pm_event *e = events[i];
        if (has_seconds(&e->at) || has_seconds(&e->until))
            return true;
    }
    return false;
}

static bool has_until(const struct pm_event *e)
{
    return e->until.valid && e->until.as.instant > e->at.as.instant;
}

/* "13:52", "13:52–14:10", "≈ 13:52". */
static struct pm_str time_text(struct pm_composer *c, const struct pm_event *e)
{
    bool seconds = c->clock_seconds && !is_approximate(e);
    struct pm_str text = pm_show_clock(&c->show, e->at.as.instant, seconds);
    if (has_until(e)) {
        struct pm_str end = until_text(c, e, seconds);
        text = pm_arena_join(c->arena, text, "\342\200\223", end);
    }
    return is_approximate(e) ? PM_FILL(c->arena, pm_word_of(c, PM_W_ABOUT), {"time", text}) : text;
}

static void fill_time(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_event *e = item;
    if (!e->at.valid) {
        pm_add_member(c, cell, "at", &e->at);
        return;
    }
    cell->as.cell.has_value = true;
    cell->as.cell.value = e->at.as.instant;
    struct pm_node *time = pm_add_instant(c, cell, time_text(c, e), e->at.as.instant, e->at.mark);
    if (!has_until(e))
        pm_set_path(time, pm_path(c, "at"));
}

static void fill_team(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_event *e = item;
    pm_add_member(c, cell, "team", &e->team);
}

static void fill_by(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_event *e = item;
    if (pm_has(&e->by))
        pm_add_person(c, cell, &e->by, pm_path(c, "by"));
}

static void fill_kind(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_event *e = item;
    enum pm_tone tone = PM_TONE_NEUTRAL;
    if (!pm_has(&e->kind))
        return;
    struct pm_node *kind = kind_tone(e, &tone) ? pm_add_status(c->doc, cell, kind_label(c, e), tone, e->kind.mark)
                                               : pm_add_text(c->doc, cell, kind_label(c, e), e->kind.mark);
    pm_set_path(kind, pm_path(c, "kind"));
}

static void fill_phase(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_event *e = item;
    pm_add_member(c, cell, "phase", &e->phase);
}

static void add_event_line(struct pm_composer *c, struct pm_node *parent, const struct pm_event *e)
{
    enum pm_tone tone;
    pm_add_prose(c, parent, pm_object_at("timeline"), "event", &e->event);
    if (kind_tone(e, &tone)) {
        pm_add_text(c->doc, parent, PM_LIT("\302\240"), e->kind.mark);   /* never alone on a line */
        pm_set_path(pm_add_status(c->doc, parent, kind_label(c, e), tone, e->kind.mark), pm_path(c, "kind"));
    }
    pm_lift_path(parent);
}

static void add_source(struct pm_composer *c, struct pm_node *paragraph, const struct pm_event_source *s)
{
    struct pm_str text = pm_has(&s->id) ? s->id.text : pm_has(&s->system) ? s->system.text : s->url.text;
    if (!text.n)
        return;
    pm_separate(c, paragraph, s->head.mark);
    const char *name = pm_has(&s->id) ? "source/id" : pm_has(&s->system) ? "source/system" : "source/url";
    bool both = pm_has(&s->id) && pm_has(&s->system);
    if (both)
        text = pm_arena_join(c->arena, s->system.text, " ", s->id.text);
    struct pm_node *link = pm_add_link(c, paragraph, text, s->url.text, s->head.mark);
    if (!both)
        pm_set_path(link, pm_path(c, name));
}

static bool has_details(const struct pm_event *e)
{
    return pm_has(&e->note) || pm_has(&e->by) || e->evidence.count || e->source.head.mark.line;
}

/* The note, who, evidence and source, as a second paragraph of the cell. */
static void add_details(struct pm_composer *c, struct pm_node *cell, const struct pm_event *e)
{
    struct pm_node *p = pm_add_minor(c, cell, e->head.mark);
    pm_add_prose(c, p, pm_object_at("timeline"), "note", &e->note);
    if (pm_has(&e->by)) {
        pm_separate(c, p, e->by.mark);
        pm_add_person(c, p, &e->by, pm_path(c, "by"));
    }
    if (e->evidence.count) {
        pm_separate(c, p, e->evidence.mark);
        pm_add_references(c, p, &e->evidence);
    }
    add_source(c, p, &e->source);
    pm_lift_path(p);
    if (p && !p->first)
        pm_node_unlink(p);
}

static void fill_event_only(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    add_event_line(c, cell, item);
}

static void fill_event(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_event *e = item;
    if (!has_details(e)) {
        add_event_line(c, cell, e);
        return;
    }
    cell->as.cell.blocks = true;
    add_event_line(c, pm_node_add(c->doc, cell, PM_PARAGRAPH, e->event.mark), e);
    add_details(c, cell, e);
}

static const struct pm_table_column columns[] = {
    {"time", PM_W_TIME, {PM_CELL_INSTANT, PM_ALIGN_START, true}, NULL, fill_time},
    {"event", PM_W_EVENT, {PM_CELL_TEXT, PM_ALIGN_START, false}, NULL, fill_event},
    {"team", PM_W_TEAM, {PM_CELL_TEXT, PM_ALIGN_START, false}, has_team, fill_team},
    {"by", PM_W_BY, {PM_CELL_TEXT, PM_ALIGN_START, false}, has_by, fill_by},
    {"kind", PM_W_KIND, {PM_CELL_STATUS, PM_ALIGN_START, false}, has_kind, fill_kind},
    {"phase", PM_W_PHASE, {PM_CELL_TEXT, PM_ALIGN_START, false}, has_phase, fill_phase},
};

enum { USUAL_COLUMNS = 3 };   /* the first ones, where a template does not choose */

/* Without notes: for short tables. */
static const struct pm_table_column short_columns[] = {
    {"time", PM_W_TIME, {PM_CELL_INSTANT, PM_ALIGN_START, true}, NULL, fill_time},
    {"event", PM_W_EVENT, {PM_CELL_TEXT, PM_ALIGN_START, false}, NULL, fill_event_only},
    {"team", PM_W_TEAM, {PM_CELL_TEXT, PM_ALIGN_START, false}, has_team, fill_team},
    {"by", PM_W_BY, {PM_CELL_TEXT, PM_ALIGN_START, false}, has_by, fill_by},
    {"kind", PM_W_KIND, {PM_CELL_STATUS, PM_ALIGN_START, false}, has_kind, fill_kind},
    {"phase", PM_W_PHASE, {PM_CELL_TEXT, PM_ALIGN_START, false}, has_phase, fill_phase},
};

static void add_zone_line(struct pm_composer *c, struct pm_node *parent, const struct pm_event *first)
{
    pm_instant t = first->at.valid ? first->at.as.instant : c->incident->started_at.as.instant;
    struct pm_node *p = pm_add_minor(c, parent, c->incident->tz.mark);
    struct pm_str name = pm_show_zone(&c->show, t), zone = c->show.zone, text = pm_word_of(c, PM_W_ALL_TIMES_UTC);
    if (!pm_str_is(zone, "Etc/UTC") && !pm_str_is(zone, "UTC"))
        text = PM_FILL(c->arena, pm_word_of(c, PM_W_ALL_TIMES), {"zone", zone}, {"name", name});
    pm_add_text(c->doc, p, text, c->incident->tz.mark);
}

/* The day's date is a date of its own within the phrase, which formats may show in their way. */
static void add_day(struct pm_composer *c, const struct pm_table *table, const struct pm_event *e)
{
    const struct pm_str none = {NULL, 0};
    int64_t day = pm_show_day_of(&c->show, e->at.as.instant);
    struct pm_str text = pm_show_weekday(&c->show, e->at.as.instant), date = pm_show_date(&c->show, day);
    struct pm_node *row = pm_add_row(c->doc, table->node, false, e->at.mark);
    struct pm_node *cell = pm_add_cell(c->doc, row, PM_CELL_TEXT, none, e->at.mark);
    const char *found = text.p && date.n ? strstr(text.p, date.p) : NULL;   /* both end in NUL */
    size_t before = found ? (size_t)(found - text.p) : text.n;
    if (row)
        row->as.row.group = true;
    if (before)
        pm_add_text(c->doc, cell, (struct pm_str){text.p, before}, e->at.mark);
    if (!found)
        return;
    pm_add_date(c, cell, day, e->at.mark);
    if (before + date.n < text.n)
        pm_add_text(c->doc, cell, (struct pm_str){found + date.n, text.n - before - date.n}, e->at.mark);
}

static size_t choose_events(const void **events, size_t count, bool important_only)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const struct pm_event *e = events[i];
        if (!important_only || pm_event_is_important(e))
            events[kept++] = e;
    }
    return kept;
}

static void add_more(struct pm_composer *c, struct pm_node *parent, size_t n)
{
    struct pm_node *p = pm_add_minor(c, parent, c->incident->timeline.mark);
    pm_add_text(c->doc, p, PM_FILL(c->arena, pm_word_of(c, PM_W_MORE_EVENTS), {"n", pm_show_integer(&c->show, (int64_t)n)}),
                c->incident->timeline.mark);
}

static void add_rows(struct pm_composer *c, const struct pm_table *table, const void **events, size_t count)
{
    int64_t day = INT64_MIN;
    for (size_t i = 0; i < count; i++) {
        const struct pm_event *e = events[i];
        int64_t today = e->at.valid ? pm_show_day_of(&c->show, e->at.as.instant) : day;
        if (today != day)
            add_day(c, table, e);
        day = today;
        pm_enter_entry(c, "timeline", e->id.text, 0);
        struct pm_node *row = pm_table_row(c, table, e, e->head.mark);
        if (row)
            row->as.row.strong = pm_event_is_important(e);
    }
}

void pm_compose_timeline(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *block, const struct pm_yaml *argument)
{
    const struct pm_list *list = &c->incident->timeline;
    const struct pm_yaml *chosen = argument->kind == PM_YAML_MAPPING ? pm_yaml_get(argument, "columns") : NULL;
    const struct pm_table_column *set = pm_option_is(argument, "details", "false") ? short_columns : columns;
    const void **events = pm_pointers(c, list, sizeof(struct pm_event));
    struct pm_table table;
    (void)block;
    if (!events || list->count == 0)
        return;
    size_t count = choose_events(events, list->count, pm_option_true(argument, "important_only"));
    size_t most = pm_option_number(argument, "most", count), shown = count < most ? count : most;
    if (shown == 0)
        return;
    c->clock_seconds = any_seconds((const void *const *)events, shown);
    add_zone_line(c, parent, events[0]);
    pm_table_begin(c, parent, set, chosen ? PM_COUNT(columns) : USUAL_COLUMNS, chosen, events, shown, list->mark, &table);
    if (table.node)
        table.node->as.table.timeline = true;
    add_rows(c, &table, events, shown);
    if (shown < count)
        add_more(c, parent, count - shown);
}
