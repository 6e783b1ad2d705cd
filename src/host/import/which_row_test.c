/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Which row of the ledger a row of a file is: found, asked, answered. */
#include "host/given/given.h"
#include "host/ledger/ref.h"

#define TREES "序号,树种,树名,认养单位,栽种社区,栽种日期,浇水人次\n"
#define KEEPERS "护树人,护树职责,守护社区,护树电话\n"

static struct str counts_of(struct test *t, const struct import_sheet *s)
{
    return str_fmt(t->mem, "%zu %zu %zu %zu", s->count[IMPORT_NEW],
                   s->count[IMPORT_CHANGED], s->count[IMPORT_SAME],
                   s->count[IMPORT_WRONG]);
}

/*
 * New, changed, same and wrong rows of one file imported with an answer for
 * all its questions; the preview must have promised the same.
 */
static const struct import_sheet *check_import(struct given *g, const char *csv,
                                               enum import_answer answer,
                                               const char *want)
{
    struct test *t = g->t;
    struct import *im =
        given_plan(g, given_workbook(g, str_from(csv), S("a.csv")));

    import_say(im, 0, SIZE_MAX, answer);
    given_compare(g, im);
    CHECK_STR(counts_of(t, &im->sheets[0]), str_from(want));
    given_apply(g, im);
    CHECK_STR(counts_of(t, &im->sheets[0]), str_from(want));
    return &im->sheets[0];
}

TEST(a_serial_number_is_no_identity)
{
    struct given *g = given(t);

    check_import(g,
                 TREES "1,松树,甲,区法院,,2024-03-01,1\n"
                       "2,松树,乙,区法院,,2024-03-01,2\n",
                 IMPORT_NO_ANSWER, "2 0 0 0");
    check_import(g,
                 TREES "1,松树,丙,区法院,,2024-03-01,3\n"
                       "2,松树,甲,区法院,,2024-03-01,1\n"
                       "3,松树,乙,区法院,,2024-03-01,2\n",
                 IMPORT_NO_ANSWER, "1 0 2 0");
    check_import(g, TREES "9,松树,乙,区法院,,2024-03-01,5\n", IMPORT_NO_ANSWER,
                 "0 1 0 0");
}

TEST(a_row_of_another_unit_is_a_question)
{
    struct given *g = given(t);
    const struct import_sheet *s;

    check_import(g, TREES "1,松树,甲,区法院,,2024-03-01,1\n", IMPORT_NO_ANSWER,
                 "1 0 0 0");
    s = check_import(g, TREES "1,松树,甲,区新单位,,2024-03-01,7\n",
                     IMPORT_NO_ANSWER, "0 0 0 1");
    CHECK_INT(s->problems->question, IMPORT_ASKS_ALIKE);
    CHECK_INT(s->problems->like, 1);
    CHECK(str_find(s->problems->reason.zh, S("区法院的第 1 号")) != SIZE_MAX);
    CHECK_INT(s->made, 0);
    CHECK_INT(given_figure(g, "sample.visits").value, 1);
    check_import(g, TREES "1,松树,甲,区新单位,,2024-03-01,7\n",
                 IMPORT_ANSWER_NEW, "1 0 0 0");
    CHECK_INT(given_figure(g, "sample.visits").value, 8);
    /* Once there are two, each is told by its unit. */
    check_import(g,
                 TREES "1,松树,甲,区新单位,,2024-03-01,7\n"
                       "2,松树,甲,区法院,,2024-03-01,1\n",
                 IMPORT_NO_ANSWER, "0 0 2 0");
}

/* 甲 of two units and 王女士 of two places, as an officer let them in. */
static struct given *given_pairs(struct test *t)
{
    struct given *g = given(t);

    given_divisions(g);
    check_import(g,
                 TREES "1,松树,甲,区法院,,2024-03-01,1\n"
                       "2,松树,甲,区司法局,,2024-03-01,2\n",
                 IMPORT_ANSWER_NEW, "2 0 0 0");
    check_import(g,
                 KEEPERS "王女士,帮手,书香门第社区,\n"
                         "王女士,帮手,中韩社区,\n",
                 IMPORT_ANSWER_NEW, "2 0 0 0");
    return g;
}

TEST(two_rows_of_one_name_that_stand_already_are_no_question)
{
    struct given *g = given_pairs(t);

    check_import(g,
                 TREES "2,松树,甲,区司法局,,2024-03-01,2\n"
                       "1,松树,甲,区法院,,2024-03-01,1\n",
                 IMPORT_NO_ANSWER, "0 0 2 0");
    check_import(g,
                 TREES "1,松树,甲,区法院,,2024-03-01,1\n"
                       "2,松树,甲,区司法局,,2024-03-01,9\n",
                 IMPORT_NO_ANSWER, "0 1 1 0");
    check_import(g,
                 KEEPERS "王女士,帮手,中韩社区,\n"
                         "王女士,帮手,书香门第社区,\n",
                 IMPORT_NO_ANSWER, "0 0 2 0");
    check_import(g,
                 "编号," TREES "1,1,松树,甲,区法院,,2024-03-01,1\n"
                 "2,2,松树,甲,区司法局,,2024-03-01,9\n",
                 IMPORT_NO_ANSWER, "0 0 2 0");
}

TEST(one_more_of_a_name_that_stands_twice_is_a_question)
{
    struct given *g = given_pairs(t);

    check_import(g,
                 TREES "1,松树,甲,区法院,,2024-03-01,1\n"
                       "2,松树,甲,区司法局,,2024-03-01,2\n"
                       "3,松树,甲,区水务局,,2024-03-01,3\n",
                 IMPORT_NO_ANSWER, "0 0 2 1");
    check_import(g,
                 "编号," TREES ",3,松树,甲,区水务局,,2024-03-01,3\n"
                 "1,1,松树,甲,区法院,,2024-03-01,1\n",
                 IMPORT_NO_ANSWER, "0 0 1 1");
    check_import(g,
                 TREES "1,松树,甲,区法院,,2024-03-01,1\n"
                       "2,松树,甲,区法院,,2024-03-01,2\n",
                 IMPORT_NO_ANSWER, "0 0 1 1");
}

TEST(a_row_said_to_be_the_same_takes_the_other_unit)
{
    struct given *g = given(t);

    check_import(g, TREES "1,松树,甲,区法院,,2024-03-01,1\n", IMPORT_NO_ANSWER,
                 "1 0 0 0");
    check_import(g, TREES "1,松树,甲,区司法局,,2024-03-01,7\n",
                 IMPORT_ANSWER_SAME, "0 1 0 0");
    CHECK_INT(given_live(g, "sample.tree", S("")), 1);
    CHECK_INT(given_figure(g, "sample.visits").value, 7);
}

TEST(a_place_that_is_filled_in_later_is_no_question)
{
    struct given *g = given(t);

    given_divisions(g);
    check_import(g, TREES "1,松树,甲,区法院,,2024-03-01,1\n", IMPORT_NO_ANSWER,
                 "1 0 0 0");
    check_import(g, TREES "1,松树,甲,区法院,书香门第社区,2024-03-01,1\n",
                 IMPORT_NO_ANSWER, "0 1 0 0");
    check_import(g, TREES "1,松树,甲,区法院,,2024-03-01,1\n", IMPORT_NO_ANSWER,
                 "0 1 0 0");
}

TEST(people_of_one_name_are_told_by_telephone_or_asked_about)
{
    struct given *g = given(t);

    given_divisions(g);
    check_import(g, KEEPERS "王女士,帮手,书香门第社区,\n", IMPORT_NO_ANSWER,
                 "1 0 0 0");
    check_import(g, KEEPERS "王女士,帮手,书香门第社区,13900007920\n",
                 IMPORT_NO_ANSWER, "0 0 0 1");
    check_import(g, KEEPERS "王女士,帮手,书香门第社区,13900007920\n",
                 IMPORT_ANSWER_NEW, "1 0 0 0");
    check_import(g, KEEPERS "王女士,帮手,书香门第社区,13900007921\n",
                 IMPORT_ANSWER_NEW, "1 0 0 0");
    CHECK_INT(given_live(g, "sample.keeper", S("")), 3);
}

TEST(one_name_with_two_units_in_a_file_is_a_question)
{
    struct given *g = given(t);
    const char *csv = TREES "1,松树,甲,区法院,,2024-03-01,1\n"
                            "2,松树,甲,打错字的单位,,2024-03-01,2\n";
    const struct import_sheet *s =
        check_import(g, csv, IMPORT_NO_ANSWER, "1 0 0 1");

    CHECK_INT(s->made, 1);
    CHECK_INT(s->problems->question, IMPORT_ASKS_ALIKE);
    CHECK_INT(given_live(g, "registry.organisation", S("")), 1);
    check_import(g, csv, IMPORT_ANSWER_NEW, "1 0 1 0");
}

TEST(a_row_is_answered_singly_before_its_sheet_is)
{
    struct given *g = given(t);
    struct import *im;

    check_import(g,
                 TREES "1,松树,甲,区法院,,2024-03-01,1\n"
                       "2,松树,乙,区法院,,2024-03-01,1\n",
                 IMPORT_NO_ANSWER, "2 0 0 0");
    im = given_plan(g, given_workbook(g,
                                      S(TREES
                                        "1,松树,甲,区司法局,,2024-03-01,1\n"
                                        "2,松树,乙,区司法局,,2024-03-01,1\n"),
                                      S("a.csv")));
    import_say(im, 0, SIZE_MAX, IMPORT_ANSWER_NEW);
    import_say(im, 0, 2, IMPORT_ANSWER_SAME);
    import_say(im, 0, 999, IMPORT_ANSWER_SAME);
    given_apply(g, im);
    CHECK_INT(im->count[IMPORT_NEW], 1);
    CHECK_INT(im->count[IMPORT_CHANGED], 1);
}

TEST(a_reference_to_one_of_two_is_told_by_its_unit)
{
    struct given *g = given(t);
    struct ref_book *refs;
    struct text reason;
    struct ref found;
    struct column c = { .type = COLUMN_REF, .ref = S("sample.tree") };

    check_import(g,
                 TREES "1,松树,甲,区法院,,2024-03-01,1\n"
                       "2,松树,甲,区司法局,,2024-03-01,2\n",
                 IMPORT_ANSWER_NEW, "2 0 0 0");
    refs = ref_book_new(act_scope(given_act(g)));
    CHECK_INT(ref_find(refs, &c, S("甲"), &found, &reason), E_CLASH);
    CHECK_INT(ref_find(refs, &c, S("甲（区司法局）"), &found, &reason), OK);
    CHECK_INT(found.id, 2);
    CHECK_INT(ref_find(refs, &c, S("甲(区水务局)"), &found, &reason), E_ABSENT);
    CHECK_INT(ref_find_near(refs, &c, S("甲"),
                            (struct whose){ given_unit(g, S("区法院")), 0 },
                            &found),
              OK);
    CHECK_INT(found.id, 1);
}

TEST(unknown_places_are_gathered_and_registered_by_one_answer)
{
    struct given *g = given(t);
    const char *csv = TREES "1,松树,甲,区法院,春社区,2024-03-01,1\n"
                            "2,松树,乙,区法院,夏社区,2024-03-01,1\n"
                            "3,松树,丙,区法院,春社区,2024-03-01,1\n";
    struct import *im =
        given_plan(g, given_workbook(g, str_from(csv), S("a.csv")));

    given_apply(g, im);
    CHECK_INT(im->count[IMPORT_WRONG], 3);
    NEED_INT(im->unknown_n, 2);
    CHECK_STR(im->unknown[0].name, S("春社区"));
    CHECK_STR(im->unknown[0].kind.zh, S("社区"));
    CHECK_INT(im->unknown[0].rows, 2);
    CHECK_INT(given_live(g, "registry.organisation", S("")), 0);
    im->registers = true;
    given_apply(g, im);
    CHECK_INT(im->count[IMPORT_NEW], 3);
    CHECK_INT(im->unknown_n, 0);
    CHECK_INT(im->sheets[0].made, 3);
}

TEST(what_is_no_name_is_not_offered_to_be_registered)
{
    struct given *g = given(t);
    const char *csv = TREES "1,松树,甲,区法院,/,2024-03-01,1\n"
                            "2,松树,乙,区法院,无,2024-03-01,1\n"
                            "3,松树,丙,区法院,——,2024-03-01,1\n"
                            "4,松树,丁,区法院,无名社区,2024-03-01,1\n";
    struct import *im =
        given_plan(g, given_workbook(g, str_from(csv), S("a.csv")));

    given_compare(g, im);
    CHECK_INT(im->count[IMPORT_WRONG], 4);
    NEED_INT(im->unknown_n, 1);
    CHECK_STR(im->unknown[0].name, S("无名社区"));
    CHECK_INT(im->sheets[0].problems->question, IMPORT_ASKS_NOTHING);
    CHECK(str_find(im->sheets[0].problems->reason.zh, S("没有就留空")) !=
          SIZE_MAX);
    im->registers = true;
    given_apply(g, im);
    CHECK_INT(im->count[IMPORT_NEW], 1);
}

/* To copy a row of an export and change its name is to make a new one. */
TEST(an_id_that_stands_twice_changes_no_row_twice)
{
    static const char *const second[] = {
        "1,2,松树,乙,区法院,,2024-03-01,1\n",
        "1,2,松树,甲,区法院,,2024-03-01,9\n",
        "1,2,松树,甲,区法院,,2024-03-01,1\n",
    };
    struct given *g = given(t);
    const struct import_sheet *s;

    check_import(g, TREES "1,松树,甲,区法院,,2024-03-01,1\n", IMPORT_NO_ANSWER,
                 "1 0 0 0");
    for (size_t i = 0; i < COUNT(second); i++) {
        struct str csv =
            str_fmt(g->m, "编号," TREES "1,1,松树,甲,区法院,,2024-03-01,1\n%s",
                    second[i]);

        s = check_import(g, csv.p, IMPORT_NO_ANSWER, "0 0 1 1");
        CHECK_STR(s->problems->column.zh, S("编号"));
        CHECK(str_find(s->problems->reason.zh, S("第 2 行已经是这个编号")) ==
              0);
    }
    CHECK_INT(given_live(g, "sample.tree", S("甲")), 1);
    check_import(g,
                 "编号," TREES "1,1,松树,甲,区法院,,2024-03-01,1\n"
                 ",2,松树,乙,区法院,,2024-03-01,1\n",
                 IMPORT_NO_ANSWER, "1 0 1 0");
}

/* 甲 is renamed by its id, and there is a new 甲: preview and import agree. */
TEST(a_name_that_a_row_gave_up_is_that_of_a_new_row)
{
    struct given *g = given(t);
    const char *csv = "编号," TREES "1,1,松树,乙,区法院,,2024-03-01,1\n"
                      ",2,松树,甲,区法院,,2024-03-01,1\n";

    check_import(g, TREES "1,松树,甲,区法院,,2024-03-01,1\n", IMPORT_NO_ANSWER,
                 "1 0 0 0");
    check_import(g, csv, IMPORT_NO_ANSWER, "1 1 0 0");
    check_import(g, csv, IMPORT_NO_ANSWER, "0 0 2 0");
    check_import(g,
                 TREES "1,松树,甲,区法院,,2024-03-01,1\n"
                       "2,松树,甲,区法院,,2024-03-01,1\n",
                 IMPORT_NO_ANSWER, "0 0 1 1");
}
