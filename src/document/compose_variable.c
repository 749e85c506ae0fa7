#include "document/compose_internal.h"

#include "base/limits.h"
#include "document/markdown.h"

#include <string.h>

static const struct { const char *name; int index; enum pm_word label; } computed[] = {
    {"as_of", PM_CV_AS_OF, PM_W_AS_OF},
    {"duration", PM_CV_DURATION, PM_W_DURATION},
    {"period", PM_CV_PERIOD, PM_W_TIME_SPAN},
    {"customers", PM_CV_CUSTOMERS, PM_W_CUSTOMERS_AFFECTED},
    {"action_items.count", PM_CV_ACTIONS, PM_W_ACTION_ITEMS},
    {"action_items.open", PM_CV_ACTIONS_OPEN, PM_W_OPEN_ITEMS},
    {"action_items.done", PM_CV_ACTIONS_DONE, PM_W_DONE},
    {"action_items.overdue", PM_CV_ACTIONS_OVERDUE, PM_W_OVERDUE_ITEMS},
    {"timeline.count", PM_CV_TIMELINE, PM_W_TIMELINE_ENTRIES},
};

/* The keys of metrics.h in its order, for checks without an incident. */
static const char *const metric_keys[PM_METRIC_COUNT] = {"ttd", "tta", "tti", "ttm", "ttr", "impact", "ttp", "ttc"};

static const struct pm_incident no_incident;

static bool has_prefix(struct pm_str s, const char *prefix, struct pm_str *rest)
{
    size_t n = strlen(prefix);
    if (s.n <= n || memcmp(s.p, prefix, n) != 0)
        return false;
    *rest = (struct pm_str){s.p + n, s.n - n};
    return true;
}

static bool is_scalar_type(enum pm_type type)
{
    return type < PM_T_OBJECT;
}

static bool is_key(struct pm_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char ch = s.p[i];
        if (!((ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || ch == '_' || ch == '-'))
            return false;
    }
    return s.n > 0;
}

static const struct pm_role *find_role(const struct pm_incident *incident, struct pm_str key)
{
    const struct pm_role *roles = incident->roles.items;
    for (size_t i = 0; i < incident->roles.count; i++) {
        if (pm_str_eq(roles[i].key, key))
            return &roles[i];
    }
    return NULL;
}

static bool find_metric(struct pm_str key, struct pm_variable *out)
{
    for (int i = 0; i < PM_METRIC_COUNT; i++) {
        if (pm_str_is(key, metric_keys[i])) {
            out->kind = PM_VAR_METRIC;
            out->index = i;
            return true;
        }
    }
    return false;
}

static bool find_computed(struct pm_str name, struct pm_variable *out)
{
    for (size_t i = 0; i < PM_COUNT(computed); i++) {
        if (pm_str_is(name, computed[i].name)) {
            out->kind = PM_VAR_COMPUTED;
            out->index = computed[i].index;
            return true;
        }
    }
    return false;
}

static bool find_field(const struct pm_incident *incident, struct pm_str name, struct pm_variable *out)
{
    out->kind = PM_VAR_FIELD;
    if (!pm_field_at(&pm_incident_def, incident, name, &out->def, &out->value) || !out->def)
        return false;
    return is_scalar_type(out->def->type) || (out->def->type == PM_T_LIST && is_scalar_type(out->def->item));
}

bool pm_variable_find(const struct pm_incident *incident, struct pm_str name, struct pm_variable *out)
{
    struct pm_str rest;
    if (!incident)
        incident = &no_incident;
    *out = (struct pm_variable){.path = name};
    if (find_computed(name, out))
        return true;
    if (has_prefix(name, "metrics.", &rest))
        return find_metric(rest, out);
    if (has_prefix(name, "roles.", &rest)) {
        out->kind = PM_VAR_ROLE;
        out->value = find_role(incident, rest);
        return is_key(rest);
    }
    return find_field(incident, name, out);
}

/* The nearest computed name, as a hint; the schema knows the others. */
static const char *computed_hint(struct pm_str name, struct pm_arena *arena)
{
    for (size_t i = 0; i < PM_COUNT(computed); i++) {
        if (pm_str_distance(name, pm_str(computed[i].name), 2) <= 2)
            return pm_arena_format(arena, " (did you mean \"%s\"?)", computed[i].name).p;
    }
    for (size_t i = 0; i < PM_METRIC_COUNT; i++) {
        struct pm_str whole = pm_arena_format(arena, "metrics.%s", metric_keys[i]);
        if (whole.p && (pm_str_is(name, metric_keys[i]) || pm_str_distance(name, whole, 2) <= 1))
            return pm_arena_format(arena, " (did you mean \"%s\"?)", whole.p).p;
    }
    return NULL;
}

static const char *field_hint(struct pm_str name, struct pm_arena *arena)
{
    const struct pm_object_def *object = &pm_incident_def;
    const struct pm_field_def *def;
    const void *value;
    struct pm_str last = name;
    for (size_t i = 0; i < name.n; i++) {
        if (name.p[i] != '.')
            continue;
        if (!pm_field_at(&pm_incident_def, &no_incident, (struct pm_str){name.p, i}, &def, &value) || !def || !def->object)
            break;
        object = def->object;
        last = (struct pm_str){name.p + i + 1, name.n - i - 1};
    }
    return pm_field_hint(object, last, arena);
}

void pm_variable_report(struct pm_str name, struct pm_mark mark, struct pm_arena *arena, struct pm_diags *diags)
{
    const char *hint = computed_hint(name, arena);
    if (!hint)
        hint = field_hint(name, arena);
    struct pm_str shown = pm_arena_str(arena, name);
    if (shown.p)
        pm_report(diags, PM_D_VARIABLE, mark, shown.p, hint ? hint : "");
}

/* The next {{name}} from *at on: its name; text before it in *before. False at the end. */
static bool next_variable(struct pm_str text, size_t *at, struct pm_str *before, struct pm_str *name)
{
    size_t start = *at;
    for (size_t i = start; i + 3 < text.n; i++) {
        if (text.p[i] != '{' || text.p[i + 1] != '{')
            continue;
        for (size_t j = i + 2; j + 1 < text.n && text.p[j] != '\n'; j++) {
            if (text.p[j] != '}' || text.p[j + 1] != '}')
                continue;
            *before = (struct pm_str){text.p + start, i - start};
            *name = pm_str_trim((struct pm_str){text.p + i + 2, j - i - 2});
            *at = j + 2;
            return true;
        }
    }
    *before = (struct pm_str){text.p + start, text.n - start};
    *at = text.n;
    return false;
}

void pm_variables_check(struct pm_str text, struct pm_mark mark, struct pm_arena *arena, struct pm_diags *diags)
{
    struct pm_str before, name;
    struct pm_variable v;
    for (size_t at = 0; next_variable(text, &at, &before, &name);) {
        if (!pm_variable_find(NULL, name, &v))
            pm_variable_report(name, mark, arena, diags);
    }
}

struct pm_action_counts pm_count_actions(const struct pm_incident *incident, int64_t as_of)
{
    struct pm_action_counts n = {0};
    const struct pm_action *actions = incident->action_items.items;
    n.all = incident->action_items.count;
    for (size_t i = 0; i < n.all; i++) {
        int status = actions[i].status.as.choice;
        n.done += status == PM_AI_DONE;
        n.dropped += status == PM_AI_WONT_DO;
        n.open += status != PM_AI_DONE && status != PM_AI_WONT_DO;
        n.overdue += pm_action_due(&actions[i], as_of) == PM_DUE_OVERDUE;
    }
    return n;
}

bool pm_metric_known(const struct pm_composer *c, enum pm_metric_id id)
{
    return c->metrics[id].known;
}

struct pm_str pm_metric_text(struct pm_composer *c, enum pm_metric_id id)
{
    return c->metrics[id].known ? pm_show_duration(&c->show, c->metrics[id].seconds) : pm_word_of(c, PM_W_UNKNOWN);
}

static struct pm_str of_total(struct pm_composer *c, const struct pm_field *total)
{
    return PM_FILL(c->arena, pm_word_of(c, PM_W_OF_TOTAL), {"all", pm_show_integer(&c->show, total->as.integer)});
}

static struct pm_str share_of_customers(struct pm_composer *c, const struct pm_field *percent)
{
    return PM_FILL(c->arena, pm_word_of(c, PM_W_OF_CUSTOMERS), {"percent", pm_show_percent(&c->show, percent->text)});
}

bool pm_customers(struct pm_composer *c, struct pm_str *value, struct pm_str *label, struct pm_str *note)
{
    const struct pm_impact *impact = &c->incident->impact;
    *label = pm_word_of(c, PM_W_CUSTOMERS_AFFECTED);
    *note = (struct pm_str){NULL, 0};
    if (impact->customers_affected.valid) {
        *value = pm_show_integer(&c->show, impact->customers_affected.as.integer);
        if (impact->customers_affected_pct.valid)
            *note = share_of_customers(c, &impact->customers_affected_pct);
        else if (impact->customers_total.valid)
            *note = of_total(c, &impact->customers_total);
        return true;
    }
    if (impact->customers_affected_pct.valid) {
        *value = pm_show_percent(&c->show, impact->customers_affected_pct.text);
        return true;
    }
    if (impact->requests_failed.valid || impact->requests_failed_pct.valid) {
        *label = pm_word_of(c, PM_W_REQUESTS_FAILED);
        *value = impact->requests_failed.valid ? pm_show_integer(&c->show, impact->requests_failed.as.integer)
                                               : pm_show_percent(&c->show, impact->requests_failed_pct.text);
        return true;
    }
    *value = pm_word_of(c, PM_W_UNKNOWN);
    return false;
}

static struct pm_str period_text(struct pm_composer *c)
{
    const struct pm_incident *in = c->incident;
    if (!in->started_at.valid)
        return pm_word_of(c, PM_W_UNKNOWN);
    if (in->resolved_at.valid && in->resolved_at.as.instant >= in->started_at.as.instant)
        return pm_show_period(&c->show, in->started_at.as.instant, in->resolved_at.as.instant);
    return pm_show_instant(&c->show, in->started_at.as.instant);
}

static struct pm_str computed_text(struct pm_composer *c, int index)
{
    struct pm_action_counts n = pm_count_actions(c->incident, c->as_of);
    struct pm_str value, label, note;
    switch ((enum pm_computed)index) {
    case PM_CV_AS_OF: return pm_show_date(&c->show, c->as_of);
    case PM_CV_DURATION: return pm_metric_text(c, PM_HARM);
    case PM_CV_PERIOD: return period_text(c);
    case PM_CV_CUSTOMERS:
        pm_customers(c, &value, &label, &note);
        return value;
    case PM_CV_ACTIONS: return pm_show_integer(&c->show, (int64_t)n.all);
    case PM_CV_ACTIONS_OPEN: return pm_show_integer(&c->show, (int64_t)n.open);
    case PM_CV_ACTIONS_DONE: return pm_show_integer(&c->show, (int64_t)n.done);
    case PM_CV_ACTIONS_OVERDUE: return pm_show_integer(&c->show, (int64_t)n.overdue);
    case PM_CV_TIMELINE: return pm_show_integer(&c->show, (int64_t)c->incident->timeline.count);
    }
    return pm_word_of(c, PM_W_UNKNOWN);
}

static bool computed_known(struct pm_composer *c, int index)
{
    struct pm_str value, label, note;
    switch ((enum pm_computed)index) {
    case PM_CV_DURATION: return c->metrics[PM_HARM].known;
    case PM_CV_PERIOD: return c->incident->started_at.valid;
    case PM_CV_CUSTOMERS: return pm_customers(c, &value, &label, &note);
    case PM_CV_ACTIONS: return c->incident->action_items.count > 0;
    case PM_CV_ACTIONS_OPEN: return pm_count_actions(c->incident, c->as_of).open > 0;
    case PM_CV_ACTIONS_DONE: return pm_count_actions(c->incident, c->as_of).done > 0;
    case PM_CV_ACTIONS_OVERDUE: return pm_count_actions(c->incident, c->as_of).overdue > 0;
    case PM_CV_TIMELINE: return c->incident->timeline.count > 0;
    default: return true;
    }
}

bool pm_variable_known(struct pm_composer *c, const struct pm_variable *v)
{
    switch (v->kind) {
    case PM_VAR_METRIC: return c->metrics[v->index].known;
    case PM_VAR_COMPUTED: return computed_known(c, v->index);
    case PM_VAR_ROLE: return v->value && ((const struct pm_role *)v->value)->people.count > 0;
    case PM_VAR_FIELD: break;
    }
    if (!v->value)
        return false;
    return v->def->type == PM_T_LIST ? ((const struct pm_list *)v->value)->count > 0 : pm_has(v->value);
}

struct pm_mark pm_variable_mark(const struct pm_variable *v)
{
    if (v->kind != PM_VAR_FIELD || !v->value)
        return (struct pm_mark){0, 0, 0};
    return v->def->type == PM_T_LIST ? ((const struct pm_list *)v->value)->mark : ((const struct pm_field *)v->value)->mark;
}

struct pm_str pm_variable_label(struct pm_composer *c, const struct pm_variable *v)
{
    struct pm_str rest;
    switch (v->kind) {
    case PM_VAR_METRIC:
        rest = pm_language_field(&c->language, v->path, NULL);
        return pm_str_eq(rest, v->path) ? pm_str(c->metrics[v->index].name) : rest;
    case PM_VAR_ROLE:
        return has_prefix(v->path, "roles.", &rest) ? pm_language_role(&c->language, rest, c->arena) : v->path;
    case PM_VAR_COMPUTED:
        for (size_t i = 0; i < PM_COUNT(computed); i++) {
            if (computed[i].index == v->index)
                return pm_word_of(c, computed[i].label);
        }
        return v->path;
    case PM_VAR_FIELD: break;
    }
    return pm_language_field(&c->language, v->path, v->def);
}

/* What the Markdown of a field says, without its markup. */
static struct pm_str plain_of(struct pm_composer *c, const struct pm_field *field)
{
    struct pm_document *scratch = pm_document_new(c->arena);
    if (!scratch)
        return field->text;
    pm_markdown(scratch, scratch->root, field->text, field->mark, 0, NULL);
    return pm_str_trim(pm_node_plain(scratch, scratch->root));
}

/* The bytes of a buffer in the arena; frees the buffer. */
static struct pm_str take(struct pm_composer *c, struct pm_buf *b)
{
    if (b->status == PM_NOMEM)
        c->arena->failed = true;
    struct pm_str out = pm_arena_str(c->arena, pm_buf_slice(b));
    pm_buf_free(b);
    return out;
}

static struct pm_str list_text(struct pm_composer *c, const struct pm_list *list, enum pm_type type)
{
    const struct pm_field_def element = {.type = type};
    const struct pm_field *fields = list->items;
    struct pm_buf b;
    pm_buf_init(&b, PM_MAX_DOCUMENT);
    for (size_t i = 0; i < list->count; i++) {
        if (i)
            pm_buf_puts(&b, ", ");
        pm_buf_str(&b, pm_show_field(&c->show, &element, &fields[i]));
    }
    return take(c, &b);
}

struct pm_str pm_variable_text(struct pm_composer *c, const struct pm_variable *v)
{
    if (v->kind == PM_VAR_METRIC)
        return pm_metric_text(c, (enum pm_metric_id)v->index);
    if (v->kind == PM_VAR_COMPUTED)
        return computed_text(c, v->index);
    if (!pm_variable_known(c, v))
        return pm_word_of(c, v->kind == PM_VAR_FIELD && v->def->type == PM_T_INTEGER ? PM_W_UNKNOWN : PM_W_NOT_RECORDED);
    if (v->kind == PM_VAR_ROLE)
        return list_text(c, &((const struct pm_role *)v->value)->people, PM_T_PERSON);
    if (v->def->type == PM_T_LIST)
        return list_text(c, v->value, v->def->item);
    if (v->def->type == PM_T_MD)
        return plain_of(c, v->value);
    return pm_show_field(&c->show, v->def, v->value);
}

/* A value on one line; in Markdown every ASCII punctuation mark gets a backslash, which CommonMark takes off again. */
static void add_value(struct pm_buf *b, struct pm_str value, bool markdown)
{
    value = pm_str_trim(value);
    for (size_t i = 0; i < value.n; i++) {
        unsigned char ch = (unsigned char)value.p[i];
        if (markdown && strchr("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", ch) && ch)
            pm_buf_putc(b, '\\');
        pm_buf_putc(b, ch == '\n' || ch == '\t' ? ' ' : (char)ch);
    }
}

struct pm_str pm_expand(struct pm_composer *c, struct pm_str text, struct pm_mark mark, bool markdown)
{
    struct pm_buf b;
    struct pm_str before, name;
    struct pm_variable v;
    if (!text.n || !memchr(text.p, '{', text.n))
        return text;
    pm_buf_init(&b, PM_MAX_SCALAR * 4);
    for (size_t at = 0; next_variable(text, &at, &before, &name);) {
        pm_buf_str(&b, before);
        if (pm_variable_find(c->incident, name, &v))
            add_value(&b, pm_variable_text(c, &v), markdown);
        else
            pm_variable_report(name, mark, c->arena, c->diags);
    }
    pm_buf_str(&b, before);
    return take(c, &b);
}
