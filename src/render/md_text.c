#include "render/md_text.h"

#include "base/utf8.h"

#include <string.h>

static const char replacement[] = "\xEF\xBF\xBD";

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_alnum(char c)
{
    return is_digit(c) || is_letter(c);
}

static bool is_word(char c)
{
    return is_alnum(c) || (unsigned char)c >= 0x80;
}

/* Neither a control nor a malformed byte. */
static bool is_character(uint32_t cp)
{
    return cp >= ' ' && (cp < 0x7F || cp >= 0xA0) && pm_utf8_xml_legal(cp);
}

static bool is_punctuation(uint32_t cp)
{
    return cp < 0x80 && cp > ' ' && cp != 0x7F && !is_alnum((char)cp);
}

bool pm_md_may_be_punctuation(uint32_t cp)
{
    return is_punctuation(cp) || (cp >= 0xA1 && cp <= 0xBF) || (cp >= 0x2010 && cp <= 0x2BFF) || (cp >= 0x3001 && cp <= 0x3020) ||
           (cp >= 0xFE10 && cp <= 0xFE6F) || (cp >= 0xFF01 && cp <= 0xFF0F) || (cp >= 0xFF1A && cp <= 0xFF20) ||
           (cp >= 0xFF3B && cp <= 0xFF65) || cp >= 0x1F000;
}

bool pm_md_is_boundary(uint32_t cp)
{
    return cp <= ' ' || cp == 0xA0 || (cp >= 0x2000 && cp <= 0x200A) || cp == 0x3000 || is_punctuation(cp);
}

size_t pm_md_longest_run(struct pm_str text, char c)
{
    size_t longest = 0, run = 0;
    for (size_t i = 0; i < text.n; i++) {
        run = text.p[i] == c ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

/* ---- one character ---- */

struct cursor {
    struct pm_str text;
    size_t at;
    unsigned where;
    bool fresh;          /* nothing on the line yet */
    bool number;         /* nothing but digits on the line */
    bool dollars;        /* several: GitHub would take what is between for mathematics */
};

/* Characters before and behind; NUL where it is not known. */
static char before(const struct cursor *c)
{
    return c->at > 0 ? c->text.p[c->at - 1] : '\0';
}

static char behind(const struct cursor *c)
{
    return c->at + 1 < c->text.n ? c->text.p[c->at + 1] : '\0';
}

/* The text from `ahead` bytes behind the cursor on. */
static struct pm_str rest_at(const struct cursor *c, size_t ahead)
{
    return (struct pm_str){c->text.p + c->at + ahead, c->text.n - c->at - ahead};
}

static size_t scheme_length(struct pm_str s)
{
    return pm_str_starts(s, "https://") ? 8 : pm_str_starts(s, "http://") ? 7 : 0;
}

static bool wants_escape(const struct cursor *c, char ch)
{
    char next = behind(c);
    switch (ch) {
    case '`': case '*': case '[': case ']': case '~':
        return true;
    case '\\':
        return !next || is_punctuation((unsigned char)next) || scheme_length(rest_at(c, 1));
    case '_':
        return !is_alnum(before(c)) || !is_alnum(next);
    case '<':
        return !next || is_letter(next) || next == '/' || next == '!' || next == '?';
    case '&':
        return !next || is_alnum(next) || next == '#';
    case '|':
        return c->fresh || (c->where & PM_MD_CELL) != 0;
    case '#':
        return c->fresh || (c->where & PM_MD_HEADING) != 0;
    case '>': case '+': case '-': case '=':
        return c->fresh;
    case ':':
        return c->fresh && next == '-';   /* ":--" under a line with a pipe would make a table of both */
    case '.': case ')':
        return c->number || (ch == '.' && c->at >= 3 && strncmp(c->text.p + c->at - 3, "www", 3) == 0);
    case '@':
        return is_alnum(before(c)) && is_alnum(next);
    case '$':
        return c->dollars;
    default:
        return false;
    }
}

/* ---- web addresses ---- */

/* Of the address at the cursor, without the punctuation that ends a sentence; 0: none. */
static size_t address_length(const struct cursor *c)
{
    struct pm_str rest = rest_at(c, 0);
    size_t scheme = scheme_length(rest), n = scheme;
    if (!scheme || is_word(before(c)))
        return 0;
    while (n < rest.n && rest.p[n] > ' ' && rest.p[n] < 0x7F && !strchr("<>|\\`\"", rest.p[n]))
        n++;
    while (n > scheme && strchr(".,;:!?'*_~)]}", rest.p[n - 1]))
        n--;
    return n > scheme ? n : 0;
}

/* True when an address was written and the cursor is behind it. */
static bool put_address(struct pm_buf *out, struct cursor *c)
{
    size_t n = c->text.p[c->at] == 'h' ? address_length(c) : 0;
    if (!n || (c->where & PM_MD_LINK))
        return false;
    pm_buf_putc(out, '<');
    pm_buf_add(out, c->text.p + c->at, n);
    pm_buf_putc(out, '>');
    c->at += n;
    return true;
}

/* ---- text ---- */

/* A character beyond ASCII, or a control. */
static void put_special(struct pm_buf *out, struct cursor *c)
{
    size_t from = c->at;
    uint32_t cp = pm_utf8_next(c->text, &c->at);
    if (cp == '\n' || cp == '\t') {
        if (!c->fresh)
            pm_buf_putc(out, ' ');
        return;
    }
    if (cp == '\r')
        return;
    c->fresh = c->number = false;
    if (is_character(cp))
        pm_buf_add(out, c->text.p + from, c->at - from);
    else
        pm_buf_puts(out, replacement);
}

static void put_plain(struct pm_buf *out, struct cursor *c)
{
    char ch = c->text.p[c->at];
    if (ch == ' ' && c->fresh) {
        c->at++;
        return;
    }
    bool colon = ch == ':' && (c->where & PM_MD_LINK) && c->at >= 4 && pm_str_starts(rest_at(c, 0), "://");
    if (colon || wants_escape(c, ch))
        pm_buf_putc(out, '\\');
    pm_buf_putc(out, ch);
    c->number = is_digit(ch) && (c->number || c->fresh);
    c->fresh = false;
    c->at++;
}

void pm_md_text(struct pm_buf *out, struct pm_str text, unsigned where)
{
    struct cursor c = {.text = text, .where = where, .fresh = (where & PM_MD_LINE) != 0};
    const char *dollar = text.n ? memchr(text.p, '$', text.n) : NULL;
    c.dollars = dollar && memchr(dollar + 1, '$', text.n - (size_t)(dollar + 1 - text.p));
    while (c.at < text.n) {
        unsigned char byte = (unsigned char)text.p[c.at];
        if (byte < ' ' || byte >= 0x7F)
            put_special(out, &c);
        else if (put_address(out, &c))
            c.fresh = c.number = false;
        else
            put_plain(out, &c);
    }
}

/* ---- code and links ---- */

void pm_md_code(struct pm_buf *out, struct pm_str text, unsigned where)
{
    size_t fence = pm_md_longest_run(text, '`') + 1;
    if (text.n == 0)
        return;
    bool blanks = text.p[0] == ' ' && text.p[text.n - 1] == ' ' && pm_str_trim(text).n > 0;
    bool pad = text.p[0] == '`' || text.p[text.n - 1] == '`' || blanks;
    for (size_t i = 0; i < fence; i++)
        pm_buf_putc(out, '`');
    pm_buf_puts(out, pad ? " " : "");
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t cp = pm_utf8_next(text, &at);
        if (cp == '\n' || cp == '\r' || cp == '\t')
            pm_buf_putc(out, ' ');
        else if (!is_character(cp))
            pm_buf_puts(out, replacement);
        else {
            if (cp == '|' && (where & PM_MD_CELL))
                pm_buf_putc(out, '\\');
            pm_buf_add(out, text.p + from, at - from);
        }
    }
    pm_buf_puts(out, pad ? " " : "");
    for (size_t i = 0; i < fence; i++)
        pm_buf_putc(out, '`');
}

void pm_md_verbatim(struct pm_buf *out, struct pm_str text)
{
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t cp = pm_utf8_next(text, &at);
        if (is_character(cp) || cp == '\t')
            pm_buf_add(out, text.p + from, at - from);
        else
            pm_buf_puts(out, replacement);
    }
}

void pm_md_url(struct pm_buf *out, struct pm_str url)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < url.n; i++) {
        unsigned char byte = (unsigned char)url.p[i];
        if (byte > ' ' && byte != 0x7F && !strchr("()<>|\\`\"*[]", url.p[i]))
            pm_buf_putc(out, url.p[i]);
        else
            pm_buf_add(out, (const char[]){'%', digits[byte >> 4], digits[byte & 15]}, 3);
    }
}
