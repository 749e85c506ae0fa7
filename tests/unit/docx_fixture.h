/* A document that becomes a DOCX file, and what is looked for in it. */
#ifndef DOCX_FIXTURE_H
#define DOCX_FIXTURE_H

#include "fixture.h"

#include "base/limits.h"
#include "render/direction.h"
#include "render/docx/docx.h"
#include "render/logo.h"

static const struct pm_mark nowhere;
static struct pm_docx *docx;
static struct pm_opc *opc;           /* the file that was written, read again */
static struct pm_theme theme;

static inline int begin(void **state)
{
    opc = NULL;
    theme = *pm_builtin_theme(PM_LIT("default"));
    if (set_up(state) != 0 || pm_docx_new(&theme, &docx) != PM_OK)
        return -1;
    doc->id = PM_LIT("INC-1");
    doc->title = PM_LIT("A & B");
    doc->source = PM_LIT("id: INC-1\n");
    memset(doc->sha256, 'a', 64);
    return 0;
}

static inline int end(void **state)
{
    pm_docx_free(docx);
    return tear_down(state);
}

static inline struct pm_node *add(struct pm_node *parent, enum pm_node_kind kind)
{
    return pm_node_add(doc, parent, kind, nowhere);
}

static inline struct pm_node *add_paragraph(struct pm_node *parent, const char *text)
{
    struct pm_node *p = add(parent, PM_PARAGRAPH);
    pm_add_text(doc, p, pm_str(text), nowhere);
    return p;
}

static inline struct pm_node *add_with_path(struct pm_node *node, const char *path)
{
    node->path = pm_str(path);
    return node;
}

static inline void write_file(void)
{
    struct pm_buf out;
    const char *why = NULL;
    pm_buf_init(&out, PM_MAX_OUTPUT);
    assert_int_equal(pm_docx_write(docx, NULL, &out), PM_OK);
    if (pm_opc_read(pm_arena_str(&arena, pm_buf_slice(&out)), &arena, &opc, &why) != PM_OK)
        fail_msg("%s", why);
    pm_buf_free(&out);
}

static inline const char *part(const char *name)
{
    const struct pm_part *p = pm_opc_find(opc, pm_str(name));
    if (!p)
        fail_msg("there is no %s", name);
    return pm_arena_str(&arena, p->bytes).p;
}

/* What is between w:body and the last section's properties. */
static inline const char *body(void)
{
    assert_int_equal(pm_docx_add(docx, doc, &diags), PM_OK);
    write_file();
    const char *start = strstr(part("/word/document.xml"), "<w:body>") + 8, *stop = NULL;
    for (const char *s = start; (s = strstr(s, "<w:sectPr>")) != NULL; s++)
        stop = s;
    return pm_arena_str(&arena, (struct pm_str){start, (size_t)(stop - start)}).p;
}

static inline void assert_has(const char *text, const char *piece)
{
    if (!strstr(text, piece))
        fail_msg("no %s\nin %s", piece, text);
}

static inline void assert_lacks(const char *text, const char *piece)
{
    if (strstr(text, piece))
        fail_msg("%s\nin %s", piece, text);
}

static inline size_t count(const char *text, const char *piece)
{
    size_t n = 0;
    for (; (text = strstr(text, piece)) != NULL; text++)
        n++;
    return n;
}

#define RUN(text) "<w:r><w:t xml:space=\"preserve\">" text "</w:t></w:r>"

static inline struct pm_node *add_cell(struct pm_node *row, const char *text)
{
    return pm_add_cell(doc, row, PM_CELL_TEXT, pm_str(text), nowhere);
}

static inline struct pm_node *small_table(void)
{
    static const struct pm_column columns[] = {{.kind = PM_CELL_ID, .nowrap = true}, {.kind = PM_CELL_TEXT, .align = PM_ALIGN_END}};
    struct pm_node *table = pm_add_table(doc, doc->root, columns, 2, nowhere), *head = pm_add_row(doc, table, true, nowhere);
    add_cell(head, "ID");
    add_cell(head, "Due");
    return table;
}

static inline struct pm_node *add_list(struct pm_node *parent, bool ordered, long start)
{
    struct pm_node *list = add(parent, PM_LIST);
    list->as.list.ordered = ordered;
    list->as.list.start = start;
    return list;
}

#undef TEST
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

#endif
