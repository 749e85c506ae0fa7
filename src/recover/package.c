/* The sources of DOCX and XLSX files: parts of custom XML, and rows of the sheet _pm. Parts are found by their usual names, which all
 * programs keep; whatever else the package has is not inflated. */
#include "recover/recover_internal.h"

#include "package/zip.h"
#include "recover/spreadsheet.h"

#include <stdlib.h>
#include <string.h>

#define URI "urn:pm:1"

enum { MOST_ENTRIES = 10000 };

/* What a part may become beside the others, by the size of the file. */
static size_t most_bytes(struct pm_str file)
{
    const size_t always = (size_t)8 << 20;
    return file.n < ((size_t)1 << 30) / 32 ? always + file.n * 32 : (size_t)1 << 30;
}

static bool starts(struct pm_str name, const char *with)
{
    size_t n = strlen(with);
    return name.n >= n && pm_str_same_word((struct pm_str){name.p, n}, with);
}

static bool is_item(struct pm_str name)
{
    static const char folder[] = "customXml/item";
    size_t at = sizeof folder - 1;
    return starts(name, folder) && name.n > at && name.p[at] >= '0' && name.p[at] <= '9';
}

struct names { bool word, workbook; };

static bool wanted(void *context, struct pm_str name)
{
    struct names *names = context;
    names->word = names->word || starts(name, "word/document");
    names->workbook = names->workbook || pm_str_same_word(name, PM_XLSX_WORKBOOK);
    return is_item(name) || pm_str_same_word(name, PM_XLSX_WORKBOOK) || pm_str_same_word(name, PM_XLSX_RELATIONS);
}

/* Tags and values of attributes are counted before libxml2 makes a hundred bytes of each. Those of CDATA are none. */
static bool has_too_many_tags(struct pm_str xml, size_t most)
{
    size_t tags = 0;
    bool in_tag = false;
    for (size_t i = 0; i < xml.n && tags <= most; i++) {
        if (xml.p[i] == '<') {
            struct pm_str rest = {xml.p + i, xml.n - i};
            in_tag = !pm_str_starts(rest, "<![CDATA[");
            tags += in_tag;
            if (!in_tag)
                i = pm_text_find(xml, "]]>", i);
        } else if (xml.p[i] == '>') {
            in_tag = false;
        } else {
            tags += in_tag && xml.p[i] == '=';
        }
    }
    return tags > most;
}

struct pm_xml_node *pm_package_tree(struct pm_recovery *r, struct pm_str xml, size_t most_tags)
{
    struct pm_xml_node *root = NULL;
    enum pm_status status = PM_LIMIT;
    if (!has_too_many_tags(xml, most_tags + r->bytes.n / 4))
        status = pm_xml_tree_read(xml, r->arena, &root, NULL);
    if (status == PM_LIMIT)
        pm_recovery_fail(r, status, "is refused: a part of it has more elements than a file of its size may");
    else if (status != PM_OK && status != PM_INVALID)
        pm_recovery_fail(r, status, "");
    return root;
}

/* Items are numbered in the order of the documents; entries may stand in any. */
static int by_number(const void *a, const void *b)
{
    const struct pm_zip_entry *one = a, *other = b;
    bool first = is_item(one->name), second = is_item(other->name);
    if (!first || !second)
        return first - second;
    long x = strtol(one->name.p + sizeof "customXml/item" - 1, NULL, 10), y = strtol(other->name.p + sizeof "customXml/item" - 1, NULL, 10);
    return (x > y) - (x < y);
}

/* A part of another program's is passed over, sound or not. */
static void take_item(struct pm_recovery *r, const struct pm_zip_entry *entry)
{
    if (pm_text_find(entry->bytes, URI, 0) == entry->bytes.n)
        return;
    struct pm_xml_node *root = pm_package_tree(r, entry->bytes, PM_FEW_TAGS);
    struct pm_xml_node *yaml = pm_xml_is(root, URI, "incident") ? pm_xml_child(root, URI, "yaml") : NULL;
    if (!yaml)
        return;
    bool coded = pm_str_is(pm_xml_get(yaml, "", "encoding"), "base64");
    pm_source_add(r, &(struct pm_found){.text = pm_xml_inner_text(yaml, r->arena),
                                        .form = coded ? PM_SOURCE_BASE64 : PM_SOURCE_PLAIN,
                                        .id = pm_xml_get(root, "", "id"),
                                        .sha256 = pm_xml_get(root, "", "sha256"),
                                        .place = entry->name});
}

bool pm_package_entries(struct pm_recovery *r, const struct pm_zip_choice *choice, struct pm_zip_entry **entries, size_t *count)
{
    const char *why = NULL;
    enum pm_status status = pm_zip_read_some(r->bytes, choice, MOST_ENTRIES, most_bytes(r->bytes), r->arena, entries, count, &why);
    if (status == PM_OK)
        return true;
    pm_recovery_fail(r, status, pm_arena_format(r->arena, "cannot be read: %s", why ? why : "memory ran out").p);
    return false;
}

void pm_recover_package(struct pm_recovery *r)
{
    struct names names = {false, false};
    struct pm_zip_choice choice = {wanted, &names};
    struct pm_zip_entry *entries;
    size_t count;
    if (!pm_package_entries(r, &choice, &entries, &count))
        return;
    r->sources->found = names.word ? "the Word document" : names.workbook ? "the workbook" : r->sources->found;
    qsort(entries, count, sizeof *entries, by_number);
    for (size_t i = 0; i < count && r->status == PM_OK; i++)
        if (is_item(entries[i].name))
            take_item(r, &entries[i]);
    if (names.workbook && r->sources->count == 0 && r->status == PM_OK)
        pm_recover_workbook(r, entries, count);
}
