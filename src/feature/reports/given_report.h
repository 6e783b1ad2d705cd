/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * given_report.h - for tests: few rows or many, a sheet about them, and what
 * is published of it. Both ledgers are those of host/given/sample.c.
 */
#ifndef DAJUAN_FEATURE_REPORTS_GIVEN_REPORT_H
#define DAJUAN_FEATURE_REPORTS_GIVEN_REPORT_H

#include "feature/reports/report.h"
#include "feature/reports/reports.h"
#include "host/given/given.h"
#include "host/proof/bundle.h"

/* A folder with four trees, 42 waterings of two of them, three keepers,
 * the first of whom agreed to be named: a version masks her all the same. */
static inline struct given *given_few(struct test *t)
{
    struct given *g = given(t);

    given_csv(g, S("树名,树种,认养单位,栽种日期,浇水人次,管护岗位\n"
                   "甲,银杏,区一局,2024-01-02,,绿化科长\n"
                   "乙,银杏,区二局,2024-01-03,,\n"
                   "丙,松树,区一局,2024-01-04,12,\n"
                   "丁,梅树,区一局,2024-01-05,30,\n"));
    given_csv(g, S("护树人,护树职责,护树电话,护树人同意公开\n"
                   "陈晓玲,帮手,13800000001,2024-01-10\n"
                   "李明,帮手,13800000002,\n王芳,护林员,13800000003,\n"));
    return g;
}

/* Two groves: one late in the autumn and done by December, one late still. */
static inline void given_groves(struct given *g)
{
    given_csv(g, S("林地名,造林单位\n北山,区一局\n南山,区二局\n"));
    given_csv(g, S("所属林地,任务,任务时限,任务权重,任务状态,任务完成日期\n"
                   "北山,整地,2024-10-15,40,已验收,2024-12-03\n"
                   "北山,栽种,2024-12-31,60,待完成,\n"
                   "南山,整地,2024-11-05,30,待完成,\n"));
    given_today(g, 20241220);
}

/* A folder with 103 ginkgos; three in four have votes. */
static inline struct given *given_many(struct test *t)
{
    struct given *g = given(t);
    struct buf *b = buf_new(t->mem, 65536);

    buf_lit(b, "树名,树种,认养单位,栽种日期,浇水人次,长势评分,投票数,"
               "点赞数,收藏数\n");
    for (int i = 0; i < 103; i++)
        buf_fmt(b, "第%d棵,银杏,单位%d,2024-%02d-03,%d,%d,%s\n", i, i % 7,
                i % 12 + 1, i % 5, 50 + i % 50, i % 4 ? "9,5,3" : ",,");
    given_csv(g, buf_str(b));
    return g;
}

/* Put a sheet; returns what it said. */
static inline enum err given_put(struct given *g, const char *slug,
                                 struct str zh, struct str en)
{
    return given_settle(g, reports_put(given_act(g), str_from(slug), GIVEN_YEAR,
                                       zh, en));
}

/* Publish it; what reports_publish() said. */
static inline enum err given_try(struct given *g, const char *slug,
                                 int64_t *ret_version, struct text *ret_why)
{
    given_commit(g);
    return reports_publish(g->house, g->m, str_from(slug), ret_version,
                           ret_why);
}

static inline int64_t given_publish(struct given *g, const char *slug)
{
    struct test *t = g->t;
    struct text why = TEXT("", "");
    int64_t version = 0;

    CHECK_INT(given_try(g, slug, &version, &why), OK);
    return version;
}

static inline void given_collect(void *arg, struct str bytes)
{
    buf_put(arg, bytes);
}

static inline struct str given_bundle(struct given *g, const char *slug,
                                      int64_t version)
{
    struct test *t = g->t;
    struct buf *b = buf_new(g->m, INT32_MAX);
    struct reports_bundle of = { str_from(slug), version, given_collect, b };

    given_commit(g);
    NEED_INT(reports_bundle(g->house, g->m, &of), OK);
    return buf_str(b);
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
given_bundled(struct test *t, const struct bundle *b, const char *key)
{
    const struct bundle_figure *f = bundle_figure_find(b, str_from(key));

    NEED(f != NULL);
    return f;
}

/* A sheet that names every measure, published once as "all". */
static inline void given_all(struct given *g)
{
    struct test *t = g->t;

    NEED_INT(given_put(g, "all",
                       S("# 全\n{sample.trees|round}棵，银杏"
                         "{sample.trees.ginkgo}棵，{sample.visits}人次，"
                         "{sample.praise|n}票，点赞{sample.praise}，"
                         "{sample.healthiest}棵，{sample.keepers}名\n"),
                       S("# All\n{sample.trees} trees\n")),
             OK);
    NEED_INT(given_publish(g, "all"), 1);
}

#endif
