/* Every word that a report shows and that is not the author's: labels, headings of columns, phrases, names of months. The defaults
 * are English; `words:` of a template replaces any of them. */
#ifndef PM_WORDS_H
#define PM_WORDS_H

#include "base/diag.h"
#include "base/yaml.h"
#include "incident/schema.h"

/* ID, key in a template, English. {name} in a text is replaced by a value. */
#define PM_WORD_TABLE(X) \
    /* how values are written */ \
    X(PM_W_DATE, "date", "{day}\302\240{month}\302\240{year}") \
    X(PM_W_DAY_MONTH, "day_month", "{day}\302\240{month}") \
    X(PM_W_INSTANT, "instant", "{date}, {time}\302\240{zone}") \
    X(PM_W_WEEKDAY_DATE, "weekday_date", "{weekday}, {date} ({zone})") \
    X(PM_W_PERIOD, "period", "{from} to {to}") \
    X(PM_W_GROUP, "group", ",") \
    X(PM_W_DECIMAL, "decimal", ".") \
    X(PM_W_PERCENT, "percent", "{number}%") \
    X(PM_W_DAYS, "days", "{n}\302\240d") \
    X(PM_W_HOURS, "hours", "{n}\302\240h") \
    X(PM_W_MINUTES, "minutes", "{n}\302\240min") \
    X(PM_W_SECONDS, "seconds", "{n}\302\240s") \
    X(PM_W_UNDER_A_MINUTE, "under_a_minute", "<\302\2401\302\240min") \
    X(PM_W_ABOUT, "about", "\342\211\210\302\240{time}") \
    X(PM_W_SEVERITY_NUMBER, "severity_number", "Severity\302\240{n}") \
    X(PM_W_MONEY, "money", "{amount}\302\240{currency}") \
    /* what is missing */ \
    X(PM_W_UNKNOWN, "unknown", "unknown") \
    X(PM_W_NOT_RECORDED, "not_recorded", "not recorded") \
    X(PM_W_NO_OWNER, "no_owner", "no owner") \
    X(PM_W_NO_DATE, "no_date", "no date") \
    /* the page */ \
    X(PM_W_CONTENTS, "contents", "Contents") \
    X(PM_W_PAGE_OF, "page_of", "Page %s of %s") \
    X(PM_W_PAGE, "page", "Page") \
    X(PM_W_SHORTENED, "shortened", "Shortened here; the full report has the rest.") \
    X(PM_W_DONE, "done", "Done") \
    X(PM_W_OPEN, "open", "Open") \
    X(PM_W_NOTE, "note", "Note") \
    X(PM_W_INFO, "info", "Information") \
    X(PM_W_SUCCESS, "success", "Success") \
    X(PM_W_WARNING, "warning", "Warning") \
    X(PM_W_DETAILS, "details", "Details") \
    X(PM_W_FILTER, "filter", "Filter") \
    X(PM_W_FOUND, "found", "{part} of {all} found") \
    X(PM_W_SKIP, "skip", "Skip to content") \
    X(PM_W_TO_DO, "to_do", "To do") \
    X(PM_W_SUBJECT, "subject", "Post-mortem of incident {id}") \
    X(PM_W_WITHDRAWN, "withdrawn", "This document was withdrawn. Do not rely on what it says.") \
    /* facts and computed values */ \
    X(PM_W_INCIDENT, "incident", "Incident") \
    X(PM_W_TIME_SPAN, "time_span", "Time") \
    X(PM_W_AS_OF, "as_of", "As of") \
    X(PM_W_DURATION, "duration", "Duration of harm") \
    X(PM_W_ACTION_ITEMS, "action_items", "Action items") \
    X(PM_W_OPEN_ITEMS, "open_items", "Open action items") \
    X(PM_W_OVERDUE_ITEMS, "overdue_items", "Overdue action items") \
    X(PM_W_TIMELINE_ENTRIES, "timeline_entries", "Timeline entries") \
    X(PM_W_CUSTOMERS_AFFECTED, "customers_affected", "Customers affected") \
    X(PM_W_REQUESTS_FAILED, "requests_failed", "Requests failed") \
    X(PM_W_OF_ALL, "of_all", "{part} of {all}") \
    X(PM_W_OF_TOTAL, "of_total", "of {all}") \
    X(PM_W_OF_CUSTOMERS, "of_customers", "{percent} of all customers") \
    X(PM_W_BASELINE, "baseline", "Baseline") \
    /* timeline */ \
    X(PM_W_ALL_TIMES, "all_times", "All times in {zone} ({name}).") \
    X(PM_W_ALL_TIMES_UTC, "all_times_utc", "All times in UTC.") \
    X(PM_W_TIME, "time", "Time") \
    X(PM_W_EVENT, "event", "Event") \
    X(PM_W_TEAM, "team", "Team") \
    X(PM_W_KIND, "kind", "Kind") \
    X(PM_W_BY, "by", "By") \
    X(PM_W_PHASE, "phase", "Phase") \
    X(PM_W_EVIDENCE, "evidence", "Evidence") \
    X(PM_W_SEE, "see", "see\302\240{ids}") \
    X(PM_W_LABELLED, "labelled", "{label}: {value}") \
    X(PM_W_MORE_EVENTS, "more_events", "{n} more entries are in the full report.") \
    /* analysis */ \
    X(PM_W_PRIMARY_CAUSE, "primary_cause", "Primary cause") \
    X(PM_W_PRIMARY_CAUSES, "primary_causes", "Primary causes") \
    X(PM_W_CHAIN, "chain", "Chain {n}") \
    X(PM_W_WENT_WELL, "went_well", "What went well") \
    X(PM_W_WENT_WRONG, "went_wrong", "What went wrong") \
    X(PM_W_LUCKY, "lucky", "Where we got lucky") \
    X(PM_W_LEARNED, "learned", "What we learned") \
    /* action items */ \
    X(PM_W_ID, "id", "ID") \
    X(PM_W_ACTION_ITEM, "action_item", "Action item") \
    X(PM_W_TYPE, "type", "Type") \
    X(PM_W_OWNER, "owner", "Owner") \
    X(PM_W_DUE, "due", "Due") \
    X(PM_W_PRIORITY, "priority", "Priority") \
    X(PM_W_STATUS, "status", "Status") \
    X(PM_W_OVERDUE, "overdue", "Overdue") \
    X(PM_W_DONE_WHEN, "done_when", "Done when: ") \
    X(PM_W_FOR_CAUSE, "for_cause", "addresses {ids}") \
    X(PM_W_COMPLETED, "completed", "completed {date}") \
    X(PM_W_ACTION_SUMMARY, "action_summary", "{done} of {count} done, {open} open, {overdue} overdue as of {date}.") \
    X(PM_W_MORE_ACTIONS, "more_actions", "{n} more action items are in the full report.") \
    X(PM_W_MORE_ACTION, "more_action", "One more action item is in the full report.") \
    /* impact */ \
    X(PM_W_COMPONENT, "component", "Component") \
    X(PM_W_FROM, "from", "From") \
    X(PM_W_TO, "to", "To") \
    X(PM_W_OBJECTIVE, "objective", "Objective") \
    X(PM_W_TARGET, "target", "Target") \
    X(PM_W_WINDOW, "window", "Window") \
    X(PM_W_BUDGET_SPENT, "budget_spent", "Error budget spent") \
    X(PM_W_MEASURE, "measure", "Measure") \
    X(PM_W_VALUE, "value", "Value") \
    X(PM_W_SOURCE, "source", "Source") \
    X(PM_W_HARM_PERIOD, "harm_period", "Harm") \
    X(PM_W_REVENUE, "revenue", "Revenue") \
    /* appendix */ \
    X(PM_W_NAME, "name", "Name") \
    X(PM_W_EMAIL, "email", "E-mail") \
    X(PM_W_UPDATE, "update", "Update") \
    X(PM_W_COMPONENTS, "components", "Components") \
    X(PM_W_QUESTION, "question", "Question") \
    X(PM_W_ASKED_BY, "asked_by", "Asked by") \
    X(PM_W_ANSWER, "answer", "Answer") \
    X(PM_W_TITLE, "title", "Title") \
    X(PM_W_TAKEN, "taken", "Taken") \
    X(PM_W_FILE, "file", "File") \
    X(PM_W_INTERNAL_MESSAGE, "internal_message", "Internal message") \
    X(PM_W_EXTERNAL_MESSAGE, "external_message", "Message to customers") \
    /* figures */ \
    X(PM_W_HARM, "harm", "Harm") \
    X(PM_W_STARTED, "started", "Started") \
    X(PM_W_DETECTED, "detected", "Detected") \
    X(PM_W_ACKNOWLEDGED, "acknowledged", "Acknowledged") \
    X(PM_W_IDENTIFIED, "identified", "Identified") \
    X(PM_W_MITIGATED, "mitigated", "Mitigated") \
    X(PM_W_RESOLVED, "resolved", "Resolved") \
    X(PM_W_DETECT, "detect", "Detect") \
    X(PM_W_IDENTIFY, "identify", "Identify") \
    X(PM_W_MITIGATE, "mitigate", "Mitigate") \
    X(PM_W_RESOLVE, "resolve", "Resolve") \
    X(PM_W_ALT_TIMELINE, "alt_timeline", "Timeline of the incident.") \
    X(PM_W_ALT_INSTANT, "alt_instant", " {event}: {time}.") \
    X(PM_W_ALT_AFTER, "alt_after", " {event}: {time}, {duration} after the start.") \
    X(PM_W_ALT_HARM, "alt_harm", " Harm lasted {duration}.") \
    X(PM_W_ALT_PHASE, "alt_phase", " Time to {phase}: {duration}.") \
    X(PM_W_ALT_ACTIONS, "alt_actions", "Action items by state:") \
    X(PM_W_ALT_STATE, "alt_state", " {state} {n}") \
    X(PM_W_STATE_COUNT, "state_count", "{state} {n}") \
    /* workbooks */ \
    X(PM_W_TIMELINE, "timeline", "Timeline") \
    X(PM_W_INCIDENTS, "incidents", "Incidents") \
    X(PM_W_METRICS, "metrics", "Metrics") \
    X(PM_W_CHARTS, "charts", "Charts") \
    X(PM_W_IN_UTC, "in_utc", "{label} (UTC)") \
    X(PM_W_WITH_BASE, "with_base", "{label} ({base})") \
    X(PM_W_LOCAL_TIME, "local_time", "Local time") \
    X(PM_W_MINUTES_SINCE_START, "minutes_since_start", "Minutes since start") \
    X(PM_W_KEY_EVENT, "key_event", "Key event") \
    X(PM_W_MONTH, "month", "Month") \
    X(PM_W_DAYS_LEFT, "days_left", "Days left") \
    X(PM_W_AGE, "age", "Age in days") \
    X(PM_W_OVERDUE_BY, "overdue_by", "overdue by {n}\302\240d") \
    X(PM_W_TODAY, "today", "today") \
    X(PM_W_MISSING, "missing", "missing") \
    X(PM_W_OUT_OF_ORDER, "out_of_order", "out of order") \
    X(PM_W_DATE_WANTED, "date_wanted", "Please enter a date (YYYY-MM-DD).") \
    X(PM_W_CHOICE_WANTED, "choice_wanted", "Please choose from the list.") \
    /* metrics and charts of workbooks */ \
    X(PM_W_STILL_OPEN, "still_open", "not yet") \
    X(PM_W_AS_OF_NOTE, "as_of_note", "The day from which days left, ages and what is overdue are counted. Change it, or enter =TODAY().") \
    X(PM_W_VALUES_NOTE, "values_note", "Values as of this day; they do not follow edits.") \
    X(PM_W_MEDIAN, "median", "Median") \
    X(PM_W_MEAN, "mean", "Mean") \
    X(PM_W_P90, "p90", "90th percentile") \
    X(PM_W_LONGEST, "longest", "Longest") \
    X(PM_W_KNOWN, "known", "Known") \
    X(PM_W_LEFT_OUT_NOTE, "left_out_note", \
      "Left out and counted: what is missing, what is out of order, and what is still to come, since the incident is not resolved.") \
    X(PM_W_LEFT_OUT_MISSING, "left_out_missing", "Missing") \
    X(PM_W_LEFT_OUT_ORDER, "left_out_order", "Out of order") \
    X(PM_W_LEFT_OUT_OPEN, "left_out_open", "Not yet") \
    X(PM_W_DURATIONS, "durations", "Durations") \
    X(PM_W_DURATIONS_BY_SEVERITY, "durations_by_severity", "Durations by severity") \
    X(PM_W_BY_MONTH, "by_month", "By month") \
    X(PM_W_DURATION_SHOWN, "duration_shown", "Duration shown") \
    X(PM_W_EARLIER, "earlier", "Earlier") \
    X(PM_W_BETWEEN_STARTS, "between_starts", "Mean time between starts (days)") \
    X(PM_W_DUE_SOON, "due_soon", "Due within 14 days") \
    X(PM_W_CLOSURE_RATE, "closure_rate", "Closure rate") \
    X(PM_W_ON_TIME_RATE, "on_time_rate", "Done on time") \
    X(PM_W_MEDIAN_AGE, "median_age", "Median age of open ones (days)") \
    X(PM_W_ALL, "all", "All") \
    X(PM_W_OTHERS, "others", "{n} others") \
    X(PM_W_NO_TEAM, "no_team", "no team") \
    X(PM_W_NO_SERVICE, "no_service", "no service") \
    X(PM_W_ITEMS_BY_OWNER, "items_by_owner", "Action items by owner") \
    X(PM_W_ITEMS_BY_TEAM, "items_by_team", "Action items by team") \
    X(PM_W_ITEMS_BY_AGE, "items_by_age", "Open action items by age") \
    X(PM_W_BY_SERVICE, "by_service", "Incidents by service") \
    X(PM_W_SERVICE, "service", "Service") \
    X(PM_W_UP_TO_DAYS, "up_to_days", "up to {n} days") \
    X(PM_W_MORE_DAYS, "more_days", "more than {n} days") \
    X(PM_W_AGE_UNKNOWN, "age_unknown", "not known") \
    X(PM_W_NUMBER, "number", "Number") \
    X(PM_W_CHART_OWNERS, "chart_owners", "Action items by owner and status") \
    X(PM_W_CHART_MONTHS, "chart_months", "Incidents a month by severity") \
    X(PM_W_CHART_POINTS, "chart_points", "{duration}, by start") \
    X(PM_W_CHART_PHASES, "chart_phases", "Phases of an incident") \
    X(PM_W_CHART_HOURS, "chart_hours", "Hours") \
    X(PM_W_CHART_HOURS_SINCE, "chart_hours_since", "Hours since start") \
    X(PM_W_CHART_CHOOSE, "chart_choose", "Choose an incident") \
    X(PM_W_CHART_PHASE_START, "chart_phase_start", "After (hours)") \
    X(PM_W_CHART_PHASE_LENGTH, "chart_phase_length", "Length (hours)") \
    X(PM_W_ALT_OWNERS, "alt_owners", "Stacked bars: the action items of {n} owners by status. The numbers are on the sheet {sheet}.") \
    X(PM_W_ALT_MONTHS, "alt_months", \
      "Stacked columns: incidents a month by severity, {from} to {to}. The numbers are on the sheet {sheet}.") \
    X(PM_W_ALT_POINTS, "alt_points", \
      "Points: hours to resolve of {n} incidents by their start, a colour for each severity; median {duration}.") \
    X(PM_W_ALT_PHASES, "alt_phases", "Bars on an axis of hours since the start: when the chosen incident was detected, identified, " \
      "mitigated and resolved, and how long each took.")

enum pm_word {
#define PM_WORD_ENUM(id, key, text) id,
    PM_WORD_TABLE(PM_WORD_ENUM)
#undef PM_WORD_ENUM
    PM_W_COUNT
};

struct pm_language {
    struct pm_str word[PM_W_COUNT];
    struct pm_str month[12], weekday[7];     /* weekday: Sunday first */
    const struct pm_yaml *fields;            /* labels of fields by path or by name */
    const struct pm_yaml *values;            /* words of enumerations: "open", or "status.open" for one field */
    const struct pm_yaml *roles, *bases;     /* labels of roles; bases of durations ("from start") by metric */
};

/* The English words with those of `words` (may be NULL) in their places. */
void pm_language_init(struct pm_language *language, const struct pm_yaml *words);

/* Reports unknown keys, wrong shapes and a `page_of` that is unfit. */
void pm_language_check(const struct pm_yaml *words, struct pm_arena *arena, struct pm_diags *diags);

/* The label of the field at `path`; `field` may be NULL, then the path itself as words. */
struct pm_str pm_language_field(const struct pm_language *l, struct pm_str path, const struct pm_field_def *field);
struct pm_str pm_language_value(const struct pm_language *l, const struct pm_field_def *field, int choice, struct pm_arena *arena);
struct pm_str pm_language_role(const struct pm_language *l, struct pm_str key, struct pm_arena *arena);
struct pm_str pm_language_base(const struct pm_language *l, const char *metric, const char *english);

struct pm_filler { const char *name; struct pm_str value; };

/* `pattern` with each {name} replaced by its value. */
struct pm_str pm_fill(struct pm_arena *arena, struct pm_str pattern, const struct pm_filler *fillers, size_t count);

#define PM_FILL(arena, pattern, ...) \
    pm_fill((arena), (pattern), (const struct pm_filler[]){__VA_ARGS__}, \
            sizeof((const struct pm_filler[]){__VA_ARGS__}) / sizeof(struct pm_filler))

#endif
