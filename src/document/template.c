#include "document/template.h"

#include "document/builtin.h"
#include "document/compose_internal.h"

#include <string.h>

/* What the value of a key must be. */
enum want {
    WANT_NOTHING,   /* {} or nothing */
    WANT_OPTIONS,   /* a mapping of the block's options, or nothing */
    WANT_TEXT,      /* text with {{variables}} */
    WANT_MARKDOWN,  /* the path of a field that holds Markdown */
    WANT_PATH,      /* a variable's name */
    WANT_PATHS,     /* a list of variables' names, each alone or as {name: label} */
    WANT_CHOICE,    /* one of `choices` */
    WANT_CHOICES,   /* a list of them */
    WANT_BOOL,
    WANT_COUNT,     /* a number from 1 */
    WANT_BLOCKS
};

struct option {
    const char *name;
    enum want want;
    const char *const *choices;
};

struct kind {
    const char *key;
    enum want want;
    const char *const *choices;
    const struct option *options;    /* of the argument; ends with a NULL name */
};

static const char *const badges[] = {"severity", "incident_status", "status", "visibility", "kind", NULL};
static const char *const figures[] = {"timeline", "actions", NULL};
static const char *const event_columns[] = {"time", "event", "team", "by", "kind", "phase", NULL};
static const char *const action_columns[] = {"id", "item", "type", "owner", "due", "priority", "status", NULL};
static const char *const ranks[] = {"primary", "secondary", NULL};
static const char *const orders[] = {"author", "importance", NULL};
static const char *const tones[] = {"neutral", "info", "success", "warning", "danger", "note", NULL};
static const char *const visibilities[] = {"public", "internal", "restricted", NULL};
static const char *const truths[] = {"true", "false", NULL};

static const struct option cover_options[] = {
    {"facts", WANT_PATHS, NULL}, {"metrics", WANT_PATHS, NULL}, {"badges", WANT_CHOICES, badges}, {NULL, WANT_NOTHING, NULL}};
static const struct option timeline_options[] = {{"columns", WANT_CHOICES, event_columns}, {"important_only", WANT_BOOL, NULL},
    {"details", WANT_BOOL, NULL}, {"most", WANT_COUNT, NULL}, {NULL, WANT_NOTHING, NULL}};
static const struct option cause_options[] = {
    {"rank", WANT_CHOICE, ranks}, {"or", WANT_MARKDOWN, NULL}, {"details", WANT_BOOL, NULL}, {"panel", WANT_BOOL, NULL},
    {NULL, WANT_NOTHING, NULL}};
static const struct option action_options[] = {{"columns", WANT_CHOICES, action_columns}, {"most", WANT_COUNT, NULL},
    {"open_only", WANT_BOOL, NULL}, {"order", WANT_CHOICE, orders}, {"details", WANT_BOOL, NULL}, {"summary", WANT_BOOL, NULL},
    {"rest", WANT_BOOL, NULL},
    {NULL, WANT_NOTHING, NULL}};
static const struct option panel_options[] = {
    {"tone", WANT_CHOICE, tones}, {"title", WANT_TEXT, NULL}, {"blocks", WANT_BLOCKS, NULL}, {NULL, WANT_NOTHING, NULL}};
static const struct option impact_options[] = {{"facts", WANT_CHOICES, pm_impact_facts}, {NULL, WANT_NOTHING, NULL}};
static const struct option update_options[] = {{"visibility", WANT_CHOICE, visibilities}, {NULL, WANT_NOTHING, NULL}};

static const struct kind kinds[PM_B_COUNT] = {
    [PM_B_COVER] = {"cover", WANT_OPTIONS, NULL, cover_options},
    [PM_B_TOC] = {"toc", WANT_NOTHING, NULL, NULL},
    [PM_B_SECTION] = {"section", WANT_TEXT, NULL, NULL},
    [PM_B_MARKDOWN] = {"markdown", WANT_MARKDOWN, NULL, NULL},
    [PM_B_TEXT] = {"text", WANT_TEXT, NULL, NULL},
    [PM_B_FACTS] = {"facts", WANT_PATHS, NULL, NULL},
    [PM_B_METRICS] = {"metrics", WANT_PATHS, NULL, NULL},
    [PM_B_FIGURE] = {"figure", WANT_CHOICE, figures, NULL},
    [PM_B_TIMELINE] = {"timeline", WANT_OPTIONS, NULL, timeline_options},
    [PM_B_CAUSES] = {"causes", WANT_OPTIONS, NULL, cause_options},
    [PM_B_FIVE_WHYS] = {"five_whys", WANT_NOTHING, NULL, NULL},
    [PM_B_IMPACT] = {"impact", WANT_OPTIONS, NULL, impact_options},
    [PM_B_COMPONENTS] = {"components", WANT_NOTHING, NULL, NULL},
    [PM_B_MEASURES] = {"measures", WANT_NOTHING, NULL, NULL},
    [PM_B_SLO] = {"slo", WANT_NOTHING, NULL, NULL},
    [PM_B_LESSONS] = {"lessons", WANT_NOTHING, NULL, NULL},
    [PM_B_ACTION_ITEMS] = {"action_items", WANT_OPTIONS, NULL, action_options},
    [PM_B_ROLES] = {"roles", WANT_NOTHING, NULL, NULL},
    [PM_B_PEOPLE] = {"people", WANT_NOTHING, NULL, NULL},
    [PM_B_UPDATES] = {"updates", WANT_OPTIONS, NULL, update_options},
    [PM_B_EVIDENCE] = {"evidence", WANT_NOTHING, NULL, NULL},
    [PM_B_RELATED] = {"related", WANT_NOTHING, NULL, NULL},
    [PM_B_QUESTIONS] = {"questions", WANT_NOTHING, NULL, NULL},
    [PM_B_REVIEW] = {"review", WANT_NOTHING, NULL, NULL},
    [PM_B_MESSAGING] = {"messaging", WANT_NOTHING, NULL, NULL},
    [PM_B_GLOSSARY] = {"glossary", WANT_NOTHING, NULL, NULL},
    [PM_B_SECTIONS] = {"sections", WANT_NOTHING, NULL, NULL},
    [PM_B_PANEL] = {"panel", WANT_OPTIONS, NULL, panel_options},
    [PM_B_PAGE_BREAK] = {"page_break", WANT_NOTHING, NULL, NULL},
    [PM_B_RULE] = {"rule", WANT_NOTHING, NULL, NULL},
};

enum pm_block pm_block_kind(const struct pm_yaml *block, const struct pm_yaml **argument)
{
    for (const struct pm_yaml *y = block->kind == PM_YAML_MAPPING ? block->first : NULL; y; y = y->next) {
        for (int i = 0; i < PM_B_COUNT; i++) {
            if (pm_str_is(y->key, kinds[i].key)) {
                *argument = y;
                return (enum pm_block)i;
            }
        }
    }
    *argument = NULL;
    return PM_B_COUNT;
}

/* Checks. */

struct checker {
    struct pm_arena *arena;
    struct pm_diags *diags;
};

static void complain(struct checker *k, struct pm_mark mark, const char *text)
{
    pm_report(k->diags, PM_D_TEMPLATE, mark, text);
}

/* `format` has one %.*s for `name`. */
static void complain_of(struct checker *k, struct pm_mark mark, const char *format, struct pm_str name)
{
    struct pm_str text = pm_arena_format(k->arena, format, (int)name.n, name.p);
    if (text.p)
        complain(k, mark, text.p);
}

static bool is_empty(const struct pm_yaml *y)
{
    return y->kind == PM_YAML_SCALAR ? pm_yaml_is_null(y) || y->text.n == 0 : y->count == 0;
}

static void check_blocks(struct checker *k, const struct pm_yaml *blocks);

static void check_path(struct checker *k, struct pm_str name, struct pm_mark mark, bool markdown)
{
    struct pm_variable v;
    if (!pm_variable_find(NULL, name, &v))
        pm_variable_report(name, mark, k->arena, k->diags);
    else if (markdown && (v.kind != PM_VAR_FIELD || v.def->type != PM_T_MD))
        complain_of(k, mark, "%.*s holds no Markdown; want a field of running text", name);
}

static void check_paths(struct checker *k, const struct pm_yaml *y)
{
    if (y->kind != PM_YAML_SEQUENCE) {
        complain_of(k, y->mark, "%.*s must be a list of fields", y->key);
        return;
    }
    for (const struct pm_yaml *item = y->first; item; item = item->next) {
        if (item->kind == PM_YAML_SCALAR)
            check_path(k, item->text, item->mark, false);
        else if (item->kind == PM_YAML_MAPPING && item->count == 1 && item->first->kind == PM_YAML_SCALAR)
            check_path(k, item->first->key, item->first->key_mark, false);
        else
            complain(k, item->mark, "want a field, or one field with its label");
    }
}

static void check_choice(struct checker *k, const struct pm_yaml *y, struct pm_str name, const char *const *choices)
{
    struct pm_buf b;
    for (const char *const *word = choices; *word && y->kind == PM_YAML_SCALAR; word++) {
        if (pm_str_is(y->text, *word))
            return;
    }
    pm_buf_init(&b, 4096);
    pm_buf_str(&b, name);
    pm_buf_puts(&b, " must be one of ");
    for (const char *const *word = choices; *word; word++)
        pm_buf_printf(&b, "%s%s", *word, word[1] ? ", " : "");
    complain(k, y->mark, b.data);
    pm_buf_free(&b);
}

static void check_choices(struct checker *k, const struct pm_yaml *y, const char *const *choices)
{
    if (y->kind != PM_YAML_SEQUENCE)
        complain_of(k, y->mark, "%.*s must be a list", y->key);
    for (const struct pm_yaml *item = y->kind == PM_YAML_SEQUENCE ? y->first : NULL; item; item = item->next)
        check_choice(k, item, y->key, choices);
    if (y->count > PM_MAX_COLUMNS)
        complain_of(k, y->mark, "%.*s has too many entries", y->key);
}

static bool is_count(struct pm_str s)
{
    if (s.n == 0 || s.n > 6 || s.p[0] == '0')
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    }
    return true;
}

static void check_options(struct checker *k, const struct pm_yaml *y, const struct option *options);

static void check_value(struct checker *k, const struct pm_yaml *y, enum want want, const char *const *choices,
                        const struct option *options)
{
    bool scalar = y->kind == PM_YAML_SCALAR;
    switch (want) {
    case WANT_NOTHING:
        if (!is_empty(y))
            complain_of(k, y->mark, "%.*s takes no options; want {}", y->key);
        return;
    case WANT_OPTIONS:
        check_options(k, y, options);
        return;
    case WANT_TEXT:
        if (!scalar || is_empty(y))
            complain_of(k, y->mark, "%.*s must be text", y->key);
        else
            pm_variables_check(y->text, y->mark, k->arena, k->diags);
        return;
    case WANT_MARKDOWN:
    case WANT_PATH:
        if (scalar)
            check_path(k, y->text, y->mark, want == WANT_MARKDOWN);
        else
            complain_of(k, y->mark, "%.*s must name a field", y->key);
        return;
    case WANT_PATHS:
        check_paths(k, y);
        return;
    case WANT_CHOICE:
    case WANT_BOOL:
        check_choice(k, y, y->key, want == WANT_BOOL ? truths : choices);
        return;
    case WANT_CHOICES:
        check_choices(k, y, choices);
        return;
    case WANT_COUNT:
        if (!scalar || !is_count(y->text))
            complain_of(k, y->mark, "%.*s must be a number from 1 to 999999", y->key);
        return;
    case WANT_BLOCKS:
        check_blocks(k, y);
        return;
    }
}

static const struct option *find_option(const struct option *options, struct pm_str name)
{
    for (; options && options->name; options++) {
        if (pm_str_is(name, options->name))
            return options;
    }
    return NULL;
}

static void check_options(struct checker *k, const struct pm_yaml *y, const struct option *options)
{
    if (y->kind != PM_YAML_MAPPING) {
        if (!is_empty(y))
            complain_of(k, y->mark, "%.*s must be a mapping of options", y->key);
        return;
    }
    for (const struct pm_yaml *child = y->first; child; child = child->next) {
        const struct option *option = find_option(options, child->key);
        if (option)
            check_value(k, child, option->want, option->choices, NULL);
        else
            complain_of(k, child->key_mark, "unknown option %.*s", child->key);
    }
}

static bool is_fragment(struct pm_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char ch = s.p[i];
        if (!((ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9') || ch == '-' || ch == '_'))
            return false;
    }
    return s.n > 0;
}

/* The keys beside a block's kind: when and unless, and for sections id, lead, fold and blocks. */
static void check_beside(struct checker *k, const struct pm_yaml *y, enum pm_block kind)
{
    if (pm_str_is(y->key, "when") || pm_str_is(y->key, "unless"))
        check_value(k, y, WANT_PATH, NULL, NULL);
    else if (kind == PM_B_SECTION && pm_str_is(y->key, "blocks"))
        check_blocks(k, y);
    else if (kind == PM_B_SECTION && (pm_str_is(y->key, "lead") || pm_str_is(y->key, "fold")))
        check_value(k, y, WANT_BOOL, NULL, NULL);
    else if (kind == PM_B_SECTION && pm_str_is(y->key, "id")) {
        if (y->kind != PM_YAML_SCALAR || !is_fragment(y->text))
            complain(k, y->mark, "the id of a section has only a-z, 0-9, - and _");
    } else
        complain_of(k, y->key_mark, "a block has no %.*s here", y->key);
}

static void check_unknown_kind(struct checker *k, const struct pm_yaml *block)
{
    struct pm_str name = block->first ? block->first->key : PM_LIT("");
    struct pm_mark mark = block->first ? block->first->key_mark : block->mark;
    const char *nearest = NULL;
    for (int i = 0; i < PM_B_COUNT && !nearest; i++) {
        if (pm_str_distance(name, pm_str(kinds[i].key), 2) <= 2)
            nearest = kinds[i].key;
    }
    struct pm_str text = nearest
        ? pm_arena_format(k->arena, "unknown block \"%.*s\" (did you mean \"%s\"?)", (int)name.n, name.p, nearest)
        : pm_arena_format(k->arena, "unknown block \"%.*s\"", (int)name.n, name.p);
    if (text.p)
        complain(k, mark, text.p);
}

static void check_block(struct checker *k, const struct pm_yaml *block)
{
    const struct pm_yaml *argument;
    if (block->kind != PM_YAML_MAPPING) {
        complain(k, block->mark, "a block must be a mapping, such as \"- toc: {}\"");
        return;
    }
    enum pm_block kind = pm_block_kind(block, &argument);
    if (kind == PM_B_COUNT) {
        check_unknown_kind(k, block);
        return;
    }
    check_value(k, argument, kinds[kind].want, kinds[kind].choices, kinds[kind].options);
    for (const struct pm_yaml *y = block->first; y; y = y->next) {
        if (y != argument)
            check_beside(k, y, kind);
    }
}

static void check_blocks(struct checker *k, const struct pm_yaml *blocks)
{
    if (blocks->kind != PM_YAML_SEQUENCE) {
        complain(k, blocks->mark, "blocks must be a list");
        return;
    }
    for (const struct pm_yaml *block = blocks->first; block; block = block->next)
        check_block(k, block);
}

/* The template's own keys. */
static void read_key(struct checker *k, const struct pm_yaml *y, struct pm_template *out)
{
    bool text = y->kind == PM_YAML_SCALAR && y->text.n > 0;
    if (pm_str_is(y->key, "blocks")) {
        out->blocks = y;
        check_blocks(k, y);
    } else if (pm_str_is(y->key, "words")) {
        out->words = y->kind == PM_YAML_MAPPING ? y : NULL;
        pm_language_check(y, k->arena, k->diags);
    } else if (pm_str_is(y->key, "template") && text)
        out->name = y->text;
    else if (pm_str_is(y->key, "lang") && text)
        out->lang = y->text;
    else if (pm_str_is(y->key, "pages") && text && pm_str_is(y->text, "1"))
        out->max_pages = 1;
    else if (pm_str_is(y->key, "template") || pm_str_is(y->key, "lang"))
        complain_of(k, y->mark, "%.*s must be text", y->key);
    else if (pm_str_is(y->key, "pages"))
        complain_of(k, y->mark, "%.*s can only be 1", y->key);
    else
        complain_of(k, y->key_mark, "a template has no %.*s; want template, lang, pages, words or blocks", y->key);
}

enum pm_status pm_template_read(struct pm_str source, struct pm_arena *arena, struct pm_diags *diags, struct pm_template *out)
{
    struct checker k = {arena, diags};
    struct pm_yaml *root = NULL;
    memset(out, 0, sizeof *out);
    out->lang = PM_LIT("en");
    enum pm_status status = pm_yaml_read(source, 1, arena, diags, &root, NULL);
    if (status == PM_OK && (!root || root->kind != PM_YAML_MAPPING)) {
        complain(&k, root ? root->mark : (struct pm_mark){1, 1, 0}, "a template must be a mapping");
        return pm_diags_status(diags);
    }
    if (status != PM_OK)
        return status;
    for (const struct pm_yaml *y = root->first; y; y = y->next)
        read_key(&k, y, out);
    if (!out->blocks)
        complain(&k, root->mark, "a template needs blocks");
    return pm_arena_failed(arena) ? PM_NOMEM : pm_diags_status(diags);
}

/* Built-in templates. */

const struct pm_named_template *pm_builtin_template(struct pm_str name)
{
    for (const struct pm_named_template *t = pm_builtin_templates; t->name; t++) {
        if (pm_str_is(name, t->name))
            return t;
    }
    return NULL;
}

struct unpacker {
    const struct pm_packed_node *from;
    struct pm_yaml *to;
    const char *texts;
};

/* The next node and what is below it, as deep as the reader lets it be. */
static struct pm_yaml *unpack(struct unpacker *u)
{
    const struct pm_packed_node *from = u->from++;
    struct pm_yaml *y = u->to++, **link = &y->first;
    y->kind = (enum pm_yaml_kind)from->kind;
    y->style = (enum pm_yaml_style)from->style;
    y->key = pm_str(from->key ? u->texts + from->key : NULL);
    y->text = pm_str(from->text ? u->texts + from->text : NULL);
    y->count = from->count;
    for (size_t i = 0; i < y->count; i++) {
        y->last = *link = unpack(u);
        link = &y->last->next;
    }
    return y;
}

enum pm_status pm_template_unpack(const struct pm_named_template *packed, struct pm_arena *arena, struct pm_template *out)
{
    struct unpacker u = {packed->nodes, pm_arena_array(arena, packed->count, sizeof(struct pm_yaml)), packed->texts};
    *out = packed->template;
    if (!u.to)
        return PM_NOMEM;
    out->blocks = unpack(&u);
    if (packed->words_at < packed->count)
        out->words = unpack(&u);
    return PM_OK;
}
