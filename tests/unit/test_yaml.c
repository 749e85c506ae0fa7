#include "base/yaml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"

#include <stdio.h>
#include <stdlib.h>

struct read {
    struct pm_arena arena;
    struct pm_diags diags;
    struct pm_yaml *root;
    struct pm_str tail;
    enum pm_status status;
};

static void read_slice(struct read *r, struct pm_str source, uint32_t first_line)
{
    pm_arena_init(&r->arena);
    pm_diags_init(&r->diags, "x");
    r->status = pm_yaml_read(source, first_line, &r->arena, &r->diags, &r->root, &r->tail);
}

static void free_read(struct read *r)
{
    pm_diags_free(&r->diags);
    pm_arena_free(&r->arena);
}

static void add_comments(struct pm_buf *b, const struct pm_yaml *y)
{
    if (y->comment.p)
        pm_buf_printf(b, "^%s^", y->comment.p);
    if (y->trailing.p)
        pm_buf_printf(b, "~%s~", y->trailing.p);
}

/* The tree on one line: {key:value ...}, [item ...], 'quoted', |block|, ^comment before^, ~comment behind~. */
static void add_tree(struct pm_buf *b, const struct pm_yaml *y)
{
    static const char *const quotes[] = {"", "'", "|"};
    if (y->kind == PM_YAML_SCALAR)
        pm_buf_printf(b, "%s%s%s", quotes[y->style], y->text.p, quotes[y->style]);
    else {
        pm_buf_putc(b, y->kind == PM_YAML_MAPPING ? '{' : '[');
        for (const struct pm_yaml *child = y->first; child; child = child->next) {
            if (y->kind == PM_YAML_MAPPING)
                pm_buf_printf(b, "%s:", child->key.p);
            add_tree(b, child);
            if (child->next)
                pm_buf_putc(b, ' ');
        }
        pm_buf_putc(b, y->kind == PM_YAML_MAPPING ? '}' : ']');
    }
    add_comments(b, y);
}

static void assert_tree(const char *source, const char *want)
{
    struct read r;
    struct pm_buf b;
    pm_buf_init(&b, 10000);
    read_slice(&r, pm_str(source), 1);
    if (r.root)
        add_tree(&b, r.root);
    if (r.tail.p)
        pm_buf_printf(&b, "$%s$", r.tail.p);
    assert_string_equal(b.data, want);
    pm_buf_free(&b);
    free_read(&r);
}

static void assert_messages(struct pm_str source, const char *want)
{
    struct read r;
    struct pm_buf b;
    pm_buf_init(&b, 10000);
    read_slice(&r, source, 1);
    pm_diags_sort(&r.diags);
    pm_diags_format(&r.diags, false, &b);
    assert_string_equal(b.data, want);
    assert_int_equal(r.status, PM_INVALID);
    pm_buf_free(&b);
    free_read(&r);
}

static void values_have_their_shapes(void **state)
{
    (void)state;
    assert_tree("a: 1\nb: [x, 'y', \"z\\n\"]\nc: {d: e}\n", "{a:1 b:[x 'y' 'z\n'] c:{d:e}}");
    assert_tree("- |\n  two\n  lines\n- >-\n  folded\n  text\n-\n", "[|two\nlines\n| |folded text| ]");
    assert_tree("{\"json\": [1, true, null]}", "{json:[1 true null]}");
    assert_tree("<<: x", "{<<:x}");
    assert_tree("just text", "just text");
    assert_tree("[a: b, c]", "[{a:b} c]");
}

static void json_has_escapes_in_pairs(void **state)
{
    (void)state;
    assert_tree("{\"a\": \"x\\ud83d\\ude00 y\\/\\\\ud83d\", \"b\": [\"\\uD83D\\uDE00\\ud83d\\ude01\"]}",
                "{a:'x\xF0\x9F\x98\x80 y/\\ud83d' b:['\xF0\x9F\x98\x80\xF0\x9F\x98\x81']}");
    assert_messages(PM_LIT("{\"a\": \"\\ud83d\\ude00\", \"a\": 1}"),
                    "x:1:23: error: a is given twice; the first is in line 1 [duplicate-key]\n");
    assert_messages(PM_LIT("{\"a\": \"\\ud83d\\u0041\"}"), "x:1:10: error: this escape names no character [yaml]\n");
    assert_messages(PM_LIT("a: \"\\ud83d\\ude00\""), "x:1:7: error: this escape names no character [yaml]\n");
}

static void documents_without_content_have_no_root(void **state)
{
    (void)state;
    assert_tree("", "");
    assert_tree("# only\n\n# comments\n", "$# only\n# comments$");
    assert_tree("---\n# a\n...\n# b\n", "$# a\n# b$");
    assert_tree("~", "~");
}

static void nulls_are_plain(void **state)
{
    (void)state;
    struct read r;
    read_slice(&r, PM_LIT("[~, null, Null, NULL, 'null', '', nul, nULL, {a: }]"), 1);
    static const bool want[] = {true, true, true, true, false, false, false, false, false};
    const struct pm_yaml *y = r.root->first;
    for (size_t i = 0; i < 9; i++, y = y->next)
        assert_int_equal(pm_yaml_is_null(y), want[i]);
    assert_true(pm_yaml_is_null(r.root->last->first));
    assert_false(pm_yaml_is_null(NULL));
    assert_string_equal(pm_yaml_kind_name(r.root), "a list");
    assert_string_equal(pm_yaml_kind_name(r.root->last), "a mapping");
    assert_string_equal(pm_yaml_kind_name(r.root->first), "empty");
    assert_string_equal(pm_yaml_kind_name(r.root->first->next->next->next->next), "text");
    free_read(&r);
}

static void get_finds_keys(void **state)
{
    (void)state;
    struct read r;
    read_slice(&r, PM_LIT("a: 1\nb: 2\n"), 1);
    assert_true(pm_str_is(pm_yaml_get(r.root, "b")->text, "2"));
    assert_null(pm_yaml_get(r.root, "c"));
    assert_null(pm_yaml_get(r.root->first, "a"));
    assert_null(pm_yaml_get(NULL, "a"));
    free_read(&r);
}

static void assert_place(const struct pm_yaml *y, uint32_t line, uint32_t col, uint32_t offset, uint32_t end)
{
    assert_int_equal(y->mark.line, line);
    assert_int_equal(y->mark.col, col);
    assert_int_equal(y->mark.offset, offset);
    assert_int_equal(y->end, end);
}

static void places_count_code_points_and_bytes(void **state)
{
    (void)state;
    struct read r;
    const char *source = "\xC3\xA9: \xF0\x9F\x94\xA5\r\nb:   [\xE2\x82\xAC, x ]\r\nc: |\n  t\n\nd: {e: f}\n";
    read_slice(&r, pm_str(source), 41);
    assert_int_equal(r.status, PM_OK);
    const struct pm_yaml *y = r.root->first;
    assert_place(y, 41, 4, 4, 8);
    assert_int_equal(y->key_mark.col, 1);
    y = y->next;
    assert_place(y, 42, 6, 15, 24);
    assert_int_equal(y->key_mark.line, 42);
    assert_int_equal(y->key_mark.offset, 10);
    assert_place(y->first->next, 42, 10, 21, 22);
    y = y->next;
    assert_place(y, 43, 4, 29, 36);
    y = y->next;
    assert_place(y, 46, 4, 39, 45);
    assert_place(y->first, 46, 8, 43, 44);
    assert_place(r.root, 41, 1, 0, 45);
    free_read(&r);
}

static void byte_order_mark_is_passed_over(void **state)
{
    (void)state;
    struct read r;
    read_slice(&r, PM_LIT("\xEF\xBB\xBF" "a: b"), 1);
    assert_int_equal(r.status, PM_OK);
    assert_place(r.root->first, 1, 4, 6, 7);
    assert_true(pm_str_is(r.root->first->key, "a"));
    free_read(&r);
}

static void comments_come_back(void **state)
{
    (void)state;
    assert_tree("# top\n\n#two\na: 1 # one\n# b\nb: 2\n# end\n#\n", "{a:1^# top\n#two^~# one~ b:2^# b^}$# end\n#$");
    assert_tree("--- # first\n# second\na: 1\n", "{a:1^# first\n# second^}");
    assert_tree("a: # list\n  # x\n  - x # after x\n  # y\n  - y\n# b\nb: 1\n",
        "{a:[x^# x^~# after x~ y^# y^]~# list~ b:1^# b^}");
    assert_tree("l:\n- a: 1\n  # b\n  b: 2\n# next\n- # dash\n  c: 3\n", "{l:[{a:1 b:2^# b^} {c:3}^# next^~# dash~]}");
    assert_tree("a: # nothing here\nb: # nor here\n", "{a:~# nothing here~ b:~# nor here~}");
    assert_tree("a: | # head\n  text # in it\n\n# after\nb: 1\n", "{a:|text # in it\n|~# head~ b:1^# after^}");
    assert_tree("a: [x, # x\n  # y\n  y # y2\n  # z\n  ] # a\n# t\n", "{a:[x~# x~ y^# y^~# y2~]~# a~}$# z\n# t$");
    assert_tree("a: {b: 1} # one\n", "{a:{b:1}~# one~}");
    assert_tree("a:\n  # before flow\n  [x]\n", "{a:[x]^# before flow^}");
    assert_tree("a: 'x # no' # yes\nb: x#no\nc: \"#\"\n", "{a:'x # no'~# yes~ b:x#no c:'#'}");
    assert_tree("a: x\n...\n# t\n", "{a:x}$# t$");
    assert_tree("a: 1   # trailing blanks  \r\nb: 2 #\r\n", "{a:1~# trailing blanks~ b:2~#~}");
}

/* Every comment of a text that has them everywhere is found once. */
static void no_comment_is_lost_or_doubled(void **state)
{
    (void)state;
    static const char source[] =
        "#01\n--- #02\n#03\na: #04\n  #05\n  b: | #06\n    x\n  #07\n  c: #08\n    #09\n    - #10\n      #11\n      d #12\n"
        "    #13\n    - [ #14\n      #15\n      e #16\n      , f, #17\n      {g: #18\n      h #19\n      } #20\n      #21\n      ] #22\n"
        "    - 'i' #23\n#24\n? j #25\n: k #26\n#27\n\"l\": #28\n  >- #29\n  m\n#30\n... #31\n#32\n";
    struct read r;
    struct pm_buf b;
    pm_buf_init(&b, 10000);
    read_slice(&r, pm_str(source), 1);
    assert_int_equal(r.status, PM_OK);
    add_tree(&b, r.root);
    pm_buf_str(&b, r.tail);
    for (int i = 1; i <= 32; i++) {
        char comment[16];
        snprintf(comment, sizeof comment, "#%02d", i);
        const char *found = strstr(b.data, comment);
        if (!found || strstr(found + 1, comment))
            fail_msg("%s in %s", comment, b.data);
    }
    pm_buf_free(&b);
    free_read(&r);
}

static void properties_are_refused_and_reading_goes_on(void **state)
{
    (void)state;
    assert_messages(PM_LIT("a: &x 1\nb: *x\nc: !!int 3\nd: ! e\nf: &y [1]\ng: !t {h: 1}\n&k i: *y\n"),
                    "x:1:4: error: the anchor &x is not read here; write the value out, or quote the text [anchor]\n"
                    "x:2:4: error: the alias *x is not read here; write the value out, or quote the text [anchor]\n"
                    "x:3:4: error: the tag !!int is not read here; write the value out, or quote the text [anchor]\n"
                    "x:4:4: error: the tag ! is not read here; write the value out, or quote the text [anchor]\n"
                    "x:5:4: error: the anchor &y is not read here; write the value out, or quote the text [anchor]\n"
                    "x:6:4: error: the tag !t is not read here; write the value out, or quote the text [anchor]\n"
                    "x:7:1: error: the anchor &k is not read here; write the value out, or quote the text [anchor]\n"
                    "x:7:7: error: the alias *y is not read here; write the value out, or quote the text [anchor]\n");
    assert_tree("a: &x 1\nb: *x\nc: !!int 3\n", "{a:1 b:*x c:3}");
    assert_messages(PM_LIT("%TAG !e! tag:x\n---\na: 1\n"),
                    "x:1:1: error: the directive %TAG is not read here; write the value out, or quote the text [anchor]\n");
    assert_messages(PM_LIT("&a"), "x:1:1: error: the anchor &a is not read here; write the value out, or quote the text [anchor]\n");
}

static void duplicate_keys_are_refused(void **state)
{
    (void)state;
    assert_messages(PM_LIT("a: 1\nb: 2\na: 3\nc:\n  d: 1\n  \"d\": 2\n'a': 4\n"),
                    "x:3:1: error: a is given twice; the first is in line 1 [duplicate-key]\n"
                    "x:6:3: error: c.d is given twice; the first is in line 5 [duplicate-key]\n"
                    "x:7:1: error: a is given twice; the first is in line 1 [duplicate-key]\n");
    assert_tree("a: 1\nb: 2\na: 3\nc: 4\nb: 5", "{a:1 b:2 c:4}");
}

static void keys_must_be_text(void **state)
{
    (void)state;
    assert_messages(PM_LIT("? [a, b]\n: c\n? {d: e}\n: f\ng: h\n"),
                    "x:1:3: error: a key is a list; want text [type]\n"
                    "x:3:3: error: a key is a mapping; want text [type]\n");
    assert_tree("? [a, b]\n: c\n? {d: {x: y}}\n: [f]\ng: h\n", "{g:h}");
}

static void bad_bytes_have_their_place(void **state)
{
    (void)state;
    assert_messages(PM_LIT("a: 1\n\xC3\xA9: x\xFFy\n"), "x:2:5: error: byte 0xFF is not UTF-8; save the file as UTF-8 [utf8]\n");
    assert_messages(PM_LIT("a: \x01\nb: \0\nc: \xEF\xBF\xBE\nd: \x7F\xC2\x80\n"),
                    "x:1:4: error: the text holds the control character U+0001 [control]\n"
                    "x:2:4: error: the text holds the control character U+0000 [control]\n"
                    "x:3:4: error: the text holds the control character U+FFFE [control]\n"
                    "x:4:4: error: the text holds the control character U+007F [control]\n"
                    "x:4:5: error: the text holds the control character U+0080 [control]\n");
    assert_messages(PM_LIT("l:\n- {at: 1, event: \"\\x01\"}\n- \"a\\0\"\n\"\\e\": \"\\uFFFF\"\nok: \"\\t\\n\"\nr: \"\\r\"\n"),
                    "x:2:18: error: l[1].event holds the control character U+0001 [control]\n"
                    "x:3:3: error: l[2] holds the control character U+0000 [control]\n"
                    "x:4:1: error: a key holds the control character U+001B [control]\n"
                    "x:4:7: error: \\x1B holds the control character U+FFFF [control]\n"
                    "x:6:4: error: r holds the control character U+000D [control]\n");
}

static void syntax_errors_are_told_in_words(void **state)
{
    (void)state;
    assert_messages(PM_LIT("a: b: c\n"), "x:1:5: error: a text with \": \" in it needs quotes [yaml]\n");
    assert_messages(PM_LIT("a: [1,\n\nb: 2\n"),
        "x:4:1: error: want ',' or ']' here; the '[' is in line 1 [yaml]\n");
    assert_messages(PM_LIT("a:\n\t- b\n"), "x:2:1: error: a tab cannot indent; use spaces [yaml]\n");
    assert_messages(PM_LIT("a: @b\n"), "x:1:4: error: text that begins with '@' must be quoted [yaml]\n");
    assert_messages(PM_LIT("a: 1\n...\n---\nb: 2\n"), "x:3:1: error: a second document begins here; want one [yaml]\n");
    assert_tree("a: 1\nb: [", "");
}

static char *repeat(const char *part, size_t times)
{
    size_t n = strlen(part);
    char *text = malloc(n * times + 1);
    for (size_t i = 0; i < times; i++)
        memcpy(text + i * n, part, n);
    text[n * times] = '\0';
    return text;
}

static void depth_is_limited(void **state)
{
    (void)state;
    char *bomb = repeat("[", 200000);
    assert_messages(pm_str(bomb), "x:1:65: error: nested deeper than 64 levels [depth]\n");
    free(bomb);
    char deep[2 * PM_MAX_DEPTH + 1];
    memset(deep, '[', PM_MAX_DEPTH);
    memset(deep + PM_MAX_DEPTH, ']', PM_MAX_DEPTH);
    struct read r;
    read_slice(&r, (struct pm_str){deep, 2 * PM_MAX_DEPTH}, 1);
    assert_int_equal(r.status, PM_OK);
    free_read(&r);
}

static void sizes_are_limited(void **state)
{
    (void)state;
    char *text = repeat("x", PM_MAX_SCALAR + 3);
    struct read r;
    memcpy(text, "a: ", 3);
    read_slice(&r, pm_str(text), 1);
    assert_int_equal(r.status, PM_OK);
    free_read(&r);
    free(text);
    text = repeat("x", PM_MAX_SCALAR + 4);
    memcpy(text, "a: ", 3);
    assert_messages(pm_str(text), "x:1:4: error: a is longer than 1 MiB [scalar-size]\n");
    free(text);
    text = repeat("#2345678901234\n", PM_MAX_DOCUMENT / 15 + 1);
    assert_messages(pm_str(text), "x:1:1: error: the document is larger than 16 MiB [document-size]\n");
    free(text);
}

static void values_are_limited(void **state)
{
    (void)state;
    char *text = repeat("- \n", PM_MAX_NODES);
    assert_messages(pm_str(text), "x:1000000:2: error: the document has more than 1000000 values [nodes]\n");
    free(text);
}

static void many_keys_and_comments_are_quick(void **state)
{
    (void)state;
    struct pm_buf b;
    struct read r;
    pm_buf_init(&b, PM_MAX_DOCUMENT);
    for (int i = 0; i < 200000; i++)
        pm_buf_printf(&b, "#\nk%d: #\n", i);
    read_slice(&r, pm_buf_slice(&b), 1);
    assert_int_equal(r.status, PM_OK);
    assert_int_equal(r.root->count, 200000);
    assert_int_equal(r.root->last->mark.line, 400000);
    free_read(&r);
    pm_buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_have_their_shapes), cmocka_unit_test(json_has_escapes_in_pairs),
        cmocka_unit_test(documents_without_content_have_no_root),
        cmocka_unit_test(nulls_are_plain), cmocka_unit_test(get_finds_keys),
            cmocka_unit_test(places_count_code_points_and_bytes),
        cmocka_unit_test(byte_order_mark_is_passed_over), cmocka_unit_test(comments_come_back),
        cmocka_unit_test(no_comment_is_lost_or_doubled), cmocka_unit_test(properties_are_refused_and_reading_goes_on),
        cmocka_unit_test(duplicate_keys_are_refused), cmocka_unit_test(keys_must_be_text),
            cmocka_unit_test(bad_bytes_have_their_place),
        cmocka_unit_test(syntax_errors_are_told_in_words), cmocka_unit_test(depth_is_limited),
            cmocka_unit_test(sizes_are_limited),
        cmocka_unit_test(values_are_limited), cmocka_unit_test(many_keys_and_comments_are_quick),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
