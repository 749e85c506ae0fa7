/* pmselect: incidents of a stream, chosen by an expression. */
#include "filter.h"

#include "select/select.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* As pmfmt has it. */
#define SEPARATOR "---\n"

enum { OPT_WHERE, OPT_ITEMS, OPT_ORDER, OPT_FIRST, OPT_COUNT };
enum { WRITTEN_AT_ONCE = 1 << 16 };

/* An incident that waits for its turn. */
struct record {
    const struct pm_order *order;
    const struct pm_order_key *keys;
    size_t index, at, size;            /* its text in the output as it came */
    size_t amount;                     /* what it counts */
};

struct choice {
    struct pm_arena arena;
    struct pm_select *where, *items;
    struct pm_order *order;
    size_t first;                      /* SIZE_MAX: all */
    size_t chosen, amount;             /* so far */
    struct record *records;
    size_t room;
};

/* ---- options ---- */

/* A mistake of the command line; the place of an expression is that in its option. */
static enum pm_status refuse(struct pm_session *s, struct pm_diags *diags, enum pm_status status)
{
    if (status == PM_INVALID)
        s->worst = PM_EXIT_USAGE;
    pm_session_say(s, diags);
    pm_diags_free(diags);
    return status;
}

static enum pm_status read_expression(struct pm_session *s, int option, const char *file, enum pm_select_of of, struct pm_select **out)
{
    struct choice *c = s->state;
    struct pm_diags diags;
    if (!s->own[option])
        return PM_OK;
    pm_diags_init(&diags, file);
    return refuse(s, &diags, pm_select_parse(pm_str(s->own[option]), of, &c->arena, &diags, out));
}

static enum pm_status read_order(struct pm_session *s)
{
    struct choice *c = s->state;
    struct pm_diags diags;
    if (!s->own[OPT_ORDER])
        return PM_OK;
    pm_diags_init(&diags, "pmselect: --order");
    return refuse(s, &diags, pm_order_parse(pm_str(s->own[OPT_ORDER]), &c->arena, &diags, &c->order));
}

static enum pm_status complain(struct pm_session *s, const char *option, const char *why)
{
    struct pm_diags diags;
    pm_diags_init(&diags, option);
    pm_report(&diags, PM_D_EXPRESSION, (struct pm_mark){0, 0, 0}, why, "");
    return refuse(s, &diags, PM_INVALID);
}

static enum pm_status read_first(struct pm_session *s)
{
    struct choice *c = s->state;
    const char *text = s->own[OPT_FIRST];
    size_t digits = text ? strspn(text, "0123456789") : 0;
    c->first = SIZE_MAX;
    if (!text)
        return PM_OK;
    c->first = digits && digits <= 18 && !text[digits] ? strtoull(text, NULL, 10) : 0;
    return c->first ? PM_OK : complain(s, "pmselect: --first", "want a whole number from 1");
}

static enum pm_status worse(enum pm_status a, enum pm_status b)
{
    return a == PM_NOMEM || b == PM_OK ? a : b;
}

static enum pm_status start(struct pm_session *s, struct pm_diags *diags)
{
    struct choice *c = s->state = calloc(1, sizeof *c);
    (void)diags;
    if (!c)
        return PM_NOMEM;
    pm_arena_init(&c->arena);
    enum pm_status status = read_expression(s, OPT_WHERE, "pmselect: --where", PM_SELECT_INCIDENTS, &c->where);
    status = worse(status, read_expression(s, OPT_ITEMS, "pmselect: --items", PM_SELECT_ITEMS, &c->items));
    status = worse(status, read_order(s));
    status = worse(status, read_first(s));
    if (s->per_incident && (s->own[OPT_COUNT] || s->own[OPT_ORDER]))
        status = worse(status, complain(s, "pmselect: --output", "with {id} in it there is neither --order nor --count"));
    return status;
}

/* ---- action items ---- */

/* Its action items for which the expression holds, as an incident of its own. Ids by position are written out, since positions change. */
static const struct pm_incident *with_items(const struct pm_incident *in, const struct pm_select *items, struct pm_subject *subject)
{
    const struct pm_action *all = in->action_items.items;
    size_t n = in->action_items.count, kept = 0;
    struct pm_incident *copy = pm_arena_alloc(in->arena, sizeof *copy);
    struct pm_action *actions = pm_arena_array(in->arena, n, sizeof *actions);
    if (!copy || (n && !actions))
        return NULL;
    for (size_t i = 0; i < n; i++) {
        if (pm_select_item(items, subject, i))
            actions[kept++] = all[i];
    }
    if (kept == n)
        return in;
    for (size_t i = 0; i < kept; i++)
        actions[i].id.derived = false;
    *copy = *in;
    copy->action_items.items = actions;
    copy->action_items.count = kept;
    return copy;
}

/* ---- output ---- */

/* What is ready goes out, so that memory does not grow with the stream; a file is replaced at the end, when all is well. */
static enum pm_status pass_on(struct pm_session *s, struct pm_buf *b)
{
    if (s->output || b->status != PM_OK || b->len < WRITTEN_AT_ONCE)
        return b->status;
    if (pm_write_stdout(b->data, b->len) != PM_OK)
        return pm_session_fail(s, "standard output", strerror(errno));
    pm_buf_clear(b);
    return PM_OK;
}

static enum pm_status hold(struct pm_session *s, const struct pm_incident *in, struct pm_subject *subject, size_t amount)
{
    struct choice *c = s->state;
    if (c->chosen > c->room) {
        size_t room = c->room ? c->room * 2 : 64;
        struct record *grown = realloc(c->records, room * sizeof *grown);
        if (!grown)
            return PM_NOMEM;
        c->records = grown;
        c->room = room;
    }
    struct record *r = &c->records[c->chosen - 1];
    *r = (struct record){.order = c->order, .index = c->chosen, .at = s->out.len, .amount = amount};
    r->keys = pm_order_keys(c->order, subject, &c->arena);
    if (!r->keys)
        return PM_NOMEM;
    if (!s->own[OPT_COUNT])
        pm_incident_write(in, &s->out);
    r->size = s->out.len - r->at;
    return s->out.status;
}

static enum pm_status incident(struct pm_session *s, const struct pm_incident *in, struct pm_diags *diags)
{
    struct choice *c = s->state;
    struct pm_subject subject;
    (void)diags;
    pm_subject_init(&subject, in, s->has_as_of ? &s->as_of : NULL);
    s->left_out = (!c->order && c->chosen >= c->first) || (c->where && !pm_select_incident(c->where, &subject));
    if (s->left_out || (s->worst != PM_EXIT_OK && !s->per_incident))   /* after a mistake nothing more is written */
        return PM_OK;
    const struct pm_incident *chosen = c->items ? with_items(in, c->items, &subject) : in;
    if (!chosen)
        return PM_NOMEM;
    size_t amount = c->items ? chosen->action_items.count : 1;
    c->chosen++;
    if (c->order)
        return hold(s, chosen, &subject, amount);
    s->enough = c->chosen == c->first;
    c->amount += amount;
    if (s->own[OPT_COUNT])
        return PM_OK;
    if (c->chosen > 1 && !s->per_incident)
        pm_buf_puts(&s->out, SEPARATOR);
    pm_incident_write(chosen, &s->out);
    return s->per_incident ? s->out.status : pass_on(s, &s->out);
}

static int compare(const void *a, const void *b)
{
    const struct record *x = a, *y = b;
    int order = pm_order_compare(x->order, x->keys, y->keys);
    return order ? order : x->index < y->index ? -1 : 1;
}

/* The texts that were held, in their order, in place of those as they came. */
static enum pm_status put_in_order(struct pm_session *s)
{
    struct choice *c = s->state;
    struct pm_buf sorted;
    enum pm_status status = PM_OK;
    if (c->chosen > 1)
        qsort(c->records, c->chosen, sizeof *c->records, compare);
    pm_buf_init(&sorted, s->out.max);
    for (size_t i = 0; i < c->chosen && i < c->first && status == PM_OK; i++) {
        const struct record *r = &c->records[i];
        c->amount += r->amount;
        if (i && !s->own[OPT_COUNT])
            pm_buf_puts(&sorted, SEPARATOR);
        pm_buf_add(&sorted, s->out.data + r->at, r->size);
        status = pass_on(s, &sorted);
    }
    pm_buf_free(&s->out);
    s->out = sorted;
    return status;
}

static enum pm_status end(struct pm_session *s)
{
    struct choice *c = s->state;
    enum pm_status status = c->order ? put_in_order(s) : PM_OK;
    if (status == PM_OK && s->own[OPT_COUNT])
        pm_buf_printf(&s->out, "%zu\n", c->amount);
    return status == PM_OK ? s->out.status : status;
}

static void stop(struct pm_session *s)
{
    struct choice *c = s->state;
    if (!c)
        return;
    pm_arena_free(&c->arena);
    free(c->records);
    free(c);
}

int main(int argc, char **argv)
{
    static const struct pm_option options[] = {
        [OPT_WHERE] = {"where", "EXPRESSION", "the incidents for which it holds; all by default", NULL},
        [OPT_ITEMS] = {"items", "EXPRESSION", "of their action items, those for which it holds", NULL},
        [OPT_ORDER] = {"order", "FIELDS", "in this order: \"severity, -started_at\"", NULL},
        [OPT_FIRST] = {"first", "N", "the first N and no more", NULL},
        [OPT_COUNT] = {"count", NULL, "write how many there are instead", NULL},
        {NULL, NULL, NULL, NULL}};
    static const struct pm_filter filter = {
        .name = "pmselect",
        .synopsis = "[-o FILE] [--where EXPRESSION] [--items EXPRESSION] [--order FIELDS] [--first N] [--count]\n"
                    "                [--as-of DATE] [--strict] [--lenient] [FILE ...]",
        .summary = "Chooses incidents in the named files, or on standard input, and writes them in canonical form.",
        .dated = true, .may_be_empty = true, .options = options,
        .start = start, .incident = incident, .end = end, .stop = stop};
    return pm_filter_main(&filter, argc, argv);
}
