/* Lines, and what each is: as much of CommonMark as tells headings, items, rows and code apart, and the places of all. */
#include "import/import_internal.h"

#include "base/utf8.h"

#include <string.h>

enum { MAX_LINES = 300000, MAX_FRONT_MATTER = 200, MAX_INDENT = 400 };

/* ---- splitting ---- */

static size_t count_lines(struct pm_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == '\n';
    return n + (s.n && s.p[s.n - 1] != '\n');
}

static uint16_t indent_of(struct pm_str s, size_t *text)
{
    unsigned column = 0;
    size_t i = 0;
    for (; i < s.n && (s.p[i] == ' ' || s.p[i] == '\t'); i++)
        column = s.p[i] == '\t' ? (column / 4 + 1) * 4 : column + 1;
    *text = i;
    return (uint16_t)(column < MAX_INDENT ? column : MAX_INDENT);
}

/* The line without its comments; *inside tells whether one goes on in the next. */
static struct pm_str cut_comments(struct pm_str s, bool *inside, struct pm_arena *arena)
{
    if (!*inside && (s.n < 4 || !memchr(s.p, '<', s.n)))
        return s;
    struct pm_buf b;
    pm_buf_init(&b, s.n + 1);
    for (size_t i = 0; i < s.n;) {
        struct pm_str rest = pm_md_from(s, i);
        if (*inside && pm_str_starts(rest, "-->")) {
            *inside = false;
            i += 3;
        } else if (*inside) {
            i++;
        } else if (pm_str_starts(rest, "<!--")) {
            *inside = true;
            i += 4;
        } else {
            pm_buf_putc(&b, s.p[i++]);
        }
    }
    struct pm_str out = pm_arena_str(arena, pm_buf_slice(&b));
    if (b.status != PM_OK)
        arena->failed = true;
    pm_buf_free(&b);
    return out.p ? out : PM_LIT("");
}

/* ---- what a line is ---- */

/* The length of a list mark with the blank behind it, 0: none. Four digits are a year or a time. */
static size_t mark_length(struct pm_str s)
{
    static const char *const marks[] = {"-", "*", "+", "\xE2\x80\xA2", "\xE2\x97\xA6", "\xE2\x96\xAA", "\xE2\x80\x93", "\xC2\xB7"};
    size_t n = 0;
    for (size_t i = 0; i < PM_ITEMS(marks) && !n; i++)
        n = pm_str_starts(s, marks[i]) ? strlen(marks[i]) : 0;
    while (!n && s.n && pm_md_is_digit(s.p[0])) {
        size_t digits = 1;
        while (digits < s.n && pm_md_is_digit(s.p[digits]))
            digits++;
        if (digits > 3 || digits == s.n || (s.p[digits] != '.' && s.p[digits] != ')'))
            return 0;
        n = digits + 1;
    }
    if (!n)
        return 0;
    return n == s.n ? n : s.p[n] == ' ' || s.p[n] == '\t' ? n + 1 : 0;
}

static bool is_rule(struct pm_str s)
{
    size_t marks = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == ' ' || s.p[i] == '\t')
            continue;
        if (s.p[i] != s.p[0] || !strchr("-*_", s.p[i]) || !s.p[i])
            return false;
        marks++;
    }
    return marks >= 3;
}

/* "## Title ##", and "##Title", which many write. */
static bool read_heading(struct pm_md_line *l, struct pm_str s)
{
    size_t level = 0;
    while (level < s.n && s.p[level] == '#')
        level++;
    if (level == 0 || level > 6 || level == s.n)
        return false;
    if (s.p[level] != ' ' && s.p[level] != '\t' && (level == 1 || !pm_md_is_letter(s.p[level])))
        return false;
    struct pm_str title = pm_str_trim(pm_md_from(s, level));
    while (title.n && title.p[title.n - 1] == '#')
        title.n--;
    title = pm_str_trim(title);
    if (!title.n)
        return false;
    l->content = title;
    l->level = (uint8_t)level;
    return true;
}

static bool read_html_heading(struct pm_md_line *l, struct pm_str s)
{
    if (s.n < 9 || s.p[0] != '<' || pm_ascii_lower(s.p[1]) != 'h' || s.p[2] < '1' || s.p[2] > '6')
        return false;
    const char *end = memchr(s.p, '>', s.n);
    struct pm_str title = end ? pm_md_from(s, (size_t)(end - s.p) + 1) : PM_LIT("");
    const char *close = title.n ? memchr(title.p, '<', title.n) : NULL;
    if (!close || !pm_str_starts_word(pm_md_from(title, (size_t)(close - title.p)), "</h"))
        return false;
    title = pm_str_trim(pm_md_upto(title, (size_t)(close - title.p)));
    if (!title.n)
        return false;
    l->content = title;
    l->level = (uint8_t)(s.p[2] - '0');
    return true;
}

/* Whether the line opens a fence, or closes the one that is open. */
static bool is_fence(struct pm_str s, struct pm_str open)
{
    bool any = pm_str_starts(s, "```") || pm_str_starts(s, "~~~");
    if (!open.n || !any)
        return any && !(s.p[0] == '`' && memchr(s.p + 3, '`', s.n - 3) && s.p[s.n - 1] == '`' && s.n > 6);
    size_t marks = 0;
    while (marks < s.n && s.p[marks] == open.p[0])
        marks++;
    return marks >= 3 && marks == s.n;
}

static void classify(struct pm_md_line *l)
{
    size_t at;
    l->indent = indent_of(l->text, &at);
    struct pm_str s = l->content = pm_str_trim(pm_md_from(l->text, at));
    size_t mark = mark_length(s);
    if (!s.n) {
        l->kind = PM_MD_BLANK;
    } else if (l->indent < 4 && (read_heading(l, s) || read_html_heading(l, s))) {
        l->kind = PM_MD_HEADING;
    } else if (is_rule(s)) {
        l->kind = PM_MD_RULE;
    } else if (mark) {
        l->kind = PM_MD_ITEM;
        l->content = pm_str_trim(pm_md_from(s, mark));
    } else {
        l->kind = s.p[0] == '|' && s.n > 1 && memchr(s.p + 1, '|', s.n - 1) ? PM_MD_ROW : PM_MD_TEXT;
    }
}

/* ---- what its neighbours make of it ---- */

static bool is_underline(struct pm_str s, char c)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != c)
            return false;
    }
    return s.n >= 2;
}

static void find_setext(struct pm_md *md)
{
    for (size_t i = 0; i + 1 < md->count; i++) {
        struct pm_md_line *l = &md->lines[i], *below = &md->lines[i + 1];
        bool alone = i == 0 || md->lines[i - 1].kind != PM_MD_TEXT;
        struct pm_str s = pm_str_trim(below->text);
        if (l->kind != PM_MD_TEXT || !alone || below->kind == PM_MD_CODE || !(is_underline(s, '=') || is_underline(s, '-')))
            continue;
        if (s.p[0] == '-' && memchr(l->content.p, ':', l->content.n) && l->content.n > 60)
            continue;
        l->kind = PM_MD_HEADING;
        l->level = s.p[0] == '=' ? 1 : 2;
        below->kind = PM_MD_BLANK;
    }
}

/* "--- | :---:" */
static bool is_delimiter(struct pm_str s)
{
    size_t bars = 0, dashes = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (!s.p[i] || !strchr("|-: \t", s.p[i]))
            return false;
        bars += s.p[i] == '|';
        dashes += s.p[i] == '-';
    }
    return bars && dashes;
}

/* Rows need no bar at their ends where a delimiter row says that it is a table. */
static void find_rows(struct pm_md *md)
{
    for (size_t i = 1; i < md->count; i++) {
        struct pm_md_line *l = &md->lines[i], *above = &md->lines[i - 1];
        if (l->kind == PM_MD_CODE || !is_delimiter(l->text) || above->kind == PM_MD_CODE || !memchr(above->text.p, '|', above->text.n))
            continue;
        l->kind = PM_MD_ROW;
        if (above->kind == PM_MD_TEXT)
            above->kind = PM_MD_ROW;
        for (size_t j = i + 1; j < md->count && md->lines[j].kind == PM_MD_TEXT && memchr(md->lines[j].text.p, '|',
                                                                                          md->lines[j].text.n); j++)
            md->lines[j].kind = PM_MD_ROW;
    }
}

static void find_front_matter(struct pm_md *md)
{
    if (md->count < 3 || !pm_str_is(pm_str_trim(md->lines[0].text), "---") || md->lines[1].kind == PM_MD_BLANK)
        return;
    for (size_t i = 1; i < md->count && i < MAX_FRONT_MATTER; i++) {
        struct pm_str s = pm_str_trim(md->lines[i].text);
        if (!pm_str_is(s, "---") && !pm_str_is(s, "..."))
            continue;
        md->body = i + 1;
        return;
    }
}

bool pm_md_split(struct pm_str text, struct pm_arena *arena, struct pm_md *out)
{
    *out = (struct pm_md){.count = count_lines(text)};
    if (out->count > MAX_LINES)
        return false;
    out->lines = pm_arena_array(arena, out->count + 1, sizeof *out->lines);
    bool comment = false;
    struct pm_str fence = {NULL, 0};
    for (size_t i = 0, at = 0; out->lines && i < out->count; i++) {
        struct pm_md_line *l = &out->lines[i];
        const char *end = memchr(text.p + at, '\n', text.n - at);
        size_t n = end ? (size_t)(end - text.p) - at : text.n - at;
        l->number = (uint32_t)i + 1;
        l->text = pm_md_upto(pm_md_from(text, at), n);
        at += n + 1;
        if (!fence.n)
            l->text = cut_comments(l->text, &comment, arena);
        classify(l);
        struct pm_str s = pm_str_trim(l->text);
        if (fence.n || is_fence(s, fence)) {
            l->kind = PM_MD_CODE;
            l->content = s;
            if (is_fence(s, fence))
                fence = fence.n ? (struct pm_str){NULL, 0} : s;
        }
    }
    if (!out->lines) {
        out->count = 0;
        return true;
    }
    find_front_matter(out);
    find_setext(out);
    find_rows(out);
    return true;
}

/* ---- blocks ---- */

/* Lines go on in an item without being indented, but not where a time begins them. */
static bool begins_event(const struct pm_md_line *item, const struct pm_md_line *l)
{
    struct pm_when when;
    return l->kind == PM_MD_TEXT && l->indent <= item->indent && pm_when_read(l->content, &when) && when.has_time;
}

static size_t end_of_item(const struct pm_md *md, struct pm_md_range range, size_t at)
{
    const struct pm_md_line *first = &md->lines[at];
    bool blank = false;
    size_t end = at + 1;
    for (size_t i = at + 1; i < range.end; i++) {
        const struct pm_md_line *l = &md->lines[i];
        if (l->kind == PM_MD_BLANK) {
            blank = true;
            continue;
        }
        bool outside = l->indent <= first->indent;
        bool begins = l->kind == PM_MD_ITEM || l->kind == PM_MD_RULE || l->kind == PM_MD_ROW || blank || begins_event(first, l);
        if (l->kind == PM_MD_HEADING || (outside && begins))
            break;
        blank = false;
        end = i + 1;
    }
    return end;
}

static size_t end_of_paragraph(const struct pm_md *md, struct pm_md_range range, size_t at)
{
    size_t end = at + 1;
    while (end < range.end && md->lines[end].kind == md->lines[at].kind)
        end++;
    return end;
}

bool pm_md_block(const struct pm_md *md, struct pm_md_range range, size_t *at, struct pm_md_range *block)
{
    while (*at < range.end && (md->lines[*at].kind == PM_MD_BLANK || md->lines[*at].kind == PM_MD_RULE))
        ++*at;
    if (*at >= range.end)
        return false;
    block->first = *at;
    switch (md->lines[*at].kind) {
    case PM_MD_HEADING: block->end = *at + 1; break;
    case PM_MD_ITEM: block->end = end_of_item(md, range, *at); break;
    default: block->end = end_of_paragraph(md, range, *at); break;
    }
    *at = block->end;
    return true;
}

static struct pm_str dedent(struct pm_str s, size_t columns)
{
    size_t i = 0, column = 0;
    for (; i < s.n && column < columns && (s.p[i] == ' ' || s.p[i] == '\t'); i++)
        column = s.p[i] == '\t' ? (column / 4 + 1) * 4 : column + 1;
    return pm_md_from(s, i);
}

static size_t least_indent(const struct pm_md *md, size_t first, size_t end)
{
    size_t least = MAX_INDENT;
    for (size_t i = first; i < end; i++) {
        if (md->lines[i].kind != PM_MD_BLANK && md->lines[i].indent < least)
            least = md->lines[i].indent;
    }
    return least;
}

static struct pm_str without_end_blanks(struct pm_str s)
{
    while (s.n && (s.p[s.n - 1] == '\n' || s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
        s.n--;
    return s;
}

static bool is_shown(const struct pm_md_line *l)
{
    return l->kind != PM_MD_BLANK || !pm_str_trim(l->text).n;
}

struct pm_str pm_md_prose(const struct pm_md *md, struct pm_md_range range, bool content, struct pm_arena *arena)
{
    struct pm_buf b;
    pm_buf_init(&b, SIZE_MAX / 2);
    while (range.first < range.end && !content && md->lines[range.first].kind == PM_MD_BLANK)
        range.first++;
    size_t columns = least_indent(md, range.first + content, range.end), blanks = 0;
    for (size_t i = range.first; i < range.end; i++) {
        const struct pm_md_line *l = &md->lines[i];
        struct pm_str s = content && i == range.first ? l->content : dedent(l->text, columns);
        if (l->kind == PM_MD_HEADING && l->level < 7 && (s.n == 0 || s.p[0] != '#'))
            pm_buf_puts(&b, l->level == 1 ? "# " : "## ");
        if (l->kind != PM_MD_CODE && l->kind != PM_MD_BLANK)
            s = without_end_blanks(pm_md_tidy(s, arena));
        blanks = s.n && is_shown(l) ? 0 : blanks + 1;
        if (blanks > 1 || !is_shown(l))
            continue;
        pm_buf_str(&b, s);
        pm_buf_putc(&b, '\n');
    }
    struct pm_str out = pm_arena_str(arena, without_end_blanks(pm_buf_slice(&b)));
    if (b.status != PM_OK)
        arena->failed = true;
    pm_buf_free(&b);
    return out.p ? out : PM_LIT("");
}
