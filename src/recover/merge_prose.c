/* Prose: words that changed where it is shown, changed in the text of the source. The result is trusted when it shows what theirs shows. */
#include "recover/merge_internal.h"

#include "base/limits.h"
#include "document/markdown.h"
#include "recover/merge_words.h"
#include "render/md_text.h"

#include <string.h>

/* --- what Markdown shows, as letters and signs without white space --- */

static struct pm_str squeeze(struct pm_str text, bool letters, struct pm_arena *arena)
{
    struct pm_str plain = pm_shown_normalise(text, arena);
    char *out = pm_arena_alloc(arena, plain.n + 1);
    size_t n = 0;
    for (size_t i = 0; out && i < plain.n; i++) {
        char c = plain.p[i];
        bool letter = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
        if (letter || (!letters && c != ' '))
            out[n++] = c;
    }
    return (struct pm_str){out ? out : "", n};
}

static struct pm_str shown(struct pm_str markdown, struct pm_arena *arena)
{
    struct pm_document *doc = pm_document_new(arena);
    struct pm_diags diags;
    if (!doc)
        return markdown;
    pm_diags_init(&diags, "");
    pm_markdown(doc, doc->root, markdown, (struct pm_mark){1, 1, 0}, 0, &diags);
    pm_diags_free(&diags);
    return pm_node_plain(doc, doc->root);
}

/* Readers show bullets and numbers of lists, or leave them out: signs count only where ours shows them as we do. Where ours shows other
 * words than the source has, there is at least to be as much as was before and came. */
static bool shows(struct pm_str merged, const struct pm_text_merge *m, bool markdown, struct pm_arena *arena)
{
    struct pm_str ours = markdown ? shown(m->ours, arena) : m->ours, theirs = markdown ? shown(m->theirs, arena) : m->theirs;
    struct pm_str base = shown(m->base, arena), now = shown(merged, arena);
    if (pm_str_eq(squeeze(base, false, arena), squeeze(ours, false, arena)))
        return pm_str_eq(squeeze(now, false, arena), squeeze(theirs, false, arena));
    struct pm_str was = squeeze(base, true, arena), is = squeeze(now, true, arena);
    struct pm_str before = squeeze(ours, true, arena), after = squeeze(theirs, true, arena);
    return pm_str_eq(was, before) ? pm_str_eq(is, after) : is.n + before.n == was.n + after.n;
}

/* --- by paragraphs --- */

/* Up to the next empty line; *rest begins behind it. */
static struct pm_str take_paragraph(struct pm_str *rest)
{
    for (size_t i = 0; i < rest->n; i++) {
        if (rest->p[i] != '\n')
            continue;
        size_t next = i + 1;
        while (next < rest->n && (rest->p[next] == ' ' || rest->p[next] == '\t'))
            next++;
        if (next >= rest->n || rest->p[next] != '\n')
            continue;
        while (next < rest->n && strchr(" \t\n", rest->p[next]) && rest->p[next])
            next++;
        struct pm_str paragraph = {rest->p, i};
        *rest = (struct pm_str){rest->p + next, rest->n - next};
        return paragraph;
    }
    struct pm_str last = *rest;
    rest->n = 0;
    return last;
}

static size_t count_paragraphs(struct pm_str text)
{
    size_t n = 0;
    for (; text.n; n++)
        take_paragraph(&text);
    return n;
}

static void put_theirs(struct pm_buf *b, struct pm_str text, bool escape)
{
    while (text.n) {
        const char *feed = memchr(text.p, '\n', text.n);
        size_t n = feed ? (size_t)(feed - text.p) : text.n, skip = n + (feed != NULL);
        if (escape)
            pm_md_text(b, (struct pm_str){text.p, n}, PM_MD_LINE);
        else
            pm_buf_add(b, text.p, n);
        if (feed)
            pm_buf_putc(b, '\n');
        text = (struct pm_str){text.p + skip, text.n - skip};
    }
}

/* Paragraphs that did not change stay as they are in base; the others are theirs. */
static struct pm_str by_paragraphs(const struct pm_text_merge *m, struct pm_arena *arena)
{
    struct pm_str base = m->base, ours = m->ours, theirs = m->theirs;
    bool paired = count_paragraphs(base) == count_paragraphs(ours);
    struct pm_buf b;
    pm_buf_init(&b, PM_MAX_SCALAR * 4);
    while (theirs.n) {
        struct pm_str source = take_paragraph(&base), was = take_paragraph(&ours), is = take_paragraph(&theirs);
        bool same = paired && source.n && pm_str_eq(pm_shown_normalise(was, arena), pm_shown_normalise(is, arena));
        if (b.len)
            pm_buf_puts(&b, "\n\n");
        if (same)
            pm_buf_str(&b, source);
        else
            put_theirs(&b, is, m->escape);
    }
    return pm_merge_take(&b, arena);
}

struct pm_str pm_merge_prose(struct pm_str base, const struct pm_shown_value *ours, const struct pm_shown_value *theirs, enum pm_type type,
                             struct pm_arena *arena)
{
    struct pm_text_merge m = {.base = base, .ours = ours->text, .theirs = theirs->text, .one_line = type != PM_T_MD,
                              .escape = type == PM_T_MD && !theirs->markdown};
    struct pm_arena work;
    if (type != PM_T_MD && !pm_str_eq(pm_shown_normalise(base, arena), pm_shown_normalise(ours->text, arena)))
        m.base = m.ours = PM_LIT("");
    struct pm_str merged = pm_merge_words(&m, arena);
    if (type != PM_T_MD)
        return merged;
    pm_arena_init(&work);
    bool good = shows(merged, &m, theirs->markdown, &work);
    arena->failed |= work.failed;
    pm_arena_free(&work);
    return good ? merged : by_paragraphs(&m, arena);
}
