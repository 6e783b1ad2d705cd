/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Whoever is shown or takes out personal values of others leaves a note; whom
 * they are masked for does not.
 */
#include "host/given/given.h"

/* 陈晓玲 and another keeper; a tree, which is nobody. */
static struct given *given_keepers(struct test *t)
{
    struct given *g = given(t);
    struct ledger_row *row = sample_keeper(g);

    given_keep(g, sample_keeper(g));
    given_text(row, "name", S("王秀英"));
    given_keep(g, row);
    given_keep(g, sample_tree(g, S("甲")));
    given_commit(g);
    return g;
}

static const struct noted *notes_of(struct given *g, const char *path)
{
    struct test *t = g->t;
    struct ctx *c = given_get(g, str_from(path));

    CHECK_INT(page_status(c), 200);
    return c->notes;
}

TEST(personal_values_in_full_are_noted_wherever_they_are_given)
{
    static const struct {
        const char *path, *what, *form;
        enum audit_kind kind;
        int64_t n;
    } cases[] = {
        { "/sample/keeper", "sample.keeper", "page", AUDIT_SHOWN, 2 },
        { "/sample/keeper?q=王秀英", "sample.keeper", "page", AUDIT_SHOWN, 1 },
        { "/sample/keeper/print", "sample.keeper", "print", AUDIT_SHOWN, 2 },
        { "/sample/keeper/1", "sample.keeper/1", "row", AUDIT_SHOWN, 1 },
        { "/sample/keeper/2/edit", "sample.keeper/2", "edit", AUDIT_SHOWN, 1 },
        { "/search?q=陈晓玲", "sample.keeper", "search", AUDIT_SHOWN, 1 },
        { "/sample/keeper/export.csv", "sample.keeper", "csv", AUDIT_TAKEN, 2 },
        { "/sample/keeper/export.xlsx", "sample.keeper", "xlsx", AUDIT_TAKEN,
          2 },
        { "/sample/keeper/export.json?q=王秀英", "sample.keeper", "json",
          AUDIT_TAKEN, 1 },
        { "/figures/sample.keepers", "sample.keepers", "page", AUDIT_SHOWN, 2 },
        { "/figures/sample.keepers/rows.csv", "sample.keepers", "csv",
          AUDIT_TAKEN, 2 },
        { "/figures/sample.keepers/rows.xlsx", "sample.keepers", "xlsx",
          AUDIT_TAKEN, 2 },
        { "/figures/sample.keepers/rows.json", "sample.keepers", "json",
          AUDIT_TAKEN, 2 },
    };
    struct given *g = given_keepers(t);

    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct noted *n;

        given_asks(g, 0);
        if (!str_ends(str_from(cases[i].path), S("/edit")))
            CHECK(notes_of(g, cases[i].path) == NULL);
        given_asks(g, ROLE_OFFICER);
        n = notes_of(g, cases[i].path);
        if (!CHECK(n != NULL))
            continue;
        CHECK_INT(n->event.kind, cases[i].kind);
        CHECK_STR(n->event.what, str_from(cases[i].what));
        CHECK_STR(n->event.form, str_from(cases[i].form));
        CHECK_INT(n->event.n, cases[i].n);
        CHECK(n->next == NULL);
    }
}

TEST(what_is_masked_or_nobodys_is_not_noted)
{
    static const char *const public[] = { "/sample/tree",
                                          "/sample/tree/export.csv",
                                          "/sample/tree/1",
                                          "/figures/sample.trees",
                                          "/search?q=甲",
                                          "/sample/keeper?q=没有这个人",
                                          "/figures",
                                          "/",
                                          "/me" };
    static const char *const masked[] = { "/sample/keeper", "/sample/keeper/1",
                                          "/sample/keeper/export.csv",
                                          "/figures/sample.keepers",
                                          "/figures/sample.keepers/rows.json" };
    static const unsigned strangers[] = { ROLE_ADMIN, ROLE_AUDITOR,
                                          ROLE_EDITOR };
    struct given *g = given_keepers(t);

    given_asks(g, ROLE_OFFICER);
    for (size_t i = 0; i < COUNT(public); i++)
        CHECK(notes_of(g, public[i]) == NULL);
    for (size_t k = 0; k < COUNT(strangers); k++) {
        given_asks(g, strangers[k]);
        for (size_t i = 0; i < COUNT(masked); i++)
            CHECK(notes_of(g, masked[i]) == NULL);
    }
}
