#include "recover/merge_words.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "recover/merge.h"
#include "render/md_text.h"

#include <string.h>

/* --- tokens --- */

static bool is_white(uint32_t cp)
{
    return cp == ' ' || (cp >= 0x09 && cp <= 0x0D) || cp == 0xA0 || (cp >= 0x2000 && cp <= 0x200A) || cp == 0x202F || cp == 0x3000;
}

static bool is_word(uint32_t cp)
{
    bool ascii = (cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
    return ascii || cp == 0xAD || (cp > 0xA0 && !is_white(cp) && !(cp >= 0x2010 && cp <= 0x2027));
}

static size_t word_end(struct pm_str s, size_t at)
{
    size_t next = at;
    bool word = is_word(pm_utf8_next(s, &next));
    while (word && next < s.n) {
        size_t after = next;
        if (!is_word(pm_utf8_next(s, &after)))
            break;
        next = after;
    }
    return next;
}

static size_t skip_white(struct pm_str s, size_t at)
{
    while (at < s.n) {
        size_t next = at;
        if (!is_white(pm_utf8_next(s, &next)))
            break;
        at = next;
    }
    return at;
}

static bool has_feed(struct pm_str s) { return s.n && memchr(s.p, '\n', s.n) != NULL; }

/* The marker of a list item: whatever Markdown's three bullets look like, they are one. */
static bool is_bullet(struct pm_str text, const struct pm_token *t, bool first)
{
    const char *behind = t->text.p + t->text.n;
    bool mark = t->text.n == 1 && memchr("-*+", t->text.p[0], 3);
    return mark && (first || has_feed(t->gap)) && behind < text.p + text.n && *behind == ' ';
}

void pm_tokens_split(struct pm_str text, struct pm_arena *arena, struct pm_tokens *out)
{
    size_t count = 0, at = 0;
    for (size_t i = skip_white(text, 0); i < text.n; i = skip_white(text, word_end(text, i)))
        count++;
    *out = (struct pm_tokens){pm_arena_array(arena, count + 1, sizeof *out->token), 0};
    while (out->token && out->count < count) {
        size_t start = skip_white(text, at), end = word_end(text, start);
        struct pm_token *t = &out->token[out->count++];
        t->gap = (struct pm_str){text.p + at, start - at};
        t->text = (struct pm_str){text.p + start, end - start};
        t->plain = is_bullet(text, t, out->count == 1) ? PM_LIT("\n-") : pm_shown_normalise(t->text, arena);
        at = end;
    }
}

/* --- alignment: E. W. Myers, "An O(ND) Difference Algorithm and Its Variations" --- */

enum { MOST_EDITS = 1000 };

struct align {
    const struct pm_token *a, *b;
    int n, m;
    int *furthest[MOST_EDITS + 1];   /* per number of edits: for diagonals -d to d, how far along a */
};

static bool same(const struct align *al, int i, int j)
{
    return pm_str_eq(al->a[i].plain, al->b[j].plain);
}

/* Where diagonal k begins with d edits, from the round before. */
static int step(const int *before, int d, int k)
{
    if (d == 0)
        return 0;
    bool down = k == -d || (k != d && before[d - 1 + k - 1] < before[d - 1 + k + 1]);
    return down ? before[d - 1 + k + 1] : before[d - 1 + k - 1] + 1;
}

/* The number of edits; -1 when there are too many. */
static int search(struct align *al, struct pm_arena *arena)
{
    for (int d = 0; d <= MOST_EDITS && d <= al->n + al->m; d++) {
        int *now = al->furthest[d] = pm_arena_array(arena, 2 * (size_t)d + 1, sizeof *now);
        if (!now)
            return -1;
        for (int k = -d; k <= d; k += 2) {
            int x = step(d ? al->furthest[d - 1] : NULL, d, k);
            while (x < al->n && x - k < al->m && x - k >= 0 && same(al, x, x - k))
                x++;
            now[d + k] = x;
            if (x >= al->n && x - k >= al->m)
                return d;
        }
    }
    return -1;
}

static void trace(const struct align *al, int d, uint32_t first_a, uint32_t first_b, uint32_t *map)
{
    int x = al->n, y = al->m;
    for (; d >= 0; d--) {
        int k = x - y, start = step(d ? al->furthest[d - 1] : NULL, d, k);
        while (x > start) {
            x--, y--;
            map[first_a + (uint32_t)x] = first_b + (uint32_t)y;
        }
        if (d == 0)
            return;
        bool down = k == -d || (k != d && al->furthest[d - 1][d - 1 + k - 1] < al->furthest[d - 1][d - 1 + k + 1]);
        x = down ? start : start - 1;
        y = x - (down ? k + 1 : k - 1);
    }
}

/* What was put in between two neighbours of `a` may as well begin a few words before, where the words before it are those at its end: it
 * then begins with its line, if it can. */
static void slide(const struct pm_tokens *b, uint32_t *map, size_t behind)
{
    enum { MOST_STEPS = 64 };
    uint32_t before = map[behind - 1], next = map[behind];
    size_t steps = 0;
    while (steps < MOST_STEPS && steps < before && steps < behind && !has_feed(b->token[before + 1 - steps].gap)) {
        bool joined = map[behind - 1 - steps] == before - steps && next - 1 - steps > before - steps;
        if (!joined || !pm_str_eq(b->token[before - steps].plain, b->token[next - 1 - steps].plain))
            return;
        steps++;
    }
    if (!has_feed(b->token[before + 1 - steps].gap))
        return;
    for (size_t i = 0; i < steps; i++)
        map[behind - 1 - i] = next - 1 - (uint32_t)i;
}

static void slide_all(const struct pm_tokens *a, const struct pm_tokens *b, uint32_t *map)
{
    for (size_t i = 1; i < a->count; i++) {
        if (map[i] != PM_NO_TOKEN && map[i - 1] != PM_NO_TOKEN && map[i] > map[i - 1] + 1)
            slide(b, map, i);
    }
}

uint32_t *pm_tokens_align(const struct pm_tokens *a, const struct pm_tokens *b, struct pm_arena *arena)
{
    uint32_t *map = pm_arena_array(arena, a->count + 1, sizeof *map);
    struct align *al = pm_arena_alloc(arena, sizeof *al);
    size_t front = 0, back = 0, least = a->count < b->count ? a->count : b->count;
    if (!map || !al || arena->failed)
        return NULL;
    for (size_t i = 0; i <= a->count; i++)
        map[i] = PM_NO_TOKEN;
    while (front < least && pm_str_eq(a->token[front].plain, b->token[front].plain))
        front++;
    while (back < least - front && pm_str_eq(a->token[a->count - 1 - back].plain, b->token[b->count - 1 - back].plain))
        back++;
    for (size_t i = 0; i < front; i++)
        map[i] = (uint32_t)i;
    for (size_t i = 1; i <= back; i++)
        map[a->count - i] = (uint32_t)(b->count - i);
    *al = (struct align){.a = a->token + front, .b = b->token + front};
    al->n = (int)(a->count - front - back);
    al->m = (int)(b->count - front - back);
    int d = al->n && al->m ? search(al, arena) : -1;
    if (d >= 0)
        trace(al, d, (uint32_t)front, (uint32_t)front, map);
    slide_all(a, b, map);
    return arena->failed ? NULL : map;
}

/* --- merging --- */

struct merge {
    const struct pm_text_merge *m;
    struct pm_tokens base, ours, theirs;
    uint32_t *of_base;        /* per ours: the base token */
    uint32_t *of_theirs;      /* per ours: the theirs token */
    struct pm_buf out;
};

static bool is_paragraph(struct pm_str gap)
{
    const char *feed = gap.n ? memchr(gap.p, '\n', gap.n) : NULL;
    return feed && memchr(feed + 1, '\n', (size_t)(gap.p + gap.n - feed - 1));
}

/* White space as it is written behind a change. In Markdown the blanks at the start of a line mean something. */
static void put_gap(struct merge *g, struct pm_str gap)
{
    bool line = has_feed(gap) && !g->m->one_line;
    size_t blanks = 0;
    if (!line) {
        pm_buf_puts(&g->out, gap.n ? " " : "");
        return;
    }
    pm_buf_puts(&g->out, is_paragraph(gap) ? "\n\n" : "\n");
    while (blanks < gap.n && gap.p[gap.n - 1 - blanks] == ' ')
        blanks++;
    if (!g->m->escape)
        pm_buf_printf(&g->out, "%*s", (int)blanks, "");
}

/* The bullet of the last list item that has been written; NUL when there is none right before. */
static char last_bullet(const struct merge *g)
{
    size_t end = g->out.len;
    while (end > 0) {
        size_t start = end - 1;
        while (start > 0 && g->out.data[start - 1] != '\n')
            start--;
        size_t at = start;
        while (at < end && g->out.data[at] == ' ')
            at++;
        if (at + 1 < end && memchr("-*+", g->out.data[at], 3) && g->out.data[at + 1] == ' ')
            return g->out.data[at];
        if (at == start && at < end && g->out.data[at] != '\n')
            return '\0';
        end = start;
    }
    return '\0';
}

static bool starts_line(const struct merge *g)
{
    size_t at = g->out.len;
    while (at > 0 && g->out.data[at - 1] == ' ')
        at--;
    return at > 0 && g->out.data[at - 1] == '\n';
}

/* A new item of a list has the bullet of those before it: with another it would begin a list of its own. */
static void put_bullet(struct merge *g, struct pm_buf *text, const struct pm_token *t)
{
    bool bullet = t->text.n == 1 && memchr("-*+", t->text.p[0], 3) && t + 1 < g->theirs.token + g->theirs.count && t[1].gap.n;
    char usual = bullet && !g->m->escape && !g->m->one_line && starts_line(g) ? last_bullet(g) : '\0';
    if (usual)
        pm_buf_putc(text, usual);
    else
        pm_buf_str(text, t->text);
}

/* A word that stays: with its own white space, unless somebody joined or parted words or paragraphs there. */
static void put_kept(struct merge *g, const struct pm_token *base, const struct pm_token *ours, const struct pm_token *theirs)
{
    bool parted = (ours->gap.n == 0) != (theirs->gap.n == 0) || is_paragraph(ours->gap) != is_paragraph(theirs->gap);
    if (g->out.len == 0 && base != g->base.token)
        ;   /* the first word of what remains */
    else if (!parted)
        pm_buf_str(&g->out, base->gap);
    else
        put_gap(g, theirs->gap);
    pm_buf_str(&g->out, base->text);
}

/* Words of theirs on one line. */
static void put_run(struct merge *g, size_t from, size_t to)
{
    struct pm_buf text;
    pm_buf_init(&text, PM_MAX_SCALAR * 4);
    for (size_t i = from; i < to; i++) {
        pm_buf_puts(&text, i > from && g->theirs.token[i].gap.n ? " " : "");
        if (i == from)
            put_bullet(g, &text, &g->theirs.token[i]);
        else
            pm_buf_str(&text, g->theirs.token[i].text);
    }
    bool starts_line = g->out.len == 0 || g->out.data[g->out.len - 1] == '\n';
    if (g->m->escape)
        pm_md_text(&g->out, pm_buf_slice(&text), starts_line ? PM_MD_LINE : 0);
    else
        pm_buf_str(&g->out, pm_buf_slice(&text));
    if (text.status != PM_OK)
        g->out.status = text.status;
    pm_buf_free(&text);
}

/* Words of theirs. `gap`: what stands before the first. */
static void put_new(struct merge *g, size_t from, size_t to, struct pm_str gap)
{
    for (size_t start = from, end; start < to; start = end) {
        for (end = start + 1; end < to; end++) {
            struct pm_str white = g->theirs.token[end].gap;
            if (!g->m->one_line && has_feed(white))
                break;
        }
        if (g->out.len)
            put_gap(g, start == from ? gap : g->theirs.token[start].gap);
        put_run(g, start, end);
    }
}

/* A stretch of markup in base, from one word that stays to the next. */
static void put_markup(struct merge *g, size_t from, size_t to)
{
    for (; from < to; from++) {
        if (g->out.len)
            pm_buf_str(&g->out, g->base.token[from].gap);
        pm_buf_str(&g->out, g->base.token[from].text);
    }
}

/* Whether base token i stands for a token of ours. */
static bool *shown_tokens(const struct merge *g, struct pm_arena *arena)
{
    bool *shown = pm_arena_array(arena, g->base.count + 1, sizeof *shown);
    for (size_t i = 0; shown && i < g->ours.count; i++) {
        if (g->of_base[i] != PM_NO_TOKEN)
            shown[g->of_base[i]] = true;
    }
    return shown;
}

/* The markup between two words belongs in part to the one before (what closes) and in part to the one behind: where the white space is. */
static size_t split_markup(const struct merge *g, size_t from, size_t to)
{
    size_t at = from;
    while (at < to && g->base.token[at].gap.n == 0)
        at++;
    return at;
}

/* Emphasis and code that begins or ends within the words that go is kept, so that its other end does not stay alone. */
static bool is_mark(const struct pm_token *t)
{
    return t->text.n == 1 && memchr("*_`~", t->text.p[0], 4) != NULL;
}

/* The marks among base tokens that are not shown, up to `to`: odd when one of this kind is open there. */
static bool is_open(const struct merge *g, const bool *shown, size_t to, char mark, size_t run)
{
    size_t open = 0;
    for (size_t i = 0; i < to; i++) {
        size_t n = 0;
        while (i + n < to && !shown[i + n] && g->base.token[i + n].text.p[0] == mark && (n == 0 || g->base.token[i + n].gap.n == 0))
            n++;
        open += n == run;
        i += n ? n - 1 : 0;
    }
    return open % 2 != 0;
}

enum { MOST_MARKS = 16 };   /* that are looked at in one change */

struct hunk { size_t base, base_end, theirs, theirs_end; };

/* Marks between words that go; `closing` chooses those that belong to words in front of the hunk, else those to words behind. */
static void put_loose_marks(struct merge *g, const bool *shown, const struct hunk *h, bool closing)
{
    size_t looked = 0;
    for (size_t i = h->base; i < h->base_end && looked < MOST_MARKS; i++) {
        size_t n = 0;
        char mark = g->base.token[i].text.p[0];
        if (shown[i] || !is_mark(&g->base.token[i]))
            continue;
        while (i + n < h->base_end && !shown[i + n] && g->base.token[i + n].text.p[0] == mark && (n == 0 ||
            g->base.token[i + n].gap.n == 0))
            n++;
        looked++;
        bool before = is_open(g, shown, h->base, mark, n), behind = is_open(g, shown, h->base_end, mark, n);
        bool belongs = before != behind && (closing ? before : behind);
        for (size_t k = 0; belongs && k < n; k++)
            pm_buf_str(&g->out, g->base.token[i + k].text);
        if (belongs)
            return;
        i += n - 1;
    }
}

static bool has_white(const struct merge *g, size_t from, size_t to)
{
    while (from < to && g->base.token[from].gap.n == 0)
        from++;
    return from < to;
}

static void put_hunk(struct merge *g, const bool *shown, const struct hunk *h)
{
    size_t first = h->base, last = h->base_end;
    while (first < h->base_end && !shown[first])
        first++;
    while (last > first && !shown[last - 1])
        last--;
    const struct pm_token *t = h->theirs < h->theirs_end ? &g->theirs.token[h->theirs] : NULL;
    if (first == h->base_end) {   /* nothing goes */
        size_t split = split_markup(g, h->base, h->base_end);
        put_markup(g, h->base, split);
        put_new(g, h->theirs, h->theirs_end, t ? t->gap : (struct pm_str){NULL, 0});
        put_markup(g, split, h->base_end);
        return;
    }
    const struct hunk inner = {first, last, h->theirs, h->theirs_end};
    put_markup(g, h->base, first);
    put_loose_marks(g, shown, &inner, true);
    struct pm_str gap = g->base.token[first].gap;
    bool parted = t && (t->gap.n > 0) != has_white(g, h->base, first + 1);
    if (parted || (t && first == h->base && is_paragraph(t->gap) != is_paragraph(gap)))
        gap = t->gap;
    if (t && first == h->base && g->out.len && !is_paragraph(gap) && gap.n) {   /* keeps its line end */
        pm_buf_str(&g->out, gap);
        gap = (struct pm_str){NULL, 0};
    }
    put_new(g, h->theirs, h->theirs_end, gap);
    put_loose_marks(g, shown, &inner, false);
    put_markup(g, last, h->base_end);
}

/* A token of ours that is in base and in theirs alike. */
static bool is_kept(const struct merge *g, size_t i)
{
    return g->of_base[i] != PM_NO_TOKEN && g->of_theirs[i] != PM_NO_TOKEN;
}

/* Between kept tokens of ours lie hunks: what base and theirs have there. Where ours has nothing but kept ones and theirs nothing new, what
 * base has in between is markup. */
static void put_between(struct merge *g, const bool *shown, const struct hunk *h, bool changed)
{
    if (changed)
        put_hunk(g, shown, h);
    else
        put_markup(g, h->base, h->base_end);
}

static void merge_all(struct merge *g, const bool *shown)
{
    struct hunk h = {0, 0, 0, 0};
    bool changed = false;
    for (size_t i = 0; i < g->ours.count; i++) {
        if (!is_kept(g, i)) {
            changed |= g->of_theirs[i] == PM_NO_TOKEN;
            continue;
        }
        h.base_end = g->of_base[i];
        h.theirs_end = g->of_theirs[i];
        size_t run = 0;   /* tokens of ours before this one that theirs has and base has not */
        while (run < i && !is_kept(g, i - 1 - run))
            run++;
        changed |= h.theirs_end - h.theirs > run;
        put_between(g, shown, &h, changed);
        put_kept(g, &g->base.token[h.base_end], &g->ours.token[i], &g->theirs.token[h.theirs_end]);
        h.base = h.base_end + 1;
        h.theirs = h.theirs_end + 1;
        changed = false;
    }
    size_t run = 0;
    while (run < g->ours.count && !is_kept(g, g->ours.count - 1 - run))
        changed |= g->of_theirs[g->ours.count - 1 - run++] == PM_NO_TOKEN;
    h.base_end = g->base.count;
    h.theirs_end = g->theirs.count;
    changed |= h.theirs_end - h.theirs > run;
    put_between(g, shown, &h, changed);
}

struct pm_str pm_merge_words(const struct pm_text_merge *m, struct pm_arena *arena)
{
    struct pm_arena work;
    struct merge g = {.m = m};
    pm_arena_init(&work);
    pm_buf_init(&g.out, PM_MAX_SCALAR * 8);
    pm_tokens_split(m->base, &work, &g.base);
    pm_tokens_split(m->ours, &work, &g.ours);
    pm_tokens_split(m->theirs, &work, &g.theirs);
    g.of_base = pm_tokens_align(&g.ours, &g.base, &work);
    g.of_theirs = pm_tokens_align(&g.ours, &g.theirs, &work);
    bool *shown = g.of_base && g.of_theirs ? shown_tokens(&g, &work) : NULL;
    if (shown)
        merge_all(&g, shown);
    arena->failed |= !shown || work.failed || g.out.status != PM_OK;
    struct pm_str out = pm_arena_str(arena, pm_buf_slice(&g.out));
    pm_buf_free(&g.out);
    pm_arena_free(&work);
    return out;
}
