/* Changes, for people and for programs. */
#include "recover/merge_internal.h"

#include "base/utf8.h"

enum { SHOWN_TEXT = 72 };   /* characters of a value */

/* On one line, and no more than is needed to know it. */
static void put_text(struct pm_buf *b, struct pm_str text)
{
    text = pm_str_trim(text);
    struct pm_str part = pm_utf8_prefix(text, SHOWN_TEXT);
    bool cut = part.n < text.n, blank = false;
    for (size_t at = 0; at < part.n;) {
        size_t start = at;
        uint32_t cp = pm_utf8_next(part, &at);
        bool white = cp == ' ' || (cp >= 0x09 && cp <= 0x0D);
        if (!white && blank)
            pm_buf_putc(b, ' ');
        blank = white;
        if (!white && (cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || cp == PM_UTF8_BAD))
            pm_buf_puts(b, "\xEF\xBF\xBD");
        else if (!white)
            pm_buf_add(b, part.p + start, at - start);
    }
    pm_buf_puts(b, cut ? "\342\200\246" : "");
}

/* A longer text that changed: from the first difference on, with a little before it. */
static void put_pair(struct pm_buf *b, struct pm_str before, struct pm_str after)
{
    enum { CONTEXT = 24 };
    size_t same = 0, start = 0;
    before = pm_str_trim(before);
    after = pm_str_trim(after);
    while (same < before.n && same < after.n && before.p[same] == after.p[same])
        same++;
    if ((pm_utf8_length(before) > SHOWN_TEXT || pm_utf8_length(after) > SHOWN_TEXT) && same > CONTEXT) {
        start = same - CONTEXT;
        while (start > 0 && (before.p[start - 1] != ' ' && before.p[start - 1] != '\n'))
            start--;
    }
    for (int i = 0; i < 2; i++) {
        struct pm_str s = i ? after : before;
        pm_buf_puts(b, i ? " \342\206\222 " : "");
        pm_buf_puts(b, start ? "\342\200\246" : "");
        if (s.n == 0)
            pm_buf_puts(b, "(nothing)");
        else
            put_text(b, (struct pm_str){s.p + start, s.n - start});
    }
}

static void put_places(struct pm_buf *b, const struct pm_change *c)
{
    if (!c->place.n && !c->reason)
        return;
    pm_buf_puts(b, " (");
    pm_buf_str(b, c->place);
    pm_buf_puts(b, c->place.n && c->reason ? ": " : "");
    pm_buf_puts(b, c->reason ? c->reason : "");
    pm_buf_putc(b, ')');
}

static void put_change(struct pm_buf *b, const struct pm_change *c)
{
    static const char *const verbs[] = {[PM_CHANGE_ADDED] = "new: ", [PM_CHANGE_REMOVED] = "removed: ",
                                        [PM_CHANGE_MISSING] = "is gone, and was kept: ", [PM_CHANGE_UNPLACED] = "kept under x-unplaced: "};
    if (c->where.n) {
        put_text(b, c->where);
        pm_buf_puts(b, ": ");
    }
    if (c->kind == PM_CHANGE_SET || c->kind == PM_CHANGE_CLEARED) {
        put_pair(b, c->before, c->after);
    } else {
        pm_buf_puts(b, verbs[c->kind]);
        put_text(b, c->kind == PM_CHANGE_REMOVED || c->kind == PM_CHANGE_MISSING ? c->before : c->after);
    }
    if (c->kind == PM_CHANGE_UNPLACED || c->reason)
        put_places(b, c);
}

/* "newer.yaml:12:3: error: summary: both were changed; the file has "x", report.docx (page 2) has "y", where both had "z" [conflict]" */
static void put_conflict(struct pm_buf *b, const struct pm_change *c, const char *artefact, const char *newer)
{
    pm_buf_puts(b, newer);
    if (c->mark.line)
        pm_buf_printf(b, ":%lu:%lu", (unsigned long)c->mark.line, (unsigned long)c->mark.col);
    pm_buf_puts(b, ": error: ");
    put_text(b, c->where);
    pm_buf_printf(b, ": %s; the newer file has \"", c->reason);
    put_text(b, c->newer);
    pm_buf_printf(b, "\", %s", artefact);
    if (c->place.n) {
        pm_buf_puts(b, " (");
        pm_buf_str(b, c->place);
        pm_buf_putc(b, ')');
    }
    pm_buf_puts(b, " has \"");
    put_text(b, c->after);
    pm_buf_puts(b, "\", where the source has \"");
    put_text(b, c->before);
    pm_buf_puts(b, "\" [conflict]\n");
}

void pm_merge_text(const struct pm_merge *merge, const char *artefact, const char *newer, struct pm_buf *out)
{
    for (size_t i = 0; i < merge->change_count; i++) {
        const struct pm_change *c = &merge->changes[i];
        if (c->kind == PM_CHANGE_CONFLICT) {
            put_conflict(out, c, artefact, newer ? newer : "");
            continue;
        }
        pm_buf_printf(out, "%s: ", artefact);
        put_change(out, c);
        pm_buf_putc(out, '\n');
    }
}

/* --- JSON --- */

static void put_member(struct pm_buf *b, const char *name, struct pm_str text)
{
    if (!text.n)
        return;
    pm_buf_printf(b, ", \"%s\": \"", name);
    pm_buf_json(b, text);
    pm_buf_putc(b, '"');
}

void pm_merge_json(const struct pm_merge *merge, struct pm_buf *out)
{
    static const char *const kinds[] = {[PM_CHANGE_SET] = "set", [PM_CHANGE_CLEARED] = "cleared", [PM_CHANGE_ADDED] = "added",
                                        [PM_CHANGE_REMOVED] = "removed", [PM_CHANGE_MISSING] = "missing",
                                        [PM_CHANGE_UNPLACED] = "unplaced", [PM_CHANGE_CONFLICT] = "conflict"};
    pm_buf_putc(out, '[');
    for (size_t i = 0; i < merge->change_count; i++) {
        const struct pm_change *c = &merge->changes[i];
        pm_buf_printf(out, "%s\n  {\"kind\": \"%s\"", i ? "," : "", kinds[c->kind]);
        put_member(out, "where", c->where);
        put_member(out, "before", c->before);
        put_member(out, "after", c->after);
        put_member(out, "newer", c->newer);
        put_member(out, "place", c->place);
        put_member(out, "reason", pm_str(c->reason));
        if (c->mark.line)
            pm_buf_printf(out, ", \"line\": %lu, \"column\": %lu", (unsigned long)c->mark.line, (unsigned long)c->mark.col);
        pm_buf_putc(out, '}');
    }
    pm_buf_puts(out, merge->change_count ? "\n]\n" : "]\n");
}
