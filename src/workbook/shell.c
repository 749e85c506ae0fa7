#define _GNU_SOURCE   /* memfd_create() */
#include "workbook/workbook_internal.h"

#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PAPER_A4 = 9, SECONDS_A_DAY = 86400, NARROWEST = 8 };

char *pm_shell_text(struct pm_workbook *w, struct pm_str text)
{
    enum { MOST = PM_CELL_UNITS / 2 };
    struct pm_buf *b = &w->shell_text;
    pm_buf_clear(b);
    text = pm_utf8_prefix(text, MOST);
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        uint32_t cp = pm_utf8_next(text, &at);
        if (cp < 0x20 && cp != '\n')
            pm_buf_putc(b, ' ');
        else if (!pm_utf8_xml_legal(cp))
            pm_buf_puts(b, "\xEF\xBF\xBD");
        else {
            if (pm_looks_escaped((struct pm_str){text.p + start, text.n - start}))
                pm_buf_puts(b, "_x005F");
            pm_buf_add(b, text.p + start, at - start);
        }
    }
    static char nothing[1];
    char *fit = (char *)pm_arena_str(&w->arena, pm_buf_slice(b)).p;   /* the arena's own bytes; libxlsxwriter wants them so */
    return fit ? fit : nothing;
}

/* "Page %s of %s" as "Page &P of &N". */
static char *footer(struct pm_workbook *w)
{
    struct pm_buf *b = &w->scratch;
    struct pm_str s = w->language.word[PM_W_PAGE_OF];
    const char *next = "&P";
    pm_buf_clear(b);
    pm_buf_puts(b, "&L&A&R");
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '%' && i + 1 < s.n && s.p[i + 1] == 's') {
            pm_buf_puts(b, next);
            next = "&N";
            i++;
        } else
            pm_buf_puts(b, s.p[i] == '&' ? "&&" : (char[]){s.p[i], '\0'});
    }
    return pm_shell_text(w, pm_utf8_prefix(pm_buf_slice(b), 200));
}

void pm_print_setup(struct pm_shell *shell, lxw_worksheet *sheet)
{
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, PAPER_A4);
    worksheet_set_margins(sheet, 0.4, 0.4, 0.5, 0.6);
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_set_footer(sheet, footer(shell->w));
}

/* The longest word of a heading, and the button of the filter. */
static unsigned heading_width(struct pm_str s)
{
    unsigned most = 0, word = 0;
    for (size_t at = 0; at < s.n;) {
        uint32_t cp = pm_utf8_next(s, &at);
        word = cp == ' ' || cp == '-' ? 0 : word + 1;
        most = word > most ? word : most;
    }
    return most + 3;
}

static double column_width(unsigned widest, unsigned most, struct pm_str heading)
{
    unsigned width = widest < most ? widest : most, least = heading_width(heading);
    width = width < least ? least : width;
    return (width < NARROWEST ? NARROWEST : width) + 1;
}

static const struct pm_rows *rows_of(const struct pm_workbook *w, enum pm_sheet sheet)
{
    bool many = w->incidents > PM_SOURCE_INCIDENTS;
    if (sheet == PM_SHEET_INCIDENTS && many)
        return &w->lean_incidents;
    return &w->rows[sheet];
}

/* No green corners where an id has digits alone, or where a formula has addresses and that of its column references. */
static void mark_nothing(lxw_worksheet *out, int columns, lxw_row_t last)
{
    char letters[4] = "", range[32];
    int n = (int)pm_column_letters(letters, columns - 1);
    snprintf(range, sizeof range, "A2:%.*s%lu", n, letters, (unsigned long)last + 1);
    worksheet_ignore_errors(out, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range);
    worksheet_ignore_errors(out, LXW_IGNORE_CALCULATED_COLUMN, range);
}

const char *pm_table_name(enum pm_sheet sheet)
{
    static const char *const names[PM_SHEET_COUNT] = {"", "ActionItems", "Timeline", "Incidents", "", "", ""};
    return names[sheet];
}

void pm_dress_table(struct pm_shell *shell, enum pm_sheet sheet, int columns, const unsigned *most, double height)
{
    struct pm_workbook *w = shell->w;
    lxw_worksheet *out = shell->sheets[sheet];
    const struct pm_rows *rows = rows_of(w, sheet);
    lxw_table_column column[PM_SHEET_MOST_COLUMNS], *pointers[PM_SHEET_MOST_COLUMNS + 1] = {NULL};
    memset(column, 0, sizeof column);
    for (int i = 0; i < columns; i++) {
        column[i].header = pm_shell_text(w, w->headings[sheet][i]);
        column[i].header_format = shell->formats[PM_STYLE_HEADING];
        pointers[i] = &column[i];
        worksheet_set_column(out, (lxw_col_t)i, (lxw_col_t)i, column_width(rows->widths[i], most[i], w->headings[sheet][i]), NULL);
    }
    lxw_table_options options = {.name = pm_shell_text(w, pm_str(pm_table_name(sheet))), .columns = pointers,
                                 .style_type = LXW_TABLE_STYLE_TYPE_MEDIUM, .style_type_number = 2};
    lxw_row_t last = rows->row > 1 ? rows->row - 1 : 1;
    worksheet_set_row(out, 0, height, NULL);
    worksheet_add_table(out, 0, 0, last, (lxw_col_t)(columns - 1), &options);
    worksheet_freeze_panes(out, 1, 0);
    worksheet_repeat_rows(out, 0, 0);
    mark_nothing(out, columns, last);
    pm_print_setup(shell, out);
}

static void set_properties(struct pm_shell *shell)
{
    struct pm_workbook *w = shell->w;
    bool one = w->incidents == 1 && w->title.n > 0;
    lxw_doc_properties properties = {.created = (time_t)(w->as_of * SECONDS_A_DAY)};
    properties.title = pm_shell_text(w, pm_utf8_prefix(one ? w->title : w->names[PM_SHEET_INCIDENTS], 200));
    workbook_set_properties(shell->book, &properties);
}

static enum pm_status add_sheets(struct pm_shell *shell)
{
    struct pm_workbook *w = shell->w;
    for (enum pm_sheet i = PM_SHEET_FACTS; i < PM_SHEET_COUNT; i++) {
        if (!pm_has_sheet(w, i))
            continue;
        shell->sheets[i] = workbook_add_worksheet(shell->book, pm_shell_text(w, w->names[i]));
        if (!shell->sheets[i])
            return PM_NOMEM;
    }
    return PM_OK;
}

static enum pm_status fill(struct pm_shell *shell)
{
    static void (*const dress[PM_SHEET_COUNT])(struct pm_shell *) = {
        [PM_SHEET_FACTS] = pm_dress_facts, [PM_SHEET_ACTIONS] = pm_dress_actions, [PM_SHEET_TIMELINE] = pm_dress_events,
        [PM_SHEET_INCIDENTS] = pm_dress_incidents, [PM_SHEET_SOURCE] = pm_dress_source};
    enum pm_status status = pm_make_styles(shell);
    if (status == PM_OK)
        status = add_sheets(shell);
    for (int i = 0; i < PM_SHEET_COUNT && status == PM_OK; i++) {
        if (shell->sheets[i] && dress[i])
            dress[i](shell);
    }
    if (status == PM_OK && shell->sheets[PM_SHEET_METRICS])
        status = pm_metrics_sheet(shell);
    if (status == PM_OK && shell->sheets[PM_SHEET_CHARTS])
        status = pm_charts(shell);
    if (status == PM_OK)
        set_properties(shell);
    return status != PM_OK ? status : pm_arena_failed(&shell->w->arena) ? PM_NOMEM : PM_OK;
}

/* A file without a name; where the system has none in memory, one that is removed at once. *fd -1: neither. */
static void open_nameless(int *fd)
{
#ifdef MFD_CLOEXEC
    *fd = memfd_create("workbook", MFD_CLOEXEC);
    if (*fd >= 0)
        return;
#endif
    char path[] = "/tmp/pmkit-XXXXXX";
    *fd = mkstemp(path);
    if (*fd >= 0)
        unlink(path);
}

static enum pm_status read_back(int fd, struct pm_buf *out)
{
    off_t size = lseek(fd, 0, SEEK_END);
    char *room = size > 0 ? pm_buf_reserve(out, (size_t)size) : NULL;
    if (!room)
        return size > 0 ? out->status : PM_IO;
    for (off_t at = 0; at < size;) {
        ssize_t n = pread(fd, room + at, (size_t)(size - at), at);
        if (n <= 0 && !(n < 0 && errno == EINTR))
            return PM_IO;
        at += n > 0 ? n : 0;
    }
    out->len += (size_t)size;
    return PM_OK;
}

enum pm_status pm_make_shell(struct pm_workbook *w, struct pm_buf *out)
{
    int fd = -1;
    static char shared[] = "/dev/shm";
    char path[40];
    open_nameless(&fd);
    if (fd < 0)
        return PM_IO;
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    lxw_workbook_options options = {.tmpdir = access(shared, W_OK) == 0 ? shared : NULL};
    struct pm_shell shell = {.w = w, .book = workbook_new_opt(path, &options)};
    enum pm_status status = shell.book ? fill(&shell) : PM_NOMEM;
    if (shell.book && status != PM_OK)
        lxw_workbook_free(shell.book);
    else if (shell.book && workbook_close(shell.book) != LXW_NO_ERROR)
        status = PM_IO;
    if (status == PM_OK)
        status = read_back(fd, out);
    close(fd);
    return status;
}
