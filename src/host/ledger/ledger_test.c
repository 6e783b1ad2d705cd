/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations, and the roles that columns play. */
#include "host/ledger/record.h"

#include "host/ledger/figure.h"
#include "test/test.h"

#define WALKS TEXT_INIT("健步走", "Walks")

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

TEST(ledgers_and_rows_have_an_address)
{
    const struct ledger l = { .feature = S("sample"), .noun = S("tree") };

    CHECK_STR(ledger_path(t->mem, &l), S("/sample/tree"));
    CHECK_STR(row_path(t->mem, &l, 12), S("/sample/tree/12"));
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

static const struct choice grades[] = {
    CHOICE("good", "好", "Good"),
};

/* A title, and beside it a column that is sound or not. */
struct pair {
    struct column title;
    struct column other;
};

static struct pair given_pair(void)
{
    return (struct pair){
        .title = { .key = S("name"),
                   .label = WALKS,
                   .flags = COLUMN_TITLE | COLUMN_IDENTITY },
        .other = { .key = S("other"), .label = WALKS },
    };
}

static void give_choices(struct column *c)
{
    c->choices = grades;
    c->choices_n = COUNT(grades);
}

static struct str fault_of(const struct pair *p, struct str *ret_column)
{
    const struct column both[] = { p->title, p->other };
    const struct ledger l = { .columns = both, .columns_n = 2 };
    const char *fault = ledger_fault(&l, ret_column);

    return fault ? str_from(fault) : S("");
}

TEST(a_place_lies_within_another_column_of_places)
{
    struct pair p = given_pair();
    struct str column;

    p.other.type = COLUMN_REF;
    p.other.ref = ledger_name(t->mem, ledger_organisations());
    p.other.within = S("nowhere");
    CHECK_STR(fault_of(&p, &column),
              S("lies within no column of organisations"));
    p.other.within = S("name");
    CHECK_STR(fault_of(&p, &column),
              S("lies within no column of organisations"));
    p.other.within = S("other");
    CHECK_STR(fault_of(&p, &column),
              S("lies within no column of organisations"));
}

TEST(a_role_wants_a_column_of_its_type)
{
    static const struct {
        unsigned role;
        enum column_type wrong;
        enum column_type right;
    } cases[] = {
        { COLUMN_WHEN, COLUMN_TEXT, COLUMN_DATE },
        { COLUMN_DUE, COLUMN_COUNT, COLUMN_DATE },
        { COLUMN_KIND, COLUMN_TEXT, COLUMN_CHOICE },
        { COLUMN_OWNER, COLUMN_TEXT, COLUMN_REF },
        { COLUMN_PLACE, COLUMN_TEXT, COLUMN_REF },
    };
    struct str column;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct pair p = given_pair();

        p.other.flags = cases[i].role;
        p.other.type = cases[i].wrong;
        CHECK_STR(fault_of(&p, &column), S("plays a role of another type"));
        CHECK_STR(column, S("other"));
        p.other.type = cases[i].right;
        if (cases[i].right == COLUMN_REF)
            p.other.ref = ledger_name(t->mem, ledger_organisations());
        if (cases[i].right == COLUMN_CHOICE)
            give_choices(&p.other);
        CHECK_STR(fault_of(&p, &column), S(""));
    }
}

TEST(owner_and_place_are_organisations)
{
    static const unsigned cases[] = { COLUMN_OWNER, COLUMN_PLACE };
    const struct ledger *other = ledger_at(0);
    struct pair p = given_pair();
    struct str column;

    if (other == ledger_organisations())
        other = ledger_at(1);
    p.other.type = COLUMN_REF;
    p.other.ref = ledger_name(t->mem, other);
    CHECK_STR(fault_of(&p, &column), S(""));
    for (size_t i = 0; i < COUNT(cases); i++) {
        p.other.flags = cases[i];
        CHECK_STR(fault_of(&p, &column),
                  S("owner and place are organisations"));
    }
}

TEST(a_reference_chooses_by_a_kind_that_is)
{
    struct pair p = given_pair();
    struct str column;

    p.other.type = COLUMN_REF;
    p.other.ref = ledger_name(t->mem, ledger_organisations());
    p.other.ref_kind = S("unit");
    CHECK_STR(fault_of(&p, &column), S(""));
    p.other.ref_kind = S("choir");
    CHECK_STR(fault_of(&p, &column), S("refers to a kind that is not"));
}

TEST(a_role_is_played_once_and_the_title_always)
{
    struct pair p = given_pair();
    struct str column;

    CHECK_STR(fault_of(&p, &column), S(""));
    p.other.flags = COLUMN_TITLE;
    CHECK_STR(fault_of(&p, &column),
              S("plays a role that another column plays"));
    CHECK_STR(column, S("other"));
    p.title.flags = COLUMN_IDENTITY;
    CHECK_STR(fault_of(&p, &column), S(""));
    p.other.flags = 0;
    CHECK_STR(fault_of(&p, &column), S("no title"));
    CHECK_STR(column, S(""));
    p.title.flags = COLUMN_TITLE;
    CHECK_STR(fault_of(&p, &column), S("no identity"));
}

TEST(a_column_that_cannot_work_is_unsound)
{
    struct pair p = given_pair();
    struct str column;

    p.other.key = S("name");
    CHECK_STR(fault_of(&p, &column), S("declared twice"));
    p = given_pair();
    give_choices(&p.other);
    CHECK_STR(fault_of(&p, &column), S("choices belong to COLUMN_CHOICE"));
    p = given_pair();
    p.other.type = COLUMN_REF;
    p.other.ref = S("walks.nothing");
    CHECK_STR(fault_of(&p, &column), S("refers to no ledger"));
    p.other.type = COLUMN_TEXT;
    CHECK_STR(fault_of(&p, &column), S("references belong to COLUMN_REF"));
    p = given_pair();
    p.other.flags = COLUMN_CLOCK;
    CHECK_STR(fault_of(&p, &column), S(""));
    p.other.type = COLUMN_DATE;
    CHECK_STR(fault_of(&p, &column), S("a time of day is a text"));
    p = given_pair();
    p.other.flags = COLUMN_LINK;
    CHECK_STR(fault_of(&p, &column), S(""));
    p.other.flags |= COLUMN_PERSONAL;
    CHECK_STR(fault_of(&p, &column),
              S("an address of the web is a text about nobody"));
    p = given_pair();
    p.other.unit = UNIT_PEOPLE;
    CHECK_STR(fault_of(&p, &column), S("a unit belongs to numbers"));
    p.other.type = COLUMN_COUNT;
    CHECK_STR(fault_of(&p, &column), S(""));
    p = given_pair();
    p.other.parts = S("男|女");
    CHECK_STR(fault_of(&p, &column), S("only counts are added up"));
    p.other.type = COLUMN_COUNT;
    CHECK_STR(fault_of(&p, &column), S(""));
    p = given_pair();
    p.other.flags = COLUMN_DERIVED;
    CHECK_STR(fault_of(&p, &column),
              S("a derived column that nothing derives"));
}

TEST(a_decision_is_about_an_owner_and_comes_after_the_row)
{
    static const struct str fault =
        S_INIT("what is decided about an owner comes after the row");
    static const unsigned wrong[] = { COLUMN_REQUIRED, COLUMN_IDENTITY,
                                      COLUMN_OWNER };
    struct pair p = given_pair();
    struct column owned[] = {
        p.title,
        { .key = S("unit"),
          .label = WALKS,
          .type = COLUMN_REF,
          .ref = ledger_name(t->mem, ledger_organisations()),
          .flags = COLUMN_OWNER },
        { .key = S("grade"), .label = WALKS, BY_OFFICER },
    };
    const struct ledger l = { .columns = owned, .columns_n = COUNT(owned) };
    struct str column;

    p.other.by = RELATION_OFFICER;
    CHECK_STR(fault_of(&p, &column), fault); /* about whom? */
    CHECK_STR(column, S("other"));
    CHECK(!ledger_fault(&l, &column));
    for (size_t i = 0; i < COUNT(wrong); i++) {
        bool owner = wrong[i] == COLUMN_OWNER;

        owned[owner ? 1 : 2].flags = wrong[i];
        owned[1].by = owner ? RELATION_OFFICER : 0;
        CHECK_STR(str_from(ledger_fault(&l, &column)), fault);
        owned[1].flags = COLUMN_OWNER;
        owned[1].by = 0;
        owned[2].flags = 0;
    }
}

static const struct column answered[] = {
    COLUMN(TEXT, "name", "名称", "Name",
           .flags = COLUMN_TITLE | COLUMN_IDENTITY),
    COLUMN(CHOICE, "grade", "评价", "Grade", CHOICES(grades)),
    COLUMN(COUNT, "good", "满意", "Good"),
    COLUMN(DATE, "day", "日期", "Day"),
    COLUMN(CHOICE, "field", "领域", "Field", CHOICES(grades)),
};

TEST(a_kind_of_record_sums_numbers_by_one_choice)
{
    static const struct {
        struct record_kind kind;
        const char *fault;
        const char *column;
    } cases[] = {
        { RECORD("x.all"), "", "" },
        { RECORD("x.good", .sums = AT(2), .by = AT(1)), "", "" },
        { RECORD(""), "a kind of record without a name", "" },
        { RECORD("x.day", .sums = AT(3)), "is summed and no number", "day" },
        { RECORD("x.name", .by = AT(0)), "is a category and no choice",
          "name" },
        { RECORD("x.both", .by = AT(1) | AT(4)), "a record of two categories",
          "" },
        { RECORD("x.beyond", .sums = AT(5)), "counts by a column it has not",
          "" },
        { RECORD("x.beyond", .by = AT(63)), "counts by a column it has not",
          "" },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct ledger l = { .columns = answered,
                            .columns_n = COUNT(answered),
                            .kinds = &cases[i].kind,
                            .kinds_n = 1 };
        struct str column;
        const char *fault = ledger_fault(&l, &column);

        CHECK_STR(str_from(fault ? fault : ""), str_from(cases[i].fault));
        CHECK_STR(column, str_from(cases[i].column));
    }
}

TEST(every_declaration_is_sound_and_speaks_both_languages)
{
    const struct ledger *l;

    ledger_check_all();
    figure_check_all();
    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++) {
        CHECK(l->label.en.n > 0 && l->unit.en.n > 0 && l->about.en.n > 0);
        for (size_t k = 0; k < l->columns_n; k++)
            CHECK(l->columns[k].label.en.n > 0);
    }
}
