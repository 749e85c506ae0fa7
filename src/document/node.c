#include "document/node.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "document/iterator.h"

#include <stdint.h>
#include <string.h>

enum { MAX_LEVEL = 5, FIRST_IDS = 32 };

/* Ids in use: open addressing, at most half full. `next` is the suffix to try first for an id that is taken, so that
 * thousands of equal headings cost no more than unequal ones. */
struct id_slot {
    struct pm_str id;
    unsigned long next;
};

struct pm_section_ids {
    struct id_slot *slots;
    size_t count, cap;
};

static const struct pm_words english = {
    .contents = {"Contents", 8},
    .page_of = {"Page %s of %s", 13},
    .document = {"Document", 8},
    .page = {"Page", 4},
    .shortened = {"Shortened here; the full report has the rest.", 45},
    .done = {"Done", 4},
    .open = {"Open", 4},
    .note = {"Note", 4},
    .info = {"Information", 11},
    .success = {"Success", 7},
    .warning = {"Warning", 7},
    .details = {"Details", 7},
    .filter = {"Filter", 6},
    .found = {"{part} of {all} found", 21},
    .skip = {"Skip to content", 15},
    .to_do = {"To do", 5},
};

struct pm_document *pm_document_new(struct pm_arena *arena)
{
    struct pm_document *doc = pm_arena_alloc(arena, sizeof *doc);
    struct pm_node *root = pm_arena_alloc(arena, sizeof *root);
    struct pm_section_ids *ids = pm_arena_alloc(arena, sizeof *ids);
    if (!doc || !root || !ids)
        return NULL;
    root->kind = PM_DOCUMENT;
    doc->arena = arena;
    doc->root = root;
    doc->ids = ids;
    doc->lang = PM_LIT("en");
    doc->words = english;
    return doc;
}

struct pm_node *pm_node_add(struct pm_document *doc, struct pm_node *parent, enum pm_node_kind kind, struct pm_mark mark)
{
    struct pm_node *node = doc && parent ? pm_arena_alloc(doc->arena, sizeof *node) : NULL;
    if (!node)
        return NULL;
    node->kind = kind;
    node->mark = mark;
    node->parent = parent;
    node->prev = parent->last;
    if (parent->last)
        parent->last->next = node;
    else
        parent->first = node;
    parent->last = node;
    return node;
}

struct pm_node *pm_add_text(struct pm_document *doc, struct pm_node *parent, struct pm_str text, struct pm_mark mark)
{
    struct pm_node *node = text.n ? pm_node_add(doc, parent, PM_TEXT, mark) : NULL;
    if (node)
        node->text = text;
    return node;
}

/* The slot of `id`, or the free one where it belongs. */
static struct id_slot *slot_of(const struct pm_section_ids *ids, struct pm_str id)
{
    size_t i = (size_t)pm_str_hash(id) & (ids->cap - 1);
    while (ids->slots[i].id.p && !pm_str_eq(ids->slots[i].id, id))
        i = (i + 1) & (ids->cap - 1);
    return &ids->slots[i];
}

static bool double_slots(struct pm_arena *arena, struct pm_section_ids *ids)
{
    struct pm_section_ids larger = {.count = ids->count, .cap = ids->cap ? ids->cap * 2 : FIRST_IDS};
    larger.slots = pm_arena_array(arena, larger.cap, sizeof *larger.slots);
    if (!larger.slots)
        return false;
    for (size_t i = 0; i < ids->cap; i++)
        if (ids->slots[i].id.p)
            *slot_of(&larger, ids->slots[i].id) = ids->slots[i];
    *ids = larger;
    return true;
}

/* Takes `id`; false when it is taken already or memory ran out. */
static bool take_id(struct pm_document *doc, struct pm_str id)
{
    struct pm_section_ids *ids = doc->ids;
    if (!id.p || (ids->count * 2 >= ids->cap && !double_slots(doc->arena, ids)))
        return false;
    struct id_slot *slot = slot_of(ids, id);
    if (slot->id.p)
        return false;
    *slot = (struct id_slot){id, 2};
    ids->count++;
    return true;
}

static struct pm_str unique_id(struct pm_document *doc, struct pm_str id)
{
    struct pm_str candidate = id;
    while (!take_id(doc, candidate)) {
        if (pm_arena_failed(doc->arena))
            return (struct pm_str){NULL, 0};
        candidate = pm_arena_format(doc->arena, "%.*s-%lu", (int)id.n, id.p, slot_of(doc->ids, id)->next++);
    }
    return candidate;
}

/* Punctuation, spaces and symbols beyond ASCII, by their blocks. */
static bool is_mark(uint32_t cp)
{
    return cp == PM_UTF8_BAD || (cp >= 0x80 && cp <= 0xBF && cp != 0xAA && cp != 0xB5 && cp != 0xBA) || (cp >= 0x2000 && cp <= 0x2BFF) ||
           (cp >= 0x3000 && cp <= 0x3004) || (cp >= 0x3008 && cp <= 0x3020) || (cp >= 0xE000 && cp <= 0xF8FF) ||
           (cp >= 0xFE00 && cp <= 0xFE6F) || (cp >= 0xFF00 && cp <= 0xFF0F) || (cp >= 0x1F000 && cp <= 0x1FAFF) || cp >= 0xE0000;
}

static char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_ascii_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Letters and digits of a title in lower case, everything between them as one '-'. Letters beyond ASCII stay as they are. */
static struct pm_str id_from_title(struct pm_arena *arena, struct pm_str title)
{
    enum { MOST = 80 };
    char *out = pm_arena_alloc(arena, MOST + 1);
    size_t n = 0;
    for (size_t at = 0; out && at < title.n;) {
        size_t start = at;
        uint32_t cp = pm_utf8_next(title, &at);
        if (n + (at - start) > MOST)
            break;
        char c = ascii_lower(title.p[start]);
        if (cp < 0x80 ? is_ascii_name(c) : !is_mark(cp)) {
            memcpy(out + n, title.p + start, at - start);
            out[n] = c;
            n += at - start;
        } else if (n && out[n - 1] != '-') {
            out[n++] = '-';
        }
    }
    while (n && out[n - 1] == '-')
        n--;
    return n ? (struct pm_str){out, n} : PM_LIT("section");
}

void pm_section_set_id(struct pm_document *doc, struct pm_node *section, struct pm_str id, struct pm_str title)
{
    if (doc && section)
        section->as.section.id = unique_id(doc, id.n ? id : id_from_title(doc->arena, title));
}

struct pm_node *pm_add_section(struct pm_document *doc, struct pm_node *parent, struct pm_str title, struct pm_str id, struct pm_mark mark)
{
    struct pm_node *section = pm_node_add(doc, parent, PM_SECTION, mark);
    if (!section)
        return NULL;
    const struct pm_node *around = parent;
    while (around && around->kind != PM_SECTION)
        around = around->parent;
    int level = around ? around->as.section.level + 1 : 1;
    section->as.section.level = level < MAX_LEVEL ? level : MAX_LEVEL;
    pm_section_set_id(doc, section, id, title);
    pm_add_text(doc, pm_node_add(doc, section, PM_HEADING, mark), title, mark);
    return section;
}

struct pm_node *pm_add_status(struct pm_document *doc, struct pm_node *parent, struct pm_str label, enum pm_tone tone, struct pm_mark mark)
{
    struct pm_node *node = pm_node_add(doc, parent, PM_STATUS, mark);
    if (!node)
        return NULL;
    node->text = label;
    node->as.tone.tone = tone;
    return node;
}

struct pm_node *pm_add_table(struct pm_document *doc, struct pm_node *parent, const struct pm_column *columns, size_t count,
                             struct pm_mark mark)
{
    struct pm_column *copy = doc ? pm_arena_grow(doc->arena, columns, count, count, sizeof *copy) : NULL;
    struct pm_node *node = copy ? pm_node_add(doc, parent, PM_TABLE, mark) : NULL;
    if (!node)
        return NULL;
    node->as.table.columns = copy;
    node->as.table.count = count;
    return node;
}

struct pm_node *pm_add_row(struct pm_document *doc, struct pm_node *table, bool header, struct pm_mark mark)
{
    struct pm_node *node = pm_node_add(doc, table, PM_ROW, mark);
    if (node)
        node->as.row.header = header;
    return node;
}

struct pm_node *pm_add_cell(struct pm_document *doc, struct pm_node *row, enum pm_cell_kind kind, struct pm_str text, struct pm_mark mark)
{
    struct pm_node *node = pm_node_add(doc, row, PM_CELL, mark);
    if (!node)
        return NULL;
    node->as.cell.kind = kind;
    pm_add_text(doc, node, text, mark);
    return node;
}

void pm_node_unlink(struct pm_node *node)
{
    if (!node || !node->parent)
        return;
    if (node->prev)
        node->prev->next = node->next;
    else
        node->parent->first = node->next;
    if (node->next)
        node->next->prev = node->prev;
    else
        node->parent->last = node->prev;
    node->parent = node->prev = node->next = NULL;
}

bool pm_node_is_inline(enum pm_node_kind kind)
{
    return kind >= PM_TEXT;
}

const char *pm_node_name(enum pm_node_kind kind)
{
    static const char *const names[PM_NODE_KINDS] = {
        "document", "cover", "title", "badges", "metrics", "metric", "toc", "section", "heading", "paragraph", "list", "item", "task",
        "table", "row", "cell", "facts", "fact", "panel", "quote", "code_block", "rule", "figure", "page_break",
        "text", "strong", "emph", "strike", "code", "link", "status", "time", "person", "break",
    };
    return names[kind];
}

const char *pm_tone_name(enum pm_tone tone)
{
    static const char *const names[] = {"neutral", "info", "success", "warning", "danger", "note"};
    return names[tone];
}

const char *pm_cell_kind_name(enum pm_cell_kind kind)
{
    static const char *const names[] = {"text", "number", "instant", "date", "duration", "link", "status", "id"};
    return names[kind];
}

/* A space between what has been written and what comes, where neither has one. */
static void separate(struct pm_buf *b)
{
    if (b->len && b->data[b->len - 1] != ' ')
        pm_buf_putc(b, ' ');
}

static void plain_node(struct pm_buf *b, const struct pm_node *node)
{
    if (!pm_node_is_inline(node->kind) || node->kind == PM_BREAK)
        separate(b);
    pm_buf_str(b, node->text);
    if (node->kind == PM_METRIC) {
        separate(b);
        pm_buf_str(b, node->as.metric.value);
        separate(b);
        pm_buf_str(b, node->as.metric.note);
    } else if (node->kind == PM_FACT) {
        separate(b);
    }
}

struct pm_str pm_node_plain(struct pm_document *doc, const struct pm_node *node)
{
    struct pm_str plain = {NULL, 0};
    if (!doc || !node)
        return plain;
    struct pm_buf b;
    pm_buf_init(&b, SIZE_MAX / 2);
    struct pm_iterator it;
    pm_iterator_init(&it, node);
    for (enum pm_event_type event; (event = pm_iterator_next(&it)) != PM_DONE;) {
        if (event == PM_ENTER)
            plain_node(&b, it.node);
        else if (!pm_node_is_inline(it.node->kind))
            separate(&b);
    }
    if (b.status)
        doc->arena->failed = true;
    else
        plain = pm_arena_str(doc->arena, pm_str_trim(pm_buf_slice(&b)));
    pm_buf_free(&b);
    return plain;
}
