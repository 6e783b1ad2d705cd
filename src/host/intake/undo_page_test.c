/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A batch undone and brought back, as its pages say. */
#include "host/intake/given_upload.h"

static int64_t live(struct given *g)
{
    return given_live(g, "sample.tree", S(""));
}

/* Two trees and their units, imported by the one who asks. */
static struct given *given_imported(struct test *t)
{
    struct given *g = given_desk(t);

    given_post(g, below(g, given_upload(g, S(TREES ONE TWO)), "/apply"));
    return g;
}

TEST(undo_page_says_in_numbers_what_it_will_do)
{
    struct given *g = given_imported(t);
    struct ctx *c = given_get(g, S("/import/batch/1/undo"));

    CHECK(page_says(c, S("4 行作废，不再统计（其中组织和区划 2 个）")));
    CHECK(!page_says(c, S("行留着不动")));
    CHECK(page_says(c, S("认养树木 2024 2 0")));
    CHECK(page_has(c, S(">撤销 4 行</button>")));
    CHECK_INT(live(g), 2); /* looking changes nothing */
}

TEST(undo_page_wants_a_reason)
{
    static const char *const reasons[] = { "", "  ", "一\n二" };
    struct given *g = given_imported(t);

    for (size_t i = 0; i < COUNT(reasons); i++) {
        struct ctx *c = given_turn(g, "undo", reasons[i]);

        CHECK_INT(page_status(c), 422);
        CHECK(page_says(c, S("4 行作废"))); /* the page stands there again */
        CHECK_INT(live(g), 2);
    }
    CHECK_INT(page_status(given_turn(g, "undo", "传错了文件")), 303);
    CHECK_INT(live(g), 0);
    CHECK(page_says(given_get(g, S("/import/batch/1")),
                    S("撤销 4 行 ，原因：传错了文件")));
}

TEST(undo_page_names_what_stays_and_why)
{
    struct given *g = given_imported(t);
    struct ledger_row *row = given_kept(g, "sample.tree", 1);
    struct ctx *c;

    given_int(row, "visits", 99);
    given_change(g, row);
    c = given_get(g, S("/import/batch/1/undo"));
    CHECK(page_says(c, S("2 行作废")));
    CHECK(page_says(c, S("2 行留着不动")));
    CHECK(page_says(c, S("1 行此后有人改过")));
    CHECK(page_says(c, S("1 行有别的记录正引用")));
    CHECK(page_has(c, S("<a href=\"/sample/tree/1\">")));
    given_asks(g, ROLE_EDITOR); /* of one of the units */
    g->who.org = given_unit(g, S("区法院"));
    c = given_get(g, S("/import/batch/1/undo"));
    CHECK(page_says(c, S("行您的账户不能改")));
}

TEST(undo_page_does_what_it_said_or_nothing)
{
    struct given *g = given_imported(t);
    struct ctx *seen = given_get(g, S("/import/batch/1/undo"));
    struct ledger_row *row = given_kept(g, "sample.tree", 1);
    struct ctx *c;

    given_int(row, "visits", 99);
    given_change(g, row);
    given_opened(g, seen, S("/import/batch/1/undo"));
    given_field(g, "reason", S("传错了文件"));
    c = given_post(g, S("/import/batch/1/undo"));
    CHECK_INT(page_status(c), 409);
    CHECK(page_says(c, S("要变的行数不同了")));
    CHECK(page_says(c, S("2 行作废")));
    CHECK(page_has(c, S("value=\"传错了文件\"")));
    CHECK_INT(live(g), 2);
    CHECK_INT(page_status(given_turn(g, "undo", "传错了文件")), 303);
    CHECK_INT(live(g), 1);
}

TEST(undo_page_brings_back_and_undoes_again)
{
    struct given *g = given_imported(t);
    struct ctx *c;

    CHECK_INT(page_status(given_get(g, S("/import/batch/1/back"))), 409);
    for (int i = 0; i < 2; i++) {
        CHECK_INT(page_status(given_turn(g, "undo", "传错了文件")), 303);
        CHECK_INT(live(g), 0);
        CHECK(page_has(given_get(g, S("/import/batch/1")),
                       S("href=\"/import/batch/1/back\"")));
        c = given_get(g, S("/import/batch/1/back"));
        CHECK(page_says(c, S("4 行恢复，重新统计")));
        CHECK(page_says(c, S("认养树木 2024 0 2")));
        CHECK_INT(page_status(given_turn(g, "back", "没有传错")), 303);
        CHECK_INT(live(g), 2);
    }
    c = given_get(g, S("/import/batch/1"));
    CHECK(page_says(c, S("恢复 4 行 ，原因：没有传错")));
    CHECK(page_says(c, S("撤销 4 行 ，原因：传错了文件")));
    CHECK(page_has(c, S("href=\"/import/batch/1/undo\"")));
    CHECK(page_says(given_get(g, S("/sample/tree/1")),
                    S("恢复（恢复第 1 批导入） ，原因：没有传错")));
}
