/* Content controls around inlines ([MS-DOCX] 2.6 for boxes; ISO/IEC 29500-1, 17.5.2). */
#include "base/utf8.h"
#include "render/docx/bookmark.h"
#include "render/docx/docx_internal.h"

enum { MOST_ALIAS = 64 };

/* Positive numbers of 31 bits. */
void pm_docx_control_id(struct pm_docx_writer *w, struct pm_str key)
{
    unsigned long long hash = pm_str_hash(key);
    size_t *used;
    do {
        hash = hash * 6364136223846793005ULL + w->document + 1442695040888963407ULL;
        used = pm_map_at(&w->docx->arena, &w->docx->controls, (hash >> 33) | 1);
    } while (used && *used);
    if (used)
        *used = 1;
    pm_buf_puts(w->out, "<w:id w:val=\"");
    pm_docx_int(w->out, (long)((hash >> 33) | 1));
    pm_buf_puts(w->out, "\"/>");
}

static void put_attribute_element(struct pm_buf *out, const char *start, struct pm_str value)
{
    pm_buf_puts(out, start);
    pm_xml_attribute(out, value);
    pm_buf_puts(out, "\"/>");
}

static void put_head(struct pm_docx_writer *w, struct pm_str path, struct pm_str alias)
{
    char tag[PM_TAG_SIZE];
    pm_buf_puts(w->out, "<w:sdt><w:sdtPr>");
    if (alias.n)
        put_attribute_element(w->out, "<w:alias w:val=\"", pm_utf8_prefix(alias, MOST_ALIAS));
    if (path.n) {
        pm_docx_tag(path, w->document, tag);
        put_attribute_element(w->out, "<w:tag w:val=\"", pm_str(tag));
    }
    pm_docx_control_id(w, path);
}

void pm_docx_checkbox(struct pm_docx_writer *w, struct pm_str path, struct pm_str alias, bool checked)
{
    put_head(w, path, alias);
    pm_buf_puts(w->out, checked ? "<w14:checkbox><w14:checked w14:val=\"1\"/>" : "<w14:checkbox><w14:checked w14:val=\"0\"/>");
    pm_buf_puts(w->out, "<w14:checkedState w14:val=\"2611\" w14:font=\"Segoe UI Symbol\"/>"
                        "<w14:uncheckedState w14:val=\"2610\" w14:font=\"Segoe UI Symbol\"/></w14:checkbox></w:sdtPr>"
                        "<w:sdtContent><w:r><w:rPr><w:rFonts w:ascii=\"Segoe UI Symbol\" w:hAnsi=\"Segoe UI Symbol\" "
                        "w:eastAsia=\"Segoe UI Symbol\" w:cs=\"Segoe UI Symbol\"/></w:rPr><w:t>");
    pm_buf_puts(w->out, checked ? "\342\230\221" : "\342\230\220");
    pm_buf_puts(w->out, "</w:t></w:r></w:sdtContent></w:sdt>");
}

/* ---- kinds ---- */

static void put_choices(struct pm_docx_writer *w, const struct pm_control *control)
{
    pm_buf_puts(w->out, "<w:dropDownList");
    if (control->value.n) {
        pm_buf_puts(w->out, " w:lastValue=\"");
        pm_xml_attribute(w->out, control->value);
        pm_buf_putc(w->out, '"');
    }
    pm_buf_putc(w->out, '>');
    for (size_t i = 0; i < control->count; i++) {
        const struct pm_choice *choice = &control->choices[i];
        pm_buf_puts(w->out, "<w:listItem w:displayText=\"");
        pm_xml_attribute(w->out, choice->label.n ? choice->label : choice->value);
        put_attribute_element(w->out, "\" w:value=\"", choice->value);
    }
    pm_buf_puts(w->out, "</w:dropDownList>");
}

static void put_date(struct pm_docx_writer *w, const struct pm_control *control)
{
    int64_t days;
    pm_buf_puts(w->out, "<w:date");
    if (control->value.n && pm_date_read(control->value, &days)) {
        pm_buf_puts(w->out, " w:fullDate=\"");
        pm_date_iso(w->out, days);
        pm_buf_puts(w->out, "T00:00:00Z\"");
    }
    bool english = pm_str_starts(w->doc->lang, "en");
    pm_buf_puts(w->out, english ? "><w:dateFormat w:val=\"d MMM yyyy\"/>" : "><w:dateFormat w:val=\"yyyy-MM-dd\"/>");
    pm_buf_puts(w->out, "<w:lid w:val=\"");
    pm_docx_lang_tag(w->out, w->doc->lang);
    pm_buf_puts(w->out, "\"/><w:storeMappedDataAs w:val=\"date\"/><w:calendar w:val=\"gregorian\"/></w:date>");
}

/* "Due AI-3": the column's heading and the row's id; elsewhere the fact's label, or the end of the path. */
static void put_alias(struct pm_docx_writer *w, const struct pm_node *node, struct pm_buf *out)
{
    const struct pm_node *around = node, *head = w->table ? w->table->node->first : NULL;
    while (around && around->kind != PM_CELL && around->kind != PM_FACT)
        around = around->parent;
    if (node->kind == PM_STATUS && node->as.tone.name.n) {
        pm_buf_str(out, node->as.tone.name);
    } else if (around && around->kind == PM_FACT) {
        pm_buf_str(out, around->text);
    } else if (around && head && head->kind == PM_ROW && head->as.row.header) {
        const struct pm_node *label = head->first;
        for (size_t i = 1; label && i < w->table->column; i++)
            label = label->next;
        if (label)
            pm_docx_plain(label, MOST_ALIAS, out);
    }
    if (w->row && out->len)
        pm_buf_putc(out, ' ');
    if (w->row)
        pm_buf_str(out, w->row->as.row.todo->id);
}

/* Nothing was chosen, no date is set: what stands there is no value. */
static bool is_empty(const struct pm_node *node)
{
    return node->control && node->control->value.n == 0;
}

static bool is_wanted(const struct pm_docx_writer *w, const struct pm_node *node)
{
    if (w->control || !node->path.n || (node->kind == PM_CELL && node->as.cell.blocks))
        return false;
    if (node->control && (node->kind == PM_CELL || pm_node_is_inline(node->kind)))
        return true;
    return w->row && pm_docx_begins_value(node) && (pm_node_is_inline(node->kind) || node->kind == PM_CELL || node->kind == PM_PARAGRAPH);
}

void pm_docx_control_begin(struct pm_docx_writer *w, const struct pm_node *node)
{
    if (!is_wanted(w, node))
        return;
    struct pm_buf alias;
    pm_buf_init(&alias, 4096);
    put_alias(w, node, &alias);
    w->control = node;
    put_head(w, node->path, pm_buf_slice(&alias));
    if (is_empty(node))
        pm_buf_puts(w->out, "<w:showingPlcHdr/>");
    if (node->control && node->control->kind == PM_CONTROL_CHOICE)
        put_choices(w, node->control);
    else if (node->control)
        put_date(w, node->control);
    pm_buf_puts(w->out, "</w:sdtPr><w:sdtContent>");
    if (!node->first && is_empty(node) && node->kind == PM_CELL)
        pm_docx_run(w, PM_LIT("\342\200\223"), "PlaceholderText");
    if (alias.status == PM_NOMEM)
        w->scratch->failed = true;
    pm_buf_free(&alias);
}

/* Of siblings with one path, the last one ends it. */
void pm_docx_control_end(struct pm_docx_writer *w, const struct pm_node *node)
{
    const struct pm_node *begun = w->control;
    if (!begun || begun->parent != node->parent || !pm_str_eq(begun->path, node->path) || (!begun->control && !pm_docx_ends_value(node)))
        return;
    w->control = NULL;
    if (!node->first && !pm_node_is_inline(node->kind) && !is_empty(begun))
        pm_buf_puts(w->out, "<w:r><w:t></w:t></w:r>");
    pm_buf_puts(w->out, "</w:sdtContent></w:sdt>");
}
