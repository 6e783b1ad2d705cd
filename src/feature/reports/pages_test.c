/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The pages of answer sheets, as visitors and officers get them. */
#include "feature/reports/given_report.h"

#include "base/file.h"
#include "host/desk/page.h"

enum { GIVEN_OFFICER = 7 };

#define FEW_TEXT                                                               \
    "# 小答卷\n\n## 一、项目\n立项{projects.count}项，绿色"       \
    "{projects.count.green}项。\n\n读书{reading.visits}人次，"          \
    "志愿者{children.volunteers}名，立项还是{projects.count}项。\n"

/* One request; nobody asks unless `roles` says so. */
struct asked {
    struct test *t;
    struct house *h;
    unsigned roles;
    enum lang lang;
    struct form_data form;
    struct ctx *c;
};

static struct asked given_asked(struct test *t, struct house *h, unsigned roles)
{
    return (struct asked){ .t = t, .h = h, .roles = roles };
}

static struct ctx *new_ctx(struct asked *a, struct tx *tx, const char *path)
{
    struct ctx *c = NEW(a->t->mem, struct ctx);
    struct str whole = str_from(path);
    size_t mark = str_find(whole, S("?"));

    c->m = a->t->mem;
    c->tx = tx;
    c->house = a->h;
    c->x = NEW(c->m, struct exchange);
    c->x->m = c->m;
    response_init(&c->x->response, c->m);
    c->x->head.path = str_slice(whole, 0, mark);
    if (mark != SIZE_MAX)
        c->x->head.query = str_slice(whole, mark + 1, whole.n);
    c->lang = a->lang;
    c->year = GIVEN_YEAR;
    c->now = house_now(c->house);
    c->who = (struct who){ .account = a->roles ? GIVEN_OFFICER : 0,
                           .roles = a->roles,
                           .name = S("王芳") };
    c->form = a->form;
    return c;
}

/* Like the request cycle: permission, form, handler, refusal. */
static enum err run(struct asked *a, enum route_method method)
{
    struct ctx *c = a->c;
    enum err e;

    c->route = route_find(c->m, method, c->x->head.path, c->params, &e);
    if (!c->route)
        BUG("no route %.*s", STR_ARG(c->x->head.path));
    e = route_allows(c->route, &c->who) ? OK : E_DENIED;
    if (e == OK && !route_form_fits(c->m, c->route, &c->form, &c->refusal))
        e = E_INPUT;
    if (e == OK)
        e = c->route->handle(c);
    if (e != OK)
        page_refuse(c, e);
    return e;
}

static struct str body(const struct asked *a)
{
    struct response *r = &a->c->x->response;

    return r->fixed.p ? r->fixed : buf_str(&r->body);
}

static struct str get(struct asked *a, const char *path)
{
    struct tx tx;

    tx_begin(a->h->db, false, &tx);
    a->c = new_ctx(a, &tx, path);
    run(a, ROUTE_GET);
    tx_rollback(&tx);
    return body(a);
}

static enum err post(struct asked *a, const char *path)
{
    struct test *t = a->t;
    struct work w;
    enum err e;

    work_begin(a->h, a->t->mem, GIVEN_OFFICER, &w);
    a->c = new_ctx(a, &w.tx, path);
    a->c->act = &w.act;
    e = run(a, ROUTE_POST);
    if (e == OK)
        CHECK_INT(work_commit(&w), OK);
    else
        work_rollback(&w);
    return e;
}

static void add_field(struct asked *a, const char *name, struct str value)
{
    if (!a->form.fields)
        a->form.fields = NEW_ARRAY(a->t->mem, struct form_field, 16);
    for (size_t i = 0; i < a->form.count; i++)
        if (str_eq(a->form.fields[i].name, str_from(name))) {
            a->form.fields[i].value = value;
            return;
        }
    a->form.fields[a->form.count++] =
        (struct form_field){ str_from(name), value };
}

static int status(const struct asked *a)
{
    return a->c->x->response.status;
}

static bool has(const struct asked *a, struct str what)
{
    return str_find(body(a), what) != SIZE_MAX;
}

static struct str article(const struct asked *a)
{
    struct str b = body(a);
    size_t from = str_find(b, S("<article"));

    return str_slice(b, from, str_find(b, S("</article>")));
}

/* The few rows, their sheet, published once. */
static struct house *given_published(struct test *t)
{
    struct house *h = given_few(t);

    NEED_INT(given_put(t, h, S("few"), S(FEW_TEXT),
                       S("# Few\n{projects.count} projects\n")),
             OK);
    NEED_INT(given_publish(t, h, S("few")), 1);
    return h;
}

TEST(sheet_page_links_every_number_to_its_rows)
{
    struct asked a = given_asked(t, given_published(t), 0);

    get(&a, "/sheets/few");
    CHECK_INT(status(&a), 200);
    CHECK(has(&a, S("<h1>小答卷</h1>")));
    CHECK(has(&a, S("href=\"/sheets/few/1/projects.count\" data-n=\"1\" "
                    "aria-describedby=\"rule-1\">4</a>")));
    CHECK(has(&a, S("href=\"/sheets/few/1/projects.count\" data-n=\"1\" "
                    "aria-describedby=\"rule-5\">4</a>")));
    CHECK(has(&a, S("href=\"/sheets/few/1/reading.visits\" data-n=\"3\" "
                    "aria-describedby=\"rule-3\">42</a>")));
    CHECK(has(&a, S("id=\"rule-1\">口径：本年度台账中的双领重点项目")));
    CHECK(has(&a, S("<li id=\"n4\"><b>社区志愿者 3名</b>：")));
    CHECK(!has(&a, S("<li id=\"n5\"")));
    CHECK(!has(&a, S("class=\"changed\"")));
    CHECK(has(&a, S("第 1 版，内容已冻结")));
    CHECK(has(&a, S("/sheets/few/1/bundle")));
    CHECK(!has(&a, S("/sheets/few/edit")));
}

TEST(sheet_page_speaks_english)
{
    struct asked a = given_asked(t, given_published(t), 0);

    a.lang = LANG_EN;
    get(&a, "/sheets/few");
    CHECK(has(&a, S("<h1>Few</h1>")));
    CHECK(has(&a, S("</span></span> projects</p>")));
    CHECK(has(&a, S("Version 1, frozen")));
    CHECK(!has(&a, S("<h1>小答卷")));
}

TEST(sheet_page_shows_what_changed_beside_what_was_published)
{
    struct house *h = given_published(t);
    struct asked a = given_asked(t, h, 0);
    struct str before;

    get(&a, "/sheets/few/1");
    before = article(&a);
    given_voided(t, h, S("projects.project"), 1);
    get(&a, "/sheets/few");
    CHECK(has(&a, S("<span class=\"changed\">发布时 4 → 今天 3</span>")));
    CHECK(has(&a, S("<span class=\"changed\">发布时 2 → 今天 1</span>")));
    CHECK(has(&a, S(">4</a>")));
    get(&a, "/sheets/few/1");
    CHECK_STR(article(&a), before);
    CHECK(before.n > 500);
    CHECK(has(&a, S("发布之后的变化")));
    CHECK(has(&a, S("/figures/projects.count?year=2024\">3</a>")));
}

TEST(first_version_stays_the_same_beside_the_second)
{
    struct house *h = given_published(t);
    struct asked a = given_asked(t, h, 0);
    struct str before;

    get(&a, "/sheets/few/1");
    before = article(&a);
    given_voided(t, h, S("projects.project"), 1);
    given_publish(t, h, S("few"));
    get(&a, "/sheets/few/1");
    CHECK_STR(article(&a), before);
    CHECK(has(&a, S("看最新一版")));
    get(&a, "/sheets/few");
    CHECK(has(&a, S("第 2 版，内容已冻结")));
    CHECK(has(&a, S("与第 1 版相比有 2 个数字不同")));
    CHECK(!has(&a, S("class=\"changed\"")));
    given_publish(t, h, S("few"));
    get(&a, "/sheets/few/3");
    CHECK(has(&a, S("与第 2 版相比没有变化")));
}

TEST(frozen_rows_count_to_the_number)
{
    struct house *h = given_published(t);
    struct asked a = given_asked(t, h, 0);

    given_voided(t, h, S("projects.project"), 1);
    get(&a, "/sheets/few/1/projects.count");
    CHECK(has(&a, S("<h1>双领重点项目 4项</h1>")));
    CHECK(has(&a, S("4 项</caption>")));
    CHECK(has(&a, S("<a href=\"/projects/project/1\">甲</a>")));
    CHECK(has(&a, S("?year=2024\">3项</a>")));
    get(&a, "/sheets/few/1/reading.visits");
    CHECK(has(&a, S(">30</td>")));
    CHECK(has(&a, S(">读书沙龙</td>")));
    CHECK(has(&a, S(">区一局</td>")));
}

TEST(frozen_rows_mask_people)
{
    struct asked a = given_asked(t, given_published(t), ROLE_OFFICER);

    get(&a, "/sheets/few/1/children.volunteers");
    CHECK(has(&a, S("陈**")));
    CHECK(!has(&a, S("晓玲")));
    CHECK(!has(&a, S("13800000001")));
}

TEST(frozen_rows_come_in_pages)
{
    struct house *h = given_demo(t);
    struct asked a = given_asked(t, h, 0);

    given_demo_sheet(t, h);
    given_publish(t, h, S("2024"));
    get(&a, "/sheets/2024/1/service.claims?page=2");
    CHECK(has(&a, S("103 个，第 2/3 页</caption>")));
    CHECK(has(&a, S("service.claims?page=1\" rel=\"prev\"")));
    CHECK(has(&a, S("service.claims?page=3\" rel=\"next\"")));
    get(&a, "/sheets/2024/1/service.claims?page=99");
    CHECK(has(&a, S("第 3/3 页")));
    CHECK(!has(&a, S("rel=\"next\"")));
    get(&a, "/sheets/2024");
    CHECK(has(&a, S(">100余</a>")));
    CHECK(has(&a, S("准确数是 103")));
}

TEST(bundle_is_downloaded_as_it_was_published)
{
    struct house *h = given_published(t);
    struct asked a = given_asked(t, h, 0);

    CHECK_STR(get(&a, "/sheets/few/1/bundle"), given_bundle(t, h, S("few"), 1));
    get(&a, "/sheets/few/2/bundle");
    CHECK_INT(status(&a), 404);
}

TEST(sheets_that_are_not_there_are_404)
{
    struct asked a = given_asked(t, given_published(t), 0);

    get(&a, "/sheets/none");
    CHECK_INT(status(&a), 404);
    get(&a, "/sheets/few/2");
    CHECK_INT(status(&a), 404);
    get(&a, "/sheets/few/x");
    CHECK_INT(status(&a), 404);
    get(&a, "/sheets/few/1/projects.none");
    CHECK_INT(status(&a), 404);
    get(&a, "/sheets/few/1/service.claims");
    CHECK_INT(status(&a), 404);
}

TEST(unpublished_sheet_is_for_officers)
{
    struct house *h = given_few(t);
    struct asked visitor = given_asked(t, h, 0);
    struct asked officer = given_asked(t, h, ROLE_OFFICER);

    given_put(t, h, S("few"), S(FEW_TEXT), S(""));
    get(&visitor, "/sheets/few");
    CHECK_INT(status(&visitor), 404);
    CHECK(!has(&visitor, S("小答卷")));
    get(&visitor, "/sheets");
    CHECK(!has(&visitor, S("小答卷")));
    CHECK(has(&visitor, S("还没有发布过答卷")));
    get(&visitor, "/sheets/few/draft");
    CHECK_INT(status(&visitor), 403);
    get(&officer, "/sheets/few");
    CHECK(has(&officer, S("草稿")));
    CHECK(has(&officer, S("发布第 1 版")));
    CHECK(has(&officer, S("href=\"/figures/projects.count\"")));
    get(&officer, "/sheets");
    CHECK(has(&officer, S("小答卷")));
}

TEST(officers_publish_by_a_button)
{
    struct house *h = given_few(t);
    struct asked a = given_asked(t, h, ROLE_OFFICER);

    given_put(t, h, S("few"), S(FEW_TEXT), S(""));
    CHECK_INT(post(&a, "/sheets/few/publish"), OK);
    CHECK_STR(a.c->location, S("/sheets/few"));
    CHECK_INT(given_int(h, SQL("SELECT actor FROM reports_version")),
              GIVEN_OFFICER);
    CHECK_INT(given_int(h, SQL("SELECT max(size) FROM journal_head")),
              given_int(h, SQL("SELECT count(*) FROM journal_entry")));
    a.roles = ROLE_EDITOR;
    CHECK_INT(post(&a, "/sheets/few/publish"), E_DENIED);
    a.roles = 0;
    CHECK_INT(post(&a, "/sheets/few/publish"), E_DENIED);
    CHECK_INT(given_int(h, SQL("SELECT count(*) FROM reports_version")), 1);
}

TEST(publish_button_refuses_small_round_words)
{
    struct house *h = given_few(t);
    struct asked a = given_asked(t, h, ROLE_OFFICER);

    given_put(t, h, S("few"), S("# 题\n{projects.count|round}项\n"), S(""));
    CHECK_INT(post(&a, "/sheets/few/publish"), E_INPUT);
    CHECK_INT(status(&a), 422);
    CHECK(has(&a, S("第 2 行：projects.count 现在是 4")));
    CHECK_INT(given_int(h, SQL("SELECT count(*) FROM reports_version")), 0);
}

TEST(editing_saves_and_journals)
{
    struct house *h = given_published(t);
    struct asked a = given_asked(t, h, ROLE_OFFICER);

    get(&a, "/sheets/few/edit");
    CHECK(has(&a, S("{projects.count}</span>")));
    CHECK(has(&a, S("name=\"edition\" value=\"1\"")));
    add_field(&a, "year", S("2024"));
    add_field(&a, "edition", S("1"));
    add_field(&a, "zh", S("# 新答卷\n{projects.count}项"));
    CHECK_INT(post(&a, "/sheets/few/edit"), OK);
    CHECK_STR(a.c->location, S("/sheets/few/draft"));
    CHECK_INT(given_int(h, SQL("SELECT count(*) FROM journal_entry WHERE "
                               "subject = 'reports.sheet' AND type = 2 AND "
                               "actor = 7")),
              1);
    get(&a, "/sheets/few");
    CHECK(has(&a, S("<h1>小答卷</h1>")));
    get(&a, "/sheets/few/draft");
    CHECK(has(&a, S("<h1>新答卷</h1>")));
}

TEST(editing_refuses_an_unknown_figure_and_keeps_the_input)
{
    struct house *h = given_published(t);
    struct asked a = given_asked(t, h, ROLE_OFFICER);

    add_field(&a, "year", S("2024"));
    add_field(&a, "edition", S("1"));
    add_field(&a, "zh", S("# 新答卷\n\n<b>{projects.cuont}项"));
    CHECK_INT(post(&a, "/sheets/few/edit"), OK);
    CHECK_INT(status(&a), 422);
    CHECK(has(&a, S("第 3 行：没有代号为“projects.cuont”的数字")));
    CHECK(has(&a, S("&lt;b&gt;{projects.cuont}项")));
    CHECK(has(&a, S("<title>错误：")));
    CHECK_INT(given_int(h, SQL("SELECT edition FROM reports_sheet")), 1);
}

TEST(editing_at_the_same_time_is_409_with_both_texts)
{
    struct house *h = given_published(t);
    struct asked a = given_asked(t, h, ROLE_OFFICER);

    given_put(t, h, S("few"), S("# 别人的\n{projects.count}项\n"), S(""));
    add_field(&a, "year", S("2024"));
    add_field(&a, "edition", S("1"));
    add_field(&a, "zh", S("# 我的\n{projects.count}项\n"));
    CHECK_INT(post(&a, "/sheets/few/edit"), OK);
    CHECK_INT(status(&a), 409);
    CHECK(has(&a, S("# 别人的")));
    CHECK(has(&a, S("# 我的")));
    CHECK(has(&a, S("name=\"edition\" value=\"2\"")));
}

TEST(preview_shows_values_and_saves_nothing)
{
    struct house *h = given_published(t);
    struct asked a = given_asked(t, h, ROLE_OFFICER);

    add_field(&a, "year", S("2024"));
    add_field(&a, "edition", S("1"));
    add_field(&a, "preview", S("1"));
    add_field(&a, "zh", S("# 预览的\n{reading.visits}人次\n"));
    CHECK_INT(post(&a, "/sheets/few/edit"), OK);
    CHECK_INT(status(&a), 200);
    CHECK(has(&a, S("<h2 class=\"title\">预览的</h2>")));
    CHECK(has(&a, S(">42</a>")));
    CHECK_INT(given_int(h, SQL("SELECT edition FROM reports_sheet")), 1);
}

TEST(new_sheets_have_a_name_of_their_own)
{
    struct house *h = given_published(t);
    struct asked a = given_asked(t, h, ROLE_OFFICER);

    get(&a, "/sheets/new");
    CHECK(has(&a, S("name=\"slug\" value=\"2024\"")));
    add_field(&a, "slug", S("few"));
    add_field(&a, "year", S("2024"));
    add_field(&a, "edition", S("0"));
    add_field(&a, "zh", S("# 又一份\n"));
    CHECK_INT(post(&a, "/sheets/new"), OK);
    CHECK_INT(status(&a), 422);
    add_field(&a, "slug", S("../x"));
    CHECK_INT(post(&a, "/sheets/new"), OK);
    CHECK_INT(status(&a), 422);
    add_field(&a, "slug", S("mid-2024"));
    CHECK_INT(post(&a, "/sheets/new"), OK);
    CHECK_STR(a.c->location, S("/sheets/mid-2024/draft"));
    a.roles = ROLE_EDITOR;
    CHECK_INT(post(&a, "/sheets/new"), E_DENIED);
}

TEST(texts_of_authors_cannot_become_markup)
{
    struct house *h = given_few(t);
    struct asked a = given_asked(t, h, 0);

    given_put(t, h, S("few"), S("# <i>\n<script>alert(1)</script>\n"), S(""));
    given_publish(t, h, S("few"));
    get(&a, "/sheets/few");
    CHECK(has(&a, S("<h1>&lt;i&gt;</h1>")));
    CHECK(!has(&a, S("<script>alert")));
}
