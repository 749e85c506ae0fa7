#include "render/pdf/shape.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "render/pdf/font_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unilbrk.h>

enum {
    MAX_GRAPHEME = 512,        /* bytes with marks; more is cut, so that a text of marks alone costs no more than others */
    MAX_WORD = 40,             /* bytes of a word that is kept */
    SLOTS = 1 << 14,
    MAX_WORDS = SLOTS * 3 / 4
};

/* How text is shaped apart from its font. */
enum { TABULAR = 1, NO_LIGATURES = 2 };

/* A shaped glyph whose text counts from the start of what was shaped. */
struct unit {
    uint32_t gid;
    int32_t advance, dx, dy;
    uint32_t offset;
    uint16_t length;
    bool start;                /* the first of its cluster, from the left */
};

/* A word as it was shaped before. Words repeat, within a report and more so in a batch. */
struct word {
    unsigned long long hash;
    const struct pm_font *font;
    hb_script_t script;
    unsigned features;
    const char *text;
    const struct unit *units;
    unsigned short length, count;
};

struct pm_shaper {
    struct pm_fonts *fonts;
    hb_buffer_t *buffer;
    hb_language_t language;
    struct unit *units;        /* of what was shaped last */
    size_t count, cap;
    struct pm_arena arena;     /* of the words */
    struct word *words;        /* room for MAX_WORDS, of which only what is used is touched */
    uint32_t *slots;           /* hash of words: index + 1 */
    size_t word_count;
};

struct pm_shaper *pm_shaper_new(struct pm_fonts *fonts)
{
    struct pm_shaper *s = pm_harfbuzz_load() ? calloc(1, sizeof *s) : NULL;
    if (!s)
        return NULL;
    s->fonts = fonts;
    pm_arena_init(&s->arena);
    s->words = malloc(MAX_WORDS * sizeof *s->words);
    s->slots = calloc(SLOTS, sizeof *s->slots);
    s->buffer = hb_buffer_create();
    s->language = hb_language_from_string("en", -1);   /* never the locale's: the same bytes everywhere */
    if (!s->words || !s->slots || !hb_buffer_allocation_successful(s->buffer)) {
        pm_shaper_free(s);
        return NULL;
    }
    return s;
}

void pm_shaper_free(struct pm_shaper *s)
{
    if (!s)
        return;
    hb_buffer_destroy(s->buffer);
    pm_arena_free(&s->arena);
    free(s->words);
    free(s->slots);
    free(s->units);
    free(s);
}

/* ---- from HarfBuzz ---- */

static bool reserve_units(struct pm_shaper *s, size_t n)
{
    if (n <= s->cap && s->units)
        return true;
    size_t cap = n + n / 2 + 64;
    struct unit *grown = realloc(s->units, cap * sizeof *grown);
    if (!grown)
        return false;
    s->units = grown;
    s->cap = cap;
    return true;
}

/* The bytes [from, to), or as many whole characters of them as a glyph can stand for. */
static uint16_t text_length(struct pm_str text, size_t from, size_t to)
{
    size_t n = to - from < UINT16_MAX ? to - from : UINT16_MAX;
    while (n > 0 && from + n < to && ((unsigned char)text.p[from + n] & 0xC0) == 0x80)
        n--;
    return (uint16_t)n;
}

/* Divides the text of a cluster over its glyphs [i, j), in logical order: one character each, the last takes the rest. */
static void divide(struct unit *units, size_t i, size_t j, struct pm_str text, size_t from, size_t to, bool rtl)
{
    for (size_t k = 0; k < j - i; k++) {
        struct unit *u = &units[rtl ? j - 1 - k : i + k];
        size_t next = from;
        if (k + 1 == j - i)
            next = to;
        else if (from < to)
            pm_utf8_next((struct pm_str){text.p, to}, &next);
        u->offset = (uint32_t)from;
        u->length = text_length(text, from, next);
        from = next;
    }
}

/* Turns the buffer into units whose text is [from, to) of `text`, counted from `from`. */
static void take_units(struct pm_shaper *s, const struct pm_font *font, struct pm_str text, size_t from, size_t to, bool rtl)
{
    unsigned n = 0;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(s->buffer, &n);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(s->buffer, NULL);
    struct pm_str own = {text.p + from, to - from};
    for (unsigned i = 0, j; i < n; i = j) {
        for (j = i; j < n && infos[j].cluster == infos[i].cluster; j++) {
            uint32_t gid = infos[j].codepoint ? infos[j].codepoint : pm_font_stand_in(font);
            s->units[j] = (struct unit){gid, positions[j].x_advance, positions[j].x_offset, positions[j].y_offset, 0, 0, j == i};
        }
        size_t end = to;
        if (rtl && i > 0)
            end = infos[i - 1].cluster;
        else if (!rtl && j < n)
            end = infos[j].cluster;
        divide(s->units, i, j, own, infos[i].cluster - from, end - from, rtl);
    }
    s->count = n;
}

/* The rest of the text is context: Arabic joins over the ends of a run. */
static bool shape(struct pm_shaper *s, const struct pm_run *run, unsigned features, struct pm_str text, size_t from, size_t to)
{
    static const hb_feature_t all[] = {
        {HB_TAG('t', 'n', 'u', 'm'), 1, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
        {HB_TAG('l', 'n', 'u', 'm'), 1, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
        {HB_TAG('l', 'i', 'g', 'a'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
        {HB_TAG('c', 'l', 'i', 'g'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
        {HB_TAG('c', 'a', 'l', 't'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
    };
    unsigned first = features & TABULAR ? 0 : 2, end = features & NO_LIGATURES ? 5 : 2;
    bool rtl = run->level & 1;
    hb_font_t *font = pm_font_hb(s->fonts, run->font);
    if (!font)
        return false;
    hb_buffer_clear_contents(s->buffer);
    hb_buffer_set_cluster_level(s->buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_GRAPHEMES);
    hb_buffer_set_flags(s->buffer, HB_BUFFER_FLAG_DO_NOT_INSERT_DOTTED_CIRCLE);
    hb_buffer_set_direction(s->buffer, rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(s->buffer, run->script);
    hb_buffer_set_language(s->buffer, s->language);
    hb_buffer_add_utf8(s->buffer, text.p, (int)text.n, (unsigned)from, (int)(to - from));
    bool shaped = hb_shape_full(font, s->buffer, all + first, end - first, NULL);
    if (!shaped || !hb_buffer_allocation_successful(s->buffer) || !reserve_units(s, hb_buffer_get_length(s->buffer)))
        return false;
    take_units(s, run->font, text, from, to, rtl);
    return true;
}

/* ---- words ---- */

static void forget_words(struct pm_shaper *s)
{
    pm_arena_free(&s->arena);
    memset(s->slots, 0, SLOTS * sizeof *s->slots);
    s->word_count = 0;
}

static bool is_same(const struct word *a, const struct word *b)
{
    return a->hash == b->hash && a->font == b->font && a->script == b->script && a->features == b->features && a->length == b->length
        && memcmp(a->text, b->text, a->length) == 0;
}

/* The slot that has the word or is free for it. */
static uint32_t *find_slot(struct pm_shaper *s, const struct word *key)
{
    size_t i = key->hash * 0x9E3779B97F4A7C15ull >> 50;
    while (s->slots[i] && !is_same(&s->words[s->slots[i] - 1], key))
        i = (i + 1) & (SLOTS - 1);
    return &s->slots[i];
}

static void keep_word(struct pm_shaper *s, struct word word)
{
    if (s->count > 4 * MAX_WORD)
        return;
    if (s->word_count == MAX_WORDS)
        forget_words(s);
    struct unit *units = pm_arena_array(&s->arena, s->count, sizeof *units);
    struct pm_str text = pm_arena_str(&s->arena, (struct pm_str){word.text, word.length});
    if (!units || !text.p) {
        forget_words(s);
        return;
    }
    if (s->count)
        memcpy(units, s->units, s->count * sizeof *units);
    word.text = text.p;
    word.units = units;
    word.count = (unsigned short)s->count;
    s->words[s->word_count++] = word;
    *find_slot(s, &word) = (uint32_t)s->word_count;
}

/* The units of a word, which is short and from left to right. NULL when memory ran out. */
static const struct unit *shape_word(struct pm_shaper *s, const struct pm_run *run, unsigned features, struct pm_str text, size_t *count)
{
    struct word word = {.font = run->font, .script = run->script, .features = features, .text = text.p, .length = (unsigned short)text.n};
    word.hash = pm_str_hash(text) ^ (unsigned long long)run->script << 20 ^ run->font->index << 8 ^ features;
    uint32_t index = *find_slot(s, &word);
    if (index) {
        *count = s->words[index - 1].count;
        return s->words[index - 1].units;
    }
    if (!shape(s, run, features, text, 0, text.n))
        return NULL;
    keep_word(s, word);
    *count = s->count;
    return s->units;
}

/* ---- into the paragraph ---- */

static void reverse_clusters(struct pm_cluster *c, size_t n)
{
    for (size_t i = 0; i < n / 2; i++) {
        struct pm_cluster kept = c[i];
        c[i] = c[n - 1 - i];
        c[n - 1 - i] = kept;
    }
}

/* Adds glyphs and clusters of the last run, whose text begins at `base`. */
static void append(struct pm_paragraph *p, const struct unit *units, size_t count, const char *base)
{
    const struct pm_run *run = &p->runs[p->run_count - 1];
    double scale = p->spans[run->span].style->size / run->font->upem;
    size_t first = p->cluster_count;
    for (size_t i = 0; i < count; i++) {
        const struct unit *u = &units[i];
        if (!pm_room_for(p->arena, &p->glyphs, p->glyph_count, &p->glyph_cap, sizeof *p->glyphs)
            || !pm_room_for(p->arena, &p->clusters, p->cluster_count, &p->cluster_cap, sizeof *p->clusters))
            return;
        if (u->start || i == 0)
            p->clusters[p->cluster_count++] = (struct pm_cluster){.glyph = (uint32_t)p->glyph_count, .run = (uint32_t)p->run_count - 1};
        struct pm_cluster *c = &p->clusters[p->cluster_count - 1];
        c->count++;
        c->width += (float)(u->advance * scale);
        c->space = u->length == 1 && base[u->offset] == ' ' && c->count == 1;
        p->glyphs[p->glyph_count++] = (struct pm_glyph){u->gid, u->advance, u->dx, u->dy, base + u->offset, u->length, run->level & 1};
    }
    if (run->level & 1)
        reverse_clusters(p->clusters + first, p->cluster_count - first);
}

static bool is_simple(hb_script_t script)
{
    return script == HB_SCRIPT_LATIN || script == HB_SCRIPT_GREEK || script == HB_SCRIPT_CYRILLIC;
}

/* A word, of which many come again. */
static bool append_word(struct pm_paragraph *p, const struct pm_run *run, unsigned features, size_t from, size_t to)
{
    struct pm_shaper *s = pm_fonts_shaper(p->fonts);
    if (!s)
        return false;
    size_t count = 0;
    const struct unit *units = NULL;
    if (to - from <= MAX_WORD)
        units = shape_word(s, run, features, (struct pm_str){p->text + from, to - from}, &count);
    else if (shape(s, run, features, (struct pm_str){p->text, p->length}, from, to)) {
        units = s->units;
        count = s->count;
    }
    if (units)
        append(p, units, count, p->text + from);
    return units != NULL;
}

/* Words and single spaces, one by one. Nothing kerns over a space in the scripts that this is for. */
static bool append_words(struct pm_paragraph *p, const struct pm_run *run, unsigned features)
{
    /* A face without ligatures is the same when they are forbidden. */
    bool plain = run->font->plain && run->script == HB_SCRIPT_LATIN && (!(features & NO_LIGATURES) || run->font->mono);
    for (size_t from = run->from, to; from < run->to; from = to) {
        to = from + 1;
        if (p->text[from] != ' ') {
            const char *space = memchr(p->text + from, ' ', run->to - from);
            to = space ? (size_t)(space - p->text) : run->to;
        }
        bool done = (plain && pm_paragraph_plain(p, from, to)) || (run->font->alone && pm_paragraph_symbols(p, from, to));
        if (!done && !append_word(p, run, features, from, to))
            return false;
    }
    return true;
}

static bool append_run(struct pm_paragraph *p)
{
    const struct pm_run *run = &p->runs[p->run_count - 1];
    const struct pm_style *style = p->spans[run->span].style;
    unsigned features = (style->tabular ? TABULAR : 0u) | (style->face == PM_FACE_MONO ? NO_LIGATURES : 0u);
    if (run->stand_in) {
        uint32_t gid = pm_font_stand_in(run->font);
        struct unit box = {gid, pm_font_advance(run->font, gid), 0, 0, 0, (uint16_t)(run->to - run->from), true};
        append(p, &box, 1, p->text + run->from);
        return true;
    }
    if (is_simple(run->script) && !(run->level & 1))
        return append_words(p, run, features);
    struct pm_shaper *s = pm_fonts_shaper(p->fonts);
    if (!s || !shape(s, run, features, (struct pm_str){p->text, p->length}, run->from, run->to))
        return false;
    append(p, s->units, s->count, p->text + run->from);
    return true;
}

/* ---- what no font has ---- */

/* A document may be laid out more than once; each character is told of once for each place. */
static bool is_reported(const struct pm_diags *diags, struct pm_mark mark, const char *code)
{
    for (const struct pm_diag *d = diags->first; d; d = d->next)
        if (d->code == PM_D_MISSING_GLYPH && d->mark.line == mark.line && d->mark.col == mark.col && strstr(d->text, code))
            return true;
    return false;
}

static void report_missing(struct pm_diags *diags, uint32_t cp, struct pm_mark mark)
{
    char code[16], character[5] = "";
    snprintf(code, sizeof code, "U+%04X ", (unsigned)cp);
    if (!diags || (diags->kept < PM_MAX_DIAGS && is_reported(diags, mark, code)))
        return;
    code[strlen(code) - 1] = '\0';
    pm_utf8_put(character, cp);
    pm_report(diags, PM_D_MISSING_GLYPH, mark, code, character);
}

/* ---- runs ---- */

/* Invisible, and at home in every font (Unicode's Default_Ignorable_Code_Point, as far as it is in use). */
static bool is_ignorable(uint32_t cp)
{
    return cp == 0xAD || cp == 0x34F || cp == 0x61C || (cp >= 0x200B && cp <= 0x200F) || (cp >= 0x202A && cp <= 0x202E)
        || (cp >= 0x2060 && cp <= 0x206F) || cp == 0xFEFF || (cp >= 0xFE00 && cp <= 0xFE0F) || (cp >= 0x180B && cp <= 0x180E)
        || (cp >= 0xE0000 && cp <= 0xE0FFF) || cp == 0x115F || cp == 0x1160 || cp == 0x3164 || cp == 0xFFA0;
}

bool pm_usual_script(uint32_t cp, hb_script_t *script)
{
    bool latin;
    if (cp < 0x80)
        latin = (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z';
    else
        latin = cp == 0xAA || cp == 0xBA || (cp >= 0xC0 && cp <= 0x24F && cp != 0xD7 && cp != 0xF7) || (cp >= 0x1E00 && cp <= 0x1EFF);
    *script = latin ? HB_SCRIPT_LATIN : HB_SCRIPT_COMMON;
    return cp <= 0x24F || latin || (cp >= 0x2000 && cp <= 0x2064) || (cp >= 0x20A0 && cp <= 0x20BF) || (cp >= 0x2190 && cp <= 0x23FF)
        || (cp >= 0x2500 && cp <= 0x27BF);
}

static bool is_mark(uint32_t cp)
{
    hb_script_t script;
    if (pm_usual_script(cp, &script) || !pm_harfbuzz_load())
        return false;
    hb_unicode_general_category_t c = hb_unicode_general_category(hb_unicode_funcs_get_default(), cp);
    return c == HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK || c == HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK
        || c == HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK || (cp >= 0x1F3FB && cp <= 0x1F3FF);
}

/* Common and Inherited take the script of what is beside them. */
static hb_script_t script_of(uint32_t cp)
{
    hb_script_t script;
    if (pm_usual_script(cp, &script) || !pm_harfbuzz_load())
        return script;
    script = hb_unicode_script(hb_unicode_funcs_get_default(), cp);
    return script == HB_SCRIPT_INHERITED || script == HB_SCRIPT_UNKNOWN ? HB_SCRIPT_COMMON : script;
}

struct itemiser {
    struct pm_paragraph *p;
    uint32_t span;
    struct pm_run run;         /* the one that is open when to > from */
    size_t grapheme;           /* where the last character began that is no mark */
    hb_script_t last;          /* the last real script */
    uint32_t missing[64];      /* characters of this span that were told of, by their last bits */
    bool failed;
};

static void close_run(struct itemiser *it)
{
    struct pm_paragraph *p = it->p;
    if (it->run.to == it->run.from || it->failed)
        return;
    if (it->run.script == HB_SCRIPT_COMMON)
        it->run.script = it->last;
    it->last = it->run.script;
    it->failed = !pm_room_for(p->arena, &p->runs, p->run_count, &p->run_cap, sizeof *p->runs);
    if (it->failed)
        return;
    p->runs[p->run_count++] = it->run;
    it->run.from = it->run.to;
    it->failed = !append_run(p);
}

/* The font of the next letter within a few characters, or NULL. */
static const struct pm_font *font_ahead(const struct itemiser *it, size_t at)
{
    const struct pm_span *span = &it->p->spans[it->span];
    struct pm_str text = {it->p->text, span->to};
    for (int i = 0; i < 8 && at < text.n; i++) {
        uint32_t cp = pm_utf8_next(text, &at);
        if (cp != PM_UTF8_BAD && script_of(cp) != HB_SCRIPT_COMMON)
            return pm_font_for(it->p->fonts, span->style->face, cp);
    }
    return NULL;
}

/* The font for `cp`, which ends at `to`; NULL: there is none. Marks and invisible characters stay with what they
 * follow. So do spaces, that they divide no fragment, but for those of code, which are as wide as its letters. Signs
 * that many scripts share, such as U+3002, are taken from the font of the letters beside them. */
static const struct pm_font *choose_font(const struct itemiser *it, uint32_t cp, size_t to, bool joins)
{
    enum pm_face face = it->p->spans[it->span].style->face;
    const struct pm_font *open = it->run.to > it->run.from && !it->run.stand_in ? it->run.font : NULL;
    if (joins && open && (is_ignorable(cp) || pm_font_has(open, cp)))
        return open;
    const struct pm_font *own = pm_font_face(it->p->fonts, face);
    if (is_ignorable(cp))
        return it->run.to > it->run.from ? it->run.font : own;
    if (cp == ' ' && open && face != PM_FACE_MONO && pm_font_has(open, cp))
        return open;
    const struct pm_font *font = pm_font_for(it->p->fonts, face, cp);
    if (font == own || !font || script_of(cp) != HB_SCRIPT_COMMON)
        return font;
    if (open && open != own && pm_font_has(open, cp))
        return open;
    const struct pm_font *ahead = font_ahead(it, to);
    return ahead && ahead != own && pm_font_has(ahead, cp) ? ahead : font;
}

/* A mark that the open run's font lacks: the base goes with it into a font that has both. */
static void move_base(struct itemiser *it, const struct pm_font *font)
{
    size_t start = it->grapheme > it->run.from ? it->grapheme : it->run.from;
    struct pm_str base = {it->p->text + start, it->run.to - start};
    for (size_t at = 0; at < base.n;) {
        uint32_t cp = pm_utf8_next(base, &at);
        if (!is_ignorable(cp) && !pm_font_has(font, cp))
            return;
    }
    struct pm_run moved = it->run;
    moved.from = start;
    moved.font = font;
    it->run.to = start;
    close_run(it);
    it->run = moved;
}

/* The font that has what stands for a character that none has. */
static const struct pm_font *font_of_box(const struct itemiser *it)
{
    enum pm_face face = it->p->spans[it->span].style->face;
    const struct pm_font *font = pm_font_for(it->p->fonts, face, 0x25A1);
    return font ? font : pm_font_face(it->p->fonts, face);
}

static void add_character(struct itemiser *it, uint32_t cp, size_t from, size_t to)
{
    struct pm_paragraph *p = it->p;
    struct pm_run *run = &it->run;
    bool open = run->to > run->from, joins = open && (is_ignorable(cp) || is_mark(cp));
    const struct pm_font *font = choose_font(it, cp, to, joins);
    if (pm_fonts_failed(p->fonts)) {
        it->failed = true;
        return;
    }
    hb_script_t script = script_of(cp);
    unsigned char level = p->levels ? p->levels[from] : 0;
    bool stand_in = !font;
    if (stand_in) {
        if (it->missing[cp & 63] != cp)
            report_missing(p->diags, cp, p->spans[it->span].style->mark);
        it->missing[cp & 63] = cp;
        font = font_of_box(it);
    } else if (joins && font != run->font && !run->stand_in && to - it->grapheme <= MAX_GRAPHEME) {
        move_base(it, font);
    }
    bool continues = open && font == run->font && level == run->level && !stand_in && (!run->stand_in || is_ignorable(cp))
        && (script == HB_SCRIPT_COMMON || run->script == HB_SCRIPT_COMMON || script == run->script);
    if (joins && to - it->grapheme > MAX_GRAPHEME)
        continues = joins = false;
    if (!joins)
        it->grapheme = from;
    if (!continues) {
        close_run(it);
        *run = (struct pm_run){from, to, it->span, font, script, level, stand_in};
        return;
    }
    run->to = to;
    if (script != HB_SCRIPT_COMMON)
        run->script = script;
}

/* The end of the printable ASCII from `at` on that can go on with the open run. */
static size_t plain_end(struct itemiser *it, size_t at, size_t to)
{
    struct pm_run *run = &it->run;
    if (run->to == run->from || run->stand_in || it->p->levels || (run->script != HB_SCRIPT_LATIN && run->script != HB_SCRIPT_COMMON))
        return at;
    enum pm_face face = it->p->spans[it->span].style->face;
    bool has_all = run->font->plain && run->font == pm_font_face(it->p->fonts, face);   /* compiled-in faces have ASCII */
    size_t start = at;
    for (; at < to && it->p->text[at] >= ' ' && it->p->text[at] < 0x7F; at++) {
        if (run->script == HB_SCRIPT_COMMON && script_of((unsigned char)it->p->text[at]) == HB_SCRIPT_LATIN)
            run->script = HB_SCRIPT_LATIN;
        if (!has_all && pm_font_for(it->p->fonts, face, (unsigned char)it->p->text[at]) != run->font)
            break;
    }
    if (at > start)
        it->grapheme = at - 1;
    return at;
}

static void add_hard_break(struct itemiser *it)
{
    struct pm_paragraph *p = it->p;
    close_run(it);
    if (pm_room_for(p->arena, &p->hard, p->hard_count, &p->hard_cap, sizeof *p->hard))
        p->hard[p->hard_count++] = (struct pm_hard_break){(uint32_t)p->cluster_count, it->span};
}

static void itemise_span(struct itemiser *it, const char *breaks)
{
    struct pm_span span = it->p->spans[it->span];
    struct pm_str text = {it->p->text, span.to};
    size_t first = it->p->cluster_count;
    it->run.from = it->run.to = it->grapheme = span.from;
    memset(it->missing, 0, sizeof it->missing);
    for (size_t at = span.from; at < span.to && !it->failed;) {
        size_t from = at;
        at = plain_end(it, at, span.to);
        if (at > from) {
            it->run.to = at;
            continue;
        }
        uint32_t cp = pm_utf8_next(text, &at);
        if (breaks[from] == UC_BREAK_MANDATORY || breaks[from] == UC_BREAK_CR_BEFORE_LF)
            add_hard_break(it);
        else
            add_character(it, cp == PM_UTF8_BAD ? 0xFFFD : cp, from, at);
    }
    close_run(it);
    double pad = pm_style_pad(span.style);
    if (pad > 0 && it->p->cluster_count > first) {
        it->p->clusters[first].width += (float)pad;
        it->p->clusters[it->p->cluster_count - 1].width += (float)pad;
    }
}

static void report_library(struct pm_paragraph *p, const struct pm_span *span)
{
    const char *why = pm_harfbuzz_error();
    if (why && p->diags)
        pm_report(p->diags, PM_D_LIBRARY, span->style->mark, why);
}

void pm_paragraph_shape(struct pm_paragraph *p, const char *breaks)
{
    struct itemiser it = {.p = p, .last = HB_SCRIPT_LATIN};
    size_t most = pm_utf8_length((struct pm_str){p->text, p->length});   /* hardly ever are there more glyphs than characters */
    p->glyphs = pm_arena_array(p->arena, most, sizeof *p->glyphs);
    p->clusters = pm_arena_array(p->arena, most, sizeof *p->clusters);
    p->glyph_cap = p->cluster_cap = p->clusters && p->glyphs ? most : 0;
    for (it.span = 0; it.span < p->span_count && !it.failed; it.span++)
        itemise_span(&it, breaks);
    if (it.failed) {
        p->arena->failed = true;
        report_library(p, &p->spans[it.span - 1]);
    }
    if (p->diags)
        pm_fonts_report(p->fonts, p->diags);
}
