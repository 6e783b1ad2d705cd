/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Milestones in a cell, as workbooks keep them. */
#include "feature/projects/milestone_cell.h"
#include "feature/projects/moves.h"
#include "test/test.h"

#define TWO "方案制定（3月30日前，20%）；专班组建（5月25日前，20%）"
#define FOUR TWO "；中期推进（7月20日前，30%）；完成验收（9月15日前，30%）"

static bool read(struct test *t, const char *plan, const char *done,
                 struct milestone_texts *ret, struct text *why)
{
    return milestones_read(t->mem, str_from(plan), 2024, ret, why) &&
           milestones_read_done(t->mem, str_from(done), 2024, ret, why);
}

TEST(a_cell_of_milestones_is_read_and_written_as_it_was)
{
    static const struct {
        const char *plan, *done;
    } cells[] = {
        { FOUR, "方案制定、专班组建" },
        { FOUR, "方案制定（4月26日）、专班组建" },
        { FOUR, "" },
        { "验收（2025年1月10日前，100%）", "验收（2025年1月9日）" },
        { "", "" },
    };

    for (size_t i = 0; i < COUNT(cells); i++) {
        struct milestone_texts m;
        struct text why = TEXT("", "");

        CHECK(read(t, cells[i].plan, cells[i].done, &m, &why));
        CHECK_STR(milestones_write(t->mem, &m, 2024), str_from(cells[i].plan));
        CHECK_STR(milestones_write_done(t->mem, &m, 2024),
                  str_from(cells[i].done));
    }
}

TEST(a_cell_of_milestones_is_read_as_people_write_it)
{
    static const char *const cells[] = {
        "方案(3月30日,40%);验收(2024-09-15,60%)",
        "方案（2024年3月30日前，40）\n验收（2024.9.15，60）\n",
        " 方案 （ 3月30日前 ， 40％ ）；； 验收（9月15日前，60%） ",
    };

    for (size_t i = 0; i < COUNT(cells); i++) {
        struct milestone_texts m;
        struct text why = TEXT("", "");

        CHECK(read(t, cells[i], "方案", &m, &why));
        CHECK_INT(m.n, 2);
        CHECK_STR(m.v[0].name, S("方案"));
        CHECK_INT(m.v[0].due, 20240330);
        CHECK_INT(m.v[0].weight, 40);
        CHECK(m.v[0].done && !m.v[1].done);
        CHECK_INT(m.v[1].due, 20240915);
    }
}

TEST(a_cell_of_milestones_that_cannot_be_read_names_the_piece)
{
    static const struct {
        const char *plan, *done, *words;
    } cells[] = {
        { "方案；验收（9月15日前，60%）", "", "“方案”" },
        { "方案（20%）", "", "“方案（20%）”" },
        { "方案（3月30日前）", "", "读不出时限和权重" },
        { "方案（6月31日前，100%）", "", "6月31日" },
        { "方案（3月30日前，0%）", "", "读不出" },
        { "方案（3月30日前，90%）；验收（9月15日前，60%）", "", "150%" },
        { "方案（3月30日前，50%）；方案（9月15日前，50%）", "", "写了两次" },
        { FOUR, "中期验收", "“中期验收”不在里程碑之中" },
        { FOUR, "方案制定（上旬）", "“方案制定（上旬）”的日期读不出" },
    };

    for (size_t i = 0; i < COUNT(cells); i++) {
        struct milestone_texts m;
        struct text why = TEXT("", "");

        CHECK(!read(t, cells[i].plan, cells[i].done, &m, &why));
        CHECK(str_find(why.zh, str_from(cells[i].words)) != SIZE_MAX);
    }
}

TEST(a_cell_may_say_that_nothing_stands_in_the_way)
{
    CHECK(blocker_is_none(S("无")) && blocker_is_none(S(" 暂无 ")));
    CHECK(blocker_is_none(S("")) && blocker_is_none(S("—")));
    CHECK(!blocker_is_none(S("无人机审批时限长")));
}

TEST(moves_are_kept_as_a_line_and_read_again)
{
    struct str line = S("");
    struct move move = { 20240724, 20240731, 20240820 };

    line = moves_add(t->mem, line, &move);
    CHECK_STR(line, S("2024-07-24: 2024-07-31→2024-08-20"));
    line =
        moves_add(t->mem, line, &(struct move){ 20240810, 20240820, 20241001 });
    CHECK(move_next(&line, &move));
    CHECK_INT(move.on, 20240724);
    CHECK(move_next(&line, &move));
    CHECK_INT(move.to, 20241001);
    CHECK(!move_next(&line, &move));
    line = S("改过一次");
    CHECK(!move_next(&line, &move));
}
