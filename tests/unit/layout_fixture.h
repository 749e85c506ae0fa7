/* What the tests of the layout share: a theme, a document to fill, and the items that come out. */
#ifndef LAYOUT_FIXTURE_H
#define LAYOUT_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/diag.h"
#include "document/node.h"
#include "document/scene.h"
#include "render/pdf/layout.h"

struct fixture {
    struct pm_arena arena, tags;
    struct pm_diags diags;
    struct pm_theme theme;
    struct pm_fonts *fonts;
    struct pm_document *doc;
    struct pm_tag *root;
    struct pm_layout layout;
    struct pm_layout_options options;
};

static const struct pm_mark here = {1, 1, 0};

static inline struct pm_theme fixture_theme(void)
{
    struct pm_theme t = {.paper_width = 595.276, .paper_height = 841.89, .margin_top = 62, .margin_right = 57, .margin_bottom = 62,
                         .margin_left = 57, .size_body = 9.8, .size_small = 8, .size_code = 8.2, .size_table = 8.8, .leading = 1.42,
                         .size_title = 22, .size_h1 = 14.5, .size_h2 = 11.5, .size_h3 = 10, .size_metric = 19, .logo_height = 28};
    static const struct pm_rgb palette[] = {
        [PM_COLOUR_TEXT] = {28, 32, 40}, [PM_COLOUR_MUTED] = {96, 104, 118}, [PM_COLOUR_LINE] = {208, 214, 222},
        [PM_COLOUR_SURFACE] = {244, 246, 249}, [PM_COLOUR_PAPER] = {255, 255, 255}, [PM_COLOUR_ACCENT] = {20, 82, 150},
        [PM_COLOUR_DONE] = {30, 130, 76},
    };
    memcpy(t.colours, palette, sizeof palette);
    for (int i = 0; i <= PM_TONE_NOTE; i++)
        t.tones[i] = (struct pm_tone_colours){{40, 60, 110}, {232, 240, 250}, {120, 160, 210}};
    return t;
}

static inline void fixture_begin(struct fixture *f)
{
    memset(f, 0, sizeof *f);
    pm_arena_init(&f->arena);
    pm_arena_init(&f->tags);
    pm_diags_init(&f->diags, "test");
    f->theme = fixture_theme();
    assert_int_equal(pm_fonts_new(&f->theme, &f->diags, &f->fonts), PM_OK);
    f->doc = pm_document_new(&f->arena);
    f->doc->id = PM_LIT("INC-1");
    f->doc->title = PM_LIT("A title");
    f->doc->header = PM_LIT("A header");
    f->doc->footer = PM_LIT("A footer");
    f->root = pm_tag_new(&f->tags, NULL, PM_TAG_DOCUMENT);
}

static inline void fixture_end(struct fixture *f)
{
    pm_fonts_free(f->fonts);
    pm_diags_free(&f->diags);
    pm_arena_free(&f->arena);
    pm_arena_free(&f->tags);
}

static inline void fixture_layout(struct fixture *f)
{
    f->options = (struct pm_layout_options){.theme = &f->theme, .fonts = f->fonts, .arena = &f->arena, .tag_arena = &f->tags,
                                            .tag = f->root, .heading_base = 1, .diags = &f->diags};
    assert_int_equal(pm_layout(f->doc, &f->options, &f->layout), PM_OK);
}

/* ---- documents ---- */

static inline struct pm_node *add_cover(struct fixture *f, const char *title)
{
    struct pm_node *cover = pm_node_add(f->doc, f->doc->root, PM_COVER, here);
    pm_add_text(f->doc, pm_node_add(f->doc, cover, PM_TITLE, here), pm_str(title), here);
    return cover;
}

static inline struct pm_node *add_paragraph(struct fixture *f, struct pm_node *parent, struct pm_str text)
{
    struct pm_node *node = pm_node_add(f->doc, parent, PM_PARAGRAPH, here);
    pm_add_text(f->doc, node, text, here);
    return node;
}

/* "PREFIX0 PREFIX1 …": words that are told apart in the result. */
static inline struct pm_str words(struct fixture *f, const char *prefix, size_t count)
{
    struct pm_buf b;
    pm_buf_init(&b, (size_t)1 << 26);
    for (size_t i = 0; i < count; i++)
        pm_buf_printf(&b, "%s%s%zu", i ? " " : "", prefix, i);
    struct pm_str s = pm_arena_str(&f->arena, pm_buf_slice(&b));
    pm_buf_free(&b);
    return s;
}

static inline struct pm_node *add_table(struct fixture *f, struct pm_node *parent, size_t columns, size_t rows, size_t words_in_cell)
{
    struct pm_column *kinds = calloc(columns, sizeof *kinds);
    struct pm_node *table = pm_add_table(f->doc, parent, kinds, columns, here);
    free(kinds);
    for (size_t i = 0; i <= rows; i++) {
        struct pm_node *row = pm_add_row(f->doc, table, i == 0, here);
        for (size_t j = 0; j < columns; j++) {
            struct pm_str text = i == 0              ? pm_arena_format(&f->arena, "Head%zu", j)
                                 : words_in_cell > 1 ? words(f, "cell", words_in_cell)
                                                     : pm_arena_format(&f->arena, "r%zuc%zu", i, j);
            pm_add_cell(f->doc, row, PM_CELL_TEXT, text, here);
        }
    }
    return table;
}

/* ---- results ---- */

static inline size_t fragment_text(const struct pm_fragment *fragment, struct pm_buf *b)
{
    for (size_t i = 0; i < fragment->count; i++)
        pm_buf_add(b, fragment->glyphs[i].text, fragment->glyphs[i].length);
    return b->len;
}

/* All text of a page, items in order, a space where the base line changes. `artifacts` too, or only what is tagged. */
static inline void page_text(const struct pm_page *page, bool artifacts, struct pm_buf *b)
{
    double y = -1;
    for (const struct pm_item *item = page->first; item; item = item->next) {
        if (item->kind != PM_ITEM_TEXT || (!item->tag && !artifacts))
            continue;
        if (item->y != y && b->len && b->data[b->len - 1] != ' ')
            pm_buf_putc(b, ' ');
        y = item->y;
        fragment_text(item->fragment, b);
    }
}

static inline bool page_has(const struct pm_page *page, const char *text, bool artifacts)
{
    struct pm_buf b;
    pm_buf_init(&b, (size_t)1 << 26);
    page_text(page, artifacts, &b);
    bool found = strstr(b.data, text) != NULL;
    pm_buf_free(&b);
    return found;
}

static inline void assert_in_margins(const struct fixture *f, const struct pm_page *page)
{
    const struct pm_theme *t = &f->theme;
    double left = t->margin_left - 1.5, right = t->paper_width - t->margin_right + 1.5;
    double top = t->margin_top - 1.5, bottom = t->paper_height - t->margin_bottom + 1.5;
    for (const struct pm_item *item = page->first; item; item = item->next) {
        double r = item->kind == PM_ITEM_CIRCLE || item->kind == PM_ITEM_DIAMOND ? item->w : 0;
        double w = item->kind == PM_ITEM_TEXT ? item->fragment->width : item->w;
        if (item->x - r < left || item->x + w > right || item->y - r < top || item->y + item->h > bottom)
            fail_msg("item of kind %d at %.1f,%.1f, %.1f x %.1f is outside", (int)item->kind, item->x, item->y, w, item->h);
    }
}

struct span { double left, right, top, bottom; };

static inline int by_top(const void *a, const void *b)
{
    double d = ((const struct span *)a)->top - ((const struct span *)b)->top;
    return d < 0 ? -1 : d > 0;
}

/* No two pieces of text overlap, by their x-heights. */
static inline void assert_no_overlap(const struct pm_page *page)
{
    struct span *spans = calloc(page->count + 1, sizeof *spans);
    size_t n = 0;
    for (const struct pm_item *item = page->first; item; item = item->next)
        if (item->kind == PM_ITEM_TEXT)
            spans[n++] = (struct span){item->x + 0.3, item->x + item->fragment->width - 0.3,
                                       item->y - 0.68 * item->fragment->style->size, item->y};
    qsort(spans, n, sizeof *spans, by_top);
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n && spans[j].top < spans[i].bottom - 0.05; j++)
            if (spans[j].left < spans[i].right && spans[i].left < spans[j].right)
                fail_msg("text at %.1f,%.1f and %.1f,%.1f overlap", spans[i].left, spans[i].bottom, spans[j].left, spans[j].bottom);
    free(spans);
}

static inline void assert_sound(const struct fixture *f)
{
    for (size_t i = 0; i < f->layout.page_count; i++) {
        assert_in_margins(f, &f->layout.pages[i]);
        assert_no_overlap(&f->layout.pages[i]);
    }
    for (size_t i = 0; i < f->layout.anchor_count; i++)
        assert_true(f->layout.anchors[i].page < f->layout.page_count);
}

/* ---- elements ---- */

static inline size_t count_tags(const struct pm_tag *tag, enum pm_tag_kind kind)
{
    size_t n = tag->kind == kind;
    for (const struct pm_tag *child = tag->first; child; child = child->next)
        n += count_tags(child, kind);
    return n;
}

static inline const struct pm_tag *find_tag(const struct pm_tag *tag, enum pm_tag_kind kind)
{
    if (tag->kind == kind)
        return tag;
    for (const struct pm_tag *child = tag->first; child; child = child->next) {
        const struct pm_tag *found = find_tag(child, kind);
        if (found)
            return found;
    }
    return NULL;
}

/* Every row has as many columns as the first, spans counted. */
static inline void assert_regular_tables(const struct pm_tag *tag, size_t *columns)
{
    size_t own = 0, *inner = tag->kind == PM_TAG_TABLE ? &own : columns;
    if (tag->kind == PM_TAG_TR) {
        size_t n = 0;
        for (const struct pm_tag *cell = tag->first; cell; cell = cell->next)
            n += cell->colspan > 1 ? cell->colspan : 1;
        if (*columns)
            assert_int_equal(n, *columns);
        *columns = n;
    }
    for (const struct pm_tag *child = tag->first; child; child = child->next)
        assert_regular_tables(child, inner);
}

#endif
