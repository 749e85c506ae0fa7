/* shape.c: what it knows of characters without HarfBuzz. What it makes of text is in test_text.c and test_plain.c. */
#include "render/pdf/shape.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static bool is_mark(hb_unicode_funcs_t *unicode, uint32_t cp)
{
    hb_unicode_general_category_t c = hb_unicode_general_category(unicode, cp);
    return c == HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK || c == HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK
        || c == HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK;
}

static void usual_scripts_are_those_of_harfbuzz(void **state)
{
    (void)state;
    assert_true(pm_harfbuzz_load());
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    size_t usual = 0;
    for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
        hb_script_t script, wanted = hb_unicode_script(unicode, cp);
        if (!pm_usual_script(cp, &script))
            continue;
        usual++;
        if (wanted == HB_SCRIPT_INHERITED || wanted == HB_SCRIPT_UNKNOWN)
            wanted = HB_SCRIPT_COMMON;
        if (script != wanted || is_mark(unicode, cp))
            fail_msg("U+%04X", (unsigned)cp);
    }
    assert_in_range(usual, 1500, 3000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(usual_scripts_are_those_of_harfbuzz)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
