/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Publishing by the page: what it says, and that this is what is frozen. */
#include "feature/reports/given_report.h"
#include "host/house/running.h"

#define PUBLISH S("/sheets/few/publish")

/* The four trees and their keepers, and a sheet that was not published. */
static struct given *given_sheet_of(struct test *t, struct str text)
{
    struct given *g = given_few(t);

    given_asks(g, ROLE_OFFICER);
    given_put(g, "few", text, S(""));
    return g;
}

static struct given *given_draft(struct test *t)
{
    return given_sheet_of(t, S("# 小答卷\n{sample.trees}棵，"
                               "{sample.visits}人次\n"));
}

/* Send the form of the page `c` with this remark. */
static struct ctx *publish(struct given *g, struct ctx *c, const char *remark)
{
    given_opened(g, c, PUBLISH);
    given_field(g, "reason", str_from(remark));
    return given_post(g, PUBLISH);
}

static int64_t versions(struct given *g)
{
    return given_sql(g, SQL("SELECT count(*) FROM reports_version"));
}

TEST(publish_page_is_for_officers_and_signs)
{
    struct given *g = given_draft(t);
    struct ctx *page = given_get(g, PUBLISH);

    CHECK(page_has(given_get(g, S("/sheets/few/draft")),
                   S("href=\"/sheets/few/publish\"")));
    CHECK_STR(publish(g, page, "年终定稿")->location, S("/sheets/few"));
    CHECK_INT(given_sql(g, SQL("SELECT actor FROM reports_version")),
              GIVEN_ACCOUNT);
    CHECK_INT(given_sql(g, SQL("SELECT max(size) FROM journal_head")),
              given_sql(g, SQL("SELECT count(*) FROM journal_entry")));
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM journal_entry WHERE "
                               "type = 5 AND reason = '年终定稿'")),
              1);
    CHECK(page_says(given_get(g, S("/sheets/few")), S("年终定稿")));
    given_asks(g, ROLE_EDITOR);
    CHECK_INT(page_status(given_get(g, PUBLISH)), 403);
    CHECK_INT(page_status(publish(g, page, "x")), 403);
    given_asks(g, 0);
    CHECK_INT(page_status(given_get(g, PUBLISH)), 401);
    CHECK_INT(page_status(publish(g, page, "x")), 401);
    CHECK_INT(versions(g), 1);
}

TEST(publish_page_refuses_small_round_words)
{
    struct given *g = given_sheet_of(t, S("# 题\n{sample.trees|round}棵\n"));
    struct ctx *c = publish(g, given_get(g, PUBLISH), "年终定稿");

    CHECK_INT(page_status(c), 422);
    CHECK(page_says(c, S("第 2 行：sample.trees 现在是 4")));
    CHECK_INT(versions(g), 0);
}

TEST(publish_page_wants_a_remark)
{
    static const char *const remarks[] = { "", "  ", "一\n二" };
    struct given *g = given_draft(t);

    for (size_t i = 0; i < COUNT(remarks); i++)
        CHECK_INT(page_status(publish(g, given_get(g, PUBLISH), remarks[i])),
                  422);
    CHECK_INT(versions(g), 0);
}

TEST(publish_page_says_what_is_frozen_and_what_is_new)
{
    struct given *g = given_draft(t);
    struct ctx *c = given_get(g, PUBLISH);
    struct ledger_row *row;

    CHECK(page_says(c, S("冻结的数字：2 个")));
    CHECK(page_says(c, S("认养树木 4 4")));
    CHECK(page_says(c, S("年的规则从此固定")));
    CHECK(page_says(c, S("最佳长势名额（%）：30")));
    CHECK_INT(versions(g), 0); /* looking publishes nothing */
    CHECK_INT(page_status(publish(g, c, "年终定稿")), 303);
    c = given_get(g, PUBLISH);
    CHECK(page_says(c, S("与第 1 版不同的 0 个")));
    CHECK(page_says(c, S("正文与第 1 版相同")));
    CHECK(!page_says(c, S("规则从此固定"))); /* they are by now */
    row = given_kept(g, "sample.tree", 1);
    given_int(row, "visits", 1000);
    given_change(g, row);
    given_put(g, "few",
              S("# 小答卷\n{sample.visits}人次，{sample.trees}棵，"
                "{sample.keepers}名\n"),
              S(""));
    c = given_get(g, PUBLISH);
    CHECK(page_says(c, S("与第 1 版不同的 2 个"))); /* one it did not have */
    CHECK(page_says(c, S("正文与第 1 版不同")));
    CHECK(page_has(c, S(">发布第 2 版</button>")));
}

TEST(publish_page_publishes_what_it_showed_or_nothing)
{
    struct given *g = given_draft(t);
    struct ctx *seen = given_get(g, PUBLISH);
    struct ledger_row *row = given_kept(g, "sample.tree", 1);
    struct ctx *c;

    given_int(row, "visits", 1000);
    given_change(g, row);
    c = publish(g, seen, "年终定稿");
    CHECK_INT(page_status(c), 409);
    CHECK(page_says(c, S("正文或数字刚刚变了")));
    CHECK(page_has(c, S("value=\"年终定稿\"")));
    CHECK_INT(versions(g), 0);
    CHECK_INT(page_status(publish(g, c, "年终定稿")), 303);
    seen = given_get(g, PUBLISH);
    given_put(g, "few", S("# 别的\n"), S(""));
    CHECK_INT(page_status(publish(g, seen, "再发一版")), 409);
    CHECK_INT(versions(g), 1);
}

TEST(publishing_waits_for_long_work_and_pages_say_that_it_runs)
{
    struct given *g = given_draft(t);
    struct running_hold hold = { t->mem, g->house->place.keys };
    struct running r = { .reason = S("") };
    struct ctx *seen = given_get(g, PUBLISH);
    struct ctx *c;

    CHECK(!page_says(seen, S("数据正在写入")));
    NEED_INT(running_begin(given_act(g), &hold, &r), OK);
    CHECK(page_says(given_get(g, S("/figures")), S("数据正在写入")));
    c = publish(g, seen, "年终定稿");
    CHECK_INT(page_status(c), 409);
    CHECK(page_says(c, S("请等它结束再发布")));
    CHECK_INT(versions(g), 0);
    running_end(given_act(g), r.id);
    CHECK_INT(page_status(publish(g, seen, "年终定稿")), 303);
    CHECK_INT(versions(g), 1);
}
