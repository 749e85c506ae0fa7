/* Prints the document that a built-in template makes of an incident, as a tree.
 * usage: golden_tree TEMPLATE FILE */
#include "base/arena.h"
#include "base/io.h"
#include "base/limits.h"
#include "document/compose.h"
#include "render/tree.h"

#include <stdio.h>

struct job {
    struct pm_arena arena;
    struct pm_diags diags, template_diags, theme_diags;
    struct pm_buf source, out;
    struct pm_template template;
    struct pm_theme theme;
    struct pm_incident *incident;
};

static bool read_all(struct job *j, const char *template, const char *file)
{
    const struct pm_read_options options = {false};
    const struct pm_str none = {NULL, 0};
    if (pm_template_read(pm_builtin_template(pm_str(template)), &j->arena, &j->template_diags, &j->template) != PM_OK)
        return false;
    if (pm_theme_read(none, none, &j->arena, &j->theme_diags, &j->theme) != PM_OK || pm_read_file(file, &j->source) != PM_OK)
        return false;
    return pm_incident_read(pm_buf_slice(&j->source), 1, &options, &j->arena, &j->diags, &j->incident) == PM_OK && j->incident;
}

static bool compose(struct job *j)
{
    const struct pm_compose_options options = {.template = &j->template, .theme = &j->theme};
    const struct pm_document *doc = pm_compose(j->incident, &options, &j->arena, &j->diags);
    if (!doc || pm_diags_status(&j->diags) != PM_OK)
        return false;
    pm_render_tree(doc, &j->out);
    return j->out.status == PM_OK;
}

static void print_diags(const struct pm_diags *diags)
{
    struct pm_buf b;
    pm_buf_init(&b, PM_MAX_OUTPUT);
    pm_diags_format(diags, false, &b);
    fwrite(b.data, 1, b.len, stderr);
    pm_buf_free(&b);
}

int main(int argc, char **argv)
{
    static struct job j;
    if (argc != 3) {
        fputs("usage: golden_tree TEMPLATE FILE\n", stderr);
        return 2;
    }
    pm_arena_init(&j.arena);
    pm_diags_init(&j.diags, argv[2]);
    pm_diags_init(&j.template_diags, argv[1]);
    pm_diags_init(&j.theme_diags, "theme");
    pm_buf_init(&j.source, PM_MAX_DOCUMENT);
    pm_buf_init(&j.out, PM_MAX_OUTPUT);
    bool ok = read_all(&j, argv[1], argv[2]) && compose(&j) && fwrite(j.out.data, 1, j.out.len, stdout) == j.out.len && fflush(stdout) == 0;
    print_diags(&j.template_diags);
    print_diags(&j.theme_diags);
    print_diags(&j.diags);
    pm_buf_free(&j.out);
    pm_buf_free(&j.source);
    pm_diags_free(&j.theme_diags);
    pm_diags_free(&j.template_diags);
    pm_diags_free(&j.diags);
    pm_arena_free(&j.arena);
    return ok ? 0 : 1;
}
