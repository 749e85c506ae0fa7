#include "base/sniff.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void files_of_other_kinds_are_known(void **state)
{
    (void)state;
    assert_string_equal(pm_sniff(PM_LIT("%PDF-1.7\n")), "a PDF file");
    assert_string_equal(pm_sniff(PM_LIT("PK\3\4....")), "a ZIP archive or an Office document");
    assert_string_equal(pm_sniff(PM_LIT("\x89PNG\r\n")), "a PNG picture");
    assert_string_equal(pm_sniff(PM_LIT("\xFF\xFEi\0d\0")), "UTF-16 text");
    assert_string_equal(pm_sniff(PM_LIT("i\0d\0:\0")), "UTF-16 text");
    assert_string_equal(pm_sniff(PM_LIT("\0i\0d\0:")), "UTF-16 text");
    assert_string_equal(pm_sniff(PM_LIT("\xEF\xBB\xBF\n<!DOCTYPE HTML>\n")), "HTML");
    assert_string_equal(pm_sniff(PM_LIT("<html lang=en>")), "HTML");
    assert_string_equal(pm_sniff(PM_LIT("<?xml version='1.0'?>")), "XML or HTML");
}

static void yaml_is_of_no_other_kind(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "i", "id", "id: INC-1\n", "---\nid: x\n", "%YAML 1.2\n---\n", "{\"id\": 1}", "# PDF\n",
                                        "<a>: b\n", "PK: x\n", "#!yaml\n", "\xEF\xBB\xBFid: x\n", "\n\n\n\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_null(pm_sniff(pm_str(texts[i])));
    assert_null(pm_sniff((struct pm_str){NULL, 0}));
}

static void artefacts_are_told_by_their_beginning(void **state)
{
    (void)state;
    static const struct { const char *text; enum pm_artefact kind; } cases[] = {
        {"%PDF-1.7\n", PM_ARTEFACT_PDF}, {"PK\3\4....", PM_ARTEFACT_PACKAGE}, {"<!DOCTYPE html>", PM_ARTEFACT_MARKUP},
        {"\xEF\xBB\xBF\n<ac:layout>", PM_ARTEFACT_MARKUP}, {"<?xml version='1.0'?>", PM_ARTEFACT_MARKUP},
        {"{\"id\": 1, \"body\": {\"storage\" :\n{\"value\": \"\"}}}", PM_ARTEFACT_REST},
        {"---\nid: A-1\n'title': x\n---\n\n# A title\n\nSummary of it.\n", PM_ARTEFACT_MARKDOWN},
        {"---\nid: A-1\n---\n\n# A title\n\n## Summary\n\n- **Owner:** Ana\n", PM_ARTEFACT_MARKDOWN},
        {"# A \xE2\x80\x93 B\n\n- [A: x](#a-x) words\n", PM_ARTEFACT_MARKDOWN}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(pm_sniff_artefact(pm_str(cases[i].text)), cases[i].kind);
}

static void incidents_are_no_artefacts(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "", "\n", "i", "id: x\n", "---\nid: x\n", "---\n# A\n---\nid: x\n", "---\nid: a\n---\n# B\n\n# b\nid: b\n",
        "---\nid: a\n---\n\n# B\n'id': b\n", "---\nid: a\n---\n# B\n\nx-a.b: 1\n", "---\nid: a\n---\n# only a comment\n", "--- # A\nid: x\n",
        "# A\n\n# B\nid: x\n", "# A\n- [x]\n", "# A\n\nid: '](#'\n", "{\"id\": \"storage\"}", "{id: x, body: {\"storage\": 1}}", "< a: b",
        "P: x\n", "%YAML 1.2\n---\nid: x\n", "-", "---", "#", "{", "---\n---\n---\n", "PK: x\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(pm_sniff_artefact(pm_str(texts[i])), PM_ARTEFACT_NONE);
    assert_int_equal(pm_sniff_artefact((struct pm_str){NULL, 0}), PM_ARTEFACT_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(files_of_other_kinds_are_known), cmocka_unit_test(yaml_is_of_no_other_kind),
                                       cmocka_unit_test(artefacts_are_told_by_their_beginning), cmocka_unit_test(incidents_are_no_artefacts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
