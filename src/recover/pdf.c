/* The sources of a PDF file: associated files whose relationship is Source (ISO 32000-2, 14.13), else embedded files with a name of YAML.
 * The hash stands in the description of the file. */
#include "recover/recover_internal.h"

#include "base/limits.h"
#include "recover/inflate.h"
#include "recover/qpdf.h"

#include <stdlib.h>
#include <string.h>

#define TOO_LARGE "is refused: what it holds is a hundred times larger than the file"

enum { MOST_FILES = 100000, MOST_DEPTH = 32, HASH = 64 };

struct pdf {
    struct pm_recovery *r;
    qpdf_data q;
    size_t left;              /* objects that may still be looked at */
    size_t room;              /* bytes that all sources may still take: several files may have one stream */
};

/* ---- the bytes ---- */

/* What all sources may become: 8 MiB, beyond that a hundred times of the file. */
static size_t most_inflated(size_t file)
{
    const size_t always = (size_t)8 << 20;
    return file > PM_MAX_INPUT / 100 ? PM_MAX_INPUT : file * 100 > always ? file * 100 : always;
}

/* Into the arena; absent after a failure. */
static struct pm_str inflated(struct pm_recovery *r, struct pm_str packed)
{
    struct pm_str text = {NULL, 0};
    struct pm_buf b;
    pm_buf_init(&b, PM_MAX_INPUT);
    switch (pm_inflate(packed, &b)) {
    case PM_OK:
        text = pm_arena_str(r->arena, pm_buf_slice(&b));
        break;
    case PM_LIMIT:
        pm_recovery_fail(r, PM_LIMIT, TOO_LARGE);
        break;
    case PM_NOMEM:
        pm_recovery_fail(r, PM_NOMEM, "");
        break;
    default:
        pm_recovery_fail(r, PM_INVALID, "is damaged: the attached source cannot be inflated");
    }
    pm_buf_free(&b);
    return text;
}

/* Whether the stream is deflated and nothing else; *plain: or not packed at all. */
static bool is_deflated(struct pdf *pdf, qpdf_oh dict, bool *plain)
{
    qpdf_oh filter = qpdf_oh_get_key(pdf->q, dict, "/Filter"), parameters = qpdf_oh_get_key(pdf->q, dict, "/DecodeParms");
    int filters = qpdf_oh_is_array(pdf->q, filter) ? qpdf_oh_get_array_n_items(pdf->q, filter) : -1;
    *plain = qpdf_oh_is_null(pdf->q, filter) || filters == 0;
    if (filters == 1)
        filter = qpdf_oh_get_array_item(pdf->q, filter, 0);
    return qpdf_oh_is_null(pdf->q, parameters) && qpdf_oh_is_name_and_equals(pdf->q, filter, "/FlateDecode");
}

/* The content of a stream; absent after a failure. libqpdf gives it as it is packed, since it would inflate without a bound. */
static struct pm_str content_of(struct pdf *pdf, qpdf_oh stream)
{
    struct pm_str text = {NULL, 0};
    bool plain;
    QPDF_BOOL filtered;
    unsigned char *bytes = NULL;
    size_t n = 0;
    bool deflated = is_deflated(pdf, qpdf_oh_get_dict(pdf->q, stream), &plain);
    if (qpdf_oh_get_stream_data(pdf->q, stream, qpdf_dl_none, &filtered, &bytes, &n) & QPDF_ERRORS)
        pm_recovery_fail(pdf->r, PM_INVALID, "is damaged: the attached source cannot be read");
    else if (deflated)
        text = inflated(pdf->r, (struct pm_str){(const char *)bytes, n});
    else if (plain)
        text = pm_arena_str(pdf->r->arena, (struct pm_str){(const char *)bytes, n});
    else
        pm_recovery_fail(pdf->r, PM_INVALID, "has its source packed in a way that is not read here");
    free(bytes);
    return text;
}

/* ---- files ---- */

/* A text of a dictionary, into the arena. */
static struct pm_str text_of(struct pdf *pdf, qpdf_oh dict, const char *key)
{
    size_t n = 0;
    qpdf_oh value = qpdf_oh_get_key(pdf->q, dict, key);
    if (!qpdf_oh_is_string(pdf->q, value))
        return (struct pm_str){NULL, 0};
    const char *text = qpdf_oh_get_binary_utf8_value(pdf->q, value, &n);
    return pm_arena_str(pdf->r->arena, (struct pm_str){text, n});
}

/* The 64 hexadecimal digits behind "SHA-256 ". */
static struct pm_str hash_in(struct pm_str description)
{
    static const char before[] = "SHA-256 ";
    size_t at = pm_text_find(description, before, 0) + sizeof before - 1;
    if (at > description.n || description.n - at < HASH)
        return (struct pm_str){NULL, 0};
    for (size_t i = 0; i < HASH; i++)
        if (!memchr("0123456789abcdefABCDEF", description.p[at + i], 22))
            return (struct pm_str){NULL, 0};
    return (struct pm_str){description.p + at, HASH};
}

static bool ends_as_yaml(struct pm_str name)
{
    return (name.n > 5 && pm_str_same_word((struct pm_str){name.p + name.n - 5, 5}, ".yaml")) ||
           (name.n > 4 && pm_str_same_word((struct pm_str){name.p + name.n - 4, 4}, ".yml"));
}

static void take_file(struct pdf *pdf, qpdf_oh spec, bool by_name)
{
    if (pdf->left == 0 || !qpdf_oh_is_dictionary(pdf->q, spec))
        return;
    pdf->left--;
    struct pm_str name = text_of(pdf, spec, "/UF");
    if (!name.p)
        name = text_of(pdf, spec, "/F");
    bool related = qpdf_oh_is_name_and_equals(pdf->q, qpdf_oh_get_key(pdf->q, spec, "/AFRelationship"), "/Source");
    qpdf_oh files = qpdf_oh_get_key(pdf->q, spec, "/EF");
    if ((!related && !(by_name && ends_as_yaml(name))) || !qpdf_oh_is_dictionary(pdf->q, files))
        return;
    qpdf_oh stream = qpdf_oh_get_key(pdf->q, files, "/F");
    if (!qpdf_oh_is_stream(pdf->q, stream))
        stream = qpdf_oh_get_key(pdf->q, files, "/UF");
    if (!qpdf_oh_is_stream(pdf->q, stream))
        return;
    struct pm_str content = content_of(pdf, stream);
    if (content.n > pdf->room)
        pm_recovery_fail(pdf->r, PM_LIMIT, TOO_LARGE);
    pdf->room -= content.n < pdf->room ? content.n : pdf->room;
    struct pm_found found = {.text = content, .sha256 = hash_in(text_of(pdf, spec, "/Desc")), .place = name};
    if (found.text.p)
        pm_source_add(pdf->r, &found);
}

static void take_associated(struct pdf *pdf, qpdf_oh files)
{
    int count = qpdf_oh_is_array(pdf->q, files) ? qpdf_oh_get_array_n_items(pdf->q, files) : 0;
    if (qpdf_oh_is_dictionary(pdf->q, files))
        take_file(pdf, files, false);
    for (int i = 0; i < count && pdf->left > 0 && pdf->r->status == PM_OK; i++)
        take_file(pdf, qpdf_oh_get_array_item(pdf->q, files, i), false);
}

/* A name tree (ISO 32000-1, 7.9.6), whose nodes may be shared or go in a circle: `left` bounds them. */
static void take_tree(struct pdf *pdf, qpdf_oh node, int depth)
{
    if (!qpdf_oh_is_dictionary(pdf->q, node) || depth > MOST_DEPTH || pdf->left == 0)
        return;
    pdf->left--;
    qpdf_oh names = qpdf_oh_get_key(pdf->q, node, "/Names"), kids = qpdf_oh_get_key(pdf->q, node, "/Kids");
    int count = qpdf_oh_is_array(pdf->q, names) ? qpdf_oh_get_array_n_items(pdf->q, names) : 0;
    for (int i = 1; i < count && pdf->left > 0 && pdf->r->status == PM_OK; i += 2)
        take_file(pdf, qpdf_oh_get_array_item(pdf->q, names, i), true);
    count = qpdf_oh_is_array(pdf->q, kids) ? qpdf_oh_get_array_n_items(pdf->q, kids) : 0;
    for (int i = 0; i < count && pdf->left > 0 && pdf->r->status == PM_OK; i++)
        take_tree(pdf, qpdf_oh_get_array_item(pdf->q, kids, i), depth + 1);
}

/* ---- the file ---- */

static void refuse(struct pdf *pdf)
{
    qpdf_error error = qpdf_get_error(pdf->q);
    switch (error ? qpdf_get_error_code(pdf->q, error) : qpdf_e_damaged_pdf) {
    case qpdf_e_password:
        pm_recovery_fail(pdf->r, PM_INVALID, "wants a password");
        return;
    case qpdf_e_internal:
    case qpdf_e_system:
        pm_recovery_fail(pdf->r, PM_LIMIT, "is refused: it would take more memory than a file of its size may");
        return;
    default:
        pm_recovery_fail(pdf->r, PM_INVALID, "is damaged");
    }
}

static void read_files(struct pdf *pdf)
{
    qpdf_oh root = qpdf_get_root(pdf->q);
    if (!qpdf_oh_is_dictionary(pdf->q, root)) {
        refuse(pdf);
        return;
    }
    take_associated(pdf, qpdf_oh_get_key(pdf->q, root, "/AF"));
    qpdf_oh names = qpdf_oh_get_key(pdf->q, root, "/Names");
    if (pdf->r->sources->count == 0 && qpdf_oh_is_dictionary(pdf->q, names))
        take_tree(pdf, qpdf_oh_get_key(pdf->q, names, "/EmbeddedFiles"), 0);
    if (pdf->r->sources->count == 0 && qpdf_has_error(pdf->q))
        refuse(pdf);
}

void pm_recover_pdf(struct pm_recovery *r)
{
    if (!pm_qpdf_load()) {
        pm_recovery_fail(r, PM_UNSUPPORTED, "");
        return;
    }
    struct pdf pdf = {.r = r, .q = qpdf_init(), .left = MOST_FILES, .room = most_inflated(r->bytes.n)};
    qpdf_silence_errors(pdf.q);
    qpdf_set_suppress_warnings(pdf.q, QPDF_TRUE);
    if (qpdf_read_memory(pdf.q, "", r->bytes.p, r->bytes.n, NULL) & QPDF_ERRORS)
        refuse(&pdf);
    else
        read_files(&pdf);
    qpdf_get_error(pdf.q);            /* one that nobody asks for is printed */
    qpdf_cleanup(&pdf.q);
}
