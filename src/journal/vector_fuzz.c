/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The input is a vector: malformed, or with one outcome and a reason. */
#include "journal/vector.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mem *m = mem_new();
    struct str json = str_dup(m, (struct str){ (const char *)data, size });
    struct text why = { 0 };
    bool as_wanted = false;
    enum err e = vector_check(m, json, &as_wanted, &why);

    if (e == OK && as_wanted != (why.zh.n == 0))
        BUG("an outcome without its reason");
    if (e != OK && why.zh.n == 0)
        BUG("refused without a reason");
    mem_free(m);
    return 0;
}
