/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Large files and batches: compared, imported and undone on the side. */
#include "host/intake/beside.h"

#include "base/buf.h"
#include "host/house/running.h"
#include "host/intake/given_upload.h"
#include "host/intake/job.h"

#include <time.h>

static struct str given_many(struct given *g, int rows)
{
    struct buf *b = buf_new(g->m, 64 << 20);

    buf_lit(b, TREES);
    for (int i = 0; i < rows; i++)
        buf_fmt(b, "银杏,第%d棵,单位%d,2024-%02d-%02d,%d\n", i, i % 50,
                i % 12 + 1, i % 28 + 1, i % 100);
    buf_lit(b, BAD);
    return buf_str(b);
}

/* Look until the job is done, as the page's reader would. */
static struct ctx *get_done(struct given *g, struct str path)
{
    struct ctx *c = given_get(g, path);

    for (int i = 0; i < 2000 && page_has(c, S("data-poll")); i++) {
        nanosleep(&(struct timespec){ .tv_nsec = 5000000 }, NULL);
        c = given_get(g, path);
    }
    return c;
}

TEST(import_page_compares_a_large_file_on_the_side)
{
    struct given *g = given_desk(t);
    struct str path = given_upload(g, given_many(g, 5000));
    struct ctx *c = given_get(g, path);

    CHECK(page_has(c, S("<progress max=\"500")));
    CHECK(str_find(buf_str(&c->x->response.headers), S("Refresh: 1")) !=
          SIZE_MAX);
    CHECK(page_says(given_get(g, S("/import/new")), S("认养.csv")));
    c = get_done(g, path);
    CHECK(page_says(c, S("5000 新增")));
    CHECK(page_says(c, S("1 有错误")));
    c = given_get(g, below(g, path, "/wrong.xlsx"));
    CHECK_INT(page_status(c), 200);
    import_jobs_end();
}

TEST(import_page_compares_a_large_file_again_when_it_is_mapped)
{
    struct given *g = given_desk(t);
    struct str path = given_upload(g, given_many(g, 3500));
    struct ctx *c = get_done(g, path);

    CHECK(page_says(c, S("3500 新增")));
    given_field(g, "sheet", S("0"));
    given_field(g, "ledger", S(""));
    given_post(g, below(g, path, "/mapping"));
    c = get_done(g, path);
    CHECK(page_says(c, S("0 新增")));
    import_jobs_end();
}

/* ---- imported and undone ---- */

static int64_t live(struct given *g)
{
    return given_live(g, "sample.tree", S(""));
}

/* A large file, imported; the path of its batch. */
static struct given *given_large(struct test *t, struct str *ret_upload)
{
    struct given *g = given_desk(t);
    struct ctx *c;

    *ret_upload = given_upload(g, given_many(g, 1200));
    c = given_post(g, below(g, *ret_upload, "/apply"));
    CHECK_STR(c->location, S("/import/batch/1"));
    return g;
}

TEST(a_large_file_is_imported_beside_and_its_page_can_be_left)
{
    struct str upload;
    struct given *g = given_large(t, &upload);
    struct ctx *c = get_done(g, S("/import/batch/1"));

    CHECK(page_says(c, S("新增 1200 ")));
    CHECK(page_says(c, S("有错误 1 ")));
    CHECK_STR(given_get(g, upload)->location, S("/import/batch/1"));
    CHECK_INT(live(g), 1200);
    CHECK_INT(given_sql(g, SQL("SELECT actor FROM import_batch")),
              GIVEN_ACCOUNT);
    CHECK_INT(page_status(given_get(g, below(g, upload, "/wrong.xlsx"))), 200);
    beside_end();
}

TEST(a_large_file_that_is_sent_twice_is_one_batch)
{
    struct str upload;
    struct given *g = given_large(t, &upload);

    CHECK_STR(given_post(g, below(g, upload, "/apply"))->location,
              S("/import/batch/1"));
    beside_end();
    CHECK_INT(live(g), 1200);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM import_batch")), 1);
}

TEST(a_large_batch_is_undone_and_brought_back_beside)
{
    struct str upload;
    struct given *g = given_large(t, &upload);
    struct ctx *c;

    beside_end();
    c = given_turn(g, "undo", "传错了文件");
    CHECK_STR(c->location, S("/import/batch/1"));
    c = get_done(g, S("/import/batch/1"));
    CHECK(page_says(c, S("撤销 1250 行 ，原因：传错了文件")));
    CHECK_INT(live(g), 0);
    CHECK_INT(given_sql(g, SQL("SELECT actor FROM import_undo")),
              GIVEN_ACCOUNT);
    beside_end();
    CHECK_INT(page_status(given_turn(g, "back", "没有错")), 303);
    beside_end();
    CHECK_INT(live(g), 1200);
}

/* It runs, and nobody runs it: whoever did was ended. */
static void given_left(struct given *g)
{
    struct running r = { .batch = 1, .reason = S("") };
    struct mem *m = mem_new();
    struct running_hold hold = { m, g->house->place.keys };

    if (running_begin(given_act(g), &hold, &r) != OK)
        BUG("a given work does not run");
    given_commit(g);
    mem_free(m);
}

TEST(a_batch_that_runs_says_how_far_it_is_and_is_not_undone)
{
    struct str upload;
    struct given *g = given_large(t, &upload);
    struct str form = S("/import/batch/1/undo");
    struct ctx *c = NULL;

    beside_end();
    c = given_get(g, form);
    given_left(g);
    given_opened(g, c, form);
    given_field(g, "reason", S("传错了"));
    c = given_post(g, form);
    CHECK_INT(page_status(c), 409);
    CHECK(page_says(c, S("这一批正在写入，请等它结束再办")));
    c = given_get(g, S("/import/batch/1"));
    CHECK(page_says(c, S("正在导入：0 / 0 行")));
    CHECK(str_find(buf_str(&c->x->response.headers), S("Refresh: 1")) !=
          SIZE_MAX);
    CHECK(!page_has(c, S("/import/batch/1/undo")));
    CHECK(page_says(given_get(g, S("/import/new")), S("正在写入，0%")));
    CHECK(page_says(given_get(g, S("/")), S("数据正在写入")));
}

TEST(an_import_that_was_interrupted_says_so_and_its_file_waits_again)
{
    struct str upload;
    struct given *g = given_large(t, &upload);
    struct ctx *c;

    beside_end();
    given_left(g);
    beside_resume(&g->house->place, given_slicer(g));
    beside_end();
    c = given_get(g, S("/import/batch/1"));
    CHECK(page_says(c, S("中途断开，已整批撤回")));
    CHECK(!page_has(c, S("/import/batch/1/back")));
    CHECK_INT(page_status(given_get(g, S("/import/batch/1/back"))), 409);
    CHECK_INT(live(g), 0);
    c = given_get(g, S("/import/new"));
    CHECK(page_says(c, S("中途断开，已撤回")));
    CHECK(page_has(c, str_fmt(g->m, "href=\"%.*s\"", STR_ARG(upload))));
    CHECK_STR(given_post(g, below(g, upload, "/apply"))->location,
              S("/import/batch/2"));
    beside_end();
    CHECK_INT(live(g), 1200);
}
