/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a person says of columns, and the next file of that shape. */
#include "host/import/remember.h"
#include "host/intake/given_upload.h"

#define MOTTO "树种,树名,认养单位,栽种日期,口号\n"
#define STRANGE(name) "种类,题目,谁,何时\n银杏," name ",区检察院,2024-03-01\n"
#define TWICE(name)                                                            \
    "树种,树名,认养单位,栽种日期,浇水人次,浇水人次\n"      \
    "银杏," name ",区检察院,2024-03-01,5,12\n"

static void map(struct given *g, struct str path, const char *const *maps)
{
    struct test *t = g->t;

    given_field(g, "sheet", S("0"));
    given_field(g, "ledger", S("sample.tree"));
    for (; *maps; maps++)
        given_field(g, "map", str_from(*maps));
    CHECK_INT(page_status(given_post(g, below(g, path, "/mapping"))), 303);
}

static const char *const with_motto[] = { "0 species",    "1 name",   "2 unit",
                                          "3 planted_on", "4 remark", NULL };

/* A file whose column 口号 is 树木备注, as an officer says. */
static void teach(struct given *g, struct str header)
{
    struct test *t = g->t;
    struct str path =
        given_upload(g, str_join(g->m,
                                 (struct str[]){
                                     header,
                                     S("松树,甲,区法院,2024-01-02,常青\n") },
                                 2));

    map(g, path, with_motto);
    CHECK_INT(page_status(given_post(g, below(g, path, "/apply"))), 303);
}

TEST(a_mapping_is_remembered_for_the_next_file_of_that_shape)
{
    struct given *g = given_desk(t);
    struct str path;
    struct ctx *c;

    teach(g, S(MOTTO));
    path = given_upload(g, S(MOTTO "银杏,乙,区法院,2024-01-03,长寿\n"));
    c = given_get(g, path);
    CHECK(page_says(c, S("按上次的对应： “口号” → 树木备注")));
    CHECK(page_says(c, S("认养.csv）")));
    CHECK(!page_says(c, S("没有对应到台账的栏")));
    given_post(g, below(g, path, "/apply"));
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM sample_tree "
                               "WHERE remark = '长寿'")),
              1);
    g->lang = LANG_EN;
    path = given_upload(g, S(MOTTO "梅树,丙,区法院,2024-01-03,香\n"));
    CHECK(page_says(given_get(g, path),
                    S("As last time: “口号” → Remarks on the tree")));
}

TEST(a_shape_is_the_headers_as_they_are_recognised)
{
    static const char *const alike[] = {
        "*树种,树 名,认养单位,栽种日期（必填）,口号：\n",
        "台账,,,,\n树种,树名,认养单位,栽种日期,口号\n",
        "树种,树名,认养单位,栽种日期,口号,\n",
    };
    static const char *const others[] = {
        "树种,树名,认养单位,口号,栽种日期\n",
        "树种,树名,认养单位,栽种日期,口号,树龄\n",
        "树种,树名,认养单位,栽种日期,标语\n",
    };
    struct given *g = given_desk(t);

    teach(g, S(MOTTO));
    for (size_t i = 0; i < COUNT(alike); i++)
        CHECK(page_says(given_get(g, given_upload(g, str_from(alike[i]))),
                        S("按上次的对应：")));
    for (size_t i = 0; i < COUNT(others); i++)
        CHECK(!page_says(given_get(g, given_upload(g, str_from(others[i]))),
                         S("按上次的对应：")));
}

TEST(a_sheet_that_nobody_recognised_is_taken_as_last_time)
{
    static const char *const maps[] = { "0 species", "1 name", "2 unit",
                                        "3 planted_on", NULL };
    struct given *g = given_desk(t);
    struct str path = given_upload(g, S(STRANGE("迎客松")));

    given_field(g, "sheet", S("0"));
    given_field(g, "ledger", S("sample.tree"));
    given_post(g, below(g, path, "/mapping"));
    map(g, path, maps);
    given_post(g, below(g, path, "/apply"));
    path = given_upload(g, S("绿化台账,,,\n" STRANGE("望海松")));
    CHECK(page_says(given_get(g, path), S("1 新增")));
    given_post(g, below(g, path, "/apply"));
    CHECK_INT(given_live(g, "sample.tree", S("望海松")), 1);
}

TEST(a_header_that_stands_twice_is_taken_as_last_time)
{
    static const char *const maps[] = { "0 species",    "1 name",   "2 unit",
                                        "3 planted_on", "5 visits", NULL };
    struct given *g = given_desk(t);
    struct str path = given_upload(g, S(TWICE("甲")));

    map(g, path, maps);
    given_post(g, below(g, path, "/apply"));
    path = given_upload(g, S(TWICE("乙")));
    CHECK(page_says(given_get(g, path), S("1 新增")));
    given_post(g, below(g, path, "/apply"));
    CHECK_INT(given_sql(g, SQL("SELECT sum(visits) FROM sample_tree")), 24);
}

/* 树名 names the tree, even if somebody once took it for something else. */
TEST(a_known_header_means_what_it_says)
{
    static const char *const swapped[] = { "0 species",    "4 name",   "2 unit",
                                           "3 planted_on", "1 remark", NULL };
    struct given *g = given_desk(t);
    struct str path =
        given_upload(g, S(MOTTO "松树,甲,区法院,2024-01-02,常青\n"));

    map(g, path, swapped);
    given_post(g, below(g, path, "/apply"));
    CHECK_INT(given_live(g, "sample.tree", S("常青")), 1);
    path = given_upload(g, S(MOTTO "松树,乙,区法院,2024-01-02,常绿\n"));
    given_post(g, below(g, path, "/apply"));
    CHECK_INT(given_live(g, "sample.tree", S("乙")), 1);
}

TEST(a_mapping_is_forgotten_when_told)
{
    struct given *g = given_desk(t);
    struct str path;

    teach(g, S(MOTTO));
    path = given_upload(g, S(MOTTO "银杏,乙,区法院,2024-01-03,长寿\n"));
    given_field(g, "sheet", S("0"));
    CHECK_STR(given_post(g, below(g, path, "/forget"))->location,
              S("/import/2#sheet0"));
    CHECK(page_says(given_get(g, path), S("E 列“口号”：有内容的 1 格")));
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM import_mapping")), 0);
    given_field(g, "sheet", S("0"));
    CHECK_INT(page_status(given_post(g, below(g, path, "/forget"))), 404);
}

TEST(a_mapping_is_corrected_by_the_next_one)
{
    static const char *const without[] = { "0 species",    "1 name", "2 unit",
                                           "3 planted_on", "4",      NULL };
    static const char *const plan[] = { "0 species",    "1 name", "2 unit",
                                        "3 planted_on", "4 care", NULL };
    struct given *g = given_desk(t);
    struct str path;

    teach(g, S(MOTTO));
    path = given_upload(g, S(MOTTO "银杏,乙,区法院,2024-01-03,长寿\n"));
    map(g, path, plan);
    CHECK(!page_says(given_get(g, path), S("按上次的对应：")));
    given_post(g, below(g, path, "/apply"));
    path = given_upload(g, S(MOTTO "银杏,丙,区法院,2024-01-03,长寿\n"));
    CHECK(page_says(given_get(g, path), S("“口号” → 养护计划")));
    map(g, path, without);
    given_post(g, below(g, path, "/apply"));
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM import_mapping")), 0);
}

TEST(only_what_was_imported_and_said_by_hand_is_remembered)
{
    struct given *g = given_desk(t);
    struct str path =
        given_upload(g, S(MOTTO "松树,甲,区法院,2024-01-02,常青\n"));

    map(g, path, with_motto);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM import_mapping")), 0);
    given_post(g, below(g, path, "/drop"));
    path = given_upload(g, S(TREES ONE));
    given_post(g, below(g, path, "/apply"));
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM import_mapping")), 0);
}

TEST(no_more_shapes_are_remembered_than_there_is_room_for)
{
    struct given *g = given_desk(t);
    struct import *im;

    for (int i = 0; i < REMEMBERED_MAX + 3; i++) {
        im = given_plan(
            g, given_workbook(g,
                              str_fmt(t->mem,
                                      "树种,树名,认养单位,栽种日期,口号%d\n"
                                      "松树,甲,区法院,2024-01-02,常青\n",
                                      i),
                              S("a.csv")));
        im->sheets[0]
            .match.map[ledger_column(im->sheets[0].match.ledger, S("remark"))] =
            4;
        given_act(g)->now = 1000 + i;
        import_remember(given_act(g), im, 0);
    }
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM import_mapping")),
              REMEMBERED_MAX);
    CHECK_INT(given_sql(g, SQL("SELECT min(at) FROM import_mapping")), 1003);
    given_settle(g, E_INPUT);
}
