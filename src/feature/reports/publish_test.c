/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Sheets, from text to frozen versions. */
#include "feature/reports/given_report.h"

#include "feature/reports/markup.h"
#include "host/house/verify.h"
#include "host/ledger/setting.h"

static struct bundle_facts given_facts(struct test *t, struct str bytes)
{
    struct bundle_facts facts = { .version = -1 };
    struct text why = TEXT("", "");

    CHECK_INT(bundle_verify(t->mem, bytes, S(""), &facts, &why), OK);
    CHECK_STR(why.en, S(""));
    return facts;
}

/* Every number of the bundle is the one that the ledgers give. */
static void check_figures(struct given *g, const struct bundle *b)
{
    struct test *t = g->t;

    for (size_t i = 0; i < b->figures_n; i++) {
        const struct figure_value *v = &b->figures[i].value;
        struct figure_value now =
            given_figure(g, str_c(t->mem, v->figure->key));

        CHECK_INT(v->value, now.value);
        CHECK_INT(v->n, now.n);
        CHECK_STR(figure_text(t->mem, v), figure_text(t->mem, &now));
    }
}

TEST(published_sheet_has_the_figures_of_the_ledgers)
{
    struct given *g = given_many(t);
    struct bundle b;

    given_all(g);
    b = given_read(t, given_bundle(g, "all", 1));
    CHECK_INT(b.year, 2024);
    CHECK_INT(b.version, 1);
    CHECK_STR(b.name.zh, S("崂山区"));
    CHECK_INT(b.figures_n, 6);
    check_figures(g, &b);
    CHECK_INT(given_bundled(t, &b, "sample.trees")->value.value, 103);
    CHECK_INT(given_bundled(t, &b, "sample.trees")->rows.n, 103);
    CHECK_INT(given_bundled(t, &b, "sample.healthiest")->value.places, 30);
}

TEST(published_sheet_verifies_offline)
{
    struct given *g = given_many(t);
    struct bundle_facts f;

    given_all(g);
    f = given_facts(t, given_bundle(g, "all", 1));
    CHECK_STR(f.report, S("all"));
    CHECK_INT(f.version, 1);
    CHECK_INT(f.rows, 103 + 7); /* and the units they name */
    CHECK_INT(f.size, given_sql(g, SQL("SELECT count(*) FROM journal_entry")));
    CHECK_STR(f.key, note_key_encode(t->mem, &g->house->key));
}

/* The demo's text, or a draft where it tells of a programme that is gone. */
TEST(demo_publishes_a_sheet_of_the_programmes_there_are)
{
    struct given *g = given(t);
    struct text why = TEXT("", "");
    struct bundle b;

    given_divisions(g);
    given_apply(g,
                given_plan(g,
                           given_workbook(g, test_data(t, "demo/ledgers.xlsx"),
                                          S("ledgers.xlsx"))));
    CHECK_INT(reports_demo(g->house, t->mem, &why), OK);
    CHECK_INT(given_facts(t, given_bundle(g, "2024", 1)).version, 1);
    b = given_read(t, given_bundle(g, "2024", 1));
    CHECK(b.figures_n > 10);
    check_figures(g, &b);
}

TEST(published_house_still_verifies)
{
    struct given *g = given_few(t);
    struct verify_counts n = { 0 };
    struct text wrong = TEXT("", "");

    given_put(g, "few", S("# 小\n{sample.trees}棵\n"), S(""));
    given_publish(g, "few");
    CHECK_INT(verify_house(g->house, t->mem, &n, &wrong), OK);
    CHECK_STR(wrong.en, S(""));
    CHECK_INT(n.heads, 1);
}

TEST(published_version_stays_byte_identical)
{
    struct given *g = given_many(t);
    struct str first;
    struct bundle b;

    given_all(g);
    first = given_bundle(g, "all", 1);
    given_void(g, "sample.tree", 3);
    CHECK_INT(given_figure(g, "sample.trees").value, 102);
    CHECK_STR(given_bundle(g, "all", 1), first);
    CHECK_INT(given_publish(g, "all"), 2);
    CHECK_STR(given_bundle(g, "all", 1), first);
    b = given_read(t, given_bundle(g, "all", 2));
    CHECK_INT(given_bundled(t, &b, "sample.trees")->value.value, 102);
    CHECK_INT(given_facts(t, first).version, 1);
    CHECK_INT(given_facts(t, given_bundle(g, "all", 2)).version, 2);
}

TEST(publishing_twice_gives_a_second_version_of_the_same)
{
    struct given *g = given_few(t);
    struct bundle one;
    struct bundle two;

    given_put(g, "few", S("# 小\n{sample.trees}棵\n"), S(""));
    given_publish(g, "few");
    CHECK_INT(given_publish(g, "few"), 2);
    one = given_read(t, given_bundle(g, "few", 1));
    two = given_read(t, given_bundle(g, "few", 2));
    NEED(one.figures_n > 0 && two.figures_n > 0);
    CHECK_STR(two.text.zh, one.text.zh);
    CHECK_INT(two.figures[0].value.value, one.figures[0].value.value);
    CHECK_INT(two.size, one.size + 1);
}

TEST(bundles_open_no_personal_and_no_internal_value)
{
    struct given *g = given_few(t);
    struct str bytes;

    given_put(g, "few", S("# 小\n{sample.trees}棵 {sample.keepers}名\n"),
              S(""));
    given_publish(g, "few");
    bytes = given_bundle(g, "few", 1);
    CHECK(str_find(bytes, S("shown 陈**")) != SIZE_MAX);
    CHECK(str_find(bytes, S("晓玲")) == SIZE_MAX);
    CHECK(str_find(bytes, S("13800000001")) == SIZE_MAX);
    CHECK(str_find(bytes, S("post=")) == SIZE_MAX);
}

TEST(bundles_say_which_columns_a_sum_is_of)
{
    struct given *g = given_many(t);
    const struct bundle_figure *f;
    struct bundle b;

    given_all(g);
    b = given_read(t, given_bundle(g, "all", 1));
    CHECK_STR(given_bundled(t, &b, "sample.visits")->rows.from, S("visits"));
    f = given_bundled(t, &b, "sample.praise");
    CHECK_STR(f->rows.from, S("votes"));
    CHECK_STR(f->parts.from, S("likes+hearts"));
    f = given_bundled(t, &b, "sample.trees.ginkgo");
    CHECK_STR(f->rows.where, S("species=ginkgo"));
    CHECK_STR(f->rows.from, S(""));
}

/* What publishing this text says; nothing may have been kept. */
static struct text given_refusal(struct test *t, struct str zh)
{
    struct given *g = given_few(t);
    struct text why = TEXT("", "");
    int64_t version = -1;
    int64_t entries;

    if (given_put(g, "few", zh, S("")) != OK) {
        CHECK_INT(reports_check(t->mem, zh, S(""), &why), E_INPUT);
        CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM reports_report")), 0);
        return why;
    }
    entries = given_sql(g, SQL("SELECT count(*) FROM journal_entry"));
    CHECK_INT(given_try(g, "few", &version, &why), E_INPUT);
    CHECK_INT(version, -1);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM journal_entry")), entries);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM reports_version")), 0);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM journal_head")), 0);
    return why;
}

TEST(sheets_refuse_an_unknown_figure_by_key_and_line)
{
    struct text why = given_refusal(t, S("# 题\n\n好{sample.none}棵\n"));

    CHECK(str_find(why.zh, S("第 3 行")) != SIZE_MAX);
    CHECK(str_find(why.en, S("line 3: there is no figure "
                             "\"sample.none\"")) != SIZE_MAX);
}

TEST(publishing_refuses_round_words_below_a_hundred)
{
    struct text why = given_refusal(t, S("# 题\n{sample.trees|round}棵\n"));

    CHECK(str_find(why.en, S("line 2: sample.trees is 4, below a "
                             "hundred")) != SIZE_MAX);
}

TEST(sheets_refuse_hours_of_what_is_no_time)
{
    struct text why = given_refusal(t, S("# 题\n{sample.trees|hours}棵\n"));

    CHECK(str_find(why.zh, S("第 2 行")) != SIZE_MAX);
    CHECK(str_find(why.en, S("line 2: \"sample.trees\" is no time")) !=
          SIZE_MAX);
}

TEST(sheets_refuse_braces_that_are_no_figure)
{
    CHECK(str_find(given_refusal(t, S("# 题\n{sample.trees\n")).en,
                   S("line 2: a brace")) != SIZE_MAX);
}

TEST(sheets_refuse_a_text_without_title)
{
    CHECK(str_find(given_refusal(t, S("{sample.trees}棵\n")).en,
                   S("line 1: the first line is the title")) != SIZE_MAX);
}

TEST(publishing_refuses_a_sheet_that_is_not_there)
{
    struct given *g = given(t);
    struct text why = TEXT("", "");
    int64_t version = -1;

    CHECK_INT(given_try(g, "none", &version, &why), E_ABSENT);
    CHECK_INT(version, -1);
    CHECK(why.zh.n > 0);
}

TEST(publishing_refuses_a_row_that_was_changed_behind_the_journal)
{
    struct given *g = given_few(t);
    struct text why = TEXT("", "");
    int64_t version = -1;

    given_put(g, "few", S("# 题\n{sample.visits}人次\n"), S(""));
    tx_run_unjournaled(given_tx(g),
                       SQL("UPDATE sample_tree SET name = 'x' WHERE "
                           "id = 3"),
                       (struct args){ 0 });
    CHECK_INT(given_try(g, "few", &version, &why), E_INPUT);
    CHECK(str_find(why.en, S("ledger sample.tree row 3")) != SIZE_MAX);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM reports_version")), 0);
}

TEST(saving_equal_text_changes_nothing)
{
    struct given *g = given_few(t);
    int64_t entries;

    given_put(g, "few", S("# 题\n{sample.trees}棵\n"), S(""));
    entries = given_sql(g, SQL("SELECT count(*) FROM journal_entry"));
    given_put(g, "few", S("# 题\r\n{sample.trees}棵  \r\n\r\n"), S(""));
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM journal_entry")), entries);
    given_put(g, "few", S("# 新题\n{sample.trees}棵\n"), S(""));
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM journal_entry")),
              entries + 1);
    CHECK_INT(given_sql(g, SQL("SELECT edition FROM reports_report")), 2);
}

TEST(saving_refuses_an_edition_that_is_old)
{
    struct given *g = given_few(t);
    struct report s = { .slug = S("few"),
                        .year = 2024,
                        .edition = 0,
                        .text = { S("# 别的\n"), S("") } };
    struct text why = TEXT("", "");

    given_put(g, "few", S("# 题\n{sample.trees}棵\n"), S(""));
    CHECK_INT(report_save(given_act(g), &s, &why), E_CLASH);
    CHECK(why.zh.n > 0);
}

TEST(report_names_are_safe_in_addresses)
{
    CHECK(report_slug_is_valid(S("2024")));
    CHECK(report_slug_is_valid(S("mid-2024")));
    CHECK(!report_slug_is_valid(S("new")));
    CHECK(!report_slug_is_valid(S("")));
    CHECK(!report_slug_is_valid(S("../x")));
    CHECK(!report_slug_is_valid(S("A")));
}

TEST(published_sheet_of_a_demo_says_so_in_its_bundle)
{
    struct given *g = given_many(t);
    struct bundle b;

    CHECK(setting_write(given_act(g), SETTING_DEMO, S("1")) == OK);
    given_all(g);
    b = given_read(t, given_bundle(g, "all", 1));
    CHECK_STR(b.name.zh, S("崂山区（演示数据）"));
    CHECK_STR(b.name.en, S("Laoshan District (demo data)"));
}

/* A year that was published is rated as it was; the next ones anew. */
TEST(publishing_freezes_the_policies_of_the_year)
{
    struct given *g = given_many(t);
    const struct policy *p = policy_find(S("sample.healthiest_percent"));
    struct text why;
    struct bundle b;
    struct ctx *c;

    given_all(g);
    CHECK_INT(policy_set(given_act(g), p,
                         &(struct policy_rule){ 2024, 10, S("二号文") }, &why),
              OK);
    given_commit(g);
    CHECK_INT(given_figure(g, "sample.healthiest").places, 30);
    CHECK_INT(policy_read(act_scope(given_act(g)), 2025, p->key), 10);
    given_commit(g);
    c = given_get(g, S("/figures/sample.healthiest"));
    CHECK(page_says(c, S("长势评分最高的 30%。")));
    CHECK(page_says(c, S("后来改为 10")));
    c = given_get(g, S("/figures/sample.healthiest?year=2025"));
    CHECK(page_says(c, S("长势评分最高的 10%。")));
    CHECK(!page_says(c, S("后来改为")));
    b = given_read(t, given_bundle(g, "all", 1));
    CHECK_STR(given_bundled(t, &b, "sample.healthiest")->figure.rule.zh,
              S("长势评分最高的 30%。"));
    given_asks(g, ROLE_OFFICER);
    CHECK(page_says(given_get(g, S("/policies")), S("2024年的答卷已经发布")));
    c = given_get(g, S("/sheets/all/1/sample.healthiest"));
    CHECK(page_says(c, S("长势评分最高的 30%。")));
    CHECK(page_says(c, S("最佳长势名额（%） 30（默认值）。已按此发布")));
}
