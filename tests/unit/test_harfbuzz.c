/* What is made and what is said where HarfBuzz cannot be loaded. */
#include "render/pdf/harfbuzz.h"

#include "document/node.h"
#include "render/pdf/pdf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#ifdef PM_HARFBUZZ_LIBRARY

/* In place of the system's. */
void *dlopen(const char *name, int mode);
void *dlopen(const char *name, int mode)
{
    (void)mode;
    assert_string_equal(name, PM_HARFBUZZ_LIBRARY);
    return NULL;
}

static const struct pm_mark mark = {7, 3, 0};

/* Makes a file of one paragraph under a theme and returns what came of it; *message is that of the first diagnostic. */
static enum pm_status make(struct pm_theme *theme, const char *text, const char *footer, struct pm_buf *out, char *message, size_t room)
{
    struct pm_arena arena;
    struct pm_diags diags;
    struct pm_pdf_kit *kit = NULL;
    struct pm_pdf *pdf = NULL;
    pm_arena_init(&arena);
    pm_diags_init(&diags, "test");
    struct pm_document *doc = pm_document_new(&arena);
    assert_non_null(doc);
    doc->id = doc->title = PM_LIT("INC-1");
    doc->lang = PM_LIT("en-GB");
    doc->footer = pm_str(footer);
    struct pm_node *section = pm_add_section(doc, doc->root, PM_LIT("Summary"), PM_LIT("summary"), mark);
    pm_add_text(doc, pm_node_add(doc, section, PM_PARAGRAPH, mark), pm_str(text), mark);
    enum pm_status status = pm_pdf_kit_new(theme, &diags, &kit);
    if (status == PM_OK) {
        pdf = pm_pdf_new(kit);
        assert_non_null(pdf);
        status = pm_pdf_add(pdf, doc, &diags);
    }
    if (status == PM_OK)
        status = pm_pdf_write(pdf, PM_LIT(""), "incident.yaml", out);
    strncpy(message, diags.first ? diags.first->text : "", room - 1);
    assert_true(!diags.first || diags.first->code == PM_D_LIBRARY || diags.first->code == PM_D_FONT_FILE);
    pm_pdf_free(pdf);
    pm_pdf_kit_free(kit);
    pm_diags_free(&diags);
    pm_arena_free(&arena);
    return status;
}

static void without_harfbuzz(void **state)
{
    (void)state;
    struct { const char *text, *footer; bool made, told; } cases[] = {
        {"Plain text \xE2\x80\x93 caf\xC3\xA9, \xE2\x80\x9Cquoted\xE2\x80\x9D.", "INC-1", true, false},
        {"\xCE\x95\xCE\xBB\xCE\xBB\xCE\xAC\xCE\xB4\xCE\xB1", "INC-1", false, true},
        {"Plain text.", "\xD0\x94\xD0\xB0", false, false},   /* a running foot has no place to tell of */
        {"\xE4\xBA\x8B\xE6\x95\x85", "INC-1", false, true},
    };
    struct pm_arena arena;
    pm_arena_init(&arena);
    struct pm_theme theme;
    assert_int_equal(pm_theme_read((struct pm_str){NULL, 0}, PM_LIT("."), &arena, NULL, &theme), PM_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pm_buf out;
        char message[300] = "";
        pm_buf_init(&out, (size_t)1 << 24);
        enum pm_status status = make(&theme, cases[i].text, cases[i].footer, &out, message, sizeof message);
        assert_int_equal(status, cases[i].made ? PM_OK : PM_UNSUPPORTED);
        assert_int_equal(out.len > 0, cases[i].made);
        assert_int_equal(strncmp(message, "cannot load ", 12) == 0, cases[i].told);
        pm_buf_free(&out);
    }
    assert_non_null(pm_harfbuzz_error());
    pm_arena_free(&arena);
}

static void a_face_from_a_file(void **state)
{
    (void)state;
    struct pm_theme theme = {.faces[PM_FACE_BOLD] = PM_LIT("/dev/null")};
    struct pm_buf out;
    char message[300] = "";
    pm_buf_init(&out, 1000);
    assert_int_equal(make(&theme, "text", "", &out, message, sizeof message), PM_UNSUPPORTED);
    assert_int_equal(strncmp(message, "cannot use the font /dev/null: ", 31), 0);
    pm_buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(without_harfbuzz), cmocka_unit_test(a_face_from_a_file)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#else

static void it_is_linked(void **state)
{
    (void)state;
    assert_true(pm_harfbuzz_load());
    assert_null(pm_harfbuzz_error());
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(it_is_linked)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif
