/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The input is read as a bundle and as a bundle's content, then verified.
 * What is read must be written the same way again: one spelling.
 */
#include "host/proof/bundle.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mem *m = mem_new();
    struct str input = str_dup(m, (struct str){ (const char *)data, size });
    struct bundle_facts facts;
    struct bundle b;
    struct text why;

    if (bundle_read(m, input, &b, &why) == OK) {
        struct str parts[] = {
            bundle_content(m, &b),
            b.tail.proofs ? bundle_tail(m, &b.tail, b.rows_n) : S(""),
        };

        if (!str_eq(str_join(m, parts, COUNT(parts)), input))
            BUG("a bundle with two spellings");
    }
    if (bundle_verify(m, input, S(""), &facts, &why) == OK &&
        facts.rows > facts.size)
        BUG("more rows than leaves");
    mem_free(m);
    return 0;
}
