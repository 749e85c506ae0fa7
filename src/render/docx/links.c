/* Addresses of hyperlinks as relations. Programs refuse the whole file for one target that is no address, so addresses are looked at
 * closely and what may not stand in a URI (RFC 3986) is percent-encoded; but in names of hosts, where programs read letters of other
 * scripts as they are (RFC 3987) and not as percents. */
#include "base/utf8.h"
#include "render/docx/docx_internal.h"

#include <string.h>

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_hex(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool starts_without_case(struct pm_str url, const char *prefix)
{
    size_t n = strlen(prefix);
    if (url.n < n)
        return false;
    for (size_t i = 0; i < n; i++)
        if ((is_letter(url.p[i]) ? url.p[i] | 0x20 : url.p[i]) != prefix[i])
            return false;
    return true;
}

/* No spaces, marks of direction and the like, which look as if they were not there. */
static bool has_hidden(struct pm_str host)
{
    for (size_t at = 0; at < host.n;) {
        uint32_t cp = pm_utf8_next(host, &at);
        if (cp == PM_UTF8_BAD || (cp >= 0x80 && cp <= 0xA0) || (cp >= 0x2000 && cp <= 0x206F) || cp == 0x3000 ||
            (cp >= 0xFE00 && cp <= 0xFFFF))
            return true;
    }
    return false;
}

/* "example.org", "example.org:8080", "[::1]": what programs agree on; no user names, which serve deceit. */
static bool is_good_host(struct pm_str host)
{
    size_t i = 0, digits = 0;
    unsigned long port = 0;
    if (host.n && host.p[0] == '[') {
        for (i = 1; i < host.n && (is_hex(host.p[i]) || host.p[i] == ':' || host.p[i] == '.'); i++) {}
        if (i < 4 || i >= host.n || host.p[i++] != ']')
            return false;
    } else {
        while (i < host.n && (is_letter(host.p[i]) || is_digit(host.p[i]) || strchr("-._", host.p[i]) || (unsigned char)host.p[i] >= 0x80))
            i++;
        if (i == 0 || host.p[0] == '.' || host.p[0] == '-')
            return false;
    }
    if (i < host.n && host.p[i] == ':')
        for (i++; i < host.n && is_digit(host.p[i]) && digits < 6; i++, digits++)
            port = port * 10 + (unsigned long)(host.p[i] - '0');
    return i == host.n && port <= 65535 && !has_hidden(host);
}

static size_t host_begin(struct pm_str url)
{
    return starts_without_case(url, "https://") ? 8 : starts_without_case(url, "http://") ? 7 : 0;
}

static size_t host_end(struct pm_str url)
{
    size_t end = host_begin(url);
    while (end > 0 && end < url.n && !strchr("/?#", url.p[end]))
        end++;
    return end;
}

static bool is_good(struct pm_str url)
{
    if (starts_without_case(url, "mailto:"))
        return url.n > 7 && memchr(url.p + 7, ':', url.n - 7) == NULL;
    size_t from = host_begin(url);
    return from > 0 && is_good_host((struct pm_str){url.p + from, host_end(url) - from});
}

static void encode(struct pm_buf *out, struct pm_str url)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t host = host_end(url);
    bool fragment = false;
    for (size_t i = 0; i < url.n; i++) {
        unsigned char c = (unsigned char)url.p[i];
        bool percent = c == '%' && !(i + 2 < url.n && is_hex(url.p[i + 1]) && is_hex(url.p[i + 2]));
        bool bad =
            c <= ' ' || c == 0x7F || strchr("<>\"{}|\\^`", c) || percent || (c == '#' && fragment) ||
            (i >= host && (c >= 0x80 || c == '[' || c == ']'));       /* in front of it: names, and brackets around numbers */
        fragment = fragment || c == '#';
        if (bad) {
            pm_buf_putc(out, '%');
            pm_buf_putc(out, digits[c >> 4]);
            pm_buf_putc(out, digits[c & 15]);
        } else {
            pm_buf_putc(out, (char)c);
        }
    }
}

static size_t add_relation(struct pm_docx *docx, struct pm_str url)
{
    struct pm_docx_relation *relation = pm_arena_alloc(&docx->arena, sizeof *relation);
    struct pm_buf target;
    if (!relation)
        return 0;
    pm_buf_init(&target, 4 * url.n + 1);
    encode(&target, url);
    relation->target = pm_arena_str(&docx->arena, pm_buf_slice(&target));
    docx->arena.failed = docx->arena.failed || target.status == PM_NOMEM;
    pm_buf_free(&target);
    *(docx->last_relation ? &docx->last_relation->next : &docx->relations) = relation;
    docx->last_relation = relation;
    return ++docx->relation_count;
}

struct pm_str pm_docx_relation(struct pm_docx *docx, struct pm_str url)
{
    const struct pm_str none = {NULL, 0};
    if (!is_good(url))
        return none;
    size_t *number = pm_map_at(&docx->arena, &docx->targets, pm_str_hash(url));
    if (number && *number == 0)
        *number = add_relation(docx, url);
    return number && *number ? pm_arena_format(&docx->arena, "pmId%zu", *number) : none;
}
