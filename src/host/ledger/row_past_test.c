/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rows as they were, read from the journal. */
#include "host/given/given.h"
#include "host/ledger/row_past.h"

/* Versions 1 to 5: kept, visits 30, voided, restored, of another unit. */
static struct ledger_row *given_past(struct given *g)
{
    struct ledger_row *row = sample_tree(g, S("甲"));

    given_unit(g, S("区法院"));
    given_int(row, "visits", 10);
    given_keep(g, row);
    row = given_kept(g, "sample.tree", 1);
    given_int(row, "visits", 30);
    given_text(row, "remark", S("好"));
    given_change(g, row);
    given_void(g, "sample.tree", 1);
    given_restore(g, "sample.tree", 1);
    row = given_kept(g, "sample.tree", 1);
    given_ref(g, row, "unit", S("区法院"));
    given_int(row, "planted_on", 20230102);
    row->year = 0;
    given_change(g, row);
    return given_kept(g, "sample.tree", 1);
}

TEST(row_past_gives_every_version_that_was)
{
    static const struct {
        const char *visits, *remark, *unit;
        bool voided;
        int year;
    } versions[] = {
        { "10", "", "区教育局", false, 2024 },
        { "30", "好", "区教育局", false, 2024 },
        { "30", "好", "区教育局", true, 2024 },
        { "30", "好", "区教育局", false, 2024 },
        { "30", "好", "区法院", false, 2023 },
    };
    struct given *g = given(t);
    struct ledger_row *row = given_past(g);
    size_t unit = ledger_column(row->ledger, S("unit"));

    for (size_t i = 0; i < COUNT(versions); i++) {
        struct ledger_row *was;

        NEED(row_at(act_scope(given_act(g)), row, (int64_t)i + 1, &was));
        CHECK_INT(was->version, (int64_t)i + 1);
        CHECK_STR(given_said(g, was, "visits"), str_from(versions[i].visits));
        CHECK_STR(given_said(g, was, "remark"), str_from(versions[i].remark));
        CHECK_STR(was->labels[unit], str_from(versions[i].unit));
        CHECK(was->voided == versions[i].voided);
        CHECK_INT(was->year, versions[i].year);
        CHECK(!was->admitted);
    }
    CHECK_STR(row->labels[unit], S("区法院")); /* the given one is left alone */
    CHECK_INT(row->version, 5);
}

TEST(row_past_knows_no_version_that_never_was)
{
    static const int64_t versions[] = { 0, -1, 6, INT64_MAX, INT64_MIN };
    struct given *g = given(t);
    struct ledger_row *row = given_past(g);
    struct ledger_row *was;

    for (size_t i = 0; i < COUNT(versions); i++)
        CHECK(!row_at(act_scope(given_act(g)), row, versions[i], &was));
}

TEST(row_past_tells_a_blank_from_an_empty_number)
{
    struct given *g = given(t);
    struct ledger_row *row;
    struct ledger_row *was;
    size_t crew;

    given_keep(g, sample_tree(g, S("甲")));
    row = given_kept(g, "sample.tree", 1);
    given_int(row, "crew", 0);
    given_change(g, row);
    row = given_kept(g, "sample.tree", 1);
    crew = ledger_column(row->ledger, S("crew"));
    NEED(row_at(act_scope(given_act(g)), row, 1, &was));
    CHECK(row_has(row, crew));
    CHECK(!row_has(was, crew));
    CHECK_INT(was->values[crew].kind, VALUE_INT);
}
