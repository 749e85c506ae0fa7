#include "base/base64.h"

#include <nettle/base64.h>

void pm_base64(struct pm_buf *out, struct pm_str bytes, size_t line)
{
    size_t step = line ? line / 4 * 3 : 3 << 12;
    for (size_t at = 0; at < bytes.n; at += step) {
        size_t n = bytes.n - at < step ? bytes.n - at : step;
        char *digits = pm_buf_reserve(out, BASE64_ENCODE_RAW_LENGTH(n));
        if (!digits)
            return;
        base64_encode_raw(digits, n, (const uint8_t *)bytes.p + at);
        out->len += BASE64_ENCODE_RAW_LENGTH(n);
        if (line && n == step)
            pm_buf_putc(out, '\n');
    }
}

bool pm_base64_decode(struct pm_buf *out, struct pm_str digits)
{
    struct base64_decode_ctx context;
    size_t n = 0;
    char *bytes = pm_buf_reserve(out, BASE64_DECODE_LENGTH(digits.n));
    base64_decode_init(&context);
    if (!bytes || !base64_decode_update(&context, &n, (uint8_t *)bytes, digits.n, digits.p) || !base64_decode_final(&context))
        return false;
    out->len += n;
    out->data[out->len] = '\0';
    return true;
}
