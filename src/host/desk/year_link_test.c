/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The year of a page travels with its links. */
#include "host/desk/year_link.h"

#include "test/test.h"

#define LINKED(path) year_link(t->mem, S(path), 2023)

TEST(year_link_says_the_year_once)
{
    CHECK_STR(LINKED("/figures"), S("/figures?year=2023"));
    CHECK_STR(LINKED("/figures?page=2"), S("/figures?page=2&year=2023"));
    CHECK_STR(LINKED("/figures?year=2022"), S("/figures?year=2022"));
    CHECK_STR(LINKED("/figures?page=2&year=all"),
              S("/figures?page=2&year=all"));
    CHECK_STR(LINKED("/figures?leap_year=1"),
              S("/figures?leap_year=1&year=2023"));
    CHECK_STR(LINKED("/import/3#sheet1"), S("/import/3?year=2023#sheet1"));
    CHECK_STR(LINKED("/"), S("/?year=2023"));
}

static struct str linked(struct test *t, struct str html)
{
    struct buf *b = buf_new(t->mem, 4096);

    year_links(b, html, 2023);
    return buf_str(b);
}

TEST(year_links_of_a_page_are_those_of_this_site)
{
    CHECK_STR(linked(t, S("<a href=\"/a\">=&quot;/</a> <a href=\"?page=2\">")),
              S("<a href=\"/a?year=2023\">=&quot;/</a> <a href=\"?page=2\">"));
    CHECK_STR(linked(t, S("<form method=\"post\" action=\"/a?b=1\">")),
              S("<form method=\"post\" action=\"/a?b=1&amp;year=2023\">"));
    CHECK_STR(linked(t, S("<a href=\"/a?b=1&amp;year=2022\">")),
              S("<a href=\"/a?b=1&amp;year=2022\">"));
    CHECK_STR(linked(t, S("<a href=\"/a&#39;b\">")),
              S("<a href=\"/a&#39;b?year=2023\">"));
    CHECK_STR(linked(t, S("<link href=\"/assets/a.css\"><b title=\"/x\">")),
              S("<link href=\"/assets/a.css\"><b title=\"/x\">"));
    CHECK_STR(linked(t, S("nothing")), S("nothing"));
}
