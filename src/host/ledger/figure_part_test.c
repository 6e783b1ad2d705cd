/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A part is counted as the whole is, and opens onto its own rows. */
#include "host/ledger/figure_part.h"
#include "host/ledger/figure_rows.h"

#include "host/given/given.h"

enum { NO_MONTH, JANUARY, FEBRUARY, MARCH };

static struct ledger_row *given_planted(struct given *g, const char *name,
                                        const char *species, int32_t day)
{
    struct ledger_row *row = sample_tree(g, str_from(name));

    given_text(row, "species", str_from(species));
    given_int(row, "planted_on", day);
    given_int(row, "visits", 10);
    given_keep(g, row);
    return row;
}

static struct figure_value part(struct given *g, const char *key, int month,
                                const char *category)
{
    struct figure_part only = { .month = month,
                                .category = str_from(category) };

    return figure_read_part(act_scope(given_act(g)), GIVEN_YEAR,
                            figure_find(str_from(key)), only);
}

static int64_t rows_of(struct given *g, const struct figure_value *v)
{
    struct figure_rows r = figure_rows(act_scope(given_act(g)), v, NULL);
    int64_t id;
    int64_t quantity;
    int64_t n = 0;

    while (figure_rows_next(&r, &id, &quantity))
        n++;
    return n;
}

static struct given *given_spring(struct test *t)
{
    struct given *g = given(t);

    given_planted(g, "甲", "pine", 20240102);
    given_planted(g, "乙", "pine", 20240331);
    given_planted(g, "丙", "ginkgo", 20240301);
    given_planted(g, "丁", "ginkgo", 20240315);
    return g;
}

TEST(a_month_and_a_category_have_their_own_value_and_rows)
{
    static const struct {
        int month;
        const char *category;
        int64_t trees;
    } cases[] = {
        { NO_MONTH, "", 4 },    { JANUARY, "", 1 },       { FEBRUARY, "", 0 },
        { MARCH, "", 3 },       { NO_MONTH, "pine", 2 },  { MARCH, "pine", 1 },
        { MARCH, "ginkgo", 2 }, { JANUARY, "ginkgo", 0 },
    };
    struct given *g = given_spring(t);

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct figure_value v =
            part(g, "sample.trees", cases[i].month, cases[i].category);

        CHECK_INT(v.value, cases[i].trees);
        CHECK_INT(v.n, cases[i].trees);
        CHECK_INT(rows_of(g, &v), cases[i].trees);
    }
    CHECK_INT(part(g, "sample.visits", MARCH, "").value, 30);
    CHECK_INT(part(g, "sample.visits", MARCH, "").n, 3);
}

TEST(months_follow_a_row_that_changes)
{
    struct given *g = given(t);
    struct ledger_row *row = given_planted(g, "甲", "pine", 20240102);

    row = given_kept(g, "sample.tree", row->id);
    given_int(row, "planted_on", 20240302);
    given_change(g, row);
    CHECK_INT(part(g, "sample.trees", JANUARY, "").value, 0);
    CHECK_INT(part(g, "sample.trees", MARCH, "").value, 1);
    given_void(g, "sample.tree", row->id);
    CHECK_INT(part(g, "sample.trees", MARCH, "").value, 0);
}

TEST(what_has_no_day_is_in_no_month)
{
    struct given *g = given(t);
    int64_t months[MONTHS];
    struct figure_value v;
    int64_t sum = 0;

    given_csv(g, S("护树人,护树职责,护树电话\n陈晓玲,帮手,13800000001\n"));
    v = given_figure(g, "sample.keepers");
    CHECK_INT(v.value, 1);
    figure_months(act_scope(given_act(g)), &v, months);
    for (int i = 0; i < MONTHS; i++)
        sum += months[i];
    CHECK_INT(sum, 0);
}

TEST(ratios_and_seats_have_no_parts)
{
    static const char *const whole[] = { "sample.praise", "sample.healthiest" };
    static const char *const parted[] = { "sample.trees", "sample.visits",
                                          "sample.trees.pine" };

    for (size_t i = 0; i < COUNT(whole); i++)
        CHECK(!figure_has_parts(figure_find(str_from(whole[i]))));
    for (size_t i = 0; i < COUNT(parted); i++)
        CHECK(figure_has_parts(figure_find(str_from(parted[i]))));
    CHECK(figure_categories(figure_find(S("sample.trees"))));
    CHECK(!figure_categories(figure_find(S("sample.trees.pine"))));
    CHECK(!figure_categories(figure_find(S("sample.visits"))));
}

TEST(months_of_a_category_are_those_of_its_rows)
{
    struct given *g = given_spring(t);
    struct figure_value v = part(g, "sample.trees", NO_MONTH, "ginkgo");
    int64_t months[MONTHS];

    figure_months(act_scope(given_act(g)), &v, months);
    CHECK_INT(months[JANUARY - 1], 0);
    CHECK_INT(months[MARCH - 1], 2);
}

TEST(a_sentence_is_cut_at_its_figures)
{
    struct str rest = S("共 {sample.trees} 棵，浇水 {sample.visits}");
    const struct figure *f;

    CHECK_STR(figure_named(&rest, &f), S("共 "));
    CHECK(f == figure_find(S("sample.trees")));
    CHECK_STR(figure_named(&rest, &f), S(" 棵，浇水 "));
    CHECK(f == figure_find(S("sample.visits")));
    CHECK_STR(figure_named(&rest, &f), S(""));
    CHECK(!f);
    CHECK_STR(figure_named(&rest, &f), S(""));
    CHECK(!f);
}
