#include "render/pdf/outline.h"

#include "base/utf8.h"

#include <stdlib.h>

#define LEVELS 3

static HPDF_Binary text_string(HPDF_Doc doc, struct pm_str utf8)
{
    if (utf8.n > 2000)
        utf8 = pm_utf8_prefix(utf8, 500);
    unsigned char *bytes = malloc(2 + 2 * utf8.n);
    if (!bytes)
        return NULL;
    bytes[0] = 0xFE;
    bytes[1] = 0xFF;
    size_t n = 2 + pm_utf8_to_utf16be(utf8, bytes + 2);
    HPDF_Binary binary = HPDF_Binary_New(doc->mmgr, bytes, (HPDF_UINT)n);
    free(bytes);
    return binary;
}

static HPDF_Outline add_item(struct pm_canvas *canvas, HPDF_Outline parent, const struct pm_anchor *anchor, size_t first, bool open)
{
    HPDF_Outline item = HPDF_CreateOutline(canvas->file->doc, parent, "-", NULL);
    HPDF_Binary title = item ? text_string(canvas->file->doc, anchor->title) : NULL;
    if (!title || HPDF_Dict_Add(item, "Title", title) != HPDF_OK)
        return NULL;
    HPDF_Outline_SetOpened(item, open ? HPDF_TRUE : HPDF_FALSE);
    struct pm_buf b;
    pm_buf_init(&b, 1024);
    pm_buf_puts(&b, "/Dest[");
    pm_put_ref(&b, canvas->sheets[first + anchor->page].page);
    pm_buf_puts(&b, "/XYZ 0 ");
    pm_buf_number(&b, canvas->theme->paper_height - anchor->y + 4, 2);
    pm_buf_puts(&b, " null]");
    pm_object_take(canvas->file, item, &b);
    return item;
}

enum pm_status pm_outline_add(struct pm_canvas *canvas, const struct pm_layout *layout, size_t first, bool with_title)
{
    HPDF_Outline parents[LEVELS] = {NULL};
    for (size_t i = 0; i < layout->anchor_count; i++) {
        const struct pm_anchor *anchor = &layout->anchors[i];
        int level = with_title ? anchor->level : anchor->level - 1;
        if (level < 0 || level >= LEVELS || first + anchor->page >= canvas->sheet_count)
            continue;
        HPDF_Outline item = add_item(canvas, level > 0 ? parents[level - 1] : NULL, anchor, first, level == 0 && !with_title);
        if (!item)
            return PM_NOMEM;
        for (int l = level; l < LEVELS; l++)
            parents[l] = item;
    }
    return pm_arena_failed(canvas->file->arena) ? PM_NOMEM : PM_OK;
}
