#include "render/pdf/tag.h"

struct pm_tag *pm_tag_new(struct pm_arena *arena, struct pm_tag *parent, enum pm_tag_kind kind)
{
    struct pm_tag *tag = pm_arena_alloc(arena, sizeof *tag);
    if (!tag)
        return NULL;
    tag->kind = kind;
    if (parent)
        pm_tag_insert(tag, parent, parent->last);
    return tag;
}

void pm_tag_insert(struct pm_tag *tag, struct pm_tag *parent, struct pm_tag *after)
{
    if (!tag || !parent)
        return;
    tag->parent = parent;
    tag->next = after ? after->next : parent->first;
    if (after)
        after->next = tag;
    else
        parent->first = tag;
    if (parent->last == after)
        parent->last = tag;
}

void pm_tag_content(struct pm_arena *arena, struct pm_tag *tag, size_t page, int mcid, void *object)
{
    struct pm_content *content = tag ? pm_arena_alloc(arena, sizeof *content) : NULL;
    if (!content)
        return;
    content->page = page;
    content->mcid = mcid;
    content->object = object;
    content->after = tag->painted;
    if (tag->content_last)
        tag->content_last->next = content;
    else
        tag->content = content;
    tag->content_last = content;
    if (tag->parent)
        tag->parent->painted = tag;
}

const char *pm_tag_name(enum pm_tag_kind kind)
{
    static const char *const names[PM_TAG_KINDS] = {
        [PM_TAG_DOCUMENT] = "Document", [PM_TAG_SECT] = "Sect", [PM_TAG_DIV] = "Div", [PM_TAG_H1] = "H1", [PM_TAG_H2] = "H2",
        [PM_TAG_H3] = "H3", [PM_TAG_H4] = "H4", [PM_TAG_H5] = "H5", [PM_TAG_H6] = "H6", [PM_TAG_P] = "P", [PM_TAG_L] = "L",
        [PM_TAG_LI] = "LI", [PM_TAG_LBL] = "Lbl", [PM_TAG_LBODY] = "LBody", [PM_TAG_TABLE] = "Table", [PM_TAG_THEAD] = "THead",
        [PM_TAG_TBODY] = "TBody", [PM_TAG_TR] = "TR", [PM_TAG_TH] = "TH", [PM_TAG_TD] = "TD", [PM_TAG_FIGURE] = "Figure",
        [PM_TAG_CAPTION] = "Caption", [PM_TAG_LINK] = "Link", [PM_TAG_BLOCKQUOTE] = "BlockQuote", [PM_TAG_CODE] = "Code",
        [PM_TAG_SPAN] = "Span", [PM_TAG_TOC] = "TOC", [PM_TAG_TOCI] = "TOCI", [PM_TAG_REFERENCE] = "Reference",
    };
    return kind < PM_TAG_KINDS ? names[kind] : "NonStruct";
}
