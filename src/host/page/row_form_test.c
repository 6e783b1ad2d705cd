/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Forms: what is kept, what is refused, and that nothing typed is lost. */
#include "host/given/row_given.h"

/* A form filled in right, for a new project of 区教育局. */
static struct ctx *given_form(struct given *g, unsigned roles)
{
    struct ctx *c = given_ctx(g, "projects.project", NULL, roles);

    given_field(c, "name", S("北宅助餐点"));
    given_field(c, "field", S("livelihood"));
    given_field(c, "lead_org", S("机关党委"));
    given_field(c, "secretary", S("机关党委书记"));
    given_field(c, "unit", S("区教育局"));
    given_field(c, "started_on", S("2024年1月2日"));
    given_field(c, "due_on", S("2024-12-31"));
    return c;
}

static struct ledger_row *given_saved(struct given *g, int64_t id)
{
    struct test *t = g->t;
    struct ledger_row *row = NULL;

    NEED(row_load(&g->w.tx, t->mem, ledger_find(S("projects.project")),
                  GIVEN_DISTRICT, id, &row));
    return row;
}

static struct str saved_text(struct given *g, int64_t id, const char *key)
{
    struct ledger_row *row = given_saved(g, id);
    size_t i = ledger_column(row->ledger, str_from(key));

    return value_raw(g->t->mem, &row->values[i]);
}

TEST(row_form_is_made_from_the_declaration)
{
    struct given *g = given_begin(t);
    struct ctx *c = given_ctx(g, "projects.project", NULL, ROLE_EDITOR);

    c->who.org = g->unit;
    CHECK_INT(new_row(c), OK);
    CHECK(given_has(c, S("action=\"/projects/project/new\"")));
    CHECK(given_has(c, S("<label for=\"partners\">配合单位（选填）</label>")));
    CHECK(given_has(c, S("<label for=\"name\">项目名称</label>")));
    CHECK(given_has(c, S("写职务，不写姓名")));
    CHECK(given_has(c, S("例如 2024-11-07")));
    CHECK(given_has(c, S("name=\"unit\" value=\"区教育局\"")));
    CHECK(given_has(c, S("<option value=\"区司法局\"></option>")));
    CHECK(given_has(c, S("name=\"once\"")));
    CHECK(!given_has(c, S("name=\"year\""))); /* it follows from the date */
    c = given_ctx(g, "ratings.branch", NULL, ROLE_OFFICER);
    CHECK_INT(new_row(c), OK);
    CHECK(given_has(c, S("name=\"year\" value=\"2024\"")));
    c = given_ctx(g, "registry.organisation", NULL, ROLE_OFFICER);
    CHECK_INT(new_row(c), OK);
    CHECK(!given_has(c, S("name=\"year\"")));
    given_end(g);
}

TEST(row_form_keeps_a_new_row)
{
    struct given *g = given_begin(t);
    struct ctx *c = given_form(g, ROLE_OFFICER);

    given_field(c, "task_force", S("９人"));
    CHECK_INT(post_new_row(c), OK);
    CHECK_STR(c->location, S("/projects/project/1"));
    CHECK_STR(saved_text(g, 1, "name"), S("北宅助餐点"));
    CHECK_STR(saved_text(g, 1, "started_on"), S("20240102"));
    CHECK_STR(saved_text(g, 1, "task_force"), S("9"));
    CHECK_STR(saved_text(g, 1, "partners"), S(""));
    CHECK_INT(given_saved(g, 1)->year, 2024);
    given_end(g);
}

TEST(row_form_gives_everything_back_with_its_errors)
{
    struct given *g = given_begin(t);
    struct ctx *c = given_form(g, ROLE_OFFICER);

    given_field(c, "name", S(""));
    given_field(c, "task_force", S("十几个"));
    given_field(c, "due_on", S("2024-02-30"));
    given_field(c, "unit", S("没登记的局"));
    given_field(c, "milestones", S("一\n二 <b>"));
    CHECK_INT(post_new_row(c), OK);
    CHECK_INT(c->x->response.status, 422);
    CHECK(given_has(c, S("<title>错误：")));
    CHECK(given_has(c, S("有 4 处需要更正")));
    CHECK(given_has(c, S("<a href=\"#name\">项目名称：必填，请填写</a>")));
    CHECK(given_has(c, S("value=\"十几个\"")));
    CHECK(given_has(c, S("value=\"2024-02-30\"")));
    CHECK(given_has(c, S("value=\"没登记的局\"")));
    CHECK(given_has(c, S("value=\"livelihood\" selected")));
    CHECK(given_has(c, S("一\n二 &lt;b&gt;</textarea>")));
    CHECK(given_has(c, S("data-guard=\"dirty\"")));
    CHECK(given_has(c, S("aria-describedby=\"due_on-h due_on-e\"")));
    CHECK_INT(tx_int(c->tx, SQL("SELECT count(*) FROM projects_project"),
                     (struct args){ 0 }, -1),
              0);
    given_end(g);
}

TEST(row_form_asks_the_rules_of_the_ledger)
{
    struct given *g = given_begin(t);
    struct ctx *c = given_form(g, ROLE_OFFICER);

    given_field(c, "due_on", S("2023-12-31"));
    CHECK_INT(post_new_row(c), OK);
    CHECK_INT(c->x->response.status, 422);
    CHECK(given_has(c, S("完成时限：早于启动时间")));
    given_end(g);
}

TEST(row_form_escapes_what_was_typed)
{
    struct given *g = given_begin(t);
    struct ctx *c = given_ctx(g, "projects.project", NULL, ROLE_OFFICER);
    const struct ledger *l = ledger_find(S("projects.project"));

    for (size_t i = 0; i < l->columns_n; i++)
        given_field(c, str_c(t->mem, l->columns[i].key),
                    S("\"'></textarea><script>alert(1)</script>"));
    CHECK_INT(post_new_row(c), OK);
    CHECK_INT(c->x->response.status, 422);
    CHECK(!given_has(c, S("<script>alert")));
    CHECK(given_has(c, S("&lt;script&gt;alert")));
    given_end(g);
}

TEST(row_form_names_the_row_that_is_there_already)
{
    struct given *g = given_begin(t);
    struct ctx *c;

    given_project(g, S("北宅助餐点"));
    c = given_form(g, ROLE_OFFICER);
    CHECK_INT(post_new_row(c), OK);
    CHECK_INT(c->x->response.status, 409);
    CHECK(given_has(c, S("<a href=\"/projects/project/1\">北宅助餐点</a>")));
    CHECK(given_has(c, S("value=\"北宅助餐点\"")));
    given_end(g);
}

static struct ctx *given_edit(struct given *g, int64_t id, const char *version,
                              unsigned roles)
{
    struct ctx *c = given_form(g, roles);

    given_row_id(c, id);
    given_field(c, "version", str_from(version));
    return c;
}

TEST(row_form_edits_and_keeps_no_empty_change)
{
    struct given *g = given_begin(t);
    int64_t id = given_project(g, S("甲"));
    struct ctx *c = given_ctx(g, "projects.project", NULL, ROLE_OFFICER);

    given_row_id(c, id);
    CHECK_INT(edit_row(c), OK);
    CHECK(given_has(c, S("name=\"version\" value=\"1\"")));
    CHECK(given_has(c, S("name=\"due_on\" value=\"2024-12-31\"")));
    CHECK(given_has(c, S("name=\"unit\" value=\"区教育局\"")));
    c = given_edit(g, id, "1", ROLE_OFFICER);
    CHECK_INT(post_edit_row(c), OK);
    CHECK_STR(c->location, S("/projects/project/1"));
    CHECK_INT(given_saved(g, id)->version, 2);
    c = given_edit(g, id, "2", ROLE_OFFICER);
    CHECK_INT(post_edit_row(c), OK);
    CHECK_INT(given_saved(g, id)->version, 2);
    given_end(g);
}

TEST(row_form_shows_both_versions_to_the_second_editor)
{
    struct given *g = given_begin(t);
    int64_t id = given_project(g, S("甲"));
    struct ctx *c = given_edit(g, id, "1", ROLE_OFFICER);

    CHECK_INT(post_edit_row(c), OK);
    c = given_edit(g, id, "1", ROLE_OFFICER);
    given_field(c, "name", S("乙"));
    given_field(c, "field", S("city"));
    CHECK_INT(post_edit_row(c), OK);
    CHECK_INT(c->x->response.status, 409);
    CHECK(given_has(c, S("别人刚刚改过")));
    CHECK(given_has(c, S("data-label=\"您填写的\">乙</td>")));
    CHECK(given_has(c, S("data-label=\"现在保存的\">北宅助餐点</td>")));
    CHECK(given_has(c, S("data-label=\"您填写的\">城市建管</td>")));
    CHECK(given_has(c, S("name=\"name\" value=\"乙\"")));
    CHECK(given_has(c, S("name=\"version\" value=\"2\"")));
    CHECK_STR(saved_text(g, id, "name"), S("北宅助餐点"));
    c = given_edit(g, id, "2", ROLE_OFFICER);
    given_field(c, "name", S("乙"));
    CHECK_INT(post_edit_row(c), OK);
    CHECK_STR(saved_text(g, id, "name"), S("乙"));
    given_end(g);
}

TEST(row_form_without_a_version_saves_nothing)
{
    struct given *g = given_begin(t);
    int64_t id = given_project(g, S("甲"));
    struct ctx *c = given_edit(g, id, "", ROLE_OFFICER);

    CHECK_INT(post_edit_row(c), OK);
    CHECK_INT(c->x->response.status, 409);
    CHECK_STR(saved_text(g, id, "name"), S("甲"));
    given_end(g);
}

TEST(row_form_keeps_unit_editors_in_their_unit)
{
    struct given *g = given_begin(t);
    int64_t id = given_project(g, S("甲"));
    struct ctx *c = given_form(g, ROLE_EDITOR);

    c->who.org = g->other;
    CHECK_INT(post_new_row(c), OK);
    CHECK_INT(c->x->response.status, 403);
    CHECK(given_has(c, S("系统管理员")));
    CHECK(given_has(c, S("value=\"北宅助餐点\"")));
    c = given_edit(g, id, "1", ROLE_EDITOR);
    c->who.org = g->other;
    CHECK_INT(post_edit_row(c), E_DENIED);
    CHECK_INT(edit_row(c), E_DENIED);
    c = given_edit(g, id, "1", ROLE_EDITOR);
    c->who.org = g->unit;
    given_field(c, "unit", S("区司法局")); /* give it away */
    CHECK_INT(post_edit_row(c), OK);
    CHECK_INT(c->x->response.status, 403);
    c = given_edit(g, id, "1", ROLE_EDITOR);
    c->who.org = g->unit;
    CHECK_INT(post_edit_row(c), OK);
    CHECK_STR(saved_text(g, id, "name"), S("北宅助餐点"));
    c = given_ctx(g, "children.activity", NULL, ROLE_EDITOR);
    c->who.org = g->unit;
    CHECK_INT(new_row(c), E_DENIED); /* rows of no unit: officers */
    given_end(g);
}

TEST(row_form_leaves_an_untouched_reference_alone)
{
    struct given *g = given_begin(t);
    int64_t id = given_project(g, S("甲"));
    struct ledger_row *unit;
    struct ctx *c;

    NEED(row_load(&g->w.tx, t->mem, ledger_find(S("registry.organisation")),
                  GIVEN_DISTRICT, g->unit, &unit));
    CHECK_INT(row_void(&g->w.act, unit, S("撤并")), OK);
    c = given_edit(g, id, "1", ROLE_OFFICER);
    CHECK_INT(post_edit_row(c), OK);
    CHECK_STR(c->location, S("/projects/project/1"));
    c = given_form(g, ROLE_OFFICER); /* a new row cannot name it */
    given_field(c, "name", S("新的"));
    CHECK_INT(post_new_row(c), OK);
    CHECK_INT(c->x->response.status, 422);
    given_end(g);
}

TEST(row_form_does_not_edit_a_voided_row)
{
    struct given *g = given_begin(t);
    struct ledger_row *row = given_project_row(g, S("甲"));
    struct ctx *c;

    given_insert(g, row);
    CHECK_INT(row_void(&g->w.act, row, S("重复")), OK);
    c = given_edit(g, row->id, "2", ROLE_OFFICER);
    CHECK_INT(post_edit_row(c), E_CLASH);
    given_end(g);
}

TEST(row_form_reads_the_year_where_it_is_asked)
{
    static const struct {
        const char *typed;
        int status;
    } years[] = { { "", 422 },     { "24", 422 },   { "2024年", 422 },
                  { "1999", 422 }, { "2200", 422 }, { "-2024", 422 },
                  { "2023", 303 } };
    struct given *g = given_begin(t);

    for (size_t i = 0; i < COUNT(years); i++) {
        struct ctx *c = given_ctx(g, "children.provider", NULL, ROLE_OFFICER);

        given_field(c, "name", S("科技馆"));
        given_field(c, "promised", S("3"));
        given_field(c, "year", str_from(years[i].typed));
        CHECK_INT(post_new_row(c), OK);
        CHECK_INT(c->x->response.status, years[i].status);
    }
    CHECK_INT(tx_int(&g->w.tx, SQL("SELECT year FROM children_provider"),
                     (struct args){ 0 }, -1),
              2023);
    given_end(g);
}
