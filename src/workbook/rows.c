#include "workbook/rows_csv.h"

#include "base/utf8.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { SECONDS_A_DAY = 86400, SERIAL_OF_1970 = 25569, FIRST_SERIAL = 61 /* 1900-03-01 */ };

struct hole { size_t at; struct pm_value value; };

void pm_rows_init(struct pm_rows *r, uint32_t first, int level, const struct pm_day *day)
{
    *r = (struct pm_rows){.day = day, .row = first - 1, .held = PM_ROWS_HELD};
    pm_spool_init(&r->spool, level);
    pm_buf_init(&r->holes, SIZE_MAX / 2);
}

void pm_rows_init_csv(struct pm_rows *r, const struct pm_day *day)
{
    pm_rows_init(r, 2, 0, day);
    r->is_csv = true;
    r->held = SIZE_MAX;
}

void pm_rows_free(struct pm_rows *r)
{
    pm_spool_free(&r->spool);
    pm_buf_free(&r->holes);
    pm_deflater_free(r->shelf);
    r->shelf = NULL;
}

/* ---- numbers ---- */

static size_t put_digits(char *out, uint64_t n)
{
    char digits[20];
    size_t count = 0;
    do {
        digits[count++] = (char)('0' + n % 10);
        n /= 10;
    } while (n > 0);
    for (size_t i = 0; i < count; i++)
        out[i] = digits[count - 1 - i];
    return count;
}

static size_t put_integer(char *out, int64_t n)
{
    if (n >= 0)
        return put_digits(out, (uint64_t)n);
    out[0] = '-';
    return 1 + put_digits(out + 1, 0 - (uint64_t)n);
}

/* Days with ten digits after the point: a second is 0.0000115741. */
static size_t put_days(char *out, int64_t seconds)
{
    const uint64_t scale = 10000000000u;
    uint64_t days = (uint64_t)seconds / SECONDS_A_DAY, rest = (uint64_t)seconds % SECONDS_A_DAY;
    uint64_t part = (rest * scale + SECONDS_A_DAY / 2) / SECONDS_A_DAY;
    size_t n = put_digits(out, days);
    if (part == 0)
        return n;
    char digits[20];
    size_t count = put_digits(digits, scale + part);   /* a 1 before them keeps the zeros */
    while (digits[count - 1] == '0')
        count--;
    out[n++] = '.';
    memcpy(out + n, digits + 1, count - 1);
    return n + count - 1;
}

size_t pm_column_letters(char out[4], int column)
{
    if (column < 26) {
        out[0] = (char)('A' + column);
        return 1;
    }
    if (column < 26 + 26 * 26) {
        out[0] = (char)('A' + column / 26 - 1);
        out[1] = (char)('A' + column % 26);
        return 2;
    }
    column -= 26 + 26 * 26;
    out[0] = (char)('A' + column / (26 * 26));
    out[1] = (char)('A' + column / 26 % 26);
    out[2] = (char)('A' + column % 26);
    return 3;
}

/* ---- text ---- */

/* What may stand for itself between others; everything else is looked at. */
static bool is_plain(unsigned char c)
{
    static const unsigned char special[32] = {
        0xFF, 0xFF, 0xFF, 0xFF,                      /* controls */
        0x40, 0x00, 0x00, 0x50, 0x00, 0x00, 0x00, 0x80,   /* & < > _ */
        0x00, 0x00, 0x00, 0x80,                      /* DEL */
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
    return (special[c >> 3] >> (c & 7) & 1) == 0;
}

static bool is_hexadecimal(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

bool pm_looks_escaped(struct pm_str s)
{
    return s.n >= 7 && s.p[0] == '_' && s.p[1] == 'x' && is_hexadecimal(s.p[2]) && is_hexadecimal(s.p[3]) && is_hexadecimal(s.p[4]) &&
           is_hexadecimal(s.p[5]) && s.p[6] == '_';
}

static void report_character(uint32_t cp, struct pm_mark mark, struct pm_diags *diags)
{
    char name[32] = "a byte that is not UTF-8";
    if (cp != PM_UTF8_BAD)
        snprintf(name, sizeof name, "U+%04X", (unsigned)cp);
    if (diags)
        pm_report(diags, PM_D_CHARACTER, mark, name);
}

/* One character that is_plain() does not pass. Returns true when it had to be replaced. */
static bool put_special(struct pm_buf *out, struct pm_str s, size_t *at, uint32_t *bad)
{
    size_t start = *at;
    uint32_t cp = pm_utf8_next(s, at);
    if (cp == '&') {
        pm_buf_add(out, "&amp;", 5);
    } else if (cp == '<') {
        pm_buf_add(out, "&lt;", 4);
    } else if (cp == '>') {
        pm_buf_add(out, "&gt;", 4);
    } else if (cp == '_' && pm_looks_escaped((struct pm_str){s.p + start, s.n - start})) {
        pm_buf_add(out, "_x005F_", 7);
    } else if (cp == '\r' && *at < s.n && s.p[*at] == '\n') {
        return false;                                /* CR LF is LF */
    } else if (cp < 0x20 && cp != '\t' && cp != '\n') {
        pm_buf_printf(out, "_x%04X_", (unsigned)cp);
    } else if (pm_utf8_xml_legal(cp)) {
        pm_buf_add(out, s.p + start, *at - start);
    } else {
        pm_buf_add(out, "\xEF\xBF\xBD", 3);
        *bad = cp;
        return true;
    }
    return false;
}

/* The longest prefix of at most `most` UTF-16 units. */
static size_t prefix_of_units(struct pm_str s, size_t most)
{
    size_t at = 0;
    for (size_t units = 0; at < s.n;) {
        size_t next = at;
        uint32_t cp = pm_utf8_next(s, &next);
        units += cp != PM_UTF8_BAD && cp > 0xFFFF ? 2 : 1;
        if (units > most)
            break;
        at = next;
    }
    return at;
}

void pm_cell_escape(struct pm_buf *out, struct pm_str s, struct pm_mark mark, struct pm_diags *diags)
{
    uint32_t bad = 0;
    bool replaced = false, cut = false;
    if (s.n > PM_CELL_UNITS && prefix_of_units(s, PM_CELL_UNITS) < s.n) {
        s.n = prefix_of_units(s, PM_CELL_UNITS - 1);
        cut = true;
    }
    for (size_t at = 0; at < s.n;) {
        size_t start = at;
        while (at < s.n && is_plain((unsigned char)s.p[at]))
            at++;
        pm_buf_add(out, s.p + start, at - start);
        if (at < s.n)
            replaced = put_special(out, s, &at, &bad) || replaced;
    }
    if (cut)
        pm_buf_add(out, "\xE2\x80\xA6", 3);
    if (replaced)
        report_character(bad, mark, diags);
    if (cut && diags)
        pm_report(diags, PM_D_CELL, mark);
}

void pm_attribute(struct pm_buf *out, struct pm_str s)
{
    for (size_t at = 0, start = 0; at <= s.n; at++) {
        char c = at < s.n ? s.p[at] : '&';
        if (c != '&' && c != '<' && c != '>' && c != '"')
            continue;
        pm_buf_add(out, s.p + start, at - start);
        start = at + 1;
        if (at < s.n)
            pm_buf_puts(out, c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&quot;");
    }
}

/* Far Eastern characters and emoji take two places. */
static bool is_wide(uint32_t cp)
{
    return (cp >= 0x1100 && cp <= 0x115F) || (cp >= 0x2E80 && cp <= 0xA4CF) || (cp >= 0xAC00 && cp <= 0xD7A3) ||
           (cp >= 0xF900 && cp <= 0xFAFF) || (cp >= 0xFE30 && cp <= 0xFE6F) || (cp >= 0xFF00 && cp <= 0xFF60) ||
           (cp >= 0x1F300 && cp <= 0x1FAFF) || (cp >= 0x20000 && cp <= 0x3FFFD);
}

static void note_width(struct pm_rows *r, int column, struct pm_str s)
{
    if (column >= PM_ROWS_COLUMNS || s.n <= r->widths[column] || r->widths[column] >= PM_WIDEST)
        return;                                      /* no character is wider than it has bytes */
    unsigned line = 0, *most = &r->widths[column];
    for (size_t at = 0; at < s.n && *most < PM_WIDEST;) {
        uint32_t cp = pm_utf8_next(s, &at);
        line = cp == '\n' ? 0 : line + 1 + is_wide(cp);
        *most = line > *most ? line : *most;
    }
}

/* ---- cells ---- */

static void begin_row(struct pm_rows *r)
{
    if (r->row >= PM_SHEET_ROWS)
        r->spool.status = r->spool.status == PM_OK ? PM_LIMIT : r->spool.status;
    r->digit_count = put_digits(r->digits, ++r->row);
    if (r->is_csv) {
        pm_row_begin_csv(r);
        return;
    }
    pm_buf_add(&r->spool.text, "<row r=\"", 8);
    pm_buf_add(&r->spool.text, r->digits, r->digit_count);
}

void pm_row_begin(struct pm_rows *r)
{
    pm_row_begin_lines(r, 1);
}

void pm_row_begin_lines(struct pm_rows *r, unsigned lines)
{
    enum { POINTS = 15, MOST_LINES = 27 };   /* 409 points are the most */
    begin_row(r);
    if (r->is_csv)
        return;
    if (lines > 1)
        pm_buf_printf(&r->spool.text, "\" ht=\"%u", (lines < MOST_LINES ? lines : MOST_LINES) * POINTS);
    pm_buf_add(&r->spool.text, "\">", 2);
}

unsigned pm_lines_of(struct pm_str text, unsigned width)
{
    unsigned lines = 1, line = 0;
    if (text.n == 0 || (text.n < width && !memchr(text.p, '\n', text.n)))
        return 1;
    for (size_t at = 0; at < text.n;) {
        uint32_t cp = pm_utf8_next(text, &at);
        line = cp == '\n' ? width : line + 1 + is_wide(cp);
        if (line >= width && at < text.n) {
            lines++;
            line = 0;
        }
    }
    return lines;
}

/* <c r="B7" s="3" and what follows. */
static void open_cell(struct pm_rows *r, int column, int style, const char *rest)
{
    size_t n = strlen(rest);
    char *start = pm_buf_reserve(&r->spool.text, 48 + n), *p = start;
    if (!p)
        return;
    memcpy(p, "<c r=\"", 6);
    p += 6;
    p += pm_column_letters(p, column);
    memcpy(p, r->digits, sizeof r->digits);
    p += r->digit_count;
    if (style) {
        memcpy(p, "\" s=\"", 5);
        p += 5;
        p += put_digits(p, (uint64_t)style);
    }
    memcpy(p, rest, n);
    r->spool.text.len += (size_t)(p + n - start);
}

static void put_value(const struct pm_rows *r, struct pm_buf *out, const char *digits, size_t n)
{
    if (!r->is_csv)
        pm_buf_puts(out, "<v>");
    pm_buf_add(out, digits, n);
    if (!r->is_csv)
        pm_buf_puts(out, "</v>");
}

void pm_cell_text(struct pm_rows *r, int column, int style, struct pm_str s, struct pm_mark mark)
{
    s = pm_str_trim(s);
    if (r->is_csv) {
        pm_csv_cell(r, column, s);
        return;
    }
    if (s.n == 0) {
        open_cell(r, column, style, "\"/>");
        return;
    }
    open_cell(r, column, style, "\" t=\"inlineStr\"><is><t>");
    pm_cell_escape(&r->spool.text, s, mark, r->diags);
    pm_buf_add(&r->spool.text, "</t></is></c>", 13);
    note_width(r, column, s);
}

static void put_number(struct pm_rows *r, int column, int style, const char *digits, size_t n)
{
    if (r->is_csv) {
        pm_csv_cell_number(r, column, (struct pm_str){digits, n});
        return;
    }
    open_cell(r, column, style, "\">");
    put_value(r, &r->spool.text, digits, n);
    pm_buf_add(&r->spool.text, "</c>", 4);
}

static void note_number(struct pm_rows *r, int column, unsigned width)
{
    if (column < PM_ROWS_COLUMNS && r->widths[column] < width)
        r->widths[column] = width;
}

void pm_cell_integer(struct pm_rows *r, int column, int style, int64_t n)
{
    char digits[24];
    size_t count = put_integer(digits, n);
    put_number(r, column, style, digits, count);
    note_number(r, column, (unsigned)(count + count / 3));
}

void pm_cell_number(struct pm_rows *r, int column, int style, double n)
{
    char digits[64];
    struct pm_buf b;
    pm_buf_init(&b, sizeof digits);
    pm_buf_number(&b, n, 6);
    put_number(r, column, style, b.data, b.len);
    note_number(r, column, (unsigned)(b.len + b.len / 3));
    pm_buf_free(&b);
}

void pm_cell_date(struct pm_rows *r, int column, int style, int64_t days)
{
    if (r->is_csv || days + SERIAL_OF_1970 < FIRST_SERIAL) {
        char text[32];
        struct pm_civil c;
        pm_civil_from_days(days, &c);
        snprintf(text, sizeof text, "%04d-%02d-%02d", c.year, c.month, c.day);
        pm_cell_text(r, column, style, pm_str(text), (struct pm_mark){0, 0, 0});
        return;
    }
    char digits[24];
    put_number(r, column, style, digits, put_integer(digits, days + SERIAL_OF_1970));
    note_number(r, column, 10);
}

void pm_cell_instant(struct pm_rows *r, int column, int style, int64_t seconds)
{
    int64_t serial = seconds + (int64_t)SERIAL_OF_1970 * SECONDS_A_DAY;
    if (r->is_csv || serial < (int64_t)FIRST_SERIAL * SECONDS_A_DAY) {
        char text[48];
        struct pm_civil c = pm_civil_at(seconds, PM_LIT("UTC"));
        snprintf(text, sizeof text, "%04d-%02d-%02d %02d:%02d:%02d", c.year, c.month, c.day, c.hour, c.minute, c.second);
        pm_cell_text(r, column, style, pm_str(text), (struct pm_mark){0, 0, 0});
        return;
    }
    char digits[40];
    put_number(r, column, style, digits, put_days(digits, serial));
    note_number(r, column, seconds % 60 ? 19 : 16);
}

void pm_cell_duration(struct pm_rows *r, int column, int style, int64_t seconds)
{
    char digits[40];
    if (r->is_csv) {
        snprintf(digits, sizeof digits, "%" PRId64 ":%02d:%02d", seconds / 3600, (int)(seconds / 60 % 60), (int)(seconds % 60));
        pm_csv_cell_number(r, column, pm_str(digits));
        return;
    }
    put_number(r, column, style, digits, put_days(digits, seconds));
    note_number(r, column, 8);
}

/* ---- formulas and holes ---- */

static int64_t value_by(const struct pm_day *day, const struct pm_value *v)
{
    if (v->kind == PM_VALUE_DAYS_UNTIL)
        return v->a - day->day;
    if (v->kind == PM_VALUE_DAYS_SINCE)
        return day->day - v->a;
    int64_t count = 0, due;
    for (int64_t i = v->a; v->kind == PM_VALUE_OVERDUE && i < v->b; i++) {
        memcpy(&due, day->due.data + (size_t)i * sizeof due, sizeof due);
        count += due < day->day;
    }
    return v->kind == PM_VALUE_OVERDUE ? count : v->a;
}

static void put_formula(struct pm_buf *b, struct pm_str formula, const char *row, size_t row_digits)
{
    pm_buf_add(b, "<f>", 3);
    for (size_t at = 0, start = 0; at <= formula.n; at++) {
        if (at < formula.n && formula.p[at] != PM_ROW_NUMBER)
            continue;
        pm_buf_add(b, formula.p + start, at - start);
        if (at < formula.n)
            pm_buf_add(b, row, row_digits);
        start = at + 1;
    }
    pm_buf_add(b, "</f>", 4);
}

void pm_cell_formula(struct pm_rows *r, int column, int style, struct pm_str formula, struct pm_value value)
{
    bool known = r->day->known || value.kind == PM_VALUE_NUMBER || value.kind == PM_VALUE_EMPTY;
    if (r->is_csv) {
        pm_csv_cell_number(r, column, PM_LIT(""));
        formula.n = 0;
    } else {
        open_cell(r, column, style, value.kind == PM_VALUE_EMPTY && formula.n ? "\" t=\"str\">" : "\">");
    }
    if (formula.n)
        put_formula(&r->spool.text, formula, r->digits, r->digit_count);
    if (known && value.kind != PM_VALUE_EMPTY) {
        char digits[24];
        put_value(r, &r->spool.text, digits, put_integer(digits, value_by(r->day, &value)));
    } else if (known) {
        pm_buf_puts(&r->spool.text, formula.n ? "<v></v>" : "");
    } else if (!r->left_out) {
        struct hole hole = {r->shelved + r->spool.text.len, value};
        pm_buf_add(&r->holes, &hole, sizeof hole);
    }
    if (!r->is_csv)
        pm_buf_add(&r->spool.text, "</c>", 4);
}

/* Of the held text on its way to its stream. */
struct pouring {
    const struct pm_rows *rows;
    struct pm_spool to;
    size_t at, hole;              /* bytes so far; the next hole in rows->holes */
};

static void move_text(struct pm_spool *to, struct pm_str text)
{
    while (text.n > 0) {
        size_t n = text.n < PM_SPOOL_PLAIN ? text.n : PM_SPOOL_PLAIN;
        pm_buf_add(&to->text, text.p, n);
        pm_spool_pass(to);
        text.p += n;
        text.n -= n;
    }
}

/* A block of it, with or without what belongs into the holes. Behind a hole there is another block, or more of this one. */
static void pour(void *context, struct pm_str block)
{
    struct pouring *p = context;
    const struct pm_rows *r = p->rows;
    size_t from = 0;
    for (; p->hole < r->holes.len; p->hole += sizeof(struct hole)) {
        struct hole hole;
        char digits[24];
        memcpy(&hole, r->holes.data + p->hole, sizeof hole);
        if (hole.at - p->at >= block.n)
            break;
        move_text(&p->to, (struct pm_str){block.p + from, hole.at - p->at - from});
        from = hole.at - p->at;
        if (r->day->known)
            put_value(r, &p->to.text, digits, put_integer(digits, value_by(r->day, &hole.value)));
    }
    move_text(&p->to, (struct pm_str){block.p + from, block.n - from});
    p->at += block.n;
}

static void let_go(struct pm_rows *r)
{
    struct pouring p = {.rows = r, .to = {.deflater = r->spool.deflater, .level = r->spool.level, .status = r->spool.status}};
    struct pm_deflated shelf = {0};
    enum pm_status status = r->spool.text.status != PM_OK ? r->spool.text.status : r->holes.status;
    pm_buf_init(&p.to.text, r->spool.text.max);
    if (r->shelf && status == PM_OK)
        status = pm_deflater_end(r->shelf, true, &shelf);
    else
        pm_deflater_free(r->shelf);
    if (shelf.chunks)
        status = pm_deflated_read(&shelf, pour, &p);
    pour(&p, pm_buf_slice(&r->spool.text));
    if (p.to.status == PM_OK)
        p.to.status = status;
    pm_buf_free(&r->spool.text);
    pm_buf_free(&r->holes);
    r->shelf = NULL;
    r->shelved = 0;
    r->spool = p.to;
}

/* Rows with holes, which cannot be deflated for good yet, are deflated for the time being. */
static void put_on_shelf(struct pm_rows *r)
{
    if (!r->shelf)
        r->shelf = pm_deflater_new(1);
    if (!r->shelf)
        r->spool.status = PM_NOMEM;
    pm_deflater_add(r->shelf, pm_buf_slice(&r->spool.text));
    r->shelved += r->spool.text.len;
    pm_buf_clear(&r->spool.text);
}

void pm_row_end(struct pm_rows *r)
{
    if (r->is_csv)
        pm_csv_end(&r->csv);
    else
        pm_buf_puts(&r->spool.text, "</row>");
    if (r->holes.len == 0) {
        pm_spool_pass(&r->spool);
    } else if (r->shelved + r->spool.text.len > r->held) {
        r->left_out = true;
        let_go(r);
    } else if (r->spool.text.len > PM_SPOOL_PLAIN && r->spool.text.status == PM_OK) {
        put_on_shelf(r);
    }
}

void pm_rows_settle(struct pm_rows *r)
{
    if (r->holes.len > 0)
        let_go(r);
}
