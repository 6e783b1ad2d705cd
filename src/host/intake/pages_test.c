/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The pages of imports, from a file that somebody sends to a batch undone. */
#include "base/file.h"
#include "host/given/given_import.h"
#include "host/intake/view.h"

#include <time.h>

enum { OFFICER = 7, EDITOR = 8, OTHER = 9 };

#define EVENTS "类型,内容,承办单位,日期,参加人次\n"
#define ONE "读书沙龙,好书一,区检察院,2024-03-01,10\n"
#define TWO "荐书,好书二,区法院,2024-03-02,20\n"
#define BAD "荐书,好书三,区法院,2024年2月30日,20\n"

/* Somebody at a desk. */
struct desk {
    struct test *t;
    struct house *h;
    int64_t account;
    unsigned roles;
    int64_t org;
    struct form_data form; /* of the next POST */
};

static struct desk given_desk(struct test *t)
{
    return (struct desk){
        .t = t, .h = given_house(t), .account = OFFICER, .roles = ROLE_OFFICER
    };
}

static void add_field(struct desk *d, const char *name, struct str value)
{
    struct mem *m = d->t->mem;
    struct form_data *f = &d->form;

    f->fields = mem_grow(m, f->fields, f->count * sizeof(*f->fields),
                         (f->count + 1) * sizeof(*f->fields));
    f->fields[f->count++] = (struct form_field){ str_from(name), value };
}

static void add_file(struct desk *d, struct str name, struct str bytes)
{
    d->form.files = NEW(d->t->mem, struct form_file);
    d->form.files[0] = (struct form_file){ .name = S("file"),
                                           .filename = name,
                                           .bytes = bytes };
    d->form.file_count = 1;
}

static struct ctx *new_ctx(struct desk *d, struct tx *tx, struct str path)
{
    struct ctx *c = NEW(d->t->mem, struct ctx);
    size_t mark = str_find(path, S("?"));

    c->m = d->t->mem;
    c->tx = tx;
    c->house = d->h;
    c->x = NEW(c->m, struct exchange);
    c->x->m = c->m;
    response_init(&c->x->response, c->m);
    c->x->head.path = str_slice(path, 0, mark);
    if (mark != SIZE_MAX)
        c->x->head.query = str_slice(path, mark + 1, path.n);
    c->year = GIVEN_YEAR;
    c->now = house_now(c->house);
    c->who = (struct who){ .account = d->account,
                           .roles = d->roles,
                           .org = d->org,
                           .name = S("王芳") };
    c->form = d->form;
    return c;
}

static void find_route(struct ctx *c, enum route_method method)
{
    enum err e;

    c->route = route_find(c->m, method, c->x->head.path, c->params, &e);
    if (!c->route || !route_allows(c->route, &c->who))
        BUG("no route %.*s", STR_ARG(c->x->head.path));
}

static struct ctx *get(struct desk *d, struct str path, enum err want)
{
    struct test *t = d->t;
    struct tx tx;
    struct ctx *c;

    tx_begin(d->h->db, false, &tx);
    c = new_ctx(d, &tx, path);
    find_route(c, ROUTE_GET);
    CHECK_INT(c->route->handle(c), want);
    CHECK(!tx.failed);
    tx_rollback(&tx);
    return c;
}

static enum err run_before(struct desk *d, struct ctx *c)
{
    struct tx tx;
    enum err e;

    if (!c->route->before)
        return OK;
    tx_begin(d->h->db, false, &tx);
    c->tx = &tx;
    e = c->route->before(c);
    tx_rollback(&tx);
    return e;
}

static struct ctx *post(struct desk *d, struct str path, enum err want)
{
    struct test *t = d->t;
    struct ctx *c = new_ctx(d, NULL, path);
    struct text reason = TEXT("", "");
    struct work w;
    enum err e;

    find_route(c, ROUTE_POST);
    CHECK(route_form_fits(c->m, c->route, &c->form, &reason));
    e = run_before(d, c);
    work_begin(d->h, t->mem, d->account, &w);
    c->tx = &w.tx;
    c->act = &w.act;
    if (e == OK)
        e = c->route->handle(c);
    CHECK_INT(e, want);
    if (e == OK)
        CHECK_INT(work_commit(&w), OK);
    else
        work_rollback(&w);
    d->form = (struct form_data){ 0 };
    return c;
}

static bool has(const struct ctx *c, struct str what)
{
    const struct response *r = &c->x->response;

    return str_find(r->fixed.p ? r->fixed : buf_str(&r->body), what) !=
           SIZE_MAX;
}

/* Send a file; returns the path of its preview. */
static struct str given_upload(struct desk *d, struct str bytes)
{
    struct test *t = d->t;
    struct ctx *c;

    add_file(d, S("书香.csv"), bytes);
    c = post(d, S("/import/new"), OK);
    NEED_INT(c->x->response.status, 303);
    return c->location;
}

static struct str below(struct desk *d, struct str path, const char *end)
{
    return str_fmt(d->t->mem, "%.*s%s", STR_ARG(path), end);
}

TEST(import_page_goes_from_a_file_to_a_batch)
{
    struct desk d = given_desk(t);
    struct str path = given_upload(&d, S(EVENTS ONE TWO BAD));
    struct ctx *c = get(&d, path, OK);

    CHECK(has(c, S("<b>2</b><span>新增</span>")));
    CHECK(has(c, S("<b>1</b><span>有错误</span>")));
    CHECK(has(c, S("2024年2月30日")));
    CHECK(has(c, S("没有 2024年2月30日 这一天")));
    CHECK_INT(given_int(d.h, SQL("SELECT count(*) FROM reading_event")), 0);
    c = post(&d, below(&d, path, "/apply"), OK);
    CHECK_STR(c->location, S("/import/batch/1"));
    CHECK_INT(given_int(d.h, SQL("SELECT count(*) FROM reading_event")), 2);
    c = get(&d, S("/import/batch/1"), OK);
    CHECK(has(c, S("/import/1/wrong.xlsx")));
    CHECK(has(c, S("书香.csv")));
    c = post(&d, S("/import/batch/1/undo"), OK);
    CHECK_STR(c->location, S("/import/batch/1"));
    CHECK(has(get(&d, S("/import/batch/1"), OK), S("已撤销")));
    CHECK_INT(given_int(d.h, SQL("SELECT count(*) FROM reading_event "
                                 "WHERE voided = 0")),
              0);
    post(&d, S("/import/batch/1/undo"), E_CLASH);
}

TEST(import_page_takes_the_whole_demo)
{
    struct desk d = given_desk(t);
    struct ctx *c;

    given_divisions(t, d.h);
    c = get(&d, given_upload(&d, test_data(t, "demo/ledgers.xlsx")), OK);
    CHECK(has(c, S("<b>560</b><span>新增</span>")));
    CHECK(has(c, S("<b>0</b><span>有错误</span>")));
    CHECK(has(c, S("双领项目")));
}

TEST(import_page_lists_what_waits_and_what_was_imported)
{
    struct desk d = given_desk(t);
    struct str path = given_upload(&d, S(EVENTS ONE));

    CHECK(has(get(&d, S("/import/new"), OK), S("等您核对")));
    post(&d, below(&d, path, "/apply"), OK);
    CHECK(has(get(&d, S("/import/new"), OK), S("/import/batch/1/undo")));
    CHECK(!has(get(&d, S("/import/new"), OK), S("等您核对")));
}

TEST(import_page_imports_a_file_once)
{
    struct desk d = given_desk(t);
    struct str path = given_upload(&d, S(EVENTS ONE));

    post(&d, below(&d, path, "/apply"), OK);
    CHECK_STR(post(&d, below(&d, path, "/apply"), OK)->location,
              S("/import/batch/1"));
    CHECK_INT(given_int(d.h, SQL("SELECT count(*) FROM import_batch")), 1);
}

TEST(import_page_takes_pasted_cells)
{
    struct desk d = given_desk(t);
    struct ctx *c;

    add_field(&d, "cells",
              S("类型\t内容\t承办单位\t日期\r\n"
                "荐书\t好书一\t区检察院\t2024/3/1\r\n"));
    c = post(&d, S("/import/new"), OK);
    c = get(&d, c->location, OK);
    CHECK(has(c, S("<b>1</b><span>新增</span>")));
    CHECK(has(c, S("粘贴的单元格")));
}

TEST(import_page_refuses_nothing_at_all)
{
    struct desk d = given_desk(t);
    struct ctx *c = post(&d, S("/import/new"), OK);

    CHECK_INT(c->x->response.status, 422);
    CHECK(has(c, S("请选择文件")));
    CHECK(has(c, S("<title>错误：")));
}

TEST(import_page_refuses_a_file_it_cannot_read)
{
    struct desk d = given_desk(t);
    struct ctx *c;

    add_file(&d, S("a.xlsx"), S("PK\x03\x04 this is no workbook at all"));
    c = post(&d, S("/import/new"), OK);
    CHECK_INT(c->x->response.status, 422);
    CHECK_INT(given_int(d.h, SQL("SELECT count(*) FROM import_upload")), 0);
}

TEST(import_page_shows_nobody_the_files_of_others)
{
    struct desk d = given_desk(t);
    struct str path = given_upload(&d, S(EVENTS ONE));

    post(&d, below(&d, path, "/apply"), OK);
    d.account = OTHER;
    d.roles = ROLE_EDITOR;
    get(&d, path, E_ABSENT);
    get(&d, below(&d, path, "/wrong.xlsx"), E_ABSENT);
    get(&d, S("/import/batch/1"), E_ABSENT);
    post(&d, S("/import/batch/1/undo"), E_ABSENT);
    post(&d, below(&d, path, "/apply"), E_ABSENT);
    post(&d, below(&d, path, "/drop"), E_ABSENT);
    get(&d, S("/import/0"), E_ABSENT);
    get(&d, S("/import/x"), E_ABSENT);
}

TEST(import_page_lets_an_editor_import_own_rows_only)
{
    struct desk d = given_desk(t);
    struct str path;
    struct ctx *c;

    post(&d, below(&d, given_upload(&d, S(EVENTS ONE TWO)), "/apply"), OK);
    d.account = EDITOR;
    d.roles = ROLE_EDITOR;
    d.org = given_int(d.h, SQL("SELECT id FROM registry_organisation "
                               "WHERE name = '区检察院'"));
    path = given_upload(&d, S(EVENTS "读书沙龙,好书一,区检察院,2024-03-01,11\n"
                                     "荐书,好书二,区法院,2024-03-02,22\n"));
    c = get(&d, path, OK);
    CHECK(has(c, S("<b>1</b><span>有改动</span>")));
    CHECK(has(c, S("<b>1</b><span>有错误</span>")));
    CHECK(has(c, S("不是您单位或下级单位的记录")));
    post(&d, below(&d, path, "/apply"), OK);
    CHECK_INT(given_int(d.h, SQL("SELECT sum(visits) FROM reading_event")), 31);
}

TEST(import_page_keeps_a_corrected_mapping)
{
    struct desk d = given_desk(t);
    struct str path =
        given_upload(&d,
                     S("种类,题目,谁,何时\n荐书,好书一,区检察院,2024-03-01\n"));
    struct ctx *c = get(&d, path, OK);

    CHECK(has(c, S("认不出这张表")));
    add_field(&d, "sheet", S("0"));
    add_field(&d, "ledger", S("reading.event"));
    post(&d, below(&d, path, "/mapping"), OK);
    c = get(&d, path, OK);
    CHECK(has(c, S("必填")));
    add_field(&d, "sheet", S("0"));
    add_field(&d, "ledger", S("reading.event"));
    add_field(&d, "map", S("0 form"));
    add_field(&d, "map", S("1 content"));
    add_field(&d, "map", S("2 unit"));
    add_field(&d, "map", S("3 held_on"));
    c = post(&d, below(&d, path, "/mapping"), OK);
    CHECK_STR(c->location, S("/import/1#sheet0"));
    c = get(&d, path, OK);
    CHECK(has(c, S("<b>1</b><span>新增</span>")));
    post(&d, below(&d, path, "/apply"), OK);
    CHECK_INT(given_int(d.h, SQL("SELECT held_on FROM reading_event")),
              20240301);
}

TEST(import_page_leaves_a_sheet_out_when_told)
{
    struct desk d = given_desk(t);
    struct str path = given_upload(&d, S(EVENTS ONE));
    struct ctx *c;

    add_field(&d, "sheet", S("0"));
    add_field(&d, "ledger", S(""));
    post(&d, below(&d, path, "/mapping"), OK);
    c = get(&d, path, OK);
    CHECK(has(c, S("您选择了不导入这张表")));
    CHECK(has(c, S("<b>0</b><span>新增</span>")));
}

TEST(import_page_refuses_a_mapping_that_makes_no_sense)
{
    struct desk d = given_desk(t);
    struct str path = given_upload(&d, S(EVENTS ONE));
    struct ctx *c;

    add_field(&d, "sheet", S("0"));
    add_field(&d, "ledger", S("reading.event"));
    add_field(&d, "map", S("0 content"));
    add_field(&d, "map", S("1 content"));
    c = post(&d, below(&d, path, "/mapping"), E_INPUT);
    CHECK(str_find(c->refusal.zh, S("两栏都对应")) != SIZE_MAX);
    add_field(&d, "sheet", S("1"));
    post(&d, below(&d, path, "/mapping"), E_INPUT);
    add_field(&d, "sheet", S("0"));
    add_field(&d, "ledger", S("no.such"));
    post(&d, below(&d, path, "/mapping"), E_INPUT);
    CHECK(has(get(&d, path, OK), S("<b>1</b><span>新增</span>")));
}

TEST(import_page_takes_the_ledger_of_the_link)
{
    struct desk d = given_desk(t);
    struct ctx *c = get(&d, S("/import/new?ledger=reading.event"), OK);

    CHECK(has(c, S("name=\"ledger\" value=\"reading.event\"")));
    add_field(&d, "ledger", S("reading.event"));
    c = get(&d, given_upload(&d, S("类型,内容\n荐书,好书一\n")), OK);
    CHECK(has(c, S("<b>1</b><span>有错误</span>")));
    CHECK(has(c, S("承办单位")));
}

TEST(import_page_drops_a_file)
{
    struct desk d = given_desk(t);
    struct str path = given_upload(&d, S(EVENTS ONE));

    CHECK_STR(post(&d, below(&d, path, "/drop"), OK)->location,
              S("/import/new"));
    get(&d, path, E_ABSENT);
}

TEST(import_page_gives_wrong_rows_that_can_be_corrected)
{
    struct desk d = given_desk(t);
    struct str path = given_upload(&d, S("2023年度台账,,,,\n" EVENTS ONE BAD
                                         "荐书,,区法院,,5\n"));
    struct ctx *c = get(&d, below(&d, path, "/wrong.xlsx"), OK);
    struct workbook *w =
        given_workbook(t, c->x->response.fixed, S("wrong.xlsx"));
    struct import *im = given_plan(t, w);
    struct grid *g = &w->grids[0];

    NEED(g->rows == 3 && g->cols > 5);
    CHECK_STR(grid_cell(g, 0, 5)->text, S("错误原因"));
    CHECK(str_find(grid_cell(g, 1, 5)->text, S("没有 2024年2月30日")) !=
          SIZE_MAX);
    CHECK(str_find(grid_cell(g, 2, 5)->text, S("内容：必填")) != SIZE_MAX);
    CHECK_INT(im->sheets[0].sheet.year, 2023);
    given_compare(t, d.h, im);
    CHECK_INT(im->count[IMPORT_WRONG], 2);
    g->cells[g->cols + 3].text = S("2024-02-28");
    given_compare(t, d.h, im);
    CHECK_INT(im->count[IMPORT_WRONG], 1);
    CHECK_INT(im->count[IMPORT_NEW], 1);
}

TEST(import_page_has_no_file_of_wrong_rows_when_all_are_right)
{
    struct desk d = given_desk(t);
    struct str path = given_upload(&d, S(EVENTS ONE));

    get(&d, below(&d, path, "/wrong.xlsx"), E_ABSENT);
    get(&d, below(&d, path, "/wrong.xlsx?sheet=99"), E_ABSENT);
}

/* ---- large files ---- */

static struct str given_many(struct test *t, int rows)
{
    struct buf *b = buf_new(t->mem, 64 << 20);

    buf_lit(b, EVENTS);
    for (int i = 0; i < rows; i++)
        buf_fmt(b, "荐书,第%d本,单位%d,2024-%02d-%02d,%d\n", i, i % 50,
                i % 12 + 1, i % 28 + 1, i % 100);
    buf_lit(b, BAD);
    return buf_str(b);
}

/* Look until the job is done, as the page's reader would. */
static struct ctx *get_done(struct desk *d, struct str path)
{
    struct ctx *c = get(d, path, OK);

    for (int i = 0; i < 2000 && has(c, S("data-poll")); i++) {
        nanosleep(&(struct timespec){ .tv_nsec = 5000000 }, NULL);
        c = get(d, path, OK);
    }
    return c;
}

TEST(import_page_compares_a_large_file_on_the_side)
{
    struct desk d = given_desk(t);
    struct str path = given_upload(&d, given_many(t, 5000));
    struct ctx *c = get(&d, path, OK);

    CHECK(has(c, S("<progress max=\"500")));
    CHECK(str_find(buf_str(&c->x->response.headers), S("Refresh: 1")) !=
          SIZE_MAX);
    CHECK(has(get(&d, S("/import/new"), OK), S("书香.csv")));
    c = get_done(&d, path);
    CHECK(has(c, S("<b>5000</b><span>新增</span>")));
    CHECK(has(c, S("<b>1</b><span>有错误</span>")));
    get(&d, below(&d, path, "/wrong.xlsx"), OK);
    post(&d, below(&d, path, "/apply"), OK);
    CHECK_INT(given_int(d.h, SQL("SELECT count(*) FROM reading_event")), 5000);
    import_jobs_end();
}

TEST(import_page_compares_a_large_file_again_when_it_is_mapped)
{
    struct desk d = given_desk(t);
    struct str path = given_upload(&d, given_many(t, 3500));
    struct ctx *c = get_done(&d, path);

    CHECK(has(c, S("<b>3500</b><span>新增</span>")));
    add_field(&d, "sheet", S("0"));
    add_field(&d, "ledger", S(""));
    post(&d, below(&d, path, "/mapping"), OK);
    c = get_done(&d, path);
    CHECK(has(c, S("<b>0</b><span>新增</span>")));
    import_jobs_end();
}
