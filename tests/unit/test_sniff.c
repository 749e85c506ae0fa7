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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(files_of_other_kinds_are_known), cmocka_unit_test(yaml_is_of_no_other_kind)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
