#include "workbook/workbook_internal.h"

#include "base/utf8.h"

enum { INK = 0x1F2933, DARK = 0x1F3A5F, LINE = 0xDDE2E8, GREY = 0x5F6B7A, LINK = 0x0B5CAD, YELLOW = 0xFFF8DB, WHITE = 0xFFFFFF };

struct style {
    const char *number;
    lxw_color_t colour, ground;
    double size;
    unsigned char align;
    bool bold, wrap, line, underline;
};

static const struct style styles[PM_STYLE_COUNT] = {
    [PM_STYLE_TEXT] = {NULL, INK, 0, 0, 0, false, true, true, false},
    [PM_STYLE_STRONG] = {NULL, INK, 0, 0, 0, true, true, true, false},
    [PM_STYLE_LINK] = {NULL, LINK, 0, 0, 0, false, true, true, true},
    [PM_STYLE_DATE] = {"yyyy\\-mm\\-dd", INK, 0, 0, LXW_ALIGN_LEFT, false, false, true, false},
    [PM_STYLE_INSTANT] = {"yyyy\\-mm\\-dd\\ hh:mm", INK, 0, 0, LXW_ALIGN_LEFT, false, false, true, false},
    [PM_STYLE_SECONDS] = {"yyyy\\-mm\\-dd\\ hh:mm:ss", INK, 0, 0, LXW_ALIGN_LEFT, false, false, true, false},
    [PM_STYLE_DURATION] = {"[h]:mm", INK, 0, 0, LXW_ALIGN_RIGHT, false, false, true, false},
    [PM_STYLE_INTEGER] = {"#,##0", INK, 0, 0, LXW_ALIGN_RIGHT, false, false, true, false},
    [PM_STYLE_DECIMAL] = {"#,##0.0", INK, 0, 0, LXW_ALIGN_RIGHT, false, false, true, false},
    [PM_STYLE_DAYS_LEFT] = {NULL, INK, 0, 0, LXW_ALIGN_RIGHT, false, false, true, false},
    [PM_STYLE_LABEL] = {NULL, GREY, 0, 0, 0, true, true, true, false},
    [PM_STYLE_TITLE] = {NULL, DARK, 0, 18, 0, true, false, false, false},
    [PM_STYLE_PROSE] = {"@", INK, 0, 0, LXW_ALIGN_LEFT, false, true, true, false},
    [PM_STYLE_FACT_INSTANT] = {"yyyy\\-mm\\-dd\\ hh:mm:ss", INK, 0, 11, LXW_ALIGN_LEFT, false, true, true, false},
    [PM_STYLE_FACT_DURATION] = {"[h]:mm", INK, 0, 0, LXW_ALIGN_LEFT, false, false, true, false},
    [PM_STYLE_FACT_INTEGER] = {"#,##0", INK, 0, 0, LXW_ALIGN_LEFT, false, false, true, false},
    [PM_STYLE_FACT_LINK] = {NULL, LINK, 0, 0, LXW_ALIGN_LEFT, false, true, true, true},
    [PM_STYLE_HEADING] = {NULL, WHITE, DARK, 0, LXW_ALIGN_LEFT, true, true, false, false},
    [PM_STYLE_CHAPTER] = {NULL, DARK, 0, 14, 0, true, false, false, false},
    [PM_STYLE_NOTE] = {NULL, GREY, 0, 0, 0, false, true, false, false},
    [PM_STYLE_AS_OF] = {"yyyy\\-mm\\-dd", INK, YELLOW, 0, LXW_ALIGN_LEFT, true, false, false, false},
    [PM_STYLE_PERCENT] = {"0%", INK, 0, 0, LXW_ALIGN_RIGHT, false, false, true, false},
};

static void make(lxw_format *f, const struct style *s)
{
    format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
    format_set_font_color(f, s->colour);
    if (s->number)
        format_set_num_format(f, s->number);
    if (s->ground)
        format_set_bg_color(f, s->ground);
    if (s->size > 0)
        format_set_font_size(f, s->size);
    if (s->align)
        format_set_align(f, s->align);
    if (s->align == LXW_ALIGN_RIGHT)
        format_set_indent(f, 1);
    if (s->bold)
        format_set_bold(f);
    if (s->underline)
        format_set_underline(f, LXW_UNDERLINE_SINGLE);
    if (s->wrap)
        format_set_text_wrap(f);
    if (s->line) {
        format_set_bottom(f, LXW_BORDER_THIN);
        format_set_bottom_color(f, LINE);
    }
}

/* "{n} d" as "0" and quoted text: 0" d". What is quoted has no quote in it. */
static void put_pattern(struct pm_workbook *w, struct pm_buf *b, struct pm_str word)
{
    struct pm_str text = PM_FILL(&w->arena, word, {"n", PM_LIT("\001")});
    pm_buf_putc(b, '"');
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '\001')
            pm_buf_puts(b, "\"0\"");
        else if (c != '"' && (unsigned char)c >= ' ')
            pm_buf_putc(b, c);
    }
    pm_buf_putc(b, '"');
}

static void say_days(struct pm_shell *shell)
{
    struct pm_workbook *w = shell->w;
    struct pm_buf *b = &w->scratch;
    pm_buf_clear(b);
    put_pattern(w, b, w->language.word[PM_W_DAYS]);
    pm_buf_putc(b, ';');
    put_pattern(w, b, w->language.word[PM_W_OVERDUE_BY]);
    pm_buf_putc(b, ';');
    put_pattern(w, b, w->language.word[PM_W_TODAY]);
    format_set_num_format(shell->formats[PM_STYLE_DAYS_LEFT], pm_shell_text(w, pm_utf8_prefix(pm_buf_slice(b), 120)));
}

enum pm_status pm_make_styles(struct pm_shell *shell)
{
    for (int i = 1; i < PM_STYLE_COUNT; i++) {
        lxw_format *f = shell->formats[i] = workbook_add_format(shell->book);
        if (!f)
            return PM_NOMEM;
        make(f, &styles[i]);
    }
    say_days(shell);
    format_set_border(shell->formats[PM_STYLE_AS_OF], LXW_BORDER_THIN);
    format_set_border_color(shell->formats[PM_STYLE_AS_OF], 0xC9B458);
    format_set_align(shell->formats[PM_STYLE_HEADING], LXW_ALIGN_VERTICAL_CENTER);
    for (int i = 1; i < PM_STYLE_ROWS; i++) {   /* the number is given when it is first asked for */
        if (lxw_format_get_xf_index(shell->formats[i]) != i)
            return PM_UNSUPPORTED;
    }
    return PM_OK;
}
