#include "render/pdf/subset.h"

#include "render/pdf/font_internal.h"
#include "render/pdf/harfbuzz.h"

/* ---- compiled-in faces ---- */

static enum pm_status subset_builtin(struct pm_subset *subset, const struct pm_font_use *use, struct pm_arena *arena)
{
    const struct pm_truetype *font = &use->font->truetype;
    uint16_t *map = pm_arena_array(arena, font->glyph_count, sizeof *map);
    if (!map)
        return PM_NOMEM;
    for (size_t i = 0; i < use->count; i++)
        map[use->codes[i].gid] = 1;
    pm_truetype_subset(font, map, arena, &subset->program);
    for (size_t i = 0; i < use->count; i++)
        subset->gids[i] = map[use->codes[i].gid];
    return subset->program.status;
}

/* ---- fonts from files, by hb-subset ---- */

/* The tables that a font program in a PDF needs. Without the others hb-subset plans no character map and no layout, which
 * took nine tenths of its time. */
static const hb_tag_t needed[] = {
    HB_TAG('h', 'e', 'a', 'd'), HB_TAG('h', 'h', 'e', 'a'), HB_TAG('h', 'm', 't', 'x'), HB_TAG('m', 'a', 'x', 'p'),
    HB_TAG('l', 'o', 'c', 'a'), HB_TAG('g', 'l', 'y', 'f'), HB_TAG('C', 'F', 'F', ' ')};
enum { NEEDED = sizeof needed / sizeof *needed };

static hb_blob_t *needed_table(hb_face_t *face, hb_tag_t tag, void *full_face)
{
    (void)face;
    for (size_t i = 0; i < NEEDED; i++)
        if (tag == needed[i])
            return hb_face_reference_table(full_face, tag);
    return hb_blob_get_empty();
}

struct plan {
    hb_subset_input_t *input;
    hb_subset_plan_t *plan;
    hb_face_t *source, *face;
    const hb_map_t *map;       /* of the plan */
};

static void plan_free(struct plan *s)
{
    hb_face_destroy(s->face);
    hb_face_destroy(s->source);
    hb_subset_plan_destroy(s->plan);
    hb_subset_input_destroy(s->input);
}

static bool has_ink(const struct pm_font_use *use)
{
    hb_glyph_extents_t extents;
    for (size_t i = 0; i < use->count; i++)
        if (hb_font_get_glyph_extents(use->font->hb, use->codes[i].gid, &extents) && extents.width && extents.height)
            return true;
    return false;
}

/* hb-subset leaves out a table that it had no memory for, and says nothing. Outlines are missing by right where all glyphs are blank. */
static bool is_whole(const struct plan *s, const struct pm_font_use *use)
{
    for (size_t i = 0; i < NEEDED; i++) {
        bool blank = needed[i] == HB_TAG('g', 'l', 'y', 'f') && !has_ink(use);
        if (!blank && pm_table_size(s->source, needed[i]) && !pm_table_size(s->face, needed[i]))
            return false;
    }
    return true;
}

static bool plan_make(struct plan *s, const struct pm_font_use *use)
{
    *s = (struct plan){.input = hb_subset_input_create_or_fail()};
    if (!s->input)
        return false;
    unsigned flags = HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE;
    if (use->font->kind == PM_FONT_CFF_NAMED)
        flags |= HB_SUBSET_FLAGS_RETAIN_GIDS;
    hb_subset_input_set_flags(s->input, flags);
    hb_set_t *glyphs = hb_subset_input_glyph_set(s->input);
    for (size_t i = 0; i < use->count; i++)
        hb_set_add(glyphs, use->codes[i].gid);
    s->source = hb_face_create_for_tables(needed_table, hb_font_get_face(use->font->hb), NULL);
    if (hb_set_allocation_successful(glyphs) && s->source != hb_face_get_empty())
        s->plan = hb_subset_plan_create_or_fail(s->source, s->input);
    if (s->plan)
        s->face = hb_subset_plan_execute_or_fail(s->plan);
    if (s->face && is_whole(s, use))
        s->map = hb_subset_plan_old_to_new_glyph_mapping(s->plan);
    return s->map != NULL;
}

/* The TrueType file, or the CFF table alone. */
static void take_program(struct pm_subset *subset, hb_face_t *face, bool truetype)
{
    hb_blob_t *blob = hb_face_reference_blob(face);
    if (!truetype) {
        hb_face_t *opened = hb_face_create(blob, 0);
        hb_blob_destroy(blob);
        blob = hb_face_reference_table(opened, HB_TAG('C', 'F', 'F', ' '));
        hb_face_destroy(opened);
    }
    unsigned n = 0;
    const char *data = hb_blob_get_data(blob, &n);
    if (n)
        pm_buf_add(&subset->program, data, n);
    hb_blob_destroy(blob);
}

static enum pm_status subset_file(struct pm_subset *subset, const struct pm_font_use *use)
{
    struct plan plan;
    enum pm_status status = PM_UNSUPPORTED;
    if (plan_make(&plan, use)) {
        take_program(subset, plan.face, use->font->kind == PM_FONT_TRUETYPE);
        for (size_t i = 0; i < use->count; i++) {
            hb_codepoint_t gid = hb_map_get(plan.map, use->codes[i].gid);
            subset->gids[i] = gid <= UINT16_MAX ? (uint16_t)gid : 0;   /* a character map may name a glyph beyond the last */
        }
        status = subset->program.len ? subset->program.status : PM_NOMEM;
    }
    plan_free(&plan);
    return status;
}

enum pm_status pm_subset_make(struct pm_subset *subset, const struct pm_font_use *use, struct pm_arena *arena)
{
    pm_buf_init(&subset->program, UINT32_MAX);
    subset->gids = pm_arena_array(arena, use->count, sizeof *subset->gids);
    if (!subset->gids)
        return PM_NOMEM;
    return use->font->builtin ? subset_builtin(subset, use, arena) : subset_file(subset, use);
}

void pm_subset_free(struct pm_subset *subset)
{
    pm_buf_free(&subset->program);
}
