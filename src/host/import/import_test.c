/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The demo's workbooks, and what must be refused. */
#include "host/given/given_import.h"

#include <stdio.h>

static struct import *given_demo(struct test *t, struct house *h)
{
    given_divisions(t, h);
    return given_import(t, h, test_data(t, "demo/ledgers.xlsx"),
                        S("ledgers.xlsx"));
}

TEST(import_takes_every_row_of_the_demo)
{
    static const struct {
        struct str ledger;
        size_t rows;
    } want[] = {
        { S_INIT("projects.project"), 55 },
        { S_INIT("ratings.branch"), 161 },
        { S_INIT("service.team"), 58 },
        { S_INIT("service.claim"), 103 },
        { S_INIT("children.provider"), 21 },
        { S_INIT("children.volunteer"), 34 },
        { S_INIT("children.activity"), 18 },
        { S_INIT("cases.entry"), 26 },
        { S_INIT("reading.event"), 24 },
        { S_INIT("tributes.tribute"), 60 },
    };
    struct house *h = given_house(t);
    struct import *im = given_demo(t, h);

    for (size_t i = 0; i < COUNT(want); i++)
        CHECK_INT(given_sheet(im, want[i].ledger)->count[IMPORT_NEW],
                  want[i].rows);
    CHECK_INT(im->count[IMPORT_WRONG], 0);
    CHECK_INT(im->count[IMPORT_CHANGED], 0);
    CHECK_INT(im->count[IMPORT_SAME], 0);
}

/* The figures of the demo, as published. */
static void check_figures(struct test *t, struct house *h)
{
    static const struct {
        struct str key;
        int64_t value;
    } want[] = {
        { S_INIT("projects.count"), 55 },
        { S_INIT("projects.count.investment"), 12 },
        { S_INIT("projects.count.city"), 11 },
        { S_INIT("projects.count.green"), 9 },
        { S_INIT("projects.count.livelihood"), 13 },
        { S_INIT("projects.count.governance"), 10 },
        { S_INIT("service.teams"), 58 },
        { S_INIT("service.claims"), 103 },
        { S_INIT("service.minutes"), 141438 },
        { S_INIT("ratings.branches"), 161 },
        { S_INIT("ratings.five_star"), 48 },
        { S_INIT("cases.entries"), 26 },
        { S_INIT("cases.ten_best"), 10 },
        { S_INIT("children.providers"), 21 },
        { S_INIT("children.volunteers"), 34 },
        { S_INIT("children.activities"), 18 },
        { S_INIT("children.child_visits"), 434 },
        { S_INIT("children.parent_visits"), 282 },
        { S_INIT("reading.events"), 24 },
        { S_INIT("reading.visits"), 542 },
        { S_INIT("tributes.count"), 60 },
    };
    struct figure_value v;

    for (size_t i = 0; i < COUNT(want); i++) {
        v = given_figure(h, want[i].key);
        if (!CHECK_INT(v.value, want[i].value))
            fprintf(stderr, "  of %.*s\n", STR_ARG(want[i].key));
    }
    v = given_figure(h, S("children.satisfaction"));
    CHECK_INT(v.part, 309);
    CHECK_INT(v.n, 362);
}

TEST(import_gives_the_figures_of_the_demo)
{
    struct house *h = given_house(t);

    given_demo(t, h);
    check_figures(t, h);
}

TEST(import_compares_as_it_applies)
{
    struct house *h = given_house(t);
    struct workbook *w;
    struct import *shown;
    struct import *kept;

    given_divisions(t, h);
    w = given_workbook(t, test_data(t, "demo/ledgers.xlsx"), S("a.xlsx"));
    shown = given_plan(t, w);
    given_compare(t, h, shown);
    CHECK_INT(given_int(h, SQL("SELECT count(*) FROM projects_project")), 0);
    kept = given_plan(t, w);
    given_apply(t, h, kept);
    NEED_INT(shown->n, kept->n);
    for (size_t i = 0; i < kept->n; i++) {
        for (size_t s = 0; s < IMPORT_STATUSES; s++)
            CHECK_INT(shown->sheets[i].count[s], kept->sheets[i].count[s]);
        CHECK_INT(shown->sheets[i].made, kept->sheets[i].made);
        CHECK_INT(shown->sheets[i].notes, kept->sheets[i].notes);
    }
}

TEST(import_of_the_same_file_again_writes_nothing)
{
    struct house *h = given_house(t);
    struct import *im = given_demo(t, h);
    size_t all = im->count[IMPORT_NEW];
    int64_t entries = given_int(h, SQL("SELECT count(*) FROM journal_entry"));

    im = given_demo(t, h);
    CHECK_INT(im->count[IMPORT_SAME], all);
    CHECK_INT(im->count[IMPORT_NEW], 0);
    CHECK_INT(im->count[IMPORT_CHANGED], 0);
    CHECK_INT(given_int(h, SQL("SELECT count(*) FROM journal_entry")), entries);
    CHECK_INT(given_int(h, SQL("SELECT count(*) FROM journal_change")), 0);
}

/* Where a column of the ledger stands in the sheet. */
static size_t grid_col(const struct import_sheet *s, struct str key)
{
    return s->sheet.map[ledger_column(s->sheet.ledger, key)];
}

static struct cell *cell_at(struct import_sheet *s, size_t row, struct str key)
{
    const struct grid *g = s->sheet.grid;

    return &g->cells[(s->sheet.data_row + row) * g->cols + grid_col(s, key)];
}

TEST(import_of_one_changed_cell_writes_one_change)
{
    struct house *h = given_house(t);
    struct workbook *w;
    struct import *im;
    struct import_sheet *s;
    int64_t entries;

    given_demo(t, h);
    entries = given_int(h, SQL("SELECT count(*) FROM journal_entry"));
    w = given_workbook(t, test_data(t, "demo/ledgers.xlsx"), S("a.xlsx"));
    im = given_plan(t, w);
    s = given_sheet(im, S("projects.project"));
    cell_at(s, 3, S("task_force"))->text = S("77");
    given_apply(t, h, im);
    CHECK_INT(im->count[IMPORT_CHANGED], 1);
    NEED_INT(s->changes_n, 1);
    CHECK_STR(s->changes->after, S("77"));
    CHECK_STR(s->changes->column.zh, S("专班人数"));
    CHECK_INT(given_int(h, SQL("SELECT count(*) FROM journal_entry")),
              entries + 1);
    CHECK_INT(given_int(h, SQL("SELECT count(*) FROM journal_change")), 1);
    CHECK_INT(given_int(h, SQL("SELECT version FROM projects_project "
                               "WHERE task_force = 77")),
              2);
}

/* ---- refusals --------------------------------------------------------- */

#define EVENTS "序号,类型,内容,承办单位,日期,参加人次\n"

/* Import these events after the divisions. */
static struct import_sheet *given_events(struct test *t, struct house *h,
                                         struct str csv)
{
    struct import *im;

    given_divisions(t, h);
    im = given_import(t, h, csv, S("events.csv"));
    return given_sheet(im, S("reading.event"));
}

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
    struct house *h = given_house(t);
    struct import_sheet *s =
        given_events(t, h,
                     S(EVENTS "1,读书沙龙,好书一,区检察院,2024年2月29日,10\n"
                              "2,读书沙龙,好书二,区检察院,2024年2月30日,10\n"));

    check_one_wrong(t, s,
                    &(struct import_problem){ .row = 3,
                                              .column = TEXT("日期", ""),
                                              .value = S("2024年2月30日"),
                                              .reason = TEXT("没有", "") },
                    1);
}

TEST(import_refuses_an_unknown_choice)
{
    struct house *h = given_house(t);
    struct import_sheet *s =
        given_events(t, h,
                     S(EVENTS "1,联欢,好书一,区检察院,2024-03-01,10\n"
                              "2,读书沙龙,好书二,区检察院,2024-03-02,10\n"));

    check_one_wrong(t, s,
                    &(struct import_problem){ .row = 2,
                                              .column = TEXT("类型", ""),
                                              .value = S("联欢"),
                                              .reason = TEXT("可选", "") },
                    1);
}

TEST(import_refuses_a_row_without_a_required_cell)
{
    struct house *h = given_house(t);
    struct import_sheet *s =
        given_events(t, h,
                     S(EVENTS "1,读书沙龙,,区检察院,2024-03-01,10\n"
                              "2,读书沙龙,好书二,区检察院,2024-03-02,10\n"));

    check_one_wrong(t, s,
                    &(struct import_problem){ .row = 2,
                                              .column = TEXT("内容", ""),
                                              .value = S(""),
                                              .reason = TEXT("必填", "") },
                    1);
}

TEST(import_refuses_a_unit_of_blanks)
{
    struct house *h = given_house(t);
    struct import_sheet *s =
        given_events(t, h, S(EVENTS "1,读书沙龙,好书一,　,2024-03-01,10\n"));

    check_one_wrong(t, s,
                    &(struct import_problem){ .row = 2,
                                              .column = TEXT("承办单位", ""),
                                              .value = S(""),
                                              .reason = TEXT("必填", "") },
                    0);
    CHECK_INT(s->made, 0);
}

TEST(import_refuses_a_row_that_stands_twice)
{
    struct house *h = given_house(t);
    struct import_sheet *s =
        given_events(t, h,
                     S(EVENTS "1,读书沙龙,好书一,区检察院,2024-03-01,10\n"
                              "2,读书沙龙,好书 一,区检察院,2024/3/1,12\n"));

    check_one_wrong(t, s,
                    &(struct import_problem){ .row = 3,
                                              .column = TEXT("", ""),
                                              .value = S(""),
                                              .reason =
                                                  TEXT("与第 2 行重复", "") },
                    1);
}

/* The grids of one workbook, here two files as one. */
static struct import *given_two_sheets(struct test *t, struct str first,
                                       struct str second)
{
    struct workbook *w = NEW(t->mem, struct workbook);

    w->n = 2;
    w->grids = NEW_ARRAY(t->mem, struct grid, 2);
    w->grids[0] = given_workbook(t, first, S("a.csv"))->grids[0];
    w->grids[1] = given_workbook(t, second, S("b.csv"))->grids[0];
    return given_plan(t, w);
}

TEST(import_refuses_a_row_that_stands_on_two_sheets)
{
    static const struct str csv =
        S_INIT(EVENTS "1,读书沙龙,好书一,区检察院,2024-03-01,10\n");
    struct house *h = given_house(t);
    struct import *shown = given_two_sheets(t, csv, csv);
    struct import *kept = given_two_sheets(t, csv, csv);

    given_compare(t, h, shown);
    given_apply(t, h, kept);
    CHECK_INT(shown->count[IMPORT_NEW], 1);
    CHECK_INT(shown->count[IMPORT_WRONG], 1);
    CHECK_INT(kept->count[IMPORT_NEW], 1);
    CHECK_INT(kept->count[IMPORT_WRONG], 1);
}

TEST(import_refuses_a_community_nobody_knows)
{
    struct house *h = given_house(t);
    struct import *im;

    given_divisions(t, h);
    im = given_import(t, h,
                      S("称呼,角色,服务社区,联系电话\n"
                        "小王,志愿者,月球社区,13800000001\n"
                        "小李,志愿者,,13800000002\n"),
                      S("a.csv"));
    check_one_wrong(t, given_sheet(im, S("children.volunteer")),
                    &(struct import_problem){ .row = 2,
                                              .column = TEXT("服务社区", ""),
                                              .value = S("月球社区"),
                                              .reason = TEXT("不在", "") },
                    1);
}

/* A cell of the first data row of these events, changed before import. */
static struct import_sheet *import_with(struct test *t, struct house *h,
                                        struct str key, struct cell cell)
{
    struct workbook *w =
        given_workbook(t,
                       S(EVENTS "1,读书沙龙,好书一,区检察院,2024-03-01,10\n"
                                "2,读书沙龙,好书二,区检察院,2024-03-02,10\n"),
                       S("a.csv"));
    struct import *im = given_plan(t, w);
    struct import_sheet *s = given_sheet(im, S("reading.event"));

    *cell_at(s, 0, key) = cell;
    given_apply(t, h, im);
    return s;
}

TEST(import_refuses_a_number_that_lost_digits)
{
    struct house *h = given_house(t);
    struct import_sheet *s =
        import_with(t, h, S("content"),
                    (struct cell){ .kind = CELL_NUMBER,
                                   .lossy = true,
                                   .text = S("370212198001010000") });

    check_one_wrong(t, s,
                    &(struct import_problem){ .row = 2,
                                              .column = TEXT("内容", ""),
                                              .value = S("370212198001010000"),
                                              .reason =
                                                  TEXT("末几位已丢失", "") },
                    1);
}

TEST(import_refuses_a_formula_error)
{
    struct house *h = given_house(t);
    struct import_sheet *s =
        import_with(t, h, S("visits"),
                    (struct cell){ .kind = CELL_ERROR, .text = S("#REF!") });

    check_one_wrong(t, s,
                    &(struct import_problem){ .row = 2,
                                              .column = TEXT("参加人次", ""),
                                              .value = S("#REF!"),
                                              .reason = TEXT("公式错误", "") },
                    1);
}

TEST(import_refuses_a_unit_name_of_two_lines)
{
    struct house *h = given_house(t);
    struct import_sheet *s =
        import_with(t, h, S("unit"),
                    (struct cell){ .kind = CELL_TEXT,
                                   .text = S("区检\n察院") });

    check_one_wrong(t, s,
                    &(struct import_problem){ .row = 2,
                                              .column = TEXT("承办单位", ""),
                                              .value = S("区检\n察院"),
                                              .reason = TEXT("换行", "") },
                    1);
}

TEST(import_refuses_a_unit_that_is_a_community)
{
    static const struct str csv =
        S_INIT(EVENTS "1,读书沙龙,好书一,中韩街道,2024-03-01,10\n");
    struct house *h = given_house(t);
    struct import *shown = given_plan(t, given_workbook(t, csv, S("a.csv")));
    struct import_sheet *s = given_events(t, h, csv);

    given_compare(t, h, shown);
    CHECK_INT(shown->count[IMPORT_WRONG], 1);
    check_one_wrong(t, s,
                    &(struct import_problem){ .row = 2,
                                              .column = TEXT("承办单位", ""),
                                              .value = S("中韩街道"),
                                              .reason = TEXT("别的类别", "") },
                    0);
}

TEST(import_refuses_an_id_that_is_not_ours)
{
    struct house *h = given_house(t);
    struct import_sheet *s =
        given_events(t, h,
                     S("编号,类型,内容,承办单位,日期\n"
                       "99,读书沙龙,好书一,区检察院,2024-03-01\n"
                       ",读书沙龙,好书二,区检察院,2024-03-02\n"));

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
    struct house *h = given_house(t);
    struct import *shown;
    struct import *kept;
    struct workbook *w;

    given_events(t, h,
                 S(EVENTS "1,读书沙龙,好书一,区检察院,2024-03-01,10\n"
                          "2,读书沙龙,好书二,区检察院,2024-03-01,10\n"));
    w = given_workbook(t,
                       S("编号,类型,内容,承办单位,日期\n"
                         "2,读书沙龙,好书一,区检察院,2024-03-01\n"),
                       S("a.csv"));
    shown = given_plan(t, w);
    given_compare(t, h, shown);
    kept = given_plan(t, w);
    given_apply(t, h, kept);
    CHECK_INT(shown->count[IMPORT_WRONG], 1);
    CHECK_INT(kept->count[IMPORT_WRONG], 1);
    CHECK_INT(given_int(h, SQL("SELECT count(*) FROM journal_change")), 0);
}

/* ---- what is understood ----------------------------------------------- */

TEST(import_leaves_footnotes_and_totals_out)
{
    struct house *h = given_house(t);
    struct import_sheet *s =
        given_events(t, h,
                     S("2024年书香机关台账,,,,,\n" EVENTS
                       "1,读书沙龙,好书一,区检察院,2024-03-01,10\n"
                       "合计,,,,,10\n,,,,,\n注：人次以签到表为准。,,,,,\n"));

    CHECK_INT(s->count[IMPORT_NEW], 1);
    CHECK_INT(s->count[IMPORT_WRONG], 0);
    CHECK_INT(s->notes, 2);
}

TEST(import_reads_headers_in_any_order_and_words)
{
    struct house *h = given_house(t);
    struct import_sheet *s =
        given_events(t, h,
                     S("人次（人）, 主办单位 ,活动日期,书目,活动类型,联系人\n"
                       "10,区检察院,2024.3.1,好书一,沙龙,某某\n"));

    CHECK_INT(s->count[IMPORT_NEW], 1);
    CHECK_INT(given_int(h, SQL("SELECT visits FROM reading_event")), 10);
    CHECK_INT(given_int(h, SQL("SELECT held_on FROM reading_event")), 20240301);
}

TEST(import_reads_english_headers)
{
    struct house *h = given_house(t);
    struct import_sheet *s =
        given_events(t, h,
                     S("Kind,Content,Held by,Held on,Visits\n"
                       "Reading salon,A good book,区检察院,2024-03-01,10\n"));

    CHECK_INT(s->count[IMPORT_NEW], 1);
    CHECK_INT(s->count[IMPORT_WRONG], 0);
}

TEST(import_reads_pasted_cells)
{
    struct house *h = given_house(t);
    struct import_sheet *s =
        given_events(t, h,
                     S("类型\t内容\t承办单位\t日期\t参加人次\r\n"
                       "读书沙龙\t好书一\t区检察院\t2024/3/1\t10\r\n"));

    CHECK_INT(s->count[IMPORT_NEW], 1);
}

TEST(import_reads_gb18030)
{
    struct house *h = given_house(t);
    /* 类型,内容,承办单位,日期 / 荐书,好书,检察院,2024-03-01 */
    struct import_sheet *s = given_events(
        t, h,
        S("\xc0\xe0\xd0\xcd,\xc4\xda\xc8\xdd,\xb3\xd0\xb0\xec\xb5\xa5\xce\xbb,"
          "\xc8\xd5\xc6\xda\n"
          "\xbc\xf6\xca\xe9,\xba\xc3\xca\xe9,\xbc\xec\xb2\xec\xd4\xba,"
          "2024-03-01\n"));

    CHECK_INT(s->count[IMPORT_NEW], 1);
    CHECK_INT(given_int(h, SQL("SELECT count(*) FROM registry_organisation "
                               "WHERE name = '检察院'")),
              1);
}

TEST(import_keeps_what_the_file_has_no_column_for)
{
    struct house *h = given_house(t);
    struct import_sheet *s;

    given_events(t, h, S(EVENTS "1,读书沙龙,好书一,区检察院,2024-03-01,10\n"));
    s = given_events(t, h,
                     S("类型,内容,承办单位,日期\n"
                       "读书沙龙,好书一,区检察院,2024-03-01\n"));
    CHECK_INT(s->count[IMPORT_SAME], 1);
    CHECK_INT(given_int(h, SQL("SELECT visits FROM reading_event")), 10);
}

TEST(import_tells_a_unit_and_a_community_of_one_name_apart)
{
    struct house *h = given_house(t);
    struct import *im = given_import(t, h,
                                     S("名称,类别,全称\n"
                                       "山,社区,东山社区居民委员会\n"
                                       "东山社区居民委员会,单位,\n"),
                                     S("a.csv"));

    CHECK_INT(im->count[IMPORT_NEW], 2);
    im = given_import(t, h,
                      S(EVENTS "1,读书沙龙,好书一,东山社区居民委员会,"
                               "2024-03-01,10\n"),
                      S("b.csv"));
    CHECK_INT(im->count[IMPORT_NEW], 1);
    CHECK_INT(im->count[IMPORT_WRONG], 0);
    CHECK_INT(im->sheets[0].made, 0);
}

/* ---- whose rows ------------------------------------------------------- */

TEST(import_refuses_rows_of_other_units)
{
    static const struct str csv =
        S_INIT(EVENTS "1,读书沙龙,好书一,区检察院,2024-03-01,20\n"
                      "2,读书沙龙,好书二,区法院,2024-03-01,20\n"
                      "3,读书沙龙,好书三,新单位,2024-03-01,20\n");
    struct house *h = given_house(t);
    struct who editor = { .account = 7, .roles = ROLE_EDITOR };
    struct import *im;

    given_events(t, h,
                 S(EVENTS "1,读书沙龙,好书一,区检察院,2024-03-01,10\n"
                          "2,读书沙龙,好书二,区法院,2024-03-01,10\n"));
    editor.org = given_int(h, SQL("SELECT id FROM registry_organisation "
                                  "WHERE name = '区检察院'"));
    im = given_plan(t, given_workbook(t, csv, S("a.csv")));
    im->who = &editor;
    given_apply(t, h, im);
    CHECK_INT(im->count[IMPORT_CHANGED], 1);
    CHECK_INT(im->count[IMPORT_WRONG], 2);
    CHECK_INT(im->sheets[0].made, 0);
    CHECK_INT(given_int(h, SQL("SELECT visits FROM reading_event "
                               "WHERE content = '好书二'")),
              10);
    CHECK_INT(given_int(h, SQL("SELECT count(*) FROM registry_organisation "
                               "WHERE name = '新单位'")),
              0);
}
