/* The order of incidents: "severity, -started_at". */
#include "select/select_internal.h"

struct part {
    struct pm_operand operand;
    bool down;
};

struct pm_order {
    struct pm_select lists;      /* those that the parts name */
    struct part *parts;
    size_t count;
};

struct pm_order_key {
    bool there;
    int64_t integer;             /* of integers, instants, dates, durations, words by their place */
    double number;
    struct pm_str text;
};

/* --- reading --- */

static void read_part(struct pm_compiler *c, struct part *part)
{
    struct pm_token name = c->token;
    bool minus = name.text.n && name.text.p[0] == '-';
    if (minus) {
        name.text.p++;
        name.text.n--;
        name.mark.col++;
    }
    c->before = NULL;
    if (name.kind != PM_TOKEN_WORD || !name.text.n)
        pm_complain(c, name.mark, "want the name of a field", "");
    else if (pm_operand_find(c, &name, &part->operand) &&
             (part->operand.computed == PM_COMPUTED_OVERDUE || (part->operand.type >= PM_T_OBJECT && !part->operand.is_extra)))
        pm_complain(c, name.mark, pm_arena_format(c->arena, "%s has no value to go by", pm_shown(c, name.text)).p, "");
    if (c->token.kind != PM_TOKEN_COMMA)
        pm_lex_next(c);
    part->down = minus != pm_token_is(&c->token, "desc");
    if (pm_token_is(&c->token, "desc") || pm_token_is(&c->token, "asc"))
        pm_lex_next(c);
    if (c->token.kind == PM_TOKEN_END || c->token.kind == PM_TOKEN_COMMA)
        return;
    pm_complain(c, c->token.mark, pm_arena_format(c->arena, "\"%s\" is unexpected; want asc, desc, a comma or the end",
                                                  pm_shown(c, c->token.text)).p, "");
    while (c->token.kind != PM_TOKEN_END && c->token.kind != PM_TOKEN_COMMA)
        pm_lex_next(c);
}

static void read_parts(struct pm_compiler *c, struct pm_order *order)
{
    for (size_t room = 0;; pm_lex_next(c)) {
        if (order->count == room) {
            size_t before = room;
            room = room ? room * 2 : 4;
            order->parts = pm_arena_grow(c->arena, order->parts, before, room, sizeof *order->parts);
        }
        if (!order->parts)
            return;
        read_part(c, &order->parts[order->count++]);
        if (c->token.kind != PM_TOKEN_COMMA)
            return;
    }
}

enum pm_status pm_order_parse(struct pm_str text, struct pm_arena *arena, struct pm_diags *diags, struct pm_order **out)
{
    struct pm_order *order = *out = pm_arena_alloc(arena, sizeof *order);
    size_t errors = diags->count[PM_ERROR];
    if (!order)
        return PM_NOMEM;
    struct pm_compiler c = {.text = text, .of = PM_SELECT_INCIDENTS, .arena = arena, .diags = diags, .select = &order->lists};
    if (pm_lex_begin(&c) == PM_OK)
        read_parts(&c, order);
    if (pm_arena_failed(arena) || pm_arena_failed(&diags->arena))
        return PM_NOMEM;
    return diags->count[PM_ERROR] > errors ? PM_INVALID : PM_OK;
}

/* --- keys --- */

static int compare_keys(const struct pm_order_key *a, const struct pm_order_key *b)
{
    if (a->integer != b->integer)
        return a->integer < b->integer ? -1 : 1;
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    return pm_fold_compare(a->text, b->text);
}

static struct pm_order_key key_of(const struct pm_operand *o, const struct pm_subject *s, const struct pm_field *f)
{
    struct pm_order_key key = {.there = true};
    switch (o->type) {
    case PM_T_INTEGER:
    case PM_T_VERSION: key.integer = f->as.integer; break;
    case PM_T_NUMBER:
    case PM_T_PERCENT: key.number = f->as.number; break;
    case PM_T_INSTANT:
    case PM_T_EVENT_INSTANT: key.integer = f->as.instant; break;
    case PM_T_DATE: key.integer = f->as.days; break;
    case PM_T_DURATION: key.integer = f->as.seconds; break;
    case PM_T_ENUM:
    case PM_T_SEVERITY: key.integer = f->as.choice; break;
    case PM_T_PERSON: key.text = pm_person_name(s->incident, f); break;
    default: key.text = f->text;
    }
    return key;
}

/* The value that comes first of all that there are. */
struct best {
    const struct pm_select *lists;
    const struct part *part;
    struct pm_subject *subject;
    struct pm_order_key key;
};

static bool consider(void *context, const struct pm_field *f)
{
    struct best *best = context;
    if (!f->valid || !pm_has(f))
        return false;
    struct pm_order_key key = key_of(&best->part->operand, best->subject, f);
    int order = best->key.there ? compare_keys(&key, &best->key) : -1;
    if (!best->key.there || (best->part->down ? order > 0 : order < 0))
        best->key = key;
    return false;
}

static bool consider_entry(void *context, const void *entry)
{
    struct best *best = context;
    const struct pm_operand *o = &best->part->operand;
    best->subject->entries[o->list] = entry;
    return pm_each_value(best->lists, o, best->subject, consider, best);
}

static struct pm_order_key best_of(const struct pm_order *order, const struct part *part, struct pm_subject *s)
{
    struct best best = {.lists = &order->lists, .part = part, .subject = s};
    const struct pm_operand *o = &part->operand;
    if (o->list < 0 || o->entry)
        pm_each_value(&order->lists, o, s, consider, &best);
    else
        pm_each_entry(&order->lists.lists[o->list], s->incident, consider_entry, &best);
    return best.key;
}

const struct pm_order_key *pm_order_keys(const struct pm_order *order, struct pm_subject *s, struct pm_arena *arena)
{
    struct pm_order_key *keys = pm_arena_array(arena, order->count, sizeof *keys);
    for (size_t i = 0; keys && i < order->count; i++) {
        keys[i] = best_of(order, &order->parts[i], s);
        keys[i].text = pm_arena_str(arena, keys[i].text);
    }
    return pm_arena_failed(arena) ? NULL : keys;
}

int pm_order_compare(const struct pm_order *order, const struct pm_order_key *a, const struct pm_order_key *b)
{
    for (size_t i = 0; i < order->count; i++) {
        int found = a[i].there != b[i].there ? b[i].there - a[i].there
                  : order->parts[i].down ? compare_keys(&b[i], &a[i]) : compare_keys(&a[i], &b[i]);
        if (found)
            return found;
    }
    return 0;
}
