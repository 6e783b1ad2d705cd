/* SPDX-License-Identifier: MulanPSL-2.0 */
/* References find a row by the names that it has now, and by no part of one. */
#include "host/ledger/row_name.h"

#include "host/given/given.h"
#include "host/ledger/ref.h"

/* The organisation that the name means; below 0: an error, negated. */
static int64_t found(struct given *g, struct str name)
{
    struct text why;
    int64_t id;
    enum err e = ref_find_organisation(ref_book_new(act_scope(given_act(g))),
                                       name, &id, &why);

    return e == OK ? id : -(int64_t)e;
}

static struct ledger_row *court(struct given *g)
{
    struct ledger_row *row = given_row(g, "registry.organisation");

    given_text(row, "name", S("区法院"));
    given_text(row, "official_name", S("区人民法院"));
    given_text(row, "kind", S("unit"));
    return row;
}

TEST(a_row_is_referred_to_by_title_and_alias)
{
    struct given *g = given(t);
    int64_t id = given_keep(g, court(g));

    given_unit(g, S("区人民法院执行局"));
    CHECK_INT(found(g, S("区人民法院")), id);
    CHECK_INT(found(g, S("区法院")), id);
    CHECK_INT(found(g, S("“区 法院”")), id);
    CHECK_INT(found(g, S("法院")), -(int64_t)E_ABSENT);
}

TEST(a_row_is_referred_to_by_the_names_it_has_now)
{
    struct given *g = given(t);
    int64_t id = given_keep(g, court(g));
    struct ledger_row *row = given_kept(g, "registry.organisation", id);

    given_text(row, "name", S("崂山法院"));
    given_change(g, row);
    CHECK_INT(found(g, S("崂山法院")), id);
    CHECK_INT(found(g, S("区法院")), -(int64_t)E_ABSENT);
    given_void(g, "registry.organisation", id);
    CHECK_INT(found(g, S("崂山法院")), -(int64_t)E_ABSENT);
    given_restore(g, "registry.organisation", id);
    CHECK_INT(found(g, S("崂山法院")), id);
}

TEST(a_name_that_two_rows_have_means_neither)
{
    struct given *g = given(t);
    struct ledger_row *row = given_row(g, "registry.organisation");

    given_keep(g, court(g));
    given_text(row, "name", S("区人民法院"));
    given_text(row, "kind", S("unit"));
    given_keep(g, row);
    CHECK_INT(found(g, S("区人民法院")), -(int64_t)E_CLASH);
}
