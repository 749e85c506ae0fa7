/* Inline Markdown to plain text, and names to a form that can be compared. */
#include "import/import_internal.h"

#include "base/utf8.h"

#include <string.h>

/* Brackets are looked for from each other on, so that a text of nothing else must not be long. */
enum { LONGEST_TEXT = 64 << 10, LONGEST_NAME = 300 };

bool pm_md_is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool pm_md_is_digit(char c) { return c >= '0' && c <= '9'; }
bool pm_md_is_word(char c) { return pm_md_is_letter(c) || pm_md_is_digit(c) || (unsigned char)c >= 0x80; }
struct pm_str pm_md_from(struct pm_str s, size_t at)
{
    return at < s.n ? (struct pm_str){s.p + at, s.n - at} : (struct pm_str){s.p + s.n, 0};
}

struct pm_str pm_md_upto(struct pm_str s, size_t n)
{
    return (struct pm_str){s.p, n < s.n ? n : s.n};
}

size_t pm_md_find_word(struct pm_str s, const char *word)
{
    size_t n = strlen(word);
    for (size_t i = 0; i + n <= s.n; i++) {
        if ((i == 0 || !pm_md_is_word(s.p[i - 1])) && (i + n == s.n || !pm_md_is_word(s.p[i + n])) &&
            pm_str_starts_word(pm_md_from(s, i), word))
            return i;
    }
    return s.n;
}

static struct pm_str finish(struct pm_buf *b, struct pm_arena *arena)
{
    struct pm_str out = pm_arena_str(arena, pm_str_trim(pm_buf_slice(b)));
    if (b->status != PM_OK)
        arena->failed = true;
    pm_buf_free(b);
    return out.p ? out : PM_LIT("");
}

/* ---- links ---- */

static size_t closing(struct pm_str s, size_t at, char open, char close)
{
    int depth = 0;
    for (size_t i = at; i < s.n && s.p[i] != '\n' && i - at < 4096; i++) {
        if (s.p[i] == '\\')
            i++;
        else if (s.p[i] == open)
            depth++;
        else if (s.p[i] == close && --depth == 0)
            return i;
    }
    return s.n;
}

/* "[text](url)" and "![text](url)" at `at`. */
static bool read_link(struct pm_str s, size_t at, struct pm_md_link *out)
{
    bool image = s.p[at] == '!';
    size_t open = at + image, close = open < s.n && s.p[open] == '[' ? closing(s, open, '[', ']') : s.n;
    if (close + 1 >= s.n || s.p[close + 1] != '(')
        return false;
    size_t end = closing(s, close + 1, '(', ')');
    if (end == s.n)
        return false;
    struct pm_str url = pm_str_trim(pm_md_upto(pm_md_from(s, close + 2), end - close - 2));
    const char *blank = url.n ? memchr(url.p, ' ', url.n) : NULL;
    if (blank && (blank[1] == '"' || blank[1] == '\''))
        url.n = (size_t)(blank - url.p);
    if (url.n > 1 && url.p[0] == '<' && url.p[url.n - 1] == '>')
        url = pm_md_upto(pm_md_from(url, 1), url.n - 2);
    *out = (struct pm_md_link){pm_md_upto(pm_md_from(s, open + 1), close - open - 1), url, at, end + 1, image};
    return true;
}

static bool read_url(struct pm_str s, size_t at, struct pm_md_link *out)
{
    struct pm_str rest = pm_md_from(s, at);
    bool begins = at == 0 || !pm_md_is_word(s.p[at - 1]);
    if (!begins || !(pm_str_starts_word(rest, "https://") || pm_str_starts_word(rest, "http://")))
        return false;
    size_t n = 0;
    while (n < rest.n && (unsigned char)rest.p[n] > ' ' && !strchr("<>\"|)]`", rest.p[n]))
        n++;
    while (n && strchr(".,;:!?*_'", rest.p[n - 1]))
        n--;
    bool quoted = at > 0 && s.p[at - 1] == '<' && at + n < s.n && s.p[at + n] == '>';
    *out = (struct pm_md_link){pm_md_upto(rest, n), pm_md_upto(rest, n), at - quoted, at + n + quoted, false};
    return n > 8;
}

bool pm_md_find_link(struct pm_str s, size_t from, struct pm_md_link *out)
{
    for (size_t i = from; i < s.n && s.n <= LONGEST_TEXT; i++) {
        char c = s.p[i];
        if (((c == '[' || (c == '!' && i + 1 < s.n && s.p[i + 1] == '[')) && read_link(s, i, out)) ||
            ((c == 'h' || c == 'H') && read_url(s, i, out)))
            return true;
    }
    return false;
}

/* ---- tags ---- */

/* The length of a tag that is one of HTML's usual; 0: it is text. */
static size_t tag_length(struct pm_str s, bool *breaks)
{
    static const char *const tags[] = {
        "br", "p", "b", "i", "u", "em", "strong", "span", "div", "details", "summary", "sup", "sub", "small", "center", "font", "a", "h1",
        "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "tr", "td", "th", "tbody", "thead", "hr", "code", "kbd", "blockquote",
        "section"};
    const char *end = s.n > 2 ? memchr(s.p, '>', s.n < 600 ? s.n : 600) : NULL;
    size_t start = s.n > 1 && s.p[1] == '/' ? 2 : 1, n = 0;
    if (!end)
        return 0;
    while (start + n < s.n && (pm_md_is_letter(s.p[start + n]) || pm_md_is_digit(s.p[start + n])))
        n++;
    char after = start + n < s.n ? s.p[start + n] : ' ';
    if (n == 0 || !strchr("> /\t", after) || (after == ' ' && start == 1 && n > 3 && !memchr(s.p, '=', (size_t)(end - s.p))))
        return 0;
    struct pm_str name = pm_md_upto(pm_md_from(s, start), n);
    for (size_t i = 0; i < PM_ITEMS(tags); i++) {
        if (name.n == strlen(tags[i]) && pm_str_starts_word(name, tags[i])) {
            *breaks = i == 0;
            return (size_t)(end - s.p) + 1;
        }
    }
    return 0;
}

struct pm_str pm_md_tidy(struct pm_str s, struct pm_arena *arena)
{
    if (!memchr(s.p ? s.p : "", '<', s.n))
        return s;
    struct pm_buf b;
    pm_buf_init(&b, 2 * s.n + 16);
    bool code = false, breaks = false;
    for (size_t i = 0; i < s.n; i++) {
        code ^= s.p[i] == '`';
        size_t n = s.p[i] == '<' && !code ? tag_length(pm_md_from(s, i), &breaks) : 0;
        if (!n) {
            pm_buf_putc(&b, s.p[i]);
        } else {
            i += n - 1;
            if (breaks && b.len)
                pm_buf_putc(&b, '\n');
            breaks = false;
        }
    }
    return finish(&b, arena);
}

/* ---- plain text ---- */

static void put_plain(struct pm_buf *b, struct pm_str s, int depth)
{
    struct pm_md_link link;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool left = i > 0 && pm_md_is_word(s.p[i - 1]), right = i + 1 < s.n && pm_md_is_word(s.p[i + 1]);
        if ((c == '[' || c == '!') && depth < 4 && read_link(s, i, &link)) {
            put_plain(b, link.text, depth + 1);
            i = link.end - 1;
        } else if (c == '\\' && i + 1 < s.n && !pm_md_is_word(s.p[i + 1])) {
            pm_buf_putc(b, s.p[++i]);
        } else if (c == '\n' || c == '\t') {
            pm_buf_putc(b, ' ');
        } else if (c != '`' && !(c == '*' && (left || right || (i && s.p[i - 1] == '*') || (i + 1 < s.n && s.p[i + 1] == '*') || depth)) &&
                   !(c == '_' && !(left && right)) && !(c == '~' && i + 1 < s.n && s.p[i + 1] == '~') && !(c == '~' && i &&
                           s.p[i - 1] == '~')) {
            pm_buf_putc(b, c);
        }
    }
}

struct pm_str pm_md_plain(struct pm_str s, struct pm_arena *arena)
{
    struct pm_buf b;
    if (s.n > LONGEST_TEXT)
        return pm_str_trim(s);
    pm_buf_init(&b, 2 * s.n + 16);
    s = pm_str_trim(pm_md_tidy(s, arena));
    while (s.n > 1 && s.p[0] == '>' && s.p[1] == ' ')
        s = pm_str_trim(pm_md_from(s, 1));
    put_plain(&b, s, 0);
    return finish(&b, arena);
}

static size_t count_marks(struct pm_str s, const char *mark)
{
    size_t n = 0, length = strlen(mark);
    for (size_t i = 0; i + length <= s.n; i++) {
        if (memcmp(s.p + i, mark, length) == 0) {
            n++;
            i += length - 1;
        }
    }
    return n;
}

struct pm_str pm_md_balance(struct pm_str s, struct pm_arena *arena)
{
    static const char *const marks[] = {"**", "__", "~~", "`"};
    s = pm_str_trim(s);
    for (size_t i = 0; i < PM_ITEMS(marks); i++) {
        size_t n = strlen(marks[i]);
        if (count_marks(s, marks[i]) % 2 == 0)
            continue;
        if (pm_str_starts(s, marks[i]))
            s = pm_str_trim(pm_md_from(s, n));
        else if (s.n > n && memcmp(s.p + s.n - n, marks[i], n) == 0)
            s = pm_str_trim(pm_md_upto(s, s.n - n));
        else
            s = pm_arena_format(arena, "%s%.*s", marks[i], (int)(s.n < INT32_MAX ? s.n : INT32_MAX), s.p);
    }
    return s.p ? s : PM_LIT("");
}

bool pm_md_is_placeholder(struct pm_str s)
{
    static const char *const words[] = {
        "tbd", "tba", "tbc", "n/a", "na", "none", "-", "--", "---", "todo", "unknown", "?", "??", "...", "xxx", "xx", "\xE2\x80\x94",
        "\xE2\x80\xA6", "\xE2\x80\x93", "yyyy-mm-dd", "yyyy/mm/dd", "hh:mm", "name", "names"};
    s = pm_str_trim(s);
    for (size_t i = 0; i < PM_ITEMS(words); i++) {
        if (s.n == strlen(words[i]) && pm_str_starts_word(s, words[i]))
            return true;
    }
    return s.n == 0 || (s.p[0] == '<' && s.p[s.n - 1] == '>') || (s.p[0] == '[' && s.p[s.n - 1] == ']') ||
           (s.p[0] == '{' && s.p[s.n - 1] == '}');
}

/* ---- names ---- */

static bool is_emoji(uint32_t cp)
{
    return (cp >= 0x2010 && cp <= 0x2BFF) || cp >= 0x1F000 || (cp >= 0xFE00 && cp <= 0xFE0F) || cp == 0x200D || cp == 0xA0 ||
           (cp >= 0xE000 && cp <= 0xF8FF);
}

/* ":fire:" */
static size_t shortcode(struct pm_str s)
{
    size_t n = 1;
    while (n < s.n && (pm_md_is_letter(s.p[n]) || pm_md_is_digit(s.p[n]) || s.p[n] == '_' || s.p[n] == '-'))
        n++;
    return n > 2 && n < s.n && s.p[n] == ':' && pm_md_is_letter(s.p[1]) ? n + 1 : 0;
}

/* "3. ", "1.2) ", "IV. " */
static struct pm_str without_number(struct pm_str s)
{
    size_t n = 0;
    bool point = false;
    while (n < s.n && (pm_md_is_digit(s.p[n]) || s.p[n] == '.' || s.p[n] == ')')) {
        point |= !pm_md_is_digit(s.p[n]);
        n++;
    }
    if (n && point && n < s.n)
        return pm_str_trim(pm_md_from(s, n));
    n = 0;
    while (n < s.n && n < 4 && strchr("IVX", s.p[n]))
        n++;
    return n && n + 1 < s.n && s.p[n] == '.' ? pm_str_trim(pm_md_from(s, n + 1)) : s;
}

struct pm_str pm_md_title(struct pm_str s, struct pm_arena *arena)
{
    struct pm_str plain = pm_md_plain(s, arena);
    struct pm_buf b;
    pm_buf_init(&b, plain.n + 16);
    for (size_t at = 0; at < plain.n;) {
        size_t start = at, code = plain.p[at] == ':' ? shortcode(pm_md_from(plain, at)) : 0;
        if (code) {
            at += code;
            continue;
        }
        uint32_t cp = pm_utf8_next(plain, &at);
        if (!is_emoji(cp) || (cp >= 0x2010 && cp <= 0x206F))
            pm_buf_add(&b, plain.p + start, at - start);
    }
    struct pm_str out = without_number(finish(&b, arena));
    return out.n ? out : plain;
}

static size_t bracketed(struct pm_str s, size_t i)
{
    char close = s.p[i] == '(' ? ')' : s.p[i] == '[' ? ']' : '\0';
    size_t end = close ? closing(s, i, s.p[i], close) : s.n;
    return end < s.n ? end : i;
}

static void put_name(struct pm_buf *b, struct pm_str s)
{
    for (size_t at = 0; at < s.n;) {
        char c = s.p[at];
        size_t start = at, end = bracketed(s, at), code = c == ':' ? shortcode(pm_md_from(s, at)) : 0;
        if (end > at || code) {
            at = code ? at + code : end + 1;
            continue;
        }
        uint32_t cp = pm_utf8_next(s, &at);
        bool blank = cp == ' ' || cp == '-' || cp == '_' || cp == '\t' || cp == ',' || cp == 0xA0 || cp == 0x2013 || cp == 0x2014 ||
            cp == 0xFF1A;
        if (cp == 0x2018 || cp == 0x2019)
            pm_buf_putc(b, '\'');
        else if (cp == '&')
            pm_buf_puts(b, "and");
        else if (blank) {
            if (b->len && b->data[b->len - 1] != ' ')
                pm_buf_putc(b, ' ');
        } else if (cp < 0x80 ? !strchr("*`:?.!#\"~>\\|", c) : !is_emoji(cp)) {
            for (size_t i = start; i < at; i++)
                pm_buf_putc(b, pm_ascii_lower(s.p[i]));
        }
    }
}

struct pm_str pm_md_normal(struct pm_str s, struct pm_arena *arena)
{
    struct pm_buf b;
    if (s.n > LONGEST_NAME)
        return PM_LIT("");
    pm_buf_init(&b, 4 * s.n + 16);
    put_name(&b, without_number(pm_md_plain(s, arena)));
    struct pm_str once = without_number(finish(&b, arena));
    while (once.n && (once.p[0] == '/' || once.p[0] == ' '))
        once = pm_md_from(once, 1);
    return once;
}
