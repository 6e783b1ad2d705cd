/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "web/url.h"

#include "test/test.h"

TEST(url_decode_resolves_escapes)
{
    struct str s = S("");

    CHECK(url_decode(t->mem, S("%E9%A1%b9a+b"), true, &s));
    CHECK_STR(s, S("项a b"));
    CHECK(url_decode(t->mem, S("a+b%2B"), false, &s));
    CHECK_STR(s, S("a+b+"));
    CHECK(url_decode(t->mem, S(""), true, &s));
    CHECK_INT(s.n, 0);
}

TEST(url_decode_refuses_what_is_no_text)
{
    static const char *const bad[] = { "%",      "a%",        "%4",    "%zz",
                                       "%4g",    "%00",       "a%00b", "%ff",
                                       "%c0%80", "%ed%a0%80", "%+1",   "% 1",
                                       "\xff",   "%e9%a1",    "%%41" };
    struct str s = S("kept");

    for (size_t i = 0; i < COUNT(bad); i++)
        CHECK(!url_decode(t->mem, str_from(bad[i]), true, &s));
    CHECK(!url_decode(t->mem, S("a\0b"), true, &s));
    CHECK_STR(s, S("kept"));
}

TEST(url_encode_comes_back_and_leaves_nothing_special)
{
    char all[255];
    struct str coded;
    struct str s = S("");

    for (size_t i = 0; i < sizeof(all); i++)
        all[i] = (char)(i < 127 ? i + 1 : 'a');
    coded = url_encode(t->mem, (struct str){ all, sizeof(all) });
    for (size_t i = 0; i < coded.n; i++)
        CHECK(coded.p[i] > ' ' && coded.p[i] < 0x7f && coded.p[i] != '+' &&
              coded.p[i] != '&' && coded.p[i] != '/' && coded.p[i] != '"');
    CHECK(url_decode(t->mem, coded, true, &s));
    CHECK_STR(s, ((struct str){ all, sizeof(all) }));
    CHECK_STR(url_encode(t->mem, S("项 a~")), S("%E9%A1%B9%20a~"));
    CHECK_STR(url_encode(t->mem, S("plain-1._~")), S("plain-1._~"));
}

TEST(query_value_finds_the_first_of_a_name)
{
    struct str q = S("a=1&b=%E9%A1%B9&&a=2&c&d=x=y&=e&f+g=h+i");

    CHECK_STR(query_value(t->mem, q, S("a")), S("1"));
    CHECK_STR(query_value(t->mem, q, S("b")), S("项"));
    CHECK_STR(query_value(t->mem, q, S("d")), S("x=y"));
    CHECK_STR(query_value(t->mem, q, S("")), S("e"));
    CHECK_STR(query_value(t->mem, q, S("f g")), S("h i"));
    CHECK(query_value(t->mem, q, S("c")).p);
    CHECK_INT(query_value(t->mem, q, S("c")).n, 0);
    CHECK(!query_value(t->mem, q, S("absent")).p);
    CHECK(!query_value(t->mem, S(""), S("a")).p);
    CHECK(!query_value(t->mem, (struct str){ NULL, 0 }, S("a")).p);
    CHECK(!query_value(t->mem, S("a=%zz"), S("a")).p);
}

TEST(query_next_goes_in_order_and_reports_bad_pairs)
{
    struct str rest = S("x=1&y=%00&z=3");
    struct str name = S("");
    struct str value = S("");

    CHECK_INT(query_next(t->mem, &rest, &name, &value), URL_PAIR);
    CHECK_STR(name, S("x"));
    CHECK_INT(query_next(t->mem, &rest, &name, &value), URL_BAD);
    CHECK_STR(value, S("1"));
    CHECK_INT(query_next(t->mem, &rest, &name, &value), URL_PAIR);
    CHECK_STR(value, S("3"));
    CHECK_INT(query_next(t->mem, &rest, &name, &value), URL_END);
}

TEST(cookie_value_takes_one_and_only_one)
{
    struct str h = S("a=1; __Host-dj=x_Y=z;b=; ab=2");

    CHECK_STR(cookie_value(h, S("a")), S("1"));
    CHECK_STR(cookie_value(h, S("__Host-dj")), S("x_Y=z"));
    CHECK_STR(cookie_value(h, S("ab")), S("2"));
    CHECK(cookie_value(h, S("b")).p);
    CHECK_INT(cookie_value(h, S("b")).n, 0);
    CHECK(!cookie_value(h, S("c")).p);
    CHECK(!cookie_value(h, S("A")).p);
    CHECK(!cookie_value(S("a=1; b=2; a=3"), S("a")).p);
    CHECK(!cookie_value(S("a"), S("a")).p);
    CHECK(!cookie_value((struct str){ NULL, 0 }, S("a")).p);
}
