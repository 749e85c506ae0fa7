#include "fixture.h"

#include "base/sha256.h"
#include "document/scene.h"
#include "render/confluence.h"

static const struct pm_mark here = {1, 1, 0};
static struct pm_buf out;

/* ---- the page and what it holds ---- */

static void render(enum pm_confluence_flavour flavour)
{
    struct pm_confluence page;
    pm_buf_free(&out);
    pm_buf_init(&out, 1 << 22);
    pm_confluence_begin(&page, flavour, &out);
    assert_int_equal(pm_confluence_add(&page, doc), PM_OK);
    assert_int_equal(pm_confluence_end(&page), PM_OK);
    pm_confluence_free(&page);
}

static void assert_has(const char *part)
{
    if (!strstr(out.data, part))
        fail_msg("not found: %s\nin: %s", part, out.data);
}

static void assert_lacks(const char *part)
{
    if (strstr(out.data, part))
        fail_msg("found: %s\nin: %s", part, out.data);
}

/* a stands before b. */
static void assert_order(const char *a, const char *b)
{
    assert_has(a);
    assert_has(b);
    assert_true(strstr(out.data, a) < strstr(out.data, b));
}

static size_t occurrences(const char *part)
{
    size_t n = 0;
    for (const char *p = out.data; (p = strstr(p, part)); p++)
        n++;
    return n;
}

/* Every <p>, macro and so on is closed; a start tag that ends in "/" is both. */
static void assert_balanced(const char *tag)
{
    char start[64], end[64];
    snprintf(start, sizeof start, "<%s", tag);
    snprintf(end, sizeof end, "</%s>", tag);
    size_t starts = 0;
    for (const char *p = out.data; (p = strstr(p, start)); p++)
        starts += p[strlen(start)] == '>' || p[strlen(start)] == ' ';
    assert_int_equal(starts, occurrences(end));
}

/* ---- documents ---- */

static struct pm_node *add(struct pm_node *parent, enum pm_node_kind kind)
{
    struct pm_node *node = pm_node_add(doc, parent, kind, here);
    assert_non_null(node);
    return node;
}

static struct pm_node *add_paragraph(struct pm_node *parent, const char *text)
{
    struct pm_node *p = add(parent, PM_PARAGRAPH);
    pm_add_text(doc, p, pm_str(text), here);
    return p;
}

static struct pm_node *add_section(struct pm_node *parent, const char *title)
{
    const struct pm_str none = {NULL, 0};
    return pm_add_section(doc, parent, pm_str(title), none, here);
}

static struct pm_node *add_link(struct pm_node *parent, const char *url, const char *text)
{
    struct pm_node *link = add(parent, PM_LINK);
    link->as.link.url = pm_str(url);
    pm_add_text(doc, link, pm_str(text), here);
    return link;
}

static struct pm_node *add_figure(struct pm_node *parent)
{
    struct pm_node *figure = add(parent, PM_FIGURE);
    figure->text = PM_LIT("A \"bar\" & more");
    figure->as.figure.scene = pm_scene_new(&arena, 300, 90);
    pm_scene_add(figure->as.figure.scene, PM_RECT, 0, 0, 10, 10);
    return figure;
}

static int begin(void **state)
{
    pm_buf_init(&out, 1 << 22);
    if (set_up(state))
        return -1;
    doc->id = PM_LIT("INC-7");
    doc->title = PM_LIT("Shop & <cart>");
    return 0;
}

static int finish(void **state)
{
    pm_buf_free(&out);
    return tear_down(state);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, begin, finish)

/* ---- tests ---- */

static void text_is_only_text(void **state)
{
    (void)state;
    struct pm_node *s = add_section(doc->root, "A & <b>");
    add_paragraph(s, "]]> <ac:link> &nbsp; {{x}}");
    struct pm_node *code = add(s, PM_CODE_BLOCK);
    code->text = PM_LIT("if (a && b) ]]> </ac:plain-text-body>");
    code->as.code.lang = PM_LIT("C++ {1}");
    render(PM_CONFLUENCE_CLOUD);
    assert_has("<h2>A &amp; &lt;b&gt;</h2>");
    assert_has("<p>]]&gt; &lt;ac:link&gt; &amp;nbsp; {{x}}</p>");
    assert_has("<ac:parameter ac:name=\"language\">cpp</ac:parameter>"
               "<ac:plain-text-body><![CDATA[if (a && b) ]]]]><![CDATA[> </ac:plain-text-body>]]></ac:plain-text-body>");
    assert_lacks("<ac:layout>");
    assert_lacks("<h1>");
}

static void languages_are_those_of_the_flavour(void **state)
{
    (void)state;
    static const char *const words[] = {"yaml", "Python", "go", "klingon", ""};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct pm_node *code = add(doc->root, PM_CODE_BLOCK);
        code->text = PM_LIT("x");
        code->as.code.lang = pm_str(words[i]);
    }
    render(PM_CONFLUENCE_CLOUD);
    assert_has(">yaml<");
    assert_has(">python<");
    assert_has(">go<");
    assert_int_equal(occurrences(">none<"), 2);
    render(PM_CONFLUENCE_DC);
    assert_has(">yml<");
    assert_has(">py<");
    assert_int_equal(occurrences(">none<"), 3);
}

static void cover_becomes_page_properties(void **state)
{
    (void)state;
    struct pm_node *cover = add(doc->root, PM_COVER), *title = add(cover, PM_TITLE), *badges = add(cover, PM_BADGES);
    pm_add_text(doc, title, doc->title, here);
    pm_add_status(doc, badges, PM_LIT("SEV1"), PM_TONE_DANGER, here)->as.tone.name = PM_LIT("Severity");
    pm_add_status(doc, badges, PM_LIT("Draft"), PM_TONE_NEUTRAL, here);
    struct pm_node *fact = add(add(cover, PM_FACTS), PM_FACT), *metrics = add(cover, PM_METRICS), *metric = add(metrics, PM_METRIC);
    fact->text = PM_LIT("Owner");
    pm_add_text(doc, fact, PM_LIT("Ada"), here);
    metric->text = PM_LIT("Time to detect");
    metric->as.metric.value = PM_LIT("5 min");
    metric->as.metric.note = PM_LIT("from start");
    metric = add(metrics, PM_METRIC);
    metric->text = PM_LIT("Time to resolve");
    metric->as.metric.value = PM_LIT("\342\200\223");
    metric->as.metric.note = PM_LIT("unknown");
    add_paragraph(cover, "Withdrawn.");
    doc->words.document = PM_LIT("Incident");
    render(PM_CONFLUENCE_CLOUD);
    assert_has("<ac:structured-macro ac:name=\"details\" ac:schema-version=\"1\" ac:macro-id=\"");
    assert_has("<ac:parameter ac:name=\"id\">incident</ac:parameter><ac:rich-text-body>");
    assert_has("<th scope=\"row\"><p>Incident</p></th><td><p>INC-7</p>");
    assert_has("<p>Severity</p></th><td><p><ac:structured-macro ac:name=\"status\" ac:schema-version=\"1\">"
               "<ac:parameter ac:name=\"title\">SEV1</ac:parameter><ac:parameter ac:name=\"colour\">Red</ac:parameter>"
               "</ac:structured-macro></p></td></tr>");
    assert_has("<p>Status</p></th>");
    assert_has("<p>Owner</p></th><td><p>Ada</p></td>");
    assert_has("<td><p>5 min (from start)</p></td>");
    assert_has("<p>Time to resolve</p></th><td><p>unknown</p></td>");
    assert_order("</ac:rich-text-body>", "<p>Withdrawn.</p>");
    assert_lacks("Shop");
}

static void lead_is_an_excerpt_in_a_panel(void **state)
{
    (void)state;
    struct pm_node *s = add_section(doc->root, "Summary");
    s->as.section.lead = true;
    add_paragraph(s, "First.");
    add_paragraph(s, "Second.");
    add_figure(s);
    add_paragraph(s, "After.");
    render(PM_CONFLUENCE_DC);
    assert_order("ac:name=\"info\"", "ac:name=\"excerpt\"");
    assert_order("<h2>Summary</h2>", "ac:name=\"info\"");
    assert_order("ac:name=\"excerpt\"", "<p>First.</p>");
    assert_order("<p>Second.</p>", "</ac:rich-text-body></ac:structured-macro>\n</ac:rich-text-body></ac:structured-macro>\n<p><ac:image");
    assert_order("<ac:image", "<p>After.</p>");
    assert_int_equal(occurrences("ac:name=\"excerpt\""), 1);
    render(PM_CONFLUENCE_CLOUD);   /* whose panels hold no such macros */
    assert_order("ac:name=\"excerpt\"", "ac:name=\"info\"");
    assert_balanced("ac:structured-macro");
}

static struct pm_node *add_columns(struct pm_node *parent, size_t count)
{
    struct pm_node *s = add_section(parent, "Lessons");
    s->as.section.columns = true;
    for (size_t i = 0; i < count; i++)
        add_paragraph(add_section(s, "Column"), "Text.");
    return s;
}

static void columns_stand_in_layouts(void **state)
{
    (void)state;
    static const struct { size_t columns, two, three; } cases[] = {{2, 1, 0}, {3, 0, 1}, {4, 2, 0}, {5, 1, 1}, {6, 0, 2}, {7, 2, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        doc->root->first = doc->root->last = NULL;
        add_paragraph(add_section(doc->root, "Before"), "Text.");
        add_columns(doc->root, cases[i].columns);
        add_paragraph(add_section(doc->root, "After"), "Text.");
        render(PM_CONFLUENCE_DC);
        assert_int_equal(occurrences("\"two_equal\""), cases[i].two);
        assert_int_equal(occurrences("\"three_equal\""), cases[i].three);
        assert_int_equal(occurrences("\"single\""), 2);
        assert_int_equal(occurrences("<ac:layout-cell>"), cases[i].columns + 2);
        assert_int_equal(strncmp(out.data, "<ac:layout>", 11), 0);
        assert_balanced("ac:layout-cell");
        assert_balanced("ac:layout-section");
        assert_order("<h2>Lessons</h2>\n</ac:layout-cell></ac:layout-section>", "<h2>After</h2>");
    }
    render(PM_CONFLUENCE_CLOUD);
    assert_int_equal(occurrences("\"fixed-width\""), 2);
}

static void columns_are_never_nested(void **state)
{
    (void)state;
    struct pm_node *outer = add_columns(doc->root, 2);
    add_columns(outer->last, 3);
    struct pm_node *fold = add_section(doc->root, "Appendix");
    fold->as.section.fold = true;
    add_columns(fold, 2);
    add_columns(doc->root, 1);
    render(PM_CONFLUENCE_CLOUD);
    assert_int_equal(occurrences("\"two_equal\""), 1);
    assert_int_equal(occurrences("\"three_equal\""), 0);
    assert_int_equal(occurrences("<ac:layout>"), 1);
    assert_balanced("ac:layout-cell");
    assert_order("<h2>Appendix</h2>", "<ac:parameter ac:name=\"title\">Details</ac:parameter><ac:rich-text-body>\n<h3>Lessons</h3>");
}

static struct pm_node *add_item_table(const struct pm_todo *todo, size_t columns)
{
    static const struct pm_column kinds[] = {
        {PM_CELL_ID, PM_ALIGN_START, true}, {PM_CELL_TEXT, PM_ALIGN_START, false}, {PM_CELL_TEXT, PM_ALIGN_START, false},
        {PM_CELL_DATE, PM_ALIGN_START, true}, {PM_CELL_STATUS, PM_ALIGN_START, true}};
    static const char *const heads[] = {"ID", "Action item", "Owner", "Due", "Status"};
    struct pm_node *table = pm_add_table(doc, doc->root, kinds, columns, here), *row = pm_add_row(doc, table, true, here);
    for (size_t i = 0; i < columns; i++)
        pm_add_cell(doc, row, PM_CELL_TEXT, pm_str(heads[i]), here);
    row = pm_add_row(doc, table, false, here);
    row->as.row.todo = todo;
    pm_add_cell(doc, row, PM_CELL_ID, todo->id, here);
    ((struct pm_todo *)(uintptr_t)todo)->what = pm_add_cell(doc, row, PM_CELL_TEXT, PM_LIT("Check the & in "), here);
    pm_add_cell(doc, row, PM_CELL_TEXT, todo->assignee.name, here);
    struct pm_node *due = add(pm_add_cell(doc, row, PM_CELL_DATE, (struct pm_str){NULL, 0}, here), PM_TIME);
    due->as.time.date = true;
    due->as.time.value = todo->due;
    due->text = PM_LIT("1 Dec 2026");
    if (columns > 4)
        pm_add_status(doc, pm_add_cell(doc, row, PM_CELL_STATUS, (struct pm_str){NULL, 0}, here), PM_LIT("Dropped"), PM_TONE_NEUTRAL, here);
    return row;
}

static const struct pm_account ada[] = {{{"slack", 5}, {"U1", 2}}, {{"atlassian", 9}, {"5b:10\"x", 7}}};

static void rows_to_do_become_tasks(void **state)
{
    (void)state;
    struct pm_todo todo = {.id = PM_LIT("AI-1"), .path = PM_LIT("action_items/AI-1/status"),
                           .assignee = {PM_LIT("Ada"), ada, 2}, .has_due = true, .due = 20788};
    struct pm_node *row = add_item_table(&todo, 4);
    render(PM_CONFLUENCE_CLOUD);
    assert_has("<ac:task-status>incomplete</ac:task-status><ac:task-body><span>AI-1 \302\267 Check the &amp; in "
               " \302\267 <ac:link><ri:user ri:account-id=\"5b:10&quot;x\" /></ac:link> <time datetime=\"2026-12-01\" /></span>"
               "</ac:task-body>");
    assert_lacks("<table");   /* it would say no more */
    render(PM_CONFLUENCE_DC);
    assert_has(" \302\267 Ada <time");
    assert_lacks("ri:user");

    struct pm_node *link = add_link(row->first->next, "https://jira.example.com/browse/OPS-17", "OPS-17");
    link->as.link.service = PM_LIT("jira");
    link->as.link.key = PM_LIT("OPS-17");
    pm_node_unlink(link);
    struct pm_node *id = row->first;
    id->first = id->last = link;
    link->parent = id;
    render(PM_CONFLUENCE_CLOUD);
    assert_order("</ac:task-list>", "<table");
    assert_has("<td><p><ac:structured-macro ac:name=\"jira\" ac:schema-version=\"1\"><ac:parameter ac:name=\"key\">OPS-17</ac:parameter>"
               "</ac:structured-macro></p></td>");
    assert_lacks("browse");
    todo.done = todo.closed = true;
    render(PM_CONFLUENCE_CLOUD);
    assert_has(">complete<");
}

static void what_was_given_up_says_so(void **state)
{
    (void)state;
    struct pm_todo todo = {.id = PM_LIT("AI-1"), .closed = true};
    add_item_table(&todo, 5);
    render(PM_CONFLUENCE_CLOUD);
    assert_has(">complete<");
    assert_order("Check the", ">Dropped<");
    assert_order(">Dropped<", "</ac:task-body>");
}

static void tasks_have_numbers_of_their_own(void **state)
{
    (void)state;
    struct pm_todo todo = {.id = PM_LIT("AI-1"), .path = PM_LIT("action_items/AI-1/status")};
    add_item_table(&todo, 4);
    render(PM_CONFLUENCE_CLOUD);
    char first[32] = "";
    strncpy(first, strstr(out.data, "<ac:task-id>"), 30);
    *strchr(first + 1, '<') = '\0';
    add_item_table(&todo, 4);   /* shown twice */
    struct pm_node *list = add(doc->root, PM_LIST);
    for (int i = 0; i < 200; i++)
        add_paragraph(add(list, PM_TASK), "x");
    render(PM_CONFLUENCE_CLOUD);
    assert_int_equal(occurrences("<ac:task-id>"), 202);
    assert_int_equal(occurrences(first), 1);
    for (const char *p = out.data; (p = strstr(p, "<ac:task-uuid>")); p++) {
        char uuid[64] = "";
        memcpy(uuid, p, 14 + 36);
        assert_int_equal(occurrences(uuid), 1);
        assert_int_equal(uuid[14 + 14], '8');   /* the version */
    }
}

static void lists_of_both_kinds_are_cut(void **state)
{
    (void)state;
    struct pm_node *list = add(doc->root, PM_LIST);
    list->as.list.ordered = true;
    list->as.list.start = 3;
    add_paragraph(add(list, PM_ITEM), "one");
    struct pm_node *task = add(list, PM_TASK);
    task->as.task.done = true;
    task->as.task.has_due = true;
    task->as.task.due = 20788;
    add_paragraph(task, "two");
    add_paragraph(add(add(task, PM_LIST), PM_ITEM), "below");
    render(PM_CONFLUENCE_CLOUD);
    assert_has("<ol start=\"3\">\n<li><p>one</p>\n</li>\n</ol>\n<ac:task-list>\n<ac:task>");
    assert_has("<span>two <time datetime=\"2026-12-01\" /></span><ul>\n<li><p>below</p>\n</li>\n</ul>\n</ac:task-body>");
    assert_has("</ac:task-list>");
}

static void tables_have_heads_and_even_rows(void **state)
{
    (void)state;
    static const struct pm_column kinds[] = {
        {PM_CELL_INSTANT, PM_ALIGN_START, true}, {PM_CELL_TEXT, PM_ALIGN_START, false}, {PM_CELL_NUMBER, PM_ALIGN_END, true}};
    struct pm_node *table = pm_add_table(doc, doc->root, kinds, 3, here), *row = pm_add_row(doc, table, true, here);
    pm_add_cell(doc, row, PM_CELL_TEXT, PM_LIT("Time"), here);
    pm_add_cell(doc, row, PM_CELL_TEXT, PM_LIT("Event"), here);
    pm_add_cell(doc, row, PM_CELL_TEXT, PM_LIT("Count"), here);
    row = pm_add_row(doc, table, false, here);
    row->as.row.group = true;
    pm_add_cell(doc, row, PM_CELL_TEXT, PM_LIT("Tuesday"), here);
    row = pm_add_row(doc, table, false, here);
    row->as.row.strong = true;
    pm_add_cell(doc, row, PM_CELL_INSTANT, PM_LIT("13:52"), here);
    struct pm_node *cell = pm_add_cell(doc, row, PM_CELL_TEXT, (struct pm_str){NULL, 0}, here);
    cell->as.cell.blocks = true;
    add_paragraph(cell, "Event.");
    add_paragraph(cell, "Note.")->as.paragraph.minor = true;
    render(PM_CONFLUENCE_DC);
    assert_has("<th scope=\"col\" style=\"width: 26.7%;\"><p>Time</p></th><th scope=\"col\" style=\"width: 46.7%;\"><p>Event</p></th>"
               "<th scope=\"col\" style=\"width: 26.7%;\"><p style=\"text-align: right;\">Count</p></th>");
    assert_has("<tr><th scope=\"rowgroup\" colspan=\"3\"><p>Tuesday</p></th></tr>");
    assert_has("<tr><td><p><strong>13:52</strong></p></td><td><p><strong>Event.</strong></p><p><small>Note.</small></p></td>"
               "<td><p></p></td></tr>");
    render(PM_CONFLUENCE_CLOUD);
    assert_has("<th scope=\"col\" data-colwidth=\"");
}

static void long_tables_are_shown_on_demand(void **state)
{
    (void)state;
    static const struct pm_column kinds[] = {{PM_CELL_TEXT, PM_ALIGN_START, false}};
    struct pm_node *s = add_section(doc->root, "Timeline"), *table = pm_add_table(doc, s, kinds, 1, here);
    for (int i = 0; i < 100; i++)
        pm_add_cell(doc, pm_add_row(doc, table, false, here), PM_CELL_TEXT, PM_LIT("x"), here);
    render(PM_CONFLUENCE_CLOUD);
    assert_lacks("expand");
    pm_add_cell(doc, pm_add_row(doc, table, false, here), PM_CELL_TEXT, PM_LIT("x"), here);
    render(PM_CONFLUENCE_CLOUD);
    assert_order("ac:name=\"expand\"", "<table");
    assert_has("</table>\n</ac:rich-text-body></ac:structured-macro>");
    s->as.section.fold = true;
    render(PM_CONFLUENCE_CLOUD);   /* never one in another */
    assert_int_equal(occurrences("ac:name=\"expand\""), 1);
    assert_balanced("ac:structured-macro");
}

static void links_take_their_forms(void **state)
{
    (void)state;
    struct pm_node *s = add_section(doc->root, "Causes"), *p = add(s, PM_PARAGRAPH);
    add_link(p, "https://x.example/?a=1&b=\"2\"", "out");
    add_link(p, "#causes", "plain]]>");
    pm_add_text(doc, add(add_link(p, "#causes", "rich "), PM_STRONG), PM_LIT("text"), here);
    struct pm_node *ticket = add_link(p, "", "GH-1");
    ticket->as.link.service = PM_LIT("github");
    ticket->as.link.key = PM_LIT("GH-1");
    add_section(doc->root, "Alone");
    render(PM_CONFLUENCE_CLOUD);
    assert_has("<a href=\"https://x.example/?a=1&amp;b=&quot;2&quot;\">out</a>");
    assert_has("<ac:link ac:anchor=\"causes\"><ac:plain-text-link-body><![CDATA[plain]]]]><![CDATA[>]]></ac:plain-text-link-body>"
               "</ac:link>");
    assert_has("<ac:link ac:anchor=\"causes\"><ac:link-body>rich <strong>text</strong></ac:link-body></ac:link>GH-1</p>");
    assert_has("<h2><ac:structured-macro ac:name=\"anchor\" ac:schema-version=\"1\"><ac:parameter ac:name=\"\">causes</ac:parameter>"
               "</ac:structured-macro>Causes</h2>");
    assert_has("<h2>Alone</h2>");
}

static void panels_go_by_tone(void **state)
{
    (void)state;
    static const char *const names[] = {"panel", "info", "tip", "warning", "warning", "note"};
    for (int tone = PM_TONE_NEUTRAL; tone <= PM_TONE_NOTE; tone++) {
        doc->root->first = doc->root->last = NULL;
        struct pm_node *panel = add(doc->root, PM_PANEL);
        panel->as.tone.tone = (enum pm_tone)tone;
        panel->text = PM_LIT("Title");
        add_paragraph(panel, "Text.");
        render(PM_CONFLUENCE_CLOUD);
        char wanted[64];
        snprintf(wanted, sizeof wanted, "<ac:structured-macro ac:name=\"%s\"", names[tone]);
        assert_has(wanted);
        assert_has("<p><strong>Title</strong></p>\n<p>Text.</p>");
        render(PM_CONFLUENCE_DC);
        assert_has("<ac:parameter ac:name=\"title\">Title</ac:parameter><ac:rich-text-body>\n<p>Text.</p>");
    }
}

static enum pm_status count_picture(void *context, const struct pm_node *figure, struct pm_str name)
{
    assert_non_null(figure->as.figure.scene);
    pm_buf_str(context, name);
    pm_buf_putc(context, ' ');
    return PM_OK;
}

static void figures_are_attachments(void **state)
{
    (void)state;
    struct pm_buf names;
    struct pm_confluence page;
    pm_buf_init(&names, 1000);
    doc->id = PM_LIT("INC/7 \303\244");
    add_figure(doc->root);
    pm_add_text(doc, add_figure(doc->root), PM_LIT("Caption"), here);
    add(doc->root, PM_FIGURE)->text = PM_LIT("Nothing drawn");
    pm_confluence_begin(&page, PM_CONFLUENCE_CLOUD, &out);
    page.attach = count_picture;
    page.context = &names;
    assert_int_equal(pm_confluence_add(&page, doc), PM_OK);
    assert_int_equal(pm_confluence_add(&page, doc), PM_OK);
    pm_confluence_free(&page);
    assert_string_equal(names.data, "INC-7----figure-1.svg INC-7----figure-2.svg 2-INC-7----figure-1.svg 2-INC-7----figure-2.svg ");
    assert_has("ac:width=\"400\" ac:alt=\"A &quot;bar&quot; &amp; more\"><ri:attachment ri:filename=\"INC-7----figure-1.svg\" />"
               "<ac:caption><p>A \"bar\" &amp; more</p></ac:caption></ac:image>");
    assert_has("<ac:caption><p>Caption</p></ac:caption>");
    assert_has("<p>Nothing drawn</p>");
    pm_buf_free(&names);
}

static void several_documents_share_a_page(void **state)
{
    (void)state;
    struct pm_confluence page;
    add(doc->root, PM_TOC);
    struct pm_node *s = add_section(doc->root, "Causes");
    add_link(add(s, PM_PARAGRAPH), "#causes", "see");
    add(s, PM_CODE_BLOCK)->text = PM_LIT("x");
    add_columns(doc->root, 2);
    pm_buf_puts(&out, "before ");
    pm_confluence_begin(&page, PM_CONFLUENCE_CLOUD, &out);
    assert_int_equal(pm_confluence_add(&page, doc), PM_OK);
    assert_int_equal(pm_confluence_add(&page, doc), PM_OK);
    assert_int_equal(pm_confluence_end(&page), PM_OK);
    pm_confluence_free(&page);
    assert_int_equal(strncmp(out.data, "before <ac:layout>", 18), 0);
    assert_int_equal(occurrences("<h1>Shop &amp; &lt;cart&gt;</h1>"), 2);
    assert_order("<hr />", "2-causes");
    assert_int_equal(occurrences("ac:name=\"toc\""), 1);
    assert_has("<ac:parameter ac:name=\"minLevel\">1</ac:parameter>");
    assert_int_equal(occurrences("<ac:parameter ac:name=\"\">causes<"), 1);
    assert_int_equal(occurrences("<ac:parameter ac:name=\"\">2-causes<"), 1);
    for (const char *p = out.data; (p = strstr(p, "ac:macro-id=\"")); p++) {
        char id[64] = "";
        memcpy(id, p, 13 + 36);
        assert_int_equal(occurrences(id), 1);
    }
}

static void edits_elsewhere_leave_ids_alone(void **state)
{
    (void)state;
    struct pm_node *first = add_section(doc->root, "First"), *second = add_section(doc->root, "Second");
    add(second, PM_CODE_BLOCK)->text = PM_LIT("x");
    render(PM_CONFLUENCE_CLOUD);
    char id[64] = "";
    memcpy(id, strstr(out.data, "ac:macro-id=\""), 13 + 36);
    add(first, PM_CODE_BLOCK)->text = PM_LIT("y");
    add(add_section(second, "Third"), PM_CODE_BLOCK)->text = PM_LIT("z");
    render(PM_CONFLUENCE_CLOUD);
    assert_int_equal(occurrences("ac:name=\"code\""), 3);
    assert_int_equal(occurrences(id), 1);
    doc->id = PM_LIT("INC-8");
    render(PM_CONFLUENCE_CLOUD);
    assert_int_equal(occurrences(id), 0);
}

static void render_source(const char *source, size_t n)
{
    doc->source = (struct pm_str){source, n};
    pm_sha256(doc->source, doc->sha256);
    render(PM_CONFLUENCE_DC);
    assert_has("<ac:parameter ac:name=\"hidden\">true</ac:parameter><ac:parameter ac:name=\"id\">incident-source</ac:parameter>");
    assert_has("<p>id: INC-7</p>\n<p>title: Shop &amp; &lt;cart&gt;</p>");
    assert_has(doc->sha256);
}

static void source_travels_as_text_where_it_can(void **state)
{
    (void)state;
    render_source("id: x # ]]>\ntitle: \303\244\n\n\n", 24);
    assert_has("<p>bytes: 24</p>");
    assert_has("<p>encoding: text</p>");
    assert_has("<ac:parameter ac:name=\"language\">yml</ac:parameter>"
               "<ac:plain-text-body><![CDATA[id: x # ]]]]><![CDATA[>\ntitle: \303\244\n\n\n]]>");
    static const char *const lossy[] = {"a\r\nb\n", " a\n", "\na\n", "a \t\n", "\n\n", "a\x01\n", "a\xFF\n"};
    for (size_t i = 0; i < sizeof lossy / sizeof *lossy; i++) {
        render_source(lossy[i], strlen(lossy[i]));
        assert_has("<p>encoding: base64</p>");
    }
    render_source("a\r\nb", 4);
    assert_has("<![CDATA[YQ0KYg==]]>");
    render_source("\r12345678901234567890123456789012345678901234567890123456789", 60);
    assert_has("<![CDATA[DTEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2\nNzg5]]>");
}

static void a_full_buffer_is_told(void **state)
{
    (void)state;
    struct pm_confluence page;
    add_columns(doc->root, 2);
    enum pm_status status = PM_LIMIT;
    size_t max = 0;
    for (; status == PM_LIMIT; max += 7) {
        pm_buf_free(&out);
        pm_buf_init(&out, max);
        pm_confluence_begin(&page, PM_CONFLUENCE_CLOUD, &out);
        status = pm_confluence_add(&page, doc);
        if (status == PM_OK)
            status = pm_confluence_add(&page, doc);
        if (status == PM_OK)
            status = pm_confluence_end(&page);
        pm_confluence_free(&page);
    }
    assert_int_equal(status, PM_OK);
    assert_true(max > 500);
    assert_balanced("ac:layout-cell");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(text_is_only_text),
        CASE(languages_are_those_of_the_flavour),
        CASE(cover_becomes_page_properties),
        CASE(lead_is_an_excerpt_in_a_panel),
        CASE(columns_stand_in_layouts),
        CASE(columns_are_never_nested),
        CASE(rows_to_do_become_tasks),
        CASE(what_was_given_up_says_so),
        CASE(tasks_have_numbers_of_their_own),
        CASE(lists_of_both_kinds_are_cut),
        CASE(tables_have_heads_and_even_rows),
        CASE(long_tables_are_shown_on_demand),
        CASE(links_take_their_forms),
        CASE(panels_go_by_tone),
        CASE(figures_are_attachments),
        CASE(several_documents_share_a_page),
        CASE(edits_elsewhere_leave_ids_alone),
        CASE(source_travels_as_text_where_it_can),
        CASE(a_full_buffer_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
