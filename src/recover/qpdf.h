/* libqpdf, by its C interface. It brings C++ and GnuTLS along, so it is loaded when a PDF file is first read.
 *
 * The functions are called by their own names, once pm_qpdf_load() was true. Configured with --disable-lazy-libraries they are linked as
 * those of any library. */
#ifndef PM_QPDF_H
#define PM_QPDF_H

#include <stdbool.h>

#include <qpdf/qpdf-c.h>

/* Whether the functions below can be called; loads them when first asked. */
bool pm_qpdf_load(void);

/* PM_QPDF_LIBRARY: the file name of the library to load. */
#ifdef PM_QPDF_LIBRARY

/* Each has a row here and one below. */
#define PM_QPDF_FUNCTIONS(X) \
    X(qpdf_cleanup) X(qpdf_get_error) X(qpdf_get_error_code) X(qpdf_get_root) X(qpdf_has_error) X(qpdf_init) \
    X(qpdf_oh_get_array_item) X(qpdf_oh_get_array_n_items) X(qpdf_oh_get_binary_utf8_value) X(qpdf_oh_get_dict) X(qpdf_oh_get_key) \
    X(qpdf_oh_get_stream_data) X(qpdf_oh_is_array) \
    X(qpdf_oh_is_dictionary) X(qpdf_oh_is_name_and_equals) X(qpdf_oh_is_null) X(qpdf_oh_is_stream) X(qpdf_oh_is_string) \
    X(qpdf_read_memory) X(qpdf_set_suppress_warnings) X(qpdf_silence_errors)

struct pm_qpdf {
#define PM_QPDF_MEMBER(name) __typeof__(name) *name;
    PM_QPDF_FUNCTIONS(PM_QPDF_MEMBER)
#undef PM_QPDF_MEMBER
};

/* All NULL before they are loaded. */
extern struct pm_qpdf pm_qpdf;

#define qpdf_cleanup pm_qpdf.qpdf_cleanup
#define qpdf_get_error pm_qpdf.qpdf_get_error
#define qpdf_get_error_code pm_qpdf.qpdf_get_error_code
#define qpdf_get_root pm_qpdf.qpdf_get_root
#define qpdf_has_error pm_qpdf.qpdf_has_error
#define qpdf_init pm_qpdf.qpdf_init
#define qpdf_oh_get_array_item pm_qpdf.qpdf_oh_get_array_item
#define qpdf_oh_get_array_n_items pm_qpdf.qpdf_oh_get_array_n_items
#define qpdf_oh_get_binary_utf8_value pm_qpdf.qpdf_oh_get_binary_utf8_value
#define qpdf_oh_get_dict pm_qpdf.qpdf_oh_get_dict
#define qpdf_oh_get_key pm_qpdf.qpdf_oh_get_key
#define qpdf_oh_get_stream_data pm_qpdf.qpdf_oh_get_stream_data
#define qpdf_oh_is_array pm_qpdf.qpdf_oh_is_array
#define qpdf_oh_is_dictionary pm_qpdf.qpdf_oh_is_dictionary
#define qpdf_oh_is_name_and_equals pm_qpdf.qpdf_oh_is_name_and_equals
#define qpdf_oh_is_null pm_qpdf.qpdf_oh_is_null
#define qpdf_oh_is_stream pm_qpdf.qpdf_oh_is_stream
#define qpdf_oh_is_string pm_qpdf.qpdf_oh_is_string
#define qpdf_read_memory pm_qpdf.qpdf_read_memory
#define qpdf_set_suppress_warnings pm_qpdf.qpdf_set_suppress_warnings
#define qpdf_silence_errors pm_qpdf.qpdf_silence_errors

#endif
#endif
