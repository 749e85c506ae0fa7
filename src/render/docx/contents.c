/* Headings and the table of contents: a field with its entries already in it, so that no program needs to ask for an update. */
#include "document/scene.h"
#include "render/docx/bookmark.h"
#include "render/docx/docx_internal.h"

#include <math.h>
#include <stdio.h>

enum { FEWEST = 6, MANY = 22, HEADING_NAME_SIZE = 16 };

/* Word's own form, "_Toc" and nine digits. */
static void heading_name(unsigned heading, char name[HEADING_NAME_SIZE])
{
    snprintf(name, HEADING_NAME_SIZE, "_Toc%09u", 900000000U + heading % 100000000U);
}

static struct pm_str number_of(struct pm_docx_writer *w, struct pm_section_numbers *numbers, const struct pm_node *section)
{
    struct pm_buf b;
    pm_buf_init(&b, 256);
    pm_section_number(numbers, section, &b);
    struct pm_str number = b.len ? pm_arena_str(w->scratch, pm_buf_slice(&b)) : (struct pm_str){NULL, 0};
    if (b.status == PM_NOMEM)
        w->scratch->failed = true;
    pm_buf_free(&b);
    return number;
}

static bool add_section(struct pm_docx_writer *w, const struct pm_node *node, struct pm_section_numbers *numbers, size_t *cap)
{
    if (w->section_count == *cap) {
        size_t more = *cap ? *cap * 2 : 64;
        struct pm_docx_section *grown = pm_arena_grow(w->scratch, w->sections, *cap, more, sizeof *grown);
        if (!grown)
            return false;
        w->sections = grown;
        *cap = more;
    }
    w->sections[w->section_count++] = (struct pm_docx_section){node, ++w->docx->headings, number_of(w, numbers, node)};
    size_t *place = pm_map_at(w->scratch, &w->section_ids, pm_str_hash(node->as.section.id));
    if (place)
        *place = w->section_count;
    return place != NULL;
}

bool pm_docx_sections(struct pm_docx_writer *w)
{
    struct pm_section_numbers numbers = {{0}};
    struct pm_iterator it;
    size_t cap = 0;
    pm_iterator_init(&it, w->doc->root);
    for (enum pm_event_type event; (event = pm_iterator_next(&it)) != PM_DONE;) {
        if (event == PM_ENTER && it.node->kind == PM_SECTION && !add_section(w, it.node, &numbers, &cap))
            return false;
    }
    return true;
}

/* ---- headings ---- */

static const char *heading_style(int level)
{
    static const char *const styles[] = {"Heading1", "Heading2", "Heading3", "Heading4", "Heading5"};
    return styles[level < 1 ? 0 : level > 5 ? 4 : level - 1];
}

static void begin_section_heading(struct pm_docx_writer *w, const struct pm_docx_section *section)
{
    char name[HEADING_NAME_SIZE], bookmark[PM_BOOKMARK_SIZE];
    struct pm_str id = section->node->as.section.id;
    heading_name(section->heading, name);
    unsigned first = pm_docx_mark_open(w, name), second = 0;
    pm_docx_mark_close(w, first);
    if (id.n) {
        pm_docx_bookmark(pm_arena_format(w->scratch, "#%.*s", (int)id.n, id.p), w->document, 1, bookmark);
        second = pm_docx_mark_open(w, bookmark);
        pm_docx_mark_close(w, second);
    }
    pm_docx_run(w, section->number, NULL);
}

/* The bookmarks of the contents and of links are points in front of the words, so that editing those leaves them alone. */
void pm_docx_heading(struct pm_docx_writer *w, const struct pm_node *node, bool enter)
{
    const struct pm_node *section = node->parent && node->parent->kind == PM_SECTION ? node->parent : NULL;
    struct pm_docx_look look = {.style = heading_style(section ? section->as.section.level : 1), .before = -1};
    if (!enter) {
        pm_docx_close(w);
        return;
    }
    pm_docx_open(w, &look, node);
    while (section && w->section < w->section_count && w->sections[w->section].node != section)
        w->section++;
    if (section && w->section < w->section_count)
        begin_section_heading(w, &w->sections[w->section++]);
}

/* ---- contents ---- */

static size_t count_to(const struct pm_docx_writer *w, int level)
{
    size_t count = 0;
    for (size_t i = 0; i < w->section_count; i++)
        count += w->sections[i].node->as.section.level <= level;
    return count;
}

/* As deep as it stays short. */
static int depth_of(const struct pm_docx_writer *w)
{
    int depth = 3;
    while (depth > 1 && count_to(w, depth) > MANY)
        depth--;
    return depth;
}

/* ---- is there need of it ---- */

static double length_of(const struct pm_node *node)
{
    struct pm_iterator it;
    double length = 0;
    pm_iterator_init(&it, node);
    while (pm_iterator_next(&it) != PM_DONE)
        length += it.event == PM_ENTER ? (double)it.node->text.n : 0;
    return length;
}

/* Lines that a block takes, roughly. */
static double lines_of(const struct pm_node *node, double line)
{
    double most = 0;
    switch (node->kind) {
    case PM_TITLE: return 3;
    case PM_BADGES: return 2;
    case PM_METRICS: return 4.5;
    case PM_HEADING: return 2.4;
    case PM_FACT: return 0.8;
    case PM_PARAGRAPH: return node->as.paragraph.minor ? 1.1 : 1.5 + floor(length_of(node) / 95);
    case PM_CODE_BLOCK: return 1 + (double)node->text.n / 60;
    case PM_FIGURE: return node->as.figure.scene ? 1 + node->as.figure.scene->height / line : 1;
    case PM_ROW:
        for (const struct pm_node *cell = node->first; cell; cell = cell->next)
            most = fmax(most, length_of(cell));
        return 1.2 + most / 70;
    default: return -1;
    }
}

/* Two pages need no contents. */
static bool is_long(const struct pm_docx_writer *w)
{
    const struct pm_theme *t = w->theme;
    double lines = 0, line = t->size_body * t->leading, page = (t->paper_height - t->margin_top - t->margin_bottom) / fmax(line, 1);
    struct pm_iterator it;
    pm_iterator_init(&it, w->doc->root);
    while (pm_iterator_next(&it) != PM_DONE && lines <= 2 * page) {
        double more = it.event == PM_ENTER ? lines_of(it.node, line) : -1;
        if (more < 0)
            continue;
        lines += more;
        pm_iterator_skip(&it);
    }
    return lines > 2 * page;
}

/* ---- the entries ---- */

static void put_field(struct pm_docx_writer *w, const char *kind)
{
    pm_buf_puts(w->out, "<w:r><w:fldChar w:fldCharType=\"");
    pm_buf_puts(w->out, kind);
    pm_buf_puts(w->out, "\"/></w:r>");
}

/* Without the number of its page, which no writer of files can know; the reader's "update field" brings them. depth: that of all, in
 * front of the first of them, else 0. */
static void put_entry(struct pm_docx_writer *w, const struct pm_docx_section *section, int depth)
{
    static const char *const styles[] = {"TOC1", "TOC2", "TOC3"};
    char name[HEADING_NAME_SIZE];
    const struct pm_node *heading = section->node->first;
    int level = section->node->as.section.level;
    struct pm_docx_look look = {.style = styles[level < 1 ? 0 : level - 1], .before = -1};
    struct pm_buf text;
    pm_buf_init(&text, 1 << 20);
    pm_buf_str(&text, section->number);
    if (heading && heading->kind == PM_HEADING)
        pm_docx_plain(heading, 1000, &text);
    pm_docx_open(w, &look, heading);
    if (depth) {
        put_field(w, "begin");
        pm_buf_puts(w->out, "<w:r><w:instrText xml:space=\"preserve\"> TOC \\o \"1-");
        pm_docx_int(w->out, depth);
        pm_buf_puts(w->out, "\" \\h \\z </w:instrText></w:r>");
        put_field(w, "separate");
    }
    heading_name(section->heading, name);
    pm_buf_puts(w->out, "<w:hyperlink w:anchor=\"");
    pm_buf_puts(w->out, name);
    pm_buf_puts(w->out, "\" w:history=\"1\">");
    pm_docx_run(w, pm_buf_slice(&text), NULL);
    pm_buf_puts(w->out, "</w:hyperlink>");
    pm_docx_close(w);
    if (text.status == PM_NOMEM)
        w->scratch->failed = true;
    pm_buf_free(&text);
}

void pm_docx_contents(struct pm_docx_writer *w)
{
    static const struct pm_docx_look title = {.style = "TOCHeading", .before = -1};
    if (count_to(w, 3) < FEWEST || w->cells || !is_long(w))
        return;
    int depth = depth_of(w), entries = 0;
    pm_docx_flush(w);
    pm_buf_puts(w->out, "<w:sdt><w:sdtPr>");
    pm_docx_control_id(w, PM_LIT("contents"));
    pm_buf_puts(w->out,
                "<w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/><w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>");
    pm_docx_text_paragraph(w, &title, w->doc->words.contents);
    for (size_t i = 0; i < w->section_count; i++) {
        if (w->sections[i].node->as.section.level > depth)
            continue;
        put_entry(w, &w->sections[i], entries++ ? 0 : depth);
    }
    if (entries)
        put_field(w, "end");
    pm_docx_flush(w);
    pm_buf_puts(w->out, "</w:sdtContent></w:sdt>");
}
