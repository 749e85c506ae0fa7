/* The totals as tables for people. */
#include "pmmetrics.h"

#include "document/show.h"
#include "render/columns.h"

#include <string.h>

struct writer {
    const struct pm_metrics_report *r;
    struct pm_show show;
    struct pm_language language;
    struct pm_buf *out;
};

static void count_cell(struct writer *w, struct pm_columns *c, size_t n)
{
    pm_columns_cell(c, pm_show_integer(&w->show, (int64_t)n));
}

static void duration_cell(struct writer *w, struct pm_columns *c, const struct pm_duration_total *d, double seconds)
{
    pm_columns_cell(c, d->count[PM_METRIC_KNOWN] ? pm_show_duration(&w->show, pm_whole(seconds)) : PM_LIT("-"));
}

static void rate_cell(struct writer *w, struct pm_columns *c, size_t part, size_t all)
{
    pm_columns_cell(c, all ? pm_arena_format(w->r->arena, "%d%%", (int)pm_whole((double)part * 100 / (double)all)) : PM_LIT("-"));
}

static void headings(struct pm_columns *c, const char *const *texts)
{
    for (; *texts; texts++)
        pm_columns_cell(c, pm_str(*texts));
}

static void heading(struct writer *w, const char *text)
{
    pm_buf_printf(w->out, "\n%s\n\n", text);
}

static struct pm_str day_of(struct writer *w, pm_instant t)
{
    struct pm_buf b;
    pm_buf_init(&b, 64);
    pm_date_iso(&b, pm_day_of(t));
    struct pm_str text = pm_arena_str(w->r->arena, pm_buf_slice(&b));
    pm_buf_free(&b);
    return text;
}

static void put_shown(struct writer *w, struct pm_str text)
{
    pm_buf_str(w->out, pm_columns_cut(w->r->arena, text, SIZE_MAX - 1));
}

static void introduce(struct writer *w)
{
    const struct pm_group *all = w->r->all;
    put_shown(w, pm_show_integer(&w->show, (int64_t)all->incidents));
    pm_buf_puts(w->out, all->incidents == 1 ? " incident" : " incidents");
    if (all->first <= all->last) {
        struct pm_str from = day_of(w, all->first), to = day_of(w, all->last);
        pm_buf_printf(w->out, pm_str_eq(from, to) ? ", started %s" : ", started %s to %s", from.p ? from.p : "", to.p ? to.p : "");
    }
    if (all->gaps) {
        pm_buf_puts(w->out, ", one every ");
        put_shown(w, pm_show_duration(&w->show, pm_whole(all->between_starts)));
    }
    pm_buf_puts(w->out, "; as of ");
    pm_date_iso(w->out, w->r->as_of);
    pm_buf_putc(w->out, '\n');
}

static void write_durations(struct writer *w)
{
    static const char *const titles[] = {"Duration", "Median", "Mean", "90%", "Longest", "Incidents", "Missing", "Out of order", "Open", NULL};
    struct pm_columns c;
    pm_columns_init(&c, w->r->arena, "lrrrrrrrr");
    headings(&c, titles);
    for (int m = 0; m < PM_METRIC_COUNT; m++) {
        const struct pm_duration_total *d = &w->r->all->durations[m];
        pm_columns_cell(&c, pm_arena_format(w->r->arena, "%s (%s)", w->r->names[m].name, w->r->names[m].base));
        duration_cell(w, &c, d, d->median);
        duration_cell(w, &c, d, d->mean);
        duration_cell(w, &c, d, d->p90);
        duration_cell(w, &c, d, (double)d->max);
        for (int k = 0; k < PM_METRIC_STATES; k++)
            count_cell(w, &c, d->count[k]);
    }
    heading(w, "Durations");
    pm_columns_write(&c, w->out);
}

static void write_groups(struct writer *w)
{
    static const char *const titles[] = {"", "Incidents", "To detect", "To mitigate", "To resolve", "90%", "Left out",
                                         "Action items", "Open", "Overdue", "Closed", NULL};
    struct pm_columns c;
    pm_columns_init(&c, w->r->arena, "lrrrrrrrrrr");
    headings(&c, titles);
    for (size_t i = 0; i < w->r->groups.count; i++) {
        const struct pm_group *g = &w->r->groups.groups[i];
        const struct pm_duration_total *d = &g->durations[PM_TIME_TO_RESOLVE];
        pm_columns_cell(&c, g->name.p ? pm_columns_cut(w->r->arena, g->name, 40) : PM_LIT("(none)"));
        count_cell(w, &c, g->incidents);
        duration_cell(w, &c, &g->durations[PM_TIME_TO_DETECT], g->durations[PM_TIME_TO_DETECT].median);
        duration_cell(w, &c, &g->durations[PM_TIME_TO_MITIGATE], g->durations[PM_TIME_TO_MITIGATE].median);
        duration_cell(w, &c, d, d->median);
        duration_cell(w, &c, d, d->p90);
        count_cell(w, &c, g->incidents - d->count[PM_METRIC_KNOWN]);
        count_cell(w, &c, g->actions.count);
        count_cell(w, &c, g->actions.open);
        count_cell(w, &c, g->actions.overdue);
        rate_cell(w, &c, g->actions.closed, g->actions.count);
    }
    pm_buf_printf(w->out, "\nBy %s (medians; 90%% and left out are of the time to resolve)\n\n", w->r->by_name);
    pm_columns_write(&c, w->out);
}

static void action_row(struct writer *w, struct pm_columns *c, struct pm_str name, const struct pm_action_total *a)
{
    pm_columns_cell(c, name);
    count_cell(w, c, a->count);
    for (int status = PM_AI_PROPOSED; status <= PM_AI_WONT_DO; status++)
        count_cell(w, c, a->status[status]);
    count_cell(w, c, a->overdue);
    count_cell(w, c, a->due_soon);
    rate_cell(w, c, a->closed, a->count);
    rate_cell(w, c, a->on_time, a->timed);
}

static void action_rows(struct writer *w, struct pm_columns *c, const struct pm_groups *groups, const char *what)
{
    for (size_t i = 0; i < groups->count; i++) {
        const struct pm_group *g = &groups->groups[i];
        struct pm_str name = g->name.p ? g->name : pm_arena_format(w->r->arena, "no %s", what);
        if (g->name.p || groups->count > 1)
            action_row(w, c, name, &g->actions);
    }
}

static void write_ages(struct writer *w)
{
    const struct pm_action_total *a = &w->r->all->actions;
    if (!a->open)
        return;
    if (!a->aged) {
        pm_buf_printf(w->out, "\nAge of the %zu open ones: not known, since none says when it was created.\n", a->open);
        return;
    }
    pm_buf_puts(w->out, "\nAge of the open ones: median ");
    pm_buf_number(w->out, a->median_age, 1);
    pm_buf_printf(w->out, " d; %zu up to %d d, %zu up to %d d, %zu up to %d d, %zu more, %zu not known\n", a->age[0], pm_age_limits[0],
                  a->age[1], pm_age_limits[1], a->age[2], pm_age_limits[2], a->age[3], a->open - a->aged);
}

static void write_actions(struct writer *w)
{
    static const char *const titles[] = {"", "All", "Proposed", "Open", "In progress", "Blocked", "Done", "Won't do", "Overdue", "Due soon",
                                         "Closed", "On time", NULL};
    struct pm_columns c;
    if (!w->r->all->actions.count)
        return;
    pm_columns_init(&c, w->r->arena, "lrrrrrrrrrrr");
    headings(&c, titles);
    action_row(w, &c, PM_LIT("all"), &w->r->all->actions);
    action_rows(w, &c, &w->r->types, "type");
    action_rows(w, &c, &w->r->priorities, "priority");
    heading(w, "Action items");
    pm_columns_write(&c, w->out);
    write_ages(w);
}

static void item_row(struct writer *w, struct pm_columns *c, const struct pm_open_item *item)
{
    struct pm_arena *arena = w->r->arena;
    pm_columns_cell(c, item->incident);
    pm_columns_cell(c, item->id);
    pm_columns_cell(c, pm_columns_cut(arena, item->item, 60));
    pm_columns_cell(c, item->owner.p ? item->owner : item->team.p ? item->team : PM_LIT("-"));
    pm_columns_cell(c, pm_str(pm_status_word(item->status)));
    pm_columns_cell(c, item->has_due ? day_of(w, item->due * 86400) : PM_LIT("-"));
    pm_columns_cell(c, item->late > 0 ? pm_arena_format(arena, "%lld", (long long)item->late) : PM_LIT("-"));
}

static void write_items(struct writer *w)
{
    static const char *const titles[] = {"Incident", "ID", "Action item", "Owner", "Status", "Due", "Days overdue", NULL};
    struct pm_columns c;
    if (!w->r->lists_items)
        return;
    if (!w->r->item_count) {
        pm_buf_puts(w->out, "\nNo action item needs attention.\n");
        return;
    }
    pm_columns_init(&c, w->r->arena, "llllllr");
    headings(&c, titles);
    for (size_t i = 0; i < w->r->item_count; i++)
        item_row(w, &c, &w->r->items[i]);
    pm_buf_printf(w->out, "\nAction items that need attention: %zu\n\n", w->r->item_count);
    pm_columns_write(&c, w->out);
}

void pm_metrics_text(const struct pm_metrics_report *r, struct pm_buf *out)
{
    struct writer w = {.r = r, .out = out};
    pm_language_init(&w.language, NULL);
    w.show = (struct pm_show){.arena = r->arena, .language = &w.language, .zone = PM_LIT("Etc/UTC")};
    introduce(&w);
    write_durations(&w);
    write_groups(&w);
    write_actions(&w);
    write_items(&w);
}
