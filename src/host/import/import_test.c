/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What is taken from workbooks, and what must be refused. */
#include "host/given/given.h"

/* ---- the demo's workbook ---------------------------------------------- */

static struct workbook *demo(struct given *g)
{
    return given_workbook(g, test_data(g->t, "demo/ledgers.xlsx"), S("a.xlsx"));
}

TEST(import_takes_every_row_of_the_sheets_it_knows)
{
    struct given *g = given(t);
    struct import *im;
    size_t rows = 0;

    given_divisions(g);
    im = given_plan(g, demo(g));
    given_apply(g, im);
    for (size_t i = 0; i < im->n; i++) {
        if (!im->sheets[i].match.ledger)
            continue;
        CHECK(im->sheets[i].count[IMPORT_NEW] > 0);
        rows += im->sheets[i].count[IMPORT_NEW];
    }
    CHECK_INT(im->count[IMPORT_NEW], rows);
    CHECK_INT(im->count[IMPORT_WRONG], 0);
    CHECK_INT(im->count[IMPORT_CHANGED], 0);
    CHECK_INT(im->count[IMPORT_SAME], 0);
}

TEST(import_compares_as_it_applies)
{
    struct given *g = given(t);
    struct workbook *w;
    struct import *shown;
    struct import *kept;
    int64_t entries;

    given_divisions(g);
    entries = given_sql(g, SQL("SELECT count(*) FROM journal_entry"));
    w = demo(g);
    shown = given_plan(g, w);
    given_compare(g, shown);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM journal_entry")), entries);
    kept = given_plan(g, w);
    given_apply(g, kept);
    NEED_INT(shown->n, kept->n);
    for (size_t i = 0; i < kept->n; i++) {
        for (size_t s = 0; s < IMPORT_STATUSES; s++)
            CHECK_INT(shown->sheets[i].count[s], kept->sheets[i].count[s]);
        CHECK_INT(shown->sheets[i].made, kept->sheets[i].made);
        CHECK_INT(shown->sheets[i].left.rows_n, kept->sheets[i].left.rows_n);
    }
}

TEST(import_of_the_same_file_again_writes_nothing)
{
    struct given *g = given(t);
    struct import *first;
    struct import *again;
    int64_t entries;

    given_divisions(g);
    first = given_plan(g, demo(g));
    given_apply(g, first);
    entries = given_sql(g, SQL("SELECT count(*) FROM journal_entry"));
    again = given_plan(g, demo(g));
    given_apply(g, again);
    CHECK_INT(again->count[IMPORT_SAME], first->count[IMPORT_NEW]);
    CHECK_INT(again->count[IMPORT_NEW], 0);
    CHECK_INT(again->count[IMPORT_CHANGED], 0);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM journal_entry")), entries);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM journal_change")), 0);
}

/* ---- trees ------------------------------------------------------------ */

#define TREES "序号,树种,树名,认养单位,栽种日期,浇水人次\n"
#define FIRST "1,松树,迎客松,区检察院,2024-03-01,10\n"
#define SECOND "2,松树,望海松,区检察院,2024-03-02,10\n"

/* Import these trees after the divisions. */
static struct import_sheet *given_trees(struct given *g, struct str csv)
{
    given_divisions(g);
    return given_sheet(given_csv(g, csv), "sample.tree");
}

/* Where a column of the ledger stands in the sheet. */
static size_t grid_col(const struct import_sheet *s, struct str key)
{
    return s->match.map[ledger_column(s->match.ledger, key)];
}

static struct cell *cell_at(struct import_sheet *s, size_t row, struct str key)
{
    const struct grid *g = s->match.grid;

    return &g->cells[(s->match.data_row + row) * g->cols + grid_col(s, key)];
}

TEST(import_of_one_changed_cell_writes_one_change)
{
    struct given *g = given(t);
    struct import *im;
    struct import_sheet *s;
    int64_t entries;

    given_trees(g, S(TREES FIRST SECOND));
    entries = given_sql(g, SQL("SELECT count(*) FROM journal_entry"));
    im = given_plan(g, given_workbook(g, S(TREES FIRST SECOND), S("a.csv")));
    s = given_sheet(im, "sample.tree");
    cell_at(s, 1, S("visits"))->text = S("77");
    given_apply(g, im);
    CHECK_INT(im->count[IMPORT_CHANGED], 1);
    NEED_INT(s->changes_n, 1);
    CHECK_STR(s->changes->after.zh, S("77"));
    CHECK_STR(s->changes->column.zh, S("浇水人次（人次）"));
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM journal_entry")),
              entries + 1);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM journal_change")), 1);
    CHECK_INT(given_sql(g, SQL("SELECT version FROM sample_tree "
                               "WHERE visits = 77")),
              2);
}

/* ---- refusals --------------------------------------------------------- */

/* Exactly one row is wrong, for this, and so many others are kept. */
static void check_one_wrong(struct test *t, const struct import_sheet *s,
                            const struct import_problem *want, size_t kept)
{
    CHECK_INT(s->count[IMPORT_WRONG], 1);
    CHECK_INT(s->count[IMPORT_NEW], kept);
    NEED(s->problems != NULL);
    CHECK_INT(s->problems->row, want->row);
    CHECK_STR(s->problems->column.zh, want->column.zh);
    CHECK_STR(s->problems->value, want->value);
    CHECK(str_find(s->problems->reason.zh, want->reason.zh) != SIZE_MAX);
    CHECK(s->problems->next == NULL);
}

TEST(import_refuses_a_day_that_is_not)
{
    struct given *g = given(t);
    struct import_sheet *s =
        given_trees(g, S(TREES "1,松树,迎客松,区检察院,2024年2月29日,10\n"
                               "2,松树,望海松,区检察院,2024年2月30日,10\n"));

    check_one_wrong(t, s,
                    &(struct import_problem){ .row = 3,
                                              .column = TEXT("栽种日期", ""),
                                              .value = S("2024年2月30日"),
                                              .reason = TEXT("没有", "") },
                    1);
}

TEST(import_refuses_an_unknown_choice)
{
    struct given *g = given(t);
    struct import_sheet *s =
        given_trees(g, S(TREES "1,竹子,迎客松,区检察院,2024-03-01,10\n"
                               "2,松树,望海松,区检察院,2024-03-02,10\n"));

    check_one_wrong(t, s,
                    &(struct import_problem){ .row = 2,
                                              .column = TEXT("树种", ""),
                                              .value = S("竹子"),
                                              .reason = TEXT("可选", "") },
                    1);
}

TEST(import_refuses_a_row_without_a_required_cell)
{
    struct given *g = given(t);
    struct import_sheet *s =
        given_trees(g, S(TREES "1,松树,,区检察院,2024-03-01,10\n"
                               "2,松树,望海松,区检察院,2024-03-02,10\n"));

    check_one_wrong(t, s,
                    &(struct import_problem){ .row = 2,
                                              .column = TEXT("树名", ""),
                                              .value = S(""),
                                              .reason = TEXT("必填", "") },
                    1);
}

TEST(import_refuses_a_unit_of_blanks)
{
    struct given *g = given(t);
    struct import_sheet *s =
        given_trees(g, S(TREES "1,松树,迎客松,　,2024-03-01,10\n"));

    check_one_wrong(t, s,
                    &(struct import_problem){ .row = 2,
                                              .column = TEXT("认养单位", ""),
                                              .value = S(""),
                                              .reason = TEXT("必填", "") },
                    0);
    CHECK_INT(s->made, 0);
}

TEST(import_refuses_a_row_that_stands_twice)
{
    struct given *g = given(t);
    struct import_sheet *s =
        given_trees(g, S(TREES "1,松树,迎客松,区检察院,2024-03-01,10\n"
                               "2,松树,迎客 松,区检察院,2024/3/1,12\n"));

    check_one_wrong(t, s,
                    &(struct import_problem){ .row = 3,
                                              .column = TEXT("", ""),
                                              .value = S(""),
                                              .reason =
                                                  TEXT("与第 2 行重复", "") },
                    1);
}

/* A workbook of these two sheets, planned. */
static struct import *given_two_sheets(struct given *g, struct str first,
                                       struct str second)
{
    struct workbook *w = NEW(g->m, struct workbook);

    w->n = 2;
    w->grids = NEW_ARRAY(g->m, struct grid, 2);
    w->grids[0] = given_workbook(g, first, S("a.csv"))->grids[0];
    w->grids[1] = given_workbook(g, second, S("b.csv"))->grids[0];
    return given_plan(g, w);
}

TEST(import_refuses_a_row_that_stands_on_two_sheets)
{
    static const struct str csv =
        S_INIT(TREES "1,松树,迎客松,区检察院,2024-03-01,10\n");
    struct given *g = given(t);
    struct import *shown = given_two_sheets(g, csv, csv);
    struct import *kept = given_two_sheets(g, csv, csv);

    given_compare(g, shown);
    given_apply(g, kept);
    CHECK_INT(shown->count[IMPORT_NEW], 1);
    CHECK_INT(shown->count[IMPORT_WRONG], 1);
    CHECK_INT(kept->count[IMPORT_NEW], 1);
    CHECK_INT(kept->count[IMPORT_WRONG], 1);
}

TEST(import_refuses_a_community_nobody_knows)
{
    struct given *g = given(t);
    struct import *im;

    given_divisions(g);
    im = given_csv(g, S("护树人,护树职责,守护社区,护树电话\n"
                        "小王,帮手,月球社区,13800000001\n"
                        "小李,帮手,,13800000002\n"));
    check_one_wrong(t, given_sheet(im, "sample.keeper"),
                    &(struct import_problem){ .row = 2,
                                              .column = TEXT("守护社区", ""),
                                              .value = S("月球社区"),
                                              .reason = TEXT("不在", "") },
                    1);
}

TEST(import_refuses_a_community_of_another_subdistrict)
{
    struct given *g = given(t);
    struct import_sheet *s =
        given_trees(g,
                    S("树种,树名,认养单位,栽种日期,栽种街道,栽种社区\n"
                      "松树,迎客松,区检察院,2024-03-01,沙子口街道,中韩社区\n"
                      "松树,望海松,区检察院,2024-03-01,中韩街道,中韩社区\n"));

    check_one_wrong(t, s,
                    &(struct import_problem){ .row = 2,
                                              .column = TEXT("栽种社区", ""),
                                              .value = S("中韩社区"),
                                              .reason =
                                                  TEXT("属于“中韩街道”", "") },
                    1);
}

TEST(import_asks_the_registry_where_a_community_lies)
{
    struct given *g = given(t);
    struct import_sheet *s =
        given_trees(g, S("树种,树名,认养单位,栽种日期,栽种街道,栽种社区\n"
                         "松树,甲,区检察院,2024-03-01,北宅街道,西韩社区\n"
                         "松树,乙,区检察院,2024-03-01,中韩街道,西韩 社区\n"
                         "松树,丙,区检察院,2024-03-01,,西韩社区\n"
                         "松树,丁,区检察院,2024-03-01,北宅街道,\n"
                         "松树,戊,区检察院,2024-03-01,同上,西韩社区\n"
                         "松树,己,区检察院,2024-03-01,中韩社区,中韩社区\n"));

    CHECK_INT(s->count[IMPORT_NEW], 3);
    CHECK_INT(s->count[IMPORT_WRONG], 3);
    CHECK_INT(s->problems->row, 2);
    CHECK_INT(s->problems->next->row, 6);
    CHECK(str_find(s->problems->next->reason.zh, S("属于“中韩街道”")) == 0);
}

/* Sheets that others refer to come first, wherever they stand. */
TEST(import_keeps_a_tree_before_its_keeper)
{
    struct given *g = given(t);
    struct import *im =
        given_two_sheets(g, S("护树人,护树职责,守护的树\n小王,护林员,迎客松\n"),
                         S(TREES FIRST));

    given_apply(g, im);
    CHECK_INT(im->count[IMPORT_NEW], 2);
    CHECK_INT(im->count[IMPORT_WRONG], 0);
    CHECK_INT(given_sql(g, SQL("SELECT tree FROM sample_keeper")), 1);
}

/* The first of these trees with a cell changed before import. */
static struct import_sheet *import_with(struct given *g, struct str key,
                                        struct cell cell)
{
    struct import *im =
        given_plan(g, given_workbook(g, S(TREES FIRST SECOND), S("a.csv")));
    struct import_sheet *s = given_sheet(im, "sample.tree");

    *cell_at(s, 0, key) = cell;
    given_apply(g, im);
    return s;
}

TEST(import_refuses_a_number_that_lost_digits)
{
    struct given *g = given(t);
    struct import_sheet *s =
        import_with(g, S("name"),
                    (struct cell){ .kind = CELL_NUMBER,
                                   .lossy = true,
                                   .text = S("370212198001010000") });

    check_one_wrong(t, s,
                    &(struct import_problem){ .row = 2,
                                              .column = TEXT("树名", ""),
                                              .value = S("370212198001010000"),
                                              .reason =
                                                  TEXT("末几位已丢失", "") },
                    1);
}

TEST(import_refuses_a_formula_error)
{
    struct given *g = given(t);
    struct import_sheet *s =
        import_with(g, S("visits"),
                    (struct cell){ .kind = CELL_ERROR, .text = S("#REF!") });

    check_one_wrong(t, s,
                    &(struct import_problem){ .row = 2,
                                              .column =
                                                  TEXT("浇水人次（人次）", ""),
                                              .value = S("#REF!"),
                                              .reason = TEXT("公式错误", "") },
                    1);
}

/* One reason, in a column that may be empty and in one that may not. */
TEST(import_refuses_a_formula_that_was_never_calculated)
{
    static const char *const columns[][2] = { { "visits", "浇水人次（人次）" },
                                              { "crew", "管护人数" },
                                              { "planted_on", "栽种日期" },
                                              { "unit", "认养单位" } };
    struct given *g = given(t);

    for (size_t i = 0; i < COUNT(columns); i++) {
        struct import *im = given_plan(
            g,
            given_workbook(g,
                           S("树种,树名,认养单位,栽种日期,浇水人次,管护人数\n"
                             "松树,迎客松,区检察院,2024-03-01,10,1\n"
                             "松树,望海松,区检察院,2024-03-02,10,1\n"),
                           S("a.csv")));
        struct import_sheet *s = given_sheet(im, "sample.tree");

        *cell_at(s, 0, str_from(columns[i][0])) =
            (struct cell){ .kind = CELL_UNCALCULATED, .text = S("") };
        given_compare(g, im);
        check_one_wrong(
            t, s,
            &(struct import_problem){
                .row = 2,
                .column = { .zh = str_from(columns[i][1]) },
                .reason = TEXT("公式还没有计算结果，请用 WPS 或 Excel", "") },
            1);
    }
}

TEST(import_refuses_an_id_that_was_never_calculated)
{
    struct given *g = given(t);
    struct import *im =
        given_plan(g, given_workbook(g,
                                     S("编号,树种,树名,认养单位,栽种日期\n"
                                       "7,松树,迎客松,区检察院,2024-03-01\n"),
                                     S("a.csv")));
    struct import_sheet *s = given_sheet(im, "sample.tree");

    s->match.grid->cells[5] =
        (struct cell){ .kind = CELL_UNCALCULATED, .text = S("") };
    given_apply(g, im);
    check_one_wrong(t, s,
                    &(struct import_problem){
                        .row = 2,
                        .column = TEXT("编号", ""),
                        .reason = TEXT("公式还没有计算结果", "") },
                    0);
}

TEST(import_refuses_a_unit_name_of_two_lines)
{
    struct given *g = given(t);
    struct import_sheet *s =
        import_with(g, S("unit"),
                    (struct cell){ .kind = CELL_TEXT,
                                   .text = S("区检\n察院") });

    check_one_wrong(t, s,
                    &(struct import_problem){ .row = 2,
                                              .column = TEXT("认养单位", ""),
                                              .value = S("区检\n察院"),
                                              .reason = TEXT("换行", "") },
                    1);
}

TEST(import_refuses_a_unit_that_is_a_community)
{
    static const struct str csv =
        S_INIT(TREES "1,松树,迎客松,中韩街道,2024-03-01,10\n");
    struct given *g = given(t);
    struct import *shown = given_plan(g, given_workbook(g, csv, S("a.csv")));
    struct import_sheet *s = given_trees(g, csv);

    given_compare(g, shown);
    CHECK_INT(shown->count[IMPORT_WRONG], 1);
    check_one_wrong(t, s,
                    &(struct import_problem){ .row = 2,
                                              .column = TEXT("认养单位", ""),
                                              .value = S("中韩街道"),
                                              .reason = TEXT("别的类别", "") },
                    0);
}

TEST(import_refuses_an_id_that_is_not_ours)
{
    struct given *g = given(t);
    struct import_sheet *s =
        given_trees(g, S("编号,树种,树名,认养单位,栽种日期\n"
                         "99,松树,迎客松,区检察院,2024-03-01\n"
                         ",松树,望海松,区检察院,2024-03-02\n"));

    check_one_wrong(t, s,
                    &(struct import_problem){ .row = 2,
                                              .column = TEXT("编号", ""),
                                              .value = S("99"),
                                              .reason =
                                                  TEXT("没有这个编号", "") },
                    1);
}

TEST(import_refuses_to_rename_a_row_into_another)
{
    struct given *g = given(t);
    struct import *shown;
    struct import *kept;
    struct workbook *w;

    given_trees(g, S(TREES "1,松树,迎客松,区检察院,2024-03-01,10\n"
                           "2,松树,望海松,区检察院,2024-03-01,10\n"));
    w = given_workbook(g,
                       S("编号,树种,树名,认养单位,栽种日期\n"
                         "2,松树,迎客松,区检察院,2024-03-01\n"),
                       S("a.csv"));
    shown = given_plan(g, w);
    given_compare(g, shown);
    kept = given_plan(g, w);
    given_apply(g, kept);
    CHECK_INT(shown->count[IMPORT_WRONG], 1);
    CHECK_INT(kept->count[IMPORT_WRONG], 1);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM journal_change")), 0);
}

/* ---- what is understood ----------------------------------------------- */

TEST(import_leaves_footnotes_and_totals_out)
{
    struct given *g = given(t);
    struct import_sheet *s =
        given_trees(g, S("2024年认养树木台账,,,,,\n" TREES
                         "1,松树,迎客松,区检察院,2024-03-01,10\n"
                         "合计,,,,,10\n,,,,,\n注：人次以签到表为准。,,,,,\n"));

    CHECK_INT(s->count[IMPORT_NEW], 1);
    CHECK_INT(s->count[IMPORT_WRONG], 0);
    CHECK_INT(s->left.rows_n, 2);
}

TEST(import_leaves_spaced_totals_out_and_makes_no_unit_of_them)
{
    struct given *g = given(t);
    struct import_sheet *s =
        given_trees(g, S(TREES "1,松树,迎客松,区检察院,2024-03-01,10\n"
                               "小 计,松树,1棵,小　计,2024-03-01,10\n"
                               "2,松树,总计划松,区检察院,2024-03-01,10\n"
                               ",合 计：,2棵,,,20\n"));

    CHECK_INT(s->count[IMPORT_NEW], 2);
    CHECK_INT(s->count[IMPORT_WRONG], 0);
    NEED_INT(s->left.rows_n, 2);
    CHECK_INT(s->left.rows->row, 3);
    CHECK_STR(s->left.rows->words, S("小 计 松树 1棵 小　计 2024-03-01 10"));
    CHECK_STR(s->left.rows->next->words, S("合 计： 2棵 20"));
    CHECK_INT(given_live(g, "registry.organisation", S("小 计")), 0);
}

TEST(import_takes_prefilled_serial_numbers_for_nothing)
{
    struct given *g = given(t);
    struct import_sheet *s =
        given_trees(g, S(TREES "1,松树,迎客松,区检察院,2024-03-01,10\n"
                               "2,,,,,\n3,, ,,,0\n4,,,,,\n5,,一棵,,,\n"));

    CHECK_INT(s->count[IMPORT_NEW], 1);
    CHECK_INT(s->count[IMPORT_WRONG], 1);
    CHECK_INT(s->left.rows_n, 0);
}

TEST(import_names_the_columns_nobody_knows)
{
    struct given *g = given(t);
    struct import_sheet *s =
        given_trees(g, S("树种,树名,树龄,认养单位,栽种日期,空栏,,备用\n"
                         "松树,迎客松,50,区检察院,2024-03-01,,x,\n"
                         "松树,望海松,60,区检察院,2024-03-01,,,\n"));

    CHECK_INT(s->count[IMPORT_NEW], 2);
    NEED_INT(s->left.columns_n, 2);
    CHECK_STR(s->left.columns[0].header, S("树龄"));
    CHECK_STR(s->left.columns[0].letters, S("C"));
    CHECK_INT(s->left.columns[0].filled, 2);
    CHECK_STR(s->left.columns[1].header, S(""));
    CHECK_STR(s->left.columns[1].letters, S("G"));
    CHECK_INT(s->left.columns[1].filled, 1);
}

TEST(import_takes_nothing_of_a_sheet_in_doubt)
{
    struct given *g = given(t);
    struct import *im;

    given_divisions(g);
    im = given_csv(g, S("树种,树名,认养单位,栽种日期,浇水人次,\n,,,,男,女\n"
                        "松树,迎客松,区检察院,2024-03-01,5,7\n"));
    CHECK_INT(im->count[IMPORT_NEW], 0);
    CHECK_INT(im->count[IMPORT_WRONG], 0);
    CHECK(!match_is_taken(&im->sheets[0].match));
    CHECK_INT(given_live(g, "sample.tree", S("")), 0);
    CHECK_INT(given_live(g, "registry.organisation", S("区检察院")), 0);
}

TEST(import_takes_no_row_of_a_table_below)
{
    struct given *g = given(t);
    struct import_sheet *s =
        given_trees(g, S(TREES FIRST ",,,,,\n附表,,,,,\n"
                                     "树名,树种,认养单位,栽种日期,浇水人次,\n"
                                     "望海松,松树,区检察院,2024-03-01,10,\n"));

    CHECK_INT(s->count[IMPORT_NEW], 1);
    CHECK_INT(s->count[IMPORT_WRONG], 0);
    CHECK(str_find(s->match.rest.zh, S("第 3 行起")) != SIZE_MAX);
}

TEST(import_says_changes_in_the_language_of_the_reader)
{
    struct given *g = given(t);
    struct import *im;
    struct import_change *change;

    given_trees(g, S(TREES FIRST));
    given_void(g, "sample.tree", 1);
    given_commit(g);
    im = given_plan(g, given_workbook(g,
                                      S(TREES "1,银杏,迎客松,区检察院,"
                                              "2024-03-01,10\n"),
                                      S("a.csv")));
    given_compare(g, im);
    change = given_sheet(im, "sample.tree")->changes;
    NEED(change != NULL && change->next != NULL);
    CHECK_STR(change->before.zh, S("已作废"));
    CHECK_STR(change->before.en, S("voided"));
    CHECK_STR(change->next->before.zh, S("松树"));
    CHECK_STR(change->next->before.en, S("Pine"));
    CHECK_STR(change->next->after.zh, S("银杏"));
}

TEST(import_reads_headers_in_any_order_and_words)
{
    struct given *g = given(t);
    struct import_sheet *s =
        given_trees(g,
                    S("浇水（人）, 认养方 ,栽种时间,树木名称,树木种类,联系人\n"
                      "10,区检察院,2024.3.1,迎客松,松,某某\n"));

    CHECK_INT(s->count[IMPORT_NEW], 1);
    CHECK_INT(given_sql(g, SQL("SELECT visits FROM sample_tree")), 10);
    CHECK_INT(given_sql(g, SQL("SELECT planted_on FROM sample_tree")),
              20240301);
}

TEST(import_reads_english_headers)
{
    struct given *g = given(t);
    struct import_sheet *s =
        given_trees(g, S("Species,Tree,Adopted by,Planted on,Waterings\n"
                         "Pine,A good tree,区检察院,2024-03-01,10\n"));

    CHECK_INT(s->count[IMPORT_NEW], 1);
    CHECK_INT(s->count[IMPORT_WRONG], 0);
}

TEST(import_reads_pasted_cells)
{
    struct given *g = given(t);
    struct import_sheet *s =
        given_trees(g, S("树种\t树名\t认养单位\t栽种日期\t浇水人次\r\n"
                         "松树\t迎客松\t区检察院\t2024/3/1\t10\r\n"));

    CHECK_INT(s->count[IMPORT_NEW], 1);
}

TEST(import_reads_gb18030)
{
    struct given *g = given(t);
    /* 树种,树名,认养单位,栽种日期 / 银杏,老松,检察院,2024-03-01 */
    struct import_sheet *s = given_trees(
        g, S("\xca\xf7\xd6\xd6,\xca\xf7\xc3\xfb,"
             "\xc8\xcf\xd1\xf8\xb5\xa5\xce\xbb,"
             "\xd4\xd4\xd6\xd6\xc8\xd5\xc6\xda\n"
             "\xd2\xf8\xd0\xd3,\xc0\xcf\xcb\xc9,\xbc\xec\xb2\xec\xd4\xba,"
             "2024-03-01\n"));

    CHECK_INT(s->count[IMPORT_NEW], 1);
    CHECK_INT(given_live(g, "registry.organisation", S("检察院")), 1);
}

TEST(import_keeps_what_the_file_has_no_column_for)
{
    struct given *g = given(t);
    struct import_sheet *s;

    given_trees(g, S(TREES "1,松树,迎客松,区检察院,2024-03-01,10\n"));
    s = given_trees(g, S("树种,树名,认养单位,栽种日期\n"
                         "松树,迎客松,区检察院,2024-03-01\n"));
    CHECK_INT(s->count[IMPORT_SAME], 1);
    CHECK_INT(given_sql(g, SQL("SELECT visits FROM sample_tree")), 10);
}

TEST(import_tells_a_unit_and_a_community_of_one_name_apart)
{
    struct given *g = given(t);
    struct import *im = given_csv(g, S("名称,类别,全称\n"
                                       "山,社区,东山社区居民委员会\n"
                                       "东山社区居民委员会,单位,\n"));

    CHECK_INT(im->count[IMPORT_NEW], 2);
    im = given_csv(g, S(TREES "1,松树,迎客松,东山社区居民委员会,"
                              "2024-03-01,10\n"));
    CHECK_INT(im->count[IMPORT_NEW], 1);
    CHECK_INT(im->count[IMPORT_WRONG], 0);
    CHECK_INT(im->sheets[0].made, 0);
}

/* ---- whose rows ------------------------------------------------------- */

TEST(import_refuses_rows_of_other_units)
{
    static const struct str csv =
        S_INIT(TREES "1,松树,迎客松,区检察院,2024-03-01,20\n"
                     "2,松树,望海松,区法院,2024-03-01,20\n"
                     "3,松树,听涛松,新单位,2024-03-01,20\n");
    struct given *g = given(t);
    struct import *im;

    given_trees(g, S(TREES "1,松树,迎客松,区检察院,2024-03-01,10\n"
                           "2,松树,望海松,区法院,2024-03-01,10\n"));
    im = given_plan(g, given_workbook(g, csv, S("a.csv")));
    given_asks(g, ROLE_EDITOR);
    g->who.org = given_unit(g, S("区检察院"));
    im->who = &g->who;
    given_apply(g, im);
    CHECK_INT(im->count[IMPORT_CHANGED], 1);
    CHECK_INT(im->count[IMPORT_WRONG], 2);
    CHECK_INT(im->sheets[0].made, 0);
    CHECK_INT(given_sql(g, SQL("SELECT visits FROM sample_tree "
                               "WHERE name = '望海松'")),
              10);
    CHECK_INT(given_live(g, "registry.organisation", S("新单位")), 0);
}
