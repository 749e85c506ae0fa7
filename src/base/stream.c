#include "base/io.h"

#include "base/limits.h"

#include <errno.h>
#include <string.h>

/* Bytes read at a time, and what is given of a document that is too large. */
enum { STEP = 32 << 10 };

static const char byte_order_mark[] = "\xEF\xBB\xBF";

void pm_stream_init(struct pm_stream *s, FILE *file)
{
    *s = (struct pm_stream){.file = file, .line = 1};
    pm_buf_init(&s->pending, PM_MAX_DOCUMENT + 2 * STEP);
}

void pm_stream_free(struct pm_stream *s)
{
    pm_buf_free(&s->pending);
}

/* Reads more behind what is pending, of which the first `used` bytes are dropped. */
static enum pm_status read_more(struct pm_stream *s)
{
    struct pm_buf *b = &s->pending;
    if (s->used) {
        b->len -= s->used;
        memmove(b->data, b->data + s->used, b->len);
        s->used = 0;
    }
    char *to = pm_buf_reserve(b, STEP);
    if (!to)
        return b->status;
    size_t got;
    do {
        clearerr(s->file);
        errno = 0;
        got = fread(to, 1, STEP, s->file);
    } while (got == 0 && ferror(s->file) && errno == EINTR);
    b->len += got;
    b->data[b->len] = '\0';
    if (got < STEP && ferror(s->file) && errno != EINTR)
        return PM_IO;
    s->ended = got == 0 || feof(s->file);
    return PM_OK;
}

static bool is_marker(const char *p, size_t n)
{
    return n >= 3 && memcmp(p, "---", 3) == 0 && (n == 3 || p[3] == ' ' || p[3] == '\t' || p[3] == '\r' || p[3] == '\n');
}

static struct pm_str without_mark(struct pm_str s)
{
    return pm_str_starts(s, byte_order_mark) ? (struct pm_str){s.p + 3, s.n - 3} : s;
}

bool pm_has_marker(struct pm_str document)
{
    while (document.n) {
        const char *end = memchr(document.p, '\n', document.n);
        size_t n = end ? (size_t)(end - document.p) + 1 : document.n;
        struct pm_str line = pm_str_trim((struct pm_str){document.p, n});
        if (is_marker(document.p, n))
            return true;
        if (line.n && line.p[0] != '#' && document.p[0] != '%')
            return false;
        document.p += n;
        document.n -= n;
    }
    return false;
}

/* Anything but blank lines, comments, markers, and directives before a marker. */
static bool has_content(struct pm_str s)
{
    s = without_mark(s);
    bool directives = !is_marker(s.p, s.n);
    if (!directives)
        s = (struct pm_str){s.p + 3, s.n - 3};
    while (s.n) {
        const char *end = memchr(s.p, '\n', s.n);
        size_t n = end ? (size_t)(end - s.p) + 1 : s.n;
        struct pm_str line = pm_str_trim((struct pm_str){s.p, n});
        if (line.n && line.p[0] != '#' && !pm_str_is(line, "...") && !(directives && s.p[0] == '%'))
            return true;
        s.p += n;
        s.n -= n;
    }
    return false;
}

/* A search for the marker that begins the next document. Offsets count from s->used, which read_more() may move. */
struct search {
    size_t at;         /* line ends before it have been seen */
    uint32_t lines;
    bool found;        /* at `at` */
};

/* Stops at a marker, or behind the last line whose successor's first four bytes are here. */
static void search_pending(const struct pm_stream *s, struct search *search)
{
    const char *p = s->pending.data + s->used;
    size_t n = s->pending.len - s->used;
    while (search->at < n) {
        const char *end = memchr(p + search->at, '\n', n - search->at);
        size_t next = end ? (size_t)(end - p) + 1 : n;
        if (end && !s->ended && n - next < 4) {
            search->at = next - 1;
            return;
        }
        search->lines += end != NULL;
        search->at = next;
        if (end && is_marker(p + next, n - next)) {
            search->found = true;
            return;
        }
    }
}

/* What comes before the first marker belongs to its document, unless it is one itself. */
static bool is_preamble(const struct pm_stream *s, const struct search *search)
{
    struct pm_str slice = {s->pending.data + s->used, search->at};
    struct pm_str text = without_mark(slice);
    return s->line == 1 && !is_marker(text.p, text.n) && !has_content(slice);
}

static enum pm_status search_marker(struct pm_stream *s, struct search *search)
{
    for (;;) {
        search_pending(s, search);
        if (search->found && !is_preamble(s, search))
            return PM_OK;
        if (search->found) {
            search->found = false;
            continue;
        }
        if (s->ended)
            return PM_OK;
        if (s->pending.len - s->used > PM_MAX_DOCUMENT + 4)   /* a marker and what follows it */
            return PM_LIMIT;
        enum pm_status status = read_more(s);
        if (status)
            return status;
    }
}

/* Passes over the rest of a document that is too large: keeps its first bytes at the front, and behind them only what may
 * hold the next marker. */
static enum pm_status skip_rest(struct pm_stream *s, struct search *search)
{
    struct pm_buf *b = &s->pending;
    size_t drop = s->used;
    memmove(b->data, b->data + drop, b->len -= drop);
    s->used = 0;
    while (!search->found && !s->ended) {
        size_t left = b->len - search->at;
        memmove(b->data + STEP, b->data + search->at, left);
        b->len = STEP + left;
        search->at = STEP;
        enum pm_status status = read_more(s);
        if (status)
            return status;
        search_pending(s, search);
    }
    return PM_OK;
}

enum pm_status pm_stream_next(struct pm_stream *s, struct pm_str *doc, uint32_t *first_line)
{
    struct search search = {0, 0, false};
    *doc = (struct pm_str){NULL, 0};
    *first_line = s->line;
    enum pm_status status = search_marker(s, &search);
    bool large = status == PM_LIMIT || (status == PM_OK && search.at > PM_MAX_DOCUMENT);
    if (large)
        status = skip_rest(s, &search);
    if (status)
        return status;
    struct pm_str slice = {s->pending.data + s->used, large ? STEP : search.at};
    s->used += search.at;
    s->line += search.lines;
    if (slice.n)
        *doc = slice;
    return large ? PM_LIMIT : PM_OK;
}

enum pm_status pm_stream_peek(struct pm_stream *s, struct pm_str *start)
{
    enum pm_status status = read_more(s);
    *start = (struct pm_str){s->pending.data, s->pending.len};
    return status;
}
