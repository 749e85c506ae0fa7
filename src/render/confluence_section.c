/* Sections: headings, columns, what leads and what is folded. */
#include "render/confluence_internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- columns ---- */

struct pm_str pm_confluence_plain_part(const struct pm_confluence *c)
{
    /* fixed-width is what Cloud calls the part of a page that has no columns */
    return c->flavour == PM_CONFLUENCE_CLOUD
        ? PM_LIT("<ac:layout-section ac:type=\"fixed-width\" ac:breakout-mode=\"default\"><ac:layout-cell>\n")
        : PM_LIT("<ac:layout-section ac:type=\"single\"><ac:layout-cell>\n");
}

static const char cell_end[] = "</ac:layout-cell>\n", part_end[] = "</ac:layout-cell></ac:layout-section>\n";

static size_t sections_from(const struct pm_node *node)
{
    size_t n = 0;
    for (; node; node = node->next)
        n += node->kind == PM_SECTION;
    return n;
}

/* Two or three in a row; four make two rows of two. */
static void open_column(struct pm_confluence *c, const struct pm_node *section)
{
    if (c->cells_left == 0) {
        size_t left = sections_from(section);
        c->cells_left = left == 2 || left == 4 ? 2 : left > 2 ? 3 : 1;
        pm_buf_puts(c->out, part_end);
        if (c->cells_left == 1)
            pm_buf_str(c->out, pm_confluence_plain_part(c));
        else
            pm_buf_puts(c->out, c->cells_left == 2 ? "<ac:layout-section ac:type=\"two_equal\"><ac:layout-cell>\n"
                                                   : "<ac:layout-section ac:type=\"three_equal\"><ac:layout-cell>\n");
    } else {
        pm_buf_puts(c->out, cell_end);
        pm_buf_puts(c->out, "<ac:layout-cell>\n");
    }
    c->cells_left--;
}

/* Layouts hold no layouts and stand in no macro: within either, subsections come one after another. Headings hold nothing, so that
 * sections of any level can have columns. */
static void begin_columns(struct pm_confluence *c, const struct pm_node *section)
{
    if (!section->as.section.columns || c->columns || c->fold || sections_from(section->first) < 2)
        return;
    c->columns = section;
    c->cells_left = 0;
    c->layout = true;
}

static void end_columns(struct pm_confluence *c)
{
    pm_buf_puts(c->out, part_end);
    pm_buf_str(c->out, pm_confluence_plain_part(c));
    c->columns = NULL;
}

/* ---- what stands for the whole ---- */

static bool is_prose(const struct pm_node *node)
{
    return node->kind == PM_PARAGRAPH || node->kind == PM_LIST;
}

/* Cloud's panels hold no macros with a body, but such macros hold panels. On Data Center an excerpt without its box reads better on
 * other pages. */
static void begin_lead(struct pm_confluence *c, const struct pm_node *section)
{
    bool cloud = c->flavour == PM_CONFLUENCE_CLOUD;
    c->lead = section;
    c->led = true;
    pm_confluence_open(c, cloud ? PM_CONFLUENCE_EXCERPT : PM_CONFLUENCE_INFO);
    pm_confluence_body(c);
    pm_confluence_open(c, cloud ? PM_CONFLUENCE_INFO : PM_CONFLUENCE_EXCERPT);
    pm_confluence_body(c);
}

static void end_lead(struct pm_confluence *c)
{
    c->lead = NULL;
    pm_confluence_close(c);
    pm_confluence_close(c);
}

/* The first run of prose in a section that leads; pictures and what follows stand outside. */
void pm_confluence_watch_lead(struct pm_confluence *c, const struct pm_node *block)
{
    const struct pm_node *section = block->parent;
    if (!section || section->kind != PM_SECTION || !section->as.section.lead)
        return;
    if (c->lead == section && !is_prose(block))
        end_lead(c);
    else if (!c->led && is_prose(block))
        begin_lead(c, section);
}

/* ---- details on demand ---- */

void pm_confluence_begin_fold(struct pm_confluence *c, const struct pm_node *node)
{
    if (c->fold)
        return;
    c->fold = node;
    pm_confluence_open(c, PM_CONFLUENCE_EXPAND);
    pm_confluence_parameter(c, "title", c->doc->words.details);
    pm_confluence_body(c);
}

void pm_confluence_end_fold(struct pm_confluence *c, const struct pm_node *node)
{
    if (c->fold != node)
        return;
    c->fold = NULL;
    pm_confluence_close(c);
}

/* ---- sections ---- */

static int compare_ids(const void *a, const void *b)
{
    return pm_str_cmp(*(const struct pm_str *)a, *(const struct pm_str *)b);
}

/* The next link to a section; its id. */
static bool next_target(struct pm_iterator *it, struct pm_str *id)
{
    for (enum pm_event_type event; (event = pm_iterator_next(it)) != PM_DONE;) {
        const struct pm_node *node = it->node;
        if (event != PM_ENTER || node->kind != PM_LINK || !node->as.link.url.n || node->as.link.url.p[0] != '#')
            continue;
        *id = (struct pm_str){node->as.link.url.p + 1, node->as.link.url.n - 1};
        return true;
    }
    return false;
}

/* Confluence has anchors of its own at headings, but of a form that depends on its version and on the heading's words. */
void pm_confluence_find_targets(struct pm_confluence *c)
{
    struct pm_iterator it;
    struct pm_str id;
    size_t count = 0;
    pm_iterator_init(&it, c->doc->root);
    while (next_target(&it, &id))
        count++;
    c->targets = count ? pm_arena_array(c->doc->arena, count, sizeof *c->targets) : NULL;
    c->target_count = 0;
    if (!c->targets)
        return;
    pm_iterator_init(&it, c->doc->root);
    while (next_target(&it, &id))
        c->targets[c->target_count++] = id;
    qsort(c->targets, c->target_count, sizeof *c->targets, compare_ids);
}

static void put_anchor(struct pm_confluence *c, struct pm_str id)
{
    if (!id.n || !c->targets || !bsearch(&id, c->targets, c->target_count, sizeof id, compare_ids))
        return;
    pm_buf_puts(c->out, "<ac:structured-macro ac:name=\"anchor\" ac:schema-version=\"1\"><ac:parameter ac:name=\"\">");
    pm_buf_puts(c->out, c->prefix);
    pm_xml_text(c->out, id);
    pm_buf_puts(c->out, "</ac:parameter></ac:structured-macro>");
}

static void put_heading(struct pm_confluence *c, const struct pm_node *heading)
{
    const struct pm_node *section = heading->parent->kind == PM_SECTION ? heading->parent : NULL;
    int level = section && section->as.section.level > 0 ? section->as.section.level + 1 : 2;
    char tag[4] = {'h', (char)('0' + (level > 6 ? 6 : level)), '>', '\0'};
    if (!heading->first)
        return;
    pm_buf_putc(c->out, '<');
    pm_buf_puts(c->out, tag);
    if (section)
        put_anchor(c, section->as.section.id);
    pm_confluence_inlines(c, heading);
    pm_buf_puts(c->out, "</");
    pm_buf_puts(c->out, tag);
    pm_buf_putc(c->out, '\n');
}

void pm_confluence_enter_section(struct pm_confluence *c, const struct pm_node *section)
{
    if (section->parent == c->columns && c->columns)
        open_column(c, section);
    if (c->level < PM_CONFLUENCE_LEVELS - 1)
        c->level++;
    memset(&c->sections[c->level], 0, sizeof c->sections[c->level]);
    c->sections[c->level].id = section->as.section.id;
    begin_columns(c, section);
    if (section->as.section.fold && (!section->first || section->first->kind != PM_HEADING))
        pm_confluence_begin_fold(c, section);
}

void pm_confluence_leave_section(struct pm_confluence *c, const struct pm_node *section)
{
    if (c->lead == section)
        end_lead(c);
    pm_confluence_end_fold(c, section);
    if (c->columns == section)
        end_columns(c);
    c->level--;
}

/* The heading stays in sight and in the contents. */
void pm_confluence_enter_heading(struct pm_confluence *c, const struct pm_node *heading)
{
    put_heading(c, heading);
    if (heading->parent->kind == PM_SECTION && heading->parent->as.section.fold)
        pm_confluence_begin_fold(c, heading->parent);
}
