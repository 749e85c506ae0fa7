/* The canonical incident: typed values, each with its place in the source. pm-incident(5) is the format.
 *
 * The structs mirror the one table in schema.c, from which the reader, the canonical writer, the unknown-key hints, the JSON
 * Schema and the manual's field list follow. To add a field: a member here and a row there. */
#ifndef PM_INCIDENT_H
#define PM_INCIDENT_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/mark.h"
#include "base/time.h"
#include "base/yaml.h"

/* Enumerations; the values are indices into the words of schema.c, from 1, so that 0 is "absent". */
enum pm_doc_status { PM_STATUS_DRAFT = 1, PM_STATUS_IN_REVIEW, PM_STATUS_FINAL, PM_STATUS_WITHDRAWN };
enum pm_incident_state { PM_INVESTIGATING = 1, PM_IDENTIFIED, PM_MONITORING, PM_RESOLVED };
enum pm_event_kind {
    PM_EV_CHANGE = 1, PM_EV_IMPACT_START, PM_EV_DETECTED, PM_EV_ALERT, PM_EV_ACKNOWLEDGED, PM_EV_ASSIGNED, PM_EV_ESCALATED,
    PM_EV_JOINED, PM_EV_HYPOTHESIS, PM_EV_IDENTIFIED, PM_EV_ACTION, PM_EV_MITIGATED, PM_EV_COMMUNICATION, PM_EV_RESOLVED,
    PM_EV_IMPACT_END, PM_EV_NOTE
};
enum pm_rank { PM_PRIMARY = 1, PM_SECONDARY };
enum pm_action_status { PM_AI_PROPOSED = 1, PM_AI_OPEN, PM_AI_IN_PROGRESS, PM_AI_BLOCKED, PM_AI_DONE, PM_AI_WONT_DO };

/* One scalar. Absent when mark.line is 0 and derived is false. */
struct pm_field {
    struct pm_mark mark;
    struct pm_str text;        /* as written, YAML's own quoting and escapes resolved */
    bool derived;              /* not written: taken from another field, whose mark this is, or a default */
    bool valid;                /* as.* holds the value; text-like types: always when present */
    union {
        int64_t integer;       /* integer */
        double number;         /* number, percentage */
        int choice;            /* enumeration; severity: 1 to 5 */
        pm_instant instant;
        int64_t days;          /* date */
        int64_t seconds;       /* duration */
    } as;
};

/* A sequence: `items` points to `count` structs of the type that the schema names. */
struct pm_list {
    struct pm_mark mark;
    void *items;
    size_t count;
};

/* x-* keys and other free values, as read. */
struct pm_extra {
    struct pm_str key;
    const struct pm_yaml *value;
    struct pm_extra *next;
};

/* The head of every mapping. Absent when mark.line is 0. `source` has the comments. */
struct pm_object {
    struct pm_mark mark;
    struct pm_extra *extras;
    const struct pm_yaml *source;
};

/* An entry of a map with free keys: glossary (field), roles (list of persons), people (struct pm_person). */
struct pm_pair { struct pm_mark mark; struct pm_str key; struct pm_field value; };
struct pm_role { struct pm_mark mark; struct pm_str key; struct pm_list people; /* pm_field */ bool single; };

struct pm_accounts { struct pm_object head; struct pm_field atlassian, pagerduty, notion, google, slack, github; };
struct pm_person { struct pm_object head; struct pm_str key; struct pm_field name, email, team, pseudonym; struct pm_accounts accounts; };

struct pm_detection { struct pm_object head; struct pm_field method, source, description, improvement; };
struct pm_revenue { struct pm_object head; struct pm_field amount, currency, note; };
struct pm_slo { struct pm_object head; struct pm_field name, target_pct, window, budget_spent_pct; };
struct pm_component { struct pm_object head; struct pm_field name, status, from, to, id; };
struct pm_measure { struct pm_object head; struct pm_field name, value, unit, baseline, source; };

struct pm_impact {
    struct pm_object head;
    struct pm_field description, business, infrastructure, productivity, started_at, ended_at;
    struct pm_field customers_affected, customers_total, requests_failed, support_tickets, customers_affected_pct, requests_failed_pct;
    struct pm_revenue revenue;
    struct pm_field data_loss, data_exposed, sla_breached;
    struct pm_list slo;            /* pm_slo */
    struct pm_list regions, environments;   /* pm_field */
    struct pm_list components;     /* pm_component */
    struct pm_list measures;       /* pm_measure */
};

struct pm_event_source { struct pm_object head; struct pm_field system, id, url; };
struct pm_event {
    struct pm_object head;
    struct pm_field id, at, until, event, team, by, kind, important, phase, visibility, confidence;
    struct pm_list evidence;       /* pm_field */
    struct pm_event_source source;
    struct pm_field note;
};

struct pm_cause { struct pm_object head; struct pm_field id, rank, kind, category, text; struct pm_list evidence; };
struct pm_why { struct pm_object head; struct pm_field question, answer; };
struct pm_chain { struct pm_mark mark; struct pm_list whys; /* pm_why */ };
struct pm_lessons { struct pm_object head; struct pm_list went_well, went_wrong, lucky, learned; /* pm_field */ };

struct pm_tracker { struct pm_object head; struct pm_field system, key, url, status; };
struct pm_action {
    struct pm_object head;
    struct pm_field id, item, description, type, owner, team, due, priority, status, created, completed, done_when;
    struct pm_list causes;         /* pm_field: ids */
    struct pm_tracker tracker;
    struct pm_field note, visibility;
};

struct pm_update { struct pm_object head; struct pm_field at, status, body, visibility; struct pm_list components; /* pm_field */ };
struct pm_messaging { struct pm_object head; struct pm_field internal, external; };
struct pm_evidence { struct pm_object head; struct pm_field id, title, file, url, alt, media_type, sha256, taken_at, visibility; };
struct pm_review {
    struct pm_object head;
    struct pm_field meeting_at, recording;
    struct pm_list attendees;      /* pm_field */
    struct pm_field approved_by, approved_at;
};
struct pm_question { struct pm_object head; struct pm_field id, question, asked_by, answer, open; };
struct pm_relation { struct pm_object head; struct pm_field id, relation, url; };
struct pm_free_section { struct pm_object head; struct pm_field title, body, after; };

struct pm_incident {
    struct pm_object head;
    struct pm_field pm, id, title, status, severity, incident_status, visibility, kind, owner;
    struct pm_list authors, reviewers;      /* pm_field */
    struct pm_field lang, tz, url;
    struct pm_list labels, services;        /* pm_field */
    struct pm_field started_at, detected_at, acknowledged_at, identified_at, mitigated_at, resolved_at, closed_at;
    struct pm_field summary, background, trigger, response, resolution, recurrence, backlog_check, advice_to_customers;
    struct pm_detection detection;
    struct pm_impact impact;
    struct pm_list timeline;                /* pm_event */
    struct pm_field root_cause;
    struct pm_list causes;                  /* pm_cause */
    struct pm_list five_whys;               /* pm_chain */
    struct pm_lessons lessons;
    struct pm_list action_items;            /* pm_action */
    struct pm_list roles;                   /* pm_role */
    struct pm_list people;                  /* pm_person */
    struct pm_list updates;                 /* pm_update */
    struct pm_messaging messaging;
    struct pm_list evidence;                /* pm_evidence */
    struct pm_review review;
    struct pm_list questions;               /* pm_question */
    struct pm_list related;                 /* pm_relation */
    struct pm_list sections;                /* pm_free_section */
    struct pm_list glossary;                /* pm_pair */

    /* not fields */
    struct pm_arena *arena;
    struct pm_str source;                   /* the document's bytes as given */
    struct pm_str tail_comment;
    uint32_t first_line;                    /* of source */
    const struct pm_person **people_by_key; /* sorted, as many as people; NULL: names stand for themselves */
};

static inline bool pm_has(const struct pm_field *f) { return f->mark.line != 0 || f->derived; }

struct pm_read_options {
    bool lenient;              /* unknown keys are warnings */
};

/* Reads one document, resolves it (resolve.h) and returns PM_OK, PM_INVALID (diags say why; *out still holds what was
 * readable, or NULL) or PM_NOMEM. `source` must outlive the arena or live in it. The incident lives in `arena`. A document
 * without content: PM_OK and NULL. */
enum pm_status pm_incident_read(struct pm_str source, uint32_t first_line, const struct pm_read_options *options,
                                struct pm_arena *arena, struct pm_diags *diags, struct pm_incident **out);

/* The canonical form: order, indentation, quoting and the spelling of enumerations are fixed; values, comments and x-* keys
 * stay. Writing what was read from a canonical form gives the same bytes. Derived values are not written. */
void pm_incident_write(const struct pm_incident *incident, struct pm_buf *out);

/* The entry of `people` whose key a person field is; NULL: the text is a name. */
const struct pm_person *pm_person_find(const struct pm_incident *incident, const struct pm_field *person);

/* The display name of a person field: the name in `people` when the text is a key there, else the text. */
struct pm_str pm_person_name(const struct pm_incident *incident, const struct pm_field *person);

#endif
