/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Tags, and the lists of them that browsers send. */
#include "web/etag.h"

#include "test/test.h"

TEST(an_etag_is_that_of_its_bytes_and_of_no_others)
{
    struct str a = etag_of(t->mem, S("a page"));

    CHECK_STR(etag_of(t->mem, S("a page")), a);
    CHECK(!str_eq(etag_of(t->mem, S("a page.")), a));
    CHECK(!str_eq(etag_of(t->mem, S("")), a));
    CHECK_INT(a.n, 24);
    CHECK(a.p[0] == '"' && a.p[a.n - 1] == '"');
    for (size_t i = 1; i + 1 < a.n; i++)
        CHECK(a.p[i] > ' ' && a.p[i] < 0x7f && a.p[i] != '"');
}

TEST(an_etag_is_found_in_the_lists_that_browsers_send)
{
    struct str tag = S("\"b\"");

    CHECK(etag_is_named(S("\"b\""), tag));
    CHECK(etag_is_named(S("W/\"b\""), tag));
    CHECK(etag_is_named(S("  \"a\" , W/\"b\""), tag));
    CHECK(etag_is_named(S("\"a,\\\",\"b\",\"c\""), tag));
    CHECK(etag_is_named(S("*"), tag));
}

TEST(what_is_no_list_of_etags_names_none)
{
    struct str tag = S("\"b\"");

    CHECK(!etag_is_named((struct str){ NULL, 0 }, tag));
    CHECK(!etag_is_named(S(""), tag));
    CHECK(!etag_is_named(S("b"), tag));
    CHECK(!etag_is_named(S("\"b"), tag));
    CHECK(!etag_is_named(S("\"B\""), tag));
    CHECK(!etag_is_named(S("\"a \"b\""), tag));
    CHECK(!etag_is_named(S("\"a\" \"b\""), tag));
    CHECK(!etag_is_named(S("w/\"b\""), tag));
    CHECK(!etag_is_named(S("*, \"a\""), tag));
    CHECK(!etag_is_named(S("\"a\", x, \"b\""), tag));
}
