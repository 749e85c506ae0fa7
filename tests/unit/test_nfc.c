#include "render/nfc.h"

#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unictype.h>
#include <uninorm.h>

#include <cmocka.h>

static void assert_form(const char *text, const char *wanted)
{
    struct pm_buf b;
    enum pm_status status = PM_OK;
    pm_buf_init(&b, 1 << 16);
    pm_nfc(&b, pm_str(text));
    assert_string_equal(b.data, wanted);
    assert_int_equal(b.status, PM_OK);
    assert_int_equal(pm_nfc_is(pm_str(text), &status), strcmp(text, wanted) == 0);
    assert_int_equal(status, PM_OK);
    pm_buf_free(&b);
}

static void letters_take_up_their_marks(void **state)
{
    (void)state;
    assert_form("", "");
    assert_form("plain", "plain");
    assert_form("e\xCC\x81", "\xC3\xA9");
    assert_form("\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", "\xED\x95\x9C");                  /* jamo: U+D55C */
    assert_form("\xE1\xBB\x87 \xD9\x8A\xD9\x91", "\xE1\xBB\x87 \xD9\x8A\xD9\x91");         /* nothing to join */
    assert_form("\xE2\x84\xAB", "\xC3\x85");                                               /* angstrom sign */
    assert_form("bad \xFF e\xCC\x81", "bad \xEF\xBF\xBD \xC3\xA9");
}

/* What may go without a look neither changes nor has a class nor joins what is in front of it: else text of it could be in another form. */
static void settled_characters_are_in_the_form_anywhere(void **state)
{
    (void)state;
    char bytes[8];
    for (uint32_t cp = 1; cp < 0x30000; cp++) {
        if (!pm_nfc_is_settled(cp) || (cp >= 0xD800 && cp < 0xE000))
            continue;
        uint8_t room[64];
        size_t n = sizeof room, length = pm_utf8_put(bytes, cp);
        assert_int_equal(uc_combining_class(cp), 0);
        assert_ptr_equal(u8_normalize(UNINORM_NFC, (const uint8_t *)bytes, length, room, &n), room);
        assert_int_equal(n, length);
        assert_memory_equal(room, bytes, length);
    }
    assert_false(pm_nfc_is_settled(0x301) || pm_nfc_is_settled(0x1161) || pm_nfc_is_settled(0x3099));
    assert_false(pm_nfc_is_settled(PM_UTF8_BAD));
}

/* All second halves of what is composed of two, and the vowels and final consonants of Hangul. */
static void halves_are_not_settled(void **state)
{
    (void)state;
    for (uint32_t cp = 0xC0; cp < 0x30000; cp++) {
        ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];
        int tag = 0;
        if (uc_decomposition(cp, &tag, parts) == 2 && tag == UC_DECOMP_CANONICAL)
            assert_false(pm_nfc_is_settled(parts[1]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_take_up_their_marks),
        cmocka_unit_test(settled_characters_are_in_the_form_anywhere),
        cmocka_unit_test(halves_are_not_settled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
