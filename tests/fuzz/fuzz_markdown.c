/* Reads any bytes as Markdown: the tree must be sound, its text showable, its links safe, its levels without gaps.
 * The first byte chooses the level of headings, or the form for one line. */
#include "base/utf8.h"
#include "document/iterator.h"
#include "document/markdown.h"
#include "render/tree.h"

#include "dice.h"

#include <stdint.h>

static void check_text(struct pm_str s, bool lines)
{
    for (size_t at = 0; at < s.n;) {
        uint32_t cp = pm_utf8_next(s, &at);
        need(cp != PM_UTF8_BAD && pm_utf8_xml_legal(cp) && (cp < 0x7F || cp > 0x9F));
        need(cp >= 0x20 || (lines && (cp == '\t' || cp == '\n')));
    }
}

static void check_section(const struct pm_node *section, int level)
{
    const struct pm_node *parent = section->parent;
    need(section->as.section.level == (parent->kind == PM_SECTION ? parent->as.section.level : level) + 1);
    need(section->as.section.level <= 5 && level > 0);
    need(parent->kind == PM_SECTION || parent->kind == PM_DOCUMENT);
    need(section->first && section->first->kind == PM_HEADING && section->first->first);
    need(section->as.section.id.n > 0);
    check_text(section->as.section.id, false);
}

static void check_links(const struct pm_node *node)
{
    need(pm_link_is_safe(node->as.link.url) && node->first);
    for (const struct pm_node *up = node->parent; up; up = up->parent)
        need(up->kind != PM_LINK);
}

/* Blocks hold blocks or inlines, never both; the document itself holds inlines in the form for one line. */
static void check_place(const struct pm_node *node, bool one_line)
{
    const struct pm_node *parent = node->parent;
    need(node->prev ? node->prev->next == node : parent->first == node);
    need(node->next ? node->next->prev == node : parent->last == node);
    bool in_blocks = parent->kind == PM_DOCUMENT || parent->kind == PM_SECTION || parent->kind == PM_QUOTE || parent->kind == PM_LIST ||
                     parent->kind == PM_ITEM || parent->kind == PM_TASK || parent->kind == PM_TABLE || parent->kind == PM_ROW;
    need(pm_node_is_inline(node->kind) == (!in_blocks || (one_line && parent->kind == PM_DOCUMENT)));
    need((parent->kind == PM_LIST) == (node->kind == PM_ITEM || node->kind == PM_TASK));
    need((parent->kind == PM_TABLE) == (node->kind == PM_ROW));
    need((parent->kind == PM_ROW) == (node->kind == PM_CELL));
    if (node->kind == PM_TEXT)
        need(node->text.n > 0 && !(node->next && node->next->kind == PM_TEXT));
}

static void check_tree(const struct pm_document *doc, int level, bool one_line)
{
    struct pm_iterator it;
    int depth = 0;
    pm_iterator_init(&it, doc->root);
    for (enum pm_event_type event; (event = pm_iterator_next(&it)) != PM_DONE;) {
        depth += event == PM_ENTER ? 1 : -1;
        need(depth < 50);
        if (event == PM_EXIT || it.node == doc->root)
            continue;
        check_place(it.node, one_line);
        check_text(it.node->text, it.node->kind == PM_CODE_BLOCK);
        if (it.node->kind == PM_SECTION)
            check_section(it.node, level);
        else if (it.node->kind == PM_LINK)
            check_links(it.node);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    struct pm_arena arena;
    struct pm_diags diags;
    struct pm_buf out;
    struct pm_str text = {(const char *)data + 1, size - 1};
    int level = data[0] % 7;
    pm_arena_chunk_size = 0;
    pm_arena_init(&arena);
    pm_diags_init(&diags, "input");
    pm_buf_init(&out, (size_t)1 << 30);
    struct pm_document *doc = pm_document_new(&arena);
    if (doc && level == 6)
        pm_markdown_inline(doc, doc->root, text, (struct pm_mark){1, 1, 0}, &diags);
    else if (doc)
        pm_markdown(doc, doc->root, text, (struct pm_mark){1, 1, 0}, level, &diags);
    if (doc && !pm_arena_failed(&arena)) {
        check_tree(doc, level, level == 6);
        pm_render_tree(doc, &out);
    }
    pm_buf_free(&out);
    pm_diags_free(&diags);
    pm_arena_free(&arena);
    return 0;
}
