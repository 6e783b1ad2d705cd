/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The list as somebody sees it. */
#include "host/given/row_given.h"
#include "host/ledger/cell.h"

static struct ctx *given_list(struct given *g, const char *ledger,
                              const char *query, unsigned roles)
{
    struct test *t = g->t;
    struct ctx *c = given_ctx(g, ledger, query, roles);

    CHECK_INT(show_list(c), OK);
    CHECK(c->answered);
    return c;
}

static void given_helper(struct given *g)
{
    struct ledger_row *row =
        ledger_row_new(g->t->mem, ledger_find(S("children.volunteer")));

    given_value(row, "name", STR(S("陈晓玲")));
    given_value(row, "role", STR(S("volunteer")));
    given_value(row, "phone", STR(S("19912347920")));
    row->year = GIVEN_YEAR;
    given_insert(g, row);
}

TEST(list_page_says_how_many_and_which)
{
    struct given *g = given_begin(t);
    struct ctx *c;

    given_project(g, S("北宅助餐点"));
    given_project(g, S("零工驿站"));
    c = given_list(g, "projects.project", "", 0);
    CHECK(given_has(c, S(">2024 年度共 2 项</caption>")));
    c = given_list(g, "projects.project",
                   "field=livelihood&q=%E5%8A%A9&sort=-due_on", 0);
    CHECK(given_has(c, S("2024 年度 2 项中的 1 项，领域：民生保障，含“助”")));
    CHECK(given_has(c, S("北宅助餐点</a>")));
    CHECK(!given_has(c, S("零工驿站")));
    CHECK(given_has(c, S("aria-sort=\"descending\"")));
    CHECK(given_has(c, S("value=\"-due_on\" selected")));
    CHECK(given_has(c, S("/projects/project/export.xlsx?year=2024&amp;"
                         "q=%E5%8A%A9&amp;field=livelihood&amp;"
                         "sort=-due_on")));
    CHECK(!given_has(c, S("/projects/project/new")));
    CHECK(!given_has(c, S("name=\"voided\"")));
    given_end(g);
}

TEST(list_page_speaks_english)
{
    struct given *g = given_begin(t);
    struct ctx *c = given_ctx(g, "projects.project", "q=a", ROLE_OFFICER);

    given_project(g, S("Alpha"));
    given_project(g, S("Bird"));
    c->lang = LANG_EN;
    CHECK_INT(show_list(c), OK);
    CHECK(given_has(c, S("1 of 2 projects in 2024, containing &quot;a"
                         "&quot;")));
    CHECK(given_has(c, S("Livelihood")));
    CHECK(given_has(c, S("/projects/project/new\">Add</a>")));
    CHECK(given_has(c, S("/import/new?ledger=projects.project\"")));
    given_end(g);
}

TEST(list_page_masks_people_for_visitors)
{
    struct given *g = given_begin(t);
    struct ctx *c;

    given_helper(g);
    c = given_list(g, "children.volunteer", "sort=name", 0);
    CHECK(given_has(c, S("陈**</a>")));
    CHECK(!given_has(c, S("晓")));
    CHECK(!given_has(c, S("7920")));
    CHECK(!given_has(c, S("&amp;sort=name\""))); /* no such link */
    CHECK(!given_has(c, S("value=\"name\"")));
    CHECK(given_has(c, S("&amp;sort=role\"")));
    c = given_list(g, "children.volunteer", "q=%E9%99%88%E6%99%93", 0);
    CHECK(given_has(c, S("没有符合条件的记录")));
    c = given_list(g, "children.volunteer", "q=19912347920", 0);
    CHECK(given_has(c, S("没有符合条件的记录")));
    c = given_list(g, "children.volunteer", "q=%E9%99%88%E6%99%93",
                   ROLE_OFFICER);
    CHECK(given_has(c, S("陈晓玲</a>")));
    given_end(g);
}

TEST(list_page_hides_voided_rows_unless_asked)
{
    struct given *g = given_begin(t);
    struct ledger_row *row = given_project_row(g, S("甲"));
    struct ctx *c;

    given_insert(g, row);
    CHECK_INT(row_void(&g->w.act, row, S("重复")), OK);
    c = given_list(g, "projects.project", "voided=1", 0);
    CHECK(given_has(c, S("这里还没有记录")));
    c = given_list(g, "projects.project", "", ROLE_OFFICER);
    CHECK(given_has(c, S("这里还没有记录")));
    CHECK(given_has(c, S("党组织领衔")));
    CHECK(!given_has(c, S("已作废")));
    c = given_list(g, "projects.project", "voided=1", ROLE_OFFICER);
    CHECK(given_has(c, S("甲</a> <span class=\"tag plain\">已作废</span>")));
    CHECK(given_has(c, S("2024 年度共 1 项，含作废")));
    given_end(g);
}

TEST(list_page_turns_pages)
{
    struct given *g = given_begin(t);
    struct ctx *c;

    for (int i = 1; i <= 120; i++)
        given_project(g, str_fmt(t->mem, "第%d号", i));
    c = given_list(g, "projects.project", "page=2", 0);
    CHECK(!given_has(c, S("第50号")));
    CHECK(given_has(c, S("第51号")));
    CHECK(given_has(c, S("第100号")));
    CHECK(!given_has(c, S("第101号")));
    CHECK(given_has(c, S("page=2\" aria-current=\"page\">2</a>")));
    CHECK(given_has(c, S("page=3\" rel=\"next\"")));
    c = given_list(g, "projects.project", "page=2000000000", 0);
    CHECK(given_has(c, S("第120号")));
    CHECK(given_has(c, S("page=3\" aria-current=\"page\"")));
    CHECK(!given_has(c, S("rel=\"next\"")));
    given_end(g);
}

TEST(list_page_shows_the_year_when_all_are_listed)
{
    struct given *g = given_begin(t);
    struct ctx *c;

    given_project(g, S("甲"));
    c = given_list(g, "projects.project", "year=all", 0);
    CHECK(given_has(c, S("<td data-label=\"年度\">2024</td>")));
    CHECK(given_has(c, S(">共 1 项</caption>")));
    c = given_list(g, "projects.project", "year=2019", 0);
    CHECK(given_has(c, S("<option value=\"2019\" selected>")));
    CHECK(given_has(c, S("2024</option>")));
    CHECK(given_has(c, S("这里还没有记录")));
    given_end(g);
}

TEST(list_page_refuses_an_unknown_ledger)
{
    struct given *g = given_begin(t);
    struct ctx *c = given_ctx(g, "projects.nothing", "", ROLE_OFFICER);

    CHECK_INT(show_list(c), E_ABSENT);
    CHECK(!text_empty(c->refusal));
    c = given_ctx(g, "projects", "", 0);
    CHECK_INT(show_list(c), E_ABSENT);
    given_end(g);
}

/* A value that the column takes, hostile where it takes words. */
static struct value hostile_value(struct given *g, const struct column *c)
{
    struct value words = STR(S("\"'><script>alert(1)</script>&amp;"));
    struct text why;

    switch (c->type) {
    case COLUMN_TEXT:
    case COLUMN_LINES:
    case COLUMN_PHONE:
        if (cell_fits(g->t->mem, c, &words, &why))
            return words;
        return column_is(c, COLUMN_REQUIRED) ? STR(S("<b>")) : NO_TEXT;
    case COLUMN_CHOICE:
        return STR(c->choices[0].key);
    case COLUMN_DATE:
        return INT(20240501);
    case COLUMN_REF:
        return INT(g->unit);
    default:
        return column_is(c, COLUMN_REQUIRED) ? INT(1) : column_none(c);
    }
}

/* Hostile words in every text of every ledger, on every page of it. */
TEST(ledger_pages_escape_every_value)
{
    struct given *g = given_begin(t);
    const struct ledger *l;

    for (size_t n = 0; (l = ledger_at(n)) != NULL; n++) {
        const char *name = str_c(t->mem, ledger_name(t->mem, l));
        struct ledger_row *row = ledger_row_new(t->mem, l);
        enum err (*pages[])(struct ctx *) = { show_list, show_row, edit_row };

        row->year = GIVEN_YEAR;
        for (size_t i = 0; i < l->columns_n; i++)
            row->values[i] = hostile_value(g, &l->columns[i]);
        given_insert(g, row);
        for (size_t p = 0; p < COUNT(pages); p++) {
            struct ctx *c = given_ctx(g, name, "year=2024&q=%22%3E%3Cscript%3E",
                                      ROLE_OFFICER);

            given_row_id(c, row->id);
            CHECK_INT(pages[p](c), OK);
            CHECK(!given_has(c, S("<script>alert")));
            CHECK(!given_has(c, S("\"><")) || !given_has(c, S("\"'>")));
            CHECK(given_has(c, S("&lt;script&gt;")));
        }
    }
    given_end(g);
}
