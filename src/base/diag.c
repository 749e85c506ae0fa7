#include "base/diag.h"

#include "base/limits.h"
#include "base/utf8.h"

#include <string.h>

enum { MAX_ARGUMENTS = 4, MAX_ARGUMENT_BYTES = 200 };

static const struct {
    enum pm_severity severity;
    const char *rule, *format, *meaning;
} table[] = {
#define PM_DIAG_ROW(name, severity, rule, format, meaning) {severity, rule, format, meaning},
    PM_DIAG_TABLE(PM_DIAG_ROW)
#undef PM_DIAG_ROW
};

void pm_diags_init(struct pm_diags *d, const char *file)
{
    *d = (struct pm_diags){.file = file};
    pm_arena_init(&d->arena);
}

void pm_diags_free(struct pm_diags *d)
{
    pm_arena_free(&d->arena);
    pm_diags_init(d, d->file);
}

enum pm_severity pm_diag_severity(enum pm_diag_code code)
{
    return table[code].severity;
}

const char *pm_diag_rule(enum pm_diag_code code)
{
    return table[code].rule;
}

const char *pm_diag_meaning(enum pm_diag_code code)
{
    return table[code].meaning;
}

/* The bytes of an argument that are shown; a longer one is cut between characters. */
static size_t shown(const char *argument)
{
    size_t n = strlen(argument);
    if (n <= MAX_ARGUMENT_BYTES)
        return n;
    for (n = MAX_ARGUMENT_BYTES; n > MAX_ARGUMENT_BYTES - 4 && ((unsigned char)argument[n] & 0xC0) == 0x80; n--)
        ;
    return n;
}

static void put(char **out, const char *bytes, size_t n)
{
    memcpy(*out, bytes, n);
    *out += n;
}

static const char *make_text(struct pm_arena *a, const char *format, const char *const *arguments)
{
    static const char ellipsis[] = "\xE2\x80\xA6";
    size_t size = strlen(format) + 1;
    for (size_t i = 0; i < MAX_ARGUMENTS && arguments[i]; i++)
        size += shown(arguments[i]) + sizeof ellipsis;
    char *text = pm_arena_alloc(a, size), *out = text;
    if (!text)
        return NULL;
    for (const char *percent; (percent = strstr(format, "%s")) != NULL; format = percent + 2) {
        put(&out, format, (size_t)(percent - format));
        size_t n = shown(*arguments);
        put(&out, *arguments, n);
        if ((*arguments++)[n] != '\0')
            put(&out, ellipsis, sizeof ellipsis - 1);
    }
    put(&out, format, strlen(format));
    return text;
}

void pm_report(struct pm_diags *d, enum pm_diag_code code, struct pm_mark mark, ...)
{
    d->count[table[code].severity]++;
    if (d->kept >= PM_MAX_DIAGS)
        return;
    const char *arguments[MAX_ARGUMENTS + 1] = {NULL};
    size_t count = 0;
    va_list ap;
    va_start(ap, mark);
    for (const char *f = table[code].format; (f = strstr(f, "%s")) != NULL && count < MAX_ARGUMENTS; f += 2) {
        const char *argument = va_arg(ap, const char *);
        arguments[count++] = argument ? argument : "";   /* NULL: memory ran out where it was made */
    }
    va_end(ap);
    struct pm_diag *diag = pm_arena_alloc(&d->arena, sizeof *diag);
    const char *text = make_text(&d->arena, table[code].format, arguments);
    if (!diag || !text)
        return;
    *diag = (struct pm_diag){code, mark, text, NULL};
    if (d->last)
        d->last->next = diag;
    else
        d->first = diag;
    d->last = diag;
    d->kept++;
}

static bool is_before(const struct pm_diag *a, const struct pm_diag *b)
{
    return a->mark.line != b->mark.line ? a->mark.line < b->mark.line : a->mark.col < b->mark.col;
}

static struct pm_diag *merge(struct pm_diag *a, struct pm_diag *b)
{
    struct pm_diag *first = NULL, **end = &first;
    while (a && b) {
        struct pm_diag **from = is_before(b, a) ? &b : &a;
        *end = *from;
        end = &(*from)->next;
        *from = *end;
    }
    *end = a ? a : b;
    return first;
}

/* Lists of 1, 2, 4 ... messages wait in `runs`, older ones at higher places, until an equally long one comes. */
void pm_diags_sort(struct pm_diags *d)
{
    struct pm_diag *runs[16] = {NULL};   /* 2^16 is more than PM_MAX_DIAGS */
    for (struct pm_diag *next, *run = d->first; run; run = next) {
        size_t i = 0;
        next = run->next;
        run->next = NULL;
        for (; i < 15 && runs[i]; i++) {
            run = merge(runs[i], run);
            runs[i] = NULL;
        }
        runs[i] = merge(runs[i], run);
    }
    d->first = NULL;
    for (size_t i = 0; i < 16; i++)
        d->first = merge(runs[i], d->first);
    d->last = d->first;
    while (d->last && d->last->next)
        d->last = d->last->next;
}

/* C1 controls too: terminals obey them. */
static void put_printable(struct pm_buf *out, const char *z)
{
    struct pm_str s = pm_str(z);
    for (size_t at = 0; at < s.n;) {
        size_t start = at;
        uint32_t cp = pm_utf8_next(s, &at);
        if (cp >= 0x20 && cp != PM_UTF8_BAD && (cp < 0x7F || cp > 0x9F)) {
            pm_buf_add(out, s.p + start, at - start);
            continue;
        }
        for (; start < at; start++)
            pm_buf_printf(out, "\\x%02X", (unsigned)(unsigned char)s.p[start]);
    }
}

static void put_place(struct pm_buf *out, const char *file, struct pm_mark mark, bool colour)
{
    if (colour)
        pm_buf_puts(out, "\033[1m");
    if (file)
        put_printable(out, file);
    if (mark.line)
        pm_buf_printf(out, "%s%lu:%lu", file ? ":" : "", (unsigned long)mark.line, (unsigned long)mark.col);
    if (file || mark.line)
        pm_buf_putc(out, ':');
    if (colour)
        pm_buf_puts(out, "\033[0m");
    if (file || mark.line)
        pm_buf_putc(out, ' ');
}

static void put_severity(struct pm_buf *out, enum pm_severity severity, bool colour)
{
    static const char *const names[] = {"note", "warning", "error"};
    static const char *const colours[] = {"\033[36m", "\033[33m", "\033[31m"};
    if (colour)
        pm_buf_puts(out, colours[severity]);
    pm_buf_printf(out, "%s:", names[severity]);
    pm_buf_puts(out, colour ? "\033[0m " : " ");
}

void pm_diags_format(const struct pm_diags *d, bool colour, struct pm_buf *out)
{
    for (const struct pm_diag *diag = d->first; diag; diag = diag->next) {
        put_place(out, d->file, diag->mark, colour);
        put_severity(out, table[diag->code].severity, colour);
        put_printable(out, diag->text);
        pm_buf_printf(out, " [%s]\n", table[diag->code].rule);
    }
    size_t more = d->count[PM_NOTE] + d->count[PM_WARNING] + d->count[PM_ERROR] - d->kept;
    if (more) {
        put_place(out, d->file, (struct pm_mark){0, 0, 0}, colour);
        put_severity(out, PM_NOTE, colour);
        pm_buf_printf(out, "%zu more message%s not shown\n", more, more == 1 ? " is" : "s are");
    }
}

enum pm_status pm_diags_status(const struct pm_diags *d)
{
    if (pm_arena_failed(&d->arena))
        return PM_NOMEM;
    return d->count[PM_ERROR] ? PM_INVALID : PM_OK;
}
