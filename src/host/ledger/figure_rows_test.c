/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A page of the rows behind a figure is what stands there in all of them. */
#include "host/ledger/figure_rows.h"

#include "host/given/given.h"
#include "host/ledger/figure_part.h"

enum { TREES = 23, PAGE = 5 };

/* Of three species, months and numbers of waterings, in no order. */
static struct given *many_trees(struct test *t)
{
    static const char *const species[] = { "pine", "ginkgo", "plum" };
    struct given *g = given(t);

    for (int i = 0; i < TREES; i++) {
        struct ledger_row *row = sample_tree(g, str_fmt(t->mem, "第%d棵", i));

        given_text(row, "species", str_from(species[i % 3]));
        given_int(row, "planted_on", 20240101 + i % 2 * 100);
        given_int(row, "visits", i * 5 % 7);
        given_keep(g, row);
    }
    return g;
}

static size_t ids_of(struct given *g, const struct figure_value *v,
                     const struct figure_span *span, int64_t ret[TREES])
{
    struct figure_rows r = figure_rows(act_scope(given_act(g)), v, span);
    int64_t quantity;
    size_t n = 0;

    while (figure_rows_next(&r, &ret[n], &quantity))
        n++;
    return n;
}

static void check_span(struct test *t, struct given *g,
                       const struct figure_value *v,
                       const struct figure_span *span)
{
    int64_t all[TREES + 1];
    int64_t page[TREES + 1];
    size_t n = ids_of(g, v, NULL, all);
    size_t from = (size_t)span->skip;
    size_t want = from >= n ? 0 : n - from < PAGE ? n - from : PAGE;

    CHECK_INT(ids_of(g, v, span, page), want);
    for (size_t i = 0; i < want; i++)
        CHECK_INT(page[i], all[from + i]);
}

/* By its number, from both ends; behind the row before it; before the next. */
static void check_pages(struct test *t, struct given *g,
                        const struct figure_value *v)
{
    int64_t all[TREES + 1];
    int64_t n = (int64_t)ids_of(g, v, NULL, all);

    CHECK(n > PAGE);
    for (int64_t skip = 0; skip <= n; skip += PAGE) {
        struct figure_span span = { .skip = skip, .most = PAGE };

        check_span(t, g, v, &span);
        span.all = n;
        check_span(t, g, v, &span);
        if (skip + PAGE < n) {
            span.before = all[skip + PAGE];
            check_span(t, g, v, &span);
            span.before = 0;
        }
        span.after = skip ? all[skip - 1] : 0;
        check_span(t, g, v, &span);
        span.after = 1000; /* there is no such row */
        check_span(t, g, v, &span);
    }
}

TEST(rows_behind_a_figure_are_the_same_by_every_way)
{
    static const struct {
        const char *key;
        struct figure_part only;
    } cases[] = {
        { "sample.trees", { 0 } },
        { "sample.trees", { .category = S_INIT("pine") } },
        { "sample.trees", { .month = 1 } },
        { "sample.visits.median", { 0 } },
        { "sample.visits.median", { .day = 20240401 } },
    };
    struct given *g = many_trees(t);

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct figure_value v =
            figure_read_part(act_scope(given_act(g)), GIVEN_YEAR,
                             figure_find(str_from(cases[i].key)),
                             cases[i].only);

        check_pages(t, g, &v);
    }
}

TEST(rows_behind_a_figure_come_the_best_first_then_as_they_came)
{
    struct given *g = many_trees(t);
    struct figure_value v = given_figure(g, "sample.visits.median");
    struct figure_rows r = figure_rows(act_scope(given_act(g)), &v, NULL);
    int64_t last = INT64_MAX;
    int64_t before = 0;
    int64_t quantity;
    int64_t id;

    while (figure_rows_next(&r, &id, &quantity)) {
        CHECK(quantity < last || (quantity == last && id > before));
        last = quantity;
        before = id;
    }
    CHECK_INT(last, 0);
}
