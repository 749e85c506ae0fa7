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
