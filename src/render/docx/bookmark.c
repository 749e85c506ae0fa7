#include "render/docx/bookmark.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { MOST_PLAIN = 37, MOST_START = 25 };

static bool is_small(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool is_word(char c)
{
    return is_small(c) || (c >= 'A' && c <= 'Z');
}

/* Two '_' in a row would look like the hash that follows. */
static bool is_plain(struct pm_str path)
{
    for (size_t i = 0; i < path.n; i++) {
        bool single = path.p[i] == '_' && i > 0 && path.p[i - 1] != '_';
        if (!is_small(path.p[i]) && !single)
            return false;
    }
    return path.n > 0 && path.n <= MOST_PLAIN && path.p[path.n - 1] != '_';
}

/* The path with runs of other characters as one '_'; none at its ends. */
static size_t write_start(struct pm_str path, char *out)
{
    size_t n = 0;
    for (size_t i = 0; i < path.n && n < MOST_START; i++) {
        if (is_word(path.p[i]))
            out[n++] = path.p[i];
        else if (n > 0 && out[n - 1] != '_')
            out[n++] = '_';
    }
    while (n > 0 && out[n - 1] == '_')
        n--;
    return n;
}

/* FNV-1a goes on where it was, so that the key need not be put together. */
static unsigned long long hash_more(unsigned long long hash, struct pm_str s)
{
    for (size_t i = 0; i < s.n; i++)
        hash = (hash ^ (unsigned char)s.p[i]) * 0x100000001b3ULL;
    return hash;
}

static unsigned long long hash_of_key(struct pm_str path, size_t document, size_t place)
{
    char number[32];
    unsigned long long hash = pm_str_hash(PM_LIT(""));
    if (document > 1) {
        snprintf(number, sizeof number, "%zu:", document);
        hash = hash_more(hash, pm_str(number));
    }
    hash = hash_more(hash, path);
    if (place > 1) {
        snprintf(number, sizeof number, "~%zu", place);
        hash = hash_more(hash, pm_str(number));
    }
    return hash;
}

void pm_docx_bookmark(struct pm_str path, size_t document, size_t place, char out[PM_BOOKMARK_SIZE])
{
    memcpy(out, "pm_", 3);
    if (document <= 1 && place <= 1 && is_plain(path)) {
        memcpy(out + 3, path.p, path.n);
        out[3 + path.n] = '\0';
        return;
    }
    size_t n = 3 + write_start(path, out + 3);
    snprintf(out + n, PM_BOOKMARK_SIZE - n, "__%010llx", hash_of_key(path, document, place) & 0xFFFFFFFFFFULL);
}

static bool is_ascii(struct pm_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < ' ' || s.p[i] > '~')
            return false;
    return true;
}

void pm_docx_tag(struct pm_str path, size_t document, char out[PM_TAG_SIZE])
{
    int n = document > 1 ? snprintf(out, PM_TAG_SIZE, "pm:%zu/", document) : snprintf(out, PM_TAG_SIZE, "pm:/");
    if (n < 0)
        n = 0;
    size_t room = PM_TAG_SIZE - 1 - (size_t)n;
    if (path.n <= room && is_ascii(path)) {
        memcpy(out + n, path.n ? path.p : "", path.n);
        out[(size_t)n + path.n] = '\0';
    } else {
        snprintf(out + n, PM_TAG_SIZE - (size_t)n, "#%016llx", pm_str_hash(path));
    }
}
