/* What all programs share: options, inputs, outputs, messages, exit codes.
 *
 * A program says what it does with one incident and how an output is begun and ended; the rest is here. One output holds all
 * incidents, or, with "{id}" in -o, one each. */
#ifndef PM_FILTER_H
#define PM_FILTER_H

#include "base/diag.h"
#include "base/io.h"
#include "document/compose.h"
#include "document/template.h"
#include "document/theme.h"
#include "incident/incident.h"

enum pm_exit { PM_EXIT_OK = 0, PM_EXIT_INPUT = 1, PM_EXIT_USAGE = 2, PM_EXIT_SYSTEM = 3 };

enum { PM_MAX_OWN_OPTIONS = 8 };

/* An option that one program has: --NAME VALUE, or --NAME alone. */
struct pm_option {
    const char *name, *value;      /* value: what stands for it in --help; NULL: it takes none, and "" is its value when it is given */
    const char *help;              /* lines, indented as in --help where there are several */
    const char *const *choices;    /* ended by NULL; NULL: any value */
};

struct pm_session {
    const struct pm_filter *filter;
    /* options */
    const char *output;            /* NULL: standard output */
    const char *template_name, *theme_name;
    bool per_incident;             /* "{id}" stands in output */
    bool strict, lenient, colour, tree, check, schema;
    bool has_as_of;
    int64_t as_of;                 /* days */
    const char *own[PM_MAX_OWN_OPTIONS];   /* values of the program's own options, in their order; NULL: not given */
    /* renderers only */
    struct pm_arena arena;         /* of the template and the theme */
    struct pm_template template;
    struct pm_theme theme;
    /* the output in the making */
    struct pm_str source;          /* bytes of its incidents, when it is ended; of several, for those that ask (keeps_source) */
    struct pm_buf out;
    size_t incidents;              /* in it so far */
    void *state;                   /* of the program */
    enum pm_exit worst;            /* so far */
    bool enough;                   /* set by the program: no more incidents are wanted */
    bool left_out;                 /* set by the program: this incident is to have no output of its own */
    bool broken;                   /* memory or the output failed: going on is of no use; an input that cannot be read is */
};

struct pm_filter {
    const char *name;
    const char *synopsis;          /* behind the name in the usage line */
    const char *summary;           /* lines for --help, before the options */
    bool renders;                  /* has --template, --theme, --as-of and, unseen, --tree */
    bool may_be_empty;             /* an input without any incident is no error */
    bool formats;                  /* has --check and --schema */
    bool dated;                    /* has --as-of without being a renderer */
    bool keeps_source;             /* end() wants session->source of an output with all incidents, too */
    bool recovers;                 /* reads artefacts; -o is one file */
    const struct pm_option *options;   /* its own, ended by one without a name; NULL: none */
    /* Each may be NULL. start: once, after the options; begin: a new output; incident: adds one; end: writes to session->out;
     * stop: once, at the end; blank: a document with nothing but comments, among others in one output. */
    enum pm_status (*start)(struct pm_session *session, struct pm_diags *diags);
    enum pm_status (*begin)(struct pm_session *session);
    enum pm_status (*incident)(struct pm_session *session, const struct pm_incident *incident, struct pm_diags *diags);
    enum pm_status (*blank)(struct pm_session *session, struct pm_str document, uint32_t line, struct pm_diags *diags);
    enum pm_status (*end)(struct pm_session *session);
    void (*abandon)(struct pm_session *session);   /* an output that will not be ended */
    void (*stop)(struct pm_session *session);
};

/* The whole program. */
int pm_filter_main(const struct pm_filter *filter, int argc, char **argv);

/* The document of an incident by the session's template and theme, in the incident's arena. With --tree it is printed to session->out
 * and *out is NULL. PM_NOMEM. */
enum pm_status pm_session_compose(struct pm_session *session, const struct pm_incident *incident, struct pm_diags *diags,
                                  struct pm_document **out);

/* Loads the template and the theme that the options name. False: printed. pm_filter_main() does it by itself. */
bool pm_session_look(struct pm_session *session);

/* Prints the messages to standard error and empties them; true when they hold an error (with --strict, a warning too). */
bool pm_session_say(struct pm_session *session, struct pm_diags *diags);

/* Writes session->out to standard output or the file of -o, in whose name "{id}" becomes `id` unless that is absent. Failures, also of the
 * buffer, are printed. */
void pm_session_deliver(struct pm_session *session, struct pm_str id);

/* A failure of the system, such as a file that cannot be written: printed, the exit status is 3, and the work ends. Returns PM_IO. */
enum pm_status pm_session_fail(struct pm_session *session, const char *what, const char *why);

#endif
