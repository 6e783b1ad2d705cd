/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The page of a row, its history, voiding and restoring. */
#include "host/given/row_given.h"

static struct ctx *given_show(struct given *g, const char *ledger, int64_t id,
                              unsigned roles)
{
    struct test *t = g->t;
    struct ctx *c = given_ctx(g, ledger, NULL, roles);

    given_row_id(c, id);
    CHECK_INT(show_row(c), OK);
    return c;
}

/* A project whose field, unit and blocker were changed by account 7. */
static int64_t given_changed(struct given *g)
{
    struct test *t = g->t;
    int64_t id = given_project(g, S("甲"));
    struct ledger_row *before;
    struct ledger_row *row;
    bool changed = false;

    g->w.act.actor = GIVEN_OFFICER;
    tx_run_unjournaled(
        &g->w.tx,
        SQL("INSERT INTO access_account (district, id, name, login, "
            "password, roles, org, made_at, ended_at, failures, "
            "locked_until) VALUES (370212, 7, '王芳', 'wf', '', 2, 0, 0, 0, "
            "0, 0)"),
        (struct args){ 0 });
    NEED(row_load(&g->w.tx, t->mem, ledger_find(S("projects.project")),
                  GIVEN_DISTRICT, id, &before));
    NEED(row_load(&g->w.tx, t->mem, ledger_find(S("projects.project")),
                  GIVEN_DISTRICT, id, &row));
    given_value(row, "field", STR(S("city")));
    given_value(row, "unit", INT(g->other));
    given_value(row, "blocker", STR(S("资金缺口")));
    row->labels[ledger_column(row->ledger, S("unit"))] = S("");
    given_admit(&g->w.act, before, row);
    CHECK_INT(row_update(&g->w.act, before, row, &changed), OK);
    CHECK(changed);
    return id;
}

TEST(row_page_shows_values_links_and_figures)
{
    struct given *g = given_begin(t);
    struct ctx *c =
        given_show(g, "projects.project", given_project(g, S("甲")), 0);

    CHECK(given_has(c, S("<h1>甲 <span class=\"tag good\">正常</span></h1>")));
    CHECK(given_has(c, S("<dt>领域</dt><dd>民生保障</dd>")));
    CHECK(given_has(c, S("<a href=\"/registry/organisation/1\">区教育局</a>")));
    CHECK(given_has(c, S("/figures/projects.count?year=2024\"")));
    CHECK(given_has(c, S("/figures/projects.count.livelihood?")));
    CHECK(!given_has(c, S("/figures/projects.count.city")));
    CHECK(!given_has(c, S("机关党委书记")));
    CHECK(!given_has(c, S("/edit")));
    CHECK(!given_has(c, S("name=\"reason\"")));
    given_end(g);
}

TEST(row_history_tells_who_changed_what)
{
    struct given *g = given_begin(t);
    int64_t id = given_changed(g);
    struct ctx *c = given_show(g, "projects.project", id, ROLE_OFFICER);
    size_t changed = str_find(given_body(c), S("<b>修改</b>"));
    size_t added = str_find(given_body(c), S("<b>新增</b>"));

    CHECK(changed < added && added != SIZE_MAX);
    CHECK(given_has(c, S("王芳")));
    CHECK(given_has(c, S("系统命令行")));
    CHECK(given_has(c, S("<del>民生保障</del>")));
    CHECK(given_has(c, S("<ins>城市建管</ins>")));
    CHECK(given_has(c, S("<del>区教育局</del>")));
    CHECK(given_has(c, S("<ins>区司法局</ins>")));
    CHECK(given_has(c, S("<ins>资金缺口</ins>")));
    CHECK(given_has(c, S("日志第 ")));
    given_end(g);
}

TEST(row_history_hides_people_and_internal_values_from_visitors)
{
    struct given *g = given_begin(t);
    struct ctx *c = given_show(g, "projects.project", given_changed(g), 0);

    CHECK(given_has(c, S("<b>修改</b>")));
    CHECK(given_has(c, S("<ins>城市建管</ins>")));
    CHECK(!given_has(c, S("王芳")));
    CHECK(!given_has(c, S("系统命令行")));
    CHECK(!given_has(c, S("资金缺口")));
    CHECK(!given_has(c, S("难点堵点")));
    given_end(g);
}

TEST(row_page_masks_people_for_visitors)
{
    struct given *g = given_begin(t);
    struct ledger_row *row =
        ledger_row_new(t->mem, ledger_find(S("children.volunteer")));
    struct ctx *c;

    given_value(row, "name", STR(S("陈晓玲")));
    given_value(row, "role", STR(S("volunteer")));
    given_value(row, "phone", STR(S("19912347920")));
    row->year = GIVEN_YEAR;
    given_insert(g, row);
    c = given_show(g, "children.volunteer", row->id, 0);
    CHECK(given_has(c, S("<h1>陈**")));
    CHECK(!given_has(c, S("晓玲")));
    CHECK(!given_has(c, S("1991")));
    CHECK(!given_has(c, S("联系电话")));
    c = given_show(g, "children.volunteer", row->id, ROLE_OFFICER);
    CHECK(given_has(c, S("<h1>陈晓玲")));
    CHECK(given_has(c, S("19912347920")));
    given_end(g);
}

TEST(row_page_refuses_what_is_not_there)
{
    static const char *const ids[] = {
        "2", "0", "-1", "x", "1x", "", "99999999999999999999"
    };
    struct given *g = given_begin(t);

    given_project(g, S("甲"));
    for (size_t i = 0; i < COUNT(ids); i++) {
        struct ctx *c = given_ctx(g, "projects.project", "", ROLE_OFFICER);

        c->params[2] = str_from(ids[i]);
        CHECK_INT(show_row(c), E_ABSENT);
        CHECK_INT(edit_row(c), E_ABSENT);
        given_field(c, "reason", S("x"));
        CHECK_INT(post_void_row(c), E_ABSENT);
    }
    given_end(g);
}

static struct ctx *given_reason(struct given *g, int64_t id, struct str reason,
                                unsigned roles)
{
    struct ctx *c = given_ctx(g, "projects.project", NULL, roles);

    given_row_id(c, id);
    given_field(c, "reason", reason);
    return c;
}

TEST(row_is_voided_and_restored_with_a_reason)
{
    struct given *g = given_begin(t);
    int64_t id = given_project(g, S("甲"));
    struct ctx *c = given_reason(g, id, S("与 3 号重复"), ROLE_OFFICER);

    CHECK_INT(post_void_row(c), OK);
    CHECK_STR(c->location, S("/projects/project/1"));
    c = given_show(g, "projects.project", id, ROLE_OFFICER);
    CHECK(given_has(c, S("已作废")));
    CHECK(given_has(c, S("原因：与 3 号重复")));
    CHECK(given_has(c, S("/projects/project/1/restore\"")));
    CHECK(!given_has(c, S("/edit")));
    CHECK(!given_has(c, S("/figures/projects.count?")));
    c = given_reason(g, id, S("再次作废"), ROLE_OFFICER);
    CHECK_INT(post_void_row(c), E_CLASH);
    c = given_reason(g, id, S("查清了"), ROLE_OFFICER);
    CHECK_INT(post_restore_row(c), OK);
    c = given_show(g, "projects.project", id, 0);
    CHECK(given_has(c, S("<b>恢复</b>")));
    CHECK(!given_has(c, S("查清了")));
    c = given_reason(g, id, S("再次恢复"), ROLE_OFFICER);
    CHECK_INT(post_restore_row(c), E_CLASH);
    given_end(g);
}

TEST(row_voided_is_gone_for_visitors)
{
    struct given *g = given_begin(t);
    int64_t id = given_project(g, S("甲"));
    struct ctx *c = given_reason(g, id, S("重复"), ROLE_OFFICER);

    CHECK_INT(post_void_row(c), OK);
    c = given_ctx(g, "projects.project", "", 0);
    given_row_id(c, id);
    CHECK_INT(show_row(c), E_ABSENT);
    given_end(g);
}

TEST(row_is_not_voided_without_a_reason_or_right)
{
    struct given *g = given_begin(t);
    int64_t id = given_project(g, S("甲"));
    struct buf *b = buf_new(t->mem, 4096);
    struct ctx *c = given_reason(g, id, S("   "), ROLE_OFFICER);

    CHECK_INT(post_void_row(c), OK);
    CHECK_INT(c->x->response.status, 422);
    CHECK(given_has(c, S("请写明原因")));
    for (int i = 0; i < 201; i++)
        buf_lit(b, "长");
    c = given_reason(g, id, buf_str(b), ROLE_OFFICER);
    CHECK_INT(post_void_row(c), OK);
    CHECK_INT(c->x->response.status, 422);
    CHECK(given_has(c, buf_str(b)));
    c = given_reason(g, id, S("重复"), ROLE_EDITOR);
    c->who.org = g->other;
    CHECK_INT(post_void_row(c), E_DENIED);
    c = given_reason(g, id, S("重复"), ROLE_ADMIN);
    CHECK_INT(post_void_row(c), E_DENIED);
    c = given_show(g, "projects.project", id, ROLE_OFFICER);
    CHECK(given_has(c, S("正常")));
    given_end(g);
}
