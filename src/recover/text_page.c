#include "recover/text_page.h"

#include "base/limits.h"
#include "render/confluence.h"
#include "render/html.h"
#include "render/md.h"

struct pages { struct pm_document *const *documents; size_t count; const struct pm_theme *theme; };

static enum pm_status confluence(const struct pages *p, struct pm_buf *out)
{
    struct pm_confluence c;
    pm_confluence_begin(&c, PM_CONFLUENCE_CLOUD, out);
    enum pm_status status = PM_OK;
    for (size_t i = 0; i < p->count && status == PM_OK; i++)
        status = pm_confluence_add(&c, p->documents[i]);
    if (status == PM_OK)
        status = pm_confluence_end(&c);
    pm_confluence_free(&c);
    return status;
}

static enum pm_status html(const struct pages *p, struct pm_buf *out)
{
    struct pm_html html;
    struct pm_diags ignored;
    pm_diags_init(&ignored, "");
    enum pm_status status = pm_html_init(&html, p->theme, &ignored);
    for (size_t i = 0; i < p->count && status == PM_OK; i++)
        status = pm_html_add(&html, p->documents[i]);
    if (status == PM_OK)
        status = pm_html_write(&html, out);
    pm_html_free(&html);
    pm_diags_free(&ignored);
    return status;
}

static enum pm_status markdown(const struct pages *p, struct pm_buf *out)
{
    struct pm_md md;
    pm_md_init(&md);
    enum pm_status status = PM_OK;
    for (size_t i = 0; i < p->count && status == PM_OK; i++)
        status = pm_md_add(&md, p->documents[i]);
    if (status == PM_OK)
        status = pm_md_write(&md, out);
    pm_md_free(&md);
    return status;
}

enum pm_status pm_text_page(enum pm_text_page form, struct pm_document *const *documents, size_t count, const struct pm_theme *theme,
                            struct pm_arena *arena, struct pm_str *out)
{
    static enum pm_status (*const forms[])(const struct pages *, struct pm_buf *) = {confluence, html, markdown};
    struct pages pages = {documents, count, theme};
    struct pm_buf text;
    pm_buf_init(&text, PM_MAX_OUTPUT);
    enum pm_status status = forms[form](&pages, &text);
    if (status == PM_OK)
        status = text.status;
    *out = pm_arena_str(arena, pm_buf_slice(&text));
    pm_buf_free(&text);
    return status == PM_OK && pm_arena_failed(arena) ? PM_NOMEM : status;
}
