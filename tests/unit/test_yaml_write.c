#include "base/yaml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"

static void assert_written(struct pm_str text, int indent, bool flow, const char *want)
{
    struct pm_buf b;
    pm_buf_init(&b, 10000);
    pm_yaml_write_scalar(&b, text, indent, flow);
    assert_string_equal(b.data, want);
    pm_buf_free(&b);
}

/* Writes it in `frame`, whose '@' is its place, and reads the last scalar of the tree. */
static void assert_comes_back(struct pm_str text, const char *frame, int indent, bool flow)
{
    struct pm_buf b;
    struct pm_arena arena;
    struct pm_diags diags;
    struct pm_yaml *y = NULL;
    pm_buf_init(&b, 10000);
    pm_arena_init(&arena);
    pm_diags_init(&diags, "x");
    const char *at = strchr(frame, '@');
    pm_buf_add(&b, frame, (size_t)(at - frame));
    pm_yaml_write_scalar(&b, text, indent, flow);
    pm_buf_puts(&b, at + 1);
    pm_yaml_read(pm_buf_slice(&b), 1, &arena, &diags, &y, NULL);
    while (y && y->kind != PM_YAML_SCALAR)
        y = y->first;
    if (!y || !pm_str_eq(y->text, text) || pm_yaml_is_null(y))
        fail_msg("%s", b.data);
    pm_diags_free(&diags);
    pm_arena_free(&arena);
    pm_buf_free(&b);
}

static void plain_where_it_reads_back(void **state)
{
    (void)state;
    static const char *const plain[] = {
        "text", "two words", "a:b", "a#b", "-1", "-x", "14 %", "2026-11-20 13:52", "13:52", "true", "a - b", "x\"y'z",
        "caf\xC3\xA9 \xF0\x9F\x94\xA5", "What?", "https://example.org/?a=b&c=d#e", "Null island",
    };
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        assert_written(pm_str(plain[i]), 2, false, plain[i]);
    assert_written(PM_LIT("a, b [c]"), 2, false, "a, b [c]");
}

static void quoted_where_it_must_be(void **state)
{
    (void)state;
    static const char *const quoted[] = {
        "", " ", " x", "x ", "~", "null", "NULL", "- x", "-", "? x", ": x", "a: b", "a:", "a #b", "#x", "&x", "*x", "!x", "|",
        ">", "'x", "%x", "@x", "`x", "[x", "{x", "]", "}", ",x", "--- x", "...", "---",
    };
    for (size_t i = 0; i < sizeof quoted / sizeof *quoted; i++) {
        char want[32] = "\"";
        strcat(strcat(want, quoted[i]), "\"");
        assert_written(pm_str(quoted[i]), 2, false, want);
    }
    assert_written(PM_LIT("a, b"), 2, true, "\"a, b\"");
    assert_written(PM_LIT("\"\\"), 2, false, "\"\\\"\\\\\"");
    assert_written(PM_LIT("\t\x01\r\x7F\xC2\x85\xE2\x80\xA8\xEF\xBB\xBF\xFF"), 2, false,
        "\"\\t\\x01\\x0D\\x7F\\x85\\u2028\\uFEFF\xEF\xBF\xBD\"");
    assert_written(PM_LIT("a\nb"), 2, true, "\"a\\nb\"");
    assert_written(PM_LIT("a\nb \n"), 2, false, "|\n  a\n  b ");
    assert_written(PM_LIT("a\n  \n"), 2, false, "\"a\\n  \\n\"");
}

static void several_lines_are_a_block(void **state)
{
    (void)state;
    assert_written(PM_LIT("one\n"), 2, false, "|\n  one");
    assert_written(PM_LIT("one\n\n  two\nthree"), 4, false, "|-\n    one\n\n      two\n    three");
    assert_written(PM_LIT("one\n\n"), 2, false, "|+\n  one\n");
    assert_written(PM_LIT(" one\ntwo\n"), 2, false, "|2\n   one\n  two");
    assert_written(PM_LIT("\n\n"), 2, false, "\"\\n\\n\"");
}

static void everything_comes_back(void **state)
{
    (void)state;
    const struct pm_str nasty[] = {
        PM_LIT(""), PM_LIT(" "), PM_LIT("\n"), PM_LIT("a\n"), PM_LIT("a\n\n\n"), PM_LIT("\na"), PM_LIT("\n\n a\n"),
        PM_LIT(" a\n b\n"), PM_LIT("\ta\nb"), PM_LIT("a\n\tb\n"), PM_LIT("a\n \nb"), PM_LIT("a\nb\n "), PM_LIT("# a\n# b\n"),
        PM_LIT("a\n---\nb\n...\n"), PM_LIT("- a\n- b"), PM_LIT("a: b\nc: d\n"), PM_LIT("---"), PM_LIT("--- a"),
        PM_LIT("... a"), PM_LIT("...a"), PM_LIT("-"), PM_LIT("- "), PM_LIT("?"), PM_LIT("?a"), PM_LIT(":"), PM_LIT(":a"),
        PM_LIT("a:"), PM_LIT("a :b"), PM_LIT("a\t#b"), PM_LIT("a:\tb"), PM_LIT("a?b"), PM_LIT("a? b"), PM_LIT("~"),
        PM_LIT("null"), PM_LIT("no"), PM_LIT("0x1F"), PM_LIT("1e3"), PM_LIT("13:52"), PM_LIT("2026-11-20"), PM_LIT("<<"),
        PM_LIT("="), PM_LIT("'"), PM_LIT("\""), PM_LIT("\\"), PM_LIT("\\n"), PM_LIT("a'b\"c\\d"), PM_LIT("'a'"),
        PM_LIT("\"a\""), PM_LIT("@a"), PM_LIT("`a`"), PM_LIT("%a"), PM_LIT("a,b"), PM_LIT("a]b"), PM_LIT("{a}"),
        PM_LIT("[a](b)"), PM_LIT("a{"), PM_LIT("| a"), PM_LIT("> a"), PM_LIT("!a"), PM_LIT("&a"), PM_LIT("*a*"),
        PM_LIT("**a**\n"), PM_LIT("\xF0\x9F\x94\xA5"), PM_LIT("\xF0\x9F\x94\xA5\n\xE2\x9C\x85"), PM_LIT("a\xC2\xA0" "b"),
        PM_LIT("\xC2\xA0"), PM_LIT("a\xE2\x80\xA8" "b"), PM_LIT("a\xE2\x80\xA9\nb"), PM_LIT("\xEF\xBB\xBF" "a"),
        PM_LIT("a\xEF\xBB\xBF\nb"), PM_LIT("x\n  indented\n    more\nless\n"), PM_LIT("a  \nb\n"), PM_LIT("   \na\n"),
        PM_LIT("\n   \na"), PM_LIT("```\ncode: [x\n```\n"), PM_LIT("| a | b |\n|---|---|\n| 1 | 2 |\n"),
    };
    for (size_t i = 0; i < sizeof nasty / sizeof *nasty; i++) {
        assert_comes_back(nasty[i], "k: @\nnext: x\n", 2, false);
        assert_comes_back(nasty[i], "a:\n  b:\n    c: @\n# comment\nd: e\n", 6, false);
        assert_comes_back(nasty[i], "- @\n- x\n", 2, false);
        assert_comes_back(nasty[i], "- k: @\n  l: x\n", 4, false);
        assert_comes_back(nasty[i], "k: [@, x]\n", 2, true);
        assert_comes_back(nasty[i], "k: {a: @, b: x}\n", 2, true);
        assert_comes_back(nasty[i], "k: {a: @}\n", 2, true);
        assert_comes_back(nasty[i], "@\n", 2, false);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_where_it_reads_back), cmocka_unit_test(quoted_where_it_must_be),
        cmocka_unit_test(several_lines_are_a_block), cmocka_unit_test(everything_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
