/* Text as an expression, as one about action items, and as an order. Where it can be read, "not (...)" around it must choose what it
 * does not. */
#include "select/select.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const char *const sources[] = {
    "id: A\ntitle: Pool limit\nseverity: 2\nowner: ana\ntz: Europe/Berlin\nstarted_at: 2026-11-20 13:52\nresolved_at: 2026-11-20 15:28\n"
    "summary: s\nservices: [web, db]\nimpact: {customers_affected: 9, regions: [eu], measures: [{name: m, value: 2.5}]}\n"
    "timeline:\n  - {at: 13:52, event: e, team: SRE, kind: change}\n  - {at: 14:02, event: f, kind: detected}\n"
    "action_items:\n  - {item: One, owner: Ben, due: 2026-12-04}\n  - {item: Two, due: 2026-11-01, status: done}\n"
    "causes: [{text: c, rank: primary}]\nfive_whys: [[{question: q}], [{question: r, answer: a}]]\n"
    "people: {ana: {name: Ana Lind}}\nroles: {scribe: [ana, Cy]}\nglossary: {WAF: w}\nx-a: [b, c]\n",
    "id: B\ntitle: t\nseverity: 1\nstarted_at: 2026-01-01T00:00:00Z\nsummary: s\n",
};
enum { COUNT = sizeof sources / sizeof *sources };

static struct pm_arena arena;
static struct pm_incident *incidents[COUNT];

static void read_incidents(void)
{
    struct pm_diags diags;
    if (incidents[0])
        return;
    pm_arena_chunk_size = 0;
    pm_arena_init(&arena);
    pm_diags_init(&diags, "fuzz");
    for (size_t i = 0; i < COUNT; i++) {
        if (pm_incident_read(pm_str(sources[i]), 1, NULL, &arena, &diags, &incidents[i]) != PM_OK)
            abort();
    }
    pm_diags_free(&diags);
}

/* Which of the incidents, or of the first one's action items, are chosen; -1 for none at all, as the text is no expression. */
static int chosen(struct pm_str text, enum pm_select_of of)
{
    struct pm_arena own;
    struct pm_diags diags;
    struct pm_select *select;
    int set = -1;
    pm_arena_init(&own);
    pm_diags_init(&diags, "fuzz");
    enum pm_status status = pm_select_parse(text, of, &own, &diags, &select);
    if ((status == PM_OK) != (diags.count[PM_ERROR] == 0))
        abort();
    for (size_t i = 0; i < COUNT && status == PM_OK; i++) {
        struct pm_subject subject;
        pm_subject_init(&subject, incidents[of == PM_SELECT_ITEMS ? 0 : i], NULL);
        bool is = of == PM_SELECT_ITEMS ? pm_select_item(select, &subject, i) : pm_select_incident(select, &subject);
        set = (set < 0 ? 0 : set) | (int)is << i;
    }
    pm_diags_free(&diags);
    pm_arena_free(&own);
    return set;
}

static void read_order(struct pm_str text)
{
    struct pm_arena own;
    struct pm_diags diags;
    struct pm_order *order;
    pm_arena_init(&own);
    pm_diags_init(&diags, "fuzz");
    if (pm_order_parse(text, &own, &diags, &order) == PM_OK) {
        const struct pm_order_key *keys[COUNT];
        for (size_t i = 0; i < COUNT; i++) {
            struct pm_subject subject;
            pm_subject_init(&subject, incidents[i], NULL);
            keys[i] = pm_order_keys(order, &subject, &own);
        }
        if (pm_order_compare(order, keys[0], keys[0]) != 0 ||
            (pm_order_compare(order, keys[0], keys[1]) < 0) != (pm_order_compare(order, keys[1], keys[0]) > 0))
            abort();
    }
    pm_diags_free(&diags);
    pm_arena_free(&own);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct pm_str text = {(const char *)bytes, size};
    char *opposite = malloc(size + 8);
    if (!opposite)
        return 0;
    read_incidents();
    memcpy(opposite, "not (", 5);
    if (size)
        memcpy(opposite + 5, bytes, size);
    opposite[size + 5] = ')';
    for (int of = PM_SELECT_INCIDENTS; of <= PM_SELECT_ITEMS; of++) {
        int set = chosen(text, (enum pm_select_of)of), other = chosen((struct pm_str){opposite, size + 6}, (enum pm_select_of)of);
        if (set >= 0 && other >= 0 && (set ^ other) != (1 << COUNT) - 1)   /* at a limit the longer one is none */
            abort();
    }
    read_order(text);
    free(opposite);
    return 0;
}
