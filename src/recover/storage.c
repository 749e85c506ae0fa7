/* The sources of a page of Confluence in its storage format: code in hidden page properties with the id "incident-source"
 * (render/confluence.h). Confluence saves a page as it likes: with attributes of its own, other white space, named references. */
#include "recover/recover_internal.h"

#include "base/limits.h"
#include "document/entity.h"

#include <stdlib.h>
#include <string.h>

#define AC "http://atlassian.com/content"
#define RI "http://atlassian.com/resource/identifier"

/* ---- a fragment as XML ---- */

/* XML has five names, HTML some hundreds. What is none stays as it is shown. */
static void put_reference(struct pm_buf *out, struct pm_str reference)
{
    static const char *const of_xml[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"};
    bool known = reference.p[1] == '#';
    for (size_t i = 0; i < sizeof of_xml / sizeof *of_xml; i++)
        known = known || pm_str_is(reference, of_xml[i]);
    size_t before = out->len;
    if (known) {
        pm_buf_str(out, reference);
        return;
    }
    pm_entity_decode(out, reference);
    if (out->status == PM_OK && out->data[before] == '&') {
        out->len = before;
        pm_buf_puts(out, "&amp;");
        pm_buf_str(out, (struct pm_str){reference.p + 1, reference.n - 1});
    }
}

/* A CDATA section at `at` ends here, else `at`. */
static size_t past_section(struct pm_str s, size_t at)
{
    if (!pm_str_starts((struct pm_str){s.p + at, s.n - at}, "<![CDATA["))
        return at;
    size_t end = pm_text_find(s, "]]>", at);
    return end < s.n ? end + 3 : s.n;
}

static void put_fragment(struct pm_buf *out, struct pm_str s)
{
    size_t from = 0;
    for (size_t at = 0; at < s.n;) {
        size_t past = s.p[at] == '<' ? past_section(s, at) : at;
        size_t n = s.p[at] == '&' ? pm_entity_length((struct pm_str){s.p + at, s.n - at}) : 0;
        if (n > 0) {
            pm_buf_str(out, (struct pm_str){s.p + from, at - from});
            put_reference(out, (struct pm_str){s.p + at, n});
            from = at + n;
        }
        at = past > at ? past : at + (n > 0 ? n : 1);
    }
    pm_buf_str(out, (struct pm_str){s.p + from, s.n - from});
}

static struct pm_str without_declaration(struct pm_str s)
{
    s = pm_str_starts(s, "\xEF\xBB\xBF") ? (struct pm_str){s.p + 3, s.n - 3} : s;
    size_t end = pm_str_starts(s, "<?xml") ? pm_text_find(s, "?>", 0) : s.n;
    return end < s.n ? (struct pm_str){s.p + end + 2, s.n - end - 2} : s;
}

struct pm_xml_node *pm_storage_tree(struct pm_recovery *r, struct pm_str fragment)
{
    struct pm_xml_node *root = NULL;
    struct pm_buf b;
    int line = 0;
    pm_buf_init(&b, PM_MAX_OUTPUT);
    pm_buf_puts(&b, "<page xmlns:ac=\"" AC "\" xmlns:ri=\"" RI "\">");
    put_fragment(&b, without_declaration(fragment));
    pm_buf_puts(&b, "</page>");
    enum pm_status status = b.status == PM_OK ? pm_xml_tree_read(pm_buf_slice(&b), r->arena, &root, &line) : b.status;
    if (status == PM_INVALID)
        pm_recovery_fail(r, status, pm_arena_format(r->arena, "is damaged: it is no XML in line %d", line).p);
    else if (status != PM_OK)
        pm_recovery_fail(r, status, "is refused: it has too many elements, or too deep ones");
    pm_buf_free(&b);
    return root;
}

/* ---- the source ---- */

static bool is_macro(const struct pm_xml_node *node, const char *name)
{
    return pm_xml_is(node, AC, "structured-macro") && pm_str_is(pm_xml_get(node, AC, "name"), name);
}

static struct pm_str parameter(struct pm_recovery *r, const struct pm_xml_node *macro, const char *name)
{
    for (struct pm_xml_node *p = pm_xml_child(macro, AC, "parameter"); p; p = pm_xml_sibling(p, AC, "parameter"))
        if (pm_str_is(pm_xml_get(p, AC, "name"), name))
            return pm_str_trim(pm_xml_inner_text(p, r->arena));
    return (struct pm_str){NULL, 0};
}

/* What stands behind "NAME:" in a paragraph; absent: it begins otherwise. */
static struct pm_str line_value(struct pm_str line, const char *name)
{
    size_t n = strlen(name);
    line = pm_str_trim(line);
    if (!pm_str_starts(line, name) || line.n == n || line.p[n] != ':')
        return (struct pm_str){NULL, 0};
    return pm_str_trim((struct pm_str){line.p + n + 1, line.n - n - 1});
}

static void take_line(struct pm_found *found, struct pm_str line)
{
    struct pm_str size = line_value(line, "bytes"), form = line_value(line, "encoding");
    struct pm_str id = line_value(line, "id"), hash = line_value(line, "sha256");
    if (id.p)
        found->id = id;
    if (hash.p)
        found->sha256 = hash;
    if (size.n)
        found->size = strtoul(size.p, NULL, 10);
    if (form.p)
        found->form = pm_str_is(form, "base64") ? PM_SOURCE_BASE64 : PM_SOURCE_PLAIN;
}

static void take_details(struct pm_recovery *r, const struct pm_xml_node *macro, struct pm_str page)
{
    struct pm_found found = {.form = PM_SOURCE_PLAIN, .place = page.p ? page : PM_LIT("page properties")};
    for (const struct pm_xml_node *node = macro; node; node = pm_xml_walk(node, macro)) {
        if (pm_str_is(node->name, "p"))
            take_line(&found, pm_xml_inner_text(node, r->arena));
        const struct pm_xml_node *body = is_macro(node, "code") ? pm_xml_child(node, AC, "plain-text-body") : NULL;
        if (body)
            found.text = pm_xml_inner_text(body, r->arena);
    }
    if (found.text.p && found.sha256.n)
        pm_source_add(r, &found);
}

void pm_recover_storage(struct pm_recovery *r, struct pm_str fragment, struct pm_str page)
{
    const struct pm_xml_node *root = pm_storage_tree(r, fragment), *node = root;
    r->sources->page = r->sources->pages++ == 0 ? fragment : (struct pm_str){NULL, 0};
    while (node && r->status == PM_OK) {
        bool found = is_macro(node, "details") && pm_str_is(parameter(r, node, "id"), "incident-source");
        if (found)
            take_details(r, node, page);
        node = found ? pm_xml_walk_past(node, root) : pm_xml_walk(node, root);
    }
}
