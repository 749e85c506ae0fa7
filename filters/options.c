#include "config.h"

#include "options.h"

#include "base/time.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { OPT_HELP = 256, OPT_VERSION, OPT_TEMPLATE, OPT_THEME, OPT_AS_OF, OPT_STRICT, OPT_LENIENT, OPT_COLOUR, OPT_TREE,
       OPT_CHECK, OPT_SCHEMA, OPT_OWN };

static const struct option long_options[] = {
    {"output", required_argument, NULL, 'o'},
    {"template", required_argument, NULL, OPT_TEMPLATE},
    {"theme", required_argument, NULL, OPT_THEME},
    {"as-of", required_argument, NULL, OPT_AS_OF},
    {"check", no_argument, NULL, OPT_CHECK},
    {"schema", no_argument, NULL, OPT_SCHEMA},
    {"strict", no_argument, NULL, OPT_STRICT},
    {"lenient", no_argument, NULL, OPT_LENIENT},
    {"colour", required_argument, NULL, OPT_COLOUR},
    {"color", required_argument, NULL, OPT_COLOUR},
    {"tree", no_argument, NULL, OPT_TREE},
    {"help", no_argument, NULL, OPT_HELP},
    {"version", no_argument, NULL, OPT_VERSION},
    {NULL, 0, NULL, 0}};

/* An option of a program's own; where it is too long, its explanation begins a line. */
static void print_own(const struct pm_option *o)
{
    const int column = 22, used = printf("      --%s %s", o->name, o->value ? o->value : "");
    if (used >= column)
        putchar('\n');
    printf("%*s %s\n", used < column ? column - used : column, "", o->help);
}

static void print_help(const struct pm_filter *f)
{
    printf("usage: %s %s\n\n%s\n\n", f->name, f->synopsis, f->summary);
    puts(f->recovers ? "  -o, --output FILE    write to FILE"
                     : "  -o, --output FILE    write to FILE; with {id} in it, a file for each incident");
    if (f->renders)
        puts("      --template NAME  full, executive, or a template file\n"
             "      --theme NAME     default, letter, or a theme file\n"
             "      --as-of DATE     the day that decides what is overdue");
    if (f->dated)
        puts("      --as-of DATE     the day that decides what is overdue");
    if (f->formats)
        puts("      --check          write nothing; exit 1 if an input is not in canonical form\n"
             "      --schema         write the JSON Schema of the format");
    for (const struct pm_option *o = f->options; o && o->name; o++)
        print_own(o);
    puts("      --strict         treat warnings as errors\n"
         "      --lenient        unknown keys are warnings\n"
         "      --colour WHEN    auto, always or never\n"
         "      --help           show this\n"
         "      --version        show the version\n");
    printf("Exit status: 0 done, 1 the input is at fault, 2 usage, 3 the system is. See %s(1).\n", f->name);
}

static bool usage(const struct pm_filter *f, int *code)
{
    fprintf(stderr, "usage: %s %s\ntry '%s --help'\n", f->name, f->synopsis, f->name);
    *code = PM_EXIT_USAGE;
    return false;
}

static bool complain(const struct pm_filter *f, int *code, const char *text, const char *value)
{
    fprintf(stderr, "%s: %s \"%s\"\n", f->name, text, value);
    return usage(f, code);
}

static bool wants_colour(const char *when, bool *known)
{
    *known = !strcmp(when, "auto") || !strcmp(when, "always") || !strcmp(when, "never");
    const char *no_colour = getenv("NO_COLOR");   /* no-color.org: an empty one does not count */
    if (!strcmp(when, "auto"))
        return isatty(STDERR_FILENO) && (!no_colour || !*no_colour);
    return !strcmp(when, "always");
}

/* SOURCE_DATE_EPOCH stands in for --as-of (reproducible-builds.org). */
static void read_epoch(struct pm_session *s)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    char *end = NULL;
    if (s->has_as_of || !epoch || !*epoch)
        return;
    long long seconds = strtoll(epoch, &end, 10);
    if (*end || seconds < 0 || seconds > 253402300799)
        return;
    s->has_as_of = true;
    s->as_of = seconds / 86400;
}

static bool belongs(const struct pm_filter *f, int option)
{
    switch (option) {
    case OPT_TEMPLATE:
    case OPT_THEME:
    case OPT_TREE:
        return f->renders;
    case OPT_AS_OF:
        return f->renders || f->dated;
    case OPT_CHECK:
    case OPT_SCHEMA:
        return f->formats;
    default:
        return true;
    }
}

static bool take_flag(struct pm_session *s, int option)
{
    switch (option) {
    case OPT_TREE:
        s->tree = true;
        return true;
    case OPT_CHECK:
        s->check = true;
        return true;
    case OPT_SCHEMA:
        s->schema = true;
        return true;
    case OPT_STRICT:
        s->strict = true;
        return true;
    case OPT_LENIENT:
        s->lenient = true;
        return true;
    default:
        return false;
    }
}

/* An option of the program's own. */
static bool take_own(struct pm_session *s, int index, const char *value, int *code)
{
    const struct pm_option *o = &s->filter->options[index];
    char text[96];
    const char *const *choice = o->choices;
    while (value && choice && *choice && strcmp(*choice, value) != 0)
        choice++;
    s->own[index] = value ? value : "";
    if (!value)
        return true;
    if (choice && !*choice) {
        snprintf(text, sizeof text, "--%s wants %s, not", o->name, o->value);
        return complain(s->filter, code, text, value);
    }
    return *value ? true : complain(s->filter, code, "nothing is given to", o->name);
}

/* One option with a value; false ends the program. */
static bool take_value(struct pm_session *s, int option, const char *value, int *code)
{
    bool known = true;
    if (option >= OPT_OWN)
        return take_own(s, option - OPT_OWN, value, code);
    switch (option) {
    case 'o':
        s->output = strcmp(value, "-") ? value : NULL;
        s->per_incident = s->output && strstr(value, "{id}");
        return *value ? true : complain(s->filter, code, "no file name in", "-o");
    case OPT_TEMPLATE:
        s->template_name = value;
        return true;
    case OPT_THEME:
        s->theme_name = value;
        return true;
    case OPT_AS_OF:
        s->has_as_of = pm_date_read(pm_str(value), &s->as_of);
        return s->has_as_of ? true : complain(s->filter, code, "--as-of wants YYYY-MM-DD, not", value);
    case OPT_COLOUR:
        s->colour = wants_colour(value, &known);
        return known ? true : complain(s->filter, code, "--colour wants auto, always or never, not", value);
    default:
        return usage(s->filter, code);
    }
}

enum { SHARED_OPTIONS = sizeof long_options / sizeof *long_options - 1 };

/* The shared options and the program's own, for getopt_long(). */
static void list_options(const struct pm_filter *f, struct option *all)
{
    size_t n = SHARED_OPTIONS;
    memcpy(all, long_options, sizeof long_options);
    for (int i = 0; f->options && f->options[i].name && i < PM_MAX_OWN_OPTIONS; i++)
        all[n++] = (struct option){f->options[i].name, f->options[i].value ? required_argument : no_argument, NULL, OPT_OWN + i};
    all[n] = (struct option){NULL, 0, NULL, 0};
}

bool pm_options_read(struct pm_session *session, int argc, char **argv, int *first, int *code)
{
    const struct pm_filter *f = session->filter;
    struct option all[SHARED_OPTIONS + PM_MAX_OWN_OPTIONS + 1];
    bool known;
    list_options(f, all);
    session->colour = wants_colour("auto", &known);
    for (int option, index = 0; (option = getopt_long(argc, argv, "o:", all, &index)) != -1;) {
        if (option == OPT_HELP || option == OPT_VERSION) {
            if (option == OPT_HELP)
                print_help(f);
            else
                printf("%s (pmkit) %s\n", f->name, PACKAGE_VERSION);
            *code = fflush(stdout) == 0 ? PM_EXIT_OK : PM_EXIT_SYSTEM;
            return false;
        }
        if (option == '?')
            return usage(f, code);
        if (!belongs(f, option))
            return complain(f, code, "it has no option named", all[index].name);
        if (!take_flag(session, option) && !take_value(session, option, optarg, code))
            return false;
    }
    if (session->schema && optind < argc)
        return complain(f, code, "--schema reads nothing, not even", argv[optind]);
    *first = optind;
    read_epoch(session);
    return true;
}
