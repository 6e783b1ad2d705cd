/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The middle of an odd number of rows, of an even one, and of none. */
#include "host/ledger/median.h"

#include "host/given/given.h"
#include "host/ledger/effect.h"

enum { MEDIAN_ROWS = 40 };

static struct ledger_row *watered(struct given *g, int64_t visits)
{
    static int n;
    struct ledger_row *row = sample_tree(g, str_fmt(g->m, "第%d棵", ++n));

    given_int(row, "visits", visits);
    given_int(row, "planted_on", 20240301);
    given_keep(g, row);
    return row;
}

static struct figure_value median(struct given *g, struct figure_part only)
{
    return figure_read_part(act_scope(given_act(g)), GIVEN_YEAR,
                            figure_find(S("sample.visits.median")), only);
}

static struct figure_value whole(struct given *g)
{
    return given_figure(g, "sample.visits.median");
}

TEST(a_median_is_the_middle_or_the_mean_of_the_two)
{
    static const struct {
        int64_t visits[6];
        size_t n;
        const char *says;
    } cases[] = {
        { { 7 }, 1, "7.0" },
        { { 0 }, 1, "0.0" },
        { { 9, 16 }, 2, "12.5" },
        { { 16, 9, 100000 }, 3, "16.0" },
        { { 3, 3, 3, 90 }, 4, "3.0" },
        { { 0, 0, 0, 5, 5 }, 5, "0.0" },
        { { 0, 0, 5, 0, 5, 5 }, 6, "2.5" },
        { { 0, 1, 255, 256, 257, 65536 }, 6, "255.5" },
        { { 0, 1, 511, 512, 65536, 99999 }, 6, "511.5" },
    };

    struct given *g = given(t);

    given_keep(g, sample_tree(g, S("没浇过的"))); /* has no value */
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct ledger_row *rows[6];
        struct figure_value v;

        for (size_t k = 0; k < cases[i].n; k++)
            rows[k] = watered(g, cases[i].visits[k]);
        v = whole(g);
        for (size_t k = 0; k < cases[i].n; k++)
            given_void(g, "sample.tree", rows[k]->id);
        CHECK(v.known);
        CHECK_INT(v.n, (int64_t)cases[i].n);
        CHECK_STR(figure_text(g->m, &v), str_from(cases[i].says));
    }
}

TEST(a_median_of_nothing_is_no_zero)
{
    struct given *g = given(t);
    struct figure_value v = whole(g);

    CHECK(!v.known);
    CHECK_STR(figure_text(g->m, &v), S("—"));
    CHECK(figure_is_missing(act_scope(given_act(g)), &v));
    watered(g, 4);
    v = median(g, (struct figure_part){ .month = 4 });
    CHECK(!v.known);
    CHECK_INT(v.n, 0);
}

TEST(a_median_follows_rows_that_are_voided_corrected_and_restored)
{
    struct given *g = given(t);
    struct ledger_row *low = watered(g, 2);
    struct ledger_row *mid = watered(g, 10);
    struct ledger_row *row;

    watered(g, 30);
    CHECK_INT(whole(g).value, 100);
    given_void(g, "sample.tree", low->id);
    CHECK_INT(whole(g).value, 200);
    row = given_kept(g, "sample.tree", mid->id);
    given_int(row, "visits", 3);
    given_change(g, row);
    CHECK_INT(whole(g).value, 165);
    row = given_kept(g, "sample.tree", mid->id);
    row->values[ledger_column(row->ledger, S("visits"))] = NO_INT;
    given_change(g, row);
    CHECK_INT(whole(g).value, 300);
    CHECK_INT(whole(g).n, 1);
}

/* Sizes of every level, ties among them, each against a count of its own. */
TEST(a_median_is_the_same_by_tallies_and_by_records)
{
    struct given *g = given(t);
    uint32_t seed = 20240301;

    for (int i = 0; i < MEDIAN_ROWS; i++) {
        struct figure_value by_day;
        struct figure_value v;

        seed = seed * 1664525 + 1013904223;
        watered(g, (seed >> 8) % (i % 3 ? 12 : 70000));
        v = whole(g);
        by_day = median(g, (struct figure_part){ .day = 20241231 });
        CHECK_INT(v.n, i + 1);
        CHECK_INT(by_day.n, v.n);
        CHECK_INT(by_day.value, v.value);
        CHECK_INT(median(g, (struct figure_part){ .month = 3 }).value, v.value);
    }
}

TEST(a_median_has_months_and_days)
{
    struct given *g = given(t);
    int64_t months[MONTHS];
    struct figure_value v;
    struct ledger_row *row;

    watered(g, 5);
    watered(g, 8);
    row = watered(g, 100);
    row = given_kept(g, "sample.tree", row->id);
    given_int(row, "planted_on", 20240509);
    given_change(g, row);
    v = whole(g);
    figure_months(act_scope(given_act(g)), &v, months);
    CHECK_INT(v.value, 80);
    CHECK_INT(months[2], 65);
    CHECK_INT(months[3], -1);
    CHECK_INT(months[4], 1000);
    v = median(g, (struct figure_part){ .day = 20240508 });
    CHECK_INT(v.value, 65);
    figure_months(act_scope(given_act(g)), &v, months);
    CHECK_INT(months[4], -1);
    CHECK_INT(median(g, (struct figure_part){ .day = 20240509 }).value, 80);
}

/* 125.0 is no "over 1,200". */
TEST(a_median_has_no_round_words)
{
    struct given *g = given(t);
    struct figure_value v;
    struct str words;

    watered(g, 125);
    v = whole(g);
    CHECK(!figure_round_words(g->m, &v, LANG_ZH, &words));
}

TEST(what_becomes_of_a_median_is_not_told_before)
{
    struct given *g = given(t);
    struct ledger_row *row = watered(g, 125);
    struct effect *e = effect_new(g->m);
    struct figure_effect *list;
    bool open = false;
    size_t n;

    effect_add(e, act_scope(given_act(g)),
               given_kept(g, "sample.tree", row->id), NULL);
    n = effect_figures(e, act_scope(given_act(g)), &list);
    for (size_t i = 0; i < n; i++)
        if (list[i].now.figure->measure == MEASURE_MEDIAN)
            open = list[i].open;
    CHECK(open);
}
