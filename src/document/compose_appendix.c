/* People, status updates, messages, evidence, questions, review, relations, glossary. */
#include "document/compose_internal.h"

#include "document/markdown.h"

/* Roles and people. */

void pm_compose_roles(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *block, const struct pm_yaml *argument)
{
    const struct pm_role *roles = c->incident->roles.items;
    (void)block, (void)argument;
    if (c->incident->roles.count == 0)
        return;
    struct pm_node *facts = pm_node_add(c->doc, parent, PM_FACTS, c->incident->roles.mark);
    for (size_t i = 0; i < c->incident->roles.count; i++) {
        struct pm_variable v = {.kind = PM_VAR_ROLE, .value = &roles[i]};
        if (!roles[i].people.count)
            continue;
        struct pm_node *fact = pm_add_fact(c, facts, pm_language_role(&c->language, roles[i].key, c->arena), roles[i].mark);
        pm_add_variable(c, fact, &v);
        pm_set_path(fact, pm_path_join(c, PM_LIT("roles"), roles[i].key));
    }
}

static bool person_has_team(const void *item) { return pm_has(&((const struct pm_person *)item)->team); }
static bool person_has_email(const void *item) { return pm_has(&((const struct pm_person *)item)->email); }

static void fill_person_name(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_person *p = item;
    if (pm_has(&p->name))
        pm_set_path(pm_add_text(c->doc, cell, p->name.text, p->head.mark), pm_path(c, "name"));
    else
        pm_add_text(c->doc, cell, p->key, p->head.mark);
}

static void fill_person_team(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_person *p = item;
    pm_add_member(c, cell, "team", &p->team);
}

static void fill_person_email(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_person *p = item;
    if (!pm_has(&p->email))
        return;
    struct pm_str url = pm_arena_format(c->arena, "mailto:%.*s", (int)p->email.text.n, p->email.text.p);
    pm_set_path(pm_add_link(c, cell, p->email.text, url, p->email.mark), pm_path(c, "email"));
}

static struct pm_str key_of_person(const void *item) { return ((const struct pm_person *)item)->key; }

void pm_compose_people(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *block, const struct pm_yaml *argument)
{
    static const struct pm_table_column columns[] = {
        {"name", PM_W_NAME, {PM_CELL_TEXT, PM_ALIGN_START, false}, NULL, fill_person_name},
        {"team", PM_W_TEAM, {PM_CELL_TEXT, PM_ALIGN_START, false}, person_has_team, fill_person_team},
        {"email", PM_W_EMAIL, {PM_CELL_LINK, PM_ALIGN_START, false}, person_has_email, fill_person_email},
    };
    const struct pm_entries people = {"people", &c->incident->people, sizeof(struct pm_person), key_of_person};
    (void)block, (void)argument;
    pm_table_of(c, parent, columns, PM_COUNT(columns), &people);
}

/* Updates of the status page. */

static bool update_has_status(const void *item) { return pm_has(&((const struct pm_update *)item)->status); }
static bool update_has_components(const void *item) { return ((const struct pm_update *)item)->components.count > 0; }

static void fill_update_time(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_update *u = item;
    if (!u->at.valid) {
        pm_add_member(c, cell, "at", &u->at);
        return;
    }
    cell->as.cell.has_value = true;
    cell->as.cell.value = u->at.as.instant;
    pm_set_path(pm_add_instant(c, cell, pm_show_instant(&c->show, u->at.as.instant), u->at.as.instant, u->at.mark), pm_path(c, "at"));
}

static void fill_update_status(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    static const enum pm_tone tones[] = {PM_TONE_NEUTRAL, PM_TONE_DANGER, PM_TONE_WARNING, PM_TONE_INFO, PM_TONE_SUCCESS};
    const struct pm_update *u = item;
    const struct pm_field_def *def = pm_def_at("updates", "status");
    enum pm_tone tone = u->status.valid && u->status.as.choice <= PM_RESOLVED ? tones[u->status.as.choice] : PM_TONE_NEUTRAL;
    if (def && pm_has(&u->status))
        pm_set_path(pm_add_status(c->doc, cell, pm_show_field(&c->show, def, &u->status), tone, u->status.mark), pm_path(c, "status"));
}

static void fill_update_body(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_update *u = item;
    if (!pm_has(&u->body))
        return;
    cell->as.cell.blocks = true;
    pm_add_markdown(c, cell, &u->body, 0, pm_path(c, "body"));
}

static void fill_update_components(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_update *u = item;
    const struct pm_field *names = u->components.items;
    for (size_t i = 0; i < u->components.count; i++) {
        if (i)
            pm_add_text(c->doc, cell, PM_LIT(", "), names[i].mark);
        pm_add_text(c->doc, cell, names[i].text, names[i].mark);
    }
    pm_set_paths(cell, NULL, pm_path(c, "components"));
}

static size_t choose_updates(const void **updates, size_t count, const struct pm_yaml *argument)
{
    size_t kept = 0;
    const struct pm_yaml *want = argument->kind == PM_YAML_MAPPING ? pm_yaml_get(argument, "visibility") : NULL;
    for (size_t i = 0; i < count; i++) {
        const struct pm_update *u = updates[i];
        if (!want || !pm_has(&u->visibility) || pm_str_same_word(u->visibility.text, want->text.p))
            updates[kept++] = u;
    }
    return kept;
}

void pm_compose_updates(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *block, const struct pm_yaml *argument)
{
    static const struct pm_table_column columns[] = {
        {"time", PM_W_TIME, {PM_CELL_INSTANT, PM_ALIGN_START, false}, NULL, fill_update_time},
        {"status", PM_W_STATUS, {PM_CELL_STATUS, PM_ALIGN_START, true}, update_has_status, fill_update_status},
        {"update", PM_W_UPDATE, {PM_CELL_TEXT, PM_ALIGN_START, false}, NULL, fill_update_body},
        {"components", PM_W_COMPONENTS, {PM_CELL_TEXT, PM_ALIGN_START, false}, update_has_components, fill_update_components},
    };
    const struct pm_list *list = &c->incident->updates;
    const void **updates = pm_pointers(c, list, sizeof(struct pm_update));
    size_t count = updates ? choose_updates(updates, list->count, argument) : 0;
    struct pm_table table;
    (void)block;
    if (count == 0)
        return;
    pm_table_begin(c, parent, columns, PM_COUNT(columns), NULL, updates, count, list->mark, &table);
    for (size_t i = 0; i < count; i++) {
        const struct pm_update *u = updates[i];
        pm_enter_entry(c, "updates", (struct pm_str){NULL, 0}, (size_t)(u - (const struct pm_update *)list->items) + 1);
        pm_table_row(c, &table, u, u->head.mark);
    }
}

/* Messages. */

static void add_message(struct pm_composer *c, struct pm_node *parent, enum pm_word title, const struct pm_field *message,
                        struct pm_str path)
{
    if (!pm_has(message))
        return;
    struct pm_node *section = pm_add_section(c->doc, parent, pm_word_of(c, title), (struct pm_str){NULL, 0}, message->mark);
    pm_add_markdown(c, pm_node_add(c->doc, section, PM_QUOTE, message->mark), message, 0, path);
}

void pm_compose_messaging(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *block, const struct pm_yaml *argument)
{
    (void)block, (void)argument;
    add_message(c, parent, PM_W_INTERNAL_MESSAGE, &c->incident->messaging.internal, PM_LIT("messaging/internal"));
    add_message(c, parent, PM_W_EXTERNAL_MESSAGE, &c->incident->messaging.external, PM_LIT("messaging/external"));
}

/* Evidence. */

static bool evidence_has_taken(const void *item) { return pm_has(&((const struct pm_evidence *)item)->taken_at); }
static bool evidence_has_file(const void *item) { return pm_has(&((const struct pm_evidence *)item)->file); }

static void fill_evidence_id(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_evidence *e = item;
    pm_add_member(c, cell, "id", &e->id);
}

static void fill_evidence_title(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_evidence *e = item;
    const char *name = pm_has(&e->title) ? "title" : pm_has(&e->url) ? "url" : "file";
    struct pm_str text = pm_has(&e->title) ? e->title.text : pm_has(&e->url) ? e->url.text : e->file.text;
    pm_set_path(pm_add_link(c, cell, text, e->url.text, e->head.mark), pm_path(c, name));
    if (pm_has(&e->alt) && !pm_str_eq(e->alt.text, text))
        pm_add_phrase(c, cell, PM_LIT(": {alt}"), "{alt}", e->alt.text, e->alt.mark, pm_path(c, "alt"));
}

static void fill_evidence_taken(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_evidence *e = item;
    const struct pm_field_def *def = pm_def_at("evidence", "taken_at");
    if (def)
        pm_add_value(c, cell, def, &e->taken_at, pm_path(c, "taken_at"));
}

static void fill_evidence_file(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_evidence *e = item;
    if (!pm_has(&e->file))
        return;
    struct pm_node *code = pm_set_path(pm_node_add(c->doc, cell, PM_CODE, e->file.mark), pm_path(c, "file"));
    if (code)
        code->text = e->file.text;
}

static struct pm_str id_of_evidence(const void *item) { return ((const struct pm_evidence *)item)->id.text; }

void pm_compose_evidence(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *block, const struct pm_yaml *argument)
{
    static const struct pm_table_column columns[] = {
        {"id", PM_W_ID, {PM_CELL_ID, PM_ALIGN_START, true}, NULL, fill_evidence_id},
        {"title", PM_W_EVIDENCE, {PM_CELL_LINK, PM_ALIGN_START, false}, NULL, fill_evidence_title},
        {"file", PM_W_FILE, {PM_CELL_TEXT, PM_ALIGN_START, false}, evidence_has_file, fill_evidence_file},
        {"taken", PM_W_TAKEN, {PM_CELL_INSTANT, PM_ALIGN_START, false}, evidence_has_taken, fill_evidence_taken},
    };
    const struct pm_entries evidence = {"evidence", &c->incident->evidence, sizeof(struct pm_evidence), id_of_evidence};
    (void)block, (void)argument;
    pm_table_of(c, parent, columns, PM_COUNT(columns), &evidence);
}

/* Relations to other incidents. */

void pm_compose_related(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *block, const struct pm_yaml *argument)
{
    const struct pm_relation *relations = c->incident->related.items;
    const struct pm_field_def *def = pm_def_at("related", "relation");
    (void)block, (void)argument;
    if (c->incident->related.count == 0)
        return;
    struct pm_node *list = pm_node_add(c->doc, parent, PM_LIST, c->incident->related.mark);
    if (list)
        list->as.list.tight = true;
    for (size_t i = 0; i < c->incident->related.count; i++) {
        const struct pm_relation *r = &relations[i];
        struct pm_node *item = pm_node_add(c->doc, list, PM_ITEM, r->head.mark);
        struct pm_node *p = pm_node_add(c->doc, item, PM_PARAGRAPH, r->head.mark);
        pm_enter_entry(c, "related", (struct pm_str){NULL, 0}, i + 1);
        if (def && pm_has(&r->relation)) {
            pm_add_value(c, p, def, &r->relation, pm_path(c, "relation"));
            pm_add_text(c->doc, p, PM_LIT(": "), r->relation.mark);
        }
        struct pm_node *link = pm_add_link(c, p, pm_has(&r->id) ? r->id.text : r->url.text, r->url.text, r->head.mark);
        pm_set_path(link, pm_path(c, pm_has(&r->id) ? "id" : "url"));
        pm_lift_path(p);
    }
}

/* Questions. */

static bool question_has_asker(const void *item) { return pm_has(&((const struct pm_question *)item)->asked_by); }

static void fill_question(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_question *q = item;
    pm_add_prose(c, cell, pm_object_at("questions"), "question", &q->question);
}

static void fill_asker(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_question *q = item;
    if (pm_has(&q->asked_by))
        pm_add_person(c, cell, &q->asked_by, pm_path(c, "asked_by"));
}

static void fill_answer(struct pm_composer *c, struct pm_node *cell, const void *item)
{
    const struct pm_question *q = item;
    if (pm_has(&q->answer))
        pm_add_prose(c, cell, pm_object_at("questions"), "answer", &q->answer);
    else
        pm_add_status(c->doc, cell, pm_word_of(c, PM_W_OPEN), PM_TONE_WARNING, q->head.mark);
}

static struct pm_str id_of_question(const void *item) { return ((const struct pm_question *)item)->id.text; }

void pm_compose_questions(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *block, const struct pm_yaml *argument)
{
    static const struct pm_table_column columns[] = {
        {"question", PM_W_QUESTION, {PM_CELL_TEXT, PM_ALIGN_START, false}, NULL, fill_question},
        {"asked_by", PM_W_ASKED_BY, {PM_CELL_TEXT, PM_ALIGN_START, false}, question_has_asker, fill_asker},
        {"answer", PM_W_ANSWER, {PM_CELL_TEXT, PM_ALIGN_START, false}, NULL, fill_answer},
    };
    const struct pm_entries questions = {"questions", &c->incident->questions, sizeof(struct pm_question), id_of_question};
    (void)block, (void)argument;
    pm_table_of(c, parent, columns, PM_COUNT(columns), &questions);
}

/* The review meeting. */

void pm_compose_review(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *block, const struct pm_yaml *argument)
{
    const struct pm_review *r = &c->incident->review;
    struct pm_variable v;
    struct pm_node *facts = pm_node_add(c->doc, parent, PM_FACTS, r->head.mark);
    (void)block, (void)argument;
    pm_add_field_fact(c, facts, "review", "meeting_at", &r->meeting_at);
    if (r->attendees.count && pm_variable_find(c->incident, PM_LIT("review.attendees"), &v))
        pm_add_variable(c, pm_add_fact(c, facts, pm_variable_label(c, &v), r->attendees.mark), &v);
    pm_add_field_fact(c, facts, "review", "recording", &r->recording);
    pm_add_field_fact(c, facts, "review", "approved_by", &r->approved_by);
    pm_add_field_fact(c, facts, "review", "approved_at", &r->approved_at);
    if (facts && !facts->first)
        pm_node_unlink(facts);
}

void pm_compose_glossary(struct pm_composer *c, struct pm_node *parent, const struct pm_yaml *block, const struct pm_yaml *argument)
{
    const struct pm_pair *pairs = c->incident->glossary.items;
    (void)block, (void)argument;
    if (c->incident->glossary.count == 0)
        return;
    struct pm_node *facts = pm_node_add(c->doc, parent, PM_FACTS, c->incident->glossary.mark);
    for (size_t i = 0; i < c->incident->glossary.count; i++) {
        struct pm_node *fact = pm_add_fact(c, facts, pairs[i].key, pairs[i].mark);
        pm_set_path(fact, pm_path_join(c, PM_LIT("glossary"), pairs[i].key));
        pm_add_text(c->doc, fact, pairs[i].value.text, pairs[i].value.mark);
    }
}
