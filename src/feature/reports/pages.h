/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * pages.h - the pages of answer sheets, and what their views are given.
 */
#ifndef DAJUAN_FEATURE_REPORTS_PAGES_H
#define DAJUAN_FEATURE_REPORTS_PAGES_H

#include "feature/reports/article.h"
#include "feature/reports/report.h"
#include "feature/reports/years.h"
#include "host/desk/page.h"
#include "host/ledger/policy.h"
#include "host/ledger/recount.h"
#include "host/proof/bundle.h"

enum { ROWS_PAGE = 50 };

/* A report in the list of reports. */
struct report_line {
    struct report report;
    struct text title;
    int64_t version; /* the newest; 0: none */
    struct str at;
};

struct version_line {
    int64_t number;
    struct str at, remark;
};

/* What stands around an article: a version, or the draft. */
struct report_page {
    struct report report;
    struct str theme; /* of its year, as it is called today; "" */
    struct article article;
    bool officer;
    int64_t version; /* 0: the draft */
    int64_t newest;
    struct str at;          /* 2024-11-07 17:02 */
    struct str at_machine;  /* the same for <time> */
    int64_t size;           /* entries of the journal at that time */
    struct str key;         /* of the journal */
    struct change *changes; /* until today */
    size_t changes_n;
    struct years years;  /* beside the year before */
    struct str phone;    /* of the office; "" */
    struct text news;    /* against the version before; may be empty */
    struct text problem; /* of a draft; may be empty */
    struct version_line *versions;
    size_t versions_n;
};

/* One frozen row behind a number. */
struct frozen_row {
    struct str path; /* of today's record */
    struct str shown;
    struct str *cells;
    struct counted of;
    int64_t entry; /* of the journal */
};

/* The rows behind one number of one version. */
struct rows_page {
    const struct ctx *ctx;
    struct report report;
    int64_t version;
    int64_t frozen; /* whose sections hold its rows */
    const struct bundle_figure *figure;
    struct bundle_list rows_list; /* what its rows are of, and how many */
    struct figure now;            /* with today's words for what it counts */
    struct figure_value value;    /* of .now */
    struct policy_state policies[POLICIES_NAMED]; /* frozen with the year */
    size_t policies_n;
    struct str base;  /* /sheets/2024/1/children.activities */
    struct str shown; /* the number */
    struct str today; /* as it is today; "": no such figure now */
    struct str line;  /* points of the last seat; may be empty */
    struct text unit; /* of its rows */
    struct str at;
    const struct column **columns;
    size_t columns_n;
    struct counted_column counts[COUNTED_MAX];
    size_t counts_n;
    struct frozen_row *rows;
    size_t n;
    int64_t all;
    int64_t page, pages;
    bool closed;              /* a row on this page was not opened */
    struct str before, after; /* links; may be empty */
};

struct edit_page {
    struct report report;
    bool is_new;
    struct text problem;                 /* may be empty */
    struct str was_year, was_zh, was_en; /* what it showed (desk/rival.h) */
    bool rival_year, rival_zh, rival_en; /* somebody else changed them too, */
    struct report theirs;                /* to this */
    const struct figure_value *values;
    struct str *shown; /* as numbers, beside `values` */
    size_t values_n;
    bool preview;
    struct article article;
};

/* pages.c */
enum err show_reports(struct ctx *c);
enum err show_report(struct ctx *c);
enum err show_report_version(struct ctx *c);
enum err show_report_draft(struct ctx *c);
enum err send_report_bundle(struct ctx *c);
/* rows.c */
enum err show_report_rows(struct ctx *c);
enum err send_report_csv(struct ctx *c);
enum err send_report_xlsx(struct ctx *c);
enum err send_report_all(struct ctx *c);
/* edit.c */
enum err show_new_report(struct ctx *c);
enum err post_new_report(struct ctx *c);
enum err show_report_edit(struct ctx *c);
enum err post_report_edit(struct ctx *c);

/* Load the report of the path, or refuse. */
enum err report_of(struct ctx *c, struct report *ret);
/* And the version of the path. */
enum err version_of(struct ctx *c, const struct report *s, struct version *ret);
/* A version without the rows behind its figures; these figures. */
enum err front_of(struct ctx *c, const struct report *s, int64_t number,
                  struct bundle *ret);
struct value_list values_of(struct mem *m, const struct bundle *b);
bool is_officer(const struct ctx *c);
/* Is there a sheet of the year at hand that the one who asks may read? */
bool report_of_year_is_there(struct ctx *c);

#endif
