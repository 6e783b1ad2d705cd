/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations, and the roles that columns play. */
#include "host/ledger/ledger.h"

#include "test/test.h"

enum { NAME, UNIT, HELD_ON, NOTE };

static const struct column columns[] = {
    [NAME] = { .key = S_INIT("name"), .flags = COLUMN_TITLE },
    [UNIT] = { .key = S_INIT("unit"),
               .type = COLUMN_REF,
               .flags = COLUMN_OWNER },
    [HELD_ON] = { .key = S_INIT("held_on"),
                  .type = COLUMN_DATE,
                  .flags = COLUMN_WHEN },
    [NOTE] = { .key = S_INIT("note") },
};

static const struct ledger visits = { .columns = columns,
                                      .columns_n = COUNT(columns) };

TEST(a_role_is_found_and_a_role_nobody_plays_is_not)
{
    CHECK_INT(ledger_title(&visits), NAME);
    CHECK_INT(ledger_role(&visits, COLUMN_OWNER), UNIT);
    CHECK_INT(ledger_role(&visits, COLUMN_WHEN), HELD_ON);
    CHECK(ledger_has(&visits, COLUMN_WHEN));
    CHECK(!ledger_has(&visits, COLUMN_PLACE));
    CHECK(ledger_role(&visits, COLUMN_PLACE) == SIZE_MAX);
}

TEST(a_row_answers_by_role)
{
    struct ledger_row *row = ledger_row_new(t->mem, &visits);

    CHECK_INT(row_owner(row), 0);
    CHECK_INT(row_when(row), 0);
    row->values[NAME] = STR(S("沙龙"));
    row->values[UNIT] = INT(7);
    row->values[HELD_ON] = INT(20240503);
    CHECK_STR(row_title(row), S("沙龙"));
    CHECK_INT(row_owner(row), 7);
    CHECK_INT(row_when(row), 20240503);
    CHECK_INT(row_place(row), 0);
}

TEST(the_year_is_asked_where_no_date_decides_it)
{
    struct ledger dateless = { .columns = columns, .columns_n = HELD_ON };
    struct ledger standing = dateless;

    standing.standing = true;
    CHECK(!ledger_asks_year(&visits));
    CHECK(ledger_asks_year(&dateless));
    CHECK(!ledger_asks_year(&standing));
}
