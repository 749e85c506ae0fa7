#include "fixture.h"

#include "base/sha256.h"
#include "package/zip.h"
#include "workbook/links.h"
#include "workbook/workbook.h"

static struct pm_template template;
static struct pm_zip_entry *entries;
static size_t count;
static const char *words;         /* of another template; NULL: the usual one */

static const char head[] =
    "pm: 1\nid: A-1\ntitle: =1+1\nseverity: sev2\nowner: Ada\nstarted_at: 2026-01-05T10:00:00Z\n"
    "detected_at: 2026-01-05T10:05:30Z\nresolved_at: 2026-01-05T12:00:00Z\nsummary: It *broke*.\n"
    "timeline:\n  - {at: 2026-01-05T10:00:00Z, event: Start, important: yes}\n"
    "action_items:\n  - {item: Look, due: 2026-02-01, created: 2026-01-10, tracker: {key: T-1, url: \"https://x.example/?a=1&b=2\"}}\n"
    "  - {item: Done, status: done, due: 2026-01-01}\n";

static void add(struct pm_workbook *w, const char *text)
{
    struct pm_incident *incident;
    struct pm_read_options options = {0};
    struct pm_arena own;
    pm_arena_init(&own);
    assert_int_equal(pm_incident_read(pm_str(text), 1, &options, &own, &diags, &incident), PM_OK);
    assert_int_equal(pm_workbook_add(w, incident, &diags), PM_OK);
    pm_arena_free(&own);
}

/* The workbook of `n` incidents, read back. */
static void make(struct pm_workbook_options options, size_t n)
{
    struct pm_workbook *w;
    struct pm_buf out;
    const char *why;
    pm_buf_init(&out, (size_t)64 << 20);
    if (words)
        assert_int_equal(pm_template_read(pm_str(words), &arena, &diags, &template), PM_OK);
    else
        assert_int_equal(pm_template_unpack(pm_builtin_template(PM_LIT("full")), &arena, &template), PM_OK);
    options.template = &template;
    options.version = "test";
    assert_int_equal(pm_workbook_new(&options, &w), PM_OK);
    for (size_t i = 0; i < n; i++)
        add(w, head);
    assert_int_equal(pm_workbook_write(w, &out), PM_OK);
    pm_workbook_free(w);
    assert_int_equal(pm_zip_read(pm_buf_slice(&out), 100, (size_t)64 << 20, &arena, &entries, &count, &why), PM_OK);
    pm_buf_free(&out);
}

static const char *part(const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (pm_str_is(entries[i].name, name))
            return entries[i].bytes.p;
    }
    fail_msg("there is no %s", name);
    return "";
}

static void has(const char *name, const char *text)
{
    if (!strstr(part(name), text))
        fail_msg("%s has no %s", name, text);
}

static void lacks(const char *name, const char *text)
{
    if (strstr(part(name), text))
        fail_msg("%s has %s", name, text);
}

/* Sheets: 1 facts, 2 action items, 3 timeline, 4 incidents, 5 metrics, 6 charts, 7 _pm. */
static void one_has_its_facts_first(void **state)
{
    (void)state;
    make((struct pm_workbook_options){.has_as_of = true, .as_of = 20483}, 1);   /* 2026-01-30 */
    has("xl/workbook.xml", "<sheet name=\"Incident\" sheetId=\"1\"");
    has("xl/workbook.xml", "<sheet name=\"_pm\" sheetId=\"7\" state=\"hidden\"");
    has("xl/worksheets/sheet1.xml", "<t>=1+1</t>");
    has("xl/worksheets/sheet1.xml", "<t>It broke.</t>");
    has("xl/worksheets/sheet2.xml", "</f><v>2</v>");        /* days left */
    has("xl/worksheets/sheet2.xml", "</f><v>20</v>");       /* age */
    has("xl/worksheets/sheet2.xml", "<dimension ref=\"A1:P3\"");
    has("xl/worksheets/sheet2.xml", "<hyperlink ref=\"A2\" location=\"'Incidents'!A2\"/><hyperlink ref=\"O2\" r:id=\"rIdPm1\"/>");
    has("xl/worksheets/_rels/sheet2.xml.rels", "Target=\"https://x.example/?a=1&amp;b=2\" TargetMode=\"External\"/></Relationships>");
    has("xl/tables/table1.xml", "ref=\"A1:P3\"");
    has("xl/worksheets/sheet3.xml", "<t>Yes</t>");
    has("xl/worksheets/sheet4.xml", "<v>46027.4166666667</v>");
    has("xl/worksheets/sheet4.xml", "<t>missing</t>");
}

/* Rows name styles by numbers that libxlsxwriter gives: the style of dates is the one that shows dates. */
static void styles_have_their_numbers(void **state)
{
    (void)state;
    make((struct pm_workbook_options){0}, 1);
    const char *p = strstr(part("xl/styles.xml"), "<cellXfs");
    assert_non_null(p);
    for (int i = 0; i <= 4; i++)
        p = strstr(p + 1, "<xf ");
    int number = atoi(strstr(p, "numFmtId=\"") + 10);
    struct pm_str want = pm_arena_format(&arena, "<numFmt numFmtId=\"%d\" formatCode=\"yyyy\\-mm\\-dd\"/>", number);
    has("xl/styles.xml", want.p);
    has("xl/worksheets/sheet2.xml", "<c r=\"J2\" s=\"4\"><v>46054</v></c>");
}

static void the_source_comes_back(void **state)
{
    char hash[65];
    (void)state;
    make((struct pm_workbook_options){0}, 1);
    pm_sha256(pm_str(head), hash);
    has("xl/worksheets/sheet7.xml", hash);
    has("xl/worksheets/sheet7.xml", "<t>text</t>");
    const char *start = strstr(part("xl/worksheets/sheet7.xml"), "<t>|");
    assert_non_null(start);
    struct pm_buf want;
    pm_buf_init(&want, 4096);
    pm_buf_xml(&want, pm_str(head));
    assert_int_equal(start[4], 'p');
    assert_memory_equal(start + 4, want.data, 60);
    has("xl/worksheets/sheet7.xml", "due: 2026-01-01}\n|</t>");
    pm_buf_free(&want);
    make((struct pm_workbook_options){.source = PM_SOURCE_NEVER}, 1);
    has("xl/worksheets/sheet7.xml", hash);
    lacks("xl/worksheets/sheet7.xml", "<t>|");
}

static void sheets_are_chosen(void **state)
{
    (void)state;
    make((struct pm_workbook_options){.sheets = 1u << PM_SHEET_ACTIONS}, 2);
    has("xl/workbook.xml", "<sheet name=\"Action items\" sheetId=\"1\"");
    has("xl/workbook.xml", "<sheet name=\"_pm\" sheetId=\"2\"");
    has("xl/workbook.xml", "<definedName name=\"as_of\">_pm!$D$1</definedName>");
    lacks("xl/worksheets/sheet1.xml", "location=");
    lacks("xl/workbook.xml", "sheetId=\"3\"");
}

/* A row that somebody adds to a table gets the formulas of its columns. */
static void tables_have_their_formulas(void **state)
{
    (void)state;
    make((struct pm_workbook_options){.sheets = 1u << PM_SHEET_ACTIONS | 1u << PM_SHEET_INCIDENTS}, 2);
    has("xl/tables/table1.xml", "<tableColumn id=\"11\" name=\"Days left\"><calculatedColumnFormula>"
                                "IF(OR(ActionItems[[#This Row],[Due]]=&quot;&quot;,ActionItems[[#This Row],[Status]]=");
    has("xl/tables/table1.xml", "-as_of)</calculatedColumnFormula></tableColumn><tableColumn id=\"12\"");
    has("xl/tables/table2.xml", "<calculatedColumnFormula>COUNTIFS('Action items'!$A:$A,Incidents[[#This Row],[ID]])<");
    has("xl/worksheets/sheet1.xml", "<ignoredError sqref=\"A2:P5\" calculatedColumn=\"1\"/>");
    make((struct pm_workbook_options){.sheets = 1u << PM_SHEET_INCIDENTS}, 2);
    lacks("xl/tables/table1.xml", "calculatedColumnFormula");
}

/* Words that mean something to formulas, formats, names of sheets and headings. */
static const char german[] =
    "template: deutsch\nlang: de\nwords:\n  incidents: \"St\303\266rungen: alle [d'x] /?*\"\n  metrics: Zahlen\n  charts: ZAHLEN\n"
    "  action_items: \"Ma\303\237nahmen & \\\"Aufgaben\\\" der n\303\244chsten Monate\"\n  due: \"F\303\244llig [am] #1\"\n"
    "  status: \"Stand '@'\"\n  owner: Wer\n  days_left: wer\n  overdue_by: \"seit {n} T. \\\"zu sp\303\244t\\\"\"\n"
    "  values: {done: \"\\\"ja\\\" & <gut>\", wont_do: \"Erle'digt\"}\nblocks:\n  - markdown: summary\n";

static void words_are_quoted(void **state)
{
    (void)state;
    words = german;
    make((struct pm_workbook_options){.has_as_of = true, .as_of = 20483}, 1);
    words = NULL;
    has("xl/workbook.xml", "name=\"Ma\303\237nahmen &amp;  Aufgaben  der n\303\244ch\"");
    has("xl/workbook.xml", "name=\"St\303\266rungen  alle  d x\"");
    has("xl/workbook.xml", "name=\"Zahlen\"");
    has("xl/workbook.xml", "name=\"ZAHLEN 2\"");
    has("xl/worksheets/sheet2.xml", "<f>IF(OR(J2=&quot;&quot;,H2=&quot;&quot;&quot;ja&quot;&quot; &amp; &lt;gut&gt;&quot;,"
                                    "H2=&quot;Erle'digt&quot;)");
    has("xl/tables/table1.xml", "name=\"Wer\"/>");
    has("xl/tables/table1.xml", "name=\"wer 2\">");
    has("xl/tables/table1.xml", "ActionItems[[#This Row],[F\303\244llig '[am'] '#1]]");
    has("xl/tables/table1.xml", "ActionItems[[#This Row],[Stand '''@'']]");
    has("xl/styles.xml", ";&quot;seit &quot;0&quot; T. zu sp\303\244t&quot;;");
}

/* Links beyond what Excel takes are text, and are counted. */
static void links_have_an_end(void **state)
{
    struct pm_links links;
    (void)state;
    pm_links_init(&links, 1);
    links.inner = links.outer = PM_LINKS_MOST / 2;
    links.inner--;
    assert_true(pm_link_inside(&links, 0, 2, PM_LIT("'A'"), 2));
    assert_false(pm_link_inside(&links, 0, 3, PM_LIT("'A'"), 3));
    assert_false(pm_link_outside(&links, 1, 2, PM_LIT("https://x.example/")));
    assert_false(pm_link_outside(&links, 1, 2, PM_LIT("javascript:alert(1)")));
    assert_int_equal(links.over, 2);
    assert_string_equal(links.links.text.data, "<hyperlink ref=\"A2\" location=\"'A'!A2\"/>");
    pm_links_free(&links);
}

/* Each level gives the same parts. */
static void levels_differ_in_size_alone(void **state)
{
    (void)state;
    make((struct pm_workbook_options){.level = 1}, 40);
    const char *rows = part("xl/worksheets/sheet2.xml");
    make((struct pm_workbook_options){.level = 9}, 40);
    assert_string_equal(rows, part("xl/worksheets/sheet2.xml"));
}

/* What only the first sheet has is warned of too. */
static void long_facts_are_cut(void **state)
{
    struct pm_buf b;
    struct pm_workbook *w;
    (void)state;
    pm_buf_init(&b, 1 << 20);
    pm_buf_puts(&b, "pm: 1\nid: A-1\ntitle: T\nseverity: sev2\nstarted_at: 2026-01-05T10:00:00Z\nsummary: ");
    for (int i = 0; i < 8000; i++)
        pm_buf_puts(&b, "word ");
    pm_buf_puts(&b, "end\n");
    assert_int_equal(pm_template_unpack(pm_builtin_template(PM_LIT("full")), &arena, &template), PM_OK);
    assert_int_equal(pm_workbook_new(&(struct pm_workbook_options){.template = &template, .version = "test"}, &w), PM_OK);
    add(w, b.data);
    assert_int_equal(diags.count[PM_WARNING], 1);
    assert_int_equal(diags.first->code, PM_D_CELL);
    assert_int_equal(diags.first->mark.line, 6);
    pm_workbook_free(w);
    pm_buf_free(&b);
}

/* Beyond 1,000: no formulas over all action items, no source. */
static void many_are_lean(void **state)
{
    (void)state;
    make((struct pm_workbook_options){0}, PM_SOURCE_INCIDENTS);
    has("xl/worksheets/sheet3.xml", "COUNTIFS(");
    has("xl/worksheets/sheet6.xml", "<t>|pm: 1");
    make((struct pm_workbook_options){0}, PM_SOURCE_INCIDENTS + 1);
    lacks("xl/worksheets/sheet3.xml", "COUNTIFS(");
    has("xl/worksheets/sheet3.xml", "<row r=\"1002\">");
    lacks("xl/worksheets/sheet6.xml", "<t>|pm: 1");
    has("xl/worksheets/sheet6.xml", "<row r=\"1003\">");
    has("xl/worksheets/sheet3.xml", "<c r=\"AB1002\" s=\"8\"><v>0</v></c>");   /* the day was known last */
    make((struct pm_workbook_options){.source = PM_SOURCE_ALWAYS}, PM_SOURCE_INCIDENTS + 1);
    has("xl/worksheets/sheet6.xml", "<row r=\"1003\">");
    has("xl/worksheets/sheet6.xml", "<t>|pm: 1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(one_has_its_facts_first), TEST(styles_have_their_numbers), TEST(the_source_comes_back), TEST(sheets_are_chosen),
        TEST(many_are_lean), TEST(tables_have_their_formulas), TEST(words_are_quoted), TEST(links_have_an_end),
        TEST(levels_differ_in_size_alone), TEST(long_facts_are_cut)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
