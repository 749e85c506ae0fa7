/* The JSON Schema of the format, for editors, from the table alone. It takes canonical spellings and, for times, any that are read. */
#include "incident/schema.h"

/* JSON with one member a line. */
struct json {
    struct pm_buf *out;
    int depth;
    bool has_before;      /* the collection has a member already */
};

#define ID_PATTERN "^[A-Za-z][A-Za-z0-9_.-]{0,31}$"
#define CLOCK_PATTERN "([01]\\d|2[0-3]):[0-5]\\d(:([0-5]\\d|60)(\\.\\d+)?)?"
#define DATE_PATTERN "\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])"
#define INSTANT_PATTERN DATE_PATTERN "[Tt ]" CLOCK_PATTERN "([Zz]|[+-]([01]\\d|2[0-3]):[0-5]\\d)?"

static void begin_member(struct json *j, const char *key)
{
    pm_buf_puts(j->out, j->has_before ? ",\n" : "\n");
    pm_buf_printf(j->out, "%*s", 2 * j->depth, "");
    if (key) {
        pm_buf_putc(j->out, '"');
        pm_buf_json(j->out, pm_str(key));
        pm_buf_puts(j->out, "\": ");
    }
    j->has_before = true;
}

static void put_raw(struct json *j, const char *key, const char *json)
{
    begin_member(j, key);
    pm_buf_puts(j->out, json);
}

static void put_string(struct json *j, const char *key, const char *text)
{
    begin_member(j, key);
    pm_buf_putc(j->out, '"');
    pm_buf_json(j->out, pm_str(text));
    pm_buf_putc(j->out, '"');
}

static void open_with(struct json *j, const char *key, char bracket)
{
    begin_member(j, key);
    pm_buf_putc(j->out, bracket);
    j->depth++;
    j->has_before = false;
}

static void close_with(struct json *j, char bracket)
{
    j->depth--;
    pm_buf_printf(j->out, "\n%*s%c", 2 * j->depth, "", bracket);
    j->has_before = true;
}

static void put_reference(struct json *j, const char *key, const struct pm_object_def *object)
{
    begin_member(j, key);
    pm_buf_printf(j->out, "{\"$ref\": \"#/$defs/%s\"}", object->name);
}

/* --- scalars --- */

/* "type" for what an optional field may also be: nothing. */
static void put_type(struct json *j, const char *type, bool may_be_null)
{
    begin_member(j, "type");
    pm_buf_printf(j->out, may_be_null ? "[\"%s\", \"null\"]" : "\"%s\"", type);
}

static void put_pattern(struct json *j, const char *pattern, bool may_be_null)
{
    put_type(j, "string", may_be_null);
    put_string(j, "pattern", pattern);
}

static void put_words(struct json *j, const char *const *words, bool may_be_null)
{
    bool is_switch = false;
    begin_member(j, "enum");
    pm_buf_putc(j->out, '[');
    for (size_t i = 0; words[i]; i++) {
        pm_buf_printf(j->out, "%s\"%s\"", i ? ", " : "", words[i]);
        is_switch |= pm_str_is(pm_str(words[i]), "yes");
    }
    pm_buf_puts(j->out, is_switch ? ", true, false" : "");
    pm_buf_puts(j->out, may_be_null ? ", null]" : "]");
}

static void put_severity(struct json *j)
{
    put_raw(j, "type", "[\"string\", \"integer\"]");
    put_string(j, "pattern", "^(([Ss][Ee][Vv]([Ee][Rr][Ii][Tt][Yy])?|[Ss]|[Pp]([Rr][Ii][Oo][Rr][Ii][Tt][Yy])?)[-_ ]?)?[0-5]$"
                             "|^([Cc]ritical|[Mm]ajor|[Hh]igh|[Mm]inor|[Mm]oderate|[Mm]edium|[Ll]ow|[Cc]osmetic|[Tt]rivial"
                             "|[Ii]nfo(rmational)?)$");
    put_raw(j, "minimum", "0");
    put_raw(j, "maximum", "5");
}

static void put_scalar(struct json *j, const struct pm_field_def *def, enum pm_type type, bool may_be_null)
{
    switch (type) {
    case PM_T_ID: put_pattern(j, ID_PATTERN, may_be_null); break;
    case PM_T_LANG: put_pattern(j, "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", may_be_null); break;
    case PM_T_ZONE: put_pattern(j, "^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$", may_be_null); break;
    case PM_T_URL: put_pattern(j, "^([Hh][Tt][Tt][Pp][Ss]?://|[Mm][Aa][Ii][Ll][Tt][Oo]:)\\S+$", may_be_null); break;
    case PM_T_INTEGER:
        put_type(j, "integer", may_be_null);
        put_raw(j, "minimum", "0");
        break;
    case PM_T_NUMBER: put_type(j, "number", may_be_null); break;
    case PM_T_PERCENT:
        put_type(j, "number", may_be_null);
        put_raw(j, "minimum", "0");
        put_raw(j, "maximum", "100");
        break;
    case PM_T_INSTANT: put_pattern(j, "^" INSTANT_PATTERN "$", may_be_null); break;
    case PM_T_EVENT_INSTANT: put_pattern(j, "^(" INSTANT_PATTERN "|" CLOCK_PATTERN ")$", may_be_null); break;
    case PM_T_DATE: put_pattern(j, "^" DATE_PATTERN "$", may_be_null); break;
    case PM_T_DURATION: put_pattern(j, "^[Pp]?([Tt]?\\d+[WwDdHhMmSs])+$", may_be_null); break;
    case PM_T_ENUM: put_words(j, def->words, may_be_null); break;
    case PM_T_SEVERITY: put_severity(j); break;
    case PM_T_CURRENCY: put_pattern(j, "^[A-Z]{3}$", may_be_null); break;
    case PM_T_VERSION: put_raw(j, "enum", may_be_null ? "[1, null]" : "[1]"); break;
    case PM_T_SCALAR: put_raw(j, "type", "[\"string\", \"number\", \"boolean\", \"null\"]"); break;
    default:
        put_type(j, "string", may_be_null);
        if (!may_be_null)
            put_string(j, "pattern", "\\S");
    }
}

/* --- collections --- */

static void put_persons(struct json *j, const char *key)
{
    open_with(j, key, '{');
    open_with(j, "anyOf", '[');
    put_raw(j, NULL, "{\"type\": [\"string\", \"null\"]}");
    put_raw(j, NULL, "{\"type\": \"array\", \"items\": {\"type\": \"string\", \"pattern\": \"\\\\S\"}}");
    close_with(j, ']');
    close_with(j, '}');
}

static void put_free_keys(struct json *j)
{
    put_raw(j, "patternProperties", "{\"^x-.\": true}");
}

static void put_chains(struct json *j, const struct pm_object_def *object)
{
    put_type(j, "array", true);
    open_with(j, "items", '{');
    open_with(j, "anyOf", '[');
    put_reference(j, NULL, object);
    open_with(j, NULL, '{');
    put_type(j, "array", false);
    put_reference(j, "items", object);
    close_with(j, '}');
    close_with(j, ']');
    close_with(j, '}');
}

static void put_list(struct json *j, const struct pm_field_def *def)
{
    put_type(j, "array", true);
    if (def->item == PM_T_OBJECT) {
        put_reference(j, "items", def->object);
        return;
    }
    open_with(j, "items", '{');
    put_scalar(j, def, def->item, false);
    close_with(j, '}');
}

static void put_value(struct json *j, const struct pm_field_def *def)
{
    switch (def->type) {
    case PM_T_OBJECT:
        open_with(j, "anyOf", '[');
        put_reference(j, NULL, def->object);
        put_raw(j, NULL, "{\"type\": \"null\"}");
        close_with(j, ']');
        break;
    case PM_T_LIST: put_list(j, def); break;
    case PM_T_CHAINS: put_chains(j, def->object); break;
    case PM_T_ROLES:
        put_type(j, "object", true);
        put_raw(j, "propertyNames", "{\"pattern\": \"^[a-z][a-z0-9_-]*$\"}");
        put_free_keys(j);
        put_persons(j, "additionalProperties");
        break;
    case PM_T_PEOPLE:
        put_type(j, "object", true);
        put_free_keys(j);
        put_raw(j, "additionalProperties", "{\"anyOf\": [{\"$ref\": \"#/$defs/person\"}, {\"type\": \"null\"}]}");
        break;
    case PM_T_GLOSSARY:
        put_type(j, "object", true);
        put_free_keys(j);
        put_raw(j, "additionalProperties", "{\"type\": [\"string\", \"null\"]}");
        break;
    default: put_scalar(j, def, def->type, !(def->flags & PM_F_REQUIRED)); break;
    }
}

static void put_required(struct json *j, const struct pm_object_def *object)
{
    const char *before = "[";
    for (size_t i = 0; i < object->count; i++) {
        if (!(object->fields[i].flags & PM_F_REQUIRED))
            continue;
        if (*before == '[')
            begin_member(j, "required");
        pm_buf_printf(j->out, "%s\"%s\"", before, object->fields[i].name);
        before = ", ";
    }
    if (*before == ',')
        pm_buf_putc(j->out, ']');
}

static void put_members(struct json *j, const struct pm_object_def *object)
{
    put_raw(j, "type", "\"object\"");
    open_with(j, "properties", '{');
    for (size_t i = 0; i < object->count; i++) {
        open_with(j, object->fields[i].name, '{');
        put_string(j, "title", object->fields[i].label);
        put_string(j, "description", object->fields[i].note);
        put_value(j, &object->fields[i]);
        close_with(j, '}');
    }
    close_with(j, '}');
    put_required(j, object);
    put_free_keys(j);
    put_raw(j, "additionalProperties", "false");
}

/* Definitions of the objects below `object`, each once: no two places of the table share one. */
static void put_definitions(struct json *j, const struct pm_object_def *object)
{
    for (size_t i = 0; i < object->count; i++) {
        const struct pm_object_def *below = object->fields[i].object;
        if (!below)
            continue;
        open_with(j, below->name, '{');
        put_members(j, below);
        close_with(j, '}');
        put_definitions(j, below);
    }
}

void pm_schema_json(struct pm_buf *out)
{
    struct json j = {.out = out, .depth = 1};
    pm_buf_putc(out, '{');
    put_string(&j, "$schema", "https://json-schema.org/draft/2020-12/schema");
    put_string(&j, "title", "Incident");
    put_string(&j, "description", "The canonical incident, version 1; pm-incident(5) is its manual.");
    put_members(&j, &pm_incident_def);
    open_with(&j, "$defs", '{');
    put_definitions(&j, &pm_incident_def);
    close_with(&j, '}');
    pm_buf_puts(out, "\n}\n");
}
