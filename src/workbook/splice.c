#include "workbook/workbook_internal.h"

#include "base/limits.h"

#include <stdio.h>
#include <string.h>

enum { MOST_ENTRIES = 200 };
#define MOST_BYTES ((size_t)64 << 20)

size_t pm_find_text(struct pm_str s, size_t from, const char *what)
{
    size_t n = strlen(what);
    for (const char *p; from + n <= s.n && (p = memchr(s.p + from, what[0], s.n - n - from + 1)) != NULL; from = (size_t)(p - s.p) + 1) {
        if (memcmp(p, what, n) == 0)
            return (size_t)(p - s.p);
    }
    return s.n;
}

static struct pm_str between(struct pm_str s, size_t from, size_t to) { return (struct pm_str){s.p + from, to - from}; }

static struct pm_rows *rows_of(struct pm_workbook *w, enum pm_sheet sheet)
{
    bool many = w->incidents > PM_SOURCE_INCIDENTS;
    if (sheet == PM_SHEET_INCIDENTS && many)
        return &w->lean_incidents;
    if (sheet == PM_SHEET_SOURCE && (w->options.source == PM_SOURCE_NEVER || (many && w->options.source == PM_SOURCE_AUTO)))
        return &w->lean_source;
    return sheet == PM_SHEET_METRICS || sheet == PM_SHEET_CHARTS ? NULL : &w->rows[sheet];
}

/* The sheet up to its rows, its extent made to fit. */
static void put_prefix(struct pm_buf *b, struct pm_str sheet, size_t end, const struct pm_rows *rows, enum pm_sheet which)
{
    static const int columns[PM_SHEET_COUNT] = {2, PM_COL_ACTION_COUNT, PM_COL_EVENT_COUNT, PM_COL_INCIDENT_COUNT, 0, 0, 0};
    size_t from = pm_find_text(sheet, 0, "<dimension ref=\""), to = from < sheet.n ? pm_find_text(sheet, from, "/>") : sheet.n;
    if (to < end && columns[which] > 0) {
        char letters[4] = "";
        int n = (int)pm_column_letters(letters, columns[which] - 1);
        pm_buf_str(b, between(sheet, 0, from));
        pm_buf_printf(b, "<dimension ref=\"A1:%.*s%lu\"", n, letters, (unsigned long)(rows->row > 1 ? rows->row : 1));
        from = to;
    } else
        from = 0;
    pm_buf_str(b, between(sheet, from, end));
}

static enum pm_status splice_sheet(struct pm_workbook *w, struct pm_zip *zip, const struct pm_zip_entry *entry, enum pm_sheet which)
{
    struct pm_str sheet = entry->bytes;
    size_t end = pm_find_text(sheet, 0, "</sheetData>"), empty = pm_find_text(sheet, 0, "<sheetData/>");
    size_t rest = end < sheet.n ? end + 12 : empty + 12, links = pm_find_text(sheet, rest < sheet.n ? rest : 0, "<pageMargins");
    size_t options = pm_find_text(sheet, rest < sheet.n ? rest : 0, "<printOptions");
    links = options < links ? options : links;
    if (rest > sheet.n || links == sheet.n)
        return PM_UNSUPPORTED;
    struct pm_buf *b = &w->scratch;
    struct pm_links *l = &w->links[which];
    bool linked = l->inner + l->outer > 0;
    pm_buf_clear(b);
    put_prefix(b, sheet, end < sheet.n ? end : empty, rows_of(w, which), which);
    if (end == sheet.n)
        pm_buf_puts(b, "<sheetData>");
    if (b->status != PM_OK)
        return b->status;
    const struct pm_spool_part parts[] = {
        {pm_buf_slice(b), NULL}, {{NULL, 0}, &rows_of(w, which)->spool},
        {PM_LIT("</sheetData>"), NULL}, {between(sheet, rest, links), NULL},
        {linked ? PM_LIT("<hyperlinks>") : (struct pm_str){NULL, 0}, NULL}, {{NULL, 0}, &l->links},
        {linked ? PM_LIT("</hyperlinks>") : (struct pm_str){NULL, 0}, NULL}, {between(sheet, links, sheet.n), NULL}};
    return pm_spool_zip(zip, entry->name, parts, 8, w->options.level);
}

static const char relations_head[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";

static enum pm_status splice_relations(struct pm_workbook *w, struct pm_zip *zip, struct pm_str name, struct pm_str relations,
                                       enum pm_sheet which)
{
    size_t end = pm_find_text(relations, 0, "</Relationships>");
    if (end == relations.n && relations.n > 0)
        return PM_UNSUPPORTED;
    const struct pm_spool_part parts[] = {
        {relations.n ? between(relations, 0, end) : pm_str(relations_head), NULL}, {{NULL, 0}, &w->links[which].relations},
        {PM_LIT("</Relationships>"), NULL}};
    return pm_spool_zip(zip, name, parts, 3, w->options.level);
}

/* The number in "before<digit>after"; 0: the name is another. */
static int number_in(struct pm_str name, struct pm_str before, struct pm_str after)
{
    size_t at = before.n;
    if (name.n != at + 1 + after.n || memcmp(name.p, before.p, at) != 0 || memcmp(name.p + at + 1, after.p, after.n) != 0)
        return 0;
    return name.p[at] - '0';
}

/* The sheet of this number, from 1, or with the table of this number; PM_SHEET_COUNT: none. */
static enum pm_sheet sheet_of(const struct pm_workbook *w, int number, bool tables)
{
    for (enum pm_sheet i = PM_SHEET_FACTS; i < PM_SHEET_COUNT; i++) {
        if (pm_has_sheet(w, i) && (!tables || pm_table_name(i)[0]) && --number == 0)
            return i;
    }
    return PM_SHEET_COUNT;
}

static enum pm_sheet sheet_of_rows(struct pm_workbook *w, struct pm_str name)
{
    enum pm_sheet sheet = sheet_of(w, number_in(name, PM_LIT("xl/worksheets/sheet"), PM_LIT(".xml")), false);
    return sheet < PM_SHEET_COUNT && rows_of(w, sheet) ? sheet : PM_SHEET_COUNT;
}

static enum pm_sheet sheet_of_relations(struct pm_workbook *w, struct pm_str name)
{
    enum pm_sheet sheet = sheet_of(w, number_in(name, PM_LIT("xl/worksheets/_rels/sheet"), PM_LIT(".xml.rels")), false);
    return sheet < PM_SHEET_COUNT && w->links[sheet].outer > 0 ? sheet : PM_SHEET_COUNT;
}

static enum pm_sheet sheet_of_table(struct pm_workbook *w, struct pm_str name)
{
    enum pm_sheet sheet = sheet_of(w, number_in(name, PM_LIT("xl/tables/table"), PM_LIT(".xml")), true);
    return sheet < PM_SHEET_COUNT && pm_has_calculated_columns(w, sheet) ? sheet : PM_SHEET_COUNT;
}

static enum pm_status splice_table(struct pm_workbook *w, struct pm_zip *zip, const struct pm_zip_entry *entry, enum pm_sheet sheet)
{
    struct pm_buf *b = &w->scratch;
    pm_buf_clear(b);
    if (!pm_put_calculated_columns(w, sheet, entry->bytes, b))
        return PM_UNSUPPORTED;
    pm_zip_add(zip, entry->name, pm_buf_slice(b));
    return b->status;
}

/* What is changed; the rest goes from file to file as it is packed. */
static bool is_changed(void *workbook, struct pm_str name)
{
    return sheet_of_rows(workbook, name) < PM_SHEET_COUNT || sheet_of_relations(workbook, name) < PM_SHEET_COUNT ||
           sheet_of_table(workbook, name) < PM_SHEET_COUNT;
}

static enum pm_status splice_entry(struct pm_workbook *w, struct pm_zip *zip, const struct pm_zip_entry *entry, bool *related)
{
    enum pm_sheet sheet = sheet_of_rows(w, entry->name);
    if (sheet < PM_SHEET_COUNT)
        return splice_sheet(w, zip, entry, sheet);
    sheet = sheet_of_relations(w, entry->name);
    if (sheet < PM_SHEET_COUNT) {
        related[sheet] = true;
        return splice_relations(w, zip, entry->name, entry->bytes, sheet);
    }
    sheet = sheet_of_table(w, entry->name);
    if (sheet < PM_SHEET_COUNT)
        return splice_table(w, zip, entry, sheet);
    if (entry->packed)
        pm_zip_add_packed(zip, entry);
    else
        pm_zip_add(zip, entry->name, entry->bytes);
    return PM_OK;
}

/* Relations of sheets that had none. */
static enum pm_status add_relations(struct pm_workbook *w, struct pm_zip *zip, const bool *related)
{
    enum pm_status status = PM_OK;
    int number = 0;
    for (enum pm_sheet i = PM_SHEET_FACTS; i < PM_SHEET_COUNT && status == PM_OK; i++) {
        char name[80];
        number += pm_has_sheet(w, i);
        if (related[i] || !pm_has_sheet(w, i) || w->links[i].outer == 0)
            continue;
        snprintf(name, sizeof name, "xl/worksheets/_rels/sheet%d.xml.rels", number);
        status = splice_relations(w, zip, pm_str(name), (struct pm_str){NULL, 0}, i);
    }
    return status;
}

enum pm_status pm_splice(struct pm_workbook *w, struct pm_str shell, struct pm_buf *out)
{
    struct pm_arena arena;
    struct pm_zip_entry *entries = NULL;
    bool related[PM_SHEET_COUNT] = {false};
    size_t count = 0;
    const char *why;
    pm_arena_init(&arena);
    const struct pm_zip_choice choice = {.wanted = is_changed, .context = w};
    enum pm_status status = pm_zip_read_packed(shell, &choice, MOST_ENTRIES, MOST_BYTES, &arena, &entries, &count, &why);
    struct pm_zip zip;
    pm_zip_begin_level(&zip, out, w->options.level);
    for (size_t i = 0; i < count && status == PM_OK; i++)
        status = splice_entry(w, &zip, &entries[i], related);
    if (status == PM_OK)
        status = add_relations(w, &zip, related);
    if (status != PM_OK)
        zip.status = status;
    status = pm_zip_end(&zip);
    pm_arena_free(&arena);
    return status;
}
