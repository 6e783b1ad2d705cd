/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The pages of answer sheets, as visitors and officers get them. */
#include "feature/reports/given_report.h"
#include "feature/reports/markup.h"
#include "feature/reports/report.h"

#define EDIT_FEW S("/sheets/few/edit")
#define FEW_TEXT                                                               \
    "# 小答卷\n\n## 一、认养\n认养{sample.trees}棵，银杏"         \
    "{sample.trees.ginkgo}棵。\n\n浇水{sample.visits}人次，"            \
    "护树人{sample.keepers}名，还是{sample.trees}棵。\n"

static struct str article(const struct ctx *c)
{
    struct str b = page_html(c);
    size_t from = str_find(b, S("<article"));

    return str_slice(b, from, str_find(b, S("</article>")));
}

/* The few rows, their sheet, published once. */
static struct given *given_published(struct test *t)
{
    struct given *g = given_few(t);

    NEED_INT(given_put(g, "few", S(FEW_TEXT),
                       S("# Few\n{sample.trees} trees\n")),
             OK);
    NEED_INT(given_publish(g, "few"), 1);
    return g;
}

TEST(report_page_links_every_number_to_its_rows)
{
    struct given *g = given_published(t);
    struct ctx *c;

    c = given_get(g, S("/sheets/few"));
    CHECK_INT(page_status(c), 200);
    CHECK(page_has(c, S("<h1>小答卷</h1>")));
    CHECK(page_has(c, S("href=\"/sheets/few/1/sample.trees\" data-n=\"1\" "
                        "aria-describedby=\"rule-1\">4</a>")));
    CHECK(page_has(c, S("href=\"/sheets/few/1/sample.trees\" data-n=\"1\" "
                        "aria-describedby=\"rule-5\">4</a>")));
    CHECK(page_has(c, S("href=\"/sheets/few/1/sample.visits\" data-n=\"3\" "
                        "aria-describedby=\"rule-3\">42</a>")));
    CHECK(page_has(c, S("id=\"rule-1\">口径：每棵树计一次")));
    CHECK(page_has(c, S("<li id=\"n4\"><b>护树人数 3名</b>：")));
    CHECK(!page_has(c, S("<li id=\"n5\"")));
    CHECK(!page_has(c, S("class=\"changed\"")));
    CHECK(page_says(c, S("第 1 版，内容已冻结")));
    CHECK(page_has(c, S("/sheets/few/1/bundle")));
    CHECK(!page_has(c, EDIT_FEW));
}

TEST(report_page_speaks_english)
{
    struct given *g = given_published(t);
    struct ctx *c;

    g->lang = LANG_EN;
    c = given_get(g, S("/sheets/few"));
    CHECK(page_has(c, S("<h1>Few</h1>")));
    CHECK(page_has(c, S("</span></span> trees</p>")));
    CHECK(page_says(c, S("Version 1, frozen")));
    CHECK(!page_has(c, S("<h1>小答卷")));
}

TEST(report_page_shows_what_changed_beside_what_was_published)
{
    struct given *g = given_published(t);
    struct ctx *c;
    struct str before;

    c = given_get(g, S("/sheets/few/1"));
    before = article(c);
    given_void(g, "sample.tree", 1);
    c = given_get(g, S("/sheets/few"));
    CHECK(page_has(c, S("<span class=\"changed\">发布时 4 → 今天 3</span>")));
    CHECK(page_has(c, S("<span class=\"changed\">发布时 2 → 今天 1</span>")));
    CHECK(page_has(c, S(">4</a>")));
    c = given_get(g, S("/sheets/few/1"));
    CHECK_STR(article(c), before);
    CHECK(before.n > 500);
    CHECK(page_says(c, S("发布之后的变化")));
    CHECK(page_has(c, S("/figures/sample.trees?year=2024\">3</a>")));
}

TEST(first_version_stays_the_same_beside_the_second)
{
    struct given *g = given_published(t);
    struct ctx *c;
    struct str before;

    c = given_get(g, S("/sheets/few/1"));
    before = article(c);
    given_void(g, "sample.tree", 1);
    given_publish(g, "few");
    c = given_get(g, S("/sheets/few/1"));
    CHECK_STR(article(c), before);
    CHECK(page_says(c, S("看最新一版")));
    c = given_get(g, S("/sheets/few"));
    CHECK(page_says(c, S("第 2 版，内容已冻结")));
    CHECK(page_says(c, S("与第 1 版相比有 2 个数字不同")));
    CHECK(!page_has(c, S("class=\"changed\"")));
    given_publish(g, "few");
    c = given_get(g, S("/sheets/few/3"));
    CHECK(page_says(c, S("与第 2 版相比没有变化")));
}

TEST(frozen_rows_count_to_the_number)
{
    struct given *g = given_published(t);
    struct ctx *c;

    given_void(g, "sample.tree", 1);
    c = given_get(g, S("/sheets/few/1/sample.trees"));
    CHECK(page_has(c, S("<h1>认养树木 4棵</h1>")));
    CHECK(page_has(c, S("4 棵</caption>")));
    CHECK(page_has(c, S("<a href=\"/sample/tree/1\">甲</a>")));
    CHECK(page_has(c, S("?year=2024\">3棵</a>")));
    c = given_get(g, S("/sheets/few/1/sample.visits"));
    CHECK(page_has(c, S(">30</td>")));
    CHECK(page_has(c, S(">梅树</td>")));
    CHECK(page_has(c, S(">区一局</td>")));
}

TEST(report_page_says_what_its_year_is_called)
{
    struct given *g = given_published(t);
    struct str was = str_dup(g->m, article(given_get(g, S("/sheets/few"))));
    struct ledger_row *row = given_row(g, "registry.theme");
    struct ctx *c;

    given_text(row, "name", S("提质争先年"));
    given_keep(g, row);
    given_commit(g);
    c = given_get(g, S("/sheets/few/1"));
    CHECK(page_says(c, S("年度主题：提质争先年")));
    CHECK_STR(article(c), was); /* that is frozen */
    c = given_get(g, S("/sheets/few/1?year=2023"));
    CHECK(page_says(c, S("年度主题：提质争先年"))); /* of its own year */
}

TEST(frozen_rows_mask_people)
{
    struct given *g = given_published(t);
    struct ctx *c;

    given_asks(g, ROLE_OFFICER);
    c = given_get(g, S("/sheets/few/1/sample.keepers"));
    CHECK(page_has(c, S("陈**")));
    CHECK(!page_has(c, S("晓玲")));
    CHECK(!page_has(c, S("13800000001")));
}

TEST(frozen_rows_come_in_pages)
{
    struct given *g = given_many(t);
    struct ctx *c;

    given_all(g);
    c = given_get(g, S("/sheets/all/1/sample.trees?page=2"));
    CHECK(page_says(c, S("103 棵，第 2/3 页")));
    CHECK(page_has(c, S("sample.trees?page=1\" rel=\"prev\"")));
    CHECK(page_has(c, S("sample.trees?page=3\" rel=\"next\"")));
    c = given_get(g, S("/sheets/all/1/sample.trees?page=99"));
    CHECK(page_says(c, S("第 3/3 页")));
    CHECK(!page_has(c, S("rel=\"next\"")));
    c = given_get(g, S("/sheets/all"));
    CHECK(page_has(c, S(">100余</a>")));
    CHECK(page_says(c, S("准确数是 103")));
}

TEST(bundle_is_downloaded_as_it_was_published)
{
    struct given *g = given_published(t);
    struct ctx *c;

    c = given_get(g, S("/sheets/few/1/bundle"));
    CHECK_STR(page_html(c), given_bundle(g, "few", 1));
    c = given_get(g, S("/sheets/few/2/bundle"));
    CHECK_INT(page_status(c), 404);
}

TEST(sheets_that_are_not_there_are_404)
{
    struct given *g = given_published(t);
    struct ctx *c;

    c = given_get(g, S("/sheets/none"));
    CHECK_INT(page_status(c), 404);
    c = given_get(g, S("/sheets/few/2"));
    CHECK_INT(page_status(c), 404);
    c = given_get(g, S("/sheets/few/x"));
    CHECK_INT(page_status(c), 404);
    c = given_get(g, S("/sheets/few/1/sample.none"));
    CHECK_INT(page_status(c), 404);
    c = given_get(g, S("/sheets/few/1/sample.praise"));
    CHECK_INT(page_status(c), 404);
}

TEST(unpublished_sheet_is_for_officers)
{
    struct given *g = given_few(t);
    struct ctx *c;

    given_put(g, "few", S(FEW_TEXT), S(""));
    c = given_get(g, S("/sheets/few"));
    CHECK_INT(page_status(c), 404);
    CHECK(!page_says(c, S("小答卷")));
    c = given_get(g, S("/sheets"));
    CHECK(!page_says(c, S("小答卷")));
    CHECK(page_says(c, S("还没有发布过答卷")));
    c = given_get(g, S("/sheets/few/draft"));
    CHECK_INT(page_status(c), 401);
    given_asks(g, ROLE_OFFICER);
    c = given_get(g, S("/sheets/few"));
    CHECK(page_says(c, S("草稿")));
    CHECK(page_says(c, S("发布第 1 版")));
    CHECK(page_has(c, S("href=\"/figures/sample.trees\"")));
    CHECK(page_says(given_get(g, S("/sheets")), S("小答卷")));
}

TEST(editing_saves_and_journals)
{
    struct given *g = given_published(t);
    struct ctx *c;

    given_asks(g, ROLE_OFFICER);
    c = given_get(g, EDIT_FEW);
    CHECK(page_has(c, S("{sample.trees}</span>")));
    given_opened(g, c, EDIT_FEW);
    given_field(g, "year", S("2024"));
    given_field(g, "zh", S("# 新答卷\n{sample.trees}棵"));
    c = given_post(g, EDIT_FEW);
    CHECK_STR(c->location, S("/sheets/few/draft"));
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM journal_entry WHERE "
                               "subject = 'reports.report' AND type = 2 AND "
                               "actor = 7")),
              1);
    c = given_get(g, S("/sheets/few"));
    CHECK(page_has(c, S("<h1>小答卷</h1>")));
    c = given_get(g, S("/sheets/few/draft"));
    CHECK(page_has(c, S("<h1>新答卷</h1>")));
}

TEST(editing_refuses_an_unknown_figure_and_keeps_the_input)
{
    struct given *g = given_published(t);
    struct ctx *c;

    given_asks(g, ROLE_OFFICER);
    given_opened(g, given_get(g, EDIT_FEW), EDIT_FEW);
    given_field(g, "year", S("2024"));
    given_field(g, "zh", S("# 新答卷\n\n<b>{sample.tress}棵"));
    c = given_post(g, EDIT_FEW);
    CHECK_INT(page_status(c), 422);
    CHECK(page_says(c, S("第 3 行：没有代号为“sample.tress”的数字")));
    CHECK(page_has(c, S("&lt;b&gt;{sample.tress}棵")));
    CHECK(page_has(c, S("<title>错误：")));
    CHECK_INT(given_sql(g, SQL("SELECT edition FROM reports_report")), 1);
}

/* What stood in a text, what the two made of it, and what came of it. */
struct meeting {
    const char *first_zh, *first_en, *second_zh, *second_en;
    int status;
    const char *zh, *en;
};

TEST(editing_at_the_same_time_asks_about_the_text_that_both_changed)
{
    static const struct meeting meetings[] = {
        { "# 零", "# A", "# 甲", "# O", 303, "# 甲", "# A" },
        { "# 乙", "# O", "# 零", "# B", 303, "# 乙", "# B" },
        { "# 乙", "# A", "# 零", "# O", 303, "# 乙", "# A" },
        { "# 乙", "# O", "# 甲", "# B", 409, "# 乙", "# O" },
        { "# 零", "# A", "# 零", "# B", 409, "# 零", "# A" },
        { "# 零", "", "# 零", "# B", 409, "# 零", "" },
        { "# 零", "", "# 甲", "# O", 303, "# 甲", "" },
    };
    struct given *g = given_published(t);

    given_asks(g, ROLE_OFFICER);
    for (size_t i = 0; i < COUNT(meetings); i++) {
        const struct meeting *n = &meetings[i];
        struct report now;
        struct ctx *c;

        given_put(g, "few", S("# 零"), S("# O"));
        c = given_get(g, EDIT_FEW);
        given_put(g, "few", str_from(n->first_zh), str_from(n->first_en));
        given_opened(g, c, EDIT_FEW);
        given_field(g, "year", S("2024"));
        given_field(g, "zh", str_from(n->second_zh));
        given_field(g, "en", str_from(n->second_en));
        CHECK_INT(page_status(given_post(g, EDIT_FEW)), n->status);
        NEED(report_load(act_scope(given_act(g)), S("few"), &now));
        CHECK_STR(now.text.zh, markup_clean(g->m, str_from(n->zh)));
        CHECK_STR(now.text.en, markup_clean(g->m, str_from(n->en)));
    }
}

TEST(editing_at_the_same_time_is_409_with_both_texts)
{
    struct given *g = given_published(t);
    struct ctx *c;

    given_asks(g, ROLE_OFFICER);
    c = given_get(g, EDIT_FEW);
    given_put(g, "few", S("# 别人的\n{sample.trees}棵\n"), S(""));
    given_opened(g, c, EDIT_FEW);
    given_field(g, "year", S("2024"));
    given_field(g, "zh", S("# 我的\n{sample.trees}棵\n"));
    c = given_post(g, EDIT_FEW);
    CHECK_INT(page_status(c), 409);
    CHECK(page_has(c, S("# 别人的")));
    CHECK(page_has(c, S("# 我的")));
    given_opened(g, c, EDIT_FEW); /* compared, and meant */
    given_field(g, "year", S("2024"));
    given_field(g, "zh", S("# 我的\n{sample.trees}棵\n"));
    CHECK_INT(page_status(given_post(g, EDIT_FEW)), 303);
}

TEST(editing_after_a_preview_still_notices_another)
{
    struct given *g = given_published(t);
    struct ctx *c;

    given_asks(g, ROLE_OFFICER);
    c = given_get(g, EDIT_FEW);
    given_put(g, "few", S("# 别人的\n"), S(""));
    given_opened(g, c, EDIT_FEW);
    given_field(g, "year", S("2024"));
    given_field(g, "preview", S("1"));
    given_field(g, "zh", S("# 我的\n"));
    c = given_post(g, EDIT_FEW);
    CHECK_INT(page_status(c), 200);
    given_opened(g, c, EDIT_FEW);
    given_field(g, "year", S("2024"));
    given_field(g, "zh", S("# 我的\n"));
    CHECK_INT(page_status(given_post(g, EDIT_FEW)), 409);
}

TEST(preview_shows_values_and_saves_nothing)
{
    struct given *g = given_published(t);
    struct ctx *c;

    given_asks(g, ROLE_OFFICER);
    given_field(g, "year", S("2024"));
    given_field(g, "preview", S("1"));
    given_field(g, "zh", S("# 预览的\n{sample.visits}人次\n"));
    c = given_post(g, EDIT_FEW);
    CHECK_INT(page_status(c), 200);
    CHECK(page_has(c, S("<h2 class=\"title\">预览的</h2>")));
    CHECK(page_has(c, S(">42</a>")));
    CHECK_INT(given_sql(g, SQL("SELECT edition FROM reports_report")), 1);
}

static struct ctx *post_new(struct given *g, const char *slug)
{
    given_field(g, "slug", str_from(slug));
    given_field(g, "year", S("2024"));
    given_field(g, "zh", S("# 又一份\n"));
    return given_post(g, S("/sheets/new"));
}

TEST(new_sheets_have_a_name_of_their_own)
{
    struct given *g = given_published(t);

    given_asks(g, ROLE_OFFICER);
    CHECK(page_has(given_get(g, S("/sheets/new")),
                   S("name=\"slug\" value=\"2024\"")));
    CHECK_INT(page_status(post_new(g, "few")), 422);
    CHECK_INT(page_status(post_new(g, "../x")), 422);
    CHECK_STR(post_new(g, "mid-2024")->location, S("/sheets/mid-2024/draft"));
    given_asks(g, ROLE_EDITOR);
    CHECK_INT(page_status(post_new(g, "mid-2025")), 403);
}

TEST(texts_of_authors_cannot_become_markup)
{
    struct given *g = given_few(t);
    struct ctx *c;

    given_put(g, "few", S("# <i>\n<script>alert(1)</script>\n"), S(""));
    given_publish(g, "few");
    c = given_get(g, S("/sheets/few"));
    CHECK(page_has(c, S("<h1>&lt;i&gt;</h1>")));
    CHECK(!page_has(c, S("<script>alert")));
}

TEST(home_links_to_the_sheet_of_its_year_only_when_it_can_be_read)
{
    struct given *g = given_few(t);
    struct str link = S("href=\"/sheets/2024\"");

    CHECK(!page_has(given_get(g, S("/")), link));
    NEED_INT(given_put(g, "2024", S(FEW_TEXT), S("# Few\n{sample.trees}\n")),
             OK);
    CHECK(!page_has(given_get(g, S("/")), link));
    given_asks(g, ROLE_OFFICER);
    CHECK(page_has(given_get(g, S("/")), link));
    NEED_INT(given_publish(g, "2024"), 1);
    given_asks(g, 0);
    CHECK(page_has(given_get(g, S("/")), link));
    CHECK(!page_has(given_get(g, S("/?year=2023")), S("\"/sheets/2023")));
}
