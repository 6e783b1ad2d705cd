/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The list as somebody sees it. */
#include "host/given/given.h"
#include "host/ledger/cell.h"

TEST(list_page_says_how_many_and_which)
{
    struct given *g = given(t);
    struct ctx *c;

    given_keep(g, sample_tree(g, S("北宅助餐点")));
    given_keep(g, sample_tree(g, S("零工驿站")));
    c = given_get(g, S("/sample/tree"));
    CHECK(page_says(c, S("2024 年度共 2 棵")));
    c = given_get(g, S("/sample/tree?species=ginkgo&q=助&sort=-due_on"));
    CHECK(page_says(c, S("2024 年度 2 棵中的 1 棵，树种：银杏，含“助”")));
    CHECK(page_says(c, S("北宅助餐点")));
    CHECK(!page_says(c, S("零工驿站")));
    CHECK(page_has(c, S("aria-sort=\"descending\"")));
    CHECK(page_has(c, S("value=\"-due_on\" selected")));
    CHECK(page_has(c, S("/sample/tree/export.xlsx?year=2024&amp;"
                        "q=%E5%8A%A9&amp;species=ginkgo&amp;"
                        "sort=-due_on")));
    CHECK(!page_has(c, S("/sample/tree/new")));
    CHECK(!page_has(c, S("name=\"voided\"")));
}

TEST(list_page_speaks_english)
{
    struct given *g = given(t);
    struct ctx *c;

    given_keep(g, sample_tree(g, S("Alpha")));
    given_keep(g, sample_tree(g, S("Bird")));
    given_asks(g, ROLE_OFFICER);
    g->lang = LANG_EN;
    c = given_get(g, S("/sample/tree?q=a"));
    CHECK(page_says(c, S("1 of 2 trees in 2024, containing \"a\"")));
    CHECK(page_says(c, S("Ginkgo")));
    CHECK(page_has(c, S("/sample/tree/new\">Add</a>")));
    CHECK(page_has(c, S("/import/new?ledger=sample.tree\"")));
}

TEST(list_page_masks_people_for_visitors)
{
    struct given *g = given(t);
    struct ctx *c;

    given_keep(g, sample_keeper(g));
    c = given_get(g, S("/sample/keeper?sort=name"));
    CHECK(page_says(c, S("陈**")));
    CHECK(!page_has(c, S("晓")));
    CHECK(!page_has(c, S("7920")));
    CHECK(!page_has(c, S("&amp;sort=name\""))); /* no such link */
    CHECK(!page_has(c, S("value=\"name\"")));
    CHECK(page_has(c, S("&amp;sort=duty\"")));
    c = given_get(g, S("/sample/keeper?q=陈晓"));
    CHECK(page_says(c, S("没有符合条件的记录")));
    c = given_get(g, S("/sample/keeper?q=19912347920"));
    CHECK(page_says(c, S("没有符合条件的记录")));
    given_asks(g, ROLE_OFFICER);
    CHECK(page_says(given_get(g, S("/sample/keeper?q=陈晓")), S("陈晓玲")));
}

TEST(list_page_masks_people_for_those_who_have_nothing_to_do_with_them)
{
    static const unsigned roles[] = { ROLE_EDITOR, ROLE_ADMIN };
    struct given *g = given(t);
    int64_t unit = given_unit(g, S("区教育局"));
    struct ctx *c;

    given_keep(g, sample_keeper(g));
    for (size_t i = 0; i < COUNT(roles); i++) {
        given_asks(g, roles[i]);
        g->who.org = unit;
        c = given_get(g, S("/sample/keeper"));
        CHECK(page_has(c, S("陈**")));
        CHECK(!page_has(c, S("陈晓玲")));
        CHECK(!page_has(c, S("sort=name")));
        CHECK(page_says(given_get(g, S("/sample/keeper?q=晓玲")),
                        S("没有符合条件的记录")));
    }
}

TEST(list_page_says_that_values_of_other_units_are_left_out)
{
    static const struct str words =
        S_INIT("别的单位的内部数据和个人信息不在这里显示");
    struct given *g = given(t);
    struct ledger_row *row = sample_tree(g, S("甲"));
    struct ctx *c;

    given_text(row, "worry", S("松材线虫"));
    given_keep(g, row);
    given_asks(g, ROLE_EDITOR);
    g->who.org = given_unit(g, S("区司法局"));
    c = given_get(g, S("/sample/tree"));
    CHECK(page_says(c, words));
    CHECK(!page_says(c, S("松材线虫")));
    CHECK(!page_says(given_get(g, S("/sample/keeper")), words));
    given_asks(g, ROLE_OFFICER);
    c = given_get(g, S("/sample/tree"));
    CHECK(!page_says(c, words));
    CHECK(page_says(c, S("松材线虫")));
}

TEST(list_page_hides_voided_rows_unless_asked)
{
    struct given *g = given(t);
    struct ctx *c;

    given_void(g, "sample.tree", given_keep(g, sample_tree(g, S("甲"))));
    c = given_get(g, S("/sample/tree?voided=1"));
    CHECK(page_says(c, S("这里还没有记录")));
    given_asks(g, ROLE_OFFICER);
    c = given_get(g, S("/sample/tree"));
    CHECK(page_says(c, S("这里还没有记录")));
    CHECK(page_says(c, S("各单位认养的树")));
    CHECK(!page_says(c, S("已作废")));
    c = given_get(g, S("/sample/tree?voided=1"));
    CHECK(page_says(c, S("甲 已作废")));
    CHECK(page_says(c, S("2024 年度共 1 棵，包括作废的")));
}

TEST(list_page_turns_pages)
{
    struct given *g = given(t);
    struct ctx *c;

    for (int i = 1; i <= 120; i++)
        given_keep(g, sample_tree(g, str_fmt(t->mem, "第%d号", i)));
    c = given_get(g, S("/sample/tree?page=2"));
    CHECK(!page_says(c, S("第50号")));
    CHECK(page_says(c, S("第51号")));
    CHECK(page_says(c, S("第100号")));
    CHECK(!page_says(c, S("第101号")));
    CHECK(page_has(c, S("page=2\" aria-current=\"page\">2</a>")));
    CHECK(page_has(c, S("page=3&amp;after=100\" rel=\"next\"")));
    c = given_get(g, S("/sample/tree?page=2000000000&after=7"));
    CHECK(page_says(c, S("第101号")));
    CHECK(page_says(c, S("第120号")));
    CHECK(page_has(c, S("page=3\" aria-current=\"page\"")));
    CHECK(!page_has(c, S("rel=\"next\"")));
}

/* The address of the page's link to another page; "" when there is none. */
static struct str page_link(struct given *g, const struct ctx *c, int page)
{
    struct str html = page_html(c);
    struct str end = str_fmt(g->m, "\">%d</a>", page);
    size_t to = str_find(html, end);
    size_t from = to;

    while (to != SIZE_MAX && from > 0 && html.p[from - 1] != '"')
        from--;
    return to == SIZE_MAX ? S("") : str_slice(html, from, to);
}

/* Rows 51 to 100 by the number they are called by, in either order. */
static void check_second(struct test *t, const struct ctx *c, bool newest)
{
    CHECK(!page_says(c, newest ? S("第71号") : S("第50号")));
    CHECK(page_says(c, newest ? S("第70号") : S("第51号")));
    CHECK(page_says(c, newest ? S("第21号") : S("第100号")));
    CHECK(!page_says(c, newest ? S("第20号") : S("第101号")));
    CHECK(page_says(c, S("本页第 51—100 行")));
}

TEST(list_page_finds_the_next_and_the_one_before_by_their_rows)
{
    struct given *g = given(t);

    for (int i = 1; i <= 120; i++)
        given_keep(g, sample_tree(g, str_fmt(t->mem, "第%d号", i)));
    for (int newest = 0; newest < 2; newest++) {
        struct ctx *c = given_get(g, newest ? S("/sample/tree?sort=-id")
                                            : S("/sample/tree"));

        CHECK_STR(page_link(g, c, 2),
                  newest ? S("/sample/tree?year=2024&amp;sort=-id&amp;page=2"
                             "&amp;after=71")
                         : S("/sample/tree?year=2024&amp;page=2&amp;after=50"));
        check_second(t,
                     given_get(g, newest ? S("/sample/tree?sort=-id&page=2"
                                             "&after=71")
                                         : S("/sample/tree?page=2&after=50")),
                     newest);
        c = given_get(g, newest ? S("/sample/tree?sort=-id&page=3")
                                : S("/sample/tree?page=3"));
        CHECK_STR(page_link(g, c, 2),
                  newest ? S("/sample/tree?year=2024&amp;sort=-id&amp;page=2"
                             "&amp;before=20")
                         : S("/sample/tree?year=2024&amp;page=2"
                             "&amp;before=101"));
        check_second(t,
                     given_get(g, newest ? S("/sample/tree?sort=-id&page=2"
                                             "&before=20")
                                         : S("/sample/tree?page=2&before=101")),
                     newest);
    }
}

TEST(list_page_sorted_by_a_column_has_pages_by_number)
{
    struct given *g = given(t);
    struct ctx *c;

    for (int i = 1; i <= 60; i++)
        given_keep(g, sample_tree(g, str_fmt(t->mem, "第%02d号", 61 - i)));
    c = given_get(g, S("/sample/tree?sort=name"));
    CHECK_STR(page_link(g, c, 2),
              S("/sample/tree?year=2024&amp;sort=name&amp;page=2"));
    c = given_get(g, S("/sample/tree?sort=name&page=2&after=1"));
    CHECK(!page_says(c, S("第50号")));
    CHECK(page_says(c, S("第51号")));
    CHECK(page_says(c, S("第60号")));
}

TEST(list_page_of_another_year_begins_behind_no_row_of_this_one)
{
    struct given *g = given(t);
    struct ledger_row *row = sample_tree(g, S("旧"));

    given_int(row, "planted_on", 20230101);
    row->year = 2023;
    given_keep(g, row);
    given_keep(g, sample_tree(g, S("新")));
    CHECK(page_has(given_get(g, S("/sample/tree?page=2&after=50")),
                   S("href=\"/sample/tree?page=2&amp;year=2023\"")));
}

TEST(list_page_shows_the_year_when_all_are_listed)
{
    struct given *g = given(t);
    struct ctx *c;

    given_keep(g, sample_tree(g, S("甲")));
    c = given_get(g, S("/sample/tree?year=all"));
    CHECK(page_has(c, S("<td data-label=\"年度\">2024</td>")));
    CHECK(page_says(c, S("共 1 棵")));
    CHECK(!page_says(c, S("年度共 1 棵")));
    c = given_get(g, S("/sample/tree?year=2019"));
    CHECK(page_has(c, S("<option value=\"2019\" selected>")));
    CHECK(page_has(c, S("2024</option>")));
    CHECK(page_says(c, S("这里还没有记录")));
}

TEST(list_page_refuses_an_unknown_ledger)
{
    struct given *g = given(t);

    CHECK_INT(page_status(given_get(g, S("/sample/nothing"))), 404);
    CHECK_INT(page_status(given_get(g, S("/nothing"))), 404);
    given_asks(g, ROLE_OFFICER);
    CHECK_INT(page_status(given_get(g, S("/sample/nothing"))), 404);
    CHECK_INT(page_status(given_get(g, S("/nothing/tree"))), 404);
}

/* A new organisation of this kind. */
static int64_t given_place(struct given *g, struct str kind)
{
    struct ledger_row *row = given_row(g, "registry.organisation");
    int64_t n = given_live(g, "registry.organisation", S(""));

    given_text(row, "name", str_fmt(g->m, "第%lld处", (long long)n));
    given_text(row, "kind", kind.n ? kind : S("unit"));
    return given_keep(g, row);
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
        if (cell_fits(g->m, c, &words, &why))
            return words;
        return column_is(c, COLUMN_REQUIRED) ? STR(S("<b>")) : NO_TEXT;
    case COLUMN_CHOICE:
        return STR(c->choices[0].key);
    case COLUMN_DATE:
        return INT(20240531);
    case COLUMN_REF:
        return ledger_find(c->ref) == ledger_organisations()
                   ? INT(given_place(g, c->ref_kind))
                   : NO_INT;
    default:
        return column_is(c, COLUMN_REQUIRED) ? INT(1) : column_none(c);
    }
}

static int64_t given_hostile(struct given *g, const struct ledger *l,
                             uint64_t states);

/* A row under which a part can be: the first, if it may be any. */
static int64_t some_parent(struct given *g, const struct ledger *l)
{
    const struct ledger *parent = ledger_parent(l);
    struct ledger_row *row;

    return !l->parent_in && row_load(act_scope(given_act(g)), parent, 1, &row)
               ? 1
               : given_hostile(g, parent, l->parent_in);
}

/* A row of hostile words, in the first of these states; 0: where it begins. */
static int64_t given_hostile(struct given *g, const struct ledger *l,
                             uint64_t states)
{
    struct ledger_row *row = ledger_row_new(g->m, l);
    struct value *title = &row->values[ledger_title(l)];
    size_t state = 0;

    while (states && !(states & AT(state)))
        state++;
    row->year = GIVEN_YEAR;
    for (size_t i = 0; i < l->columns_n; i++)
        row->values[i] = column_is(&l->columns[i], COLUMN_PARENT)
                             ? INT(some_parent(g, l))
                         : column_is(&l->columns[i], COLUMN_STATE)
                             ? STR(l->columns[i].choices[state].key)
                             : hostile_value(g, &l->columns[i]);
    if (states) /* beside one of the same words */
        *title = STR(str_fmt(g->m, "%.*s2", STR_ARG(title->s)));
    return given_keep(g, row);
}

static void check_escaped(struct given *g, struct str path)
{
    struct test *t = g->t;
    struct ctx *c = given_get(g, path);

    CHECK_INT(page_status(c), 200);
    CHECK(!page_has(c, S("<script>alert")));
    CHECK(!page_has(c, S("\"><")) || !page_has(c, S("\"'>")));
    CHECK(page_has(c, S("&lt;script&gt;")));
}

/* Hostile words in every text of every ledger, on every page of it. */
TEST(ledger_pages_escape_every_value)
{
    struct given *g = given(t);
    const struct ledger *l;

    given_asks(g, ROLE_OFFICER);
    for (size_t n = 0; (l = ledger_at(n)) != NULL; n++) {
        struct str row = row_path(t->mem, l, given_hostile(g, l, 0));

        check_escaped(g, row);
        check_escaped(g, str_fmt(t->mem, "%.*s/edit", STR_ARG(row)));
        check_escaped(g, str_fmt(t->mem, "%.*s?year=2024&q=\"><script>",
                                 STR_ARG(ledger_path(t->mem, l))));
    }
}

/* A task that was reported, of a grove that grows. */
static void given_task(struct given *g, const char *state)
{
    struct ledger_row *grove = given_row(g, "grove.grove");
    struct ledger_row *task = given_row(g, "grove.task");

    given_text(grove, "name", str_fmt(g->m, "%s的林", state));
    given_int(grove, "unit", given_unit(g, S("区教育局")));
    given_text(grove, "state", S("active"));
    given_int(task, "grove", given_keep(g, grove));
    given_text(task, "name", str_from(state));
    given_int(task, "due", 20241101);
    given_int(task, "weight", 10);
    given_text(task, "state", str_from(state));
    given_keep(g, task);
}

TEST(list_page_says_what_waits_for_whom)
{
    struct given *g = given(t);
    struct ctx *c;

    given_task(g, "open");
    given_task(g, "reported");
    given_asks(g, ROLE_OFFICER);
    c = given_get(g, S("/grove/task?can=accept"));
    CHECK(page_says(c, S("2 个中的 1 个，等您“验收任务”的")));
    CHECK(page_has(c, S("<option value=\"accept\" selected>验收任务")));
    CHECK(!page_has(c, S("<option value=\"report\"")));
    CHECK(page_has(c, S("/export.xlsx?year=all&amp;can=accept")));
    given_asks(g, ROLE_EDITOR);
    g->who.org = given_unit(g, S("区教育局"));
    given_commit(g);
    c = given_get(g, S("/grove/task?can=report"));
    CHECK(page_has(c, S(">先到期的在前</option>")));
    CHECK(page_has(c, S("keep\" data-label=\"任务时限\">2024-11-01</td>")));
    CHECK(!page_has(c, S("keep\" data-label=\"任务权重")));
    g->lang = LANG_EN;
    c = given_get(g, S("/grove/task?can=report"));
    CHECK(page_says(c, S("1 of 2 tasks, waiting for you to \"Report done\"")));
    given_asks(g, 0);
    CHECK(!page_has(given_get(g, S("/grove/task")), S("name=\"can\"")));
}

TEST(list_page_has_what_waits_at_hand)
{
    struct given *g = given(t);
    struct ctx *c;

    given_task(g, "open");
    given_task(g, "reported");
    given_asks(g, ROLE_OFFICER);
    c = given_get(g, S("/grove/task?can=accept"));
    CHECK(page_has(c, S("action=\"/grove/task/2/do/accept\"")));
    given_opened(g, c, S("/grove/task/2/do/accept"));
    CHECK_INT(page_status(given_post(g, S("/grove/task/2/do/accept"))), 303);
    CHECK_STR(given_said(g, given_kept(g, "grove.task", 2), "state"),
              S("accepted"));
    CHECK(!page_has(given_get(g, S("/grove/task")), S("/do/accept")));
    given_asks(g, ROLE_EDITOR);
    g->who.org = given_unit(g, S("区教育局"));
    given_commit(g);
    c = given_get(g, S("/grove/task?can=report"));
    CHECK(page_has(c, S("href=\"/grove/task/1/do/report\"")));
    CHECK(!page_has(given_get(g, S("/grove/task/print?can=report")),
                    S("/do/report\"")));
}

TEST(list_page_counts_by_state_and_opens_each)
{
    struct given *g = given(t);
    struct ctx *c;

    given_task(g, "open");
    given_task(g, "reported");
    given_task(g, "accepted");
    given_void(g, "grove.task", 2);
    c = given_get(g, S("/grove/task"));
    CHECK(page_says(c, S("全部 2 待完成 1 已验收 1")));
    CHECK(page_has(c, S("/grove/task?year=2024\" aria-current=\"true\"")));
    c = given_get(g, S("/grove/task?year=2024&state=open"));
    CHECK(page_says(c, S("全部 2 待完成 1 已验收 1")));
    CHECK(page_says(c, S("2 个中的 1 个，任务状态：待完成")));
    CHECK(page_has(c, S("state=open\" aria-current=\"true\"")));
    /* All else stays as it is asked for. */
    c = given_get(g, S("/grove/task?q=accepted&state=open"));
    CHECK(page_says(c, S("全部 1 已验收 1")));
    CHECK(page_has(c, S("?year=2024&amp;q=accepted&amp;state=accepted\"")));
    CHECK(page_says(c, S("没有符合条件的记录")));
    c = given_get(g, S("/grove/task?year=2023"));
    CHECK(!page_has(c, S("aria-label=\"任务状态\"")));
    c = given_get(g, S("/grove/task?state=never"));
    CHECK(page_says(c, S("2024 年度共 2 个")));
    given_keep(g, sample_tree(g, S("甲")));
    CHECK(
        !page_has(given_get(g, S("/sample/tree")), S("aria-current=\"true\"")));
}

TEST(list_page_counts_by_the_periods_of_today)
{
    struct given *g = given(t);
    struct ctx *c;

    given_task(g, "open");
    given_task(g, "accepted");
    c = given_get(g, S("/grove/grove")); /* before the clock first went */
    CHECK(page_has(c, S("aria-label=\"造林灯\"")));
    CHECK(!page_says(c, S("按时 2")));
    given_today(g, 20241101);
    given_commit(g);
    CHECK(page_says(given_get(g, S("/grove/grove")), S("全部 2 按时 2")));
    g->lang = LANG_EN;
    CHECK(page_says(given_get(g, S("/grove/grove")), S("All 2 On time 2")));
}

TEST(list_page_sets_states_and_lights_off_by_their_tone)
{
    struct given *g = given(t);
    struct ctx *c;

    given_task(g, "open");
    given_task(g, "lapsed");
    given_today(g, 20241102);
    given_commit(g);
    c = given_get(g, S("/grove/task"));
    CHECK(page_has(c, S("class=\"tag calm\">待完成</span>")));
    CHECK(page_has(c, S("class=\"tag bad\">已失效</span>")));
    CHECK(!page_says(c, S("已逾期"))); /* it was due, but stands in a state */
    CHECK(!page_has(c, S("name=\"due\"")));
    CHECK(page_says(given_get(g, S("/grove/task?due=overdue")),
                    S("2024 年度共 2 个")));
    c = given_get(g, S("/grove/grove"));
    CHECK(page_has(c, S("class=\"tag busy\">栽种中</span>")));
    CHECK(page_has(c, S("class=\"tag bad\">拖延</span>")));
    CHECK(!page_says(given_get(g, S("/grove/task/1")), S("已逾期")));
}
