/* Reads any bytes as YAML; each scalar read must come back the same when written in canonical style. */
#include "base/limits.h"
#include "base/utf8.h"
#include "base/yaml.h"

#include <stdint.h>
#include <stdlib.h>

static bool holds_control(struct pm_str s)
{
    for (size_t at = 0; at < s.n;) {
        uint32_t cp = pm_utf8_next(s, &at);
        if ((cp < 0x20 && cp != '\t' && cp != '\n') || (cp >= 0x7F && cp < 0xA0) || cp == 0xFFFE || cp == 0xFFFF)
            return true;
    }
    return false;
}

static void check_scalar(const struct pm_yaml *y, bool flow)
{
    struct pm_buf b;
    struct pm_arena arena;
    struct pm_diags diags;
    struct pm_yaml *root = NULL;
    pm_buf_init(&b, PM_MAX_DOCUMENT);
    pm_arena_init(&arena);
    pm_diags_init(&diags, "again");
    pm_buf_puts(&b, flow ? "- [" : "- k: ");
    pm_yaml_write_scalar(&b, y->text, 4, flow);
    pm_buf_puts(&b, flow ? "]\n" : "\n  l: m\n");
    enum pm_status status = pm_yaml_read(pm_buf_slice(&b), 1, &arena, &diags, &root, NULL);
    if (status != PM_OK || !pm_str_eq(root->first->first->text, y->text))
        abort();
    pm_diags_free(&diags);
    pm_arena_free(&arena);
    pm_buf_free(&b);
}

static void check_tree(const struct pm_yaml *y, size_t source)
{
    for (; y; y = y->next) {
        if (y->mark.offset > y->end || y->end > source)
            abort();
        if (y->kind == PM_YAML_SCALAR && !holds_control(y->text)) {
            check_scalar(y, false);
            check_scalar(y, true);
        }
        check_tree(y->first, source);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pm_arena arena;
    struct pm_diags diags;
    struct pm_yaml *root;
    struct pm_str tail;
    pm_arena_init(&arena);
    pm_diags_init(&diags, "fuzz");
    pm_yaml_read((struct pm_str){(const char *)data, size}, 1, &arena, &diags, &root, &tail);
    check_tree(root, size);
    pm_diags_free(&diags);
    pm_arena_free(&arena);
    return 0;
}
