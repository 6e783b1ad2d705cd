/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Published sheets that are sent again to visitors. */
#include "feature/reports/given_report.h"
#include "host/desk/visitor_test.h"

static const char *const pages[] = {
    "/sheets",
    "/sheets/few",
    "/sheets/few?lang=",
    "/sheets/few/1",
    "/sheets/few/1/sample.trees",
    "/sheets/few/1/sample.trees/rows.csv",
    "/sheets/few/1/sample.trees/rows.xlsx",
    "/sheets/few/1/all.xlsx",
    "/sheets/few/1/bundle",
    "/sheets/few/2",
};

/* How many of the pages, asked for twice in both languages, are sent again. */
static int look_at_all(struct visitor *v)
{
    static const char *const cookies[] = { NULL, "lang=en" };
    struct test *t = v->g->t;
    int again = 0;

    for (int turn = 0; turn < 2; turn++)
        for (size_t i = 0; i < COUNT(pages); i++)
            for (size_t c = 0; c < COUNT(cookies); c++) {
                struct visit what = { .to = pages[i], .cookie = cookies[c] };
                bool cached;

                CHECK(is_as_fresh(v, what, &cached));
                again += cached;
            }
    return again;
}

TEST(a_published_sheet_is_sent_again_until_something_changes)
{
    struct given *g = given_few(t);
    struct visitor *v;

    NEED_INT(given_put(g, "few", S("# 小答卷\n{sample.trees}棵树\n"),
                       S("# Few\n{sample.trees} trees\n")),
             OK);
    NEED_INT(given_publish(g, "few"), 1);
    v = given_visitor(g);
    /* There is no second version yet, and that is not kept. */
    CHECK_INT(look_at_all(v), 2 * ((int)COUNT(pages) - 1));
    given_void(g, "sample.tree", 1);
    given_commit(g);
    CHECK_INT(look_at_all(v), 2 * ((int)COUNT(pages) - 1));
    NEED_INT(given_publish(g, "few"), 2);
    CHECK_INT(look_at_all(v), 2 * (int)COUNT(pages));
}
