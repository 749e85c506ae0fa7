/* SpreadsheetML (ISO/IEC 29500-1, 18): sheets by name, cells with strings. Names of elements alone count, since the two forms of the
 * standard have different namespaces. */
#include "recover/spreadsheet.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { HASH = 64, MOST_COLUMNS = 16384 };

static bool is(const struct pm_xml_node *node, const char *name)
{
    return pm_str_is(node->name, name);
}

static const struct pm_zip_entry *find_entry(const struct pm_zip_entry *entries, size_t count, struct pm_str name)
{
    for (size_t i = 0; i < count; i++)
        if (name.p && entries[i].name.n == name.n && pm_str_same_word(entries[i].name, name.p))
            return &entries[i];
    return NULL;
}

/* The value of an attribute by its name alone. */
static struct pm_str get(const struct pm_xml_node *node, const char *name)
{
    for (const struct pm_xml_attr *a = node->attrs; a; a = a->next)
        if (pm_str_is(a->name, name))
            return a->value;
    return (struct pm_str){NULL, 0};
}

static const struct pm_xml_node *with(const struct pm_xml_node *root, const char *element, const char *attribute, struct pm_str value)
{
    for (const struct pm_xml_node *node = root; node; node = pm_xml_walk(node, root))
        if (is(node, element) && pm_str_eq(get(node, attribute), value))
            return node;
    return NULL;
}

/* The relation's id of the sheet _pm; "id" is also how its namespaces call it. */
static struct pm_str relation_of(const struct pm_xml_node *sheet)
{
    for (const struct pm_xml_attr *a = sheet->attrs; a; a = a->next)
        if (pm_str_is(a->name, "id") && a->uri.n)
            return a->value;
    return (struct pm_str){NULL, 0};
}

/* The name of the sheet's entry; absent when the workbook has none. */
static struct pm_str sheet_name(struct pm_recovery *r, const struct pm_zip_entry *workbook, const struct pm_zip_entry *relations)
{
    const struct pm_xml_node *root = workbook ? pm_package_tree(r, workbook->bytes, PM_FEW_TAGS) : NULL;
    const struct pm_xml_node *sheet = with(root, "sheet", "name", PM_LIT("_pm"));
    root = sheet && relations ? pm_package_tree(r, relations->bytes, PM_FEW_TAGS) : NULL;
    const struct pm_xml_node *relation = sheet ? with(root, "Relationship", "Id", relation_of(sheet)) : NULL;
    struct pm_str target = relation ? get(relation, "Target") : (struct pm_str){NULL, 0};
    if (!target.n)
        return (struct pm_str){NULL, 0};
    return target.p[0] == '/' ? (struct pm_str){target.p + 1, target.n - 1} : pm_arena_join(r->arena, PM_LIT("xl"), "/", target);
}

/* ---- strings ---- */

struct strings {
    struct pm_str *texts;
    size_t count;
    size_t room;              /* bytes that all sources may still take: many cells may have one string */
};

static int hex_digit(char c)
{
    const char *digits = "0123456789abcdef", *at = c ? strchr(digits, c >= 'A' && c <= 'F' ? c + 'a' - 'A' : c) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* The code of "_xHHHH_" (22.9.2.19) at `at`; -1: none is there. */
static long escape_at(struct pm_str s, size_t at)
{
    long code = 0;
    if (s.n - at < 7 || s.p[at] != '_' || s.p[at + 1] != 'x' || s.p[at + 6] != '_')
        return -1;
    for (size_t i = at + 2; i < at + 6; i++) {
        int digit = hex_digit(s.p[i]);
        if (digit < 0)
            return -1;
        code = code * 16 + digit;
    }
    return code;
}

/* In place: an escape is longer than what it stands for. The text is one of the tree's own. */
static struct pm_str unescape(struct pm_str s)
{
    char *to = (char *)s.p;
    size_t n = 0;
    for (size_t i = 0; i < s.n;) {
        long code = escape_at(s, i);
        if (code < 0) {
            to[n++] = s.p[i++];
        } else {
            n += pm_utf8_put(to + n, (uint32_t)code);
            i += 7;
        }
    }
    return (struct pm_str){s.p, n};
}

/* The text of an <si> or <is> or of one of its runs. */
static const struct pm_xml_node *text_of(const struct pm_xml_node *node)
{
    const struct pm_xml_node *t = is(node, "t") ? node : is(node, "r") ? node->first : NULL;
    while (t && !is(t, "t"))
        t = t->next;
    return t;
}

/* The runs joined; the phonetic ones are no part of it. */
static struct pm_str string_of(struct pm_recovery *r, const struct pm_xml_node *item)
{
    struct pm_buf text;
    if (item->first && item->first == item->last && is(item->first, "t"))
        return unescape(pm_xml_inner_text(item->first, r->arena));
    pm_buf_init(&text, r->bytes.n * 32 + ((size_t)8 << 20));
    for (const struct pm_xml_node *node = item->first; node; node = node->next) {
        const struct pm_xml_node *t = text_of(node);
        if (t)
            pm_buf_str(&text, pm_xml_inner_text(t, r->arena));
    }
    struct pm_str joined = unescape(pm_arena_str(r->arena, pm_buf_slice(&text)));
    if (text.status != PM_OK)
        pm_recovery_fail(r, text.status, "is refused: it has a text that is much larger than the file");
    pm_buf_free(&text);
    return joined;
}

static struct strings shared_strings(struct pm_recovery *r, const struct pm_zip_entry *entry)
{
    struct strings strings = {.room = r->bytes.n * 32 + ((size_t)8 << 20)};
    const struct pm_xml_node *root = entry ? pm_package_tree(r, entry->bytes, PM_FEW_TAGS) : NULL;
    size_t count = 0;
    for (const struct pm_xml_node *item = root ? root->first : NULL; item; item = item->next)
        count += is(item, "si");
    strings.texts = pm_arena_array(r->arena, count + 1, sizeof *strings.texts);
    for (const struct pm_xml_node *item = strings.texts && root ? root->first : NULL; item; item = item->next)
        if (is(item, "si"))
            strings.texts[strings.count++] = string_of(r, item);
    return strings;
}

static struct pm_str value_of(struct pm_recovery *r, const struct strings *strings, const struct pm_xml_node *cell)
{
    const struct pm_xml_node *value = cell->first;
    struct pm_str type = get(cell, "t"), text = {NULL, 0};
    while (value && !is(value, "v") && !is(value, "is"))
        value = value->next;
    if (value && is(value, "is"))
        text = string_of(r, value);
    else if (value)
        text = pm_xml_inner_text(value, r->arena);
    if (pm_str_is(type, "s") && text.p) {
        unsigned long index = strtoul(text.p, NULL, 10);
        text = index < strings->count ? strings->texts[index] : (struct pm_str){NULL, 0};
    } else if (pm_str_is(type, "str") && text.p) {
        text = unescape(text);
    }
    return text;
}

/* ---- rows ---- */

/* "AB12" is column 27; a cell without a reference is behind the one before it. */
static size_t column_of(struct pm_str reference, size_t next)
{
    size_t column = 0;
    for (size_t i = 0; i < reference.n && reference.p[i] >= 'A' && reference.p[i] <= 'Z' && column <= MOST_COLUMNS; i++)
        column = column * 26 + (size_t)(reference.p[i] - 'A') + 1;
    return column ? column - 1 : next;
}

static bool is_hash(struct pm_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (hex_digit(s.p[i]) < 0)
            return false;
    return s.n == HASH;
}

/* id, hash, form, then the source in pieces. */
enum { ID, SHA256, FORM, SOURCE };

/* Text stands between bars, so that no program takes white space off its ends. */
static struct pm_str between_bars(struct pm_str s)
{
    bool barred = s.n >= 2 && s.p[0] == '|' && s.p[s.n - 1] == '|';
    return barred ? (struct pm_str){s.p + 1, s.n - 2} : s;
}

static void take_row(struct pm_recovery *r, struct strings *strings, const struct pm_xml_node *row)
{
    struct pm_str head[SOURCE] = {{NULL, 0}};
    struct pm_buf pieces;
    size_t column = 0;
    pm_buf_init(&pieces, strings->room);
    for (const struct pm_xml_node *cell = row->first; cell; cell = cell->next) {
        if (!is(cell, "c"))
            continue;
        column = column_of(get(cell, "r"), column);
        struct pm_str value = value_of(r, strings, cell);
        if (column < SOURCE)
            head[column] = value;
        else if (is_hash(head[SHA256]))
            pm_buf_str(&pieces, between_bars(value));
        column++;
    }
    if (is_hash(head[SHA256]) && pieces.len > 0)
        pm_source_add(r, &(struct pm_found){.text = pm_arena_str(r->arena, pm_buf_slice(&pieces)),
                                            .form = pm_str_is(head[FORM], "base64") ? PM_SOURCE_BASE64 : PM_SOURCE_PLAIN,
                                            .id = head[ID],
                                            .sha256 = head[SHA256],
                                            .place = pm_arena_format(r->arena, "_pm, row %s", get(row, "r").p ? get(row, "r").p : "?")});
    strings->room -= pieces.len;
    if (pieces.status != PM_OK)
        pm_recovery_fail(r, pieces.status, "is refused: its sources are much larger than the file");
    pm_buf_free(&pieces);
}

/* ---- the workbook ---- */

struct sheet_choice { struct pm_str sheet; };

static bool is_chosen(void *context, struct pm_str name)
{
    const struct sheet_choice *choice = context;
    return pm_str_eq(name, choice->sheet) || pm_str_is(name, "xl/sharedStrings.xml");
}

void pm_recover_workbook(struct pm_recovery *r, const struct pm_zip_entry *entries, size_t count)
{
    struct sheet_choice choice = {sheet_name(r, find_entry(entries, count, PM_LIT(PM_XLSX_WORKBOOK)),
                                             find_entry(entries, count, PM_LIT(PM_XLSX_RELATIONS)))};
    struct pm_zip_entry *parts;
    if (!choice.sheet.p || r->status != PM_OK ||
        !pm_package_entries(r, &(struct pm_zip_choice){is_chosen, &choice}, &parts, &count))
        return;
    const struct pm_zip_entry *sheet = find_entry(parts, count, choice.sheet);
    const struct pm_xml_node *root = sheet ? pm_package_tree(r, sheet->bytes, PM_FEW_TAGS) : NULL;
    struct strings strings = shared_strings(r, find_entry(parts, count, PM_LIT("xl/sharedStrings.xml")));
    for (const struct pm_xml_node *row = root; row && r->status == PM_OK; row = pm_xml_walk(row, root))
        if (is(row, "row"))
            take_row(r, &strings, row);
}
