/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * given_report.h - for tests: the demo's ledgers and sheet, or small ones,
 * and what is published from them.
 */
#ifndef DAJUAN_FEATURE_REPORTS_GIVEN_REPORT_H
#define DAJUAN_FEATURE_REPORTS_GIVEN_REPORT_H

#include "feature/reports/report.h"
#include "feature/reports/reports.h"
#include "host/given/given_import.h"
#include "host/ledger/row.h"

/* A house with all rows of the demo. */
static inline struct house *given_demo(struct test *t)
{
    struct house *h = given_house(t);

    given_divisions(t, h);
    given_import(t, h, test_data(t, "demo/ledgers.xlsx"), S("ledgers.xlsx"));
    return h;
}

/* A house with three volunteers and four projects. */
static inline struct house *given_few(struct test *t)
{
    struct house *h = given_house(t);

    given_import(
        t, h,
        S("项目名称,领域,领衔党组织,领办书记,责任单位,启动时间,完成时限\n"
          "甲,绿色发展,机关党委,书记,区一局,2024-01-02,2024-12-01\n"
          "乙,绿色发展,机关党委,书记,区二局,2024-01-03,2024-12-01\n"
          "丙,城市建管,机关党委,书记,区一局,2024-01-04,2024-12-01\n"
          "丁,社会治理,机关党委,书记,区一局,2024-01-05,2024-12-01\n"),
        S("projects.csv"));
    given_import(t, h,
                 S("称呼,角色,联系电话\n陈晓玲,志愿者,13800000001\n"
                   "李明,志愿者,13800000002\n王芳,科普讲师,13800000003\n"),
                 S("volunteers.csv"));
    given_import(t, h,
                 S("内容,类型,承办单位,日期,参加人次\n"
                   "论语,读书沙龙,区一局,2024-03-02,12\n"
                   "海洋,主题荐书,区一局,2024-04-02,30\n"),
                 S("reading.csv"));
    return h;
}

/* Put a sheet; returns what it said. */
static inline enum err given_put(struct test *t, struct house *h,
                                 struct str slug, struct str zh, struct str en)
{
    struct work w;
    enum err e;

    work_begin(h, t->mem, 0, &w);
    e = reports_sheet_put(&w.act, slug, GIVEN_YEAR, zh, en);
    if (e == OK)
        CHECK_INT(work_commit(&w), OK);
    else
        work_rollback(&w);
    return e;
}

static inline int64_t given_publish(struct test *t, struct house *h,
                                    struct str slug)
{
    struct text why = TEXT("", "");
    int64_t version = 0;

    CHECK_INT(reports_publish(h, t->mem, slug, &version, &why), OK);
    CHECK_STR(why.en, version ? why.en : S(""));
    return version;
}

static inline struct str given_bundle(struct test *t, struct house *h,
                                      struct str slug, int64_t version)
{
    struct str bytes = S("");

    NEED_INT(reports_bundle(h, t->mem, slug, version, &bytes), OK);
    return bytes;
}

/* The demo's sheet, put. */
static inline void given_demo_sheet(struct test *t, struct house *h)
{
    CHECK_INT(given_put(t, h, S("2024"), test_data(t, "demo/sheet-2024.txt"),
                        test_data(t, "demo/sheet-2024.en.txt")),
              OK);
}

static inline struct bundle given_read(struct test *t, struct str bytes)
{
    struct bundle b = { 0 };
    struct text why = TEXT("", "");
    enum err e = bundle_read(t->mem, bytes, &b, &why);

    CHECK_STR(why.en, S(""));
    NEED_INT(e, OK);
    return b;
}

static inline const struct bundle_figure *
given_bundled(struct test *t, const struct bundle *b, struct str key)
{
    const struct bundle_figure *f = bundle_figure_find(b, key);

    NEED(f != NULL);
    return f;
}

/* Void the row of a ledger with this id. */
static inline void given_voided(struct test *t, struct house *h,
                                struct str ledger, int64_t id)
{
    struct ledger_row *row;
    struct work w;

    work_begin(h, t->mem, 0, &w);
    if (!row_load(&w.tx, t->mem, ledger_find(ledger), h->district, id, &row))
        BUG("no row %lld", (long long)id);
    CHECK_INT(row_void(&w.act, row, S("重复登记")), OK);
    CHECK_INT(work_commit(&w), OK);
}

#endif
