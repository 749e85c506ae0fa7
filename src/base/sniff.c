#include "base/sniff.h"

#include <string.h>

static const struct {
    const char *magic;
    unsigned char n;
    const char *name;
} kinds[] = {
    {"%PDF-", 5, "a PDF file"},
    {"PK\3\4", 4, "a ZIP archive or an Office document"},
    {"\xD0\xCF\x11\xE0", 4, "an old Office document"},
    {"{\\rtf", 5, "an RTF document"},
    {"\x89PNG", 4, "a PNG picture"},
    {"\xFF\xD8\xFF", 3, "a JPEG picture"},
    {"GIF89a", 6, "a GIF picture"},
    {"\x1F\x8B", 2, "a gzip file"},
    {"\x28\xB5\x2F\xFD", 4, "a zstd file"},
    {"\xFD" "7zXZ", 5, "an xz file"},
    {"SQLite format 3", 16, "an SQLite database"},
    {"\x7F" "ELF", 4, "a program"},
    {"\xFF\xFE", 2, "UTF-16 text"},
    {"\xFE\xFF", 2, "UTF-16 text"},
};

/* A blank in the text is '_' in the word. */
static bool begins_word(struct pm_str s, const char *word)
{
    size_t n = strlen(word);
    return s.n >= n && pm_str_same_word((struct pm_str){s.p, n}, word);
}

static const char *markup(struct pm_str s)
{
    s = pm_str_trim((struct pm_str){s.p, s.n < 512 ? s.n : 512});
    if (begins_word(s, "<!doctype_html") || begins_word(s, "<html"))
        return "HTML";
    return begins_word(s, "<?xml") || begins_word(s, "<!doctype") || begins_word(s, "<!--") ? "XML or HTML" : NULL;
}

const char *pm_sniff(struct pm_str bytes)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (bytes.n >= kinds[i].n && memcmp(bytes.p, kinds[i].magic, kinds[i].n) == 0)
            return kinds[i].name;
    }
    bool is_wide = bytes.n >= 4 && (!bytes.p[0] != !bytes.p[1]) && !bytes.p[0] == !bytes.p[2] && !bytes.p[1] == !bytes.p[3];
    return is_wide ? "UTF-16 text" : markup(pm_str_starts(bytes, "\xEF\xBB\xBF") ? (struct pm_str){bytes.p + 3, bytes.n - 3} : bytes);
}

/* ---- what can have an incident inside of it ---- */

static struct pm_str behind(struct pm_str s, size_t n)
{
    return (struct pm_str){s.p + n, s.n - n};
}

/* The first line, with its line feed. */
static struct pm_str line_of(struct pm_str s)
{
    const char *end = s.n ? memchr(s.p, '\n', s.n) : NULL;
    return (struct pm_str){s.p, end ? (size_t)(end - s.p) + 1 : s.n};
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Behind lines that are blank or, to YAML, comments. */
static struct pm_str past_comments(struct pm_str s)
{
    for (struct pm_str line = line_of(s); line.n; line = line_of(s)) {
        struct pm_str text = pm_str_trim(line);
        if (text.n && text.p[0] != '#')
            break;
        s = behind(s, line.n);
    }
    return s;
}

/* Whether the root of a YAML document can begin with the line: "key:", quoted or not, a flow mapping, a marker, a directive. */
static bool begins_mapping(struct pm_str line)
{
    size_t n = 0;
    if (pm_str_starts(line, "---") || pm_str_starts(line, "...") || (line.n && memchr("{%\"'?", line.p[0], 5)))
        return true;
    while (n < line.n && (is_letter(line.p[n]) || (line.p[n] >= '0' && line.p[n] <= '9') || memchr("_-.", line.p[n], 3)))
        n++;
    return n > 0 && n < line.n && line.p[n] == ':';
}

static bool has_link(struct pm_str line)
{
    for (size_t i = 0; i + 2 < line.n; i++)
        if (line.p[i] == ']' && line.p[i + 1] == '(' && line.p[i + 2] == '#')
            return true;
    return false;
}

/* A page of several incidents: a heading, then a list of links. */
static bool is_list_of_links(struct pm_str s)
{
    struct pm_str line = line_of(past_comments(s));
    return pm_str_starts(s, "# ") && pm_str_starts(line, "- [") && has_link(line);
}

/* Front matter is a YAML document; what follows is a heading, and then no mapping. */
static bool is_front_matter(struct pm_str s)
{
    struct pm_str line = line_of(s);
    do {
        s = behind(s, line.n);
        line = line_of(s);
    } while (line.n && !pm_str_is(pm_str_trim(line), "---"));
    s = behind(s, line.n);
    while ((line = line_of(s)).n && !pm_str_trim(line).n)
        s = behind(s, line.n);
    struct pm_str rest = past_comments(s);
    return pm_str_starts(s, "# ") && rest.n && !begins_mapping(rest);
}

static bool is_storage(struct pm_str s)
{
    static const char key[] = "\"storage\"";
    const char *end = s.p + s.n;
    for (const char *p = s.p; p < end && (p = memchr(p, '"', (size_t)(end - p))); p++) {
        struct pm_str rest = {p, (size_t)(end - p)};
        if (!pm_str_starts(rest, key))
            continue;
        rest = pm_str_trim(behind(rest, sizeof key - 1));
        rest = pm_str_starts(rest, ":") ? pm_str_trim(behind(rest, 1)) : rest;
        if (pm_str_starts(rest, "{"))
            return true;
    }
    return false;
}

static bool is_markup(struct pm_str s)
{
    return s.n > 1 && (is_letter(s.p[1]) || s.p[1] == '!' || s.p[1] == '?');
}

enum pm_artefact pm_sniff_artefact(struct pm_str bytes)
{
    struct pm_str s = pm_str_starts(bytes, "\xEF\xBB\xBF") ? behind(bytes, 3) : bytes;
    while (s.n && (s.p[0] == ' ' || (s.p[0] >= '\t' && s.p[0] <= '\r')))
        s = behind(s, 1);
    switch (s.n ? s.p[0] : '\0') {
    case '%':
        return pm_str_starts(s, "%PDF-") ? PM_ARTEFACT_PDF : PM_ARTEFACT_NONE;
    case 'P':
        return pm_str_starts(bytes, "PK\3\4") ? PM_ARTEFACT_PACKAGE : PM_ARTEFACT_NONE;
    case '<':
        return is_markup(s) ? PM_ARTEFACT_MARKUP : PM_ARTEFACT_NONE;
    case '{':
        return is_storage(s) ? PM_ARTEFACT_REST : PM_ARTEFACT_NONE;
    case '#':
        return is_list_of_links(s) ? PM_ARTEFACT_MARKDOWN : PM_ARTEFACT_NONE;
    case '-':
        return pm_str_is(pm_str_trim(line_of(s)), "---") && is_front_matter(s) ? PM_ARTEFACT_MARKDOWN : PM_ARTEFACT_NONE;
    default:
        return PM_ARTEFACT_NONE;
    }
}
