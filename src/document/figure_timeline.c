/* The incident on a time axis. From top to bottom: flags of key events, the marks that they stand on, the bar of harm, the bar of
 * phases, the axis with its ticks, and a legend of those phases that are too short for a name inside. */
#include "document/figure.h"

#include "base/utf8.h"
#include "document/figure_internal.h"
#include "incident/metrics.h"

#include <math.h>
#include <string.h>

/* Not fmax() and fmin(), for which alone a program would have to load the library of mathematics. */
static double larger(double a, double b)
{
    return a > b ? a : b;
}

static double smaller(double a, double b)
{
    return a < b ? a : b;
}

enum { MAX_PHASES = 4, MAX_TICKS = 16 };
static const double INSET = 6, BAR = 14, BAR_GAP = 3, MARK_RADIUS = 3.2, TICK_SIZE = 8, LINE = 12, LEGEND_SWATCH = 7;

struct phase { pm_instant from, to; enum pm_colour colour; enum pm_word name; double x0, x1; };

struct picture {
    const struct pm_incident *incident;
    const struct pm_show *show;
    struct pm_scene *scene;
    double width;
    pm_instant from, to;
    struct pm_flag flags[PM_MAX_FLAGS];
    size_t flag_count;
    struct phase phases[MAX_PHASES];
    size_t phase_count;
    bool has_harm;
    pm_instant harm_from, harm_to;
};

static struct pm_str word(const struct picture *p, enum pm_word w)
{
    return p->show->language->word[w];
}

static double x_of(const struct picture *p, pm_instant t)
{
    double span = (double)(p->to - p->from), at = (double)(t - p->from) / span;
    return INSET + (p->width - 2 * INSET) * (at < 0 ? 0 : at > 1 ? 1 : at);
}

static bool known(const struct pm_field *f)
{
    return pm_has(f) && f->valid;
}

/* What is shown. */

struct key { const struct pm_field *field; enum pm_word name; int weight; };
enum { KEYS = 6 };

static void list_keys(const struct pm_incident *in, struct key keys[KEYS])
{
    keys[0] = (struct key){&in->started_at, PM_W_STARTED, PM_FLAG_KEEP};
    keys[1] = (struct key){&in->detected_at, PM_W_DETECTED, PM_FLAG_KEEP};
    keys[2] = (struct key){&in->acknowledged_at, PM_W_ACKNOWLEDGED, PM_FLAG_LESS};
    keys[3] = (struct key){&in->identified_at, PM_W_IDENTIFIED, PM_FLAG_KEEP};
    keys[4] = (struct key){&in->mitigated_at, PM_W_MITIGATED, PM_FLAG_KEEP};
    keys[5] = (struct key){&in->resolved_at, PM_W_RESOLVED, PM_FLAG_KEEP};
}

static void widen(struct picture *p, const struct pm_field *f)
{
    if (!known(f))
        return;
    if (f->as.instant < p->from)
        p->from = f->as.instant;
    if (f->as.instant > p->to)
        p->to = f->as.instant;
}

/* From the first to the last key instant. False when there is no span. */
static bool find_span(struct picture *p)
{
    struct key keys[KEYS];
    p->from = INT64_MAX;
    p->to = INT64_MIN;
    list_keys(p->incident, keys);
    for (int i = 0; i < KEYS; i++)
        widen(p, keys[i].field);
    widen(p, &p->incident->impact.started_at);
    widen(p, &p->incident->impact.ended_at);
    return p->from < p->to;
}

/* The trigger often comes just before the harm: events within a tenth of the span before it widen the picture. */
static void widen_to_events(struct picture *p)
{
    const struct pm_event *events = p->incident->timeline.items;
    pm_instant least = p->from - (p->to - p->from) / 10;
    for (size_t i = 0; i < p->incident->timeline.count; i++) {
        const struct pm_event *e = &events[i];
        if (known(&e->at) && pm_event_is_shown(e) && e->at.as.instant >= least && e->at.as.instant < p->from)
            p->from = e->at.as.instant;
    }
}

/* With its date where the picture is longer than a day. */
static struct pm_str clock(const struct picture *p, pm_instant t)
{
    struct pm_str time = pm_show_clock(p->show, t, p->to - p->from < 300 && t % 60 != 0);
    if (p->to - p->from < 86400)
        return time;
    struct pm_str date = pm_show_day_month(p->show, pm_show_day_of(p->show, t));
    return pm_arena_join(p->show->arena, date, ",\302\240", time);
}

static struct pm_str time_and_name(const struct picture *p, pm_instant t, struct pm_str name)
{
    struct pm_str time = clock(p, t);
    return pm_arena_join(p->show->arena, time, "\302\240", name);
}

/* Instants that fall on one point share a flag: "00:27 Started, detected". */
static void add_key(struct picture *p, pm_instant t, struct pm_str name, int weight)
{
    for (size_t i = 0; i < p->flag_count; i++) {
        struct pm_flag *f = &p->flags[i];
        if (f->t != t)
            continue;
        f->text = pm_arena_join(p->show->arena, f->text, ", ", name);
        f->weight = weight > f->weight ? weight : f->weight;
        return;
    }
    p->flags[p->flag_count++] = (struct pm_flag){.t = t, .x = x_of(p, t), .text = time_and_name(p, t, name), .key = true, .weight = weight};
}

static void add_keys(struct picture *p)
{
    struct key keys[KEYS];
    list_keys(p->incident, keys);
    for (int i = 0; i < KEYS; i++) {
        if (known(keys[i].field))
            add_key(p, keys[i].field->as.instant, word(p, keys[i].name), keys[i].weight);
    }
}

static bool is_taken(const struct picture *p, pm_instant t)
{
    for (size_t i = 0; i < p->flag_count; i++) {
        if (p->flags[i].t == t)
            return true;
    }
    return false;
}

/* The words of an event, shortened between words to a quarter of the picture; Markdown's marks are left out. */
static struct pm_str event_text(const struct picture *p, const struct pm_event *e)
{
    const double most = p->width * 0.26;
    char *out = pm_arena_alloc(p->show->arena, e->event.text.n + 4);
    size_t n = 0, fits = 0;
    if (!out)
        return (struct pm_str){NULL, 0};
    for (size_t i = 0; i < e->event.text.n;) {
        size_t start = i;
        uint32_t cp = pm_utf8_next(e->event.text, &i);
        if (cp == '`' || cp == '*')
            continue;
        if (pm_label_width((struct pm_str){out, n}, PM_FLAG_SIZE, false) > most) {
            n = fits ? fits : n;
            memcpy(out + n, "\342\200\246", 3);
            return (struct pm_str){out, n + 3};
        }
        if (cp == ' ')
            fits = n;
        memcpy(out + n, e->event.text.p + start, i - start);
        n += i - start;
    }
    return (struct pm_str){out, n};
}

/* Up to four other events that their authors marked as important. */
static void add_events(struct picture *p)
{
    const struct pm_event *events = p->incident->timeline.items;
    int added = 0;
    for (size_t i = 0; i < p->incident->timeline.count && added < PM_MAX_EVENT_FLAGS; i++) {
        const struct pm_event *e = &events[i];
        pm_instant t = e->at.as.instant;
        if (!known(&e->at) || !pm_event_is_shown(e) || t < p->from || t > p->to || is_taken(p, t))
            continue;
        p->flags[p->flag_count++] = (struct pm_flag){.t = t, .x = x_of(p, t), .text = time_and_name(p, t, event_text(p, e))};
        added++;
    }
}

static void add_phases(struct picture *p)
{
    const struct pm_incident *in = p->incident;
    const struct { const struct pm_field *field; enum pm_colour colour; enum pm_word name; } steps[MAX_PHASES] = {
        {&in->detected_at, PM_COLOUR_DETECT, PM_W_DETECT}, {&in->identified_at, PM_COLOUR_IDENTIFY, PM_W_IDENTIFY},
        {&in->mitigated_at, PM_COLOUR_MITIGATE, PM_W_MITIGATE}, {&in->resolved_at, PM_COLOUR_RESOLVE, PM_W_RESOLVE}};
    if (!known(&in->started_at))
        return;
    pm_instant from = in->started_at.as.instant;
    for (int i = 0; i < MAX_PHASES; i++) {
        if (!known(steps[i].field) || steps[i].field->as.instant <= from)
            continue;   /* no time at all is no phase */
        p->phases[p->phase_count++] = (struct phase){from, steps[i].field->as.instant, steps[i].colour, steps[i].name, 0, 0};
        from = steps[i].field->as.instant;
    }
}

static void add_harm(struct picture *p)
{
    struct pm_metric metrics[PM_METRIC_COUNT];
    const struct pm_incident *in = p->incident;
    const struct pm_field *from = known(&in->impact.started_at) ? &in->impact.started_at : &in->started_at;
    pm_metrics(in, NULL, metrics);
    p->has_harm = metrics[PM_HARM].known && known(from);
    if (!p->has_harm)
        return;
    p->harm_from = from->as.instant;
    p->harm_to = p->harm_from + metrics[PM_HARM].seconds;
}

/* Shapes. */

static void add_label(struct picture *p, double x, double y, struct pm_str text, double size, enum pm_colour colour, enum pm_align align,
                      bool bold)
{
    struct pm_shape *label = pm_scene_add(p->scene, PM_LABEL, x, y, pm_label_width(text, size, bold), size);
    if (!label)
        return;
    label->text = text;
    label->size = size;
    label->fill = colour;
    label->align = align;
    label->bold = bold;
}

static void add_box(struct picture *p, double x, double y, double w, double h, enum pm_colour colour)
{
    struct pm_shape *box = pm_scene_add(p->scene, PM_RECT, x, y, w, h);
    if (box)
        box->fill = colour;
}

static void add_line(struct picture *p, double x, double y, double w, double h, enum pm_colour colour, double stroke)
{
    struct pm_shape *line = pm_scene_add(p->scene, PM_LINE, x, y, w, h);
    if (!line)
        return;
    line->stroke = colour;
    line->stroke_width = stroke;
}

static void draw_flags(struct picture *p, double base)
{
    for (size_t i = 0; i < p->flag_count; i++) {
        const struct pm_flag *f = &p->flags[i];
        double y = base - PM_LANE_HEIGHT * (f->lane + 1);
        add_line(p, f->x, y, 0, base - y, PM_COLOUR_LINE, 0.6);
    }
    for (size_t i = 0; i < p->flag_count; i++) {
        const struct pm_flag *f = &p->flags[i];
        double y = base - PM_LANE_HEIGHT * (f->lane + 1);
        add_box(p, f->x0, y - 1, f->x1 - f->x0, PM_LANE_HEIGHT - 1, PM_COLOUR_PAPER);
        add_line(p, f->x, y - 1, 0, PM_LANE_HEIGHT - 1, PM_COLOUR_LINE, 0.6);
        add_label(p, f->left ? f->x1 - PM_FLAG_PAD : f->x0 + PM_FLAG_PAD, y + PM_FLAG_SIZE - 1, f->text, PM_FLAG_SIZE,
                  f->key ? PM_COLOUR_TEXT : PM_COLOUR_MUTED, f->left ? PM_ALIGN_END : PM_ALIGN_START, f->key);
    }
}

static void draw_marks(struct picture *p, double y)
{
    for (size_t i = 0; i < p->flag_count; i++) {
        struct pm_shape *mark = pm_scene_add(p->scene, p->flags[i].key ? PM_DIAMOND : PM_CIRCLE, p->flags[i].x, y,
                                             p->flags[i].key ? MARK_RADIUS : 2.2, 0);
        if (!mark)
            continue;
        mark->fill = p->flags[i].key ? PM_COLOUR_ACCENT : PM_COLOUR_MUTED;
    }
}

static struct pm_str name_and_length(const struct picture *p, struct pm_str name, int64_t seconds)
{
    struct pm_str length = pm_show_duration(p->show, seconds);
    return pm_arena_join(p->show->arena, name, "\302\240", length);
}

static void draw_harm(struct picture *p, double y)
{
    double x0 = x_of(p, p->harm_from), x1 = x_of(p, p->harm_to);
    struct pm_str text = name_and_length(p, word(p, PM_W_HARM), p->harm_to - p->harm_from);
    double w = pm_label_width(text, TICK_SIZE, true), base = y + BAR - 4;
    x1 = larger(x1, x0 + 2);
    if (x1 > p->width) {
        x0 -= x1 - p->width;
        x1 = p->width;
    }
    add_box(p, x0, y, x1 - x0, BAR, PM_COLOUR_HARM);
    if (w + 8 <= x1 - x0)
        add_label(p, x0 + 4, base, text, TICK_SIZE, PM_COLOUR_PAPER, PM_ALIGN_START, true);
    else if (x1 + 4 + w <= p->width)
        add_label(p, x1 + 4, base, text, TICK_SIZE, PM_COLOUR_TEXT, PM_ALIGN_START, true);
    else if (x0 - 4 - w >= 0)
        add_label(p, x0 - 4 - w, base, text, TICK_SIZE, PM_COLOUR_TEXT, PM_ALIGN_START, true);
}

/* Positions of the phases: true to time, but none thinner than a sliver. */
static void place_phases(struct picture *p)
{
    const double sliver = 2.5;
    double least = 0;
    for (size_t i = 0; i < p->phase_count; i++) {
        struct phase *f = &p->phases[i];
        f->x0 = larger(x_of(p, f->from), least);
        f->x1 = larger(x_of(p, f->to), f->x0 + sliver);
        least = f->x1;
    }
    double most = p->width - INSET;
    for (size_t i = p->phase_count; i > 0; i--) {
        struct phase *f = &p->phases[i - 1];
        f->x1 = smaller(f->x1, most);
        f->x0 = smaller(f->x0, f->x1 - sliver);
        most = f->x0;
    }
}

/* Light phases carry dark words. */
static enum pm_colour colour_on(enum pm_colour fill)
{
    return fill == PM_COLOUR_IDENTIFY || fill == PM_COLOUR_RESOLVE ? PM_COLOUR_TEXT : PM_COLOUR_PAPER;
}

/* With its name and length inside; false when they do not fit. */
static bool draw_phase(struct picture *p, const struct phase *f, double y)
{
    struct pm_str whole = name_and_length(p, word(p, f->name), f->to - f->from);
    double room = f->x1 - f->x0 - 8;
    add_box(p, f->x0, y, larger(f->x1 - f->x0 - 0.7, 1), BAR, f->colour);
    if (pm_label_width(whole, TICK_SIZE, false) > room)
        return false;
    add_label(p, f->x0 + 4, y + BAR - 4, whole, TICK_SIZE, colour_on(f->colour), PM_ALIGN_START, false);
    return true;
}

/* Ticks. */

static const int64_t steps[] = {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800,
                                1209600, 2592000, 7776000, 15552000, 31536000, 63072000, 157680000, 315360000};

static struct pm_str tick_text(const struct picture *p, pm_instant t, int64_t step, bool with_date)
{
    struct pm_str date = pm_show_day_month(p->show, pm_show_day_of(p->show, t));
    if (step >= 86400)
        return step >= 31536000 ? pm_show_date(p->show, pm_show_day_of(p->show, t)) : date;
    struct pm_str time = pm_show_clock(p->show, t, step < 60);
    if (!with_date)
        return time;
    return pm_arena_join(p->show->arena, date, ",\302\240", time);
}

/* The step for which the widest label still leaves a gap to the next. */
static int64_t choose_step(const struct picture *p)
{
    double span = (double)(p->to - p->from), room = p->width - 2 * INSET;
    bool days = pm_show_day_of(p->show, p->from) != pm_show_day_of(p->show, p->to);
    for (size_t i = 0; i + 1 < sizeof steps / sizeof *steps; i++) {
        double w = pm_label_width(tick_text(p, p->to, steps[i], days), TICK_SIZE, false);
        if (room * (double)steps[i] / span >= larger(w + 10, 44))
            return steps[i];
    }
    return steps[sizeof steps / sizeof *steps - 1];
}

static void draw_ticks(struct picture *p, double y)
{
    int64_t step = choose_step(p), day = INT64_MIN, start_day = pm_show_day_of(p->show, p->from);
    bool days = start_day != pm_show_day_of(p->show, p->to);
    int offset = pm_civil_at(p->from, p->show->zone).offset;
    pm_instant local = p->from + offset, first = (local / step) * step;
    double free_from = 0;
    if (first < local)
        first += step;
    add_line(p, INSET, y, p->width - 2 * INSET, 0, PM_COLOUR_LINE, 0.8);
    for (pm_instant t = first - offset; t <= p->to; t += step) {
        double x = x_of(p, t);
        int64_t today = pm_show_day_of(p->show, t);
        struct pm_str text = tick_text(p, t, step, days && today != day);
        double w = pm_label_width(text, TICK_SIZE, false), left = smaller(larger(x - w / 2, 0), p->width - w);
        add_line(p, x, y, 0, 3, PM_COLOUR_LINE, 0.8);
        if (left < free_from)
            continue;
        add_label(p, left, y + 4 + TICK_SIZE, text, TICK_SIZE, PM_COLOUR_MUTED, PM_ALIGN_START, false);
        free_from = left + w + 4;
        day = today;
    }
}

static double draw_legend(struct picture *p, const bool inside[MAX_PHASES], double y)
{
    double x = INSET;
    bool any = false;
    for (size_t i = 0; i < p->phase_count; i++) {
        if (inside[i])
            continue;
        struct pm_str text = name_and_length(p, word(p, p->phases[i].name), p->phases[i].to - p->phases[i].from);
        double w = LEGEND_SWATCH + 4 + pm_label_width(text, TICK_SIZE, false);
        if (!any || (x > INSET && x + w > p->width)) {
            x = INSET;
            y += LINE;
        }
        any = true;
        add_box(p, x, y - LEGEND_SWATCH + 1, LEGEND_SWATCH, LEGEND_SWATCH, p->phases[i].colour);
        add_label(p, x + LEGEND_SWATCH + 4, y, text, TICK_SIZE, PM_COLOUR_TEXT, PM_ALIGN_START, false);
        x += w + 14;
    }
    return y;
}

static void draw(struct picture *p)
{
    bool inside[MAX_PHASES] = {false, false, false, false};
    int lanes = pm_place_flags(p->flags, &p->flag_count, p->width);
    double base = PM_LANE_HEIGHT * lanes + 2, y = base + MARK_RADIUS;
    draw_flags(p, base);
    add_line(p, INSET, y, p->width - 2 * INSET, 0, PM_COLOUR_LINE, 0.6);
    draw_marks(p, y);
    y += MARK_RADIUS + BAR_GAP;
    if (p->has_harm) {
        draw_harm(p, y);
        y += BAR + BAR_GAP;
    }
    place_phases(p);
    for (size_t i = 0; i < p->phase_count; i++)
        inside[i] = draw_phase(p, &p->phases[i], y);
    if (p->phase_count)
        y += BAR + BAR_GAP;
    draw_ticks(p, y);
    y = draw_legend(p, inside, y + 4 + TICK_SIZE);
    if (p->scene)
        p->scene->height = y + 4;
}

/* The same in words. */
static struct pm_str alt_text(const struct picture *p)
{
    struct pm_arena *arena = p->show->arena;
    struct key keys[KEYS];
    struct pm_buf b;
    pm_buf_init(&b, 65536);
    pm_buf_str(&b, word(p, PM_W_ALT_TIMELINE));
    list_keys(p->incident, keys);
    for (int i = 0; i < KEYS; i++) {
        if (!known(keys[i].field))
            continue;
        pm_instant t = keys[i].field->as.instant, start = known(keys[0].field) ? keys[0].field->as.instant : t;
        pm_buf_str(&b, PM_FILL(arena, word(p, t > start ? PM_W_ALT_AFTER : PM_W_ALT_INSTANT), {"event", word(p, keys[i].name)},
                               {"time", pm_show_instant(p->show, t)}, {"duration", pm_show_duration(p->show, t - start)}));
    }
    if (p->has_harm)
        pm_buf_str(&b, PM_FILL(arena, word(p, PM_W_ALT_HARM), {"duration", pm_show_duration(p->show, p->harm_to - p->harm_from)}));
    struct pm_str out = pm_arena_str(arena, pm_buf_slice(&b));
    if (b.status == PM_NOMEM)
        arena->failed = true;
    pm_buf_free(&b);
    return out;
}

struct pm_scene *pm_figure_timeline(const struct pm_incident *incident, double width, const struct pm_show *show, struct pm_str *alt)
{
    struct picture p = {.incident = incident, .show = show, .width = width};
    if (!find_span(&p))
        return NULL;
    widen_to_events(&p);
    add_keys(&p);
    add_events(&p);
    add_phases(&p);
    add_harm(&p);
    p.scene = pm_scene_new(show->arena, width, 0);
    draw(&p);
    *alt = alt_text(&p);
    return p.scene;
}
