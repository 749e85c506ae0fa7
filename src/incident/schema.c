#include "incident/schema.h"

/* Name and place of a row: the member of the struct is named as the key in the file. */
#define AT(type, member) .name = #member, .offset = offsetof(struct type, member)
#define OF(object_def) .type = PM_T_OBJECT, .object = &(object_def)
#define LIST_OF(object_def) .type = PM_T_LIST, .item = PM_T_OBJECT, .object = &(object_def)
#define SCALARS(item_type) .type = PM_T_LIST, .item = (item_type)
#define ENUM(list) .type = PM_T_ENUM, .words = (list)
#define COUNT(a) (sizeof(a) / sizeof *(a))
#define OBJECT(id, type, rows, prefix) \
    static const struct pm_object_def id = { \
        .name = #id, .size = sizeof(struct type), .fields = rows, .count = COUNT(rows), .id_prefix = prefix}

static const char *const doc_statuses[] = {"draft", "in_review", "final", "withdrawn", NULL};
static const char *const severities[] = {"sev1", "sev2", "sev3", "sev4", "sev5", NULL};
static const char *const incident_states[] = {"investigating", "identified", "monitoring", "resolved", NULL};
static const char *const visibilities[] = {"internal", "public", "restricted", NULL};
static const char *const incident_kinds[] = {"outage", "degradation", "security", "data", "near_miss", "change", "other", NULL};
static const char *const methods[] = {"monitoring", "alert", "customer", "employee", "partner", "audit", "unknown", NULL};
static const char *const answers[] = {"yes", "no", "unknown", NULL};
static const char *const switches[] = {"no", "yes", NULL};
static const char *const component_states[] = {"operational", "degraded_performance", "partial_outage", "major_outage",
                                               "under_maintenance", NULL};
static const char *const event_kinds[] = {"change", "impact_start", "detected", "alert", "acknowledged", "assigned", "escalated",
                                          "joined", "hypothesis", "identified", "action", "mitigated", "communication", "resolved",
                                          "impact_end", "note", NULL};
static const char *const confidences[] = {"exact", "approx", NULL};
static const char *const ranks[] = {"primary", "secondary", NULL};
static const char *const cause_kinds[] = {"trigger", "root", "contributing", "latent", "mitigating", NULL};
static const char *const categories[] = {"change", "capacity", "config", "code", "dependency", "process", "human_factors", "security",
                                         "hardware", "unknown", NULL};
static const char *const action_types[] = {"prevent", "mitigate", "detect", "process", "repair", "other", NULL};
static const char *const priorities[] = {"p1", "p2", "p3", "p4", "p5", NULL};
static const char *const action_statuses[] = {"proposed", "open", "in_progress", "blocked", "done", "wont_do", NULL};
static const char *const relations[] = {"duplicate", "caused_by", "recurrence_of", "related", NULL};

static const struct pm_field_def detection_fields[] = {
    {AT(pm_detection, method), ENUM(methods), .flags = PM_F_FINAL, .label = "Detected by",
     .note = "How the incident came to notice."},
    {AT(pm_detection, source), .type = PM_T_TEXT, .label = "Source", .note = "The monitor, person or channel that noticed it."},
    {AT(pm_detection, description), .type = PM_T_MD, .label = "Detection", .note = "What was noticed, and by whom."},
    {AT(pm_detection, improvement), .type = PM_T_MD, .label = "Detection could improve",
     .note = "How the incident could have been noticed sooner."},
};
OBJECT(detection, pm_detection, detection_fields, NULL);

static const struct pm_field_def revenue_fields[] = {
    {AT(pm_revenue, amount), .type = PM_T_NUMBER, .label = "Amount", .note = "How much revenue was lost or delayed."},
    {AT(pm_revenue, currency), .type = PM_T_CURRENCY, .label = "Currency", .note = "The currency of the amount."},
    {AT(pm_revenue, note), .type = PM_T_TEXT, .label = "Note", .note = "How the amount was found, and what it leaves out."},
};
OBJECT(revenue, pm_revenue, revenue_fields, NULL);

static const struct pm_field_def slo_fields[] = {
    {AT(pm_slo, name), .type = PM_T_TEXT, .label = "Objective", .note = "The service level objective."},
    {AT(pm_slo, target_pct), .type = PM_T_PERCENT, .label = "Target", .note = "The target in per cent."},
    {AT(pm_slo, window), .type = PM_T_DURATION, .label = "Window", .note = "The time over which the target is measured."},
    {AT(pm_slo, budget_spent_pct), .type = PM_T_NUMBER, .label = "Error budget spent",
     .note = "The part of the window's error budget that this incident spent, in per cent; more than 100 where it spent more than all."},
};
OBJECT(slo, pm_slo, slo_fields, NULL);

static const struct pm_field_def component_fields[] = {
    {AT(pm_component, name), .type = PM_T_TEXT, .label = "Component", .note = "The component as customers know it."},
    {AT(pm_component, status), ENUM(component_states), .label = "Status",
     .note = "The worst state of the component during the incident."},
    {AT(pm_component, from), .type = PM_T_INSTANT, .label = "From", .note = "When the component left normal service."},
    {AT(pm_component, to), .type = PM_T_INSTANT, .label = "To", .note = "When the component was back in normal service."},
    {AT(pm_component, id), .type = PM_T_TEXT, .label = "ID", .note = "The component's id on the status page."},
};
OBJECT(component, pm_component, component_fields, NULL);

static const struct pm_field_def measure_fields[] = {
    {AT(pm_measure, name), .type = PM_T_TEXT, .label = "Measure", .note = "What was measured."},
    {AT(pm_measure, value), .type = PM_T_SCALAR, .label = "Value", .note = "The value, as a number or as text."},
    {AT(pm_measure, unit), .type = PM_T_TEXT, .label = "Unit", .note = "The unit of the value and the baseline."},
    {AT(pm_measure, baseline), .type = PM_T_SCALAR, .label = "Baseline", .note = "What the value is without an incident."},
    {AT(pm_measure, source), .type = PM_T_TEXT, .label = "Source",
     .note = "Where the value comes from: words, or the id of an evidence entry."},
};
OBJECT(measure, pm_measure, measure_fields, NULL);

static const struct pm_field_def impact_fields[] = {
    {AT(pm_impact, description), .type = PM_T_MD, .flags = PM_F_FINAL, .label = "Description",
     .note = "What customers could not do."},
    {AT(pm_impact, business), .type = PM_T_MD, .label = "Business impact",
     .note = "What it meant for orders, revenue, contracts and trust."},
    {AT(pm_impact, infrastructure), .type = PM_T_MD, .label = "Impact on infrastructure",
     .note = "What it meant for systems and data."},
    {AT(pm_impact, productivity), .type = PM_T_MD, .label = "Impact on productivity",
     .note = "What it meant for the work of teams."},
    {AT(pm_impact, started_at), .type = PM_T_INSTANT, .label = "Harm began",
     .note = "When harm began, where that is not started_at; by default the first timeline entry of kind impact_start."},
    {AT(pm_impact, ended_at), .type = PM_T_INSTANT, .label = "Harm ended",
     .note = "When harm ended; by default the last timeline entry of kind impact_end."},
    {AT(pm_impact, customers_affected), .type = PM_T_INTEGER, .flags = PM_F_FINAL, .label = "Customers affected",
     .note = "How many customers felt it; before the status final, this or another number of the impact is wanted."},
    {AT(pm_impact, customers_total), .type = PM_T_INTEGER, .label = "All customers", .note = "How many customers there were."},
    {AT(pm_impact, requests_failed), .type = PM_T_INTEGER, .label = "Requests failed", .note = "How many requests failed."},
    {AT(pm_impact, support_tickets), .type = PM_T_INTEGER, .label = "Support tickets",
     .note = "How many support tickets it caused."},
    {AT(pm_impact, customers_affected_pct), .type = PM_T_PERCENT, .label = "Share of customers affected",
     .note = "The share of all customers that felt it, in per cent."},
    {AT(pm_impact, requests_failed_pct), .type = PM_T_PERCENT, .label = "Share of requests failed",
     .note = "The share of all requests that failed, in per cent."},
    {AT(pm_impact, revenue), OF(revenue), .label = "Revenue", .note = "Revenue lost or delayed."},
    {AT(pm_impact, data_loss), ENUM(answers), .label = "Data lost", .note = "Whether data was lost."},
    {AT(pm_impact, data_exposed), ENUM(answers), .label = "Data exposed",
     .note = "Whether data was seen by those who should not see it."},
    {AT(pm_impact, sla_breached), ENUM(answers), .label = "SLA breached",
     .note = "Whether a contract's service level was missed."},
    {AT(pm_impact, slo), LIST_OF(slo), .label = "Service level objectives",
     .note = "Service level objectives and what was spent of their budgets."},
    {AT(pm_impact, regions), SCALARS(PM_T_TEXT), .label = "Regions", .note = "Regions that were affected."},
    {AT(pm_impact, environments), SCALARS(PM_T_TEXT), .label = "Environments",
     .note = "Environments that were affected, such as production."},
    {AT(pm_impact, components), LIST_OF(component), .label = "Components",
     .note = "Components of the status page and their worst states."},
    {AT(pm_impact, measures), LIST_OF(measure), .label = "Measures", .note = "Any other numbers."},
};
OBJECT(impact, pm_impact, impact_fields, NULL);

static const struct pm_field_def event_source_fields[] = {
    {AT(pm_event_source, system), .type = PM_T_TEXT, .label = "System", .note = "The system that has the original."},
    {AT(pm_event_source, id), .type = PM_T_TEXT, .label = "ID", .note = "Its id in that system."},
    {AT(pm_event_source, url), .type = PM_T_URL, .label = "Link", .note = "Where the original can be seen."},
};
OBJECT(event_source, pm_event_source, event_source_fields, NULL);

static const struct pm_field_def event_fields[] = {
    {AT(pm_event, id), .type = PM_T_ID, .flags = PM_F_UNIQUE_ID, .label = "ID",
     .note = "By default T1, T2 and so on, by position."},
    {AT(pm_event, at), .type = PM_T_EVENT_INSTANT, .flags = PM_F_REQUIRED, .label = "Time",
     .note = "When it happened; a bare HH:MM is on the day of the entry before it."},
    {AT(pm_event, until), .type = PM_T_EVENT_INSTANT, .label = "Until",
     .note = "When it ended, where it took long; a bare HH:MM is on the day of at."},
    {AT(pm_event, event), .type = PM_T_MD, .flags = PM_F_REQUIRED, .label = "Event", .note = "What happened, in a sentence."},
    {AT(pm_event, team), .type = PM_T_TEXT, .label = "Responsible team", .note = "The team that acted or was responsible."},
    {AT(pm_event, by), .type = PM_T_PERSON, .label = "By", .note = "The person who acted or reported it."},
    {AT(pm_event, kind), ENUM(event_kinds), .label = "Kind",
     .note = "What it is in the course of the incident; instants that are absent are taken from the first entry of their kind."},
    {AT(pm_event, important), ENUM(switches), .label = "Important",
     .note = "Whether it belongs into a short report; true and false are read too."},
    {AT(pm_event, phase), .type = PM_T_TEXT, .label = "Phase", .note = "The part of the incident that it belongs to."},
    {AT(pm_event, visibility), ENUM(visibilities), .label = "Visibility", .note = "Who may read it."},
    {AT(pm_event, confidence), ENUM(confidences), .label = "Confidence", .note = "How well the time is known."},
    {AT(pm_event, evidence), SCALARS(PM_T_TEXT), .label = "Evidence", .note = "Ids of evidence entries."},
    {AT(pm_event, source), OF(event_source), .label = "Source", .note = "Where it was taken from."},
    {AT(pm_event, note), .type = PM_T_MD, .label = "Note", .note = "Anything a reader should know beside it."},
};
OBJECT(event, pm_event, event_fields, "T");

static const struct pm_field_def cause_fields[] = {
    {AT(pm_cause, id), .type = PM_T_ID, .flags = PM_F_UNIQUE_ID, .label = "ID",
     .note = "By default C1, C2 and so on, by position."},
    {AT(pm_cause, rank), ENUM(ranks), .flags = PM_F_FINAL, .label = "Rank",
     .note = "Whether it would not have happened without it; one cause is to be primary."},
    {AT(pm_cause, kind), ENUM(cause_kinds), .label = "Kind", .note = "Its part in what happened."},
    {AT(pm_cause, category), ENUM(categories), .label = "Category", .note = "What it is about, for figures over many incidents."},
    {AT(pm_cause, text), .type = PM_T_MD, .flags = PM_F_REQUIRED, .label = "Cause", .note = "The cause, in a sentence."},
    {AT(pm_cause, evidence), SCALARS(PM_T_TEXT), .label = "Evidence", .note = "Ids of evidence entries."},
};
OBJECT(cause, pm_cause, cause_fields, "C");

static const struct pm_field_def why_fields[] = {
    {AT(pm_why, question), .type = PM_T_MD, .label = "Question", .note = "Why something was so."},
    {AT(pm_why, answer), .type = PM_T_MD, .label = "Answer", .note = "The answer, which the next question asks about."},
};
OBJECT(why, pm_why, why_fields, NULL);

static const struct pm_field_def lessons_fields[] = {
    {AT(pm_lessons, went_well), SCALARS(PM_T_MD), .label = "What went well", .note = "What helped and is worth keeping."},
    {AT(pm_lessons, went_wrong), SCALARS(PM_T_MD), .label = "What went wrong", .note = "What cost time or made harm worse."},
    {AT(pm_lessons, lucky), SCALARS(PM_T_MD), .label = "Where we got lucky", .note = "What helped and cannot be relied on."},
    {AT(pm_lessons, learned), SCALARS(PM_T_MD), .label = "What we learned",
     .note = "What is known now that was not known before."},
};
OBJECT(lessons, pm_lessons, lessons_fields, NULL);

static const struct pm_field_def tracker_fields[] = {
    {AT(pm_tracker, system), .type = PM_T_TEXT, .label = "Tracker", .note = "The tracker, such as jira or github."},
    {AT(pm_tracker, key), .type = PM_T_TEXT, .label = "Ticket", .note = "The ticket's key in it."},
    {AT(pm_tracker, url), .type = PM_T_URL, .label = "Link", .note = "Where the ticket can be seen."},
    {AT(pm_tracker, status), .type = PM_T_TEXT, .label = "Ticket status", .note = "The ticket's status, in the tracker's words."},
};
OBJECT(tracker, pm_tracker, tracker_fields, NULL);

static const struct pm_field_def action_fields[] = {
    {AT(pm_action, id), .type = PM_T_ID, .flags = PM_F_UNIQUE_ID, .label = "ID",
     .note = "By default AI-1, AI-2 and so on, by position."},
    {AT(pm_action, item), .type = PM_T_MD, .flags = PM_F_REQUIRED, .label = "Action item",
     .note = "What will be done, in a sentence."},
    {AT(pm_action, description), .type = PM_T_MD, .label = "Description", .note = "More about it."},
    {AT(pm_action, type), ENUM(action_types), .label = "Type", .note = "What it is for."},
    {AT(pm_action, owner), .type = PM_T_PERSON, .flags = PM_F_FINAL, .label = "Owner", .note = "The person who answers for it."},
    {AT(pm_action, team), .type = PM_T_TEXT, .label = "Team", .note = "The team that does it."},
    {AT(pm_action, due), .type = PM_T_DATE, .flags = PM_F_FINAL, .label = "Due", .note = "The day by which it is to be done."},
    {AT(pm_action, priority), ENUM(priorities), .label = "Priority", .note = "How urgent it is; p1 comes first."},
    {AT(pm_action, status), ENUM(action_statuses), .label = "Status", .note = "How far it is; by default open."},
    {AT(pm_action, created), .type = PM_T_DATE, .label = "Created", .note = "The day on which it was agreed."},
    {AT(pm_action, completed), .type = PM_T_DATE, .label = "Completed", .note = "The day on which it was done."},
    {AT(pm_action, done_when), .type = PM_T_MD, .label = "Done when", .note = "What will be seen when it is done."},
    {AT(pm_action, causes), SCALARS(PM_T_ID), .label = "Causes", .note = "Ids of the causes that it addresses."},
    {AT(pm_action, tracker), OF(tracker), .label = "Ticket", .note = "The ticket that follows it."},
    {AT(pm_action, note), .type = PM_T_MD, .label = "Note", .note = "Anything a reader should know beside it."},
    {AT(pm_action, visibility), ENUM(visibilities), .label = "Visibility", .note = "Who may read it."},
};
OBJECT(action, pm_action, action_fields, "AI-");

static const struct pm_field_def accounts_fields[] = {
    {AT(pm_accounts, atlassian), .type = PM_T_TEXT, .label = "Atlassian account", .note = "Account id at Atlassian."},
    {AT(pm_accounts, pagerduty), .type = PM_T_TEXT, .label = "PagerDuty account", .note = "User id at PagerDuty."},
    {AT(pm_accounts, notion), .type = PM_T_TEXT, .label = "Notion account", .note = "User id at Notion."},
    {AT(pm_accounts, google), .type = PM_T_TEXT, .label = "Google account", .note = "Account at Google."},
    {AT(pm_accounts, slack), .type = PM_T_TEXT, .label = "Slack account", .note = "Member id at Slack."},
    {AT(pm_accounts, github), .type = PM_T_TEXT, .label = "GitHub account", .note = "User name at GitHub."},
};
OBJECT(accounts, pm_accounts, accounts_fields, NULL);

static const struct pm_field_def person_fields[] = {
    {AT(pm_person, name), .type = PM_T_TEXT, .label = "Name", .note = "The name as documents show it."},
    {AT(pm_person, email), .type = PM_T_TEXT, .label = "E-mail", .note = "The e-mail address."},
    {AT(pm_person, team), .type = PM_T_TEXT, .label = "Team", .note = "The person's team."},
    {AT(pm_person, pseudonym), .type = PM_T_TEXT, .label = "Pseudonym",
     .note = "What stands for the name in a document that is made safe to share."},
    {AT(pm_person, accounts), OF(accounts), .label = "Accounts", .note = "Account names at services."},
};
OBJECT(person, pm_person, person_fields, NULL);

static const struct pm_field_def update_fields[] = {
    {AT(pm_update, at), .type = PM_T_INSTANT, .label = "Time", .note = "When it was published."},
    {AT(pm_update, status), ENUM(incident_states), .label = "Status", .note = "The state that it announced."},
    {AT(pm_update, body), .type = PM_T_MD, .label = "Update", .note = "What it said."},
    {AT(pm_update, visibility), ENUM(visibilities), .label = "Visibility", .note = "Who could read it; by default all."},
    {AT(pm_update, components), SCALARS(PM_T_TEXT), .label = "Components", .note = "The components that it was about."},
};
OBJECT(update, pm_update, update_fields, NULL);

static const struct pm_field_def messaging_fields[] = {
    {AT(pm_messaging, internal), .type = PM_T_MD, .label = "Internal message", .note = "What colleagues are told."},
    {AT(pm_messaging, external), .type = PM_T_MD, .label = "Message to customers", .note = "What customers are told."},
};
OBJECT(messaging, pm_messaging, messaging_fields, NULL);

static const struct pm_field_def evidence_fields[] = {
    {AT(pm_evidence, id), .type = PM_T_ID, .flags = PM_F_UNIQUE_ID, .label = "ID", .note = "What other entries name it by."},
    {AT(pm_evidence, title), .type = PM_T_TEXT, .label = "Title", .note = "What it shows."},
    {AT(pm_evidence, file), .type = PM_T_TEXT, .label = "File", .note = "The file, beside the incident's."},
    {AT(pm_evidence, url), .type = PM_T_URL, .label = "Link", .note = "Where it can be seen, where it is no file."},
    {AT(pm_evidence, alt), .type = PM_T_TEXT, .label = "Text alternative",
     .note = "What a picture shows, for those who cannot see it; every picture needs one."},
    {AT(pm_evidence, media_type), .type = PM_T_TEXT, .label = "Media type", .note = "The media type, such as image/png."},
    {AT(pm_evidence, sha256), .type = PM_T_TEXT, .label = "SHA-256",
     .note = "The digest of the file, to prove that it is unchanged."},
    {AT(pm_evidence, taken_at), .type = PM_T_INSTANT, .label = "Taken", .note = "When it was taken."},
    {AT(pm_evidence, visibility), ENUM(visibilities), .label = "Visibility", .note = "Who may see it."},
};
OBJECT(evidence, pm_evidence, evidence_fields, NULL);

static const struct pm_field_def review_fields[] = {
    {AT(pm_review, meeting_at), .type = PM_T_INSTANT, .label = "Review meeting", .note = "When the review was held."},
    {AT(pm_review, recording), .type = PM_T_URL, .label = "Recording", .note = "Where its recording can be seen."},
    {AT(pm_review, attendees), SCALARS(PM_T_PERSON), .label = "Attendees", .note = "Who took part."},
    {AT(pm_review, approved_by), .type = PM_T_PERSON, .label = "Approved by", .note = "Who approved the document."},
    {AT(pm_review, approved_at), .type = PM_T_INSTANT, .label = "Approved", .note = "When it was approved."},
};
OBJECT(review, pm_review, review_fields, NULL);

static const struct pm_field_def question_fields[] = {
    {AT(pm_question, id), .type = PM_T_ID, .flags = PM_F_UNIQUE_ID, .label = "ID", .note = "What other entries name it by."},
    {AT(pm_question, question), .type = PM_T_MD, .label = "Question", .note = "What is not known."},
    {AT(pm_question, asked_by), .type = PM_T_PERSON, .label = "Asked by", .note = "Who wants to know."},
    {AT(pm_question, answer), .type = PM_T_MD, .label = "Answer", .note = "The answer, when there is one."},
    {AT(pm_question, open), ENUM(switches), .label = "Open",
     .note = "Whether it still waits for an answer; true and false are read too."},
};
OBJECT(question, pm_question, question_fields, NULL);

static const struct pm_field_def relation_fields[] = {
    {AT(pm_relation, id), .type = PM_T_ID, .label = "Incident", .note = "The id of the other incident."},
    {AT(pm_relation, relation), ENUM(relations), .label = "Relation", .note = "What this incident is to the other."},
    {AT(pm_relation, url), .type = PM_T_URL, .label = "Link", .note = "Where the other incident can be read."},
};
OBJECT(relation, pm_relation, relation_fields, NULL);

static const struct pm_field_def section_fields[] = {
    {AT(pm_free_section, title), .type = PM_T_TEXT, .label = "Title", .note = "The section's heading."},
    {AT(pm_free_section, body), .type = PM_T_MD, .label = "Text", .note = "The section's text."},
    {AT(pm_free_section, after), .type = PM_T_TEXT, .label = "After",
     .note = "The field or heading behind which it stands; by default it stands at the end."},
};
OBJECT(section, pm_free_section, section_fields, NULL);

static const struct pm_field_def incident_fields[] = {
    {AT(pm_incident, pm), .type = PM_T_VERSION, .label = "Format version", .note = "The version of this format, 1."},
    {AT(pm_incident, id), .type = PM_T_ID, .flags = PM_F_REQUIRED, .label = "Incident ID",
     .note = "The incident's id, unique among your incidents."},
    {AT(pm_incident, title), .type = PM_T_TEXT, .flags = PM_F_REQUIRED, .label = "Title", .note = "What happened, in one line."},
    {AT(pm_incident, status), ENUM(doc_statuses), .label = "Document status",
     .note = "How far the document is; by default draft."},
    {AT(pm_incident, severity), .type = PM_T_SEVERITY, .words = severities, .flags = PM_F_REQUIRED, .label = "Severity",
     .note = "How bad it was, sev1 being the worst; SEV-2, S2, P2, 2 and major are read too, and documents show what is written."},
    {AT(pm_incident, incident_status), ENUM(incident_states), .label = "Incident status",
     .note = "How far the incident is; by default what the instants tell."},
    {AT(pm_incident, visibility), ENUM(visibilities), .label = "Visibility",
     .note = "Who may read the document; by default internal."},
    {AT(pm_incident, kind), ENUM(incident_kinds), .label = "Kind of incident", .note = "What sort of incident it was."},
    {AT(pm_incident, owner), .type = PM_T_PERSON, .flags = PM_F_FINAL, .label = "Owner",
     .note = "The person who answers for the document."},
    {AT(pm_incident, authors), SCALARS(PM_T_PERSON), .label = "Authors", .note = "Who wrote the document."},
    {AT(pm_incident, reviewers), SCALARS(PM_T_PERSON), .label = "Reviewers", .note = "Who reviews the document."},
    {AT(pm_incident, lang), .type = PM_T_LANG, .label = "Language", .note = "The language of the text; by default en."},
    {AT(pm_incident, tz), .type = PM_T_ZONE, .label = "Time zone",
     .note = "The zone of times without an offset, in which all times are shown; by default Etc/UTC."},
    {AT(pm_incident, url), .type = PM_T_URL, .label = "Link", .note = "Where the incident or its document lives."},
    {AT(pm_incident, labels), SCALARS(PM_T_TEXT), .label = "Labels", .note = "Words to find it by."},
    {AT(pm_incident, services), SCALARS(PM_T_TEXT), .label = "Services", .note = "Services that were affected."},
    {AT(pm_incident, started_at), .type = PM_T_INSTANT, .flags = PM_F_REQUIRED, .label = "Started",
     .note = "When harm began, noticed or not."},
    {AT(pm_incident, detected_at), .type = PM_T_INSTANT, .flags = PM_F_FINAL, .label = "Detected",
     .note = "When it was noticed."},
    {AT(pm_incident, acknowledged_at), .type = PM_T_INSTANT, .label = "Acknowledged",
     .note = "When somebody began to work on it."},
    {AT(pm_incident, identified_at), .type = PM_T_INSTANT, .label = "Identified", .note = "When the cause was known."},
    {AT(pm_incident, mitigated_at), .type = PM_T_INSTANT, .label = "Mitigated", .note = "When customers no longer felt it."},
    {AT(pm_incident, resolved_at), .type = PM_T_INSTANT, .flags = PM_F_FINAL, .label = "Resolved",
     .note = "When it was over for good."},
    {AT(pm_incident, closed_at), .type = PM_T_INSTANT, .label = "Closed", .note = "When the review was over."},
    {AT(pm_incident, summary), .type = PM_T_MD, .flags = PM_F_REQUIRED, .label = "Summary",
     .note = "Two or three sentences for a reader who was not there."},
    {AT(pm_incident, background), .type = PM_T_MD, .label = "Background",
     .note = "What a reader must know of the systems to follow the rest."},
    {AT(pm_incident, trigger), .type = PM_T_MD, .label = "Trigger", .note = "What set it off."},
    {AT(pm_incident, response), .type = PM_T_MD, .label = "Response", .note = "Who worked on it, and how."},
    {AT(pm_incident, resolution), .type = PM_T_MD, .label = "Resolution", .note = "What ended it."},
    {AT(pm_incident, recurrence), .type = PM_T_MD, .label = "Recurrence",
     .note = "Whether it happened before, and why it could happen again."},
    {AT(pm_incident, backlog_check), .type = PM_T_MD, .label = "Backlog check",
     .note = "Whether planned work would have prevented it."},
    {AT(pm_incident, advice_to_customers), .type = PM_T_MD, .label = "Advice to customers", .note = "What customers should do."},
    {AT(pm_incident, detection), OF(detection), .label = "Detection", .note = "How it came to notice."},
    {AT(pm_incident, impact), OF(impact), .flags = PM_F_FINAL, .label = "Impact",
     .note = "What it did to customers and the business."},
    {AT(pm_incident, timeline), LIST_OF(event), .flags = PM_F_FINAL, .label = "Timeline",
     .note = "What happened when; before the status final, three entries are wanted."},
    {AT(pm_incident, root_cause), .type = PM_T_MD, .flags = PM_F_FINAL, .label = "Root cause analysis",
     .note = "The analysis in prose."},
    {AT(pm_incident, causes), LIST_OF(cause), .flags = PM_F_FINAL, .label = "Causes", .note = "Primary and secondary factors."},
    {AT(pm_incident, five_whys), .type = PM_T_CHAINS, .object = &why, .label = "Five whys",
     .note = "Questions and answers, each asking about the answer before; several chains are a list of such lists."},
    {AT(pm_incident, lessons), OF(lessons), .flags = PM_F_FINAL, .label = "Lessons learned",
     .note = "What is worth keeping and what is not."},
    {AT(pm_incident, action_items), LIST_OF(action), .flags = PM_F_FINAL, .label = "Action items",
     .note = "What will be done so that it does not happen again."},
    {AT(pm_incident, roles), .type = PM_T_ROLES, .flags = PM_F_FINAL, .label = "Roles",
     .note = "Who did what: incident_commander, deputy, scribe, communications_lead, operations_lead or others; each a person or a list."},
    {AT(pm_incident, people), .type = PM_T_PEOPLE, .object = &person, .label = "People",
     .note = "Persons by a key of your choice; wherever a person is named, the key stands for the name."},
    {AT(pm_incident, updates), LIST_OF(update), .label = "Status updates", .note = "What the status page said."},
    {AT(pm_incident, messaging), OF(messaging), .label = "Messages", .note = "What was said about it."},
    {AT(pm_incident, evidence), LIST_OF(evidence), .label = "Evidence", .note = "Graphs, logs and documents."},
    {AT(pm_incident, review), OF(review), .label = "Review", .note = "The review of the document."},
    {AT(pm_incident, questions), LIST_OF(question), .label = "Questions", .note = "What is still to be found out."},
    {AT(pm_incident, related), LIST_OF(relation), .label = "Related incidents", .note = "Other incidents."},
    {AT(pm_incident, sections), LIST_OF(section), .label = "Further sections",
     .note = "Anything else, under headings of its own."},
    {AT(pm_incident, glossary), .type = PM_T_GLOSSARY, .label = "Glossary",
     .note = "Terms and what they mean; every key is a term."},
};

const struct pm_object_def pm_incident_def = {
    .name = "incident", .size = sizeof(struct pm_incident), .fields = incident_fields, .count = COUNT(incident_fields), .id_prefix = NULL};
