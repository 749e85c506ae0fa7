/* The sources of an HTML page: the text of elements <script type="application/yaml" data-sha256="...">, found as the tokenizer of the
 * standard finds it (HTML, 13.2.5): comments and the text of scripts, styles, titles and text areas hold no tags. */
#include "recover/recover_internal.h"

#include "document/entity.h"

#include <string.h>

struct attribute { struct pm_str name, value; };
enum { MOST_ATTRIBUTES = 32 };    /* the rest is passed over */

struct tag {
    struct pm_str name;
    struct attribute attributes[MOST_ATTRIBUTES];
    size_t count;
};

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static size_t skip_blanks(struct pm_str s, size_t at)
{
    while (at < s.n && is_blank(s.p[at]))
        at++;
    return at;
}

static size_t word_end(struct pm_str s, size_t at, const char *ends, size_t n)
{
    while (at < s.n && !is_blank(s.p[at]) && !memchr(ends, s.p[at], n))
        at++;
    return at;
}

/* The value behind '='; *at goes behind it. */
static struct pm_str read_value(struct pm_str s, size_t *at)
{
    size_t from = skip_blanks(s, *at);
    char quote = from < s.n ? s.p[from] : '\0';
    if (quote == '"' || quote == '\'') {
        const char *end = memchr(s.p + from + 1, quote, s.n - from - 1);
        size_t to = end ? (size_t)(end - s.p) : s.n;
        *at = to < s.n ? to + 1 : s.n;
        return (struct pm_str){s.p + from + 1, to - from - 1};
    }
    *at = word_end(s, from, ">", 1);
    return (struct pm_str){s.p + from, *at - from};
}

/* A start tag whose name begins at `at`; returns the place behind its '>'. */
static size_t read_tag(struct pm_str s, size_t at, struct tag *tag)
{
    size_t end = word_end(s, at, "/>", 2);
    tag->name = (struct pm_str){s.p + at, end - at};
    tag->count = 0;
    for (at = skip_blanks(s, end); at < s.n && s.p[at] != '>'; at = skip_blanks(s, at)) {
        end = word_end(s, at, "=/>", 3);
        struct attribute a = {{s.p + at, end - at}, {NULL, 0}};
        if (end == at) {           /* a lone '/' or '=' */
            at++;
            continue;
        }
        at = skip_blanks(s, end);
        if (at < s.n && s.p[at] == '=') {
            at++;
            a.value = read_value(s, &at);
        }
        if (tag->count < MOST_ATTRIBUTES)
            tag->attributes[tag->count++] = a;
    }
    return at < s.n ? at + 1 : s.n;
}

/* A '-' in the page is '_' in the name. */
static struct pm_str get(const struct tag *tag, const char *name)
{
    for (size_t i = 0; i < tag->count; i++) {
        if (tag->attributes[i].name.n == strlen(name) && pm_str_same_word(tag->attributes[i].name, name))
            return tag->attributes[i].value;
    }
    return (struct pm_str){NULL, 0};
}

/* Where the text of an element that holds no tags ends: at "</NAME" and what can follow a name. */
static size_t raw_end(struct pm_str s, size_t at, struct pm_str name)
{
    for (at = pm_text_find(s, "</", at); at < s.n; at = pm_text_find(s, "</", at + 1)) {
        struct pm_str rest = {s.p + at + 2, s.n - at - 2};
        size_t n = name.n;
        if (rest.n > n && (is_blank(rest.p[n]) || rest.p[n] == '>' || rest.p[n] == '/')) {
            size_t same = 0;
            while (same < n && (rest.p[same] | 0x20) == (name.p[same] | 0x20))
                same++;
            if (same == n)
                return at;
        }
    }
    return s.n;
}

static bool holds_no_tags(struct pm_str name)
{
    static const char *const names[] = {"script", "style", "title", "textarea", "iframe", "noembed", "noframes", "xmp"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (name.n == strlen(names[i]) && pm_str_same_word(name, names[i]))
            return true;
    return false;
}

/* The value with its character references as what they stand for. */
static struct pm_str unescaped(struct pm_recovery *r, struct pm_str s)
{
    struct pm_buf b;
    if (pm_text_find(s, "&", 0) == s.n)
        return s;
    pm_buf_init(&b, s.n * 4 + 16);
    for (size_t at = 0; at < s.n;) {
        size_t n = s.p[at] == '&' ? pm_entity_length((struct pm_str){s.p + at, s.n - at}) : 0;
        if (n > 0)
            pm_entity_decode(&b, (struct pm_str){s.p + at, n});
        else
            pm_buf_putc(&b, s.p[at]);
        at += n > 0 ? n : 1;
    }
    struct pm_str text = pm_arena_str(r->arena, pm_buf_slice(&b));
    if (b.status != PM_OK)
        pm_recovery_fail(r, b.status, "cannot be read");
    pm_buf_free(&b);
    return text;
}

static void take_script(struct pm_recovery *r, const struct tag *tag, struct pm_str text)
{
    struct pm_str type = get(tag, "type"), hash = get(tag, "data_sha256"), coding = get(tag, "data_encoding");
    if (!pm_str_same_word(type, "application/yaml") || !hash.n)
        return;
    pm_source_add(r, &(struct pm_found){.text = text,
                                        .form = pm_str_same_word(coding, "base64") ? PM_SOURCE_BASE64 : PM_SOURCE_PLAIN,
                                        .id = unescaped(r, get(tag, "data_id")),
                                        .sha256 = hash,
                                        .place = get(tag, "id")});
}

void pm_recover_html(struct pm_recovery *r)
{
    struct pm_str s = r->bytes;
    struct tag tag;
    for (size_t at = pm_text_find(s, "<", 0); at < s.n && r->status == PM_OK; at = pm_text_find(s, "<", at)) {
        struct pm_str rest = {s.p + at, s.n - at};
        char next = rest.n > 1 ? (char)(rest.p[1] | 0x20) : '\0';
        if (pm_str_starts(rest, "<!--")) {
            at = pm_text_find(s, "-->", at + 2);
        } else if (next >= 'a' && next <= 'z') {
            at = read_tag(s, at + 1, &tag);
            if (!holds_no_tags(tag.name))
                continue;
            size_t end = raw_end(s, at, tag.name);
            if (pm_str_same_word(tag.name, "script"))
                take_script(r, &tag, (struct pm_str){s.p + at, end - at});
            at = end;
        } else {
            at++;
        }
    }
}
