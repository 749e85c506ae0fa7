#include "base/io.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"

#include <stdlib.h>

static FILE *file_of(const char *text)
{
    FILE *f = tmpfile();
    assert_non_null(f);
    assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
    rewind(f);
    return f;
}

/* `want` is NULL-terminated. */
static void assert_documents(const char *text, const char *const *want)
{
    struct pm_stream s;
    struct pm_str doc;
    uint32_t line, lines = 1;
    FILE *f = file_of(text);
    pm_stream_init(&s, f);
    for (; *want; want++) {
        assert_int_equal(pm_stream_next(&s, &doc, &line), PM_OK);
        assert_non_null(doc.p);
        assert_int_equal(doc.n, strlen(*want));
        assert_memory_equal(doc.p, *want, doc.n);
        assert_int_equal(line, lines);
        for (const char *p = *want; *p; p++)
            lines += *p == '\n';
    }
    for (int i = 0; i < 2; i++) {
        assert_int_equal(pm_stream_next(&s, &doc, &line), PM_OK);
        assert_null(doc.p);
    }
    pm_stream_free(&s);
    fclose(f);
}

#define DOCUMENTS(text, ...) assert_documents(text, (const char *const[]){__VA_ARGS__ NULL})

static void documents_begin_at_markers(void **state)
{
    (void)state;
    DOCUMENTS("", );
    DOCUMENTS("a: 1", "a: 1", );
    DOCUMENTS("a: 1\n---\nb: 2\n", "a: 1\n", "---\nb: 2\n", );
    DOCUMENTS("---\na: 1\n--- # c\nb: 2\n---", "---\na: 1\n", "--- # c\nb: 2\n", "---", );
    DOCUMENTS("--- a\n---\tb\n---\r\nc\r\n", "--- a\n", "---\tb\n", "---\r\nc\r\n", );
    DOCUMENTS("a: |\n ---\n----\n---x\n- ---\n", "a: |\n ---\n----\n---x\n- ---\n", );
    DOCUMENTS("a\n...\n---\nb\n...\n", "a\n...\n", "---\nb\n...\n", );
}

static void what_precedes_the_first_marker_belongs_to_it(void **state)
{
    (void)state;
    DOCUMENTS("# c\n\n%YAML 1.2\n---\na\n---\nb\n", "# c\n\n%YAML 1.2\n---\na\n", "---\nb\n", );
    DOCUMENTS("\xEF\xBB\xBF---\na\n---\nb\n", "\xEF\xBB\xBF---\na\n", "---\nb\n", );
    DOCUMENTS("\xEF\xBB\xBF# c\r\n---\r\na\r\n", "\xEF\xBB\xBF# c\r\n---\r\na\r\n", );
    DOCUMENTS("\xEF\xBB\xBFid: 1\n---\na\n", "\xEF\xBB\xBFid: 1\n", "---\na\n", );
}

static void empty_documents_are_given_too(void **state)
{
    (void)state;
    DOCUMENTS("# c\n", "# c\n", );
    DOCUMENTS("---\n", "---\n", );
    DOCUMENTS("---\n---\na\n", "---\n", "---\na\n", );
    DOCUMENTS("a\n---\n# c\n---\nb\n---\n\n# end\n...\n", "a\n", "---\n# c\n", "---\nb\n", "---\n\n# end\n...\n", );
    DOCUMENTS("a\n---", "a\n", "---", );
}

/* Markers across the edges of what is read at a time. */
static void pieces_do_not_matter(void **state)
{
    (void)state;
    for (size_t shift = 0; shift < 8; shift++) {
        size_t n = (64 << 10) - 4 + shift;
        char *text = malloc(n + 32), *first = malloc(n + 1);
        memset(text, 'x', n);
        text[n - 1] = '\n';
        memcpy(first, text, n);
        first[n] = '\0';
        memcpy(text + n, "---\nsecond\n---\nthird\n", 22);
        DOCUMENTS(text, first, "---\nsecond\n", "---\nthird\n", );
        free(text);
        free(first);
    }
}

static void large_documents_are_passed_over(void **state)
{
    (void)state;
    struct pm_stream s;
    struct pm_str doc;
    uint32_t line;
    FILE *f = tmpfile();
    char block[4096];
    memset(block, 'y', sizeof block);
    block[sizeof block - 1] = '\n';
    fputs("first\n---\nlarge\n", f);
    for (size_t n = 0; n < PM_MAX_DOCUMENT * 3; n += sizeof block)
        fwrite(block, 1, sizeof block, f);
    fputs("---\nlast\n", f);
    rewind(f);
    pm_stream_init(&s, f);
    assert_int_equal(pm_stream_next(&s, &doc, &line), PM_OK);
    assert_int_equal(pm_stream_next(&s, &doc, &line), PM_LIMIT);
    assert_int_equal(line, 2);
    assert_memory_equal(doc.p, "---\nlarge\nyyy", 13);
    assert_true(s.pending.cap <= 2 * PM_MAX_DOCUMENT + (1 << 20));
    assert_int_equal(pm_stream_next(&s, &doc, &line), PM_OK);
    assert_memory_equal(doc.p, "---\nlast\n", 9);
    assert_int_equal(doc.n, 9);
    assert_int_equal(line, 4 + PM_MAX_DOCUMENT * 3 / sizeof block);
    assert_int_equal(pm_stream_next(&s, &doc, &line), PM_OK);
    assert_null(doc.p);
    pm_stream_free(&s);
    fclose(f);
}

static void largest_document_is_whole(void **state)
{
    (void)state;
    for (size_t more = 0; more < 2; more++) {
        struct pm_stream s;
        struct pm_str doc;
        uint32_t line;
        FILE *f = tmpfile();
        for (size_t i = 1; i < PM_MAX_DOCUMENT + more; i++)
            putc('z', f);
        fputs("\n---\nb\n", f);
        rewind(f);
        pm_stream_init(&s, f);
        assert_int_equal(pm_stream_next(&s, &doc, &line), more ? PM_LIMIT : PM_OK);
        if (!more)
            assert_int_equal(doc.n, PM_MAX_DOCUMENT);
        assert_int_equal(pm_stream_next(&s, &doc, &line), PM_OK);
        assert_int_equal(doc.n, 6);
        pm_stream_free(&s);
        fclose(f);
    }
}

static void unreadable_files_are_reported(void **state)
{
    (void)state;
    struct pm_stream s;
    struct pm_str doc;
    uint32_t line;
    FILE *f = fopen("/tmp", "r");   /* a folder opens and does not read */
    assert_non_null(f);
    pm_stream_init(&s, f);
    assert_int_equal(pm_stream_next(&s, &doc, &line), PM_IO);
    assert_null(doc.p);
    pm_stream_free(&s);
    fclose(f);
}

static void a_look_at_the_start_takes_nothing(void **state)
{
    (void)state;
    struct pm_stream s;
    struct pm_str start, doc;
    uint32_t line;
    FILE *f = file_of("id: a\n---\nid: b\n");
    pm_stream_init(&s, f);
    assert_int_equal(pm_stream_peek(&s, &start), PM_OK);
    assert_int_equal(start.n, 16);
    assert_memory_equal(start.p, "id: a\n---\nid: b\n", start.n);
    assert_int_equal(pm_stream_next(&s, &doc, &line), PM_OK);
    assert_int_equal(doc.n, 6);
    assert_int_equal(pm_stream_next(&s, &doc, &line), PM_OK);
    assert_int_equal(line, 2);
    assert_int_equal(pm_stream_next(&s, &doc, &line), PM_OK);
    assert_null(doc.p);
    pm_stream_free(&s);
    fclose(f);
}

static void a_marker_may_stand_behind_comments(void **state)
{
    (void)state;
    static const char *const with[] = {"---", "---\n", "--- # x\n", "# a\n\n---\nid: x\n", "%YAML 1.2\n---\n", "---\r\nid: x\r\n"};
    static const char *const without[] = {"", "id: x\n---\n", "# ---\nid: x\n", " ---\n", "----\n", "---a\n", "\n# only\n"};
    for (size_t i = 0; i < sizeof with / sizeof *with; i++)
        assert_true(pm_has_marker(pm_str(with[i])));
    for (size_t i = 0; i < sizeof without / sizeof *without; i++)
        assert_false(pm_has_marker(pm_str(without[i])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_begin_at_markers), cmocka_unit_test(what_precedes_the_first_marker_belongs_to_it),
        cmocka_unit_test(empty_documents_are_given_too), cmocka_unit_test(pieces_do_not_matter),
        cmocka_unit_test(large_documents_are_passed_over), cmocka_unit_test(largest_document_is_whole),
        cmocka_unit_test(unreadable_files_are_reported),
        cmocka_unit_test(a_look_at_the_start_takes_nothing), cmocka_unit_test(a_marker_may_stand_behind_comments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
