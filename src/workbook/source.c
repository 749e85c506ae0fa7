#include "workbook/workbook_internal.h"

#include "base/base64.h"
#include "base/sha256.h"
#include "base/utf8.h"

static const struct pm_mark nowhere = {0, 0, 0};

enum { COL_ID, COL_HASH, COL_HOW, COL_SOURCE, MOST_UNITS = PM_CELL_UNITS - 2, BASE64_CELL = PM_CELL_UNITS / 4 * 4 };

/* What some program would change; see workbook.h. */
static bool is_at_risk(struct pm_str s)
{
    for (size_t at = 0; at < s.n;) {
        size_t start = at;
        unsigned char c = (unsigned char)s.p[at];
        if (c >= 0x20 && c < 0x80) {
            if (c == '_' && at + 1 < s.n && s.p[at + 1] == 'x')
                return true;
            at++;
            continue;
        }
        uint32_t cp = pm_utf8_next(s, &at);
        if (!pm_utf8_xml_legal(cp) || cp == '\r' || at == start)
            return true;
    }
    return false;
}

/* The bytes of the longest prefix that a cell can hold between two bars. */
static size_t piece(struct pm_str s)
{
    size_t units = 0, at = 0;
    if (s.n <= MOST_UNITS)
        return s.n;
    while (at < s.n) {
        size_t next = at;
        units += pm_utf8_next(s, &next) > 0xFFFF ? 2 : 1;
        if (units > MOST_UNITS)
            break;
        at = next;
    }
    return at;
}

static void add_text(struct pm_workbook *w, struct pm_rows *r, struct pm_str source)
{
    pm_cell_text(r, COL_HOW, 0, PM_LIT("text"), nowhere);
    for (int column = COL_SOURCE; source.n > 0; column++) {
        size_t n = piece(source);
        pm_buf_clear(&w->scratch);
        pm_buf_putc(&w->scratch, '|');
        pm_buf_add(&w->scratch, source.p, n);
        pm_buf_putc(&w->scratch, '|');
        pm_cell_text(r, column, 0, pm_buf_slice(&w->scratch), nowhere);
        source.p += n;
        source.n -= n;
    }
}

static void add_base64(struct pm_workbook *w, struct pm_rows *r, struct pm_str source)
{
    pm_buf_clear(&w->scratch);
    pm_base64(&w->scratch, source, 0);
    struct pm_str all = pm_buf_slice(&w->scratch);
    pm_cell_text(r, COL_HOW, 0, PM_LIT("base64"), nowhere);
    for (int column = COL_SOURCE; all.n > 0; column++) {
        size_t n = all.n < BASE64_CELL ? all.n : BASE64_CELL;
        pm_cell_text(r, column, 0, (struct pm_str){all.p, n}, nowhere);
        all.p += n;
        all.n -= n;
    }
}

static void add_row(struct pm_workbook *w, struct pm_rows *r, const struct pm_incident *in, const char *hash, bool source)
{
    pm_row_begin(r);
    pm_cell_text(r, COL_ID, 0, in->id.text, nowhere);
    pm_cell_text(r, COL_HASH, 0, pm_str(hash), nowhere);
    if (source && is_at_risk(in->source))
        add_base64(w, r, in->source);
    else if (source)
        add_text(w, r, in->source);
    if (w->scratch.status != PM_OK)
        r->spool.status = w->scratch.status;
    pm_row_end(r);
}

/* Up to PM_SOURCE_INCIDENTS both, since nobody knows how many will come. */
void pm_add_source(struct pm_workbook *w, const struct pm_incident *in)
{
    char hash[65];
    pm_sha256(in->source, hash);
    enum pm_keep_source keep = w->options.source;
    bool full = keep == PM_SOURCE_ALWAYS || (keep == PM_SOURCE_AUTO && w->incidents <= PM_SOURCE_INCIDENTS);
    if (full)
        add_row(w, &w->rows[PM_SHEET_SOURCE], in, hash, true);
    else if (keep == PM_SOURCE_AUTO && w->incidents == PM_SOURCE_INCIDENTS + 1)
        pm_rows_free(&w->rows[PM_SHEET_SOURCE]);
    if (keep != PM_SOURCE_ALWAYS)
        add_row(w, &w->lean_source, in, hash, false);
}

void pm_dress_source(struct pm_shell *shell)
{
    struct pm_workbook *w = shell->w;
    lxw_worksheet *sheet = shell->sheets[PM_SHEET_SOURCE];
    const struct pm_labels *const lists[PM_LIST_COUNT] = {&w->action_statuses, &w->action_types, &w->priorities};
    const char *const heads[] = {"id", "sha256", "as", "source"};
    lxw_col_t column = 4;
    worksheet_write_string(sheet, 0, 0, "pm", NULL);
    worksheet_write_number(sheet, 0, 1, 1, NULL);
    worksheet_write_string(sheet, 0, 2, pm_shell_text(w, pm_str(w->options.version)), NULL);
    worksheet_write_number(sheet, 0, 3, (double)(w->as_of + 25569), shell->formats[PM_STYLE_DATE]);
    for (int list = 0; list < PM_LIST_COUNT; list++) {
        for (int i = 0; i < lists[list]->count; i++)
            worksheet_write_string(sheet, 0, column++, pm_shell_text(w, lists[list]->label[i]), NULL);
    }
    for (lxw_col_t i = 0; i < 4; i++)
        worksheet_write_string(sheet, 1, i, heads[i], NULL);
    worksheet_hide(sheet);
    if (!shell->sheets[PM_SHEET_METRICS])
        workbook_define_name(shell->book, PM_NAME_AS_OF, "=_pm!$D$1");
}

void pm_validate_list(struct pm_shell *shell, lxw_worksheet *sheet, int column, uint32_t last_row, enum pm_choice_list list)
{
    struct pm_workbook *w = shell->w;
    const int counts[PM_LIST_COUNT] = {w->action_statuses.count, w->action_types.count, w->priorities.count};
    int first = 4, last;
    for (enum pm_choice_list i = PM_LIST_STATUS; i < list; i++)
        first += counts[i];
    last = first + counts[list] - 1;
    char from[4] = "", to[4] = "";
    int from_n = (int)pm_column_letters(from, first), to_n = (int)pm_column_letters(to, last);
    char *formula = pm_shell_text(w, pm_arena_format(&w->arena, "=_pm!$%.*s$1:$%.*s$1", from_n, from, to_n, to));
    lxw_data_validation rule = {.validate = LXW_VALIDATION_TYPE_LIST_FORMULA, .value_formula = formula,
                                .error_message = pm_shell_text(w, pm_utf8_prefix(w->language.word[PM_W_CHOICE_WANTED], 255))};
    worksheet_data_validation_range(sheet, 1, (lxw_col_t)column, last_row, (lxw_col_t)column, &rule);
}
