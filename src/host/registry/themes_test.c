/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/given/given.h"
#include "host/ledger/theme.h"

static struct ledger_row *theme(struct given *g, int32_t year, struct str name)
{
    struct ledger_row *row = given_row(g, "registry.theme");

    row->year = year;
    given_text(row, "name", name);
    return row;
}

static struct str of(struct given *g, int32_t year)
{
    return theme_of(act_scope(given_act(g)), year);
}

TEST(a_year_is_called_as_its_theme)
{
    struct given *g = given(t);
    int64_t id = given_keep(g, theme(g, 2024, S("提质争先年")));

    given_keep(g, theme(g, 2025, S("项目攻坚年")));
    CHECK_STR(of(g, 2024), S("提质争先年"));
    CHECK_STR(of(g, 2025), S("项目攻坚年"));
    CHECK_STR(of(g, 2023), S(""));
    given_void(g, "registry.theme", id);
    CHECK_STR(of(g, 2024), S(""));
}

TEST(a_year_has_one_theme)
{
    struct given *g = given(t);
    struct asker asker = asker_shell(act_scope(given_act(g)));
    struct admission a = { .asker = &asker, .said_year = 2024 };
    int64_t id = given_keep(g, theme(g, 2024, S("提质争先年")));
    struct ledger_row *row;

    CHECK_INT(row_admit(&a, theme(g, 2024, S("项目攻坚年"))), E_INPUT);
    CHECK_STR(a.problems[0].reason.zh,
              S("2024 年已有主题“提质争先年”；请改那一条，或先作废它"));
    row = given_kept(g, "registry.theme", id);
    given_text(row, "name", S("项目攻坚年"));
    given_change(g, row);
    CHECK_STR(of(g, 2024), S("项目攻坚年"));
}

TEST(home_says_the_theme_of_its_year)
{
    struct given *g = given(t);

    given_keep(g, sample_tree(g, S("甲")));
    given_keep(g, theme(g, 2024, S("提质争先年")));
    given_commit(g);
    CHECK(page_says(given_get(g, S("/")), S("年度主题：提质争先年")));
    CHECK(!page_says(given_get(g, S("/?year=2023")), S("年度主题")));
}
