#include "document/markdown_plain.h"

#include <limits.h>
#include <string.h>

/* A mark that means nothing to md4c inside a line: a ':' may begin a link with the '/' behind it, a '.' end one's "www". */
static bool is_plain_mark(struct pm_str s, size_t at)
{
    static const char anywhere[] = "!\"#$%'()+,-/;=?{}";
    char c = s.p[at];
    if (c == ':')
        return at + 1 == s.n || s.p[at + 1] != '/';
    if (c == '.')
        return s.p[at - 1] != 'w' && s.p[at - 1] != 'W';
    return memchr(anywhere, c, sizeof anywhere - 1) != NULL;
}

bool pm_markdown_is_plain(struct pm_str s)
{
    char before = '\n';
    for (size_t i = 0; i < s.n; before = s.p[i++]) {
        char c = s.p[i];
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80)
            continue;
        if (before == '\n' || (before == ' ' && (c == ' ' || c == '\n')))
            return false;
        if (c != ' ' && c != '\n' && !(c >= '0' && c <= '9') && !is_plain_mark(s, i))
            return false;
    }
    return before != ' ' && before != '\n' && s.n <= UINT_MAX / 2;
}
