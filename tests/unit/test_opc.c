#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "package/opc.h"
#include "package/zip.h"

#define TYPES_NAME "[Content_Types].xml"
#define TYPES "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">" \
    "<Default Extension=\"XML\" ContentType=\"application/xml\"/><Override PartName=\"/A/b.xml\" ContentType=\"text/b\"/></Types>"
#define RELATION_TYPE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

static struct pm_arena arena;
static struct pm_buf out;

static int set_up(void **state)
{
    (void)state;
    pm_arena_init(&arena);
    pm_buf_init(&out, 64 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    pm_buf_free(&out);
    pm_arena_free(&arena);
    return 0;
}

static struct pm_opc *sample(void)
{
    struct pm_opc *opc = pm_opc_new(&arena);
    struct pm_part *document =
        pm_opc_add(opc, PM_LIT("/word/document.xml"), PM_LIT("application/x+xml"), PM_LIT("<doc>text &amp; text</doc>"));
    pm_opc_add(opc, PM_LIT("/word/media/a.png"), PM_LIT("image/png"), PM_LIT("\211PNG\0binary"));
    pm_opc_add(opc, PM_LIT("/empty.xml"), PM_LIT("application/xml"), PM_LIT(""));
    pm_opc_relate(opc, &opc->root, PM_LIT(RELATION_TYPE "officeDocument"), PM_LIT("word/document.xml"), false);
    pm_opc_relate(opc, document, PM_LIT(RELATION_TYPE "image"), PM_LIT("media/a.png"), false);
    pm_opc_relate(opc, document, PM_LIT(RELATION_TYPE "hyperlink"), PM_LIT("https://example.org/?a=1&b=\"2\""), true);
    return opc;
}

static struct pm_opc *read_again(void)
{
    struct pm_opc *opc;
    const char *why = "?";
    assert_int_equal(pm_opc_read(pm_buf_slice(&out), &arena, &opc, &why), PM_OK);
    assert_null(why);
    return opc;
}

static void assert_str(struct pm_str got, const char *want)
{
    assert_int_equal(got.n, strlen(want));
    assert_memory_equal(got.p, want, got.n);
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    assert_int_equal(pm_opc_write(sample(), &out), PM_OK);
    struct pm_opc *opc = read_again();
    const struct pm_part *document = pm_opc_target(opc, &opc->root, pm_opc_relation(&opc->root, "/officeDocument"));
    assert_non_null(document);
    assert_str(document->name, "/word/document.xml");
    assert_str(document->content_type, "application/x+xml");
    assert_str(document->bytes, "<doc>text &amp; text</doc>");
    const struct pm_part *image = pm_opc_target(opc, document, pm_opc_relation(document, "/image"));
    assert_non_null(image);
    assert_str(image->content_type, "image/png");
    assert_int_equal(image->bytes.n, sizeof "\211PNG\0binary" - 1);
    const struct pm_relationship *link = pm_opc_relation(document, "/hyperlink");
    assert_str(link->id, "rId2");
    assert_str(link->target, "https://example.org/?a=1&b=\"2\"");
    assert_true(link->external);
    assert_null(pm_opc_target(opc, document, link));
    assert_int_equal(pm_opc_find(opc, PM_LIT("/EMPTY.xml"))->bytes.n, 0);
    assert_null(pm_opc_find(opc, PM_LIT("/word/_rels/document.xml.rels")));
    assert_null(pm_opc_find(opc, PM_LIT("/" TYPES_NAME)));
    assert_ptr_equal(opc->last, pm_opc_find(opc, PM_LIT("/empty.xml")));
}

static void a_second_writing_gives_the_same_bytes(void **state)
{
    (void)state;
    pm_opc_write(sample(), &out);
    struct pm_buf again;
    pm_buf_init(&again, 1 << 20);
    assert_int_equal(pm_opc_write(read_again(), &again), PM_OK);
    assert_true(pm_str_eq(pm_buf_slice(&out), pm_buf_slice(&again)));
    pm_buf_free(&again);
}

static void no_zone_changes_the_bytes(void **state)
{
    (void)state;
    static const char *const zones[] = {"UTC", "Asia/Tokyo", "America/St_Johns", "Pacific/Apia"};
    struct pm_buf first;
    pm_buf_init(&first, 1 << 20);
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        setenv("TZ", zones[i], 1);
        tzset();
        pm_buf_clear(&out);
        pm_opc_write(sample(), i ? &out : &first);
        if (i)
            assert_true(pm_str_eq(pm_buf_slice(&out), pm_buf_slice(&first)));
    }
    unsetenv("TZ");
    tzset();
    pm_buf_free(&first);
}

static unsigned at16(size_t offset)
{
    return (unsigned char)out.data[offset] | (unsigned)(unsigned char)out.data[offset + 1] << 8;
}

/* APPNOTE 4.3.7: signature, version, flags, method, time, date, ... name length, extra length. */
static void entries_say_nothing_of_the_machine(void **state)
{
    (void)state;
    pm_opc_write(sample(), &out);
    assert_memory_equal(out.data, "PK\3\4", 4);
    assert_int_equal(at16(6), 0);           /* flags: sizes stand in front */
    assert_int_equal(at16(8), 8);           /* deflate */
    assert_int_equal(at16(10), 0);
    assert_int_equal(at16(12), 1 << 5 | 1);
    assert_int_equal(at16(28), 0);          /* no extra fields */
    assert_memory_equal(out.data + 30, TYPES_NAME, at16(26));
}

static void ids_of_relations_are_free(void **state)
{
    (void)state;
    struct pm_opc *opc = sample();
    opc->root.relations->id = PM_LIT("rId2");
    assert_str(pm_opc_relate(opc, &opc->root, PM_LIT("t"), PM_LIT("x"), false), "rId3");
    assert_int_equal(pm_opc_relate(opc, NULL, PM_LIT("t"), PM_LIT("x"), false).n, 0);
}

static void targets_are_resolved(void **state)
{
    (void)state;
    struct pm_opc *opc = sample();
    struct pm_part *document = opc->first;
    static const char *const targets[] = {"media/a.png", "/word/media/a.png", "../word/media/a.png", "./x/../MEDIA/a.png",
                                          "../../../word/media/a.png"};
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        const struct pm_relationship relation = {.target = pm_str(targets[i])};
        assert_non_null(pm_opc_target(opc, document, &relation));
    }
    const struct pm_relationship none = {.target = PM_LIT("..")};
    assert_null(pm_opc_target(opc, document, &none));
}

static void parts_are_found_until_they_are_removed(void **state)
{
    (void)state;
    enum { MANY = 500 };
    struct pm_opc *opc = pm_opc_new(&arena);
    struct pm_part *parts[MANY];
    assert_null(pm_opc_find(opc, PM_LIT("/p0.xml")));
    for (int i = 0; i < MANY; i++)
        parts[i] = pm_opc_add(opc, pm_arena_format(&arena, "/p%d.xml", i), PM_LIT("application/xml"), PM_LIT(""));
    for (int i = 0; i < MANY; i += 2)
        pm_opc_remove(opc, parts[i]);
    pm_opc_remove(opc, parts[0]);
    for (int i = 0; i < MANY; i++)
        assert_ptr_equal(pm_opc_find(opc, parts[i]->name), i % 2 ? parts[i] : NULL);
    assert_ptr_equal(opc->first, parts[1]);
    pm_opc_remove(opc, parts[MANY - 1]);
    assert_ptr_equal(opc->last, parts[MANY - 3]);
    struct pm_part *again = pm_opc_add(opc, PM_LIT("/P0.xml"), PM_LIT("application/xml"), PM_LIT(""));
    assert_ptr_equal(pm_opc_find(opc, PM_LIT("/p0.xml")), again);
}

/* ---- other people's packages ---- */

/* A ZIP file of pairs of names and contents, ended by NULL. */
static void zip_of(const char *const *pairs)
{
    struct pm_zip zip;
    pm_buf_clear(&out);
    pm_zip_begin(&zip, &out);
    for (; *pairs; pairs += 2)
        pm_zip_add(&zip, pm_str(pairs[0]), pm_str(pairs[1]));
    assert_int_equal(pm_zip_end(&zip), PM_OK);
}

static void assert_refused(enum pm_status want, const char *reason)
{
    struct pm_opc *opc;
    const char *why = NULL;
    assert_int_equal(pm_opc_read(pm_buf_slice(&out), &arena, &opc, &why), want);
    assert_null(opc);
    assert_non_null(why);
    if (reason)
        assert_string_equal(why, reason);
}

static void types_come_from_the_list(void **state)
{
    (void)state;
    zip_of((const char *const[]){"a/B.xml", "1", TYPES_NAME, TYPES, "folder/", "", "c.xml", "2", "d.bin", "3", NULL});
    struct pm_opc *opc = read_again();
    assert_str(pm_opc_find(opc, PM_LIT("/a/b.xml"))->content_type, "text/b");
    assert_str(pm_opc_find(opc, PM_LIT("/c.xml"))->content_type, "application/xml");
    assert_str(pm_opc_find(opc, PM_LIT("/d.bin"))->content_type, "application/octet-stream");
    assert_null(pm_opc_find(opc, PM_LIT("/folder/")));
}

static void without_a_list_of_types_it_is_no_package(void **state)
{
    (void)state;
    zip_of((const char *const[]){"a.xml", "1", NULL});
    assert_refused(PM_INVALID, "it has no [Content_Types].xml, as packages of documents have");
    zip_of((const char *const[]){TYPES_NAME, "<Types", NULL});
    assert_refused(PM_INVALID, "its [Content_Types].xml is damaged");
    zip_of((const char *const[]){TYPES_NAME, "<!DOCTYPE Types [<!ENTITY a 'a'>]>" TYPES, NULL});
    assert_refused(PM_INVALID, "its [Content_Types].xml is damaged");
    zip_of((const char *const[]){TYPES_NAME, TYPES, "_rels/.rels", "<a/>", NULL});
    assert_refused(PM_INVALID, "a list of its relations is damaged");
}

static void names_that_climb_are_only_names(void **state)
{
    (void)state;
    zip_of(
        (const char *const[]){TYPES_NAME, TYPES, "../../etc/passwd", "1", "/abs.xml", "2", "_rels/.rels",
                              "<Relationships "
                              "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"a\" Type=\"x/y\" "
                              "Target=\"file:///etc/passwd\"/></Relationships>",
                              NULL});
    struct pm_opc *opc = read_again();
    assert_non_null(pm_opc_find(opc, PM_LIT("/../../etc/passwd")));
    assert_non_null(pm_opc_find(opc, PM_LIT("/abs.xml")));
    assert_null(pm_opc_target(opc, &opc->root, pm_opc_relation(&opc->root, "/y")));
}

static void two_entries_of_one_name_are_refused(void **state)
{
    (void)state;
    zip_of((const char *const[]){TYPES_NAME, TYPES, "a.xml", "1", "A.XML", "2", NULL});
    assert_refused(PM_INVALID, "it has two entries of one name");
}

static void whatever_is_cut_off_is_refused(void **state)
{
    (void)state;
    pm_opc_write(sample(), &out);
    while (out.len-- > 0)
        assert_refused(PM_INVALID, NULL);
    out.len = 0;
}

/* Every byte changed: read or refused, but never more than was there. */
static void damage_does_no_harm(void **state)
{
    (void)state;
    pm_opc_write(sample(), &out);
    for (size_t i = 0; i < out.len; i++) {
        struct pm_arena own;
        struct pm_opc *opc;
        pm_arena_init(&own);
        out.data[i] ^= (char)0xFF;
        enum pm_status status = pm_opc_read(pm_buf_slice(&out), &own, &opc, NULL);
        assert_true(status == PM_OK || status == PM_INVALID || status == PM_LIMIT);
        assert_true((status == PM_OK) == (opc != NULL));
        assert_true(own.total < 1 << 20);
        out.data[i] ^= (char)0xFF;
        pm_arena_free(&own);
    }
}

static void put32(char *at, unsigned long value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (char)(value >> 8 * i);
}

/* Writes the declared size of the last entry over, in its own header and in the directory. */
static void declare_size(const char *name, unsigned long size)
{
    size_t n = strlen(name);
    for (size_t i = 0; i + n < out.len; i++) {
        if (i >= 30 && memcmp(out.data + i, name, n) == 0 && memcmp(out.data + i - 30, "PK\3\4", 4) == 0)
            put32(out.data + i - 30 + 22, size);
        if (i >= 46 && memcmp(out.data + i, name, n) == 0 && memcmp(out.data + i - 46, "PK\1\2", 4) == 0)
            put32(out.data + i - 46 + 24, size);
    }
}

static void sizes_must_be_true(void **state)
{
    (void)state;
    enum { LONG = 1 << 20 };
    char *zeros = calloc(LONG + 1, 1);
    memset(zeros, 'a', LONG);
    const char *const pairs[] = {TYPES_NAME, TYPES, "bomb.xml", zeros, NULL};
    static const unsigned long sizes[] = {0, 10, LONG - 1, LONG + 1};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        zip_of(pairs);
        declare_size("bomb.xml", sizes[i]);
        assert_refused(PM_INVALID, NULL);
    }
    zip_of(pairs);
    declare_size("bomb.xml", 4000000000);
    assert_refused(PM_INVALID, "it claims sizes that cannot be");
    free(zeros);
}

static void a_bomb_is_larger_than_the_limit(void **state)
{
    (void)state;
    enum { EACH = 16 << 20, ENTRIES = 17 };
    char *zeros = calloc(EACH + 1, 1), names[ENTRIES][16];
    memset(zeros, 'a', EACH);
    const char *pairs[2 * ENTRIES + 3] = {TYPES_NAME, TYPES};
    for (int i = 0; i < ENTRIES; i++) {
        snprintf(names[i], sizeof names[i], "%d.xml", i);
        pairs[2 * i + 2] = names[i];
        pairs[2 * i + 3] = zeros;
    }
    zip_of(pairs);
    assert_true(out.len < 1 << 20);
    assert_refused(PM_LIMIT, "it holds more than 256 MiB");
    free(zeros);
}

static void other_files_are_no_packages(void **state)
{
    (void)state;
    static const char *const files[] = {"", "P", "id: INC-1\n", "PK\5\6", "%PDF-1.7\n", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        pm_buf_clear(&out);
        pm_buf_puts(&out, files[i]);
        assert_refused(PM_INVALID, NULL);
    }
}

static void without_memory_nothing_is_made(void **state)
{
    (void)state;
    struct pm_opc *opc = sample();
    arena.failed = true;
    arena.left = 0;
    assert_null(pm_opc_new(&arena));
    assert_int_equal(pm_opc_write(opc, &out), PM_NOMEM);
    assert_int_equal(out.len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_written_is_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_second_writing_gives_the_same_bytes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_zone_changes_the_bytes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(entries_say_nothing_of_the_machine, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ids_of_relations_are_free, set_up, tear_down),
        cmocka_unit_test_setup_teardown(targets_are_resolved, set_up, tear_down),
        cmocka_unit_test_setup_teardown(parts_are_found_until_they_are_removed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(types_come_from_the_list, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_a_list_of_types_it_is_no_package, set_up, tear_down),
        cmocka_unit_test_setup_teardown(names_that_climb_are_only_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(two_entries_of_one_name_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(whatever_is_cut_off_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(damage_does_no_harm, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sizes_must_be_true, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_bomb_is_larger_than_the_limit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(other_files_are_no_packages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_memory_nothing_is_made, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
