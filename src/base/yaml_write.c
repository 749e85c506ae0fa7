#include "base/yaml.h"

#include "base/utf8.h"

#include <string.h>

/* What libyaml and YAML 1.1 readers take for a line's end beside the line feed, and what cannot stand in a text unescaped. */
static bool needs_escape(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || cp == 0x2028 || cp == 0x2029 || cp == 0xFEFF || cp == 0xFFFE || cp == 0xFFFF ||
           cp == PM_UTF8_BAD;
}

static bool holds_only_printable(struct pm_str s, const char *allowed)
{
    for (size_t at = 0; at < s.n;) {
        uint32_t cp = pm_utf8_next(s, &at);
        if (needs_escape(cp) && (cp == 0 || cp > 0x7F || !strchr(allowed, (int)cp)))
            return false;
    }
    return true;
}

static bool is_null_word(struct pm_str s)
{
    return pm_str_is(s, "~") || pm_str_is(s, "null") || pm_str_is(s, "Null") || pm_str_is(s, "NULL");
}

static bool begins_plain(struct pm_str s)
{
    if (s.p[0] == '-')
        return s.n > 1 && s.p[1] != ' ' && !pm_str_starts(s, "---");
    return !strchr("?:,[]{}#&*!|>'\"%@` ", s.p[0]) && !pm_str_starts(s, "...");
}

static bool can_be_plain(struct pm_str s, bool flow)
{
    if (s.n == 0 || !holds_only_printable(s, "") || !begins_plain(s) || is_null_word(s))
        return false;
    if (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == ':')
        return false;
    for (size_t i = 0; i < s.n; i++) {
        char next = i + 1 < s.n ? s.p[i + 1] : '\0';
        if ((s.p[i] == ':' && next == ' ') || (s.p[i] == ' ' && next == '#'))
            return false;
        if (flow && (strchr(",[]{}", s.p[i]) || (s.p[i] == ':' && next == '?')))   /* libyaml refuses the latter */
            return false;
    }
    return true;
}

static void write_quoted(struct pm_buf *b, struct pm_str s)
{
    pm_buf_putc(b, '"');
    for (size_t at = 0; at < s.n;) {
        size_t start = at;
        uint32_t cp = pm_utf8_next(s, &at);
        if (cp == '"' || cp == '\\')
            pm_buf_printf(b, "\\%c", (int)cp);
        else if (cp == '\n')
            pm_buf_puts(b, "\\n");
        else if (cp == '\t')
            pm_buf_puts(b, "\\t");
        else if (cp == PM_UTF8_BAD)
            pm_buf_puts(b, "\xEF\xBF\xBD");
        else if (needs_escape(cp))
            pm_buf_printf(b, cp < 0x100 ? "\\x%02X" : "\\u%04X", (unsigned)cp);
        else
            pm_buf_add(b, s.p + start, at - start);
    }
    pm_buf_putc(b, '"');
}

/* Several lines, or one with its end, and something to see in the last: a line of blanks would be lost to editors. */
static bool can_be_block(struct pm_str s, int indent)
{
    if (indent < 1 || s.n == 0 || !memchr(s.p, '\n', s.n) || !holds_only_printable(s, "\n\t"))
        return false;
    size_t n = s.n;
    while (n && s.p[n - 1] == '\n')
        n--;
    while (n && (s.p[n - 1] == ' ' || s.p[n - 1] == '\t'))
        n--;
    return n > 0 && s.p[n - 1] != '\n';
}

/* Readers tell the indentation by the first line with a character, unless that is a blank. */
static bool needs_indicator(struct pm_str s)
{
    size_t i = 0;
    while (i < s.n && s.p[i] == '\n')
        i++;
    return i < s.n && (s.p[i] == ' ' || s.p[i] == '\t');
}

static void write_block(struct pm_buf *b, struct pm_str s, int indent)
{
    bool ends = s.p[s.n - 1] == '\n', keeps = ends && s.p[s.n - 2] == '\n';
    pm_buf_puts(b, needs_indicator(s) ? "|2" : "|");
    pm_buf_puts(b, keeps ? "+" : ends ? "" : "-");
    if (ends)
        s.n--;   /* the caller's line feed */
    while (s.n) {
        const char *end = memchr(s.p, '\n', s.n);
        size_t n = end ? (size_t)(end - s.p) : s.n;
        if (n)
            pm_buf_printf(b, "\n%*s", indent, "");
        else
            pm_buf_putc(b, '\n');
        pm_buf_add(b, s.p, n);
        n += end != NULL;
        s.p += n;
        s.n -= n;
    }
    if (keeps)
        pm_buf_putc(b, '\n');
}

void pm_yaml_write_scalar(struct pm_buf *b, struct pm_str text, int indent, bool flow)
{
    if (can_be_plain(text, flow))
        pm_buf_str(b, text);
    else if (!flow && can_be_block(text, indent))
        write_block(b, text, indent);
    else
        write_quoted(b, text);
}
