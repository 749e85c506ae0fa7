/* HarfBuzz, which is loaded when something first needs it: text that the tables of the compiled-in faces cannot vouch for, or a font from
 * a file. Loading it and the libraries that it needs takes longer than laying out a page, and a report in Latin does without.
 *
 * The functions are called by their own names, once pm_harfbuzz_load() was true. Configured with --disable-lazy-libraries, or where there
 * is no dlopen(), they are linked as those of any library. HarfBuzz is included by way of this file alone, but for mkfonts.c. */
#ifndef PM_PDF_HARFBUZZ_H
#define PM_PDF_HARFBUZZ_H

#include <hb-ot.h>
#include <hb-subset.h>
#include <hb.h>
#include <stdbool.h>

/* Whether the functions below can be called; loads them when first asked. What could not be loaded stays so, that no text is treated in
 * two ways. */
bool pm_harfbuzz_load(void);

/* Why they could not be loaded; NULL: they could, or were not needed. */
const char *pm_harfbuzz_error(void);

/* PM_HARFBUZZ_LIBRARY: the file name of the library to load, libharfbuzz-subset, which brings libharfbuzz with it. */
#ifdef PM_HARFBUZZ_LIBRARY

/* Each has a row here and one below. */
#define PM_HARFBUZZ_FUNCTIONS(X) \
    X(hb_blob_create_from_file_or_fail) X(hb_blob_create) X(hb_blob_destroy) X(hb_blob_get_data) X(hb_blob_get_empty) \
    X(hb_blob_get_length) \
    X(hb_buffer_add_utf8) X(hb_buffer_allocation_successful) X(hb_buffer_clear_contents) X(hb_buffer_create) X(hb_buffer_destroy) \
    X(hb_buffer_get_glyph_infos) X(hb_buffer_get_glyph_positions) X(hb_buffer_get_length) X(hb_buffer_set_cluster_level) \
    X(hb_buffer_set_direction) X(hb_buffer_set_flags) X(hb_buffer_set_language) X(hb_buffer_set_script) \
    X(hb_face_count) X(hb_face_create) X(hb_face_create_for_tables) X(hb_face_destroy) X(hb_face_get_empty) \
    X(hb_face_get_glyph_count) X(hb_face_get_upem) X(hb_face_make_immutable) X(hb_face_reference_blob) X(hb_face_reference_table) \
    X(hb_font_create) X(hb_font_destroy) X(hb_font_get_empty) X(hb_font_get_face) X(hb_font_get_glyph_extents) \
    X(hb_font_get_glyph_h_advance) X(hb_font_get_h_extents) X(hb_font_get_nominal_glyph) \
    X(hb_language_from_string) X(hb_map_get) X(hb_ot_metrics_get_position) X(hb_ot_name_get_utf8) X(hb_set_add) \
    X(hb_set_allocation_successful) X(hb_shape_full) X(hb_style_get_value) \
    X(hb_subset_input_create_or_fail) X(hb_subset_input_destroy) X(hb_subset_input_glyph_set) X(hb_subset_input_set_flags) \
    X(hb_subset_plan_create_or_fail) X(hb_subset_plan_destroy) X(hb_subset_plan_execute_or_fail) \
    X(hb_subset_plan_old_to_new_glyph_mapping) \
    X(hb_unicode_funcs_get_default) X(hb_unicode_general_category) X(hb_unicode_script)

struct pm_harfbuzz {
#define PM_HARFBUZZ_MEMBER(name) __typeof__(name) *name;
    PM_HARFBUZZ_FUNCTIONS(PM_HARFBUZZ_MEMBER)
#undef PM_HARFBUZZ_MEMBER
};

/* All NULL before they are loaded. */
extern struct pm_harfbuzz pm_harfbuzz;

#define hb_blob_create_from_file_or_fail pm_harfbuzz.hb_blob_create_from_file_or_fail
#define hb_blob_create pm_harfbuzz.hb_blob_create
#define hb_blob_destroy pm_harfbuzz.hb_blob_destroy
#define hb_blob_get_data pm_harfbuzz.hb_blob_get_data
#define hb_blob_get_empty pm_harfbuzz.hb_blob_get_empty
#define hb_blob_get_length pm_harfbuzz.hb_blob_get_length
#define hb_buffer_add_utf8 pm_harfbuzz.hb_buffer_add_utf8
#define hb_buffer_allocation_successful pm_harfbuzz.hb_buffer_allocation_successful
#define hb_buffer_clear_contents pm_harfbuzz.hb_buffer_clear_contents
#define hb_buffer_create pm_harfbuzz.hb_buffer_create
#define hb_buffer_destroy pm_harfbuzz.hb_buffer_destroy
#define hb_buffer_get_glyph_infos pm_harfbuzz.hb_buffer_get_glyph_infos
#define hb_buffer_get_glyph_positions pm_harfbuzz.hb_buffer_get_glyph_positions
#define hb_buffer_get_length pm_harfbuzz.hb_buffer_get_length
#define hb_buffer_set_cluster_level pm_harfbuzz.hb_buffer_set_cluster_level
#define hb_buffer_set_direction pm_harfbuzz.hb_buffer_set_direction
#define hb_buffer_set_flags pm_harfbuzz.hb_buffer_set_flags
#define hb_buffer_set_language pm_harfbuzz.hb_buffer_set_language
#define hb_buffer_set_script pm_harfbuzz.hb_buffer_set_script
#define hb_face_count pm_harfbuzz.hb_face_count
#define hb_face_create pm_harfbuzz.hb_face_create
#define hb_face_create_for_tables pm_harfbuzz.hb_face_create_for_tables
#define hb_face_destroy pm_harfbuzz.hb_face_destroy
#define hb_face_get_empty pm_harfbuzz.hb_face_get_empty
#define hb_face_get_glyph_count pm_harfbuzz.hb_face_get_glyph_count
#define hb_face_get_upem pm_harfbuzz.hb_face_get_upem
#define hb_face_make_immutable pm_harfbuzz.hb_face_make_immutable
#define hb_face_reference_blob pm_harfbuzz.hb_face_reference_blob
#define hb_face_reference_table pm_harfbuzz.hb_face_reference_table
#define hb_font_create pm_harfbuzz.hb_font_create
#define hb_font_destroy pm_harfbuzz.hb_font_destroy
#define hb_font_get_empty pm_harfbuzz.hb_font_get_empty
#define hb_font_get_face pm_harfbuzz.hb_font_get_face
#define hb_font_get_glyph_extents pm_harfbuzz.hb_font_get_glyph_extents
#define hb_font_get_glyph_h_advance pm_harfbuzz.hb_font_get_glyph_h_advance
#define hb_font_get_h_extents pm_harfbuzz.hb_font_get_h_extents
#define hb_font_get_nominal_glyph pm_harfbuzz.hb_font_get_nominal_glyph
#define hb_language_from_string pm_harfbuzz.hb_language_from_string
#define hb_map_get pm_harfbuzz.hb_map_get
#define hb_ot_metrics_get_position pm_harfbuzz.hb_ot_metrics_get_position
#define hb_ot_name_get_utf8 pm_harfbuzz.hb_ot_name_get_utf8
#define hb_set_add pm_harfbuzz.hb_set_add
#define hb_set_allocation_successful pm_harfbuzz.hb_set_allocation_successful
#define hb_shape_full pm_harfbuzz.hb_shape_full
#define hb_style_get_value pm_harfbuzz.hb_style_get_value
#define hb_subset_input_create_or_fail pm_harfbuzz.hb_subset_input_create_or_fail
#define hb_subset_input_destroy pm_harfbuzz.hb_subset_input_destroy
#define hb_subset_input_glyph_set pm_harfbuzz.hb_subset_input_glyph_set
#define hb_subset_input_set_flags pm_harfbuzz.hb_subset_input_set_flags
#define hb_subset_plan_create_or_fail pm_harfbuzz.hb_subset_plan_create_or_fail
#define hb_subset_plan_destroy pm_harfbuzz.hb_subset_plan_destroy
#define hb_subset_plan_execute_or_fail pm_harfbuzz.hb_subset_plan_execute_or_fail
#define hb_subset_plan_old_to_new_glyph_mapping pm_harfbuzz.hb_subset_plan_old_to_new_glyph_mapping
#define hb_unicode_funcs_get_default pm_harfbuzz.hb_unicode_funcs_get_default
#define hb_unicode_general_category pm_harfbuzz.hb_unicode_general_category
#define hb_unicode_script pm_harfbuzz.hb_unicode_script

#endif
#endif
