#include "base/sha256.h"

#include <nettle/sha2.h>

void pm_sha256(struct pm_str bytes, char out[65])
{
    static const char digits[] = "0123456789abcdef";
    struct sha256_ctx context;
    unsigned char hash[SHA256_DIGEST_SIZE];
    sha256_init(&context);
    sha256_update(&context, bytes.n, (const uint8_t *)bytes.p);
    sha256_digest(&context, sizeof hash, hash);
    for (int i = 0; i < SHA256_DIGEST_SIZE; i++) {
        out[2 * i] = digits[hash[i] >> 4];
        out[2 * i + 1] = digits[hash[i] & 15];
    }
    out[64] = '\0';
}
