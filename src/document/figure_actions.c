#include "document/figure.h"

#include "incident/metrics.h"

enum { STATES = 5 };
static const double BAR_HEIGHT = 14, LABEL_SIZE = 8, SWATCH = 7, LINE_HEIGHT = 12, GAP = 14;

struct state { enum pm_action_status status; enum pm_colour colour; size_t count; struct pm_str name, label; };

/* In the order of the work: what is done first, what was dropped last. Proposed items count as open. */
static void count_states(const struct pm_incident *incident, const struct pm_show *show, struct state states[STATES])
{
    static const struct state start[STATES] = {
        {PM_AI_DONE, PM_COLOUR_DONE, 0, {NULL, 0}, {NULL, 0}},
        {PM_AI_IN_PROGRESS, PM_COLOUR_IN_PROGRESS, 0, {NULL, 0}, {NULL, 0}},
        {PM_AI_OPEN, PM_COLOUR_OPEN, 0, {NULL, 0}, {NULL, 0}},
        {PM_AI_BLOCKED, PM_COLOUR_BLOCKED, 0, {NULL, 0}, {NULL, 0}},
        {PM_AI_WONT_DO, PM_COLOUR_DROPPED, 0, {NULL, 0}, {NULL, 0}},
    };
    const struct pm_action *actions = incident->action_items.items;
    const struct pm_field_def *list = pm_field_find(&pm_incident_def, PM_LIT("action_items"));
    const struct pm_field_def *def = list && list->object ? pm_field_find(list->object, PM_LIT("status")) : NULL;
    for (int s = 0; s < STATES; s++) {
        states[s] = start[s];
        for (size_t i = 0; i < incident->action_items.count; i++) {
            int status = actions[i].status.as.choice;
            status = status == PM_AI_PROPOSED || status == 0 ? PM_AI_OPEN : status;
            states[s].count += status == (int)states[s].status;
        }
        states[s].name = def ? pm_language_value(show->language, def, (int)states[s].status, show->arena) : (struct pm_str){NULL, 0};
        states[s].label = PM_FILL(show->arena, show->language->word[PM_W_STATE_COUNT], {"state", states[s].name},
                                  {"n", pm_show_integer(show, (int64_t)states[s].count)});
    }
}

static void add_label(struct pm_scene *scene, double x, double y, struct pm_str text, enum pm_colour colour, enum pm_align align)
{
    struct pm_shape *label = pm_scene_add(scene, PM_LABEL, x, y, pm_label_width(text, LABEL_SIZE, false), LABEL_SIZE);
    if (!label)
        return;
    label->text = text;
    label->size = LABEL_SIZE;
    label->fill = colour;
    label->align = align;
}

static void add_box(struct pm_scene *scene, double x, double y, double w, double h, enum pm_colour colour)
{
    struct pm_shape *box = pm_scene_add(scene, PM_RECT, x, y, w, h);
    if (box)
        box->fill = colour;
}

/* The bar; each part at least a sliver, so that one item of many is seen. */
static void add_bar(struct pm_scene *scene, const struct state states[STATES], size_t total, double width)
{
    const double sliver = 3;
    int parts = 0;
    for (int s = 0; s < STATES; s++)
        parts += states[s].count > 0;
    double x = 0, room = width - sliver * parts;
    for (int s = 0; s < STATES; s++) {
        if (states[s].count == 0)
            continue;
        double w = sliver + room * (double)states[s].count / (double)total;
        add_box(scene, x, 0, w - 1, BAR_HEIGHT, states[s].colour);
        x += w;
    }
}

/* A swatch and its label at *x of the line *y, on the next line where it does not fit. */
static void add_entry(struct pm_scene *scene, double *x, double *y, double width, enum pm_colour colour, struct pm_str text)
{
    double swatch = colour == PM_COLOUR_NONE ? 0 : SWATCH + 4;
    double w = swatch + pm_label_width(text, LABEL_SIZE, false);
    if (*x > 0 && *x + w > width) {
        *x = 0;
        *y += LINE_HEIGHT;
    }
    if (swatch > 0)
        add_box(scene, *x, *y - SWATCH + 1, SWATCH, SWATCH, colour);
    add_label(scene, *x + swatch, *y, text, PM_COLOUR_TEXT, PM_ALIGN_START);
    *x += w + GAP;
}

static struct pm_str overdue_text(const struct pm_incident *incident, int64_t as_of, const struct pm_show *show)
{
    const struct pm_action *actions = incident->action_items.items;
    size_t overdue = 0;
    for (size_t i = 0; i < incident->action_items.count; i++)
        overdue += pm_action_due(&actions[i], as_of) == PM_DUE_OVERDUE;
    if (overdue == 0)
        return (struct pm_str){NULL, 0};
    return PM_FILL(show->arena, show->language->word[PM_W_STATE_COUNT], {"state", show->language->word[PM_W_OVERDUE]},
                   {"n", pm_show_integer(show, (int64_t)overdue)});
}

static struct pm_str alt_text(const struct state states[STATES], struct pm_str overdue, const struct pm_show *show)
{
    struct pm_str alt = show->language->word[PM_W_ALT_ACTIONS];
    const char *comma = "";
    for (int s = 0; s < STATES; s++) {
        if (states[s].count == 0)
            continue;
        alt = pm_arena_format(show->arena, "%.*s%s %.*s", (int)alt.n, alt.p, comma, (int)states[s].label.n, states[s].label.p);
        comma = ",";
    }
    if (overdue.n)
        alt = pm_arena_join(show->arena, alt, "; ", overdue);
    return pm_arena_format(show->arena, "%.*s.", (int)alt.n, alt.p);
}

/* A bar of one colour shows nothing. */
static bool is_one_state(const struct state states[STATES], size_t total)
{
    for (int s = 0; s < STATES; s++) {
        if (states[s].count == total)
            return true;
    }
    return false;
}

struct pm_scene *pm_figure_actions(const struct pm_incident *incident, int64_t as_of, double width, const struct pm_show *show,
                                   struct pm_str *alt)
{
    struct state states[STATES];
    if (incident->action_items.count == 0)
        return NULL;
    count_states(incident, show, states);
    struct pm_str overdue = overdue_text(incident, as_of, show);
    if (is_one_state(states, incident->action_items.count) && !overdue.n)
        return NULL;
    struct pm_scene *scene = pm_scene_new(show->arena, width, 0);
    double x = 0, y = BAR_HEIGHT + LINE_HEIGHT;
    add_bar(scene, states, incident->action_items.count, width);
    for (int s = 0; s < STATES; s++) {
        if (states[s].count)
            add_entry(scene, &x, &y, width, states[s].colour, states[s].label);
    }
    if (overdue.n)
        add_entry(scene, &x, &y, width, PM_COLOUR_HARM, overdue);
    if (scene)
        scene->height = y + 4;
    *alt = alt_text(states, overdue, show);
    return scene;
}
