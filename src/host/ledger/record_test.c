/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a row counts as, by the declaration of its kinds. */
#include "host/ledger/record.h"

#include "test/test.h"

enum { FIELD, VERY_GOOD, GOOD, ANSWERS };

static const struct choice fields[] = {
    CHOICE("green", "绿色", "Green"),
    CHOICE("city", "城市", "City"),
};

static const struct column columns[] = {
    [FIELD] = COLUMN(CHOICE, "field", "领域", "Field", CHOICES(fields)),
    [VERY_GOOD] = COLUMN(COUNT, "very_good", "非常满意", "Very good"),
    [GOOD] = COLUMN(COUNT, "good", "满意", "Good"),
    [ANSWERS] = COLUMN(COUNT, "answers", "有效问卷", "Answers"),
};

static const struct ledger survey = { .columns = columns,
                                      .columns_n = COUNT(columns) };
/* None of these rules reads a policy. */
static const struct scope nowhere = { 0 };

static bool rank_by_answers(struct scope in, const struct ledger_row *row,
                            struct record *ret)
{
    (void)in;
    ret->rank = ret->quantity + row_int(row, ANSWERS);
    return row_has(row, ANSWERS);
}

TEST(a_kind_that_says_no_more_counts_each_row_once)
{
    static const struct record_kind kind = RECORD("surveys.survey");
    struct ledger_row *row = ledger_row_new(t->mem, &survey);
    struct record r;

    CHECK(record_of(nowhere, &kind, row, &r));
    CHECK_INT(r.quantity, 1);
    CHECK_INT(r.rank, 0);
    CHECK_STR(r.category, S(""));
    row->voided = true;
    CHECK(!record_of(nowhere, &kind, row, &r));
}

TEST(a_sum_wants_every_one_of_its_columns)
{
    static const struct record_kind kind =
        RECORD("surveys.happy", .sums = AT(VERY_GOOD) | AT(GOOD));
    struct ledger_row *row = ledger_row_new(t->mem, &survey);
    struct record r;

    CHECK(!record_of(nowhere, &kind, row, &r));
    row->values[VERY_GOOD] = INT(7);
    CHECK(!record_of(nowhere, &kind, row, &r));
    row->values[GOOD] = INT(0); /* zero is a value */
    CHECK(record_of(nowhere, &kind, row, &r));
    CHECK_INT(r.quantity, 7);
    row->values[ANSWERS] = INT(100); /* no part of the sum */
    CHECK(record_of(nowhere, &kind, row, &r));
    CHECK_INT(r.quantity, 7);
}

TEST(the_category_is_the_key_of_the_choice)
{
    static const struct record_kind kind =
        RECORD("surveys.survey", .by = AT(FIELD));
    struct ledger_row *row = ledger_row_new(t->mem, &survey);
    struct record r;

    CHECK(record_of(nowhere, &kind, row, &r));
    CHECK_STR(r.category, S(""));
    row->values[FIELD] = STR(S("green"));
    CHECK(record_of(nowhere, &kind, row, &r));
    CHECK_STR(r.category, S("green"));
    CHECK_INT(r.quantity, 1);
}

TEST(a_function_has_the_last_word)
{
    static const struct record_kind kind =
        RECORD("surveys.ranked", .sums = AT(GOOD), .by = AT(FIELD),
               .of = rank_by_answers);
    struct ledger_row *row = ledger_row_new(t->mem, &survey);
    struct record r;

    row->values[FIELD] = STR(S("city"));
    row->values[ANSWERS] = INT(10);
    CHECK(!record_of(nowhere, &kind, row, &r)); /* nothing to sum */
    row->values[GOOD] = INT(5);
    CHECK(record_of(nowhere, &kind, row, &r));
    CHECK_INT(r.rank, 15);
    CHECK_INT(r.quantity, 5);
    CHECK_STR(r.category, S("city"));
    row->values[ANSWERS] = NO_INT;
    CHECK(!record_of(nowhere, &kind, row, &r));
}
