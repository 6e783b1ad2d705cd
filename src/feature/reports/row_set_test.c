/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "feature/reports/row_set.h"

#include "test/test.h"

TEST(row_set_has_each_row_once_and_in_order)
{
    static const struct ledger b = { .feature = S_INIT("x"),
                                     .noun = S_INIT("b") };
    static const struct ledger a = { .feature = S_INIT("x"),
                                     .noun = S_INIT("a") };
    struct row_set s;
    size_t wrong = 0;

    row_set_init(&s, t->mem);
    CHECK(row_set_add(&s, &b, 7));
    for (int64_t i = 1000; i > 0; i--)
        wrong += !row_set_add(&s, &a, i * 1024);
    for (int64_t i = 1; i <= 1000; i++)
        wrong += row_set_add(&s, &a, i * 1024);
    CHECK(!row_set_add(&s, &b, 7));
    CHECK_INT(s.n, 1001);
    row_set_sort(&s);
    CHECK_STR(s.ledgers[0].name, S("x.a"));
    CHECK_STR(s.ledgers[1].name, S("x.b"));
    NEED_INT(s.ledgers[0].n, 1000);
    for (int64_t i = 0; i < 1000; i++)
        wrong += s.ledgers[0].ids[i] != (i + 1) * 1024;
    CHECK_INT(wrong, 0);
}
