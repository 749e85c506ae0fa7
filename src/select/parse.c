/* The grammar of pmselect(1), by recursive descent. After a mistake it goes on behind the next "and", "or" or parenthesis. */
#include "select/select_internal.h"

#include "base/time.h"

static struct pm_node *parse_or(struct pm_compiler *c);

/* --- nodes --- */

static uint32_t list_bit(const struct pm_operand *o)
{
    return o->list >= 0 && !o->entry ? (uint32_t)1 << o->list : 0;
}

static struct pm_node *new_node(struct pm_compiler *c, enum pm_node_kind kind)
{
    struct pm_node *node = pm_arena_alloc(c->arena, sizeof *node);
    if (node)
        node->kind = kind;
    return node;
}

static struct pm_node *new_leaf(struct pm_compiler *c, enum pm_node_kind kind, const struct pm_operand *operand)
{
    struct pm_node *node = new_node(c, kind);
    if (node) {
        node->operand = *operand;
        node->named = node->positive = list_bit(operand);
    }
    return node;
}

static struct pm_node *new_not(struct pm_compiler *c, struct pm_node *child)
{
    struct pm_node *node = child ? new_node(c, PM_NOT) : NULL;
    if (node) {
        node->first = child;
        node->named = child->named;
    }
    return node;
}

/* --- mistakes --- */

static void give_up(struct pm_compiler *c, struct pm_mark mark, const char *why)
{
    pm_complain(c, mark, why, "");
    c->given_up = true;
    c->at.offset = (uint32_t)c->text.n;
    pm_lex_next(c);
}

static bool is_joint(const struct pm_token *t) { return pm_token_is(t, "and") || pm_token_is(t, "or"); }

/* To where a new condition can begin. */
static void skip(struct pm_compiler *c)
{
    for (int open = 0; c->token.kind != PM_TOKEN_END; pm_lex_next(c)) {
        if (open == 0 && (is_joint(&c->token) || c->token.kind == PM_TOKEN_CLOSE))
            return;
        open += (c->token.kind == PM_TOKEN_OPEN) - (c->token.kind == PM_TOKEN_CLOSE);
    }
}

static struct pm_node *unexpected(struct pm_compiler *c, const char *want)
{
    const char *what = c->token.kind == PM_TOKEN_END ? "the end" : pm_arena_format(c->arena, "\"%s\"", pm_shown(c, c->token.text)).p;
    pm_complain(c, c->token.mark, pm_arena_format(c->arena, "%s is unexpected; want %s", what ? what : "", want).p, "");
    if (c->token.kind == PM_TOKEN_CLOSE && !c->open)
        pm_lex_next(c);
    skip(c);
    return NULL;
}

/* --- values --- */

static bool is_clock(struct pm_str s)
{
    struct pm_civil civil;
    struct pm_str local = {s.p, s.n < 5 ? s.n : 5};
    return pm_time_read(local, &civil) == PM_TIME_BARE;
}

/* A date and a time of day behind it are one value, as are a number and the sign for per cent. */
static struct pm_token take_value(struct pm_compiler *c)
{
    struct pm_token value = c->token;
    int64_t days;
    pm_lex_next(c);
    if (value.kind != PM_TOKEN_WORD || c->token.kind != PM_TOKEN_WORD)
        return value;
    bool is_time = pm_date_read(value.text, &days) && is_clock(c->token.text);
    if (value.text.p && (is_time || pm_str_is(c->token.text, "%"))) {
        value.text = pm_arena_format(c->arena, "%s%s%s", value.text.p, is_time ? " " : "", c->token.text.p);
        pm_lex_next(c);
    }
    return value;
}

static bool is_value(const struct pm_token *t) { return t->kind == PM_TOKEN_WORD || t->kind == PM_TOKEN_STRING; }

/* Values of a comparison in the making. */
struct values { struct pm_value *items; size_t count, room; };

/* `known`: the operand is; else the value is passed over. */
static void add_value(struct pm_compiler *c, struct values *v, const struct pm_operand *o, enum pm_operator op, bool known)
{
    struct pm_token token = take_value(c);
    struct pm_value value;
    if (!known || !token.text.p || !pm_value_read(c, o, op, &token, &value))
        return;
    if (v->count == v->room) {
        size_t room = v->room ? v->room * 2 : 1;
        v->items = pm_arena_grow(c->arena, v->items, v->count, room, sizeof *v->items);
        v->room = v->items ? room : 0;
    }
    if (v->items)
        v->items[v->count++] = value;
}

/* --- conditions --- */

static struct pm_node *compared(struct pm_compiler *c, const struct pm_operand *o, enum pm_operator op, const struct values *v)
{
    struct pm_node *node = new_leaf(c, PM_COMPARE, o);
    if (node) {
        node->op = op;
        node->values = v->items;
        node->count = v->count;
    }
    return node;
}

/* "in (a, b)", the present token being the parenthesis. */
static struct pm_node *parse_in(struct pm_compiler *c, const struct pm_operand *o, const struct pm_token *op, bool known)
{
    struct values values = {NULL, 0, 0};
    known = known && pm_value_allows(c, o, op);
    if (c->token.kind != PM_TOKEN_OPEN)
        return unexpected(c, "the values in parentheses, with commas between");
    c->open++;
    do {
        pm_lex_next(c);
        if (is_value(&c->token))
            add_value(c, &values, o, op->op, known);
        else
            (void)unexpected(c, "a value");
    } while (c->token.kind == PM_TOKEN_COMMA);
    if (c->token.kind != PM_TOKEN_CLOSE)
        (void)unexpected(c, "a comma or )");
    c->open--;
    if (c->token.kind == PM_TOKEN_CLOSE)
        pm_lex_next(c);
    return known ? compared(c, o, op->op, &values) : NULL;
}

static struct pm_node *parse_comparison(struct pm_compiler *c, const struct pm_operand *o, bool known)
{
    struct values values = {NULL, 0, 0};
    struct pm_token op = c->token;
    pm_lex_next(c);
    if (!is_value(&c->token))
        return unexpected(c, "a value");
    known = known && pm_value_allows(c, o, &op);
    add_value(c, &values, o, op.op, known);
    return known ? compared(c, o, op.op, &values) : NULL;
}

/* A name alone: only what is computed as true or false is a condition. */
static struct pm_node *parse_bare(struct pm_compiler *c, const struct pm_token *name, const struct pm_operand *o, bool known)
{
    if (known && o->computed == PM_COMPUTED_OVERDUE)
        return new_leaf(c, PM_TRUE, o);
    if (c->token.kind != PM_TOKEN_END && c->token.kind != PM_TOKEN_CLOSE && !is_joint(&c->token))
        return unexpected(c, known ? "an operator: =, !=, <, <=, >, >=, ~ or in" : "and, or or the end");
    const char *shown = pm_shown(c, name->text);
    if (known)
        pm_complain(c, name->mark, pm_arena_format(c->arena, "%s is no condition; want %s = ..., or has(%s)", shown, shown, shown).p, "");
    return NULL;
}

static struct pm_node *parse_test(struct pm_compiler *c)
{
    struct pm_token name = c->token, op;
    struct pm_operand operand;
    bool known = pm_operand_find(c, &name, &operand);
    pm_lex_next(c);
    if (c->token.kind == PM_TOKEN_OPERATOR)
        return parse_comparison(c, &operand, known);
    op = c->token;
    op.op = PM_OP_EQ;
    if (pm_token_is(&c->token, "not")) {
        pm_lex_next(c);
        op.op = PM_OP_NE;
        if (!pm_token_is(&c->token, "in"))
            return unexpected(c, "in");
    }
    if (!pm_token_is(&c->token, "in"))
        return parse_bare(c, &name, &operand, known);
    pm_lex_next(c);
    return parse_in(c, &operand, &op, known);
}

/* "has(NAME)", "has NAME", and the same with "no". */
static struct pm_node *parse_presence(struct pm_compiler *c, enum pm_node_kind kind)
{
    struct pm_operand operand;
    pm_lex_next(c);
    bool open = c->token.kind == PM_TOKEN_OPEN;
    c->open += open;
    if (open)
        pm_lex_next(c);
    struct pm_token name = c->token;
    bool known = name.kind == PM_TOKEN_WORD && pm_operand_find(c, &name, &operand);
    if (name.kind == PM_TOKEN_WORD)
        pm_lex_next(c);
    if (name.kind != PM_TOKEN_WORD || (open && c->token.kind != PM_TOKEN_CLOSE))
        (void)unexpected(c, name.kind != PM_TOKEN_WORD ? "the name of a field" : ")");
    c->open -= open;
    if (open && c->token.kind == PM_TOKEN_CLOSE)
        pm_lex_next(c);
    return known ? new_leaf(c, kind, &operand) : NULL;
}

static struct pm_node *parse_group(struct pm_compiler *c)
{
    struct pm_mark mark = c->token.mark;
    pm_lex_next(c);
    c->open++;
    struct pm_node *node = parse_or(c);
    c->open--;
    if (c->token.kind == PM_TOKEN_CLOSE)
        pm_lex_next(c);
    else
        pm_complain(c, mark, "the parenthesis that begins here does not end", "");
    return node;
}

/* What is behind a condition must be a joint. */
static struct pm_node *parse_condition(struct pm_compiler *c)
{
    struct pm_node *node = pm_token_is(&c->token, "has") ? parse_presence(c, PM_HAS)
                         : pm_token_is(&c->token, "no") ? parse_presence(c, PM_LACKS) : parse_test(c);
    bool follows = c->token.kind == PM_TOKEN_END || c->token.kind == PM_TOKEN_CLOSE || is_joint(&c->token);
    return follows ? node : unexpected(c, "and, or or the end; several words of one value go into quotes");
}

static struct pm_node *parse_term(struct pm_compiler *c)
{
    struct pm_node *node;
    if (++c->depth > PM_SELECT_DEPTH) {
        give_up(c, c->token.mark, "nested deeper than 100 levels");
        node = NULL;
    } else if (pm_token_is(&c->token, "not")) {
        pm_lex_next(c);
        node = new_not(c, parse_term(c));
    } else if (c->token.kind == PM_TOKEN_OPEN) {
        node = parse_group(c);
    } else if (c->token.kind == PM_TOKEN_WORD && !is_joint(&c->token)) {
        node = parse_condition(c);
    } else {
        node = unexpected(c, "a condition such as severity <= sev2");
    }
    c->depth--;
    return node;
}

static void add_child(struct pm_node *row, struct pm_node ***end, struct pm_node *child)
{
    if (!row || !child)
        return;
    **end = child;
    *end = &child->next;
    row->named |= child->named;
    row->positive |= child->positive;
}

/* Terms with `joint` between them; one alone is itself. */
static struct pm_node *parse_row(struct pm_compiler *c, const char *joint, enum pm_node_kind kind,
                                 struct pm_node *(*parse)(struct pm_compiler *))
{
    struct pm_node *first = parse(c);
    if (!pm_token_is(&c->token, joint))
        return first;
    struct pm_node *row = new_node(c, kind), **end = row ? &row->first : NULL;
    add_child(row, &end, first);
    while (pm_token_is(&c->token, joint)) {
        pm_lex_next(c);
        add_child(row, &end, parse(c));
    }
    return row;
}

static struct pm_node *parse_and(struct pm_compiler *c) { return parse_row(c, "and", PM_AND, parse_term); }
static struct pm_node *parse_or(struct pm_compiler *c) { return parse_row(c, "or", PM_OR, parse_and); }

static struct pm_node *parse_all(struct pm_compiler *c)
{
    if (c->token.kind == PM_TOKEN_END) {
        pm_complain(c, c->token.mark, "there is no condition; want one such as severity <= sev2", "");
        return NULL;
    }
    struct pm_node *node = parse_or(c);
    while (c->token.kind != PM_TOKEN_END) {   /* only a parenthesis stops it before */
        pm_complain(c, c->token.mark, "this parenthesis ends nothing", "");
        pm_lex_next(c);
        skip(c);
        if (!is_joint(&c->token))
            continue;
        pm_lex_next(c);
        (void)parse_or(c);
    }
    return node;
}

enum pm_status pm_select_parse(struct pm_str text, enum pm_select_of of, struct pm_arena *arena, struct pm_diags *diags,
                               struct pm_select **out)
{
    struct pm_select *select = *out = pm_arena_alloc(arena, sizeof *select);
    struct pm_compiler c = {.text = text, .of = of, .arena = arena, .diags = diags, .select = select};
    size_t errors = diags->count[PM_ERROR];
    if (!select)
        return PM_NOMEM;
    select->of = of;
    if (of == PM_SELECT_ITEMS)
        pm_operand_items(&c);
    if (pm_lex_begin(&c) == PM_OK)
        select->root = parse_all(&c);
    if (diags->count[PM_ERROR] == errors)
        select->root = pm_bind(&c, select->root, of == PM_SELECT_ITEMS ? 1 : 0);
    if (pm_arena_failed(arena) || pm_arena_failed(&diags->arena))
        return PM_NOMEM;
    return diags->count[PM_ERROR] > errors ? PM_INVALID : PM_OK;
}
