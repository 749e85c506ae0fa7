#include "render/docx/reference_internal.h"

#include <stdlib.h>
#include <string.h>

enum kind { STYLE, NUMBERING, ID };

/* Where names and numbers stand that may be others in the reference. Those of relations are in attributes with the prefix r. */
#define PLACE(tag, attribute, kind) {sizeof tag - 1, tag, attribute, kind}
static const struct { size_t n; const char *tag, *attribute; enum kind kind; } places[] = {
    PLACE("w:pStyle", "w:val", STYLE), PLACE("w:rStyle", "w:val", STYLE), PLACE("w:tblStyle", "w:val", STYLE),
    PLACE("w:style", "w:styleId", STYLE), PLACE("w:basedOn", "w:val", STYLE), PLACE("w:next", "w:val", STYLE),
    PLACE("w:link", "w:val", STYLE), PLACE("w:numStyleLink", "w:val", STYLE), PLACE("w:styleLink", "w:val", STYLE),
    PLACE("w:numId", "w:val", NUMBERING), PLACE("w:abstractNumId", "w:val", NUMBERING), PLACE("w:num", "w:numId", NUMBERING),
    PLACE("w:abstractNum", "w:abstractNumId", NUMBERING), PLACE("w:bookmarkStart", "w:id", ID), PLACE("w:bookmarkEnd", "w:id", ID),
    PLACE("wp:docPr", "id", ID)};
enum { PLACES = sizeof places / sizeof *places };

struct pm_str pm_renamed(const struct pm_renaming *list, struct pm_str name)
{
    while (list && !pm_str_eq(list->from, name))
        list = list->next;
    return list ? list->to : name;
}

void pm_rename(struct pm_arena *arena, struct pm_renaming **list, struct pm_str from, struct pm_str to)
{
    struct pm_renaming *r = pm_str_eq(from, to) ? NULL : pm_arena_alloc(arena, sizeof *r);
    if (!r)
        return;
    *r = (struct pm_renaming){.from = from, .to = to, .next = *list};
    *list = r;
}

/* The value of an attribute within a tag, absent when it is not there. */
static struct pm_str value_in(struct pm_str tag, const char *attribute)
{
    size_t n = strlen(attribute);
    for (size_t i = 0; i + n + 3 < tag.n; i++) {
        if (tag.p[i] != ' ' || memcmp(tag.p + i + 1, attribute, n) != 0 || memcmp(tag.p + i + 1 + n, "=\"", 2) != 0)
            continue;
        const char *value = tag.p + i + n + 3, *end = memchr(value, '"', tag.n - (i + n + 3));
        return end ? (struct pm_str){value, (size_t)(end - value)} : (struct pm_str){NULL, 0};
    }
    return (struct pm_str){NULL, 0};
}

struct remapping {
    const struct pm_renamings *renamings;
    struct pm_buf *out;
    const char *copied;            /* what stands before it is written */
};

static void copy_to(struct remapping *m, const char *end)
{
    pm_buf_add(m->out, m->copied, (size_t)(end - m->copied));
    m->copied = end;
}

static void put_name(struct remapping *m, struct pm_str value, const struct pm_renaming *list)
{
    struct pm_str name = pm_renamed(list, value);
    if (name.p == value.p)
        return;
    copy_to(m, value.p);
    pm_buf_xml(m->out, name);
    m->copied = value.p + value.n;
}

/* 0 stands for no numbering at all. */
static void put_number(struct remapping *m, struct pm_str value, long more)
{
    long number = strtol(value.p, NULL, 10);   /* ends at the quotation mark */
    if (more == 0 || number == 0)
        return;
    copy_to(m, value.p);
    pm_buf_printf(m->out, "%ld", number + more);
    m->copied = value.p + value.n;
}

static void put_relations(struct remapping *m, struct pm_str tag)
{
    static const char *const names[] = {"r:id", "r:embed", "r:link"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct pm_str value = value_in(tag, names[i]);
        if (pm_relation_number(value) == 0)
            continue;
        copy_to(m, value.p);
        pm_buf_printf(m->out, "pmId%ld", pm_relation_number(value) + m->renamings->relations);
        m->copied = value.p + value.n;
    }
}

static void put_tag(struct remapping *m, struct pm_str tag)
{
    size_t n = 0;
    int i = 0;
    while (n < tag.n && tag.p[n] != ' ' && tag.p[n] != '/')
        n++;
    while (i < PLACES && !(places[i].n == n && memcmp(tag.p, places[i].tag, n) == 0))
        i++;
    struct pm_str value = i < PLACES ? value_in(tag, places[i].attribute) : (struct pm_str){NULL, 0};
    if (value.n && places[i].kind == STYLE)
        put_name(m, value, m->renamings->styles);
    else if (value.n)
        put_number(m, value, places[i].kind == NUMBERING ? m->renamings->numbering : m->renamings->ids);
    else if (m->renamings->relations)
        put_relations(m, tag);
}

void pm_reference_remap(struct pm_str body, const struct pm_renamings *renamings, struct pm_buf *out)
{
    struct remapping m = {.renamings = renamings, .out = out, .copied = body.p};
    if (!renamings->styles && renamings->relations == 0 && renamings->numbering == 0 && renamings->ids == 0) {
        pm_buf_str(out, body);
        return;
    }
    const char *end = body.p + body.n;
    for (const char *at = body.p; at < end && (at = memchr(at, '<', (size_t)(end - at))) != NULL;) {
        const char *close = memchr(at, '>', (size_t)(end - at));
        if (!close)
            break;
        put_tag(&m, (struct pm_str){at + 1, (size_t)(close - at - 1)});
        at = close;
    }
    if (body.n)
        copy_to(&m, end);
}
