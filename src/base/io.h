/* Whole files in, whole files out, and documents off a stream. */
#ifndef PM_IO_H
#define PM_IO_H

#include "base/buf.h"
#include "base/status.h"

#include <stdint.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* Appends all of `path` ("-": standard input) to b, whose maximum is the limit. PM_IO leaves errno. */
enum pm_status pm_read_file(const char *path, struct pm_buf *b);

/* Writes to a new file beside `path` and renames it over; the folder must exist. On failure nothing is left behind.
 * What is there and no regular file (a device, a pipe) is written in place. */
enum pm_status pm_write_file(const char *path, const void *bytes, size_t n);

/* Writes all to standard output and checks that it arrived. */
enum pm_status pm_write_stdout(const void *bytes, size_t n);

/* The documents of a YAML stream, one at a time: a document begins at a line that starts with "---" followed by white space or the
 * line's end (YAML 1.2, production c-directives-end; no content may hold such a line), or at the start of the input.
 * Comments and directives before the first "---" belong to the document that it begins. */
struct pm_stream {
    FILE *file;
    struct pm_buf pending;    /* bytes read and not yet given out */
    size_t used;              /* of pending, given out before */
    uint32_t line;            /* of the next document's first byte, from 1 */
    bool ended;
};

/* Takes `file`, which must stay open; nothing to fail. */
void pm_stream_init(struct pm_stream *s, FILE *file);
void pm_stream_free(struct pm_stream *s);

/* The input's first bytes, as many as are read at a time, before the first document is taken. PM_NOMEM, PM_IO. */
enum pm_status pm_stream_peek(struct pm_stream *s, struct pm_str *start);

/* The next document's bytes, valid until the next call, and the line of its first byte. *doc is absent at the end.
 * PM_LIMIT when the document is larger than PM_MAX_DOCUMENT: its first bytes are given and the rest is passed over. The
 * documents make up the input: one without content (blank lines, comments, a marker alone) is given too. */
enum pm_status pm_stream_next(struct pm_stream *s, struct pm_str *doc, uint32_t *first_line);

/* Whether the document begins with a marker, behind comments and directives at most: so that it can stand behind another in a stream. */
bool pm_has_marker(struct pm_str document);

#endif
