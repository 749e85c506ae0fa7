/* Macros and tasks with their ids, code, and the source that a page carries. */
#include "render/confluence_internal.h"

#include "base/base64.h"
#include "base/limits.h"
#include "base/sha256.h"

#include <string.h>

static const char *const names[PM_CONFLUENCE_MACRO_COUNT] = {
#define NAME(id, name) name,
    PM_CONFLUENCE_MACROS(NAME)
#undef NAME
};

/* ---- ids ---- */

/* A UUID of version 8 (RFC 9562, 5.8) from the SHA-256 of what identifies a thing on this page. */
static void make_uuid(struct pm_confluence *c, const char *kind, struct pm_str key, uint32_t count, char out[PM_UUID_ROOM])
{
    static const unsigned char groups[] = {8, 4, 4, 4, 12};
    struct pm_buf b;
    char hash[65], *to = out;
    pm_buf_init(&b, PM_MAX_SCALAR);
    pm_buf_str(&b, c->doc->id);
    pm_buf_putc(&b, '\n');
    pm_buf_puts(&b, c->prefix);
    pm_buf_str(&b, c->sections[c->level].id);
    pm_buf_putc(&b, '\n');
    pm_buf_puts(&b, kind);
    pm_buf_putc(&b, '\n');
    pm_buf_str(&b, key);
    pm_buf_printf(&b, "\n%lu", (unsigned long)count);
    pm_sha256(pm_buf_slice(&b), hash);
    if (b.status)
        c->status = b.status;
    pm_buf_free(&b);
    hash[12] = '8';
    hash[16] = "89ab"[hash[16] & 3];
    const char *from = hash;
    for (size_t i = 0; i < sizeof groups; i++) {
        memcpy(to, from, groups[i]);
        to += groups[i];
        from += groups[i];
        *to++ = i + 1 < sizeof groups ? '-' : '\0';
    }
}

static uint32_t *task_slot(const struct pm_confluence *c, uint32_t id)
{
    size_t at = id & (c->task_cap - 1);
    while (c->tasks[at] && c->tasks[at] != id)
        at = (at + 1) & (c->task_cap - 1);
    return &c->tasks[at];
}

static bool grow_tasks(struct pm_confluence *c)
{
    uint32_t *old = c->tasks;
    size_t count = c->task_cap, cap = count ? count * 2 : 64;
    uint32_t *tasks = pm_arena_array(&c->arena, cap, sizeof *tasks);
    if (!tasks)
        return false;
    c->tasks = tasks;
    c->task_cap = cap;
    for (size_t i = 0; i < count; i++) {
        if (old[i])
            *task_slot(c, old[i]) = old[i];
    }
    return true;
}

/* True for a number that no task of the page has yet; it is taken then. */
static bool take_task(struct pm_confluence *c, uint32_t id)
{
    if (c->task_count * 2 >= c->task_cap && !grow_tasks(c))
        return true;   /* memory ran out: nothing will be shown */
    uint32_t *slot = task_slot(c, id);
    if (id == 0 || *slot)
        return false;
    *slot = id;
    c->task_count++;
    return true;
}

/* A number from a UUID's first digits; of 30 bits, since more of them follow when people add tasks. */
static uint32_t task_number(const char *uuid)
{
    uint32_t n = 0;
    for (int i = 0; i < 8; i++)
        n = n << 4 | (uint32_t)(uuid[i] <= '9' ? uuid[i] - '0' : uuid[i] - 'a' + 10);
    return n >> 2;
}

/* ---- macros ---- */

static void open_macro(struct pm_confluence *c, const char *name, const char *uuid)
{
    pm_buf_puts(c->out, "<ac:structured-macro ac:name=\"");
    pm_buf_puts(c->out, name);
    pm_buf_puts(c->out, "\" ac:schema-version=\"1\" ac:macro-id=\"");
    pm_buf_puts(c->out, uuid);
    pm_buf_puts(c->out, "\">");
}

void pm_confluence_open(struct pm_confluence *c, enum pm_confluence_macro macro)
{
    static const struct pm_str none = {NULL, 0};
    char uuid[PM_UUID_ROOM];
    make_uuid(c, names[macro], none, c->sections[c->level].count[macro]++, uuid);
    open_macro(c, names[macro], uuid);
}

void pm_confluence_parameter(struct pm_confluence *c, const char *name, struct pm_str value)
{
    pm_buf_puts(c->out, "<ac:parameter ac:name=\"");
    pm_buf_puts(c->out, name);
    pm_buf_puts(c->out, "\">");
    pm_xml_text(c->out, value);
    pm_buf_puts(c->out, "</ac:parameter>");
}

void pm_confluence_body(struct pm_confluence *c)
{
    pm_buf_puts(c->out, "<ac:rich-text-body>\n");
}

void pm_confluence_close(struct pm_confluence *c)
{
    pm_buf_puts(c->out, "</ac:rich-text-body></ac:structured-macro>\n");
}

/* ---- tasks ---- */

void pm_confluence_open_task(struct pm_confluence *c, struct pm_str key, bool complete)
{
    char uuid[PM_UUID_ROOM];
    uint32_t count = key.n ? 0 : c->sections[c->level].count[PM_CONFLUENCE_TASK]++, number;
    do {
        make_uuid(c, names[PM_CONFLUENCE_TASK], key, count, uuid);
        number = task_number(uuid);
        count += 0x10000;   /* another try: beyond what a section counts to */
    } while (!take_task(c, number) && c->status == PM_OK);   /* without memory all ids are alike */
    pm_buf_puts(c->out, "<ac:task><ac:task-id>");
    pm_buf_number(c->out, number, 0);
    pm_buf_puts(c->out, "</ac:task-id><ac:task-uuid>");
    pm_buf_puts(c->out, uuid);
    pm_buf_puts(c->out, "</ac:task-uuid><ac:task-status>");
    pm_buf_puts(c->out, complete ? "complete" : "incomplete");
    pm_buf_puts(c->out, "</ac:task-status><ac:task-body>");
}

void pm_confluence_close_task(struct pm_confluence *c)
{
    pm_buf_puts(c->out, "</ac:task-body></ac:task>\n");
}

/* ---- code ---- */

struct language { const char *word, *cloud, *dc; };

/* What Confluence calls a language. Data Center refuses a name that is not of its list, so each that is left out is plain text. */
static const struct language languages[] = {
    {"actionscript", "actionscript3", "actionscript3"}, {"applescript", "applescript", "applescript"}, {"bash", "bash", "bash"},
    {"c", "c", "cpp"}, {"c#", "c#", "c#"}, {"c++", "cpp", "cpp"}, {"clojure", "clojure", NULL}, {"coldfusion", "coldfusion", "coldfusion"},
    {"console", "bash", "bash"}, {"cpp", "cpp", "cpp"}, {"cs", "c#", "c#"}, {"csharp", "c#", "c#"}, {"css", "css", "css"},
    {"dart", "dart", NULL}, {"delphi", "delphi", "delphi"}, {"diff", "diff", "diff"}, {"docker", "dockerfile", NULL},
    {"dockerfile", "dockerfile", NULL}, {"elixir", "elixir", NULL}, {"erlang", "erlang", "erl"}, {"go", "go", NULL}, {"golang", "go", NULL},
    {"graphql", "graphql", NULL}, {"groovy", "groovy", "groovy"}, {"haskell", "haskell", NULL}, {"hcl", "hcl", NULL},
    {"html", "html", "xml"}, {"java", "java", "java"}, {"javascript", "javascript", "js"}, {"js", "javascript", "js"},
    {"json", "json", "js"}, {"kotlin", "kotlin", NULL}, {"kt", "kotlin", NULL}, {"lua", "lua", NULL}, {"objective_c", "objective-c", NULL},
    {"patch", "diff", "diff"}, {"perl", "perl", "perl"}, {"php", "php", "php"}, {"powershell", "powershell", "powershell"},
    {"ps1", "powershell", "powershell"}, {"proto", "protobuf", NULL}, {"protobuf", "protobuf", NULL}, {"py", "python", "py"},
    {"python", "python", "py"}, {"r", "r", NULL}, {"rb", "ruby", "ruby"}, {"rs", "rust", NULL}, {"ruby", "ruby", "ruby"},
    {"rust", "rust", NULL}, {"sass", "sass", "sass"}, {"scala", "scala", "scala"}, {"sh", "bash", "bash"}, {"shell", "bash", "bash"},
    {"sql", "sql", "sql"}, {"swift", "swift", NULL}, {"terraform", "hcl", NULL}, {"ts", "typescript", "js"},
    {"typescript", "typescript", "js"}, {"vb", "vb", "vb"}, {"xml", "xml", "xml"}, {"yaml", "yaml", "yml"}, {"yml", "yaml", "yml"},
    {"zsh", "bash", "bash"},
};

static struct pm_str language_name(const struct pm_confluence *c, struct pm_str language)
{
    struct pm_str word = language;
    for (word.n = 0; word.n < language.n && !strchr(" \t,{", language.p[word.n]); word.n++) {}
    for (size_t i = 0; word.n && i < sizeof languages / sizeof *languages; i++) {
        const char *name = c->flavour == PM_CONFLUENCE_CLOUD ? languages[i].cloud : languages[i].dc;
        if (name && pm_str_same_word(word, languages[i].word))
            return pm_str(name);
    }
    return PM_LIT("none");
}

void pm_confluence_code(struct pm_confluence *c, struct pm_str language, struct pm_str text)
{
    pm_confluence_open(c, PM_CONFLUENCE_CODE);
    pm_confluence_parameter(c, "language", language_name(c, language));
    pm_buf_puts(c->out, "<ac:plain-text-body>");
    pm_xml_cdata(c->out, text);
    pm_buf_puts(c->out, "</ac:plain-text-body></ac:structured-macro>\n");
}

/* ---- the source ---- */

/* Whether a text comes back from XML and from an editor, which trims white space at both ends, but for line feeds at its end. */
static bool survives(struct pm_str text)
{
    while (text.n && text.p[text.n - 1] == '\n')
        text.n--;
    return text.n && !strchr(" \t\n", text.p[0]) && !strchr(" \t", text.p[text.n - 1]) && pm_xml_keeps(text);
}

static void put_line(struct pm_confluence *c, const char *name, struct pm_str value)
{
    pm_buf_puts(c->out, "<p>");
    pm_buf_puts(c->out, name);
    pm_buf_puts(c->out, ": ");
    pm_xml_text(c->out, value);
    pm_buf_puts(c->out, "</p>\n");
}

/* Paragraphs, not a table: a report of page properties that names no id would show its rows. */
void pm_confluence_source(struct pm_confluence *c)
{
    const struct pm_document *doc = c->doc;
    bool text = survives(doc->source);
    struct pm_buf b;
    if (!doc->source.n)
        return;
    pm_buf_init(&b, PM_MAX_OUTPUT);
    pm_buf_number(&b, (double)doc->source.n, 0);
    pm_confluence_open(c, PM_CONFLUENCE_DETAILS);
    pm_confluence_parameter(c, "hidden", PM_LIT("true"));
    pm_confluence_parameter(c, "id", PM_LIT("incident-source"));
    pm_confluence_body(c);
    put_line(c, "id", doc->id);
    put_line(c, "title", doc->title);
    put_line(c, "bytes", pm_buf_slice(&b));
    put_line(c, "sha256", pm_str(doc->sha256));
    put_line(c, "encoding", text ? PM_LIT("text") : PM_LIT("base64"));
    if (!text) {
        pm_buf_clear(&b);
        pm_base64(&b, doc->source, 76);   /* digits a line, as in mail (RFC 2045, 6.8) */
    }
    pm_confluence_code(c, text ? PM_LIT("yaml") : PM_LIT("none"), text ? doc->source : pm_buf_slice(&b));
    pm_confluence_close(c);
    if (b.status)
        c->status = b.status;
    pm_buf_free(&b);
}
