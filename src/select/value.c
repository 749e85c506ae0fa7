/* What fields are compared with: literals of an expression by the type of the field. */
#include "select/select_internal.h"

#include "incident/scalar.h"

#include <stdio.h>

enum { DAY_SECONDS = 86400 };

/* --- which operators a type takes --- */

enum family { TEXT, ORDER, CHOICE, WHOLE, BOTH };   /* BOTH: text and order */

static enum family family_of(const struct pm_operand *o)
{
    static const enum family families[] = {
        [PM_T_INTEGER] = ORDER, [PM_T_NUMBER] = ORDER, [PM_T_PERCENT] = ORDER, [PM_T_INSTANT] = ORDER, [PM_T_EVENT_INSTANT] = ORDER,
        [PM_T_DATE] = ORDER, [PM_T_DURATION] = ORDER, [PM_T_SEVERITY] = ORDER, [PM_T_VERSION] = ORDER, [PM_T_ENUM] = CHOICE,
        [PM_T_SCALAR] = BOTH, [PM_T_OBJECT] = WHOLE, [PM_T_LIST] = WHOLE, [PM_T_CHAINS] = WHOLE, [PM_T_ROLES] = WHOLE,
        [PM_T_PEOPLE] = WHOLE, [PM_T_GLOSSARY] = WHOLE,
    };
    if (o->computed == PM_COMPUTED_OVERDUE)
        return WHOLE;
    /* words with numbers are ranks: p1 comes before p2 */
    if (o->type == PM_T_ENUM && o->def->words[0][0] && o->def->words[0][1] == '1')
        return ORDER;
    return families[o->type];
}

bool pm_value_allows(struct pm_compiler *c, const struct pm_operand *o, const struct pm_token *op)
{
    static const char *const takes[] = {"text, which takes =, != and ~", "in order, and takes =, !=, <, <=, > and >=",
                                        "one of several words, which take = and !="};
    enum family family = family_of(o);
    const char *said = NULL;
    bool is_order = op->op >= PM_OP_LT && op->op <= PM_OP_GE;
    if (o->computed == PM_COMPUTED_OVERDUE)
        said = "it is a condition by itself, without a comparison";
    else if (family == WHOLE)
        said = "it has parts and no value of its own; name one of them, or ask has(...)";
    else if (family != BOTH && ((is_order && family != ORDER) || (op->op == PM_OP_CONTAINS && family != TEXT)))
        said = pm_arena_format(c->arena, "it is %s, not %s", takes[family], pm_shown(c, op->text)).p;
    if (said)
        pm_complain(c, op->mark, pm_arena_format(c->arena, "%s: %s", pm_shown(c, o->path), said).p, "");
    return !said;
}

/* --- days --- */

static bool read_today(struct pm_str s, struct pm_value *v)
{
    int64_t seconds = 0;
    if (!pm_str_starts(s, "today"))
        return false;
    if (s.n > 5) {
        bool sign = s.p[5] == '+' || s.p[5] == '-';
        if (!sign || !pm_duration_read((struct pm_str){s.p + 6, s.n - 6}, &seconds) || seconds % DAY_SECONDS)
            return false;
    }
    v->from_today = true;
    v->first = v->last = (s.n > 5 && s.p[5] == '-' ? -seconds : seconds) / DAY_SECONDS;
    return true;
}

/* "2026-11" and "2026" stand for all their days. */
static bool read_days(struct pm_str s, struct pm_value *v)
{
    char text[16];
    struct pm_civil c;
    bool year = s.n == 4, month = s.n == 7;
    if (read_today(s, v))
        return true;
    if (!year && !month) {
        bool good = pm_date_read(s, &v->first);
        v->last = v->first;
        return good;
    }
    snprintf(text, sizeof text, "%.*s%s", (int)s.n, s.p, year ? "-01-01" : "-01");
    if (!pm_date_read(pm_str(text), &v->first))
        return false;
    pm_civil_from_days(v->first, &c);
    int64_t next = year || c.month == 12 ? pm_days_from_civil(c.year + 1, 1, 1) : pm_days_from_civil(c.year, c.month + 1, 1);
    v->last = next - 1;
    return true;
}

static bool read_time(struct pm_compiler *c, const struct pm_operand *o, struct pm_value *v)
{
    struct pm_str s = v->field.text;
    bool is_date = o->type == PM_T_DATE;
    enum pm_time_form form = is_date ? PM_TIME_NONE : pm_time_read(s, &v->civil);
    v->form = read_days(s, v) ? PM_VALUE_DAYS : form == PM_TIME_LOCAL ? PM_VALUE_LOCAL : PM_VALUE_PLAIN;
    if (form == PM_TIME_ZONED)
        v->field.as.instant = pm_instant_of(&v->civil);
    if (v->form != PM_VALUE_PLAIN || form == PM_TIME_ZONED)
        return true;
    pm_report(c->diags, PM_D_VALUE, v->mark, pm_shown(c, o->path), pm_shown(c, s),
              is_date ? "a date such as 2026-12-01, 2026-12, 2026 or today+14d"
                      : "a date, or an instant such as \"2026-11-20 13:52\" or 2026-11-20T13:52+01:00");
    return false;
}

/* --- all --- */

/* As the values of files are read, with the same messages. */
static bool read_scalar(struct pm_compiler *c, const struct pm_operand *o, struct pm_value *v)
{
    struct pm_arena scratch;
    struct pm_place place = {.key = o->path};
    pm_arena_init(&scratch);
    struct pm_reader r = {.arena = c->arena, .scratch = &scratch, .diags = c->diags, .place = &place};
    enum pm_type type = o->type == PM_T_VERSION ? PM_T_INTEGER : o->type;
    if ((type == PM_T_NUMBER || type == PM_T_PERCENT) && v->field.text.p[v->field.text.n - 1] == '%')
        v->field.text = pm_arena_str(c->arena, (struct pm_str){v->field.text.p, v->field.text.n - 1});
    v->field.mark = v->mark;
    if (v->field.text.p)
        pm_scalar_read(&r, o->def, type, true, &v->field);
    if (pm_arena_failed(&scratch))
        c->arena->failed = true;
    pm_arena_free(&scratch);
    return v->field.valid;
}

static bool read_text(struct pm_compiler *c, const struct pm_operand *o, enum pm_operator op, struct pm_value *v)
{
    pm_pattern_make(&v->pattern, v->field.text, c->arena);
    if (o->type != PM_T_SCALAR)
        return true;
    v->is_number = op != PM_OP_CONTAINS && pm_number_read(v->field.text, &v->field.as.number);
    if (v->is_number || op == PM_OP_CONTAINS || op == PM_OP_EQ || op == PM_OP_NE)
        return true;
    pm_report(c->diags, PM_D_VALUE, v->mark, pm_shown(c, o->path), pm_shown(c, v->field.text), "a number");
    return false;
}

bool pm_value_read(struct pm_compiler *c, const struct pm_operand *o, enum pm_operator op, const struct pm_token *token,
                   struct pm_value *out)
{
    *out = (struct pm_value){.mark = token->mark, .field = {.text = token->text}};
    if (!token->text.n) {
        pm_complain(c, token->mark, "nothing stands between the quotes; ask has(...) or no ... for what is absent", "");
        return false;
    }
    switch (family_of(o)) {
    case TEXT:
    case BOTH: return read_text(c, o, op, out);
    case WHOLE: return false;
    default:
        if (o->type == PM_T_INSTANT || o->type == PM_T_EVENT_INSTANT || o->type == PM_T_DATE)
            return read_time(c, o, out);
        return read_scalar(c, o, out);
    }
}

/* --- comparing --- */

static int sign_of(int64_t a, int64_t b) { return (a > b) - (a < b); }
static int sign_of_numbers(double a, double b) { return (a > b) - (a < b); }

static int compare_days(const struct pm_operand *o, const struct pm_value *v, const struct pm_field *f, const struct pm_subject *s)
{
    int64_t days = f->as.days, shift = v->from_today ? s->as_of : 0;
    if (o->type != PM_T_DATE) {
        struct pm_civil c = pm_civil_at(f->as.instant, s->incident->tz.text);
        days = pm_days_from_civil(c.year, c.month, c.day);
    }
    return days < v->first + shift ? -1 : days > v->last + shift;
}

static int compare_instants(const struct pm_value *v, const struct pm_field *f, const struct pm_subject *s)
{
    pm_instant t = v->field.as.instant;
    if (v->form == PM_VALUE_LOCAL)
        (void)pm_instant_in_zone(&v->civil, s->incident->tz.text, &t);
    return sign_of(f->as.instant, t);
}

static int compare(const struct pm_operand *o, const struct pm_value *v, const struct pm_field *f, const struct pm_subject *s)
{
    if (v->form == PM_VALUE_DAYS)
        return compare_days(o, v, f, s);
    switch (o->type) {
    case PM_T_INSTANT:
    case PM_T_EVENT_INSTANT: return compare_instants(v, f, s);
    case PM_T_NUMBER:
    case PM_T_PERCENT: return sign_of_numbers(f->as.number, v->field.as.number);
    case PM_T_ENUM:
    case PM_T_SEVERITY: return sign_of(f->as.choice, v->field.as.choice);
    case PM_T_DURATION: return sign_of(f->as.seconds, v->field.as.seconds);
    default: return sign_of(f->as.integer, v->field.as.integer);
    }
}

static bool in_order(enum pm_operator op, int order)
{
    switch (op) {
    case PM_OP_LT: return order < 0;
    case PM_OP_LE: return order <= 0;
    case PM_OP_GT: return order > 0;
    case PM_OP_GE: return order >= 0;
    case PM_OP_NE: return order != 0;
    default: return order == 0;
    }
}

static bool text_holds(enum pm_operator op, const struct pm_value *v, struct pm_str text)
{
    return op == PM_OP_CONTAINS ? pm_pattern_in(&v->pattern, text) : pm_pattern_is(&v->pattern, text);
}

/* A person is meant by the key and by the name. */
static bool person_holds(enum pm_operator op, const struct pm_value *v, const struct pm_field *f, const struct pm_subject *s)
{
    return text_holds(op, v, f->text) || text_holds(op, v, pm_person_name(s->incident, f));
}

bool pm_value_holds(const struct pm_operand *o, enum pm_operator op, const struct pm_value *v, const struct pm_field *f,
                    const struct pm_subject *s)
{
    double number;
    if (!f->valid)
        return false;
    if (v->is_number)
        return pm_number_read(f->text, &number) && in_order(op, sign_of_numbers(number, v->field.as.number));
    if (!v->pattern.cp)
        return in_order(op, compare(o, v, f, s));
    bool holds = o->type == PM_T_PERSON ? person_holds(op, v, f, s) : text_holds(op, v, f->text);
    return op == PM_OP_NE ? !holds : holds;
}
