/* Build-time tool: reads templates and themes with the readers of the programs and writes them as C, the tables of document/builtin.h.
 * A file that the readers object to fails the build with their messages.
 * usage: embed FOLDER NAME.yaml... themes/NAME.yaml... >builtin.c     (the first theme is the default) */
#include "base/io.h"
#include "base/limits.h"
#include "document/builtin.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { MOST = 16 };   /* templates, and themes */

/* The readers look here for what they build upon; while it is made there is nothing. */
const struct pm_named_template pm_builtin_templates[] = {{.name = NULL}};
const struct pm_named_theme pm_builtin_themes[] = {{.name = NULL}};

struct embedder {
    const char *folder;
    struct pm_arena arena;
    struct pm_named_template templates[MOST];
    struct pm_named_theme themes[MOST];
    size_t template_count, theme_count;
};

static int fail(const char *path, const char *why)
{
    fprintf(stderr, "embed: %s: %s\n", path, why);
    return 1;
}

/* ---- reading ---- */

/* "full" for "full.yaml", "letter" for "themes/letter.yaml". */
static const char *name_of(struct embedder *e, const char *file)
{
    const char *slash = strrchr(file, '/'), *base = slash ? slash + 1 : file, *dot = strrchr(base, '.');
    return pm_arena_str(&e->arena, (struct pm_str){base, dot ? (size_t)(dot - base) : strlen(base)}).p;
}

static enum pm_status read_theme(struct embedder *e, const char *name, struct pm_str source, struct pm_diags *diags)
{
    struct pm_named_theme *own = &e->themes[e->theme_count++];
    *own = (struct pm_named_theme){name, e->themes[0].theme};
    own->theme.folder = PM_LIT(".");
    return pm_theme_read_over(source, &e->arena, diags, &own->theme);
}

static enum pm_status read_template(struct embedder *e, const char *name, struct pm_str source, struct pm_diags *diags)
{
    struct pm_named_template *own = &e->templates[e->template_count++];
    own->name = name;
    return pm_template_read(source, &e->arena, diags, &own->template);
}

static int read_one(struct embedder *e, const char *file)
{
    bool is_theme = strncmp(file, "themes/", 7) == 0;
    const char *name = name_of(e, file), *path = pm_arena_format(&e->arena, "%s/%s", e->folder, file).p;
    struct pm_diags diags;
    struct pm_buf text;
    if (e->template_count == MOST || e->theme_count == MOST || !name || !path)
        return fail(file, "too many files");
    pm_buf_init(&text, PM_MAX_SCALAR);
    pm_diags_init(&diags, path);
    enum pm_status status = pm_read_file(path, &text);
    if (status == PM_OK) {
        struct pm_str source = pm_arena_str(&e->arena, pm_buf_slice(&text));
        status = is_theme ? read_theme(e, name, source, &diags) : read_template(e, name, source, &diags);
    }
    pm_buf_clear(&text);
    pm_diags_sort(&diags);
    pm_diags_format(&diags, false, &text);
    fputs(text.data, stderr);
    if (status != PM_OK)
        fail(path, status == PM_IO ? strerror(errno) : "cannot be compiled in");
    pm_diags_free(&diags);
    pm_buf_free(&text);
    return status != PM_OK;
}

/* ---- writing ---- */

/* As the initialiser of a struct pm_str, without its braces. */
static void write_string(struct pm_str s)
{
    putchar('"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < ' ' || c > '~' || c == '"' || c == '\\' || c == '?')
            printf("\\%03o", (unsigned)c);
        else
            putchar(c);
    }
    printf("\", %zu", s.n);
}

static void write_text(const char *member, struct pm_str s)
{
    if (!s.p)
        return;
    printf(".%s = {", member);
    write_string(s);
    printf("}, ");
}

/* The place of `s` in `texts`, where it is put; 0 when it is absent. */
static size_t add_text(struct pm_buf *texts, struct pm_str s)
{
    size_t at = texts->len;
    if (!s.p)
        return 0;
    pm_buf_add(texts, s.p, s.n + 1);
    return at;
}

/* A node, then those below it; nesting is bounded by the reader. Returns their number. */
static size_t write_tree(const struct pm_yaml *y, struct pm_buf *texts)
{
    size_t count = 1, key = add_text(texts, y->key), text = add_text(texts, y->text);
    printf("    {%zu, %zu, %zu, %d, %d},\n", key, text, y->count, (int)y->kind, (int)y->style);
    for (const struct pm_yaml *child = y->first; child; child = child->next)
        count += write_tree(child, texts);
    return count;
}

static void write_bytes(const char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        printf("%s%d,", i % 24 ? "" : "\n    ", bytes[i]);
}

/* The arrays that the entry of a template points to, and what it counts of them. */
static int write_nodes(struct pm_named_template *t, size_t i)
{
    struct pm_buf texts;
    pm_buf_init(&texts, UINT16_MAX);
    pm_buf_putc(&texts, '\0');   /* 0 stands for an absent text */
    printf("static const struct pm_packed_node nodes_%zu[] = {\n", i);
    t->count = t->words_at = write_tree(t->template.blocks, &texts);
    if (t->template.words)
        t->count += write_tree(t->template.words, &texts);
    printf("};\n\nstatic const char texts_%zu[] = {", i);
    write_bytes(texts.data, texts.len);
    puts("\n};\n");
    int failed = texts.status != PM_OK && fail(t->name, "more than 64 KiB of texts");
    pm_buf_free(&texts);
    return failed;
}

static void write_template(const struct pm_named_template *t, size_t i)
{
    printf("    {.name = \"%s\", .nodes = nodes_%zu, .texts = texts_%zu, ", t->name, i, i);
    printf(".count = %zu, .words_at = %zu, ", t->count, t->words_at);
    printf(".template = {");
    write_text("name", t->template.name);
    write_text("lang", t->template.lang);
    printf(".max_pages = %d}},\n", t->template.max_pages);
}

static int write_templates(struct embedder *e)
{
    int failed = 0;
    for (size_t i = 0; i < e->template_count; i++)
        failed |= write_nodes(&e->templates[i], i);
    puts("const struct pm_named_template pm_builtin_templates[] = {");
    for (size_t i = 0; i < e->template_count; i++)
        write_template(&e->templates[i], i);
    puts("    {.name = NULL}\n};\n");
    return failed;
}

/* The theme whose list of fallback fonts this one has: its own, or that of the default. */
static size_t fallback_of(const struct embedder *e, size_t i)
{
    return e->themes[i].theme.fallback == e->themes[0].theme.fallback ? 0 : i;
}

static void write_fallback(const struct pm_theme *t, size_t i)
{
    printf("static const struct pm_str fallback_%zu[] = {\n", i);
    for (size_t k = 0; k < t->fallback_count; k++) {
        printf("    {");
        write_string(t->fallback[k]);
        puts("},");
    }
    puts("    {NULL, 0}\n};\n");
}

static void write_rgb(struct pm_rgb c)
{
    printf("{%d, %d, %d}, ", c.r, c.g, c.b);
}

static void write_numbers(const struct pm_theme *t)
{
#define NUMBER(member) printf("." #member " = %.17g, ", t->member)
    NUMBER(paper_width), NUMBER(paper_height);
    NUMBER(margin_top), NUMBER(margin_right), NUMBER(margin_bottom), NUMBER(margin_left);
    NUMBER(size_body), NUMBER(size_small), NUMBER(size_code), NUMBER(size_table), NUMBER(leading);
    NUMBER(size_title), NUMBER(size_h1), NUMBER(size_h2), NUMBER(size_h3), NUMBER(size_metric), NUMBER(logo_height);
#undef NUMBER
}

static void write_colours(const struct pm_theme *t)
{
    printf(".colours = {");
    for (size_t i = 0; i < PM_COLOUR_COUNT; i++)
        write_rgb(t->colours[i]);
    printf("}, .tones = {");
    for (size_t i = 0; i <= PM_TONE_NOTE; i++) {
        printf("{");
        write_rgb(t->tones[i].text);
        write_rgb(t->tones[i].fill);
        write_rgb(t->tones[i].line);
        printf("}, ");
    }
    printf("}, ");
}

static void write_theme(const struct embedder *e, size_t i)
{
    const struct pm_theme *t = &e->themes[i].theme;
    printf("    {.name = \"%s\", .theme = {", e->themes[i].name);
    write_text("name", t->name);
    write_numbers(t);
    write_colours(t);
    for (size_t face = 0; face < PM_FACE_COUNT; face++) {
        char member[16];
        snprintf(member, sizeof member, "faces[%zu]", face);
        write_text(member, t->faces[face]);
    }
    printf(".fallback = fallback_%zu, .fallback_count = %zu, ", fallback_of(e, i), t->fallback_count);
    write_text("logo", t->logo);
    write_text("logo_alt", t->logo_alt);
    write_text("header", t->header);
    write_text("footer", t->footer);
    write_text("folder", t->folder);
    puts("}},");
}

static void write_themes(const struct embedder *e)
{
    for (size_t i = 0; i < e->theme_count; i++) {
        if (fallback_of(e, i) == i)
            write_fallback(&e->themes[i].theme, i);
    }
    puts("const struct pm_named_theme pm_builtin_themes[] = {");
    for (size_t i = 0; i < e->theme_count; i++)
        write_theme(e, i);
    puts("    {.name = NULL}\n};");
}

int main(int argc, char **argv)
{
    static struct embedder e;
    int failed = 0;
    if (argc < 3)
        return fail("usage", "embed FOLDER NAME.yaml... themes/NAME.yaml...");
    e.folder = argv[1];
    pm_arena_init(&e.arena);
    for (int i = 2; i < argc; i++)
        failed |= read_one(&e, argv[i]);
    if (!failed) {
        puts("/* Generated by embed.c; do not edit. */\n#include \"document/builtin.h\"\n");
        failed |= write_templates(&e);
        write_themes(&e);
        if (fflush(stdout) != 0)
            failed = fail("standard output", strerror(errno));
    }
    pm_arena_free(&e.arena);
    return failed;
}
