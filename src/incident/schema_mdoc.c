/* The field list of pm-incident(5), from the table. */
#include "incident/schema.h"

#include <stdio.h>
#include <string.h>

/* Text in a macro's line or alone: a leading period or quote would be a request, a backslash an escape. */
static void put_text(struct pm_buf *b, const char *text)
{
    if (*text == '.' || *text == '\'')
        pm_buf_puts(b, "\\&");
    for (; *text; text++) {
        if (*text == '\\')
            pm_buf_puts(b, "\\e");
        else
            pm_buf_putc(b, *text);
    }
}

static const char *type_name(enum pm_type type)
{
    static const char *const names[] = {
        [PM_T_TEXT] = "text", [PM_T_MD] = "Markdown", [PM_T_ID] = "id", [PM_T_PERSON] = "person", [PM_T_LANG] = "language tag",
        [PM_T_ZONE] = "time zone", [PM_T_URL] = "link", [PM_T_INTEGER] = "whole number", [PM_T_NUMBER] = "number",
        [PM_T_PERCENT] = "0 to 100", [PM_T_INSTANT] = "instant", [PM_T_EVENT_INSTANT] = "instant or HH:MM", [PM_T_DATE] = "date",
        [PM_T_DURATION] = "duration", [PM_T_ENUM] = "word", [PM_T_SEVERITY] = "severity", [PM_T_CURRENCY] = "currency code",
        [PM_T_VERSION] = "1", [PM_T_SCALAR] = "number or text", [PM_T_OBJECT] = "mapping", [PM_T_LIST] = "sequence",
        [PM_T_CHAINS] = "sequence", [PM_T_ROLES] = "mapping", [PM_T_PEOPLE] = "mapping", [PM_T_GLOSSARY] = "mapping",
    };
    return names[type];
}

static void put_type(struct pm_buf *b, const struct pm_field_def *f)
{
    if (f->type == PM_T_LIST && f->item == PM_T_OBJECT)
        pm_buf_puts(b, "sequence of mappings");
    else if (f->type == PM_T_LIST)
        pm_buf_printf(b, "sequence, each: %s", type_name(f->item));
    else
        pm_buf_puts(b, type_name(f->type));
    if (f->flags & PM_F_REQUIRED)
        pm_buf_puts(b, "; required");
    if (f->flags & PM_F_FINAL)
        pm_buf_puts(b, "; wanted before status final");
}

static void put_words(struct pm_buf *b, const char *const *words)
{
    pm_buf_puts(b, "One of\n");
    for (size_t i = 0; words[i]; i++)
        pm_buf_printf(b, ".Cm %s%s\n", words[i], words[i + 1] ? " ," : " .");
}

static void put_field(struct pm_buf *b, const struct pm_field_def *f)
{
    pm_buf_printf(b, ".It Ic %s Pq ", f->name);
    put_type(b, f);
    pm_buf_putc(b, '\n');
    put_text(b, f->note);
    pm_buf_putc(b, '\n');
    if (f->words)
        put_words(b, f->words);
}

static void put_heading(struct pm_buf *b, const char *path)
{
    size_t n = strlen(path);
    bool is_entry = n > 2 && strcmp(path + n - 2, "[]") == 0;
    pm_buf_puts(b, n == 0 ? ".Ss Fields of an incident" : is_entry ? ".Ss Fields of an entry of " : ".Ss Fields of ");
    pm_buf_add(b, path, is_entry ? n - 2 : n);
    pm_buf_puts(b, "\n.Bl -tag -width Ds\n");
}

/* The object at `path`, as "impact.slo[]", and those below. */
static void put_object(struct pm_buf *b, const struct pm_object_def *object, const char *path)
{
    char below[128];
    put_heading(b, path);
    for (size_t i = 0; i < object->count; i++)
        put_field(b, &object->fields[i]);
    pm_buf_puts(b, ".El\n");
    for (size_t i = 0; i < object->count; i++) {
        const struct pm_field_def *f = &object->fields[i];
        const char *suffix = f->type == PM_T_LIST || f->type == PM_T_CHAINS ? "[]" : f->type == PM_T_PEOPLE ? ".KEY" : "";
        if (!f->object || strlen(path) + strlen(f->name) + 6 > sizeof below)
            continue;
        snprintf(below, sizeof below, "%s%s%s%s", path, *path ? "." : "", f->name, suffix);
        put_object(b, f->object, below);
    }
}

void pm_schema_mdoc(struct pm_buf *out)
{
    put_object(out, &pm_incident_def, "");
}
