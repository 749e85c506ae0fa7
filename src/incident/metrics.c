#include "incident/metrics.h"

#include "incident/schema.h"

enum { DUE_SOON_DAYS = 14 };

/* The two ends of a duration, with their names for messages. */
struct span {
    const struct pm_field *from, *to;
    const char *from_name, *to_name;
};

static bool is_public(const struct pm_update *u)
{
    return !u->visibility.valid || pm_str_same_word(u->visibility.text, "public");
}

static const struct pm_field *first_public_update(const struct pm_incident *in)
{
    const struct pm_update *updates = in->updates.items;
    const struct pm_field *first = NULL;
    for (size_t i = 0; i < in->updates.count; i++) {
        const struct pm_field *at = &updates[i].at;
        if (at->valid && is_public(&updates[i]) && (!first || at->as.instant < first->as.instant))
            first = at;
    }
    return first;
}

static struct span harm(const struct pm_incident *in)
{
    struct span s = {&in->started_at, &in->resolved_at, "started_at", "resolved_at"};
    if (in->impact.started_at.valid) {
        s.from = &in->impact.started_at;
        s.from_name = "impact.started_at";
    }
    if (in->impact.ended_at.valid) {
        s.to = &in->impact.ended_at;
        s.to_name = "impact.ended_at";
    } else if (in->mitigated_at.valid) {
        s.to = &in->mitigated_at;
        s.to_name = "mitigated_at";
    }
    return s;
}

static bool was_reported(const struct span *spans, int count)
{
    for (int i = 0; i < count; i++) {
        if (spans[i].from == spans[count].from && spans[i].to == spans[count].to)
            return true;
    }
    return false;
}

static bool is_resolved(const struct pm_incident *in)
{
    return in->incident_status.valid ? in->incident_status.as.choice == PM_RESOLVED : in->resolved_at.valid;
}

static void measure(const struct pm_incident *in, struct pm_metric *m, const struct span *s)
{
    bool begun = s->from && s->from->valid, ended = s->to && s->to->valid;
    if (!begun || !ended)
        m->state = ended || is_resolved(in) ? PM_METRIC_MISSING : PM_METRIC_OPEN;
    else if (s->to->as.instant < s->from->as.instant)
        m->state = PM_METRIC_REVERSED;
    else
        m->state = PM_METRIC_KNOWN;
    m->known = m->state == PM_METRIC_KNOWN;
    m->seconds = m->known ? s->to->as.instant - s->from->as.instant : 0;
}

void pm_metrics(const struct pm_incident *in, struct pm_diags *diags, struct pm_metric out[PM_METRIC_COUNT])
{
    const struct span spans[PM_METRIC_COUNT] = {
        [PM_TIME_TO_DETECT] = {&in->started_at, &in->detected_at, "started_at", "detected_at"},
        [PM_TIME_TO_ACKNOWLEDGE] = {&in->detected_at, &in->acknowledged_at, "detected_at", "acknowledged_at"},
        [PM_TIME_TO_IDENTIFY] = {&in->detected_at, &in->identified_at, "detected_at", "identified_at"},
        [PM_TIME_TO_MITIGATE] = {&in->started_at, &in->mitigated_at, "started_at", "mitigated_at"},
        [PM_TIME_TO_RESOLVE] = {&in->started_at, &in->resolved_at, "started_at", "resolved_at"},
        [PM_HARM] = harm(in),
        [PM_TIME_TO_NOTICE] = {&in->detected_at, first_public_update(in), "detected_at", "the first public update"},
        [PM_TIME_TO_CLOSE] = {&in->resolved_at, &in->closed_at, "resolved_at", "closed_at"},
    };
    static const struct pm_metric names[PM_METRIC_COUNT] = {
        [PM_TIME_TO_DETECT] = {.key = "ttd", .name = "Time to detect", .base = "from start"},
        [PM_TIME_TO_ACKNOWLEDGE] = {.key = "tta", .name = "Time to acknowledge", .base = "from detection"},
        [PM_TIME_TO_IDENTIFY] = {.key = "tti", .name = "Time to identify", .base = "from detection"},
        [PM_TIME_TO_MITIGATE] = {.key = "ttm", .name = "Time to mitigate", .base = "from start"},
        [PM_TIME_TO_RESOLVE] = {.key = "ttr", .name = "Time to resolve", .base = "from start"},
        [PM_HARM] = {.key = "impact", .name = "Duration of harm", .base = "start to end"},
        [PM_TIME_TO_NOTICE] = {.key = "ttp", .name = "Time to public notice", .base = "from detection"},
        [PM_TIME_TO_CLOSE] = {.key = "ttc", .name = "Time to close the review", .base = "from resolution"},
    };
    for (int i = 0; i < PM_METRIC_COUNT; i++) {
        out[i] = names[i];
        measure(in, &out[i], &spans[i]);
        if (diags && out[i].state == PM_METRIC_REVERSED && !was_reported(spans, i))
            pm_report(diags, PM_D_INSTANT_ORDER, spans[i].to->mark, spans[i].to_name, spans[i].from_name);
    }
}

struct pm_metric pm_time_to_resolve_from_detection(const struct pm_incident *in)
{
    const struct span span = {&in->detected_at, &in->resolved_at, "detected_at", "resolved_at"};
    struct pm_metric m = {.key = "ttr", .name = "Time to resolve", .base = "from detection"};
    measure(in, &m, &span);
    return m;
}

/* Any field of type instant in `object` and below. The table is not deep. */
static void find_latest(const struct pm_object_def *def, const void *object, pm_instant *latest)
{
    for (size_t i = 0; i < def->count; i++) {
        const struct pm_field_def *f = &def->fields[i];
        const void *at = (const char *)object + f->offset;
        if (f->type == PM_T_INSTANT || f->type == PM_T_EVENT_INSTANT) {
            const struct pm_field *field = at;
            if (field->valid && field->as.instant > *latest)
                *latest = field->as.instant;
        } else if (f->type == PM_T_OBJECT) {
            find_latest(f->object, at, latest);
        } else if (f->type == PM_T_LIST && f->item == PM_T_OBJECT) {
            const struct pm_list *list = at;
            for (size_t k = 0; k < list->count; k++)
                find_latest(f->object, (const char *)list->items + k * f->object->size, latest);
        }
    }
}

pm_instant pm_incident_last_instant(const struct pm_incident *incident)
{
    pm_instant latest = incident->started_at.valid ? incident->started_at.as.instant : INT64_MIN;
    find_latest(&pm_incident_def, incident, &latest);
    return latest == INT64_MIN ? 0 : latest;
}

bool pm_action_closed(const struct pm_action *action)
{
    return action->status.valid && (action->status.as.choice == PM_AI_DONE || action->status.as.choice == PM_AI_WONT_DO);
}

enum pm_due pm_action_due(const struct pm_action *action, int64_t as_of)
{
    if (pm_action_closed(action))
        return PM_DUE_CLOSED;
    if (!action->due.valid)
        return PM_DUE_NONE;
    if (action->due.as.days < as_of)
        return PM_DUE_OVERDUE;
    return action->due.as.days - as_of <= DUE_SOON_DAYS ? PM_DUE_SOON : PM_DUE_LATER;
}

struct pm_str pm_action_team(const struct pm_incident *incident, const struct pm_action *action)
{
    const struct pm_person *owner = pm_has(&action->team) || !pm_has(&action->owner) ? NULL : pm_person_find(incident, &action->owner);
    const struct pm_field *team = owner ? &owner->team : &action->team;
    return team->text.n ? team->text : (struct pm_str){NULL, 0};
}
