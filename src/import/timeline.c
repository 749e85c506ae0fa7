/* Timelines: tables, bullets, headings with times, lines of prose. */
#include "import/import_internal.h"

#include <string.h>

enum { SEARCHED = 60, LONGEST_HEAD = 40, MAX_NESTING = 6 };

/* A timeline in the reading. */
struct timeline {
    struct pm_draft *d;
    struct pm_str title;
    struct pm_when day;              /* of the next event without a date; has_date false: that of the event before it */
    struct pm_str phase;
    struct pm_draft_entry *last;
    bool open;                       /* what follows without a time belongs to `last` */
    struct pm_buf left;              /* what is no event */
    size_t events;
};

/* ---- events ---- */

/* "**Detected**", "[Resolved]", "Mitigated: ...", "OUTAGE BEGINS". */
static const char *kind_of(struct pm_draft *d, struct pm_str text)
{
    size_t n = 0;
    struct pm_str s = text;
    while (s.n && strchr("*_[(", s.p[0]))
        s = pm_md_from(s, 1);
    while (n < s.n && !strchr(":*_]).,\n", s.p[n]) && !pm_str_starts(pm_md_from(s, n), " - ") && !pm_str_starts(pm_md_from(s, n),
            " \xE2\x80\x93 "))
        n++;
    return n && n <= LONGEST_HEAD ? pm_word_of_event_kind(pm_md_normal(pm_md_upto(s, n), d->arena)) : NULL;
}

static void note_zone(struct timeline *t, const struct pm_when *when)
{
    if (when->zone.given && !t->d->zone.given)
        t->d->zone = when->zone;
}

static struct pm_draft_entry *add_event(struct timeline *t, const struct pm_when *when, struct pm_str text, uint32_t line)
{
    struct pm_draft_entry *e = pm_draft_entry(t->d, PM_LIST_TIMELINE, line);
    if (!e)
        return NULL;
    e->when = *when;
    note_zone(t, when);
    if (t->day.has_date)
        pm_when_take_day(&e->when, &t->day);
    t->day.has_date = t->day.has_date && e->when.has_date && when->has_date;
    while (text.n && text.p[text.n - 1] == '\\')   /* a hard end of line */
        text.n--;
    text = pm_md_balance(text, t->d->arena);
    pm_draft_pair(t->d, e, "event", text);
    const char *kind = kind_of(t->d, text);
    if (kind)
        pm_draft_pair(t->d, e, "kind", pm_str(kind));
    if (when->approximate || !when->has_time)
        pm_draft_pair(t->d, e, "confidence", PM_LIT("approx"));
    pm_draft_pair(t->d, e, "phase", t->phase);
    t->last = e;
    t->open = true;
    t->events++;
    return e;
}

static void set_day(struct timeline *t, const struct pm_when *when)
{
    t->day = *when;
    if (!t->day.has_year)
        pm_when_take_day(&t->day, &t->d->date);
    t->open = false;
}

/* Without a time: it goes with the event before it, or is left. */
static void add_text(struct timeline *t, struct pm_str text)
{
    text = pm_str_trim(text);
    if (!text.n)
        return;
    struct pm_when_zone zone = {0};
    bool zoned = pm_when_find_zone(text, &zone);
    if (zoned && !t->d->zone.given)
        t->d->zone = zone;
    if (zoned && text.n < SEARCHED && pm_md_find_word(text, "times") < text.n)
        return;   /* nothing but the zone */
    if (t->last && t->open) {
        bool empty = !pm_draft_value(t->last, "event").n;
        pm_draft_extend(t->d, t->last, empty ? "event" : "note", empty ? "" : "\n\n", text);
        return;
    }
    if (t->left.len)
        pm_buf_puts(&t->left, "\n\n");
    pm_buf_str(&t->left, text);
}

/* What may stand behind a date that is a line of its own. */
static bool is_day_line(struct pm_str text)
{
    struct pm_when_zone zone;
    return !text.n || (text.n < SEARCHED && (pm_md_find_word(text, "times") < text.n || pm_when_read_zone(text, &zone) == text.n ||
                                             (text.p[0] == '(' && text.p[text.n - 1] == ')')));
}

static void read_day_line(struct timeline *t, const struct pm_when *when, struct pm_str text)
{
    struct pm_when_zone zone;
    set_day(t, when);
    if (!t->d->zone.given && (pm_when_find_zone(text, &zone) || pm_when_read_zone(text, &zone)))
        t->d->zone = zone;
}

/* ---- a line ---- */

static struct pm_str skip_separator(struct pm_str s)
{
    static const char *const separators[] = {
        "->", "=>", "-", "\xE2\x80\x93", "\xE2\x80\x94", ":", "\xEF\xBC\x9A", "|", "\xE2\x86\x92", ",", ";", "\xE2\x80\xA2"};
    while (s.n && strchr("*_`])> \t", s.p[0]))
        s = pm_md_from(s, 1);
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < PM_ITEMS(separators); i++) {
            if (pm_str_starts(s, separators[i])) {
                s = pm_str_trim(pm_md_from(s, strlen(separators[i])));
                break;
            }
        }
        while (s.n > 1 && strchr("*_`", s.p[0]) && (s.p[1] == ' ' || s.p[1] == ':' || (s.p[1] == s.p[0] && s.n > 2 && (s.p[2] == ' ' ||
                s.p[2] == ':'))))
            s = pm_str_trim(pm_md_from(s, s.p[1] == s.p[0] ? 2 : 1));
    }
    return pm_str_is(s, "**") || pm_str_is(s, "*") || pm_str_is(s, "`") ? PM_LIT("") : s;
}

/* The time that begins the line, and the text behind it. A date alone has to be set off from what follows. */
static bool read_entry(struct pm_str line, struct pm_when *when, struct pm_str *text)
{
    size_t n = pm_when_read(line, when);
    if (!n)
        return false;
    struct pm_str rest = pm_md_from(line, n);
    *text = skip_separator(rest);
    if (when->approximate && when->has_time && pm_md_is_letter(line.p[0]) && rest.n && rest.p[0] == ' ' && pm_md_is_letter(text->n
            ? text->p[0] : ' '))
        *text = line;   /* "Around 15:30 we had ..." */
    return when->has_time || !text->n || !rest.n || strchr("*_:-|)],;`\xE2\xEF", rest.p[0]) || pm_str_starts(rest, " -") ||
           pm_str_starts(rest, " \xE2\x80") || pm_str_starts(rest, " |") || pm_str_starts(rest, " :");
}

/* "At 14:02 the alert fired": the whole line is the event. */
static bool find_entry(struct pm_str line, struct pm_when *when)
{
    size_t at, end;
    struct pm_str rest = line;
    for (size_t from = 0; from < SEARCHED && pm_when_find(rest, SEARCHED - from, when, &at, &end); from += end) {
        if (when->has_time)
            return true;
        rest = pm_md_from(rest, end);
    }
    return false;
}

/* ---- items ---- */

static void read_blocks(struct timeline *t, struct pm_md_range range, int depth);

static bool has_times(const struct pm_md *md, struct pm_md_range range)
{
    struct pm_when when;
    struct pm_str text;
    for (size_t i = range.first; i < range.end; i++) {
        const struct pm_md_line *l = &md->lines[i];
        if ((l->kind == PM_MD_ITEM || l->kind == PM_MD_ROW) && read_entry(l->content, &when, &text) && when.has_time)
            return true;
    }
    return false;
}

/* Behind the item's own text: lines that go on in it. */
static size_t end_of_own_text(const struct pm_md *md, struct pm_md_range item)
{
    size_t end = item.first + 1;
    while (end < item.end && md->lines[end].kind == PM_MD_TEXT)
        end++;
    return end;
}

static struct pm_str own_text(struct timeline *t, struct pm_md_range item, size_t end, struct pm_str first)
{
    struct pm_str more = pm_md_prose(t->d->md, (struct pm_md_range){item.first + 1, end}, false, t->d->arena);
    first = pm_md_tidy(first, t->d->arena);
    return more.n ? first.n ? pm_arena_join(t->d->arena, first, "\n", more) : more : first;
}

static void add_below(struct timeline *t, struct pm_md_range below, int depth)
{
    if (below.first >= below.end)
        return;
    if (has_times(t->d->md, below) && depth < MAX_NESTING) {
        read_blocks(t, below, depth + 1);
        return;
    }
    size_t at = below.first;
    struct pm_md_range block;
    if (t->last && t->open && !pm_draft_value(t->last, "event").n && pm_md_block(t->d->md, below, &at, &block)) {
        add_text(t, pm_md_prose(t->d->md, block, true, t->d->arena));
        below.first = at;
    }
    add_text(t, pm_md_prose(t->d->md, below, false, t->d->arena));
}

static void read_item(struct timeline *t, struct pm_md_range item, int depth)
{
    const struct pm_md *md = t->d->md;
    const struct pm_md_line *l = &md->lines[item.first];
    struct pm_md_range below = {end_of_own_text(md, item), item.end};
    struct pm_when when;
    struct pm_str text;
    bool found = read_entry(l->content, &when, &text), nested = has_times(md, below);
    if (found && !when.has_time && (nested || (!text.n && below.first == item.first + 1))) {
        set_day(t, &when);
        t->phase = pm_md_plain(text, t->d->arena);
        t->open = false;
    } else if (found) {
        (void)add_event(t, &when, own_text(t, item, below.first, text), l->number);
    } else if (find_entry(l->content, &when)) {
        (void)add_event(t, &when, own_text(t, item, below.first, l->content), l->number);
    } else if (nested) {
        t->phase = pm_md_plain(own_text(t, item, below.first, l->content), t->d->arena);
    } else {
        add_text(t, pm_md_prose(md, item, false, t->d->arena));
        return;
    }
    add_below(t, below, depth);
}

/* ---- paragraphs ---- */

static void extend_event(struct timeline *t, struct pm_str line)
{
    bool empty = !pm_draft_value(t->last, "event").n;
    pm_draft_extend(t->d, t->last, "event", empty ? "" : "\n", pm_md_tidy(line, t->d->arena));
}

/* Whether a line with a time is an event of its own, and not the middle of the sentence above it. */
static bool begins_sentence(const struct timeline *t, struct pm_str line)
{
    struct pm_str before = pm_draft_value(t->last, "event");
    struct pm_when when;
    size_t at, end;
    bool ended = before.n && strchr(".!?:", before.p[before.n - 1]);
    return ended && line.p[0] >= 'A' && line.p[0] <= 'Z' && pm_when_find(line, 16, &when, &at, &end) && when.has_time;
}

static void read_paragraph(struct timeline *t, struct pm_md_range block)
{
    struct pm_when when;
    struct pm_str text;
    bool inside = false;
    for (size_t i = block.first; i < block.end; i++) {
        const struct pm_md_line *l = &t->d->md->lines[i];
        struct pm_str s = l->content;
        while (s.n > 1 && s.p[0] == '>' )
            s = pm_str_trim(pm_md_from(s, 1));
        if (read_entry(s, &when, &text) && (when.has_time || !inside)) {
            if (!when.has_time && is_day_line(text))
                read_day_line(t, &when, text);
            else
                (void)add_event(t, &when, pm_md_tidy(text, t->d->arena), l->number);
            inside = when.has_time || !is_day_line(text);
        } else if (l->kind != PM_MD_CODE && find_entry(s, &when) && (!inside || begins_sentence(t, s))) {
            (void)add_event(t, &when, pm_md_tidy(s, t->d->arena), l->number);
            inside = true;
        } else if (inside && t->last) {
            extend_event(t, s);
        } else {
            add_text(t, pm_md_prose(t->d->md, (struct pm_md_range){i, i + 1}, false, t->d->arena));
        }
    }
}

static void read_code(struct timeline *t, struct pm_md_range block)
{
    struct pm_when when;
    struct pm_str text;
    struct pm_md_range inner = {block.first + 1, block.end > block.first + 1 ? block.end - 1 : block.end};
    if (inner.first < inner.end && !t->events && read_entry(t->d->md->lines[inner.first].content, &when, &text) && when.has_time)
        read_paragraph(t, inner);
    else
        add_text(t, pm_md_prose(t->d->md, block, false, t->d->arena));
}

static void read_heading(struct timeline *t, const struct pm_md_line *l)
{
    struct pm_when when;
    struct pm_str text;
    struct pm_when_zone zone;
    if (!t->d->zone.given && pm_when_find_zone(l->content, &zone))
        t->d->zone = zone;
    if (!read_entry(l->content, &when, &text)) {
        t->phase = pm_md_plain(l->content, t->d->arena);
        t->open = false;
    } else if (when.has_time) {
        (void)add_event(t, &when, text, l->number);
    } else {
        set_day(t, &when);
        t->phase = pm_md_plain(text, t->d->arena);
    }
}

/* ---- tables ---- */

enum { MAX_COLUMNS = 40 };

struct columns { enum pm_md_column of[MAX_COLUMNS]; size_t at, date, event; };   /* indices; MAX_COLUMNS: none */

static size_t column_with_times(const struct pm_md_table *table, const struct columns *c)
{
    struct pm_when when;
    for (size_t i = 0; i < table->columns; i++) {
        size_t times = 0;
        for (size_t r = 0; r < table->rows && c->of[i] == PM_COL_NONE; r++)
            times += pm_when_read(pm_md_cell(table, r, i), &when) && when.has_time;
        if (times && times * 2 >= table->rows - 1)
            return i;
    }
    return MAX_COLUMNS;
}

static size_t longest_column(const struct pm_md_table *table, const struct columns *c)
{
    size_t longest = MAX_COLUMNS, most = 0;
    for (size_t i = 0; i < table->columns; i++) {
        size_t n = 0;
        for (size_t r = 1; r < table->rows && c->of[i] == PM_COL_NONE; r++)
            n += pm_md_cell(table, r, i).n;
        if (n > most) {
            most = n;
            longest = i;
        }
    }
    return longest;
}

static void find_columns(struct timeline *t, const struct pm_md_table *table, struct columns *c)
{
    *c = (struct columns){.at = MAX_COLUMNS, .date = MAX_COLUMNS, .event = MAX_COLUMNS};
    struct pm_when_zone zone;
    for (size_t i = 0; i < table->columns; i++) {
        struct pm_str head = pm_md_cell(table, 0, i);
        enum pm_md_column of = pm_name_of_event_column(pm_md_normal(head, t->d->arena));
        size_t *slot = of == PM_COL_AT ? &c->at : of == PM_COL_DATE ? &c->date : of == PM_COL_EVENT ? &c->event : NULL;
        if (slot && *slot == MAX_COLUMNS)
            *slot = i;
        else if (slot)
            of = PM_COL_NONE;
        c->of[i] = of;
        if ((of == PM_COL_AT || of == PM_COL_DATE) && !t->d->zone.given && pm_when_find_zone(head, &zone))
            t->d->zone = zone;
    }
    if (c->at == MAX_COLUMNS && (c->at = column_with_times(table, c)) < MAX_COLUMNS)
        c->of[c->at] = PM_COL_AT;
    if (c->at == MAX_COLUMNS) {
        c->at = c->date;
        c->date = MAX_COLUMNS;
    }
    if (c->event == MAX_COLUMNS && (c->event = longest_column(table, c)) < MAX_COLUMNS)
        c->of[c->event] = PM_COL_EVENT;
}

static struct pm_str row_text(struct timeline *t, const struct pm_md_table *table, size_t r, size_t skipped)
{
    struct pm_str all = PM_LIT("");
    for (size_t i = 0; i < table->columns; i++) {
        struct pm_str cell = pm_md_cell(table, r, i);
        if (cell.n && i != skipped)
            all = all.n ? pm_arena_join(t->d->arena, all, " \xE2\x80\x93 ", cell) : cell;
    }
    return all;
}

static void add_link(struct timeline *t, struct pm_draft_entry *e, struct pm_str cell)
{
    struct pm_md_link link;
    bool web = pm_md_find_link(cell, 0, &link) && pm_str_starts_word(link.url, "http") && !memchr(link.url.p, ' ', link.url.n);
    if (web && link.url.n > 8 && (pm_str_starts_word(link.url, "http://") || pm_str_starts_word(link.url, "https://")))
        pm_draft_pair(t->d, e, "source.url", link.url);
    if (!web || link.at || link.end < cell.n)
        pm_draft_extend(t->d, e, "note", "\n\n", cell);
}

static void add_cells(struct timeline *t, const struct pm_md_table *table, const struct columns *c, size_t r, struct pm_draft_entry *e)
{
    struct pm_draft *d = t->d;
    for (size_t i = 0; e && i < table->columns; i++) {
        struct pm_str cell = pm_md_cell(table, r, i), plain = pm_md_plain(cell, d->arena), head = pm_md_plain(pm_md_cell(table, 0, i),
                d->arena);
        if (!cell.n || i == c->at || i == c->date || i == c->event)
            continue;
        const char *kind = c->of[i] == PM_COL_KIND ? pm_word_of_event_kind(pm_md_normal(cell, d->arena)) : NULL;
        if (kind)
            pm_draft_pair(d, e, "kind", pm_str(kind));
        else if (c->of[i] == PM_COL_KIND && !pm_draft_value(e, "phase").n)
            pm_draft_pair(d, e, "phase", plain);
        else if (c->of[i] == PM_COL_TEAM && !pm_draft_value(e, "team").n)
            pm_draft_pair(d, e, "team", plain);
        else if (c->of[i] == PM_COL_EVIDENCE)
            add_link(t, e, cell);
        else if (c->of[i] == PM_COL_NOTE || !head.n)
            pm_draft_extend(d, e, "note", "\n\n", cell);
        else
            pm_draft_extend(d, e, "note", "\n\n", pm_arena_join(d->arena, head, ": ", cell));
    }
}

static void read_row(struct timeline *t, const struct pm_md_table *table, const struct columns *c, size_t r)
{
    struct pm_str at = pm_md_cell(table, r, c->at), text = PM_LIT("");
    struct pm_str date = c->date < MAX_COLUMNS ? pm_md_cell(table, r, c->date) : PM_LIT(""), event;
    struct pm_when when, day;
    bool found = pm_when_read(at, &when) > 0;
    if (found)
        (void)read_entry(at, &when, &text);
    event = c->event < MAX_COLUMNS ? pm_md_cell(table, r, c->event) : PM_LIT("");
    if (date.n && pm_when_read(date, &day) && day.has_date) {
        pm_when_take_day(&day, &t->d->date);
        set_day(t, &day);
        found |= day.has_time;
        when = day.has_time && !found ? day : when;
    }
    bool alone = (at.n && !row_text(t, table, r, c->at).n) || (date.n && !row_text(t, table, r, c->date).n);
    if (!found && alone) {
        t->phase = pm_md_plain(at.n ? at : date, t->d->arena);
    } else if (!found) {
        add_text(t, row_text(t, table, r, MAX_COLUMNS));
    } else if (!when.has_time && !row_text(t, table, r, c->at).n) {
        set_day(t, &when);
        t->phase = pm_md_plain(text, t->d->arena);
    } else {
        event = event.n ? event : row_text(t, table, r, c->at);
        if (text.n)
            event = pm_arena_join(t->d->arena, text, " \xE2\x80\x93 ", event);
        add_cells(t, table, c, r, add_event(t, &when, event, table->numbers[r]));
    }
}

static void read_table(struct timeline *t, struct pm_md_range block)
{
    struct pm_md_table table;
    struct columns c;
    struct pm_when when;
    if (!pm_md_read_table(t->d->md, block, t->d->arena, &table))
        return;
    find_columns(t, &table, &c);
    if (c.at == MAX_COLUMNS || table.columns < 2) {
        add_text(t, pm_md_prose(t->d->md, block, false, t->d->arena));
        return;
    }
    bool headed = !(pm_when_read(pm_md_cell(&table, 0, c.at), &when) && when.has_time);
    for (size_t r = headed; r < table.rows; r++)
        read_row(t, &table, &c, r);
    t->open = false;
}

/* ---- all ---- */

static void read_blocks(struct timeline *t, struct pm_md_range range, int depth)
{
    struct pm_md_range block;
    for (size_t at = range.first; pm_md_block(t->d->md, range, &at, &block);) {
        switch (t->d->md->lines[block.first].kind) {
        case PM_MD_HEADING: read_heading(t, &t->d->md->lines[block.first]); break;
        case PM_MD_ITEM: read_item(t, block, depth); break;
        case PM_MD_ROW: read_table(t, block); break;
        case PM_MD_CODE: read_code(t, block); break;
        default: read_paragraph(t, block); break;
        }
    }
}

void pm_import_timeline(struct pm_draft *d, struct pm_md_range range, struct pm_str title)
{
    struct timeline t = {.d = d, .title = title};
    struct pm_when when;
    size_t at, end;
    pm_buf_init(&t.left, SIZE_MAX / 2);
    struct pm_when_zone zone;
    if (!d->zone.given && pm_when_find_zone(title, &zone))
        d->zone = zone;
    if (pm_when_find(title, title.n, &when, &at, &end) && when.has_date)
        set_day(&t, &when);
    read_blocks(&t, range, 0);
    if (t.left.status != PM_OK)
        d->arena->failed = true;
    struct pm_str left = pm_arena_str(d->arena, pm_buf_slice(&t.left));
    pm_buf_free(&t.left);
    if (left.n)
        pm_draft_section(d, pm_md_title(title, d->arena), left, 0);
}
