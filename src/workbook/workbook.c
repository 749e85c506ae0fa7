#include "workbook/workbook_internal.h"

#include "base/utf8.h"
#include "document/markdown.h"
#include "document/markdown_plain.h"
#include "document/node.h"
#include "statistics/statistics.h"

#include <stdlib.h>
#include <string.h>

enum { DEFAULT_LEVEL = 2, MOST_NAME = 31, SECONDS_A_DAY = 86400 };

static const struct pm_mark nowhere = {0, 0, 0};

const char *pm_sheet_option(enum pm_sheet sheet)
{
    static const char *const names[PM_SHEET_COUNT] = {"incident", "action-items", "timeline", "incidents", "metrics", "charts", NULL};
    return names[sheet];
}

/* ---- names ---- */

/* Without what a sheet's name must not have or formulas would have to escape, and of 31 characters at most; columns of tables are treated
 * alike but for their length. */
static struct pm_str fit_name(struct pm_workbook *w, struct pm_str name, size_t most, const char *banned)
{
    name = pm_utf8_prefix(name, most);
    struct pm_str copy = pm_arena_str(&w->arena, name);
    char *p = (char *)copy.p;   /* the arena's own bytes, written once */
    for (size_t i = 0; p && i < copy.n; i++) {
        if ((unsigned char)p[i] < ' ' || strchr(banned, p[i]))
            p[i] = ' ';
    }
    return pm_str_trim(copy);
}

static bool is_taken(const struct pm_str *names, int count, struct pm_str name)
{
    for (int i = 0; i < count; i++) {
        if (names[i].n == name.n && pm_str_same_word(name, names[i].p))
            return true;
    }
    return false;
}

static struct pm_str make_unlike(struct pm_workbook *w, const struct pm_str *names, int count, struct pm_str name)
{
    if (name.n == 0)
        name = PM_LIT("-");
    struct pm_str base = name;
    for (int n = 2; is_taken(names, count, name); n++)
        name = pm_arena_format(&w->arena, "%.*s %d", (int)pm_utf8_prefix(base, MOST_NAME - 4).n, base.p, n);
    return name;
}

static void name_sheets(struct pm_workbook *w)
{
    static const enum pm_word words[PM_SHEET_SOURCE] = {
        [PM_SHEET_FACTS] = PM_W_INCIDENT, [PM_SHEET_ACTIONS] = PM_W_ACTION_ITEMS, [PM_SHEET_TIMELINE] = PM_W_TIMELINE,
        [PM_SHEET_INCIDENTS] = PM_W_INCIDENTS, [PM_SHEET_METRICS] = PM_W_METRICS, [PM_SHEET_CHARTS] = PM_W_CHARTS};
    for (int i = 0; i < PM_SHEET_SOURCE; i++) {
        struct pm_str name = fit_name(w, w->language.word[words[i]], MOST_NAME, "[]:*?/\\'\"");
        w->names[i] = make_unlike(w, w->names, i, name);
    }
    w->names[PM_SHEET_SOURCE] = PM_LIT("_pm");
}

bool pm_has_sheet(const struct pm_workbook *w, enum pm_sheet sheet)
{
    if (sheet == PM_SHEET_SOURCE)
        return true;
    if (sheet == PM_SHEET_FACTS && w->incidents > 1)
        return false;
    return (w->options.sheets >> sheet & 1) != 0;
}

struct pm_str pm_sheet_quoted(struct pm_workbook *w, enum pm_sheet sheet)
{
    return pm_arena_format(&w->arena, "'%.*s'", (int)w->names[sheet].n, w->names[sheet].p);
}

static size_t row_count(const struct pm_workbook *w, enum pm_sheet sheet)
{
    size_t n = sheet == PM_SHEET_ACTIONS ? w->items : sheet == PM_SHEET_TIMELINE ? w->events : w->incidents;
    return n > 0 ? n : 1;
}

struct pm_str pm_sheet_range(struct pm_workbook *w, enum pm_sheet sheet, int column)
{
    char letters[4] = "";
    int n = (int)pm_column_letters(letters, column);
    struct pm_str name = pm_sheet_quoted(w, sheet);
    return pm_arena_format(&w->arena, "%.*s!$%.*s$2:$%.*s$%zu", (int)name.n, name.p, n, letters, n, letters, row_count(w, sheet) + 1);
}

/* ---- headings ---- */

static struct pm_str label(struct pm_workbook *w, const char *path)
{
    const struct pm_field_def *def = NULL;
    const void *value;
    struct pm_incident none;
    memset(&none, 0, sizeof none);
    pm_field_at(&pm_incident_def, &none, pm_str(path), &def, &value);
    return pm_language_field(&w->language, pm_str(path), def);
}

struct pm_str pm_metric_heading(struct pm_workbook *w, enum pm_metric_id metric)
{
    struct pm_incident none;
    memset(&none, 0, sizeof none);
    struct pm_metric metrics[PM_METRIC_COUNT];
    pm_metrics(&none, NULL, metrics);
    struct pm_str path = pm_arena_format(&w->arena, "metrics.%s", metrics[metric].key);
    struct pm_str name = pm_language_field(&w->language, path, NULL);
    if (pm_str_eq(name, path))
        name = pm_str(metrics[metric].name);
    return PM_FILL(&w->arena, w->language.word[PM_W_WITH_BASE], {"label", name},
                   {"base", pm_language_base(&w->language, metrics[metric].key, metrics[metric].base)});
}

struct heading { enum pm_word word; const char *path; bool utc; };

static void head(struct pm_workbook *w, enum pm_sheet sheet, int column, struct pm_str text)
{
    struct pm_str *headings = w->headings[sheet];
    headings[column] = make_unlike(w, headings, column, fit_name(w, text, 250, ""));
}

static void head_all(struct pm_workbook *w, enum pm_sheet sheet, const struct heading *headings, int count)
{
    for (int i = 0; i < count; i++) {
        const struct heading *h = &headings[i];
        struct pm_str text = h->path ? label(w, h->path) : w->language.word[h->word];
        if (sheet == PM_SHEET_INCIDENTS && i >= PM_COL_INCIDENT_METRICS && i < PM_COL_INCIDENT_METRICS + PM_METRIC_COUNT)
            text = pm_metric_heading(w, (enum pm_metric_id)(i - PM_COL_INCIDENT_METRICS));
        if (h->utc)
            text = PM_FILL(&w->arena, w->language.word[PM_W_IN_UTC], {"label", text});
        head(w, sheet, i, text);
    }
}

static void make_headings(struct pm_workbook *w)
{
    static const struct heading actions[PM_COL_ACTION_COUNT] = {
        {PM_W_INCIDENT, NULL, false}, {PM_W_ID, NULL, false}, {PM_W_ACTION_ITEM, NULL, false}, {PM_W_TYPE, NULL, false},
        {PM_W_OWNER, NULL, false}, {PM_W_TEAM, NULL, false}, {PM_W_PRIORITY, NULL, false}, {PM_W_STATUS, NULL, false},
        {0, "action_items[1].created", false}, {PM_W_DUE, NULL, false}, {PM_W_DAYS_LEFT, NULL, false},
        {0, "action_items[1].completed", false}, {PM_W_AGE, NULL, false}, {0, "action_items[1].causes", false},
        {0, "action_items[1].tracker", false}, {0, "action_items[1].done_when", false}};
    static const struct heading events[PM_COL_EVENT_COUNT] = {
        {PM_W_INCIDENT, NULL, false}, {PM_W_TIME, NULL, true}, {PM_W_LOCAL_TIME, NULL, false}, {0, "tz", false},
        {PM_W_MINUTES_SINCE_START, NULL, false}, {PM_W_TEAM, NULL, false}, {PM_W_BY, NULL, false}, {PM_W_KIND, NULL, false},
        {PM_W_EVENT, NULL, false}, {PM_W_KEY_EVENT, NULL, false}};
    static const struct heading incidents[PM_COL_INCIDENT_COUNT] = {
        {PM_W_ID, NULL, false}, {0, "title", false}, {0, "severity", false}, {0, "kind", false}, {0, "status", false},
        {0, "incident_status", false}, {0, "started_at", true}, {0, "detected_at", true}, {0, "acknowledged_at", true},
        {0, "identified_at", true}, {0, "mitigated_at", true}, {0, "resolved_at", true}, {0, "closed_at", true},
        [PM_COL_INCIDENT_MONTH] = {PM_W_MONTH, NULL, false}, {PM_W_CUSTOMERS_AFFECTED, NULL, false}, {0, "services", false},
        {PM_W_OWNER, NULL, false}, {PM_W_ACTION_ITEMS, NULL, false}, {PM_W_OPEN_ITEMS, NULL, false}, {PM_W_OVERDUE_ITEMS, NULL, false}};
    head_all(w, PM_SHEET_ACTIONS, actions, PM_COL_ACTION_COUNT);
    head_all(w, PM_SHEET_TIMELINE, events, PM_COL_EVENT_COUNT);
    head_all(w, PM_SHEET_INCIDENTS, incidents, PM_COL_INCIDENT_COUNT);
}

struct pm_str pm_action_heading(struct pm_workbook *w, int column) { return w->headings[PM_SHEET_ACTIONS][column]; }
struct pm_str pm_event_heading(struct pm_workbook *w, int column) { return w->headings[PM_SHEET_TIMELINE][column]; }
struct pm_str pm_incident_heading(struct pm_workbook *w, int column) { return w->headings[PM_SHEET_INCIDENTS][column]; }

/* ---- enumerations ---- */

static void take_labels(struct pm_workbook *w, struct pm_labels *labels, const char *path)
{
    const struct pm_field_def *def = NULL;
    const void *value;
    struct pm_incident none;
    memset(&none, 0, sizeof none);
    if (!pm_field_at(&pm_incident_def, &none, pm_str(path), &def, &value))
        return;
    for (int i = 0; def->words[i] && i < PM_MAX_CHOICES; i++) {
        labels->label[i] = pm_language_value(&w->language, def, i + 1, &w->arena);
        labels->count = i + 1;
    }
}

static void make_labels(struct pm_workbook *w)
{
    take_labels(w, &w->action_types, "action_items[1].type");
    take_labels(w, &w->priorities, "action_items[1].priority");
    take_labels(w, &w->action_statuses, "action_items[1].status");
    take_labels(w, &w->event_kinds, "timeline[1].kind");
    take_labels(w, &w->switches, "timeline[1].important");
    take_labels(w, &w->doc_statuses, "status");
    take_labels(w, &w->incident_states, "incident_status");
    take_labels(w, &w->incident_kinds, "kind");
}

struct pm_str pm_label_of(const struct pm_labels *labels, const struct pm_field *field)
{
    if (field->valid && field->as.choice >= 1 && field->as.choice <= labels->count)
        return labels->label[field->as.choice - 1];
    return field->text;
}

struct pm_str pm_formula(struct pm_workbook *w, const char *pattern, const struct pm_str *values, size_t count)
{
    struct pm_buf *b = &w->scratch;
    pm_buf_clear(b);
    for (; *pattern; pattern++) {
        if (*pattern == '#')
            pm_buf_putc(b, PM_ROW_NUMBER);
        else if (*pattern == '%' && count > 0) {
            for (size_t i = 0; i < values->n; i++) {
                pm_attribute(b, (struct pm_str){values->p + i, 1});
                if (values->p[i] == '"')
                    pm_buf_puts(b, "&quot;");
            }
            values++;
            count--;
        } else
            pm_attribute(b, (struct pm_str){pattern, 1});
    }
    return pm_arena_str(&w->arena, pm_buf_slice(b));
}

/* ---- text ---- */

static struct pm_str plain(const struct pm_incident *incident, const struct pm_field *field, bool line)
{
    if (!pm_has(field) || (pm_markdown_is_plain(field->text) && !memchr(field->text.p, '\n', field->text.n)))
        return field->text;
    struct pm_document *doc = pm_document_new(incident->arena);
    struct pm_node *parent = doc ? pm_node_add(doc, doc->root, line ? PM_PARAGRAPH : PM_QUOTE, nowhere) : NULL;
    if (!parent)
        return field->text;
    if (line)
        pm_markdown_inline(doc, parent, field->text, field->mark, NULL);
    else
        pm_markdown(doc, parent, field->text, field->mark, 0, NULL);
    struct pm_str text = pm_node_plain(doc, parent);
    return text.p ? text : field->text;
}

struct pm_str pm_plain_line(const struct pm_incident *incident, const struct pm_field *field)
{
    return plain(incident, field, true);
}

struct pm_str pm_plain_text(const struct pm_incident *incident, const struct pm_field *field)
{
    return plain(incident, field, false);
}

struct pm_str pm_joined(const struct pm_incident *incident, const struct pm_list *list, bool people)
{
    const struct pm_field *fields = list->items;
    if (list->count == 1)
        return people ? pm_person_name(incident, fields) : fields->text;
    size_t n = 0;
    for (size_t i = 0; i < list->count; i++)
        n += (people ? pm_person_name(incident, &fields[i]) : fields[i].text).n + 2;
    char *all = list->count ? pm_arena_alloc(incident->arena, n + 1) : NULL;
    size_t at = 0;
    for (size_t i = 0; all && i < list->count; i++) {
        struct pm_str one = people ? pm_person_name(incident, &fields[i]) : fields[i].text;
        memcpy(all + at, ", ", at ? 2 : 0);
        at += at ? 2 : 0;
        memcpy(all + at, one.p, one.n);
        at += one.n;
    }
    return (struct pm_str){all, at};
}

/* ---- the workbook ---- */

static struct pm_rows *csv_rows(struct pm_workbook *w)
{
    return w->options.csv == PM_SHEET_INCIDENTS ? &w->lean_incidents : &w->rows[w->options.csv];
}

static void init_rows(struct pm_workbook *w)
{
    int level = w->options.level;
    for (int i = 0; i < PM_SHEET_COUNT; i++) {
        pm_rows_init(&w->rows[i], i == PM_SHEET_SOURCE ? 3 : 2, level, &w->day);
        pm_links_init(&w->links[i], level);
    }
    pm_rows_free(&w->rows[PM_SHEET_FACTS]);
    pm_rows_init(&w->rows[PM_SHEET_FACTS], 1, level, &w->day);
    pm_rows_init(&w->lean_incidents, 2, level, &w->day);
    if (w->options.csv)
        pm_rows_init_csv(csv_rows(w), &w->day);
    pm_rows_init(&w->lean_source, 3, level, &w->day);
}

enum pm_status pm_workbook_new(const struct pm_workbook_options *options, struct pm_workbook **out)
{
    *out = NULL;
    struct pm_workbook *w = calloc(1, sizeof *w);
    if (!w)
        return PM_NOMEM;
    w->options = *options;
    if (w->options.level == 0)
        w->options.level = DEFAULT_LEVEL;
    if (w->options.csv)
        w->options.sheets = 1u << w->options.csv;
    else if (w->options.sheets == 0)
        w->options.sheets = (1u << PM_SHEET_COUNT) - 1;
    w->last = INT64_MIN;
    w->as_of = options->as_of;
    w->day = (struct pm_day){.known = options->has_as_of, .day = options->as_of};
    pm_buf_init(&w->day.due, SIZE_MAX / 2);
    pm_buf_init(&w->scratch, SIZE_MAX / 2);
    pm_buf_init(&w->shell_text, SIZE_MAX / 2);
    pm_arena_init(&w->arena);
    pm_language_init(&w->language, options->template->words);
    init_rows(w);
    name_sheets(w);
    make_headings(w);
    make_labels(w);
    pm_action_formulas(w);
    pm_incident_formulas(w);
    w->lean_incidents.held = SIZE_MAX;   /* some numbers without formula, which nobody would compute later */
    bool counts = w->options.sheets >> PM_SHEET_METRICS & 1 || w->options.sheets >> PM_SHEET_CHARTS & 1;
    if (counts)
        w->statistics = pm_statistics_new(&(struct pm_statistics_options){false, false});
    if ((counts && !w->statistics) || pm_arena_failed(&w->arena) || w->scratch.status != PM_OK) {
        pm_workbook_free(w);
        return PM_NOMEM;
    }
    *out = w;
    return PM_OK;
}

static enum pm_status rows_status(const struct pm_workbook *w)
{
    enum pm_status status = pm_arena_failed(&w->arena) ? PM_NOMEM : w->day.due.status;
    for (int i = 0; i < PM_SHEET_COUNT && status == PM_OK; i++)
        status = w->rows[i].spool.status ? w->rows[i].spool.status : w->rows[i].spool.text.status;
    if (status == PM_OK)
        status = w->lean_incidents.spool.status ? w->lean_incidents.spool.status : w->lean_source.spool.status;
    return status;
}

static void set_diags(struct pm_workbook *w, struct pm_diags *diags)
{
    w->rows[PM_SHEET_ACTIONS].diags = diags;
    w->rows[PM_SHEET_TIMELINE].diags = diags;
    w->rows[w->options.sheets >> PM_SHEET_INCIDENTS & 1 ? PM_SHEET_INCIDENTS : PM_SHEET_FACTS].diags = diags;
}

enum pm_status pm_workbook_add(struct pm_workbook *w, const struct pm_incident *incident, struct pm_diags *diags)
{
    pm_instant last = w->day.known ? 0 : pm_incident_last_instant(incident);
    w->last = last > w->last ? last : w->last;
    w->incidents++;
    set_diags(w, diags);
    if (w->incidents == 1) {
        w->title = pm_arena_str(&w->arena, incident->title.text);
        pm_add_facts(w, incident);
    }
    if (w->incidents == 2)
        pm_rows_free(&w->rows[PM_SHEET_FACTS]);
    pm_add_actions(w, incident);
    pm_add_incident(w, incident, diags);
    pm_add_events(w, incident);
    if (!w->options.csv)
        pm_add_source(w, incident);
    set_diags(w, NULL);
    enum pm_status status = w->statistics ? pm_statistics_add(w->statistics, incident) : PM_OK;
    return status != PM_OK ? status : rows_status(w);
}

static void settle(struct pm_workbook *w)
{
    if (!w->day.known && w->incidents > 0)
        w->day.day = w->last >= 0 ? w->last / SECONDS_A_DAY : -((SECONDS_A_DAY - 1 - w->last) / SECONDS_A_DAY);
    w->day.known = true;
    w->as_of = w->day.day;
    for (int i = 0; i < PM_SHEET_COUNT; i++)
        pm_rows_settle(&w->rows[i]);
    if (w->incidents > PM_SOURCE_INCIDENTS || w->options.csv)
        pm_rows_settle(&w->lean_incidents);
}

static enum pm_status write_csv(struct pm_workbook *w, struct pm_buf *out)
{
    struct pm_rows *rows = csv_rows(w);
    struct pm_csv csv;
    pm_csv_init(&csv, out);
    for (int i = 0; i < PM_ROWS_COLUMNS && w->headings[w->options.csv][i].n; i++)
        pm_csv_text(&csv, w->headings[w->options.csv][i]);
    pm_csv_end(&csv);
    pm_buf_str(out, pm_buf_slice(&rows->spool.text));
    return rows->spool.text.status != PM_OK ? rows->spool.text.status : out->status;
}

enum pm_status pm_workbook_write(struct pm_workbook *w, struct pm_buf *out)
{
    settle(w);
    if (w->options.csv)
        return rows_status(w) != PM_OK ? rows_status(w) : write_csv(w, out);
    struct pm_buf shell;
    pm_buf_init(&shell, SIZE_MAX / 2);
    enum pm_status status = rows_status(w);
    if (status == PM_OK)
        status = pm_make_shell(w, &shell);
    if (status == PM_OK)
        status = pm_splice(w, pm_buf_slice(&shell), out);
    pm_buf_free(&shell);
    return status;
}

bool pm_workbook_left_out(const struct pm_workbook *w)
{
    return w->rows[PM_SHEET_ACTIONS].left_out;
}

size_t pm_workbook_unlinked(const struct pm_workbook *w)
{
    size_t n = 0;
    for (int i = 0; i < PM_SHEET_COUNT && !w->options.csv; i++)
        n += w->links[i].over;
    return n;
}

void pm_workbook_free(struct pm_workbook *w)
{
    if (!w)
        return;
    for (int i = 0; i < PM_SHEET_COUNT; i++) {
        pm_rows_free(&w->rows[i]);
        pm_links_free(&w->links[i]);
    }
    pm_rows_free(&w->lean_incidents);
    pm_rows_free(&w->lean_source);
    pm_statistics_free(w->statistics);
    pm_buf_free(&w->day.due);
    pm_buf_free(&w->scratch);
    pm_buf_free(&w->shell_text);
    pm_arena_free(&w->arena);
    free(w);
}
