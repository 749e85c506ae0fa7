/* Diagnostics: what is wrong with an input, and where.
 *
 * A message is a code of one table (diag.c), where each has its severity, its rule name as printed in brackets, a
 * format and a sentence for the manual. The library collects; only the filters print. Codes are ordered by severity. */
#ifndef PM_DIAG_H
#define PM_DIAG_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/mark.h"

enum pm_severity { PM_NOTE, PM_WARNING, PM_ERROR };

/* NAME, severity, rule, format (only %s), meaning. The order is by severity. */
#define PM_DIAG_TABLE(X) \
    X(PM_D_MISSING_GLYPH, PM_WARNING, "missing-glyph", "no font has %s (%s); a box stands in its place", \
      "A character that neither the theme's faces nor its fallback fonts can show.") \
    X(PM_D_CHARACTER, PM_WARNING, "character", "%s cannot be written in this format; U+FFFD stands in its place", \
      "A control character, or one that is none, which XML and HTML forbid.") \
    X(PM_D_INSTANT_ORDER, PM_WARNING, "instant-order", "%s is before %s; the duration is unknown", \
      "Two instants whose order makes a duration negative.") \
    X(PM_D_CUT, PM_WARNING, "cut", "%s does not fit on the page and was shortened", \
      "The executive template keeps to one page; the full report has the rest.") \
    X(PM_D_CELL, PM_WARNING, "cell", "the text is longer than the 32,767 characters that a cell can hold; it ends with an ellipsis", \
      "Workbooks only; the source on the sheet _pm has the whole text.") \
    X(PM_D_UNKNOWN_KEY_LENIENT, PM_WARNING, "unknown-key", "unknown key %s%s", \
      "A key that the schema does not have, read with --lenient.") \
    X(PM_D_FONT_FILE, PM_WARNING, "font-file", "cannot use the font %s: %s", \
      "A font file that the theme names cannot be read or is of an unsupported kind.") \
    X(PM_D_LINK_SCHEME, PM_WARNING, "link-scheme", "the link to \"%s\" is shown as text; want http, https or mailto", \
      "Links with other schemes are not made active.") \
    X(PM_D_MARKDOWN_LIMIT, PM_WARNING, "markdown-limit", "%s; the text is shown as written", \
      "Markdown nested or multiplied beyond what a page can show.") \
    X(PM_D_IMAGE, PM_WARNING, "image", "cannot use the picture %s: %s", \
      "A logo that cannot be read or is of an unsupported kind.") \
    X(PM_D_REFERENCE, PM_WARNING, "reference", "%s", "Something of a reference document that cannot be in a report.") \
    X(PM_D_SOURCE_UNSURE, PM_WARNING, "source-hash", "%s: no hash stands beside the source; it is taken as it is", \
      "A source that some other program attached, so that nothing tells whether it has changed.") \
    X(PM_D_SOURCE_FORCED, PM_WARNING, "source-hash", "%s: the source has changed; it does not have its hash", \
      "A source that is not what the artefact was made from, taken with --force.") \
    X(PM_D_MADE_UP, PM_WARNING, "made-up", "the text has no %s; %s stands in its place", \
      "A field that the format requires and an imported text does not have.") \
    X(PM_D_IMPORTED, PM_WARNING, "imported", "%s", "Something of an imported text that could not be taken as it is.") \
    X(PM_D_OTHER_TEMPLATE, PM_WARNING, "other-template", "%s was made by another template; its edits are found with --template", \
      "An edited document of which the template is not known.") \
    X(PM_D_UNREAD, PM_WARNING, "unread-edits", "%s is not as it was made, and edits in this format are not read: its source is given as it was", \
      "A workbook, web page, Markdown file or page of several incidents that was changed, or made by another template or theme.") \
    X(PM_D_YAML, PM_ERROR, "yaml", "%s", "The text is not YAML.") \
    X(PM_D_UTF8, PM_ERROR, "utf8", "byte %s is not UTF-8; save the file as UTF-8", "Input must be UTF-8.") \
    X(PM_D_CONTROL, PM_ERROR, "control", "%s holds the control character %s", \
      "Control characters other than tab and line feed, and U+FFFE, U+FFFF, have no place in a report.") \
    X(PM_D_ANCHOR, PM_ERROR, "anchor", "%s is not read here; write the value out, or quote the text", \
      "Anchors, aliases and tags are not part of the format.") \
    X(PM_D_DUPLICATE_KEY, PM_ERROR, "duplicate-key", "%s is given twice; the first is in line %s", "A mapping has each key once.") \
    X(PM_D_UNKNOWN_KEY, PM_ERROR, "unknown-key", "unknown key %s%s", "A key that the schema does not have; x-* keys are free.") \
    X(PM_D_TYPE, PM_ERROR, "type", "%s is %s; want %s", "The value has the wrong shape.") \
    X(PM_D_VALUE, PM_ERROR, "value", "%s: \"%s\" is not %s", "The value cannot be read as its type.") \
    X(PM_D_RANGE, PM_ERROR, "range", "%s: %s is out of range; want %s", "A number outside of its limits.") \
    X(PM_D_CHOICE, PM_ERROR, "choice", "%s: \"%s\" is none of %s%s", "The value is not one of the enumeration.") \
    X(PM_D_ID, PM_ERROR, "id", "%s: \"%s\" is not an id; want a letter, then up to 31 letters, digits, '_', '.' or '-'", \
      "Ids are short names.") \
    X(PM_D_DUPLICATE_ID, PM_ERROR, "duplicate-id", "%s: \"%s\" is also the id of the entry in line %s", "Ids are unique in their list.") \
    X(PM_D_REQUIRED, PM_ERROR, "required", "%s is missing; want %s", "A field without which nothing can be rendered.") \
    X(PM_D_ZONE, PM_ERROR, "zone", "%s: \"%s\" is not a time zone of the tz database; want a name such as Europe/Berlin", \
      "IANA time zone names.") \
    X(PM_D_LOCAL_TIME, PM_ERROR, "local-time", "%s: %s does not exist in %s (clocks were put forward); want a time with its offset", \
      "A local time in the gap of a daylight saving change.") \
    X(PM_D_NO_DAY, PM_ERROR, "no-day", "%s: \"%s\" has no day; want YYYY-MM-DD HH:MM, or a readable started_at", \
      "A bare time needs an entry before it or started_at.") \
    X(PM_D_EMPTY, PM_ERROR, "empty", "%s is empty; want %s", "A field that is there must say something.") \
    X(PM_D_NO_DOCUMENT, PM_ERROR, "no-document", "%s holds no incident", "An input without any incident.") \
    X(PM_D_DOCUMENT_SIZE, PM_ERROR, "document-size", "the document is larger than %s", "A limit of the format.") \
    X(PM_D_DEPTH, PM_ERROR, "depth", "nested deeper than %s levels", "A limit of the format.") \
    X(PM_D_SCALAR_SIZE, PM_ERROR, "scalar-size", "%s is longer than %s", "A limit of the format.") \
    X(PM_D_NODES, PM_ERROR, "nodes", "the document has more than %s values", "A limit of the format.") \
    X(PM_D_TEMPLATE, PM_ERROR, "template", "%s", "A template or theme that cannot be used.") \
    X(PM_D_VARIABLE, PM_ERROR, "variable", "unknown variable {{%s}}%s", "A template names a field that the incident does not have.") \
    X(PM_D_EXPRESSION, PM_ERROR, "expression", "%s%s", "An expression or an order that cannot be understood.") \
    X(PM_D_LIBRARY, PM_ERROR, "library", "cannot load %s", "Fonts from files and text that is not plain Latin need HarfBuzz, a library.") \
    X(PM_D_OUTPUT, PM_ERROR, "output", "%s", "The output cannot be made.") \
    X(PM_D_ARTEFACT, PM_ERROR, "artefact", "%s %s", "A file that may hold a source cannot be read.") \
    X(PM_D_NO_SOURCE, PM_ERROR, "no-source", "%s holds no incident that pmkit put there", "What was found in a file that holds no source.") \
    X(PM_D_SOURCE_CHANGED, PM_ERROR, "source-hash", "%s: the source has changed; it does not have its hash (see --force)", \
      "A source that is not what the artefact was made from.") \
    X(PM_D_NOT_CANONICAL, PM_ERROR, "not-canonical", "%s is not in canonical form", "What pmfmt --check found.")

enum pm_diag_code {
#define PM_DIAG_ENUM(name, severity, rule, format, meaning) name,
    PM_DIAG_TABLE(PM_DIAG_ENUM)
#undef PM_DIAG_ENUM
    PM_D_COUNT
};

struct pm_diag {
    enum pm_diag_code code;
    struct pm_mark mark;
    const char *text;        /* without place, severity and rule */
    struct pm_diag *next;
};

/* The messages about one input. `file` is not owned. */
struct pm_diags {
    const char *file;
    struct pm_arena arena;
    struct pm_diag *first, *last;
    size_t count[PM_ERROR + 1];   /* by severity, kept or not */
    size_t kept;
};

void pm_diags_init(struct pm_diags *d, const char *file);
void pm_diags_free(struct pm_diags *d);

/* Adds a message; the arguments are as many `const char *` as the code's format has %s. */
void pm_report(struct pm_diags *d, enum pm_diag_code code, struct pm_mark mark, ...);

enum pm_severity pm_diag_severity(enum pm_diag_code code);
const char *pm_diag_rule(enum pm_diag_code code);
const char *pm_diag_meaning(enum pm_diag_code code);

/* Puts the messages in the order of their places. Stable. */
void pm_diags_sort(struct pm_diags *d);

/* "FILE:LINE:COL: error: text [rule]\n" for each; with colour, ANSI sequences. Control characters of the input are
 * printed as \xNN. */
void pm_diags_format(const struct pm_diags *d, bool colour, struct pm_buf *out);

/* PM_OK, PM_INVALID when there is an error, PM_NOMEM when a message could not be kept. */
enum pm_status pm_diags_status(const struct pm_diags *d);

#endif
