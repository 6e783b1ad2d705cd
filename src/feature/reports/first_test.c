/* SPDX-License-Identifier: MulanPSL-2.0 */
/* 首次 stands in a text by rule: as published, and as the ledgers say now. */
#include "feature/reports/given_report.h"

static int64_t plant(struct given *g, const char *species, int32_t day)
{
    struct ledger_row *row = sample_tree(g, str_fmt(g->m, "树%d", (int)day));

    given_text(row, "species", str_from(species));
    given_int(row, "planted_on", day);
    given_int(row, "due_on", day);
    row->year = day / 10000;
    return given_keep(g, row);
}

/* A pine of 2022, so that there is something before; a ginkgo of 2024. */
static struct given *given_before(struct test *t)
{
    struct given *g = given(t);

    plant(g, "pine", 20220301);
    plant(g, "ginkgo", 20240301);
    NEED_INT(given_put(g, "first",
                       S("# 题\n我区{sample.trees.ginkgo|first}种上银杏。\n"),
                       S("# T\nA ginkgo {sample.trees.ginkgo|first}.\n")),
             OK);
    given_asks(g, ROLE_OFFICER);
    return g;
}

static bool draft_says(struct given *g, struct str words)
{
    return page_says(given_get(g, S("/sheets/first/draft")), words);
}

TEST(first_stands_in_a_draft_while_no_earlier_row_does)
{
    struct given *g = given_before(t);
    int64_t id;

    CHECK(draft_says(g, S("我区 首次")));
    CHECK(draft_says(g, S("台账自 2022 年起，以前各年没有。")));
    CHECK(page_has(given_get(g, S("/sheets/first/draft")),
                   S("href=\"/figures/sample.trees.ginkgo\"")));
    id = plant(g, "ginkgo", 20230301);
    CHECK(!draft_says(g, S("首次")));
    CHECK(draft_says(g, S("我区种上银杏。")));
    given_void(g, "sample.tree", id);
    CHECK(draft_says(g, S("我区 首次")));
}

TEST(first_stays_in_a_version_with_what_is_known_by_now)
{
    struct given *g = given_before(t);
    struct bundle_facts facts;
    struct text why = TEXT("", "");
    struct bundle b;

    NEED_INT(given_publish(g, "first"), 1);
    b = given_read(t, given_bundle(g, "first", 1));
    CHECK_INT(given_bundled(t, &b, "sample.trees.ginkgo")->value.since, 2022);
    CHECK_INT(bundle_verify(t->mem, given_bundle(g, "first", 1), S(""), &facts,
                            &why),
              OK);
    CHECK(!page_says(given_get(g, S("/sheets/first")), S("不是首次")));
    plant(g, "ginkgo", 20230301);
    CHECK(page_says(given_get(g, S("/sheets/first/1")), S("我区 首次")));
    CHECK(page_says(given_get(g, S("/sheets/first")),
                    S("发布时 首次 → 今天 不是首次")));
    NEED_INT(given_publish(g, "first"), 2);
    CHECK(!page_says(given_get(g, S("/sheets/first/2")), S("首次")));
    b = given_read(t, given_bundle(g, "first", 2));
    CHECK_INT(given_bundled(t, &b, "sample.trees.ginkgo")->value.since, 0);
}

TEST(first_is_said_of_counts_alone)
{
    struct given *g = given_few(t);
    struct text why = TEXT("", "");

    CHECK_INT(reports_check(g->m, S("# 题\n{sample.visits|first}\n"), S(""),
                            &why),
              E_INPUT);
    CHECK(str_find(why.en, S("line 2: \"sample.visits\" is no count")) !=
          SIZE_MAX);
}

/* A claim that no row could make is refused offline. */
TEST(bundle_refuses_a_first_time_that_cannot_be)
{
    static const char *const lines[] = { "first-since 2024\n",
                                         "first-since 1999\n" };
    struct given *g = given_before(t);
    struct str bytes;
    struct str said = S("first-since 2022\n");
    size_t at;

    NEED_INT(given_publish(g, "first"), 1);
    bytes = given_bundle(g, "first", 1);
    at = str_find(bytes, said);
    NEED(at != SIZE_MAX);
    for (size_t i = 0; i < COUNT(lines); i++) {
        struct bundle b;
        struct text why = TEXT("", "");
        struct str parts[] = { str_slice(bytes, 0, at), str_from(lines[i]),
                               str_slice(bytes, at + said.n, bytes.n) };

        CHECK_INT(bundle_read(t->mem, str_join(t->mem, parts, 3), &b, &why),
                  E_INPUT);
        CHECK(str_find(why.en, S("first-since")) != SIZE_MAX);
    }
}
