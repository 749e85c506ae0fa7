#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "document/scene.h"
#include "render/tree.h"

static const struct pm_mark here = {7, 3, 99};
static struct pm_arena arena;
static struct pm_document *doc;
static struct pm_buf out;

static int set_up(void **state)
{
    (void)state;
    pm_arena_init(&arena);
    pm_buf_init(&out, 1 << 20);
    doc = pm_document_new(&arena);
    return doc ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    pm_buf_free(&out);
    pm_arena_free(&arena);
    return 0;
}

static void assert_below_root(const char *want)
{
    pm_buf_clear(&out);
    pm_render_tree(doc, &out);
    assert_string_equal(strchr(strchr(out.data, '\n') + 1, '\n') + 1, want);
}

static struct pm_node *add(struct pm_node *parent, enum pm_node_kind kind, const char *text)
{
    struct pm_node *node = pm_node_add(doc, parent, kind, here);
    node->text = pm_str(text);
    return node;
}

static void the_head_comes_first(void **state)
{
    (void)state;
    doc->id = PM_LIT("INC-1");
    doc->title = PM_LIT("A \"title\"\n");
    doc->author = PM_LIT("Ana");
    doc->subject = PM_LIT("S");
    doc->keywords = PM_LIT("k, l");
    doc->header = PM_LIT("");
    doc->footer = PM_LIT("internal");
    doc->instant = 1763643120;
    doc->max_pages = 1;
    pm_render_tree(doc, &out);
    assert_string_equal(out.data,
                        "document id=\"INC-1\" title=\"A \\\"title\\\"\\n\" lang=\"en\" author=\"Ana\" subject=\"S\" "
                        "keywords=\"k, l\" header=\"\" "
                        "footer=\"internal\" instant=2025-11-20T12:52:00Z max_pages=1\n"
                        "  words contents=\"Contents\" page_of=\"Page %s of %s\" "
                        "shortened=\"Shortened here; the full report has the rest.\" done=\"Done\" open=\"Open\" note=\"Note\" "
                        "info=\"Information\" success=\"Success\" warning=\"Warning\" details=\"Details\" filter=\"Filter\" "
                        "found=\"{part} of {all} found\" skip=\"Skip to content\" to_do=\"To do\"\n");
}

static void blocks_show_their_attributes(void **state)
{
    (void)state;
    struct pm_node *section = pm_add_section(doc, doc->root, PM_LIT("Impact"), PM_LIT("impact"), here);
    section->as.section.numbered = section->as.section.lead = section->as.section.fold = section->as.section.columns = true;
    struct pm_node *list = add(section, PM_LIST, NULL);
    list->as.list.ordered = true;
    list->as.list.start = 3;
    struct pm_node *task = add(list, PM_TASK, NULL);
    task->as.task.done = true;
    task->as.task.assignee = PM_LIT("Ben");
    task->as.task.has_due = true;
    task->as.task.due = 20791;
    add(section, PM_CODE_BLOCK, "a\tb\n\x01")->as.code.lang = PM_LIT("sh");
    add(section, PM_PANEL, "Heads up")->as.tone.tone = PM_TONE_WARNING;
    struct pm_node *metric = add(section, PM_METRIC, "Time to detect");
    metric->as.metric.value = PM_LIT("9 min");
    metric->as.metric.note = PM_LIT("from start");
    metric->as.metric.tone = PM_TONE_SUCCESS;
    assert_below_root("  section level=1 id=\"impact\" numbered lead fold columns\n"
                      "    heading\n"
                      "      text \"Impact\"\n"
                      "    list ordered start=3\n"
                      "      task done assignee=\"Ben\" due=2026-12-04\n"
                      "    code_block lang=\"sh\" \"a\\tb\\n\\u0001\"\n"
                      "    panel tone=warning \"Heads up\"\n"
                      "    metric value=\"9 min\" note=\"from start\" tone=success \"Time to detect\"\n");
}

static void tables_show_columns_rows_and_values(void **state)
{
    (void)state;
    const struct pm_column columns[] = {{PM_CELL_INSTANT, PM_ALIGN_START, true}, {PM_CELL_NUMBER, PM_ALIGN_END, false}, {PM_CELL_ID,
        PM_ALIGN_CENTER, false}};
    static const enum pm_cell_kind kinds[] = {PM_CELL_INSTANT, PM_CELL_DATE, PM_CELL_DURATION, PM_CELL_NUMBER};
    static const int64_t values[] = {86400, 1, 5760, 0};
    struct pm_node *table = pm_add_table(doc, doc->root, columns, 3, here);
    table->as.table.timeline = true;
    struct pm_node *row = pm_add_row(doc, table, true, here);
    row->as.row.group = row->as.row.strong = true;
    for (size_t i = 0; i < 4; i++) {
        struct pm_node *cell = pm_add_cell(doc, row, kinds[i], (struct pm_str){NULL, 0}, here);
        cell->as.cell.has_value = true;
        cell->as.cell.value = values[i];
        cell->as.cell.number = 0.25;
    }
    pm_add_cell(doc, row, PM_CELL_TEXT, PM_LIT("x"), here)->as.cell.blocks = true;
    assert_below_root("  table columns=instant/start/nowrap,number/end,id/center timeline\n"
                      "    row header group strong\n"
                      "      cell kind=instant value=1970-01-02T00:00:00Z\n"
                      "      cell kind=date value=1970-01-02\n"
                      "      cell kind=duration value=PT1H36M\n"
                      "      cell kind=number value=0.25\n"
                      "      cell kind=text blocks\n"
                      "        text \"x\"\n");
}

static void inlines_show_their_attributes(void **state)
{
    (void)state;
    struct pm_node *p = add(doc->root, PM_PARAGRAPH, NULL);
    pm_add_status(doc, p, PM_LIT("SEV-1"), PM_TONE_DANGER, here)->as.tone.name = PM_LIT("Severity");
    add(p, PM_LINK, NULL)->as.link.url = PM_LIT("https://example.com/?a=1&b");
    struct pm_node *time = add(p, PM_TIME, "13:52");
    time->as.time.value = 60;
    time = add(p, PM_TIME, "2 Jan");
    time->as.time.date = true;
    time->as.time.value = 1;
    add(p, PM_BREAK, NULL);
    add(p, PM_CODE, "\xC3\xA9");
    assert_below_root("  paragraph\n"
                      "    status tone=danger name=\"Severity\" \"SEV-1\"\n"
                      "    link url=\"https://example.com/?a=1&b\"\n"
                      "    time instant=1970-01-01T00:01:00Z \"13:52\"\n"
                      "    time date=1970-01-02 \"2 Jan\"\n"
                      "    break\n"
                      "    code \"\xC3\xA9\"\n");
}

static void people_and_tickets_show_who_and_where(void **state)
{
    (void)state;
    static const struct pm_account accounts[] = {{{"slack", 5}, {"U1", 2}}, {{"github", 6}, {"an\"a", 4}}};
    struct pm_node *p = add(doc->root, PM_PARAGRAPH, NULL);
    add(p, PM_PERSON, "Ana")->as.person = (struct pm_person_ref){PM_LIT("Ana"), accounts, 2};
    struct pm_node *link = add(p, PM_LINK, NULL);
    link->as.link.url = PM_LIT("");
    link->as.link.service = PM_LIT("jira");
    link->as.link.key = PM_LIT("OPS-17");
    assert_below_root("  paragraph\n"
                      "    person accounts=slack/\"U1\",github/\"an\\\"a\" \"Ana\"\n"
                      "    link url=\"\" service=\"jira\" key=\"OPS-17\"\n");
}

static void values_show_where_they_stand_and_their_controls(void **state)
{
    (void)state;
    static const struct pm_choice choices[] = {{{"open", 4}, {"Open", 4}}, {{"wont_do", 7}, {"Won't do", 8}}};
    static const struct pm_control status = {PM_CONTROL_CHOICE, {"wont_do", 7}, choices, 2};
    static const struct pm_control due = {.kind = PM_CONTROL_DATE, .value = {"", 0}};
    static const struct pm_account accounts[] = {{{"notion", 6}, {"n1", 2}}};
    struct pm_node *table = pm_add_table(doc, doc->root, NULL, 0, here), *row = pm_add_row(doc, table, false, here);
    struct pm_node *cell = pm_add_cell(doc, row, PM_CELL_STATUS, PM_LIT("Open"), here);
    cell->path = PM_LIT("action_items/AI-1/status");
    cell->control = &status;
    add(cell, PM_TIME, "2 Jan")->control = &due;
    const struct pm_todo todo = {.id = PM_LIT("AI-1"), .path = PM_LIT("p"), .done = true, .closed = true,
                                 .assignee = {PM_LIT("Ana"), accounts, 1}, .has_due = true, .due = 1, .what = cell};
    const struct pm_todo bare = {.id = PM_LIT("AI-2"), .path = PM_LIT("q"), .what = cell};
    row->as.row.todo = &todo;
    pm_add_row(doc, table, false, here)->as.row.todo = &bare;
    assert_below_root("  table columns=\n"
                      "    row todo=\"AI-1\" state=\"p\" done closed assignee=\"Ana\" accounts=notion/\"n1\" due=1970-01-02 what=cell\n"
                      "      cell path=\"action_items/AI-1/status\" "
                      "control=choice:\"wont_do\"/\"Won't do\"/2 kind=status\n"
                      "        text \"Open\"\n"
                      "        time control=date:\"\" instant=1970-01-01T00:00:00Z \"2 Jan\"\n"
                      "    row todo=\"AI-2\" state=\"q\" what=cell\n");
}

static void figures_show_their_scene(void **state)
{
    (void)state;
    struct pm_node *figure = add(doc->root, PM_FIGURE, "A bar");
    struct pm_scene *scene = figure->as.figure.scene = pm_scene_new(&arena, 400, 90.5);
    struct pm_shape *rect = pm_scene_add(scene, PM_RECT, 1, 2.125, 30, 4);
    rect->fill = PM_COLOUR_IN_PROGRESS;
    rect->radius = 2;
    struct pm_shape *line = pm_scene_add(scene, PM_LINE, 0, 0, 10, 0);
    line->stroke = PM_COLOUR_LINE;
    line->stroke_width = 0.5;
    line->dashed = true;
    struct pm_shape *label = pm_scene_add(scene, PM_LABEL, 5, 6, 50, 0);
    label->text = PM_LIT("Detected");
    label->fill = PM_COLOUR_TEXT;
    label->size = 8;
    label->bold = true;
    label->align = PM_ALIGN_CENTER;
    pm_add_text(doc, figure, PM_LIT("Caption"), here);
    assert_below_root("  figure \"A bar\"\n"
                      "    scene width=400 height=90.5\n"
                      "      rect x=1 y=2.13 w=30 h=4 radius=2 fill=in_progress\n"
                      "      line x=0 y=0 w=10 h=0 stroke=line stroke_width=0.5 dashed\n"
                      "      label x=5 y=6 w=50 h=0 fill=text size=8 bold align=center text=\"Detected\"\n"
                      "    text \"Caption\"\n");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_head_comes_first), TEST(blocks_show_their_attributes), TEST(tables_show_columns_rows_and_values),
        TEST(inlines_show_their_attributes), TEST(figures_show_their_scene),
        TEST(people_and_tickets_show_who_and_where), TEST(values_show_where_they_stand_and_their_controls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
