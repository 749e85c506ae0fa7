/* The title block, and the facts and large figures that templates may put anywhere. */
#include "document/compose_internal.h"

static const struct pm_mark nowhere = {0, 0, 0};
static const char *const usual_facts[] = {"id", "period", "owner", "roles.incident_commander", "authors", "reviewers", "services", NULL};
static const char *const usual_metrics[] = {"duration", "metrics.ttd", "metrics.ttm", "metrics.ttr", "customers", NULL};
static const char *const usual_badges[] = {"severity", "incident_status", "status", "visibility", NULL};

/* Badges. */

static enum pm_tone severity_tone(const struct pm_field *f)
{
    static const enum pm_tone tones[] = {PM_TONE_NEUTRAL, PM_TONE_DANGER, PM_TONE_WARNING, PM_TONE_NOTE};
    return f->valid && f->as.choice >= 1 && f->as.choice <= 3 ? tones[f->as.choice] : PM_TONE_NEUTRAL;
}

static enum pm_tone state_tone(const struct pm_field *f)
{
    static const enum pm_tone tones[] = {PM_TONE_NEUTRAL, PM_TONE_DANGER, PM_TONE_WARNING, PM_TONE_INFO, PM_TONE_SUCCESS};
    return f->valid && f->as.choice <= PM_RESOLVED ? tones[f->as.choice] : PM_TONE_NEUTRAL;
}

static enum pm_tone status_tone(const struct pm_field *f)
{
    static const enum pm_tone tones[] = {PM_TONE_NEUTRAL, PM_TONE_NEUTRAL, PM_TONE_INFO, PM_TONE_SUCCESS, PM_TONE_DANGER};
    return f->valid && f->as.choice <= PM_STATUS_WITHDRAWN ? tones[f->as.choice] : PM_TONE_NEUTRAL;
}

static enum pm_tone visibility_tone(const struct pm_field *f)
{
    return pm_str_same_word(f->text, "restricted") ? PM_TONE_WARNING : PM_TONE_NEUTRAL;
}

static void add_badge(struct pm_composer *c, struct pm_node *badges, struct pm_str name)
{
    const struct pm_incident *in = c->incident;
    const struct { const char *name; const struct pm_field *field; enum pm_tone tone; } known[] = {
        {"severity", &in->severity, severity_tone(&in->severity)},
        {"incident_status", &in->incident_status, state_tone(&in->incident_status)},
        {"status", &in->status, status_tone(&in->status)},
        {"visibility", &in->visibility, visibility_tone(&in->visibility)},
        {"kind", &in->kind, PM_TONE_NEUTRAL},
    };
    for (size_t i = 0; i < PM_COUNT(known); i++) {
        const struct pm_field_def *def = pm_def_at(NULL, known[i].name);
        if (!pm_str_is(name, known[i].name) || !def || !pm_has(known[i].field))
            continue;
        struct pm_str label = pm_show_field(&c->show, def, known[i].field);
        struct pm_node *badge = pm_add_status(c->doc, badges, label, known[i].tone, known[i].field->mark);
        if (pm_set_path(badge, pm_str(known[i].name))) {
            badge->as.tone.name = pm_language_field(&c->language, name, def);
            badge->control = pm_choice_control(c, def, known[i].field);
        }
    }
}

static void add_badges(struct pm_composer *c, struct pm_node *cover, const struct pm_yaml *chosen)
{
    struct pm_node *badges = pm_node_add(c->doc, cover, PM_BADGES, c->incident->severity.mark);
    for (const struct pm_yaml *y = chosen ? chosen->first : NULL; y; y = y->next)
        add_badge(c, badges, y->text);
    for (const char *const *name = usual_badges; !chosen && *name; name++)
        add_badge(c, badges, pm_str(*name));
    if (badges && !badges->first)
        pm_node_unlink(badges);
}

/* Facts. */

static void add_fact(struct pm_composer *c, struct pm_node *facts, struct pm_str name, struct pm_str label)
{
    struct pm_variable v;
    if (!pm_variable_find(c->incident, name, &v) || !pm_variable_known(c, &v))
        return;
    if (!label.p)
        label = pm_str_is(name, "id") ? pm_word_of(c, PM_W_INCIDENT) : pm_variable_label(c, &v);
    pm_add_variable(c, pm_add_fact(c, facts, label, pm_variable_mark(&v)), &v);
}

static void add_facts(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *list, const char *const *usual)
{
    const struct pm_str none = {NULL, 0};
    struct pm_node *facts = pm_node_add(c->doc, parent, PM_FACTS, nowhere);
    for (const struct pm_yaml *y = list ? list->first : NULL; y; y = y->next) {
        if (y->kind == PM_YAML_MAPPING)
            add_fact(c, facts, y->first->key, y->first->text);
        else
            add_fact(c, facts, y->text, none);
    }
    for (; !list && *usual; usual++)
        add_fact(c, facts, pm_str(*usual), none);
    if (facts && !facts->first)
        pm_node_unlink(facts);
}

void pm_compose_facts(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *block, const struct pm_yaml *argument)
{
    static const char *const none[] = {NULL};
    (void)block;
    add_facts(c, parent, argument, none);
}

/* Large figures. A missing one is shown as such: an executive asks for it otherwise. */

static void metric_of_duration(struct pm_composer *c, struct pm_node *node, enum pm_metric_id id)
{
    const struct pm_metric *m = &c->metrics[id];
    node->as.metric.value = m->known ? pm_metric_text(c, id) : PM_LIT("\342\200\223");
    node->as.metric.note = m->known ? pm_language_base(&c->language, m->key, m->base) : pm_word_of(c, PM_W_UNKNOWN);
}

static void metric_of_customers(struct pm_composer *c, struct pm_node *node)
{
    struct pm_str value, label, note;
    bool known = pm_customers(c, &value, &label, &note);
    node->text = label;
    node->as.metric.value = known ? value : PM_LIT("\342\200\223");
    node->as.metric.note = known ? note : pm_word_of(c, PM_W_UNKNOWN);
}

static void add_metric(struct pm_composer *c, struct pm_node *metrics, struct pm_str name, struct pm_str label)
{
    struct pm_variable v;
    if (!pm_variable_find(c->incident, name, &v))
        return;
    struct pm_node *node = pm_node_add(c->doc, metrics, PM_METRIC, pm_variable_mark(&v));
    if (!node)
        return;
    node->text = pm_variable_label(c, &v);
    if (v.kind == PM_VAR_METRIC)
        metric_of_duration(c, node, (enum pm_metric_id)v.index);
    else if (v.kind == PM_VAR_COMPUTED && v.index == PM_CV_DURATION)
        metric_of_duration(c, node, PM_HARM);
    else if (v.kind == PM_VAR_COMPUTED && v.index == PM_CV_CUSTOMERS)
        metric_of_customers(c, node);
    else if (pm_variable_known(c, &v) || v.kind == PM_VAR_COMPUTED) {
        node->as.metric.value = pm_variable_text(c, &v);
        node->path = v.kind == PM_VAR_COMPUTED ? (struct pm_str){NULL, 0} : pm_variable_path(c, &v);
    } else {
        node->as.metric.value = PM_LIT("\342\200\223");
        node->as.metric.note = pm_word_of(c, PM_W_UNKNOWN);
    }
    if (label.p)
        node->text = label;
    if (v.kind == PM_VAR_COMPUTED && v.index == PM_CV_ACTIONS_OVERDUE && pm_variable_known(c, &v))
        node->as.metric.tone = PM_TONE_DANGER;
}

/* Figures none of which is known say nothing. */
static bool says_nothing(const struct pm_node *metrics)
{
    const struct pm_node *metric = metrics->first;
    while (metric && pm_str_is(metric->as.metric.value, "\342\200\223"))
        metric = metric->next;
    return !metric;
}

static void add_metrics(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *list)
{
    const struct pm_str none = {NULL, 0};
    struct pm_node *metrics = pm_node_add(c->doc, parent, PM_METRICS, nowhere);
    for (const struct pm_yaml *y = list ? list->first : NULL; y; y = y->next) {
        if (y->kind == PM_YAML_MAPPING)
            add_metric(c, metrics, y->first->key, y->first->text);
        else
            add_metric(c, metrics, y->text, none);
    }
    for (const char *const *name = usual_metrics; !list && *name; name++)
        add_metric(c, metrics, pm_str(*name), none);
    if (metrics && says_nothing(metrics))
        pm_node_unlink(metrics);
}

void pm_compose_metrics(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *block, const struct pm_yaml *argument)
{
    (void)block;
    add_metrics(c, parent, argument);
}

void pm_compose_cover(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *block, const struct pm_yaml *argument)
{
    const struct pm_yaml *options = argument->kind == PM_YAML_MAPPING ? argument : NULL;
    const struct pm_field *title = &c->incident->title;
    struct pm_node *cover = pm_node_add(c->doc, parent, PM_COVER, title->mark);
    (void)block;
    struct pm_node *heading = pm_set_path(pm_node_add(c->doc, cover, PM_TITLE, title->mark), PM_LIT("title"));
    pm_add_text(c->doc, heading, title->text, title->mark);
    add_badges(c, cover, options ? pm_yaml_get(options, "badges") : NULL);
    add_facts(c, cover, options ? pm_yaml_get(options, "facts") : NULL, usual_facts);
    add_metrics(c, cover, options ? pm_yaml_get(options, "metrics") : NULL);
    pm_compose_withdrawn(c, parent);
}
