#include "base/csv.h"

#include <inttypes.h>
#include <string.h>

void pm_csv_init(struct pm_csv *csv, struct pm_buf *out)
{
    *csv = (struct pm_csv){.out = out};
}

static void begin_cell(struct pm_csv *csv)
{
    if (csv->begun)
        pm_buf_putc(csv->out, ',');
    csv->begun = true;
}

static bool needs_quotes(struct pm_str text)
{
    return memchr(text.p, ',', text.n) || memchr(text.p, '"', text.n) || memchr(text.p, '\n', text.n) || memchr(text.p, '\r', text.n);
}

static void add_quoted(struct pm_buf *out, struct pm_str text)
{
    while (text.n) {
        const char *quote = memchr(text.p, '"', text.n);
        size_t n = quote ? (size_t)(quote - text.p) + 1 : text.n;
        pm_buf_add(out, text.p, n);
        if (quote)
            pm_buf_putc(out, '"');
        text.p += n;
        text.n -= n;
    }
}

void pm_csv_text(struct pm_csv *csv, struct pm_str text)
{
    begin_cell(csv);
    if (!text.n)
        return;
    bool quoted = needs_quotes(text);
    if (quoted)
        pm_buf_putc(csv->out, '"');
    if (memchr("=+-@\t\r", text.p[0], 6))
        pm_buf_putc(csv->out, '\'');
    add_quoted(csv->out, text);
    if (quoted)
        pm_buf_putc(csv->out, '"');
}

void pm_csv_integer(struct pm_csv *csv, int64_t n)
{
    begin_cell(csv);
    pm_buf_printf(csv->out, "%" PRId64, n);
}

void pm_csv_number(struct pm_csv *csv, double value, int digits)
{
    begin_cell(csv);
    pm_buf_number(csv->out, value, digits);
}

void pm_csv_empty(struct pm_csv *csv)
{
    begin_cell(csv);
}

void pm_csv_end(struct pm_csv *csv)
{
    pm_buf_puts(csv->out, "\r\n");
    csv->begun = false;
}
