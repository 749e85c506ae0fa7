/* The sheet Metrics: action items by owner, by team and by age, and incidents by service. */
#include "workbook/metrics_internal.h"

#include <string.h>

/* Columns of the tables of action items. */
enum { NAME, COUNT, FIRST_STATUS, OVERDUE = FIRST_STATUS + PM_AI_WONT_DO, SOON, CLOSED, COLUMNS };

static void headings(struct pm_metrics_writer *m, enum pm_word name)
{
    pm_metrics_heading(m, NAME, pm_metrics_word(m, name), false);
    pm_metrics_heading(m, COUNT, pm_metrics_word(m, PM_W_ALL), true);
    for (int i = 0; i < PM_AI_WONT_DO; i++)
        pm_metrics_heading(m, FIRST_STATUS + i, pm_shell_text(m->w, m->w->action_statuses.label[i]), true);
    pm_metrics_heading(m, OVERDUE, pm_metrics_word(m, PM_W_OVERDUE), true);
    pm_metrics_heading(m, SOON, pm_metrics_word(m, PM_W_DUE_SOON), true);
    pm_metrics_heading(m, CLOSED, pm_metrics_word(m, PM_W_CLOSURE_RATE), true);
    m->row++;
}

/* ---- who: how formulas find the rows of a name ---- */

/* COUNTIFS takes a criterion for a pattern or a comparison, and does not tell upper from lower case; where that would matter, cells are
 * compared by EXACT, which takes longer. */
struct finder {
    const char *range, *cell;     /* NULL range: all rows */
    bool exact, empty;            /* empty: cells without anything */
};

/* No pattern, no comparison, nothing that may be taken for a number or a date, and not longer than a criterion may be. */
static bool is_plain(struct pm_str name)
{
    enum { LONGEST = 255 };
    unsigned char first = (unsigned char)name.p[0];
    bool letter = first >= 128 || ((first | 32) >= 'a' && (first | 32) <= 'z');
    return letter && name.n <= LONGEST && !memchr(name.p, '*', name.n) && !memchr(name.p, '?', name.n) && !memchr(name.p, '~', name.n);
}

/* Equal but for the case of letters; not told for others than ASCII, which are taken for equal. */
static bool may_be_taken_for(struct pm_str a, struct pm_str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++) {
        unsigned char x = (unsigned char)a.p[i], y = (unsigned char)b.p[i];
        bool letter = (x | 32) >= 'a' && (x | 32) <= 'z';
        if (x != y && !(letter && (x ^ y) == 32) && (x < 128 || y < 128))
            return false;
    }
    return true;
}

static bool needs_exact(const struct pm_groups *groups, size_t i)
{
    struct pm_str name = groups->groups[i].name;
    for (size_t k = 0; k < groups->count; k++)
        if (k != i && groups->groups[k].name.n && may_be_taken_for(name, groups->groups[k].name))
            return true;
    return !is_plain(name);
}

/* Rows of the finder with this status; NULL: with any. */
static const char *count_status(struct pm_metrics_writer *m, const struct finder *f, const char *status)
{
    const char *test = f->exact ? pm_metrics_format(m, "EXACT(%s,%s)", f->range, f->cell) : pm_metrics_format(m, "(%s=\"\")", f->range);
    if (!f->range)
        return pm_metrics_format(m, "=COUNTIF(%s,%s)", m->status, status);
    if (f->exact || f->empty)
        return pm_metrics_format(m, "=SUMPRODUCT(%s*(%s=%s))", test, m->status, status);
    return pm_metrics_format(m, "=COUNTIFS(%s,%s,%s,%s)", f->range, f->cell, m->status, status);
}

/* Open rows of the finder that are due soon, or overdue. */
static const char *count_due(struct pm_metrics_writer *m, const struct finder *f, bool soon)
{
    const char *due = soon ? pm_metrics_format(m, "%s,\">=\"&as_of,%s,\"<=\"&(as_of+14)", m->due, m->due)
                           : pm_metrics_format(m, "%s,\"<\"&as_of", m->due);
    const char *days = soon ? pm_metrics_format(m, "(%s>=as_of)*(%s<=as_of+14)", m->due, m->due)
                            : pm_metrics_format(m, "(%s<as_of)", m->due);
    const char *test = f->exact ? pm_metrics_format(m, "EXACT(%s,%s)", f->range, f->cell) : pm_metrics_format(m, "(%s=\"\")", f->range);
    if (f->range && (f->exact || f->empty))
        return pm_metrics_format(m, "=SUMPRODUCT(%s*ISNUMBER(%s)*%s*(%s<>%s)*(%s<>%s))", test, m->due, days, m->status, m->done, m->status,
                                 m->dropped);
    const char *who = f->range ? pm_metrics_format(m, "%s,%s,", f->range, f->cell) : "";
    return pm_metrics_format(m, "=COUNTIFS(%s%s,%s,\"<>\"&%s,%s,\"<>\"&%s)", who, due, m->status, m->done, m->status, m->dropped);
}

/* ---- rows ---- */

static double part(size_t n, size_t all)
{
    return all ? (double)n / (double)all : 0;
}

/* What follows from the other cells of the row. */
static void derived_cells(struct pm_metrics_writer *m, const struct pm_action_total *a)
{
    uint32_t row = m->row + 1;
    char first = 'A' + FIRST_STATUS, last = 'A' + FIRST_STATUS + PM_AI_WONT_DO - 1;
    pm_metrics_value(m, COUNT, PM_STYLE_INTEGER, m->actions, pm_metrics_format(m, "=SUM(%c%u:%c%u)", first, row, last, row),
                     (double)a->count);
    pm_metrics_value(m, CLOSED, PM_STYLE_PERCENT, m->actions,
                     pm_metrics_format(m, "=IF(B%u=0,\"\",(%c%u+%c%u)/B%u)", row, first + PM_AI_DONE - 1, row, last, row, row),
                     part(a->closed, a->count));
}

static void action_row(struct pm_metrics_writer *m, const char *name, const struct finder *f, const struct pm_action_total *a)
{
    pm_metrics_text_cell(m, NAME, PM_STYLE_LABEL, name);
    for (int i = 0; i < PM_AI_WONT_DO; i++) {
        const char *status = pm_formula_text(m->w, m->w->action_statuses.label[i]);
        pm_metrics_value(m, FIRST_STATUS + i, PM_STYLE_INTEGER, m->actions, count_status(m, f, status), (double)a->status[i + 1]);
    }
    pm_metrics_value(m, OVERDUE, PM_STYLE_INTEGER, m->actions, count_due(m, f, false), (double)a->overdue);
    pm_metrics_value(m, SOON, PM_STYLE_INTEGER, m->actions, count_due(m, f, true), (double)a->due_soon);
    derived_cells(m, a);
    m->row++;
}

static void add_to(struct pm_action_total *sum, const struct pm_action_total *a)
{
    sum->count += a->count;
    sum->closed += a->closed;
    sum->overdue += a->overdue;
    sum->due_soon += a->due_soon;
    for (int i = 1; i <= PM_AI_WONT_DO; i++)
        sum->status[i] += a->status[i];
}

/* What all have less what the rows from `first` on have. */
static void rest_row(struct pm_metrics_writer *m, size_t n, uint32_t total, const struct pm_action_total *rest)
{
    const size_t values[COLUMNS] = {[OVERDUE] = rest->overdue, [SOON] = rest->due_soon};
    struct pm_str number = pm_arena_format(&m->w->arena, "%zu", n);
    struct pm_str name = PM_FILL(&m->w->arena, m->w->language.word[PM_W_OTHERS], {"n", number});
    pm_metrics_text_cell(m, NAME, PM_STYLE_LABEL, pm_shell_text(m->w, name));
    for (int column = FIRST_STATUS; column <= SOON; column++) {
        size_t value = column < OVERDUE ? rest->status[column - FIRST_STATUS + 1] : values[column];
        const char *formula = pm_metrics_format(m, "=%c%u-SUM(%c%u:%c%u)", 'A' + column, total + 1, 'A' + column, total + 2, 'A' + column,
                                                m->row);
        pm_metrics_value(m, column, PM_STYLE_INTEGER, m->actions, formula, (double)value);
    }
    derived_cells(m, rest);
    m->row++;
}

/* One table: all, those without a name, the named ones with the most open items first, the rest. */
static void table(struct pm_metrics_writer *m, enum pm_word chapter, enum pm_word heading, enum pm_word nameless, const char *range,
                  enum pm_by by, uint32_t *first, uint32_t *shown)
{
    struct pm_groups all = pm_metrics_total(m, PM_BY_NOTHING), groups = pm_metrics_count(m, by);
    struct pm_action_total rest = {0};
    size_t others = 0;
    if (m->failed)
        return;
    pm_metrics_chapter(m, chapter);
    headings(m, heading);
    uint32_t total = m->row;
    action_row(m, pm_metrics_word(m, PM_W_ALL), &(struct finder){0}, &all.groups[0].actions);
    *first = m->row;
    for (size_t i = 0; i < groups.count; i++) {
        const struct pm_group *g = &groups.groups[i];
        struct finder f = {.range = range, .cell = pm_metrics_format(m, "$A%u", m->row + 1)};
        if (!g->name.p || !g->actions.count)
            continue;
        f.exact = *shown < PM_METRICS_NAMES && needs_exact(&groups, i);
        if ((*shown)++ < PM_METRICS_NAMES)
            action_row(m, pm_shell_text(m->w, g->name), &f, &g->actions);
        else
            add_to(&rest, &g->actions);
    }
    others = *shown > PM_METRICS_NAMES ? *shown - PM_METRICS_NAMES : 0;
    *shown -= (uint32_t)others;
    if (groups.count && !groups.groups[groups.count - 1].name.p && groups.groups[groups.count - 1].actions.count)
        action_row(m, pm_metrics_word(m, nameless), &(struct finder){.range = range, .empty = true},
                   &groups.groups[groups.count - 1].actions);
    if (others)
        rest_row(m, others, total, &rest);
    worksheet_conditional_format_range(m->ws, total, OVERDUE, m->row - 1, OVERDUE, &(lxw_conditional_format){
        .type = LXW_CONDITIONAL_TYPE_CELL, .criteria = LXW_CONDITIONAL_CRITERIA_GREATER_THAN, .value = 0, .format = m->alarm});
}

/* ---- ages ---- */

static void age_row(struct pm_metrics_writer *m, struct pm_str name, const char *criteria, size_t value)
{
    pm_metrics_text_cell(m, NAME, PM_STYLE_LABEL, pm_shell_text(m->w, name));
    pm_metrics_value(m, COUNT, PM_STYLE_INTEGER, m->actions,
                     pm_metrics_format(m, "=COUNTIFS(%s,%s,\"<>\"&%s,%s,\"<>\"&%s)", criteria, m->status, m->done, m->status, m->dropped),
                     (double)value);
    m->row++;
}

static void age_classes(struct pm_metrics_writer *m, const struct pm_action_total *a)
{
    struct pm_arena *arena = &m->w->arena;
    const struct pm_str *word = m->w->language.word;
    for (int i = 0; i < PM_AGE_CLASSES; i++) {
        int low = i ? pm_age_limits[i - 1] : 0, high = i < PM_AGE_CLASSES - 1 ? pm_age_limits[i] : 0;
        struct pm_str limit = pm_arena_format(arena, "%d", high ? high : low);
        const char *above = i ? pm_metrics_format(m, "%s,\">%d\"", m->age, low) : "";
        const char *below = high ? pm_metrics_format(m, "%s,\"<=%d\"", m->age, high) : "";
        age_row(m, PM_FILL(arena, word[high ? PM_W_UP_TO_DAYS : PM_W_MORE_DAYS], {"n", limit}),
                pm_metrics_format(m, "%s%s%s", above, i && high ? "," : "", below), a->age[i]);
    }
}

static void ages(struct pm_metrics_writer *m)
{
    struct pm_groups all = pm_metrics_total(m, PM_BY_NOTHING);
    if (m->failed)
        return;
    const struct pm_action_total *a = &all.groups[0].actions;
    pm_metrics_chapter(m, PM_W_ITEMS_BY_AGE);
    pm_metrics_heading(m, NAME, pm_metrics_word(m, PM_W_AGE), false);
    pm_metrics_heading(m, COUNT, pm_metrics_word(m, PM_W_NUMBER), true);
    m->row++;
    age_classes(m, a);
    pm_metrics_text_cell(m, NAME, PM_STYLE_LABEL, pm_metrics_word(m, PM_W_AGE_UNKNOWN));
    pm_metrics_value(m, COUNT, PM_STYLE_INTEGER, m->actions,
                     pm_metrics_format(m, "=COUNTIFS(%s,\"<>\"&%s,%s,\"<>\"&%s)-SUM(B%u:B%u)", m->status, m->done, m->status, m->dropped,
                                       m->row + 1 - PM_AGE_CLASSES, m->row), (double)(a->open - a->aged));
    m->row++;
    if (!a->aged)
        return;
    pm_metrics_text_cell(m, NAME, PM_STYLE_LABEL, pm_metrics_word(m, PM_W_MEDIAN_AGE));
    pm_metrics_array(m, COUNT, PM_STYLE_DECIMAL, m->actions,
                     pm_metrics_format(m, "{=IFERROR(MEDIAN(IF((%s<>%s)*(%s<>%s)*ISNUMBER(%s),%s)),\"\")}", m->status, m->done, m->status,
                                       m->dropped, m->age, m->age), a->median_age);
    m->row++;
}

/* ---- services ---- */

static void service_row(struct pm_metrics_writer *m, const char *name, size_t incidents, size_t open, size_t overdue)
{
    const size_t values[] = {incidents, open, overdue};
    pm_metrics_text_cell(m, NAME, PM_STYLE_LABEL, name);
    for (int i = 0; i < 3; i++)
        pm_metrics_value(m, 1 + i, PM_STYLE_INTEGER, false, NULL, (double)values[i]);
    m->row++;
}

/* Values: in Incidents a cell names all services of an incident. Beyond PM_METRICS_NAMES they are left out, since an incident counts for
 * each of its services, and a sum would count it more than once. */
static void services(struct pm_metrics_writer *m)
{
    static const enum pm_word words[] = {PM_W_SERVICE, PM_W_INCIDENTS, PM_W_OPEN_ITEMS, PM_W_OVERDUE_ITEMS};
    struct pm_groups groups = pm_metrics_count(m, PM_BY_SERVICE);
    if (m->failed || !groups.count || !groups.groups[0].name.p)
        return;
    pm_metrics_chapter(m, PM_W_BY_SERVICE);
    pm_metrics_note(m, PM_W_VALUES_NOTE);
    for (int i = 0; i < 4; i++)
        pm_metrics_heading(m, i, pm_metrics_word(m, words[i]), i > 0);
    m->row++;
    for (size_t i = 0; i < groups.count; i++) {
        const struct pm_group *g = &groups.groups[i];
        if (i < PM_METRICS_NAMES || !g->name.p)
            service_row(m, g->name.p ? pm_shell_text(m->w, g->name) : pm_metrics_word(m, PM_W_NO_SERVICE), g->incidents, g->actions.open,
                        g->actions.overdue);
    }
}

void pm_metrics_actions(struct pm_metrics_writer *m)
{
    uint32_t team = 0, teams = 0;
    if (m->w->items) {
        table(m, PM_W_ITEMS_BY_OWNER, PM_W_OWNER, PM_W_NO_OWNER, m->owner, PM_BY_OWNER, &m->places.owners, &m->places.owner_count);
        m->places.owner_name = NAME;
        m->places.owner_status = FIRST_STATUS;
        table(m, PM_W_ITEMS_BY_TEAM, PM_W_TEAM, PM_W_NO_TEAM, m->team, PM_BY_TEAM, &team, &teams);
        ages(m);
    }
    if (m->w->incidents > 1)
        services(m);
}
