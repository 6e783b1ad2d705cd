/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Parts of parts: what lies in a box is on its shelf. */
#include "host/ledger/part.h"

#include "host/given/given.h"
#include "host/ledger/record.h"

static int64_t shelf(struct given *g, const char *name)
{
    struct ledger_row *row = given_row(g, "shelf.shelf");

    given_text(row, "name", str_from(name));
    given_int(row, "unit", given_unit(g, S("区教育局")));
    return given_keep(g, row);
}

static int64_t part(struct given *g, const char *ledger, int64_t of,
                    const char *name, int64_t pieces)
{
    struct ledger_row *row = given_row(g, ledger);

    row->values[ledger_role(row->ledger, COLUMN_PARENT)] = INT(of);
    given_text(row, "name", str_from(name));
    if (pieces >= 0)
        given_int(row, "pieces", pieces);
    return given_keep(g, row);
}

static int64_t pieces(struct given *g, const char *ledger, int64_t id)
{
    struct ledger_row *row = given_kept(g, ledger, id);
    size_t i = ledger_column(row->ledger, S("pieces"));

    return row_has(row, i) ? row_int(row, i) : -1;
}

/* What the shelf says, and whether all that follows is as verify makes it. */
static int64_t on_shelf(struct given *g, int64_t id)
{
    struct test *t = g->t;
    struct scope in = act_scope(given_act(g));
    int64_t said = pieces(g, "shelf.shelf", id);
    int64_t periods = 0;

    CHECK(part_is_kept(in, given_kept(g, "shelf.shelf", id), &periods));
    CHECK_INT(tally_read(in, GIVEN_YEAR, S("shelf.pieces"), S("")).sum,
              said < 0 ? 0 : said);
    return said;
}

TEST(a_part_of_a_part_is_rolled_up_to_the_top)
{
    struct given *g = given(t);
    int64_t top = shelf(g, "甲架");
    int64_t left = part(g, "shelf.box", top, "左箱", -1);
    int64_t right = part(g, "shelf.box", top, "右箱", -1);
    int64_t saw = part(g, "shelf.item", left, "锯", 3);
    struct ledger_row *row;

    part(g, "shelf.item", left, "锤", 4);
    part(g, "shelf.item", right, "钉", 50);
    CHECK_INT(pieces(g, "shelf.box", left), 7);
    CHECK_INT(on_shelf(g, top), 57);
    row = given_kept(g, "shelf.item", saw);
    given_int(row, "pieces", 1);
    given_change(g, row);
    CHECK_INT(on_shelf(g, top), 55);
    given_void(g, "shelf.item", saw);
    CHECK_INT(on_shelf(g, top), 54);
    given_restore(g, "shelf.item", saw);
    CHECK_INT(on_shelf(g, top), 55);
}

TEST(a_part_that_is_voided_takes_its_own_parts_from_the_top)
{
    struct given *g = given(t);
    int64_t top = shelf(g, "甲架");
    int64_t left = part(g, "shelf.box", top, "左箱", -1);

    part(g, "shelf.item", left, "锯", 3);
    part(g, "shelf.item", part(g, "shelf.box", top, "右箱", -1), "钉", 50);
    given_void(g, "shelf.box", left);
    CHECK_INT(on_shelf(g, top), 50);
    given_restore(g, "shelf.box", left);
    CHECK_INT(on_shelf(g, top), 53);
    given_void(g, "shelf.shelf", top);
    CHECK_INT(on_shelf(g, top), -1);
    CHECK_INT(pieces(g, "shelf.box", left), -1);
    given_restore(g, "shelf.shelf", top);
    CHECK_INT(pieces(g, "shelf.box", left), 3);
    CHECK_INT(on_shelf(g, top), 53);
}

TEST(parts_of_parts_are_made_again_from_the_bottom)
{
    struct given *g = given(t);
    int64_t top = shelf(g, "甲架");
    int64_t left = part(g, "shelf.box", top, "左箱", -1);

    part(g, "shelf.item", left, "锯", 3);
    tx_run_unjournaled(given_tx(g), SQL("UPDATE shelf_box SET pieces = ?1"),
                       WITH(INT(9)));
    tx_run_unjournaled(given_tx(g), SQL("UPDATE shelf_shelf SET pieces = ?1"),
                       WITH(INT(8)));
    record_rebuild(given_act(g));
    CHECK_INT(pieces(g, "shelf.box", left), 3);
    CHECK_INT(on_shelf(g, top), 3);
}

TEST(a_part_of_a_part_has_owner_and_year_of_the_top)
{
    struct given *g = given(t);
    int64_t top = shelf(g, "甲架");
    int64_t saw =
        part(g, "shelf.item", part(g, "shelf.box", top, "左箱", -1), "锯", 3);
    struct ledger_row *row = given_kept(g, "shelf.shelf", top);

    given_int(row, "unit", given_unit(g, S("区水务局")));
    row->year = 2023;
    given_change(g, row);
    row = given_kept(g, "shelf.item", saw);
    CHECK_INT(row_owner(row), given_unit(g, S("区水务局")));
    CHECK_INT(row->year, 2023);
}
