/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Apart from hash.c, so that tests can put a known source of bytes there. */
#include "base/token.h"

#include "base/hash.h"

enum { TOKEN_MAX = 64 };

struct str random_token(struct mem *m, size_t n)
{
    unsigned char bytes[TOKEN_MAX];

    if (n > sizeof(bytes))
        BUG("a token of %zu bytes", n);
    hash_random(bytes, n);
    return base64url_encode(m, (struct str){ (char *)bytes, n });
}
