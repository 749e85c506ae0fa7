/* Lines of canonical YAML: indentation, dashes, keys, comments, scalars. Private to write.c and emit.c, but for pm_emit_text(). */
#ifndef PM_EMIT_H
#define PM_EMIT_H

#include "base/buf.h"
#include "base/yaml.h"

enum { PM_EMIT_COLUMNS = 100 };   /* a sequence in brackets fits into these */

struct pm_emitter {
    struct pm_buf *out;
    int indent;                    /* columns of the collection that is being written */
    bool after_dash;               /* the line has dashes only; the next key, dash or value goes on in it */
    size_t line;                   /* offset where that line begins */
    int line_indent;               /* and its columns before the first dash */
    const struct pm_yaml *skip;    /* its comment has been written */
    struct pm_buf scratch;
};

void pm_emit_init(struct pm_emitter *e, struct pm_buf *out);

/* A failure of the emitter becomes one of its output. */
void pm_emit_free(struct pm_emitter *e);

/* Comment lines, each from its '#', above what is written next. */
void pm_emit_comment(struct pm_emitter *e, struct pm_str lines);
void pm_emit_comment_of(struct pm_emitter *e, const struct pm_yaml *y);   /* y may be NULL */

/* "key:", or the dash of a sequence's entry. A value or a collection comes behind it. */
void pm_emit_key(struct pm_emitter *e, struct pm_str key);
void pm_emit_dash(struct pm_emitter *e);

/* A value, the comment behind that of `y` (may be NULL), and the end of the line. `is_string`: quoted where YAML would take the text
 * for a number, a truth value or nothing. */
void pm_emit_scalar(struct pm_emitter *e, struct pm_str text, bool is_string, const struct pm_yaml *y);

/* The same for text that is YAML already: "[]", "[a, b]", nothing. */
void pm_emit_raw(struct pm_emitter *e, struct pm_str text, const struct pm_yaml *y);

/* A scalar alone, as pm_yaml_write_scalar() has it, with the quotes that `is_string` asks for. */
void pm_emit_text(struct pm_buf *b, struct pm_str text, bool is_string, int indent, bool flow);

/* Appends the entry of a sequence in brackets to the buffer: the bracket or comma before it, and the text. False when it needs
 * several lines. */
bool pm_emit_flow(struct pm_buf *b, struct pm_str text, bool is_string);

/* Ends such a sequence and frees its buffer. It is written as a value if it `fits`, in the caller's eyes and on the line, which may have
 * PM_EMIT_COLUMNS; false when it is not. */
bool pm_emit_flow_end(struct pm_emitter *e, struct pm_buf *b, bool fits, const struct pm_yaml *y);

/* Around the entries of a mapping or a sequence; begin gives what end takes. `y` (may be NULL) has the comment behind the key. */
int pm_emit_begin(struct pm_emitter *e, const struct pm_yaml *y);
void pm_emit_end(struct pm_emitter *e, int before);

/* An entry of a mapping as it was read, of any shape. */
void pm_emit_entry(struct pm_emitter *e, const struct pm_yaml *y);

#endif
